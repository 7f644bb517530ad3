//! Coverage: where answers and updates were looked for, when, by which post, and what was found. What nobody has looked for
//! was not "not given".

use super::deadline::DeadlineKind;
use super::id::{BodyId, RecommendationId};
use super::moment::{Day, Happened};
use super::text::text_enum;

text_enum! {
    /// What was looked for.
    pub enum Sought as "thing looked for" {
        /// Answers to recommendations.
        Answers = "answers",
        /// Updates on what was done.
        Updates = "updates",
        /// Both.
        Both = "both",
    }
}

text_enum! {
    /// What a look came to.
    pub enum Found as "outcome of a look" {
        /// All that was looked for.
        Something = "something",
        /// Some of it.
        Part = "part",
        /// Nothing.
        Nothing = "nothing",
    }
}

impl Sought {
    /// Whether answers were among it.
    #[must_use]
    pub const fn answers(self) -> bool {
        matches!(self, Self::Answers | Self::Both)
    }

    /// Whether updates were among it.
    #[must_use]
    pub const fn updates(self) -> bool {
        matches!(self, Self::Updates | Self::Both)
    }

    /// Whether what is owed by such a date was among it: an answer and a decision are looked for as answers; whether a target
    /// was met is told in updates, as the news that a schedule asks for.
    #[must_use]
    pub const fn is_for(self, kind: DeadlineKind) -> bool {
        match kind {
            DeadlineKind::Response | DeadlineKind::Decision => self.answers(),
            DeadlineKind::Return | DeadlineKind::Target | DeadlineKind::Plan => self.updates(),
            DeadlineKind::Recheck => false,
        }
    }
}

/// A published look, as far as it bears on what may be said about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The body whose answers were looked for; `None` for every body of the inquiry.
    pub body: Option<BodyId>,
    /// The one recommendation whose answer was looked for; `None` for all that were put to the body.
    pub recommendation: Option<RecommendationId>,
    /// What was looked for.
    pub what: Sought,
    /// The day of it.
    pub looked_on: Day,
    /// What was found.
    pub found: Found,
}

impl Look {
    /// Whether it bears out that no answer of this body to this recommendation was found on that day: such answers were looked
    /// for, then or later. An earlier look says nothing about what came afterwards, nor one for the answer to another
    /// recommendation.
    #[must_use]
    pub fn bears_out(&self, this: (RecommendationId, BodyId), none_found: Happened) -> bool {
        self.what.answers() && self.bears_on(this) && none_found.day.is_none_or(|day| self.looked_on >= day)
    }

    /// Whether it was for what this body owes by such a date on this recommendation, and nothing at all was found. Where some of
    /// what was looked for was found, it is not said what was not.
    #[must_use]
    pub fn was_in_vain(&self, this: (RecommendationId, BodyId), kind: DeadlineKind) -> bool {
        self.found == Found::Nothing && self.what.is_for(kind) && self.bears_on(this)
    }

    fn bears_on(&self, (recommendation, body): (RecommendationId, BodyId)) -> bool {
        self.body.is_none_or(|looked| looked == body)
            && self.recommendation.is_none_or(|looked| looked == recommendation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_look_for_this_bodys_answers_then_or_later_bears_out_that_there_was_none() {
        let on = |day: &str| Happened::on(day.parse().unwrap());
        let looked_on = "2026-11-20".parse().unwrap();
        let found = Found::Nothing;
        let look = Look { body: None, recommendation: None, what: Sought::Both, looked_on, found };
        let (this, other) = ((RecommendationId(1), BodyId(7)), (RecommendationId(1), BodyId(8)));
        assert!(look.bears_out(this, on("2026-11-20")) && look.bears_out(this, on("2015-01-01")));
        assert!(look.bears_out(this, Happened::UNKNOWN));
        assert!(!look.bears_out(this, on("2026-11-21")), "nobody has looked since");
        assert!(!Look { what: Sought::Updates, ..look }.bears_out(this, on("2026-11-20")));
        let of_one = Look { body: Some(this.1), what: Sought::Answers, ..look };
        assert!(of_one.bears_out(this, on("2026-11-20")) && !of_one.bears_out(other, on("2026-11-20")));
        let of_item = Look { recommendation: Some(this.0), ..of_one };
        let next = (RecommendationId(2), this.1);
        assert!(of_one.bears_out(next, on("2026-11-20")));
        assert!(of_item.bears_out(this, on("2026-11-20")) && !of_item.bears_out(next, on("2026-11-20")));
    }

    #[test]
    fn only_a_look_for_such_things_that_found_nothing_was_in_vain() {
        let looked_on = "2026-11-20".parse().unwrap();
        let (this, other) = ((RecommendationId(1), BodyId(7)), (RecommendationId(2), BodyId(7)));
        let look =
            Look { body: None, recommendation: Some(this.0), what: Sought::Answers, looked_on, found: Found::Nothing };
        assert!(look.was_in_vain(this, DeadlineKind::Response) && look.was_in_vain(this, DeadlineKind::Decision));
        assert!(!look.was_in_vain(other, DeadlineKind::Response) && !look.was_in_vain(this, DeadlineKind::Target));
        let both = Look { what: Sought::Both, ..look };
        assert!(both.was_in_vain(this, DeadlineKind::Response) && both.was_in_vain(this, DeadlineKind::Target));
        assert!(!both.was_in_vain(this, DeadlineKind::Recheck), "oversight knows itself whether it looked again");
        for found in [Found::Part, Found::Something] {
            assert!(!Look { found, ..both }.was_in_vain(this, DeadlineKind::Response), "{found}");
        }
    }
}
