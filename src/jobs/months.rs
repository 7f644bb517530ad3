//! Keeps what the register showed at the ends of months that have passed, in pieces, so that no snapshot is held for long.

use std::sync::Arc;

use super::Jobs;
use crate::domain::id::{AddresseeId, InquiryId};
use crate::domain::moment::Day;
use crate::domain::progress::{Point, count_in, series};
use crate::service;
use crate::service::job::Cycle;
use crate::store::{self, inquiry, month_end};

impl Jobs {
    /// Works out what is not kept yet and keeps it, inquiry by inquiry, and then for all of them. Answers how many months of the
    /// register were new.
    pub(super) async fn keep_months(&self, cycle: Cycle) -> Result<usize, service::Error> {
        // Not the day on which it runs: what was begun before midnight is published some time after it.
        let before: Day = cycle.period().parse().unwrap_or_else(|_| cycle.today.plus_days(-1));
        let inquiries: Vec<InquiryId> = self.reader.read(inquiry::all).await?;
        for inquiry in inquiries {
            let days: Vec<Day> = self.reader.read(move |tx| month_end::missing(tx, Some(inquiry), before)).await?;
            if !days.is_empty() {
                let points = self.months_of(inquiry, days).await?;
                self.service.keep_months(inquiry, points).await?;
            }
        }
        self.service.keep_months_of_register(cycle, before).await
    }

    async fn months_of(&self, inquiry: InquiryId, days: Vec<Day>) -> Result<Vec<Point>, store::Error> {
        let mut whole = series(&[], &days);
        let days = Arc::new(days);
        let mut after = Some(AddresseeId(0));
        while let Some(from) = after {
            let days = Arc::clone(&days);
            let (some, more) = self.reader.read(move |tx| month_end::piece(tx, inquiry, from, &days)).await?;
            count_in(&mut whole, &some);
            after = more;
        }
        Ok(whole)
    }
}
