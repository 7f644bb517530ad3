//! Ties between recommendations: each row that made one, changed it or took it back, with what people call the two.

use diesel::prelude::*;

use super::{Edit, Of, What};
use crate::domain::id::{RecommendationId, Seq};
use crate::domain::tie::TieKind;
use crate::domain::words;
use crate::store::schema::tie;
use crate::store::{Error, ReadTx, recommendation};

/// Those of one recommendation, from either end, or of some changes.
pub(super) fn ties(tx: &mut ReadTx<'_>, of: &Of) -> Result<Vec<Edit>, Error> {
    let all = tie::table
        .filter(tie::seq.le(tx.upto()))
        .order(tie::id)
        .select((tie::seq, tie::from_id, tie::to_id, tie::kind, tie::present))
        .into_boxed();
    let rows: Vec<(Seq, RecommendationId, RecommendationId, TieKind, bool)> = match of {
        Of::Recommendation(id) => all.filter(tie::from_id.eq(*id).or(tie::to_id.eq(*id))).load(tx.conn)?,
        Of::Changes(seqs) => all.filter(tie::seq.eq_any(seqs.clone())).load(tx.conn)?,
        _ => return Ok(Vec::new()),
    };
    let mut ends: Vec<RecommendationId> = rows.iter().flat_map(|row| [row.1, row.2]).collect();
    ends.sort_unstable();
    ends.dedup();
    let known = recommendation::many(tx, ends)?;
    let name = |id: RecommendationId| {
        let one = known.iter().find(|one| one.id == id)?;
        Some(words::tied_name(&one.inquiry.short_title, &one.number))
    };
    let edits = rows.into_iter().filter_map(|(seq, from, to, kind, present)| {
        let what = What::Tie { recommendation: from, other: to, from: name(from)?, to: name(to)?, kind, present };
        Some(Edit { seq, what })
    });
    Ok(edits.collect())
}
