//! A line to the server that is kept open, and one question and answer on it: no more than HTTP/1.1 needs, so that what is measured
//! is the server.

use std::io::{self, Read, Write};
use std::net::TcpStream;

/// One request, as it goes over the line.
#[derive(Clone)]
pub struct Question {
    /// What the tables call it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What came back.
pub struct Answer {
    /// `200` and the like.
    pub status: u16,
    /// Its `ETag`.
    pub tag: String,
    /// How many bytes its body has.
    pub length: usize,
}

impl Question {
    /// `GET`, in one coding; with the tag that somebody knows already, or with none.
    pub fn new(path: &str, coding: &str, tag: &str) -> Self {
        let known = if tag.is_empty() { String::new() } else { format!("If-None-Match: {tag}\r\n") };
        let text = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {coding}\r\n{known}\r\n");
        let what = if tag.is_empty() { coding } else { "304" };
        Self { name: format!("`{path}` {what}"), bytes: text.into_bytes() }
    }
}

/// Asks and waits.
pub fn ask(line: &mut TcpStream, question: &Question) -> io::Result<Answer> {
    line.write_all(&question.bytes)?;
    let (head, body) = read(line)?;
    Ok(Answer { status: status(&head), tag: said(&head, "etag").to_owned(), length: body.len() })
}

/// The number in the first line of a head.
pub fn status(head: &str) -> u16 {
    head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// Reads one answer whole: its head and its body.
pub fn read(line: &mut TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::with_capacity(64 * 1024);
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|signs| signs == b"\r\n\r\n") {
            break end;
        }
        more(line, &mut bytes)?;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let start = end + 4;
    if said(&head, "transfer-encoding").eq_ignore_ascii_case("chunked") {
        loop {
            if let Some(body) = joined(&bytes[start..]) {
                return Ok((head, body));
            }
            more(line, &mut bytes)?;
        }
    }
    let length: usize = said(&head, "content-length").parse().unwrap_or_default();
    while bytes.len() < start + length {
        more(line, &mut bytes)?;
    }
    Ok((head, bytes.split_off(start)))
}

/// The value of a header, or nothing.
pub fn said<'a>(head: &'a str, name: &str) -> &'a str {
    let mut lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
    lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

fn more(line: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<()> {
    let mut part = [0; 64 * 1024];
    let count = line.read(&mut part)?;
    if count == 0 {
        return Err(io::Error::other("the connection ended within an answer"));
    }
    bytes.extend_from_slice(&part[..count]);
    Ok(())
}

/// The pieces of a body that came in pieces, once the last one is there.
fn joined(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut body, mut at) = (Vec::new(), 0);
    loop {
        let end = at + bytes.get(at..)?.windows(2).position(|signs| signs == b"\r\n")?;
        let size = String::from_utf8_lossy(&bytes[at..end]);
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16).ok()?;
        let piece = bytes.get(end + 2..end + 2 + size)?;
        bytes.get(end + 2 + size..end + 4 + size)?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(piece);
        at = end + 4 + size;
    }
}
