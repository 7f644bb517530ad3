//! The words of recommendations, their themes and ties, and to whom they were put.

use diesel::prelude::*;

use crate::domain::checked::{Checked, TextKind};
use crate::domain::id::{AddresseeId, InquiryId, PersonId, RecommendationId, Seq, ThemeId, WordingId};
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::Day;
use crate::domain::text::Slug;
use crate::store::conn::{ROWS, put};
use crate::store::schema::{asked, entry, recommendation as table, tag, theme_text, wording};
use crate::store::{Error, WriteTx};

/// Words of a recommendation as published.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = wording, treat_none_as_default_value = false)]
pub struct NewWording {
    /// The recommendation.
    pub recommendation_id: RecommendationId,
    /// Its short name in this register; `None` while nobody has transcribed it.
    pub title: Option<String>,
    /// The words.
    pub text: Option<String>,
    /// Whose words they are.
    pub text_kind: TextKind,
    /// How far they were compared with their source.
    pub checked: Checked,
    /// Where they can be read.
    pub source_url: Option<String>,
    /// The day on which they were compared.
    pub compared_on: Option<Day>,
    /// Whom the report itself says that it addresses, where it names no body.
    pub addressed_to_words: Option<String>,
    /// The language.
    pub language: Language,
    /// The licence under which the words may be shown.
    pub licence: Option<Licence>,
    /// Who entered them; `None` for a load.
    pub author_id: Option<PersonId>,
    /// Who published them.
    pub publisher_id: Option<PersonId>,
}

/// Publishes the words under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_wording(tx: &mut WriteTx<'_>, seq: Seq, new: &NewWording) -> Result<WordingId, Error> {
    Ok(diesel::insert_into(wording::table)
        .values((wording::seq.eq(seq), new))
        .returning(wording::id)
        .get_result(tx.conn)?)
}

/// Publishes that a recommendation was put to a body (or, with `present` false, that it was not).
///
/// # Errors
/// When the database fails.
pub fn insert_asked(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    addressee: AddresseeId,
    checked: Checked,
    present: bool,
) -> Result<(), Error> {
    diesel::insert_into(asked::table)
        .values((
            asked::seq.eq(seq),
            asked::addressee_id.eq(addressee),
            asked::checked.eq(checked),
            asked::present.eq(present),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Publishes that a recommendation belongs to a theme (or, with `present` false, that it does not).
///
/// # Errors
/// When the database fails.
pub fn insert_tag(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    recommendation: RecommendationId,
    theme: ThemeId,
    present: bool,
) -> Result<(), Error> {
    let of = table::table.find(recommendation).select((table::inquiry_id, table::position));
    let (inquiry, position): (InquiryId, i64) = of.first(tx.conn)?;
    diesel::insert_into(tag::table)
        .values((
            tag::seq.eq(seq),
            tag::recommendation_id.eq(recommendation),
            tag::theme_id.eq(theme),
            tag::present.eq(present),
            tag::inquiry_id.eq(inquiry),
            tag::position.eq(position),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Under which number a recommendation stands here, whose number that is, when it was made, and whether it was entered in error.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = entry, treat_none_as_default_value = false)]
pub struct NewEntry {
    /// The recommendation.
    pub recommendation_id: RecommendationId,
    /// Its number.
    pub number: String,
    /// Whether the number is this register's own; `None` where it is as with all of its inquiry.
    pub own_reference: Option<bool>,
    /// The day on which it was made, where that is known of this very one.
    pub made_on: Option<Day>,
    /// Whether it should never have been entered.
    pub in_error: bool,
}

/// Publishes it under `seq`.
///
/// # Errors
/// When the database fails.
pub fn insert_entry(tx: &mut WriteTx<'_>, seq: Seq, new: &NewEntry) -> Result<(), Error> {
    diesel::insert_into(entry::table).values((entry::seq.eq(seq), new)).execute(tx.conn)?;
    Ok(())
}

/// Publishes what a theme is called, its part of addresses, and whether it is retired.
///
/// # Errors
/// When the database fails.
pub fn insert_theme_text(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    theme: ThemeId,
    (name, slug): (&str, &Slug),
    retired: bool,
) -> Result<(), Error> {
    diesel::insert_into(theme_text::table)
        .values((
            theme_text::seq.eq(seq),
            theme_text::theme_id.eq(theme),
            theme_text::name.eq(name),
            theme_text::slug.eq(slug),
            theme_text::retired.eq(retired),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Publishes many words under `seq`, each in the row that it gets beforehand.
///
/// # Errors
/// When the database fails.
pub fn insert_wordings(tx: &mut WriteTx<'_>, seq: Seq, all: &[(WordingId, &NewWording)]) -> Result<(), Error> {
    for some in all.chunks(ROWS) {
        let rows = some.iter().map(|(id, new)| (wording::id.eq(*id), wording::seq.eq(seq), *new));
        put!(&mut *tx.conn, wording, rows)?;
    }
    Ok(())
}

/// Publishes under `seq` under which numbers many recommendations stand.
///
/// # Errors
/// When the database fails.
pub fn insert_entries(tx: &mut WriteTx<'_>, seq: Seq, all: &[&NewEntry]) -> Result<(), Error> {
    for some in all.chunks(ROWS) {
        put!(&mut *tx.conn, entry, some.iter().map(|new| (entry::seq.eq(seq), *new)))?;
    }
    Ok(())
}

/// A theme of a recommendation: that one's row, its inquiry and its place in the report, and the theme.
type PlacedTag = (RecommendationId, InquiryId, i64, ThemeId);

/// Publishes under `seq` to which themes many recommendations belong.
///
/// # Errors
/// When the database fails.
pub fn insert_tags(tx: &mut WriteTx<'_>, seq: Seq, all: &[PlacedTag]) -> Result<(), Error> {
    for some in all.chunks(ROWS) {
        let row = |(of, inquiry, position, theme): &PlacedTag| {
            (
                tag::seq.eq(seq),
                tag::recommendation_id.eq(*of),
                tag::theme_id.eq(*theme),
                tag::present.eq(true),
                tag::inquiry_id.eq(*inquiry),
                tag::position.eq(*position),
            )
        };
        put!(&mut *tx.conn, tag, some.iter().map(row))?;
    }
    Ok(())
}

/// Publishes under `seq` that recommendations were put to many bodies.
///
/// # Errors
/// When the database fails.
pub fn insert_all_asked(tx: &mut WriteTx<'_>, seq: Seq, all: &[(AddresseeId, Checked)]) -> Result<(), Error> {
    for some in all.chunks(ROWS) {
        let row = |(of, checked): &(AddresseeId, Checked)| {
            (asked::seq.eq(seq), asked::addressee_id.eq(*of), asked::checked.eq(*checked), asked::present.eq(true))
        };
        put!(&mut *tx.conn, asked, some.iter().map(row))?;
    }
    Ok(())
}
