//! What stands beside the facts of an answer, as JSON: what others found, what meetings decided, and how it fares in the body's documents.

use serde::Serialize;
use utoipa::ToSchema;

use super::Maker;
use crate::domain::address;
use crate::domain::checked::Checked;
use crate::domain::fairness::Approval;
use crate::domain::id::Seq;
use crate::domain::licence::{Language, Licence};
use crate::domain::moment::{Day, Precision};
use crate::domain::outside::{Beside, Gist, Judgement};
use crate::domain::report::Marked;
use crate::store::addressee::Answer;
use crate::store::outside::Outside;
use crate::store::remark::Remark;
use crate::store::withheld::Words;

/// What an outside body found, beside what this register found and never averaged with it.
#[derive(Serialize, ToSchema)]
#[schema(as = OutsideFinding)]
pub struct OutsideData {
    /// Under which name it stands.
    by: String,
    /// The same as the part of an address, where it is a body of this register.
    by_body: Option<String>,
    /// What it comes to, in this register's words.
    gist: Gist,
    /// Its own words.
    words: Option<String>,
    where_in: Option<String>,
    found_on: Option<Day>,
    found_precision: Precision,
    source_url: Option<String>,
    checked: Checked,
    /// Whether it differs from what this register found; null where the two cannot be compared.
    differs: Option<bool>,
    /// The last reply of the body.
    replied_on: Option<Day>,
    reply: Option<String>,
    /// Every reply of the body, in the order of their days.
    replies: Vec<ReplyData>,
    #[schema(value_type = i64)]
    change: Seq,
    withheld: bool,
}

/// What a body replied to a judgement.
#[derive(Serialize, ToSchema)]
#[schema(as = Reply)]
pub struct ReplyData {
    on: Option<Day>,
    /// Null where the words are out of sight.
    words: Option<String>,
    language: Option<Language>,
    /// The licence of the words; null where nobody has said so.
    licence: Option<Licence>,
    #[schema(value_type = i64)]
    change: Seq,
}

impl ReplyData {
    /// Replies in the order in which they are given.
    pub(super) fn all(replies: &[Remark]) -> Vec<Self> {
        let one = |reply: &Remark| Self {
            on: reply.happened.day,
            words: reply.words.said().map(str::to_owned),
            language: reply.rights.language,
            licence: reply.rights.licence,
            change: reply.seq,
        };
        replies.iter().map(one).collect()
    }
}

/// What a meeting decided about an answer. It sets none of the four facts.
#[derive(Serialize, ToSchema)]
#[schema(as = Minute)]
pub struct MinuteData {
    /// The change that published it.
    change: i64,
    decided_on: Option<Day>,
    /// The post or the committee; null where the words are out of sight.
    decided_by: Option<String>,
    /// Where its minutes say so; null likewise.
    minute_ref: Option<String>,
    approval: Option<Approval>,
    /// Which question put to the meeting it answers, as it was asked; null for another matter, where nobody has said so, and where
    /// the words are out of sight.
    question: Option<String>,
    /// What was decided; null where the words are out of sight.
    words: Option<String>,
    source_url: Option<String>,
    /// The change that published the draft whose place it takes, and the one that took its place.
    replaces: Option<i64>,
    replaced_by: Option<i64>,
    /// The change that published the approved minute that it puts right, and the one that puts it right.
    corrects: Option<i64>,
    corrected_by: Option<i64>,
}

impl MinuteData {
    /// Minutes in the order in which they are given.
    pub(super) fn all(minutes: &[Remark]) -> Vec<Self> {
        minutes.iter().filter_map(Self::new).collect()
    }

    fn new(row: &Remark) -> Option<Self> {
        let minute = row.minute.as_ref()?;
        let decided = minute.decided.as_ref();
        Some(Self {
            change: row.seq.0,
            decided_on: row.happened.day,
            decided_by: decided.map(|decided| decided.by.clone()),
            minute_ref: decided.and_then(|decided| decided.minute.clone()),
            approval: minute.approval,
            question: minute.question.clone(),
            words: row.words.said().map(str::to_owned),
            source_url: row.source_url.clone(),
            replaces: minute.replaces.map(|seq| seq.0),
            replaced_by: minute.replaced_by.map(|seq| seq.0),
            corrects: minute.corrects.map(|seq| seq.0),
            corrected_by: minute.corrected_by.map(|seq| seq.0),
        })
    }
}

/// How an answer fares in the last document of its body that somebody looked through. A mention is no answer.
#[derive(Serialize, ToSchema)]
#[schema(as = Mark)]
pub struct MarkData {
    report: Option<String>,
    report_on: Option<Day>,
    report_address: String,
    mark: Marked,
    page: Option<String>,
    words: Option<String>,
    /// Whether a second person read the same.
    confirmed: bool,
    #[schema(value_type = i64)]
    change: Seq,
}

impl Maker<'_> {
    /// What outside bodies found about an answer.
    pub(super) fn outside(&self, answer: &Answer) -> Vec<OutsideData> {
        self.details.outside(answer.id).iter().map(|one| self.found(answer, one)).collect()
    }

    fn found(&self, answer: &Answer, one: &Outside) -> OutsideData {
        let replies = self.details.replies_to(Judgement::Outside(one.id));
        let reply = replies.last();
        OutsideData {
            by: one.by().to_owned(),
            by_body: one.body.as_ref().map(|body| body.slug.to_string()),
            gist: one.gist,
            words: one.words.said().map(str::to_owned),
            where_in: one.where_in.clone(),
            found_on: one.happened.day,
            found_precision: one.happened.precision,
            source_url: one.source_url.clone(),
            checked: one.checked,
            differs: match one.gist.beside(answer.assessed.value) {
                Beside::NotCompared => None,
                beside => Some(beside == Beside::Differs),
            },
            replied_on: reply.and_then(|reply| reply.happened.day),
            reply: reply.and_then(|reply| reply.words.said()).map(str::to_owned),
            replies: ReplyData::all(replies),
            change: one.place.seq,
            withheld: one.words.said().is_none(),
        }
    }

    /// How an answer fares in the last document that somebody looked through.
    pub(super) fn mark(&self, answer: &Answer) -> Option<MarkData> {
        let (report, mark) = self.details.mark(answer.id)?;
        Some(MarkData {
            report: report.title.said().map(str::to_owned),
            report_on: report.happened.day,
            report_address: self.address(&address::report(report.began)),
            mark: mark.value,
            page: mark.page.clone(),
            words: mark.words.as_ref().and_then(Words::said).map(str::to_owned),
            confirmed: mark.confirmed,
            change: mark.place.seq,
        })
    }
}
