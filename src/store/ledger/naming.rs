//! The words of descriptions and names: what they say, and removing them. And what says the same about the same thing, which
//! goes out of sight together: descriptions, names and the wordings of a recommendation.

use diesel::prelude::*;

use super::inquiry::CountInSource;
use super::redact::NOTHING;
use crate::domain::change::Subject;
use crate::domain::id::{BodyId, InquiryId, RecommendationId, Seq};
use crate::store::schema::{body_text, inquiry_text, theme_text, wording};
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
            type Called = (String, Option<String>, String, Option<String>, Option<String>);
            let (name, short, kind, link, also): Called = body_text::table
                .find(row)
                .select((body_text::name, body_text::short_name, body_text::kind, body_text::link, body_text::also))
                .first(tx.conn)?;
            vec![Some(name), short, Some(kind), link, also]
        }
        _ => vec![Some(theme_text::table.find(row).select(theme_text::name).first(tx.conn)?)],
    };
    Ok(said.into_iter().flatten().filter(|words| !words.is_empty()).collect())
}

/// The other rows about the same thing that say the same, each with its change and what took it out of sight: entries of a body
/// with that name, descriptions of an inquiry that repeat one word for word, and wordings of a recommendation with the same title
/// or the same text. A new address, another date or a corrected source repeats them.
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
        Subject::Wording => {
            let (of, title, text): (RecommendationId, Option<String>, Option<String>) = wording::table
                .find(row)
                .select((wording::recommendation_id, wording::title, wording::text))
                .first(tx.conn)?;
            let others = wording::table.filter(wording::recommendation_id.eq(of).and(wording::id.ne(row)));
            // What is null equals nothing: a wording that has no title has it in common with none.
            let same = wording::title.eq(title).or(wording::text.eq(text));
            let found = others.filter(same).order(wording::id);
            Ok(found.select((wording::id, wording::seq, wording::withheld)).load(tx.conn)?)
        }
        _ => Ok(Vec::new()),
    }
}

/// The other wordings of a recommendation that went out of sight together with one: those that the same change withheld.
fn together(tx: &mut ReadTx<'_>, row: i64, by: Seq) -> Result<Vec<(i64, Seq, Option<Seq>)>, Error> {
    let of: RecommendationId = wording::table.find(row).select(wording::recommendation_id).first(tx.conn)?;
    let others = wording::table.filter(wording::recommendation_id.eq(of).and(wording::id.ne(row)));
    let found = others.filter(wording::withheld.eq(Some(by))).order(wording::id);
    Ok(found.select((wording::id, wording::seq, wording::withheld)).load(tx.conn)?)
}

/// The wordings of a recommendation that a withholding or a removal keeps out of sight now: their rows, and the changes that
/// published them.
///
/// # Errors
/// When the database fails.
pub fn wordings_out(tx: &mut ReadTx<'_>, by: Seq) -> Result<Vec<(i64, Seq)>, Error> {
    let out = wording::table.filter(wording::withheld.eq(Some(by))).order(wording::id);
    Ok(out.select((wording::id, wording::seq)).load(tx.conn)?)
}

/// How many other wordings of a recommendation are removed together with one.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn wordings_alike(tx: &mut ReadTx<'_>, row: i64) -> Result<usize, Error> {
    Ok(alike(tx, Subject::Wording, row)?.len())
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
    let others = match (subject, from) {
        // What was withheld by the same click is shown again by one, whatever each of them has in common with this.
        (Subject::Wording, Some(by)) => together(tx, row, by)?,
        _ => alike(tx, subject, row)?,
    };
    for (id, seq, _) in others.into_iter().filter(|(.., withheld)| *withheld == from) {
        match subject {
            Subject::Wording => {
                diesel::update(wording::table.find(id)).set(wording::withheld.eq(to)).execute(tx.conn)?
            }
            Subject::Body => {
                diesel::update(body_text::table.find(id)).set(body_text::withheld.eq(to)).execute(tx.conn)?
            }
            _ => diesel::update(inquiry_text::table.find(id)).set(inquiry_text::withheld.eq(to)).execute(tx.conn)?,
        };
        seqs.push(seq);
    }
    Ok(seqs)
}

/// Removes them, and with them what says the same and went out of sight together with them; of the wordings of a recommendation
/// all that say the same. Answers the changes that published that.
pub(super) fn erase(tx: &mut WriteTx<'_>, subject: Subject, row: i64, by: Seq) -> Result<Vec<Seq>, Error> {
    let withheld: Option<Seq> = match subject {
        Subject::Description => inquiry_text::table.find(row).select(inquiry_text::withheld).first(tx.conn)?,
        Subject::Body => body_text::table.find(row).select(body_text::withheld).first(tx.conn)?,
        _ => None,
    };
    let mut seqs = Vec::new();
    if subject == Subject::Wording {
        // Also in a copy from before they were withheld, and where one of them was withheld by itself.
        for (id, seq, _) in alike(tx, subject, row)? {
            erase_one(tx, subject, id, by)?;
            seqs.push(seq);
        }
    }
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
                    body_text::also.eq(None::<String>),
                    body_text::withheld.eq(Some(by)),
                ))
                .execute(tx.conn)?;
        }
        Subject::Wording => {
            diesel::update(wording::table.find(row))
                .set((
                    wording::title.eq(None::<String>),
                    wording::text.eq(None::<String>),
                    wording::addressed_to_words.eq(None::<String>),
                    wording::source_url.eq(None::<String>),
                    wording::withheld.eq(Some(by)),
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
