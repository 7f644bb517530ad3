//! Inquiries of a register file, with their events.

use super::Loading;
use crate::domain::event::EventKind;
use crate::domain::id::InquiryId;
use crate::domain::loaded::Loadable;
use crate::domain::register_file::InquiryFile;
use crate::service::Error;
use crate::store::Error as StoreError;
use crate::store::held;
use crate::store::ledger::{CountInSource, NewEvent, NewInquiryText, insert_event, insert_inquiry_text};
use crate::store::present::{NewInquiry, insert_inquiry, refresh_inquiry};

/// The inquiry, and whether it is new with this load.
pub(super) fn one(loading: &mut Loading<'_, '_>, file: &InquiryFile) -> Result<(InquiryId, bool), Error> {
    let held = held::inquiry(loading.tx, &file.slug)?;
    let is_new = held.is_none();
    let id = match held {
        Some(held) => {
            let pairs = [
                ("its kind", held.kind == file.kind),
                ("its title", held.title == file.title),
                ("its short title", held.short_title == file.short_title),
                ("its chair", held.chair == file.chair),
                ("its legal basis", held.legal_basis == file.legal_basis),
                ("its source", held.source_url == file.source_url),
                ("the note on its source", held.source_note == file.source_note),
                ("who monitors it", held.monitored_by == file.monitored_by),
                ("its note", held.note == file.note),
                ("its date of publication", held.published_on == file.published_on),
            ];
            loading.compare(&format!("inquiry {}", file.slug), &pairs);
            held.id
        }
        None => insert(loading, file)?,
    };
    for event in &file.events {
        if !held::has_event(loading.tx, id, event.happened, &event.words)? {
            let seq = loading.seq(Some(id), None)?;
            let new = NewEvent {
                kind: EventKind::Event,
                happened: event.happened,
                words: event.words.clone(),
                source_url: event.source_url.clone(),
                checked: event.checked,
                corrects: None,
                present: true,
                meeting: None,
                replaces: None,
            };
            insert_event(loading.tx, seq, id, &new)?;
            loading.added(Loadable::Event);
        }
    }
    Ok((id, is_new))
}

fn insert(loading: &mut Loading<'_, '_>, file: &InquiryFile) -> Result<InquiryId, Error> {
    let seq = loading.seq(None, None)?;
    let new = NewInquiry {
        slug: file.slug.clone(),
        position: held::inquiries(loading.tx)? + 1,
        kind: file.kind.clone(),
        title: file.title.clone(),
        short_title: file.short_title.clone(),
        version: 0,
        seq,
    };
    let id = insert_inquiry(loading.tx, &new)?;
    let counts: Vec<CountInSource> = file
        .counts_in_source
        .iter()
        .map(|said| CountInSource {
            count: i64::from(said.count),
            on: said.on,
            note: said.note.clone().unwrap_or_default(),
        })
        .collect();
    let text = NewInquiryText {
        inquiry_id: id,
        kind: file.kind.clone(),
        title: file.title.clone(),
        short_title: file.short_title.clone(),
        chair: file.chair.clone(),
        commissioned_by: file.commissioned_by.as_ref().map(|slug| loading.body(slug)).transpose()?,
        issued_by: file.issued_by.as_ref().map(|slug| loading.body(slug)).transpose()?,
        legal_basis: file.legal_basis.clone(),
        source_url: file.source_url.clone(),
        source_note: file.source_note.clone(),
        own_references: file.own_references,
        monitored_by: file.monitored_by.clone(),
        note: file.note.clone(),
        published_on: file.published_on,
        counts_in_source: serde_json::to_string(&counts).map_err(|fault| StoreError::Failed(fault.to_string()))?,
        language: None,
        licence: None,
        not_tracked: file.not_tracked.as_ref().map(|(count, _)| i64::from(*count)),
        not_tracked_why: file.not_tracked.as_ref().map(|(_, why)| why.clone()),
    };
    insert_inquiry_text(loading.tx, seq, &text)?;
    refresh_inquiry(loading.tx, seq, id)?;
    loading.added(Loadable::Inquiry);
    Ok(id)
}
