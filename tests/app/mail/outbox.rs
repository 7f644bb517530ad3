//! The postman before a real mail server: what is refused, tried again, given up; and several postmen at once.

use std::collections::BTreeSet;

use super::ashgrove::{COUNCIL, TIMETABLE, address, asks_for_return, jobs_at, person, reset_waits, taken_in, waits};
use crate::servers::smtp::TOKEN;
use crate::stories;
use crate::support::Place;
use crate::support::process::Ran;

stories![
    refused_for_now_is_tried_again_with_the_same_message_id,
    a_body_was_asked_on_the_day_on_which_the_reminder_was_taken,
    mail_leaves_over_tls_alone_where_that_is_asked_for,
    where_a_provider_takes_no_password_an_access_token_signs_in,
    refused_for_good_is_not_tried_again,
    a_server_that_is_away_is_tried_for_three_days,
    a_postman_who_does_not_come_back_is_replaced_and_the_mail_is_the_same,
    postmen_at_once_send_each_mail_once,
    the_end_lets_mail_under_way_arrive_and_gives_the_rest_back,
    a_one_time_link_goes_with_its_mail,
    words_go_after_a_week,
    files_go_a_week_after_they_were_written,
];

/// A register whose one contributor has a reminder to be sent at half past eight.
fn reminded_at(place: &Place, reader: &str, moment: &str) -> Ran {
    taken_in(place);
    asks_for_return(place, TIMETABLE, "2027-03-01");
    person(place, "contributor", reader, COUNCIL);
    jobs_at(place, moment)
}

fn refused_for_now_is_tried_again_with_the_same_message_id(place: &Place) {
    place.with_smtp();
    let (smtp, reader) = (place.servers().smtp(), address(place, "later"));
    smtp.answers(&reader, &[421, 451]);
    reminded_at(place, &reader, "2027-01-18T08:30:00Z").exits(1).says("1 failed for now");
    let id = place.value("select message from (select count(message) as message from outbox) as kept");
    assert_eq!(id, "1", "the mail is kept as composed");
    jobs_at(place, "2027-01-18T08:30:59Z").succeeds().says("0 accepted");
    jobs_at(place, "2027-01-18T08:31:06Z").exits(1).says("1 failed for now");
    jobs_at(place, "2027-01-18T08:36:05Z").succeeds().says("0 accepted");
    jobs_at(place, "2027-01-18T08:37:00Z").succeeds().says("1 accepted");
    jobs_at(place, "2027-01-18T09:37:00Z").succeeds().says("0 accepted");

    assert_eq!(smtp.tries_for(&reader), 3);
    let mails = smtp.mail_to(&reader);
    assert_eq!(mails.len(), 1);
    let reference = place.value("select reference from outbox");
    assert_eq!(mails[0].header("Message-ID"), Some(format!("<{reference}@register.example>")));
    let outcomes = place.rows("select outcome as value from attempt order by id");
    assert_eq!(outcomes, ["temporary_failure", "temporary_failure", "accepted"]);
    assert!(place.rows("select answer as value from attempt order by id")[1].contains("451"));
    assert_eq!(place.value("select state from outbox"), "accepted");
}

/// Silence is held against a body only from what it was really asked.
fn a_body_was_asked_on_the_day_on_which_the_reminder_was_taken(place: &Place) {
    place.with_smtp();
    let (smtp, reader) = (place.servers().smtp(), address(place, "days-later"));
    smtp.answers(&reader, &[421, 451]);
    reminded_at(place, &reader, "2027-01-18T08:30:00Z").exits(1).says("1 failed for now");
    jobs_at(place, "2027-01-19T09:00:00Z").exits(1).says("1 failed for now");
    assert_eq!(place.value("select count(*) from asking"), "0", "nobody was asked by what has not gone");
    jobs_at(place, "2027-01-20T09:00:00Z").succeeds().says("1 accepted");
    assert_eq!(place.rows("select asked_on as value from asking"), ["2027-01-20"]);
    assert_eq!(place.rows("select reminded_on as value from reminded"), ["2027-01-20"]);
}

/// Over an encrypted line with a password, and over no other; nothing that the machine does not trust is believed.
fn mail_leaves_over_tls_alone_where_that_is_asked_for(place: &Place) {
    let (servers, smtp) = (place.servers(), place.servers().smtp());
    let sealed = smtp.sealed(servers.folder());
    place.set("SMTP_URL", &sealed.starttls("p%40ss%20word%2F1"));
    let reader = address(place, "sealed");
    reminded_at(place, &reader, "2027-01-18T08:30:00Z").exits(1).says("1 failed for now");
    let answer = place.value("select answer from attempt");
    assert!(answer.contains("certificate") || answer.contains("UnknownIssuer"), "an unknown authority: {answer}");

    place.set("SSL_CERT_FILE", &sealed.trusted.display().to_string());
    jobs_at(place, "2027-01-18T08:31:30Z").succeeds().says("1 accepted");
    place.set("SMTP_URL", &sealed.tls("p%40ss%20word%2F1"));
    waits(place, 1, &reader, "2027-01-18T08:32:00Z");
    jobs_at(place, "2027-01-18T08:32:00Z").succeeds().says("1 accepted");
    let account = || Some("register@example.org".to_owned());
    assert_eq!(smtp.sealed_for(&reader), [(account(), true), (account(), true)]);

    // A wrong password is about us, not about the mail: it is kept. A server without TLS is told nothing.
    for (url, minute) in [(sealed.tls("wrong"), 33), (format!("{}?tls=required", smtp.url()), 34)] {
        place.set("SMTP_URL", &url);
        let other = address(place, &format!("unsealed-{minute}"));
        waits(place, 1, &other, &format!("2027-01-18T08:{minute}:00Z"));
        jobs_at(place, &format!("2027-01-18T08:{minute}:00Z")).exits(1).says("0 accepted");
        assert_eq!((smtp.mail_to(&other).len(), smtp.tries_for(&other)), (0, 0));
    }
}

/// Another program keeps the file; what stands in it when a connection is made signs in.
fn where_a_provider_takes_no_password_an_access_token_signs_in(place: &Place) {
    let (servers, smtp) = (place.servers(), place.servers().smtp());
    let sealed = smtp.sealed(servers.folder());
    let file = place.file("token", "one that has run out\n");
    place.set("SMTP_URL", &sealed.starttls_with_token());
    place.set("FOLLOWTHROUGH_SMTP_TOKEN_FILE", &file.display().to_string());
    place.set("SSL_CERT_FILE", &sealed.trusted.display().to_string());
    let reader = address(place, "token");
    reminded_at(place, &reader, "2027-01-18T08:30:00Z").exits(1).says("1 failed for now");
    place.file("token", "run-out\n");
    jobs_at(place, "2027-01-18T08:31:30Z").exits(1).says("1 failed for now");
    place.file("token", &format!("{TOKEN}\n"));
    jobs_at(place, "2027-01-18T08:38:00Z").succeeds().says("1 accepted");
    assert_eq!(smtp.sealed_for(&reader), [(Some("register@example.org".to_owned()), true)]);
    let answers = place.rows("select answer as value from attempt order by id");
    assert!(answers[0].contains("holds no access token"), "{answers:?}");
    assert!(answers[1].contains("did not take the access token") && answers[1].contains("535"), "{answers:?}");
    assert!(!answers.iter().any(|answer| answer.contains("run-out") || answer.contains(TOKEN)), "{answers:?}");
}

fn refused_for_good_is_not_tried_again(place: &Place) {
    place.with_smtp();
    let (smtp, reader) = (place.servers().smtp(), address(place, "never"));
    smtp.answers(&reader, &[550]);
    reminded_at(place, &reader, "2027-01-18T08:30:00Z").exits(1).says("1 failed for good");
    for moment in ["2027-01-18T08:31:30Z", "2027-01-18T12:00:00Z", "2027-01-19T08:30:00Z"] {
        jobs_at(place, moment).succeeds().says("0 accepted, 0 failed for now, 0 failed for good");
    }
    assert_eq!(smtp.tries_for(&reader), 1);
    assert_eq!(place.value("select state from outbox"), "permanent_failure");
    // Administrators hear of it on Monday.
    person(place, "overseer", &address(place, "mail-is-not-theirs"), None);
    person(place, "administrator", &address(place, "hears-of-it"), None);
    jobs_at(place, "2027-01-25T08:30:00Z").succeeds().says("1 digest written");
    let digest = smtp.mail_to(&address(place, "hears-of-it"));
    digest[0].says("Mail that failed: 1").says(&format!("Reminder to {reader}"));
}

fn a_server_that_is_away_is_tried_for_three_days(place: &Place) {
    // Nothing listens there.
    place.set("SMTP_URL", "smtp://127.0.0.1:9");
    let reader = address(place, "away");
    reminded_at(place, &reader, "2027-01-18T08:30:00Z").exits(1).says("1 failed for now");
    jobs_at(place, "2027-01-19T12:00:00Z").exits(1).says("1 failed for now");
    jobs_at(place, "2027-01-21T08:29:00Z").exits(1).says("1 failed for now");
    jobs_at(place, "2027-01-21T10:00:00Z").exits(1).says("1 failed for good");
    assert_eq!(place.value("select state from outbox"), "permanent_failure");
}

fn a_postman_who_does_not_come_back_is_replaced_and_the_mail_is_the_same(place: &Place) {
    place.with_smtp();
    let (smtp, reader) = (place.servers().smtp(), address(place, "twice"));
    taken_in(place);
    waits(place, 1, &reader, "2027-01-18T08:30:00Z");
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds();
    // As it is when the process dies between the server's answer and the mark, and is then set up with another name.
    place.execute(
        "update outbox set state = 'sending', finished_at = null, lease = 'dead', lease_until = '2027-01-18T08:45:00Z'",
    );
    place.set("FOLLOWTHROUGH_SITE_NAME", "Another name").set("FOLLOWTHROUGH_BASE_URL", "http://moved.example");
    jobs_at(place, "2027-01-18T08:44:00Z").succeeds().says("0 accepted");
    jobs_at(place, "2027-01-18T08:46:00Z").succeeds().says("1 accepted");
    let mails = smtp.mail_to(&reader);
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].header("Message-ID"), mails[1].header("Message-ID"));
    assert_eq!(mails[0].text, mails[1].text);
}

fn postmen_at_once_send_each_mail_once(place: &Place) {
    const MAILS: usize = 200;
    place.with_smtp();
    let reader = address(place, "many");
    taken_in(place);
    waits(place, MAILS, &reader, "2027-01-18T08:00:00Z");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| jobs_at(place, "2027-01-18T09:00:00Z").succeeds().code);
        }
    });
    assert_eq!(place.value("select count(*) from outbox where state = 'accepted'"), MAILS.to_string());
    let mails = place.servers().smtp().mail_to(&reader);
    let ids: BTreeSet<_> = mails.iter().filter_map(|mail| mail.header("Message-ID")).collect();
    assert_eq!((mails.len(), ids.len()), (MAILS, MAILS));
    assert_eq!(place.value("select count(*) from attempt"), MAILS.to_string());
}

fn the_end_lets_mail_under_way_arrive_and_gives_the_rest_back(place: &Place) {
    const MAILS: usize = 20;
    place.with_smtp();
    let reader = address(place, "end");
    place.run(&["migrate"]).succeeds();
    // The machine's own clock rules here. This kind of letter goes at night and on Sundays too.
    waits(place, MAILS, &reader, "2020-01-01T08:00:00Z");
    let smtp = place.servers().smtp();
    smtp.takes_its_time(&reader, 2000);
    let process = place.spawn(&["serve", "--empty"]);
    let begun = std::time::Instant::now();
    while smtp.tries_for(&reader) < 8 {
        assert!(begun.elapsed().as_secs() < 60, "nothing is sent");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(process.terminate(), 0);
    let accepted = place.value("select count(*) from outbox where state = 'accepted'");
    assert_eq!(smtp.mail_to(&reader).len().to_string(), accepted, "what was taken is marked");
    assert_ne!(accepted, MAILS.to_string(), "the end is not put off until all has gone");
    assert_eq!(place.value("select count(*) from outbox where state = 'sending'"), "0");
}

fn a_one_time_link_goes_with_its_mail(place: &Place) {
    taken_in(place);
    for (reference, expires) in [("in-time", "2027-01-18T09:30:00Z"), ("too-late", "2027-01-18T08:45:00Z")] {
        reset_waits(place, reference, "2027-01-18T08:00:00Z", expires);
    }
    jobs_at(place, "2027-01-18T09:00:00Z").succeeds().says("1 accepted").says("1 not sent");
    let mails = place.mailbox();
    mails.of("in-time@example.org").last().says("http://register.example/password-reset/token-of-in-time");
    assert_eq!(mails.count(), 1, "a link that works no longer is not sent");
    assert_eq!(place.value("select count(*) from outbox where letter like '%token-of%' or message is not null"), "0");
    assert_eq!(place.value("select state from outbox where reference = 'too-late'"), "cancelled");
}

fn words_go_after_a_week(place: &Place) {
    reminded_at(place, "one@example.org", "2027-01-18T08:30:00Z").succeeds();
    jobs_at(place, "2027-01-25T03:30:00Z").succeeds();
    assert_eq!(
        place.value("select count(*) from outbox where message is not null"),
        "1",
        "without the link that it held"
    );
    assert_eq!(place.value("select count(*) from outbox where letter <> 'null'"), "1");
    jobs_at(place, "2027-01-26T03:30:00Z").succeeds().says("1 mail's words removed");
    assert_eq!(place.value("select count(*) from outbox where message is not null or letter <> 'null'"), "0");
    assert_eq!(place.value("select state from outbox"), "accepted", "that it went is kept");
}

fn files_go_a_week_after_they_were_written(place: &Place) {
    taken_in(place);
    // Written by a deed while no postman ran: what counts is when it went.
    waits(place, 1, "late@example.org", "2027-01-09T08:00:00Z");
    waits(place, 1, "prompt@example.org", "2027-01-18T08:29:00Z");
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("2 accepted");
    let folder = place.data_dir().join("mail");
    std::fs::write(folder.join("2020-01-01T000000Z-of-another-database.eml"), "words").expect("a file");
    let readers = || -> Vec<bool> {
        let kept = |file: &std::fs::DirEntry| std::fs::read_to_string(file.path()).unwrap_or_default();
        let files: Vec<String> =
            std::fs::read_dir(&folder).expect("the mails").flatten().map(|file| kept(&file)).collect();
        let readers = ["late@example.org", "prompt@example.org"];
        readers.map(|reader| files.iter().any(|mail| mail.contains(&format!("To: {reader}")))).to_vec()
    };
    jobs_at(place, "2027-01-19T03:30:00Z").succeeds().says("1 mail's file, 0 mails' words removed");
    assert_eq!(readers(), [true, true]);
    jobs_at(place, "2027-01-25T03:30:00Z").succeeds().says("0 mails' files");
    assert_eq!(readers(), [true, true]);
    // A copy that has a mail server by now still removes the files of before.
    place.with_smtp();
    jobs_at(place, "2027-01-26T03:30:00Z").succeeds().says("2 mails' files, 2 mails' words removed");
    assert_eq!(readers(), [false, false]);
    assert_eq!(place.value("select count(*) from outbox where message is not null or letter <> 'null'"), "0");
}
