//! `…/{body}/deadline`: the day by which an answer is owed, and what became of it.

use super::item::{Item, row};
use super::piece::{Piece, comparisons};
use super::{DeedForm, Said};
use crate::domain::access::Deed;
use crate::domain::checked::Checked;
use crate::domain::deadline::{DeadlineAct, DeadlineKind};
use crate::domain::deadline_rule;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Done, Owing, SetAnswerDue};
use crate::store::deadline::Deadline;
use crate::web::form::Choice;
use crate::web::part::SummaryRow;
use crate::web::public::say;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The form.
pub struct AnswerDueForm;

/// What happened to the date before it, of an entry that is put right.
fn act_of(wrong: &Deadline) -> Option<DeadlineAct> {
    wrong.act.map(|(act, _)| act)
}

/// What can be decided, in the words of the form, as far as it fits what stands; of an entry that is put right, what it can have
/// been instead.
fn possible(item: &Item) -> &'static [(&'static str, &'static str)] {
    if let Some(wrong) = &item.corrects_date {
        return match act_of(wrong) {
            None => &[BY, UNDER, (NOTHING, "There was no such day: it was recorded here in error")],
            Some(DeadlineAct::Extended) => &[
                ("extended", "More time was given, as written below"),
                (NOTHING, "No more time was given: it was recorded here in error"),
            ],
            Some(DeadlineAct::Paused) => &[
                ("paused", "Time stopped on the day below"),
                (NOTHING, "Time did not stop: it was recorded here in error"),
            ],
            Some(DeadlineAct::Resumed) => &[
                ("resumed", "Time ran again, as written below"),
                (NOTHING, "Time did not run again: it was recorded here in error"),
            ],
        };
    }
    let answer = item.answer.as_ref();
    if answer.is_some_and(|answer| answer.response_due.is_some()) {
        return &[
            ("extended", "More time was given"),
            ("paused", "Time stopped, for example while a court looks at the recommendation"),
        ];
    }
    if item.paused.is_some() {
        return &[("resumed", "Time runs again")];
    }
    &[BY, UNDER]
}

const BY: (&str, &str) = ("by", "A date that somebody set");
const UNDER: (&str, &str) = ("under", "A rule of law");
/// Of a wrong entry: it is only taken out.
const NOTHING: &str = "nothing";

/// The days that a form asks for: what is decided tells which of them count.
fn days(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
    let date = |name, label: &'static str, hint: &'static str| Piece::Date(sent.date(name, label, problems).hint(hint));
    let sets = possible(item).contains(&UNDER);
    let mut days = match item.corrects_date.as_ref().map(act_of) {
        Some(Some(DeadlineAct::Extended)) => vec![
            date("on", "Until which day was more time given?", "The last day for the answer. For example, 27 3 2027."),
            date(
                "given",
                "On which day was it given?",
                "The day of the decision, not of an entry. For example, 27 3 2027.",
            ),
        ],
        Some(Some(DeadlineAct::Paused)) => {
            vec![date("on", "On which day did time stop?", "For example, 27 3 2027.")]
        }
        Some(Some(DeadlineAct::Resumed)) => vec![
            date("on", "On which day did time run again?", "For example, 27 3 2027."),
            date(
                "due",
                "Until which day does it run?",
                "The last day for the answer. Leave it empty to make it later by the days for which time stood still.",
            ),
        ],
        Some(None) | None if sets => vec![date(
            "on",
            "Which day?",
            "For a date that somebody set: the last day for the answer. For example, 27 3 2027.",
        )],
        Some(None) | None => vec![date(
            "on",
            "Which day?",
            "The new last day; or the day on which time stopped or runs again. For example, 27 3 2027.",
        )],
    };
    if sets {
        let corrects = item.corrects_date.is_some();
        let rules = item.rules.iter().filter(|rule| corrects || !rule.ended);
        let rules = rules.map(|rule| Choice::new(rule.slug.clone(), words::rule_choice(rule)));
        let rules = std::iter::once(Choice::new("", "No rule: the date above")).chain(rules);
        days.push(Piece::Select(sent.choices("rule", "Which rule?", rules, problems)));
        days.push(Piece::Date(sent.date("from", "From which day does the rule count?", problems)));
    } else if item.corrects_date.is_none() && item.paused.is_none() {
        days.push(date(
            "given",
            "Where more time was given: on which day was that?",
            "The day of the decision, not of this entry. For example, 27 3 2027.",
        ));
    }
    days
}

/// What is decided would say, as far as it can be read; nothing where it only takes an entry out, or says too little.
fn decided(item: &Item, sent: &Sent) -> Option<String> {
    let mut read = Reading::of(sent);
    let on = read.day("on");
    let by_rule = deadline_rule::find(&item.rules, sent.get("rule")).zip(read.day("from"));
    match sent.get("owing") {
        "by" => on.map(|on| words::due(DeadlineKind::Response, on)),
        "under" => by_rule.map(|(rule, from)| {
            let due = words::due(DeadlineKind::Response, rule.due(from));
            format!("{due}: {}", words::reckoned(rule, Some(from)))
        }),
        "extended" => on.map(|on| words::deadline_act(DeadlineAct::Extended, read.day("given"), Some(on))),
        "paused" => on.map(|on| words::deadline_act(DeadlineAct::Paused, Some(on), None)),
        "resumed" => {
            let until = item.corrects_date.as_ref().and_then(|_| read.day("due"));
            on.map(|on| words::deadline_act(DeadlineAct::Resumed, Some(on), until))
        }
        _ => None,
    }
}

/// The day after which silence would be told in public: one that is compared with its source.
fn silent_after(item: &Item, sent: &Sent) -> Option<Day> {
    let mut read = Reading::of(sent);
    let checked = Checked::ALL.iter().find(|one| one.as_str() == sent.get("checked"))?;
    let due = match sent.get("owing") {
        "by" | "extended" => read.day("on"),
        "under" => {
            deadline_rule::find(&item.rules, sent.get("rule")).zip(read.day("from")).map(|(rule, from)| rule.due(from))
        }
        _ => None,
    };
    due.filter(|_| checked.is_certain_enough_to_count_silence())
}

/// What a form that puts an entry right says about itself.
fn said_of(wrong: &Deadline) -> Said {
    let (heading, lead, notice) = match act_of(wrong) {
        None => (
            "Correct the day by which an answer is owed",
            "Which day should have been recorded, or was there none? This is about what was recorded here wrongly, not about a \
             day that somebody moved.",
            "The day by which an answer is owed is put right",
        ),
        Some(DeadlineAct::Extended) => (
            "Correct that more time to answer was given",
            "Until when was more time given, and on which day, or was none given? This is about what was recorded here wrongly.",
            "The entry that more time was given is put right",
        ),
        Some(DeadlineAct::Paused) => (
            "Correct that time to answer stopped",
            "On which day did time stop, or did it not stop? This is about what was recorded here wrongly; that time runs \
             again is an entry of its own.",
            "The entry that time to answer stopped is put right",
        ),
        Some(DeadlineAct::Resumed) => (
            "Correct that time to answer runs again",
            "On which day did time run again, and until when, or does it still stand? This is about what was recorded here \
             wrongly.",
            "The entry that time to answer runs again is put right",
        ),
    };
    Said {
        heading,
        lead,
        notice,
        next: "It is published at once, and the wrong entry stays in the timeline. What was recorded after it stays as it is: \
               correct each day that follows from this one.",
        button: "Publish this",
        ..Said::default()
    }
}

impl DeedForm for AnswerDueForm {
    const DEED: Deed = Deed::RecordFact;
    const CORRECTS_DATES: Option<DeadlineKind> = Some(DeadlineKind::Response);

    fn said(item: &Item) -> Said {
        let public = "The day, the rule, whom the answer is owed to, the reason, the link and your role.";
        let private = "Your name.";
        if let Some(wrong) = &item.corrects_date {
            return Said { public, private, ..said_of(wrong) };
        }
        // What stands is never changed here: it is an entry like the earlier ones, and is put right as they are.
        let link = item.owed.as_ref().map(|owed| {
            let href = format!("{}/deadline?corrects={}", item.back(), owed.place.seq);
            (href, "What stands was recorded here wrongly: correct it")
        });
        Said {
            link,
            heading: "Set when an answer is owed",
            lead: "By when does the body owe an answer, to whom, and who says so? Where nobody set a day, there is none.",
            public,
            private,
            next: "It is published at once. When the day has passed with no answer, and it was compared with its source, that is \
                   noted in public and stays in the timeline. More time and pauses are entries of their own.",
            button: "Publish this",
            notice: "When an answer is owed is recorded",
        }
    }

    fn start(item: &Item, _: Day) -> Sent {
        let sent = Sent::default().filled("owing", possible(item)[0].0);
        let Some(wrong) = &item.corrects_date else {
            let owed_to = item.owed.as_ref().and_then(|owed| owed.owed_to.clone()).unwrap_or_default();
            return sent.filled_day("from", item.made_on).filled("owed_to", owed_to);
        };
        let sent = sent
            .filled("owed_to", wrong.owed_to.clone().unwrap_or_default())
            .filled("source_url", wrong.source_url.clone().unwrap_or_default());
        match (wrong.act, &wrong.rule) {
            (Some((DeadlineAct::Extended, given)), _) => sent.filled_day("on", wrong.due_on).filled_day("given", given),
            (Some((DeadlineAct::Paused, on)), _) => sent.filled_day("on", on),
            (Some((DeadlineAct::Resumed, on)), _) => sent.filled_day("on", on).filled_day("due", wrong.due_on),
            (None, Some((rule, from))) => {
                sent.filled("owing", UNDER.0).filled("rule", rule.clone()).filled_day("from", *from)
            }
            (None, None) => sent.filled_day("on", wrong.due_on).filled_day("from", item.made_on),
        }
    }

    fn pieces(item: &Item, sent: &Sent, problems: &Problems) -> Vec<Piece> {
        let owing = possible(item).iter().map(|(value, label)| Choice::new(*value, *label));
        let asked = if item.corrects_date.is_some() { "What should have been recorded?" } else { "What is recorded?" };
        let mut pieces = vec![Piece::Radios(sent.choices("owing", asked, owing, problems))];
        pieces.extend(days(item, sent, problems));
        let owed = sent.field("owed_to", "Whom is the answer owed to?", problems);
        pieces.push(Piece::Line(owed.hint("An organisation or a post; never a private person.")));
        let reason = sent.field("reason", "Why, and who decided it?", problems);
        pieces.push(Piece::Words(reason.hint(if item.corrects_date.is_some() {
            "What was wrong in the entry. Everybody will read it."
        } else {
            "Needed for everything but the first day. Everybody will read it."
        })));
        pieces.push(Piece::Link(
            sent.field("source_url", "Where can it be read?", problems).hint("The full web address."),
        ));
        pieces.push(Piece::Radios(sent.choices("checked", "How far did you compare it?", comparisons(), problems)));
        pieces
    }

    fn preview(item: &Item, sent: &Sent) -> String {
        let decided = decided(item, sent);
        match &item.corrects_date {
            Some(wrong) if decided.is_some() || sent.get("owing") == NOTHING => {
                say::date_put_right(DeadlineKind::Response, decided, Some(wrong.as_wrong()))
            }
            _ => match (decided, silent_after(item, sent)) {
                (Some(decided), Some(due)) => format!("{decided}. {}", words::silent_after(due)),
                (decided, _) => decided.unwrap_or_else(|| words::NOTHING_CHOSEN.to_owned()),
            },
        }
    }

    fn stands(item: &Item) -> Vec<SummaryRow> {
        let stands = item.owed.as_ref().map_or(words::NOTHING_RECORDED.to_owned(), say::date_line);
        vec![row("It stands as", stands)]
    }

    async fn send(state: &State, act: Act, item: &Item, sent: &Sent) -> Result<Done, service::Error> {
        let answer = super::answer(item)?;
        let mut read = Reading::of(sent);
        let (on, from) = (read.day("on"), read.day("from"));
        let rule = Some(sent.get("rule").to_owned()).filter(|rule| !rule.is_empty());
        let owing = match sent.get("owing") {
            "under" => Owing::Under(rule, from),
            "extended" => Owing::Extended(on, read.day("given")),
            "paused" => Owing::Paused(on),
            "resumed" => Owing::Resumed(on, if item.corrects_date.is_some() { read.day("due") } else { None }),
            NOTHING => Owing::Nothing,
            chosen => {
                if chosen != "by" {
                    read.problems.add("owing", "Choose what is recorded");
                }
                Owing::By(on)
            }
        };
        let owed_to = read.line("owed_to", "Whom it is owed to");
        let reason = read.words("reason", "The reason");
        let source_url = read.link("source_url");
        let checked = read.choice("checked", "Choose how far you compared it with its source");
        let act = read.told_to(act);
        let command = SetAnswerDue {
            addressee: answer.id,
            version: sent.version(),
            owing,
            wrong: item.corrects_date.as_ref().map(|wrong| wrong.id),
            owed_to,
            reason,
            source_url,
            // What was not chosen is a fault already, and nothing is published.
            checked: checked.unwrap_or(Checked::Unverified),
        };
        state.service.set_answer_due(act, command).await
    }
}
