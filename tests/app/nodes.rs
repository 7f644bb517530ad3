//! Several nodes on one database: what is done on one of them holds on the others, also while they are of two versions.

use std::time::Duration;

use crate::deeds_record::{ITEM, PUBLIC, response};
use crate::sign_in::sign_in;
use crate::stories;
use crate::support::process::until;
use crate::support::visitor::Visitor;
use crate::support::{PASSWORD, Place, TestApp};

stories![
    a_session_begun_on_one_node_is_one_on_the_other_and_ends_on_both,
    guesses_count_over_all_nodes,
    what_one_node_publishes_or_withholds_the_other_follows,
    each_mail_and_each_run_is_taken_by_one_node,
    an_older_program_goes_on_until_the_schema_asks_for_a_newer_one,
];

const CANARY: &str = "canary-of-two-nodes";
/// What others write is seen by then.
const SOON: Duration = Duration::from_secs(2);

/// What somebody with this cookie is answered by a node.
fn with_cookie(visitor: &Visitor, cookie: &str) -> u16 {
    visitor.get_with("/staff", &[("cookie", &format!("followthrough={cookie}"))]).status()
}

fn a_session_begun_on_one_node_is_one_on_the_other_and_ends_on_both(one: &TestApp) {
    let other = &one.place().app();
    let here = one.person("overseer");
    let there = other.public();
    sign_in(&there, "overseer@example.org", PASSWORD).is(303);
    let (begun_here, begun_there) =
        (here.cookie("followthrough").expect("a session"), there.cookie("followthrough").expect("a session"));
    assert_eq!(with_cookie(&other.public(), &begun_here), 200);
    assert_eq!(with_cookie(&one.public(), &begun_there), 200);
    // Ended on one, it is no session on the other at the very next request.
    here.open("/staff/account").form("End all others").send().sees("You are signed out everywhere else");
    there.get("/staff").is(303);
    assert_eq!(with_cookie(&one.public(), &begun_there), 303);
    assert_eq!(with_cookie(&other.public(), &begun_here), 200);
    // So is every session of an account that is disabled, on whichever node that is done.
    let administrator = other.person("administrator");
    administrator.open("/staff/people").follow("Overseer One").form("Disable the account").send();
    here.get("/staff").is(303);
    assert_eq!(with_cookie(&other.public(), &begun_here), 303);
    sign_in(&one.public(), "overseer@example.org", PASSWORD).is(422);
}

fn guesses_count_over_all_nodes(one: &TestApp) {
    let other = &one.place().app();
    one.person("overseer");
    for node in [one, other] {
        for _ in 0..5 {
            sign_in(&node.public(), "overseer@example.org", "not the password it is").is(422);
        }
    }
    for node in [one, other] {
        sign_in(&node.public(), "overseer@example.org", PASSWORD).is(429).complains("There were too many tries");
    }
}

fn what_one_node_publishes_or_withholds_the_other_follows(one: &TestApp) {
    let other = &one.place().app();
    let (here, there) = (one.public(), other.public());
    let paths = [PUBLIC, "/inquiries/ashgrove/recommendations/2", "/changes", "/changes.atom"];
    let shows = |visitor: &Visitor, path: &str| visitor.open(path).body().contains(CANARY);
    paths.iter().for_each(|path| assert!(!shows(&here, path) && !shows(&there, path), "{path}"));
    let form = one.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", CANARY).send();
    for path in paths {
        assert!(shows(&here, path), "{path}, where it was published");
        until(SOON, "the other node shows it", || shows(&there, path));
    }
    // Taken out on the other one.
    let page = other.person("overseer two").open(ITEM);
    page.form("Withhold these words: Accepted").send().sees("The words are withheld everywhere");
    for path in paths {
        assert!(!shows(&there, path), "{path}, where it was withheld");
        until(SOON, "it is gone from the first node", || !shows(&here, path));
    }
}

fn each_mail_and_each_run_is_taken_by_one_node(one: &TestApp) {
    let other = &one.place().app();
    let form = one.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "Agreed in May.").send();
    // A Monday, on which each is told what the week brought; both nodes find it due.
    other.clock().set("2026-11-30T08:30:00Z".parse().expect("a moment"));
    one.jobs_at("2026-11-30T08:30:00Z");
    other.jobs();
    let mailbox = one.mailbox();
    let mails = mailbox.of("overseer@example.org").0;
    let summaries = mails.iter().filter(|mail| mail.subject.contains("summary to")).count();
    assert_eq!(summaries, 1, "each of the nodes sent it");
    let count = |what: &str| one.place().value(&format!("select count(*) from {what}"));
    assert_eq!(count("attempt where outcome = 'accepted'"), count("outbox where state = 'accepted'"));
}

fn an_older_program_goes_on_until_the_schema_asks_for_a_newer_one(place: &Place) {
    place.run(&["migrate"]).succeeds();
    // What a newer version adds: a step that this one does not know, with a table and a column that it never asks for.
    place.execute(
        "create table added_later (id bigint not null primary key, words text not null);
         alter table holiday add column added_later text;
         insert into __diesel_schema_migrations (version) values ('99990101000000');",
    );
    let app = place.app();
    app.public().get("/readyz").is(200);
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", CANARY).send();
    app.public().open(PUBLIC).sees(CANARY);
    place.run(&["migrate"]).succeeds().says("up to date");
    place.run(&["verify"]).succeeds();
    // Once the newer version takes out what this one uses, it says so first: nobody is sent here any more, and nobody begins anew.
    place.execute("update schema_floor set program = '99.0.0'");
    assert_eq!(
        app.public().get("/readyz").is(503).body(),
        "not ready: the schema asks for a newer version of this program\n"
    );
    app.public().get("/healthz").is(200);
    place.run(&["jobs", "--once"]).exits(1).says("asks for 99.0.0 or later");
    place.execute("update schema_floor set program = '0.1.0'");
    app.public().get("/readyz").is(200);
}
