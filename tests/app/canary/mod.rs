//! Marker words in everything that is not public, looked for in everything that is: each address of the route table, each
//! mail, and the same pages once more from a restored copy.

mod planted;

use followthrough::web::{Door, ROUTES};

use crate::fairness::run_by_somebody;
use crate::follow::arranged::asks;
use crate::naming::{files_below, unpacked};
use crate::stories;
use crate::support::app::minutes;
use crate::support::page::Page;
use crate::support::visitor::Visitor;
use crate::support::{Place, TestApp};

stories![nothing_unpublished_or_withheld_is_anywhere_in_public];

/// What every marker begins with; what follows says where it was planted.
const MARK: &str = "kanarienwort";
const COUNCIL_ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";
const HARBOUR: &str = "/staff/bodies/ashgrove-harbour";

/// The files of the program itself: they hold nothing of a register.
const OF_THE_PROGRAM: [&str; 1] = ["/assets/{name}"];

/// Files of others: where none is published, none is found.
const OF_FILES: [&str; 1] = ["/evidence/{name}"];

/// The begin of an event of the inquiry, as the register file has it: no page enters one.
const EVENT: &str = "Officers reported";
/// The page of a dated note, as the register file has it, and the begin of the note.
const NOTED: &str = "/inquiries/ashgrove/recommendations/3";
const NOTE: &str = "A survey of passengers";
/// Somebody who follows the whole register by mail.
const READER: &str = "somebody-who-follows@example.org";

/// A marker: one word, and an address of the web or of mail where a field wants one.
fn mark(place: &str) -> String {
    format!("{MARK}{place}")
}

fn nothing_unpublished_or_withheld_is_anywhere_in_public(app: &TestApp) {
    run_by_somebody(app);
    let managed = follows(app);
    planted::work_of_bodies(app);
    planted::unfinished(app);
    planted::work_of_staff(app);
    planted::people(app);
    planted::withheld(app);
    planted::meetings(app);
    planted::withheld_of_links(app);
    planted::withheld_of_plans_and_holds(app);
    planted::evidence(app);
    crate::reports::plants(app, MARK);
    crate::outside::plants(app, MARK);
    let planted = app.place().value("select count(*) from filing");
    assert!(planted.parse::<u32>().expect("a number") >= 4, "{planted}");

    everywhere_in_public(app.place(), &app.public());
    // A week on: reminders, digests, notices. What goes to the public, and to a body that nothing of this is about.
    app.person("contributor of old-ferry-board");
    app.jobs_at("2026-11-30T08:30:00Z");
    mailed_to_the_public(app);
    everywhere_in_public(app.place(), &app.public());
    says_nothing(&app.public().open(&managed));
    nothing_exported(app.place());
    let mails = app.mailbox();
    assert!(mails.count() > 2, "there is mail to look through");
    let inside = |to: &String| {
        ["overseer", "administrator", "contributor.ashgrove-council", MARK].iter().any(|who| to.starts_with(who))
    };
    for mail in mails.0.iter().filter(|mail| !mail.to.iter().any(inside)) {
        mail.does_not_say(MARK).does_not_say(EVENT).does_not_say(NOTE);
    }
    // A restored copy says no more than the register does.
    let file = app.place().folder().join("copy");
    app.place().run(&["backup", file.to_str().expect("a path")]).succeeds();
    let copy = Place::new(app.place().servers(), app.place().database());
    copy.run(&["restore", file.to_str().expect("a path")]).succeeds();
    everywhere_in_public(&copy, &copy.app().public());
    nothing_exported(&copy);
}

/// Asks for mail about the whole register and says yes; answers where that mail is managed.
fn follows(app: &TestApp) -> String {
    let reader = app.public();
    asks(&reader, "/subscribe", READER, "On each working day").is(303);
    app.jobs();
    let link = app.mailbox().of(READER).last().link("/subscribe/confirm/");
    let confirmed = reader.open(&link).form("Yes, write to me").send();
    confirmed.path().split('?').next().unwrap_or_default().to_owned()
}

/// Whoever follows is told of all of this: somebody decides so, for it is much at once.
fn mailed_to_the_public(app: &TestApp) {
    app.person("overseer").open("/staff/mail").form("Send").send().sees("Goes from");
    app.clock().advance(minutes(16));
    app.jobs();
    app.mailbox().of(READER).about("Your summary").says("Answer recorded");
}

/// Every public address with everything that exists put into its places, and what it answers to a search and to a day.
fn everywhere_in_public(place: &Place, public: &Visitor) {
    let mut looked = 0;
    for route in ROUTES.iter().filter(|route| route.method == "GET" && route.door == Door::Public) {
        if OF_THE_PROGRAM.contains(&route.path) {
            continue;
        }
        let mut found = 0;
        for path in every(place, route.path) {
            let page = public.get(&path);
            found += u32::from(page.status() == 200);
            says_nothing(&page);
            // As it stood on the day on which all of it was written, too.
            let joint = if path.contains('?') { '&' } else { '?' };
            says_nothing(&public.get(&format!("{path}{joint}as-at=2026-11-23")));
            looked += 1;
        }
        assert!(
            found > 0 || OF_FILES.contains(&route.path),
            "{}: nothing was found at any address of it; say what stands in its places",
            route.path
        );
        if !route.path.contains('{') {
            for query in [format!("q={MARK}infinding"), "as-at=2026-11-23".to_owned(), "reported=under_way".to_owned()]
            {
                let page = public.get(&format!("{}?{query}", route.path));
                // What was searched for stands in the search box alone.
                let answer = page.body().replace(&format!("{MARK}infinding"), "");
                assert!(!answer.contains(MARK), "{} says a marker", page.name());
            }
        }
    }
    assert!(looked > 60, "only {looked} answers were looked through");
    for route in ["/sign-in", "/password-reset", "/wrong", "/wrong/received"] {
        says_nothing(&public.get(route));
    }
}

fn says_nothing(page: &Page) {
    for (name, said) in unpacked(page.bytes()).expect("what can be unpacked") {
        none_in(&said, &format!("{} ({}){name}", page.name(), page.status()));
    }
}

fn none_in(said: &str, place: &str) {
    if let Some(at) = said.find(MARK) {
        let marker: String = said[at..].chars().take_while(|sign| sign.is_ascii_alphanumeric()).collect();
        panic!("{place} says {marker:?}");
    }
    for begin in [EVENT, NOTE] {
        assert!(!said.contains(begin), "{place} says {begin:?}");
    }
}

/// Everything that the commands write for others to take away.
fn nothing_exported(place: &Place) {
    let mut files = Vec::new();
    for command in ["export", "export-site"] {
        let folder = place.folder().join(format!("by-{command}"));
        place.run(&[command, folder.to_str().expect("a path")]).succeeds();
        let written = files_below(&folder);
        assert!(written.len() > 2, "{command} wrote only {} files", written.len());
        files.extend(written);
    }
    for file in &files {
        let bytes = std::fs::read(file).expect("a file");
        for (name, said) in unpacked(&bytes).expect("what can be unpacked") {
            none_in(&said, &format!("{}{name}", file.display()));
        }
    }
}

/// The addresses of a route: each answer with its recommendation and inquiry, each theme, change and file.
fn every(place: &Place, pattern: &str) -> Vec<String> {
    let items = "recommendation join inquiry on inquiry.id = recommendation.inquiry_id \
        left join addressee on addressee.recommendation_id = recommendation.id \
        left join body on body.id = addressee.body_id";
    let (names, columns, table): (&[&str], &str, &str) = match pattern {
        one if one.contains("{inquiry}") => (
            &["{inquiry}", "{number}", "{body}"],
            "inquiry.slug || ' ' || recommendation.number || ' ' || coalesce(body.slug, 'nobody')",
            items,
        ),
        one if one.contains("{body}") => (&["{body}"], "slug", "body"),
        one if one.contains("{family}") => (&["{family}"], "slug", "family"),
        "/families" => return pages_of_families(place),
        one if one.contains("{theme}") => (&["{theme}"], "slug", "theme"),
        one if one.starts_with("/reports/") => (&["{seq}"], "cast(began as text)", "report"),
        one if one.contains("{seq}") => (&["{seq}"], "cast(seq as text)", "change"),
        one if one.contains("{name}") => (&["{name}"], "reference || '.' || kind", "file"),
        one => {
            assert!(!one.contains('{'), "{one}: say what stands in its places");
            return vec![one.to_owned()];
        }
    };
    let rows = place.rows(&format!("select {columns} as value from {table}"));
    let mut paths: Vec<String> = rows.iter().map(|row| filled(pattern, names, row)).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// The list of families from its begin, and from wherever a page of it can begin.
fn pages_of_families(place: &Place) -> Vec<String> {
    let ids = place.rows("select cast(id as text) as value from family order by id");
    let after = ids.iter().map(|id| format!("/families?after={:x}", id.parse::<i64>().expect("a number")));
    ["/families".to_owned(), "/families?after=0".to_owned()].into_iter().chain(after).collect()
}

fn filled(pattern: &str, names: &[&str], row: &str) -> String {
    let path =
        names.iter().zip(row.split(' ')).fold(pattern.to_owned(), |path, (name, value)| path.replace(name, value));
    assert!(!path.contains('{'), "{pattern}: say what stands in its places");
    path
}
