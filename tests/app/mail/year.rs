//! A year of mail of the demo's register, day by day: nobody gets more than one reminder and one digest a day, and each gets as many
//! as the calendar's own rule says.

use std::collections::{BTreeMap, BTreeSet};

use followthrough::domain::calendar::Calendar;
use followthrough::domain::moment::Day;
use followthrough::domain::person::Role;
use followthrough::domain::staff_digest::DigestCycle;
use followthrough::domain::stage::Stages;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::demo::played;
use crate::story::Story;
use crate::support::Place;

/// The stories of this file. It takes minutes, so it is played only when it is asked for: `cargo test --test app -- --ignored`.
pub fn stories() -> Vec<Story> {
    let name = "everybody_gets_what_the_calendar_says_and_no_more";
    vec![Story::new(module_path!(), name, everybody_gets_what_the_calendar_says_and_no_more).only_when_asked()]
}

/// The last day of the demo's history is the one before.
const BEGIN: &str = "2026-11-23";
const DAYS: i64 = 365;

/// A mail that was written on a day.
struct Written {
    email: String,
    kind: String,
    on: Day,
    /// The dates that a reminder speaks of.
    dues: BTreeSet<Day>,
}

fn everybody_gets_what_the_calendar_says_and_no_more(place: &Place) {
    played(place);
    let app = place.with_nothing().app();
    let begin = day(BEGIN);
    let mut mails: Vec<Written> = Vec::new();
    let mut run = |today: Day| {
        for time in ["09:15:00", "15:00:00"] {
            let report = app.jobs_at(&format!("{today}T{time}Z"));
            assert!(!report.contains("failed: "), "{today}: {report}");
        }
        mails.extend(written_on(place, today));
    };
    // The first day makes up for days of the history on which no job ran.
    run(begin);
    let staff = staff(place);
    for number in 1..=DAYS {
        run(begin.plus_days(number));
    }
    let calendar = calendar(place);
    let working: Vec<Day> =
        (1..=DAYS).map(|number| begin.plus_days(number)).filter(|day| calendar.is_working(*day)).collect();
    one_of_each_kind_a_day(&mails, &calendar);

    let on_which = |email: &str, kind: &str| -> BTreeSet<Day> {
        let theirs = mails.iter().filter(|mail| mail.email == email && mail.kind == kind && mail.on > begin);
        theirs.map(|mail| mail.on).collect()
    };
    let readers: BTreeSet<&str> = mails.iter().map(|mail| mail.email.as_str()).collect();
    println!("{:<44} {:>9} {:>7} {:>7}", "a year of mail", "reminders", "digests", "public");
    for reader in &readers {
        let count = |kind| on_which(reader, kind).len();
        println!("{reader:<44} {:>9} {:>7} {:>7}", count("reminder"), count("digest"), count("public_digest"));
    }
    let mut reminded = 0;
    for reader in &readers {
        let days = on_which(reader, "reminder");
        assert_eq!(days, stages(&mails, reader, &working, &calendar), "reminders of {reader}");
        reminded += days.len();
    }
    assert!(reminded > 0, "nobody was reminded of anything");
    for (email, cycle, mut told_on) in staff {
        let mut due = BTreeSet::new();
        for today in &working {
            if cycle.is_due(told_on, *today, &calendar) {
                told_on = Some(*today);
                due.insert(*today);
            }
        }
        // Something waits in the demo in every week, so none is empty.
        assert_eq!(on_which(&email, "digest"), due, "digests of {email}, {cycle}");
    }
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn calendar(place: &Place) -> Calendar {
    let holidays = place.rows("select day as value from holiday order by day");
    Calendar::new(TimeZone::get("Europe/London").expect("a zone"), holidays.iter().map(|text| day(text)))
}

fn written_on(place: &Place, today: Day) -> Vec<Written> {
    let rows = place.rows(&format!(
        "select email || '|' || kind || '|' || letter as value from outbox
         where substr(created_at, 1, 10) = '{today}' and kind in ('reminder', 'digest', 'public_digest') order by id"
    ));
    let read = |row: &String| {
        let mut parts = row.splitn(3, '|');
        let mut next = || parts.next().expect("three parts").to_owned();
        let (email, kind, letter) = (next(), next(), next());
        let letter: Value = serde_json::from_str(&letter).expect("a letter");
        let items = letter["items"].as_array().cloned().unwrap_or_default();
        let dues = items.iter().filter_map(|item| item["due"].as_str()).map(day).collect();
        Written { email, kind, on: today, dues }
    };
    rows.iter().map(read).collect()
}

/// Those who can have a digest, how often they want it and when they were told last.
fn staff(place: &Place) -> Vec<(String, DigestCycle, Option<Day>)> {
    let rows = place.rows(
        "select email || '|' || role || '|' || coalesce(cycle, '') || '|' || coalesce(substr(told_at, 1, 10), '') as value
         from person join person_digest on person_digest.person_id = person.id where disabled_at is null order by email",
    );
    let read = |row: &String| {
        let parts: Vec<&str> = row.split('|').collect();
        let role: Role = parts[1].parse().expect("a role");
        (parts[0].to_owned(), parts[2].parse().unwrap_or(DigestCycle::usual(role)), parts[3].parse().ok())
    };
    let staff: Vec<_> = rows.iter().map(read).collect();
    assert!(staff.iter().any(|(_, cycle, _)| *cycle == DigestCycle::Weekly), "{rows:?}");
    staff
}

fn one_of_each_kind_a_day(mails: &[Written], calendar: &Calendar) {
    let mut counts: BTreeMap<(&str, bool, Day), u32> = BTreeMap::new();
    for mail in mails {
        assert!(calendar.is_working(mail.on), "{} to {} on {}", mail.kind, mail.email, mail.on);
        *counts.entry((&mail.email, mail.kind == "reminder", mail.on)).or_default() += 1;
    }
    let more: Vec<_> = counts.iter().filter(|(_, count)| **count > 1).collect();
    assert!(more.is_empty(), "more than one on a day: {more:?}");
}

/// The days on which a stage falls for a date that somebody is asked about: from the first mail on that names it, and once the date
/// has passed from the first on that says so.
fn stages(mails: &[Written], reader: &str, working: &[Day], calendar: &Calendar) -> BTreeSet<Day> {
    let mut named: BTreeMap<(Day, bool), Day> = BTreeMap::new();
    for mail in mails.iter().filter(|mail| mail.email == reader) {
        for due in &mail.dues {
            named.entry((*due, mail.on > *due)).or_insert(mail.on);
        }
    }
    let usual = Stages::default();
    let falls = |today: &&Day| {
        named.iter().any(|((due, passed), since)| {
            *passed == (**today > *due) && since <= *today && usual.on(**today, *due, calendar).is_some()
        })
    };
    working.iter().filter(falls).copied().collect()
}
