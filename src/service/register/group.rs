//! Groups of bodies: who belongs to one, and putting a recommendation to each of its members.

use super::{change, why};
use crate::domain::access::{About, Deed, Place, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::group::{Membership, check};
use crate::domain::id::{BodyId, RecommendationId};
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{Act, Done, Error, Service, search};
use crate::store::ledger::{NewChange, lock_newest, open_change};
use crate::store::present::{NewAddressee, insert_addressee, lock_body, lock_recommendation};
use crate::store::{Error as StoreError, ReadTx, WriteTx, body, entry, group, part, recommendation, succession};

/// That a body belongs to a group, or does not.
#[derive(Debug, Clone)]
pub struct RecordMember {
    /// The group.
    pub group: Slug,
    /// The version of its entry that the form was made from.
    pub version: i64,
    /// The body.
    pub body: Option<Slug>,
    /// Since when, where that is known.
    pub from: Happened,
    /// Until when, where it has left, be it on a day that nobody knows; `None` where it goes on.
    pub until: Option<Happened>,
    /// Whether it never belonged to it.
    pub takes_back: bool,
    /// What that rests on, in public.
    pub reason: Option<String>,
}

/// A recommendation put to a group.
#[derive(Debug, Clone)]
pub struct PutToGroup {
    /// The group.
    pub group: Slug,
    /// The inquiry and the number of the recommendation.
    pub item: Option<(Slug, String)>,
    /// Whoever belonged to it on this day is asked.
    pub as_of: Option<Day>,
    /// How far it was checked that it was put to them.
    pub checked: Option<Checked>,
    /// Where it is said that it was put to the group, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes that a body belongs to a group, with its dates; puts that right, or takes it back.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`RecordMember`]. `Stale` when the group was changed meanwhile.
    pub async fn record_member(&self, act: Act, command: RecordMember) -> Result<Done, Error> {
        self.once(act, move |tx, act| record(tx, act, command)).await
    }

    /// Puts a recommendation to each body that belonged to a group on a day: each is an answer of its own. Who was asked already
    /// is left as it is.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`PutToGroup`].
    pub async fn put_to_group(&self, act: Act, command: PutToGroup) -> Result<Done, Error> {
        self.once(act, move |tx, act| put(tx, act, command)).await
    }
}

fn record(tx: &mut WriteTx<'_>, act: &Act, command: RecordMember) -> Result<Done, Error> {
    let of = body::find(tx, &command.group)?;
    let about = |id| About { place: Place::Register, ..About::body(id) };
    may(act.actor, Deed::RecordFact, about(of.name.id))?;
    lock_newest(tx)?;
    lock_body(tx, of.name.id, command.version)?;
    let mut problems = Problems::none();
    let member = match &command.body {
        Some(slug) => Some(body::name(tx, slug)?),
        None => {
            problems.add("body", "Choose the body that belongs to it");
            None
        }
    };
    let [members, groups] = group::of_body(tx, of.name.id)?;
    if let Some(member) = &member {
        may(act.actor, Deed::RecordFact, about(member.id))?;
        let dates = Membership { body: member.id, from: command.from, until: command.until };
        let stands = members.iter().find(|one| one.body.id == member.id);
        if command.takes_back {
            if stands.is_none() {
                problems.add("body", "It is not recorded as a member; choose one of the members");
            }
        } else {
            let is_group = !group::of_body(tx, member.id)?[0].is_empty();
            check(&mut problems, (of.name.id, &dates), (is_group, !groups.is_empty()), act.day);
            if stands.is_some_and(|one| (one.dates.from, one.dates.until) == (dates.from, dates.until)) {
                problems.add("body", "It is recorded with these dates already");
            }
        }
        if !command.takes_back && !entry::answered_by(tx, of.name.id)?.is_empty() {
            let sentence = "Recommendations were put to this body itself, or it took them over, so that it is no group";
            problems.add("body", sentence);
        }
    }
    why(&mut problems, command.reason.as_ref());
    act.publishable(problems)?;
    let Some(member) = member else { return Err(Error::NotFound) };
    let dates = Membership { body: member.id, from: command.from, until: command.until };
    let change = NewChange { body_id: Some(of.name.id), ..change(act, ChangeKind::Group, command.reason) };
    let seq = open_change(tx, &change)?;
    group::insert(tx, seq, of.name.id, (&dates, !command.takes_back))?;
    Ok(Done::published(address::REGISTER.to_owned(), seq))
}

fn put(tx: &mut WriteTx<'_>, act: &Act, command: PutToGroup) -> Result<Done, Error> {
    let of = body::name(tx, &command.group)?;
    lock_newest(tx)?;
    let mut problems = Problems::none();
    let found = match &command.item {
        Some((inquiry, number)) => match recommendation::find(tx, inquiry, number) {
            Ok(view) => Some(view),
            Err(crate::store::Error::NotFound) => None,
            Err(fault) => return Err(fault.into()),
        },
        None => None,
    };
    let Some(view) = found else {
        problems.add(
            "item",
            "Enter a recommendation of this register, as an inquiry\u{2019}s part of the address and a number",
        );
        may(act.actor, Deed::RecordFact, About::register())?;
        act.publishable(problems)?;
        return Err(Error::NotFound);
    };
    let one = &view.recommendation;
    may(act.actor, Deed::RecordFact, About::body(of.id).of(one.inquiry.id))?;
    match command.as_of {
        None => problems.add("as_of", "Enter the day on which it was put to the group"),
        Some(day) if day > act.day => problems.add("as_of", "The date must be today or earlier"),
        Some(_) => {}
    }
    if command.checked.is_none() {
        problems.add("checked", "Choose how it is known that it was put to them");
    }
    if command.reason.is_none() {
        problems.add("reason", "Enter where it is said that the recommendation was put to this group");
    }
    if entry::is_in_error(tx, one.id)? {
        problems.add("item", words::ITSELF_IN_ERROR);
    }
    if part::is_divided(tx, one.id)? {
        problems.add("item", words::PUT_ITS_PARTS);
    }
    let asked = match command.as_of {
        Some(day) => members_to_ask(tx, (of.id, one.id), day)?,
        None => Vec::new(),
    };
    for member in &asked {
        may(act.actor, Deed::RecordFact, About::body(*member).of(one.inquiry.id))?;
    }
    if asked.is_empty() && command.as_of.is_some() {
        problems.add("as_of", words::NOBODY_LEFT_TO_ASK);
    }
    act.publishable(problems)?;
    let (Some(as_of), Some(checked)) = (command.as_of, command.checked) else { return Err(Error::NotFound) };
    lock_recommendation(tx, one.id, one.version)?;
    let change = NewChange {
        body_id: Some(of.id),
        inquiry_id: Some(one.inquiry.id),
        recommendation_id: Some(one.id),
        ..change(act, ChangeKind::Asked, command.reason)
    };
    let seq = open_change(tx, &change)?;
    group::insert_asked(tx, seq, (of.id, one.id), as_of)?;
    for member in asked {
        let new = NewAddressee {
            recommendation: one.id,
            inquiry: one.inquiry.id,
            body: member,
            taken_in_on: act.day,
            checked,
        };
        insert_addressee(tx, seq, &new)?;
    }
    search::index(tx, one.id)?;
    let location = address::staff_recommendation(one.inquiry.slug.as_str(), &one.number);
    Ok(Done::published(location, seq))
}

/// Whom a recommendation that is put to a group as of a day is put to: whoever belonged to it on that day, had not ended by then,
/// was not asked already, and did not answer already on that day for another body that was. Who took over only later what another
/// one was asked, is asked itself.
///
/// # Errors
/// When the database fails.
pub fn members_to_ask(
    tx: &mut ReadTx<'_>,
    (group, item): (BodyId, RecommendationId),
    day: Day,
) -> Result<Vec<BodyId>, StoreError> {
    let [members, _] = group::of_body(tx, group)?;
    let answering = succession::answering_on(tx, item, day)?;
    let chain = succession::chain(tx)?;
    let belonged = members.iter().filter(|member| member.dates.holds_on(day)).map(|member| member.body.id);
    Ok(belonged.filter(|body| !chain.has_ended(*body, day) && !answering.contains(body)).collect())
}
