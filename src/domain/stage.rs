//! The stages at which a body is reminded of a date: so many working days before it, once after it has passed, and then again and
//! again. They can be chosen for an inquiry and for a body; where nobody chose, the usual ones hold.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, FIRST_REMINDER};
use super::id::{BodyId, InquiryId};
use super::moment::Day;
use super::problem::Problems;

/// How many stages there may be before a date: more of them nobody reads.
const MOST_BEFORE: usize = 6;
/// On which day after a date the first stage may fall.
const FIRST_AFTER: RangeInclusive<i64> = 1..=30;
/// How many days may lie between the stages after that. More than one mail a week about one date nobody reads.
const EVERY: RangeInclusive<i64> = 7..=91;
/// A stage that falls on a day on which nobody works is moved; never by so many days.
const MOVED: i64 = 21;

/// Why somebody is reminded of a date on a certain day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReminderStage {
    /// The date is so many working days away.
    Before(u32),
    /// The first stage after the date.
    FirstAfter,
    /// So many stages have passed since then.
    Again(i64),
}

/// The stages of a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stages {
    before: Vec<u32>,
    first_after: i64,
    every: i64,
}

impl Default for Stages {
    /// 30, 14, 7 and 1 working days before, on the day after, then weekly.
    fn default() -> Self {
        Self { before: vec![FIRST_REMINDER, 14, 7, 1], first_after: 1, every: 7 }
    }
}

impl Stages {
    /// Reads what a form says, each as it was typed.
    ///
    /// # Errors
    /// What is wrong, at `before`, `first_after` and `every`.
    pub fn read(before: &str, first_after: &str, every: &str) -> Result<Self, Problems> {
        let mut problems = Problems::none();
        let before = problems.take("before", read_before(before));
        let first_after = problems.take("first_after", read_days(first_after, FIRST_AFTER));
        let every = problems.take("every", read_days(every, EVERY));
        match (before, first_after, every) {
            (Some(before), Some(first_after), Some(every)) => Ok(Self { before, first_after, every }),
            _ => Err(problems),
        }
    }

    /// How many working days before a date, the earliest stage first.
    #[must_use]
    pub fn before(&self) -> &[u32] {
        &self.before
    }

    /// On which day after a date the first stage falls.
    #[must_use]
    pub const fn first_after(&self) -> i64 {
        self.first_after
    }

    /// How many days lie between the stages after that.
    #[must_use]
    pub const fn every(&self) -> i64 {
        self.every
    }

    /// The day of the first stage after a date; the next working day where nobody works then.
    #[must_use]
    pub fn first_on(&self, due: Day, calendar: &Calendar) -> Day {
        calendar.working_from(due.plus_days(self.first_after))
    }

    /// As a form has them: `30, 14, 7, 1`.
    #[must_use]
    pub fn before_as_typed(&self) -> String {
        self.before.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
    }

    /// All of them in a line: what a form carries to see whether they still stand.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{}; {}; {}", self.before_as_typed(), self.first_after, self.every)
    }

    /// The stage that falls on `today` for something due on `due`, were nothing else owed: see [`super::series`]. A stage after the date that would fall on a day on which
    /// nobody works falls on the next working day.
    #[must_use]
    pub fn on(&self, today: Day, due: Day, calendar: &Calendar) -> Option<ReminderStage> {
        if !calendar.is_working(today) {
            return None;
        }
        if today <= due {
            let before = self.before.iter().copied();
            return before
                .map(|count| (count, calendar.working_days_before(due, count)))
                .find(|(_, day)| *day == today)
                .map(|(count, _)| ReminderStage::Before(count));
        }
        let first = due.plus_days(self.first_after);
        let last = today.days_since(first).div_euclid(self.every);
        let earliest = (today.days_since(first) - MOVED).div_euclid(self.every).max(0);
        // Of several that were moved to one day the last one.
        (earliest..=last)
            .rev()
            .find(|times| calendar.working_from(first.plus_days(self.every * times)) == today)
            .map(|times| if times == 0 { ReminderStage::FirstAfter } else { ReminderStage::Again(times) })
    }

    /// Whether a stage falls on any day after `since` and up to `today`: what a run asks that may make up for days on which none
    /// was made.
    #[must_use]
    pub fn any_between(&self, since: Day, today: Day, due: Day, calendar: &Calendar) -> bool {
        let days = today.days_since(since).clamp(0, 366);
        (0..days).any(|back| self.on(today.plus_days(-back), due, calendar).is_some())
    }
}

fn read_before(typed: &str) -> Result<Vec<u32>, String> {
    let parts = typed.split(|sign: char| sign == ',' || sign.is_whitespace()).filter(|part| !part.is_empty());
    let mut days: Vec<u32> = Vec::new();
    for part in parts {
        let Ok(number) = part.parse::<u32>() else {
            return Err("Enter numbers of working days with commas between them, such as 30, 14, 7, 1".to_owned());
        };
        if number == 0 {
            return Err("Enter 1 or more: 0 would be the day itself".to_owned());
        }
        if number > FIRST_REMINDER {
            return Err(format!(
                "Enter {FIRST_REMINDER} at most: what comes earlier than that would not count as the update"
            ));
        }
        if days.last().is_some_and(|last| *last <= number) {
            return Err("Enter each number once, the biggest first".to_owned());
        }
        days.push(number);
    }
    match days.len() {
        0 => Err("Enter at least one number of working days".to_owned()),
        1..=MOST_BEFORE => Ok(days),
        _ => Err(format!("Enter {MOST_BEFORE} numbers at most")),
    }
}

fn read_days(typed: &str, range: RangeInclusive<i64>) -> Result<i64, String> {
    let number = typed.trim().parse::<i64>().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("Enter a number of days from {} to {}", range.start(), range.end()))
}

/// Of what the stages are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StagesOf {
    /// Of everything that an inquiry asks for.
    Inquiry(InquiryId),
    /// Of everything that a body is asked for.
    Body(BodyId),
}

/// What was chosen, for inquiries and for bodies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChosenStages {
    #[serde(default)]
    inquiries: BTreeMap<InquiryId, Stages>,
    #[serde(default)]
    bodies: BTreeMap<BodyId, Stages>,
}

impl ChosenStages {
    /// What was chosen there.
    #[must_use]
    pub fn find(&self, of: StagesOf) -> Option<&Stages> {
        match of {
            StagesOf::Inquiry(id) => self.inquiries.get(&id),
            StagesOf::Body(id) => self.bodies.get(&id),
        }
    }

    /// Chooses other ones; `None` takes the choice back.
    pub fn put(&mut self, of: StagesOf, stages: Option<Stages>) {
        match (of, stages) {
            (StagesOf::Inquiry(id), Some(stages)) => drop(self.inquiries.insert(id, stages)),
            (StagesOf::Body(id), Some(stages)) => drop(self.bodies.insert(id, stages)),
            (StagesOf::Inquiry(id), None) => drop(self.inquiries.remove(&id)),
            (StagesOf::Body(id), None) => drop(self.bodies.remove(&id)),
        }
    }

    /// Which hold for what an inquiry asks of a body: the body's own, else those of the inquiry, else the usual ones.
    #[must_use]
    pub fn of(&self, body: BodyId, inquiry: InquiryId) -> Stages {
        self.bodies.get(&body).or_else(|| self.inquiries.get(&inquiry)).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::england;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn reminders_come_30_14_7_and_1_working_days_before_on_the_day_after_and_then_weekly() {
        let (calendar, usual) = (england(), Stages::default());
        let due = day("2027-03-01");
        for (today, stage) in [
            ("2027-01-18", Some(ReminderStage::Before(30))),
            ("2027-02-09", Some(ReminderStage::Before(14))),
            ("2027-02-18", Some(ReminderStage::Before(7))),
            ("2027-02-26", Some(ReminderStage::Before(1))),
            ("2027-03-01", None),
            ("2027-03-02", Some(ReminderStage::FirstAfter)),
            ("2027-03-03", None),
            ("2027-03-09", Some(ReminderStage::Again(1))),
            ("2027-03-16", Some(ReminderStage::Again(2))),
        ] {
            assert_eq!(usual.on(day(today), due, &calendar), stage, "{today}");
        }
    }

    #[test]
    fn chosen_stages_come_instead_of_the_usual_ones() {
        let (calendar, own) = (england(), Stages::read("20, 3", "5", "14").unwrap());
        let due = day("2027-03-01");
        for (today, stage) in [
            ("2027-01-18", None),
            ("2027-02-01", Some(ReminderStage::Before(20))),
            ("2027-02-24", Some(ReminderStage::Before(3))),
            ("2027-02-26", None),
            ("2027-03-02", None),
            // The fifth day after is a Saturday.
            ("2027-03-08", Some(ReminderStage::FirstAfter)),
            ("2027-03-15", None),
            ("2027-03-22", Some(ReminderStage::Again(1))),
        ] {
            assert_eq!(own.on(day(today), due, &calendar), stage, "{today}");
        }
    }

    #[test]
    fn a_stage_on_a_free_day_falls_on_the_next_working_day() {
        let (calendar, usual) = (england(), Stages::default());
        // The day after Friday 19 March is a Saturday; a week later Good Friday's weekend is in the way.
        let due = day("2027-03-19");
        assert_eq!(usual.on(day("2027-03-20"), due, &calendar), None);
        assert_eq!(usual.on(day("2027-03-22"), due, &calendar), Some(ReminderStage::FirstAfter));
        assert_eq!(usual.on(day("2027-03-30"), due, &calendar), Some(ReminderStage::Again(1)));
    }

    #[test]
    fn nonsense_is_refused_with_a_sentence() {
        assert_eq!(Stages::read(" 30,14  7, 1 ", " 1", "7"), Ok(Stages::default()));
        for (before, sentence) in [
            ("", "Enter at least one"),
            (",", "Enter at least one"),
            ("soon", "Enter numbers of working days"),
            ("7.5", "Enter numbers of working days"),
            ("-7", "Enter numbers of working days"),
            ("7, 0", "0 would be the day itself"),
            ("31", "Enter 30 at most"),
            ("99999999999", "Enter numbers of working days"),
            ("7, 14", "the biggest first"),
            ("7, 7", "the biggest first"),
            ("7, 6, 5, 4, 3, 2, 1", "Enter 6 numbers at most"),
        ] {
            let problems = Stages::read(before, "1", "7").unwrap_err();
            assert!(problems.at("before").is_some_and(|said| said.contains(sentence)), "{before}: {problems}");
            assert_eq!(problems.iter().count(), 1, "{before}");
        }
        let problems = Stages::read("30", "0", "6").unwrap_err();
        assert_eq!(problems.at("first_after"), Some("Enter a number of days from 1 to 30"));
        assert_eq!(problems.at("every"), Some("Enter a number of days from 7 to 91"));
        assert!(Stages::read("30", "31", "92").is_err() && Stages::read("30", "", "weekly").is_err());
    }

    #[test]
    fn a_bodys_own_stages_hold_before_those_of_an_inquiry() {
        let (body, inquiry) = (BodyId(1), InquiryId(1));
        let mut chosen = ChosenStages::default();
        assert_eq!(chosen.of(body, inquiry), Stages::default());
        let [of_inquiry, of_body] = ["20", "10"].map(|before| Stages::read(before, "1", "7").unwrap());
        chosen.put(StagesOf::Inquiry(inquiry), Some(of_inquiry.clone()));
        assert_eq!((chosen.of(body, inquiry), chosen.of(body, InquiryId(2))), (of_inquiry.clone(), Stages::default()));
        chosen.put(StagesOf::Body(body), Some(of_body.clone()));
        assert_eq!((chosen.of(body, inquiry), chosen.of(BodyId(2), inquiry)), (of_body, of_inquiry.clone()));
        let kept: ChosenStages = serde_json::from_str(&serde_json::to_string(&chosen).unwrap()).unwrap();
        assert_eq!(kept, chosen);
        chosen.put(StagesOf::Body(body), None);
        assert_eq!(chosen.of(body, inquiry), of_inquiry);
    }

    proptest! {
        #[test]
        fn no_stage_is_lost_when_days_are_made_up_for(offset in 0_i64..120, gap in 1_i64..20) {
            let (calendar, usual) = (england(), Stages::default());
            let due = day("2027-03-01");
            let today = day("2027-01-01").plus_days(offset);
            let since = today.plus_days(-gap);
            let each = (1..=gap).any(|n| usual.on(since.plus_days(n), due, &calendar).is_some());
            prop_assert_eq!(usual.any_between(since, today, due, &calendar), each);
        }

        #[test]
        fn no_stage_falls_on_a_free_day(due in 0_i64..400, today in 0_i64..400, first in 1_i64..30, every in 7_i64..91) {
            let calendar = england();
            let stages = Stages { first_after: first, every, ..Stages::default() };
            let (due, today) = (day("2026-11-01").plus_days(due), day("2026-11-01").plus_days(today));
            let stage = stages.on(today, due, &calendar);
            prop_assert!(stage.is_none() || calendar.is_working(today));
        }
    }
}
