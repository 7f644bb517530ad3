//! Counts of answers and recommendations, kept in the transaction that changes what they count.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::upsert::excluded;

use super::addressee::AddresseeRow;
use super::recommendation::NewRecommendation;
use super::words_of_body::{WORDS_OF_BODY, counts_for, of_words, shift_answerer};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::deadline::{DeadlineKind, Standing, is_settled};
use crate::domain::gap::part;
use crate::domain::id::{BodyId, InquiryId, PersonId, RecommendationId};
use crate::store::conn::each;
use crate::store::schema::{addressee, recommendation, tally, wording};
use crate::store::{Error, ReadTx, WriteTx};

/// What a count is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// One inquiry.
    Inquiry(InquiryId),
    /// One body.
    Body(BodyId),
}

impl Scope {
    /// The two columns that stand for it.
    #[must_use]
    pub const fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Inquiry(id) => ("inquiry", id.0),
            Self::Body(id) => ("body", id.0),
        }
    }
}

/// One count: scope, its id, what is counted (`answers`, a fact's name, `done`, `gap`, `recommendations`, …), the value.
pub type Key = (String, i64, String, String);

/// Counts by key; zeros are left out.
pub type Counts = BTreeMap<Key, i64>;

/// What something adds to a count: a fact, and its value.
pub(super) type Fact = (&'static str, String);

/// All that something adds to counts.
pub(super) type Facts = Vec<Fact>;

/// Who wrote words down, and who published them.
pub(super) type People = (Option<PersonId>, Option<PersonId>);

const ALL: &str = "all";

/// The scope of the counts that an inquiry keeps of each body that answers to it: the value is the body's row.
pub(in crate::store) const ANSWERERS: &str = "answerers";
/// The scope of the counts of dates that stand, by inquiry.
pub(in crate::store) const DATES_OF_INQUIRY: &str = "dates_of_inquiry";
/// The same by the body that answers now.
pub(in crate::store) const DATES_OF_BODY: &str = "dates_of_body";
/// The scope of the counts of findings by the last day on which they count as looked at lately, by inquiry.
pub(in crate::store) const UNTIL_OF_INQUIRY: &str = "until_of_inquiry";
/// The same by the body that answers now.
pub(in crate::store) const UNTIL_OF_BODY: &str = "until_of_body";
/// The same of the whole register, which has no row.
pub(in crate::store) const UNTIL_OF_REGISTER: (&str, i64) = ("until_of_register", 0);

/// What one answer adds to the counts of its inquiry and of the body that answers now: nothing when it is not (or no longer)
/// asked, and when it was entered in error no more than that; what is followed in its parts is counted there.
pub(super) fn of_answer(row: &AddresseeRow) -> Facts {
    if !row.present {
        return Vec::new();
    }
    if row.is_in_error() {
        return vec![("in_error", ALL.to_owned())];
    }
    if !row.is_counted() {
        return Vec::new();
    }
    let mut facts = vec![
        ("answers", ALL.to_owned()),
        ("response", row.response.to_string()),
        ("reported", row.reported.to_string()),
        ("assessed", row.assessed.to_string()),
        ("lifecycle", row.lifecycle.to_string()),
        ("asked_checked", row.checked.to_string()),
        ("body", row.body_id.to_string()),
        ("inquiry", row.inquiry_id.to_string()),
    ];
    facts.extend(row.response_basis.map(|basis| ("basis", basis.to_string())));
    facts.extend(row.done.then(|| ("done", ALL.to_owned())));
    facts.extend(row.gap.then(|| ("gap", ALL.to_owned())));
    // How old a finding is depends on the day: `store::gap` takes out what has aged since.
    let claim = part(row.reported, row.assessed, row.lifecycle, true);
    facts.extend(claim.map(|part| ("claimed", part.to_string())));
    facts.extend((row.times_moved > 0).then(|| ("moved", ALL.to_owned())));
    facts
}

/// What one answer adds to the counts that its inquiry keeps of the body that answers now.
pub(super) fn of_answerer(row: &AddresseeRow) -> Facts {
    if !row.present || !row.is_counted() {
        return Vec::new();
    }
    let facts = [
        ("answers", true),
        ("responded", row.response.is_answer()),
        ("aimed", row.target_deadline_id.is_some()),
        ("moved", row.times_moved > 0),
    ];
    facts.into_iter().filter(|(_, counts)| *counts).map(|(fact, _)| (fact, row.answerer_id.to_string())).collect()
}

/// What one answer adds to the counts of the dates that stand, by which something is owed, whenever: a fact for each kind.
pub(super) fn of_dates(row: &AddresseeRow) -> Facts {
    if !row.present {
        return Vec::new();
    }
    let standing = Standing { reported: row.reported, done: row.done, lifecycle: row.lifecycle };
    let dates = [
        (DeadlineKind::Response, row.response_due_on),
        (DeadlineKind::Decision, row.decision_due_on),
        (DeadlineKind::Return, row.return_due_on),
        (DeadlineKind::Target, row.target_on),
        (DeadlineKind::Recheck, row.recheck_due_on),
    ];
    let owed = dates.into_iter().filter(|(kind, on)| on.is_some() && !is_settled(*kind, standing));
    owed.map(|(kind, _)| (kind.as_str(), ALL.to_owned())).collect()
}

/// What one answer adds to the counts of what was found where the body says done: the value is the last day on which that counts as
/// looked at lately.
pub(super) fn of_finding(row: &AddresseeRow) -> Facts {
    let claims = row.present && row.is_counted() && row.reported.claims_done();
    let until = row.looked_until.filter(|_| claims);
    until.map(|day| (if row.done { "done" } else { "disputed" }, day.to_string())).into_iter().collect()
}

/// What an answer adds to counts that are kept by inquiry and by the body that answers now.
type Added = fn(&AddresseeRow) -> Facts;

/// Such counts, each with its two scopes.
const BY_BOTH: [(Added, &str, &str); 2] =
    [(of_dates, DATES_OF_INQUIRY, DATES_OF_BODY), (of_finding, UNTIL_OF_INQUIRY, UNTIL_OF_BODY)];

/// Brings the counts that an inquiry keeps of its bodies, and those of the dates that stand and of what was found, from what an answer
/// was to what it is now.
pub(super) fn shift_besides(tx: &mut WriteTx<'_>, before: &AddresseeRow, after: &AddresseeRow) -> Result<(), Error> {
    shift_in(tx, &[(ANSWERERS, after.inquiry_id.0)], &of_answerer(before), &of_answerer(after))?;
    for (added, of_inquiry, of_body) in BY_BOTH {
        let (was, is) = (added(before), added(after));
        let (from, to) = ((of_body, before.answerer_id.0), (of_body, after.answerer_id.0));
        shift_in(tx, &[(of_inquiry, after.inquiry_id.0)], &was, &is)?;
        if from == to {
            shift_in(tx, &[to], &was, &is)?;
        } else {
            shift_in(tx, &[from], &was, &[])?;
            shift_in(tx, &[to], &[], &is)?;
        }
    }
    shift_in(tx, &[UNTIL_OF_REGISTER], &of_finding(before), &of_finding(after))?;
    shift_answerer(tx, before, after)
}

/// Takes what `before` counted out and puts what `after` counts in.
pub(super) fn shift(tx: &mut WriteTx<'_>, scopes: &[Scope], before: &[Fact], after: &[Fact]) -> Result<(), Error> {
    // Sorted. Whoever publishes holds the counter, so nobody else moves counts meanwhile.
    let mut scopes = scopes.to_vec();
    scopes.sort_unstable();
    let scopes: Vec<(&'static str, i64)> = scopes.into_iter().map(Scope::columns).collect();
    shift_in(tx, &scopes, before, after)
}

pub(super) fn shift_in(
    tx: &mut WriteTx<'_>,
    scopes: &[(&'static str, i64)],
    before: &[Fact],
    after: &[Fact],
) -> Result<(), Error> {
    let mut moved: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for (fact, value) in before {
        *moved.entry((fact, value)).or_default() -= 1;
    }
    for (fact, value) in after {
        *moved.entry((fact, value)).or_default() += 1;
    }
    for scope in scopes {
        for ((fact, value), by) in &moved {
            if *by != 0 {
                add(tx, *scope, fact, value, *by)?;
            }
        }
    }
    Ok(())
}

/// What many new rows add to the counts: gathered, and put in at once.
#[derive(Debug, Default)]
pub struct Shifts(HashMap<Place, HashMap<Fact, i64>>);

/// The two columns that stand for what a count is about.
type Place = (&'static str, i64);

impl Shifts {
    /// A new answer.
    pub(in crate::store) fn answer(&mut self, row: &AddresseeRow) {
        for (fact, value) in of_answer(row) {
            self.add(Scope::Inquiry(row.inquiry_id).columns(), fact, value.clone());
            self.add(Scope::Body(row.answerer_id).columns(), fact, value);
        }
        for (fact, value) in of_answerer(row) {
            self.add((ANSWERERS, row.inquiry_id.0), fact, value);
        }
        for (added, of_inquiry, of_body) in BY_BOTH {
            for (fact, value) in added(row) {
                self.add((of_inquiry, row.inquiry_id.0), fact, value.clone());
                self.add((of_body, row.answerer_id.0), fact, value);
            }
        }
        of_finding(row).into_iter().for_each(|(fact, value)| self.add(UNTIL_OF_REGISTER, fact, value));
    }

    /// A new recommendation, who wrote its words down and published them, and the bodies that answer it, whole or in a part.
    pub(in crate::store) fn recommendation(
        &mut self,
        new: &NewRecommendation,
        (author, publisher): People,
        in_error: bool,
        answerers: &BTreeSet<BodyId>,
    ) {
        let of = (new.parent_id.is_some(), is_by_two(new.checked, author, publisher));
        let facts = of_recommendation(of, new.text_kind.as_str(), new.checked.as_str(), (new.done, new.put), in_error);
        for body in answerers {
            of_words(&facts).into_iter().for_each(|(fact, value)| self.add((WORDS_OF_BODY, body.0), fact, value));
        }
        facts.into_iter().for_each(|(fact, value)| self.add(Scope::Inquiry(new.inquiry_id).columns(), fact, value));
    }

    fn add(&mut self, scope: Place, fact: &'static str, value: String) {
        *self.0.entry(scope).or_default().entry((fact, value)).or_default() += 1;
    }

    /// Puts all of it in, sorted. Whoever publishes holds the counter, so nobody else moves counts meanwhile.
    pub(in crate::store) fn put_in(self, tx: &mut WriteTx<'_>) -> Result<(), Error> {
        let of_scope = |(scope, counts): (Place, HashMap<Fact, i64>)| {
            counts.into_iter().map(move |((fact, value), by)| (scope, fact, value, by))
        };
        let mut all: Vec<(Place, &'static str, String, i64)> = self.0.into_iter().flat_map(of_scope).collect();
        all.sort_unstable();
        all.into_iter().try_for_each(|(scope, fact, value, by)| add(tx, scope, fact, &value, by))
    }
}

fn add(tx: &mut WriteTx<'_>, (scope, scope_id): (&str, i64), fact: &str, value: &str, by: i64) -> Result<(), Error> {
    let row = (
        tally::scope.eq(scope),
        tally::scope_id.eq(scope_id),
        tally::fact.eq(fact),
        tally::value.eq(value),
        tally::number.eq(by),
    );
    each!(&mut *tx.conn, conn => diesel::insert_into(tally::table)
        .values(row)
        .on_conflict((tally::scope, tally::scope_id, tally::fact, tally::value))
        .do_update()
        .set(tally::number.eq(tally::number + excluded(tally::number)))
        .execute(conn))?;
    Ok(())
}

/// The counts as they are stored.
///
/// # Errors
/// When the database fails.
pub fn stored(tx: &mut ReadTx<'_>) -> Result<Counts, Error> {
    let rows: Vec<(String, i64, String, String, i64)> = tally::table
        .filter(tally::number.ne(0))
        .select((tally::scope, tally::scope_id, tally::fact, tally::value, tally::number))
        .load(tx.conn)?;
    Ok(rows.into_iter().map(|(scope, id, fact, value, number)| ((scope, id, fact, value), number)).collect())
}

/// The counts worked out from the rows that they count.
///
/// # Errors
/// When the database fails.
pub fn worked_out(tx: &mut ReadTx<'_>) -> Result<Counts, Error> {
    let mut counts = Counts::new();
    let mut count = |(scope, id): (&str, i64), facts: &[Fact]| {
        for (fact, value) in facts {
            *counts.entry((scope.to_owned(), id, (*fact).to_owned(), value.clone())).or_default() += 1;
        }
    };
    let mut answerers: HashMap<RecommendationId, BTreeSet<BodyId>> = HashMap::new();
    for row in addressee::table.select(AddresseeRow::as_select()).load(tx.conn)? {
        let facts = of_answer(&row);
        answerers.entry(row.recommendation_id).or_default().extend(counts_for(&row));
        count(Scope::Inquiry(row.inquiry_id).columns(), &facts);
        count(Scope::Body(row.answerer_id).columns(), &facts);
        count((ANSWERERS, row.inquiry_id.0), &of_answerer(&row));
        for (added, of_inquiry, of_body) in BY_BOTH {
            let facts = added(&row);
            count((of_inquiry, row.inquiry_id.0), &facts);
            count((of_body, row.answerer_id.0), &facts);
        }
        count(UNTIL_OF_REGISTER, &of_finding(&row));
    }
    type Item = (RecommendationId, Option<RecommendationId>);
    type Row = (InquiryId, Item, TextKind, Checked, (bool, bool), bool, People);
    let rows: Vec<Row> = recommendation::table
        .left_join(wording::table.on(wording::id.nullable().eq(recommendation::wording_id)))
        .select((
            recommendation::inquiry_id,
            (recommendation::id, recommendation::parent_id),
            recommendation::text_kind,
            recommendation::checked,
            (recommendation::done, recommendation::put),
            recommendation::in_error,
            (wording::author_id.nullable(), wording::publisher_id.nullable()),
        ))
        .load(tx.conn)?;
    for (id, whole) in rows.iter().filter_map(|(_, (id, whole), ..)| Some((*id, (*whole)?))) {
        let of_part = answerers.get(&id).cloned().unwrap_or_default();
        answerers.entry(whole).or_default().extend(of_part);
    }
    for (inquiry, (id, parent), text_kind, checked, follows, in_error, (author, publisher)) in rows {
        let by_two = is_by_two(checked, author, publisher);
        let of = (parent.is_some(), by_two);
        let facts = of_recommendation(of, text_kind.as_str(), checked.as_str(), follows, in_error);
        count(Scope::Inquiry(inquiry).columns(), &facts);
        for body in answerers.get(&id).into_iter().flatten() {
            count((WORDS_OF_BODY, body.0), &of_words(&facts));
        }
    }
    Ok(counts)
}

/// Whether one person compared words with their source and another one published them.
pub(in crate::store) fn is_by_two(checked: Checked, author: Option<PersonId>, publisher: Option<PersonId>) -> bool {
    let two = author.zip(publisher).is_some_and(|(author, publisher)| author != publisher);
    two && checked.wording_was_seen()
}

/// The same of `recommendation` with the `wording` that stands, for a database; what has no words, or nobody's, is not compared by two.
pub(in crate::store) const BY_TWO: &str = "(wording.author_id is not null and wording.publisher_id is not null \
     and wording.author_id <> wording.publisher_id and recommendation.checked in ('source', 'quoted'))";

/// What one recommendation adds to the counts of its inquiry. A part is no recommendation of the report's own: it is numbered
/// apart, and its answers count as all answers do.
pub(super) fn of_recommendation(
    (is_part, by_two): (bool, bool),
    text_kind: &str,
    checked: &str,
    (done, put): (bool, bool),
    in_error: bool,
) -> Facts {
    if is_part {
        return vec![(if in_error { "parts_in_error" } else { "parts" }, ALL.to_owned())];
    }
    if in_error {
        return vec![("recommendations_in_error", ALL.to_owned())];
    }
    let mut facts =
        vec![("recommendations", ALL.to_owned()), ("text_kind", text_kind.to_owned()), ("checked", checked.to_owned())];
    facts.extend(done.then(|| ("recommendations_done", ALL.to_owned())));
    facts.extend(put.then(|| ("put", ALL.to_owned())));
    facts.extend(by_two.then(|| ("second_person", ALL.to_owned())));
    facts
}
