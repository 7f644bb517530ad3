//! Who leads the work on an inquiry or with a body, and who stands in: for staff alone.

use diesel::prelude::*;

use super::body::{self, BodyName};
use super::inquiry::{self, InquiryName};
use super::schema::{charge, inquiry as inquiry_table, person};
use super::{Constraint, Error, ReadTx, WriteTx};
use crate::domain::charge::ChargePart;
use crate::domain::id::{BodyId, InquiryId, PersonId};
use crate::domain::moment::{Day, Moment};
use crate::domain::person::Role;

/// What somebody is in charge of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Of {
    /// An inquiry.
    Inquiry(InquiryId),
    /// A body.
    Body(BodyId),
}

/// Somebody in charge, now or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The row.
    pub id: i64,
    /// Of what.
    pub of: Of,
    /// As lead or as deputy.
    pub part: ChargePart,
    /// Who.
    pub person: PersonId,
    /// Their own random name.
    pub reference: String,
    /// Their name, for staff.
    pub name: String,
    /// From when.
    pub from_on: Day,
    /// Whose decision that was.
    pub set_by: String,
    /// Until when; `None` while it lasts.
    pub until_on: Option<Day>,
    /// Whether they have an account and still oversee: who has left leaves a gap, and nobody has to say so.
    pub is_here: bool,
}

type Row = (
    (i64, Option<InquiryId>, Option<BodyId>, ChargePart, Day, Option<Day>),
    (PersonId, String, String, Option<Moment>, Role),
    PersonId,
);

/// Everybody who is or was in charge of something, the newest first; of everything, those who are now.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut ReadTx<'_>, of: Option<Of>) -> Result<Vec<Charge>, Error> {
    let mut query = charge::table
        .inner_join(person::table.on(charge::person_id.eq(person::id)))
        .order(charge::id.desc())
        .select((
            (charge::id, charge::inquiry_id, charge::body_id, charge::part, charge::from_on, charge::until_on),
            (person::id, person::reference, person::name, person::disabled_at, person::role),
            charge::set_by,
        ))
        .into_boxed();
    query = match of {
        Some(Of::Inquiry(id)) => query.filter(charge::inquiry_id.eq(id)),
        Some(Of::Body(id)) => query.filter(charge::body_id.eq(id)),
        None => query.filter(charge::standing.eq(0)),
    };
    let rows: Vec<Row> = query.load(tx.conn)?;
    let setters: Vec<PersonId> = rows.iter().map(|(.., by)| *by).collect();
    let names: Vec<(PersonId, String)> =
        person::table.filter(person::id.eq_any(setters)).select((person::id, person::name)).load(tx.conn)?;
    let each = rows.into_iter().filter_map(|row| {
        let ((id, inquiry, body, part, from_on, until_on), (person, reference, name, disabled, role), by) = row;
        let of = inquiry.map(Of::Inquiry).or(body.map(Of::Body))?;
        let set_by = names.iter().find(|(id, _)| *id == by).map_or_else(String::new, |(_, name)| name.clone());
        let is_here = disabled.is_none() && role.oversees();
        Some(Charge { id, of, part, person, reference, name, from_on, set_by, until_on, is_here })
    });
    Ok(each.collect())
}

/// Whether this person is in charge of anything.
///
/// # Errors
/// When the database fails.
pub fn has_any(tx: &mut ReadTx<'_>, who: PersonId) -> Result<bool, Error> {
    let of_theirs = charge::table.filter(charge::person_id.eq(who).and(charge::standing.eq(0)));
    Ok(of_theirs.count().get_result::<i64>(tx.conn)? > 0)
}

/// Every inquiry and every body that something was put to, for the list of who is in charge.
///
/// # Errors
/// When the database fails.
pub fn places(tx: &mut ReadTx<'_>, limit: i64) -> Result<(Vec<InquiryName>, Vec<BodyName>), Error> {
    let inquiries = inquiry::list(tx, limit)?.into_iter().map(|(name, _)| name).collect();
    Ok((inquiries, body::choices(tx, limit)?))
}

/// How many inquiries nobody leads who is still here, and bodies whose lead has left.
///
/// # Errors
/// When the database fails.
pub fn unled(tx: &mut ReadTx<'_>) -> Result<i64, Error> {
    let leads: Vec<Charge> = list(tx, None)?.into_iter().filter(|charge| charge.part == ChargePart::Lead).collect();
    let inquiries: Vec<InquiryId> = inquiry_table::table.select(inquiry_table::id).load(tx.conn)?;
    let led = |id: InquiryId| leads.iter().any(|charge| charge.of == Of::Inquiry(id) && charge.is_here);
    let without = inquiries.into_iter().filter(|id| !led(*id)).count();
    let left = leads.iter().filter(|charge| matches!(charge.of, Of::Body(_)) && !charge.is_here).count();
    Ok(i64::try_from(without + left).unwrap_or(i64::MAX))
}

/// Those who can be put in charge: they oversee and have an account.
///
/// # Errors
/// When the database fails.
pub fn candidates(tx: &mut ReadTx<'_>, limit: i64) -> Result<Vec<(PersonId, String, String)>, Error> {
    Ok(person::table
        .filter(person::role.eq_any([Role::Administrator, Role::Overseer]).and(person::disabled_at.is_null()))
        .order((person::name, person::id))
        .limit(limit)
        .select((person::id, person::reference, person::name))
        .load(tx.conn)?)
}

/// Puts somebody in charge from a day on, or nobody; whoever was before is in the history. `shown` is the row that the form
/// showed, 0 for none.
///
/// # Errors
/// [`Error::Stale`] when somebody else decided meanwhile.
pub fn put(
    tx: &mut WriteTx<'_>,
    (of, part): (Of, ChargePart),
    who: Option<PersonId>,
    shown: i64,
    (by, on): (PersonId, Day),
) -> Result<(), Error> {
    let standing: Option<i64> = list(tx, Some(of))?
        .into_iter()
        .find(|charge| charge.part == part && charge.until_on.is_none())
        .map(|charge| charge.id);
    if standing.unwrap_or(0) != shown {
        return Err(Error::Stale);
    }
    if let Some(id) = standing {
        let open = charge::table.filter(charge::id.eq(id).and(charge::standing.eq(0)));
        let set = (charge::standing.eq(id), charge::until_on.eq(on), charge::ended_by.eq(by));
        if diesel::update(open).set(set).execute(tx.conn)? != 1 {
            return Err(Error::Stale);
        }
    }
    let Some(who) = who else { return Ok(()) };
    let (inquiry, body) = match of {
        Of::Inquiry(id) => (Some(id), None),
        Of::Body(id) => (None, Some(id)),
    };
    let row = (
        charge::inquiry_id.eq(inquiry),
        charge::body_id.eq(body),
        charge::part.eq(part),
        charge::person_id.eq(who),
        charge::from_on.eq(on),
        charge::set_by.eq(by),
        charge::standing.eq(0_i64),
    );
    match diesel::insert_into(charge::table).values(row).execute(tx.conn).map_err(Error::from) {
        Err(Error::Constraint(Constraint::Charge)) => Err(Error::Stale),
        other => other.map(|_| ()),
    }
}

/// Whose work is wanted: a condition for a list of the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whose {
    /// What this person leads or stands in for; `None`: everybody's.
    pub led_by: Option<PersonId>,
    /// Of these inquiries only; empty: of all.
    pub within: Vec<InquiryId>,
    /// Of one body only.
    pub of_body: Option<BodyId>,
}

impl Whose {
    /// The condition over the columns that hold the inquiry and the body. It is made of row numbers and the program's own words.
    #[must_use]
    pub fn condition(&self, inquiry: &str, body: &str) -> String {
        let mut all = Vec::new();
        if let Some(person) = self.led_by {
            all.push(format!(
                "exists (select 1 from charge where charge.standing = 0 and charge.person_id = {person} \
                 and (charge.inquiry_id = {inquiry} or charge.body_id = {body}))"
            ));
        }
        if !self.within.is_empty() {
            let ids: Vec<String> = self.within.iter().map(InquiryId::to_string).collect();
            all.push(format!("{inquiry} in ({})", ids.join(", ")));
        }
        all.extend(self.of_body.map(|one| format!("{body} = {one}")));
        if all.is_empty() { "1 = 1".to_owned() } else { all.join(" and ") }
    }
}
