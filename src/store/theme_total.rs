//! The numbers of themes: what is about each, by the inquiry that made it. Counted when asked for, from the rows as they stand or,
//! looking back, as they stood; what was entered in error is in none of them.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Bool, Text};

use super::present::{AddresseeRow, BY_TWO, COUNTED, StandingThen, answers_then, is_by_two, standing_then};
use super::schema::{addressee, recommendation, tag};
use super::tally::Counted;
use super::{AT_ONCE, Error, ReadTx};
use crate::domain::assessed::{Assessed, AssessedGroup};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::denominators::Denominators;
use crate::domain::gap::{Gap, part};
use crate::domain::id::{InquiryId, RecommendationId, ThemeId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::looked::is_lately;
use crate::domain::moment::Day;
use crate::domain::reported::Reported;
use crate::domain::response::Response;

/// The numbers of a theme, or of what one inquiry made of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// How many recommendations. Parts are none.
    pub recommendations: u64,
    /// How many of them are done.
    pub recommendations_done: u64,
    /// Whose words they are, and how far these were compared.
    pub words: Denominators,
    /// How many parts have the theme, which are in none of the counts of recommendations; their answers are in those of answers.
    pub parts: u64,
    /// How many answers of theirs: one for each body asked.
    pub answers: u64,
    /// How many have a response in whatever sense.
    pub responded: u64,
    /// How many are done.
    pub done: u64,
    /// By the five groups of findings, in their order.
    pub groups: [u64; AssessedGroup::ALL.len()],
    /// What bodies say is done, and what became of that.
    pub gap: Gap,
    /// By what was answered, in the order of its values.
    responses: [u64; Response::ALL.len()],
    /// By what bodies report, in the order of its values.
    reports: [u64; Reported::ALL.len()],
    /// By open, closed or lapsed, in their order.
    lifecycles: [u64; Lifecycle::ALL.len()],
}

impl Total {
    /// How many answers have one value of a fact; of findings, see [`Total::group`].
    #[must_use]
    pub fn of(&self, counted: Counted, value: &str) -> u64 {
        match counted {
            Counted::Response => at(Response::ALL, &self.responses, |one| one.as_str() == value),
            Counted::Reported => at(Reported::ALL, &self.reports, |one| one.as_str() == value),
            Counted::Lifecycle => at(Lifecycle::ALL, &self.lifecycles, |one| one.as_str() == value),
            _ => 0,
        }
    }

    /// How many answers are in one group of findings.
    #[must_use]
    pub fn group(&self, group: AssessedGroup) -> u64 {
        let at = AssessedGroup::ALL.iter().position(|one| *one == group);
        at.map_or(0, |at| self.groups[at])
    }

    /// How many answers somebody has looked at.
    #[must_use]
    pub fn assessed(&self) -> u64 {
        self.answers.saturating_sub(self.group(AssessedGroup::NotLookedAt))
    }

    /// Two that share nothing, together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            recommendations: self.recommendations + other.recommendations,
            words: self.words.and(other.words),
            parts: self.parts + other.parts,
            recommendations_done: self.recommendations_done + other.recommendations_done,
            answers: self.answers + other.answers,
            responded: self.responded + other.responded,
            done: self.done + other.done,
            groups: sums(self.groups, other.groups),
            gap: self.gap.and(other.gap),
            responses: sums(self.responses, other.responses),
            reports: sums(self.reports, other.reports),
            lifecycles: sums(self.lifecycles, other.lifecycles),
        }
    }

    fn count(&mut self, row: &Answers) {
        let number = row.number.unsigned_abs();
        self.answers += number;
        self.responded += if row.response.is_answer() { number } else { 0 };
        self.done += if row.done { number } else { 0 };
        if let Some(at) = AssessedGroup::ALL.iter().position(|one| *one == row.assessed.group()) {
            self.groups[at] += number;
        }
        add(Response::ALL, &mut self.responses, row.response, number);
        add(Reported::ALL, &mut self.reports, row.reported, number);
        add(Lifecycle::ALL, &mut self.lifecycles, row.lifecycle, number);
        let becomes = part(row.reported, row.assessed, row.lifecycle, !row.aged);
        (0..number).for_each(|_| self.gap.count(becomes));
    }
}

/// The number beside the value that `which` picks.
fn at<V: Copy>(values: &[V], numbers: &[u64], which: impl Fn(V) -> bool) -> u64 {
    values.iter().zip(numbers).find(|(value, _)| which(**value)).map_or(0, |(_, number)| *number)
}

fn add<V: PartialEq>(values: &[V], numbers: &mut [u64], value: V, more: u64) {
    let beside = values.iter().zip(numbers).filter(|(one, _)| **one == value);
    beside.for_each(|(_, number)| *number += more);
}

fn sums<const N: usize>(mut these: [u64; N], those: [u64; N]) -> [u64; N] {
    these.iter_mut().zip(those).for_each(|(one, more)| *one += more);
    these
}

/// The numbers of some themes, by theme and by inquiry.
pub type Totals = HashMap<ThemeId, BTreeMap<InquiryId, Total>>;

/// So many answers that stand alike.
#[derive(QueryableByName)]
struct Answers {
    #[diesel(sql_type = BigInt)]
    theme: ThemeId,
    #[diesel(sql_type = BigInt)]
    inquiry: InquiryId,
    #[diesel(sql_type = Text)]
    response: Response,
    #[diesel(sql_type = Text)]
    reported: Reported,
    #[diesel(sql_type = Text)]
    assessed: Assessed,
    #[diesel(sql_type = Text)]
    lifecycle: Lifecycle,
    #[diesel(sql_type = Bool)]
    done: bool,
    /// Whether the finding is older than its schedule.
    #[diesel(sql_type = Bool)]
    aged: bool,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = BigInt)]
    theme: ThemeId,
    #[diesel(sql_type = BigInt)]
    inquiry: InquiryId,
    #[diesel(sql_type = Bool)]
    done: bool,
    /// Whether these are parts.
    #[diesel(sql_type = Bool)]
    part: bool,
    /// Whose words they are.
    #[diesel(sql_type = Text)]
    kind: TextKind,
    /// How far these were compared.
    #[diesel(sql_type = Text)]
    checked: Checked,
    /// Whether two people did so.
    #[diesel(sql_type = Bool)]
    by_two: bool,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// What is tagged, and not taken off again: of the rows of one recommendation and one theme the last says so.
const TAGGED: &str = "tag join recommendation on recommendation.id = tag.recommendation_id \
     and tag.present and not recommendation.in_error \
     and not exists (select 1 from tag as later where later.recommendation_id = tag.recommendation_id \
     and later.theme_id = tag.theme_id and later.id > tag.id)";

/// The numbers of one theme, or of all.
///
/// # Errors
/// When the database fails.
pub fn find(tx: &mut ReadTx<'_>, only: Option<ThemeId>, today: Day) -> Result<Totals, Error> {
    let (made, answers) = match (tx.past(), only) {
        (None, only) => now(tx, only, today)?,
        (Some(_), Some(theme)) => then(tx, theme, today)?,
        // The list of all is kept as it is today.
        (Some(_), None) => (Vec::new(), Vec::new()),
    };
    let mut totals = Totals::new();
    for row in made {
        let total = totals.entry(row.theme).or_default().entry(row.inquiry).or_default();
        let number = row.number.unsigned_abs();
        if row.part {
            total.parts += number;
            continue;
        }
        total.recommendations += number;
        total.words.count(number, row.kind, row.checked, row.by_two);
        total.recommendations_done += if row.done { number } else { 0 };
    }
    for row in answers {
        totals.entry(row.theme).or_default().entry(row.inquiry).or_default().count(&row);
    }
    Ok(totals)
}

fn now(tx: &mut ReadTx<'_>, only: Option<ThemeId>, today: Day) -> Result<(Vec<Made>, Vec<Answers>), Error> {
    // Nothing that anybody typed gets in: the number of a row, and a day.
    let of = only.map_or_else(String::new, |theme| format!(" where tag.theme_id = {theme}"));
    let made = sql_query(format!(
        "select tag.theme_id as theme, recommendation.inquiry_id as inquiry, recommendation.done as done, \
         (recommendation.parent_id is not null) as part, recommendation.text_kind as kind, recommendation.checked as checked, \
         {BY_TWO} as by_two, count(*) as number \
         from {TAGGED} left join wording on wording.id = recommendation.wording_id{of} \
         group by tag.theme_id, recommendation.inquiry_id, recommendation.done, \
         (recommendation.parent_id is not null), recommendation.text_kind, recommendation.checked, {BY_TWO}"
    ));
    let aged = format!("(addressee.looked_until is not null and addressee.looked_until < '{today}')");
    let alike = "tag.theme_id, addressee.inquiry_id, addressee.response, addressee.reported, addressee.assessed, \
         addressee.lifecycle, addressee.done";
    let answers = sql_query(format!(
        "select tag.theme_id as theme, addressee.inquiry_id as inquiry, addressee.response as response, \
         addressee.reported as reported, addressee.assessed as assessed, addressee.lifecycle as lifecycle, \
         addressee.done as done, {aged} as aged, count(*) as number \
         from {TAGGED} join addressee on addressee.recommendation_id = recommendation.id and addressee.present and {COUNTED}{of} \
         group by {alike}, {aged}"
    ));
    Ok((made.load(tx.conn)?, answers.load(tx.conn)?))
}

fn then(tx: &mut ReadTx<'_>, theme: ThemeId, today: Day) -> Result<(Vec<Made>, Vec<Answers>), Error> {
    let ids = tagged_then(tx, theme)?;
    let (mut made, mut answers) = (Vec::new(), Vec::new());
    for some in ids.chunks(AT_ONCE) {
        let rows: Vec<(RecommendationId, InquiryId, Option<RecommendationId>)> = recommendation::table
            .filter(recommendation::id.eq_any(some))
            .select((recommendation::id, recommendation::inquiry_id, recommendation::parent_id))
            .load(tx.conn)?;
        let StandingThen { words, done, in_error, .. } = standing_then(tx, some)?;
        let counted = |id: &RecommendationId| words.contains_key(id) && !in_error.contains(id);
        let there = rows.into_iter().filter(|(id, ..)| counted(id));
        made.extend(there.filter_map(|(id, inquiry, whole)| {
            let stood = words.get(&id)?;
            let (author, publisher) = stood.people;
            Some(Made {
                theme,
                inquiry,
                done: done.contains(&id),
                part: whole.is_some(),
                kind: stood.text_kind,
                checked: stood.checked,
                by_two: is_by_two(stood.checked, author, publisher),
                number: 1,
            })
        }));
        let put: Vec<AddresseeRow> = addressee::table
            .filter(addressee::recommendation_id.eq_any(some))
            .select(AddresseeRow::as_select())
            .load(tx.conn)?;
        let put = answers_then(tx, put)?.into_iter().filter(|row| row.is_counted() && counted(&row.recommendation_id));
        answers.extend(put.map(|row| Answers {
            theme,
            inquiry: row.inquiry_id,
            response: row.response,
            reported: row.reported,
            assessed: row.assessed,
            lifecycle: row.lifecycle,
            done: row.done,
            aged: !is_lately(row.looked_until, today),
            number: 1,
        }));
    }
    Ok((made, answers))
}

/// What had a theme by then, in the order of the register.
///
/// # Errors
/// When the database fails.
pub fn tagged_then(tx: &mut ReadTx<'_>, theme: ThemeId) -> Result<Vec<RecommendationId>, Error> {
    let rows: Vec<(RecommendationId, bool, InquiryId, i64)> = tag::table
        .inner_join(recommendation::table)
        .filter(tag::theme_id.eq(theme).and(tag::seq.le(tx.upto())))
        .order(tag::id)
        .select((tag::recommendation_id, tag::present, recommendation::inquiry_id, recommendation::position))
        .load(tx.conn)?;
    let last: BTreeMap<(InquiryId, i64, RecommendationId), bool> =
        rows.into_iter().map(|(id, present, inquiry, position)| ((inquiry, position, id), present)).collect();
    Ok(last.into_iter().filter(|(_, present)| *present).map(|((.., id), _)| id).collect())
}
