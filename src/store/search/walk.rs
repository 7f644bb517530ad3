//! Going along an index in the order of a list, a stretch at a time, until a page is full or enough was looked at: what follows is
//! for the next page. A stretch is cut out of the index before anything else is asked of it, so that no database takes another way.

use diesel::prelude::*;
use diesel::sql_query;

use super::held::{self, Key, Looked};
use crate::domain::id::{InquiryId, ThemeId};
use crate::store::page::Cursor;
use crate::store::{Error, ReadTx};

/// Before the first row of every list. The least number of all cannot be written down in PostgreSQL.
pub(super) const BEGINNING: i64 = i64::MIN + 1;

/// Rows of an index, in the order of the register or in that of the last changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Along {
    table: &'static str,
    /// The column that says which recommendation a row is of.
    id: &'static str,
    /// What begins the index; nothing where that is the order itself.
    holds: Option<String>,
    inquiry: Option<InquiryId>,
    changed: bool,
}

/// What was found on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Walked {
    /// The sort keys of recommendations, the id last, in order.
    pub keys: Vec<[i64; 3]>,
    /// How far was looked; nothing where that is to the end.
    pub end: Option<[i64; 3]>,
}

impl Along {
    /// All recommendations in the order of the register, or those of an inquiry.
    pub fn register(inquiry: Option<InquiryId>) -> Self {
        Self { table: "recommendation", id: "id", holds: None, inquiry, changed: false }
    }

    /// All recommendations, the last changed first.
    pub fn changed() -> Self {
        Self { changed: true, ..Self::register(None) }
    }

    /// The recommendations with one value of a column that begins an index in the order of the register.
    pub fn recommendations(holds: String, inquiry: Option<InquiryId>) -> Self {
        Self { holds: Some(holds), ..Self::register(inquiry) }
    }

    /// The recommendations of the answers with such a value.
    pub fn answers(holds: String, inquiry: Option<InquiryId>) -> Self {
        Self { table: "addressee", id: "recommendation_id", ..Self::recommendations(holds, inquiry) }
    }

    /// The recommendations that have or had a theme.
    pub fn tags(theme: ThemeId, inquiry: Option<InquiryId>) -> Self {
        Self { table: "tag", ..Self::answers(format!("tag.theme_id = {theme}"), inquiry) }
    }

    /// A question for the sort keys of so many rows after a place, without the first of these. Whatever stands in it are words of
    /// the program and numbers.
    fn question(&self, [one, two, id]: [i64; 3], rows: usize, without: usize) -> String {
        let (table, of) = (self.table, self.id);
        if self.changed {
            // A load is one change: the rest of the same change first, then all before it, each a stretch of the index.
            let seq = one.saturating_neg();
            let columns = "select -recommendation.seq as one, cast(0 as bigint) as two, recommendation.id as id \
                           from recommendation where";
            let all = rows + without;
            return format!(
                "select one, two, id from (select * from ({columns} recommendation.seq = {seq} and recommendation.id > {id} \
                 order by recommendation.id limit {all}) as same union all select * from ({columns} recommendation.seq < {seq} \
                 order by recommendation.seq desc, recommendation.id limit {all}) as older) as stretch \
                 order by one, id limit {rows} offset {without}"
            );
        }
        let holds = self.holds.as_ref().map(|holds| format!("{holds} and ")).unwrap_or_default();
        let (after, order) = match self.inquiry {
            Some(inquiry) => {
                let (two, id) = if one < inquiry.0 { (BEGINNING, BEGINNING) } else { (two, id) };
                let after =
                    format!("{table}.inquiry_id = {inquiry} and ({table}.position, {table}.{of}) > ({two}, {id})");
                (after, format!("{table}.position, {table}.{of}"))
            }
            None => {
                let order = format!("{table}.inquiry_id, {table}.position, {table}.{of}");
                (format!("({order}) > ({one}, {two}, {id})"), order)
            }
        };
        format!(
            "select {table}.inquiry_id as one, {table}.position as two, {table}.{of} as id from {table} \
             where {holds}{after} order by {order} limit {rows} offset {without}"
        )
    }

    /// Whether nothing of it comes after a place.
    fn is_before(&self, [one, ..]: [i64; 3]) -> bool {
        self.inquiry.is_some_and(|inquiry| inquiry.0 < one)
    }
}

/// What is wanted of the rows on the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// What must hold, over the table `recommendation`.
    pub condition: &'a str,
    /// What words each must hold, where some are asked for.
    pub words: Option<Looked<'a>>,
    /// How many are enough.
    pub most: usize,
    /// How many rows are looked at, stretch after stretch.
    pub stretches: &'a [usize],
}

/// Goes along each of these from a place on, until as many are found as are wanted, and puts together what is known of all.
///
/// # Errors
/// When the database fails.
pub(super) fn walk(
    tx: &mut ReadTx<'_>,
    along: &[Along],
    after: Option<Cursor<3>>,
    wanted: Wanted<'_>,
) -> Result<Walked, Error> {
    let from = after.map_or([BEGINNING; 3], |Cursor(keys)| keys.map(|key| key.max(BEGINNING)));
    let mut all = Walked { keys: Vec::new(), end: None };
    for one in along {
        let Walked { keys, end } = one_way(tx, one, from, wanted)?;
        all.keys.extend(keys);
        all.end = match (all.end, end) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
    all.keys.sort_unstable();
    all.keys.dedup();
    // Beyond the place where one of them stopped, some may be missing.
    if let Some(end) = all.end {
        all.keys.retain(|key| *key <= end);
    }
    Ok(all)
}

fn one_way(
    tx: &mut ReadTx<'_>,
    along: &Along,
    mut from: [i64; 3],
    Wanted { condition, words, most, stretches }: Wanted<'_>,
) -> Result<Walked, Error> {
    let mut keys: Vec<[i64; 3]> = Vec::new();
    for stretch in stretches.iter().copied() {
        if along.is_before(from) {
            return Ok(Walked { keys, end: None });
        }
        let question = along.question(from, stretch, 0);
        let left = most.saturating_sub(keys.len());
        match words {
            Some(words) => keys.extend(words.along(tx, &question, condition, left)?),
            None => {
                let held = format!("held as materialized ({question})");
                let fit: Vec<Key> = sql_query(held::fitting(&held, condition, left)).load(tx.conn)?;
                keys.extend(fit.iter().map(Key::keys));
            }
        }
        if keys.len() >= most {
            let end = keys.last().copied();
            return Ok(Walked { keys, end });
        }
        let last = along.question(from, 1, stretch - 1);
        let last: Vec<Key> = sql_query(last).load(tx.conn)?;
        let Some(last) = last.first() else { return Ok(Walked { keys, end: None }) };
        from = last.keys();
    }
    Ok(Walked { keys, end: Some(from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_begins_after_a_place() {
        let answers = Along::answers("addressee.response = 'rejected'".to_owned(), None);
        assert_eq!(
            answers.question([2, 7, 31], 200, 0),
            "select addressee.inquiry_id as one, addressee.position as two, addressee.recommendation_id as id from addressee \
             where addressee.response = 'rejected' \
             and (addressee.inquiry_id, addressee.position, addressee.recommendation_id) > (2, 7, 31) \
             order by addressee.inquiry_id, addressee.position, addressee.recommendation_id limit 200 offset 0"
        );
        let of_one = Along::register(Some(InquiryId(4)));
        let first = of_one.question([2, 7, 31], 200, 0);
        assert!(
            first
                .contains(&format!("inquiry_id = 4 and (recommendation.position, recommendation.id) > ({BEGINNING}, "))
        );
        assert!(of_one.question([4, 7, 31], 200, 0).contains("> (7, 31)"));
        assert!(of_one.is_before([5, 1, 1]) && !of_one.is_before([4, 7, 31]));
        let tags = Along::tags(ThemeId(5), Some(InquiryId(4))).question([4, 7, 31], 1, 0);
        assert!(tags.contains(
            "from tag where tag.theme_id = 5 and tag.inquiry_id = 4 and (tag.position, tag.recommendation_id) > (7, 31)"
        ));
        let changed = Along::changed().question([-9, 0, 31], 1, 199);
        assert!(
            changed.contains("recommendation.seq = 9 and recommendation.id > 31 order by recommendation.id limit 200)")
        );
        assert!(
            changed.contains("recommendation.seq < 9 order by recommendation.seq desc, recommendation.id limit 200)")
        );
        assert!(changed.ends_with("order by one, id limit 1 offset 199"));
    }
}
