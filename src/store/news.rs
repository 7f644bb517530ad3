//! Which changes concern something: an inquiry, a body, a recommendation. Newest first, by keys; what feeds list.
//!
//! An act about one thing names it in its change. A load names nothing: what it concerns is seen from its rows.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::body::limit;
use super::change::{self, Change};
use super::ledger::{self, taken_out};
use super::page::{COUNT_LIMIT, Capped, Cursor, Page};
use super::schema::{
    addressee, arrival, arrival_step, asked, body_text, change as table, coverage, deadline, evidence, fact_update,
    group_asked, inquiry_event, inquiry_text, mark, membership, outside_finding, passing, recommendation, remark,
    report, succession, tag, tie, wording,
};
use super::{Error, ReadTx};
use crate::domain::id::{
    BodyId, CoverageId, DeadlineId, EventId, EvidenceId, InquiryId, OutsideId, RecommendationId, RemarkId, ReportId,
    Seq, UpdateId,
};
use crate::domain::moment::Moment;
use crate::domain::report::Marked;

/// What changes may concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// The register: every change.
    Register,
    /// One inquiry and everything in it, and how others came to answer it.
    Inquiry(InquiryId),
    /// One body and everything that was put to it.
    Body(BodyId),
    /// One recommendation and all its answers, and how others came to answer it.
    Recommendation(RecommendationId),
}

/// One page of the changes that concern something, newest first.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx<'_>,
    concern: Concern,
    after: Option<Cursor<1>>,
    size: usize,
) -> Result<Page<Change>, Error> {
    let Cursor([before]) = after.unwrap_or(Cursor([i64::MAX]));
    let Some(seqs) = numbers(tx, concern, Seq(before), limit(size))? else {
        return change::list(tx, Seq(0), after, size);
    };
    let Page { items, next } = Page::cut(seqs, size, |seq: &Seq| [seq.0]);
    let mut changes = change::many(tx, items)?;
    changes.sort_unstable_by_key(|change| std::cmp::Reverse(change.seq));
    Ok(Page { items: changes, next })
}

/// How many changes concern something, counted up to the limit; of the whole register, all of them.
///
/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx<'_>, concern: Concern) -> Result<(u64, bool), Error> {
    let Some(seqs) = numbers(tx, concern, Seq(i64::MAX), COUNT_LIMIT + 1)? else {
        return Ok((ledger::newest(tx)?.0.unsigned_abs(), false));
    };
    let counted = Capped::of(seqs.len());
    Ok((counted.number, counted.more))
}

/// The numbers of the changes that concern something, the newest first; `None` for the whole register.
fn numbers(tx: &mut ReadTx<'_>, concern: Concern, before: Seq, most: i64) -> Result<Option<Vec<Seq>>, Error> {
    let mut seqs = match concern {
        Concern::Register => return Ok(None),
        Concern::Inquiry(id) => of_inquiry(tx, id, before, most)?,
        Concern::Body(id) => of_body(tx, id, before, most)?,
        Concern::Recommendation(id) => of_recommendation(tx, id, before, most)?,
    };
    seqs.sort_unstable_by(|one, other| other.cmp(one));
    seqs.dedup();
    Ok(Some(seqs))
}

/// Adds the last numbers of the rows of one table that a condition holds of.
macro_rules! add {
    ($tx:ident, $seqs:ident, $before:ident, $most:ident, $table:ident, $rows:expr) => {{
        let some: Vec<Seq> = $rows
            .filter($table::seq.lt($before))
            .order($table::seq.desc())
            .distinct()
            .limit($most)
            .select($table::seq)
            .load($tx.conn)?;
        $seqs.extend(some);
    }};
}

/// Adds the successions by which these answers came to other bodies, were put right or taken back: a change of that kind names the
/// bodies alone.
macro_rules! add_handed_on {
    ($tx:ident, $seqs:ident, $before:ident, $holds:expr) => {{
        let bodies: Vec<(BodyId, Seq)> = asked::table
            .inner_join(addressee::table)
            .filter($holds)
            .select((addressee::body_id, asked::seq))
            .distinct()
            .load($tx.conn)?;
        $seqs.extend(super::succession::handing_on($tx, &bodies)?.into_iter().filter(|seq| *seq < $before));
    }};
}

fn of_inquiry(tx: &mut ReadTx<'_>, id: InquiryId, before: Seq, most: i64) -> Result<Vec<Seq>, Error> {
    let mut seqs: Vec<Seq> = table::table
        .filter(table::inquiry_id.eq(id).and(table::seq.lt(before)))
        .order(table::seq.desc())
        .limit(most)
        .select(table::seq)
        .load(tx.conn)?;
    let worded = wording::table
        .inner_join(recommendation::table.on(recommendation::id.eq(wording::recommendation_id)))
        .filter(wording::seq.eq(table::seq).and(recommendation::inquiry_id.eq(id)));
    let answered = fact_update::table
        .inner_join(addressee::table)
        .filter(fact_update::seq.eq(table::seq).and(addressee::inquiry_id.eq(id)));
    let put =
        asked::table.inner_join(addressee::table).filter(asked::seq.eq(table::seq).and(addressee::inquiry_id.eq(id)));
    let dated = deadline::table
        .inner_join(addressee::table)
        .filter(deadline::seq.eq(table::seq).and(addressee::inquiry_id.eq(id)));
    let described = inquiry_text::table.filter(inquiry_text::seq.eq(table::seq).and(inquiry_text::inquiry_id.eq(id)));
    let told = inquiry_event::table.filter(inquiry_event::seq.eq(table::seq).and(inquiry_event::inquiry_id.eq(id)));
    let marked = mark::table
        .inner_join(addressee::table)
        .filter(mark::seq.eq(table::seq).and(addressee::inquiry_id.eq(id)).and(mark::value.ne(Marked::Unread)));
    let remarked = remark::table.filter(remark::seq.eq(table::seq).and(remark::inquiry_id.eq(id)));
    let of_several: Vec<Seq> = table::table
        .filter(table::inquiry_id.is_null().and(table::seq.lt(before)))
        .filter(
            exists(described.select(inquiry_text::id))
                .or(exists(worded.select(wording::id)))
                .or(exists(put.select(asked::id)))
                .or(exists(told.select(inquiry_event::id)))
                .or(exists(remarked.select(remark::id)))
                .or(exists(dated.select(deadline::id)))
                .or(exists(marked.select(mark::id)))
                .or(exists(answered.select(fact_update::id))),
        )
        .order(table::seq.desc())
        .limit(most)
        .select(table::seq)
        .load(tx.conn)?;
    seqs.extend(of_several);
    // What another inquiry's recommendation says of one of these, and who took over what was asked here.
    let tied = tie::table.inner_join(recommendation::table.on(recommendation::id.eq(tie::to_id)));
    add!(tx, seqs, before, most, tie, tied.filter(recommendation::inquiry_id.eq(id)));
    let passed = passing::table.inner_join(addressee::table.on(addressee::id.eq(passing::addressee_id)));
    add!(tx, seqs, before, most, passing, passed.filter(addressee::inquiry_id.eq(id)));
    add_handed_on!(tx, seqs, before, addressee::inquiry_id.eq(id));
    Ok(seqs)
}

/// The same for every table whose rows are about an answer.
macro_rules! add_of_answers {
    ($tx:ident, $seqs:ident, $before:ident, $most:ident, $holds:expr) => {
        add!($tx, $seqs, $before, $most, fact_update, fact_update::table.inner_join(addressee::table).filter($holds));
        add!($tx, $seqs, $before, $most, deadline, deadline::table.inner_join(addressee::table).filter($holds));
        add!($tx, $seqs, $before, $most, arrival, arrival::table.inner_join(addressee::table).filter($holds));
        add!($tx, $seqs, $before, $most, arrival_step, arrival_step::table.inner_join(addressee::table).filter($holds));
        add!(
            $tx,
            $seqs,
            $before,
            $most,
            mark,
            mark::table.inner_join(addressee::table).filter($holds).filter(mark::value.ne(Marked::Unread))
        );
        add!($tx, $seqs, $before, $most, asked, asked::table.inner_join(addressee::table).filter($holds));
        let passed = passing::table.inner_join(addressee::table.on(addressee::id.eq(passing::addressee_id)));
        add!($tx, $seqs, $before, $most, passing, passed.filter($holds));
        add!(
            $tx,
            $seqs,
            $before,
            $most,
            remark,
            remark::table
                .inner_join(addressee::table.on(addressee::id.nullable().eq(remark::addressee_id)))
                .filter($holds)
        );
    };
}

fn of_body(tx: &mut ReadTx<'_>, id: BodyId, before: Seq, most: i64) -> Result<Vec<Seq>, Error> {
    let mut seqs = Vec::new();
    add!(tx, seqs, before, most, table, table::table.filter(table::body_id.eq(id)));
    add!(tx, seqs, before, most, body_text, body_text::table.filter(body_text::body_id.eq(id)));
    let belongs = membership::group_id.eq(id).or(membership::body_id.eq(id));
    add!(tx, seqs, before, most, membership, membership::table.filter(belongs));
    add!(tx, seqs, before, most, group_asked, group_asked::table.filter(group_asked::group_id.eq(id)));
    add!(tx, seqs, before, most, inquiry_event, inquiry_event::table.filter(inquiry_event::body_id.eq(id)));
    let succeeded = succession::from_body_id.eq(id).or(succession::to_body_id.eq(id));
    add!(tx, seqs, before, most, succession, succession::table.filter(succeeded));
    add!(tx, seqs, before, most, coverage, coverage::table.filter(coverage::body_id.eq(id)));
    add_of_answers!(tx, seqs, before, most, addressee::body_id.eq(id).or(addressee::answerer_id.eq(id)));
    Ok(seqs)
}

fn of_recommendation(tx: &mut ReadTx<'_>, id: RecommendationId, before: Seq, most: i64) -> Result<Vec<Seq>, Error> {
    let mut seqs = Vec::new();
    add!(tx, seqs, before, most, table, table::table.filter(table::recommendation_id.eq(id)));
    add!(tx, seqs, before, most, wording, wording::table.filter(wording::recommendation_id.eq(id)));
    add!(tx, seqs, before, most, tag, tag::table.filter(tag::recommendation_id.eq(id)));
    add!(tx, seqs, before, most, remark, remark::table.filter(remark::recommendation_id.eq(id)));
    let tied = tie::from_id.eq(id).or(tie::to_id.eq(id));
    add!(tx, seqs, before, most, tie, tie::table.filter(tied));
    add_of_answers!(tx, seqs, before, most, addressee::recommendation_id.eq(id));
    add_handed_on!(tx, seqs, before, addressee::recommendation_id.eq(id));
    Ok(seqs)
}

/// For each of these changes whose words are not what they were, the moment at which they last became so: words of it were
/// withheld or removed, or a row of it was put right.
///
/// # Errors
/// When the database fails.
pub fn touched(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<HashMap<Seq, Moment>, Error> {
    let mut later = taken_out(tx, seqs)?;
    macro_rules! corrected {
        ($table:ident, $id:ty) => {
            let rows: Vec<($id, Seq)> = $table::table
                .filter($table::seq.eq_any(seqs.to_vec()))
                .select(($table::id, $table::seq))
                .load(tx.conn)?;
            let ids: Vec<$id> = rows.iter().map(|(id, _)| *id).collect();
            let corrections: Vec<(Option<$id>, Seq)> = $table::table
                .filter($table::corrects.assume_not_null().eq_any(ids))
                .select(($table::corrects, $table::seq))
                .load(tx.conn)?;
            for (wrong, by) in corrections {
                later.extend(rows.iter().find(|(id, _)| Some(*id) == wrong).map(|(_, seq)| (*seq, by)));
            }
        };
    }
    corrected!(fact_update, UpdateId);
    corrected!(deadline, DeadlineId);
    corrected!(coverage, CoverageId);
    corrected!(evidence, EvidenceId);
    corrected!(report, ReportId);
    corrected!(outside_finding, OutsideId);
    corrected!(inquiry_event, EventId);
    corrected!(remark, RemarkId);
    later.extend(super::mark::corrected(tx, seqs)?);
    let by: Vec<Seq> = later.iter().map(|(_, by)| *by).collect();
    let moments: HashMap<Seq, Moment> =
        table::table.filter(table::seq.eq_any(by)).select((table::seq, table::at)).load(tx.conn)?.into_iter().collect();
    let mut last = HashMap::new();
    for (seq, by) in later {
        let Some(at) = moments.get(&by).copied() else { continue };
        let known = last.entry(seq).or_insert(at);
        *known = at.max(*known);
    }
    Ok(last)
}
