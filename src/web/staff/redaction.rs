//! Removals of words that the law asks for: the list, and the pages on which one is proposed and decided.

pub(super) mod new;
pub(super) mod others;
pub(super) mod purge;
mod show;

use actix_web::{HttpResponse, web};
use askama::Template;

pub use new::{create, new};
pub use show::{remove, show};

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::RemarkKind;
use crate::domain::redaction::RedactionState;
use crate::domain::words;
use crate::store::redaction::{self, Redaction};
use crate::store::{self, remark};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many a page lists.
const MOST: i64 = 200;

/// The list.
#[derive(Template)]
#[template(path = "staff/redaction/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Line>,
}

/// One of them.
struct Line {
    href: String,
    what: String,
    kind: &'static str,
    state: &'static str,
    proposed: String,
}

/// How a removal stands, in words.
const fn state_words(state: RedactionState) -> &'static str {
    match state {
        RedactionState::Proposed => "Waits for a second person",
        RedactionState::Done => "Removed",
        RedactionState::Declined => "Not removed",
    }
}

impl Line {
    fn new(row: &Redaction, remark: Option<RemarkKind>, state: &State) -> Self {
        Self {
            href: address::staff_redaction(&row.reference),
            what: format!("{}: {}", row.place, words::subject_of(row.subject, remark)),
            kind: words::redaction_kind(row.kind),
            state: state_words(row.state),
            proposed: words::moment(row.proposed_at, &state.site.zone),
        }
    }
}

/// Shows all.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::Redact, About::default())?;
    let (rows, remarks) = state
        .reader
        .read(|tx| {
            let rows = redaction::list(tx, None, MOST)?;
            let remarks = remark::kinds(tx, rows.iter().map(|row| (row.subject, row.row)))?;
            Ok::<_, store::Error>((rows, remarks))
        })
        .await?;
    page(&ListPage {
        rows: rows.iter().map(|row| Line::new(row, remarks.get(&row.row).copied(), &state)).collect(),
        shell: shell.titled("Words removed for legal reasons").crumb(address::STAFF, "Your work"),
    })
}
