//! `…/{body}/deadline`: the day by which an answer is owed, and what became of it.

use super::item::{Item, row};
use super::piece::{Piece, comparisons};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::checked::Checked;
use crate::domain::deadline::{DeadlineAct, DeadlineKind};
use crate::domain::deadline_rule::{self, RULES};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, Owing, SetAnswerDue};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct AnswerDueForm;

/// What can be decided, in the words of the form, as far as it fits what stands.
fn possible(item: &Item) -> &'static [(&'static str, &'static str)] {
    if item.corrects_date.is_some() {
        return &[("wrong", "The day recorded here was wrong, or there was none")];
    }
    let answer = item.answer.as_ref();
    if answer.is_some_and(|answer| answer.response_due.is_some()) {
        return &[
            ("extended", "More time was given"),
            ("paused", "Time stopped, for example while a court looks at the recommendation"),
            ("wrong", "The day recorded here was wrong, or there was none"),
        ];
    }
    if item.paused.is_some() {
        return &[("resumed", "Time runs again"), ("wrong", "It was recorded here wrongly that time stopped")];
    }
    &[("by", "A date that somebody set"), ("under", "A rule of law")]
}

impl DeedForm for AnswerDueForm {
    const DEED: Deed = Deed::RecordFact;
    const CORRECTS_DATES: Option<DeadlineKind> = Some(DeadlineKind::Response);

    fn said(_: &Item) -> Said {
        Said {
            heading: "Set when an answer is owed",
            lead: "By when does the body owe an answer, to whom, and who says so? Where nobody set a day, there is none.",
            public: "The day, the rule, whom the answer is owed to, the reason, the link and your role.",
            private: "Your name.",
            next: "It is published at once. When the day has passed with no answer, and it was compared with its source, that is \
                   noted in public and stays in the timeline. More time and pauses are entries of their own.",
            button: "Publish this",
            notice: "When an answer is owed is recorded",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let made_on = item.made_on;
        let owed_to = item.owed_to.clone().unwrap_or_default();
        Sent::default().filled("owing", possible(item)[0].0).filled_day("from", made_on).filled("owed_to", owed_to)
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let possible = possible(item);
        let sets = possible.iter().any(|(value, _)| *value == "under");
        let owing = possible.iter().map(|(value, label)| Choice::new(*value, *label));
        let mut pieces = vec![
            Piece::Radios(sent.choices("owing", "What is recorded?", owing, problems)),
            Piece::Date(sent.date("on", "Which day?", problems).hint(if sets {
                "For a date that somebody set: the last day for the answer. For example, 27 3 2027."
            } else {
                "The new last day; or the day on which time stopped or runs again; of a day that was recorded wrongly, the right \
                 one, or none where there was none. For example, 27 3 2027."
            })),
        ];
        if sets {
            let rules = RULES.iter().map(|rule| Choice::new(rule.slug, words::rule_choice(rule)));
            let rules = std::iter::once(Choice::new("", "No rule: the date above")).chain(rules);
            pieces.push(Piece::Select(sent.choices("rule", "Which rule?", rules, problems)));
            pieces.push(Piece::Date(sent.date("from", "From which day does the rule count?", problems)));
        }
        if possible.iter().any(|(value, _)| *value == "extended") {
            let given = sent.date("given", "Where more time was given: on which day was that?", problems);
            pieces.push(Piece::Date(given.hint("The day of the decision, not of this entry. For example, 27 3 2027.")));
        }
        let owed = sent.field("owed_to", "Whom is the answer owed to?", problems);
        pieces.push(Piece::Line(owed.hint("An organisation or a post; never a private person.")));
        let reason = sent.field("reason", "Why, and who decided it?", problems);
        pieces.push(Piece::Words(reason.hint("Needed for everything but the first day. Everybody will read it.")));
        pieces.push(Piece::Link(
            sent.field("source_url", "Where can it be read?", problems).hint("The full web address."),
        ));
        pieces.push(Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let on = read.day("on");
        let by_rule = deadline_rule::find(sent.get("rule")).zip(read.day("from"));
        match (sent.get("owing"), on, by_rule) {
            ("by", Some(on), _) => words::due(DeadlineKind::Response, on),
            ("under", _, Some((rule, from))) => format!(
                "{}: {}",
                words::due(DeadlineKind::Response, rule.due(from)),
                words::reckoned(rule.slug, Some(from))
            ),
            ("extended", Some(on), _) => words::deadline_act(DeadlineAct::Extended, read.day("given"), Some(on)),
            ("paused", Some(on), _) => words::deadline_act(DeadlineAct::Paused, Some(on), None),
            ("resumed", Some(on), _) => words::deadline_act(DeadlineAct::Resumed, Some(on), None),
            ("wrong", Some(on), _) => {
                let stands = item.answer.as_ref().and_then(|answer| answer.response_due).map(|due| due.on);
                let was = item.corrects_date.as_ref().map_or(stands, |wrong| wrong.due_on);
                words::date_put_right(&words::due(DeadlineKind::Response, on), was)
            }
            ("wrong", None, _) => {
                format!("{}: {}", words::deadline_kind(DeadlineKind::Response), words::NO_SUCH_DATE)
            }
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let due = item.answer.as_ref().and_then(|answer| answer.response_due);
        let stands = match (due, &item.paused) {
            (Some(due), _) => words::due(DeadlineKind::Response, due.on),
            (None, Some(since)) => words::paused_since(*since),
            (None, None) => words::NOTHING_RECORDED.to_owned(),
        };
        vec![row("It stands as", stands)]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let (on, from) = (read.day("on"), read.day("from"));
        let rule = Some(sent.get("rule").to_owned()).filter(|rule| !rule.is_empty());
        let owing = match sent.get("owing") {
            "under" => Owing::Under(rule, from),
            "extended" => Owing::Extended(on, read.day("given")),
            "paused" => Owing::Paused(on),
            "resumed" => Owing::Resumed(on),
            "wrong" => Owing::Wrong(on),
            chosen => {
                if chosen != "by" {
                    read.problems.add("owing", "Choose what is recorded");
                }
                Owing::By(on)
            }
        };
        let owed_to = read.line("owed_to", "Whom it is owed to");
        let reason = read.words("reason", "The reason");
        let source_url = read.link("source_url");
        let checked = read.choice("checked", "Choose how far you compared it with its source");
        let act = read.told_to(act);
        let command = SetAnswerDue {
            addressee: answer.id,
            version: sent.version(),
            owing,
            wrong: item.corrects_date.as_ref().map(|wrong| wrong.id),
            owed_to,
            reason,
            source_url,
            // What was not chosen is a fault already, and nothing is published.
            checked: checked.unwrap_or(Checked::Unverified),
        };
        state.service.set_answer_due(act, command).await
    }
}
