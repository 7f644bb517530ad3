//! What holds the house up, checked on every run: which room may know which, where the outside comes in, how large a
//! file may grow, that every template is used and lies where its handler does, that the README tells the truth, that the
//! proxy keeps secrets, that the unit and the container start what is there, and that a step of the schema leaves older programs
//! what they use, or names them.
//!
//! Each rule is a function from files to sentences about faults. It is asked about the repository, where it must find
//! none, and beside itself about small bad samples, where it must find each: a check that cannot fail shows nothing.

mod deploy;
mod doors;
mod files;
mod proxy;
mod references;
mod rooms;
mod settings;
mod source;
mod steps;
mod templates;

/// Fails with every fault at once.
#[track_caller]
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Fails unless each of these words is in a fault, and no fault is without.
#[track_caller]
fn finds(faults: &[String], words: &[&str]) {
    let all_there = words.iter().all(|word| faults.iter().any(|fault| fault.contains(word)));
    let no_more = faults.iter().all(|fault| words.iter().any(|word| fault.contains(word)));
    assert!(all_there && no_more, "expected faults with {words:?}, found:\n{}", faults.join("\n"));
}
