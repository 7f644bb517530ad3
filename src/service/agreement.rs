//! Recording what would show that an answer is done, as agreed with the body. A later agreement takes the place of an earlier one,
//! which stays in the timeline.

use super::answer::Answer;
use super::{Act, Done, Error, Service};
use crate::domain::access::Deed;
use crate::domain::change::ChangeKind;
use crate::domain::id::AddresseeId;
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::rule;
use crate::store::WriteTx;
use crate::store::agreement;
use crate::store::ledger::{insert_agreement, open_change};
use crate::store::present::refresh_addressee;

/// What would show that an answer is done.
#[derive(Debug, Clone)]
pub struct Agree {
    /// The answer.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// What would show it, in public.
    pub words: Option<String>,
    /// The day on which that was agreed: today, or an earlier one of which it is then said that it was recorded later.
    pub agreed_on: Option<Day>,
    /// Why it changes, where something was agreed before.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes what would show that an answer is done.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `words`, `agreed_on` and `reason`.
    pub async fn agree(&self, act: Act, command: Agree) -> Result<Done, Error> {
        self.once(act, move |tx, act| agree(tx, act, command)).await
    }
}

fn agree(tx: &mut WriteTx<'_>, act: &Act, command: Agree) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let before = agreement::standing(tx, &[command.addressee])?.remove(&command.addressee);
    let mut problems = Problems::none();
    if command.words.is_none() {
        problems.add("words", "Enter what would show that it is done");
    }
    match command.agreed_on {
        Some(day) => rule::past(&mut problems, "agreed_on", Happened::on(day), true, answer.frame(act)),
        None => problems.add("agreed_on", "Enter the day on which it was agreed"),
    }
    if before.is_some() && command.reason.is_none() {
        problems.add("reason", "Enter why what was agreed changes, and who agreed to that");
    }
    act.publishable(problems)?;
    let reason = before.and(command.reason);
    let seq = open_change(tx, &answer.change(act, ChangeKind::Agreement, reason))?;
    let said = (&*command.words.unwrap_or_default(), command.agreed_on.filter(|day| *day != act.day));
    insert_agreement(tx, seq, command.addressee, said, act.actor.person)?;
    refresh_addressee(tx, seq, command.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}
