//! `…/{body}/target`: the date that a body set for itself. It is never edited: the next one takes its place, with a reason.

use super::item::{Item, row};
use super::piece::{Piece, comparisons, yes_or_no};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, SetTarget};
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct TargetForm;

/// The date that stands.
fn standing(item: &Item) -> Option<Day> {
    item.answer.as_ref()?.target.as_ref()?.on
}

impl DeedForm for TargetForm {
    const DEED: Deed = Deed::RecordFact;

    fn said(item: &Item) -> Said {
        let heading = if standing(item).is_some() { "Move the target date" } else { "Set the target date" };
        Said {
            heading,
            lead: "By when will the body have done it, by its own word? The first date always stays beside the later ones.",
            public: "The date, who set it, how often it moved and why, the link and your role.",
            private: "Your name.",
            next: "It is published at once. When the date has passed without the body saying that it is done, that is noted.",
            button: "Publish the target date",
            notice: "Target date recorded",
        }
    }

    fn start(_: &Item, _: Day) -> Sent {
        Sent::default().filled("set_by_body", "yes").filled("corrects", "no")
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let body = item.answer.as_ref().map_or("the body", |answer| answer.body.short());
        let mut date = sent.date("on", "The target date", problems);
        if standing(item).is_some() {
            date = date.hint("Leave it empty where the body has taken its date back. For example, 27 3 2027.");
        }
        let mut by = sent.choices("set_by_body", "Who set it?", yes_or_no("The body asked", "Somebody else"), problems);
        if let Some(first) = by.choices.first_mut() {
            first.label = body.to_owned().into();
        }
        let moves = yes_or_no("The date recorded here was wrong: nobody moved it", "The date moves");
        let mut wrong =
            sent.choices("corrects", "Does the date move, or was it recorded here wrongly?", moves, problems);
        wrong.choices.reverse();
        let asked = standing(item).map(|_| Piece::Radios(wrong));
        let rest = vec![
            Piece::Date(date),
            Piece::Radios(by),
            Piece::Words(
                sent.field("reason", "Why is it set or moved, and who agreed?", problems)
                    .hint("Needed when the date moves, and when somebody else set it."),
            ),
            Piece::Link(sent.field("source_url", "Where can it be read?", problems).hint("The full web address.")),
            Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)),
        ];
        asked.into_iter().chain(rest).collect()
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let body = item.answer.as_ref().map_or("", |answer| answer.body.short());
        let by = if sent.get("set_by_body") == "no" { words::SOMEBODY } else { body };
        match (standing(item), Reading::of(sent).day("on")) {
            (Some(from), Some(to)) if sent.is_ticked("corrects") => {
                words::date_put_right(&words::target(to, by), Some(from))
            }
            (Some(from), Some(to)) => words::target_moved(from, to, by),
            (None, Some(on)) => words::target(on, by),
            (_, None) => words::target_pattern(by),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let Some(target) = item.answer.as_ref().and_then(|answer| answer.target.as_ref()) else {
            return vec![row("It stands as", words::NOTHING_RECORDED)];
        };
        let by = target.set_by.as_ref().map_or(words::SOMEBODY, |body| body.short());
        let mut rows =
            vec![row("Target date", target.on.map_or(words::TAKEN_BACK.to_owned(), |on| words::target(on, by)))];
        rows.extend(target.first_on.map(|first| row("First target", words::day(first))));
        rows.extend(words::times_moved(target.times_moved).map(|moved| row("Moves", moved)));
        rows
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let on = read.day("on");
        let reason = read.words("reason", "The reason");
        let source_url = read.link("source_url");
        let checked = read.choice("checked", "Choose how far you compared it with its source");
        if !read.problems.is_empty() {
            read.questions();
        }
        read.problems.into_result()?;
        let Some(checked) = checked else { return Err(super::lacking("checked")) };
        let command = SetTarget {
            addressee: answer.id,
            version: sent.version(),
            on,
            corrects: standing(item).is_some() && sent.is_ticked("corrects"),
            set_by_body: sent.is_ticked("set_by_body"),
            reason,
            source_url,
            checked,
        };
        state.service.set_target(act, command).await
    }
}
