//! Limiting an overseer's role to some inquiries.

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::person::{Reach, Role};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::store::{WriteTx, inquiry, person, session};

/// Which inquiries somebody's role is limited to.
#[derive(Debug, Clone)]
pub struct LimitRole {
    /// The person's own random name.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
    /// The inquiries; none: the role is not limited.
    pub inquiries: Vec<String>,
}

impl Service {
    /// Limits a role, from the person's next request on.
    ///
    /// # Errors
    /// See [`Error`]; the field is `inquiry`. `Stale` when the person was changed meanwhile.
    pub async fn limit_role(&self, act: Act, command: LimitRole) -> Result<Done, Error> {
        self.once(act, move |tx, act| limit(tx, act, &command)).await
    }
}

fn limit(tx: &mut WriteTx<'_>, act: &Act, command: &LimitRole) -> Result<Done, Error> {
    may(act.actor, Deed::ManagePeople, About::default())?;
    let found = person::find_by_reference(tx, &command.reference)?;
    let mut problems = Problems::none();
    if found.role != Role::Overseer {
        problems.add("inquiry", "Only the role of an overseer is limited to inquiries");
    }
    let mut ids = Vec::new();
    for name in &command.inquiries {
        let known = name.parse::<Slug>().ok().map(|slug| inquiry::name(tx, &slug));
        match known {
            Some(Ok(name)) => ids.push(name.id),
            Some(Err(crate::store::Error::NotFound)) | None => {
                problems.add("inquiry", "Choose inquiries of the list");
            }
            Some(Err(fault)) => return Err(fault.into()),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > Reach::MOST {
        problems.add("inquiry", format!("Choose {} inquiries at most, or none for all of them", Reach::MOST));
    }
    act.sound(problems)?;
    person::claim(tx, found.id, command.version)?;
    session::limit(tx, found.id, &ids, (act.actor.person, act.day))?;
    Ok(Done::at(address::staff_person(&command.reference)))
}
