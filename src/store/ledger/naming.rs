//! The words of descriptions, names and the wordings of a recommendation: what they say, what two of them have in common, and
//! removing them.

use diesel::prelude::*;

use super::inquiry::CountInSource;
use super::redact::NOTHING;
use crate::domain::change::Subject;
use crate::domain::id::Seq;
use crate::domain::redaction::Shares;
use crate::store::schema::{body_text, inquiry_text, theme_text, wording};
use crate::store::{Error, ReadTx, WriteTx};

/// What a row says, by its parts.
pub(super) struct Said {
    /// What the thing is called: title and short title, name and shorter name.
    titles: Vec<Option<String>>,
    /// What sort of thing it is: many are of one sort.
    sort: Option<String>,
    /// Everything else.
    words: Vec<Option<String>>,
}

impl Said {
    fn new(titles: Vec<Option<String>>, sort: Option<String>, words: Vec<Option<String>>) -> Self {
        let filled = |words: Vec<Option<String>>| -> Vec<Option<String>> {
            words.into_iter().map(|words| words.filter(|it| !it.is_empty())).collect()
        };
        Self { titles: filled(titles), sort: sort.filter(|it| !it.is_empty()), words: filled(words) }
    }

    /// Whether nothing is said, as once it was removed.
    pub(super) fn is_empty(&self) -> bool {
        self.titles.iter().chain(&self.words).all(Option::is_none) && self.sort.is_none()
    }

    /// What both say. What is missing in both is nothing that they have in common.
    pub(super) fn shares(&self, other: &Self) -> Option<Shares> {
        let any = |here: &[Option<String>], there: &[Option<String>]| {
            here.iter().zip(there).any(|(here, there)| here.is_some() && here == there)
        };
        let all = (&self.titles, &self.sort, &self.words) == (&other.titles, &other.sort, &other.words);
        match (any(&self.titles, &other.titles), any(&self.words, &other.words)) {
            (true, _) | (_, true) if all => Some(Shares::Everything),
            (true, true) => Some(Shares::Both),
            (true, false) => Some(Shares::Title),
            (false, true) => Some(Shares::Words),
            (false, false) => None,
        }
    }
}

/// What a wording, a description or a name says.
pub(super) fn said(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Said, Error> {
    type More = (Option<String>, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);
    Ok(match subject {
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
            let why: Option<String> =
                inquiry_text::table.find(row).select(inquiry_text::not_tracked_why).first(tx.conn)?;
            let words = vec![chair, right, source, about, monitored, note, why];
            Said::new(vec![Some(title), Some(short)], Some(kind), words)
        }
        Subject::Body => {
            type Called = (String, Option<String>, String, Option<String>, Option<String>);
            let (name, short, kind, link, also): Called = body_text::table
                .find(row)
                .select((body_text::name, body_text::short_name, body_text::kind, body_text::link, body_text::also))
                .first(tx.conn)?;
            Said::new(vec![Some(name), short], Some(kind), vec![link, also])
        }
        Subject::Wording => {
            let (title, text): (Option<String>, Option<String>) =
                wording::table.find(row).select((wording::title, wording::text)).first(tx.conn)?;
            Said::new(vec![title], None, vec![text])
        }
        _ => {
            let name: String = theme_text::table.find(row).select(theme_text::name).first(tx.conn)?;
            Said::new(vec![Some(name)], None, Vec::new())
        }
    })
}

/// What a description or a name says, a line each.
pub(super) fn words_of(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<String>, Error> {
    let Said { titles, sort, words } = said(tx, subject, row)?;
    Ok(titles.into_iter().chain([sort]).chain(words).flatten().collect())
}

/// What an inquiry or a body is called by a description or an entry.
///
/// # Errors
/// [`Error::NotFound`] when there is no such row.
pub fn names_in(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<String>, Error> {
    Ok(said(tx, subject, row)?.titles.into_iter().flatten().collect())
}

/// Removes those of one row. An address stays: it names the thing for whoever has a link, and is replaced by a deed of its own.
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
                    inquiry_text::not_tracked_why.eq(None::<String>),
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
