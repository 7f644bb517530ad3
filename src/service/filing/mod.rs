//! Filings: what a body hands in, what an overseer proposes, and what another person publishes or sends back.

mod file;
mod propose;
mod publish;
mod send_back;

pub use file::{FileReturn, Refile, Returned};
pub use propose::{Propose, Target};
pub use publish::Publish;
pub use send_back::SendBack;
