//! The same server's bare static answers in the same run: what everything else is compared with.

use std::collections::BTreeMap;
use std::io;

use crate::meter::Used;
use crate::support::served::Served;
use crate::support::statics::{Static, nearest, statics};
use crate::table::{Ran, Row};
use crate::tool::{Asked, Tool};

/// For how many seconds each is asked for.
const SECONDS: u64 = 3;

/// The static answers, each measured when it is first needed.
pub struct Bare {
    statics: Vec<Static>,
    tool: Tool,
    known: BTreeMap<String, (f64, f64)>,
}

impl Bare {
    /// Looks which there are.
    pub fn of(served: &Served, tool: Tool) -> io::Result<Self> {
        Ok(Self { statics: statics(&served.address)?, tool, known: BTreeMap::new() })
    }

    /// Requests a second and milliseconds of processor time of the one whose size is nearest to so many bytes.
    fn near(&mut self, served: &Served, length: usize) -> io::Result<(f64, f64)> {
        let (bytes, question) = nearest(&self.statics, length)?;
        if let Some(known) = self.known.get(&question.name) {
            return Ok(*known);
        }
        let mut parts = question.name.trim_start_matches('`').split("` ");
        let path = parts.next().unwrap_or_default().to_owned();
        let coding = match parts.next() {
            Some("br") => "br",
            Some("gzip") => "gzip",
            _ => "identity",
        };
        let before = Used::by(served.child.id())?;
        let asked = Asked { path, coding, tag: String::new() };
        let ran = self.tool.asks(&served.address, &asked, *bytes, SECONDS)?;
        let used = Used::since(served.child.id(), before)?;
        let measured = (ran.rate(), used.seconds * 1000.0 / ran.times.count.max(1) as f64);
        eprintln!(
            "static, {bytes} bytes, {}: {:.0} requests/s, {:.3} ms of processor time each",
            question.name, measured.0, measured.1
        );
        self.known.insert(question.name.clone(), measured);
        Ok(measured)
    }

    /// A line of the table. `fast`: whether it was asked as fast as answers came, so that requests a second say something.
    pub fn row(&mut self, served: &Served, name: &str, (ran, used): (Ran, Used), fast: bool) -> io::Result<Row> {
        self.beside(served, Row { name: name.to_owned(), ran, used, shared_by: ran.times.count, bare: None }, fast)
    }

    /// A line of the table with what it is compared with: a static answer of about the size of its own. What has no body, such as the
    /// answer to a form or a mail, is compared with the smallest.
    pub fn beside(&mut self, served: &Served, row: Row, fast: bool) -> io::Result<Row> {
        let (rate, cpu) = self.near(served, row.ran.length())?;
        Ok(Row { bare: Some((fast.then_some(rate), cpu)), ..row })
    }
}
