//! How domain values stand in columns: words and dates as text, inner numbers as integers, on both databases alike.

use std::io::Write;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::pg::Pg;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::Sqlite;

use super::conn::Multi;

use crate::domain::assessed::Assessed;
use crate::domain::bounce::DeadOrigin;
use crate::domain::bulk::BulkKind;
use crate::domain::change::{ChangeKind, Fact, RemarkKind, Subject};
use crate::domain::charge::ChargePart;
use crate::domain::chase::ChaseKind;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::complaint::{ComplaintDecision, ComplaintState};
use crate::domain::coverage::{Found, Sought};
use crate::domain::deadline::{DeadlineAct, DeadlineKind};
use crate::domain::duty::DutyKind;
use crate::domain::email::Email;
use crate::domain::event::EventKind;
use crate::domain::evidence::{EvidenceKind, FileKind, Rung};
use crate::domain::fairness::Approval;
use crate::domain::filing::{ArrivalStep, FilingKind, FilingState};
use crate::domain::hold::{HoldKind, HoldStep};
use crate::domain::id::{
    AddresseeId, AgreementId, ArrivalId, BodyId, ChaseId, ContactId, CoverageId, DeadlineId, EventId, EvidenceId,
    ExhibitId, FileId, FilingId, InquiryId, InquiryTextId, MailingId, MarkId, MeetingId, OutboxId, OutsideId, PackId,
    PersonId, RecommendationId, RemarkId, ReportId, Seq, SessionId, SubscriberId, SubscriptionId, ThemeId, TokenId,
    UpdateId, WordingId,
};
use crate::domain::licence::{FormatKind, Language, Licence};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::meeting::MeetingState;
use crate::domain::moment::{Day, Moment, Precision};
use crate::domain::operator_page::{OperatorPage, Part};
use crate::domain::outbox::MailState;
use crate::domain::outside::Gist;
use crate::domain::person::Role;
use crate::domain::redaction::{RedactionKind, RedactionState};
use crate::domain::refusal::OfAddress;
use crate::domain::report::{Marked, ReportKind};
use crate::domain::reported::Reported;
use crate::domain::response::{Basis, Response};
use crate::domain::staff_digest::DigestCycle;
use crate::domain::subscription::{MailCycle, MailingState, TopicKind};
use crate::domain::succession::{Handed, SuccessionKind};
use crate::domain::target_ask::AskDecision;
use crate::domain::text::Slug;
use crate::domain::tie::TieKind;
use crate::domain::token::TokenKind;

/// A closed vocabulary in a text column. A word that the program does not know is an error, never a default.
macro_rules! word_columns {
    ($($name:ty),+ $(,)?) => {$(
        impl<DB: Backend> ToSql<Text, DB> for $name
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <str as ToSql<Text, DB>>::to_sql(self.as_str(), out)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(String::from_sql(bytes)?.parse::<Self>()?)
            }
        }
    )+};
}

word_columns!(
    Response,
    Basis,
    Reported,
    Assessed,
    Lifecycle,
    Closure,
    Checked,
    TextKind,
    Precision,
    Role,
    ChangeKind,
    Fact,
    RemarkKind,
    Subject,
    DeadlineKind,
    DeadlineAct,
    AskDecision,
    DutyKind,
    FilingKind,
    FilingState,
    ArrivalStep,
    HoldKind,
    HoldStep,
    ChargePart,
    BulkKind,
    RedactionKind,
    RedactionState,
    Approval,
    Handed,
    SuccessionKind,
    Sought,
    Found,
    ChaseKind,
    EventKind,
    MeetingState,
    EvidenceKind,
    FileKind,
    Rung,
    ReportKind,
    Marked,
    Gist,
    MailState,
    OfAddress,
    DeadOrigin,
    Slug,
    TieKind,
    Email,
    TokenKind,
    OperatorPage,
    Part,
    ComplaintState,
    ComplaintDecision,
    Licence,
    Language,
    FormatKind,
    DigestCycle,
    MailCycle,
    MailingState,
    TopicKind,
);

/// Inner numbers in integer columns.
macro_rules! number_columns {
    ($($name:ident),+ $(,)?) => {$(
        impl<DB: Backend> ToSql<BigInt, DB> for $name
        where
            i64: ToSql<BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <i64 as ToSql<BigInt, DB>>::to_sql(&self.0, out)
            }
        }

        impl<DB: Backend> FromSql<BigInt, DB> for $name
        where
            i64: FromSql<BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(Self(i64::from_sql(bytes)?))
            }
        }
    )+};
}

number_columns!(
    Seq,
    InquiryId,
    InquiryTextId,
    EventId,
    BodyId,
    ThemeId,
    RecommendationId,
    WordingId,
    AddresseeId,
    UpdateId,
    DeadlineId,
    ArrivalId,
    RemarkId,
    CoverageId,
    ContactId,
    ChaseId,
    FileId,
    ExhibitId,
    EvidenceId,
    AgreementId,
    ReportId,
    MarkId,
    OutsideId,
    FilingId,
    PersonId,
    SessionId,
    TokenId,
    OutboxId,
    SubscriberId,
    SubscriptionId,
    MailingId,
    MeetingId,
    PackId,
);

/// Dates and moments: written in full, so that text order is time order. The text is made on the spot, so each database's
/// way of taking an owned value is named here; the common connection hands on to them.
macro_rules! time_columns {
    ($($name:ty),+ $(,)?) => {$(
        impl ToSql<Text, Sqlite> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(self.to_string());
                Ok(serialize::IsNull::No)
            }
        }

        impl ToSql<Text, Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                write!(out, "{self}")?;
                Ok(serialize::IsNull::No)
            }
        }

        impl ToSql<Text, Multi> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Multi>) -> serialize::Result {
                out.set_value((Text, self));
                Ok(serialize::IsNull::No)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(String::from_sql(bytes)?.parse::<Self>()?)
            }
        }
    )+};
}

time_columns!(Moment, Day);
