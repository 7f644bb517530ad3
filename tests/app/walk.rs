//! Walks over the register along its links, so that each kind of page is seen even where no other story goes.

use std::collections::HashMap;

use crate::deeds_record::response;
use crate::desk::limited;
use crate::evidence::attached;
use crate::fairness::run_by_somebody;
use crate::filing::arranged::{COUNCIL, ITEM, files};
use crate::packs::made;
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::Visitor;
use crate::{seen, stories};

stories![
    anybody_can_walk_from_the_start_to_every_public_page,
    nobody_is_shown_a_link_that_is_not_for_them,
    a_limited_overseer_is_offered_nothing_that_is_refused,
];

fn anybody_can_walk_from_the_start_to_every_public_page(app: &TestApp) {
    let found = walk(&app.public(), "/");
    assert!(found.len() > 10, "the walk found only {found:?}");
}

fn nobody_is_shown_a_link_that_is_not_for_them(app: &TestApp) {
    for who in ["observer", "contributor of ashgrove-council", "overseer", "administrator"] {
        let found = walk(&app.person(who), "/staff");
        assert!(found.len() > 10, "the walk of the {who} found only {found:?}");
    }
}

/// Somebody whose role is limited to one inquiry sees no link and no button that would be refused to them, of that inquiry and of
/// the others, with work of every kind waiting.
fn a_limited_overseer_is_offered_nothing_that_is_refused(app: &TestApp) {
    work_of_every_kind(app);
    limited(app, "Millbrook");
    let two = app.person("overseer two");
    let found = walk(&two, "/staff");
    for path in ["/staff/inquiries/ashgrove", "/staff/inquiries/millbrook", "/staff/bodies", "/staff/holds"] {
        assert!(found.iter().any(|link| link == path), "the walk does not come to {path}: {found:?}");
    }
    let (mut sent, mut refused) = (0, Vec::new());
    for path in &found {
        let page = two.get(path).follow_redirects();
        if !page.is_html() || page.header("location").is_some() {
            continue;
        }
        for (method, action, fields) in page.forms() {
            if method != "POST" || !action.starts_with("/staff") || action == "/staff/account/other-sessions/end" {
                continue;
            }
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let answer = two.post_with(&action, &[("sec-fetch-site", "same-origin")], &fields);
            sent += 1;
            if answer.status() == 403 {
                refused.push(format!("{action}, offered on {path}"));
            }
        }
    }
    assert!(sent > 20, "only {sent} forms were sent");
    assert!(refused.is_empty(), "forms that are refused to whom they are offered:\n{}", refused.join("\n"));
}

/// What waits to be published and confirmed, words out of sight, a hold, a request, a document, evidence, contacts, a pack.
fn work_of_every_kind(app: &TestApp) {
    run_by_somebody(app);
    let filing = files(app, "Both stages were inspected.");
    attached(app, COUNCIL, filing.path());
    let overseer = app.person("overseer");
    let assess = overseer.open(&format!("/staff{ITEM}")).follow("Assess").form("Hand in the assessment");
    assess.choose_in("What do you find?", "On course").fill("What does the finding rest on?", "Minutes.").send();
    let form = overseer.open(crate::deeds_record::ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "Both stages.").send();
    overseer.open(crate::deeds_record::ITEM).form("Withhold these words: Accepted on").send();
    let keep = overseer.open("/staff/bodies/ashgrove-council/contacts").form("Keep").fill("Name", "Contact One");
    keep.fill("Telephone number", "01632 960001").send();
    let hold = overseer.open("/staff/inquiries/ashgrove/recommendations/1/hold").form("Place this hold");
    hold.choose("Legal proceedings").date("When is it reviewed?", "2026-12-20").send();
    made(app, "2026-11-22").sees("The private paper");
}

/// Follows every link of this server that a visitor sees, three addresses of each kind, and answers where it came.
pub fn walk(visitor: &Visitor, from: &str) -> Vec<String> {
    walk_with(visitor, from, |_| false, |_| ())
}

/// The same, with all addresses instead of three of those that are to be seen `whole`; each page that it comes to is `looked` at.
pub fn walk_with(visitor: &Visitor, from: &str, whole: impl Fn(&str) -> bool, looked: impl Fn(&Page)) -> Vec<String> {
    let mut kinds = HashMap::<String, u32>::new();
    let mut found = vec![from.to_owned()];
    let mut from_where = HashMap::from([(from.to_owned(), "nowhere".to_owned())]);
    let mut dead = Vec::new();
    let mut next = 0;
    while let Some(path) = found.get(next).cloned() {
        next += 1;
        let page = visitor.get(&path).follow_redirects();
        if page.status() >= 400 {
            dead.push(format!("{path}, linked from {}, answers {}", from_where[&path], page.status()));
        }
        if !page.is_html() {
            continue;
        }
        looked(&page);
        for link in page.links() {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            let count = kinds.entry(kind_of(&link)).or_default();
            if (*count < 3 || whole(&link)) && !found.contains(&link) {
                *count += 1;
                from_where.insert(link.clone(), path.clone());
                found.push(link);
            }
        }
    }
    assert!(dead.is_empty(), "links that lead nowhere:\n{}", dead.join("\n"));
    found
}

/// An address with its changing parts left out: every recommendation is one kind of page.
fn kind_of(link: &str) -> String {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    // Each filter by itself and each two together; more of them are one kind, or there would be no end.
    let names = if names.len() > 2 { "many".to_owned() } else { names.join("&") };
    format!("{}?{names}", seen::kind_of(path))
}
