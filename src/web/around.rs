//! What stands around every handler.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, web};
use tracing_actix_web::TracingLogger;

use super::routes::configure;
use super::state::State;
use super::{ROUTES, api, cache, count, csrf, door, error, headers, log};

/// The application: what stands around every handler, from the outside in, and the table.
pub fn app(
    state: web::Data<State>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(state)
        .app_data(web::PayloadConfig::new(csrf::BODY_LIMIT))
        .configure(configure)
        .default_service(door::otherwise(ROUTES))
        .wrap(from_fn(error::pages))
        .wrap(from_fn(cache::keep))
        .wrap(from_fn(api::open))
        .wrap(Compress::default())
        .wrap(from_fn(headers::add))
        .wrap(from_fn(count::each))
        .wrap(TracingLogger::<log::Line>::new())
}
