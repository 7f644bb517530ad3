//! A crowd on one page, against the same server's bare static answers: `cargo bench --bench crowd [-- postgres://…]`.
//!
//! Serves the first register from a throwaway folder (or from the database that is named, which must be empty), asks over
//! loopback on a few connections that are kept open, and prints one table. Bounded in count and time: about a minute.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How many connections ask at once.
const CONNECTIONS: usize = 8;
/// Each pair is measured in turns, so that whatever else the machine does meets both.
const TURNS: usize = 6;
const TURN: Duration = Duration::from_millis(1000);

const PAGES: [&str; 3] = ["/", "/inquiries/jay", "/inquiries/jay/recommendations/4"];

/// A served register, ended when dropped.
struct Served {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

/// One request, as it goes over the line.
#[derive(Clone)]
struct Question {
    name: String,
    bytes: Vec<u8>,
}

/// What came back.
struct Answer {
    status: u16,
    tag: String,
    length: usize,
}

fn main() -> io::Result<()> {
    let database = std::env::args().skip(1).find(|argument| argument.starts_with("postgres"));
    let served = Served::start(database.as_deref())?;
    // A line that nobody uses for some seconds is closed by the server, so each question between the turns has its own.
    let line = || TcpStream::connect(&served.address);
    let style = asset(&mut line()?, "<link rel=\"stylesheet\" href=\"")?;
    let script = asset(&mut line()?, "<script src=\"")?;
    let mut statics = Vec::new();
    for path in [style.as_str(), script.as_str(), "/healthz"] {
        for coding in ["identity", "gzip", "br"] {
            let question = Question::new(path, coding, "");
            let length = ask(&mut line()?, &question)?.length;
            statics.push((length, question));
        }
    }
    println!("| answer | bytes | requests/s | static of bytes | requests/s | ratio |");
    println!("|---|---:|---:|---:|---:|---:|");
    for path in PAGES {
        for coding in ["br", "identity"] {
            let page = Question::new(path, coding, "");
            let length = ask(&mut line()?, &page)?.length;
            if let Some((bytes, nearest)) = statics.iter().min_by_key(|(bytes, _)| bytes.abs_diff(length)) {
                compare(&served, (&page, length), (nearest, *bytes))?;
            }
        }
        let tag = ask(&mut line()?, &Question::new(path, "br", ""))?.tag;
        let known = Question::new(path, "br", &tag);
        if let Some((bytes, smallest)) = statics.iter().min_by_key(|(bytes, _)| *bytes) {
            assert_eq!(ask(&mut line()?, &known)?.status, 304, "{path}");
            compare(&served, (&known, 0), (smallest, *bytes))?;
        }
    }
    let anew = Question::new("/inquiries/jay?as-at=&as-at=", "identity", "");
    let length = ask(&mut line()?, &anew)?.length;
    if let Some((bytes, nearest)) = statics.iter().min_by_key(|(bytes, _)| bytes.abs_diff(length)) {
        compare(&served, (&anew, length), (nearest, *bytes))?;
    }
    Ok(())
}

/// The address of a file that the first page is shown with.
fn asset(line: &mut TcpStream, before: &str) -> io::Result<String> {
    line.write_all(&Question::new("/", "identity", "").bytes)?;
    let (_, body) = read(line)?;
    let page = String::from_utf8_lossy(&body).into_owned();
    let found = page.split(before).nth(1).and_then(|rest| rest.split('"').next());
    found.map(str::to_owned).ok_or_else(|| io::Error::other("the page names no such file"))
}

fn compare(served: &Served, page: (&Question, usize), bare: (&Question, usize)) -> io::Result<()> {
    let (mut ours, mut theirs) = (0.0, 0.0);
    for _ in 0..TURNS {
        ours += rate(&served.address, page.0)?;
        theirs += rate(&served.address, bare.0)?;
    }
    let turns = TURNS as f64;
    println!(
        "| {} | {} | {:.0} | {} {} | {:.0} | {:.2} |",
        page.0.name,
        page.1,
        ours / turns,
        bare.0.name,
        bare.1,
        theirs / turns,
        ours / theirs
    );
    Ok(())
}

/// How many answers come in a second.
fn rate(address: &str, question: &Question) -> io::Result<f64> {
    let asking = || {
        let (address, question) = (address.to_owned(), question.clone());
        thread::spawn(move || -> io::Result<usize> {
            let mut line = TcpStream::connect(address)?;
            line.set_nodelay(true)?;
            let begun = Instant::now();
            let mut count = 0;
            while begun.elapsed() < TURN {
                let answer = ask(&mut line, &question)?;
                assert!(matches!(answer.status, 200 | 304), "{} answered {}", question.name, answer.status);
                count += 1;
            }
            Ok(count)
        })
    };
    let all: Vec<_> = (0..CONNECTIONS).map(|_| asking()).collect();
    let mut count = 0;
    for one in all {
        count += one.join().map_err(|_| io::Error::other("a connection failed"))??;
    }
    Ok(count as f64 / TURN.as_secs_f64())
}

impl Question {
    fn new(path: &str, coding: &str, tag: &str) -> Self {
        let known = if tag.is_empty() { String::new() } else { format!("If-None-Match: {tag}\r\n") };
        let text = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {coding}\r\n{known}\r\n");
        let what = if tag.is_empty() { coding } else { "304" };
        Self { name: format!("`{path}` {what}"), bytes: text.into_bytes() }
    }
}

fn ask(line: &mut TcpStream, question: &Question) -> io::Result<Answer> {
    line.write_all(&question.bytes)?;
    let (head, body) = read(line)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Ok(Answer { status, tag: said(&head, "etag").to_owned(), length: body.len() })
}

/// Reads one answer whole: its head and its body.
fn read(line: &mut TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::with_capacity(64 * 1024);
    let mut part = [0; 64 * 1024];
    loop {
        let end = bytes.windows(4).position(|signs| signs == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length: usize = said(&head, "content-length").parse().unwrap_or_default();
            while bytes.len() < end + 4 + length {
                let count = line.read(&mut part)?;
                if count == 0 {
                    return Err(io::Error::other("the answer broke off"));
                }
                bytes.extend_from_slice(&part[..count]);
            }
            return Ok((head, bytes.split_off(end + 4)));
        }
        let count = line.read(&mut part)?;
        if count == 0 {
            return Err(io::Error::other("the connection ended"));
        }
        bytes.extend_from_slice(&part[..count]);
    }
}

fn said<'a>(head: &'a str, name: &str) -> &'a str {
    let lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
    lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

impl Served {
    fn start(database: Option<&str>) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_followthrough"));
        command.args(["serve", "--no-jobs"]).current_dir(folder.path()).env("RUST_LOG", "warn");
        command.env("FOLLOWTHROUGH_DATA_DIR", folder.path()).env("FOLLOWTHROUGH_LISTEN", "127.0.0.1:0");
        command.env("DATABASE_URL", database.map_or_else(|| "sqlite:register.db".to_owned(), str::to_owned));
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let said = child.stdout.take().ok_or_else(|| io::Error::other("it says nothing"))?;
        for line in BufReader::new(said).lines() {
            if let Some(rest) = line?.strip_prefix("Listening on http://") {
                let address = rest.split(' ').next().unwrap_or_default().to_owned();
                return Ok(Self { child, address, _folder: folder });
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
