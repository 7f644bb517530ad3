//! The pages for everybody. Each is a file with its view struct and its handler; the addresses stand in the table of `web`.
//!
//! Pages read through `state.reader`, in one snapshot each, and hold no writer. What several of them say alike is in `say`
//! (names, links, tags), `card` (one body asked), `timeline` (what was published), `total` (numbers with their
//! denominators) and `chart` (the same numbers, drawn); `query` reads addresses, `data` is the same as JSON.

pub mod about;
pub mod accessibility;
pub mod answer;
pub mod api;
pub mod body;
pub mod calendar;
pub mod card;
pub mod change;
pub mod chart;
pub mod columns;
pub mod complaint;
pub mod data;
pub mod download;
pub mod edit;
pub mod evidence;
pub mod family;
pub mod feed;
pub mod ground;
pub mod group;
pub mod handed;
pub mod help;
pub mod hold;
pub mod home;
pub mod inquiry;
pub mod judged;
pub mod minute;
pub mod overdue;
pub mod own;
pub mod pack;
pub mod past;
pub mod place;
pub mod privacy;
pub mod query;
pub mod recommendation;
pub mod report;
pub mod say;
pub mod search;
pub mod site;
pub mod subscribe;
pub mod subscription;
pub mod theme;
pub mod timeline;
pub mod total;
pub mod version;

use actix_web::HttpResponse;
use actix_web::http::header;
use askama::Template;
use serde::Serialize;

use past::Then;

use super::cache::FRESH;
use super::error::Error;
use super::shell::Shell;
use crate::domain::licence::DataLicence;
use crate::domain::moment::Day;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::alias::{self, AliasKind};
use crate::store::past::Past;
use crate::store::setting::Service;
use crate::store::{self, ReadTx};

/// A public page. One that shows who is signed in is kept by nobody.
fn shown(page: &impl Template, shell: &Shell) -> Result<HttpResponse, Error> {
    let mut answer = match shell.past() {
        None => super::answer::page(page)?,
        Some(past) => super::answer::html(past::kept_on(&past.iso, &page.render()?)?),
    };
    if shell.person.is_none() && shell.notice.is_none() {
        answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static(FRESH));
    }
    Ok(answer)
}

/// What stands around data, as the frame does around a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct DataFrame {
    /// Whether somebody has taken responsibility for this copy.
    in_service: bool,
    /// Under which licence the operator gives the data.
    licence: Option<DataLicence>,
    /// Asks search engines to leave it out, as they are asked of its page.
    unlisted: bool,
    /// What is looked back to.
    past: Option<Past>,
}

impl DataFrame {
    pub(super) const fn of(service: &Service, unlisted: bool) -> Self {
        Self { in_service: service.operator.is_some(), licence: service.licence, unlisted, past: None }
    }

    /// The same about the day that is looked back to.
    const fn then(self, then: &Then) -> Self {
        Self { past: then.past, ..self }
    }

    /// Whether search engines are asked to leave it out.
    pub(super) const fn is_unlisted(self) -> bool {
        self.unlisted || !self.in_service || self.past.is_some()
    }
}

/// Data with what everybody must know who reads it.
#[derive(Serialize)]
struct Framed<'a, T> {
    /// Null once somebody has taken responsibility.
    notice: Option<&'static str>,
    /// Null until the operator has said so.
    licence: Option<&'static str>,
    /// The day as of whose end this is, and the last change by then; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_at: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_at_change: Option<i64>,
    #[serde(flatten)]
    data: &'a T,
}

/// The same thing as data.
fn shown_as_data(data: &impl Serialize, frame: DataFrame) -> Result<HttpResponse, Error> {
    let framed = Framed {
        notice: (!frame.in_service).then_some(words::NOT_IN_SERVICE),
        licence: frame.licence.map(words::data_licence),
        as_at: frame.past.map(|past| past.day),
        as_at_change: frame.past.map(|past| past.seq.0),
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
pub(super) fn look<T>(
    tx: &mut ReadTx<'_>,
    alias: (AliasKind, &str, &str),
    address: impl FnOnce(&str) -> String,
    find: impl Fn(&mut ReadTx<'_>) -> Result<T, store::Error>,
) -> Result<T, Error> {
    let then = tx.past();
    match past::find_then(tx, find) {
        Err(Error::NotFound) => {
            let (kind, scope, name) = alias;
            let now = alias::find(tx, kind, scope, name)?;
            Err(now.map_or(Error::NotFound, |now| Error::Moved(past::on_day(address(&now), then))))
        }
        found => found,
    }
}

/// A part of an address that can be the name of something.
pub(super) fn slug(text: &str) -> Result<Slug, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// A part of an address that can be a report's own number.
pub(super) fn number(text: &str) -> Result<&str, Error> {
    let good = !text.is_empty() && text.chars().count() <= 60 && !text.chars().any(char::is_control);
    if good { Ok(text) } else { Err(Error::NotFound) }
}
