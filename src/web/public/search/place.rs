//! Where a page of results begins, as it stands in its address: good for the very search that it was given for.

use sha2::{Digest, Sha256};

use crate::store::page::{Cursor, NoCursor};
use crate::web::public::query;

/// A place in the results of a search, for its address.
pub fn sealed(place: Cursor<3>, given: &[(&str, &str)]) -> String {
    format!("{place}-{}", mark(given))
}

/// The place that an address names.
///
/// # Errors
/// Where it is none, or one of another search.
pub fn opened(text: &str, given: &[(&str, &str)]) -> Result<Cursor<3>, NoCursor> {
    let (place, marked) = text.rsplit_once('-').ok_or(NoCursor)?;
    if marked == mark(given) { place.parse() } else { Err(NoCursor) }
}

/// What a search is known by.
fn mark(given: &[(&str, &str)]) -> String {
    Sha256::digest(query::address("", given).as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_good_for_its_own_search() {
        let (place, given) = (Cursor([1, -2, 3]), [("q", "ferry"), ("sort", "changed")]);
        let text = sealed(place, &given);
        assert_eq!(opened(&text, &given), Ok(place));
        for other in [&given[..1], &[], &[("q", "pier"), ("sort", "changed")]] {
            assert_eq!(opened(&text, other), Err(NoCursor));
        }
        for nonsense in ["", "-", "1_2_3", "1_2-0000", "\u{0}"] {
            assert_eq!(opened(nonsense, &given), Err(NoCursor), "{nonsense:?}");
        }
    }
}
