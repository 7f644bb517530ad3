//! What visiting programs look for: which pages there are, which are not for them, and whom to tell of a weakness. Until
//! somebody has taken responsibility there is no list of pages, for none is to be listed, and nobody to tell.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::query::{self, Query};
use super::{FRESH, place, slug};
use crate::domain::address;
use crate::domain::operator::Operator;
use crate::store::page::Cursor;
use crate::store::{self, ReadTx, recommendation, setting};
use crate::web::error::Error;
use crate::web::state::State;

/// How many are read at once.
const SIZE: usize = 500;
/// How many addresses one list may hold: <https://www.sitemaps.org/protocol.html>.
const MOST: usize = 50_000;
/// How many places in an inquiry's list one list of addresses is of: with as many parts each as may be told apart at once, and the
/// inquiry itself, these are never more addresses than it may hold.
const PLACES: i64 = 1_750;
/// How many days the word on whom to tell holds before somebody must look again.
const HOLDS: i64 = 180;
/// The pages that every register has.
const PAGES: [&str; 11] = [
    "/",
    "/inquiries",
    "/bodies",
    "/families",
    "/themes",
    "/changes",
    "/overdue",
    "/about",
    "/accessibility",
    "/privacy",
    "/help",
];

/// What visiting programs are asked to leave alone, and where the list of pages is.
///
/// # Errors
/// When the database fails.
pub async fn robots(state: web::Data<State>) -> Result<HttpResponse, Error> {
    if state.site.demo {
        return Ok(plain("User-agent: *\nDisallow: /\n".to_owned()));
    }
    let operator = state.reader.read_or_again(setting::operator).await?;
    let mut text = "User-agent: *\n".to_owned();
    for private in ["/staff", "/sign-in", "/invitations/", "/password-reset", "/wrong"] {
        text.push_str(&format!("Disallow: {private}\n"));
    }
    if operator.is_some() {
        text.push_str(&format!("\nSitemap: {}/sitemap.xml\n", state.site.base_url));
    }
    Ok(plain(text))
}

/// Whom to tell of a weakness (RFC 9116).
///
/// # Errors
/// 404 until somebody has taken responsibility.
pub async fn security(state: web::Data<State>) -> Result<HttpResponse, Error> {
    let operator = state.reader.read_or_again(setting::operator).await?.ok_or(Error::NotFound)?;
    let until = state.today().plus_days(HOLDS);
    Ok(plain(format!(
        "Contact: mailto:{}\nExpires: {until}T00:00:00Z\nPreferred-Languages: en\nCanonical: {}/.well-known/security.txt\n",
        operator.contact, state.site.base_url
    )))
}

fn plain(text: String) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, FRESH)).content_type("text/plain; charset=utf-8").body(text)
}

/// Addresses, or other lists of them.
#[derive(Template)]
#[template(path = "public/site/map.xml")]
struct Map {
    is_index: bool,
    addresses: Vec<String>,
}

/// The lists of pages: one of what every register has and of bodies, one for each inquiry.
///
/// # Errors
/// 404 until somebody has taken responsibility.
pub async fn index(state: web::Data<State>) -> Result<HttpResponse, Error> {
    map(&state, true, |tx| {
        let mut lists = vec!["/sitemap-pages.xml".to_owned()];
        let mut after: Option<Cursor<2>> = None;
        loop {
            let page = store::inquiry::page(tx, after, SIZE)?;
            let last = recommendation::last_positions(tx, page.items.iter().map(|one| one.id))?;
            for one in &page.items {
                let last = last.get(&one.id).copied().unwrap_or_default();
                lists.extend(lists_of(one.slug.as_str(), last));
            }
            match page.next.filter(|_| lists.len() < MOST) {
                Some(next) => after = Some(next),
                None => return Ok(lists),
            }
        }
    })
    .await
}

/// Where the addresses of an inquiry are listed that has so many places: in one list, or in as many as it takes.
fn lists_of(inquiry: &str, places: i64) -> Vec<String> {
    let list = format!("{}/sitemap.xml", address::inquiry(inquiry));
    let further = (1..).map(|number| number * PLACES).take_while(|from| *from < places);
    let further = further.map(|from| query::address(&list, &[("after", &place::sealed(Cursor([from]), &list, &[]))]));
    let further: Vec<String> = further.collect();
    [list].into_iter().chain(further).collect()
}

/// What every register has, the bodies and their documents, the families.
///
/// # Errors
/// 404 until somebody has taken responsibility.
pub async fn pages(state: web::Data<State>) -> Result<HttpResponse, Error> {
    map(&state, false, |tx| {
        let mut all: Vec<String> = PAGES.map(str::to_owned).to_vec();
        let mut after: Option<Cursor<1>> = None;
        loop {
            let page = store::body::list(tx, after, SIZE)?;
            all.extend(page.items.iter().map(|body| address::body(body.slug.as_str())));
            match page.next.filter(|_| all.len() < MOST) {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let mut after: Option<Cursor<1>> = None;
        loop {
            let page = store::family::list(tx, after, SIZE)?;
            all.extend(page.items.iter().map(|family| address::family(family.slug.as_str())));
            match page.next.filter(|_| all.len() < MOST) {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        let room = i64::try_from(MOST.saturating_sub(all.len())).unwrap_or(0);
        all.extend(store::report::all(tx, room)?.into_iter().map(address::report));
        Ok(all)
    })
    .await
}

/// An inquiry and those of its recommendations that were compared with a source, from one place in its list on.
///
/// # Errors
/// 404 when there is none, and until somebody has taken responsibility; 400 for a place that is not in the list.
pub async fn inquiry(
    state: web::Data<State>,
    path: web::Path<String>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let list = format!("{}/sitemap.xml", address::inquiry(name.as_str()));
    let from = place::asked::<1>(&mut query, "after", &list, &[]).map(|Cursor([from])| from);
    query.finish()?;
    map(&state, false, move |tx| {
        let found = store::inquiry::name(tx, &name)?;
        let mut all = match from {
            None => vec![address::inquiry(found.slug.as_str())],
            Some(_) => Vec::new(),
        };
        let last = from.unwrap_or_default().saturating_add(PLACES);
        let mut after = from.map(|from| Cursor([from, i64::MAX]));
        loop {
            let mut page = recommendation::list(tx, found.id, after, SIZE)?;
            page.items.retain(|one| one.position <= last);
            let of_parts = page.items.iter().flat_map(|one| one.parts.iter().map(|part| part.id)).collect();
            let mut parts = recommendation::many(tx, of_parts)?;
            parts.sort_by_key(|part| part.id);
            let listed = page.items.iter().chain(&parts).filter(|one| !one.checked.needs_warning());
            all.extend(listed.map(|one| address::recommendation(found.slug.as_str(), &one.number)));
            match page.next.filter(|Cursor([position, _])| *position <= last) {
                Some(next) => after = Some(next),
                None => return Ok(all),
            }
        }
    })
    .await
}

async fn map(
    state: &State,
    is_index: bool,
    find: impl FnOnce(&mut ReadTx<'_>) -> Result<Vec<String>, Error> + Clone + Send + 'static,
) -> Result<HttpResponse, Error> {
    let mut paths = state
        .reader
        .read_or_again(move |tx| {
            let _in_service: Operator = setting::operator(tx)?.ok_or(Error::NotFound)?;
            find(tx)
        })
        .await?;
    paths.truncate(MOST);
    let addresses = paths.into_iter().map(|path| format!("{}{path}", state.site.base_url)).collect();
    let text = Map { is_index, addresses }.render()?;
    let mut answer = HttpResponse::Ok();
    Ok(answer.insert_header((header::CACHE_CONTROL, FRESH)).content_type("application/xml; charset=utf-8").body(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_room_for_the_parts_of_what_it_lists() {
        let most = usize::try_from(PLACES).unwrap() * (crate::domain::part::MOST + 1) + 1;
        assert!(most <= MOST, "{most}");
    }

    #[test]
    fn a_long_inquiry_has_several_lists() {
        let list = "/inquiries/a/sitemap.xml".to_owned();
        for places in [0, 1, PLACES] {
            assert_eq!(lists_of("a", places), std::slice::from_ref(&list), "{places}");
        }
        assert_eq!(lists_of("a", PLACES + 1).len(), 2);
        let lists = lists_of("a", PLACES * 3);
        assert_eq!((lists.len(), &lists[0]), (3, &list));
        assert!(lists[1].starts_with("/inquiries/a/sitemap.xml?after=") && lists[1] != lists[2], "{lists:?}");
    }
}
