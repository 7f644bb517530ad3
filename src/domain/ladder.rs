//! What follows a reminder where nothing is received, step by step, and is said in each of them beforehand: the contact again, the
//! alternate as well; then, by the hand of a named person alone who has looked at what was sent, the post at the top of the body,
//! and a published notice.
//!
//! Mail that comes back stops it: [`is_stopped`]. Where the address of the contact is dead, or the last mail there came back or was
//! refused because of whom it is for, nobody is left unasked: the next contact of the item or of the body whom mail reaches is asked in
//! their place, or where there is none, everybody who files for the body and is reached. But nothing goes further up by itself, staff
//! read “No working contact”, and no notice is published, until somebody else is named, the contact has another address, a later mail
//! gets there, or the address is taken off the list of dead ones. A contact who has left is no such contact: the next one takes their
//! place. A lead beside the contact who is not reached is not asked, and stops nothing. A body for which nobody files has no mail that
//! could come back.

use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::duty::{Held, alternate_for, contact_for, goes_to, named_for};
use super::id::{AddresseeId, PersonId};
use super::moment::Day;
use super::stage::Stages;

/// What comes by itself where nothing is received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// The day of the next reminder.
    pub reminder: Day,
    /// The day from which the alternate contact is written to as well; none where there is no other one.
    pub alternate: Option<Day>,
    /// Whether the post at the top of the body is known, so that a letter can follow.
    #[serde(default)]
    pub top: bool,
    /// The day of the letter to that post, where one about all that is overdue has gone, and no notice since: then that may follow.
    #[serde(default)]
    pub letter: Option<Day>,
}

/// The day from which the alternate contact is written to as well: that of the second stage after the date.
#[must_use]
pub fn alternate_from(stages: &Stages, due: Day, calendar: &Calendar) -> Day {
    calendar.working_from(due.plus_days(stages.first_after() + stages.every()))
}

/// What became of a letter to the post at the top of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterSent {
    /// It was handed over, or went on paper.
    Yes,
    /// It has not gone yet.
    Waits,
    /// It came back, or was refused because of whom it is for.
    CameBack,
    /// It was taken back, could not be handed over for another reason, or nothing is known of its going.
    No,
}

/// How far it has come with the post at the top of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AtTop {
    /// Nobody has written there.
    #[default]
    NotWritten,
    /// A letter is on its way.
    Waits,
    /// The last letter came back.
    CameBack,
    /// The last letter that was handed over is of this day.
    Written(Day),
}

impl AtTop {
    /// What follows from these letters, in the order of their days. One that waits takes nothing from one that was handed over; one
    /// that came back does: nobody is there any more.
    #[must_use]
    pub fn after(letters: impl IntoIterator<Item = (Day, LetterSent)>) -> Self {
        letters.into_iter().fold(Self::NotWritten, |before, (on, sent)| match (sent, before) {
            (LetterSent::Yes, _) => Self::Written(on),
            (LetterSent::CameBack, _) => Self::CameBack,
            (LetterSent::Waits, Self::Written(_)) | (LetterSent::No, _) => before,
            (LetterSent::Waits, _) => Self::Waits,
        })
    }

    /// The day of the letter that was handed over.
    #[must_use]
    pub const fn written(self) -> Option<Day> {
        match self {
            Self::Written(on) => Some(on),
            Self::NotWritten | Self::Waits | Self::CameBack => None,
        }
    }
}

/// The contact of an item whose mail comes back, whoever is asked in their place.
#[must_use]
pub fn out_of_reach(item: AddresseeId, duties: &[Held]) -> Option<PersonId> {
    let contact = named_for(item, duties).find(|one| one.works)?;
    (!contact.is_reached).then_some(contact.person)
}

/// Whether a reminder about an item goes to somebody who files for the body: to the contact, the main one first, and the leads beside
/// them; where no contact works and is reached, or none was named, to everybody who files for the body; and, with `alternate_too`,
/// once it has come to that, to the alternate as well, unless mail to the contact comes back: then it goes no further up.
#[must_use]
pub fn is_reminded(person: PersonId, item: AddresseeId, duties: &[Held], alternate_too: bool) -> bool {
    let further = alternate_too && out_of_reach(item, duties).is_none();
    goes_to(person, item, duties) || further && alternate_for(item, duties) == Some(person)
}

/// Whether somebody else can be written to as well about an item, once it has come to that.
#[must_use]
pub fn has_alternate(item: AddresseeId, duties: &[Held]) -> bool {
    let alternate = alternate_for(item, duties);
    out_of_reach(item, duties).is_none() && alternate.is_some() && alternate != contact_for(item, duties)
}

/// Whether mail about an item comes back: that to its contact, or where no contact works, that to all who file for the body.
/// `reached` says of each of these whether mail reaches them.
#[must_use]
pub fn is_stopped(item: AddresseeId, duties: &[Held], reached: &[bool]) -> bool {
    if named_for(item, duties).any(|one| one.works) {
        out_of_reach(item, duties).is_some()
    } else {
        !reached.is_empty() && !reached.contains(&true)
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::duty::DutyKind;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_alternate_is_asked_from_the_second_stage_after_a_date_on() {
        let calendar = Calendar::new(TimeZone::UTC, []);
        assert_eq!(alternate_from(&Stages::default(), day("2027-03-01"), &calendar), day("2027-03-09"));
        // The fifth day after and fourteen more are a Saturday.
        let own = Stages::read("30", "5", "14").unwrap();
        assert_eq!(alternate_from(&own, day("2027-03-01"), &calendar), day("2027-03-22"));
    }

    #[test]
    fn a_letter_to_the_top_counts_once_it_was_handed_over_and_unless_it_came_back() {
        let (first, then) = (day("2027-03-02"), day("2027-03-09"));
        let after = |second| AtTop::after([(first, LetterSent::Yes), (then, second)]);
        assert_eq!(after(LetterSent::Yes).written(), Some(then));
        assert_eq!((after(LetterSent::Waits), after(LetterSent::No)), (AtTop::Written(first), AtTop::Written(first)));
        assert_eq!(after(LetterSent::CameBack), AtTop::CameBack);
        assert_eq!(AtTop::after([(first, LetterSent::Waits)]), AtTop::Waits);
        assert_eq!(AtTop::after([]), AtTop::NotWritten);
    }

    fn held(item: Option<AddresseeId>, kind: DutyKind, person: i64, (works, is_reached): (bool, bool)) -> Held {
        Held { item, kind, person: PersonId(person), works, is_reached }
    }

    #[test]
    fn mail_to_the_contact_that_comes_back_stops_it_though_another_is_asked() {
        let (item, other) = (AddresseeId(1), AddresseeId(2));
        let (main, alternate) = (DutyKind::Main, DutyKind::Alternate);
        let (fine, dead, left) = ((true, true), (true, false), (false, false));
        let asked = |duties: &[Held]| (contact_for(item, duties).map(|one| one.0), is_stopped(item, duties, &[true]));
        assert_eq!(asked(&[held(None, main, 1, fine), held(None, alternate, 2, fine)]), (Some(1), false));
        let without = [held(None, main, 1, dead), held(None, alternate, 2, fine)];
        assert_eq!((asked(&without), out_of_reach(item, &without)), ((Some(2), true), Some(PersonId(1))));
        // Everybody is asked in the place of the only contact.
        assert_eq!(asked(&without[..1]), (None, true));
        // Whoever has left is followed by the next; and a dead alternate keeps nobody from being asked.
        assert_eq!(asked(&[held(None, main, 1, left), held(None, alternate, 2, fine)]), (Some(2), false));
        assert_eq!(asked(&[held(None, main, 1, fine), held(None, alternate, 2, dead)]), (Some(1), false));
        // The item's own contact comes before the body's.
        let own = [held(None, main, 1, fine), held(Some(item), main, 3, dead)];
        assert_eq!((asked(&own), is_stopped(other, &own, &[true])), ((Some(1), true), false));
        // Where nobody is named, it takes all who file; where nobody files, nothing can come back.
        assert!(!is_stopped(item, &[], &[false, true]) && is_stopped(item, &[], &[false, false]));
        assert!(!is_stopped(item, &[], &[]));
    }

    #[test]
    fn the_alternate_is_reminded_as_well_in_time_and_unless_mail_to_the_contact_comes_back() {
        let item = AddresseeId(1);
        let (main, alternate) = (DutyKind::Main, DutyKind::Alternate);
        let (fine, dead, left) = ((true, true), (true, false), (false, true));
        let told = |duties: &[Held], too: bool| {
            let people = (1..=3).filter(|person| is_reminded(PersonId(*person), item, duties, too));
            (people.collect::<Vec<i64>>(), has_alternate(item, duties))
        };
        let both = [held(None, main, 1, fine), held(None, alternate, 2, fine)];
        assert_eq!(told(&both, false), (vec![1], true));
        assert_eq!(told(&both, true), (vec![1, 2], true));
        // In place of the contact the alternate is asked at once, and nobody comes after them.
        let without = [held(None, main, 1, dead), held(None, alternate, 2, fine)];
        assert_eq!((told(&without, false), told(&without, true)), ((vec![2], false), (vec![2], false)));
        let gone = [held(None, main, 1, left), held(None, alternate, 2, fine)];
        assert_eq!(told(&gone, true), (vec![2], false));
        assert_eq!(told(&both[..1], true), (vec![1], false));
        assert_eq!(told(&[], true), (vec![1, 2, 3], false), "where nobody is named, everybody is asked");
    }
}
