//! `/staff`: what needs me today.

use actix_web::HttpResponse;
use askama::Template;

use crate::domain::access::{About, Deed};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::shell::Shell;

/// The page.
#[derive(Template)]
#[template(path = "staff/home/show.html")]
struct ShowPage {
    shell: Shell,
    manages_people: bool,
    manages_mail: bool,
    manages_settings: bool,
}

/// The page.
///
/// # Errors
/// When it cannot be made.
pub async fn show(staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    let may = |deed| staff.may(deed, About::default()).is_ok();
    page(&ShowPage {
        shell: shell.titled("Your work"),
        manages_people: may(Deed::ManagePeople),
        manages_mail: may(Deed::ManageMail),
        manages_settings: may(Deed::ManageSettings),
    })
}
