//! `…/{body}/reported`: what a body says it has done, taken from something that it published.

use super::item::{Item, readable};
use super::piece::{Piece, comparisons, rights, why_wrong};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::change::Fact;
use crate::domain::checked::Checked;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::reported::Reported;
use crate::domain::words;
use crate::service::{self, Act, Done, RecordReported};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct ReportedForm;

impl DeedForm for ReportedForm {
    const DEED: Deed = Deed::RecordFact;
    const CORRECTS: Option<Fact> = Some(Fact::Reported);

    fn said(_: &Item) -> Said {
        Said {
            heading: "Record what the body says it has done",
            lead: "What does the body itself say about its progress, and where? It is the body's word, whoever types it.",
            public: "What it says, since when, its words, the link and your role.",
            private: "Your name.",
            next: "It is published at once, as the body's word and no finding. Judging it is another decision.",
            button: "Publish what it says",
            notice: "What the body says is recorded",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let Some(update) = &item.corrects else { return Sent::default() };
        Sent::default()
            .filled("value", update.value.as_str())
            .filled_happened("happened", update.happened)
            .filled("words", readable(update.words.as_ref()))
            .filled("their_word", readable(update.their_word.as_ref()))
            .filled("reason", readable(update.reason.as_ref()))
            .filled("source_url", update.source_url.clone().unwrap_or_default())
            .filled("checked", update.checked.map_or("", |checked| checked.as_str()))
            .filled("language", update.rights.language.map_or("", Language::as_str))
            .filled("licence", update.rights.licence.map_or("", Licence::as_str))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        // Only a correction says that there was no update.
        let none = item.corrects.as_ref().map(|_| Reported::NotReported);
        let values =
            Reported::recordable().chain(none).map(|value| Choice::new(value.as_str(), words::reported(value).words));
        let pieces = vec![
            Piece::Radios(sent.choices("value", "What does the body say?", values, problems)),
            Piece::Date(sent.happened("happened", "As of which date is that so?", problems)),
            Piece::Words(sent.field("words", "What does it say it has done?", problems)),
            Piece::Line(
                sent.field("their_word", "Its own word for its progress", problems).hint("Only where it differs."),
            ),
            Piece::Words(
                sent.field("reason", "Why did it stop?", problems).hint("Only where it says that it has stopped."),
            ),
            Piece::Link(sent.field("source_url", "Where does it say this?", problems).hint("The full web address.")),
            Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)),
        ];
        pieces.into_iter().chain(rights(sent, problems)).chain(why_wrong(item, sent, problems)).collect()
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let Some(value) = read.choice("value", "") else { return words::NOTHING_CHOSEN.to_owned() };
        words::reported_line(value, read.happened("happened"))
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        item.stands(Fact::Reported)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let value = read.choice("value", "Choose what the body says it has done");
        let happened = read.happened_or_said("happened");
        let words = read.words("words", "What it says it has done");
        let their_word = read.line("their_word", "Its own word");
        let reason = read.words("reason", "The reason");
        let correction = read.words("correction", "Why the earlier entry was wrong");
        let source_url = read.link("source_url");
        let checked = read.choice("checked", "Choose how far you compared it with its source");
        let rights = read.rights();
        let act = read.told_to(act);
        let command = RecordReported {
            addressee: answer.id,
            version: sent.version(),
            // What was not chosen is a fault already, and nothing is published.
            value: value.unwrap_or(Reported::NotReported),
            happened,
            words,
            their_word,
            reason,
            source_url,
            checked: checked.unwrap_or(Checked::Unverified),
            corrects: item.corrects_id(),
            correction,
            rights,
        };
        state.service.record_reported(act, command).await
    }
}
