//! Taking a recommendation in by hand: its number, its words, its themes, and the bodies that it was put to. Words that need a
//! second person wait for one; until then the entry says that they are not transcribed.

use super::change;
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::filing::{FilingState, Proposal, WordingFiled};
use crate::domain::id::{BodyId, InquiryId, RecommendationId, Seq, ThemeId};
use crate::domain::licence::Language;
use crate::domain::moment::{Day, Happened};
use crate::domain::numbering;
use crate::domain::problem::Problems;
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
use crate::store::{ReadTx, WriteTx, alias, held, inquiry, theme};

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
    none_retired(tx, &mut problems, &command.themes)?;
    act.publishable(problems)?;

    let reason = Some(command.wording.reason.clone());
    let change = NewChange { inquiry_id: Some(of.name.id), ..change(act, ChangeKind::Entry, reason) };
    let seq = open_change(tx, &change)?;
    let entered = Entered {
        inquiry: of.name.id,
        whole: None,
        position: held::recommendations(tx, of.name.id)? + 1,
        number: number.clone(),
        own_reference: Some(command.own_reference).filter(|own| *own != of.own_references),
        made_on: command.made_on,
        wording: &command.wording,
        themes: &command.themes,
        bodies: command.bodies.iter().map(|body| (*body, command.asked.unwrap_or(Checked::Unverified))).collect(),
    };
    let (_, waits) = put_in(tx, act, seq, &act.fresh, &entered)?;
    let here = address::staff_recommendation(of.name.slug.as_str(), &number);
    Ok(Done::published(waits.unwrap_or(here), seq))
}

/// Refuses to put a theme on anything that was retired meanwhile.
pub(super) fn none_retired(tx: &mut ReadTx<'_>, problems: &mut Problems, themes: &[ThemeId]) -> Result<(), Error> {
    if themes.is_empty() {
        return Ok(());
    }
    let retired = theme::retired(tx)?;
    if themes.iter().any(|theme| retired.contains(theme)) {
        problems.add("themes", "One of these is retired, and is put on nothing any more");
    }
    Ok(())
}

/// What is taken in, once it is known to be right.
pub(super) struct Entered<'e> {
    /// The inquiry.
    pub inquiry: InquiryId,
    /// What it is a lettered part of.
    pub whole: Option<RecommendationId>,
    /// Its place in the inquiry's list.
    pub position: i64,
    /// Its number.
    pub number: String,
    /// Whether that is this register's own, where it is not as with all of its inquiry.
    pub own_reference: Option<bool>,
    /// The day on which it was made, where that is known of this very one.
    pub made_on: Option<Day>,
    /// Its words.
    pub wording: &'e WordingFiled,
    /// What it is about.
    pub themes: &'e [ThemeId],
    /// The bodies that it was put to, and how that is known of each.
    pub bodies: Vec<(BodyId, Checked)>,
}

/// Takes it in under a change that is open, `fresh` being the reference of what waits; answers where its words wait for a second
/// person, where they do.
pub(super) fn put_in(
    tx: &mut WriteTx<'_>,
    act: &Act,
    seq: Seq,
    fresh: &str,
    entered: &Entered<'_>,
) -> Result<(RecommendationId, Option<String>), Error> {
    let waits = Proposal::Wording(entered.wording.clone()).needs_second_key();
    let (text_kind, checked) = match waits {
        true => (TextKind::NotTranscribed, Checked::Absent),
        false => (entered.wording.text_kind, entered.wording.checked),
    };
    let new = NewRecommendation {
        inquiry_id: entered.inquiry,
        parent_id: entered.whole,
        number: entered.number.clone(),
        position: entered.position,
        may_repeat: None,
        done: false,
        not_looked_at: true,
        put: false,
        version: 1,
        text_kind,
        checked,
        seq,
    };
    let id = insert_recommendation(tx, &new)?;
    let entry = NewEntry {
        recommendation_id: id,
        number: entered.number.clone(),
        own_reference: entered.own_reference,
        made_on: entered.made_on,
        in_error: false,
    };
    insert_entry(tx, seq, &entry)?;
    refresh_entry(tx, seq, id)?;
    let waiting = words(tx, act, seq, id, (entered.wording, waits, fresh))?;
    for theme in entered.themes {
        insert_tag(tx, seq, id, *theme, true)?;
    }
    for (body, checked) in &entered.bodies {
        let new = NewAddressee {
            recommendation: id,
            inquiry: entered.inquiry,
            body: *body,
            taken_in_on: act.day,
            checked: *checked,
        };
        insert_addressee(tx, seq, &new)?;
    }
    search::index(tx, id)?;
    Ok((id, waiting))
}

/// Publishes the words, or hands them to a second person; answers where they wait.
fn words(
    tx: &mut WriteTx<'_>,
    act: &Act,
    seq: Seq,
    id: RecommendationId,
    (filed, waits, fresh): (&WordingFiled, bool, &str),
) -> Result<Option<String>, Error> {
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
        reference: fresh,
        addressee: None,
        recommendation: id,
        proposal: &proposal,
        author: act.actor.person,
        arrival: None,
        state: FilingState::Submitted,
        at: act.now,
    };
    filing::insert(tx, &new)?;
    Ok(Some(address::filing(fresh)))
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
