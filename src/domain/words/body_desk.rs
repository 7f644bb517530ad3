//! Words of the staff's list of bodies: what is open, what is due, whom a mail or a letter reaches.

use super::dates;
use super::numbers::count;
use crate::domain::deadline::DeadlineKind;
use crate::domain::moment::Day;

/// `3 open items. The next update is due on 3 March 2027`: how much is open of a body, and the first date of all of it.
#[must_use]
pub fn body_open(open: u64, due: Option<(DeadlineKind, Day)>, today: Day) -> String {
    let items = if open == 0 { "Nothing is open".to_owned() } else { count(open, "open item", "open items") };
    let Some((kind, on)) = due else { return format!("{items}. No date is set") };
    let (next, past) = match kind {
        DeadlineKind::Return => ("The next update is due on", "An update was due on"),
        DeadlineKind::Decision => ("A decision is due on", "A decision was due on"),
        DeadlineKind::Response => ("An answer is due on", "An answer was due on"),
        DeadlineKind::Target => ("The next target date is", "A target date was"),
        DeadlineKind::Recheck => ("Oversight looks again on", "Oversight was to look again on"),
        DeadlineKind::Plan => ("A plan is for", "A plan was for"),
    };
    format!("{items}. {} {}", if on < today { past } else { next }, dates::day(on))
}

/// `2 people file for it here; 1 person without an account`; where nobody files for it, and something is open, that it has no
/// working contact. A group, or a body that has ended, has nothing open, and needs nobody.
#[must_use]
pub fn body_reached(open: u64, people: u64, contacts: u64) -> String {
    let files = match people {
        0 if open > 0 => format!("{}: nobody files for it here, and nobody is asked", super::NO_CONTACT),
        0 => "Nobody files for it here".to_owned(),
        people => count(people, "person files for it here", "people file for it here"),
    };
    match contacts {
        0 => files,
        _ => format!("{files}; {}", count(contacts, "person without an account", "people without an account")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn a_body_is_told_with_what_is_open_and_whom_a_mail_reaches() {
        let (today, due) = (on("2027-03-03"), |kind| Some((kind, on("2027-03-03"))));
        let day = due(DeadlineKind::Return);
        assert_eq!(body_open(1, due(DeadlineKind::Target), today), "1 open item. The next target date is 3 March 2027");
        let past = body_open(1, due(DeadlineKind::Response), on("2027-03-04"));
        assert_eq!(past, "1 open item. An answer was due on 3 March 2027");
        assert_eq!(body_open(1, day, today), "1 open item. The next update is due on 3 March 2027");
        assert_eq!(body_open(2, day, on("2027-03-04")), "2 open items. An update was due on 3 March 2027");
        assert_eq!(body_open(0, None, today), "Nothing is open. No date is set");
        assert_eq!(body_reached(3, 1, 0), "1 person files for it here");
        assert_eq!(body_reached(3, 2, 1), "2 people file for it here; 1 person without an account");
        let nobody = "No working contact: nobody files for it here, and nobody is asked";
        assert_eq!(body_reached(3, 0, 0), nobody);
        assert_eq!(body_reached(1, 0, 2), format!("{nobody}; 2 people without an account"));
        // With nothing open nobody is missed.
        assert_eq!(body_reached(0, 0, 0), "Nobody files for it here");
        assert_eq!(body_reached(0, 0, 1), "Nobody files for it here; 1 person without an account");
    }
}
