//! `/staff/pages`: what the operator says in its own words on its pages. Each part has its field; all are published together.

mod fields;
mod read;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use self::fields::SupportFields;
use super::deed::piece::Piece;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::operator_page::{OperatorPage, PartText};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, PublishPage};
use crate::store::operator_page::{PartSaid, Version, current, support_to_check};
use crate::store::withheld::Words;
use crate::store::{self};
use crate::web::actor::Staff;
use crate::web::answer::{page as answer, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::public::own::Own;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The list of pages.
#[derive(Template)]
#[template(path = "staff/operator_page/list.html")]
struct ListPage {
    shell: Shell,
    pages: Vec<(Link, String)>,
    to_check: Vec<String>,
}

/// One page's form.
#[derive(Template)]
#[template(path = "staff/operator_page/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    public: Link,
    /// Nothing can be taken for granted about who helps whom.
    lists_support: bool,
    pieces: Vec<Piece>,
    support: Vec<SupportFields>,
    questions: FourQuestions,
    /// What everybody would read.
    preview: Option<Own>,
    /// What stands now, where it is another than the form showed, and what was written.
    overtaken: Option<(Own, Own)>,
    to_check: Vec<String>,
    keys: Keys,
}

/// The page that an address names.
fn named(path: &str) -> Result<OperatorPage, Error> {
    path.parse().map_err(|_| Error::NotFound)
}

fn address(page: OperatorPage) -> String {
    format!("/staff/pages/{page}")
}

fn lines(entries: Vec<(String, Day)>) -> Vec<String> {
    entries.into_iter().map(|(name, on)| words::support_to_check(&name, on)).collect()
}

/// The pages, and when each was last published.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let today = staff.today;
    let (pages, to_check) = state
        .reader
        .read(move |tx| {
            let mut pages = Vec::new();
            for page in OperatorPage::ALL.iter().copied() {
                let said = match current(tx, page)? {
                    Some(version) => words::own_words_of(version.day),
                    None => words::NOTHING_RECORDED.to_owned(),
                };
                pages.push((Link::new(address(page), words::operator_page(page)), said));
            }
            Ok::<_, store::Error>((pages, support_to_check(tx, today)?))
        })
        .await?;
    let shell = shell.titled("The operator\u{2019}s pages").crumb("/staff", "Your work");
    answer(&ListPage { shell, pages, to_check: lines(to_check) })
}

/// What stands on a page, and which of its entries have to be checked again.
async fn standing(state: &State, page: OperatorPage, today: Day) -> Result<(Option<Version>, Vec<String>), Error> {
    let read = move |tx: &mut store::ReadTx<'_>| {
        let to_check = if page == OperatorPage::Help { support_to_check(tx, today)? } else { Vec::new() };
        Ok::<_, store::Error>((current(tx, page)?, to_check))
    };
    let (version, to_check) = state.reader.read(read).await?;
    Ok((version, lines(to_check)))
}

/// The words of a form as they would stand.
fn own(page: OperatorPage, texts: Vec<PartText>, today: Day) -> Own {
    let said = |one: PartText| PartSaid {
        id: 0,
        part: one.part,
        text: Words::Said(one.text),
        checked_on: one.checked_on,
        licence: None,
    };
    let parts = texts.into_iter().filter(|one| !one.text.is_empty()).map(said).collect();
    Own::of(page, Some(&Version { seq: Seq(0), day: today, page, parts }), today)
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, page: OperatorPage, sent: &Sent, problems: Problems) -> Self {
        let name = words::operator_page(page);
        Self {
            shell: shell
                .titled(format!("{name}: the operator\u{2019}s own words"))
                .crumb("/staff", "Your work")
                .crumb("/staff/pages", "The operator\u{2019}s pages")
                .faulty(!problems.is_empty()),
            public: Link::new(page.address(), name),
            lists_support: page == OperatorPage::Help,
            pieces: fields::pieces(page, sent, &problems),
            support: if page == OperatorPage::Help { fields::support(sent, &problems) } else { Vec::new() },
            questions: sent.questions(&problems),
            preview: None,
            overtaken: None,
            to_check: Vec::new(),
            keys: keys.of_version(sent.version()),
            problems,
        }
    }
}

/// The form.
///
/// # Errors
/// 404 for a page that is not the operator's; when the person may not, or the database fails.
pub async fn edit(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let page = named(&path)?;
    let (version, to_check) = standing(&state, page, staff.today).await?;
    let mut form = EditPage::new(shell, keys, page, &fields::filled(version.as_ref()), Problems::none());
    form.to_check = to_check;
    answer(&form)
}

/// Publishes the words, or shows what everybody would read.
///
/// # Errors
/// 404 for a page that is not the operator's; when the person may not, or the database fails.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ManageSettings, About::default())?;
    let page = named(&path)?;
    let read = read::page(page, &sent, staff.today);
    if sent.is_ticked("preview") {
        let mut again = EditPage::new(shell, keys, page, &sent, Problems::none());
        again.preview = Some(own(page, read.texts, staff.today));
        return answer(&again);
    }
    let mut act = staff.act(sent.key());
    act.questions = sent.answers();
    act.faults = read.problems;
    let written = read.texts.clone();
    let command = PublishPage { page, version: sent.version(), texts: read.texts, licence: read.licence };
    match state.service.publish_page(act, command).await {
        Ok(done) => notice::after(&state, &done, "Saved, and published"),
        Err(service::Error::Problems(problems)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &EditPage::new(shell, keys, page, &sent, problems))
        }
        Err(service::Error::Stale) => {
            let (version, _) = standing(&state, page, staff.today).await?;
            let now = version.as_ref().map_or(0, |version| version.seq.0);
            let sent = sent.unconfirmed().filled("version", now.to_string());
            let mut both = EditPage::new(shell, keys, page, &sent, Problems::none());
            both.overtaken = Some((Own::of(page, version.as_ref(), staff.today), own(page, written, staff.today)));
            page_with(StatusCode::CONFLICT, &both)
        }
        Err(fault) => Err(fault.into()),
    }
}
