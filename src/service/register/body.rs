//! Taking a body in, renaming it, giving it another address. What it was called before stays in its history.

use super::{change, why};
use crate::domain::access::{About, Deed, Place, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::moment::{Happened, Precision};
use crate::domain::numbering::RESERVED;
use crate::domain::problem::Problems;
use crate::domain::rule::{self, Frame};
use crate::domain::text::Slug;
use crate::service::{Act, Done, Error, Service, search};
use crate::store::alias::{self, AliasKind};
use crate::store::body;
use crate::store::ledger::{
    NewBodyText, NewChange, insert_body, insert_body_address, insert_body_text, lock_newest, open_change,
};
use crate::store::present::{lock_body, refresh_body};
use crate::store::{Error as StoreError, ReadTx, WriteTx};

/// A body to be taken in.
#[derive(Debug, Clone)]
pub struct TakeInBody {
    /// Its part of addresses; `None` to have it made from the name.
    pub slug: Option<Slug>,
    /// Its full name.
    pub name: Option<String>,
    /// What pages call it where room is short.
    pub short_name: Option<String>,
    /// What kind of organisation it is.
    pub kind: Option<String>,
    /// Its own page on the web.
    pub link: Option<String>,
    /// Other names that people know it by, a line each.
    pub also: Option<String>,
    /// Why it is taken in, in public.
    pub reason: Option<String>,
}

/// Another name for a body.
#[derive(Debug, Clone)]
pub struct AmendBody {
    /// The body.
    pub body: Slug,
    /// The version that the form was made from.
    pub version: i64,
    /// Its full name from now on.
    pub name: Option<String>,
    /// What pages call it where room is short.
    pub short_name: Option<String>,
    /// What kind of organisation it is.
    pub kind: Option<String>,
    /// Its own page on the web.
    pub link: Option<String>,
    /// Other names that people know it by, a line each.
    pub also: Option<String>,
    /// Since when it has this name, where that is known.
    pub since: Happened,
    /// Why, in public.
    pub reason: Option<String>,
}

/// Another address for a body.
#[derive(Debug, Clone)]
pub struct MoveBody {
    /// The body.
    pub body: Slug,
    /// The version that the form was made from.
    pub version: i64,
    /// Its part of addresses from now on.
    pub slug: Option<Slug>,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Takes a body in.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`TakeInBody`].
    pub async fn take_in_body(&self, act: Act, command: TakeInBody) -> Result<Done, Error> {
        self.once(act, move |tx, act| take_in(tx, act, command)).await
    }

    /// Publishes another name of a body. Its address stays.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`AmendBody`]. `Stale` when somebody was first.
    pub async fn amend_body(&self, act: Act, command: AmendBody) -> Result<Done, Error> {
        self.once(act, move |tx, act| amend(tx, act, command)).await
    }

    /// Gives a body another address. The earlier one leads there for ever.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `slug` and `reason`. `Stale` when somebody was first.
    pub async fn move_body(&self, act: Act, command: MoveBody) -> Result<Done, Error> {
        self.once(act, move |tx, act| move_on(tx, act, command)).await
    }
}

fn take_in(tx: &mut WriteTx<'_>, act: &Act, command: TakeInBody) -> Result<Done, Error> {
    may(act.actor, Deed::RecordFact, About::register())?;
    // Nobody else takes the same address until this ends.
    lock_newest(tx)?;
    let mut problems = Problems::none();
    named(&mut problems, command.name.as_ref(), command.kind.as_ref());
    let slug = command.slug.unwrap_or_else(|| Slug::from_words(command.name.as_deref().unwrap_or_default()));
    free(tx, &mut problems, &slug, None)?;
    act.publishable(problems)?;
    let text = NewBodyText {
        name: command.name.unwrap_or_default(),
        short_name: command.short_name,
        kind: command.kind.unwrap_or_default(),
        link: command.link,
        also: command.also,
        named_on: None,
        named_precision: Precision::Unknown,
    };
    let seq = open_change(tx, &change(act, ChangeKind::Body, command.reason))?;
    insert_body(tx, seq, &slug, &text)?;
    Ok(Done::published(address::REGISTER.to_owned(), seq))
}

fn amend(tx: &mut WriteTx<'_>, act: &Act, command: AmendBody) -> Result<Done, Error> {
    let stands = body::find(tx, &command.body)?;
    may(act.actor, Deed::RecordFact, About { place: Place::Register, ..About::body(stands.name.id) })?;
    lock_newest(tx)?;
    lock_body(tx, stands.name.id, command.version)?;
    let mut problems = Problems::none();
    named(&mut problems, command.name.as_ref(), command.kind.as_ref());
    why(&mut problems, command.reason.as_ref());
    let text = NewBodyText {
        name: command.name.unwrap_or_default(),
        short_name: command.short_name,
        kind: command.kind.unwrap_or_default(),
        link: command.link,
        also: command.also,
        named_on: command.since.day,
        named_precision: command.since.precision,
    };
    rule::past(&mut problems, "since", command.since, false, Frame { published_on: None, today: act.day });
    let name = &stands.name;
    let also: Vec<&str> = text.also.iter().flat_map(|names| names.lines()).collect();
    let same = (&text.name, &text.short_name, &text.kind, &text.link)
        == (&name.name, &name.short_name, &name.kind, &stands.link)
        && also == stands.also
        && command.since == stands.named;
    // Where the last words are out of sight, what stands in their place was not published as the name.
    if same && !stands.withheld {
        problems.add("name", "Nothing is different from what stands; change what is to be changed");
    }
    act.publishable(problems)?;
    let change = NewChange { body_id: Some(name.id), ..change(act, ChangeKind::Body, command.reason) };
    let seq = open_change(tx, &change)?;
    insert_body_text(tx, seq, name.id, &name.slug, &text)?;
    refresh_body(tx, seq, name.id)?;
    search::index_body(tx, name.id)?;
    Ok(Done::published(address::REGISTER.to_owned(), seq))
}

fn move_on(tx: &mut WriteTx<'_>, act: &Act, command: MoveBody) -> Result<Done, Error> {
    let stands = body::find(tx, &command.body)?;
    let name = &stands.name;
    may(act.actor, Deed::RecordFact, About { place: Place::Register, ..About::body(name.id) })?;
    lock_newest(tx)?;
    lock_body(tx, name.id, command.version)?;
    let mut problems = Problems::none();
    why(&mut problems, command.reason.as_ref());
    match &command.slug {
        None => problems.add("slug", "Enter the new part of the address"),
        Some(slug) if *slug == name.slug => problems.add("slug", "This is its address already"),
        Some(slug) => free(tx, &mut problems, slug, Some(&name.slug))?,
    }
    act.publishable(problems)?;
    let slug = command.slug.unwrap_or_else(|| name.slug.clone());
    let change = NewChange { body_id: Some(name.id), ..change(act, ChangeKind::Body, command.reason) };
    let seq = open_change(tx, &change)?;
    insert_body_address(tx, seq, name.id, &slug)?;
    refresh_body(tx, seq, name.id)?;
    alias::lead_on(tx, AliasKind::Body, "", name.slug.as_str(), slug.as_str())?;
    Ok(Done::published(address::REGISTER.to_owned(), seq))
}

fn named(problems: &mut Problems, name: Option<&String>, kind: Option<&String>) {
    if name.is_none() {
        problems.add("name", "Enter the full name");
    }
    if kind.is_none() {
        problems.add("kind", "Enter what it is, such as \u{201c}local authority\u{201d}");
    }
}

/// Refuses an address that is, or was, another body's.
fn free(tx: &mut ReadTx<'_>, problems: &mut Problems, slug: &Slug, own: Option<&Slug>) -> Result<(), StoreError> {
    let held = match body::name(tx, slug) {
        Ok(body) => Some(body.slug.to_string()),
        Err(StoreError::NotFound) => alias::find(tx, AliasKind::Body, "", slug.as_str())?,
        Err(fault) => return Err(fault),
    };
    if RESERVED.contains(&slug.as_str()) {
        problems.add("slug", format!("\u{201c}{slug}\u{201d} is used by this register itself; choose another address"));
    } else if held.is_some_and(|held| own.is_none_or(|own| held != own.as_str())) {
        let taken = address::body(slug.as_str());
        problems.add("slug", format!("{taken} is, or was, the address of another body; choose another one"));
    }
    Ok(())
}
