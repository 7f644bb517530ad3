//! What a card says about an answer beyond its present row: the updates that stand, the dates and the arrivals.

mod dates;

use std::collections::{HashMap, HashSet};

use super::addressee::Answer;
use super::agreement::{self, Agreement};
use super::arrival::{self, Arrival};
use super::coverage::{self, Coverage};
use super::deadline::{self, Besides, Deadline};
use super::evidence::{self, Evidence};
use super::heard::{self, Heard};
use super::hold::Silences;
use super::mark::{self, Mark};
use super::nothing_new;
use super::outside::{self, Outside};
use super::remark::{self, Remark};
use super::report::Report;
use super::succession::Path;
use super::update::{self, Update};
use super::{Error, ReadTx, asking, succession};
use crate::domain::checked::Checked;
use crate::domain::coverage::Look;
use crate::domain::deadline::{DeadlineKind, Standing};
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, InquiryId, UpdateId};
use crate::domain::looked::is_lately;
use crate::domain::moment::{Day, Happened};
use crate::domain::nothing_new::NothingNew;
use crate::domain::outside::{Beside, Judgement};
use crate::domain::response::Response;

/// How many looks for single answers are searched for those that stand.
const LOOKS: i64 = 1000;

/// Everything about some answers that their cards need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    updates: HashMap<UpdateId, Update>,
    /// The dates that stand, and the first targets.
    deadlines: HashMap<DeadlineId, Deadline>,
    /// The last return that came in for an answer.
    arrivals: HashMap<AddresseeId, Arrival>,
    /// Of those whose last returns said "no change": how often.
    nothing_new: HashMap<AddresseeId, NothingNew>,
    /// The answers given to all the recommendations of an inquiry at once, where one of these answers is only probable.
    blocks: HashMap<(InquiryId, BodyId), Update>,
    /// What bodies replied to the judgements that stand.
    replies: HashMap<Judgement, Vec<Remark>>,
    /// What meetings decided.
    minutes: HashMap<AddresseeId, Vec<Remark>>,
    /// What outside bodies found.
    outside: HashMap<AddresseeId, Vec<Outside>>,
    /// The last document that somebody looked through for an answer, and how it fares there.
    marks: HashMap<AddresseeId, (Report, Mark)>,
    /// The answers whose body was asked about them, by mail or by hand.
    asked: HashSet<AddresseeId>,
    /// Plans, pauses and renewals.
    besides: HashMap<AddresseeId, Besides>,
    /// Where answers of these inquiries were looked for.
    looks: Vec<(InquiryId, Look)>,
    /// Of those of which no answer was found: where the answer to that recommendation alone was looked for.
    looked: HashMap<AddresseeId, Coverage>,
    /// What the updates that stand rest on.
    evidence: HashMap<UpdateId, Vec<Evidence>>,
    /// What would show that an answer is done, as agreed.
    agreements: HashMap<AddresseeId, Agreement>,
    /// The holds under which silence is not told.
    silences: Silences,
    /// Of those whose body has ended: how it came to who answers now.
    paths: HashMap<AddresseeId, Path>,
    /// Since when each date that stands is heard.
    heard: Heard,
}

/// Reads what the cards of these answers need.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx<'_>, answers: &[Answer]) -> Result<Details, Error> {
    if answers.is_empty() {
        return Ok(Details::default());
    }
    let updates = answers.iter().flat_map(Answer::updates).collect();
    let ids: Vec<AddresseeId> = answers.iter().map(|answer| answer.id).collect();
    let standing: Vec<DeadlineId> = answers.iter().flat_map(Answer::dates).collect();
    let updates: Vec<UpdateId> = updates;
    let mut details = Details {
        evidence: evidence::standing(tx, &updates)?,
        agreements: agreement::standing(tx, &ids)?,
        updates: update::many(tx, updates)?,
        heard: heard::of(tx, &standing)?,
        deadlines: by_row(deadline::many(tx, standing)?),
        arrivals: by_answer(arrival::last(tx, &ids)?, |arrival| arrival.place.addressee),
        nothing_new: nothing_new::of(tx, &ids)?,
        blocks: HashMap::new(),
        replies: outside::replies(tx, &ids)?,
        minutes: remark::minutes(tx, &ids)?,
        outside: outside::standing(tx, &ids)?,
        marks: mark::latest(tx, &ids)?,
        besides: HashMap::new(),
        asked: asking::first(tx, &ids)?.into_keys().collect(),
        looks: coverage::standing(tx, unanswered(answers))?,
        looked: HashMap::new(),
        silences: Silences::read(tx)?,
        paths: succession::paths(tx, answers.iter().map(|answer| (answer.id, answer.body.id)))?,
    };
    let none: Vec<&Answer> = answers.iter().filter(|answer| answer.response.value == Response::NoneFound).collect();
    if !none.is_empty() {
        let of = coverage::Of::Answers(none.iter().map(|answer| answer.id).collect());
        let looks = coverage::find(tx, &of, LOOKS)?;
        let bears = |answer: &&Answer| Some((answer.id, looks.iter().find(|look| look.bears_out(answer))?.clone()));
        details.looked = none.iter().filter_map(bears).collect();
    }
    let more = deadline::planned_or_paused(tx, &ids)?;
    for answer in answers {
        if more.contains(&answer.id) || answer.response.value.needs_decide_by() {
            details.besides.insert(answer.id, deadline::besides(tx, answer.id)?);
        }
    }
    for answer in answers {
        let only_probable = answer.checked == Checked::Probable && answer.response.value == Response::NotRecorded;
        if only_probable && let Some(block) = update::block(tx, answer.inquiry_id, answer.body.id)? {
            details.blocks.insert((answer.inquiry_id, answer.body.id), block);
        }
    }
    Ok(details)
}

/// The inquiries of those answers of which none is recorded.
fn unanswered(answers: &[Answer]) -> Vec<InquiryId> {
    let none = answers.iter().filter(|answer| answer.response.value == Response::NotRecorded);
    let mut inquiries: Vec<InquiryId> = none.map(|answer| answer.inquiry_id).collect();
    inquiries.sort_unstable();
    inquiries.dedup();
    inquiries
}

/// Reads only the dates that stand for these answers: all that their tags in a list need.
///
/// # Errors
/// When the database fails.
pub fn dates_of<'a>(tx: &mut ReadTx<'_>, answers: impl IntoIterator<Item = &'a Answer>) -> Result<Details, Error> {
    let dues = answers.into_iter().filter_map(|answer| answer.response_due).map(|due| due.deadline).collect();
    only_dates(tx, dues)
}

fn only_dates(tx: &mut ReadTx<'_>, rows: Vec<DeadlineId>) -> Result<Details, Error> {
    let (heard, silences) = (heard::of(tx, &rows)?, Silences::read(tx)?);
    Ok(Details { deadlines: by_row(deadline::many(tx, rows)?), silences, heard, ..Details::default() })
}

/// Reads every date that stands for these answers, and the first targets that were set.
///
/// # Errors
/// When the database fails.
pub fn all_dates_of(tx: &mut ReadTx<'_>, answers: &[Answer]) -> Result<Details, Error> {
    only_dates(tx, answers.iter().flat_map(Answer::dates).collect())
}

fn by_row(dates: Vec<Deadline>) -> HashMap<DeadlineId, Deadline> {
    dates.into_iter().map(|date| (date.id, date)).collect()
}

fn by_answer<T>(rows: Vec<T>, of: impl Fn(&T) -> AddresseeId) -> HashMap<AddresseeId, T> {
    rows.into_iter().map(|row| (of(&row), row)).collect()
}

impl Details {
    /// An update that stands.
    #[must_use]
    pub fn update(&self, id: Option<UpdateId>) -> Option<&Update> {
        self.updates.get(&id?)
    }

    /// A date that stands.
    #[must_use]
    pub fn deadline(&self, id: DeadlineId) -> Option<&Deadline> {
        self.deadlines.get(&id)
    }

    /// The first target that was ever set for an answer.
    #[must_use]
    pub fn first_target(&self, answer: &Answer) -> Option<&Deadline> {
        self.deadline(answer.target.as_ref()?.first?)
    }

    /// How an answer came to the body that answers now, where that one has not been asked itself.
    #[must_use]
    pub fn path(&self, answer: AddresseeId) -> Option<&Path> {
        self.paths.get(&answer)
    }

    /// The last return that came in.
    #[must_use]
    pub fn last_arrival(&self, answer: AddresseeId) -> Option<&Arrival> {
        self.arrivals.get(&answer)
    }

    /// How often in a row the body said "no change", where it did last.
    #[must_use]
    pub fn nothing_new(&self, answer: AddresseeId) -> Option<NothingNew> {
        self.nothing_new.get(&answer).copied()
    }

    /// The body's answer to all the recommendations at once, where it is not counted for this one.
    #[must_use]
    pub fn block(&self, answer: &Answer) -> Option<&Update> {
        self.blocks.get(&(answer.inquiry_id, answer.body.id))
    }

    /// What the body replied to the finding that stands, in the order of the days.
    #[must_use]
    pub fn replies(&self, answer: &Answer) -> &[Remark] {
        answer.assessed.update.map_or(&[], |finding| self.replies_to(Judgement::Own(finding)))
    }

    /// What the body replied to a judgement, in the order of the days.
    #[must_use]
    pub fn replies_to(&self, to: Judgement) -> &[Remark] {
        self.replies.get(&to).map_or(&[], Vec::as_slice)
    }

    /// What meetings decided about an answer, in the order in which it was published.
    #[must_use]
    pub fn minutes(&self, answer: AddresseeId) -> &[Remark] {
        self.minutes.get(&answer).map_or(&[], Vec::as_slice)
    }

    /// What outside bodies found about an answer, the last that was found first.
    #[must_use]
    pub fn outside(&self, answer: AddresseeId) -> &[Outside] {
        self.outside.get(&answer).map_or(&[], Vec::as_slice)
    }

    /// How many of them differ from what this register found.
    #[must_use]
    pub fn differing(&self, answer: &Answer) -> u64 {
        let found = answer.assessed.value;
        self.outside(answer.id).iter().filter(|one| one.gist.beside(found) == Beside::Differs).count() as u64
    }

    /// The last document that somebody looked through for an answer, and how it fares there.
    #[must_use]
    pub fn mark(&self, answer: AddresseeId) -> Option<&(Report, Mark)> {
        self.marks.get(&answer)
    }

    /// The body's plan for what it accepted.
    #[must_use]
    pub fn plan(&self, answer: AddresseeId) -> Option<&Deadline> {
        self.besides.get(&answer)?.plan.as_ref()
    }

    /// The row by which time to answer stands still.
    #[must_use]
    pub fn paused(&self, answer: AddresseeId) -> Option<&Deadline> {
        self.besides.get(&answer)?.paused.as_ref()
    }

    /// How often "under consideration" was renewed.
    #[must_use]
    pub fn renewed(&self, answer: AddresseeId) -> i64 {
        self.besides.get(&answer).map_or(0, |besides| besides.renewed)
    }

    /// What an update that stands rests on.
    #[must_use]
    pub fn evidence(&self, update: Option<UpdateId>) -> &[Evidence] {
        update.and_then(|id| self.evidence.get(&id)).map_or(&[], Vec::as_slice)
    }

    /// What would show that an answer is done, as agreed.
    #[must_use]
    pub fn agreement(&self, answer: AddresseeId) -> Option<&Agreement> {
        self.agreements.get(&answer)
    }

    /// Whether the body was asked about it, by mail or by hand. When, and by whom, is no published record and stays inside.
    #[must_use]
    pub fn was_asked(&self, answer: AddresseeId) -> bool {
        self.asked.contains(&answer)
    }

    /// Of an answer that was not found: where it was looked for, if that look was for this one alone.
    #[must_use]
    pub fn looked_for(&self, answer: AddresseeId) -> Option<&Coverage> {
        self.looked.get(&answer)
    }

    /// The last day on which this answer of the body was looked for.
    #[must_use]
    pub fn last_looked(&self, answer: &Answer) -> Option<Day> {
        let here = self.looks.iter().filter(|(inquiry, _)| *inquiry == answer.inquiry_id);
        let bodies = [answer.body.id, answer.answerer.id];
        let item = answer.recommendation_id;
        let bears = here.filter(|(_, look)| bodies.iter().any(|body| look.bears_out((item, *body), Happened::UNKNOWN)));
        bears.map(|(_, look)| look.looked_on).max()
    }
}

impl Coverage {
    /// Whether it stands, and bears out that this answer was not found.
    fn bears_out(&self, answer: &Answer) -> bool {
        let look = Look {
            body: self.body.as_ref().map(|body| body.id),
            recommendation: self.recommendation.as_ref().map(|(id, _)| *id),
            what: self.what,
            looked_on: self.looked_on,
            found: self.found,
        };
        self.corrected_by.is_none() && look.bears_out((answer.recommendation_id, answer.body.id), answer.response.when)
    }
}

impl Answer {
    /// The updates that its four facts rest on.
    fn updates(&self) -> impl Iterator<Item = UpdateId> {
        [self.response.update, self.reported.update, self.assessed.update, self.lifecycle.update].into_iter().flatten()
    }

    /// The rows of the dates that stand for it, and of its first target.
    fn dates(&self) -> impl Iterator<Item = DeadlineId> {
        let dues = [self.response_due, self.return_due, self.decision_due, self.recheck_due].into_iter().flatten();
        let targets = self.target.iter().flat_map(|target| target.first.into_iter().chain([target.deadline]));
        dues.map(|due| due.deadline).chain(targets)
    }

    /// Whether the finding is older than its schedule (see [`looked`](crate::domain::looked)).
    #[must_use]
    pub fn is_not_looked_at_lately(&self, today: Day) -> bool {
        !is_lately(self.looked_until, today)
    }

    /// Where it stands, as far as that settles what is owed.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        Standing { reported: self.reported.value, done: self.done, lifecycle: self.lifecycle.value }
    }

    /// The date of one kind that stands.
    #[must_use]
    pub fn due(&self, kind: DeadlineKind) -> Option<super::addressee::Due> {
        match kind {
            DeadlineKind::Response => self.response_due,
            DeadlineKind::Return => self.return_due,
            DeadlineKind::Decision => self.decision_due,
            DeadlineKind::Target => {
                let target = self.target.as_ref()?;
                Some(super::addressee::Due { deadline: target.deadline, on: target.on? })
            }
            DeadlineKind::Recheck => self.recheck_due,
            DeadlineKind::Plan => None,
        }
    }
}
