//! The card of one body asked: its four facts as they stand, each with one line and its source, and what is next.

use crate::domain::assessed::Assessed;
use crate::domain::change::Fact;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::DeadlineId;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::report::Marked;
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};
use crate::domain::succession::Handed;
use crate::domain::words;
use crate::store::addressee::Answer;
use crate::store::detail::Details;
use crate::store::recommendation::Recommendation;
use crate::store::update::Update;
use crate::store::withheld::Words;
use crate::web::part::Link;
use crate::web::part::card::{Card, FactRow};

use super::{judged, say};

/// What a card is made with besides its answer.
#[derive(Debug, Clone, Copy)]
pub struct Light<'a> {
    /// In whose name oversight finds something.
    pub assessor: &'a str,
    /// The day that it is.
    pub today: Day,
}

/// The card of one answer.
pub fn card(of: &Recommendation, answer: &Answer, details: &Details, light: Light<'_>) -> Card {
    Card {
        id: answer.body.slug.to_string(),
        body: Link::new(say::answer(of, &answer.body).href, answer.body.name.clone()),
        doubt: (!matches!(answer.checked, Checked::Source | Checked::Quoted))
            .then(|| words::addressee_checked(answer.checked).to_owned()),
        handed: handed(answer, details),
        facts: facts(answer, details, light),
        others: judged::others(answer, details, light.assessor),
        mark: judged::mark(answer, details),
        only_mentioned: details.mark(answer.id).is_some_and(|(_, mark)| mark.value == Marked::Theme),
        targets: targets(answer, details, light.today),
        agreed: details.agreement(answer.id).map(|agreed| match &agreed.words {
            Words::Said(said) => words::agreed_on(agreed.agreed_on, agreed.recorded_later(), said),
            Words::Withheld(taken) => words::withheld_on(*taken),
        }),
        next: match answer.lifecycle.value {
            Lifecycle::Closed => answer.recheck_due.map(|_| again(answer, light.today)),
            Lifecycle::Open | Lifecycle::Lapsed => Some(next(answer, details, light.today)),
        },
        deeds: Vec::new(),
    }
}

/// Who answers now, where that is not the body that was asked, and how it came to that.
fn handed(answer: &Answer, details: &Details) -> Vec<String> {
    let Some(path) = details.path(answer.id) else { return Vec::new() };
    let mut lines: Vec<String> =
        path.steps().map(|(from, to, on)| words::passed_on_when(&from.name, &to.name, on)).collect();
    match path.how {
        Handed::TakenOver => lines.push(words::answers_now(&path.now.name)),
        Handed::NotDecided => lines.push(words::ended_not_decided(&path.now.name)),
        Handed::Nobody => lines.push(words::passed_on(&path.now.name, None)),
        Handed::Asked => {}
    }
    lines
}

/// Who answered when a date passed, where that was not the body that answers now.
fn answered_then(answer: &Answer, details: &Details, day: Day) -> Option<String> {
    let path = details.path(answer.id)?;
    say::answered_then(path, day)
}

/// Answer, Reports, Found, Open or closed.
fn facts(answer: &Answer, details: &Details, light: Light<'_>) -> Vec<FactRow> {
    let assessor = answer.assessed_by.as_deref().unwrap_or(light.assessor);
    let tags = say::tags(answer, details, assessor, light.today);
    let lines = [
        (Fact::Response, response_line(answer, details), answer.response.update),
        (Fact::Reported, reported_line(answer, details), answer.reported.update),
        (Fact::Assessed, assessed_line(answer, details, light.today), answer.assessed.update),
        (Fact::Lifecycle, lifecycle_line(answer), answer.lifecycle.update),
    ];
    tags.into_iter()
        .zip(lines)
        .map(|(row, (fact, line, update))| {
            let evidence = details.evidence(update).iter().map(super::evidence::piece).collect();
            let own = details.update(update);
            let taken = own.and_then(out_of_sight);
            let rights = own.filter(|_| taken.is_none()).map(|update| update.rights).unwrap_or_default();
            let mut reason = taken.or_else(|| own.filter(|_| says_why(fact, answer)).and_then(because));
            let update = own.or_else(|| details.block(answer).filter(|_| fact == Fact::Response));
            let looked = details.looked_for(answer.id).filter(|_| fact == Fact::Response);
            let link = update.and_then(|update| update.source_url.as_deref());
            let source = say::source(link.or_else(|| looked.and_then(|look| look.source_url.as_deref())));
            let checked = update.and_then(|update| say::update_compared(update, source.as_ref()));
            let ends = match (&source, &checked) {
                (Some(_), _) => "; source:",
                (None, Some(_)) if !line.is_empty() => ".",
                _ => "",
            };
            let mut line = line;
            if line.is_empty() {
                line = reason.take().unwrap_or_default();
            }
            if !ends.is_empty() {
                let last = reason.as_mut().unwrap_or(&mut line);
                last.truncate(last.trim_end_matches('.').len());
            }
            let (lang, rights) = (rights.lang(), words::update_rights(rights));
            let judged = fact == Fact::Assessed && answer.assessed.value != Assessed::NotAssessed;
            let replies = if judged { judged::replies(details.replies(answer), answer, details) } else { Vec::new() };
            FactRow { line, reason, lang, ends, rights, source, checked, evidence, replies, ..row }
        })
        .collect()
}

fn response_line(answer: &Answer, details: &Details) -> String {
    let standing = answer.response;
    if standing.value == Response::NotRecorded {
        return match details.block(answer) {
            Some(_) => words::block_not_counted(answer.body.short()),
            None => words::not_responded(details.last_looked(answer), details.was_asked(answer.id)),
        };
    }
    if let Some(place) = details.looked_for(answer.id).and_then(|look| look.place.said()) {
        return words::none_found(place, standing.when);
    }
    let mut line = words::response_line(standing.value, standing.when, answer.response_basis.unwrap_or(Basis::Own));
    if let Some(times) = words::renewed(details.renewed(answer.id)) {
        line.push_str(&format!("; {times}"));
    }
    match details.plan(answer.id).filter(|_| standing.value.accepts()) {
        Some(plan) => line.push_str(&format!(". {}", say::plan(plan))),
        None if standing.value == Response::Accepted => line.push_str(&format!("; {}", words::NO_PLAN)),
        None => {}
    }
    let update = details.update(standing.update);
    if let Some(voice) = update.and_then(|update| update.voice.as_ref()) {
        line.push_str(&format!(". {}", words::said_by(&voice.name)));
    }
    if let Some(word) = update.and_then(|update| update.their_word.as_ref()).and_then(|word| word.said()) {
        line.push_str(". ");
        line.push_str(&words::in_its_own_word(word));
    }
    line
}

fn reported_line(answer: &Answer, details: &Details) -> String {
    let waiting = details.last_arrival(answer.id).filter(|arrival| arrival.published_on.is_none());
    let standing = answer.reported;
    let mut lines = Vec::new();
    if let Some(arrival) = waiting {
        let counted = details.nothing_new(answer.id).filter(|_| arrival.nil);
        lines.push(match counted {
            Some(found) => words::nothing_new_on(arrival.received_on, found),
            // What is published was another update, and nothing of this one is said of it.
            None if standing.value != Reported::NotReported && !arrival.nil => {
                words::another_arrival(arrival.received_on, say::arrived(arrival))
            }
            None => words::arrival(arrival.received_on, say::arrived(arrival)),
        });
        if arrival.nil && standing.value == Reported::NotReported {
            lines.push(words::NOTHING_SAID.to_owned());
        }
    }
    // Last, for the link to where the body says so follows.
    if standing.value != Reported::NotReported {
        if let Some(voice) = details.update(standing.update).and_then(|update| update.voice.as_ref()) {
            lines.push(words::said_by(&voice.name));
        }
        lines.push(words::reported_line(standing.value, standing.when));
    }
    lines.join(". ")
}

/// The finding, who decided it, and where no evidence stands below it, that it rests on none that is public. What the body
/// replied stands right below.
fn assessed_line(answer: &Answer, details: &Details, today: Day) -> String {
    let found = match answer.assessed.value {
        Assessed::NotAssessed => return words::NOBODY_JUDGED.to_owned(),
        found => words::assessed_line(found, answer.assessed.when),
    };
    let decided = details.update(answer.assessed.update).and_then(|update| update.decided.as_ref());
    let mut sentences = vec![found];
    let old = answer.looked_until.filter(|_| answer.is_not_looked_at_lately(today));
    sentences.extend(old.map(words::not_lately_since));
    sentences.extend(decided.map(words::decided));
    if details.evidence(answer.assessed.update).is_empty() {
        sentences.push(words::RESTS_ON_NOTHING.to_owned());
    }
    sentences.join(". ")
}

fn lifecycle_line(answer: &Answer) -> String {
    match answer.lifecycle.value {
        Lifecycle::Open => String::new(),
        value => words::lifecycle_line(value, answer.closure, answer.lifecycle.when),
    }
}

/// Whether the line of a fact ends with the reason that the body gave.
fn says_why(fact: Fact, answer: &Answer) -> bool {
    match fact {
        Fact::Response => answer.response.value != Response::NotRecorded,
        Fact::Reported => answer.reported.value != Reported::NotReported,
        Fact::Assessed | Fact::Lifecycle => false,
    }
}

/// The reason, where one was published and may be read.
fn because(update: &Update) -> Option<String> {
    update.reason.as_ref().and_then(Words::said).map(str::to_owned)
}

/// That its words are out of sight, or were removed for legal reasons: the value and the date stay.
fn out_of_sight(update: &Update) -> Option<String> {
    match update.words.as_ref()? {
        Words::Said(_) => None,
        Words::Withheld(taken) => Some(words::withheld_on(*taken)),
    }
}

/// The date that the body set for itself, and how it moved.
fn targets(answer: &Answer, details: &Details, today: Day) -> Vec<String> {
    let Some(target) = &answer.target else { return Vec::new() };
    let standing = details.deadline(target.deadline);
    let first = details.first_target(answer);
    let Some(on) = target.on else {
        let was =
            target.first_on.map_or_else(String::new, |first| format!(". The first target was {}", words::day(first)));
        // Taking a date back is moving it, too: the days past the first one go on counting.
        let past = details.days_past_first_target(answer, today).and_then(words::days_past_first_target);
        let past = past.map_or_else(String::new, |past| format!(", {past}"));
        let taken = words::target_taken_back(None, standing.map_or(words::SOMEBODY, |date| date.setter()));
        return vec![taken + &was + &past];
    };
    let set_by = standing.map_or(words::SOMEBODY, |date| date.setter());
    let line = words::target_line(&words::TargetFacts {
        on,
        set_by,
        first_set_by: first.map(|date| date.setter()).filter(|setter| *setter != set_by),
        first: target.first_on.filter(|first| target.times_moved > 0 && *first != on),
        times_moved: target.times_moved,
        days_past_first: details.days_past_first_target(answer, today),
        passed_before_register: on < answer.taken_in_on
            || details.unheard(answer, DeadlineKind::Target, today).is_some(),
    });
    vec![line]
}

/// What is owed next, or has passed.
fn next(answer: &Answer, details: &Details, today: Day) -> String {
    let kinds = [DeadlineKind::Response, DeadlineKind::Decision, DeadlineKind::Return];
    let mut lines: Vec<(Day, String)> = kinds
        .into_iter()
        .filter_map(|kind| {
            let due = answer.due(kind)?;
            let line = match details.missed(answer, kind, today) {
                Some(missed) => {
                    let line = format!("{}, {}", words::missed(kind, missed), words::distance(missed, today));
                    answered_then(answer, details, missed).map_or(line.clone(), |then| words::and_then(&line, &then))
                }
                None => words::due(kind, due.on),
            };
            let unheard = details.unheard(answer, kind, today).map(|_| format!("; {}", words::unheard(kind)));
            Some((due.on, line + &reckoned(details, due.deadline) + &unheard.unwrap_or_default()))
        })
        .collect();
    if let Some(missed) = details.missed(answer, DeadlineKind::Target, today) {
        let line = words::missed(DeadlineKind::Target, missed);
        let line = answered_then(answer, details, missed).map_or(line.clone(), |then| words::and_then(&line, &then));
        lines.push((missed, line));
    }
    if let Some(due) = answer.recheck_due {
        lines.push((due.on, again(answer, today)));
    }
    if let Some(paused) = details.paused(answer.id) {
        let since = paused.act.and_then(|(_, on)| on);
        lines.push((since.unwrap_or(today), words::paused_since(since)));
    }
    if lines.is_empty() {
        return words::schedule(answer.return_every, None);
    }
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("; ")
}

/// When oversight looks again, or was to.
fn again(answer: &Answer, today: Day) -> String {
    let Some(due) = answer.recheck_due else { return String::new() };
    if due.on < today {
        return words::missed(DeadlineKind::Recheck, due.on);
    }
    words::due(DeadlineKind::Recheck, due.on)
}

/// By which rule a date was reckoned, and whom an answer is owed to.
fn reckoned(details: &Details, date: DeadlineId) -> String {
    let Some(date) = details.deadline(date) else { return String::new() };
    let rule = date.reckoned();
    let owed = date.owed_to.as_deref().map(words::owed_to);
    rule.into_iter().chain(owed).map(|more| format!(", {more}")).collect()
}
