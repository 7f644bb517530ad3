//! The words of descriptions and names: what they say, and removing them.

use diesel::prelude::*;

use super::inquiry::CountInSource;
use super::redact::NOTHING;
use crate::domain::change::Subject;
use crate::domain::id::{BodyId, InquiryId, Seq};
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

/// The other rows about the same thing that say the same, each with its change and what took it out of sight: entries of a body
/// with that name, and descriptions of an inquiry that repeat one word for word. A new address, or another date, repeats them.
fn alike(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<(i64, Seq, Option<Seq>)>, Error> {
    match subject {
        Subject::Body => {
            let (body, name): (BodyId, String) =
                body_text::table.find(row).select((body_text::body_id, body_text::name)).first(tx.conn)?;
            let all = body_text::table.filter(body_text::body_id.eq(body).and(body_text::name.eq(name)));
            let others = all.filter(body_text::id.ne(row)).order(body_text::id);
            Ok(others.select((body_text::id, body_text::seq, body_text::withheld)).load(tx.conn)?)
        }
        Subject::Description => {
            let inquiry: InquiryId = inquiry_text::table.find(row).select(inquiry_text::inquiry_id).first(tx.conn)?;
            let others: Vec<(i64, Seq, Option<Seq>)> = inquiry_text::table
                .filter(inquiry_text::inquiry_id.eq(inquiry).and(inquiry_text::id.ne(row)))
                .order(inquiry_text::id)
                .select((inquiry_text::id, inquiry_text::seq, inquiry_text::withheld))
                .load(tx.conn)?;
            let said = words_of(tx, subject, row)?;
            let mut found = Vec::new();
            for other in others {
                if words_of(tx, subject, other.0)? == said {
                    found.push(other);
                }
            }
            Ok(found)
        }
        _ => Ok(Vec::new()),
    }
}

/// Withholds, or shows again, what says the same about the same thing. Answers the changes that published it.
pub(super) fn mark_alike(
    tx: &mut WriteTx<'_>,
    subject: Subject,
    row: i64,
    from: Option<Seq>,
    to: Option<Seq>,
) -> Result<Vec<Seq>, Error> {
    let mut seqs = Vec::new();
    for (id, seq, _) in alike(tx, subject, row)?.into_iter().filter(|(.., withheld)| *withheld == from) {
        match subject {
            Subject::Body => {
                diesel::update(body_text::table.find(id)).set(body_text::withheld.eq(to)).execute(tx.conn)?
            }
            _ => diesel::update(inquiry_text::table.find(id)).set(inquiry_text::withheld.eq(to)).execute(tx.conn)?,
        };
        seqs.push(seq);
    }
    Ok(seqs)
}

/// Removes them, and with them what says the same and went out of sight together with them. Answers the changes that published
/// that.
pub(super) fn erase(tx: &mut WriteTx<'_>, subject: Subject, row: i64, by: Seq) -> Result<Vec<Seq>, Error> {
    let withheld: Option<Seq> = match subject {
        Subject::Description => inquiry_text::table.find(row).select(inquiry_text::withheld).first(tx.conn)?,
        Subject::Body => body_text::table.find(row).select(body_text::withheld).first(tx.conn)?,
        _ => None,
    };
    let mut seqs = Vec::new();
    if withheld.is_some() {
        for (id, seq, _) in alike(tx, subject, row)?.into_iter().filter(|(.., other)| *other == withheld) {
            erase_one(tx, subject, id, by)?;
            seqs.push(seq);
        }
    }
    erase_one(tx, subject, row, by)?;
    Ok(seqs)
}

/// Removes those of one row. An address stays: it names the thing for whoever has a link, and is replaced by a deed of its own.
fn erase_one(tx: &mut WriteTx<'_>, subject: Subject, row: i64, by: Seq) -> Result<(), Error> {
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
