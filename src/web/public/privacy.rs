//! What data is held, why and for how long.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::own::Own;
use super::shown;
use crate::domain::operator::Operator;
use crate::domain::operator_page::OperatorPage;
use crate::domain::retention::{Kept, Periods};
use crate::domain::words;
use crate::store::{self, ReadTx, setting};
use crate::web::error::Error;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "public/privacy/show.html")]
struct ShowPage {
    shell: Shell,
    operator: Option<Operator>,
    /// For how long each kind is kept: what, how long, what happens then, why.
    kept: Vec<(&'static str, String, &'static str, &'static str)>,
    /// For how long a network address counts, and how long a session lasts at most.
    limits: String,
    mail: OfMail,
    own: Own,
}

/// For how long what is kept of those who follow by mail is kept.
struct OfMail {
    unconfirmed: String,
    former: String,
    words: String,
    dead: String,
}

impl OfMail {
    fn new(periods: &Periods) -> Self {
        let of = |kind| words::days(periods.days(kind));
        Self {
            unconfirmed: of(Kept::UnconfirmedFollower),
            former: of(Kept::FormerFollower),
            words: of(Kept::MailWords),
            dead: of(Kept::DeadAddress),
        }
    }
}

/// Shows it.
///
/// # Errors
/// When the database fails.
pub async fn show(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    let today = state.today();
    let read = move |tx: &mut ReadTx<'_>| {
        let own = Own::read(tx, OperatorPage::Privacy, today)?;
        Ok::<_, store::Error>((setting::operator(tx)?, own, setting::periods(tx)?))
    };
    let (operator, own, periods) = state.reader.read_or_again(read).await?;
    let line = |kind: &Kept| {
        let rule = kind.rule();
        (rule.what, words::kept_for(*kind, &periods), rule.then, rule.why)
    };
    let kept = Kept::ALL.iter().map(line).collect();
    let limits = words::days(periods.days(Kept::Limit));
    let mail = OfMail::new(&periods);
    let page = ShowPage { operator, own, kept, limits, mail, shell: shell.titled("Privacy").crumb("/", "Home") };
    shown(&page, &page.shell)
}
