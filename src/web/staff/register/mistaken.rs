//! `…/{number}/in-error`: a recommendation entered in error, or not after all.

use super::number::{place, read};
use super::{Path, Place, RegisterForm};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, FindMistaken};
use crate::store::entry::{self, Counting};
use crate::store::recommendation::RecommendationView;
use crate::store::{self, ReadTx};
use crate::web::part::SummaryRow;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::Piece;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The way to the form, as the page of a recommendation names it: one way or the other.
#[must_use]
pub const fn heading(in_error: bool) -> &'static str {
    if in_error { "This recommendation was no error" } else { "This recommendation was entered in error" }
}

/// The form.
pub struct MistakenForm;

/// The recommendation, and what of it counts still.
pub struct Item {
    view: RecommendationView,
    counting: Counting,
}

impl Item {
    const fn is_in_error(&self) -> bool {
        self.view.recommendation.in_error
    }
}

impl RegisterForm for MistakenForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Item, store::Error> {
        let view = read(tx, path)?;
        Ok(Item { counting: entry::counting(tx, view.recommendation.id)?, view })
    }

    fn place(item: &Item) -> Place {
        place(&item.view)
    }

    fn said(item: &Item) -> Said {
        let lead = if item.is_in_error() {
            "Did the inquiry make this recommendation after all? Then it counts again from today, as put to nobody that is \
             known, until an answer is opened again or it is put to a body."
        } else {
            "Did the inquiry make no such recommendation, or does it stand here twice? Then it leaves every number and list, \
             and stays readable. If only the body was wrong, close that body\u{2019}s answer instead, and put it to the right one: \
             the recommendation stays in every number."
        };
        Said {
            heading: heading(item.is_in_error()),
            lead,
            public: "That it was entered in error, or was not, the day, the reason and your role.",
            private: "Your name.",
            next: "It is published at once, and is taken back in the same way. Pages of earlier days show it as it stood then.",
            button: "Publish the decision",
            notice: "Decision recorded",
            ..Said::default()
        }
    }

    fn start(_: &Item, _: Day) -> Sent {
        Sent::default()
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        // Sent with the form, so that one which was overtaken does not decide the opposite.
        let to = Piece::Settled("in_error", if item.is_in_error() { "no" } else { "yes" });
        let reason = sent.field("reason", "Why?", problems);
        let first = words::counts_still(&item.counting.bodies, &item.counting.parts).filter(|_| !item.is_in_error());
        let hint = first.map_or_else(|| "Everybody will read it.".to_owned(), |first| format!("{first}."));
        vec![to, Piece::Words(reason.hint(hint))]
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        words::mistaken(sent.is_ticked("in_error")).to_owned()
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let stands = if item.is_in_error() { words::IN_ERROR } else { "It counts" };
        vec![row("This recommendation", stands.to_owned())]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = FindMistaken {
            recommendation: item.view.recommendation.id,
            version: sent.version(),
            in_error: sent.is_ticked("in_error"),
            reason: read.words("reason", "The reason"),
        };
        state.service.find_mistaken(read.told_to(act), command).await
    }
}
