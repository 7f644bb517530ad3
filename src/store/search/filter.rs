//! Filters as one condition over a recommendation: everything asked of an answer is asked of one and the same answer.
//!
//! The condition is text, for it stands inside the capped query of either database. It is made of the program's own words,
//! row numbers and days alone; nothing that anybody typed gets in.

use std::fmt::Display;
use std::str::FromStr;

use super::bounds::{At, Bounds};
use crate::domain::assessed::Assessed;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::deadline::DeadlineKind;
use crate::domain::gap::GapPart;
use crate::domain::id::{BodyId, InquiryId, ThemeId};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::reported::Reported;
use crate::domain::response::Response;
use crate::domain::text::{UnknownWord, text_enum};
use crate::store::heard;
use crate::store::hold::{On, Silences};
use crate::store::present::{COUNTED, DATE_COLUMNS, ENTERED_RIGHTLY, target_unmet};
use crate::store::{Error, ReadTx};

text_enum! {
    /// Dates by which an answer can be found.
    pub enum Due as "choice of dates" {
        /// A date passed with nothing received, where the register was there to hear.
        Passed = "passed",
        /// A date falls in the next thirty days.
        Soon = "soon",
    }
}

text_enum! {
    /// The order of what is found.
    pub enum Sort as "order" {
        /// Most of the words in the title first.
        Best = "best",
        /// By inquiry and number.
        Register = "register",
        /// The last changed first.
        Changed = "changed",
    }
}

/// Which answers are wanted of those where the body says that it is complete or in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapAsked {
    /// All of them.
    Claimed,
    /// Those that nobody confirmed, or that no longer hold.
    Yes,
    /// One part.
    Part(GapPart),
}

impl GapAsked {
    /// Every word that an address may say.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let parts = GapPart::ALL.iter().copied().map(Self::Part);
        [Self::Yes, Self::Claimed].into_iter().chain(parts).collect()
    }

    /// The word that stands for it in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Yes => "yes",
            Self::Part(part) => part.as_str(),
        }
    }
}

impl FromStr for GapAsked {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "yes" => Ok(Self::Yes),
            "claimed" => Ok(Self::Claimed),
            part => part.parse().map(Self::Part),
        }
    }
}

/// What becomes of what was entered in error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Errors {
    /// It is left out, as it is out of every number.
    #[default]
    LeftOut,
    /// Nothing else is wanted.
    Only,
    /// It is among the rest, for whoever takes everything away.
    Among,
}

/// Which body was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// This one.
    Body(BodyId),
    /// It is not known which.
    NotKnown,
}

/// What is asked of a recommendation and of one of its answers. Of several values of one fact, any will do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Made by this inquiry.
    pub inquiry: Option<InquiryId>,
    /// About this theme.
    pub theme: Option<ThemeId>,
    /// Whose words are compared as far as this.
    pub checked: Vec<Checked>,
    /// Whose words these are.
    pub text_kind: Vec<TextKind>,
    /// Put to this body.
    pub asked: Option<Asked>,
    /// Answered so.
    pub response: Vec<Response>,
    /// Reported so.
    pub reported: Vec<Reported>,
    /// Found so.
    pub assessed: Vec<Assessed>,
    /// Open, closed or lapsed.
    pub lifecycle: Vec<Lifecycle>,
    /// Said to be done, and what became of that.
    pub gap: Option<GapAsked>,
    /// Found by somebody, and not looked at lately.
    pub not_lately: bool,
    /// With such a date.
    pub due: Option<Due>,
    /// What becomes of what was entered in error.
    pub errors: Errors,
}

/// Says to PostgreSQL that this is asked of one recommendation after the other. It would read a whole table once instead, for it
/// cannot tell how few are asked.
const ONE: &str = "limit 1 offset 0";

/// How many days ahead "soon" looks.
pub const SOON: i64 = 30;

impl Filter {
    /// Whether anything is asked of an answer.
    #[must_use]
    pub const fn asks_of_answers(&self) -> bool {
        matches!(self.asked, Some(Asked::Body(_)))
            || matches!(self.errors, Errors::Only)
            || !self.response.is_empty()
            || !self.reported.is_empty()
            || !self.assessed.is_empty()
            || !self.lifecycle.is_empty()
            || self.gap.is_some()
            || self.not_lately
            || self.due.is_some()
    }

    /// The whole condition, over the table `recommendation`.
    pub(super) fn condition(&self, today: &Today) -> String {
        let mut condition = self.recommendation_condition();
        if self.asks_of_answers() {
            let answers = format!(
                "exists (select 1 from addressee where addressee.recommendation_id = recommendation.id and {} {ONE})",
                self.answer_condition(today)
            );
            // A recommendation that was itself entered in error need not have been put to anybody.
            let errors = Self { errors: Errors::LeftOut, ..self.clone() };
            if self.errors == Errors::Only && !errors.asks_of_answers() {
                condition.push_str(&format!(" and (recommendation.in_error or {answers})"));
            } else {
                condition.push_str(&format!(" and {answers}"));
            }
        }
        condition
    }

    /// What is asked of the recommendation itself.
    pub(super) fn recommendation_condition(&self) -> String {
        let mut all = All::default();
        if self.errors == Errors::LeftOut {
            all.and("not recommendation.in_error".to_owned());
        }
        if let Some(inquiry) = self.inquiry {
            all.and(format!("recommendation.inquiry_id = {inquiry}"));
        }
        if let Some(theme) = self.theme {
            // Of the rows that tag one recommendation with one theme, the last says whether it still is.
            all.and(format!(
                "exists (select 1 from tag where tag.recommendation_id = recommendation.id and tag.theme_id = {theme} \
                 and tag.present and not exists (select 1 from tag as later where later.recommendation_id = tag.recommendation_id \
                 and later.theme_id = tag.theme_id and later.id > tag.id and not later.present) {ONE})"
            ));
        }
        if self.asked == Some(Asked::NotKnown) {
            // One that was put to a wrong body alone is put to nobody that is known.
            let counted = COUNTED.replace("addressee.", "known.");
            all.and(format!(
                "not exists (select 1 from addressee as known where known.recommendation_id = recommendation.id and known.present \
                 and {counted} {ONE}) and not exists (select 1 from recommendation as part inner join addressee as known \
                 on known.recommendation_id = part.id where part.parent_id = recommendation.id and known.present and {counted} {ONE})"
            ));
        }
        all.one_of("coalesce(recommendation.checked, '')", &self.checked);
        all.one_of("coalesce(recommendation.text_kind, '')", &self.text_kind);
        all.text()
    }

    /// What is asked of one answer, over the table `addressee`. It is looked at in the answers of recommendations that were found
    /// otherwise (see `narrow`), so no index of a value may be taken for it: a database that knows nothing of the numbers would
    /// read all answers of that value for each of them.
    pub(super) fn answer_condition(&self, today: &Today) -> String {
        let mut all = All::default();
        all.and("addressee.present".to_owned());
        match self.errors {
            Errors::LeftOut => all.and(COUNTED.to_owned()),
            Errors::Only => all.and(format!("not {ENTERED_RIGHTLY}")),
            Errors::Among => {}
        }
        if let Some(Asked::Body(body)) = self.asked {
            all.and(format!("coalesce(addressee.answerer_id, 0) = {body}"));
        }
        all.one_of("coalesce(addressee.response, '')", &self.response);
        all.one_of("coalesce(addressee.reported, '')", &self.reported);
        all.one_of("coalesce(addressee.assessed, '')", &self.assessed);
        all.one_of("coalesce(addressee.lifecycle, '')", &self.lifecycle);
        if let Some(asked) = self.gap {
            all.and(claimed(asked, today.day));
        }
        if self.not_lately {
            all.and(aged(today.day));
        }
        match self.due {
            None => {}
            Some(Due::Passed) => all.and(passed(today)),
            Some(Due::Soon) => all.and(soon(today.day)),
        }
        all.text()
    }
}

/// The day, and what holds keep from being told on it.
pub(super) struct Today {
    /// The day.
    pub day: Day,
    /// On what, and since when.
    pub quiet: Vec<(On, Day)>,
    /// How much is looked at.
    pub bounds: Bounds,
}

impl Today {
    /// Reads what holds keep.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>, At { day, bounds }: At) -> Result<Self, Error> {
        Ok(Self { day, quiet: Silences::read(tx)?.lasting(day), bounds })
    }
}

/// Of what is said to be complete or in place, one part; the rule is [`part`](crate::domain::gap::part)'s.
fn claimed(asked: GapAsked, today: Day) -> String {
    let said =
        format!("coalesce(addressee.reported, '') in ('{}', '{}')", Reported::ReportedComplete, Reported::InPlace);
    let unseen = format!(
        "(coalesce(addressee.assessed, '') = '{}' and addressee.lifecycle <> '{}')",
        Assessed::NotAssessed,
        Lifecycle::Lapsed
    );
    let aged = aged(today);
    match asked {
        GapAsked::Yes => "addressee.gap".to_owned(),
        GapAsked::Claimed => said,
        GapAsked::Part(GapPart::NotLookedAt) => format!("{said} and {unseen}"),
        GapAsked::Part(GapPart::NotLately) => format!("{said} and {aged}"),
        GapAsked::Part(GapPart::Confirmed) => format!("{said} and not {aged} and addressee.done"),
        GapAsked::Part(GapPart::Disputed) => format!("{said} and not {aged} and not addressee.done and not {unseen}"),
    }
}

/// That a finding is older than its schedule.
fn aged(today: Day) -> String {
    format!("(addressee.looked_until is not null and addressee.looked_until < '{today}')")
}

/// The rule of `overdue`, for any of the four dates.
fn passed(today: &Today) -> String {
    any_date(|kind, columns| heard::missed(kind, columns, today.day, &today.quiet))
}

fn soon(today: Day) -> String {
    let last = today.plus_days(SOON);
    any_date(|_, (date, _)| format!("addressee.{date} between '{today}' and '{last}'"))
}

/// What holds of any of the four dates, by its kind, its column and the one of its row; a date that is settled is none. See
/// [`is_settled`](crate::domain::deadline::is_settled).
fn any_date(holds: impl Fn(DeadlineKind, (&str, &str)) -> String) -> String {
    let open = format!("addressee.lifecycle <> '{}'", Lifecycle::Closed);
    let unmet = target_unmet();
    let dates = DATE_COLUMNS.into_iter().filter(|(kind, _)| *kind != DeadlineKind::Recheck);
    let dates = dates.map(|(kind, columns)| match kind {
        DeadlineKind::Target => format!("({} and {unmet})", holds(kind, columns)),
        _ => format!("({})", holds(kind, columns)),
    });
    format!("({open} and ({}))", dates.collect::<Vec<_>>().join(" or "))
}

/// Conditions that must all hold.
#[derive(Default)]
struct All(Vec<String>);

impl All {
    fn and(&mut self, condition: String) {
        self.0.push(condition);
    }

    fn one_of<V: Display>(&mut self, column: &str, values: &[V]) {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|value| format!("'{value}'")).collect();
            self.and(format!("{column} in ({})", values.join(", ")));
        }
    }

    /// Everything holds where nothing is asked.
    fn text(self) -> String {
        if self.0.is_empty() { "1 = 1".to_owned() } else { self.0.join(" and ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: Day) -> Today {
        Today { day, quiet: Vec::new(), bounds: Bounds::default() }
    }

    #[test]
    fn what_is_asked_of_an_answer_is_asked_of_one() {
        let filter = Filter {
            inquiry: Some(InquiryId(2)),
            asked: Some(Asked::Body(BodyId(3))),
            response: vec![Response::Accepted, Response::Replied],
            ..Filter::default()
        };
        assert_eq!(
            filter.condition(&on("2027-03-01".parse().unwrap())),
            format!(
                "not recommendation.in_error and recommendation.inquiry_id = 2 and exists (select 1 from addressee where \
                 addressee.recommendation_id = recommendation.id and addressee.present and {COUNTED} \
                 and coalesce(addressee.answerer_id, 0) = 3 and coalesce(addressee.response, '') in ('accepted', 'replied') {ONE})"
            )
        );
        let today = on("2027-03-01".parse().unwrap());
        assert_eq!(Filter::default().condition(&today), "not recommendation.in_error");
        let errors = Filter { errors: Errors::Only, ..Filter::default() };
        assert!(errors.condition(&today).starts_with("1 = 1 and (recommendation.in_error or exists ("));
        let of_body = Filter { asked: Some(Asked::Body(BodyId(3))), ..errors };
        assert!(of_body.condition(&today).starts_with("1 = 1 and exists ("));
        let all = Filter { errors: Errors::Among, ..Filter::default() };
        assert_eq!(all.condition(&today), "1 = 1");
    }

    #[test]
    fn what_is_settled_is_neither_soon_nor_passed() {
        let today = "2027-03-01".parse().unwrap();
        let held = vec![
            (On { inquiry: Some(InquiryId(2)), recommendation: None }, "2027-02-01".parse().unwrap()),
            (On::default(), "2027-02-03".parse().unwrap()),
        ];
        let under_holds = passed(&Today { quiet: held, ..on(today) });
        assert!(under_holds.contains(
            " and (addressee.inquiry_id <> 2 or addressee.target_on < '2027-02-01') and addressee.target_on < '2027-02-03'"
        ));
        for condition in [passed(&on(today)), soon(today)] {
            assert!(condition.starts_with("(addressee.lifecycle <> 'closed' and ("), "{condition}");
            let unmet = "not addressee.done and addressee.reported not in ('reported_complete', 'in_place'))))";
            assert!(condition.ends_with(unmet), "{condition}");
        }
        assert!(soon(today).contains("(addressee.return_due_on between '2027-03-01' and '2027-03-31')"));
    }
}
