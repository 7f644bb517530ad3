//! Rules that several deeds share: what makes a date absurd, what must stand beside which value. Each fault is a sentence at
//! a form field; the field names are those of the staff forms.

use super::fairness::Decided;
use super::lifecycle::{Closure, Lifecycle};
use super::moment::{Day, Happened, Precision};
use super::problem::Problems;
use super::reported::Reported;
use super::response::Response;
use super::words;

/// What the dates of one answer are held against.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The day on which the inquiry reported, where it is known.
    pub published_on: Option<Day>,
    /// Today, in the register's zone.
    pub today: Day,
}

/// Nobody sets a date further ahead than this many years.
const YEARS_AHEAD: i64 = 30;
/// How far before the report something may lie that happened "about" then.
const DAYS_ABOUT: i64 = 365;
/// No inquiry of this kind is older, also where the day of its report is not known.
const OLDEST_YEAR: i16 = 1800;

/// Something that happened: not before the report, not after today.
pub fn past(problems: &mut Problems, field: &str, happened: Happened, required: bool, frame: Frame) {
    let Some(day) = happened.day else {
        if required {
            problems.add(field, "Enter the date on which this came to be so, or the date by which it was");
        }
        return;
    };
    if day > frame.today {
        problems.add(field, format!("The date must be today or earlier; {} has not come yet", words::day(day)));
    }
    // "about" may lie a little before the report; nothing is computed from it.
    let slack = if happened.precision == Precision::About { DAYS_ABOUT } else { 0 };
    not_before_report(problems, field, day.plus_days(slack), frame);
}

/// Something that is owed: not before the report, and not absurdly far ahead.
pub fn due(problems: &mut Problems, field: &str, day: Day, frame: Frame) {
    not_before_report(problems, field, day, frame);
    if day > frame.today.plus_months(12 * YEARS_AHEAD) {
        problems.add(field, format!("The date must be within {YEARS_AHEAD} years from today"));
    }
}

/// Something that is asked for from now on: today or later.
pub fn ahead(problems: &mut Problems, field: &str, day: Day, frame: Frame) {
    if day < frame.today {
        problems.add(field, format!("The date must be today or later; {} has passed", words::day(day)));
    }
    due(problems, field, day, frame);
}

/// Refuses at this field, with this sentence, to set a date ahead on what is closed: nothing is owed on it until it is opened
/// again.
pub fn is_open(problems: &mut Problems, field: &str, lifecycle: Lifecycle, sentence: &str) {
    if lifecycle == Lifecycle::Closed && problems.at(field).is_none() {
        problems.add(field, sentence);
    }
}

/// The longest time between two returns, in months.
const LONGEST_INTERVAL: i64 = 60;

/// What is wrong with when returns are asked for: the next date, and every so many months after that. Where a schedule `stands`,
/// another one needs a reason. Whether it may be asked for at all is another question; so is whether it can be ended.
pub fn schedule(
    problems: &mut Problems,
    (next_on, every_months): (Option<Day>, Option<i64>),
    stands: bool,
    reason: Option<&str>,
    frame: Frame,
) {
    match (next_on, every_months) {
        (Some(day), _) => ahead(problems, "next_on", day, frame),
        (None, _) if problems.at("next_on").is_some() => {}
        (None, Some(_)) => {
            problems.add("next_on", "Enter the next date, or clear the number of months to end the schedule");
        }
        (None, None) if !stands => problems.add("next_on", "Enter the next date"),
        (None, None) => {}
    }
    if every_months.is_some_and(|months| !(1..=LONGEST_INTERVAL).contains(&months)) {
        problems.add("every_months", format!("Enter a number of months from 1 to {LONGEST_INTERVAL}"));
    }
    if stands && reason.is_none() {
        problems.add("reason", "Enter why the schedule changes");
    }
}

fn not_before_report(problems: &mut Problems, field: &str, day: Day, frame: Frame) {
    if day.date().year() < OLDEST_YEAR {
        problems.add(field, format!("The year must be {OLDEST_YEAR} or later"));
    } else if let Some(published) = frame.published_on
        && day < published
    {
        problems.add(
            field,
            format!("The date must not be before the recommendation was made, on {}", words::day(published)),
        );
    }
}

/// What must stand beside who decided a finding.
pub fn decided(problems: &mut Problems, decided: Option<&Decided>, frame: Frame) {
    let Some(Decided { by, on, minute, approval }) = decided else { return };
    if by.is_empty() {
        if on.is_some() || minute.is_some() || approval.is_some() {
            problems.add("decided_by", "Enter which post or committee decided, or clear what follows it");
        }
        return;
    }
    if let Some(day) = on {
        past(problems, "decided_on", Happened::on(*day), false, frame);
    }
    if approval.is_none() {
        problems.add("approval", "Choose whether the decision is approved or a draft");
    }
}

/// What must stand beside a response.
pub fn response(
    problems: &mut Problems,
    value: Response,
    words: Option<&str>,
    reason: Option<&str>,
    decide_by: Option<Day>,
    corrects: bool,
) {
    // A correction may take a wrong entry back: then nothing is recorded, and the reason says why.
    if value == Response::NotRecorded && !corrects {
        problems.add("value", "Choose what the body answered. To take a wrong entry back, correct it");
    }
    if value.needs_reason() && reason.is_none() {
        problems.add("reason", "Enter the reason that the body gave for rejecting it, or that it gave none");
    }
    if value.needs_limits() && words.is_none() {
        problems.add("words", "Enter what the body said that it will not do, or that it did not say");
    }
    match (value.needs_decide_by(), decide_by) {
        (true, None) => problems.add("decide_by", "Enter the day by which the body says it will decide"),
        (false, Some(_)) => {
            problems.add("decide_by", "A day to decide by belongs only to an answer under consideration; clear it");
        }
        _ => {}
    }
}

/// What must be said of a look that found no answer, where no entry of a look says it already.
pub fn looked(
    problems: &mut Problems,
    happened: Happened,
    words: Option<&str>,
    source_url: Option<&str>,
    by_post: Option<&str>,
) {
    if by_post.is_none() {
        problems.add("looked_by", words::LOOK_FIRST);
    }
    if words.is_none() || source_url.is_none() {
        problems.add("words", "Enter where and how an answer was looked for, and the link that was looked at");
    }
    if happened.day.is_none() || happened.precision != Precision::On {
        problems.add("happened", "Enter the very day on which it was looked for");
    }
}

/// What must stand beside a body's own word.
pub fn reported(problems: &mut Problems, value: Reported, words: Option<&str>, reason: Option<&str>, corrects: bool) {
    if value == Reported::NotReported {
        if corrects {
            return;
        }
        problems.add("value", "Choose what the body says it has done");
    }
    if words.is_none() {
        problems.add("words", "Enter what was done, or is planned");
    }
    if value.needs_reason() && reason.is_none() {
        problems.add("reason", "Enter the reason for stopping");
    }
}

/// What must stand beside closing, opening or finding that something holds no longer; `done` tells whether a published
/// assessment says done, made since it last lapsed.
pub fn lifecycle(problems: &mut Problems, to: Lifecycle, closure: Option<Closure>, done: bool) {
    match (to, closure) {
        (Lifecycle::Closed, None) => problems.add("closure", "Choose why it is closed"),
        (Lifecycle::Closed, Some(closure)) if closure.is_done() && !done => problems
            .add("closure", "It can be closed as done only after a published assessment says that it is implemented"),
        (Lifecycle::Open | Lifecycle::Lapsed, Some(_)) => {
            problems.add("closure", "A reason for closing belongs only to closing; clear it");
        }
        _ => {}
    }
}

/// What a closing rests on came first: the finding no later than the closing, and for closing as done what would show it no
/// later than the finding. The same day is early enough; days that are only about right, or not known, are not compared.
pub fn rests_on(
    problems: &mut Problems,
    (closure, closed): (Option<Closure>, Happened),
    found: Happened,
    agreed_on: Option<Day>,
) {
    let Some(closure) = closure.filter(|closure| closure.rests_on_finding()) else { return };
    let exact = |it: Happened| it.day.filter(|_| it.precision != Precision::About);
    let Some(found_on) = exact(found) else { return };
    if exact(closed).is_some_and(|closed_on| closed_on < found_on) && problems.at("happened").is_none() {
        let found_on = words::day(found_on);
        problems.add("happened", format!("The date must not be before the finding that it rests on, of {found_on}"));
    }
    if let Some(agreed_on) = agreed_on.filter(|agreed_on| closure.is_done() && *agreed_on > found_on)
        && problems.at("closure").is_none()
    {
        problems.add("closure", words::agreed_after_finding(agreed_on));
    }
}

/// Whether one state may follow another. A correction takes another's place and follows nothing.
pub fn follows(problems: &mut Problems, from: Lifecycle, to: Lifecycle) {
    match (from, to) {
        (Lifecycle::Closed, Lifecycle::Closed) => problems.add("value", "It is closed already; open it again first"),
        (Lifecycle::Open | Lifecycle::Lapsed, Lifecycle::Open) => problems.add("value", "It is open already"),
        (Lifecycle::Open | Lifecycle::Lapsed, Lifecycle::Lapsed) => {
            problems.add("value", "Only what was closed can be found to hold no longer");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fairness::Approval;

    fn frame() -> Frame {
        Frame { published_on: Some("2014-08-26".parse().unwrap()), today: "2026-11-23".parse().unwrap() }
    }

    fn found(check: impl FnOnce(&mut Problems)) -> Vec<String> {
        let mut problems = Problems::none();
        check(&mut problems);
        problems.iter().map(|problem| problem.field.clone()).collect()
    }

    #[test]
    fn absurd_dates_are_named() {
        let on = |text: &str| Happened::on(text.parse().unwrap());
        assert!(found(|it| past(it, "happened", on("2014-09-03"), true, frame())).is_empty());
        assert_eq!(found(|it| past(it, "happened", on("2014-08-25"), true, frame())), ["happened"]);
        assert_eq!(found(|it| past(it, "happened", on("9999-01-01"), true, frame())), ["happened"]);
        assert_eq!(found(|it| past(it, "happened", Happened::UNKNOWN, true, frame())), ["happened"]);
        assert!(found(|it| past(it, "happened", Happened::UNKNOWN, false, frame())).is_empty());
        assert_eq!(found(|it| due(it, "due_on", "9999-12-31".parse().unwrap(), frame())), ["due_on"]);
        assert_eq!(found(|it| ahead(it, "due_on", "2026-11-22".parse().unwrap(), frame())), ["due_on"]);
    }

    #[test]
    fn each_response_brings_what_it_needs() {
        let day = Some("2027-01-01".parse().unwrap());
        let bare = |it: &mut Problems, value| response(it, value, None, None, None, false);
        assert_eq!(found(|it| bare(it, Response::Rejected)), ["reason"]);
        assert_eq!(found(|it| bare(it, Response::AcceptedInPart)), ["words"]);
        assert_eq!(found(|it| bare(it, Response::UnderConsideration)), ["decide_by"]);
        assert_eq!(found(|it| response(it, Response::Accepted, None, None, day, false)), ["decide_by"]);
        assert!(found(|it| bare(it, Response::NoneFound)).is_empty());
        assert_eq!(found(|it| bare(it, Response::NotRecorded)), ["value"]);
        assert!(found(|it| response(it, Response::NotRecorded, None, None, None, true)).is_empty());
        assert!(found(|it| bare(it, Response::Accepted)).is_empty());
    }

    #[test]
    fn a_look_says_where_when_and_by_which_post() {
        let on = Happened::on("2026-11-20".parse().unwrap());
        let (place, link, post) = (Some("Its minutes"), Some("https://ashgrove.example"), Some("scrutiny officer"));
        assert!(found(|it| looked(it, on, place, link, post)).is_empty());
        assert_eq!(found(|it| looked(it, on, place, None, post)), ["words"]);
        assert_eq!(found(|it| looked(it, Happened::UNKNOWN, None, link, None)), ["looked_by", "words", "happened"]);
        let about = Happened { precision: Precision::About, ..on };
        assert_eq!(found(|it| looked(it, about, place, link, post)), ["happened"]);
    }

    #[test]
    fn closing_as_done_needs_a_confirming_assessment() {
        let closed = Some(Closure::Implemented);
        assert_eq!(found(|it| lifecycle(it, Lifecycle::Closed, closed, false)), ["closure"]);
        assert!(found(|it| lifecycle(it, Lifecycle::Closed, closed, true)).is_empty());
        assert_eq!(found(|it| lifecycle(it, Lifecycle::Closed, None, true)), ["closure"]);
        assert_eq!(found(|it| lifecycle(it, Lifecycle::Open, closed, true)), ["closure"]);
        assert_eq!(found(|it| follows(it, Lifecycle::Open, Lifecycle::Lapsed)), ["value"]);
        assert_eq!(found(|it| follows(it, Lifecycle::Closed, Lifecycle::Closed)), ["value"]);
        assert!(found(|it| follows(it, Lifecycle::Closed, Lifecycle::Lapsed)).is_empty());
    }

    #[test]
    fn what_a_closing_rests_on_came_first() {
        let on = |text: &str| Happened::on(text.parse().unwrap());
        let (early, same, late) = (on("2026-11-02"), on("2026-11-10"), on("2026-11-20"));
        let about = Happened { precision: Precision::About, ..late };
        for closure in Closure::ALL.iter().copied() {
            let closed =
                |at, finding, agreed: Happened| found(|it| rests_on(it, (Some(closure), at), finding, agreed.day));
            assert!(closed(late, same, early).is_empty() && closed(same, same, same).is_empty(), "{closure}");
            let by_day = if closure.rests_on_finding() { vec!["happened"] } else { Vec::new() };
            assert_eq!(closed(early, same, early), by_day, "{closure}");
            let by_agreement = if closure.is_done() { vec!["closure"] } else { Vec::new() };
            assert_eq!(closed(late, same, late), by_agreement, "{closure}");
            assert!(closed(early, about, late).is_empty(), "{closure}");
        }
        assert!(found(|it| rests_on(it, (None, early), late, late.day)).is_empty());
    }

    #[test]
    fn who_decided_is_said_with_its_state_and_no_date_without_it() {
        let by = |by: &str| Decided { by: by.to_owned(), on: None, minute: None, approval: None };
        let minute = Decided { minute: Some("12".to_owned()), ..by("") };
        assert_eq!(found(|it| decided(it, Some(&minute), frame())), ["decided_by"]);
        assert_eq!(found(|it| decided(it, Some(&by("the cabinet")), frame())), ["approval"]);
        let later = Some("2026-11-24".parse().unwrap());
        let ahead = Decided { on: later, approval: Some(Approval::Draft), ..by("the cabinet") };
        assert_eq!(found(|it| decided(it, Some(&ahead), frame())), ["decided_on"]);
        assert!(found(|it| decided(it, Some(&Decided { on: None, ..ahead.clone() }), frame())).is_empty());
        assert!(found(|it| decided(it, None, frame())).is_empty());
    }

    #[test]
    fn about_has_an_end_too() {
        let about = |text: &str| Happened::new(Some(text.parse().unwrap()), Precision::About);
        assert!(found(|it| past(it, "happened", about("2014-02-01"), true, frame())).is_empty());
        assert_eq!(found(|it| past(it, "happened", about("2012-02-01"), true, frame())), ["happened"]);
        let unknown = Frame { published_on: None, ..frame() };
        assert_eq!(found(|it| past(it, "happened", about("0201-02-01"), true, unknown)), ["happened"]);
    }
}
