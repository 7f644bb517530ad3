//! The frame around a page, made from the request: `shell: Shell` as a handler's argument.
//!
//! Who is signed in and who runs this copy is asked once for a request, in one snapshot, and only where somebody wants to
//! know it.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::cookie::Cookie;
use super::error::Error;
use super::part::hold::Notice;
use super::shell::{OperatorLine, Shell, SignedIn};
use super::state::State;
use super::{csrf, held, held_form, notice, place};
use crate::domain::operator::Operator;
use crate::domain::person::Role;
use crate::domain::session::NOTED_EVERY_SECONDS;
use crate::domain::token::{Token, TokenHash};
use crate::domain::words;
use crate::store::hold::Standing;
use crate::store::session::{self, Session};
use crate::store::setting;

/// What is known about a request beyond the request itself.
#[derive(Debug)]
pub struct Known {
    /// Who runs this copy.
    pub operator: Option<Operator>,
    /// The live session, by the hash of its cookie.
    pub session: Option<(TokenHash, Session)>,
    /// The holds in force.
    pub holds: Arc<Standing>,
}

/// The state of the application that a request came to.
///
/// # Errors
/// When there is none, which would be a fault of the program.
pub fn state(request: &HttpRequest) -> Result<&State, Error> {
    let state = request.app_data::<web::Data<State>>().map(web::Data::get_ref);
    state.ok_or_else(|| Error::Failed("the application has no state".to_owned()))
}

/// What is known about a request; asked once, then kept with it.
///
/// # Errors
/// When the database cannot be asked.
pub async fn known(request: &HttpRequest) -> Result<Rc<Known>, Error> {
    if let Some(known) = already_known(request) {
        return Ok(known);
    }
    let state = state(request)?;
    let token = Cookie::Session.of(request, &state.site).and_then(|value| value.parse::<Token>().ok());
    let known = look(state, token.map(|token| token.hash())).await?;
    let now = state.now();
    state.know_operator(line(&known).as_ref());
    if let Some((_, session)) = &known.session
        && now.seconds_since(session.seen_at) >= NOTED_EVERY_SECONDS
    {
        state.noting.note(&state.service, session.id, now).await;
    }
    let known = Rc::new(known);
    request.extensions_mut().insert(Rc::clone(&known));
    Ok(known)
}

/// The same for a session that this very request has begun: its cookie is on the way out.
///
/// # Errors
/// When the database cannot be asked.
pub async fn known_as(request: &HttpRequest, token: TokenHash) -> Result<Known, Error> {
    look(state(request)?, Some(token)).await
}

async fn look(state: &State, token: Option<TokenHash>) -> Result<Known, Error> {
    let now = state.now();
    let register = state.reader.known();
    let kept = state.holds.of(&register);
    let known = state
        .reader
        .read_or_again(move |tx| {
            let session = token.as_ref().map(|token| session::find_live(tx, token, now)).transpose()?.flatten();
            let (operator, holds) = (setting::operator(tx)?, held::read(tx, kept)?);
            Ok::<_, Error>(Known { operator, session: token.zip(session), holds })
        })
        .await?;
    state.holds.keep(register.stamp, &known.holds);
    Ok(known)
}

/// What is known about a request, if somebody has asked.
#[must_use]
pub fn already_known(request: &HttpRequest) -> Option<Rc<Known>> {
    request.extensions().get::<Rc<Known>>().cloned()
}

fn line(known: &Known) -> Option<OperatorLine> {
    let operator = known.operator.as_ref()?;
    Some(OperatorLine { name: operator.name.clone(), contact: operator.contact.to_string() })
}

/// The frame of a page, with what is known.
#[must_use]
pub fn shell(request: &HttpRequest, state: &State, known: &Known) -> Shell {
    let signed_in = known.session.as_ref().map(|(hash, session)| SignedIn {
        name: session.name.clone(),
        role: words::role(session.actor.role).into(),
        reads_unpublished: session.actor.role != Role::Contributor,
        csrf: csrf::for_session(state.service.secret(), &state.chance, hash),
    });
    let shell = Shell::new(state.site.name.clone(), request.path());
    let of_record = place::is_of_record(request.path());
    let holds = if of_record { Notice::of(known.holds.of_register()) } else { Vec::new() };
    let held_form = held_form::said(request.path(), &known.holds);
    Shell { canonical: canonical(request, state), demo: state.site.demo, holds, held_form, ..shell }
        .run_by(line(known))
        .signed_in(signed_in)
        .noticed(notice::of(request, state))
}

/// The address of a page that stands for itself: not one further on in a list, and not one of another day.
fn canonical(request: &HttpRequest, state: &State) -> Option<String> {
    let asked: Vec<(String, String)> = serde_html_form::from_str(request.query_string()).unwrap_or_default();
    let asks = |name: &str| asked.iter().any(|(key, value)| key == name && !value.trim().is_empty());
    let itself = place::is_public(request.path()) && !asks("after") && !asks("as-at");
    itself.then(|| format!("{}{}", state.site.base_url, request.path()))
}

impl FromRequest for Shell {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let known = known(&request).await?;
            Ok(shell(&request, state(&request)?, &known))
        })
    }
}
