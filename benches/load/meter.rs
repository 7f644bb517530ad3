//! What processes take, as Linux tells it: the program's own, and those of a PostgreSQL server on this machine.

use std::fs;
use std::io;

/// Ticks of processor time in a second: what Linux gives to every program.
const TICKS: f64 = 100.0;

/// What a process took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    /// Seconds of processor time.
    pub seconds: f64,
    /// MiB of memory that it holds.
    pub resident: f64,
    /// MiB that it has held at most since it began.
    pub peak: f64,
    /// What the database server took beside it, where it runs on this machine and apart from the program.
    pub database: Option<Taken>,
}

impl Used {
    /// What it has taken by now.
    pub fn by(process: u32) -> io::Result<Self> {
        let status = status(process)?;
        Ok(Self {
            seconds: Stat::of(process)?.seconds,
            resident: mebibytes(&status, "VmRSS:"),
            peak: mebibytes(&status, "VmHWM:"),
            database: None,
        })
    }

    /// What it took since then.
    pub fn since(process: u32, before: Self) -> io::Result<Self> {
        let now = Self::by(process)?;
        Ok(Self { seconds: now.seconds - before.seconds, ..now })
    }
}

/// A process in one line.
struct Stat {
    name: String,
    parent: u32,
    /// Seconds of processor time of its own.
    seconds: f64,
    /// The same of those that it had started and that have ended.
    of_ended: f64,
}

impl Stat {
    fn of(process: u32) -> io::Result<Self> {
        let said = fs::read_to_string(format!("/proc/{process}/stat"))?;
        // The program's name, in brackets, may hold anything.
        let (head, rest) = said.rsplit_once(')').unwrap_or_default();
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let tick = |at: usize| -> f64 { fields.get(at).and_then(|number| number.parse().ok()).unwrap_or(0.0) };
        Ok(Self {
            name: head.split_once('(').map_or("", |(_, name)| name).to_owned(),
            parent: fields.get(1).and_then(|number| number.parse().ok()).unwrap_or(0),
            seconds: (tick(11) + tick(12)) / TICKS,
            of_ended: (tick(13) + tick(14)) / TICKS,
        })
    }

    fn is_postgres(&self) -> bool {
        self.name.starts_with("postgres")
    }
}

fn status(process: u32) -> io::Result<String> {
    fs::read_to_string(format!("/proc/{process}/status"))
}

fn mebibytes(status: &str, name: &str) -> f64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    let kibibytes: f64 = number.and_then(|number| number.parse().ok()).unwrap_or(0.0);
    kibibytes / 1024.0
}

/// What all processes of a database server took together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Taken {
    /// Seconds of processor time, those of connections that have ended included.
    pub seconds: f64,
    /// MiB of memory that they hold: each one's own, and once what they share.
    pub mebibytes: f64,
}

/// The processes of a PostgreSQL server on this machine.
#[derive(Debug, Clone, Copy)]
pub struct Cluster {
    first: u32,
}

impl Cluster {
    /// The one that this process serves a connection of; nothing where it runs elsewhere.
    pub fn around(backend: u32) -> Option<Self> {
        let backend = Stat::of(backend).ok().filter(Stat::is_postgres)?;
        Stat::of(backend.parent).ok().filter(Stat::is_postgres)?;
        Some(Self { first: backend.parent })
    }

    /// What it has taken by now, for whomever.
    pub fn taken(self) -> io::Result<Taken> {
        let first = Stat::of(self.first)?;
        let mut taken = Taken { seconds: first.seconds + first.of_ended, mebibytes: 0.0 };
        let mut shared = 0.0_f64;
        for entry in fs::read_dir("/proc")?.flatten() {
            let Some(process) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
            // One may end while it is looked at.
            let Ok(one) = Stat::of(process) else { continue };
            if one.parent == self.first {
                taken.seconds += one.seconds;
            } else if process != self.first {
                continue;
            }
            let Ok(status) = status(process) else { continue };
            taken.mebibytes += mebibytes(&status, "RssAnon:");
            shared = shared.max(mebibytes(&status, "RssShmem:"));
        }
        taken.mebibytes += shared;
        Ok(taken)
    }

    /// What it took since then.
    pub fn since(self, before: Taken) -> io::Result<Taken> {
        let now = self.taken()?;
        Ok(Taken { seconds: now.seconds - before.seconds, ..now })
    }
}
