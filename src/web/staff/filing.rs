//! `/staff/filings/{reference}`: one piece of work that is not public yet. What is proposed beside what stands, who did what
//! to it, and for those who may: publish it, send it back, take it back, or write it again.

pub mod form;
mod page;
mod publish;
mod read;
mod rewrite;
mod send_back;
pub mod side;
mod sign_off;
mod withdraw;

use actix_web::{HttpResponse, web};

use crate::web::actor::Staff;
use crate::web::answer;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::shell::Shell;
use crate::web::state::State;

use page::ShowPage;
use read::look;

pub use publish::publish;
pub use rewrite::overtaken_by as overtaken;
pub use rewrite::save;
pub use send_back::send_back;
pub use sign_off::{send_to_author, sign_off};
pub use withdraw::withdraw;

/// The page.
///
/// # Errors
/// 404 when there is none, or none for this person; 403 when it is about another body.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &reference).await?;
    answer::page(&ShowPage::new(&state, &staff, shell, keys, read))
}
