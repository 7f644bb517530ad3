//! Which public addresses are kept, and by which parameters each is known. Whoever adds a public page decides here.

use actix_web::dev::ResourceDef;
use actix_web::http::Method;

use crate::web::door::{Door, Route};

/// A page of an earlier day.
const PAST: &[&str] = &["as-at"];
/// A list, page by page.
const LIST: &[&str] = &["after"];
/// Both.
const PAST_LIST: &[&str] = &["as-at", "after"];
/// A list of the API.
const API_LIST: &[&str] = &["limit", "after"];
/// A search, as its page names them.
pub const SEARCH: &[&str] = &[
    TYPED,
    "inquiry",
    "body",
    "theme",
    "response",
    "reported",
    "assessed",
    "lifecycle",
    "gap",
    "looked",
    "in_error",
    "due",
    "checked",
    "text_kind",
    "sort",
    "after",
];
/// The same of the API, which gives as many as are asked for.
const API_SEARCH: &[&str] = &{
    let mut names = ["limit"; SEARCH.len() + 1];
    let mut at = 0;
    while at < SEARCH.len() {
        names[at] = SEARCH[at];
        at += 1;
    }
    names
};

/// What somebody typed: nobody but this process keeps an answer to it.
pub const TYPED: &str = "q";

/// The addresses whose answers are kept for everybody, with the parameters that their handlers read. Other parameters are
/// passed over; a handler that reads one more says so here, or it shows what was not asked for. One that does not read the day leads
/// from an address with a day to that without it, and so does each of [`MADE_ANEW`].
pub const KEPT: &[(&str, &[&str])] = &[
    ("/robots.txt", &[]),
    ("/sitemap.xml", &[]),
    ("/sitemap-pages.xml", &[]),
    ("/.well-known/security.txt", &[]),
    ("/", &[]),
    ("/inquiries", LIST),
    ("/inquiries/{inquiry}.json", PAST_LIST),
    ("/inquiries/{inquiry}.atom", LIST),
    ("/inquiries/{inquiry}/recommendations.csv", &[]),
    ("/inquiries/{inquiry}/answers.csv", &[]),
    ("/inquiries/{inquiry}/sitemap.xml", LIST),
    ("/inquiries/{inquiry}/calendar.ics", &[]),
    ("/inquiries/{inquiry}", PAST_LIST),
    ("/inquiries/{inquiry}/recommendations/{number}.json", PAST),
    ("/inquiries/{inquiry}/recommendations/{number}.atom", LIST),
    ("/inquiries/{inquiry}/recommendations/{number}", &["as-at", "response", "reported", "assessed", "lifecycle"]),
    ("/inquiries/{inquiry}/recommendations/{number}/{body}", PAST),
    ("/bodies", LIST),
    ("/bodies/{body}.json", PAST_LIST),
    ("/bodies/{body}.atom", LIST),
    ("/bodies/{body}", PAST_LIST),
    ("/families", LIST),
    ("/families/{family}.json", PAST),
    ("/families/{family}", PAST),
    ("/themes", &[]),
    ("/themes/{theme}.json", PAST_LIST),
    ("/themes/{theme}", PAST_LIST),
    ("/reports/{seq}", PAST),
    ("/recommendations.json", SEARCH),
    ("/recommendations.csv", SEARCH),
    ("/answers.csv", SEARCH),
    ("/recommendations", SEARCH),
    ("/overdue", &["inquiry", "body", "kind", "after", "moved-after"]),
    ("/calendar.ics", &[]),
    ("/changes.atom", LIST),
    ("/changes", &["as-at", "from", "to", "after"]),
    ("/changes/{seq}", &[]),
    ("/api", &[]),
    ("/api/v1/openapi.json", &[]),
    ("/api/v1/inquiries", API_LIST),
    ("/api/v1/inquiries/{inquiry}", &[]),
    ("/api/v1/inquiries/{inquiry}/recommendations/{number}", &[]),
    ("/api/v1/recommendations", API_SEARCH),
    ("/api/v1/bodies", API_LIST),
    ("/api/v1/bodies/{body}", &[]),
    ("/api/v1/changes", &["inquiry", "body", "limit", "after"]),
    ("/api/v1/changes/{seq}", &[]),
    ("/about", &[]),
    ("/accessibility", &[]),
    ("/privacy", &[]),
    ("/help", &[]),
    ("/about/versions", &[]),
    ("/accessibility/versions", &[]),
    ("/privacy/versions", &[]),
    ("/help/versions", &[]),
];

/// The public addresses that are answered anew each time, and why. None of them looks back.
pub const MADE_ANEW: &[(&str, &str)] = &[
    ("/assets/{name}", "the bytes are in the program, compressed when it was built"),
    ("/healthz", "asks whether this process is alive"),
    ("/readyz", "asks whether the database answers at this moment"),
    ("/inquiries/{inquiry}.zip", "an archive of any size, sent from a file"),
    ("/register.zip", "an archive of any size, sent from a file"),
    ("/evidence/{name}", "a file of up to 10 MiB, sent piece by piece"),
];

/// The one of them that asks after the primary, whoever asks and whatever a replica would say.
pub const ASKS_THE_PRIMARY: &str = "/readyz";

/// How an address that is for everybody is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// From what is kept, which is known by these parameters.
    Kept(&'static [&'static str]),
    /// Anew each time, as of today.
    Anew,
}

impl Answered {
    /// How an address of the table is; `None` where its answer is not one for everybody.
    fn of(path: &str) -> Option<Self> {
        let kept = KEPT.iter().find(|(kept, _)| *kept == path).map(|&(_, names)| Self::Kept(names));
        kept.or_else(|| MADE_ANEW.iter().any(|(anew, _)| *anew == path).then_some(Self::Anew))
    }

    /// The parameters that its handler reads, as far as they choose what is kept.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Kept(names) => names,
            Self::Anew => &[],
        }
    }
}

/// Finds an address in the table of routes.
pub struct Finder(Vec<(ResourceDef, Option<Answered>)>);

impl Finder {
    /// Reads the table once, in its own order: an address is the first that fits.
    pub fn new(table: &[Route]) -> Self {
        let read = table.iter().filter(|route| route.door == Door::Public && route.method == Method::GET);
        Self(read.map(|route| (ResourceDef::new(route.path), Answered::of(route.path))).collect())
    }

    /// How an address is answered; `None` where that is not for everybody.
    pub fn find(&self, path: &str) -> Option<Answered> {
        self.0.iter().find(|(pattern, _)| pattern.is_match(path)).and_then(|(_, answered)| *answered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::ROUTES;
    use crate::web::public::search::NAMES;

    #[test]
    fn a_search_is_known_by_all_that_it_reads() {
        let (page, data) = ([&NAMES[..], &["after"]].concat(), [&NAMES[..], &["after", "limit"]].concat());
        assert_eq!((page.as_slice(), data.as_slice()), (SEARCH, API_SEARCH));
    }

    #[test]
    fn every_public_address_is_kept_or_made_anew_for_a_reason() {
        let public: Vec<&str> = ROUTES
            .iter()
            .filter(|route| route.door == Door::Public && route.method == Method::GET)
            .map(|route| route.path)
            .collect();
        let listed = |path: &str| {
            let kept = KEPT.iter().filter(|(kept, _)| *kept == path).count();
            kept + MADE_ANEW.iter().filter(|(anew, why)| *anew == path && !why.is_empty()).count()
        };
        for path in &public {
            assert_eq!(listed(path), 1, "{path} stands in one of the two lists of `web::cache::route`, once");
        }
        let all = KEPT.iter().map(|(path, _)| path).chain(MADE_ANEW.iter().map(|(path, _)| path));
        for path in all {
            assert!(public.contains(path), "{path} is no public address");
        }
    }

    #[test]
    fn an_address_is_the_first_that_fits() {
        let finder = Finder::new(ROUTES);
        assert_eq!(finder.find("/inquiries/jay.json"), Some(Answered::Kept(PAST_LIST)));
        assert_eq!(finder.find("/inquiries/jay.atom"), Some(Answered::Kept(LIST)));
        assert_eq!(finder.find("/about"), Some(Answered::Kept(&[])));
        for anew in ["/inquiries/jay.zip", "/register.zip", "/assets/app.css"] {
            assert_eq!(finder.find(anew), Some(Answered::Anew), "{anew}");
        }
        for other in ["/staff", "/wrong", "/subscribe", "/nowhere", "/sign-in"] {
            assert_eq!(finder.find(other), None, "{other}");
        }
    }
}
