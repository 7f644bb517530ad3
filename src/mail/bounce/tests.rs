//! Reports as mail servers write them, and what else may stand in a file.

use proptest::prelude::*;

use super::*;
use crate::domain::bounce::ReportAction;

const RETURNED: &str = "Message-ID: <abc-1@register.example>\r\nSubject: A reminder\r\nTo: reader@example.org\r\n";

fn dsn(status: &str, returned: &str, kind: &str) -> String {
    [
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)",
        "Subject: Undelivered Mail Returned to Sender",
        "To: register@register.example",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"limit/1\"",
        "Message-Id: <20270118090000.1@mx.example.org>",
        "",
        "This is a MIME-encapsulated message.",
        "",
        "--limit/1",
        "Content-Description: Notification",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        "I'm sorry to have to inform you that your message could not be delivered.",
        "",
        "--limit/1",
        "Content-Description: Delivery report",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "Arrival-Date: Mon, 18 Jan 2027 08:30:00 +0000 (GMT)",
        "",
        status,
        "",
        "--limit/1",
        &format!("Content-Type: {kind}"),
        "",
        returned,
        "",
        "--limit/1--",
        "",
    ]
    .join("\r\n")
}

const DEAD: &str = "Final-Recipient: rfc822; reader@example.org\r\nOriginal-Recipient: rfc822;reader@example.org\r\n\
    Action: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.example.org\r\n\
    Diagnostic-Code: smtp; 550 5.1.1 <reader@example.org>: Recipient address\r\n    rejected: User unknown";

fn one(file: &str) -> Report {
    let mut all = read(file.as_bytes()).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn a_report_says_of_which_mail_it_is_for_whom_and_what_became_of_it() {
    let whole = format!("{RETURNED}\r\nThe words of the reminder.\r\n");
    for (returned, kind) in [(RETURNED, "text/rfc822-headers"), (whole.as_str(), "message/rfc822")] {
        let said = one(&dsn(DEAD, returned, kind)).said.unwrap();
        assert_eq!(said.len(), 1, "{kind}");
        assert_eq!(said[0].reference(), "abc-1", "{kind}");
        assert_eq!(said[0].recipient, "reader@example.org");
        assert_eq!((said[0].action, said[0].status.to_string()), (ReportAction::Failed, "5.1.1".to_owned()));
    }
}

#[test]
fn each_recipient_of_a_report_has_its_own_word() {
    let two = format!("{DEAD}\r\n\r\nFinal-Recipient: RFC822; <other@example.org>\r\nAction: Delayed\r\nStatus: 4.4.1");
    let said = one(&dsn(&two, RETURNED, "text/rfc822-headers")).said.unwrap();
    assert_eq!(said.len(), 2);
    assert_eq!((said[1].recipient.as_str(), said[1].action), ("other@example.org", ReportAction::Delayed));
}

#[test]
fn mail_that_was_forwarded_names_both_addresses() {
    let forwarded = DEAD.replacen("rfc822; reader@example.org", "rfc822; elsewhere@example.net", 1);
    let said = one(&dsn(&forwarded, RETURNED, "text/rfc822-headers")).said.unwrap();
    assert_eq!(said[0].recipient, "elsewhere@example.net");
    assert_eq!(said[0].original.as_deref(), Some("reader@example.org"));
    let unknown = forwarded.replacen("rfc822; elsewhere@example.net", "x400; /S=elsewhere", 1);
    let said = one(&dsn(&unknown, RETURNED, "text/rfc822-headers")).said.unwrap();
    assert_eq!(said[0].recipient, "reader@example.org");
}

#[test]
fn a_message_id_that_fits_on_no_line_is_none() {
    for (length, usable) in [(900, true), (5_000, false)] {
        let long = RETURNED.replace("abc-1", &"a".repeat(length));
        let said = one(&dsn(DEAD, &long, "text/rfc822-headers")).said;
        assert_eq!(said.is_ok(), usable, "{length}");
    }
}

#[test]
fn what_a_report_lacks_is_told() {
    let plain = "From: a@example.org\r\nSubject: Out of office\r\n\r\nI am away.\r\n";
    let none = "Action: failed\r\nStatus: 5.1.1";
    let unknown = "Final-Recipient: rfc822; reader@example.org\r\nAction: lost\r\nStatus: 5.1.1";
    let codeless = "Final-Recipient: rfc822; reader@example.org\r\nAction: failed";
    let many = format!("{DEAD}\r\n\r\n").repeat(MOST_RECIPIENTS + 1);
    let headers = "text/rfc822-headers";
    for (file, why) in [
        (plain.to_owned(), Unusable::NoReport),
        (dsn("", RETURNED, headers), Unusable::NoRecipient),
        (dsn(none, RETURNED, headers), Unusable::NoRecipient),
        (dsn(unknown, RETURNED, headers), Unusable::NoStatus),
        (dsn(codeless, RETURNED, headers), Unusable::NoStatus),
        (dsn(&many, RETURNED, headers), Unusable::TooMuch),
        (dsn(DEAD, "Subject: none", headers), Unusable::NoOriginal),
        (dsn(DEAD, "abc-1@register.example", "text/plain"), Unusable::NoOriginal),
    ] {
        assert_eq!(one(&file).said, Err(why), "{file}");
    }
    assert_eq!(read(b" \r\n"), Err(FileFault::Empty));
}

#[test]
fn a_mailbox_holds_many_and_the_same_report_has_the_same_name() {
    let report = dsn(DEAD, RETURNED, "text/rfc822-headers");
    let file = format!("From MAILER-DAEMON Mon Jan 18 09:00:00 2027\n{}\n", report.replace("\r\n", "\n")).repeat(2);
    let all = read(file.as_bytes()).unwrap();
    assert_eq!(all.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
    assert!(all.iter().all(|one| one.said.is_ok() && one.name == all[0].name));
    assert_eq!(one(&report).name, all[0].name, "as a file of its own, with other ends of lines");
    assert_ne!(one(&report.replace("5.1.1", "5.1.2")).name, all[0].name);
    let file = "From a\n\nb\n\n".repeat(MOST_MESSAGES + 1);
    assert_eq!(read(file.as_bytes()), Err(FileFault::TooMany));
}

proptest! {
    #[test]
    fn no_junk_stops_the_reading(junk in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let mailbox = [b"From x\n".as_slice(), &junk].concat();
        prop_assert!(read(&mailbox).is_ok());
        if let Ok(all) = read(&junk) {
            prop_assert!(all.iter().all(|one| one.said.is_err()));
        }
    }

    #[test]
    fn no_damage_to_a_report_stops_the_reading(at in 0_usize..1_200, gone in 0_usize..60, put in "[ -~\r\n]{0,40}") {
        let mut report = dsn(DEAD, RETURNED, "message/rfc822").into_bytes();
        let at = at.min(report.len());
        let end = (at + gone).min(report.len());
        report.splice(at..end, put.into_bytes());
        prop_assert!(read(&report).is_ok());
    }
}
