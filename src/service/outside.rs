//! What others found beside this register's finding, and what a body replies to either once it is public. Neither changes what
//! this register found.

use super::answer::Answer;
use super::filing::is_needed;
use super::{Act, Done, Error, Service, gathered};
use crate::domain::access::Deed;
use crate::domain::address;
use crate::domain::change::{ChangeKind, RemarkKind, Subject};
use crate::domain::checked::Checked;
use crate::domain::filing::{FilingKind, FilingState, Proposal, ReplyFiled};
use crate::domain::id::{AddresseeId, OutsideId, PersonId, Seq};
use crate::domain::licence::Rights;
use crate::domain::moment::Happened;
use crate::domain::outside::{Gist, Judgement};
use crate::domain::problem::Problems;
use crate::domain::rule;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::filing::{self, NewFiling};
use crate::store::ledger::{NewOutside, NewRemark, insert_outside, insert_remark, lock_newest, open_change, seq_of};
use crate::store::outside::{self, Outside};
use crate::store::present::refresh_addressee;
use crate::store::{ReadTx, WriteTx, accuracy, body};

/// What an outside body found.
#[derive(Debug, Clone)]
pub struct RecordOutside {
    /// The answer.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// The outside body, where it is one of this register.
    pub found_by: Option<Slug>,
    /// Its name, where it is not.
    pub name: Option<String>,
    /// What it comes to.
    pub gist: Option<Gist>,
    /// Its own words.
    pub words: Option<String>,
    /// Where in the document they stand.
    pub place: Option<String>,
    /// When it was found.
    pub happened: Happened,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Option<Checked>,
    /// The language and the licence of its words.
    pub rights: Rights,
    /// The entry that it puts right.
    pub corrects: Option<OutsideId>,
    /// Why that was wrong.
    pub correction: Option<String>,
}

/// A reply to a judgement, taken from a document.
#[derive(Debug, Clone)]
pub struct RecordReply {
    /// The answer.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// To which judgement.
    pub to: Option<Judgement>,
    /// What it says.
    pub words: Option<String>,
    /// When.
    pub happened: Happened,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared.
    pub checked: Option<Checked>,
    /// The language and the licence of its words.
    pub rights: Rights,
}

/// A body's own reply to a judgement that is public.
#[derive(Debug, Clone)]
pub struct ReplyToJudgement {
    /// The answer.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// To which judgement.
    pub to: Option<Judgement>,
    /// What it says.
    pub words: Option<String>,
    /// The language and the licence of its words.
    pub rights: Rights,
}

impl Service {
    /// Publishes what an outside body found.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`RecordOutside`].
    pub async fn record_outside(&self, act: Act, command: RecordOutside) -> Result<Done, Error> {
        self.once(act, move |tx, act| record(tx, act, command)).await
    }

    /// Publishes what a body replied to a judgement, as it stands in a document.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`RecordReply`].
    pub async fn record_reply(&self, act: Act, command: RecordReply) -> Result<Done, Error> {
        self.once(act, move |tx, act| record_reply(tx, act, command)).await
    }

    /// Hands a body's reply to a judgement to oversight, which publishes it or sends it back.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `to` and `words`.
    pub async fn reply_to_judgement(&self, act: Act, command: ReplyToJudgement) -> Result<Done, Error> {
        self.once(act, move |tx, act| file_reply(tx, act, command)).await
    }
}

fn record(tx: &mut WriteTx<'_>, act: &Act, command: RecordOutside) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    if let Some(wrong) = command.corrects {
        let found = all(tx, command.addressee)?.into_iter().find(|one| one.id == wrong).ok_or(Error::NotFound)?;
        if found.corrected_by.is_some() {
            return Err(Error::Stale);
        }
    }
    let mut problems = Problems::none();
    let by = command.found_by.as_ref().map(|slug| body::name(tx, slug)).transpose()?;
    match (&by, &command.name) {
        (None, None) => problems.add("found_by", "Choose which body found it, or enter its name below"),
        (Some(_), Some(_)) => problems.add("name", "Choose the body above or enter a name here, not both"),
        (Some(by), None) if by.id == answer.holder.body || by.id == answer.holder.asked => {
            problems.add("found_by", "This is the body that was asked. What it says itself is no outside finding");
        }
        _ => {}
    }
    if command.gist.is_none() {
        problems.add("gist", "Choose what it comes to");
    }
    if command.words.is_none() {
        problems.add("words", "Enter what it found, in its own words");
    }
    if command.source_url.is_none() {
        problems.add("source_url", "Enter the link to where it is published");
    }
    rule::past(&mut problems, "happened", command.happened, false, answer.frame(act));
    if command.corrects.is_some() && command.correction.is_none() {
        problems.add("correction", "Enter why the earlier entry was wrong");
    }
    if let Some(wrong) = command.corrects
        && seq_of(tx, Subject::Outside, wrong.0)?.1
    {
        problems.add("words", "The earlier entry is withheld. Show it again first");
    }
    act.publishable(problems)?;
    let (Some(gist), Some(words), Some(source_url), Some(checked)) =
        (command.gist, command.words, command.source_url, command.checked)
    else {
        return Err(Error::NotFound);
    };
    let reason = command.corrects.and(command.correction);
    let seq = open_change(tx, &answer.change(act, ChangeKind::OutsideFinding, reason))?;
    let new = NewOutside {
        addressee_id: command.addressee,
        found_by: by.map(|by| by.id),
        found_by_words: command.name,
        gist,
        words,
        place: command.place,
        happened_on: command.happened.day,
        precision: command.happened.precision,
        source_url,
        checked,
        language: command.rights.language,
        licence: command.rights.licence,
        author_id: act.actor.person,
        corrects: command.corrects,
    };
    insert_outside(tx, seq, &new)?;
    refresh_addressee(tx, seq, command.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}

fn all(tx: &mut ReadTx<'_>, item: AddresseeId) -> Result<Vec<Outside>, Error> {
    Ok(outside::about(tx, &crate::store::About::Answer(item), i64::MAX)?)
}

/// The judgement, if it stands and is about this answer; of what was put right since, nobody replies to the error.
fn judgement(
    tx: &mut ReadTx<'_>,
    answer: &Answer,
    to: Option<Judgement>,
    problems: &mut Problems,
) -> Result<(), Error> {
    match to {
        None => problems.add("to", "Choose what is replied to"),
        Some(Judgement::Own(id)) => {
            if answer.row.assessed_update_id != Some(id) {
                return Err(Error::NotFound);
            }
        }
        Some(Judgement::Outside(id)) => {
            let found = all(tx, answer.holder.addressee)?.into_iter().find(|one| one.id == id);
            if found.ok_or(Error::NotFound)?.corrected_by.is_some() {
                return Err(Error::Stale);
            }
        }
    }
    Ok(())
}

fn record_reply(tx: &mut WriteTx<'_>, act: &Act, command: RecordReply) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let mut problems = Problems::none();
    judgement(tx, &answer, command.to, &mut problems)?;
    if command.words.is_none() {
        problems.add("words", "Enter what the body replied");
    }
    if command.source_url.is_none() {
        problems.add("source_url", "Enter the link to where it can be read");
    }
    rule::past(&mut problems, "happened", command.happened, true, answer.frame(act));
    act.publishable(problems)?;
    let (Some(to), Some(words)) = (command.to, command.words) else { return Err(Error::NotFound) };
    let seq = open_change(tx, &answer.change(act, ChangeKind::Reply, None))?;
    let reply = NewRemark {
        source_url: command.source_url,
        checked: command.checked,
        rights: command.rights,
        ..remark(&answer, to, words, command.happened, act.actor.person)
    };
    insert_remark(tx, seq, &reply)?;
    refresh_addressee(tx, seq, command.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}

fn remark(answer: &Answer, to: Judgement, words: String, happened: Happened, author: PersonId) -> NewRemark {
    NewRemark {
        kind: RemarkKind::Reply,
        inquiry: Some(answer.holder.inquiry),
        recommendation: Some(answer.holder.recommendation),
        addressee: Some(answer.holder.addressee),
        deadline: None,
        happened,
        words,
        rights: Rights::default(),
        source_url: None,
        checked: None,
        author: Some(author),
        ask: None,
        replies_to: Some(to),
    }
}

fn file_reply(tx: &mut WriteTx<'_>, act: &Act, command: ReplyToJudgement) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::FileReturn, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    let mut problems = Problems::none();
    judgement(tx, &answer, command.to, &mut problems)?;
    if command.words.is_none() {
        problems.add("words", "Enter your reply");
    }
    let mut waiting = filing::waiting_on(tx, answer.holder.recommendation)?;
    waiting.extend(filing::replies_with_body(tx, command.addressee)?);
    let waits = waiting
        .iter()
        .filter(|row| row.addressee == Some(command.addressee))
        .any(|row| matches!(&row.proposal, Proposal::Reply(filed) if Some(filed.to) == command.to));
    if waits {
        problems.add("to", words::REPLY_WAITS);
    }
    act.sound(problems)?;
    let (Some(to), Some(words)) = (command.to, command.words) else { return Err(Error::NotFound) };
    let proposal = Proposal::Reply(ReplyFiled { to, on: act.day, words, rights: command.rights });
    let body = answer.holder.body;
    let is_signed = is_needed(tx, act.actor, body)?;
    let new = NewFiling {
        reference: &act.fresh,
        addressee: Some(command.addressee),
        recommendation: answer.holder.recommendation,
        proposal: &proposal,
        author: act.actor.person,
        arrival: None,
        state: if is_signed { FilingState::ForSignOff } else { FilingState::Submitted },
        at: act.now,
    };
    if is_signed {
        // The counter is held while the mail is written, as wherever mail gathers.
        lock_newest(tx)?;
    }
    filing::insert(tx, &new)?;
    if matches!(to, Judgement::Own(_)) {
        accuracy::forget_left(tx, command.addressee)?;
    }
    if is_signed {
        gathered::ask_signer(tx, act, body, (&act.fresh, FilingKind::Reply, answer.holder.recommendation))?;
    }
    Ok(Done::at(address::filing(&act.fresh)))
}

/// Publishes a reply that a body handed in.
pub(super) fn publish_filed(
    tx: &mut WriteTx<'_>,
    act: &Act,
    answer: &Answer,
    filed: &ReplyFiled,
    author: PersonId,
) -> Result<Seq, Error> {
    let seq = open_change(tx, &answer.change(act, ChangeKind::Reply, None))?;
    let reply = remark(answer, filed.to, filed.words.clone(), Happened::on(filed.on), author);
    // The body's own words, from the body itself.
    insert_remark(tx, seq, &NewRemark { checked: Some(Checked::Source), rights: filed.rights, ..reply })?;
    refresh_addressee(tx, seq, answer.holder.addressee)?;
    Ok(seq)
}
