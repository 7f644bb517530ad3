//! The gap between what bodies say and what was found, in words.

use super::dates::{day, month_and_year};
use super::numbers::{all_of, number};
use crate::domain::gap::{Gap, GapPart};
use crate::domain::moment::{Day, Happened, Precision};

/// Which schedule a finding is held against, for `/about`.
pub const LOOKED_LATELY: &str = "A finding is \u{201c}not looked at lately\u{201d} once the day on which oversight was to look \
    again has passed. Such days are set by oversight for each answer; when an answer is closed they are set 6, 18 and 36 months \
    ahead unless it decides otherwise. Where no such day is set and the body is asked for an update every so many months, a \
    finding that is older than that many months is not looked at lately. Where there is neither, there is no schedule, and no \
    finding is called old. The finding itself stays as it was made: it is only counted by itself, and marked.";

/// The beginning of the sentence, which is a link to all of them: `14 of 25 answers say complete or in place`.
#[must_use]
pub fn claims(gap: &Gap) -> String {
    // Of one answer one speaks, or none.
    let say = if gap.claims() == 1 || (gap.answers == 1 && !gap.more) { "says" } else { "say" };
    let of = if gap.more {
        format!("{} of the first {} answers", number(gap.claims()), number(gap.answers))
    } else {
        all_of(gap.claims(), gap.answers, "answer", "answers")
    };
    format!("{of} {say} complete or in place")
}

/// One part: `6 confirmed`.
#[must_use]
pub fn gap_part(part: GapPart, n: u64) -> String {
    let words = match part {
        GapPart::Confirmed => "confirmed",
        GapPart::NotLookedAt => "not yet looked at",
        GapPart::NotLately => "not looked at lately",
        GapPart::Disputed => "disputed",
    };
    format!("{} {words}", number(n))
}

/// The parts that the sentence names: how many were confirmed always, the others where there are any.
#[must_use]
pub fn parts_named(gap: &Gap) -> Vec<GapPart> {
    if gap.claims() == 0 {
        return Vec::new();
    }
    GapPart::ALL.iter().copied().filter(|part| *part == GapPart::Confirmed || gap.of(*part) > 0).collect()
}

/// The whole sentence: `14 of 25 answers say complete or in place: 6 confirmed, 5 not yet looked at, 3 disputed`.
#[must_use]
pub fn gap(gap: &Gap) -> String {
    let parts: Vec<String> = parts_named(gap).into_iter().map(|part| gap_part(part, gap.of(part))).collect();
    if parts.is_empty() { claims(gap) } else { format!("{}: {}", claims(gap), parts.join(", ")) }
}

/// Under a finding that is older than its schedule.
#[must_use]
pub fn not_lately_since(until: Day) -> String {
    format!("Not looked at lately: it was to be looked at again by {}", day(until))
}

/// One part as the choice of a filter.
#[must_use]
pub const fn gap_choice(part: GapPart) -> &'static str {
    match part {
        GapPart::Confirmed => "And it was confirmed",
        GapPart::NotLookedAt => "And nobody has looked yet",
        GapPart::NotLately => "And the finding is older than its schedule",
        GapPart::Disputed => "And something else was found",
    }
}

/// How old a tag is, where it stands without its line: `as at May 2027`. Nothing for a day that is not known.
#[must_use]
pub fn tag_age(when: Happened) -> Option<String> {
    match (when.day, when.precision) {
        (None, _) | (_, Precision::Unknown) => None,
        (Some(day), Precision::On) => Some(format!("as at {}", month_and_year(day))),
        (Some(day), Precision::By) => Some(format!("as at {} or before", month_and_year(day))),
        (Some(day), Precision::About) => Some(format!("as at about {}", month_and_year(day))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn the_sentence_names_its_unit_and_its_denominator() {
        let some = Gap { answers: 25, confirmed: 6, not_looked_at: 5, disputed: 3, ..Gap::default() };
        assert_eq!(
            gap(&some),
            "14 of 25 answers say complete or in place: 6 confirmed, 5 not yet looked at, 3 disputed"
        );
        let one = Gap { answers: 1, not_lately: 1, ..Gap::default() };
        assert_eq!(gap(&one), "1 of 1 answer says complete or in place: 0 confirmed, 1 not looked at lately");
        assert_eq!(gap(&Gap { answers: 1, ..Gap::default() }), "0 of 1 answer says complete or in place");
        assert_eq!(gap(&Gap { answers: 25, ..Gap::default() }), "0 of 25 answers say complete or in place");
        let many = Gap { answers: 1000, confirmed: 2, more: true, ..Gap::default() };
        assert_eq!(gap(&many), "2 of the first 1,000 answers say complete or in place: 2 confirmed");
        all_different(GapPart::ALL, |part| gap_part(part, 1));
        all_different(GapPart::ALL, |part| gap_choice(part).to_owned());
    }

    #[test]
    fn a_tag_is_as_old_as_its_month() {
        let day = Some(on("2027-05-17"));
        assert_eq!(tag_age(Happened::on(on("2027-05-17"))).as_deref(), Some("as at May 2027"));
        assert_eq!(tag_age(Happened::new(day, Precision::About)).as_deref(), Some("as at about May 2027"));
        assert_eq!(tag_age(Happened::new(day, Precision::By)).as_deref(), Some("as at May 2027 or before"));
        assert_eq!(tag_age(Happened::UNKNOWN), None);
    }
}
