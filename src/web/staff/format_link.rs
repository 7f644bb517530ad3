//! `/staff/inquiries/{inquiry}/formats`: the same report in other formats. Links are published, and taken back, never edited.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::licence::{FormatKind, Language};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, LinkFormat, UnlinkFormat};
use crate::store::format_link::{FormatLink, of_inquiry};
use crate::store::inquiry::{self, InquiryName};
use crate::store::{self};
use crate::web::actor::Staff;
use crate::web::answer::{page as answer, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/format_link/list.html")]
struct ListPage {
    shell: Shell,
    problems: Problems,
    links: Vec<(Link, String)>,
    action: String,
    kind: ChoiceField,
    language: ChoiceField,
    url: Field,
    label: Field,
    questions: FourQuestions,
    keys: Keys,
}

fn slug(path: &str) -> Result<Slug, Error> {
    path.parse().map_err(|_| Error::NotFound)
}

async fn look(state: &State, slug: Slug) -> Result<(InquiryName, Vec<FormatLink>), Error> {
    let read = move |tx: &mut store::ReadTx<'_>| {
        let name = inquiry::name(tx, &slug)?;
        let links = of_inquiry(tx, name.id)?;
        Ok::<_, store::Error>((name, links))
    };
    Ok(state.reader.read(read).await?)
}

impl ListPage {
    fn new(
        (shell, keys): (Shell, Keys),
        (name, links): &(InquiryName, Vec<FormatLink>),
        sent: &Sent,
        problems: Problems,
    ) -> Self {
        let here = format!("/staff{}", address::inquiry(name.slug.as_str()));
        let kinds = FormatKind::ALL.iter().map(|one| Choice::new(one.as_str(), words::format_kind(*one)));
        let languages = Language::ALL.iter().map(|one| Choice::new(one.as_str(), words::language(*one)));
        let linked = |one: &FormatLink| (say::format(one), words::format_line(one.kind, one.language));
        Self {
            shell: shell
                .titled(format!("Other formats: {}", name.short_title))
                .crumb("/staff", "Your work")
                .crumb(here.clone(), name.short_title.clone())
                .faulty(!problems.is_empty()),
            links: links.iter().map(linked).collect(),
            action: format!("{here}/formats"),
            kind: sent.choices("kind", "In which format?", kinds, &problems),
            language: sent.choices("language", "In which language?", languages, &problems),
            url: sent.field("url", "Where can it be found?", &problems).hint("The full web address."),
            label: sent.field("label", "What should the link say?", &problems),
            questions: sent.questions(&problems),
            keys,
            problems,
        }
    }
}

/// What is linked, and the form for one more.
///
/// # Errors
/// 404 when there is no such inquiry; when the person may not, or the database fails.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let found = look(&state, slug(&path)?).await?;
    staff.may(Deed::RecordFact, About::default().of(found.0.id))?;
    answer(&ListPage::new((shell, keys), &found, &Sent::default(), Problems::none()))
}

/// Links one more.
///
/// # Errors
/// 404 when there is no such inquiry; when the person may not, or the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let found = look(&state, slug(&path)?).await?;
    staff.may(Deed::RecordFact, About::default().of(found.0.id))?;
    let mut read = Reading::of(&sent);
    let kind = read.choice("kind", "Choose the format");
    let language = read.choice("language", "Choose the language");
    let url = read.link("url");
    let label = read.line("label", "The words of the link");
    let mut act = read.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let command = LinkFormat {
        inquiry: found.0.slug.clone(),
        // What was not chosen is a fault already, and nothing is published.
        kind: kind.unwrap_or(FormatKind::EasyRead),
        language: language.unwrap_or(Language::English),
        url,
        label,
    };
    match state.service.link_format(act, command).await {
        Ok(done) => notice::after(&state, &done, "Linked, and published"),
        Err(service::Error::Problems(problems)) => {
            let again = ListPage::new((shell, keys), &found, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Takes a link back.
///
/// # Errors
/// 404 when there is no such inquiry; when the person may not, or the database fails.
pub async fn end(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<String>,
    Protected(sent): Protected<Sent>,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let slug = slug(&path)?;
    let back = format!("/staff{}/formats", address::inquiry(slug.as_str()));
    let command = UnlinkFormat { inquiry: slug, url: sent.get("url").to_owned() };
    match state.service.unlink_format(staff.act(sent.key()), command).await {
        Ok(_) => notice::see_other_saying(&state, &back, "Taken back, and published"),
        // Somebody did the same meanwhile: what was wanted stands.
        Err(service::Error::Stale) => notice::see_other_unchanged(&state, &back, words::DONE_ALREADY),
        Err(fault) => Err(fault.into()),
    }
}
