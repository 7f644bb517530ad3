//! Published evidence: what a fact rests on, with its words and its file as far as the public may read them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::about::{About, Place, about_an_answer};
use super::file::{self, File};
use super::schema::{addressee, evidence, fact_update, file as file_table, report};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::change::Fact;
use crate::domain::evidence::{EvidenceKind, Rung};
use crate::domain::id::{EvidenceId, FileId, Seq, UpdateId};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::Day;

/// A published piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its row.
    pub id: EvidenceId,
    /// Whose answer it is about, and the change that published it.
    pub place: Place,
    /// Which fact it supports.
    pub fact: Fact,
    /// The update that it supports; `None` where the fact had none.
    pub update: Option<UpdateId>,
    /// A link or a file.
    pub kind: EvidenceKind,
    /// Its title, or since when it is withheld with everything else.
    pub title: Words,
    /// What it is.
    pub what: Option<String>,
    /// What it says, for whoever cannot read it.
    pub summary: Option<String>,
    /// The page that is relied on.
    pub page: Option<String>,
    /// The words that are relied on.
    pub quote: Option<String>,
    /// In which language it is, and under which licence its words stand here.
    pub rights: Rights,
    /// How much it bears.
    pub rung: Rung,
    /// The link.
    pub url: Option<String>,
    /// The day on which the link was seen.
    pub seen_on: Option<Day>,
    /// The file, where it may be read.
    pub file: Option<File>,
    /// The change that published what this one puts right.
    pub corrects: Option<Seq>,
    /// The change that puts this one right.
    pub corrected_by: Option<Seq>,
}

type Row = (
    (EvidenceId, Place, Fact, Option<UpdateId>, EvidenceKind, Rung),
    (Option<String>, Option<String>, Option<String>, Option<String>, Option<String>),
    (Option<String>, Option<Day>, Option<FileId>),
    (Option<EvidenceId>, Option<Seq>),
    (Option<Language>, Option<Licence>),
);

macro_rules! columns {
    () => {
        (
            (
                evidence::id,
                (evidence::seq, evidence::addressee_id, addressee::recommendation_id),
                evidence::fact,
                evidence::update_id,
                evidence::kind,
                evidence::rung,
            ),
            (
                diesel::dsl::case_when(evidence::withheld.is_null(), evidence::title.nullable()),
                diesel::dsl::case_when(evidence::withheld.is_null(), evidence::what),
                diesel::dsl::case_when(evidence::withheld.is_null(), evidence::summary),
                diesel::dsl::case_when(evidence::withheld.is_null(), evidence::page),
                diesel::dsl::case_when(evidence::withheld.is_null(), evidence::quote),
            ),
            (
                diesel::dsl::case_when(evidence::withheld.is_null(), evidence::url),
                evidence::seen_on,
                diesel::dsl::case_when(evidence::withheld.is_null(), evidence::file_id),
            ),
            (evidence::corrects, evidence::withheld),
            (evidence::language, evidence::licence),
        )
    };
}

/// The evidence about something, the last published first.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Evidence>, Error> {
    let all = evidence::table.inner_join(addressee::table).select(columns!()).into_boxed();
    let rows: Vec<Row> = about_an_answer!(all, evidence, about)
        .filter(evidence::seq.le(tx.upto()))
        .order((evidence::seq.desc(), evidence::id.desc()))
        .limit(most)
        .load(tx.conn)?;
    complete(tx, rows)
}

/// The evidence that stands for these updates, those that they correct included, by the update that stands, first published
/// first. What was put right since is left out.
///
/// # Errors
/// When the database fails.
pub fn standing(tx: &mut ReadTx<'_>, updates: &[UpdateId]) -> Result<HashMap<UpdateId, Vec<Evidence>>, Error> {
    let mut stands: HashMap<UpdateId, UpdateId> = updates.iter().map(|id| (*id, *id)).collect();
    let mut open: Vec<UpdateId> = updates.to_vec();
    while !open.is_empty() {
        let corrected: Vec<(UpdateId, Option<UpdateId>)> = fact_update::table
            .filter(fact_update::id.eq_any(open).and(fact_update::corrects.is_not_null()))
            .select((fact_update::id, fact_update::corrects))
            .load(tx.conn)?;
        open = Vec::new();
        for (by, wrong) in corrected {
            if let (Some(wrong), Some(standing)) = (wrong, stands.get(&by).copied()) {
                stands.insert(wrong, standing);
                open.push(wrong);
            }
        }
    }
    if stands.is_empty() {
        return Ok(HashMap::new());
    }
    let supported: Vec<Option<UpdateId>> = stands.keys().copied().map(Some).collect();
    let rows: Vec<Row> = evidence::table
        .inner_join(addressee::table)
        .filter(evidence::update_id.eq_any(supported).and(evidence::seq.le(tx.upto())))
        .order(evidence::id)
        .select(columns!())
        .load(tx.conn)?;
    let mut found: HashMap<UpdateId, Vec<Evidence>> = HashMap::new();
    for piece in complete(tx, rows)?.into_iter().filter(|piece| piece.corrected_by.is_none()) {
        if let Some(standing) = piece.update.and_then(|id| stands.get(&id)) {
            found.entry(*standing).or_default().push(piece);
        }
    }
    Ok(found)
}

/// The file of that name, if it is public: something published holds it, and nothing that holds it is withheld.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or none for everybody.
pub fn public_file(tx: &mut ReadTx<'_>, reference: &str) -> Result<File, Error> {
    let found = file::find(tx, reference)?;
    if open(tx, vec![found.id])?.contains(&found.id) { Ok(found) } else { Err(Error::NotFound) }
}

/// Those of these files that everybody may read. A file that is withheld in one place is withheld in all.
pub(super) fn open(tx: &mut ReadTx<'_>, ids: Vec<FileId>) -> Result<Vec<FileId>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: Vec<(Option<FileId>, Option<Seq>)> = evidence::table
        .inner_join(file_table::table.on(file_table::id.nullable().eq(evidence::file_id)))
        .filter(file_table::id.eq_any(ids.clone()).and(file_table::sha256.is_not_null()))
        .select((evidence::file_id, evidence::withheld))
        .load(tx.conn)?;
    let of_reports: Vec<(Option<FileId>, Option<Seq>)> = report::table
        .inner_join(file_table::table.on(file_table::id.nullable().eq(report::file_id)))
        .filter(file_table::id.eq_any(ids).and(file_table::sha256.is_not_null()))
        .select((report::file_id, report::withheld))
        .load(tx.conn)?;
    rows.extend(of_reports);
    let withheld: Vec<FileId> = rows.iter().filter(|row| row.1.is_some()).filter_map(|row| row.0).collect();
    Ok(rows.into_iter().filter_map(|row| row.0).filter(|id| !withheld.contains(id)).collect())
}

fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Evidence>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let days = withheld::days(tx, rows.iter().map(|row| row.3.1))?;
    let readable = open(tx, rows.iter().filter_map(|row| row.2.2).collect())?;
    let files = file::many(tx, readable)?;
    let wrong: Vec<EvidenceId> = rows.iter().filter_map(|row| row.3.0).collect();
    let corrected: Vec<(EvidenceId, Seq)> =
        evidence::table.filter(evidence::id.eq_any(wrong)).select((evidence::id, evidence::seq)).load(tx.conn)?;
    let ids: Vec<Option<EvidenceId>> = rows.iter().map(|row| Some(row.0.0)).collect();
    let right: Vec<(Option<EvidenceId>, Seq)> = evidence::table
        .filter(evidence::corrects.eq_any(ids).and(evidence::seq.le(tx.upto())))
        .select((evidence::corrects, evidence::seq))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(what, said, place_of, marks, (language, licence))| {
            let (id, place, fact, update, kind, rung) = what;
            let (title, what, summary, page, quote) = said;
            let (url, seen_on, file) = place_of;
            let (corrects, withheld) = marks;
            Some(Evidence {
                title: days.words(title, withheld)?,
                file: file.and_then(|id| files.iter().find(|one| one.id == id).cloned()),
                corrects: corrects.and_then(|id| corrected.iter().find(|(known, _)| *known == id)).map(|one| one.1),
                corrected_by: right.iter().find(|(wrong, _)| *wrong == Some(id)).map(|(_, seq)| *seq),
                id,
                place,
                fact,
                update,
                kind,
                what,
                summary,
                page,
                quote,
                rights: if withheld.is_none() { Rights { language, licence } } else { Rights::default() },
                rung,
                url,
                seen_on,
            })
        })
        .collect())
}
