//! Taking words out of sight, and showing them again: the only update that the ledger knows.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, Seq};
use crate::domain::moment::Day;
use crate::store::schema::{
    addressee, agreement, body_text, change, coverage, deadline, evidence, fact_update, format_link, inquiry_event,
    inquiry_text, mark as marks, outside_finding, page_text, recommendation, remark, report, theme_text, wording,
};
use crate::store::{Error, ReadTx, WriteTx};

/// Runs the same expression on the table of a subject.
macro_rules! of_table {
    ($subject:expr, $table:ident => $body:expr, change => $change:expr) => {
        match $subject {
            Subject::Change => $change,
            Subject::Update => {
                use fact_update as $table;
                $body
            }
            Subject::Wording => {
                use wording as $table;
                $body
            }
            Subject::Remark => {
                use remark as $table;
                $body
            }
            Subject::Event => {
                use inquiry_event as $table;
                $body
            }
            Subject::Deadline => {
                use deadline as $table;
                $body
            }
            Subject::Page => {
                use page_text as $table;
                $body
            }
            Subject::Format => {
                use format_link as $table;
                $body
            }
            Subject::Coverage => {
                use coverage as $table;
                $body
            }
            Subject::Evidence => {
                use evidence as $table;
                $body
            }
            Subject::Agreement => {
                use agreement as $table;
                $body
            }
            Subject::Report => {
                use report as $table;
                $body
            }
            Subject::Mark => {
                use marks as $table;
                $body
            }
            Subject::Outside => {
                use outside_finding as $table;
                $body
            }
            Subject::Description => {
                use inquiry_text as $table;
                $body
            }
            Subject::Body => {
                use body_text as $table;
                $body
            }
            Subject::Theme => {
                use theme_text as $table;
                $body
            }
        }
    };
}

/// The change that published a row, and whether its words are withheld now.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn seq_of(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<(Seq, bool), Error> {
    let (seq, withheld) = standing(tx, subject, row)?;
    Ok((seq, withheld.is_some()))
}

/// The change that took the words of a row out of sight; `None` for those that everybody reads.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn withheld_since(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Option<Seq>, Error> {
    Ok(standing(tx, subject, row)?.1)
}

/// On which day the words of a row were taken out of sight; `None` for those that everybody reads.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn out_of_sight_since(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Option<Day>, Error> {
    let Some(by) = standing(tx, subject, row)?.1 else { return Ok(None) };
    Ok(Some(change::table.find(by).select(change::day).first(tx.conn)?))
}

/// Whether the words of a row were removed for good.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn is_removed(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<bool, Error> {
    let Some(by) = standing(tx, subject, row)?.1 else { return Ok(false) };
    let kind: ChangeKind = change::table.find(by).select(change::kind).first(tx.conn)?;
    Ok(kind == ChangeKind::Redacted)
}

fn standing(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<(Seq, Option<Seq>), Error> {
    Ok(of_table!(subject, table => {
        table::table.filter(table::id.eq(row)).select((table::seq, table::withheld)).first(tx.conn)?
    }, change => {
        change::table.filter(change::seq.eq(Seq(row))).select((change::seq, change::withheld)).first(tx.conn)?
    }))
}

/// Withholds the words of a row (with the number of the withholding) or shows them again (with `None`). The public reason
/// of the change that published it often repeats them and goes with it, unless that change was a load of many rows; it is
/// shown again once no row of that change is withheld any more. Its [siblings](super::siblings()) go with it.
///
/// # Errors
/// [`Error::Stale`] when somebody did the same meanwhile.
pub fn mark(tx: &mut WriteTx<'_>, subject: Subject, row: i64, by: Option<Seq>) -> Result<(), Error> {
    let (seq, before) = standing(tx, subject, row)?;
    if before.is_some() == by.is_some() {
        return Err(Error::Stale);
    }
    let others = super::siblings::siblings(tx, subject, row)?;
    let rows: Vec<i64> = others.iter().map(|one| one.row).chain([row]).collect();
    of_table!(subject, table => {
        diesel::update(table::table.filter(table::id.eq_any(rows))).set(table::withheld.eq(by)).execute(tx.conn)?;
    }, change => {
        diesel::update(change::table.filter(change::seq.eq(seq))).set(change::withheld.eq(by)).execute(tx.conn)?;
        return Ok(());
    });
    let mut seqs = super::siblings::with_reasons(tx, subject, &others)?;
    seqs.push(seq);
    for seq in seqs {
        let reason = change::table.filter(change::seq.eq(seq).and(change::kind.ne(ChangeKind::Load)));
        match by {
            Some(_) => {
                let reason = reason.filter(change::withheld.is_null());
                diesel::update(reason).set(change::withheld.eq(by)).execute(tx.conn)?;
            }
            None if !any_withheld(tx, seq)? => {
                let reason = reason.filter(change::withheld.eq(before));
                diesel::update(reason).set(change::withheld.eq(by)).execute(tx.conn)?;
            }
            None => {}
        }
    }
    Ok(())
}

/// What these withholdings took out of sight and keep there: the record, its row and the change that published it. What has been
/// shown again since is not among it.
///
/// # Errors
/// When the database fails.
pub fn withheld_by(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<HashMap<Seq, (Subject, i64, Seq)>, Error> {
    let mut all = HashMap::new();
    // The reason of a change goes with its rows, so a row found first is what was meant.
    for subject in Subject::ALL.iter().copied() {
        let by: Vec<Option<Seq>> = seqs.iter().copied().map(Some).collect();
        let rows: Vec<(Option<Seq>, i64, Seq)> = of_table!(subject, table => {
            let rows = table::table.filter(table::withheld.eq_any(by)).order(table::seq.desc());
            rows.select((table::withheld, table::id, table::seq)).load(tx.conn)?
        }, change => {
            let rows: Vec<(Option<Seq>, Seq)> = change::table
                .filter(change::withheld.eq_any(by))
                .select((change::withheld, change::seq))
                .load(tx.conn)?;
            rows.into_iter().map(|(by, seq)| (by, seq.0, seq)).collect()
        });
        for (by, row, seq) in rows {
            // Of several that say the same it was the last; a later one only carried the words on, out of sight.
            by.into_iter().filter(|by| seq < *by).for_each(|by| {
                all.entry(by).or_insert((subject, row, seq));
            });
        }
    }
    Ok(all)
}

/// The rows of one kind of record that a withholding or a removal keeps out of sight now, each with the change that published it.
///
/// # Errors
/// When the database fails.
pub fn out(tx: &mut ReadTx<'_>, subject: Subject, by: Seq) -> Result<Vec<(i64, Seq)>, Error> {
    Ok(of_table!(subject, table => {
        let out = table::table.filter(table::withheld.eq(Some(by))).order(table::id);
        out.select((table::id, table::seq)).load(tx.conn)?
    }, change => {
        let out = change::table.filter(change::withheld.eq(Some(by))).order(change::seq);
        out.select(change::seq).load::<Seq>(tx.conn)?.into_iter().map(|seq| (seq.0, seq)).collect()
    }))
}

/// The changes among these of which words are withheld or removed now, each with the change that took them out.
///
/// # Errors
/// When the database fails.
pub fn taken_out(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<Vec<(Seq, Seq)>, Error> {
    let mut all = Vec::new();
    for subject in Subject::ALL.iter().copied() {
        let of = seqs.to_vec();
        let rows: Vec<(Seq, Option<Seq>)> = of_table!(subject, table => {
            let taken = table::table.filter(table::seq.eq_any(of).and(table::withheld.is_not_null()));
            taken.select((table::seq, table::withheld)).load(tx.conn)?
        }, change => {
            let taken = change::table.filter(change::seq.eq_any(of).and(change::withheld.is_not_null()));
            taken.select((change::seq, change::withheld)).load(tx.conn)?
        });
        all.extend(rows.into_iter().filter_map(|(seq, by)| Some((seq, by?))));
    }
    Ok(all)
}

/// Whether any row that a change published is withheld.
fn any_withheld(tx: &mut ReadTx<'_>, seq: Seq) -> Result<bool, Error> {
    for subject in Subject::ALL.iter().copied() {
        let withheld: i64 = of_table!(subject, table => {
            table::table.filter(table::seq.eq(seq).and(table::withheld.is_not_null())).count().get_result(tx.conn)?
        }, change => 0);
        if withheld > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The answer, recommendation and inquiry that a row is about, as far as it is.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn about(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<About, Error> {
    let (addressee, recommendation, inquiry) = match subject {
        Subject::Update => {
            (Some(fact_update::table.find(row).select(fact_update::addressee_id).first(tx.conn)?), None, None)
        }
        Subject::Deadline => {
            (Some(deadline::table.find(row).select(deadline::addressee_id).first(tx.conn)?), None, None)
        }
        Subject::Evidence => {
            (Some(evidence::table.find(row).select(evidence::addressee_id).first(tx.conn)?), None, None)
        }
        Subject::Mark => (Some(marks::table.find(row).select(marks::addressee_id).first(tx.conn)?), None, None),
        Subject::Outside => {
            (Some(outside_finding::table.find(row).select(outside_finding::addressee_id).first(tx.conn)?), None, None)
        }
        Subject::Report => {
            let body = report::table.find(row).select(report::body_id).first(tx.conn)?;
            return Ok(About { body: Some(body), ..About::default() });
        }
        Subject::Agreement => {
            (Some(agreement::table.find(row).select(agreement::addressee_id).first(tx.conn)?), None, None)
        }
        Subject::Wording => {
            (None, Some(wording::table.find(row).select(wording::recommendation_id).first(tx.conn)?), None)
        }
        Subject::Event => {
            let (inquiry, body): (Option<InquiryId>, Option<BodyId>) = inquiry_event::table
                .find(row)
                .select((inquiry_event::inquiry_id, inquiry_event::body_id))
                .first(tx.conn)?;
            if body.is_some() {
                return Ok(About { body, ..About::default() });
            }
            (None, None, inquiry)
        }
        Subject::Description => {
            (None, None, Some(inquiry_text::table.find(row).select(inquiry_text::inquiry_id).first(tx.conn)?))
        }
        Subject::Body => {
            let body = body_text::table.find(row).select(body_text::body_id).first(tx.conn)?;
            return Ok(About { body: Some(body), ..About::default() });
        }
        // The register speaks of itself, or of all of it.
        Subject::Page | Subject::Theme => (None, None, None),
        Subject::Format => {
            (None, None, Some(format_link::table.find(row).select(format_link::inquiry_id).first(tx.conn)?))
        }
        Subject::Coverage => (None, None, Some(coverage::table.find(row).select(coverage::inquiry_id).first(tx.conn)?)),
        Subject::Change => change::table
            .find(Seq(row))
            .select((change::addressee_id, change::recommendation_id, change::inquiry_id))
            .first(tx.conn)?,
        Subject::Remark => remark::table
            .find(row)
            .select((remark::addressee_id, remark::recommendation_id, remark::inquiry_id))
            .first(tx.conn)?,
    };
    filled(tx, About { addressee, recommendation, inquiry, body: None })
}

/// Fills in what follows from what is known.
pub(super) fn filled(tx: &mut ReadTx<'_>, mut about: About) -> Result<About, Error> {
    if let Some(id) = about.addressee {
        let (recommendation, body): (RecommendationId, BodyId) = addressee::table
            .filter(addressee::id.eq(id))
            .select((addressee::recommendation_id, addressee::answerer_id))
            .first(tx.conn)?;
        about = About { recommendation: Some(recommendation), body: Some(body), ..about };
    }
    if let (Some(id), None) = (about.recommendation, about.inquiry) {
        let inquiry = recommendation::table
            .filter(recommendation::id.eq(id))
            .select(recommendation::inquiry_id)
            .first(tx.conn)?;
        about.inquiry = Some(inquiry);
    }
    Ok(about)
}

/// What a ledger row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct About {
    /// The answer.
    pub addressee: Option<AddresseeId>,
    /// The recommendation.
    pub recommendation: Option<RecommendationId>,
    /// The inquiry.
    pub inquiry: Option<InquiryId>,
    /// The body asked.
    pub body: Option<BodyId>,
}
