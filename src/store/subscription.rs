//! What somebody follows, and which changes they were told of.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::alias::{self, AliasKind};
use super::conn::each;
use super::schema::{body, inquiry, recommendation, subscription, theme, told};
use super::{AT_ONCE, Error, ReadTx, WriteTx};
use crate::domain::address;
use crate::domain::id::{BodyId, InquiryId, RecommendationId, Seq, SubscriberId, SubscriptionId, ThemeId};
use crate::domain::moment::Moment;
use crate::domain::subscription::{Topic, TopicKind};

/// One thing that somebody follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Subscription {
    /// Its row.
    pub id: SubscriptionId,
    /// Whose it is.
    pub subscriber: SubscriberId,
    /// What kind of thing it is.
    pub kind: TopicKind,
    /// Which of them; 0 for everything.
    pub target: i64,
    /// Changes after this one are told; `None` until it is confirmed.
    pub since: Option<Seq>,
}

impl Subscription {
    /// Whether it was confirmed before this change, which is told then.
    #[must_use]
    pub fn is_told(&self, change: Seq) -> bool {
        self.since.is_some_and(|since| since < change)
    }
}

macro_rules! columns {
    () => {
        (
            subscription::id,
            subscription::subscriber_id,
            subscription::kind,
            subscription::target_id,
            subscription::since_seq,
        )
    };
}

/// The inner number of what somebody wants to follow.
///
/// # Errors
/// [`Error::NotFound`] when there is no such thing.
pub fn target(tx: &mut ReadTx<'_>, topic: &Topic) -> Result<i64, Error> {
    Ok(match topic {
        Topic::Everything => 0,
        Topic::Inquiry(slug) => inquiry::table.filter(inquiry::slug.eq(slug)).select(inquiry::id).first(tx.conn)?,
        Topic::Body(slug) => {
            let slug = alias::current(tx, AliasKind::Body, slug)?;
            body::table.filter(body::slug.eq(slug)).select(body::id).first(tx.conn)?
        }
        Topic::Theme(slug) => {
            let slug = alias::current(tx, AliasKind::Theme, slug)?;
            theme::table.filter(theme::slug.eq(slug)).select(theme::id).first(tx.conn)?
        }
        Topic::Recommendation(slug, number) => {
            let now = alias::find(tx, AliasKind::Recommendation, slug.as_str(), number)?;
            recommendation::table
                .inner_join(inquiry::table)
                .filter(inquiry::slug.eq(slug).and(recommendation::number.eq(now.as_ref().unwrap_or(number))))
                .select(recommendation::id)
                .first(tx.conn)?
        }
    })
}

/// Notes that somebody wants to follow something, not confirmed yet; nothing where they do already.
///
/// # Errors
/// When the database fails.
pub fn add(
    tx: &mut WriteTx<'_>,
    subscriber: SubscriberId,
    (kind, target): (TopicKind, i64),
    now: Moment,
) -> Result<(), Error> {
    let row = (
        subscription::subscriber_id.eq(subscriber),
        subscription::kind.eq(kind),
        subscription::target_id.eq(target),
        subscription::created_at.eq(now),
    );
    each!(&mut *tx.conn, inner => {
        diesel::insert_into(subscription::table).values(row).on_conflict_do_nothing().execute(inner)
    })?;
    Ok(())
}

/// What these people follow, confirmed or not, in the order in which they asked.
///
/// # Errors
/// When the database fails.
pub fn of(tx: &mut ReadTx<'_>, subscribers: &[SubscriberId]) -> Result<Vec<Subscription>, Error> {
    let mut all = Vec::new();
    for some in subscribers.chunks(AT_ONCE) {
        let rows: Vec<Subscription> = subscription::table
            .filter(subscription::subscriber_id.eq_any(some))
            .order(subscription::id)
            .select(columns!())
            .load(tx.conn)?;
        all.extend(rows);
    }
    Ok(all)
}

/// What several people follow.
#[derive(Debug, Clone, Default)]
pub struct Followed(HashMap<SubscriberId, Vec<Subscription>>);

impl Followed {
    /// Reads what each of these people follows.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>, subscribers: &[SubscriberId]) -> Result<Self, Error> {
        let mut all: HashMap<SubscriberId, Vec<Subscription>> = HashMap::new();
        for follow in of(tx, subscribers)? {
            all.entry(follow.subscriber).or_default().push(follow);
        }
        Ok(Self(all))
    }

    /// What one of them follows.
    #[must_use]
    pub fn by(&self, subscriber: SubscriberId) -> &[Subscription] {
        self.0.get(&subscriber).map_or(&[], Vec::as_slice)
    }
}

/// Confirms what somebody was shown: everything up to this row. What was asked for after that is dropped.
///
/// # Errors
/// When the database fails.
pub fn confirm(
    tx: &mut WriteTx<'_>,
    subscriber: SubscriberId,
    shown: SubscriptionId,
    newest: Seq,
) -> Result<(), Error> {
    let pending = subscription::subscriber_id.eq(subscriber).and(subscription::since_seq.is_null());
    diesel::update(subscription::table.filter(pending.and(subscription::id.le(shown))))
        .set(subscription::since_seq.eq(Some(newest)))
        .execute(tx.conn)?;
    diesel::delete(subscription::table.filter(pending)).execute(tx.conn)?;
    Ok(())
}

/// Keeps these of what somebody follows and ends the other confirmed ones.
///
/// # Errors
/// When the database fails.
pub fn keep(tx: &mut WriteTx<'_>, subscriber: SubscriberId, kept: &[SubscriptionId]) -> Result<(), Error> {
    let mine = subscription::subscriber_id.eq(subscriber).and(subscription::since_seq.is_not_null());
    diesel::delete(subscription::table.filter(mine.and(subscription::id.ne_all(kept)))).execute(tx.conn)?;
    Ok(())
}

/// What somebody follows, as they read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicName {
    /// What kind of thing it is.
    pub kind: TopicKind,
    /// What it is called now: of a recommendation the inquiry, then its number.
    pub names: (String, Option<String>),
    /// Where its page is.
    pub address: String,
}

/// What these things are called; what is there no more is left out.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx<'_>, of: &[(TopicKind, i64)]) -> Result<HashMap<(TopicKind, i64), TopicName>, Error> {
    let targets = |kind| of.iter().filter(move |(one, _)| *one == kind).map(|(_, target)| *target);
    let mut found = HashMap::new();
    let mut put = |kind, target, names, address| {
        found.insert((kind, target), TopicName { kind, names, address });
    };
    put(TopicKind::Everything, 0, (String::new(), None), "/changes".to_owned());
    let rows: Vec<(InquiryId, String, String)> = inquiry::table
        .filter(inquiry::id.eq_any(targets(TopicKind::Inquiry).map(InquiryId).collect::<Vec<_>>()))
        .select((inquiry::id, inquiry::slug, inquiry::short_title))
        .load(tx.conn)?;
    rows.into_iter().for_each(|(id, slug, name)| put(TopicKind::Inquiry, id.0, (name, None), address::inquiry(&slug)));
    let rows: Vec<(BodyId, String, String)> = body::table
        .filter(body::id.eq_any(targets(TopicKind::Body).map(BodyId).collect::<Vec<_>>()))
        .select((body::id, body::slug, body::name))
        .load(tx.conn)?;
    rows.into_iter().for_each(|(id, slug, name)| put(TopicKind::Body, id.0, (name, None), address::body(&slug)));
    let rows: Vec<(ThemeId, String, String)> = theme::table
        .filter(theme::id.eq_any(targets(TopicKind::Theme).map(ThemeId).collect::<Vec<_>>()))
        .select((theme::id, theme::slug, theme::name))
        .load(tx.conn)?;
    rows.into_iter().for_each(|(id, slug, name)| put(TopicKind::Theme, id.0, (name, None), address::theme(&slug)));
    let wanted = targets(TopicKind::Recommendation).map(RecommendationId).collect::<Vec<_>>();
    let rows: Vec<(RecommendationId, String, String, String)> = recommendation::table
        .inner_join(inquiry::table)
        .filter(recommendation::id.eq_any(wanted))
        .select((recommendation::id, recommendation::number, inquiry::slug, inquiry::short_title))
        .load(tx.conn)?;
    for (id, number, slug, inquiry) in rows {
        let address = address::recommendation(&slug, &number);
        put(TopicKind::Recommendation, id.0, (inquiry, Some(number)), address);
    }
    Ok(found)
}

/// Notes which changes were handed over to somebody.
///
/// # Errors
/// When the database fails.
pub fn note_told(tx: &mut WriteTx<'_>, subscriber: SubscriberId, seqs: &[Seq]) -> Result<(), Error> {
    for seq in seqs {
        let row = (told::subscriber_id.eq(subscriber), told::seq.eq(*seq));
        each!(&mut *tx.conn, inner => {
            diesel::insert_into(told::table).values(row).on_conflict_do_nothing().execute(inner)
        })?;
    }
    Ok(())
}

/// They were not told of these changes after all: the mail came back.
///
/// # Errors
/// When the database fails.
pub fn not_told(tx: &mut WriteTx<'_>, subscriber: SubscriberId, seqs: &[Seq]) -> Result<(), Error> {
    for some in seqs.chunks(AT_ONCE) {
        let these = told::table.filter(told::subscriber_id.eq(subscriber).and(told::seq.eq_any(some)));
        diesel::delete(these).execute(tx.conn)?;
    }
    Ok(())
}

/// Which of these changes somebody was told of.
///
/// # Errors
/// When the database fails.
pub fn told_to(tx: &mut ReadTx<'_>, subscriber: SubscriberId, seqs: &[Seq]) -> Result<HashSet<Seq>, Error> {
    let mut found = HashSet::new();
    for some in seqs.chunks(AT_ONCE) {
        let rows: Vec<Seq> = told::table
            .filter(told::subscriber_id.eq(subscriber).and(told::seq.eq_any(some)))
            .select(told::seq)
            .load(tx.conn)?;
        found.extend(rows);
    }
    Ok(found)
}
