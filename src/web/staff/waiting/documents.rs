//! Documents that need somebody: to be looked through, and to be read a second time.

use actix_web::{HttpResponse, web};

use super::{ListPage, Row, SIZE, whose};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::report::Marks;
use crate::domain::words;
use crate::store::documents::{self, List};
use crate::store::page::Cursor;
use crate::store::report::Report;
use crate::store::{self, mark};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::public::query::Query;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

async fn documents(
    state: &State,
    staff: &Staff,
    mut query: Query,
    (list, here): (List, &'static str),
    shown: impl FnOnce() -> ListPage,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let (asked, whose) = whose(&mut query, staff);
    let after = query.one::<Cursor<1>>("after");
    query.finish()?;
    let read = state.reader.read(move |tx| {
        let found = documents::list(tx, list, &whose, after, SIZE)?;
        let counts = mark::counts(tx, found.items.iter().map(|one| one.began).collect())?;
        Ok::<_, store::Error>((found, counts))
    });
    let (found, counts) = read.await?;
    let row = |one: &Report| of(one, list, counts.get(&one.began).copied().unwrap_or_default());
    let rows = found.items.iter().map(row).collect();
    let next = found.next.map(|next| next.to_string());
    page(&shown().with(rows).paged(here, asked, after.is_some(), next))
}

fn of(report: &Report, list: List, marks: Marks) -> Row {
    let here = address::staff_report(report.began);
    let href = match list {
        List::NotLookedThrough => here,
        List::ToConfirm(_) => format!("{here}?confirm=yes"),
    };
    let document = words::document(report.kind, report.happened);
    Row {
        title: Link::new(href, format!("{document}: {}", say::read(&report.title))),
        place: report.body.name.clone(),
        line: Some(words::marked_so_far(marks)),
    }
}

/// `/staff/documents`: documents in which nobody has looked for one of the items yet, the first logged first.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn not_looked_through(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    query: Query,
) -> Result<HttpResponse, Error> {
    let shown = || {
        ListPage::new(
            shell,
            "Documents not looked through",
            "In each of these nobody has looked for some of the items of its body, and everybody reads that.",
            "Every document was looked through.",
        )
    };
    documents(&state, &staff, query, (List::NotLookedThrough, "/staff/documents"), shown).await
}

/// `/staff/marks`: documents with marks of somebody else that nobody has confirmed, the first logged first.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn marks(state: web::Data<State>, staff: Staff, shell: Shell, query: Query) -> Result<HttpResponse, Error> {
    let shown = || {
        ListPage::new(
            shell,
            "Marks that wait for a second person",
            "Somebody else marked items in each of these documents. Read the marks in the document itself, and confirm them.",
            "No mark of another person waits to be confirmed.",
        )
    };
    let list = List::ToConfirm(staff.actor.person);
    documents(&state, &staff, query, (list, "/staff/marks"), shown).await
}
