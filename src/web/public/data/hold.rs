//! The holds in force, as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::hold::{HoldKind, Reach};
use crate::domain::moment::Day;
use crate::store::hold::Hold;
use crate::store::withheld::Words;

/// A hold in force.
#[derive(Serialize, ToSchema)]
#[schema(as = Hold)]
pub(in crate::web) struct HoldData {
    scope: Reach,
    kind: HoldKind,
    since: Day,
    review_on: Day,
    words: Option<String>,
    change: i64,
}

impl HoldData {
    pub(in crate::web) fn of<'a>(holds: impl Iterator<Item = &'a Hold>) -> Vec<Self> {
        let data = |hold: &Hold| Self {
            scope: hold.on.reach(),
            kind: hold.kind,
            since: hold.since,
            review_on: hold.review_on(),
            words: hold.words().and_then(Words::said).map(str::to_owned),
            change: hold.began.0,
        };
        holds.map(data).collect()
    }
}
