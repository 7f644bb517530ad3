//! What a pack lists: read by the readers that the desk and the public pages use, and frozen as rows, values and days.

mod earlier;
mod kept;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::tz::TimeZone;

use crate::domain::change::ChangeKind;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::gap::{GapPart, part};
use crate::domain::id::{AddresseeId, BodyId, FilingId, InquiryId, RecommendationId, Seq};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::looked::is_lately;
use crate::domain::moment::Day;
use crate::domain::pack::{Contents, Listed, Looked, PackItem, PackSection, PrivateItem, PrivateKind};
use crate::domain::record::FactValue;
use crate::domain::report::Marked;
use crate::domain::response::Response;
use crate::store::filing::FilingRow;
use crate::store::news::{self, Concern};
use crate::store::overdue::{self, Narrow};
use crate::store::pack::Window;
use crate::store::page::Cursor;
use crate::store::present::{AddresseeRow, rows_of_inquiry};
use crate::store::{
    About, Error, ReadTx, accuracy, due, filing, held_back, holiday, mark, recipient, recommendation, setting,
    timeline, waiting,
};

/// How many changes are listed one by one.
const CHANGES: usize = 400;
/// How many changes are read at once.
const SIZE: usize = 100;
/// Of how many changes all rows are read at once.
const AT_ONCE: usize = 20;
/// How many dates that passed are read at once.
const SILENT: usize = 1000;

/// What is wanted.
pub(super) struct Wanted<'a> {
    /// Of these inquiries.
    pub of: &'a [InquiryId],
    /// In this time.
    pub window: &'a Window,
    /// What is due until this day.
    pub until: Day,
    /// The zone in which days of arrival are counted.
    pub zone: &'a TimeZone,
}

/// The answers of the inquiries, by row.
type Rows = HashMap<AddresseeId, AddresseeRow>;

/// Gathers it.
pub(super) fn contents(tx: &mut ReadTx<'_>, wanted: &Wanted<'_>) -> Result<Contents, Error> {
    let today = wanted.window.made_on;
    let mut rows: Vec<AddresseeRow> = Vec::new();
    for id in wanted.of {
        rows.extend(rows_of_inquiry(tx, *id)?.into_iter().filter(|row| row.present && row.is_counted()));
    }
    let by_row: Rows = rows.iter().map(|row| (row.id, row.clone())).collect();
    let changes = changes(tx, wanted)?;
    let InWindow { moved, mut confirmed, about } = in_window(tx, &changes, &by_row)?;
    // What was only looked at again is not newly confirmed.
    let before = earlier::done_before(tx, wanted.window.after, &changes, &rows)?;
    confirmed.retain(|row| row.answer.is_none_or(|id| !before.contains(&id)));
    let seqs: Vec<Seq> = changes.iter().map(|(seq, _)| *seq).collect();
    let work = work(tx, &by_row, wanted.of)?;
    let mut sections = BTreeMap::from([(PackSection::Moved, moved), (PackSection::Confirmed, confirmed)]);
    let (unmentioned, looked) = not_mentioned(tx, &rows)?;
    sections.insert(PackSection::NotMentioned, unmentioned);
    let unreached = without_contact(tx, &rows)?;
    let out_of_reach = open_with(&unreached, &rows);
    sections.insert(PackSection::NoContact, unreached);
    sections.insert(PackSection::WithUs, with_us(tx, &work, &by_row, wanted)?);
    sections.insert(PackSection::Due, due_until(tx, wanted)?);
    // Where an update is being read, a body is not silent though its target has passed.
    let received = received(tx, &work, wanted.zone)?;
    let (being_read, silent): (Vec<Listed>, Vec<Listed>) = silent(tx, &by_row, wanted)?.into_iter().partition(|row| {
        row.kind == Some(DeadlineKind::Target) && row.answer.is_some_and(|answer| received.contains_key(&answer))
    });
    let came = |row: Listed| Listed { before: row.answer.and_then(|id| received.get(&id).copied()), ..row };
    sections.insert(PackSection::Silent, silent);
    let standing = |holds: &dyn Fn(&AddresseeRow) -> Option<Day>, is: &dyn Fn(&AddresseeRow) -> bool| -> Vec<Listed> {
        let some = rows.iter().filter(|row| is(row));
        some.map(|row| Listed { day: holds(row), ..Listed::of(row.id, row.answerer_id) }).collect()
    };
    let disputed = |row: &AddresseeRow| {
        let lately = is_lately(row.looked_until, today);
        let says_not_theirs = row.response == Response::DisputesAddressee;
        let found_otherwise = part(row.reported, row.assessed, row.lifecycle, lately) == Some(GapPart::Disputed);
        row.lifecycle != Lifecycle::Closed && (says_not_theirs || found_otherwise)
    };
    sections.insert(PackSection::Disputed, standing(&|row| row.assessed_on.or(row.response_on), &disputed));
    let lapsed = |row: &AddresseeRow| row.lifecycle == Lifecycle::Lapsed;
    sections.insert(PackSection::Lapsed, standing(&|row| row.lifecycle_on, &lapsed));
    sections.insert(PackSection::Gap, standing(&|row| row.reported_on, &|row| row.gap));
    let mut contents = Contents {
        sections,
        items: Vec::new(),
        out_of_reach,
        being_read: being_read.into_iter().map(came).collect(),
        looked: Some(looked),
        more_changes: seqs.len().saturating_sub(CHANGES) as u64,
        // Of too many, the last are listed.
        changes: seqs[seqs.len().saturating_sub(CHANGES)..].to_vec(),
        answers: rows.len() as u64,
        due_until: Some(wanted.until),
        private: private(tx, &work, &by_row, wanted)?,
    };
    let listed = contents.listed();
    contents.items = listed.union(&about).filter_map(|id| by_row.get(id)).map(item).collect();
    Ok(contents)
}

fn item(row: &AddresseeRow) -> PackItem {
    PackItem {
        answer: row.id,
        recommendation: row.recommendation_id,
        inquiry: row.inquiry_id,
        body: row.body_id,
        response: row.response,
        reported: row.reported,
        assessed: row.assessed,
        lifecycle: row.lifecycle,
        closure: row.closure,
    }
}

/// The changes of the inquiries in the time that the pack covers, oldest first.
fn changes(tx: &mut ReadTx<'_>, wanted: &Wanted<'_>) -> Result<Vec<(Seq, ChangeKind)>, Error> {
    let Window { after, upto, .. } = wanted.window;
    let mut found = BTreeMap::new();
    for id in wanted.of {
        let mut from = Some(Cursor([upto.0.saturating_add(1)]));
        while from.is_some() {
            let page = news::list(tx, Concern::Inquiry(*id), from, SIZE)?;
            let ends = page.items.iter().any(|change| change.seq <= *after);
            found
                .extend(page.items.iter().filter(|change| change.seq > *after).map(|change| (change.seq, change.kind)));
            from = page.next.filter(|_| !ends);
        }
    }
    Ok(found.into_iter().collect())
}

/// What the changes of a time were about.
struct InWindow {
    /// Target dates that moved.
    moved: Vec<Listed>,
    /// Answers that were found done.
    confirmed: Vec<Listed>,
    /// The answers that any of them was about.
    about: BTreeSet<AddresseeId>,
}

/// What happened in that time. A load is left out: what it brought is old.
fn in_window(tx: &mut ReadTx<'_>, changes: &[(Seq, ChangeKind)], rows: &Rows) -> Result<InWindow, Error> {
    let single: Vec<Seq> = changes.iter().filter(|(_, kind)| *kind != ChangeKind::Load).map(|(seq, _)| *seq).collect();
    let (mut moved, mut confirmed, mut about) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
    for some in single.chunks(AT_ONCE) {
        let told = timeline::find(tx, &About::Changes(some.to_vec()), i64::MAX)?;
        about.extend(told.answers.keys().copied());
        for date in told.deadlines.iter().rev().filter(|date| date.kind == DeadlineKind::Target) {
            let Some(row) = rows.get(&date.place.addressee) else { continue };
            let (Some(Some(before)), Some(to)) = (date.replaces, date.due_on) else { continue };
            if before != to && date.corrected_by.is_none() && date.corrects.is_none() {
                let seq = Some(date.place.seq);
                moved.push(Listed { day: Some(to), before: Some(before), seq, ..Listed::of(row.id, row.answerer_id) });
            }
        }
        for update in told.updates.iter().filter(|update| update.corrected_by.is_none()) {
            let Some(row) = rows.get(&update.place.addressee).filter(|row| row.done) else { continue };
            if matches!(update.value, FactValue::Assessed(value) if value.is_done()) {
                let listed = Listed {
                    day: update.happened.day,
                    seq: Some(update.place.seq),
                    ..Listed::of(row.id, row.answerer_id)
                };
                confirmed.insert(row.id, listed);
            }
        }
    }
    Ok(InWindow { moved, confirmed: confirmed.into_values().collect(), about })
}

/// The open answers that the last document which was looked through does not mention, and of how many it is known.
fn not_mentioned(tx: &mut ReadTx<'_>, rows: &[AddresseeRow]) -> Result<(Vec<Listed>, Looked), Error> {
    let open: Vec<&AddresseeRow> = rows.iter().filter(|row| row.lifecycle != Lifecycle::Closed).collect();
    let mut listed = Vec::new();
    let mut looked = Looked { open: open.len() as u64, looked_for: 0 };
    for some in open.chunks(500) {
        let ids: Vec<AddresseeId> = some.iter().map(|row| row.id).collect();
        let latest = mark::latest(tx, &ids)?;
        looked.looked_for += latest.len() as u64;
        for row in some {
            let Some((report, mark)) = latest.get(&row.id) else { continue };
            if mark.value == Marked::NotMentioned {
                let (day, seq) = (report.happened.day, Some(mark.place.seq));
                listed.push(Listed { day, seq, ..Listed::of(row.id, row.answerer_id) });
            }
        }
    }
    Ok((listed, looked))
}

/// Bodies with something open for which nobody files with an address at which mail is read, so that nobody is asked: the rule of
/// the list of bodies and of the page of contacts, too. Whoever is kept without an account is asked by hand alone.
fn without_contact(tx: &mut ReadTx<'_>, rows: &[AddresseeRow]) -> Result<Vec<Listed>, Error> {
    let open = rows.iter().filter(|row| row.lifecycle != Lifecycle::Closed);
    let bodies: BTreeSet<BodyId> = open.map(|row| row.answerer_id).collect();
    let people = recipient::with_good_address(tx)?;
    let unreached = bodies.into_iter().filter(|body| !people.iter().any(|person| person.body == Some(*body)));
    let listed = |body| Listed { answer: None, body, kind: None, day: None, before: None, seq: None };
    Ok(unreached.map(listed).collect())
}

/// What is open with each of these bodies.
fn open_with(bodies: &[Listed], rows: &[AddresseeRow]) -> Vec<(BodyId, AddresseeId)> {
    let open = |body: BodyId| {
        let of_body = rows.iter().filter(move |row| row.answerer_id == body && row.lifecycle != Lifecycle::Closed);
        of_body.map(move |row| (body, row.id))
    };
    bodies.iter().flat_map(|listed| open(listed.body)).collect()
}

/// What was handed in about these inquiries, and is not published.
fn work(tx: &mut ReadTx<'_>, rows: &Rows, of: &[InquiryId]) -> Result<Vec<FilingRow>, Error> {
    let mut all = Vec::new();
    for state in [FilingState::Submitted, FilingState::SentBack] {
        all.extend(filing::waiting(tx, state, FilingKind::ALL, i64::MAX)?);
    }
    // What its own body has not let go yet never came here.
    all.retain(|filing| !filing.is_with_its_body() && filing.submitted_at.is_some());
    let about: HashSet<RecommendationId> = all.iter().map(|filing| filing.recommendation).collect();
    let known = recommendation::many(tx, about.into_iter().collect())?;
    let here: HashSet<RecommendationId> =
        known.iter().filter(|one| of.contains(&one.inquiry.id)).map(|one| one.id).collect();
    all.retain(|filing| {
        here.contains(&filing.recommendation) && filing.addressee.is_none_or(|id| rows.contains_key(&id))
    });
    Ok(all)
}

/// Updates that nobody has read for longer than the register allows itself; of one that came in under a hold nobody is told.
fn with_us(tx: &mut ReadTx<'_>, work: &[FilingRow], rows: &Rows, wanted: &Wanted<'_>) -> Result<Vec<Listed>, Error> {
    let days = setting::reading_days(tx)?;
    let before = holiday::calendar(tx, wanted.zone.clone())?.working_days_before(wanted.window.made_on, days);
    let kept = kept_back(tx)?;
    let mut listed = Vec::new();
    for filing in work.iter().filter(|filing| filing.state == FilingState::Submitted) {
        let returned = filing.proposal.kind() == FilingKind::Return && !kept.contains(&Some(filing.id));
        let Some(row) = filing.addressee.and_then(|id| rows.get(&id)).filter(|_| returned) else { continue };
        let day = filing.submitted_at.map(|at| at.day_in(wanted.zone));
        if day.is_some_and(|day| day < before) {
            listed.push(Listed { day, ..Listed::of(row.id, row.answerer_id) });
        }
    }
    Ok(listed)
}

/// The answers about which an update is being read, with the day on which the last one came; of one that came in under a hold
/// nobody is told.
fn received(tx: &mut ReadTx<'_>, work: &[FilingRow], zone: &TimeZone) -> Result<HashMap<AddresseeId, Day>, Error> {
    let kept = kept_back(tx)?;
    let mut received: HashMap<AddresseeId, Day> = HashMap::new();
    for filing in work.iter().filter(|filing| filing.state == FilingState::Submitted) {
        let returned = filing.proposal.kind() == FilingKind::Return && !kept.contains(&Some(filing.id));
        let Some((answer, at)) = filing.addressee.zip(filing.submitted_at).filter(|_| returned) else { continue };
        let day = at.day_in(zone);
        received.entry(answer).and_modify(|last| *last = day.max(*last)).or_insert(day);
    }
    Ok(received)
}

/// The updates that came in under a hold, and of which nobody is told yet.
fn kept_back(tx: &mut ReadTx<'_>) -> Result<HashSet<Option<FilingId>>, Error> {
    Ok(held_back::waiting(tx)?.into_iter().map(|kept| kept.filing).filter(Option::is_some).collect())
}

fn due_until(tx: &mut ReadTx<'_>, wanted: &Wanted<'_>) -> Result<Vec<Listed>, Error> {
    let today = wanted.window.made_on;
    let all = due::up_to(tx, &waiting::OWED, wanted.until)?;
    let here = all.iter().filter(|date| wanted.of.contains(&date.inquiry_id) && date.on >= today);
    let listed = |date: &due::DueDate| Listed {
        kind: Some(date.kind),
        day: Some(date.on),
        ..Listed::of(date.addressee, date.body)
    };
    Ok(here.map(listed).collect())
}

fn silent(tx: &mut ReadTx<'_>, rows: &Rows, wanted: &Wanted<'_>) -> Result<Vec<Listed>, Error> {
    let asked = overdue::Wanted { owed_by_bodies: true, ..overdue::Wanted::default() };
    let owes = |missed: &overdue::Missed| rows.get(&missed.addressee).map_or(missed.body.id, |row| row.answerer_id);
    let mut listed = Vec::new();
    for id in wanted.of {
        let narrow = Narrow { inquiry: Some(*id), ..Narrow::default() };
        let mut after = None;
        loop {
            let page = overdue::list_for(tx, wanted.window.made_on, (narrow, &asked), after, SILENT)?;
            listed.extend(page.items.iter().map(|missed| Listed {
                kind: Some(missed.kind),
                day: Some(missed.due_on),
                ..Listed::of(missed.addressee, owes(missed))
            }));
            let Some(next) = page.next else { break };
            let next = overdue::After::try_from(next);
            after = Some(next.map_err(|_| Error::Failed("a page of what is overdue has no next one".to_owned()))?);
        }
    }
    listed.sort_by_key(|row| row.day);
    Ok(listed)
}

/// What is not public about these inquiries.
fn private(
    tx: &mut ReadTx<'_>,
    work: &[FilingRow],
    rows: &Rows,
    wanted: &Wanted<'_>,
) -> Result<Vec<PrivateItem>, Error> {
    let kept = held_back::waiting(tx)?;
    let under: HashSet<Option<FilingId>> = kept.iter().map(|one| one.filing).collect();
    let mut items = Vec::new();
    for filing in work {
        let check = accuracy::of_filing(tx, filing.id)?;
        let kind = match check {
            Some(check) if check.period.runs_on(wanted.window.made_on) => PrivateKind::WithBody,
            _ if under.contains(&Some(filing.id)) => PrivateKind::HeldBack,
            _ if filing.state == FilingState::SentBack && filing.proposal.kind().is_of_body() => PrivateKind::SentBack,
            _ => PrivateKind::Unpublished,
        };
        let handed_in = filing.submitted_at.map(|at| at.day_in(wanted.zone));
        let since = match kind {
            PrivateKind::SentBack => kept::sent_back(tx, filing, wanted.zone)?.or(handed_in),
            _ => handed_in,
        };
        items.push(PrivateItem {
            kind,
            filing: Some(filing.reference.clone()),
            exhibit: None,
            recommendation: filing.recommendation,
            body: filing.addressee.and_then(|id| rows.get(&id)).map(|row| row.answerer_id),
            since,
            handed_in: filing.submitted_at,
        });
    }
    // What reports no change has no words, and is kept all the same.
    for one in kept.iter().filter(|one| one.filing.is_none()) {
        if let Some(row) = rows.get(&one.addressee) {
            items.push(PrivateItem {
                kind: PrivateKind::HeldBack,
                filing: None,
                exhibit: None,
                recommendation: one.recommendation,
                body: Some(row.answerer_id),
                since: Some(one.on),
                handed_in: None,
            });
        }
    }
    items.extend(kept::evidence(tx, work, rows, wanted.zone)?);
    Ok(items)
}
