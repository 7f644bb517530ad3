//! Every published state of a recommendation's words, and of whom it was put to.

use diesel::prelude::*;

use super::about::{About, Place, about_an_answer};
use super::schema::{addressee, asked, wording};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::id::{RecommendationId, Seq, WordingId};

/// One published state of a recommendation's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// Its row.
    pub id: WordingId,
    /// The change that published it.
    pub seq: Seq,
    /// The recommendation.
    pub recommendation: RecommendationId,
    /// Its short name.
    pub title: Option<Words>,
    /// The words.
    pub text: Option<Words>,
    /// Whose words they are.
    pub text_kind: TextKind,
    /// How far they were compared.
    pub checked: Checked,
    /// Where they can be read.
    pub source_url: Option<String>,
    /// The change that published the words which took their place.
    pub replaced_by: Option<Seq>,
}

/// The words published about something, the last first. An answer has none of its own.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Wording>, Error> {
    type Row = (
        WordingId,
        Seq,
        RecommendationId,
        Option<String>,
        Option<String>,
        TextKind,
        Checked,
        Option<String>,
        Option<Seq>,
    );
    let all = wording::table
        .select((
            wording::id,
            wording::seq,
            wording::recommendation_id,
            diesel::dsl::case_when(wording::withheld.is_null(), wording::title),
            diesel::dsl::case_when(wording::withheld.is_null(), wording::text),
            wording::text_kind,
            wording::checked,
            diesel::dsl::case_when(wording::withheld.is_null(), wording::source_url),
            wording::withheld,
        ))
        .into_boxed();
    let narrowed = match about {
        About::Recommendation(id) => all.filter(wording::recommendation_id.eq(*id)),
        About::Changes(seqs) => all.filter(wording::seq.eq_any(seqs.clone())),
        About::Answer(_) | About::Answers(_) => return Ok(Vec::new()),
    };
    let rows: Vec<Row> = narrowed
        .filter(wording::seq.le(tx.upto()))
        .order((wording::seq.desc(), wording::id))
        .limit(most)
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.8))?;
    let mut of: Vec<RecommendationId> = rows.iter().map(|row| row.2).collect();
    of.dedup();
    let all: Vec<(RecommendationId, Seq)> = wording::table
        .filter(wording::recommendation_id.eq_any(of).and(wording::seq.le(tx.upto())))
        .order(wording::seq)
        .select((wording::recommendation_id, wording::seq))
        .load(tx.conn)?;
    let next = |seq, of| all.iter().find(|(one, at)| *one == of && *at > seq).map(|(_, at)| *at);
    Ok(rows
        .into_iter()
        .map(|(id, seq, recommendation, title, text, text_kind, checked, source_url, withheld)| Wording {
            title: days.words(title, withheld),
            text: days.words(text, withheld),
            replaced_by: next(seq, recommendation),
            id,
            seq,
            recommendation,
            text_kind,
            checked,
            source_url,
        })
        .collect())
}

/// That a recommendation was put to a body, or found not to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Asked {
    /// Whose answer it is about, and the change that published it.
    pub place: Place,
    /// How far that was checked.
    pub checked: Checked,
    /// Whether it was put to the body.
    pub present: bool,
}

/// Who was asked, as far as it is about something; the last published first.
///
/// # Errors
/// When the database fails.
pub fn asked(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Asked>, Error> {
    let all = asked::table
        .inner_join(addressee::table)
        .select(((asked::seq, asked::addressee_id, addressee::recommendation_id), asked::checked, asked::present))
        .into_boxed();
    Ok(about_an_answer!(all, asked, about)
        .filter(asked::seq.le(tx.upto()))
        .order((asked::seq.desc(), asked::id))
        .limit(most)
        .load(tx.conn)?)
}
