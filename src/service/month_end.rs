//! What the register showed at the end of a month, kept once that is settled.

use super::job::Cycle;
use super::{Error, Service};
use crate::domain::id::InquiryId;
use crate::domain::moment::Day;
use crate::domain::progress::Point;
use crate::store::month_end;

/// The job's name, in the table of runs.
pub const MONTHS: &str = "months";

impl Service {
    /// Keeps the numbers of an inquiry at the ends of months that have passed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_months(&self, inquiry: InquiryId, points: Vec<Point>) -> Result<usize, Error> {
        Ok(self.writer.write_long_unseen(move |tx| month_end::keep(tx, Some(inquiry), &points)).await?)
    }

    /// Keeps those of the register, once those of each inquiry are kept, and ends the run. Answers how many months were new.
    ///
    /// # Errors
    /// When the database fails, or another process has taken the run over.
    pub async fn keep_months_of_register(&self, cycle: Cycle, before: Day) -> Result<usize, Error> {
        self.writer
            .write_long_unseen(move |tx| {
                let months = month_end::keep_register(tx, before)?;
                cycle.finish(tx, &months.to_string())?;
                Ok(months)
            })
            .await
    }
}
