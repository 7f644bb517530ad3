//! What a digest for staff tells: the changes of a window, and what waits for somebody.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::body::ANSWERER;
use super::due::NOTICED_BY_HAND;
use super::schema::{
    addressee, body, change, coverage, deadline, evidence, fact_update, filing, inquiry, inquiry_event, mark,
    outside_finding, recommendation, remark, report,
};
use super::{AT_ONCE, Error, ReadTx, hold};
use crate::domain::change::{ChangeKind, RemarkKind};
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::{AddresseeId, BodyId, InquiryId, RecommendationId, Seq};
use crate::domain::moment::{Day, Moment};

/// A published change, as a line of a digest names it. It repeats no words: those may be withheld by the time of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    /// Its number.
    pub seq: Seq,
    /// The day of it.
    pub day: Day,
    /// What kind of act it was.
    pub kind: ChangeKind,
    /// The inquiry that it is about.
    pub inquiry: Option<String>,
    /// The number of the recommendation.
    pub number: Option<String>,
    /// The body that it is about.
    pub body: Option<String>,
    /// What the change says of the register itself: who runs it, whether two people are needed. Of nothing else.
    pub about_register: Option<String>,
    /// Whether it puts something right.
    pub corrects: bool,
    /// Of a date that passed: that date.
    pub passed_on: Option<Day>,
    /// Of a date that passed: what was to come by then, where that is known and the notice is not withheld.
    pub passed: Option<DeadlineKind>,
    /// Of a hold: what happened to it.
    pub hold: Option<hold::Published>,
    /// Of updates of several answers, published together: those answers.
    pub several: Vec<OneOfSeveral>,
}

impl ChangeLine {
    /// Whether it published updates of several answers, and so does not name any of them itself.
    #[must_use]
    pub fn is_about_several(&self) -> bool {
        is_about_several(self.kind, self.number.as_deref(), self.body.as_deref())
    }
}

fn is_about_several(kind: ChangeKind, number: Option<&str>, body: Option<&str>) -> bool {
    kind == ChangeKind::Reported && (number.is_none() || body.is_none())
}

/// One of several answers of which updates were published together.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct OneOfSeveral {
    /// The change.
    pub seq: Seq,
    /// The answer.
    pub addressee: AddresseeId,
    /// Its recommendation.
    pub recommendation: RecommendationId,
    /// The body asked, and the one that answers now.
    pub bodies: (BodyId, BodyId),
    /// The inquiry.
    pub inquiry: String,
    /// The number of the recommendation.
    pub number: String,
    /// The body that answers now.
    pub body: String,
}

type Row = (Seq, Day, ChangeKind, Option<String>, Option<String>, Option<String>, Option<String>);

macro_rules! rows {
    () => {
        change::table
            .left_join(inquiry::table.on(change::inquiry_id.eq(inquiry::id.nullable())))
            .left_join(recommendation::table.on(change::recommendation_id.eq(recommendation::id.nullable())))
            .left_join(body::table.on(change::body_id.eq(body::id.nullable())))
            .order(change::seq)
            .select((
                change::seq,
                change::day,
                change::kind,
                inquiry::short_title.nullable(),
                recommendation::number.nullable(),
                body::name.nullable(),
                diesel::dsl::case_when(change::withheld.is_null(), change::reason),
            ))
    };
}

/// The changes after `after` and up to `upto`, oldest first, and how many there are in all. A load is left out: it is one
/// act that is mailed to nobody.
///
/// # Errors
/// When the database fails.
pub fn changes(tx: &mut ReadTx<'_>, (after, upto): (Seq, Seq), limit: i64) -> Result<(Vec<ChangeLine>, i64), Error> {
    let window = || change::seq.gt(after).and(change::seq.le(upto)).and(change::kind.ne(ChangeKind::Load));
    let number = change::table.filter(window()).count().get_result(tx.conn)?;
    let rows: Vec<Row> = rows!().filter(window()).limit(limit).load(tx.conn)?;
    Ok((lines(tx, rows)?, number))
}

/// These changes, oldest first, as a digest names them; a load too.
///
/// # Errors
/// When the database fails.
pub fn named(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<Vec<ChangeLine>, Error> {
    let mut all = Vec::with_capacity(seqs.len());
    for some in seqs.chunks(AT_ONCE) {
        let rows: Vec<Row> = rows!().filter(change::seq.eq_any(some)).load(tx.conn)?;
        all.extend(lines(tx, rows)?);
    }
    all.sort_by_key(|line| line.seq);
    Ok(all)
}

fn lines(tx: &mut ReadTx<'_>, rows: Vec<Row>) -> Result<Vec<ChangeLine>, Error> {
    let seqs: Vec<Seq> = rows.iter().map(|row| row.0).collect();
    let corrections = corrections(tx, &seqs)?;
    let is_hold = |row: &&Row| row.2 == ChangeKind::Hold;
    let holds: Vec<Seq> = rows.iter().filter(is_hold).map(|row| row.0).collect();
    let holds = if holds.is_empty() { Vec::new() } else { hold::of_changes(tx, &holds)? };
    let noticed: Vec<Seq> = rows.iter().filter(|row| row.2 == ChangeKind::Notice).map(|row| row.0).collect();
    let passed: HashMap<Seq, Day> = remark::table
        .filter(remark::seq.eq_any(noticed.clone()).and(remark::kind.eq(RemarkKind::Notice)))
        .filter(remark::happened_on.is_not_null())
        .select((remark::seq, remark::happened_on.assume_not_null()))
        .load::<(Seq, Day)>(tx.conn)?
        .into_iter()
        .collect();
    let mut kinds: HashMap<Seq, DeadlineKind> = remark::table
        .inner_join(deadline::table.on(remark::deadline_id.eq(deadline::id.nullable())))
        .filter(remark::seq.eq_any(noticed.clone()).and(remark::kind.eq(RemarkKind::Notice)))
        .filter(remark::withheld.is_null())
        .select((remark::seq, deadline::kind))
        .load::<(Seq, DeadlineKind)>(tx.conn)?
        .into_iter()
        .collect();
    let by_hand: Vec<Seq> = remark::table
        .filter(remark::seq.eq_any(noticed).and(remark::kind.eq(RemarkKind::Notice)))
        .filter(remark::deadline_id.is_null().and(remark::author_id.is_not_null()).and(remark::withheld.is_null()))
        .select(remark::seq)
        .load(tx.conn)?;
    kinds.extend(by_hand.into_iter().map(|seq| (seq, NOTICED_BY_HAND)));
    let several = several(tx, &rows)?;
    let line = |(seq, day, kind, inquiry, number, body, reason): Row| ChangeLine {
        several: several.iter().filter(|one| one.seq == seq).cloned().collect(),
        about_register: reason.filter(|_| kind == ChangeKind::Register),
        corrects: corrections.contains_key(&seq),
        passed_on: passed.get(&seq).copied(),
        passed: kinds.get(&seq).copied(),
        hold: holds.iter().find(|hold| hold.step.seq == seq).cloned(),
        seq,
        day,
        kind,
        inquiry,
        number,
        body,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// The answers that those of these changes are about which name none.
fn several(tx: &mut ReadTx<'_>, rows: &[Row]) -> Result<Vec<OneOfSeveral>, Error> {
    let is_one = |row: &&Row| is_about_several(row.2, row.4.as_deref(), row.5.as_deref());
    let seqs: Vec<Seq> = rows.iter().filter(is_one).map(|row| row.0).collect();
    if seqs.is_empty() {
        return Ok(Vec::new());
    }
    let mut all: Vec<OneOfSeveral> = fact_update::table
        .inner_join(addressee::table)
        .inner_join(recommendation::table.on(addressee::recommendation_id.eq(recommendation::id)))
        .inner_join(inquiry::table.on(recommendation::inquiry_id.eq(inquiry::id)))
        .inner_join(body::table.on(addressee::answerer_id.eq(body::id)))
        .filter(fact_update::seq.eq_any(seqs))
        .order((fact_update::seq, addressee::id))
        .select((
            fact_update::seq,
            addressee::id,
            addressee::recommendation_id,
            (addressee::body_id, addressee::answerer_id),
            inquiry::short_title,
            recommendation::number,
            body::name,
        ))
        .load(tx.conn)?;
    all.dedup_by_key(|one| (one.seq, one.addressee));
    Ok(all)
}

/// Which of these changes put an earlier one right, and which that was: a correction is told as one, to those who were told of
/// the error.
///
/// # Errors
/// When the database fails.
pub fn corrections(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<HashMap<Seq, Seq>, Error> {
    let mut found = HashMap::new();
    macro_rules! of {
        ($table:ident) => {
            let rows: Vec<(Seq, Option<_>)> = $table::table
                .filter($table::seq.eq_any(seqs.to_vec()).and($table::corrects.is_not_null()))
                .select(($table::seq, $table::corrects))
                .load(tx.conn)?;
            let wrong: Vec<i64> = rows.iter().filter_map(|(_, wrong): &(Seq, Option<i64>)| *wrong).collect();
            let earlier: Vec<(i64, Seq)> =
                $table::table.filter($table::id.eq_any(wrong)).select(($table::id, $table::seq)).load(tx.conn)?;
            let earlier: HashMap<i64, Seq> = earlier.into_iter().collect();
            found.extend(rows.iter().filter_map(|(seq, wrong)| Some((*seq, *earlier.get(wrong.as_ref()?)?))));
        };
    }
    of!(fact_update);
    of!(deadline);
    of!(coverage);
    of!(evidence);
    of!(report);
    of!(mark);
    of!(outside_finding);
    of!(inquiry_event);
    of!(remark);
    Ok(found)
}

/// A piece of work that waits to be published.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct WaitingLine {
    /// Its own name, as in its address.
    pub reference: String,
    /// What kind of work it is.
    pub kind: FilingKind,
    /// When it was handed in.
    pub submitted_at: Option<Moment>,
    /// The inquiry.
    pub inquiry: String,
    /// Its row.
    pub inquiry_id: InquiryId,
    /// The number of the recommendation.
    pub number: String,
    /// The body asked that it is about.
    pub body: Option<String>,
    /// The body that answers now.
    pub answerer: Option<String>,
}

/// Everything that waits for somebody to publish it, oldest first.
///
/// # Errors
/// When the database fails.
pub fn waiting(tx: &mut ReadTx<'_>) -> Result<Vec<WaitingLine>, Error> {
    Ok(filing::table
        .inner_join(recommendation::table.on(filing::recommendation_id.eq(recommendation::id)))
        .inner_join(inquiry::table.on(recommendation::inquiry_id.eq(inquiry::id)))
        .left_join(addressee::table.on(filing::addressee_id.eq(addressee::id.nullable())))
        .left_join(body::table.on(addressee::body_id.eq(body::id)))
        .filter(filing::state.eq(FilingState::Submitted))
        .order((filing::submitted_at, filing::id))
        .select((
            filing::reference,
            filing::kind,
            filing::submitted_at,
            inquiry::short_title,
            inquiry::id,
            recommendation::number,
            body::name.nullable(),
            sql::<Nullable<Text>>(ANSWERER),
        ))
        .load(tx.conn)?)
}
