//! Who did something, in public: a role and a body, never the name of a person.

use crate::domain::id::{ContactId, PersonId};
use crate::domain::person::Role;

/// On `/about`, where one person may write and publish a finding.
pub const SECOND_KEY_OFF: &str = "In this register one person may both write and publish an assessment, words marked as \
    compared with the source, and a closing as done. The check by a second person is switched off.";
/// On `/about`, where it takes two.
pub const SECOND_KEY_ON: &str = "An assessment, words marked as compared with the source, and a closing as done are \
    written by one person and published by another.";

/// `by an overseer of this register`, `by a contributor of {body}`, `by the register itself`. A body is named only with a
/// contributor: it speaks for it; nobody else does.
#[must_use]
pub fn author(role: Option<Role>, body: Option<&str>) -> String {
    match (role, body) {
        (None, _) => "by the register itself".to_owned(),
        (Some(Role::Administrator), _) => "by an administrator of this register".to_owned(),
        (Some(Role::Overseer), _) => "by an overseer of this register".to_owned(),
        (Some(Role::Observer), _) => "by an observer of this register".to_owned(),
        (Some(Role::Contributor), Some(body)) => format!("by a contributor of {body}"),
        (Some(Role::Contributor), None) => "by a contributor of the body asked".to_owned(),
    }
}

/// Of a date that followed from an update by the register's own rule: nobody chose it.
pub const SET_BY_SCHEDULE: &str = "Set by the register's schedule";

/// `Published by an overseer of this register`.
#[must_use]
pub fn published_by(role: Option<Role>, body: Option<&str>) -> String {
    format!("Published {}", author(role, body))
}

/// Of an update that a body sent in and oversight let through: whose words they are, and who published them. `From Ferry
/// Authority. Published by an overseer of this register`.
#[must_use]
pub fn from_body(body: &str, role: Option<Role>) -> String {
    format!("From {body}. {}", published_by(role, Some(body)))
}

/// The role as people read it.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Administrator",
        Role::Overseer => "Overseer",
        Role::Contributor => "Contributor",
        Role::Observer => "Observer",
    }
}

/// The name under which somebody who has left stands from then on, for staff: `Former overseer 12`.
#[must_use]
pub fn former(role: Role, person: PersonId) -> String {
    format!("Former {} {person}", self::role(role).to_lowercase())
}

/// The same for somebody of a body who had no account: `Former contact 7`.
#[must_use]
pub fn former_contact(contact: ContactId) -> String {
    format!("Former contact {contact}")
}

/// Why nothing can be changed about somebody who stands without their name.
pub const IS_FORMER: &str =
    "Their name and address were removed. That cannot be undone: invite them anew if they come back";

/// What the role may do, where somebody is invited or chooses one.
#[must_use]
pub const fn role_means(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Manages people, settings and mail, and may do all that an overseer may",
        Role::Overseer => "Keeps the register: records, assesses, publishes and withholds",
        Role::Contributor => "Files updates for their own body",
        Role::Observer => "Reads what is not published yet, and changes nothing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn authors_are_roles() {
        for (who, body, said) in [
            (None, None, "by the register itself"),
            (Some(Role::Overseer), Some("Ferry Authority"), "by an overseer of this register"),
            (Some(Role::Contributor), Some("Ferry Authority"), "by a contributor of Ferry Authority"),
            (Some(Role::Administrator), None, "by an administrator of this register"),
        ] {
            assert_eq!(author(who, body), said);
        }
        assert_eq!(
            from_body("Ferry Authority", Some(Role::Overseer)),
            "From Ferry Authority. Published by an overseer of this register"
        );
        all_different(Role::ALL, |value| author(Some(value), None));
        all_different(Role::ALL, |value| role(value).to_owned());
        all_different(Role::ALL, |value| role_means(value).to_owned());
    }
}
