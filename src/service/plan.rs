//! A body's plan for what it accepted: which post owns it, what it is to do, and by when. A plan is never edited: the next one
//! takes its place, with a reason.

use super::answer::Answer;
use super::post::is_a_post;
use super::{Act, Done, Error, Service};
use crate::domain::access::Deed;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, Seq};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::rule;
use crate::store::WriteTx;
use crate::store::ledger::{NewDeadline, insert_deadline, open_change, record_of};
use crate::store::present::refresh_addressee;

/// A plan, or that the body took its plan back.
#[derive(Debug, Clone)]
pub struct RecordPlan {
    /// Whose.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// Whether the body took back the plan that stands.
    pub taken_back: bool,
    /// Which post owns it; never a person.
    pub owner: Option<String>,
    /// What is to be done.
    pub action: Option<String>,
    /// By when.
    pub on: Option<Day>,
    /// Why the plan changes, in public: needed once there is one.
    pub reason: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that source.
    pub checked: Checked,
}

impl Service {
    /// Publishes a body's plan.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`RecordPlan`].
    pub async fn record_plan(&self, act: Act, command: RecordPlan) -> Result<Done, Error> {
        self.once(act, move |tx, act| record(tx, act, command)).await
    }
}

fn record(tx: &mut WriteTx<'_>, act: &Act, command: RecordPlan) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let before = record_of(tx, command.addressee)?.state_at(Seq(i64::MAX)).plan;
    let mut problems = Problems::none();
    if !answer.row.response.accepts() {
        problems.add(
            "owner",
            "A plan belongs to an answer that accepts, in full, in principle or in part. Record that first",
        );
    }
    if command.taken_back {
        if before.is_none() {
            problems.add("taken_back", "There is no plan that could be taken back");
        }
    } else {
        whole(&mut problems, &command, &answer, act);
    }
    if before.is_some() && command.reason.is_none() {
        problems.add("reason", "Enter why the plan changes");
    }
    is_a_post(tx, &mut problems, "owner", command.owner.as_deref())?;
    act.publishable(problems)?;
    let kept = !command.taken_back;
    let deadline = NewDeadline {
        due_on: command.on.filter(|_| kept),
        owner_post: command.owner.filter(|_| kept),
        action: command.action.filter(|_| kept),
        set_by_body: Some(answer.holder.body),
        reason: command.reason.clone(),
        source_url: command.source_url,
        checked: command.checked,
        replaces: before,
        author_id: Some(act.actor.person),
        ..NewDeadline::of(command.addressee, DeadlineKind::Plan)
    };
    let seq = open_change(tx, &answer.change(act, ChangeKind::Plan, command.reason))?;
    insert_deadline(tx, seq, &deadline)?;
    refresh_addressee(tx, seq, command.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}

/// A plan is an owner, an action and a date; without one of them it is none.
fn whole(problems: &mut Problems, command: &RecordPlan, answer: &Answer, act: &Act) {
    if command.owner.is_none() {
        problems.add("owner", "Enter which post owns the plan; never a person’s name");
    }
    if command.action.is_none() {
        problems.add("action", "Enter what is to be done");
    }
    match command.on {
        Some(day) => rule::due(problems, "on", day, answer.frame(act)),
        None => problems.add("on", "Enter the date by which it is to be done"),
    }
}
