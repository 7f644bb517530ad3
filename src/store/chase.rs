//! What a body was asked again: chases by hand, and reminders by mail, side by side. Public pages read `asking` instead.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::schema::{addressee, body, chase, chase_item, contact, inquiry, outbox, recommendation, reminded, wording};
use super::withheld::{Title, title};
use super::{Error, ReadTx, WriteTx};
use crate::domain::chase::ChaseKind;
use crate::domain::id::{AddresseeId, BodyId, ChaseId, ContactId, InquiryId, OutboxId, PersonId};
use crate::domain::moment::{Day, Moment};
use crate::domain::outbox::MailState;

/// A chase by hand, to be kept.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = chase, treat_none_as_default_value = false)]
pub struct NewChase {
    /// Its own random name.
    pub reference: String,
    /// The body.
    pub body_id: BodyId,
    /// How it was asked.
    pub kind: ChaseKind,
    /// When.
    pub happened_on: Day,
    /// With whom, where they are kept here.
    pub contact_id: Option<ContactId>,
    /// With whom, in words.
    pub with_whom: Option<String>,
    /// By which post of ours.
    pub by_post: String,
    /// What was said: private.
    pub said: Option<String>,
    /// Who logged it.
    pub author_id: PersonId,
    /// When it was logged.
    pub at: Moment,
    /// Whether it went to the post at the top of the body.
    pub to_top: bool,
}

/// Keeps a chase about these items.
///
/// # Errors
/// When the database fails.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewChase, items: &[AddresseeId]) -> Result<(), Error> {
    let id: ChaseId = diesel::insert_into(chase::table).values(new).returning(chase::id).get_result(tx.conn)?;
    for item in items.iter().copied() {
        diesel::insert_into(chase_item::table)
            .values((chase_item::chase_id.eq(id), chase_item::addressee_id.eq(item)))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// Keeps which items a reminder asked about and by when each is owed, by what the run calls it: its words are removed some days
/// later. `on` is the day of the run.
///
/// # Errors
/// When the database fails.
pub fn insert_reminded(tx: &mut WriteTx<'_>, mail: &str, items: &[(AddresseeId, Day)], on: Day) -> Result<(), Error> {
    let id = super::outbox::called(tx, mail)?;
    for (item, due) in items.iter().copied() {
        diesel::insert_into(reminded::table)
            .values((
                reminded::outbox_id.eq(id),
                reminded::addressee_id.eq(item),
                reminded::reminded_on.eq(on),
                reminded::overdue_on.eq((due < on).then_some(on)),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// A reminder is tried on this day: from what is handed over later than it was written a body was asked later.
///
/// # Errors
/// When the database fails.
pub fn goes_on(tx: &mut WriteTx<'_>, mail: OutboxId, today: Day) -> Result<(), Error> {
    let others = reminded::table.filter(reminded::outbox_id.eq(mail).and(reminded::reminded_on.ne(today)));
    diesel::update(others).set(reminded::reminded_on.eq(today)).execute(tx.conn)?;
    Ok(())
}

/// The day of the last run that wrote somebody a mail which spoke of something that a body had not sent by its date.
///
/// # Errors
/// When the database fails.
pub fn told_overdue(tx: &mut ReadTx<'_>, person: PersonId, body: BodyId) -> Result<Option<Day>, Error> {
    Ok(reminded::table
        .inner_join(outbox::table.on(outbox::id.eq(reminded::outbox_id)))
        .inner_join(addressee::table.on(addressee::id.eq(reminded::addressee_id)))
        .filter(outbox::person_id.eq(person).and(addressee::answerer_id.eq(body)))
        .select(diesel::dsl::max(reminded::overdue_on))
        .first(tx.conn)?)
}

/// What a mail asked about, by the day of it; nothing for a mail that is no reminder.
///
/// # Errors
/// When the database fails.
pub fn reminded_by(tx: &mut ReadTx<'_>, mail: OutboxId) -> Result<BTreeMap<Day, Vec<AddresseeId>>, Error> {
    let rows: Vec<(Day, AddresseeId)> = reminded::table
        .filter(reminded::outbox_id.eq(mail))
        .order(reminded::id)
        .select((reminded::reminded_on, reminded::addressee_id))
        .load(tx.conn)?;
    let mut days: BTreeMap<Day, Vec<AddresseeId>> = BTreeMap::new();
    for (on, item) in rows {
        days.entry(on).or_default().push(item);
    }
    Ok(days)
}

/// The same, without what another mail asked about on the same day that was handed over and has not come back.
///
/// # Errors
/// When the database fails.
pub fn reminded_by_alone(tx: &mut ReadTx<'_>, mail: OutboxId) -> Result<BTreeMap<Day, Vec<AddresseeId>>, Error> {
    let mut days = reminded_by(tx, mail)?;
    for (on, items) in &mut days {
        let others: Vec<AddresseeId> = reminded::table
            .inner_join(outbox::table.on(outbox::id.eq(reminded::outbox_id)))
            .filter(reminded::reminded_on.eq(*on).and(reminded::addressee_id.eq_any(items.clone())))
            .filter(reminded::outbox_id.ne(mail).and(outbox::state.eq(MailState::Accepted)))
            .select(reminded::addressee_id)
            .load(tx.conn)?;
        items.retain(|item| !others.contains(item));
    }
    Ok(days)
}

/// Those of these answers about which a reminder asked on a day that was handed over and has not come back.
///
/// # Errors
/// When the database fails.
pub fn reminded_on(tx: &mut ReadTx<'_>, items: &[AddresseeId], on: Day) -> Result<Vec<AddresseeId>, Error> {
    Ok(reminded::table
        .inner_join(outbox::table.on(outbox::id.eq(reminded::outbox_id)))
        .filter(reminded::reminded_on.eq(on).and(reminded::addressee_id.eq_any(items.to_vec())))
        .filter(outbox::state.eq(MailState::Accepted))
        .select(reminded::addressee_id)
        .load(tx.conn)?)
}

/// One time that a body was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The day.
    pub on: Day,
    /// How.
    pub how: How,
    /// The items that it was about.
    pub items: Vec<AddresseeId>,
}

/// How a body was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// A reminder by mail.
    Mail {
        /// To so many people.
        people: u64,
        /// To so many of them it was handed over.
        accepted: u64,
    },
    /// By hand.
    Hand {
        /// In which way.
        kind: ChaseKind,
        /// With whom.
        whom: String,
        /// By which post of ours.
        by_post: String,
        /// What was said: private.
        said: Option<String>,
    },
}

/// Everything that was asked about what a body answers, the last day first: by whom it was asked of a body before it, too.
///
/// # Errors
/// When the database fails.
pub fn of_body(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<Asking>, Error> {
    let items = addressee::table.filter(addressee::answerer_id.eq(body)).select(addressee::id).load(tx.conn)?;
    of_items(tx, items)
}

/// Everything that whoever answered was asked about one item, the last day first.
///
/// # Errors
/// When the database fails.
pub fn of_item(tx: &mut ReadTx<'_>, item: AddresseeId) -> Result<Vec<Asking>, Error> {
    of_items(tx, vec![item])
}

fn of_items(tx: &mut ReadTx<'_>, items: Vec<AddresseeId>) -> Result<Vec<Asking>, Error> {
    let mut all = by_mail(tx, items.clone())?;
    all.extend(by_hand(tx, items)?);
    // Of one day: in the order in which they were kept, the last first.
    all.sort_by_key(|(asking, order)| std::cmp::Reverse((asking.on, *order)));
    Ok(all.into_iter().map(|(asking, _)| asking).collect())
}

/// An asking, and its place among those of one day.
type Placed = (Asking, i64);

/// The mails of one day are one reminder, to several people.
fn by_mail(tx: &mut ReadTx<'_>, items: Vec<AddresseeId>) -> Result<Vec<Placed>, Error> {
    let rows: Vec<(OutboxId, AddresseeId, Day, MailState)> = reminded::table
        .inner_join(outbox::table.on(outbox::id.eq(reminded::outbox_id)))
        .filter(reminded::addressee_id.eq_any(items))
        .order(reminded::id)
        .select((reminded::outbox_id, reminded::addressee_id, reminded::reminded_on, outbox::state))
        .load(tx.conn)?;
    let mut days: BTreeMap<Day, (BTreeMap<OutboxId, MailState>, BTreeSet<AddresseeId>)> = BTreeMap::new();
    for (mail, item, on, state) in rows {
        let (mails, items) = days.entry(on).or_default();
        mails.insert(mail, state);
        items.insert(item);
    }
    let placed = days.into_iter().map(|(on, (mails, items))| {
        let accepted = mails.values().filter(|state| **state == MailState::Accepted).count() as u64;
        let how = How::Mail { people: mails.len() as u64, accepted };
        (Asking { on, how, items: items.into_iter().collect() }, 0)
    });
    Ok(placed.collect())
}

fn by_hand(tx: &mut ReadTx<'_>, items: Vec<AddresseeId>) -> Result<Vec<Placed>, Error> {
    let about: Vec<(ChaseId, AddresseeId)> = chase_item::table
        .filter(chase_item::addressee_id.eq_any(items))
        .order(chase_item::id)
        .select((chase_item::chase_id, chase_item::addressee_id))
        .load(tx.conn)?;
    let mut items: HashMap<ChaseId, Vec<AddresseeId>> = HashMap::new();
    for (id, item) in about {
        items.entry(id).or_default().push(item);
    }
    type Row = (ChaseId, ChaseKind, Day, Option<String>, Option<String>, Option<String>, String, Option<String>);
    let rows: Vec<Row> = chase::table
        .left_join(contact::table.on(chase::contact_id.eq(contact::id.nullable())))
        .filter(chase::id.eq_any(items.keys().copied().collect::<Vec<_>>()))
        .order(chase::id)
        .select((
            chase::id,
            chase::kind,
            chase::happened_on,
            contact::name.nullable(),
            contact::post.nullable(),
            chase::with_whom,
            chase::by_post,
            chase::said,
        ))
        .load(tx.conn)?;
    let placed = rows.into_iter().map(|(id, kind, on, name, post, words, by_post, said)| {
        let known = name.map(|name| post.map_or(name.clone(), |post| format!("{name}, {post}")));
        let whom = known.or(words).unwrap_or_default();
        let items = items.remove(&id).unwrap_or_default();
        (Asking { on, how: How::Hand { kind, whom, by_post, said }, items }, id.0)
    });
    Ok(placed.collect())
}

/// An item of a body, as a form names it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ItemName {
    /// The answer.
    pub id: AddresseeId,
    /// Its inquiry.
    pub inquiry_id: InquiryId,
    /// The inquiry's part of an address.
    pub inquiry_slug: String,
    /// What people call the inquiry.
    pub inquiry: String,
    /// The recommendation's number.
    pub number: String,
    /// The part of an address of the body that was asked, under which the answer stands.
    pub asked_slug: String,
    /// The name of that body.
    pub asked: String,
    /// Whether it is closed.
    pub lifecycle: crate::domain::lifecycle::Lifecycle,
    /// Its title, or why it has none.
    pub title: Title,
}

impl ItemName {
    /// Its inquiry and its number: enough where a body answers once for the recommendation.
    fn short(&self) -> String {
        format!("{}/{}", self.inquiry_slug, self.number)
    }

    /// The same with the body that was asked, which one answer alone has.
    fn long(&self) -> String {
        format!("{}/{}/{}", self.inquiry_slug, self.number, self.asked_slug)
    }

    /// Whether a form or a sheet means this item, or may mean it.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let rest = name.strip_prefix(self.inquiry_slug.as_str()).and_then(|rest| rest.strip_prefix('/'));
        let rest = rest.and_then(|rest| rest.strip_prefix(self.number.as_str()));
        rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('/') == Some(self.asked_slug.as_str()))
    }

    /// Whether that name says the body asked, too.
    #[must_use]
    pub fn is_long(&self, name: &str) -> bool {
        self.long() == name
    }
}

/// What each of these items is called in forms and sheets: by inquiry and number; where a body answers twice for one
/// recommendation, because it took over from another that was asked too, also by the body that was asked.
#[must_use]
pub fn names(items: &[ItemName]) -> HashMap<AddresseeId, String> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for item in items {
        *times.entry(item.short()).or_default() += 1;
    }
    let name = |item: &ItemName| match times.get(&item.short()) {
        Some(1) => item.short(),
        _ => item.long(),
    };
    items.iter().map(|item| (item.id, name(item))).collect()
}

/// Everything that is to be answered by a body, in the order of its inquiries.
///
/// # Errors
/// When the database fails.
pub fn items(tx: &mut ReadTx<'_>, of: BodyId) -> Result<Vec<ItemName>, Error> {
    Ok(addressee::table
        .inner_join(inquiry::table.on(addressee::inquiry_id.eq(inquiry::id)))
        .inner_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
        .inner_join(body::table.on(addressee::body_id.eq(body::id)))
        .left_join(wording::table.on(recommendation::wording_id.eq(wording::id.nullable())))
        .filter(addressee::answerer_id.eq(of).and(addressee::present))
        .order((addressee::inquiry_id, recommendation::position, addressee::id))
        .select((
            addressee::id,
            addressee::inquiry_id,
            inquiry::slug,
            inquiry::short_title,
            recommendation::number,
            body::slug,
            body::name,
            addressee::lifecycle,
            title!(),
        ))
        .load(tx.conn)?)
}
