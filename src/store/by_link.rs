//! Links by which somebody files without signing in. The link is a token like the others; here stands what it is for, and how far
//! its reader has come. Nothing that is kept lets anybody in who reads it.

use diesel::prelude::*;

use super::chase::{self, ItemName};
use super::duty;
use super::schema::{filed_by_link, filing_link, filing_link_item, reminded, token};
use super::{Error, ReadTx, WriteTx, filing, person};
use crate::domain::by_link::{Barred, CODE_SECONDS, PASS_SECONDS};
use crate::domain::duty::is_asked;
use crate::domain::id::{AddresseeId, BodyId, OutboxId, PersonId, TokenId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::{Day, Moment};
use crate::domain::person::Role;
use crate::domain::session::is_in_time;
use crate::domain::token::{TokenHash, TokenKind};

/// A link, whether it still works or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingLink {
    /// Its inner number.
    pub id: TokenId,
    /// Whose it is.
    pub person: PersonId,
    /// The body that they were asked for.
    pub body: BodyId,
    /// The mail that holds it; `None` for an old one of which nobody knows it.
    pub mail: Option<OutboxId>,
    /// When it stops working.
    pub expires_at: Moment,
    /// When it was used, or taken back for a newer one.
    pub used_at: Option<Moment>,
    /// The day on which something was filed with it.
    pub filed_on: Option<Day>,
    /// The code that was sent, as it is kept.
    pub code: Option<String>,
    /// Until when the code works.
    pub code_until: Option<Moment>,
    /// The hash of the pass of whoever entered it.
    pub pass_hash: Option<String>,
    /// Until when the pass works.
    pub pass_until: Option<Moment>,
    /// How many wrong codes were entered in all.
    pub wrong_codes: i64,
    /// The items, in the order of the mail.
    pub items: Vec<AddresseeId>,
}

impl FilingLink {
    /// Whether it has been neither used nor replaced, and its time has not passed.
    #[must_use]
    pub fn is_live(&self, now: Moment) -> bool {
        self.used_at.is_none() && self.is_in_time(now)
    }

    /// Whether its time has come and has not passed.
    #[must_use]
    pub fn is_in_time(&self, now: Moment) -> bool {
        is_in_time(self.expires_at, TokenKind::Filing.lasts(), now)
    }

    /// The code that can be entered now, as it is kept.
    #[must_use]
    pub fn code_at(&self, now: Moment) -> Option<&str> {
        self.code.as_deref().filter(|_| self.code_until.is_some_and(|until| is_in_time(until, CODE_SECONDS, now)))
    }

    /// Whether this is the pass of whoever entered the code, and its time has not passed.
    #[must_use]
    pub fn is_opened_by(&self, pass: &TokenHash, now: Moment) -> bool {
        let in_time = self.pass_until.is_some_and(|until| is_in_time(until, PASS_SECONDS, now));
        in_time && self.pass_hash.as_deref() == Some(pass.as_str())
    }
}

type Row = (
    (TokenId, Option<PersonId>, BodyId, Option<OutboxId>, Moment, Option<Moment>, Option<Day>),
    (Option<String>, Option<Moment>, Option<String>, Option<Moment>, i64),
);

/// The link with this hash.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, hash: &TokenHash) -> Result<Option<FilingLink>, Error> {
    let row: Option<Row> = filing_link::table
        .inner_join(token::table.on(token::id.eq(filing_link::token_id)))
        .filter(token::token_hash.eq(hash.as_str()).and(token::kind.eq(TokenKind::Filing)))
        .select((
            (
                token::id,
                token::person_id,
                filing_link::body_id,
                filing_link::outbox_id,
                token::expires_at,
                token::used_at,
                filing_link::filed_on,
            ),
            (
                filing_link::code,
                filing_link::code_until,
                filing_link::pass_hash,
                filing_link::pass_until,
                filing_link::wrong_codes,
            ),
        ))
        .first(tx.conn)
        .optional()?;
    let Some((of_link, of_code)) = row else { return Ok(None) };
    let (id, Some(person), body, mail, expires_at, used_at, filed_on) = of_link else { return Ok(None) };
    let (code, code_until, pass_hash, pass_until, wrong_codes) = of_code;
    let items = filing_link_item::table
        .filter(filing_link_item::token_id.eq(id))
        .order(filing_link_item::id)
        .select(filing_link_item::addressee_id)
        .load(tx.conn)?;
    Ok(Some(FilingLink {
        id,
        person,
        body,
        mail,
        expires_at,
        used_at,
        filed_on,
        code,
        code_until,
        pass_hash,
        pass_until,
        wrong_codes,
        items,
    }))
}

/// Keeps a new link to somebody, for exactly these items, which stands in the mail that is called so. Those that they had before work
/// until that mail is handed over: see [`replace_older`]. Answers when it stops working.
///
/// # Errors
/// [`Error::NotFound`] when there is no such mail.
pub fn insert(
    tx: &mut WriteTx<'_>,
    hash: &TokenHash,
    (person, body): (PersonId, BodyId),
    (mail, items): (&str, &[AddresseeId]),
    now: Moment,
) -> Result<Moment, Error> {
    let mail = super::outbox::called(tx, mail)?;
    let expires = super::token::insert(tx, hash, TokenKind::Filing, Some(person), now)?;
    let id: TokenId = token::table.filter(token::token_hash.eq(hash.as_str())).select(token::id).first(tx.conn)?;
    diesel::insert_into(filing_link::table)
        .values((
            filing_link::token_id.eq(id),
            filing_link::body_id.eq(body),
            filing_link::person_id.eq(person),
            filing_link::outbox_id.eq(mail),
        ))
        .execute(tx.conn)?;
    for item in items.iter().copied() {
        diesel::insert_into(filing_link_item::table)
            .values((filing_link_item::token_id.eq(id), filing_link_item::addressee_id.eq(item)))
            .execute(tx.conn)?;
    }
    Ok(expires)
}

/// Ends the links that somebody had before that of a mail, once that one is handed over: those of mails written before it, and those
/// of which nobody knows the mail.
///
/// # Errors
/// When the database fails.
pub fn replace_older(tx: &mut WriteTx<'_>, person: PersonId, mail: OutboxId, now: Moment) -> Result<(), Error> {
    let before = filing_link::outbox_id.is_null().or(filing_link::outbox_id.assume_not_null().lt(mail));
    let older: Vec<TokenId> = filing_link::table
        .filter(filing_link::person_id.eq(person))
        .filter(before)
        .select(filing_link::token_id)
        .load(tx.conn)?;
    let unused = token::table.filter(token::kind.eq(TokenKind::Filing).and(token::used_at.is_null()));
    diesel::update(unused.filter(token::id.eq_any(older))).set(token::used_at.eq(now)).execute(tx.conn)?;
    Ok(())
}

/// What the mail of a link asks for: without what was taken out of it before it went; nothing where nobody knows the mail.
fn asked_by_mail(tx: &mut ReadTx<'_>, link: &FilingLink) -> Result<Vec<AddresseeId>, Error> {
    let Some(mail) = link.mail else { return Ok(Vec::new()) };
    Ok(reminded::table.filter(reminded::outbox_id.eq(mail)).select(reminded::addressee_id).load(tx.conn)?)
}

/// The items of a link on which its reader may file now: what its mail asks for, what their body answers still, what is open, and what
/// they are still the one to be asked about. None where their account is closed, or they file for that body no more.
///
/// # Errors
/// When the database fails.
pub fn usable(tx: &mut ReadTx<'_>, link: &FilingLink) -> Result<Vec<ItemName>, Error> {
    let reader = person::find(tx, link.person)?;
    if reader.is_disabled() || reader.role != Role::Contributor || reader.body != Some(link.body) {
        return Ok(Vec::new());
    }
    let duties = duty::held_of(tx, link.body)?;
    let asked = asked_by_mail(tx, link)?;
    let mut items = chase::items(tx, link.body)?;
    items.retain(|item| {
        link.items.contains(&item.id)
            && asked.contains(&item.id)
            && item.lifecycle != Lifecycle::Closed
            && is_asked(link.person, item.id, &duties)
    });
    Ok(items)
}

/// Why the reader of a link cannot file on one of its items there, where they cannot.
///
/// # Errors
/// When the database fails.
pub fn barred(tx: &mut ReadTx<'_>, link: &FilingLink, item: AddresseeId) -> Result<Option<Barred>, Error> {
    if filing::for_sign_off(tx, item)?.is_some() {
        return Ok(Some(Barred::ForSignOff));
    }
    let begun = filing::open_draft(tx, item)?;
    Ok(begun.map(|draft| if draft.author == link.person { Barred::BegunByYou } else { Barred::BegunByColleague }))
}

/// Keeps the code that was sent; one that was sent before works no more.
///
/// # Errors
/// When the database fails.
pub fn set_code(tx: &mut WriteTx<'_>, link: TokenId, sealed: &str, until: Moment) -> Result<(), Error> {
    diesel::update(filing_link::table.filter(filing_link::token_id.eq(link)))
        .set((filing_link::code.eq(sealed), filing_link::code_until.eq(until)))
        .execute(tx.conn)?;
    Ok(())
}

/// Uses the code up and keeps the pass that came of it. `false` when somebody used it meanwhile.
///
/// # Errors
/// When the database fails.
pub fn take_code(
    tx: &mut WriteTx<'_>,
    link: TokenId,
    sealed: &str,
    (pass, until): (&TokenHash, Moment),
) -> Result<bool, Error> {
    let set = (
        filing_link::code.eq(None::<String>),
        filing_link::code_until.eq(None::<Moment>),
        filing_link::pass_hash.eq(pass.as_str()),
        filing_link::pass_until.eq(until),
    );
    let unused = filing_link::table.filter(filing_link::token_id.eq(link)).filter(filing_link::code.eq(sealed));
    Ok(diesel::update(unused).set(set).execute(tx.conn)? == 1)
}

/// Counts a wrong code. Answers how many there were in all.
///
/// # Errors
/// When the database fails.
pub fn count_wrong_code(tx: &mut WriteTx<'_>, link: TokenId) -> Result<i64, Error> {
    Ok(diesel::update(filing_link::table.filter(filing_link::token_id.eq(link)))
        .set(filing_link::wrong_codes.eq(filing_link::wrong_codes + 1))
        .returning(filing_link::wrong_codes)
        .get_result(tx.conn)?)
}

/// Notes that something was filed with it, and on what: that stays known when the link is gone.
///
/// # Errors
/// When the database fails.
pub fn set_filed(tx: &mut WriteTx<'_>, link: &FilingLink, items: &[AddresseeId], on: Day) -> Result<(), Error> {
    diesel::update(filing_link::table.filter(filing_link::token_id.eq(link.id)))
        .set(filing_link::filed_on.eq(on))
        .execute(tx.conn)?;
    for item in items.iter().copied() {
        diesel::insert_into(filed_by_link::table)
            .values((
                filed_by_link::addressee_id.eq(item),
                filed_by_link::person_id.eq(link.person),
                filed_by_link::filed_on.eq(on),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}
