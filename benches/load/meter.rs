//! What a process takes, as Linux tells it.

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
}

impl Used {
    /// What it has taken by now.
    pub fn by(process: u32) -> io::Result<Self> {
        let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
        // The program's name, in brackets, may hold anything.
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let tick = |at: usize| -> f64 {
            rest.split_whitespace().nth(at).and_then(|number| number.parse().ok()).unwrap_or(0.0)
        };
        let status = fs::read_to_string(format!("/proc/{process}/status"))?;
        let mebibytes = |name: &str| -> f64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|line| line.split_whitespace().next());
            let kibibytes: f64 = number.and_then(|number| number.parse().ok()).unwrap_or(0.0);
            kibibytes / 1024.0
        };
        Ok(Self { seconds: (tick(11) + tick(12)) / TICKS, resident: mebibytes("VmRSS:"), peak: mebibytes("VmHWM:") })
    }

    /// What it took since then.
    pub fn since(process: u32, before: Self) -> io::Result<Self> {
        let now = Self::by(process)?;
        Ok(Self { seconds: now.seconds - before.seconds, ..now })
    }
}
