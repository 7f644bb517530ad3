//! Progress over time: how many answers were said to be done at the end of each of some days, and of how many that was confirmed.
//!
//! It tells what the register showed on those days, never what may have been so before it showed it.

use super::id::Seq;
use super::moment::Day;
use super::record::Record;

/// How many days a chart shows at most.
const MOST_DAYS: usize = 60;
/// Over how many months there must be something to see.
const LEAST_MONTHS: i64 = 12;

/// One answer with all that its place in the numbers depends on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// On which days the register said that the body was asked, or was not, in order.
    pub asked: Vec<(Day, bool)>,
    /// What was published about it.
    pub record: Record,
    /// The change and the day of each of these, in order.
    pub published: Vec<(Seq, Day)>,
}

/// The numbers at the end of a day, in answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub day: Day,
    /// All that were asked for and counted.
    pub answers: u64,
    /// Where the body says complete or in place.
    pub claims: u64,
    /// Of these, what was found to be done, and holds.
    pub confirmed: u64,
}

impl Point {
    /// Said to be done, and not confirmed.
    #[must_use]
    pub const fn gap(&self) -> u64 {
        self.claims.saturating_sub(self.confirmed)
    }

    /// Not said to be done.
    #[must_use]
    pub const fn others(&self) -> u64 {
        self.answers.saturating_sub(self.claims)
    }

    /// Other answers on the same day besides.
    pub const fn count_in(&mut self, others: &Self) {
        self.answers += others.answers;
        self.claims += others.claims;
        self.confirmed += others.confirmed;
    }
}

/// The numbers of other answers besides, at the ends of the same days.
pub fn count_in(whole: &mut [Point], others: &[Point]) {
    whole.iter_mut().zip(others).for_each(|(whole, others)| whole.count_in(others));
}

/// The days that are shown: the ends of months since the first one, and the last day; of many months every second, every third and
/// so on. None while the register has followed for less than a year.
#[must_use]
pub fn days(first: Day, last: Day) -> Vec<Day> {
    if last < first.plus_months(LEAST_MONTHS) {
        return Vec::new();
    }
    let mut days = month_ends(first, last);
    days.push(last);
    let (count, step) = (days.len(), days.len().div_ceil(MOST_DAYS));
    days.into_iter().enumerate().filter(|(at, _)| (count - 1 - at) % step == 0).map(|(_, day)| day).collect()
}

/// The ends of months from the month of one day on that have passed before another one.
#[must_use]
pub fn month_ends(first: Day, before: Day) -> Vec<Day> {
    let mut ends = Vec::new();
    let mut end = end_of_month(first);
    while end < before {
        ends.push(end);
        end = end_of_month(end.plus_days(1));
    }
    ends
}

fn end_of_month(day: Day) -> Day {
    Day::new(day.date().last_of_month())
}

/// The numbers at the end of each of these days, which are in order.
#[must_use]
pub fn series(answers: &[Told], days: &[Day]) -> Vec<Point> {
    let mut points: Vec<Point> =
        days.iter().map(|day| Point { day: *day, answers: 0, claims: 0, confirmed: 0 }).collect();
    for told in answers {
        let mut known: Option<(Seq, Stood)> = None;
        for point in &mut points {
            let asked = told.asked.iter().rev().find(|(on, _)| *on <= point.day);
            if !asked.is_some_and(|(_, present)| *present) {
                continue;
            }
            let last = told.published.iter().rev().find(|(_, on)| *on <= point.day);
            let last = last.map_or(Seq(0), |(seq, _)| *seq);
            // Between two changes nothing changes.
            let stood = match known {
                Some((at, stood)) if at == last => stood,
                _ => Stood::at(&told.record, last),
            };
            known = Some((last, stood));
            point.answers += u64::from(stood.counted);
            point.claims += u64::from(stood.claimed);
            point.confirmed += u64::from(stood.confirmed);
        }
    }
    points
}

/// Where one answer stood.
#[derive(Debug, Clone, Copy)]
struct Stood {
    counted: bool,
    claimed: bool,
    confirmed: bool,
}

impl Stood {
    fn at(record: &Record, seq: Seq) -> Self {
        let state = record.state_at(seq);
        let counted = state.is_counted();
        let claimed = counted && state.reported.value.claims_done();
        Self { counted, claimed, confirmed: claimed && !state.is_gap() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::assessed::Assessed;
    use crate::domain::id::UpdateId;
    use crate::domain::lifecycle::{Closure, Lifecycle};
    use crate::domain::moment::Happened;
    use crate::domain::record::{FactValue, Update};
    use crate::domain::reported::Reported;

    fn on(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn told(asked: &str, updates: &[(&str, FactValue)]) -> Told {
        let mut told = Told { asked: vec![(on(asked), true)], ..Told::default() };
        for (at, (day, value)) in updates.iter().enumerate() {
            let number = i64::try_from(at).unwrap() + 1;
            told.published.push((Seq(number), on(day)));
            told.record.updates.push(Update {
                id: UpdateId(number),
                seq: Seq(number),
                value: *value,
                happened: Happened::on(on(day)),
                basis: None,
                assessor: None,
                corrects: None,
            });
        }
        told
    }

    #[test]
    fn under_a_year_there_is_nothing_to_show() {
        assert!(days(on("2025-11-23"), on("2026-11-22")).is_empty());
        let shown = days(on("2025-11-23"), on("2026-11-23"));
        assert_eq!((shown.len(), shown[0], shown[12]), (13, on("2025-11-30"), on("2026-11-23")));
        assert!(days(on("2026-11-23"), on("2025-11-23")).is_empty());
    }

    #[test]
    fn many_months_are_thinned_and_the_last_day_stays() {
        for years in [5, 6, 20, 100] {
            let last = on("2020-02-10").plus_months(12 * years);
            let shown = days(on("2020-02-10"), last);
            assert!((30..=MOST_DAYS).contains(&shown.len()), "{}", shown.len());
            assert_eq!(shown.last(), Some(&last));
            assert!(shown.windows(2).all(|two| two[0] < two[1]));
        }
    }

    #[test]
    fn a_months_end_has_passed_on_the_day_after_it() {
        assert!(month_ends(on("2026-11-23"), on("2026-11-30")).is_empty());
        assert_eq!(month_ends(on("2026-11-30"), on("2026-12-01")), [on("2026-11-30")]);
        assert_eq!(month_ends(on("2027-12-31"), on("2028-03-01")), ["2027-12-31", "2028-01-31", "2028-02-29"].map(on));
    }

    /// An answer that was asked, reported on and assessed on some days of a year, or not all of it.
    fn any_told() -> impl Strategy<Value = Told> {
        let day = |number: i64| on("2026-01-01").plus_days(number);
        let value = prop::sample::select(vec![
            FactValue::Reported(Reported::InPlace),
            FactValue::Reported(Reported::Stopped),
            FactValue::Assessed(Assessed::Implemented),
            FactValue::Assessed(Assessed::NotShown),
            FactValue::Lifecycle(Lifecycle::Lapsed, None),
            FactValue::Lifecycle(Lifecycle::Closed, Some(Closure::RecordedInError)),
        ]);
        let updates = prop::collection::vec((0_i64..365, value), 0..5);
        (0_i64..365, prop::option::of(0_i64..365), updates).prop_map(move |(asked, not_asked, mut updates)| {
            updates.sort_by_key(|(at, _)| *at);
            let updates: Vec<(String, FactValue)> =
                updates.into_iter().map(|(at, value)| (day(at).to_string(), value)).collect();
            let updates: Vec<(&str, FactValue)> = updates.iter().map(|(at, value)| (at.as_str(), *value)).collect();
            let mut one = told(&day(asked).to_string(), &updates);
            one.asked.extend(not_asked.filter(|at| *at > asked).map(|at| (day(at), false)));
            one
        })
    }

    proptest! {
        #[test]
        fn in_pieces_it_comes_to_the_same_as_at_once(
            answers in prop::collection::vec(any_told(), 0..30),
            size in 1_usize..12,
            kept in 0_i64..14,
        ) {
            let (first, last) = (on("2026-01-15"), on("2027-02-10"));
            let days = month_ends(first, last);
            let mut whole = series(&[], &days);
            for some in answers.chunks(size) {
                count_in(&mut whole, &series(some, &days));
            }
            prop_assert_eq!(&whole, &series(&answers, &days));
            // What was worked out when a month ended stands: nothing that is published later changes it.
            let by = on("2026-01-31").plus_months(kept);
            let mut then = answers;
            for one in &mut then {
                one.asked.retain(|(at, _)| *at < by);
                one.published.retain(|(_, at)| *at < by);
                let known = one.published.len();
                one.record.updates.truncate(known);
            }
            let ends = month_ends(first, by);
            prop_assert_eq!(series(&then, &ends), whole.into_iter().take(ends.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn each_day_shows_what_was_published_by_then() {
        let answers = [
            told(
                "2026-01-05",
                &[
                    ("2026-02-03", FactValue::Reported(Reported::ReportedComplete)),
                    ("2026-03-03", FactValue::Assessed(Assessed::Implemented)),
                    ("2026-04-03", FactValue::Lifecycle(Lifecycle::Lapsed, None)),
                ],
            ),
            // What is found done and was never said to be is in no part of the gap.
            told("2026-02-20", &[("2026-03-03", FactValue::Assessed(Assessed::Implemented))]),
            told(
                "2026-01-05",
                &[("2026-03-20", FactValue::Lifecycle(Lifecycle::Closed, Some(Closure::RecordedInError)))],
            ),
        ];
        let days = ["2026-01-04", "2026-01-31", "2026-02-28", "2026-03-10", "2026-03-31", "2026-04-30"].map(on);
        let shown: Vec<_> =
            series(&answers, &days).iter().map(|it| (it.answers, it.claims, it.confirmed, it.gap())).collect();
        assert_eq!(shown, [(0, 0, 0, 0), (2, 0, 0, 0), (3, 1, 0, 1), (3, 1, 1, 0), (2, 1, 1, 0), (2, 1, 0, 1)]);
    }

    #[test]
    fn who_was_found_not_to_have_been_asked_is_not_counted_from_then_on() {
        let mut one = told("2026-01-05", &[("2026-01-06", FactValue::Reported(Reported::InPlace))]);
        one.asked.push((on("2026-02-05"), false));
        let points = series(&[one], &[on("2026-01-31"), on("2026-02-28")]);
        assert_eq!(points.iter().map(|it| (it.answers, it.claims)).collect::<Vec<_>>(), [(1, 1), (0, 0)]);
        assert_eq!(points[0].others(), 0);
    }
}
