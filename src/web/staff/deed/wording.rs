//! `…/{number}/wording`: the words of a recommendation, transcribed, amended, or marked as compared with their source.

use super::item::{Item, readable, row, shown};
use super::piece::{Piece, rights, wording_degrees};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::filing::{Proposal, WordingFiled};
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, Propose, Target};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct WordingForm;

impl DeedForm for WordingForm {
    const DEED: Deed = Deed::Propose;

    fn said(_: &Item) -> Said {
        Said {
            heading: "Enter or change the words",
            lead: "What does the recommendation say, and how far was that compared with its source? Earlier words stay in the \
                   record.",
            public: "The title, the words, whose they are, how far they were compared, the link, the reason and your role.",
            private: "Your name. What waits for another person is private until it is published.",
            next: "The report's own words, and words compared with the source, wait for another person who compares them too. \
                   A summary compared with less is published at once.",
            button: "Hand in the words",
            notice: "Words recorded",
            ..Said::default()
        }
    }

    fn start(item: &Item, today: Day) -> Sent {
        let one = item.one();
        let sent = Sent::default()
            .filled("title", readable(one.title.as_ref()))
            .filled("text", readable(one.text.as_ref()))
            .filled("source_url", one.source_url.clone().unwrap_or_default())
            .filled_day("compared_on", Some(today))
            .filled("language", one.rights.language.map_or("", Language::as_str))
            .filled("licence", one.rights.licence.map_or("", Licence::as_str));
        match one.text_kind {
            TextKind::NotTranscribed => sent,
            kind => sent.filled("text_kind", kind.as_str()).filled("checked", one.checked.as_str()),
        }
    }

    fn pieces(_: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let kinds =
            [TextKind::Verbatim, TextKind::Summary].map(|kind| Choice::new(kind.as_str(), words::text_kind(kind)));
        vec![
            Piece::Line(sent.field("title", "A short title", problems).hint("In this register's words, one line.")),
            Piece::Words(sent.field("text", "The words", problems)),
            Piece::Radios(sent.choices("text_kind", "Whose words are these?", kinds, problems)),
            Piece::Radios(sent.choices("checked", "How far were they compared?", wording_degrees(), problems)),
            Piece::Link(sent.field("source_url", "Where can they be read?", problems).hint("The page of the source.")),
            Piece::Date(sent.date("compared_on", "When were they compared?", problems)),
            Piece::Words(sent.field("reason", "Why are the words entered or changed?", problems)),
        ]
        .into_iter()
        .chain(rights(sent, problems))
        .collect()
    }

    fn preview(_: &Item, sent: &Sent) -> String {
        let mut read = Reading::of(sent);
        let (Some(kind), Some(checked)) = (read.choice("text_kind", ""), read.choice("checked", "")) else {
            return words::NOTHING_CHOSEN.to_owned();
        };
        words::entry_checked(kind, checked).to_owned()
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let one = item.one();
        let mut rows = Vec::new();
        rows.extend(one.title.as_ref().map(|title| row("Title", shown(title))));
        rows.extend(one.text.as_ref().map(|text| row("Words", shown(text))));
        rows.push(row("Compared", words::entry_checked(one.text_kind, one.checked)));
        rows
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let proposal = Proposal::Wording(filed(&mut read, act.day));
        let act = read.told_to(act);
        let target = Target::Recommendation(item.one().id, sent.version());
        state.service.propose(act, Propose { target, proposal }).await
    }
}

/// The words as a form gives them.
pub fn filed(read: &mut Reading<'_>, today: Day) -> WordingFiled {
    let title = read.line("title", "The title").unwrap_or_default();
    let text = read.words("text", "The words").unwrap_or_default();
    let text_kind = read.choice("text_kind", "Choose whose words these are");
    let checked = read.choice("checked", "Choose how far the words were compared with their source");
    let source_url = read.link("source_url");
    let compared_on = read.day("compared_on");
    if compared_on.is_none() && read.problems.at("compared_on").is_none() {
        read.problems.add("compared_on", "Enter the day on which they were compared");
    }
    let reason = read.words("reason", "The reason").unwrap_or_default();
    let rights = read.rights();
    // What was not chosen is a fault already, and nothing is handed in.
    WordingFiled {
        title,
        text,
        text_kind: text_kind.unwrap_or(TextKind::NotTranscribed),
        checked: checked.unwrap_or(Checked::Absent),
        source_url,
        compared_on: compared_on.unwrap_or(today),
        reason,
        base: None,
        weakens: false,
        rights,
    }
}
