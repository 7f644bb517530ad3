//! Silence, noted once: a date that passed with nothing received gets a dated remark of the register's own.

use super::job::Cycle;
use super::{Error, Service};
use crate::domain::change::{ChangeKind, RemarkKind};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::AddresseeId;
use crate::domain::licence::Rights;
use crate::domain::moment::{Day, Happened, Moment};
use crate::domain::words;
use crate::store::due::{self, DueDate};
use crate::store::ledger::{NewChange, NewRemark, insert_remark, lock_newest, open_change};
use crate::store::{ReadTx, WriteTx, present};

/// How many are published in one transaction: whoever publishes anything else meanwhile waits for that.
const AT_ONCE: usize = 50;

impl Service {
    /// Publishes a notice for each date that counts as missed and has none, each as a change of its own, some of them in one
    /// transaction. Answers how many. Nothing is noted of what is held, not even a date that was missed before the hold and not noted
    /// yet: that is done once the hold has ended, with its true date.
    ///
    /// # Errors
    /// When the database fails, or another process has taken the run over. What was published by then stays, and is not published
    /// again.
    pub async fn note_missed(&self, cycle: Cycle) -> Result<usize, Error> {
        let today = cycle.today;
        let missed = self.writer.write_long_unseen(move |tx| to_note(tx, today, None)).await?;
        let mut noted: usize = 0;
        for some in missed.chunks(AT_ONCE) {
            let (cycle, some) = (cycle.clone(), some.to_vec());
            noted += self.writer.write_long(move |tx| note_some(tx, &cycle, &some)).await?;
        }
        let summary = words::count(noted as u64, "notice", "notices");
        self.writer.write_long_unseen(move |tx| cycle.finish(tx, &summary)).await?;
        Ok(noted)
    }
}

/// The dates that count as missed, are not held and have no notice: all of them, or those of some answers.
fn to_note(tx: &mut ReadTx<'_>, today: Day, answers: Option<&[AddresseeId]>) -> Result<Vec<DueDate>, Error> {
    let yesterday = today.plus_days(-1);
    let mut missed = match answers {
        None => due::up_to(tx, DeadlineKind::WATCHED, yesterday)?,
        Some(answers) => due::of_answers(tx, DeadlineKind::WATCHED, yesterday, answers)?,
    };
    missed.retain(|date| !date.is_held() && date.is_missed(today));
    let noticed = due::noticed(tx, missed.iter().map(|date| date.addressee).collect())?;
    missed.retain(|date| !noticed.contains(&(date.addressee, date.kind, date.on)));
    Ok(missed)
}

/// Publishes the notices of some of these dates: of those that are still to be noted. Answers how many.
fn note_some(tx: &mut WriteTx<'_>, cycle: &Cycle, some: &[DueDate]) -> Result<usize, Error> {
    cycle.still_held(tx)?;
    // Nothing is published until this ends: else an answer that comes meanwhile would stand before the notice that it has not
    // come. Read again under the lock: what came before that counts, and a hold that comes now comes after.
    lock_newest(tx)?;
    let answers: Vec<AddresseeId> = some.iter().map(|date| date.addressee).collect();
    let mut missed = to_note(tx, cycle.today, Some(&answers))?;
    missed.retain(|date| some.iter().any(|one| one.deadline == date.deadline));
    for date in &missed {
        note(tx, cycle.now, cycle.today, date)?;
    }
    Ok(missed.len())
}

/// The answer's own row is not touched: a remark sets none of the four facts, and somebody may be at its form.
pub(super) fn note(tx: &mut WriteTx<'_>, now: Moment, today: Day, date: &DueDate) -> Result<(), Error> {
    let row = present::find_addressee(tx, date.addressee)?;
    let change = NewChange {
        body_id: Some(row.answerer_id),
        inquiry_id: Some(row.inquiry_id),
        recommendation_id: Some(row.recommendation_id),
        addressee_id: Some(row.id),
        ..NewChange::of(ChangeKind::Notice, now, today)
    };
    let seq = open_change(tx, &change)?;
    let remark = NewRemark {
        kind: RemarkKind::Notice,
        inquiry: Some(row.inquiry_id),
        recommendation: Some(row.recommendation_id),
        addressee: Some(row.id),
        deadline: Some(date.deadline),
        happened: Happened::on(date.on),
        words: format!("{}.", words::missed(date.kind, date.on)),
        rights: Rights::default(),
        source_url: None,
        checked: None,
        author: None,
        ask: None,
        replies_to: None,
    };
    Ok(insert_remark(tx, seq, &remark)?)
}
