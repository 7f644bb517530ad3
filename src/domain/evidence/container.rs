//! Looking into office files, which are zip files: what they are, whether they unpack to more than anybody's document, and what
//! is hidden in them. Everything is unpacked once, within bounds, for what a zip file says of its own sizes may be a lie.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::fault::FileFault;
use super::hidden::{self, Hidden};
use super::kind::FileKind;

/// What an office file may hold. A document of 10 MiB that unpacks to more is none that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes once everything is unpacked.
    pub unpacked: u64,
    /// Parts.
    pub parts: usize,
}

/// The bounds that hold.
pub const BOUNDS: Bounds = Bounds { unpacked: 100 * 1024 * 1024, parts: 5_000 };

/// What the file is and what is hidden in it.
///
/// # Errors
/// Why it is not taken.
pub fn look(bytes: &[u8], bounds: Bounds) -> Result<(FileKind, Vec<Hidden>), FileFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Broken)?;
    if archive.len() > bounds.parts || archive.decompressed_size().is_some_and(|all| all > u128::from(bounds.unpacked))
    {
        return Err(FileFault::TooLargeInside);
    }
    let (mut left, mut found, mut kind) = (bounds.unpacked, Vec::new(), None);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| FileFault::Broken)?;
        if part.encrypted() {
            return Err(FileFault::Locked);
        }
        let name = part.name().map_err(|_| FileFault::Broken)?.into_owned();
        if name.ends_with("vbaProject.bin") || name.starts_with("Basic/") {
            return Err(FileFault::Macros);
        }
        let mut content = Vec::new();
        let read = part.take(left + 1).read_to_end(&mut content).map_err(|_| FileFault::Broken)?;
        left = left.checked_sub(u64::try_from(read).unwrap_or(u64::MAX)).ok_or(FileFault::TooLargeInside)?;
        kind = kind.or_else(|| kind_of(&name, &content));
        hidden::in_part(&name, &content, &mut found);
    }
    Ok((kind.ok_or(FileFault::NotListed)?, found))
}

/// The kind of document that a part shows the file to be.
fn kind_of(name: &str, content: &[u8]) -> Option<FileKind> {
    match name {
        "word/document.xml" => Some(FileKind::Docx),
        "xl/workbook.xml" => Some(FileKind::Xlsx),
        "mimetype" => {
            [FileKind::Odt, FileKind::Ods].into_iter().find(|kind| content.trim_ascii() == kind.media_type().as_bytes())
        }
        _ => None,
    }
}
