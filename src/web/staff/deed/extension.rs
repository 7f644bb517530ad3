//! `…/{body}/extension`: a body asks for a later target date. `…/{body}/extension-decision`: oversight grants or refuses it.

use super::item::{Item, row};
use super::piece::{Piece, rights_of_body};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::target_ask::AskDecision;
use crate::domain::words;
use crate::service::{self, Act, AskForLater, DecideAsk, Done};
use crate::store::target_ask::Ask;
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::public::say;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The body's form.
pub struct ExtensionForm;

/// Oversight's form.
pub struct DecisionForm;

fn target(item: &Item) -> Option<Day> {
    item.answer.as_ref()?.target.as_ref()?.on
}

/// Whether there ever was a target date: one that was taken back can have another in its place.
fn was_set(item: &Item) -> bool {
    item.answer.as_ref().is_some_and(|answer| answer.target.is_some())
}

fn stands(item: &Item) -> Vec<SummaryRow> {
    let on = target(item).map_or_else(|| words::NOTHING_RECORDED.to_owned(), words::day);
    vec![row("Target date", on)]
}

fn is_closed(item: &Item) -> bool {
    item.answer.as_ref().is_some_and(|answer| answer.lifecycle.value == Lifecycle::Closed)
}

/// Whoever asks now: the body that answers.
fn body(item: &Item) -> &str {
    item.answer.as_ref().map_or(words::SOMEBODY, |answer| answer.answerer.short())
}

/// The request that waits, by whoever answered when it was made.
fn asked(item: &Item, ask: &Ask) -> String {
    let days = (ask.asked_on, ask.wanted_on);
    item.answer.as_ref().map_or_else(
        || words::asked_for_later_bare(ask.asked_on, ask.wanted_on, ask.instead_of),
        |answer| say::waits_for_later(&answer.body, item.way.as_ref(), days, ask.instead_of),
    )
}

impl DeedForm for ExtensionForm {
    const DEED: Deed = Deed::FileReturn;
    const ASKS_QUESTIONS: bool = false;

    fn said(item: &Item) -> Said {
        let stands = target(item).is_some() || !was_set(item);
        Said {
            heading: words::ask_for_target(stands),
            lead: if stands {
                "Which date do you ask for, and why do you need more time? The date that stands goes on counting until \
                 somebody decides."
            } else {
                "The target date was taken back. Which date do you ask for in its place, and why? It counts as a move, so \
                 somebody decides on it."
            },
            public: "Nothing yet. Once it is decided: the date, your reason, the decision and its reason, a refusal too.",
            private: "Your name.",
            next: "The register’s staff see it at once and grant it or refuse it with a reason. Name no victim, no suspect and                    no private person.",
            button: "Send the request",
            notice: "Your request is kept. It becomes public when it is decided",
            ..Said::default()
        }
    }

    fn refusal(item: &Item) -> Option<&'static str> {
        if is_closed(item) {
            return Some(words::NO_ASKING_CLOSED);
        }
        (!was_set(item)).then_some(words::NO_ASKING_BARE)
    }

    fn start(_: &Item, _: Day) -> Sent {
        Sent::default()
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let date = sent.date("on", "Which date do you ask for?", problems);
        let stands =
            target(item).map_or_else(String::new, |on| format!("The target date that stands is {}. ", words::day(on)));
        let reason = sent.field("reason", "Why do you need more time?", problems);
        let mut pieces = vec![
            Piece::Date(date.hint(format!("{stands}For example, 27 3 2027."))),
            Piece::Words(reason.hint("It is published with the decision.")),
        ];
        pieces.extend(rights_of_body(sent, problems).map(Piece::Select));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        match (target(item), Reading::of(sent).day("on")) {
            (Some(from), Some(to)) => words::target_moved(from, to, body(item)),
            (None, Some(to)) if was_set(item) => words::target(to, body(item)),
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        stands(item)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let on = read.day("on");
        let reason = read.words("reason", "The reason");
        let rights = read.rights_of_body();
        let act = read.told_to(act);
        let command = AskForLater { addressee: answer.id, version: sent.version(), on, reason, rights };
        state.service.ask_for_later(act, command).await
    }
}

impl DeedForm for DecisionForm {
    const DEED: Deed = Deed::RecordFact;

    fn said(item: &Item) -> Said {
        Said {
            heading: "Decide on the request for a later date",
            lead: if is_closed(item) {
                "The body asked for a later target date, and the item is closed. The request can be refused; to grant it, \
                 open the item again first."
            } else if item.ask.is_some() {
                "The body asks for a later target date. Granted, the date moves and counts as moved; refused, it stands."
            } else {
                words::NO_ASK_WAITS
            },
            public: "What the body asked and why, the decision, who decided it, your reason and your role.",
            private: "Your name, and who asked.",
            next: "It is published at once, a refusal too.",
            button: "Publish the decision",
            notice: "Decision recorded",
            ..Said::default()
        }
    }

    // What waits about a closed item can still be refused.
    fn refusal(item: &Item) -> Option<&'static str> {
        item.ask.is_none().then_some(words::NO_ASK_WAITS)
    }

    fn start(_: &Item, _: Day) -> Sent {
        Sent::default()
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let choices = [
            Choice::new(AskDecision::Granted.as_str(), "Grant it: the target date moves"),
            Choice::new(AskDecision::Refused.as_str(), "Refuse it: the target date stands"),
        ];
        let mut decision = sent.choices("decision", "What is decided?", choices, problems);
        if let Some(ask) = &item.ask {
            let line = asked(item, ask);
            decision = decision.hint(format!("{line}. It says: {}", ask.reason));
        }
        vec![
            Piece::Radios(decision),
            Piece::Line(
                sent.field("decided_by", "Who decided?", problems)
                    .hint("A committee or a post, such as “the Scrutiny Committee”. Never the name of a person."),
            ),
            Piece::Words(sent.field("reason", "Why?", problems).hint("Everybody will read it.")),
        ]
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let (decision, by) = (read.chosen::<AskDecision>("decision"), read.line("decided_by", ""));
        match (&item.ask, decision) {
            (Some(ask), Some(decision)) => {
                format!("{}. {}", asked(item, ask), words::ask_decision(decision, by.as_deref()))
            }
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        stands(item)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let decision = read.chosen("decision");
        let decided_by = read.line("decided_by", "Who decided");
        let reason = read.words("reason", "The reason");
        let act = read.told_to(act);
        let command = DecideAsk { addressee: answer.id, version: sent.version(), decision, decided_by, reason };
        state.service.decide_ask(act, command).await
    }
}
