//! Taking words out of sight, and showing them again: the only update that the ledger knows.

use diesel::prelude::*;

use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, Seq};
use crate::store::schema::{addressee, change, deadline, fact_update, inquiry_event, recommendation, remark, wording};
use crate::store::{Error, ReadTx, WriteTx};

/// Runs the same expression on the table of a subject.
macro_rules! of_table {
    ($subject:expr, $table:ident => $body:expr) => {
        match $subject {
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
        }
    };
}

/// The change that published a row, and whether its words are withheld now.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn seq_of(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<(Seq, bool), Error> {
    let (seq, withheld): (Seq, Option<Seq>) = of_table!(subject, table => {
        table::table.filter(table::id.eq(row)).select((table::seq, table::withheld)).first(tx.conn)?
    });
    Ok((seq, withheld.is_some()))
}

/// Withholds the words of a row (with the number of the withholding) or shows them again (with `None`). The public reason
/// of the change that published it goes with it, unless that change was a load of many rows.
///
/// # Errors
/// [`Error::Stale`] when somebody did the same meanwhile.
pub fn mark(tx: &mut WriteTx<'_>, subject: Subject, row: i64, by: Option<Seq>) -> Result<(), Error> {
    let (seq, withheld) = seq_of(tx, subject, row)?;
    if withheld == by.is_some() {
        return Err(Error::Stale);
    }
    of_table!(subject, table => {
        diesel::update(table::table.filter(table::id.eq(row))).set(table::withheld.eq(by)).execute(tx.conn)?
    });
    diesel::update(change::table.filter(change::seq.eq(seq).and(change::kind.ne(ChangeKind::Load))))
        .set(change::withheld.eq(by))
        .execute(tx.conn)?;
    Ok(())
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
        Subject::Wording => {
            (None, Some(wording::table.find(row).select(wording::recommendation_id).first(tx.conn)?), None)
        }
        Subject::Event => {
            (None, None, Some(inquiry_event::table.find(row).select(inquiry_event::inquiry_id).first(tx.conn)?))
        }
        Subject::Remark => remark::table
            .find(row)
            .select((remark::addressee_id, remark::recommendation_id, remark::inquiry_id))
            .first(tx.conn)?,
    };
    filled(tx, About { addressee, recommendation, inquiry, body: None })
}

fn filled(tx: &mut ReadTx<'_>, mut about: About) -> Result<About, Error> {
    if let Some(id) = about.addressee {
        let (recommendation, body): (RecommendationId, BodyId) = addressee::table
            .filter(addressee::id.eq(id))
            .select((addressee::recommendation_id, addressee::body_id))
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
