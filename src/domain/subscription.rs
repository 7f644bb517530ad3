//! Following the register by mail: what somebody follows, how often they are written to, and what waits for a decision first.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Weekday;

use super::calendar::Calendar;
use super::moment::Day;
use super::text::{Slug, text_enum};

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// For how many days the link that confirms works, and the address is kept that nobody has confirmed. So long no other is sent to
/// the same address: whoever signs somebody else up can make one mail of it, not many.
pub const CONFIRM_DAYS: i64 = 7;
/// The same in seconds.
pub const CONFIRM_SECONDS: i64 = CONFIRM_DAYS * DAY_SECONDS;
/// The most things that one address follows.
pub const MOST_TOPICS: i64 = 50;
/// The longest pause, in days.
pub const LONGEST_PAUSE_DAYS: i64 = 366;
/// From more changes than this at once, a person decides whether the public is mailed.
pub const MANY_CHANGES: usize = 20;
/// Seconds for which a mailing that was decided on can still be taken back.
pub const MAILING_WAITS_SECONDS: i64 = 15 * 60;

text_enum! {
    /// How often somebody is written to.
    pub enum MailCycle as "how often" {
        /// On each working day on which something changed.
        Daily = "daily",
        /// On Mondays.
        Weekly = "weekly",
        /// On the first day of a month.
        Monthly = "monthly",
        /// Only when oversight has found something.
        Assessed = "assessed",
    }
}

impl MailCycle {
    /// Whether a mail is due `today` for somebody who was last considered on `told_on`. A day on which nobody works leaves
    /// it to the next one; days on which nothing ran are made up for once. A day that has not come yet was noted by a clock that
    /// was ahead, or at a rehearsal, and counts as yesterday.
    #[must_use]
    pub fn is_due(self, told_on: Day, today: Day, calendar: &Calendar) -> bool {
        let told_on = if told_on > today { today.plus_days(-1) } else { told_on };
        let named = |day: Day| match self {
            Self::Daily | Self::Assessed => true,
            Self::Weekly => day.date().weekday() == Weekday::Monday,
            Self::Monthly => day.date().day() == 1,
        };
        // A free day may move what is named by up to some days, and a month is the longest way between two.
        let since = today.days_since(told_on).clamp(0, 31) + 14;
        (0..=since).map(|back| today.plus_days(-back)).filter(|day| named(*day)).any(|day| {
            let falls_on = calendar.working_from(day);
            told_on < falls_on && falls_on <= today
        })
    }

    /// Whether somebody who chose this is told of a change: `judges` says whether it published what oversight found.
    #[must_use]
    pub fn takes(self, judges: bool) -> bool {
        self != Self::Assessed || judges
    }
}

text_enum! {
    /// What kind of thing somebody follows.
    pub enum TopicKind as "kind of thing to follow" {
        /// The whole register.
        Everything = "everything",
        /// One inquiry.
        Inquiry = "inquiry",
        /// One body.
        Body = "body",
        /// One theme.
        Theme = "theme",
        /// One recommendation, with its parts.
        Recommendation = "recommendation",
    }
}

/// What somebody follows, by the names in addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// The whole register.
    Everything,
    /// One inquiry.
    Inquiry(Slug),
    /// One body.
    Body(Slug),
    /// One theme.
    Theme(Slug),
    /// One recommendation of an inquiry, by its number.
    Recommendation(Slug, String),
}

impl Topic {
    /// What kind of thing it is.
    #[must_use]
    pub const fn kind(&self) -> TopicKind {
        match self {
            Self::Everything => TopicKind::Everything,
            Self::Inquiry(_) => TopicKind::Inquiry,
            Self::Body(_) => TopicKind::Body,
            Self::Theme(_) => TopicKind::Theme,
            Self::Recommendation(..) => TopicKind::Recommendation,
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        match self {
            Self::Everything => write!(out, "{kind}"),
            Self::Inquiry(slug) | Self::Body(slug) | Self::Theme(slug) => write!(out, "{kind}:{slug}"),
            Self::Recommendation(inquiry, number) => write!(out, "{kind}:{inquiry}/{number}"),
        }
    }
}

/// A text that names nothing that can be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("names nothing that can be followed")]
pub struct NoTopic;

impl FromStr for Topic {
    type Err = NoTopic;

    fn from_str(text: &str) -> Result<Self, NoTopic> {
        let (kind, name) = text.split_once(':').unwrap_or((text, ""));
        let slug = |name: &str| name.parse::<Slug>().map_err(|_| NoTopic);
        match kind.parse().map_err(|_| NoTopic)? {
            TopicKind::Everything if name.is_empty() => Ok(Self::Everything),
            TopicKind::Everything => Err(NoTopic),
            TopicKind::Inquiry => Ok(Self::Inquiry(slug(name)?)),
            TopicKind::Body => Ok(Self::Body(slug(name)?)),
            TopicKind::Theme => Ok(Self::Theme(slug(name)?)),
            TopicKind::Recommendation => {
                let (inquiry, number) = name.split_once('/').ok_or(NoTopic)?;
                let good = !number.is_empty() && number.chars().count() <= 60 && !number.chars().any(char::is_control);
                if good { Ok(Self::Recommendation(slug(inquiry)?, number.to_owned())) } else { Err(NoTopic) }
            }
        }
    }
}

text_enum! {
    /// Where a range of changes stands, as far as mail to the public goes.
    pub enum MailingState as "state of a mailing" {
        /// It goes without being asked about.
        Plain = "plain",
        /// Somebody has to decide.
        Asked = "asked",
        /// It was decided to send it; it waits, and can be taken back.
        Approved = "approved",
        /// It went its way.
        Released = "released",
        /// It was decided not to mail it.
        Refused = "refused",
    }
}

impl MailingState {
    /// Whether changes of such a range may go.
    #[must_use]
    pub const fn may_go(self) -> bool {
        matches!(self, Self::Plain | Self::Released)
    }

    /// Whether they may go later.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Asked | Self::Approved)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::england;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_mail_is_due_on_its_day_or_on_the_next_working_day() {
        let calendar = england();
        for (cycle, told_on, today, due) in [
            (MailCycle::Daily, "2027-01-18", "2027-01-18", false),
            (MailCycle::Daily, "2027-01-18", "2027-01-19", true),
            (MailCycle::Assessed, "2027-01-15", "2027-01-18", true),
            (MailCycle::Weekly, "2027-01-15", "2027-01-18", true),
            (MailCycle::Weekly, "2027-01-18", "2027-01-22", false),
            // Easter Monday; Tuesday makes up for it.
            (MailCycle::Weekly, "2027-03-22", "2027-03-29", false),
            (MailCycle::Weekly, "2027-03-22", "2027-03-30", true),
            (MailCycle::Weekly, "2027-03-30", "2027-03-31", false),
            // Nothing ran for two weeks.
            (MailCycle::Weekly, "2027-02-01", "2027-02-17", true),
            (MailCycle::Monthly, "2026-12-01", "2026-12-31", false),
            // New Year's Day and a weekend.
            (MailCycle::Monthly, "2026-12-01", "2027-01-04", true),
            (MailCycle::Monthly, "2027-01-04", "2027-01-29", false),
            (MailCycle::Monthly, "2027-01-04", "2027-02-01", true),
            (MailCycle::Monthly, "2026-01-01", "2027-02-17", true),
            // The clock was ahead by a year.
            (MailCycle::Daily, "2028-01-18", "2027-01-18", true),
            (MailCycle::Assessed, "2027-01-19", "2027-01-18", true),
            (MailCycle::Weekly, "2028-01-18", "2027-01-18", true),
            (MailCycle::Weekly, "2028-01-18", "2027-01-20", false),
            (MailCycle::Monthly, "2028-01-18", "2027-01-18", false),
            (MailCycle::Monthly, "2028-01-18", "2027-02-01", true),
        ] {
            assert_eq!(cycle.is_due(day(told_on), day(today), &calendar), due, "{cycle} {told_on} {today}");
        }
    }

    proptest! {
        #[test]
        fn each_week_and_month_has_one_mail(start in 0_i64..400) {
            let calendar = england();
            for (cycle, longest) in [(MailCycle::Weekly, 14), (MailCycle::Monthly, 40)] {
                let mut told_on = day("2026-12-07").plus_days(start);
                for step in 1..=120 {
                    let today = day("2026-12-07").plus_days(start + step);
                    if calendar.is_working(today) && cycle.is_due(told_on, today, &calendar) {
                        told_on = today;
                    }
                    prop_assert!(today.days_since(told_on) < longest, "{} {}", told_on, today);
                }
            }
        }
    }

    #[test]
    fn what_somebody_follows_is_read_back() {
        for text in ["everything", "inquiry:ashgrove", "body:a-b", "theme:boats", "recommendation:ashgrove/4(a)/2"] {
            assert_eq!(text.parse::<Topic>().unwrap().to_string(), text);
        }
        for bad in
            ["", "inquiry", "inquiry:", "everything:x", "body:A B", "recommendation:ashgrove", "x:y", "theme:../x"]
        {
            assert!(bad.parse::<Topic>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_may_go_does_not_wait() {
        for state in MailingState::ALL.iter().copied() {
            assert!(!(state.may_go() && state.waits()), "{state}");
        }
        assert!(!MailingState::Refused.may_go() && !MailingState::Refused.waits());
        assert!(MailCycle::Assessed.takes(true) && !MailCycle::Assessed.takes(false));
        assert!(MailCycle::Weekly.takes(true) && MailCycle::Weekly.takes(false));
    }
}
