//! Groups of bodies, such as all forces: who belonged to one on a day. A recommendation put to a group is put to each of these, and
//! each answers for itself. Whoever joins later is not asked by it: that is a deed of its own.

use super::id::BodyId;
use super::moment::{Day, Happened};
use super::problem::Problems;

/// Since when, and until when, a body belongs to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The body.
    pub body: BodyId,
    /// Since when, where that is known.
    pub from: Happened,
    /// Until when, where it has ended, be it on a day that nobody knows; `None` where it goes on.
    pub until: Option<Happened>,
}

impl Membership {
    /// Whether the body belonged to the group on a day: it had joined by then, or nobody knows when it did, and it had not left. Of one
    /// that left on a day that nobody knows, it is not known of any day: nothing is asked of it by that.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        let had_not_left = |until: Happened| until.day.is_some_and(|until| day <= until);
        self.from.day.is_none_or(|from| from <= day) && self.until.is_none_or(had_not_left)
    }
}

/// Notes what is wrong with a membership.
pub fn check(
    problems: &mut Problems,
    (group, member): (BodyId, &Membership),
    (member_is_group, group_is_member): (bool, bool),
    today: Day,
) {
    if member.body == group {
        problems.add("body", "A group cannot be a member of itself");
    } else if member_is_group {
        problems.add("body", "This is a group itself; enter its members one by one");
    } else if group_is_member {
        problems.add("body", "This body is a member of a group, so that it can have no members");
    }
    if member.from.day.is_some_and(|from| from > today) {
        problems.add("from", "The date must be today or earlier");
    }
    let until = member.until.and_then(|until| until.day);
    if until.is_some_and(|until| until > today) {
        problems.add("until", "The date must be today or earlier");
    }
    if let (Some(from), Some(until)) = (member.from.day, until)
        && until < from
    {
        problems.add("until", "It cannot have left before it joined");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn member(from: Option<&str>, until: Option<&str>) -> Membership {
        let on = |text: &str| Happened::on(day(text));
        Membership { body: BodyId(2), from: from.map_or(Happened::UNKNOWN, on), until: until.map(on) }
    }

    #[test]
    fn whoever_joins_later_or_has_left_is_not_asked() {
        let on = day("2026-06-15");
        assert!(member(None, None).holds_on(on));
        assert!(member(Some("2026-06-15"), None).holds_on(on));
        assert!(!member(Some("2026-06-16"), None).holds_on(on));
        assert!(member(None, Some("2026-06-15")).holds_on(on));
        assert!(!member(None, Some("2026-06-14")).holds_on(on));
    }

    #[test]
    fn whoever_left_on_a_day_that_nobody_knows_is_on_no_day_known_to_belong() {
        let left = Membership { until: Some(Happened::UNKNOWN), ..member(Some("2026-01-01"), None) };
        assert!(!left.holds_on(day("2026-06-15")));
        let mut problems = Problems::none();
        check(&mut problems, (BodyId(1), &left), (false, false), day("2026-11-23"));
        assert!(problems.at("until").is_none());
    }

    #[test]
    fn a_group_holds_bodies_and_no_groups() {
        let faults = |group, member: &Membership, groups| {
            let mut problems = Problems::none();
            check(&mut problems, (BodyId(group), member), groups, day("2026-11-23"));
            ["body", "from", "until"].into_iter().filter(|field| problems.at(field).is_some()).collect::<Vec<_>>()
        };
        let no = (false, false);
        assert!(faults(1, &member(None, None), no).is_empty());
        assert_eq!(faults(2, &member(None, None), no), ["body"]);
        assert_eq!(faults(1, &member(None, None), (true, false)), ["body"]);
        assert_eq!(faults(1, &member(None, None), (false, true)), ["body"]);
        assert_eq!(faults(1, &member(Some("2026-12-01"), None), no), ["from"]);
        assert_eq!(faults(1, &member(Some("2026-02-01"), Some("2026-01-01")), no), ["until"]);
    }
}
