//! What staff may do to one row of a timeline: put it right, withhold its words, show them again.

use super::deed::withhold::{is_hidden, is_withheld};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::{Fact, Subject};
use crate::domain::deadline::DeadlineKind;
use crate::domain::fairness::Approval;
use crate::domain::id::DeadlineId;
use crate::store::recommendation::Recommendation;
use crate::store::timeline::Timeline;
use crate::store::withheld::Words;
use crate::web::actor::Staff;
use crate::web::form::Keys;
use crate::web::part::Link;
use crate::web::part::timeline::Entry;

/// The timeline as staff see it, with what its forms carry.
pub struct Rows {
    timeline: Timeline,
    here: String,
    /// The slug of the body whose page this is.
    pub body: Option<String>,
    keys: Keys,
    may_correct: bool,
    may_withhold: bool,
    may_remove: bool,
    /// Whether this person may let words through again.
    may_show: bool,
}

/// The button that withholds, or shows again.
pub struct Withhold {
    /// Where its form goes.
    pub action: String,
    /// What kind of row.
    pub subject: Subject,
    /// Its number.
    pub row: i64,
    /// Whether it stands withheld now.
    pub withheld: bool,
    /// Of what is withheld: where it is said why, and what must be purged elsewhere.
    pub why: Option<String>,
    /// Where an administrator proposes that the words be removed for good.
    pub remove: Option<String>,
    /// What the form carries: a key of its own for each row.
    pub keys: Keys,
}

impl Withhold {
    /// The button of one row; none for what is removed for good, nor for what is withheld where this person may not show it
    /// again. `remove` tells whether they may propose that it be removed, `show` whether they may show it.
    #[must_use]
    pub fn new(
        action: &str,
        (subject, row): (Subject, i64),
        words: &Words,
        (remove, show): (bool, bool),
        keys: &Keys,
    ) -> Option<Self> {
        let by = is_hidden(Some(words)).filter(|by| show || by.is_none())?;
        Some(Self {
            action: action.to_owned(),
            subject,
            row,
            withheld: by.is_some(),
            why: by.map(address::withholding),
            remove: remove.then(|| removal(subject, row)),
            keys: keys.clone().of_row(subject, row),
        })
    }
}

impl Keys {
    /// The same with a key of its own for one row of the ledger.
    #[must_use]
    pub(super) fn of_row(mut self, subject: Subject, row: i64) -> Self {
        self.key = self.key.map(|key| format!("{key}-{subject}-{row}"));
        self
    }
}

/// The form that proposes the removal of a row's words.
fn removal(subject: Subject, row: i64) -> String {
    format!("{}/new?subject={subject}&row={row}", address::REDACTIONS)
}

impl Rows {
    /// The rows of a page about `one`, for this person.
    #[must_use]
    pub fn new(timeline: Timeline, one: &Recommendation, staff: &Staff, keys: Keys) -> Self {
        let may = |deed| staff.may(deed, About::default().of(one.inquiry.id)).is_ok();
        Self {
            timeline,
            here: address::staff_recommendation(one.inquiry.slug.as_str(), &one.number),
            body: None,
            keys,
            may_correct: may(Deed::RecordFact),
            may_withhold: may(Deed::Withhold),
            may_remove: may(Deed::ProposeRedaction),
            may_show: may(Deed::Publish),
        }
    }

    /// The same on the page of one body's answer.
    #[must_use]
    pub fn of_body(self, slug: &str) -> Self {
        Self { body: Some(slug.to_owned()), ..self }
    }

    /// The form that corrects an entry, where it is an update that nothing has corrected yet.
    #[must_use]
    pub fn correct(&self, entry: &Entry) -> Option<Link> {
        if let Some(date) = entry.date {
            return self.correct_date(date);
        }
        let (subject, row) = entry.record?;
        if subject == Subject::Outside {
            return self.correct_outside(row);
        }
        if subject == Subject::Remark {
            return self.correct_minute(row);
        }
        if subject != Subject::Update {
            return None;
        }
        let update = self.timeline.updates.iter().find(|update| update.id.0 == row)?;
        if !self.may_correct || update.corrected_by.is_some() {
            return None;
        }
        let body = &self.timeline.answers.get(&update.place.addressee)?.body;
        let form = match update.value.fact() {
            Fact::Response => "response",
            Fact::Reported => "reported",
            Fact::Assessed => "assessment",
            Fact::Lifecycle => "closure",
        };
        Some(Link::new(format!("{}/{}/{form}?corrects={}", self.here, body.slug, entry.seq), "Correct this"))
    }

    /// The same of a date by which an answer is owed, or that a body set itself; of the other dates none is put right.
    fn correct_date(&self, row: DeadlineId) -> Option<Link> {
        let date = self.timeline.deadlines.iter().find(|date| date.id == row)?;
        if !self.may_correct || date.corrected_by.is_some() || date.only_takes_back() {
            return None;
        }
        let form = match date.kind {
            DeadlineKind::Response => "deadline",
            DeadlineKind::Target => "target",
            DeadlineKind::Return | DeadlineKind::Decision | DeadlineKind::Recheck | DeadlineKind::Plan => return None,
        };
        let body = &self.timeline.answers.get(&date.place.addressee)?.body;
        let seq = date.place.seq;
        Some(Link::new(format!("{}/{}/{form}?corrects={seq}", self.here, body.slug), "Correct this"))
    }

    /// The same of what an outside body found.
    fn correct_outside(&self, row: i64) -> Option<Link> {
        let found = self.timeline.outside.iter().find(|one| one.id.0 == row)?;
        if !self.may_correct || found.corrected_by.is_some() {
            return None;
        }
        let body = &self.timeline.answers.get(&found.place.addressee)?.body;
        let seq = found.place.seq;
        Some(Link::new(format!("{}/{}/others?corrects={seq}", self.here, body.slug), "Correct this"))
    }

    /// The same of what a meeting decided; a draft gives way to the approved minute.
    fn correct_minute(&self, row: i64) -> Option<Link> {
        let found = self.timeline.remarks.iter().find(|one| one.id.0 == row)?;
        let minute = found.minute.as_ref().filter(|minute| self.may_correct && minute.stands())?;
        let body = &self.timeline.answers.get(&found.addressee?)?.body;
        let href = format!("{}/{}/minute?corrects={}", self.here, body.slug, found.seq);
        let draft = minute.approval == Some(Approval::Draft);
        Some(Link::new(href, if draft { "Publish the approved minute" } else { "Correct this" }))
    }

    /// The button that withholds an entry's words, or shows them again.
    #[must_use]
    pub fn withhold(&self, entry: &Entry) -> Option<Withhold> {
        self.button(entry.record.filter(|_| self.may_withhold)?)
    }

    /// The same for the words of the recommendation that stand.
    #[must_use]
    pub fn withhold_words(&self) -> Option<Withhold> {
        let wording = self.timeline.wordings.first().filter(|_| self.may_withhold)?;
        wording.text.as_ref().or(wording.title.as_ref())?;
        let mut button = self.button((Subject::Wording, wording.id.0))?;
        button.keys.key = button.keys.key.map(|key| format!("{key}-top"));
        Some(button)
    }

    fn button(&self, (subject, row): (Subject, i64)) -> Option<Withhold> {
        let by = is_withheld(&self.timeline, subject, row).filter(|by| self.may_show || by.is_none())?;
        let (withheld, why) = (by.is_some(), by.map(address::withholding));
        let keys = self.keys.clone().of_row(subject, row);
        let remove = self.may_remove.then(|| removal(subject, row));
        Some(Withhold { action: format!("{}/withhold", self.here), subject, row, withheld, why, remove, keys })
    }
}
