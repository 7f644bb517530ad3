//! Where the outside comes in: time and chance in `clock.rs`, the environment in `config.rs`; and no lint switched off.

use crate::references;
use crate::source::{File, program, read};
use crate::{finds, none};

/// A path's steps, and the one file that may name them.
const DOORS: &[(&[&str], &str)] = &[
    (&["SystemTime"], "src/clock.rs"),
    (&["Timestamp", "now"], "src/clock.rs"),
    (&["Zoned", "now"], "src/clock.rs"),
    (&["TimeZone", "system"], "src/clock.rs"),
    (&["getrandom"], "src/clock.rs"),
    (&["rand"], "src/clock.rs"),
    (&["OsRng"], "src/clock.rs"),
    (&["env", "var"], "src/config.rs"),
    (&["env", "var_os"], "src/config.rs"),
    (&["env", "vars"], "src/config.rs"),
    (&["env", "vars_os"], "src/config.rs"),
];

fn doors(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files {
        for reference in references::of(file) {
            let names = |steps: &[&str]| reference.steps.windows(steps.len()).any(|window| window == steps);
            // A single name counts where a path begins or goes on with it, not where something of ours is called so.
            let bare = reference.steps.len() == 1;
            let door =
                DOORS.iter().find(|(steps, _)| names(steps) && !(bare && matches!(steps[0], "rand" | "getrandom")));
            if let Some((_, only)) = door.filter(|(_, only)| file.path != *only) {
                faults.push(format!("{}:{}: {} belongs in {only}", file.path, reference.line, reference.text()));
            }
        }
    }
    faults
}

fn switched_off(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files {
        let allows = |reference: &references::Reference| reference.in_attribute && reference.steps == ["allow"];
        for reference in references::of(file).into_iter().filter(allows) {
            faults.push(format!("{}:{}: `allow`: write `expect` with a reason", file.path, reference.line));
        }
    }
    faults
}

#[test]
fn time_chance_and_environment_come_in_by_one_door_each() {
    none(&doors(&program()));
}

#[test]
fn another_door_is_found() {
    let samples = [
        File::sample("src/clock.rs", "fn now() { jiff::Timestamp::now(); getrandom::fill(x); }"),
        File::sample("src/config.rs", "fn a() { std::env::var(name); }"),
        File::sample("src/web/a.rs", "fn a() { jiff::Zoned::now(); }"),
        File::sample("src/jobs/b.rs", "use std::time::{Duration, SystemTime};"),
        File::sample("src/cli/c.rs", "fn a() { env::var_os(NAME) } fn b() { clock.now(); env!(\"CARGO\"); }"),
        File::sample("src/service/d.rs", "fn a() { getrandom::fill(b); }"),
    ];
    finds(&doors(&samples), &["src/web/a.rs", "src/jobs/b.rs", "src/cli/c.rs", "src/service/d.rs"]);
}

#[test]
fn no_lint_is_switched_off() {
    let files = read(&["src", "tests", "benches", "build.rs"]);
    none(&switched_off(&files.into_iter().filter(|file| file.ends(&[".rs"])).collect::<Vec<_>>()));
}

#[test]
fn a_lint_switched_off_is_found() {
    let samples = [
        File::sample("src/a.rs", "#[allow(dead_code)] fn a() {}"),
        File::sample("src/b.rs", "#![allow(clippy::all)] fn b() {}"),
        File::sample("src/c.rs", "#[cfg_attr(test, allow(unused))] fn c() {}"),
        File::sample("src/d.rs", "// #[allow(unused)]\n#[expect(unused, reason = \"why\")] fn allow() { allow(1) }"),
    ];
    finds(&switched_off(&samples), &["src/a.rs", "src/b.rs", "src/c.rs"]);
}
