//! `…/{body}/target`: the date that a body set for itself. It is never edited: the next one takes its place, with a reason.

use super::item::{Item, row};
use super::piece::{Piece, comparisons, yes_or_no};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, SetBy, SetTarget};
use crate::store::body::BodyName;
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct TargetForm;

/// What the list of bodies says for everybody who is not on it.
const OTHER: &str = "other";

/// The body that was chosen as the one that set it.
fn setter<'a>(item: &'a Item, sent: &Sent) -> Option<&'a BodyName> {
    let asked = item.answer.as_ref().map(|answer| &answer.body);
    asked.into_iter().chain(&item.bodies).find(|body| body.slug.as_str() == sent.get("set_by"))
}

/// Whether a target was ever set, also where it was taken back.
fn has_target(item: &Item) -> bool {
    item.answer.as_ref().is_some_and(|answer| answer.target.is_some())
}

/// Whether a date is put right that was recorded wrongly: an earlier entry, or the one that stands.
fn puts_right(item: &Item, sent: &Sent) -> bool {
    item.corrects_date.is_some() || (has_target(item) && sent.is_ticked("corrects"))
}

/// The date that stands.
fn standing(item: &Item) -> Option<Day> {
    item.answer.as_ref()?.target.as_ref()?.on
}

impl DeedForm for TargetForm {
    const DEED: Deed = Deed::RecordFact;
    const CORRECTS_DATES: Option<DeadlineKind> = Some(DeadlineKind::Target);

    fn said(item: &Item) -> Said {
        let heading = match (&item.corrects_date, standing(item)) {
            (Some(_), _) => "Correct a target date",
            (None, Some(_)) => "Move the target date",
            (None, None) => "Set the target date",
        };
        Said {
            heading,
            lead: "By when will the body have done it, by its own word? The first date always stays beside the later ones.",
            public: "The date, who set it, how often it moved and why, the link and your role.",
            private: "Your name.",
            next: "It is published at once. When the date has passed without the body saying that it is done, that is noted.",
            button: "Publish the target date",
            notice: "Target date recorded",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let Some(answer) = &item.answer else { return Sent::default() };
        if let Some(wrong) = &item.corrects_date {
            let setter = wrong.set_by.as_ref().map_or(OTHER.to_owned(), |body| body.slug.to_string());
            let name = wrong.set_by_words.clone().unwrap_or_default();
            let sent = Sent::default().filled("set_by", setter).filled("set_by_words", name);
            return sent.filled_day("on", wrong.due_on);
        }
        let setter = match &answer.target {
            Some(target) => target.set_by.as_ref().map_or(OTHER.to_owned(), |body| body.slug.to_string()),
            None => answer.body.slug.to_string(),
        };
        Sent::default().filled("set_by", setter).filled("corrects", "no")
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let asked = item.answer.as_ref().map(|answer| &answer.body);
        let others = item.bodies.iter().filter(|body| asked.is_none_or(|asked| asked.id != body.id));
        let setters = asked.into_iter().chain(others).map(|body| Choice::new(body.slug.to_string(), body.name.clone()));
        let setters = setters.chain([Choice::new(OTHER, "Somebody else")]);
        let mut date = sent.date("on", "The target date", problems);
        if item.corrects_date.is_some() {
            date = date.hint("The right date. Leave it empty where there was no such date. For example, 27 3 2027.");
        } else if standing(item).is_some() {
            date = date.hint("Leave it empty where the body has taken its date back. For example, 27 3 2027.");
        }
        let moves = match standing(item) {
            Some(_) => yes_or_no("The date recorded here was wrong: nobody moved it", "The date moves"),
            None => yes_or_no("Nobody took the date back: that was recorded wrongly", "A new date is set"),
        };
        let question = match standing(item) {
            Some(_) => "Does the date move, or was it recorded here wrongly?",
            None => "Is this a new date, or was the taking back recorded here wrongly?",
        };
        let mut wrong = sent.choices("corrects", question, moves, problems);
        wrong.choices.reverse();
        // Which entry is corrected is settled by the way to this form.
        let asked = (has_target(item) && item.corrects_date.is_none()).then_some(Piece::Radios(wrong));
        let rest =
            vec![
                Piece::Date(date),
                Piece::Select(sent.choices("set_by", "Who set it?", setters, problems)),
                Piece::Line(sent.field("set_by_words", "If somebody else: who?", problems).hint(
                    "An organisation or a post, such as \u{201c}the Home Office\u{201d}; never a private person.",
                )),
                Piece::Words(
                    sent.field("reason", "Why is it set or moved?", problems)
                        .hint("Needed when the date moves or was wrong."),
                ),
                Piece::Line(sent.field("agreed_by", "Who agreed to it?", problems).hint(
                    "Needed when the date moves. A committee, a post or an organisation, or \u{201c}nobody\u{201d}; never a private person.",
                )),
                Piece::Link(sent.field("source_url", "Where can it be read?", problems).hint("The full web address.")),
                Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)),
            ];
        let passed = (problems.at("passed").is_some() || sent.is_ticked("passed")).then(|| {
            let tick = Choice::new("yes", "It has passed, and this is the date that was set");
            Piece::Boxes(sent.choices("passed", "The date has passed already", [tick], problems))
        });
        asked.into_iter().chain(rest).chain(passed).collect()
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let known = setter(item, sent).map(|body| body.short());
        let other = Some(sent.get("set_by_words").trim()).filter(|name| !name.is_empty());
        let Some(by) = known.or(other) else { return words::NOTHING_CHOSEN.to_owned() };
        let wrong = item.corrects_date.as_ref();
        match (wrong.map_or_else(|| standing(item), |wrong| wrong.due_on), Reading::of(sent).day("on")) {
            (None, Some(on)) if wrong.is_some() => words::date_put_right(&words::target(on, by), None),
            (Some(from), Some(to)) if puts_right(item, sent) => {
                words::date_put_right(&words::target(to, by), Some(from))
            }
            (Some(from), Some(to)) => words::target_moved(from, to, by),
            (None, Some(on)) => words::target(on, by),
            (_, None) if puts_right(item, sent) => {
                format!("{}: {}", words::deadline_kind(DeadlineKind::Target), words::NO_SUCH_DATE)
            }
            (Some(from), None) if !sent.get("version").is_empty() => words::target_taken_back(Some(from), by),
            (_, None) => words::NOTHING_CHOSEN.to_owned(),
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
        let agreed_by = read.line("agreed_by", "Who agreed");
        let source_url = read.link("source_url");
        let checked = read.choice("checked", "Choose how far you compared it with its source");
        let name = read.line("set_by_words", "The name");
        let set_by = match setter(item, sent) {
            Some(body) => SetBy::Body(body.id),
            None if sent.get("set_by") == OTHER => SetBy::Other(name),
            None => {
                read.problems.add("set_by", "Choose who set the target");
                SetBy::Other(name)
            }
        };
        let act = read.told_to(act);
        let command = SetTarget {
            addressee: answer.id,
            version: sent.version(),
            on,
            corrects: puts_right(item, sent),
            passed: sent.is_ticked("passed"),
            wrong: item.corrects_date.as_ref().map(|wrong| wrong.id),
            set_by,
            reason,
            agreed_by,
            source_url,
            // What was not chosen is a fault already, and nothing is published.
            checked: checked.unwrap_or(Checked::Unverified),
        };
        state.service.set_target(act, command).await
    }
}
