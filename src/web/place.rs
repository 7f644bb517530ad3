//! Which addresses are pages that anybody can read: what "Something wrong here?" may name.

use actix_web::http::Method;

use super::ROUTES;
use super::door::Door;

/// Whether a path is, by its form, a page of this site that anybody can read. Whether anything stands there is not asked.
#[must_use]
pub fn is_public(path: &str) -> bool {
    let odd =
        |sign: char| sign.is_control() || sign.is_whitespace() || matches!(sign, '\\' | '?' | '#' | '"' | '<' | '>');
    !path.contains(odd)
        && ROUTES
            .iter()
            .filter(|route| route.door == Door::Public && route.method == Method::GET && is_page(route.path))
            .any(|route| fits(route.path, path))
}

/// The pages about the register as such: where help is found and how data is held must be read without anything before it.
const NOT_OF_RECORD: [&str; 3] = ["/help", "/privacy", "/accessibility"];

/// Whether a path is a public page that says something of the record, or lists it.
#[must_use]
pub fn is_of_record(path: &str) -> bool {
    is_public(path) && !is_beside_record(path)
}

/// Whether a path is one of the pages about the register as such, on which nothing of the record is said.
#[must_use]
pub fn is_beside_record(path: &str) -> bool {
    NOT_OF_RECORD.iter().any(|page| path.strip_prefix(page).is_some_and(|end| matches!(end, "" | "/versions")))
}

/// The pages that can be looked back to: `?as-at=2026-11-30`.
const LOOKED_BACK_TO: [&str; 8] = [
    "/inquiries/{inquiry}",
    "/inquiries/{inquiry}/recommendations/{number}",
    "/inquiries/{inquiry}/recommendations/{number}/{body}",
    "/bodies/{body}",
    "/families/{family}",
    "/themes/{theme}",
    "/reports/{seq}",
    "/changes",
];

/// Whether a path is, by its form, one that can be looked back to, as a page or as data.
#[must_use]
pub fn is_looked_back_to(path: &str) -> bool {
    let page = path.strip_suffix(".json").unwrap_or(path);
    LOOKED_BACK_TO.iter().any(|pattern| fits(pattern, page))
}

fn is_page(pattern: &str) -> bool {
    !pattern.contains('.')
        && !pattern.starts_with("/api/")
        && !matches!(pattern, "/assets/{name}" | "/healthz" | "/readyz")
}

/// Whether the last step of an address asks for data, which lies beside its page.
fn is_data(step: &str) -> bool {
    step.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "json" | "atom" | "csv" | "ics" | "zip"))
}

/// Whether a path has the form of a pattern of the table.
#[must_use]
pub fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    let step = |(pattern, step): (&&str, &&str)| match pattern.starts_with('{') {
        true => !step.is_empty() && !matches!(*step, "." | "..") && !is_data(step),
        false => pattern == step,
    };
    pattern.len() == path.len() && pattern.iter().zip(&path).all(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_this_site_and_nothing_else() {
        for page in ["/", "/inquiries", "/inquiries/ashgrove/recommendations/4(a)", "/changes/12", "/help/versions"] {
            assert!(is_public(page), "{page}");
        }
        for other in [
            "",
            "inquiries",
            "//elsewhere.example",
            "//",
            "https://elsewhere.example/",
            "/inquiries/",
            "/inquiries/..",
            "/inquiries/a b",
            "/inquiries?q=x",
            "/bodies/a.json",
            "/bodies/a.atom",
            "/staff",
            "/invitations/secret",
            "/assets/a.css",
            "/healthz",
            "/nowhere",
        ] {
            assert!(!is_public(other), "{other}");
        }
    }
}
