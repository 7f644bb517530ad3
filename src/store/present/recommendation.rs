//! The current row of a recommendation: its words, and whether each body asked has done it.

use diesel::prelude::*;

use super::tally::{Facts, People, Scope, is_by_two, of_recommendation, shift};
use super::words_of_body::shift_words;
use crate::domain::assessed::Assessed;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::id::{InquiryId, RecommendationId, Seq, WordingId};
use crate::domain::lifecycle::Closure;
use crate::domain::moment::Day;
use crate::domain::part::all_done;
use crate::store::schema::{addressee, entry, inquiry, inquiry_text, recommendation, wording};
use crate::store::{Error, ReadTx, WriteTx};

/// A recommendation that is taken in.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = recommendation, treat_none_as_default_value = false)]
pub struct NewRecommendation {
    /// Its inquiry.
    pub inquiry_id: InquiryId,
    /// The recommendation that it is a lettered part of.
    pub parent_id: Option<RecommendationId>,
    /// Its number in the report, or ours.
    pub number: String,
    /// Its place in the report.
    pub position: i64,
    /// Whose words its words are.
    pub text_kind: TextKind,
    /// How far they were compared with their source.
    pub checked: Checked,
    /// The number of one that it may repeat, where nobody can tell yet.
    pub may_repeat: Option<String>,
    /// Whether it is done.
    pub done: bool,
    /// Whether nobody has looked at it.
    pub not_looked_at: bool,
    /// Whether it was put to somebody that is known.
    pub put: bool,
    /// Its first version.
    pub version: i64,
    /// The change that took it in.
    pub seq: Seq,
}

/// Takes a recommendation in; its words follow with [`refresh_words`].
///
/// # Errors
/// [`crate::store::Constraint::RecommendationNumber`] when the inquiry has one with that number.
pub fn insert_recommendation(tx: &mut WriteTx<'_>, new: &NewRecommendation) -> Result<RecommendationId, Error> {
    let id =
        diesel::insert_into(recommendation::table).values(new).returning(recommendation::id).get_result(tx.conn)?;
    // Words that two people compared follow.
    let facts = of_recommendation(
        (new.parent_id.is_some(), false),
        new.text_kind.as_str(),
        new.checked.as_str(),
        (new.done, new.put),
        false,
    );
    shift(tx, &[Scope::Inquiry(new.inquiry_id)], &[], &facts)?;
    // With a part that nobody has done, the whole is not done.
    if let Some(whole) = new.parent_id {
        refresh_recommendation(tx, new.seq, whole)?;
    }
    Ok(id)
}

/// Claims the row for this transaction if it still has the version that the form was made from.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it meanwhile.
pub fn lock_recommendation(tx: &mut WriteTx<'_>, id: RecommendationId, version: i64) -> Result<(), Error> {
    let claimed = diesel::update(
        recommendation::table.filter(recommendation::id.eq(id).and(recommendation::version.eq(version))),
    )
    .set(recommendation::version.eq(recommendation::version + 1))
    .execute(tx.conn)?;
    if claimed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Makes the words published last the ones that stand. Withheld words leave no title in lists.
///
/// # Errors
/// When the database fails.
pub fn refresh_words(tx: &mut WriteTx<'_>, seq: Seq, id: RecommendationId) -> Result<(), Error> {
    let words = standing_words(tx, id)?;
    let (inquiry, before) = facts(tx, id)?;
    diesel::update(recommendation::table.filter(recommendation::id.eq(id)))
        .set((
            recommendation::wording_id.eq(words.wording),
            recommendation::title.eq(words.title),
            recommendation::text_kind.eq(words.text_kind),
            recommendation::checked.eq(words.checked),
            recommendation::seq.eq(seq),
        ))
        .execute(tx.conn)?;
    let (_, after) = facts(tx, id)?;
    shift(tx, &[Scope::Inquiry(inquiry)], &before, &after)?;
    shift_words(tx, id, &before, &after)?;
    touch_whole(tx, seq, id)
}

/// Notes on what a part belongs to that something about it changed.
fn touch_whole(tx: &mut WriteTx<'_>, seq: Seq, part: RecommendationId) -> Result<(), Error> {
    let parent: Option<RecommendationId> =
        recommendation::table.filter(recommendation::id.eq(part)).select(recommendation::parent_id).first(tx.conn)?;
    if let Some(whole) = parent {
        diesel::update(recommendation::table.filter(recommendation::id.eq(whole)))
            .set(recommendation::seq.eq(seq))
            .execute(tx.conn)?;
    }
    Ok(())
}

/// The words that stand, as the ledger has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingWords {
    /// The row of the words.
    pub wording: WordingId,
    /// The title; `None` while nobody has transcribed it, or while it is withheld.
    pub title: Option<String>,
    /// The words; `None` likewise.
    pub text: Option<String>,
    /// Whose words they are.
    pub text_kind: TextKind,
    /// How far they were compared with their source.
    pub checked: Checked,
    /// Whom the report itself says that it addresses; also while the words are withheld, so show it to nobody then.
    pub addressed_to_words: Option<String>,
}

/// The words of a recommendation that stand.
///
/// # Errors
/// [`Error::NotFound`] when it has none.
pub fn standing_words(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<StandingWords, Error> {
    type Row = (WordingId, Option<String>, Option<String>, TextKind, Checked, Option<String>, Option<Seq>);
    let (wording, title, text, text_kind, checked, addressed_to_words, withheld): Row = wording::table
        .filter(wording::recommendation_id.eq(id))
        .order((wording::seq.desc(), wording::id.desc()))
        .select((
            wording::id,
            wording::title,
            wording::text,
            wording::text_kind,
            wording::checked,
            wording::addressed_to_words,
            wording::withheld,
        ))
        .first(tx.conn)?;
    let shown = withheld.is_none();
    Ok(StandingWords {
        wording,
        title: title.filter(|_| shown),
        text: text.filter(|_| shown),
        text_kind,
        checked,
        addressed_to_words,
    })
}

/// Under which number a recommendation stands, whose that is, and when it was made, where it differs from its inquiry; and
/// whether it was entered in error.
pub type StandingEntry = (String, Option<bool>, Option<Day>, bool);

/// The entry that was published last.
///
/// # Errors
/// [`Error::NotFound`] when it has none.
pub fn standing_entry(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<StandingEntry, Error> {
    Ok(entry::table
        .filter(entry::recommendation_id.eq(id))
        .order((entry::seq.desc(), entry::id.desc()))
        .select((entry::number, entry::own_reference, entry::made_on, entry::in_error))
        .first(tx.conn)?)
}

/// Makes the entry that was published last the one that stands.
///
/// # Errors
/// [`crate::store::Constraint::RecommendationNumber`] when the inquiry has another one with that number.
pub fn refresh_entry(tx: &mut WriteTx<'_>, seq: Seq, id: RecommendationId) -> Result<(), Error> {
    let (number, own_reference, made_on, in_error) = standing_entry(tx, id)?;
    let (inquiry, before) = facts(tx, id)?;
    diesel::update(recommendation::table.filter(recommendation::id.eq(id)))
        .set((
            recommendation::number.eq(number),
            recommendation::own_reference.eq(own_reference),
            recommendation::made_on.eq(made_on),
            recommendation::in_error.eq(in_error),
            recommendation::seq.eq(seq),
        ))
        .execute(tx.conn)?;
    let (_, after) = facts(tx, id)?;
    shift(tx, &[Scope::Inquiry(inquiry)], &before, &after)?;
    shift_words(tx, id, &before, &after)?;
    touch_whole(tx, seq, id)
}

/// Works out again what follows for the recommendation from its answers and parts: whether it is done (see [`all_done`]), whether nobody
/// has looked at it, and whether it was put to somebody.
///
/// # Errors
/// When the database fails.
pub fn refresh_recommendation(tx: &mut WriteTx<'_>, seq: Seq, id: RecommendationId) -> Result<(), Error> {
    let now = follows(tx, id)?;
    let (inquiry, before) = facts(tx, id)?;
    diesel::update(recommendation::table.filter(recommendation::id.eq(id)))
        .set((
            recommendation::done.eq(now.done),
            recommendation::not_looked_at.eq(now.not_looked_at),
            recommendation::put.eq(now.put),
            recommendation::seq.eq(seq),
        ))
        .execute(tx.conn)?;
    let (_, after) = facts(tx, id)?;
    shift(tx, &[Scope::Inquiry(inquiry)], &before, &after)?;
    let parent: Option<RecommendationId> =
        recommendation::table.filter(recommendation::id.eq(id)).select(recommendation::parent_id).first(tx.conn)?;
    match parent {
        Some(parent) => refresh_recommendation(tx, seq, parent),
        None => Ok(()),
    }
}

/// What follows for a recommendation from its answers and its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Follows {
    /// Whether it is done: see [`all_done`].
    pub(super) done: bool,
    /// Whether nobody has looked at it: no answer, its own or a part's, was ever found to be done or not.
    pub(super) not_looked_at: bool,
    /// Whether it was put to somebody that is known, whole or in a part.
    pub(super) put: bool,
}

/// What follows for it from its answers and parts as they are now.
pub(super) fn follows(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<Follows, Error> {
    let answers: Vec<(bool, Option<Closure>, Assessed)> = addressee::table
        .filter(addressee::recommendation_id.eq(id).and(addressee::present.eq(true)))
        .select((addressee::done, addressee::closure, addressee::assessed))
        .load(tx.conn)?;
    let parts: Vec<(bool, bool, bool, bool)> = recommendation::table
        .filter(recommendation::parent_id.eq(id))
        .select((recommendation::done, recommendation::in_error, recommendation::not_looked_at, recommendation::put))
        .load(tx.conn)?;
    let counts = |closure: Option<Closure>| !closure.is_some_and(Closure::is_uncounted);
    let mut each: Vec<(bool, bool)> = answers.iter().map(|(done, closure, _)| (*done, counts(*closure))).collect();
    each.extend(parts.iter().map(|(done, in_error, ..)| (*done, !in_error)));
    let looked = answers.iter().any(|(_, closure, assessed)| is_looked_at(*closure, *assessed));
    Ok(Follows {
        done: all_done(&each),
        not_looked_at: !looked && parts.iter().all(|(_, _, not_looked_at, _)| *not_looked_at),
        put: answers.iter().any(|(_, closure, _)| counts(*closure)) || parts.iter().any(|(.., put)| *put),
    })
}

/// Whether somebody has looked at an answer; what was entered in error says nothing.
pub(in crate::store) fn is_looked_at(closure: Option<Closure>, assessed: Assessed) -> bool {
    assessed != Assessed::NotAssessed && !closure.is_some_and(Closure::is_error)
}

/// Its inquiry, and what it adds to the counts.
pub(super) fn facts(tx: &mut WriteTx<'_>, id: RecommendationId) -> Result<(InquiryId, Facts), Error> {
    type Row = (InquiryId, Option<RecommendationId>, TextKind, Checked, (bool, bool), bool, People);
    let (inquiry, parent, text_kind, checked, follows, in_error, (author, publisher)): Row = recommendation::table
        .left_join(wording::table.on(wording::id.nullable().eq(recommendation::wording_id)))
        .filter(recommendation::id.eq(id))
        .select((
            recommendation::inquiry_id,
            recommendation::parent_id,
            recommendation::text_kind,
            recommendation::checked,
            (recommendation::done, recommendation::put),
            recommendation::in_error,
            (wording::author_id.nullable(), wording::publisher_id.nullable()),
        ))
        .first(tx.conn)?;
    let by_two = is_by_two(checked, author, publisher);
    let facts = of_recommendation((parent.is_some(), by_two), text_kind.as_str(), checked.as_str(), follows, in_error);
    Ok((inquiry, facts))
}

/// Where a recommendation stands: what its address and its dates depend on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct RecommendationPlace {
    /// Its inquiry.
    pub inquiry_id: InquiryId,
    /// The inquiry's slug.
    pub inquiry: String,
    /// What people call the inquiry.
    pub inquiry_title: String,
    /// Its number.
    pub number: String,
    /// The day on which the inquiry reported, where it is known.
    pub published_on: Option<Day>,
    /// Its version.
    pub version: i64,
}

/// Where a recommendation stands.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn recommendation_place(tx: &mut ReadTx<'_>, id: RecommendationId) -> Result<RecommendationPlace, Error> {
    Ok(recommendation::table
        .inner_join(inquiry::table.on(inquiry::id.eq(recommendation::inquiry_id)))
        .left_join(inquiry_text::table.on(inquiry_text::id.nullable().eq(inquiry::text_id)))
        .filter(recommendation::id.eq(id))
        .select((
            inquiry::id,
            inquiry::slug,
            inquiry::short_title,
            recommendation::number,
            inquiry_text::published_on.nullable(),
            recommendation::version,
        ))
        .first(tx.conn)?)
}
