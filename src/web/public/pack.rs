//! The register to take away: both tables, the same as JSON, what each column means, and the licence; as files in a folder
//! or in an archive. Read page by page from one snapshot, so that a large register takes no more memory than a small one.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::columns::{self, Column};
use super::data::Maker;
use super::ground::{self, Ground};
use super::search::Ask;
use crate::domain::id::Seq;
use crate::domain::licence::DataLicence;
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::page::Cursor;
use crate::store::search::{Errors, Filter, Sort};
use crate::store::setting::{self, Service};
use crate::store::{self, ReadTx, addressee, detail, family, hold, inquiry, ledger, part};
use crate::web::error::Error;

/// How many recommendations are read at once: few enough that the updates of all bodies asked, four for each, fit into one
/// statement of SQLite, which holds 32,766 values, for up to eighty bodies.
const SIZE: usize = 100;

/// Which recommendations, and how they are written.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What was typed to search for.
    pub words: String,
    /// The filters; all of one and the same answer.
    pub filter: Filter,
    /// The order.
    pub sort: Sort,
    /// The day that it is.
    pub today: Day,
    /// The address that readers use, before every path.
    pub base: String,
    /// The name of the register.
    pub name: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The last change that is in it.
    pub seq: Seq,
    /// Each file with the number of its rows, where it has rows.
    pub files: Vec<(&'static str, Option<u64>)>,
    /// Whether any of it is about what nobody has compared with a source.
    pub has_warnings: bool,
}

/// Where files are put.
pub trait Shelf {
    /// Puts one file there; `write` fills it.
    ///
    /// # Errors
    /// When it cannot be written.
    fn put(&mut self, name: &str, write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>) -> Result<(), Error>;
}

/// Which of the two units a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// One row for each recommendation.
    Recommendations,
    /// One row for each body that one was put to.
    Answers,
}

impl Unit {
    const fn file(self) -> &'static str {
        match self {
            Self::Recommendations => "recommendations.csv",
            Self::Answers => "answers.csv",
        }
    }

    fn columns(self) -> Vec<Column> {
        match self {
            Self::Recommendations => columns::of_recommendations(),
            Self::Answers => columns::of_answers(),
        }
    }
}

/// Writes everything that belongs to a choice.
///
/// # Errors
/// When the database fails, or a file cannot be written.
pub fn write(tx: &mut ReadTx<'_>, choice: &Choice, shelf: &mut dyn Shelf) -> Result<Written, Error> {
    let seq = ledger::newest(tx)?;
    let service = setting::in_service(tx)?;
    let mut written = Written { seq, files: Vec::new(), has_warnings: false };
    for unit in [Unit::Recommendations, Unit::Answers] {
        let mut rows = 0;
        shelf.put(unit.file(), &mut |out| {
            let (number, has_warnings) = table(tx, choice, unit, out)?;
            rows = number;
            written.has_warnings |= has_warnings;
            Ok(())
        })?;
        written.files.push((unit.file(), Some(rows)));
    }
    let mut rows = 0;
    shelf.put("recommendations.json", &mut |out| {
        rows = list(tx, choice, seq, &service, out)?;
        Ok(())
    })?;
    written.files.push(("recommendations.json", Some(rows)));
    let rests_on = rests_on(tx, choice)?;
    shelf.put("datapackage.json", &mut |out| whole(out, &package(choice, seq, &service, &rests_on)))?;
    let readme = readme(choice, seq, &service, &rests_on);
    shelf.put("README.txt", &mut |out| Ok(out.write_all(readme.as_bytes())?))?;
    written.files.extend([("datapackage.json", None), ("README.txt", None)]);
    Ok(written)
}

/// What the tables rest on, in sentences: how many the reports count, how many are here and whose words these are, why some are not
/// tracked, and the oldest that nobody has looked at. What was entered in error is in the tables, and in none of these numbers.
fn rests_on(tx: &mut ReadTx<'_>, choice: &Choice) -> Result<Vec<String>, Error> {
    let mut filter = choice.filter.clone();
    // What is among the rest in error is in no number: beside it, nothing is left out.
    if filter.errors == Errors::Among {
        filter.errors = Errors::LeftOut;
    }
    let read = ground::Read::of_ask(tx, &Ask::of(choice.words.clone(), filter))?;
    Ok(Ground::of(&read).sentences(&choice.base))
}

/// Writes one table as CSV (RFC 4180); answers how many rows it has, and whether any carries a warning.
///
/// # Errors
/// When the database fails, or it cannot be written.
pub fn table(tx: &mut ReadTx<'_>, choice: &Choice, unit: Unit, out: &mut dyn Write) -> Result<(u64, bool), Error> {
    let columns = unit.columns();
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    csv.write_record(columns.iter().map(|column| column.name)).map_err(io::Error::from)?;
    let (mut rows, mut has_warnings) = (0, false);
    each(tx, choice, |one, answers| {
        has_warnings |= one["warning"].is_string();
        let mut put = |mut row: Value| {
            // Read away from its page, a title says itself that nobody compared it.
            if let (Some(title), Some(warning)) = (row["title"].as_str(), row["warning"].as_str()) {
                row["title"] = Value::String(format!("[{warning}] {title}"));
            }
            rows += 1;
            csv.write_record(columns::row(&columns, &row)).map_err(io::Error::from)
        };
        match unit {
            Unit::Recommendations => put(one)?,
            Unit::Answers => answers.into_iter().try_for_each(put)?,
        }
        Ok(())
    })?;
    csv.flush()?;
    Ok((rows, has_warnings))
}

/// Writes the recommendations as JSON, item after item.
fn list(tx: &mut ReadTx<'_>, choice: &Choice, seq: Seq, service: &Service, out: &mut dyn Write) -> Result<u64, Error> {
    let head = json!({
        "notice": service.operator.is_none().then_some(words::NOT_IN_SERVICE),
        "licence": service.licence.map(words::data_licence),
        "as_of_change": seq.0,
        "written_on": choice.today,
    });
    let head = head.to_string();
    write!(out, "{},\n\"items\": [", head.trim_end_matches('}'))?;
    let mut rows = 0;
    each(tx, choice, |one, _| {
        out.write_all(if rows == 0 { b"\n" } else { b",\n" })?;
        rows += 1;
        Ok(out.write_all(one.to_string().as_bytes())?)
    })?;
    out.write_all(b"\n]}\n")?;
    Ok(rows)
}

/// Reads the choice page by page, and hands each recommendation over as data, with those of its answers that fit.
fn each(
    tx: &mut ReadTx<'_>,
    choice: &Choice,
    mut take: impl FnMut(Value, Vec<Value>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut after: Option<Cursor<3>> = None;
    let found = store::search::all(tx, &choice.words, &choice.filter, choice.sort, choice.today)?;
    let mut found = found.map(|ids| ids.into_iter().peekable());
    loop {
        let items = match &mut found {
            Some(left) => store::search::these(tx, left.by_ref().take(SIZE).collect())?,
            None => {
                let page = store::search::page(tx, &choice.filter, choice.sort, choice.today, after, SIZE)?;
                after = page.next;
                page.items
            }
        };
        let is_more = found.as_mut().map_or(after.is_some(), |left| left.peek().is_some());
        let ids: Vec<_> = items.iter().map(|one| one.id).collect();
        let fitting = store::search::fitting(tx, &choice.filter, choice.today, &ids)?;
        let families = family::of(tx, &ids)?;
        let answers = addressee::of_recommendations(tx, part::with_parts(&items))?;
        let all: Vec<_> = answers.values().flatten().cloned().collect();
        let details = detail::of(tx, &all)?;
        let inquiries = inquiry::published(tx, items.iter().map(|one| one.inquiry.id).collect())?;
        let in_force = hold::InForce::read(tx)?;
        let maker = Maker { base: &choice.base, details: &details, in_force, families, today: choice.today };
        for one in &items {
            let put = answers.get(&one.id).map_or(&[][..], Vec::as_slice);
            let of = inquiries.get(&one.inquiry.id);
            let own = of.is_some_and(|inquiry| inquiry.own_references);
            let data = value(&maker.recommendation(one, own, of.and_then(|inquiry| inquiry.made_on), &answers))?;
            let fit = put.iter().filter(|answer| fitting.contains(&answer.id));
            take(data, fit.map(|answer| value(&maker.asked(one, answer))).collect::<Result<_, _>>()?)?;
        }
        if !is_more {
            return Ok(());
        }
    }
}

fn value(data: &impl serde::Serialize) -> Result<Value, Error> {
    serde_json::to_value(data).map_err(|fault| Error::Failed(fault.to_string()))
}

fn whole(out: &mut dyn Write, data: &Value) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(data).map_err(|fault| Error::Failed(fault.to_string()))?;
    Ok(out.write_all(text.as_bytes())?)
}

/// What the files are, for programs: <https://specs.frictionlessdata.io/data-package/>.
fn package(choice: &Choice, seq: Seq, service: &Service, rests_on: &[String]) -> Value {
    let resource = |unit: Unit| {
        json!({
            "name": unit.file().trim_end_matches(".csv"),
            "path": unit.file(),
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": columns::schema(&unit.columns()),
        })
    };
    let json = json!({
        "name": "recommendations-json", "path": "recommendations.json", "format": "json",
        "mediatype": "application/json", "encoding": "utf-8",
        "description": "Each recommendation with all its answers.",
    });
    let mut package = json!({
        "name": "recommendations-and-answers",
        "title": choice.name,
        "description": format!("{} {}", about(service), rests_on.join(" ")).trim_end(),
        "homepage": choice.base,
        "version": seq.0.to_string(),
        "resources": [resource(Unit::Recommendations), resource(Unit::Answers), json],
    });
    if let Some((name, path)) = service.licence.and_then(open_licence) {
        package["licenses"] =
            json!([{ "name": name, "path": path, "title": service.licence.map(words::data_licence) }]);
    }
    package
}

/// A licence by the name and the address that programs know it by; none where all rights are reserved.
#[must_use]
pub const fn open_licence(licence: DataLicence) -> Option<(&'static str, &'static str)> {
    match licence {
        DataLicence::OpenGovernment => {
            Some(("OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"))
        }
        DataLicence::Attribution => Some(("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")),
        DataLicence::Zero => Some(("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/")),
        DataLicence::Reserved => None,
    }
}

/// Who answers for it, and what may be done with it.
fn about(service: &Service) -> String {
    let who = service.operator.as_ref().map_or_else(
        || format!("{}.", words::NOT_IN_SERVICE),
        |operator| format!("{} runs this register.", operator.name),
    );
    format!("{who} {}", service.licence.map_or_else(|| words::NO_DATA_LICENCE.to_owned(), words::data_licence_is))
}

/// What the files are, for people.
fn readme(choice: &Choice, seq: Seq, service: &Service, rests_on: &[String]) -> String {
    let mut text = format!(
        "{}\r\n{}\r\n\r\nAs it stood on {}, with everything up to change {seq}.\r\n{}\r\n\r\n{}\r\n",
        choice.name,
        choice.base,
        words::day(choice.today),
        about(service),
        words::UNITS,
    );
    for said in rests_on {
        text.push_str(&format!("{said}\r\n"));
    }
    for unit in [Unit::Recommendations, Unit::Answers] {
        text.push_str(&format!("\r\n{}\r\n", unit.file()));
        for column in unit.columns() {
            text.push_str(&format!("  {}: {}\r\n", column.name, column.means));
        }
    }
    text.push_str("\r\nrecommendations.json\r\n  Each recommendation with all its answers.\r\n");
    text.push_str("datapackage.json\r\n  The columns and the licence, for programs.\r\n");
    text
}
