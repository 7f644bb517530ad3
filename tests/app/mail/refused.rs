//! Mail that does not reach its reader: what is made of a refusal, and that nothing is lost with it.

use followthrough::config::Config;
use followthrough::server;
use followthrough::store::{self, outbox};

use super::ashgrove::{COUNCIL, TIMETABLE, address, asks_for_return, jobs_at, person, publishes, taken_in, waits};
use super::bounce::report;
use crate::stories;
use crate::support::{DatabaseKind, Place};

stories![
    a_server_that_refuses_everybody_alike_makes_no_address_dead,
    addresses_that_are_refused_one_by_one_are_judged_together,
    a_server_that_calls_every_mailbox_full_is_believed_of_none,
    a_refusal_whose_judging_failed_is_judged_by_the_next_round,
    what_goes_to_strangers_is_not_counted,
    a_domain_whose_mailboxes_are_gone_is_dead_where_other_mail_gets_through,
    a_digest_that_does_not_go_is_told_by_the_next_one,
    a_dead_address_is_told_all_of_it_once_it_works_again,
    mail_about_work_does_not_follow_somebody_to_other_work,
    a_reminder_that_came_back_asked_nobody,
    a_reminder_after_a_letter_that_came_back_is_no_letter,
    mail_whose_failure_was_told_in_a_digest_that_came_back_is_told_again,
    a_digest_for_somebody_removed_meanwhile_does_not_go,
];

const BEGINNING: &str = "2027-01-18T08:30:00Z";

fn a_server_that_refuses_everybody_alike_makes_no_address_dead(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let smtp = place.servers().smtp();
    let readers: Vec<String> = (0..3).map(|number| address(place, &format!("alike-{number}"))).collect();
    for reader in &readers {
        smtp.answers(reader, &[550]);
        waits(place, 1, reader, BEGINNING);
    }
    jobs_at(place, BEGINNING).exits(1).says("3 failed for good");
    assert_eq!(place.value("select count(*) from suppression"), "0");
    let answers = place.rows("select answer as value from attempt order by id");
    let warned = answers.iter().filter(|answer| answer.contains("refused many addresses alike")).count();
    let refused = answers.iter().filter(|answer| answer.contains("RCPT TO: 550")).count();
    assert_eq!((warned, refused), (3, 3), "{answers:?}");

    // One more alone is no different while nothing gets through; then one is taken at its word.
    for (name, moment, dead) in [("alike-too", "2027-01-18T09:00:00Z", "0"), ("alike-not", "2027-01-18T10:00:00Z", "1")]
    {
        let alone = address(place, name);
        smtp.answers(&alone, &[550]);
        waits(place, 1, &alone, moment);
        jobs_at(place, moment).exits(1).says("1 failed for good");
        assert_eq!(place.value("select count(*) from suppression"), dead, "{name}");
        let through = address(place, &format!("after-{name}"));
        waits(place, 1, &through, &moment.replace(":00:", ":30:"));
        jobs_at(place, &moment.replace(":00:", ":30:")).succeeds().says("1 accepted");
    }
}

fn addresses_that_are_refused_one_by_one_are_judged_together(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let smtp = place.servers().smtp();
    let dead = || place.value("select count(*) from suppression where ended_at is null");
    let refused = |number: usize, moment: &str| {
        let reader = address(place, &format!("trickle-{number}"));
        // Such a server may even call them unknown.
        smtp.says(&reader, if number.is_multiple_of(2) { "550 rejected" } else { "550 5.1.1 user unknown" });
        waits(place, 1, &reader, moment);
        jobs_at(place, moment).exits(1).says("1 failed for good");
    };
    for (number, left) in ["1", "2", "0", "0"].into_iter().enumerate() {
        refused(number, &format!("2027-01-18T1{number}:00:00Z"));
        assert_eq!(dead(), left, "{number}");
    }
    // Nobody did it by hand, and it stands beside each of the mails.
    let off = "ended_by is null and ended_reason like '%refused many addresses alike%'";
    assert_eq!(place.value(&format!("select count(*) from suppression where {off}")), "2");
    let noted = "answer like '%refused many addresses alike%'";
    assert_eq!(place.value(&format!("select count(distinct outbox_id) from attempt where {noted}")), "4");
    assert_eq!(place.value("select count(*) from outbox where came_back"), "0");
    // A day after the last of them, one is taken at its word again.
    refused(4, "2027-01-19T14:00:00Z");
    assert_eq!(dead(), "1");
    assert_eq!(place.value("select count(*) from outbox where came_back"), "1");
}

fn a_server_that_calls_every_mailbox_full_is_believed_of_none(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let came_back = || place.value("select count(*) from outbox where came_back");
    for (number, left) in ["1", "2", "0"].into_iter().enumerate() {
        let reader = address(place, &format!("all-full-{number}"));
        place.servers().smtp().says(&reader, "552 5.2.2 mailbox full");
        let moment = format!("2027-01-18T1{number}:00:00Z");
        waits(place, 1, &reader, &moment);
        jobs_at(place, &moment).exits(1).says("1 failed for good");
        assert_eq!(came_back(), left, "{number}");
    }
    assert_eq!(place.value("select count(*) from suppression"), "0");
}

/// Also where nothing more is sent to that address, or to anybody.
fn a_refusal_whose_judging_failed_is_judged_by_the_next_round(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let gone = address(place, "judged-later");
    place.servers().smtp().says(&gone, "550 5.1.1 no such mailbox");
    waits(place, 1, &gone, BEGINNING);
    let (refuse, stop_refusing) = match place.database() {
        DatabaseKind::Sqlite => (
            "create trigger judging_fails before insert on suppression begin select raise(abort, 'judging fails'); end",
            "drop trigger judging_fails",
        ),
        DatabaseKind::Postgres => (
            "create function judging_fails() returns trigger language plpgsql
               as 'begin raise exception ''judging fails''; end';
             create trigger judging_fails before insert on suppression for each row execute function judging_fails()",
            "drop trigger judging_fails on suppression; drop function judging_fails()",
        ),
    };
    place.execute(refuse);
    jobs_at(place, BEGINNING).exits(1);
    assert_eq!(place.value("select state from outbox"), "permanent_failure");
    let known = || {
        let came_back = place.value("select count(*) from outbox where came_back");
        (place.value("select count(*) from suppression"), came_back)
    };
    let as_text = |dead: &str, came_back: &str| (dead.to_owned(), came_back.to_owned());
    assert_eq!(known(), as_text("0", "0"));
    // While a round that is not over has found it, postmen without mail do not even ask for what all writers wait for.
    let is_left = || {
        let config = Config::read(|name| place.setting(name)).unwrap_or_else(|faults| panic!("{faults}"));
        let address = server::prepare(&config).expect("where the register is");
        let (reader, _) = store::open(&address).expect("the register");
        let now = "2027-01-18T08:31:00Z".parse().expect("a moment");
        reader.read_now(|tx| outbox::is_any_left_to_judge(tx, now)).expect("an answer")
    };
    assert!(is_left(), "its round is over");
    let of_round = "lease = (select judge_for from attempt where judge_as is not null)";
    place.execute(&format!("update outbox set state = 'sending', {of_round}, lease_until = '2027-01-18T08:45:00Z'"));
    assert!(!is_left(), "it is under way");
    place.execute("update outbox set state = 'permanent_failure', lease = null, lease_until = null");
    place.execute(stop_refusing);
    jobs_at(place, "2027-01-18T08:31:00Z").succeeds().says("0 accepted, 0 failed for now, 0 failed for good");
    assert_eq!(known(), as_text("1", "1"));
    // It is judged once.
    place.execute("delete from suppression");
    jobs_at(place, "2027-01-18T08:32:00Z").succeeds();
    assert_eq!(known(), as_text("0", "1"));
}

fn what_goes_to_strangers_is_not_counted(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let smtp = place.servers().smtp();
    let dead = || place.value("select count(*) from suppression where ended_at is null");
    let letter = r#"{"letter":"follow_asked","link":"/subscribe/confirm","expires":"2027-02-18T08:30:00Z"}"#;
    for number in 0..3 {
        let stranger = address(place, &format!("stranger-{number}"));
        smtp.says(&stranger, "550 5.1.1 no such mailbox");
        place.execute(&format!(
            "insert into outbox (reference, kind, email, letter, state, not_before, created_at, attempts) values
               ('stranger-{number}', 'follow_asked', '{stranger}', '{letter}', 'queued', '{BEGINNING}', '{BEGINNING}', 0)"
        ));
    }
    jobs_at(place, BEGINNING).exits(1).says("3 failed for good");
    assert_eq!(dead(), "3", "three strangers' addresses make no row");
    let reader = address(place, "beside-strangers");
    smtp.says(&reader, "550 5.1.1 no such mailbox");
    waits(place, 1, &reader, "2027-01-18T09:00:00Z");
    jobs_at(place, "2027-01-18T09:00:00Z").exits(1).says("1 failed for good");
    assert_eq!(dead(), "4");
}

fn a_domain_whose_mailboxes_are_gone_is_dead_where_other_mail_gets_through(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let smtp = place.servers().smtp();
    for number in 0..4 {
        let (gone, there) = (address(place, &format!("gone-{number}")), address(place, &format!("there-{number}")));
        smtp.says(&gone, "550 5.1.1 no such mailbox");
        let moment = format!("2027-01-18T1{number}:00:00Z");
        waits(place, 1, &gone, &moment);
        jobs_at(place, &moment).exits(1).says("1 failed for good");
        let later = moment.replace(":00:", ":30:");
        waits(place, 1, &there, &later);
        jobs_at(place, &later).succeeds().says("1 accepted");
    }
    assert_eq!(place.value("select count(*) from suppression where ended_at is null"), "4");
}

fn a_digest_that_does_not_go_is_told_by_the_next_one(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let (smtp, reader) = (place.servers().smtp(), address(place, "digest-refused"));
    person(place, "overseer", &reader, None);
    smtp.answers(&reader, &[554]);
    publishes(place, TIMETABLE, "response", "2026-11-26");
    jobs_at(place, "2026-11-30T08:30:00Z").exits(1).says("1 digest written").says("1 failed for good");
    publishes(place, TIMETABLE, "reported", "2026-12-01");
    jobs_at(place, "2026-12-07T08:30:00Z").succeeds().says("1 digest written").says("1 accepted");
    publishes(place, TIMETABLE, "assessed", "2026-12-08");
    jobs_at(place, "2026-12-14T08:30:00Z").succeeds().says("1 digest written").says("1 accepted");
    let mails = smtp.mail_to(&reader);
    assert_eq!(mails.len(), 2);
    mails[0].says("Answer recorded, 26 November 2026").says("Update from the body, 1").does_not_say("Assessment, 8");
    mails[1].says("Assessment, 8 December 2026").does_not_say("Answer recorded");
}

fn a_dead_address_is_told_all_of_it_once_it_works_again(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let (smtp, reader) = (place.servers().smtp(), address(place, "digest-dead"));
    person(place, "overseer", &reader, None);
    smtp.answers(&reader, &[550]);
    publishes(place, TIMETABLE, "response", "2026-11-26");
    jobs_at(place, "2026-11-30T08:30:00Z").exits(1).says("1 digest written").says("1 failed for good");
    publishes(place, TIMETABLE, "reported", "2026-12-01");
    jobs_at(place, "2026-12-07T08:30:00Z").succeeds().says("0 digests written");
    assert_eq!(place.value("select count(*) from outbox"), "1");
    place.execute("delete from suppression");
    jobs_at(place, "2026-12-14T08:30:00Z").succeeds().says("1 digest written").says("1 accepted");
    let mails = smtp.mail_to(&reader);
    assert_eq!(mails.len(), 1);
    mails[0].says("Answer recorded, 26 November 2026").says("Update from the body, 1 December 2026");
}

fn mail_about_work_does_not_follow_somebody_to_other_work(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let (smtp, reader) = (place.servers().smtp(), address(place, "moved-on"));
    asks_for_return(place, TIMETABLE, "2027-03-01");
    person(place, "contributor", &reader, COUNCIL);
    smtp.answers(&reader, &[451]);
    jobs_at(place, BEGINNING).exits(1).says("1 failed for now");
    place.execute(&format!("update person set body_id = 102 where email = '{reader}'"));
    jobs_at(place, "2027-01-18T08:31:30Z").succeeds().says("1 not sent");
    assert_eq!(place.value("select state from outbox"), "suppressed");
    assert_eq!((smtp.mail_to(&reader).len(), smtp.tries_for(&reader)), (0, 1));
    let answers = place.rows("select answer as value from attempt order by id");
    assert!(answers[1].contains("has changed since it was written"), "{answers:?}");
}

fn a_reminder_that_came_back_asked_nobody(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let smtp = place.servers().smtp();
    let readers = [address(place, "asked-first"), address(place, "asked-second")];
    asks_for_return(place, TIMETABLE, "2027-03-01");
    for reader in &readers {
        person(place, "contributor", reader, COUNCIL);
    }
    jobs_at(place, BEGINNING).succeeds().says("2 accepted");
    let asked = || place.value("select count(*) from asking where back_on is null");
    assert_eq!(asked(), "1");
    // While one of two mails is not known to have come back, the body was asked.
    for (reader, left) in readers.iter().zip(["1", "0"]) {
        let sent = smtp.mail_to(reader).last().cloned().expect("a mail");
        let file = place.file("report.eml", &report(&sent, reader, ("failed", "5.2.2"), false));
        place.run(&["bounces", &file.display().to_string()]).succeeds();
        assert_eq!(asked(), left, "{reader}");
    }
    assert_eq!(place.value("select count(*) from asking"), "1", "what was known on earlier days stays known");
}

fn a_reminder_after_a_letter_that_came_back_is_no_letter(place: &Place) {
    place.with_smtp();
    taken_in(place);
    asks_for_return(place, TIMETABLE, "2027-03-01");
    person(place, "contributor", &address(place, "asked-after-letter"), COUNCIL);
    place.execute(&format!(
        "insert into asking (addressee_id, asked_on, noted_on, by_hand, back_on)
           values ({TIMETABLE}, '2027-01-18', '2027-01-18', true, '2027-01-18')"
    ));
    jobs_at(place, BEGINNING).succeeds().says("1 accepted");
    assert_eq!(place.value("select count(*) from asking where back_on is null and not by_hand"), "1");
    assert_eq!(place.value("select count(*) from asking"), "1");
}

fn mail_whose_failure_was_told_in_a_digest_that_came_back_is_told_again(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let (smtp, reader) = (place.servers().smtp(), address(place, "failures-told"));
    person(place, "administrator", &reader, None);
    place.execute(&format!(
        "insert into person_digest (person_id, cycle, told_from, told_upto, told_at, failed_upto)
           select id, 'daily', 1, 1, '2027-01-15T08:30:00Z', '2027-01-15T08:30:00Z' from person where email = '{reader}'"
    ));
    let failed = address(place, "failures-lost");
    smtp.answers(&failed, &[554]);
    waits(place, 1, &failed, "2027-01-15T10:00:00Z");
    jobs_at(place, "2027-01-15T10:00:00Z").exits(1).says("1 failed for good");

    jobs_at(place, BEGINNING).succeeds().says("1 digest written").says("1 accepted");
    let told = smtp.mail_to(&reader).last().cloned().expect("a digest");
    told.says(&failed);
    let file = place.file("report.eml", &report(&told, &reader, ("failed", "5.2.2"), false));
    place.run(&["bounces", &file.display().to_string()]).succeeds().says("1 changed something");
    jobs_at(place, "2027-01-19T08:30:00Z").succeeds().says("1 digest written").says("1 accepted");
    // It is told once more, and then no more.
    publishes(place, TIMETABLE, "response", "2027-01-19");
    jobs_at(place, "2027-01-20T08:30:00Z").succeeds().says("1 digest written").says("1 accepted");
    let tells = smtp.mail_to(&reader).iter().map(|mail| mail.text.contains(&failed)).collect::<Vec<_>>();
    assert_eq!(tells, [true, true, false]);
}

fn a_digest_for_somebody_removed_meanwhile_does_not_go(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let (smtp, reader) = (place.servers().smtp(), address(place, "digest-removed"));
    person(place, "overseer", &reader, None);
    smtp.answers(&reader, &[451]);
    publishes(place, TIMETABLE, "response", "2027-01-12");
    jobs_at(place, BEGINNING).exits(1).says("1 digest written").says("1 failed for now");
    place.execute(&format!("update person set disabled_at = '2027-01-18T08:31:00Z' where email = '{reader}'"));
    jobs_at(place, "2027-01-18T08:31:30Z").succeeds().says("1 not sent");
    assert_eq!(place.value("select state from outbox"), "suppressed");
    jobs_at(place, "2027-01-25T08:30:00Z").succeeds().says("0 digests written");
    assert_eq!((smtp.mail_to(&reader).len(), smtp.tries_for(&reader)), (0, 1));
}
