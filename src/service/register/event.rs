//! Events of an inquiry's own timeline: told, put right by another, taken back.

use super::{change, why};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::event::{EventKind, check_when};
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::service::{Act, Done, Error, Service};
use crate::store::event::{self, Event, Of};
use crate::store::ledger::{NewChange, NewEvent, insert_event, lock_newest, open_change};
use crate::store::{WriteTx, inquiry};

/// How many events of an inquiry are searched for the one to correct.
const MOST: i64 = 2000;

/// An event.
#[derive(Debug, Clone)]
pub struct RecordEvent {
    /// The inquiry.
    pub inquiry: Slug,
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
    let name = inquiry::name(tx, &command.inquiry)?;
    may(act.actor, Deed::RecordFact, About::default().of(name.id))?;
    // Nobody else puts the same event right until this ends.
    lock_newest(tx)?;
    let wrong = match command.corrects {
        Some(row) => {
            let all = event::find(tx, &Of::Inquiry(name.id), MOST)?;
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
    let change = NewChange { inquiry_id: Some(name.id), ..change(act, ChangeKind::Event, reason) };
    let seq = open_change(tx, &change)?;
    insert_event(tx, seq, name.id, &new)?;
    Ok(Done::published(address::staff_inquiry(name.slug.as_str()), seq))
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
