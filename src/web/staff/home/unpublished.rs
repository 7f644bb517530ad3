//! For observers: what is unpublished, to be read.

use actix_web::HttpResponse;
use askama::Template;

use crate::domain::access::{About, Deed};
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::person::Role;
use crate::store::desk::{self, Whose};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::shell::Shell;
use crate::web::staff::waiting::Row;
use crate::web::state::State;

/// How much of each is shown.
const MOST: i64 = 200;

/// The page.
#[derive(Template)]
#[template(path = "staff/home/unpublished.html")]
struct UnpublishedPage {
    shell: Shell,
    handed_in: Vec<Row>,
    sent_back: Vec<Row>,
    /// Whether this person reads what is unpublished of all bodies.
    reads_all: bool,
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(state: &State, staff: &Staff, shell: Shell) -> Result<HttpResponse, Error> {
    // A contributor without a body has nothing to read, and sees that.
    let kinds = if staff.actor.role == Role::Observer { FilingKind::ALL } else { &[] };
    let (handed_in, sent_back) = state
        .reader
        .read(move |tx| {
            let mut work = |filed| desk::work(tx, &[filed], kinds, Whose::Anybodys, MOST);
            Ok::<_, Error>((work(FilingState::Submitted)?, work(FilingState::SentBack)?))
        })
        .await?;
    let zone = &state.site.zone;
    page(&UnpublishedPage {
        handed_in: handed_in.iter().map(|work| Row::of_work(work, zone)).collect(),
        // What a body sent back within itself never came here.
        sent_back: sent_back
            .iter()
            .filter(|work| work.submitted_at.is_some())
            .map(|work| Row::of_work(work, zone))
            .collect(),
        reads_all: staff.may(Deed::ReadUnpublished, About::default()).is_ok(),
        shell,
    })
}
