//! Everything held about a person, an item or a body: every row of every table that is tied to it, secrets left out.
//!
//! The tables stand in `tables`; the statements are made from them, so that a new column is given without anybody thinking of
//! it. Names in a statement are the program's own; what was asked for is bound.

mod names;
mod tables;

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::conn::{Conn, each};
use super::schema::{body, contact, inquiry, person, recommendation};
use super::{Error, ReadTx, setting, suppression};
use crate::domain::address;
use crate::domain::disclosure::{Asked, Between, Field, Reader, Record, Subject};
use crate::domain::email::Email;
use crate::domain::mail::Letter;
use crate::domain::outbox::masked;
use names::Names;

pub use tables::{LEFT_OUT, Root, Table, covered};

/// Everything that is held about somebody or something, as far as it touches these days.
///
/// # Errors
/// [`Error::NotFound`] when there is no such item or body, or nothing about such a person.
pub fn gather(tx: &mut ReadTx<'_>, asked: &Asked, between: Between, zone: &TimeZone) -> Result<Vec<Record>, Error> {
    let about = found(tx, asked)?;
    let roots = roots(asked.kind);
    let columns = columns(tx)?;
    let mut rows = Vec::new();
    for table in covered() {
        let all = rows_of(tx, table, &roots, columns.get(table.name), &about)?;
        rows.extend(all.into_iter().map(|row| (table, row)));
    }
    if rows.is_empty() {
        return Err(Error::NotFound);
    }
    rows.retain(|(table, row)| between.touches(&dates(table, row), zone));
    let names = Names::read(tx, rows.iter().map(|(_, row)| &row.values))?;
    Ok(rows.iter().map(|(table, row)| record(table, row, &names)).collect())
}

/// What finds the rows.
struct About {
    /// The inner number of what is asked about.
    id: i64,
    /// The word that finds the rest.
    word: String,
    /// Under which a person's address would be remembered as dead; empty where no address is asked about.
    dead: String,
}

fn found(tx: &mut ReadTx<'_>, asked: &Asked) -> Result<About, Error> {
    let about = |id, word| About { id, word, dead: String::new() };
    match asked.kind {
        Subject::Person => Ok(About { dead: dead(tx, &asked.id)?, ..about(0, asked.id.clone()) }),
        Subject::Item => {
            let (slug, number) = asked.item().ok_or(Error::NotFound)?;
            let id: i64 = recommendation::table
                .inner_join(inquiry::table)
                .filter(inquiry::slug.eq(slug).and(recommendation::number.eq(number)))
                .select(recommendation::id)
                .first(tx.conn)?;
            Ok(about(id, address::recommendation(slug, number)))
        }
        Subject::Body => {
            let id: i64 = body::table.filter(body::slug.eq(&asked.id)).select(body::id).first(tx.conn)?;
            Ok(about(id, asked.id.clone()))
        }
    }
}

/// What an address is remembered under, should mail to it have come back: it can be made from the address, not the address
/// from it. The address is the word that was asked with, or that of the person whom the word names.
fn dead(tx: &mut ReadTx<'_>, word: &str) -> Result<String, Error> {
    let Some(secret) = setting::kept_secret(tx)? else { return Ok(String::new()) };
    let of_person = person::table.filter(person::reference.eq(word)).select(person::email);
    let mut typed: Option<String> = of_person.first(tx.conn).optional()?;
    if typed.is_none() {
        let of_contact = contact::table.filter(contact::reference.eq(word)).select(contact::email);
        typed = of_contact.first::<Option<String>>(tx.conn).optional()?.flatten();
    }
    let address = typed.as_deref().unwrap_or(word).parse::<Email>().ok();
    Ok(address.map(|address| suppression::key(&secret, &address)).unwrap_or_default())
}

const NOTHING: &str = "select id from about where 1 = 0";

/// The sets that tables are tied to, as the beginning of each statement.
fn roots(kind: Subject) -> String {
    let mut sets: Vec<(&str, &str)> = vec![
        ("about (id, word, dead)", "select cast($1 as bigint), cast($2 as text), cast($3 as text)"),
        ("r_dead_address", "select dead as id from about"),
    ];
    match kind {
        Subject::Person => sets.extend([
            ("r_person", "select person.id from person, about where person.email = word or person.reference = word"),
            ("r_contact", "select contact.id from contact, about where contact.email = word or contact.reference = word"),
            (
                "r_email",
                "select word as email from about union select email from person where id in (select id from r_person) \
                 union select email from contact where email is not null and id in (select id from r_contact)",
            ),
            (
                "r_outbox",
                "select id from outbox where email in (select email from r_email) \
                 or person_id in (select id from r_person)",
            ),
            ("r_complaint", "select id from complaint where email in (select email from r_email)"),
            ("r_subscriber", "select id from subscriber where email in (select email from r_email)"),
            ("r_filing", "select id from filing where author_id in (select id from r_person)"),
            ("r_chase", "select id from chase where contact_id in (select id from r_contact)"),
            ("r_hold", NOTHING),
            ("r_held_in", NOTHING),
            ("r_recommendation", NOTHING),
            ("r_addressee", NOTHING),
            ("r_inquiry", NOTHING),
            ("r_body", NOTHING),
            ("r_redaction", NOTHING),
        ]),
        Subject::Item => sets.extend([
            // Who follows it by mail is nobody's business but theirs.
            ("r_subscriber", NOTHING),
            ("r_person", NOTHING),
            ("r_contact", NOTHING),
            ("r_body", NOTHING),
            (
                "r_recommendation",
                "select id from recommendation where id in (select id from about) \
                 or parent_id in (select id from about)",
            ),
            (
                "r_inquiry",
                "select inquiry_id as id from recommendation where id in (select id from about)",
            ),
            // Another item's hold is not about this one, though it names the same inquiry.
            (
                "r_hold",
                "select id from hold where recommendation_id in (select id from r_recommendation) \
                 or (recommendation_id is null and (inquiry_id is null or inquiry_id in (select id from r_inquiry)))",
            ),
            ("r_held_in", "select seq as id from hold where id in (select id from r_hold)"),
            ("r_addressee", "select id from addressee where recommendation_id in (select id from r_recommendation)"),
            ("r_filing", "select id from filing where recommendation_id in (select id from r_recommendation)"),
            ("r_outbox", REMINDED),
            ("r_chase", "select chase_id as id from chase_item where addressee_id in (select id from r_addressee)"),
            (
                "r_complaint",
                "select complaint.id from complaint, about where page = word or page = word || '.json' \
                 or substr(page, 1, length(word) + 1) = word || '/'",
            ),
            ("r_redaction", REDACTED),
        ]),
        Subject::Body => sets.extend([
            // Who follows it by mail is nobody's business but theirs.
            ("r_subscriber", NOTHING),
            ("r_person", NOTHING),
            ("r_contact", NOTHING),
            ("r_recommendation", NOTHING),
            ("r_inquiry", NOTHING),
            ("r_body", "select id from about"),
            ("r_hold", NOTHING),
            ("r_held_in", NOTHING),
            ("r_addressee", "select id from addressee where body_id in (select id from about) or answerer_id in (select id from about)"),
            ("r_filing", "select id from filing where addressee_id in (select id from r_addressee)"),
            (
                "r_outbox",
                "select id from outbox where person_id in (select person.id from person, about where body_id = about.id) \
                 union select outbox_id from reminded where addressee_id in (select id from r_addressee)",
            ),
            ("r_chase", "select id from chase where body_id in (select id from about)"),
            // A slug holds no sign that `like` knows.
            (
                "r_complaint",
                "select complaint.id from complaint, about where page like '%/' || word or page like '%/' || word || '.json'",
            ),
            ("r_redaction", REDACTED),
        ]),
    }
    let sets: Vec<String> = sets.into_iter().map(|(name, rows)| format!("{name} as ({rows})")).collect();
    format!("with {}", sets.join(", "))
}

const REMINDED: &str = "select outbox_id as id from reminded where addressee_id in (select id from r_addressee)";

/// The removals of what is tied to the answers or to the recommendation, whichever of the two is asked about.
const REDACTED: &str = "select id from redaction where \
    (subject = 'update' and row_id in (select id from fact_update where addressee_id in (select id from r_addressee))) or \
    (subject = 'deadline' and row_id in (select id from deadline where addressee_id in (select id from r_addressee))) or \
    (subject = 'wording' and row_id in \
        (select id from wording where recommendation_id in (select id from r_recommendation))) or \
    (subject = 'evidence' and row_id in \
        (select id from evidence where addressee_id in (select id from r_addressee))) or \
    (subject = 'agreement' and row_id in \
        (select id from agreement where addressee_id in (select id from r_addressee))) or \
    (subject = 'mark' and row_id in (select id from mark where addressee_id in (select id from r_addressee))) or \
    (subject = 'outside' and row_id in \
        (select id from outside_finding where addressee_id in (select id from r_addressee))) or \
    (subject = 'report' and row_id in (select id from report where body_id in (select id from r_body))) or \
    (subject = 'coverage' and row_id in (select id from coverage where body_id in (select id from r_body) \
        or inquiry_id in (select id from r_inquiry))) or \
    (subject = 'event' and row_id in (select id from inquiry_event where body_id in (select id from r_body))) or \
    (subject = 'body' and row_id in (select id from body_text where body_id in (select id from r_body))) or \
    (subject = 'remark' and row_id in (select id from remark where addressee_id in (select id from r_addressee) \
        or recommendation_id in (select id from r_recommendation))) or \
    (subject = 'change' and row_id in (select seq from change where addressee_id in (select id from r_addressee) \
        or recommendation_id in (select id from r_recommendation) or body_id in (select id from r_body) \
        or seq in (select id from r_held_in)))";

/// A row as it is kept.
struct Row {
    values: Map<String, Value>,
    /// The day of its change, for what is published.
    day: Option<String>,
}

#[derive(QueryableByName)]
struct Read {
    #[diesel(sql_type = Text)]
    held: String,
    #[diesel(sql_type = Nullable<Text>)]
    day: Option<String>,
}

/// The columns of each table; read on SQLite alone, for PostgreSQL makes a whole row into JSON by itself.
fn columns(tx: &mut ReadTx<'_>) -> Result<BTreeMap<String, Vec<String>>, Error> {
    #[derive(QueryableByName)]
    struct Column {
        #[diesel(sql_type = Text)]
        owner: String,
        #[diesel(sql_type = Text)]
        name: String,
    }
    let Conn::Sqlite(inner) = &mut *tx.conn else { return Ok(BTreeMap::new()) };
    let query = "select t.name as owner, c.name as name from sqlite_master t join pragma_table_info(t.name) c \
                 where t.type = 'table' order by t.name, c.cid";
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Column { owner, name } in diesel::sql_query(query).load::<Column>(inner)? {
        found.entry(owner).or_default().push(name);
    }
    Ok(found)
}

fn rows_of(
    tx: &mut ReadTx<'_>,
    table: &Table,
    roots: &str,
    columns: Option<&Vec<String>>,
    about: &About,
) -> Result<Vec<Row>, Error> {
    let held = match columns {
        None => "row_to_json(t)::text".to_owned(),
        Some(columns) => {
            let given = columns.iter().filter(|column| !table.never.contains(&column.as_str()));
            let pairs: Vec<String> = given.map(|column| format!("'{column}', t.{column}")).collect();
            format!("json_object({})", pairs.join(", "))
        }
    };
    let day = if table.dates.contains(&"seq") {
        "(select published.day from change published where published.seq = t.seq)"
    } else {
        "cast(null as text)"
    };
    let ties: Vec<String> =
        table.ties.iter().map(|(root, column)| format!("t.{column} in (select id from {})", root.set())).collect();
    let order = if table.name == "change" { "seq" } else { table.key() };
    let query = format!(
        "{roots} select {held} as held, {day} as day from {} t where {} order by t.{order}",
        table.name,
        ties.join(" or ")
    );
    let read: Vec<Read> = each!(&mut *tx.conn, inner => {
        diesel::sql_query(query).bind::<BigInt, _>(about.id).bind::<Text, _>(&about.word).bind::<Text, _>(&about.dead).load::<Read>(inner)
    })?;
    read.into_iter().map(|read| row(table, read)).collect()
}

fn row(table: &Table, read: Read) -> Result<Row, Error> {
    let value: Value = serde_json::from_str(&read.held).map_err(|fault| Error::Failed(fault.to_string()))?;
    let Value::Object(mut values) = value else { return Err(Error::Failed("a row is no object".to_owned())) };
    values.retain(|name, _| !table.never.contains(&name.as_str()));
    for (name, value) in &mut values {
        tidy(name, value);
    }
    Ok(Row { values, day: read.day })
}

/// What SQLite keeps as 0 and 1 is yes or no, as PostgreSQL says it; what is kept as JSON is JSON. A one-time link in a letter
/// is left out.
fn tidy(name: &str, value: &mut Value) {
    const YES_OR_NO: [&str; 6] = ["present", "done", "gap", "own_references", "own_reference", "nil"];
    match value {
        Value::Number(number) if YES_OR_NO.contains(&name) => *value = Value::Bool(number.as_i64() != Some(0)),
        Value::String(text) if name == "letter" => {
            let letter: Option<Letter> = serde_json::from_str(text).unwrap_or_default();
            *value = serde_json::to_value(letter.map(masked)).unwrap_or_default();
        }
        Value::String(text) if name == "proposal" || name == "counts_in_source" => {
            if let Ok(parsed) = serde_json::from_str(text) {
                *value = parsed;
            }
        }
        _ => {}
    }
}

impl Table {
    /// The column that rows are ordered by.
    fn key(&self) -> &'static str {
        match self.name {
            "receipt" | "setting" | "suppression" => self.dates.first().copied().unwrap_or("id"),
            _ => "id",
        }
    }
}

fn dates(table: &Table, row: &Row) -> Vec<String> {
    let kept = table.dates.iter().filter_map(|column| match *column {
        "seq" => row.day.clone(),
        column => row.values.get(column).and_then(Value::as_str).map(str::to_owned),
    });
    kept.collect()
}

/// What stays in sight of a record whose words are withheld.
const STAYS: [&str; 14] = [
    "seq",
    "at",
    "day",
    "kind",
    "role",
    "fact",
    "value",
    "happened_on",
    "precision",
    "body_id",
    "inquiry_id",
    "recommendation_id",
    "addressee_id",
    "closure",
];

fn reader(table: &Table, row: &Row, name: &str) -> Reader {
    let withheld = row.values.get("withheld").is_some_and(|seq| !seq.is_null());
    let public = table.public.contains(&name) && (!withheld || STAYS.contains(&name));
    if public { Reader::Public } else { Reader::Private }
}

fn record(table: &Table, row: &Row, names: &Names) -> Record {
    let fields: Vec<Field> = row
        .values
        .iter()
        .map(|(name, value)| Field {
            name: name.clone(),
            value: value.clone(),
            means: names.of(table.name, name, value),
            reader: reader(table, row, name),
        })
        .collect();
    Record { line: line(table, &fields), table: table.name, dates: dates(table, row), fields }
}

/// The sentence of a record.
fn line(table: &Table, fields: &[Field]) -> String {
    let mut said = table.line.to_owned();
    for field in fields {
        let place = format!("{{{}}}", field.name);
        if said.contains(&place) {
            let plain = match &field.value {
                Value::String(text) if text.contains(' ') || text.contains('@') || text.starts_with('/') => {
                    text.clone()
                }
                Value::String(text) => text.replace('_', " "),
                Value::Null => "not recorded".to_owned(),
                other => other.to_string(),
            };
            said = said.replace(&place, field.means.as_deref().unwrap_or(&plain));
        }
    }
    if !said.ends_with('.') {
        said.push('.');
    }
    said
}

#[cfg(test)]
mod tests;
