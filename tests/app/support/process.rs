//! The program itself, as an operator runs it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use super::place::{BASE_URL, Place};
use super::visitor::Visitor;

/// A run of the program that has ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; 128 and the signal's number where a signal ended it.
    pub code: i32,
    /// What it printed.
    pub out: String,
    /// What it complained about.
    pub err: String,
}

impl Ran {
    /// Runs a command to its end.
    pub fn of(mut command: Command) -> Ran {
        let done = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Ran {
            code: code_of(done.status),
            out: String::from_utf8_lossy(&done.stdout).into_owned(),
            err: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }

    /// Demands exit code 0.
    #[track_caller]
    pub fn succeeds(&self) -> &Self {
        self.exits(0)
    }

    /// Demands an exit code.
    #[track_caller]
    pub fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "it printed:\n{}\nand complained:\n{}", self.out, self.err);
        self
    }

    /// Demands that it printed or complained so.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        let both = format!("{}\n{}", self.out, self.err);
        assert!(both.contains(words), "it did not say {words:?}, but:\n{both}");
        self
    }

    /// The last line it printed, such as a one-time link.
    #[track_caller]
    pub fn last_line(&self) -> &str {
        self.out.trim_end().lines().last().expect("it printed nothing")
    }
}

/// The program serving in a process of its own; killed when dropped.
pub struct Process {
    child: Child,
    address: String,
    said: Vec<String>,
    log: Arc<Mutex<Vec<String>>>,
    place: Place,
}

impl Process {
    /// Starts it and waits until a line names an address with a port.
    pub fn start(place: &Place, mut command: Command) -> Process {
        let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = started.unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let (sender, lines) = mpsc::channel();
        let log: Arc<Mutex<Vec<String>>> = Arc::default();
        let outputs: [Option<Box<dyn Read + Send>>; 2] =
            [child.stdout.take().map(|out| Box::new(out) as _), child.stderr.take().map(|err| Box::new(err) as _)];
        for output in outputs.into_iter().flatten() {
            let (sender, log) = (sender.clone(), Arc::clone(&log));
            std::thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    log.lock().expect("the log").push(line.clone());
                    let _nobody_waits = sender.send(line);
                }
            });
        }
        drop(sender);
        let mut said = Vec::new();
        let address = loop {
            match lines.recv_timeout(Duration::from_secs(300)) {
                Ok(line) => {
                    let found = address_in(&line);
                    said.push(line);
                    if let Some(found) = found {
                        break found;
                    }
                }
                Err(_) => {
                    let _dead = child.kill();
                    panic!("the program did not say where it listens, but:\n{}", said.join("\n"));
                }
            }
        };
        // What comes just after the address, such as the first administrator's link, belongs to the greeting.
        while let Ok(line) = lines.recv_timeout(Duration::from_millis(300)) {
            said.push(line);
        }
        Process { child, address, said, log, place: place.clone() }
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it said while it started.
    pub fn greeting(&self) -> String {
        self.said.join("\n")
    }

    /// Everything it has said so far, its log included.
    pub fn log(&self) -> String {
        self.log.lock().expect("the log").join("\n")
    }

    /// Somebody new at its door.
    pub fn public(&self) -> Visitor {
        Visitor::new(self.place.servers(), &self.address, BASE_URL)
    }

    /// Its number, for signals of one's own.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends SIGTERM and answers the exit code.
    pub fn terminate(mut self) -> i32 {
        self.ask_to_end();
        code_of(self.child.wait().expect("the program ends"))
    }

    /// Sends SIGTERM and goes on.
    pub fn ask_to_end(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.is_ok_and(|status| status.success()), "SIGTERM could not be sent");
    }

    /// The exit code of a program that was asked to end, which has to end within that time.
    pub fn ends_within(mut self, time: Duration) -> i32 {
        let mut ended = None;
        until(time, "the program has ended", || {
            ended = self.child.try_wait().expect("the program can be waited for");
            ended.is_some()
        });
        ended.map_or(-1, code_of)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _killed = self.child.kill();
        let _ended = self.child.wait();
        if !std::thread::panicking() {
            self.place.take_in_mail();
        }
    }
}

/// Waits until something is so, looking every few milliseconds; fails when it is not in time.
#[track_caller]
pub fn until(time: Duration, what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < time, "after {time:?} it is still not so that {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn code_of(status: std::process::ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status.code().or(status.signal().map(|signal| 128 + signal)).unwrap_or(-1)
}

fn address_in(line: &str) -> Option<String> {
    // What listens to every machine listens to this one too.
    let rest = ["http://127.0.0.1:", "http://0.0.0.0:"].iter().find_map(|start| Some(line.split_once(start)?.1))?;
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!port.is_empty() && port != "0").then(|| format!("http://127.0.0.1:{port}"))
}
