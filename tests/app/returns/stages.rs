//! When bodies are reminded, as chosen for an inquiry and for a body; and what waits in the outbox when it is not owed any more.

use super::arranged::{CONTACTS, asks_elsewhere};
use crate::deeds_record::confirmed;
use crate::fairness::run_by_somebody;
use crate::filing::arranged::{COUNCIL, COUNCIL_MAIL, asks_for_updates, return_page};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;

stories![
    reminders_follow_what_was_chosen_for_an_inquiry_and_for_a_body,
    nonsense_is_refused_and_of_two_at_once_one_is_kept,
    what_came_or_moved_is_taken_out_of_a_reminder_that_waits,
    what_came_under_a_hold_is_taken_out_too,
    a_reminder_that_was_being_sent_is_looked_through_before_the_next_try,
];

const OF_INQUIRY: &str = "/staff/inquiries/ashgrove/reminders";
const OF_BODY: &str = "/staff/bodies/ashgrove-council/reminders";

fn other(page: &Page, before: &str, first_after: &str, every: &str) -> Form {
    let form = page.form("Save").choose("Other ones").fill("How many working days before the date?", before);
    form.fill("On which day after the date?", first_after).fill("And every how many days from then on?", every)
}

/// How many reminders the council's contributor got.
fn reminders(app: &TestApp) -> usize {
    let mails = app.mailbox().of(COUNCIL_MAIL);
    mails.0.iter().filter(|mail| mail.subject.contains("Updates asked for")).count()
}

fn reminders_follow_what_was_chosen_for_an_inquiry_and_for_a_body(app: &TestApp) {
    app.person(COUNCIL);
    asks_for_updates(app, "2027-03-01", 3);
    let contacts = app.person("overseer").open(CONTACTS);
    contacts.sees("30, 14, 7 and 1 working days before the date, on the day after it, then every week");
    let page = app.person("overseer").open("/staff/inquiries/ashgrove").follow("Choose when bodies are reminded");
    page.sees("Now: The usual ones");
    let chosen = other(&page, "20, 3", "5", "14").send();
    chosen.sees("Now: 20 and 3 working days before the date, 5 days after it, then every 14 days");
    app.person("overseer").open(CONTACTS).sees("Reminders about Ashgrove Ferry Inquiry").sees("20 and 3 working days");
    app.jobs_at("2027-01-18T08:30:00Z");
    assert_eq!(reminders(app), 0, "nobody is reminded 30 working days before");
    app.jobs_at("2027-02-01T08:30:00Z");
    assert_eq!(reminders(app), 1);
    // What is chosen for a body holds before that.
    let page = app.person("overseer").open(CONTACTS).follow("Choose when this body is reminded");
    page.sees("Those of the inquiry that asks, or the usual ones");
    other(&page, "10", "1", "7")
        .send()
        .sees("Now: 10 working days before the date, on the day after it, then every week");
    app.person("overseer").open(CONTACTS).sees("Reminders, as chosen for this body");
    app.jobs_at("2027-02-15T08:30:00Z");
    assert_eq!(reminders(app), 2);
    // And it can be taken back.
    let form = app.person("overseer").open(OF_BODY).form("Save");
    form.choose("Those of the inquiry that asks, or the usual ones").send().sees("Now: Those of the inquiry that asks");
    app.jobs_at("2027-02-23T08:30:00Z");
    assert_eq!(reminders(app), 2);
    app.jobs_at("2027-02-24T08:30:00Z");
    assert_eq!(reminders(app), 3, "three working days before, as the inquiry has it");
    app.public().open("/changes").does_not_see("reminder");
}

fn nonsense_is_refused_and_of_two_at_once_one_is_kept(app: &TestApp) {
    let overseer = app.person("overseer");
    let page = overseer.open(OF_BODY);
    for (before, sentence) in [
        ("", "Enter at least one number of working days"),
        ("soon", "Enter numbers of working days with commas between them"),
        ("7, 0", "0 would be the day itself"),
        ("31", "Enter 30 at most"),
        ("7, 14", "Enter each number once, the biggest first"),
        ("7, 6, 5, 4, 3, 2, 1", "Enter 6 numbers at most"),
    ] {
        let faulty = other(&page, before, "1", "7").submit();
        faulty.is(422).complains(sentence);
        assert_eq!(faulty.form("Save").value("How many working days before the date?"), before);
    }
    let faulty = other(&page, "14", "0", "6").submit();
    faulty.is(422).complains("Enter a number of days from 1 to 30").complains("Enter a number of days from 7 to 91");
    page.form("Save").set("which", "forged").submit().is(422).complains("Choose when reminders are sent");
    // Of two at once the second is told of the first.
    let late = app.person("overseer two").open(OF_BODY);
    other(&page, "14", "1", "7").send();
    let overtaken = other(&late, "7", "1", "7").submit();
    overtaken.is(409).sees("Somebody else chose other days").sees("Now: 14 working days before the date");
    assert_eq!(overtaken.form("Save").value("How many working days before the date?"), "7");
    other(&overtaken, "14", "1", "7").send().sees("Nothing changed");
    for who in [COUNCIL, "observer"] {
        app.person(who).get(OF_BODY).is(403);
        app.person(who).get(OF_INQUIRY).is(403);
    }
    overseer.get("/staff/inquiries/nowhere/reminders").is(404);
    overseer.get("/staff/bodies/nobody/reminders").is(404);
}

/// Two items are asked for by one mail, which waits; `state` is where it stands.
fn a_reminder_of_two_items_waits(app: &TestApp, state: &str) {
    app.person(COUNCIL);
    asks_for_updates(app, "2027-03-01", 3);
    asks_elsewhere(app, "2027-03-01", None);
    app.jobs_at("2027-01-18T08:30:00Z");
    assert_eq!(app.place().value("select count(*) from reminded"), "2");
    app.place().execute(&format!("update outbox set state = '{state}', finished_at = null where kind = 'reminder'"));
}

fn waiting(app: &TestApp) -> (String, String) {
    let asked = app.place().value("select count(*) from reminded");
    (app.place().value("select state from outbox where kind = 'reminder'"), asked)
}

fn what_came_or_moved_is_taken_out_of_a_reminder_that_waits(app: &TestApp) {
    a_reminder_of_two_items_waits(app, "queued");
    assert_eq!(waiting(app), ("queued".to_owned(), "2".to_owned()));
    return_page(&app.person(COUNCIL)).form("No change since last time").send();
    assert_eq!(waiting(app), ("queued".to_owned(), "1".to_owned()), "the item that came is out, the other one stays");
    app.place().execute("update outbox set state = 'temporary_failure' where kind = 'reminder'");
    asks_elsewhere(app, "2027-09-01", Some("The season moved."));
    assert_eq!(waiting(app), ("cancelled".to_owned(), "0".to_owned()), "a mail that asks for nothing is taken back");
    let mail = app.place().value("select reference from outbox where kind = 'reminder'");
    let page = app.person("administrator").open(&format!("/staff/outbox/{mail}"));
    page.sees("nothing that it asks for is owed any more");
    app.jobs();
    assert_eq!(reminders(app), 1, "the one that had gone, and no other");
}

fn what_came_under_a_hold_is_taken_out_too(app: &TestApp) {
    run_by_somebody(app);
    a_reminder_of_two_items_waits(app, "queued");
    let hold = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/2/hold").form("Place this hold");
    let hold = hold.choose("Legal proceedings").date("When is it reviewed?", "2027-02-10");
    confirmed(hold).send().sees("The hold is placed");
    assert_eq!(waiting(app), ("queued".to_owned(), "2".to_owned()), "what is owed stays owed");
    return_page(&app.person(COUNCIL)).form("No change since last time").send();
    assert_eq!(waiting(app), ("queued".to_owned(), "1".to_owned()), "it came, though nobody is told yet");
}

fn a_reminder_that_was_being_sent_is_looked_through_before_the_next_try(app: &TestApp) {
    a_reminder_of_two_items_waits(app, "sending");
    app.place()
        .execute("update outbox set lease = 'gone', lease_until = '2027-01-18T08:45:00Z' where kind = 'reminder'");
    return_page(&app.person(COUNCIL)).form("No change since last time").send();
    assert_eq!(waiting(app), ("sending".to_owned(), "2".to_owned()), "it may have gone");
    app.jobs_at("2027-01-18T08:50:00Z");
    assert_eq!(waiting(app), ("accepted".to_owned(), "1".to_owned()));
    let mails = app.mailbox().of(COUNCIL_MAIL);
    mails.about("Updates asked for: 1 item").says("recommendation 1").does_not_say("recommendation 2");
}
