//! A year of mail of the demo's register, day by day: each person gets the mails that the calendar asks for, and no others. What is
//! expected is worked out from what bodies owe and who files for them as it stands when the year begins, by a small rule of this file's
//! own: a mail that was never sent is missed.

use std::collections::{BTreeMap, BTreeSet};

use followthrough::domain::calendar::Calendar;
use followthrough::domain::moment::Day;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::owed::{Owed, Reader, owed, readers};
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

/// How many reminders, digests and summaries for the public each got in the year after its first day. Everybody else got none.
const TOTALS: [(&str, [usize; 3]); 8] = [
    ("administrator@demo.example", [0, 52, 0]),
    ("company@demo.example", [55, 0, 0]),
    ("council.head@demo.example", [54, 0, 0]),
    ("harbour@demo.example", [56, 0, 0]),
    ("one.inquiry@demo.example", [0, 52, 0]),
    ("overseer@demo.example", [0, 52, 0]),
    ("reader@demo.example", [0, 0, 4]),
    ("second.overseer@demo.example", [0, 52, 0]),
];

/// A mail that was written on a day.
struct Written {
    email: String,
    kind: String,
    on: Day,
    /// The dates that a reminder speaks of.
    dues: BTreeSet<Day>,
}

/// The dates that the reminders of each day speak of.
type Reminders = BTreeMap<Day, BTreeSet<Day>>;

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
    let (owed, readers, weekly) = (owed(place), readers(place), weekly(place));
    for number in 1..=DAYS {
        run(begin.plus_days(number));
    }
    mails.retain(|mail| mail.on > begin);
    let calendar = calendar(place);
    let working: Vec<Day> =
        (1..=DAYS).map(|number| begin.plus_days(number)).filter(|day| calendar.is_working(*day)).collect();
    one_of_each_kind_a_day(&mails, &calendar);

    let mut expected: BTreeMap<(String, &str), BTreeSet<Day>> = BTreeMap::new();
    for reader in readers {
        let reminders = reminders(&reader, &owed, &working, &calendar);
        for (on, dues) in &reminders {
            let mail =
                mails.iter().find(|mail| mail.kind == "reminder" && mail.email == reader.email && mail.on == *on);
            let spoken_of = mail.map(|mail| &mail.dues);
            assert_eq!(spoken_of, Some(dues), "what the reminder to {} of {on} speaks of", reader.email);
        }
        expected.insert((reader.email, "reminder"), reminders.into_keys().collect());
    }
    let mondays = working.iter().copied().filter(|today| is_first_of_its_week(*today, &calendar));
    let mondays: BTreeSet<Day> = mondays.collect();
    for email in weekly {
        // Something waits in the demo in every week, so none is empty.
        expected.insert((email, "digest"), mondays.clone());
    }
    expected.retain(|_, days| !days.is_empty());
    let mut got: BTreeMap<(String, &str), BTreeSet<Day>> = BTreeMap::new();
    for mail in &mails {
        for kind in ["reminder", "digest"].into_iter().filter(|kind| mail.kind == *kind) {
            got.entry((mail.email.clone(), kind)).or_default().insert(mail.on);
        }
    }
    let totals = totals(&mails);
    println!("| a year of mail | reminders | digests | summaries for the public |");
    println!("|---|---:|---:|---:|");
    for (email, [reminders, digests, summaries]) in &totals {
        println!("| {email} | {reminders} | {digests} | {summaries} |");
    }
    assert_eq!(got, expected);
    assert_eq!(totals, TOTALS);
}

fn totals(mails: &[Written]) -> Vec<(&str, [usize; 3])> {
    let people: BTreeSet<&str> = mails.iter().map(|mail| mail.email.as_str()).collect();
    let count = |email: &str, kind: &str| mails.iter().filter(|mail| mail.email == email && mail.kind == kind).count();
    let of = |email| (email, ["reminder", "digest", "public_digest"].map(|kind| count(email, kind)));
    people.into_iter().map(of).collect()
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

/// Those who have a digest each week: whoever oversees or administers and has chosen nothing. Nobody in the demo has.
fn weekly(place: &Place) -> Vec<String> {
    assert_eq!(place.value("select count(*) from person_digest where cycle is not null"), "0");
    place.rows(
        "select email as value from person where role in ('overseer', 'administrator') and disabled_at is null
         order by email",
    )
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

/// The day that lies so many working days before a date.
fn working_days_before(due: Day, count: u32, calendar: &Calendar) -> Day {
    let (mut day, mut left) = (due, count);
    while left > 0 {
        day = day.plus_days(-1);
        left -= u32::from(calendar.is_working(day));
    }
    day
}

/// The first working day after a date.
fn working_day_after(due: Day, calendar: &Calendar) -> Day {
    (1..).map(|days| due.plus_days(days)).find(|day| calendar.is_working(*day)).expect("a working day")
}

fn is_first_of_its_week(today: Day, calendar: &Calendar) -> bool {
    let since_monday = i64::from(today.date().weekday().since(Weekday::Monday));
    !(1..=since_monday).any(|days| calendar.is_working(today.plus_days(-days)))
}

/// The reminders of somebody: 30, 14, 7 and 1 working days before each date; on the first working day after it; and then, of all that
/// is overdue together, a week after the last one that spoke of any of it. Each speaks of everything that is overdue, and of what is
/// due within thirty working days.
fn reminders(reader: &Reader, owed: &[Owed], working: &[Day], calendar: &Calendar) -> Reminders {
    let theirs: Vec<&Owed> = owed.iter().filter(|one| reader.items.contains(&one.item)).collect();
    let mut told = reader.told;
    let mut reminders = Reminders::new();
    for today in working.iter().copied() {
        let is_ahead = |due: Day, count: u32| due >= today && working_days_before(due, count, calendar) == today;
        let ahead = theirs.iter().any(|one| [30, 14, 7, 1].into_iter().any(|count| is_ahead(one.due, count)));
        let overdue = theirs.iter().filter(|one| one.counts && one.due < today);
        let overdue: BTreeSet<Day> = overdue.map(|one| one.due).collect();
        let new = overdue.iter().any(|due| working_day_after(*due, calendar) == today);
        let again = !overdue.is_empty() && told.is_some_and(|told| today.days_since(told) >= 7);
        if !ahead && !new && !again {
            continue;
        }
        if !overdue.is_empty() {
            told = Some(today);
        }
        let soon = theirs.iter().map(|one| one.due).filter(|due| *due >= today);
        let soon: BTreeSet<Day> = soon.filter(|due| working_days_before(*due, 30, calendar) <= today).collect();
        reminders.insert(today, overdue.union(&soon).copied().collect());
    }
    reminders
}
