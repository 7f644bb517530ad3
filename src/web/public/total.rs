//! Numbers: each with its unit, its denominator and a link to the list behind it.

use crate::domain::assessed::Assessed;
use crate::domain::checked::Checked;
use crate::domain::gap::{Gap, GapPart};
use crate::domain::response::{Basis, Response};
use crate::domain::words::{self, InquiryCounts, ResponseCounts};
use crate::store::oldest::Oldest;
use crate::store::page::Capped;
use crate::store::search::GapAsked;
use crate::store::tally::{Counted, Tally};
use crate::web::part::Link;
use crate::web::part::count::Count;
use crate::web::part::gap::GapLine;

use super::query::address;
use super::say;

/// What an inquiry holds.
pub fn inquiry(tally: &Tally) -> InquiryCounts {
    InquiryCounts {
        recommendations: tally.all(Counted::Recommendations),
        without_addressee: tally.put_to_nobody(),
        bodies: tally.different(Counted::Body),
        answers: tally.all(Counted::Answers),
        probable: tally.of(Counted::AskedChecked, Checked::Probable.as_str()),
        assessed: tally.assessed(),
        done: tally.all(Counted::Done),
    }
}

/// The oldest that nobody has looked at, where there is one: its link, and from when it is.
pub fn oldest(oldest: Option<&Oldest>) -> Option<(Link, String)> {
    let oldest = oldest?;
    let link = say::recommendation_of(&oldest.recommendation);
    Some((link, words::oldest_made(oldest.on, oldest.of_report)))
}

/// How much was entered in error and is in none of the numbers beside it, with the list of it; nothing where there is none.
pub fn in_error(tally: &Tally, scope: &[(&str, &str)]) -> Option<Link> {
    let all = |counted| tally.all(counted);
    let parts = all(Counted::PartsInError);
    let said = words::in_error(all(Counted::RecommendationsInError), parts, all(Counted::InError))?;
    let mut all = scope.to_vec();
    all.push(("in_error", "yes"));
    Some(Link::new(address("/recommendations", &all), said))
}

/// How many answers have a response, and how it was given.
pub fn responses(tally: &Tally) -> ResponseCounts {
    ResponseCounts {
        answers: tally.all(Counted::Answers),
        recorded: responded(tally),
        block: tally.of(Counted::Basis, Basis::Block.as_str()),
    }
}

/// Answers with a response in whatever sense.
pub fn responded(tally: &Tally) -> u64 {
    tally.sum(Counted::Response, Response::ALL, Response::is_answer)
}

/// Everything in one line.
pub fn standing(tally: &Tally) -> String {
    words::standing(tally.all(Counted::Answers), responded(tally), tally.assessed(), tally.all(Counted::Done))
}

/// The same of a body; of one that nothing was put to, that.
pub fn of_body(tally: &Tally) -> String {
    if tally.all(Counted::Answers) == 0 { words::NOTHING_PUT.to_owned() } else { standing(tally) }
}

/// The search for recommendations that fit some parameters, within one inquiry or body.
pub fn behind(scope: (&str, &str), parameters: &[(&str, &str)]) -> String {
    let mut all = vec![scope];
    all.extend(parameters);
    address("/recommendations", &all)
}

/// The numbers at the top of an inquiry or a body, each with the list behind it.
pub fn boxes(tally: &Tally, scope: (&str, &str)) -> Vec<Count> {
    let answers = tally.all(Counted::Answers);
    let count = |n: u64, words: &str, parameters: &[(&str, &str)]| Count {
        number: words::out_of(n, answers),
        words: words.to_owned(),
        href: Some(behind(scope, parameters)),
    };
    let responded = all_of(Response::ALL, Response::is_answer);
    let assessed = all_of(Assessed::ALL, |value| value != Assessed::NotAssessed);
    let done = all_of(Assessed::ALL, Assessed::is_done);
    let mut boxes = vec![
        count(self::responded(tally), "answers recorded", &[("response", &responded)]),
        count(tally.assessed(), "answers assessed", &[("assessed", &assessed)]),
        count(
            tally.all(Counted::Done),
            "answers done, as assessed",
            &[("assessed", &done), ("lifecycle", "open,closed")],
        ),
    ];
    let gap = tally.all(Counted::Gap);
    if gap > 0 {
        boxes.push(count(gap, "said to be done, not confirmed", &[("gap", "yes")]));
    }
    boxes
}

/// The gap in one sentence, each number with its list: these parameters of the search and what the number is about. Where they
/// ask for a part of the gap themselves, the numbers are of that part alone and no list holds just as many: then without links.
pub fn gap(gap: &Gap, given: &[(&str, &str)]) -> GapLine {
    let is_part = given.iter().any(|(name, _)| *name == "gap");
    let list = |word: &str| {
        if is_part {
            return String::new();
        }
        let mut all = given.to_vec();
        all.push(("gap", word));
        address("/recommendations", &all)
    };
    let part = |part: GapPart| Link::new(list(part.as_str()), words::gap_part(part, gap.of(part)));
    GapLine {
        claims: Link::new(list(GapAsked::Claimed.as_str()), words::claims(gap)),
        parts: words::parts_named(gap).into_iter().map(part).collect(),
    }
}

/// The values that `which` picks, as a parameter.
pub fn all_of<V: Copy + ToString>(values: &[V], which: impl Fn(V) -> bool) -> String {
    let picked: Vec<String> = values.iter().copied().filter(|value| which(*value)).map(|it| it.to_string()).collect();
    picked.join(",")
}

/// A number that may have stopped being counted, with its unit.
pub fn recommendations(capped: Capped) -> String {
    words::recommendations(capped.number, capped.more)
}
