//! `…/{number}/number`: another number for a recommendation.

use super::{Path, Place, RegisterForm, slug};
use crate::domain::address;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, Renumber};
use crate::store::recommendation::{self, RecommendationView};
use crate::store::{self, ReadTx, inquiry};
use crate::web::part::{Link, SummaryRow};
use crate::web::public::say;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::{Piece, yes_or_no};
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct NumberForm;

/// The recommendation, and whose numbers its inquiry has.
pub struct Item {
    view: RecommendationView,
    own_references: bool,
}

/// Where a form about a recommendation stands.
pub(super) fn place(view: &RecommendationView) -> Place {
    let one = &view.recommendation;
    let back = address::staff_recommendation(one.inquiry.slug.as_str(), &one.number);
    let mut place = Place::inquiry(&one.inquiry, one.version);
    place.crumbs.push(Link::new(back.clone(), format!("Recommendation {}", one.number)));
    Place { words: say::recommendation_of(one).words, back, ..place }
}

/// The recommendation that an address names.
pub(super) fn read(tx: &mut ReadTx<'_>, path: &Path) -> Result<RecommendationView, store::Error> {
    let number = path.number.as_deref().ok_or(store::Error::NotFound)?;
    recommendation::find(tx, &slug(path.inquiry.as_ref())?, number)
}

impl RegisterForm for NumberForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Item, store::Error> {
        let own_references = inquiry::find(tx, &slug(path.inquiry.as_ref())?)?.own_references;
        Ok(Item { view: read(tx, path)?, own_references })
    }

    fn place(item: &Item) -> Place {
        place(&item.view)
    }

    fn said(_: &Item) -> Said {
        Said {
            heading: "Change the number",
            lead: "Under which number does it stand from now on? The earlier number leads here for ever, and no other \
                   recommendation gets it.",
            public: "Both numbers, whose they are, the reason and your role.",
            private: "Your name.",
            next: "It is published at once. Pages of earlier days show the earlier number.",
            button: "Publish the number",
            notice: "Number changed",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        Sent::default()
            .filled("number", item.view.recommendation.number.clone())
            .filled("own_reference", if item.view.own_reference { "yes" } else { "no" })
    }

    fn pieces(_: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let number = sent.field("number", "Its number", problems);
        let whose = yes_or_no("Our own reference, because the source has none", "The source’s");
        vec![
            Piece::Line(number.hint("Letters, digits, dots and hyphens, such as 4 or 4a.")),
            Piece::Radios(sent.choices("own_reference", "Whose number is that?", whose, problems)),
            Piece::Words(sent.field("reason", "Why is it changed?", problems).hint("Everybody will read it.")),
        ]
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        match Reading::of(sent).line("number", "") {
            Some(number) if number != item.view.recommendation.number => {
                words::number_changed(&item.view.recommendation.number, &number)
            }
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        vec![row("Its number", item.view.recommendation.number.clone())]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = Renumber {
            recommendation: item.view.recommendation.id,
            version: sent.version(),
            number: read.line("number", "The number"),
            own_reference: sent.is_ticked("own_reference"),
            own_references: item.own_references,
            reason: read.words("reason", "The reason"),
        };
        state.service.renumber(read.told_to(act), command).await
    }
}
