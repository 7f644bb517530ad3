//! What a body was asked by hand, and the people of bodies who have no account. None of it is public but the day.

use super::post::is_a_post;
use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, Place, may};
use crate::domain::address;
use crate::domain::chase::ChaseKind;
use crate::domain::email::Email;
use crate::domain::id::{AddresseeId, BodyId, InquiryId};
use crate::domain::moment::Day;
use crate::domain::person::Actor;
use crate::domain::phone::Phone;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::asking::{self, How};
use crate::store::chase::{self, NewChase};
use crate::store::contact::{self, NewContact};
use crate::store::ledger::lock_newest;
use crate::store::{ReadTx, WriteTx, body, person};

/// A chase by hand.
#[derive(Debug, Clone)]
pub struct LogChase {
    /// The body.
    pub body: Slug,
    /// How it was asked.
    pub kind: ChaseKind,
    /// When.
    pub on: Option<Day>,
    /// With whom.
    pub whom: Whom,
    /// By which post of ours.
    pub by_post: Option<String>,
    /// What was said: private.
    pub said: Option<String>,
    /// The items that it was about.
    pub items: Vec<AddresseeId>,
}

/// With whom somebody of ours spoke, or to whom they wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Somebody who is kept here, by their own random name.
    Contact(String),
    /// Anybody else, in words.
    Words(Option<String>),
}

/// Somebody of a body who has no account.
#[derive(Debug, Clone)]
pub struct KeepContact {
    /// The body.
    pub body: Slug,
    /// Their name.
    pub name: Option<String>,
    /// Their post.
    pub post: Option<String>,
    /// Where mail reaches them.
    pub email: Option<Email>,
    /// Where a call does.
    pub phone: Option<Phone>,
    /// Where a letter does.
    pub address: Option<String>,
    /// Whether this is the post at the top of the body.
    pub at_top: bool,
}

impl Service {
    /// Keeps that a body was asked by hand.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`LogChase`].
    pub async fn log_chase(&self, act: Act, command: LogChase) -> Result<Done, Error> {
        self.once(act, move |tx, act| log(tx, act, command)).await
    }

    /// Keeps somebody of a body who has no account.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`KeepContact`].
    pub async fn keep_contact(&self, act: Act, command: KeepContact) -> Result<Done, Error> {
        self.once(act, move |tx, act| keep(tx, act, command)).await
    }

    /// Notes that somebody of a body has left.
    ///
    /// # Errors
    /// `NotFound` when there is nobody of that name there any more.
    pub async fn end_contact(&self, act: Act, slug: Slug, reference: String) -> Result<Done, Error> {
        self.once(act, move |tx, act| {
            let of = body::name(tx, &slug)?;
            may(act.actor, Deed::RecordFact, about_contacts(of.id))?;
            contact::end(tx, of.id, &reference, act.day)?;
            Ok(Done::at(address::contacts(of.slug.as_str())))
        })
        .await
    }
}

fn log(tx: &mut WriteTx<'_>, act: &Act, command: LogChase) -> Result<Done, Error> {
    let of = body::name(tx, &command.body)?;
    may(act.actor, Deed::RecordFact, About::body(of.id))?;
    let mut problems = Problems::none();
    match command.on {
        None => problems.add("on", "Enter the day on which the body was asked"),
        Some(day) if day > act.day => problems.add("on", "The day must be today or earlier"),
        Some(_) => {}
    }
    let known = contact::of_body(tx, of.id)?;
    let (contact, with_whom) = match &command.whom {
        Whom::Contact(reference) => (known.iter().find(|one| one.reference == *reference), None),
        Whom::Words(words) => (None, words.clone()),
    };
    let contact_id = contact.map(|one| one.id);
    let to_top = command.kind == ChaseKind::Letter && contact.is_some_and(|one| one.at_top);
    if contact_id.is_none() && with_whom.is_none() {
        problems.add("whom", "Choose with whom, or enter it below");
    }
    if command.by_post.is_none() {
        problems.add("by_post", "Enter which post asked, such as “scrutiny officer”");
    }
    is_a_post(tx, &mut problems, "by_post", command.by_post.as_deref())?;
    let mut items: Vec<AddresseeId> = Vec::new();
    for item in chase::items(tx, of.id)?.into_iter().filter(|item| command.items.contains(&item.id)) {
        may(act.actor, Deed::RecordFact, About::body(of.id).of(item.inquiry_id))?;
        items.push(item.id);
    }
    if items.is_empty() {
        problems.add("items", "Choose what it was about: all open items, or some of them");
    }
    act.sound(problems)?;
    let on = command.on.unwrap_or(act.day);
    let row = NewChase {
        reference: act.fresh.clone(),
        body_id: of.id,
        kind: command.kind,
        happened_on: on,
        contact_id,
        with_whom,
        by_post: command.by_post.unwrap_or_default(),
        said: command.said,
        author_id: act.actor.person,
        at: act.now,
        to_top,
    };
    chase::insert(tx, &row, &items)?;
    asking::note(tx, &items, (on, act.day), How::ByHand)?;
    Ok(Done::at(address::chases(of.slug.as_str())))
}

/// What a deed with a body as such is about: its contacts, its documents, what it was asked. Whoever oversees some inquiries only
/// deals with a body that something is put to in one of them. `asked` are the inquiries of everything that is put to it; what an
/// inquiry once put to it and does no more is not among that.
#[must_use]
pub fn about_body(actor: Actor, body: BodyId, asked: impl IntoIterator<Item = InquiryId>) -> About {
    let about = About::body(body);
    if !actor.reach.is_limited() {
        return about;
    }
    match asked.into_iter().find(|inquiry| actor.reach.holds(*inquiry)) {
        Some(inquiry) => about.of(inquiry),
        None => About { place: Place::Register, ..about },
    }
}

/// The people of a body belong to no inquiry, like its duties: any inquiry may ask that body, so only those who oversee all of
/// them change its contacts.
#[must_use]
pub fn about_contacts(body: BodyId) -> About {
    About { body: Some(body), ..About::register() }
}

fn keep(tx: &mut WriteTx<'_>, act: &Act, command: KeepContact) -> Result<Done, Error> {
    let of = body::name(tx, &command.body)?;
    may(act.actor, Deed::RecordFact, about_contacts(of.id))?;
    // Of two at the same moment the second finds the first.
    lock_newest(tx)?;
    let mut problems = Problems::none();
    if command.name.is_none() && command.post.is_none() {
        problems.add("name", "Enter a name, or the post");
    } else if command.at_top && command.post.is_none() {
        problems.add("post", "Enter the post at the top of the body, such as its chief executive");
    }
    if command.email.is_none() && command.phone.is_none() && command.address.is_none() {
        problems.add("email", "Enter at least one way to reach them");
    }
    if let Some(email) = &command.email {
        is_new(tx, &mut problems, of.id, email)?;
    }
    act.sound(problems)?;
    // Whoever is known by a post alone is called by it.
    let (name, post) = match (command.name, command.post) {
        (None, post) => (post.unwrap_or_default(), None),
        (Some(name), post) => (name, post),
    };
    let row = NewContact {
        reference: act.fresh.clone(),
        body_id: of.id,
        name,
        post,
        email: command.email,
        phone: command.phone.map(|phone| phone.to_string()),
        address: command.address,
        created_at: act.now,
        author_id: act.actor.person,
        at_top: command.at_top,
    };
    contact::insert(tx, &row)?;
    Ok(Done::at(address::contacts(of.slug.as_str())))
}

/// One address, one person: nobody of the body is reached at it already.
fn is_new(tx: &mut ReadTx<'_>, problems: &mut Problems, body: BodyId, email: &Email) -> Result<(), Error> {
    let known = contact::of_body(tx, body)?;
    if let Some(known) = known.iter().find(|one| one.ended_on.is_none() && one.email.as_ref() == Some(email)) {
        problems.add("email", words::contact_known(&known.called()));
    }
    let account = person::find_by_email(tx, email)?.filter(|one| one.body == Some(body) && !one.is_disabled());
    if let Some(account) = account {
        problems.add("email", words::contact_has_account(&account.name));
    }
    Ok(())
}
