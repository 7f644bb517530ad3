//! Duties of a body's people: who is asked, who signs off, and handing all of it over when somebody leaves.

use super::{Act, Done, Error, Service, gathered};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::duty::DutyKind;
use crate::domain::id::{AddresseeId, BodyId, PersonId};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::body::{self, BodyName};
use crate::store::duty::{self, Colleague, Duty, NewDuty};
use crate::store::ledger::lock_newest;
use crate::store::{self, WriteTx, chase, filing, present};

/// Whom to ask, and who signs off. People are named by their own random names; `None` is nobody.
#[derive(Debug, Clone)]
pub struct SetDuties {
    /// The body.
    pub body: Slug,
    /// The version of its duties that the form showed.
    pub version: i64,
    /// The item; `None` for the whole body.
    pub item: Option<AddresseeId>,
    /// Each duty that the form asked about, with whom it chose.
    pub chosen: Vec<(DutyKind, Option<String>)>,
}

/// Everything that somebody holds, to be handed to somebody else of their body.
#[derive(Debug, Clone)]
pub struct HandOver {
    /// The body.
    pub body: Slug,
    /// The version of its duties that the form showed.
    pub version: i64,
    /// Whose, by their own random name.
    pub from: String,
    /// To whom.
    pub to: Option<String>,
}

impl Service {
    /// Says who of a body is asked, and who signs off.
    ///
    /// # Errors
    /// See [`Error`]; the fields are the words of the duties, and `item`. `Stale` when somebody changed them meanwhile.
    pub async fn set_duties(&self, act: Act, command: SetDuties) -> Result<Done, Error> {
        self.once_unseen(act, move |tx, act| set(tx, act, &command)).await
    }

    /// Hands over everything that somebody holds for their body: duties and updates that are not with oversight.
    ///
    /// # Errors
    /// See [`Error`]; the field is `to`. `NotFound` for somebody who has nothing to do with the body.
    pub async fn hand_over(&self, act: Act, command: HandOver) -> Result<Done, Error> {
        self.once_unseen(act, move |tx, act| hand_over(tx, act, &command)).await
    }
}

/// The body, if this person keeps the record of the item, or of the whole body, and the form showed its duties as they stand.
/// Nobody else changes them, or the updates of its people, until the deed is done.
fn claimed(
    tx: &mut WriteTx<'_>,
    act: &Act,
    (slug, item): (&Slug, Option<AddresseeId>),
    version: i64,
) -> Result<BodyName, Error> {
    let of = body::name(tx, slug)?;
    let about = match item {
        Some(item) => About::body(of.id).of(present::find_addressee(tx, item)?.inquiry_id),
        // A body is asked by many inquiries: that is for those who oversee all of them.
        None => About { body: Some(of.id), ..About::register() },
    };
    may(act.actor, Deed::RecordFact, about)?;
    lock_newest(tx)?;
    if duty::version(tx, of.id)? != version {
        return Err(Error::Stale);
    }
    Ok(of)
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: &SetDuties) -> Result<Done, Error> {
    let of = claimed(tx, act, (&command.body, command.item), command.version)?;
    let mut problems = Problems::none();
    if let Some(item) = command.item
        && !chase::items(tx, of.id)?.iter().any(|known| known.id == item)
    {
        problems.add("item", "Choose an open item of this body");
    }
    let people = duty::colleagues(tx, of.id)?;
    let mut chosen = Vec::new();
    for (kind, name) in &command.chosen {
        let found = name.as_ref().map(|name| people.iter().find(|one| one.works && one.reference == *name));
        match found {
            None => chosen.push((*kind, None)),
            Some(Some(one)) => chosen.push((*kind, Some(one.person))),
            Some(None) => problems.add(kind.as_str(), "Choose somebody who files for this body"),
        }
    }
    let of_kind = |kind| chosen.iter().find(|(one, _)| *one == kind).and_then(|(_, person)| *person);
    let (main, alternate) = (of_kind(DutyKind::Main), of_kind(DutyKind::Alternate));
    if alternate.is_some() && main == alternate {
        problems.add("alternate_contact", "Choose somebody else than the main contact, or nobody");
    }
    act.sound(problems)?;
    let standing = duty::of_body(tx, of.id)?;
    let mut done = Done::unchanged(address::contacts(of.slug.as_str()));
    for (kind, person) in chosen {
        let stands = standing.iter().find(|one| one.item == command.item && one.kind == kind);
        if stands.map(|one| one.holder.person) != person {
            replace(tx, act, of.id, (command.item, kind), (stands, person))?;
            done.changed = true;
        }
    }
    Ok(done)
}

/// Ends a duty, begins it for somebody else, or both.
fn replace(
    tx: &mut WriteTx<'_>,
    act: &Act,
    body: BodyId,
    (item, kind): (Option<AddresseeId>, DutyKind),
    (stands, person): (Option<&Duty>, Option<PersonId>),
) -> Result<(), Error> {
    let by = (act.now, act.actor.person);
    if let Some(stands) = stands {
        duty::end(tx, stands.id, by)?;
    }
    let Some(person) = person else { return Ok(()) };
    match duty::begin(tx, NewDuty { body, item, kind, person }, by) {
        // Of two at the same moment, the second.
        Err(store::Error::Constraint(store::Constraint::Duty)) => return Err(Error::Stale),
        begun => begun?,
    }
    if kind == DutyKind::SignOff { gathered::ask_new_signer(tx, act, body) } else { Ok(()) }
}

fn hand_over(tx: &mut WriteTx<'_>, act: &Act, command: &HandOver) -> Result<Done, Error> {
    let of = claimed(tx, act, (&command.body, None), command.version)?;
    let people = duty::colleagues(tx, of.id)?;
    let standing = duty::of_body(tx, of.id)?;
    let from = holder(&command.from, &people, &standing).ok_or(Error::NotFound)?;
    let to = command.to.as_ref().and_then(|name| people.iter().find(|one| one.works && one.reference == *name));
    let Some(to) = to.filter(|to| to.person != from.person) else {
        return Err(Problems::one("to", "Choose somebody else who files for this body").into());
    };
    for held in standing.iter().filter(|one| one.holder.person == from.person) {
        let has = |kind| {
            standing.iter().any(|one| one.item == held.item && one.kind == kind && one.holder.person == to.person)
        };
        match held.kind {
            // Whoever is the main contact already is no alternate to themselves.
            DutyKind::Alternate if has(DutyKind::Main) => {
                replace(tx, act, of.id, (held.item, held.kind), (Some(held), None))?;
            }
            DutyKind::Main if has(DutyKind::Alternate) => {
                let other = standing.iter().find(|one| one.item == held.item && one.kind == DutyKind::Alternate);
                replace(tx, act, of.id, (held.item, DutyKind::Alternate), (other, None))?;
                replace(tx, act, of.id, (held.item, held.kind), (Some(held), Some(to.person)))?;
            }
            kind => replace(tx, act, of.id, (held.item, kind), (Some(held), Some(to.person)))?,
        }
    }
    for row in filing::written_by(tx, from.person, of.id)? {
        filing::give_to(tx, &row, to.person, (act.now, act.actor.person, words::HANDED_OVER))?;
    }
    Ok(Done::at(address::contacts(of.slug.as_str())))
}

/// Somebody who files for a body or holds something for it, whether or not they still work there.
#[must_use]
pub fn holder<'a>(reference: &str, people: &'a [Colleague], standing: &'a [Duty]) -> Option<&'a Colleague> {
    let holders = standing.iter().map(|one| &one.holder);
    people.iter().chain(holders).find(|one| one.reference == reference)
}
