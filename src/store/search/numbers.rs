//! The numbers of what a search found: recommendations, their parts, whose words they are, and their answers that fit.

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::Found;
use super::filter::{Filter, Today};
use super::narrow::First;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::denominators::Denominators;
use crate::domain::gap::Gap;
use crate::domain::id::{PersonId, RecommendationId};
use crate::store::gap::{self, Standing};
use crate::store::page::{COUNT_LIMIT, Capped, Page};
use crate::store::present::is_by_two;
use crate::store::schema::{addressee, recommendation as table, wording};
use crate::store::{Error, ReadTx};

/// The columns of a [`CountedRow`].
macro_rules! counted_by {
    () => {
        (
            table::parent_id,
            table::text_kind,
            table::checked,
            wording::author_id.nullable(),
            wording::publisher_id.nullable(),
        )
    };
}

/// The numbers of these recommendations and of their answers that fit; where others were not looked at, there may be more.
///
/// # Errors
/// When the database fails.
pub(super) fn counted(
    tx: &mut ReadTx<'_>,
    First { ids, cut }: &First,
    filter: &Filter,
    today: &Today,
) -> Result<Found, Error> {
    let of_ids = table::table
        .left_join(wording::table.on(wording::id.nullable().eq(table::wording_id)))
        .filter(table::id.eq_any(ids.clone()));
    let (recommendations, parts, words) = told_apart(&of_ids.select(counted_by!()).load(tx.conn)?);
    let answers = addressee::table
        .filter(diesel::dsl::sql::<Bool>(&filter.answer_condition(today)))
        .filter(addressee::recommendation_id.eq_any(ids.clone()))
        .order(addressee::id)
        .limit(COUNT_LIMIT + 1)
        .select(gap::STANDING)
        .load::<Standing>(tx.conn)?;
    let (answers, gap) = (Capped::of(answers.len()), gap::counted(&answers, today.day));
    // Of what was not looked through nobody knows whether it fits.
    let or_cut = |capped: Capped| Capped { more: capped.more || *cut, ..capped };
    Ok(Found {
        page: Page { items: Vec::new(), next: None },
        recommendations: or_cut(recommendations),
        parts,
        words,
        answers: or_cut(answers),
        gap: Gap { more: gap.more || *cut, ..gap },
        cut: None,
        sought: None,
    })
}

/// What a row is counted by: what it is a part of, whose words it holds, how far they were compared, and by whom.
type CountedRow = (Option<RecommendationId>, TextKind, Checked, Option<PersonId>, Option<PersonId>);

/// How many of these rows are recommendations, and how many are parts, as far as counting goes; and of the recommendations, whose
/// words they are.
fn told_apart(rows: &[CountedRow]) -> (Capped, u64, Denominators) {
    let all = Capped::of(rows.len());
    let most = usize::try_from(all.number).unwrap_or(usize::MAX);
    let mut words = Denominators::default();
    let mut parts = 0;
    for (parent, kind, checked, author, publisher) in rows.iter().take(most).copied() {
        if parent.is_some() {
            parts += 1;
            continue;
        }
        words.count(1, kind, checked, is_by_two(checked, author, publisher));
    }
    (Capped { number: words.recommendations, ..all }, parts, words)
}
