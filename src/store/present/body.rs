//! The current row of a body.

use diesel::prelude::*;

use crate::domain::id::{BodyId, Seq};
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::schema::{body, body_text};
use crate::store::{Error, ReadTx, WriteTx};

/// What a body is called: its name, its short name and its kind.
pub type BodyNames = (String, Option<String>, String);

/// The address that stands, and what the body is called: as in the last entry whose words are not withheld.
///
/// # Errors
/// [`Error::NotFound`] when it was never named.
pub fn standing_body(tx: &mut ReadTx<'_>, id: BodyId) -> Result<(Slug, BodyNames), Error> {
    let rows: Vec<(Slug, BodyNames, Option<Seq>)> = body_text::table
        .filter(body_text::body_id.eq(id))
        .order((body_text::seq, body_text::id))
        .select((body_text::slug, (body_text::name, body_text::short_name, body_text::kind), body_text::withheld))
        .load(tx.conn)?;
    let (slug, ..) = rows.last().ok_or(Error::NotFound)?;
    let said = rows.iter().rev().find(|(_, _, withheld)| withheld.is_none()).map(|(_, names, _)| names.clone());
    Ok((slug.clone(), said.unwrap_or_else(|| (words::name_withheld("A body"), None, "body".to_owned()))))
}

/// Makes the entry that was published last the one that stands.
///
/// # Errors
/// When the database fails.
pub fn refresh_body(tx: &mut WriteTx<'_>, seq: Seq, id: BodyId) -> Result<(), Error> {
    let (slug, (name, short_name, kind)) = standing_body(tx, id)?;
    diesel::update(body::table.filter(body::id.eq(id)))
        .set((
            body::slug.eq(slug),
            body::name.eq(name),
            body::short_name.eq(short_name),
            body::kind.eq(kind),
            body::version.eq(body::version + 1),
            body::seq.eq(seq),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Claims the row for this transaction if it still has the version that the form was made from.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it meanwhile.
pub fn lock_body(tx: &mut WriteTx<'_>, id: BodyId, version: i64) -> Result<(), Error> {
    let claimed = diesel::update(body::table.filter(body::id.eq(id).and(body::version.eq(version))))
        .set(body::version.eq(body::version + 1))
        .execute(tx.conn)?;
    if claimed == 1 { Ok(()) } else { Err(Error::Stale) }
}
