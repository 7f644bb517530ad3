//! One mail: what it says, what became of each try, and what may still be done with it and with its address.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{next, subject};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::email::Email;
use crate::domain::mail::Letter;
use crate::domain::moment::Moment;
use crate::domain::outbox::{MASK, MailState, holds_link, is_secret, masked};
use crate::domain::problem::Problems;
use crate::domain::retention::Periods;
use crate::domain::words;
use crate::mail::compose::{Cover, compose};
use crate::mail::kept;
use crate::service::{self, DeadAddress};
use crate::store::outbox::{self, MailAttempt, MailRow};
use crate::store::{self, ReadTx, person, setting, suppression};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::notice;
use crate::web::part::SummaryRow;
use crate::web::shell::Shell;
use crate::web::staff::button::Button;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/outbox/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    keys: Keys,
    href: String,
    rows: Vec<SummaryRow>,
    /// What the mail says; `None` once its words were removed.
    said: Option<Said>,
    /// What is said where they were.
    removed: String,
    tries: Vec<Tried>,
    may_retry: bool,
    may_cancel: bool,
    /// Why it is not tried again, where its link works no more.
    not_again: Option<&'static str>,
    /// Whether whoever it was for may ask for another one.
    asks_anew: bool,
    /// Where somebody is invited again whose invitation is given up: the link in a mail is for one time.
    invite: Option<String>,
    /// Where it stands that its address is dead.
    dead: Option<String>,
    /// Why the address is called dead, where that can be said.
    reason: Option<Field>,
}

/// What a mail says.
struct Said {
    /// Whether these are the words that were sent.
    lead: &'static str,
    subject: String,
    /// Paragraph by paragraph and line by line.
    paragraphs: Vec<Vec<String>>,
    /// The part in HTML, line by line, where the mail is kept as it was composed.
    html: Vec<String>,
}

impl Said {
    /// The mail as it was composed, where that is kept and says more than a link that lets somebody in; without what its link lets its
    /// reader do. Else its words as they would be written now, without the token of a one-time link: whoever may read mail here may not
    /// therefore act as its reader.
    fn of(letter: Letter, mail: &MailRow, kept: Option<&[u8]>, state: &State) -> Result<Self, Error> {
        let lets_in = is_secret(&letter);
        if let Some(kept) = kept.filter(|_| !lets_in).and_then(kept::read) {
            let token = state.service.token_of(&letter).map(|token| token.to_string());
            let shown =
                |words: &str| token.as_ref().map_or_else(|| words.to_owned(), |token| words.replace(token, MASK));
            let html = shown(&kept.html);
            return Ok(Self {
                lead: if holds_link(&letter) { words::MAIL_BUT_LINK } else { words::MAIL_AS_COMPOSED },
                subject: kept.subject,
                paragraphs: in_paragraphs(&shown(&kept.text)),
                html: html.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            });
        }
        let cover = Cover { to: &mail.email, reference: &mail.reference, at: mail.created_at };
        let composed =
            compose(&masked(letter), &cover, &state.site.sender).map_err(|fault| Error::Failed(fault.to_string()))?;
        Ok(Self {
            lead: if lets_in { words::MAIL_WITHOUT_LINK } else { words::MAIL_NOT_COMPOSED },
            subject: composed.subject,
            paragraphs: in_paragraphs(&composed.text),
            html: Vec::new(),
        })
    }
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

/// What the page is made from.
struct Read {
    mail: MailRow,
    /// The mail as it was composed.
    kept: Option<Vec<u8>>,
    tries: Vec<MailAttempt>,
    periods: Periods,
    /// The key of its address on the list of dead ones, if it stands there.
    dead: Option<String>,
    /// Whether its link works no more.
    dead_link: bool,
    /// The random name of whoever it invited, where it is given up.
    invited: Option<String>,
}

/// Whoever a mail invited that was given up, and who has not made their account by another one.
fn invited(tx: &mut ReadTx<'_>, mail: &MailRow) -> Result<Option<String>, store::Error> {
    let invites = mail.kind == "invitation" && mail.state == MailState::PermanentFailure;
    let Some(id) = mail.person.filter(|_| invites) else { return Ok(None) };
    let somebody = person::find(tx, id)?;
    Ok((somebody.is_invited() && !somebody.is_disabled()).then_some(somebody.reference))
}

async fn look(state: &State, reference: String, now: Moment) -> Result<Read, Error> {
    let secret = state.service.secret().clone();
    let read = state.reader.read(move |tx| {
        let mail = outbox::find(tx, &reference)?;
        let tries = outbox::attempts(tx, mail.id)?;
        let key = suppression::key(&secret, &mail.email);
        let dead = suppression::is_there(tx, &key)?.then_some(key);
        let kept = outbox::kept_message(tx, mail.id)?;
        let invited = invited(tx, &mail)?;
        let dead_link = outbox::has_dead_link(tx, mail.letter.as_ref(), now)?;
        Ok::<_, Error>(Read { mail, kept, tries, periods: setting::periods(tx)?, dead, dead_link, invited })
    });
    read.await
}

impl ShowPage {
    fn new(
        (shell, keys): (Shell, Keys),
        Read { mail, kept, tries, periods, dead, dead_link, invited }: Read,
        (sent, problems): (&Sent, Problems),
        state: &State,
    ) -> Result<Self, Error> {
        let is_spent = mail.letter.as_ref().is_some_and(is_secret) && mail.state.is_final();
        let asks = matches!(mail.letter, Some(Letter::FollowAsked(_)));
        let not_again = mail.state.may_be_retried() && (dead_link || (asks && is_spent));
        let is_known = mail.email.domain() != Email::of_nobody().domain();
        let reason = sent
            .field("reason", "How do you know that this address is dead?", &problems)
            .hint("Nothing is sent to it any more until it is taken off the list. Mail that waits for it is not sent.")
            .private();
        Ok(Self {
            shell: shell
                .titled(subject(&mail))
                .crumb("/staff", "Your work")
                .crumb(address::OUTBOX, "Mail")
                .faulty(!problems.is_empty()),
            keys,
            href: address::staff_mail(&mail.reference),
            rows: rows(&mail, state),
            said: mail.letter.clone().map(|letter| Said::of(letter, &mail, kept.as_deref(), state)).transpose()?,
            removed: words::mail_words_removed(&periods),
            tries: tries.into_iter().map(|attempt| Tried::new(attempt, state)).collect(),
            may_retry: mail.state.may_be_retried()
                && mail.letter.is_some()
                && !is_spent
                && !dead_link
                && dead.is_none(),
            may_cancel: mail.state.may_be_cancelled(),
            not_again: not_again.then_some(if asks { words::ASKS_WITH_DEAD_LINK } else { words::MAIL_WITH_DEAD_LINK }),
            asks_anew: not_again && asks,
            invite: invited.as_deref().map(address::staff_person),
            reason: (is_known && dead.is_none()).then_some(reason),
            dead: dead.as_deref().map(address::dead_address),
            problems,
        })
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
    let read = look(&state, reference.into_inner(), staff.now).await?;
    page(&ShowPage::new((shell, keys), read, (&Sent::default(), Problems::none()), &state)?)
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

/// Puts the address that a mail went to on the list of dead ones.
///
/// # Errors
/// When the person may not, or there is no such mail; the page again where no reason is given.
pub async fn dead(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageMail, About::default())?;
    let mut reading = Reading::of(&sent);
    let reason = reading.line("reason", "The reason");
    let act = reading.told_to(staff.act(sent.key()));
    let which = DeadAddress::OfMail(reference.as_str().to_owned());
    match state.service.call_dead(act, which, reason).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Nothing is sent to this address any more"),
        Err(service::Error::Problems(problems)) => {
            let read = look(&state, reference.into_inner(), staff.now).await?;
            let again = ShowPage::new((shell, keys), read, (&sent, problems), &state)?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
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
