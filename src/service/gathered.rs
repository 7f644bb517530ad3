//! Mail to a body's own people about what waits among them: it waits a while for more, and when its time has come says only what
//! still waits then.

use jiff::tz::TimeZone;

use super::{Act, Error};
use crate::domain::address;
use crate::domain::duty::goes_to;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::{AddresseeId, BodyId, OutboxId, PersonId, RecommendationId};
use crate::domain::mail::{CheckReply, Item, Letter, ReminderItem, SentToAuthor, SignOffAsked, Written};
use crate::domain::moment::Day;
use crate::domain::outbox::{MailState, is_still_for, without_spent_link};
use crate::domain::words;
use crate::store::accuracy::{self, Check};
use crate::store::duty;
use crate::store::filing::{self, FilingRow};
use crate::store::outbox::{self, Leased, NewMail};
use crate::store::present::find_addressee;
use crate::store::recipient::{self, Recipient};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx, WriteTx, chase, desk, held_back, holiday, recommendation, to_top};

/// So long a mail waits for more: who signs off a sheet of updates, or decides on several requests, does it at one sitting.
const GATHER_SECONDS: i64 = 15 * 60;
/// So long after one mail the next of its kind to the same reader goes at the earliest.
const APART_SECONDS: i64 = 60 * 60;

/// Why a mail is not sent.
type Settled = (MailState, &'static str);

/// Writes the mail to each of them, or adds to the one that waits already. Nobody is told of their own act. The caller holds the
/// counter, so that no two deeds write at once.
pub(super) fn tell(tx: &mut WriteTx<'_>, act: &Act, readers: &[Recipient], letter: &Letter) -> Result<(), Error> {
    let kind = letter.kind();
    for (place, reader) in readers.iter().enumerate().filter(|(_, reader)| reader.person != act.actor.person) {
        // One of a body that they have left does not go any more, nor would what it took in.
        let waiting = outbox::gathering(tx, reader.person, kind)?;
        if let Some((id, mut waiting)) = waiting.filter(|(_, letter)| is_still_for(letter, reader.role, reader.body)) {
            waiting.gather(letter.clone());
            if outbox::gather_into(tx, id, &waiting)? {
                continue;
            }
        }
        let soonest = act.now.plus_seconds(GATHER_SECONDS);
        let last = outbox::last_of_kind(tx, reader.person, kind)?;
        // One later than any is put off now was put off by a clock that was ahead.
        let last = last.filter(|last| *last <= act.now.plus_seconds(GATHER_SECONDS + APART_SECONDS));
        let not_before = last.map_or(soonest, |last| soonest.max(last.plus_seconds(APART_SECONDS)));
        let mail = NewMail {
            // Of one deed, and yet each its own.
            reference: &format!("{}-{kind}-{place}", act.fresh),
            // The counter is held, so that no two write the same; and one that was taken back by hand stands in no other's way.
            dedupe_key: None,
            person: Some(reader.person),
            email: &reader.email,
            letter,
            not_before,
            now: act.now,
        };
        outbox::enqueue(tx, &mail)?;
    }
    Ok(())
}

/// Those who file for a body and are told of what happens to an item: its contact and the leads beside them, or where no contact works
/// and is reached by mail, all of them. `besides` is told too, if they still file for the body: whoever sent in what it is about.
pub(super) fn contacts(
    tx: &mut ReadTx<'_>,
    (body, item): (BodyId, AddresseeId),
    besides: PersonId,
) -> Result<Vec<Recipient>, Error> {
    let duties = duty::held_of(tx, body)?;
    let all = recipient::contributors(tx)?.into_iter().filter(|one| one.body == Some(body));
    Ok(all.filter(|one| goes_to(one.person, item, &duties) || one.person == besides).collect())
}

/// Somebody who files for a body, by who they are.
fn one(tx: &mut ReadTx<'_>, person: PersonId) -> Result<Vec<Recipient>, Error> {
    Ok(recipient::contributors(tx)?.into_iter().filter(|one| one.person == person).collect())
}

/// Whoever signs off for a body, as a reader of mail.
fn signer(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Recipient>, Error> {
    match duty::signer(tx, body)? {
        Some(signer) => one(tx, signer.person),
        None => Ok(Vec::new()),
    }
}

/// A recommendation as a line of a mail names it. Words that are withheld are not named.
pub(super) fn item(tx: &mut ReadTx<'_>, id: RecommendationId, link: String) -> Result<Item, Error> {
    let about = recommendation::many(tx, vec![id])?.pop().ok_or(Error::NotFound)?;
    Ok(Item {
        recommendation: Some(id),
        title: match &about.title {
            Some(Words::Withheld(_)) => words::title_withheld(&about.number),
            title => words::title(&about.number, title.as_ref().and_then(Words::said)),
        },
        inquiry: about.inquiry.short_title,
        number: about.number,
        link,
    })
}

/// Tells whoever signs off for a body that something waits for them.
pub(super) fn ask_signer(
    tx: &mut WriteTx<'_>,
    act: &Act,
    body: BodyId,
    (reference, kind, of): (&str, FilingKind, RecommendationId),
) -> Result<(), Error> {
    let item = item(tx, of, address::filing(reference))?;
    let written = Written { reference: reference.to_owned(), filing: kind, item };
    asked(tx, act, body, (vec![written], Vec::new()))
}

/// Tells whoever signs off for a body that a reply to a finding waits for them.
pub(super) fn ask_signer_to_reply(tx: &mut WriteTx<'_>, act: &Act, check: &Check) -> Result<(), Error> {
    asked(tx, act, check.body, (Vec::new(), vec![check_reply(check)]))
}

fn check_reply(check: &Check) -> CheckReply {
    CheckReply {
        reference: check.reference.clone(),
        until: check.period.until,
        link: address::finding(&check.reference),
    }
}

/// Tells whoever has begun to sign off for a body of everything that waits already.
pub(super) fn ask_new_signer(tx: &mut WriteTx<'_>, act: &Act, body: BodyId) -> Result<(), Error> {
    let mut items = Vec::new();
    for row in filing::all_for_sign_off(tx, body)? {
        let item = item(tx, row.recommendation, address::filing(&row.reference))?;
        items.push(Written { reference: row.reference, filing: row.proposal.kind(), item });
    }
    let checks = accuracy::of_body(tx, body)?;
    let checks: Vec<CheckReply> = checks.iter().filter(|check| is_unsigned(check, act.day)).map(check_reply).collect();
    if items.is_empty() && checks.is_empty() { Ok(()) } else { asked(tx, act, body, (items, checks)) }
}

fn asked(
    tx: &mut WriteTx<'_>,
    act: &Act,
    body: BodyId,
    (items, checks): (Vec<Written>, Vec<CheckReply>),
) -> Result<(), Error> {
    let name = desk::body_name(tx, body)?.name;
    let link = address::STAFF.to_owned();
    let letter = Letter::SignOffAsked(SignOffAsked { body: name, body_id: Some(body), items, checks, link });
    let readers = signer(tx, body)?;
    tell(tx, act, &readers, &letter)
}

/// Tells the author of what was sent back within the body; where they do not file for it any more, the contact for the item.
pub(super) fn tell_author(
    tx: &mut WriteTx<'_>,
    act: &Act,
    (body, of): (BodyId, AddresseeId),
    row: &FilingRow,
) -> Result<(), Error> {
    let item = item(tx, row.recommendation, address::filing(&row.reference))?;
    let written = Written { reference: row.reference.clone(), filing: row.proposal.kind(), item };
    let letter = Letter::SentToAuthor(SentToAuthor { items: vec![written], link: address::STAFF.to_owned() });
    let mut readers = one(tx, row.author)?;
    readers.retain(|reader| reader.body == Some(body));
    if readers.is_empty() {
        readers = contacts(tx, (body, of), row.author)?;
    }
    tell(tx, act, &readers, &letter)
}

/// Takes out of a mail what does not wait or is not owed any more, or says that nothing in it does. Other mail is left as it is.
pub(super) fn refresh(tx: &mut WriteTx<'_>, mail: &mut Leased, today: Day) -> Result<Option<Settled>, Error> {
    let Some(mut letter) = mail.letter.clone().map(without_spent_link) else { return Ok(None) };
    let empty = match &mut letter {
        Letter::SignOffAsked(asked) => {
            let mut items = Vec::new();
            for one in asked.items.drain(..) {
                if waits_for(tx, &one.reference, mail.person)? {
                    items.push(one);
                }
            }
            let mut checks = Vec::new();
            for one in asked.checks.drain(..) {
                if check_waits_for(tx, &one.reference, mail.person, today)? {
                    checks.push(one);
                }
            }
            (asked.items, asked.checks) = (items, checks);
            asked.items.is_empty() && asked.checks.is_empty()
        }
        Letter::SentToAuthor(back) => {
            let mut items = Vec::new();
            for one in back.items.drain(..) {
                if waits_again(tx, &one.reference, mail.person)? {
                    items.push(one);
                }
            }
            back.items = items;
            back.items.is_empty()
        }
        Letter::Reminder(reminder) => {
            let settled = still_owed(tx, mail.id, reminder.body_id, &mut reminder.items)?;
            chase::goes_on(tx, mail.id, today)?;
            settled
        }
        Letter::TopAsked(asked) => {
            let settled = still_owed(tx, mail.id, asked.body_id, &mut asked.items)?;
            if settled || !to_top::still_stands(tx, &mail.reference, &mail.email)? {
                return Ok(Some((
                    MailState::Cancelled,
                    "Not sent: nothing that it asks for is owed, or its reader has left.",
                )));
            }
            to_top::goes_on(tx, &mail.reference, today)?;
            false
        }
        _ => return Ok(None),
    };
    if empty {
        return Ok(Some((MailState::Cancelled, "Not sent: nothing that it tells of waits any more.")));
    }
    if mail.letter.as_ref() != Some(&letter) {
        outbox::replace_letter(tx, mail.id, Some(&letter))?;
        mail.message = None;
        mail.letter = Some(letter);
    }
    Ok(None)
}

/// Takes out of a letter what is not owed any more by that date and of that body, or came in under a hold. Answers whether that leaves
/// nothing.
fn still_owed(
    tx: &mut WriteTx<'_>,
    mail: OutboxId,
    body: Option<BodyId>,
    items: &mut Vec<ReminderItem>,
) -> Result<bool, Error> {
    let kept = held_back::arrivals(tx)?;
    // Whole days alone are counted.
    let calendar = holiday::calendar(tx, TimeZone::UTC)?;
    let mut settled = Vec::new();
    for one in items.iter() {
        let Some(id) = one.addressee else { continue };
        let row = find_addressee(tx, id)?;
        let owed = row.asked_for().is_some_and(|(of, on)| on == one.due && body.is_none_or(|body| body == of));
        let mut came = kept.get(&id).into_iter().flatten().copied();
        if !owed || came.any(|came| calendar.settles(came, one.due, row.return_every)) {
            settled.push(id);
        }
    }
    items.retain(|one| one.addressee.is_none_or(|id| !settled.contains(&id)));
    outbox::not_asked(tx, mail, &settled)?;
    Ok(!settled.is_empty() && items.is_empty())
}

/// The work of that name. Where there is none, as in a copy from before it was made, nothing waits; the round goes on.
fn found(tx: &mut ReadTx<'_>, reference: &str) -> Result<Option<FilingRow>, Error> {
    match filing::find(tx, reference) {
        Ok(row) => Ok(Some(row)),
        Err(store::Error::NotFound) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

fn signs(tx: &mut ReadTx<'_>, body: BodyId, person: Option<PersonId>) -> Result<bool, Error> {
    Ok(person.is_some() && duty::signer(tx, body)?.map(|signer| signer.person) == person)
}

fn waits_for(tx: &mut ReadTx<'_>, reference: &str, person: Option<PersonId>) -> Result<bool, Error> {
    let row = found(tx, reference)?.filter(|row| row.state == FilingState::ForSignOff);
    let Some(item) = row.and_then(|row| row.addressee) else { return Ok(false) };
    let body = find_addressee(tx, item)?.answerer_id;
    signs(tx, body, person)
}

/// Whether work that went back waits to be looked at again, and the reader files for the body that answers for it. Its words are not
/// public, so they follow nobody to another body.
fn waits_again(tx: &mut ReadTx<'_>, reference: &str, person: Option<PersonId>) -> Result<bool, Error> {
    let states = [FilingState::Draft, FilingState::SentBack];
    let row = found(tx, reference)?.filter(|row| states.contains(&row.state));
    let Some((item, person)) = row.and_then(|row| row.addressee).zip(person) else { return Ok(false) };
    let answerer = find_addressee(tx, item)?.answerer_id;
    let work = recipient::work_of(tx, vec![person])?;
    Ok(work.get(&person).is_some_and(|(_, body)| *body == Some(answerer)))
}

fn check_waits_for(tx: &mut ReadTx<'_>, reference: &str, person: Option<PersonId>, today: Day) -> Result<bool, Error> {
    let Some(row) = found(tx, reference)? else { return Ok(false) };
    match accuracy::of_filing(tx, row.id)? {
        Some(check) if is_unsigned(&check, today) => signs(tx, check.body, person),
        _ => Ok(false),
    }
}

/// Whether a reply to a finding waits for the body's own sign-off, and there is still time for it.
fn is_unsigned(check: &Check, today: Day) -> bool {
    check.unsigned.is_some() && check.state == FilingState::Submitted && check.period.runs_on(today)
}
