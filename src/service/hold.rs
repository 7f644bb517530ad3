//! Holds: placing one, letting it go on, ending it. Each is published. What came in meanwhile is published when it ends.

use super::filing::release;
use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, Place, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::hold::{HoldKind, HoldStep, check_review};
use crate::domain::id::AddresseeId;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::store::hold::{self, InForce, On};
use crate::store::ledger::{NewChange, NewHold, insert_hold, lock_newest, open_change};
use crate::store::present::lock_addressee;
use crate::store::{ReadTx, WriteTx, held_back, inquiry, recommendation};

/// What a hold is to be on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoldOn {
    /// Everything.
    Register,
    /// One inquiry with all its recommendations.
    Inquiry(Slug),
    /// One recommendation, by its number.
    Recommendation(Slug, String),
}

/// A hold to be placed.
#[derive(Debug, Clone)]
pub struct PlaceHold {
    /// On what.
    pub on: HoldOn,
    /// Why; `None` where nothing was chosen.
    pub kind: Option<HoldKind>,
    /// A sentence for everybody, beside what every hold says. Never what the proceedings are about.
    pub words: Option<String>,
    /// On which day it is reviewed.
    pub review_on: Option<Day>,
}

/// What is to happen to a hold that is in force.
#[derive(Debug, Clone)]
pub struct ChangeHold {
    /// On what it is.
    pub on: HoldOn,
    /// The change that published the step which the form showed.
    pub shown: i64,
    /// Whether it goes on or ends; `None` where nothing was chosen.
    pub step: Option<HoldStep>,
    /// Where it goes on: when it is reviewed next.
    pub review_on: Option<Day>,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Places a hold: from now on nothing new is published about what it is on.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `kind`, `words` and `review_on`. `Stale` when there is one on just this already.
    pub async fn place_hold(&self, act: Act, command: PlaceHold) -> Result<Done, Error> {
        self.once(act, move |tx, act| place(tx, act, command)).await
    }

    /// Lets a hold go on until another review, or ends it and publishes what came in meanwhile.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ChangeHold`]. `Stale` when it ended or went on meanwhile.
    pub async fn change_hold(&self, act: Act, command: ChangeHold) -> Result<Done, Error> {
        self.once(act, move |tx, act| change(tx, act, command)).await
    }
}

fn place(tx: &mut WriteTx<'_>, act: &Act, command: PlaceHold) -> Result<Done, Error> {
    let (on, here) = find(tx, act, &command.on)?;
    lock_newest(tx)?;
    if InForce::read(tx)?.exactly_on(on).is_some() {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    if command.kind.is_none() {
        problems.add("kind", "Choose why nothing new is published");
    }
    check_review(&mut problems, command.review_on, act.day);
    // A hold is placed at once; the questions are about words of one's own.
    if command.words.is_some() { act.publishable(problems) } else { act.sound(problems) }?;
    let (Some(kind), Some(review_on)) = (command.kind, command.review_on) else { return Err(Error::NotFound) };
    let new = NewHold {
        inquiry: on.inquiry,
        recommendation: on.recommendation,
        began: None,
        step: HoldStep::Placed,
        kind,
        review_on,
        author: act.actor.person,
    };
    let seq = open_change(tx, &published(act, on, command.words))?;
    insert_hold(tx, seq, &new)?;
    Ok(Done::published(here, seq))
}

fn change(tx: &mut WriteTx<'_>, act: &Act, command: ChangeHold) -> Result<Done, Error> {
    let (on, here) = find(tx, act, &command.on)?;
    let ends = command.step == Some(HoldStep::Ended);
    let locked = if ends { lock_held(tx, on)? } else { Vec::new() };
    lock_newest(tx)?;
    // Something came for another answer in between. Its row is not taken now: every deed takes rows before the counter.
    if ends && held_answers(tx, on)?.iter().any(|answer| !locked.contains(answer)) {
        return Err(Error::Stale);
    }
    let in_force = InForce::read(tx)?;
    let standing = in_force.exactly_on(on).filter(|hold| hold.seq().0 == command.shown).ok_or(Error::Stale)?;
    let mut problems = Problems::none();
    let step = command.step.filter(|step| *step != HoldStep::Placed);
    match step {
        None => problems.add("step", "Choose whether the hold goes on or ends"),
        Some(HoldStep::Renewed) => {
            check_review(&mut problems, command.review_on, act.day);
            if command.review_on == Some(standing.review_on()) {
                problems.add("review_on", "This is the review date already");
            }
        }
        Some(_) => {}
    }
    if command.reason.is_none() {
        problems.add("reason", "Enter why, for everybody to read: a reason, never what is held");
    }
    act.publishable(problems)?;
    let new = NewHold {
        inquiry: on.inquiry,
        recommendation: on.recommendation,
        began: Some(standing.began),
        step: step.ok_or(Error::NotFound)?,
        kind: standing.kind,
        review_on: command.review_on.filter(|_| !ends).unwrap_or_else(|| standing.review_on()),
        author: act.actor.person,
    };
    let seq = open_change(tx, &published(act, on, command.reason))?;
    insert_hold(tx, seq, &new)?;
    if ends {
        release(tx, act.now, act.day)?;
    }
    Ok(Done::published(here, seq))
}

/// What is meant and the page about it, if this person may decide on it: nobody does for what was put to their own body.
fn find(tx: &mut ReadTx<'_>, act: &Act, on: &HoldOn) -> Result<(On, String), Error> {
    let (on, here) = match on {
        HoldOn::Register => (On::default(), address::staff_hold(None, None)),
        HoldOn::Inquiry(slug) => {
            let inquiry = inquiry::name(tx, slug)?.id;
            (On { inquiry: Some(inquiry), recommendation: None }, address::staff_hold(Some(slug.as_str()), None))
        }
        HoldOn::Recommendation(slug, number) => {
            let one = recommendation::find(tx, slug, number)?.recommendation;
            let here = address::staff_hold(Some(slug.as_str()), Some(number));
            (On { inquiry: Some(one.inquiry.id), recommendation: Some(one.id) }, here)
        }
    };
    let own = match act.actor.body {
        Some(body) if hold::covers(tx, on, body)? => Some(body),
        _ => None,
    };
    let place = on.inquiry.map_or(Place::Register, Place::Inquiry);
    may(act.actor, Deed::Hold, About { body: own, place, ..About::default() })?;
    Ok((on, here))
}

/// The answers for which something waits that will be written when the hold ends.
fn held_answers(tx: &mut ReadTx<'_>, on: On) -> Result<Vec<AddresseeId>, Error> {
    let kept = held_back::waiting(tx)?;
    let mut answers: Vec<AddresseeId> = kept
        .into_iter()
        .filter(|kept| on.bears_on(Some(kept.inquiry), Some(kept.recommendation)))
        .map(|kept| kept.addressee)
        .collect();
    answers.sort_unstable();
    answers.dedup();
    Ok(answers)
}

/// Takes their rows before the counter, as every deed does, and answers whose they are.
fn lock_held(tx: &mut WriteTx<'_>, on: On) -> Result<Vec<AddresseeId>, Error> {
    let answers = held_answers(tx, on)?;
    for answer in &answers {
        lock_addressee(tx, *answer, None)?;
    }
    Ok(answers)
}

fn published(act: &Act, on: On, reason: Option<String>) -> NewChange {
    NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        inquiry_id: on.inquiry,
        recommendation_id: on.recommendation,
        reason,
        ..NewChange::of(ChangeKind::Hold, act.now, act.day)
    }
}
