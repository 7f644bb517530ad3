//! Writing the register by hand: inquiries and their events, bodies, recommendations and their numbers, themes, schedules.
//! What is published is never edited: each deed puts another dated row beside it, with its reason.

mod body;
mod entry;
mod event;
mod group;
mod inquiry;
mod mistaken;
mod number;
mod schedule;
mod succession;
mod theme;

pub use body::{AmendBody, MoveBody, TakeInBody};
pub use entry::TakeInRecommendation;
pub use event::{EventOf, RecordEvent};
pub use group::{PutToGroup, RecordMember};
pub use inquiry::{AmendInquiry, Described, TakeInInquiry};
pub use mistaken::FindMistaken;
pub use number::Renumber;
pub use schedule::{ScheduleInquiry, can_be_asked};
pub(super) use succession::bring;
pub use succession::{PassOn, RecordSuccession};
pub use theme::{MakeTheme, RenameTheme, SetThemes};

use super::Act;
use crate::domain::change::ChangeKind;
use crate::domain::problem::Problems;
use crate::store::ledger::NewChange;

/// A change of this kind in this person's role.
fn change(act: &Act, kind: ChangeKind, reason: Option<String>) -> NewChange {
    NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        reason,
        ..NewChange::of(kind, act.now, act.day)
    }
}

/// What takes the place of something published says why.
fn why(problems: &mut Problems, reason: Option<&String>) {
    if reason.is_none() {
        problems.add("reason", "Enter why, for everybody to read");
    }
}
