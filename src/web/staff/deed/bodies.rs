//! `…/{number}/bodies`: putting a recommendation to a body.

use super::item::{Item, row};
use super::piece::{Piece, asked_degrees};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::checked::Checked;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, PutToBody};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct BodiesForm;

impl DeedForm for BodiesForm {
    const DEED: Deed = Deed::RecordFact;

    fn said(_: &Item) -> Said {
        Said {
            heading: "Put it to a body",
            lead: "Which body was this recommendation put to, and who says so? From today this register listens for its answer. \
                   Where it was only likely until now, choose the body again and say how it is known.",
            public: "The body, how it is known that it was asked, the reason and your role.",
            private: "Your name.",
            next: "It is published at once. What passed before today is never held against the body.",
            button: "Publish that it was put to this body",
            notice: "Body asked recorded",
            ..Said::default()
        }
    }

    fn start(_: &Item, _: Day) -> Sent {
        Sent::default()
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let free = item.bodies.iter().filter(|body| !item.asked.contains(&body.id));
        let bodies = free.map(|body| Choice::new(body.slug.to_string(), body.name.clone()));
        let bodies = std::iter::once(Choice::new("", "Choose a body")).chain(bodies);
        vec![
            Piece::Select(sent.choices("body", "Which body?", bodies, problems)),
            Piece::Radios(sent.choices("checked", "How is it known?", asked_degrees(), problems)),
            Piece::Words(sent.field("reason", "Where is it said that it was put to this body?", problems)),
            Piece::Words(
                sent.field("agreed", "What would show that it is done? (optional)", problems)
                    .hint("If that is agreed with the body already. It can be agreed later. Everybody will read it."),
            ),
        ]
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        let Some(checked) = Reading::of(sent).choice("checked", "") else { return words::NOTHING_CHOSEN.to_owned() };
        words::addressee_checked(checked).to_owned()
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        vec![row("Last changed", words::day(item.view.changed_on))]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let body = item.bodies.iter().find(|body| body.slug.as_str() == sent.get("body"));
        if body.is_none() {
            read.problems.add("body", "Choose a body");
        }
        let checked = read.choice("checked", "Choose how it is known");
        let reason = read.words("reason", "The reason");
        let agreed = read.words("agreed", "What would show it");
        let act = read.told_to(act);
        // Without a body there is nothing to ask the deed about: what else is missing is said here.
        let Some(body) = body else {
            let mut missing = act.questions.problems();
            if reason.is_none() {
                missing.add("reason", "Enter where it is said that the recommendation was put to this body");
            }
            return Err(act.faults.and(missing).into());
        };
        let checked = checked.unwrap_or(Checked::Unverified);
        let command = PutToBody {
            recommendation: item.one().id,
            version: sent.version(),
            body: body.id,
            checked,
            reason,
            agreed,
        };
        state.service.put_to_body(act, command).await
    }
}
