//! The parameters of an address. Unknown names are left alone, for others add theirs to shared links; an unknown value of a
//! known name is a 400 that names it, for a page must never seem to show what it was not asked for.

use std::fmt::Display;
use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::web::error::Error;

/// The most letters that a search may have.
const LONGEST: usize = 400;

/// The parameters, and what is wrong with them so far.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pairs: Vec<(String, String)>,
    problems: Problems,
}

impl FromRequest for Query {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let pairs = serde_html_form::from_str(request.query_string());
        ready(pairs.map(|pairs| Self { pairs, problems: Problems::none() }).map_err(|_| Error::Unreadable))
    }
}

impl Query {
    /// The same with these names alone.
    #[must_use]
    pub fn only(mut self, names: &[&str]) -> Self {
        self.pairs.retain(|(name, _)| names.contains(&name.as_str()));
        self
    }

    /// Refuses each of these names that stands in the address more than once: which one is meant?
    pub fn once(&mut self, names: &[&str]) {
        for name in names {
            if self.pairs.iter().filter(|(key, _)| key == name).count() > 1 {
                self.refuse(name, "it is there more than once");
            }
        }
    }

    /// The value of a parameter; an empty one counts as not there, for a form sends its empty fields too.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.given(name).next()
    }

    /// Every value that a parameter is given, in the order of the address.
    fn given(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty())
    }

    /// Refuses a parameter that is given more than one value: which one is meant? Answers whether it is.
    fn stands_twice(&mut self, name: &str) -> bool {
        let twice = self.given(name).count() > 1;
        if twice && self.problems.at(name).is_none() {
            self.refuse(name, words::TWICE);
        }
        twice
    }

    /// What somebody typed to search for.
    pub fn words(&mut self, name: &str) -> String {
        let typed = self.text(name).unwrap_or_default().to_owned();
        if typed.chars().any(|sign| sign.is_control() && !sign.is_whitespace()) {
            self.refuse(name, "the search holds a sign that cannot be searched for. Type it again.");
        } else if typed.chars().count() > LONGEST {
            self.refuse(name, "the search is too long. Use 400 letters or fewer.");
        }
        typed
    }

    /// One value of a closed vocabulary, a slug, a cursor. One that stands there twice is none.
    pub fn one<T>(&mut self, name: &str) -> Option<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        if self.stands_twice(name) {
            return None;
        }
        let parsed = self.text(name)?.parse();
        self.take(name, parsed)
    }

    /// A day. One that stands there twice is none.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        if self.stands_twice(name) {
            return None;
        }
        let parsed = self.text(name)?.parse::<Day>().map_err(|_| words::NO_DAY);
        self.take(name, parsed)
    }

    /// Several values, one after another with commas between.
    pub fn several<T>(&mut self, name: &str) -> Vec<T>
    where
        T: FromStr,
        T::Err: Display,
    {
        let parsed: Vec<_> = self.text(name).into_iter().flat_map(|text| text.split(',')).map(str::parse).collect();
        parsed.into_iter().filter_map(|value| self.take(name, value)).collect()
    }

    /// Notes what is wrong with a parameter.
    pub fn refuse(&mut self, name: &str, why: impl Display) {
        self.problems.add(name, format!("\u{201c}{name}\u{201d} in the address cannot be used: {why}"));
    }

    /// Everything was understood.
    ///
    /// # Errors
    /// A 400 with a sentence for each parameter that was not.
    pub fn finish(self) -> Result<(), Error> {
        self.problems.into_result().map_err(Error::Address)
    }

    /// The value of a result, or a note of its fault.
    pub fn take<T, E: Display>(&mut self, name: &str, parsed: Result<T, E>) -> Option<T> {
        parsed.inspect_err(|fault| self.refuse(name, fault)).ok()
    }
}

/// An address made of a path and parameters; those without a value are left out.
pub fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let given: Vec<&(&str, &str)> = parameters.iter().filter(|(_, value)| !value.is_empty()).collect();
    // Pairs of texts can always be written.
    let query = serde_html_form::to_string(given).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::response::Response;

    fn query(text: &str) -> Query {
        Query { pairs: serde_html_form::from_str(text).unwrap(), problems: Problems::none() }
    }

    #[test]
    fn known_values_are_read_and_unknown_names_left_alone() {
        let mut query = query("response=accepted%2Creplied&fbclid=x&gap=");
        assert_eq!(query.several::<Response>("response"), [Response::Accepted, Response::Replied]);
        assert_eq!(query.text("gap"), None);
        assert!(query.finish().is_ok());
    }

    #[test]
    fn an_unknown_value_is_named() {
        let mut query = query("response=maybe");
        assert_eq!(query.several::<Response>("response"), []);
        let Err(Error::Address(problems)) = query.finish() else { panic!("it was taken") };
        assert!(problems.at("response").unwrap().contains("“response” in the address"));
    }

    #[test]
    fn what_is_given_two_values_has_none() {
        let mut twice = query("sort=accepted&sort=replied&after=&after=replied");
        assert_eq!(twice.one::<Response>("sort"), None);
        assert_eq!(twice.one::<Response>("after"), Some(Response::Replied));
        let Err(Error::Address(problems)) = twice.finish() else { panic!("it was taken") };
        assert!(problems.at("sort").unwrap().contains("more than once"));
        assert!(problems.at("after").is_none());
        // Said once.
        let mut said = query("sort=accepted&sort=replied");
        said.once(&["sort"]);
        assert_eq!(said.one::<Response>("sort"), None);
        let Err(Error::Address(problems)) = said.finish() else { panic!("it was taken") };
        assert_eq!(problems.iter().count(), 1);
    }

    #[test]
    fn a_search_is_bounded_and_plain() {
        let mut long = query(&format!("q={}", "a".repeat(401)));
        long.words("q");
        assert!(long.finish().is_err());
        let mut nul = query("q=a%00b");
        nul.words("q");
        assert!(nul.finish().is_err());
    }

    #[test]
    fn addresses_leave_out_what_is_empty() {
        assert_eq!(address("/recommendations", &[("q", ""), ("body", "a b")]), "/recommendations?body=a+b");
        assert_eq!(address("/recommendations", &[]), "/recommendations");
    }
}
