//! What the operator says in its own words on its pages. All parts of a page are published together.

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::change::ChangeKind;
use crate::domain::hold::page_waits;
use crate::domain::id::Seq;
use crate::domain::licence::{Language, Licence};
use crate::domain::operator_page::{OperatorPage, Part, PartText, problems};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::store::ledger::{NewChange, insert_page, lock_newest, open_change, open_whatever_is_held};
use crate::store::operator_page::{current, newest};

/// A page, as it is to stand.
#[derive(Debug, Clone)]
pub struct PublishPage {
    /// Which.
    pub page: OperatorPage,
    /// The change that published what the form showed; 0 for nothing.
    pub version: i64,
    /// Every part.
    pub texts: Vec<PartText>,
    /// Under which licence the words stand.
    pub licence: Option<Licence>,
}

impl Service {
    /// Publishes the operator's words on a page.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`Part`], and `support_1_name` and so on for the list of support.
    pub async fn publish_page(&self, act: Act, command: PublishPage) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::ManageSettings, About::default())?;
            lock_newest(tx)?;
            let stands = newest(tx, command.page)?;
            if stands.map_or(0, |seq: Seq| seq.0) != command.version {
                return Err(Error::Stale);
            }
            act.publishable(found(&command, act))?;
            let here = format!("/staff/pages/{}", command.page);
            let unchanged = |version: crate::store::operator_page::Version| {
                let same = version.parts.iter().all(|one| one.licence == command.licence);
                same && version.texts() == command.texts
            };
            if current(tx, command.page)?.is_some_and(unchanged) {
                return Ok(Done::unchanged(here));
            }
            let change = NewChange {
                role: Some(act.actor.role),
                person_id: Some(act.actor.person),
                reason: Some(words::page_published(command.page, stands.is_none())),
                ..NewChange::of(ChangeKind::Page, act.now, act.day)
            };
            let open = if page_waits(command.page) { open_change } else { open_whatever_is_held };
            let seq = open(tx, &change)?;
            insert_page(tx, seq, command.page, &command.texts, Language::English, command.licence)?;
            Ok(Done::published(here, seq))
        })
        .await
    }
}

/// What the parts lack, and what was entered as checked on a day to come.
fn found(command: &PublishPage, act: &Act) -> Problems {
    let mut found = problems(command.page, &command.texts, act.day);
    let entries = command.texts.iter().filter(|one| one.part == Part::Support);
    // An entry with a fault is not among the texts, so none can be named by its place here: the form has said what it is.
    if act.faults.is_empty() && entries.clone().any(|one| one.checked_on.is_none_or(|on| on > act.day)) {
        found.add("support_1_checked_on", "Enter the day on which each entry was checked, today or earlier");
    }
    found
}
