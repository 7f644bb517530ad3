//! What outside bodies found about answers, and what the bodies asked replied to judgements.

use std::collections::HashMap;

use diesel::prelude::*;

use super::about::{About, Place, about_an_answer};
use super::body::{self, BodyName};
use super::remark::{self, Remark};
use super::schema::{addressee, fact_update, outside_finding as outside};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::change::{Fact, RemarkKind};
use crate::domain::checked::Checked;
use crate::domain::id::{AddresseeId, BodyId, OutsideId, Seq, UpdateId};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::outside::{Gist, Judgement};

/// A published finding of an outside body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// Its row.
    pub id: OutsideId,
    /// Whose answer it is about, and the change that published it.
    pub place: Place,
    /// The outside body, where it is one of this register.
    pub body: Option<BodyName>,
    /// Its name, where it is not.
    pub name: Option<String>,
    /// What the finding comes to, in this register's words.
    pub gist: Gist,
    /// Its own words.
    pub words: Words,
    /// Where in the document they stand.
    pub where_in: Option<String>,
    /// When it was found.
    pub happened: Happened,
    /// Where it can be read; none where the words are withheld.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Checked,
    /// The language and the licence of its words.
    pub rights: Rights,
    /// The change that published what this one puts right.
    pub corrects: Option<Seq>,
    /// The row that it puts right.
    pub corrects_id: Option<OutsideId>,
    /// The change that puts this one right.
    pub corrected_by: Option<Seq>,
}

impl Outside {
    /// Under which name it stands.
    #[must_use]
    pub fn by(&self) -> &str {
        self.body.as_ref().map(BodyName::short).or(self.name.as_deref()).unwrap_or("An outside body")
    }
}

type Row = (
    (OutsideId, Place, Option<BodyId>, Option<String>, Gist),
    (Option<String>, Option<String>, Option<Day>, Precision, Option<String>, Checked),
    (Option<Language>, Option<Licence>, Option<OutsideId>, Option<Seq>),
);

macro_rules! columns {
    () => {
        (
            (
                outside::id,
                (outside::seq, outside::addressee_id, addressee::recommendation_id),
                outside::found_by,
                diesel::dsl::case_when(outside::withheld.is_null(), outside::found_by_words),
                outside::gist,
            ),
            (
                diesel::dsl::case_when(outside::withheld.is_null(), outside::words.nullable()),
                diesel::dsl::case_when(outside::withheld.is_null(), outside::place),
                outside::happened_on,
                outside::precision,
                diesel::dsl::case_when(outside::withheld.is_null(), outside::source_url.nullable()),
                outside::checked,
            ),
            (outside::language, outside::licence, outside::corrects, outside::withheld),
        )
    };
}

/// What outside bodies found about something, the last published first.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Outside>, Error> {
    let all = outside::table.inner_join(addressee::table).select(columns!()).into_boxed();
    let rows: Vec<Row> = about_an_answer!(all, outside, about)
        .filter(outside::seq.le(tx.upto()))
        .order((outside::seq.desc(), outside::id.desc()))
        .limit(most)
        .load(tx.conn)?;
    complete(tx, rows)
}

/// The findings about these answers that nothing puts right, the last that was found first.
///
/// # Errors
/// When the database fails.
pub fn standing(tx: &mut ReadTx<'_>, ids: &[AddresseeId]) -> Result<HashMap<AddresseeId, Vec<Outside>>, Error> {
    let mut all = about(tx, &About::Answers(ids.to_vec()), i64::MAX)?;
    all.retain(|one| one.corrected_by.is_none());
    all.sort_by_key(|one| std::cmp::Reverse((one.happened.day, one.place.seq)));
    let mut found: HashMap<AddresseeId, Vec<Outside>> = HashMap::new();
    for one in all {
        found.entry(one.place.addressee).or_default().push(one);
    }
    Ok(found)
}

fn complete(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<Outside>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let days = withheld::days(tx, rows.iter().map(|row| row.2.3))?;
    let bodies = body::names(tx, rows.iter().filter_map(|row| row.0.2).collect())?;
    let wrong: Vec<OutsideId> = rows.iter().filter_map(|row| row.2.2).collect();
    let corrected: Vec<(OutsideId, Seq)> =
        outside::table.filter(outside::id.eq_any(wrong)).select((outside::id, outside::seq)).load(tx.conn)?;
    let ids: Vec<Option<OutsideId>> = rows.iter().map(|row| Some(row.0.0)).collect();
    let right: Vec<(Option<OutsideId>, Seq)> = outside::table
        .filter(outside::corrects.eq_any(ids).and(outside::seq.le(tx.upto())))
        .select((outside::corrects, outside::seq))
        .load(tx.conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|((id, place, by, name, gist), said, (language, licence, corrects, withheld))| {
            let (words, where_in, on, precision, source_url, checked) = said;
            Some(Outside {
                body: by.and_then(|by| bodies.iter().find(|body| body.id == by).cloned()),
                words: days.words(words, withheld)?,
                happened: Happened::new(on, precision),
                rights: Rights { language, licence },
                corrects: corrects.and_then(|id| corrected.iter().find(|(known, _)| *known == id)).map(|one| one.1),
                corrects_id: corrects,
                corrected_by: right.iter().find(|(wrong, _)| *wrong == Some(id)).map(|(_, seq)| *seq),
                id,
                place,
                name,
                gist,
                where_in,
                source_url,
                checked,
            })
        })
        .collect())
}

/// Under which names these findings stand; of what is withheld, none.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx<'_>, ids: Vec<OutsideId>) -> Result<HashMap<OutsideId, String>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> =
        outside::table.inner_join(addressee::table).filter(outside::id.eq_any(ids)).select(columns!()).load(tx.conn)?;
    Ok(complete(tx, rows)?.into_iter().map(|one| (one.id, one.by().to_owned())).collect())
}

/// What the bodies replied to the judgements about these answers, in the order of their days: to each finding of this register
/// what answered that very finding, to each outside finding that stands also what answered earlier entries of it.
///
/// # Errors
/// When the database fails.
pub fn replies(tx: &mut ReadTx<'_>, ids: &[AddresseeId]) -> Result<HashMap<Judgement, Vec<Remark>>, Error> {
    let mut all = remark::about(tx, &About::Answers(ids.to_vec()), i64::MAX)?;
    all.retain(|one| one.kind == RemarkKind::Reply);
    if all.is_empty() {
        return Ok(HashMap::new());
    }
    let own: Vec<(UpdateId, AddresseeId, Seq)> = fact_update::table
        .filter(fact_update::addressee_id.eq_any(ids).and(fact_update::fact.eq(Fact::Assessed)))
        .filter(fact_update::seq.le(tx.upto()))
        .order(fact_update::id)
        .select((fact_update::id, fact_update::addressee_id, fact_update::seq))
        .load(tx.conn)?;
    let others: Vec<(OutsideId, Option<OutsideId>)> = outside::table
        .filter(outside::addressee_id.eq_any(ids).and(outside::seq.le(tx.upto())))
        .order(outside::id)
        .select((outside::id, outside::corrects))
        .load(tx.conn)?;
    all.sort_by_key(|reply| (reply.happened.day, reply.seq, reply.id));
    let mut replies: HashMap<Judgement, Vec<Remark>> = HashMap::new();
    for reply in all {
        let to = match reply.replies_to {
            Some(to) => Some(to),
            // A reply that was published with the finding itself.
            None => own
                .iter()
                .find(|(_, item, seq)| Some(*item) == reply.addressee && *seq == reply.seq)
                .map(|(id, ..)| Judgement::Own(*id)),
        };
        let Some(mut to) = to else { continue };
        // What an outside body found stays what it found where our entry of it was put right, and carries the reply on. A finding
        // of this register that was corrected is another one: what was replied to the earlier stands beside that, in the
        // timeline, and is no answer to what is found now.
        while let Judgement::Outside(id) = to {
            let Some(next) = others.iter().find(|row| row.1 == Some(id)) else { break };
            to = Judgement::Outside(next.0);
        }
        replies.entry(to).or_default().push(reply);
    }
    Ok(replies)
}
