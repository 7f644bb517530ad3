//! Dated remarks: notices, replies, minutes, notes. They set none of the four facts.

use diesel::prelude::*;

use crate::domain::change::RemarkKind;
use crate::domain::checked::Checked;
use crate::domain::fairness::Approval;
use crate::domain::id::{AddresseeId, DeadlineId, InquiryId, PersonId, RecommendationId, RemarkId, Seq};
use crate::domain::licence::Rights;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::outside::Judgement;
use crate::domain::target_ask::Asked;
use crate::store::conn::{ROWS, put};
use crate::store::present::Holder;
use crate::store::schema::remark;
use crate::store::{Error, WriteTx};

/// A remark to be published.
#[derive(Debug, Clone)]
pub struct NewRemark {
    /// What kind.
    pub kind: RemarkKind,
    /// The inquiry that it is about.
    pub inquiry: Option<InquiryId>,
    /// The recommendation that it is about.
    pub recommendation: Option<RecommendationId>,
    /// The answer that it is about.
    pub addressee: Option<AddresseeId>,
    /// For a notice: the date that passed.
    pub deadline: Option<DeadlineId>,
    /// When.
    pub happened: Happened,
    /// What it says, in public.
    pub words: String,
    /// In which language that is, and under which licence; nothing for the register's own.
    pub rights: Rights,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that source.
    pub checked: Option<Checked>,
    /// Who wrote it; `None` for the register itself or a load.
    pub author: Option<PersonId>,
    /// For a request for a later target date: what was asked for and decided.
    pub ask: Option<Asked>,
    /// For a reply to a judgement that was public already: which.
    pub replies_to: Option<Judgement>,
}

/// The columns of a remark.
macro_rules! columns {
    ($seq:expr, $new:expr) => {
        (
            remark::seq.eq($seq),
            remark::kind.eq($new.kind),
            remark::inquiry_id.eq($new.inquiry),
            remark::recommendation_id.eq($new.recommendation),
            remark::addressee_id.eq($new.addressee),
            remark::deadline_id.eq($new.deadline),
            remark::happened_on.eq($new.happened.day),
            remark::precision.eq($new.happened.precision),
            remark::words.eq(&$new.words),
            remark::language.eq($new.rights.language),
            remark::licence.eq($new.rights.licence),
            remark::source_url.eq(&$new.source_url),
            remark::checked.eq($new.checked),
            remark::author_id.eq($new.author),
            remark::replies_to.eq(match $new.replies_to {
                Some(Judgement::Own(id)) => Some(id.0),
                _ => None,
            }),
            remark::replies_to_outside.eq(match $new.replies_to {
                Some(Judgement::Outside(id)) => Some(id.0),
                _ => None,
            }),
            remark::asks_for.eq($new.ask.as_ref().map(|ask| ask.wanted_on)),
            remark::asks_instead_of.eq($new.ask.as_ref().and_then(|ask| ask.instead_of)),
            remark::decision.eq($new.ask.as_ref().map(|ask| ask.decision)),
            remark::decided_by.eq($new.ask.as_ref().and_then(|ask| ask.decided_by.as_ref())),
        )
    };
}

/// Publishes the remark under `seq`.
///
/// # Errors
/// [`crate::store::Constraint::RemarkNotice`] when the deadline has a notice already.
pub fn insert_remark(tx: &mut WriteTx<'_>, seq: Seq, new: &NewRemark) -> Result<(), Error> {
    diesel::insert_into(remark::table).values(columns!(seq, new)).execute(tx.conn)?;
    Ok(())
}

/// Publishes many remarks under `seq`.
///
/// # Errors
/// As [`insert_remark`].
pub fn insert_remarks(tx: &mut WriteTx<'_>, seq: Seq, all: &[&NewRemark]) -> Result<(), Error> {
    for some in all.chunks(ROWS) {
        put!(&mut *tx.conn, remark, some.iter().map(|new| columns!(seq, new)))?;
    }
    Ok(())
}

/// What a meeting decided about an answer, to be published.
#[derive(Debug, Clone)]
pub struct NewMinute<'a> {
    /// The answer that it is about.
    pub of: Holder,
    /// The day of the decision.
    pub decided_on: Day,
    /// The post or the committee that decided.
    pub decided_by: &'a str,
    /// Where its minutes say so.
    pub minute_ref: &'a str,
    /// Whether that is approved.
    pub approval: Approval,
    /// Which question of a scrutiny pack it answers, in the words in which it was asked; none where it is another matter.
    pub question: Option<&'a str>,
    /// What was decided, in public.
    pub words: &'a str,
    /// Where it can be read.
    pub source_url: Option<&'a str>,
    /// Who recorded it.
    pub author: PersonId,
    /// The draft whose place it takes.
    pub replaces: Option<RemarkId>,
    /// The approved minute that it puts right.
    pub corrects: Option<RemarkId>,
}

/// Publishes the minute under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_minute(tx: &mut WriteTx<'_>, seq: Seq, new: &NewMinute<'_>) -> Result<(), Error> {
    diesel::insert_into(remark::table)
        .values((
            (remark::seq.eq(seq), remark::kind.eq(RemarkKind::Minute)),
            remark::inquiry_id.eq(new.of.inquiry),
            remark::recommendation_id.eq(new.of.recommendation),
            remark::addressee_id.eq(new.of.addressee),
            (remark::happened_on.eq(new.decided_on), remark::precision.eq(Precision::On)),
            (remark::words.eq(new.words), remark::source_url.eq(new.source_url)),
            remark::author_id.eq(new.author),
            (remark::decided_by.eq(new.decided_by), remark::minute_ref.eq(new.minute_ref)),
            (remark::approval.eq(new.approval), remark::question.eq(new.question)),
            (remark::replaces.eq(new.replaces), remark::corrects.eq(new.corrects)),
        ))
        .execute(tx.conn)?;
    Ok(())
}
