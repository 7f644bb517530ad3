//! Several leads of a partnership: each is asked beside the main contact, and nobody is named twice.

use super::arranged::{COLLEAGUE_MAIL, CONTACTS, STAFF_ITEM, count, duties, leaves};
use crate::filing::arranged::{COUNCIL_MAIL, ITEM, asks_for_updates};
use crate::stories;
use crate::support::TestApp;

stories![each_lead_is_asked_beside_the_main_contact, nobody_is_a_lead_beside_themselves];

const THIRD: &str = "contributor three of ashgrove-council";
const THIRD_MAIL: &str = "contributor-three.ashgrove-council@example.org";
const BODY: &str = "Leads beside the main contact";

/// The main contact and one lead, of three who file for the council.
fn named(app: &TestApp) {
    app.person(THIRD);
    duties(app, &[("Main contact", "Contributor One")]);
    let form = app.person("overseer").open(CONTACTS).form("Save who is asked");
    form.tick_in(BODY, "Contributor Three").send().sees("Lead beside the main contact");
}

/// How many reminders went to each of the three.
fn reminders(app: &TestApp) -> [usize; 3] {
    let mails = app.mailbox();
    [COUNCIL_MAIL, COLLEAGUE_MAIL, THIRD_MAIL]
        .map(|to| mails.of(to).0.iter().filter(|mail| mail.subject.contains("Updates asked for")).count())
}

fn each_lead_is_asked_beside_the_main_contact(app: &TestApp) {
    named(app);
    asks_for_updates(app, "2027-03-01", 3);
    let page = app.person("overseer").open(STAFF_ITEM);
    page.sees("Main contact: Contributor One; asked beside them: Contributor Three");
    app.public().open(ITEM).does_not_see("Contributor Three");
    app.jobs_at("2027-01-18T08:30:00Z");
    assert_eq!(reminders(app), [1, 0, 1]);
    let link = || app.mailbox().of(THIRD_MAIL).about("Updates asked for").link("/filing/");
    app.public().open(&link()).sees("recommendation 2");
    let form = app.person("overseer").open(CONTACTS).form("Save who is asked");
    form.tick_in(BODY, "Contributor Two").send();
    app.jobs_at("2027-02-09T08:30:00Z");
    assert_eq!(reminders(app), [2, 1, 2], "there may be several");
    // Whoever is no lead any more is asked no more, and their link ends; nor is whoever has left.
    leaves(app, "Contributor Two");
    app.public().open(&link()).sees("recommendation 2");
    let form = app.person("overseer").open(CONTACTS).form("Save who is asked");
    form.without("lead").send();
    assert_eq!(count(app, "duty where kind = 'lead' and ended_at is null"), 0);
    app.public().get(&link()).does_not_see("recommendation 2");
    app.jobs_at("2027-03-02T08:30:00Z");
    assert_eq!(reminders(app), [3, 1, 2]);
}

fn nobody_is_a_lead_beside_themselves(app: &TestApp) {
    named(app);
    let form = || app.person("overseer").open(CONTACTS).form("Save who is asked");
    let wrong = form().tick_in(BODY, "Contributor One").submit();
    wrong.is(422).complains("Choose others than the main and the alternate contact");
    let wrong = form().select("Main contact", "Nobody in particular").submit();
    wrong.is(422).complains("Choose a main contact as well");
    // A lead takes over from the main contact: they are asked once.
    let page = app.person("overseer").open(CONTACTS);
    let handover = page.follow("Hand over what they hold: Contributor One").form("Hand all of it over");
    handover.select("Who takes all of it over?", "Contributor Three").send();
    assert_eq!(count(app, "duty where ended_at is null"), 1);
    assert_eq!(app.place().value("select kind from duty where ended_at is null"), "main_contact");
}
