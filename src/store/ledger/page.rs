//! What the operator says on its pages.

use diesel::prelude::*;

use crate::domain::id::Seq;
use crate::domain::licence::{Language, Licence};
use crate::domain::operator_page::{OperatorPage, PartText};
use crate::store::schema::page_text;
use crate::store::{Error, WriteTx};

/// Publishes all parts of a page under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_page(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    page: OperatorPage,
    texts: &[PartText],
    language: Language,
    licence: Option<Licence>,
) -> Result<(), Error> {
    for one in texts {
        diesel::insert_into(page_text::table)
            .values((
                page_text::seq.eq(seq),
                page_text::page.eq(page),
                page_text::part.eq(one.part),
                page_text::text.eq(&one.text),
                page_text::checked_on.eq(one.checked_on),
                page_text::language.eq(language),
                page_text::licence.eq(licence),
            ))
            .execute(tx.conn)?;
    }
    Ok(())
}
