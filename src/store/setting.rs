//! What the register knows of itself: its operator, whether two people are needed, its secret.

use diesel::prelude::*;

use super::conn::each;
use super::schema::setting;
use super::{Error, ReadTx, WriteTx};
use crate::domain::calendar::USUAL_READING_DAYS;
use crate::domain::deadline_rule::{self, DeadlineRule};
use crate::domain::id::{PersonId, Seq};
use crate::domain::licence::DataLicence;
use crate::domain::moment::Moment;
use crate::domain::operator::Operator;
use crate::domain::pack::QUESTIONS;
use crate::domain::retention::Periods;
use crate::domain::secret::Secret;
use crate::domain::stage::ChosenStages;
use crate::domain::words;

const OPERATOR: &str = "operator";
const SECOND_KEY: &str = "second_key";
const DATA_LICENCE: &str = "data_licence";
const SECRET: &str = "secret";
const UNREADABLE: &str = "the register's secret cannot be read";
const RETENTION: &str = "retention";
const READING_DAYS: &str = "reading_days";
const RULES: &str = "rules";
const FIRST_REGISTER: &str = "first_register";
const TRACES: &str = "traces";
const PACK_QUESTIONS: &str = "pack_questions";
const ANSWERERS: &str = "answerers";
const STAGES: &str = "reminder_stages";

/// What settings say about who runs this copy and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The operator; `None` until an administrator has entered it.
    pub operator: Option<Operator>,
    /// Whether an assessment, compared words and closing as done need a second person.
    pub second_key: bool,
    /// Under which licence the data is given; `None` until an administrator has said so.
    pub licence: Option<DataLicence>,
}

/// Who runs this copy, and whether it takes two to publish a finding.
///
/// # Errors
/// When the database fails.
pub fn in_service(tx: &mut ReadTx<'_>) -> Result<Service, Error> {
    let rows: Vec<(String, String)> = setting::table
        .filter(setting::key.eq_any([OPERATOR, SECOND_KEY, DATA_LICENCE]))
        .select((setting::key, setting::value))
        .load(tx.conn)?;
    let mut service = Service { operator: None, second_key: true, licence: None };
    for (key, value) in rows {
        match key.as_str() {
            OPERATOR => {
                let read = serde_json::from_str(&value);
                service.operator = Some(read.map_err(|fault| Error::Failed(format!("the operator: {fault}")))?);
            }
            DATA_LICENCE => service.licence = value.parse().ok(),
            _ => service.second_key = value != "off",
        }
    }
    Ok(service)
}

/// Who runs this copy.
///
/// # Errors
/// When the database fails.
pub fn operator(tx: &mut ReadTx<'_>) -> Result<Option<Operator>, Error> {
    Ok(in_service(tx)?.operator)
}

/// Whether it takes two to publish a finding.
///
/// # Errors
/// When the database fails.
pub fn second_key(tx: &mut ReadTx<'_>) -> Result<bool, Error> {
    Ok(in_service(tx)?.second_key)
}

/// Keeps who runs this copy.
///
/// # Errors
/// When the database fails.
pub fn set_operator(tx: &mut WriteTx<'_>, operator: &Operator, now: Moment, by: PersonId) -> Result<(), Error> {
    let value = serde_json::to_string(operator).map_err(|fault| Error::Failed(format!("the operator: {fault}")))?;
    put(tx, OPERATOR, &value, now, Some(by))
}

/// Keeps whether it takes two.
///
/// # Errors
/// When the database fails.
pub fn set_second_key(tx: &mut WriteTx<'_>, on: bool, now: Moment, by: PersonId) -> Result<(), Error> {
    put(tx, SECOND_KEY, if on { "on" } else { "off" }, now, Some(by))
}

/// Keeps under which licence the data is given.
///
/// # Errors
/// When the database fails.
pub fn set_data_licence(tx: &mut WriteTx<'_>, licence: DataLicence, now: Moment, by: PersonId) -> Result<(), Error> {
    put(tx, DATA_LICENCE, licence.as_str(), now, Some(by))
}

/// After how many working days an update that nobody has read is with us too long.
///
/// # Errors
/// When the database fails.
pub fn reading_days(tx: &mut ReadTx<'_>) -> Result<u32, Error> {
    let kept: Option<String> = setting::table.find(READING_DAYS).select(setting::value).first(tx.conn).optional()?;
    Ok(kept.and_then(|days| days.parse().ok()).unwrap_or(USUAL_READING_DAYS))
}

/// Keeps after how many.
///
/// # Errors
/// When the database fails.
pub fn set_reading_days(tx: &mut WriteTx<'_>, days: u32, now: Moment, by: PersonId) -> Result<(), Error> {
    put(tx, READING_DAYS, &days.to_string(), now, Some(by))
}

/// At which stages bodies are reminded of dates, where somebody chose other ones than the usual.
///
/// # Errors
/// When the database fails.
pub fn stages(tx: &mut ReadTx<'_>) -> Result<ChosenStages, Error> {
    let kept: Option<String> = setting::table.find(STAGES).select(setting::value).first(tx.conn).optional()?;
    let Some(kept) = kept else { return Ok(ChosenStages::default()) };
    serde_json::from_str(&kept).map_err(|fault| Error::Failed(format!("the stages of reminders: {fault}")))
}

/// Keeps which were chosen.
///
/// # Errors
/// When the database fails.
pub fn set_stages(tx: &mut WriteTx<'_>, chosen: &ChosenStages, now: Moment, by: PersonId) -> Result<(), Error> {
    let value =
        serde_json::to_string(chosen).map_err(|fault| Error::Failed(format!("the stages of reminders: {fault}")))?;
    put(tx, STAGES, &value, now, Some(by))
}

/// What scrutiny packs ask, where a pack does not ask otherwise.
///
/// # Errors
/// When the database fails.
pub fn pack_questions(tx: &mut ReadTx<'_>) -> Result<[String; QUESTIONS], Error> {
    let kept: Option<String> = setting::table.find(PACK_QUESTIONS).select(setting::value).first(tx.conn).optional()?;
    let Some(kept) = kept else { return Ok(words::PACK_QUESTIONS.map(str::to_owned)) };
    serde_json::from_str(&kept).map_err(|fault| Error::Failed(format!("the questions of packs: {fault}")))
}

/// Keeps what they ask.
///
/// # Errors
/// When the database fails.
pub fn set_pack_questions(
    tx: &mut WriteTx<'_>,
    asked: &[String; QUESTIONS],
    now: Moment,
    by: PersonId,
) -> Result<(), Error> {
    let value =
        serde_json::to_string(asked).map_err(|fault| Error::Failed(format!("the questions of packs: {fault}")))?;
    put(tx, PACK_QUESTIONS, &value, now, Some(by))
}

/// For how long personal data is kept.
///
/// # Errors
/// When the database fails.
pub fn periods(tx: &mut ReadTx<'_>) -> Result<Periods, Error> {
    let kept: Option<String> = setting::table.find(RETENTION).select(setting::value).first(tx.conn).optional()?;
    let Some(kept) = kept else { return Ok(Periods::default()) };
    Periods::stored(&kept).map_err(|fault| Error::Failed(format!("the periods: {fault}")))
}

/// Keeps for how long personal data is kept.
///
/// # Errors
/// When the database fails.
pub fn set_periods(tx: &mut WriteTx<'_>, periods: &Periods, now: Moment, by: PersonId) -> Result<(), Error> {
    put(tx, RETENTION, &periods.to_store(), now, Some(by))
}

/// Keeps that this register begins without the one inside the program.
///
/// # Errors
/// When the database fails.
pub fn leave_empty(tx: &mut WriteTx<'_>, now: Moment) -> Result<(), Error> {
    put(tx, FIRST_REGISTER, "none", now, None)
}

/// Whether this register was begun without the one inside the program.
///
/// # Errors
/// When the database fails.
pub fn is_left_empty(tx: &mut ReadTx<'_>) -> Result<bool, Error> {
    let kept: i64 = setting::table.filter(setting::key.eq(FIRST_REGISTER)).count().get_result(tx.conn)?;
    Ok(kept > 0)
}

/// Every rule of law by which answers are owed: those that come with the program, then those that were added.
///
/// # Errors
/// When the database fails.
pub fn rules(tx: &mut ReadTx<'_>) -> Result<Vec<DeadlineRule>, Error> {
    let added = added_rules(tx)?;
    Ok(deadline_rule::built_in().into_iter().chain(added).collect())
}

/// The rules that were added here, in their order.
///
/// # Errors
/// When the database fails.
pub fn added_rules(tx: &mut ReadTx<'_>) -> Result<Vec<DeadlineRule>, Error> {
    let kept: Option<String> = setting::table.find(RULES).select(setting::value).first(tx.conn).optional()?;
    let read = kept.map(|kept| serde_json::from_str(&kept)).transpose();
    Ok(read.map_err(|fault| Error::Failed(format!("the rules: {fault}")))?.unwrap_or_default())
}

/// Keeps the rules that were added here.
///
/// # Errors
/// When the database fails.
pub fn set_rules(tx: &mut WriteTx<'_>, rules: &[DeadlineRule], now: Moment, by: PersonId) -> Result<(), Error> {
    let value = serde_json::to_string(rules).map_err(|fault| Error::Failed(fault.to_string()))?;
    put(tx, RULES, &value, now, Some(by))
}

/// The register's secret: the one that is kept, or this one from now on.
///
/// # Errors
/// When the database fails.
pub fn secret(tx: &mut WriteTx<'_>, fresh: &Secret, now: Moment) -> Result<Secret, Error> {
    let row = (setting::key.eq(SECRET), setting::value.eq(fresh.stored()), setting::changed_at.eq(now));
    each!(&mut *tx.conn, inner => {
        diesel::insert_into(setting::table).values(row).on_conflict(setting::key).do_nothing().execute(inner)
    })?;
    kept_secret(tx)?.ok_or(Error::NotFound)
}

/// The register's secret, where it has been kept.
///
/// # Errors
/// When the database fails.
pub fn kept_secret(tx: &mut ReadTx<'_>) -> Result<Option<Secret>, Error> {
    let kept: Option<String> = setting::table.find(SECRET).select(setting::value).first(tx.conn).optional()?;
    let read = kept.map(|kept| kept.parse().map_err(|_| Error::Failed(UNREADABLE.to_owned())));
    read.transpose()
}

/// Keeps that the database's own files hold traces of what this change removed.
///
/// # Errors
/// When the database fails.
pub fn leave_traces(tx: &mut WriteTx<'_>, by: Seq, now: Moment) -> Result<(), Error> {
    put(tx, TRACES, &by.to_string(), now, None)
}

/// The newest change whose traces are still there.
///
/// # Errors
/// When the database fails.
pub fn traces(tx: &mut ReadTx<'_>) -> Result<Option<Seq>, Error> {
    let kept: Option<String> = setting::table.find(TRACES).select(setting::value).first(tx.conn).optional()?;
    Ok(kept.and_then(|seq| seq.parse().ok()).map(Seq))
}

/// The traces of what that change and those before it removed are overwritten.
///
/// # Errors
/// When the database fails.
pub fn no_traces(tx: &mut WriteTx<'_>, of: Seq) -> Result<(), Error> {
    let kept = setting::table.filter(setting::key.eq(TRACES).and(setting::value.eq(of.to_string())));
    diesel::delete(kept).execute(tx.conn)?;
    Ok(())
}

/// Keeps that who answers now was worked out here by the rule of this program.
///
/// # Errors
/// When the database fails.
pub fn answerers_settled(tx: &mut WriteTx<'_>, now: Moment) -> Result<(), Error> {
    put(tx, ANSWERERS, "settled", now, None)
}

/// Whether it was.
///
/// # Errors
/// When the database fails.
pub fn are_answerers_settled(tx: &mut ReadTx<'_>) -> Result<bool, Error> {
    let kept: i64 = setting::table.filter(setting::key.eq(ANSWERERS)).count().get_result(tx.conn)?;
    Ok(kept > 0)
}

fn put(tx: &mut WriteTx<'_>, key: &str, value: &str, now: Moment, by: Option<PersonId>) -> Result<(), Error> {
    let set = (setting::value.eq(value), setting::changed_at.eq(now), setting::changed_by.eq(by));
    each!(&mut *tx.conn, inner => {
        diesel::insert_into(setting::table)
            .values((setting::key.eq(key), set))
            .on_conflict(setting::key)
            .do_update()
            .set(set)
            .execute(inner)
    })?;
    Ok(())
}
