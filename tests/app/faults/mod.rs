//! What goes wrong with machines, and what readers, writers and the jobs see of it: a database that is gone or says nothing, a disk
//! that is full or takes nothing, a clock that jumps, a postman who is killed, a mail server that says nothing, a panic, an end in the
//! middle of a crowd, a job that breaks off. Each is made really, not played: lines are cut, disks are filled, processes are killed.
//!
//! Small disks are mounted, which root alone may do, and not in every container. With FOLLOWTHROUGH_WITHOUT_MOUNTS=1 it is known that it
//! cannot be done, and the summary counts the stories of `disk` as ignored; without it they fail.

mod clock;
mod clock_ahead;
mod database;
mod disk;
pub mod line;
mod mailing;
mod nodes;
mod panics;
mod pieces;
mod small_disk;
mod unwritable;

use std::sync::Arc;

use crate::servers::Servers;
use crate::story::Story;
use crate::support::{Arranged, DatabaseKind, Place};

/// The stories of this folder.
pub fn stories() -> Vec<Story> {
    let all = [
        clock::stories(),
        clock_ahead::stories(),
        database::stories(),
        disk::stories().into_iter().map(Story::mounts).collect(),
        mailing::stories(),
        nodes::stories(),
        panics::stories(),
        pieces::stories(),
        unwritable::stories(),
    ];
    all.into_iter().flatten().collect()
}

/// A place with the fictional inquiry in a database of the cluster: for what befalls a line to a server.
pub struct OnPostgres(pub Place);

impl Arranged for OnPostgres {
    const DATABASES: &'static [(&'static str, DatabaseKind)] = &[("postgres", DatabaseKind::Postgres)];

    fn place(servers: &Arc<Servers>, kind: DatabaseKind) -> Place {
        Place::filled(servers, kind)
    }

    fn arrange(place: Place) -> Self {
        OnPostgres(place)
    }
}

/// The same with a file: for what befalls a file.
pub struct OnSqlite(Place);

impl Arranged for OnSqlite {
    const DATABASES: &'static [(&'static str, DatabaseKind)] = &[("sqlite", DatabaseKind::Sqlite)];

    fn place(servers: &Arc<Servers>, kind: DatabaseKind) -> Place {
        Place::filled(servers, kind)
    }

    fn arrange(place: Place) -> Self {
        OnSqlite(place)
    }
}

/// An address whose page is made for each request anew: it asks twice, and is kept under no name.
fn made_anew(path: &str) -> String {
    format!("{path}?as-at=&as-at=")
}
