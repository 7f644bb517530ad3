//! `…/{number}/withhold`: taking published words out of sight with one click, and showing them again.
//!
//! Withholding asks nothing. Showing again makes words public, so the same button first answers with the four questions.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::item::{self, Item, Path};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::Seq;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Withhold};
use crate::store::timeline::{self, Timeline};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx, change, coverage, edit, event, format_link, inquiry, ledger, remark, report};
use crate::web::actor::Staff;
use crate::web::answer::page_with;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::staff::published;
use crate::web::state::State;

/// How many rows of each kind are looked through.
const MOST: i64 = 300;

/// The page that asks the four questions before words come back, or shows what is wrong.
#[derive(Template)]
#[template(path = "staff/deed/withhold.html")]
struct ShowAgainPage {
    shell: Shell,
    problems: Problems,
    place: String,
    subject: Subject,
    what: &'static str,
    row: i64,
    body: Option<String>,
    reason: Field,
    questions: FourQuestions,
    back: Link,
    keys: Keys,
}

/// The change that withheld words, if any did; what is removed for good cannot be shown again or withheld.
#[must_use]
pub const fn is_hidden(words: Option<&Words>) -> Option<Option<Seq>> {
    match words {
        Some(Words::Withheld(taken)) if taken.for_good => None,
        Some(Words::Withheld(taken)) => Some(Some(taken.by)),
        Some(Words::Said(_)) | None => Some(None),
    }
}

/// The change that withheld a row of the ledger, if any did, and if the timeline holds the row and it has words of its own; what is removed for good
/// has none.
#[must_use]
pub fn is_withheld(timeline: &Timeline, subject: Subject, row: i64) -> Option<Option<Seq>> {
    match subject {
        Subject::Update => is_hidden(timeline.updates.iter().find(|update| update.id.0 == row)?.words.as_ref()),
        Subject::Wording => {
            let found = timeline.wordings.iter().find(|wording| wording.id.0 == row)?;
            is_hidden(found.text.as_ref().or(found.title.as_ref()))
        }
        Subject::Remark => is_hidden(Some(&timeline.remarks.iter().find(|remark| remark.id.0 == row)?.words)),
        Subject::Deadline => {
            is_hidden(timeline.deadlines.iter().find(|deadline| deadline.id.0 == row)?.reason.as_ref())
        }
        Subject::Change => {
            let found = timeline.changes.get(&Seq(row)).filter(|change| change.kind != ChangeKind::Load)?;
            is_hidden(Some(found.reason.as_ref()?))
        }
        Subject::Evidence => is_hidden(Some(&timeline.evidence.iter().find(|piece| piece.id.0 == row)?.title)),
        Subject::Agreement => is_hidden(Some(&timeline.agreements.iter().find(|one| one.id.0 == row)?.words)),
        Subject::Mark => is_hidden(timeline.marks.iter().find(|one| one.id.0 == row)?.words.as_ref()),
        Subject::Outside => is_hidden(Some(&timeline.outside.iter().find(|one| one.id.0 == row)?.words)),
        Subject::Coverage => is_hidden(Some(&timeline.looks.iter().find(|one| one.id.0 == row)?.place)),
        // These are an inquiry's, a body's or the register's own, and stand on pages of their own.
        Subject::Report
        | Subject::Event
        | Subject::Format
        | Subject::Page
        | Subject::Description
        | Subject::Body
        | Subject::Theme => None,
    }
}

fn read(tx: &mut ReadTx<'_>, path: &Path) -> Result<(Item, Timeline), store::Error> {
    let item = item::read(tx, path, None)?;
    let timeline = timeline::find(tx, &store::About::Recommendation(item.one().id), MOST)?;
    Ok((item, timeline))
}

/// Withholds the words of one row of this recommendation's record, or shows them again.
///
/// # Errors
/// 404 when the row is not this recommendation's, 403 when the person may not.
pub async fn create(
    state: web::Data<State>,
    path: web::Path<Path>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let path = path.into_inner();
    let (item, timeline) = state.reader.read(move |tx| read(tx, &path)).await?;
    let (subject, row) = meant(&sent)?;
    is_withheld(&timeline, subject, row).ok_or(Error::NotFound)?;
    let meant = Meant { subject, row, place: item.place(), back: back(&item, &sent) };
    meant.done(&state, &staff, &sent, shell, keys).await
}

/// Withholds an event of an inquiry, or the public reason of a withholding in it; or shows it again.
///
/// # Errors
/// 404 when the row is not this inquiry's, 403 when the person may not.
pub async fn create_of_inquiry(
    state: web::Data<State>,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let (subject, row) = meant(&sent)?;
    let slug = slug.parse().map_err(|_| Error::NotFound)?;
    let name = state
        .reader
        .read(move |tx| {
            let name = inquiry::name(tx, &slug)?;
            let known = match subject {
                Subject::Event => {
                    let of = event::Of::Inquiry(name.id);
                    event::find(tx, &of, MOST)?.iter().any(|event| event.id.0 == row)
                }
                Subject::Description => {
                    let all = edit::all(tx, &edit::Of::Inquiry(name.id), MOST)?;
                    all.iter().filter_map(edit::Edit::words).any(|(_, known, _)| known == row)
                }
                Subject::Coverage => {
                    let of = coverage::Of::Inquiry(name.id);
                    coverage::find(tx, &of, MOST)?.iter().any(|look| look.id.0 == row)
                }
                Subject::Format => format_link::all_of_inquiry(tx, name.id, MOST)?.iter().any(|link| link.id == row),
                Subject::Change => change::withholdings(tx, name.id, MOST)?.iter().any(|change| change.seq.0 == row),
                _ => false,
            };
            if known { Ok(name) } else { Err(store::Error::NotFound) }
        })
        .await?;
    let back = format!("/staff{}", address::inquiry(name.slug.as_str()));
    Meant { subject, row, place: name.short_title, back }.done(&state, &staff, &sent, shell, keys).await
}

/// Withholds what is said of a document that a body sent, or shows it again.
///
/// # Errors
/// 404 when the row is not this document's, 403 when the person may not.
pub async fn create_of_report(
    state: web::Data<State>,
    path: web::Path<String>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let (subject, row) = meant(&sent)?;
    let began = crate::web::public::change::numbered(&path)?;
    let versions = state.reader.read(move |tx| report::versions(tx, began)).await?;
    let known = versions.iter().find(|one| subject == Subject::Report && one.id.0 == row).ok_or(Error::NotFound)?;
    let place = words::document(known.kind, known.happened);
    Meant { subject, row, place, back: address::staff_report(began) }.done(&state, &staff, &sent, shell, keys).await
}

/// Withholds what the register says of itself: a part of the operator's own words, or the public reason of such a change;
/// or shows it again.
///
/// # Errors
/// 404 when the row is not the register's own, 403 when the person may not.
pub async fn create_of_register(
    state: web::Data<State>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let (subject, row) = meant(&sent)?;
    if !state.reader.read(move |tx| published::is_own(tx, subject, row)).await? {
        return Err(Error::NotFound);
    }
    let place = words::ABOUT_REGISTER.to_owned();
    Meant { subject, row, place, back: published::HERE.to_owned() }.done(&state, &staff, &sent, shell, keys).await
}

fn meant(sent: &Sent) -> Result<(Subject, i64), Error> {
    let subject = sent.get("subject").parse().map_err(|_| Error::NotFound)?;
    Ok((subject, sent.get("row").parse().map_err(|_| Error::NotFound)?))
}

/// The row that is meant, and the page that its button stood on.
struct Meant {
    subject: Subject,
    row: i64,
    place: String,
    back: String,
}

impl Meant {
    async fn done(
        self,
        state: &State,
        staff: &Staff,
        sent: &Sent,
        shell: Shell,
        keys: Keys,
    ) -> Result<HttpResponse, Error> {
        let withheld = sent.get("withheld") == "yes";
        let mut reading = Reading::of(sent);
        let reason = reading.line("reason", "The reason");
        let (subject, row) = (self.subject, self.row);
        let kinds = state.reader.read(move |tx| remark::kinds(tx, [(subject, row)])).await?;
        let what = words::subject_of(subject, kinds.get(&row).copied());
        let again =
            |status, problems| page_with(status, &ShowAgainPage::new((shell, keys), &self, what, sent, problems));
        if !withheld && !sent.is_ticked("asked") {
            return again(StatusCode::OK, Problems::none());
        }
        if !reading.problems.is_empty() {
            return again(StatusCode::UNPROCESSABLE_ENTITY, reading.problems);
        }
        let mut act = staff.act(sent.key());
        act.questions = sent.answers();
        let command = Withhold { subject: self.subject, row: self.row, withheld, reason };
        match state.service.withhold(act, command).await {
            // Next it is said why, on a page that also shows what must be purged elsewhere, and takes a slip back.
            Ok(done) if withheld => notice::see_other_saying(state, &done.location, words::WITHHELD_NOW),
            Ok(_) => notice::see_other_saying(state, &self.back, words::SHOWN_NOW),
            Err(service::Error::Problems(problems)) => again(StatusCode::UNPROCESSABLE_ENTITY, problems),
            // What was wanted stands already.
            Err(service::Error::Stale) => {
                let since = state.reader.read(move |tx| ledger::out_of_sight_since(tx, subject, row)).await?;
                notice::see_other_unchanged(state, &self.back, &words::as_wanted_already(since))
            }
            Err(fault) => Err(fault.into()),
        }
    }
}

/// The page that the button stood on: the recommendation's, or one body's answer's.
fn back(item: &Item, sent: &Sent) -> String {
    let body = sent.get("body").parse::<crate::domain::text::Slug>();
    body.map_or_else(|_| item.back(), |body| address::staff_answer(item.inquiry(), item.number(), body.as_str()))
}

impl ShowAgainPage {
    fn new((shell, keys): (Shell, Keys), meant: &Meant, what: &'static str, sent: &Sent, problems: Problems) -> Self {
        Self {
            shell: shell.titled("Show the words again").crumb("/staff", "Your work").faulty(!problems.is_empty()),
            place: meant.place.clone(),
            subject: meant.subject,
            what,
            row: meant.row,
            body: Some(sent.get("body").to_owned()).filter(|body| !body.is_empty()),
            reason: sent.field("reason", "Why? (optional)", &problems).hint("Everybody will read it."),
            questions: sent.questions(&problems),
            back: Link::new(meant.back.clone(), "Back without showing anything"),
            keys,
            problems,
        }
    }
}
