//! What follows the reminders of a body, by the hand of a named person alone: a letter to the post at its top, and a published notice.
//! Each is a dated record. What can be done by itself stands in `reminder`, the rule of mail that comes back in `domain::ladder`.

use super::post::is_a_post;
use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::{ChangeKind, RemarkKind};
use crate::domain::chase::ChaseKind;
use crate::domain::id::{AddresseeId, BodyId};
use crate::domain::ladder::is_stopped;
use crate::domain::licence::Rights;
use crate::domain::mail::{Item, Letter, ReminderItem, TopAsked};
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::asking::{self, How};
use crate::store::body::BodyName;
use crate::store::chase::{self, NewChase};
use crate::store::due::{self, DueDate};
use crate::store::duty::{self, Colleague};
use crate::store::ledger::{NewChange, NewRemark, insert_remark, lock_newest, open_change};
use crate::store::outbox::{self, NewMail};
use crate::store::{ReadTx, WriteTx, body, contact, present, setting, suppression, to_top};

/// A letter to the post at the top of a body.
#[derive(Debug, Clone)]
pub struct WriteToTop {
    /// The body.
    pub body: Slug,
    /// To whom, by their own random name.
    pub whom: String,
    /// By which post of ours.
    pub by_post: Option<String>,
    /// What else is noted about it: private.
    pub said: Option<String>,
    /// What is overdue that it is about.
    pub items: Vec<AddresseeId>,
}

/// A notice that nothing was received although the post at the top was written to.
#[derive(Debug, Clone)]
pub struct PublishLadderNotice {
    /// The body.
    pub body: Slug,
    /// Why it is published, in public.
    pub reason: Option<String>,
    /// What is overdue that it is about.
    pub items: Vec<AddresseeId>,
}

impl Service {
    /// Keeps that somebody wrote to the post at the top of a body today, and sends the letter where a mail address is kept.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `whom`, `by_post`, `said` and `letter_items`.
    pub async fn write_to_top(&self, act: Act, command: WriteToTop) -> Result<Done, Error> {
        self.once(act, move |tx, act| write(tx, act, command)).await
    }

    /// Publishes a notice about each of these, with the reason.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `reason`, `notice_items` and the four questions.
    pub async fn publish_ladder_notice(&self, act: Act, command: PublishLadderNotice) -> Result<Done, Error> {
        self.once(act, move |tx, act| publish(tx, act, command)).await
    }
}

/// The body, and of what it owes too late that which was chosen. Whoever oversees some inquiries only acts in those.
fn chosen(
    tx: &mut WriteTx<'_>,
    act: &Act,
    slug: &Slug,
    items: &[AddresseeId],
) -> Result<(BodyName, Vec<DueDate>), Error> {
    let of = body::name(tx, slug)?;
    may(act.actor, Deed::RecordFact, About::body(of.id))?;
    let mut overdue = due::overdue_of(tx, of.id, act.day)?;
    overdue.retain(|date| items.contains(&date.addressee));
    for date in &overdue {
        may(act.actor, Deed::RecordFact, About::body(of.id).of(date.inquiry_id))?;
    }
    Ok((of, overdue))
}

fn write(tx: &mut WriteTx<'_>, act: &Act, command: WriteToTop) -> Result<Done, Error> {
    let (of, overdue) = chosen(tx, act, &command.body, &command.items)?;
    let mut problems = Problems::none();
    let known = contact::of_body(tx, of.id)?.into_iter();
    let top = known.filter(|one| one.at_top && one.ended_on.is_none()).find(|one| one.reference == command.whom);
    if top.is_none() {
        problems.add("whom", "Choose the post at the top that the letter goes to");
    }
    if command.by_post.is_none() {
        problems.add("by_post", "Enter which post writes, such as \u{201c}scrutiny officer\u{201d}");
    }
    is_a_post(tx, &mut problems, "by_post", command.by_post.as_deref())?;
    if overdue.is_empty() {
        problems.add("letter_items", "Choose what the letter is about");
    }
    let items: Vec<AddresseeId> = overdue.iter().map(|date| date.addressee).collect();
    if let Some(top) = &top
        && to_top::is_written_on(tx, act.day, top.id, &items)?
    {
        problems.add("letter_items", "A letter about these was written today");
    }
    act.sound(problems)?;
    let (Some(top), Some(by_post)) = (top, command.by_post) else { return Err(Error::NotFound) };
    // Nothing goes to an address that is dead: then it is a letter by another way.
    let dead = suppression::dead_of(tx, top.email.iter().cloned().collect())?;
    let email = top.email.filter(|email| !dead.contains(email));
    let row = NewChase {
        // By its name the mail is found again.
        reference: if email.is_some() { outbox::named(tx, &act.fresh)? } else { act.fresh.clone() },
        body_id: of.id,
        kind: if email.is_some() { ChaseKind::Mail } else { ChaseKind::Letter },
        happened_on: act.day,
        contact_id: Some(top.id),
        with_whom: None,
        by_post: by_post.clone(),
        said: command.said,
        author_id: act.actor.person,
        at: act.now,
        to_top: true,
    };
    chase::insert(tx, &row, &items)?;
    if email.is_none() {
        asking::note(tx, &items, (act.day, act.day), How::ByHand)?;
    }
    // A mailed letter has asked once it is handed over.
    if let Some(email) = &email {
        let reminded = to_top::steps(tx, &overdue)?.iter().all(|one| one.reminders > 0);
        let letter = Letter::TopAsked(TopAsked {
            body: of.name.clone(),
            body_id: Some(of.id),
            items: overdue.iter().map(line).collect(),
            by_post,
            reminded,
            contact: setting::operator(tx)?.map(|operator| operator.contact),
            link: address::body(of.slug.as_str()),
        });
        let mail = NewMail {
            reference: &act.fresh,
            dedupe_key: None,
            person: None,
            email,
            letter: &letter,
            not_before: act.now,
            now: act.now,
        };
        outbox::enqueue(tx, &mail)?;
    }
    Ok(Done::at(address::ladder(of.slug.as_str())))
}

/// What is overdue as a line of the letter, with an address that everybody may open.
fn line(date: &DueDate) -> ReminderItem {
    ReminderItem {
        addressee: Some(date.addressee),
        item: Item {
            recommendation: Some(date.recommendation),
            inquiry: date.inquiry.clone(),
            number: date.number.clone(),
            title: words::title_or_number(&date.number, date.title.as_deref()),
            link: address::answer(&date.inquiry_slug, &date.number, &date.body_slug),
        },
        due: date.on,
        last_said: None,
        nothing_new: None,
        as_alternate: false,
    }
}

/// Whether mail about any of these comes back.
fn is_any_stopped(tx: &mut ReadTx<'_>, body: BodyId, overdue: &[DueDate]) -> Result<bool, Error> {
    let duties = duty::held_of(tx, body)?;
    let people = duty::colleagues(tx, body)?;
    let reached: Vec<bool> = people.iter().filter(|one| one.works).map(Colleague::is_reached).collect();
    Ok(overdue.iter().any(|date| is_stopped(date.addressee, &duties, &reached)))
}

fn publish(tx: &mut WriteTx<'_>, act: &Act, command: PublishLadderNotice) -> Result<Done, Error> {
    // Nothing comes in until this is done: else the notice could stand after what it says has not come.
    lock_newest(tx)?;
    let (of, overdue) = chosen(tx, act, &command.body, &command.items)?;
    let mut problems = Problems::none();
    if command.reason.is_none() {
        problems.add("reason", "Enter why the notice is published");
    }
    let steps = to_top::steps(tx, &overdue)?;
    if overdue.is_empty() {
        problems.add("notice_items", "Choose what the notice is about");
    } else if is_any_stopped(tx, of.id, &overdue)? {
        problems.add("notice_items", words::LADDER_STOPPED);
    } else if let Some(one) = steps.iter().find(|one| one.letter_before(act.day).is_none()) {
        let noticed = one.noticed.is_some() && one.at_top.written() <= one.noticed;
        problems.add("notice_items", if noticed { words::NOTICED_ALREADY } else { words::TOP_FIRST });
    }
    act.publishable(problems)?;
    let Some(reason) = command.reason else { return Err(Error::NotFound) };
    let mut last = None;
    for (date, before) in overdue.iter().zip(&steps) {
        let Some(letter) = before.letter_before(act.day) else { return Err(Error::NotFound) };
        let missed = words::missed(date.kind, date.on);
        let facts = words::notice_after_letter(&missed, before.reminders, letter);
        let holder = present::find_addressee(tx, date.addressee)?.holder();
        let change = holder.named_in(NewChange {
            role: Some(act.actor.role),
            person_id: Some(act.actor.person),
            ..NewChange::of(ChangeKind::Notice, act.now, act.day)
        });
        let seq = open_change(tx, &change)?;
        let remark = NewRemark {
            kind: RemarkKind::Notice,
            inquiry: Some(holder.inquiry),
            recommendation: Some(holder.recommendation),
            addressee: Some(holder.addressee),
            // The date has its own notice already.
            deadline: None,
            happened: Happened::on(date.on),
            words: format!("{facts} {reason}"),
            rights: Rights::default(),
            source_url: None,
            checked: None,
            author: Some(act.actor.person),
            ask: None,
            replies_to: None,
        };
        insert_remark(tx, seq, &remark)?;
        last = Some(seq);
    }
    let seq = last.ok_or(Error::NotFound)?;
    Ok(Done::published(address::ladder(of.slug.as_str()), seq))
}
