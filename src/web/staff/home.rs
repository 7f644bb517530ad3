//! `/staff`: what needs me today. A task list with counts, what has waited longest first, and nothing else.

mod body;
mod lists;
mod oversight;
mod unpublished;

use actix_web::{HttpResponse, web};

use crate::domain::person::Role;
use crate::web::actor::Staff;
use crate::web::error::Error;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page, by role.
///
/// # Errors
/// When the database fails.
pub async fn show(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    let shell = shell.titled("Your work").unlisted();
    match (staff.actor.role, staff.actor.body) {
        (Role::Administrator | Role::Overseer, _) => oversight::show(&state, &staff, shell).await,
        (Role::Contributor, Some(own)) => body::show(&state, &staff, own, shell).await,
        (Role::Observer | Role::Contributor, _) => unpublished::show(&state, &staff, shell).await,
    }
}
