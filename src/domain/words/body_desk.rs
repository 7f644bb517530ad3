//! Words of the staff's list of bodies: what is open, what is due, whom a mail or a letter reaches.

use super::dates;
use super::numbers::count;
use crate::domain::moment::Day;

/// `3 open items. The next update is due on 3 March 2027`, or that it was.
#[must_use]
pub fn body_open(open: u64, due_on: Option<Day>, today: Day) -> String {
    let items = if open == 0 { "Nothing is open".to_owned() } else { count(open, "open item", "open items") };
    match due_on {
        Some(on) if on < today => format!("{items}. An update was due on {}", dates::day(on)),
        Some(on) => format!("{items}. The next update is due on {}", dates::day(on)),
        None => format!("{items}. No date for an update"),
    }
}

/// `2 people file for it here; 1 person without an account`, or that nobody can be reached.
#[must_use]
pub fn body_reached(people: u64, contacts: u64) -> String {
    let kept = count(contacts, "person without an account", "people without an account");
    match (people, contacts) {
        (0, 0) => "No working contact: nobody can be asked by mail, and nobody is kept to write to".to_owned(),
        (0, _) => format!("Nobody files for it here; {kept}"),
        (_, 0) => count(people, "person files for it here", "people file for it here"),
        _ => format!("{}; {kept}", count(people, "person files for it here", "people file for it here")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::on;

    #[test]
    fn a_body_is_told_with_what_is_open_and_whom_a_mail_reaches() {
        let (today, day) = (on("2027-03-03"), Some(on("2027-03-03")));
        assert_eq!(body_open(1, day, today), "1 open item. The next update is due on 3 March 2027");
        assert_eq!(body_open(2, day, on("2027-03-04")), "2 open items. An update was due on 3 March 2027");
        assert_eq!(body_open(0, None, today), "Nothing is open. No date for an update");
        assert_eq!(body_reached(1, 0), "1 person files for it here");
        assert_eq!(body_reached(2, 1), "2 people file for it here; 1 person without an account");
        assert_eq!(body_reached(0, 2), "Nobody files for it here; 2 people without an account");
        assert!(body_reached(0, 0).starts_with("No working contact"));
    }
}
