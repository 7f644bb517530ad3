//! Holds: placed, renewed, ended; and the refusal of what they keep back, in the one place that every change passes.

use diesel::prelude::*;

use super::NewChange;
use super::withhold::{About, filled};
use crate::domain::hold::{HoldKind, HoldStep};
use crate::domain::id::{InquiryId, PersonId, RecommendationId, Seq};
use crate::domain::moment::Day;
use crate::store::schema::{hold, inquiry, recommendation};
use crate::store::{Error, WriteTx, hold as stored};

/// A step of a hold to be published.
#[derive(Debug, Clone, Copy)]
pub struct NewHold {
    /// The inquiry; `None` for the whole register.
    pub inquiry: Option<InquiryId>,
    /// The recommendation; `None` for the whole inquiry.
    pub recommendation: Option<RecommendationId>,
    /// The change that placed the hold; `None` for the one that does.
    pub began: Option<Seq>,
    /// What happens to it.
    pub step: HoldStep,
    /// Why it is.
    pub kind: HoldKind,
    /// The day on which it is reviewed; of one that ends, the last that was set.
    pub review_on: Day,
    /// Who decided it.
    pub author: PersonId,
}

/// Publishes the step under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_hold(tx: &mut WriteTx<'_>, seq: Seq, new: &NewHold) -> Result<(), Error> {
    diesel::insert_into(hold::table)
        .values((
            hold::seq.eq(seq),
            hold::began.eq(new.began.unwrap_or(seq)),
            hold::inquiry_id.eq(new.inquiry),
            hold::recommendation_id.eq(new.recommendation),
            hold::step.eq(new.step),
            hold::kind.eq(new.kind),
            hold::review_on.eq(new.review_on),
            hold::author_id.eq(new.author),
        ))
        .execute(tx.conn)?;
    // The page has changed. Its version has not: whoever is at a form has nothing else before them than they see.
    match (new.inquiry, new.recommendation) {
        (_, Some(id)) => {
            diesel::update(recommendation::table.filter(recommendation::id.eq(id)))
                .set(recommendation::seq.eq(seq))
                .execute(tx.conn)?;
        }
        (Some(id), None) => {
            diesel::update(inquiry::table.filter(inquiry::id.eq(id))).set(inquiry::seq.eq(seq)).execute(tx.conn)?;
        }
        (None, None) => {}
    }
    Ok(())
}

/// Refuses a change about something that is held. Ask it under the counter's lock: a hold that is placed at the same moment
/// is then seen, or comes after.
pub(super) fn refuse_held(tx: &mut WriteTx<'_>, new: &NewChange) -> Result<(), Error> {
    let about = About {
        addressee: new.addressee_id,
        recommendation: new.recommendation_id,
        inquiry: new.inquiry_id,
        body: new.body_id,
    };
    let about = filled(tx, about)?;
    match stored::in_force(tx, about.inquiry, about.recommendation)?.first() {
        Some(hold) => Err(Error::Held(hold.held())),
        None => Ok(()),
    }
}
