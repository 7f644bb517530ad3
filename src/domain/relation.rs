//! Where a linked recommendation stands as seen from one: made before it, made after it, against it.

use super::moment::Day;
use super::tie::TieKind;

/// Where the other one stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It was made before, and asks for the same or for more of it.
    Before,
    /// It was made later.
    Later,
    /// It answers the same failing, and which came first is not known.
    Same,
    /// It asks for the opposite.
    Opposite,
    /// Somebody suspects something, and nobody has said how they are related.
    Suspected,
}

impl Relation {
    /// In the order in which a page has them.
    pub const ALL: [Self; 5] = [Self::Before, Self::Later, Self::Same, Self::Opposite, Self::Suspected];

    /// Of a tie, `inward` where the other one says it of this one; `made` are the days on which this one and the other were made,
    /// where they are known. Which came first of two that answer the same failing, their days say; of the rest, the tie does.
    #[must_use]
    pub fn of(kind: TieKind, inward: bool, made: (Option<Day>, Option<Day>)) -> Self {
        match kind {
            TieKind::Contradicts => Self::Opposite,
            TieKind::MayBeRelated => Self::Suspected,
            TieKind::Restates | TieKind::Narrows | TieKind::Supersedes if inward => Self::Later,
            TieKind::Restates | TieKind::Narrows | TieKind::Supersedes => Self::Before,
            TieKind::SameFailing => match made {
                (Some(this), Some(other)) if other < this => Self::Before,
                (Some(this), Some(other)) if other > this => Self::Later,
                _ => Self::Same,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_later_is_not_before_and_an_opposite_is_neither() {
        let on = |day: &str| day.parse::<Day>().ok();
        let (early, late) = (on("2012-01-05"), on("2023-01-05"));
        for kind in TieKind::ALL.iter().copied().filter(|kind| kind.is_of_the_later()) {
            assert_eq!(Relation::of(kind, true, (early, late)), Relation::Later, "{kind}");
            assert_eq!(Relation::of(kind, false, (late, early)), Relation::Before, "{kind}");
        }
        for inward in [true, false] {
            let same = |made| Relation::of(TieKind::SameFailing, inward, made);
            assert_eq!((same((early, late)), same((late, early))), (Relation::Later, Relation::Before));
            assert_eq!((same((None, late)), same((late, late))), (Relation::Same, Relation::Same));
            assert_eq!(Relation::of(TieKind::Contradicts, inward, (early, late)), Relation::Opposite);
            assert_eq!(Relation::of(TieKind::MayBeRelated, inward, (early, late)), Relation::Suspected);
        }
    }
}
