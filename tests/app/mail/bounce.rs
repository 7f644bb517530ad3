//! Addresses that are dead, by the word of a server, of a report or of a person; and reports that are not believed.

use super::ashgrove::{address, jobs_at, person, reset_waits, taken_in, waits};
use crate::filing::arranged::{COUNCIL, COUNCIL_MAIL, ITEM, asks_for_updates};
use crate::follow::arranged::follows;
use crate::stories;
use crate::support::mailbox::Mail;
use crate::support::page::Page;
use crate::support::visitor::Visitor;
use crate::support::{Place, TestApp};

stories![
    a_refused_address_is_dead_until_somebody_takes_it_off_the_list,
    an_address_called_dead_by_hand_gets_no_reminder_and_the_next_one_is_asked,
    a_follower_whose_address_is_dead_hears_no_more,
    a_report_of_our_own_mail_makes_its_address_dead_and_twice_changes_nothing_twice,
    a_mail_that_failed_otherwise_counts_as_failed_and_a_delay_is_noted,
    a_forged_or_foreign_report_changes_nothing,
    a_file_that_is_no_report_is_told_apart,
    the_command_line_takes_a_file_of_reports_too,
];

const BEGINNING: &str = "2026-11-23T09:00:00Z";
const LIST: &str = "/staff/dead-addresses";
const BOUNCES: &str = "/staff/bounces";
const CONTACTS: &str = "/staff/bodies/ashgrove-council/contacts";
const COLLEAGUE: &str = "contributor two of ashgrove-council";
const COLLEAGUE_MAIL: &str = "contributor-two.ashgrove-council@example.org";

/// What stands before the `@`.
fn local(email: &str) -> &str {
    email.split('@').next().unwrap_or_default()
}

/// One more mail to a reader.
fn mail_waits(place: &Place, reference: &str, reader: &str) {
    place.execute(&format!(
        r#"insert into outbox (reference, kind, email, letter, state, not_before, created_at, attempts) values
             ('{reference}', 'return_sent_back', '{reader}', '{{"letter":"return_sent_back","items":[],"link":"/staff"}}',
              'queued', '{BEGINNING}', '{BEGINNING}', 0)"#
    ));
}

fn state_of(place: &Place, reference: &str) -> String {
    place.value(&format!("select state from outbox where reference = '{reference}'"))
}

/// What failed is accounted for: the story is about it.
fn settled(place: &Place) {
    place.execute("update outbox set state = 'cancelled' where state = 'permanent_failure'");
}

/// What a mail server writes that took a mail of ours and could not deliver it.
pub fn report(sent: &Mail, recipient: &str, (action, status): (&str, &str), whole: bool) -> String {
    let raw = sent.raw.replace("\r\n", "\n");
    let head = raw.split("\n\n").next().unwrap_or_default();
    let (kind, returned) = if whole { ("message/rfc822", raw.as_str()) } else { ("text/rfc822-headers", head) };
    let report = format!(
        "Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: register@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary=\"4FyX2k0Qz5.1764321000/mx.example.org\"
Date: Mon, 23 Nov 2026 09:02:11 +0000 (GMT)
Message-Id: <20261123090211.4FyX2k0Qz5@mx.example.org>

This is a MIME-encapsulated message.

--4FyX2k0Qz5.1764321000/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

--4FyX2k0Qz5.1764321000/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4FyX2k0Qz5
X-Postfix-Sender: rfc822; register@example.org
Arrival-Date: Mon, 23 Nov 2026 09:00:01 +0000 (GMT)

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; {status} said of <{recipient}>
    by the server that is asked last

--4FyX2k0Qz5.1764321000/mx.example.org
Content-Description: Undelivered Message
Content-Type: {kind}

{returned}

--4FyX2k0Qz5.1764321000/mx.example.org--
"
    );
    report.replace('\n', "\r\n")
}

/// Sends a file of reports in.
fn sends_in(visitor: &Visitor, file: &str) -> Page {
    let answer = visitor.open(BOUNCES).form("Send the reports in").submit_with("reports.eml", file.as_bytes());
    answer.is(200);
    answer
}

/// A mail that was handed over, as the mail server has it.
fn sent_to(app: &TestApp, reader: &str) -> Mail {
    waits(app.place(), 1, reader, BEGINNING);
    app.jobs();
    app.place().servers().smtp().mail_to(reader).last().cloned().expect("a mail")
}

/// Everything that a report could change.
fn everything(place: &Place) -> Vec<String> {
    let mut rows = place.rows("select reference || ' ' || state as value from outbox order by id");
    rows.extend(place.rows("select outcome || ' ' || answer as value from attempt order by id"));
    rows.extend(place.rows("select key || ' ' || reason || ' ' || at as value from suppression order by key"));
    rows
}

fn a_refused_address_is_dead_until_somebody_takes_it_off_the_list(place: &Place) {
    let app = place.with_smtp().app();
    let smtp = place.servers().smtp();
    let (administrator, overseer) = (app.person("administrator"), app.person("overseer"));
    app.jobs();
    let reader = address(place, "dead-refused");
    let name = local(&reader);
    let council = place.value("select id from body where slug = 'ashgrove-council'").parse().ok();
    person(place, "contributor", &reader, council);
    let staff_item = format!("/staff{ITEM}");
    overseer.open(&staff_item).does_not_see("No working contact");
    smtp.answers(&reader, &[550]);
    waits(place, 1, &reader, BEGINNING);
    // A link for a new password, which is to go an hour later.
    reset_waits(place, name, "2026-11-23T10:00:00Z", "2026-11-23T12:00:00Z");
    assert!(app.jobs().contains("1 failed for good"));
    assert_eq!(state_of(place, name), "suppressed", "what waits for a dead address does not go");
    assert_eq!(place.value("select count(*) from outbox where letter like '%token-of%'"), "0");
    mail_waits(place, &format!("{name}-later"), &reader);
    assert!(app.jobs().contains("1 not sent"));
    assert_eq!((state_of(place, &format!("{name}-later")).as_str(), smtp.tries_for(&reader)), ("suppressed", 1));

    overseer.open(&staff_item).sees("No working contact: no mail reaches those who file for this body here");
    overseer.open(CONTACTS).sees("No mail reaches them: their address is dead").sees("No working contact");
    let list = administrator.open("/staff/outbox?state=suppressed");
    list.sees(&reader).sees("Password reset").sees("Not sent: this address is dead.").sees("1 dead address");
    administrator.open("/staff").sees("Mail about accounts that was not sent: its address is dead");
    let mail = administrator.open(&format!("/staff/outbox/{name}-0"));
    mail.sees("Failed for good").sees("The address of this mail is dead");
    assert!(!mail.has_form("Try again now") && !mail.has_form("This address is dead"));
    let token = administrator.open("/staff").form("Sign out").value("csrf").to_owned();
    let again = format!("/staff/outbox/{name}-0/retry");
    let refused = administrator.post_with(&again, &[("sec-fetch-site", "same-origin")], &[("csrf", &token)]);
    refused.is(422).sees("Take it off the list of dead addresses first");

    let dead = mail.follow("nothing is sent to it any more");
    dead.sees(&reader).sees("A mail server refused it");
    let late = administrator.open(dead.path()).form("Take it off the list");
    let faulty = dead.form("Take it off the list").submit();
    faulty.is(422).complains("Say why mail may go to this address again");
    let form = faulty.form("Take it off the list").fill("Why may mail go there again?", "The mailbox is back.");
    let off = form.send();
    off.sees("Taken off the list. Mail goes there again").sees("The mailbox is back.").sees("Administrator One");
    assert!(!off.has_form("Take it off the list"));
    late.fill("Why may mail go there again?", "It is back.").submit().is(409);
    administrator.open(LIST).sees("taken off the list on 23 November 2026");
    administrator.open("/staff").does_not_see("Mail about accounts");
    overseer.open(&staff_item).does_not_see("No working contact");
    mail_waits(place, &format!("{name}-again"), &reader);
    assert!(app.jobs().contains("1 accepted"));
    assert_eq!(smtp.mail_to(&reader).len(), 1);
    settled(place);
}

fn an_address_called_dead_by_hand_gets_no_reminder_and_the_next_one_is_asked(app: &TestApp) {
    asks_for_updates(app, "2027-03-01", 3);
    app.person(COUNCIL);
    app.person(COLLEAGUE);
    let list = app.person("administrator").open("/staff/outbox").follow("Dead addresses");
    list.sees("No address.");
    let faulty = list.form("This address is dead").submit();
    faulty.is(422).complains("Enter an email address").complains("Say how you know that this address is dead");
    let faulty = faulty.form("This address is dead").fill("Email address", "nobody at all").submit();
    faulty.is(422).complains("Enter an email address in the correct format");
    let form = faulty.form("This address is dead").fill("Email address", &COUNCIL_MAIL.to_uppercase());
    let dead = form.fill("How do you know that it is dead?", "The council said so.").send();
    dead.sees("Nothing is sent to this address any more").sees(&format!("{COUNCIL_MAIL} (Contributor One)"));
    dead.sees("Put on the list by hand").sees("The council said so.").sees("Administrator One");
    let form = app.person("administrator").open(LIST).form("This address is dead");
    let form = form.fill("Email address", COUNCIL_MAIL).fill("How do you know that it is dead?", "Again.");
    form.submit().is(422).complains("This address is on the list already");

    let reminders = || {
        let mails = app.mailbox();
        let of =
            |email: &str| mails.of(email).0.iter().filter(|mail| mail.subject.contains("Updates asked for")).count();
        (of(COUNCIL_MAIL), of(COLLEAGUE_MAIL))
    };
    app.jobs_at("2027-01-18T08:30:00Z");
    assert_eq!(reminders(), (0, 1), "the one whom mail reaches is asked");
    let form = app.person("administrator").open(LIST).form("This address is dead");
    form.fill("Email address", COLLEAGUE_MAIL).fill("How do you know that it is dead?", "So said the council.").send();
    app.jobs_at("2027-02-09T08:30:00Z");
    assert_eq!(reminders(), (0, 1), "nobody is left");
    let page = app.person("overseer").open(&format!("/staff{ITEM}"));
    page.sees("No working contact: no mail reaches those who file for this body here");
    app.person("overseer").open(CONTACTS).sees("No working contact").sees("nobody is asked");
}

fn a_follower_whose_address_is_dead_hears_no_more(place: &Place) {
    let app = &place.with_smtp().app();
    let email = address(place, "dead-follower");
    follows(app, "/subscribe?inquiry=ashgrove", &email, "Once a week");
    assert_eq!(place.value("select count(*) from subscription"), "1");
    let sent = place.servers().smtp().mail_to(&email).last().cloned().expect("the mail that asked");
    let administrator = app.person("administrator");
    let result = sends_in(&administrator, &report(&sent, &email, ("failed", "5.1.1"), false));
    result.sees("The address is dead now");
    assert_eq!(place.value("select count(*) from subscription"), "0");
    assert_eq!(place.value("select count(*) from subscriber where ended_at is not null"), "1");
    // Whose address it was is not to be seen in the list.
    let list = administrator.open(LIST);
    list.sees("A report of mail that came back").sees("5.1.1").does_not_see(&email);
    settled(place);
}

fn a_report_of_our_own_mail_makes_its_address_dead_and_twice_changes_nothing_twice(place: &Place) {
    let app = place.with_smtp().app();
    let administrator = app.person("administrator");
    let reader = address(place, "came-back");
    let name = local(&reader);
    let sent = sent_to(&app, &reader);
    assert_eq!(state_of(place, &format!("{name}-0")), "accepted");
    let page = administrator.open("/staff/outbox").follow("Send in reports of mail that came back");
    page.form("Send the reports in").submit().is(422).complains("Choose the file of reports");

    let file = report(&sent, &reader.to_uppercase(), ("failed", "5.1.1"), true);
    assert!(file.contains(&format!("Message-ID: <{name}-0@register.example>")), "{file}");
    let result = sends_in(&administrator, &file);
    result.sees("1 report: 1 changed something, 0 were refused.").sees("The address is dead now");
    let mail = result.follow("The mail");
    mail.sees("Failed for good").sees("came back: failed, 5.1.1").sees("The address of this mail is dead");
    assert_eq!(place.rows("select origin || ' ' || reason as value from suppression"), ["bounce 5.1.1"]);

    let before = everything(place);
    for file in [file.clone(), file.replace("\r\n", "\n")] {
        sends_in(&administrator, &file).sees("Taken before: nothing is changed").sees("0 changed something");
    }
    assert_eq!(everything(place), before);

    // Off the list again, the same report still changes nothing.
    let dead = administrator.open(mail.path()).follow("nothing is sent to it any more");
    dead.form("Take it off the list").fill("Why may mail go there again?", "It was a mistake.").send();
    sends_in(&administrator, &file).sees("Taken before");
    mail_waits(place, &format!("{name}-again"), &reader);
    assert!(app.jobs().contains("1 accepted"));
    settled(place);
}

fn a_mail_that_failed_otherwise_counts_as_failed_and_a_delay_is_noted(place: &Place) {
    let app = place.with_smtp().app();
    let administrator = app.person("administrator");
    let (full, slow) = (address(place, "came-back-full"), address(place, "came-back-slow"));
    let (to_full, to_slow) = (sent_to(&app, &full), sent_to(&app, &slow));
    let mailbox: String = [
        report(&to_slow, &slow, ("delayed", "4.4.1"), false),
        report(&to_full, &full, ("failed", "5.2.2"), true),
        report(&to_slow, &slow, ("delivered", "2.0.0"), false),
    ]
    .iter()
    .map(|one| format!("From MAILER-DAEMON Mon Nov 23 09:02:11 2026\n{}\n", one.replace("\r\n", "\n")))
    .collect();
    let result = sends_in(&administrator, &mailbox);
    result.sees("3 reports: 2 changed something, 0 were refused.");
    let effects = result.texts("tbody tr");
    for (line, effect) in [
        "Noted beside the mail; nothing else is changed",
        "The mail counts as failed for good now",
        "Nothing failed, so nothing was done",
    ]
    .iter()
    .enumerate()
    {
        assert!(effects[line].contains(effect), "{effects:?}");
    }
    assert_eq!(state_of(place, &format!("{}-0", local(&slow))), "accepted");
    assert_eq!(state_of(place, &format!("{}-0", local(&full))), "permanent_failure");
    assert_eq!(place.value("select count(*) from suppression"), "0", "a full mailbox is no dead one");
    let mail = administrator.open(&format!("/staff/outbox/{}-0", local(&slow)));
    mail.sees("Handed over").sees("came back: delayed, 4.4.1");
    // It may be tried again, for the mailbox is there.
    let mail = administrator.open(&format!("/staff/outbox/{}-0", local(&full)));
    mail.form("Try again now").send();
    assert!(app.jobs().contains("1 accepted"));
    let before = everything(place);
    sends_in(&administrator, &mailbox).sees("0 changed something");
    assert_eq!(everything(place), before);
}

fn a_forged_or_foreign_report_changes_nothing(place: &Place) {
    let app = place.with_smtp().app();
    let administrator = app.person("administrator");
    let (reader, other) = (address(place, "forged"), address(place, "forged-other"));
    let sent = sent_to(&app, &reader);
    // One that is still to go, and of which somebody claims to have a report.
    place.execute(&format!(
        r#"insert into outbox (reference, kind, email, letter, state, not_before, created_at, attempts) values
             ('not-yet', 'return_sent_back', '{reader}', '{{"letter":"return_sent_back","items":[],"link":"/staff"}}',
              'queued', '2026-11-23T12:00:00Z', '{BEGINNING}', 0)"#
    ));
    let before = everything(place);
    let failed = ("failed", "5.1.1");
    let good = report(&sent, &reader, failed, false);
    let id = format!("{}-0@register.example", local(&reader));
    for (file, why) in [
        (good.replace(&id, "guessed@register.example"), "Refused: no mail of this register has that Message-ID"),
        (good.replace(&id, "a\0b@register.example"), "Refused"),
        (report(&sent, &other, failed, true), "Refused: that mail was for another address"),
        (good.replace(&id, "not-yet@register.example"), "Refused: that mail was never handed over"),
        (report(&sent, &reader, ("delivered", "5.1.1"), false), "Refused: what it says contradicts itself"),
        (report(&sent, &reader, ("vanished", "5.1.1"), false), "Refused: it does not say what became of the mail"),
        (good.replace("Message-ID:", "X-Old-ID:"), "Refused: it does not bring back the Message-ID of the mail"),
    ] {
        let result = sends_in(&administrator, &file);
        result.sees(why).sees("1 report: 0 changed something, 1 was refused.");
        assert_eq!(everything(place), before, "{why}");
    }
    // What came with one that was refused is kept nowhere.
    assert_eq!(place.value(&format!("select count(*) from attempt where answer like '%{other}%'")), "0");
    place.execute("update outbox set state = 'cancelled' where reference = 'not-yet'");
}

fn a_file_that_is_no_report_is_told_apart(app: &TestApp) {
    let administrator = app.person("administrator");
    let form = || administrator.open(BOUNCES).form("Send the reports in");
    let plain = "From: somebody@example.org\r\nSubject: Out of office\r\n\r\nI am away.\r\n";
    sends_in(&administrator, plain).sees("Refused: it is no report of mail that came back (RFC 3464)");
    form().submit_with("junk.bin", &[0_u8, 159, 146, 150, 255, 13, 10, 58, 32]).is(200).sees("Refused");
    form().submit_with("empty.eml", b"\r\n").is(422).complains("The file is empty");
    let many = "From a\nSubject: b\n\nc\n\n".repeat(501);
    form().submit_with("many.mbox", many.as_bytes()).is(422).complains("The file holds more than 500 messages");
    let large = vec![b'a'; 10 * 1024 * 1024 + 1];
    form().submit_with("large.eml", &large).is(422).complains("The file must be 10 MiB or smaller");
    for who in ["overseer", "observer", "contributor of ashgrove-council"] {
        app.person(who).get(BOUNCES).is(403);
        app.person(who).get(LIST).is(403);
    }
}

fn the_command_line_takes_a_file_of_reports_too(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let reader = address(place, "came-back-to-shell");
    waits(place, 1, &reader, "2027-01-18T08:00:00Z");
    jobs_at(place, "2027-01-18T08:00:00Z").succeeds().says("1 accepted");
    let sent = place.servers().smtp().mail_to(&reader).last().cloned().expect("a mail");
    let file = place.file("report.eml", &report(&sent, &reader, ("failed", "5.1.1"), false));
    let file = file.display().to_string();
    let taken = place.run(&["bounces", &file]);
    taken.succeeds().says(&format!("Report 1: {reader}: failed, 5.1.1. The address is dead now"));
    taken.says("1 report: 1 changed something, 0 were refused.");
    let before = everything(place);
    place.run(&["bounces", &file]).succeeds().says("Taken before: nothing is changed");
    assert_eq!(everything(place), before);
    place.run(&["bounces", "no-such-file.eml"]).exits(1).says("no-such-file.eml");
    let empty = place.file("empty.eml", "").display().to_string();
    place.run(&["bounces", &empty]).exits(1).says("The file is empty");
}
