//! The desk's lists as tasks: each with how much there is, since when, and the list behind it; one's own or everybody's.

use jiff::tz::TimeZone;

use super::oversight::Task;
use crate::domain::filing::FilingKind;
use crate::domain::id::PersonId;
use crate::domain::moment::{Day, Moment};
use crate::domain::words;
use crate::store::page::Capped;
use crate::store::waiting::{self, List, Wanted};
use crate::store::{self, ReadTx, desk, documents, overdue, suspicion};
use crate::web::actor::Staff;
use crate::web::public::query;
use crate::web::staff::waiting::{Asked, CONFIRMED, DAYS_AHEAD, of, too_long_before};

type Work = (Capped, Option<Moment>);
type Dated = (Capped, Option<Day>);

/// How much there is on each list.
pub struct Lists {
    to_publish: Work,
    too_long: Work,
    reading_days: u32,
    to_confirm: Work,
    to_assess: Dated,
    again: Dated,
    not_lately: Dated,
    silent: Dated,
    moved: Dated,
    due: Dated,
    uncompared: Capped,
    suspected: Capped,
    unread: Dated,
    marks: Option<Dated>,
}

impl Lists {
    /// Reads the counts; `not_by`: whose findings somebody else confirms.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(
        tx: &mut ReadTx<'_>,
        asked: Asked,
        staff: &Staff,
        not_by: Option<PersonId>,
        zone: &TimeZone,
    ) -> Result<Self, store::Error> {
        let (whose, today) = (of(asked, staff), staff.today);
        let (before, reading_days) = too_long_before(tx, zone, today)?;
        let returns = Wanted { kinds: FilingKind::OF_BODIES.to_vec(), whose: whose.clone(), ..Wanted::default() };
        let judged = Wanted { kinds: CONFIRMED.to_vec(), whose: whose.clone(), not_by, before: None };
        let silent = overdue::Wanted { whose: Some(whose.clone()), owed_by_bodies: true };
        Ok(Self {
            to_publish: waiting::work_count(tx, &returns)?,
            too_long: waiting::work_count(tx, &Wanted { before: Some(before), ..returns })?,
            reading_days,
            to_confirm: waiting::work_count(tx, &judged)?,
            to_assess: waiting::count(tx, List::ToAssess, &whose, today)?,
            again: waiting::count(tx, List::ToLookAgain, &whose, today)?,
            not_lately: waiting::count(tx, List::NotLately, &whose, today)?,
            silent: overdue::count_for(tx, today, &silent)?,
            moved: waiting::count(tx, List::Moved, &whose, today)?,
            due: waiting::due_count(tx, DAYS_AHEAD, &whose, today)?,
            uncompared: desk::uncompared_count(tx, &whose)?,
            suspected: suspicion::count(tx, &whose)?,
            unread: documents::count(tx, documents::List::NotLookedThrough, &whose)?,
            marks: not_by.map(|me| documents::count(tx, documents::List::ToConfirm(me), &whose)).transpose()?,
        })
    }

    /// The tasks, each of which there is anything.
    pub fn tasks(&self, asked: Asked, zone: &TimeZone) -> Vec<Task> {
        let list = |path: &str| query::address(path, &[("whose", asked.as_str())]);
        let work = |words: &'static str, path: &str, (count, since): Work| {
            Task::capped(words, count, list(path), since.map(|at| at.day_in(zone)))
        };
        let dated =
            |words: &'static str, path: &str, (count, since): Dated| Task::capped(words, count, list(path), since);
        let passed = |task: Option<Task>, day: Option<Day>| task.map(|task| task.hinted(day.map(words::oldest_passed)));
        let too_long = work("With us too long, and not read", "/staff/with-us-too-long", self.too_long);
        let silent = dated("Dates that passed with nothing received", "/staff/silent", self.silent);
        let due = dated("Due from bodies in the next 30 days", "/staff/due", self.due);
        let moved = dated("Target dates that moved", "/staff/moved", self.moved);
        let assess = dated("To assess: said to be complete or in place", "/staff/to-assess", self.to_assess);
        let not_lately = dated("Findings not looked at lately", "/staff/not-looked-at-lately", self.not_lately);
        let uncompared = "Recommendations not compared with their source";
        let suspected = "Links to explain: may be related, and both compared";
        let marks = "Documents with marks that wait for a second person";
        let marks = self.marks.and_then(|found| dated(marks, "/staff/marks", found));
        let tasks = [
            too_long.map(|task| task.hinted(Some(words::longer_than(self.reading_days)))),
            work("Updates from bodies to read and publish", "/staff/to-publish", self.to_publish),
            work("Findings, closings and words that wait for a second person", "/staff/to-confirm", self.to_confirm),
            assess.map(|task| task.hinted(None)),
            marks.map(|task| task.hinted(None)),
            dated("Documents not looked through", "/staff/documents", self.unread),
            dated("Answers to be looked at again", "/staff/to-look-at-again", self.again),
            passed(not_lately, self.not_lately.1),
            passed(silent, self.silent.1),
            moved.map(|task| task.hinted(None).last()),
            due.map(|task| task.hinted(self.due.1.map(words::next_on)).last()),
            Task::capped(uncompared, self.uncompared, list("/staff/to-compare"), None),
            Task::capped(suspected, self.suspected, list("/staff/to-relate"), None),
        ];
        tasks.into_iter().flatten().collect()
    }
}
