//! Looking back: the register as it stood once some change had been published.
//!
//! A snapshot that looks back reads the ledger up to that change alone, and works the present rows out of it again by the
//! functions that made them (`present::then`). Words that were withheld or removed since stay out of sight: the ledger
//! itself no longer shows them. A query of a page that can be looked back to filters by [`ReadTx::upto`].

use diesel::prelude::*;

use super::body::BodyName;
use super::inquiry::InquiryName;
use super::schema::{accuracy_rule, body_text, change, coverage, hold, inquiry_event, inquiry_text};
use super::{Error, ReadTx};
use crate::domain::id::{BodyId, InquiryId, InquiryTextId, Seq};
use crate::domain::moment::Day;

/// A state of the register that has passed: the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// The last change published by then.
    pub seq: Seq,
    /// The day.
    pub day: Day,
}

impl ReadTx<'_> {
    /// From here on everything is read as it stood then; with `None`, as it stands.
    pub const fn look_back(&mut self, to: Option<Past>) {
        self.past = to;
    }

    /// What is looked back to.
    #[must_use]
    pub const fn past(&self) -> Option<Past> {
        self.past
    }

    /// The last change that is read.
    pub(super) fn upto(&self) -> Seq {
        self.past.map_or(Seq(i64::MAX), |past| past.seq)
    }

    /// The last day that is read, of what has a day and no number.
    pub(super) fn last_day(&self) -> Day {
        self.past.map_or(Day::new(jiff::civil::Date::MAX), |past| past.day)
    }
}

/// The register at the end of a day; `None` where nothing had been published by then.
///
/// # Errors
/// When the database fails.
pub fn end_of(tx: &mut ReadTx<'_>, day: Day) -> Result<Option<Past>, Error> {
    let seq: Option<Seq> = change::table
        .filter(change::day.le(day))
        .order(change::seq.desc())
        .select(change::seq)
        .first(tx.conn)
        .optional()?;
    Ok(seq.map(|seq| Past { seq, day }))
}

/// The day of the first change; `None` in an empty register.
///
/// # Errors
/// When the database fails.
pub fn first_day(tx: &mut ReadTx<'_>) -> Result<Option<Day>, Error> {
    Ok(change::table.order(change::seq).select(change::day).first(tx.conn).optional()?)
}

/// Calls inquiries what they were called then.
pub(super) fn name_inquiries<'n>(
    tx: &mut ReadTx<'_>,
    names: impl IntoIterator<Item = &'n mut InquiryName>,
) -> Result<(), Error> {
    if tx.past.is_none() {
        return Ok(());
    }
    let mut names: Vec<&mut InquiryName> = names.into_iter().collect();
    let mut ids: Vec<InquiryId> = names.iter().map(|name| name.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<(InquiryId, String, String, String)> = inquiry_text::table
        .filter(inquiry_text::inquiry_id.eq_any(ids).and(inquiry_text::seq.le(tx.upto())))
        .filter(inquiry_text::withheld.is_null())
        .order((inquiry_text::seq, inquiry_text::id))
        .select((inquiry_text::inquiry_id, inquiry_text::kind, inquiry_text::title, inquiry_text::short_title))
        .load(tx.conn)?;
    for (id, kind, title, short_title) in rows {
        for name in names.iter_mut().filter(|name| name.id == id) {
            name.kind.clone_from(&kind);
            name.title.clone_from(&title);
            name.short_title.clone_from(&short_title);
        }
    }
    Ok(())
}

/// Calls bodies what they were called then.
pub(super) fn name_bodies<'n>(
    tx: &mut ReadTx<'_>,
    names: impl IntoIterator<Item = &'n mut BodyName>,
) -> Result<(), Error> {
    if tx.past.is_none() {
        return Ok(());
    }
    let mut names: Vec<&mut BodyName> = names.into_iter().collect();
    let mut ids: Vec<BodyId> = names.iter().map(|name| name.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<(BodyId, String, Option<String>, String)> = body_text::table
        .filter(body_text::body_id.eq_any(ids).and(body_text::seq.le(tx.upto())))
        .filter(body_text::withheld.is_null())
        .order((body_text::seq, body_text::id))
        .select((body_text::body_id, body_text::name, body_text::short_name, body_text::kind))
        .load(tx.conn)?;
    for (id, full, short_name, kind) in rows {
        for name in names.iter_mut().filter(|name| name.id == id) {
            name.name.clone_from(&full);
            name.short_name.clone_from(&short_name);
            name.kind.clone_from(&kind);
        }
    }
    Ok(())
}

/// The description of an inquiry that stood then, and the last change of anything in it; `text` and `seq` are today's.
///
/// # Errors
/// [`Error::NotFound`] when it was not in the register by then.
pub(super) fn text_of(
    tx: &mut ReadTx<'_>,
    inquiry: InquiryId,
    text: Option<InquiryTextId>,
    seq: Seq,
) -> Result<(Option<InquiryTextId>, Seq), Error> {
    if tx.past.is_none() {
        return Ok((text, seq));
    }
    let (text, described): (InquiryTextId, Seq) = inquiry_text::table
        .filter(inquiry_text::inquiry_id.eq(inquiry).and(inquiry_text::seq.le(tx.upto())))
        .order((inquiry_text::seq.desc(), inquiry_text::id.desc()))
        .select((inquiry_text::id, inquiry_text::seq))
        .first(tx.conn)?;
    let looked: Option<Seq> = coverage::table
        .filter(coverage::inquiry_id.eq(inquiry).and(coverage::seq.le(tx.upto())))
        .select(diesel::dsl::max(coverage::seq))
        .first(tx.conn)?;
    let ruled: Option<Seq> = accuracy_rule::table
        .filter(accuracy_rule::inquiry_id.eq(inquiry).and(accuracy_rule::seq.le(tx.upto())))
        .select(diesel::dsl::max(accuracy_rule::seq))
        .first(tx.conn)?;
    let held: Option<Seq> = hold::table
        .filter(hold::inquiry_id.eq(inquiry).and(hold::recommendation_id.is_null()).and(hold::seq.le(tx.upto())))
        .select(diesel::dsl::max(hold::seq))
        .first(tx.conn)?;
    let told: Option<Seq> = inquiry_event::table
        .filter(inquiry_event::inquiry_id.eq(inquiry).and(inquiry_event::seq.le(tx.upto())))
        .select(diesel::dsl::max(inquiry_event::seq))
        .first(tx.conn)?;
    let last = [Some(described), looked, ruled, held, told].into_iter().flatten().max();
    Ok((Some(text), last.unwrap_or(described)))
}

/// The descriptions of all inquiries that stood then.
///
/// # Errors
/// When the database fails.
pub(super) fn texts(tx: &mut ReadTx<'_>) -> Result<Vec<InquiryTextId>, Error> {
    let rows: Vec<(InquiryId, InquiryTextId)> = inquiry_text::table
        .filter(inquiry_text::seq.le(tx.upto()))
        .order((inquiry_text::seq, inquiry_text::id))
        .select((inquiry_text::inquiry_id, inquiry_text::id))
        .load(tx.conn)?;
    let last: std::collections::HashMap<InquiryId, InquiryTextId> = rows.into_iter().collect();
    Ok(last.into_values().collect())
}
