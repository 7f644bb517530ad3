//! What facts rest on, ready to print, and the files among it: each at an address of its own for as long as it is public.

use actix_web::body::SizedStream;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use futures_util::stream;

use super::FRESH;
use crate::domain::address;
use crate::domain::change::Subject;
use crate::domain::words;
use crate::store::agreement::Agreement;
use crate::store::evidence::{self, Evidence};
use crate::store::file::{self, File};
use crate::store::withheld::Words;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::card::Piece;
use crate::web::part::timeline::Entry;
use crate::web::public::say;
use crate::web::state::State;

/// A file of somebody else's runs nothing and loads nothing, wherever it is opened: the CSP sandbox, with no leave at all.
const POLICY: &str = concat!("default-src 'none'; ", "sand", "box");

/// A published piece of evidence as everybody sees it.
#[must_use]
pub fn piece(row: &Evidence) -> Piece {
    let Words::Said(title) = &row.title else {
        return Piece { rests_on: words::rests_on(row.rung), title: say::read(&row.title), ..Piece::default() };
    };
    let of_file = row
        .file
        .as_ref()
        .map(|file| (address::evidence(&file.reference, file.kind), words::file_line(file.kind, file.bytes)));
    let link = say::source(row.url.as_deref()).map(|link| {
        let seen = row.seen_on.map_or_else(String::new, |on| format!(", {}", words::seen_on(on)));
        (link.href, format!("{}{seen}", link.words))
    });
    let (href, about) = of_file.or(link).unzip();
    Piece {
        rests_on: words::rests_on(row.rung),
        title: title.clone(),
        href,
        about: about.unwrap_or_default(),
        notes: row
            .what
            .clone()
            .into_iter()
            .chain(row.page.as_deref().map(words::on_page))
            .chain([words::source_rights(row.rights)])
            .collect(),
        lang: row.rights.lang(),
        quote: row.quote.clone(),
        summary: row.summary.clone(),
    }
}

/// A published piece of evidence as an entry of the timeline: what it is in the sentence, what is relied on in its words.
#[must_use]
pub fn entry(row: &Evidence) -> Entry {
    let mut entry = Entry {
        sentence: words::evidence_added(&words::fact(row.fact, words::OVERSIGHT), row.rung),
        record: Some((Subject::Evidence, row.id.0)),
        corrects: row.corrects.map(|seq| Link::new(address::change(seq), words::corrects(seq))),
        corrected_by: row.corrected_by.map(|seq| Link::new(address::change(seq), words::corrected_by(seq))),
        ..Entry::default()
    };
    if let Words::Said(_) = &row.title {
        let piece = piece(row);
        // Of a file that is not to be had, nothing is said but its title, and nothing leads to it.
        let line =
            if piece.href.is_some() { format!("{} ({})", piece.title, piece.about) } else { piece.title.clone() };
        entry.evidence = vec![Link::new(piece.href.unwrap_or_default(), line)];
        entry.words = row.quote.clone();
        entry.lang = row.rights.lang();
        entry.rights = Some(format!("{}.", words::source_rights(row.rights)));
    } else {
        entry.sentence.push_str(&format!(". {}", say::read(&row.title)));
    }
    entry
}

/// What was agreed to show that an answer is done, as an entry of the timeline.
#[must_use]
pub fn agreed(row: &Agreement) -> Entry {
    let mut entry =
        Entry { sentence: words::AGREED.to_owned(), record: Some((Subject::Agreement, row.id.0)), ..Entry::default() };
    match &row.words {
        Words::Said(words) => entry.words = Some(words.clone()),
        withheld => entry.sentence.push_str(&format!(". {}", say::read(withheld))),
    }
    entry
}

/// `/evidence/{name}`: a public file.
///
/// # Errors
/// 404 when there is none by that name, or none for everybody.
pub async fn show(state: web::Data<State>, name: web::Path<String>) -> Result<HttpResponse, Error> {
    let (reference, ending) = name.split_once('.').ok_or(Error::NotFound)?;
    let named = reference.to_owned();
    let found = state.reader.read_or_again(move |tx| evidence::public_file(tx, &named)).await?;
    if found.kind.as_str() != ending {
        return Err(Error::NotFound);
    }
    let mut answer = send(&state, found);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(FRESH));
    answer.headers_mut().insert(header::HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    Ok(answer)
}

/// A file, piece by piece, to be saved and not shown: under a name of ours, as what it was found to be.
pub(in crate::web) fn send(state: &State, file: File) -> HttpResponse {
    let reader = state.reader.clone();
    let size = file.bytes;
    let name = format!("attachment; filename=\"evidence-{}.{}\"", file.reference, file.kind);
    let media_type = file.kind.media_type();
    let pieces = stream::unfold(Some(0_i64), move |position| {
        let (reader, id) = (reader.clone(), file.id);
        async move {
            let position = position?;
            let piece = reader.read_or_again(move |tx| file::chunk(tx, id, position)).await;
            match piece {
                Ok(Some(bytes)) => Some((Ok(Bytes::from(bytes)), Some(position + 1))),
                Ok(None) => None,
                // The line breaks off: whoever reads sees that the file is not whole.
                Err(fault) => Some((Err(Error::from(fault)), None)),
            }
        }
    });
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .body(SizedStream::new(size, Box::pin(pieces)))
}
