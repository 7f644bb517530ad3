//! What stands beside a judgement: what others found, what the body replied to each, and how it fares in the body's documents.

use crate::domain::address;
use crate::domain::change::{RemarkKind, Subject};
use crate::domain::id::{AddresseeId, BodyId, Seq};
use crate::domain::moment::Happened;
use crate::domain::outside::{Beside, Judgement};
use crate::domain::words;
use crate::store::addressee::Answer;
use crate::store::body::BodyName;
use crate::store::detail::Details;
use crate::store::mark::{self, Mark};
use crate::store::outside::Outside;
use crate::store::remark::Remark;
use crate::store::report::{self, Report};
use crate::store::timeline::Timeline;
use crate::store::withheld::Words;
use crate::store::{self, ReadTx};
use crate::web::part::Link;
use crate::web::part::card::{Found, Reply};
use crate::web::part::timeline::Entry;

use super::say;
use super::timeline::Naming;

/// Everything that the body replied to a judgement, in the same place; or that no reply is recorded.
#[must_use]
pub fn replies(replies: &[Remark], answer: &Answer, details: &Details) -> Vec<Reply> {
    if replies.is_empty() {
        return vec![Reply { line: words::NO_REPLY.to_owned(), ..Reply::default() }];
    }
    replies.iter().map(|one| reply(one, say::speaker(&answer.body, details.path(answer.id), one.happened))).collect()
}

fn reply(reply: &Remark, speaker: Option<&BodyName>) -> Reply {
    let line = speaker
        .map_or_else(|| words::replied_bare(reply.happened), |body| words::replied(body.short(), reply.happened));
    match &reply.words {
        Words::Said(said) => Reply {
            line,
            words: Some(said.clone()),
            lang: reply.rights.lang(),
            rights: Some(format!("{}.", words::source_rights(reply.rights))),
            source: say::source(reply.source_url.as_deref()),
        },
        Words::Withheld(taken) => Reply { line: format!("{line}. {}", words::withheld_on(*taken)), ..Reply::default() },
    }
}

/// What outside bodies found about an answer, each under its own name.
#[must_use]
pub fn others(answer: &Answer, details: &Details, assessor: &str) -> Vec<Found> {
    let assessor = answer.assessed_by.as_deref().unwrap_or(assessor);
    let own = words::assessed(answer.assessed.value).words;
    details
        .outside(answer.id)
        .iter()
        .map(|one| {
            let beside = one.gist.beside(answer.assessed.value);
            let source = say::source(one.source_url.as_deref());
            let line = words::outside_line(one.by(), one.happened, one.gist);
            let (line, said) = match &one.words {
                Words::Said(words) => (line, Some(words.clone())),
                Words::Withheld(taken) => (format!("{line}. {}", words::withheld_on(*taken)), None),
            };
            Found {
                checked: said.as_ref().map(|_| say::compared(source.as_ref(), one.checked)),
                notes: notes(one),
                lang: one.rights.lang(),
                beside: words::beside(beside, assessor, &own),
                differs: beside == Beside::Differs,
                replies: replies(details.replies_to(Judgement::Outside(one.id)), answer, details),
                words: said,
                source,
                line,
            }
        })
        .collect()
}

fn notes(one: &Outside) -> Vec<String> {
    let place = one.where_in.as_deref().map(words::on_page);
    place.into_iter().chain(words::update_rights(one.rights)).collect()
}

/// How an answer fares in the last document of its body that somebody looked through.
#[must_use]
pub fn mark(answer: &Answer, details: &Details) -> Option<Link> {
    let (report, mark) = details.mark(answer.id)?;
    Some(Link::new(address::report(report.began), mark_line(report, mark)))
}

/// `Progress report of 3 March 2027: answered on page 12`.
#[must_use]
pub fn mark_line(report: &Report, mark: &Mark) -> String {
    format!("{}: {}", words::document(report.kind, report.happened), words::mark(mark.value, mark.page.as_deref()))
}

/// What was found, with whose finding it is. After the name of the body another name with a colon would read as a second
/// subject, so there it comes last.
#[must_use]
pub fn found(line: String, assessor: Option<&str>, naming: Naming) -> String {
    match assessor {
        Some(assessor) if naming == Naming::Nothing => format!("{assessor}: {line}"),
        Some(assessor) => words::found_by(&line, assessor),
        None => line,
    }
}

/// A mark as an entry of the timeline; of a document that is not known any more, nothing is said but that there was one.
#[must_use]
pub fn mark_entry(report: Option<&Report>, mark: &Mark) -> Entry {
    let line = report.map_or_else(|| words::mark(mark.value, mark.page.as_deref()), |report| mark_line(report, mark));
    let read = if mark.confirmed { words::READ_TWICE } else { words::READ_ONCE };
    let mut entry = Entry {
        sentence: format!("{line}. {read}"),
        evidence: report
            .map(|report| Link::new(address::report(report.began), say::read(&report.title)))
            .into_iter()
            .collect(),
        corrects: mark.corrects.map(|seq| Link::new(address::change(seq), words::corrects(seq))),
        corrected_by: mark.corrected_by.map(|seq| Link::new(address::change(seq), words::corrected_by(seq))),
        record: (mark.page.is_some() || mark.words.is_some()).then_some((Subject::Mark, mark.id.0)),
        ..Entry::default()
    };
    match &mark.words {
        Some(Words::Said(words)) => entry.words = Some(words.clone()),
        Some(Words::Withheld(taken)) => entry.sentence.push_str(&format!(". {}", words::withheld_on(*taken))),
        None => {}
    }
    entry
}

/// What an outside body found, as an entry of the timeline.
#[must_use]
pub fn outside_entry(one: &Outside) -> Entry {
    let source = say::source(one.source_url.as_deref());
    let mut entry = Entry {
        sentence: words::outside_line(one.by(), one.happened, one.gist),
        corrects: one.corrects.map(|seq| Link::new(address::change(seq), words::corrects(seq))),
        corrected_by: one.corrected_by.map(|seq| Link::new(address::change(seq), words::corrected_by(seq))),
        record: Some((Subject::Outside, one.id.0)),
        lang: one.rights.lang(),
        rights: words::update_rights(one.rights),
        ..Entry::default()
    };
    if let Some(place) = &one.where_in {
        entry.sentence.push_str(&format!(". {}", words::on_page(place)));
    }
    match &one.words {
        Words::Said(words) => {
            entry.words = Some(words.clone());
            entry.checked = Some(say::compared(source.as_ref(), one.checked));
            entry.source = source;
        }
        Words::Withheld(taken) => entry.sentence.push_str(&format!(". {}", words::withheld_on(*taken))),
    }
    entry
}

/// What is said of a document, as an entry of the timeline.
#[must_use]
pub fn report_entry(report: &Report) -> Entry {
    let document = words::document(report.kind, report.happened);
    Entry {
        sentence: words::report_received(&document, report.received_on),
        body: Some(Link::new(
            address::report(report.began),
            format!("{}: {}", report.body.short(), say::read(&report.title)),
        )),
        corrects: report.corrects.map(|seq| Link::new(address::change(seq), words::corrects(seq))),
        corrected_by: report.corrected_by.map(|seq| Link::new(address::change(seq), words::corrected_by(seq))),
        source: say::source(report.url.as_deref()),
        record: Some((Subject::Report, report.id.0)),
        ..Entry::default()
    }
}

/// The entries of a timeline that stand beside judgements: each with its change, its date, and the answer that it is about.
pub fn entries(timeline: &Timeline) -> impl Iterator<Item = (Seq, Option<Happened>, Option<AddresseeId>, Entry)> + '_ {
    let marks = timeline.marks.iter().map(|row| {
        let report = timeline.documents.get(&row.report);
        (row.place.seq, report.map(|report| report.happened), Some(row.place.addressee), mark_entry(report, row))
    });
    let outside = timeline
        .outside
        .iter()
        .map(|row| (row.place.seq, Some(row.happened), Some(row.place.addressee), outside_entry(row)));
    let reports = timeline.reports.iter().map(|row| (row.seq, Some(row.happened), None, report_entry(row)));
    marks.chain(outside).chain(reports)
}

/// What a remark is; of what a body said, with its name. Where the entry begins with the name of the body asked, the sentence
/// says no name but that of another body which spoke.
#[must_use]
pub fn remark(timeline: &Timeline, row: &Remark, naming: Naming) -> String {
    let answer = row.addressee.and_then(|id| Some((timeline.answers.get(&id)?, timeline.paths.get(&id))));
    let (Some((answer, path)), Some(on)) = (answer, row.happened.day) else {
        return words::remark_kind(row.kind).to_owned();
    };
    let speaker = say::speaker(&answer.body, path, row.happened);
    let named = speaker.filter(|_| naming == Naming::Nothing).map(|body| body.short().to_owned());
    let sentence = match row.kind {
        RemarkKind::Reply => replied(timeline, row, named),
        _ if row.ask.is_some() => say::asked_for_later(row.ask.as_ref(), named, on),
        kind => return words::remark_kind(kind).to_owned(),
    };
    match speaker.filter(|body| naming != Naming::Nothing && body.id != answer.body.id) {
        Some(body) => format!("{sentence}. {}", words::said_by(&body.name)),
        None => sentence,
    }
}

/// That a body replied, and to whose finding where that is not this register's.
fn replied(timeline: &Timeline, reply: &Remark, body: Option<String>) -> String {
    let said = match body {
        Some(body) => words::replied(&body, reply.happened),
        None => words::replied_bare(reply.happened),
    };
    match reply.replies_to {
        Some(Judgement::Outside(id)) => {
            let by = timeline.finders.get(&id).map_or("an outside body", String::as_str);
            format!("{said}{}", words::replied_to(by))
        }
        _ => said,
    }
}

/// The finding of this register that a reply answers, by its change: a later one may have taken its place since.
#[must_use]
pub fn answered(timeline: &Timeline, reply: &Remark) -> Option<Link> {
    let Judgement::Own(id) = reply.replies_to? else { return None };
    let seq = timeline.judged.get(&id).copied();
    seq.map(|seq| Link::new(address::change(seq), words::answers_finding(seq)))
}

/// The documents of a body, the last logged first, each with how its items fare in it.
///
/// # Errors
/// When the database fails.
pub fn reports(tx: &mut ReadTx<'_>, body: BodyId, most: i64) -> Result<Vec<(Link, String)>, store::Error> {
    let all = report::of_body(tx, body, most)?;
    let counts = mark::counts(tx, all.iter().map(|one| one.began).collect())?;
    let line = |one: &Report| {
        let document = words::document(one.kind, one.happened);
        let link = Link::new(address::report(one.began), format!("{document}: {}", say::read(&one.title)));
        (link, words::marks(counts.get(&one.began).copied().unwrap_or_default()))
    };
    Ok(all.iter().map(line).collect())
}
