//! What the made-up register holds: numbered inquiries in the manner of the Ashgrove Ferry Inquiry, none of which ever was. Every part
//! follows from its numbers alone, so that whoever asks the server knows what is there without asking the database.

use jiff::civil::Date;

use crate::chance::Chance;
use crate::words;

/// The most recommendations that one register file holds.
const IN_FILE: usize = 10_000;
/// How the recommendations of a file are shared out among its inquiries, in tenths.
const SHARES: [usize; 3] = [6, 3, 1];
/// Bodies that every file asks.
const NATIONAL: usize = 12;
/// Bodies that one file alone asks.
const LOCAL: usize = 40;
/// How many themes there are.
pub const THEMES: usize = 60;

/// A register of some size.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many recommendations, their lettered parts not counted.
    pub size: usize,
}

/// An inquiry.
#[derive(Debug, Clone)]
pub struct Inquiry {
    /// Its number, from 0.
    pub index: usize,
    /// The file that it comes in.
    pub file: usize,
    /// Its part of addresses.
    pub slug: String,
    /// How many recommendations it made: numbered from 1.
    pub count: usize,
    /// When it was published.
    pub published: Date,
}

/// A body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Its part of addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What kind of body it is.
    pub kind: &'static str,
}

/// A recommendation, or one of its parts.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its title and its words; none where nobody has transcribed them.
    pub words: Option<(String, String)>,
    /// Whose words they are.
    pub kind: &'static str,
    /// How far they were compared.
    pub checked: &'static str,
    /// The numbers of its themes.
    pub themes: Vec<usize>,
    /// The numbers, within the file, of the bodies that it was put to.
    pub bodies: Vec<usize>,
    /// Whether it has two parts.
    pub parts: bool,
}

impl Plan {
    /// How many register files it takes.
    pub const fn files(self) -> usize {
        self.size.div_ceil(IN_FILE)
    }

    /// How many inquiries there are.
    pub const fn inquiries(self) -> usize {
        self.files() * SHARES.len()
    }

    /// One of the inquiries.
    pub fn inquiry(self, index: usize) -> Inquiry {
        let file = index / SHARES.len();
        let here = (self.size - file * IN_FILE).min(IN_FILE);
        let place = index % SHARES.len();
        let share = |place: usize| here * SHARES[place] / 10;
        // What does not come out even belongs to the first.
        let count = if place == 0 { here - share(1) - share(2) } else { share(place) };
        let mut chance = Chance::of(&[1, index as u64]);
        let published = Date::constant(2008, 1, 1);
        let published = published.saturating_add(jiff::Span::new().days(number(chance.below(5_800))));
        Inquiry { index, file, slug: format!("ashgrove-{}", index + 1), count, published }
    }

    /// The inquiries of one file.
    pub fn of_file(self, file: usize) -> Vec<Inquiry> {
        (file * SHARES.len()..(file + 1) * SHARES.len()).map(|index| self.inquiry(index)).collect()
    }

    /// Some recommendation: its inquiry and its number.
    pub fn any(self, chance: &mut Chance) -> (Inquiry, usize) {
        loop {
            let inquiry = self.inquiry(chance.below(self.inquiries()));
            if inquiry.count > 0 {
                let number = chance.between(1, inquiry.count);
                return (inquiry, number);
            }
        }
    }
}

/// The bodies that the recommendations of a file are put to: those that all files ask come first.
pub fn bodies(file: usize) -> Vec<Body> {
    let national = (1..=NATIONAL).map(|number| Body {
        slug: format!("ashgrove-national-{number}"),
        name: format!("Ashgrove National Body {number} (fictional)"),
        kind: "government department",
    });
    let local = (file * LOCAL + 1..=(file + 1) * LOCAL).map(|number| Body {
        slug: format!("ashgrove-borough-{number}"),
        name: format!("Ashgrove Borough {number} Council (fictional)"),
        kind: "local authority",
    });
    national.chain(local).collect()
}

/// Whether every file asks the body of this number within a file.
pub const fn is_national(body: usize) -> bool {
    body < NATIONAL
}

/// A recommendation by its inquiry and its number; its parts have a number of their own after it, the recommendation itself has 0.
pub fn item(inquiry: usize, number: usize, part: usize) -> Item {
    let mut chance = Chance::of(&[2, inquiry as u64, number as u64, part as u64]);
    let length = match chance.below(100) {
        0..2 => chance.between(250, 500),
        2..30 => chance.between(70, 160),
        _ => chance.between(18, 70),
    };
    let transcribed = !chance.in_thousand(20);
    let words = transcribed.then(|| (words::title(&mut chance), words::sentences(&mut chance, length)));
    let kind = match (transcribed, chance.in_thousand(600)) {
        (false, _) => "not_transcribed",
        (true, true) => "verbatim",
        (true, false) => "summary",
    };
    let checked =
        ["source", "source", "source", "source", "source", "source", "source", "secondary", "secondary", "unverified"];
    let checked = if transcribed { *chance.pick(&checked) } else { "absent" };
    let themes = several(&mut chance, THEMES, 1, 2);
    let most = match chance.below(100) {
        0..60 => 1,
        60..85 => 2,
        85..95 => 3,
        _ => 4,
    };
    let bodies = several(&mut chance, NATIONAL + LOCAL, most, most);
    Item { words, kind, checked, themes, bodies, parts: part == 0 && chance.in_thousand(20) }
}

/// A day so long after another one.
pub fn later(day: Date, days: usize) -> Date {
    day.saturating_add(jiff::Span::new().days(number(days)))
}

/// Different numbers below `all`.
fn several(chance: &mut Chance, all: usize, least: usize, most: usize) -> Vec<usize> {
    let count = chance.between(least, most);
    let mut some = Vec::with_capacity(count);
    while some.len() < count {
        let one = chance.below(all);
        if !some.contains(&one) {
            some.push(one);
        }
    }
    some
}

fn number(days: usize) -> i64 {
    i64::try_from(days).unwrap_or(i64::MAX)
}
