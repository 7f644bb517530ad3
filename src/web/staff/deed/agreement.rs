//! `…/{body}/agreement`: what would show that an answer is done, as agreed with the body. Whoever closes it as done answers to it.

use super::item::{Item, readable, row};
use super::piece::Piece;
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Agree, Done};
use crate::store::withheld::Words;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct AgreementForm;

impl DeedForm for AgreementForm {
    const DEED: Deed = Deed::RecordFact;

    fn said(_: &Item) -> Said {
        Said {
            heading: "Agree what would show that it is done",
            lead: "What will the register look for before it closes this as done? Agree it with the body when the item is taken \
                   in, so that nobody has to guess later.",
            public: "What was agreed, the day on which it was, the day on which you record it, the reason for a change and your role.",
            private: "Your name.",
            next: "It is published at once. Without it nobody can close this answer as done, and whoever does says how it was shown.",
            button: "Publish what was agreed",
            notice: "What was agreed is recorded",
            ..Said::default()
        }
    }

    fn start(item: &Item, today: Day) -> Sent {
        let stands = readable(item.agreed.as_ref().map(|agreed| &agreed.words));
        Sent::default().filled("words", stands).filled_day("agreed_on", Some(today))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let hint = "Such as minutes of two inspections, or a test by somebody independent.";
        let day = sent.date("agreed_on", "When was it agreed?", problems);
        let mut pieces = vec![
            Piece::Words(sent.field("words", "What would show that it is done?", problems).hint(hint)),
            Piece::Date(day.hint("Where that was before today, everybody also reads that it was recorded here later.")),
        ];
        if item.agreed.is_some() {
            let why = sent.field("reason", "Why does it change, and who agreed to that?", problems);
            pieces.push(Piece::Words(why.hint("Everybody will read it.")));
        }
        pieces
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        match sent.get("words").trim() {
            "" => words::NOTHING_CHOSEN.to_owned(),
            said => format!("{}: {said}", words::AGREED),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let stands = item.agreed.as_ref().map_or_else(
            || words::NOTHING_RECORDED.to_owned(),
            |agreed| match &agreed.words {
                Words::Said(said) => words::agreed_on(agreed.agreed_on, agreed.recorded_later(), said),
                Words::Withheld(taken) => words::withheld_on(*taken),
            },
        );
        vec![row(words::AGREED, stands)]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let addressee = super::answer(item)?.id;
        let mut read = Reading::of(sent);
        let words = read.words("words", "What would show it");
        let agreed_on = read.day("agreed_on");
        let reason = read.words("reason", "The reason");
        let act = read.told_to(act);
        state.service.agree(act, Agree { addressee, version: sent.version(), words, agreed_on, reason }).await
    }
}

/// Asked of whoever closes as done, where something was agreed: how it was shown.
pub(super) fn shown(item: &Item, sent: &Sent, problems: &Problems) -> Option<Piece> {
    let Words::Said(agreed) = &item.agreed.as_ref()?.words else { return None };
    let hint = format!("For closing as done. It was agreed that this would show it: {agreed}");
    Some(Piece::Words(sent.field("shown", "How was it shown that it is done?", problems).hint(hint)))
}
