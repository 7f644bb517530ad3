//! Recording where answers and updates of an inquiry were looked for. Never edited: a wrong entry is put right by another.

use super::post::is_a_post;
use super::{Act, Done, Error, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::ChangeKind;
use crate::domain::coverage::{Found, Sought};
use crate::domain::id::{BodyId, Seq};
use crate::domain::moment::{Day, Happened};
use crate::domain::problem::Problems;
use crate::domain::rule::{self, Frame};
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::coverage::{self, Of};
use crate::store::ledger::{NewChange, NewCoverage, insert_coverage, lock_newest, open_change};
use crate::store::{WriteTx, body, inquiry};

/// How many looks of an inquiry are searched for the one to correct.
const MOST: i64 = 1000;

/// One look.
#[derive(Debug, Clone)]
pub struct RecordCoverage {
    /// The inquiry.
    pub inquiry: Slug,
    /// The body whose answers were looked for; `None` for all of them.
    pub body: Option<BodyId>,
    /// What was looked for.
    pub what: Sought,
    /// Where, in public.
    pub place: Option<String>,
    /// An address of that place.
    pub source_url: Option<String>,
    /// When.
    pub looked_on: Option<Day>,
    /// By which post.
    pub by_post: Option<String>,
    /// What was found.
    pub found: Found,
    /// The change that published the look which this one puts right.
    pub corrects: Option<Seq>,
    /// Why that was wrong, in public.
    pub correction: Option<String>,
}

impl Service {
    /// Publishes a look.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`RecordCoverage`]. `Stale` when the look was put right already.
    pub async fn record_coverage(&self, act: Act, command: RecordCoverage) -> Result<Done, Error> {
        self.once(act, move |tx, act| record(tx, act, command)).await
    }
}

fn record(tx: &mut WriteTx<'_>, act: &Act, command: RecordCoverage) -> Result<Done, Error> {
    let about = About { body: command.body, ..About::default() };
    may(act.actor, Deed::RecordFact, about)?;
    let found = inquiry::find(tx, &command.inquiry)?;
    may(act.actor, Deed::RecordFact, about.of(found.name.id))?;
    // Nobody else puts the same look right until this ends.
    lock_newest(tx)?;
    let wrong = match command.corrects {
        Some(seq) => {
            let looks = coverage::find(tx, &Of::Inquiry(found.name.id), MOST)?;
            let wrong = looks.into_iter().find(|look| look.seq == seq).ok_or(Error::NotFound)?;
            if wrong.corrected_by.is_some() {
                return Err(Error::Stale);
            }
            Some(wrong)
        }
        None => None,
    };
    let corrects = wrong.as_ref().map(|wrong| wrong.id);
    // What puts a look for one answer right is a look for that answer.
    let one = wrong.as_ref().and_then(|wrong| wrong.recommendation.as_ref()).map(|(id, _)| *id);
    let frame = Frame { published_on: found.published_on, today: act.day };
    let mut problems = Problems::none();
    if let Some(id) = command.body
        && !body::is_asked_in(tx, found.name.id, id)?
    {
        problems.add("body", "This inquiry has not asked that body anything. Choose one that it asked, or all of them");
    }
    if one.is_some() && wrong.is_some_and(|wrong| wrong.body.map(|body| body.id) != command.body) {
        problems.add("body", words::LOOK_OF_ONE);
    }
    if command.place.is_none() {
        problems.add("place", "Enter where it was looked for, such as the name of a web site or of minutes");
    }
    match command.looked_on {
        Some(day) => rule::past(&mut problems, "looked_on", Happened::on(day), true, frame),
        None => problems.add("looked_on", "Enter the day on which it was looked for"),
    }
    if command.by_post.is_none() {
        problems.add("by_post", "Enter which post looked, such as “scrutiny officer”; never a person’s name");
    }
    is_a_post(tx, &mut problems, "by_post", command.by_post.as_deref())?;
    if corrects.is_some() && command.correction.is_none() {
        problems.add("correction", "Enter why the earlier entry was wrong");
    }
    act.publishable(problems)?;
    let change = NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        body_id: command.body,
        inquiry_id: Some(found.name.id),
        recommendation_id: one,
        reason: corrects.and(command.correction),
        ..NewChange::of(ChangeKind::Coverage, act.now, act.day)
    };
    let seq = open_change(tx, &change)?;
    let row = NewCoverage {
        inquiry_id: found.name.id,
        body_id: command.body,
        recommendation_id: one,
        what: command.what,
        where_looked: command.place.unwrap_or_default(),
        source_url: command.source_url,
        looked_on: command.looked_on.unwrap_or(act.day),
        by_post: command.by_post.unwrap_or_default(),
        found: command.found,
        author_id: Some(act.actor.person),
        corrects,
    };
    insert_coverage(tx, seq, &row)?;
    Ok(Done::published(address::coverage(found.name.slug.as_str()), seq))
}
