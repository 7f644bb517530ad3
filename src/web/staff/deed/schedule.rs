//! `…/{body}/schedule`: when updates are asked for.

use super::item::{Item, row};
use super::piece::Piece;
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, SetSchedule};
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct ScheduleForm;

impl DeedForm for ScheduleForm {
    const DEED: Deed = Deed::RecordFact;

    fn said(_: &Item) -> Said {
        Said {
            heading: "Set when updates are asked for",
            lead: "When is the body next asked for an update, and how often after that?",
            public: "The next date, how often, the reason and your role.",
            private: "Your name, and the mails that remind the body's people.",
            next: "The body's contributors are reminded before and after the date. When it passes with nothing received, that \
                   is noted in public.",
            button: "Publish the schedule",
            notice: "Schedule recorded",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let Some(answer) = &item.answer else { return Sent::default() };
        Sent::default()
            .filled_day("next_on", answer.return_due.map(|due| due.on))
            .filled("every_months", answer.return_every.map(|months| months.to_string()).unwrap_or_default())
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let is_set = item.answer.as_ref().is_some_and(|one| one.return_due.is_some() || one.return_every.is_some());
        let months = sent.field("every_months", "Every how many months after that?", problems);
        let reason = sent.field("reason", "Why?", problems);
        vec![
            Piece::Date(sent.date("next_on", "The next date", problems).hint(if is_set {
                "Clear the date and the months to end the schedule. For example, 27 3 2027."
            } else {
                "For example, 27 3 2027."
            })),
            Piece::Number(months.hint("Leave it empty to ask this once.")),
            Piece::Words(if is_set { reason.hint("Needed, because there is a schedule already.") } else { reason }),
        ]
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let months = read.number("every_months", "");
        words::schedule(months, read.day("next_on"))
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let Some(answer) = &item.answer else { return Vec::new() };
        vec![row("It stands as", words::schedule(answer.return_every, answer.return_due.map(|due| due.on)))]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let next_on = read.day("next_on");
        let every_months = read.number("every_months", "Enter a number of months, such as 6");
        let reason = read.words("reason", "The reason");
        let act = read.told_to(act);
        let command = SetSchedule { addressee: answer.id, version: sent.version(), next_on, every_months, reason };
        state.service.set_schedule(act, command).await
    }
}
