//! The program itself, serving a register in a process of its own.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

/// A served register, ended when dropped.
pub struct Served {
    /// The process.
    pub child: Child,
    /// Where it listens, without a scheme.
    pub address: String,
}

impl Served {
    /// Serves a database, with everything else in a folder, and waits until it says where it listens.
    pub fn start(folder: &Path, database: &str, settings: &[(&str, &str)]) -> io::Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_followthrough"));
        command.args(["serve", "--no-jobs"]).current_dir(folder).env("RUST_LOG", "warn");
        command.env("FOLLOWTHROUGH_DATA_DIR", folder).env("FOLLOWTHROUGH_LISTEN", "127.0.0.1:0");
        command.env("DATABASE_URL", database).envs(settings.iter().copied());
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let said = child.stdout.take().ok_or_else(|| io::Error::other("it says nothing"))?;
        let mut lines = BufReader::new(said).lines();
        while let Some(line) = lines.next() {
            if let Some(rest) = line?.strip_prefix("Listening on http://") {
                let address = rest.split(' ').next().unwrap_or_default().to_owned();
                // What it says afterwards is read too: a program that can say nothing any more ends.
                thread::spawn(move || lines.for_each(drop));
                return Ok(Self { child, address });
            }
        }
        Err(io::Error::other("it did not say where it listens"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}
