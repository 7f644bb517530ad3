//! Pages of long lists: by keys, never by offset, so that the thousandth page costs what the first does.

use std::fmt;
use std::str::FromStr;

/// Counting stops here: pages then say "1,000+".
pub const COUNT_LIMIT: i64 = 1000;

/// Where the page before ended: the sort keys of its last row. Opaque in addresses; what is no cursor does not parse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor<const N: usize>(pub [i64; N]);

/// What stands after `after=` in an address is not a place in this list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This is not a place in the list. Go back to its first page.")]
pub struct NoCursor;

impl<const N: usize> fmt::Display for Cursor<N> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, key) in self.0.iter().enumerate() {
            if place > 0 {
                out.write_str("_")?;
            }
            write!(out, "{key:x}")?;
        }
        Ok(())
    }
}

impl<const N: usize> FromStr for Cursor<N> {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let mut keys = [0; N];
        let mut parts = text.split('_');
        for key in &mut keys {
            let part = parts.next().filter(|part| (1..=16).contains(&part.len())).ok_or(NoCursor)?;
            if !part.bytes().all(|sign| sign.is_ascii_digit() || (b'a'..=b'f').contains(&sign)) {
                return Err(NoCursor);
            }
            *key = u64::from_str_radix(part, 16).map_err(|_| NoCursor)?.cast_signed();
        }
        if parts.next().is_some() { Err(NoCursor) } else { Ok(Self(keys)) }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T, const N: usize = 1> {
    /// Its rows, in order.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Cursor<N>>,
}

impl<T, const N: usize> Page<T, N> {
    /// Cuts a list that was asked for with one row too many, and notes where it was cut.
    pub(super) fn cut(mut items: Vec<T>, size: usize, keys: impl Fn(&T) -> [i64; N]) -> Self {
        let more = items.len() > size;
        items.truncate(size);
        let next = if more { items.last().map(|last| Cursor(keys(last))) } else { None };
        Self { items, next }
    }
}

/// A number of rows that was not counted further than [`COUNT_LIMIT`], or another limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Capped {
    /// The rows counted.
    pub number: u64,
    /// Whether there are more.
    pub more: bool,
}

impl Capped {
    /// From a count that may be one above the limit, or further.
    pub(super) fn of(counted: usize) -> Self {
        Self::upto(counted, COUNT_LIMIT)
    }

    /// The same with a limit of its own.
    pub(super) fn upto(counted: usize, limit: i64) -> Self {
        let limit = limit.unsigned_abs();
        let counted = counted as u64;
        Self { number: counted.min(limit), more: counted > limit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_an_address() {
        for keys in [[0, 1, 2], [i64::MAX, i64::MIN, -1]] {
            assert_eq!(Cursor(keys).to_string().parse(), Ok(Cursor(keys)));
        }
    }

    #[test]
    fn nonsense_is_no_cursor() {
        for bad in ["", "1", "1_2_3", "x_1", "+1_2", "1_", "_1_2", "11111111111111111_1", "A_1", "%00_1", "-1_1"] {
            assert_eq!(bad.parse::<Cursor<2>>(), Err(NoCursor), "{bad}");
        }
    }

    #[test]
    fn a_page_knows_where_the_next_begins() {
        let page = Page::cut(vec![4, 5, 6], 2, |key| [*key]);
        assert_eq!(page, Page { items: vec![4, 5], next: Some(Cursor([5])) });
        assert_eq!(Page::cut(vec![4, 5], 2, |key: &i64| [*key]).next, None);
        assert!(Capped::of(1001).more);
        assert!(!Capped::of(1000).more);
    }
}
