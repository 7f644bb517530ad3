//! The timeline: every published row about something, newest first, grouped by year, each with its change's own address.

use std::collections::HashSet;

use crate::domain::address;
use crate::domain::change::{ChangeKind, RemarkKind, Subject};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, RecommendationId, Seq};
use crate::domain::moment::{Day, Happened};
use crate::domain::record::FactValue;
use crate::domain::response::Basis;
use crate::domain::words;
use crate::store::change::Change;
use crate::store::coverage::Coverage;
use crate::store::deadline::Deadline;
use crate::store::timeline::Timeline;
use crate::store::update::Update;
use crate::store::withheld::Words;
use crate::web::part::Link;
use crate::web::part::timeline::{Entry, Year};

use super::say;

/// How entries name what they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// The page is about one answer: nothing is named.
    Nothing,
    /// The page is about one recommendation: the body is named.
    Bodies,
    /// The page is about changes: recommendation and body are named.
    Everything,
}

/// An entry with what it is sorted by: when it happened (or was recorded), then its change.
struct Dated {
    day: Option<Day>,
    seq: Seq,
    entry: Entry,
}

/// The entries of a timeline by year, newest first.
pub fn years(timeline: &Timeline, naming: Naming) -> Vec<Year> {
    let mut dated = entries(timeline, naming);
    dated.sort_by_key(|entry| std::cmp::Reverse((entry.day, entry.seq)));
    let mut anchored = HashSet::new();
    let mut years: Vec<Year> = Vec::new();
    for Dated { day, seq, mut entry } in dated {
        entry.anchor = anchored.insert(seq);
        let words = day.map_or_else(|| "Date not known".to_owned(), |day| day.date().year().to_string());
        match years.last_mut().filter(|year| year.words == words) {
            Some(year) => year.entries.push(entry),
            None => years.push(Year { words, entries: vec![entry] }),
        }
    }
    years
}

/// The entries of a timeline in one list, in the order in which a change published them.
pub fn list(timeline: &Timeline, naming: Naming) -> Vec<Entry> {
    entries(timeline, naming).into_iter().map(|dated| dated.entry).collect()
}

fn entries(timeline: &Timeline, naming: Naming) -> Vec<Dated> {
    let book = Book { timeline, naming };
    let mut dated = Vec::new();
    let loaded = |seq: Seq| timeline.changes.get(&seq).is_some_and(|change| change.kind == ChangeKind::Load);
    // A load says in one entry what came in and whom it was put to.
    let entered = |seq: Seq, of: RecommendationId| {
        naming != Naming::Nothing
            && loaded(seq)
            && timeline.wordings.iter().any(|row| (row.seq, row.recommendation) == (seq, of))
    };
    dated.extend(timeline.wordings.iter().map(|row| {
        let checked = words::entry_checked(row.text_kind, row.checked);
        let sentence = if entered(row.seq, row.recommendation) {
            format!("{} {checked}", words::entered(&book.bodies(row.seq, row.recommendation)))
        } else {
            format!("{}: {checked}", words::change_kind(ChangeKind::Wording))
        };
        let link = timeline.recommendations.get(&row.recommendation).map(say::recommendation_of);
        let mut entry = Entry { sentence, source: say::source(row.source_url.as_deref()), ..Entry::default() };
        entry.body = link.filter(|_| naming == Naming::Everything);
        let said = row.text.as_ref().or(row.title.as_ref());
        entry.record = said.map(|_| (Subject::Wording, row.id.0));
        put_words(&mut entry, said.filter(|said| said.said().is_none()));
        book.date(row.seq, None, entry)
    }));
    let asked = timeline.asked.iter().filter(|row| !entered(row.place.seq, row.place.recommendation));
    dated.extend(asked.map(|row| {
        let sentence =
            if row.present { words::addressee_checked(row.checked) } else { words::ASKED_IN_ERROR }.to_owned();
        let entry = Entry { sentence, body: book.subject(row.place.addressee), ..Entry::default() };
        book.date(row.place.seq, None, entry)
    }));
    dated.extend(timeline.updates.iter().map(|row| book.date(row.place.seq, Some(row.happened), book.update(row))));
    dated.extend(timeline.deadlines.iter().map(|row| book.date(row.place.seq, None, book.deadline(row))));
    dated.extend(timeline.arrivals.iter().map(|row| {
        let sentence = words::arrival(row.received_on, say::arrived(row));
        let entry = Entry { sentence, body: book.subject(row.place.addressee), ..Entry::default() };
        book.date(row.place.seq, Some(Happened::on(row.received_on)), entry)
    }));
    dated.extend(timeline.became.iter().map(|row| {
        let sentence = words::arrival_step(row.step).to_owned();
        let entry = Entry { sentence, body: book.subject(row.place.addressee), ..Entry::default() };
        book.date(row.place.seq, None, entry)
    }));
    dated.extend(timeline.remarks.iter().map(|row| {
        let sentence = match (row.kind, row.addressee.and_then(|id| timeline.answers.get(&id)), row.happened.day) {
            (RemarkKind::Reply, Some(answer), Some(on)) => words::replied_on(answer.body.short(), on),
            (kind, ..) => words::remark_kind(kind).to_owned(),
        };
        let mut entry = Entry { sentence, ..Entry::default() };
        entry.record = Some((Subject::Remark, row.id.0));
        entry.body = row.addressee.and_then(|answer| book.subject(answer)).or_else(|| {
            let one = timeline.recommendations.get(&row.recommendation?)?;
            (naming == Naming::Everything).then(|| say::recommendation_of(one))
        });
        entry.source = say::source(row.source_url.as_deref());
        entry.checked = row.checked.map(|checked| words::claim_checked(checked).to_owned());
        put_words(&mut entry, Some(&row.words));
        book.date(row.seq, Some(row.happened), entry)
    }));
    dated.extend(timeline.looks.iter().map(|row| book.date(row.seq, None, look(row))));
    dated.extend(timeline.rules.iter().map(|(seq, rule)| {
        let sentence = words::accuracy_rule(rule.working_days).trim_end_matches('.').to_owned();
        book.date(*seq, None, Entry { sentence, ..Entry::default() })
    }));
    dated
}

/// Where answers and updates were looked for, as an entry.
pub fn look(row: &Coverage) -> Entry {
    let body = row.body.as_ref().map(|body| body.short());
    let by = row.by_post.as_ref().map(|post| format!(", by {post}")).unwrap_or_default();
    let right = row.corrected_by.map(|seq| Link::new(address::change(seq), words::corrected_by(seq)));
    let mut entry = Entry {
        seq: row.seq.0,
        href: address::change(row.seq),
        sentence: format!("{}{by}", words::look(row.what, body, row.looked_on, row.found)),
        source: say::source(row.source_url.as_deref()),
        correction: right.or_else(|| row.corrects.map(|seq| Link::new(address::change(seq), words::corrects(seq)))),
        corrects: row.corrects.is_some(),
        record: Some((Subject::Coverage, row.id.0)),
        body: Some(say::inquiry(&row.inquiry)),
        ..Entry::default()
    };
    put_words(&mut entry, Some(&row.place));
    entry
}

/// What entries look things up in.
struct Book<'a> {
    timeline: &'a Timeline,
    naming: Naming,
}

impl Book<'_> {
    /// Adds the change: its address, its day, its author and its reason.
    fn date(&self, seq: Seq, happened: Option<Happened>, mut entry: Entry) -> Dated {
        let change = self.timeline.changes.get(&seq);
        let recorded = change.map(|change| change.day);
        let day = happened.map_or(recorded, |happened| happened.day);
        let by = change.map(published_by).unwrap_or_default();
        // The reason of a load is about its file, not about each of its rows.
        let single = change.filter(|change| change.kind != ChangeKind::Load);
        let stated = single.and_then(|change| change.reason.as_ref());
        let mut reason = stated.and_then(Words::said).map(str::to_owned);
        // Of a correction the change says why the earlier entry was wrong; the row keeps the body's own reason.
        if entry.corrects {
            entry.why_wrong = reason.take();
        }
        if let (None, Some(stated)) = (entry.record, stated) {
            // The reason is the change's own: no row holds it.
            entry.record = Some((Subject::Change, seq.0));
            put_words(&mut entry, Some(stated).filter(|stated| stated.said().is_none()));
        }
        let entry = Entry {
            seq: seq.0,
            href: address::change(seq),
            happened: match happened {
                Some(happened) => say::when(happened),
                None => recorded.map(say::on),
            },
            recorded: recorded.filter(|recorded| happened.is_some() && day != Some(*recorded)).map(say::on),
            reason: entry.reason.or(reason),
            by,
            ..entry
        };
        Dated { day, seq, entry }
    }

    /// The body, or the recommendation and the body, that an answer is of.
    fn subject(&self, answer: AddresseeId) -> Option<Link> {
        let answer = self.timeline.answers.get(&answer)?;
        let one = self.timeline.recommendations.get(&answer.recommendation)?;
        let of_body = say::answer(one, &answer.body);
        match self.naming {
            Naming::Nothing => None,
            Naming::Bodies => Some(of_body),
            Naming::Everything => {
                let named = say::recommendation_of(one).words;
                Some(Link::new(of_body.href, format!("{named}: {}", answer.body.short())))
            }
        }
    }

    /// The bodies that a change says one recommendation was put to.
    fn bodies(&self, seq: Seq, of: RecommendationId) -> Vec<&str> {
        let asked = self.timeline.asked.iter().filter(|row| row.present);
        let here = asked.filter(|row| (row.place.seq, row.place.recommendation) == (seq, of));
        here.filter_map(|row| Some(self.timeline.answers.get(&row.place.addressee)?.body.short())).collect()
    }

    fn update(&self, row: &Update) -> Entry {
        let sentence = match row.value {
            FactValue::Response(value) => words::response_line(value, row.happened, row.basis.unwrap_or(Basis::Own)),
            FactValue::Reported(value) => words::reported_line(value, row.happened),
            FactValue::Assessed(value) => {
                let found = words::assessed_line(value, row.happened);
                row.assessor.as_ref().map_or(found.clone(), |assessor| format!("{assessor}: {found}"))
            }
            FactValue::Lifecycle(value, closure) => words::lifecycle_line(value, closure, row.happened),
        };
        let mut entry = Entry {
            sentence,
            body: self.subject(row.place.addressee),
            reason: row.reason.as_ref().and_then(Words::said).map(str::to_owned),
            source: say::source(row.source_url.as_deref()),
            checked: row.checked.map(|checked| words::claim_checked(checked).to_owned()),
            correction: correction(row),
            corrects: row.corrects.is_some(),
            record: Some((Subject::Update, row.id.0)),
            ..Entry::default()
        };
        if let Some(decided) = &row.decided {
            entry.sentence.push_str(&format!(". {}", words::decided(decided)));
        }
        if let Some(decide_by) = row.decide_by {
            entry.sentence.push_str(&format!(". {}", words::due(DeadlineKind::Decision, decide_by)));
        }
        put_words(&mut entry, row.words.as_ref().or(row.their_word.as_ref()));
        entry
    }

    fn deadline(&self, row: &Deadline) -> Entry {
        use DeadlineKind::{Return, Target};
        let set_by = row.setter();
        let sentence = match (row.kind, row.due_on, row.replaces.flatten()) {
            (Target, Some(on), _) if row.corrects.is_some() => {
                words::date_put_right(&words::target(on, set_by), row.corrects.and_then(|wrong| wrong.was))
            }
            (Target, Some(to), Some(from)) => words::target_moved(from, to, set_by),
            (Target, Some(on), None) => words::target(on, set_by),
            (Return, next, _) => words::schedule(row.every_months, next),
            (kind, Some(on), _) => words::due(kind, on),
            (kind, None, _) => format!("{}: {}", words::deadline_kind(kind), words::TAKEN_BACK),
        };
        let mut entry = Entry {
            sentence,
            body: self.subject(row.place.addressee),
            reason: row.reason.as_ref().and_then(Words::said).map(str::to_owned),
            source: say::source(row.source_url.as_deref()),
            checked: Some(words::claim_checked(row.checked).to_owned()),
            record: row.reason.as_ref().map(|_| (Subject::Deadline, row.id.0)),
            correction: date_correction(row),
            ..Entry::default()
        };
        if let Some(Words::Withheld(on)) = row.reason {
            entry.sentence.push_str(&format!(". {}", words::withheld_on(on)));
        }
        entry
    }
}

/// The words, or that they are withheld, which is no quotation.
fn put_words(entry: &mut Entry, words: Option<&Words>) {
    match words {
        None => {}
        Some(Words::Said(words)) => entry.words = Some(words.clone()),
        Some(Words::Withheld(on)) => {
            entry.sentence.push_str(&format!(". {}", words::withheld_on(*on)));
        }
    }
}

/// Of a date: what it puts right, or what puts it right.
fn date_correction(row: &Deadline) -> Option<Link> {
    let by = row.corrected_by.map(|seq| Link::new(address::change(seq), words::corrected_by(seq)));
    by.or_else(|| row.corrects.map(|wrong| Link::new(address::change(wrong.seq), words::corrects(wrong.seq))))
}

/// What it puts right, or what puts it right.
fn correction(row: &Update) -> Option<Link> {
    let by = row.corrected_by.map(|seq| Link::new(address::change(seq), words::corrected_by(seq)));
    by.or_else(|| row.corrects.map(|seq| Link::new(address::change(seq), words::corrects(seq))))
}

/// "Published by an overseer of this register".
pub fn published_by(change: &Change) -> String {
    let body = change.body.as_ref().map(|body| body.short());
    let author = words::author(change.role, body);
    match change.kind {
        ChangeKind::Load => words::change_kind(change.kind).to_owned(),
        _ => format!("Published {author}"),
    }
}
