//! What a recommendation is tied to, each under what it is: made before, made later, of the same failing, the opposite, a suspicion.

use crate::domain::id::RecommendationId;
use crate::domain::moment::Day;
use crate::domain::relation::Relation;
use crate::domain::words;
use crate::store::family::Families;
use crate::store::recommendation::Recommendation;
use crate::web::part::Link;
use crate::web::public::say;

/// Some of what it is tied to, under one heading.
pub struct Related {
    /// The heading.
    pub heading: &'static str,
    /// Each with how it is tied.
    pub rows: Vec<(Link, &'static str)>,
}

/// What it is tied to, and how: claimed only where both were compared with their sources.
#[must_use]
pub fn related(one: &Recommendation, families: &Families) -> Vec<Related> {
    let made = |id: RecommendationId| -> Option<Day> { families.of(one.id)?.made.get(&id).copied() };
    let told: Vec<(Relation, Link, &'static str)> = families
        .told_of(one.id)
        .map(|(tie, other)| {
            let inward = tie.to == one.id;
            let line = words::tie_beside(tie.kind, inward, families.both_compared(tie));
            (Relation::of(tie.kind, inward, (made(one.id), made(other.id))), say::recommendation_of(other), line)
        })
        .collect();
    let under = |relation: Relation| {
        let some = told.iter().filter(|(of, ..)| *of == relation).map(|(_, link, line)| (link.clone(), *line));
        Related { heading: words::relation(relation), rows: some.collect() }
    };
    Relation::ALL.into_iter().map(under).filter(|related| !related.rows.is_empty()).collect()
}
