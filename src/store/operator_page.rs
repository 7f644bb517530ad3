//! What the operator says on its pages: what stands, and every version that stood before.

use diesel::prelude::*;

use super::schema::{change, page_text};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::id::Seq;
use crate::domain::licence::Licence;
use crate::domain::moment::Day;
use crate::domain::operator_page::{OperatorPage, Part, PartText};
use crate::domain::support::{Support, stale_up_to};

/// One published state of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The change that published it.
    pub seq: Seq,
    /// The day on which it was published.
    pub day: Day,
    /// The page.
    pub page: OperatorPage,
    /// Its parts, in their order.
    pub parts: Vec<PartSaid>,
}

/// A part, as far as the public may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartSaid {
    /// Its row in the ledger; 0 where it is not published.
    pub id: i64,
    /// Which.
    pub part: Part,
    /// Its words.
    pub text: Words,
    /// The day on which an entry was last checked.
    pub checked_on: Option<Day>,
    /// Under which licence it stands.
    pub licence: Option<Licence>,
}

impl Version {
    /// The words of a part, where it has any that may be read.
    #[must_use]
    pub fn said(&self, part: Part) -> Option<&str> {
        self.parts.iter().find(|one| one.part == part).and_then(|one| one.text.said())
    }

    /// The list of support.
    #[must_use]
    pub fn support(&self) -> Vec<(Support, Option<Day>)> {
        let entries = self.parts.iter().filter(|one| one.part == Part::Support);
        entries.filter_map(|one| Some((serde_json::from_str(one.text.said()?).ok()?, one.checked_on))).collect()
    }

    /// The parts as they are published; what is withheld is left out.
    #[must_use]
    pub fn texts(&self) -> Vec<PartText> {
        let said = |one: &PartSaid| {
            Some(PartText { part: one.part, text: one.text.said()?.to_owned(), checked_on: one.checked_on })
        };
        self.parts.iter().filter_map(said).collect()
    }
}

/// The number of the change that published what stands on a page.
///
/// # Errors
/// When the database fails.
pub fn newest(tx: &mut ReadTx<'_>, page: OperatorPage) -> Result<Option<Seq>, Error> {
    Ok(page_text::table
        .filter(page_text::page.eq(page).and(page_text::seq.le(tx.upto())))
        .order(page_text::seq.desc())
        .select(page_text::seq)
        .first(tx.conn)
        .optional()?)
}

/// What stands on a page; `None` until the operator has entered something.
///
/// # Errors
/// When the database fails.
pub fn current(tx: &mut ReadTx<'_>, page: OperatorPage) -> Result<Option<Version>, Error> {
    match newest(tx, page)? {
        Some(seq) => of_change(tx, seq),
        None => Ok(None),
    }
}

/// What a change published on a page; `None` where it published nothing of the kind.
///
/// # Errors
/// When the database fails.
pub fn of_change(tx: &mut ReadTx<'_>, seq: Seq) -> Result<Option<Version>, Error> {
    type Row = (i64, OperatorPage, Part, Option<String>, Option<Day>, Option<Licence>, Option<Seq>);
    let rows: Vec<Row> = page_text::table
        .filter(page_text::seq.eq(seq))
        .order(page_text::id)
        .select((
            page_text::id,
            page_text::page,
            page_text::part,
            diesel::dsl::case_when(page_text::withheld.is_null(), page_text::text),
            page_text::checked_on,
            page_text::licence,
            page_text::withheld,
        ))
        .load(tx.conn)?;
    let Some(page) = rows.first().map(|row| row.1) else { return Ok(None) };
    let days = withheld::days(tx, rows.iter().map(|row| row.6))?;
    let day = change::table.find(seq).select(change::day).first(tx.conn)?;
    let parts = rows.into_iter().filter_map(|(id, _, part, text, checked_on, licence, withheld)| {
        Some(PartSaid { id, part, text: days.words(text, withheld)?, checked_on, licence })
    });
    Ok(Some(Version { seq, day, page, parts: parts.collect() }))
}

/// Every version of a page, the last first.
///
/// # Errors
/// When the database fails.
pub fn versions(tx: &mut ReadTx<'_>, page: OperatorPage, most: i64) -> Result<Vec<(Seq, Day)>, Error> {
    Ok(page_text::table
        .inner_join(change::table)
        .filter(page_text::page.eq(page))
        .order(change::seq.desc())
        .select((change::seq, change::day))
        .distinct()
        .limit(most)
        .load(tx.conn)?)
}

/// The support that stands and that somebody has to check again, the longest unchecked first.
///
/// # Errors
/// When the database fails.
pub fn support_to_check(tx: &mut ReadTx<'_>, today: Day) -> Result<Vec<(String, Day)>, Error> {
    let Some(seq) = newest(tx, OperatorPage::Help)? else { return Ok(Vec::new()) };
    let rows: Vec<(String, Day)> = page_text::table
        .filter(page_text::seq.eq(seq).and(page_text::part.eq(Part::Support)).and(page_text::withheld.is_null()))
        .filter(page_text::checked_on.is_not_null().and(page_text::checked_on.le(stale_up_to(today))))
        .order((page_text::checked_on, page_text::id))
        .select((page_text::text, page_text::checked_on.assume_not_null()))
        .load(tx.conn)?;
    let named = rows.into_iter().map(|(text, on)| {
        let entry: Support = serde_json::from_str(&text).map_err(|fault| Error::Failed(format!("support: {fault}")))?;
        Ok((entry.name, on))
    });
    named.collect()
}
