//! Filings: what a body hands in, what an overseer proposes, and what another person publishes, sends back or takes back.

mod accuracy;
mod agreed;
mod file;
mod propose;
mod publish;
mod release;
mod send_back;
mod withdraw;

pub use accuracy::{Reply, ReplyToFinding};
pub(super) use file::DAYS_EARLY;
pub use file::{FileReturn, Refile, Returned};
pub(super) use propose::check_wording;
pub use propose::{Propose, Target};
pub use publish::Publish;
pub(super) use release::release;
pub use send_back::SendBack;
pub use withdraw::{Withdraw, is_to_be_taken_back};
