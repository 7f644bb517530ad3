//! Dividing a recommendation that has answers already into lettered parts: one change, in the open. Its answers keep their history
//! and their addresses, and are closed as followed in the parts, which are counted in their place: no number is lost, and none is
//! counted twice. What the body answered to the whole, and dates of the whole that have not passed, are on a part only where they
//! are recorded there anew, with the reason.

use super::entry::{Entered, put_in, taken_by};
use super::part::can_have_parts;
use super::{change, why};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::WordingFiled;
use crate::domain::id::{AddresseeId, BodyId, DeadlineId, RecommendationId, Seq, ThemeId};
use crate::domain::licence::{Language, Licence, Rights};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::moment::{Day, Happened};
use crate::domain::part::{self, Draft};
use crate::domain::problem::Problems;
use crate::domain::record::FactValue;
use crate::domain::rule::Frame;
use crate::domain::words;
use crate::service::deadline::next_of_schedule;
use crate::service::filing::check_wording;
use crate::service::{Act, Done, Error, Service, search};
use crate::store::addressee::{self, Answer};
use crate::store::deadline::Deadline;
use crate::store::ledger::{
    NewChange, NewDeadline, NewUpdate, insert_deadline, insert_passing, insert_update, lock_newest, open_change,
};
use crate::store::present::{
    lock_addressee, lock_recommendation, recommendation_place, refresh_addressee, standing_entry,
};
use crate::store::withheld::Words;
use crate::store::{WriteTx, alias, deadline, filing, held, meeting, part as parts, succession, theme, update};

/// A recommendation to be divided.
#[derive(Debug, Clone)]
pub struct Divide {
    /// The recommendation.
    pub whole: RecommendationId,
    /// The version that the form was made from.
    pub version: i64,
    /// Its parts, as they were written: see [`part::drafts`].
    pub parts: String,
    /// Whose words they are.
    pub text_kind: TextKind,
    /// How far they were compared with their source.
    pub checked: Checked,
    /// Where they can be read.
    pub source_url: Option<String>,
    /// When they were compared.
    pub compared_on: Day,
    /// In which language they are, and under which licence.
    pub rights: Rights,
    /// For each body asked on the whole, by its slug: the letters of the parts that it answers.
    pub answering: Vec<(String, String)>,
    /// Whether what these bodies answered to the whole is recorded anew on their parts.
    pub answers_anew: bool,
    /// Whether dates of the whole that have not passed are set anew on their parts.
    pub dates_anew: bool,
    /// Why, in public.
    pub reason: Option<String>,
}

/// The field of a body's letters in the form.
#[must_use]
pub fn field_of(body: &str) -> String {
    format!("parts_of_{body}")
}

/// An answer to the whole, and which parts the body answers in its place.
type Answering = (Answer, Vec<usize>);

impl Service {
    /// Divides a recommendation into parts.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`Divide`], and for each body that of [`field_of`]. `Stale` when somebody changed the
    /// recommendation meanwhile.
    pub async fn divide(&self, act: Act, command: Divide) -> Result<Done, Error> {
        self.once(act, move |tx, act| divide(tx, act, &command)).await
    }
}

fn divide(tx: &mut WriteTx<'_>, act: &Act, command: &Divide) -> Result<Done, Error> {
    let place = recommendation_place(tx, command.whole)?;
    may(act.actor, Deed::RecordFact, About::default().of(place.inquiry_id))?;
    let mut ids: Vec<(AddresseeId, BodyId)> = addressee::of_recommendation(tx, command.whole)?
        .iter()
        .filter(|answer| answer.is_counted())
        .map(|answer| (answer.id, answer.answerer.id))
        .collect();
    ids.sort_unstable_by_key(|(id, _)| *id);
    for (_, body) in &ids {
        may(act.actor, Deed::RecordFact, About::body(*body).of(place.inquiry_id))?;
    }
    // Answers' rows, the counter, the recommendation's row: in the order in which every deed takes them.
    for (id, _) in &ids {
        lock_addressee(tx, *id, None)?;
    }
    lock_newest(tx)?;
    lock_recommendation(tx, command.whole, command.version)?;

    let mut problems = Problems::none();
    why(&mut problems, command.reason.as_ref());
    can_have_parts(tx, &mut problems, "parts", (command.whole, &place))?;
    let waiting = filing::waiting_on(tx, command.whole)?;
    if !waiting.is_empty() {
        let kinds: Vec<&str> = waiting.iter().map(|row| words::filing_kind(row.proposal.kind())).collect();
        problems.add("parts", words::waits_before_parts(&kinds));
    }
    let drafts = problems.take("parts", part::drafts(&place.number, &command.parts)).unwrap_or_default();
    let mut numbers = Vec::new();
    for draft in &drafts {
        let Some(number) = problems.take("parts", part::number(&place.number, &draft.letter)) else { continue };
        if let Some(taken) = alias::number_taken(tx, &place.inquiry, &number)? {
            problems.add("parts", taken_by(&number, &taken));
        }
        numbers.push(number);
    }
    let reason = command.reason.clone().unwrap_or_default();
    let frame = Frame { published_on: place.published_on, today: act.day };
    let wordings: Vec<WordingFiled> = drafts.iter().map(|draft| wording(command, draft, &reason)).collect();
    if let Some(first) = wordings.first() {
        problems = problems.and(check_wording(first, frame));
    }
    let answering = answering(tx, &mut problems, command, &drafts)?;
    act.publishable(problems)?;

    let change = NewChange {
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(command.whole),
        // The staff's reason alone: what it did is told from what it published.
        ..change(act, ChangeKind::Division, Some(reason.clone()))
    };
    let seq = open_change(tx, &change)?;
    let (_, own_reference, made_on, _) = standing_entry(tx, command.whole)?;
    let position = parts::position(tx, command.whole)?;
    // What is retired stays where it stands, and is put on nothing any more.
    let retired = theme::retired(tx)?;
    let themes: Vec<ThemeId> = theme::of(tx, vec![command.whole])?
        .remove(&command.whole)
        .unwrap_or_default()
        .into_iter()
        .map(|theme| theme.id)
        .filter(|theme| !retired.contains(theme))
        .collect();
    let mut made: Vec<RecommendationId> = Vec::new();
    for (at, (number, wording)) in numbers.iter().zip(&wordings).enumerate() {
        let bodies = answering.iter().filter(|(_, parts)| parts.contains(&at));
        let entered = Entered {
            inquiry: place.inquiry_id,
            whole: Some(command.whole),
            position,
            number: number.clone(),
            own_reference,
            made_on,
            wording,
            themes: &themes,
            bodies: bodies.map(|(answer, _)| (answer.body.id, answer.checked)).collect(),
        };
        // One reference for each: several may wait for a second person.
        let fresh = format!("{}{at}", act.fresh);
        made.push(put_in(tx, act, seq, &fresh, &entered)?.0);
    }
    for (answer, chosen) in &answering {
        close(tx, act, seq, answer, (chosen, &drafts, &reason))?;
        let on: Vec<RecommendationId> = chosen.iter().filter_map(|at| made.get(*at).copied()).collect();
        for part in on {
            let Some(id) = held::answer(tx, part, answer.body.id)? else { continue };
            // Whoever was decided to answer the whole answers its parts.
            for (ended, next) in succession::decided_of(tx, answer.id)? {
                insert_passing(tx, seq, id, (ended, next))?;
            }
            refresh_addressee(tx, seq, id)?;
            if command.answers_anew {
                answer_anew(tx, act, seq, (answer, id), (&place.number, &reason))?;
            }
            if command.dates_anew {
                dates_anew(tx, act, seq, (answer, id), (&place.number, &reason))?;
            }
            refresh_addressee(tx, seq, id)?;
        }
    }
    // Only now is it known which bodies answer them.
    made.iter().try_for_each(|part| search::index(tx, *part))?;
    Ok(Done::published(address::staff_recommendation(&place.inquiry, &place.number), seq))
}

/// The words of one part.
fn wording(command: &Divide, draft: &Draft, reason: &str) -> WordingFiled {
    WordingFiled {
        title: draft.title.clone(),
        text: draft.text.clone(),
        text_kind: command.text_kind,
        checked: command.checked,
        source_url: command.source_url.clone(),
        compared_on: command.compared_on,
        reason: reason.to_owned(),
        base: None,
        weakens: false,
        rights: command.rights,
    }
}

/// For each answer to the whole, the parts that its body answers in its place. One that is closed may stay as it is.
fn answering(
    tx: &mut WriteTx<'_>,
    problems: &mut Problems,
    command: &Divide,
    drafts: &[Draft],
) -> Result<Vec<Answering>, Error> {
    let mut answering = Vec::new();
    let counted = addressee::of_recommendation(tx, command.whole)?.into_iter().filter(Answer::is_counted);
    for answer in counted {
        let slug = answer.body.slug.as_str();
        let written = command.answering.iter().find(|(body, _)| body == slug).map_or("", |(_, letters)| letters);
        let field = field_of(slug);
        match part::letters(written, drafts) {
            // What the parts are is not known yet: that is said first.
            _ if drafts.is_empty() => {}
            Err(letter) => {
                problems.add(field, format!("\u{201c}{letter}\u{201d} is the letter of none of these parts"))
            }
            Ok(chosen) if !chosen.is_empty() => answering.push((answer, chosen)),
            Ok(_) if answer.lifecycle.value == Lifecycle::Closed => {}
            Ok(_) => problems.add(field, format!("Enter which parts {} answers from now on", answer.body.name)),
        }
    }
    Ok(answering)
}

/// Closes the answer to the whole as followed in its parts.
fn close(
    tx: &mut WriteTx<'_>,
    act: &Act,
    seq: Seq,
    answer: &Answer,
    (chosen, drafts, reason): (&[usize], &[Draft], &str),
) -> Result<(), Error> {
    let letters: Vec<&str> = chosen.iter().filter_map(|at| drafts.get(*at)).map(|one| one.letter.as_str()).collect();
    let value = FactValue::Lifecycle(Lifecycle::Closed, Some(Closure::InParts));
    let closing = NewUpdate {
        reason: Some(words::answered_in_parts(&letters, reason)),
        author: Some(act.actor.person),
        publisher: Some(act.actor.person),
        rights: Rights { language: Some(Language::English), licence: Some(Licence::Own) },
        ..NewUpdate::of(value, Happened::on(act.day))
    };
    insert_update(tx, seq, answer.id, &closing)?;
    Ok(refresh_addressee(tx, seq, answer.id)?)
}

/// Records what the body answered to the whole on one of its parts, with the day by which it will decide where it has not. What is
/// withheld stays where it is, and an answer that is still owed is no answer to a part.
fn answer_anew(
    tx: &mut WriteTx<'_>,
    act: &Act,
    seq: Seq,
    (whole, part): (&Answer, AddresseeId),
    (number, reason): (&str, &str),
) -> Result<(), Error> {
    let value = whole.response.value;
    let Some(id) = whole.response.update.filter(|_| value.is_answer()) else { return Ok(()) };
    let Some(given) = update::many(tx, vec![id])?.remove(&id) else { return Ok(()) };
    let out = [&given.words, &given.reason, &given.their_word];
    if out.into_iter().flatten().any(|words| matches!(words, Words::Withheld(_))) {
        return Ok(());
    }
    let said = |words: Option<Words>| words.and_then(|words| words.said().map(str::to_owned));
    let words = words::given_to_whole(number, said(given.words).as_deref());
    let anew = NewUpdate {
        words: Some(words),
        their_word: said(given.their_word),
        reason: said(given.reason),
        basis: given.basis,
        source_url: given.source_url,
        checked: given.checked,
        author: Some(act.actor.person),
        publisher: Some(act.actor.person),
        rights: given.rights,
        decide_by: given.decide_by,
        ..NewUpdate::of(FactValue::Response(value), given.happened)
    };
    insert_update(tx, seq, part, &anew)?;
    let decision = whole.decision_due.filter(|due| value.needs_decide_by() && due.on >= act.day);
    for row in deadline::many(tx, decision.into_iter().map(|due| due.deadline).collect())? {
        let Some(due_on) = row.due_on else { continue };
        date_anew(tx, act, seq, (&row, due_on, part), (number, reason))?;
    }
    Ok(())
}

/// Sets the dates of the whole that have not passed anew on one of its parts. One that has passed stays with the whole: the register
/// listens for the part from today only. A schedule whose day has passed goes on with its next one.
fn dates_anew(
    tx: &mut WriteTx<'_>,
    act: &Act,
    seq: Seq,
    (whole, part): (&Answer, AddresseeId),
    (number, reason): (&str, &str),
) -> Result<(), Error> {
    if whole.lifecycle.value == Lifecycle::Closed {
        return Ok(());
    }
    let target = whole.target.as_ref().map(|target| target.deadline);
    let response = whole.response_due.map(|due| due.deadline);
    let schedule = whole.return_due.map(|due| due.deadline);
    let rows = deadline::many(tx, [target, response, schedule].into_iter().flatten().collect())?;
    for row in rows {
        let Some(due_on) = ahead(tx, act.day, &row, whole.id)? else { continue };
        let anew = date_anew(tx, act, seq, (&row, due_on, part), (number, reason))?;
        if row.due_on == Some(due_on) {
            // What goes with a meeting goes with it from the part, too, and moves when it moves.
            for (meeting, working_days) in meeting::hung_by(tx, row.id)? {
                meeting::hang(tx, meeting, part, (anew, working_days))?;
            }
        }
    }
    Ok(())
}

/// The day of a date that is still ahead; of a schedule the first one of its own rhythm that is.
fn ahead(tx: &mut WriteTx<'_>, today: Day, row: &Deadline, whole: AddresseeId) -> Result<Option<Day>, Error> {
    let Some(due) = row.due_on.filter(|due| *due < today) else { return Ok(row.due_on) };
    let every = row.every_months.filter(|every| row.kind == DeadlineKind::Return && *every > 0);
    every.map_or(Ok(None), |every| next_of_schedule(tx, whole, (due, every), today))
}

/// Sets one date of the whole anew on one of its parts.
fn date_anew(
    tx: &mut WriteTx<'_>,
    act: &Act,
    seq: Seq,
    (row, due_on, part): (&Deadline, Day, AddresseeId),
    (number, reason): (&str, &str),
) -> Result<DeadlineId, Error> {
    let anew = NewDeadline {
        due_on: Some(due_on),
        every_months: row.every_months.filter(|_| row.kind == DeadlineKind::Return),
        set_by_body: row.set_by.as_ref().map(|body| body.id),
        set_by_words: row.set_by_words.clone(),
        reason: Some(words::date_from_whole(number, reason)),
        source_url: row.source_url.clone().filter(|_| !matches!(row.reason, Some(Words::Withheld(_)))),
        checked: row.checked,
        author_id: Some(act.actor.person),
        rule: row.rule.as_ref().map(|(rule, _)| rule.clone()),
        rule_from: row.rule.as_ref().and_then(|(_, from)| *from),
        owed_to: row.owed_to.clone(),
        ..NewDeadline::of(part, row.kind)
    };
    Ok(insert_deadline(tx, seq, &anew)?)
}
