//! Three doors: public, account, staff. Every address lies behind one of them, by the table in `web`.

use std::future::ready;
use std::rc::Rc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ResourceDef, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, web};

use super::account::{kept, sign_in};
use super::answer::see_other;
use super::cookie::Cookie;
use super::error::{Error, remember};
use super::frame;
use super::staff::moved;
use super::state::State;

/// Who gets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Anybody.
    Public,
    /// Anybody, but nothing of it is kept by a browser or a proxy.
    Account,
    /// People with a session.
    Staff,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET` (which answers `HEAD` too) or `POST`.
    pub method: Method,
    /// The address, with its variable parts in braces.
    pub path: &'static str,
    /// The door it lies behind.
    pub door: Door,
}

/// Writes the table once and makes two things of it: [`ROUTES`](super::ROUTES), which tests read, and the registration.
macro_rules! routes {
    (public { $($public:tt)* } account { $($account:tt)* } staff { $($staff:tt)* }) => {
        /// Every address there is.
        pub const ROUTES: &[Route] = routes!(@list [] Public { $($public)* } Account { $($account)* } Staff { $($staff)* });

        /// Registers every address.
        pub(super) fn configure(to: &mut web::ServiceConfig) {
            routes!(@register to, public, { $($public)* });
            routes!(@register to, account, { $($account)* });
            routes!(@register to, staff, { $($staff)* });
        }
    };
    (@list [$($done:tt)*]) => { &[$($done)*] };
    (@list [$($done:tt)*] $door:ident { $($method:ident $path:literal => $handler:path;)* } $($rest:tt)*) => {
        routes!(@list [
            $($done)*
            $(Route { method: actix_web::http::Method::$method, path: $path, door: Door::$door },)*
        ] $($rest)*)
    };
    (@register $to:ident, $door:ident, { $($method:ident $path:literal => $handler:path;)* }) => {
        $($to.service(
            web::resource($path).guard(door::$method).wrap(from_fn(door::$door)).route(web::route().to($handler)),
        );)*
    };
}
pub(super) use routes;

/// What answers where no route of the table does: an address that is known for another method says which, and any other is
/// not there. Reads the table once, for a pattern takes long to make and short to match.
pub fn otherwise(table: &[Route]) -> actix_web::Route {
    let known: Rc<[(ResourceDef, Method)]> =
        table.iter().map(|route| (ResourceDef::new(route.path), route.method.clone())).collect();
    web::route().to(move |request: HttpRequest| {
        let path = request.match_info().as_str();
        let taken = known.iter().filter(|(pattern, _)| pattern.is_match(path)).map(|(_, method)| method);
        ready(Err::<HttpResponse, _>(refusal(&taken.collect::<Vec<_>>())))
    })
}

fn refusal(taken: &[&Method]) -> Error {
    if taken.is_empty() {
        return Error::NotFound;
    }
    let mut allowed = Vec::new();
    if taken.contains(&&Method::GET) {
        allowed.extend([Method::GET, Method::HEAD]);
    }
    if taken.contains(&&Method::POST) {
        allowed.push(Method::POST);
    }
    Error::Method(allowed)
}

/// Matches `GET` and `HEAD`.
#[expect(non_snake_case, reason = "named as it stands in the table")]
pub fn GET(context: &actix_web::guard::GuardContext<'_>) -> bool {
    matches!(context.head().method, Method::GET | Method::HEAD)
}

/// Matches `POST`.
#[expect(non_snake_case, reason = "named as it stands in the table")]
pub fn POST(context: &actix_web::guard::GuardContext<'_>) -> bool {
    context.head().method == Method::POST
}

/// The door that is open to anybody. What a signed-in person sees is theirs, and no proxy keeps it.
///
/// # Errors
/// What comes from within.
pub async fn public(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    let known = frame::already_known(response.request());
    if known.is_some() {
        response.headers_mut().append(header::VARY, HeaderValue::from_static("cookie"));
    }
    if known.is_some_and(|known| known.session.is_some()) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    Ok(said_once(response))
}

/// The door to the account pages: nothing of them is kept by a browser or a proxy.
///
/// # Errors
/// What comes from within.
pub async fn account(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(said_once(response))
}

/// The door that opens to a session alone. Without one a page leads to sign-in and back; a form keeps what was written.
///
/// # Errors
/// What comes from within.
pub async fn staff(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let known = match frame::known(request.request()).await {
        Ok(known) => known,
        Err(fault) => {
            // The page that says so shows what was written.
            if request.method() == Method::POST
                && let Ok(words) = kept::words_of(&mut request).await
            {
                remember(request.request(), &words);
            }
            return Ok(request.error_response(fault));
        }
    };
    let mut response = if known.session.is_some() {
        lead_on(next.call(request).await?.map_into_boxed_body()).await
    } else if request.method() == Method::POST {
        match kept::ask_to_sign_in(&mut request).await {
            Ok(answer) => request.into_response(answer),
            Err(fault) => request.error_response(fault),
        }
    } else {
        let location = sign_in::leading_to(request.path(), request.query_string());
        request.into_response(see_other(&location))
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(said_once(response))
}

/// A page that is not there any more under this name leads to where it is.
async fn lead_on(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    let Some(state) = response.request().app_data::<web::Data<State>>().cloned() else { return response };
    let path = response.request().path().to_owned();
    match state.reader.read_or_again(move |tx| moved::now(tx, &path)).await {
        Ok(Some(now)) => {
            let query = response.request().query_string();
            let to = if query.is_empty() { now } else { format!("{now}?{query}") };
            // A form is sent again to where it belongs, and says there that it was overtaken.
            let posted = response.request().method() == Method::POST;
            let moved = if posted { StatusCode::PERMANENT_REDIRECT } else { StatusCode::MOVED_PERMANENTLY };
            let answer = HttpResponse::build(moved).insert_header((header::LOCATION, to)).finish();
            response.into_response(answer)
        }
        Ok(None) | Err(_) => response,
    }
}

/// A notice that a page has shown is taken back.
fn said_once(mut response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let shown = response.status() == StatusCode::OK && {
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        kind.is_some_and(|kind| kind.starts_with("text/html"))
    };
    let request = response.request();
    let Some(state) = request.app_data::<web::Data<State>>().cloned().filter(|_| shown) else { return response };
    if Cookie::Notice.of(request, &state.site).is_some()
        && let Ok(line) = Cookie::Notice.remove(&state.site)
    {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}
