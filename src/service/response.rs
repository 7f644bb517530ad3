//! Recording what a body answered. Oversight records it, in the body's name.

use super::answer::Answer;
use super::post::is_a_post;
use super::{Act, Done, Error, Service};
use crate::domain::access::Deed;
use crate::domain::change::{ChangeKind, Fact};
use crate::domain::checked::Checked;
use crate::domain::coverage::{Found, Sought};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::{AddresseeId, UpdateId};
use crate::domain::licence::Rights;
use crate::domain::lifecycle::Closure;
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::record::FactValue;
use crate::domain::response::{Basis, Response};
use crate::domain::rule;
use crate::domain::words;
use crate::store::ledger::{
    NewCoverage, NewDeadline, NewUpdate, insert_coverage, insert_deadline, insert_update, open_change,
};
use crate::store::present::refresh_addressee;
use crate::store::{WriteTx, coverage};

/// What a body answered, as an overseer read it.
#[derive(Debug, Clone)]
pub struct RecordResponse {
    /// Whose.
    pub addressee: AddresseeId,
    /// The version of the answer that the form was made from.
    pub version: i64,
    /// What it answered.
    pub value: Response,
    /// When.
    pub happened: Happened,
    /// To this recommendation, or to all at once.
    pub basis: Basis,
    /// What it said, in public.
    pub words: Option<String>,
    /// The body's own word for its answer.
    pub their_word: Option<String>,
    /// Its reason.
    pub reason: Option<String>,
    /// Where it can be read.
    pub source_url: Option<String>,
    /// How far it was compared with that source.
    pub checked: Checked,
    /// For an answer that is awaited: by when.
    pub due_on: Option<Day>,
    /// For an answer under consideration: the day by which the body will decide.
    pub decide_by: Option<Day>,
    /// The answer that it takes the place of, where that was wrong.
    pub corrects: Option<UpdateId>,
    /// Why that was wrong.
    pub correction: Option<String>,
    /// In which language its words are, and under which licence.
    pub rights: Rights,
    /// Where none was found and no entry of a look bears that out: the post that looked. Words and link say where.
    pub looked_by: Option<String>,
}

impl Service {
    /// Publishes a body's answer, with the date that it sets or settles.
    ///
    /// # Errors
    /// See [`Error`]; the fields named are those of [`RecordResponse`].
    pub async fn record_response(&self, act: Act, command: RecordResponse) -> Result<Done, Error> {
        self.once(act, move |tx, act| record(tx, act, command)).await
    }
}

fn record(tx: &mut WriteTx<'_>, act: &Act, command: RecordResponse) -> Result<Done, Error> {
    let answer = Answer::find(tx, act, command.addressee, Deed::RecordFact, |about| about)?;
    answer.lock(tx, Some(command.version))?;
    answer.check_corrects(tx, command.corrects, Fact::Response)?;
    let mut problems = check(&command, &answer, act);
    if answer.row.closure.is_some_and(Closure::is_error) {
        problems.add("value", words::NOTHING_ON_ERROR);
    }
    if answer.row.closure == Some(Closure::InParts) && command.corrects.is_none() {
        problems.add("value", words::FOLLOWED_IN_PARTS);
    }
    let look = look(tx, act, &mut problems, &answer, &command)?;
    answer.fits(
        tx,
        &mut problems,
        "value",
        (FactValue::Response(command.value), command.happened, command.corrects),
    )?;
    act.publishable(problems)?;

    let reason = command.corrects.and(command.correction);
    let seq = open_change(tx, &answer.change(act, ChangeKind::Response, reason))?;
    // Where it was looked is said once, by the look: words and a link that are withheld there stand nowhere else.
    let words = command.words.filter(|_| look.is_none());
    let source_url = command.source_url.filter(|_| look.is_none());
    if let Some(look) = &look {
        insert_coverage(tx, seq, look)?;
    }
    let update = NewUpdate {
        words,
        their_word: command.their_word,
        basis: Some(command.basis),
        reason: command.reason,
        source_url: source_url.clone(),
        checked: Some(command.checked),
        author: Some(act.actor.person),
        publisher: Some(act.actor.person),
        decide_by: command.decide_by,
        corrects: command.corrects,
        rights: command.rights,
        ..NewUpdate::of(FactValue::Response(command.value), command.happened)
    };
    insert_update(tx, seq, command.addressee, &update)?;
    // Whoever was asked in error, or by a wrong date, was never asked for it: the date goes with the entry.
    let asked_wrongly = answer.row.response_deadline_id.filter(|_| {
        command.corrects.is_some()
            && command.corrects == answer.row.response_update_id
            && answer.row.response == Response::Awaited
    });
    for (kind, due_on, replaces, corrects) in [
        (DeadlineKind::Response, command.due_on, answer.row.response_deadline_id, asked_wrongly),
        (DeadlineKind::Decision, command.decide_by, answer.row.decision_deadline_id, None),
    ] {
        if due_on.is_some() || corrects.is_some() {
            let deadline = NewDeadline {
                due_on,
                set_by_body: (kind == DeadlineKind::Decision).then_some(answer.holder.body),
                source_url: source_url.clone(),
                checked: command.checked,
                replaces: replaces.filter(|_| corrects.is_none()),
                corrects,
                author_id: Some(act.actor.person),
                ..NewDeadline::of(command.addressee, kind)
            };
            insert_deadline(tx, seq, &deadline)?;
        }
    }
    refresh_addressee(tx, seq, command.addressee)?;
    Ok(Done::published(answer.staff_page(), seq))
}

/// The look that the form tells of with "none found", where no entry bears that out already.
fn look(
    tx: &mut WriteTx<'_>,
    act: &Act,
    problems: &mut Problems,
    answer: &Answer,
    command: &RecordResponse,
) -> Result<Option<NewCoverage>, Error> {
    if command.value != Response::NoneFound {
        return Ok(None);
    }
    let looks = coverage::standing(tx, vec![answer.holder.inquiry])?;
    let bodies = [answer.holder.asked, answer.holder.body];
    let item = answer.holder.recommendation;
    if looks.iter().any(|(_, look)| bodies.iter().any(|body| look.bears_out((item, *body), command.happened))) {
        return Ok(None);
    }
    let (place, url, post) = (command.words.as_deref(), command.source_url.as_deref(), command.looked_by.as_deref());
    rule::looked(problems, command.happened, place, url, post);
    is_a_post(tx, problems, "looked_by", post)?;
    let (Some(place), Some(post), Some(day)) = (place, post, command.happened.day) else { return Ok(None) };
    Ok(Some(NewCoverage {
        inquiry_id: answer.holder.inquiry,
        body_id: Some(answer.holder.asked),
        // Of what else the body answered this look says nothing.
        recommendation_id: Some(answer.holder.recommendation),
        what: Sought::Answers,
        where_looked: place.to_owned(),
        source_url: command.source_url.clone(),
        looked_on: day,
        by_post: post.to_owned(),
        found: Found::Nothing,
        author_id: Some(act.actor.person),
        corrects: None,
    }))
}

fn check(command: &RecordResponse, answer: &Answer, act: &Act) -> Problems {
    let frame = answer.frame(act);
    let mut problems = Problems::none();
    // Without a date it could never come after one that has a date, and would be published without becoming current.
    let dated = answer.row.response_on.is_some() && command.corrects.is_none();
    rule::past(&mut problems, "happened", command.happened, dated || command.value == Response::Awaited, frame);
    // Before an answer is chosen nothing can be said about what must stand beside it.
    if act.faults.at("value").is_none() {
        beside(&mut problems, command, answer, act);
    }
    if let Some(day) = command.decide_by {
        rule::due(&mut problems, "decide_by", day, frame);
        if command.happened.day.is_some_and(|said| day < said) {
            problems.add("decide_by", "The day by which it will decide must not be before the day on which it said so");
        }
    }
    let answered = !matches!(
        answer.row.response,
        Response::NotRecorded | Response::Awaited | Response::NoneFound | Response::UnderConsideration
    );
    if command.value == Response::Awaited && answered && command.corrects.is_none() {
        problems.add("value", "An answer is recorded here already. If that is wrong, correct it");
    }
    if command.corrects.is_some() && command.correction.is_none() {
        problems.add("correction", "Enter why the earlier entry was wrong");
    }
    problems
}

/// What must stand beside the answer that was chosen.
fn beside(problems: &mut Problems, command: &RecordResponse, answer: &Answer, act: &Act) {
    rule::response(
        problems,
        command.value,
        command.words.as_deref(),
        command.reason.as_deref(),
        command.decide_by,
        command.corrects.is_some(),
    );
    match (command.value, command.due_on) {
        (Response::Awaited, Some(day)) => {
            rule::ahead(problems, "due_on", day, answer.frame(act));
            answer.known_to_be_asked(problems, "due_on");
        }
        (_, Some(_)) => {
            problems.add("due_on", "A day to answer by belongs only to an answer that is awaited; clear it")
        }
        // A recommendation may come without any day to answer by.
        (_, None) => {}
    }
}
