//! Reading a staff form: strings become domain types, and every fault is noted at its field.
//!
//! ```ignore
//! let mut read = Reading::of(&sent);
//! let value = read.choice::<Response>("value", "Choose what the body answered");
//! let words = read.words("words", "What it said");
//! let happened = read.happened("happened");
//! let act = read.told_to(act);            // the deed says every fault at once, these and its own
//! ```

use std::str::FromStr;

use jiff::civil::Date;

use super::form_sent::Sent;
use crate::domain::licence::{Licence, Rights};
use crate::domain::link::web_address;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::problem::Problems;
use crate::domain::text::{KIND_LIMIT, Slug, TITLE_LIMIT, WORDS_LIMIT, tidy};
use crate::service::Act;

/// A form being read, and the faults found so far.
#[derive(Debug)]
pub struct Reading<'a> {
    sent: &'a Sent,
    /// Every fault so far.
    pub problems: Problems,
}

impl<'a> Reading<'a> {
    /// Nothing read yet, nothing wrong yet.
    #[must_use]
    pub const fn of(sent: &'a Sent) -> Self {
        Self { sent, problems: Problems::none() }
    }

    /// Several lines; `what` names the field, as in "Reason".
    pub fn words(&mut self, name: &str, what: &str) -> Option<String> {
        self.text(name, what, WORDS_LIMIT)
    }

    /// One line.
    pub fn line(&mut self, name: &str, what: &str) -> Option<String> {
        self.text(name, what, TITLE_LIMIT)
    }

    /// A kind or a name in a few words.
    pub fn word(&mut self, name: &str, what: &str) -> Option<String> {
        self.text(name, what, KIND_LIMIT)
    }

    /// A part of an address; nothing where nothing was entered.
    pub fn slug(&mut self, name: &str) -> Option<Slug> {
        let given = self.sent.get(name).trim();
        if given.is_empty() { None } else { self.problems.take(name, given.parse()) }
    }

    fn text(&mut self, name: &str, what: &str, limit: usize) -> Option<String> {
        self.problems.take(name, tidy(self.sent.get(name), what, limit)).flatten()
    }

    /// The address of a source.
    pub fn link(&mut self, name: &str) -> Option<String> {
        self.problems.take(name, web_address(self.sent.get(name))).flatten()
    }

    /// One of a closed vocabulary; `ask` is the sentence for one that was not chosen, or never stood on the page.
    pub fn choice<T: FromStr>(&mut self, name: &str, ask: &str) -> Option<T> {
        let chosen = self.sent.get(name).parse().ok();
        if chosen.is_none() {
            self.problems.add(name, ask);
        }
        chosen
    }

    /// One of a closed vocabulary where one was chosen.
    pub fn chosen<T: FromStr>(&self, name: &str) -> Option<T> {
        self.sent.get(name).parse().ok()
    }

    /// The parts of addresses of what was ticked; `ask` is the sentence for what is none.
    pub fn slugs(&mut self, name: &str, ask: &str) -> Vec<Slug> {
        let all: Vec<Option<Slug>> = self.sent.all(name).into_iter().map(|value| value.parse().ok()).collect();
        if all.iter().any(Option::is_none) {
            self.problems.add(name, ask);
        }
        all.into_iter().flatten().collect()
    }

    /// A whole number; nothing where nothing was entered.
    pub fn number(&mut self, name: &str, ask: &str) -> Option<i64> {
        let given = self.sent.get(name).trim();
        if given.is_empty() {
            return None;
        }
        let number = given.parse().ok();
        if number.is_none() {
            self.problems.add(name, ask);
        }
        number
    }

    /// A day in three boxes; nothing where all are empty.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        let [day, month, year] = ["day", "month", "year"].map(|part| self.sent.get(&format!("{name}_{part}")).trim());
        match day_of(day, month, year) {
            Ok(day) => day,
            Err(sentence) => {
                self.problems.add(name, sentence);
                None
            }
        }
    }

    /// A day and how exactly it is known.
    pub fn happened(&mut self, name: &str) -> Happened {
        let precision = self.sent.get(&format!("{name}_precision")).parse().unwrap_or(Precision::On);
        let day = self.day(name);
        if day.is_some() && precision == Precision::Unknown {
            self.problems.add(name, "Clear the date, or choose how exact it is");
        }
        Happened::new(day, precision)
    }

    /// The same where it must be said that a day is not known: nothing entered is a fault.
    pub fn happened_or_said(&mut self, name: &str) -> Happened {
        let chosen = self.sent.get(&format!("{name}_precision"));
        let happened = self.happened(name);
        if happened.day.is_none() && chosen != Precision::Unknown.as_str() && self.problems.at(name).is_none() {
            self.problems.add(name, "Enter the date, or choose below that it is not known");
        }
        happened
    }

    /// In which language words are and under which licence; where a form does not ask, nobody has said so.
    pub fn rights(&mut self) -> Rights {
        let asked = |name: &str| !self.sent.get(name).is_empty();
        let (language, licence) = (asked("language"), asked("licence"));
        Rights {
            language: if language { self.choice("language", "Choose the language of the words") } else { None },
            licence: if licence { self.choice("licence", "Choose the licence of the words") } else { None },
        }
    }

    /// The same of words of a body, which are never the operator's own.
    pub fn rights_of_body(&mut self) -> Rights {
        let rights = self.rights();
        if rights.licence.is_some_and(|licence| !Licence::OF_BODIES.contains(&licence)) {
            self.problems.add("licence", "Choose the licence of the words");
        }
        rights
    }

    /// What was found wrong, for the deed to say together with what it finds.
    #[must_use]
    pub fn told_to(self, act: Act) -> Act {
        Act { faults: self.problems, ..act }
    }
}

fn day_of(day: &str, month: &str, year: &str) -> Result<Option<Day>, &'static str> {
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return Ok(None);
    }
    let number = |part: &str| if part.len() <= 4 { part.parse::<i16>().ok() } else { None };
    match (number(day), number(month), number(year)) {
        (Some(_), Some(_), Some(year)) if !(1000..=9999).contains(&year) => Err("Enter the year with four digits"),
        (Some(day), Some(month), Some(year)) => {
            let small = |part: i16| i8::try_from(part).ok();
            let date = small(day).zip(small(month)).and_then(|(day, month)| Date::new(year, month, day).ok());
            date.map(|date| Some(Day::new(date))).ok_or("There is no such day; check day, month and year")
        }
        _ => Err("Enter day, month and year as numbers, for example 27 3 2027"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::response::Response;

    fn sent(form: &str) -> Sent {
        serde_html_form::from_str(form).unwrap()
    }

    #[test]
    fn every_fault_is_found_at_once() {
        let long = "a".repeat(10_000);
        let sent =
            sent(&format!("title={long}&link=javascript:x&on_day=31&on_month=2&on_year=2027&value=maybe&months=six"));
        let mut read = Reading::of(&sent);
        read.line("title", "Title");
        read.link("link");
        read.day("on");
        read.choice::<Response>("value", "Choose what the body answered");
        read.number("months", "Enter a number of months");
        let fields: Vec<_> = read.problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["title", "link", "on", "value", "months"]);
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        assert_eq!(day_of("", "", ""), Ok(None));
        assert_eq!(day_of("3", "09", "2014"), Ok(Some("2014-09-03".parse().unwrap())));
        for (day, month, year) in [
            ("31", "2", "2027"),
            ("0", "1", "2027"),
            ("1", "1", "27"),
            ("1", "", "2027"),
            ("x", "1", "2027"),
            ("1", "1", "99999"),
        ] {
            assert!(day_of(day, month, year).is_err(), "{day} {month} {year}");
        }
    }

    #[test]
    fn that_a_date_is_not_known_is_said_and_never_guessed() {
        for (form, faults) in [
            ("happened_precision=not_known", 0),
            ("happened_precision=on", 1),
            ("", 1),
            ("happened_day=40&happened_month=1&happened_year=2027&happened_precision=on", 1),
        ] {
            let of = sent(form);
            let mut read = Reading::of(&of);
            assert_eq!(read.happened_or_said("happened"), Happened::UNKNOWN, "{form}");
            assert_eq!(read.problems.iter().count(), faults, "{form}");
        }
    }

    #[test]
    fn a_date_that_is_not_known_has_no_day() {
        let of = sent("happened_day=3&happened_month=9&happened_year=2014&happened_precision=not_known");
        let mut read = Reading::of(&of);
        assert_eq!(read.happened("happened"), Happened::UNKNOWN);
        assert!(read.problems.at("happened").is_some());
    }
}
