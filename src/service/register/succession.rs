//! What became of a body that ended, and who answers for what it was asked: recorded, put right, taken back.

use super::change;
use crate::domain::access::{About, Deed, Place, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::id::{AddresseeId, BodyId, Seq};
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::succession::{Chain, SuccessionKind, check};
use crate::domain::text::Slug;
use crate::service::{Act, Done, Error, KeptFor, Service, carry, search};
use crate::store::body::{self, BodyView};
use crate::store::ledger::{NewChange, NewSuccession, insert_passing, insert_succession, lock_newest, open_change};
use crate::store::present::{lock_addressee, lock_body, refresh_addressee};
use crate::store::{Error as StoreError, ReadTx, WriteTx, group, succession};

/// What became of a body.
#[derive(Debug, Clone)]
pub struct RecordSuccession {
    /// The body that ended.
    pub body: Slug,
    /// The version of its entry that the form was made from.
    pub version: i64,
    /// The bodies that took its place.
    pub to: Vec<Slug>,
    /// In what way.
    pub kind: Option<SuccessionKind>,
    /// When; it may be that nobody knows.
    pub happened: Happened,
    /// What is known of it, or why the earlier entry was wrong, in public.
    pub reason: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that.
    pub checked: Option<Checked>,
    /// Whether an entry that stands is put right.
    pub corrects: bool,
    /// Whether no such thing happened.
    pub takes_back: bool,
    /// Whom the bodies that took its place keep of its people, and of those of the bodies before it; nothing of it is public.
    pub contacts: Vec<KeptFor>,
}

/// Who took over what a body was asked.
#[derive(Debug, Clone)]
pub struct PassOn {
    /// The body that ended.
    pub body: Slug,
    /// The version of its entry that the form was made from.
    pub version: i64,
    /// The answers.
    pub answers: Vec<AddresseeId>,
    /// Whether one was chosen at all.
    pub chosen: bool,
    /// The body that took them over; `None`: none did.
    pub to: Option<Slug>,
    /// What that rests on, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Publishes what became of a body, puts that right, or takes it back. What it was asked passes on in the same deed.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`RecordSuccession`]. `Stale` when the body was changed meanwhile.
    pub async fn record_succession(&self, act: Act, command: RecordSuccession) -> Result<Done, Error> {
        self.once(act, move |tx, act| record(tx, act, &command)).await
    }

    /// Publishes which of its successors took some answers over, or that none did.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `answers`, `to` and `reason`. `Stale` when the body was changed meanwhile.
    pub async fn pass_on(&self, act: Act, command: PassOn) -> Result<Done, Error> {
        self.once(act, move |tx, act| pass_on(tx, act, &command)).await
    }
}

fn record(tx: &mut WriteTx<'_>, act: &Act, command: &RecordSuccession) -> Result<Done, Error> {
    let ended = body::find(tx, &command.body)?;
    let from = ended.name.id;
    let mut problems = Problems::none();
    let next = successors(tx, &mut problems, &command.to)?;
    for body in std::iter::once(from).chain(next.iter().copied()) {
        may(act.actor, Deed::RecordFact, About { place: Place::Register, ..About::body(body) })?;
    }
    // Answers' rows, the counter, the body's row: in the order in which every deed takes them.
    for answer in succession::answers_led_by(tx, from)? {
        lock_addressee(tx, answer, None)?;
    }
    lock_newest(tx)?;
    lock_body(tx, from, command.version)?;
    let chain = succession::chain(tx)?;
    if command.takes_back {
        let stands = |to: &BodyId| chain.after(from).iter().any(|link| link.to == *to);
        if next.is_empty() || !next.iter().all(stands) {
            return Err(Error::NotFound);
        }
    } else {
        no_groups(tx, &mut problems, from, &next)?;
        rules(&mut problems, &chain, (from, &next), command, act);
    }
    if command.reason.is_none() {
        let asked =
            if command.corrects { "Enter why the earlier entry was wrong" } else { "Enter what is known of it" };
        problems.add("reason", format!("{asked}, for everybody to read"));
    }
    let people = carry::chosen(tx, &mut problems, from, &command.contacts)?;
    act.publishable(problems)?;
    let seq = open(tx, act, from, command.reason.clone())?;
    for to in next {
        let standing = chain.after(from).iter().find(|link| link.to == to);
        let kind = command.kind.or(standing.map(|link| link.kind)).unwrap_or(SuccessionKind::Replaced);
        let new = NewSuccession {
            from,
            to,
            kind,
            happened: command.happened,
            source_url: command.source_url.clone().filter(|_| !command.takes_back),
            checked: command.checked.filter(|_| !command.takes_back),
            present: !command.takes_back,
        };
        insert_succession(tx, seq, &new)?;
    }
    bring(tx, seq, from)?;
    carry::pass_on(tx, act, Some(from), &people)?;
    Ok(Done::published(address::staff_register_body(command.body.as_str(), "passing"), seq))
}

/// To a group nothing is put itself, so that it has nothing to pass on, and cannot answer for others.
fn no_groups(tx: &mut ReadTx<'_>, problems: &mut Problems, from: BodyId, next: &[BodyId]) -> Result<(), StoreError> {
    let [members, _] = group::of_body(tx, from)?;
    if !members.is_empty() {
        problems.add("to", "This is a group of bodies: nothing is put to it itself, so that no body takes its place");
    }
    for to in next {
        let [members, _] = group::of_body(tx, *to)?;
        if !members.is_empty() && problems.at("to").is_none() {
            let sentence = "This is a group of bodies and answers nothing itself; choose the body that took the place";
            problems.add("to", sentence);
        }
    }
    Ok(())
}

fn rules(
    problems: &mut Problems,
    chain: &Chain,
    (from, next): (BodyId, &[BodyId]),
    command: &RecordSuccession,
    act: &Act,
) {
    let others = chain.after(from).iter().filter(|link| !next.contains(&link.to)).count();
    if next.is_empty() && problems.at("to").is_none() {
        problems.add("to", "Choose the body that took its place");
    }
    match command.kind {
        Some(SuccessionKind::Split) if next.len() + others == 1 => {
            problems.add("to_2", "Choose another body: one that was split has several successors");
        }
        Some(SuccessionKind::Replaced | SuccessionKind::Merged) if next.len() > 1 => {
            problems.add("kind", "Several bodies took its place: then it was split");
        }
        _ => {}
    }
    for to in next {
        if problems.at("to").is_none() && problems.at("kind").is_none() {
            let of = (command.kind, command.happened);
            check(problems, chain, (from, *to), of, act.day);
        }
    }
    if command.checked.is_none() {
        problems.add("checked", "Choose how far you compared it with its source");
    }
}

fn successors(tx: &mut ReadTx<'_>, problems: &mut Problems, to: &[Slug]) -> Result<Vec<BodyId>, Error> {
    let mut found: Vec<BodyId> = Vec::new();
    for slug in to {
        match body::name(tx, slug) {
            Ok(name) if found.contains(&name.id) => problems.add("to_2", "Choose each body once"),
            Ok(name) => found.push(name.id),
            Err(StoreError::NotFound) => problems.add("to", "Choose a body of the list"),
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(found)
}

fn pass_on(tx: &mut WriteTx<'_>, act: &Act, command: &PassOn) -> Result<Done, Error> {
    let BodyView { name, after, .. } = body::find(tx, &command.body)?;
    may(act.actor, Deed::RecordFact, About { place: Place::Register, ..About::body(name.id) })?;
    for next in &after {
        may(act.actor, Deed::RecordFact, About { place: Place::Register, ..About::body(next.body.id) })?;
    }
    let passing = succession::passing_from(tx, name.id)?;
    let mut named: Vec<AddresseeId> = passing.iter().map(|one| one.id).collect();
    named.retain(|answer| command.answers.contains(answer));
    named.sort_unstable();
    for answer in named {
        lock_addressee(tx, answer, None)?;
    }
    lock_newest(tx)?;
    lock_body(tx, name.id, command.version)?;
    let mut problems = Problems::none();
    if after.is_empty() {
        problems.add("to", "No body is recorded as having taken its place; record that first");
    }
    let to = command.to.as_ref().and_then(|slug| after.iter().find(|next| next.body.slug == *slug));
    if !command.chosen || (command.to.is_some() && to.is_none()) {
        problems.add("to", "Choose which body took them over");
    }
    if command.answers.is_empty() {
        problems.add("answers", "Choose at least one answer");
    } else if command.answers.iter().any(|answer| passing.iter().all(|one| one.id != *answer)) {
        problems.add("answers", "Choose answers of the list");
    }
    if command.reason.is_none() {
        problems.add("reason", "Enter what that rests on, for everybody to read");
    }
    act.publishable(problems)?;
    let seq = open(tx, act, name.id, command.reason.clone())?;
    for answer in &command.answers {
        insert_passing(tx, seq, *answer, (name.id, to.map(|next| next.body.id)))?;
        refresh_addressee(tx, seq, *answer)?;
    }
    search::index_answers(tx, &command.answers)?;
    Ok(Done::published(address::staff_register_body(command.body.as_str(), "passing"), seq))
}

fn open(tx: &mut WriteTx<'_>, act: &Act, body: BodyId, reason: Option<String>) -> Result<Seq, Error> {
    let change = NewChange { body_id: Some(body), ..change(act, ChangeKind::Succession, reason) };
    Ok(open_change(tx, &change)?)
}

/// Brings everything that a body was asked, or had taken over, to whoever answers now, by whose names it can be found then.
pub(in crate::service) fn bring(tx: &mut WriteTx<'_>, seq: Seq, from: BodyId) -> Result<(), Error> {
    let answers = succession::answers_led_by(tx, from)?;
    for answer in &answers {
        refresh_addressee(tx, seq, *answer)?;
    }
    search::index_answers(tx, &answers)
}
