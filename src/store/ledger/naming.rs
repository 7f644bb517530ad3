//! The words of descriptions and names: what they say, and removing them.

use diesel::prelude::*;

use super::inquiry::CountInSource;
use super::redact::NOTHING;
use crate::domain::change::Subject;
use crate::domain::id::Seq;
use crate::store::schema::{body_text, inquiry_text, theme_text};
use crate::store::{Error, ReadTx, WriteTx};

/// What a description or a name says, a line each.
pub(super) fn words_of(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<String>, Error> {
    type More = (Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);
    let said: Vec<Option<String>> = match subject {
        Subject::Description => {
            let (title, short, kind, (chair, right, source, about, monitored, note)): (String, String, String, More) =
                inquiry_text::table
                    .find(row)
                    .select((
                        inquiry_text::title,
                        inquiry_text::short_title,
                        inquiry_text::kind,
                        (
                            inquiry_text::chair,
                            inquiry_text::legal_basis,
                            inquiry_text::source_url,
                            inquiry_text::source_note,
                            inquiry_text::monitored_by,
                            inquiry_text::note,
                        ),
                    ))
                    .first(tx.conn)?;
            vec![Some(title), Some(short), Some(kind), chair, right, source, about, monitored, note]
        }
        Subject::Body => {
            let (name, short, kind, link): (String, Option<String>, String, Option<String>) = body_text::table
                .find(row)
                .select((body_text::name, body_text::short_name, body_text::kind, body_text::link))
                .first(tx.conn)?;
            vec![Some(name), short, Some(kind), link]
        }
        _ => vec![Some(theme_text::table.find(row).select(theme_text::name).first(tx.conn)?)],
    };
    Ok(said.into_iter().flatten().filter(|words| !words.is_empty()).collect())
}

/// Removes them. An address stays: it names the thing for whoever has a link, and is replaced by a deed of its own.
pub(super) fn erase(tx: &mut WriteTx<'_>, subject: Subject, row: i64, by: Seq) -> Result<(), Error> {
    match subject {
        Subject::Description => {
            let counts: String = inquiry_text::table.find(row).select(inquiry_text::counts_in_source).first(tx.conn)?;
            let fault = |fault: serde_json::Error| Error::Failed(fault.to_string());
            let mut counts: Vec<CountInSource> = serde_json::from_str(&counts).map_err(fault)?;
            counts.iter_mut().for_each(|count| count.note.clear());
            diesel::update(inquiry_text::table.find(row))
                .set((
                    inquiry_text::title.eq(NOTHING),
                    inquiry_text::short_title.eq(NOTHING),
                    inquiry_text::kind.eq(NOTHING),
                    inquiry_text::chair.eq(None::<String>),
                    inquiry_text::legal_basis.eq(None::<String>),
                    inquiry_text::source_url.eq(None::<String>),
                    inquiry_text::source_note.eq(None::<String>),
                    inquiry_text::monitored_by.eq(None::<String>),
                    inquiry_text::note.eq(None::<String>),
                    inquiry_text::counts_in_source.eq(serde_json::to_string(&counts).map_err(fault)?),
                    inquiry_text::withheld.eq(Some(by)),
                ))
                .execute(tx.conn)?;
        }
        Subject::Body => {
            diesel::update(body_text::table.find(row))
                .set((
                    body_text::name.eq(NOTHING),
                    body_text::short_name.eq(None::<String>),
                    body_text::kind.eq(NOTHING),
                    body_text::link.eq(None::<String>),
                    body_text::withheld.eq(Some(by)),
                ))
                .execute(tx.conn)?;
        }
        _ => {
            diesel::update(theme_text::table.find(row))
                .set((theme_text::name.eq(NOTHING), theme_text::withheld.eq(Some(by))))
                .execute(tx.conn)?;
        }
    }
    Ok(())
}
