//! Mails as files: what a file is called, how it is written, and when it is removed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::send::Parcel;
use crate::domain::moment::Moment;

/// The moment that begins each name, so that names sort by time.
const STAMP: &str = "%Y-%m-%dT%H%M%SZ";
/// The same with each digit as a nought.
const SHAPE: &str = "0000-00-00T000000Z";

fn stamp(at: Moment) -> String {
    at.timestamp().strftime(STAMP).to_string()
}

/// Sorts by time, and is the same for each try of one mail: a second try writes the same file again.
pub(super) fn name(mail: &Parcel<'_>) -> String {
    format!("{}-{}.eml", stamp(mail.at), mail.reference)
}

/// Whole or not at all, and on disk when it returns. Mails hold one-time links: only the owner may read them.
pub(super) fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let (part, path) = (folder.join(format!(".{name}.part")), folder.join(name));
    let written = private(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(fault) = written.and_then(|()| fs::rename(&part, &path)) {
        // Where there is no room, half a mail would only take up some of it.
        drop(fs::remove_file(&part));
        return Err(fault);
    }
    File::open(folder)?.sync_all()?;
    Ok(path)
}

fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Removes the mails queued before `before`, unless `needed` says of a reference that it went only later. What a crash left
/// half-written goes too; a file of another kind of name is not ours and stays. Answers how many were removed.
///
/// # Errors
/// When the folder cannot be read, or a file not removed; the others were tried all the same.
pub fn remove_old(folder: &Path, before: Moment, needed: impl Fn(&str) -> bool) -> io::Result<usize> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // Nobody has written a mail here yet.
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(fault) => return Err(fault),
    };
    let before = stamp(before);
    let (mut removed, mut failed) = (0, None);
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(fault) => {
                failed = Some(fault);
                continue;
            }
        };
        let file = entry.file_name();
        let old =
            file.to_str().and_then(read).is_some_and(|(at, reference)| at < before.as_str() && !needed(reference));
        if !old {
            continue;
        }
        match fs::remove_file(entry.path()) {
            Ok(()) => removed += 1,
            Err(fault) => failed = Some(fault),
        }
    }
    failed.map_or(Ok(removed), Err)
}

/// The moment and the reference in a name that was made here; moments compare as text.
fn read(name: &str) -> Option<(&str, &str)> {
    let whole = name.strip_prefix('.').and_then(|name| name.strip_suffix(".part")).unwrap_or(name);
    let (at, reference) = whole.strip_suffix(".eml")?.split_at_checked(SHAPE.len())?;
    let shape =
        |text: &str| text.chars().map(|sign| if sign.is_ascii_digit() { '0' } else { sign }).collect::<String>();
    (shape(at) == SHAPE).then_some((at, reference.strip_prefix('-')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_old_goes_and_what_is_needed_or_not_ours_stays() {
        let folder = tempfile::tempdir().unwrap();
        let before: Moment = "2027-01-18T03:30:00Z".parse().unwrap();
        assert_eq!(remove_old(&folder.path().join("mail"), before, |_| false).unwrap(), 0);
        let stay = [
            "2027-01-18T033000Z-on-the-second.eml",
            "2027-01-10T080000Z-needed.eml",
            "2026-01-01-notes.eml",
            "2026-01-01T000000Z-notes.txt",
            "notes.eml",
            "ö.eml",
        ];
        let go = ["2027-01-18T032959Z-a.eml", "2026-11-23T083000Z-r-17.eml", ".2026-11-23T083000Z-r-18.eml.part"];
        for name in stay.iter().chain(&go) {
            fs::write(folder.path().join(name), "a mail").unwrap();
        }
        assert_eq!(remove_old(folder.path(), before, |reference| reference == "needed").unwrap(), go.len());
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        let mut stay = stay.to_vec();
        stay.sort_unstable();
        assert_eq!(left, stay);
    }
}
