//! Takes the text apart, table by table, so that a slip in one table hides no fault of the others.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::place::{Faults, Known, short};
use super::raw;
use crate::domain::part;

/// A file's tables, as far as they could be read, and every name that they declare, read or not.
pub struct Tables {
    pub bodies: Vec<raw::Body>,
    pub inquiries: Vec<InquiryTables>,
    pub links: Vec<raw::Link>,
    /// The slug of every body, so that a slip in one body's table is one fault and not one for each mention.
    pub body_slugs: Known,
}

/// One inquiry's tables.
pub struct InquiryTables {
    pub slug: String,
    /// Absent where the inquiry's own table has a slip.
    pub inquiry: Option<raw::Inquiry>,
    pub recommendations: Vec<raw::Recommendation>,
    /// Whether every recommendation could be read.
    pub whole: bool,
    /// The number of every recommendation.
    pub numbers: Known,
}

type Table<'t> = Spanned<DeValue<'t>>;

/// The tables; nothing where the text is not TOML.
pub fn read(text: &str, faults: &mut Faults<'_>) -> Option<Tables> {
    let (root, slips) = DeTable::parse_recoverable(text);
    let broken = !slips.is_empty();
    for slip in slips {
        note(&slip, &(0..0), "", faults);
    }
    if broken {
        return None;
    }
    let span = root.span();
    let mut root = root.into_inner();
    let bodies = take(&mut root, "body", faults);
    let inquiries = take(&mut root, "inquiry", faults);
    let links = take(&mut root, "link", faults);
    for (name, _) in root.iter() {
        let sentence = format!(
            "There is no \u{201c}{}\u{201d} in a register file; known are: body, inquiry, link",
            name.get_ref()
        );
        faults.at(&name.span(), "", sentence);
    }
    if inquiries.is_empty() {
        faults.at(&span, "", "There is no [[inquiry]] in this file");
    }
    let body_slugs = bodies.iter().filter_map(|body| text_in(body, "slug")).collect();
    Some(Tables {
        bodies: bodies.into_iter().filter_map(|body| table(body, "body", "slug", "", faults)).collect(),
        inquiries: inquiries.into_iter().map(|inquiry| inquiry_tables(inquiry, faults)).collect(),
        links: links.into_iter().filter_map(|link| table(link, "link", "kind", "", faults)).collect(),
        body_slugs,
    })
}

fn inquiry_tables(mut inquiry: Table<'_>, faults: &mut Faults<'_>) -> InquiryTables {
    let slug = text_in(&inquiry, "slug").unwrap_or_else(|| "?".to_owned());
    let recommendations = match inquiry.get_mut() {
        DeValue::Table(inner) => take(inner, "recommendation", faults),
        _ => Vec::new(),
    };
    let numbers = recommendations.iter().flat_map(numbers).collect();
    let there = recommendations.len();
    let of = format!(" of {slug}");
    let recommendations: Vec<_> =
        recommendations.into_iter().filter_map(|item| table(item, "recommendation", "number", &of, faults)).collect();
    InquiryTables {
        inquiry: table(inquiry, "inquiry", "slug", "", faults),
        whole: recommendations.len() == there,
        recommendations,
        numbers,
        slug,
    }
}

/// The number of a recommendation and those of its parts.
fn numbers(item: &Table<'_>) -> Vec<String> {
    let Some(number) = text_in(item, "number") else { return Vec::new() };
    let parts = item.get_ref().as_table().and_then(|table| table.get("part")?.get_ref().as_array());
    let letters = parts.into_iter().flat_map(|parts| parts.iter()).filter_map(|part| text_in(part, "letter"));
    let of_parts: Vec<String> = letters.filter_map(|letter| part::number(&number, &letter).ok()).collect();
    std::iter::once(number).chain(of_parts).collect()
}

/// Takes a list of tables out of a table.
fn take<'t>(from: &mut DeTable<'t>, name: &str, faults: &mut Faults<'_>) -> Vec<Table<'t>> {
    let Some(value) = from.remove(name) else { return Vec::new() };
    let span = value.span();
    match value.into_inner() {
        DeValue::Array(tables) => tables.into_iter().collect(),
        _ => {
            faults.at(&span, "", format!("Write [[{name}]] in two pairs of brackets: there may be several"));
            Vec::new()
        }
    }
}

/// Reads one table, or notes its slip under the thing's own name.
fn table<T: DeserializeOwned>(
    from: Table<'_>,
    kind: &str,
    name_key: &str,
    of: &str,
    faults: &mut Faults<'_>,
) -> Option<T> {
    let span = from.span();
    let name = text_in(&from, name_key).map_or_else(String::new, |name| format!(" {}", short(&name)));
    match T::deserialize(ValueDeserializer::from(from)) {
        Ok(read) => Some(read),
        Err(slip) => {
            note(&slip, &span, &format!("{kind}{name}{of}"), faults);
            None
        }
    }
}

fn text_in(table: &Table<'_>, key: &str) -> Option<String> {
    table.get_ref().as_table()?.get(key)?.get_ref().as_str().map(str::to_owned)
}

/// The library's message as a sentence.
fn note(slip: &toml::de::Error, table: &Range<usize>, thing: &str, faults: &mut Faults<'_>) {
    let message = slip.message().trim().replace('\n', "; ");
    let name = message.split('`').nth(1).unwrap_or_default();
    let sentence = if message.starts_with("missing field") {
        format!("\u{201c}{name}\u{201d} is missing here")
    } else if message.starts_with("unknown field") {
        let known = message.split_once(", expected ").map_or("", |(_, known)| known);
        let known = known.trim_start_matches("one of ").replace('`', "");
        format!("There is no \u{201c}{name}\u{201d} here; known are: {known}")
    } else {
        format!("This cannot be read: {message}")
    };
    faults.at(&slip.span().unwrap_or_else(|| table.clone()), thing, sentence);
}
