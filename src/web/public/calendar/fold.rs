//! Lines of a calendar, no longer than they may be (RFC 5545, 3.1).

/// How many bytes a line may have, without its end.
const MOST: usize = 75;

/// The text with each line that is too long broken into several, never inside a character. The library that writes the calendar folds, too,
/// but does not count the space with which it begins the last of several lines.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for (number, line) in text.split("\r\n").enumerate() {
        if number > 0 {
            folded.push_str("\r\n");
        }
        let (mut rest, mut room) = (line, MOST);
        while rest.len() > room {
            let (first, more) = rest.split_at(rest.floor_char_boundary(room));
            folded.push_str(first);
            folded.push_str("\r\n ");
            // That space is one of them.
            (rest, room) = (more, MOST - 1);
        }
        folded.push_str(rest);
    }
    folded
}

#[cfg(test)]
mod tests {
    use icalendar::{Calendar, Property};
    use proptest::prelude::*;

    use super::*;

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "")
    }

    #[test]
    fn the_last_of_several_lines_is_not_too_long_either() {
        let mut calendar = Calendar::new();
        calendar.append_property(Property::new("X-LONG", "a".repeat(150 - "X-LONG:".len())));
        let (written, folded) = (calendar.to_string(), fold(&calendar.to_string()));
        assert!(folded.split("\r\n").all(|line| line.len() <= MOST), "{folded}");
        assert_eq!(unfolded(&folded), unfolded(&written));
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_nothing_is_lost(lines in prop::collection::vec("[a-z\u{e9}\u{864e}\u{1f600} ]{0,200}", 0..4)) {
            let text: String = lines.iter().map(|line| format!("X:{line}\r\n")).collect();
            let folded = fold(&text);
            prop_assert!(folded.split("\r\n").all(|line| line.len() <= MOST));
            prop_assert_eq!(unfolded(&folded), text);
        }
    }
}
