//! Where words that were withheld or removed may still lie with others, by the addresses of this register: caches in front of it,
//! copies of the site, archives of the web.

use std::collections::HashSet;

use actix_web::http::Method;

use crate::domain::address;
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::Seq;
use crate::store::redaction::around;
use crate::store::{self, ReadTx, body, change, family, inquiry, ledger, recommendation, report};
use crate::web::door::{Door, Route};
use crate::web::state::State;
use crate::web::{ROUTES, place};

/// What can never say anything of the record: the program's own files and answers, and whom to tell of a fault.
const NEVER: [&str; 7] = [
    "/assets/{name}",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/.well-known/security.txt",
    "/api",
    "/api/v1/openapi.json",
];

/// What says nothing but the register's own words, of itself.
const OWN: [&str; 4] = ["/about", "/accessibility", "/privacy", "/help"];

/// What says nothing but addresses, some of which are made from a name.
const ADDRESSES: [&str; 3] = ["/sitemap.xml", "/sitemap-pages.xml", "/inquiries/{inquiry}/sitemap.xml"];

/// How the addresses end at which people are given files of data to take away.
const FILES: [&str; 5] = [".csv", ".xlsx", ".zip", ".json", ".ics"];

/// What stands in an address for each of whatever there is.
const EACH: &str = "*";

/// What the record is about, as addresses name it.
#[derive(Debug, Clone, Default)]
pub struct About {
    inquiry: Option<String>,
    number: Option<String>,
    bodies: Vec<String>,
    themes: Vec<String>,
    /// Families that it stands, or stood, in; each, where that is not known.
    families: Vec<String>,
    changes: Vec<Seq>,
    /// Recommendations whose pages name this one, by inquiry and number.
    family: Vec<(String, String)>,
    /// Documents of bodies, by the changes that logged them; each, where that is not known.
    reports: Vec<String>,
    /// Whether the register says it of itself.
    is_own: bool,
    /// Whether it is a name, from which addresses are made.
    is_name: bool,
    /// Whether every page of the record says it: the words of a hold on the whole register.
    is_everywhere: bool,
}

impl About {
    /// What every page of the record says, whatever it is about.
    fn everywhere() -> Self {
        Self {
            inquiry: Some(EACH.to_owned()),
            bodies: each(),
            themes: each(),
            families: each(),
            reports: each(),
            is_everywhere: true,
            ..Self::default()
        }
    }

    /// Whether what stands at an address, as the table has it, can hold the words.
    fn can_be_at(&self, path: &str) -> bool {
        let own = OWN.iter().any(|page| path.strip_prefix(page).is_some_and(|end| matches!(end, "" | "/versions")));
        let says = if self.is_everywhere { !place::is_beside_record(path) } else { self.is_own || !own };
        !NEVER.contains(&path) && says && (self.is_name || !ADDRESSES.contains(&path))
    }
}

/// Reads what a record is about that words were taken out of, and the changes that published it and took them out.
///
/// # Errors
/// When the database fails.
pub fn about(
    tx: &mut ReadTx<'_>,
    (subject, row): (Subject, i64),
    by: impl IntoIterator<Item = Seq>,
) -> Result<About, store::Error> {
    let (published, _) = ledger::seq_of(tx, subject, row)?;
    let of = ledger::about(tx, subject, row)?;
    let kind = change::find(tx, published)?.kind;
    if subject == Subject::Change && of == ledger::About::default() && kind == ChangeKind::Hold {
        return Ok(About::everywhere());
    }
    let mut found = About { changes: vec![published], ..About::default() };
    // What says the same said it too, whatever became of it since; and what went by the same change may have said something else.
    found.changes.extend(ledger::said_in(tx, subject, row)?);
    for by in by {
        found.changes.push(by);
        found.changes.extend(ledger::out(tx, subject, by)?.into_iter().map(|(_, seq)| seq));
    }
    let mut known = HashSet::new();
    found.changes.retain(|seq| known.insert(*seq));
    found.is_own = of == ledger::About::default() && !matches!(subject, Subject::Theme);
    found.is_name = matches!(subject, Subject::Body | Subject::Theme | Subject::Description);
    let near = around(tx, (subject, row), &of)?;
    found.bodies = near.bodies.iter().map(ToString::to_string).collect();
    found.themes = near.themes.iter().map(ToString::to_string).collect();
    found.families = match (of.recommendation, of.inquiry) {
        (Some(id), _) => family::addresses_around(tx, &[id])?.iter().map(ToString::to_string).collect(),
        (None, Some(_)) => each(),
        (None, None) if !near.bodies.is_empty() => each(),
        (None, None) => Vec::new(),
    };
    found.family = near.family.into_iter().map(|(inquiry, number)| (inquiry.to_string(), number)).collect();
    if let Some(id) = of.recommendation {
        found.number = recommendation::many(tx, vec![id])?.pop().map(|one| one.number);
    }
    found.reports = match subject {
        Subject::Report => report::of_row(tx, row)?.map(|seq| seq.to_string()).into_iter().collect(),
        // An item is named on the page of each document that was looked through for it.
        _ if of.inquiry.is_some() => vec![EACH.to_owned()],
        _ => Vec::new(),
    };
    if let (Subject::Report, Some(id)) = (subject, of.body) {
        found.bodies = body::names(tx, vec![id])?.iter().map(|one| one.slug.to_string()).collect();
    }
    found.inquiry = match of.inquiry {
        Some(id) => inquiry::names(tx, vec![id])?.pop().map(|one| one.slug.to_string()),
        // That a body took another's place stands in the feeds of everything that it came to answer.
        None => (subject == Subject::Change && kind == ChangeKind::Succession).then(|| EACH.to_owned()),
    };
    Ok(found)
}

/// Where the words may still lie, ready to print.
pub struct Elsewhere {
    /// The public addresses that may have said them.
    pub addresses: Vec<String>,
    /// The addresses of files in which they may have been taken away.
    pub files: Vec<String>,
}

impl Elsewhere {
    /// Of what is in the table of routes.
    #[must_use]
    pub fn of(state: &State, about: &About) -> Self {
        let base = &state.site.base_url;
        Self { addresses: addresses(base, ROUTES, about), files: files(base, ROUTES, about) }
    }
}

/// Every public address that may have said the words, made from the table of routes: what is added there is named here.
pub fn addresses(base_url: &str, table: &[Route], about: &About) -> Vec<String> {
    let public = table.iter().filter(|route| route.door == Door::Public && about.can_be_at(route.path));
    let mut all: Vec<String> = public.clone().flat_map(|route| filled(route.path, about)).collect();
    // What names it in passing: the pages of its family, whatever body they are read under.
    for (inquiry, number) in &about.family {
        let one =
            About { inquiry: Some(inquiry.clone()), number: Some(number.clone()), bodies: each(), ..About::default() };
        let pages = public.clone().filter(|route| route.path.contains("{number}"));
        all.extend(pages.flat_map(|route| filled(route.path, &one)));
    }
    whole(base_url, all)
}

/// Every address at which somebody may have taken the words away in a file, made from the same table: data that everybody is
/// given, and what staff and bodies take from behind the sign-in.
pub fn files(base_url: &str, table: &[Route], about: &About) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for route in table.iter().filter(|route| is_file(route) && about.can_be_at(route.path)) {
        match route.door {
            Door::Public => all.extend(filled(route.path, about)),
            // A sheet is a body's, whatever the record is about.
            _ if about.bodies.is_empty() => all.extend(filled(route.path, &About { bodies: each(), ..about.clone() })),
            _ => all.extend(filled(route.path, about)),
        }
    }
    whole(base_url, all)
}

/// Whether an address gives a file. The one of everything held about somebody is made on a form.
fn is_file(route: &Route) -> bool {
    let ends = FILES.iter().any(|end| route.path.ends_with(end)) || route.path.ends_with("/file");
    let held = route.path == "/staff/held" && route.method == Method::POST;
    let is_program = route.path.starts_with("/api/");
    !is_program && ((ends && route.method == Method::GET) || held)
}

fn whole(base_url: &str, mut all: Vec<String>) -> Vec<String> {
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
    if pattern.starts_with("/reports/") || pattern.starts_with("/staff/reports/") {
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

fn places(about: &About) -> [(&'static str, Vec<String>); 6] {
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
        ("{family}", about.families.clone()),
        ("{seq}", if about.is_everywhere { each() } else { about.changes.iter().map(ToString::to_string).collect() }),
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
            families: vec!["millbrook-7".to_owned()],
            changes: vec![Seq(12), Seq(19)],
            family: vec![("millbrook".to_owned(), "7".to_owned())],
            reports: vec![EACH.to_owned()],
            is_own: false,
            is_name: false,
            is_everywhere: false,
        }
    }

    #[test]
    fn the_words_of_a_hold_on_the_register_are_at_every_page_of_the_record() {
        let all = addresses("", ROUTES, &About::everywhere());
        for path in [
            "/",
            "/about",
            "/bodies/*",
            "/themes/*",
            "/reports/*",
            "/changes/*",
            "/inquiries/*/recommendations/*",
            "/inquiries/*/recommendations/*/*",
            "/api/v1/bodies/*",
        ] {
            assert!(all.contains(&path.to_owned()), "{path} is not in {all:?}");
        }
        for path in ["/help", "/privacy", "/privacy/versions", "/accessibility", "/sitemap.xml"] {
            assert!(!all.contains(&path.to_owned()), "{path} is in {all:?}");
        }
        let all = files("", ROUTES, &About::everywhere());
        assert!(all.contains(&"/inquiries/*/answers.csv".to_owned()) && all.contains(&"/bodies/*.json".to_owned()));
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
            "/families/millbrook-7",
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
        let about = of_item();
        let public = ROUTES.iter().filter(|route| route.door == Door::Public && about.can_be_at(route.path));
        assert!(all.len() >= public.count(), "an address of the table is missing: {all:?}");
        assert!(!all.iter().any(|path| path.contains('{') || path.contains("assets")), "{all:?}");
    }

    #[test]
    fn what_the_register_says_of_itself_is_at_no_item() {
        let all = addresses("", ROUTES, &About { changes: vec![Seq(3)], is_own: true, ..About::default() });
        assert!(all.contains(&"/about".to_owned()) && all.contains(&"/changes/3".to_owned()), "{all:?}");
        assert!(!all.iter().any(|path| path.starts_with("/bodies/") || path.starts_with("/themes/")), "{all:?}");
        let inquiry = About { number: None, themes: Vec::new(), ..of_item() };
        let all = addresses("", ROUTES, &inquiry);
        assert!(all.contains(&"/inquiries/ashgrove/recommendations/*".to_owned()), "{all:?}");
    }

    #[test]
    fn what_cannot_hold_the_words_is_not_named_and_every_address_of_the_program_is_one_that_there_is() {
        let all = addresses("", ROUTES, &of_item());
        for path in [
            "/robots.txt",
            "/.well-known/security.txt",
            "/readyz",
            "/api",
            "/api/v1/openapi.json",
            "/privacy",
            "/help/versions",
            "/sitemap.xml",
            "/sitemap-pages.xml",
            "/inquiries/ashgrove/sitemap.xml",
        ] {
            assert!(!all.contains(&path.to_owned()), "{path} is in {all:?}");
        }
        let named = addresses("", ROUTES, &About { is_name: true, ..of_item() });
        assert!(named.contains(&"/sitemap-pages.xml".to_owned()), "an address is made from a name: {named:?}");
        for known in NEVER.iter().chain(&OWN).chain(&ADDRESSES) {
            assert!(ROUTES.iter().any(|route| route.path == *known), "{known} is no address");
        }
    }

    #[test]
    fn every_file_that_may_hold_the_words_is_named() {
        let all = files("", ROUTES, &of_item());
        for path in [
            "/register.zip",
            "/inquiries/ashgrove.zip",
            "/inquiries/ashgrove/answers.csv",
            "/recommendations.csv",
            "/bodies/harbour.json",
            "/calendar.ics",
            "/staff/bodies/council/sheet.csv",
            "/staff/bodies/harbour/sheet.xlsx",
            "/staff/held",
            "/staff/evidence/*/file",
            "/staff/reports/*/file",
        ] {
            assert!(all.contains(&path.to_owned()), "{path} is not in {all:?}");
        }
        assert!(!all.iter().any(|path| path.contains("openapi") || path.contains('{')), "{all:?}");
    }
}
