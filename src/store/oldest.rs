//! The oldest recommendation that nobody has looked at: of which no answer, its own or a part's, was ever found to be done or not. It is
//! what lists call "not looked at". What was found of the whole before it was divided was found of it. A recommendation is as old as
//! the day on which it was made, or else its report was published.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use super::present::{AddresseeRow, COUNTED, Scope, answers_in, answers_then, is_looked_at, standing_then};
use super::recommendation::{self, Recommendation};
use super::schema::{addressee, inquiry as inquiries, inquiry_text, recommendation as table};
use super::tally::{self, Counted};
use super::theme_total::tagged_then;
use super::{AT_ONCE, Error, ReadTx, entry, inquiry};
use crate::domain::id::{BodyId, InquiryId, RecommendationId, ThemeId};
use crate::domain::moment::Day;

/// Of the table `recommendation`, in the words of an index: a whole that nobody has looked at. What is followed in its parts was
/// looked at, if it was.
const NOT_LOOKED_AT: &str =
    "recommendation.not_looked_at and recommendation.parent_id is null and not recommendation.in_error";

/// Among which it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among<'a> {
    /// Those of these inquiries.
    Inquiries(&'a [InquiryId]),
    /// Those that have a theme.
    Theme(ThemeId),
    /// Those of which a body answers, whole or in a part.
    Body(BodyId),
    /// These, as far as they are wholes.
    These(&'a [RecommendationId]),
}

/// The oldest one, and how old it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oldest {
    /// Itself.
    pub recommendation: Recommendation,
    /// The day on which it was made, or on which its report was published; `None` where neither is known.
    pub on: Option<Day>,
    /// Whether that is the day of the report.
    pub of_report: bool,
}

/// One that was found: whose it is, and the day on which it was made, where it has one of its own.
type Found = (RecommendationId, InquiryId, Option<Day>);

/// The oldest of these. Of those that are as old, the first in the register's order.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, among: Among<'_>) -> Result<Option<Oldest>, Error> {
    if among == Among::Inquiries(&[]) || among == Among::These(&[]) {
        return Ok(None);
    }
    let found = if tx.past().is_some() { then(tx, among)? } else { now(tx, among)? };
    let Some((id, of, made_on)) = found else { return Ok(None) };
    let published = inquiry::published(tx, vec![of])?.remove(&of);
    let of_report = made_on.is_none() && published.is_none_or(|of| of.made_on.is_none());
    let on = made_on.or_else(|| published.and_then(|of| of.published_on));
    let found = recommendation::many(tx, vec![id])?.pop();
    Ok(found.map(|recommendation| Oldest { recommendation, on, of_report }))
}

/// As things stand: that nobody has looked at it is kept with each.
fn now(tx: &mut ReadTx<'_>, among: Among<'_>) -> Result<Option<Found>, Error> {
    // Nothing that anybody typed gets in: the numbers of rows.
    let found = match among {
        Among::Inquiries(of) => first_of(tx, of, OF_INQUIRY)?,
        Among::Body(body) => of_body(tx, body)?,
        Among::These(some) => {
            let ids: Vec<String> = some.iter().map(RecommendationId::to_string).collect();
            one_of(tx, &format!("recommendation.id in ({})", ids.join(", ")))?
        }
        Among::Theme(theme) => one_of(
            tx,
            &format!(
                "recommendation.id in (select tag.recommendation_id from tag where tag.theme_id = {theme} and tag.present \
                 and not exists (select 1 from tag as later where later.recommendation_id = tag.recommendation_id \
                 and later.theme_id = tag.theme_id and later.id > tag.id))"
            ),
        )?,
    };
    Ok(found.map(|(_, found)| found))
}

/// How old one is, and where it stands: the least of these is the oldest.
type Age = (bool, Option<Day>, i64, InquiryId, bool);

fn aged(found: Found, position: i64, published_on: Option<Day>) -> (Age, Found) {
    let (_, of, made_on) = found;
    let day = made_on.or(published_on);
    ((day.is_none(), day, position, of, made_on.is_none()), found)
}

/// The oldest of those that a condition over the table `recommendation` picks: all of these are read.
fn one_of(tx: &mut ReadTx<'_>, condition: &str) -> Result<Option<(Age, Found)>, Error> {
    type Row = (RecommendationId, InquiryId, Option<Day>, i64, Option<Day>);
    let age = "coalesce(recommendation.made_on, inquiry_text.published_on)";
    let row: Option<Row> = table::table
        .inner_join(inquiries::table.on(table::inquiry_id.eq(inquiries::id)))
        .left_join(inquiry_text::table.on(inquiry_text::id.nullable().eq(inquiries::text_id)))
        .filter(sql::<Bool>(NOT_LOOKED_AT))
        .filter(sql::<Bool>(condition))
        .order((
            sql::<Bool>(&format!("{age} is null")),
            sql::<Text>(age),
            inquiries::position,
            inquiries::id,
            table::made_on.is_null(),
            table::position,
            table::id,
        ))
        .select((
            table::id,
            table::inquiry_id,
            table::made_on,
            inquiries::position,
            inquiry_text::published_on.nullable(),
        ))
        .first(tx.conn)
        .optional()?;
    Ok(row.map(|(id, of, made_on, position, published_on)| aged((id, of, made_on), position, published_on)))
}

/// The first of an inquiry: of those that have a day of their own, and of those that are as old as its report.
#[derive(QueryableByName)]
struct Firsts {
    #[diesel(sql_type = BigInt)]
    inquiry: InquiryId,
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = Nullable<Text>)]
    published_on: Option<Day>,
    #[diesel(sql_type = Nullable<Text>)]
    made_on: Option<Day>,
    #[diesel(sql_type = Nullable<BigInt>)]
    dated: Option<RecommendationId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    undated: Option<RecommendationId>,
}

/// All of an inquiry, over the table `recommendation` and that of its inquiry.
const OF_INQUIRY: &str = "recommendation.inquiry_id = inquiry.id";

/// The oldest of those of these inquiries that `which` names. Of whole inquiries, however much they hold, that is two rows of the index
/// for each.
fn first_of(tx: &mut ReadTx<'_>, of: &[InquiryId], which: &str) -> Result<Option<(Age, Found)>, Error> {
    if of.is_empty() {
        return Ok(None);
    }
    // Nothing that anybody typed gets in: the numbers of rows.
    let ids: Vec<String> = of.iter().map(InquiryId::to_string).collect();
    let first = |column: &str, dated: &str| {
        format!(
            "(select recommendation.{column} from recommendation \
             where {which} and {NOT_LOOKED_AT} and recommendation.made_on is {dated} \
             order by recommendation.made_on, recommendation.position, recommendation.id limit 1)"
        )
    };
    let firsts: Vec<Firsts> = sql_query(format!(
        "select inquiry.id as inquiry, inquiry.position as position, inquiry_text.published_on as published_on, \
         {} as made_on, {} as dated, {} as undated \
         from inquiry left join inquiry_text on inquiry_text.id = inquiry.text_id where inquiry.id in ({})",
        first("made_on", "not null"),
        first("id", "not null"),
        first("id", "null"),
        ids.join(", ")
    ))
    .load(tx.conn)?;
    let each = firsts.into_iter().flat_map(|one| {
        let dated = one.dated.map(|id| (id, one.inquiry, one.made_on));
        let undated = one.undated.map(|id| (id, one.inquiry, None));
        [dated, undated].into_iter().flatten().map(move |found| aged(found, one.position, one.published_on))
    });
    Ok(each.min_by_key(|(age, _)| *age))
}

/// How many answers of a body to one inquiry are looked through. Where there are more, it answers so much of the inquiry that one of
/// these is soon met by who goes along what nobody has looked at.
const MUCH: u64 = 5_000;

/// Of what a body answers, whole or in a part.
fn of_body(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Option<(Age, Found)>, Error> {
    let (mut much, mut little) = (Vec::new(), Vec::new());
    for (inquiry, answers) in tally::find(tx, Scope::Body(body))?.rows(Counted::Inquiry) {
        if answers > MUCH { much.push(InquiryId(inquiry)) } else { little.push(InquiryId(inquiry)) }
    }
    let answers = format!("addressee.present and {COUNTED} and addressee.answerer_id = {body}");
    // Looked up for each: asked as "exists", a database may read all answers of the body first.
    let along = format!(
        "{OF_INQUIRY} and coalesce(\
         (select 1 from addressee where addressee.recommendation_id = recommendation.id and {answers} limit 1), \
         (select 1 from recommendation as part where part.parent_id = recommendation.id and \
         (select 1 from addressee where addressee.recommendation_id = part.id and {answers} limit 1) = 1 limit 1)) = 1"
    );
    let ids: Vec<String> = little.iter().map(InquiryId::to_string).collect();
    let few = format!(
        "recommendation.id in (select coalesce(item.parent_id, item.id) from addressee inner join recommendation as item \
         on item.id = addressee.recommendation_id where {answers} and addressee.inquiry_id in ({}))",
        ids.join(", ")
    );
    let among_few = if little.is_empty() { None } else { one_of(tx, &few)? };
    let found = [first_of(tx, &much, &along)?, among_few];
    Ok(found.into_iter().flatten().min_by_key(|(age, _)| *age))
}

/// The same of what stood then, worked out anew.
fn then(tx: &mut ReadTx<'_>, among: Among<'_>) -> Result<Option<Found>, Error> {
    /// Its inquiry's place in the register, and its own.
    type Row = (RecommendationId, InquiryId, i64, i64);
    let (mut rows, mut unseen): (Vec<Row>, HashMap<RecommendationId, Option<Day>>) = (Vec::new(), HashMap::new());
    for some in wholes_then(tx, among)?.chunks(AT_ONCE) {
        let of: Vec<Row> = table::table
            .inner_join(inquiries::table.on(table::inquiry_id.eq(inquiries::id)))
            .filter(table::id.eq_any(some))
            .select((table::id, table::inquiry_id, inquiries::position, table::position))
            .load(tx.conn)?;
        rows.extend(of);
        unseen.extend(unseen_then(tx, some)?);
    }
    let published = inquiry::published(tx, rows.iter().map(|row| row.1).collect())?;
    let aged = rows.into_iter().filter_map(|(id, of, inquiry_at, at)| {
        let made_on = *unseen.get(&id)?;
        let day = made_on.or_else(|| published.get(&of).and_then(|of| of.published_on));
        Some(((day.is_none(), day, inquiry_at, of, made_on.is_none(), at, id), made_on))
    });
    let oldest = aged.min_by_key(|(age, _)| *age);
    Ok(oldest.map(|((.., of, _, _, id), made_on)| (id, of, made_on)))
}

/// Those among which it is looked for, as far as they were in the register then or came in later.
fn wholes_then(tx: &mut ReadTx<'_>, among: Among<'_>) -> Result<Vec<RecommendationId>, Error> {
    match among {
        Among::Inquiries(of) => {
            let all = table::table.filter(table::inquiry_id.eq_any(of.to_vec()).and(table::parent_id.is_null()));
            Ok(all.order(table::id).select(table::id).load(tx.conn)?)
        }
        Among::Theme(theme) => {
            // A part has no age of its own, and its whole may have another theme.
            let tagged = tagged_then(tx, theme)?;
            wholes_of(tx, &tagged)
        }
        Among::These(some) => wholes_of(tx, some),
        Among::Body(body) => wholes_of_body_then(tx, body),
    }
}

/// Those of these that are no parts.
///
/// # Errors
/// When the database fails.
pub(super) fn wholes_of(tx: &mut ReadTx<'_>, of: &[RecommendationId]) -> Result<Vec<RecommendationId>, Error> {
    let mut wholes = Vec::new();
    for some in of.chunks(AT_ONCE) {
        let own = table::table.filter(table::id.eq_any(some).and(table::parent_id.is_null()));
        wholes.extend(own.select(table::id).load::<RecommendationId>(tx.conn)?);
    }
    Ok(wholes)
}

/// Of which recommendations a body answered then, whole or in a part.
///
/// # Errors
/// When the database fails.
pub(super) fn wholes_of_body_then(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Vec<RecommendationId>, Error> {
    let answers = answers_in(tx, Scope::Body(body))?;
    let ids: Vec<RecommendationId> =
        answers.iter().filter(|row| row.is_counted()).map(|row| row.recommendation_id).collect();
    let mut wholes = BTreeSet::new();
    for some in ids.chunks(AT_ONCE) {
        let rows: Vec<(RecommendationId, Option<RecommendationId>)> =
            table::table.filter(table::id.eq_any(some)).select((table::id, table::parent_id)).load(tx.conn)?;
        wholes.extend(rows.into_iter().map(|(id, whole)| whole.unwrap_or(id)));
    }
    Ok(wholes.into_iter().collect())
}

/// Those of these wholes that stood then and that nobody had looked at, each with the day on which it was made, where it has one.
fn unseen_then(
    tx: &mut ReadTx<'_>,
    wholes: &[RecommendationId],
) -> Result<Vec<(RecommendationId, Option<Day>)>, Error> {
    let parts: Vec<(RecommendationId, Option<RecommendationId>)> = table::table
        .filter(table::parent_id.eq_any(wholes.iter().copied().map(Some)))
        .select((table::id, table::parent_id))
        .load(tx.conn)?;
    let whole_of: HashMap<RecommendationId, RecommendationId> =
        parts.into_iter().filter_map(|(part, whole)| Some((part, whole?))).collect();
    let all: Vec<RecommendationId> = wholes.iter().chain(whole_of.keys()).copied().collect();
    let mut looked: HashSet<RecommendationId> = HashSet::new();
    for some in all.chunks(AT_ONCE) {
        let rows: Vec<AddresseeRow> = addressee::table
            .filter(addressee::recommendation_id.eq_any(some))
            .select(AddresseeRow::as_select())
            .load(tx.conn)?;
        let found = answers_then(tx, rows)?.into_iter().filter(|row| is_looked_at(row.closure, row.assessed));
        let found = found.map(|row| row.recommendation_id);
        looked.extend(found.map(|id| whole_of.get(&id).copied().unwrap_or(id)));
    }
    let standing = standing_then(tx, wholes)?;
    let entries = entry::then(tx, wholes)?;
    let stood = |id: &RecommendationId| standing.words.contains_key(id) && !standing.in_error.contains(id);
    let unseen = wholes.iter().copied().filter(|id| stood(id) && !looked.contains(id));
    Ok(unseen.map(|id| (id, entries.get(&id).and_then(|(_, _, made_on, _)| *made_on))).collect())
}
