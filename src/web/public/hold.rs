//! Holds as entries of a timeline: that nothing new is published about something, or is again.

use super::say;
use crate::domain::id::Seq;
use crate::domain::words;
use crate::store::hold::Published;
use crate::store::timeline::Timeline;
use crate::web::part::timeline::Entry;

/// Each step with the change that published it, whose own reason says why. `named`: what it is about is named.
pub fn entries(timeline: &Timeline, named: bool) -> impl Iterator<Item = (Seq, Entry)> {
    timeline.holds.iter().map(move |row| (row.step.seq, entry(timeline, row, named)))
}

fn entry(timeline: &Timeline, row: &Published, named: bool) -> Entry {
    let recommendation = row.on.recommendation.and_then(|id| timeline.recommendations.get(&id));
    let inquiry = timeline.changes.get(&row.step.seq).and_then(|change| change.inquiry.as_ref());
    let of = recommendation.map(say::recommendation_of).or_else(|| inquiry.map(say::inquiry));
    Entry {
        sentence: words::hold_step(row.step.step, row.on.reach(), row.kind, row.step.review_on),
        body: of.filter(|_| named),
        ..Entry::default()
    }
}
