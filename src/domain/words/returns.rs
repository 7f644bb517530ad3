//! Updates from a body: that one arrived is public at once, its words when an overseer publishes them.

use super::changes::lower_first;
use super::dates;
use crate::domain::duty::DutyKind;
use crate::domain::filing::ArrivalStep;
use crate::domain::moment::Day;
use crate::domain::nothing_new::{NothingNew, Times};

/// What a nil return says: one click, and a dated fact.
pub const NIL_RETURN: &str = "The body says that nothing has changed since its last update.";

/// Said once an unfinished update was kept.
pub const RETURN_SAVED: &str = "Saved. Nothing of it is public, and it is not sent: go on with it when you can.";
/// Said once an update that was begun earlier was sent.
pub const RETURN_SENT: &str = "Your update has arrived, and unless a hold is in force that it came is public. Its words become public when an overseer has read them.";
/// Said once an update went to whoever signs off for the body.
pub const FOR_SIGN_OFF: &str =
    "Your update waits for your own organisation's sign-off. It counts as filed on the day on which it is signed off.";
/// Where another update on the same item waits for that already.
pub const WAITS_ALREADY: &str = "Another update on this item waits for your own organisation\u{2019}s sign-off already. Have that one signed off or take it back first";
/// Said once an update was signed off.
pub const SIGNED_OFF: &str = "Signed off. It is filed as of today.";
/// Where nobody can be reached about an item.
pub const NO_CONTACT: &str = "No working contact";

/// Whom an update goes to before it is filed.
#[must_use]
pub fn signs_off(name: &str) -> String {
    format!(
        "What you send goes to {name} first, who signs off for your organisation. It is filed, and its day counts, once it is signed off."
    )
}

/// That an update waits for sign-off within its body.
#[must_use]
pub fn waits_for_sign_off(name: &str) -> String {
    format!(
        "It waits for {name}, who signs off for your organisation. It is not filed yet, and its day counts once it is signed off."
    )
}

/// That a date is not asked about yet, so that "no change" leaves it standing.
#[must_use]
pub fn asked_from(due: Day, opens: Day) -> String {
    format!(
        "The update due {} is asked for from {} on. Said before that, \u{201c}no change\u{201d} is recorded with its day, and the update \
         stays due.",
        dates::day(due),
        dates::day(opens)
    )
}

/// A duty, as a heading or in a list.
#[must_use]
pub const fn duty(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::Main => "Main contact",
        DutyKind::Alternate => "Alternate contact",
        DutyKind::Lead => "Lead beside the main contact",
        DutyKind::SignOff => "Signs off",
    }
}

/// That an update was given to somebody else of the body, for the body's people: kept with the step. It names nobody: names of
/// people who have left are removed where people are kept, and words of a step stay.
pub const HANDED_OVER: &str = "Handed over to a colleague by the register\u{2019}s office";

/// A duty in a list of what somebody holds: `Main contact`, `Main contact for Ashgrove, recommendation 2`.
#[must_use]
pub fn duty_for(kind: DutyKind, place: Option<&(String, String)>) -> String {
    let kind = duty(kind);
    place.map_or_else(|| kind.to_owned(), |(inquiry, number)| format!("{kind} for {inquiry}, recommendation {number}"))
}

/// Who is asked about an item, with the leads beside them: `Main contact: Contributor One; asked beside them: Contributor Three`.
#[must_use]
pub fn with_leads(contact: &str, leads: &[String]) -> String {
    if leads.is_empty() { contact.to_owned() } else { format!("{contact}; asked beside them: {}", super::list(leads)) }
}

/// What somebody holds beside duties: `3 updates that are not filed`; nothing where there are none.
#[must_use]
pub fn holds_drafts(number: u64) -> Option<String> {
    (number > 0).then(|| {
        super::count(
            number,
            "update or reply that is not filed or was sent back",
            "updates or replies that are not filed or were sent back",
        )
    })
}

/// That an update is with its body, for staff: when, and never what it says.
#[must_use]
pub fn unfinished(for_sign_off: bool, begun: Day, last: Day) -> String {
    let (begun, last) = (dates::day(begun), dates::day(last));
    if for_sign_off {
        return format!(
            "An update begun on {begun} is with the body\u{2019}s own sign-off since {last}; it is not filed yet"
        );
    }
    format!("The body is writing an update, begun on {begun} and last saved on {last}; it is not filed yet")
}

/// What became of an update after it arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrived {
    /// Oversight is reading it; its words are not public yet.
    BeingRead,
    /// It reports no change.
    NoChange,
    /// Its words were published on that day.
    Published(Day),
    /// It went back to the body with questions on that day, and has not come again.
    SentBack(Day),
    /// The body took it back on that day, before it was published.
    TakenBack(Day),
    /// The register's staff set it aside on that day, unpublished.
    SetAside(Day),
}

/// `Received 1 March 2027, being read`. Received on time is on time, however long we take to read it.
#[must_use]
pub fn arrival(received: Day, arrived: Arrived) -> String {
    let received = dates::day(received);
    match arrived {
        Arrived::BeingRead => format!("Received {received}, being read"),
        Arrived::NoChange => format!("Received {received}: no change reported"),
        Arrived::Published(on) => format!("Received {received}, published {}", dates::day(on)),
        Arrived::SentBack(on) => format!("Received {received}, sent back with questions {}", dates::day(on)),
        Arrived::TakenBack(on) => format!("Received {received}, taken back by the body {}", dates::day(on)),
        Arrived::SetAside(on) => format!("Received {received}, set aside unpublished {}", dates::day(on)),
    }
}

/// The same beside what was published before it, so that nobody takes the one for the other: `Another update: received 1 March
/// 2027, being read`.
#[must_use]
pub fn another_arrival(received: Day, arrived: Arrived) -> String {
    format!("Another update: {}", lower_first(&arrival(received, arrived)))
}

/// Of which update a step is: `The update was sent back to the body with questions (received 1 March 2027)`.
#[must_use]
pub fn step_of(step: ArrivalStep, received: Day) -> String {
    format!("{} (received {})", arrival_step(step), dates::day(received))
}

/// Returns that said "no change", counted: `No change, fifth time; last news 3 March 2027`.
#[must_use]
pub fn nothing_new(found: NothingNew) -> String {
    format!("No change, {} time; {}", ordinal(found.times), last_news(found))
}

/// The same with the day of the last of them: `Received 1 June 2028: no change, fifth time; last news 3 March 2027`.
#[must_use]
pub fn nothing_new_on(received: Day, found: NothingNew) -> String {
    let received = dates::day(received);
    match found {
        NothingNew { times: Times(1), last_news: None } => format!("Received {received}: no change reported"),
        NothingNew { times: Times(1), .. } => {
            format!("Received {received}: no change reported; {}", last_news(found))
        }
        _ => format!("Received {received}: no change, {} time; {}", ordinal(found.times), last_news(found)),
    }
}

fn last_news(found: NothingNew) -> String {
    found.last_news.map_or_else(
        || "no news is recorded here".to_owned(),
        |when| format!("last news {}", dates::happened_bare(when)),
    )
}

fn ordinal(times: Times) -> String {
    const FIRST: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let at = usize::try_from(times.0).ok().and_then(|n| n.checked_sub(1));
    if let Some(word) = at.and_then(|at| FIRST.get(at)) {
        return (*word).to_owned();
    }
    let end = match (times.0 % 100, times.0 % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{}{end}", times.0)
}

/// What became of an update, as an event of its own.
#[must_use]
pub const fn arrival_step(step: ArrivalStep) -> &'static str {
    match step {
        ArrivalStep::SentBack => "The update was sent back to the body with questions",
        ArrivalStep::ReceivedAgain => "The body sent its update in again",
        ArrivalStep::TakenBack => "The body took its update back before it was published",
        ArrivalStep::SetAside => "The update was set aside unpublished, after it was sent back to the body",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn arrivals_are_dated_at_once() {
        let received = on("2027-03-01");
        for (arrived, said) in [
            (Arrived::BeingRead, "Received 1 March 2027, being read"),
            (Arrived::NoChange, "Received 1 March 2027: no change reported"),
            (Arrived::Published(on("2027-03-04")), "Received 1 March 2027, published 4 March 2027"),
            (Arrived::SentBack(on("2027-03-04")), "Received 1 March 2027, sent back with questions 4 March 2027"),
            (Arrived::TakenBack(on("2027-03-04")), "Received 1 March 2027, taken back by the body 4 March 2027"),
            (Arrived::SetAside(on("2027-03-04")), "Received 1 March 2027, set aside unpublished 4 March 2027"),
        ] {
            assert_eq!(arrival(received, arrived), said);
        }
    }

    #[test]
    fn no_change_is_counted() {
        let news = Some(crate::domain::moment::Happened::on(on("2027-03-03")));
        let of = |times, last_news| NothingNew { times: Times(times), last_news };
        assert_eq!(nothing_new(of(5, news)), "No change, fifth time; last news 3 March 2027");
        assert_eq!(nothing_new(of(1, None)), "No change, first time; no news is recorded here");
        let received = on("2028-06-01");
        for (found, said) in [
            (of(1, None), "Received 1 June 2028: no change reported"),
            (of(1, news), "Received 1 June 2028: no change reported; last news 3 March 2027"),
            (of(2, None), "Received 1 June 2028: no change, second time; no news is recorded here"),
            (of(5, news), "Received 1 June 2028: no change, fifth time; last news 3 March 2027"),
        ] {
            assert_eq!(nothing_new_on(received, found), said);
        }
        let numbers =
            [(10, "tenth"), (11, "11th"), (12, "12th"), (21, "21st"), (22, "22nd"), (23, "23rd"), (112, "112th")];
        for (times, said) in numbers {
            assert_eq!(ordinal(Times(times)), said);
        }
    }
}
