//! Groups of bodies: who belongs to one, and since when.

use super::numbers::count;
use super::{dates, list};
use crate::domain::moment::{Day, Happened};

/// Over the members of a group.
pub const GROUP_MEANS: &str = "This is a group of bodies. It answers nothing itself: what was put to it was put to each body \
    that belonged to it on that day, and each answers for itself.";

/// A member with its dates: `Ashgrove Council, since 1 March 2020`, `Ferry Board, until 3 May 2024`.
#[must_use]
pub fn member(name: &str, from: Happened, until: Option<Happened>) -> String {
    format!("{name}{}", period(from, until))
}

/// The dates of a member alone: `Since 1 March 2020`.
#[must_use]
pub fn member_dates(from: Happened, until: Option<Happened>) -> String {
    period(from, until).trim_start_matches(", ").to_owned()
}

/// As of which day something was put to a group.
#[must_use]
pub fn as_of_day(day: Day) -> String {
    format!("put to its members of {}", dates::day(day))
}

fn period(from: Happened, until: Option<Happened>) -> String {
    let part = |when: Happened, before: &str| when.day.map(|_| format!(", {before} {}", dates::happened_bare(when)));
    let since = part(from, "since").unwrap_or_else(|| ", since when is not known here".to_owned());
    let left = |when| part(when, "until").unwrap_or_else(|| ", until a day that is not known here".to_owned());
    format!("{since}{}", until.map(left).unwrap_or_default())
}

/// Of a body that belongs to a group: `It belongs to all forces, since 1 March 2020`.
#[must_use]
pub fn belongs_to(group: &str, from: Happened, until: Option<Happened>) -> String {
    let verb = if until.is_some() { "belonged" } else { "belongs" };
    format!("It {verb} to {group}{}", period(from, until))
}

/// An entry of the record: `Ashgrove Council belongs to all forces, since 1 March 2020`.
#[must_use]
pub fn membership(group: &str, body: &str, (from, until): (Happened, Option<Happened>), present: bool) -> String {
    if !present {
        return format!("Taken back: that {body} belongs to {group} was recorded here in error");
    }
    let verb = if until.is_some() { "belonged" } else { "belongs" };
    format!("{body} {verb} to {group}{}", period(from, until))
}

/// In lists: `2 recommendations were put to this group of bodies; each of its members answers for itself`.
#[must_use]
pub fn put_to_members(recommendations: u64) -> String {
    let put = count(recommendations, "recommendation was", "recommendations were");
    format!("{put} put to this group of bodies; each of its members answers for itself")
}

/// An entry of the record: `Put to all forces: to each body that belonged to it on 1 March 2026`.
#[must_use]
pub fn put_to_group(group: &str, as_of: Day) -> String {
    format!("Put to {group}: to each body that belonged to it on {}", dates::day(as_of))
}

/// Who is asked: `3 bodies: A, B and C`.
#[must_use]
pub fn members_then(members: &[String]) -> String {
    if members.is_empty() {
        return "No body belonged to it then".to_owned();
    }
    let semicolons = members.iter().any(|member| member.contains(','));
    let all = if semicolons { members.join("; ") } else { list(members) };
    format!("{}: {all}", count(members.len() as u64, "body", "bodies"))
}

/// After the numbers of a group, where a member ended and not all that it was asked passed on.
pub const LEFT_OF_MEMBERS: &str = "What a member that ended was asked, and no body is known to have taken over, is in these \
                                   numbers";

/// Where nobody is asked by putting something to a group.
pub const NOBODY_LEFT_TO_ASK: &str = "No body that belonged to it on that day is left to be asked";

/// Before the numbers of a group: `3 members, each answer counted once`.
#[must_use]
pub fn members_together(members: u64) -> String {
    format!("{}; each answer is counted once, under who answers now", count(members, "member now", "members now"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn a_membership_says_since_when_or_that_nobody_knows() {
        let since = Happened::on(on("2020-03-01"));
        assert_eq!(membership("all ports", "A", (since, None), true), "A belongs to all ports, since 1 March 2020");
        let left = Some(Happened::UNKNOWN);
        assert_eq!(
            membership("all ports", "A", (since, left), true),
            "A belonged to all ports, since 1 March 2020, until a day that is not known here"
        );
        assert_eq!(
            belongs_to("all ports", Happened::UNKNOWN, left),
            "It belonged to all ports, since when is not known here, until a day that is not known here"
        );
        assert_eq!(member("A", Happened::UNKNOWN, Some(since)), "A, since when is not known here, until 1 March 2020");
        assert_eq!(members_then(&["A".to_owned(), "B".to_owned()]), "2 bodies: A and B");
        assert_eq!(members_then(&[]), "No body belonged to it then");
    }
}
