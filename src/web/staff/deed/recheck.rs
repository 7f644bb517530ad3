//! `…/{body}/recheck`: when oversight looks again.

use super::item::{Item, row};
use super::piece::Piece;
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::deadline::DeadlineKind;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::recheck;
use crate::domain::words;
use crate::service::{self, Act, Done, SetRecheck};
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct RecheckForm;

fn stands(item: &Item) -> Option<String> {
    let due = item.answer.as_ref()?.recheck_due?;
    Some(words::due(DeadlineKind::Recheck, due.on))
}

impl DeedForm for RecheckForm {
    const DEED: Deed = Deed::RecordFact;

    fn said(_: &Item) -> Said {
        Said {
            heading: "Set when it is looked at again",
            lead: "After how many months from today does oversight look at this again?",
            public: "The days, the reason and your role.",
            private: "Your name.",
            next: "The days take the place of those that were set before. When one has come it stands on the list of what needs \
                   the register’s staff; when it has passed, everybody reads that it was not looked at lately.",
            button: "Publish the days",
            notice: "When it is looked at again is recorded",
            ..Said::default()
        }
    }

    fn start(_: &Item, _: Day) -> Sent {
        Sent::default().filled("look_again", recheck::in_form(&recheck::USUAL_MONTHS))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let again = sent.field("look_again", "After how many months is it looked at again?", problems);
        let reason = sent.field("reason", "Why?", problems);
        vec![
            Piece::Line(again.hint("Numbers of months from today with commas between them; empty for never.")),
            Piece::Words(if stands(item).is_some() {
                reason.hint("Needed, because days are set already.")
            } else {
                reason
            }),
        ]
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        match recheck::months(sent.get("look_again")) {
            Ok(months) if !months.is_empty() => words::look_again_after(&months),
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        vec![row("It stands as", stands(item).unwrap_or_else(|| words::NOTHING_RECORDED.to_owned()))]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let months = read.problems.take("look_again", recheck::months(sent.get("look_again"))).unwrap_or_default();
        let reason = read.words("reason", "The reason");
        let act = read.told_to(act);
        state
            .service
            .set_recheck(act, SetRecheck { addressee: answer.id, version: sent.version(), months, reason })
            .await
    }
}
