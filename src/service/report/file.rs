//! The document itself, where it is kept here: private, published, or taken back.

use super::held::refuse_held;
use super::{change, find, refuse_withheld};
use crate::domain::access::Deed;
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::{BodyId, Seq};
use crate::domain::problem::Problems;
use crate::service::evidence::Taken;
use crate::service::{Act, Done, Error, Service};
use crate::store::WriteTx;
use crate::store::file::{self, NewFile};
use crate::store::ledger::{NewReport, insert_report, lock_newest, open_change};
use crate::store::report::{self, Kept};

/// To whoever publishes a file with other words than those that everybody has read.
const ALREADY_SAID: &str = "What it says is public in other words. Publish the file with those, and put them right, with the \
     reason, under \u{201c}Put right what is said of it\u{201d}";

/// The private file of a document, to be published.
#[derive(Debug, Clone)]
pub struct PublishReportFile {
    /// The document, by the change that logged it.
    pub began: Seq,
    /// The version that the form was made from.
    pub version: i64,
    /// The change that published what the form showed of the document.
    pub shown: i64,
    /// What it says, for whoever cannot open it or read it.
    pub summary: Option<String>,
    /// Where something was found in the file: that it may be public all the same.
    pub hidden_is_seen: bool,
}

/// The private file of a document, to be taken back.
#[derive(Debug, Clone)]
pub struct TakeReportFileBack {
    /// The document, by the change that logged it.
    pub began: Seq,
    /// The version that the form was made from.
    pub version: i64,
}

impl Service {
    /// Publishes the file of a document.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `summary` and `hidden`. `Stale` when somebody was first.
    pub async fn publish_report_file(&self, act: Act, command: PublishReportFile) -> Result<Done, Error> {
        self.once(act, move |tx, act| publish(tx, act, command)).await
    }

    /// Takes the private file of a document back: its bytes go.
    ///
    /// # Errors
    /// `Refused` without the right, `Stale` when it is public or somebody was first.
    pub async fn take_report_file_back(&self, act: Act, command: TakeReportFileBack) -> Result<Done, Error> {
        self.once(act, move |tx, act| take_back(tx, act, &command)).await
    }
}

/// Keeps a file that was looked at.
pub(super) fn keep(tx: &mut WriteTx<'_>, act: &Act, of: (Seq, BodyId), taken: &Taken) -> Result<(), Error> {
    let new = NewFile {
        reference: &act.fresh,
        looked: &taken.looked,
        sha256: &taken.sha256,
        bytes: &taken.bytes,
        at: act.now,
    };
    let id = file::keep(tx, &new)?;
    Ok(report::keep_file(tx, of, id, act.actor.person, act.now)?)
}

/// The file that is kept and not public yet.
fn private(tx: &mut WriteTx<'_>, began: Seq, version: i64) -> Result<Kept, Error> {
    let kept = report::kept_file(tx, began)?.ok_or(Error::NotFound)?;
    if kept.is_published || kept.version != version { Err(Error::Stale) } else { Ok(kept) }
}

fn publish(tx: &mut WriteTx<'_>, act: &Act, command: PublishReportFile) -> Result<Done, Error> {
    let found = find(tx, act, command.began, Deed::Publish)?;
    lock_newest(tx)?;
    let kept = private(tx, found.began, command.version)?;
    let before = report::find(tx, found.began)?;
    if before.seq.0 != command.shown {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    if command.summary.is_none() {
        problems.add("summary", "Enter what it says, for whoever cannot open it or read it");
    } else if before.summary.is_some() && before.summary != command.summary {
        // What everybody has read gives way to a correction alone, which says why.
        problems.add("summary", ALREADY_SAID);
    }
    if !kept.file.hidden.is_empty() && !command.hidden_is_seen {
        problems.add(
            "hidden",
            "Something was found in the file. Confirm that it may be public, or take it back and choose a file without it",
        );
    }
    refuse_withheld(tx, &mut problems, "summary", &before)?;
    refuse_held(tx, &mut problems, "summary", (before.body.id, Some(before.began)))?;
    act.publishable(problems)?;
    report::claim_file(tx, kept.id, command.version)?;
    let seq = open_change(tx, &change(act, ChangeKind::Report, before.body.id, None))?;
    let new = NewReport {
        body_id: before.body.id,
        kind: before.kind,
        title: before.title.said().unwrap_or_default().to_owned(),
        happened_on: before.happened.day,
        precision: before.happened.precision,
        received_on: before.received_on,
        url: before.url,
        seen_on: before.seen_on,
        file_id: Some(kept.file.id),
        summary: command.summary,
        language: before.rights.language,
        licence: before.rights.licence,
        author_id: act.actor.person,
        corrects: None,
    };
    insert_report(tx, seq, Some(before.began), &new)?;
    Ok(Done::published(address::staff_report(before.began), seq))
}

fn take_back(tx: &mut WriteTx<'_>, act: &Act, command: &TakeReportFileBack) -> Result<Done, Error> {
    let found = find(tx, act, command.began, Deed::RecordFact)?;
    lock_newest(tx)?;
    let kept = private(tx, found.began, command.version)?;
    report::claim_file(tx, kept.id, command.version)?;
    report::take_file_back(tx, &kept, act.now)?;
    Ok(Done::at(address::staff_report(found.began)))
}
