//! What became of a body as data: its names, its successions, and who answers now for what it was asked.

use serde::Serialize;
use utoipa::ToSchema;

use super::event::EventData;
use crate::domain::id::BodyId;
use crate::domain::moment::{Day, Happened, Precision};
use crate::domain::succession::SuccessionKind;
use crate::store::body::{BodyView, Succession};
use crate::store::event::{self, Event};
use crate::store::group::{self, Member};
use crate::store::succession::{self, Moves};
use crate::store::{self, ReadTx};

/// A name that a body had here.
#[derive(Serialize, ToSchema)]
#[schema(as = BodyNameThen)]
pub(in crate::web) struct NameData {
    name: String,
    /// Since when it has it, where that is known; null where it is not.
    since: Option<Day>,
    since_precision: Precision,
    /// The change that recorded it, and its day.
    change: i64,
    recorded_on: Day,
}

/// That one body took another's place.
#[derive(Serialize, ToSchema)]
#[schema(as = Succession)]
pub(in crate::web) struct SuccessionData {
    /// The other body: its part of the address.
    body: String,
    kind: SuccessionKind,
    /// Null where nobody knows the day.
    happened_on: Option<Day>,
    happened_precision: Precision,
    /// The change that recorded it.
    change: i64,
}

/// How many answers of one body another one answers.
#[derive(Serialize, ToSchema)]
#[schema(as = AnswersMoved)]
pub(in crate::web) struct MovedData {
    /// That body: its part of the address.
    body: String,
    answers: u64,
}

/// A member of a group, or a group that a body belongs to.
#[derive(Serialize, ToSchema)]
#[schema(as = Membership)]
pub(in crate::web) struct MemberData {
    /// The other one: its part of the address.
    body: String,
    /// Null where nobody knows since when.
    from: Option<Day>,
    from_precision: Precision,
    /// Null where it goes on, and where it has left on a day that nobody knows.
    until: Option<Day>,
    until_precision: Precision,
    /// Whether it has left, be it on a day that nobody knows.
    has_left: bool,
    /// The change that recorded it.
    change: i64,
}

impl MemberData {
    fn new(member: &Member) -> Self {
        let dates = member.dates;
        let until = dates.until.unwrap_or(Happened::UNKNOWN);
        Self {
            body: member.body.slug.to_string(),
            from: dates.from.day,
            from_precision: dates.from.precision,
            until: until.day,
            until_precision: until.precision,
            has_left: dates.until.is_some(),
            change: member.seq.0,
        }
    }
}

/// What is said of a body's past, and of what became of it.
#[derive(Serialize, ToSchema)]
#[schema(as = BodyHistory)]
pub(in crate::web) struct HistoryData {
    /// Other names that people know it by.
    also_known_as: Vec<String>,
    /// Every name that it had here, the first first.
    names: Vec<NameData>,
    /// The bodies that it took the place of.
    took_over_from: Vec<SuccessionData>,
    /// The bodies that took its place.
    succeeded_by: Vec<SuccessionData>,
    /// Of what it answers and is counted under it: how much others were asked.
    answers_taken_over: Vec<MovedData>,
    /// Of what it was asked: how much others answer now, and is counted under them.
    answers_handed_on: Vec<MovedData>,
    /// What happened to it and is no succession, the last first.
    events: Vec<EventData>,
    /// Its members, where it is a group.
    members: Vec<MemberData>,
    /// The groups that it belongs to.
    groups: Vec<MemberData>,
    /// For how many of the answers counted under it is it not decided here which body answers now.
    answers_not_decided: u64,
}

/// How many events are shown.
const EVENTS: i64 = 200;

/// Reads what the history of a body is made from, besides the body itself.
///
/// # Errors
/// When the database fails.
pub(in crate::web) fn read(tx: &mut ReadTx<'_>, body: BodyId) -> Result<Past, store::Error> {
    Ok((succession::moves(tx, body)?, event::find(tx, &event::Of::Body(body), EVENTS)?, group::of_body(tx, body)?))
}

/// What became of its answers, its events, and its members with its groups.
pub(in crate::web) type Past = (Moves, Vec<Event>, [Vec<Member>; 2]);

impl HistoryData {
    pub(in crate::web) fn new(view: &BodyView, (moves, events, [members, groups]): &Past) -> Self {
        let told = |list: &[Succession]| {
            list.iter()
                .map(|one| SuccessionData {
                    body: one.body.slug.to_string(),
                    kind: one.kind,
                    happened_on: one.happened.day,
                    happened_precision: one.happened.precision,
                    change: one.seq.0,
                })
                .collect()
        };
        let moved = |list: &[(crate::store::body::BodyName, u64)]| {
            list.iter().map(|(body, answers)| MovedData { body: body.slug.to_string(), answers: *answers }).collect()
        };
        let name = |named: &crate::store::body::Named| NameData {
            name: named.name.clone(),
            since: named.since.day,
            since_precision: named.since.precision,
            change: named.seq.0,
            recorded_on: named.day,
        };
        Self {
            also_known_as: view.also.clone(),
            names: view.names.iter().map(name).collect(),
            took_over_from: told(&view.before),
            succeeded_by: told(&view.after),
            events: events.iter().map(EventData::new).collect(),
            members: members.iter().map(MemberData::new).collect(),
            groups: groups.iter().map(MemberData::new).collect(),
            answers_taken_over: moved(&moves.from),
            answers_handed_on: moved(&moves.to),
            answers_not_decided: moves.undecided,
        }
    }
}
