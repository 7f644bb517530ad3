//! What an inquiry's numbers say and what they do not: sentences written from the counts, each number with its denominator.

use super::numbers::{count, list, number, out_of};
use super::totals::asked_for;

/// What an inquiry holds. Two units: recommendations, and answers (one for each body asked).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InquiryCounts {
    /// Recommendations held here.
    pub recommendations: u64,
    /// Of them, those whose addressee is not known.
    pub without_addressee: u64,
    /// Different bodies asked.
    pub bodies: u64,
    /// Answers: one for each recommendation and body.
    pub answers: u64,
    /// Of them, those where it is only probable that the body was asked.
    pub probable: u64,
    /// Of the answers, those that oversight has assessed.
    pub assessed: u64,
    /// Of the answers, those that are done as this register defines it.
    pub done: u64,
}

/// How many answers have a response recorded, and on what basis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ResponseCounts {
    /// All answers.
    pub answers: u64,
    /// Those with any response recorded.
    pub recorded: u64,
    /// Of these, those given in one statement for all the recommendations.
    pub block: u64,
}

/// `15 recommendations put to 4 bodies: 25 answers asked for, one for each body asked. 0 of 25 assessed: nobody has judged
/// yet; it does not mean that nothing was done.`
#[must_use]
pub fn inquiry_box(counts: &InquiryCounts) -> String {
    let mut sentences = vec![match counts.answers {
        0 => format!("{}. No body asked is recorded here.", recommendations(counts.recommendations)),
        answers => format!(
            "{}{} put to {}: {}.",
            recommendations(counts.recommendations),
            match counts.without_addressee {
                0 => String::new(),
                unknown => format!(", {} of them", number(counts.recommendations.saturating_sub(unknown))),
            },
            count(counts.bodies, "body", "bodies"),
            asked_for(answers),
        ),
    }];
    if counts.answers > 0 && counts.without_addressee > 0 {
        sentences.push(format!(
            "For {} the body asked is not known here.",
            out_of(counts.without_addressee, counts.recommendations)
        ));
    }
    if counts.probable > 0 {
        sentences.push(format!(
            "For {} it is only probable that the body was asked.",
            out_of(counts.probable, counts.answers)
        ));
    }
    if counts.answers > 0 {
        sentences.push(assessed(counts));
    }
    sentences.join(" ")
}

fn assessed(counts: &InquiryCounts) -> String {
    let share = format!("{} assessed", out_of(counts.assessed, counts.answers));
    let rest = counts.answers.saturating_sub(counts.assessed);
    match (counts.assessed, rest) {
        (0, _) => format!("{share}: nobody has judged yet; it does not mean that nothing was done."),
        (_, 0) => format!("{share}; {} done.", out_of(counts.done, counts.answers)),
        _ => format!(
            "{share}; {} done. Nobody has judged the other {}; it does not mean that nothing was done.",
            out_of(counts.done, counts.answers),
            number(rest)
        ),
    }
}

/// `Recorded: 19 of 25 answers; 18 of these 19 were given in one statement for all the recommendations. …`
#[must_use]
pub fn responses_box(counts: &ResponseCounts) -> String {
    let mut line =
        format!("Recorded: {}", super::numbers::all_of(counts.recorded, counts.answers, "answer", "answers"));
    if counts.block > 0 {
        line.push_str(&format!(
            "; {} in one statement for all the recommendations",
            if counts.block == counts.recorded {
                "given".to_owned()
            } else {
                format!("{} of these {} given", number(counts.block), number(counts.recorded))
            }
        ));
    }
    line.push('.');
    if counts.recorded < counts.answers {
        line.push_str(" Not recorded here does not mean refused, silent or late.");
    }
    line
}

/// Each count of the source with its day, where the source itself gives more than one.
#[must_use]
pub fn counts_in_source(counts: &[String]) -> String {
    format!("The source's own counts: {}.", list(counts))
}

fn recommendations(n: u64) -> String {
    count(n, "recommendation", "recommendations")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_says_what_the_numbers_say_and_what_they_do_not() {
        let jay = InquiryCounts { recommendations: 15, bodies: 4, answers: 25, ..InquiryCounts::default() };
        assert_eq!(
            inquiry_box(&jay),
            "15 recommendations put to 4 bodies: 25 answers asked for, one for each body asked. 0 of 25 assessed: nobody \
             has judged yet; it does not mean that nothing was done."
        );
        let linden = InquiryCounts {
            recommendations: 13,
            without_addressee: 7,
            bodies: 3,
            answers: 6,
            probable: 2,
            ..InquiryCounts::default()
        };
        assert_eq!(
            inquiry_box(&linden),
            "13 recommendations, 6 of them put to 3 bodies: 6 answers asked for, one for each body asked. For 7 of 13 the \
             body asked is not known here. For 2 of 6 it is only probable that the body was asked. 0 of 6 assessed: nobody has judged yet; it does not mean that nothing \
             was done."
        );
        assert_eq!(
            inquiry_box(&InquiryCounts { assessed: 3, done: 1, ..jay }),
            "15 recommendations put to 4 bodies: 25 answers asked for, one for each body asked. 3 of 25 assessed; 1 of 25 done. Nobody has judged the other \
             22; it does not mean that nothing was done."
        );
        assert_eq!(
            inquiry_box(&InquiryCounts { assessed: 25, done: 20, ..jay }),
            "15 recommendations put to 4 bodies: 25 answers asked for, one for each body asked. 25 of 25 assessed; 20 of 25 done."
        );
        assert_eq!(inquiry_box(&InquiryCounts::default()), "0 recommendations. No body asked is recorded here.");
    }

    #[test]
    fn responses_say_their_basis_and_what_is_missing() {
        for (recorded, block, said) in [
            (0, 0, "Recorded: 0 of 25 answers. Not recorded here does not mean refused, silent or late."),
            (
                14,
                13,
                "Recorded: 14 of 25 answers; 13 of these 14 given in one statement for all the recommendations. Not \
                 recorded here does not mean refused, silent or late.",
            ),
            (25, 25, "Recorded: 25 of 25 answers; given in one statement for all the recommendations."),
        ] {
            assert_eq!(responses_box(&ResponseCounts { answers: 25, recorded, block }), said);
        }
        assert_eq!(
            counts_in_source(&["12 (announced)".to_owned(), "13 (reported)".to_owned()]),
            "The source's own counts: 12 (announced) and 13 (reported)."
        );
    }
}
