//! Events of an inquiry, or of a body, as data.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::checked::Checked;
use crate::domain::event::EventKind;
use crate::domain::meeting::MeetingState;
use crate::domain::moment::{Day, Precision};
use crate::store::event::Event;
use crate::store::withheld::Words;

/// Something that happened around an inquiry, or to a body.
#[derive(Serialize, ToSchema)]
#[schema(as = Event)]
pub(in crate::web) struct EventData {
    change: i64,
    kind: EventKind,
    happened_on: Option<Day>,
    happened_precision: Precision,
    words: Option<String>,
    withheld_on: Option<Day>,
    source_url: Option<String>,
    /// How far it was compared with a source; none of a meeting that is kept as one, which is this register's own statement.
    checked: Option<Checked>,
    /// False where it says only that the entry which it corrects was made in error.
    happened: bool,
    corrects: Option<i64>,
    corrected_by: Option<i64>,
    /// Of a meeting that is kept as one: where it stands, and by when its papers are due.
    meeting: Option<MeetingState>,
    papers_due_on: Option<Day>,
    /// The change that published the same meeting as it stood before, and the one that published how it stood next.
    replaces: Option<i64>,
    replaced_by: Option<i64>,
}

impl EventData {
    pub(super) fn new(event: &Event) -> Self {
        Self {
            change: event.seq.0,
            kind: event.kind,
            happened_on: event.happened.day,
            happened_precision: event.happened.precision,
            words: event.words.said().filter(|_| event.present).map(str::to_owned),
            withheld_on: match &event.words {
                Words::Withheld(taken) => Some(taken.on),
                Words::Said(_) => None,
            },
            source_url: event.source_url.clone(),
            checked: event.meeting.is_none().then_some(event.checked),
            happened: event.present,
            corrects: event.corrects.map(|seq| seq.0),
            corrected_by: event.corrected_by.map(|seq| seq.0),
            meeting: event.meeting.map(|meeting| meeting.state),
            papers_due_on: event.meeting.and_then(|meeting| meeting.papers_due_on),
            replaces: event.replaces.map(|seq| seq.0),
            replaced_by: event.replaced_by.map(|seq| seq.0),
        }
    }
}
