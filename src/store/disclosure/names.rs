//! What the inner numbers in records stand for: a person's name, a body's slug, an item.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::super::schema::{addressee, body, contact, inquiry, person, recommendation};
use super::super::{Error, ReadTx};

pub(super) const PEOPLE: [&str; 9] = [
    "person_id",
    "author_id",
    "publisher_id",
    "changed_by",
    "proposed_by",
    "decided_by",
    "set_by",
    "begun_by",
    "ended_by",
];
const BODIES: [&str; 12] = [
    "body_id",
    "group_id",
    "answerer_id",
    "from_body_id",
    "to_body_id",
    "set_by_body",
    "voice_body_id",
    "commissioned_by",
    "issued_by",
    "target_set_by",
    "found_by",
    "body",
];
const ITEMS: [&str; 2] = ["recommendation_id", "parent_id"];
const ANSWERS: [&str; 1] = ["addressee_id"];
/// How many numbers are asked for at once.
const AT_ONCE: usize = 5_000;

/// The names of what the records refer to.
#[derive(Default)]
pub struct Names {
    people: BTreeMap<i64, String>,
    contacts: BTreeMap<i64, String>,
    bodies: BTreeMap<i64, String>,
    inquiries: BTreeMap<i64, String>,
    items: BTreeMap<i64, String>,
    answers: BTreeMap<i64, String>,
}

impl Names {
    /// Reads the names of everything that these rows refer to.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read<'a>(tx: &mut ReadTx<'_>, rows: impl Iterator<Item = &'a Map<String, Value>>) -> Result<Self, Error> {
        let mut numbers: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
        for row in rows {
            for (name, value) in row {
                if let Some(number) = value.as_i64() {
                    numbers.entry(name.as_str()).or_default().insert(number);
                }
            }
        }
        let of = |columns: &[&str]| -> Vec<i64> {
            let all = columns.iter().filter_map(|column| numbers.get(column)).flatten();
            all.copied().collect::<BTreeSet<i64>>().into_iter().collect()
        };
        // The row's own number, of whatever table it is, and the two ends of a tie.
        let own = |columns: &[&str]| of(&[columns, &["id", "from_id", "to_id"]].concat());
        let mut names = Self::default();
        for ids in of(&PEOPLE).chunks(AT_ONCE) {
            let found: Vec<(i64, String)> =
                person::table.filter(person::id.eq_any(ids)).select((person::id, person::name)).load(tx.conn)?;
            names.people.extend(found);
        }
        for ids in of(&["contact_id"]).chunks(AT_ONCE) {
            let found: Vec<(i64, String)> =
                contact::table.filter(contact::id.eq_any(ids)).select((contact::id, contact::name)).load(tx.conn)?;
            names.contacts.extend(found);
        }
        for ids in of(&BODIES).chunks(AT_ONCE) {
            let found: Vec<(i64, String)> =
                body::table.filter(body::id.eq_any(ids)).select((body::id, body::name)).load(tx.conn)?;
            names.bodies.extend(found);
        }
        for ids in of(&["inquiry_id"]).chunks(AT_ONCE) {
            let found: Vec<(i64, String)> =
                inquiry::table.filter(inquiry::id.eq_any(ids)).select((inquiry::id, inquiry::slug)).load(tx.conn)?;
            names.inquiries.extend(found);
        }
        for ids in own(&ITEMS).chunks(AT_ONCE) {
            let found: Vec<(i64, String, String)> = recommendation::table
                .inner_join(inquiry::table)
                .filter(recommendation::id.eq_any(ids))
                .select((recommendation::id, inquiry::slug, recommendation::number))
                .load(tx.conn)?;
            names.items.extend(found.into_iter().map(|(id, slug, number)| (id, format!("{slug}/{number}"))));
        }
        for ids in own(&ANSWERS).chunks(AT_ONCE) {
            let found: Vec<(i64, String, String, String)> = addressee::table
                .inner_join(recommendation::table.inner_join(inquiry::table))
                .inner_join(body::table)
                .filter(addressee::id.eq_any(ids))
                .select((addressee::id, inquiry::slug, recommendation::number, body::name))
                .load(tx.conn)?;
            let said =
                found.into_iter().map(|(id, slug, number, body)| (id, format!("{slug}/{number}, put to {body}")));
            names.answers.extend(said);
        }
        Ok(names)
    }

    /// What a number stands for; nothing for a value that is no number of anything.
    pub fn of(&self, table: &str, column: &str, value: &Value) -> Option<String> {
        let number = value.as_i64()?;
        let known = match (table, column) {
            ("recommendation", "id") | ("tie", "from_id" | "to_id") => &self.items,
            ("addressee", "id") => &self.answers,
            (_, column) if PEOPLE.contains(&column) => &self.people,
            (_, column) if BODIES.contains(&column) => &self.bodies,
            (_, column) if ITEMS.contains(&column) => &self.items,
            (_, column) if ANSWERS.contains(&column) => &self.answers,
            (_, "contact_id") => &self.contacts,
            (_, "inquiry_id") => &self.inquiries,
            _ => return None,
        };
        known.get(&number).cloned()
    }
}
