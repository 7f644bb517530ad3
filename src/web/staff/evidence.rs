//! Evidence as staff and the bodies' people see it: attached to an answer or to work on its way, private until it is published.
//!
//! `new` attaches a piece, `show` is its page with what may be done about it; the file itself is asked for its right each time.

mod new;
mod show;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, web};

use crate::domain::address;
use crate::domain::change::Fact;
use crate::domain::words;
use crate::service::{is_shown_to, may_see};
use crate::store::exhibit::{self, Exhibit};
use crate::store::present::find_addressee;
use crate::web::actor::Staff;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::public::evidence::send;
use crate::web::state::State;

pub use new::{create, new};
pub use show::{publish, show, take_back};

/// `…/{reference}/file`: the file of a piece of evidence, public or not.
///
/// # Errors
/// 404 when there is none or its bytes are gone, 403 for whoever may not read it.
pub async fn file(state: web::Data<State>, staff: Staff, reference: web::Path<String>) -> Result<HttpResponse, Error> {
    let (named, actor) = (reference.into_inner(), staff.actor);
    let found = state
        .reader
        .read(move |tx| {
            let piece = exhibit::find(tx, &named)?;
            let of = find_addressee(tx, piece.addressee)?.holder();
            may_see(actor, &piece, of, true)?;
            piece.file.filter(|file| file.sha256.is_some()).ok_or(Error::NotFound)
        })
        .await?;
    let mut answer = send(&state, found);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Pieces as a list: what each is and whether it is public. What oversight collects is for no body's people.
#[must_use]
pub fn list(pieces: &[Exhibit], staff: &Staff) -> Vec<Link> {
    let known = pieces.iter().filter(|piece| is_shown_to(staff.actor, piece));
    known.map(|piece| Link::new(address::staff_evidence(&piece.reference), line(piece))).collect()
}

/// `Minutes of the board (PDF, 120 KB): not public`.
fn line(piece: &Exhibit) -> String {
    let what = piece
        .file
        .as_ref()
        .map_or_else(|| words::evidence_kind(piece.kind).to_owned(), |file| words::file_line(file.kind, file.bytes));
    let state = if piece.published.is_some() { "public" } else { "not public" };
    let title = piece.said.title.as_deref().unwrap_or("Without a title");
    format!("{title} ({what}), for \u{201c}{}\u{201d}: {state}", fact(piece.fact))
}

/// A fact by its heading.
pub(super) fn fact(fact: Fact) -> String {
    words::fact(fact, words::OVERSIGHT)
}
