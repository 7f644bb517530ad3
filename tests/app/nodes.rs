//! Several nodes on one database: what is done on one of them holds on the others, also while they are of two versions.

use std::path::Path;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};

use crate::deeds_record::{ITEM, PUBLIC, response};
use crate::faults::OnPostgres;
use crate::sign_in::sign_in;
use crate::stories;
use crate::support::process::until;
use crate::support::visitor::Visitor;
use crate::support::{DatabaseKind, PASSWORD, Place, TestApp};

stories![
    a_session_begun_on_one_node_is_one_on_the_other_and_ends_on_both,
    guesses_count_over_all_nodes,
    what_one_node_publishes_or_withholds_the_other_follows,
    each_mail_and_each_run_is_taken_by_one_node,
    an_older_program_goes_on_until_the_schema_asks_for_a_newer_one,
    whoever_writes_for_long_holds_up_no_start_and_no_command_that_reads,
    a_load_waits_for_whoever_writes_however_long_that_takes,
    a_step_that_waits_for_a_reader_lets_others_pass,
    a_server_that_takes_no_writes_is_served_as_far_as_it_can_be_read,
];

const CANARY: &str = "canary-of-two-nodes";
/// What others write is seen by then: it takes half a second, and a page of a machine that has much to do.
const SOON: Duration = Duration::from_secs(10);

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

/// Somebody who has what all write to: another node in the middle of a write.
fn holder(place: &Place) -> Box<dyn SimpleConnection> {
    let url = place.setting("DATABASE_URL").expect("a database");
    match place.database() {
        DatabaseKind::Sqlite => {
            let mut held = SqliteConnection::establish(url.trim_start_matches("sqlite:")).expect("the database");
            held.batch_execute("begin immediate").expect("the lock");
            Box::new(held)
        }
        DatabaseKind::Postgres => {
            let mut held = PgConnection::establish(&url).expect("the database");
            held.batch_execute("begin; update counter set seq = seq").expect("the lock");
            Box::new(held)
        }
    }
}

fn whoever_writes_for_long_holds_up_no_start_and_no_command_that_reads(one: &TestApp) {
    let place = one.place();
    one.person("administrator");
    let before = place.value("select stamp from counter");
    let mut held = holder(place);
    place.run(&["verify"]).succeeds();
    place.run(&["export", "files"]).succeeds();
    place.run(&["migrate"]).succeeds();
    let other = place.spawn(&["serve", "--no-jobs"]);
    other.public().open(PUBLIC);
    assert_eq!(other.terminate(), 0);
    held.batch_execute("rollback").expect("it lets go");
    assert_eq!(place.value("select stamp from counter"), before, "the pages of all nodes would be made anew");
}

fn a_load_waits_for_whoever_writes_however_long_that_takes(OnPostgres(place): &OnPostgres) {
    let first = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/rotherham.toml");
    let load = ["register", "load", first.to_str().expect("a path in UTF-8")];
    let mut held = holder(place);
    std::thread::scope(|scope| {
        let loaded = scope.spawn(|| place.run(&load));
        // Longer than anybody waits who waits for a page.
        std::thread::sleep(Duration::from_secs(13));
        held.batch_execute("rollback").expect("it lets go");
        loaded.join().expect("it ends").succeeds().says("Added, as change");
    });
}

fn a_step_that_waits_for_a_reader_lets_others_pass(OnPostgres(place): &OnPostgres) {
    let url = place.setting("DATABASE_URL").expect("a database");
    place.revert_newest_step();
    let connect = || PgConnection::establish(&url).expect("the database");
    // A long download, of everything.
    let mut held = connect();
    let everything = "begin; do $$ declare it record; begin
        for it in select tablename from pg_tables where schemaname = 'public' loop
            execute format('lock table %I in access share mode', it.tablename);
        end loop; end $$";
    held.batch_execute(everything).expect("it reads");
    std::thread::scope(|scope| {
        let migrated = scope.spawn(|| place.run(&["migrate"]));
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(8) {
            let mut other = connect();
            other.batch_execute("set statement_timeout = '6s'; select count(*) from addressee").expect("an answer");
            std::thread::sleep(Duration::from_millis(100));
        }
        held.batch_execute("rollback").expect("it ends");
        migrated.join().expect("it ends").succeeds();
    });
    place.run(&["verify"]).succeeds();
}

/// A standby that was not promoted, or a server whose disk takes nothing.
fn a_server_that_takes_no_writes_is_served_as_far_as_it_can_be_read(OnPostgres(place): &OnPostgres) {
    let before = place.app();
    before.person("administrator");
    drop(before);
    let name = place.value("select current_database()");
    place.execute_unnoticed(&format!("alter database {name} set default_transaction_read_only = on"));
    let app = place.app();
    let public = app.public();
    public.open(PUBLIC);
    let form = public.open("/wrong?page=/inquiries/ashgrove").form("Send").fill("What is wrong", "The date.");
    form.submit().is(503).sees("Nothing can be saved at the moment");
    public.open("/bodies/ashgrove-harbour");
    drop(app);
    place.run(&["export", "files"]).succeeds();
    place.execute_unnoticed(&format!(
        "begin read write; alter database {name} reset default_transaction_read_only; commit"
    ));
    place.app().public().open(PUBLIC);
}
