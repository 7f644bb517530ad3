//! Numbers of recommendations, as they stand in addresses: the report's own, or ours where the report has none.

/// Room for a number or a letter.
pub const NUMBER_LIMIT: usize = 20;

/// Why a text can be no number; the sentence is meant for the person who gave it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\u{201c}{0}\u{201d} cannot stand in an address: a number holds up to {NUMBER_LIMIT} letters, digits, dots and hyphens"
)]
pub struct NumberFault(String);

/// Endings under which the same thing is had as data.
const DATA: [&str; 5] = [".json", ".csv", ".atom", ".zip", ".ics"];

/// A number that can stand in an address.
///
/// # Errors
/// When it holds other signs, is too long, or ends as an address of data does.
pub fn number(text: &str) -> Result<String, NumberFault> {
    let lower = text.to_ascii_lowercase();
    let good = text.len() <= NUMBER_LIMIT
        && text.starts_with(|sign: char| sign.is_ascii_alphanumeric())
        && text.ends_with(|sign: char| sign.is_ascii_alphanumeric())
        && text.bytes().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'.' | b'-'))
        && !DATA.iter().any(|end| lower.ends_with(end));
    if good { Ok(text.to_owned()) } else { Err(NumberFault(text.chars().take(60).collect())) }
}

/// Whether two numbers are the same to people, who type `4A` and `4a` alike.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Words that stand in addresses of the staff's forms where a body's slug could: no body has one of them as its own.
pub const RESERVED: [&str; 8] = ["wording", "bodies", "withhold", "hold", "number", "themes", "parts", "division"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_can_stand_in_an_address() {
        for good in ["1", "4a", "A-3.2", "12.1"] {
            assert_eq!(number(good).as_deref(), Ok(good));
        }
        for bad in ["", " 4", "4/5", "4(a)", "-4", "4.", "4.json", "4.ATOM", "123456789012345678901", "\u{e9}"] {
            assert!(number(bad).is_err(), "{bad}");
        }
        assert!(is_same("4A", "4a") && !is_same("4", "4a"));
    }
}
