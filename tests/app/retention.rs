//! How long personal data is kept: chosen on a page, kept by a job, told to everybody; and what is left of who has left.

use crate::fairness::{found, run_by_somebody};
use crate::filing::arranged::{COUNCIL, files, proposes_finding, publication};
use crate::returns::arranged::{COLLEAGUE, count, duties};
use crate::stories;
use crate::support::TestApp;
use crate::support::page::Page;

stories![
    periods_are_chosen_in_public_and_kept_for_years,
    somebody_who_has_left_loses_their_name_at_once,
    what_a_body_never_handed_in_is_forgotten_too,
    what_nobody_signed_off_in_time_is_kept_as_long_as_drafts,
];

const HERE: &str = "/staff/retention";
const ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";
const CONTACTS: &str = "/staff/bodies/ashgrove-council/contacts";
const CANARY: &str = "canary-in-what-was-taken-back";

fn person_page(app: &TestApp, name: &str) -> Page {
    app.person("administrator").open("/staff/people").follow(name)
}

/// A finding that was sent back and taken back.
fn taken_back(app: &TestApp) {
    let form = app.person("overseer two").open(ITEM).follow("Assess").form("Hand in the assessment");
    let form = form.choose_in("What do you find?", "On course").fill("What does the finding rest on?", CANARY);
    let path = form.send().path().to_owned();
    let back = app.person("administrator").open(&path).form("Send it back");
    back.fill("What should be looked at again?", CANARY).send();
    crate::evidence::attached(app, "overseer two", &path);
    app.person("overseer two").open(&path).form("Take it back").send();
}

fn periods_are_chosen_in_public_and_kept_for_years(app: &TestApp) {
    let value = |query: &str| app.place().value(query);
    let page = app.person("administrator").open("/staff/settings").follow("How long personal data is kept");
    page.sees("The job has not run yet").sees("Usually 7 days; from 1 to 28 days may be chosen.");
    let form = || app.person("administrator").open(HERE).form("Save and publish");
    let faulty = form().fill("mail_words", "29").fill("limit", "soon").submit();
    faulty.is(422).complains("Enter a number of days from 1 to 28").complains("Enter a number of days from 1 to 7");
    assert_eq!(faulty.form("Save and publish").value("mail_words"), "29");
    let late = form().fill("limit", "2");
    form().fill("mail_words", "3").send().sees("Saved, and published");
    form().send().sees("Nothing changed: this stands already");
    late.submit().is(409).sees("Somebody else changed this").sees("3 days after the mail went or was given up");
    app.public()
        .open("/privacy")
        .sees("3 days after the mail went or was given up")
        .does_not_see("7 days after the mail")
        .sees("We keep what a mail to you said for 3 days after we sent it");
    let change = value("select max(seq) from change where kind = 'register'");
    app.public().open(&format!("/changes/{change}")).sees("3 days after the mail went or was given up, before 7 days");
    for who in ["overseer", "observer", "contributor of ashgrove-council"] {
        app.person(who).get(HERE).is(403).sees("Your role does not allow this");
    }

    // Somebody publishes, and leaves. Somebody of the body leaves. A finding is taken back. A mail goes.
    let filed = files(app, "The stages were renewed.");
    publication(&app.person("overseer").open(filed.path())).send();
    let overseer = value("select id from person where email = 'overseer@example.org'");
    person_page(app, "Overseer One").form("Disable the account").send();
    let form =
        app.person("administrator").open(CONTACTS).form("Keep").fill("Name", "Contact One").fill("Post", "clerk");
    form.fill("Telephone number", "01632 960001").send().form("They have left: Contact One, clerk").send();
    taken_back(app);
    let reset = app.public().open("/password-reset").form("Send");
    reset.fill("Email address", "administrator@example.org").submit().is(200);
    app.jobs();

    app.jobs_at("2026-11-27T03:30:00Z");
    assert_eq!(value("select count(*) from outbox where letter <> 'null' and kind = 'password_reset'"), "0");
    assert_ne!(value("select count(*) from outbox where email = 'administrator@example.org'"), "0");
    let ran = app.person("administrator").open(HERE);
    ran.sees("The job ran last on 27 November 2026").sees("Removed by the last run: 0 people who have left.");

    app.jobs_at("2027-11-23T03:30:00Z");
    assert_ne!(value(&format!("select count(*) from filing where proposal like '%{CANARY}%'")), "0");
    assert_eq!(value("select count(*) from contact where name = 'Contact One'"), "1");
    assert_ne!(value("select count(*) from file_chunk where data is not null"), "0");
    app.jobs_at("2027-11-25T03:30:00Z");
    // The evidence that was attached to it goes with it: its file, its title, its quotation.
    assert_eq!(value("select count(*) from file_chunk where data is not null"), "0");
    let left = "taken_back_at is null or title is not null or quote is not null or summary is not null";
    assert_eq!(value(&format!("select count(*) from exhibit where {left}")), "0");
    for table in ["filing where proposal", "filing_step where comment"] {
        assert_eq!(value(&format!("select count(*) from {table} like '%{CANARY}%'")), "0", "{table}");
    }
    let contacts = app.person("administrator").open(CONTACTS);
    contacts.sees("Former contact").sees("clerk").does_not_see("Contact One").does_not_see("960001");
    person_page(app, "Overseer One").sees("removed by themselves 730 days after their account was disabled");
    app.person("administrator").open(HERE).sees("Removed by the last run: 1 unpublished piece of work.");
    app.public().open("/privacy").sees("The words and files of work that was taken back");
    // What was said about it goes also where the work itself has no words left.
    app.place().execute(&format!("update filing_step set comment = '{CANARY}' where state = 'sent_back'"));
    app.jobs_at("2027-11-26T03:30:00Z");
    assert_eq!(value(&format!("select count(*) from filing_step where comment = '{CANARY}'")), "0");
    app.person("administrator").open(HERE).sees("Removed by the last run: 1 unpublished piece of work.");

    app.jobs_at("2028-11-23T03:30:00Z");
    let name = format!("Former overseer {overseer}");
    let gone = person_page(app, &name);
    gone.sees("Name and address removed on 23 November 2028")
        .sees("cannot be brought back")
        .does_not_see("Overseer One");
    assert!(!gone.has_form("Enable the account") && !gone.has_form("Save"));
    // That author and publisher were two people can still be shown.
    let two = "select count(*) from fact_update where author_id <> publisher_id and publisher_id";
    assert_ne!(value(&format!("{two} = {overseer}")), "0");
    let old = "select count(*) from outbox where created_at < '2026-11-24' and email <> 'removed@removed.invalid'";
    assert_eq!(value(&format!("{old} and email not like 'former-%'")), "0");
    assert_eq!(
        value(&format!("select email from person where id = {overseer}")),
        format!("former-{overseer}@removed.invalid")
    );
    // Of each job the last run stays, however long ago.
    assert_eq!(value("select count(*) from job_run where finished_at < '2026-12-01' and job = 'tidy'"), "0");
    app.person("administrator").open(HERE).sees("Removed by the last run: 1 person who has left.");
    app.place().run(&["verify"]).succeeds();
}

fn somebody_who_has_left_loses_their_name_at_once(app: &TestApp) {
    let overseer = app.person("overseer");
    let page = person_page(app, "Overseer One");
    assert!(!page.has_form("Remove name and address now"), "whoever works here keeps their name");
    let disabled = page.form("Disable the account").send();
    disabled.sees("It cannot be undone").sees("then stands in the place of the name");
    let form = || person_page(app, "Overseer One").form("Remove name and address now");
    form().submit().is(422).complains("Tick that you know that it cannot be undone");
    let (again, enable) = (form().tick("I know that it cannot be undone"), disabled.form("Enable the account"));
    let done = form().tick("I know that it cannot be undone").send();
    done.sees("Name and address are removed").does_not_see("overseer@example.org").does_not_see("Overseer One");
    again.submit().is(422).sees("Their name and address were removed");
    enable.submit().is(422).sees("That cannot be undone");
    overseer.get("/staff").is(303);
    let value = |query: &str| app.place().value(query);
    assert_eq!(
        value("select count(*) from session s join person p on p.id = s.person_id where p.former_at is not null"),
        "0"
    );
    assert_eq!(value("select count(*) from outbox where email = 'overseer@example.org'"), "0");
    app.person("administrator").open("/staff/people").sees("Former overseer").sees("Removed");
    // Whoever comes back is somebody new.
    let invite = app.person("administrator").open("/staff/people/new").form("Send the invitation");
    let invite = invite.fill("Email address", "overseer@example.org").fill("Name", "Overseer Anew").choose("Overseer");
    invite.send().sees("Overseer Anew");
}

fn what_a_body_never_handed_in_is_forgotten_too(app: &TestApp) {
    run_by_somebody(app);
    let finding = proposes_finding(app, "overseer", "Two reports.");
    publication(&app.person("overseer two").open(&finding)).send();
    duties(app, &[("Who signs off", "Contributor Two")]);
    // A reply that came back within the body, and was left there.
    let reply = app.person(COUNCIL).open(ITEM).follow("Reply to what was found").form("Send the reply");
    let sent = reply.fill("Your reply", CANARY).send();
    let back = app.person(COLLEAGUE).open(sent.path()).form("Send back to the author");
    back.fill("What should be looked at again?", CANARY).send();
    // One to a finding that was taken back: that there is nothing to correct, which nobody signed off.
    let checked = found(app, "Off course", "The boats are late.");
    let page = app.person(COUNCIL).open("/staff").follow("A finding to check before it is published");
    page.form("Send this").choose("There is nothing to correct").send();
    app.person("overseer").open(checked.path()).form("Take it back").send();

    let left = || {
        ["proposal", "comment"].map(|column| {
            let table = if column == "proposal" { "filing" } else { "filing_step" };
            count(app, &format!("{table} where {column} like '%{CANARY}%'"))
        })
    };
    // Mail within the body waits for the hours at which people work.
    app.jobs_at("2026-11-24T09:00:00Z");
    app.jobs_at("2027-11-22T03:30:00Z");
    assert_eq!(left(), [1, 1]);
    app.jobs_at("2027-11-25T03:30:00Z");
    assert_eq!(left(), [0, 0]);
    assert_eq!(count(app, "accuracy where unsigned_at is not null or unsigned_by is not null"), 0);
    app.person(COUNCIL).open("/staff").does_not_see("Sent back to you");
}

fn what_nobody_signed_off_in_time_is_kept_as_long_as_drafts(app: &TestApp) {
    run_by_somebody(app);
    duties(app, &[("Who signs off", "Contributor Two")]);
    let finding = found(app, "Off course", "The boats are late.");
    let page = app.person(COUNCIL).open("/staff").follow("A finding to check before it is published");
    let form = page.form("Send this").choose("Something is wrong, or should be said beside it");
    form.fill("Your reply", CANARY).send();
    app.clock().set("2026-12-14T09:00:00Z".parse().expect("a moment"));
    publication(&app.person("overseer two").open(finding.path())).send();
    let left = || count(app, &format!("accuracy where unsigned like '%{CANARY}%'"));
    assert_eq!(left(), 1);
    // A year from the last day on which it could be signed off.
    app.jobs_at("2027-12-06T09:00:00Z");
    assert_eq!(left(), 1);
    app.jobs_at("2027-12-10T09:00:00Z");
    assert_eq!(left(), 0);
}
