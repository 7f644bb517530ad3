//! Updates from a body: that one arrived is public at once, its words when an overseer publishes them.

use super::dates;
use crate::domain::filing::ArrivalStep;
use crate::domain::moment::Day;

/// What a nil return says: one click, and a dated fact.
pub const NIL_RETURN: &str = "The body says that nothing has changed since its last update.";
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
}
