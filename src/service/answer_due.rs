//! The day by which an answer is owed: none, a date, or a rule of law; extended, stopped and running again. None of it is
//! edited: each is a row of its own, and the row before it stays.

use super::answer::Answer;
use super::deadline::wrong_date;
use super::{Act, Done, Error, Service};
use crate::domain::access::Deed;
use crate::domain::change::{ChangeKind, Fact};
use crate::domain::checked::Checked;
use crate::domain::deadline::{DeadlineAct, DeadlineKind};
use crate::domain::deadline_rule::{self, DeadlineRule};
use crate::domain::id::{AddresseeId, DeadlineId, Seq};
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::record::{Deadline, FactValue};
use crate::domain::response::Response;
use crate::domain::{rule, words};
use crate::store::ledger::{NewDeadline, insert_deadline, open_change, record_of};
use crate::store::present::refresh_addressee;
use crate::store::{WriteTx, deadline, setting};

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
    /// Time runs again from this day; and the answer is owed by that one, where that is not just later by the days for which time
    /// stood.
    Resumed(Option<Day>, Option<Day>),
    /// Nothing of what was recorded was so: this only takes a wrong entry out.
    Nothing,
}

impl Owing {
    /// What it says happened to the date before it.
    const fn act(&self) -> Option<DeadlineAct> {
        match self {
            Self::By(_) | Self::Under(..) | Self::Nothing => None,
            Self::Extended(..) => Some(DeadlineAct::Extended),
            Self::Paused(_) => Some(DeadlineAct::Paused),
            Self::Resumed(..) => Some(DeadlineAct::Resumed),
        }
    }
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
    /// The entry that was recorded wrongly: what is decided stands in its place, and is of the same kind.
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
    /// See [`Error`]; the fields are `owing`, `on`, `given`, `due`, `rule`, `from`, `owed_to`, `reason`.
    pub async fn set_answer_due(&self, act: Act, command: SetAnswerDue) -> Result<Done, Error> {
        self.once(act, move |tx, act| set(tx, act, command)).await
    }
}

/// What a decision follows, and what it puts right.
struct Stands {
    /// The date before it: the one that stands; of an entry that is put right, the one before that.
    last: Option<Deadline>,
    before_pause: Option<Day>,
    /// The first day on which the last date can have been set, as far as it is known: that of what was done to the date before
    /// it, of what its rule counts from, or the day on which the body was asked. When it was recorded here says nothing of that.
    set_from: Option<Day>,
    /// Whom the answer is owed to, unless that is withheld.
    owed_to: Option<String>,
    wrong: Option<Wrong>,
    /// The rules of law that are known here.
    rules: Vec<DeadlineRule>,
}

/// An entry that was recorded wrongly.
struct Wrong {
    date: Deadline,
    rule: Option<(String, Option<Day>)>,
    owed_to: Option<String>,
    source_url: Option<String>,
    /// The date that follows it.
    after: Option<Deadline>,
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: SetAnswerDue) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let stands = stands(tx, &answer, command.wrong)?;
    let mut problems = Problems::none();
    let puts_right = stands.wrong.is_some();
    if answer.row.response.is_answer() && !puts_right {
        problems.add(
            "owing",
            "An answer is recorded here. To ask again, first record a response: “Asked, awaiting answer”",
        );
    }
    answer.known_to_be_asked(&mut problems, "owing");
    let new = check(&mut problems, &command, &stands, &answer, act);
    if let Some(wrong) = &stands.wrong {
        check_right(&mut problems, &command, wrong, &stands, &new);
    }
    if (stands.last.is_some() || puts_right) && command.reason.is_none() {
        problems.add("reason", "Enter why, and who decided it");
    }
    act.publishable(problems)?;
    let wrong = stands.wrong.as_ref().map(|wrong| &wrong.date);
    let deadline = NewDeadline {
        // What puts a wrong entry right stands where that one stood, between the same neighbours.
        replaces: wrong.map_or(stands.last.as_ref().map(|date| date.id), |wrong| wrong.replaces),
        corrects: wrong.map(|wrong| wrong.id),
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
    let last = match &wrong {
        Some(wrong) => record.beside(wrong).0,
        None => {
            let state = record.state_at(Seq(i64::MAX));
            let id = state.response_paused.or(state.response_due.map(|due| due.deadline));
            record.deadlines.iter().find(|date| Some(date.id) == id)
        }
    };
    let paused = last.filter(|date| date.act == Some(DeadlineAct::Paused));
    let before_pause = paused.and_then(|date| record.beside(date).0).and_then(|date| date.due_on);
    let ids = last.map(|date| date.id).into_iter().chain(wrong.as_ref().map(|date| date.id));
    let shown = deadline::many(tx, ids.collect())?;
    let find = |date: &Deadline| shown.iter().find(|one| one.id == date.id);
    let last_shown = last.and_then(find);
    let by_act = last.and_then(|date| date.act_on);
    let by_rule = last_shown.and_then(|date| date.rule.as_ref()).and_then(|(_, from)| *from);
    // Whether a body was asked again since says nothing of an entry made before that.
    let asked = record.current(Fact::Response, Seq(i64::MAX));
    let asked = asked.filter(|update| wrong.as_ref().is_none_or(|wrong| update.seq < wrong.seq));
    let asked = asked.filter(|update| update.value == FactValue::Response(Response::Awaited));
    let asked_on = asked.and_then(|update| update.happened.exact());
    let set_from = [by_act, by_rule, asked_on].into_iter().flatten().max();
    let owed_to = last_shown.and_then(|date| date.owed_to.clone());
    let wrong = wrong.map(|date| Wrong {
        rule: find(&date).and_then(|date| date.rule.clone()),
        owed_to: find(&date).and_then(|date| date.owed_to.clone()),
        source_url: find(&date).and_then(|date| date.source_url.clone()),
        after: record.beside(&date).1.cloned(),
        date,
    });
    Ok(Stands { last: last.cloned(), before_pause, set_from, owed_to, wrong, rules: setting::rules(tx)? })
}

/// What is wrong with putting an entry right in this way.
fn check_right(problems: &mut Problems, command: &SetAnswerDue, wrong: &Wrong, stands: &Stands, new: &NewDeadline) {
    let (was, nothing) = (&wrong.date, command.owing == Owing::Nothing);
    if !nothing && command.owing.act() != was.act {
        problems.add("owing", "This entry cannot become one of another kind: take it out, then record what happened");
    }
    let rule = new.rule.clone().map(|rule| (rule, new.rule_from));
    // That a date was compared with its source since, or where that is, is put right as the date itself is.
    let is_same = (new.due_on, new.act_on, command.checked) == (was.due_on, was.act_on, was.checked)
        && command.source_url == wrong.source_url;
    if !nothing && is_same && rule == wrong.rule && command.owed_to == wrong.owed_to {
        problems.add("on", "This is recorded already: change what was wrong");
    }
    // What does not fit yet is no fault of this entry.
    let right = Deadline { due_on: new.due_on, act: new.act, act_on: new.act_on, ..was.clone() };
    let before = if nothing { stands.last.as_ref() } else { Some(&right) };
    let no_more = |after: &&Deadline| after.can_follow(Some(was)) && !after.can_follow(before);
    if let Some(after) = wrong.after.as_ref().filter(no_more).filter(|_| problems.is_empty()) {
        let line = after.act.map(|act| words::deadline_act(act, after.act_on, after.due_on)).unwrap_or_default();
        problems.add(if nothing { "owing" } else { "on" }, words::fits_no_more(&line));
    }
}

/// What is wrong with the decision as things stand; the row that it makes, as far as it can be told.
fn check(problems: &mut Problems, command: &SetAnswerDue, stands: &Stands, answer: &Answer, act: &Act) -> NewDeadline {
    let frame = answer.frame(act);
    let due = stands.last.as_ref().and_then(|date| date.due_on);
    let runs = due.is_some();
    let is_paused = stands.last.is_some() && !runs;
    // Of an entry that is put right, what was so then is judged by what follows it, too; see `check_right`.
    let is_new = stands.wrong.is_none();
    let of = || NewDeadline::of(command.addressee, DeadlineKind::Response);
    match &command.owing {
        Owing::By(on) => {
            if is_new && stands.last.is_some() {
                problems.add("owing", "A date stands already: extend it, stop it, or correct it");
            }
            match on {
                Some(day) => rule::due(problems, "on", *day, frame),
                None => problems.add("on", "Enter the day by which the answer is owed"),
            }
            NewDeadline { due_on: *on, ..of() }
        }
        Owing::Under(slug, from) => {
            if is_new && stands.last.is_some() {
                problems.add("owing", "A date stands already: extend it, stop it, or correct it");
            }
            let found = slug.as_deref().and_then(|slug| deadline_rule::find(&stands.rules, slug));
            // One that is offered no more can still be what should have been recorded then.
            let found = found.filter(|rule| !is_new || !rule.ended);
            if found.is_none() {
                problems.add("rule", "Choose the rule that sets the time");
            }
            match from {
                Some(day) => rule::past(problems, "from", Happened::on(*day), true, frame),
                None => problems.add("from", "Enter the day from which the rule counts"),
            }
            let due_on = found.zip(*from).map(|(rule, from)| rule.due(from));
            NewDeadline { due_on, rule: found.map(|rule| rule.slug.clone()), rule_from: *from, ..of() }
        }
        Owing::Extended(on, given) => {
            if is_new && !runs {
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
            if is_new && !runs {
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
        Owing::Resumed(on, until) => {
            let since = stands.last.as_ref().and_then(|date| date.act_on);
            if is_new && !is_paused {
                problems.add("owing", "Time to answer does not stand still");
            }
            on_day(problems, *on, frame);
            let stood = on.zip(since).map(|(on, since)| on.days_since(since));
            if stood.is_some_and(|days| days < 0) {
                problems.add("on", "Time cannot run again before the day on which it stopped");
            }
            // As the law has it: longer by the days for which it stood.
            let due_on = until.or(stands.before_pause.zip(stood).map(|(due, days)| due.plus_days(days)));
            match (until, due_on) {
                (Some(until), _) => rule::due(problems, "due", *until, frame),
                (None, None) if !is_new => problems.add("due", "Enter the last day for the answer"),
                (None, _) => {}
            }
            if on.zip(*until).is_some_and(|(on, due)| due < on) {
                problems.add("due", "Time to answer cannot be over before it ran again");
            }
            NewDeadline { due_on, act: Some(DeadlineAct::Resumed), act_on: *on, ..of() }
        }
        Owing::Nothing => {
            if is_new {
                problems.add("owing", "Choose what is recorded");
            }
            of()
        }
    }
}

fn on_day(problems: &mut Problems, on: Option<Day>, frame: rule::Frame) {
    match on {
        Some(day) => rule::past(problems, "on", Happened::on(day), true, frame),
        None => problems.add("on", "Enter the day"),
    }
}
