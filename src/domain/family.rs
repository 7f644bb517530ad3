//! Families: recommendations of several inquiries that say the same. A family is whatever hangs together by ties that count;
//! nothing of it is stored but its address.

use std::collections::{BTreeMap, BTreeSet};

use super::id::InquiryId;
use super::moment::Day;

/// What hangs together: each set has two members or more, and nobody is in two of them. The sets come in the order of their
/// least members, whatever the order of the ties. A tie of something to itself makes no family.
#[must_use]
pub fn together<K: Ord + Copy>(ties: &[(K, K)]) -> Vec<BTreeSet<K>> {
    let mut beside: BTreeMap<K, BTreeSet<K>> = BTreeMap::new();
    for (one, other) in ties.iter().filter(|(one, other)| one != other) {
        beside.entry(*one).or_default().insert(*other);
        beside.entry(*other).or_default().insert(*one);
    }
    let mut sets = Vec::new();
    while let Some(first) = beside.keys().next().copied() {
        let (mut set, mut left) = (BTreeSet::from([first]), vec![first]);
        while let Some(at) = left.pop() {
            left.extend(beside.remove(&at).into_iter().flatten().filter(|next| set.insert(*next)));
        }
        sets.push(set);
    }
    sets
}

/// One member, as far as the sentence about its family depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The inquiry that made it.
    pub inquiry: InquiryId,
    /// The day on which it was made, where that is known.
    pub made_on: Option<Day>,
    /// Whether oversight has looked at any of its answers.
    pub assessed: bool,
    /// Whether it is done: each answer and each part was confirmed, and still holds.
    pub done: bool,
    /// Whether any of its answers was ever confirmed; what was answered to the whole before it was divided is one of them.
    pub ever_confirmed: bool,
    /// Whether somebody found of an answer that was confirmed that it holds no longer.
    pub lapsed: bool,
    /// Whether any of its answers is confirmed now.
    pub any_confirmed: bool,
    /// The exact day of the last confirmation that it is done by, where each of them has one.
    pub confirmed_on: Option<Day>,
}

impl Member {
    /// Whether it was confirmed in some answer, and nothing of it is confirmed now.
    const fn is_behind(&self) -> bool {
        self.ever_confirmed && !self.done && !self.any_confirmed
    }
}

/// What can be said of a family as a whole. Each number is of its members.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many there are: how often it was made.
    pub made: u64,
    /// How many inquiries made them. One inquiry can have made several of a family, each tied to one of another inquiry.
    pub inquiries: u64,
    /// The earliest known day on which one of them was made.
    pub first: Option<Day>,
    /// Of how many that day is not known.
    pub undated: u64,
    /// How many oversight has looked at.
    pub assessed: u64,
    /// How many are done.
    pub confirmed: u64,
    /// How many are not done, while an answer is confirmed.
    pub partly: u64,
    /// How many were confirmed in some answer, of which somebody found that it holds no longer, and nothing else is confirmed.
    pub lost: u64,
    /// How many were confirmed in some answer and are not now, while nobody found that it holds no longer.
    pub before: u64,
    /// The last of the exact days on which one of them came to be done; none where any of those is not exact.
    pub confirmed_on: Option<Day>,
}

impl Standing {
    /// Of these members.
    #[must_use]
    pub fn of(members: &[Member]) -> Self {
        let count = |which: fn(&Member) -> bool| members.iter().filter(|one| which(one)).fold(0, |n, _| n + 1);
        let done = members.iter().filter(|one| one.done);
        let days: Option<Vec<Day>> = done.map(|one| one.confirmed_on).collect();
        Self {
            made: members.len() as u64,
            inquiries: members.iter().map(|one| one.inquiry).collect::<BTreeSet<_>>().len() as u64,
            first: members.iter().filter_map(|one| one.made_on).min(),
            undated: count(|one| one.made_on.is_none()),
            assessed: count(|one| one.assessed),
            confirmed: count(|one| one.done),
            partly: count(|one| !one.done && one.any_confirmed),
            lost: count(|one| one.is_behind() && one.lapsed),
            before: count(|one| one.is_behind() && !one.lapsed),
            confirmed_on: days.and_then(|days| days.into_iter().max()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_family_needs_two() {
        assert!(together::<u8>(&[]).is_empty());
        assert!(together(&[(1, 1)]).is_empty(), "nothing is its own family");
        assert_eq!(together(&[(1, 2), (3, 4), (2, 3), (6, 5)]), [BTreeSet::from([1, 2, 3, 4]), BTreeSet::from([5, 6])]);
    }

    #[test]
    fn nothing_is_said_from_a_day_that_is_not_exact() {
        let on: Option<Day> = Some("2026-05-03".parse().unwrap());
        let done = Member {
            inquiry: InquiryId(1),
            made_on: on,
            assessed: true,
            done: true,
            ever_confirmed: false,
            lapsed: false,
            any_confirmed: true,
            confirmed_on: on,
        };
        assert_eq!(Standing::of(&[done]).confirmed_on, on);
        assert_eq!(Standing::of(&[done, Member { confirmed_on: None, ..done }]).confirmed_on, None);
        let lost = Member { done: false, any_confirmed: false, ever_confirmed: true, lapsed: true, ..done };
        let of = Standing::of(&[lost, Member { made_on: None, ..lost }]);
        assert_eq!((of.lost, of.confirmed, of.undated, of.confirmed_on), (2, 0, 1, None));
        // Divided since, say: that nobody has looked again is no finding that it holds no longer.
        let of = Standing::of(&[lost, Member { lapsed: false, ..lost }]);
        assert_eq!((of.lost, of.before), (1, 1));
    }

    fn ties() -> impl Strategy<Value = Vec<(u8, u8)>> {
        prop::collection::vec((0_u8..20, 0_u8..20), 0..40)
    }

    proptest! {
        #[test]
        fn families_are_consistent(ties in ties(), seed in any::<u64>()) {
            let found = together(&ties);
            let all: Vec<u8> = found.iter().flatten().copied().collect();
            let once: BTreeSet<u8> = all.iter().copied().collect();
            prop_assert_eq!(all.len(), once.len(), "nobody is in two families");
            for set in &found {
                prop_assert!(set.len() >= 2);
            }
            // Both ends of a tie are in one family, and everybody in a family has a tie.
            for (one, other) in ties.iter().filter(|(one, other)| one != other) {
                prop_assert!(found.iter().any(|set| set.contains(one) && set.contains(other)));
            }
            let tied: BTreeSet<u8> =
                ties.iter().filter(|(one, other)| one != other).flat_map(|(one, other)| [*one, *other]).collect();
            prop_assert_eq!(&once, &tied);
            // Nor is anything in a family that no tie leads to: from one member all the others are reached, step by step.
            for set in &found {
                let mut reached: BTreeSet<u8> = set.iter().take(1).copied().collect();
                for _ in 0..set.len() {
                    let touched = ties.iter().filter(|(one, other)| reached.contains(one) || reached.contains(other));
                    let more: Vec<u8> = touched.flat_map(|(one, other)| [*one, *other]).collect();
                    reached.extend(more);
                }
                prop_assert_eq!(&reached, set);
            }
            // Neither the direction of a tie nor the order of them matters.
            let mut mixed: Vec<(u8, u8)> = ties.iter().map(|(one, other)| (*other, *one)).collect();
            let middle = usize::try_from(seed).unwrap_or(0) % mixed.len().max(1);
            let at = middle.min(mixed.len());
            mixed.rotate_left(at);
            prop_assert_eq!(&together(&mixed), &found);
            // A tie taken back never joins anything.
            if let Some((_, fewer)) = ties.split_last() {
                for set in together(fewer) {
                    prop_assert!(found.iter().any(|whole| set.is_subset(whole)));
                }
            }
        }

        #[test]
        fn the_counts_add_up(facts in prop::collection::vec((0_i64..4, any::<[bool; 6]>()), 0..20)) {
            let day: Day = "2014-08-26".parse().unwrap();
            let members: Vec<Member> = facts
                .iter()
                .map(|(inquiry, [dated, assessed, done, any, ever, lapsed])| Member {
                    inquiry: InquiryId(*inquiry),
                    made_on: dated.then_some(day),
                    assessed: *assessed,
                    done: *done,
                    any_confirmed: *any,
                    ever_confirmed: *ever,
                    lapsed: *lapsed,
                    confirmed_on: None,
                })
                .collect();
            let of = Standing::of(&members);
            prop_assert_eq!(of.made, members.len() as u64);
            prop_assert!(of.confirmed + of.partly + of.lost + of.before <= of.made);
            prop_assert!(of.undated <= of.made && of.assessed <= of.made);
            prop_assert_eq!(of.first.is_some(), of.undated < of.made);
            // An inquiry counts once, however often it made it.
            let most = members.iter().map(|one| one.inquiry.0).max().map_or(0, |most| most.unsigned_abs() + 1);
            prop_assert!(of.inquiries <= of.made && of.inquiries <= most);
            prop_assert_eq!(of.inquiries == 0, members.is_empty());
            let again = Standing::of(&[members.clone(), members].concat());
            prop_assert_eq!((again.made, again.inquiries), (2 * of.made, of.inquiries));
        }
    }
}
