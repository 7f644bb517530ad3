//! Events of an inquiry's own timeline, and of a body: told, put right by another, taken back.

use super::{change, why};
use crate::domain::access::{About, Deed, Place, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::event::{EventKind, check_when};
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{Act, Done, Error, Service};
use crate::store::event::{self, Event, Of};
use crate::store::ledger::{NewChange, NewEvent, insert_body_event, insert_event, lock_newest, open_change};
use crate::store::{ReadTx, WriteTx, body, inquiry};

/// How many events of an inquiry are searched for the one to correct.
const MOST: i64 = 2000;

/// What an event is told of.
#[derive(Debug, Clone)]
pub enum EventOf {
    /// An inquiry.
    Inquiry(Slug),
    /// A body.
    Body(Slug),
}

/// An event.
#[derive(Debug, Clone)]
pub struct RecordEvent {
    /// The inquiry, or the body.
    pub of: EventOf,
    /// What kind.
    pub kind: EventKind,
    /// When.
    pub happened: Happened,
    /// What happened, in public.
    pub words: Option<String>,
    /// Where that can be read.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Checked,
    /// The row of the event that this one puts right.
    pub corrects: Option<i64>,
    /// Whether nothing of the kind happened: that one is taken back.
    pub takes_back: bool,
    /// Why it was wrong, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes an event, puts one right, or takes one back.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`RecordEvent`]. `Stale` when the event was put right already.
    pub async fn record_event(&self, act: Act, command: RecordEvent) -> Result<Done, Error> {
        self.once(act, move |tx, act| record(tx, act, command)).await
    }
}

fn record(tx: &mut WriteTx<'_>, act: &Act, command: RecordEvent) -> Result<Done, Error> {
    let (of, about, location) = place(tx, &command.of)?;
    may(act.actor, Deed::RecordFact, about)?;
    // Nobody else puts the same event right until this ends.
    lock_newest(tx)?;
    let wrong = match command.corrects {
        Some(row) => {
            let all = event::find(tx, &of, MOST)?;
            let wrong = all.into_iter().find(|event| event.id.0 == row && event.present).ok_or(Error::NotFound)?;
            if wrong.corrected_by.is_some() || wrong.replaced_by.is_some() {
                return Err(Error::Stale);
            }
            if wrong.meeting.is_some() {
                return Err(Problems::one("", "This is a meeting: change it on its own page, under Meetings").into());
            }
            Some(wrong)
        }
        None => None,
    };
    let takes_back = wrong.as_ref().filter(|_| command.takes_back);
    let mut problems = Problems::none();
    if takes_back.is_none() {
        if command.words.is_none() {
            problems.add("words", "Enter what happened");
        }
        if wrong.as_ref().is_some_and(|wrong| wrong.words.said().is_none()) {
            problems.add("words", "The words of the earlier entry are withheld: it can only be taken back");
        }
        check_when(&mut problems, "happened", command.kind, command.happened, act.day);
        let to_come = command.happened.day.is_some_and(|day| day > act.day);
        if command.kind == EventKind::Meeting && to_come && wrong.is_none() {
            // As an event alone it could not be moved, held or cancelled, and no papers and no dates would go with it.
            problems.add("happened", words::CALL_IT_UNDER_MEETINGS);
        }
    }
    if wrong.is_some() {
        why(&mut problems, command.reason.as_ref());
    }
    act.publishable(problems)?;
    let corrects = wrong.as_ref().map(|wrong| wrong.id);
    let new = match takes_back {
        Some(wrong) => taken_back(wrong),
        None => NewEvent {
            kind: command.kind,
            happened: command.happened,
            words: command.words.unwrap_or_default(),
            source_url: command.source_url,
            checked: command.checked,
            corrects,
            present: true,
            meeting: None,
            replaces: None,
        },
    };
    let reason = corrects.and(command.reason);
    let seq = match of {
        Of::Body(id) => {
            let change = NewChange { body_id: Some(id), ..change(act, ChangeKind::BodyEvent, reason) };
            let seq = open_change(tx, &change)?;
            insert_body_event(tx, seq, id, &new)?;
            seq
        }
        Of::Inquiry(id) => {
            let change = NewChange { inquiry_id: Some(id), ..change(act, ChangeKind::Event, reason) };
            let seq = open_change(tx, &change)?;
            insert_event(tx, seq, id, &new)?;
            seq
        }
        Of::Changes(_) | Of::Rows(_) => return Err(Error::NotFound),
    };
    Ok(Done::published(location, seq))
}

/// Whose event it is, on what the right to tell it depends, and where the deed leads.
fn place(tx: &mut ReadTx<'_>, of: &EventOf) -> Result<(Of, About, String), Error> {
    Ok(match of {
        EventOf::Inquiry(slug) => {
            let name = inquiry::name(tx, slug)?;
            let location = address::staff_inquiry(name.slug.as_str());
            (Of::Inquiry(name.id), About::default().of(name.id), location)
        }
        EventOf::Body(slug) => {
            let name = body::name(tx, slug)?;
            let about = About { place: Place::Register, ..About::body(name.id) };
            (Of::Body(name.id), about, address::REGISTER.to_owned())
        }
    })
}

/// Stands where the wrong one stood, and says nothing but that.
fn taken_back(wrong: &Event) -> NewEvent {
    NewEvent {
        kind: wrong.kind,
        happened: wrong.happened,
        words: String::new(),
        source_url: None,
        checked: wrong.checked,
        corrects: Some(wrong.id),
        present: false,
        meeting: None,
        replaces: None,
    }
}
