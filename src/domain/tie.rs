//! Ties between recommendations of different inquiries: related, never merged. What a tie claims, and when it may be made.

use std::collections::BTreeSet;

use super::checked::Checked;
use super::family::together;
use super::id::{InquiryId, RecommendationId};
use super::problem::Problems;
use super::text::text_enum;
use super::words;

text_enum! {
    /// How one recommendation is tied to another: what the first says of the second.
    pub enum TieKind as "kind of link" {
        /// It asks for the same again.
        Restates = "restates",
        /// It asks for a part of it.
        Narrows = "narrows",
        /// It takes its place.
        Supersedes = "supersedes",
        /// It asks for the opposite.
        Contradicts = "contradicts",
        /// Both answer the same failing, each in its own way.
        SameFailing = "same_failing",
        /// Somebody thinks so while one of them has not been compared with its source, so it is in no count. A register file, which
        /// can say no more of two recommendations, may say it of two that were compared: then it waits on a list of the staff until
        /// somebody says how they are related.
        MayBeRelated = "may_be_related",
    }
}

impl TieKind {
    /// Whether it says something of what both ask for. Then both were compared with their sources, or nobody may say so.
    #[must_use]
    pub const fn is_claim(self) -> bool {
        !matches!(self, Self::MayBeRelated)
    }

    /// Whether it makes one family of the two. A contradiction is shown beside a family and joins nothing.
    #[must_use]
    pub const fn joins(self) -> bool {
        matches!(self, Self::Restates | Self::Narrows | Self::Supersedes | Self::SameFailing)
    }

    /// Whether the first came after the second: no chain of such ties leads back to where it began.
    #[must_use]
    pub const fn is_of_the_later(self) -> bool {
        matches!(self, Self::Restates | Self::Narrows | Self::Supersedes)
    }
}

/// How many recommendations a family may have, so that each page of one stays short enough to be read.
pub const MOST_IN_FAMILY: usize = 200;

/// One side of a tie, as far as the rules depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The recommendation.
    pub id: RecommendationId,
    /// The inquiry that made it.
    pub inquiry: InquiryId,
    /// What people call it: `Ashgrove report, recommendation 4`.
    pub name: String,
    /// How far its words were compared.
    pub checked: Checked,
    /// Whether it was entered in error.
    pub in_error: bool,
    /// The recommendation that it is a part of.
    pub whole: Option<RecommendationId>,
}

impl Side {
    /// Whether a tie that claims something can count, as far as this side is concerned: its own wording was seen, and it
    /// should stand here at all.
    #[must_use]
    pub const fn can_count(&self) -> bool {
        can_count(self.checked, self.in_error)
    }
}

/// The same of a recommendation that is known only so far.
#[must_use]
pub const fn can_count(checked: Checked, in_error: bool) -> bool {
    checked.wording_was_seen() && !in_error
}

/// Whether both sides were compared, so that it can be said how they are related: then nobody need only suspect it.
const fn both_can_count(one: &Side, other: &Side) -> bool {
    one.can_count() && other.can_count()
}

/// Notes why these two cannot be tied so. `standing` is how they are tied already; `ties` are the ties around both, from the
/// first to the second; `together` are the members that one family of the two would have.
pub fn check(
    problems: &mut Problems,
    kind: TieKind,
    (from, to): (&Side, &Side),
    standing: Option<TieKind>,
    ties: &[(RecommendationId, RecommendationId, TieKind)],
    together: &[Side],
) {
    if from.id == to.id {
        problems.add("number", words::TIED_TO_ITSELF);
        return;
    }
    if from.inquiry == to.inquiry {
        problems.add("number", words::TIED_WITHIN_INQUIRY);
        return;
    }
    if standing == Some(kind) {
        problems.add("kind", words::tied_already(&to.name));
        return;
    }
    for side in [from, to] {
        if side.in_error {
            problems.add("kind", words::tied_in_error(&side.name));
        } else if kind.is_claim() && !side.can_count() {
            problems.add("kind", words::not_compared_enough(&side.name));
        }
    }
    // Whoever can compare both can say what they find.
    if !kind.is_claim() && both_can_count(from, to) {
        problems.add("kind", words::compared_already(&from.name, &to.name));
    }
    if kind.is_of_the_later() && leads_to(ties, to.id, from.id) {
        problems.add("kind", words::tied_in_a_circle(&from.name, &to.name));
    }
    if kind.joins() && together.len() > MOST_IN_FAMILY {
        problems.add("kind", words::family_too_large(together.len()));
    }
    if opposites_in_one(kind, (from.id, to.id), ties) {
        problems.add("kind", words::OPPOSITES_IN_ONE);
    }
    // What is made once would be counted twice: a part was made with its whole.
    if let Some((whole, part)) = whole_and_part(together).filter(|_| kind.joins()) {
        problems.add("kind", words::family_holds_its_part(&whole.name, &part.name));
    }
}

/// A recommendation and its own part, where both are among these.
fn whole_and_part(members: &[Side]) -> Option<(&Side, &Side)> {
    members.iter().find_map(|part| Some((members.iter().find(|one| Some(one.id) == part.whole)?, part)))
}

/// Whether one family would hold two that ask for opposite things: those of which it is said now, being of one family by other ties,
/// or two whose families would become one. A tie that does not count at present may count later.
fn opposites_in_one(
    kind: TieKind,
    (from, to): (RecommendationId, RecommendationId),
    ties: &[(RecommendationId, RecommendationId, TieKind)],
) -> bool {
    // The tie between the two themselves aside, whose place a new one takes.
    let between = |one, other| (one, other) == (from, to) || (one, other) == (to, from);
    let others: Vec<_> = ties.iter().copied().filter(|(one, other, _)| !between(*one, *other)).collect();
    let joined: Vec<_> = others.iter().filter(|tie| tie.2.joins()).map(|(one, other, _)| (*one, *other)).collect();
    let families = together(&joined);
    let kin = |id: RecommendationId| {
        families.iter().find(|family| family.contains(&id)).cloned().unwrap_or_else(|| BTreeSet::from([id]))
    };
    let (first, second) = (kin(from), kin(to));
    let across = |one: RecommendationId, other: RecommendationId| first.contains(&one) && second.contains(&other);
    match kind {
        TieKind::Contradicts => first.contains(&to),
        kind if kind.joins() => {
            let mut opposites = others.iter().filter(|tie| tie.2 == TieKind::Contradicts);
            opposites.any(|(one, other, _)| across(*one, *other) || across(*other, *one))
        }
        _ => false,
    }
}

/// Whether ties of the later to the earlier lead from one recommendation to another; the tie between the two themselves aside,
/// whose place a new one takes.
fn leads_to(
    ties: &[(RecommendationId, RecommendationId, TieKind)],
    start: RecommendationId,
    end: RecommendationId,
) -> bool {
    let between = |one, other| (one, other) == (start, end) || (one, other) == (end, start);
    let steps: Vec<_> = ties
        .iter()
        .filter(|(from, to, kind)| kind.is_of_the_later() && !between(*from, *to))
        .map(|(from, to, _)| (*from, *to))
        .collect();
    let (mut seen, mut left) = (BTreeSet::from([start]), vec![start]);
    while let Some(at) = left.pop() {
        if at == end {
            return true;
        }
        left.extend(steps.iter().filter(|(from, _)| *from == at).map(|(_, to)| *to).filter(|to| seen.insert(*to)));
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn side(id: i64, inquiry: i64, checked: Checked) -> Side {
        Side {
            id: RecommendationId(id),
            inquiry: InquiryId(inquiry),
            name: format!("R{id}"),
            checked,
            in_error: false,
            whole: None,
        }
    }

    type Known = Vec<(RecommendationId, RecommendationId, TieKind)>;

    fn faults(kind: TieKind, from: &Side, to: &Side, standing: Option<TieKind>, ties: &Known) -> Problems {
        let mut problems = Problems::none();
        check(&mut problems, kind, (from, to), standing, ties, &[from.clone(), to.clone()]);
        problems
    }

    #[test]
    fn a_claim_needs_both_sides_compared_and_a_suspicion_one_that_was_not() {
        let (seen, not) = (side(1, 1, Checked::Source), side(2, 2, Checked::Secondary));
        for kind in TieKind::ALL {
            for (from, to) in [(&seen, &not), (&not, &seen)] {
                let refused = faults(*kind, from, to, None, &Vec::new()).at("kind").is_some();
                assert_eq!(refused, *kind != TieKind::MayBeRelated, "{kind}");
            }
            let both = faults(*kind, &seen, &side(3, 2, Checked::Quoted), None, &Vec::new());
            assert_eq!(both.is_empty(), *kind != TieKind::MayBeRelated, "{kind}");
        }
        let more = faults(TieKind::MayBeRelated, &not, &side(4, 3, Checked::Absent), None, &Vec::new());
        assert!(more.is_empty(), "nobody compared either");
        let wrong = Side { in_error: true, ..seen.clone() };
        assert!(faults(TieKind::MayBeRelated, &wrong, &not, None, &Vec::new()).at("kind").is_some());
    }

    #[test]
    fn the_same_twice_is_refused_and_another_kind_takes_its_place() {
        let (from, to) = (side(1, 1, Checked::Source), side(2, 2, Checked::Source));
        let stands = Some(TieKind::Restates);
        assert!(faults(TieKind::Restates, &from, &to, stands, &Vec::new()).at("kind").is_some());
        let ties = vec![(from.id, to.id, TieKind::Restates)];
        assert!(faults(TieKind::Supersedes, &to, &from, stands, &ties).is_empty(), "the other way round");
    }

    #[test]
    fn later_ones_follow_earlier_ones_in_no_circle() {
        let [one, two, three] = [1, 2, 3].map(|id| side(id, id, Checked::Source));
        let ties = vec![(one.id, two.id, TieKind::Supersedes), (two.id, three.id, TieKind::Narrows)];
        assert!(faults(TieKind::Supersedes, &three, &one, None, &ties).at("kind").is_some());
        assert!(faults(TieKind::SameFailing, &three, &one, None, &ties).is_empty(), "that says nothing of the order");
        assert!(faults(TieKind::Supersedes, &one, &three, None, &ties).is_empty());
    }

    #[test]
    fn no_family_holds_two_that_ask_for_opposite_things() {
        let [first, middle, last, other] = [1, 2, 3, 4].map(|id| side(id, id, Checked::Source));
        let mut ties = vec![(middle.id, first.id, TieKind::Restates), (last.id, middle.id, TieKind::Narrows)];
        assert!(faults(TieKind::Contradicts, &last, &first, None, &ties).at("kind").is_some());
        let stands = Some(TieKind::Narrows);
        assert!(
            faults(TieKind::Contradicts, &last, &middle, stands, &ties).is_empty(),
            "it takes the other one's place"
        );
        assert!(faults(TieKind::Contradicts, &other, &first, None, &ties).is_empty());
        ties.push((other.id, first.id, TieKind::Contradicts));
        for kind in [TieKind::SameFailing, TieKind::Restates] {
            assert!(faults(kind, &other, &last, None, &ties).at("kind").is_some(), "{kind}");
        }
        assert!(faults(TieKind::Restates, &other, &first, Some(TieKind::Contradicts), &ties).is_empty());
    }

    #[test]
    fn a_family_stays_readable() {
        let (from, to) = (side(1, 1, Checked::Source), side(2, 2, Checked::Source));
        for (kind, refused) in [(TieKind::Restates, true), (TieKind::Contradicts, false)] {
            let mut problems = Problems::none();
            let many = vec![from.clone(); MOST_IN_FAMILY + 1];
            check(&mut problems, kind, (&from, &to), None, &[], &many);
            assert_eq!(problems.at("kind").is_some(), refused, "{kind}");
        }
    }

    #[test]
    fn no_family_holds_a_whole_and_its_own_part() {
        // The part of the first would join by way of a third one.
        let (whole, third) = (side(1, 1, Checked::Source), side(2, 2, Checked::Source));
        let part = Side { whole: Some(whole.id), ..side(3, 1, Checked::Source) };
        for (kind, refused) in [(TieKind::SameFailing, true), (TieKind::Narrows, true), (TieKind::Contradicts, false)] {
            let mut problems = Problems::none();
            check(&mut problems, kind, (&part, &third), None, &[], &[whole.clone(), third.clone(), part.clone()]);
            assert_eq!(problems.at("kind").is_some(), refused, "{kind}");
        }
        let alone = Side { whole: Some(RecommendationId(9)), ..part.clone() };
        let mut problems = Problems::none();
        check(&mut problems, TieKind::Restates, (&alone, &third), None, &[], &[third.clone(), alone.clone()]);
        assert!(problems.is_empty(), "its whole is no member");
    }

    proptest! {
        /// Whatever else is tied, nothing is ever tied to itself or within its inquiry; and ties that were all let through, one
        /// after another, never lead in a circle; and no family holds two of which one asks for the opposite of the other.
        #[test]
        fn no_accepted_ties_contain_themselves(tried in prop::collection::vec((0_i64..6, 0_i64..6, 0_usize..6), 0..30)) {
            let mut ties: Known = Vec::new();
            for (one, other, kind) in tried {
                let (from, to) = (side(one, one / 2, Checked::Source), side(other, other / 2, Checked::Source));
                let kind = TieKind::ALL[kind];
                let between = |tie: &(RecommendationId, RecommendationId, TieKind)| {
                    (tie.0, tie.1) == (from.id, to.id) || (tie.0, tie.1) == (to.id, from.id)
                };
                let standing = ties.iter().find(|tie| between(tie)).map(|tie| tie.2);
                let refused = !faults(kind, &from, &to, standing, &ties).is_empty();
                if from.inquiry == to.inquiry {
                    prop_assert!(refused);
                }
                if !refused {
                    ties.retain(|tie| !between(tie));
                    ties.push((from.id, to.id, kind));
                }
            }
            for (from, to, kind) in &ties {
                prop_assert_ne!(from, to);
                if kind.is_of_the_later() {
                    prop_assert!(!leads_to(&ties, *to, *from));
                }
                if *kind == TieKind::Contradicts {
                    let joined: Vec<_> = ties.iter().filter(|tie| tie.2.joins()).map(|tie| (tie.0, tie.1)).collect();
                    prop_assert!(!together(&joined).iter().any(|set| set.contains(from) && set.contains(to)));
                }
            }
        }
    }
}
