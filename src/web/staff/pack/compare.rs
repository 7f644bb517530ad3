//! `/staff/packs/{reference}/compare/{other}`: what left each section and what entered it, from the earlier pack to the later.

use std::mem;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::view::{self, Opened, Row, facts};
use super::{made, title};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::id::InquiryId;
use crate::domain::pack::{Listed, PackSection, compared};
use crate::domain::words;
use crate::store;
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::public::ground::Ground;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/pack/compare.html")]
struct ComparePage {
    shell: Shell,
    earlier: Link,
    later: Link,
    /// That they are about different inquiries.
    differs: Option<String>,
    /// What the numbers of each rest on, as it stood.
    grounds: [(&'static str, Ground); 2],
    sections: Vec<Section>,
    /// The items in both whose facts differ: each with its facts before and after.
    differ: Vec<Differs>,
}

/// How one section differs.
struct Section {
    heading: String,
    count: String,
    left: Vec<Row>,
    entered: Vec<Row>,
}

/// An item whose facts differ.
struct Differs {
    item: Link,
    body: String,
    before: Vec<String>,
    after: Vec<String>,
}

fn named(opened: &Opened) -> Link {
    Link::new(address::pack(&opened.pack.reference), format!("{}. {}", title(&opened.pack), made(&opened.pack)))
}

/// Holds the two against each other.
///
/// # Errors
/// 404 when one of them is not there, 403 for people of a body.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<(String, String)>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadPack, About::default())?;
    let (one, other) = path.into_inner();
    let read = state.reader.read(move |tx| Ok::<_, store::Error>((view::open(tx, &one)?, view::open(tx, &other)?)));
    let (one, other) = read.await?;
    let (mut earlier, mut later) = if one.pack.id <= other.pack.id { (one, other) } else { (other, one) };
    let grounds = [
        ("When the earlier one was made", mem::take(&mut earlier.ground)),
        ("When the later one was made", mem::take(&mut later.ground)),
    ];
    let assessor = say::assessor(&shell);
    let section = |section: PackSection| {
        let both = compared(earlier.contents.of(section), later.contents.of(section));
        let rows = |of: &Opened, rows: &[Listed]| -> Vec<Row> {
            rows.iter().map(|row| of.row(section, row, ("", &assessor))).collect()
        };
        Section {
            heading: later.heading(section),
            count: words::pack_compared(both.left.len(), both.entered.len(), both.stayed.len()),
            left: rows(&earlier, &both.left),
            entered: rows(&later, &both.entered),
        }
    };
    page(&ComparePage {
        earlier: named(&earlier),
        later: named(&later),
        differs: other_inquiries(&earlier, &later),
        grounds,
        sections: PackSection::ALL.iter().map(|one| section(*one)).collect(),
        differ: differ(&earlier, &later, &assessor),
        shell: shell
            .titled("Two packs compared")
            .crumb(address::STAFF, "Your work")
            .crumb(address::PACKS, "Scrutiny packs")
            .unlisted(),
    })
}

/// That two packs are about different inquiries, where they are.
fn other_inquiries(earlier: &Opened, later: &Opened) -> Option<String> {
    let ids = |of: &Opened| -> Vec<InquiryId> { of.pack.inquiries.iter().map(|one| one.id).collect() };
    let names = |of: &Opened| -> Vec<String> { of.pack.inquiries.iter().map(|one| one.short_title.clone()).collect() };
    (ids(earlier) != ids(later)).then(|| words::packs_differ(&names(earlier), &names(later)))
}

fn differ(earlier: &Opened, later: &Opened, assessor: &str) -> Vec<Differs> {
    let mut all = Vec::new();
    for item in &later.contents.items {
        let Some(before) = earlier.contents.items.iter().find(|known| known.answer == item.answer) else { continue };
        let Some(one) = later.recommendation(item.recommendation).filter(|_| before != item) else { continue };
        let body = later.body(item.body);
        let slug = body.map(|body| body.slug.as_str()).unwrap_or_default();
        all.push(Differs {
            item: Link::new(address::answer(one.inquiry.slug.as_str(), &one.number, slug), say::title(one)),
            body: body.map(|body| body.short().to_owned()).unwrap_or_default(),
            before: facts(before, assessor),
            after: facts(item, assessor),
        });
    }
    all
}
