//! The lists behind the tasks of `/staff`: what waits, of everybody or of what this person leads, the oldest first, page by
//! page.

mod answers;
mod documents;
mod suspicions;
mod undecided;
mod work;

pub use answers::{due, extensions, moved, not_lately, silent, to_assess, to_compare, to_look_at_again};
pub use documents::{marks, not_looked_through};
pub use suspicions::to_relate;
pub use undecided::undecided;
pub use work::{CONFIRMED, sent_back, to_confirm, to_publish, too_long, too_long_before};

use askama::Template;
use jiff::tz::TimeZone;

use crate::domain::address;
use crate::domain::deadline::DeadlineKind;
use crate::domain::text::text_enum;
use crate::domain::words;
use crate::store::charge::Whose;
use crate::store::desk::{Uncompared, Work};
use crate::store::waiting::{List, Waits};
use crate::web::actor::Staff;
use crate::web::part::Link;
use crate::web::part::pager::Pager;
use crate::web::public::query::{self, Query};
use crate::web::shell::Shell;

/// How far ahead `/staff` looks for what is due.
pub const DAYS_AHEAD: i64 = 30;
/// How many rows a page shows.
const SIZE: usize = 50;

text_enum! {
    /// Whose list is shown.
    pub enum Asked as "list" {
        /// What this person leads or stands in for.
        Mine = "mine",
        /// Everybody's.
        Everybody = "everybody",
    }
}

/// Whose list the address asks for; everybody's where it does not say.
pub fn whose(query: &mut Query, staff: &Staff) -> (Asked, Whose) {
    let asked = query.one::<Asked>("whose").unwrap_or(Asked::Everybody);
    (asked, of(asked, staff))
}

/// The list of this person or of everybody. A role that is limited to some inquiries has nothing to do in the others.
pub fn of(asked: Asked, staff: &Staff) -> Whose {
    Whose {
        led_by: (asked == Asked::Mine).then_some(staff.actor.person),
        within: staff.actor.reach.inquiries(),
        of_body: None,
    }
}

/// One thing that waits.
pub struct Row {
    /// What it is, with its page.
    pub title: Link,
    /// Where it belongs.
    pub place: String,
    /// Who handed it in and when, or what is due.
    pub line: Option<String>,
}

/// Who owes an answer on a list, and of whom it was asked where that was another body.
pub fn owed_by(waits: &Waits) -> String {
    words::owed_by(&waits.answerer, &waits.body)
}

/// Who answers for what a piece of work is about, and of whom that was asked where it was another body.
pub fn work_owed_by(work: &Work) -> Option<String> {
    Some(words::owed_by(work.answerer.as_deref()?, work.body.as_deref()?))
}

impl Row {
    /// A piece of unpublished work.
    pub fn of_work(work: &Work, zone: &TimeZone) -> Self {
        let title = work.title.named(&work.number);
        let kind = words::filing_kind(work.kind);
        Self {
            title: Link::new(address::filing(&work.reference), format!("{kind}: {title}")),
            place: words::item(Some(&work.inquiry), Some(&work.number), work_owed_by(work).as_deref()),
            line: Some(work.submitted_at.map_or_else(
                || words::written_by(&work.author_name),
                |at| words::handed_in(at, zone, &work.author_name),
            )),
        }
    }

    /// An answer, with what its list says of it.
    pub fn of_answer(waits: &Waits, list: List) -> Self {
        let line = match list {
            List::ToAssess => words::said_so_on(waits.day),
            List::Due(kind, _) => words::due(kind, waits.day),
            List::ToLookAgain => words::due(DeadlineKind::Recheck, waits.day),
            List::NotLately => words::not_lately_since(waits.day),
            List::OpenOf(_) => words::taken_in(waits.day),
            List::Moved => words::moved_on(waits.day, waits.target_on, waits.times_moved),
        };
        Self {
            title: Link::new(
                address::staff_answer(&waits.inquiry_slug, &waits.number, &waits.body_slug),
                waits.title.named(&waits.number),
            ),
            place: words::item(Some(&waits.inquiry), Some(&waits.number), Some(&owed_by(waits))),
            line: Some(line),
        }
    }

    fn of_uncompared(one: &Uncompared) -> Self {
        Self {
            title: Link::new(
                address::staff_recommendation(&one.inquiry_slug, &one.number),
                one.title.named(&one.number),
            ),
            place: words::item(Some(&one.inquiry), Some(&one.number), None),
            line: Some(words::entry_checked(one.text_kind, one.checked).to_owned()),
        }
    }
}

/// The page of any of these lists.
#[derive(Template)]
#[template(path = "staff/waiting/list.html")]
struct ListPage {
    shell: Shell,
    means: &'static str,
    empty: &'static str,
    /// Yours and everybody's, and which of them this is; none where a list is one person's anyway.
    tabs: Vec<(Link, bool)>,
    /// What can be done with several of them at once.
    several: Option<Link>,
    rows: Vec<Row>,
    own: Vec<Row>,
    pager: Pager,
}

impl ListPage {
    fn new(shell: Shell, title: &'static str, means: &'static str, empty: &'static str) -> Self {
        let shell = shell.titled(title).crumb(address::STAFF, "Your work").unlisted();
        let (tabs, rows, own) = (Vec::new(), Vec::new(), Vec::new());
        Self { shell, means, empty, tabs, several: None, rows, own, pager: Pager::default() }
    }

    fn with(self, rows: Vec<Row>) -> Self {
        Self { rows, ..self }
    }

    /// Adds whose list it is, and the way on: `next` is the place of the next page.
    fn paged(self, here: &str, asked: Asked, later: bool, next: Option<String>) -> Self {
        let list = |whose: Asked| query::address(here, &[("whose", whose.as_str())]);
        let tab = |whose: Asked, words: &str| (Link::new(list(whose), words), whose == asked);
        let next = next.map(|next| query::address(here, &[("whose", asked.as_str()), ("after", &next)]));
        Self {
            tabs: vec![tab(Asked::Mine, "What you lead"), tab(Asked::Everybody, "Everybody\u{2019}s")],
            pager: Pager { previous: later.then(|| list(asked)), next },
            ..self
        }
    }
}
