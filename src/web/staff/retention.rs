//! `/staff/retention`: for how long personal data is kept, and what the job that keeps the periods did.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::moment::Moment;
use crate::domain::problem::Problems;
use crate::domain::retention::{Kept, Periods};
use crate::domain::words;
use crate::service;
use crate::service::tidy::{TIDY, Tidied};
use crate::store::{self, ReadTx, job, setting};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many runs are looked through for the last that removed something: more than a year of days.
const RUNS: i64 = 400;

/// The page.
#[derive(Template)]
#[template(path = "staff/retention/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    lines: Vec<Line>,
    /// When the job ran last; `None` where it never did.
    ran: Option<String>,
    /// What stands now, where somebody else changed it meanwhile.
    meanwhile: Vec<(&'static str, String)>,
    keys: Keys,
}

/// One kind.
struct Line {
    what: &'static str,
    then: &'static str,
    why: &'static str,
    field: Field,
    /// What the last run removed.
    last: String,
    /// The last time that anything was removed, where it was not the last run.
    before: Option<String>,
}

struct Read {
    periods: Periods,
    runs: Vec<(Moment, Tidied)>,
    ran: Option<Moment>,
}

fn read(tx: &mut ReadTx<'_>) -> Result<Read, store::Error> {
    let runs = job::summaries(tx, TIDY, RUNS)?;
    Ok(Read {
        periods: setting::periods(tx)?,
        ran: runs.first().map(|(at, _)| *at),
        runs: runs.into_iter().filter_map(|(at, summary)| Some((at, Tidied::read(&summary)?))).collect(),
    })
}

impl Read {
    fn line(&self, kind: Kept, sent: &Sent, problems: &Problems, state: &State) -> Line {
        let rule = kind.rule();
        let last = self.runs.first().map_or(0, |(_, tidied)| tidied.of(kind));
        let earlier = self.runs.iter().skip(1).find(|(_, tidied)| tidied.of(kind) > 0).filter(|_| last == 0);
        Line {
            what: rule.what,
            then: rule.then,
            why: rule.why,
            field: sent
                .field(kind.as_str(), format!("{}: days {}", rule.what, rule.after), problems)
                .hint(words::may_be_kept(kind)),
            last: words::removed(kind, last),
            before: earlier.map(|(at, tidied)| {
                let on = words::day(at.day_in(&state.site.zone));
                format!("{} on {on}", words::removed(kind, tidied.of(kind)))
            }),
        }
    }

    fn page(&self, state: &State, shell: Shell, keys: Keys, sent: &Sent, problems: Problems) -> EditPage {
        let lines = Kept::ALL.iter().map(|kind| self.line(*kind, sent, &problems, state)).collect();
        EditPage {
            shell: shell
                .titled("How long personal data is kept")
                .crumb(address::STAFF, "Your work")
                .crumb("/staff/settings", "Settings")
                .faulty(!problems.is_empty()),
            lines,
            problems,
            ran: self.ran.map(|at| words::moment(at, &state.site.zone)),
            meanwhile: Vec::new(),
            keys: keys.of_version(self.periods.fingerprint()),
        }
    }

    /// The form with what stands.
    fn filled(&self) -> Sent {
        Kept::ALL
            .iter()
            .fold(Sent::default(), |sent, kind| sent.filled(kind.as_str(), self.periods.days(*kind).to_string()))
    }
}

/// The page.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn edit(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let read = state.reader.read(read).await?;
    page(&read.page(&state, shell, keys, &read.filled(), Problems::none()))
}

/// Chooses other periods.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let periods = match Periods::parse(|kind| sent.get(kind.as_str())) {
        Ok(periods) => periods,
        Err(problems) => {
            let read = state.reader.read(read).await?;
            let mut again = read.page(&state, shell, keys, &sent, problems);
            again.keys.version = Some(sent.version());
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
    };
    match state.service.set_periods(staff.act(sent.key()), periods.clone(), sent.version()).await {
        Ok(done) => notice::after(&state, &done, "Saved, and published"),
        Err(service::Error::Stale) => {
            let read = state.reader.read(read).await?;
            let mut both = read.page(&state, shell, keys, &sent, Problems::none());
            let differing = read.periods.differing(&periods).into_iter();
            both.meanwhile = differing.map(|kind| (kind.rule().what, words::kept_for(kind, &read.periods))).collect();
            page_with(StatusCode::CONFLICT, &both)
        }
        Err(fault) => Err(fault.into()),
    }
}
