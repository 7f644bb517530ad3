//! A printed page, read back from the PDF that Chromium made of it: the text of each of its pages, and which rows of its tables
//! lie on more than one. Chromium writes its objects one after the other in the open and presses its streams only, and says of
//! each piece of text of which row it is (a "tagged" file).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use flate2::read::ZlibDecoder;

/// A file that Chromium printed.
pub struct Printed {
    /// Every object by its number, each byte as one letter.
    objects: BTreeMap<u32, String>,
    /// The numbers of the pages, in order.
    pages: Vec<u32>,
}

/// Which text the codes of a font are: how many digits a code has, and the letters of each.
type Letters = (usize, BTreeMap<u32, String>);

impl Printed {
    /// Reads it.
    pub fn read(file: &[u8]) -> Self {
        let file: String = file.iter().copied().map(char::from).collect();
        let mut objects = BTreeMap::new();
        let mut rest = file.as_str();
        while let Some((before, after)) = rest.split_once(" 0 obj\n") {
            let (body, next) = after.split_once("\nendobj").unwrap_or((after, ""));
            if let Some(number) = last_number(before) {
                objects.insert(number, body.to_owned());
            }
            rest = next;
        }
        let is_page = |body: &String| body.contains("/Type /Page\n");
        let pages: Vec<u32> = objects.iter().filter(|(_, body)| is_page(body)).map(|(number, _)| *number).collect();
        assert!(!pages.is_empty(), "no page is found in the file");
        Printed { objects, pages }
    }

    /// The text of each page.
    pub fn texts(&self) -> Vec<String> {
        self.pages.iter().map(|page| self.text(&self.objects[page])).collect()
    }

    /// How many rows of tables, heads of columns aside, there are; and how many of them lie on more than one page.
    pub fn rows(&self) -> (usize, usize) {
        let rows = self.objects.values().filter(|body| is_part(body, "/TR"));
        let rows: Vec<&String> = rows.filter(|body| kids(body).any(|kid| self.is_cell(kid))).collect();
        let cut = rows.iter().filter(|body| {
            let mut pages = BTreeSet::new();
            kids(body).for_each(|kid| self.pages_of(kid, &mut pages));
            pages.len() > 1
        });
        (rows.len(), cut.count())
    }

    /// How many headings of this kind, such as `/H2`, the file has.
    pub fn headings(&self, kind: &str) -> usize {
        self.objects.values().filter(|body| is_part(body, kind)).count()
    }

    /// The headings with which the text of a page ends, so that what follows them stands on the next one. `margins` is what is
    /// printed on each page around the text. (Of a heading with ff, fi or fl nothing is known: a font may draw these together.)
    pub fn left_behind(&self, headings: &[String], margins: &[&str]) -> Vec<String> {
        let bare = |words: &str| words.split_whitespace().collect::<String>();
        let pages = self.texts();
        let ends = |(at, text): (usize, &String)| {
            let number = format!("Page{}of{}", at + 1, pages.len());
            let text = bare(text).replace(&number, "");
            margins.iter().fold(text, |text, margin| text.replace(&bare(margin), ""))
        };
        let ends: Vec<String> = pages.iter().enumerate().map(ends).collect();
        headings.iter().filter(|heading| ends.iter().any(|text| text.ends_with(&bare(heading)))).cloned().collect()
    }

    fn is_cell(&self, number: u32) -> bool {
        self.objects.get(&number).is_some_and(|body| is_part(body, "/TD"))
    }

    /// On which pages a part of the file and everything in it stand.
    fn pages_of(&self, number: u32, found: &mut BTreeSet<u32>) {
        let Some(body) = self.objects.get(&number).filter(|body| body.contains("/Type /StructElem")) else { return };
        found.extend(body.match_indices("/Pg ").filter_map(|(at, key)| first_number(&body[at + key.len()..])));
        kids(body).for_each(|kid| self.pages_of(kid, found));
    }

    fn text(&self, page: &str) -> String {
        let fonts = page.split_once("/Font <<").map_or("", |(_, after)| after.split(">>").next().unwrap_or_default());
        let fonts: BTreeMap<&str, Letters> = fonts
            .split('/')
            .filter_map(|one| one.split_once(' '))
            .filter_map(|(name, after)| Some((name, self.letters(first_number(after)?)?)))
            .collect();
        let contents = value(page, "/Contents ").and_then(first_number).expect("what stands on the page");
        let contents = self.stream(contents);
        let mut text = String::new();
        let mut font = None;
        let mut rest = contents.as_str();
        while let Some(at) = rest.find(['/', '<']) {
            let (sign, after) = rest[at..].split_at(1);
            if sign == "/" {
                let end = after.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(after.len());
                font = fonts.get(&after[..end]).or(font);
                rest = &after[end..];
            } else if let Some(more) = after.strip_prefix('<') {
                rest = more;
            } else {
                let (codes, more) = after.split_once('>').unwrap_or((after, ""));
                text.extend(font.map(|letters| read_codes(codes, letters)));
                rest = more;
            }
        }
        text
    }

    /// What the codes of a font stand for.
    fn letters(&self, font: u32) -> Option<Letters> {
        let map = self.stream(value(self.objects.get(&font)?, "/ToUnicode ").and_then(first_number)?);
        let mut lines = map.lines();
        let digits = lines.find(|line| line.contains("begincodespacerange")).and_then(|_| lines.next())?;
        let digits = codes(digits).first()?.len();
        let mut letters = BTreeMap::new();
        for line in lines {
            match codes(line)[..] {
                [code, one] => {
                    letters.insert(number(code), letters_of(one));
                }
                [first, last, one] => {
                    let begin = number(one);
                    for (at, code) in (number(first)..=number(last)).enumerate() {
                        let letter = begin + u32::try_from(at).expect("few letters");
                        letters.insert(code, char::from_u32(letter).map(String::from).unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
        Some((digits, letters))
    }

    /// What a stream holds, each byte as one letter.
    fn stream(&self, object: u32) -> String {
        let body = &self.objects[&object];
        let (head, data) = body.split_once("stream\n").expect("a stream");
        let data = data.rsplit_once("\nendstream").map_or(data, |(data, _)| data);
        if !head.contains("/FlateDecode") {
            return data.to_owned();
        }
        let pressed: Vec<u8> = data.chars().map(|letter| u8::try_from(letter).expect("a byte")).collect();
        let mut bytes = Vec::new();
        ZlibDecoder::new(pressed.as_slice()).read_to_end(&mut bytes).expect("a stream that is pressed");
        bytes.into_iter().map(char::from).collect()
    }
}

/// Whether an object is a part of the text of this kind.
fn is_part(body: &str, kind: &str) -> bool {
    body.contains("/Type /StructElem") && value(body, "/S ").is_some_and(|after| after.lines().next() == Some(kind))
}

/// The parts of a part; the pages named among them are parts of nothing.
fn kids(body: &str) -> impl Iterator<Item = u32> + '_ {
    let all = value(body, "/K ").unwrap_or_default();
    all.match_indices(" 0 R").filter_map(|(at, _)| last_number(&all[..at]))
}

fn value<'a>(body: &'a str, key: &str) -> Option<&'a str> {
    body.split_once(key).map(|(_, after)| after)
}

fn first_number(text: &str) -> Option<u32> {
    text.split(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
}

fn last_number(text: &str) -> Option<u32> {
    text.rsplit(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
}

/// What stands between angle brackets.
fn codes(line: &str) -> Vec<&str> {
    line.split('<').skip(1).filter_map(|one| one.split('>').next()).collect()
}

fn number(code: &str) -> u32 {
    u32::from_str_radix(code, 16).unwrap_or_default()
}

/// Letters written as UTF-16 in digits.
fn letters_of(code: &str) -> String {
    let units: Vec<u16> =
        (0..code.len() / 4).filter_map(|at| u16::from_str_radix(&code[at * 4..at * 4 + 4], 16).ok()).collect();
    String::from_utf16_lossy(&units)
}

fn read_codes(codes: &str, (digits, letters): &Letters) -> String {
    let each = (0..codes.len() / digits).map(|at| number(&codes[at * digits..(at + 1) * digits]));
    each.filter_map(|code| letters.get(&code)).map(String::as_str).collect()
}
