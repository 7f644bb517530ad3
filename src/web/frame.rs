//! The frame around a page, made from the request: `shell: Shell` as a handler's argument.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use super::error::Error;
use super::shell::Shell;
use super::state::State;

impl FromRequest for Shell {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(state) = request.app_data::<web::Data<State>>() else {
            return ready(Err(Error::Failed("the application has no state".to_owned())));
        };
        let shell = Self::new(state.config.site_name.clone(), request.path());
        ready(Ok(shell.run_by(state.last_known_operator())))
    }
}
