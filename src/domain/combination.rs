//! Which values of the four facts may stand together. Whatever is recorded about one fact must leave a combination that this
//! table allows; each refusal says in a sentence what to do first.

use super::assessed::Assessed;
use super::lifecycle::{Closure, Lifecycle};
use super::record::State;
use super::reported::Reported;
use super::response::Response;

/// The values of the four facts of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Combination {
    /// What the body answered.
    pub response: Response,
    /// What it says it has done.
    pub reported: Reported,
    /// What oversight found.
    pub assessed: Assessed,
    /// Open, closed or lapsed.
    pub lifecycle: Lifecycle,
    /// Why it is closed.
    pub closure: Option<Closure>,
}

impl From<&State> for Combination {
    fn from(state: &State) -> Self {
        Self {
            response: state.response.value,
            reported: state.reported.value,
            assessed: state.assessed.value,
            lifecycle: state.lifecycle.value,
            closure: state.closure,
        }
    }
}

/// Which values of one fact a reason for closing allows.
#[derive(Debug, Clone, Copy)]
enum Allowed<T: 'static> {
    /// Any.
    Any,
    /// These; of any other the sentence says why not.
    Only(&'static [T], &'static str),
}

impl<T: PartialEq> Allowed<T> {
    fn refusal(&self, value: T) -> Option<&'static str> {
        match self {
            Self::Only(values, sentence) if !values.contains(&value) => Some(sentence),
            Self::Any | Self::Only(..) => None,
        }
    }
}

/// What one reason for closing goes together with.
struct Row {
    closure: Closure,
    response: Allowed<Response>,
    reported: Allowed<Reported>,
    assessed: Allowed<Assessed>,
}

impl Row {
    const fn any(closure: Closure) -> Self {
        Self { closure, response: Allowed::Any, reported: Allowed::Any, assessed: Allowed::Any }
    }

    const fn found(closure: Closure, assessed: &'static [Assessed], sentence: &'static str) -> Self {
        Self { assessed: Allowed::Only(assessed, sentence), ..Self::any(closure) }
    }
}

/// The table: one row for each reason for closing. What is open, or open again, goes together with anything.
const TABLE: [Row; 12] = [
    Row::found(
        Closure::Implemented,
        &[Assessed::Implemented],
        "It can be closed as done only after a published assessment says that it is implemented. Where that is so no longer, \
         record “It no longer holds”",
    ),
    Row::found(
        Closure::OtherMeans,
        &[Assessed::ImplementedByOtherMeans],
        "It can be closed as done by other means only after a published assessment says that it is implemented by other \
         means. Where that is so no longer, record “It no longer holds”",
    ),
    Row {
        closure: Closure::OnTheBodysWord,
        response: Allowed::Any,
        reported: Allowed::Only(
            &[Reported::ReportedComplete, Reported::InPlace],
            "It can be closed on the body’s own word only while the body says that it is complete or in place. Where it says \
             something else, open it again first",
        ),
        assessed: Allowed::Only(
            &[Assessed::NotAssessed, Assessed::OnCourse],
            "It can be closed on the body’s own word only while nobody has found how far it is done. Where somebody has, close \
             it for that reason, or open it again first",
        ),
    },
    Row::found(
        Closure::PartlyNoFurtherAction,
        &[Assessed::PartlyImplemented, Assessed::NotEnoughDone],
        "It can be closed as partly done only while the published assessment says that part of it is done. If it is closed \
         already, open it again first",
    ),
    Row {
        closure: Closure::Rejected,
        response: Allowed::Only(
            &[Response::Rejected],
            "It can be closed as rejected only while the body’s recorded answer is a rejection. If it is closed already, open it \
             again first",
        ),
        reported: Allowed::Any,
        assessed: Allowed::Only(
            &[
                Assessed::NotAssessed,
                Assessed::OffCourse,
                Assessed::NotShown,
                Assessed::NotImplemented,
                Assessed::ContraryAction,
                Assessed::CannotDetermine,
            ],
            "It cannot be closed as rejected while an assessment says that at least part of it is done",
        ),
    },
    Row::found(
        Closure::NotImplemented,
        &[Assessed::NotImplemented, Assessed::ContraryAction],
        "It can be closed as not implemented only while the published assessment says so. If it is closed already, open it \
         again first",
    ),
    Row::found(
        Closure::CannotDetermine,
        &[Assessed::CannotDetermine, Assessed::NotShown],
        "It can be closed as not to be determined only while the published assessment says that nobody can tell. If it is \
         closed already, open it again first",
    ),
    Row::any(Closure::Superseded),
    Row::any(Closure::InParts),
    Row::any(Closure::NoLongerApplicable),
    Row::any(Closure::WithdrawnByIssuer),
    Row::any(Closure::RecordedInError),
];

impl Combination {
    /// Why these values may not stand together; `None` where they may.
    #[must_use]
    pub fn refusal(&self) -> Option<&'static str> {
        match (self.lifecycle, self.closure) {
            (Lifecycle::Closed, None) => Some("Choose why it is closed"),
            (Lifecycle::Open | Lifecycle::Lapsed, Some(_)) => {
                Some("A reason for closing belongs only to closing; clear it")
            }
            (Lifecycle::Open | Lifecycle::Lapsed, None) => None,
            (Lifecycle::Closed, Some(closure)) => {
                let Some(row) = TABLE.iter().find(|row| row.closure == closure) else {
                    return Some("This reason for closing is not in the table of what may stand together");
                };
                let by_response = row.response.refusal(self.response);
                by_response.or(row.reported.refusal(self.reported)).or(row.assessed.refusal(self.assessed))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::lifecycle::is_done;

    fn any_of<T: Copy + std::fmt::Debug + 'static>(values: &'static [T]) -> impl Strategy<Value = T> {
        prop::sample::select(values)
    }

    prop_compose! {
        fn combination()(
            response in any_of(Response::ALL),
            reported in any_of(Reported::ALL),
            assessed in any_of(Assessed::ALL),
            lifecycle in any_of(Lifecycle::ALL),
            closure in prop::option::of(any_of(Closure::ALL)),
        ) -> Combination {
            Combination { response, reported, assessed, lifecycle, closure }
        }
    }

    /// Every combination that there is.
    fn every() -> impl Iterator<Item = Combination> {
        let closures = || std::iter::once(None).chain(Closure::ALL.iter().copied().map(Some));
        Response::ALL.iter().copied().flat_map(move |response| {
            Reported::ALL.iter().copied().flat_map(move |reported| {
                Assessed::ALL.iter().copied().flat_map(move |assessed| {
                    Lifecycle::ALL.iter().copied().flat_map(move |lifecycle| {
                        closures().map(move |closure| Combination { response, reported, assessed, lifecycle, closure })
                    })
                })
            })
        })
    }

    #[test]
    fn the_table_has_one_row_for_each_reason_and_each_can_be_closed_for() {
        for closure in Closure::ALL.iter().copied() {
            assert_eq!(TABLE.iter().filter(|row| row.closure == closure).count(), 1, "{closure}");
            let closed = every().filter(|it| it.lifecycle == Lifecycle::Closed && it.closure == Some(closure));
            assert!(closed.filter(|it| it.refusal().is_none()).count() > 0, "{closure}");
        }
    }

    #[test]
    fn each_of_all_combinations_is_allowed_or_refused_with_a_sentence() {
        let (mut allowed, mut refused) = (0, 0);
        for it in every() {
            match it.refusal() {
                None => allowed += 1,
                Some(sentence) => {
                    refused += 1;
                    assert!(sentence.len() > 20 && sentence.starts_with(char::is_uppercase), "{it:?}: {sentence}");
                }
            }
        }
        assert_eq!(allowed + refused, 10 * 7 * 11 * 3 * 13);
        assert!(allowed > 0 && refused > 0);
    }

    proptest! {
        #[test]
        fn what_is_open_or_open_again_goes_together_with_anything(it in combination()) {
            if it.lifecycle != Lifecycle::Closed {
                prop_assert_eq!(it.refusal().is_none(), it.closure.is_none());
            }
        }

        #[test]
        fn what_is_closed_as_done_is_done_and_what_was_rejected_never_is(it in combination()) {
            if it.lifecycle == Lifecycle::Closed && it.refusal().is_none() {
                let closure = it.closure.unwrap();
                if closure.is_done() {
                    prop_assert!(is_done(it.assessed, it.lifecycle));
                }
                if closure == Closure::Rejected || closure == Closure::OnTheBodysWord {
                    prop_assert!(!is_done(it.assessed, it.lifecycle));
                }
            }
        }
    }
}
