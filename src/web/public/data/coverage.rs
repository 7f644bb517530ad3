//! Looks for answers and updates as data.

use serde::Serialize;

use crate::domain::coverage::{Found, Sought};
use crate::domain::moment::Day;
use crate::store::coverage::Coverage;

/// One look for answers and updates.
#[derive(Serialize)]
pub(super) struct CoverageData {
    change: i64,
    body: Option<String>,
    what: Sought,
    #[serde(rename = "where")]
    place: Option<String>,
    source_url: Option<String>,
    looked_on: Day,
    by_post: Option<String>,
    found: Found,
    corrects: Option<i64>,
    corrected_by: Option<i64>,
}

impl CoverageData {
    pub(super) fn new(look: Coverage) -> Self {
        Self {
            change: look.seq.0,
            body: look.body.map(|body| body.slug.to_string()),
            what: look.what,
            place: look.place.said().map(str::to_owned),
            source_url: look.source_url,
            looked_on: look.looked_on,
            by_post: look.by_post,
            found: look.found,
            corrects: look.corrects.map(|seq| seq.0),
            corrected_by: look.corrected_by.map(|seq| seq.0),
        }
    }
}
