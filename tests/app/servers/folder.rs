//! The folder of one run, and the guardian that clears up whatever way the run ends.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Waits until this process is gone (the pipe closes, even on `kill -9`), then stops every PostgreSQL that was begun in the folder, and
/// removes it.
const GUARDIAN: &str = r#"
trap '' INT TERM HUP
while read -r _; do :; done
for pidfile in "$1"/postgres*/data/postmaster.pid "$1"/pair-*/*/data/postmaster.pid; do
    [ -f "$pidfile" ] || continue
    pid=$(head -n 1 "$pidfile")
    kill -INT "$pid" 2>/dev/null
    for _ in $(seq 200); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
    kill -KILL "$pid" 2>/dev/null
done
grep -F " $1/" /proc/mounts 2>/dev/null | cut -d' ' -f2 | while read -r at; do umount -l "$at"; done
rm -rf "$1"
"#;

/// A folder in the system's temporary folder; gone when the run is.
pub struct RunFolder {
    path: PathBuf,
    guardian: Child,
}

impl RunFolder {
    /// Makes the folder and sets its guardian beside it, in a process group of its own so that Ctrl-C passes it by.
    pub fn make() -> Result<Self, String> {
        let path = tempfile::Builder::new()
            .prefix("followthrough-tests-")
            .tempdir()
            .map_err(|error| format!("no temporary folder could be made: {error}"))?
            .keep();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())?;
        let guardian = Command::new("sh")
            .args(["-c", GUARDIAN, "guardian"])
            .arg(&path)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|error| format!("the guardian of {} could not be started: {error}", path.display()))?;
        Ok(RunFolder { path, guardian })
    }

    /// A new, empty folder for one story.
    pub fn fresh(&self, name: &str) -> tempfile::TempDir {
        tempfile::Builder::new().prefix(name).tempdir_in(&self.path).expect("a folder within the run's folder")
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for RunFolder {
    fn drop(&mut self) {
        drop(self.guardian.stdin.take());
        let _ended = self.guardian.wait();
    }
}
