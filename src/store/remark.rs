//! Dated remarks: the register's notices, replies of bodies, what meetings decided, and notes that set no fact.

use std::collections::HashMap;

use diesel::prelude::*;

use super::about::About;
use super::schema::{addressee, remark};
use super::withheld::{self, Words};
use super::{Error, ReadTx};
use crate::domain::change::{RemarkKind, Subject};
use crate::domain::checked::Checked;
use crate::domain::fairness::{Approval, Decided};
use crate::domain::id::{AddresseeId, DeadlineId, InquiryId, OutsideId, RecommendationId, RemarkId, Seq, UpdateId};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::outside::Judgement;
use crate::domain::target_ask::{AskDecision, Asked};

/// What kind each of the remarks among these records is, by its row.
///
/// # Errors
/// When the database fails.
pub fn kinds(
    tx: &mut ReadTx<'_>,
    records: impl IntoIterator<Item = (Subject, i64)>,
) -> Result<HashMap<i64, RemarkKind>, Error> {
    let rows = records.into_iter().filter(|(subject, _)| *subject == Subject::Remark);
    let rows: Vec<RemarkId> = rows.map(|(_, row)| RemarkId(row)).collect();
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(RemarkId, RemarkKind)> =
        remark::table.filter(remark::id.eq_any(rows)).select((remark::id, remark::kind)).load(tx.conn)?;
    Ok(found.into_iter().map(|(id, kind)| (id.0, kind)).collect())
}

/// A dated remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its row.
    pub id: RemarkId,
    /// The change that published it.
    pub seq: Seq,
    /// What kind it is.
    pub kind: RemarkKind,
    /// The inquiry that it is about.
    pub inquiry: Option<InquiryId>,
    /// The recommendation that it is about.
    pub recommendation: Option<RecommendationId>,
    /// The answer that it is about.
    pub addressee: Option<AddresseeId>,
    /// The date that a notice is about.
    pub deadline: Option<DeadlineId>,
    /// When it happened.
    pub happened: Happened,
    /// What it says.
    pub words: Words,
    /// In which language that is, and under which licence; nothing where nobody has said so.
    pub rights: Rights,
    /// Where that can be read.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Option<Checked>,
    /// For a request for a later target date: what was asked for and decided.
    pub ask: Option<Asked>,
    /// For a reply to a judgement that was public already: which.
    pub replies_to: Option<Judgement>,
    /// For what a meeting decided: who, and how the minute stands.
    pub minute: Option<Minute>,
}

/// What is said of a minute beside its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minute {
    /// Who decided and where that is minuted; nothing where the words are out of sight.
    pub decided: Option<Decided>,
    /// Whether it is approved.
    pub approval: Option<Approval>,
    /// Which question of a scrutiny pack it answers, as it was asked; nothing where it is another matter, where nobody has said so,
    /// and where the words are out of sight.
    pub question: Option<String>,
    /// The change that published the draft whose place it takes.
    pub replaces: Option<Seq>,
    /// The change that published what takes the place of this draft.
    pub replaced_by: Option<Seq>,
    /// The change that published the approved minute that it puts right.
    pub corrects: Option<Seq>,
    /// The change that puts this approved minute right.
    pub corrected_by: Option<Seq>,
}

impl Minute {
    /// Whether it is what stands: nothing took its place, and nothing has put it right.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.gave_way_to().is_none()
    }

    /// The change that took its place, or put it right.
    #[must_use]
    pub const fn gave_way_to(&self) -> Option<Seq> {
        match self.replaced_by {
            Some(by) => Some(by),
            None => self.corrected_by,
        }
    }
}

/// What a minute has more: where the minutes say it, how it stands, what it puts right and by what it was, its question.
type MinuteRow = (Option<String>, Option<Approval>, Option<RemarkId>, Option<RemarkId>, Option<String>);

#[derive(Queryable)]
struct Row {
    id: RemarkId,
    seq: Seq,
    kind: RemarkKind,
    inquiry: Option<InquiryId>,
    recommendation: Option<RecommendationId>,
    addressee: Option<AddresseeId>,
    deadline: Option<DeadlineId>,
    happened_on: Option<Day>,
    precision: Precision,
    words: Option<String>,
    source_url: Option<String>,
    checked: Option<Checked>,
    withheld: Option<Seq>,
    ask: (Option<Day>, Option<Day>, Option<AskDecision>, Option<String>),
    replies_to: (Option<UpdateId>, Option<OutsideId>),
    rights: (Option<Language>, Option<Licence>),
    minute: MinuteRow,
}

/// The remarks about something, the last published first.
///
/// # Errors
/// When the database fails.
pub fn about(tx: &mut ReadTx<'_>, about: &About, most: i64) -> Result<Vec<Remark>, Error> {
    let all = remark::table
        .select((
            remark::id,
            remark::seq,
            remark::kind,
            remark::inquiry_id,
            remark::recommendation_id,
            remark::addressee_id,
            remark::deadline_id,
            remark::happened_on,
            remark::precision,
            diesel::dsl::case_when(remark::withheld.is_null(), remark::words.nullable()),
            diesel::dsl::case_when(remark::withheld.is_null(), remark::source_url),
            remark::checked,
            remark::withheld,
            (
                remark::asks_for,
                remark::asks_instead_of,
                remark::decision,
                diesel::dsl::case_when(remark::withheld.is_null(), remark::decided_by),
            ),
            (remark::replies_to, remark::replies_to_outside),
            (remark::language, remark::licence),
            (
                diesel::dsl::case_when(remark::withheld.is_null(), remark::minute_ref),
                remark::approval,
                remark::replaces,
                remark::corrects,
                diesel::dsl::case_when(remark::withheld.is_null(), remark::question),
            ),
        ))
        .into_boxed();
    let narrowed = match about {
        About::Recommendation(id) => {
            let answers =
                addressee::table.filter(addressee::recommendation_id.eq(*id)).select(addressee::id.nullable());
            all.filter(remark::recommendation_id.eq(*id).or(remark::addressee_id.eq_any(answers)))
        }
        About::Answer(id) => all.filter(remark::addressee_id.eq(*id)),
        About::Answers(ids) => all.filter(remark::addressee_id.eq_any(ids.clone())),
        About::Changes(seqs) => all.filter(remark::seq.eq_any(seqs.clone())),
    };
    let rows: Vec<Row> = narrowed
        .filter(remark::seq.le(tx.upto()))
        .order((remark::seq.desc(), remark::id.desc()))
        .limit(most)
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.withheld))?;
    let chains = Chains::of(tx, &rows)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Remark {
                minute: chains.minute(&row),
                words: days.words(row.words, row.withheld)?,
                id: row.id,
                seq: row.seq,
                kind: row.kind,
                inquiry: row.inquiry,
                recommendation: row.recommendation,
                addressee: row.addressee,
                deadline: row.deadline,
                happened: Happened::new(row.happened_on, row.precision),
                // Of words out of sight it is not said in which language they are.
                rights: if row.withheld.is_none() {
                    Rights { language: row.rights.0, licence: row.rights.1 }
                } else {
                    Rights::default()
                },
                source_url: row.source_url,
                checked: row.checked,
                ask: asked(row.ask),
                replies_to: match row.replies_to {
                    (Some(own), _) => Some(Judgement::Own(own)),
                    (None, outside) => outside.map(Judgement::Outside),
                },
            })
        })
        .collect())
}

/// What meetings decided about these answers, by answer, in the order in which it was published; what was put right since and drafts
/// whose place was taken among it.
///
/// # Errors
/// When the database fails.
pub fn minutes(tx: &mut ReadTx<'_>, ids: &[AddresseeId]) -> Result<HashMap<AddresseeId, Vec<Remark>>, Error> {
    let mut all = about(tx, &About::Answers(ids.to_vec()), i64::MAX)?;
    all.retain(|one| one.kind == RemarkKind::Minute);
    all.reverse();
    let mut minutes: HashMap<AddresseeId, Vec<Remark>> = HashMap::new();
    for one in all {
        if let Some(answer) = one.addressee {
            minutes.entry(answer).or_default().push(one);
        }
    }
    Ok(minutes)
}

/// Which minutes take the place of which, and put which right, by the changes that published them.
struct Chains {
    earlier: Vec<(RemarkId, Seq)>,
    later: Vec<(Option<RemarkId>, Option<RemarkId>, Seq)>,
}

impl Chains {
    fn of(tx: &mut ReadTx<'_>, rows: &[Row]) -> Result<Self, Error> {
        let minutes: Vec<RemarkId> =
            rows.iter().filter(|row| row.kind == RemarkKind::Minute).map(|row| row.id).collect();
        if minutes.is_empty() {
            return Ok(Self { earlier: Vec::new(), later: Vec::new() });
        }
        let before: Vec<RemarkId> = rows.iter().flat_map(|row| [row.minute.2, row.minute.3]).flatten().collect();
        let earlier =
            remark::table.filter(remark::id.eq_any(before)).select((remark::id, remark::seq)).load(tx.conn)?;
        let these: Vec<Option<RemarkId>> = minutes.into_iter().map(Some).collect();
        let later = remark::table
            .filter(remark::replaces.eq_any(these.clone()).or(remark::corrects.eq_any(these)))
            .filter(remark::seq.le(tx.upto()))
            .select((remark::replaces, remark::corrects, remark::seq))
            .load(tx.conn)?;
        Ok(Self { earlier, later })
    }

    fn minute(&self, row: &Row) -> Option<Minute> {
        if row.kind != RemarkKind::Minute {
            return None;
        }
        let seq_of = |id: Option<RemarkId>| self.earlier.iter().find(|(known, _)| Some(*known) == id).map(|one| one.1);
        let decided = |by: &String| Decided {
            by: by.clone(),
            on: row.happened_on,
            minute: row.minute.0.clone(),
            approval: row.minute.1,
        };
        Some(Minute {
            decided: row.ask.3.as_ref().map(decided),
            approval: row.minute.1,
            question: row.minute.4.clone(),
            replaces: seq_of(row.minute.2),
            corrects: seq_of(row.minute.3),
            replaced_by: self.later.iter().find(|(old, ..)| *old == Some(row.id)).map(|one| one.2),
            corrected_by: self.later.iter().find(|(_, wrong, _)| *wrong == Some(row.id)).map(|one| one.2),
        })
    }
}

fn asked(row: (Option<Day>, Option<Day>, Option<AskDecision>, Option<String>)) -> Option<Asked> {
    let (wanted_on, instead_of, decision, decided_by) = row;
    Some(Asked { wanted_on: wanted_on?, instead_of, decision: decision?, decided_by })
}
