//! The reminders of a body to one person, of everything that they are asked about. Before a date each stage has its own day. Once dates
//! have passed the reminders are one series: the first one about a newly missed date names all that is overdue, and the next one comes
//! a week after the last mail that did, whatever dates it names. So nobody is written to on Tuesday about what is overdue since a
//! Monday, and on Thursday about what is since a Wednesday, with all of it in both mails.

use super::calendar::Calendar;
use super::moment::Day;
use super::stage::Stages;

/// The next reminder is looked for so many days ahead.
const AHEAD: i64 = 150;

/// Something that somebody is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The stages that hold for it.
    pub stages: Stages,
    /// By when it is owed.
    pub due: Day,
}

/// Whether somebody is reminded today of all that they are asked about, by a run that makes up for the days after `since`. `told` is
/// the day of the last mail to them that spoke of something overdue.
///
/// - A stage before a date falls on its own day.
/// - The first stage after a date falls on its own day too, and so begins the series anew; on the day of the run where it was missed.
/// - From then on a mail follows the last one that spoke of something overdue after as many days as the most frequent of the stages
///   that hold for what is overdue: on the first working day from then on, so that neither a missed run nor a holiday loses a week.
/// - Whoever was never told of anything overdue is, on the next day on which a stage of any of it falls.
#[must_use]
pub fn falls(owed: &[Owed], told: Option<Day>, (since, today): (Day, Day), calendar: &Calendar) -> bool {
    if !calendar.is_working(today) {
        return false;
    }
    if owed.iter().any(|one| one.stages.any_between(since, today.min(one.due), one.due, calendar)) {
        return true;
    }
    let mut overdue = owed.iter().filter(|one| one.stages.first_on(one.due, calendar) <= today);
    match told {
        None => overdue.any(|one| one.stages.any_between(since.max(one.due), today, one.due, calendar)),
        Some(told) => overdue
            .any(|one| one.stages.first_on(one.due, calendar) > told || told.plus_days(one.stages.every()) <= today),
    }
}

/// Whether a mail of that day speaks of something overdue.
#[must_use]
pub fn speaks_of_overdue(owed: &[Owed], today: Day) -> bool {
    owed.iter().any(|one| one.due < today)
}

/// The day of the next reminder after one of today, where nothing is received: by the rule by which it will be sent. `told` is the day
/// of the last mail before this one that spoke of something overdue.
#[must_use]
pub fn next(owed: &[Owed], told: Option<Day>, today: Day, calendar: &Calendar) -> Option<Day> {
    let told = if speaks_of_overdue(owed, today) { Some(today) } else { told };
    let mut ahead = (1..=AHEAD).map(|days| today.plus_days(days));
    ahead.find(|day| falls(owed, told, (day.plus_days(-1), *day), calendar))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::england;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn usual(due: &str) -> Owed {
        Owed { stages: Stages::default(), due: day(due) }
    }

    /// The days of the mails that speak of something overdue, where a run is made on each of these days after the first; what was told
    /// before is `told`.
    fn series(owed: &[Owed], mut told: Option<Day>, days: &[Day], calendar: &Calendar) -> Vec<Day> {
        let mut mails = Vec::new();
        for run in days.windows(2) {
            let [since, today] = *run else { continue };
            if falls(owed, told, (since, today), calendar) && speaks_of_overdue(owed, today) {
                told = Some(today);
                mails.push(today);
            }
        }
        mails
    }

    fn days(begin: &str, count: i64) -> Vec<Day> {
        (0..count).map(|number| day(begin).plus_days(number)).collect()
    }

    #[test]
    fn what_is_overdue_on_several_weekdays_is_one_mail_a_week() {
        // A Monday, a Wednesday and a Friday, months ago; who was never told is by the first stage of any of them.
        let owed = [usual("2026-09-07"), usual("2026-09-16"), usual("2026-09-25")];
        let mails = series(&owed, None, &days("2027-02-01", 28), &england());
        assert_eq!(mails, ["2027-02-02", "2027-02-09", "2027-02-16", "2027-02-23"].map(day));
        let mails = series(&owed, Some(day("2027-01-28")), &days("2027-02-01", 21), &england());
        assert_eq!(mails, ["2027-02-04", "2027-02-11", "2027-02-18"].map(day));
    }

    #[test]
    fn a_newly_missed_date_begins_the_week_anew() {
        let owed = [usual("2027-02-01"), usual("2027-02-10")];
        let mails = series(&owed, None, &days("2027-02-01", 28), &england());
        // The day before the second date is a week after the first mail, and a stage too.
        assert_eq!(mails, ["2027-02-02", "2027-02-09", "2027-02-11", "2027-02-18", "2027-02-25"].map(day));
    }

    #[test]
    fn a_stage_before_a_date_keeps_its_day_and_counts_as_the_mail_of_the_week() {
        // Seven working days before the second date are Friday 5 February.
        let owed = [usual("2027-01-18"), usual("2027-02-16")];
        let mails = series(&owed, Some(day("2027-02-02")), &days("2027-02-03", 15), &england());
        assert_eq!(mails, ["2027-02-05", "2027-02-12", "2027-02-15", "2027-02-17"].map(day));
    }

    #[test]
    fn neither_a_missed_run_nor_a_holiday_loses_a_week() {
        let owed = [usual("2027-03-15")];
        let mails = series(&owed, Some(day("2027-03-22")), &days("2027-03-22", 16), &england());
        assert_eq!(mails, ["2027-03-30", "2027-04-06"].map(day), "Easter Monday is the week after");
        let runs = ["2027-02-22", "2027-02-25", "2027-03-03", "2027-03-04", "2027-03-05"].map(day);
        assert_eq!(
            series(&[usual("2027-02-01")], Some(day("2027-02-16")), &runs, &england()),
            [day("2027-02-25"), day("2027-03-04")]
        );
    }

    #[test]
    fn of_several_settings_the_most_frequent_one_holds_for_what_is_overdue() {
        let rare = |due| Owed { stages: Stages::read("30", "5", "28").unwrap(), due: day(due) };
        let told = Some(day("2027-02-02"));
        let mails = |owed: &[Owed]| series(owed, told, &days("2027-02-02", 30), &england());
        assert_eq!(mails(&[rare("2027-01-04")]), [day("2027-03-02")]);
        assert_eq!(mails(&[rare("2027-01-04"), usual("2027-01-04")]).len(), 4);
        // The first stage of its own comes five days after its date, whatever named it before.
        assert_eq!(mails(&[rare("2027-02-05")]), [day("2027-02-10")]);
    }

    proptest! {
        #[test]
        fn one_mail_of_what_is_overdue_a_week_but_for_the_first_after_a_date(
            dues in prop::collection::vec(1_i64..120, 1..6)
        ) {
            let calendar = england();
            let begin = day("2026-11-23");
            let owed: Vec<Owed> =
                dues.iter().map(|due| Owed { stages: Stages::default(), due: begin.plus_days(*due) }).collect();
            let mails = series(&owed, None, &days("2026-11-23", 180), &calendar);
            for pair in mails.windows(2) {
                let own_day = owed.iter().any(|one| {
                    let before = one.due >= pair[1] && one.stages.on(pair[1], one.due, &calendar).is_some();
                    before || one.stages.first_on(one.due, &calendar) == pair[1]
                });
                prop_assert!(own_day || pair[1].days_since(pair[0]) >= 7, "{:?}", pair);
                prop_assert!(pair[1] <= calendar.working_from(pair[0].plus_days(7)), "{:?}", pair);
            }
        }

        #[test]
        fn whatever_is_overdue_was_named_within_the_week_after_each_run(
            dues in prop::collection::vec(1_i64..60, 1..5),
            made in prop::collection::vec(any::<bool>(), 120)
        ) {
            let calendar = england();
            let begin = day("2026-11-23");
            let owed: Vec<Owed> =
                dues.iter().map(|due| Owed { stages: Stages::default(), due: begin.plus_days(*due) }).collect();
            let mut told: Option<Day> = None;
            let mut since = begin;
            for (number, _) in (1..).zip(&made).filter(|(_, made)| **made) {
                let today = begin.plus_days(number);
                if !calendar.is_working(today) {
                    continue;
                }
                if falls(&owed, told, (since, today), &calendar) && speaks_of_overdue(&owed, today) {
                    told = Some(today);
                }
                since = today;
                for first in owed.iter().map(|one| one.stages.first_on(one.due, &calendar)).filter(|on| *on <= today) {
                    prop_assert!(told.is_some_and(|told| told >= first && today.days_since(told) < 7), "{today}");
                }
            }
        }

        #[test]
        fn what_is_said_to_come_next_comes_then(
            dues in prop::collection::vec(1_i64..90, 1..5),
            every in 7_i64..20
        ) {
            let calendar = england();
            let begin = day("2026-11-23");
            let own = Stages::read("20, 3", "2", &every.to_string()).unwrap();
            let stages = |number: usize| if number == 0 { own.clone() } else { Stages::default() };
            let due = |(number, due): (usize, &i64)| Owed { stages: stages(number), due: begin.plus_days(*due) };
            let owed: Vec<Owed> = dues.iter().enumerate().map(due).collect();
            let mut told: Option<Day> = None;
            let mut said: Option<Day> = None;
            for number in 1..150 {
                let today = begin.plus_days(number);
                let comes = falls(&owed, told, (today.plus_days(-1), today), &calendar);
                prop_assert!(said.is_none_or(|said| comes == (said == today)), "{today}");
                if comes {
                    said = next(&owed, told, today, &calendar);
                    told = if speaks_of_overdue(&owed, today) { Some(today) } else { told };
                }
            }
        }
    }
}
