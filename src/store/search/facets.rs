//! The numbers beside the choices of theme, dates, gap and words, and beside both boxes: no counts are kept of these, so they are
//! counted among the first answers that fit, as everything is that is narrower than an inquiry or a body.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::counts::Values;
use super::filter::{Due, Filter, GapAsked, Today};
use super::narrow::First;
use crate::domain::assessed::Assessed;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::gap::part;
use crate::domain::id::{AddresseeId, RecommendationId, ThemeId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::looked::is_lately;
use crate::domain::moment::Day;
use crate::domain::reported::Reported;
use crate::store::page::{COUNT_LIMIT, Capped};
use crate::store::schema::{addressee, recommendation};
use crate::store::{Error, ReadTx, theme};

/// What an answer's part of the gap follows from, and whether it is in the gap.
type Claim = (Reported, Assessed, Lifecycle, Option<Day>, bool);

/// How many answers each theme would leave of these; `filter` asks for no theme.
///
/// # Errors
/// When the database fails.
pub(super) fn themes(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    today: &Today,
    found: &First,
) -> Result<Values<ThemeId>, Error> {
    let of: Vec<RecommendationId> = addressee::table
        .filter(diesel::dsl::sql::<Bool>(&filter.answer_condition(today)))
        .filter(addressee::recommendation_id.eq_any(found.ids.clone()))
        .order(addressee::id)
        .limit(COUNT_LIMIT + 1)
        .select(addressee::recommendation_id)
        .load(tx.conn)?;
    let (of, more) = counted(of, found);
    let mut different = of.clone();
    different.sort_unstable();
    different.dedup();
    let themes = theme::of(tx, different)?;
    let mut numbers = BTreeMap::new();
    for theme in of.iter().filter_map(|one| themes.get(one)).flatten() {
        *numbers.entry(theme.id).or_default() += 1;
    }
    Ok(Values::new(numbers, more))
}

/// How many answers each part of the gap would leave of these; `filter` asks for none.
///
/// # Errors
/// When the database fails.
pub(super) fn gaps(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    today: &Today,
    found: &First,
) -> Result<Values<GapAsked>, Error> {
    let claims: Vec<Claim> = addressee::table
        .filter(diesel::dsl::sql::<Bool>(&filter.answer_condition(today)))
        .filter(addressee::recommendation_id.eq_any(found.ids.clone()))
        .order(addressee::id)
        .limit(COUNT_LIMIT + 1)
        .select((
            addressee::reported,
            addressee::assessed,
            addressee::lifecycle,
            addressee::looked_until,
            addressee::gap,
        ))
        .load(tx.conn)?;
    let (claims, more) = counted(claims, found);
    let mut numbers = BTreeMap::new();
    for (reported, assessed, lifecycle, until, gap) in claims {
        let part = part(reported, assessed, lifecycle, is_lately(until, today.day)).map(GapAsked::Part);
        let said = part.map(|_| GapAsked::Claimed);
        for asked in gap.then_some(GapAsked::Yes).into_iter().chain(said).chain(part) {
            *numbers.entry(asked).or_default() += 1;
        }
    }
    Ok(Values::new(numbers, more))
}

/// How many answers each choice of dates would leave of these; `filter` asks for none.
///
/// # Errors
/// When the database fails.
pub(super) fn dates(tx: &mut ReadTx<'_>, filter: &Filter, today: &Today, found: &First) -> Result<Values<Due>, Error> {
    let mut numbers = BTreeMap::new();
    for due in Due::ALL.iter().copied() {
        let with = Filter { due: Some(due), ..filter.clone() };
        // One choice that was not counted to its end says nothing of the other.
        numbers.insert(due, fitting(tx, &with, today, found)? as u64);
    }
    Ok(Values::new(numbers, found.cut))
}

/// How many answers each degree of checking of a recommendation's words would leave of these, and each kind of its text; `filter`
/// asks for none of the one that is used.
///
/// # Errors
/// When the database fails.
pub(super) fn words(
    tx: &mut ReadTx<'_>,
    filter: &Filter,
    today: &Today,
    found: &First,
) -> Result<(Values<Checked>, Values<TextKind>), Error> {
    let rows: Vec<(Checked, TextKind)> = addressee::table
        .inner_join(recommendation::table)
        .filter(diesel::dsl::sql::<Bool>(&filter.answer_condition(today)))
        .filter(addressee::recommendation_id.eq_any(found.ids.clone()))
        .order(addressee::id)
        .limit(COUNT_LIMIT + 1)
        .select((recommendation::checked, recommendation::text_kind))
        .load(tx.conn)?;
    let (rows, more) = counted(rows, found);
    let (mut degrees, mut kinds) = (BTreeMap::new(), BTreeMap::new());
    for (degree, kind) in rows {
        *degrees.entry(degree).or_default() += 1;
        *kinds.entry(kind).or_default() += 1;
    }
    Ok((Values::new(degrees, more), Values::new(kinds, more)))
}

/// How many answers of these fit.
///
/// # Errors
/// When the database fails.
pub(super) fn answers(tx: &mut ReadTx<'_>, filter: &Filter, today: &Today, found: &First) -> Result<Capped, Error> {
    let all = Capped::of(fitting(tx, filter, today, found)?);
    Ok(Capped { more: all.more || found.cut, ..all })
}

/// As many as fit, or one more than are counted.
fn fitting(tx: &mut ReadTx<'_>, filter: &Filter, today: &Today, found: &First) -> Result<usize, Error> {
    let fit: Vec<AddresseeId> = addressee::table
        .filter(diesel::dsl::sql::<Bool>(&filter.answer_condition(today)))
        .filter(addressee::recommendation_id.eq_any(found.ids.clone()))
        .order(addressee::id)
        .limit(COUNT_LIMIT + 1)
        .select(addressee::id)
        .load(tx.conn)?;
    Ok(fit.len())
}

/// As many as are counted, and whether there may be others.
fn counted<T>(mut rows: Vec<T>, found: &First) -> (Vec<T>, bool) {
    let most = usize::try_from(COUNT_LIMIT).unwrap_or(usize::MAX);
    let more = found.cut || rows.len() > most;
    rows.truncate(most);
    (rows, more)
}
