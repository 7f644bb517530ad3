//! Removing words for good, because the law asks for it: an administrator proposes, a second person removes. The record
//! keeps its number, its date and its value, and says that its words were removed.

use super::{Act, Done, Error, Service, named, withhold};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::{Seq, UpdateId};
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::problem::Problems;
use crate::domain::redaction::{RedactionKind, RedactionState};
use crate::store::ledger::{self, NewChange, erase, open_change};
use crate::store::redaction::{self, NewRedaction};
use crate::store::{WriteTx, bulk, filing, outbox, setting, withholding};

/// Words to be removed.
#[derive(Debug, Clone)]
pub struct ProposeRedaction {
    /// What kind of record.
    pub subject: Subject,
    /// Its number.
    pub row: i64,
    /// Why; `None` where nothing was chosen.
    pub kind: Option<RedactionKind>,
    /// Others about the same thing that share some of its words, by their rows: each is proposed by itself.
    pub also: Vec<i64>,
    /// What the record is about, in words that repeat nothing of it.
    pub place: String,
}

/// A proposal to be decided.
#[derive(Debug, Clone)]
pub struct DecideRedaction {
    /// Its own name.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
    /// Whether the words are to go.
    pub remove: bool,
}

/// Every table in which published words, or copies of them, can stand.
pub(super) const TABLES: &[&str] = &[
    "change",
    "fact_update",
    "wording",
    "inquiry",
    "inquiry_text",
    "body",
    "body_text",
    "theme",
    "theme_text",
    "remark",
    "inquiry_event",
    "succession",
    "deadline",
    "recommendation",
    "filing",
    "filing_step",
    "outbox",
    "accuracy",
    "target_ask",
    "coverage",
    "page_text",
    "format_link",
    "evidence",
    "exhibit",
    "file",
    "file_chunk",
    "agreement",
    "report",
    "mark",
    "report_file",
    "outside_finding",
    "bulk",
    "redaction",
    "search",
];

impl Service {
    /// Proposes that words be removed, and withholds them meanwhile.
    ///
    /// # Errors
    /// See [`Error`]; the field is `kind`.
    pub async fn propose_redaction(&self, act: Act, command: ProposeRedaction) -> Result<Done, Error> {
        self.once(act, move |tx, act| propose(tx, act, &command)).await
    }

    /// Removes them, or declines to. What the database keeps of freed bytes is overwritten afterwards, if it can be: else the
    /// nightly job tries again, and nothing else waits for it.
    ///
    /// # Errors
    /// `Refused` for the proposer, `Stale` when somebody decided meanwhile; the database.
    pub async fn decide_redaction(&self, act: Act, command: DecideRedaction) -> Result<Done, Error> {
        let remove = command.remove;
        let done = self.once(act, move |tx, act| decide(tx, act, &command)).await?;
        if remove {
            self.list_removals_meanwhile().await;
            self.overwrite_traces().await;
        }
        Ok(done)
    }

    /// Overwrites what removed words have left behind, where something is left; what stands against it is said in the log.
    pub(super) async fn overwrite_traces(&self) {
        match self.try_to_overwrite().await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!("traces of removed words could not be overwritten yet: somebody reads the register")
            }
            Err(fault) => tracing::error!(source = %fault, "traces of removed words could not be overwritten yet"),
        }
    }

    async fn try_to_overwrite(&self) -> Result<bool, Error> {
        let left = self.writer.write_unseen(|tx| Ok::<_, Error>(setting::traces(tx)?)).await?;
        let Some(left) = left else { return Ok(true) };
        let done = self.writer.scrub(TABLES).await?;
        if done {
            self.writer.write(move |tx| Ok::<_, Error>(setting::no_traces(tx, left)?)).await?;
        }
        Ok(done)
    }
}

fn propose(tx: &mut WriteTx<'_>, act: &Act, command: &ProposeRedaction) -> Result<Done, Error> {
    may(act.actor, Deed::ProposeRedaction, About::default())?;
    let mut problems = Problems::none();
    let Some(kind) = command.kind else {
        problems.add("kind", "Choose why the law asks for it");
        return Err(act.faults.clone().and(problems).into());
    };
    if !kind.is_legal() {
        problems.add("kind", "Only the law takes words out for good. Withhold them instead");
        return Err(problems.into());
    }
    let known = ledger::to_decide(tx, command.subject, command.row)?;
    let also = withhold::chosen(&known, &command.also)?;
    propose_one(tx, act, command, kind, (command.row, act.fresh.as_str()))?;
    for row in also {
        // What says the same as one before it goes with that one.
        if !redaction::is_proposed(tx, command.subject, row)? {
            propose_one(tx, act, command, kind, (row, format!("{}-{row}", act.fresh).as_str()))?;
        }
    }
    Ok(Done::at(address::staff_redaction(&act.fresh)))
}

fn propose_one(
    tx: &mut WriteTx<'_>,
    act: &Act,
    command: &ProposeRedaction,
    kind: RedactionKind,
    (row, reference): (i64, &str),
) -> Result<(), Error> {
    let subject = command.subject;
    let (_, withheld) = ledger::seq_of(tx, subject, row)?;
    if redaction::is_proposed(tx, subject, row)? || ledger::is_removed(tx, subject, row)? {
        return Err(Error::Stale);
    }
    if !withheld {
        withhold::set(tx, act, subject, row, true, None)?;
    }
    // Why they are withheld is known with it, unless somebody has said so before.
    if let Some(by) = ledger::withheld_since(tx, subject, row)?
        && withholding::find(tx, by)?.kind.is_none()
    {
        if withheld {
            withhold::later(tx, act, by, kind)?;
        } else {
            ledger::insert_grounds(tx, by, by, kind)?;
        }
    }
    let new = NewRedaction { reference, subject, row, kind, place: &command.place, by: act.actor.person, at: act.now };
    Ok(redaction::propose(tx, &new)?)
}

fn decide(tx: &mut WriteTx<'_>, act: &Act, command: &DecideRedaction) -> Result<Done, Error> {
    let row = redaction::find(tx, &command.reference)?;
    may(act.actor, Deed::Redact, About { author: Some(row.proposed_by), ..About::register() })?;
    let here = address::staff_redaction(&command.reference);
    if row.state == RedactionState::Proposed && ledger::is_removed(tx, row.subject, row.row)? {
        // They went with others that say the same: there is nothing left to decide, and nothing to publish.
        redaction::settle(tx, row.subject, &[row.row], Some(act.actor.person), act.now)?;
        return Ok(Done::unchanged(here));
    }
    if !command.remove {
        redaction::decide(tx, row.id, command.version, None, act.actor.person, act.now)?;
        return Ok(Done::at(here));
    }
    let about = ledger::about(tx, row.subject, row.row)?;
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        body_id: about.body,
        inquiry_id: about.inquiry,
        recommendation_id: about.recommendation,
        addressee_id: about.addressee,
        ..NewChange::of(ChangeKind::Redacted, act.now, act.day)
    };
    let seq = open_change(tx, &change)?;
    redaction::decide(tx, row.id, command.version, Some(seq), act.actor.person, act.now)?;
    let (published, _) = ledger::seq_of(tx, row.subject, row.row)?;
    ledger::insert_taken_out(tx, seq, (row.subject, row.row), published)?;
    let rows = remove_everywhere(tx, row.subject, row.row, seq, act.now)?;
    redaction::settle(tx, row.subject, &rows, Some(act.actor.person), act.now)?;
    Ok(Done::published(here, seq))
}

/// Removes the words of a record, marks it with the change that removed them, and removes every copy of them that this
/// database holds: in what goes together with it, in the work that led there, in the search index, in mail. Answers the rows that went.
pub(super) fn remove_everywhere(
    tx: &mut WriteTx<'_>,
    subject: Subject,
    row: i64,
    by: Seq,
    now: Moment,
) -> Result<Vec<i64>, Error> {
    let about = ledger::about(tx, subject, row)?;
    let (published, _) = ledger::seq_of(tx, subject, row)?;
    setting::leave_traces(tx, by, now)?;
    let names = match subject {
        Subject::Description | Subject::Body => ledger::names_in(tx, subject, row)?,
        _ => Vec::new(),
    };
    let corrected = (subject == Subject::Update).then_some(UpdateId(row));
    let erased = erase(tx, subject, row, published, by)?;
    for published in erased.published {
        filing::remove_words(tx, published, corrected)?;
    }
    withhold::renamed(tx, by, subject, row, about)?;
    named::in_removals(tx, subject, &about, &names)?;
    // What was sent is not kept longer than the words themselves; what waits is composed anew from what may be said, and a
    // digest to the public drops what it was to say at its last try.
    bulk::remove(tx, now.plus_seconds(1))?;
    outbox::rewrite_unsent(tx, |letter| match letter {
        Letter::PublicDigest(digest) => digest.news.take().is_some(),
        _ => false,
    })?;
    outbox::remove_words(tx, now.plus_seconds(1))?;
    Ok(erased.rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the words of each kind of record stand, and every copy of them beside it.
    const fn tables(subject: Subject) -> &'static [&'static str] {
        match subject {
            Subject::Change => &["change", "succession"],
            Subject::Update => &["fact_update", "filing", "filing_step", "accuracy"],
            Subject::Wording => &["wording", "recommendation", "filing", "search"],
            Subject::Remark => &["remark", "target_ask"],
            Subject::Event => &["inquiry_event"],
            Subject::Deadline => &["deadline", "target_ask"],
            Subject::Evidence => &["evidence", "exhibit", "file", "file_chunk"],
            Subject::Agreement => &["agreement"],
            Subject::Report => &["report", "report_file", "file", "file_chunk"],
            Subject::Mark => &["mark"],
            Subject::Outside => &["outside_finding"],
            Subject::Coverage => &["coverage"],
            Subject::Page => &["page_text"],
            Subject::Format => &["format_link"],
            Subject::Description => &["inquiry_text", "inquiry", "search", "redaction"],
            Subject::Body => &["body_text", "body", "search", "redaction"],
            Subject::Theme => &["theme_text", "theme", "search"],
        }
    }

    #[test]
    fn the_tables_of_every_kind_of_record_are_overwritten() {
        for subject in Subject::ALL.iter().copied() {
            for table in tables(subject) {
                assert!(TABLES.contains(table), "{subject}: {table}");
            }
        }
        // The public reason of any change, and mail about any of them.
        assert!(TABLES.contains(&"change") && TABLES.contains(&"outbox") && TABLES.contains(&"bulk"));
    }
}
