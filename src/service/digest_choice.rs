//! How often somebody who works with the register is mailed of its work: their own choice.

use super::digest_round::{begin, told_to_follower};
use super::{Act, Done, Error, Service};
use crate::domain::access::Refusal;
use crate::domain::address;
use crate::domain::problem::Problems;
use crate::domain::staff_digest::{DigestCycle, is_for};
use crate::store::ledger::newest;
use crate::store::{WriteTx, person_digest, recipient};

impl Service {
    /// Notes how often the person who asks wants a digest. Whoever wanted none until now is told of what comes from now on.
    ///
    /// # Errors
    /// A refusal for those of a body, who have none; the field is `digest`; the database.
    pub async fn choose_digest(&self, act: Act, chosen: Option<DigestCycle>) -> Result<Done, Error> {
        self.once_unseen(act, move |tx, act| choose(tx, act, chosen)).await
    }
}

fn choose(tx: &mut WriteTx<'_>, act: &Act, chosen: Option<DigestCycle>) -> Result<Done, Error> {
    if !is_for(act.actor.role) {
        return Err(Refusal::Role.into());
    }
    let Some(chosen) = chosen else { return Err(Problems::one("digest", "Choose how often").into()) };
    act.sound(Problems::none())?;
    let me = recipient::one(tx, act.actor.person)?;
    let kept = match person_digest::of(tx, me.person)? {
        Some(kept) => kept,
        None => begin(tx, &me)?,
    };
    let before = kept.cycle.unwrap_or_else(|| DigestCycle::usual(me.role));
    if before == DigestCycle::Never && chosen != DigestCycle::Never {
        let upto = newest(tx)?;
        let upto = told_to_follower(tx, &me.email, upto)?;
        person_digest::begin_anew(tx, me.person, (upto, act.now))?;
    }
    person_digest::choose(tx, me.person, chosen)?;
    Ok(Done::at(address::ACCOUNT.to_owned()))
}
