//! `…/{inquiry}/schedule`: how often updates are due, for all answers of an inquiry at once.

use super::{Path, Place, RegisterForm, slug};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, ScheduleInquiry, can_be_asked};
use crate::store::inquiry::{self, InquiryView};
use crate::store::present::{AddresseeRow, rows_of_inquiry};
use crate::store::{self, ReadTx, deadline};
use crate::web::part::SummaryRow;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::{Piece, yes_or_no};
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct ScheduleForm;

/// The inquiry with its answers.
pub struct Item {
    view: InquiryView,
    rows: Vec<AddresseeRow>,
    last: i64,
}

impl Item {
    fn open(&self) -> impl Iterator<Item = &AddresseeRow> {
        self.rows.iter().filter(|row| can_be_asked(row))
    }

    fn scheduled(&self) -> usize {
        self.open().filter(|row| row.return_due_on.is_some() || row.return_every.is_some()).count()
    }
}

impl RegisterForm for ScheduleForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Item, store::Error> {
        let view = inquiry::find(tx, &slug(path.inquiry.as_ref())?)?;
        let last = deadline::last_return(tx, view.name.id)?;
        Ok(Item { rows: rows_of_inquiry(tx, view.name.id)?, last, view })
    }

    fn place(item: &Item) -> Place {
        Place::inquiry(&item.view.name, item.last)
    }

    fn said(_: &Item) -> Said {
        Said {
            heading: "Set when updates are asked for, for the whole inquiry",
            lead: "When are the bodies next asked for updates, and how often after that?",
            public: "The first date, how often, the reason and your role, beside each answer.",
            private: "Your name, and the mails that remind the bodies’ people.",
            next: "It is one change for every open answer that it is known a body was asked for. Closed answers, answers of bodies \
                   only likely asked, and recommendations under a hold of their own are left out.",
            button: "Publish the schedule",
            notice: "Schedule recorded",
            ..Said::default()
        }
    }

    fn start(_: &Item, _: Day) -> Sent {
        Sent::default().filled("which", "yes")
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let which = yes_or_no(
            "Only answers that have no schedule yet",
            "All open answers: a new schedule takes the place of the one that stands",
        );
        let months = sent.field("every_months", "Every how many months after that?", problems);
        let mut pieces = vec![
            Piece::Radios(sent.choices("which", "For which answers?", which, problems)),
            Piece::Date(sent.date("next_on", "The first date", problems).hint("For example, 27 3 2027.")),
            Piece::Number(months.hint("Leave it empty to ask this once.")),
        ];
        let reason = sent.field("reason", "Why?", problems);
        pieces.push(Piece::Words(if item.scheduled() > 0 {
            reason.hint("Needed where it takes the place of a schedule. Everybody will read it.")
        } else {
            reason.hint("Everybody will read it.")
        }));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let (next, months) = (read.day("next_on"), read.number("every_months", ""));
        if next.is_none() {
            return words::NOTHING_CHOSEN.to_owned();
        }
        let all = item.open().count();
        let answers = if sent.is_ticked("which") { all - item.scheduled() } else { all };
        words::schedule_of_inquiry(answers as u64, &words::schedule(months, next))
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let open = item.open().count() as u64;
        let said = words::out_of(item.scheduled() as u64, open);
        vec![row("Open answers with a schedule", said)]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = ScheduleInquiry {
            inquiry: item.view.name.slug.clone(),
            shown: sent.version(),
            next_on: read.day("next_on"),
            every_months: read.number("every_months", "Enter a number of months, such as 6"),
            only_new: sent.is_ticked("which"),
            reason: read.words("reason", "The reason"),
        };
        state.service.schedule_inquiry(read.told_to(act), command).await
    }
}
