//! The server's bare static answers, to which everything else is compared, and asking for one thing as fast as answers come.

use std::io::{self, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use super::line::{Question, ask, read};

/// A static answer: how many bytes its body has, and how it is asked for.
pub type Static = (usize, Question);

/// Each static file of the first page, in each coding.
pub fn statics(address: &str) -> io::Result<Vec<Static>> {
    // A line that nobody uses for some seconds is closed by the server, so each question between the turns has its own.
    let line = || TcpStream::connect(address);
    let style = asset(&mut line()?, "<link rel=\"stylesheet\" href=\"")?;
    let script = asset(&mut line()?, "<script src=\"")?;
    let mut statics = Vec::new();
    for path in [style.as_str(), script.as_str(), "/healthz"] {
        for coding in ["identity", "gzip", "br"] {
            let question = Question::new(path, coding, "");
            statics.push((ask(&mut line()?, &question)?.length, question));
        }
    }
    Ok(statics)
}

/// The one whose size is nearest to so many bytes; of none the smallest.
pub fn nearest(statics: &[Static], length: usize) -> io::Result<&Static> {
    let found = statics.iter().min_by_key(|(bytes, _)| bytes.abs_diff(length));
    found.ok_or_else(|| io::Error::other("there is no static answer"))
}

/// Asks on so many connections, on each for the next as soon as an answer is there. Answers how long each took.
pub fn closed(address: &str, question: &Question, connections: usize, time: Duration) -> io::Result<Vec<Duration>> {
    let asking = || {
        let (address, question) = (address.to_owned(), question.clone());
        thread::spawn(move || -> io::Result<Vec<Duration>> {
            let mut line = TcpStream::connect(address)?;
            line.set_nodelay(true)?;
            let begun = Instant::now();
            let mut took = Vec::new();
            let mut asked = begun;
            while asked - begun < time {
                let answer = ask(&mut line, &question)?;
                assert!(matches!(answer.status, 200 | 304), "{} answered {}", question.name, answer.status);
                let answered = Instant::now();
                took.push(answered - asked);
                asked = answered;
            }
            Ok(took)
        })
    };
    let all: Vec<_> = (0..connections).map(|_| asking()).collect();
    let mut took = Vec::new();
    for one in all {
        took.extend(one.join().map_err(|_| io::Error::other("a connection failed"))??);
    }
    Ok(took)
}

/// The address of a file that the first page is shown with.
fn asset(line: &mut TcpStream, before: &str) -> io::Result<String> {
    line.write_all(&Question::new("/", "identity", "").bytes)?;
    let (_, body) = read(line)?;
    let page = String::from_utf8_lossy(&body).into_owned();
    let found = page.split(before).nth(1).and_then(|rest| rest.split('"').next());
    found.map(str::to_owned).ok_or_else(|| io::Error::other("the page names no such file"))
}
