//! `/staff/meetings/{reference}/updates`: updates that are asked for so many working days before a meeting's papers are due.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::calendar::Calendar;
use crate::domain::meeting::{USUAL_DAYS_BEFORE, asked_by, days_before};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, HangReturns};
use crate::store::meeting::{self, Meeting};
use crate::store::{self, holiday};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{ChoiceField, Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::deed::piece::yes_or_no;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
#[derive(Template)]
#[template(path = "staff/meeting/updates.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    stands: String,
    overtaken: bool,
    /// The day that so many working days come to.
    comes_to: Option<String>,
    working_days: Field,
    which: ChoiceField,
    reason: Field,
    questions: FourQuestions,
    back: Link,
    keys: Keys,
}

struct Read {
    found: Meeting,
    calendar: Calendar,
}

async fn look(state: &State, staff: &Staff, reference: String) -> Result<Read, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let read = state.reader.read(move |tx| {
        // Whole days are counted alone: any zone gives the same.
        Ok::<_, store::Error>(Read {
            found: meeting::find(tx, &reference)?,
            calendar: holiday::calendar(tx, TimeZone::UTC)?,
        })
    });
    let read = read.await?;
    for one in read.found.inquiries() {
        staff.may(Deed::RecordFact, About::default().of(one.id))?;
    }
    Ok(read)
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, read: &Read, sent: &Sent, problems: Problems) -> Self {
        let found = &read.found;
        let here = address::meeting(&found.reference);
        let days = sent.get("working_days").parse().ok().and_then(days_before);
        let which = yes_or_no(
            "Only answers that have no schedule yet",
            "All open answers: the date takes the place of the next one that stands, and a schedule goes on from it",
        );
        Self {
            stands: words::meeting_line(found.held_on, found.state, Some(found.papers_due_on)),
            overtaken: false,
            comes_to: days.map(|days| words::hangs(asked_by(&read.calendar, found.papers_due_on, days), days)),
            working_days: sent
                .field("working_days", "How many working days before papers are due?", &problems)
                .hint("Saturdays, Sundays and bank holidays are not counted."),
            which: sent.choices("which", "For which answers?", which, &problems),
            reason: sent
                .field("reason", "Why?", &problems)
                .hint("Everybody will read it, after the days. Needed where it takes the place of another date."),
            questions: sent.questions(&problems),
            shell: shell
                .titled("Ask for updates before a meeting")
                .crumb(address::STAFF, "Your work")
                .crumb(address::MEETINGS, "Meetings")
                .crumb(here.clone(), format!("Meeting on {}", words::day(found.held_on)))
                .unlisted()
                .faulty(!problems.is_empty()),
            back: Link::new(here, "Back without publishing anything"),
            keys: keys.of_version(found.version),
            problems,
        }
    }
}

/// Shows the form.
///
/// # Errors
/// 404 when there is no such meeting, 403 for those who do not record.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, reference.into_inner()).await?;
    let sent = Sent::default().filled("working_days", USUAL_DAYS_BEFORE.to_string()).filled("which", "yes");
    page(&NewPage::new(shell, keys, &read, &sent, Problems::none()))
}

/// Publishes the dates.
///
/// # Errors
/// As for the form; 422 for what is wrong, 409 when somebody else changed the meeting.
pub async fn create(
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
    let working_days = form.number("working_days", "Enter a number of working days, such as 10");
    let reason = form.words("reason", "The reason");
    let mut act = form.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let command = HangReturns {
        reference: reference.clone(),
        version: sent.version(),
        working_days,
        only_new: sent.is_ticked("which"),
        reason,
    };
    match state.service.hang_returns(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Dates recorded"),
        Err(service::Error::Problems(problems)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::new(shell, keys, &read, &sent, problems))
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, reference).await?;
            let again = NewPage::new(shell, keys, &read, &sent.unconfirmed(), Problems::none());
            page_with(StatusCode::CONFLICT, &NewPage { overtaken: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
