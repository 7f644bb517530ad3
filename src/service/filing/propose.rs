//! What an overseer proposes: findings, closings, words. What needs a second person waits for one; the rest is published at
//! once.

use super::publish::{Origin, publish_proposal};
use super::{accuracy, agreed};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::assessed::Assessed;
use crate::domain::change::Fact;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::filing::{Closing, FilingState, Finding, FoundAnew, Proposal, WordingFiled};
use crate::domain::id::{AddresseeId, RecommendationId, Seq, UpdateId};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::problem::Problems;
use crate::domain::record::FactValue;
use crate::domain::rule::{self, Frame};
use crate::domain::words;
use crate::service::answer::Answer;
use crate::service::post::is_a_post;
use crate::service::{Act, Done, Error, Service};
use crate::store::filing::{self, NewFiling};
use crate::store::ledger::{lock_newest, record_of};
use crate::store::present::{lock_recommendation, recommendation_place, standing_words};
use crate::store::{WriteTx, entry};

/// What a proposal is about, with the version that its form was made from.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// One body's answer.
    Answer(AddresseeId, i64),
    /// A recommendation's own words.
    Recommendation(RecommendationId, i64),
}

/// A proposal by an overseer.
#[derive(Debug, Clone)]
pub struct Propose {
    /// What it is about.
    pub target: Target,
    /// What it proposes: a finding, a closing or words.
    pub proposal: Proposal,
}

impl Service {
    /// Hands a proposal to a second person, or publishes it at once where none is needed.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of the proposal.
    pub async fn propose(&self, act: Act, command: Propose) -> Result<Done, Error> {
        self.once(act, move |tx, act| propose(tx, act, &command)).await
    }
}

fn propose(tx: &mut WriteTx<'_>, act: &Act, command: &Propose) -> Result<Done, Error> {
    match (&command.proposal, command.target) {
        (Proposal::Assessment(_) | Proposal::Closure(_), Target::Answer(addressee, version)) => {
            let judged = command.proposal.judges();
            let answer = Answer::find(tx, act, addressee, Deed::Propose, |about| About { judges: judged, ..about })?;
            answer.lock(tx, Some(version))?;
            let mut problems = check(tx, &command.proposal, &answer, act)?;
            if let Proposal::Closure(closing) = &command.proposal {
                waits_already(tx, &mut problems, &answer, closing.value)?;
            }
            act.sound(problems)?;
            go_on(tx, act, Some(&answer), answer.holder.recommendation, &command.proposal, answer.staff_page())
        }
        (Proposal::Wording(wording), Target::Recommendation(recommendation, version)) => {
            may(act.actor, Deed::Propose, About::default())?;
            let place = recommendation_place(tx, recommendation)?;
            may(act.actor, Deed::Propose, About::default().of(place.inquiry_id))?;
            // The counter before the recommendation's row, as every deed that ends in refreshing that row takes them.
            lock_newest(tx)?;
            lock_recommendation(tx, recommendation, version)?;
            act.sound(check_wording(wording, Frame { published_on: place.published_on, today: act.day }))?;
            let back = address::staff_recommendation(&place.inquiry, &place.number);
            let stands = standing_words(tx, recommendation)?;
            let weakens = WordingFiled::claims_source(stands.text_kind, stands.checked);
            let proposal = Proposal::Wording(WordingFiled { base: Some(stands.wording), weakens, ..wording.clone() });
            go_on(tx, act, None, recommendation, &proposal, back)
        }
        _ => Err(Error::NotFound),
    }
}

fn go_on(
    tx: &mut WriteTx<'_>,
    act: &Act,
    answer: Option<&Answer>,
    recommendation: RecommendationId,
    proposal: &Proposal,
    back: String,
) -> Result<Done, Error> {
    let addressee = answer.map(|answer| answer.holder.addressee);
    if !proposal.needs_second_key() {
        act.publishable(Problems::none())?;
        let seq = publish_proposal(tx, act, addressee, recommendation, proposal, &Origin::by(act.actor.person))?;
        return Ok(Done::published(back, seq));
    }
    let new = NewFiling {
        reference: &act.fresh,
        addressee,
        recommendation,
        proposal,
        author: act.actor.person,
        arrival: None,
        state: FilingState::Submitted,
        at: act.now,
    };
    let filing = filing::insert(tx, &new)?;
    if let Some(answer) = answer.filter(|_| proposal.is_shown_to_body()) {
        accuracy::begin(tx, act, answer, filing)?;
    }
    Ok(Done::at(address::filing(&act.fresh)))
}

/// What is wrong with a finding or a closing as the answer stands now. Asked when it is proposed and again when it is
/// published: meanwhile something else may have been.
pub(in crate::service) fn check(
    tx: &mut WriteTx<'_>,
    proposal: &Proposal,
    answer: &Answer,
    act: &Act,
) -> Result<Problems, Error> {
    let frame = answer.frame(act);
    let mut problems = Problems::none();
    match proposal {
        Proposal::Assessment(Finding { value, happened, words, corrects, correction, decided, .. }) => {
            answer.check_corrects(tx, *corrects, Fact::Assessed)?;
            rule::past(&mut problems, "happened", *happened, true, frame);
            if *value == Assessed::NotAssessed {
                problems.add("value", "Choose what you find. To take a finding back, correct it");
            }
            why_wrong(&mut problems, *corrects, correction.as_deref());
            rule::decided(&mut problems, decided.as_ref(), frame);
            is_a_post(tx, &mut problems, "decided_by", decided.as_ref().map(|one| one.by.as_str()))?;
            if words.is_empty() {
                problems.add("words", "Enter what was looked at, and why the finding is this");
            }
            answer.fits(tx, &mut problems, "value", (FactValue::Assessed(*value), *happened, *corrects))?;
        }
        Proposal::Closure(closing) => {
            let Closing { value, closure, happened, reason, corrects, correction, found, shown, .. } = closing;
            answer.check_corrects(tx, *corrects, Fact::Lifecycle)?;
            rule::past(&mut problems, "happened", *happened, true, frame);
            rule::lifecycle(&mut problems, *value, *closure, found_done(tx, answer)?);
            if corrects.is_none() {
                rule::follows(&mut problems, answer.row.lifecycle, *value);
                if happened.day < answer.row.lifecycle_on {
                    problems.add("happened", "The date must not be before the last decision on this item");
                }
            }
            if reason.is_empty() {
                problems.add("reason", "Enter the reason");
            }
            why_wrong(&mut problems, *corrects, correction.as_deref());
            agreed::answered(tx, &mut problems, answer, (*closure, *happened, *corrects), shown.as_deref())?;
            anew(&mut problems, *value, found.as_ref(), answer);
            counts_again(tx, &mut problems, answer, *closure)?;
            if corrects.is_none() && happened.day < answer.row.assessed_on && found.is_some() {
                problems.add("happened", "The date must not be before the last finding on this item");
            }
            let lapses = found.as_ref().filter(|_| *value == Lifecycle::Lapsed);
            if lapses.is_none() {
                answer.fits(
                    tx,
                    &mut problems,
                    "closure",
                    (FactValue::Lifecycle(*value, *closure), *happened, *corrects),
                )?;
            }
        }
        Proposal::Return(filed) => {
            answer.fits(tx, &mut problems, "value", (FactValue::Reported(filed.value), filed.happened, None))?;
            super::file::target_fits(&mut problems, filed, answer, frame);
        }
        Proposal::NoChange => {
            problems.add(
                "proposed",
                "There are no words to read: that nothing has changed is public once no hold is in force",
            );
        }
        Proposal::Wording(_) | Proposal::Reply(_) => {}
    }
    Ok(problems)
}

/// Refuses to let an answer count again while its recommendation was itself entered in error: one in no number has none that is.
fn counts_again(
    tx: &mut WriteTx<'_>,
    problems: &mut Problems,
    answer: &Answer,
    closure: Option<Closure>,
) -> Result<(), Error> {
    let is_out = |closure: Option<Closure>| closure.is_some_and(Closure::is_uncounted);
    // Only the deed that divides a recommendation says so; who puts its reason right leaves it.
    if closure == Some(Closure::InParts) && answer.row.closure != closure {
        problems.add("closure", words::ONLY_BY_DIVIDING);
    }
    if answer.row.is_counted() || is_out(closure) {
        return Ok(());
    }
    // Nobody decides the other way meanwhile.
    lock_newest(tx)?;
    let parts = entry::counting(tx, answer.holder.recommendation)?.parts;
    if answer.row.closure == Some(Closure::InParts) && !parts.is_empty() && problems.at("reason").is_none() {
        problems.add("reason", words::FOLLOWED_IN_PARTS);
    }
    if entry::is_in_error(tx, answer.holder.recommendation)? && problems.at("reason").is_none() {
        problems.add("reason", words::ITSELF_IN_ERROR);
    }
    Ok(())
}

/// That something no longer holds is said with a finding of how it stands now: only what was closed as done can lapse.
fn anew(problems: &mut Problems, value: Lifecycle, found: Option<&FoundAnew>, answer: &Answer) {
    match (value, found) {
        (Lifecycle::Lapsed, None) => problems.add("found", "Choose what you find now"),
        (Lifecycle::Lapsed, Some(found)) => {
            if found.value.is_done() || found.value == Assessed::NotAssessed {
                problems.add("found", "What no longer holds is not done: choose what you find now");
            }
            if found.words.is_empty() {
                problems.add("found_words", "Enter what was looked at, and why the finding is this");
            }
            let was_done = answer.row.closure.is_some_and(Closure::is_done);
            if answer.row.lifecycle == Lifecycle::Closed && !was_done {
                problems
                    .add("value", "It was not closed as done, so nothing could hold no longer. Open it again instead");
            }
        }
        (Lifecycle::Open | Lifecycle::Closed, Some(_)) => {
            problems.add("found", "A new finding belongs only to what no longer holds; clear it");
        }
        (Lifecycle::Open | Lifecycle::Closed, None) => {}
    }
}

/// Refuses a second decision on whether it is open or closed while one waits for somebody: of two, the one published first would
/// make the other one meaningless.
fn waits_already(
    tx: &mut WriteTx<'_>,
    problems: &mut Problems,
    answer: &Answer,
    value: Lifecycle,
) -> Result<(), Error> {
    if let Some((_, closing)) = filing::closing_waits(tx, answer.holder.recommendation, answer.holder.addressee)? {
        let field = if value == Lifecycle::Closed { "closure" } else { "value" };
        let line = words::lifecycle_line(closing.value, closing.closure, closing.happened);
        if problems.at(field).is_none() {
            problems.add(field, words::closing_waits(&line));
        }
    }
    Ok(())
}

fn why_wrong(problems: &mut Problems, corrects: Option<UpdateId>, correction: Option<&str>) {
    if corrects.is_some() && correction.is_none() {
        problems.add("correction", "Enter why the earlier entry was wrong");
    }
}

/// Whether a published assessment says done. After something was found to hold no longer, only a later one counts.
fn found_done(tx: &mut WriteTx<'_>, answer: &Answer) -> Result<bool, Error> {
    let row = &answer.row;
    if !row.assessed.is_done() || row.lifecycle != Lifecycle::Lapsed {
        return Ok(row.assessed.is_done());
    }
    let record = record_of(tx, row.id)?;
    let seq_of = |fact| record.current(fact, Seq(i64::MAX)).map(|update| update.seq);
    Ok(seq_of(Fact::Assessed) > seq_of(Fact::Lifecycle))
}

pub(in crate::service) fn check_wording(wording: &WordingFiled, frame: Frame) -> Problems {
    let mut problems = Problems::none();
    if wording.text_kind == TextKind::NotTranscribed {
        problems.add("text_kind", "Choose whether these are the report's own words or a summary");
    }
    if wording.title.is_empty() {
        problems.add("title", "Enter a short title");
    }
    if wording.text.is_empty() {
        problems.add("text", "Enter the words");
    }
    if wording.reason.is_empty() {
        problems.add("reason", "Enter why the words are entered or changed");
    }
    let compared = WordingFiled::claims_source(wording.text_kind, wording.checked);
    if compared && wording.source_url.is_none() {
        problems.add("source_url", "Enter the link to the page of the source that the words were compared with");
    }
    if wording.text_kind == TextKind::Verbatim && wording.checked.needs_warning() {
        problems.add("checked", "Words of the report itself must have been seen at the source, quoted or reported");
    }
    if matches!(wording.checked, Checked::Absent | Checked::Probable) {
        problems.add("checked", "Choose how far the words were compared with their source");
    }
    if wording.compared_on > frame.today {
        problems.add("compared_on", "The day on which they were compared must be today or earlier");
    }
    problems
}
