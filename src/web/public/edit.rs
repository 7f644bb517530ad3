//! What was published about the register's own entries, as entries of a timeline: what is called anew, with what stood before.

use super::say;
use super::timeline::{corrected_by, corrects, put_words};
use crate::domain::address;
use crate::domain::change::Subject;
use crate::domain::id::Seq;
use crate::domain::meeting::{MeetingState, Stands};
use crate::domain::moment::{Day, Happened};
use crate::domain::words;
use crate::store::edit::{Called, Described, Edit, What};
use crate::store::event::{Around, Event};
use crate::store::group::Told;
use crate::store::succession::Told as Became;
use crate::store::timeline::Timeline;
use crate::store::withheld::Words;
use crate::web::part::Link;
use crate::web::part::timeline::Entry;

/// The entries, each with its change and with when it happened, where that is another day than that of the change.
pub fn entries(timeline: &Timeline, named: bool) -> impl Iterator<Item = (Seq, Option<Happened>, Entry)> + '_ {
    timeline.edits.iter().map(move |edit| {
        let happened = match &edit.what {
            What::Event(event) => Some(event.happened),
            What::Succession(told) if told.present => Some(told.happened),
            _ => None,
        };
        let mut entry = entry(edit);
        if !named {
            entry.body = None;
        } else if let Some(one) = edit.recommendation().and_then(|id| timeline.recommendations.get(&id)) {
            entry.body = Some(say::recommendation_of(one));
        }
        (edit.seq, happened, entry)
    })
}

fn entry(edit: &Edit) -> Entry {
    match &edit.what {
        What::Inquiry { row, inquiry, now, before } => {
            let body = Some(say::inquiry(inquiry));
            let record = Some((Subject::Description, *row));
            Entry {
                body,
                record,
                ..changed(words::INQUIRY_TAKEN_IN, words::inquiry_amended, &description(now, before.as_deref()))
            }
        }
        What::Event(event) => self::event(event, None),
        What::Body { row, body, now, before } => {
            let body = Some(say::body(body));
            let record = Some((Subject::Body, *row));
            match before {
                Some(before) if before.slug != now.slug && now.withheld.is_none() && before.withheld.is_none() => {
                    let [from, to] = [&before.slug, &now.slug].map(|slug| address::body(slug.as_str()));
                    Entry { body, record, sentence: words::address_replaced(&from, &to), ..Entry::default() }
                }
                _ => Entry {
                    body,
                    record,
                    ..changed(words::BODY_TAKEN_IN, words::body_amended, &called(now, before.as_deref()))
                },
            }
        }
        What::Succession(told) => succession(told),
        What::Passing(passed) => {
            let to = passed.to.as_ref().map(|body| body.name.as_str());
            Entry { sentence: words::passed_on(&passed.from.name, to), ..Entry::default() }
        }
        What::Group(Told::Member { group, body, dates, present, .. }) => {
            let dates = (dates.from, dates.until);
            let sentence = words::membership(&group.name, &body.name, dates, *present);
            Entry { sentence, body: Some(say::body(group)), ..Entry::default() }
        }
        What::Group(Told::Asked { group, as_of, .. }) => {
            Entry { sentence: words::put_to_group(&group.name, *as_of), ..Entry::default() }
        }
        What::Number { now, before, .. } => Entry { sentence: words::number_changed(before, now), ..Entry::default() },
        What::Mistaken { in_error, .. } => {
            Entry { sentence: words::mistaken(*in_error).to_owned(), ..Entry::default() }
        }
        What::Part { letter, .. } => Entry { sentence: words::part_taken_in(letter), ..Entry::default() },
        What::Tag { theme, present, .. } => Entry { sentence: words::theme_put(theme, *present), ..Entry::default() },
        What::Tie { from, to, kind, present, .. } => {
            Entry { sentence: words::tie_published(*kind, from, to, *present), ..Entry::default() }
        }
        What::Theme { row, slug, now, before, retired } => {
            let entry = theme(*row, slug.as_str(), now, before.as_ref());
            let sentence = retired.map(|retired| words::theme_retired(retired).to_owned());
            Entry { sentence: sentence.unwrap_or(entry.sentence), ..entry }
        }
    }
}

/// What became of a body; or that this was wrong.
fn succession(told: &Became) -> Entry {
    let both = (told.from.name.as_str(), told.to.name.as_str());
    let body = Some(say::body(&told.from));
    if !told.present {
        return Entry { sentence: words::succession_taken_back(both.0, both.1), body, ..Entry::default() };
    }
    let said = words::succession(told.kind, both, told.happened);
    let source = say::source(told.source_url.as_deref());
    Entry {
        happened: say::when(told.happened),
        sentence: if told.again { words::succession_corrected(&said) } else { said },
        body,
        checked: told.checked.map(|checked| say::compared(source.as_ref(), checked)),
        source,
        ..Entry::default()
    }
}

fn theme(row: i64, slug: &str, now: &Words, before: Option<&Words>) -> Entry {
    let sentence = match (now, before) {
        (Words::Withheld(taken), _) => words::withheld_on(*taken),
        (Words::Said(now), Some(Words::Said(before))) => words::theme_renamed(before, now),
        (Words::Said(now), _) => format!("{}: {now}", words::THEME_MADE),
    };
    let name = now.said().map_or_else(|| words::name_withheld("A theme"), say::capital);
    let body = Some(Link::new(address::theme(slug), name));
    Entry { sentence, body, record: Some((Subject::Theme, row)), ..Entry::default() }
}

/// An event; where it lies ahead of `today`, that it is still to come.
pub fn event(event: &Event, today: Option<Day>) -> Entry {
    let source = say::source(event.source_url.as_deref());
    let said = event.words.said().filter(|_| event.present);
    let mut entry = Entry {
        happened: say::when(event.happened),
        sentence: match said {
            Some(said) => line(event, said, today),
            None if event.present => words::event_kind(event.kind).to_owned(),
            None => words::EVENT_TAKEN_BACK.to_owned(),
        },
        body: Some(match &event.around {
            Around::Inquiry(inquiry) => say::inquiry(inquiry),
            Around::Body(body) => say::body(body),
        }),
        // A meeting that is kept here is this register's own statement: there is nothing that it was compared with.
        checked: said.filter(|_| event.meeting.is_none()).map(|_| say::compared(source.as_ref(), event.checked)),
        source,
        record: Some((Subject::Event, event.id.0)),
        corrects: corrects(event.corrects).or(super::minute::instead_of(event.replaces)),
        corrected_by: corrected_by(event.corrected_by).or(super::minute::gone_to(event.replaced_by)),
        ..Entry::default()
    };
    if said.is_none() && event.present {
        put_words(&mut entry, Some(&event.words));
    }
    entry
}

/// The words of an event; of a meeting that is kept as one, where it stands. Only one that is still called lies ahead.
fn line(event: &Event, said: &str, today: Option<Day>) -> String {
    let Some(Stands { state, papers_due_on }) = event.meeting else {
        return words::event_line(event.kind, said, event.happened.day, today);
    };
    let ahead = today.filter(|_| state == MeetingState::Planned && event.replaced_by.is_none());
    let line = words::event_line(event.kind, said, event.happened.day, ahead);
    words::meeting_stands(state, papers_due_on).map_or(line.clone(), |stands| words::and_then(&line, &stands))
}

/// One thing that is said of something: its name, what is said now, what was said before.
type Field = (&'static str, Option<String>, Option<String>);

/// What changed, or that all of it is new.
enum Changed {
    New(Vec<String>),
    /// In the place of words that are out of sight: what stands now, with nothing to compare it with.
    Instead(Vec<String>),
    Fields(Vec<Field>),
    Withheld(String),
}

fn changed(new: &str, amended: impl Fn(&[&str]) -> String, what: &Changed) -> Entry {
    match what {
        Changed::Withheld(said) => Entry { sentence: said.clone(), ..Entry::default() },
        Changed::New(said) => plain(new.to_owned(), said),
        Changed::Instead(said) => plain(amended(&[]), said),
        Changed::Fields(fields) => {
            let names: Vec<&str> = fields.iter().map(|(name, ..)| *name).collect();
            let lines =
                fields.iter().map(|(name, now, before)| words::field_changed(name, before.as_deref(), now.as_deref()));
            Entry { sentence: amended(&names), words: Some(lines.collect::<Vec<_>>().join("\n")), ..Entry::default() }
        }
    }
}

/// A sentence with what is said under it, a line each.
fn plain(sentence: String, said: &[String]) -> Entry {
    Entry { sentence, words: Some(said.join("\n")).filter(|said| !said.is_empty()), ..Entry::default() }
}

/// What is said of something, in order, each with its name.
type Said = Vec<(&'static str, Option<String>)>;

/// Compares what is said now with what was said before: nothing the first time, and nothing that can be read where it is out of
/// sight.
fn compared(now: Said, before: Option<Option<Said>>) -> Changed {
    let whole = |now: Said| -> Vec<String> {
        now.into_iter().filter_map(|(name, now)| Some(format!("{}: {}", say::capital(name), now?))).collect()
    };
    match before {
        None => Changed::New(whole(now)),
        Some(None) => Changed::Instead(whole(now)),
        Some(Some(before)) => {
            let pairs = now.into_iter().zip(before).filter(|((_, now), (_, before))| now != before);
            Changed::Fields(pairs.map(|((name, now), (_, before))| (name, now, before)).collect())
        }
    }
}

fn description(now: &Described, before: Option<&Described>) -> Changed {
    if let Some(taken) = now.withheld {
        return Changed::Withheld(words::withheld_on(taken));
    }
    let before = before.map(|before| before.withheld.is_none().then(|| fields(before)));
    compared(fields(now), before)
}

fn fields(of: &Described) -> Said {
    let [kind, title, short] = of.names.clone();
    let [chair, right, source, about, monitored, note] = of.words.clone();
    let [commissioned, issued] = of.bodies.clone();
    let own = if of.own_references { "this register\u{2019}s own" } else { "the source\u{2019}s" };
    vec![
        ("title", title),
        ("short title", short),
        ("what it is", kind),
        ("who commissioned it", commissioned),
        ("who issued it", issued),
        ("who led it", chair),
        ("day of publication", of.published_on.map(words::day)),
        ("by what right", right),
        ("source", source),
        ("about the source", about),
        ("who monitors it", monitored),
        ("note", note),
        ("not tracked here", of.not_tracked.0.map(|count| count.to_string())),
        ("why those are not tracked", of.not_tracked.1.clone()),
        ("numbers", Some(own.to_owned())),
    ]
}

fn called(now: &Called, before: Option<&Called>) -> Changed {
    if let Some(taken) = now.withheld {
        return Changed::Withheld(words::withheld_on(taken));
    }
    let before = before.map(|before| before.withheld.is_none().then(|| names(before)));
    compared(names(now), before)
}

fn names(of: &Called) -> Said {
    let [name, short, kind, link, also] = of.words.clone();
    let since = of.since.day.map(|_| words::happened_bare(of.since));
    vec![
        ("name", name),
        ("short name", short),
        ("what it is", kind),
        ("web site", link),
        ("also known as", also),
        ("has this name since", since),
    ]
}
