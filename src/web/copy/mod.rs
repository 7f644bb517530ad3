//! The whole public site as files: for a web archive, or to be kept when the register no longer runs.
//!
//! Every page comes from the very handler that serves it, asked as somebody without an account, from a register that stands
//! still. Start with [`write`]: it asks for address after address; `crawl` knows which are left, `table` which addresses
//! belong into a copy, `name` what their files are called, `page` how a page's links are turned.

mod crawl;
mod name;
mod page;
mod table;

use std::future::poll_fn;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::pin;

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::Service;
use actix_web::http::{StatusCode, header};
use actix_web::test::{TestRequest, init_service};
use actix_web::{HttpResponse, web};
use askama::Template;

use super::error::Error;
use super::state::State;
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::ledger;
use crawl::{Crawl, Folder};

/// The public addresses that are not in a copy, and why. Every other one is.
pub const LEFT_OUT: [(&str, &str); 2] = [
    ("/healthz", "it says whether the program runs, and no program runs here"),
    ("/readyz", "it says whether the program reaches its database, and there is none here"),
];

/// How often an address may lead on to another one.
const STEPS: usize = 5;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// The last change that it shows.
    pub seq: Seq,
    /// The day on which it was made.
    pub day: Day,
    /// How many pages.
    pub pages: u64,
    /// How many files that are no pages.
    pub files: u64,
    /// How many bytes in all.
    pub bytes: u64,
}

/// Why no copy was made.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A file cannot be written.
    #[error("{0} cannot be written: {1}")]
    File(PathBuf, io::Error),
    /// The register did not answer as it should.
    #[error("{0} answers {1}; the log says why")]
    Answer(String, StatusCode),
    /// An answer broke off.
    #[error("{0} breaks off: {1}")]
    Broken(String, String),
    /// An address that leads in a circle.
    #[error("{0} leads on and on")]
    Circle(String),
    /// The register cannot be read.
    #[error(transparent)]
    Read(#[from] Error),
}

/// What a copy says of itself.
#[derive(Template)]
#[template(path = "copy/read_me.txt")]
struct ReadMe<'a> {
    site_name: &'a str,
    base_url: &'a str,
    made: String,
    written: String,
    left_out: &'a [(&'a str, &'a str)],
}

impl ReadMe<'_> {
    const fn keeps_words(&self) -> &'static str {
        words::KEEPS_WORDS
    }
}

/// Writes the public site into an empty folder. `state` must read from a register that stands still, by a clock that does.
///
/// # Errors
/// A sentence for the first thing that fails; the folder is not complete then.
pub async fn write(state: web::Data<State>, to: &Path) -> Result<Copied, Fault> {
    let seq = state.reader.read(ledger::newest).await.map_err(Error::from)?;
    let day = state.today();
    let made = words::copy_made(day, seq);
    let mut crawl = Crawl::new(&state.site.base_url, made.clone(), Folder::at(to));
    // What asks an application without a listener is named for tests, and is the only way there is.
    let service = init_service(super::app(state.clone())).await;
    while let Some(address) = crawl.next() {
        let mut asked = address.clone();
        for step in 0.. {
            let answer = match service.call(TestRequest::with_uri(&asked).to_request()).await {
                Ok(answer) => answer.map_into_boxed_body().into_parts().1,
                Err(fault) => fault.error_response(),
            };
            match crawl.leads_on(&answer) {
                Some(_) if step == STEPS => return Err(Fault::Circle(address)),
                Some(next) => asked = next,
                None => {
                    keep(&mut crawl, &address, answer).await?;
                    break;
                }
            }
        }
    }
    let (pages, files, bytes) = crawl.folder.written();
    let read_me = ReadMe {
        site_name: &state.site.name,
        base_url: &state.site.base_url,
        made,
        written: words::copy_written(pages, files, bytes),
        left_out: &LEFT_OUT,
    };
    crawl.folder.whole(crawl::READ_ME, read_me.render().map_err(Error::from)?.as_bytes())?;
    let (pages, files, bytes) = crawl.folder.written();
    Ok(Copied { seq, day, pages, files, bytes })
}

/// Keeps one answer: a page with its links turned, what names other addresses as it is, anything else piece by piece.
async fn keep(crawl: &mut Crawl<'_>, address: &str, answer: HttpResponse<BoxBody>) -> Result<(), Fault> {
    let status = answer.status();
    if status == StatusCode::NOT_FOUND && !crawl.is_wanted(address) {
        crawl.is_missing(address);
        return Ok(());
    }
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().to_owned();
    let is_page = kind == "text/html";
    // Where a page is not there although something leads to it, the copy says so as the register does.
    if status != StatusCode::OK && !(status == StatusCode::NOT_FOUND && is_page) {
        return Err(Fault::Answer(address.to_owned(), status));
    }
    let broken = |fault: &dyn std::fmt::Display| Fault::Broken(address.to_owned(), fault.to_string());
    match kind.as_str() {
        "text/html" | "application/json" | "application/atom+xml" | "application/xml" => {
            let bytes = to_bytes(answer.into_body()).await.map_err(|fault| broken(&fault))?;
            crawl.take(address, &kind, &bytes)
        }
        _ => {
            let mut body = pin!(answer.into_body());
            let mut file = crawl.begin(address)?;
            while let Some(piece) = poll_fn(|context| body.as_mut().poll_next(context)).await {
                file.write(&piece.map_err(|fault| broken(&fault))?)?;
            }
            let bytes = file.finish()?;
            crawl.folder.count(false, bytes);
            Ok(())
        }
    }
}
