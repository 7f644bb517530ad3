//! Days on which nobody works: those of England and Wales to begin with, and what an administrator makes of them.

use crate::stories;
use crate::support::TestApp;
use crate::support::page::Page;

stories![
    an_administrator_chooses_whose_bank_holidays_are_kept,
    days_are_added_and_taken_out_one_by_one,
    a_list_that_ends_within_a_year_is_warned_of,
];

const HERE: &str = "/staff/settings/holidays";

fn page(app: &TestApp) -> Page {
    app.person("administrator").open(HERE)
}

fn an_administrator_chooses_whose_bank_holidays_are_kept(app: &TestApp) {
    let page = app.person("administrator").open("/staff/settings").follow("Bank holidays");
    let form = page.form("Keep these");
    assert!(form.is_chosen("England and Wales"));
    assert!(!form.is_chosen("Scotland") && !form.is_chosen("Northern Ireland"));
    page.sees("28 December 2026").sees("Easter Monday").does_not_see("St Andrew").does_not_see("The list of bank");
    let saved = form.untick("England and Wales").tick("Scotland").send();
    saved
        .sees("The days are saved")
        .sees("30 November 2026")
        .sees("St Andrew\u{2019}s Day")
        .does_not_see("Easter Monday");
    assert!(saved.form("Keep these").is_chosen("Scotland"));
    // On St Andrew's Day, a Monday, nothing goes any more.
    app.jobs_at("2026-11-27T09:00:00Z");
    assert!(app.jobs_at("2026-11-30T09:00:00Z").contains("digest    nothing to do now"));
    assert!(app.jobs_at("2026-12-01T08:30:00Z").contains("digest    1 December 2026: "));
    let page = self::page(app);
    page.form("Keep these").send().sees("Nothing changed: this stands already");
    page.form("Keep these").set("areas", "wales").submit().is(422).complains("Choose from the places of the list");
    page.form("Keep these").set("what", "").submit().is(422).complains("Choose what to do");
    for who in ["overseer", "observer", "contributor of ashgrove-council"] {
        app.person(who).get(HERE).is(403).sees("Your role does not allow this");
    }
}

fn days_are_added_and_taken_out_one_by_one(app: &TestApp) {
    let add =
        |day: &str, name: &str| page(app).form("Add this day").date("Which day?", day).fill("What is it called?", name);
    add("2026-12-24", "The office is shut").send().sees("The day is added").sees("The office is shut");
    add("2026-12-24", "Again").submit().is(422).complains("stands in the list already");
    add("2026-12-26", "Boxing Day").submit().is(422).complains("no working day anyway");
    add("2026-11-20", "Last week").submit().is(422).complains("must not have passed");
    add("2126-11-20", "In a hundred years").submit().is(422).complains("within twenty years");
    let faulty = add("2027-02-31", "").submit();
    faulty.is(422).complains("There is no such day").complains("Enter what the day is called");
    let removed = page(app).form("Remove 24 December 2026").send();
    removed.sees("The day is taken out").does_not_see("The office is shut");
    let again = page(app).form("Remove 25 December 2026");
    again.set("on", "2026-12-24").submit().is(404);
    page(app).form("Remove 25 December 2026").set("on", "no day").submit().is(404);
    // Those of other places come and go; what was entered by hand stays.
    add("2026-12-24", "The office is shut").send();
    let both = page(app).form("Keep these").tick("Northern Ireland").send();
    both.sees("St Patrick\u{2019}s Day").sees("The office is shut").sees("Easter Monday");
}

fn a_list_that_ends_within_a_year_is_warned_of(app: &TestApp) {
    app.person("administrator").open("/staff").does_not_see("Bank holidays to be entered");
    app.place().execute("delete from holiday where day > '2027-10-01'");
    page(app).sees("The list of bank holidays ends on 30 August 2027: enter those that come after it");
    app.person("administrator").open("/staff").sees("Bank holidays to be entered");
    app.person("overseer").open("/staff").does_not_see("Bank holidays to be entered");
    app.jobs_at("2026-11-30T08:30:00Z");
    let mails = app.mailbox();
    mails.of("administrator@example.org").about("Weekly summary").says("Bank holidays to be entered: 1");
    let overseer = mails.of("overseer@example.org");
    assert!(overseer.0.iter().all(|mail| !mail.text.contains("Bank holidays")));
}
