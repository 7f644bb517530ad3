//! `/staff/packs/new`: a pack made for chosen inquiries, since the last one, since the last meeting or since a day.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::questions::{fields, filled, sent_in};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::meeting::MeetingState;
use crate::domain::pack::QUESTIONS;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, MakePack, Since};
use crate::store::inquiry::{self, InquiryName};
use crate::store::meeting::{self, Meeting};
use crate::store::{self, pack, setting};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field, Keys};
use crate::web::notice;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form offers every inquiry and every meeting.
const MOST: i64 = i64::MAX;
/// What the form sends for no meeting.
const NONE: &str = "none";
/// What it sends for the last pack, for the last meeting, and for a day.
const LAST: &str = "last";
const MEETING: &str = "meeting";
const DAY: &str = "day";

/// The form.
#[derive(Template)]
#[template(path = "staff/pack/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    inquiries: ChoiceField,
    meeting: ChoiceField,
    since: ChoiceField,
    since_day: DateField,
    questions: Vec<Field>,
    keys: Keys,
}

struct Read {
    /// Every inquiry; those within this person's reach are offered.
    all: Vec<InquiryName>,
    meetings: Vec<Meeting>,
    questions: [String; QUESTIONS],
    /// How many packs there are.
    packs: u64,
}

impl Read {
    /// Since when a pack says what changed, as long as nobody chose: what works in this register as it is.
    fn since(&self) -> &'static str {
        let is_held = |one: &Meeting| one.state == MeetingState::Held;
        match self.packs {
            0 if self.meetings.iter().any(is_held) => MEETING,
            0 => DAY,
            _ => LAST,
        }
    }
}

async fn look(state: &State, staff: &Staff) -> Result<Read, Error> {
    staff.may(Deed::MakePack, About::default())?;
    let read = state.reader.read(|tx| {
        Ok::<_, store::Error>(Read {
            all: inquiry::list(tx, MOST)?.into_iter().map(|(name, _)| name).collect(),
            meetings: meeting::list(tx, &[], MOST)?,
            questions: setting::pack_questions(tx)?,
            packs: pack::count(tx)?,
        })
    });
    Ok(read.await?)
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, staff: &Staff, read: &Read, sent: &Sent, problems: Problems) -> Self {
        let within = |one: &&InquiryName| staff.may(Deed::MakePack, About::default().of(one.id)).is_ok();
        let offered = read.all.iter().filter(within);
        let inquiries = offered.map(|one| Choice::new(one.slug.to_string(), one.title.clone()));
        let inquiries = ChoiceField::new("inquiries", "Of which inquiries?", inquiries);
        let meeting = |one: &Meeting| {
            let names: Vec<&str> = one.inquiries().map(|inquiry| inquiry.short_title.as_str()).collect();
            let line = words::meeting_line(one.held_on, one.state, None);
            Choice::new(one.reference.clone(), format!("{line}: {}", words::list(&names)))
        };
        let called = read.meetings.iter().filter(|one| one.state != MeetingState::Cancelled);
        let meetings = [Choice::new(NONE, "For no meeting that is recorded")].into_iter().chain(called.map(meeting));
        let since = [
            Choice::new(LAST, "Since the last pack of these inquiries, other than for the same meeting"),
            Choice::new(MEETING, "Since our last meeting about them that was held"),
            Choice::new(DAY, "Since the end of a day").reveals("since-day"),
        ];
        Self {
            inquiries: inquiries.values(&sent.all("inquiries")).checked(&problems),
            meeting: sent.choices("meeting", "For which meeting?", meetings, &problems),
            since: sent.choices("since", "What has changed since when?", since, &problems),
            since_day: sent
                .date("since_day", "Since the end of which day?", &problems)
                .hint("Such as the day of your last meeting. For example, 12 3 2027."),
            questions: fields(sent, &problems),
            shell: shell
                .titled("Make a scrutiny pack")
                .crumb(address::STAFF, "Your work")
                .crumb(address::PACKS, "Scrutiny packs")
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// Shows the form.
///
/// # Errors
/// 403 for those who make no packs.
pub async fn new(state: web::Data<State>, staff: Staff, shell: Shell, keys: Keys) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff).await?;
    let sent = filled(&read.questions).filled("meeting", NONE).filled("since", read.since());
    page(&NewPage::new(shell, keys, &staff, &read, &sent, Problems::none()))
}

/// Makes it.
///
/// # Errors
/// As for the form; 422 for what is missing, 403 for an inquiry outside one's reach.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff).await?;
    let mut form = Reading::of(&sent);
    let mut inquiries = form.slugs("inquiries", NOT_LISTED);
    let known = inquiries.len();
    inquiries.retain(|slug| read.all.iter().any(|one| one.slug == *slug));
    if inquiries.len() < known {
        form.problems.add("inquiries", NOT_LISTED);
    }
    let meeting = Some(sent.get("meeting")).filter(|chosen| *chosen != NONE).map(str::to_owned);
    if meeting.as_ref().is_some_and(|chosen| read.meetings.iter().all(|one| one.reference != *chosen)) {
        form.problems.add("meeting", "Choose a meeting of the list, or none");
    }
    let meeting = meeting.filter(|_| form.problems.at("meeting").is_none());
    let since_day = form.day("since_day");
    let since = match sent.get("since") {
        LAST => Since::LastPack,
        MEETING => Since::LastMeeting,
        DAY => Since::Day(since_day),
        _ => {
            form.problems.add("since", "Choose since when");
            Since::LastPack
        }
    };
    let act = form.told_to(staff.act(sent.key()));
    let zone = state.site.zone.clone();
    let command = MakePack { inquiries, meeting, since, questions: sent_in(&sent), zone };
    match state.service.make_pack(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "The pack is made, and kept as it is"),
        Err(service::Error::Problems(problems)) => {
            let again = NewPage::new(shell, keys, &staff, &read, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}

const NOT_LISTED: &str = "Choose inquiries of the list";
