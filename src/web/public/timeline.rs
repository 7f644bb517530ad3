//! The timeline: every published row about something, newest first, grouped by year, each with its change's own address.

use std::collections::HashSet;

use crate::domain::address;
use crate::domain::change::{ChangeKind, Fact, RemarkKind, Subject};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, RecommendationId, Seq};
use crate::domain::moment::{Day, Happened};
use crate::domain::record::FactValue;
use crate::domain::response::Basis;
use crate::domain::words;
use crate::store::coverage::Coverage;
use crate::store::deadline::Deadline;
use crate::store::remark::Remark;
use crate::store::timeline::Timeline;
use crate::store::update::Update;
use crate::store::withheld::Words;
use crate::store::wording::Wording;
use crate::web::part::Link;
use crate::web::part::timeline::{Entry, Year};

use super::{evidence, judged, say};

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
    let takes_in = |kind| matches!(kind, ChangeKind::Load | ChangeKind::Entry);
    let loaded = |seq: Seq| timeline.changes.get(&seq).is_some_and(|change| takes_in(change.kind));
    // What takes it in says in one entry what came in and whom it was put to.
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
        book.date(row.seq, None, book.wording(row, sentence, loaded(row.seq)))
    }));
    let asked = timeline.asked.iter().filter(|row| !entered(row.place.seq, row.place.recommendation));
    dated.extend(asked.map(|row| {
        let sentence =
            if row.present { words::addressee_checked(row.checked) } else { words::ASKED_IN_ERROR }.to_owned();
        let entry = Entry { sentence, body: book.subject(row.place.addressee), ..Entry::default() };
        book.date(row.place.seq, None, entry)
    }));
    dated.extend(timeline.updates.iter().map(|row| book.date(row.place.seq, Some(row.happened), book.update(row))));
    dated.extend(timeline.arrivals.iter().map(|row| {
        let sentence = words::arrival(row.received_on, say::arrived(row));
        let entry = Entry { sentence, body: book.subject(row.place.addressee), ..Entry::default() };
        book.date(row.place.seq, Some(Happened::on(row.received_on)), entry)
    }));
    dated.extend(timeline.became.iter().map(|row| {
        let sentence = words::step_of(row.step, row.received_on);
        let entry = Entry { sentence, body: book.subject(row.place.addressee), ..Entry::default() };
        book.date(row.place.seq, row.happened_on.map(Happened::on), entry)
    }));
    // The next date of a schedule follows from what came in, and is said after it.
    dated.extend(timeline.deadlines.iter().map(|row| book.date(row.place.seq, None, book.deadline(row))));
    dated.extend(timeline.remarks.iter().map(|row| {
        let sentence = judged::remark(timeline, row, naming);
        let mut entry = Entry { sentence, answers: judged::answered(timeline, row), ..Entry::default() };
        entry.record = Some((Subject::Remark, row.id.0));
        entry.body = row.addressee.and_then(|answer| book.subject(answer)).or_else(|| {
            let one = timeline.recommendations.get(&row.recommendation?)?;
            (naming == Naming::Everything).then(|| say::recommendation_of(one))
        });
        entry.source = say::source(row.source_url.as_deref());
        let date = timeline.deadlines.iter().find(|date| Some(date.id) == row.deadline);
        entry.corrected_by = corrected_by(date.and_then(|date| date.corrected_by));
        super::minute::put(&mut entry, row);
        let checked = row.checked.filter(|_| row.words.said().is_some());
        entry.checked = checked.map(|checked| say::compared(entry.source.as_ref(), checked));
        put_words(&mut entry, Some(&row.words));
        if row.words.said().is_some() && (row.kind == RemarkKind::Reply || row.ask.is_some()) {
            (entry.lang, entry.rights) = (row.rights.lang(), Some(format!("{}.", words::source_rights(row.rights))));
        }
        if row.kind == RemarkKind::Notice && date.is_some_and(|date| date.kind == DeadlineKind::Response) {
            entry.reason = book.came_late(row);
        }
        book.date(row.seq, Some(row.happened), entry)
    }));
    let supporting = timeline.evidence.iter().map(|row| (row.place, None, evidence::entry(row)));
    let agreed = timeline.agreements.iter().map(|row| {
        let earlier = row.recorded_later().map(|_| Happened::on(row.agreed_on));
        (row.place, earlier, evidence::agreed(row))
    });
    dated.extend(supporting.chain(agreed).map(|(place, happened, entry)| {
        book.date(place.seq, happened, Entry { body: book.subject(place.addressee), ..entry })
    }));
    dated.extend(judged::entries(timeline).map(|(seq, happened, answer, entry)| {
        let body = answer.map_or(entry.body.clone(), |answer| book.subject(answer));
        book.date(seq, happened, Entry { body, ..entry })
    }));
    let held = super::hold::entries(timeline, naming == Naming::Everything);
    dated.extend(held.map(|(seq, entry)| book.date(seq, None, entry)));
    let edited = super::edit::entries(timeline, naming == Naming::Everything);
    dated.extend(edited.map(|(seq, happened, entry)| book.date(seq, happened, entry)));
    dated.extend(timeline.looks.iter().map(|row| book.date(row.seq, None, look(row, naming))));
    dated.extend(timeline.rules.iter().map(|(seq, rule)| {
        let sentence = words::accuracy_rule(rule.working_days).trim_end_matches('.').to_owned();
        book.date(*seq, None, Entry { sentence, ..Entry::default() })
    }));
    dated
}

/// Where answers and updates were looked for, as an entry.
pub fn look(row: &Coverage, naming: Naming) -> Entry {
    let whose = (row.body.as_ref().map(|body| body.short()), row.recommendation.as_ref().map(|one| one.1.as_str()));
    let by = row.by_post.as_ref().map(|post| format!(", by {post}")).unwrap_or_default();
    let mut entry = Entry {
        seq: row.seq.0,
        href: address::change(row.seq),
        sentence: format!("{}{by}", words::look(row.what, whose, row.looked_on, row.found)),
        source: say::source(row.source_url.as_deref()),
        corrects: corrects(row.corrects),
        corrected_by: corrected_by(row.corrected_by),
        record: Some((Subject::Coverage, row.id.0)),
        body: (naming == Naming::Everything).then(|| say::inquiry(&row.inquiry)),
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
        let by = if entry.by.is_empty() { change.map(say::published_by).unwrap_or_default() } else { entry.by.clone() };
        // The reason of a load is about its file, not about each of its rows.
        let single = change.filter(|change| change.kind != ChangeKind::Load);
        let stated = single.and_then(|change| change.reason.as_ref());
        let mut reason = stated.and_then(Words::said).map(str::to_owned);
        // Of a correction the change says why the earlier entry was wrong; the row keeps the body's own reason.
        if entry.corrects.is_some() && matches!(entry.record, Some((Subject::Update, _))) {
            entry.why_wrong = reason.take();
        }
        if let (None, Some(stated)) = (entry.record, stated) {
            // The reason is the change's own: no row holds it.
            entry.record = Some((Subject::Change, seq.0));
            if let Words::Withheld(gone) = stated {
                entry.sentence = words::and_then(&entry.sentence, &words::reason_taken_out(*gone));
            }
        }
        let entry = Entry {
            seq: seq.0,
            href: address::change(seq),
            // What has no day of its own is dated by its recording, and says that this is what the date is.
            happened: happened.and_then(say::when),
            recorded: recorded.filter(|recorded| happened.is_none() || day != Some(*recorded)).map(say::on),
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

    /// Words that were published: quoted where they do not stand above the timeline already, which are those that a load
    /// brought and nothing has replaced.
    fn wording(&self, row: &Wording, sentence: String, loaded: bool) -> Entry {
        let link = self.timeline.recommendations.get(&row.recommendation).map(say::recommendation_of);
        let source = say::source(row.source_url.as_deref());
        let published = row.text.as_ref().or(row.title.as_ref());
        let mut entry = Entry {
            sentence,
            body: link.filter(|_| self.naming == Naming::Everything),
            record: published.map(|_| (Subject::Wording, row.id.0)),
            ..Entry::default()
        };
        if loaded && row.replaced_by.is_none() {
            put_words(&mut entry, published.filter(|words| words.said().is_none()));
        } else if published.is_some_and(|words| words.said().is_none()) {
            put_words(&mut entry, published);
        } else {
            let said: Vec<&str> = [&row.title, &row.text].into_iter().flatten().filter_map(Words::said).collect();
            entry.words = (!said.is_empty()).then(|| words::warned(&said.join("\n"), row.checked));
            entry.checked = source.is_none().then(|| words::NO_LINK.to_owned());
            entry.corrected_by = row.replaced_by.map(|seq| Link::new(address::change(seq), words::replaced_by(seq)));
        }
        Entry { source, ..entry }
    }

    fn update(&self, row: &Update) -> Entry {
        let sentence = match row.value {
            FactValue::Response(value) => words::response_line(value, row.happened, row.basis.unwrap_or(Basis::Own)),
            FactValue::Reported(value) => words::reported_line(value, row.happened),
            FactValue::Assessed(value) => {
                judged::found(words::assessed_line(value, row.happened), row.assessor.as_deref(), self.naming)
            }
            FactValue::Lifecycle(value, closure) => words::lifecycle_line(value, closure, row.happened),
        };
        let source = say::source(row.source_url.as_deref());
        let reason = row.reason.as_ref().and_then(Words::said);
        let place = reason.filter(|_| row.value.fact() == Fact::Lifecycle).and_then(words::taken_place_here);
        let mut entry = Entry {
            sentence,
            body: self.subject(row.place.addressee),
            taken_by: place.map(|(before, (name, address), _)| (before, Link::new(address, name))),
            reason: place.map(|(.., rest)| rest).or(reason).map(str::to_owned),
            lang: row.rights.lang(),
            reason_lang: row.reason.as_ref().and(row.rights.lang()),
            rights: words::update_rights(row.rights),
            checked: say::update_compared(row, source.as_ref()),
            source,
            corrects: corrects(row.corrects),
            corrected_by: corrected_by(row.corrected_by),
            by: self.sent_in_by(row).unwrap_or_default(),
            record: Some((Subject::Update, row.id.0)),
            ..Entry::default()
        };
        let voice = row.voice.as_ref().map(|voice| words::said_by(&voice.name));
        let decide_by = row.decide_by.map(|on| words::due(DeadlineKind::Decision, on));
        for more in [voice, row.decided.as_ref().map(words::decided), decide_by].into_iter().flatten() {
            entry.sentence.push_str(&format!(". {more}"));
        }
        if let Some(word) = row.their_word.as_ref().and_then(Words::said) {
            entry.sentence.push_str(&format!(". {}", words::in_its_own_word(word)));
        }
        put_words(&mut entry, row.words.as_ref());
        entry
    }

    /// Whose words an update has that the body sent in, and who published them.
    fn sent_in_by(&self, row: &Update) -> Option<String> {
        let change = self.timeline.changes.get(&row.place.seq)?;
        let asked = &self.timeline.answers.get(&row.place.addressee)?.body;
        let body = row.voice.as_ref().unwrap_or(asked);
        row.from_body.then(|| words::from_body(body.short(), change.role))
    }

    /// Of the note that no answer came by a day: when one came after all.
    fn came_late(&self, notice: &Remark) -> Option<String> {
        let due = notice.happened.day?;
        let answers = self.timeline.updates.iter().filter(|row| {
            let answers = matches!(row.value, FactValue::Response(value) if value.is_answer());
            answers && Some(row.place.addressee) == notice.addressee && row.place.seq > notice.seq
        });
        let first = answers.filter(|row| row.corrected_by.is_none()).min_by_key(|row| row.place.seq)?;
        let came = first.happened.exact().filter(|came| *came > due)?;
        Some(words::came_late(came, due))
    }

    /// Whether a date followed from what came in by the register's own rule.
    fn is_by_schedule(&self, row: &Deadline) -> bool {
        let change = self.timeline.changes.get(&row.place.seq);
        row.kind == DeadlineKind::Return
            && change.is_some_and(|change| matches!(change.kind, ChangeKind::Arrival | ChangeKind::ArrivalStep))
    }

    fn deadline(&self, row: &Deadline) -> Entry {
        use DeadlineKind::{Plan, Recheck, Return, Target};
        let set_by = row.setter();
        let sentence = match (row.kind, row.due_on, row.replaces.flatten()) {
            _ if row.corrects.is_some() => say::date_corrected(row),
            (Target, Some(to), Some(from)) => words::target_moved(from, to, set_by),
            (Target, Some(on), None) => words::target(on, set_by),
            (Return, next, _) => words::schedule(row.every_months, next),
            (Plan, ..) => say::plan(row),
            (_, due, _) if row.act.is_some() => {
                row.act.map_or_else(String::new, |(act, on)| words::deadline_act(act, on, due))
            }
            (kind, Some(on), _) => words::due(kind, on),
            (Target, None, from) => words::target_taken_back(from, set_by),
            (kind, None, _) => format!("{}: {}", words::deadline_kind(kind), words::TAKEN_BACK),
        };
        let source = say::source(row.source_url.as_deref());
        // The register's own days were compared with nothing; of what is withheld it is not said what it rests on.
        let withheld = matches!(row.reason, Some(Words::Withheld(_)));
        let claimed = !matches!(row.kind, Return | Recheck) && !withheld;
        let mut entry = Entry {
            sentence,
            body: self.subject(row.place.addressee),
            reason: row.reason.as_ref().and_then(Words::said).map(str::to_owned),
            checked: claimed.then(|| say::compared(source.as_ref(), row.checked)),
            source,
            by: if self.is_by_schedule(row) { words::SET_BY_SCHEDULE.to_owned() } else { String::new() },
            record: say::has_words(row).then_some((Subject::Deadline, row.id.0)),
            date: Some(row.id),
            corrects: corrects(row.corrects.map(|wrong| wrong.seq)),
            corrected_by: corrected_by(row.corrected_by),
            ..Entry::default()
        };
        let rule = row.reckoned();
        for more in rule
            .into_iter()
            .chain(row.owed_to.as_deref().map(words::owed_to))
            .chain(row.agreed_by.as_deref().map(words::agreed_by))
        {
            entry.sentence.push_str(&format!(", {more}"));
        }
        if let (Some(Words::Withheld(on)), false) = (&row.reason, row.kind == Plan) {
            entry.sentence = words::and_then(&entry.sentence, &words::withheld_on(*on));
        }
        entry
    }
}

/// The words, or that they are withheld, which is no quotation.
pub(super) fn put_words(entry: &mut Entry, words: Option<&Words>) {
    match words {
        None => {}
        Some(Words::Said(words)) => entry.words = Some(words.clone()),
        Some(Words::Withheld(on)) => entry.sentence = words::and_then(&entry.sentence, &words::withheld_on(*on)),
    }
}

/// What an entry puts right.
pub(super) fn corrects(seq: Option<Seq>) -> Option<Link> {
    seq.map(|seq| Link::new(address::change(seq), words::corrects(seq)))
}

/// What puts an entry right.
pub(super) fn corrected_by(seq: Option<Seq>) -> Option<Link> {
    seq.map(|seq| Link::new(address::change(seq), words::corrected_by(seq)))
}
