//! How many answers each further choice of a filter would leave: from the counts that are kept where these tell it, else counted
//! among the first of what fits, so that a common word costs no more. Where that is not all of it, a number says only that there
//! are at least so many.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::bounds::At;
use super::facets;
use super::filter::{Asked, Due, Errors, Filter, GapAsked, Today};
use super::hits::{Fits, Hits, Sought, hits};
use super::narrow::{self, First};
use crate::domain::assessed::Assessed;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::id::{BodyId, InquiryId, ThemeId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::reported::Reported;
use crate::domain::response::Response;
use crate::store::page::{COUNT_LIMIT, Capped};
use crate::store::schema::addressee;
use crate::store::tally::{self, Counted, Scope, Tally};
use crate::store::{Error, ReadTx};

/// How many answers have each value of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values<V> {
    numbers: BTreeMap<V, u64>,
    more: bool,
}

/// The numbers beside the choices of each filter: what else is chosen holds, the filter itself does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// By inquiry.
    pub inquiry: Values<InquiryId>,
    /// By the body that answers.
    pub body: Values<BodyId>,
    /// By the answer given.
    pub response: Values<Response>,
    /// By what the body reports.
    pub reported: Values<Reported>,
    /// By what was found.
    pub assessed: Values<Assessed>,
    /// By whether it is open.
    pub lifecycle: Values<Lifecycle>,
    /// By theme.
    pub theme: Values<ThemeId>,
    /// By what became of a claim that it is done.
    pub gap: Values<GapAsked>,
    /// By dates that passed, and those that will soon.
    pub due: Values<Due>,
    /// By how far the words of the recommendation were compared.
    pub checked: Values<Checked>,
    /// By whose words these are.
    pub text_kind: Values<TextKind>,
    /// Those that were found, and not looked at lately.
    pub not_lately: Capped,
    /// Those that were entered in error.
    pub in_error: Capped,
}

/// What one answer is counted by.
type Row = (InquiryId, BodyId, Response, Reported, Assessed, Lifecycle);

macro_rules! counted_by {
    () => {
        (
            addressee::inquiry_id,
            addressee::answerer_id,
            addressee::response,
            addressee::reported,
            addressee::assessed,
            addressee::lifecycle,
        )
    };
}

/// Where the numbers come from.
#[derive(Clone)]
enum Source {
    /// The counts that are kept of the whole register, an inquiry or a body; and what each body answers of it.
    Kept(Tally, Vec<(i64, u64)>),
    /// The first answers that fit, and whether there may be others that were not looked through.
    Read(Vec<Row>, bool),
}

impl<V: Ord + Copy> Values<V> {
    fn of(rows: &[Row], cut: bool, value: impl Fn(&Row) -> V) -> Self {
        let most = usize::try_from(COUNT_LIMIT).unwrap_or(usize::MAX);
        let mut numbers = BTreeMap::new();
        for row in rows.iter().take(most) {
            *numbers.entry(value(row)).or_default() += 1;
        }
        Self { numbers, more: cut || rows.len() > most }
    }

    /// Numbers that were counted, as far as that went where there are more.
    pub(super) const fn new(numbers: BTreeMap<V, u64>, more: bool) -> Self {
        Self { numbers, more }
    }

    fn kept(numbers: impl Iterator<Item = (V, u64)>) -> Self {
        Self { numbers: numbers.collect(), more: false }
    }

    /// How many answers have one of these values.
    pub fn number(&self, values: &[V]) -> Capped {
        let number: u64 = values.iter().filter_map(|value| self.numbers.get(value)).sum();
        let most = COUNT_LIMIT.unsigned_abs();
        Capped { number: number.min(most), more: self.more || number > most }
    }
}

impl Source {
    fn fact<V: Ord + Copy + ToString>(&self, of: Counted, all: &[V], value: impl Fn(&Row) -> V) -> Values<V> {
        match self {
            Self::Kept(tally, _) => Values::kept(all.iter().map(|one| (*one, tally.of(of, &one.to_string())))),
            Self::Read(rows, cut) => Values::of(rows, *cut, value),
        }
    }

    fn inquiries(&self) -> Values<InquiryId> {
        match self {
            Self::Kept(tally, _) => {
                Values::kept(tally.rows(Counted::Inquiry).into_iter().map(|(id, number)| (InquiryId(id), number)))
            }
            Self::Read(rows, cut) => Values::of(rows, *cut, |row| row.0),
        }
    }

    fn bodies(&self) -> Values<BodyId> {
        match self {
            Self::Kept(_, bodies) => Values::kept(bodies.iter().map(|(id, number)| (BodyId(*id), *number))),
            Self::Read(rows, cut) => Values::of(rows, *cut, |row| row.1),
        }
    }
}

/// Counts the answers behind every choice that is left to somebody who has asked this. `bodies` are those that can be chosen,
/// `sought` is what was found with the filters as they are.
///
/// # Errors
/// When the database fails.
pub fn counts(
    tx: &mut ReadTx<'_>,
    typed: &str,
    filter: &Filter,
    today: Day,
    bodies: &[BodyId],
    sought: Option<&Sought>,
) -> Result<Counts, Error> {
    let today = Today::read(tx, At::from(today))?;
    let mut fits = sought.map(|sought| sought.fits.clone()).unwrap_or_default();
    let found = match sought {
        Some(Sought { first, .. }) => first.clone(),
        None => first(tx, typed, filter, &today, &mut fits)?,
    };
    let all = match kept(tx, typed, filter, bodies)? {
        Some(kept) => kept,
        None => Source::Read(rows(tx, filter, &today, &found)?, found.cut),
    };
    let mut without = |chosen: bool, others: Filter| -> Result<Source, Error> {
        if !chosen {
            return Ok(all.clone());
        }
        if let Some(kept) = kept(tx, typed, &others, bodies)? {
            return Ok(kept);
        }
        let found = first(tx, typed, &others, &today, &mut fits)?;
        Ok(Source::Read(rows(tx, &others, &today, &found)?, found.cut))
    };
    let inquiry = without(filter.inquiry.is_some(), Filter { inquiry: None, ..filter.clone() })?;
    let body = without(filter.asked.is_some(), Filter { asked: None, ..filter.clone() })?;
    let response = without(!filter.response.is_empty(), Filter { response: Vec::new(), ..filter.clone() })?;
    let reported = without(!filter.reported.is_empty(), Filter { reported: Vec::new(), ..filter.clone() })?;
    let assessed = without(!filter.assessed.is_empty(), Filter { assessed: Vec::new(), ..filter.clone() })?;
    let lifecycle = without(!filter.lifecycle.is_empty(), Filter { lifecycle: Vec::new(), ..filter.clone() })?;
    let mut wider = |tx: &mut ReadTx<'_>, chosen: bool, others: &Filter| {
        if chosen { first(tx, typed, others, &today, &mut fits) } else { Ok(found.clone()) }
    };
    let of_any = Filter { theme: None, ..filter.clone() };
    let of_theme = wider(tx, filter.theme.is_some(), &of_any)?;
    let theme = facets::themes(tx, &of_any, &today, &of_theme)?;
    let of_any = Filter { gap: None, ..filter.clone() };
    let of_gap = wider(tx, filter.gap.is_some(), &of_any)?;
    let gap = facets::gaps(tx, &of_any, &today, &of_gap)?;
    let of_any = Filter { due: None, ..filter.clone() };
    let of_due = wider(tx, filter.due.is_some(), &of_any)?;
    let due = facets::dates(tx, &of_any, &today, &of_due)?;
    let (mut checked, mut text_kind) = facets::words(tx, filter, &today, &found)?;
    if !filter.checked.is_empty() {
        let of_any = Filter { checked: Vec::new(), ..filter.clone() };
        let of_checked = wider(tx, true, &of_any)?;
        checked = facets::words(tx, &of_any, &today, &of_checked)?.0;
    }
    if !filter.text_kind.is_empty() {
        let of_any = Filter { text_kind: Vec::new(), ..filter.clone() };
        let of_kind = wider(tx, true, &of_any)?;
        text_kind = facets::words(tx, &of_any, &today, &of_kind)?.1;
    }
    let of_any = wider(tx, filter.not_lately, &Filter { not_lately: false, ..filter.clone() })?;
    let not_lately = facets::answers(tx, &Filter { not_lately: true, ..filter.clone() }, &today, &of_any)?;
    // What was entered in error is left out of all the others.
    let errors = Filter { errors: Errors::Only, ..filter.clone() };
    let of_errors = wider(tx, filter.errors != Errors::Only, &errors)?;
    let in_error = facets::answers(tx, &errors, &today, &of_errors)?;
    Ok(Counts {
        inquiry: inquiry.inquiries(),
        body: body.bodies(),
        response: response.fact(Counted::Response, Response::ALL, |row| row.2),
        reported: reported.fact(Counted::Reported, Reported::ALL, |row| row.3),
        assessed: assessed.fact(Counted::Assessed, Assessed::ALL, |row| row.4),
        lifecycle: lifecycle.fact(Counted::Lifecycle, Lifecycle::ALL, |row| row.5),
        theme,
        gap,
        due,
        checked,
        text_kind,
        not_lately,
        in_error,
    })
}

/// The first recommendations that fit, with whatever words were typed. A number beside a choice says only that there are at least so
/// many, so the longest stretch of an index is not looked at for each of them.
fn first(tx: &mut ReadTx<'_>, typed: &str, filter: &Filter, today: &Today, fits: &mut Fits) -> Result<First, Error> {
    if typed.trim().is_empty() {
        let [one, two, _] = today.bounds.stretches;
        return narrow::first(tx, filter, today, &[one, two]);
    }
    let within = narrow::within(tx, filter, today)?;
    let Hits { ids, cut, .. } = hits(tx, typed, &within, fits)?;
    Ok(First { ids, cut })
}

/// Of the register, of one inquiry and of one body the numbers are kept; anything narrower is read.
fn kept(tx: &mut ReadTx<'_>, typed: &str, filter: &Filter, bodies: &[BodyId]) -> Result<Option<Source>, Error> {
    let scope = match (filter.inquiry, filter.asked) {
        (None, Some(Asked::Body(body))) => Some(Scope::Body(body)),
        (Some(inquiry), None) => Some(Scope::Inquiry(inquiry)),
        _ => None,
    };
    let is_whole = *filter == Filter { inquiry: filter.inquiry, asked: filter.asked, ..Filter::default() }
        && (scope.is_some() || (filter.inquiry.is_none() && filter.asked.is_none()));
    if !is_whole || !typed.trim().is_empty() {
        return Ok(None);
    }
    let kept = match scope {
        None => tally::of_register(tx)?,
        Some(scope) => tally::find(tx, scope)?,
    };
    // What a body answers is kept with the body, in all and by inquiry.
    let each = tally::of_bodies(tx, bodies.iter().copied())?.into_iter().map(|(id, of)| {
        let number = match scope {
            Some(Scope::Inquiry(inquiry)) => of.of(Counted::Inquiry, &inquiry.to_string()),
            _ => of.all(Counted::Answers),
        };
        (id, number)
    });
    Ok(Some(Source::Kept(kept, each.collect())))
}

/// The first answers of these recommendations that fit; one more than are counted.
fn rows(tx: &mut ReadTx<'_>, filter: &Filter, today: &Today, found: &First) -> Result<Vec<Row>, Error> {
    Ok(addressee::table
        .filter(diesel::dsl::sql::<Bool>(&filter.answer_condition(today)))
        .filter(addressee::recommendation_id.eq_any(found.ids.clone()))
        .order(addressee::id)
        .limit(COUNT_LIMIT + 1)
        .select(counted_by!())
        .load(tx.conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: Row =
        (InquiryId(1), BodyId(2), Response::Accepted, Reported::NotReported, Assessed::NotAssessed, Lifecycle::Open);

    #[test]
    fn what_stopped_being_counted_is_at_least_so_much() {
        let few = Values::of(&[ROW; 3], false, |row| row.2);
        assert_eq!(few.number(&[Response::Accepted]), Capped { number: 3, more: false });
        assert_eq!(few.number(&[Response::Rejected]), Capped { number: 0, more: false });
        let cut = Values::of(&[ROW; 3], true, |row| row.2);
        assert_eq!(cut.number(&[Response::Accepted]), Capped { number: 3, more: true });
        let many = Values::of(&[ROW; 1001], false, |row| row.2);
        assert_eq!(many.number(&[Response::Accepted, Response::Rejected]), Capped { number: 1000, more: true });
        let kept = Values::kept([(Response::Accepted, 1204), (Response::Rejected, 7)].into_iter());
        assert_eq!(kept.number(&[Response::Accepted]), Capped { number: 1000, more: true });
        assert_eq!(kept.number(&[Response::Rejected]), Capped { number: 7, more: false });
        // Of two choices that are counted apart, one may be counted to its end.
        let apart = Values::new(BTreeMap::from([(Due::Passed, 1001), (Due::Soon, 3)]), false);
        assert_eq!(apart.number(&[Due::Passed]), Capped { number: 1000, more: true });
        assert_eq!(apart.number(&[Due::Soon]), Capped { number: 3, more: false });
    }
}
