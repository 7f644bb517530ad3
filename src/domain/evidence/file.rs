//! Which files are taken. What a file is follows from its content; what its name says must agree with that.

use super::container::{self, BOUNDS, Bounds};
use super::fault::FileFault;
use super::hidden::{self, Hidden};
use super::kind::FileKind;

/// The most bytes that a file may have: 10 MiB.
pub const FILE_LIMIT: usize = 10 * 1024 * 1024;

/// Room for a file's name. It is looked at and not kept, for names of files name people.
const NAME_LIMIT: usize = 255;

/// What a file is found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// What it is, by its content.
    pub kind: FileKind,
    /// What was found in it that is easily overlooked, each once.
    pub hidden: Vec<Hidden>,
}

/// Looks at a file.
///
/// # Errors
/// Why it is not taken.
pub fn look(name: &str, bytes: &[u8]) -> Result<Looked, FileFault> {
    within(name, bytes, BOUNDS)
}

/// The same within tighter bounds: what the file may unpack to, in bytes, and how many parts it may have.
///
/// # Errors
/// Why it is not taken.
pub fn look_within(name: &str, bytes: &[u8], unpacked: u64, parts: usize) -> Result<Looked, FileFault> {
    within(name, bytes, Bounds { unpacked, parts })
}

fn within(name: &str, bytes: &[u8], bounds: Bounds) -> Result<Looked, FileFault> {
    is_name(name)?;
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    if bytes.len() > FILE_LIMIT {
        return Err(FileFault::TooLarge);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let claimed = ending.as_deref().and_then(FileKind::of_ending);
    let (kind, mut found) = content(bytes, claimed, bounds)?;
    // A name without an ending claims nothing; any other must say what the file is.
    if ending.is_some() && claimed != Some(kind) {
        return Err(FileFault::NameLies);
    }
    hidden::in_bytes(kind, bytes, &mut found);
    found.sort_unstable();
    found.dedup();
    Ok(Looked { kind, hidden: found })
}

fn is_name(name: &str) -> Result<(), FileFault> {
    let good = !name.trim().is_empty()
        && name.chars().count() <= NAME_LIMIT
        && !name.starts_with('.')
        && !name.chars().any(|sign| sign.is_control() || matches!(sign, '/' | '\\' | ':'));
    if good { Ok(()) } else { Err(FileFault::Name) }
}

/// What the content shows.
fn content(bytes: &[u8], claimed: Option<FileKind>, bounds: Bounds) -> Result<(FileKind, Vec<Hidden>), FileFault> {
    let found = |kind| Ok((kind, Vec::new()));
    if bytes.starts_with(b"PK\x03\x04") {
        return container::look(bytes, bounds);
    }
    match infer::get(bytes).map(|kind| kind.mime_type()) {
        Some("application/pdf") => found(FileKind::Pdf),
        Some("image/png") => found(FileKind::Png),
        Some("image/jpeg") => found(FileKind::Jpeg),
        Some(_) => Err(FileFault::NotListed),
        None => {
            is_text(bytes)?;
            // A table as text and plain text differ in nothing but what they are meant for.
            found(if claimed == Some(FileKind::Csv) { FileKind::Csv } else { FileKind::Text })
        }
    }
}

/// Text that a reader can read: UTF-8, no signs but letters and line ends, and no language that a browser would run.
fn is_text(bytes: &[u8]) -> Result<(), FileFault> {
    let is_binary = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    if bytes.iter().any(is_binary) {
        return Err(FileFault::NotListed);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| FileFault::Encoding)?;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') || start.starts_with("#!") || start.starts_with("{\\rtf") || start.starts_with("%!") {
        return Err(FileFault::NotListed);
    }
    Ok(())
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
