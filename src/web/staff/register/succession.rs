//! `/staff/bodies/{body}/succession` and `…/passing`: what became of a body that ended, and who answers for what it was asked.

use super::entry::boxes;
use super::{MOST, Path, Place, RegisterForm, body_choices, slug};
use crate::domain::address;
use crate::domain::id::{AddresseeId, BodyId};
use crate::domain::moment::{Day, Precision};
use crate::domain::problem::Problems;
use crate::domain::succession::{Handed, SuccessionKind};
use crate::domain::words;
use crate::service::{self, Act, Done, KeptFor, PassOn, RecordSuccession};
use crate::store::body::{self, BodyName, BodyView};
use crate::store::contact::Contact;
use crate::store::succession::{self, Told, Undecided};
use crate::store::{self, ReadTx};
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::staff::contact;
use crate::web::staff::deed::Said;
use crate::web::staff::deed::item::row;
use crate::web::staff::deed::piece::{Piece, comparisons, yes_or_no};
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// What became of a body.
pub struct SuccessionForm;

/// Who answers for what it was asked.
pub struct PassingForm;

/// What stands for "no body took it over" among the choices.
const NOBODY: &str = "nobody";

/// The fields for successors: more than one where a body was split.
const TO: [&str; 3] = ["to", "to_2", "to_3"];

/// Whom each of these is to keep, with what is asked.
const CONTACTS: [(&str, &str); 3] = [
    ("contacts", "Who is to be kept for the body that took its place? (optional)"),
    ("contacts_2", "Who for the other body? (optional)"),
    ("contacts_3", "Who for the third one? (optional)"),
];

/// What happens once it is recorded.
const RECORDED: &str = "It is published at once. Its people can file nothing for it any more, except on answers of which it is not decided yet who took them over. Where it was split, choose next which body took over each answer.";
/// What happens once an entry of it is put right or taken back. Nothing is known here of which people were carried by which entry.
const PUT_RIGHT: &str = "It is published at once, and who answers follows from what stands then. Whoever was carried over stays where they are kept now, and stands as having left this body: look through its contacts, and keep them here again where they belong here.";

/// The body, the others that could have taken its place, the entries that stand, and the one that is to be put right.
pub struct Ended {
    view: BodyView,
    others: Vec<BodyName>,
    standing: Vec<Told>,
    wrong: Option<Told>,
    /// Those who are kept for it and for the bodies before it.
    people: Vec<Contact>,
    /// The names of these bodies.
    bodies: Vec<BodyName>,
}

/// The body with what it was asked or took over.
pub struct Passes {
    view: BodyView,
    answers: Vec<Undecided>,
}

fn place(view: &BodyView) -> Place {
    Place { words: view.name.name.clone(), version: view.version, ..Place::register() }
}

/// What is recorded already, in one row.
fn told(view: &BodyView) -> Vec<SummaryRow> {
    let lines = view.after.iter().map(|after| words::became(after.kind, &after.body.name, after.happened));
    together("Recorded", lines.collect())
}

/// Several lines under one name; none where there are none.
fn together(name: &str, lines: Vec<String>) -> Vec<SummaryRow> {
    if lines.is_empty() { Vec::new() } else { vec![row(name, lines.join(". "))] }
}

impl RegisterForm for SuccessionForm {
    type Item = Ended;

    fn read(tx: &mut ReadTx<'_>, path: &Path, corrects: Option<i64>) -> Result<Ended, store::Error> {
        let view = body::find(tx, &slug(path.body.as_ref())?)?;
        let mut standing = succession::of_body(tx, view.name.id)?;
        let stands = |told: &Told| view.after.iter().any(|after| (after.seq, after.body.id) == (told.seq, told.to.id));
        standing.retain(|told| told.from.id == view.name.id && stands(told));
        let wrong = match corrects {
            Some(row) => Some(standing.iter().find(|one| one.id == row).cloned().ok_or(store::Error::NotFound)?),
            None => None,
        };
        let mut others = body::choices(tx, MOST)?;
        others.retain(|other| other.id != view.name.id);
        let people = service::kept_before(tx, view.name.id)?;
        let bodies = body::names(tx, people.iter().map(|one| one.body).collect())?;
        Ok(Ended { view, others, standing, wrong, people, bodies })
    }

    fn body(item: &Ended) -> Option<BodyId> {
        Some(item.view.name.id)
    }

    fn place(item: &Ended) -> Place {
        let line = |wrong: &Told| {
            let said = words::succession(wrong.kind, (&wrong.from.name, &wrong.to.name), wrong.happened);
            (wrong.id, wrong.seq.0, said)
        };
        Place { corrects: item.wrong.as_ref().map(line), ..place(&item.view) }
    }

    fn said(item: &Ended) -> Said {
        let contacts = (address::contacts(item.view.name.slug.as_str()), "Look through who is kept for this body");
        Said {
            link: item.wrong.is_some().then_some(contacts),
            heading: "Record what became of a body",
            lead: "Which body took its place, in what way, and when? What it was asked passes on: who answers now files for it, is reminded and is counted. What it said stays its own, under its own address. A body that only has another name keeps its page: change its entry instead.",
            public: "Everything on this form but who is kept, and your role.",
            private: "Your name, and who is kept for which body.",
            next: if item.wrong.is_some() { PUT_RIGHT } else { RECORDED },
            button: "Publish what became of it",
            notice: "Published. Look through who answers now",
        }
    }

    fn start(item: &Ended, _: Day) -> Sent {
        let sent = Sent::default().filled("takes_back", "no");
        let Some(wrong) = &item.wrong else { return sent.filled("happened_precision", Precision::On.as_str()) };
        sent.filled("kind", wrong.kind.as_str())
            .filled("to", wrong.to.slug.to_string())
            .filled_happened("happened", wrong.happened)
            .filled("source_url", wrong.source_url.clone().unwrap_or_default())
            .filled("checked", wrong.checked.map_or("", |checked| checked.as_str()))
    }

    fn pieces(item: &Ended, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if item.wrong.is_some() {
            let mut asked = sent.choices(
                "takes_back",
                "What is published?",
                yes_or_no("No such thing happened: the entry is taken back", "What happened is put right below"),
                problems,
            );
            asked.choices.reverse();
            pieces.push(Piece::Radios(asked));
        }
        let kinds = SuccessionKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), words::succession_kind(*kind)));
        pieces.push(Piece::Radios(sent.choices("kind", "What happened to it?", kinds, problems)));
        if item.wrong.is_none() {
            let none = ["Choose a body", "No other body", "No third body"];
            let asked = [
                "Which body took its place?",
                "Where it was split: which other body? (optional)",
                "And which third one? (optional)",
            ];
            for ((name, asked), none) in TO.into_iter().zip(asked).zip(none) {
                let choices = body_choices(&item.others, none);
                pieces.push(Piece::Select(sent.choices(name, asked, choices, problems)));
            }
        }
        let when = sent.happened("happened", "When?", problems);
        pieces.push(Piece::Date(
            when.hint("For example, 27 3 2025. Where nobody knows it, choose that below: it is said so."),
        ));
        let asked = if item.wrong.is_some() { "Why was the earlier entry wrong?" } else { "What is known of it?" };
        pieces.push(Piece::Words(
            sent.field("reason", asked, problems)
                .hint("One or two plain sentences for everybody. Posts and bodies, never the name of a person."),
        ));
        pieces.push(Piece::Link(
            sent.field("source_url", "Where can it be read? (optional)", problems).hint("The full web address."),
        ));
        pieces.push(Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)));
        if item.wrong.is_none() && !item.people.is_empty() {
            pieces.extend(kept_asked(item, sent, problems));
        }
        pieces
    }

    fn preview(item: &Ended, sent: &Sent) -> String {
        let name = |slug: &str| item.others.iter().find(|body| body.slug.as_str() == slug).map(|body| &body.name);
        let to: Vec<&String> = match &item.wrong {
            Some(wrong) => vec![&wrong.to.name],
            None => TO.into_iter().filter_map(|field| name(sent.get(field))).collect(),
        };
        let from = &item.view.name.name;
        let mut read = Reading::of(sent);
        let happened = read.happened("happened");
        match (read.choice::<SuccessionKind>("kind", ""), to.as_slice()) {
            (_, [to, ..]) if item.wrong.is_some() && sent.is_ticked("takes_back") => {
                words::succession_taken_back(from, to)
            }
            (Some(kind), [_, ..]) => {
                let lines = to.iter().map(|to| words::succession(kind, (from, to), happened));
                lines.collect::<Vec<_>>().join(". ")
            }
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn entries(item: &Ended) -> Vec<(String, String)> {
        let here = address::staff_register_body(item.view.name.slug.as_str(), "succession");
        let other = item.standing.iter().filter(|_| item.wrong.is_none());
        let line = |told: &Told| words::became(told.kind, &told.to.name, told.happened);
        other.map(|told| (line(told), format!("{here}?row={}", told.id))).collect()
    }

    fn stands(item: &Ended) -> Vec<SummaryRow> {
        told(&item.view)
    }

    async fn send(state: &State, act: Act, item: &Ended, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let takes_back = item.wrong.is_some() && sent.is_ticked("takes_back");
        // Whoever takes an entry back need not describe it.
        let (kind, checked) = match takes_back {
            true => (read.chosen("kind"), read.chosen("checked")),
            false => (
                read.choice("kind", "Choose what happened to it"),
                read.choice("checked", "Choose how far you compared it with its source"),
            ),
        };
        let to = match &item.wrong {
            Some(wrong) => vec![wrong.to.slug.clone()],
            None => TO.into_iter().filter_map(|field| sent.get(field).parse().ok()).collect(),
        };
        let command = RecordSuccession {
            body: item.view.name.slug.clone(),
            version: sent.version(),
            to,
            kind,
            happened: match takes_back {
                true => read.happened("happened"),
                false => read.happened_or_said("happened"),
            },
            reason: read.words("reason", "What is known of it"),
            source_url: read.link("source_url"),
            checked,
            corrects: item.wrong.is_some(),
            takes_back,
            contacts: if item.wrong.is_some() { Vec::new() } else { kept(sent) },
        };
        state.service.record_succession(read.told_to(act), command).await
    }
}

/// Who is to be kept for each of the bodies that took its place.
fn kept_asked(item: &Ended, sent: &Sent, problems: &Problems) -> Vec<Piece> {
    let hint = "Nothing of this is public. Who is ticked moves to that body; who is not stays here as they were.";
    let asked = CONTACTS.into_iter().map(|(name, asked)| {
        let asked = boxes(sent, name, asked, contact::offered(&item.people, &item.bodies), problems);
        Piece::Boxes(if name == CONTACTS[0].0 { asked.hint(hint) } else { asked })
    });
    asked.collect()
}

fn kept(sent: &Sent) -> Vec<KeptFor> {
    let each = TO.into_iter().zip(CONTACTS).map(|(to, (field, _))| KeptFor {
        field,
        to: sent.get(to).parse().ok(),
        people: sent.all(field).into_iter().map(str::to_owned).collect(),
    });
    each.collect()
}

fn line(one: &Undecided) -> String {
    let now = match one.handed {
        Handed::TakenOver | Handed::Asked => words::answers_now(&one.last.name),
        Handed::NotDecided => words::NOT_DECIDED.to_owned(),
        Handed::Nobody => words::NOBODY_ANSWERS.to_owned(),
    };
    words::passing_item(&one.inquiry_title, &one.number, &one.asked.name, &now)
}

impl RegisterForm for PassingForm {
    type Item = Passes;

    fn read(tx: &mut ReadTx<'_>, path: &Path, _: Option<i64>) -> Result<Passes, store::Error> {
        let view = body::find(tx, &slug(path.body.as_ref())?)?;
        let answers = succession::passing_from(tx, view.name.id)?;
        Ok(Passes { view, answers })
    }

    fn body(item: &Passes) -> Option<BodyId> {
        Some(item.view.name.id)
    }

    fn place(item: &Passes) -> Place {
        place(&item.view)
    }

    fn said(_: &Passes) -> Said {
        Said {
            heading: "Who answers for what a body was asked",
            lead: "Which body took over these answers? One that took a body\u{2019}s place alone takes over everything without a decision here; what is decided here goes before that.",
            public: "Which answers, which body, what that rests on, and your role.",
            private: "Your name.",
            next: "It is published at once. Open dates, reminders and the right to file go to the body that answers now. What was said before stays with the body that said it.",
            button: "Publish who answers",
            notice: "Published",
            ..Said::default()
        }
    }

    fn start(item: &Passes, _: Day) -> Sent {
        let waits = item.answers.iter().filter(|one| one.handed == Handed::NotDecided);
        waits.fold(Sent::default(), |sent, one| sent.ticking("answers", one.id.to_string()))
    }

    fn pieces(item: &Passes, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let after = item.view.after.iter();
        let bodies = after.map(|after| Choice::new(after.body.slug.to_string(), after.body.name.clone()));
        let bodies = bodies.chain([Choice::new(NOBODY, words::NOBODY_ANSWERS)]);
        let answers = item.answers.iter().map(|one| Choice::new(one.id.to_string(), line(one)));
        let reason = sent.field("reason", "What does that rest on?", problems);
        let mut pieces = vec![Piece::Radios(sent.choices("to", "Which body took these over?", bodies, problems))];
        if !item.answers.is_empty() {
            pieces.push(Piece::Boxes(boxes(sent, "answers", "Which answers?", answers, problems)));
        }
        let hint = "Such as an order, a letter, a statement of both bodies. Everybody will read it.";
        pieces.push(Piece::Words(reason.hint(hint)));
        pieces
    }

    fn preview(item: &Passes, sent: &Sent) -> String {
        let number = sent.all("answers").len() as u64;
        let to = item.view.after.iter().find(|after| after.body.slug.as_str() == sent.get("to"));
        match (to, sent.get("to"), number) {
            (_, _, 0) => words::NOTHING_CHOSEN.to_owned(),
            (Some(to), ..) => {
                let said = words::passed_on(&item.view.name.name, Some(&to.body.name));
                format!("{}: {said}", words::answers(number, false))
            }
            (None, NOBODY, _) => {
                format!("{}: {}", words::answers(number, false), words::passed_on(&item.view.name.name, None))
            }
            _ => words::NOTHING_CHOSEN.to_owned(),
        }
    }

    fn stands(item: &Passes) -> Vec<SummaryRow> {
        let answers = together("Answers", item.answers.iter().map(line).collect());
        told(&item.view).into_iter().chain(answers).collect()
    }

    async fn send(state: &State, act: Act, item: &Passes, sent: &Sent) -> Result<Done, service::Error> {
        let mut read = Reading::of(sent);
        let chosen = sent.get("to");
        let command = PassOn {
            body: item.view.name.slug.clone(),
            version: sent.version(),
            answers: sent.all("answers").into_iter().filter_map(|id| id.parse().ok().map(AddresseeId)).collect(),
            chosen: !chosen.is_empty(),
            to: Some(chosen).filter(|chosen| *chosen != NOBODY).and_then(|chosen| chosen.parse().ok()),
            reason: read.words("reason", "The reason"),
        };
        state.service.pass_on(read.told_to(act), command).await
    }
}
