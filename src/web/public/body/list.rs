//! All bodies in a list, each with its numbers; of one that answers nothing itself, where what was put to it is counted.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{SIZE, pager};
use crate::domain::gap::Gap;
use crate::store;
use crate::store::body::BodyName;
use crate::store::page::Cursor;
use crate::store::tally::{self, Counted, Tally};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::follow::Follow;
use crate::web::part::gap::GapLine;
use crate::web::part::pager::Pager;
use crate::web::public::ground::{self, Ground};
use crate::web::public::handed::Elsewhere;
use crate::web::public::query::Query;
use crate::web::public::{say, shown, total};
use crate::web::shell::Shell;
use crate::web::state::State;

/// All bodies.
#[derive(Template)]
#[template(path = "public/body/list.html")]
struct ListPage {
    shell: Shell,
    ways: Follow,
    /// What all the reports count, whoever answers for anything of theirs.
    ground: Ground,
    bodies: Vec<BodyRow>,
    pager: Pager,
}

/// A body with its numbers.
pub struct BodyRow {
    /// Its name, with its page.
    pub name: Link,
    /// What kind of body it is.
    pub kind: String,
    /// How its answers stand; of one that answers nothing itself, where what was put to it is counted.
    pub standing: String,
    /// Who answers in the place of one that ended.
    pub answered_by: Vec<Link>,
    /// What was entered in error, and is in none of these numbers.
    pub in_error: Option<Link>,
    /// What it says is done, and what was found; none where nothing was put to it.
    pub gap: Option<GapLine>,
}

/// Lists them.
///
/// # Errors
/// 400 for a page that is not there.
pub async fn list(state: web::Data<State>, shell: Shell, mut query: Query) -> Result<HttpResponse, Error> {
    let after = query.one::<Cursor<1>>("after");
    query.finish()?;
    let today = state.today();
    let (page, tallies, gaps, (ground, elsewhere)) = state
        .reader
        .read_or_again(move |tx| {
            let page = store::body::list(tx, after, SIZE)?;
            let tallies = tally::of_bodies(tx, page.items.iter().map(|body| body.id))?;
            let gaps = store::gap::of_bodies(tx, &tallies, today)?;
            let mut elsewhere = HashMap::new();
            for body in &page.items {
                let answers = tallies.get(&body.id.0).map_or(0, |tally| tally.all(Counted::Answers));
                if answers == 0
                    && let Some(found) = Elsewhere::read(tx, body.id)?
                {
                    elsewhere.insert(body.id, found);
                }
            }
            Ok::<_, store::Error>((page, tallies, gaps, (ground::Read::of_register(tx, None)?, elsewhere)))
        })
        .await?;
    let none = Tally::default();
    let row = |body: &BodyName| {
        let gap = gaps.get(&body.id.0).copied().unwrap_or_default();
        body_row(body, tallies.get(&body.id.0).unwrap_or(&none), &gap, elsewhere.get(&body.id))
    };
    let page = ListPage {
        bodies: page.items.iter().map(row).collect(),
        ground: Ground::of(&ground),
        ways: Follow::register(),
        pager: pager("/bodies", after.is_some(), page.next.map(|next| next.to_string())),
        shell: shell.titled("Bodies").crumb("/", "Home"),
    };
    shown(&page, &page.shell)
}

fn body_row(body: &BodyName, tally: &Tally, gap: &Gap, elsewhere: Option<&Elsewhere>) -> BodyRow {
    // A group names its members on its own page.
    let ended = elsewhere.filter(|of| !of.is_group);
    BodyRow {
        name: say::body(body),
        kind: say::capital(&body.kind),
        standing: elsewhere.map_or_else(|| total::of_body(tally), |of| of.says.clone()),
        answered_by: ended.map(|of| of.bodies.iter().map(say::body).collect()).unwrap_or_default(),
        in_error: total::in_error(tally, &[("body", body.slug.as_str())]),
        gap: (gap.answers > 0).then(|| total::gap(gap, &[("body", body.slug.as_str())])),
    }
}
