//! Recommendations: the words as they stand now, with what surrounds them.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;

use super::inquiry::{self, InquiryName};
use super::neighbour::Side;
use super::page::{Cursor, Page};
use super::part::{self, Part};
use super::present::{StandingThen, standing_then};
use super::schema::{change, inquiry as inquiry_table, recommendation, wording};
use super::theme::{self, Theme};
use super::withheld::{self, Words};
use super::{Error, ReadTx, entry, neighbour, past};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::id::{InquiryId, RecommendationId, Seq};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::Day;
use crate::domain::part::{Standing, letter};
use crate::domain::text::Slug;

/// A recommendation with its words, as lists and pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Its row.
    pub id: RecommendationId,
    /// The inquiry that made it.
    pub inquiry: InquiryName,
    /// The recommendation that it is a part of.
    pub parent_id: Option<RecommendationId>,
    /// The number of that one.
    pub part_of: Option<String>,
    /// Its lettered parts, in their order; of a part none.
    pub parts: Vec<Part>,
    /// Its number or letter.
    pub number: String,
    /// Its place in the inquiry's list.
    pub position: i64,
    /// Its short name; `None` where nobody has transcribed it.
    pub title: Option<Words>,
    /// Its words; `None` where nobody has transcribed them.
    pub text: Option<Words>,
    /// Whose words they are.
    pub text_kind: TextKind,
    /// How far they were compared.
    pub checked: Checked,
    /// Where they can be read.
    pub source_url: Option<String>,
    /// The day on which they were compared.
    pub compared_on: Option<Day>,
    /// To whom it is put, in its own words.
    pub addressed_to_words: Option<String>,
    /// The number of another one of the same inquiry that it may say again.
    pub may_repeat: Option<String>,
    /// In which language its words are, and under which licence.
    pub rights: Rights,
    /// Whether it is done: each of its addressees and parts is.
    pub done: bool,
    /// Whether it was entered in error, by a deed of its own: then it is in no number and no list by default.
    pub in_error: bool,
    /// Its version, for forms.
    pub version: i64,
    /// The last change of anything about it.
    pub seq: Seq,
    /// What it is about.
    pub themes: Vec<Theme>,
    /// Whether its number is this register's own, where that is not as with all of its inquiry.
    pub own_reference: Option<bool>,
    /// The day on which it was made, where that is known of this very one.
    pub made_on: Option<Day>,
}

impl Recommendation {
    /// Its letter, where it is a part.
    #[must_use]
    pub fn letter(&self) -> Option<&str> {
        self.part_of.as_deref().map(|whole| letter(whole, &self.number))
    }

    /// How its parts stand.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::of(self.parts.iter().map(|part| &part.lettered))
    }
}

/// One recommendation with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendationView {
    /// Itself.
    pub recommendation: Recommendation,
    /// The day of its last change.
    pub changed_on: Day,
    /// The day on which it was made, where that is known of all that its inquiry made.
    pub made_on: Option<Day>,
    /// The day on which its inquiry was published.
    pub published_on: Option<Day>,
    /// Whether its number is this register's own.
    pub own_reference: bool,
    /// The number of the one before it in the inquiry's list.
    pub previous: Option<String>,
    /// The number of the one after it.
    pub next: Option<String>,
    /// What it is a part of.
    pub parent: Option<Recommendation>,
    /// Its parts.
    pub parts: Vec<Recommendation>,
}

/// The columns of a [`Row`], its words left out where they are withheld.
macro_rules! columns {
    () => {
        (
            recommendation::id,
            inquiry::NAME,
            recommendation::parent_id,
            recommendation::number,
            recommendation::position,
            diesel::dsl::case_when(wording::withheld.nullable().is_null(), recommendation::title),
            diesel::dsl::case_when(wording::withheld.nullable().is_null(), wording::text.nullable()),
            recommendation::text_kind,
            recommendation::checked,
            diesel::dsl::case_when(wording::withheld.nullable().is_null(), wording::source_url.nullable()),
            diesel::dsl::case_when(wording::withheld.nullable().is_null(), wording::compared_on.nullable()),
            diesel::dsl::case_when(wording::withheld.nullable().is_null(), wording::addressed_to_words.nullable()),
            wording::withheld.nullable(),
            wording::language.nullable(),
            wording::licence.nullable(),
            recommendation::may_repeat,
            recommendation::done,
            recommendation::version,
            recommendation::seq,
            recommendation::own_reference,
            recommendation::made_on,
            recommendation::in_error,
        )
    };
}

/// Those that had words by then: none was in the register without.
macro_rules! there {
    ($upto:expr) => {{
        let worded = diesel::alias!(wording as worded);
        diesel::dsl::exists(
            worded
                .filter(worded.field(wording::recommendation_id).eq(recommendation::id))
                .filter(worded.field(wording::seq).le($upto))
                .select(worded.field(wording::id)),
        )
    }};
}

/// Every recommendation with its inquiry and the wording that stands.
macro_rules! standing {
    () => {
        recommendation::table
            .inner_join(inquiry_table::table)
            .left_join(wording::table.on(wording::id.nullable().eq(recommendation::wording_id)))
    };
}

/// One row of [`columns!`].
#[derive(Queryable)]
struct Row {
    id: RecommendationId,
    inquiry: InquiryName,
    parent_id: Option<RecommendationId>,
    number: String,
    position: i64,
    title: Option<String>,
    text: Option<String>,
    text_kind: TextKind,
    checked: Checked,
    source_url: Option<String>,
    compared_on: Option<Day>,
    addressed_to_words: Option<String>,
    withheld: Option<Seq>,
    language: Option<Language>,
    licence: Option<Licence>,
    may_repeat: Option<String>,
    done: bool,
    version: i64,
    seq: Seq,
    own_reference: Option<bool>,
    made_on: Option<Day>,
    in_error: bool,
}

/// The last place in the list of an inquiry.
#[derive(QueryableByName)]
struct Last {
    #[diesel(sql_type = BigInt)]
    inquiry: i64,
    #[diesel(sql_type = BigInt)]
    position: i64,
}

/// One recommendation with what stands around it.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub fn find(tx: &mut ReadTx<'_>, inquiry: &Slug, number: &str) -> Result<RecommendationView, Error> {
    let whole = inquiry::find(tx, inquiry)?;
    let id = entry::numbered(tx, whole.name.id, number)?;
    let row: Row = standing!().filter(recommendation::id.eq(id)).select(columns!()).first(tx.conn)?;
    let (position, parent_id) = (row.position, row.parent_id);
    let recommendation = one(complete(tx, vec![row])?)?;
    let changed_on = change::table.find(recommendation.seq).select(change::day).first(tx.conn)?;
    let previous = neighbour::find(tx, whole.name.id, parent_id, (position, id), Side::Before)?;
    let next = neighbour::find(tx, whole.name.id, parent_id, (position, id), Side::After)?;
    let parts: Vec<Row> = standing!()
        .filter(recommendation::parent_id.eq(id))
        .order((recommendation::position, recommendation::id))
        .select(columns!())
        .load(tx.conn)?;
    let parts = complete(tx, parts)?;
    let parent = many(tx, parent_id.into_iter().collect())?.pop();
    Ok(RecommendationView {
        changed_on,
        made_on: recommendation.made_on.or(whole.made_on),
        published_on: whole.published_on,
        own_reference: recommendation.own_reference.unwrap_or(whole.own_references),
        recommendation,
        previous,
        next,
        parent,
        parts,
    })
}

/// One page of the recommendations of an inquiry, without those that were entered in error; parts are left to the page of what
/// they are a part of.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx<'_>,
    inquiry: InquiryId,
    after: Option<Cursor<2>>,
    size: usize,
) -> Result<Page<Recommendation, 2>, Error> {
    let mut items: Vec<Recommendation> = Vec::new();
    let mut from = after;
    loop {
        let rows = some(tx, inquiry, from, size)?;
        let last = rows.last().map(|row| Cursor([row.position, row.id.0])).filter(|_| rows.len() > size);
        items.extend(complete(tx, rows)?.into_iter().filter(|one| !one.in_error));
        // Looking back, what was in error then is known once it is worked out: others take its place on the page.
        match last.filter(|_| items.len() <= size) {
            Some(last) => from = Some(last),
            None => return Ok(Page::cut(items, size, |one: &Recommendation| [one.position, one.id.0])),
        }
    }
}

/// The next rows of an inquiry's list, one more than a page holds.
fn some(tx: &mut ReadTx<'_>, inquiry: InquiryId, after: Option<Cursor<2>>, size: usize) -> Result<Vec<Row>, Error> {
    let Cursor([position, id]) = after.unwrap_or(Cursor([i64::MIN, i64::MIN]));
    let upto = tx.upto();
    let all = standing!()
        .filter(recommendation::inquiry_id.eq(inquiry).and(recommendation::parent_id.is_null()))
        .filter(
            recommendation::position
                .gt(position)
                .or(recommendation::position.eq(position).and(recommendation::id.gt(RecommendationId(id)))),
        )
        .order((recommendation::position, recommendation::id))
        .limit(super::body::limit(size))
        .select(columns!())
        .into_boxed();
    Ok(match tx.past() {
        Some(_) => all.filter(there!(upto)).load(tx.conn)?,
        None => all.filter(recommendation::in_error.eq(false)).load(tx.conn)?,
    })
}

/// The last place in the list of each of these inquiries; nothing of one that has none.
///
/// # Errors
/// When the database fails.
pub fn last_positions(
    tx: &mut ReadTx<'_>,
    inquiries: impl Iterator<Item = InquiryId>,
) -> Result<HashMap<InquiryId, i64>, Error> {
    // Nothing that anybody typed gets in: the numbers of rows. Each is one look at the end of an index.
    let ids: Vec<String> = inquiries.map(|id| id.to_string()).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let question = format!(
        "select inquiry.id as inquiry, coalesce((select recommendation.position from recommendation \
         where recommendation.inquiry_id = inquiry.id \
         order by recommendation.position desc, recommendation.id desc limit 1), 0) as position \
         from inquiry where inquiry.id in ({})",
        ids.join(", ")
    );
    let rows: Vec<Last> = sql_query(question).load(tx.conn)?;
    Ok(rows.into_iter().map(|last| (InquiryId(last.inquiry), last.position)).collect())
}

/// These recommendations, in no particular order.
///
/// # Errors
/// When the database fails.
pub fn many(tx: &mut ReadTx<'_>, ids: Vec<RecommendationId>) -> Result<Vec<Recommendation>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = standing!().filter(recommendation::id.eq_any(ids)).select(columns!()).load(tx.conn)?;
    complete(tx, rows)
}

/// Adds themes, and the day of what is withheld.
fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Recommendation>, Error> {
    let rows = if tx.past().is_some() { then(tx, rows)? } else { rows };
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let mut themes = theme::of(tx, rows.iter().map(|row| row.id).collect())?;
    let wholes = part::wholes(tx, rows.iter().filter_map(|row| row.parent_id).collect())?;
    let alone = rows.iter().filter(|row| row.parent_id.is_none()).map(|row| (row.id, row.number.clone()));
    let mut parts = part::of(tx, &alone.collect::<Vec<_>>())?;
    Ok(rows
        .into_iter()
        .map(|row| Recommendation {
            themes: themes.remove(&row.id).unwrap_or_default(),
            title: days.words(row.title, row.withheld),
            text: days.words(row.text, row.withheld),
            id: row.id,
            inquiry: row.inquiry,
            parent_id: row.parent_id,
            part_of: row.parent_id.and_then(|whole| wholes.get(&whole).cloned()),
            parts: parts.remove(&row.id).unwrap_or_default(),
            number: row.number,
            position: row.position,
            text_kind: row.text_kind,
            checked: row.checked,
            rights: Rights { language: row.language, licence: row.licence },
            source_url: row.source_url,
            compared_on: row.compared_on,
            addressed_to_words: row.addressed_to_words,
            may_repeat: row.may_repeat,
            done: row.done,
            in_error: row.in_error,
            version: row.version,
            seq: row.seq,
            own_reference: row.own_reference,
            made_on: row.made_on,
        })
        .collect())
}

/// The rows as they stood then; those that were not there yet are left out.
fn then(tx: &mut ReadTx<'_>, mut rows: Vec<Row>) -> Result<Vec<Row>, Error> {
    let ids: Vec<RecommendationId> = rows.iter().map(|row| row.id).collect();
    let StandingThen { mut words, done, in_error, seqs, .. } = standing_then(tx, &ids)?;
    let mut entries = entry::then(tx, &ids)?;
    past::name_inquiries(tx, rows.iter_mut().map(|row| &mut row.inquiry))?;
    let then = |row: Row| {
        let words = words.remove(&row.id)?;
        let (number, own_reference, made_on, _) = entries.remove(&row.id)?;
        Some(Row {
            title: words.title,
            text: words.text,
            text_kind: words.text_kind,
            checked: words.checked,
            source_url: words.source_url,
            compared_on: words.compared_on,
            addressed_to_words: words.addressed_to_words,
            withheld: words.withheld,
            language: words.language,
            licence: words.licence,
            done: done.contains(&row.id),
            in_error: in_error.contains(&row.id),
            number,
            own_reference,
            made_on,
            seq: seqs.get(&row.id).copied().unwrap_or(words.seq),
            ..row
        })
    };
    Ok(rows.into_iter().filter_map(then).collect())
}

fn one(mut list: Vec<Recommendation>) -> Result<Recommendation, Error> {
    list.pop().ok_or(Error::NotFound)
}
