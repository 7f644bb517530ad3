//! `/staff/mail/preview`: every mail that the program sends, composed as it would be, with words that are always the same and about
//! nobody.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::email::Email;
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::words;
use crate::mail::compose::{Cover, compose};
use crate::mail::sample::{AT, letters};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::SummaryRow;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/mail_preview/list.html")]
struct ListPage {
    shell: Shell,
    mails: Vec<Preview>,
}

/// One mail.
struct Preview {
    kind: String,
    rows: Vec<SummaryRow>,
    text: String,
    /// What a mail program shows of the HTML, as this page may hold it.
    html: String,
}

fn preview(letter: &Letter, state: &State) -> Result<Preview, Error> {
    let fault = |fault: &dyn std::fmt::Display| Error::Failed(fault.to_string());
    let to: Email = "somebody@example.org".parse().map_err(|wrong| fault(&wrong))?;
    let at: Moment = AT.parse().map_err(|wrong| fault(&wrong))?;
    let sender = &state.site.sender;
    let mail = compose(letter, &Cover { to: &to, reference: "preview", at }, sender).map_err(|wrong| fault(&wrong))?;
    Ok(Preview {
        kind: words::letter_kind(letter.kind()).to_owned(),
        rows: vec![
            SummaryRow::new("Subject", mail.subject),
            SummaryRow::new("From", format!("{} <{}>", sender.name, mail.from)),
            SummaryRow::new("To", mail.to.to_string()),
        ],
        text: mail.text,
        html: inside(&mail.html),
    })
}

/// What stands in the body of a mail, without the looks that it brings along: this page has its own.
fn inside(html: &str) -> String {
    let body = html.split_once("<body").and_then(|(_, rest)| rest.split_once('>')).map_or(html, |(_, body)| body);
    let body = body.split("</body>").next().unwrap_or_default();
    let mut parts = body.split(" style=\"");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('"').map_or(part, |(_, rest)| rest));
    }
    plain.replace("<h2>", "<p><strong>").replace("</h2>", "</strong></p>")
}

/// The page.
///
/// # Errors
/// When the person may not, or a mail cannot be composed.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::DecideMailing, About::register())?;
    let mails = letters().iter().map(|letter| preview(letter, &state)).collect::<Result<_, _>>()?;
    page(&ListPage {
        shell: shell
            .titled("What each mail says")
            .crumb("/staff", "Your work")
            .crumb(address::STAFF_MAILINGS, "Mail to the public"),
        mails,
    })
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn a_mail_is_shown_without_its_own_looks() {
        let html = "<html><body style=\"a: b\"><h2 style=\"c\">One</h2><p>Two</p></body></html>";
        assert_eq!(inside(html), "<p><strong>One</strong></p><p>Two</p>");
    }
}
