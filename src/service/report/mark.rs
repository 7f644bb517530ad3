//! Marking how the items of a body fare in a document: several in one act, all of them or none. A mark changes none of the four
//! facts.

use std::collections::{HashMap, HashSet};

use super::{change, find, place};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::{AddresseeId, InquiryId, RecommendationId, Seq};
use crate::domain::problem::Problems;
use crate::domain::report::{Mark, Marked};
use crate::domain::words;
use crate::service::{Act, Done, Error, Service};
use crate::store::WriteTx;
use crate::store::hold::InForce;
use crate::store::ledger::{NewChange, NewMark, insert_mark, is_removed, lock_newest, open_change, seq_of};
use crate::store::mark::{self, Item};
use crate::store::withheld::Words;

/// What is said of the items of a body in one document.
#[derive(Debug, Clone)]
pub struct MarkItems {
    /// The document, by the change that logged it.
    pub began: Seq,
    /// The items that something is said of.
    pub items: Vec<Marking>,
    /// Why earlier marks were wrong, where some are put right.
    pub correction: Option<String>,
}

/// What is said of one item.
#[derive(Debug, Clone)]
pub struct Marking {
    /// Its number on the form: what its fields are called by.
    pub at: usize,
    /// The answer.
    pub item: AddresseeId,
    /// The change that published the mark which the form showed; 0 for none.
    pub shown: i64,
    /// The mark.
    pub mark: Mark,
}

/// The marks of others, which a second person read again in the document.
#[derive(Debug, Clone)]
pub struct ConfirmMarks {
    /// The document, by the change that logged it.
    pub began: Seq,
    /// The last change of its marks that the form showed.
    pub shown: i64,
}

impl Service {
    /// Publishes marks, all under one change. Where somebody else marked one of the items meanwhile, none is published.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `mark_N`, `page_N` and `words_N` of each item, `items` and `correction`. `Stale` when an
    /// item was marked meanwhile.
    pub async fn mark_items(&self, act: Act, command: MarkItems) -> Result<Done, Error> {
        self.once(act, move |tx, act| mark_all(tx, act, command)).await
    }

    /// Publishes that a second person read the marks of others and found the same.
    ///
    /// # Errors
    /// See [`Error`]; the field is `confirm`. `Stale` when something was marked meanwhile.
    pub async fn confirm_marks(&self, act: Act, command: ConfirmMarks) -> Result<Done, Error> {
        self.once(act, move |tx, act| confirm(tx, act, &command)).await
    }
}

fn mark_all(tx: &mut WriteTx<'_>, act: &Act, command: MarkItems) -> Result<Done, Error> {
    let document = find(tx, act, command.began, Deed::RecordFact)?;
    lock_newest(tx)?;
    let standing = mark::of_report(tx, command.began)?;
    let known: HashMap<AddresseeId, Item> =
        mark::items(tx, document.body.id)?.into_iter().map(|item| (item.id, item)).collect();
    let held = InForce::read(tx)?;
    let mut problems = Problems::none();
    let (mut corrects, mut places, mut seen) = (false, Vec::new(), HashSet::new());
    for one in &command.items {
        // Another body's item is none of this document, and nobody says two things of one.
        if !seen.insert(one.item) {
            return Err(Error::NotFound);
        }
        let item = known.get(&one.item).ok_or(Error::NotFound)?;
        // Neither whoever sent the document nor whoever answers for the item now marks it.
        for body in [document.body.id, item.answerer] {
            may(act.actor, Deed::RecordFact, About::body(body).of(item.inquiry))?;
        }
        let at = format!("mark_{}", one.at);
        if !item.is_markable(&standing) {
            problems.add(
                at.as_str(),
                "This item was closed before the document came, or was entered in error, so it is not marked",
            );
            continue;
        }
        let before = standing.get(&one.item);
        if before.map_or(0, |mark| mark.place.seq.0) != one.shown {
            return Err(Error::Stale);
        }
        if let Some(hold) = held.bearing_on(Some(item.inquiry), Some(item.recommendation)).next() {
            problems.add(at.as_str(), words::held_back(hold.held()));
        }
        if let Some(before) = before {
            corrects |= before.value != Marked::Unread;
            if seq_of(tx, Subject::Mark, before.id.0)?.1 {
                let removed = is_removed(tx, Subject::Mark, before.id.0)?;
                let why = if removed {
                    "Its words were removed for legal reasons"
                } else {
                    "It is withheld. Show it again first"
                };
                problems.add(at.as_str(), why);
            }
        }
        if one.mark.value == Marked::Unread && before.is_none_or(|before| before.value == Marked::Unread) {
            problems.add(at.as_str(), "It is not looked through yet already");
        }
        one.mark.check(&mut problems, &format!("page_{}", one.at), &format!("words_{}", one.at));
        places.push((item.inquiry, item.recommendation));
    }
    if command.items.is_empty() {
        problems.add("items", "Mark at least one item");
    }
    if corrects && command.correction.is_none() {
        problems.add("correction", "Some of these were marked before. Enter why the earlier marks were wrong");
    }
    act.publishable(problems)?;
    let reason = command.correction.filter(|_| corrects);
    let change = named(change(act, ChangeKind::Mark, document.body.id, reason), &places);
    let seq = open_change(tx, &change)?;
    for one in command.items {
        let before = standing.get(&one.item).filter(|before| before.value != Marked::Unread);
        let new = NewMark {
            addressee_id: one.item,
            report: command.began,
            value: one.mark.value,
            page: one.mark.page,
            words: one.mark.words,
            author_id: Some(act.actor.person),
            // Whoever reads it a second time confirms it, whether two people are needed or not.
            publisher_id: None,
            corrects: before.map(|before| before.id),
        };
        insert_mark(tx, seq, &new)?;
    }
    Ok(Done::published(address::staff_report(command.began), seq))
}

/// A change about items of one inquiry, or about one, names that.
fn named(change: NewChange, places: &[(InquiryId, RecommendationId)]) -> NewChange {
    let Some((inquiry, item)) = places.first().copied() else { return change };
    NewChange {
        inquiry_id: Some(inquiry).filter(|_| places.iter().all(|place| place.0 == inquiry)),
        recommendation_id: Some(item).filter(|_| places.len() == 1),
        ..change
    }
}

fn confirm(tx: &mut WriteTx<'_>, act: &Act, command: &ConfirmMarks) -> Result<Done, Error> {
    let document = find(tx, act, command.began, Deed::RecordFact)?;
    may(act.actor, Deed::Publish, place(tx, act, document.body.id)?)?;
    lock_newest(tx)?;
    let standing = mark::of_report(tx, command.began)?;
    let newest = standing.values().map(|mark| mark.place.seq.0).max().unwrap_or_default();
    if newest != command.shown {
        return Err(Error::Stale);
    }
    let held = InForce::read(tx)?;
    let items: HashMap<AddresseeId, Item> =
        mark::items(tx, document.body.id)?.into_iter().map(|item| (item.id, item)).collect();
    // Whose role is limited to some inquiries confirms what is marked in those.
    let in_reach = |mark: &mark::Mark| {
        let of = |item: &Item, body| may(act.actor, Deed::Publish, About::body(body).of(item.inquiry)).is_ok();
        let item = items.get(&mark.place.addressee);
        item.is_none_or(|item| of(item, document.body.id) && of(item, item.answerer))
    };
    let of_another = |mark: &mark::Mark| is_to_confirm(mark) && mark.author != Some(act.actor.person);
    let mut open: Vec<_> = standing.into_values().filter(|mark| of_another(mark) && in_reach(mark)).collect();
    open.sort_by_key(|mark| mark.place.addressee);
    let mut problems = Problems::none();
    if open.is_empty() {
        problems.add("confirm", "There is no mark of another person to confirm");
    }
    let place_of = |mark: &mark::Mark| items.get(&mark.place.addressee).map(|item| (item.inquiry, item.recommendation));
    for (inquiry, recommendation) in open.iter().filter_map(place_of) {
        if let Some(hold) = held.bearing_on(Some(inquiry), Some(recommendation)).next() {
            problems.add("confirm", words::held_back(hold.held()));
            break;
        }
    }
    act.publishable(problems)?;
    let places: Vec<_> = open.iter().filter_map(place_of).collect();
    let seq = open_change(tx, &named(change(act, ChangeKind::Mark, document.body.id, None), &places))?;
    for mark in open {
        let new = NewMark {
            addressee_id: mark.place.addressee,
            report: command.began,
            value: mark.value,
            page: mark.page,
            words: mark.words.as_ref().and_then(Words::said).map(str::to_owned),
            author_id: mark.author,
            publisher_id: Some(act.actor.person),
            corrects: None,
        };
        insert_mark(tx, seq, &new)?;
    }
    Ok(Done::published(address::staff_report(command.began), seq))
}

/// Whether a mark waits for a second person: something is said, nobody has confirmed it, and its words can be read.
#[must_use]
pub fn is_to_confirm(mark: &mark::Mark) -> bool {
    mark.value != Marked::Unread && !mark.confirmed && !matches!(mark.words, Some(Words::Withheld(_)))
}
