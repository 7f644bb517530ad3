//! Readers who ask whether or not the server is quick: at a fixed pace, and how long an answer took counts from when it should have
//! been asked for. A server that keeps readers waiting does not hide it by being asked less.

use std::io;
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::line::{Question, ask};
use crate::table::{Ran, Times};

/// How many lines are kept open. A request that finds all of them waiting waits too, and that counts.
const LINES: usize = 32;

/// How fast, and for how long.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Requests a second.
    pub rate: u32,
    /// So many seconds.
    pub seconds: u64,
}

/// Asks for what `path` says for each number, in that coding.
pub fn paced(address: &str, pace: Pace, coding: &str, path: &(dyn Fn(u64) -> String + Sync)) -> io::Result<Ran> {
    let (next, all) = (AtomicU64::new(0), u64::from(pace.rate) * pace.seconds);
    let begun = Instant::now() + Duration::from_millis(50);
    let one = || {
        let mut line: Option<TcpStream> = None;
        let (mut took, mut errors, mut bytes) = (Vec::new(), 0_usize, 0_usize);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= all {
                return (took, errors, bytes);
            }
            let question = Question::new(&path(number), coding, "");
            let due = begun + Duration::from_secs_f64(number as f64 / f64::from(pace.rate));
            thread::sleep(due.saturating_duration_since(Instant::now()));
            match answer(address, &mut line, &question) {
                Ok((200, length)) => bytes += length,
                Ok((status, length)) => {
                    eprintln!("{} answered {status}", question.name);
                    (errors, bytes) = (errors + 1, bytes + length);
                }
                Err(fault) => {
                    eprintln!("{}: {fault}", question.name);
                    errors += 1;
                }
            }
            took.push(due.elapsed());
        }
    };
    let parts = thread::scope(|scope| {
        let readers: Vec<_> = (0..LINES).map(|_| scope.spawn(one)).collect();
        readers.into_iter().map(|reader| reader.join()).collect::<Result<Vec<_>, _>>()
    });
    let parts = parts.map_err(|_| io::Error::other("a reader failed"))?;
    let seconds = begun.elapsed().as_secs_f64();
    let (mut took, mut errors, mut bytes) = (Vec::new(), 0_usize, 0_usize);
    for part in parts {
        took.extend(part.0);
        errors += part.1;
        bytes += part.2;
    }
    Ok(Ran { times: Times::of(took), seconds, errors, bytes })
}

/// Asks on the line that is open, or on a new one; one that the server closed while nobody asked is opened again.
pub fn answer(address: &str, line: &mut Option<TcpStream>, question: &Question) -> io::Result<(u16, usize)> {
    let kept = line.take().and_then(|mut open| Some((ask(&mut open, question).ok()?, open)));
    let (answer, open) = match kept {
        Some(answered) => answered,
        None => {
            let mut open = TcpStream::connect(address)?;
            open.set_nodelay(true)?;
            (ask(&mut open, question)?, open)
        }
    };
    *line = Some(open);
    Ok((answer.status, answer.length))
}
