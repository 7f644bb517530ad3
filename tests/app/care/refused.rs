//! What is refused, each with its reason and with nothing half-written: a person where a post is asked for, a look at a body that
//! was not asked, a contact that cannot be reached, a decision that is none, words withheld twice, two restores at once.

use diesel::prelude::*;

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::filing::arranged::COUNCIL;
use crate::follow::arranged::{address, follows, publishes};
use crate::removal::proposed;
use crate::stories;
use crate::support::form::Form;
use crate::support::{DatabaseKind, Place, TestApp};

stories![
    a_persons_name_is_no_post,
    coverage_is_of_a_body_that_the_inquiry_asked,
    whom_to_tell_of_a_barrier_can_be_reached,
    a_decision_that_was_not_made_is_none,
    words_are_withheld_once_and_the_second_click_says_since_when,
    two_restores_at_once_are_kept_apart,
    nobody_else_on_the_machine_reads_the_register,
];

/// Under which a restore holds its database.
const LOCK: i64 = 0x0046_5772_6573_746F;
const LOOKS: &str = "/staff/inquiries/ashgrove/coverage";
const OTHER: &str = "/staff/inquiries/millbrook/coverage";
const NO_NAMES: &str = "never a person’s name: this is the name of somebody known here";

fn look(app: &TestApp, post: &str) -> Form {
    look_in(app, LOOKS, post)
}

fn look_in(app: &TestApp, inquiry: &str, post: &str) -> Form {
    let form = app.person("overseer").open(inquiry).form("Publish where it was looked");
    let form = form
        .choose_in("What was looked for?", "Answers and updates")
        .fill("Where was it looked for?", "The minutes of 2026.")
        .date("When?", "2026-11-20")
        .fill("By which post?", post)
        .choose_in("What was found?", "Nothing");
    confirmed(form)
}

fn a_persons_name_is_no_post(app: &TestApp) {
    app.person("overseer");
    let contact = app.person("overseer").open("/staff/bodies/ashgrove-harbour/contacts").form("Keep");
    let contact = contact.fill("Name", "Contact One").fill("Post", "clerk");
    contact.fill("Telephone number", "01632 960001").send();
    let before = app.place().value("select seq from counter");
    for name in ["Overseer One", "overseer  one, scrutiny officer", "Contact One of the harbour"] {
        let refused = look(app, name).submit();
        refused.is(422).complains(NO_NAMES);
        assert_eq!(refused.form("Publish where it was looked").value("By which post?"), name);
    }
    let chase = app.person("overseer").open("/staff/bodies/ashgrove-harbour/chases").form("Log this");
    let chase = chase.choose_in("How was the body asked?", "Letter").date("When?", "2026-11-20");
    let chase = chase.fill("If somebody else: who?", "the board").fill("By which post of ours?", "Overseer One");
    chase.tick("All open items").submit().is(422).complains(NO_NAMES);
    let council = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";
    let finding = app.person("overseer").open(council).follow("Assess").form("Hand in the assessment");
    let finding =
        finding.choose_in("What do you find?", "On course").fill("What does the finding rest on?", "A visit.");
    finding.fill("Who decided it?", "Overseer One").submit().is(422).complains(NO_NAMES);
    assert_eq!(app.place().value("select seq from counter"), before, "nothing was published");
    assert_eq!(app.place().value("select count(*) from chase"), "0");

    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "It will be done.").send();
    let plan = app.person("overseer").open(ITEM).follow("Record the body’s plan").form("Publish the plan");
    let plan = plan.fill("Which post owns it?", "Contact One").fill("What is it to do?", "Renew the stages.");
    let plan = confirmed(plan.date("By when?", "2027-06-30").choose("Compared with the source"));
    let refused = plan.submit();
    refused.is(422).complains(NO_NAMES);
    refused.form("Publish the plan").fill("Which post owns it?", "harbour master").send();
    let target = app.person("overseer").open(council).follow("Set the target date").form("Publish the target date");
    let target = target.date("The target date", "2027-05-03").choose("Compared with the source");
    let target = target.fill("Why is it set or moved", "The yard was late.").fill("Who agreed to it?", "Overseer One");
    confirmed(target).submit().is(422).complains(NO_NAMES);
    // A word of a name is a word.
    look(app, "overseer of the ferry").send().sees("by overseer of the ferry");
}

fn coverage_is_of_a_body_that_the_inquiry_asked(app: &TestApp) {
    let asked = app.place().rows(
        "select distinct body.name as value from body join addressee on addressee.body_id = body.id
         join inquiry on inquiry.id = addressee.inquiry_id where inquiry.slug = 'millbrook'",
    );
    let other = app.place().value(
        "select min(slug) from body where id not in (select body_id from addressee join inquiry
         on inquiry.id = addressee.inquiry_id where inquiry.slug = 'millbrook')",
    );
    assert!(!other.is_empty(), "else this test finds nothing");
    let offered = app.person("overseer").open(OTHER).texts("#body option, [name=body] option");
    assert_eq!(offered.len(), asked.len() + 1, "all of them, and each that was asked: {offered:?}");
    let form = look_in(app, OTHER, "scrutiny officer");
    let fields: Vec<(String, String)> = form
        .fields()
        .into_iter()
        .map(|(name, value)| if name == "body" { (name, other.clone()) } else { (name, value) })
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let refused = app.person("overseer").post_with(OTHER, &[("sec-fetch-site", "same-origin")], &fields);
    refused.is(422).complains("Choose a body that this inquiry has asked, or all of them");
    assert_eq!(app.place().value("select count(*) from coverage"), "0");
}

fn whom_to_tell_of_a_barrier_can_be_reached(app: &TestApp) {
    let form = app.person("administrator").open("/staff/pages/accessibility").form("Save and publish");
    let form = confirmed(form)
        .choose("Fully compliant")
        .fill("How this website was tested", "By the office.")
        .fill("If something does not work for you", "Ask the office.")
        .fill("How soon you get an answer", "Within 10 working days.")
        .choose("Northern Ireland: the Equality Commission for Northern Ireland")
        .date("When this statement was prepared", "2026-11-02")
        .date("When it was last reviewed", "2026-11-20");
    let refused = form.submit();
    refused.is(422).complains("Enter an email address, a telephone number or a postal address with its postcode");
    let form = refused.form("Save and publish");
    assert_eq!(form.value("If something does not work for you"), "Ask the office.");
    form.fill("If something does not work for you", "Ring the office on 01632 960 001.").send();
    app.public().open("/accessibility").sees("Ring the office on 01632 960 001.");
}

fn a_decision_that_was_not_made_is_none(place: &Place) {
    place.with_smtp();
    let app = place.app();
    let reader = address(place, "no-decision");
    follows(&app, "/subscribe", &reader, "On each working day");
    publishes(&app, 21, "reported");
    app.jobs_at("2026-11-24T08:30:00Z");
    let page = app.person("overseer").open("/staff/mail");
    for (decision, without) in [("", true), ("maybe", false)] {
        let form = page.form("Send");
        let form = if without { form.without("decision") } else { form.set("decision", decision) };
        form.submit().is(422).sees("Choose whether it is sent");
    }
    assert_eq!(place.value("select count(*) from mailing where decided_at is not null"), "0");
    app.person("overseer").open("/staff/mail").form("Do not send").send().sees("It is not mailed");

    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "It will be done.").send();
    let removal = proposed(&app, ITEM, "Remove for legal reasons: Accepted");
    let fields = app.person("overseer two").open(removal.path()).form("Remove these words for good").fields();
    let fields = fields.iter().filter(|(name, _)| name != "decision");
    let fields: Vec<(&str, &str)> = fields.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let sent = app.person("overseer two").post_with(removal.path(), &[("sec-fetch-site", "same-origin")], &fields);
    sent.is(422).sees("Choose whether the words are removed");
    assert_eq!(place.value("select state from redaction"), "proposed");
}

fn words_are_withheld_once_and_the_second_click_says_since_when(app: &TestApp) {
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    let page = response(form, "Accepted", "It will be done.").send();
    let second = app.person("overseer two").open(ITEM).form("Withhold these words: Accepted");
    page.form("Withhold these words: Accepted").send();
    let seq = app.place().value("select seq from counter");
    let nothing = second.send();
    nothing.sees("These words are withheld already, since 23 November 2026. Nothing was changed");
    assert_eq!(nothing.texts("#notice-title"), ["Nothing changed"]);
    assert_eq!(app.place().value("select seq from counter"), seq);
    // The same the other way round.
    let again =
        || app.person("overseer").open(ITEM).form("Show these words again").submit().form("Show the words again");
    let (first, late) = (confirmed(again()), confirmed(again()));
    first.send();
    late.send().sees("Everybody reads these words already. Nothing was changed");
    app.public().open(PUBLIC).sees("It will be done.");
    app.person(COUNCIL).open("/staff");
}

fn two_restores_at_once_are_kept_apart(place: &Place) {
    if place.database() == DatabaseKind::Sqlite {
        // There a file appears under its name once, or not at all.
        return;
    }
    place.run(&["migrate"]).succeeds();
    let copy = place.folder().join("copy");
    let copy = copy.to_str().expect("a path");
    place.run(&["backup", copy]).succeeds();
    let empty = Place::new(place.servers(), place.database());
    // As the other one holds it, which has only just begun.
    let url = empty.setting("DATABASE_URL").expect("a database");
    let mut other = PgConnection::establish(&url).expect("the database");
    diesel::sql_query(format!("select pg_advisory_lock({LOCK})")).execute(&mut other).expect("the lock");
    let refused = empty.run(&["restore", copy]);
    refused.exits(1).says("another restore into").says("is under way; nothing was changed");
    let tables = "select count(*) from information_schema.tables where table_schema = 'public'";
    assert_eq!(empty.value(tables), "0");
    drop(other);
    empty.run(&["restore", copy]).succeeds().says("follow from the ledger");
    // Two that begin together: one of them restores, the other is refused.
    let both = Place::new(place.servers(), place.database());
    let codes: Vec<i32> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..2).map(|_| scope.spawn(|| both.run(&["restore", copy]).code)).collect();
        runs.into_iter().map(|run| run.join().expect("it ends")).collect()
    });
    assert!(codes.contains(&0) && codes.contains(&1), "{codes:?}");
    both.run(&["verify"]).succeeds();
}

fn nobody_else_on_the_machine_reads_the_register(place: &Place) {
    use std::os::unix::fs::PermissionsExt;

    if place.database() == DatabaseKind::Postgres {
        return;
    }
    // The tests keep the file outside the data folder, which nobody else may enter.
    let app = place.app();
    app.public().open("/");
    let modes = || -> Vec<(String, u32)> {
        let files = std::fs::read_dir(place.folder()).expect("the folder").flatten();
        let databases = files.filter(|file| file.file_name().to_string_lossy().starts_with("followthrough.db"));
        let mode = |file: std::fs::DirEntry| file.metadata().expect("its rights").permissions().mode() & 0o777;
        databases.map(|file| (file.file_name().to_string_lossy().into_owned(), mode(file))).collect()
    };
    let made = modes();
    assert!(made.len() > 1 && made.iter().all(|(_, mode)| *mode == 0o600), "{made:?}");
}
