//! Evidence that is not public: what was handed in with what a body says, or was collected for a judgement, and nobody has published.

use jiff::tz::TimeZone;

use super::Rows;
use crate::domain::filing::FilingState;
use crate::domain::id::AddresseeId;
use crate::domain::moment::Day;
use crate::domain::pack::{PrivateItem, PrivateKind};
use crate::store::exhibit::{self, Exhibit};
use crate::store::filing::FilingRow;
use crate::store::{Error, ReadTx, filing};

/// The evidence about these answers that is neither published nor taken back; `work` is what was handed in about them. What its own
/// side has not handed in never came here.
///
/// # Errors
/// When the database fails.
pub(super) fn evidence(
    tx: &mut ReadTx<'_>,
    work: &[FilingRow],
    rows: &Rows,
    zone: &TimeZone,
) -> Result<Vec<PrivateItem>, Error> {
    let mut answers: Vec<AddresseeId> = rows.keys().copied().collect();
    answers.sort_unstable();
    let kept = exhibit::private(tx, &answers)?;
    let item = |piece: &Exhibit| {
        let row = rows.get(&piece.addressee)?;
        Some(PrivateItem {
            kind: PrivateKind::Evidence,
            filing: None,
            exhibit: Some(piece.reference.clone()),
            recommendation: row.recommendation_id,
            body: Some(row.answerer_id),
            since: Some(piece.created_at.day_in(zone)),
            handed_in: None,
        })
    };
    Ok(kept.iter().filter(|piece| has_come(piece, work)).filter_map(item).collect())
}

/// The day on which something went back to its body with questions, the last time.
///
/// # Errors
/// When the database fails.
pub(super) fn sent_back(tx: &mut ReadTx<'_>, row: &FilingRow, zone: &TimeZone) -> Result<Option<Day>, Error> {
    let steps = filing::steps(tx, row.id)?;
    Ok(steps.iter().rev().find(|step| step.state == FilingState::SentBack).map(|step| step.at.day_in(zone)))
}

/// Whether it has come to oversight, by itself or with what it was attached to.
fn has_come(piece: &Exhibit, work: &[FilingRow]) -> bool {
    match piece.work.map(|(_, state)| state) {
        Some(FilingState::Draft | FilingState::ForSignOff) => false,
        Some(FilingState::Submitted | FilingState::SentBack) => {
            work.iter().filter(|row| Some(row.id) == piece.filing).any(|row| {
                // What its author attaches while it is back with them is handed in with it again.
                row.state == FilingState::Submitted || row.submitted_at.is_some_and(|at| piece.created_at <= at)
            })
        }
        Some(FilingState::Published | FilingState::Withdrawn) | None => true,
    }
}
