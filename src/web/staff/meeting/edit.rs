//! `/staff/meetings/new` and `…/{reference}/change`: a meeting called, moved, held or cancelled, each time in the open.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::{Date, Read, read, said};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::meeting::{Days, MeetingState, Released};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, CallMeeting, ChangeMeeting};
use crate::store::inquiry::{self, InquiryName};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// How many inquiries the form offers.
const INQUIRIES: i64 = 500;

/// The form.
#[derive(Template)]
#[template(path = "staff/meeting/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    heading: &'static str,
    /// For a new meeting: the inquiries that it may be about.
    inquiries: Option<ChoiceField>,
    /// For one that is there: what stands, in a line, and whether somebody else changed it meanwhile.
    stands: Option<String>,
    overtaken: bool,
    /// The dates that move with it, and what becomes of them where it is cancelled.
    dates: Vec<Date>,
    released: Option<ChoiceField>,
    state: ChoiceField,
    held_on: DateField,
    papers_due_on: DateField,
    what: Field,
    source_url: Field,
    private_note: Field,
    reason: Option<Field>,
    questions: FourQuestions,
    button: &'static str,
    back: Link,
    keys: Keys,
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, sent: &Sent, problems: Problems) -> Self {
        let states = MeetingState::ALL.iter().copied();
        let states = states.map(|state| Choice::new(state.as_str(), words::meeting_state(state)));
        let private = sent.field("private_note", "A note for staff (optional)", &problems);
        Self {
            heading: "Call a meeting",
            inquiries: None,
            stands: None,
            overtaken: false,
            dates: Vec::new(),
            released: None,
            state: sent.choices("state", "Where does it stand?", states, &problems),
            held_on: sent.date("held_on", "On which day is the meeting?", &problems).hint("For example, 12 3 2027."),
            papers_due_on: sent
                .date("papers_due_on", "By which day are its papers due?", &problems)
                .hint("On the day of the meeting or before it. Everybody reads it."),
            what: sent.field("words", "Who meets, and where?", &problems).hint(
                "One or two plain sentences for everybody to read. Posts and committees, never the name of a person.",
            ),
            source_url: sent.field("source_url", "Where can it be read? (optional)", &problems),
            private_note: private.hint("Nobody but staff reads it.").private(),
            reason: None,
            questions: sent.questions(&problems),
            button: "Publish the meeting",
            back: Link::new(address::MEETINGS, "Back without publishing anything"),
            keys,
            shell: shell
                .titled("Call a meeting")
                .crumb(address::STAFF, "Your work")
                .crumb(address::MEETINGS, "Meetings")
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
        }
    }

    fn of_new(shell: Shell, keys: Keys, all: &[InquiryName], sent: &Sent, problems: Problems) -> Self {
        let chosen = sent.all("inquiries");
        let choices = all.iter().map(|one| Choice::new(one.slug.to_string(), one.title.clone()));
        let choices = ChoiceField::new("inquiries", "Which inquiries is it about?", choices);
        let page = Self::new(shell, keys, sent, problems);
        Self { inquiries: Some(choices.values(&chosen).checked(&page.problems)), ..page }
    }

    fn of(shell: Shell, keys: Keys, read: &Read, sent: &Sent, problems: Problems) -> Self {
        let found = &read.found;
        let here = address::meeting(&found.reference);
        let heading = "Change a meeting";
        let shell = shell.crumb(here.clone(), format!("Meeting on {}", words::day(found.held_on)));
        let page = Self::new(shell, keys.of_version(found.version), sent, problems);
        let reason = sent.field("reason", "Why does it change?", &page.problems);
        let dates = read.listed();
        let becomes = Released::ALL.iter().map(|one| Choice::new(one.as_str(), words::released(*one)));
        let released = sent.choices("released", RELEASED, becomes, &page.problems);
        Self {
            heading,
            stands: Some(words::meeting_line(found.held_on, found.state, Some(found.papers_due_on))),
            released: (!dates.is_empty()).then_some(released),
            dates,
            reason: Some(reason.hint("Everybody will read it. Needed where a day moves, or where it is cancelled.")),
            button: "Publish how it stands",
            back: Link::new(here, "Back without publishing anything"),
            shell: page.shell.titled(heading),
            ..page
        }
    }
}

const RELEASED: &str = "If it is cancelled: what becomes of the dates that go with it?";

/// From where somebody came.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The inquiry from whose page.
    inquiry: Option<String>,
}

/// The inquiries that this person may call a meeting about.
async fn choices(state: &State, staff: &Staff) -> Result<Vec<InquiryName>, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let all = state.reader.read(|tx| inquiry::list(tx, INQUIRIES)).await?;
    let all = all.into_iter().map(|(name, _)| name);
    Ok(all.filter(|name| staff.may(Deed::RecordFact, About::default().of(name.id)).is_ok()).collect())
}

/// Shows the form of a new meeting.
///
/// # Errors
/// 403 for those who do not record.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    asked: web::Query<Asked>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let all = choices(&state, &staff).await?;
    let mut sent = Sent::default().filled("state", MeetingState::Planned.as_str());
    let from = asked.inquiry.as_deref();
    let chosen = match all.as_slice() {
        [only] => Some(only),
        all => all.iter().find(|one| Some(one.slug.as_str()) == from),
    };
    if let Some(chosen) = chosen {
        sent = sent.filled("inquiries", chosen.slug.as_str());
    }
    page(&EditPage::of_new(shell, keys, &all, &sent, Problems::none()))
}

/// Calls it.
///
/// # Errors
/// As for the form; 422 for what is missing, 403 outside one's inquiries.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let all = choices(&state, &staff).await?;
    let mut form = Reading::of(&sent);
    let (days, what, source_url, private_note) = common(&mut form);
    let inquiries = form.slugs("inquiries", "Choose inquiries of the list");
    let mut act = form.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let command = CallMeeting { inquiries, days, words: what, source_url, private_note };
    match state.service.call_meeting(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Meeting published"),
        Err(service::Error::Problems(problems)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::of_new(shell, keys, &all, &sent, problems))
        }
        Err(fault) => Err(fault.into()),
    }
}

type Common = (Days, Option<String>, Option<String>, Option<String>);

fn common(form: &mut Reading<'_>) -> Common {
    let state = form.choice("state", "Choose where the meeting stands");
    let days = Days {
        held_on: form.day("held_on"),
        papers_due_on: form.day("papers_due_on"),
        // What was not chosen is a fault already, and nothing is published.
        state: state.unwrap_or(MeetingState::Planned),
    };
    (days, form.words("words", "Who meets"), form.link("source_url"), form.words("private_note", "The note"))
}

async fn look(state: &State, staff: &Staff, reference: String) -> Result<Read, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let found = state.reader.read(move |tx| read(tx, &reference)).await?;
    for one in found.found.inquiries() {
        staff.may(Deed::RecordFact, About::default().of(one.id))?;
    }
    Ok(found)
}

/// Shows the form that changes a meeting.
///
/// # Errors
/// 404 when there is none, 403 for those who do not record, or not in one of its inquiries.
pub async fn edit(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, reference.into_inner()).await?;
    let found = &read.found;
    let sent = Sent::default()
        .filled("state", found.state.as_str())
        .filled("released", Released::Back.as_str())
        .filled_day("held_on", Some(found.held_on))
        .filled_day("papers_due_on", Some(found.papers_due_on))
        .filled("words", found.words().and_then(|words| words.said()).unwrap_or_default())
        .filled("source_url", found.source_url().unwrap_or_default())
        .filled("private_note", found.private_note.clone().unwrap_or_default());
    page(&EditPage::of(shell, keys, &read, &sent, Problems::none()))
}

/// Changes it.
///
/// # Errors
/// As for the form; 422 for what is wrong, 409 when somebody else changed it.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let reference = reference.into_inner();
    let read = look(&state, &staff, reference.clone()).await?;
    let mut form = Reading::of(&sent);
    let (days, what, source_url, private_note) = common(&mut form);
    let reason = form.words("reason", "The reason");
    // Whoever was not asked leaves none of them running.
    let released = form.chosen("released").unwrap_or(Released::Back);
    let mut act = form.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let version = sent.version();
    let command = ChangeMeeting {
        reference: reference.clone(),
        version,
        days,
        words: what,
        source_url,
        private_note,
        reason,
        released,
    };
    match state.service.change_meeting(act, command).await {
        Ok(done) => notice::after(&state, &done, words::meeting_saved(days.state)),
        Err(service::Error::Problems(problems)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::of(shell, keys, &read, &sent, problems))
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, reference).await?;
            let again = EditPage::of(shell, keys, &read, &sent.unconfirmed(), Problems::none());
            let stands = again.stands.map(|line| words::and_then(&line, &said(&read.found)));
            page_with(StatusCode::CONFLICT, &EditPage { overtaken: true, stands, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
