//! Taking a recommendation in by hand: its number, its words, its themes, and the bodies that it was put to. Words that need a
//! second person wait for one; until then the entry says that they are not transcribed.

use super::change;
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::filing::{FilingState, Proposal, WordingFiled};
use crate::domain::id::{BodyId, RecommendationId, Seq, ThemeId};
use crate::domain::licence::Language;
use crate::domain::moment::{Day, Happened};
use crate::domain::numbering;
use crate::domain::rule::{self, Frame};
use crate::domain::text::Slug;
use crate::service::filing::check_wording;
use crate::service::{Act, Done, Error, Service, search};
use crate::store::filing::{self, NewFiling};
use crate::store::ledger::{
    NewChange, NewEntry, NewWording, insert_entry, insert_tag, insert_wording, lock_newest, open_change,
};
use crate::store::present::{
    NewAddressee, NewRecommendation, insert_addressee, insert_recommendation, refresh_entry, refresh_words,
};
use crate::store::{WriteTx, alias, held, inquiry};

/// A recommendation to be taken in.
#[derive(Debug, Clone)]
pub struct TakeInRecommendation {
    /// The inquiry.
    pub inquiry: Slug,
    /// Its number.
    pub number: Option<String>,
    /// Whether that is this register's own.
    pub own_reference: bool,
    /// The day on which it was made, where that is known of this very one.
    pub made_on: Option<Day>,
    /// Its words.
    pub wording: WordingFiled,
    /// What it is about.
    pub themes: Vec<ThemeId>,
    /// The bodies that it was put to.
    pub bodies: Vec<BodyId>,
    /// How that is known.
    pub asked: Option<Checked>,
}

impl Service {
    /// Takes a recommendation in.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`TakeInRecommendation`] and of its words.
    pub async fn take_in_recommendation(&self, act: Act, command: TakeInRecommendation) -> Result<Done, Error> {
        self.once(act, move |tx, act| take_in(tx, act, &command)).await
    }
}

fn take_in(tx: &mut WriteTx<'_>, act: &Act, command: &TakeInRecommendation) -> Result<Done, Error> {
    let of = inquiry::find(tx, &command.inquiry)?;
    may(act.actor, Deed::RecordFact, About::default().of(of.name.id))?;
    for body in &command.bodies {
        may(act.actor, Deed::RecordFact, About::body(*body).of(of.name.id))?;
    }
    // Nobody else takes the same number until this ends.
    lock_newest(tx)?;
    let frame = Frame { published_on: of.published_on, today: act.day };
    let mut problems = check_wording(&command.wording, frame);
    let number = match command.number.as_deref().map(numbering::number) {
        None => {
            problems.add("number", "Enter its number in the source, or a reference of our own");
            String::new()
        }
        Some(Err(fault)) => {
            problems.add("number", fault.to_string());
            String::new()
        }
        Some(Ok(number)) => number,
    };
    if let Some(taken) = alias::number_taken(tx, of.name.slug.as_str(), &number)? {
        problems.add("number", taken_by(&number, &taken));
    }
    if let Some(day) = command.made_on {
        let frame = Frame { published_on: None, today: act.day };
        rule::past(&mut problems, "made_on", Happened::on(day), false, frame);
    }
    if !command.bodies.is_empty() && command.asked.is_none() {
        problems.add("asked", "Choose how it is known that it was put to them");
    }
    act.publishable(problems)?;

    let reason = Some(command.wording.reason.clone());
    let change = NewChange { inquiry_id: Some(of.name.id), ..change(act, ChangeKind::Entry, reason) };
    let seq = open_change(tx, &change)?;
    let waits = Proposal::Wording(command.wording.clone()).needs_second_key();
    let (text_kind, checked) = match waits {
        true => (TextKind::NotTranscribed, Checked::Absent),
        false => (command.wording.text_kind, command.wording.checked),
    };
    let new = NewRecommendation {
        inquiry_id: of.name.id,
        parent_id: None,
        number: number.clone(),
        position: held::recommendations(tx, of.name.id)? + 1,
        may_repeat: None,
        done: false,
        version: 1,
        text_kind,
        checked,
        seq,
    };
    let id = insert_recommendation(tx, &new)?;
    insert_entry(
        tx,
        seq,
        &NewEntry {
            recommendation_id: id,
            number: number.clone(),
            own_reference: Some(command.own_reference).filter(|own| *own != of.own_references),
            made_on: command.made_on,
            in_error: false,
        },
    )?;
    refresh_entry(tx, seq, id)?;
    let here = address::staff_recommendation(of.name.slug.as_str(), &number);
    let location = words(tx, act, seq, id, command, waits)?.unwrap_or(here);
    for theme in &command.themes {
        insert_tag(tx, seq, id, *theme, true)?;
    }
    for body in &command.bodies {
        let new = NewAddressee {
            recommendation: id,
            inquiry: of.name.id,
            body: *body,
            taken_in_on: act.day,
            checked: command.asked.unwrap_or(Checked::Unverified),
        };
        insert_addressee(tx, seq, &new)?;
    }
    search::index(tx, id)?;
    Ok(Done::published(location, seq))
}

/// Publishes the words, or hands them to a second person; answers where they wait.
fn words(
    tx: &mut WriteTx<'_>,
    act: &Act,
    seq: Seq,
    id: RecommendationId,
    command: &TakeInRecommendation,
    waits: bool,
) -> Result<Option<String>, Error> {
    let filed = &command.wording;
    let shown = |words: &String| Some(words.clone()).filter(|_| !waits);
    let new = NewWording {
        recommendation_id: id,
        title: shown(&filed.title),
        text: shown(&filed.text),
        text_kind: if waits { TextKind::NotTranscribed } else { filed.text_kind },
        checked: if waits { Checked::Absent } else { filed.checked },
        source_url: filed.source_url.clone().filter(|_| !waits),
        compared_on: Some(filed.compared_on).filter(|_| !waits),
        addressed_to_words: None,
        language: filed.rights.language.unwrap_or(Language::English),
        licence: filed.rights.licence.filter(|_| !waits),
        author_id: Some(act.actor.person),
        publisher_id: Some(act.actor.person),
    };
    let wording = insert_wording(tx, seq, &new)?;
    refresh_words(tx, seq, id)?;
    if !waits {
        return Ok(None);
    }
    let proposal = Proposal::Wording(WordingFiled { base: Some(wording), weakens: false, ..filed.clone() });
    let new = NewFiling {
        reference: &act.fresh,
        addressee: None,
        recommendation: id,
        proposal: &proposal,
        author: act.actor.person,
        arrival: None,
        state: FilingState::Submitted,
        at: act.now,
    };
    filing::insert(tx, &new)?;
    Ok(Some(address::filing(&act.fresh)))
}

/// Why a number cannot be given: it is another one's, or was.
pub(super) fn taken_by(number: &str, stands: &str) -> String {
    if numbering::is_same(number, stands) {
        return format!("There is a recommendation {stands} in this inquiry already");
    }
    format!(
        "{number} was the number of recommendation {stands}, and its address leads there for ever; choose another one"
    )
}
