//! Published updates of the four facts, with their words as far as the public may read them.

use std::collections::HashMap;

use diesel::prelude::*;

use super::about::{About, Place, about_an_answer};
use super::body::{self, BodyName};
use super::schema::{addressee, fact_update};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::change::Fact;
use crate::domain::checked::Checked;
use crate::domain::fairness::{Approval, Decided};
use crate::domain::id::{ArrivalId, BodyId, InquiryId, Seq, UpdateId};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::lifecycle::Closure;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::record::FactValue;
use crate::domain::response::Basis;

/// One published update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Its row.
    pub id: UpdateId,
    /// Whose answer it is about, and the change that published it.
    pub place: Place,
    /// What it says.
    pub value: FactValue,
    /// When that came to be so.
    pub happened: Happened,
    /// What is said about it.
    pub words: Option<Words>,
    /// The body's own word for it.
    pub their_word: Option<Words>,
    /// Why.
    pub reason: Option<Words>,
    /// To this recommendation itself, or to all at once.
    pub basis: Option<Basis>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Option<Checked>,
    /// In whose name oversight found it.
    pub assessor: Option<String>,
    /// The day by which the body will decide.
    pub decide_by: Option<Day>,
    /// Whether the body sent it in itself; else oversight recorded it.
    pub from_body: bool,
    /// In which language its words are, and under which licence; nothing where it has none that can be read.
    pub rights: Rights,
    /// Who decided the finding, unless it is withheld.
    pub decided: Option<Decided>,
    /// Who says it, where that is a body that took the place of the one asked.
    pub voice: Option<BodyName>,
    /// The change that published what this one puts right.
    pub corrects: Option<Seq>,
    /// The change that puts this one right.
    pub corrected_by: Option<Seq>,
}

#[derive(Queryable)]
struct Row {
    id: UpdateId,
    place: Place,
    fact: Fact,
    value: String,
    happened_on: Option<Day>,
    precision: Precision,
    words: Option<String>,
    their_word: Option<String>,
    reason: Option<String>,
    basis: Option<Basis>,
    source_url: Option<String>,
    checked: Option<Checked>,
    assessor: Option<String>,
    decide_by: Option<Day>,
    closure: Option<Closure>,
    arrival: Option<ArrivalId>,
    corrects: Option<UpdateId>,
    withheld: Option<Seq>,
    decided: (Option<String>, Option<Day>, Option<String>, Option<Approval>),
    rights: (Option<Language>, Option<Licence>),
    voice: Option<BodyId>,
}

macro_rules! columns {
    () => {
        (
            fact_update::id,
            (fact_update::seq, fact_update::addressee_id, addressee::recommendation_id),
            fact_update::fact,
            fact_update::value,
            fact_update::happened_on,
            fact_update::precision,
            diesel::dsl::case_when(fact_update::withheld.is_null(), fact_update::words),
            diesel::dsl::case_when(fact_update::withheld.is_null(), fact_update::their_word),
            diesel::dsl::case_when(fact_update::withheld.is_null(), fact_update::reason),
            fact_update::basis,
            diesel::dsl::case_when(fact_update::withheld.is_null(), fact_update::source_url),
            fact_update::checked,
            fact_update::assessor,
            fact_update::decide_by,
            fact_update::closure,
            fact_update::arrival_id,
            fact_update::corrects,
            fact_update::withheld,
            (
                diesel::dsl::case_when(fact_update::withheld.is_null(), fact_update::decided_by),
                fact_update::decided_on,
                diesel::dsl::case_when(fact_update::withheld.is_null(), fact_update::minute_ref),
                fact_update::approval,
            ),
            (fact_update::language, fact_update::licence),
            fact_update::voice_body_id,
        )
    };
}

/// The updates about something, the last published first.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Update>, Error> {
    let all = fact_update::table.inner_join(addressee::table).select(columns!()).into_boxed();
    let rows: Vec<Row> = about_an_answer!(all, fact_update, about)
        .filter(fact_update::seq.le(tx.upto()))
        .order((fact_update::seq.desc(), fact_update::id.desc()))
        .limit(most)
        .load(tx.conn)?;
    complete(tx, rows)
}

/// These updates, by their row.
///
/// # Errors
/// When the database fails.
pub fn many(tx: &mut ReadTx<'_>, ids: Vec<UpdateId>) -> Result<HashMap<UpdateId, Update>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = fact_update::table
        .inner_join(addressee::table)
        .filter(fact_update::id.eq_any(ids))
        .select(columns!())
        .load(tx.conn)?;
    Ok(complete(tx, rows)?.into_iter().map(|update| (update.id, update)).collect())
}

/// The changes that published these updates.
///
/// # Errors
/// When the database fails.
pub fn seqs(tx: &mut ReadTx<'_>, ids: Vec<UpdateId>) -> Result<HashMap<UpdateId, Seq>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let of = fact_update::table.filter(fact_update::id.eq_any(ids));
    let rows: Vec<(UpdateId, Seq)> = of.select((fact_update::id, fact_update::seq)).load(tx.conn)?;
    Ok(rows.into_iter().collect())
}

/// The body's answer to all the recommendations of an inquiry in one statement, where it gave one: the last of them.
///
/// # Errors
/// When the database fails.
pub fn block(tx: &mut ReadTx<'_>, inquiry: InquiryId, body: BodyId) -> Result<Option<Update>, Error> {
    let row: Option<Row> = fact_update::table
        .inner_join(addressee::table)
        .filter(addressee::inquiry_id.eq(inquiry).and(addressee::body_id.eq(body)))
        .filter(fact_update::fact.eq(Fact::Response).and(fact_update::basis.eq(Basis::Block)))
        .filter(fact_update::seq.le(tx.upto()))
        .order(fact_update::id.desc())
        .select(columns!())
        .first(tx.conn)
        .optional()?;
    Ok(complete(tx, row.into_iter().collect())?.pop())
}

/// Adds corrections, and the day of what is withheld.
fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Update>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let voices = body::names(tx, rows.iter().filter_map(|row| row.voice).collect())?;
    let corrected: Vec<UpdateId> = rows.iter().filter_map(|row| row.corrects).collect();
    let mut seqs: HashMap<UpdateId, Seq> = rows.iter().map(|row| (row.id, row.place.seq)).collect();
    if !corrected.is_empty() {
        let found: Vec<(UpdateId, Seq)> = fact_update::table
            .filter(fact_update::id.eq_any(corrected))
            .select((fact_update::id, fact_update::seq))
            .load(tx.conn)?;
        seqs.extend(found);
    }
    let by: Vec<(Option<UpdateId>, Seq)> = fact_update::table
        .filter(fact_update::corrects.eq_any(rows.iter().map(|row| Some(row.id)).collect::<Vec<_>>()))
        .filter(fact_update::seq.le(tx.upto()))
        .select((fact_update::corrects, fact_update::seq))
        .load(tx.conn)?;
    rows.into_iter()
        .map(|row| {
            let value = FactValue::parse(row.fact, &row.value, row.closure)
                .map_err(|fault| Error::Failed(format!("fact_update {}: {fault}", row.id)))?;
            let said = |words| days.words(words, row.withheld);
            let (language, licence) = row.rights;
            let has_words = row.withheld.is_none()
                && [&row.words, &row.their_word, &row.reason].iter().any(|words| words.is_some());
            Ok(Update {
                id: row.id,
                place: row.place,
                value,
                happened: Happened::new(row.happened_on, row.precision),
                // Where everything is withheld, that is said once.
                words: said(row.words),
                their_word: said(row.their_word).filter(|words| words.said().is_some()),
                reason: said(row.reason).filter(|words| words.said().is_some()),
                basis: row.basis,
                source_url: row.source_url,
                checked: row.checked,
                assessor: row.assessor,
                decide_by: row.decide_by,
                from_body: row.arrival.is_some(),
                rights: if has_words { Rights { language, licence } } else { Rights::default() },
                decided: decided(row.decided),
                voice: row.voice.and_then(|id| voices.iter().find(|body| body.id == id).cloned()),
                corrects: row.corrects.and_then(|id| seqs.get(&id).copied()),
                corrected_by: by.iter().find(|(id, _)| *id == Some(row.id)).map(|(_, seq)| *seq),
            })
        })
        .collect()
}

fn decided(row: (Option<String>, Option<Day>, Option<String>, Option<Approval>)) -> Option<Decided> {
    let (by, on, minute, approval) = row;
    by.map(|by| Decided { by, on, minute, approval })
}
