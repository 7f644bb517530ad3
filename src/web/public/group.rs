//! A group of bodies on its page: its members with their dates, what all of them together come to, and what was put to it; of a body,
//! the groups that it belongs to.

use super::{say, total};
use crate::domain::address;
use crate::domain::id::{BodyId, RecommendationId};
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::group::{self, Member};
use crate::store::tally::{self, Counted, Tally};
use crate::store::{self, ReadTx};
use crate::web::part::Link;

/// What a body's page says of groups.
pub struct Groups {
    /// The members, each with its page, its dates and what became of it; none where it is no group.
    pub members: Vec<(Link, String)>,
    /// How many belong to it now, and what their answers come to.
    pub together: Option<String>,
    /// What was put to it, each with the change that did.
    pub asked: Vec<(Link, Link)>,
    /// The groups that it belongs to.
    pub belongs_to: Vec<(Link, String)>,
}

/// Reads it.
///
/// # Errors
/// When the database fails.
pub fn read(tx: &mut ReadTx<'_>, body: BodyId, today: Day) -> Result<Groups, store::Error> {
    let [members, groups] = group::of_body(tx, body)?;
    let now: Vec<BodyId> =
        members.iter().filter(|member| member.dates.holds_on(today)).map(|member| member.body.id).collect();
    // What nobody took over of one that ended is still counted under it.
    let tallies = tally::of_bodies(tx, now.iter().copied())?;
    let chain = store::succession::chain(tx)?;
    let (ended, lasting): (Vec<BodyId>, Vec<BodyId>) =
        now.iter().copied().partition(|body| chain.has_ended(*body, today));
    let is_left = |body: &BodyId| tallies.get(&body.0).is_some_and(|tally| tally.all(Counted::Answers) > 0);
    let together = (!members.is_empty()).then(|| {
        let whole = total::of_body(&Tally::together(tallies.values()));
        let left = ended.iter().any(is_left).then_some(words::LEFT_OF_MEMBERS.to_owned());
        let said = [words::members_together(lasting.len() as u64), whole].into_iter().chain(left);
        said.collect::<Vec<String>>().join(". ")
    });
    let next = members.iter().flat_map(|one| chain.after(one.body.id)).map(|link| link.to).collect();
    let next = store::body::names(tx, next)?;
    let put = group::asked(tx, body)?;
    let about: Vec<RecommendationId> = put.iter().map(|(id, ..)| *id).collect();
    let about = store::recommendation::many(tx, about)?;
    let asked = put.iter().filter_map(|(id, as_of, seq)| {
        let one = about.iter().find(|one| one.id == *id)?;
        let change = Link::new(address::change(*seq), words::as_of_day(*as_of));
        Some((say::recommendation_of(one), change))
    });
    let line = |one: &Member| {
        let became = chain.after(one.body.id).iter().filter(|link| link.certain() <= today).filter_map(|link| {
            let to = next.iter().find(|body| body.id == link.to)?;
            Some(words::became(link.kind, &to.name, link.happened))
        });
        let said = std::iter::once(words::member_dates(one.dates.from, one.dates.until)).chain(became);
        (say::body(&one.body), said.collect::<Vec<String>>().join(". "))
    };
    let belongs = |one: &Member| {
        let said = words::belongs_to(&one.body.name, one.dates.from, one.dates.until);
        (say::body(&one.body), said)
    };
    Ok(Groups {
        members: members.iter().map(line).collect(),
        together,
        asked: asked.collect(),
        belongs_to: groups.iter().map(belongs).collect(),
    })
}
