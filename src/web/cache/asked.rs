//! Who asks, and what that means for the answer: under which name it is kept, who may keep it on its way, and from where it is
//! read.

use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::{Extensions, ServiceRequest};
use actix_web::http::header;
use actix_web::{HttpRequest, web};

use super::key::{Key, key};
use super::route::ASKS_THE_PRIMARY;
use crate::web::cookie::Cookie;
use crate::web::state::{Site, State};

/// How a request is to be answered.
pub struct Asked {
    /// Under which name the answer is kept; `None`: it is made for this request alone.
    pub name: Option<Arc<str>>,
    /// Who may keep it on its way.
    pub wire: Wire,
}

/// Who may keep an answer between here and its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// Whoever carries it to a crowd.
    Shared,
    /// As the handler said: its reader is signed in.
    AsSaid,
    /// Nobody: the address holds what somebody typed, or may.
    Nobody,
}

impl Asked {
    /// Whoever is somebody is nobody from a crowd. What was typed is kept here and nowhere else.
    pub fn of(request: &HttpRequest, site: &Site, names: &[&'static str]) -> Self {
        let is_somebody = is_somebody(request, site);
        match key(request.path(), request.query_string(), names) {
            Some(Key { is_typed: false, .. }) if is_somebody => Self { name: None, wire: Wire::AsSaid },
            Some(Key { name, is_typed: false }) => Self { name: Some(name), wire: Wire::Shared },
            Some(Key { name, .. }) => Self { name: Some(name).filter(|_| !is_somebody), wire: Wire::Nobody },
            None => Self { name: None, wire: Wire::Nobody },
        }
    }
}

/// Whether somebody asks who has a session, or a notice to be told.
fn is_somebody(request: &HttpRequest, site: &Site) -> bool {
    request.headers().contains_key(header::COOKIE)
        && [Cookie::Session, Cookie::Notice].iter().any(|cookie| cookie.of(request, site).is_some())
}

/// Gives the handler of what is for everybody the state that reads from the replica, if there is one and nobody in particular
/// asks. Handlers take the state that was given last.
pub fn by_replica(state: &State, mut request: ServiceRequest) -> ServiceRequest {
    let Some(replica) = &state.for_everybody else { return request };
    if request.path() == ASKS_THE_PRIMARY || is_somebody(request.request(), &state.site) {
        return request;
    }
    let mut given = Extensions::new();
    given.insert(web::Data::clone(replica));
    request.add_data_container(Rc::new(given));
    request
}
