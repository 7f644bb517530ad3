//! Who leads the work on an inquiry or with a body, and who stands in. For staff alone: nothing of it is published.

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::charge::ChargePart;
use crate::domain::id::PersonId;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::store::charge::{self, Of};
use crate::store::{WriteTx, body, inquiry, person};

/// Of what.
#[derive(Debug, Clone)]
pub enum ChargeOf {
    /// An inquiry.
    Inquiry(Slug),
    /// A body.
    Body(Slug),
}

/// Who is in charge from today.
#[derive(Debug, Clone)]
pub struct SetCharge {
    /// Of what.
    pub of: ChargeOf,
    /// The lead's own random name; `None`: nobody leads.
    pub lead: Option<String>,
    /// The deputy's.
    pub deputy: Option<String>,
    /// The rows that the form showed as standing, lead first; 0 for none.
    pub shown: [i64; 2],
}

impl Service {
    /// Says who leads and who stands in from today. Whoever did before stays in the history.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `lead` and `deputy`. `Stale` when somebody else decided meanwhile.
    pub async fn set_charge(&self, act: Act, command: SetCharge) -> Result<Done, Error> {
        self.once(act, move |tx, act| set(tx, act, &command)).await
    }
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: &SetCharge) -> Result<Done, Error> {
    may(act.actor, Deed::SetCharge, About::default())?;
    let (of, here, about) = match &command.of {
        ChargeOf::Inquiry(slug) => {
            let id = inquiry::name(tx, slug)?.id;
            (Of::Inquiry(id), address::lead_of_inquiry(slug.as_str()), About::default().of(id))
        }
        // A body is asked by many inquiries: who leads it is decided by those who oversee all of them.
        ChargeOf::Body(slug) => {
            let id = body::name(tx, slug)?.id;
            (Of::Body(id), address::lead_of_body(slug.as_str()), About { body: Some(id), ..About::register() })
        }
    };
    may(act.actor, Deed::SetCharge, about)?;
    let standing: Vec<_> = charge::list(tx, Some(of))?.into_iter().filter(|one| one.until_on.is_none()).collect();
    let mut problems = Problems::none();
    let mut changes = Vec::new();
    let wanted = [(ChargePart::Lead, "lead", &command.lead), (ChargePart::Deputy, "deputy", &command.deputy)];
    for ((part, field, name), shown) in wanted.into_iter().zip(command.shown) {
        let who = match name {
            None => None,
            Some(name) => match candidate(tx, name)? {
                Some(id) => Some(id),
                None => {
                    problems.add(field, "Choose somebody of the list, or nobody");
                    continue;
                }
            },
        };
        let stands = standing.iter().find(|one| one.part == part);
        if stands.map_or(0, |one| one.id) != shown {
            return Err(Error::Stale);
        }
        if stands.map(|one| one.person) != who {
            changes.push((part, who, shown));
        }
    }
    if command.lead.is_some() && command.lead == command.deputy {
        problems.add("deputy", "Choose somebody else than the lead, or nobody");
    }
    if problems.is_empty() && changes.is_empty() {
        problems.add("lead", "These are in charge already");
    }
    act.sound(problems)?;
    for (part, who, shown) in changes {
        charge::put(tx, (of, part), who, shown, (act.actor.person, act.day))?;
    }
    Ok(Done::at(here))
}

/// Somebody who oversees and has an account.
fn candidate(tx: &mut WriteTx<'_>, name: &str) -> Result<Option<PersonId>, Error> {
    match person::find_by_reference(tx, name) {
        Ok(found) if found.role.oversees() && !found.is_disabled() => Ok(Some(found.id)),
        Ok(_) | Err(crate::store::Error::NotFound) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}
