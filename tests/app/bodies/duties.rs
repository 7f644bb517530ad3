//! Deadlines, reminders, contacts and rights pass on; what was said stays with the body that said it.

use super::{AGENCY, COAST, COUNCIL_SLUG, REPLACED, became, became_on, verified};
use crate::deeds_record::confirmed;
use crate::filing::arranged::{COUNCIL, COUNCIL_MAIL, ITEM, asks_for_updates, files, publication, update};
use crate::stories;
use crate::support::TestApp;

stories![
    the_right_to_file_passes_on_and_what_was_said_stays,
    reminders_and_open_dates_go_to_who_answers_now,
    a_date_that_passed_before_is_not_held_against_the_successor,
    contacts_are_carried_over,
];

/// Who files for the successor.
const SUCCESSOR: &str = "contributor of coastal-agency";
const SUCCESSOR_MAIL: &str = "contributor.coastal-agency@example.org";

fn the_right_to_file_passes_on_and_what_was_said_stays(app: &TestApp) {
    let first = files(app, "The council inspected one stage.");
    confirmed(publication(&app.person("overseer").open(first.path()))).send();
    became_on(app, COUNCIL_SLUG, REPLACED, &[COAST], "2026-11-23").send();
    let form = format!("/staff{ITEM}/return");
    app.person(COUNCIL).get(&form).is(403);
    app.person(COUNCIL).get(&format!("/staff{ITEM}")).is(403);
    app.person(COUNCIL).get(first.path()).is(403);
    let successor = app.person(SUCCESSOR);
    successor.open("/staff").sees("Inspect both landing stages every year");
    let filed = update(&successor.open(&form), "The agency inspected the other one.");
    let filed = filed.date("As of which date is that so?", "2026-11-23").send();
    confirmed(publication(&app.person("overseer").open(filed.path()))).send();
    let page = app.public().open(ITEM);
    page.sees("The council inspected one stage.").sees("The agency inspected the other one.");
    page.sees("Said by Coastal Transport Agency");
    assert_eq!(
        page.text().matches("Said by Coastal Transport Agency").count(),
        2,
        "once on the card, once in the timeline"
    );
    // Nobody who belongs to the body that answers decides about it.
    verified(app);
}

fn reminders_and_open_dates_go_to_who_answers_now(app: &TestApp) {
    asks_for_updates(app, "2027-03-01", 3);
    app.person(COUNCIL);
    app.person(SUCCESSOR);
    became(app, COUNCIL_SLUG, REPLACED, &[COAST]).send();
    app.jobs_at("2027-01-18T08:30:00Z");
    let mails = app.mailbox();
    let asked =
        |address: &str| mails.of(address).0.iter().filter(|mail| mail.subject.contains("Updates asked for")).count();
    assert_eq!((asked(COUNCIL_MAIL), asked(SUCCESSOR_MAIL)), (0, 1));
    mails.of(SUCCESSOR_MAIL).about("Updates asked for").says("Coastal Transport Agency").says("1 March 2027");
    app.public().open("/overdue?body=ashgrove-council").sees("Nothing is overdue");
    app.clock().set("2027-03-03T09:00:00Z".parse().expect("a moment"));
    let overdue = app.public().open("/overdue?body=coastal-agency");
    overdue.sees("2 dates have passed").sees("Coastal Transport Agency").does_not_see("It fell due while");
    app.public().open("/bodies/coastal-agency").sees("2 dates have passed with nothing recorded since");
    app.public().open("/bodies/ashgrove-council").does_not_see("has passed with nothing recorded");
    app.public().open("/calendar.ics").sees("Coastal Transport Agency");
    verified(app);
}

fn a_date_that_passed_before_is_not_held_against_the_successor(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    app.clock().set("2027-01-11T10:00:00Z".parse().expect("a moment"));
    became_on(app, COUNCIL_SLUG, REPLACED, &[COAST], "2027-01-04").send();
    let public = app.public();
    let overdue = public.open("/overdue?body=coastal-agency");
    overdue.sees("1 date has passed").sees("It fell due while Ashgrove District Council answered");
    public.open("/overdue").sees("1 date has passed with nothing recorded since");
    public.open("/overdue?body=ashgrove-council").does_not_see("date has passed with nothing");
    public.open(ITEM).sees("It fell due while Ashgrove District Council answered");
    // Where the day is not known, nobody is said to have answered then.
    let row = app.place().value("select max(id) from succession");
    let page = app.person("overseer").open(&format!("/staff/bodies/{COUNCIL_SLUG}/succession?row={row}"));
    let form = page.form("Publish what became of it");
    let form = ["day", "month", "year"].iter().fold(form, |form, part| form.set(&format!("happened_{part}"), ""));
    let form = form.set("happened_precision", "not_known").fill("Why was the earlier entry wrong?", "No day is known.");
    confirmed(form).send();
    public
        .open("/overdue?body=coastal-agency")
        .sees("It is not known here whether Ashgrove District Council or Coastal Transport Agency answered then");
    verified(app);
}

fn contacts_are_carried_over(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open("/staff/bodies/ashgrove-council/contacts").form("Keep");
    let form = form.fill("Name", "Contact One").fill("Post", "clerk").fill("Email address", "clerk@council.example");
    form.send().sees("Contact One, clerk");
    became(app, COUNCIL_SLUG, REPLACED, &[COAST]).send();
    let here = format!("/staff/bodies/{AGENCY}/contacts");
    let page = overseer.open(&here);
    page.sees("Kept for the bodies before it").sees("Contact One, clerk");
    let again = page.form("Carry all of them over");
    let done = page.form("Carry all of them over").send();
    done.sees("Carried over").sees("clerk@council.example").does_not_see("Kept for the bodies before it");
    overseer.open("/staff/bodies/ashgrove-council/contacts").sees("Left by 23 November 2026");
    again.send();
    assert_eq!(app.place().value("select count(*) from contact where ended_on is null"), "1");
    app.public().open("/bodies/coastal-agency").does_not_see("Contact One");
}
