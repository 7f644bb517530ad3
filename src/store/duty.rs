//! Duties of a body's people. No public query reads this file's table.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::schema::{addressee, duty, inquiry, person, recommendation};
use super::{Error, ReadTx, WriteTx, outbox, suppression};
use crate::domain::duty::{DutyKind, Held};
use crate::domain::email::Email;
use crate::domain::id::{AddresseeId, BodyId, InquiryId, PersonId};
use crate::domain::ladder::is_stopped;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Moment;
use crate::domain::person::Role;

/// Somebody who files for a body, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The person.
    pub person: PersonId,
    /// Their own random name.
    pub reference: String,
    /// Their name, for staff and the body's own people.
    pub name: String,
    /// Whether they still file for the body.
    pub works: bool,
    /// Since when their address is known to be dead; `None` where mail reaches them, as far as anybody knows.
    pub dead_since: Option<Moment>,
    /// Whether the last mail to that address came back, or was refused because of whom it is for.
    pub came_back: bool,
}

impl Colleague {
    /// Whether mail reaches them, as far as anybody knows: their address is not dead, and the last mail to it did not come back.
    #[must_use]
    pub const fn is_reached(&self) -> bool {
        self.dead_since.is_none() && !self.came_back
    }
}

/// A duty that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Its row.
    pub id: i64,
    /// The item that it is for; `None` for the whole body.
    pub item: Option<AddresseeId>,
    /// Where that is: the inquiry's name and the recommendation's number.
    pub place: Option<(String, String)>,
    /// Which.
    pub kind: DutyKind,
    /// Whose.
    pub holder: Colleague,
}

impl Duty {
    /// As far as it says whom to write to.
    #[must_use]
    pub const fn held(&self) -> Held {
        let (person, works) = (self.holder.person, self.holder.works);
        Held { item: self.item, kind: self.kind, person, works, is_reached: self.holder.is_reached() }
    }
}

/// A duty to be begun.
#[derive(Debug, Clone, Copy)]
pub struct NewDuty {
    /// The body.
    pub body: BodyId,
    /// The item; `None` for the whole body.
    pub item: Option<AddresseeId>,
    /// Which.
    pub kind: DutyKind,
    /// Whose.
    pub person: PersonId,
}

/// Begins a duty.
///
/// # Errors
/// [`Error::Constraint`] when somebody has it.
pub fn begin(tx: &mut WriteTx<'_>, new: NewDuty, (at, by): (Moment, PersonId)) -> Result<(), Error> {
    diesel::insert_into(duty::table)
        .values((
            duty::body_id.eq(new.body),
            duty::addressee_id.eq(new.item),
            duty::kind.eq(new.kind),
            duty::person_id.eq(new.person),
            duty::begun_at.eq(at),
            duty::begun_by.eq(by),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Ends a duty.
///
/// # Errors
/// [`Error::Stale`] when it has ended already.
pub fn end(tx: &mut WriteTx<'_>, id: i64, (at, by): (Moment, PersonId)) -> Result<(), Error> {
    let stands = duty::table.filter(duty::id.eq(id).and(duty::ended_at.is_null()));
    let ended = diesel::update(stands).set((duty::ended_at.eq(at), duty::ended_by.eq(by))).execute(tx.conn)?;
    if ended == 1 { Ok(()) } else { Err(Error::Stale) }
}

type Somebody = (PersonId, String, String, Role, Option<BodyId>, Option<Moment>, Email);

fn colleague(
    (person, reference, name, role, of, disabled_at, email): Somebody,
    body: BodyId,
    unreached: &Unreached,
) -> Colleague {
    let works = role == Role::Contributor && of == Some(body) && disabled_at.is_none();
    let dead_since = unreached.dead.get(&email).copied();
    Colleague { person, reference, name, works, dead_since, came_back: unreached.came_back.contains(&email) }
}

macro_rules! somebody {
    () => {
        (person::id, person::reference, person::name, person::role, person::body_id, person::disabled_at, person::email)
    };
}

type DutyRow = (i64, BodyId, Option<AddresseeId>, DutyKind, Somebody, Option<String>, Option<String>);

macro_rules! standing {
    () => {
        duty::table
            .inner_join(person::table.on(duty::person_id.eq(person::id)))
            .left_join(addressee::table.on(duty::addressee_id.eq(addressee::id.nullable())))
            .left_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
            .left_join(inquiry::table.on(addressee::inquiry_id.eq(inquiry::id)))
            .filter(duty::ended_at.is_null())
            .order((duty::addressee_id.is_not_null(), duty::addressee_id, duty::id))
            .select((
                duty::id,
                duty::body_id,
                duty::addressee_id,
                duty::kind,
                somebody!(),
                inquiry::short_title.nullable(),
                recommendation::number.nullable(),
            ))
    };
}

fn duty((id, body, item, kind, somebody, inquiry, number): DutyRow, unreached: &Unreached) -> Duty {
    Duty { id, item, place: inquiry.zip(number), kind, holder: colleague(somebody, body, unreached) }
}

/// Those of some addresses that mail does not reach.
struct Unreached {
    /// Which are known to be dead, and since when.
    dead: HashMap<Email, Moment>,
    /// From which the last mail came back.
    came_back: HashSet<Email>,
}

/// Which of these people mail does not reach.
fn unreached<'a>(tx: &mut ReadTx<'_>, people: impl Iterator<Item = &'a Somebody>) -> Result<Unreached, Error> {
    let emails: Vec<Email> = people.map(|somebody| somebody.6.clone()).collect();
    let failed = outbox::last_came_back(tx, emails.clone())?;
    // Whoever takes an address off the list says that mail may go there again: what came back before counts no more.
    let off = suppression::taken_off(tx, failed.keys().cloned().collect())?;
    let came_back = failed.into_iter().filter(|(email, at)| off.get(email).is_none_or(|off| off < at));
    let came_back = came_back.map(|(email, _)| email).collect();
    Ok(Unreached { came_back, dead: suppression::dead_since(tx, emails)? })
}

/// The duties that stand for a body, those for single items last.
///
/// # Errors
/// When the database fails.
pub fn of_body(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Duty>, Error> {
    let rows: Vec<DutyRow> = standing!().filter(duty::body_id.eq(body)).load(tx.conn)?;
    let unreached = unreached(tx, rows.iter().map(|row| &row.4))?;
    Ok(rows.into_iter().map(|row| duty(row, &unreached)).collect())
}

/// The duties that stand for a body, as far as they say whom to write to.
///
/// # Errors
/// When the database fails.
pub fn held_of(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Held>, Error> {
    Ok(of_body(tx, body)?.iter().map(Duty::held).collect())
}

/// The duties that somebody has, for whatever body.
///
/// # Errors
/// When the database fails.
pub fn of_person(tx: &mut ReadTx<'_>, id: PersonId) -> Result<Vec<(BodyId, Duty)>, Error> {
    let rows: Vec<DutyRow> = standing!().filter(duty::person_id.eq(id)).load(tx.conn)?;
    let unreached = unreached(tx, rows.iter().map(|row| &row.4))?;
    Ok(rows.into_iter().map(|row| (row.1, duty(row, &unreached))).collect())
}

/// Who signs off for a body, where anybody who works there does: whoever has left keeps nothing from being filed.
///
/// # Errors
/// When the database fails.
pub fn signer(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Option<Colleague>, Error> {
    let all = of_body(tx, body)?.into_iter();
    Ok(all.filter(|one| one.kind == DutyKind::SignOff && one.holder.works).map(|one| one.holder).next())
}

/// A number that grows with each change of a body's duties: what a form shows, to see whether it still holds.
///
/// # Errors
/// When the database fails.
pub fn version(tx: &mut ReadTx<'_>, body: BodyId) -> Result<i64, Error> {
    let all = duty::table.filter(duty::body_id.eq(body));
    let (begun, ended): (i64, i64) =
        all.select((diesel::dsl::count(duty::id), diesel::dsl::count(duty::ended_at))).first(tx.conn)?;
    Ok(begun + ended)
}

/// Those who file for a body, by name; an account that is disabled is among them.
///
/// # Errors
/// When the database fails.
pub fn colleagues(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Colleague>, Error> {
    let rows: Vec<Somebody> = person::table
        .filter(person::role.eq(Role::Contributor).and(person::body_id.eq(body)))
        .order((person::disabled_at.is_not_null(), person::name, person::id))
        .select(somebody!())
        .load(tx.conn)?;
    let unreached = unreached(tx, rows.iter())?;
    Ok(rows.into_iter().map(|row| colleague(row, body, &unreached)).collect())
}

/// An open item about which mail comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Stopped {
    /// The item.
    pub item: AddresseeId,
    /// Its inquiry.
    pub inquiry: InquiryId,
    /// The body that answers it now.
    pub body: BodyId,
}

/// All open items about which mail comes back, those of one body together: that to their contact, or where no contact works, that to
/// all who file for the body.
///
/// # Errors
/// When the database fails.
pub fn stopped(tx: &mut ReadTx<'_>) -> Result<Vec<Stopped>, Error> {
    let people: Vec<Somebody> = person::table
        .filter(person::role.eq(Role::Contributor).and(person::disabled_at.is_null()))
        .order(person::id)
        .select(somebody!())
        .load(tx.conn)?;
    let unreached = unreached(tx, people.iter())?;
    let is_reached = |email: &Email| !unreached.dead.contains_key(email) && !unreached.came_back.contains(email);
    let bodies: BTreeSet<BodyId> =
        people.iter().filter(|somebody| !is_reached(&somebody.6)).filter_map(|somebody| somebody.4).collect();
    let mut stopped = Vec::new();
    for body in bodies {
        let duties = held_of(tx, body)?;
        let works = people.iter().filter(|somebody| somebody.4 == Some(body));
        let reached: Vec<bool> = works.map(|somebody| is_reached(&somebody.6)).collect();
        let open: Vec<Stopped> = addressee::table
            .filter(addressee::answerer_id.eq(body).and(addressee::present.eq(true)))
            .filter(addressee::lifecycle.ne(Lifecycle::Closed))
            .order(addressee::id)
            .select((addressee::id, addressee::inquiry_id, addressee::answerer_id))
            .load(tx.conn)?;
        stopped.extend(open.into_iter().filter(|one| is_stopped(one.item, &duties, &reached)));
    }
    Ok(stopped)
}

/// A duty in the history of a body.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Past {
    /// Which.
    pub kind: DutyKind,
    /// Whose.
    pub name: String,
    /// The number of the recommendation, where it was for one item.
    pub number: Option<String>,
    /// Since when.
    pub begun_at: Moment,
    /// By whom it was given.
    pub begun_by: PersonId,
    /// Until when.
    pub ended_at: Option<Moment>,
    /// By whom it was ended.
    pub ended_by: Option<PersonId>,
}

/// Duties that people had, and the names of whoever gave and ended them.
pub type History = (Vec<Past>, Vec<(PersonId, String)>);

/// The duties of a body's people, those that ended too, the last begun first; and the names of whoever gave and ended them.
///
/// # Errors
/// When the database fails.
pub fn history(tx: &mut ReadTx<'_>, body: BodyId, most: i64) -> Result<History, Error> {
    let all: Vec<Past> = duty::table
        .inner_join(person::table.on(duty::person_id.eq(person::id)))
        .left_join(addressee::table.on(duty::addressee_id.eq(addressee::id.nullable())))
        .left_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
        .filter(duty::body_id.eq(body))
        .order(duty::id.desc())
        .limit(most)
        .select((
            duty::kind,
            person::name,
            recommendation::number.nullable(),
            duty::begun_at,
            duty::begun_by,
            duty::ended_at,
            duty::ended_by,
        ))
        .load(tx.conn)?;
    let by: Vec<PersonId> = all.iter().flat_map(|one| [Some(one.begun_by), one.ended_by]).flatten().collect();
    let names = person::table.filter(person::id.eq_any(by)).select((person::id, person::name)).load(tx.conn)?;
    Ok((all, names))
}
