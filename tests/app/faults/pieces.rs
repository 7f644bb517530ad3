//! Jobs that write much: in pieces, each of them whole. What one that breaks off has done stays done, and the rest follows.

use crate::mail::ashgrove::{
    COUNCIL, COUNCIL_STAGES, TIMETABLE, asks_for_return, jobs_at, person, publishes, taken_in,
};
use crate::stories;
use crate::support::Place;

stories![
    a_summary_that_breaks_off_reaches_the_others_later_and_nobody_twice,
    notices_of_many_dates_are_published_once_each,
    a_reminder_of_a_run_that_broke_off_is_not_written_again,
];

/// So many people who follow everything, as if they had confirmed on 15 January.
pub fn follow(place: &Place, readers: usize) {
    let rows = (1..=readers).map(|number| {
        format!(
            "('ref-{number}', 'reader-{number}@example.org', 'token-{number}', 'daily', '2027-01-15T09:00:00Z',
              '2027-01-15T09:00:00Z', 1, '2027-01-15', 1, 1)"
        )
    });
    let rows: Vec<String> = rows.collect();
    place.execute(&format!(
        "insert into subscriber (reference, email, token_hash, cycle, created_at, confirmed_at, told_upto, told_on,
           corrected_upto, version) values {};
         insert into subscription (subscriber_id, kind, target_id, since_seq, created_at)
           select id, 'everything', 0, 1, '2027-01-15T09:00:00Z' from subscriber;",
        rows.join(",")
    ));
}

fn a_summary_that_breaks_off_reaches_the_others_later_and_nobody_twice(place: &Place) {
    const READERS: usize = 260;
    taken_in(place);
    jobs_at(place, "2027-01-15T09:00:00Z").succeeds();
    publishes(place, TIMETABLE, "response", "2027-01-15");
    // Whether anybody has to decide on it has been looked at by then.
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds();
    follow(place, READERS);
    let one = "subscriber_id in (select id from subscriber where email = 'reader-255@example.org')";
    place.execute(&format!("update subscription set kind = 'nothing that is known' where {one}"));
    let mails = || place.value("select count(*) from outbox where kind = 'public_digest'");
    let readers = || place.value("select count(distinct email) from outbox where kind = 'public_digest'");
    jobs_at(place, "2027-01-19T08:30:00Z").exits(1).says("public_digest failed: ").says("250 accepted");
    assert_eq!((mails(), readers()), ("250".to_owned(), "250".to_owned()), "the first of them, whole");

    // What is published meanwhile reaches the others with it, and those who have had theirs on the next day.
    place.execute(&format!("update subscription set kind = 'everything' where {one}"));
    publishes(place, COUNCIL_STAGES, "response", "2027-01-19");
    let again = jobs_at(place, "2027-01-19T08:31:00Z");
    again.succeeds().says("10 summaries written").says("10 accepted");
    assert_eq!((mails(), readers()), (READERS.to_string(), READERS.to_string()), "each once");
    jobs_at(place, "2027-01-19T08:32:00Z").succeeds().says("public_digest nothing to do now");
    let told = |upto: i64| place.value(&format!("select count(*) from subscriber where told_upto = {upto}"));
    assert_eq!((told(2), told(3)), ("250".to_owned(), "10".to_owned()));
    jobs_at(place, "2027-01-20T08:30:00Z").succeeds().says("250 summaries written");
    assert_eq!(told(3), READERS.to_string());
}

fn notices_of_many_dates_are_published_once_each(place: &Place) {
    const MORE: i64 = 60;
    taken_in(place);
    for id in 201..201 + MORE {
        place.execute(&format!(
            "insert into recommendation (id, inquiry_id, number, position, title, text_kind, checked, done, version, seq)
               values ({id}, 101, '{id}', {id}, 'Paint post {id}', 'verbatim', 'source', false, 1, 1);
             insert into addressee (id, recommendation_id, inquiry_id, body_id, taken_in_on, checked, present, response,
               response_precision, reported, reported_precision, assessed, assessed_precision, lifecycle,
               lifecycle_precision, done, gap, times_moved, version, seq, answerer_id, handed)
             values ({id}, {id}, 101, 101, '2026-11-23', 'source', true, 'not_recorded', 'not_known', 'not_reported',
               'not_known', 'not_assessed', 'not_known', 'open', 'not_known', false, false, 0, 1, 1, 101, 'asked');"
        ));
        asks_for_return(place, id, "2027-03-01");
    }
    let noted = || place.value("select count(*) from remark where kind = 'notice'");
    let run = "2027-03-02T00:05:00Z";
    jobs_at(place, run).succeeds().says("60 notices published");
    assert_eq!(noted(), MORE.to_string());
    // As after a run that ended before it could say that it had come to its end.
    place.execute("delete from remark where id > (select min(id) + 49 from remark); delete from job_run");
    jobs_at(place, run).succeeds().says("10 notices published");
    assert_eq!(noted(), MORE.to_string());
    let dates = "select count(distinct deadline_id) from remark where kind = 'notice'";
    assert_eq!(place.value(dates), MORE.to_string());
}

fn a_reminder_of_a_run_that_broke_off_is_not_written_again(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, "2027-03-01");
    person(place, "contributor", "one@example.org", COUNCIL);
    let run = "2027-01-18T08:30:00Z";
    jobs_at(place, run).succeeds().says("1 reminder written");
    // As after a run that ended before it had written to everybody.
    place.execute("delete from job_run where job = 'reminder'");
    jobs_at(place, run).succeeds().says("0 reminders written");
    assert_eq!(place.mailbox().of("one@example.org").count(), 1);
}
