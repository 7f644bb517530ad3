//! Lettered parts in words: which there are, which of them are confirmed, and that one is a part of another. A share never stands
//! alone: which parts are not confirmed is always said with it.

use super::numbers::{list, number, out_of};
use super::totals;
use crate::domain::moment::Happened;
use crate::domain::part::Standing;

/// `part (a)`.
#[must_use]
pub fn lettered(letter: &str) -> String {
    format!("part ({letter})")
}

/// `part (c)`, `parts (b) and (c)`.
#[must_use]
pub fn lettered_all<T: AsRef<str>>(letters: &[T]) -> String {
    let each: Vec<String> = letters.iter().map(|letter| format!("({})", letter.as_ref())).collect();
    format!("{} {}", if letters.len() == 1 { "part" } else { "parts" }, list(&each))
}

/// Which parts are confirmed and which are not: `2 of 3 parts confirmed; not confirmed: part (c)`. Nothing where there are none.
#[must_use]
pub fn parts_standing(standing: &Standing) -> Option<String> {
    let all = standing.all();
    let share = || format!("{} parts confirmed", out_of(standing.confirmed.len() as u64, all as u64));
    match (all, standing.not_confirmed.as_slice()) {
        (0, _) => None,
        (_, []) => Some(format!("Confirmed: {}", lettered_all(&standing.confirmed))),
        (1, not) => Some(format!("Not confirmed: {}", lettered_all(not))),
        (_, not) => Some(format!("{}; not confirmed: {}", share(), lettered_all(not))),
    }
}

/// The verdict on a recommendation that has parts: what was found of its own answers, where any counts, and then of its parts.
#[must_use]
pub fn verdict_of_parts(done: bool, own: Option<&str>, standing: &Standing) -> Option<String> {
    let parts = parts_standing(standing)?;
    Some(match own {
        Some(own) => format!("{own} {parts}."),
        None if done => format!("Done. {parts}."),
        None => format!("{parts}."),
    })
}

/// What a part belongs to, in a list that names it by its number: `Part of recommendation 4`.
#[must_use]
pub fn part_of(whole: &str) -> String {
    format!("Part of recommendation {whole}")
}

/// Where a part stands: `Jay report, recommendation 4 of 15, part (a)`.
#[must_use]
pub fn place_of_part(inquiry: &str, whole: &str, all: u64, letter: &str) -> String {
    format!("{inquiry}, recommendation {whole} of {}, {}", number(all), lettered(letter))
}

/// Above the answers to a recommendation that has parts, where none of its own counts: `Put to bodies in 3 parts`.
#[must_use]
pub fn put_in_parts(parts: u64) -> String {
    format!("Put to bodies in {}", super::count(parts, "part", "parts"))
}

/// Above answers that are followed in the parts: `Followed in its parts since it was divided: 2 answers to the whole`.
#[must_use]
pub fn followed_in_parts(answers: u64) -> String {
    format!("Followed in its parts since it was divided: {} to the whole", super::count(answers, "answer", "answers"))
}

/// The reason for closing an answer to the whole: which parts that body answers from now on, and why it was divided.
#[must_use]
pub fn answered_in_parts<T: AsRef<str>>(letters: &[T], reason: &str) -> String {
    format!("The body answers {} from now on, in the place of the whole.\n{reason}", lettered_all(letters))
}

/// What a division will say: `Recommendation 4 is divided into parts (a) and (b). …`
#[must_use]
pub fn divided_into<T: AsRef<str>>(whole: &str, letters: &[T], answers_anew: bool, dates_anew: bool) -> String {
    format!(
        "Recommendation {whole} is divided into {}. {}",
        lettered_all(letters),
        carried_over(answers_anew, dates_anew)
    )
}

/// What a division did, in a line: `Recommendation 4 was divided into parts (a) and (b); its answers and dates were carried over`.
#[must_use]
pub fn was_divided<T: AsRef<str>>(whole: &str, letters: &[T], answers_anew: bool, dates_anew: bool) -> String {
    let carried = match (answers_anew, dates_anew) {
        (true, true) => "its answers and dates were carried over",
        (true, false) => "its answers were carried over, and no date",
        (false, true) => "its dates were carried over, and no answer",
        (false, false) => "no answer and no date was carried over",
    };
    format!("Recommendation {whole} was divided into {}; {carried}", lettered_all(letters))
}

/// What of the answers to the whole stays with it, though answers are recorded anew on its parts.
pub const ANSWERS_THAT_STAY: &str = "That an answer is awaited, that none was found, and an answer whose words are withheld stay with the \
    whole.";
/// What of its dates stays with it, though dates are set anew on its parts.
pub const DATES_THAT_STAY: &str = "A date that has passed, a day on which oversight looks again, and every date of an answer that is \
    closed stay with the whole; a schedule of updates goes on with its next day.";

/// What became of the answers to the whole and of its dates when it was divided, and what of them its parts do not have.
#[must_use]
pub fn carried_over(answers_anew: bool, dates_anew: bool) -> String {
    let answers = if answers_anew {
        format!(
            "What each body answered to the whole is recorded anew on its parts; of an answer under consideration, with the day by \
             which it will be decided unless that has passed. {ANSWERS_THAT_STAY}"
        )
    } else {
        "What each body answered stays with the whole.".to_owned()
    };
    let dates = if dates_anew {
        format!("Targets, and days by which answers and updates are owed, are set anew on its parts. {DATES_THAT_STAY}")
    } else {
        "No target, and no day by which an answer or an update is owed, is set anew on its parts: they stay in the history of the \
         whole."
            .to_owned()
    };
    format!("{answers} {dates}")
}

/// What the body answered to the whole, recorded anew on a part: `Given to the whole of recommendation 4, before it was divided.`
#[must_use]
pub fn given_to_whole(whole: &str, said: Option<&str>) -> String {
    let given = format!("Given to the whole of recommendation {whole}, before it was divided.");
    said.map_or_else(|| given.clone(), |said| format!("{given}\n{said}"))
}

/// Why a date of the whole is set anew on a part.
#[must_use]
pub fn date_from_whole(whole: &str, reason: &str) -> String {
    format!("Set anew from recommendation {whole}, which was divided. {reason}")
}

/// That a part came into the register, in the timeline of its whole.
#[must_use]
pub fn part_taken_in(letter: &str) -> String {
    let part = lettered(letter);
    format!("P{} was taken in as a part of this recommendation", part.trim_start_matches('p'))
}

/// Why nothing can be made a part of a part.
#[must_use]
pub fn part_of_a_part(number: &str, whole: &str) -> String {
    format!("{number} is itself a part of recommendation {whole}, and a part has no parts. Add it to {whole} instead")
}

/// Why a part cannot have this number.
#[must_use]
pub fn begins_with_whole(whole: &str) -> String {
    format!(
        "A part of recommendation {whole} has a number that begins with {whole} and ends with its letter, such as {whole}a"
    )
}

/// Why an answer to a whole that was divided is not opened again, or recorded on.
pub const FOLLOWED_IN_PARTS: &str = "The recommendation was divided: this answer is followed in its parts, which are counted in \
    its place. Record it there. Only when none of its parts counts any more can it be opened again";

/// Why a whole that was divided is put to nobody more.
pub const PUT_ITS_PARTS: &str = "The recommendation was divided into parts, which are counted in its place. Put those of its parts \
    that were meant, each on its own page";

/// On the page of a part: `Before it was divided, oversight found of the whole, as the Ferry Board answered it: On course on 3 May
/// 2026`.
#[must_use]
pub fn found_of_whole(body: &str, found: &str, when: Happened) -> String {
    format!(
        "Before it was divided, oversight found of the whole, as {body} answered it: {found} {}",
        super::happened(when)
    )
}

/// Why nobody closes an answer as followed in parts by itself.
pub const ONLY_BY_DIVIDING: &str = "Divide the recommendation into parts, on its own page: that closes the answers to the whole, and says which parts follow";

/// Why an item is not divided while something waits on it.
#[must_use]
pub fn waits_before_parts<T: AsRef<str>>(what: &[T]) -> String {
    format!("Decide first on what waits for this recommendation: {}", list(what))
}

/// What a search found in the units of the register: `12 recommendations and 2 parts, with 20 answers that fit`. Counting stops where
/// `more` says so; then neither of the first two is all there is.
#[must_use]
pub fn found_with_parts(recommendations: (u64, bool), parts: u64, answers: (u64, bool)) -> String {
    let found = totals::found(recommendations, answers);
    if parts == 0 {
        return found;
    }
    let whole = totals::recommendations(recommendations.0, recommendations.1);
    let plus = if recommendations.1 { "+" } else { "" };
    let parts =
        if parts == 1 && plus.is_empty() { "1 part".to_owned() } else { format!("{}{plus} parts", number(parts)) };
    format!("{whole} and {parts}{}", found.strip_prefix(&whole).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(confirmed: &[&str], not: &[&str]) -> Standing {
        let owned = |letters: &[&str]| letters.iter().map(|letter| (*letter).to_owned()).collect();
        Standing { confirmed: owned(confirmed), not_confirmed: owned(not) }
    }

    #[test]
    fn a_share_never_stands_alone() {
        let said = |confirmed: &[&str], not: &[&str]| parts_standing(&standing(confirmed, not));
        assert_eq!(said(&[], &[]), None);
        assert_eq!(said(&["a", "b"], &["c"]).as_deref(), Some("2 of 3 parts confirmed; not confirmed: part (c)"));
        assert_eq!(
            said(&["a"], &["b", "c"]).as_deref(),
            Some("1 of 3 parts confirmed; not confirmed: parts (b) and (c)")
        );
        assert_eq!(said(&[], &["a", "b"]).as_deref(), Some("0 of 2 parts confirmed; not confirmed: parts (a) and (b)"));
        assert_eq!(said(&["a", "b"], &[]).as_deref(), Some("Confirmed: parts (a) and (b)"));
        assert_eq!(said(&[], &["a"]).as_deref(), Some("Not confirmed: part (a)"));
    }

    #[test]
    fn the_verdict_of_parts_says_done_only_of_the_whole() {
        let half = standing(&["a"], &["b"]);
        assert_eq!(
            verdict_of_parts(false, None, &half).as_deref(),
            Some("1 of 2 parts confirmed; not confirmed: part (b).")
        );
        assert_eq!(
            verdict_of_parts(true, None, &standing(&["a", "b"], &[])).as_deref(),
            Some("Done. Confirmed: parts (a) and (b).")
        );
        assert_eq!(verdict_of_parts(false, Some("On course."), &standing(&[], &[])), None);
        assert!(verdict_of_parts(false, Some("On course."), &half).unwrap().starts_with("On course. 1 of 2"));
    }

    #[test]
    fn a_division_says_what_it_leaves_behind() {
        let all = divided_into("4", &["a", "b"], true, true);
        assert!(all.starts_with(
            "Recommendation 4 is divided into parts (a) and (b). What each body answered to the whole is"
        ));
        assert!(all.contains(ANSWERS_THAT_STAY) && all.contains(DATES_THAT_STAY));
        let none = divided_into("4", &["a", "b"], false, false);
        assert!(none.contains("What each body answered stays with the whole. No target, and no day"));
    }

    #[test]
    fn parts_are_named_by_their_letters() {
        assert_eq!(lettered_all(&["a"]), "part (a)");
        assert_eq!(place_of_part("Jay report", "4", 15, "a"), "Jay report, recommendation 4 of 15, part (a)");
        assert_eq!(part_taken_in("a"), "Part (a) was taken in as a part of this recommendation");
        assert_eq!(
            found_with_parts((1, false), 2, (3, false)),
            "1 recommendation and 2 parts, with 3 answers that fit"
        );
        assert_eq!(
            found_with_parts((0, false), 1, (1, false)),
            "0 recommendations and 1 part, with 1 answer that fits"
        );
        assert_eq!(found_with_parts((7, false), 0, (8, false)), totals::found((7, false), (8, false)));
        assert!(found_with_parts((990, true), 10, (9, false)).starts_with("990+ recommendations and 10+ parts, with"));
        let said = was_divided("14", &["a", "b"], false, false);
        let nothing = "Recommendation 14 was divided into parts (a) and (b); no answer and no date was carried over";
        assert_eq!(said, nothing);
        assert!(answered_in_parts(&["a", "c"], "Why.").starts_with("The body answers parts (a) and (c) from now on"));
    }
}
