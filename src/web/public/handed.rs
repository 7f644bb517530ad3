//! What a body took over, and what of its own it handed on, in words.

use super::total;
use crate::domain::words;
use crate::store::succession::Moves;
use crate::store::tally::{Counted, Tally};

/// How its answers stand; of a body that ended and answers nothing any more, whom what it was asked is counted under.
#[must_use]
pub fn standing(tally: &Tally, moves: &Moves) -> String {
    let handed = handed_on(moves).filter(|_| tally.all(Counted::Answers) == 0);
    handed.unwrap_or_else(|| total::of_body(tally))
}

fn handed_on(moves: &Moves) -> Option<String> {
    let to: Vec<String> = moves.to.iter().map(|(body, _)| body.name.clone()).collect();
    let number: u64 = moves.to.iter().map(|(_, number)| number).sum();
    (number > 0).then(|| words::handed_on(number, &to))
}

/// What it took over, what of its own it handed on while it answers the rest, and what is not decided.
#[must_use]
pub fn moves(tally: &Tally, moves: &Moves) -> Vec<String> {
    let went = handed_on(moves).filter(|_| tally.all(Counted::Answers) > 0);
    let from: Vec<String> = moves.from.iter().map(|(body, _)| body.name.clone()).collect();
    let number = moves.from.iter().map(|(_, number)| number).sum();
    let came = (!from.is_empty()).then(|| words::of_these_taken_over(number, &from));
    came.into_iter().chain(went).chain((moves.undecided > 0).then(|| words::undecided(moves.undecided))).collect()
}
