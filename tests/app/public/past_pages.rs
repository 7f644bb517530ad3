//! Lists of an earlier day, looked back to from their first page to their last: each page holds what it held.

use std::collections::BTreeMap;

use super::long_file;
use super::places::{two_long_lists, way_on, with_targets};
use crate::deeds_record::confirmed;
use crate::in_error::{closes, decides};
use crate::past::{data, said};
use crate::stories;
use crate::support::app::days;
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;
use crate::support::{Place, TestApp};

stories![
    later_pages_of_an_earlier_day_are_as_they_were,
    silence_that_was_told_of_nobody_on_a_day_is_told_of_nobody_when_looked_back_to,
];

const LISTS: [&str; 5] =
    ["/inquiries/long", "/inquiries/long.json", "/inquiries/other", "/bodies/pier", "/bodies/pier.json"];
const ERROR: &str = "This recommendation was entered in error";

/// What a list says, page after page.
fn pages(reader: &Visitor, first: &str) -> Vec<String> {
    let mut said_there = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(path) = next {
        let page = reader.open(&path);
        said_there.push(if page.is_html() { said(&page) } else { data(&page) });
        next = way_on(&page);
    }
    said_there
}

fn in_error(app: &TestApp, number: &str) {
    let of = format!("/inquiries/long/recommendations/{number}");
    closes(app, &format!("/staff{of}/ferry"));
    decides(app, &of, ERROR, "It stands here twice.").send().sees("Decision recorded");
}

fn put_to_the_pier(app: &TestApp, number: &str) {
    let of = format!("/staff/inquiries/long/recommendations/{number}");
    let page = app.person("overseer").open(&of).follow("Put it to a body");
    let form = page.form("Publish that it was put to this body").select("Which body?", "Ashgrove Pier");
    let form = form.choose("Compared with the source").fill("Where is it said", "Page 43 of the report.");
    confirmed(form).send();
}

fn later_pages_of_an_earlier_day_are_as_they_were(place: &Place) {
    let app = two_long_lists(place);
    let reader = Visitor::unseen(app.place().servers(), app.address(), BASE_URL);
    let mut kept: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for day in 0..3 {
        match day {
            0 => in_error(&app, "5"),
            // What stands first in the lists of both days comes in, or leaves, after the first of them.
            1 => {
                ["9", "60"].iter().for_each(|number| in_error(&app, number));
                ["3", "30", "70"].iter().for_each(|number| put_to_the_pier(&app, number));
            }
            _ => {
                let of = "/inquiries/long/recommendations/5";
                decides(&app, of, "This recommendation was no error", "Page 40 has it.").send();
            }
        }
        let today = app.clock().now().to_string()[..10].to_owned();
        for path in LISTS {
            let found = pages(&reader, path);
            assert!(found.len() > 1, "{path} has one page alone");
            kept.insert((today.clone(), path), found);
        }
        app.clock().advance(days(1));
    }
    let different = |path: &str| {
        let days: Vec<_> = kept.iter().filter(|((_, of), _)| *of == path).map(|(_, pages)| pages).collect();
        days.windows(2).any(|two| two[0][1] != two[1][1])
    };
    assert!(different("/inquiries/long") && different("/bodies/pier.json"), "the second pages have a history");
    for ((day, path), was) in &kept {
        let now = pages(&reader, &format!("{path}?as-at={day}"));
        assert_eq!(now.len(), was.len(), "{path} as at {day} has as many pages as it had");
        for (number, (now, was)) in now.iter().zip(was).enumerate() {
            assert!(now == was, "page {} of {path} as at {day}\n  was:  {was}\n  now:  {now}", number + 1);
        }
    }
}

fn silence_that_was_told_of_nobody_on_a_day_is_told_of_nobody_when_looked_back_to(place: &Place) {
    let register = place.file("long.toml", &with_targets(&long_file(1010)));
    let app = place.with_register(&register).app();
    app.clock().advance(days(21));
    let public = app.public();
    for path in ["/inquiries/long", "/inquiries/long?as-at=2026-12-14"] {
        public.open(path).sees("so silence is not told by body").sees("not told");
    }
    // The day before the dates passed there was nothing to tell.
    public.open("/inquiries/long?as-at=2026-11-30").does_not_see("silence is not told by body");
}
