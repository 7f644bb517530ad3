//! What others found: a regulator, an inspectorate, an auditor or another inquiry has published something about the same answer.
//! It stands under its own name beside this register's finding and never changes it.

use super::assessed::Assessed;
use super::id::{OutsideId, UpdateId};
use super::text::text_enum;

text_enum! {
    /// What an outside finding comes to, in this register's words: only for holding it against the register's own.
    pub enum Gist as "gist of a finding" {
        /// It is done.
        Done = "done",
        /// It is done in part.
        Partly = "partly",
        /// It is not done.
        NotDone = "not_done",
        /// It says neither.
        Other = "other",
    }
}

/// How an outside finding stands to the register's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The register has found nothing yet, or neither says whether it is done.
    NotCompared,
    /// Both come to the same.
    Same,
    /// In other words, both say that it is not done, and neither that nothing was.
    NeitherDone,
    /// They differ. Both stand; neither is averaged.
    Differs,
}

impl Gist {
    /// The same of what this register found; `None` where it has not said whether it is done.
    #[must_use]
    pub const fn of(assessed: Assessed) -> Option<Self> {
        match assessed {
            Assessed::Implemented | Assessed::ImplementedByOtherMeans => Some(Self::Done),
            Assessed::PartlyImplemented => Some(Self::Partly),
            Assessed::NotImplemented | Assessed::ContraryAction | Assessed::NotEnoughDone => Some(Self::NotDone),
            Assessed::NotAssessed
            | Assessed::OnCourse
            | Assessed::OffCourse
            | Assessed::NotShown
            | Assessed::CannotDetermine => None,
        }
    }

    /// How it stands to what this register found.
    #[must_use]
    pub fn beside(self, assessed: Assessed) -> Beside {
        match Self::of(assessed) {
            None => Beside::NotCompared,
            Some(_) if self == Self::Other => Beside::NotCompared,
            Some(own) if own == self => Beside::Same,
            // Where not enough was done, something may have been.
            Some(_) if self == Self::Partly && assessed == Assessed::NotEnoughDone => Beside::NeitherDone,
            Some(_) => Beside::Differs,
        }
    }
}

/// The judgement that a reply answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// What this register found.
    Own(UpdateId),
    /// What an outside body found.
    Outside(OutsideId),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_only_between_two_that_say_whether_it_is_done() {
        assert_eq!(Gist::NotDone.beside(Assessed::Implemented), Beside::Differs);
        assert_eq!(Gist::Partly.beside(Assessed::NotImplemented), Beside::Differs);
        assert_eq!(Gist::Done.beside(Assessed::ImplementedByOtherMeans), Beside::Same);
        assert_eq!(Gist::Partly.beside(Assessed::NotEnoughDone), Beside::NeitherDone);
        assert_eq!(Gist::NotDone.beside(Assessed::NotEnoughDone), Beside::Same);
        assert_eq!(Gist::Done.beside(Assessed::NotEnoughDone), Beside::Differs);
        assert_eq!(Gist::Done.beside(Assessed::PartlyImplemented), Beside::Differs);
        for silent in [Assessed::NotAssessed, Assessed::CannotDetermine, Assessed::OnCourse, Assessed::NotShown] {
            assert_eq!(Gist::Done.beside(silent), Beside::NotCompared, "{silent}");
        }
        for own in Assessed::ALL.iter().copied() {
            assert_eq!(Gist::Other.beside(own), Beside::NotCompared, "{own}");
        }
    }
}
