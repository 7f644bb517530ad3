//! One act on several items, and the page that answers for each of them: what was done, or why not.

mod publication;
mod schedule;

pub use publication::{create as publish, new as choose_updates};
pub use schedule::{create as set_schedule, new as choose_answers};

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::domain::address;
use crate::domain::bulk::BulkKind;
use crate::domain::id::PersonId;
use crate::domain::words;
use crate::store::bulk::{self, Bulk};
use crate::store::{self, ReadTx, present};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// Where several updates are published at once.
pub const PUBLISH: &str = "/staff/to-publish/several";

/// The page.
#[derive(Template)]
#[template(path = "staff/several/show.html")]
struct ShowPage {
    shell: Shell,
    heading: String,
    change: Option<Link>,
    done: Vec<Link>,
    /// What was left alone, and why.
    refused: Vec<(Link, String)>,
    on: Link,
}

/// An item to choose.
struct Item {
    /// What its box sends.
    value: String,
    /// What it is called.
    title: Link,
    place: String,
    /// What would become public, or what stands.
    lines: Vec<String>,
    chosen: bool,
    /// Why this person cannot choose it: it is read here, and has no box.
    why_not: Option<String>,
}

/// The act, and what its items are called now.
fn read(tx: &mut ReadTx<'_>, reference: &str, me: PersonId) -> Result<(Bulk, Vec<String>), store::Error> {
    let act = bulk::find(tx, reference, me)?;
    let mut items = Vec::new();
    for one in &act.outcomes {
        items.push(match one.addressee {
            Some(addressee) => {
                let place = present::place(tx, addressee)?;
                let title = place.title.named(&place.number);
                format!("{title}: {}", words::item(Some(&place.inquiry_title), None, Some(&place.body_name)))
            }
            None => words::AN_ITEM.to_owned(),
        });
    }
    Ok((act, items))
}

/// What an act came to.
///
/// # Errors
/// 404 when this person did nothing of that name.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    let me = staff.actor.person;
    let (act, items) = state.reader.read(move |tx| read(tx, &reference, me)).await?;
    let all = act.outcomes.len() as u64;
    let named = act.outcomes.into_iter().zip(items).map(|(one, item)| (Link::new(one.href, item), one.refused));
    let (done, refused): (Vec<_>, Vec<_>) = named.partition(|(_, refused)| refused.is_none());
    let (what, on) = match act.kind {
        BulkKind::Publish => ("published", Link::new("/staff/to-publish", "Updates to read and publish")),
        BulkKind::Schedule => ("scheduled", Link::new("/staff/inquiries", "Inquiries")),
    };
    let heading = format!("{} {what}", words::all_of(done.len() as u64, all, "item", "items"));
    page(&ShowPage {
        change: act.seq.map(|seq| Link::new(address::change(seq), "The change that everybody reads")),
        done: done.into_iter().map(|(item, _)| item).collect(),
        refused: refused.into_iter().map(|(item, why)| (item, why.unwrap_or_default())).collect(),
        on,
        shell: shell.titled(heading.clone()).crumb(address::STAFF, "Your work").unlisted(),
        heading,
    })
}
