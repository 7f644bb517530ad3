//! The demo: everybody can go everywhere in it, it is the same each time, it says what it is, and nothing of it stays.

use std::fs;
use std::path::Path;

use followthrough::clock::Chance;
use followthrough::config::Config;
use followthrough::demo::{PASSWORD, SIGN_INS};
use followthrough::domain::assessed::Assessed;
use followthrough::domain::lifecycle::{Closure, Lifecycle};
use followthrough::domain::moment::Moment;
use followthrough::domain::reported::Reported;
use followthrough::domain::response::Response;
use followthrough::server::make_demo;

use crate::naming::files_below;
use crate::stories;
use crate::support::app::sign_in;
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;
use crate::support::{Both, DatabaseKind, Place};
use crate::walk::walk;

stories![
    the_demo_is_the_same_each_time_and_everybody_can_go_everywhere,
    the_demo_says_what_it_is_and_leaves_nothing_behind,
    the_demo_is_for_this_machine_unless_asked_twice,
];

/// The moment at which the stories' clock stands.
const NOW: &str = "2026-11-23T09:00:00Z";

/// An address that only this machine can follow.
const LOCAL: &str = "http://localhost:8080";

/// Plays the history where this place keeps its register.
pub fn played(place: &Place) {
    let config = Config::read(|name| place.setting(name)).unwrap_or_else(|faults| panic!("{faults}"));
    let now: Moment = NOW.parse().expect("a moment");
    make_demo(&config, &Chance::seeded(7), now).unwrap_or_else(|fault| panic!("{fault}"));
}

fn the_demo_is_the_same_each_time_and_everybody_can_go_everywhere(both: &Both) {
    let again = Place::new(both.sqlite.servers(), DatabaseKind::Sqlite);
    let mut copies = Vec::new();
    for place in [&both.sqlite, &again, &both.postgres] {
        played(place);
        place.run(&["export", "data"]).succeeds();
        copies.push(place.folder().join("data"));
    }
    // What is not published is the same too. (Each database says when its schema was made, and where a mail's file lies.)
    let hidden = |place: &Place| {
        let filings =
            place.rows("select reference || ' ' || state || ' ' || proposal as value from filing order by id");
        let mails =
            place.rows("select reference || ' ' || kind || ' ' || created_at as value from outbox order by reference");
        [filings, mails]
    };
    assert!(hidden(&both.sqlite).iter().all(|rows| rows.len() > 10));
    assert_eq!(hidden(&both.sqlite), hidden(&again));
    assert_eq!(hidden(&both.sqlite), hidden(&both.postgres));
    let first = contents(&copies[0]);
    assert!(first.len() > 3, "{:?}", first.iter().map(|(name, _)| name).collect::<Vec<_>>());
    assert_eq!(first, contents(&copies[1]));
    assert_eq!(first, contents(&copies[2]), "the two databases hold the same");
    // One history for both questions: to play it takes long.
    everybody_can_go_everywhere(&both.sqlite);
    everybody_can_go_everywhere(&both.postgres);
}

/// The program serves what was played here: every page can be reached, by everybody, and there is something on it.
fn everybody_can_go_everywhere(place: &Place) {
    place.run(&["verify"]).succeeds();
    let app = place.with_nothing().app();
    let visitor = || Visitor::unseen(place.servers(), app.address(), BASE_URL);
    let found = walk(&visitor(), "/");
    for page in ["/overdue", "/changes", "/about", "/inquiries/ashgrove-ferry-inquiry/recommendations/"] {
        assert!(found.iter().any(|path| path.starts_with(page)), "{page} is not found from the start");
    }
    for somebody in SIGN_INS {
        let who = visitor();
        sign_in(&who, somebody.email, PASSWORD).is(303);
        let found = walk(&who, "/staff");
        assert!(found.len() > 10, "{} came only to {found:?}", somebody.email);
    }
    // Every page shows what it can show.
    let missing: Vec<String> = values()
        .into_iter()
        .filter(|(fact, column, value)| {
            let query = format!("select count(*) from fact_update where fact = '{fact}' and {column} = '{value}'");
            place.value(&query) == "0"
        })
        .map(|(_, _, value)| value.to_owned())
        .collect();
    assert!(missing.is_empty(), "the demo has no {missing:?}");
    a_body_is_split_and_a_group_is_asked(place);
}

/// Each successor keeps whom it was given, one answer passed on and one is undecided; each member of the group is asked.
fn a_body_is_split_and_a_group_is_asked(place: &Place) {
    let kept = |body: &str| {
        let of = "select count(*) from contact join body on body.id = contact.body_id where contact.ended_on is null";
        place.value(&format!("{of} and body.slug = '{body}'"))
    };
    let trusts = ["north-stage-trust", "south-stage-trust", "ashgrove-stage-trust"];
    assert_eq!(trusts.map(kept), ["2", "1", "1"]);
    let undecided = "select count(*) from addressee where handed = 'not_decided'";
    assert_eq!([undecided, "select count(*) from passing"].map(|query| place.value(query)), ["1", "1"]);
    let asked = "select count(*) from addressee join recommendation on recommendation.id = addressee.recommendation_id \
                 where recommendation.number = 'R3'";
    assert_eq!([asked, "select count(*) from group_asked"].map(|query| place.value(query)), ["2", "1"]);
}

/// Every value of every fact, and every reason for closing: the fact, its column, the value.
fn values() -> Vec<(&'static str, &'static str, &'static str)> {
    let response = Response::recordable().map(|one| ("response", "value", one.as_str()));
    let reported = Reported::recordable().map(|one| ("reported", "value", one.as_str()));
    let assessed = Assessed::recordable().map(|one| ("assessed", "value", one.as_str()));
    let lifecycle = [Lifecycle::Closed, Lifecycle::Lapsed].map(|one| ("lifecycle", "value", one.as_str()));
    let closure = Closure::ALL.iter().map(|one| ("lifecycle", "closure", one.as_str()));
    response.chain(reported).chain(assessed).chain(lifecycle).chain(closure).collect()
}

/// The files of a folder, by name.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let name = |file: &Path| file.strip_prefix(folder).expect("a file of the folder").display().to_string();
    let mut all: Vec<_> =
        files_below(folder).iter().map(|file| (name(file), fs::read(file).expect("a file"))).collect();
    all.sort();
    all
}

fn the_demo_says_what_it_is_and_leaves_nothing_behind(both: &Both) {
    // The demo makes a database of its own, so one place is as good as the other.
    let place = &both.sqlite;
    let temporary = place.folder().join("temporary");
    fs::create_dir(&temporary).expect("a folder");
    place.set("TMPDIR", &temporary.display().to_string());
    place.set("FOLLOWTHROUGH_BASE_URL", LOCAL);
    let demo = place.spawn(&["serve", "--demo"]);
    let greeting = demo.greeting();
    for somebody in SIGN_INS {
        assert!(greeting.contains(somebody.email), "{greeting}");
    }
    assert!(greeting.contains(PASSWORD) && greeting.contains("thrown away"), "{greeting}");
    let visitor = || Visitor::unseen(place.servers(), demo.address(), LOCAL);
    let public = visitor();
    for path in ["/", "/inquiries/ashgrove-ferry-inquiry", "/sign-in", "/no-such-page"] {
        let page = public.get(path);
        page.sees("Demonstration.").sees("Everything here is fictional");
        assert!(page.body().contains("name=\"robots\" content=\"noindex\""), "{path} may be listed");
    }
    for path in ["/changes.atom", "/recommendations.csv", "/api/v1/inquiries"] {
        assert_eq!(public.get(path).is(200).header("x-robots-tag"), Some("noindex"), "{path}");
    }
    assert_eq!(public.get("/robots.txt").body(), "User-agent: *\nDisallow: /\n");
    for somebody in [SIGN_INS[0], SIGN_INS[4]] {
        let who = visitor();
        sign_in(&who, somebody.email, PASSWORD).is(303);
        who.open("/staff").sees("Demonstration.");
    }
    assert!(!place.data_dir().exists(), "the settings’ own register is not touched");
    assert_eq!(demo.terminate(), 0);
    let left = files_below(&temporary);
    assert!(left.is_empty(), "left behind: {left:?}");
}

fn the_demo_is_for_this_machine_unless_asked_twice(both: &Both) {
    // The demo makes a database of its own, so one place is as good as the other.
    let place = &both.sqlite;
    place.set("FOLLOWTHROUGH_LISTEN", "0.0.0.0:0");
    let refused = place.run(&["serve", "--demo"]);
    refused.exits(1).says("this machine alone").says("--demo-for-other-machines");
    // Behind a proxy of this machine others come in too.
    place.set("FOLLOWTHROUGH_LISTEN", "127.0.0.1:0").set("FOLLOWTHROUGH_BASE_URL", "https://register.example.org");
    place.run(&["serve", "--demo"]).exits(1).says("https://register.example.org");
    place.set("FOLLOWTHROUGH_LISTEN", "0.0.0.0:0").set("FOLLOWTHROUGH_BASE_URL", LOCAL);
    place.run(&["serve", "--demo-for-other-machines"]).exits(2).says("--demo");
    place.run(&["serve", "--demo", "--empty"]).exits(2).says("--empty");
    let demo = place.spawn(&["serve", "--demo", "--demo-for-other-machines"]);
    assert!(demo.greeting().contains("Listening on http://0.0.0.0:"), "{}", demo.greeting());
    assert_eq!(demo.terminate(), 0);
}
