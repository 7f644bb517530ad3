//! Reminders of updates that are due: one mail to each contributor, with all their body's items in it.

use std::collections::BTreeMap;

use super::filing::DAYS_EARLY;
use super::job::Cycle;
use super::{Error, Service};
use crate::domain::address;
use crate::domain::calendar::{Calendar, ReminderStage};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, BodyId};
use crate::domain::mail::{Item, Letter, Reminder, ReminderItem};
use crate::domain::moment::Day;
use crate::domain::reported::Reported;
use crate::domain::words;
use crate::store::due::{self, DueDate};
use crate::store::outbox::{self, NewMail};
use crate::store::recipient::{self, Recipient};
use crate::store::{WriteTx, chase, held_back, job};

/// The job's name in the table of runs.
pub const REMINDER: &str = "reminder";

/// What a run of the reminders came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reminded {
    /// Mails written.
    pub mails: usize,
    /// Bodies that something was asked of.
    pub bodies: usize,
    /// Of these, the ones that nobody could be reminded for.
    pub without_contributor: usize,
}

impl Service {
    /// Writes a reminder to each contributor of each body for which a stage falls on a day since the run before: all that
    /// the body owes soon or already is in it.
    ///
    /// # Errors
    /// When the database fails, or another process has taken the run over.
    pub async fn write_reminders(&self, cycle: Cycle, calendar: Calendar) -> Result<Reminded, Error> {
        self.writer
            .write_unseen(move |tx| {
                let today = cycle.today;
                let before = job::period_before(tx, REMINDER, cycle.period())?;
                let since = before.and_then(|day| day.parse().ok()).unwrap_or_else(|| today.plus_days(-1));
                let mut reminded = Reminded::default();
                let contributors = recipient::contributors(tx)?;
                for (body, dates) in to_be_reminded(tx, since, today, &calendar)? {
                    reminded.bodies += 1;
                    let readers: Vec<_> = contributors.iter().filter(|person| person.body == Some(body)).collect();
                    if readers.is_empty() {
                        reminded.without_contributor += 1;
                        continue;
                    }
                    let letter = Letter::Reminder(letter(&dates));
                    let items: Vec<_> = dates.iter().map(|date| date.addressee).collect();
                    for reader in readers {
                        reminded.mails += usize::from(send(tx, &cycle, reader, &letter, &items)?);
                    }
                }
                cycle.finish(tx, &format!("{reminded:?}"))?;
                Ok(reminded)
            })
            .await
    }
}

/// What each body owes soon or already, where a stage of any of it fell on a day after `since` and up to `today`.
fn to_be_reminded(
    tx: &mut WriteTx<'_>,
    since: Day,
    today: Day,
    calendar: &Calendar,
) -> Result<BTreeMap<BodyId, Vec<DueDate>>, Error> {
    let horizon = calendar.working_days_after(today, ReminderStage::BEFORE[0]);
    let mut owed: BTreeMap<BodyId, Vec<DueDate>> = BTreeMap::new();
    let kept = held_back::arrivals(tx)?;
    for date in due::up_to(tx, &[DeadlineKind::Return], horizon)? {
        // What came in under a hold is not asked for again.
        if kept.get(&date.addressee).is_some_and(|came| date.on.days_since(*came) <= DAYS_EARLY) {
            continue;
        }
        if date.on >= today || date.is_missed(today) {
            owed.entry(date.body).or_default().push(date);
        }
    }
    owed.retain(|_, dates| dates.iter().any(|date| ReminderStage::any_between(since, today, date.on, calendar)));
    Ok(owed)
}

fn letter(dates: &[DueDate]) -> Reminder {
    Reminder {
        body: dates.first().map(|date| date.body_name.clone()).unwrap_or_default(),
        items: dates.iter().map(item).collect(),
        link: "/staff".to_owned(),
    }
}

fn item(date: &DueDate) -> ReminderItem {
    let said =
        (date.reported != Reported::NotReported).then(|| words::reported_line(date.reported, date.reported_when));
    ReminderItem {
        item: Item {
            inquiry: date.inquiry.clone(),
            number: date.number.clone(),
            title: words::title(&date.number, date.title.as_deref()),
            link: address::return_form(&date.inquiry_slug, &date.number, &date.body_slug),
        },
        due: date.on,
        last_said: said,
    }
}

fn send(
    tx: &mut WriteTx<'_>,
    cycle: &Cycle,
    reader: &Recipient,
    letter: &Letter,
    items: &[AddresseeId],
) -> Result<bool, Error> {
    let key = format!("{}:{REMINDER}:{}", reader.reference, cycle.period());
    let reference = cycle.reference(&key);
    let mail = NewMail {
        reference: &reference,
        dedupe_key: Some(&key),
        person: Some(reader.person),
        email: &reader.email,
        letter,
        not_before: cycle.now,
        now: cycle.now,
    };
    let written = outbox::enqueue(tx, &mail)?;
    if written {
        // The words of the mail are removed some days later; what it asked about stays known.
        chase::insert_reminded(tx, &reference, items, cycle.today)?;
    }
    Ok(written)
}
