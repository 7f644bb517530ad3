//! Plain words about ferries and landing stages, and made-up names of places among them: a few that stand everywhere, many that are rare.

use crate::chance::Chance;

const SMALL: [&str; 36] = [
    "the", "of", "and", "to", "a", "in", "that", "for", "be", "is", "on", "with", "by", "should", "each", "as", "at",
    "its", "from", "all", "any", "which", "not", "this", "are", "it", "before", "after", "within", "than", "or", "no",
    "every", "year", "their", "when",
];

const PLAIN: [&str; 96] = [
    "council",
    "harbour",
    "authority",
    "ferry",
    "timetable",
    "stage",
    "landing",
    "inspection",
    "passenger",
    "crew",
    "record",
    "review",
    "publish",
    "report",
    "training",
    "plan",
    "standard",
    "guidance",
    "policy",
    "procedure",
    "risk",
    "assessment",
    "register",
    "survey",
    "repair",
    "maintenance",
    "signal",
    "fog",
    "winter",
    "season",
    "crossing",
    "quay",
    "mooring",
    "lifebelt",
    "rehearsal",
    "emergency",
    "telephone",
    "notice",
    "complaint",
    "carer",
    "access",
    "ticket",
    "fare",
    "light",
    "path",
    "byelaw",
    "agency",
    "ministry",
    "board",
    "committee",
    "officer",
    "manager",
    "budget",
    "funding",
    "contract",
    "supplier",
    "audit",
    "evidence",
    "progress",
    "update",
    "deadline",
    "target",
    "response",
    "responsibility",
    "duty",
    "consultation",
    "resident",
    "school",
    "hospital",
    "island",
    "mainland",
    "weather",
    "forecast",
    "tide",
    "channel",
    "navigation",
    "radar",
    "engine",
    "hull",
    "deck",
    "ramp",
    "vehicle",
    "queue",
    "shelter",
    "signage",
    "language",
    "translation",
    "staffing",
    "rota",
    "handover",
    "logbook",
    "incident",
    "rescue",
    "coastguard",
    "pilot",
    "pier",
];

const SYLLABLES: [&str; 32] = [
    "ash", "ber", "col", "dun", "el", "fen", "gar", "hol", "ing", "jar", "kel", "lan", "mor", "nor", "ost", "pen",
    "quar", "ros", "sel", "tor", "ul", "ven", "wal", "yar", "brock", "crag", "dale", "ford", "glen", "heath", "mere",
    "wick",
];

/// How many made-up names there are.
const NAMES: usize = 12_000;

/// One word.
fn word(chance: &mut Chance) -> String {
    match chance.below(100) {
        0..45 => (*chance.pick(&SMALL)).to_owned(),
        45..82 => (*chance.pick(&PLAIN)).to_owned(),
        _ => name((chance.seldom() * NAMES as f64) as usize),
    }
}

/// A made-up name of a place.
fn name(number: usize) -> String {
    let [one, two, three] = [number % 32, number / 32 % 32, number / 1024 % 32].map(|at| SYLLABLES[at]);
    if number < 1024 { format!("{one}{two}") } else { format!("{one}{two}{three}") }
}

/// A few words without a full stop, as a title has them.
pub fn title(chance: &mut Chance) -> String {
    let count = chance.between(4, 10);
    capital(&(0..count).map(|_| word(chance)).collect::<Vec<_>>().join(" "))
}

/// Sentences of so many words in all.
pub fn sentences(chance: &mut Chance, count: usize) -> String {
    let (mut text, mut left) = (String::new(), count);
    while left > 0 {
        let some = chance.between(6, 24).min(left);
        left -= some;
        let words: Vec<String> = (0..some).map(|_| word(chance)).collect();
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&capital(&words.join(" ")));
        text.push('.');
    }
    text
}

/// The name of one of the themes.
pub fn theme(number: usize) -> String {
    format!("{} {}", capital(PLAIN[number % PLAIN.len()]), number + 1)
}

/// What somebody types into the search: words that stand together somewhere, one of them, or several of them as a phrase.
pub fn typed(chance: &mut Chance, text: &str) -> String {
    let all: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches('.')).collect();
    let count = chance.between(1, 3).min(all.len());
    let at = chance.below(all.len() - count + 1);
    let some = all[at..at + count].join(" ");
    if count > 1 && chance.in_thousand(300) { format!("\"{some}\"") } else { some }
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}
