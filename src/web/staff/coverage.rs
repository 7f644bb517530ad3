//! `/staff/inquiries/{inquiry}/coverage`: where answers and updates were looked for. A wrong entry is put right by another.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::coverage::{Found, Sought};
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, RecordCoverage};
use crate::store::body::{self, BodyName};
use crate::store::coverage::{self, Coverage, Of};
use crate::store::inquiry::{self, InquiryName};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::public::timeline::{self, Naming};
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many looks are listed.
const MOST: i64 = 300;
/// How many bodies the form offers.
const BODIES: i64 = 500;
/// What the list of bodies says for all of them.
const ALL: &str = "all";

/// The page.
#[derive(Template)]
#[template(path = "staff/coverage/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    place: String,
    looks: Vec<Look>,
    corrects: Option<Link>,
    corrected: Option<i64>,
    overtaken: bool,
    what: ChoiceField,
    body: ChoiceField,
    where_looked: Field,
    source_url: Field,
    looked_on: DateField,
    by_post: Field,
    found: ChoiceField,
    correction: Option<Field>,
    questions: FourQuestions,
    keys: Keys,
}

/// A look as staff see it.
struct Look {
    line: String,
    words: String,
    change: Link,
    /// Where it is put right, unless it was.
    correct: Option<String>,
}

struct Read {
    name: InquiryName,
    looks: Vec<Coverage>,
    bodies: Vec<BodyName>,
}

fn read(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Read, store::Error> {
    let name = inquiry::name(tx, slug)?;
    Ok(Read {
        looks: coverage::find(tx, &Of::Inquiry(name.id), MOST)?,
        bodies: body::asked_in(tx, name.id, BODIES)?,
        name,
    })
}

async fn look(state: &State, staff: &Staff, slug: &str) -> Result<Read, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    let read = state.reader.read(move |tx| read(tx, &slug)).await?;
    staff.may(Deed::RecordFact, About::default().of(read.name.id))?;
    Ok(read)
}

fn shown(words: &Words) -> String {
    match words {
        Words::Said(words) => words.clone(),
        Words::Withheld(on) => words::withheld_on(*on),
    }
}

impl Read {
    /// The look that a change published and that nobody has put right.
    fn wrong(&self, seq: Option<i64>) -> Result<Option<&Coverage>, Error> {
        let Some(seq) = seq else { return Ok(None) };
        self.looks.iter().find(|look| look.seq.0 == seq).map(Some).ok_or(Error::NotFound)
    }
}

/// The form as it is first shown.
fn start(corrects: Option<&Coverage>, today: Day) -> Sent {
    let Some(look) = corrects else {
        return Sent::default().filled("body", ALL).filled_day("looked_on", Some(today));
    };
    Sent::default()
        .filled("what", look.what.as_str())
        .filled("body", look.body.as_ref().map_or(ALL, |body| body.slug.as_str()))
        .filled("place", look.place.said().unwrap_or_default())
        .filled("source_url", look.source_url.clone().unwrap_or_default())
        .filled_day("looked_on", Some(look.looked_on))
        .filled("by_post", look.by_post.clone().unwrap_or_default())
        .filled("found", look.found.as_str())
}

impl NewPage {
    fn new(
        shell: Shell,
        keys: Keys,
        read: &Read,
        corrects: Option<&Coverage>,
        sent: &Sent,
        problems: Problems,
    ) -> Self {
        let slug = read.name.slug.as_str();
        let here = address::coverage(slug);
        let looks = read.looks.iter().map(|look| Look {
            line: timeline::look(look, Naming::Nothing).sentence,
            words: shown(&look.place),
            change: Link::new(address::change(look.seq), format!("Change {}", look.seq)),
            correct: look.corrected_by.is_none().then(|| format!("{here}?corrects={}", look.seq)),
        });
        let whats = Sought::ALL.iter().copied().map(|what| Choice::new(what.as_str(), words::sought(what)));
        let founds = [Found::Something, Found::Part, Found::Nothing].map(|found| {
            let label = match found {
                Found::Something => "What was looked for",
                Found::Part => "A part of it",
                Found::Nothing => "Nothing",
            };
            Choice::new(found.as_str(), label)
        });
        let bodies = read.bodies.iter().map(|body| Choice::new(body.slug.to_string(), body.name.clone()));
        let all = [Choice::new(ALL, "All bodies asked by this inquiry")].into_iter();
        // A look for one answer is put right as such.
        let of_one = corrects.filter(|look| look.recommendation.is_some()).and_then(|look| look.body.as_ref());
        let bodies = all.chain(bodies).filter(|choice| of_one.is_none_or(|body| choice.value == body.slug.as_str()));
        Self {
            shell: shell
                .titled(format!("Where answers and updates were looked for: {}", read.name.short_title))
                .crumb(address::STAFF, "Your work")
                .crumb("/staff/inquiries", "Inquiries")
                .crumb(address::staff_inquiry(slug), read.name.short_title.clone())
                .faulty(!problems.is_empty()),
            place: read.name.short_title.clone(),
            looks: looks.collect(),
            corrects: corrects
                .map(|look| Link::new(address::change(look.seq), timeline::look(look, Naming::Nothing).sentence)),
            corrected: corrects.map(|look| look.seq.0),
            overtaken: false,
            what: sent.choices("what", "What was looked for?", whats, &problems),
            body: sent.choices("body", "Of which body?", bodies, &problems),
            where_looked: sent.field("place", "Where was it looked for?", &problems).hint(
                "Such as the force’s web site, or the minutes of its board from 2014 to 2016. Everybody will read it.",
            ),
            source_url: sent.field("source_url", "A link to that place (optional)", &problems),
            looked_on: sent.date("looked_on", "When?", &problems).hint("For example, 27 3 2024."),
            by_post: sent
                .field("by_post", "By which post?", &problems)
                .hint("Such as “scrutiny officer”. Never the name of a person."),
            found: sent.choices("found", "What was found?", founds, &problems),
            correction: corrects.map(|_| {
                sent.field("correction", "Why was the earlier entry wrong?", &problems).hint("Everybody will read it.")
            }),
            questions: sent.questions(&problems),
            keys,
            problems,
        }
    }
}

/// What an address may ask of the form.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The change that published the entry to be corrected.
    corrects: Option<i64>,
}

/// Shows the form, with what is recorded already.
///
/// # Errors
/// 404 when there is no such inquiry or entry, 403 when the person may not.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    asked: web::Query<Asked>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &slug).await?;
    let corrects = read.wrong(asked.corrects)?;
    let sent = start(corrects, staff.today);
    page(&NewPage::new(shell, keys, &read, corrects, &sent, Problems::none()))
}

/// Publishes a look.
///
/// # Errors
/// As for the form, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let known = look(&state, &staff, &slug).await?;
    let seq = sent.get("corrects").parse().ok();
    let corrects = known.wrong(seq)?;
    let mut read = Reading::of(&sent);
    let what = read.choice("what", "Choose what was looked for");
    let chosen = known.bodies.iter().find(|body| body.slug.as_str() == sent.get("body")).map(|body| body.id);
    if chosen.is_none() && sent.get("body") != ALL {
        read.problems.add("body", "Choose a body that this inquiry has asked, or all of them");
    }
    let place = read.words("place", "Where it was looked for");
    let source_url = read.link("source_url");
    let looked_on = read.day("looked_on");
    let by_post = read.line("by_post", "The post");
    let found = read.choice("found", "Choose what was found");
    let correction = read.line("correction", "Why the earlier entry was wrong");
    let mut act = read.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let command = RecordCoverage {
        inquiry: known.name.slug.clone(),
        body: chosen,
        // What was not chosen is a fault already, and nothing is published.
        what: what.unwrap_or(Sought::Both),
        place,
        source_url,
        looked_on,
        by_post,
        found: found.unwrap_or(Found::Nothing),
        corrects: seq.map(Seq),
        correction,
    };
    match state.service.record_coverage(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Recorded, and published"),
        Err(service::Error::Problems(problems)) => {
            let again = NewPage::new(shell, keys, &known, corrects, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let known = look(&state, &staff, &slug).await?;
            // It was put right already: what was written begins a new entry, unless somebody goes to the one that stands.
            let again = NewPage::new(shell, keys, &known, None, &sent.unconfirmed(), Problems::none());
            page_with(StatusCode::CONFLICT, &NewPage { overtaken: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
