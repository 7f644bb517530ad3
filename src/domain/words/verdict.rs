//! The line of the first screen: whether a recommendation is done, in no more words than what was found.

use super::numbers::{number, out_of};
use super::{lines, tag};
use crate::domain::assessed::Assessed;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Happened;

/// In the place of a verdict where nobody knows who was asked.
pub const NO_VERDICT: &str = "It is not known here who was asked, so nothing can be said of an answer.";
/// Where no answer was looked at.
const NOBODY_YET: &str = "Was it done? Nobody has judged yet.";
/// After answers that are done, where a part of the recommendation is not.
const PARTS_NOT_DONE: &str = "Not all of its parts are done.";

/// What was found of one answer.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'a> {
    /// The finding, and when it was made.
    pub assessed: (Assessed, Happened),
    /// Since when it is known that it no longer holds.
    pub lapsed: Option<Happened>,
    /// Whether this answer is done.
    pub done: bool,
    /// In whose name it was found.
    pub by: &'a str,
    /// Whether the decision on it is a draft that nobody has approved yet.
    pub draft: bool,
    /// How many outside bodies found something else.
    pub differ: u64,
}

/// What a recommendation came to: the one finding there is, or how many of each. Only the recommendation itself is "Done".
#[must_use]
pub fn verdict(done: bool, found: &[Finding<'_>]) -> String {
    let said = match found {
        [] if done => "Each of its parts is done.".to_owned(),
        [] => NO_VERDICT.to_owned(),
        all if all.iter().all(|one| one.lapsed.is_none() && one.assessed.0 == Assessed::NotAssessed) => {
            NOBODY_YET.to_owned()
        }
        [one] => of_one(*one) + &beside(found),
        several => of_several(several) + &beside(found),
    };
    if done {
        format!("Done. {said}")
    } else if !found.is_empty() && found.iter().all(|one| one.done) {
        format!("{said} {PARTS_NOT_DONE}")
    } else {
        said
    }
}

fn of_one(one: Finding<'_>) -> String {
    let (value, when) = one.assessed;
    match one.lapsed {
        Some(when) => format!("{}.", lines::lifecycle_line(Lifecycle::Lapsed, None, when)),
        None => format!("{}, by {}.", lines::assessed_line(value, when), one.by),
    }
}

/// What whoever reads no further must know of a finding: that its decision is a draft, and that others found something else.
fn beside(all: &[Finding<'_>]) -> String {
    let drafts = all.iter().filter(|one| one.draft).count() as u64;
    let draft = match (drafts, all.len()) {
        (0, _) => String::new(),
        (_, 1) => " The decision is in draft, not approved yet.".to_owned(),
        (1, _) => " 1 decision is in draft, not approved yet.".to_owned(),
        (many, _) => format!(" {} decisions are in draft, not approved yet.", number(many)),
    };
    let differ = match all.iter().map(|one| one.differ).sum::<u64>() {
        0 => String::new(),
        1 => " 1 outside finding differs.".to_owned(),
        many => format!(" {} outside findings differ.", number(many)),
    };
    draft + &differ
}

/// `1 of 3 answers confirmed; 2 not yet assessed.`
fn of_several(all: &[Finding<'_>]) -> String {
    let count = |which: &dyn Fn(&Finding<'_>) -> bool| all.iter().filter(|one| which(one)).count() as u64;
    let mut line = format!("{} answers confirmed", out_of(count(&|one| one.done), all.len() as u64));
    let mut say = |n: u64, words: &str| {
        if n > 0 {
            line.push_str(&format!("; {} {words}", number(n)));
        }
    };
    let judged = Assessed::ALL.iter().copied().filter(|value| *value != Assessed::NotAssessed);
    for value in judged.chain([Assessed::NotAssessed]) {
        let n = count(&|one| !one.done && one.lapsed.is_none() && one.assessed.0 == value);
        say(n, &tag::assessed(value).words.to_lowercase());
    }
    say(count(&|one| one.lapsed.is_some()), "found to hold no longer");
    let mut names = all.iter().filter(|one| one.assessed.0 != Assessed::NotAssessed).map(|one| one.by);
    match names.next() {
        Some(by) if names.all(|other| other == by) => format!("{line}. Found by {by}."),
        _ => format!("{line}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    fn found(value: Assessed, by: &str) -> Finding<'_> {
        let assessed = (value, Happened::on(on("2027-03-03")));
        Finding { assessed, lapsed: None, done: value.is_done(), by, draft: false, differ: 0 }
    }

    #[test]
    fn one_answer_is_its_own_finding() {
        let board = |value| found(value, "The board");
        assert_eq!(verdict(false, &[]), NO_VERDICT);
        assert_eq!(verdict(false, &[board(Assessed::NotAssessed)]), NOBODY_YET);
        for value in Assessed::recordable().filter(|value| !value.is_done()) {
            let said = verdict(false, &[board(value)]);
            assert_eq!(said, format!("{}, found on 3 March 2027, by The board.", tag::assessed(value).words));
        }
        let implemented = [board(Assessed::Implemented)];
        assert_eq!(verdict(true, &implemented), "Done. Confirmed implemented, found on 3 March 2027, by The board.");
        assert_eq!(
            verdict(false, &implemented),
            "Confirmed implemented, found on 3 March 2027, by The board. Not all of its parts are done."
        );
        let when = Happened::on(on("2028-03-03"));
        let lapsed = Finding { lapsed: Some(when), done: false, ..board(Assessed::Implemented) };
        assert_eq!(
            verdict(false, &[lapsed]),
            "Was closed as done. Found on 3 March 2028 that it no longer holds: open again."
        );
    }

    #[test]
    fn a_draft_and_a_difference_are_said_on_the_first_screen() {
        let board = found(Assessed::Implemented, "The board");
        let draft = Finding { draft: true, differ: 1, ..board };
        assert_eq!(
            verdict(true, &[draft]),
            "Done. Confirmed implemented, found on 3 March 2027, by The board. The decision is in draft, not approved yet. 1 \
             outside finding differs."
        );
        assert_eq!(
            verdict(false, &[draft, draft, board]),
            "3 of 3 answers confirmed. Found by The board. 2 decisions are in draft, not approved yet. 2 outside findings \
             differ. Not all of its parts are done."
        );
    }

    #[test]
    fn several_answers_are_counted_and_only_a_shared_name_is_said() {
        let [done, none, course] = [Assessed::Implemented, Assessed::NotAssessed, Assessed::OnCourse];
        let board = |value| found(value, "The board");
        assert_eq!(
            verdict(false, &[board(done), board(none), found(none, "Oversight")]),
            "1 of 3 answers confirmed; 2 not yet assessed. Found by The board."
        );
        assert_eq!(
            verdict(false, &[board(done), found(course, "The office")]),
            "1 of 2 answers confirmed; 1 on course."
        );
        assert_eq!(verdict(false, &[board(none), board(none)]), NOBODY_YET);
        assert_eq!(
            verdict(false, &[board(course), board(none)]),
            "0 of 2 answers confirmed; 1 on course; 1 not yet assessed. Found by The board."
        );
        assert_eq!(verdict(true, &[board(done), board(done)]), "Done. 2 of 2 answers confirmed. Found by The board.");
        assert!(verdict(false, &[board(done), board(done)]).ends_with(PARTS_NOT_DONE));
    }
}
