//! Publishing what somebody filed: the four questions, the second key, then the ledger.

use super::accuracy;
use super::propose::{check, check_wording};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::Checked;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::{Closing, FilingState, Proposal, ReturnFiled, WordingFiled};
use crate::domain::id::{AddresseeId, ArrivalId, PersonId, RecommendationId, Seq};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::problem::Problems;
use crate::domain::recheck;
use crate::domain::record::FactValue;
use crate::domain::rule::Frame;
use crate::domain::words;
use crate::service::answer::Answer;
use crate::service::{Act, Done, Error, Service, evidence, outside, search};
use crate::store::accuracy::Check;
use crate::store::filing::{self, FilingRow, Step};
use crate::store::ledger::{
    NewChange, NewDeadline, NewUpdate, NewWording, insert_deadline, insert_update, insert_wording, lock_newest,
    open_change,
};
use crate::store::present::{
    RecommendationPlace, find_addressee, recommendation_place, refresh_addressee, refresh_words, standing_words,
};
use crate::store::{WriteTx, setting};

/// Which filing to publish.
#[derive(Debug, Clone)]
pub struct Publish {
    /// The filing's own name.
    pub reference: String,
    /// The version that the form was made from: what is published is what was read.
    pub version: i64,
    /// The evidence that is published with it, by name.
    pub evidence: Vec<String>,
    /// That a finding is published although the decision on it is still a draft.
    pub draft_accepted: bool,
}

impl Service {
    /// Publishes a filing.
    ///
    /// # Errors
    /// `Refused` when the second key is missing, `Problems` when a question is not answered with yes or the answer has
    /// changed so that it no longer fits, `Stale` when somebody was first.
    pub async fn publish(&self, act: Act, command: Publish) -> Result<Done, Error> {
        self.once(act, move |tx, act| publish(tx, act, &command)).await
    }
}

fn publish(tx: &mut WriteTx<'_>, act: &Act, command: &Publish) -> Result<Done, Error> {
    let row = filing::find(tx, &command.reference)?;
    let body = row.addressee.map(|id| find_addressee(tx, id)).transpose()?.map(|row| row.answerer_id);
    let second_key = row.proposal.needs_second_key() && setting::second_key(tx)?;
    let about = About { author: Some(row.author), second_key, judges: row.proposal.judges(), body, ..About::default() };
    may(act.actor, Deed::Publish, about.of(recommendation_place(tx, row.recommendation)?.inquiry_id))?;
    if row.is_with_its_body() {
        return Err(Error::NotFound);
    }
    if row.version != command.version {
        return Err(Error::Stale);
    }
    let check = accuracy::is_over(tx, act, row.id)?;
    let mut problems = Problems::none();
    if row.proposal.is_draft_decision() && !command.draft_accepted {
        problems.add("draft", words::DRAFT_TO_ACCEPT);
    }
    act.publishable(problems)?;
    let from = Origin { author: row.author, arrival: row.arrival, check };
    let seq = publish_proposal(tx, act, row.addressee, row.recommendation, &row.proposal, &from)?;
    evidence::publish_with(tx, act, &row, seq, &command.evidence)?;
    let step = Step {
        id: row.id,
        version: command.version,
        to: FilingState::Published,
        person: act.actor.person,
        at: act.now,
        comment: None,
        proposal: None,
        published: Some(seq),
    };
    filing::advance(tx, &step)?;
    Ok(Done::published(address::change(seq), seq))
}

/// Where a proposal comes from.
pub(super) struct Origin {
    /// Who wrote it.
    pub author: PersonId,
    /// For a return: its arrival.
    pub arrival: Option<ArrivalId>,
    /// For a finding that was with its body: what became of that.
    pub check: Option<Check>,
}

impl Origin {
    /// Written by this person and published at once.
    pub const fn by(author: PersonId) -> Self {
        Self { author, arrival: None, check: None }
    }
}

/// Puts a proposal into the ledger, after looking once more whether it still fits what stands.
pub(super) fn publish_proposal(
    tx: &mut WriteTx<'_>,
    act: &Act,
    addressee: Option<AddresseeId>,
    recommendation: RecommendationId,
    proposal: &Proposal,
    from: &Origin,
) -> Result<Seq, Error> {
    if let Proposal::Wording(wording) = proposal {
        let place = recommendation_place(tx, recommendation)?;
        check_wording(wording, Frame { published_on: place.published_on, today: act.day }).into_result()?;
        return publish_wording(tx, act, recommendation, &place, wording, from.author);
    }
    let addressee = addressee.ok_or(Error::NotFound)?;
    let answer = Answer::find(tx, act, addressee, Deed::Publish, |about| about)?;
    answer.lock(tx, Some(answer.row.version))?;
    check(tx, proposal, &answer, act)?.into_result()?;
    if let Proposal::Reply(filed) = proposal {
        return outside::publish_filed(tx, act, &answer, filed, from.author);
    }
    let (kind, reason, mut update) = update_of(tx, proposal)?;
    update.author = Some(from.author);
    update.publisher = Some(act.actor.person);
    update.arrival = from.arrival;
    // A return's row names its arrival: by that a page says whose words they are, and by the change who let them through.
    let seq = open_change(tx, &answer.change(act, kind, reason))?;
    insert_update(tx, seq, addressee, &update)?;
    if let Proposal::Closure(Closing { found: Some(found), happened, source_url, .. }) = proposal {
        let again = NewUpdate {
            words: Some(found.words.clone()),
            source_url: source_url.clone(),
            assessor: Some(assessor(tx)?),
            author: Some(from.author),
            publisher: Some(act.actor.person),
            rights: OWN_WORDS,
            ..NewUpdate::of(FactValue::Assessed(found.value), *happened)
        };
        insert_update(tx, seq, addressee, &again)?;
    }
    if let Proposal::Closure(closing) = proposal {
        look_again(tx, act, seq, &answer, closing)?;
    }
    if let Proposal::Return(filed) = proposal {
        set_target(tx, seq, &answer, (filed, from.author))?;
    }
    if let Some(check) = &from.check {
        accuracy::publish_reply(tx, seq, &answer, check)?;
    }
    refresh_addressee(tx, seq, addressee)?;
    Ok(seq)
}

/// Sets the days on which oversight looks again at what it closed; a correction of a closing leaves them as they are, and nobody
/// looks again at what was entered in error.
fn look_again(tx: &mut WriteTx<'_>, act: &Act, seq: Seq, answer: &Answer, closing: &Closing) -> Result<(), Error> {
    let is_error = closing.closure.is_some_and(Closure::is_error);
    if closing.value != Lifecycle::Closed || closing.corrects.is_some() || is_error {
        return Ok(());
    }
    for day in recheck::days(closing.happened.day.unwrap_or(act.day), &closing.look_again) {
        let deadline = NewDeadline {
            due_on: Some(day),
            author_id: Some(act.actor.person),
            ..NewDeadline::of(answer.holder.addressee, DeadlineKind::Recheck)
        };
        insert_deadline(tx, seq, &deadline)?;
    }
    Ok(())
}

/// The date by which the body means to have it done, where none was ever recorded: another one is asked for, and agreed.
fn set_target(
    tx: &mut WriteTx<'_>,
    seq: Seq,
    answer: &Answer,
    (filed, author): (&ReturnFiled, PersonId),
) -> Result<(), Error> {
    let Some(on) = filed.target.filter(|_| answer.row.target_deadline_id.is_none()) else { return Ok(()) };
    let deadline = NewDeadline {
        due_on: Some(on),
        set_by_body: Some(answer.holder.body),
        // The body's own words, from the body itself.
        checked: Checked::Source,
        author_id: Some(author),
        ..NewDeadline::of(answer.holder.addressee, DeadlineKind::Target)
    };
    insert_deadline(tx, seq, &deadline)?;
    Ok(())
}

/// What oversight writes is the operator's own.
pub(super) const OWN_WORDS: Rights = Rights { language: Some(Language::English), licence: Some(Licence::Own) };

/// In whose name a finding is made.
fn assessor(tx: &mut WriteTx<'_>) -> Result<String, Error> {
    let operator = setting::operator(tx)?;
    Ok(operator.map(|operator| operator.name).ok_or_else(|| {
        Problems::one("value", "Enter who runs this register first: a finding is made in the operator's name")
    })?)
}

/// Puts a body's update into the ledger under a change that was opened for several. It was checked, and its answer is locked.
pub(in crate::service) fn publish_return(
    tx: &mut WriteTx<'_>,
    act: &Act,
    seq: Seq,
    answer: &Answer,
    row: &FilingRow,
) -> Result<(), Error> {
    let Proposal::Return(filed) = &row.proposal else { return Err(Error::NotFound) };
    let (_, _, mut update) = update_of(tx, &row.proposal)?;
    update.author = Some(row.author);
    update.publisher = Some(act.actor.person);
    update.arrival = row.arrival;
    insert_update(tx, seq, answer.holder.addressee, &update)?;
    set_target(tx, seq, answer, (filed, row.author))?;
    refresh_addressee(tx, seq, answer.holder.addressee)?;
    let step = Step {
        id: row.id,
        version: row.version,
        to: FilingState::Published,
        person: act.actor.person,
        at: act.now,
        comment: None,
        proposal: None,
        published: Some(seq),
    };
    filing::advance(tx, &step)?;
    Ok(())
}

fn update_of(tx: &mut WriteTx<'_>, proposal: &Proposal) -> Result<(ChangeKind, Option<String>, NewUpdate), Error> {
    Ok(match proposal {
        Proposal::Return(filed) => (
            ChangeKind::Reported,
            None,
            NewUpdate {
                words: Some(filed.words.clone()),
                reason: filed.reason.clone(),
                source_url: filed.source_url.clone(),
                // The body's own words, from the body itself.
                checked: Some(Checked::Source),
                rights: filed.rights,
                ..NewUpdate::of(FactValue::Reported(filed.value), filed.happened)
            },
        ),
        Proposal::Assessment(finding) => {
            let assessor = assessor(tx)?;
            let update = NewUpdate {
                words: Some(finding.words.clone()),
                source_url: finding.source_url.clone(),
                assessor: Some(assessor),
                corrects: finding.corrects,
                rights: OWN_WORDS,
                decided: finding.decided.clone(),
                ..NewUpdate::of(FactValue::Assessed(finding.value), finding.happened)
            };
            (ChangeKind::Assessed, finding.corrects.and(finding.correction.clone()), update)
        }
        Proposal::Closure(closing) => (
            ChangeKind::Lifecycle,
            closing.corrects.and(closing.correction.clone()),
            NewUpdate {
                reason: Some(closing.reason.clone()),
                words: closing.shown.clone(),
                source_url: closing.source_url.clone(),
                corrects: closing.corrects,
                rights: OWN_WORDS,
                ..NewUpdate::of(FactValue::Lifecycle(closing.value, closing.closure), closing.happened)
            },
        ),
        Proposal::NoChange | Proposal::Wording(_) | Proposal::Reply(_) => return Err(Error::NotFound),
    })
}

fn publish_wording(
    tx: &mut WriteTx<'_>,
    act: &Act,
    recommendation: RecommendationId,
    place: &RecommendationPlace,
    wording: &WordingFiled,
    author: PersonId,
) -> Result<Seq, Error> {
    lock_newest(tx)?;
    let before = standing_words(tx, recommendation)?;
    if wording.base.is_some_and(|base| base != before.wording) {
        // Other words were published since these were proposed: whoever publishes must see them first.
        return Err(Error::Stale);
    }
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(recommendation),
        reason: Some(wording.reason.clone()),
        ..NewChange::of(ChangeKind::Wording, act.now, act.day)
    };
    let seq = open_change(tx, &change)?;
    let new = NewWording {
        recommendation_id: recommendation,
        title: Some(wording.title.clone()),
        text: Some(wording.text.clone()),
        text_kind: wording.text_kind,
        checked: wording.checked,
        source_url: wording.source_url.clone(),
        compared_on: Some(wording.compared_on),
        // Whom the report itself says that it addresses is not on the form, and stays.
        addressed_to_words: before.addressed_to_words,
        language: wording.rights.language.unwrap_or(Language::English),
        licence: wording.rights.licence,
        author_id: Some(author),
        publisher_id: Some(act.actor.person),
    };
    insert_wording(tx, seq, &new)?;
    refresh_words(tx, seq, recommendation)?;
    search::index(tx, recommendation)?;
    Ok(seq)
}
