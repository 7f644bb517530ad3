//! Where what was put to a body is counted that does not answer it itself, as data.

use serde::Serialize;
use utoipa::ToSchema;

use crate::web::public::handed::Elsewhere;

/// Where what was put to the body asked for is counted, because it ended or is a group of bodies.
#[derive(Serialize, ToSchema)]
#[schema(as = CountedElsewhere)]
pub(in crate::web) struct ElsewhereData {
    /// In words.
    says: String,
    /// Whoever answers: each body's part of an address, to ask for in its place.
    bodies: Vec<String>,
}

impl ElsewhereData {
    /// What was read.
    pub(in crate::web) fn of(read: &Elsewhere) -> Self {
        Self { says: read.says.clone(), bodies: read.bodies.iter().map(|body| body.slug.to_string()).collect() }
    }
}
