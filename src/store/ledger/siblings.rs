//! What goes together with a record: the other rows about the same thing, and what each of them has in common with it. A new
//! address, another date or a corrected source repeats the words; a correction keeps the title and says something else.
//!
//! What says the same word for word goes out of sight, comes back and is removed together with it. What shares only a part of it
//! goes nowhere by itself: a person is asked about each.

use diesel::prelude::*;

use super::naming::said;
use super::withhold::{is_removed, withheld_since};
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, MarkId, RecommendationId, ReportId, Seq, ThemeId};
use crate::domain::redaction::Shares;
use crate::store::schema::{body_text, change, inquiry_text, mark, report, theme_text, wording};
use crate::store::{Error, ReadTx};

/// Another record about the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    /// Its row.
    pub row: i64,
    /// The change that published it.
    pub seq: Seq,
    /// What took it out of sight.
    pub withheld: Option<Seq>,
    /// What it has in common with the first.
    pub shares: Shares,
    /// Whether it was published last of all about that thing.
    pub is_last: bool,
}

/// The other records about the same thing that have something in common with one, the first published first: of a name, a
/// description or a wording those with the same words or a part of them; of a document all its versions; of a mark all marks of that
/// item in that document.
fn related(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<Related>, Error> {
    let others = about_the_same(tx, subject, row)?;
    let last = others.iter().map(|(row, seq, _)| (*seq, *row)).max();
    let own = withheld_since(tx, subject, row)?;
    let mut found = Vec::new();
    for (other, seq, withheld) in others.into_iter().filter(|(other, ..)| *other != row) {
        let shares = match subject {
            Subject::Report | Subject::Mark => Some(Shares::Everything),
            _ => {
                let (here, there) = (said(tx, subject, row)?, said(tx, subject, other)?);
                match here.shares(&there) {
                    // Of what was removed nothing is left to compare: what went by the same removal said the same.
                    None if here.is_empty() && there.is_empty() && own.is_some() && own == withheld => {
                        Some(Shares::Everything)
                    }
                    shares => shares,
                }
            }
        };
        let is_last = last == Some((seq, other));
        found.extend(shares.map(|shares| Related { row: other, seq, withheld, shares, is_last }));
    }
    Ok(found)
}

/// Those of them that go together with one without a question: they say the same, and stand as it stands now, in sight or taken
/// out by the same change.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn siblings(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<Related>, Error> {
    let own = withheld_since(tx, subject, row)?;
    let mut all = related(tx, subject, row)?;
    all.retain(|one| one.shares == Shares::Everything && one.withheld == own);
    Ok(all)
}

/// Those of them that do not go together with one, and whose words are not removed: a person decides on each. What another click
/// took out of sight already is among them.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn to_decide(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<Related>, Error> {
    let own = withheld_since(tx, subject, row)?;
    let mut all = Vec::new();
    for one in related(tx, subject, row)? {
        let goes = one.shares == Shares::Everything && one.withheld == own;
        if !goes && !is_removed(tx, subject, one.row)? {
            all.push(one);
        }
    }
    Ok(all)
}

/// The changes that published the same words, whatever became of each since.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn said_in(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<Seq>, Error> {
    let same = |one: &Related| one.shares == Shares::Everything;
    Ok(related(tx, subject, row)?.into_iter().filter(same).map(|one| one.seq).collect())
}

/// The changes among those of some siblings whose public reasons go with the words. One act marks several items, and logs the
/// document with the first of them: that one's reason is about the document.
pub(super) fn with_reasons(tx: &mut ReadTx<'_>, subject: Subject, siblings: &[Related]) -> Result<Vec<Seq>, Error> {
    let seqs: Vec<Seq> = siblings.iter().map(|one| one.seq).collect();
    if subject != Subject::Mark {
        return Ok(seqs);
    }
    let acts = change::table.filter(change::seq.eq_any(seqs).and(change::kind.eq(ChangeKind::Mark)));
    Ok(acts.select(change::seq).load(tx.conn)?)
}

type Row = (i64, Seq, Option<Seq>);

/// All rows about what a row is about, itself among them, the first published first; none where each row is about a thing of its
/// own.
fn about_the_same(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<Row>, Error> {
    Ok(match subject {
        Subject::Wording => {
            let of: RecommendationId = wording::table.find(row).select(wording::recommendation_id).first(tx.conn)?;
            let all = wording::table.filter(wording::recommendation_id.eq(of)).order((wording::seq, wording::id));
            all.select((wording::id, wording::seq, wording::withheld)).load(tx.conn)?
        }
        Subject::Description => {
            let of: InquiryId = inquiry_text::table.find(row).select(inquiry_text::inquiry_id).first(tx.conn)?;
            let all = inquiry_text::table.filter(inquiry_text::inquiry_id.eq(of));
            let all = all.order((inquiry_text::seq, inquiry_text::id));
            all.select((inquiry_text::id, inquiry_text::seq, inquiry_text::withheld)).load(tx.conn)?
        }
        Subject::Body => {
            let of: BodyId = body_text::table.find(row).select(body_text::body_id).first(tx.conn)?;
            let all = body_text::table.filter(body_text::body_id.eq(of)).order((body_text::seq, body_text::id));
            all.select((body_text::id, body_text::seq, body_text::withheld)).load(tx.conn)?
        }
        Subject::Theme => {
            let of: ThemeId = theme_text::table.find(row).select(theme_text::theme_id).first(tx.conn)?;
            let all = theme_text::table.filter(theme_text::theme_id.eq(of)).order((theme_text::seq, theme_text::id));
            all.select((theme_text::id, theme_text::seq, theme_text::withheld)).load(tx.conn)?
        }
        Subject::Report => {
            let began: Seq = report::table.find(ReportId(row)).select(report::began).first(tx.conn)?;
            let all = report::table.filter(report::began.eq(began)).order((report::seq, report::id));
            all.select((report::id, report::seq, report::withheld)).load(tx.conn)?
        }
        Subject::Mark => {
            let (document, item): (Seq, AddresseeId) =
                mark::table.find(MarkId(row)).select((mark::report, mark::addressee_id)).first(tx.conn)?;
            let all = mark::table.filter(mark::report.eq(document).and(mark::addressee_id.eq(item)));
            all.order((mark::seq, mark::id)).select((mark::id, mark::seq, mark::withheld)).load(tx.conn)?
        }
        _ => Vec::new(),
    })
}
