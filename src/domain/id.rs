//! Inner numbers of rows. They never stand in an address: addresses use slugs, numbers of the report, references and `Seq`.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(out) }
        }
    )+};
}

ids!(
    /// The number of a published change: commit order on every node, and the change's permanent address.
    Seq,
    /// An inquiry.
    InquiryId,
    /// One published state of an inquiry's description.
    InquiryTextId,
    /// A dated event of an inquiry.
    EventId,
    /// A body.
    BodyId,
    /// A theme.
    ThemeId,
    /// A recommendation, or a lettered part of one.
    RecommendationId,
    /// One published state of a recommendation's words.
    WordingId,
    /// One recommendation (or part) put to one body.
    AddresseeId,
    /// One published update of one of the four facts.
    UpdateId,
    /// A date that something is owed by.
    DeadlineId,
    /// The arrival of a return.
    ArrivalId,
    /// A dated remark: a notice, a reply, a minute or a note.
    RemarkId,
    /// One look for answers and updates.
    CoverageId,
    /// Somebody of a body who has no account.
    ContactId,
    /// A letter, a call, a meeting or a mail by hand.
    ChaseId,
    /// A file that is kept here.
    FileId,
    /// A piece of evidence as it is kept here.
    ExhibitId,
    /// A piece of evidence as published.
    EvidenceId,
    /// What would show that something is done, as agreed.
    AgreementId,
    /// One published version of what is said of a document that a body sent.
    ReportId,
    /// How a document answers one item.
    MarkId,
    /// What an outside body found.
    OutsideId,
    /// A piece of work not yet published.
    FilingId,
    /// A person with an account.
    PersonId,
    /// A signed-in session.
    SessionId,
    /// A one-time link.
    TokenId,
    /// A mail in the outbox.
    OutboxId,
    /// Somebody who follows the register by mail.
    SubscriberId,
    /// One thing that somebody follows.
    SubscriptionId,
    /// A range of changes that the public is told of or is not.
    MailingId,
    /// A meeting of whoever monitors inquiries.
    MeetingId,
    /// A scrutiny pack.
    PackId,
);
