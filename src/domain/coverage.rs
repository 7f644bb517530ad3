//! Coverage: where answers and updates were looked for, when, by which post, and what was found. What nobody has looked for
//! was not "not given".

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
}

impl Look {
    /// Whether it bears out that no answer of this body to this recommendation was found on that day: such answers were looked
    /// for, then or later. An earlier look says nothing about what came afterwards, nor one for the answer to another
    /// recommendation.
    #[must_use]
    pub fn bears_out(&self, (recommendation, body): (RecommendationId, BodyId), none_found: Happened) -> bool {
        self.what.answers()
            && self.body.is_none_or(|looked| looked == body)
            && self.recommendation.is_none_or(|looked| looked == recommendation)
            && none_found.day.is_none_or(|day| self.looked_on >= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_look_for_this_bodys_answers_then_or_later_bears_out_that_there_was_none() {
        let on = |day: &str| Happened::on(day.parse().unwrap());
        let looked_on = "2026-11-20".parse().unwrap();
        let look = Look { body: None, recommendation: None, what: Sought::Both, looked_on };
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
}
