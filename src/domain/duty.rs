//! Duties of a body's people: who is asked first, who is asked where nobody else can be, who signs off what the body sends in.

use super::id::{AddresseeId, PersonId};
use super::text::text_enum;

text_enum! {
    /// A duty.
    pub enum DutyKind as "duty" {
        /// The main contact: reminders go there.
        Main = "main_contact",
        /// The alternate contact: reminders go there where no main contact works.
        Alternate = "alternate_contact",
        /// A lead beside the main contact, where several answer together: reminders go there as well. There may be several.
        Lead = "lead",
        /// Whoever signs off before anything goes to oversight.
        SignOff = "sign_off",
    }
}

impl DutyKind {
    /// The contacts: the one that reminders go to, and the one who is asked where that one cannot be.
    pub const CONTACTS: [Self; 2] = [Self::Main, Self::Alternate];
    /// Those that one person at a time has.
    pub const OF_ONE: [Self; 3] = [Self::Main, Self::Alternate, Self::SignOff];
}

/// A duty that stands, as far as it says whom to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Of one item; `None` for the whole body.
    pub item: Option<AddresseeId>,
    /// Which.
    pub kind: DutyKind,
    /// Whose.
    pub person: PersonId,
    /// Whether that person still files for the body.
    pub works: bool,
    /// Whether mail reaches them, as far as anybody knows.
    pub is_reached: bool,
}

impl Held {
    /// Whether they can be asked by mail.
    #[must_use]
    pub const fn can_be_asked(&self) -> bool {
        self.works && self.is_reached
    }
}

/// Those named as contacts for an item, the nearest first: its own, then the body's; of each the main one first.
pub fn named_for(item: AddresseeId, duties: &[Held]) -> impl Iterator<Item = &Held> {
    let places = [Some(item), None].into_iter().flat_map(|of| DutyKind::CONTACTS.map(|kind| (of, kind)));
    places.flat_map(move |(of, kind)| duties.iter().filter(move |one| one.item == of && one.kind == kind))
}

/// The contact for an item who works and whom mail reaches: the nearest of those named.
#[must_use]
pub fn contact_for(item: AddresseeId, duties: &[Held]) -> Option<PersonId> {
    named_for(item, duties).find(|one| one.can_be_asked()).map(|one| one.person)
}

/// The alternate for an item who works and whom mail reaches: its own, then the body's.
#[must_use]
pub fn alternate_for(item: AddresseeId, duties: &[Held]) -> Option<PersonId> {
    let mut named = named_for(item, duties).filter(|one| one.kind == DutyKind::Alternate);
    named.find(|one| one.can_be_asked()).map(|one| one.person)
}

/// The leads beside the contact of an item who work and whom mail reaches: its own, or where nobody named for it alone can be asked,
/// the body's.
pub fn leads_for(item: AddresseeId, duties: &[Held]) -> impl Iterator<Item = PersonId> {
    let is_own = |one: &Held| one.item == Some(item) && one.kind != DutyKind::SignOff && one.can_be_asked();
    let of = duties.iter().any(is_own).then_some(item);
    let leads = duties.iter().filter(move |one| one.item == of && one.kind == DutyKind::Lead && one.can_be_asked());
    leads.map(|one| one.person)
}

/// Whether what is written about an item goes to somebody who files for the body: to its contact and the leads beside them, or to
/// everybody where no contact can be asked.
#[must_use]
pub fn goes_to(person: PersonId, item: AddresseeId, duties: &[Held]) -> bool {
    contact_for(item, duties).is_none_or(|contact| contact == person)
        || leads_for(item, duties).any(|lead| lead == person)
}

/// Whether somebody who files for the body is among those who may be asked about an item: those whom it goes to, and its alternate.
#[must_use]
pub fn is_asked(person: PersonId, item: AddresseeId, duties: &[Held]) -> bool {
    goes_to(person, item, duties) || alternate_for(item, duties) == Some(person)
}

/// Whether contacts were named for an item, by itself or with its body.
#[must_use]
pub fn has_contact(item: AddresseeId, duties: &[Held]) -> bool {
    duties.iter().any(|one| one.kind != DutyKind::SignOff && one.item.is_none_or(|of| of == item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_contact_who_works_is_asked() {
        let (item, other) = (AddresseeId(1), AddresseeId(2));
        let held = |item, kind, person, works| Held { item, kind, person: PersonId(person), works, is_reached: true };
        let (main, alternate) = (DutyKind::Main, DutyKind::Alternate);
        let sign_off = held(None, DutyKind::SignOff, 9, true);
        let all =
            [held(None, main, 1, true), held(None, alternate, 2, true), held(Some(item), main, 3, true), sign_off];
        assert_eq!(contact_for(item, &all), Some(PersonId(3)));
        assert_eq!(contact_for(other, &all), Some(PersonId(1)));
        // Who has left is not asked; the next one is.
        let left =
            [held(None, main, 1, false), held(None, alternate, 2, true), held(Some(item), main, 3, false), sign_off];
        assert_eq!(contact_for(item, &left), Some(PersonId(2)));
        let gone = [held(None, main, 1, false), sign_off];
        assert_eq!((contact_for(item, &gone), has_contact(item, &gone)), (None, true));
        assert_eq!((contact_for(item, &[sign_off]), has_contact(item, &[sign_off])), (None, false));
        // The alternate may be asked as well.
        assert_eq!((alternate_for(item, &all), alternate_for(item, &gone)), (Some(PersonId(2)), None));
        assert!([2, 3].iter().all(|person| is_asked(PersonId(*person), item, &all)));
        assert!(!is_asked(PersonId(1), item, &all) && is_asked(PersonId(1), item, &[sign_off]));
        // Somebody whom mail does not reach is asked no more than somebody who has left.
        let dead = all.map(|one| Held { is_reached: one.person == PersonId(2), ..one });
        assert_eq!((contact_for(item, &dead), contact_for(other, &dead)), (Some(PersonId(2)), Some(PersonId(2))));
    }

    #[test]
    fn leads_are_asked_beside_the_contact() {
        let (item, other) = (AddresseeId(1), AddresseeId(2));
        let held = |item, kind, person, works| Held { item, kind, person: PersonId(person), works, is_reached: true };
        let (main, lead) = (DutyKind::Main, DutyKind::Lead);
        let all = [held(None, main, 1, true), held(None, lead, 2, true), held(None, lead, 3, false)];
        let asked = |item, duties: &[Held]| {
            (1..=5).filter(|person| goes_to(PersonId(*person), item, duties)).collect::<Vec<_>>()
        };
        assert_eq!(asked(item, &all), [1, 2], "not who has left");
        let own = [all[0], all[1], held(Some(item), main, 4, true), held(Some(item), lead, 5, true)];
        assert_eq!((asked(item, &own), asked(other, &own)), (vec![4, 5], vec![1, 2]));
        // An item's own contact who has left leaves it to the body's.
        assert_eq!(asked(item, &[all[0], all[1], held(Some(item), main, 4, false)]), [1, 2]);
        // Without a contact everybody is asked.
        assert_eq!(asked(item, &all[1..]), [1, 2, 3, 4, 5]);
    }
}
