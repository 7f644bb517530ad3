//! Bytes over a socket, for what no browser would send.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Sends these bytes and answers all that comes back until the server closes or is silent for five seconds.
pub fn send(address: &str, bytes: &[u8]) -> String {
    let place = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(place).unwrap_or_else(|error| panic!("{place}: {error}"));
    stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a time limit");
    // The server may answer and hang up before it has read everything: that is an answer, not a failure.
    let _refused = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut part = [0; 16 * 1024];
    while let Ok(read @ 1..) = stream.read(&mut part) {
        answer.extend_from_slice(&part[..read]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status code of an answer to `send`, 0 where the server only hung up.
pub fn status(answer: &str) -> u16 {
    answer.split_whitespace().nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
}
