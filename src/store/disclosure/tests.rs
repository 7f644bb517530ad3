//! What an item's or a body's file says of removals.

use super::names::PEOPLE;
use super::sets::REDACTED;
use crate::domain::change::Subject;

#[test]
fn the_removal_of_every_kind_of_record_in_a_file_is_in_it_too() {
    for subject in Subject::ALL.iter().copied() {
        let is_in_none = match subject {
            // An inquiry's, or the register's own: no file holds the record itself.
            Subject::Format | Subject::Description | Subject::Page | Subject::Theme => true,
            Subject::Update
            | Subject::Wording
            | Subject::Remark
            | Subject::Deadline
            | Subject::Evidence
            | Subject::Agreement
            | Subject::Report
            | Subject::Mark
            | Subject::Outside
            | Subject::Coverage
            | Subject::Body
            | Subject::Event
            | Subject::Change => false,
        };
        assert_ne!(REDACTED.contains(&format!("(subject = '{subject}' and ")), is_in_none, "{subject}");
    }
}

#[test]
fn whoever_began_something_is_named() {
    assert!(PEOPLE.contains(&"begun_by") && PEOPLE.contains(&"ended_by"));
}
