//! Taking published words out of sight with one click, and showing them again. Value, date and address stay.
//!
//! The click asks nothing, for it is made in a hurry. For which kind of reason is said next, or when there is time: until then
//! the record says that nobody has said so.

use super::{Act, Done, Error, Service, named, search};
use crate::domain::access::{About, Deed, Place, may};
use crate::domain::address;
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::Seq;
use crate::domain::problem::Problems;
use crate::domain::redaction::RedactionKind;
use crate::store::ledger::{self, NewChange, Related, open_change};
use crate::store::present::{name_inquiry, refresh_body, refresh_theme, refresh_words};
use crate::store::{WriteTx, change, redaction, theme, withholding};

/// Which words to withhold, or to show again.
#[derive(Debug, Clone)]
pub struct Withhold {
    /// What kind of record they stand in.
    pub subject: Subject,
    /// Its row, from the form.
    pub row: i64,
    /// Whether to withhold (else to show again).
    pub withheld: bool,
    /// The public reason: a kind of reason, never the words themselves.
    pub reason: Option<String>,
}

impl Service {
    /// Withholds the words of a published record, or shows them again. At once and everywhere; the deed itself is a change.
    ///
    /// # Errors
    /// See [`Error`]; `Stale` when somebody did the same meanwhile.
    pub async fn withhold(&self, act: Act, command: Withhold) -> Result<Done, Error> {
        self.once(act, move |tx, act| withhold(tx, act, command)).await
    }
}

fn withhold(tx: &mut WriteTx<'_>, act: &Act, command: Withhold) -> Result<Done, Error> {
    may(act.actor, Deed::Withhold, About::default())?;
    let about = ledger::about(tx, command.subject, command.row)?;
    if !command.withheld {
        // To show words again is to let them through, which nobody does for their own body.
        let shown = About { body: about.body, ..About::default() };
        let place = about.inquiry.map_or(Place::Register, Place::Inquiry);
        may(act.actor, Deed::Publish, About { place, ..shown })?;
    }
    let (_, withheld) = ledger::seq_of(tx, command.subject, command.row)?;
    if withheld == command.withheld {
        return Err(Error::Stale);
    }
    if ledger::is_removed(tx, command.subject, command.row)? {
        return Err(Problems::one("reason", "These words were removed for legal reasons and are kept nowhere").into());
    }
    if !command.withheld && redaction::is_proposed(tx, command.subject, command.row)? {
        return Err(
            Problems::one("reason", "It is proposed to remove these words for good. That is decided first").into()
        );
    }
    if !command.withheld {
        // Words become public again: the four questions stand before that as before any publishing.
        act.publishable(Problems::none())?;
    }
    set(tx, act, command.subject, command.row, command.withheld, command.reason)
}

/// Others that still show some of the words that a change withheld.
#[derive(Debug, Clone)]
pub struct WithholdOthers {
    /// That change.
    pub withholding: Seq,
    /// Their rows, of the same kind of record and about the same thing.
    pub rows: Vec<i64>,
}

impl Service {
    /// Withholds others that share some of the words, each under a change of its own: each can be shown again by itself. The kind of
    /// reason, where it was said, is said of each.
    ///
    /// # Errors
    /// See [`Error`]; `Stale` when one of them does not stand as it was shown.
    pub async fn withhold_others(&self, act: Act, command: WithholdOthers) -> Result<Done, Error> {
        self.once(act, move |tx, act| withhold_others(tx, act, &command)).await
    }
}

fn withhold_others(tx: &mut WriteTx<'_>, act: &Act, command: &WithholdOthers) -> Result<Done, Error> {
    may(act.actor, Deed::Withhold, About::default())?;
    let here = address::withholding(command.withholding);
    let found = withholding::find(tx, command.withholding)?;
    let record = found.record.ok_or(Error::NotFound)?;
    let known = ledger::to_decide(tx, record.subject, record.row)?;
    let mut last = None;
    for row in chosen(&known, &command.rows)? {
        // What says the same as one before it went with that one.
        if ledger::withheld_since(tx, record.subject, row)?.is_some() {
            continue;
        }
        let seq = set(tx, act, record.subject, row, true, None)?.seq.ok_or(Error::NotFound)?;
        if let Some(kind) = found.kind {
            ledger::insert_grounds(tx, seq, seq, kind)?;
        }
        last = Some(seq);
    }
    Ok(last.map_or_else(|| Done::unchanged(here.clone()), |seq| Done::published(here.clone(), seq)))
}

/// Those that a person ticked, each once; all of them must still be open to be decided on.
pub(super) fn chosen(known: &[Related], rows: &[i64]) -> Result<Vec<i64>, Error> {
    if rows.iter().any(|row| known.iter().all(|one| one.row != *row)) {
        return Err(Error::Stale);
    }
    Ok(known.iter().map(|one| one.row).filter(|row| rows.contains(row)).collect())
}

/// Marks the record, under a change of its own.
pub(super) fn set(
    tx: &mut WriteTx<'_>,
    act: &Act,
    subject: Subject,
    row: i64,
    withheld: bool,
    reason: Option<String>,
) -> Result<Done, Error> {
    let about = ledger::about(tx, subject, row)?;
    let kind = if withheld { ChangeKind::Withheld } else { ChangeKind::Shown };
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        body_id: about.body,
        inquiry_id: about.inquiry,
        recommendation_id: about.recommendation,
        addressee_id: about.addressee,
        reason,
        ..NewChange::of(kind, act.now, act.day)
    };
    let seq = open_change(tx, &change)?;
    let (published, _) = ledger::seq_of(tx, subject, row)?;
    ledger::insert_taken_out(tx, seq, (subject, row), published)?;
    ledger::mark(tx, subject, row, withheld.then_some(seq))?;
    renamed(tx, seq, subject, row, about)?;
    let to = if withheld { address::withholding(seq) } else { address::change(seq) };
    Ok(Done::published(to, seq))
}

/// For which kind of reason words were withheld.
#[derive(Debug, Clone, Copy)]
pub struct SayGrounds {
    /// The change that withheld them.
    pub withholding: Seq,
    /// The kind that stands, as the form showed it.
    pub shown: Option<RedactionKind>,
    /// What is said.
    pub kind: Option<RedactionKind>,
}

impl Service {
    /// Says for which kind of reason words were withheld: a change of its own, which nothing holds up. What is said later counts.
    ///
    /// # Errors
    /// See [`Error`]; `Stale` when somebody said another kind meanwhile; the field is `kind`.
    pub async fn say_grounds(&self, act: Act, command: SayGrounds) -> Result<Done, Error> {
        self.once(act, move |tx, act| say_grounds(tx, act, command)).await
    }
}

fn say_grounds(tx: &mut WriteTx<'_>, act: &Act, command: SayGrounds) -> Result<Done, Error> {
    may(act.actor, Deed::Withhold, About::default())?;
    ledger::lock_newest(tx)?;
    let found = withholding::find(tx, command.withholding)?;
    let Some(kind) = command.kind else {
        return Err(Problems::one("kind", "Choose the kind of reason").into());
    };
    if found.kind != command.shown && found.kind != Some(kind) {
        return Err(Error::Stale);
    }
    let here = address::withholding(command.withholding);
    if found.kind == Some(kind) {
        // It is said already.
        return Ok(Done::unchanged(here));
    }
    let seq = later(tx, act, command.withholding, kind)?;
    Ok(Done::published(here, seq))
}

/// Says it after the withholding, under a change about the same thing.
pub(super) fn later(tx: &mut WriteTx<'_>, act: &Act, withholding: Seq, kind: RedactionKind) -> Result<Seq, Error> {
    let of = change::find(tx, withholding)?;
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        body_id: of.body.map(|body| body.id),
        inquiry_id: of.inquiry.map(|inquiry| inquiry.id),
        recommendation_id: of.recommendation,
        addressee_id: of.addressee.map(|answer| answer.id),
        ..NewChange::of(ChangeKind::Grounds, act.now, act.day)
    };
    let seq = open_change(tx, &change)?;
    ledger::insert_grounds(tx, seq, withholding, kind)?;
    Ok(seq)
}

/// Works out again what is called by words that came or went: with it what can be found, and what waiting mail says.
pub(super) fn renamed(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    subject: Subject,
    row: i64,
    about: ledger::About,
) -> Result<(), Error> {
    match (subject, about.recommendation, about.inquiry, about.body) {
        (Subject::Wording, Some(recommendation), ..) => {
            refresh_words(tx, seq, recommendation)?;
            search::index(tx, recommendation)?;
            named::recommendation(tx, recommendation)?;
        }
        (Subject::Description, _, Some(inquiry), _) => {
            name_inquiry(tx, inquiry)?;
            search::index_inquiry(tx, inquiry)?;
            let names = ledger::names_in(tx, subject, row)?;
            named::inquiry(tx, inquiry, &names)?;
        }
        (Subject::Body, _, _, Some(body)) => {
            refresh_body(tx, seq, body)?;
            search::index_body(tx, body)?;
            let names = ledger::names_in(tx, subject, row)?;
            named::body(tx, body, &names)?;
        }
        (Subject::Theme, ..) => {
            let theme = theme::of_text(tx, row)?;
            refresh_theme(tx, theme)?;
            search::index_theme(tx, theme)?;
        }
        _ => {}
    }
    Ok(())
}
