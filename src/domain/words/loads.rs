//! What a load adds, in the words that the pages use for the same things.

use super::numbers::count;
use crate::domain::loaded::Loadable;

/// How many of a kind were added: `1 answer recorded`, `31 answers asked for`.
#[must_use]
pub fn loaded(what: Loadable, number: u64) -> String {
    let (one, many) = match what {
        Loadable::Inquiry => ("inquiry", "inquiries"),
        Loadable::Body => ("body", "bodies"),
        Loadable::Recommendation => ("recommendation", "recommendations"),
        Loadable::Part => ("part of a recommendation", "parts of recommendations"),
        Loadable::Asked => ("answer asked for", "answers asked for"),
        Loadable::Response => ("answer recorded", "answers recorded"),
        Loadable::Target => ("target date", "target dates"),
        Loadable::Event => ("event of an inquiry", "events of inquiries"),
        Loadable::Note => ("dated note", "dated notes"),
        Loadable::Succession => ("body that took another\u{2019}s place", "bodies that took another\u{2019}s place"),
        Loadable::Tie => {
            ("pair of recommendations that may be related", "pairs of recommendations that may be related")
        }
    };
    count(number, one, many)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn one_and_many_are_said_rightly() {
        all_different(Loadable::ALL, |what| loaded(what, 1));
        all_different(Loadable::ALL, |what| loaded(what, 2));
        assert_eq!(loaded(Loadable::Body, 1), "1 body");
        assert_eq!(loaded(Loadable::Body, 8), "8 bodies");
        assert_eq!(loaded(Loadable::Response, 1), "1 answer recorded");
        assert_eq!(loaded(Loadable::Asked, 1_204), "1,204 answers asked for");
    }
}
