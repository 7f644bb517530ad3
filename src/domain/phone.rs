//! A telephone number, as people write it: kept as it was typed, for people read it and no machine dials it.

use std::fmt;
use std::str::FromStr;

/// Room for a number with its extension.
pub const PHONE_LIMIT: usize = 40;
/// No number that somebody can call has fewer digits.
const FEWEST: usize = 3;
/// Fifteen as the international plan allows (ITU-T E.164), and room for an extension.
const MOST: usize = 21;

/// A telephone number with signs that people set between its digits, and perhaps an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(String);

/// Why a number was refused; the sentence is meant for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneFault {
    /// More signs than a number has.
    #[error("Telephone number must be 40 characters or fewer")]
    TooLong,
    /// A sign that no number has.
    #[error(
        "Enter the telephone number in digits, like 01632 960 001, +44 1632 960 001 or 01632 960 001 ext 12, and nothing else"
    )]
    Malformed,
    /// Too few digits to call, or too many.
    #[error("Enter a telephone number of 3 to 21 digits")]
    Digits,
}

impl FromStr for Phone {
    type Err = PhoneFault;

    fn from_str(typed: &str) -> Result<Self, PhoneFault> {
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > PHONE_LIMIT {
            return Err(PhoneFault::TooLong);
        }
        let small = text.to_ascii_lowercase();
        let (number, extension) = match ["extension", "ext.", "ext", "x"].iter().find_map(|word| small.split_once(word))
        {
            Some((number, extension)) => (number, Some(extension.trim())),
            None => (small.as_str(), None),
        };
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        let between = |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '-' | '.' | '/' | '(' | ')');
        let sound = number.strip_prefix('+').unwrap_or(number).chars().all(between);
        let extends = |extension: &str| !extension.is_empty() && extension.chars().all(|sign| sign.is_ascii_digit());
        if !sound || !extension.is_none_or(extends) {
            return Err(PhoneFault::Malformed);
        }
        if digits(number) < FEWEST || digits(&small) > MOST {
            return Err(PhoneFault::Digits);
        }
        Ok(Self(text))
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_digits_and_the_signs_that_people_set_between_them() {
        for good in [
            "01632 960001",
            "+44 1632 960 001",
            "(01632) 960-001",
            "01632/960.001",
            "01632 960 001 ext 12",
            "01632 960 001 x12",
            "101",
        ] {
            assert_eq!(good.parse::<Phone>().map(|phone| phone.to_string()), Ok(good.to_owned()));
        }
        assert_eq!("  01632\t960 001 ".parse::<Phone>().unwrap().to_string(), "01632 960 001");
        for (bad, fault) in [
            ("ask the switchboard", PhoneFault::Malformed),
            ("01632 960 001 (mornings)", PhoneFault::Malformed),
            ("01632 960 001 ext", PhoneFault::Malformed),
            ("1632+960001", PhoneFault::Malformed),
            ("clerk@harbour.example", PhoneFault::Malformed),
            ("12", PhoneFault::Digits),
            ("--", PhoneFault::Digits),
            (&"1".repeat(22), PhoneFault::Digits),
            (&"1".repeat(41), PhoneFault::TooLong),
        ] {
            assert_eq!(bad.parse::<Phone>(), Err(fault), "{bad}");
        }
    }
}
