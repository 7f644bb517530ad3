//! `/staff/packs/{reference}/paper`: the pack as a paper to print, or to paste into a word processor: headings, tables and links, and
//! nothing else.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::view::{self, Section};
use super::{covers, made, title};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::pack::QUESTIONS;
use crate::domain::words;
use crate::embed;
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::timeline::Entry;
use crate::web::public::ground::Ground;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The paper.
#[derive(Template)]
#[template(path = "staff/pack/paper.html")]
struct PaperPage {
    register: String,
    /// Whether all of it is the fictional register of `serve --demo`.
    demo: bool,
    stylesheet: &'static str,
    icon: &'static str,
    /// The address of the pack.
    back: String,
    title: String,
    covers: String,
    made: String,
    answers: String,
    /// What its numbers rest on, as it stood when the pack was made.
    ground: Ground,
    sections: Vec<Section>,
    questions: [String; QUESTIONS],
    told: Vec<Entry>,
    /// What stands before the address of a change.
    base: String,
    more: Option<String>,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 403 for people of a body.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadPack, About::default())?;
    let name = reference.into_inner();
    let opened = state.reader.read(move |tx| view::open(tx, &name)).await?;
    let base = state.site.base_url.clone();
    let sections = opened.sections(&base, &say::assessor(&shell));
    let pack = &opened.pack;
    page(&PaperPage {
        register: shell.site_name.to_string(),
        demo: shell.demo,
        stylesheet: embed::stylesheet_href(),
        icon: embed::icon_href(),
        back: address::pack(&pack.reference),
        title: title(pack),
        covers: covers(pack),
        made: made(pack),
        answers: words::pack_answers(opened.contents.answers),
        ground: opened.ground.under(&base),
        sections,
        questions: pack.questions.clone(),
        more: (opened.contents.more_changes > 0).then(|| words::pack_more(opened.contents.more_changes)),
        told: opened.told,
        base,
    })
}
