//! What is published of bodies as such, and what happened to them.

use super::Root::{Addressee, Body, Recommendation};
use super::{Table, table};

/// Its tables.
pub const BODY: &[Table] = &[
    table(
        "body_text",
        "A body was entered or named: {name}",
        &["seq"],
        &[(Body, "body_id")],
        &["seq", "body_id", "name", "short_name", "kind", "link", "slug", "also", "named_on", "named_precision"],
    ),
    table(
        "succession",
        "{to_body_id} took the place of {from_body_id}",
        &["seq"],
        &[(Body, "from_body_id"), (Body, "to_body_id")],
        &["seq", "from_body_id", "to_body_id", "kind", "happened_on", "precision", "source_url", "checked", "present"],
    ),
    table(
        "passing",
        "Who took an answer over from {from_body_id}: {to_body_id}",
        &["seq"],
        &[(Addressee, "addressee_id"), (Body, "from_body_id"), (Body, "to_body_id")],
        &["seq", "addressee_id", "from_body_id", "to_body_id"],
    ),
    table(
        "membership",
        "{body_id} belongs to {group_id}",
        &["seq"],
        &[(Body, "group_id"), (Body, "body_id")],
        &[
            "seq",
            "group_id",
            "body_id",
            "from_on",
            "from_precision",
            "until_on",
            "until_precision",
            "has_left",
            "present",
        ],
    ),
    table(
        "group_asked",
        "It was put to {group_id}",
        &["seq"],
        &[(Body, "group_id"), (Recommendation, "recommendation_id")],
        &["seq", "group_id", "recommendation_id", "as_of"],
    ),
    table(
        "inquiry_event",
        "It happened: {words}",
        &["seq"],
        // The timeline of an inquiry as a whole is in no file.
        &[(Body, "body_id")],
        &[
            "seq",
            "body_id",
            "kind",
            "happened_on",
            "precision",
            "words",
            "source_url",
            "checked",
            "corrects",
            "present",
        ],
    ),
];
