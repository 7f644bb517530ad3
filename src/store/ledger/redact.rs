//! Removing the bytes of words that the law wants out. The record keeps its number, its date and its value.

use diesel::prelude::*;

use super::siblings::{siblings, with_reasons};
use super::{evidence, naming, report};
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::{FilingId, Seq};
use crate::store::schema::{
    agreement, change, coverage, deadline, fact_update, filing, format_link, inquiry_event, outside_finding, page_text,
    remark, succession, target_ask, wording,
};
use crate::store::{Error, ReadTx, WriteTx, accuracy};

/// What stands in a column that must hold something.
pub(super) const NOTHING: &str = "";

/// What a record says, for the person who must decide whether it goes: a line each.
///
/// # Errors
/// [`Error::NotFound`] when there is no such record.
pub fn words_of(tx: &mut ReadTx<'_>, subject: Subject, row: i64) -> Result<Vec<String>, Error> {
    let words: Vec<Option<String>> = match subject {
        Subject::Change => vec![change::table.find(Seq(row)).select(change::reason).first(tx.conn)?],
        Subject::Update => {
            let (words, own, reason, source): (Option<String>, Option<String>, Option<String>, Option<String>) =
                fact_update::table
                    .find(row)
                    .select((fact_update::words, fact_update::their_word, fact_update::reason, fact_update::source_url))
                    .first(tx.conn)?;
            vec![words, own, reason, source]
        }
        Subject::Wording => {
            let (title, text, source): (Option<String>, Option<String>, Option<String>) =
                wording::table.find(row).select((wording::title, wording::text, wording::source_url)).first(tx.conn)?;
            vec![title, text, source]
        }
        Subject::Remark => {
            type Besides = (Option<String>, Option<String>, Option<String>, Option<String>);
            let (words, (by, minute, question, source)): (String, Besides) = remark::table
                .find(row)
                .select((remark::words, (remark::decided_by, remark::minute_ref, remark::question, remark::source_url)))
                .first(tx.conn)?;
            vec![Some(words), by, minute, question, source]
        }
        Subject::Page => {
            let text: String = page_text::table.find(row).select(page_text::text).first(tx.conn)?;
            vec![Some(text)]
        }
        Subject::Format => {
            let (label, url): (String, String) =
                format_link::table.find(row).select((format_link::label, format_link::url)).first(tx.conn)?;
            vec![Some(label), Some(url)]
        }
        Subject::Coverage => {
            let (place, post, source): (String, String, Option<String>) = coverage::table
                .find(row)
                .select((coverage::where_looked, coverage::by_post, coverage::source_url))
                .first(tx.conn)?;
            vec![Some(place), Some(post), source]
        }
        Subject::Evidence => return evidence::words_of(tx, row),
        Subject::Report => report::words_of_report(tx, row)?,
        Subject::Mark => report::words_of_mark(tx, row)?,
        Subject::Outside => {
            use outside_finding as outside;
            let (by, words, place, source): (Option<String>, String, Option<String>, String) = outside::table
                .find(row)
                .select((outside::found_by_words, outside::words, outside::place, outside::source_url))
                .first(tx.conn)?;
            vec![by, Some(words), place, Some(source)]
        }
        Subject::Description | Subject::Body | Subject::Theme => return naming::words_of(tx, subject, row),
        Subject::Agreement => {
            let words: String = agreement::table.find(row).select(agreement::words).first(tx.conn)?;
            vec![Some(words)]
        }
        Subject::Event => {
            let (words, source): (String, Option<String>) = inquiry_event::table
                .find(row)
                .select((inquiry_event::words, inquiry_event::source_url))
                .first(tx.conn)?;
            vec![Some(words), source]
        }
        Subject::Deadline => {
            type Said = (Option<String>, Option<String>, Option<String>);
            let ((reason, setter, source), (owed_to, owner, action), agreed): (Said, Said, Option<String>) =
                deadline::table
                    .find(row)
                    .select((
                        (deadline::reason, deadline::set_by_words, deadline::source_url),
                        (deadline::owed_to, deadline::owner_post, deadline::action),
                        deadline::agreed_by,
                    ))
                    .first(tx.conn)?;
            vec![reason, setter, owed_to, owner, action, agreed, source]
        }
    };
    Ok(words.into_iter().flatten().filter(|words| !words.is_empty()).collect())
}

/// What was removed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The rows, all of one kind of record.
    pub rows: Vec<i64>,
    /// The changes that published them.
    pub published: Vec<Seq>,
}

/// Removes the words of a record and of its [siblings](super::siblings()), with the public reasons of the changes that published
/// them, and marks each with the number of the removal. A load's reason is about its file and stays.
///
/// # Errors
/// When the database fails.
pub fn erase(tx: &mut WriteTx<'_>, subject: Subject, row: i64, published: Seq, by: Seq) -> Result<Erased, Error> {
    let others = siblings(tx, subject, row)?;
    let rows: Vec<i64> = [row].into_iter().chain(others.iter().map(|one| one.row)).collect();
    let mut all = with_reasons(tx, subject, &others)?;
    all.push(published);
    match subject {
        // The change's own reason goes with every other below; where it is said what became of a body, its source goes, too.
        Subject::Change => {
            diesel::update(succession::table.filter(succession::seq.eq(Seq(row))))
                .set(succession::source_url.eq(None::<String>))
                .execute(tx.conn)?;
        }
        Subject::Update => {
            diesel::update(fact_update::table.find(row))
                .set((
                    fact_update::words.eq(None::<String>),
                    fact_update::their_word.eq(None::<String>),
                    fact_update::reason.eq(None::<String>),
                    fact_update::source_url.eq(None::<String>),
                    fact_update::decided_by.eq(None::<String>),
                    fact_update::minute_ref.eq(None::<String>),
                    fact_update::withheld.eq(Some(by)),
                ))
                .execute(tx.conn)?;
        }
        Subject::Remark => {
            diesel::update(remark::table.find(row))
                .set((
                    remark::words.eq(NOTHING),
                    remark::source_url.eq(None::<String>),
                    remark::decided_by.eq(None::<String>),
                    remark::minute_ref.eq(None::<String>),
                    remark::question.eq(None::<String>),
                    remark::withheld.eq(Some(by)),
                ))
                .execute(tx.conn)?;
            // What a body asked for is kept in the work that led there, too.
            diesel::update(target_ask::table.filter(target_ask::seq.eq(published)))
                .set(target_ask::reason.eq(NOTHING))
                .execute(tx.conn)?;
        }
        Subject::Page => {
            diesel::update(page_text::table.find(row))
                .set((page_text::text.eq(NOTHING), page_text::withheld.eq(Some(by))))
                .execute(tx.conn)?;
        }
        Subject::Format => {
            diesel::update(format_link::table.find(row))
                .set((format_link::label.eq(NOTHING), format_link::url.eq(NOTHING), format_link::withheld.eq(Some(by))))
                .execute(tx.conn)?;
        }
        Subject::Coverage => {
            diesel::update(coverage::table.find(row))
                .set((
                    coverage::where_looked.eq(NOTHING),
                    coverage::by_post.eq(NOTHING),
                    coverage::source_url.eq(None::<String>),
                    coverage::withheld.eq(Some(by)),
                ))
                .execute(tx.conn)?;
        }
        Subject::Evidence => evidence::erase(tx, row, by)?,
        Subject::Report => report::erase_report(tx, row, by)?,
        Subject::Mark => report::erase_mark(tx, row, by)?,
        Subject::Outside => {
            use outside_finding as outside;
            diesel::update(outside::table.find(row))
                .set((
                    outside::found_by_words.eq(None::<String>),
                    outside::words.eq(NOTHING),
                    outside::place.eq(None::<String>),
                    outside::source_url.eq(NOTHING),
                    outside::withheld.eq(Some(by)),
                ))
                .execute(tx.conn)?;
        }
        Subject::Wording | Subject::Description | Subject::Body | Subject::Theme => {
            for row in &rows {
                naming::erase(tx, subject, *row, by)?;
            }
        }
        Subject::Agreement => {
            diesel::update(agreement::table.find(row))
                .set((agreement::words.eq(NOTHING), agreement::withheld.eq(Some(by))))
                .execute(tx.conn)?;
        }
        Subject::Event => {
            diesel::update(inquiry_event::table.find(row))
                .set((
                    inquiry_event::words.eq(NOTHING),
                    inquiry_event::source_url.eq(None::<String>),
                    inquiry_event::withheld.eq(Some(by)),
                ))
                .execute(tx.conn)?;
        }
        Subject::Deadline => {
            diesel::update(deadline::table.find(row))
                .set((
                    deadline::reason.eq(None::<String>),
                    deadline::set_by_words.eq(None::<String>),
                    deadline::owed_to.eq(None::<String>),
                    deadline::agreed_by.eq(None::<String>),
                    deadline::owner_post.eq(None::<String>),
                    deadline::action.eq(None::<String>),
                    deadline::source_url.eq(None::<String>),
                    deadline::withheld.eq(Some(by)),
                ))
                .execute(tx.conn)?;
        }
    }
    // What the body replied about a finding stands beside it in the work that led there, too.
    let led_there = filing::table.filter(filing::published_seq.eq(published)).select(filing::id);
    let led_there: Vec<FilingId> = led_there.load(tx.conn)?;
    for filing in led_there {
        accuracy::remove_words(tx, filing)?;
    }
    let reason = change::table.filter(change::seq.eq_any(all.clone()).and(change::kind.ne(ChangeKind::Load)));
    diesel::update(reason).set((change::reason.eq(None::<String>), change::withheld.eq(Some(by)))).execute(tx.conn)?;
    Ok(Erased { rows, published: all })
}
