//! The demo: everybody can go everywhere in it, it is the same each time, it says what it is, and nothing of it stays.

use std::fs;
use std::path::Path;

use followthrough::clock::Chance;
use followthrough::config::Config;
use followthrough::demo::{PASSWORD, SIGN_INS};
use followthrough::domain::assessed::Assessed;
use followthrough::domain::checked::{Checked, TextKind};
use followthrough::domain::duty::DutyKind;
use followthrough::domain::evidence::{EvidenceKind, Rung};
use followthrough::domain::hold::HoldKind;
use followthrough::domain::lifecycle::{Closure, Lifecycle};
use followthrough::domain::meeting::MeetingState;
use followthrough::domain::moment::Moment;
use followthrough::domain::pack::{Contents, PackSection};
use followthrough::domain::person::Role;
use followthrough::domain::report::Marked;
use followthrough::domain::reported::Reported;
use followthrough::domain::response::Response;
use followthrough::domain::succession::{Handed, SuccessionKind};
use followthrough::domain::tie::TieKind;
use followthrough::server::make_demo;

use crate::naming::files_below;
use crate::stories;
use crate::support::app::sign_in;
use crate::support::page::Page;
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;
use crate::support::{Both, DatabaseKind, Place};
use crate::walk::walk_with;

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
    let first = hidden(&both.sqlite);
    assert!(first.iter().all(|rows| !rows.is_empty()), "something of what is not published is missing: {first:?}");
    for (rows, (here, there)) in first.iter().zip(hidden(&again).iter().zip(&hidden(&both.postgres))) {
        assert_eq!(rows, here);
        assert_eq!(rows, there);
    }
    let published = contents(&copies[0]);
    assert!(published.len() > 3, "{:?}", published.iter().map(|(name, _)| name).collect::<Vec<_>>());
    assert_eq!(published, contents(&copies[1]));
    assert_eq!(published, contents(&copies[2]), "the two databases hold the same");
    // One history for both questions: to play it takes long.
    everybody_can_go_everywhere(&both.sqlite);
    everybody_can_go_everywhere(&both.postgres);
}

/// What is not published, in an order that does not depend on the database.
fn hidden(place: &Place) -> [Vec<String>; 8] {
    let of =
        |what: &str, table: &str, by: &str| place.rows(&format!("select {what} as value from {table} order by {by}"));
    [
        of("reference || ' ' || state || ' ' || proposal", "filing", "id"),
        of("reference || ' ' || kind || ' ' || created_at", "outbox", "reference"),
        of("reference || ' ' || questions || ' ' || contents || ' ' || coalesce(exemption, '')", "pack", "id"),
        of("reference || ' ' || name || ' ' || coalesce(email, '') || ' ' || coalesce(ended_on, '')", "contact", "id"),
        of("reference || ' ' || state || ' ' || held_on || ' ' || coalesce(private_note, '')", "meeting", "id"),
        of("reference || ' ' || kind || ' ' || rung || ' ' || coalesce(title, '')", "exhibit", "id"),
        of("reference || ' ' || state || ' ' || page || ' ' || words", "complaint", "id"),
        of("reference || ' ' || subject || ' ' || state || ' ' || place", "redaction", "id"),
    ]
}

/// Demands that a page says what it is.
fn says_so(page: &Page) {
    assert!(page.body().contains("Demonstration."), "{} does not say that it is a demonstration", page.name());
}

/// Pages that come in many states: each of them is visited.
fn is_of_many_states(link: &str) -> bool {
    let one_of = |kind: &str| link.strip_prefix(kind).is_some_and(|rest| !rest.contains('/'));
    !link.contains('?')
        && (link.starts_with("/inquiries/") || ["/bodies/", "/families/", "/themes/"].into_iter().any(one_of))
}

/// The program serves what was played here: every page can be reached, by everybody, and there is something on it.
fn everybody_can_go_everywhere(place: &Place) {
    place.run(&["verify"]).succeeds();
    let app = place.as_a_demo().app();
    let visitor = || Visitor::unseen(place.servers(), app.address(), BASE_URL);
    // Who answers is the same whichever the database: all of it is walked over on one, and the other sees the first of each kind.
    let all = place.database() == DatabaseKind::Sqlite;
    let found = walk_with(&visitor(), "/", |link| all && is_of_many_states(link), says_so);
    for page in ["/overdue", "/changes", "/about", "/inquiries/ashgrove-ferry-inquiry/recommendations/"] {
        assert!(found.iter().any(|path| path.starts_with(page)), "{page} is not found from the start");
    }
    assert!(!all || found.iter().any(|path| path.starts_with("/evidence/")), "no file is found from the start");
    for somebody in SIGN_INS.iter().filter(|one| all || one.role == Role::Administrator) {
        let who = visitor();
        sign_in(&who, somebody.email, PASSWORD).is(303);
        let found = walk_with(&who, "/staff", |_| false, says_so);
        assert!(found.len() > 10, "{} came only to {found:?}", somebody.email);
        if somebody.role == Role::Administrator {
            assert!(found.iter().any(|path| path.contains("/compare/")), "no two packs are compared: {found:?}");
        }
    }
    nothing_is_missing(place);
    charts_are_drawn(&visitor());
    what_was_elsewhere_leads_on(&visitor());
    let overseer = visitor();
    sign_in(&overseer, SIGN_INS[1].email, PASSWORD).is(303);
    what_waits_is_listed(place, &overseer);
    a_body_is_split_and_a_group_is_asked(place);
}

/// Its history is longer than a year, and all of its facts have several values.
fn charts_are_drawn(public: &Visitor) {
    for path in ["/", "/inquiries/ashgrove-ferry-inquiry"] {
        let page = public.open(path);
        let bars = page.texts("#response-caption, #reported-caption, #assessed-caption, #lifecycle-caption");
        assert!(bars.len() == 4 || path != "/" && bars.len() > 1, "{path}: {bars:?}");
        assert!(!page.texts("#progress").is_empty(), "{path} draws no progress");
    }
    assert!(public.open("/inquiries/ashgrove-ferry-inquiry").texts(".f-bodies tbody tr").len() > 1);
}

/// Old addresses lead to what stands there now, those of families too.
fn what_was_elsewhere_leads_on(public: &Visitor) {
    for old in [
        "/bodies/landing-stage-inspectorate",
        "/themes/passengers",
        "/inquiries/ashgrove-ferry-review/recommendations/R3",
        "/families/ashgrove-ferry-inquiry-8",
    ] {
        let page = public.get(old);
        assert!((300..400).contains(&page.status()), "{old} answers {}", page.status());
        says_so(page.follow_redirects().is(200));
    }
    public.open("/families/ashgrove-ferry-inquiry-1").sees("came apart");
}

/// What nobody has read, what can be related by now, and the private paper. (What several updates became at once is kept for
/// some days only.)
fn what_waits_is_listed(place: &Place, overseer: &Visitor) {
    overseer.open("/staff/with-us-too-long").does_not_see("No update has waited too long");
    overseer.open("/staff/to-relate").does_not_see("No link waits");
    for (named, heading) in [("is not null", "Private paper"), ("is null", "Name the exemption")] {
        let pack = place.value(&format!("select reference from pack where exemption {named}"));
        says_so(overseer.open(&format!("/staff/packs/{pack}/private")).sees(heading));
        says_so(&overseer.open(&format!("/staff/packs/{pack}/paper")));
    }
}

/// Every page shows what it can show.
fn nothing_is_missing(place: &Place) {
    let missing: Vec<String> = values()
        .into_iter()
        .filter(|(fact, column, value)| {
            let query = format!("select count(*) from fact_update where fact = '{fact}' and {column} = '{value}'");
            place.value(&query) == "0"
        })
        .map(|(_, _, value)| value.to_owned())
        .collect();
    assert!(missing.is_empty(), "the demo has no {missing:?}");
    for (query, values) in kinds() {
        let held = place.rows(query);
        let missing: Vec<&str> = values.into_iter().filter(|one| held.iter().all(|value| value != one)).collect();
        assert!(missing.is_empty(), "the demo has no {missing:?}: {query}");
    }
    // Each line of the last pack's first page has something to say.
    let contents = place.value("select contents from pack order by id desc limit 1");
    let contents: Contents = serde_json::from_str(&contents).expect("what a pack lists");
    let empty: Vec<&PackSection> = PackSection::ALL.iter().filter(|one| contents.of(**one).is_empty()).collect();
    assert!(empty.is_empty(), "the last pack has nothing at {empty:?}");
    assert!(!contents.private.is_empty(), "nothing is private");
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
    assert_eq!([undecided, "select count(*) from passing"].map(|query| place.value(query)), ["1", "2"]);
    let asked = "select count(*) from addressee join recommendation on recommendation.id = addressee.recommendation_id \
                 where recommendation.number = 'R4'";
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

/// Every value of what else is told apart: where it stands, and the values.
fn kinds() -> [(&'static str, Vec<&'static str>); 12] {
    [
        ("select distinct kind as value from tie where present", TieKind::ALL.iter().map(|one| one.as_str()).collect()),
        ("select distinct kind as value from succession", SuccessionKind::ALL.iter().map(|one| one.as_str()).collect()),
        ("select distinct precision as value from succession", vec!["on", "not_known"]),
        ("select distinct handed as value from addressee", Handed::ALL.iter().map(|one| one.as_str()).collect()),
        ("select distinct state as value from meeting", MeetingState::ALL.iter().map(|one| one.as_str()).collect()),
        (
            "select checked as value from recommendation union select checked as value from addressee",
            Checked::ALL.iter().map(|one| one.as_str()).collect(),
        ),
        (
            "select distinct text_kind as value from recommendation",
            TextKind::ALL.iter().map(|one| one.as_str()).collect(),
        ),
        ("select distinct rung as value from exhibit", Rung::ALL.iter().map(|one| one.as_str()).collect()),
        ("select distinct kind as value from exhibit", EvidenceKind::ALL.iter().map(|one| one.as_str()).collect()),
        ("select distinct kind as value from hold", HoldKind::ALL.iter().map(|one| one.as_str()).collect()),
        ("select distinct kind as value from duty", DutyKind::ALL.iter().map(|one| one.as_str()).collect()),
        ("select distinct value as value from mark", Marked::ALL.iter().map(|one| one.as_str()).collect()),
    ]
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
    // Others may come in, for that is said twice.
    place.set("FOLLOWTHROUGH_BASE_URL", LOCAL).set("FOLLOWTHROUGH_LISTEN", "0.0.0.0:0");
    let demo = place.spawn(&["serve", "--demo", "--demo-for-other-machines"]);
    let greeting = demo.greeting();
    assert!(greeting.contains("Listening on http://0.0.0.0:"), "{greeting}");
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
    // Neither for this machine alone, nor where it was said twice, is anything more asked: it goes on to where it would make the
    // demo, which is told by there being no such folder.
    place.set("TMPDIR", &place.folder().join("nowhere").display().to_string());
    let twice = place.run(&["serve", "--demo", "--demo-for-other-machines"]);
    place.set("FOLLOWTHROUGH_LISTEN", "127.0.0.1:0");
    for went_on in [twice, place.run(&["serve", "--demo"])] {
        went_on.exits(1).says("nowhere");
        assert!(!went_on.err.contains("this machine alone"), "{}", went_on.err);
    }
}
