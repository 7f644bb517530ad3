//! `/staff/register`: writing the register in the browser. The page from which everything is reached, and what is the same for
//! all of its forms: each is a file of `register/` that says what it asks, what everybody will read and which deed it becomes.

pub mod body;
pub mod division;
pub mod entry;
pub mod event;
pub mod group;
pub mod inquiry;
pub mod mistaken;
pub mod number;
pub mod part;
pub mod schedule;
pub mod succession;
pub mod theme;
pub mod tie;

use std::future::Future;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::deed::piece::Piece;
use super::deed::{Corrects, EditPage, Overtaken, Said, leads_on};
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::id::{BodyId, InquiryId};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, Act, Done};
use crate::store::{self, ReadTx, body as bodies, inquiry as inquiries, theme as themes};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, Keys};
use crate::web::part::{Link, SummaryRow};
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many of each the page lists, and a form offers.
const MOST: i64 = 500;

/// What an address says of its subject.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Path {
    #[serde(default)]
    inquiry: Option<String>,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    theme: Option<String>,
}

fn slug(part: Option<&String>) -> Result<Slug, store::Error> {
    part.and_then(|part| part.parse().ok()).ok_or(store::Error::NotFound)
}

/// Where a form stands: what it is about, and the way back.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// What it is about, in words.
    pub words: String,
    /// The pages on the way to it.
    pub crumbs: Vec<Link>,
    /// Where whoever gives up goes.
    pub back: String,
    /// The version of what it is about.
    pub version: i64,
    /// The inquiry that it belongs to, where it is not the whole register's.
    pub inquiry: Option<InquiryId>,
    /// The row that it puts right, and its line.
    pub corrects: Option<(i64, i64, String)>,
}

impl Place {
    /// Of the register as a whole.
    fn register() -> Self {
        Self {
            words: "The register".to_owned(),
            crumbs: vec![Link::new(address::REGISTER, "Write the register")],
            back: address::REGISTER.to_owned(),
            ..Self::default()
        }
    }

    /// Of an inquiry.
    fn inquiry(name: &inquiries::InquiryName, version: i64) -> Self {
        let here = address::staff_inquiry(name.slug.as_str());
        Self {
            words: name.short_title.clone(),
            crumbs: vec![Link::new("/staff/inquiries", "Inquiries"), Link::new(here.clone(), name.short_title.clone())],
            back: here,
            version,
            inquiry: Some(name.id),
            corrects: None,
        }
    }
}

/// One decision about the register's own entries.
pub trait RegisterForm: 'static {
    /// What it is about, as it stands.
    type Item: Send + 'static;

    /// Reads that; `row` is the row that is to be put right.
    ///
    /// # Errors
    /// [`store::Error::NotFound`] when there is none.
    fn read(tx: &mut ReadTx<'_>, path: &Path, row: Option<i64>) -> Result<Self::Item, store::Error>;
    /// Reads what follows from what was sent, for the sentence that everybody will read.
    ///
    /// # Errors
    /// When the database fails.
    fn read_sent(_: &mut ReadTx<'_>, _: &mut Self::Item, _: &Sent) -> Result<(), store::Error> {
        Ok(())
    }
    /// The body that it is about: nobody of it decides so.
    fn body(_: &Self::Item) -> Option<BodyId> {
        None
    }
    /// Where it stands.
    fn place(item: &Self::Item) -> Place;
    /// What it says about itself.
    fn said(item: &Self::Item) -> Said;
    /// The form as it is first shown.
    fn start(item: &Self::Item, today: Day) -> Sent;
    /// What is asked.
    fn pieces(item: &Self::Item, sent: &Sent, problems: &Problems) -> Vec<Piece>;
    /// What everybody will read, from what was sent as far as that can be read.
    fn preview(item: &Self::Item, sent: &Sent) -> String;
    /// The entries of its kind that stand, each with the address at which it is put right.
    fn entries(_: &Self::Item) -> Vec<(String, String)> {
        Vec::new()
    }
    /// What stands now, for somebody whose form was overtaken.
    fn stands(item: &Self::Item) -> Vec<SummaryRow>;
    /// Reads it and does it.
    fn send(
        state: &State,
        act: Act,
        item: &Self::Item,
        sent: &Sent,
    ) -> impl Future<Output = Result<Done, service::Error>>;
}

/// What an address may ask of a form.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The row to be put right.
    row: Option<i64>,
}

fn made<F: RegisterForm>(
    staff: &Staff,
    shell: Shell,
    keys: Keys,
    item: &F::Item,
    sent: &Sent,
    problems: Problems,
) -> EditPage {
    let (mut said, place) = (F::said(item), F::place(item));
    // What is to be entered first belongs to the whole register.
    said.link = said.link.filter(|_| staff.may(Deed::RecordFact, About::register()).is_ok());
    let mut shell = shell
        .titled(format!("{}: {}", said.heading, place.words))
        .crumb(address::STAFF, "Your work")
        .faulty(!problems.is_empty());
    for crumb in place.crumbs {
        shell = shell.crumb(crumb.href, crumb.words);
    }
    let pieces = F::pieces(item, sent, &problems);
    let problems = problems.in_order(&pieces.iter().map(Piece::name).collect::<Vec<_>>());
    EditPage {
        place: place.words,
        back: Link::new(place.back, "Back without publishing anything"),
        corrects: place.corrects.map(|(row, seq, line)| Corrects {
            value: row,
            seq,
            href: address::change(crate::domain::id::Seq(seq)),
            line,
            draft: false,
        }),
        entries: F::entries(item),
        overtaken: None,
        pieces,
        questions: Some(sent.questions(&problems)),
        preview: Some(F::preview(item, sent)).filter(|sentence| sentence != words::NOTHING_CHOSEN),
        keys: keys.of_version(place.version),
        shell,
        problems,
        said,
    }
}

async fn look<F: RegisterForm>(
    state: &State,
    staff: &Staff,
    path: &Path,
    (row, sent): (Option<i64>, &Sent),
) -> Result<F::Item, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let (path, sent) = (path.clone(), sent.clone());
    let read = state.reader.read(move |tx| {
        let mut item = F::read(tx, &path, row)?;
        F::read_sent(tx, &mut item, &sent)?;
        Ok::<_, store::Error>(item)
    });
    let item = read.await?;
    let about = About { body: F::body(&item), ..About::register() };
    staff.may(Deed::RecordFact, F::place(&item).inquiry.map_or(about, |inquiry| about.of(inquiry)))?;
    Ok(item)
}

/// Shows a form.
///
/// # Errors
/// 404 when there is nothing that it could be about, 403 when the person may not.
pub async fn new<F: RegisterForm>(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<Path>,
    asked: web::Query<Asked>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let item = look::<F>(&state, &staff, &path, (asked.row, &Sent::default())).await?;
    let sent = F::start(&item, staff.today);
    let first = made::<F>(&staff, shell, keys, &item, &sent, Problems::none());
    page(&EditPage { preview: None, ..first })
}

/// Takes a form.
///
/// # Errors
/// As for the form, and when the database fails.
pub async fn create<F: RegisterForm>(
    state: web::Data<State>,
    path: web::Path<Path>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let row = sent.get("corrects").parse().ok();
    let item = look::<F>(&state, &staff, &path, (row, &sent)).await?;
    if sent.is_ticked("preview") {
        return page(&made::<F>(&staff, shell, keys, &item, &sent, Problems::none()));
    }
    let mut act = staff.act(sent.key());
    act.questions = sent.answers();
    match F::send(&state, act, &item, &sent).await {
        Ok(done) => leads_on(&state, &done, F::said(&item).notice),
        Err(service::Error::Problems(problems)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &made::<F>(&staff, shell, keys, &item, &sent, problems))
        }
        Err(service::Error::Stale) => {
            let now = look::<F>(&state, &staff, &path, (row, &sent)).await?;
            let again = made::<F>(&staff, shell, keys, &now, &sent.unconfirmed(), Problems::none());
            let written = again.pieces.iter().filter_map(Piece::written).collect();
            let overtaken = Some(Overtaken { now: F::stands(&now), sent: written });
            page_with(StatusCode::CONFLICT, &EditPage { overtaken, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Choices with those that stand already, however many come before them: what a form leaves out it would take away.
fn with_standing<T: PartialEq>(mut choices: Vec<T>, standing: impl IntoIterator<Item = T>) -> Vec<T> {
    for one in standing {
        if !choices.contains(&one) {
            choices.push(one);
        }
    }
    choices
}

/// Bodies to choose from, with what is said where none is chosen.
fn body_choices(bodies: &[bodies::BodyName], none: &'static str) -> Vec<Choice> {
    let each = bodies.iter().map(|body| Choice::new(body.slug.to_string(), body.name.clone()));
    std::iter::once(Choice::new("", none)).chain(each).collect()
}

/// The body that was chosen.
fn chosen<'b>(bodies: &'b [bodies::BodyName], sent: &Sent, name: &str) -> Option<&'b bodies::BodyName> {
    bodies.iter().find(|body| body.slug.as_str() == sent.get(name))
}

/// The page from which everything is reached.
#[derive(Template)]
#[template(path = "staff/register/list.html")]
struct ListPage {
    shell: Shell,
    add: Vec<Link>,
    inquiries: Vec<Link>,
    bodies: Vec<Row>,
    themes: Vec<Row>,
}

/// Something that can be changed.
struct Row {
    name: Link,
    kind: String,
    deeds: Vec<Link>,
}

/// Shows it.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let read = |tx: &mut ReadTx<'_>| {
        let themes = (themes::choices(tx, MOST)?, themes::retired(tx)?);
        let found = (inquiries::list(tx, MOST)?, bodies::choices(tx, MOST)?, themes);
        Ok::<_, store::Error>(found)
    };
    let (inquiries, bodies, (themes, retired)) = state.reader.read(read).await?;
    // What belongs to no inquiry is for those who oversee the whole register.
    let whole = staff.may(Deed::RecordFact, About::register()).is_ok();
    let own = |body: &bodies::BodyName| staff.actor.body == Some(body.id);
    let of_body = |body: &bodies::BodyName| {
        let here = format!("/staff{}", address::body(body.slug.as_str()));
        let deeds = [
            ("name", "Change the entry"),
            ("address", "Change the address"),
            ("events", "Add an event"),
            ("succession", "Record what became of it"),
            ("passing", "Who answers for what it was asked"),
            ("members", "Who belongs to it, where it is a group"),
            ("asked", "Put a recommendation to its members"),
        ];
        let deeds = deeds.map(|(form, words)| Link::new(format!("{here}/{form}"), words));
        let deeds = if own(body) || !whole { Vec::new() } else { deeds.to_vec() };
        Row { name: say::body(body), kind: say::capital(&body.kind), deeds }
    };
    let of_theme = |theme: &themes::Theme| {
        let here = format!("/staff{}", address::theme(theme.slug.as_str()));
        Row {
            name: say::theme(theme),
            kind: if retired.contains(&theme.id) { "retired".to_owned() } else { String::new() },
            deeds: if whole {
                let turn = if retired.contains(&theme.id) { "Use it again" } else { "Retire it" };
                vec![Link::new(here.clone(), "Rename it"), Link::new(format!("{here}/retired"), turn)]
            } else {
                Vec::new()
            },
        }
    };
    let of_inquiry = |(name, _): &(inquiries::InquiryName, Option<Day>)| {
        Link::new(address::staff_inquiry(name.slug.as_str()), name.title.clone())
    };
    let form = |what: &str, words: &str| Link::new(format!("{}/{what}", address::REGISTER), words);
    let add = vec![form("body", "Add a body"), form("inquiry", "Add an inquiry"), form("theme", "Add a theme")];
    page(&ListPage {
        add: if whole { add } else { Vec::new() },
        inquiries: inquiries.iter().map(of_inquiry).collect(),
        bodies: bodies.iter().map(of_body).collect(),
        themes: themes.iter().map(of_theme).collect(),
        shell: shell.titled("Write the register").crumb(address::STAFF, "Your work"),
    })
}
