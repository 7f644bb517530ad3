//! `/staff/packs`: scrutiny packs, made for some inquiries since their last meeting, kept as they were made, and compared.

pub mod compare;
pub mod new;
pub mod paper;
pub mod private;
pub mod questions;
pub mod show;
mod view;

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::words;
use crate::store::pack::{self, Pack};
use crate::store::{self};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many packs are listed.
const MOST: i64 = 500;

/// The list.
#[derive(Template)]
#[template(path = "staff/pack/list.html")]
struct ListPage {
    shell: Shell,
    packs: Vec<Line>,
    /// That older ones are not listed.
    cut: Option<String>,
    /// Whether this person may make one, and choose what all of them ask.
    makes: bool,
    asks: bool,
}

/// A pack in the list.
struct Line {
    title: Link,
    covers: String,
    made: String,
}

/// What a pack is called.
pub(super) fn title(pack: &Pack) -> String {
    let names: Vec<String> = pack.inquiries.iter().map(|inquiry| inquiry.short_title.clone()).collect();
    words::pack_title(&names, pack.window.meeting_on, pack.window.made_on)
}

/// Which changes it covers.
fn covers(pack: &Pack) -> String {
    let window = &pack.window;
    words::pack_window(window.after.0, window.upto.0, window.since, window.made_on)
}

/// When it was made, and by which post.
pub(super) fn made(pack: &Pack) -> String {
    format!("Made on {} {}", words::day(pack.window.made_on), words::author(Some(pack.role), None))
}

/// Every pack, the last made first.
///
/// # Errors
/// 403 for people of a body; when the database fails.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadPack, About::default())?;
    let read = state.reader.read(|tx| Ok::<_, store::Error>((pack::list(tx, &[], MOST)?, pack::count(tx)?)));
    let (all, count) = read.await?;
    let listed = all.len() as u64;
    let line = |one: &Pack| Line {
        title: Link::new(address::pack(&one.reference), title(one)),
        covers: covers(one),
        made: made(one),
    };
    page(&ListPage {
        shell: shell.titled("Scrutiny packs").crumb(address::STAFF, "Your work").unlisted(),
        packs: all.iter().map(line).collect(),
        cut: (count > listed).then(|| words::last_packs(listed, count)),
        makes: staff.may(Deed::MakePack, About::default()).is_ok(),
        asks: staff.may(Deed::MakePack, About::register()).is_ok(),
    })
}
