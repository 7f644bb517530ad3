//! `…/{body}/closure`: closing an answer, opening it again, or finding that what was closed as done no longer holds.

use percent_encoding::percent_decode_str;

use super::item::{Item, readable};
use super::piece::{Piece, why_wrong};
use super::{DeedForm, Said, agreement};
use crate::domain::access::Deed;
use crate::domain::address;
use crate::domain::assessed::Assessed;
use crate::domain::change::Fact;
use crate::domain::filing::{Closing, FoundAnew, Proposal};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::recheck;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, Act, Done, Propose, Target};
use crate::store::{self, recommendation};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The fault of an address that leads to no recommendation of this register.
const NOT_HERE: &str = "No recommendation of this register stands at this address. Enter another address, or words";

/// The fault of naming what took its place where it is closed for another reason, or is not closed.
const NOT_SUPERSEDED: &str = "This belongs only to what another recommendation took the place of. Choose that as the reason \
     for closing, or clear this field";

/// The form.
pub struct ClosureForm;

/// Where the answer may go from where it stands; a correction may say anything.
fn possible(item: &Item) -> &'static [Lifecycle] {
    let stands = item.answer.as_ref().map(|answer| answer.lifecycle.value);
    match (&item.corrects, stands) {
        (Some(_), _) => Lifecycle::ALL,
        (None, Some(Lifecycle::Closed)) if closed_as_done(item) => &[Lifecycle::Open, Lifecycle::Lapsed],
        (None, Some(Lifecycle::Closed)) => &[Lifecycle::Open],
        _ => &[Lifecycle::Closed],
    }
}

/// What it means that an answer was entered in error: nothing for its recommendation, but that nobody else may be known.
const fn error_means(item: &Item) -> &'static str {
    if item.is_only { words::ONLY_ANSWER_IN_ERROR } else { words::ANSWER_IN_ERROR }
}

fn closed_as_done(item: &Item) -> bool {
    item.answer.as_ref().and_then(|answer| answer.closure).is_some_and(Closure::is_done)
}

impl DeedForm for ClosureForm {
    const DEED: Deed = Deed::Propose;
    const JUDGES: bool = true;
    const CORRECTS: Option<Fact> = Some(Fact::Lifecycle);

    fn said(item: &Item) -> Said {
        let heading = match possible(item) {
            [Lifecycle::Closed] => "Close",
            [Lifecycle::Open] => "Open again",
            [_, _] => "Open again, or it no longer holds",
            _ => "Open or closed",
        };
        // What must be read or done before one of the choices.
        let link = match &item.waits {
            Some(waits) => Some((address::filing(waits), words::READ_WAITING)),
            None if item.agreed.is_none() && possible(item).contains(&Lifecycle::Closed) => {
                Some((format!("{}/agreement", item.back()), words::RECORD_AGREED))
            }
            None => None,
        };
        Said {
            link,
            heading,
            lead: "Does this register go on following this answer? Closing says why it does not; it never says done unless \
                   a published assessment does.",
            public: "Where it stands, since when, the reason and your role.",
            private: "Your name. What waits for another person is private until it is published.",
            next: "Closing as done, and finding that it no longer holds, wait for another person. The rest is published at once.",
            button: "Record the decision",
            notice: "Decision recorded",
        }
    }

    fn start(item: &Item, today: Day) -> Sent {
        let Some(update) = &item.corrects else {
            return Sent::default()
                .filled_happened("happened", Happened::on(today))
                .filled("look_again", recheck::in_form(&recheck::USUAL_MONTHS));
        };
        let reason = readable(update.reason.as_ref());
        let (by, reason) = match words::taken_place_by(&reason) {
            Some((by, rest)) => (by.to_owned(), rest.to_owned()),
            None => (String::new(), reason),
        };
        Sent::default()
            .filled("superseded_by", by)
            .filled("value", update.value.as_str())
            .filled("closure", update.value.closure().map_or("", |closure| closure.as_str()))
            .filled_happened("happened", update.happened)
            .filled("reason", reason)
            .filled("source_url", update.source_url.clone().unwrap_or_default())
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let possible = possible(item);
        let mut pieces = Vec::new();
        if let [only] = possible {
            pieces.push(Piece::Settled("value", only.as_str()));
        } else {
            let sent_value = sent.get("value").parse::<Lifecycle>().ok().filter(|value| !possible.contains(value));
            let values = possible.iter().copied().chain(sent_value).map(|value| {
                let label = match value {
                    Lifecycle::Open => "Open it again",
                    Lifecycle::Closed => "Closed",
                    Lifecycle::Lapsed => "It no longer holds",
                };
                Choice::new(value.as_str(), label)
            });
            pieces.push(Piece::Radios(sent.choices("value", "What do you decide?", values, problems)));
        }
        if possible.contains(&Lifecycle::Closed) || !sent.get("closure").is_empty() {
            // What only dividing a recommendation says is no choice here, but where it stands already.
            let stands = item.corrects.as_ref().and_then(|update| update.value.closure());
            let choices = Closure::ALL.iter().copied().filter(|one| *one != Closure::InParts || stands == Some(*one));
            let why = choices.map(|closure| {
                let choice = Choice::new(closure.as_str(), words::closure_choice(closure));
                if closure.is_error() { choice.hint(error_means(item)) } else { choice }
            });
            pieces.push(Piece::Radios(sent.choices("closure", "Why is it closed?", why, problems)));
            let by = sent.field("superseded_by", "If another took its place: which?", problems);
            pieces.push(Piece::Line(by.hint(
                "The address of its page in this register, such as /inquiries/ashgrove/recommendations/4, or a few words where it \
                 is in none.",
            )));
        }
        if possible.contains(&Lifecycle::Lapsed) && item.corrects.is_none() {
            let found = Assessed::recordable().filter(|value| !value.is_done());
            let found = found.map(|value| Choice::new(value.as_str(), words::assessed(value).words));
            let asked = sent.choices("found", "If it no longer holds: what do you find now?", found, problems);
            pieces.push(Piece::Radios(asked.hint(if item.shown_first {
                "Only where it no longer holds. A finding against the body is shown to it first."
            } else {
                "Only where it no longer holds."
            })));
            pieces.push(Piece::Words(sent.field("found_words", "What does that finding rest on?", problems)));
        }
        if possible.contains(&Lifecycle::Closed) && item.corrects.is_none() {
            let again = sent.field("look_again", "After how many months is it looked at again?", problems);
            pieces.push(Piece::Line(again.hint("Numbers of months with commas between them; empty for never.")));
        }
        pieces.push(Piece::Date(sent.happened_then("happened", "When was that decided?", problems)));
        pieces.push(Piece::Words(sent.field("reason", "The reason", problems).hint("Everybody will read it.")));
        pieces.push(Piece::Link(
            sent.field("source_url", "Where can the decision be read?", problems).hint("If it is public."),
        ));
        pieces.extend(agreement::shown(item, sent, problems));
        pieces.extend(why_wrong(item, sent, problems));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let only = if let [only] = possible(item) { Some(*only) } else { None };
        let (value, closure) = (only.or(read.choice("value", "")), read.choice::<Closure>("closure", ""));
        match (value, closure) {
            (None, _) | (Some(Lifecycle::Closed), None) => words::NOTHING_CHOSEN.to_owned(),
            (Some(value), why) => {
                let why = why.filter(|_| value == Lifecycle::Closed);
                let line = words::lifecycle_line(value, why, read.happened("happened"));
                let alone = why.is_some_and(Closure::is_error) && item.is_only;
                if alone { format!("{line}. {}", words::ONLY_ANSWER_IN_ERROR) } else { line }
            }
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        item.stands(Fact::Lifecycle)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let value = read.choice("value", "Choose what you decide");
        let closure = match sent.get("closure") {
            "" => None,
            _ => read.choice("closure", "Choose why it is closed"),
        };
        let happened = read.happened("happened");
        let reason = read.words("reason", "The reason").unwrap_or_default();
        let by = read.line("superseded_by", "What took its place");
        let by = match (closure, by) {
            (Some(Closure::Superseded), None) => {
                read.problems
                    .add("superseded_by", "Enter which recommendation took its place: its address here, or words");
                None
            }
            (Some(Closure::Superseded), Some(by)) => {
                let named = named(state, item, &by).await?;
                read.problems.take("superseded_by", named)
            }
            (_, Some(_)) => {
                read.problems.add("superseded_by", NOT_SUPERSEDED);
                None
            }
            (_, None) => None,
        };
        let reason = match by {
            Some(by) if !reason.is_empty() => words::with_taken_place(&by, &reason),
            _ => reason,
        };
        let correction = read.words("correction", "Why the earlier entry was wrong");
        let source_url = read.link("source_url");
        let shown = read.words("shown", "How it was shown");
        let found_words = read.words("found_words", "What the finding rests on").unwrap_or_default();
        let found = read.chosen::<Assessed>("found").map(|value| FoundAnew { value, words: found_words });
        let look_again = read.problems.take("look_again", recheck::months(sent.get("look_again"))).unwrap_or_default();
        let act = read.told_to(act);
        // What was not chosen is a fault already, and nothing is handed in.
        let value = value.unwrap_or(if closure.is_some() { Lifecycle::Closed } else { Lifecycle::Open });
        let corrects = item.corrects_id();
        let closing =
            Closing { value, closure, happened, reason, source_url, corrects, correction, found, look_again, shown };
        let target = Target::Answer(answer.id, sent.version());
        state.service.propose(act, Propose { target, proposal: Proposal::Closure(closing) }).await
    }
}

/// What took an item's place, in words with its address: of an address here, the recommendation that stands there.
async fn named(state: &State, item: &Item, by: &str) -> Result<Result<String, &'static str>, service::Error> {
    let path = by.strip_prefix(state.site.base_url.trim_end_matches('/')).unwrap_or(by);
    // As a browser shows it: with what a page was asked for, or a place on it, and with signs written as addresses write them.
    let path = if path.starts_with('/') { path.split(['?', '#']).next().unwrap_or(path) } else { path };
    let Some(path) = path.strip_prefix("/inquiries/") else {
        let elsewhere = by.starts_with('/');
        return Ok(if elsewhere { Err(NOT_HERE) } else { Ok(by.to_owned()) });
    };
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let [inquiry, "recommendations", number, ..] = parts[..] else { return Ok(Err(NOT_HERE)) };
    let number = percent_decode_str(number).decode_utf8_lossy().into_owned();
    let Ok(slug) = inquiry.parse::<Slug>() else { return Ok(Err(NOT_HERE)) };
    match state.reader.read(move |tx| recommendation::find(tx, &slug, &number)).await {
        Ok(found) if found.recommendation.id == item.one().id => {
            Ok(Err("This is the recommendation itself. Enter the one that took its place"))
        }
        Ok(found) => {
            let one = found.recommendation;
            let place = words::item(Some(&one.inquiry.short_title), Some(&one.number), None);
            Ok(Ok(format!("{place} ({})", address::recommendation(one.inquiry.slug.as_str(), &one.number))))
        }
        Err(store::Error::NotFound) => Ok(Err(NOT_HERE)),
        Err(fault) => Err(fault.into()),
    }
}
