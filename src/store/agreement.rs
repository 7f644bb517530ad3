//! What would show that an answer is done, as agreed with the body when the item was taken in or later. The last row stands.

use std::collections::HashMap;

use diesel::prelude::*;

use super::about::{About, Place, about_an_answer};
use super::schema::{addressee, agreement, change};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::id::{AddresseeId, AgreementId, Seq};
use crate::domain::moment::Day;

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its row.
    pub id: AgreementId,
    /// Whose answer it is about, and the change that published it.
    pub place: Place,
    /// What would show that it is done.
    pub words: Words,
    /// The day on which it was published.
    pub on: Day,
    /// The day on which it was agreed: that day, or an earlier one.
    pub agreed_on: Day,
}

impl Agreement {
    /// The day on which it was recorded here, where that is later than the day on which it was agreed.
    #[must_use]
    pub fn recorded_later(&self) -> Option<Day> {
        Some(self.on).filter(|on| *on > self.agreed_on)
    }
}

type Row = (AgreementId, Place, Option<String>, Option<Seq>, Day, Option<Day>);

/// The agreements about something, the last published first.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Agreement>, Error> {
    let all = agreement::table
        .inner_join(addressee::table)
        .inner_join(change::table.on(change::seq.eq(agreement::seq)))
        .select((
            agreement::id,
            (agreement::seq, agreement::addressee_id, addressee::recommendation_id),
            diesel::dsl::case_when(agreement::withheld.is_null(), agreement::words.nullable()),
            agreement::withheld,
            change::day,
            agreement::agreed_on,
        ))
        .into_boxed();
    let rows: Vec<Row> = about_an_answer!(all, agreement, about)
        .filter(agreement::seq.le(tx.upto()))
        .order((agreement::seq.desc(), agreement::id.desc()))
        .limit(most)
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.3))?;
    let read = |(id, place, words, withheld, on, agreed_on): Row| {
        Some(Agreement { words: days.words(words, withheld)?, id, place, on, agreed_on: agreed_on.unwrap_or(on) })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// What stands for these answers.
///
/// # Errors
/// When the database fails.
pub fn standing(tx: &mut ReadTx<'_>, answers: &[AddresseeId]) -> Result<HashMap<AddresseeId, Agreement>, Error> {
    let all = about(tx, &About::Answers(answers.to_vec()), i64::MAX)?;
    // The last published comes first, and stays.
    Ok(all.into_iter().rev().map(|one| (one.place.addressee, one)).collect())
}
