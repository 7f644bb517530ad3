//! A finding against a body is with that body before anybody publishes it: its people are told, may reply once, and until the
//! time is over or they have replied it cannot be published.

use jiff::tz::TimeZone;

use super::publish::OWN_WORDS;
use super::sign_off::is_needed;
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::RemarkKind;
use crate::domain::fairness::{Period, Replied};
use crate::domain::filing::FilingState;
use crate::domain::id::{BodyId, FilingId, Seq};
use crate::domain::licence::Rights;
use crate::domain::mail::{CheckAsked, Letter};
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::answer::Answer;
use crate::service::{Act, Done, Error, Service, gathered};
use crate::store::accuracy::{self, Check};
use crate::store::ledger::{NewRemark, insert_remark};
use crate::store::outbox::{self, NewMail};
use crate::store::{WriteTx, desk, fairness, filing, holiday, recipient};

/// What a body says about a finding that was shown to it.
#[derive(Debug, Clone)]
pub struct ReplyToFinding {
    /// The filing's own name.
    pub reference: String,
    /// The version that the form was made from.
    pub version: i64,
    /// What it says.
    pub said: Reply,
    /// In which language its words are, and under which licence.
    pub rights: Rights,
}

/// What a body may say about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// There is nothing to correct.
    NothingToCorrect,
    /// Its words, which are published with the finding.
    Words(Option<String>),
}

impl Service {
    /// Keeps what a body says about a finding, and so ends the time that it has. Where the body has somebody who signs off, what
    /// another of its people says waits for them; the time runs on, for else a body could keep a finding from being published by
    /// not signing.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `said` and `words`. `Stale` when somebody of the body was first, or the finding is not
    /// proposed any more.
    pub async fn reply_to_finding(&self, act: Act, command: ReplyToFinding) -> Result<Done, Error> {
        self.once(act, move |tx, act| reply(tx, act, &command)).await
    }
}

fn reply(tx: &mut WriteTx<'_>, act: &Act, command: &ReplyToFinding) -> Result<Done, Error> {
    let row = filing::find(tx, &command.reference)?;
    let check = accuracy::of_filing(tx, row.id)?.ok_or(Error::NotFound)?;
    may(act.actor, Deed::CheckFinding, About::body(check.body))?;
    if row.state != FilingState::Submitted || check.reply.is_some() {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    if !check.period.runs_on(act.day) {
        problems.add("said", words::too_late_to_reply(check.period.until));
    }
    if command.said == Reply::Words(None) {
        problems.add("words", "Enter your reply, or choose that there is nothing to correct");
    }
    act.sound(problems)?;
    filing::claim(tx, row.id, command.version)?;
    let words = match &command.said {
        Reply::NothingToCorrect => None,
        Reply::Words(words) => words.as_deref(),
    };
    if is_needed(tx, act.actor, check.body)? {
        accuracy::keep_unsigned(tx, row.id, act.now, act.actor.person, (words, command.rights))?;
        gathered::ask_signer_to_reply(tx, act, &check)?;
    } else {
        accuracy::keep_reply(tx, row.id, (act.now, act.day), act.actor.person, (words, command.rights))?;
    }
    Ok(Done::at(address::finding(&command.reference)))
}

/// Hands a finding to its body, where the bodies of its inquiry are shown findings first, and tells their people by mail.
pub(super) fn begin(tx: &mut WriteTx<'_>, act: &Act, answer: &Answer, filing: FilingId) -> Result<(), Error> {
    let calendar = holiday::calendar(tx, TimeZone::UTC)?;
    let rule = fairness::rule(tx, answer.holder.inquiry)?;
    let Some(period) = Period::begun(&calendar, act.day, rule.working_days) else { return Ok(()) };
    let told = tell(tx, act, answer.holder.body, period)?;
    Ok(accuracy::begin(tx, filing, answer.holder.body, period, told)?)
}

/// One mail to each contributor; it says nothing of the finding.
fn tell(tx: &mut WriteTx<'_>, act: &Act, body: BodyId, period: Period) -> Result<i64, Error> {
    let letter = Letter::CheckAsked(CheckAsked {
        body: desk::body_name(tx, body)?.name,
        body_id: Some(body),
        until: period.until,
        link: address::finding(&act.fresh),
    });
    let mut told = 0;
    for reader in recipient::contributors(tx)?.into_iter().filter(|reader| reader.body == Some(body)) {
        told += 1;
        let mail = NewMail {
            // Of one deed, and yet each its own.
            reference: &format!("{}-{told}", act.fresh),
            dedupe_key: Some(&format!("{}:check:{}", reader.reference, act.fresh)),
            person: Some(reader.person),
            email: &reader.email,
            letter: &letter,
            not_before: act.now,
            now: act.now,
        };
        outbox::enqueue(tx, &mail)?;
    }
    Ok(told)
}

/// What stands in the way of publishing a filing: that it is still with its body.
pub(super) fn is_over(tx: &mut WriteTx<'_>, act: &Act, filing: FilingId) -> Result<Option<Check>, Error> {
    let check = accuracy::of_filing(tx, filing)?;
    match check.as_ref().map(|check| check.period).filter(|period| period.runs_on(act.day)) {
        Some(period) => Err(Problems::one("proposed", words::still_with_body(period.until)).into()),
        None => Ok(check),
    }
}

/// Publishes what the body said under the change of the finding itself: whoever reads the one reads the other. That there is
/// nothing to correct is a reply, too, in the words of the form in which it was chosen. What nobody signed off in time stays with
/// the body, as the beginning of a reply of its own.
pub(super) fn publish_reply(tx: &mut WriteTx<'_>, seq: Seq, answer: &Answer, check: &Check) -> Result<(), Error> {
    let Some(reply) = &check.reply else { return Ok(()) };
    let (words, rights) = match (reply.said(), &reply.words) {
        (Replied::Words, Some(words)) => (words.clone(), reply.rights),
        (Replied::NothingToCorrect, _) => (words::NOTHING_TO_CORRECT.to_owned(), OWN_WORDS),
        (Replied::Words | Replied::Removed, _) => return Ok(()),
    };
    let remark = NewRemark {
        kind: RemarkKind::Reply,
        inquiry: Some(answer.holder.inquiry),
        recommendation: Some(answer.holder.recommendation),
        addressee: Some(answer.holder.addressee),
        deadline: None,
        happened: Happened::on(reply.on),
        words,
        rights,
        source_url: None,
        checked: None,
        author: reply.person,
        ask: None,
        replies_to: None,
    };
    Ok(insert_remark(tx, seq, &remark)?)
}
