//! Verbs for stories.
//!
//! A story is a function that takes a `&TestApp`: a served register in a folder of its own, with a database of its own
//! (SQLite, then PostgreSQL), a clock that stands still at nine in the morning of 23 November 2026, and the fictional
//! Ashgrove Ferry Inquiry (`tests/app/ashgrove.toml`) loaded. Everything goes through HTTP: pages are read, links
//! followed, forms filled by their labels and sent with what the server put in them.
//!
//! ```ignore
//! use crate::stories;
//! use crate::support::TestApp;
//!
//! stories![an_overseer_records_a_response];       // names every story of the file
//!
//! fn an_overseer_records_a_response(app: &TestApp) {
//!     let overseer = app.person("overseer");      // invited, password set, signed in; "overseer two" is another one
//!     let item = overseer.open("/staff").follow("Ashgrove Ferry Inquiry").follow("Recommendation 1");
//!     let form = item.follow("Record a response").form("Publish");
//!     form.submit().is(422).complains("Choose what the body answered");
//!     let done = item.follow("Record a response").form("Publish").choose("Accepted").date("When?", "2026-11-20").send();
//!     done.sees("Response recorded");
//!
//!     let public = app.public();                  // nobody in particular, no cookies
//!     public.open("/inquiries/ashgrove/recommendations/1").sees("Accepted").does_not_see("private note");
//!     public.get("/staff").is(303);
//!
//!     app.clock().advance(days(14));              // the clock moves only so
//!     app.jobs_at("2026-12-07T08:30:00Z");        // runs what is due then, and moves the clock there
//!     app.mailbox().of("overseer@example.org").about("Weekly summary").says("Accepted");
//!
//!     let window = app.window(Window::phone(), &overseer);   // a real browser, with this visitor's cookies
//!     window.open("/staff");
//!     window.is_sound();                          // axe, no sideways scroll, quiet console, nobody else asked
//! }
//! ```
//!
//! A story that takes a `&Place` begins earlier: an empty database, settings to be set, then `place.app()`, or the
//! program itself by `place.run(&["migrate"])` and `place.spawn(&["serve"])`. Each HTML page that any story sees is
//! checked at the end of the run (`every_page`). A story that takes a `&Both` compares the two databases, one
//! that takes a `&Pair` (`servers/pair.rs`) has a PostgreSQL server of its own with a replica. Add a new file's `stories()` to the list in `main.rs`.

pub mod app;
pub mod browser;
pub mod engine;
pub mod form;
pub mod luck;
pub mod mailbox;
pub mod page;
pub mod place;
pub mod printed;
pub mod process;
pub mod raw;
pub mod steps;
pub mod visitor;

use std::sync::Arc;

use crate::servers::Servers;
pub use app::{PASSWORD, TestApp};
pub use place::{DatabaseKind, Place};

/// What a story can ask for: made from a place.
pub trait Arranged {
    /// On which databases such a story runs, with what stands before its name.
    const DATABASES: &'static [(&'static str, DatabaseKind)] =
        &[("sqlite", DatabaseKind::Sqlite), ("postgres", DatabaseKind::Postgres)];

    /// The place to begin with.
    fn place(servers: &Arc<Servers>, kind: DatabaseKind) -> Place {
        Place::new(servers, kind)
    }

    /// Makes it.
    fn arrange(place: Place) -> Self;
}

impl Arranged for Place {
    fn arrange(place: Place) -> Self {
        place
    }
}

impl Arranged for TestApp {
    fn place(servers: &Arc<Servers>, kind: DatabaseKind) -> Place {
        Place::filled(servers, kind)
    }

    fn arrange(place: Place) -> Self {
        place.app()
    }
}

/// One place of each kind, for what must be the same on both.
pub struct Both {
    /// The one with a file.
    pub sqlite: Place,
    /// The one with a database of the cluster.
    pub postgres: Place,
}

impl Arranged for Both {
    const DATABASES: &'static [(&'static str, DatabaseKind)] = &[("both", DatabaseKind::Postgres)];

    fn arrange(postgres: Place) -> Self {
        Both { sqlite: Place::new(postgres.servers(), DatabaseKind::Sqlite), postgres }
    }
}
