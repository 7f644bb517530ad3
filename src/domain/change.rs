//! A change: one published act, with its number, its author's role and its reason. What the timeline and `/changes` list.

use super::id::Seq;
use super::moment::Day;
use super::text::text_enum;

text_enum! {
    /// What kind of act a change was; decides the words that pages put before its rows.
    pub enum ChangeKind as "kind of change" {
        /// A register file was loaded: many rows, one act, mailed to nobody.
        Load = "load",
        /// What a body answered.
        Response = "response",
        /// What a body says it has done, or the publication of its return.
        Reported = "reported",
        /// What oversight found.
        Assessed = "assessed",
        /// Closed, opened again, or found to hold no longer.
        Lifecycle = "lifecycle",
        /// The day by which an answer is owed: set, extended, stopped or running again.
        Deadline = "deadline",
        /// A body's plan: a post, an action and a date.
        Plan = "plan",
        /// A target date set or moved.
        Target = "target",
        /// A body's request for a later target date, decided on.
        Extension = "extension",
        /// When oversight looks again.
        Recheck = "recheck",
        /// A schedule of returns set or changed.
        Schedule = "schedule",
        /// A return arrived.
        Arrival = "arrival",
        /// A return sent back, sent in again or taken back before its words are public.
        ArrivalStep = "arrival_step",
        /// The words of a recommendation transcribed, amended or compared with their source.
        Wording = "wording",
        /// A recommendation put to a body, or found not to be.
        Asked = "asked",
        /// What a fact rests on, published by a deed of its own.
        Evidence = "evidence",
        /// What would show that it is done, as agreed with the body.
        Agreement = "agreement",
        /// A document that a body sent or published: logged, described anew, its file published.
        Report = "report",
        /// How the items of a body fare in such a document.
        Mark = "mark",
        /// What an outside body found.
        OutsideFinding = "outside_finding",
        /// What a body replied to a judgement that was public already.
        Reply = "reply",
        /// Where answers and updates were looked for.
        Coverage = "coverage",
        /// How long the bodies of an inquiry may check a finding before it is published.
        AccuracyRule = "accuracy_rule",
        /// A missed deadline noted.
        Notice = "notice",
        /// Words withheld from the public.
        Withheld = "withheld",
        /// For which kind of reason words were withheld, said after they were.
        Grounds = "grounds",
        /// Withheld words shown again.
        Shown = "shown",
        /// Withheld words removed for good.
        Redacted = "redacted",
        /// The register itself: who runs it, whether two people are needed.
        Register = "register",
        /// What the operator says in its own words on one of its pages.
        Page = "page",
        /// A report in another format, linked or taken back.
        Format = "format",
        /// Nothing new is published about something for now, or is again.
        Hold = "hold",
        /// An inquiry taken in, or its description amended.
        Inquiry = "inquiry",
        /// An event of an inquiry's own timeline: told, put right or taken back.
        Event = "event",
        /// A meeting called, moved, held or cancelled.
        Meeting = "meeting",
        /// What a meeting decided about an answer.
        Minute = "minute",
        /// A body taken in, renamed, or under another address.
        Body = "body",
        /// What became of a body that ended, and who answers for what it was asked.
        Succession = "succession",
        /// An event of a body that is no succession: told, put right or taken back.
        BodyEvent = "body_event",
        /// Who belongs to a group of bodies.
        Group = "group",
        /// A recommendation taken in.
        Entry = "entry",
        /// Another number for a recommendation.
        Number = "number",
        /// A recommendation found to have been entered in error, or not to have been.
        Mistaken = "mistaken",
        /// A recommendation divided into lettered parts.
        Division = "division",
        /// A theme made or renamed, put on a recommendation or taken off.
        Theme = "theme",
        /// Two recommendations of different inquiries tied, tied otherwise, or tied no more.
        Tie = "tie",
    }
}

text_enum! {
    /// Which of the four facts an update is about.
    pub enum Fact as "fact" {
        /// What the body answered.
        Response = "response",
        /// What it says it has done.
        Reported = "reported",
        /// What oversight found.
        Assessed = "assessed",
        /// Open or closed.
        Lifecycle = "lifecycle",
    }
}

text_enum! {
    /// Which ledger row somebody means to withhold.
    pub enum Subject as "kind of record" {
        /// An update of one of the four facts: its words, the body's words and the reason.
        Update = "update",
        /// A recommendation's title and text.
        Wording = "wording",
        /// A dated remark.
        Remark = "remark",
        /// An event of an inquiry.
        Event = "event",
        /// The reason given for a date.
        Deadline = "deadline",
        /// A piece of evidence: its title, what is said of it, and the file itself.
        Evidence = "evidence",
        /// What was agreed to show that it is done.
        Agreement = "agreement",
        /// A document that a body sent: its title, its link, what it says, and its file.
        Report = "report",
        /// The words of a mark.
        Mark = "mark",
        /// What an outside body found.
        Outside = "outside",
        /// Where somebody looked for answers and updates, and by which post.
        Coverage = "coverage",
        /// A part of the operator's own words on a page.
        Page = "page",
        /// A link to a report in another format.
        Format = "format",
        /// The description of an inquiry.
        Description = "description",
        /// A body's name and what kind of body it is.
        Body = "body",
        /// The name of a theme.
        Theme = "theme",
        /// The public reason of a change that no other record holds.
        Change = "change",
    }
}

text_enum! {
    /// What kind of dated remark.
    pub enum RemarkKind as "kind of remark" {
        /// The register's own note that a date passed with nothing received.
        Notice = "notice",
        /// A body's reply.
        Reply = "reply",
        /// A body asked for a later target date; granted or refused.
        Extension = "extension",
        /// What a meeting decided.
        Minute = "minute",
        /// A dated, sourced fact that sets none of the four.
        Note = "note",
    }
}

/// Since when words are out of sight, and whether they are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenOut {
    /// The day.
    pub on: Day,
    /// Whether the words were removed for legal reasons and are kept nowhere.
    pub for_good: bool,
    /// The change that took them out.
    pub by: Seq,
}

/// What became of words since one change withheld them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// It keeps them out of sight.
    Lasts,
    /// Everybody reads them again, from this day on where that is known.
    Shown(Option<Day>),
    /// A later change withheld them anew, or removed them.
    TakenOut(TakenOut),
}
