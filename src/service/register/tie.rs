//! Links between recommendations of different inquiries: made by a person with a reason, changed and taken back by another dated
//! row. What is claimed of two is claimed where both were compared with their sources; a suspicion needs less and counts nothing.

use super::{change, why};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::id::{RecommendationId, Seq};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::tie::{Side, TieKind, check};
use crate::domain::words;
use crate::service::{Act, Done, Error, Service};
use crate::store::ledger::{NewChange, insert_family, insert_tie, lock_newest, open_change, refuse_held};
use crate::store::present::{RecommendationPlace, lock_recommendation, recommendation_place, refresh_recommendation};
use crate::store::recommendation::Recommendation;
use crate::store::tie::{self, Tie};
use crate::store::{Error as StoreError, ReadTx, WriteTx, entry, family, inquiry, recommendation};

/// The recommendation that another one is linked to.
#[derive(Debug, Clone)]
pub enum TiedTo {
    /// Nobody has said which.
    Nothing,
    /// The one with this number of this inquiry.
    Named(Slug, String),
    /// The one at the other end of the link that this change made: it is changed, or taken back.
    By(i64),
}

/// What becomes of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// It is of this kind; `None` where nobody has chosen.
    Kind(Option<TieKind>),
    /// It is taken back.
    TakenBack,
}

/// A link from one recommendation to another.
#[derive(Debug, Clone)]
pub struct SetTie {
    /// The one that says so.
    pub recommendation: RecommendationId,
    /// Its version that the form was made from.
    pub version: i64,
    /// The other.
    pub to: TiedTo,
    /// What becomes of it.
    pub wanted: Wanted,
    /// Why, in public.
    pub reason: Option<String>,
}

impl Service {
    /// Links two recommendations of different inquiries, or changes or takes back how they are linked.
    ///
    /// # Errors
    /// See [`Error`]; the fields are `inquiry`, `number`, `kind` and `reason`. `Stale` when somebody changed the recommendation
    /// or the link meanwhile; a refusal where the person may not write about either of the two inquiries.
    pub async fn set_tie(&self, act: Act, command: SetTie) -> Result<Done, Error> {
        self.once(act, move |tx, act| set(tx, act, &command)).await
    }
}

fn set(tx: &mut WriteTx<'_>, act: &Act, command: &SetTie) -> Result<Done, Error> {
    let from = command.recommendation;
    let place = recommendation_place(tx, from)?;
    may(act.actor, Deed::RecordFact, About::default().of(place.inquiry_id))?;
    lock_newest(tx)?;
    lock_recommendation(tx, from, command.version)?;
    let mut problems = Problems::none();
    let to = other(tx, &mut problems, from, &command.to)?;
    if let Some(to) = to {
        // It says something of both.
        may(act.actor, Deed::RecordFact, About::default().of(recommendation_place(tx, to)?.inquiry_id))?;
    }
    let standing = match to {
        Some(to) => tie::between(tx, from, to)?,
        None => None,
    };
    let row = match (to, command.wanted) {
        (Some(to), Wanted::Kind(Some(kind))) => {
            allowed(tx, &mut problems, kind, (from, to), standing)?;
            Some(((from, to), kind, true))
        }
        (Some(_), Wanted::TakenBack) => standing.map(|tie| ((tie.from, tie.to), tie.kind, false)),
        _ => None,
    };
    if command.wanted == Wanted::Kind(None) {
        problems.add("kind", "Choose how they are linked");
    }
    why(&mut problems, command.reason.as_ref());
    act.publishable(problems)?;
    // Whatever is missing was said.
    let Some((ends, kind, present)) = row else { return Err(Error::Stale) };
    publish(tx, act, (&place, from), command.reason.clone(), (ends, kind, present))
}

/// The other recommendation. Nothing where that is not said, or is none; the fault is noted.
fn other(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    from: RecommendationId,
    to: &TiedTo,
) -> Result<Option<RecommendationId>, Error> {
    let (slug, number) = match to {
        TiedTo::Nothing => {
            problems.add("number", "Choose the other recommendation: a suggestion, or its inquiry and its number");
            return Ok(None);
        }
        TiedTo::By(seq) => {
            let shown = tie::of(tx, &[from])?.into_iter().find(|tie| tie.seq == Seq(*seq)).ok_or(Error::Stale)?;
            return Ok(Some(shown.other(from)));
        }
        TiedTo::Named(slug, number) => (slug, number),
    };
    let name = match inquiry::name(tx, slug) {
        Ok(name) => name,
        Err(StoreError::NotFound) => {
            problems.add("inquiry", "Choose an inquiry of this register");
            return Ok(None);
        }
        Err(fault) => return Err(fault.into()),
    };
    match entry::numbered(tx, name.id, number) {
        Ok(id) => Ok(Some(id)),
        Err(StoreError::NotFound) => {
            let named = words::tied_name(&name.short_title, number);
            problems.add("number", format!("There is no {named} in this register"));
            Ok(None)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Notes why these two cannot be tied so.
fn allowed(
    tx: &mut ReadTx<'_>,
    problems: &mut Problems,
    kind: TieKind,
    (from, to): (RecommendationId, RecommendationId),
    standing: Option<Tie>,
) -> Result<(), Error> {
    let both = recommendation::many(tx, vec![from, to])?;
    let side = |id: RecommendationId| both.iter().find(|one| one.id == id).map(as_side).ok_or(StoreError::NotFound);
    let sides = (side(from)?, side(to)?);
    let ties: Vec<_> = tie::around(tx, &[from, to])?.iter().map(|tie| (tie.from, tie.to, tie.kind)).collect();
    let families = family::of(tx, &[from, to])?;
    // Each with whatever hangs together with it, once.
    let mut together = vec![sides.0.clone()];
    together.extend([&sides.1].into_iter().filter(|side| side.id != from).cloned());
    for one in [from, to].into_iter().filter_map(|id| families.of(id)).flat_map(|family| &family.members) {
        if together.iter().all(|side| side.id != one.id) {
            together.push(as_side(one));
        }
    }
    // The same said from the other end is another thing, unless it says nothing of which came first.
    let same = standing.filter(|tie| tie.from == from || !tie.kind.is_of_the_later()).map(|tie| tie.kind);
    check(problems, kind, (&sides.0, &sides.1), same, &ties, &together);
    Ok(())
}

/// One side, as far as the rules depend on it.
fn as_side(one: &Recommendation) -> Side {
    Side {
        id: one.id,
        inquiry: one.inquiry.id,
        name: words::tied_name(&one.inquiry.short_title, &one.number),
        checked: one.checked,
        in_error: one.in_error,
        whole: one.parent_id,
    }
}

fn publish(
    tx: &mut WriteTx<'_>,
    act: &Act,
    (place, from): (&RecommendationPlace, RecommendationId),
    reason: Option<String>,
    ((one, other), kind, present): ((RecommendationId, RecommendationId), TieKind, bool),
) -> Result<Done, Error> {
    let new = NewChange {
        inquiry_id: Some(place.inquiry_id),
        recommendation_id: Some(one),
        ..change(act, ChangeKind::Tie, reason)
    };
    let new = if one == from {
        new
    } else {
        NewChange { inquiry_id: Some(recommendation_place(tx, one)?.inquiry_id), ..new }
    };
    let of_other = recommendation_place(tx, other)?;
    refuse_held(
        tx,
        &NewChange { inquiry_id: Some(of_other.inquiry_id), recommendation_id: Some(other), ..new.clone() },
    )?;
    let seq = open_change(tx, &new)?;
    insert_tie(tx, seq, (one, other), kind, present)?;
    if present && kind.joins() {
        // The one that is spoken of came first, as far as anybody says: its address is the older one.
        for id in [other, one] {
            give_address(tx, seq, id)?;
        }
    }
    for id in [other, one] {
        refresh_recommendation(tx, seq, id)?;
    }
    Ok(Done::published(address::staff_recommendation(&place.inquiry, &place.number), seq))
}

/// Gives a recommendation the address under which whatever says the same is found for ever, unless it has one. It is made of
/// what its own address holds, never of its words.
fn give_address(tx: &mut WriteTx<'_>, seq: Seq, id: RecommendationId) -> Result<(), Error> {
    if family::has_address(tx, id)? {
        return Ok(());
    }
    let place = recommendation_place(tx, id)?;
    let slug = family::free_address(tx, &format!("{} {}", place.inquiry, place.number))?;
    Ok(insert_family(tx, seq, id, &slug)?)
}
