//! `…/{body}/plan`: what a body that accepted means to do: which post, what, and by when.

use super::item::{Item, row};
use super::piece::{Piece, comparisons, yes_or_no};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::checked::Checked;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, RecordPlan};
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct PlanForm;

impl DeedForm for PlanForm {
    const DEED: Deed = Deed::RecordFact;

    fn said(_: &Item) -> Said {
        Said {
            heading: "Record the body’s plan",
            lead: "Which post of the body owns this, what is it to do, and by when? Until all three are known, everybody reads \
                   “no plan recorded here”.",
            public: "The post, what it is to do, the date, the reason, the link and your role.",
            private: "Your name.",
            next: "It is published at once. A new plan takes its place, with a reason, and this one stays in the timeline.",
            button: "Publish the plan",
            notice: "Plan recorded",
            ..Said::default()
        }
    }

    fn start(_: &Item, _: Day) -> Sent {
        Sent::default().filled("taken_back", "no")
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if item.plan.is_some() {
            let choices = yes_or_no("The body took its plan back", "A new plan takes the place of the one that stands");
            let mut asked = sent.choices("taken_back", "What is recorded?", choices, problems);
            asked.choices.reverse();
            pieces.push(Piece::Radios(asked));
        }
        let owner = sent.field("owner", "Which post owns it?", problems);
        pieces.push(Piece::Line(owner.hint("A post, such as “the harbour master”. Never the name of a person.")));
        pieces.push(Piece::Words(sent.field("action", "What is it to do?", problems)));
        pieces.push(Piece::Date(sent.date("on", "By when?", problems).hint("For example, 27 3 2027.")));
        if item.plan.is_some() {
            let reason = sent.field("reason", "Why does the plan change?", problems);
            pieces.push(Piece::Words(reason.hint("Everybody will read it.")));
        }
        pieces.push(Piece::Link(
            sent.field("source_url", "Where can it be read?", problems).hint("The full web address."),
        ));
        pieces.push(Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)));
        pieces
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        if sent.is_ticked("taken_back") {
            return words::PLAN_TAKEN_BACK.to_owned();
        }
        let mut read = Reading::of(sent);
        let (owner, action, on) = (read.line("owner", ""), read.words("action", ""), read.day("on"));
        match (owner, action, on) {
            (Some(owner), Some(action), Some(on)) => words::plan(&owner, &action, on),
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        vec![row("It stands as", item.plan.clone().unwrap_or_else(|| words::NOTHING_RECORDED.to_owned()))]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let owner = read.line("owner", "The post");
        let action = read.words("action", "What it is to do");
        let on = read.day("on");
        let reason = read.words("reason", "The reason");
        let source_url = read.link("source_url");
        let checked = read.choice("checked", "Choose how far you compared it with its source");
        let act = read.told_to(act);
        let command = RecordPlan {
            addressee: answer.id,
            version: sent.version(),
            taken_back: sent.is_ticked("taken_back"),
            owner,
            action,
            on,
            reason,
            source_url,
            // What was not chosen is a fault already, and nothing is published.
            checked: checked.unwrap_or(Checked::Unverified),
        };
        state.service.record_plan(act, command).await
    }
}
