//! `…/{number}/link`: linking a recommendation to one of another inquiry, changing that, taking it back. What shares rare words
//! with it is suggested.

use super::number::{place as place_of, read as read_item};
use super::{MOST, Path, Place, RegisterForm};
use crate::domain::address;
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::tie::TieKind;
use crate::domain::words;
use crate::service::{self, Act, Done, SetTie, TiedTo, Wanted};
use crate::store::inquiry::InquiryName;
use crate::store::recommendation::{self, Recommendation, RecommendationView};
use crate::store::search::{self, Suggested};
use crate::store::tie::{self, Tie};
use crate::store::{self, ReadTx, inquiry};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::public::say;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::Piece;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// What is sent in the place of a kind where a link is taken back.
const TAKEN_BACK: &str = "none";

/// The form.
pub struct TieForm;

/// The recommendation, and what it can be linked to; or the link that is to be changed.
pub struct Item {
    view: RecommendationView,
    inquiries: Vec<InquiryName>,
    suggested: Suggested,
    standing: Option<Standing>,
}

/// A link that is to be changed, as it stands now.
struct Standing {
    /// How the two are linked; nothing once that was taken back.
    tie: Option<Tie>,
    other: Recommendation,
    /// The change that the form was made from.
    shown: i64,
}

impl Standing {
    fn line(&self, of: &Recommendation) -> Option<String> {
        self.tie.as_ref().map(|tie| line(tie, of, &self.other))
    }
}

impl Item {
    fn one(&self) -> &Recommendation {
        &self.view.recommendation
    }

    /// What people call the other one, as far as the form names it.
    fn other(&self, sent: &Sent) -> Option<String> {
        if let Some(standing) = &self.standing {
            return Some(named(&standing.other));
        }
        let (slug, number) = chosen(sent)?;
        let of = self.inquiries.iter().find(|one| one.slug.as_str() == slug)?;
        Some(words::tied_name(&of.short_title, number))
    }
}

fn named(one: &Recommendation) -> String {
    words::tied_name(&one.inquiry.short_title, &one.number)
}

/// What a suggestion sends: the inquiry and the number.
fn value(one: &Recommendation) -> String {
    format!("{}/{}", one.inquiry.slug, one.number)
}

/// The inquiry and the number that were chosen; a suggestion before what was typed.
fn chosen(sent: &Sent) -> Option<(&str, &str)> {
    let typed = (sent.get("inquiry"), sent.get("number").trim());
    sent.get("suggested")
        .split_once('/')
        .or(Some(typed))
        .filter(|(slug, number)| !slug.is_empty() && !number.is_empty())
}

/// A tie as a line: who says what of whom.
pub(in crate::web::staff) fn line(tie: &Tie, of: &Recommendation, other: &Recommendation) -> String {
    let (from, to) = if tie.from == of.id { (of, other) } else { (other, of) };
    words::tie_line(tie.kind, &named(from), &named(to))
}

impl RegisterForm for TieForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, row: Option<i64>) -> Result<Item, store::Error> {
        let view = read_item(tx, path)?;
        let id = view.recommendation.id;
        if let Some(shown) = row {
            // Whoever was overtaken finds the link as it stands now.
            let other = tie::tied_by(tx, id, Seq(shown))?;
            let tie = tie::between(tx, id, other)?;
            let other = recommendation::many(tx, vec![other])?.pop().ok_or(store::Error::NotFound)?;
            let standing = Some(Standing { tie, other, shown });
            return Ok(Item { view, inquiries: Vec::new(), suggested: Suggested::default(), standing });
        }
        let ties = tie::of(tx, &[id])?;
        let mut inquiries: Vec<InquiryName> = inquiry::list(tx, MOST)?.into_iter().map(|(name, _)| name).collect();
        inquiries.retain(|name| name.id != view.recommendation.inquiry.id);
        let tied: Vec<_> = ties.iter().map(|tie| tie.other(id)).collect();
        let suggested = search::alike(tx, &view.recommendation, &tied)?;
        Ok(Item { view, inquiries, suggested, standing: None })
    }

    fn place(item: &Item) -> Place {
        let corrects = item.standing.as_ref().map(|standing| {
            let seq = standing.tie.map_or(standing.shown, |tie| tie.seq.0);
            let line = standing.line(item.one()).unwrap_or_else(|| words::NOT_TIED.to_owned());
            (seq, seq, line)
        });
        Place { corrects, ..place_of(&item.view) }
    }

    fn said(item: &Item) -> Said {
        let (heading, lead, button, notice) = match &item.standing {
            None => (
                "Link to another recommendation",
                "What does this recommendation say of one of another inquiry?",
                "Publish the link",
                "Linked",
            ),
            Some(_) => (
                "Change or take back a link",
                "How are the two linked from now on, if they are at all?",
                "Publish what stands",
                "Link changed",
            ),
        };
        Said {
            link: None,
            heading,
            lead,
            public: "The link, the reason, the day and your role, on the pages of both and on that of their family.",
            private: "Your name.",
            next: "It is published at once, and is changed or taken back in the same way. Both stay in the timeline.",
            button,
            notice,
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let start = Sent::default();
        match &item.standing {
            Some(Standing { tie: Some(tie), .. }) if tie.from == item.one().id => {
                start.filled("kind", tie.kind.as_str())
            }
            _ => start,
        }
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if item.standing.is_none() {
            pieces.extend(suggestions(item, sent, problems));
            let each = item.inquiries.iter().map(|one| Choice::new(one.slug.to_string(), one.short_title.clone()));
            let each = std::iter::once(Choice::new("", "Choose an inquiry")).chain(each);
            let which = sent.choices("inquiry", "Which inquiry made the other one?", each, problems);
            let instead = match &item.suggested {
                Suggested { alike, .. } if !alike.is_empty() => None,
                Suggested { some_are_tied: true, .. } => Some(words::ALIKE_ARE_LINKED),
                Suggested { .. } => Some(words::NOTHING_LIKE_IT),
            };
            pieces.push(Piece::Select(match instead {
                Some(said) => which.hint(said),
                None => which,
            }));
            let number = sent.field("number", "Its number there", problems);
            pieces.push(Piece::Line(number.hint("Leave both empty if you chose a suggestion.")));
        }
        let kinds = TieKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), words::tie_kind(*kind)));
        let back = item.standing.is_some().then(|| Choice::new(TAKEN_BACK, "They are not linked: take the link back"));
        let asked = sent.choices("kind", "How are they linked?", kinds.chain(back), problems);
        pieces.push(Piece::Radios(
            asked.hint(
                "Anything but \u{201c}May be related\u{201d} needs both to have been compared with their sources. That one is for \
                 two of which one was not.",
            ),
        ));
        let reason = sent.field("reason", "Why?", problems);
        pieces.push(Piece::Words(reason.hint("Everybody will read it. Say what in the words of both it rests on.")));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let kind = Reading::of(sent).chosen::<TieKind>("kind");
        match (item.other(sent), kind, &item.standing) {
            (Some(other), Some(kind), _) => words::tie_published(kind, &named(item.one()), &other, true),
            (Some(_), None, Some(Standing { tie: Some(tie), other, .. })) if sent.get("kind") == TAKEN_BACK => {
                let (from, to) = if tie.from == item.one().id { (item.one(), other) } else { (other, item.one()) };
                words::tie_published(tie.kind, &named(from), &named(to), false)
            }
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let line = item.standing.as_ref().and_then(|standing| standing.line(item.one()));
        vec![row("The link", line.unwrap_or_else(|| words::NOT_TIED.to_owned()))]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let to = match (&item.standing, chosen(sent)) {
            (Some(standing), _) => TiedTo::By(standing.shown),
            (None, Some((slug, number))) => match slug.parse() {
                Ok(slug) => TiedTo::Named(slug, number.to_owned()),
                Err(_) => TiedTo::Nothing,
            },
            (None, None) => TiedTo::Nothing,
        };
        let wanted = match sent.get("kind") {
            TAKEN_BACK if item.standing.is_some() => Wanted::TakenBack,
            _ => Wanted::Kind(read.chosen("kind")),
        };
        let command = SetTie {
            recommendation: item.one().id,
            version: sent.version(),
            to,
            wanted,
            reason: read.words("reason", "The reason"),
        };
        state.service.set_tie(read.told_to(act), command).await
    }
}

/// What shares rare words with it, to choose from.
fn suggestions(item: &Item, sent: &Sent, problems: &Problems) -> Option<Piece> {
    if item.suggested.alike.is_empty() {
        return None;
    }
    let each = item.suggested.alike.iter().map(|alike| {
        let one = &alike.recommendation;
        Choice::new(value(one), say::recommendation_of(one).words).hint(words::shares_words(&alike.words))
    });
    let each = each.chain([Choice::new("", "Another one, named below")]);
    let asked = sent.choices("suggested", "Is it one of these?", each, problems);
    Some(Piece::Radios(asked.hint(words::SUGGESTION_IS_NO_FINDING)))
}

/// Where a link of a recommendation is changed.
pub(in crate::web::staff) fn change_of(one: &Recommendation, tie: &Tie) -> String {
    format!("{}/link?row={}", address::staff_recommendation(one.inquiry.slug.as_str(), &one.number), tie.seq)
}
