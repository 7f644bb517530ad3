//! The one table that everything comes to.

use std::time::Duration;

use crate::meter::Used;

/// How long answers took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// How many there were.
    pub count: usize,
    /// Milliseconds that half of them took at most.
    pub p50: Option<f64>,
    /// The same of 95 in 100.
    pub p95: Option<f64>,
    /// The same of 99 in 100.
    pub p99: Option<f64>,
}

/// What came of asking for a while.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ran {
    /// How long the answers took.
    pub times: Times,
    /// For how many seconds it was asked.
    pub seconds: f64,
    /// Answers that were none, or other ones than they should be.
    pub errors: usize,
    /// The bytes of all bodies.
    pub bytes: usize,
}

/// One line of the table.
pub struct Row {
    /// What was done.
    pub name: String,
    /// What came of it.
    pub ran: Ran,
    /// What the server took for it.
    pub used: Used,
    /// Requests among which the server's time is shared out.
    pub shared_by: usize,
    /// The requests a second and the processor time of each that a bare static answer of about the size comes to; where as fast as
    /// possible was not asked, or something else beside it, the first says nothing.
    pub bare: Option<(Option<f64>, f64)>,
}

impl Times {
    /// Of every answer's own time.
    pub fn of(mut took: Vec<Duration>) -> Self {
        took.sort_unstable();
        let part = |percent: usize| {
            let at = (took.len() * percent).div_ceil(100).saturating_sub(1);
            took.get(at).map(|time| time.as_secs_f64() * 1000.0)
        };
        Self { count: took.len(), p50: part(50), p95: part(95), p99: part(99) }
    }
}

impl Ran {
    /// Requests a second.
    pub fn rate(&self) -> f64 {
        self.times.count as f64 / self.seconds.max(f64::MIN_POSITIVE)
    }

    /// Bytes of an answer's body on the average.
    pub fn length(&self) -> usize {
        self.bytes.checked_div(self.times.count).unwrap_or(0)
    }
}

impl Row {
    /// Milliseconds of the program's processor time for each request.
    fn each(&self) -> f64 {
        self.share(self.used.seconds)
    }

    /// The same of the database server, where it is another one and on this machine.
    fn database_each(&self) -> Option<f64> {
        self.used.database.map(|taken| self.share(taken.seconds))
    }

    fn share(&self, seconds: f64) -> f64 {
        seconds * 1000.0 / self.shared_by.max(1) as f64
    }
}

/// Prints the table's head.
pub fn head() {
    println!(
        "| scenario | requests/s | p50 ms | p95 ms | p99 ms | errors | memory MiB | at most | CPU ms each | PostgreSQL CPU ms each \
         | PostgreSQL MiB | CPU to static | requests/s to static |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
}

/// Prints a line of it.
pub fn line(row: &Row) {
    let Times { p50, p95, p99, .. } = row.ran.times;
    let [p50, p95, p99] = [p50, p95, p99].map(|time| shown(time, 2));
    let rate = row.ran.rate();
    // A static answer asks no database; whatever else is asked for costs both.
    let all = row.each() + row.database_each().unwrap_or_default();
    let cpu = row.bare.map(|(_, bare)| all / bare.max(f64::MIN_POSITIVE));
    let fast = row.bare.and_then(|(bare, _)| bare).map(|bare| rate / bare.max(f64::MIN_POSITIVE));
    println!(
        "| {} | {rate:.0} | {p50} | {p95} | {p99} | {} | {:.0} | {:.0} | {:.3} | {} | {} | {} | {} |",
        row.name,
        row.ran.errors,
        row.used.resident,
        row.used.peak,
        row.each(),
        shown(row.database_each(), 3),
        shown(row.used.database.map(|taken| taken.mebibytes), 0),
        shown(cpu, 1),
        shown(fast, 2)
    );
}

/// A number, or that there is none.
pub fn shown(number: Option<f64>, places: usize) -> String {
    number.map_or_else(|| "\u{2013}".to_owned(), |number| format!("{number:.places$}"))
}
