//! `…/{number}/division`: dividing a recommendation that has answers already into lettered parts, in the open.

use super::number::{place, read};
use super::{Path, Place, RegisterForm};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::licence::{Language, Licence};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::part;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Divide, Done, field_of};
use crate::store::addressee::{self, Answer};
use crate::store::recommendation::RecommendationView;
use crate::store::{self, ReadTx};
use crate::web::form::{Choice, Field};
use crate::web::part::SummaryRow;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::{Piece, rights, wording_degrees, yes_or_no};
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct DivisionForm;

/// The recommendation, with the answers to the whole that count.
pub struct Item {
    view: RecommendationView,
    answers: Vec<Answer>,
}

impl RegisterForm for DivisionForm {
    type Item = Item;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Item, store::Error> {
        let view = read(tx, path)?;
        let answers = addressee::of_recommendation(tx, view.recommendation.id)?;
        Ok(Item { view, answers: answers.into_iter().filter(Answer::is_counted).collect() })
    }

    fn place(item: &Item) -> Place {
        place(&item.view)
    }

    fn said(_: &Item) -> Said {
        Said {
            heading: "Divide into parts",
            lead: "Does it ask for several things that are answered apart? Each becomes a part with its own answers. Answers to the \
                   whole keep their history and their addresses, and are closed as followed in the parts, which count in their place.",
            public: "Everything on this form, and your role.",
            private: "Your name. Words that wait for another person are private until they are published.",
            next: "It is published at once, as one change. Pages of earlier days show the recommendation as it was. What a body reported \
                   and what was found of the whole stay with the whole: nothing is reported or found of a part yet. The report\u{2019}s own \
                   words, and words compared with the source, wait for another person.",
            button: "Publish the division",
            notice: "Divided into parts",
            ..Said::default()
        }
    }

    fn start(item: &Item, today: Day) -> Sent {
        let one = &item.view.recommendation;
        Sent::default()
            .filled("source_url", one.source_url.clone().unwrap_or_default())
            .filled_day("compared_on", Some(today))
            .filled("language", one.rights.language.map_or("", Language::as_str))
            .filled("licence", one.rights.licence.map_or("", Licence::as_str))
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let kinds =
            [TextKind::Verbatim, TextKind::Summary].map(|kind| Choice::new(kind.as_str(), words::text_kind(kind)));
        let parts = sent.field("parts", "The parts", problems).hint(
            "Each begins with its letter, a space and a short title on one line; its words follow on the next lines. An empty line \
             ends it.",
        );
        let mut pieces = vec![
            Piece::Words(parts),
            Piece::Radios(sent.choices("text_kind", "Whose words are these?", kinds, problems)),
            Piece::Radios(sent.choices("checked", "How far were they compared?", wording_degrees(), problems)),
            Piece::Link(sent.field("source_url", "Where can they be read?", problems).hint("The page of the source.")),
            Piece::Date(sent.date("compared_on", "When were they compared?", problems)),
        ];
        for answer in &item.answers {
            let name = field_of(answer.body.slug.as_str());
            let field = Field::new(name.clone(), format!("Which parts does {} answer?", answer.body.name));
            let hint = match answer.lifecycle.value {
                Lifecycle::Closed => {
                    "Their letters, such as a, c. Left empty, its answer to the whole stays as it was closed."
                }
                _ => "Their letters, such as a, c.",
            };
            pieces.push(Piece::Line(field.hint(hint).value(sent.get(&name)).checked(problems)));
        }
        if !item.answers.is_empty() {
            let anew =
                yes_or_no("Record it anew on each of its parts, as given to the whole", "Leave it with the whole");
            pieces.push(Piece::Radios(
                sent.choices("answers_anew", "What becomes of what each body answered?", anew, problems).hint(format!(
                    "An answer under consideration goes with the day by which it will be decided. {}",
                    words::ANSWERS_THAT_STAY
                )),
            ));
            let dates = yes_or_no(
                "Set those that have not passed anew on the parts, with the reason",
                "Leave them in the history of the whole",
            );
            pieces.push(Piece::Radios(
                sent.choices("dates_anew", "What becomes of its dates?", dates, problems).hint(format!(
                    "Targets, and days by which answers and updates are owed. {}",
                    words::DATES_THAT_STAY
                )),
            ));
        }
        let reason = sent.field("reason", "Why is it divided?", problems);
        pieces.push(Piece::Words(reason.hint("Everybody will read it.")));
        pieces.extend(rights(sent, problems));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let whole = &item.view.recommendation.number;
        match part::drafts(whole, sent.get("parts")) {
            Ok(drafts) => {
                let letters: Vec<&str> = drafts.iter().map(|draft| draft.letter.as_str()).collect();
                words::divided_into(whole, &letters, sent.is_ticked("answers_anew"), sent.is_ticked("dates_anew"))
            }
            Err(_) => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let bodies: Vec<&str> = item.answers.iter().map(|answer| answer.body.name.as_str()).collect();
        let parts: Vec<&str> = item.view.parts.iter().map(|one| one.number.as_str()).collect();
        let said = |names: &[&str]| if names.is_empty() { "None".to_owned() } else { words::list(names) };
        vec![row("Answers to the whole", said(&bodies)), row("Its parts", said(&parts))]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let text_kind = read.choice("text_kind", "Choose whose words these are");
        let checked = read.choice("checked", "Choose how far the words were compared with their source");
        let source_url = read.link("source_url");
        let compared_on = read.day("compared_on");
        if compared_on.is_none() && read.problems.at("compared_on").is_none() {
            read.problems.add("compared_on", "Enter the day on which they were compared");
        }
        if !item.answers.is_empty() {
            for (name, ask) in [
                ("answers_anew", "Choose what becomes of what each body answered"),
                ("dates_anew", "Choose what becomes of its dates"),
            ] {
                if sent.get(name).is_empty() {
                    read.problems.add(name, ask);
                }
            }
        }
        let answering = item.answers.iter().map(|answer| {
            let slug = answer.body.slug.to_string();
            let letters = sent.get(&field_of(&slug)).to_owned();
            (slug, letters)
        });
        let command = Divide {
            whole: item.view.recommendation.id,
            version: sent.version(),
            parts: read.words("parts", "The parts").unwrap_or_default(),
            // What was not chosen is a fault already, and nothing is published.
            text_kind: text_kind.unwrap_or(TextKind::NotTranscribed),
            checked: checked.unwrap_or(Checked::Absent),
            source_url,
            compared_on: compared_on.unwrap_or(act.day),
            rights: read.rights(),
            answering: answering.collect(),
            answers_anew: sent.is_ticked("answers_anew"),
            dates_anew: sent.is_ticked("dates_anew"),
            reason: read.words("reason", "The reason"),
        };
        state.service.divide(read.told_to(act), command).await
    }
}
