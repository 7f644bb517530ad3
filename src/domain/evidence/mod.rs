//! Evidence: what a claim rests on. A link with the day on which somebody saw it, or a file whose content was looked at before
//! it was kept; private until somebody publishes it.
//!
//! Start with [`Rung`] (how much it bears), then `file` (which files are taken, and why not), `container` (what office files
//! hold) and `hidden` (what is easily overlooked in them).

mod container;
mod fault;
mod file;
mod hidden;
mod kind;
mod readers;
mod rung;

pub use fault::FileFault;
pub use file::{FILE_LIMIT, Looked, look, look_within};
pub use hidden::Hidden;
pub use kind::{EvidenceKind, FileKind};
pub use readers::Readers;
pub use rung::Rung;
