//! `…/{body}/minute`: what a meeting decided about an answer. A draft gives way to what is approved; an approved minute is put right
//! in the open.

use super::item::{Item, minute_line, readable, row};
use super::piece::Piece;
use super::{DeedForm, Said, question};
use crate::domain::access::Deed;
use crate::domain::fairness::{Approval, Decided};
use crate::domain::moment::Day;
use crate::domain::pack::AnswerTo;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, RecordMinute};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct MinuteForm;

impl DeedForm for MinuteForm {
    const DEED: Deed = Deed::RecordFact;
    const CORRECTS_MINUTES: bool = true;

    fn said(_: &Item) -> Said {
        Said {
            heading: "Minute what a meeting decided",
            lead: "What was decided about this item, by whom, and where do the minutes say so?",
            public: "Who decided, when, the minute, whether it is approved, the question that it answers, the words, the link and \
                     your role.",
            private: "Your name.",
            next: "It is published at once as a dated record, and sets none of the four facts. A draft stays in the timeline \
                   beside the approved minute that takes its place; an approved minute that was wrong is corrected by another.",
            button: "Publish the minute",
            notice: "Minute recorded",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let Some(earlier) = &item.corrects_minute else { return Sent::default() };
        let sent = Sent::default()
            .filled_day("decided_on", earlier.happened.day)
            .filled("words", readable(Some(&earlier.words)))
            .filled("source_url", earlier.source_url.clone().unwrap_or_default())
            .filled("approval", Approval::Approved.as_str());
        let sent = match earlier.minute.as_ref().and_then(|minute| minute.question.as_deref()) {
            Some(asked) => sent.filled(question::NAME, question::sent_as(asked)),
            None => sent,
        };
        match earlier.minute.as_ref().and_then(|minute| minute.decided.as_ref()) {
            Some(decided) => sent
                .filled("decided_by", decided.by.clone())
                .filled("minute_ref", decided.minute.clone().unwrap_or_default()),
            None => sent,
        }
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let states = Approval::ALL.iter().copied();
        let states = states.map(|state| {
            let approved = state == Approval::Approved;
            Choice::new(state.as_str(), if approved { "Approved" } else { "A draft, not approved yet" })
        });
        let by = sent.field("decided_by", "Who decided?", problems);
        let minute = sent.field("minute_ref", "Where do the minutes say so?", problems);
        let mut pieces = vec![
            Piece::Line(
                by.hint("A post or a committee, such as \u{201c}the Scrutiny Committee\u{201d}; never a person."),
            ),
            Piece::Date(sent.date("decided_on", "When was it decided?", problems).hint("For example, 12 3 2027.")),
            Piece::Line(minute.hint("Such as \u{201c}12\u{201d} or \u{201c}12 of 12 March 2027\u{201d}.")),
            Piece::Radios(sent.choices("approval", "How does the minute stand?", states, problems)),
        ];
        pieces.extend(question::piece(item, sent, problems));
        pieces.extend([
            Piece::Words(
                sent.field("words", "What was decided, or answered?", problems).hint("Everybody will read it."),
            ),
            Piece::Link(sent.field("source_url", "Where can it be read? (optional)", problems)),
        ]);
        if item.corrects_minute.is_some() && !item.replaces_draft() {
            let why = sent.field("correction", "Why was the earlier entry wrong?", problems);
            pieces.push(Piece::Words(why.hint("Everybody will read it.")));
        }
        pieces
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let (by, on, minute) = (read.line("decided_by", ""), read.day("decided_on"), read.line("minute_ref", ""));
        match (by, read.words("words", "")) {
            (Some(by), Some(said)) => {
                let decided = Decided { by, on, minute, approval: read.chosen("approval") };
                let asked = match question::chosen(sent) {
                    Some(AnswerTo::Question(words)) => Some(words),
                    _ => None,
                };
                words::and_then(&words::minuted(&decided, asked.as_deref()), &said)
            }
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let standing = item.minutes.iter().filter(|one| one.minute.as_ref().is_some_and(|minute| minute.stands()));
        let rows: Vec<SummaryRow> = standing.map(|one| row("Minuted", minute_line(one))).collect();
        if rows.is_empty() { vec![row("Minuted", words::NOTHING_RECORDED)] } else { rows }
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let command = RecordMinute {
            addressee: super::answer(item)?.id,
            version: sent.version(),
            decided_by: read.line("decided_by", "Who decided"),
            decided_on: read.day("decided_on"),
            minute_ref: read.line("minute_ref", "The minute"),
            approval: read.chosen("approval"),
            answers: question::chosen(sent),
            words: read.words("words", "What was decided"),
            source_url: read.link("source_url"),
            earlier: item.corrects_minute.as_ref().map(|row| row.id),
            correction: read.words("correction", "Why the earlier entry was wrong"),
        };
        state.service.record_minute(read.told_to(act), command).await
    }
}
