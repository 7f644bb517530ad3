//! Taking an inquiry in, and amending how it is described. Earlier words stay in the history.

use super::{change, why};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::{BodyId, InquiryId};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::rule::{self, Frame};
use crate::domain::text::Slug;
use crate::service::{Act, Done, Error, Service, search};
use crate::store::alias::{self, AliasKind};
use crate::store::inquiry::{self, InquiryView};
use crate::store::ledger::{CountInSource, NewChange, NewInquiryText, insert_inquiry_text, lock_newest, open_change};
use crate::store::present::{NewInquiry, insert_inquiry, lock_inquiry, refresh_inquiry};
use crate::store::{Error as StoreError, WriteTx, held};

/// How an inquiry is described.
#[derive(Debug, Clone, Default)]
pub struct Described {
    /// What kind of thing it is.
    pub kind: Option<String>,
    /// Its full title.
    pub title: Option<String>,
    /// What people call it.
    pub short_title: Option<String>,
    /// Which post led it.
    pub chair: Option<String>,
    /// The body that asked for it.
    pub commissioned_by: Option<BodyId>,
    /// The body that made it.
    pub issued_by: Option<BodyId>,
    /// By what right.
    pub legal_basis: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// What is to be known about that.
    pub source_note: Option<String>,
    /// Whether the numbers of its recommendations are this register's own.
    pub own_references: bool,
    /// Who monitors it, under what, how often.
    pub monitored_by: Option<String>,
    /// What else a reader must know.
    pub note: Option<String>,
    /// The day of publication.
    pub published_on: Option<Day>,
    /// How many recommendations the source says there are.
    pub count: Option<i64>,
    /// How many of them are not tracked in this register, and why.
    pub not_tracked: (Option<i64>, Option<String>),
    /// In which language the words of the source are, and under which licence.
    pub rights: Rights,
}

/// An inquiry to be taken in.
#[derive(Debug, Clone)]
pub struct TakeInInquiry {
    /// Its part of addresses; `None` to have it made from the short title.
    pub slug: Option<Slug>,
    /// How it is described.
    pub described: Described,
    /// Why it is taken in, in public.
    pub reason: Option<String>,
}

/// Another description of an inquiry.
#[derive(Debug, Clone)]
pub struct AmendInquiry {
    /// The inquiry.
    pub inquiry: Slug,
    /// The version that the form was made from.
    pub version: i64,
    /// How it is described from now on.
    pub described: Described,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Takes an inquiry in.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`Described`], and `slug`.
    pub async fn take_in_inquiry(&self, act: Act, command: TakeInInquiry) -> Result<Done, Error> {
        self.once(act, move |tx, act| take_in(tx, act, command)).await
    }

    /// Publishes another description of an inquiry.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`Described`], and `reason`. `Stale` when somebody was first.
    pub async fn amend_inquiry(&self, act: Act, command: AmendInquiry) -> Result<Done, Error> {
        self.once(act, move |tx, act| amend(tx, act, command)).await
    }
}

fn take_in(tx: &mut WriteTx<'_>, act: &Act, command: TakeInInquiry) -> Result<Done, Error> {
    may(act.actor, Deed::RecordFact, About::register())?;
    // Nobody else takes the same address until this ends.
    lock_newest(tx)?;
    let described = command.described;
    let mut problems = check(&described, act);
    let slug = match (command.slug, &described.short_title) {
        (Some(slug), _) => slug,
        (None, short) => Slug::from_words(short.as_deref().unwrap_or_default()),
    };
    let taken =
        held::inquiry(tx, &slug)?.is_some() || alias::find(tx, AliasKind::Inquiry, "", slug.as_str())?.is_some();
    if taken {
        problems.add(
            "slug",
            format!("There is an inquiry at {} already; choose another address", address::inquiry(slug.as_str())),
        );
    }
    act.publishable(problems)?;
    let change = change(act, ChangeKind::Inquiry, command.reason);
    // The change names no inquiry yet: only a hold on the whole register keeps a new one back.
    let seq = open_change(tx, &change)?;
    let new = NewInquiry {
        position: held::inquiries(tx)? + 1,
        kind: described.kind.clone().unwrap_or_default(),
        title: described.title.clone().unwrap_or_default(),
        short_title: described.short_title.clone().unwrap_or_default(),
        version: 0,
        slug: slug.clone(),
        seq,
    };
    let id = insert_inquiry(tx, &new)?;
    let counts = counts(&described, act.day)?;
    insert_inquiry_text(tx, seq, &text(id, described, counts))?;
    refresh_inquiry(tx, seq, id)?;
    Ok(Done::published(address::staff_inquiry(slug.as_str()), seq))
}

fn amend(tx: &mut WriteTx<'_>, act: &Act, command: AmendInquiry) -> Result<Done, Error> {
    let stands = inquiry::find(tx, &command.inquiry)?;
    may(act.actor, Deed::RecordFact, About::default().of(stands.name.id))?;
    lock_newest(tx)?;
    lock_inquiry(tx, stands.name.id, command.version)?;
    let described = command.described;
    let mut problems = check(&described, act);
    why(&mut problems, command.reason.as_ref());
    // Where the source itself counts differently on several days, that is not on the form, and stays.
    let counts = match stands.counts_in_source.as_slice() {
        [] => counts(&described, act.day)?,
        [one] if described.count != Some(one.count) => counts(&described, act.day)?,
        kept => json(kept)?,
    };
    let new = text(stands.name.id, described, counts);
    let before = standing(&stands)?;
    if stands.withheld.is_none() && new == before {
        problems.add("title", "Nothing is different from what stands; change what is to be changed");
    }
    act.publishable(problems)?;
    let renamed = (&new.title, &new.short_title) != (&before.title, &before.short_title);
    let change = NewChange { inquiry_id: Some(stands.name.id), ..change(act, ChangeKind::Inquiry, command.reason) };
    let seq = open_change(tx, &change)?;
    insert_inquiry_text(tx, seq, &new)?;
    refresh_inquiry(tx, seq, stands.name.id)?;
    if renamed {
        search::index_inquiry(tx, stands.name.id)?;
    }
    Ok(Done::published(address::staff_inquiry(stands.name.slug.as_str()), seq))
}

fn check(described: &Described, act: &Act) -> Problems {
    let mut problems = Problems::none();
    for (field, given, ask) in [
        ("title", &described.title, "Enter the full title"),
        ("short_title", &described.short_title, "Enter what people call it"),
        ("kind", &described.kind, "Enter what it is, such as \u{201c}independent inquiry\u{201d}"),
    ] {
        if given.is_none() {
            problems.add(field, ask);
        }
    }
    if described.commissioned_by.is_none() && described.issued_by.is_none() {
        problems.add(
            "commissioned_by",
            "Choose the body that commissioned it, or below the one that issued it. A body that is not listed is taken in first",
        );
        problems.add("issued_by", "Choose the body that issued it, or above the one that commissioned it");
    }
    if let Some(day) = described.published_on {
        let frame = Frame { published_on: None, today: act.day };
        rule::past(&mut problems, "published_on", Happened::on(day), false, frame);
    }
    match described.count {
        Some(count) if !(1..=100_000).contains(&count) => {
            problems.add("count", "Enter how many recommendations there are, as a number from 1 to 100000");
        }
        Some(_) if described.published_on.is_none() => {
            problems.add("count", "Enter the day of publication too: a source counts on a day");
        }
        _ => {}
    }
    match &described.not_tracked {
        (Some(count), _) if !(1..=100_000).contains(count) => {
            problems
                .add("not_tracked", "Enter how many are not tracked, as a number from 1 to 100000, or leave it empty");
        }
        (Some(_), None) => problems.add("not_tracked_why", "Enter why they are not tracked, for everybody to read"),
        (None, Some(_)) => problems.add("not_tracked", "Enter how many are not tracked, or clear the reason"),
        _ => {}
    }
    problems
}

fn json(counts: &[CountInSource]) -> Result<String, StoreError> {
    serde_json::to_string(counts).map_err(|fault| StoreError::Failed(fault.to_string()))
}

fn counts(described: &Described, today: Day) -> Result<String, StoreError> {
    let on = described.published_on.unwrap_or(today);
    let count = described.count.map(|count| CountInSource { count, on, note: "in the source".to_owned() });
    json(count.as_slice())
}

fn text(inquiry_id: InquiryId, described: Described, counts_in_source: String) -> NewInquiryText {
    let (not_tracked, not_tracked_why) = described.not_tracked;
    NewInquiryText {
        not_tracked,
        not_tracked_why,
        inquiry_id,
        kind: described.kind.unwrap_or_default(),
        title: described.title.unwrap_or_default(),
        short_title: described.short_title.unwrap_or_default(),
        chair: described.chair,
        commissioned_by: described.commissioned_by,
        issued_by: described.issued_by,
        legal_basis: described.legal_basis,
        source_url: described.source_url,
        source_note: described.source_note,
        own_references: described.own_references,
        monitored_by: described.monitored_by,
        note: described.note,
        published_on: described.published_on,
        counts_in_source,
        language: described.rights.language,
        licence: described.rights.licence,
    }
}

/// What stands, as it would be published again.
fn standing(view: &InquiryView) -> Result<NewInquiryText, StoreError> {
    Ok(NewInquiryText {
        inquiry_id: view.name.id,
        kind: view.name.kind.clone(),
        title: view.name.title.clone(),
        short_title: view.name.short_title.clone(),
        chair: view.chair.clone(),
        commissioned_by: view.commissioned_by.as_ref().map(|body| body.id),
        issued_by: view.issued_by.as_ref().map(|body| body.id),
        legal_basis: view.legal_basis.clone(),
        source_url: view.source_url.clone(),
        source_note: view.source_note.clone(),
        own_references: view.own_references,
        monitored_by: view.monitored_by.clone(),
        note: view.note.clone(),
        published_on: view.published_on,
        counts_in_source: json(&view.counts_in_source)?,
        // Where nobody has said so, the form says what that means.
        language: view.rights.language.or(Some(Language::English)),
        licence: view.rights.licence.or(Some(Licence::Unknown)),
        not_tracked: view.not_tracked,
        not_tracked_why: view.not_tracked_why.clone(),
    })
}
