//! One mail: what it says, what became of each try, and what may still be done with it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{next, subject};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::mail::Letter;
use crate::domain::outbox::{is_secret, masked};
use crate::domain::words;
use crate::mail::compose::{Cover, compose};
use crate::store::outbox::{self, MailAttempt, MailRow};
use crate::store::setting;
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::part::SummaryRow;
use crate::web::shell::Shell;
use crate::web::staff::button::Button;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/outbox/show.html")]
struct ShowPage {
    shell: Shell,
    keys: Keys,
    href: String,
    rows: Vec<SummaryRow>,
    /// The words of the mail, paragraph by paragraph and line by line; `None` once they were removed.
    paragraphs: Option<Vec<Vec<String>>>,
    /// What is said where they were.
    removed: String,
    /// Whether a one-time link was left out.
    secret: bool,
    tries: Vec<Tried>,
    may_retry: bool,
    may_cancel: bool,
}

/// One try.
struct Tried {
    at: String,
    outcome: String,
    answer: String,
}

impl Tried {
    fn new(attempt: MailAttempt, state: &State) -> Self {
        let outcome =
            attempt.outcome.parse().map_or_else(|_| attempt.outcome.clone(), |it| words::mail_state(it).to_owned());
        Self { at: words::moment(attempt.at, &state.site.zone), outcome, answer: attempt.answer }
    }
}

/// The page.
///
/// # Errors
/// When the person may not, there is no such mail, or the database fails.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageMail, About::default())?;
    let reference = reference.into_inner();
    let (mail, tries, periods) = state
        .reader
        .read(move |tx| {
            let mail = outbox::find(tx, &reference)?;
            let tries = outbox::attempts(tx, mail.id)?;
            Ok::<_, Error>((mail, tries, setting::periods(tx)?))
        })
        .await?;
    let secret = mail.letter.as_ref().is_some_and(is_secret);
    page(&ShowPage {
        shell: shell.titled(subject(&mail)).crumb("/staff", "Your work").crumb("/staff/outbox", "Mail"),
        keys,
        href: address::staff_mail(&mail.reference),
        rows: rows(&mail, &state),
        paragraphs: mail.letter.clone().map(|letter| paragraphs(letter, &mail, &state)).transpose()?,
        removed: words::mail_words_removed(&periods),
        secret,
        tries: tries.into_iter().map(|attempt| Tried::new(attempt, &state)).collect(),
        may_retry: mail.state.may_be_retried() && mail.letter.is_some() && !(secret && mail.state.is_final()),
        may_cancel: mail.state.may_be_cancelled(),
    })
}

fn rows(mail: &MailRow, state: &State) -> Vec<SummaryRow> {
    let moment = |at| words::moment(at, &state.site.zone);
    let row = |name: &str, value: String| SummaryRow { name: name.to_owned(), value, change: None };
    let mut rows = vec![
        row("To", mail.email.to_string()),
        row("Kind", words::letter_kind(&mail.kind).to_owned()),
        row("State", words::mail_state(mail.state).to_owned()),
        row("Written", moment(mail.created_at)),
    ];
    rows.extend(next(mail, state).map(|at| row("Next try", at)));
    rows.extend(mail.finished_at.map(|at| row("Done with", moment(at))));
    rows
}

/// The words as they would be written now, without the token of a one-time link: whoever may read mail here may not
/// therefore sign in as its reader.
fn paragraphs(letter: Letter, mail: &MailRow, state: &State) -> Result<Vec<Vec<String>>, Error> {
    let cover = Cover { to: &mail.email, reference: &mail.reference, at: mail.created_at };
    let composed =
        compose(&masked(letter), &cover, &state.site.sender).map_err(|fault| Error::Failed(fault.to_string()))?;
    Ok(in_paragraphs(&composed.text))
}

fn in_paragraphs(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| lines.iter().map(|line| (*line).to_owned()).collect()).collect()
}

/// Has a mail that failed tried again now.
///
/// # Errors
/// When the person may not, there is no such mail, or it cannot be sent any more.
pub async fn retry(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(button): Protected<Button>,
) -> Result<HttpResponse, Error> {
    let done = state.service.retry_mail(staff.act(&button.key), reference.into_inner()).await?;
    notice::see_other_saying(&state, &done.location, "It will be tried again now")
}

/// Takes a mail back that has not gone.
///
/// # Errors
/// When the person may not, there is no such mail, or it has gone meanwhile.
pub async fn cancel(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(button): Protected<Button>,
) -> Result<HttpResponse, Error> {
    let done = state.service.cancel_mail(staff.act(&button.key), reference.into_inner()).await?;
    notice::see_other_saying(&state, &done.location, "Taken back. It will not be sent")
}

#[cfg(test)]
mod tests {
    use super::in_paragraphs;

    #[test]
    fn a_text_falls_into_paragraphs_and_lines() {
        let paragraphs = in_paragraphs("One\n  two\n\n\nThree\n");
        assert_eq!(paragraphs, [vec!["One".to_owned(), "two".to_owned()], vec!["Three".to_owned()]]);
    }
}
