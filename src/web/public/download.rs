//! Tables and archives to take away. Each is written to a file of its own first, quickly and from one snapshot, and sent from
//! there: a slow line holds up nobody.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::sync::Arc;

use actix_web::body::SizedStream;
use actix_web::http::header::{self, ContentDisposition, DispositionParam, DispositionType};
use actix_web::{HttpResponse, web};
use tokio_util::io::ReaderStream;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::handed::Elsewhere;
use super::pack::{self, Choice, Shelf, Unit};
use super::query::Query;
use super::search::{self, Ask};
use super::{DataFrame, FRESH, look, slug};
use crate::domain::address;
use crate::domain::text::Slug;
use crate::store::alias::AliasKind;
use crate::store::search::{Errors, Filter};
use crate::store::{self, ReadTx, setting};
use crate::web::error::Error;
use crate::web::state::State;

/// How many related tables the headers of an answer name.
const RELATED: usize = 8;

/// What a search finds, a row for each recommendation.
///
/// # Errors
/// 400 for a value that is not known, each named.
pub async fn recommendations(state: web::Data<State>, query: Query) -> Result<HttpResponse, Error> {
    searched(state, search::ask(query)?, Unit::Recommendations).await
}

/// What a search finds, a row for each answer that fits.
///
/// # Errors
/// 400 for a value that is not known, each named.
pub async fn answers(state: web::Data<State>, query: Query) -> Result<HttpResponse, Error> {
    searched(state, search::ask(query)?, Unit::Answers).await
}

/// The recommendations of an inquiry.
///
/// # Errors
/// 404 when there is none.
pub async fn recommendations_of(state: web::Data<State>, path: web::Path<String>) -> Result<HttpResponse, Error> {
    of_inquiry(state, slug(&path)?, "/recommendations.csv", Kind::Table(Unit::Recommendations)).await
}

/// The answers to the recommendations of an inquiry.
///
/// # Errors
/// 404 when there is none.
pub async fn answers_of(state: web::Data<State>, path: web::Path<String>) -> Result<HttpResponse, Error> {
    of_inquiry(state, slug(&path)?, "/answers.csv", Kind::Table(Unit::Answers)).await
}

/// An inquiry with all that belongs to it.
///
/// # Errors
/// 404 when there is none.
pub async fn inquiry(state: web::Data<State>, path: web::Path<String>) -> Result<HttpResponse, Error> {
    of_inquiry(state, slug(&path)?, ".zip", Kind::Archive).await
}

/// The whole register.
///
/// # Errors
/// When the database fails.
pub async fn register(state: web::Data<State>) -> Result<HttpResponse, Error> {
    send(state, Kind::Archive, |_| Ok((Ask::default(), "register".to_owned()))).await
}

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One table.
    Table(Unit),
    /// Everything in an archive.
    Archive,
}

async fn searched(state: web::Data<State>, ask: Ask, unit: Unit) -> Result<HttpResponse, Error> {
    send(state, Kind::Table(unit), move |tx| Ok((ask.resolved(tx)?, String::new()))).await
}

async fn of_inquiry(state: web::Data<State>, name: Slug, end: &'static str, kind: Kind) -> Result<HttpResponse, Error> {
    send(state, kind, move |tx| {
        let moved = |to: &str| format!("{}{end}", address::inquiry(to));
        let found = look(tx, (AliasKind::Inquiry, "", name.as_str()), moved, |tx| store::inquiry::name(tx, &name))?;
        Ok((Ask::inquiry(found.id), found.slug.to_string()))
    })
    .await
}

async fn send(
    state: web::Data<State>,
    kind: Kind,
    find: impl FnOnce(&mut ReadTx<'_>) -> Result<(Ask, String), Error> + Clone + Send + 'static,
) -> Result<HttpResponse, Error> {
    let permit = Arc::clone(&state.downloads).try_acquire_owned().map_err(|_| Error::Busy)?;
    let (today, base, name) = (state.today(), state.site.base_url.clone(), state.site.name.clone());
    let (file, length, named, frame, related) = state
        .reader
        .read_or_again(move |tx| {
            let (ask, named) = find(tx)?;
            let related = elsewhere(tx, &ask, kind)?;
            let sort = ask.order();
            // A list leaves out what was entered in error; who takes everything away gets that too, as what it is.
            let errors = if kind == Kind::Archive { Errors::Among } else { ask.filter.errors };
            let filter = Filter { errors, ..ask.filter };
            let choice = Choice { words: ask.words, filter, sort, today, base, name };
            let service = setting::in_service(tx)?;
            let (mut file, has_warnings) = written(tx, &choice, kind)?;
            let length = file.stream_position()?;
            file.rewind()?;
            Ok::<_, Error>((file, length, named, DataFrame::of(&service, has_warnings), related))
        })
        .await?;
    drop(permit);
    let (end, mime) = match kind {
        Kind::Table(Unit::Recommendations) => ("recommendations.csv", "text/csv; charset=utf-8; header=present"),
        Kind::Table(Unit::Answers) => ("answers.csv", "text/csv; charset=utf-8; header=present"),
        Kind::Archive => ("data.zip", "application/zip"),
    };
    // A table of values has no place for it (RFC 4180), so the answer says it: RFC 8288.
    let licence = frame.licence.and_then(pack::open_licence);
    let licence = licence.map_or_else(|| format!("{}/about", state.site.base_url), |(_, address)| address.to_owned());
    let filename = if named.is_empty() { end.to_owned() } else { format!("{named}-{end}") };
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, FRESH)).insert_header((header::CONTENT_TYPE, mime));
    answer.insert_header(ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(filename)],
    });
    answer.insert_header((header::LINK, format!("<{licence}>; rel=\"license\"")));
    for href in related {
        answer.append_header((header::LINK, format!("<{}{href}>; rel=\"related\"", state.site.base_url)));
    }
    if frame.is_unlisted() {
        answer.insert_header(("x-robots-tag", "noindex"));
    }
    Ok(answer.body(SizedStream::new(length, ReaderStream::new(tokio::fs::File::from_std(file)))))
}

/// Where the same table lies of whoever answers now for the body asked for, if that ended or is a group; a table itself has no
/// place to say it. Headers have little room: the first few.
fn elsewhere(tx: &mut ReadTx<'_>, ask: &Ask, kind: Kind) -> Result<Vec<String>, Error> {
    let path = match kind {
        Kind::Table(Unit::Recommendations) => "/recommendations.csv",
        Kind::Table(Unit::Answers) => "/answers.csv",
        Kind::Archive => return Ok(Vec::new()),
    };
    let given: Vec<(&str, &str)> = ask.given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let found = Elsewhere::of_ask(tx, ask)?.map(|of| of.same_of_each(path, &given)).unwrap_or_default();
    Ok(found.into_iter().take(RELATED).map(|link| link.href).collect())
}

/// A file without a name, which goes with the last who holds it.
fn written(tx: &mut ReadTx<'_>, choice: &Choice, kind: Kind) -> Result<(File, bool), Error> {
    let mut out = BufWriter::new(tempfile::tempfile()?);
    let has_warnings = match kind {
        Kind::Table(unit) => pack::table(tx, choice, unit, &mut out)?.1,
        Kind::Archive => {
            let mut archive = Archive(ZipWriter::new(&mut out));
            let written = pack::write(tx, choice, &mut archive)?;
            archive.0.finish().map_err(std::io::Error::from)?;
            written.has_warnings
        }
    };
    out.flush()?;
    let mut file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.seek(std::io::SeekFrom::End(0))?;
    Ok((file, has_warnings))
}

/// Files in an archive.
struct Archive<W: Write + Seek>(ZipWriter<W>);

impl<W: Write + Seek> Shelf for Archive<W> {
    fn put(&mut self, name: &str, write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>) -> Result<(), Error> {
        // A table of a large register can be larger than the old form of an archive holds.
        let options = SimpleFileOptions::default().large_file(true);
        self.0.start_file(name, options).map_err(std::io::Error::from)?;
        write(&mut self.0)
    }
}
