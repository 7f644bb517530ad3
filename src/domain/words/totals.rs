//! Totals, successions and lists in words: what the register, an inquiry or a body comes to, in one line each.

use super::numbers::{count, number, out_of};
use super::{dates, list};
use crate::domain::moment::{Day, Happened};

/// What oversight is called in headings until an operator is entered.
pub const OVERSIGHT: &str = "Oversight";
/// Beside "Not yet assessed", which the tag says already.
pub const NOBODY_JUDGED: &str = "Nobody has judged yet; it does not mean that nothing was done.";
/// For an inquiry or a body nobody is recorded as watching.
pub const NOT_MONITORED: &str = "This register does not know of anybody who monitors it.";
/// In the place of a body that set a date, where it is not recorded which.
pub const SOMEBODY: &str = "a body not named here";
/// Of a date that was recorded in error.
pub const NO_SUCH_DATE: &str = "recorded here in error; there was no such date";
/// After the kind of a date that no longer stands.
pub const TAKEN_BACK: &str = "taken back";
/// Beside "nobody has looked": where what is here came from.
pub const FROM_THE_FILE: &str =
    "What is recorded here was entered by hand, or came with the file that the register was loaded from.";
/// For a body that recommendations were never put to.
pub const NOTHING_PUT: &str = "No recommendation in this register was put to it";
/// Beside a body that reported no change, where it never said what it has done.
pub const NOTHING_SAID: &str = "The body has not said here what it has done";
/// Beside the tag of an answer that was given to all the recommendations of an inquiry in one statement.
pub const WITH_ALL_OTHERS: &str = "with all the others";
/// The link to a body's answer, on the body's own page.
pub const ITS_ANSWER: &str = "Its answer";
/// After the succession of a body: what it was asked and said stays its own, and is counted under who answers now.
pub const STAYS_LISTED: &str = "What was asked of it stays listed here, under the name of the time";
/// In the place of words that nobody has transcribed.
pub const NOT_TRANSCRIBED: &str = "The words of this recommendation have not been transcribed into this register.";
/// For a body that was found not to have been asked.
pub const ASKED_IN_ERROR: &str = "Found not to have been put to this body.";
/// Where nothing is overdue: and what would be.
pub const NOTHING_OVERDUE: &str = "Nothing is overdue.";
/// The same where something else stands on the page.
pub const NO_DATE_PASSED: &str = "No date that stands has passed with nothing received.";
/// The rule for silence, as readers need it.
pub const OVERDUE_RULE: &str = "A date is listed here only when somebody checked it with its source, and when this register \
    had taken the answer in before it passed. A date that was recorded only after it had passed is listed once somebody has \
    looked on that day or later and found nothing, or has asked the body. A date that passed earlier, or that nobody checked, is \
    not counted against anybody.";
/// Under the heading of targets that were moved: days past the first one count all the same.
pub const FIRST_TARGETS_RULE: &str = "These dates were moved or taken back after they were first set. The days past the first \
    date count whether or not it was moved.";

/// In the place of any other word on an answer, or a recommendation, that should never have been entered.
pub const IN_ERROR: &str = "Entered in error";
/// Why nothing more is recorded on it.
pub const NOTHING_ON_ERROR: &str =
    "This was entered in error, so no answer is recorded on it. Where it was right after all, open it again first";
/// In the place of what was found, on a recommendation that was entered in error.
pub const IN_ERROR_MEANS: &str = "Entered in error: it stays readable, and is counted nowhere.";

/// Above answers that were entered in error: these bodies were never asked, whoever was.
#[must_use]
pub fn never_put_to(bodies: u64) -> String {
    match bodies {
        1 => format!("{IN_ERROR}: it was never put to this body"),
        many => format!("{IN_ERROR}: it was never put to these {} bodies", number(many)),
    }
}

/// What it means that one of several answers was entered in error.
pub const ANSWER_IN_ERROR: &str =
    "It was never put to this body. The answer leaves every number and list, and stays readable.";

/// What it means that the only answer was.
pub const ONLY_ANSWER_IN_ERROR: &str = "This is its only answer. It leaves every number and list; the recommendation stays in \
    them, as one of which nobody knows whom it was put to, until it is put to the right body. If the inquiry never made it, say \
    so on its own page afterwards";

/// Above a list of nothing but errors.
pub const ONLY_ERRORS: &str =
    "These were entered in error and are in no number. Of a recommendation that counts, it is an answer that was.";

/// `1 recommendation and 2 answers entered in error, not counted`; nothing where there are none.
#[must_use]
pub fn in_error(recommendations: u64, parts: u64, answers: u64) -> Option<String> {
    let all = contents(&[
        (recommendations, "recommendation", "recommendations"),
        (parts, "part", "parts"),
        (answers, "answer", "answers"),
    ]);
    (recommendations + parts + answers > 0).then(|| format!("{all} entered in error, not counted"))
}

/// What stands under the heading of what no longer holds.
pub const LAPSED_RULE: &str = "These were closed as done. Oversight looked again and found that they no longer hold. They are \
    open again and stay in this list until it is decided on them anew.";

/// `1,204`, or `1,000+` where counting stopped.
#[must_use]
pub fn capped(n: u64, more: bool) -> String {
    if more { format!("{}+", number(n)) } else { number(n) }
}

/// `1 recommendation`, `1,000+ recommendations`.
#[must_use]
pub fn recommendations(n: u64, more: bool) -> String {
    unit(n, more, "recommendation", "recommendations")
}

/// `1 answer`, `1,000+ answers`: one for each body asked.
#[must_use]
pub fn answers(n: u64, more: bool) -> String {
    unit(n, more, "answer", "answers")
}

fn unit(n: u64, more: bool, one: &str, many: &str) -> String {
    if more { format!("{}+ {many}", number(n)) } else { count(n, one, many) }
}

/// What a search found, in both units: `12 recommendations, with 20 answers that fit`.
#[must_use]
pub fn found(recommendations_found: (u64, bool), answers_found: (u64, bool)) -> String {
    let fit = if answers_found == (1, false) { "fits" } else { "fit" };
    format!(
        "{}, with {} that {fit}",
        recommendations(recommendations_found.0, recommendations_found.1),
        answers(answers_found.0, answers_found.1)
    )
}

/// The numbers of an inquiry or a body in one line: `25 answers asked for, one for each body asked; 14 of 25 recorded; 0 of
/// 25 assessed; 0 of 25 done`.
#[must_use]
pub fn standing(answers: u64, responses: u64, assessed: u64, done: u64) -> String {
    if answers == 0 {
        return "No body asked is recorded here".to_owned();
    }
    format!(
        "{}; {} recorded; {} assessed; {} done",
        asked_for(answers),
        out_of(responses, answers),
        out_of(assessed, answers),
        out_of(done, answers)
    )
}

/// `25 answers asked for, one for each body asked`: the second unit, and what it is.
#[must_use]
pub fn asked_for(answers: u64) -> String {
    let asked = count(answers, "answer asked for", "answers asked for");
    if answers == 1 { asked } else { format!("{asked}, one for each body asked") }
}

/// Which recommendation a link is about, for those who hear it alone: `recommendation 4`.
#[must_use]
pub fn by_number(number: &str) -> String {
    format!("recommendation {number}")
}

/// An answer in one line, from the words of its tags: `Accepted. No update recorded here. Not yet assessed.`
#[must_use]
pub fn in_short<T: AsRef<str>>(tags: &[T]) -> String {
    let mut line = String::new();
    for tag in tags {
        line.push_str(tag.as_ref());
        line.push_str(". ");
    }
    line.trim_end().to_owned()
}

/// That a recommendation came into the register, and whom it was put to.
#[must_use]
pub fn entered<T: AsRef<str>>(bodies: &[T]) -> String {
    if bodies.is_empty() {
        "Entered in this register; it is not known here whom it was put to.".to_owned()
    } else {
        format!("Entered in this register, as put to {}.", list(bodies))
    }
}

/// `Published 26 August 2014`.
#[must_use]
pub fn published(on: Day) -> String {
    format!("Published {}", dates::day(on))
}

/// Where recommendations may have been made on other days than the one on which they were published.
#[must_use]
pub fn made_not_known(published_on: Day) -> String {
    format!(
        "The inquiry was published {}; on what day this was recommended is not recorded here",
        dates::day(published_on)
    )
}

/// `Its place was taken by the Ferry Partnership on a date not known here`.
#[must_use]
pub fn succeeded_by(name: &str, when: Happened) -> String {
    format!("Its place was taken by {name} {}", dates::happened(when))
}

/// `It took the place of the Ferry Board on 1 March 2019`.
#[must_use]
pub fn took_the_place_of(name: &str, when: Happened) -> String {
    format!("It took the place of {name} {}", dates::happened(when))
}

/// `8 days after it was published`; nothing for a day before it.
#[must_use]
pub fn days_taken(days: i64) -> Option<String> {
    (days >= 0).then(|| format!("{} after it was published", super::days(days)))
}

/// Over the cards: `Put to 3 bodies`.
#[must_use]
pub fn put_to(bodies: u64) -> String {
    format!("Put to {}", count(bodies, "body", "bodies"))
}

/// The same where answers stand among the cards that are in no number: `Put to 1 body; 1 more answer entered in error`.
#[must_use]
pub fn put_to_and(bodies: u64, divided: u64, errors: u64) -> String {
    let more = |n: u64, why: &str| (n > 0).then(|| format!("{} {why}", count(n, "more answer", "more answers")));
    let more = [more(divided, "followed in its parts"), more(errors, "entered in error")];
    std::iter::once(put_to(bodies)).chain(more.into_iter().flatten()).collect::<Vec<_>>().join("; ")
}

/// `2 dates have passed with nothing recorded since, of 14 dates that stand here`: of some the register itself owed what is missing.
#[must_use]
pub fn overdue(n: u64, more: bool, of: u64) -> String {
    let have = if n == 1 && !more { "has" } else { "have" };
    format!("{} {have} passed with nothing recorded since, of {}", unit(n, more, "date", "dates"), dates_standing(of))
}

/// Where nothing is overdue: `14 dates that stand here were looked through`.
#[must_use]
pub fn looked_through(of: u64) -> String {
    format!("{} {} looked through", dates_standing(of), if of == 1 { "was" } else { "were" })
}

fn dates_standing(of: u64) -> String {
    count(of, "date that stands here", "dates that stand here")
}

/// From when on silence can count: `In this register since 23 November 2026`.
#[must_use]
pub fn taken_in(on: Day) -> String {
    format!("In this register since {}. It can speak of silence only from that day on.", dates::day(on))
}

/// `Called Ferry Board in this register until 1 March 2027`.
#[must_use]
pub fn named_until(name: &str, until: Day) -> String {
    format!("Called {name} in this register until {}", dates::day(until))
}

/// `Called Ferry Board until 1 March 2027`: the day on which the body changed its name itself.
#[must_use]
pub fn named_before(name: &str, until: Happened) -> String {
    match until.exact() {
        Some(day) => format!("Called {name} until {}", dates::day(day)),
        None => format!("Called {name} before; it has its present name since {}", dates::happened_bare(until)),
    }
}

/// `Also known as: the Board; FB`.
#[must_use]
pub fn also_known_as(names: &[String]) -> String {
    format!("Also known as: {}", names.join("; "))
}

/// A sentence and what follows it, with one full stop between them, whether the first had its own or not.
#[must_use]
pub fn and_then(first: &str, then: &str) -> String {
    format!("{}. {then}", first.trim_end_matches('.'))
}

/// The first of several things that one change published, and how many more there are: `Accepted. And 3 more`.
#[must_use]
pub fn with_more(first: &str, n: u64) -> String {
    and_then(first, &format!("And {} more", number(n)))
}

/// Whom a recommendation names, in its own words.
#[must_use]
pub fn addressed_to(words: &str) -> String {
    format!("Addressed to: {}.", words.trim_end_matches('.'))
}

/// What a change published, in numbers: `2 inquiries, 28 recommendations and 31 bodies asked`. Kinds without any are left out.
#[must_use]
pub fn contents(kinds: &[(u64, &str, &str)]) -> String {
    let said: Vec<String> = kinds.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many)).collect();
    list(&said)
}

/// The same where counting may have stopped: `1 inquiry and 10,000+ recommendations`.
#[must_use]
pub fn contents_upto(kinds: &[((u64, bool), &str, &str)]) -> String {
    let there = kinds.iter().filter(|((n, _), ..)| *n > 0);
    let said: Vec<String> = there.map(|((n, more), one, many)| unit(*n, *more, one, many)).collect();
    list(&said)
}

/// `Last changed on 3 March 2027 by change 12`.
#[must_use]
pub fn last_changed(on: Day) -> String {
    format!("Last changed on {}", dates::day(on))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn counts_stop_where_counting_did() {
        assert_eq!(recommendations(1, false), "1 recommendation");
        assert_eq!(recommendations(1000, true), "1,000+ recommendations");
        assert_eq!(found((12, false), (1, false)), "12 recommendations, with 1 answer that fits");
    }

    #[test]
    fn what_is_overdue_is_said_of_all_dates_that_stand() {
        assert_eq!(overdue(1, false, 3), "1 date has passed with nothing recorded since, of 3 dates that stand here");
        assert_eq!(
            overdue(1000, true, 4321),
            "1,000+ dates have passed with nothing recorded since, of 4,321 dates that stand here"
        );
        assert_eq!(looked_through(1), "1 date that stands here was looked through");
        assert_eq!(looked_through(0), "0 dates that stand here were looked through");
    }

    #[test]
    fn every_number_has_its_denominator() {
        assert_eq!(
            standing(25, 14, 0, 0),
            "25 answers asked for, one for each body asked; 14 of 25 recorded; 0 of 25 assessed; 0 of 25 done"
        );
        assert_eq!(standing(0, 0, 0, 0), "No body asked is recorded here");
    }

    #[test]
    fn what_was_entered_in_error_is_numbered_apart() {
        assert_eq!(never_put_to(1), "Entered in error: it was never put to this body");
        assert_eq!(never_put_to(7), "Entered in error: it was never put to these 7 bodies");
        assert_eq!(in_error(0, 0, 0), None);
        assert_eq!(in_error(0, 0, 1).as_deref(), Some("1 answer entered in error, not counted"));
        assert_eq!(in_error(1, 0, 2).as_deref(), Some("1 recommendation and 2 answers entered in error, not counted"));
        assert_eq!(in_error(0, 1, 0).as_deref(), Some("1 part entered in error, not counted"));
    }

    #[test]
    fn answers_and_bodies_are_lines() {
        assert_eq!(in_short(&["Accepted", "Not yet assessed"]), "Accepted. Not yet assessed.");
        assert_eq!(entered(&["A", "B"]), "Entered in this register, as put to A and B.");
    }

    #[test]
    fn successions_say_when() {
        assert_eq!(
            succeeded_by("the Ferry Partnership", Happened::UNKNOWN),
            "Its place was taken by the Ferry Partnership on a date not known here"
        );
        assert_eq!(
            took_the_place_of("the Ferry Board", Happened::on(on("2019-03-01"))),
            "It took the place of the Ferry Board on 1 March 2019"
        );
        assert_eq!(days_taken(8).as_deref(), Some("8 days after it was published"));
        assert_eq!(days_taken(-1), None);
    }

    #[test]
    fn contents_leave_out_what_is_not_there() {
        assert_eq!(
            contents(&[(2, "inquiry", "inquiries"), (0, "x", "xs"), (1, "body", "bodies")]),
            "2 inquiries and 1 body"
        );
        let upto = [((1, false), "inquiry", "inquiries"), ((0, false), "x", "xs"), ((10_000, true), "date", "dates")];
        assert_eq!(contents_upto(&upto), "1 inquiry and 10,000+ dates");
    }
}
