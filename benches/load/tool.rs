//! A crowd on one address: asked by `oha` or `wrk` where one of them is installed, else on lines of our own.

use std::io;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::support::line::Question;
use crate::support::statics::closed;
use crate::table::{Ran, Times};

/// How many connections ask at once.
pub const CONNECTIONS: usize = 8;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// <https://github.com/hatoo/oha>
    Oha,
    /// <https://github.com/wg/wrk>
    Wrk,
    /// Lines of our own.
    Own,
}

impl Tool {
    /// The first that is installed.
    pub fn found() -> Self {
        let runs = |name: &str| {
            let mut command = Command::new(name);
            command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
        };
        if runs("oha") {
            Self::Oha
        } else if runs("wrk") {
            Self::Wrk
        } else {
            Self::Own
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Oha => "oha",
            Self::Wrk => "wrk",
            Self::Own => "the benchmark itself",
        }
    }

    /// Asks as fast as answers come. `length` is that of each body.
    pub fn asks(self, address: &str, asked: &Asked, length: usize, seconds: u64) -> io::Result<Ran> {
        let ran = match self {
            Self::Own => own(address, asked, seconds)?,
            Self::Oha => oha(address, asked, seconds)?,
            Self::Wrk => wrk(address, asked, seconds)?,
        };
        Ok(Ran { bytes: ran.times.count * length, ..ran })
    }
}

/// One address, in one coding, with a tag that is known already or with none.
pub struct Asked {
    /// The path.
    pub path: String,
    /// The coding.
    pub coding: &'static str,
    /// The tag.
    pub tag: String,
}

impl Asked {
    /// As it goes over a line of our own.
    pub fn question(&self) -> Question {
        Question::new(&self.path, self.coding, &self.tag)
    }

    fn headers(&self) -> Vec<String> {
        let tag = (!self.tag.is_empty()).then(|| format!("If-None-Match: {}", self.tag));
        [format!("Accept-Encoding: {}", self.coding)].into_iter().chain(tag).collect()
    }
}

fn own(address: &str, asked: &Asked, seconds: u64) -> io::Result<Ran> {
    let took = closed(address, &asked.question(), CONNECTIONS, Duration::from_secs(seconds))?;
    Ok(Ran { times: Times::of(took), seconds: seconds as f64, errors: 0, bytes: 0 })
}

fn oha(address: &str, asked: &Asked, seconds: u64) -> io::Result<Ran> {
    let run = |json: &[&str]| {
        let mut command = Command::new("oha");
        command.args(["--no-tui", "-z", &format!("{seconds}s"), "-c", &CONNECTIONS.to_string()]).args(json);
        for header in asked.headers() {
            command.args(["-H", &header]);
        }
        command.arg(format!("http://{address}{}", asked.path)).output()
    };
    // What the option is called depends on its version.
    let mut done = run(&["--output-format", "json"])?;
    if !done.status.success() {
        done = run(&["--json"])?;
    }
    let said: Value = serde_json::from_slice(&done.stdout)?;
    let part = |name: &str| said["latencyPercentiles"][name].as_f64().map(|seconds| seconds * 1000.0);
    let by_status = said["statusCodeDistribution"].as_object().into_iter().flatten();
    let (mut right, mut wrong) = (0, 0);
    for (status, count) in by_status {
        let count = usize::try_from(count.as_u64().unwrap_or_default()).unwrap_or(usize::MAX);
        *(if matches!(status.as_str(), "200" | "304") { &mut right } else { &mut wrong }) += count;
    }
    let total = said["summary"]["total"].as_f64().unwrap_or(seconds as f64);
    let times = Times { count: right, p50: part("p50"), p95: part("p95"), p99: part("p99") };
    Ok(Ran { times, seconds: total, errors: wrong, bytes: 0 })
}

fn wrk(address: &str, asked: &Asked, seconds: u64) -> io::Result<Ran> {
    let mut command = Command::new("wrk");
    command.args(["-t2", &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s"), "--latency"]);
    for header in asked.headers() {
        command.args(["-H", &header]);
    }
    let done = command.arg(format!("http://{address}{}", asked.path)).output()?;
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let after = |start: &str| {
        let line = said.lines().map(str::trim).find_map(|line| line.strip_prefix(start));
        line.and_then(|rest| rest.split_whitespace().next()).map(str::to_owned)
    };
    let rate: f64 = after("Requests/sec:").and_then(|rate| rate.parse().ok()).unwrap_or_default();
    let wrong = after("Non-2xx or 3xx responses:").and_then(|count| count.parse().ok()).unwrap_or_default();
    let times = Times {
        count: (rate * seconds as f64) as usize,
        p50: after("50%").and_then(|time| milliseconds(&time)),
        // It does not say.
        p95: None,
        p99: after("99%").and_then(|time| milliseconds(&time)),
    };
    Ok(Ran { times, seconds: seconds as f64, errors: wrong, bytes: 0 })
}

/// `312.00us`, `1.20ms` or `2.01s`.
fn milliseconds(time: &str) -> Option<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0)];
    let (number, unit) = units.iter().find_map(|(unit, times)| Some((time.strip_suffix(*unit)?, *times)))?;
    number.parse::<f64>().ok().map(|number| number * unit)
}
