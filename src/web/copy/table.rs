//! Which addresses belong into a copy: those of the route table behind the public door, and no questions but "what follows".

use std::collections::HashMap;

use actix_web::dev::{Path, ResourceDef};
use actix_web::http::Method;
use url::Url;

use super::LEFT_OUT;
use crate::web::ROUTES;
use crate::web::door::{Door, Route};

/// The host of every address while a copy is made. Nobody can have it.
const HERE: &str = "http://copy.invalid";

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To an address that is in the copy, and to a place on its page (empty, or with its `#`).
    Within(String, String),
    /// To the register itself, for what a copy cannot do.
    ToRegister(String),
    /// Somewhere else, or to a place on the same page: it stays as it is.
    Elsewhere,
}

/// The route table, ready to be asked.
pub struct Table {
    routes: Vec<(ResourceDef, &'static Route)>,
}

impl Table {
    pub fn new() -> Self {
        let asked = ROUTES.iter().filter(|route| route.method == Method::GET);
        Self { routes: asked.map(|route| (ResourceDef::new(route.path), route)).collect() }
    }

    /// The patterns that are in a copy.
    pub fn patterns(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.routes.iter().map(|(_, route)| *route).filter(|route| is_in(route)).map(|route| route.path)
    }

    /// The pattern of a path that is in a copy.
    pub fn pattern(&self, path: &str) -> Option<&'static str> {
        let (_, route) = self.routes.iter().find(|(pattern, _)| pattern.is_match(path))?;
        is_in(route).then_some(route.path)
    }

    /// Where a link on the page at `at` leads; `base` is the address of the register.
    pub fn leads(&self, at: &str, href: &str, base: &str) -> Leads {
        let Some(url) = Url::parse(HERE).and_then(|here| here.join(at)).and_then(|page| page.join(href)).ok() else {
            return Leads::Elsewhere;
        };
        if !url.as_str().starts_with(&format!("{HERE}/")) || href.starts_with('#') {
            return Leads::Elsewhere;
        }
        let fragment = url.fragment().map_or_else(String::new, |fragment| format!("#{fragment}"));
        let question = url.query().filter(|query| !query.is_empty());
        let follows = question.is_none_or(|query| query.starts_with("after=") && !query.contains('&'));
        let address = question.map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        match self.pattern(url.path()) {
            Some(_) if follows => Leads::Within(address, fragment),
            _ => Leads::ToRegister(format!("{base}{address}{fragment}")),
        }
    }

    /// The other addresses that can be made of what stands in this one: of a recommendation's its data, its feed, the page of
    /// its inquiry. Not all of them need exist.
    pub fn beside(&self, path: &str) -> Vec<String> {
        let Some((pattern, _)) = self.routes.iter().find(|(pattern, _)| pattern.is_match(path)) else {
            return Vec::new();
        };
        let mut captured = Path::new(path);
        pattern.capture_match_info(&mut captured);
        let values: HashMap<&str, &str> = captured.iter().collect();
        let parts = self.routes.iter().filter(|(_, route)| is_in(route) && route.path.contains('{'));
        let filled = parts.filter_map(|(pattern, _)| {
            let mut made = String::new();
            pattern.resource_path_from_map(&mut made, &values).then_some(made)
        });
        filled.filter(|made| made != path).collect()
    }
}

fn is_in(route: &Route) -> bool {
    route.door == Door::Public && !LEFT_OUT.iter().any(|(path, _)| *path == route.path)
}

/// An address as all of ours are written.
pub fn as_written(address: &str) -> Option<String> {
    let url = Url::parse(HERE).and_then(|here| here.join(address)).ok()?;
    url.as_str().strip_prefix(HERE).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_into_the_copy_or_to_the_register() {
        let table = Table::new();
        let leads = |href: &str| table.leads("/inquiries/ashgrove?after=2_3", href, "https://register.example");
        let within = |address: &str, place: &str| Leads::Within(address.to_owned(), place.to_owned());
        assert_eq!(leads("/"), within("/", ""));
        assert_eq!(leads("/bodies/a#asked"), within("/bodies/a", "#asked"));
        assert_eq!(leads("?after=4_5"), within("/inquiries/ashgrove?after=4_5", ""));
        assert_eq!(leads("/changes.atom?after=5"), within("/changes.atom?after=5", ""));
        for other in [
            "/recommendations?q=ferry",
            "/changes?after=5&from=2026-11-01",
            "/bodies/a?as-at=2026-11-20#x",
            "/wrong?page=%2F",
            "/subscribe",
            "/sign-in",
            "/healthz",
            "/nowhere",
        ] {
            assert_eq!(leads(other), Leads::ToRegister(format!("https://register.example{other}")), "{other}");
        }
        for other in
            ["#main", "https://register.example/bodies/a", "mailto:a@example.org", "//elsewhere.example/", "http://["]
        {
            assert_eq!(leads(other), Leads::Elsewhere, "{other}");
        }
    }

    #[test]
    fn what_stands_in_an_address_makes_others() {
        let table = Table::new();
        let beside = table.beside("/inquiries/ashgrove/recommendations/4%20a/harbour");
        for made in [
            "/inquiries/ashgrove",
            "/inquiries/ashgrove.zip",
            "/inquiries/ashgrove/recommendations/4%20a.json",
            "/bodies/harbour.atom",
            "/api/v1/inquiries/ashgrove/recommendations/4%20a",
        ] {
            assert!(beside.iter().any(|one| one == made), "{made} is not in {beside:?}");
        }
        assert!(!beside.iter().any(|one| one.contains('{') || one.contains("staff")), "{beside:?}");
        assert!(table.beside("/").is_empty());
    }

    #[test]
    fn what_is_left_out_is_an_address() {
        for (path, reason) in LEFT_OUT {
            assert!(ROUTES.iter().any(|route| route.path == path), "{path}");
            assert!(!reason.is_empty());
        }
    }
}
