//! Filing by the link of a reminder: a code to the same mailbox, then one filing on exactly the items of the mail. The same rules
//! hold as for somebody who has signed in, sign-off and holds among them.

use std::net::IpAddr;

use super::file::{FileReturn, Returned, file};
use super::sign_off::is_needed;
use crate::domain::address;
use crate::domain::by_link::{CODE_SECONDS, Code, PASS_SECONDS, WRONG_CODES};
use crate::domain::id::AddresseeId;
use crate::domain::mail::{FilingCode, FilingReceipt, Letter};
use crate::domain::moment::{Day, Moment};
use crate::domain::person::{Actor, Reach, Role};
use crate::domain::problem::Problems;
use crate::domain::publication::FourQuestions;
use crate::domain::secret::Secret;
use crate::domain::throttle;
use crate::domain::token::TokenHash;
use crate::domain::words;
use crate::service::sign_in::network;
use crate::service::{Act, Error, Service, gathered};
use crate::store::by_link::{self, FilingLink};
use crate::store::chase::ItemName;
use crate::store::outbox::{self, NewMail};
use crate::store::{
    Error as StoreError, ReadTx, WriteTx, desk, nothing_new, person, present, recipient, suppression,
    throttle as tries, token,
};

/// Somebody who has opened a link asks for its code.
#[derive(Debug)]
pub struct AskForCode {
    /// The link.
    pub link: TokenHash,
    /// The code, if one is sent.
    pub code: Code,
    /// Where they are on the network.
    pub from: IpAddr,
    /// A random name for the mail.
    pub reference: String,
    /// The moment.
    pub now: Moment,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeAsked {
    /// It is on its way to the mailbox that the link went to.
    Sent,
    /// Mail does not reach that mailbox: its address is dead.
    NotReached,
    /// The link does not work, or not for them any more.
    NoSuchLink,
    /// Too many asked: wait so many seconds.
    Wait(i64),
}

/// Somebody enters a code.
#[derive(Debug)]
pub struct EnterCode {
    /// The link.
    pub link: TokenHash,
    /// What they typed, where it can be a code.
    pub code: Option<Code>,
    /// The hash of their pass, if it is right.
    pub pass: TokenHash,
    /// Where they are on the network.
    pub from: IpAddr,
    /// The moment.
    pub now: Moment,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeEntered {
    /// It is right, and used up.
    Yes,
    /// It is not, or not any more.
    No,
    /// The link does not work, or not for them any more.
    NoSuchLink,
    /// Too many tries: wait so many seconds.
    Wait(i64),
}

/// What whoever entered the code files.
#[derive(Debug)]
pub struct FileByLink {
    /// The link.
    pub link: TokenHash,
    /// The hash of their pass.
    pub pass: TokenHash,
    /// What they say on each item; nothing of those on which they say nothing.
    pub items: Vec<SaidByLink>,
    /// A random name for what is filed.
    pub fresh: String,
    /// The moment.
    pub now: Moment,
    /// The day in the register's zone.
    pub day: Day,
}

/// What somebody says on one item.
#[derive(Debug)]
pub struct SaidByLink {
    /// The item.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// What stands before the names of its fields in the form.
    pub prefix: String,
    /// Whether they said it of all items at once: then it is left out where it was said already, or the body has begun an update.
    pub with_all: bool,
    /// What they say.
    pub returned: Returned,
    /// What the form could not read of it.
    pub faults: Problems,
}

impl SaidByLink {
    fn field(&self, name: &str) -> String {
        // "No change" is the answer to the question what they have to say.
        let name = if name == "no_change" { "what" } else { name };
        format!("{}{name}", self.prefix)
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FiledByLink {
    /// It is filed on these items, and the link has ended.
    Yes(Vec<String>),
    /// It waits for whoever signs off for the body, on these items, and the link has ended.
    WaitsForSignOff(Vec<String>),
    /// The code has to be entered first, or anew.
    NotOpen,
    /// The link does not work, or not for them any more.
    NoSuchLink,
}

impl Service {
    /// Sends the code of a link to the mailbox of whose link it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn send_filing_code(&self, asked: AskForCode) -> Result<CodeAsked, Error> {
        let secret = self.secret.clone();
        self.writer.write_unseen(move |tx| send(tx, &secret, &asked)).await
    }

    /// Lets somebody in who enters the code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enter_filing_code(&self, entered: EnterCode) -> Result<CodeEntered, Error> {
        let secret = self.secret.clone();
        self.writer.write_unseen(move |tx| enter(tx, &secret, &entered)).await
    }

    /// Files on some items of a link, all or nothing, and ends it. The body's other people are told.
    ///
    /// # Errors
    /// Faults at the fields of each item, with its prefix; when the database fails.
    pub async fn file_by_link(&self, command: FileByLink) -> Result<FiledByLink, Error> {
        self.writer.write(move |tx| file_all(tx, &command)).await
    }
}

/// The link with its items, if it works for whoever has it.
fn live(tx: &mut ReadTx<'_>, hash: &TokenHash, now: Moment) -> Result<Option<(FilingLink, Vec<ItemName>)>, Error> {
    let Some(link) = by_link::find(tx, hash)?.filter(|link| link.is_live(now)) else { return Ok(None) };
    let items = by_link::usable(tx, &link)?;
    Ok((!items.is_empty()).then_some((link, items)))
}

fn send(tx: &mut WriteTx<'_>, secret: &Secret, asked: &AskForCode) -> Result<CodeAsked, Error> {
    let by_address = secret.sign("filing code, address", network(asked.from).as_bytes());
    if let Some(wait) = tries::count(tx, &by_address, throttle::CODES_FROM_ADDRESS, asked.now)? {
        return Ok(CodeAsked::Wait(wait));
    }
    let Some((link, _)) = live(tx, &asked.link, asked.now)? else { return Ok(CodeAsked::NoSuchLink) };
    let of_link = secret.sign("filing code, link", asked.link.as_str().as_bytes());
    if let Some(wait) = tries::count(tx, &of_link, throttle::CODES_OF_LINK, asked.now)? {
        return Ok(CodeAsked::Wait(wait));
    }
    let expires = asked.now.plus_seconds(CODE_SECONDS);
    let reader = person::find(tx, link.person)?;
    let is_dead = suppression::is_there(tx, &suppression::key(secret, &reader.email))?;
    if !is_dead {
        by_link::set_code(tx, link.id, &asked.code.sealed(secret, link.id), expires)?;
    }
    let mail = NewMail {
        reference: &asked.reference,
        dedupe_key: None,
        person: Some(link.person),
        email: &reader.email,
        letter: &Letter::FilingCode(FilingCode { code: asked.code.to_string(), expires }),
        not_before: asked.now,
        now: asked.now,
    };
    // To a dead address it does not go: staff read there that somebody waits for it.
    outbox::enqueue(tx, &mail)?;
    Ok(if is_dead { CodeAsked::NotReached } else { CodeAsked::Sent })
}

fn enter(tx: &mut WriteTx<'_>, secret: &Secret, entered: &EnterCode) -> Result<CodeEntered, Error> {
    let by_address = secret.sign("filing code, tries from address", network(entered.from).as_bytes());
    if let Some(wait) = tries::count(tx, &by_address, throttle::CODE_TRIES_FROM_ADDRESS, entered.now)? {
        return Ok(CodeEntered::Wait(wait));
    }
    let Some((link, _)) = live(tx, &entered.link, entered.now)? else { return Ok(CodeEntered::NoSuchLink) };
    let key = secret.sign("filing code, tries", entered.link.as_str().as_bytes());
    if let Some(wait) = tries::count(tx, &key, throttle::CODE_TRIES, entered.now)? {
        return Ok(CodeEntered::Wait(wait));
    }
    let (Some(typed), Some(kept)) = (&entered.code, link.code_at(entered.now)) else { return Ok(CodeEntered::No) };
    if !typed.is_sealed_in(secret, link.id, kept) {
        if by_link::count_wrong_code(tx, link.id)? >= WRONG_CODES {
            token::use_up(tx, link.id, entered.now)?;
            return Ok(CodeEntered::NoSuchLink);
        }
        return Ok(CodeEntered::No);
    }
    let until = entered.now.plus_seconds(PASS_SECONDS);
    if !by_link::take_code(tx, link.id, kept, (&entered.pass, until))? {
        return Ok(CodeEntered::No);
    }
    tries::forget(tx, &key)?;
    tries::take_back(tx, &by_address)?;
    Ok(CodeEntered::Yes)
}

fn file_all(tx: &mut WriteTx<'_>, command: &FileByLink) -> Result<FiledByLink, Error> {
    let Some((link, items)) = live(tx, &command.link, command.now)? else { return Ok(FiledByLink::NoSuchLink) };
    if !link.is_opened_by(&command.pass, command.now) {
        return Ok(FiledByLink::NotOpen);
    }
    if command.items.is_empty() {
        return Err(Problems::one("", words::NOTHING_SAID_BY_LINK).into());
    }
    // Of two at once the second finds it used.
    match token::use_up(tx, link.id, command.now) {
        Err(StoreError::NotFound) => return Ok(FiledByLink::NoSuchLink),
        done => done?,
    }
    let mut said = sayable(tx, &link, command)?;
    said.sort_by_key(|one| one.addressee);
    lock(tx, &link, &said, &items)?;
    let actor = Actor { person: link.person, role: Role::Contributor, body: Some(link.body), reach: Reach::EVERYWHERE };
    let waits = is_needed(tx, actor, link.body)?;
    let mut problems = Problems::none();
    for (place, one) in said.iter().enumerate() {
        let act = Act {
            actor,
            now: command.now,
            day: command.day,
            key: None,
            // Of one deed, and yet each its own.
            fresh: format!("{}-{place}", command.fresh),
            questions: FourQuestions::default(),
            faults: one.faults.clone(),
        };
        // The lock has counted the version up.
        let version = one.version + 1;
        match file(tx, &act, &FileReturn { addressee: one.addressee, version, returned: one.returned.clone() }) {
            Ok(_) => {}
            Err(Error::Problems(found)) => {
                for problem in found.iter() {
                    problems.add(one.field(&problem.field), problem.sentence.clone());
                }
            }
            Err(Error::Stale) => problems.add(one.field("what"), words::CHANGED_BY_LINK),
            Err(fault) => return Err(fault),
        }
    }
    problems.into_result()?;
    let on: Vec<AddresseeId> = said.iter().map(|one| one.addressee).collect();
    by_link::set_filed(tx, &link, &on, command.day)?;
    let filed: Vec<&ItemName> = items.iter().filter(|item| said.iter().any(|one| one.addressee == item.id)).collect();
    tell_the_others(tx, command, &link, (filed.as_slice(), waits))?;
    let named = filed.iter().map(|item| named(item)).collect();
    Ok(if waits { FiledByLink::WaitsForSignOff(named) } else { FiledByLink::Yes(named) })
}

/// An item, as whoever filed on it reads it.
fn named(item: &ItemName) -> String {
    item.title.after(&words::item(Some(&item.inquiry), Some(&item.number), None))
}

/// What is said, without that which was said of all items at once and cannot be said of this one.
fn sayable<'a>(tx: &mut WriteTx<'_>, link: &FilingLink, command: &'a FileByLink) -> Result<Vec<&'a SaidByLink>, Error> {
    let mut said: Vec<&SaidByLink> = Vec::with_capacity(command.items.len());
    let mut was_said = false;
    for one in &command.items {
        if one.with_all && nothing_new::was_said(tx, one.addressee, command.day)? {
            was_said = true;
        } else if !one.with_all || by_link::barred(tx, link, one.addressee)?.is_none() {
            said.push(one);
        }
    }
    if said.is_empty() {
        let why = if was_said { words::NO_CHANGE_TODAY } else { words::NONE_LEFT_BY_LINK };
        return Err(Problems::one("", why).into());
    }
    Ok(said)
}

/// Claims the rows in the order of their numbers, before anything else: each must be one of the link's, as the form showed it, and
/// without an update that is not filed yet.
fn lock(tx: &mut WriteTx<'_>, link: &FilingLink, said: &[&SaidByLink], items: &[ItemName]) -> Result<(), Error> {
    let mut problems = Problems::none();
    for one in said {
        let Some(item) = items.iter().find(|item| item.id == one.addressee) else {
            problems.add(one.field("what"), words::NOT_ASKED_BY_LINK);
            continue;
        };
        if let Some(why) = by_link::barred(tx, link, one.addressee)? {
            let named = words::item(Some(&item.inquiry), Some(&item.number), None);
            problems.add(one.field("what"), words::barred_by_link(&named, why));
            continue;
        }
        match present::lock_addressee(tx, one.addressee, Some(one.version)) {
            Err(StoreError::Stale) => problems.add(one.field("what"), words::CHANGED_BY_LINK),
            done => {
                done?;
            }
        }
    }
    Ok(problems.into_result()?)
}

fn tell_the_others(
    tx: &mut WriteTx<'_>,
    command: &FileByLink,
    link: &FilingLink,
    (items, waits): (&[&ItemName], bool),
) -> Result<(), Error> {
    let mut filed = Vec::new();
    for item in items {
        let recommendation = present::find_addressee(tx, item.id)?.recommendation_id;
        let page = address::staff_answer(&item.inquiry_slug, &item.number, &item.asked_slug);
        filed.push(gathered::item(tx, recommendation, page)?);
    }
    let letter = Letter::FilingReceipt(FilingReceipt {
        body: desk::body_name(tx, link.body)?.name,
        body_id: Some(link.body),
        items: filed,
        on: command.day,
        waits,
        link: address::STAFF.to_owned(),
    });
    let all = recipient::contributors(tx)?.into_iter();
    let others = all.filter(|one| one.body == Some(link.body) && one.person != link.person);
    for (place, reader) in others.enumerate() {
        let mail = NewMail {
            reference: &format!("{}-receipt-{place}", command.fresh),
            dedupe_key: None,
            person: Some(reader.person),
            email: &reader.email,
            letter: &letter,
            not_before: command.now,
            now: command.now,
        };
        outbox::enqueue(tx, &mail)?;
    }
    Ok(())
}
