//! Scrutiny packs: made for some inquiries, kept as they were made, asked their four questions, and their private paper named.

mod gather;

use jiff::tz::TimeZone;

use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::exemption::{Exemption, Named};
use crate::domain::id::{InquiryId, Seq};
use crate::domain::meeting::MeetingState;
use crate::domain::moment::Day;
use crate::domain::pack::{DAYS_AHEAD, MOST_INQUIRIES, QUESTIONS, questions};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::ledger::lock_newest;
use crate::store::meeting::Meeting;
use crate::store::pack::{self, NewPack, Pack, Window};
use crate::store::past::end_of;
use crate::store::{WriteTx, inquiry, meeting, setting};

/// Every pack and every meeting is looked through, for the last one, and for one that is the same.
const MOST: i64 = i64::MAX;

/// Since when a pack says what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// The last pack that was made of all of these inquiries; one for the same meeting is an earlier draft of the same paper.
    LastPack,
    /// The last meeting about all of these inquiries that was held.
    LastMeeting,
    /// The end of a day; nothing was entered, or it could not be read.
    Day(Option<Day>),
}

/// A pack to be made.
#[derive(Debug, Clone)]
pub struct MakePack {
    /// The inquiries that it is about.
    pub inquiries: Vec<Slug>,
    /// The meeting that it is for, by its own name.
    pub meeting: Option<String>,
    /// Since when.
    pub since: Since,
    /// What it asks.
    pub questions: [String; QUESTIONS],
    /// The register's zone, in which days of arrival are counted.
    pub zone: TimeZone,
}

/// Under which exemption a private paper is.
#[derive(Debug, Clone)]
pub struct NameExemption {
    /// The pack.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
    /// The paragraphs.
    pub paragraphs: Vec<Exemption>,
    /// Why the public interest is in keeping it back.
    pub why: Option<String>,
}

impl Service {
    /// Makes a pack and keeps it.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `inquiries`, `meeting`, `since`, `since_day` and the questions. `Refused` outside one's
    /// inquiries.
    pub async fn make_pack(&self, act: Act, command: MakePack) -> Result<Done, Error> {
        self.once_unseen(act, move |tx, act| make(tx, act, &command)).await
    }

    /// Chooses other questions for a pack.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `question_1` to `question_4`.
    pub async fn ask_in_pack(
        &self,
        act: Act,
        (reference, version): (String, i64),
        asked: [String; QUESTIONS],
    ) -> Result<Done, Error> {
        self.once_unseen(act, move |tx, act| {
            let pack = of_maker(tx, act, &reference)?;
            let asked = questions(asked.each_ref().map(String::as_str))?;
            pack::save(tx, (pack.id, version), Some(&asked), None)?;
            Ok(Done::at(address::pack(&pack.reference)))
        })
        .await
    }

    /// Says under which exemption the private paper of a pack is.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `paragraphs` and `why`.
    pub async fn name_exemption(&self, act: Act, command: NameExemption) -> Result<Done, Error> {
        self.once_unseen(act, move |tx, act| name(tx, act, command)).await
    }

    /// Chooses what packs ask from now on.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `question_1` to `question_4`.
    pub async fn set_pack_questions(&self, act: Act, asked: [String; QUESTIONS]) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            may(act.actor, Deed::MakePack, About::register())?;
            let asked = questions(asked.each_ref().map(String::as_str))?;
            let here = address::PACKS.to_owned();
            lock_newest(tx)?;
            if setting::pack_questions(tx)? == asked {
                return Ok(Done::unchanged(here));
            }
            setting::set_pack_questions(tx, &asked, act.now, act.actor.person)?;
            Ok(Done::at(here))
        })
        .await
    }
}

fn make(tx: &mut WriteTx<'_>, act: &Act, command: &MakePack) -> Result<Done, Error> {
    may(act.actor, Deed::MakePack, About::default())?;
    let mut of: Vec<InquiryId> = Vec::new();
    for slug in &command.inquiries {
        let id = inquiry::name(tx, slug)?.id;
        may(act.actor, Deed::MakePack, About::default().of(id))?;
        of.push(id);
    }
    of.sort_unstable();
    of.dedup();
    // Nothing is published while it is gathered, and nobody makes the same one meanwhile.
    let upto = lock_newest(tx)?;
    let mut problems = Problems::none();
    if of.is_empty() {
        problems.add("inquiries", "Choose at least one inquiry");
    } else if of.len() > MOST_INQUIRIES {
        problems.add("inquiries", format!("Choose at most {MOST_INQUIRIES} inquiries"));
    }
    let asked = match questions(command.questions.each_ref().map(String::as_str)) {
        Ok(asked) => asked,
        Err(faults) => {
            problems.extend(faults);
            command.questions.clone()
        }
    };
    let earlier = if of.is_empty() { Vec::new() } else { pack::list(tx, &of, MOST)? };
    let found = match &command.meeting {
        Some(reference) => {
            let found = meeting::find(tx, reference)?;
            if !found.inquiries().any(|inquiry| of.contains(&inquiry.id)) && !of.is_empty() {
                problems.add("meeting", "That meeting is about none of these inquiries: choose another one");
            }
            if found.state == MeetingState::Cancelled {
                problems.add("meeting", "That meeting was cancelled: choose another one");
            }
            Some(found)
        }
        None => None,
    };
    let (after, since) = start(tx, act, command.since, (&of, found.as_ref(), &earlier), &mut problems)?;
    let window = Window {
        meeting: found.as_ref().map(|found| (found.id, found.reference.clone())),
        meeting_on: found.as_ref().map(|found| found.held_on),
        after,
        upto,
        since,
        made_on: act.day,
    };
    if let Some(same) = earlier.iter().find(|pack| is_same(pack, &of, &window)) {
        problems.add("inquiries", format!("The same pack was made already: {}", title(same)));
    }
    act.sound(problems)?;
    let until = window.meeting_on.filter(|day| *day >= act.day).unwrap_or_else(|| act.day.plus_days(DAYS_AHEAD));
    let contents = gather::contents(tx, &gather::Wanted { of: &of, window: &window, until, zone: &command.zone })?;
    let new = NewPack {
        reference: &act.fresh,
        inquiries: &of,
        window: &window,
        made: (act.now, act.actor.person, act.actor.role),
        questions: &asked,
        contents: &contents,
    };
    pack::insert(tx, &new)?;
    Ok(Done::at(address::pack(&act.fresh)))
}

/// Whether a pack that was made covers the same changes of the same inquiries, for the same meeting, on the same day.
fn is_same(pack: &Pack, of: &[InquiryId], window: &Window) -> bool {
    let mut inquiries: Vec<InquiryId> = pack.inquiries.iter().map(|inquiry| inquiry.id).collect();
    inquiries.sort_unstable();
    inquiries == of && pack.window == Window { since: pack.window.since, ..window.clone() }
}

fn title(pack: &Pack) -> String {
    let names: Vec<String> = pack.inquiries.iter().map(|inquiry| inquiry.short_title.clone()).collect();
    words::pack_title(&names, pack.window.meeting_on, pack.window.made_on)
}

/// The last change before the time that a pack covers, and the day of that.
fn start(
    tx: &mut WriteTx<'_>,
    act: &Act,
    since: Since,
    (of, meeting, earlier): (&[InquiryId], Option<&Meeting>, &[Pack]),
    problems: &mut Problems,
) -> Result<(Seq, Option<Day>), Error> {
    match since {
        Since::LastPack => {
            let last = earlier.iter().find(|pack| !is_for(pack, meeting));
            if last.is_none() && of.is_empty() {
                // Which inquiries is said first.
            } else if last.is_none() && earlier.is_empty() {
                problems.add("since", "No pack was made of these inquiries yet: choose a day");
            } else if last.is_none() {
                problems.add("since", "Packs of these inquiries were made for this very meeting alone: choose a day");
            }
            Ok(last.map_or((Seq(0), None), |last| (last.window.upto, Some(last.window.made_on))))
        }
        Since::LastMeeting => match last_meeting(tx, act.day, of, meeting)? {
            Some(day) => Ok((end_of(tx, day)?.map_or(Seq(0), |past| past.seq), Some(day))),
            None => {
                problems.add("since", NO_MEETING_HELD);
                Ok((Seq(0), None))
            }
        },
        Since::Day(None) => {
            if act.faults.at("since_day").is_none() {
                problems.add("since_day", "Enter the day of the last meeting");
            }
            Ok((Seq(0), None))
        }
        Since::Day(Some(day)) if day >= act.day => {
            problems.add("since_day", "Enter a day before today");
            Ok((Seq(0), None))
        }
        Since::Day(Some(day)) => Ok((end_of(tx, day)?.map_or(Seq(0), |past| past.seq), Some(day))),
    }
}

const NO_MEETING_HELD: &str = "No earlier meeting about all of these inquiries is recorded as held. A meeting that was entered as an \
    event alone does not count: call it under Meetings, with its day and as held, to keep it as one. Or choose a day";

/// Whether a pack was made for this meeting.
fn is_for(pack: &Pack, meeting: Option<&Meeting>) -> bool {
    let own = pack.window.meeting.as_ref().map(|(id, _)| *id);
    own.is_some() && own == meeting.map(|meeting| meeting.id)
}

/// The day of the last meeting about all of these inquiries that was held, before today and before the one that the pack is for.
fn last_meeting(
    tx: &mut WriteTx<'_>,
    today: Day,
    of: &[InquiryId],
    ahead: Option<&Meeting>,
) -> Result<Option<Day>, Error> {
    if of.is_empty() {
        return Ok(None);
    }
    let before = ahead.map_or(today, |ahead| ahead.held_on.min(today));
    let held = |one: &&Meeting| {
        let about_all = of.iter().all(|id| one.inquiries().any(|inquiry| inquiry.id == *id));
        one.state == MeetingState::Held && one.held_on < before && about_all
    };
    Ok(meeting::list(tx, of, MOST)?.iter().find(held).map(|one| one.held_on))
}

/// The pack, if this person may change it.
fn of_maker(tx: &mut WriteTx<'_>, act: &Act, reference: &str) -> Result<Pack, Error> {
    may(act.actor, Deed::MakePack, About::default())?;
    let found = pack::find(tx, reference)?;
    for inquiry in &found.inquiries {
        may(act.actor, Deed::MakePack, About::default().of(inquiry.id))?;
    }
    Ok(found)
}

fn name(tx: &mut WriteTx<'_>, act: &Act, command: NameExemption) -> Result<Done, Error> {
    let found = of_maker(tx, act, &command.reference)?;
    let mut paragraphs = command.paragraphs;
    paragraphs.sort_unstable();
    paragraphs.dedup();
    let mut problems = Problems::none();
    if paragraphs.is_empty() {
        problems.add("paragraphs", "Choose the paragraph under which it is exempt");
    }
    if command.why.is_none() {
        problems.add("why", "Enter why the public interest is in keeping it back");
    }
    act.sound(problems)?;
    let named = Named { paragraphs, why: command.why.unwrap_or_default() };
    pack::save(tx, (found.id, command.version), None, Some(&named))?;
    Ok(Done::at(format!("{}/private", address::pack(&found.reference))))
}
