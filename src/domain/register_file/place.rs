//! Where a fault is: its line, and the thing it belongs to; and the small readers that every thing is read with.

use std::collections::HashSet;
use std::fmt::{self, Display};
use std::ops::Range;
use std::str::FromStr;

use super::raw;
use crate::domain::link;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::problem::Problems;
use crate::domain::text::{Slug, UnknownWord, tidy};

/// Years outside these are slips of the hand.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Names that a file declares, in its order.
#[derive(Debug, Clone, Default)]
pub struct Known {
    listed: Vec<String>,
    names: HashSet<String>,
}

impl Known {
    /// Whether it is one of them.
    pub fn contains(&self, name: &str) -> bool {
        self.names.contains(name)
    }
}

impl Extend<String> for Known {
    fn extend<I: IntoIterator<Item = String>>(&mut self, names: I) {
        for name in names {
            if self.names.insert(name.clone()) {
                self.listed.push(name);
            }
        }
    }
}

impl FromIterator<String> for Known {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        let mut known = Self::default();
        known.extend(names);
        known
    }
}

impl Display for Known {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.listed.is_empty() { out.write_str("none") } else { out.write_str(&self.listed.join(", ")) }
    }
}

/// Every fault found so far.
pub struct Faults<'t> {
    text: &'t str,
    /// Where each begins in the text, in what, and what it is.
    found: Vec<(usize, String, String)>,
}

impl<'t> Faults<'t> {
    pub const fn new(text: &'t str) -> Self {
        Self { text, found: Vec::new() }
    }

    /// Notes a fault at a place of the text, in a thing (`recommendation 4 of ferry`; empty where it is in none).
    pub fn at(&mut self, span: &Range<usize>, thing: &str, sentence: impl Display) {
        self.found.push((span.start, thing.to_owned(), sentence.to_string()));
    }

    /// A view that names one thing.
    pub fn of(&mut self, thing: impl Into<String>) -> Scope<'_, 't> {
        Scope { faults: self, thing: thing.into() }
    }

    /// `Ok` when nothing is wrong; else the faults in the order of the lines.
    pub fn into_result(mut self) -> Result<(), Problems> {
        if self.found.is_empty() {
            return Ok(());
        }
        let ends: Vec<usize> =
            self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        for (place, _, _) in &mut self.found {
            *place = ends.partition_point(|end| *end < *place) + 1;
        }
        self.found.sort_by_key(|(line, _, _)| *line);
        self.found.dedup();
        let mut problems = Problems::none();
        for (line, thing, sentence) in self.found {
            let place = if thing.is_empty() { format!("line {line}") } else { format!("line {line}, {thing}") };
            problems.add(place, sentence);
        }
        problems.into_result()
    }
}

/// The faults of one thing, and how its values are read. Each reader answers nothing where it noted a fault.
pub struct Scope<'f, 't> {
    faults: &'f mut Faults<'t>,
    thing: String,
}

impl Scope<'_, '_> {
    pub fn at(&mut self, span: &Range<usize>, sentence: impl Display) {
        self.faults.at(span, &self.thing, sentence);
    }

    /// A text that must be there, at most `limit` characters long.
    pub fn text(&mut self, given: &raw::Text, what: &str, limit: usize) -> Option<String> {
        match tidy(given.get_ref(), what, limit) {
            Ok(Some(text)) => return Some(text),
            Ok(None) => {
                self.at(&given.span(), format!("{what} is empty: write it, or leave the line out if it may be absent"))
            }
            Err(fault) => self.at(&given.span(), fault),
        }
        None
    }

    /// The same on one line.
    pub fn line(&mut self, given: &raw::Text, what: &str, limit: usize) -> Option<String> {
        let text = self.text(given, what, limit)?;
        if text.contains('\n') {
            self.at(&given.span(), format!("{what} must be one line"));
            return None;
        }
        Some(text)
    }

    /// A word of a closed vocabulary.
    pub fn word<T: FromStr<Err = UnknownWord>>(&mut self, given: &raw::Text) -> Option<T> {
        given.get_ref().parse().map_err(|fault| self.at(&given.span(), fault)).ok()
    }

    /// A part of an address.
    pub fn slug(&mut self, given: &raw::Text) -> Option<Slug> {
        given.get_ref().parse().map_err(|fault| self.at(&given.span(), fault)).ok()
    }

    /// One of the slugs that the file declares.
    pub fn known(&mut self, given: &raw::Text, what: &str, known: &Known) -> Option<Slug> {
        if known.contains(given.get_ref()) {
            return given.get_ref().parse().ok();
        }
        let found = short(given.get_ref());
        self.at(&given.span(), format!("\u{201c}{found}\u{201d} is not {what} of this file; known are: {known}"));
        None
    }

    /// The address of a source.
    pub fn link(&mut self, given: Option<&raw::Text>) -> Option<String> {
        let given = given?;
        link::web_address(given.get_ref()).map_err(|fault| self.at(&given.span(), fault)).ok().flatten()
    }

    /// A calendar day in a year that can be meant.
    pub fn day(&mut self, given: &raw::Date) -> Option<Day> {
        let value = given.get_ref();
        let date = value.date.filter(|_| value.time.is_none() && value.offset.is_none());
        let date = date.and_then(|date| {
            let (year, month, day) = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
            jiff::civil::Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
        });
        match date {
            Some(date) if YEARS.contains(&date.year()) => Some(Day::new(date)),
            Some(date) => {
                self.at(&given.span(), format!("The year {} cannot be meant; check the date", date.year()));
                None
            }
            None => {
                self.at(&given.span(), "Write a day as 2014-09-03, without a time");
                None
            }
        }
    }

    /// A date with its precision; absent where it is not known.
    pub fn happened(&mut self, given: Option<&toml::Spanned<raw::Happened>>) -> Happened {
        let Some(given) = given else { return Happened::UNKNOWN };
        let span = given.span();
        let parts = given.get_ref();
        let day = parts.date.as_ref().map(|date| self.day(date));
        let precision = parts.precision.as_ref().map(|word| self.word::<Precision>(word));
        match (day, precision) {
            (None, None | Some(Some(Precision::Unknown))) => {}
            (Some(Some(day)), Some(Some(precision))) if precision != Precision::Unknown => {
                return Happened::new(Some(day), precision);
            }
            (Some(_), None) => self.at(&span, "Say how well the date is known: precision is on, by or about"),
            (Some(_), Some(Some(Precision::Unknown))) => {
                self.at(&span, "A date that is not known is left out; with a date, precision is on, by or about");
            }
            (None, Some(Some(_))) => self.at(&span, "There is a precision and no date"),
            _ => {}
        }
        Happened::UNKNOWN
    }

    /// Notes a date of an answer or a target that lies before the inquiry was published.
    pub fn not_before(&mut self, day: Option<Day>, published: Option<Day>, span: &Range<usize>, what: &str) {
        if let (Some(day), Some(published)) = (day, published)
            && day < published
        {
            self.at(span, format!("{what} on {day} is before the inquiry was published, on {published}"));
        }
    }
}

/// A word that somebody wrote, short enough for a sentence.
pub fn short(word: &str) -> String {
    word.chars().take(60).collect()
}
