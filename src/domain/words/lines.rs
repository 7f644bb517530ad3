//! One line for each fact: what is known, since when, and said as what it is. What nobody recorded is said, not blank.

use super::{dates, tag};
use crate::domain::assessed::Assessed;
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::moment::{Happened, Precision};
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};

/// Where nobody asked and nobody looked.
pub const NOT_RESPONDED: &str = "This register has not asked, and has not looked for, an answer.";
/// Where no update is held.
pub const NOT_REPORTED: &str = "No update recorded here";
/// Where nobody has judged.
pub const NOT_ASSESSED: &str = "Not yet assessed: nobody has judged; it does not mean that nothing was done.";
/// Stands with "Accepted" until an owner, an action and a date are recorded.
pub const NO_PLAN: &str = "no plan recorded here";

/// What the body answered: `Accepted on 3 September 2014, with all the others in one statement`.
#[must_use]
pub fn response_line(value: Response, when: Happened, basis: Basis) -> String {
    let at = dates::happened(when);
    let line = match value {
        Response::NotRecorded => return NOT_RESPONDED.to_owned(),
        Response::Awaited => return format!("Asked {at}; no answer received yet"),
        Response::NoneFound => return format!("Looked for {at}; none found"),
        Response::Accepted | Response::AcceptedInPrinciple | Response::AcceptedInPart | Response::Rejected => {
            format!("{} {at}", tag::response(value))
        }
        Response::UnderConsideration => format!("{} that it is considering it", said(when)),
        Response::Replied => format!("Replied {at}, neither accepting nor rejecting"),
        Response::DisputesAddressee => format!("{} that it is not theirs", said(when)),
    };
    match basis {
        Basis::Own => line,
        Basis::Block => format!("{line}, with all the others in one statement"),
    }
}

/// Where and when a person looked for an answer: `None found (the force's website, on 3 March 2027)`.
#[must_use]
pub fn none_found(place: &str, when: Happened) -> String {
    let place = place.trim_end_matches('.');
    format!("{} ({place}, {})", tag::response(Response::NoneFound), dates::happened(when))
}

/// What stands before the name of what took an item's place.
const ITS_PLACE: &str = "Its place was taken by ";

/// The reason for closing what another recommendation took the place of, with that one: in public, and as the form reads it.
#[must_use]
pub fn with_taken_place(by: &str, reason: &str) -> String {
    format!("{ITS_PLACE}{}.\n{reason}", by.trim_end_matches('.'))
}

/// Such a reason in its two parts: what took the place, with its address where it has one here, and the rest.
#[must_use]
pub fn taken_place_by(reason: &str) -> Option<(&str, &str)> {
    let (by, rest) = reason.strip_prefix(ITS_PLACE)?.split_once(".\n")?;
    Some((address_in(by).map_or(by, |(_, address)| address), rest))
}

/// Such a reason in three parts, where what took the place stands in this register: what comes before its name, its name with its
/// address, and the rest.
#[must_use]
pub fn taken_place_here(reason: &str) -> Option<(&'static str, (&str, &str), &str)> {
    let (by, rest) = reason.strip_prefix(ITS_PLACE)?.split_once(".\n")?;
    Some((ITS_PLACE, address_in(by)?, rest))
}

/// The name and the address of what was entered by its address here. Nothing else that somebody wrote becomes a link.
fn address_in(by: &str) -> Option<(&str, &str)> {
    let (name, address) = by.rsplit_once(" (")?;
    let address = address.strip_suffix(')')?;
    address.starts_with("/inquiries/").then_some((name, address))
}

/// What the body says it has done, always as its own word: `The body says that work is under way, as of 3 March 2027`. The
/// date is the one that its statement is about: it may have said so later.
#[must_use]
pub fn reported_line(value: Reported, when: Happened) -> String {
    let what = match value {
        Reported::NotReported => return NOT_REPORTED.to_owned(),
        Reported::NotStarted => "that work has not started",
        Reported::Planned => "that it has a plan",
        Reported::UnderWay => "that work is under way",
        Reported::ReportedComplete => "that it is complete",
        Reported::InPlace => "that it is in place and goes on",
        Reported::Stopped => "that work has stopped",
    };
    format!("The body says {what}, {}", as_of(when))
}

fn as_of(when: Happened) -> String {
    match (when.precision, when.day) {
        (Precision::On, Some(_)) => format!("as of {}", dates::happened_bare(when)),
        (Precision::By | Precision::About, Some(_)) => dates::happened(when),
        _ => "as of a date not known here".to_owned(),
    }
}

/// What oversight found: `On course, found on 3 March 2027`.
#[must_use]
pub fn assessed_line(value: Assessed, when: Happened) -> String {
    match value {
        Assessed::NotAssessed => NOT_ASSESSED.to_owned(),
        found => format!("{}, found {}", tag::assessed(found), dates::happened(when)),
    }
}

/// The same with who found it: `On course, found on 3 March 2027 by Ashgrove Oversight Office`.
#[must_use]
pub fn found_by(found: &str, assessor: &str) -> String {
    format!("{found} by {assessor}")
}

/// Where the answer stands in its life: `Closed on 3 March 2027: confirmed implemented`.
#[must_use]
pub fn lifecycle_line(value: Lifecycle, why: Option<Closure>, when: Happened) -> String {
    match (value, why) {
        (Lifecycle::Open, _) => "Open: this register goes on following it".to_owned(),
        (Lifecycle::Closed, None) => format!("Closed {}: the reason is not recorded here", dates::happened(when)),
        (Lifecycle::Closed, Some(why)) if why.is_error() => {
            format!("Entered in error: taken out of every number {}", dates::happened(when))
        }
        (Lifecycle::Closed, Some(Closure::InParts)) => {
            format!("Divided {}: it is followed in its parts, which are counted in its place", dates::happened(when))
        }
        (Lifecycle::Closed, Some(why)) => format!("Closed {}: {}", dates::happened(when), tag::closure(why)),
        (Lifecycle::Lapsed, _) => {
            format!("Was closed as done. Found {} that it no longer holds: open again", dates::happened(when))
        }
    }
}

/// "by" would read as the speaker after "said", so a date that is only a bound changes the verb.
fn said(when: Happened) -> String {
    let verb = if when.precision == Precision::By && when.day.is_some() { "had said" } else { "said" };
    format!("The body {verb} {}", dates::happened(when))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn answers_say_when_and_on_what_basis() {
        let exact = Happened::on(on("2014-09-03"));
        let bound = Happened::new(Some(on("2022-04-20")), Precision::By);
        for (value, when, basis, said) in [
            (
                Response::Accepted,
                exact,
                Basis::Block,
                "Accepted on 3 September 2014, with all the others in one statement",
            ),
            (Response::Accepted, bound, Basis::Own, "Accepted by 20 April 2022"),
            (Response::Rejected, Happened::UNKNOWN, Basis::Own, "Rejected on a date not known here"),
            (Response::Replied, exact, Basis::Own, "Replied on 3 September 2014, neither accepting nor rejecting"),
            (Response::Awaited, exact, Basis::Own, "Asked on 3 September 2014; no answer received yet"),
            (Response::NoneFound, exact, Basis::Own, "Looked for on 3 September 2014; none found"),
            (
                Response::DisputesAddressee,
                bound,
                Basis::Own,
                "The body had said by 20 April 2022 that it is not theirs",
            ),
            (
                Response::NotRecorded,
                Happened::UNKNOWN,
                Basis::Own,
                "This register has not asked, and has not looked for, an answer.",
            ),
        ] {
            assert_eq!(response_line(value, when, basis), said);
        }
        all_different(Response::ALL, |value| response_line(value, exact, Basis::Own));
        let reason =
            with_taken_place("Ferry report, recommendation 4 (/inquiries/ferry/recommendations/4)", "It says more.");
        assert!(reason.starts_with("Its place was taken by Ferry report, recommendation 4 ("), "{reason}");
        assert_eq!(taken_place_by(&reason), Some(("/inquiries/ferry/recommendations/4", "It says more.")));
        let (before, here, rest) = taken_place_here(&reason).unwrap();
        assert_eq!((before, rest), ("Its place was taken by ", "It says more."));
        assert_eq!(here, ("Ferry report, recommendation 4", "/inquiries/ferry/recommendations/4"));
        assert_eq!(taken_place_here(&with_taken_place("Elsewhere (//elsewhere.example)", "It says more.")), None);
        let reason = with_taken_place("The Coastal Code, rule 3.", "It binds more bodies.");
        assert_eq!(taken_place_by(&reason), Some(("The Coastal Code, rule 3", "It binds more bodies.")));
        assert_eq!(taken_place_by("No money."), None);
        assert_eq!(none_found("the force's website", exact), "None found (the force's website, on 3 September 2014)");
    }

    #[test]
    fn every_fact_has_a_line_for_every_value() {
        let when = Happened::on(on("2027-03-03"));
        assert_eq!(reported_line(Reported::UnderWay, when), "The body says that work is under way, as of 3 March 2027");
        assert_eq!(reported_line(Reported::NotReported, when), "No update recorded here");
        assert_eq!(assessed_line(Assessed::NotAssessed, Happened::UNKNOWN), NOT_ASSESSED);
        assert_eq!(assessed_line(Assessed::OnCourse, when), "On course, found on 3 March 2027");
        assert_eq!(
            lifecycle_line(Lifecycle::Closed, Some(Closure::Implemented), when),
            "Closed on 3 March 2027: confirmed implemented"
        );
        all_different(Reported::ALL, |value| reported_line(value, when));
        all_different(Assessed::ALL, |value| assessed_line(value, when));
        all_different(Lifecycle::ALL, |value| lifecycle_line(value, None, when));
        all_different(Closure::ALL, |why| lifecycle_line(Lifecycle::Closed, Some(why), when));
    }
}
