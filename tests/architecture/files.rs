//! Files as such: none too long, both databases migrated alike, nothing of the place where it was written.

use std::collections::BTreeSet;

use crate::source::{File, read};
use crate::{finds, none};

/// The length that a reader can hold in mind.
const LONGEST: usize = 400;

/// What no committed file may say: the first is written apart, for this file is read too.
const TRACES: [&str; 3] = [concat!("/wo", "rk/"), concat!("sand", "box"), concat!("registry.npm", "js.org")];

/// Where one of those words is meant as it stands: a switch of the browser, a word of the content security policy.
const MEANT: [&str; 2] = [concat!("--no-sand", "box"), concat!("CSP sand", "box")];

fn too_long(files: &[File]) -> Vec<String> {
    let long = files.iter().filter(|file| file.text.lines().count() > LONGEST);
    long.map(|file| format!("{}: {} lines, {LONGEST} at most", file.path, file.text.lines().count())).collect()
}

fn traces(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files {
        for (number, line) in file.text.lines().enumerate() {
            let line = MEANT.iter().fold(line.to_owned(), |line, meant| line.replace(meant, ""));
            let lower = line.to_lowercase();
            if let Some(trace) = TRACES.iter().find(|trace| lower.contains(*trace)) {
                faults.push(format!("{}:{}: says {trace:?}", file.path, number + 1));
            }
        }
        if file.path.ends_with("package-lock.json") && file.text.contains("\"resolved\"") {
            faults.push(format!("{}: names download addresses (omit-lockfile-registry-resolved)", file.path));
        }
    }
    faults
}

/// The names of the migrations of one database, with the files each has.
fn migrations(files: &[File], database: &str) -> BTreeSet<String> {
    let folder = format!("migrations/{database}/");
    files.iter().filter_map(|file| file.path.strip_prefix(&folder)).map(str::to_owned).collect()
}

fn migrated_apart(files: &[File]) -> Vec<String> {
    let (sqlite, postgres) = (migrations(files, "sqlite"), migrations(files, "postgres"));
    sqlite.symmetric_difference(&postgres).map(|name| format!("{name} is there for one database only")).collect()
}

#[test]
fn no_file_is_too_long() {
    let files = read(&["src", "tests", "benches", "templates", "assets", "migrations", "build.rs"]);
    let ours = [".rs", ".html", ".txt", ".scss", ".js", ".sql"];
    none(&too_long(&files.into_iter().filter(|file| file.ends(&ours)).collect::<Vec<_>>()));
}

#[test]
fn a_file_too_long_is_found() {
    let samples = [File::sample("src/a.rs", &"line\n".repeat(401)), File::sample("src/b.rs", &"line\n".repeat(400))];
    finds(&too_long(&samples), &["src/a.rs: 401"]);
}

#[test]
fn both_databases_have_the_same_migrations() {
    let files = read(&["migrations"]);
    none(&migrated_apart(&files));
    assert!(!migrations(&files, "sqlite").is_empty(), "there are no migrations");
}

#[test]
fn a_migration_of_one_database_only_is_found() {
    let files = ["sqlite/1_first/up.sql", "postgres/1_first/up.sql", "sqlite/2_second/up.sql"];
    let samples = files.map(|path| File::sample(&format!("migrations/{path}"), ""));
    finds(&migrated_apart(&samples), &["2_second/up.sql"]);
}

#[test]
fn nothing_tells_of_the_place_where_it_was_written() {
    none(&traces(&read(&["."])));
}

#[test]
fn a_trace_is_found() {
    let samples = [
        File::sample("src/a.rs", &format!("// see {}plan", TRACES[0])),
        File::sample("README.md", &format!("runs in a {}", TRACES[1])),
        File::sample("b.js", &format!("launch({:?})", MEANT[0])),
        File::sample("assets/package-lock.json", "{ \"resolved\": \"somewhere\" }"),
    ];
    finds(&traces(&samples), &["src/a.rs:1", "README.md:1", "package-lock.json"]);
}
