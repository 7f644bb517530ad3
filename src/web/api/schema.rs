//! What the words and the days of the register are in the document of the API: each closed vocabulary with every word of it.

use std::borrow::Cow;

use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{Object, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::assessed::Assessed;
use crate::domain::change::{ChangeKind, Fact};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::coverage::{Found, Sought};
use crate::domain::event::EventKind;
use crate::domain::evidence::{EvidenceKind, FileKind, Rung};
use crate::domain::fairness::Approval;
use crate::domain::hold::{HoldKind, Reach};
use crate::domain::licence::{Language, Licence};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::meeting::MeetingState;
use crate::domain::moment::{Day, Moment, Precision};
use crate::domain::outside::Gist;
use crate::domain::redaction::RedactionKind;
use crate::domain::report::Marked;
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};
use crate::domain::succession::{Handed, SuccessionKind};
use crate::domain::tie::TieKind;
use crate::store::inquiry::CountInSource;

macro_rules! vocabularies {
    ($($type:ty as $name:literal),+ $(,)?) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                let words = <$type>::ALL.iter().map(|value| value.as_str());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $type {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }
    )+};
}

vocabularies! {
    Approval as "Approval",
    Assessed as "Assessed",
    Basis as "ResponseBasis",
    ChangeKind as "ChangeKind",
    Checked as "Checked",
    Closure as "Closure",
    EventKind as "EventKind",
    EvidenceKind as "EvidenceKind",
    Fact as "Fact",
    Gist as "OutsideGist",
    MeetingState as "MeetingState",
    Marked as "MarkValue",
    FileKind as "FileKind",
    Found as "Found",
    Handed as "WhoAnswers",
    HoldKind as "HoldKind",
    SuccessionKind as "SuccessionKind",
    Language as "Language",
    Licence as "TextLicence",
    Lifecycle as "Lifecycle",
    Precision as "Precision",
    Reach as "HoldScope",
    RedactionKind as "KindOfReason",
    Reported as "Reported",
    Response as "Response",
    Rung as "Rung",
    Sought as "Sought",
    TextKind as "TextKind",
    TieKind as "TieKind",
}

fn text(format: KnownFormat) -> Object {
    ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(format))).build()
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        text(KnownFormat::Date).into()
    }
}

impl ToSchema for Day {}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        text(KnownFormat::DateTime).into()
    }
}

impl ToSchema for Moment {}

impl PartialSchema for CountInSource {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .property("count", ObjectBuilder::new().schema_type(Type::Integer))
            .property("on", text(KnownFormat::Date))
            .property("note", ObjectBuilder::new().schema_type(Type::String))
            .required("count")
            .required("on")
            .required("note")
            .into()
    }
}

impl ToSchema for CountInSource {}
