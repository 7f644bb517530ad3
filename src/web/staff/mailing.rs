//! `/staff/mail`: whether the public is mailed about many changes at once. What is to be sent can be taken back for a quarter of an
//! hour.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::id::Seq;
use crate::domain::problem::Problems;
use crate::domain::subscription::MailingState;
use crate::domain::words;
use crate::store::mailing::{self, Coming, Mailing};
use crate::store::{self};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::part::{Link, SummaryRow};
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many decided ones are listed.
const DECIDED: i64 = 20;

/// The page.
#[derive(Template)]
#[template(path = "staff/mailing/list.html")]
struct ListPage {
    shell: Shell,
    /// What was published since the last round, where the next one will ask about it.
    coming: Option<Ahead>,
    waiting: Vec<Waiting>,
    decided: Vec<String>,
}

/// What the next round will ask about.
struct Ahead {
    heading: String,
    rows: Vec<SummaryRow>,
    changes: Vec<Link>,
}

/// One that waits.
struct Waiting {
    question: String,
    action: String,
    rows: Vec<SummaryRow>,
    changes: Vec<Link>,
    /// Whether it was decided to send it, so that it can only be taken back.
    goes: bool,
    keys: Keys,
}

impl Ahead {
    fn new(coming: Coming) -> Self {
        let first = Seq(coming.after.0 + 1);
        Self {
            heading: words::mailing_coming(first, coming.upto),
            rows: in_numbers(coming.changes, coming.readers).into(),
            changes: ends(first, coming.upto),
        }
    }
}

/// How much it would tell, and to how many.
fn in_numbers(changes: u64, readers: u64) -> [SummaryRow; 2] {
    [
        SummaryRow::new("Changes that somebody follows", words::number(changes)),
        SummaryRow::new("Readers it would go to", words::number(readers)),
    ]
}

/// The first and the last change of a range.
fn ends(first: Seq, upto: Seq) -> Vec<Link> {
    let ends = if first == upto { vec![first] } else { vec![first, upto] };
    ends.into_iter().map(|seq| Link::new(address::change(seq), words::change(seq))).collect()
}

impl Waiting {
    fn new(one: &Mailing, readers: u64, state: &State, keys: &Keys) -> Self {
        let moment = |at| words::moment(at, &state.site.zone);
        let mut rows = vec![SummaryRow::new("Stands as", words::mailing_state(one.state).to_owned())];
        rows.extend(in_numbers(one.changes.unsigned_abs(), readers));
        rows.push(SummaryRow::new("Asked", moment(one.made_at)));
        rows.extend(one.goes_at.map(|at| SummaryRow::new("Goes from", moment(at))));
        rows.extend(one.decided_by.clone().map(|by| SummaryRow::new("Decided by", by)));
        let first = Seq(one.after.0 + 1);
        Self {
            question: words::mailing_question(first, one.upto),
            action: format!("{}/{}", address::STAFF_MAILINGS, one.reference),
            rows,
            changes: ends(first, one.upto),
            goes: one.state == MailingState::Approved,
            keys: keys.clone().of_version(one.version),
        }
    }
}

fn decided(one: &Mailing, state: &State) -> String {
    let which = words::mailing(Seq(one.after.0 + 1), one.upto);
    let when = one.decided_at.map_or_else(String::new, |at| format!(", {}", words::moment(at, &state.site.zone)));
    format!("{which}: {}{when}", words::mailing_state(one.state).to_lowercase())
}

/// What waits, and what was decided last.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::DecideMailing, About::register())?;
    let read = |tx: &mut store::ReadTx<'_>| {
        let mut waiting = Vec::new();
        for one in mailing::waiting(tx)? {
            let readers = mailing::readers(tx, &one)?;
            waiting.push((one, readers));
        }
        Ok::<_, store::Error>((mailing::coming(tx)?, waiting, mailing::decided(tx, DECIDED)?))
    };
    let (coming, waiting, done) = state.reader.read(read).await?;
    page(&ListPage {
        shell: shell.titled("Mail to the public").crumb("/staff", "Your work"),
        coming: coming.map(Ahead::new),
        waiting: waiting.iter().map(|(one, readers)| Waiting::new(one, *readers, &state, &keys)).collect(),
        decided: done.iter().map(|one| decided(one, &state)).collect(),
    })
}

/// Decides, or takes a decision back.
///
/// # Errors
/// 404 when there is none, 409 when it has gone or somebody decided meanwhile; when the person may not, or the database fails.
pub async fn decide(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::DecideMailing, About::register())?;
    let known = reference.clone();
    state.reader.read(move |tx| mailing::find(tx, &known)).await?;
    let send = match sent.get("decision") {
        "send" => true,
        "not" => false,
        _ => return Err(Problems::one("decision", "Choose whether it is sent").into()),
    };
    let act = staff.act(sent.key());
    let done = state.service.decide_mailing(act, reference.into_inner(), sent.version(), send).await?;
    let said = if send { "It goes in 15 minutes. Until then you can take it back" } else { "It is not mailed" };
    notice::see_other_saying(&state, &done.location, said)
}
