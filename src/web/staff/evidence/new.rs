//! `…/{body}/evidence`: attaching a link or a file to what is said about one body's answer, or to work on its way.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::fact;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::Fact;
use crate::domain::evidence::{EvidenceKind, Readers, Rung};
use crate::domain::filing::FilingKind;
use crate::domain::licence::Licence;
use crate::domain::person::Role;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, Attach, fact_of, is_for_judging, readers};
use crate::store::addressee::{self, Answer};
use crate::store::exhibit::Said;
use crate::store::recommendation::{self, Recommendation};
use crate::store::{self, ReadTx, filing};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::upload::Upload;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::staff::deed::piece::rights_fields;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The ids of the blocks that only a link, or only a file, needs.
const LINK: &str = "of_link";
const FILE: &str = "of_file";

/// The page.
#[derive(Template)]
#[template(path = "staff/evidence/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    place: String,
    /// Who can read it until it is published.
    readers: &'static str,
    /// The work that it belongs to.
    filing: Option<String>,
    /// What it supports, where that is not settled by the work.
    fact: Option<ChoiceField>,
    rung: ChoiceField,
    kind: ChoiceField,
    url: Field,
    seen_on: DateField,
    file: Field,
    said: SaidFields,
    back: Link,
    keys: Keys,
}

/// What is said of a piece, as fields.
pub(super) struct SaidFields {
    pub page: Field,
    pub quote: Field,
    pub title: Field,
    pub what: Field,
    pub summary: Field,
    pub language: ChoiceField,
    pub licence: ChoiceField,
}

impl SaidFields {
    pub fn new(sent: &Sent, problems: &Problems) -> Self {
        let asked = ["In which language is it?", "Under which licence does it stand?"];
        let [language, licence] = rights_fields(asked, Licence::ALL, sent, problems);
        Self {
            language,
            licence,
            page: sent
                .field("page", "Which page is relied on? (optional)", problems)
                .hint("Such as 4, or \u{201c}Annex B\u{201d}."),
            quote: sent.field("quote", "Which words are relied on? (optional)", problems).hint("As they stand there."),
            title: sent.field("title", "Title", problems).hint("Everybody will read it once it is published."),
            what: sent.field("what", "What is it?", problems).hint("Such as \u{201c}minutes of the board\u{201d}."),
            summary: sent
                .field("summary", "What does it say?", problems)
                .hint("In plain words, for whoever cannot open a file or read it."),
        }
    }
}

/// What is said of a piece, read.
pub(super) fn said(read: &mut Reading<'_>) -> Said {
    Said {
        page: read.line("page", "The page"),
        quote: read.words("quote", "The words relied on"),
        title: read.line("title", "The title"),
        what: read.line("what", "What it is"),
        summary: read.words("summary", "What it says"),
        rights: read.rights(),
    }
}

/// The steps of the ladder as choices.
pub(super) fn rungs(sent: &Sent, problems: &Problems) -> ChoiceField {
    let steps = Rung::ALL
        .iter()
        .skip(1)
        .map(|step| Choice::new(step.as_str(), say::capital(words::rung(*step))).hint(words::rung_means(*step)));
    sent.choices("rung", "What does it show?", steps, problems)
}

/// The three parts of the address.
type Path = web::Path<(String, String, String)>;

/// What an address may ask of the form.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The work that the evidence belongs to.
    filing: Option<String>,
}

struct Read {
    recommendation: Recommendation,
    answer: Answer,
    /// The work, and what it is about.
    work: Option<(String, Fact)>,
    /// Who can read what is attached here until it is published.
    readers: Readers,
}

fn read(
    tx: &mut ReadTx<'_>,
    (inquiry, number, body): (&Slug, &str, &Slug),
    work: Option<&str>,
    staff: &Staff,
) -> Result<Read, Error> {
    let recommendation = recommendation::find(tx, inquiry, number)?.recommendation;
    let answer = addressee::find(tx, recommendation.id, body)?;
    let found = work.map(|name| filing::find(tx, name)).transpose();
    staff.may(Deed::AttachEvidence, About::body(answer.answerer.id).of(answer.inquiry_id))?;
    if work.is_none() && staff.actor.role == Role::Contributor {
        // A body shows evidence with what it files.
        return Err(Error::NotFound);
    }
    let found = found?;
    let readers = readers(staff.actor, found.as_ref().map(|row| (row.proposal.kind(), row.state)));
    let work = match found {
        Some(row) => {
            let kind = row.proposal.kind();
            let known = staff.actor.role != Role::Contributor || kind == FilingKind::Return;
            let known = known && (staff.actor.role == Role::Contributor || !row.is_with_its_body());
            let fact =
                fact_of(kind).filter(|_| known && row.addressee == Some(answer.id)).ok_or(store::Error::NotFound)?;
            staff.may(
                Deed::AttachEvidence,
                About { judges: is_for_judging(fact), ..About::body(answer.answerer.id).of(answer.inquiry_id) },
            )?;
            Some((row.reference, fact))
        }
        None => None,
    };
    Ok(Read { recommendation, answer, work, readers })
}

async fn look(state: &State, staff: &Staff, path: &Path, work: Option<String>) -> Result<Read, Error> {
    let inquiry = path.0.parse().map_err(|_| Error::NotFound)?;
    let body = path.2.parse().map_err(|_| Error::NotFound)?;
    let (number, staff) = (path.1.clone(), staff.clone());
    state.reader.read(move |tx| read(tx, (&inquiry, &number, &body), work.as_deref(), &staff)).await
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, read: &Read, sent: &Sent, problems: Problems) -> Self {
        let Read { recommendation, answer, work, readers } = read;
        let (inquiry, number) = (recommendation.inquiry.slug.as_str(), recommendation.number.as_str());
        let facts = Fact::ALL.iter().copied();
        let facts = facts.map(|one| Choice::new(one.as_str(), fact(one)));
        let kinds = EvidenceKind::ALL.iter().copied().map(|kind| {
            let reveals = if kind == EvidenceKind::Link { LINK } else { FILE };
            Choice::new(kind.as_str(), words::evidence_kind(kind)).reveals(reveals)
        });
        let back = match work {
            Some((name, _)) => Link::new(address::filing(name), "Back without attaching anything"),
            None => Link::new(
                address::staff_answer(inquiry, number, answer.body.slug.as_str()),
                "Back without attaching anything",
            ),
        };
        Self {
            shell: shell
                .titled(format!("Attach evidence: {}", say::title(recommendation)))
                .crumb(address::STAFF, "Your work")
                .unlisted()
                .faulty(!problems.is_empty()),
            place: words::item(Some(&recommendation.inquiry.short_title), Some(number), Some(&answer.body.name)),
            readers: words::evidence_readers(*readers),
            filing: work.as_ref().map(|(name, _)| name.clone()),
            fact: work.is_none().then(|| sent.choices("fact", "What does it support?", facts, &problems)),
            rung: rungs(sent, &problems),
            kind: sent.choices("kind", "Is it a link or a file?", kinds, &problems),
            url: sent.field("url", "The link", &problems).hint("A page or a document that anybody can open."),
            seen_on: sent.date("seen_on", "When did you see it there?", &problems).hint("For example, 27 3 2024."),
            file: Field::new("file", "The file")
                .hint(
                    "PDF, DOCX, XLSX, ODT, ODS, CSV, plain text, PNG or JPEG, 10 MiB at most. Its name is not kept. If something \
                     below is wrong, the file has to be chosen again.",
                )
                .checked(&problems),
            said: SaidFields::new(sent, &problems),
            back,
            keys,
            problems,
        }
    }
}

/// The form.
///
/// # Errors
/// 404 when there is no such item or work, 403 when the person may not.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    path: Path,
    asked: web::Query<Asked>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &path, asked.into_inner().filing).await?;
    page(&NewPage::new(shell, keys, &read, &Sent::default().filled_day("seen_on", Some(staff.today)), Problems::none()))
}

/// Keeps what was sent.
///
/// # Errors
/// As for the form, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    path: Path,
    mut upload: Upload<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let file = upload.file.take();
    let sent = &upload.form;
    let work = Some(sent.get("filing").to_owned()).filter(|name| !name.is_empty());
    let found = look(&state, &staff, &path, work.clone()).await?;
    let mut read = Reading::of(sent);
    let seen_on = read.day("seen_on");
    let command = Attach {
        addressee: found.answer.id,
        filing: work,
        fact: read.chosen("fact"),
        kind: read.chosen("kind"),
        url: read.link("url"),
        seen_on,
        file,
        rung: read.chosen("rung"),
        said: said(&mut read),
    };
    let act = read.told_to(staff.act(sent.key()));
    match state.service.attach_evidence(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, words::EVIDENCE_ATTACHED),
        Err(service::Error::Problems(problems)) => {
            let again = NewPage::new(shell, keys, &found, sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
