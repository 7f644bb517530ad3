//! How to follow what a page is about: what stands under "Follow" on it, and in its head for feed readers.

use crate::domain::address;
use crate::domain::subscription::TopicKind;

/// The ways to follow one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// What is followed, inside a sentence: "this inquiry".
    pub what: &'static str,
    /// Where its feed is.
    pub feed: String,
    /// Where somebody asks for mail about it.
    pub mail: String,
    /// Where its dates are in a calendar, where it has one.
    pub calendar: Option<String>,
}

impl Follow {
    /// Everything that is published here.
    #[must_use]
    pub fn register() -> Self {
        Self::of("this register", address::CHANGES, (TopicKind::Everything, "", None))
    }

    /// An inquiry and everything in it.
    #[must_use]
    pub fn inquiry(inquiry: &str) -> Self {
        let page = address::inquiry(inquiry);
        let mail = (TopicKind::Inquiry, inquiry, None);
        Self { calendar: Some(format!("{page}/calendar.ics")), ..Self::of("this inquiry", &page, mail) }
    }

    /// A recommendation and all its answers.
    #[must_use]
    pub fn recommendation(inquiry: &str, number: &str) -> Self {
        let mail = (TopicKind::Recommendation, inquiry, Some(number));
        Self::of("this recommendation", &address::recommendation(inquiry, number), mail)
    }

    /// A body and everything that was put to it.
    #[must_use]
    pub fn body(body: &str) -> Self {
        Self::of("this body", &address::body(body), (TopicKind::Body, body, None))
    }

    fn of(what: &'static str, page: &str, (kind, name, number): (TopicKind, &str, Option<&str>)) -> Self {
        Self { what, feed: address::feed(page), mail: address::subscribe(kind, name, number), calendar: None }
    }
}
