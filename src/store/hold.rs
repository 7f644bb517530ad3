//! Holds as published: which are in force, and which were. There are few of them, so that they are read as they stand in the
//! ledger and kept nowhere else.

use std::collections::HashMap;

use diesel::prelude::*;

use super::schema::{addressee, change, hold};
use super::withheld::{self, Words};
use super::{Error, ReadTx, part};
use crate::domain::hold::{Held, HoldKind, HoldStep, Quiet, Reach, quiet_since};
use crate::domain::id::{BodyId, InquiryId, RecommendationId, Seq};
use crate::domain::moment::Day;

pub use standing::{Names, Standing, names};

mod standing;

/// What a hold is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct On {
    /// The inquiry; `None` for the whole register.
    pub inquiry: Option<InquiryId>,
    /// The recommendation; `None` for the whole inquiry.
    pub recommendation: Option<RecommendationId>,
}

impl On {
    /// How much that is.
    #[must_use]
    pub const fn reach(self) -> Reach {
        match (self.inquiry, self.recommendation) {
            (_, Some(_)) => Reach::Recommendation,
            (Some(_), None) => Reach::Inquiry,
            (None, None) => Reach::Register,
        }
    }

    /// Whether it bears on this recommendation, or on what is an inquiry's own, or the register's.
    #[must_use]
    pub fn bears_on(self, inquiry: Option<InquiryId>, recommendation: Option<RecommendationId>) -> bool {
        match self.reach() {
            Reach::Register => true,
            Reach::Inquiry => self.inquiry == inquiry,
            Reach::Recommendation => self.recommendation == recommendation,
        }
    }
}

/// One step of a hold, with the change that published it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The change.
    pub seq: Seq,
    /// The day of it.
    pub day: Day,
    /// What happened.
    pub step: HoldStep,
    /// The day on which the hold is reviewed.
    pub review_on: Day,
    /// Why, in public.
    pub words: Option<Words>,
}

/// A hold with all its steps, the first one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The change that placed it.
    pub began: Seq,
    /// What it is on.
    pub on: On,
    /// Why.
    pub kind: HoldKind,
    /// Since which day.
    pub since: Day,
    /// What happened to it, the placing first.
    pub steps: Vec<Step>,
}

impl Hold {
    fn last(&self) -> Option<&Step> {
        self.steps.last()
    }

    /// The change that published its last step: the version of it that a form shows.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.last().map_or(self.began, |step| step.seq)
    }

    /// The day on which it is reviewed.
    #[must_use]
    pub fn review_on(&self) -> Day {
        self.last().map_or(self.since, |step| step.review_on)
    }

    /// The day on which it ended, if it has.
    #[must_use]
    pub fn ended_on(&self) -> Option<Day> {
        self.last().filter(|step| step.step == HoldStep::Ended).map(|step| step.day)
    }

    /// The public sentence with which it was placed.
    #[must_use]
    pub fn words(&self) -> Option<&Words> {
        self.steps.first().and_then(|step| step.words.as_ref())
    }

    /// What everybody is told of it.
    #[must_use]
    pub fn held(&self) -> Held {
        Held { reach: self.on.reach(), kind: self.kind, since: self.since, review_on: self.review_on() }
    }

    fn quiet(&self) -> Quiet {
        Quiet { since: self.since, ended_on: self.ended_on() }
    }
}

type Row = (
    Seq,
    Seq,
    (Option<InquiryId>, Option<RecommendationId>),
    HoldStep,
    HoldKind,
    Day,
    Day,
    Option<String>,
    Option<Seq>,
);

/// Every hold there ever was, the first placed first; looking back, as it stood then.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Hold>, Error> {
    let rows: Vec<Row> = hold::table
        .inner_join(change::table.on(hold::seq.eq(change::seq)))
        .filter(hold::seq.le(tx.upto()))
        .order((hold::began, hold::seq, hold::id))
        .select((
            hold::began,
            hold::seq,
            (hold::inquiry_id, hold::recommendation_id),
            hold::step,
            hold::kind,
            hold::review_on,
            change::day,
            diesel::dsl::case_when(change::withheld.is_null(), change::reason),
            change::withheld,
        ))
        .load(tx.conn)?;
    let days = withheld::days(tx, rows.iter().map(|row| row.8))?;
    let mut holds: Vec<Hold> = Vec::new();
    for (began, seq, (inquiry, recommendation), step, kind, review_on, day, reason, withheld) in rows {
        let step = Step { seq, day, step, review_on, words: days.words(reason, withheld) };
        match holds.last_mut().filter(|hold| hold.began == began) {
            Some(hold) => hold.steps.push(step),
            None => {
                holds.push(Hold { began, on: On { inquiry, recommendation }, kind, since: day, steps: vec![step] });
            }
        }
    }
    Ok(holds)
}

/// The holds that keep back what would be published about this now: about a recommendation (give its inquiry too), about
/// what is an inquiry's own, or, with neither, about what is the register's own. Empty where it may be published. Mail to
/// public subscribers asks this before it is handed over.
///
/// # Errors
/// When the database fails.
pub fn in_force(
    tx: &mut ReadTx<'_>,
    inquiry: Option<InquiryId>,
    recommendation: Option<RecommendationId>,
) -> Result<Vec<Hold>, Error> {
    Ok(InForce::read(tx)?.bearing_on(inquiry, recommendation).cloned().collect())
}

/// The parts of recommendations that were held, each with its whole: what bears on the whole bears on them.
type Parts = HashMap<RecommendationId, RecommendationId>;

fn parts(tx: &mut ReadTx<'_>, holds: &[Hold]) -> Result<Parts, Error> {
    part::of_these(tx, holds.iter().filter_map(|hold| hold.on.recommendation).collect())
}

/// All holds that are in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce(pub Vec<Hold>, Parts);

impl InForce {
    /// Reads them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>) -> Result<Self, Error> {
        let mut holds = all(tx)?;
        holds.retain(|hold| hold.ended_on().is_none());
        let parts = parts(tx, &holds)?;
        Ok(Self(holds, parts))
    }

    /// Those that bear on this.
    pub fn bearing_on(
        &self,
        inquiry: Option<InquiryId>,
        recommendation: Option<RecommendationId>,
    ) -> impl Iterator<Item = &Hold> {
        let whole = recommendation.and_then(|id| self.1.get(&id)).copied();
        self.0.iter().filter(move |hold| {
            hold.on.bears_on(inquiry, recommendation) || (whole.is_some() && hold.on.bears_on(inquiry, whole))
        })
    }

    /// The one that is on exactly this.
    #[must_use]
    pub fn exactly_on(&self, on: On) -> Option<&Hold> {
        self.0.iter().find(|hold| hold.on == on)
    }
}

/// The times in which silence is not told, of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Silences(Vec<(On, Quiet)>);

impl Silences {
    /// Reads them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>) -> Result<Self, Error> {
        let holds = all(tx)?;
        let parts = parts(tx, &holds)?;
        let mut silences: Vec<(On, Quiet)> = holds.iter().map(|hold| (hold.on, hold.quiet())).collect();
        for (part, whole) in parts {
            let of_whole = holds.iter().filter(|hold| hold.on.recommendation == Some(whole));
            silences.extend(of_whole.map(|hold| (On { recommendation: Some(part), ..hold.on }, hold.quiet())));
        }
        Ok(Self(silences))
    }

    /// Those that bear on one recommendation.
    #[must_use]
    pub fn of(&self, inquiry: InquiryId, recommendation: RecommendationId) -> Vec<Quiet> {
        let bearing = self.0.iter().filter(|(on, _)| on.bears_on(Some(inquiry), Some(recommendation)));
        bearing.map(|(_, quiet)| *quiet).collect()
    }

    /// Those that last today: on what, and since when. With each are taken those on more that it follows without a break;
    /// those on less stand for themselves, and what they are on hears from the narrowest of all.
    pub(super) fn lasting(&self, today: Day) -> Vec<(On, Day)> {
        let mut lasting: Vec<(On, Day)> = Vec::new();
        for (on, _) in &self.0 {
            if lasting.iter().all(|(known, _)| known != on) {
                let bearing = self.0.iter().filter(|(wide, _)| wide.bears_on(on.inquiry, on.recommendation));
                let bearing: Vec<Quiet> = bearing.map(|(_, quiet)| *quiet).collect();
                lasting.extend(quiet_since(&bearing, today).map(|since| (*on, since)));
            }
        }
        lasting
    }
}

/// Whether a hold on this bears on anything that was put to a body.
///
/// # Errors
/// When the database fails.
pub fn covers(tx: &mut ReadTx<'_>, on: On, body: BodyId) -> Result<bool, Error> {
    let put = addressee::table.filter(addressee::answerer_id.eq(body).and(addressee::present));
    let mut put = put.select(addressee::id).into_boxed();
    if let Some(inquiry) = on.inquiry {
        put = put.filter(addressee::inquiry_id.eq(inquiry));
    }
    if let Some(recommendation) = on.recommendation {
        let parts = part::of_these(tx, vec![recommendation])?.into_keys();
        put = put.filter(addressee::recommendation_id.eq_any(parts.chain([recommendation]).collect::<Vec<_>>()));
    }
    let first: Option<crate::domain::id::AddresseeId> = put.first(tx.conn).optional()?;
    Ok(first.is_some())
}

/// A step of a hold as the timeline shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// What the hold is on.
    pub on: On,
    /// Why it is.
    pub kind: HoldKind,
    /// The step.
    pub step: Step,
}

/// Every step, of the holds that `wanted` picks, in the order of publication.
fn steps(holds: Vec<Hold>, wanted: impl Fn(&On, &Step) -> bool) -> Vec<Published> {
    let mut published: Vec<Published> = Vec::new();
    for Hold { on, kind, steps, .. } in holds {
        let picked = steps.into_iter().filter(|step| wanted(&on, step));
        published.extend(picked.map(|step| Published { on, kind, step }));
    }
    published.sort_by_key(|one| one.step.seq);
    published
}

/// What these changes published of holds.
///
/// # Errors
/// When the database fails.
pub fn of_changes(tx: &mut ReadTx<'_>, seqs: &[Seq]) -> Result<Vec<Published>, Error> {
    Ok(steps(all(tx)?, |_, step| seqs.contains(&step.seq)))
}

/// What bore on a recommendation, or on an inquiry, since something of it was first published.
///
/// # Errors
/// When the database fails.
pub fn that_bore_on(
    tx: &mut ReadTx<'_>,
    inquiry: InquiryId,
    recommendation: Option<RecommendationId>,
    since: Seq,
) -> Result<Vec<Published>, Error> {
    let whole = match recommendation {
        Some(id) => part::whole_of(tx, id)?.map(|(whole, _)| whole),
        None => None,
    };
    let bears = |on: &On, of| on.bears_on(Some(inquiry), of);
    let wanted = |on: &On| bears(on, recommendation) || (whole.is_some() && bears(on, whole));
    Ok(steps(all(tx)?, |on, step| step.seq > since && wanted(on)))
}

#[cfg(test)]
mod tests;
