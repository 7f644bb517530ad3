//! Filings: what a body hands in, what an overseer proposes, and what another person publishes, sends back or takes back.

mod accuracy;
mod agreed;
mod by_link;
mod draft;
mod file;
mod hand_in;
mod propose;
mod publish;
mod release;
mod send_back;
mod sheet;
mod sign_off;
mod withdraw;

pub use accuracy::{Reply, ReplyToFinding};
pub use by_link::{AskForCode, CodeAsked, CodeEntered, EnterCode, FileByLink, FiledByLink, SaidByLink};
pub use draft::{Drafted, SaveDraft};
pub use file::{FileReturn, Refile, Returned};
pub use propose::{Propose, Target};
pub(super) use propose::{check, check_wording};
pub use publish::Publish;
pub(super) use publish::publish_return;
pub(super) use release::release;
pub use send_back::SendBack;
pub use sheet::TakeSheet;
pub(super) use sign_off::is_needed;
pub use sign_off::{SendToAuthor, SignOff};
pub use withdraw::{Withdraw, is_to_be_taken_back};
