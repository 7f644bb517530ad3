//! Days on which every process is killed again and again, against the same days left in peace: what is published, what is told of it
//! and to whom comes to the same, for what a run publishes or writes it commits together with the note that it did.

use super::alone;
use super::killed::{Begun, accounted_for};
use crate::mail::ashgrove::{
    COUNCIL, COUNCIL_STAGES, HARBOUR, HARBOUR_STAGES, TIMETABLE, asks_for_return, jobs_at, person, publishes,
    sets_target, taken_in,
};
use crate::servers::smtp::SmtpServer;
use crate::stories;
use crate::support::Place;
use crate::support::luck::Luck;

stories![days_of_changes_and_mail_come_to_the_same_whoever_is_killed];

/// A Monday and the working days after it.
const DAYS: [&str; 12] = [
    "2027-01-18",
    "2027-01-19",
    "2027-01-20",
    "2027-01-21",
    "2027-01-22",
    "2027-01-25",
    "2027-01-26",
    "2027-01-27",
    "2027-01-28",
    "2027-01-29",
    "2027-02-01",
    "2027-02-02",
];
/// All processes of a day begin at the first of these, are killed, and begin anew at the next, when what the dead held has run out.
const KILLED_AT: [&str; 4] = ["08:30:00", "08:46:00", "09:02:00", "09:18:00"];
/// Then they are left in peace.
const LAST: &str = "10:00:00";
const PROCESSES: usize = 4;
const FOLLOWERS: usize = 150;

fn days_of_changes_and_mail_come_to_the_same_whoever_is_killed(place: &Place) {
    let _alone = alone();
    let calm = Place::new(place.servers(), place.database());
    let smtp = SmtpServer::start().unwrap_or_else(|fault| panic!("{fault}"));
    place.set("SMTP_URL", &smtp.url());
    arranged(place);
    arranged(&calm);
    let luck = Luck::drawn("days of changes and mail");
    let mut kills = 0;
    for day in DAYS {
        for one in [place, &calm] {
            publish(one, day);
        }
        jobs_at(&calm, &format!("{day}T{}Z", KILLED_AT[0])).succeeds();
        for time in KILLED_AT {
            for one in all_at(place, day, time) {
                luck.waits_below(300);
                kills += usize::from(one.kill());
            }
        }
        for one in all_at(place, day, LAST) {
            assert!(one.ends(), "{day}: a run did not end as it should; see begun.log");
        }
    }

    for (what, rows) in [
        (
            "changes",
            "select kind || '|' || day || '|' || cast(coalesce(addressee_id, 0) as text) as value from change
             order by seq",
        ),
        ("notices", "select kind || '|' || coalesce(words, '') as value from remark order by id"),
        (
            "mails",
            "select email || '|' || kind || '|' || substr(created_at, 1, 10) || '|' || coalesce(subject, '') as value
             from outbox order by email, kind, created_at",
        ),
        (
            "what was told to whom",
            "select subscriber.email || '|' || cast(told.seq as text) as value
             from told join subscriber on subscriber.id = told.subscriber_id order by subscriber.email, told.seq",
        ),
        (
            "what each was asked",
            "select outbox.email || '|' || cast(reminded.addressee_id as text) || '|' || reminded.reminded_on as value
             from reminded join outbox on outbox.id = reminded.outbox_id
             order by outbox.email, reminded.reminded_on, reminded.addressee_id",
        ),
    ] {
        let (killed, left) = (place.rows(rows), calm.rows(rows));
        assert!(!left.is_empty(), "{what}: there are none");
        let first = killed.iter().zip(&left).find(|(one, other)| one != other);
        assert!(killed == left, "{what}: {} and {}, first {first:?}", killed.len(), left.len());
    }
    // Each change once to each follower.
    let count = |what: &str| -> usize { place.value(&format!("select {what}")).parse().expect("a number") };
    assert_eq!(count("count(*) from told"), count("count(distinct seq) from told") * FOLLOWERS);
    let account = accounted_for(place, &smtp);
    println!("| days of changes and mail | kill -9 | changes | mails | messages taken | came twice |");
    println!("|---|---:|---:|---:|---:|---:|");
    println!(
        "| {} | {kills} | {} | {} | {} | {} |",
        place.database().as_str(),
        count("count(*) from change"),
        count("count(*) from outbox"),
        account.messages,
        account.duplicates
    );
    assert!(kills >= DAYS.len() * PROCESSES, "only {kills} were killed while they ran");
}

fn all_at(place: &Place, day: &str, time: &str) -> Vec<Begun> {
    let moment = format!("{day}T{time}Z");
    (0..PROCESSES).map(|_| Begun::start(place, &["jobs", "--once", "--now", &moment])).collect()
}

/// Dates that pass in these days, people to be reminded of them, and many who follow.
fn arranged(place: &Place) {
    taken_in(place);
    for (item, due) in [(TIMETABLE, "2027-01-20"), (COUNCIL_STAGES, "2027-01-27"), (HARBOUR_STAGES, "2027-03-04")] {
        asks_for_return(place, item, due);
    }
    sets_target(place, HARBOUR_STAGES, "2027-01-21");
    sets_target(place, TIMETABLE, "2027-01-25");
    for (email, body) in [("one@example.org", COUNCIL), ("two@example.org", COUNCIL), ("three@example.org", HARBOUR)] {
        person(place, "contributor", email, body);
    }
    person(place, "overseer", "overseer@example.org", None);
    let rows: Vec<String> = (0..FOLLOWERS)
        .map(|number| {
            format!(
                "('f-{number}', 'follower-{number}@example.org', 'hash-{number}', 'daily', '2026-11-23T09:00:00Z',
                  '2026-11-23T09:00:00Z', (select seq from counter), '2027-01-15', (select seq from counter), 1)"
            )
        })
        .collect();
    place.execute(&format!(
        "insert into subscriber (reference, email, token_hash, cycle, created_at, confirmed_at, told_upto, told_on,
           corrected_upto, version) values {};
         insert into subscription (subscriber_id, kind, target_id, since_seq, created_at)
           select subscriber.id, 'everything', 0, counter.seq, '2026-11-23T09:00:00Z' from subscriber, counter;",
        rows.join(",")
    ));
}

/// What others publish on a day.
fn publish(place: &Place, day: &str) {
    for (item, kind) in [(TIMETABLE, "response"), (COUNCIL_STAGES, "reported"), (HARBOUR_STAGES, "assessed")] {
        publishes(place, item, kind, day);
    }
}
