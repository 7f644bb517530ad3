//! One body's answer to one recommendation, with its own timeline.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::card::{self, Light};
use super::past::{AsAt, Then, find_then, on_day};
use super::query::Query;
use super::recommendation::{Said, said, work};
use super::{number, say, shown, slug, timeline};
use crate::domain::address;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::addressee::{self, Answer};
use crate::store::alias::{self, AliasKind};
use crate::store::detail::{self, Details};
use crate::store::hold::{self, Hold};
use crate::store::past::Past;
use crate::store::recommendation::RecommendationView;
use crate::store::tally::{self, Counted, Scope};
use crate::store::timeline::{self as ledger, Timeline};
use crate::store::{self, About, ReadTx};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::card::Card;
use crate::web::part::follow::Follow;
use crate::web::part::hold::Notice;
use crate::web::part::timeline::Year;
use crate::web::shell::Shell;
use crate::web::state::{Site, State};

/// How many rows of each kind a timeline shows.
const MOST: i64 = 300;

/// The page.
#[derive(Template)]
#[template(path = "public/answer/show.html")]
struct ShowPage {
    shell: Shell,
    ways: Follow,
    place: String,
    heading: String,
    recommendation: Link,
    body: Link,
    words: Said,
    card: Card,
    holds: Vec<Notice>,
    quotes: Vec<Quote>,
    others: Vec<Link>,
    years: Vec<Year>,
    taken_in: String,
    cite: Option<String>,
    data: String,
}

/// What a fact rests on, in words.
pub struct Quote {
    /// Which fact.
    pub heading: String,
    /// What is said about it.
    pub words: String,
    /// Its language as an attribute, where it is not English.
    pub lang: Option<&'static str>,
}

struct Read {
    view: RecommendationView,
    all: u64,
    source_url: Option<String>,
    answer: Answer,
    others: Vec<Answer>,
    details: Details,
    timeline: Timeline,
    holds: Vec<Hold>,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none.
pub async fn show(
    state: web::Data<State>,
    shell: Shell,
    path: web::Path<(String, String, String)>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let as_at = AsAt::of(&mut query, state.today());
    query.finish()?;
    let (inquiry, body) = (slug(&path.0)?, slug(&path.2)?);
    let number = number(&path.1)?.to_owned();
    let (then, read) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let found = match find_then(tx, |tx| read(tx, &inquiry, &number, &body)) {
                Err(Error::NotFound) => Err(moved(tx, &inquiry, &number, &body, then.past)?),
                found => found,
            };
            Ok::<_, Error>((then, found?))
        })
        .await?;
    let page = page(then.around(shell, &state.site), read, &then, &state.site);
    shown(&page, &page.shell)
}

/// Where an answer is now that stood under another number or another name of its body; that it is nowhere, else.
fn moved(
    tx: &mut ReadTx<'_>,
    inquiry: &Slug,
    number: &str,
    body: &Slug,
    then: Option<Past>,
) -> Result<Error, store::Error> {
    let numbered = alias::find(tx, AliasKind::Recommendation, inquiry.as_str(), number)?;
    let called = alias::find(tx, AliasKind::Body, "", body.as_str())?;
    if numbered.is_none() && called.is_none() {
        return Ok(Error::NotFound);
    }
    let (number, body) = (numbered.as_deref().unwrap_or(number), called.as_deref().unwrap_or(body.as_str()));
    let known = body.parse().ok().map(|body| read(tx, inquiry, number, &body));
    match known {
        Some(Ok(_)) => Ok(Error::Moved(on_day(address::answer(inquiry.as_str(), number, body), then))),
        _ => Ok(Error::NotFound),
    }
}

fn read(tx: &mut ReadTx<'_>, inquiry: &Slug, number: &str, body: &Slug) -> Result<Read, store::Error> {
    let view = store::recommendation::find(tx, inquiry, number)?;
    let id = view.recommendation.id;
    let answer = addressee::find(tx, id, body)?;
    let mut others = addressee::of_recommendation(tx, id)?;
    others.retain(|other| other.id != answer.id);
    Ok(Read {
        all: tally::find(tx, Scope::Inquiry(view.recommendation.inquiry.id))?.all(Counted::Recommendations),
        source_url: store::inquiry::find(tx, inquiry)?.source_url,
        details: detail::of(tx, std::slice::from_ref(&answer))?,
        timeline: ledger::find(tx, &About::Answer(answer.id), MOST)?,
        holds: hold::in_force(tx, Some(answer.inquiry_id), Some(id))?,
        view,
        answer,
        others,
    })
}

fn page(shell: Shell, read: Read, then: &Then, site: &Site) -> ShowPage {
    let assessor = say::assessor(&shell);
    let Read { view, answer, details, .. } = &read;
    let one = &view.recommendation;
    let inquiry = one.inquiry.slug.as_str();
    let place = say::place(one, read.all);
    let heading = format!("{}: {}", answer.body.short(), say::title(one));
    let shell = shell
        .titled(format!("{heading} ({place})"))
        .crumb("/", "Home")
        .crumb(address::inquiry(inquiry), one.inquiry.short_title.clone())
        .crumb(address::recommendation(inquiry, &one.number), format!("Recommendation {}", one.number));
    ShowPage {
        ways: Follow::recommendation(inquiry, &one.number),
        recommendation: say::numbered(one),
        body: say::body(&answer.body),
        words: said(view, read.source_url.as_deref()),
        card: card::card(one, answer, details, Light { assessor: &assessor, today: then.day }),
        holds: Notice::narrower(&read.holds),
        quotes: quotes(answer, details, &assessor),
        others: read.others.iter().map(|other| say::answer(one, &other.body)).collect(),
        years: timeline::years(&read.timeline, timeline::Naming::Nothing),
        taken_in: words::taken_in(answer.taken_in_on),
        data: format!("{}.json", address::recommendation(inquiry, &one.number)),
        cite: (!one.checked.needs_warning()).then(|| {
            let here = address::answer(inquiry, &one.number, answer.body.slug.as_str());
            then.cite(&words::cited_answer(&work(view), &answer.body.name), &here, site)
        }),
        shell: if one.checked.needs_warning() { shell.unlisted() } else { shell },
        heading,
        place,
    }
}

/// The words behind each fact that has any to read.
fn quotes(answer: &Answer, details: &Details, assessor: &str) -> Vec<Quote> {
    use crate::domain::change::Fact;
    let facts = [
        (Fact::Response, answer.response.update),
        (Fact::Reported, answer.reported.update),
        (Fact::Assessed, answer.assessed.update),
        (Fact::Lifecycle, answer.lifecycle.update),
    ];
    let mut quotes = Vec::new();
    for (fact, update) in facts {
        let update = details.update(update);
        let said = update.and_then(|update| update.words.as_ref()?.said());
        let lang = update.and_then(|update| update.rights.lang());
        let heading = words::fact(fact, answer.assessed_by.as_deref().unwrap_or(assessor));
        let heading = format!("{heading}: in words");
        quotes.extend(said.map(|words| Quote { heading, words: words.to_owned(), lang }));
    }
    quotes
}
