//! Marks: how the items of a body fare in a document that it sent. Of one item and one document the last row stands.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::about::{About, Place, about_an_answer};
use super::present::{AddresseeRow, answers_then};
use super::report::{self, Report};
use super::schema::{addressee, body, inquiry, mark, recommendation, wording};
use super::withheld::{self, Title, Words, title};
use super::{Error, ReadTx};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, MarkId, PersonId, RecommendationId, Seq};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::report::{Marked, Marks};

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its row.
    pub id: MarkId,
    /// Whose answer it is about, and the change that published it.
    pub place: Place,
    /// The document, by the change that logged it.
    pub report: Seq,
    /// How the item fares.
    pub value: Marked,
    /// The page; none where the words are withheld.
    pub page: Option<String>,
    /// The words that were found, or since when they are withheld.
    pub words: Option<Words>,
    /// Who marked it.
    pub author: Option<PersonId>,
    /// Whether a second person read the same.
    pub confirmed: bool,
    /// The change that published what this one puts right.
    pub corrects: Option<Seq>,
    /// The change that puts this one right.
    pub corrected_by: Option<Seq>,
}

type Row = (
    (MarkId, Place, Seq, Marked),
    (Option<String>, Option<String>),
    (Option<PersonId>, Option<PersonId>, Option<MarkId>, Option<Seq>),
);

macro_rules! columns {
    () => {
        (
            (mark::id, (mark::seq, mark::addressee_id, addressee::recommendation_id), mark::report, mark::value),
            (
                diesel::dsl::case_when(mark::withheld.is_null(), mark::page),
                diesel::dsl::case_when(mark::withheld.is_null(), mark::words),
            ),
            (mark::author_id, mark::publisher_id, mark::corrects, mark::withheld),
        )
    };
}

/// The marks about something, the last published first, those of one act in the order of the items; that nobody has looked yet is none.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Mark>, Error> {
    let all = mark::table.inner_join(addressee::table).select(columns!()).into_boxed();
    let rows: Vec<Row> = about_an_answer!(all, mark, about)
        .filter(mark::seq.le(tx.upto()).and(mark::value.ne(Marked::Unread).or(mark::corrects.is_not_null())))
        .order((mark::seq.desc(), mark::id))
        .limit(most)
        .load(tx.conn)?;
    complete(tx, rows)
}

/// How every item of a document stands, those that nobody has looked for among them.
///
/// Of what was entered in error, only what somebody has looked for already: see [`left_out`].
///
/// # Errors
/// When the database fails.
pub fn of_report(tx: &mut ReadTx<'_>, began: Seq) -> Result<HashMap<AddresseeId, Mark>, Error> {
    let rows: Vec<Row> = mark::table
        .inner_join(addressee::table)
        .filter(mark::report.eq(began).and(mark::seq.le(tx.upto())))
        .order((mark::seq, mark::id))
        .select(columns!())
        .load(tx.conn)?;
    let mut marks: HashMap<AddresseeId, Mark> =
        complete(tx, rows)?.into_iter().map(|mark| (mark.place.addressee, mark)).collect();
    let unread = marks.values().filter(|mark| mark.value == Marked::Unread).map(|mark| mark.place.addressee).collect();
    for item in left_out(tx, unread)? {
        marks.remove(&item);
    }
    Ok(marks)
}

/// Of these items, which nobody has looked for in a document, those that were entered in error.
///
/// What a document is asked for is settled on the day on which it comes: everything that is open then, so that closing an item
/// makes no document look better. What was entered in error was never asked, and is to be looked for nowhere: while nobody has,
/// it is left out of the document's items and their number. What somebody has looked for stays in both, for it was read, and its
/// own page says that it was entered in error. Opened again, it is asked for again.
fn left_out(tx: &mut ReadTx<'_>, unread: HashSet<AddresseeId>) -> Result<HashSet<AddresseeId>, Error> {
    if unread.is_empty() {
        return Ok(unread);
    }
    let rows: Vec<AddresseeRow> =
        addressee::table.filter(addressee::id.eq_any(unread)).select(AddresseeRow::as_select()).load(tx.conn)?;
    let rows = if tx.past().is_some() { answers_then(tx, rows)? } else { rows };
    Ok(rows.into_iter().filter(AddresseeRow::is_in_error).map(|row| row.id).collect())
}

/// How many items of each of these documents bear each mark; without those that [`left_out`] leaves out.
///
/// # Errors
/// When the database fails.
pub fn counts(tx: &mut ReadTx<'_>, began: Vec<Seq>) -> Result<HashMap<Seq, Marks>, Error> {
    let rows: Vec<(Seq, AddresseeId, Marked)> = mark::table
        .filter(mark::report.eq_any(began).and(mark::seq.le(tx.upto())))
        .order((mark::seq, mark::id))
        .select((mark::report, mark::addressee_id, mark::value))
        .load(tx.conn)?;
    let standing: HashMap<(Seq, AddresseeId), Marked> =
        rows.into_iter().map(|(report, item, value)| ((report, item), value)).collect();
    let unread = standing.iter().filter(|(_, value)| **value == Marked::Unread).map(|((_, item), _)| *item).collect();
    let left_out = left_out(tx, unread)?;
    let mut counts: HashMap<Seq, Marks> = HashMap::new();
    for ((report, item), value) in standing {
        if value == Marked::Unread && left_out.contains(&item) {
            continue;
        }
        counts.entry(report).or_default().add(value);
    }
    Ok(counts)
}

/// For each of these answers the last document that somebody looked through for it, and how it fares there.
///
/// # Errors
/// When the database fails.
pub fn latest(tx: &mut ReadTx<'_>, ids: &[AddresseeId]) -> Result<HashMap<AddresseeId, (Report, Mark)>, Error> {
    let rows: Vec<Row> = mark::table
        .inner_join(addressee::table)
        .filter(mark::addressee_id.eq_any(ids).and(mark::seq.le(tx.upto())))
        .order((mark::seq, mark::id))
        .select(columns!())
        .load(tx.conn)?;
    let standing: HashMap<(AddresseeId, Seq), Row> =
        rows.into_iter().map(|row| ((row.0.1.addressee, row.0.2), row)).collect();
    let looked: Vec<Row> = standing.into_values().filter(|row| row.0.3 != Marked::Unread).collect();
    let reports = report::many(tx, looked.iter().map(|row| row.0.2).collect())?;
    let mut latest: HashMap<AddresseeId, (Report, Mark)> = HashMap::new();
    for mark in complete(tx, looked)? {
        let Some(report) = reports.get(&mark.report) else { continue };
        let age = |one: &Report| (one.happened.day, one.received_on, one.began);
        let newer = latest.get(&mark.place.addressee).is_none_or(|(known, _)| age(known) < age(report));
        if newer {
            latest.insert(mark.place.addressee, (report.clone(), mark));
        }
    }
    Ok(latest)
}

fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Mark>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let days = withheld::days(tx, rows.iter().map(|row| row.2.3))?;
    let wrong: Vec<MarkId> = rows.iter().filter_map(|row| row.2.2).collect();
    let corrected: Vec<(MarkId, Seq)> =
        mark::table.filter(mark::id.eq_any(wrong)).select((mark::id, mark::seq)).load(tx.conn)?;
    let of = |row: &Row| (row.0.2, row.0.1.addressee);
    let right = put_right(tx, rows.iter().map(of).collect())?;
    let by = |row: &Row| match (row.0.3, row.2.2) {
        (Marked::Unread, None) => None,
        _ => right.iter().find(|one| (one.0, one.1) == of(row) && one.2 > row.0.1.seq).map(|one| one.2),
    };
    let by: Vec<Option<Seq>> = rows.iter().map(by).collect();
    Ok(rows
        .into_iter()
        .zip(by)
        .map(|(((id, place, report, value), (page, words), (author, publisher, corrects, withheld)), by)| Mark {
            words: days.words(words, withheld),
            corrects: corrects.and_then(|id| corrected.iter().find(|(known, _)| *known == id)).map(|one| one.1),
            corrected_by: by,
            confirmed: publisher.is_some() && publisher != author,
            id,
            place,
            report,
            value,
            page,
            author,
        })
        .collect())
}

/// What puts marks of these items in these documents right: the changes, the first one first. Whoever confirms a mark says it
/// again in a row of its own, so that what puts the last row right puts those right that said the same before it.
fn put_right(tx: &mut ReadTx<'_>, of: Vec<(Seq, AddresseeId)>) -> Result<Vec<(Seq, AddresseeId, Seq)>, Error> {
    let (reports, items): (HashSet<Seq>, HashSet<AddresseeId>) = of.into_iter().unzip();
    Ok(mark::table
        .filter(mark::report.eq_any(reports).and(mark::addressee_id.eq_any(items)))
        .filter(mark::corrects.is_not_null().and(mark::seq.le(tx.upto())))
        .order((mark::seq, mark::id))
        .select((mark::report, mark::addressee_id, mark::seq))
        .load(tx.conn)?)
}

/// The changes among these of which marks were put right, each with every change that did.
pub(super) fn corrected(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<Vec<(Seq, Seq)>, Error> {
    let rows: Vec<(Seq, AddresseeId, Seq)> = mark::table
        .filter(mark::seq.eq_any(seqs.to_vec()))
        .filter(mark::value.ne(Marked::Unread).or(mark::corrects.is_not_null()))
        .select((mark::report, mark::addressee_id, mark::seq))
        .load(tx.conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let right = put_right(tx, rows.iter().map(|row| (row.0, row.1)).collect())?;
    let later = |row: (Seq, AddresseeId, Seq)| {
        let of_it = right.iter().filter(move |one| (one.0, one.1) == (row.0, row.1) && one.2 > row.2);
        of_it.map(move |one| (row.2, one.2))
    };
    Ok(rows.into_iter().flat_map(later).collect())
}

/// An item of a body, as the list of what is to be marked names it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Item {
    /// The answer.
    pub id: AddresseeId,
    /// Its recommendation.
    pub recommendation: RecommendationId,
    /// The inquiry.
    pub inquiry: InquiryId,
    /// Its part of an address.
    pub inquiry_slug: String,
    /// What people call it.
    pub inquiry_title: String,
    /// The recommendation's number.
    pub number: String,
    /// The part of an address of the body that was asked, under which the answer stands.
    pub asked_slug: String,
    /// The body that answers now.
    pub answerer: BodyId,
    /// Its place in the inquiry.
    pub position: i64,
    /// Open, closed or lapsed.
    pub lifecycle: Lifecycle,
    /// Its title, or why it has none.
    pub title: Title,
}

impl Item {
    /// Whether it can be marked in a document: it was open when the document came, or is now.
    #[must_use]
    pub fn is_markable(&self, marks: &HashMap<AddresseeId, Mark>) -> bool {
        self.lifecycle != Lifecycle::Closed || marks.contains_key(&self.id)
    }
}

/// Everything that was put to a body, in the order of its inquiries.
///
/// # Errors
/// When the database fails.
pub fn items(tx: &mut ReadTx<'_>, of: BodyId) -> Result<Vec<Item>, Error> {
    Ok(addressee::table
        .inner_join(inquiry::table.on(addressee::inquiry_id.eq(inquiry::id)))
        .inner_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
        .inner_join(body::table.on(addressee::body_id.eq(body::id)))
        .left_join(wording::table.on(recommendation::wording_id.eq(wording::id.nullable())))
        .filter(addressee::body_id.eq(of).or(addressee::answerer_id.eq(of)).and(addressee::present))
        .order((addressee::inquiry_id, recommendation::position, addressee::id))
        .select((
            addressee::id,
            addressee::recommendation_id,
            addressee::inquiry_id,
            inquiry::slug,
            inquiry::short_title,
            recommendation::number,
            body::slug,
            addressee::answerer_id,
            recommendation::position,
            addressee::lifecycle,
            title!(),
        ))
        .load(tx.conn)?)
}
