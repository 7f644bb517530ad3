//! One act on several items: one change, the four questions once, and an answer for each item. What cannot be done with one
//! item leaves the others alone; what fails in the database leaves everything alone.

use super::answer::Answer;
use super::deadline::{schedule_problems, schedule_row};
use super::filing::{check, publish_return};
use super::{Act, Done, Error, Service, SetSchedule};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::bulk::{BulkKind, MOST_ITEMS, Outcome};
use crate::domain::change::ChangeKind;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::{AddresseeId, Seq};
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::store::bulk::{self, Bulk};
use crate::store::filing::{self, FilingRow};
use crate::store::ledger::{NewChange, insert_deadline, lock_newest, open_whatever_is_held, refuse_held};
use crate::store::present::{self, refresh_addressee};
use crate::store::{self, WriteTx, setting};

/// Updates of bodies to be published together.
#[derive(Debug, Clone)]
pub struct PublishSeveral {
    /// The names of the filings, each with the version that was read.
    pub items: Vec<(String, i64)>,
}

/// A schedule for several answers.
#[derive(Debug, Clone)]
pub struct ScheduleSeveral {
    /// The answers, each with the version that the form was made from.
    pub items: Vec<(AddresseeId, i64)>,
    /// The next date.
    pub next_on: Option<Day>,
    /// Every so many months after that.
    pub every_months: Option<i64>,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes the words of several updates as one change. No evidence is published with them: a piece is looked at by itself.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `item` and the four questions. What stands against one of them is answered for itself.
    pub async fn publish_several(&self, act: Act, command: PublishSeveral) -> Result<Done, Error> {
        self.once(act, move |tx, act| publish(tx, act, &command)).await
    }

    /// Sets when updates are asked for on several answers, as one change.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `item`, those of [`ScheduleSeveral`] and the four questions.
    pub async fn schedule_several(&self, act: Act, command: ScheduleSeveral) -> Result<Done, Error> {
        self.once(act, move |tx, act| schedule(tx, act, &command)).await
    }
}

/// What is wrong with the choice itself.
fn chosen(count: usize) -> Problems {
    match count {
        0 => Problems::one("item", "Choose at least one"),
        1..=MOST_ITEMS => Problems::none(),
        _ => Problems::one("item", format!("Choose {MOST_ITEMS} at most")),
    }
}

/// Why one item was left alone; what is nobody's fault but the database's stops everything.
fn why(fault: Error) -> Result<String, Error> {
    Ok(match fault {
        Error::Refused(refusal) => refusal.to_string(),
        Error::Problems(problems) => {
            let said: Vec<&str> = problems.iter().map(|problem| problem.sentence.as_str()).collect();
            said.join(". ")
        }
        Error::Stale => "Somebody changed it meanwhile. Open it and read it again.".to_owned(),
        Error::NotFound => "It is not there any more.".to_owned(),
        Error::Store(store::Error::Held(held)) => words::held_back(held),
        Error::Store(fault) => return Err(Error::Store(fault)),
    })
}

/// One item, and what stands against it.
struct Line<T> {
    addressee: Option<AddresseeId>,
    href: String,
    ready: Result<T, String>,
}

impl<T> Line<T> {
    fn of(addressee: AddresseeId, href: String, ready: Result<T, Error>) -> Result<Self, Error> {
        let ready = ready.map_or_else(|fault| why(fault).map(Err), |ready| Ok(Ok(ready)))?;
        Ok(Self { addressee: Some(addressee), href, ready })
    }

    /// Of a name that nothing here has: it leads to the list, and nothing is said of what it may have meant.
    fn unknown(list: &str) -> Self {
        Self { addressee: None, href: list.to_owned(), ready: Err(words::NOT_FOUND_HERE.to_owned()) }
    }
}

/// Leaves out what is held, and opens one change for what remains; none where nothing does.
fn open<T>(
    tx: &mut WriteTx<'_>,
    act: &Act,
    kind: ChangeKind,
    reason: Option<&String>,
    lines: &mut [Line<T>],
    answer: impl Fn(&T) -> &Answer,
) -> Result<Option<Seq>, Error> {
    lock_newest(tx)?;
    let mut changes: Vec<NewChange> = Vec::new();
    for line in lines.iter_mut() {
        let Ok(ready) = &line.ready else { continue };
        let change = answer(ready).change(act, kind, reason.cloned());
        match refuse_held(tx, &change) {
            Ok(()) => changes.push(change),
            Err(fault) => line.ready = Err(why(fault.into())?),
        }
    }
    let Some(mut one) = changes.pop() else { return Ok(None) };
    for other in &changes {
        one.addressee_id = one.addressee_id.filter(|id| other.addressee_id == Some(*id));
        one.recommendation_id = one.recommendation_id.filter(|id| other.recommendation_id == Some(*id));
        one.inquiry_id = one.inquiry_id.filter(|id| other.inquiry_id == Some(*id));
        one.body_id = one.body_id.filter(|id| other.body_id == Some(*id));
    }
    Ok(Some(open_whatever_is_held(tx, &one)?))
}

/// Keeps what became of each item, and leads to the page that says so.
fn done<T>(
    tx: &mut WriteTx<'_>,
    act: &Act,
    kind: BulkKind,
    seq: Option<Seq>,
    lines: Vec<Line<T>>,
) -> Result<Done, Error> {
    let outcome = |line: Line<T>| Outcome { addressee: line.addressee, href: line.href, refused: line.ready.err() };
    let outcomes = lines.into_iter().map(outcome).collect();
    bulk::insert(tx, &act.fresh, act.actor.person, act.now, &Bulk { kind, seq, outcomes })?;
    Ok(Done { seq, ..Done::at(address::several(&act.fresh)) })
}

fn publish(tx: &mut WriteTx<'_>, act: &Act, command: &PublishSeveral) -> Result<Done, Error> {
    may(act.actor, Deed::Publish, About::default())?;
    act.publishable(chosen(command.items.len()))?;
    let mut rows: Vec<(FilingRow, i64)> = Vec::new();
    let mut unknown: Vec<Line<(Answer, FilingRow)>> = Vec::new();
    for (reference, version) in &command.items {
        let row = match filing::find(tx, reference) {
            Ok(row) if row.proposal.kind() == FilingKind::Return && row.addressee.is_some() => row,
            // Of one that is not there, or is no update, that is said; the others are done.
            Ok(_) | Err(store::Error::NotFound) => {
                unknown.push(Line::unknown(address::TO_PUBLISH));
                continue;
            }
            Err(fault) => return Err(fault.into()),
        };
        if !rows.iter().any(|(known, _)| known.id == row.id) {
            rows.push((row, *version));
        }
    }
    // Rows are locked in the order of their numbers.
    rows.sort_by_key(|(row, _)| (row.addressee, row.id));
    let mut lines: Vec<Line<(Answer, FilingRow)>> = Vec::new();
    for (row, version) in rows {
        let addressee = row.addressee.ok_or(Error::NotFound)?;
        let href = address::filing(&row.reference);
        let ready = ready_to_publish(tx, act, row, version, addressee);
        lines.push(Line::of(addressee, href, ready)?);
    }
    let seq = open(tx, act, ChangeKind::Reported, None, &mut lines, |(answer, _)| answer)?;
    if let Some(seq) = seq {
        for line in &mut lines {
            let Ok((answer, row)) = &line.ready else { continue };
            // Another update on the same item may have been published just before it, with a target date.
            let answer = Answer::of(tx, answer.holder.addressee)?;
            match check(tx, &row.proposal, &answer, act)?.into_result() {
                Ok(()) => publish_return(tx, act, seq, &answer, row)?,
                Err(problems) => line.ready = Err(why(problems.into())?),
            }
        }
    }
    lines.extend(unknown);
    done(tx, act, BulkKind::Publish, seq, lines)
}

fn ready_to_publish(
    tx: &mut WriteTx<'_>,
    act: &Act,
    row: FilingRow,
    version: i64,
    addressee: AddresseeId,
) -> Result<(Answer, FilingRow), Error> {
    let author = Some(row.author);
    let second_key = row.proposal.needs_second_key() && setting::second_key(tx)?;
    let answer = Answer::find(tx, act, addressee, Deed::Publish, |about| About { author, second_key, ..about })?;
    if row.version != version || row.state != FilingState::Submitted {
        return Err(Error::Stale);
    }
    answer.lock(tx, None)?;
    // As it stands now that nobody else changes it.
    let answer = Answer::of(tx, addressee)?;
    check(tx, &row.proposal, &answer, act)?.into_result()?;
    Ok((answer, row))
}

fn schedule(tx: &mut WriteTx<'_>, act: &Act, command: &ScheduleSeveral) -> Result<Done, Error> {
    may(act.actor, Deed::RecordFact, About::default())?;
    let mut problems = chosen(command.items.len());
    if command.next_on.is_none() {
        problems.add("next_on", "Enter the next date");
    }
    act.publishable(problems)?;
    let mut items = command.items.clone();
    items.sort_unstable();
    items.dedup_by_key(|(id, _)| *id);
    let mut lines = Vec::new();
    for (addressee, version) in items {
        let place = match present::place(tx, addressee) {
            Ok(place) => place,
            Err(store::Error::NotFound) => {
                lines.push(Line::unknown(address::STAFF_INQUIRIES));
                continue;
            }
            Err(fault) => return Err(fault.into()),
        };
        let href = address::staff_answer(&place.inquiry, &place.number, &place.body);
        let ready = ready_for_schedule(tx, act, addressee, version, command);
        lines.push(Line::of(addressee, href, ready)?);
    }
    let seq =
        open(tx, act, ChangeKind::Schedule, command.reason.as_ref(), &mut lines, |(answer, _): &(Answer, _)| answer)?;
    if let Some(seq) = seq {
        for (answer, wanted) in lines.iter().filter_map(|line| line.ready.as_ref().ok()) {
            insert_deadline(tx, seq, &schedule_row(act, answer, wanted))?;
            refresh_addressee(tx, seq, answer.holder.addressee)?;
        }
    }
    done(tx, act, BulkKind::Schedule, seq, lines)
}

fn ready_for_schedule(
    tx: &mut WriteTx<'_>,
    act: &Act,
    addressee: AddresseeId,
    version: i64,
    command: &ScheduleSeveral,
) -> Result<(Answer, SetSchedule), Error> {
    let answer = Answer::find(tx, act, addressee, Deed::RecordFact, |about| about)?;
    if !answer.row.present {
        return Err(Error::NotFound);
    }
    answer.lock(tx, Some(version))?;
    let ScheduleSeveral { next_on, every_months, reason, .. } = command.clone();
    let wanted = SetSchedule { addressee, version, next_on, every_months, reason };
    schedule_problems(act, &answer, &wanted).into_result()?;
    Ok((answer, wanted))
}
