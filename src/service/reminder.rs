//! Reminders of updates that are due: one mail to each contact, with all the items in it that they are asked about.

use std::collections::{BTreeMap, HashMap};

use super::job::Cycle;
use super::{Error, Service};
use crate::domain::address;
use crate::domain::calendar::{Calendar, FIRST_REMINDER};
use crate::domain::deadline::DeadlineKind;
use crate::domain::duty::{Held, alternate_for, goes_to};
use crate::domain::id::{AddresseeId, BodyId, PersonId};
use crate::domain::ladder::{self, Next};
use crate::domain::mail::{ByLink, Item, Letter, Reminder, ReminderItem};
use crate::domain::moment::Day;
use crate::domain::nothing_new::NothingNew;
use crate::domain::reported::Reported;
use crate::domain::series::{self, Owed};
use crate::domain::token::TokenKind;
use crate::domain::words;
use crate::store::due::{self, DueDate};
use crate::store::outbox::{self, NewMail};
use crate::store::recipient::{self, Recipient};
use crate::store::to_top::{self, Steps};
use crate::store::{WriteTx, by_link, chase, contact, duty, held_back, job, nothing_new, setting};

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

/// How many bodies are reminded in one transaction: on SQLite nobody else writes meanwhile.
const BODIES: usize = 50;

/// What a body owes, soon or already.
type Owing = (BodyId, Vec<DueDate>);

impl Service {
    /// Writes a reminder to each contact of a body who is to be reminded by [`series::falls`]: all that they are asked about and the
    /// body owes soon or already is in it. Some bodies are written to in one transaction; a run that breaks off has written to some,
    /// and the next for the same day writes to the others.
    ///
    /// # Errors
    /// When the database fails, or another process has taken the run over.
    pub async fn write_reminders(&self, cycle: Cycle, calendar: Calendar) -> Result<Reminded, Error> {
        let (today, of) = (cycle.today, calendar.clone());
        let owed = self.writer.write_long_unseen(move |tx| owed(tx, today, &of)).await?;
        let owed: Vec<Owing> = owed.into_iter().collect();
        let mut reminded = Reminded::default();
        for some in owed.chunks(BODIES) {
            let (cycle, calendar, some) = (cycle.clone(), calendar.clone(), some.to_vec());
            let writing = self.writer.write_long_unseen(move |tx| remind(tx, &cycle, &calendar, &some, reminded));
            reminded = writing.await?;
        }
        self.writer.write_long_unseen(move |tx| cycle.finish(tx, &format!("{reminded:?}"))).await?;
        Ok(reminded)
    }
}

/// Reminds the contacts of some bodies. Answers what the run has come to with them. Each reader has one mail a run: done again, none
/// is written twice; and what is owed no more by the time that it goes is left out of it.
fn remind(
    tx: &mut WriteTx<'_>,
    cycle: &Cycle,
    calendar: &Calendar,
    owing: &[Owing],
    mut reminded: Reminded,
) -> Result<Reminded, Error> {
    cycle.still_held(tx)?;
    let today = cycle.today;
    let before = job::period_before(tx, REMINDER, cycle.period())?;
    let since = before.and_then(|day| day.parse().ok()).unwrap_or_else(|| today.plus_days(-1));
    let contributors = recipient::with_good_address(tx)?;
    let chosen = setting::stages(tx)?;
    let stages = |date: &DueDate| chosen.of(date.body, date.inquiry_id);
    let alternate_from = |date: &DueDate| ladder::alternate_from(&stages(date), date.on, calendar);
    let asked = |dates: &[DueDate]| -> Vec<Owed> {
        dates.iter().map(|date| Owed { stages: stages(date), due: date.on }).collect()
    };
    for (body, dates) in owing {
        let body = *body;
        let readers: Vec<_> = contributors.iter().filter(|person| person.body == Some(body)).collect();
        if readers.is_empty() {
            let alone = usize::from(series::falls(&asked(dates), None, (since, today), calendar));
            reminded.bodies += alone;
            reminded.without_contributor += alone;
            continue;
        }
        let duties = duty::held_of(tx, body)?;
        let top = contact::of_body(tx, body)?.iter().any(|one| one.at_top && one.ended_on.is_none());
        let mut any = false;
        for reader in readers {
            let is_theirs = |date: &&DueDate| {
                let alternate_too = alternate_from(date) <= today;
                ladder::is_reminded(reader.person, date.addressee, &duties, alternate_too)
            };
            let theirs: Vec<DueDate> = dates.iter().filter(is_theirs).cloned().collect();
            let all = asked(&theirs);
            let told = chase::told_overdue(tx, reader.person, body)?;
            if !series::falls(&all, told, (since, today), calendar) {
                continue;
            }
            any = true;
            // Of the alternate nothing is announced to themself.
            let is_further = |date: &&DueDate| {
                ladder::has_alternate(date.addressee, &duties)
                    && alternate_for(date.addressee, &duties) != Some(reader.person)
            };
            let alternate = theirs.iter().filter(is_further).map(alternate_from).min();
            let letter = letter_gone(tx, &theirs, today)?;
            let reminder = series::next(&all, told, today, calendar);
            let next = reminder.map(|reminder| Next { reminder, alternate, top, letter });
            reminded.mails += usize::from(send(tx, cycle, reader, (theirs.as_slice(), duties.as_slice()), next)?);
        }
        reminded.bodies += usize::from(any);
    }
    Ok(reminded)
}

/// What each body owes soon or already.
fn owed(tx: &mut WriteTx<'_>, today: Day, calendar: &Calendar) -> Result<BTreeMap<BodyId, Vec<DueDate>>, Error> {
    let horizon = calendar.working_days_after(today, FIRST_REMINDER);
    let mut owed: BTreeMap<BodyId, Vec<DueDate>> = BTreeMap::new();
    let kept = held_back::arrivals(tx)?;
    for date in due::up_to(tx, &[DeadlineKind::Return], horizon)? {
        // Nobody is asked for what would not count yet. On a schedule an update counts from half its interval before the date
        // on: of a monthly one the stages of 30 and 14 working days lie before that.
        let opens = calendar.asking_opens(date.on, date.every_months);
        let came = kept.get(&date.addressee).into_iter().flatten();
        // What came in under a hold is not asked for again, by the rule by which it will settle the date.
        let is_settled = came.copied().any(|came| calendar.settles(came, date.on, date.every_months));
        if today < opens || is_settled {
            continue;
        }
        if date.on >= today || date.is_missed(today) {
            owed.entry(date.body).or_default().push(date);
        }
    }
    Ok(owed)
}

/// The day of the last letter to the post at the top, where one has gone about all of these that are overdue and a notice may follow.
fn letter_gone(tx: &mut WriteTx<'_>, dates: &[DueDate], today: Day) -> Result<Option<Day>, Error> {
    let late: Vec<DueDate> = dates.iter().filter(|date| date.is_missed(today)).cloned().collect();
    let letters: Option<Vec<Day>> = to_top::steps(tx, &late)?.iter().map(Steps::letter).collect();
    Ok(letters.and_then(|days| days.into_iter().max()))
}

fn letter(
    reader: PersonId,
    dates: &[DueDate],
    counted: &HashMap<AddresseeId, NothingNew>,
    duties: &[Held],
) -> Reminder {
    let as_alternate = |date: &DueDate| !goes_to(reader, date.addressee, duties);
    Reminder {
        body: dates.first().map(|date| date.body_name.clone()).unwrap_or_default(),
        body_id: dates.first().map(|date| date.body),
        items: dates.iter().map(|date| item(date, counted.get(&date.addressee).copied(), as_alternate(date))).collect(),
        link: "/staff".to_owned(),
        by_link: None,
        next: None,
    }
}

fn item(date: &DueDate, counted: Option<NothingNew>, as_alternate: bool) -> ReminderItem {
    let said =
        (date.reported != Reported::NotReported).then(|| words::reported_line(date.reported, date.reported_when));
    ReminderItem {
        addressee: Some(date.addressee),
        item: Item {
            recommendation: Some(date.recommendation),
            inquiry: date.inquiry.clone(),
            number: date.number.clone(),
            title: words::title_or_number(&date.number, date.title.as_deref()),
            link: address::return_form(&date.inquiry_slug, &date.number, &date.body_slug),
        },
        due: date.on,
        last_said: said,
        nothing_new: counted.map(words::nothing_new),
        as_alternate,
    }
}

fn send(
    tx: &mut WriteTx<'_>,
    cycle: &Cycle,
    reader: &Recipient,
    (dates, duties): (&[DueDate], &[Held]),
    next: Option<Next>,
) -> Result<bool, Error> {
    let items: Vec<AddresseeId> = dates.iter().map(|date| date.addressee).collect();
    let key = format!("{}:{REMINDER}:{}", reader.reference, cycle.period());
    let token = cycle.token(&key);
    let link = address::filing_link(&token.to_string());
    let by_link = ByLink { link, expires: cycle.now.plus_seconds(TokenKind::Filing.lasts()) };
    let reminder = letter(reader.person, dates, &nothing_new::of(tx, &items)?, duties);
    let letter = Letter::Reminder(Reminder { by_link: Some(by_link), next, ..reminder });
    let reference = cycle.reference(&key);
    let mail = NewMail {
        reference: &reference,
        dedupe_key: Some(&key),
        person: Some(reader.person),
        email: &reader.email,
        letter: &letter,
        not_before: cycle.now,
        now: cycle.now,
    };
    let written = outbox::enqueue(tx, &mail)?;
    if let Some(body) = reader.body.filter(|_| written) {
        by_link::insert(tx, &token.hash(), (reader.person, body), (reference.as_str(), items.as_slice()), cycle.now)?;
        // The words of the mail are removed some days later; what it asked about stays known.
        let dated: Vec<(AddresseeId, Day)> = dates.iter().map(|date| (date.addressee, date.on)).collect();
        chase::insert_reminded(tx, &reference, &dated, cycle.today)?;
    }
    Ok(written)
}
