//! Reports in other formats: easy read, another language, sign language, large print, audio.

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::InquiryId;
use crate::domain::licence::{FormatKind, Language};
use crate::domain::problem::Problems;
use crate::store::WriteTx;
use crate::store::format_link::of_inquiry;
use crate::store::inquiry;
use crate::store::ledger::{NewChange, NewFormatLink, insert_format_link, lock_newest, open_change};

/// A report in another format, to be linked.
#[derive(Debug, Clone)]
pub struct LinkFormat {
    /// The inquiry's part of its address.
    pub inquiry: crate::domain::text::Slug,
    /// In which format.
    pub kind: FormatKind,
    /// In which language.
    pub language: Language,
    /// Where.
    pub url: Option<String>,
    /// What the link says.
    pub label: Option<String>,
}

/// A link to be taken back.
#[derive(Debug, Clone)]
pub struct UnlinkFormat {
    /// The inquiry's part of its address.
    pub inquiry: crate::domain::text::Slug,
    /// Where it leads.
    pub url: String,
}

impl Service {
    /// Links a report in another format, or changes what is said of a link.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`LinkFormat`].
    pub async fn link_format(&self, act: Act, command: LinkFormat) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::RecordFact, About::default())?;
            let name = inquiry::name(tx, &command.inquiry)?;
            may(act.actor, Deed::RecordFact, About::default().of(name.id))?;
            let mut problems = Problems::none();
            if command.url.is_none() {
                problems.add("url", "Enter where it can be found");
            }
            if command.label.is_none() {
                problems.add("label", "Enter what the link says");
            }
            act.publishable(problems)?;
            lock_newest(tx)?;
            let label = command.label.as_deref();
            let stands = of_inquiry(tx, name.id)?.into_iter().find(|link| Some(&link.url) == command.url.as_ref());
            if stands.is_some_and(|link| {
                (link.kind, link.language, link.label.said()) == (command.kind, command.language, label)
            }) {
                return Ok(Done::unchanged(here(name.slug.as_str())));
            }
            let new = NewFormatLink {
                inquiry_id: name.id,
                kind: command.kind,
                language: command.language,
                url: command.url.unwrap_or_default(),
                label: command.label.unwrap_or_default(),
                present: true,
            };
            publish(tx, act, name.id, &new, name.slug.as_str())
        })
        .await
    }

    /// Takes a link back.
    ///
    /// # Errors
    /// See [`Error`]; `Stale` when it does not stand any more.
    pub async fn unlink_format(&self, act: Act, command: UnlinkFormat) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::RecordFact, About::default())?;
            let name = inquiry::name(tx, &command.inquiry)?;
            may(act.actor, Deed::RecordFact, About::default().of(name.id))?;
            lock_newest(tx)?;
            let stands = of_inquiry(tx, name.id)?.into_iter().find(|link| link.url == command.url);
            let Some(link) = stands else { return Err(Error::Stale) };
            let new = NewFormatLink {
                inquiry_id: name.id,
                kind: link.kind,
                language: link.language,
                url: link.url,
                label: link.label.said().unwrap_or_default().to_owned(),
                present: false,
            };
            publish(tx, act, name.id, &new, name.slug.as_str())
        })
        .await
    }
}

/// The page of an inquiry's links.
fn here(slug: &str) -> String {
    format!("/staff{}/formats", address::inquiry(slug))
}

fn publish(
    tx: &mut WriteTx<'_>,
    act: &Act,
    inquiry: InquiryId,
    new: &NewFormatLink,
    slug: &str,
) -> Result<Done, Error> {
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        inquiry_id: Some(inquiry),
        ..NewChange::of(ChangeKind::Format, act.now, act.day)
    };
    let seq = open_change(tx, &change)?;
    insert_format_link(tx, seq, new)?;
    Ok(Done::published(here(slug), seq))
}
