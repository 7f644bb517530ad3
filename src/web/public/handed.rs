//! What a body took over, and what of its own it handed on, in words.

use std::collections::BTreeSet;

use super::query::address;
use super::search::Ask;
use super::total;
use crate::domain::id::{BodyId, RecommendationId};
use crate::domain::words;
use crate::store::body::BodyName;
use crate::store::search::Asked;
use crate::store::succession::{self, Moves};
use crate::store::tally::{Counted, Tally};
use crate::store::{self, ReadTx, group};
use crate::web::part::Link;

/// How its answers stand; of a body that ended and answers nothing any more, whom what it was asked is counted under.
#[must_use]
pub fn standing(tally: &Tally, moves: &Moves) -> String {
    let handed = handed_on(moves).filter(|_| tally.all(Counted::Answers) == 0);
    handed.unwrap_or_else(|| total::of_body(tally))
}

fn handed_on(moves: &Moves) -> Option<String> {
    let to: Vec<String> = moves.to.iter().map(|(body, _)| body.name.clone()).collect();
    let number: u64 = moves.to.iter().map(|(_, number)| number).sum();
    (number > 0).then(|| words::handed_on(number, &to))
}

/// What it took over, what of its own it handed on while it answers the rest, and what is not decided.
#[must_use]
pub fn moves(tally: &Tally, moves: &Moves) -> Vec<String> {
    let went = handed_on(moves).filter(|_| tally.all(Counted::Answers) > 0);
    let from: Vec<String> = moves.from.iter().map(|(body, _)| body.name.clone()).collect();
    let number = moves.from.iter().map(|(_, number)| number).sum();
    let came = (!from.is_empty()).then(|| words::of_these_taken_over(number, &from));
    came.into_iter().chain(went).chain((moves.undecided > 0).then(|| words::undecided(moves.undecided))).collect()
}

/// Where what was put to a body is counted that does not answer it itself.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// How much it is, and under whom it is counted.
    pub says: String,
    /// Who answers now what was put to it; of a group, what was put to its members by way of it.
    pub bodies: Vec<BodyName>,
    /// Whether it is a group.
    pub is_group: bool,
}

/// The same on a page that asks for one body: with the same question of each that answers.
#[derive(Debug, Clone)]
pub struct ElsewhereLine {
    /// How much it is, and under whom it is counted.
    pub says: String,
    /// Where each stands.
    pub links: Vec<Link>,
}

impl Elsewhere {
    /// Of one body; nothing where it answers all that was put to it. One that handed on a part of it answers the rest.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Option<Self>, store::Error> {
        let moves = succession::moves(tx, body)?;
        if let Some(says) = handed_on(&moves) {
            let bodies = moves.to.into_iter().map(|(body, _)| body).collect();
            return Ok(Some(Self { says, bodies, is_group: false }));
        }
        let asked: BTreeSet<RecommendationId> = group::asked(tx, body)?.into_iter().map(|(id, ..)| id).collect();
        if asked.is_empty() {
            return Ok(None);
        }
        let bodies = group::answering(tx, body)?;
        Ok(Some(Self { says: words::put_to_members(asked.len() as u64), bodies, is_group: true }))
    }

    /// Of the body that a search asks for.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of_ask(tx: &mut ReadTx<'_>, ask: &Ask) -> Result<Option<Self>, store::Error> {
        match ask.filter.asked {
            Some(Asked::Body(body)) => Self::read(tx, body),
            Some(Asked::NotKnown) | None => Ok(None),
        }
    }

    /// The same question of each of them, at this path.
    #[must_use]
    pub fn same_of_each(&self, path: &str, given: &[(&str, &str)]) -> Vec<Link> {
        let of = |body: &BodyName| {
            let other = body.slug.as_str();
            let same: Vec<(&str, &str)> =
                given.iter().map(|(name, value)| (*name, if *name == "body" { other } else { *value })).collect();
            Link::new(address(path, &same), body.name.clone())
        };
        self.bodies.iter().map(of).collect()
    }

    /// The line of a page at this path.
    #[must_use]
    pub fn line(&self, path: &str, given: &[(&str, &str)]) -> ElsewhereLine {
        ElsewhereLine { says: self.says.clone(), links: self.same_of_each(path, given) }
    }
}
