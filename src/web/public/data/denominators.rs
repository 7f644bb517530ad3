//! What totals rest on, as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use super::ElsewhereData;
use crate::domain::address;
use crate::domain::denominators::Denominators;
use crate::domain::moment::Day;
use crate::store::inquiry::{Held, InquiryView};
use crate::store::oldest::{self, Among, Oldest};
use crate::store::tally::Tally;
use crate::store::{self, ReadTx};
use crate::web::public::ground;
use crate::web::public::handed::Elsewhere;

/// What the numbers of an inquiry rest on. Parts are counted in none of them.
#[derive(Serialize, ToSchema)]
#[schema(as = Denominators)]
pub(in crate::web) struct DenominatorsData {
    /// How many the report itself counts; null where that is not recorded here.
    in_report: Option<u64>,
    /// How many are in the register.
    loaded: u64,
    /// Of these, those summarised in the register's words.
    summarised: u64,
    /// Those in the report's own words.
    verbatim: u64,
    /// Those that nobody has transcribed.
    not_transcribed: u64,
    /// Those compared with the source, whoever did so.
    compared: u64,
    /// Those that one person compared with the source and another one published.
    second_person: u64,
    /// How many of the report are not tracked in the register, with a reason.
    not_tracked: u64,
    not_tracked_why: Option<String>,
    /// How many of the report are not in the register, where no reason is recorded.
    not_here_unexplained: u64,
}

impl DenominatorsData {
    /// Of recommendations found, of whatever report.
    pub(in crate::web) fn found(of: &Denominators) -> FoundData {
        FoundData {
            recommendations: of.recommendations,
            summarised: of.summarised,
            verbatim: of.verbatim,
            not_transcribed: of.not_transcribed,
            compared: of.compared,
            second_person: of.second_person,
        }
    }
}

/// Whose words the recommendations of a list are.
#[derive(Serialize, ToSchema)]
#[schema(as = WhoseWords)]
pub(in crate::web) struct FoundData {
    recommendations: u64,
    summarised: u64,
    verbatim: u64,
    not_transcribed: u64,
    compared: u64,
    second_person: u64,
}

/// What the reports count themselves that stand behind the numbers of a list.
#[derive(Serialize, ToSchema)]
#[schema(as = ReportsBehind)]
pub(in crate::web) struct ReportsData {
    /// How many reports.
    reports: u64,
    /// How many recommendations they count together; null where none of them has its count recorded here.
    in_reports: Option<u64>,
    /// Of how many reports the count is not recorded here.
    reports_not_counted: u64,
    /// How many of their recommendations are in the register.
    loaded: u64,
    /// Those that one person compared with the source and another one published.
    second_person: u64,
    /// How many are not tracked in the register, with a reason.
    not_tracked: u64,
    /// Why; null where several reports stand behind the numbers, each of which says it itself, and where it is withheld.
    not_tracked_why: Option<String>,
    /// How many are not in the register, where no reason is recorded.
    not_here_unexplained: u64,
}

impl ReportsData {
    /// What was read of them.
    pub(in crate::web) fn of(read: &ground::Read) -> Self {
        let (of, reports) = (&read.behind, read.reports);
        Self {
            reports,
            in_reports: (of.uncounted < reports).then_some(of.in_source),
            reports_not_counted: of.uncounted,
            loaded: of.recommendations,
            second_person: of.second_person,
            not_tracked: of.not_tracked,
            not_tracked_why: read.why.reason.clone(),
            not_here_unexplained: of.unexplained,
        }
    }
}

/// What the numbers rest on of a list that is about more than one inquiry.
#[derive(Serialize, ToSchema)]
#[schema(as = WhatNumbersRestOn)]
pub(in crate::web) struct GroundData {
    /// Whose words the recommendations are that the numbers are about.
    denominators: FoundData,
    /// What the reports count that these are from.
    reports_behind: ReportsData,
    /// The oldest of these recommendations that nobody has looked at; null where somebody has looked at each.
    oldest_not_looked_at: Option<OldestData>,
}

impl GroundData {
    /// What was read.
    pub(in crate::web) fn of(read: &ground::Read, base: &str) -> Self {
        Self {
            denominators: DenominatorsData::found(&read.words),
            reports_behind: ReportsData::of(read),
            oldest_not_looked_at: read.oldest.as_ref().map(|oldest| OldestData::of(oldest, base)),
        }
    }
}

/// What the numbers of one page of a list rest on. Each is null where there is nothing to be said.
#[derive(Serialize, Default)]
pub(in crate::web) struct ListGroundData {
    /// What the reports count that stand behind the list.
    pub(in crate::web) reports_behind: Option<ReportsData>,
    /// The oldest of all that these reports hold that nobody has looked at; null also where the list leaves some of it out, and on
    /// every page but the first.
    pub(in crate::web) oldest_not_looked_at: Option<OldestData>,
    /// Where what was put to the body asked for is counted that another one answers now; null where there is none of it, or no body was asked for.
    pub(in crate::web) counted_elsewhere: Option<ElsewhereData>,
}

impl ListGroundData {
    /// What was read.
    pub(in crate::web) fn of(read: &ground::Read, base: &str) -> Self {
        Self {
            reports_behind: (read.reports > 0).then(|| ReportsData::of(read)),
            oldest_not_looked_at: read.oldest.as_ref().map(|oldest| OldestData::of(oldest, base)),
            counted_elsewhere: None,
        }
    }

    /// The same of a search for what a body answers.
    pub(in crate::web) fn with(self, elsewhere: Option<&Elsewhere>) -> Self {
        Self { counted_elsewhere: elsewhere.map(ElsewhereData::of), ..self }
    }
}

/// The oldest recommendation that nobody has looked at.
#[derive(Serialize, ToSchema)]
#[schema(as = OldestNotLookedAt)]
pub(in crate::web) struct OldestData {
    number: String,
    address: String,
    /// The day on which it was made, or on which its report was published; null where neither is known.
    on: Option<Day>,
    /// Whether that is the day of the report.
    of_report: bool,
}

/// What stands beside the numbers of an inquiry.
#[derive(Serialize, ToSchema)]
#[schema(as = InquiryNumbers)]
pub(in crate::web) struct NumbersData {
    denominators: DenominatorsData,
    /// The oldest recommendation that nobody has looked at; null where somebody has looked at each.
    oldest_not_looked_at: Option<OldestData>,
}

impl NumbersData {
    /// Reads them.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::web) fn read(
        tx: &mut ReadTx<'_>,
        view: &InquiryView,
        tally: &Tally,
        base: &str,
    ) -> Result<Self, store::Error> {
        let held = Held::of(&view.counts_in_source, view.not_tracked, view.not_tracked_why.clone());
        let of = store::denominators::of(tally, &held);
        let oldest = oldest::find(tx, Among::Inquiries(&[view.name.id]))?;
        Ok(Self {
            denominators: DenominatorsData {
                in_report: (of.uncounted == 0).then_some(of.in_source),
                loaded: of.recommendations,
                summarised: of.summarised,
                verbatim: of.verbatim,
                not_transcribed: of.not_transcribed,
                compared: of.compared,
                second_person: of.second_person,
                not_tracked: of.not_tracked,
                not_tracked_why: held.why,
                not_here_unexplained: of.unexplained,
            },
            oldest_not_looked_at: oldest.map(|oldest| OldestData::of(&oldest, base)),
        })
    }
}

impl OldestData {
    fn of(oldest: &Oldest, base: &str) -> Self {
        let one = &oldest.recommendation;
        let path = address::recommendation(one.inquiry.slug.as_str(), &one.number);
        Self {
            number: one.number.clone(),
            address: format!("{base}{path}"),
            on: oldest.on,
            of_report: oldest.of_report,
        }
    }
}
