//! How long the bodies of an inquiry may check a finding against them before it is published. The rule itself is public.

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::fairness::{MOST_DAYS, working_days};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::store::ledger::{NewChange, insert_accuracy_rule, lock_newest, open_change};
use crate::store::{WriteTx, fairness, inquiry};

/// A rule for one inquiry.
#[derive(Debug, Clone)]
pub struct SetAccuracyRule {
    /// The inquiry.
    pub inquiry: Slug,
    /// The change that published the rule which the form showed; 0 where it showed the usual one.
    pub shown: i64,
    /// How many working days.
    pub working_days: Option<i64>,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes how long the bodies of an inquiry may check a finding. Findings that are with a body already keep their time.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `working_days` and `reason`. `Stale` when somebody set another rule meanwhile.
    pub async fn set_accuracy_rule(&self, act: Act, command: SetAccuracyRule) -> Result<Done, Error> {
        self.once(act, move |tx, act| set(tx, act, command)).await
    }
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: SetAccuracyRule) -> Result<Done, Error> {
    may(act.actor, Deed::RecordFact, About::default())?;
    let name = inquiry::name(tx, &command.inquiry)?;
    may(act.actor, Deed::RecordFact, About::default().of(name.id))?;
    lock_newest(tx)?;
    let stands = fairness::rule(tx, name.id)?;
    if stands.seq.map_or(0, |seq| seq.0) != command.shown {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    let days = command.working_days.and_then(working_days);
    if days.is_none() {
        problems.add("working_days", format!("Enter a number of working days from 0 to {MOST_DAYS}"));
    }
    if days == Some(stands.working_days) && stands.seq.is_some() {
        problems.add("working_days", "This is the rule already");
    }
    if command.reason.is_none() {
        problems.add("reason", "Enter why, for everybody to read");
    }
    act.publishable(problems)?;
    let days = days.unwrap_or(stands.working_days);
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        inquiry_id: Some(name.id),
        reason: command.reason,
        ..NewChange::of(ChangeKind::AccuracyRule, act.now, act.day)
    };
    let seq = open_change(tx, &change)?;
    insert_accuracy_rule(tx, seq, name.id, days, act.actor.person)?;
    Ok(Done::published(address::accuracy(name.slug.as_str()), seq))
}
