//! `…/{body}/assessment`: what oversight found. Written by one person, published by another, never by the body's own.

use super::item::{Item, readable};
use super::piece::{Piece, why_wrong};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::assessed::Assessed;
use crate::domain::change::Fact;
use crate::domain::filing::{Finding, Proposal};
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, Propose, Target};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct AssessmentForm;

impl DeedForm for AssessmentForm {
    const DEED: Deed = Deed::Propose;
    const JUDGES: bool = true;
    const CORRECTS: Option<Fact> = Some(Fact::Assessed);
    /// Whoever publishes it is asked.
    const ASKS_QUESTIONS: bool = false;

    fn said(_: &Item) -> Said {
        Said {
            heading: "Assess",
            lead: "Has the recommendation been carried out, as it was made? Say what was looked at and why the finding is this.",
            public: "Once another person publishes it: the finding, its date, your words, the link, and in whose name it is.",
            private: "Your name, and everything here until it is published.",
            next: "It waits for another person, who reads it and publishes it or sends it back.",
            button: "Hand in the assessment",
            notice: "Assessment handed in",
        }
    }

    fn start(item: &Item, today: Day) -> Sent {
        let Some(update) = &item.corrects else {
            return Sent::default().filled_happened("happened", Happened::on(today));
        };
        Sent::default()
            .filled("value", update.value.as_str())
            .filled_happened("happened", update.happened)
            .filled("words", readable(update.words.as_ref()))
            .filled("source_url", update.source_url.clone().unwrap_or_default())
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let values = Assessed::recordable().map(|value| Choice::new(value.as_str(), words::assessed(value).words));
        let hint = "What was looked at, and why it says this.";
        let pieces = vec![
            Piece::Radios(sent.choices("value", "What do you find?", values, problems)),
            Piece::Date(sent.happened("happened", "When was it found?", problems)),
            Piece::Words(sent.field("words", "What does the finding rest on?", problems).hint(hint)),
            Piece::Link(sent.field("source_url", "Where can the evidence be read?", problems).hint("If it is public.")),
        ];
        pieces.into_iter().chain(why_wrong(item, sent, problems)).collect()
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let Some(value) = read.choice("value", "") else { return words::NOTHING_CHOSEN.to_owned() };
        words::assessed_line(value, read.happened("happened"))
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        item.stands(Fact::Assessed)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let value = read.choice("value", "Choose what you find");
        let happened = read.happened("happened");
        let words = read.words("words", "What the finding rests on").unwrap_or_default();
        let source_url = read.link("source_url");
        let correction = read.words("correction", "Why the earlier entry was wrong");
        let act = read.told_to(act);
        let corrects = item.corrects_id();
        // What was not chosen is a fault already, and nothing is handed in.
        let value = value.unwrap_or(Assessed::NotAssessed);
        let command = Propose {
            target: Target::Answer(answer.id, sent.version()),
            proposal: Proposal::Assessment(Finding { value, happened, words, source_url, corrects, correction }),
        };
        state.service.propose(act, command).await
    }
}
