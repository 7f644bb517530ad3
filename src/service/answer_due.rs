//! The day by which an answer is owed: none, a date, or a rule of law; extended, stopped and running again. None of it is
//! edited: each is a row of its own, and the row before it stays.

use super::answer::Answer;
use super::deadline::wrong_date;
use super::{Act, Done, Error, Service};
use crate::domain::access::Deed;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::{DeadlineAct, DeadlineKind};
use crate::domain::deadline_rule;
use crate::domain::id::{AddresseeId, DeadlineId, Seq};
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::record::Deadline;
use crate::domain::response::Response;
use crate::domain::{rule, words};
use crate::store::ledger::{NewDeadline, insert_deadline, open_change, record_of};
use crate::store::present::refresh_addressee;
use crate::store::{WriteTx, deadline};

/// What is decided about the day by which an answer is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owing {
    /// It is owed by this date.
    By(Option<Day>),
    /// It is owed by a rule, counted from this day.
    Under(Option<String>, Option<Day>),
    /// More time was given: until this date, and on which day that was.
    Extended(Option<Day>, Option<Day>),
    /// Time stopped on this day.
    Paused(Option<Day>),
    /// Time runs again from this day.
    Resumed(Option<Day>),
    /// The date was recorded here wrongly: this one is right, or there was none.
    Wrong(Option<Day>),
}

/// A decision about the day by which an answer is owed.
#[derive(Debug, Clone)]
pub struct SetAnswerDue {
    /// Whose.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// What is decided.
    pub owing: Owing,
    /// Of a date that was recorded wrongly: which one, where it is not the one that stands.
    pub wrong: Option<DeadlineId>,
    /// Whom the answer is owed to: an organisation or a post. Where nothing is said, whoever it was owed to before.
    pub owed_to: Option<String>,
    /// Why, in public: needed for everything but the first date.
    pub reason: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far the date was compared with that source.
    pub checked: Checked,
}

impl Service {
    /// Publishes by when an answer is owed, or what became of that day.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `owing`, `on`, `given`, `rule`, `from`, `owed_to`, `reason`.
    pub async fn set_answer_due(&self, act: Act, command: SetAnswerDue) -> Result<Done, Error> {
        self.once(act, move |tx, act| set(tx, act, command)).await
    }
}

/// What stands: the last date, what it was before time stopped, and the date that is to be put right.
struct Stands {
    last: Option<Deadline>,
    before_pause: Option<Day>,
    /// The first day on which the last date can have been set, as far as it is known: that of what was done to the date before
    /// it, of what its rule counts from, or the day on which the body was asked. When it was recorded here says nothing of that.
    set_from: Option<Day>,
    /// Whom the answer is owed to, unless that is withheld.
    owed_to: Option<String>,
    wrong: Option<Deadline>,
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: SetAnswerDue) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let stands = stands(tx, &answer, command.wrong)?;
    let mut problems = Problems::none();
    let puts_right = matches!(command.owing, Owing::Wrong(_));
    if answer.row.response.is_answer() && !puts_right {
        problems.add(
            "owing",
            "An answer is recorded here. To ask again, first record a response: “Asked, awaiting answer”",
        );
    }
    answer.known_to_be_asked(&mut problems, "owing");
    let new = check(&mut problems, &command, &stands, &answer, act);
    if (stands.last.is_some() || puts_right) && command.reason.is_none() {
        problems.add("reason", "Enter why, and who decided it");
    }
    act.publishable(problems)?;
    let puts_right = matches!(command.owing, Owing::Wrong(_));
    let deadline = NewDeadline {
        // Another day is owed to the same body: only what puts an entry right can take it away.
        owed_to: command.owed_to.or(stands.owed_to.filter(|_| !puts_right)),
        reason: command.reason.clone(),
        source_url: command.source_url,
        checked: command.checked,
        author_id: Some(act.actor.person),
        ..new
    };
    let seq = open_change(tx, &answer.change(act, ChangeKind::Deadline, command.reason))?;
    insert_deadline(tx, seq, &deadline)?;
    refresh_addressee(tx, seq, command.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}

fn stands(tx: &mut WriteTx<'_>, answer: &Answer, wrong: Option<DeadlineId>) -> Result<Stands, Error> {
    let wrong = wrong.map(|id| wrong_date(tx, answer, DeadlineKind::Response, id)).transpose()?;
    let record = record_of(tx, answer.holder.addressee)?;
    let state = record.state_at(Seq(i64::MAX));
    let id = state.response_paused.or(state.response_due.map(|due| due.deadline));
    let find = |id| record.deadlines.iter().find(|date| Some(date.id) == id).cloned();
    let last = find(id);
    let paused = last.as_ref().filter(|date| date.act == Some(DeadlineAct::Paused));
    let before_pause = paused.and_then(|date| find(date.replaces)).and_then(|date| date.due_on);
    let shown = deadline::many(tx, id.into_iter().collect())?.pop();
    let by_act = last.as_ref().and_then(|date| date.act_on);
    let by_rule = shown.as_ref().and_then(|date| date.rule.as_ref()).and_then(|(_, from)| *from);
    let asked = Happened::new(answer.row.response_on, answer.row.response_precision).exact();
    let asked_on = asked.filter(|_| answer.row.response == Response::Awaited);
    let set_from = [by_act, by_rule, asked_on].into_iter().flatten().max();
    let wrong = wrong.or_else(|| last.clone());
    Ok(Stands { last, before_pause, wrong, set_from, owed_to: shown.and_then(|date| date.owed_to) })
}

/// What is wrong with the decision as things stand; the row that it makes, as far as it can be told.
fn check(problems: &mut Problems, command: &SetAnswerDue, stands: &Stands, answer: &Answer, act: &Act) -> NewDeadline {
    let frame = answer.frame(act);
    let due = stands.last.as_ref().and_then(|date| date.due_on);
    let runs = due.is_some();
    let is_paused = stands.last.is_some() && !runs;
    let of = || NewDeadline {
        replaces: stands.last.as_ref().map(|date| date.id),
        ..NewDeadline::of(command.addressee, DeadlineKind::Response)
    };
    match &command.owing {
        Owing::By(on) => {
            if stands.last.is_some() {
                problems.add("owing", "A date stands already: extend it, stop it, or say that it was recorded wrongly");
            }
            match on {
                Some(day) => rule::due(problems, "on", *day, frame),
                None => problems.add("on", "Enter the day by which the answer is owed"),
            }
            NewDeadline { due_on: *on, ..of() }
        }
        Owing::Under(slug, from) => {
            if stands.last.is_some() {
                problems.add("owing", "A date stands already: extend it, stop it, or say that it was recorded wrongly");
            }
            let found = slug.as_deref().and_then(deadline_rule::find);
            if found.is_none() {
                problems.add("rule", "Choose the rule that sets the time");
            }
            match from {
                Some(day) => rule::past(problems, "from", Happened::on(*day), true, frame),
                None => problems.add("from", "Enter the day from which the rule counts"),
            }
            let due_on = found.zip(*from).map(|(rule, from)| rule.due(from));
            NewDeadline { due_on, rule: found.map(|rule| rule.slug.to_owned()), rule_from: *from, ..of() }
        }
        Owing::Extended(on, given) => {
            if !runs {
                problems.add("owing", "There is no day that could be extended");
            }
            match (on, due) {
                (None, _) => problems.add("on", "Enter the day until which more time was given"),
                (Some(day), Some(due)) if *day <= due => {
                    problems.add("on", "More time must end after the day that stands");
                }
                (Some(day), _) => rule::due(problems, "on", *day, frame),
            }
            match given {
                Some(day) => rule::past(problems, "given", Happened::on(*day), true, frame),
                None => problems.add("given", "Enter the day on which more time was given"),
            }
            if let Some((given, set)) = given.zip(stands.set_from).filter(|(given, set)| given < set) {
                problems.add("given", words::given_before_set(given, set));
            }
            NewDeadline { due_on: *on, act: Some(DeadlineAct::Extended), act_on: *given, ..of() }
        }
        Owing::Paused(on) => {
            if !runs {
                problems.add("owing", "There is no day to answer by, so time cannot stop");
            }
            on_day(problems, *on, frame);
            let resumed = stands.last.as_ref().filter(|date| date.act == Some(DeadlineAct::Resumed));
            if on.zip(resumed.and_then(|date| date.act_on)).is_some_and(|(on, since)| on < since) {
                problems.add("on", "Time stood still until it ran again last: it can stop only on that day or later");
            }
            if on.zip(due).is_some_and(|(on, due)| on > due) {
                problems.add("on", "Time to answer was over on that day: it can stop only while it runs");
            }
            NewDeadline { act: Some(DeadlineAct::Paused), act_on: *on, ..of() }
        }
        Owing::Resumed(on) => {
            let since = stands.last.as_ref().and_then(|date| date.act_on);
            if !is_paused {
                problems.add("owing", "Time to answer does not stand still");
            }
            on_day(problems, *on, frame);
            let stood = on.zip(since).map(|(on, since)| on.days_since(since));
            if stood.is_some_and(|days| days < 0) {
                problems.add("on", "Time cannot run again before the day on which it stopped");
            }
            // As the law has it: longer by the days for which it stood.
            let due_on = stands.before_pause.zip(stood).map(|(due, days)| due.plus_days(days));
            NewDeadline { due_on, act: Some(DeadlineAct::Resumed), act_on: *on, ..of() }
        }
        Owing::Wrong(on) => {
            let Some(wrong) = &stands.wrong else {
                problems.add("owing", "There is no day that could have been recorded wrongly");
                return of();
            };
            if let Some(day) = on {
                rule::due(problems, "on", *day, frame);
            }
            if on.is_some() && *on == wrong.due_on {
                problems.add("on", "This is the day already");
            }
            NewDeadline { due_on: *on, corrects: Some(wrong.id), replaces: wrong.replaces, ..of() }
        }
    }
}

fn on_day(problems: &mut Problems, on: Option<Day>, frame: rule::Frame) {
    match on {
        Some(day) => rule::past(problems, "on", Happened::on(day), true, frame),
        None => problems.add("on", "Enter the day"),
    }
}
