//! Families: recommendations of different inquiries that say the same, all of them and one with what stands behind it.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::ground::{self, Ground};
use super::past::{AsAt, Then, find_then, on_day};
use super::query::{self, Query};
use super::timeline::{self, Naming};
use super::{say, shown, slug};
use crate::domain::address;
use crate::domain::id::RecommendationId;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::addressee::{self, Answer};
use crate::store::detail::{self, Details};
use crate::store::family::{self, Families, Family, Found};
use crate::store::page::{Cursor, Page};
use crate::store::recommendation::Recommendation;
use crate::store::timeline::{self as ledger, Timeline};
use crate::store::{self, About, ReadTx, tie};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::pager::Pager;
use crate::web::part::row::Row;
use crate::web::part::timeline::Entry;
use crate::web::shell::Shell;
use crate::web::state::{Site, State};

/// How many addresses one page of the list looks through.
const SIZE: usize = 50;
/// How many links one page tells of.
const MOST: i64 = 1000;

/// All families.
#[derive(Template)]
#[template(path = "public/family/list.html")]
struct ListPage {
    shell: Shell,
    families: Vec<Listed>,
    /// How many pairs may be related, in no family.
    suspected: Option<String>,
    /// What all the reports count, whether anything of theirs was made more than once or not.
    ground: Ground,
    pager: Pager,
}

/// A family in the list.
struct Listed {
    name: Link,
    says: String,
    size: String,
}

/// Lists them.
///
/// # Errors
/// 400 for a page that is not there.
pub async fn list(state: web::Data<State>, shell: Shell, mut query: Query) -> Result<HttpResponse, Error> {
    let after = query.one::<Cursor<1>>("after");
    query.finish()?;
    let (found, suspected, ground): (Page<Family, 1>, u64, ground::Read) = state
        .reader
        .read_or_again(move |tx| {
            let found = family::list(tx, after, SIZE)?;
            Ok::<_, store::Error>((found, tie::suspected_count(tx)?, ground::Read::of_register(tx, None)?))
        })
        .await?;
    let next = found.next.map(|next| query::address(address::FAMILIES, &[("after", &next.to_string())]));
    let page = ListPage {
        families: found.items.iter().map(listed).collect(),
        suspected: (suspected > 0).then(|| words::pairs_suspected(suspected)),
        ground: Ground::of(&ground),
        pager: Pager { previous: after.map(|_| address::FAMILIES.to_owned()), next },
        shell: shell
            .titled("Recommendations made more than once")
            .crumb("/", "Home")
            .crumb("/recommendations", "Recommendations"),
    };
    shown(&page, &page.shell)
}

fn listed(family: &Family) -> Listed {
    Listed {
        name: Link::new(address::family(family.slug.as_str()), title(family)),
        says: words::family_standing(&family.standing),
        size: words::family_size(family.standing.made, family.standing.inquiries),
    }
}

/// A family's heading, after its first member. Nothing of it is words that could be withheld.
fn title(family: &Family) -> String {
    let first = family.members.first();
    first.map_or_else(String::new, |one| words::family_title(&one.inquiry.short_title, &one.number))
}

/// One family.
#[derive(Template)]
#[template(path = "public/family/show.html")]
struct ShowPage {
    shell: Shell,
    says: String,
    /// What that rests on.
    ground: Ground,
    rows: Vec<Row>,
    ties: Vec<Entry>,
    against: Vec<(Link, String)>,
    cite: String,
    data: String,
}

/// What is left of one that came apart.
#[derive(Template)]
#[template(path = "public/family/apart.html")]
struct ApartPage {
    shell: Shell,
    one: Link,
}

/// What a page is made of.
enum Read {
    Here(Box<Whole>),
    Joined(Slug),
    Apart(Box<Recommendation>),
}

struct Whole {
    family: Family,
    families: Families,
    answers: HashMap<RecommendationId, Vec<Answer>>,
    details: Details,
    ties: Timeline,
    ground: ground::Read,
}

/// What the numbers of a family rest on: its members, and the reports that these are from.
///
/// # Errors
/// When the database fails.
pub(super) fn ground_of(tx: &mut ReadTx<'_>, members: &[Recommendation]) -> Result<ground::Read, store::Error> {
    let ids: Vec<RecommendationId> = members.iter().map(|one| one.id).collect();
    ground::Read::of_some(tx, &ids, members.iter().map(|one| one.inquiry.id).collect())
}

/// Shows it.
///
/// # Errors
/// 404 when there was never one of this name.
pub async fn show(
    state: web::Data<State>,
    shell: Shell,
    path: web::Path<String>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let as_at = AsAt::of(&mut query, state.today());
    query.finish()?;
    let (then, read) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            Ok::<_, Error>((then, find_then(tx, |tx| read(tx, &name))?))
        })
        .await?;
    let shell = then.around(shell, &state.site);
    match read {
        // It can come apart again.
        Read::Joined(slug) => Err(Error::Elsewhere(on_day(address::family(slug.as_str()), then.past))),
        Read::Apart(one) => {
            let shell = crumbs(shell.titled("A family that came apart")).unlisted();
            let page = ApartPage { shell, one: say::recommendation_of(&one) };
            shown(&page, &page.shell)
        }
        Read::Here(whole) => {
            let page = page(shell, &whole, &then, &state.site);
            shown(&page, &page.shell)
        }
    }
}

fn read(tx: &mut ReadTx<'_>, name: &Slug) -> Result<Read, store::Error> {
    let (family, families) = match family::find(tx, name)? {
        Found::Joined(slug) => return Ok(Read::Joined(slug)),
        Found::Apart(one) => return Ok(Read::Apart(one)),
        Found::Here(found) => *found,
    };
    let answers = addressee::of_recommendations(tx, family.members.iter().map(|one| one.id).collect())?;
    let details = detail::dates_of(tx, answers.values().flatten())?;
    let against = families.against(&family).map(|(tie, _)| tie.seq);
    let mut seqs: Vec<_> = family.ties.iter().map(|tie| tie.seq).chain(against).collect();
    seqs.sort_unstable();
    seqs.dedup();
    let ties = ledger::find(tx, &About::Changes(seqs), MOST)?;
    let ground = ground_of(tx, &family.members)?;
    Ok(Read::Here(Box::new(Whole { family, families, answers, details, ties, ground })))
}

fn page(shell: Shell, whole: &Whole, then: &Then, site: &Site) -> ShowPage {
    let Whole { family, families, .. } = whole;
    let here = address::family(family.slug.as_str());
    let assessor = say::assessor(&shell);
    let row = |one: &Recommendation| {
        let put = whole.answers.get(&one.id).map_or(&[][..], Vec::as_slice);
        let row = say::row(one, put, &whole.details, &assessor, then.day);
        let made = words::member_made(&one.inquiry.short_title, family.made.get(&one.id).copied());
        Row { line: format!("{made}. {}", row.line).trim_end_matches(['.', ' ']).to_owned(), ..row }
    };
    let against = families.against(family).map(|(tie, other)| {
        let member = family.members.iter().find(|one| one.id == tie.other(other.id));
        let of = member.map_or_else(String::new, |one| words::tied_name(&one.inquiry.short_title, &one.number));
        (say::recommendation_of(other), of)
    });
    let title = title(family);
    ShowPage {
        says: words::family_standing(&family.standing),
        ground: Ground::of(&whole.ground),
        rows: family.members.iter().map(row).collect(),
        ties: timeline::list(&whole.ties, Naming::Nothing),
        against: against.collect(),
        cite: then.cite(&title, &here, site),
        data: format!("{here}.json"),
        shell: crumbs(shell.titled(title)),
    }
}

fn crumbs(shell: Shell) -> Shell {
    shell.crumb("/", "Home").crumb(address::FAMILIES, "Recommendations made more than once")
}
