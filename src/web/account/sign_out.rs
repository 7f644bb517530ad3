//! `/sign-out`: one button, in the head of every page.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use crate::web::cookie::Cookie;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::state::State;
use crate::web::{frame, notice};

/// Nothing but the token.
#[derive(Debug, Deserialize)]
pub struct Form {}

/// Ends the session.
///
/// # Errors
/// When the database fails.
pub async fn create(
    request: HttpRequest,
    state: web::Data<State>,
    Protected(Form {}): Protected<Form>,
) -> Result<HttpResponse, Error> {
    let known = frame::known(&request).await?;
    if let Some((hash, _)) = &known.session {
        state.service.sign_out(hash.clone()).await?;
    }
    let mut answer = notice::see_other_saying(&state, "/sign-in", "You have signed out")?;
    answer.headers_mut().append(header::SET_COOKIE, Cookie::Session.remove(&state.site)?);
    Ok(answer)
}
