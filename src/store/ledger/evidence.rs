//! What a fact rests on, and what was agreed to show that it is done.

use diesel::prelude::*;

use crate::domain::change::Fact;
use crate::domain::id::{AddresseeId, EvidenceId, ExhibitId, FileId, PersonId, Seq, UpdateId};
use crate::domain::moment::Day;
use crate::store::exhibit::Exhibit;
use crate::store::schema::{agreement, evidence, fact_update};
use crate::store::{Error, ReadTx, WriteTx, exhibit, file};

/// A piece of evidence to be published, as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct NewEvidence<'a> {
    /// The piece, with what is said of it now.
    pub piece: &'a Exhibit,
    /// Its title.
    pub title: &'a str,
    /// The update that it supports; `None` where the fact has none yet.
    pub update: Option<UpdateId>,
    /// Who publishes it.
    pub publisher: PersonId,
    /// The row that it takes the place of.
    pub corrects: Option<EvidenceId>,
}

/// Publishes it under `seq`.
///
/// # Errors
/// When the corrected one has been corrected already, or the database fails.
pub fn insert_evidence(tx: &mut WriteTx<'_>, seq: Seq, new: &NewEvidence<'_>) -> Result<(), Error> {
    let NewEvidence { piece, .. } = new;
    diesel::insert_into(evidence::table)
        .values((
            (
                evidence::seq.eq(seq),
                evidence::addressee_id.eq(piece.addressee),
                evidence::fact.eq(piece.fact),
                evidence::update_id.eq(new.update),
                evidence::exhibit_id.eq(piece.id),
                evidence::kind.eq(piece.kind),
                evidence::url.eq(&piece.url),
                evidence::seen_on.eq(piece.seen_on),
                evidence::file_id.eq(piece.file.as_ref().map(|file| file.id)),
                evidence::rung.eq(piece.rung),
            ),
            (
                evidence::page.eq(&piece.said.page),
                evidence::quote.eq(&piece.said.quote),
                evidence::title.eq(new.title),
                evidence::what.eq(&piece.said.what),
                evidence::summary.eq(&piece.said.summary),
                evidence::author_id.eq(piece.author),
                evidence::publisher_id.eq(new.publisher),
                evidence::corrects.eq(new.corrects),
                evidence::language.eq(piece.said.rights.language),
                evidence::licence.eq(piece.said.rights.licence),
            ),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The update of a fact that a change published about an answer.
///
/// # Errors
/// When the database fails.
pub fn update_of(tx: &mut ReadTx<'_>, seq: Seq, addressee: AddresseeId, fact: Fact) -> Result<Option<UpdateId>, Error> {
    Ok(fact_update::table
        .filter(fact_update::seq.eq(seq).and(fact_update::addressee_id.eq(addressee)).and(fact_update::fact.eq(fact)))
        .select(fact_update::id)
        .first(tx.conn)
        .optional()?)
}

/// The update that a published piece supports.
///
/// # Errors
/// When the database fails.
pub fn supported_by(tx: &mut ReadTx<'_>, id: EvidenceId) -> Result<Option<UpdateId>, Error> {
    Ok(evidence::table.find(id).select(evidence::update_id).first(tx.conn)?)
}

/// Publishes what would show that it is done, under `seq`; with the day on which that was agreed, where it is not the day of
/// the change.
///
/// # Errors
/// When the database fails.
pub fn insert_agreement(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    addressee: AddresseeId,
    (words, agreed_on): (&str, Option<Day>),
    author: PersonId,
) -> Result<(), Error> {
    diesel::insert_into(agreement::table)
        .values((
            agreement::seq.eq(seq),
            agreement::addressee_id.eq(addressee),
            agreement::words.eq(words),
            agreement::author_id.eq(author),
            agreement::agreed_on.eq(agreed_on),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// What a published piece says, for the person who must decide whether it goes: a line each.
pub(super) fn words_of(tx: &mut ReadTx<'_>, row: i64) -> Result<Vec<String>, Error> {
    type Columns = (String, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);
    let (title, what, summary, page, quote, url): Columns = evidence::table
        .find(row)
        .select((evidence::title, evidence::what, evidence::summary, evidence::page, evidence::quote, evidence::url))
        .first(tx.conn)?;
    let all = [Some(title), what, summary, page, quote, url];
    Ok(all.into_iter().flatten().filter(|words| !words.is_empty()).collect())
}

/// Removes what a published piece says; with its file and with what is kept of it in the work that led there, unless another
/// row of the piece stands, which was put right since and rests on them. That row is removed, with them, by itself.
pub(super) fn erase(tx: &mut WriteTx<'_>, row: i64, by: Seq) -> Result<(), Error> {
    let (kept, bytes): (ExhibitId, Option<FileId>) =
        evidence::table.find(row).select((evidence::exhibit_id, evidence::file_id)).first(tx.conn)?;
    diesel::update(evidence::table.find(row))
        .set((
            evidence::title.eq(""),
            evidence::what.eq(None::<String>),
            evidence::summary.eq(None::<String>),
            evidence::page.eq(None::<String>),
            evidence::quote.eq(None::<String>),
            evidence::url.eq(None::<String>),
            evidence::withheld.eq(Some(by)),
        ))
        .execute(tx.conn)?;
    let corrected: Vec<Option<EvidenceId>> = evidence::table
        .filter(evidence::exhibit_id.eq(kept).and(evidence::corrects.is_not_null()))
        .select(evidence::corrects)
        .load(tx.conn)?;
    let corrected: Vec<EvidenceId> = corrected.into_iter().flatten().collect();
    // Of a row whose words were removed nothing is left that would need the file.
    let stands = evidence::table
        .filter(evidence::exhibit_id.eq(kept).and(evidence::id.ne(EvidenceId(row))).and(evidence::title.ne("")))
        .filter(evidence::id.ne_all(corrected));
    if diesel::select(diesel::dsl::exists(stands)).get_result(tx.conn)? {
        return Ok(());
    }
    exhibit::remove_words(tx, kept)?;
    if let Some(bytes) = bytes {
        file::erase(tx, bytes)?;
    }
    Ok(())
}
