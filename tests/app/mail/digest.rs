//! The weekly digest of overseers and administrators, who have chosen nothing.

use super::ashgrove::{
    COUNCIL, HARBOUR_STAGES, TIMETABLE, asks_for_return, jobs_at, person, publishes, sets_target, taken_in,
};
use crate::stories;
use crate::support::Place;

stories![
    what_waits_elsewhere_is_not_told_to_whom_it_does_not_concern,
    it_tells_what_changed_what_is_due_what_has_passed_and_what_waits,
    a_load_is_mailed_to_nobody_and_an_empty_digest_is_not_sent,
    nothing_is_lost_and_nothing_repeated_from_week_to_week,
    it_comes_on_monday_or_the_next_working_day,
];

fn it_tells_what_changed_what_is_due_what_has_passed_and_what_waits(place: &Place) {
    taken_in(place);
    person(place, "overseer", "overseer@example.org", None);
    person(place, "administrator", "administrator@example.org", None);
    person(place, "observer", "observer@example.org", None);
    person(place, "contributor", "one@example.org", COUNCIL);
    asks_for_return(place, TIMETABLE, "2027-02-10");
    sets_target(place, HARBOUR_STAGES, "2027-01-15");
    publishes(place, TIMETABLE, "response", "2027-01-12");
    for (reference, kind) in [("f-return", "return"), ("f-finding", "assessment")] {
        place.execute(&format!(
            "insert into filing (reference, addressee_id, recommendation_id, kind, state, proposal, author_id, created_at,
               submitted_at, version)
             select '{reference}', 101, 101, '{kind}', 'submitted', '{{}}', min(id), '2027-01-13T09:00:00Z',
               '2027-01-13T09:00:00Z', 1 from person;"
        ));
    }
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("2 digests written");

    let mails = place.mailbox();
    for reader in ["overseer@example.org", "administrator@example.org"] {
        let mail = mails.of(reader).about("").clone();
        mail.says("Waiting to be published: 1").says("http://register.example/staff/filings/f-return");
        mail.says("Waiting for a second person: 1").says("http://register.example/staff/filings/f-finding");
        mail.says(
            "Answer recorded, 12 January 2027: Ashgrove Ferry Inquiry, recommendation 1, Ashgrove District Council",
        );
        mail.says("Next update due 10 February 2027: Ashgrove Ferry Inquiry, recommendation 1, Ashgrove Council");
        mail.says("Target date of 15 January 2027 has passed: Ashgrove Ferry Inquiry, recommendation 2");
        // The notice of that was published this very morning, before the digest.
        mail.says("Passed date noted, 15 January 2027").says("Authority. Target date of 15 January 2027 has passed");
    }
    assert_eq!(mails.of("observer@example.org").count(), 0);
    assert_eq!(mails.of("one@example.org").count(), 0, "no stage of a reminder falls on this day");
}

fn a_load_is_mailed_to_nobody_and_an_empty_digest_is_not_sent(place: &Place) {
    taken_in(place);
    person(place, "overseer", "overseer@example.org", None);
    jobs_at(place, "2026-11-30T08:30:00Z").succeeds().says("0 digests written");
    assert_eq!(place.value("select count(*) from outbox"), "0");
}

fn nothing_is_lost_and_nothing_repeated_from_week_to_week(place: &Place) {
    taken_in(place);
    person(place, "overseer", "overseer@example.org", None);
    publishes(place, TIMETABLE, "response", "2026-11-26");
    jobs_at(place, "2026-11-30T08:30:00Z").succeeds().says("1 digest written");
    publishes(place, TIMETABLE, "reported", "2026-11-30");
    // A week without a process: Thursday makes up for it, once, and no earlier than on any other day.
    jobs_at(place, "2026-12-10T08:15:00Z").succeeds().says("digest    nothing to do now");
    jobs_at(place, "2026-12-10T11:00:00Z").succeeds().says("1 digest written");
    jobs_at(place, "2026-12-10T11:30:00Z").succeeds().says("digest    nothing to do now");
    publishes(place, TIMETABLE, "assessed", "2026-12-11");
    // A rehearsal of a moment far ahead does not make later weeks lose or repeat anything.
    jobs_at(place, "2027-06-07T07:30:00Z").succeeds().says("1 digest written");
    publishes(place, TIMETABLE, "lifecycle", "2026-12-12");
    jobs_at(place, "2026-12-14T08:30:00Z").succeeds().says("1 digest written");

    let mails = place.mailbox().of("overseer@example.org").0;
    let heads = ["Answer recorded, 26", "Update from the body, 30", "Assessment, 11", "Opened or closed, 12"];
    assert_eq!(mails.len(), heads.len());
    for head in heads {
        assert_eq!(mails.iter().filter(|mail| mail.text.contains(head)).count(), 1, "{head}");
    }
}

fn it_comes_on_monday_or_the_next_working_day(place: &Place) {
    taken_in(place);
    person(place, "overseer", "overseer@example.org", None);
    jobs_at(place, "2027-03-19T08:30:00Z").succeeds().says("digest    19 March 2027: 0 digests written");
    publishes(place, TIMETABLE, "response", "2027-03-22");
    jobs_at(place, "2027-03-22T08:29:00Z").succeeds().says("digest    nothing to do now");
    jobs_at(place, "2027-03-22T08:30:00Z").succeeds().says("digest    22 March 2027: 1 digest written");
    publishes(place, TIMETABLE, "response", "2027-03-23");
    // Easter Monday; and by then the register's clocks are an hour ahead.
    jobs_at(place, "2027-03-29T09:00:00Z").succeeds().says("digest    nothing to do now");
    jobs_at(place, "2027-03-30T07:30:00Z").succeeds().says("digest    30 March 2027: 1 digest written");
    publishes(place, TIMETABLE, "response", "2027-03-30");
    jobs_at(place, "2027-03-31T07:30:00Z").succeeds().says("digest    31 March 2027: 0 digests written");
}

fn what_waits_elsewhere_is_not_told_to_whom_it_does_not_concern(place: &Place) {
    taken_in(place);
    person(place, "overseer", "overseer@example.org", None);
    person(place, "overseer", "limited@example.org", None);
    place.execute(
        "insert into inquiry (id, slug, position, kind, title, short_title, version, seq) values
           (102, 'millbrook', 2, 'inquest', 'Millbrook', 'Millbrook', 1, 1);
         insert into person_inquiry (person_id, inquiry_id, set_by, set_on)
           select id, 102, id, '2026-11-23' from person where email = 'limited@example.org';
         insert into filing (reference, addressee_id, recommendation_id, kind, state, proposal, author_id, created_at,
           submitted_at, version)
         select 'f-return', 101, 101, 'return', 'submitted', '{}', min(id), '2027-01-13T09:00:00Z',
           '2027-01-13T09:00:00Z', 1 from person;",
    );
    asks_for_return(place, TIMETABLE, "2027-02-10");
    publishes(place, TIMETABLE, "response", "2027-01-12");
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("2 digests written");
    let mails = place.mailbox();
    let whole = mails.of("overseer@example.org").about("").clone();
    whole.says("Waiting to be published: 1").says("Next update due 10 February 2027");
    let limited = mails.of("limited@example.org").about("").clone();
    // What was published is public; what waits is not theirs.
    limited.says("Answer recorded, 12 January 2027").does_not_say("Waiting to be published");
    limited.does_not_say("Next update due");
}
