//! Holds: for a time nothing new is published about a recommendation, an inquiry or the whole register, because the law asks
//! for it. What stands stays; what comes in meanwhile is kept with its day and published afterwards.
//!
//! [`keeps_back`] says which acts wait, and nothing else does: `store::ledger::open_change` asks it for every change, so that
//! no deed has to think of holds. What protects people never waits: words can be withheld and removed at any time.

use super::change::ChangeKind;
use super::moment::Day;
use super::operator_page::OperatorPage;
use super::problem::Problems;
use super::text::text_enum;
use super::words;

text_enum! {
    /// Why nothing new is published. The kind is public; what the proceedings are about is said nowhere.
    pub enum HoldKind as "reason for a hold" {
        /// Legal proceedings are going on that publication could prejudice (Contempt of Court Act 1981, section 2).
        Proceedings = "proceedings",
        /// The weeks before an election, in which public bodies publish nothing that could bear on it (Local Government Act
        /// 1986, section 2).
        Election = "election",
        /// Another rule of law, named in the operator's own file.
        Legal = "legal",
    }
}

text_enum! {
    /// What happens to a hold. Each is published.
    pub enum HoldStep as "step of a hold" {
        /// It begins.
        Placed = "placed",
        /// It goes on, with another day on which it is reviewed.
        Renewed = "renewed",
        /// It ends.
        Ended = "ended",
    }
}

text_enum! {
    /// How much a hold is about.
    pub enum Reach as "reach of a hold" {
        /// One recommendation with all its answers.
        Recommendation = "recommendation",
        /// One inquiry with all its recommendations.
        Inquiry = "inquiry",
        /// Everything.
        Register = "register",
    }
}

/// What everybody is told of a hold that keeps something back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// How much it is about.
    pub reach: Reach,
    /// Why.
    pub kind: HoldKind,
    /// Since which day.
    pub since: Day,
    /// On which day it is reviewed.
    pub review_on: Day,
}

/// What becomes of a form that is filled in while a hold bears on what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It would publish at once, and is refused.
    Refused,
    /// What is handed in is kept, and waits for a second person or for oversight.
    Waits,
    /// What needs a second person waits; anything else is refused.
    WaitsOrRefused,
    /// Of several, those that are held are left out.
    LeftOut,
}

/// The longest time until a review, in days.
pub const LONGEST_DAYS: i64 = 366;
/// How long before its review date a hold is called to mind, in days.
pub const REVIEW_SOON_DAYS: i64 = 7;
/// For so many days after a hold ended no date that passed under it counts as missed yet: what came in meanwhile, and could
/// not be recorded, is recorded first. The register was not able to hear.
pub const DAYS_TO_CATCH_UP: i64 = 7;

/// Whether an act of this kind waits while a hold is in force. What protects people does not (withholding and why, removing), nor
/// what says who answers for the register and by what rules it publishes, nor what is said of the hold itself.
#[must_use]
pub const fn keeps_back(kind: ChangeKind) -> bool {
    match kind {
        ChangeKind::Load
        | ChangeKind::Response
        | ChangeKind::Reported
        | ChangeKind::Assessed
        | ChangeKind::Lifecycle
        | ChangeKind::Deadline
        | ChangeKind::Plan
        | ChangeKind::Target
        | ChangeKind::Extension
        | ChangeKind::Recheck
        | ChangeKind::Evidence
        | ChangeKind::Agreement
        | ChangeKind::Report
        | ChangeKind::Mark
        | ChangeKind::OutsideFinding
        | ChangeKind::Reply
        | ChangeKind::Schedule
        | ChangeKind::Arrival
        | ChangeKind::ArrivalStep
        | ChangeKind::Wording
        | ChangeKind::Asked
        | ChangeKind::Coverage
        | ChangeKind::AccuracyRule
        | ChangeKind::Notice
        | ChangeKind::Shown
        | ChangeKind::Page
        | ChangeKind::Inquiry
        | ChangeKind::Event
        | ChangeKind::Meeting
        | ChangeKind::Minute
        | ChangeKind::Body
        | ChangeKind::Succession
        | ChangeKind::BodyEvent
        | ChangeKind::Group
        | ChangeKind::Entry
        | ChangeKind::Number
        | ChangeKind::Mistaken
        | ChangeKind::Division
        | ChangeKind::Theme
        | ChangeKind::Tie
        | ChangeKind::Format => true,
        ChangeKind::Withheld | ChangeKind::Grounds | ChangeKind::Redacted | ChangeKind::Register | ChangeKind::Hold => {
            false
        }
    }
}

/// Whether a page of the operator waits while the whole register is held. Where somebody finds help, what data is held and
/// how barriers are reported must be right on every day; what the operator says of its work can wait.
#[must_use]
pub const fn page_waits(page: OperatorPage) -> bool {
    matches!(page, OperatorPage::About)
}

/// Notes what is wrong with the day on which a hold is to be reviewed.
pub fn check_review(problems: &mut Problems, review_on: Option<Day>, today: Day) {
    match review_on {
        None => problems.add("review_on", "Enter the day on which the hold is reviewed"),
        Some(on) if on <= today => problems.add("review_on", "The review date must be after today"),
        Some(on) if on.days_since(today) > LONGEST_DAYS => {
            problems.add("review_on", "The review date must be within one year; a hold can be extended then");
        }
        Some(_) => {}
    }
}

/// Whether a hold with this review date is to be called to mind today.
#[must_use]
pub fn is_to_be_reviewed(review_on: Day, today: Day) -> bool {
    review_on.days_since(today) <= REVIEW_SOON_DAYS
}

/// A time in which silence is not told: from the day on which a hold was placed until the register has caught up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// Since which day.
    pub since: Day,
    /// The day on which the hold ended; `None` while it is in force.
    pub ended_on: Option<Day>,
}

impl Quiet {
    /// Whether it is still quiet on `today`.
    #[must_use]
    pub fn lasts(self, today: Day) -> bool {
        self.ended_on.is_none_or(|ended| today < ended.plus_days(DAYS_TO_CATCH_UP))
    }

    /// This one and one that began while it was still quiet, as one; the second again where it began later. What passed under
    /// the first could not be recorded before the second began.
    fn with_later(self, later: Self) -> Result<Self, Self> {
        if !self.lasts(later.since) {
            return Err(later);
        }
        let ended_on = self.ended_on.zip(later.ended_on).map(|(one, other)| one.max(other));
        Ok(Self { since: self.since, ended_on })
    }
}

/// Since when silence is not told, of all the times that bear on one answer, those that follow each other without a break
/// taken as one: a date that passed before that day counts as it did, a later one does not count yet.
#[must_use]
pub fn quiet_since(quiet: &[Quiet], today: Day) -> Option<Day> {
    let mut quiet = quiet.to_vec();
    quiet.sort_by_key(|one| one.since);
    let mut each = quiet.into_iter();
    let first = each.next()?;
    let last = each.fold(first, |before, next| before.with_later(next).unwrap_or_else(|apart| apart));
    last.lasts(today).then_some(last.since)
}

impl std::fmt::Display for Held {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&words::held_back(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn what_protects_people_never_waits_and_what_says_something_new_always_does() {
        let free: Vec<ChangeKind> = ChangeKind::ALL.iter().copied().filter(|kind| !keeps_back(*kind)).collect();
        let kinds = [ChangeKind::Withheld, ChangeKind::Grounds, ChangeKind::Redacted, ChangeKind::Register];
        assert_eq!(free, [&kinds[..], &[ChangeKind::Hold]].concat());
        let waiting: Vec<OperatorPage> = OperatorPage::ALL.iter().copied().filter(|page| page_waits(*page)).collect();
        assert_eq!(waiting, [OperatorPage::About]);
    }

    #[test]
    fn a_review_date_lies_ahead_and_not_too_far() {
        let today = day("2026-11-23");
        let fault = |review: Option<&str>| {
            let mut problems = Problems::none();
            check_review(&mut problems, review.map(day), today);
            problems.at("review_on").map(str::to_owned)
        };
        assert_eq!(fault(None).as_deref(), Some("Enter the day on which the hold is reviewed"));
        assert_eq!(fault(Some("2026-11-23")).as_deref(), Some("The review date must be after today"));
        assert!(fault(Some("2026-11-22")).is_some());
        assert_eq!(fault(Some("2026-11-24")), None);
        assert_eq!(fault(Some("2027-11-24")), None);
        assert!(fault(Some("2027-11-25")).is_some_and(|said| said.contains("within one year")));
    }

    #[test]
    fn a_review_is_called_to_mind_a_week_before_and_ever_after() {
        let review = day("2027-03-08");
        assert!(!is_to_be_reviewed(review, day("2027-02-28")));
        for today in ["2027-03-01", "2027-03-08", "2027-04-01"] {
            assert!(is_to_be_reviewed(review, day(today)), "{today}");
        }
    }

    #[test]
    fn silence_is_not_told_under_a_hold_nor_before_the_register_has_caught_up() {
        let held = Quiet { since: day("2027-01-10"), ended_on: None };
        let ended = Quiet { since: day("2026-12-01"), ended_on: Some(day("2027-02-01")) };
        assert_eq!(quiet_since(&[], day("2027-02-01")), None);
        assert_eq!(quiet_since(&[held], day("2030-01-01")), Some(day("2027-01-10")));
        assert_eq!(quiet_since(&[held, ended], day("2027-02-07")), Some(day("2026-12-01")));
        assert_eq!(quiet_since(&[ended], day("2027-02-07")), Some(day("2026-12-01")));
        assert_eq!(quiet_since(&[ended], day("2027-02-08")), None);
    }

    #[test]
    fn holds_that_follow_each_other_without_a_break_keep_silence_from_the_first_day_of_all() {
        let quiet = |since, ended: Option<&str>| Quiet { since: day(since), ended_on: ended.map(day) };
        let first = quiet("2026-12-01", Some("2027-02-01"));
        // What passed under the first cannot be recorded while the second is in force.
        let overlapping = [quiet("2027-01-10", None), first];
        assert_eq!(quiet_since(&overlapping, day("2027-02-08")), Some(day("2026-12-01")));
        assert_eq!(quiet_since(&overlapping, day("2030-01-01")), Some(day("2026-12-01")));
        // Within the days of catching up the next one follows on; on the day after them it does not.
        let follows = [first, quiet("2027-02-07", Some("2027-03-01"))];
        assert_eq!(quiet_since(&follows, day("2027-03-07")), Some(day("2026-12-01")));
        assert_eq!(quiet_since(&follows, day("2027-03-08")), None);
        assert_eq!(quiet_since(&[first, quiet("2027-02-08", None)], day("2027-02-08")), Some(day("2027-02-08")));
        // One that ended within another does not shorten it.
        let within = [first, quiet("2026-12-10", Some("2026-12-20")), quiet("2027-02-03", None)];
        assert_eq!(quiet_since(&within, day("2027-04-01")), Some(day("2026-12-01")));
    }
}
