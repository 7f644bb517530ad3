//! Where a page of a list begins, as it stands in its address: good for the very list that it was given for.

use sha2::{Digest, Sha256};

use super::query::{self, Query};
use crate::store::page::{Cursor, NoCursor};

/// A place in the list at a path, with these parameters, for an address.
pub fn sealed<const N: usize>(place: Cursor<N>, list: &str, given: &[(&str, &str)]) -> String {
    format!("{place}-{}", mark(list, given))
}

/// The place that an address names.
///
/// # Errors
/// Where it is none, or one of another list.
pub fn opened<const N: usize>(text: &str, list: &str, given: &[(&str, &str)]) -> Result<Cursor<N>, NoCursor> {
    let (place, marked) = text.rsplit_once('-').ok_or(NoCursor)?;
    if marked == mark(list, given) { place.parse() } else { Err(NoCursor) }
}

/// The place that a parameter of this name asks for. One that is none, or is of another list, is noted with the query.
pub fn asked<const N: usize>(query: &mut Query, name: &str, list: &str, given: &[(&str, &str)]) -> Option<Cursor<N>> {
    let text: String = query.one(name)?;
    query.take(name, opened(&text, list, given))
}

/// What a list is known by.
fn mark(list: &str, given: &[(&str, &str)]) -> String {
    Sha256::digest(query::address(list, given).as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_good_for_its_own_list() {
        let (place, given) = (Cursor([1, -2, 3]), [("q", "ferry"), ("sort", "changed")]);
        let text = sealed(place, "/recommendations", &given);
        assert_eq!(opened(&text, "/recommendations", &given), Ok(place));
        for other in [&given[..1], &[], &[("q", "pier"), ("sort", "changed")]] {
            assert_eq!(opened::<3>(&text, "/recommendations", other), Err(NoCursor));
        }
        assert_eq!(opened::<3>(&text, "/overdue", &given), Err(NoCursor));
        assert_eq!(opened::<2>(&text, "/recommendations", &given), Err(NoCursor));
        for nonsense in ["", "-", "1_2_3", "1_2-0000", "\u{0}"] {
            assert_eq!(opened::<3>(nonsense, "/recommendations", &given), Err(NoCursor), "{nonsense:?}");
        }
    }
}
