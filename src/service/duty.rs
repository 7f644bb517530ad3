//! Duties of a body's people: who is asked, who signs off, and handing all of it over when somebody leaves.

use std::collections::BTreeSet;

use super::{Act, Done, Error, Service, about_contacts, gathered};
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
    /// The leads beside the main contact, each by their own random name; `None` where the form did not ask about them.
    pub leads: Option<Vec<String>>,
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
        None => about_contacts(of.id),
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
    let leads = command.leads.as_deref();
    let leads = leads.map(|names| chosen_leads(&mut problems, (command.item, names), &people, [main, alternate]));
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
    let Some(leads) = leads else { return Ok(done) };
    let is_lead = |one: &&Duty| one.item == command.item && one.kind == DutyKind::Lead;
    let named: Vec<&Duty> = standing.iter().filter(is_lead).collect();
    let place = (command.item, DutyKind::Lead);
    for gone in named.iter().copied().filter(|one| !leads.contains(&one.holder.person)) {
        replace(tx, act, of.id, place, (Some(gone), None))?;
        done.changed = true;
    }
    for lead in leads.iter().copied().filter(|lead| named.iter().all(|one| one.holder.person != *lead)) {
        replace(tx, act, of.id, place, (None, Some(lead)))?;
        done.changed = true;
    }
    Ok(done)
}

/// The leads that a form chose. The counter is held, so that nobody is named twice at the same moment.
fn chosen_leads(
    problems: &mut Problems,
    (item, names): (Option<AddresseeId>, &[String]),
    people: &[Colleague],
    [main, alternate]: [Option<PersonId>; 2],
) -> BTreeSet<PersonId> {
    let mut leads = BTreeSet::new();
    for name in names {
        match people.iter().find(|one| one.works && one.reference == *name) {
            Some(one) => {
                leads.insert(one.person);
            }
            None => problems.add("lead", "Choose people who file for this body"),
        }
    }
    if [main, alternate].into_iter().flatten().any(|contact| leads.contains(&contact)) {
        problems.add("lead", "Choose others than the main and the alternate contact, or nobody");
    } else if item.is_none() && main.is_none() && !leads.is_empty() {
        problems.add("lead", "Choose a main contact as well: leads are asked beside them");
    }
    leads
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
        let is_theirs =
            |one: &&Duty| one.item == held.item && one.holder.person == to.person && one.kind != DutyKind::SignOff;
        match held.kind {
            // Whoever is asked already is not named beside themselves.
            DutyKind::Alternate | DutyKind::Lead if standing.iter().any(|one| is_theirs(&one)) => {
                replace(tx, act, of.id, (held.item, held.kind), (Some(held), None))?;
            }
            DutyKind::Main => {
                for other in standing.iter().filter(is_theirs) {
                    replace(tx, act, of.id, (other.item, other.kind), (Some(other), None))?;
                }
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
