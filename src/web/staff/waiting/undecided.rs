//! `/staff/undecided`: answers of bodies that were split, of which nobody has decided which successor answers.

use actix_web::{HttpResponse, web};

use super::{ListPage, Row};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::words;
use crate::store::succession;
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many are listed.
const MOST: i64 = 200;

/// Lists them.
///
/// # Errors
/// 403 for contributors; when the database fails.
pub async fn undecided(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let found = state.reader.read(|tx| succession::undecided(tx, MOST)).await?;
    // What became of a body is decided for the whole register.
    let decides = staff.may(Deed::RecordFact, About::register()).is_ok();
    let row = |one: &succession::Undecided| {
        let href = if decides {
            address::staff_register_body(one.last.slug.as_str(), "passing")
        } else {
            address::staff_answer(&one.inquiry_slug, &one.number, one.asked.slug.as_str())
        };
        Row {
            title: Link::new(href, words::by_number(&one.number)),
            place: words::item(Some(&one.inquiry_title), Some(&one.number), Some(&one.asked.name)),
            line: Some(words::ended_not_decided(&one.last.name)),
        }
    };
    let list = ListPage::new(
        shell,
        "Which body answers now?",
        "These bodies were split. Until it is decided which body took an answer over, it is counted under the body that ended.",
        "Of every answer it is known which body answers.",
    );
    page(&list.with(found.iter().map(row).collect()))
}
