//! Steps of the schema, taken back: a place as an earlier version left it, or before any.

use std::path::Path;

use diesel::{Connection, PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness};

use super::place::{DatabaseKind, Place};

impl Place {
    /// Takes back the newest step of the schema.
    pub fn revert_newest_step(&self) {
        let url = self.setting("DATABASE_URL").expect("a database");
        let reverted = match self.database() {
            DatabaseKind::Sqlite => sqlite(&url).revert_last_migration(steps("sqlite")).map(drop),
            DatabaseKind::Postgres => postgres(&url).revert_last_migration(steps("postgres")).map(drop),
        };
        reverted.expect("a step can be taken back");
    }

    /// Takes back every step of the schema.
    pub fn revert_schema(&self) {
        let url = self.setting("DATABASE_URL").expect("a database");
        let reverted = match self.database() {
            DatabaseKind::Sqlite => sqlite(&url).revert_all_migrations(steps("sqlite")).map(drop),
            DatabaseKind::Postgres => postgres(&url).revert_all_migrations(steps("postgres")).map(drop),
        };
        reverted.expect("each step can be taken back");
    }
}

fn sqlite(url: &str) -> SqliteConnection {
    SqliteConnection::establish(url.trim_start_matches("sqlite:")).expect("the database")
}

fn postgres(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("the database")
}

/// The steps for one of the two.
fn steps(database: &str) -> FileBasedMigrations {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
    FileBasedMigrations::from_path(folder).expect("the migrations")
}
