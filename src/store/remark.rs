//! Dated remarks: the register's notices, replies of bodies, what meetings decided, and notes that set no fact.

use diesel::prelude::*;

use super::about::About;
use super::schema::{addressee, remark};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::change::RemarkKind;
use crate::domain::checked::Checked;
use crate::domain::id::{AddresseeId, DeadlineId, InquiryId, OutsideId, RecommendationId, RemarkId, Seq, UpdateId};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::outside::Judgement;
use crate::domain::target_ask::{AskDecision, Asked};

/// A dated remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its row.
    pub id: RemarkId,
    /// The change that published it.
    pub seq: Seq,
    /// What kind it is.
    pub kind: RemarkKind,
    /// The inquiry that it is about.
    pub inquiry: Option<InquiryId>,
    /// The recommendation that it is about.
    pub recommendation: Option<RecommendationId>,
    /// The answer that it is about.
    pub addressee: Option<AddresseeId>,
    /// The date that a notice is about.
    pub deadline: Option<DeadlineId>,
    /// When it happened.
    pub happened: Happened,
    /// What it says.
    pub words: Words,
    /// In which language that is, and under which licence; nothing where nobody has said so.
    pub rights: Rights,
    /// Where that can be read.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Option<Checked>,
    /// For a request for a later target date: what was asked for and decided.
    pub ask: Option<Asked>,
    /// For a reply to a judgement that was public already: which.
    pub replies_to: Option<Judgement>,
}

#[derive(Queryable)]
struct Row {
    id: RemarkId,
    seq: Seq,
    kind: RemarkKind,
    inquiry: Option<InquiryId>,
    recommendation: Option<RecommendationId>,
    addressee: Option<AddresseeId>,
    deadline: Option<DeadlineId>,
    happened_on: Option<Day>,
    precision: Precision,
    words: Option<String>,
    source_url: Option<String>,
    checked: Option<Checked>,
    withheld: Option<Seq>,
    ask: (Option<Day>, Option<Day>, Option<AskDecision>, Option<String>),
    replies_to: (Option<UpdateId>, Option<OutsideId>),
    rights: (Option<Language>, Option<Licence>),
}

/// The remarks about something, the last published first.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Remark>, Error> {
    let all = remark::table
        .select((
            remark::id,
            remark::seq,
            remark::kind,
            remark::inquiry_id,
            remark::recommendation_id,
            remark::addressee_id,
            remark::deadline_id,
            remark::happened_on,
            remark::precision,
            diesel::dsl::case_when(remark::withheld.is_null(), remark::words.nullable()),
            diesel::dsl::case_when(remark::withheld.is_null(), remark::source_url),
            remark::checked,
            remark::withheld,
            (
                remark::asks_for,
                remark::asks_instead_of,
                remark::decision,
                diesel::dsl::case_when(remark::withheld.is_null(), remark::decided_by),
            ),
            (remark::replies_to, remark::replies_to_outside),
            (remark::language, remark::licence),
        ))
        .into_boxed();
    let narrowed = match about {
        About::Recommendation(id) => {
            let answers =
                addressee::table.filter(addressee::recommendation_id.eq(*id)).select(addressee::id.nullable());
            all.filter(remark::recommendation_id.eq(*id).or(remark::addressee_id.eq_any(answers)))
        }
        About::Answer(id) => all.filter(remark::addressee_id.eq(*id)),
        About::Answers(ids) => all.filter(remark::addressee_id.eq_any(ids.clone())),
        About::Changes(seqs) => all.filter(remark::seq.eq_any(seqs.clone())),
    };
    let rows: Vec<Row> = narrowed
        .filter(remark::seq.le(tx.upto()))
        .order((remark::seq.desc(), remark::id.desc()))
        .limit(most)
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Remark {
                words: days.words(row.words, row.withheld)?,
                id: row.id,
                seq: row.seq,
                kind: row.kind,
                inquiry: row.inquiry,
                recommendation: row.recommendation,
                addressee: row.addressee,
                deadline: row.deadline,
                happened: Happened::new(row.happened_on, row.precision),
                // Of words out of sight it is not said in which language they are.
                rights: if row.withheld.is_none() {
                    Rights { language: row.rights.0, licence: row.rights.1 }
                } else {
                    Rights::default()
                },
                source_url: row.source_url,
                checked: row.checked,
                ask: asked(row.ask),
                replies_to: match row.replies_to {
                    (Some(own), _) => Some(Judgement::Own(own)),
                    (None, outside) => outside.map(Judgement::Outside),
                },
            })
        })
        .collect())
}

fn asked(row: (Option<Day>, Option<Day>, Option<AskDecision>, Option<String>)) -> Option<Asked> {
    let (wanted_on, instead_of, decision, decided_by) = row;
    Some(Asked { wanted_on: wanted_on?, instead_of, decision: decision?, decided_by })
}
