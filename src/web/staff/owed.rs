//! What a body still owes on one item, as its own people read it: an answer and a decision before the next update.

use crate::domain::deadline::DeadlineKind;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::addressee::Answer;
use crate::store::detail::Details;

/// One thing that is owed.
pub struct Line {
    /// What, and by when or since when.
    pub words: String,
    /// Whether its day has passed, as far as this register may say so.
    pub missed: bool,
}

/// Everything that is owed by a date; where nothing is, that no schedule is set.
pub fn lines(answer: &Answer, details: &Details, today: Day) -> Vec<Line> {
    let kinds = [DeadlineKind::Response, DeadlineKind::Decision, DeadlineKind::Return, DeadlineKind::Target];
    let mut lines: Vec<Line> = kinds.into_iter().filter_map(|kind| line(answer, details, kind, today)).collect();
    if lines.is_empty() {
        lines.push(Line { words: words::NO_SCHEDULE.to_owned(), missed: false });
    }
    lines
}

fn line(answer: &Answer, details: &Details, kind: DeadlineKind, today: Day) -> Option<Line> {
    let due = answer.due(kind)?;
    if let Some(on) = details.missed(answer, kind, today) {
        return Some(Line { words: words::owed_since(kind, on, today), missed: true });
    }
    // A target stands with what the body said itself; and nothing else than an update is owed on what is closed.
    let is_closed = answer.lifecycle.value == Lifecycle::Closed;
    if kind == DeadlineKind::Target || (is_closed && kind != DeadlineKind::Return) {
        return None;
    }
    let words = words::due(kind, due.on);
    let words = match details.unheard(answer, kind, today) {
        Some(_) => format!("{words}; {}", words::unheard(kind)),
        None => format!("{words}, {}", words::distance(due.on, today)),
    };
    Some(Line { words, missed: false })
}
