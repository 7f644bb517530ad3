//! One recommendation: where it stands, its words and how far they were compared, a card for each body asked, and everything
//! that was ever published about it.

mod part;
mod related;
mod table;

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::card::{self, Light};
use super::past::{AsAt, Then};
use super::query::Query;
use super::search::Ask;
use super::{look, number, say, shown, slug, timeline};
use crate::domain::address;
use crate::domain::fairness::Approval;
use crate::domain::id::RecommendationId;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::addressee::{self, Answer};
use crate::store::alias::AliasKind;
use crate::store::detail::{self, Details};
use crate::store::family::{self, Families};
use crate::store::hold::{self, Hold};
use crate::store::recommendation::RecommendationView;
use crate::store::tally::{self, Counted, Scope};
use crate::store::timeline::{self as ledger, Timeline};
use crate::store::withheld::Words;
use crate::store::{self, About, ReadTx};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::card::Card;
use crate::web::part::follow::Follow;
use crate::web::part::hold::Notice;
use crate::web::part::row::Row;
use crate::web::part::timeline::Year;
use crate::web::shell::Shell;
use crate::web::state::{Site, State};

/// How many rows of each kind a timeline shows.
const MOST: i64 = 300;
/// Above so many bodies a table stands in the place of cards.
const CARDS: usize = 6;

/// The page.
#[derive(Template)]
#[template(path = "public/recommendation/show.html")]
struct ShowPage {
    shell: Shell,
    ways: Follow,
    place: String,
    heading: String,
    verdict: String,
    holds: Vec<Notice>,
    in_short: Vec<(String, String, String)>,
    words: Said,
    themes: Vec<Link>,
    put_to: String,
    cards: Vec<Card>,
    table: Option<table::Table>,
    years: Vec<Year>,
    whole: Option<Link>,
    /// What was found of the whole before it was divided.
    before: Vec<(String, Link)>,
    parts: Vec<Row>,
    family: Option<Link>,
    related: Vec<related::Related>,
    cite: Option<String>,
    changed: String,
    data: String,
    previous: Option<Link>,
    next: Option<Link>,
}

/// The words in their quiet block.
pub struct Said {
    /// How little was compared; it stands inside the block.
    pub warning: Option<&'static str>,
    /// The words, or in their place that there are none to read.
    pub text: String,
    /// Their language as an attribute, where it is not English.
    pub lang: Option<&'static str>,
    /// Whether these are the recommendation's words at all.
    pub is_text: bool,
    /// Whose words they are and how far they were compared.
    pub whose: &'static str,
    /// Who made it and when.
    pub from: String,
    /// Where it can be read.
    pub source: Option<Link>,
    /// Where its inquiry can be read.
    pub of_inquiry: Option<Link>,
    /// What else must be said of it.
    pub notes: Vec<String>,
}

pub(in crate::web) struct Read {
    pub view: RecommendationView,
    pub all: u64,
    pub source_url: Option<String>,
    pub answers: Vec<Answer>,
    /// The answers to each of its parts.
    pub of_parts: HashMap<RecommendationId, Vec<Answer>>,
    /// Of a part, the answers to its whole of which something was found before that was divided.
    pub found_before: Vec<Answer>,
    pub details: Details,
    pub timeline: Timeline,
    pub holds: Vec<Hold>,
    pub families: Families,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none.
pub async fn show(
    state: web::Data<State>,
    shell: Shell,
    path: web::Path<(String, String)>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let as_at = AsAt::of(&mut query, state.today());
    let ask = table::ask(query)?;
    let inquiry = slug(&path.0)?;
    let number = number(&path.1)?.to_owned();
    let (then, read) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let moved = |to: &str| address::recommendation(inquiry.as_str(), to);
            let alias = (AliasKind::Recommendation, inquiry.as_str(), number.as_str());
            Ok::<_, Error>((then, look(tx, alias, moved, |tx| read(tx, &inquiry, &number))?))
        })
        .await?;
    let page = page(then.around(shell, &state.site), read, &then, &state.site, &ask);
    shown(&page, &page.shell)
}

pub(in crate::web) fn read(tx: &mut ReadTx<'_>, inquiry: &Slug, number: &str) -> Result<Read, store::Error> {
    let view = store::recommendation::find(tx, inquiry, number)?;
    let id = view.recommendation.id;
    let answers = addressee::of_recommendation(tx, id)?;
    let of_parts = addressee::of_recommendations(tx, view.parts.iter().map(|part| part.id).collect())?;
    let all: Vec<Answer> = answers.iter().chain(of_parts.values().flatten()).cloned().collect();
    Ok(Read {
        all: tally::find(tx, Scope::Inquiry(view.recommendation.inquiry.id))?.all(Counted::Recommendations),
        source_url: store::inquiry::find(tx, inquiry)?.source_url,
        details: detail::of(tx, &all)?,
        timeline: ledger::find(tx, &About::Recommendation(id), MOST)?,
        holds: hold::in_force(tx, Some(view.recommendation.inquiry.id), Some(id))?,
        families: family::of(tx, &[id])?,
        found_before: part::found_before(tx, &view.recommendation)?,
        view,
        answers,
        of_parts,
    })
}

fn page(shell: Shell, read: Read, then: &Then, site: &Site, ask: &Ask) -> ShowPage {
    let today = then.day;
    let assessor = say::assessor(&shell);
    let light = Light { assessor: &assessor, today };
    let Read { view, answers, details, .. } = &read;
    let one = &view.recommendation;
    let inquiry = one.inquiry.slug.as_str();
    let neighbour = |number: &Option<String>| {
        let number = number.as_ref()?;
        Some(Link::new(address::recommendation(inquiry, number), format!("Recommendation {number}")))
    };
    let here = address::recommendation(inquiry, &one.number);
    let (cards, table) = if answers.len() > CARDS {
        (Vec::new(), Some(table::table(here.clone(), one, answers, details, &assessor, today, ask)))
    } else {
        (answers.iter().map(|answer| card::card(one, answer, details, light)).collect(), None)
    };
    let counted: Vec<Answer> = answers.iter().filter(|answer| answer.is_counted()).cloned().collect();
    let title = say::title(one);
    let place = say::place(one, read.all);
    let mut shell = shell
        .titled(format!("{title} ({place})"))
        .crumb("/", "Home")
        .crumb("/inquiries", "Inquiries")
        .crumb(address::inquiry(inquiry), one.inquiry.short_title.clone());
    let whole = say::whole(one);
    if let Some(whole) = &whole {
        shell = shell.crumb(whole.href.clone(), whole.words.clone());
    }
    ShowPage {
        place,
        ways: Follow::recommendation(inquiry, &one.number),
        heading: title,
        verdict: if one.in_error {
            words::IN_ERROR_MEANS.to_owned()
        } else {
            part::verdict(one, !counted.is_empty(), verdict(one.done, &counted, details, &assessor))
        },
        holds: Notice::narrower(&read.holds),
        in_short: answers.iter().take(cards.len()).map(|answer| in_short(answer, details, light)).collect(),
        words: said(view, read.source_url.as_deref()),
        themes: one.themes.iter().map(say::theme).collect(),
        put_to: part::put_to(one, answers),
        cards,
        table,
        years: timeline::years(&read.timeline, timeline::Naming::Bodies),
        parts: part::rows(&view.parts, &read.of_parts, details, &assessor, today),
        whole,
        before: part::before(one, &read.found_before),
        family: read.families.of(one.id).map(say::family),
        related: related::related(one, &read.families),
        cite: (!one.checked.needs_warning()).then(|| then.cite(&work(view), &here, site)),
        changed: words::last_changed(view.changed_on),
        data: format!("{here}.json"),
        previous: neighbour(&view.previous),
        next: neighbour(&view.next),
        shell: if one.checked.needs_warning() || ask.filter.asks_of_answers() { shell.unlisted() } else { shell },
    }
}

/// What was found, and whether that makes the recommendation done.
fn verdict(done: bool, answers: &[Answer], details: &Details, assessor: &str) -> String {
    let found = |answer| {
        let Answer { assessed, assessed_by, lifecycle, done, .. }: &Answer = answer;
        let decided = details.update(assessed.update).and_then(|update| update.decided.as_ref());
        words::Finding {
            assessed: (assessed.value, assessed.when),
            lapsed: (lifecycle.value == Lifecycle::Lapsed).then_some(lifecycle.when),
            done: *done,
            by: assessed_by.as_deref().unwrap_or(assessor),
            draft: decided.is_some_and(|decided| decided.approval == Some(Approval::Draft)),
            differ: details.differing(answer),
        }
    };
    let all: Vec<words::Finding<'_>> = answers.iter().map(found).collect();
    words::verdict(done, &all)
}

/// An answer in one line for the first screen: its card's anchor, the body, and its first three facts.
fn in_short(answer: &Answer, details: &Details, light: Light<'_>) -> (String, String, String) {
    let tags = say::tags(answer, details, light.assessor, light.today);
    let (from, most) = if !answer.is_counted() { (3, 1) } else { (0, 3) };
    let words: Vec<_> = tags.into_iter().skip(from).take(most).map(|row| row.in_words()).collect();
    let doubt = words::asked_in_doubt(answer.checked).map_or_else(String::new, |doubt| format!(" ({doubt})"));
    (answer.body.slug.to_string(), format!("{}{doubt}", answer.body.short()), words::in_short(&words))
}

/// The words with everything that must be said beside them.
pub(in crate::web) fn said(view: &RecommendationView, of_inquiry: Option<&str>) -> Said {
    let one = &view.recommendation;
    let (text, is_text) = match &one.text {
        Some(Words::Said(text)) => (text.clone(), true),
        Some(Words::Withheld(on)) => (words::withheld_on(*on), false),
        None => (words::NOT_TRANSCRIBED.to_owned(), false),
    };
    let mut notes = Vec::new();
    if let Some(put_to) = &one.addressed_to_words {
        notes.push(words::addressed_to(put_to));
    }
    if view.own_reference {
        notes.push(words::OWN_REFERENCE.to_owned());
    }
    notes.extend(one.made_on.map(words::made_on));
    notes.extend(one.may_repeat.as_deref().map(words::may_repeat));
    notes.extend(words::rights(one.rights).filter(|_| is_text));
    let mut from = format!("From {}", one.inquiry.title);
    if let Some(on) = view.published_on {
        let said = if view.made_on.is_some() { words::published(on) } else { words::made_not_known(on) };
        from = format!("{from}. {said}");
    }
    Said {
        warning: words::warning(one.checked),
        text,
        lang: one.rights.lang(),
        is_text,
        whose: words::entry_checked(one.text_kind, one.checked),
        from,
        source: say::source(one.source_url.as_deref()),
        of_inquiry: say::source(of_inquiry),
        notes,
    }
}

/// What is cited.
pub(super) fn work(view: &RecommendationView) -> String {
    let one = &view.recommendation;
    match (&one.part_of, one.letter()) {
        (Some(whole), Some(letter)) => {
            format!("{}, recommendation {whole}, {}", one.inquiry.title, words::lettered(letter))
        }
        _ => format!("{}, recommendation {}", one.inquiry.title, one.number),
    }
}
