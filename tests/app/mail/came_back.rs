//! What is made of mail that comes back, and of what a mail server refuses: by whom it failed.

use super::ashgrove::{person, waits};
use super::bounce::report;
use crate::follow::arranged::{address, follows};
use crate::stories;
use crate::support::{Place, TestApp};

stories![
    a_refusal_ends_no_subscription_and_a_report_does,
    what_a_mail_server_said_is_confirmed_by_hand,
    a_mailbox_that_is_full_does_not_take_mail_and_is_not_dead,
];

const BEGINNING: &str = "2026-11-23T09:00:00Z";

/// What failed is accounted for: the story is about it.
fn settled(place: &Place) {
    place.execute("update outbox set state = 'cancelled' where state = 'permanent_failure'");
}

/// Sends a report in, as somebody who manages mail does.
fn sends_in(app: &TestApp, file: &str) {
    let form = app.person("administrator").open("/staff/bounces").form("Send the reports in");
    form.submit_with("reports.eml", file.as_bytes()).is(200).sees("1 changed something");
}

fn a_refusal_ends_no_subscription_and_a_report_does(place: &Place) {
    let app = &place.with_smtp().app();
    let smtp = place.servers().smtp();
    let email = address(place, "refused-follower");
    follows(app, "/subscribe?inquiry=ashgrove", &email, "Once a week");
    let sent = smtp.mail_to(&email).last().cloned().expect("the mail that asked");
    smtp.says(&email, "550 5.1.1 no such mailbox");
    waits(place, 1, &email, BEGINNING);
    assert!(app.jobs().contains("1 failed for good"));
    assert_eq!(place.rows("select origin as value from suppression"), ["refused"]);
    assert_eq!(place.value("select count(*) from subscription"), "1", "a mail server may be wrong for an hour");
    let list = app.person("administrator").open("/staff/dead-addresses");
    list.sees("A mail server refused it").sees("where only a mail server refused it, they are written to again");
    sends_in(app, &report(&sent, &email, ("failed", "5.1.1"), false));
    assert_eq!(place.rows("select origin as value from suppression"), ["bounce"]);
    assert_eq!(place.value("select count(*) from subscription"), "0");
    settled(place);
}

fn what_a_mail_server_said_is_confirmed_by_hand(place: &Place) {
    let app = &place.with_smtp().app();
    let email = address(place, "refused-confirmed");
    follows(app, "/subscribe?inquiry=ashgrove", &email, "Once a week");
    place.servers().smtp().says(&email, "550 5.1.1 no such mailbox");
    waits(place, 1, &email, BEGINNING);
    assert!(app.jobs().contains("1 failed for good"));
    assert_eq!(place.rows("select origin as value from suppression"), ["refused"]);
    let form = || {
        let form = app.person("administrator").open("/staff/dead-addresses").form("This address is dead");
        form.fill("Email address", &email).fill("How do you know that it is dead?", "They have left.")
    };
    form().send().sees("Put on the list by hand").sees("They have left.");
    assert_eq!(place.rows("select origin as value from suppression"), ["by_hand"]);
    assert_eq!(place.value("select count(*) from subscription"), "0");
    form().submit().is(422).complains("This address is on the list already");
    settled(place);
}

fn a_mailbox_that_is_full_does_not_take_mail_and_is_not_dead(place: &Place) {
    let app = place.with_smtp().app();
    let smtp = place.servers().smtp();
    app.jobs();
    let council = place.value("select id from body where slug = 'ashgrove-council'").parse().ok();
    let (unliked, full) = (address(place, "unliked"), address(place, "full"));
    for (reader, answer) in [(&unliked, "554 5.7.1 looks like spam"), (&full, "552 5.2.2 mailbox full")] {
        person(place, "contributor", reader, council);
        smtp.says(reader, answer);
    }
    let not_reached = "The last mail to them came back or was refused";
    let contacts = || app.person("overseer").open("/staff/bodies/ashgrove-council/contacts");
    waits(place, 1, &unliked, BEGINNING);
    assert!(app.jobs().contains("1 failed for good"));
    contacts().does_not_see(not_reached);
    waits(place, 1, &full, BEGINNING);
    assert!(app.jobs().contains("1 failed for good"));
    contacts().sees(not_reached);
    assert_eq!(place.value("select count(*) from suppression"), "0");
    // Once a mail gets there again, it is as before.
    let mail = place.value(&format!("select reference from outbox where email = '{full}'"));
    app.person("administrator").open(&format!("/staff/outbox/{mail}")).form("Try again now").send();
    assert!(app.jobs().contains("1 accepted"));
    contacts().does_not_see(not_reached);
    settled(place);
}
