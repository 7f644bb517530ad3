//! Which room may import which, and no circle within the domain.

use std::collections::{BTreeMap, BTreeSet};

use crate::references;
use crate::source::{File, program};
use crate::{finds, none};

/// The import table. `web` and `jobs` never meet, `store` and `mail` never meet, nothing imports `server` but the
/// commands.
const TABLE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("config", &["domain"]),
    ("clock", &["domain"]),
    ("embed", &[]),
    ("telemetry", &[]),
    ("store", &["domain"]),
    ("mail", &["domain"]),
    ("service", &["domain", "store"]),
    ("jobs", &["domain", "store", "service", "mail", "clock", "telemetry"]),
    ("demo", &["domain", "store", "service", "jobs", "clock"]),
    ("web", &["domain", "store", "service", "clock", "embed", "mail", "telemetry"]),
    ("server", &["domain", "config", "clock", "embed", "telemetry", "store", "mail", "service", "jobs", "demo", "web"]),
];

/// The rooms that compose all others.
const FREE: [&str; 3] = ["cli", "main", "lib"];

/// The crates that one room keeps from the others, and whether a domain type may derive from it.
const KEPT: &[(&str, &[&str], bool)] = &[
    ("diesel", &["store"], true),
    ("diesel_migrations", &["store"], false),
    ("actix_web", &["web", "server"], false),
    ("lettre", &["mail"], false),
    ("metrics_exporter_prometheus", &["telemetry"], false),
];

fn imports(files: &[File]) -> Vec<String> {
    let rooms: BTreeSet<&str> = TABLE.iter().map(|(room, _)| *room).chain(FREE).collect();
    let mut faults = Vec::new();
    for file in files {
        let room = file.room().unwrap_or_default();
        if FREE.contains(&room) {
            continue;
        }
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == room) else {
            faults.push(format!("{}: the room `{room}` is not in the import table", file.path));
            continue;
        };
        for reference in references::of(file) {
            let Some(path) = reference.path_from_root(&file.module()) else { continue };
            let Some(other) = path.first().map(String::as_str) else { continue };
            if other != room && rooms.contains(other) && !allowed.contains(&other) {
                faults.push(format!(
                    "{}:{}: {room} may not import {other} ({})",
                    file.path,
                    reference.line,
                    reference.text()
                ));
            }
        }
    }
    faults
}

fn kept_crates(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files {
        let room = file.room().unwrap_or_default();
        for reference in references::of(file) {
            let Some((name, rooms, derived)) = KEPT.iter().find(|(name, ..)| reference.steps[0] == *name) else {
                continue;
            };
            let derives = *derived && room == "domain" && reference.in_attribute;
            if !rooms.contains(&room) && !derives {
                faults.push(format!(
                    "{}:{}: `{name}` belongs to {rooms:?} ({})",
                    file.path,
                    reference.line,
                    reference.text()
                ));
            }
        }
    }
    faults
}

/// The doors get a `Reader` and deeds: a page or a job that names the writer could write past every rule.
fn writers(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| matches!(file.room(), Some("web" | "jobs"))) {
        for reference in references::of(file) {
            let writes = reference.path_from_root(&file.module()).is_some_and(|path| {
                path.first().is_some_and(|room| room == "store")
                    && path.iter().any(|step| matches!(step.as_str(), "Writer" | "WriteTx" | "Alone"))
            });
            if writes {
                faults.push(format!("{}:{}: only `service` writes ({})", file.path, reference.line, reference.text()));
            }
        }
    }
    faults
}

/// Files of one room as a graph: which other files of the room each one names.
fn graph(files: &[File], room: &str) -> BTreeMap<String, BTreeSet<String>> {
    let inside: Vec<&File> =
        files.iter().filter(|file| file.room() == Some(room) && !file.path.ends_with("/mod.rs")).collect();
    let names: BTreeSet<String> = inside.iter().map(|file| file.module().join("::")).collect();
    let edges = inside.iter().map(|file| {
        let own = file.module().join("::");
        let named = references::of(file).into_iter().filter_map(|reference| {
            let path = reference.path_from_root(&file.module())?;
            (1..=path.len()).rev().map(|length| path[..length].join("::")).find(|module| names.contains(module))
        });
        (own.clone(), named.filter(|other| *other != own).collect())
    });
    edges.collect()
}

fn circles(files: &[File], room: &str) -> Vec<String> {
    let graph = graph(files, room);
    let mut faults = Vec::new();
    for start in graph.keys() {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = graph[start].iter().collect();
        while let Some(next) = open.pop() {
            if next == start {
                faults.push(format!("{start} imports itself by way of others"));
                break;
            }
            if seen.insert(next) {
                open.extend(&graph[next]);
            }
        }
    }
    faults
}

#[test]
fn each_room_imports_only_what_the_table_allows() {
    none(&imports(&program()));
}

#[test]
fn a_forbidden_import_is_found() {
    let samples = [
        File::sample("src/domain/id.rs", "use crate::{domain::text, store::Reader};"),
        File::sample("src/store/mod.rs", "pub fn a() { crate::mail::send() } // use crate::web::Page;"),
        File::sample("src/jobs/tidy.rs", "log!(super::super::web::Page); use crate::clock::Clock;"),
        File::sample("src/attic/mod.rs", ""),
        File::sample("src/cli/serve.rs", "use crate::{server, web, jobs};"),
        File::sample("src/server.rs", "use crate::{web, cli::serve};"),
    ];
    finds(
        &imports(&samples),
        &[
            "domain may not import store",
            "store may not import mail",
            "jobs may not import web",
            "`attic`",
            "server may not import cli",
        ],
    );
}

#[test]
fn each_outside_crate_stays_in_its_room() {
    none(&kept_crates(&program()));
}

#[test]
fn a_crate_outside_its_room_is_found() {
    let samples = [
        File::sample("src/web/public/home.rs", "use actix_web::get; fn a() { diesel::select(1); }"),
        File::sample(
            "src/domain/id.rs",
            "#[derive(diesel::AsExpression)] #[diesel(sql_type = diesel::sql_types::Text)] struct A;",
        ),
        File::sample("src/domain/text.rs", "use diesel::prelude::*;"),
        File::sample("src/service/mod.rs", "use actix_web::web; #[derive(diesel::Queryable)] struct A;"),
        File::sample("src/jobs/postman.rs", "fn a(b: lettre::Message) {}"),
        File::sample("src/mail/send.rs", "use lettre::Message;"),
    ];
    let places =
        ["home.rs:1: `diesel`", "text.rs:1: `diesel`", "mod.rs:1: `actix_web`", "mod.rs:1: `diesel`", "`lettre`"];
    finds(&kept_crates(&samples), &places);
}

#[test]
fn no_door_holds_the_writer() {
    none(&writers(&program()));
}

#[test]
fn a_door_with_the_writer_is_found() {
    let samples = [
        File::sample("src/web/staff/item.rs", "use crate::store::{Reader, Writer};"),
        File::sample("src/jobs/tidy.rs", "fn tidy(tx: &crate::store::WriteTx) {}"),
        File::sample("src/service/item.rs", "use crate::store::Writer;"),
    ];
    finds(&writers(&samples), &["item.rs:1: only", "tidy.rs:1: only"]);
}

#[test]
fn the_domain_has_no_circles() {
    none(&circles(&program(), "domain"));
}

#[test]
fn a_circle_is_found() {
    let samples = [
        File::sample("src/domain/mod.rs", "pub mod a; pub mod b; pub mod c;"),
        File::sample("src/domain/a.rs", "use super::b::B;"),
        File::sample("src/domain/b.rs", "fn c(x: crate::domain::c::C) {}"),
        File::sample("src/domain/c.rs", "use super::a::{A, Other};"),
        File::sample("src/domain/d.rs", "use super::a::A;"),
    ];
    finds(&circles(&samples, "domain"), &["domain::a imports", "domain::b imports", "domain::c imports"]);
}
