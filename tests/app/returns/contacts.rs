//! Who of a body is asked, and handing all of it over when somebody leaves.

use super::arranged::{COLLEAGUE, COLLEAGUE_MAIL, CONTACTS, STAFF_ITEM, count, duties, leaves, saved};
use crate::fairness::run_by_somebody;
use crate::filing::arranged::{COUNCIL, COUNCIL_MAIL, ITEM, asks_for_updates, files, proposes_finding, publication};
use crate::stories;
use crate::support::TestApp;

stories![
    reminders_go_to_the_contact_and_to_the_next_one_who_works,
    whoever_leaves_hands_all_of_it_over_in_one_act,
    faults_and_two_at_once_change_nothing,
    a_reply_is_handed_over_and_its_mail_reaches_who_works_there,
];

const MAIN: (&str, &str) = ("Main contact", "Contributor One");
const ALTERNATE: (&str, &str) = ("Alternate contact", "Contributor Two");

/// How many reminders went to each of the two.
fn reminders(app: &TestApp) -> (usize, usize) {
    let mails = app.mailbox();
    let of = |address| mails.of(address).0.iter().filter(|mail| mail.subject.contains("Updates asked for")).count();
    (of(COUNCIL_MAIL), of(COLLEAGUE_MAIL))
}

fn reminders_go_to_the_contact_and_to_the_next_one_who_works(app: &TestApp) {
    asks_for_updates(app, "2027-03-01", 3);
    app.person("overseer").open(STAFF_ITEM).sees("No working contact: nobody files for this body here");
    let saved = duties(app, &[MAIN, ALTERNATE]);
    saved.sees("Main contact: Contributor One").sees("set by Overseer One");
    app.person("overseer").open(STAFF_ITEM).sees("Main contact: Contributor One");
    app.person(COUNCIL).open("/staff").sees("Who is asked").sees("Contributor One");
    app.public().open("/bodies/ashgrove-council").does_not_see("Contributor One");
    app.public().open(ITEM).does_not_see("Contributor One");
    app.jobs_at("2027-01-18T08:30:00Z");
    assert_eq!(reminders(app), (1, 0), "the main contact is asked");
    leaves(app, "Contributor One");
    app.jobs_at("2027-02-09T08:30:00Z");
    assert_eq!(reminders(app), (1, 1), "then the alternate");
    app.person("overseer").open(STAFF_ITEM).sees("Alternate contact: Contributor Two");
    // One item has a contact of its own, who gets what is asked about it.
    app.person("contributor three of ashgrove-council");
    let form = app.person("overseer").open(CONTACTS).form("Save for this item");
    let form = form.select("Which item?", "Ashgrove Ferry Inquiry, recommendation 2");
    let item = form.select("Main contact for this item", "Contributor Three").send();
    item.sees("Main contact for Ashgrove Ferry Inquiry, recommendation 2");
    app.jobs_at("2027-02-18T08:30:00Z");
    assert_eq!(reminders(app), (1, 1));
    app.mailbox().of("contributor-three.ashgrove-council@example.org").about("Updates asked for").says("1 March 2027");
    // Nobody is left.
    leaves(app, "Contributor Two");
    leaves(app, "Contributor Three");
    app.person("overseer").open(CONTACTS).sees("No working contact").sees("nobody is asked").sees("who has left");
    app.person("overseer").open(STAFF_ITEM).sees("No working contact: nobody files for this body here");
}

fn whoever_leaves_hands_all_of_it_over_in_one_act(app: &TestApp) {
    asks_for_updates(app, "2027-03-01", 3);
    duties(app, &[MAIN, ALTERNATE, ("Who signs off", "Contributor One")]);
    let draft = saved(app, "Half written").path().to_owned();
    leaves(app, "Contributor One");
    let person = app.person("administrator").open("/staff/people").follow("Contributor One");
    person.sees("What they hold").sees("Main contact").sees("Signs off").sees("1 update or reply that is not filed");
    let page = person.follow("Signs off");
    page.sees("Contributor One holds:").sees("All of it goes to one person");
    page.form("Hand all of it over").submit().is(422).complains("Choose somebody else who files for this body");
    let same = app.person("administrator").open(page.path());
    let stale = same.form("Hand all of it over").select("Who takes all of it over?", "Contributor Two");
    let done = page.form("Hand all of it over").select("Who takes all of it over?", "Contributor Two").send();
    done.sees("Handed over")
        .sees("Main contact: Contributor One, from 23 November 2026")
        .sees("; ended 23 November 2026");
    done.sees("Contributor One").sees("Holds nothing in particular");
    assert_eq!(count(app, "duty where ended_at is null"), 2, "one person is not both main and alternate");
    stale.submit().is(409).sees("holds nothing for this body");
    // What was begun goes on, with the one who takes it over.
    let home = app.person(COLLEAGUE).open("/staff");
    home.sees("By Contributor Two");
    let taken = app.person(COLLEAGUE).open(&draft);
    taken.sees("Half written").sees("Handed over to a colleague by the register’s office");
    taken.does_not_see("Overseer").does_not_see("Administrator");
    // Words of a step stay when the names of people who left are removed, so they name nobody.
    assert_eq!(count(app, "filing_step where comment like '%Contributor%'"), 0);
    app.jobs_at("2027-01-18T08:30:00Z");
    assert_eq!(reminders(app), (0, 1));
    app.public().open(ITEM).does_not_see("Contributor").does_not_see("Half written");
}

fn faults_and_two_at_once_change_nothing(app: &TestApp) {
    duties(app, &[MAIN]);
    let overseer = app.person("overseer");
    let form = |page: &crate::support::page::Page| page.form("Save who is asked");
    let page = overseer.open(CONTACTS);
    let other = app.person("overseer two").open(CONTACTS);
    form(&page)
        .select("Alternate contact", "Contributor One")
        .submit()
        .is(422)
        .complains("somebody else than the main contact");
    form(&page).set("sign_off", "forged").submit().is(422).complains("Choose somebody who files for this body");
    let harbour = "contributor of ashgrove-harbour";
    app.person(harbour);
    let theirs =
        app.place().value("select reference from person where email = 'contributor.ashgrove-harbour@example.org'");
    form(&page).set("main_contact", &theirs).submit().is(422).complains("Choose somebody who files for this body");
    page.form("Save for this item")
        .set("item", "ashgrove/999")
        .submit()
        .is(422)
        .complains("Choose an item of this body");
    let same = page.form("Save for this item").select("Which item?", "recommendation 2");
    let same = same.select("Main contact for this item", "Contributor One");
    let same = same.select("Alternate contact for this item", "Contributor One");
    same.submit().is(422).complains("somebody else than the main contact");
    assert_eq!(count(app, "duty"), 1);
    form(&page).select("Alternate contact", "Contributor Two").send();
    let late = form(&other).select("Main contact", "Contributor Two").submit();
    late.is(409).sees("Somebody else changed who is asked").sees("Alternate contact");
    assert_eq!(
        late.form("Save who is asked").value("main_contact"),
        form(&other).select("Main contact", "Contributor Two").value("main_contact")
    );
    assert_eq!(count(app, "duty"), 2);
    // Nobody of the body, and nobody of another, changes it; nor does somebody who oversees and belongs to it.
    for who in [COUNCIL, harbour, "observer", "overseer of ashgrove-council"] {
        app.person(who).get(CONTACTS).is(403);
    }
    // Somebody of another body has nothing here to hand over.
    overseer.get(&format!("/staff/bodies/ashgrove-council/people/{theirs}/handover")).is(404);
    files(app, "For what is with the register");
    app.person("administrator").open("/staff/people").follow("Contributor One").does_not_see("1 update");
}

fn a_reply_is_handed_over_and_its_mail_reaches_who_works_there(app: &TestApp) {
    run_by_somebody(app);
    let finding = proposes_finding(app, "overseer", "Two reports.");
    publication(&app.person("overseer two").open(&finding)).send();
    duties(app, &[MAIN, ALTERNATE]);
    let reply = app.person(COUNCIL).open(STAFF_ITEM).follow("Reply to what was found").form("Send the reply");
    let sent = reply.fill("Your reply", "They were, in May.").send();
    leaves(app, "Contributor One");
    // The author has left: it goes to the contact for the item.
    let back = app.person("overseer").open(sent.path()).form("Send it back");
    back.fill("What should be looked at again?", "Which stage?").send();
    app.jobs();
    assert_eq!(app.mailbox().of(COUNCIL_MAIL).count(), 0);
    app.mailbox().of(COLLEAGUE_MAIL).last().says("needs another look").does_not_say("Which stage?");
    // And whoever takes over what they held takes the reply over too.
    let person = app.person("administrator").open("/staff/people").follow("Contributor One");
    person.sees("1 update or reply that is not filed or was sent back");
    let page = person.follow("Main contact").form("Hand all of it over");
    page.select("Who takes all of it over?", "Contributor Two").send().sees("Handed over");
    app.person(COLLEAGUE)
        .open("/staff")
        .sees("Sent back to you")
        .follow("Reply of the body")
        .sees("They were, in May.");
}
