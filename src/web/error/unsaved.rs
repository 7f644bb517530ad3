//! What a person wrote into a form that could not be saved through no fault of theirs: it stands on the page that says so, and can
//! be sent again from there as the same form, so that it counts once. One that came with a file cannot: the file is not kept, and
//! without it it would be another form.

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage, HttpRequest};
use url::form_urlencoded;

use crate::web::account::kept::Kept;
use crate::web::csrf::upload::Words;
use crate::web::frame;

/// The fields of a form that came from a page of ours, as they came.
struct Sent(Words);

/// A form that was not saved.
pub struct Unsaved {
    /// Its fields, and where it was going.
    pub kept: Kept,
    /// The token that it came with. It counts where it counted before: nothing is given away.
    pub csrf: String,
}

/// Remembers what was sent, for as long as the request lasts. Only what came from a page of ours.
pub fn remember(request: &HttpRequest, words: &Words) {
    request.extensions_mut().insert(Sent(words.clone()));
}

/// What was sent with a request that came to this status; nothing where it was refused for what it said, and nothing where a password
/// is part of it.
pub(super) fn of(request: &HttpRequest, status: StatusCode) -> Option<Unsaved> {
    if request.method() != Method::POST || !status.is_server_error() {
        return None;
    }
    let extensions = request.extensions();
    let Sent(words) = extensions.get::<Sent>()?;
    let fields = || form_urlencoded::parse(&words.fields);
    if fields().any(|(name, _)| name.contains("password")) {
        return None;
    }
    let csrf = fields().find(|(name, _)| name == "csrf").map(|(_, token)| token.into_owned())?;
    let now = frame::state(request).ok()?.now();
    let kept = Kept::new(request.path(), &words.fields, now).beside_file(words.has_file);
    Some(Unsaved { kept, csrf })
}
