//! Where words that were removed may still lie with others, by the addresses of this register: caches in front of it,
//! copies of the site, archives of the web.

use std::collections::HashSet;

use crate::domain::address;
use crate::domain::change::Subject;
use crate::domain::id::Seq;
use crate::store::redaction::{Redaction, around};
use crate::store::{self, ReadTx, body, inquiry, ledger, recommendation, report};
use crate::web::door::{Door, Route};

/// What never says anything of the record.
const NEVER: [&str; 3] = ["/assets/{name}", "/healthz", "/readyz"];

/// What stands in an address for each of whatever there is.
const EACH: &str = "*";

/// What the record is about, as addresses name it.
#[derive(Debug, Clone, Default)]
pub struct About {
    inquiry: Option<String>,
    number: Option<String>,
    bodies: Vec<String>,
    themes: Vec<String>,
    changes: Vec<Seq>,
    /// Recommendations whose pages name this one, by inquiry and number.
    family: Vec<(String, String)>,
    /// Documents of bodies, by the changes that logged them; each, where that is not known.
    reports: Vec<String>,
}

/// Reads what the record of a removal is about.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, row: &Redaction) -> Result<About, store::Error> {
    let (published, _) = ledger::seq_of(tx, row.subject, row.row)?;
    let of = ledger::about(tx, row.subject, row.row)?;
    let mut found = About { changes: vec![published], ..About::default() };
    found.changes.extend(row.seq);
    let near = around(tx, (row.subject, row.row), &of)?;
    found.bodies = near.bodies.iter().map(ToString::to_string).collect();
    found.themes = near.themes.iter().map(ToString::to_string).collect();
    found.family = near.family.into_iter().map(|(inquiry, number)| (inquiry.to_string(), number)).collect();
    if let Some(id) = of.recommendation {
        found.number = recommendation::many(tx, vec![id])?.pop().map(|one| one.number);
    }
    found.reports = match row.subject {
        Subject::Report => report::of_row(tx, row.row)?.map(|seq| seq.to_string()).into_iter().collect(),
        // An item is named on the page of each document that was looked through for it.
        _ if of.inquiry.is_some() => vec![EACH.to_owned()],
        _ => Vec::new(),
    };
    if let (Subject::Report, Some(id)) = (row.subject, of.body) {
        found.bodies = body::names(tx, vec![id])?.iter().map(|one| one.slug.to_string()).collect();
    }
    if let Some(id) = of.inquiry {
        found.inquiry = inquiry::names(tx, vec![id])?.pop().map(|one| one.slug.to_string());
    }
    Ok(found)
}

/// Every public address that may have said the words, made from the table of routes: what is added there is named here.
pub fn addresses(base_url: &str, table: &[Route], about: &About) -> Vec<String> {
    let public = table.iter().filter(|route| route.door == Door::Public && !NEVER.contains(&route.path));
    let mut all: Vec<String> = public.clone().flat_map(|route| filled(route.path, about)).collect();
    // What names it in passing: the pages of its family, whatever body they are read under.
    for (inquiry, number) in &about.family {
        let one =
            About { inquiry: Some(inquiry.clone()), number: Some(number.clone()), bodies: each(), ..About::default() };
        let pages = public.clone().filter(|route| route.path.contains("{number}"));
        all.extend(pages.flat_map(|route| filled(route.path, &one)));
    }
    let mut known = HashSet::new();
    all.retain(|path| known.insert(path.clone()));
    all.into_iter().map(|path| format!("{base_url}{path}")).collect()
}

/// Whatever there is.
fn each() -> Vec<String> {
    vec![EACH.to_owned()]
}

/// An address with everything put into its places that the record concerns; none where it has a place for what the record
/// has nothing to do with.
fn filled(pattern: &str, about: &About) -> Vec<String> {
    if pattern.starts_with("/reports/") {
        return about.reports.iter().map(|name| pattern.replace("{seq}", name)).collect();
    }
    let mut paths = vec![pattern.to_owned()];
    for (place, values) in places(about) {
        if pattern.contains(place) {
            paths = paths.iter().flat_map(|path| values.iter().map(move |value| path.replace(place, value))).collect();
        }
    }
    // Whatever else has a name of its own there.
    paths.iter().map(|path| with_each(path)).collect()
}

fn places(about: &About) -> [(&'static str, Vec<String>); 5] {
    let number = match (&about.number, &about.inquiry) {
        // The step as addresses write it: a number may hold any sign.
        (Some(number), _) => {
            vec![address::recommendation("", number).rsplit('/').next().unwrap_or_default().to_owned()]
        }
        (None, Some(_)) => each(),
        (None, None) => Vec::new(),
    };
    [
        ("{inquiry}", about.inquiry.iter().cloned().collect()),
        ("{number}", number),
        ("{body}", about.bodies.clone()),
        ("{theme}", about.themes.clone()),
        ("{seq}", about.changes.iter().map(ToString::to_string).collect()),
    ]
}

fn with_each(path: &str) -> String {
    let mut said = String::with_capacity(path.len());
    let mut inside = false;
    for sign in path.chars() {
        match sign {
            '{' => {
                inside = true;
                said.push_str(EACH);
            }
            '}' => inside = false,
            sign if !inside => said.push(sign),
            _ => {}
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::ROUTES;

    #[test]
    fn every_body_and_theme_of_an_inquiry_is_named_however_many_there_are() {
        let of = |count: usize, word: &str| (1..=count).map(|one| format!("{word}-{one}")).collect::<Vec<_>>();
        let about =
            About { number: None, family: Vec::new(), bodies: of(450, "body"), themes: of(300, "theme"), ..of_item() };
        let all = addresses("", ROUTES, &about);
        for path in ["/bodies/body-450", "/bodies/body-201.json", "/themes/theme-300"] {
            assert!(all.iter().any(|one| one == path), "{path}");
        }
        assert!(all.iter().any(|one| one == "/inquiries/ashgrove/recommendations/*/body-450"));
    }

    fn of_item() -> About {
        About {
            inquiry: Some("ashgrove".to_owned()),
            number: Some("4(a)/1".to_owned()),
            bodies: vec!["council".to_owned(), "harbour".to_owned()],
            themes: vec!["timetables".to_owned()],
            changes: vec![Seq(12), Seq(19)],
            family: vec![("millbrook".to_owned(), "7".to_owned())],
            reports: vec![EACH.to_owned()],
        }
    }

    #[test]
    fn every_public_address_of_an_item_is_named() {
        let all = addresses("https://register.example", ROUTES, &of_item());
        for path in [
            "/",
            "/changes",
            "/changes/12",
            "/changes/19",
            "/inquiries/ashgrove.json",
            "/inquiries/ashgrove/recommendations/4(a)%2F1",
            "/inquiries/ashgrove/recommendations/4(a)%2F1/harbour",
            "/bodies/council.json",
            "/themes/timetables",
            "/recommendations.json",
            // What its family's pages say of it.
            "/inquiries/millbrook/recommendations/7",
            "/inquiries/millbrook/recommendations/7/*",
        ] {
            assert!(all.contains(&format!("https://register.example{path}")), "{path} is not in {all:?}");
        }
        let once: HashSet<&String> = all.iter().collect();
        assert_eq!(once.len(), all.len(), "each once");
        assert!(
            !all.iter().any(|path| path.ends_with("/inquiries/millbrook")),
            "the other inquiry's page does not name it"
        );
        let public = ROUTES.iter().filter(|route| route.door == Door::Public && !NEVER.contains(&route.path));
        assert!(all.len() >= public.count(), "an address of the table is missing: {all:?}");
        assert!(!all.iter().any(|path| path.contains('{') || path.contains("assets")), "{all:?}");
    }

    #[test]
    fn what_the_register_says_of_itself_is_at_no_item() {
        let all = addresses("", ROUTES, &About { changes: vec![Seq(3)], ..About::default() });
        assert!(all.contains(&"/about".to_owned()) && all.contains(&"/changes/3".to_owned()), "{all:?}");
        assert!(!all.iter().any(|path| path.starts_with("/bodies/") || path.starts_with("/themes/")), "{all:?}");
        let inquiry = About { number: None, themes: Vec::new(), ..of_item() };
        let all = addresses("", ROUTES, &inquiry);
        assert!(all.contains(&"/inquiries/ashgrove/recommendations/*".to_owned()), "{all:?}");
    }
}
