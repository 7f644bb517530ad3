//! The forms of the overseers' deeds: each one decision about one recommendation or one body's answer to it.
//!
//! A form is a file of `deed/` that says what it asks, what its public sentence will be and which deed it becomes
//! ([`DeedForm`]); what is the same for all is here: the page, 422 with every fault, 403 with the sentence, 409 with both
//! texts, 303 with a notice.

pub mod agreement;
pub mod answer_due;
pub mod assessment;
pub mod bodies;
pub mod closure;
pub mod extension;
pub mod item;
pub mod minute;
pub mod outside;
pub mod piece;
pub mod plan;
pub mod question;
pub mod recheck;
pub mod reply;
pub mod reported;
pub mod response;
pub mod schedule;
pub mod target;
pub mod withhold;
pub mod wording;

use std::future::Future;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use self::item::{Item, Path};
use self::piece::Piece;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::Fact;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done};
use crate::store::withheld::Words;
use crate::store::{self, mark, report};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::{Link, SummaryRow};
use crate::web::shell::Shell;
use crate::web::state::State;

/// What a form says about itself.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Where something must be done before one of its choices, and in what words.
    pub link: Option<(String, &'static str)>,
    /// The decision, as its button on the item's page names it.
    pub heading: &'static str,
    /// What is decided.
    pub lead: &'static str,
    /// What everybody will read.
    pub public: &'static str,
    /// What nobody outside will.
    pub private: &'static str,
    /// What happens next.
    pub next: &'static str,
    /// The words of its button.
    pub button: &'static str,
    /// What is said when it is done.
    pub notice: &'static str,
}

/// One decision.
pub trait DeedForm: 'static {
    /// The right that it needs.
    const DEED: Deed;
    /// Whether it judges the body, which nobody of that body may do.
    const JUDGES: bool = false;
    /// The fact whose earlier entries it may correct.
    const CORRECTS: Option<Fact> = None;
    /// Whether it may correct what an outside body was said to have found.
    const CORRECTS_OUTSIDE: bool = false;
    /// Whether it may take the place of an earlier minute, or put one right.
    const CORRECTS_MINUTES: bool = false;
    /// The kind of date whose earlier entries it may correct.
    const CORRECTS_DATES: Option<DeadlineKind> = None;
    /// Whether the four questions stand on it.
    const ASKS_QUESTIONS: bool = true;

    /// What it says about itself.
    fn said(item: &Item) -> Said;
    /// Why there is nothing to decide, where there is not: said in the place of the form.
    fn refusal(_: &Item) -> Option<&'static str> {
        None
    }
    /// The form as it is first shown, filled with what it would correct.
    fn start(item: &Item, today: Day) -> Sent;
    /// What is asked.
    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece>;
    /// The public sentence that it will make, from what was sent as far as that can be read.
    fn preview(item: &Item, sent: &Sent) -> String;
    /// What stands now, for somebody whose form was overtaken.
    fn stands(item: &Item) -> Vec<SummaryRow>;
    /// Reads it and does it.
    fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> impl Future<Output = Result<Done, service::Error>>;
}

/// The page of a form.
#[derive(Template)]
#[template(path = "staff/deed/edit.html")]
pub(super) struct EditPage {
    pub(super) shell: Shell,
    pub(super) problems: Problems,
    pub(super) said: Said,
    pub(super) place: String,
    pub(super) back: Link,
    pub(super) corrects: Option<Corrects>,
    /// Entries that stand, each with where it is put right.
    pub(super) entries: Vec<(String, String)>,
    pub(super) overtaken: Option<Overtaken>,
    pub(super) pieces: Vec<Piece>,
    pub(super) questions: Option<FourQuestions>,
    /// The public sentence; none before anything was entered that makes one.
    pub(super) preview: Option<String>,
    pub(super) keys: Keys,
}

/// The entry that a form puts right.
pub(super) struct Corrects {
    /// What the form sends: the change that published it, or its row where one change published several.
    pub(super) value: i64,
    pub(super) seq: i64,
    pub(super) href: String,
    pub(super) line: String,
    /// Whether it was a draft, whose place is taken and of which nothing was wrong.
    pub(super) draft: bool,
}

/// Both texts, for somebody whose form was overtaken.
pub(super) struct Overtaken {
    pub(super) now: Vec<SummaryRow>,
    pub(super) sent: Vec<SummaryRow>,
}

impl EditPage {
    fn new<F: DeedForm>(shell: Shell, keys: Keys, item: &Item, sent: &Sent, problems: Problems) -> Self {
        let said = F::said(item);
        let (inquiry, number) = (item.inquiry(), item.number());
        let mut shell = shell
            .titled(format!("{}: {}", said.heading, item.place()))
            .crumb("/staff", "Your work")
            .crumb(address::staff_recommendation(inquiry, number), format!("Recommendation {number}"))
            .faulty(!problems.is_empty());
        if let Some(answer) = &item.answer {
            shell = shell.crumb(item.back(), answer.body.short().to_owned());
        }
        let pieces = F::pieces(item, sent, &problems);
        let problems = problems.in_order(&pieces.iter().map(Piece::name).collect::<Vec<_>>());
        Self {
            place: item.place(),
            back: Link::new(item.back(), "Back without recording anything"),
            corrects: item.corrected().map(|(seq, line)| Corrects {
                value: seq.0,
                seq: seq.0,
                href: address::change(seq),
                line,
                draft: item.replaces_draft(),
            }),
            entries: Vec::new(),
            overtaken: None,
            pieces,
            questions: F::ASKS_QUESTIONS.then(|| sent.questions(&problems)),
            preview: Some(F::preview(item, sent)).filter(|sentence| sentence != words::NOTHING_CHOSEN),
            keys: keys.of_version(item.version()),
            shell,
            problems,
            said,
        }
    }
}

/// What an address may ask of a form.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The change that published the entry to be corrected.
    corrects: Option<i64>,
    /// A value to begin with.
    value: Option<String>,
    /// A document of the body to begin with, by the change that logged it.
    from: Option<i64>,
    /// The scrutiny pack whose question is answered.
    pack: Option<String>,
}

async fn look<F: DeedForm>(
    state: &State,
    staff: &Staff,
    path: &Path,
    (corrects, pack): (Option<i64>, Option<&str>),
) -> Result<Item, Error> {
    let (path, fact, pack) = (path.clone(), F::CORRECTS, pack.map(str::to_owned));
    let item = state.reader.read(move |tx| {
        let mut item = item::read(tx, &path, corrects.zip(fact))?;
        if F::CORRECTS_OUTSIDE {
            item.correct_outside(corrects)?;
        }
        if F::CORRECTS_MINUTES {
            item.correct_minute(corrects)?;
            item.questions = question::offered(tx, item.one().inquiry.id, pack.as_deref())?;
        }
        if let Some(kind) = F::CORRECTS_DATES {
            item.correct_date(corrects, kind)?;
        }
        Ok::<_, store::Error>(item)
    });
    let item = item.await?;
    let body = item.answer.as_ref().map(|answer| answer.answerer.id);
    let about = About { body, judges: F::JUDGES, ..About::default() };
    staff.may(F::DEED, about.of(item.view.recommendation.inquiry.id))?;
    Ok(item)
}

/// Shows the form.
///
/// # Errors
/// 404 when there is no such item, 403 when the person may not.
pub async fn new<F: DeedForm>(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<Path>,
    asked: web::Query<Asked>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let mut item = look::<F>(&state, &staff, &path, (asked.corrects, asked.pack.as_deref())).await?;
    if let Some(sentence) = F::refusal(&item) {
        return Err(Error::Problems(Problems::one("", sentence)));
    }
    item.follow_corrections();
    let mut sent = F::start(&item, staff.today);
    if let Some(value) = &asked.value {
        sent = sent.filled("value", value.clone());
    }
    if let Some(from) = asked.from {
        sent = begun_from(&state, &item, sent, Seq(from)).await?;
    }
    let mut first = EditPage::new::<F>(shell, keys, &item, &sent, Problems::none());
    if item.corrected().is_none() {
        first.preview = None;
    }
    page(&first)
}

/// What a document of the body says about this answer, for a form that records it: where it can be read, and the words found.
async fn begun_from(state: &State, item: &Item, sent: Sent, began: Seq) -> Result<Sent, Error> {
    let Some(answer) = item.answer.as_ref().map(|answer| answer.id) else { return Ok(sent) };
    let (document, mark) = state
        .reader
        .read(move |tx| {
            let mark = mark::of_report(tx, began)?.remove(&answer).ok_or(store::Error::NotFound)?;
            Ok::<_, store::Error>((report::find(tx, began)?, mark))
        })
        .await?;
    let page = mark.page.as_deref().filter(|page| page.chars().all(|sign| sign.is_ascii_digit()));
    let url = document.url.map(|url| page.map_or(url.clone(), |page| format!("{url}#page={page}")));
    let words = mark.words.as_ref().and_then(Words::said).unwrap_or_default().to_owned();
    Ok(sent.filled("source_url", url.unwrap_or_default()).filled("words", words))
}

/// Takes the form.
///
/// # Errors
/// 404 when there is no such item, 403 when the person may not.
pub async fn create<F: DeedForm>(
    state: web::Data<State>,
    path: web::Path<Path>,
    asked: web::Query<Asked>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let begun = (sent.get("corrects").parse().ok(), asked.pack.as_deref());
    let item = look::<F>(&state, &staff, &path, begun).await?;
    if sent.is_ticked("preview") {
        return page(&EditPage::new::<F>(shell, keys, &item, &sent, Problems::none()));
    }
    let mut act = staff.act(sent.key());
    act.questions = sent.answers();
    match F::send(&state, act, &item, &sent).await {
        Ok(done) => leads_on(&state, &done, F::said(&item).notice),
        Err(service::Error::Problems(problems)) => {
            let again = EditPage::new::<F>(shell, keys, &item, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let mut item = look::<F>(&state, &staff, &path, begun).await?;
            item.follow_corrections();
            let sent = sent.unconfirmed();
            let mut again = EditPage::new::<F>(shell, keys, &item, &sent, Problems::none());
            let written = again.pieces.iter().filter_map(Piece::written).collect();
            again.overtaken = Some(Overtaken { now: F::stands(&item), sent: written });
            page_with(StatusCode::CONFLICT, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The way on: to the item, or to the filing that now waits for another person.
pub(super) fn leads_on(state: &State, done: &Done, said: &str) -> Result<HttpResponse, Error> {
    let waits = done.location.starts_with(&address::filing(""));
    let said = if waits { words::WAITS_FOR_ANOTHER } else { said };
    notice::see_other_saying(state, &done.location, said)
}

/// What a form is about must still be an answer.
fn answer(item: &Item) -> Result<&store::addressee::Answer, service::Error> {
    item.answer.as_ref().ok_or(service::Error::NotFound)
}
