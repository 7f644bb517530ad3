//! The record of one answer: its published updates, dates and arrivals, and what they come to.
//!
//! [`Record::state_at`] is the one function that says what is current. Present rows hold its result; `verify` and as-at
//! reading call it again.

use super::assessed::Assessed;
use super::change::Fact;
use super::checked::Checked;
use super::deadline::{DeadlineAct, DeadlineKind};
use super::id::{BodyId, DeadlineId, Seq, UpdateId};
use super::lifecycle::{Closure, Lifecycle, is_done, is_gap};
use super::moment::{Day, Happened};
use super::reported::Reported;
use super::response::{Basis, Response};
use super::text::UnknownWord;

/// A value of one of the four facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactValue {
    /// What the body answered.
    Response(Response),
    /// What it says it has done.
    Reported(Reported),
    /// What oversight found.
    Assessed(Assessed),
    /// Open, closed or lapsed, with the reason for closing.
    Lifecycle(Lifecycle, Option<Closure>),
}

impl FactValue {
    /// The fact that it is a value of.
    #[must_use]
    pub const fn fact(self) -> Fact {
        match self {
            Self::Response(_) => Fact::Response,
            Self::Reported(_) => Fact::Reported,
            Self::Assessed(_) => Fact::Assessed,
            Self::Lifecycle(..) => Fact::Lifecycle,
        }
    }

    /// The word that stands for it in the ledger; the reason for closing stands beside it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Response(value) => value.as_str(),
            Self::Reported(value) => value.as_str(),
            Self::Assessed(value) => value.as_str(),
            Self::Lifecycle(value, _) => value.as_str(),
        }
    }

    /// The reason for closing, where there is one.
    #[must_use]
    pub const fn closure(self) -> Option<Closure> {
        match self {
            Self::Lifecycle(_, closure) => closure,
            _ => None,
        }
    }

    /// Reads the ledger's two columns and the closure's.
    ///
    /// # Errors
    /// When the word is none of the fact's.
    pub fn parse(fact: Fact, value: &str, closure: Option<Closure>) -> Result<Self, UnknownWord> {
        Ok(match fact {
            Fact::Response => Self::Response(value.parse()?),
            Fact::Reported => Self::Reported(value.parse()?),
            Fact::Assessed => Self::Assessed(value.parse()?),
            Fact::Lifecycle => Self::Lifecycle(value.parse()?, closure),
        })
    }
}

/// A published update, as far as current values follow from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Its row.
    pub id: UpdateId,
    /// The change that published it.
    pub seq: Seq,
    /// What it says.
    pub value: FactValue,
    /// When that came to be so.
    pub happened: Happened,
    /// For a response: to this recommendation, or to all at once.
    pub basis: Option<Basis>,
    /// For an assessment: in whose name.
    pub assessor: Option<String>,
    /// The update that it takes the place of.
    pub corrects: Option<UpdateId>,
}

/// A published date, as far as current values follow from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Its row.
    pub id: DeadlineId,
    /// The change that published it.
    pub seq: Seq,
    /// What is owed by it.
    pub kind: DeadlineKind,
    /// The date; `None` where the row ends a schedule or a target.
    pub due_on: Option<Day>,
    /// For a schedule: every so many months.
    pub every_months: Option<i64>,
    /// The body that set it.
    pub set_by: Option<BodyId>,
    /// How far it was checked.
    pub checked: Checked,
    /// The date that it takes the place of.
    pub replaces: Option<DeadlineId>,
    /// The date that was recorded wrongly, and that this one puts right.
    pub corrects: Option<DeadlineId>,
    /// What happened to the date that it takes the place of.
    pub act: Option<DeadlineAct>,
    /// On which day.
    pub act_on: Option<Day>,
}

impl Deadline {
    const fn only_takes_back(&self) -> bool {
        only_takes_back(self.corrects.is_some(), self.due_on, self.act.is_some())
    }
}

/// Whether a date says no more than that another one was recorded in error. A pause has no date either, but says when it began.
#[must_use]
pub const fn only_takes_back(corrects: bool, due_on: Option<Day>, acts: bool) -> bool {
    corrects && due_on.is_none() && !acts
}

/// A return that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The change that published its arrival.
    pub seq: Seq,
    /// The date that it was owed by.
    pub deadline: Option<DeadlineId>,
    /// The day on which it came.
    pub received_on: Day,
    /// The change that says the body took it back before its words were public.
    pub taken_back: Option<Seq>,
}

/// Everything published about one answer that current values follow from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// In order of `seq`.
    pub updates: Vec<Update>,
    /// In order of `seq`.
    pub deadlines: Vec<Deadline>,
    /// In order of `seq`.
    pub arrivals: Vec<Arrival>,
}

/// The current value of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Current<V> {
    /// The value; the fact's default where nothing is recorded.
    pub value: V,
    /// Since when.
    pub happened: Happened,
    /// The update that says so; `None` for the default.
    pub update: Option<UpdateId>,
}

/// A date that is still owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Its row.
    pub deadline: DeadlineId,
    /// The date.
    pub on: Day,
}

/// The date that a body says it will be done by, and how it moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The row of the date that stands.
    pub deadline: DeadlineId,
    /// The date that stands; `None` when it was taken back.
    pub on: Option<Day>,
    /// The row of the first one that was ever set: by its place, so that an entry that was put right stands where it stood.
    pub first: DeadlineId,
    /// That date.
    pub first_on: Option<Day>,
    /// The body that set the one that stands.
    pub set_by: Option<BodyId>,
    /// How often it was replaced.
    pub times_moved: i64,
}

/// What the record comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What the body answered.
    pub response: Current<Response>,
    /// To this recommendation, or to all at once.
    pub response_basis: Option<Basis>,
    /// What it says it has done.
    pub reported: Current<Reported>,
    /// What oversight found.
    pub assessed: Current<Assessed>,
    /// In whose name.
    pub assessed_by: Option<String>,
    /// Open, closed or lapsed.
    pub lifecycle: Current<Lifecycle>,
    /// Why it is closed.
    pub closure: Option<Closure>,
    /// An answer is owed.
    pub response_due: Option<Due>,
    /// An answer is owed and time stands still: the row that says so.
    pub response_paused: Option<DeadlineId>,
    /// Of an answer under consideration: how often that was renewed.
    pub response_renewed: i64,
    /// The plan that stands, unless it was taken back.
    pub plan: Option<DeadlineId>,
    /// A decision is owed.
    pub decision_due: Option<Due>,
    /// Oversight is to look again.
    pub recheck_due: Option<Due>,
    /// A return is owed.
    pub return_due: Option<Due>,
    /// Every so many months a return is owed; `None` where no schedule is set.
    pub return_every: Option<i64>,
    /// The target, where one was ever set.
    pub target: Option<Target>,
    /// The day of the last return.
    pub last_arrival_on: Option<Day>,
}

impl State {
    /// Whether it is in any number: it was not entered in error, and its parts are not counted in its place.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        !self.closure.is_some_and(Closure::is_uncounted)
    }

    /// Whether it is done (see [`is_done`]); what is not counted is nothing.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.is_counted() && is_done(self.assessed.value, self.lifecycle.value)
    }

    /// Whether the body says done and nobody confirmed it (see [`is_gap`]).
    #[must_use]
    pub fn is_gap(&self) -> bool {
        self.is_counted() && is_gap(self.reported.value, self.assessed.value, self.lifecycle.value)
    }
}

impl Record {
    /// What stood once the change `at` was published. Give the newest `seq` for what stands now.
    #[must_use]
    pub fn state_at(&self, at: Seq) -> State {
        let response = self.current(Fact::Response, at);
        let reported = self.current(Fact::Reported, at);
        let assessed = self.current(Fact::Assessed, at);
        let lifecycle = self.current(Fact::Lifecycle, at);
        let closure = lifecycle.and_then(|update| update.value.closure());
        let state_response = standing(response, Response::NotRecorded, |value| match value {
            FactValue::Response(value) => Some(value),
            _ => None,
        });
        State {
            response_due: self.owed(DeadlineKind::Response, at, |date| self.has_answered(date, at)),
            response_paused: self.paused(at),
            response_renewed: self.renewed(at),
            plan: self.last(DeadlineKind::Plan, at).filter(|plan| plan.due_on.is_some()).map(|plan| plan.id),
            decision_due: self.owed(DeadlineKind::Decision, at, |_| !state_response.value.needs_decide_by()),
            // Nobody looks again at what was entered in error, or is followed in its parts.
            recheck_due: self.recheck(at).filter(|_| !closure.is_some_and(Closure::is_uncounted)),
            return_due: self.owed(DeadlineKind::Return, at, |date| self.has_arrived(date, at)),
            return_every: self.last(DeadlineKind::Return, at).and_then(|date| date.every_months),
            target: self.target(at),
            last_arrival_on: self.came_in(at).map(|it| it.received_on).max(),
            response_basis: response.and_then(|update| update.basis),
            response: state_response,
            reported: standing(reported, Reported::NotReported, |value| match value {
                FactValue::Reported(value) => Some(value),
                _ => None,
            }),
            assessed_by: assessed.and_then(|update| update.assessor.clone()),
            assessed: standing(assessed, Assessed::NotAssessed, |value| match value {
                FactValue::Assessed(value) => Some(value),
                _ => None,
            }),
            closure,
            lifecycle: standing(lifecycle, Lifecycle::Open, |value| match value {
                FactValue::Lifecycle(value, _) => Some(value),
                _ => None,
            }),
        }
    }

    /// The last change of anything here that was published by then.
    #[must_use]
    pub fn last_change(&self, at: Seq) -> Option<Seq> {
        let updates = self.updates.iter().map(|update| update.seq);
        let dates = self.deadlines.iter().map(|date| date.seq);
        let arrivals = self.arrivals.iter().flat_map(|it| [Some(it.seq), it.taken_back]).flatten();
        updates.chain(dates).chain(arrivals).filter(|seq| *seq <= at).max()
    }

    /// The update of `fact` that stood at `at`: among those not corrected by then, the latest to happen, and of those on
    /// one day the last published.
    #[must_use]
    pub fn current(&self, fact: Fact, at: Seq) -> Option<&Update> {
        self.standing(at)
            .filter(|update| update.value.fact() == fact)
            .max_by_key(|update| (update.happened.day, update.seq))
    }

    pub(super) fn last(&self, kind: DeadlineKind, at: Seq) -> Option<&Deadline> {
        self.dates(kind, at).max_by_key(|date| self.place(date))
    }

    /// Where a date stands among those of its kind: a correction stands where the entry stood that it puts right, however much
    /// later it was published.
    pub(super) fn place(&self, date: &Deadline) -> (Seq, DeadlineId) {
        let mut first = date;
        while let Some(wrong) = self.deadlines.iter().find(|other| first.corrects == Some(other.id)) {
            first = wrong;
        }
        (first.seq, first.id)
    }

    /// The dates of one kind published by then that nothing published by then puts right. What only says that a date was
    /// recorded in error is none itself: what stood before stands again.
    pub fn dates(&self, kind: DeadlineKind, at: Seq) -> impl Iterator<Item = &Deadline> {
        let known = move || self.deadlines.iter().filter(move |date| date.seq <= at);
        known()
            .filter(move |date| date.kind == kind && !date.only_takes_back())
            .filter(move |date| !known().any(|other| other.corrects == Some(date.id)))
    }

    /// The returns that came in by then and were not taken back by then.
    fn came_in(&self, at: Seq) -> impl Iterator<Item = &Arrival> {
        self.arrivals.iter().filter(move |it| it.seq <= at && it.taken_back.is_none_or(|back| back > at))
    }

    fn owed(&self, kind: DeadlineKind, at: Seq, settled: impl Fn(&Deadline) -> bool) -> Option<Due> {
        let last = self.last(kind, at).filter(|date| !settled(date))?;
        Some(Due { deadline: last.id, on: last.due_on? })
    }

    /// Whether any answer, of whatever date, was published after it was asked for: who has answered is not silent.
    pub(super) fn has_answered(&self, date: &Deadline, at: Seq) -> bool {
        let (asked, _) = self.place(date);
        self.standing(at).any(|update| {
            update.seq >= asked && matches!(update.value, FactValue::Response(value) if value.is_answer())
        })
    }

    /// The updates published by then that nothing published by then corrects.
    pub(super) fn standing(&self, at: Seq) -> impl Iterator<Item = &Update> {
        let known = move || self.updates.iter().filter(move |update| update.seq <= at);
        known().filter(move |update| !known().any(|other| other.corrects == Some(update.id)))
    }

    /// Whether the return owed by this date came in; or another one after it, where that one was taken back.
    fn has_arrived(&self, date: &Deadline, at: Seq) -> bool {
        let counted = self.arrivals.iter().filter(|it| it.deadline == Some(date.id)).map(|it| it.seq).min();
        self.came_in(at).any(|arrival| counted.is_some_and(|first| arrival.seq >= first))
    }

    fn target(&self, at: Seq) -> Option<Target> {
        let last = self.last(DeadlineKind::Target, at)?;
        let mut standing: Vec<&Deadline> = self.dates(DeadlineKind::Target, at).collect();
        standing.sort_by_key(|date| self.place(date));
        // A date that was put right to what stood before it was never moved.
        let moves = standing.windows(2).filter(|pair| pair[0].due_on != pair[1].due_on).count();
        Some(Target {
            deadline: last.id,
            on: last.due_on,
            first: standing.first().map_or(last.id, |date| date.id),
            first_on: standing.first().and_then(|date| date.due_on),
            set_by: last.set_by,
            times_moved: i64::try_from(moves).unwrap_or(i64::MAX),
        })
    }
}

fn standing<V>(update: Option<&Update>, default: V, pick: impl Fn(FactValue) -> Option<V>) -> Current<V> {
    match update.and_then(|update| Some((update, pick(update.value)?))) {
        Some((update, value)) => Current { value, happened: update.happened, update: Some(update.id) },
        None => Current { value: default, happened: Happened::UNKNOWN, update: None },
    }
}
