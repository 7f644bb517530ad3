//! Proposing that words be removed for good.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::others::{self, Other};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::Subject;
use crate::domain::problem::Problems;
use crate::domain::redaction::RedactionKind;
use crate::domain::words;
use crate::service::{self, ProposeRedaction};
use crate::store::{self, ReadTx, body, inquiry, ledger, recommendation, remark};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Keys};
use crate::web::notice;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
#[derive(Template)]
#[template(path = "staff/redaction/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    what: &'static str,
    place: String,
    change: String,
    /// What is removed together with them.
    with_it: Option<String>,
    /// What shares some of the words, and goes only where somebody says so.
    also: Option<ChoiceField>,
    subject: Subject,
    row: i64,
    kinds: ChoiceField,
    keys: Keys,
}

/// Which record the address names.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Asked {
    subject: Subject,
    row: i64,
}

/// What is known of the record, without its words.
struct Read {
    what: &'static str,
    place: String,
    change: String,
    with_it: Option<String>,
    others: Vec<Other>,
}

/// What a record is about, in words that repeat nothing of it.
pub(in crate::web::staff) fn place(tx: &mut ReadTx<'_>, about: &ledger::About) -> Result<String, store::Error> {
    let one =
        about.recommendation.map(|id| recommendation::many(tx, vec![id])).transpose()?.and_then(|mut all| all.pop());
    Ok(match (one, about.inquiry) {
        (Some(one), _) => words::item(Some(&one.inquiry.short_title), Some(&one.number), None),
        (None, Some(id)) => inquiry::names(tx, vec![id])?.pop().map_or_else(String::new, |it| it.short_title),
        (None, None) => match about.body {
            Some(id) => body::names(tx, vec![id])?.pop().map_or_else(String::new, |it| it.name),
            None => say::capital("this register"),
        },
    })
}

/// What is removed together with a record, because it says the same about the same thing.
pub(in crate::web::staff) fn with_it(
    tx: &mut ReadTx<'_>,
    subject: Subject,
    row: i64,
) -> Result<Option<String>, store::Error> {
    Ok(words::removed_with_it(subject, ledger::siblings(tx, subject, row)?.len()))
}

fn read(tx: &mut ReadTx<'_>, asked: Asked) -> Result<Read, store::Error> {
    let (seq, _) = ledger::seq_of(tx, asked.subject, asked.row)?;
    if ledger::is_removed(tx, asked.subject, asked.row)? {
        return Err(store::Error::NotFound);
    }
    let about = ledger::about(tx, asked.subject, asked.row)?;
    Ok(Read {
        place: place(tx, &about)?,
        what: words::subject_of(asked.subject, remark::kinds(tx, [(asked.subject, asked.row)])?.remove(&asked.row)),
        change: address::change(seq),
        with_it: with_it(tx, asked.subject, asked.row)?,
        others: others::to_propose(tx, asked.subject, asked.row)?,
    })
}

async fn look(state: &State, staff: &Staff, asked: Asked) -> Result<Read, Error> {
    staff.may(Deed::ProposeRedaction, About::default())?;
    Ok(state.reader.read(move |tx| read(tx, asked)).await?)
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, read: Read, asked: Asked, sent: &Sent, problems: Problems) -> Self {
        let kinds = RedactionKind::legal().map(|kind| Choice::new(kind.as_str(), words::redaction_kind(kind)));
        Self {
            shell: shell
                .titled("Propose that words be removed")
                .crumb(address::STAFF, "Your work")
                .crumb(address::REDACTIONS, "Removals")
                .faulty(!problems.is_empty()),
            what: read.what,
            place: read.place,
            change: read.change,
            with_it: read.with_it,
            also: others::field(&read.others, asked.subject, "Which of these are to be removed too?").map(|also| {
                also.hint("They share some of the words. Each that is ticked is withheld, and proposed by itself.")
                    .values(&sent.all(others::ALSO))
            }),
            subject: asked.subject,
            row: asked.row,
            kinds: sent.choices("kind", "Why does the law ask for it?", kinds, &problems),
            problems,
            keys,
        }
    }
}

/// Shows the form.
///
/// # Errors
/// 404 when there is no such record or its words are gone, 403 when the person may not.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    asked: Result<web::Query<Asked>, actix_web::Error>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ProposeRedaction, About::default())?;
    let asked = *asked.map_err(|_| Error::NotFound)?;
    let read = look(&state, &staff, asked).await?;
    page(&NewPage::new(shell, keys, read, asked, &Sent::default(), Problems::none()))
}

/// Takes it: the words are withheld at once, and wait for a second person.
///
/// # Errors
/// As for the form, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ProposeRedaction, About::default())?;
    let subject = sent.get("subject").parse().map_err(|_| Error::NotFound)?;
    let asked = Asked { subject, row: sent.get("row").parse().map_err(|_| Error::NotFound)? };
    let read = look(&state, &staff, asked).await?;
    let mut reading = Reading::of(&sent);
    let kind = reading.choice("kind", "Choose why the law asks for it");
    let act = reading.told_to(staff.act(sent.key()));
    let also = others::ticked(&sent.all(others::ALSO));
    let command = ProposeRedaction { subject: asked.subject, row: asked.row, kind, also, place: read.place.clone() };
    match state.service.propose_redaction(act, command).await {
        Ok(done) => notice::see_other_saying(
            &state,
            &done.location,
            "The words are withheld, and wait for a second person to remove them",
        ),
        Err(service::Error::Problems(problems)) => {
            let again = NewPage::new(shell, keys, read, asked, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => notice::see_other_unchanged(&state, address::REDACTIONS, words::DONE_ALREADY),
        Err(fault) => Err(fault.into()),
    }
}
