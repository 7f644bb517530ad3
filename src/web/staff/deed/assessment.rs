//! `…/{body}/assessment`: what oversight found. Written by one person, published by another, never by the body's own.

use super::item::{Item, readable};
use super::piece::{Piece, why_wrong};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::assessed::Assessed;
use crate::domain::change::Fact;
use crate::domain::fairness::{Approval, Decided};
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

/// Said where a post or a committee is named in public.
const POSTS_ONLY: &str =
    "A committee or a post, such as \u{201c}the Scrutiny Committee\u{201d}. Never the name of a person.";

/// The form.
pub struct AssessmentForm;

impl DeedForm for AssessmentForm {
    const DEED: Deed = Deed::Propose;
    const JUDGES: bool = true;
    const CORRECTS: Option<Fact> = Some(Fact::Assessed);
    /// Whoever publishes it is asked.
    const ASKS_QUESTIONS: bool = false;

    fn said(item: &Item) -> Said {
        Said {
            heading: "Assess",
            lead: "Has the recommendation been carried out, as it was made? Say what was looked at and why the finding is this.",
            public: "Once another person publishes it: the finding, its date, your words, the link, in whose name it is, and who \
                     decided it.",
            private: "Your name, and everything here until it is published.",
            next: if item.shown_first {
                "A finding against the body is shown to it first, for the time that the inquiry's page says; its reply is \
                 published with the finding. Then another person reads it and publishes it or sends it back."
            } else {
                "Another person reads it and publishes it or sends it back. The bodies of this inquiry are not shown findings first."
            },
            button: "Hand in the assessment",
            notice: "Assessment handed in",
            ..Said::default()
        }
    }

    fn start(item: &Item, today: Day) -> Sent {
        let Some(update) = &item.corrects else {
            return Sent::default().filled_happened("happened", Happened::on(today));
        };
        let decided = update.decided.as_ref();
        Sent::default()
            .filled("value", update.value.as_str())
            .filled_happened("happened", update.happened)
            .filled("words", readable(update.words.as_ref()))
            .filled("source_url", update.source_url.clone().unwrap_or_default())
            .filled("decided_by", decided.map(|decided| decided.by.clone()).unwrap_or_default())
            .filled_day("decided_on", decided.and_then(|decided| decided.on))
            .filled("minute_ref", decided.and_then(|decided| decided.minute.clone()).unwrap_or_default())
            .filled("approval", decided.and_then(|decided| decided.approval).map_or("", |state| state.as_str()))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let values = Assessed::recordable().map(|value| Choice::new(value.as_str(), words::assessed(value).words));
        let states = Approval::ALL.iter().copied().map(|state| {
            Choice::new(
                state.as_str(),
                if state == Approval::Approved { "Approved" } else { "A draft, not approved yet" },
            )
        });
        let hint = "What was looked at, and why it says this.";
        let pieces = vec![
            Piece::Radios(sent.choices("value", "What do you find?", values, problems)),
            Piece::Date(sent.happened_then("happened", "When was it found?", problems)),
            Piece::Words(sent.field("words", "What does the finding rest on?", problems).hint(hint)),
            Piece::Link(sent.field("source_url", "Where can the evidence be read?", problems).hint("If it is public.")),
            Piece::Line(sent.field("decided_by", "Who decided it? (optional)", problems).hint(POSTS_ONLY)),
            Piece::Date(sent.date("decided_on", "When was it decided? (optional)", problems)),
            Piece::Line(
                sent.field("minute_ref", "Which minute says so? (optional)", problems).hint("Its number, such as 12."),
            ),
            Piece::Radios(
                sent.choices("approval", "Is the decision approved?", states, problems)
                    .hint(
                        "Only where somebody decided it. A draft is published only by a clear yes of whoever publishes it, and says so.",
                    ),
            ),
        ];
        pieces.into_iter().chain(why_wrong(item, sent, problems)).collect()
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let Some(value) = read.choice("value", "") else { return words::NOTHING_CHOSEN.to_owned() };
        let found = words::assessed_line(value, read.happened("happened"));
        match decided(&mut read).filter(|decided| !decided.by.is_empty()) {
            Some(decided) => format!("{found}. {}", words::decided(&decided)),
            None => found,
        }
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
        let decided = decided(&mut read);
        let act = read.told_to(act);
        let corrects = item.corrects_id();
        // What was not chosen is a fault already, and nothing is handed in.
        let value = value.unwrap_or(Assessed::NotAssessed);
        let command = Propose {
            target: Target::Answer(answer.id, sent.version()),
            proposal: Proposal::Assessment(Finding {
                value,
                happened,
                words,
                source_url,
                corrects,
                correction,
                decided,
            }),
        };
        state.service.propose(act, command).await
    }
}

/// Who decided it; nothing where none of it was filled in. Without a name what follows it is a fault, which the deed tells.
fn decided(read: &mut Reading<'_>) -> Option<Decided> {
    let by = read.line("decided_by", "Who decided it");
    let on = read.day("decided_on");
    let minute = read.line("minute_ref", "The minute");
    let approval = read.chosen("approval");
    let any = by.is_some() || on.is_some() || minute.is_some() || approval.is_some();
    any.then(|| Decided { by: by.unwrap_or_default(), on, minute, approval })
}
