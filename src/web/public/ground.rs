//! What the numbers of a page rest on that is about more than one inquiry: whose words its recommendations are, what the reports
//! behind them count themselves, why some of these are not tracked, and the oldest that nobody has looked at.

use std::collections::HashMap;

use super::search::Ask;
use super::{say, total};
use crate::domain::denominators::Denominators;
use crate::domain::id::{BodyId, InquiryId, RecommendationId};
use crate::domain::words;
use crate::store::inquiry::{Held, InquiryName};
use crate::store::oldest::{Among, Oldest};
use crate::store::overdue::Narrow;
use crate::store::search::Errors;
use crate::store::tally::{self, Counted, Scope, Tally};
use crate::store::{self, ReadTx};
use crate::web::part::Link;

/// How many inquiries are named that do not track some; of more, the list of all is named.
const NAMED: usize = 10;

/// Why some recommendations of the reports are not tracked.
#[derive(Debug, Default)]
pub struct Why {
    /// The reason, where one report stands behind the numbers; `None` also where it is withheld.
    pub reason: Option<String>,
    /// Where several do: the inquiries on whose pages the reasons stand.
    pub told_by: Vec<InquiryName>,
}

impl Why {
    /// From what the reports count themselves.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>, held: &HashMap<InquiryId, Held>) -> Result<Self, store::Error> {
        let mut of: Vec<InquiryId> = held.iter().filter(|(_, held)| held.not_tracked > 0).map(|(id, _)| *id).collect();
        if of.is_empty() {
            return Ok(Self::default());
        }
        if held.len() == 1 {
            return Ok(Self { reason: held.values().find_map(|held| held.why.clone()), told_by: Vec::new() });
        }
        of.sort_unstable();
        let mut told_by = store::inquiry::names(tx, of)?;
        told_by.sort_by_key(|one| one.id);
        Ok(Self { reason: None, told_by })
    }
}

/// As it is read.
#[derive(Debug, Default)]
pub struct Read {
    /// Whose words the recommendations are that the page is about.
    pub words: Denominators,
    /// What the reports behind them count together.
    pub behind: Denominators,
    /// How many reports these are.
    pub reports: u64,
    /// Why some of what they count is not tracked.
    pub why: Why,
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
        let (behind, held) = store::denominators::of_reports(tx, &inquiries)?;
        Ok(Self {
            words: store::denominators::of_body(tx, body)?,
            behind,
            reports: inquiries.len() as u64,
            why: Why::read(tx, &held)?,
            oldest: store::oldest::find(tx, Among::Body(body))?,
        })
    }

    /// Of these inquiries, all that they hold.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_inquiries(tx: &mut ReadTx<'_>, of: &[InquiryId]) -> Result<Self, store::Error> {
        let (behind, held) = store::denominators::of_reports(tx, of)?;
        let why = Why::read(tx, &held)?;
        let oldest = store::oldest::find(tx, Among::Inquiries(of))?;
        Ok(Self { words: behind, behind, reports: of.len() as u64, why, oldest })
    }

    /// Of a list that leaves out nothing: all that one inquiry holds, or the whole register.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_register(tx: &mut ReadTx<'_>, only: Option<InquiryId>) -> Result<Self, store::Error> {
        let inquiries = which(tx, only)?;
        Self::of_inquiries(tx, &inquiries)
    }

    /// Of these recommendations, and of the reports that they are from.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_some(
        tx: &mut ReadTx<'_>,
        ids: &[RecommendationId],
        mut from: Vec<InquiryId>,
    ) -> Result<Self, store::Error> {
        from.sort_unstable();
        from.dedup();
        let (behind, held) = store::denominators::of_reports(tx, &from)?;
        Ok(Self {
            words: store::denominators::of_some(tx, ids)?,
            behind,
            reports: from.len() as u64,
            why: Why::read(tx, &held)?,
            oldest: store::oldest::find(tx, Among::These(ids))?,
        })
    }

    /// Of dates: what the body answers that they are of, or what the inquiry holds, or the register.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_dates(tx: &mut ReadTx<'_>, narrow: Narrow) -> Result<Self, store::Error> {
        match narrow {
            Narrow { body: Some(body), inquiry: None, .. } => {
                let tally = tally::find(tx, Scope::Body(body))?;
                Self::of_body(tx, body, &tally)
            }
            // Of what one inquiry asked of one body, the report is said, and not the words of the rest.
            Narrow { body: Some(_), inquiry, .. } => Self::of_search(tx, inquiry),
            Narrow { inquiry, .. } => Self::of_register(tx, inquiry),
        }
    }

    /// What stands behind what is asked of a search.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_ask(tx: &mut ReadTx<'_>, ask: &Ask) -> Result<Self, store::Error> {
        match ask.filter.errors {
            // What was entered in error is in no number, and rests on none.
            Errors::Only => Ok(Self::default()),
            _ if !ask.leaves_out_nothing() => Self::of_search(tx, ask.filter.inquiry),
            // The first page has named the oldest.
            _ if ask.after.is_some() => {
                let read = Self::of_search(tx, ask.filter.inquiry)?;
                Ok(Self { words: read.behind, ..read })
            }
            _ => Self::of_register(tx, ask.filter.inquiry),
        }
    }

    /// What stands behind a search that may leave some out: the reports of one inquiry, or of all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_search(tx: &mut ReadTx<'_>, only: Option<InquiryId>) -> Result<Self, store::Error> {
        let inquiries = which(tx, only)?;
        let (behind, held) = store::denominators::of_reports(tx, &inquiries)?;
        Ok(Self { behind, reports: inquiries.len() as u64, why: Why::read(tx, &held)?, ..Self::default() })
    }
}

/// One inquiry, or all.
fn which(tx: &mut ReadTx<'_>, only: Option<InquiryId>) -> Result<Vec<InquiryId>, store::Error> {
    match only {
        Some(id) => Ok(vec![id]),
        None => store::inquiry::all(tx),
    }
}

/// Ready to print; what there is none of is not said.
#[derive(Debug, Default)]
pub struct Ground {
    /// Whose words the recommendations are, and how far they were compared.
    pub words: Option<String>,
    /// What the reports behind them count.
    pub reports: Option<String>,
    /// Where it is told why some of these are not tracked.
    pub why: Vec<Link>,
    /// The oldest that nobody has looked at, and from when it is.
    pub oldest: Option<(Link, String)>,
}

impl Ground {
    /// What was read, in sentences.
    pub fn of(read: &Read) -> Self {
        Self {
            words: (read.words.recommendations > 0).then(|| words::denominators(&read.words)),
            reports: (read.reports > 0)
                .then(|| words::reports_behind(&read.behind, read.reports, read.why.reason.as_deref())),
            why: match read.why.told_by.len() {
                0..=NAMED => read.why.told_by.iter().map(say::inquiry).collect(),
                _ => vec![Link::new("/inquiries", words::TOLD_BESIDE_EACH)],
            },
            oldest: total::oldest(read.oldest.as_ref()),
        }
    }

    /// The same in plain text, for files that are read away from any page: sentences, with whole addresses in the place of links.
    #[must_use]
    pub fn sentences(&self, base: &str) -> Vec<String> {
        let told: Vec<String> = self.why.iter().map(|link| format!("{base}{}", link.href)).collect();
        let why = (!told.is_empty()).then(|| format!("{} {}", words::WHY_NOT_TRACKED, told.join(" ")));
        let oldest = self.oldest.as_ref();
        let oldest = oldest.map(|(link, line)| format!("{}, {line}: {base}{}", words::OLDEST_NOT_LOOKED_AT, link.href));
        let said = [self.words.clone(), self.reports.clone()].into_iter().flatten().map(|said| format!("{said}."));
        said.chain(why).chain(oldest).collect()
    }

    /// The same with `base` before its address.
    #[must_use]
    pub fn under(self, base: &str) -> Self {
        let whole = |link: Link| Link::new(format!("{base}{}", link.href), link.words);
        let oldest = self.oldest.map(|(link, line)| (whole(link), line));
        Self { oldest, why: self.why.into_iter().map(whole).collect(), ..self }
    }
}
