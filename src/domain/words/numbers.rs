//! Numbers and lists in words: every plural is made here.

/// `1 answer`, `25 answers`, `1,204 answers`.
#[must_use]
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// `1 day`, `412 days`; a negative number counts as none.
#[must_use]
pub fn days(n: i64) -> String {
    count(u64::try_from(n).unwrap_or(0), "day", "days")
}

/// A number with a comma between thousands.
#[must_use]
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with its denominator: `3 of 25`.
#[must_use]
pub fn out_of(n: u64, all: u64) -> String {
    format!("{} of {}", number(n), number(all))
}

/// A number with its denominator and unit: `3 of 25 answers`; the unit follows the denominator.
#[must_use]
pub fn all_of(n: u64, all: u64, one: &str, many: &str) -> String {
    format!("{} of {}", number(n), count(all, one, many))
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_thousands_and_lists() {
        for (n, said) in [
            (0, "0 answers"),
            (1, "1 answer"),
            (2, "2 answers"),
            (999, "999 answers"),
            (1_234_567, "1,234,567 answers"),
        ] {
            assert_eq!(count(n, "answer", "answers"), said);
        }
        assert_eq!((days(1).as_str(), days(412).as_str(), days(-3).as_str()), ("1 day", "412 days", "0 days"));
        assert_eq!(out_of(3, 1000), "3 of 1,000");
        assert_eq!(all_of(0, 1, "answer", "answers"), "0 of 1 answer");
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
