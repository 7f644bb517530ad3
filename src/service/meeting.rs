//! Meetings: called, moved, held, cancelled, each time in the open; and the dates of updates that go with one. What everybody reads
//! is an event of each inquiry; a later one takes the place of the earlier, with a reason.

mod cancelled;

use jiff::tz::TimeZone;

use super::register::schedule::{NOTHING_TO_ASK, can_be_asked, chosen, claim, is_set, publish};
use super::register::{change, why};
use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::event::EventKind;
use crate::domain::id::{EventId, InquiryId, Seq};
use crate::domain::meeting::{Days, MOST_DAYS_BEFORE, MeetingState, Released, Stands, asked_by, days_before};
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::hold::InForce;
use crate::store::ledger::{
    NewChange, NewDeadline, NewEvent, insert_deadline, insert_event, lock_newest, open_change, refuse_held,
};
use crate::store::meeting::{self, Hung, Kept, Meeting};
use crate::store::present::{AddresseeRow, find_addressee, lock_addressee, refresh_addressee};
use crate::store::{WriteTx, holiday, inquiry};

/// A meeting to be called.
#[derive(Debug, Clone)]
pub struct CallMeeting {
    /// The inquiries that it is about.
    pub inquiries: Vec<Slug>,
    /// Its days.
    pub days: Days,
    /// Who meets and where, in public.
    pub words: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// What is said of it inside.
    pub private_note: Option<String>,
}

/// A meeting as it stands from now on.
#[derive(Debug, Clone)]
pub struct ChangeMeeting {
    /// Which.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
    /// Its days.
    pub days: Days,
    /// Who meets and where, in public.
    pub words: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// What is said of it inside.
    pub private_note: Option<String>,
    /// Why it changes, in public: needed where its days do, or where it is cancelled.
    pub reason: Option<String>,
    /// What becomes of the dates that go with it, where it is cancelled.
    pub released: Released,
}

/// Updates that are asked for so that they reach a meeting's papers.
#[derive(Debug, Clone)]
pub struct HangReturns {
    /// The meeting.
    pub reference: String,
    /// The version of the meeting that the form was made from.
    pub version: i64,
    /// How many working days before its papers are due.
    pub working_days: Option<i64>,
    /// Whether only answers without a schedule are asked.
    pub only_new: bool,
    /// Why, in public, where dates stood before.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes a meeting in the timeline of each of its inquiries.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`CallMeeting`] and `held_on`, `papers_due_on`.
    pub async fn call_meeting(&self, act: Act, command: CallMeeting) -> Result<Done, Error> {
        self.once(act, move |tx, act| call(tx, act, command)).await
    }

    /// Publishes how a meeting stands now, and moves the dates that go with it; where it is cancelled, they go back or end.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ChangeMeeting`] and `held_on`, `papers_due_on`. `Stale` when somebody else
    /// changed it.
    pub async fn change_meeting(&self, act: Act, command: ChangeMeeting) -> Result<Done, Error> {
        self.once(act, move |tx, act| change_it(tx, act, command)).await
    }

    /// Publishes by when bodies are asked for updates, so many working days before a meeting's papers are due; the dates move
    /// with the meeting. Each takes the place of the next date that stands, and the rhythm of a schedule goes on from it.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`HangReturns`]. `Stale` when somebody else changed the meeting.
    pub async fn hang_returns(&self, act: Act, command: HangReturns) -> Result<Done, Error> {
        self.once(act, move |tx, act| hang(tx, act, command)).await
    }
}

fn call(tx: &mut WriteTx<'_>, act: &Act, command: CallMeeting) -> Result<Done, Error> {
    may(act.actor, Deed::RecordFact, About::default())?;
    let mut of = Vec::new();
    for slug in &command.inquiries {
        let id = inquiry::name(tx, slug)?.id;
        may(act.actor, Deed::RecordFact, About::default().of(id))?;
        if !of.contains(&id) {
            of.push(id);
        }
    }
    lock_newest(tx)?;
    let mut problems = Problems::none();
    if of.is_empty() {
        problems.add("inquiries", "Choose at least one inquiry that the meeting is about");
    }
    command.days.check(&mut problems, act.day);
    if command.words.is_none() {
        problems.add("words", NO_WORDS);
    }
    act.publishable(problems)?;
    let (kept, words) = (kept(&command.days, command.private_note)?, command.words.unwrap_or_default());
    let seq = open(tx, act, &of, None)?;
    let id = meeting::insert(tx, &act.fresh, &kept, (act.actor.person, act.now))?;
    for inquiry in of {
        let new = event(&kept, words.clone(), command.source_url.clone(), None);
        let event = insert_event(tx, seq, inquiry, &new)?;
        meeting::put(tx, id, inquiry, event)?;
    }
    Ok(Done::published(address::meeting(&act.fresh), seq))
}

const NO_WORDS: &str = "Enter who meets, and where if that is known";

/// The days as they are kept, once they have been checked.
fn kept(days: &Days, private_note: Option<String>) -> Result<Kept, Error> {
    let (Some(held_on), Some(papers_due_on)) = (days.held_on, days.papers_due_on) else { return Err(Error::NotFound) };
    Ok(Kept { held_on, papers_due_on, state: days.state, private_note })
}

fn event(kept: &Kept, words: String, source_url: Option<String>, replaces: Option<EventId>) -> NewEvent {
    NewEvent {
        kind: EventKind::Meeting,
        happened: Happened::on(kept.held_on),
        words,
        source_url,
        // Whoever oversees calls it: there is no other source to compare it with.
        checked: Checked::Source,
        corrects: None,
        present: true,
        meeting: Some(Stands { state: kept.state, papers_due_on: Some(kept.papers_due_on) }),
        replaces,
    }
}

/// Opens the one change of a meeting, unless a hold keeps back what is said of any of its inquiries.
fn open(tx: &mut WriteTx<'_>, act: &Act, of: &[InquiryId], reason: Option<String>) -> Result<Seq, Error> {
    for id in of {
        refuse_held(tx, &NewChange { inquiry_id: Some(*id), ..change(act, ChangeKind::Meeting, None) })?;
    }
    let only = match of {
        [only] => Some(*only),
        _ => None,
    };
    Ok(open_change(tx, &NewChange { inquiry_id: only, ..change(act, ChangeKind::Meeting, reason) })?)
}

/// The meeting, if this person may change it.
fn look(tx: &mut WriteTx<'_>, act: &Act, reference: &str) -> Result<(Meeting, Vec<InquiryId>), Error> {
    may(act.actor, Deed::RecordFact, About::default())?;
    let found = meeting::find(tx, reference)?;
    let of: Vec<InquiryId> = found.inquiries().map(|inquiry| inquiry.id).collect();
    for id in &of {
        may(act.actor, Deed::RecordFact, About::default().of(*id))?;
    }
    Ok((found, of))
}

fn change_it(tx: &mut WriteTx<'_>, act: &Act, command: ChangeMeeting) -> Result<Done, Error> {
    let (found, of) = look(tx, act, &command.reference)?;
    // Rows before the counter, in one order, as every deed takes them.
    let hung: Vec<Hung> = meeting::dates(tx, found.id)?.into_iter().filter(Hung::stands).collect();
    for date in &hung {
        let row = find_addressee(tx, date.addressee)?;
        may(act.actor, Deed::RecordFact, About::body(row.answerer_id).of(row.inquiry_id))?;
        lock_addressee(tx, date.addressee, None)?;
    }
    lock_newest(tx)?;
    let mut problems = Problems::none();
    command.days.check(&mut problems, act.day);
    if command.words.is_none() {
        problems.add("words", NO_WORDS);
    }
    let said = found.words().and_then(|words| words.said());
    let days = (found.held_on, found.papers_due_on);
    let moves = (command.days.held_on, command.days.papers_due_on) != (Some(days.0), Some(days.1));
    let cancels = command.days.state == MeetingState::Cancelled && found.state != MeetingState::Cancelled;
    // None of them runs on for a meeting that is not held.
    let instead = match command.days.state {
        MeetingState::Cancelled => cancelled::instead(tx, act, &hung, command.released)?,
        MeetingState::Planned | MeetingState::Held => Vec::new(),
    };
    let is_public = moves
        || !instead.is_empty()
        || command.days.state != found.state
        || command.words.as_deref() != said
        || command.source_url.as_deref() != found.source_url();
    if moves || cancels || !instead.is_empty() {
        why(&mut problems, command.reason.as_ref());
    }
    let dates = match command.days.papers_due_on.filter(|_| command.days.state == MeetingState::Planned) {
        Some(papers) => moved(tx, act, papers, &hung, &mut problems)?,
        None => Vec::new(),
    };
    act.sound(problems)?;
    let here = address::meeting(&found.reference);
    if !is_public && command.private_note == found.private_note {
        return Ok(Done::unchanged(here));
    }
    let kept = kept(&command.days, command.private_note)?;
    if !is_public {
        meeting::save(tx, found.id, command.version, &kept)?;
        return Ok(Done::at(here));
    }
    act.publishable(Problems::none())?;
    meeting::save(tx, found.id, command.version, &kept)?;
    let seq = open(tx, act, &of, command.reason.clone())?;
    for (event, of) in found.events.iter().filter_map(|event| Some((event, event.inquiry()?.id))) {
        let new =
            self::event(&kept, command.words.clone().unwrap_or_default(), command.source_url.clone(), Some(event.id));
        let id = insert_event(tx, seq, of, &new)?;
        meeting::put(tx, found.id, of, id)?;
    }
    for (date, to) in dates {
        let said = words::asked_before(days_of(&date), kept.papers_due_on, kept.held_on);
        let row = find_addressee(tx, date.addressee)?;
        let new = NewDeadline {
            due_on: Some(to),
            every_months: row.return_every,
            reason: Some(with_reason(said, command.reason.as_ref())),
            checked: Checked::Source,
            replaces: row.return_deadline_id,
            author_id: Some(act.actor.person),
            ..NewDeadline::of(date.addressee, DeadlineKind::Return)
        };
        let deadline = insert_deadline(tx, seq, &new)?;
        refresh_addressee(tx, seq, date.addressee)?;
        meeting::hang(tx, found.id, date.addressee, (deadline, date.working_days))?;
    }
    for one in &instead {
        cancelled::publish(tx, act, seq, one, (kept.held_on, command.reason.as_ref()))?;
    }
    Ok(Done::published(here, seq))
}

fn days_of(date: &Hung) -> u32 {
    u32::try_from(date.working_days).unwrap_or_default()
}

/// What the register itself says, and what a person adds to it.
fn with_reason(said: String, reason: Option<&String>) -> String {
    reason.map_or(said.clone(), |reason| words::and_then(&said, reason))
}

/// Which of the dates that go with a meeting move, and to which day. What is closed meanwhile, or under a hold of its own, stays.
fn moved(
    tx: &mut WriteTx<'_>,
    act: &Act,
    papers: Day,
    hung: &[Hung],
    problems: &mut Problems,
) -> Result<Vec<(Hung, Day)>, Error> {
    // Whole days are counted alone: any zone gives the same.
    let calendar = holiday::calendar(tx, TimeZone::UTC)?;
    let in_force = InForce::read(tx)?;
    let mut moved = Vec::new();
    for date in hung {
        let row = find_addressee(tx, date.addressee)?;
        let held = in_force
            .bearing_on(Some(row.inquiry_id), Some(row.recommendation_id))
            .any(|hold| hold.on.recommendation.is_some());
        let to = asked_by(&calendar, papers, days_of(date));
        if date.due_on == Some(to) || held || !can_be_asked(&row) {
            continue;
        }
        if to < act.day && problems.at("papers_due_on").is_none() {
            problems.add("papers_due_on", format!("Bodies would be asked by {}, which has passed", words::day(to)));
        }
        moved.push((*date, to));
    }
    Ok(moved)
}

fn hang(tx: &mut WriteTx<'_>, act: &Act, command: HangReturns) -> Result<Done, Error> {
    let (found, of) = look(tx, act, &command.reference)?;
    if found.version != command.version {
        return Err(Error::Stale);
    }
    claim(tx, act, &of)?;
    let mut problems = Problems::none();
    if found.state != MeetingState::Planned {
        problems.add("", "Nothing can be asked for a meeting that is not ahead");
    }
    let calendar = holiday::calendar(tx, TimeZone::UTC)?;
    let days = command.working_days.and_then(days_before);
    let asked = days.map(|days| asked_by(&calendar, found.papers_due_on, days));
    match asked {
        None => problems.add("working_days", format!("Enter a number of working days from 1 to {MOST_DAYS_BEFORE}")),
        Some(day) if day < act.day => {
            problems.add("working_days", format!("That is {}, which has passed: enter fewer days", words::day(day)));
        }
        Some(_) => {}
    }
    let mut rows = Vec::new();
    for id in &of {
        rows.push((*id, chosen(tx, *id, command.only_new)?));
    }
    if rows.iter().all(|(_, rows)| rows.is_empty()) {
        problems.add("which", NOTHING_TO_ASK);
    }
    if rows.iter().flat_map(|(_, rows)| rows).any(is_set) {
        why(&mut problems, command.reason.as_ref());
    }
    act.publishable(problems)?;
    let days = days.unwrap_or_default();
    let reason = with_reason(words::asked_before(days, found.papers_due_on, found.held_on), command.reason.as_ref());
    let mut last = None;
    for (id, rows) in rows.iter().filter(|(_, rows)| !rows.is_empty()) {
        // Whoever is asked every so many months is asked so from then on, too.
        let next = (asked, |row: &AddresseeRow| row.return_every);
        let (seq, set) = publish(tx, act, *id, rows, (next, Some(reason.clone())))?;
        for (addressee, deadline) in set {
            meeting::hang(tx, found.id, addressee, (deadline, i64::from(days)))?;
        }
        last = Some(seq);
    }
    let here = address::meeting(&found.reference);
    Ok(last.map_or_else(|| Done::at(here.clone()), |seq| Done::published(here.clone(), seq)))
}
