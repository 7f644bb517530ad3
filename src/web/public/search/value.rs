//! The values of filters that are more than one word of a closed vocabulary.

use crate::domain::assessed::{Assessed, AssessedGroup};
use crate::store::search::GapAsked;
use crate::web::public::query::Query;

/// What is asked for or not.
pub fn yes(query: &mut Query, name: &'static str) -> bool {
    match query.text(name) {
        None => false,
        Some("yes") => true,
        Some(_) => {
            query.refuse(name, "only \u{201c}yes\u{201d} is known");
            false
        }
    }
}

/// Which part of the gap; a word that is none is named with those that are.
pub fn gap(query: &mut Query) -> Option<GapAsked> {
    let parsed = query.text("gap")?.parse::<GapAsked>();
    let known = GapAsked::all().into_iter().map(GapAsked::as_str).collect::<Vec<_>>().join(", ");
    query.take("gap", parsed.map_err(|_| format!("these words are known: {known}")))
}

/// Findings, one by one or by the five groups in which lists count them.
pub fn assessed(query: &mut Query) -> Vec<Assessed> {
    let given: Vec<String> =
        query.text("assessed").into_iter().flat_map(|text| text.split(',')).map(str::to_owned).collect();
    let mut values = Vec::new();
    for word in given {
        match word.parse::<AssessedGroup>() {
            Ok(group) => values.extend(Assessed::ALL.iter().copied().filter(|value| value.group() == group)),
            Err(_) => values.extend(query.take("assessed", word.parse::<Assessed>())),
        }
    }
    values
}
