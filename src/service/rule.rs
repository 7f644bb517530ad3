//! Rules of law by which answers are owed: added and ended in the open, never changed.

use super::setting::publish;
use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::deadline_rule::RuleTyped;
use crate::domain::words;
use crate::store::ledger::lock_newest;
use crate::store::{WriteTx, setting};

/// Where rules are added.
const HERE: &str = "/staff/settings/rules";

impl Service {
    /// Adds a rule, and publishes that it was.
    ///
    /// # Errors
    /// A refusal, the fields of [`RuleTyped`], the database.
    pub async fn add_rule(&self, act: Act, rule: RuleTyped) -> Result<Done, Error> {
        self.once(act, move |tx, act| add(tx, act, rule)).await
    }

    /// Offers a rule no more. Days that were reckoned by it go on saying so.
    ///
    /// # Errors
    /// A refusal, `NotFound` where no rule that was added has this word, `Stale` where it was ended already.
    pub async fn end_rule(&self, act: Act, slug: String) -> Result<Done, Error> {
        self.once(act, move |tx, act| end(tx, act, &slug)).await
    }
}

fn add(tx: &mut WriteTx<'_>, act: &Act, rule: RuleTyped) -> Result<Done, Error> {
    may(act.actor, Deed::ManageSettings, About::default())?;
    // Of two who add one at the same moment, the second sees the first.
    lock_newest(tx)?;
    let mut problems = act.faults.clone();
    let parsed = rule.parse(&setting::rules(tx)?);
    let rule = match parsed {
        Ok(rule) => {
            problems.into_result()?;
            rule
        }
        Err(more) => {
            more.iter().filter(|one| act.faults.at(&one.field).is_none()).for_each(|one| {
                problems.add(&one.field, one.sentence.clone());
            });
            return Err(problems.into());
        }
    };
    let mut added = setting::added_rules(tx)?;
    let sentence = words::rule_added(&rule);
    added.push(rule);
    setting::set_rules(tx, &added, act.now, act.actor.person)?;
    Ok(Done::published(HERE.to_owned(), publish(tx, act, sentence)?))
}

fn end(tx: &mut WriteTx<'_>, act: &Act, slug: &str) -> Result<Done, Error> {
    may(act.actor, Deed::ManageSettings, About::default())?;
    lock_newest(tx)?;
    let mut added = setting::added_rules(tx)?;
    let rule = added.iter_mut().find(|rule| rule.slug == slug).ok_or(Error::NotFound)?;
    if rule.ended {
        return Err(Error::Stale);
    }
    rule.ended = true;
    let sentence = words::rule_ended(rule);
    setting::set_rules(tx, &added, act.now, act.actor.person)?;
    Ok(Done::published(HERE.to_owned(), publish(tx, act, sentence)?))
}
