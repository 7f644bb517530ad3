//! `/staff/inquiries/{inquiry}/reminders` and `/staff/bodies/{body}/reminders`: on which days bodies are reminded of a date.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::calendar::FIRST_REMINDER;
use crate::domain::problem::Problems;
use crate::domain::stage::{ChosenStages, Stages, StagesOf};
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, SetStages, StagesAt, about_contacts};
use crate::store::{self, ReadTx, body, inquiry, setting};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::state::State;

/// What the choice between none and other stages sends.
const USUAL: &str = "usual";
const OWN: &str = "own";

/// The page.
#[derive(Template)]
#[template(path = "staff/stage/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    place: String,
    /// What holds now.
    stands: String,
    /// Somebody else chose while this person looked at it.
    overtaken: bool,
    /// The form, for those who may change it.
    form: Option<Form>,
    keys: Keys,
}

/// The form.
struct Form {
    which: ChoiceField,
    before: Field,
    first_after: Field,
    every: Field,
    /// What stood when the page was made.
    shown: String,
}

struct Read {
    of: StagesOf,
    place: String,
    chosen: ChosenStages,
}

fn read(tx: &mut ReadTx<'_>, at: &StagesAt) -> Result<Read, store::Error> {
    let (of, place) = match at {
        StagesAt::Inquiry(slug) => {
            let found = inquiry::name(tx, slug)?;
            (StagesOf::Inquiry(found.id), found.short_title)
        }
        StagesAt::Body(slug) => {
            let found = body::name(tx, slug)?;
            (StagesOf::Body(found.id), found.name)
        }
    };
    Ok(Read { of, place, chosen: setting::stages(tx)? })
}

impl Read {
    /// Where the right to change it is asked.
    fn about(&self) -> About {
        match self.of {
            StagesOf::Inquiry(id) => About::default().of(id),
            StagesOf::Body(id) => about_contacts(id),
        }
    }

    fn own(&self) -> Option<&Stages> {
        self.chosen.find(self.of)
    }

    /// The form as it stands; with the usual numbers where nobody chose others.
    fn start(&self) -> Sent {
        let stages = self.own().cloned().unwrap_or_default();
        Sent::default()
            .filled("which", if self.own().is_some() { OWN } else { USUAL })
            .filled("before", stages.before_as_typed())
            .filled("first_after", stages.first_after().to_string())
            .filled("every", stages.every().to_string())
    }

    /// What holds where nothing was chosen here.
    fn otherwise(&self) -> &'static str {
        match self.of {
            StagesOf::Inquiry(_) => "The usual ones",
            StagesOf::Body(_) => "Those of the inquiry that asks, or the usual ones",
        }
    }

    fn page(&self, staff: &Staff, (shell, keys): (Shell, Keys), sent: &Sent, problems: Problems) -> EditPage {
        let usual = words::stages(&Stages::default());
        let choices = [
            Choice::new(USUAL, self.otherwise()).hint(format!("Usual: {usual}.")),
            Choice::new(OWN, "Other ones").reveals("other-stages"),
        ];
        let form = staff.may(Deed::RecordFact, self.about()).is_ok().then(|| Form {
            which: sent.choices("which", "When are reminders sent?", choices, &problems),
            before: sent.field("before", "How many working days before the date?", &problems).hint(format!(
                "Numbers with commas between them, the biggest first, such as 30, 14, 7, 1. {FIRST_REMINDER} at most: what comes \
                 earlier would not count as the update."
            )),
            first_after: sent
                .field("first_after", "On which day after the date?", &problems)
                .hint("1 is the day after. A reminder never goes on a day on which nobody works, but on the next."),
            every: sent.field("every", "And every how many days from then on?", &problems).hint("7 is once a week."),
            shown: self.own().map(Stages::line).unwrap_or_default(),
        });
        EditPage {
            stands: match self.own() {
                Some(own) => words::stages(own),
                None => format!("{} ({usual})", self.otherwise()),
            },
            place: self.place.clone(),
            overtaken: false,
            form,
            shell: shell
                .titled(format!("When reminders are sent: {}", self.place))
                .crumb(address::STAFF, "Your work")
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

async fn look(state: &State, staff: &Staff, at: &StagesAt) -> Result<Read, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let at = at.clone();
    Ok(state.reader.read(move |tx| read(tx, &at)).await?)
}

async fn shown(state: &State, staff: &Staff, at: StagesAt, frame: (Shell, Keys)) -> Result<HttpResponse, Error> {
    let read = look(state, staff, &at).await?;
    page(&read.page(staff, frame, &read.start(), Problems::none()))
}

/// What was sent: other stages, none, or what is wrong with it.
fn wanted(sent: &Sent) -> Result<Option<Stages>, Problems> {
    match sent.get("which") {
        USUAL => Ok(None),
        OWN => Stages::read(sent.get("before"), sent.get("first_after"), sent.get("every")).map(Some),
        _ => Err(Problems::one("which", "Choose when reminders are sent")),
    }
}

async fn saved(
    state: &State,
    staff: &Staff,
    at: StagesAt,
    sent: Sent,
    frame: (Shell, Keys),
) -> Result<HttpResponse, Error> {
    let (stages, faults) = match wanted(&sent) {
        Ok(stages) => (stages, Problems::none()),
        Err(faults) => (None, faults),
    };
    let command = SetStages { at: at.clone(), stages, shown: sent.get("shown").to_owned() };
    match state.service.set_stages(service::Act { faults, ..staff.act(sent.key()) }, command).await {
        Ok(done) => {
            notice::after(state, &done, "Saved. It holds from the next reminders on, and nothing of it is public.")
        }
        Err(service::Error::Problems(problems)) => {
            let read = look(state, staff, &at).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &read.page(staff, frame, &sent, problems))
        }
        Err(service::Error::Stale) => {
            let read = look(state, staff, &at).await?;
            let again = read.page(staff, frame, &sent, Problems::none());
            page_with(StatusCode::CONFLICT, &EditPage { overtaken: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}

fn slug(name: &str) -> Result<Slug, Error> {
    name.parse().map_err(|_| Error::NotFound)
}

/// When bodies are reminded of what an inquiry asks for.
///
/// # Errors
/// 404 when there is no such inquiry, 403 for those who do not keep the record.
pub async fn of_inquiry(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    shown(&state, &staff, StagesAt::Inquiry(slug(&name)?), (shell, keys)).await
}

/// Chooses when.
///
/// # Errors
/// As for the page, 422 for nonsense, and when the database fails.
pub async fn save_of_inquiry(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    saved(&state, &staff, StagesAt::Inquiry(slug(&name)?), sent, (shell, keys)).await
}

/// When a body is reminded.
///
/// # Errors
/// 404 when there is no such body, 403 for those who do not keep the record.
pub async fn of_body(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    shown(&state, &staff, StagesAt::Body(slug(&name)?), (shell, keys)).await
}

/// Chooses when.
///
/// # Errors
/// As for the page, 422 for nonsense, and when the database fails.
pub async fn save_of_body(
    state: web::Data<State>,
    staff: Staff,
    name: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    saved(&state, &staff, StagesAt::Body(slug(&name)?), sent, (shell, keys)).await
}
