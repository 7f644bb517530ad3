//! Walks over the register along its links, so that each kind of page is seen even where no other story goes.

use std::collections::HashMap;

use crate::stories;
use crate::support::TestApp;
use crate::support::visitor::Visitor;

stories![anybody_can_walk_from_the_start_to_every_public_page, nobody_is_shown_a_link_that_is_not_for_them];

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

/// Follows every link of this server that a visitor sees, three addresses of each kind, and answers where it came.
pub fn walk(visitor: &Visitor, from: &str) -> Vec<String> {
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
        for link in page.links() {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            let count = kinds.entry(kind_of(&link)).or_default();
            if *count < 3 && !found.contains(&link) {
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
    let after = |step: &str| matches!(step, "inquiries" | "recommendations" | "bodies" | "themes" | "changes");
    let mut kind = Vec::new();
    let mut previous = "";
    for step in path.split('/') {
        kind.push(if after(previous) || step.chars().all(|digit| digit.is_ascii_digit()) { "*" } else { step });
        previous = step;
    }
    let names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{}?{}", kind.join("/"), names.join("&"))
}
