//! The end, asked for by SIGTERM: whoever is being served is served, nothing new is taken, and nothing is left held.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::stories;
use crate::support::process::until;
use crate::support::{Place, raw};

stories![a_request_in_flight_is_answered_and_then_the_program_ends];

/// Within this time everything has ended.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads to the end of the headers that come next.
fn headers(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let mut one = [0];
    while !said.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut one).expect("headers");
        said.push(one[0]);
    }
    String::from_utf8(said).expect("headers are text")
}

fn a_request_in_flight_is_answered_and_then_the_program_ends(place: &Place) {
    let served = place.spawn(&["serve", "--empty"]);
    let form = served.public().open("/password-reset").form("Send the link");
    let fields = form.fill("Email address", "somebody@example.org").fields();
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    let address = served.address().trim_start_matches("http://").to_owned();
    let mut slow = TcpStream::connect(&address).expect("a connection");
    slow.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    let head = format!(
        "POST /password-reset HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n",
        body.len()
    );
    slow.write_all(head.as_bytes()).expect("the head goes");
    // This is how the program says that it has begun to read the request, and waits for the rest.
    assert_eq!(raw::status(&headers(&mut slow)), 100);
    let (first, rest) = body.split_at(body.len() / 2);
    slow.write_all(first.as_bytes()).expect("half of it goes");

    until(PATIENCE, "the jobs run", || place.value("select count(*) from job_run") != "0");
    served.ask_to_end();
    let begun = Instant::now();
    until(PATIENCE, "it takes no new requests", || TcpStream::connect(&address).is_err());
    slow.write_all(rest.as_bytes()).expect("the rest goes, although the end was asked for");
    let answer = headers(&mut slow);
    assert_eq!(raw::status(&answer), 200, "{answer}");
    let mut page = String::new();
    slow.read_to_string(&mut page).expect("the whole page");
    assert!(page.contains("Look into your mailbox") && page.contains("</html>"), "{page}");

    assert_eq!(served.ends_within(PATIENCE.saturating_sub(begun.elapsed())), 0);
    // The jobs ran beside it. Each run was finished or given back, and no postman holds a mail.
    assert_eq!(place.value("select count(*) from job_run where finished_at is null"), "0");
    assert_eq!(place.value("select count(*) from outbox where lease is not null"), "0");
}
