//! At which stages bodies are reminded of dates: chosen for everything that an inquiry asks for, or for a body. Nothing of it is
//! published.

use super::{Act, Done, Error, Service, about_contacts};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::problem::Problems;
use crate::domain::stage::{Stages, StagesOf};
use crate::domain::text::Slug;
use crate::store::ledger::lock_newest;
use crate::store::{WriteTx, body, inquiry, setting};

/// Of what the stages are chosen.
#[derive(Debug, Clone)]
pub enum StagesAt {
    /// An inquiry.
    Inquiry(Slug),
    /// A body.
    Body(Slug),
}

/// Other stages, or the usual ones again.
#[derive(Debug, Clone)]
pub struct SetStages {
    /// Of what.
    pub at: StagesAt,
    /// Which; `None` takes the choice back.
    pub stages: Option<Stages>,
    /// The line of what the form showed as chosen; empty for none.
    pub shown: String,
}

impl Service {
    /// Chooses the days on which bodies are reminded, from the next run of the reminders on.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `which` and those of [`Stages::read`]. `Stale` when somebody chose others meanwhile.
    pub async fn set_stages(&self, act: Act, command: SetStages) -> Result<Done, Error> {
        self.once(act, move |tx, act| set(tx, act, command)).await
    }
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: SetStages) -> Result<Done, Error> {
    may(act.actor, Deed::RecordFact, About::default())?;
    let (of, here, about) = match &command.at {
        StagesAt::Inquiry(slug) => {
            let id = inquiry::name(tx, slug)?.id;
            (StagesOf::Inquiry(id), address::stages_of_inquiry(slug.as_str()), About::default().of(id))
        }
        // A body is asked by many inquiries: that is for those who oversee all of them.
        StagesAt::Body(slug) => {
            let id = body::name(tx, slug)?.id;
            (StagesOf::Body(id), address::stages_of_body(slug.as_str()), about_contacts(id))
        }
    };
    may(act.actor, Deed::RecordFact, about)?;
    // All that was chosen is one value: of two at the same moment the second sees the first.
    lock_newest(tx)?;
    let mut chosen = setting::stages(tx)?;
    if chosen.find(of).map(Stages::line).unwrap_or_default() != command.shown {
        return Err(Error::Stale);
    }
    act.sound(Problems::none())?;
    if chosen.find(of) == command.stages.as_ref() {
        return Ok(Done::unchanged(here));
    }
    chosen.put(of, command.stages);
    setting::set_stages(tx, &chosen, act.now, act.actor.person)?;
    Ok(Done::at(here))
}
