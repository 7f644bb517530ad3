//! `…/{inquiry}/events` and `…/{inquiry}/meetings`: the inquiry's own timeline; `…/{body}/events`: that of a body. A wrong entry
//! is put right by another, or taken back.

use super::{Path, Place, RegisterForm, slug};
use crate::domain::address;
use crate::domain::checked::Checked;
use crate::domain::event::EventKind;
use crate::domain::id::BodyId;
use crate::domain::moment::{Day, Precision};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, EventOf, RecordEvent};
use crate::store::event::{self, Event, Of};
use crate::store::{self, ReadTx, body, inquiry};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::public::edit;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::{Piece, comparisons, yes_or_no};
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// How many events are searched for the one to correct.
const MOST: i64 = 2000;

/// Something that happened, of any kind.
pub struct EventForm;

/// A meeting of whoever monitors it that was held. One to come is called under Meetings.
pub struct MeetingForm;

/// Something that happened to a body and is no succession.
pub struct BodyEventForm;

/// The inquiry or the body, and the event that is to be put right.
pub struct Item {
    of: EventOf,
    body: Option<BodyId>,
    place: Place,
    /// The entries of a body that stand; an inquiry's are put right from its own timeline.
    standing: Vec<(String, String)>,
    wrong: Option<Event>,
}

fn read(tx: &mut ReadTx<'_>, path: &Path, corrects: Option<i64>) -> Result<Item, store::Error> {
    let (found, of, body, place) = match &path.body {
        Some(slug) => {
            let view = body::find(tx, &super::slug(Some(slug))?)?;
            let place = Place { words: view.name.name.clone(), version: view.version, ..Place::register() };
            (Of::Body(view.name.id), EventOf::Body(view.name.slug), Some(view.name.id), place)
        }
        None => {
            let view = inquiry::find(tx, &slug(path.inquiry.as_ref())?)?;
            let place = Place::inquiry(&view.name, view.version);
            (Of::Inquiry(view.name.id), EventOf::Inquiry(view.name.slug), None, place)
        }
    };
    let wrong = match corrects {
        Some(id) => {
            let all = event::find(tx, &found, MOST)?;
            Some(all.into_iter().find(|event| event.id.0 == id && event.present).ok_or(store::Error::NotFound)?)
        }
        None => None,
    };
    let standing = match &of {
        EventOf::Body(slug) if wrong.is_none() => {
            let here = address::staff_register_body(slug.as_str(), "events");
            let mut all = event::find(tx, &found, MOST)?;
            all.retain(|event| event.present && event.corrected_by.is_none() && event.replaced_by.is_none());
            all.iter().map(|event| (edit::event(event, None).sentence, format!("{here}?row={}", event.id.0))).collect()
        }
        _ => Vec::new(),
    };
    Ok(Item { of, body, place, standing, wrong })
}

fn place(item: &Item) -> Place {
    let line = |wrong: &Event| (wrong.id.0, wrong.seq.0, edit::event(wrong, None).sentence);
    Place { corrects: item.wrong.as_ref().map(line), ..item.place.clone() }
}

fn start(item: &Item, kind: Option<EventKind>) -> Sent {
    let sent = Sent::default().filled("takes_back", "no").filled("happened_precision", Precision::On.as_str());
    let Some(wrong) = &item.wrong else { return sent.filled("kind", kind.map_or("", EventKind::as_str)) };
    sent.filled("kind", wrong.kind.as_str())
        .filled_happened("happened", wrong.happened)
        .filled("words", wrong.words.said().unwrap_or_default())
        .filled("source_url", wrong.source_url.clone().unwrap_or_default())
        .filled("checked", wrong.checked.as_str())
}

fn pieces(item: &Item, kinds: &[EventKind], sent: &Sent, problems: &Problems) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if item.wrong.is_some() {
        let mut asked = sent.choices(
            "takes_back",
            "What is published?",
            yes_or_no("Nothing of the kind happened: the entry is taken back", "What happened is put right below"),
            problems,
        );
        asked.choices.reverse();
        pieces.push(Piece::Radios(asked));
    }
    match kinds {
        [EventKind::Meeting] => pieces.push(Piece::Settled("kind", EventKind::Meeting.as_str())),
        kinds => {
            let kinds = kinds.iter().map(|kind| Choice::new(kind.as_str(), words::event_kind(*kind)));
            pieces.push(Piece::Radios(sent.choices("kind", "What kind of event?", kinds, problems)));
        }
    }
    let when = sent.happened("happened", "When?", problems);
    pieces.push(Piece::Date(when.hint("For example, 27 3 2025.")));
    let what = sent.field("words", "What happened?", problems);
    pieces.push(Piece::Words(
        what.hint("One or two plain sentences: who, what. Posts and bodies, never the name of a person."),
    ));
    pieces.push(Piece::Link(
        sent.field("source_url", "Where can it be read? (optional)", problems).hint("The full web address."),
    ));
    pieces.push(Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)));
    if item.wrong.is_some() {
        let why = sent.field("reason", "Why was the earlier entry wrong?", problems);
        pieces.push(Piece::Words(why.hint("Everybody will read it.")));
    }
    pieces
}

fn preview(sent: &Sent) -> String {
    if sent.is_ticked("takes_back") {
        return words::EVENT_TAKEN_BACK.to_owned();
    }
    let mut read = Reading::of(sent);
    let (kind, happened) = (read.choice("kind", ""), read.happened("happened"));
    match (kind, read.words("words", "")) {
        (Some(kind), Some(said)) => {
            let when = happened.day.map_or_else(|| "Date not known".to_owned(), |_| words::happened_bare(happened));
            format!("{when}: {}", words::event_line(kind, &said, None, None))
        }
        _ => words::NOTHING_CHOSEN.to_owned(),
    }
}

fn stands(item: &Item) -> Vec<SummaryRow> {
    let Some(wrong) = &item.wrong else { return Vec::new() };
    let mut rows = vec![row("The entry", edit::event(wrong, None).sentence)];
    rows.extend(wrong.corrected_by.map(|seq| row("Since then", words::corrected_by(seq))));
    rows
}

async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
    let mut read = Reading::of(sent);
    let takes_back = item.wrong.is_some() && sent.is_ticked("takes_back");
    // Whoever takes an entry back need not describe it.
    let (kind, checked) = match takes_back {
        true => (read.chosen("kind"), read.chosen("checked")),
        false => (
            read.choice("kind", "Choose what kind of event"),
            read.choice("checked", "Choose how far you compared it with its source"),
        ),
    };
    let command = RecordEvent {
        of: item.of.clone(),
        // What was not chosen is a fault already, and nothing is published.
        kind: kind.unwrap_or(EventKind::Event),
        happened: read.happened("happened"),
        words: read.words("words", "What happened"),
        source_url: read.link("source_url"),
        checked: checked.unwrap_or(Checked::Unverified),
        corrects: item.wrong.as_ref().map(|wrong| wrong.id.0),
        takes_back,
        reason: read.words("reason", "The reason"),
    };
    state.service.record_event(read.told_to(act), command).await
}

impl RegisterForm for EventForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, row: Option<i64>) -> Result<Item, store::Error> {
        read(tx, path, row)
    }

    fn place(item: &Item) -> Place {
        place(item)
    }

    fn said(item: &Item) -> Said {
        Said {
            heading: if item.wrong.is_some() { "Put an event right" } else { "Add an event" },
            lead: "What was resolved, reported or decided around this inquiry, with its date? It sets no status.",
            public: "The kind, the date, the words, the link, how far it was compared, and your role.",
            private: "Your name.",
            next: "It is published at once in the inquiry’s own timeline. A wrong entry is put right by another; both stay.",
            button: "Publish the event",
            notice: "Event published",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        start(item, None)
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        pieces(item, EventKind::ALL, sent, problems)
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        preview(sent)
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        stands(item)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        send(state, act, item, sent).await
    }
}

impl RegisterForm for MeetingForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Item, store::Error> {
        read(tx, path, None)
    }

    fn place(item: &Item) -> Place {
        place(item)
    }

    fn said(item: &Item) -> Said {
        let call = match &item.of {
            EventOf::Inquiry(slug) => address::new_meeting(slug.as_str()),
            EventOf::Body(_) => address::MEETINGS.to_owned(),
        };
        Said {
            heading: "Add a meeting that was held",
            link: Some((
                call,
                "Call a meeting that is to come: with its papers, and the updates asked for before them",
            )),
            lead: "When did whoever monitors this inquiry meet?",
            public: "The date, the words, the link, how far it was compared, and your role.",
            private: "Your name.",
            next: "It is published at once in the inquiry’s own timeline.",
            button: "Publish the meeting",
            notice: "Meeting published",
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        start(item, Some(EventKind::Meeting))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        pieces(item, &[EventKind::Meeting], sent, problems)
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        preview(sent)
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        stands(item)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        send(state, act, item, sent).await
    }
}

impl RegisterForm for BodyEventForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, row: Option<i64>) -> Result<Item, store::Error> {
        read(tx, path, row)
    }

    fn body(item: &Item) -> Option<BodyId> {
        item.body
    }

    fn place(item: &Item) -> Place {
        place(item)
    }

    fn said(item: &Item) -> Said {
        Said {
            heading: if item.wrong.is_some() { "Put an event right" } else { "Add an event of a body" },
            lead: "What happened to this body that readers of its answers must know, and is no succession: commissioners were appointed, or its powers were returned? It sets no status, and nobody else answers by it.",
            public: "The kind, the date, the words, the link, how far it was compared, and your role.",
            private: "Your name.",
            next: "It is published at once on the body\u{2019}s page. A wrong entry is put right by another; both stay.",
            button: "Publish the event",
            notice: "Event published",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        start(item, None)
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        pieces(item, &[EventKind::Resolution, EventKind::Report, EventKind::Event], sent, problems)
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        preview(sent)
    }

    fn entries(item: &Item) -> Vec<(String, String)> {
        item.standing.clone()
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        stands(item)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        send(state, act, item, sent).await
    }
}
