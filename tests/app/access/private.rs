//! Which fields of staff forms take words that stay private. A new field for free text belongs into one of the two lists; a
//! private one is made with `Field::private`, which says that it may be disclosed.

use std::collections::BTreeSet;

use crate::support::page::{Page, css, text_of};

/// The page, as the route table has it, and the name of the field.
type Known = (&'static str, &'static str);

/// What stays private, though it may have to be disclosed.
pub const PRIVATE: &[Known] = &[
    ("/staff/bodies/{body}/chases", "whom_words"),
    ("/staff/bodies/{body}/chases", "by_post"),
    ("/staff/bodies/{body}/chases", "said"),
    ("/staff/bodies/{body}/contacts", "name"),
    ("/staff/bodies/{body}/contacts", "post"),
    ("/staff/bodies/{body}/contacts", "email"),
    ("/staff/bodies/{body}/contacts", "phone"),
    ("/staff/bodies/{body}/contacts", "address"),
    ("/staff/complaints/{reference}", "answer"),
    ("/staff/dead-addresses", "email"),
    ("/staff/dead-addresses", "reason"),
    ("/staff/dead-addresses/{reference}", "reason"),
    ("/staff/filings/{reference}", "comment"),
    ("/staff/findings/{reference}", "words"),
    ("/staff/meetings/new", "private_note"),
    ("/staff/meetings/{reference}/change", "private_note"),
    ("/staff/outbox/{reference}", "reason"),
    ("/staff/packs/{reference}/private", "why"),
    ("/staff/people/new", "email"),
    ("/staff/people/new", "name"),
    ("/staff/people/{reference}", "name"),
];

/// What is published, or is no words at all (a number, an address to look something up by). `*` is every field of the page.
const PUBLIC: &[Known] = &[
    ("/staff/pages/{page}", "*"),
    ("/staff/settings", "*"),
    ("/staff/settings/reading", "*"),
    ("/staff/inquiries/{inquiry}/reminders", "*"),
    ("/staff/bodies/{body}/reminders", "*"),
    ("/staff/bodies/{body}/overdue", "reason"),
    // What a day is called.
    ("/staff/settings/holidays", "*"),
    ("/staff/settings/rules", "*"),
    ("/staff/retention", "*"),
    // Whom somebody asks about: looked up, never kept.
    ("/staff/held", "id"),
    ("/staff/outbox", "to"),
    ("/staff/inquiries/{inquiry}/formats", "*"),
    ("/staff/inquiries/{inquiry}/accuracy", "*"),
    ("/staff/inquiries/{inquiry}/coverage", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/wording", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/bodies", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/parts", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/division", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/response", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reported", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/assessment", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/closure", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/target", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/schedule", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/agreement", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/evidence", "*"),
    ("/staff/evidence/{reference}", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/deadline", "*"),
    ("/staff/bodies/{body}/reports", "*"),
    ("/staff/reports/{seq}", "*"),
    ("/staff/reports/{seq}/description", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/others", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reply", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/own-reply", "*"),
    ("/staff/register/inquiry", "*"),
    ("/staff/register/body", "*"),
    ("/staff/register/theme", "*"),
    ("/staff/inquiries/{inquiry}/description", "*"),
    ("/staff/inquiries/{inquiry}/events", "*"),
    ("/staff/inquiries/{inquiry}/meetings", "*"),
    ("/staff/inquiries/{inquiry}/recommendations", "*"),
    ("/staff/inquiries/{inquiry}/schedule", "*"),
    ("/staff/inquiries/{inquiry}/schedules", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/number", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/in-error", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/link", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/themes", "*"),
    ("/staff/bodies/{body}/name", "*"),
    ("/staff/bodies/{body}/address", "*"),
    ("/staff/bodies/{body}/members", "*"),
    ("/staff/bodies/{body}/asked", "*"),
    ("/staff/bodies/{body}/events", "*"),
    ("/staff/bodies/{body}/succession", "*"),
    ("/staff/bodies/{body}/passing", "*"),
    ("/staff/themes/{theme}", "*"),
    ("/staff/themes/{theme}/retired", "*"),
    ("/staff/hold", "*"),
    ("/staff/inquiries/{inquiry}/hold", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/hold", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/extension", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/extension-decision", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/minute", "*"),
    ("/staff/meetings/new", "words"),
    ("/staff/meetings/new", "source_url"),
    ("/staff/meetings/{reference}/change", "words"),
    ("/staff/meetings/{reference}/change", "source_url"),
    ("/staff/meetings/{reference}/change", "reason"),
    ("/staff/meetings/{reference}/updates", "*"),
    // What a pack asks is for the committee that it goes to, and for the bodies.
    ("/staff/packs/new", "*"),
    ("/staff/packs/questions", "*"),
    ("/staff/packs/{reference}", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/recheck", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/plan", "*"),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/return", "*"),
    // The number of a change.
    ("/staff/complaints/{reference}", "correcting"),
    // A return that was sent back, written anew: it is published.
    ("/staff/filings/{reference}", "words"),
    ("/staff/filings/{reference}", "reason"),
    ("/staff/filings/{reference}", "source_url"),
];

/// Pages with a form all of which is private until it is published: they say it once, for all of it.
const UNTIL_PUBLISHED: &[&str] = &[
    "/staff/inquiries/{inquiry}/recommendations/{number}/wording",
    "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/assessment",
    "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/closure",
    "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/evidence",
    "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/extension",
    "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/own-reply",
    "/staff/inquiries/{inquiry}/recommendations/{number}/{body}/return",
];

/// Pages that anybody may open, with a field that stays private.
pub const OF_ANYBODY: &[Known] = &[("/wrong", "words"), ("/subscribe", "email")];

const SAID: &str = "It may be disclosed to somebody who asks for it under the law";

/// The fields of a page that say too little, or of which nobody has said whether they are private.
pub fn faults(path: &'static str, page: &Page, seen: &mut BTreeSet<Known>) -> Vec<String> {
    let html = page.html();
    let mut faults = Vec::new();
    if UNTIL_PUBLISHED.contains(&path)
        && html.select(&css("main form textarea")).next().is_some()
        && !page.text().contains(SAID)
    {
        faults.push(format!("{path}: the form does not say that what is private may be disclosed"));
    }
    for field in html.select(&css("main form textarea, main form input")) {
        let free = field.value().name() == "textarea" || matches!(field.attr("type"), Some("text" | "tel" | "search"));
        let name = field.attr("name").unwrap_or_default();
        // A day in three boxes is no words.
        let day = ["_day", "_month", "_year"].iter().any(|end| name.ends_with(end));
        if !free || day || name == "q" {
            continue;
        }
        let listed = |list: &'static [Known], any: &str| {
            list.iter().find(|(place, known)| *place == path && (*known == name || *known == any))
        };
        if let Some(known) = listed(PRIVATE, name) {
            seen.insert(*known);
            let told = field.attr("aria-describedby").unwrap_or_default();
            let says = told.split(' ').any(|id| {
                html.select(&css("[id]")).any(|one| one.attr("id") == Some(id) && text_of(one).contains(SAID))
            });
            if !says {
                faults.push(format!("{path}: the private field {name} does not say that it may be disclosed"));
            }
        } else if listed(PUBLIC, "*").is_none() {
            faults.push(format!("{path}: say in tests/app/access/private.rs whether {name} is private"));
        }
    }
    faults
}

/// The private fields among those that anybody may fill in, and do not say it.
pub fn unsaid(path: &str, name: &str, page: &Page) -> Option<String> {
    let html = page.html();
    let field = html.select(&css("main form textarea, main form input")).find(|one| one.attr("name") == Some(name));
    let told = field.and_then(|field| field.attr("aria-describedby")).unwrap_or_default();
    let says = html
        .select(&css("[id]"))
        .any(|one| told.split(' ').any(|id| one.attr("id") == Some(id)) && text_of(one).contains(SAID));
    (!says).then(|| format!("{path}: the private field {name} does not say that it may be disclosed"))
}
