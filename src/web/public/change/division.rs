//! What a division did, in one line: into which parts, and what of the whole was carried over to them. All that it published besides
//! follows from that.

use std::collections::HashMap;

use crate::domain::change::ChangeKind;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{RecommendationId, Seq};
use crate::domain::record::FactValue;
use crate::domain::words;
use crate::store::change::Change;
use crate::store::{self, About, ReadTx, deadline, recommendation, update, wording};

/// What a division did, in a line, and in full what of the whole was carried over.
#[derive(Debug, Clone)]
pub(in crate::web::public) struct Divided {
    pub line: String,
    pub carried: String,
}

/// Of those of these changes that divided a recommendation: what each did.
///
/// # Errors
/// When the database fails.
pub(super) fn told(tx: &mut ReadTx<'_>, changes: &[Change]) -> Result<HashMap<Seq, Divided>, store::Error> {
    let divisions = changes.iter().filter(|change| change.kind == ChangeKind::Division);
    let seqs: Vec<Seq> = divisions.map(|change| change.seq).collect();
    if seqs.is_empty() {
        return Ok(HashMap::new());
    }
    let about = About::Changes(seqs.clone());
    let made: Vec<(Seq, RecommendationId)> =
        wording::about(tx, &about, i64::MAX)?.iter().map(|row| (row.seq, row.recommendation)).collect();
    let parts = recommendation::many(tx, made.iter().map(|(_, id)| *id).collect())?;
    let answers = update::about(tx, &about, i64::MAX)?;
    let dates = deadline::about(tx, &about, i64::MAX)?;
    let mut told = HashMap::new();
    for seq in seqs {
        let here = |id: RecommendationId| made.iter().any(|(by, of)| (*by, *of) == (seq, id));
        let mut of_it: Vec<_> = parts.iter().filter(|part| here(part.id)).collect();
        of_it.sort_by_key(|part| part.id);
        let Some(whole) = of_it.iter().find_map(|part| part.part_of.as_deref()) else { continue };
        let letters: Vec<&str> =
            of_it.iter().map(|part| part.number.strip_prefix(whole).unwrap_or(part.number.as_str())).collect();
        let anew = answers.iter().any(|row| row.place.seq == seq && matches!(row.value, FactValue::Response(_)));
        // The day by which a body decides comes with its answer.
        let dated = dates.iter().any(|row| row.place.seq == seq && row.kind != DeadlineKind::Decision);
        let line = words::was_divided(whole, &letters, anew, dated);
        told.insert(seq, Divided { line, carried: words::carried_over(anew, dated) });
    }
    Ok(told)
}
