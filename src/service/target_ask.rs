//! A body asks for a later target date, or for one in the place of a date that was taken back; oversight grants or refuses it. What was asked and what was decided become public
//! together, a refusal too.

use super::answer::Answer;
use super::post::is_a_post;
use super::{Act, Done, Error, Service, gathered};
use crate::domain::access::Deed;
use crate::domain::address;
use crate::domain::change::{ChangeKind, RemarkKind};
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, PersonId};
use crate::domain::licence::Rights;
use crate::domain::mail::{Decision, ExtensionDecided, Letter};
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::rule;
use crate::domain::target_ask::{AskDecision, Asked};
use crate::domain::words;
use crate::store::ledger::{NewDeadline, NewRemark, insert_deadline, insert_remark, open_change};
use crate::store::present::refresh_addressee;
use crate::store::target_ask::{self, NewAsk};
use crate::store::{WriteTx, desk};

/// A request for a later target date.
#[derive(Debug, Clone)]
pub struct AskForLater {
    /// The answer.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// The date that the body asks for.
    pub on: Option<Day>,
    /// Why; published once it is decided.
    pub reason: Option<String>,
    /// In which language that is, and under which licence its words stand.
    pub rights: Rights,
}

/// A decision on the request that waits about an answer.
#[derive(Debug, Clone)]
pub struct DecideAsk {
    /// The answer.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// Granted or refused.
    pub decision: Option<AskDecision>,
    /// Which post or committee decided.
    pub decided_by: Option<String>,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Keeps a body's request until somebody decides on it.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `on` and `reason`.
    pub async fn ask_for_later(&self, act: Act, command: AskForLater) -> Result<Done, Error> {
        self.once(act, move |tx, act| ask(tx, act, command)).await
    }

    /// Publishes the request with the decision; where it is granted the target moves.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`DecideAsk`]. `NotFound` when nothing waits.
    pub async fn decide_ask(&self, act: Act, command: DecideAsk) -> Result<Done, Error> {
        self.once(act, move |tx, act| decide(tx, act, command)).await
    }
}

fn ask(tx: &mut WriteTx<'_>, act: &Act, command: AskForLater) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::FileReturn, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let mut problems = Problems::none();
    if target_ask::pending(tx, command.addressee)?.is_some() {
        problems.add("on", "You have asked already, and nobody has decided yet");
    }
    rule::is_open(&mut problems, "on", answer.row.lifecycle, words::TARGET_OF_CLOSED);
    match (command.on, answer.row.target_on) {
        _ if answer.row.target_deadline_id.is_none() => {
            problems.add("on", "There is no target date that could be later");
        }
        (None, _) => problems.add("on", "Enter the date that you ask for"),
        (Some(on), Some(stands)) if on <= stands => {
            problems.add("on", "Enter a date after the target date that stands");
        }
        (Some(on), Some(_)) => rule::due(&mut problems, "on", on, answer.frame(act)),
        // The date was taken back: another one in its place is a move, and is agreed as one.
        (Some(on), None) => rule::ahead(&mut problems, "on", on, answer.frame(act)),
    }
    if command.reason.is_none() {
        problems.add("reason", "Enter why you need more time");
    }
    act.sound(problems)?;
    let (Some(wanted_on), Some(deadline_id), Some(reason)) =
        (command.on, answer.row.target_deadline_id, command.reason)
    else {
        return Err(Error::NotFound);
    };
    let new = NewAsk {
        reference: act.fresh.clone(),
        addressee_id: command.addressee,
        deadline_id,
        wanted_on,
        reason,
        person_id: act.actor.person,
        asked_at: act.now,
        asked_on: act.day,
        version: 1,
        language: command.rights.language,
        licence: command.rights.licence,
    };
    target_ask::insert(tx, &new)?;
    Ok(Done::at(answer.staff_page()))
}

fn decide(tx: &mut WriteTx<'_>, act: &Act, command: DecideAsk) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let ask = target_ask::pending(tx, command.addressee)?.ok_or(Error::NotFound)?;
    let mut problems = Problems::none();
    if command.decision.is_none() {
        problems.add("decision", "Choose whether the request is granted or refused");
    }
    let grants = command.decision == Some(AskDecision::Granted);
    if grants {
        rule::is_open(&mut problems, "decision", answer.row.lifecycle, words::TARGET_OF_CLOSED);
    }
    if grants && problems.is_empty() && answer.row.target_deadline_id != Some(ask.deadline) {
        problems.add(
            "decision",
            "The target date has changed since this was asked. Refuse it, so that the body can ask anew",
        );
    }
    if command.decided_by.is_none() {
        problems.add("decided_by", "Enter which post or committee decided");
    }
    is_a_post(tx, &mut problems, "decided_by", command.decided_by.as_deref())?;
    if command.reason.is_none() {
        problems.add("reason", "Enter why");
    }
    act.publishable(problems)?;
    let Some(decision) = command.decision else { return Err(Error::NotFound) };
    let seq = open_change(tx, &answer.change(act, ChangeKind::Extension, command.reason))?;
    if decision == AskDecision::Granted {
        let deadline = NewDeadline {
            due_on: Some(ask.wanted_on),
            set_by_body: Some(answer.holder.body),
            // The body's own words, from the body itself.
            checked: Checked::Source,
            replaces: Some(ask.deadline),
            agreed_by: command.decided_by.clone(),
            author_id: Some(act.actor.person),
            ..NewDeadline::of(command.addressee, DeadlineKind::Target)
        };
        insert_deadline(tx, seq, &deadline)?;
    }
    let remark = NewRemark {
        kind: RemarkKind::Extension,
        inquiry: Some(answer.holder.inquiry),
        recommendation: Some(answer.holder.recommendation),
        addressee: Some(command.addressee),
        deadline: None,
        happened: Happened::on(ask.asked_on),
        rights: ask.rights(),
        words: ask.reason,
        source_url: None,
        checked: None,
        author: Some(ask.person),
        replies_to: None,
        ask: Some(Asked {
            wanted_on: ask.wanted_on,
            instead_of: ask.instead_of,
            decision,
            decided_by: command.decided_by,
        }),
    };
    insert_remark(tx, seq, &remark)?;
    target_ask::decided(tx, ask.id, seq)?;
    refresh_addressee(tx, seq, command.addressee)?;
    tell_body(tx, act, &answer, decision, (ask.person, ask.wanted_on))?;
    Ok(Done::published(answer.staff_page(), seq))
}

/// Tells whoever is asked about the item, and whoever asked.
fn tell_body(
    tx: &mut WriteTx<'_>,
    act: &Act,
    answer: &Answer,
    decision: AskDecision,
    (asker, wanted_on): (PersonId, Day),
) -> Result<(), Error> {
    let (holder, place) = (&answer.holder, &answer.place);
    let link = address::answer(&place.inquiry, &place.number, &place.body);
    let target = match decision {
        AskDecision::Granted => Some(wanted_on),
        AskDecision::Refused => answer.row.target_on,
    };
    let decided = Decision { item: gathered::item(tx, holder.recommendation, link)?, decision, target };
    let body = desk::body_name(tx, holder.body)?.name;
    let (items, link) = (vec![decided], address::STAFF.to_owned());
    let letter = Letter::ExtensionDecided(ExtensionDecided { body, body_id: Some(holder.body), items, link });
    let readers = gathered::contacts(tx, (holder.body, holder.addressee), asker)?;
    gathered::tell(tx, act, &readers, &letter)
}
