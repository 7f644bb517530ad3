//! Two nodes of which first the one and then the other is started anew in the middle of a crowd, as an upgrade does it; and what one
//! node says before it ends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::stories;
use crate::support::Place;
use crate::support::process::{Process, until};

stories![
    no_request_fails_while_each_of_two_nodes_is_started_anew,
    the_end_is_said_before_it_comes_and_connections_end_in_order,
];

const PATIENCE: Duration = Duration::from_secs(30);
/// How long a node that was asked to end is still there: long enough to ask it this and that meanwhile.
const DRAIN: &str = "5";
const SERVE: [&str; 2] = ["serve", "--no-jobs"];
const PAGES: [&str; 4] = ["/", "/bodies", "/about", "/recommendations?q=report"];

/// How far a request came that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lost {
    /// Nobody listens: nothing was sent.
    NotSent,
    /// The line broke.
    Broken,
}

/// Asks over a connection of its own, and answers the status.
fn ask(address: &str, request: &str) -> Result<u16, Lost> {
    let mut stream = TcpStream::connect(address.trim_start_matches("http://")).map_err(|_| Lost::NotSent)?;
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    stream.write_all(request.as_bytes()).map_err(|_| Lost::Broken)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(|_| Lost::Broken)?;
    let head = String::from_utf8_lossy(&answer);
    head.split_whitespace().nth(1).and_then(|code| code.parse().ok()).ok_or(Lost::Broken)
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: register.example\r\nconnection: close\r\n\r\n")
}

/// Ends the crowd, also where the story fails in the middle of it.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// The nodes as a balancer knows them.
struct Balancer {
    nodes: [Mutex<String>; 2],
    ready: [AtomicBool; 2],
    turn: AtomicUsize,
}

impl Balancer {
    fn knows(&self, number: usize, node: &Process) {
        *self.nodes[number].lock().expect("a node") = node.address().to_owned();
        until(PATIENCE, "a node is ready", || self.looks_at(number));
    }

    /// Asks a node whether it may be sent anybody.
    fn looks_at(&self, number: usize) -> bool {
        let address = self.nodes[number].lock().expect("a node").clone();
        let is_ready = ask(&address, &get("/readyz")) == Ok(200);
        self.ready[number].store(is_ready, Ordering::SeqCst);
        is_ready
    }

    /// Sends a request to one that is ready. As nginx does it by itself, one that was lost goes to the other: one that changes something
    /// only where nothing of it was sent.
    fn send(&self, request: &str) -> Result<u16, Lost> {
        let first = self.turn.fetch_add(1, Ordering::SeqCst) % 2;
        let order = [first, 1 - first];
        let ready = |number: &&usize| self.ready[**number].load(Ordering::SeqCst);
        let mut lost = Lost::NotSent;
        for number in order.iter().filter(ready).chain(&order) {
            let address = self.nodes[*number].lock().expect("a node").clone();
            match ask(&address, request) {
                Err(how) if how == Lost::NotSent || request.starts_with("GET") => lost = how,
                answer => return answer,
            }
        }
        Err(lost)
    }
}

fn no_request_fails_while_each_of_two_nodes_is_started_anew(place: &Place) {
    place.set("FOLLOWTHROUGH_DRAIN_SECONDS", DRAIN).set("FOLLOWTHROUGH_TRUSTED_PROXIES", "127.0.0.1");
    let mut nodes = [place.spawn(&SERVE), place.spawn(&SERVE)].map(Some);
    let form = nodes[0].as_ref().expect("a node").public().open("/wrong?page=/bodies").form("Send");
    let fields = form.fields();
    let balancer = Balancer { nodes: Default::default(), ready: Default::default(), turn: AtomicUsize::new(0) };
    for (number, node) in nodes.iter().enumerate() {
        balancer.knows(number, node.as_ref().expect("a node"));
    }
    let over = AtomicBool::new(false);
    let failed: Mutex<Vec<String>> = Mutex::default();
    let (read, written) = (AtomicUsize::new(0), AtomicUsize::new(0));
    // Each message from another reader: one alone may not send so many.
    let message = |number: usize| {
        let filled = fields.iter().map(|(name, value)| {
            let words = format!("Message {number} of a crowd.");
            (name.clone(), if name == "words" { words } else { value.clone() })
        });
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(filled).finish();
        format!(
            "POST /wrong HTTP/1.1\r\nhost: register.example\r\nconnection: close\r\nsec-fetch-site: same-origin\r\n\
             x-forwarded-for: 203.0.113.{}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{body}",
            number % 250,
            body.len()
        )
    };
    let note = |what: &str, answer: Result<u16, Lost>, wanted: u16, count: &AtomicUsize| {
        count.fetch_add(1, Ordering::SeqCst);
        if answer != Ok(wanted) {
            failed.lock().expect("what failed").push(format!("{what}: {answer:?}"));
        }
    };
    let is_over = || over.load(Ordering::SeqCst);
    std::thread::scope(|scope| {
        let _ends = Ends(&over);
        scope.spawn(|| {
            while !is_over() {
                let _told = [0, 1].map(|number| balancer.looks_at(number));
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        for reader in 0..3 {
            let (balancer, note, read) = (&balancer, &note, &read);
            scope.spawn(move || {
                for turn in (reader..).take_while(|_| !is_over()) {
                    let page = PAGES[turn % PAGES.len()];
                    note(page, balancer.send(&get(page)), 200, read);
                    std::thread::sleep(Duration::from_millis(15));
                }
            });
        }
        scope.spawn(|| {
            for number in (0..).take_while(|_| !is_over()) {
                note("a message", balancer.send(&message(number)), 303, &written);
                std::thread::sleep(Duration::from_millis(200));
            }
        });
        std::thread::sleep(Duration::from_secs(1));
        for number in [0, 1] {
            let begun = Instant::now();
            let node = nodes[number].take().expect("a node");
            assert_eq!(node.terminate(), 0, "it did not end as it should");
            assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
            let anew = place.spawn(&SERVE);
            balancer.knows(number, &anew);
            nodes[number] = Some(anew);
            std::thread::sleep(Duration::from_secs(1));
        }
    });
    let failed = failed.into_inner().expect("what failed");
    let (read, written) = (read.into_inner(), written.into_inner());
    assert!(failed.is_empty(), "of {read} pages and {written} messages, {} failed: {failed:?}", failed.len());
    assert!(read > 100 && written > 10, "{read} pages and {written} messages are no crowd");
    assert_eq!(place.value("select count(*) from complaint"), written.to_string(), "each was kept once");
}

/// Reads one answer from a connection that stays open.
fn answer(stream: &mut TcpStream) -> String {
    let (mut said, mut one) = (Vec::new(), [0]);
    let mut missing = None;
    while missing != Some(0) {
        stream.read_exact(&mut one).expect("an answer");
        said.push(one[0]);
        missing = match missing {
            None if said.ends_with(b"\r\n\r\n") => Some(length(&said)),
            Some(left) => Some(left - 1),
            none => none,
        };
    }
    String::from_utf8(said).expect("text").to_lowercase()
}

fn length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let line = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    line.and_then(|length| length.trim().parse().ok()).expect("a length")
}

fn the_end_is_said_before_it_comes_and_connections_end_in_order(place: &Place) {
    place.set("FOLLOWTHROUGH_DRAIN_SECONDS", DRAIN);
    let node = place.spawn(&["serve", "--no-jobs", "--empty"]);
    let address = node.address().to_owned();
    let connect = || {
        let mut stream = TcpStream::connect(address.trim_start_matches("http://")).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: register.example\r\n\r\n").expect("a request");
        let first = answer(&mut stream);
        assert!(first.contains(" 200 ") && !first.contains("connection: close"), "{first}");
        stream
    };
    let (mut used, mut idle) = (connect(), connect());
    assert_eq!(ask(&address, &get("/readyz")), Ok(200));
    node.ask_to_end();
    let begun = Instant::now();
    until(PATIENCE, "it says that it will end", || ask(&address, &get("/readyz")) == Ok(503));
    // It still serves whoever comes, and tells those who stay to come back over another connection.
    assert_eq!(ask(&address, &get("/bodies")), Ok(200));
    used.write_all(b"GET /healthz HTTP/1.1\r\nhost: register.example\r\n\r\n").expect("a request");
    let last = answer(&mut used);
    assert!(last.contains(" 200 ") && last.contains("connection: close"), "{last}");
    let mut rest = Vec::new();
    assert_eq!(used.read_to_end(&mut rest).expect("an orderly end"), 0);
    // A connection on which nobody asks anything does not hold up the end.
    assert_eq!(idle.read_to_end(&mut rest).expect("an orderly end"), 0);
    assert_eq!(node.ends_within(PATIENCE.saturating_sub(begun.elapsed())), 0);
    assert_eq!(ask(&address, &get("/readyz")), Err(Lost::NotSent));
}
