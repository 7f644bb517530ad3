//! Sending a filing back to its author, with what should be looked at again.

use super::hand_in::step_on;
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::duty::contact_for;
use crate::domain::email::Email;
use crate::domain::filing::{ArrivalStep, FilingKind, FilingState};
use crate::domain::id::PersonId;
use crate::domain::mail::{Letter, ReturnSentBack};
use crate::domain::problem::Problems;
use crate::service::answer::Answer;
use crate::service::gathered::item;
use crate::service::{Act, Done, Error, Service};
use crate::store::WriteTx;
use crate::store::duty;
use crate::store::filing::{self, FilingRow, Step};
use crate::store::outbox::{self, NewMail};
use crate::store::present::{find_addressee, recommendation_place};

/// Which filing to send back, and why.
#[derive(Debug, Clone)]
pub struct SendBack {
    /// The filing's own name.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
    /// What should be looked at again. It stays private.
    pub comment: Option<String>,
}

impl Service {
    /// Sends a filing back and tells its author by mail.
    ///
    /// # Errors
    /// See [`Error`]; the field is `comment`.
    pub async fn send_back(&self, act: Act, command: SendBack) -> Result<Done, Error> {
        self.once(act, move |tx, act| send_back(tx, act, command)).await
    }
}

fn send_back(tx: &mut WriteTx<'_>, act: &Act, command: SendBack) -> Result<Done, Error> {
    let row = filing::find(tx, &command.reference)?;
    let body = row.addressee.map(|id| find_addressee(tx, id)).transpose()?.map(|row| row.answerer_id);
    let about = About { body, judges: row.proposal.judges(), ..About::default() };
    may(act.actor, Deed::Publish, about.of(recommendation_place(tx, row.recommendation)?.inquiry_id))?;
    if row.is_with_its_body() {
        return Err(Error::NotFound);
    }
    let comment = command.comment.ok_or_else(|| Problems::one("comment", "Enter what should be looked at again"))?;
    if let (Some(addressee), FilingKind::Return) = (row.addressee, row.proposal.kind()) {
        let answer = Answer::find(tx, act, addressee, Deed::Publish, |about| about)?;
        step_on(tx, act, &answer, &row, ArrivalStep::SentBack)?;
    }
    let step = Step {
        id: row.id,
        version: command.version,
        to: FilingState::SentBack,
        person: act.actor.person,
        at: act.now,
        comment: Some(&comment),
        proposal: None,
        published: None,
    };
    filing::advance(tx, &step)?;
    tell_author(tx, act, &row)?;
    Ok(Done::at(address::filing(&command.reference)))
}

fn tell_author(tx: &mut WriteTx<'_>, act: &Act, row: &FilingRow) -> Result<(), Error> {
    let Some((person, email)) = reader(tx, row)? else { return Ok(()) };
    // Nobody is told of their own act.
    if person == act.actor.person {
        return Ok(());
    }
    let link = address::filing(&row.reference);
    let item = item(tx, row.recommendation, link.clone())?;
    let letter = Letter::ReturnSentBack(ReturnSentBack { filing: row.proposal.kind(), items: vec![item], link });
    let mail = NewMail {
        reference: &act.fresh,
        dedupe_key: None,
        person: Some(person),
        email: &email,
        letter: &letter,
        not_before: act.now,
        now: act.now,
    };
    outbox::enqueue(tx, &mail)?;
    Ok(())
}

/// The author; of a body's update or reply whose author does not work for that body any more, the contact for its item.
fn reader(tx: &mut WriteTx<'_>, row: &FilingRow) -> Result<Option<(PersonId, Email)>, Error> {
    let Some(item) = row.addressee.filter(|_| row.proposal.kind().is_of_body()) else {
        return Ok(filing::author_email(tx, row.author)?.map(|email| (row.author, email)));
    };
    let body = find_addressee(tx, item)?.answerer_id;
    if duty::colleagues(tx, body)?.iter().any(|one| one.works && one.person == row.author) {
        return Ok(filing::author_email(tx, row.author)?.map(|email| (row.author, email)));
    }
    let duties = duty::held_of(tx, body)?;
    let Some(contact) = contact_for(item, &duties) else { return Ok(None) };
    Ok(filing::author_email(tx, contact)?.map(|email| (contact, email)))
}
