//! Documents that bodies sent or published: what is said of each, as it stands.

use std::collections::HashMap;

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::body::{self, BodyName};
use super::file::{self, File};
use super::schema::{report, report_file};
use super::withheld::{self, Words};
use super::{Error, ReadTx, WriteTx, evidence};
use crate::domain::id::{BodyId, FileId, PersonId, ReportId, Seq};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::{Day, Happened, Moment, Precision};
use crate::domain::report::ReportKind;

/// A version of what is said of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its row.
    pub id: ReportId,
    /// The change that published this version.
    pub seq: Seq,
    /// The change that logged the document: its name for ever.
    pub began: Seq,
    /// From which body it is.
    pub body: BodyName,
    /// What it is.
    pub kind: ReportKind,
    /// Its title.
    pub title: Words,
    /// Its date.
    pub happened: Happened,
    /// When it was received.
    pub received_on: Day,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was seen there.
    pub seen_on: Option<Day>,
    /// The document itself, where everybody may read it.
    pub file: Option<File>,
    /// What it says, for whoever cannot read it.
    pub summary: Option<String>,
    /// Its language and licence.
    pub rights: Rights,
    /// The change that published what this version puts right.
    pub corrects: Option<Seq>,
    /// The change that puts this version right.
    pub corrected_by: Option<Seq>,
}

type Row = (
    (ReportId, Seq, Seq, BodyId, ReportKind),
    (Option<String>, Option<Day>, Precision, Day, Option<String>, Option<Day>),
    (Option<FileId>, Option<String>, Option<Language>, Option<Licence>),
    (Option<ReportId>, Option<Seq>),
);

macro_rules! columns {
    () => {
        (
            (report::id, report::seq, report::began, report::body_id, report::kind),
            (
                diesel::dsl::case_when(report::withheld.is_null(), report::title.nullable()),
                report::happened_on,
                report::precision,
                report::received_on,
                diesel::dsl::case_when(report::withheld.is_null(), report::url),
                report::seen_on,
            ),
            (
                diesel::dsl::case_when(report::withheld.is_null(), report::file_id),
                diesel::dsl::case_when(report::withheld.is_null(), report::summary),
                report::language,
                report::licence,
            ),
            (report::corrects, report::withheld),
        )
    };
}

/// A document as it stands.
///
/// # Errors
/// [`Error::NotFound`] when there is none of this name.
pub fn find(tx: &mut ReadTx<'_>, began: Seq) -> Result<Report, Error> {
    many(tx, vec![began])?.remove(&began).ok_or(Error::NotFound)
}

/// These documents as they stand, by the changes that logged them.
///
/// # Errors
/// When the database fails.
pub fn many(tx: &mut ReadTx<'_>, mut began: Vec<Seq>) -> Result<HashMap<Seq, Report>, Error> {
    began.sort_unstable();
    began.dedup();
    if began.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = report::table
        .filter(report::began.eq_any(began).and(report::seq.le(tx.upto())))
        .order((report::seq, report::id))
        .select(columns!())
        .load(tx.conn)?;
    Ok(complete(tx, rows)?.into_iter().map(|version| (version.began, version)).collect())
}

/// The documents of a body as they stand, the last logged first.
///
/// # Errors
/// When the database fails.
pub fn of_body(tx: &mut ReadTx<'_>, body: BodyId, most: i64) -> Result<Vec<Report>, Error> {
    let began: Vec<Seq> = report::table
        .filter(report::body_id.eq(body).and(report::seq.eq(report::began)).and(report::seq.le(tx.upto())))
        .order(report::began.desc())
        .limit(most)
        .select(report::began)
        .load(tx.conn)?;
    let mut found: Vec<Report> = many(tx, began)?.into_values().collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.began));
    Ok(found)
}

/// The versions that some changes published.
///
/// # Errors
/// When the database fails.
pub fn of_changes(tx: &mut ReadTx<'_>, seqs: &[Seq], most: i64) -> Result<Vec<Report>, Error> {
    let rows: Vec<Row> = report::table
        .filter(report::seq.eq_any(seqs.to_vec()).and(report::seq.le(tx.upto())))
        .order((report::seq.desc(), report::id.desc()))
        .limit(most)
        .select(columns!())
        .load(tx.conn)?;
    complete(tx, rows)
}

/// All versions of a document, the last first.
///
/// # Errors
/// When the database fails.
pub fn versions(tx: &mut ReadTx<'_>, began: Seq) -> Result<Vec<Report>, Error> {
    let rows: Vec<Row> = report::table
        .filter(report::began.eq(began).and(report::seq.le(tx.upto())))
        .order((report::seq.desc(), report::id.desc()))
        .select(columns!())
        .load(tx.conn)?;
    complete(tx, rows)
}

/// The document that a version belongs to.
///
/// # Errors
/// When the database fails.
pub fn of_row(tx: &mut ReadTx<'_>, row: i64) -> Result<Option<Seq>, Error> {
    Ok(report::table.find(ReportId(row)).select(report::began).first(tx.conn).optional()?)
}

/// The names of documents, for a list of addresses: at most so many.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut ReadTx<'_>, most: i64) -> Result<Vec<Seq>, Error> {
    let first = report::table.filter(report::seq.eq(report::began));
    Ok(first.order(report::began).limit(most).select(report::began).load(tx.conn)?)
}

fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Report>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let days = withheld::days(tx, rows.iter().map(|row| row.3.1))?;
    let bodies = body::names(tx, rows.iter().map(|row| row.0.3).collect())?;
    let readable = evidence::open(tx, rows.iter().filter_map(|row| row.2.0).collect())?;
    let files = file::many(tx, readable)?;
    let ids: Vec<Option<ReportId>> = rows.iter().map(|row| Some(row.0.0)).collect();
    let wrong: Vec<ReportId> = rows.iter().filter_map(|row| row.3.0).collect();
    let corrected: Vec<(ReportId, Seq)> =
        report::table.filter(report::id.eq_any(wrong)).select((report::id, report::seq)).load(tx.conn)?;
    let right: Vec<(Option<ReportId>, Seq)> = report::table
        .filter(report::corrects.eq_any(ids).and(report::seq.le(tx.upto())))
        .select((report::corrects, report::seq))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(name, said, place, marks)| {
            let (id, seq, began, body, kind) = name;
            let (title, on, precision, received_on, url, seen_on) = said;
            let (file, summary, language, licence) = place;
            let (corrects, withheld) = marks;
            Some(Report {
                body: bodies.iter().find(|one| one.id == body).cloned()?,
                title: days.words(title, withheld)?,
                happened: Happened::new(on, precision),
                file: file.and_then(|id| files.iter().find(|one| one.id == id).cloned()),
                rights: Rights { language, licence },
                corrects: corrects.and_then(|id| corrected.iter().find(|(known, _)| *known == id)).map(|one| one.1),
                corrected_by: right.iter().find(|(wrong, _)| *wrong == Some(id)).map(|(_, seq)| *seq),
                id,
                seq,
                began,
                kind,
                received_on,
                url,
                seen_on,
                summary,
            })
        })
        .collect())
}

/// The private file of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its row.
    pub id: i64,
    /// The file.
    pub file: File,
    /// Its version.
    pub version: i64,
    /// Whether a version of the document was published with it, withheld or not.
    pub is_published: bool,
}

/// Keeps the file of a document, private.
///
/// # Errors
/// When the database fails.
pub fn keep_file(
    tx: &mut WriteTx<'_>,
    (began, body): (Seq, BodyId),
    file: FileId,
    author: PersonId,
    at: Moment,
) -> Result<(), Error> {
    diesel::insert_into(report_file::table)
        .values((
            report_file::report.eq(began),
            report_file::body_id.eq(body),
            report_file::file_id.eq(file),
            report_file::author_id.eq(author),
            report_file::created_at.eq(at),
            report_file::version.eq(1_i64),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// The file that is kept of a document and was not taken back, public or not.
///
/// # Errors
/// When the database fails.
pub fn kept_file(tx: &mut ReadTx<'_>, began: Seq) -> Result<Option<Kept>, Error> {
    let row: Option<(i64, FileId, i64)> = report_file::table
        .filter(report_file::report.eq(began).and(report_file::taken_back_at.is_null()))
        .order(report_file::id.desc())
        .select((report_file::id, report_file::file_id, report_file::version))
        .first(tx.conn)
        .optional()?;
    let Some((id, file, version)) = row else { return Ok(None) };
    let published = report::table.filter(report::began.eq(began).and(report::file_id.eq(file)));
    let is_published = diesel::select(diesel::dsl::exists(published)).get_result(tx.conn)?;
    let found = file::many(tx, vec![file])?.pop().filter(|file| file.sha256.is_some());
    Ok(found.map(|file| Kept { id, file, version, is_published }))
}

/// Claims the private file: nobody else publishes it or takes it back meanwhile.
///
/// # Errors
/// [`Error::Stale`] when somebody was first.
pub fn claim_file(tx: &mut WriteTx<'_>, id: i64, version: i64) -> Result<(), Error> {
    let row = report_file::table.filter(report_file::id.eq(id).and(report_file::version.eq(version)));
    let free = row.filter(report_file::taken_back_at.is_null());
    let claimed = diesel::update(free).set(report_file::version.eq(report_file::version + 1)).execute(tx.conn)?;
    if claimed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Takes the private file back: its bytes go.
///
/// # Errors
/// When the database fails.
pub fn take_file_back(tx: &mut WriteTx<'_>, kept: &Kept, at: Moment) -> Result<(), Error> {
    remove(tx, (kept.id, kept.file.id), at)
}

fn remove(tx: &mut WriteTx<'_>, (row, file): (i64, FileId), at: Moment) -> Result<(), Error> {
    file::erase(tx, file)?;
    diesel::update(report_file::table.filter(report_file::id.eq(row)))
        .set((report_file::taken_back_at.eq(at), report_file::version.eq(report_file::version + 1)))
        .execute(tx.conn)?;
    Ok(())
}

/// Takes the files back that were kept before a moment and never published. Answers how many those were.
///
/// # Errors
/// When the database fails.
pub fn forget_files(tx: &mut WriteTx<'_>, before: Moment, now: Moment) -> Result<usize, Error> {
    let public = report::table.filter(report::file_id.eq(report_file::file_id.nullable()));
    let old: Vec<(i64, FileId)> = report_file::table
        .filter(report_file::taken_back_at.is_null().and(report_file::created_at.lt(before)))
        .filter(not(exists(public)))
        .select((report_file::id, report_file::file_id))
        .load(tx.conn)?;
    for row in &old {
        remove(tx, *row, now)?;
    }
    Ok(old.len())
}

/// Every file that was ever kept of a document.
pub(super) fn files_of(tx: &mut ReadTx<'_>, began: Seq) -> Result<Vec<FileId>, Error> {
    Ok(report_file::table.filter(report_file::report.eq(began)).select(report_file::file_id).load(tx.conn)?)
}
