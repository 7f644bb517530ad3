//! `/staff/packs/{reference}`: a pack as staff work with it, with the place to minute each answer.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::questions::fields;
use super::view::{self, Opened, Section};
use super::{covers, made, title};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::pack::QUESTIONS;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::store::pack::{self, Pack};
use crate::store::{self};
use crate::web::actor::Staff;
use crate::web::answer::page_with;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::part::Link;
use crate::web::part::timeline::Entry;
use crate::web::public::ground::Ground;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// How many other packs it can be compared with.
const OTHERS: i64 = 20;

/// The page.
#[derive(Template)]
#[template(path = "staff/pack/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    overtaken: bool,
    covers: String,
    made: String,
    answers: String,
    /// What its numbers rest on, as it stood when the pack was made.
    ground: Ground,
    meeting: Option<Link>,
    paper: String,
    /// The address of the private paper, for whoever may read it.
    private: Option<String>,
    /// How many things the private paper holds.
    private_count: String,
    /// Earlier and later packs of an inquiry of its.
    others: Vec<Link>,
    more_others: Option<String>,
    sections: Vec<Section>,
    told: Vec<Entry>,
    more: Option<String>,
    questions: [String; QUESTIONS],
    /// The form that asks other questions, for whoever may.
    form: Option<(Vec<Field>, Keys)>,
    /// Whether this person minutes.
    minutes: bool,
}

struct Read {
    opened: Opened,
    others: Vec<Pack>,
    /// How many more others there are.
    more: u64,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 403 for people of a body.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    again(&state, &staff, &reference, (shell, keys), (None, Problems::none()), StatusCode::OK).await
}

/// The same page, with what was sent of the questions and what is wrong with it.
///
/// # Errors
/// As for the page.
pub(super) async fn again(
    state: &State,
    staff: &Staff,
    reference: &str,
    (shell, keys): (Shell, Keys),
    (sent, problems): (Option<&Sent>, Problems),
    status: StatusCode,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadPack, About::default())?;
    let name = reference.to_owned();
    let read = state.reader.read(move |tx| {
        let opened = view::open(tx, &name)?;
        let (others, all) = pack::beside(tx, &opened.pack, OTHERS)?;
        let more = all.saturating_sub(others.len() as u64);
        Ok::<_, store::Error>(Read { opened, others, more })
    });
    let Read { opened, others, more: more_others } = read.await?;
    let assessor = say::assessor(&shell);
    let sections = opened.sections("", &assessor);
    let Opened { pack, contents, told, ground, .. } = opened;
    let here = address::pack(&pack.reference);
    let all = |deed| pack.inquiries.iter().all(|one| staff.may(deed, About::default().of(one.id)).is_ok());
    let overtaken = status == StatusCode::CONFLICT;
    let form = all(Deed::MakePack).then(|| {
        let stands = super::questions::filled(&pack.questions);
        let fields = fields(sent.unwrap_or(&stands), &problems);
        (fields, keys.of_version(pack.version))
    });
    let shown = ShowPage {
        covers: covers(&pack),
        made: made(&pack),
        answers: words::pack_answers(contents.answers),
        ground,
        meeting: pack
            .window
            .meeting
            .as_ref()
            .zip(pack.window.meeting_on)
            .map(|((_, name), day)| Link::new(address::meeting(name), format!("The meeting on {}", words::day(day)))),
        paper: format!("{here}/paper"),
        private: all(Deed::ReadPrivatePaper).then(|| format!("{here}/private")),
        private_count: words::count(contents.private.len() as u64, "thing is not public", "things are not public"),
        others: others
            .iter()
            .map(|other| {
                Link::new(format!("{here}/compare/{}", other.reference), format!("{}. {}", title(other), made(other)))
            })
            .collect(),
        more_others: (more_others > 0).then(|| words::and_more_packs(more_others)),
        more: (contents.more_changes > 0).then(|| words::pack_more(contents.more_changes)),
        questions: pack.questions.clone(),
        form,
        minutes: all(Deed::RecordFact),
        shell: shell
            .titled(title(&pack))
            .crumb(address::STAFF, "Your work")
            .crumb(address::PACKS, "Scrutiny packs")
            .unlisted()
            .faulty(!problems.is_empty()),
        problems,
        overtaken,
        sections,
        told,
    };
    page_with(status, &shown)
}
