//! `…/{body}/own-reply`: a body replies to a judgement that is public. `…/{body}/reply`: oversight records a reply from a
//! document. It stands beside the judgement, and changes nothing in it.

use super::item::{Item, row};
use super::piece::{Piece, comparisons, rights, rights_of_body};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::assessed::Assessed;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::outside::Judgement;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, RecordReply, ReplyToJudgement};
use crate::web::form::{Choice, ChoiceField};
use crate::web::part::SummaryRow;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// What becomes of a body's own reply.
const READ_NEXT: &str = "The register\u{2019}s staff read it, and publish it or send it back to you. Name no victim, no suspect and no \
    private person.";
/// The same where the body has somebody who signs off.
const SIGNED_FIRST: &str = "It goes first to whoever signs off for your organisation, unless that is you, and only once it is signed \
    off to the register\u{2019}s staff, who read it and publish it or send it back. Name no victim, no suspect and no private person.";

/// What a body is asked.
const OWN_LEAD: &str =
    "What do you say to what was found? Your reply stands beside it, in your words, and changes nothing in it.";

/// Oversight's form.
pub struct RecordForm;

/// The body's own form.
pub struct OwnForm;

/// What the register's own finding is called on the form.
const OWN: &str = "register";

/// The judgements that stand, each with its name on the form and its sentence. The name is that of the change that published it.
fn judgements(item: &Item) -> Vec<(String, String, Judgement)> {
    let mut all = Vec::new();
    if let Some(answer) = item.answer.as_ref().filter(|answer| answer.assessed.value != Assessed::NotAssessed)
        && let Some(id) = answer.assessed.update
    {
        let by = answer.assessed_by.as_deref().unwrap_or(words::OVERSIGHT);
        let line = words::assessed_line(answer.assessed.value, answer.assessed.when);
        all.push((OWN.to_owned(), format!("{by}: {line}"), Judgement::Own(id)));
    }
    for one in item.outside.iter().filter(|one| one.corrected_by.is_none()) {
        let line = words::outside_line(one.by(), one.happened, one.gist);
        all.push((format!("outside-{}", one.place.seq), line, Judgement::Outside(one.id)));
    }
    all
}

fn choices(item: &Item, sent: &Sent, problems: &Problems) -> ChoiceField {
    let choices = judgements(item).into_iter().map(|(name, line, _)| Choice::new(name, line));
    sent.choices("to", "What is replied to?", choices, problems)
}

/// What was chosen; a name that no judgement of this answer has is nothing that is there.
fn chosen(item: &Item, sent: &Sent) -> Result<Option<Judgement>, service::Error> {
    match sent.get("to") {
        "" => Ok(None),
        name => {
            let found = judgements(item).into_iter().find(|(known, ..)| known == name);
            found.map(|(.., to)| Some(to)).ok_or(service::Error::NotFound)
        }
    }
}

fn lead(item: &Item, otherwise: &'static str) -> &'static str {
    if judgements(item).is_empty() {
        "Nothing that could be replied to has been found and published here yet."
    } else {
        otherwise
    }
}

fn stands(item: &Item) -> Vec<SummaryRow> {
    judgements(item).into_iter().map(|(_, line, _)| row("It was found", line)).collect()
}

fn start(item: &Item) -> Sent {
    match &judgements(item)[..] {
        [(only, ..)] => Sent::default().filled("to", only.clone()),
        _ => Sent::default(),
    }
}

fn body(item: &Item) -> &str {
    item.answer.as_ref().map_or(words::SOMEBODY, |answer| answer.body.short())
}

impl DeedForm for RecordForm {
    const DEED: Deed = Deed::RecordFact;

    fn said(item: &Item) -> Said {
        Said {
            heading: "Record what the body replied",
            lead: lead(
                item,
                "What has the body replied to what was found, and where? It stands beside the finding and changes nothing in it.",
            ),
            public: "The body\u{2019}s words, the day, the link and your role.",
            private: "Your name.",
            next: "It is published at once, in the same place as the finding.",
            button: "Publish the reply",
            notice: "The reply is recorded",
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        start(item)
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        [
            Piece::Radios(choices(item, sent, problems)),
            Piece::Date(sent.happened_then("happened", "When did it reply?", problems)),
            Piece::Words(sent.field("words", "What did it reply?", problems).hint("In its own words.")),
            Piece::Link(sent.field("source_url", "Where can it be read?", problems).hint("The full web address.")),
            Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)),
        ]
        .into_iter()
        .chain(rights(sent, problems))
        .collect()
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let happened = Reading::of(sent).happened("happened");
        if happened.day.is_none() { words::NOTHING_CHOSEN.to_owned() } else { words::replied(body(item), happened) }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        stands(item)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let addressee = super::answer(item)?.id;
        let to = chosen(item, sent)?;
        let mut read = Reading::of(sent);
        let happened = read.happened("happened");
        let words = read.words("words", "The reply");
        let source_url = read.link("source_url");
        let checked = read.choice("checked", "Choose how far you compared it with its source");
        let rights = read.rights();
        let act = read.told_to(act);
        let version = sent.version();
        let command = RecordReply { addressee, version, to, words, happened, source_url, checked, rights };
        state.service.record_reply(act, command).await
    }
}

impl DeedForm for OwnForm {
    const DEED: Deed = Deed::FileReturn;
    const ASKS_QUESTIONS: bool = false;

    fn said(item: &Item) -> Said {
        Said {
            heading: "Reply to what was found",
            lead: lead(item, if item.left_unsigned.is_some() { words::BEGINS_UNSIGNED } else { OWN_LEAD }),
            public: "Nothing yet. Once it is published: your words and the day on which you sent them.",
            private: "Your name.",
            next: if item.is_signed_off { SIGNED_FIRST } else { READ_NEXT },
            button: "Send the reply",
            // Whether it went to the sign-off or to oversight, the page that follows says.
            notice: if item.is_signed_off { "Your reply is kept" } else { words::REPLY_TAKEN },
            ..Said::default()
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        match &item.left_unsigned {
            // What was written about the finding, and not signed off in time, is where its people left off.
            Some((words, rights)) => Sent::default()
                .filled("to", OWN)
                .filled("words", words.clone())
                .filled("language", rights.language.map_or("", Language::as_str))
                .filled("licence", rights.licence.map_or("", Licence::as_str)),
            None => start(item),
        }
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        [
            Piece::Radios(choices(item, sent, problems)),
            Piece::Words(sent.field("words", "Your reply", problems).hint("It will be public, in your words.")),
        ]
        .into_iter()
        .chain(rights_of_body(sent, problems).map(Piece::Select))
        .collect()
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        match sent.get("words").trim() {
            "" => words::NOTHING_CHOSEN.to_owned(),
            said => format!("{} replied: {said}", body(item)),
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        stands(item)
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let addressee = super::answer(item)?.id;
        let to = chosen(item, sent)?;
        let mut read = Reading::of(sent);
        let words = read.words("words", "Your reply");
        let rights = read.rights_of_body();
        let act = read.told_to(act);
        let command = ReplyToJudgement { addressee, version: sent.version(), to, words, rights };
        state.service.reply_to_judgement(act, command).await
    }
}
