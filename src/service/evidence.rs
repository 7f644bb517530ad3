//! Evidence: attached to what is said about an answer, private until somebody publishes it, and taken back while it is private.

mod rights;

use sha2::{Digest, Sha256};

use super::answer::Answer;
use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::{ChangeKind, Fact, Subject};
use crate::domain::evidence::{EvidenceKind, FileFault, Looked, Rung, look};
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::{AddresseeId, Seq, UpdateId};
use crate::domain::moment::Day;
use crate::domain::person::Role;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::store::exhibit::{self, Exhibit, NewExhibit, Said};
use crate::store::file::{self, NewFile};
use crate::store::filing::FilingRow;
use crate::store::ledger::{NewEvidence, insert_evidence, open_change, record_of, seq_of, supported_by, update_of};
use crate::store::present::{find_addressee, refresh_addressee};
use crate::store::{ReadTx, WriteTx, filing, ledger, setting};
use rights::author_of_words;

pub use rights::{
    goes_past_signer, is_for_judging, is_shown_to, may_publish, may_see, may_take_back, readers, supports_nothing,
};

/// A file as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSent {
    /// The name that it had where it came from. It is looked at and not kept.
    pub name: String,
    /// Its bytes; of one that is larger than what is taken, nothing.
    pub bytes: Vec<u8>,
    /// Whether it is larger than what is taken.
    pub too_large: bool,
}

/// A piece of evidence to be kept.
#[derive(Debug, Clone)]
pub struct Attach {
    /// The answer that it is about.
    pub addressee: AddresseeId,
    /// The work that it belongs to, by its own name.
    pub filing: Option<String>,
    /// Which fact it supports; that of the work, where there is one.
    pub fact: Option<Fact>,
    /// A link or a file.
    pub kind: Option<EvidenceKind>,
    /// The link.
    pub url: Option<String>,
    /// The day on which the link was seen.
    pub seen_on: Option<Day>,
    /// The file.
    pub file: Option<FileSent>,
    /// How much it bears.
    pub rung: Option<Rung>,
    /// What is said of it; all of it may wait until it is published.
    pub said: Said,
}

/// A piece of evidence to be published, or published with other words than before.
#[derive(Debug, Clone)]
pub struct PublishEvidence {
    /// Its own name.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
    /// How much it bears.
    pub rung: Option<Rung>,
    /// What is said of it.
    pub said: Said,
    /// Where something was found in the file: that it may be public all the same.
    pub hidden_is_seen: bool,
    /// Where it is public already: why what was said of it was wrong.
    pub correction: Option<String>,
}

/// A private piece of evidence to be taken back.
#[derive(Debug, Clone)]
pub struct TakeBack {
    /// Its own name.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
}

/// A file that was looked at and is taken.
pub(super) struct Taken {
    pub looked: Looked,
    pub sha256: String,
    pub bytes: Vec<u8>,
}

impl Service {
    /// Keeps a piece of evidence, which nobody else sees until it is published.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`Attach`] and [`Said`], `file` among them.
    pub async fn attach_evidence(&self, act: Act, mut command: Attach) -> Result<Done, Error> {
        let sent = command.file.take().filter(|_| command.kind == Some(EvidenceKind::File));
        // Unpacking takes a while: it is done before anything is locked, and beside the threads that answer.
        let taken = match sent {
            Some(sent) => tokio::task::spawn_blocking(move || take(sent)).await.map(Some).map_err(|fault| {
                Error::Store(crate::store::Error::Failed(format!("a file could not be looked at: {fault}")))
            })?,
            None => None,
        };
        self.once(act, move |tx, act| attach(tx, act, &command, taken)).await
    }

    /// Publishes a piece of evidence; one that is public already with other words, which correct the earlier ones.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`PublishEvidence`] and [`Said`]. `Stale` when somebody was first.
    pub async fn publish_evidence(&self, act: Act, command: PublishEvidence) -> Result<Done, Error> {
        self.once(act, move |tx, act| publish(tx, act, command)).await
    }

    /// Takes a private piece of evidence back: the file goes, and what was said of it.
    ///
    /// # Errors
    /// `Refused` without the right, `Stale` when it is public or somebody was first.
    pub async fn take_evidence_back(&self, act: Act, command: TakeBack) -> Result<Done, Error> {
        self.once(act, move |tx, act| take_back(tx, act, &command)).await
    }
}

pub(super) fn take(sent: FileSent) -> Result<Taken, FileFault> {
    if sent.too_large {
        return Err(FileFault::TooLarge);
    }
    let looked = look(&sent.name, &sent.bytes)?;
    let sha256 = Sha256::digest(&sent.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Taken { looked, sha256, bytes: sent.bytes })
}

/// Which fact a piece of work is about, as far as evidence can support it.
#[must_use]
pub const fn fact_of(kind: FilingKind) -> Option<Fact> {
    match kind {
        FilingKind::Return => Some(Fact::Reported),
        FilingKind::Assessment => Some(Fact::Assessed),
        FilingKind::Closure => Some(Fact::Lifecycle),
        FilingKind::Wording | FilingKind::Reply => None,
    }
}

fn attach(
    tx: &mut WriteTx<'_>,
    act: &Act,
    command: &Attach,
    file: Option<Result<Taken, FileFault>>,
) -> Result<Done, Error> {
    if command.filing.is_some() {
        // Before the work is read: whoever signs it off at the same moment does so before this, or finds this piece.
        ledger::lock_newest(tx)?;
    }
    let filing = command.filing.as_deref().map(|name| work(tx, act, name, command.addressee)).transpose()?;
    if filing.is_none() && act.actor.role == Role::Contributor {
        // A body shows evidence with what it files: whoever reads that reads the evidence too.
        return Err(Error::NotFound);
    }
    let fact = filing.as_ref().map_or(command.fact, |row| fact_of(row.proposal.kind()));
    let judges = fact.is_some_and(is_for_judging);
    let answer = Answer::find(tx, act, command.addressee, Deed::AttachEvidence, |about| About { judges, ..about })?;
    let mut problems = Problems::none();
    if let Some(row) = &filing
        && goes_past_signer(tx, act.actor, answer.holder.body, row)?
    {
        problems.add("kind", words::EVIDENCE_TO_SIGNER);
    }
    if fact.is_none() {
        problems.add("fact", "Choose what it supports");
    }
    if command.rung.is_none() {
        problems.add("rung", "Choose what it shows");
    }
    let mut taken = None;
    match command.kind {
        None => problems.add("kind", "Choose whether it is a link or a file"),
        Some(EvidenceKind::Link) => {
            if command.url.is_none() {
                problems.add("url", "Enter the link");
            }
            match command.seen_on {
                Some(day) if day > act.day => problems.add("seen_on", "The day must be today or earlier"),
                Some(_) => {}
                None => problems.add("seen_on", "Enter the day on which you saw it there"),
            }
        }
        Some(EvidenceKind::File) => match file {
            None => problems.add("file", "Choose a file"),
            Some(Err(fault)) => problems.add("file", fault.to_string()),
            Some(Ok(file)) => taken = Some(file),
        },
    }
    act.sound(problems)?;
    let file = match &taken {
        Some(file) => {
            // The name of its own is another one than the piece's: who knows a public address knows nothing of the work.
            let reference = act.fresh.chars().rev().collect::<String>();
            let new = NewFile {
                reference: &reference,
                looked: &file.looked,
                sha256: &file.sha256,
                bytes: &file.bytes,
                at: act.now,
            };
            Some(file::keep(tx, &new)?)
        }
        None => None,
    };
    let is_link = command.kind == Some(EvidenceKind::Link);
    let new = NewExhibit {
        reference: &act.fresh,
        addressee: command.addressee,
        filing: filing.as_ref().map(|row| row.id),
        fact: fact.unwrap_or(Fact::Reported),
        kind: command.kind.unwrap_or(EvidenceKind::Link),
        url: command.url.as_deref().filter(|_| is_link),
        seen_on: command.seen_on.filter(|_| is_link),
        file,
        rung: command.rung.unwrap_or(Rung::Nothing),
        said: &command.said,
        author: act.actor.person,
        at: act.now,
    };
    exhibit::keep(tx, &new)?;
    if let Some(row) = &filing {
        // What is signed off is what was read, this piece too.
        filing::touch(tx, row.id)?;
    }
    let location = match filing {
        Some(row) => address::filing(&row.reference),
        None => answer.staff_page(),
    };
    Ok(Done::at(location))
}

/// The work of that name, if it is this answer's, still on its way, and this person may know of it.
fn work(tx: &mut ReadTx<'_>, act: &Act, name: &str, addressee: AddresseeId) -> Result<FilingRow, Error> {
    let row = filing::find(tx, name)?;
    let known = act.actor.role != Role::Contributor || row.proposal.kind() == FilingKind::Return;
    // What is still with its body is there for its own people alone.
    let hidden = row.is_with_its_body() && act.actor.role != Role::Contributor;
    if !known || hidden || row.addressee != Some(addressee) {
        return Err(Error::NotFound);
    }
    if matches!(row.state, FilingState::Published | FilingState::Withdrawn) {
        return Err(Error::Stale);
    }
    Ok(row)
}

/// Whether everything that must be said of a piece before it is published has been said.
fn check(problems: &mut Problems, piece: &Exhibit) {
    if piece.said.title.is_none() {
        problems.add("title", "Enter a title");
    }
    if piece.kind == EvidenceKind::File {
        if piece.said.what.is_none() {
            problems.add("what", "Enter what it is, such as \u{201c}minutes of the board\u{201d}");
        }
        if piece.said.summary.is_none() {
            problems.add("summary", "Enter what it says, for whoever cannot open it or read it");
        }
    }
}

fn publish(tx: &mut WriteTx<'_>, act: &Act, command: PublishEvidence) -> Result<Done, Error> {
    let before = exhibit::find(tx, &command.reference)?;
    let second_key = setting::second_key(tx)?;
    may_publish(act.actor, &before, find_addressee(tx, before.addressee)?.holder(), second_key)?;
    if !is_shown_to(act.actor, &before) {
        return Err(Error::NotFound);
    }
    let answer = Answer::of(tx, before.addressee)?;
    let rung = command.rung.unwrap_or(before.rung);
    let piece = Exhibit { rung, author: author_of_words(act.actor, &before), said: command.said, ..before };
    let mut problems = Problems::none();
    if command.rung.is_none() {
        problems.add("rung", "Choose what it shows");
    }
    check(&mut problems, &piece);
    let hides = piece.file.as_ref().is_some_and(|file| !file.hidden.is_empty());
    if hides && piece.published.is_none() && !command.hidden_is_seen {
        problems.add(
            "hidden",
            "Something was found in the file. Confirm that it may be public, or attach a file without it",
        );
    }
    if piece.published.is_some() && command.correction.is_none() {
        problems.add("correction", "Enter why what was said of it was wrong");
    }
    let update = supports(tx, &piece)?;
    if update.is_none() {
        let why = match piece.filing {
            Some(_) => words::EVIDENCE_OF_WORK,
            None => words::EVIDENCE_OF_NOTHING,
        };
        problems.add("title", why);
    }
    if let Some((row, _)) = piece.published
        && seq_of(tx, Subject::Evidence, row.0)?.1
    {
        problems.add("title", "It is withheld. Show it again first");
    }
    act.publishable(problems)?;
    exhibit::claim(tx, piece.id, command.version)?;
    exhibit::describe(tx, piece.id, piece.rung, &piece.said)?;
    answer.lock(tx, None)?;
    let reason = piece.published.and(command.correction);
    let seq = open_change(tx, &answer.change(act, ChangeKind::Evidence, reason))?;
    let title = piece.said.title.clone().unwrap_or_default();
    let new = NewEvidence {
        piece: &piece,
        title: &title,
        update,
        publisher: act.actor.person,
        corrects: piece.published.map(|(row, _)| row),
    };
    insert_evidence(tx, seq, &new)?;
    refresh_addressee(tx, seq, piece.addressee)?;
    Ok(Done::published(address::staff_evidence(&command.reference), seq))
}

/// The update that a piece supports: that of the work that it was attached to, or else what stands for its fact now.
fn supports(tx: &mut WriteTx<'_>, piece: &Exhibit) -> Result<Option<UpdateId>, Error> {
    if let Some((row, _)) = piece.published {
        return Ok(supported_by(tx, row)?);
    }
    Ok(match piece.filing {
        Some(filing) => match filing::published_seq(tx, filing)? {
            Some(seq) => update_of(tx, seq, piece.addressee, piece.fact)?,
            None => None,
        },
        None => record_of(tx, piece.addressee)?.current(piece.fact, Seq(i64::MAX)).map(|update| update.id),
    })
}

/// Publishes pieces that were attached to a filing, under the change of the filing itself.
pub(super) fn publish_with(
    tx: &mut WriteTx<'_>,
    act: &Act,
    of: &FilingRow,
    seq: Seq,
    chosen: &[String],
) -> Result<(), Error> {
    let Some(addressee) = of.addressee.filter(|_| !chosen.is_empty()) else { return Ok(()) };
    let attached: Vec<Exhibit> = exhibit::list(tx, addressee, Some(of.id))?;
    let of_answer = find_addressee(tx, addressee)?.holder();
    let second_key = setting::second_key(tx)?;
    for name in chosen {
        let piece = attached.iter().find(|piece| piece.reference == *name).ok_or(Error::NotFound)?;
        may_publish(act.actor, piece, of_answer, second_key)?;
        if !is_ready(piece) {
            return Err(
                Problems::one("with", "One of the pieces is not ready to be public. Open it and fill it in").into()
            );
        }
        exhibit::claim(tx, piece.id, piece.version)?;
        let new = NewEvidence {
            piece,
            title: piece.said.title.as_deref().unwrap_or_default(),
            update: update_of(tx, seq, addressee, piece.fact)?,
            publisher: act.actor.person,
            corrects: None,
        };
        insert_evidence(tx, seq, &new)?;
    }
    Ok(())
}

/// Whether a private piece may be published with the work that it was attached to: everything is said of it, and nothing was
/// found in it that somebody should look at first.
#[must_use]
pub fn is_ready(piece: &Exhibit) -> bool {
    let mut problems = Problems::none();
    check(&mut problems, piece);
    let hides = piece.file.as_ref().is_some_and(|file| !file.hidden.is_empty());
    problems.is_empty() && !hides && piece.published.is_none() && piece.taken_back_at.is_none()
}

fn take_back(tx: &mut WriteTx<'_>, act: &Act, command: &TakeBack) -> Result<Done, Error> {
    let piece = exhibit::find(tx, &command.reference)?;
    may_take_back(act.actor, &piece, find_addressee(tx, piece.addressee)?.holder())?;
    let answer = Answer::of(tx, piece.addressee)?;
    if piece.published.is_some() {
        return Err(Error::Stale);
    }
    exhibit::claim(tx, piece.id, command.version)?;
    exhibit::take_back(tx, &piece, act.now)?;
    let location = if act.actor.role == Role::Contributor { address::STAFF.to_owned() } else { answer.staff_page() };
    Ok(Done::at(location))
}
