//! Silence, noted once: a date that passed with nothing received gets a dated remark of the register's own.

use super::job::Cycle;
use super::{Error, Service};
use crate::domain::change::{ChangeKind, RemarkKind};
use crate::domain::deadline::DeadlineKind;
use crate::domain::licence::Rights;
use crate::domain::moment::{Day, Happened, Moment};
use crate::domain::words;
use crate::store::due::{self, DueDate};
use crate::store::ledger::{NewChange, NewRemark, insert_remark, lock_newest, open_change};
use crate::store::{WriteTx, present};

impl Service {
    /// Publishes a notice for each date that counts as missed and has none, each as a change of its own. Answers how many.
    /// Nothing is noted of what is held, not even a date that was missed before the hold and not noted yet: that is done once
    /// the hold has ended, with its true date.
    ///
    /// # Errors
    /// When the database fails, or another process has taken the run over.
    pub async fn note_missed(&self, cycle: Cycle) -> Result<usize, Error> {
        self.writer
            .write(move |tx| {
                // Nothing is published until this ends: else an answer that comes meanwhile would stand before the notice
                // that it has not come.
                lock_newest(tx)?;
                let yesterday = cycle.today.plus_days(-1);
                let mut missed = due::up_to(tx, DeadlineKind::WATCHED, yesterday)?;
                // Read under the lock: a hold that comes now comes after.
                missed.retain(|date| !date.is_held() && date.is_missed(cycle.today));
                let noticed = due::noticed(tx, missed.iter().map(|date| date.addressee).collect())?;
                missed.retain(|date| !noticed.contains(&(date.addressee, date.kind, date.on)));
                for date in &missed {
                    note(tx, cycle.now, cycle.today, date)?;
                }
                cycle.finish(tx, &words::count(missed.len() as u64, "notice", "notices"))?;
                Ok(missed.len())
            })
            .await
    }
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
