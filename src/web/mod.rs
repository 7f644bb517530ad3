//! The doors for people: routes, pages, forms. May import domain, store (reading), service, clock, embed, mail (composing) and telemetry.
//!
//! Start with the table in `routes`: every address, its method, and behind which of three doors it lies. A handler
//! is a file of the same path; it is given a [`state::State`], a [`shell::Shell`] for its page, and on a form a
//! `csrf::Protected`; what many ask for is kept in `cache`. What every page stands in is `shell`, what every form is made of is `form`, the pieces between are
//! in `part`; templates mirror the handlers' paths.

pub mod account;
pub mod actor;
pub mod answer;
pub mod api;
mod around;
pub mod cache;
pub mod client;
mod cookie;
pub mod copy;
mod count;
pub mod csrf;
mod door;
pub mod ending;
mod error;
mod file;
pub mod form;
mod frame;
mod headers;
mod health;
pub mod held;
mod held_form;
mod log;
mod markdown;
pub mod notice;
mod noting;
pub mod part;
mod place;
pub mod public;
mod routes;
pub mod shell;
pub mod staff;
pub mod state;

#[cfg(test)]
mod specimen;

pub use around::app;
pub use door::{Door, Route};
pub use error::Error;
pub use routes::ROUTES;
