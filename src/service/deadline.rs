//! Targets that a body sets, and the schedule on which oversight asks for returns. Neither is ever edited: a new row takes
//! the place of the old one, with a reason.

use super::answer::Answer;
use super::post::is_a_post;
use super::{Act, Done, Error, Service};
use crate::domain::access::Deed;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, Seq};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::recheck;
use crate::domain::record::Deadline;
use crate::domain::rule;
use crate::domain::words;
use crate::store::ledger::{NewDeadline, insert_deadline, open_change, record_of, schedule_began};
use crate::store::present::refresh_addressee;
use crate::store::{ReadTx, WriteTx};

/// A target date, the first one or one that takes an earlier one's place.
#[derive(Debug, Clone)]
pub struct SetTarget {
    /// Whose.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// The date; `None` when the body took its target back.
    pub on: Option<Day>,
    /// Whether a date was recorded here wrongly: then nobody moved it, and it does not count as moved.
    pub corrects: bool,
    /// Whether a date that moves to a day that has passed already is meant so.
    pub passed: bool,
    /// Which one that was, where it is not the one that stands.
    pub wrong: Option<DeadlineId>,
    /// Who set it.
    pub set_by: SetBy,
    /// Why it is set or moved: needed once there is one.
    pub reason: Option<String>,
    /// Who agreed that it moves, as an organisation, a committee or a post: needed when it does.
    pub agreed_by: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that source.
    pub checked: Checked,
}

/// Who set a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetBy {
    /// A body of this register: mostly the one that was asked.
    Body(BodyId),
    /// Somebody else, by name; never a private person.
    Other(Option<String>),
}

/// When returns are asked for.
#[derive(Debug, Clone)]
pub struct SetSchedule {
    /// Whose.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// The next date; `None` ends the schedule.
    pub next_on: Option<Day>,
    /// Every so many months after that; `None` for this once.
    pub every_months: Option<i64>,
    /// Why, in public: needed when a schedule is changed or ended.
    pub reason: Option<String>,
}

/// When oversight looks again.
#[derive(Debug, Clone)]
pub struct SetRecheck {
    /// Whose.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// After so many months from today; empty for never.
    pub months: Vec<i64>,
    /// Why, in public: needed where days were set before.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes a target date.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`SetTarget`].
    pub async fn set_target(&self, act: Act, command: SetTarget) -> Result<Done, Error> {
        self.once(act, move |tx, act| set_target(tx, act, command)).await
    }

    /// Publishes when returns are asked for.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`SetSchedule`].
    pub async fn set_schedule(&self, act: Act, command: SetSchedule) -> Result<Done, Error> {
        self.once(act, move |tx, act| set_schedule(tx, act, &command)).await
    }
}

impl Service {
    /// Publishes when oversight looks again: the days take the place of those that were set before.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `look_again` and `reason`.
    pub async fn set_recheck(&self, act: Act, command: SetRecheck) -> Result<Done, Error> {
        self.once(act, move |tx, act| set_recheck(tx, act, &command)).await
    }
}

fn set_recheck(tx: &mut WriteTx<'_>, act: &Act, command: &SetRecheck) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let stands = answer.row.recheck_deadline_id;
    let mut problems = Problems::none();
    if stands.is_none() && command.months.is_empty() {
        problems.add("look_again", "Enter after how many months it is looked at again");
    }
    if stands.is_some() && command.reason.is_none() {
        problems.add("reason", "Enter why the days change");
    }
    act.publishable(problems)?;
    let seq = open_change(tx, &answer.change(act, ChangeKind::Recheck, command.reason.clone()))?;
    let days: Vec<Option<Day>> = recheck::days(act.day, &command.months).into_iter().map(Some).collect();
    for due_on in if days.is_empty() { vec![None] } else { days } {
        let deadline = NewDeadline {
            due_on,
            reason: command.reason.clone(),
            replaces: stands,
            author_id: Some(act.actor.person),
            ..NewDeadline::of(command.addressee, DeadlineKind::Recheck)
        };
        insert_deadline(tx, seq, &deadline)?;
    }
    refresh_addressee(tx, seq, command.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}

fn set_target(tx: &mut WriteTx<'_>, act: &Act, command: SetTarget) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let before = answer.row.target_deadline_id;
    let mut problems = Problems::none();
    match command.on {
        Some(day) => rule::due(&mut problems, "on", day, answer.frame(act)),
        None if before.is_none() => problems.add("on", "Enter the target date"),
        None => {}
    }
    let corrects = command.wrong.or(before).filter(|_| command.corrects);
    if corrects.is_none() {
        rule::is_open(&mut problems, "on", answer.row.lifecycle, words::TARGET_OF_CLOSED);
    }
    // A first date may have passed long before anybody recorded it; one that moves is moved ahead, or somebody says otherwise.
    let moves = corrects.is_none() && answer.row.target_on.is_some();
    if let Some(on) = command.on.filter(|on| moves && *on < act.day && !command.passed) {
        problems.add("passed", words::target_has_passed(on));
    }
    if let Some(wrong) = corrects {
        wrong_date(tx, &answer, DeadlineKind::Target, wrong)?;
    }
    if before.is_some() && command.on == answer.row.target_on && corrects.is_none() {
        problems.add("on", "This is the target date already");
    }
    if before.is_some() && command.reason.is_none() {
        let needed = if command.corrects { "Enter what was wrong" } else { "Enter why the target moves" };
        problems.add("reason", needed);
    }
    if before.is_some() && !command.corrects && command.agreed_by.is_none() {
        problems.add("agreed_by", "Enter who agreed that the target moves, or that nobody did");
    }
    is_a_post(tx, &mut problems, "agreed_by", command.agreed_by.as_deref())?;
    if let SetBy::Other(words) = &command.set_by {
        is_a_post(tx, &mut problems, "set_by_words", words.as_deref())?;
    }
    if command.set_by == SetBy::Other(None) {
        problems.add("set_by_words", "Enter who set the target, as an organisation or a post");
    }
    act.publishable(problems)?;

    let (set_by_body, set_by_words) = match command.set_by {
        SetBy::Body(body) => (Some(body), None),
        SetBy::Other(name) => (None, name),
    };
    let deadline = NewDeadline {
        due_on: command.on,
        set_by_body,
        set_by_words,
        reason: command.reason,
        agreed_by: command.agreed_by,
        source_url: command.source_url,
        checked: command.checked,
        // What puts a wrong date right stands where that one stood, between the same neighbours.
        replaces: match corrects {
            Some(wrong) => replaced_by(tx, answer.holder.addressee, wrong)?,
            None => before,
        },
        corrects,
        author_id: Some(act.actor.person),
        ..NewDeadline::of(command.addressee, DeadlineKind::Target)
    };
    publish(tx, act, &answer, ChangeKind::Target, &deadline)
}

/// The date that is to be put right, which must be one of this answer and kind that nothing has put right yet.
pub(super) fn wrong_date(
    tx: &mut WriteTx<'_>,
    answer: &Answer,
    kind: DeadlineKind,
    wrong: DeadlineId,
) -> Result<Deadline, Error> {
    let record = record_of(tx, answer.holder.addressee)?;
    let found = record.dates(kind, Seq(i64::MAX)).find(|date| date.id == wrong).cloned();
    found.ok_or(Error::Stale)
}

/// The date that a date took the place of.
fn replaced_by(tx: &mut WriteTx<'_>, addressee: AddresseeId, date: DeadlineId) -> Result<Option<DeadlineId>, Error> {
    let record = record_of(tx, addressee)?;
    Ok(record.deadlines.iter().find(|one| one.id == date).and_then(|one| one.replaces))
}

fn set_schedule(tx: &mut WriteTx<'_>, act: &Act, command: &SetSchedule) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    act.publishable(schedule_problems(act, &answer, command))?;
    let deadline = schedule_row(act, &answer, command);
    publish(tx, act, &answer, ChangeKind::Schedule, &deadline)
}

/// What is wrong with a schedule for an answer as it stands.
pub(super) fn schedule_problems(act: &Act, answer: &Answer, command: &SetSchedule) -> Problems {
    let row = &answer.row;
    let is_set = row.return_due_on.is_some() || row.return_every.is_some();
    let mut problems = Problems::none();
    // A schedule can always be ended.
    if command.next_on.is_some() {
        answer.known_to_be_asked(&mut problems, "next_on");
        rule::is_open(&mut problems, "next_on", row.lifecycle, words::NOTHING_ASKED_OF_CLOSED);
    }
    let wanted = (command.next_on, command.every_months);
    rule::schedule(&mut problems, wanted, is_set, command.reason.as_deref(), answer.frame(act));
    problems
}

/// The row of a schedule.
pub(super) fn schedule_row(act: &Act, answer: &Answer, command: &SetSchedule) -> NewDeadline {
    NewDeadline {
        due_on: command.next_on,
        every_months: command.every_months,
        reason: command.reason.clone(),
        // Oversight sets it here itself: there is no other source to compare it with.
        checked: Checked::Source,
        replaces: answer.row.return_deadline_id,
        author_id: Some(act.actor.person),
        ..NewDeadline::of(command.addressee, DeadlineKind::Return)
    }
}

fn publish(
    tx: &mut WriteTx<'_>,
    act: &Act,
    answer: &Answer,
    kind: ChangeKind,
    deadline: &NewDeadline,
) -> Result<Done, Error> {
    let seq = open_change(tx, &answer.change(act, kind, deadline.reason.clone()))?;
    insert_deadline(tx, seq, deadline)?;
    refresh_addressee(tx, seq, answer.holder.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}

/// The next date of a schedule: the first one of its own rhythm, every so many months, that lies after today and after the date that
/// stands.
pub(super) fn next_of_schedule(
    tx: &mut ReadTx<'_>,
    answer: AddresseeId,
    (due, every): (Day, i64),
    today: Day,
) -> Result<Option<Day>, Error> {
    // Reckoned from the first date that oversight set: from the 31st of a month, month after month, and never drifting.
    let first = schedule_began(tx, answer)?.unwrap_or(due);
    Ok((1..).map(|times| first.plus_months(every * times)).find(|day| *day > today.max(due)))
}
