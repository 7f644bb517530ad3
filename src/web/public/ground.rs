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

/// As it is read.
#[derive(Debug, Default)]
pub struct Read {
    /// Whose words the recommendations are that the page is about.
    pub words: Denominators,
    /// What the reports behind them count together.
    pub behind: Denominators,
    /// How many reports these are.
    pub reports: u64,
    /// The oldest of the recommendations that nobody has looked at.
    pub oldest: Option<Oldest>,
}

impl Read {
    /// Of what a body answers; nothing where nothing was put to it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_body(tx: &mut ReadTx<'_>, body: BodyId, tally: &Tally) -> Result<Self, store::Error> {
        let inquiries: Vec<InquiryId> = tally.rows(Counted::Inquiry).into_iter().map(|(id, _)| InquiryId(id)).collect();
        if inquiries.is_empty() {
            return Ok(Self::default());
        }
        Ok(Self {
            words: store::denominators::of_body(tx, body)?,
            behind: store::denominators::of_reports(tx, &inquiries)?,
            reports: inquiries.len() as u64,
            oldest: store::oldest::find(tx, Among::Body(body))?,
        })
    }

    /// Of these inquiries, all that they hold.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_inquiries(tx: &mut ReadTx<'_>, of: &[InquiryId]) -> Result<Self, store::Error> {
        let behind = store::denominators::of_reports(tx, of)?;
        let oldest = store::oldest::find(tx, Among::Inquiries(of))?;
        Ok(Self { words: behind, behind, reports: of.len() as u64, oldest })
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
        Ok(Self { behind, reports: inquiries.len() as u64, ..Self::default() })
    }
}

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
    /// What was read, in sentences.
    pub fn of(read: &Read) -> Self {
        Self {
            words: (read.words.recommendations > 0).then(|| words::denominators(&read.words)),
            reports: (read.reports > 0).then(|| words::reports_behind(&read.behind, read.reports)),
            oldest: total::oldest(read.oldest.as_ref()),
        }
    }

    /// The same with `base` before its address.
    #[must_use]
    pub fn under(self, base: &str) -> Self {
        let oldest = self.oldest.map(|(link, line)| (Link::new(format!("{base}{}", link.href), link.words), line));
        Self { oldest, ..self }
    }
}
