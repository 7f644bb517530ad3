//! A register of two bodies and three recommendations, without pages.

use crate::support::Place;
use crate::support::process::Ran;

/// Makes the tables and fills them: as on 23 November 2026, after the load, which is change 1. Two overseers' accounts are
/// made by each story that wants them.
pub fn taken_in(place: &Place) {
    place.run(&["migrate"]).succeeds();
    place.execute(
        "insert into change (seq, at, day, kind) values (1, '2026-11-23T09:00:00Z', '2026-11-23', 'load');
         update counter set seq = 1;
         insert into body (id, slug, name, short_name, kind, version, seq) values
           (101, 'ashgrove-council', 'Ashgrove District Council', 'Ashgrove Council', 'local authority', 1, 1),
           (102, 'ashgrove-harbour', 'Ashgrove Harbour Authority', null, 'harbour authority', 1, 1);
         insert into inquiry (id, slug, position, kind, title, short_title, version, seq) values
           (101, 'ashgrove', 1, 'independent inquiry', 'Ashgrove Ferry Inquiry: the crossing', 'Ashgrove Ferry Inquiry', 1, 1);
         insert into recommendation (id, inquiry_id, number, position, title, text_kind, checked, done, version, seq) values
           (101, 101, '1', 1, 'Publish the ferry timetable', 'verbatim', 'source', false, 1, 1),
           (102, 101, '2', 2, 'Inspect both landing stages', 'summary', 'source', false, 1, 1),
           (103, 101, '3', 3, null, 'not_transcribed', 'absent', false, 1, 1);",
    );
    for (id, recommendation, body) in [(101, 101, 101), (102, 102, 101), (103, 102, 102), (104, 103, 102)] {
        place.execute(&format!(
            "insert into addressee (id, recommendation_id, inquiry_id, body_id, taken_in_on, checked, present, response,
               response_precision, reported, reported_precision, assessed, assessed_precision, lifecycle,
               lifecycle_precision, done, gap, times_moved, version, seq, answerer_id, handed)
             values ({id}, {recommendation}, 101, {body}, '2026-11-23', 'source', true, 'not_recorded', 'not_known',
               'not_reported', 'not_known', 'not_assessed', 'not_known', 'open', 'not_known', false, false, 0, 1, 1, {body}, 'asked');"
        ));
    }
}

/// The council's answer to recommendation 1.
pub const TIMETABLE: i64 = 101;
/// The council's answer to recommendation 2.
pub const COUNCIL_STAGES: i64 = 102;
/// The harbour authority's answer to recommendation 2.
pub const HARBOUR_STAGES: i64 = 103;

/// Asks for an update by a day: a change, a date, and the answer's present row.
pub fn asks_for_return(place: &Place, addressee: i64, due: &str) {
    sets(place, addressee, "return", ("return_deadline_id", "return_due_on"), due);
}

/// Sets a target.
pub fn sets_target(place: &Place, addressee: i64, due: &str) {
    sets(place, addressee, "target", ("target_deadline_id", "target_on"), due);
}

fn sets(place: &Place, addressee: i64, kind: &str, (id, on): (&str, &str), due: &str) {
    let change = if kind == "return" { "schedule" } else { "target" };
    let seq = publishes(place, addressee, change, "2026-11-23");
    place.execute(&format!(
        "insert into deadline (id, seq, addressee_id, kind, due_on, checked)
           values ({seq}, {seq}, {addressee}, '{kind}', '{due}', 'source');
         update addressee set {id} = {seq}, {on} = '{due}', seq = {seq} where id = {addressee};"
    ));
}

/// Publishes a change about an answer; answers its number.
pub fn publishes(place: &Place, addressee: i64, kind: &str, day: &str) -> i64 {
    place.execute(&format!(
        "update counter set seq = seq + 1;
         insert into change (seq, at, day, kind, role, inquiry_id, recommendation_id, addressee_id, body_id)
           select counter.seq, '{day}T10:00:00Z', '{day}', '{kind}', 'overseer', addressee.inquiry_id,
             addressee.recommendation_id, addressee.id, addressee.body_id
           from counter, addressee where addressee.id = {addressee};"
    ));
    place.value("select seq from counter").parse().expect("a number")
}

/// Somebody with an account: `contributor-one@example.org` and the like, with the body's inner number.
pub fn person(place: &Place, role: &str, email: &str, body: Option<i64>) {
    let body = body.map_or("null".to_owned(), |body| body.to_string());
    place.execute(&format!(
        "insert into person (reference, email, name, role, body_id, password_hash, created_at, version)
           values ('ref-{email}', '{email}', '{role}', '{role}', {body}, 'unusable', '2026-11-23T09:00:00Z', 1);"
    ));
}

/// The council, which is asked for two updates.
pub const COUNCIL: Option<i64> = Some(101);
/// The harbour authority.
pub const HARBOUR: Option<i64> = Some(102);

/// Runs everything that is due at this moment.
pub fn jobs_at(place: &Place, moment: &str) -> Ran {
    place.run(&["jobs", "--once", "--now", moment])
}

/// An address that no other story or database uses: they all share one mail server.
pub fn address(place: &Place, story: &str) -> String {
    format!("{story}-{}@example.org", place.database().as_str())
}

/// So many mails to one reader, written at that moment.
pub fn waits(place: &Place, mails: usize, reader: &str, at: &str) {
    let letter = r#"{"letter":"return_sent_back","items":[],"link":"/staff"}"#;
    let rows = (0..mails).map(|number| {
        let reference = format!("{}-{number}", reader.split('@').next().unwrap_or_default());
        format!("('{reference}', 'return_sent_back', '{reader}', '{letter}', 'queued', '{at}', '{at}', 0)")
    });
    let rows: Vec<String> = rows.collect();
    place.execute(&format!(
        "insert into outbox (reference, kind, email, letter, state, not_before, created_at, attempts) values {}",
        rows.join(",")
    ));
}

/// A mail that lets its reader choose a new password, with `token-of-REFERENCE` in its link.
pub fn reset_waits(place: &Place, reference: &str, at: &str, expires: &str) {
    let link = format!("/password-reset/token-of-{reference}");
    let letter = format!(r#"{{"letter":"password_reset","link":"{link}","expires":"{expires}"}}"#);
    place.execute(&format!(
        "insert into outbox (reference, kind, email, letter, state, not_before, created_at, attempts)
         values ('{reference}', 'password_reset', '{reference}@example.org', '{letter}', 'queued', '{at}', '{at}', 0)"
    ));
}
