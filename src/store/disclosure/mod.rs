//! Everything held about a person, an item or a body: every row of every table that is tied to it, secrets left out.
//!
//! The tables stand in `tables`; the statements are made from them, so that a new column is given without anybody thinking of
//! it. Names in a statement are the program's own; what was asked for is bound.

mod names;
mod sets;
mod tables;

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::conn::{Conn, each};
use super::schema::{body, body_text, contact, inquiry, person, recommendation};
use super::{Error, ReadTx, setting, suppression};
use crate::domain::address;
use crate::domain::disclosure::{Asked, Between, Field, Reader, Record, Subject};
use crate::domain::email::Email;
use crate::domain::mail::Letter;
use crate::domain::outbox::masked;
use names::Names;
use sets::roots;

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
    if asked.kind == Subject::Body {
        let shared = shared(tx, &roots, &about)?;
        let is_shared = |row: &Row| row.values.get("id").and_then(Value::as_i64).is_some_and(|id| shared.contains(&id));
        for (_, row) in rows.iter_mut().filter(|(table, row)| table.name == "chase" && is_shared(row)) {
            row.values.insert("said".to_owned(), OF_OTHERS.into());
        }
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
            let now: Option<i64> =
                body::table.filter(body::slug.eq(&asked.id)).select(body::id).first(tx.conn).optional()?;
            // No body is ever given an address that another one had.
            let id = match now {
                Some(id) => id,
                None => {
                    body_text::table.filter(body_text::slug.eq(&asked.id)).select(body_text::body_id).first(tx.conn)?
                }
            };
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

/// What stands in the place of what a body before it said of several answers, of which it took over some: the rest is not its own.
const OF_OTHERS: &str = "Left out: it was said of answers of other bodies, too";

/// The times at which a body before it was asked about answers that this one took over, and about others.
fn shared(tx: &mut ReadTx<'_>, roots: &str, about: &About) -> Result<Vec<i64>, Error> {
    #[derive(QueryableByName)]
    struct Shared {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let query = format!(
        "{roots} select chase.id as id from chase where chase.id in (select id from r_chase) \
         and chase.body_id not in (select id from about) \
         and exists (select 1 from chase_item where chase_item.chase_id = chase.id \
         and chase_item.addressee_id not in (select id from r_addressee))"
    );
    let found: Vec<Shared> = each!(&mut *tx.conn, inner => {
        diesel::sql_query(query).bind::<BigInt, _>(about.id).bind::<Text, _>(&about.word).bind::<Text, _>(&about.dead).load::<Shared>(inner)
    })?;
    Ok(found.into_iter().map(|one| one.id).collect())
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
