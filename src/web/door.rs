//! Three doors: public, account, staff. Every address lies behind one of them, by the table in `web`.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;

/// The most bytes that a form may hold: room for the longest texts that are taken, each letter written as `%XX`.
pub const BODY_LIMIT: usize = 512 * 1024;

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

        fn configure(to: &mut web::ServiceConfig) {
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

/// The door that is open to anybody.
///
/// # Errors
/// What comes from within.
pub async fn public(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    next.call(request).await
}

/// The door to the account pages.
///
/// # Errors
/// What comes from within.
pub async fn account(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    next.call(request).await
}

/// The door that opens to a session alone.
///
/// # Errors
/// What comes from within, and a refusal without a session.
pub async fn staff(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    next.call(request).await
}
