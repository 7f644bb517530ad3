//! Documents that bodies sent, and the marks of their items. Words of a document are withheld, and removed, in all its versions.

use diesel::prelude::*;

use crate::domain::change::ChangeKind;
use crate::domain::id::{AddresseeId, BodyId, FileId, MarkId, PersonId, ReportId, Seq};
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::{Day, Precision};
use crate::domain::report::{Marked, ReportKind};
use crate::store::schema::{change, mark, report};
use crate::store::{Error, ReadTx, WriteTx, file};

/// A version of what is said of a document, to be published.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = report, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "the columns are those of `store::report::Report`")]
pub struct NewReport {
    pub body_id: BodyId,
    pub kind: ReportKind,
    pub title: String,
    pub happened_on: Option<Day>,
    pub precision: Precision,
    pub received_on: Day,
    pub url: Option<String>,
    pub seen_on: Option<Day>,
    pub file_id: Option<FileId>,
    pub summary: Option<String>,
    pub language: Option<Language>,
    pub licence: Option<Licence>,
    pub author_id: PersonId,
    pub corrects: Option<ReportId>,
}

/// Publishes it under `seq`; as the document `began`, or as a new one.
///
/// # Errors
/// When the corrected one has been corrected already, or the database fails.
pub fn insert_report(tx: &mut WriteTx<'_>, seq: Seq, began: Option<Seq>, new: &NewReport) -> Result<(), Error> {
    diesel::insert_into(report::table)
        .values((report::seq.eq(seq), report::began.eq(began.unwrap_or(seq)), new))
        .execute(tx.conn)?;
    Ok(())
}

/// A mark to be published.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = mark, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "the columns are those of `store::mark::Mark`")]
pub struct NewMark {
    pub addressee_id: AddresseeId,
    pub report: Seq,
    pub value: Marked,
    pub page: Option<String>,
    pub words: Option<String>,
    pub author_id: Option<PersonId>,
    pub publisher_id: Option<PersonId>,
    pub corrects: Option<MarkId>,
}

/// Publishes it under `seq`.
///
/// # Errors
/// When the corrected one has been corrected already, or the database fails.
pub fn insert_mark(tx: &mut WriteTx<'_>, seq: Seq, new: &NewMark) -> Result<(), Error> {
    diesel::insert_into(mark::table).values((mark::seq.eq(seq), new)).execute(tx.conn)?;
    Ok(())
}

/// The acts that marked an item in a document, without the one that logged the document.
fn acts_of_marks(tx: &mut ReadTx<'_>, began: Seq, item: AddresseeId) -> Result<Vec<Seq>, Error> {
    Ok(mark::table
        .inner_join(change::table.on(mark::seq.eq(change::seq)))
        .filter(mark::report.eq(began).and(mark::addressee_id.eq(item)).and(change::kind.eq(ChangeKind::Mark)))
        .select(mark::seq)
        .load(tx.conn)?)
}

pub(super) fn words_of_report(tx: &mut ReadTx<'_>, row: i64) -> Result<Vec<Option<String>>, Error> {
    let (title, summary, url): (String, Option<String>, Option<String>) =
        report::table.find(ReportId(row)).select((report::title, report::summary, report::url)).first(tx.conn)?;
    Ok(vec![Some(title), summary, url])
}

pub(super) fn words_of_mark(tx: &mut ReadTx<'_>, row: i64) -> Result<Vec<Option<String>>, Error> {
    let (page, words): (Option<String>, Option<String>) =
        mark::table.find(MarkId(row)).select((mark::page, mark::words)).first(tx.conn)?;
    Ok(vec![page, words])
}

/// Removes what all versions of a document say, and the document itself where it is kept here, public or not.
pub(super) fn erase_report(tx: &mut WriteTx<'_>, row: i64, by: Seq) -> Result<(), Error> {
    let began: Seq = report::table.find(ReportId(row)).select(report::began).first(tx.conn)?;
    diesel::update(report::table.filter(report::began.eq(began)))
        .set((
            report::title.eq(""),
            report::summary.eq(None::<String>),
            report::url.eq(None::<String>),
            report::withheld.eq(Some(by)),
        ))
        .execute(tx.conn)?;
    let seqs: Vec<Seq> = report::table.filter(report::began.eq(began)).select(report::seq).load(tx.conn)?;
    diesel::update(change::table.filter(change::seq.eq_any(seqs)))
        .set((change::reason.eq(None::<String>), change::withheld.eq(Some(by))))
        .execute(tx.conn)?;
    for id in crate::store::report::files_of(tx, began)? {
        file::erase(tx, id)?;
    }
    Ok(())
}

/// Removes the words of the marks of one item in one document.
pub(super) fn erase_mark(tx: &mut WriteTx<'_>, row: i64, by: Seq) -> Result<(), Error> {
    let (began, item): (Seq, AddresseeId) =
        mark::table.find(MarkId(row)).select((mark::report, mark::addressee_id)).first(tx.conn)?;
    diesel::update(mark::table.filter(mark::report.eq(began).and(mark::addressee_id.eq(item))))
        .set((mark::page.eq(None::<String>), mark::words.eq(None::<String>), mark::withheld.eq(Some(by))))
        .execute(tx.conn)?;
    let acts = acts_of_marks(tx, began, item)?;
    diesel::update(change::table.filter(change::seq.eq_any(acts)))
        .set((change::reason.eq(None::<String>), change::withheld.eq(Some(by))))
        .execute(tx.conn)?;
    Ok(())
}
