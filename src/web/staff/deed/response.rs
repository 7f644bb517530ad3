//! `…/{body}/response`: what a body answered, as an overseer read it.

use super::item::{Item, readable, row};
use super::piece::{Piece, comparisons, rights, why_wrong};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::address;
use crate::domain::change::Fact;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::response::{Basis, Response};
use crate::domain::words;
use crate::service::{self, Act, Done, RecordResponse};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct ResponseForm;

const WORDS: &str = "What did it say?";

impl DeedForm for ResponseForm {
    const DEED: Deed = Deed::RecordFact;
    const CORRECTS: Option<Fact> = Some(Fact::Response);

    fn said(item: &Item) -> Said {
        Said {
            heading: "Record a response",
            link: Some((
                address::coverage(item.inquiry()),
                "Record for several bodies at once where answers were looked for",
            )),
            lead: "What did the body answer to this recommendation? Record what it said, not what it meant.",
            public: "The answer, its date, its words, the reason, the link and your role.",
            private: "Your name.",
            next: "It is published at once and stands in the timeline. A wrong entry is put right by another one.",
            button: "Publish the response",
            notice: "Response recorded",
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let sent = Sent::default().filled("basis", Basis::Own.as_str());
        let Some(update) = &item.corrects else { return sent };
        sent.filled("value", update.value.as_str())
            .filled_happened("happened", update.happened)
            .filled("basis", update.basis.unwrap_or(Basis::Own).as_str())
            .filled("words", readable(update.words.as_ref()))
            .filled("their_word", readable(update.their_word.as_ref()))
            .filled("reason", readable(update.reason.as_ref()))
            .filled("source_url", update.source_url.clone().unwrap_or_default())
            .filled("checked", update.checked.map_or("", |checked| checked.as_str()))
            .filled("language", update.rights.language.map_or("", Language::as_str))
            .filled("licence", update.rights.licence.map_or("", Licence::as_str))
            .filled_day("decide_by", update.decide_by)
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        // Only a correction says that there was no answer.
        let none = item.corrects.as_ref().map(|_| Response::NotRecorded);
        let values =
            Response::recordable().chain(none).map(|value| Choice::new(value.as_str(), words::response(value).words));
        let bases = Basis::ALL.iter().copied().map(|basis| Choice::new(basis.as_str(), words::basis(basis)));
        let pieces =
            vec![
                Piece::Radios(sent.choices("value", "What did the body answer?", values, problems)),
                Piece::Date(sent.happened("happened", "When did it answer?", problems).hint(
                    "For an answer that was only asked for: the day on which it was asked. For example, 27 3 2024.",
                )),
                Piece::Radios(sent.choices("basis", "What was the answer given to?", bases, problems)),
                Piece::Words(sent.field("words", WORDS, problems).hint(
                    "In its own words where you can. For an answer in part or in principle: what it will not do.",
                )),
                Piece::Line(
                    sent.field("their_word", "Its own word for its answer", problems)
                        .hint("Only where it differs, such as \u{201c}noted\u{201d}."),
                ),
                Piece::Words(
                    sent.field("reason", "What reason did it give?", problems).hint("Needed for a rejection."),
                ),
                Piece::Link(sent.field("source_url", "Where can it be read?", problems).hint("The full web address.")),
                Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)),
                Piece::Date(sent.date("due_on", "Asked, awaiting an answer: by when?", problems)),
                Piece::Line(sent.field("looked_by", "None found: which post looked?", problems).hint(
                    "Such as \u{201c}scrutiny officer\u{201d}, never a person\u{2019}s name. What it said, the date and the link above \
                     then say where and when it was looked. Leave this and them empty where an entry of the look says it already.",
                )),
                Piece::Date(sent.date("decide_by", "Under consideration: by when will it decide?", problems)),
            ];
        pieces.into_iter().chain(rights(sent, problems)).chain(why_wrong(item, sent, problems)).collect()
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let Some(value) = read.choice("value", "") else { return words::NOTHING_CHOSEN.to_owned() };
        let basis = read.choice("basis", "").unwrap_or(Basis::Own);
        words::response_line(value, read.happened("happened"), basis)
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let mut rows = item.stands(Fact::Response);
        let due = item.answer.as_ref().and_then(|answer| answer.response_due);
        rows.extend(due.map(|due| row("Asked", words::due(DeadlineKind::Response, due.on))));
        rows
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let value = read.choice("value", "Choose what the body answered");
        let happened = read.happened("happened");
        let basis = read.choice("basis", "Choose what the answer was given to");
        let words = read.words("words", "What it said");
        let their_word = read.line("their_word", "Its own word");
        let reason = read.words("reason", "The reason");
        let correction = read.words("correction", "Why the earlier entry was wrong");
        let source_url = read.link("source_url");
        let checked = read.choice("checked", "Choose how far you compared it with its source");
        let due_on = read.day("due_on");
        let decide_by = read.day("decide_by");
        let looked_by = read.line("looked_by", "The post");
        let rights = read.rights();
        let act = read.told_to(act);
        let command = RecordResponse {
            addressee: answer.id,
            version: sent.version(),
            // What was not chosen is a fault already, and nothing is published.
            value: value.unwrap_or(Response::NotRecorded),
            happened,
            basis: basis.unwrap_or(Basis::Own),
            words,
            their_word,
            reason,
            source_url,
            checked: checked.unwrap_or(Checked::Unverified),
            due_on,
            decide_by,
            corrects: item.corrects_id(),
            correction,
            rights,
            looked_by,
        };
        state.service.record_response(act, command).await
    }
}
