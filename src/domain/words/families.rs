//! Words for ties between recommendations, and for the families that they make.

use super::dates;
use super::numbers::{all_of, count, number, out_of};
use crate::domain::family::Standing;
use crate::domain::moment::Day;
use crate::domain::relation::Relation;
use crate::domain::tie::{MOST_IN_FAMILY, TieKind};

/// Why a recommendation is not tied to itself.
pub const TIED_TO_ITSELF: &str = "This is the recommendation itself; choose another one";
/// Why two of one inquiry are not tied.
pub const TIED_WITHIN_INQUIRY: &str =
    "Both are of the same inquiry. A link says what different inquiries ask for; choose one of another inquiry";
/// Of two that nothing ties any more.
pub const NOT_TIED: &str = "They are not linked";
/// What a suggestion is worth.
pub const SUGGESTION_IS_NO_FINDING: &str = "They are suggested because they share words that are rare in this register. That is \
     no finding: compare what both ask for.";
/// Where whatever is like it is linked to it already.
pub const ALIKE_ARE_LINKED: &str =
    "What shares enough rare words with this one is linked to it already. Another one can be linked by its number.";
/// Why no family holds two that ask for opposite things.
pub const OPPOSITES_IN_ONE: &str = "By this link and the others one family would hold two recommendations that ask for opposite \
     things, and would say of both that they ask for the same. Change the other links first, or choose another kind";
/// Where nothing is like it.
pub const NOTHING_LIKE_IT: &str = "No recommendation of another inquiry shares enough rare words with this one.";
macro_rules! compared_and_not_said {
    () => {
        "Both have been compared with their sources; nobody has yet said how they are related, so this is in no count"
    };
}
/// Of two of which somebody only suspects something, once both were compared.
pub const COMPARED_AND_NOT_SAID: &str = compared_and_not_said!();
/// What a family is.
pub const FAMILY_MEANS: &str = "A family holds recommendations of different inquiries that somebody has compared and found to say \
     the same, a part of the same, or to answer the same failing. How often it was made counts recommendations: an inquiry that \
     made several of them counts once among the inquiries. It says nothing of whether they were right.";
/// What a family does not count.
pub const FAMILY_LEAVES_OUT: &str =
    "What may be related, and of which nobody has said how, is in no family; nor is what was entered in error.";
/// Where no family stands.
pub const NO_FAMILIES: &str = "Nobody has linked recommendations of different inquiries here yet.";
/// Over what a recommendation is linked to.
pub const OF_OTHER_INQUIRIES: &str = "Recommendations of other inquiries";
/// Beside what contradicts a member.
pub const OPPOSITE_IS_NO_MEMBER: &str = "What asks for the opposite is shown here, and is no member and in no count.";
/// Of a family that came apart.
pub const FAMILY_APART: &str =
    "The family that had this address came apart. The recommendation that it was named after is in no family now.";

/// How one recommendation is tied to another, as a choice of whoever looks at the first.
#[must_use]
pub const fn tie_kind(kind: TieKind) -> &'static str {
    match kind {
        TieKind::Restates => "This one asks for the same again",
        TieKind::Narrows => "This one asks for a part of it",
        TieKind::Supersedes => "This one takes its place",
        TieKind::Contradicts => "They ask for opposite things",
        TieKind::SameFailing => "Both answer the same failing",
        TieKind::MayBeRelated => "May be related. Nobody has compared them, so this is in no count.",
    }
}

/// The same as somebody reads it beside the other's name, on the page of the first or, `inward`, of the second; `compared`: whether
/// both were compared with their sources by now.
#[must_use]
pub const fn tie_beside(kind: TieKind, inward: bool, compared: bool) -> &'static str {
    match (kind, inward) {
        (TieKind::MayBeRelated, _) if compared => concat!("May be related. ", compared_and_not_said!(), "."),
        (TieKind::Restates, true) => "It asks for the same again",
        (TieKind::Narrows, true) => "It asks for a part of this one",
        (TieKind::Supersedes, true) => "It takes the place of this one",
        _ => tie_kind(kind),
    }
}

/// The heading over what stands so beside a recommendation.
#[must_use]
pub const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Before => "Asked before",
        Relation::Later => "Asked again",
        Relation::Same => "For the same failing",
        Relation::Opposite => "The opposite was asked",
        Relation::Suspected => "May be related",
    }
}

/// How many pairs wait for a word: `2 pairs of recommendations may be related. Nobody has said how, so they are in no family`.
#[must_use]
pub fn pairs_suspected(pairs: u64) -> String {
    let they_are = if pairs == 1 { "it is" } else { "they are" };
    format!(
        "{} may be related. Nobody has said how, so {they_are} in no family and in no count; each recommendation\u{2019}s page \
         names the other",
        count(pairs, "pair of recommendations", "pairs of recommendations")
    )
}

/// A tie as a sentence: `Ashgrove report, recommendation 4 asks for the same again as Millbrook report, recommendation a`.
#[must_use]
pub fn tie_line(kind: TieKind, from: &str, to: &str) -> String {
    let (verb, after) = match kind {
        TieKind::Restates => ("asks for the same again as", ""),
        TieKind::Narrows => ("asks for a part of", ""),
        TieKind::Supersedes => ("takes the place of", ""),
        TieKind::Contradicts => ("asks for the opposite of", ""),
        TieKind::SameFailing => ("answers the same failing as", ""),
        // True on the day on which it was published, and later: what has been compared since is said beside it.
        TieKind::MayBeRelated => ("may be related to", ". Nobody has said how, so this is in no count"),
    };
    format!("{from} {verb} {to}{after}")
}

/// The same where it was published, or taken back.
#[must_use]
pub fn tie_published(kind: TieKind, from: &str, to: &str, present: bool) -> String {
    let line = tie_line(kind, from, to);
    if present { format!("Link: {line}") } else { format!("Link taken back: {line}") }
}

/// What people call a recommendation in a sentence about two of them.
#[must_use]
pub fn tied_name(inquiry: &str, number: &str) -> String {
    format!("{inquiry}, recommendation {number}")
}

/// Why the same is not tied twice.
#[must_use]
pub fn tied_already(name: &str) -> String {
    format!("It is linked so to {name} already; choose another kind, or leave it")
}

/// Why nothing is tied to what was entered in error.
#[must_use]
pub fn tied_in_error(name: &str) -> String {
    format!("{name} was entered in error, and is in no number")
}

/// Why nothing can be claimed of a side that nobody compared.
#[must_use]
pub fn not_compared_enough(name: &str) -> String {
    format!(
        "{name} has not been compared with its source, so nobody can say what it asks for. Compare its words first, or choose \
         \u{201c}May be related\u{201d}"
    )
}

/// In the list of what somebody can explain by now: `May be related to Jay report, 4. Inspect the pier`.
#[must_use]
pub fn may_be_related_to(other: &str) -> String {
    format!("May be related to {other}")
}

/// Why nobody need only suspect something of two that were compared.
#[must_use]
pub fn compared_already(from: &str, to: &str) -> String {
    format!(
        "{from} and {to} have both been compared with their sources, so it can be said how they are related. Choose which it is, or \
         do not link them"
    )
}

/// Why a later one does not come before an earlier one.
#[must_use]
pub fn tied_in_a_circle(from: &str, to: &str) -> String {
    format!(
        "{to} follows {from} already, by other links: this one would lead in a circle, and {from} would come after itself"
    )
}

/// Why a family stays readable.
#[must_use]
pub fn family_too_large(together: usize) -> String {
    format!(
        "This would make one family of {} recommendations. More than {} cannot be read on one page; use a theme instead",
        number(together as u64),
        number(MOST_IN_FAMILY as u64)
    )
}

/// Why a family does not hold a recommendation and a part of it.
#[must_use]
pub fn family_holds_its_part(whole: &str, part: &str) -> String {
    format!(
        "This would make one family of {whole} and its own part, {part}: it was made once, and would be counted twice. Link only \
         one of the two"
    )
}

/// The heading of a family, after the first that was made: `What Jay report, recommendation 4 asks for, and those like it`.
#[must_use]
pub fn family_title(inquiry: &str, number: &str) -> String {
    format!("Recommendations that say what {inquiry}, recommendation {number} says")
}

/// What stands behind a family in one sentence: `First recommended in 2014, made 3 times, never confirmed`. It counts
/// recommendations; where an inquiry made several of them it says by how many: `made 3 times by 2 inquiries`.
#[must_use]
pub fn family_standing(of: &Standing) -> String {
    let by = if of.inquiries < of.made {
        format!(" by {}", count(of.inquiries, "inquiry", "inquiries"))
    } else {
        String::new()
    };
    format!("{}, made {}{by}, {}", first(of), times(of.made), confirmed(of))
}

/// Since when. Nothing is said from a date that is not known: one of those may have been made before the others.
fn first(of: &Standing) -> String {
    match (of.first.map(year), of.undated) {
        (Some(year), 0) => format!("First recommended in {year}"),
        (Some(year), undated) => format!(
            "First recommended in {year} or earlier (when {} of {} was made is not known here)",
            number(undated),
            number(of.made)
        ),
        (None, _) => "First recommended on a date that is not known here".to_owned(),
    }
}

fn year(day: Day) -> i16 {
    day.date().year()
}

fn times(n: u64) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => count(n, "time", "times"),
    }
}

fn confirmed(of: &Standing) -> String {
    let earlier = of.lost + of.before;
    let lost = match (of.lost, of.before) {
        (0, 0) => String::new(),
        (0, before) => format!(" ({} more confirmed before)", number(before)),
        (lost, 0) => format!(" (of {}, what was confirmed holds no longer)", number(lost)),
        (lost, before) => format!(
            " (of {}, what was confirmed holds no longer; {} more confirmed before)",
            number(lost),
            number(before)
        ),
    };
    match of.confirmed {
        0 if of.assessed == 0 && earlier == 0 => "nobody has assessed any of them".to_owned(),
        0 if of.lost > 0 && of.before > 0 => {
            format!("confirmed {} before (of {}, what was confirmed holds no longer)", times(earlier), number(of.lost))
        }
        0 if of.lost > 0 => format!("confirmed {} and not holding any longer", times(of.lost)),
        0 if of.before > 0 => format!("confirmed {} before", times(of.before)),
        0 => {
            let how = if of.partly > 0 { "never confirmed in full" } else { "never confirmed" };
            if of.assessed < of.made {
                format!("{how} ({} assessed)", out_of(of.assessed, of.made))
            } else {
                how.to_owned()
            }
        }
        n if n == of.made => format!("confirmed each time{}", last(of)),
        1 => format!("confirmed once{}{lost}", last(of)),
        n => format!("confirmed {} of {} times{}{lost}", number(n), number(of.made), last(of)),
    }
}

fn last(of: &Standing) -> String {
    match of.confirmed_on {
        Some(on) if of.confirmed == 1 => format!(", on {}", dates::day(on)),
        Some(on) => format!(", last on {}", dates::day(on)),
        None => String::new(),
    }
}

/// Of a member, who made it and when: `Ashgrove report. Made on 3 May 2013`.
#[must_use]
pub fn member_made(inquiry: &str, on: Option<Day>) -> String {
    match on {
        Some(on) => format!("{inquiry}. Made on {}", dates::day(on)),
        None => format!("{inquiry}. When it was made is not known here"),
    }
}

/// Beside a family in a list: how many recommendations of how many inquiries.
#[must_use]
pub fn family_size(members: u64, inquiries: u64) -> String {
    format!("{} of {}", count(members, "recommendation", "recommendations"), count(inquiries, "inquiry", "inquiries"))
}

/// A tie that claims something and does not count at present, for staff.
#[must_use]
pub fn tie_not_counted(name: &str) -> String {
    format!("In no count at present: {name} is not compared with its source, or was entered in error")
}

/// Why a recommendation is suggested: `Both say: pier, inspected, year`.
#[must_use]
pub fn shares_words(words: &[String]) -> String {
    format!("Both say: {}", words.join(", "))
}

/// What has a theme: `3 recommendations of 2 inquiries; 1 of 3 done`.
#[must_use]
pub fn made_by(recommendations: u64, done: u64, inquiries: u64) -> String {
    let made = count(recommendations, "recommendation", "recommendations");
    if recommendations == 0 {
        return made;
    }
    format!("{made} of {}; {} done", count(inquiries, "inquiry", "inquiries"), out_of(done, recommendations))
}

/// How many recommendations of a theme an inquiry made: `3 of 15 recommendations`.
#[must_use]
pub fn of_theme(n: u64, all: u64) -> String {
    all_of(n, all, "recommendation", "recommendations")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    fn standing() -> Standing {
        Standing { made: 3, inquiries: 3, first: Some(on("2014-08-26")), assessed: 3, ..Standing::default() }
    }

    #[test]
    fn every_kind_of_tie_has_its_own_words() {
        all_different(TieKind::ALL, |kind| tie_kind(kind).to_owned());
        for compared in [false, true] {
            all_different(TieKind::ALL, |kind| tie_beside(kind, true, compared).to_owned());
        }
        let suspected = |compared| tie_beside(TieKind::MayBeRelated, false, compared);
        assert_ne!(suspected(false), suspected(true));
        assert!(suspected(true).contains(COMPARED_AND_NOT_SAID));
        all_different(TieKind::ALL, |kind| tie_line(kind, "A", "B"));
        assert_ne!(tie_published(TieKind::Narrows, "A", "B", true), tie_published(TieKind::Narrows, "A", "B", false));
    }

    #[test]
    fn a_family_says_what_is_known_and_no_more() {
        let said = |of: Standing| family_standing(&of);
        assert_eq!(said(standing()), "First recommended in 2014, made 3 times, never confirmed");
        assert_eq!(
            said(Standing { assessed: 1, ..standing() }),
            "First recommended in 2014, made 3 times, never confirmed (1 of 3 assessed)"
        );
        assert_eq!(
            said(Standing { assessed: 0, ..standing() }),
            "First recommended in 2014, made 3 times, nobody has assessed any of them"
        );
        assert_eq!(
            said(Standing { partly: 1, ..standing() }),
            "First recommended in 2014, made 3 times, never confirmed in full"
        );
        let once = Standing { confirmed: 1, confirmed_on: Some(on("2026-05-03")), ..standing() };
        assert_eq!(said(once.clone()), "First recommended in 2014, made 3 times, confirmed once, on 3 May 2026");
        assert_eq!(
            said(Standing { inquiries: 2, ..standing() }),
            "First recommended in 2014, made 3 times by 2 inquiries, never confirmed"
        );
        assert_eq!(
            said(Standing { made: 2, inquiries: 2, undated: 1, assessed: 2, confirmed: 2, confirmed_on: None, ..once }),
            "First recommended in 2014 or earlier (when 1 of 2 was made is not known here), made twice, confirmed each time"
        );
        assert_eq!(
            said(Standing { first: None, undated: 3, lost: 1, ..standing() }),
            "First recommended on a date that is not known here, made 3 times, confirmed once and not holding any longer"
        );
        assert_eq!(
            said(Standing { assessed: 0, before: 1, ..standing() }),
            "First recommended in 2014, made 3 times, confirmed once before"
        );
        assert_eq!(
            said(Standing { lost: 1, before: 1, ..standing() }),
            "First recommended in 2014, made 3 times, confirmed twice before (of 1, what was confirmed holds no longer)"
        );
    }
}
