//! Writing the register by hand: inquiries and their events, bodies, recommendations and their numbers, themes, schedules.
//! What is published is never edited: each deed puts another dated row beside it, with its reason.

mod body;
mod division;
mod entry;
mod event;
mod group;
mod inquiry;
mod mistaken;
mod number;
mod part;
pub(super) mod schedule;
mod succession;
mod theme;
mod tie;

pub use body::{AmendBody, MoveBody, TakeInBody};
pub use division::{Divide, field_of};
pub use entry::TakeInRecommendation;
pub use event::{EventOf, RecordEvent};
pub use group::{PutToGroup, RecordMember, members_to_ask};
pub use inquiry::{AmendInquiry, Described, TakeInInquiry};
pub use mistaken::FindMistaken;
pub use number::Renumber;
pub use part::TakeInPart;
pub use schedule::{ScheduleInquiry, can_be_asked};
pub(super) use succession::bring;
pub use succession::{PassOn, RecordSuccession};
pub use theme::{MakeTheme, RenameTheme, RetireTheme, SetThemes};
pub use tie::{SetTie, TiedTo, Wanted};

use super::Act;
use crate::domain::change::ChangeKind;
use crate::domain::problem::Problems;
use crate::store::ledger::NewChange;

/// A change of this kind in this person's role.
pub(super) fn change(act: &Act, kind: ChangeKind, reason: Option<String>) -> NewChange {
    NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        reason,
        ..NewChange::of(kind, act.now, act.day)
    }
}

/// What takes the place of something published says why.
pub(super) fn why(problems: &mut Problems, reason: Option<&String>) {
    if reason.is_none() {
        problems.add("reason", "Enter why, for everybody to read");
    }
}
