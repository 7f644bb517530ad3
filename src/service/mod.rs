//! Deeds: authorise, decide, write in one transaction, announce through the outbox. The only writer. May import domain and
//! store.
//!
//! A deed is a method of [`Service`], one file for each noun that is written. All take an [`Act`] (who, when, which form)
//! and a command, and follow one order: receipt, right, versions and locks, rules, number, ledger, present, search, outbox.

mod account;
mod agreement;
mod answer;
mod answer_due;
mod asked;
mod bounce;
mod carry;
mod charge;
mod chase;
mod complaint;
mod coverage;
mod deadline;
mod digest;
mod digest_choice;
pub mod digest_round;
mod duty;
mod error;
mod evidence;
mod fairness;
mod filing;
mod follow;
mod format_link;
mod former;
mod gathered;
mod hasher;
mod hold;
mod holiday;
pub mod job;
mod kept_mail;
mod ladder;
mod load;
mod mailing;
mod meeting;
mod minute;
pub mod month_end;
mod named;
mod notice;
mod operator_page;
pub mod outbox;
mod outside;
mod pack;
mod password;
mod person;
mod plan;
mod post;
pub mod public_digest;
mod public_lapsed;
mod public_news;
mod reach;
mod receipt;
mod redaction;
pub mod refused;
mod register;
pub mod reminder;
mod removals;
mod report;
mod reported;
mod response;
pub mod restore;
mod rule;
mod search;
mod session;
mod setting;
mod settle;
mod several;
mod sign_in;
mod stage;
mod target_ask;
pub mod tidy;
mod told;
mod withhold;

pub use account::{Accepted, MakeAccount, MakeFirst, NewPassword, ResetAsked};
pub use agreement::Agree;
pub use answer_due::{Owing, SetAnswerDue};
pub use asked::PutToBody;
pub use bounce::DeadAddress;
pub use carry::{KeptFor, kept_before, to_carry};
pub use charge::{ChargeOf, SetCharge};
pub use chase::{KeepContact, LogChase, Whom, about_body, about_contacts};
pub use complaint::{Complain, Complained, DecideComplaint};
pub use coverage::RecordCoverage;
pub use deadline::{SetBy, SetRecheck, SetSchedule, SetTarget};
pub use duty::{HandOver, SetDuties, holder};
pub use error::Error;
pub use evidence::{
    Attach, FileSent, PublishEvidence, TakeBack, fact_of, goes_past_signer, is_for_judging, is_ready, is_shown_to,
    may_publish, may_see, may_take_back, readers, supports_nothing,
};
pub use fairness::SetAccuracyRule;
pub use filing::{
    AskForCode, CodeAsked, CodeEntered, Drafted, EnterCode, FileByLink, FileReturn, FiledByLink, Propose, Publish,
    Refile, Reply, ReplyToFinding, Returned, SaidByLink, SaveDraft, SendBack, SendToAuthor, SignOff, TakeSheet, Target,
    Withdraw, is_to_be_taken_back,
};
pub use follow::{AskToFollow, ToFollow};
pub use format_link::{LinkFormat, UnlinkFormat};
pub use hold::{ChangeHold, HoldOn, PlaceHold};
pub use holiday::known_holidays;
pub use ladder::{PublishLadderNotice, WriteToTop};
pub use load::{Load, Loaded};
pub use meeting::{CallMeeting, ChangeMeeting, HangReturns};
pub use minute::RecordMinute;
pub use operator_page::PublishPage;
pub use outside::{RecordOutside, RecordReply, ReplyToJudgement};
pub use pack::{MakePack, NameExemption, Since};
pub use password::{ChangePassword, PasswordChange};
pub use person::{ChangePerson, Invite, Invited};
pub use plan::RecordPlan;
pub use reach::LimitRole;
pub use redaction::{DecideRedaction, ProposeRedaction};
pub use register::{
    AmendBody, AmendInquiry, Described, Divide, EventOf, FindMistaken, MakeTheme, MoveBody, PassOn, PutToGroup,
    RecordEvent, RecordMember, RecordSuccession, RenameTheme, Renumber, RetireTheme, ScheduleInquiry, SetThemes,
    SetTie, TakeInBody, TakeInInquiry, TakeInPart, TakeInRecommendation, TiedTo, Wanted, can_be_asked, field_of,
    members_to_ask,
};
pub use report::{
    ConfirmMarks, DescribeReport, LogReport, MarkItems, Marking, PublishReportFile, ReportWords, TakeReportFileBack,
    about_documents, document_held, is_to_confirm,
};
pub use reported::RecordReported;
pub use response::RecordResponse;
pub use settle::settle_answerers;
pub use several::{PublishSeveral, ScheduleSeveral};
pub use sign_in::{SignIn, SignedIn};
pub use stage::{SetStages, StagesAt};
pub use target_ask::{AskForLater, DecideAsk};
pub use withhold::{SayGrounds, Withhold, WithholdOthers};

use std::path::PathBuf;

use crate::domain::id::Seq;
use crate::domain::moment::{Day, Moment};
use crate::domain::person::Actor;
use crate::domain::problem::Problems;
use crate::domain::publication::FourQuestions;
use crate::domain::secret::Secret;
use crate::store::{Writer, setting as stored_setting};
use hasher::Hasher;

/// Everything that may be done to the register. Holds the only way to write.
#[derive(Clone)]
pub struct Service {
    writer: Writer,
    hasher: Hasher,
    secret: Secret,
    removals: Option<PathBuf>,
}

impl Service {
    /// Takes the register's writer, and the secret that it keeps; `fresh` becomes the secret of a new register. Nothing else is
    /// written, and nobody who writes is waited for.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open(writer: Writer, fresh: &Secret, now: Moment) -> Result<Self, Error> {
        let secret = match writer.read_now(|tx| Ok::<_, Error>(stored_setting::kept_secret(tx)?))? {
            Some(kept) => kept,
            None => writer.write_now(|tx| Ok::<_, Error>(stored_setting::secret(tx, fresh, now)?))?,
        };
        Ok(Self { writer, hasher: Hasher::new(), secret, removals: None })
    }

    /// The register's secret: signs what comes back from a browser.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.secret
    }
}

/// Who does something, when, and on which form. Time is an argument here, and so is chance.
#[derive(Debug, Clone)]
pub struct Act {
    /// The person, from their session.
    pub actor: Actor,
    /// The moment of the deed.
    pub now: Moment,
    /// The day that it is in the register's zone.
    pub day: Day,
    /// The form's idempotency key: the same key again gets the same answer and does nothing. `None` from a command line.
    pub key: Option<String>,
    /// A fresh random reference, for what the deed makes: a filing, a mail.
    pub fresh: String,
    /// The four questions, as answered on the form; asked wherever words become public.
    pub questions: FourQuestions,
    /// What the form could not read. The deed adds what else is wrong and does nothing, so that a person is told of
    /// everything at once.
    pub faults: Problems,
}

impl Act {
    /// Nothing that the form could not read, nothing that the deed found wrong.
    fn sound(&self, found: Problems) -> Result<(), Problems> {
        self.faults.clone().and(found).into_result()
    }

    /// The same where words become public: the four questions are answered with yes.
    fn publishable(&self, found: Problems) -> Result<(), Problems> {
        self.sound(found.and(self.questions.problems()))
    }
}

/// What a deed came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Where to go next: a path inside the register.
    pub location: String,
    /// The published change, where there was one.
    pub seq: Option<Seq>,
    /// Whether anything is otherwise than before: a form that was sent again as it stands changes nothing.
    pub changed: bool,
}

impl Done {
    /// Done, nothing published.
    #[must_use]
    pub const fn at(location: String) -> Self {
        Self { location, seq: None, changed: true }
    }

    /// Nothing to do: what the form says stands already. Nothing is stored.
    #[must_use]
    pub const fn unchanged(location: String) -> Self {
        Self { location, seq: None, changed: false }
    }

    /// Done, and published as the change `seq`.
    #[must_use]
    pub const fn published(location: String, seq: Seq) -> Self {
        Self { location, seq: Some(seq), changed: true }
    }
}
