//! What the numbers of a page rest on that is about more than one inquiry: whose words its recommendations are, what the reports
//! behind them count themselves, and the oldest that nobody has looked at.

use super::total;
use crate::domain::denominators::Denominators;
use crate::domain::id::{BodyId, InquiryId};
use crate::domain::words;
use crate::store::oldest::{Among, Oldest};
use crate::store::tally::{Counted, Tally};
use crate::store::{self, ReadTx};
use crate::web::part::Link;

/// Ready to print; what there is none of is not said.
#[derive(Debug, Default)]
pub struct Ground {
    /// Whose words the recommendations are, and how far they were compared.
    pub words: Option<String>,
    /// What the reports behind them count.
    pub reports: Option<String>,
    /// The oldest that nobody has looked at, and from when it is.
    pub oldest: Option<(Link, String)>,
}

impl Ground {
    /// From the words of what a page is about, what so many reports behind it hold, and the oldest.
    pub fn of(words: &Denominators, (behind, reports): (&Denominators, u64), oldest: Option<&Oldest>) -> Self {
        Self {
            words: (words.recommendations > 0).then(|| words::denominators(words)),
            reports: (reports > 0).then(|| words::reports_behind(behind, reports)),
            oldest: total::oldest(oldest),
        }
    }

    /// The same with `base` before its address.
    #[must_use]
    pub fn under(self, base: &str) -> Self {
        let oldest = self.oldest.map(|(link, line)| (Link::new(format!("{base}{}", link.href), link.words), line));
        Self { oldest, ..self }
    }

    /// Of what a body answers.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_body(tx: &mut ReadTx<'_>, body: BodyId, tally: &Tally) -> Result<Self, store::Error> {
        let inquiries: Vec<InquiryId> = tally.rows(Counted::Inquiry).into_iter().map(|(id, _)| InquiryId(id)).collect();
        if inquiries.is_empty() {
            return Ok(Self::default());
        }
        let words = store::denominators::of_body(tx, body)?;
        let behind = store::denominators::of_reports(tx, &inquiries)?;
        let oldest = store::oldest::find(tx, Among::Body(body))?;
        Ok(Self::of(&words, (&behind, inquiries.len() as u64), oldest.as_ref()))
    }

    /// Of these inquiries, all that they hold.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_inquiries(tx: &mut ReadTx<'_>, of: &[InquiryId]) -> Result<Self, store::Error> {
        let behind = store::denominators::of_reports(tx, of)?;
        let oldest = store::oldest::find(tx, Among::Inquiries(of))?;
        Ok(Self::of(&behind, (&behind, of.len() as u64), oldest.as_ref()))
    }

    /// What stands behind a search: the reports of one inquiry, or of all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_search(tx: &mut ReadTx<'_>, only: Option<InquiryId>) -> Result<Self, store::Error> {
        let inquiries = match only {
            Some(id) => vec![id],
            None => store::inquiry::all(tx)?,
        };
        let behind = store::denominators::of_reports(tx, &inquiries)?;
        Ok(Self::of(&Denominators::default(), (&behind, inquiries.len() as u64), None))
    }
}
