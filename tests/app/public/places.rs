//! Where a page of a list begins: good for that list alone, for a page must never show the middle of another one.

use super::long_file;
use crate::stories;
use crate::support::app::days;
use crate::support::page::Page;
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;
use crate::support::{Place, TestApp};

stories![a_place_of_one_list_is_none_in_another, a_failure_is_not_told_as_a_name_that_is_not_there];

/// More than any list shows at once.
const MANY: usize = 110;

/// The same register file with a target of each answer, which passes on one day that is still to come.
pub fn with_targets(register: &str) -> String {
    register.replace(
        "body = \"ferry\", checked = \"secondary\" }",
        "body = \"ferry\", checked = \"secondary\", \
         target = { on = 2026-12-01, set_by = \"ferry\", checked = \"source\", \
         source_url = \"https://ashgrove.example/plan\" } }",
    )
}

/// Two inspections of two companies, each with as many recommendations, a theme, and targets that have passed.
pub fn two_long_lists(place: &Place) -> TestApp {
    let long = with_targets(&long_file(MANY)).replace("themes = []", "themes = [\"jetties\"]");
    let other = [
        ("\"ferry\"", "\"pier\""),
        ("Ashgrove Ferry", "Ashgrove Pier"),
        ("\"long\"", "\"other\""),
        ("A long inspection", "Another inspection"),
        ("\"Long\"", "\"Other\""),
        ("\"jetties\"", "\"stages\""),
    ];
    let other = other.iter().fold(long.clone(), |text, (from, to)| text.replace(from, to));
    let app = place.with_register(&place.file("two.toml", &format!("{long}\n{other}"))).app();
    app.clock().advance(days(21));
    app
}

/// The way on from a page or from data, as it stands there; none on the last one.
pub fn way_on(page: &Page) -> Option<String> {
    if page.is_html() {
        let after = |link: &String| link.contains("?after=") || link.contains("&after=");
        return page.links().into_iter().find(after);
    }
    let next = page.json()["next"].as_str()?.to_owned();
    Some(next.strip_prefix(BASE_URL.trim_end_matches('/')).expect("an address of the register").to_owned())
}

fn a_place_of_one_list_is_none_in_another(place: &Place) {
    let app = two_long_lists(place);
    // So many addresses are asked for here that they are no pages to look at.
    let reader = Visitor::unseen(app.place().servers(), app.address(), BASE_URL);
    // A page and its data hold the same list.
    let lists: [&[&str]; 11] = [
        &["/inquiries/long", "/inquiries/long.json"],
        &["/bodies/ferry", "/bodies/ferry.json"],
        &["/themes/jetties", "/themes/jetties.json"],
        &["/overdue"],
        &["/overdue?kind=target"],
        &["/recommendations", "/recommendations.json"],
        &["/inquiries/other", "/inquiries/other.json"],
        &["/bodies/pier", "/bodies/pier.json"],
        &["/themes/stages", "/themes/stages.json"],
        &["/overdue?inquiry=other"],
        &["/recommendations?theme=stages"],
    ];
    let mut places = Vec::new();
    for (at, list) in lists.iter().enumerate() {
        for path in *list {
            let next = way_on(&reader.open(path)).unwrap_or_else(|| panic!("{path} has no next page"));
            reader.get(&next).is(200);
            let after = next.split("after=").nth(1).and_then(|rest| rest.split('&').next()).expect("a place");
            places.push((at, after.to_owned()));
        }
    }
    for (at, list) in lists.iter().enumerate() {
        for path in *list {
            let joint = if path.contains('?') { '&' } else { '?' };
            for (of, after) in &places {
                let page = reader.get(&format!("{path}{joint}after={after}"));
                if *of == at {
                    page.is(200);
                } else {
                    page.is(400).sees("not a place in the list");
                }
            }
            // One that somebody kept from before places were sealed says so, and leads to the first page.
            for old in ["1_1", "1_1_1", "b4e0a_1"] {
                let page = reader.get(&format!("{path}{joint}after={old}"));
                page.is(400).sees("This is not a place in the list. Go back to its first page.");
            }
        }
    }
}

fn a_failure_is_not_told_as_a_name_that_is_not_there(app: &TestApp) {
    const NONE: &str = "there is none of this name in the register";
    let public = app.public();
    for (table, query) in [("inquiry", "inquiry=ashgrove"), ("body", "body=ashgrove-council")] {
        public.get(&format!("/overdue?{table}=none-such")).is(400).sees(NONE);
        app.place().execute_unnoticed(&format!("alter table {table} rename to gone"));
        let failed = public.get(&format!("/overdue?{query}"));
        app.place().execute_unnoticed(&format!("alter table gone rename to {table}"));
        assert!(failed.status() >= 500, "/overdue?{query} answered {}", failed.status());
        failed.does_not_see(NONE);
        public.get(&format!("/overdue?{query}")).is(200);
    }
}
