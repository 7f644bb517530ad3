//! The pages for everybody. Each is a file with its view struct and its handler; the addresses stand in the table of `web`.
//!
//! Pages read through `state.reader`, in one snapshot each, and hold no writer. What several of them say alike is in `say`
//! (names, links, tags), `card` (one body asked), `timeline` (what was published) and `total` (numbers with their
//! denominators); `query` reads addresses, `data` is the same as JSON.

pub mod about;
pub mod accessibility;
pub mod answer;
pub mod body;
pub mod calendar;
pub mod card;
pub mod change;
pub mod columns;
pub mod complaint;
pub mod data;
pub mod download;
pub mod feed;
pub mod help;
pub mod hold;
pub mod home;
pub mod inquiry;
pub mod overdue;
pub mod own;
pub mod pack;
pub mod privacy;
pub mod query;
pub mod recommendation;
pub mod say;
pub mod search;
pub mod theme;
pub mod timeline;
pub mod total;
pub mod version;

use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;
use serde::Serialize;

use super::error::Error;
use super::shell::Shell;
use crate::domain::licence::DataLicence;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::alias::{self, AliasKind};
use crate::store::setting::Service;
use crate::store::{self, ReadTx};

/// Kept by browsers and proxies only to be asked about again, so that a change is seen on the next request.
const FRESH: &str = "max-age=0, must-revalidate";

/// A public page. One that shows who is signed in is kept by nobody.
fn shown(page: &impl Template, shell: &Shell) -> Result<HttpResponse, Error> {
    let mut answer = super::answer::page(page)?;
    if shell.person.is_none() && shell.notice.is_none() {
        answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static(FRESH));
    }
    Ok(answer)
}

/// What stands around data, as the frame does around a page.
#[derive(Debug, Clone, Copy)]
struct DataFrame {
    /// Whether somebody has taken responsibility for this copy.
    in_service: bool,
    /// Under which licence the operator gives the data.
    licence: Option<DataLicence>,
    /// Asks search engines to leave it out, as they are asked of its page.
    unlisted: bool,
}

impl DataFrame {
    const fn of(service: &Service, unlisted: bool) -> Self {
        Self { in_service: service.operator.is_some(), licence: service.licence, unlisted }
    }

    /// Whether search engines are asked to leave it out.
    const fn is_unlisted(self) -> bool {
        self.unlisted || !self.in_service
    }
}

/// Data with what everybody must know who reads it.
#[derive(Serialize)]
struct Framed<'a, T> {
    /// Null once somebody has taken responsibility.
    notice: Option<&'static str>,
    /// Null until the operator has said so.
    licence: Option<&'static str>,
    #[serde(flatten)]
    data: &'a T,
}

/// The same thing as data.
fn shown_as_data(data: &impl Serialize, frame: DataFrame) -> Result<HttpResponse, Error> {
    let framed = Framed {
        notice: (!frame.in_service).then_some(words::NOT_IN_SERVICE),
        licence: frame.licence.map(words::data_licence),
        data,
    };
    let body = serde_json::to_string_pretty(&framed).map_err(|fault| Error::Failed(fault.to_string()))?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, FRESH)).content_type("application/json; charset=utf-8");
    if frame.is_unlisted() {
        answer.insert_header(("x-robots-tag", "noindex"));
    }
    Ok(answer.body(body))
}

/// Finds something by its name; under a name that it had before, leads to where it is now.
fn look<T>(
    tx: &mut ReadTx<'_>,
    alias: (AliasKind, &str, &str),
    address: impl FnOnce(&str) -> String,
    find: impl FnOnce(&mut ReadTx<'_>) -> Result<T, store::Error>,
) -> Result<T, Error> {
    match find(tx) {
        Err(store::Error::NotFound) => {
            let (kind, scope, name) = alias;
            let now = alias::find(tx, kind, scope, name)?;
            Err(now.map_or(Error::NotFound, |now| Error::Moved(address(&now))))
        }
        found => Ok(found?),
    }
}

/// A part of an address that can be the name of something.
fn slug(text: &str) -> Result<Slug, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// A part of an address that can be a report's own number.
fn number(text: &str) -> Result<&str, Error> {
    let good = !text.is_empty() && text.chars().count() <= 60 && !text.chars().any(char::is_control);
    if good { Ok(text) } else { Err(Error::NotFound) }
}
