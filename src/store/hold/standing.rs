//! What holds are on, as people name it, and those that every page says.

use super::{Hold, InForce, On};
use crate::domain::hold::Reach;
use crate::store::inquiry::{self, InquiryName};
use crate::store::recommendation::{self, Recommendation};
use crate::store::{Error, ReadTx};

/// What holds are on, as people name it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    inquiries: Vec<InquiryName>,
    recommendations: Vec<Recommendation>,
}

/// Reads what these holds are on.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx<'_>, holds: &[Hold]) -> Result<Names, Error> {
    Ok(Names {
        inquiries: inquiry::names(tx, holds.iter().filter_map(|hold| hold.on.inquiry).collect())?,
        recommendations: recommendation::many(tx, holds.iter().filter_map(|hold| hold.on.recommendation).collect())?,
    })
}

impl Names {
    /// The inquiry and the number of the recommendation; `None` for the whole register or the whole inquiry.
    #[must_use]
    pub fn of(&self, on: On) -> (Option<&InquiryName>, Option<&str>) {
        let inquiry = self.inquiries.iter().find(|one| Some(one.id) == on.inquiry);
        let recommendation = self.recommendations.iter().find(|one| Some(one.id) == on.recommendation);
        (inquiry, recommendation.map(|one| one.number.as_str()))
    }

    /// Whether a number is that of a part of what the hold is on.
    fn is_part(&self, on: On, number: Option<&str>) -> bool {
        let whole = self.recommendations.iter().find(|one| Some(one.id) == on.recommendation);
        whole.is_some_and(|one| one.parts.iter().any(|part| Some(part.number.as_str()) == number))
    }
}

/// All holds that are in force with what they are on: read once for each state of the register, for every page to say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    in_force: InForce,
    names: Names,
}

impl Standing {
    /// Reads it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut ReadTx<'_>) -> Result<Self, Error> {
        let in_force = InForce::read(tx)?;
        Ok(Self { names: names(tx, &in_force.0)?, in_force })
    }

    /// Those on the whole register.
    pub fn of_register(&self) -> impl Iterator<Item = &Hold> {
        self.in_force.bearing_on(None, None)
    }

    /// Those that bear on what an address names: an inquiry by its slug, a recommendation of it by its number.
    pub fn of_address<'a>(
        &'a self,
        inquiry: Option<&'a str>,
        number: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Hold> {
        self.in_force.0.iter().filter(move |hold| match (hold.on.reach(), self.names.of(hold.on)) {
            (Reach::Register, _) => true,
            (Reach::Inquiry, (Some(name), _)) => inquiry == Some(name.slug.as_str()),
            (Reach::Recommendation, (Some(name), Some(known))) => {
                inquiry == Some(name.slug.as_str()) && (number == Some(known) || self.names.is_part(hold.on, number))
            }
            _ => false,
        })
    }
}
