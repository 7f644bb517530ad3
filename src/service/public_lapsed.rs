//! What of all that somebody follows was closed as done and no longer holds: it stands in each mail to them, until it is decided
//! on anew, and never makes a mail by itself.

use super::Error;
use crate::domain::address;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::mail::{Line, Matter, Section};
use crate::domain::moment::{Happened, Precision};
use crate::domain::subscription::TopicKind;
use crate::domain::words;
use crate::store::hold::InForce;
use crate::store::overdue::{self, Lapsed, Narrow};
use crate::store::subscription::Subscription;
use crate::store::{ReadTx, reach, recommendation};

/// How many a mail names; of more it says how many there are.
const LINES: usize = 10;

/// The part of a mail that says so; none where nothing of what they follow stands so. What a hold keeps back is left out.
pub(super) fn section(
    tx: &mut ReadTx<'_>,
    follows: &[Subscription],
    holds: &InForce,
) -> Result<Option<Section>, Error> {
    let mut lapsed = overdue::lapsed(tx, Narrow::default(), i64::MAX)?;
    let topics = reach::topics(tx, lapsed.iter().map(|lapse| lapse.recommendation))?;
    lapsed.retain(|lapse| {
        follows.iter().filter(|follow| follow.since.is_some()).any(|follow| match follow.kind {
            TopicKind::Everything => true,
            TopicKind::Body => [lapse.body.id.0, lapse.answerer.0].contains(&follow.target),
            kind => topics.get(&lapse.recommendation).is_some_and(|about| about.contains(&(kind, follow.target))),
        })
    });
    let about = recommendation::many(tx, lapsed.iter().map(|lapse| lapse.recommendation).collect())?;
    let line = |lapse: &Lapsed| {
        let one = about.iter().find(|one| one.id == lapse.recommendation)?;
        if holds.bearing_on(Some(one.inquiry.id), Some(one.id)).next().is_some() {
            return None;
        }
        let item = words::item(Some(&one.inquiry.short_title), Some(&one.number), Some(lapse.body.short()));
        let sentence = words::lifecycle_line(Lifecycle::Lapsed, None, Happened::new(lapse.on, Precision::On));
        let link = address::answer(one.inquiry.slug.as_str(), &one.number, lapse.body.slug.as_str());
        Some(Line { text: format!("{sentence}: {item}"), link })
    };
    let mut lines: Vec<Line> = lapsed.iter().filter_map(line).collect();
    if lines.is_empty() {
        return Ok(None);
    }
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    let link = (more > 0).then(|| "/overdue".to_owned());
    Ok(Some(Section { matter: Matter::Lapsed, lines, more: u64::try_from(more).unwrap_or(0), link }))
}
