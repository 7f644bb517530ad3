//! Addressees: one recommendation put to one body, with the four facts as they stand and what is owed next.

use std::collections::HashMap;

use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::body::{self, BodyName};
use super::page::{Cursor, Page};
use super::present::{AddresseeRow, COUNTED, Scope, answers_in, answers_then};
use super::schema::{addressee, asked, body as body_table};
use super::{Error, ReadTx, past, succession};
use crate::domain::assessed::Assessed;
use crate::domain::checked::Checked;
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, InquiryId, RecommendationId, Seq, UpdateId};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::moment::{Day, Happened};
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};
use crate::domain::succession::Handed;
use crate::domain::text::Slug;

/// The value of a fact, when it came to be so, and the update that says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<V> {
    /// The value.
    pub value: V,
    /// Since when.
    pub when: Happened,
    /// The update that says so; `None` where nothing is recorded.
    pub update: Option<UpdateId>,
}

/// A date that is still owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The row of the date.
    pub deadline: DeadlineId,
    /// The date.
    pub on: Day,
}

/// The date that a body set for itself, and how it moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The row of the date that stands.
    pub deadline: DeadlineId,
    /// The date; `None` where it was taken back.
    pub on: Option<Day>,
    /// The row of the first one ever set.
    pub first: Option<DeadlineId>,
    /// That date.
    pub first_on: Option<Day>,
    /// Who set the one that stands.
    pub set_by: Option<BodyName>,
    /// How often it was moved.
    pub times_moved: i64,
}

/// One answer as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its row.
    pub id: AddresseeId,
    /// The recommendation.
    pub recommendation_id: RecommendationId,
    /// Its inquiry.
    pub inquiry_id: InquiryId,
    /// The body asked: under its address the answer stands.
    pub body: BodyName,
    /// The body that answers now: whom it is counted under, and whose right it is.
    pub answerer: BodyName,
    /// How it came to be that one.
    pub handed: Handed,
    /// The day from which this register listens: it took it in, and knew that the body was asked. Before it, the register was
    /// not there to hear.
    pub taken_in_on: Day,
    /// How far it was checked that the body was asked.
    pub checked: Checked,
    /// What the body answered.
    pub response: Standing<Response>,
    /// To this recommendation itself, or to all at once.
    pub response_basis: Option<Basis>,
    /// What the body says it has done.
    pub reported: Standing<Reported>,
    /// What oversight found.
    pub assessed: Standing<Assessed>,
    /// In whose name.
    pub assessed_by: Option<String>,
    /// Open, closed or lapsed.
    pub lifecycle: Standing<Lifecycle>,
    /// Why it is closed.
    pub closure: Option<Closure>,
    /// Whether it is done.
    pub done: bool,
    /// Whether the body says done and nobody confirmed it.
    pub gap: bool,
    /// When an answer is owed.
    pub response_due: Option<Due>,
    /// When a decision is owed.
    pub decision_due: Option<Due>,
    /// When a return is owed.
    pub return_due: Option<Due>,
    /// Every so many months a return is owed.
    pub return_every: Option<i64>,
    /// When oversight looks again.
    pub recheck_due: Option<Due>,
    /// Until when the finding counts as looked at lately; `None` where no schedule says.
    pub looked_until: Option<Day>,
    /// The body's own date.
    pub target: Option<Target>,
    /// The day of the last return.
    pub last_arrival_on: Option<Day>,
    /// Its version, for forms.
    pub version: i64,
    /// The last change of anything about it.
    pub seq: Seq,
}

impl Answer {
    /// Whether it was entered in error, and is counted nowhere.
    #[must_use]
    pub fn is_in_error(&self) -> bool {
        self.closure.is_some_and(Closure::is_error)
    }

    /// Whether it is in numbers: it was not entered in error, and its parts are not counted in its place.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        !self.closure.is_some_and(Closure::is_uncounted)
    }
}

/// The answers to one recommendation, in the order in which the bodies were asked.
///
/// # Errors
/// When the database fails.
pub fn of_recommendation(tx: &mut ReadTx<'_>, recommendation: RecommendationId) -> Result<Vec<Answer>, Error> {
    Ok(of_recommendations(tx, vec![recommendation])?.remove(&recommendation).unwrap_or_default())
}

/// The answers to each of these recommendations.
///
/// # Errors
/// When the database fails.
pub fn of_recommendations(
    tx: &mut ReadTx<'_>,
    ids: Vec<RecommendationId>,
) -> Result<HashMap<RecommendationId, Vec<Answer>>, Error> {
    let mut answers = HashMap::<RecommendationId, Vec<Answer>>::new();
    if ids.is_empty() {
        return Ok(answers);
    }
    let all = addressee::table
        .inner_join(body_table::table)
        .filter(addressee::recommendation_id.eq_any(ids))
        .order(addressee::id)
        .select((AddresseeRow::columns(), body::NAME))
        .into_boxed();
    let rows: Vec<(AddresseeRow, BodyName)> = match tx.past() {
        // Who was asked then is worked out below.
        Some(_) => all.load(tx.conn)?,
        None => all.filter(addressee::present).load(tx.conn)?,
    };
    for answer in complete(tx, rows)? {
        answers.entry(answer.recommendation_id).or_default().push(answer);
    }
    Ok(answers)
}

/// One body's answer to one recommendation.
///
/// # Errors
/// [`Error::NotFound`] when it was never put to that body, or was found not to be.
pub fn find(tx: &mut ReadTx<'_>, recommendation: RecommendationId, body: &Slug) -> Result<Answer, Error> {
    let all = addressee::table
        .inner_join(body_table::table)
        .filter(addressee::recommendation_id.eq(recommendation).and(body_table::slug.eq(body)))
        .select((AddresseeRow::columns(), body::NAME))
        .into_boxed();
    let row: (AddresseeRow, BodyName) = match tx.past() {
        Some(_) => all.first(tx.conn)?,
        None => all.filter(addressee::present).first(tx.conn)?,
    };
    complete(tx, vec![row])?.pop().ok_or(Error::NotFound)
}

/// An answer as a timeline names it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct AddresseeName {
    /// Its row.
    pub id: AddresseeId,
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// The body asked.
    pub body: BodyName,
}

/// The names of these answers, also of those that were found not to have been asked.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx<'_>, ids: Vec<AddresseeId>) -> Result<HashMap<AddresseeId, AddresseeName>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut rows: Vec<AddresseeName> = addressee::table
        .inner_join(body_table::table)
        .filter(addressee::id.eq_any(ids))
        .select((addressee::id, addressee::recommendation_id, body::NAME))
        .load(tx.conn)?;
    past::name_bodies(tx, rows.iter_mut().map(|row| &mut row.body))?;
    Ok(rows.into_iter().map(|name| (name.id, name)).collect())
}

/// Which answers of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfBody {
    /// Those that it answers now: what it was asked and still answers, and what it took over.
    Answers,
    /// These, and all that it was asked, whoever answers that now.
    Ever,
}

/// One page of the answers of a body, by inquiry and number, without what was entered in error.
///
/// # Errors
/// When the database fails.
pub fn of_body(
    tx: &mut ReadTx<'_>,
    (body, which): (BodyId, OfBody),
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Page<Answer, 3>, Error> {
    let wanted = |answer: &Answer| {
        let here = match which {
            OfBody::Answers => answer.answerer.id == body,
            OfBody::Ever => answer.body.id == body || answer.answerer.id == body,
        };
        here && answer.is_counted()
    };
    let mut items: Vec<(Answer, i64)> = Vec::new();
    let mut from = after;
    loop {
        let rows = some_of_body(tx, (body, which), from, size)?;
        let keys = |(row, _, position): &(AddresseeRow, BodyName, i64)| [row.inquiry_id.0, *position, row.id.0];
        let last = rows.last().map(|row| Cursor(keys(row))).filter(|_| rows.len() > size);
        let positions: HashMap<AddresseeId, i64> = rows.iter().map(|(row, _, position)| (row.id, *position)).collect();
        let rows = rows.into_iter().map(|(row, body, _)| (row, body)).collect();
        let answers = complete(tx, rows)?.into_iter().filter(wanted);
        items.extend(answers.filter_map(|answer| positions.get(&answer.id).map(|position| (answer, *position))));
        // Looking back, who answered then is known once it is worked out: others take the place of what another body answered.
        match last.filter(|_| items.len() <= size) {
            Some(last) => from = Some(last),
            None => {
                let keys = |(answer, position): &(Answer, i64)| [answer.inquiry_id.0, *position, answer.id.0];
                let Page { items, next } = Page::cut(items, size, keys);
                return Ok(Page { items: items.into_iter().map(|(answer, _)| answer).collect(), next });
            }
        }
    }
}

/// The next rows of a body's list, one more than a page holds.
fn some_of_body(
    tx: &mut ReadTx<'_>,
    (body, which): (BodyId, OfBody),
    after: Option<Cursor<3>>,
    size: usize,
) -> Result<Vec<(AddresseeRow, BodyName, i64)>, Error> {
    let mut all = addressee::table
        .inner_join(body_table::table)
        .order((addressee::inquiry_id, addressee::position, addressee::id))
        .limit(body::limit(size))
        .select((AddresseeRow::columns(), body::NAME, addressee::position))
        .into_boxed();
    if let Some(Cursor([inquiry, position, id])) = after {
        // As one place, an index finds it; these are numbers of rows.
        let place = "(addressee.inquiry_id, addressee.position, addressee.id)";
        all = all.filter(sql::<Bool>(&format!("{place} > ({inquiry}, {position}, {id})")));
    }
    let all = match (which, tx.past()) {
        (OfBody::Answers, None) => all.filter(addressee::answerer_id.eq(body)),
        (OfBody::Ever, None) => all.filter(addressee::body_id.eq(body).or(addressee::answerer_id.eq(body))),
        // Whoever was asked and led to it, then or later: who answered then is worked out below.
        (_, Some(_)) => {
            let leading = succession::leading_to(tx, body)?;
            all.filter(addressee::body_id.eq_any(leading))
        }
    };
    Ok(match tx.past() {
        // Of what nobody had asked for yet nothing needs to be worked out.
        Some(past) => {
            let asked_by_then = asked::table
                .filter(asked::addressee_id.eq(addressee::id).and(asked::seq.le(past.seq)))
                .select(asked::id);
            all.filter(exists(asked_by_then)).load(tx.conn)?
        }
        None => all.filter(addressee::present).filter(sql::<Bool>(COUNTED)).load(tx.conn)?,
    })
}

/// All that was asked of a body, as it stood at the moment that is looked back to.
///
/// # Errors
/// When the database fails.
pub(super) fn all_then(tx: &mut ReadTx<'_>, scope: Scope) -> Result<Vec<Answer>, Error> {
    let rows = answers_in(tx, scope)?;
    let names = body::names(tx, rows.iter().flat_map(|row| [row.body_id, row.answerer_id]).collect())?;
    let named = |row: AddresseeRow| {
        let name = names.iter().find(|name| name.id == row.body_id)?.clone();
        Some(answer(row, name, &names))
    };
    Ok(rows.into_iter().filter_map(named).collect())
}

/// Adds the names of those who set targets; looking back, works out how everything stood then.
fn complete(tx: &mut ReadTx<'_>, mut rows: Vec<(AddresseeRow, BodyName)>) -> Result<Vec<Answer>, Error> {
    if tx.past().is_some() {
        let mut names: HashMap<AddresseeId, BodyName> = HashMap::new();
        let mut all = Vec::new();
        for (row, name) in rows {
            names.insert(row.id, name);
            all.push(row);
        }
        past::name_bodies(tx, names.values_mut())?;
        let then = answers_then(tx, all)?.into_iter();
        rows = then.filter_map(|row| names.remove(&row.id).map(|name| (row, name))).collect();
    }
    let named = rows.iter().flat_map(|(row, _)| [row.target_set_by, Some(row.answerer_id)]).flatten().collect();
    let setters = body::names(tx, named)?;
    Ok(rows.into_iter().map(|(row, body)| answer(row, body, &setters)).collect())
}

fn answer(row: AddresseeRow, body: BodyName, setters: &[BodyName]) -> Answer {
    let due = |deadline: Option<DeadlineId>, on: Option<Day>| Some(Due { deadline: deadline?, on: on? });
    let name = |id: BodyId| setters.iter().find(|body| body.id == id).cloned();
    let set_by = row.target_set_by.and_then(name);
    let answerer = if row.answerer_id == body.id { None } else { name(row.answerer_id) };
    let answerer = answerer.unwrap_or_else(|| body.clone());
    Answer {
        response: Standing {
            value: row.response,
            when: Happened::new(row.response_on, row.response_precision),
            update: row.response_update_id,
        },
        reported: Standing {
            value: row.reported,
            when: Happened::new(row.reported_on, row.reported_precision),
            update: row.reported_update_id,
        },
        assessed: Standing {
            value: row.assessed,
            when: Happened::new(row.assessed_on, row.assessed_precision),
            update: row.assessed_update_id,
        },
        lifecycle: Standing {
            value: row.lifecycle,
            when: Happened::new(row.lifecycle_on, row.lifecycle_precision),
            update: row.lifecycle_update_id,
        },
        response_due: due(row.response_deadline_id, row.response_due_on),
        decision_due: due(row.decision_deadline_id, row.decision_due_on),
        return_due: due(row.return_deadline_id, row.return_due_on),
        return_every: row.return_every,
        recheck_due: due(row.recheck_deadline_id, row.recheck_due_on),
        looked_until: row.looked_until,
        target: row.target_deadline_id.map(|deadline| Target {
            deadline,
            on: row.target_on,
            first: row.first_target_deadline_id,
            first_on: row.first_target_on,
            set_by,
            times_moved: row.times_moved,
        }),
        id: row.id,
        recommendation_id: row.recommendation_id,
        inquiry_id: row.inquiry_id,
        body,
        answerer,
        handed: row.handed,
        taken_in_on: row.taken_in_on,
        checked: row.checked,
        response_basis: row.response_basis,
        assessed_by: row.assessed_by,
        closure: row.closure,
        done: row.done,
        gap: row.gap,
        last_arrival_on: row.last_arrival_on,
        version: row.version,
        seq: row.seq,
    }
}
