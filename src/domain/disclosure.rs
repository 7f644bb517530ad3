//! Everything held about a person, an item or a body, as one file: for whoever asks under the law what is held about them, and
//! for freedom of information. Which tables it comes from stands in `store::disclosure`.

use std::str::FromStr;

use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

use super::moment::{Day, Moment};
use super::text::text_enum;

text_enum! {
    /// What somebody may ask about.
    pub enum Subject as "kind of thing asked about" {
        /// A person: by their address, or by the reference of their page here.
        Person = "person",
        /// A recommendation: by its inquiry and number.
        Item = "item",
        /// A body: by its slug.
        Body = "body",
    }
}

text_enum! {
    /// Who reads something already.
    pub enum Reader as "reader" {
        /// Everybody, on public pages.
        Public = "public",
        /// Staff alone: look through it before it is handed out.
        Private = "private",
    }
}

/// What is asked about: `person:name@example.org`, `item:INQUIRY/NUMBER`, `body:SLUG`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Of what kind.
    pub kind: Subject,
    /// Which.
    pub id: String,
}

/// A text that names nothing that can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAsked {
    /// Not of one of the three kinds.
    #[error("Write person:EMAIL, item:INQUIRY/NUMBER or body:SLUG")]
    Kind,
    /// A kind, and nothing after it.
    #[error("Enter the email address or reference, the inquiry and number, or the slug")]
    Empty,
    /// An item without an inquiry or without a number.
    #[error("Write the item as INQUIRY/NUMBER, such as ashgrove/2")]
    Item,
}

impl Asked {
    /// Something of a kind.
    ///
    /// # Errors
    /// When nothing can have that name.
    pub fn new(kind: Subject, id: &str) -> Result<Self, NotAsked> {
        let id = id.trim();
        if id.is_empty() {
            return Err(NotAsked::Empty);
        }
        let id = if kind == Subject::Person { id.to_lowercase() } else { id.to_owned() };
        let asked = Self { kind, id };
        if kind == Subject::Item && asked.item().is_none() {
            return Err(NotAsked::Item);
        }
        Ok(asked)
    }

    /// The inquiry and the number of an item.
    #[must_use]
    pub fn item(&self) -> Option<(&str, &str)> {
        self.id.split_once('/').filter(|(inquiry, number)| !inquiry.is_empty() && !number.is_empty())
    }
}

impl FromStr for Asked {
    type Err = NotAsked;

    fn from_str(text: &str) -> Result<Self, NotAsked> {
        let (kind, id) = text.split_once(':').ok_or(NotAsked::Kind)?;
        Self::new(kind.trim().parse().map_err(|_| NotAsked::Kind)?, id)
    }
}

/// Between which days; an end that is missing is open. Both days count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Between {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
}

impl Between {
    /// Whether something that lasted from the first to the last of these days and moments touches it. What has no date says
    /// how things stand now, and is never left out.
    #[must_use]
    pub fn touches(self, dates: &[String], zone: &TimeZone) -> bool {
        let days: Vec<Day> = dates.iter().filter_map(|date| day_of(date, zone)).collect();
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else { return true };
        self.from.is_none_or(|from| *last >= from) && self.to.is_none_or(|to| *first <= to)
    }
}

/// The day of a day or a moment, in the register's zone.
#[must_use]
pub fn day_of(date: &str, zone: &TimeZone) -> Option<Day> {
    date.parse::<Day>().ok().or_else(|| Some(date.parse::<Moment>().ok()?.day_in(zone)))
}

/// One value of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The value as it is kept.
    pub value: Value,
    /// What a number stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// Who reads it already.
    pub reader: Reader,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    /// What it is, in one sentence.
    pub line: String,
    /// The table that it stands in.
    pub table: &'static str,
    /// Its days and moments; none where it says how things stand now.
    pub dates: Vec<String>,
    /// Its values.
    pub fields: Vec<Field>,
}

/// A table of which nothing is given, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The table.
    pub table: &'static str,
    /// Why.
    pub why: &'static str,
}

/// What the file says of itself, for whoever looks through it before it is handed out.
const NOTICE: [&str; 6] = [
    "Fields marked private are read by staff alone. Look through them before this file is handed out: they may be about other people too.",
    "Words that were withheld from the public stand here, marked private. Words that were removed for legal reasons are gone, here too.",
    "What a mail said, sign-ins and the like are kept for a time only: what stands here is what is left.",
    "Passwords, one-time links and the codes that tries are counted under are never given.",
    "Free text elsewhere may name somebody without a link to them: this file does not find it. Search for the name.",
    "Mails that are written into files in the data folder say what the mails in this file say.",
];

/// The file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    /// The kind of thing asked about.
    pub kind: Subject,
    /// Which, as it was asked.
    pub about: String,
    /// The first day, where one was given.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// When the file was made.
    pub made_at: Moment,
    /// The name of the register.
    pub register: String,
    /// What whoever reads it must know.
    pub notice: &'static [&'static str],
    /// How many records there are.
    pub count: usize,
    /// How many of their fields are private.
    pub private_fields: usize,
    /// The records.
    pub records: Vec<Record>,
    /// What is not given.
    pub left_out: &'static [LeftOut],
}

impl Held {
    /// The file of these records.
    #[must_use]
    pub fn new(
        asked: &Asked,
        between: Between,
        records: Vec<Record>,
        left_out: &'static [LeftOut],
        (register, made_at): (&str, Moment),
    ) -> Self {
        let fields = records.iter().flat_map(|record| record.fields.iter());
        Self {
            kind: asked.kind,
            about: asked.id.clone(),
            from: between.from,
            to: between.to,
            made_at,
            register: register.to_owned(),
            notice: &NOTICE,
            count: records.len(),
            private_fields: fields.filter(|field| field.reader == Reader::Private).count(),
            records,
            left_out,
        }
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_about_is_read_or_refused_with_a_sentence() {
        let asked: Asked = "person: Name@Example.org".parse().unwrap();
        assert_eq!((asked.kind, asked.id.as_str()), (Subject::Person, "name@example.org"));
        assert_eq!("item:ashgrove/2(a)".parse::<Asked>().unwrap().item(), Some(("ashgrove", "2(a)")));
        for (text, fault) in [
            ("ashgrove", NotAsked::Kind),
            ("theme:x", NotAsked::Kind),
            ("body: ", NotAsked::Empty),
            ("item:ashgrove", NotAsked::Item),
            ("item:/2", NotAsked::Item),
        ] {
            assert_eq!(text.parse::<Asked>(), Err(fault), "{text}");
        }
    }

    #[test]
    fn between_two_days_is_what_touches_them_and_what_stands_now() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let between = Between { from: "2027-06-02".parse().ok(), to: "2027-06-03".parse().ok() };
        let touches =
            |dates: &[&str]| between.touches(&dates.iter().map(|date| (*date).to_owned()).collect::<Vec<_>>(), &zone);
        assert!(touches(&[]) && touches(&["2027-06-02"]) && touches(&["2027-06-03"]));
        assert!(!touches(&["2027-06-01"]) && !touches(&["2027-06-04"]));
        assert!(touches(&["2027-06-01T23:30:00Z"]), "half past midnight in the register's zone");
        assert!(touches(&["2027-05-01", "2027-07-01"]), "it lasted through both days");
    }
}
