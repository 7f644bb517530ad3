//! A throwaway PostgreSQL cluster: reached by a socket in the run's folder only. All stories share one that is never synced, with a
//! database each; what is killed and must lose nothing has one to itself.

use std::path::Path;
use std::process::{Child, Command};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use super::folder::RunFolder;
use super::launch::{Launch, USER};

/// Nothing of the shared cluster is to survive, and each of its databases lives for seconds.
const FOR_SPEED: &[&str] = &[
    "max_connections=200",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "jit=off",
];
/// As an operator runs it: whatever is committed is on the disk.
const FOR_GOOD: &[&str] =
    &["max_connections=200", "fsync=on", "synchronous_commit=on", "full_page_writes=on", "jit=off"];

/// The running cluster.
pub struct Postgres {
    server: Mutex<Child>,
    launch: Launch,
    settings: &'static [&'static str],
    made: AtomicU32,
    making: Mutex<Option<PgConnection>>,
}

impl Postgres {
    /// Makes the cluster that all stories share and starts it; as root, both as the user `postgres` or `nobody`, for
    /// PostgreSQL refuses root.
    pub fn start(folder: &RunFolder) -> Result<Self, String> {
        Self::make(folder, "postgres", FOR_SPEED)
    }

    /// The same for the one story that kills it: a cluster that keeps what it has acknowledged.
    pub fn start_for_good(folder: &RunFolder) -> Result<Self, String> {
        Self::make(folder, "postgres-for-good", FOR_GOOD)
    }

    fn make(folder: &RunFolder, name: &str, settings: &'static [&'static str]) -> Result<Self, String> {
        let launch = Launch::in_folder(folder.path(), name, &["initdb", "postgres", "psql"])?;
        launch.makes_data()?;
        let server = Mutex::new(launch.server(settings)?);
        let cluster = Postgres { server, launch, settings, made: AtomicU32::new(0), making: Mutex::default() };
        cluster.wait()?;
        Ok(cluster)
    }

    fn wait(&self) -> Result<(), String> {
        let given_up = Instant::now() + Duration::from_secs(30);
        while self.launch.psql("postgres", "select 1").is_err() {
            let ended = self.server.lock().expect("the server's lock").try_wait().ok().flatten();
            if ended.is_some() || Instant::now() > given_up {
                let log = std::fs::read_to_string(&self.launch.log).unwrap_or_default();
                return Err(format!("PostgreSQL did not start; its log says:\n{log}"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// `kill -9` of the server, and a new start: when this returns, it answers again.
    pub fn kill_and_start_again(&self) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("PostgreSQL could not be killed: {error}");
        let mut server = self.server.lock().expect("the server's lock");
        server.kill().map_err(failed)?;
        server.wait().map_err(failed)?;
        drop(server);
        self.making.lock().expect("the lock for making databases").take();
        let given_up = Instant::now() + Duration::from_secs(60);
        loop {
            *self.server.lock().expect("the server's lock") = self.launch.server(self.settings)?;
            match self.wait() {
                Ok(()) => return Ok(()),
                Err(fault) if Instant::now() > given_up => return Err(fault),
                // A new server refuses to begin while one whom the dead one had begun still holds its memory.
                Err(_) => std::thread::sleep(Duration::from_millis(100)),
            }
        }
    }

    /// Makes an empty database and answers its URL.
    pub fn empty(&self) -> String {
        self.create("template1")
    }

    /// Has PostgreSQL read a file of comma-separated lines whose first names these columns, and answers each other line as JSON.
    ///
    /// # Errors
    /// What PostgreSQL says of a file that it cannot read.
    pub fn read_csv(&self, file: &Path, columns: &[String]) -> Result<Vec<String>, String> {
        let url = self.empty();
        let name = name_in(&url);
        let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        let typed: Vec<String> = quoted.iter().map(|column| format!("{column} text")).collect();
        self.launch.psql(name, &format!("create table taken (row_of_file serial, {})", typed.join(", ")))?;
        let (quoted, path) = (quoted.join(", "), file.display());
        // An empty cell is an empty text: what no cell says is what none is taken for.
        let how = "with (format csv, header, encoding 'utf8', null 'no cell of ours says this')";
        self.launch.psql(name, &format!("\\copy taken ({quoted}) from '{path}' {how}"))?;
        let rows = format!("select row_to_json(one) from (select {quoted} from taken order by row_of_file) as one");
        Ok(self.launch.psql(name, &rows)?.lines().map(str::to_owned).collect())
    }

    /// Makes a copy of a database that nobody is connected to, and answers its URL.
    pub fn copy(&self, url: &str) -> String {
        self.create(name_in(url))
    }

    fn create(&self, template: &str) -> String {
        let name = format!("story_{}", self.made.fetch_add(1, Ordering::Relaxed));
        let mut making = self.making.lock().expect("the lock for making databases");
        let kept = making.take().map_or_else(|| PgConnection::establish(&self.url("postgres")), Ok);
        let connection = making.insert(kept.expect("the cluster"));
        connection.batch_execute(&format!("create database {name} template {template}")).expect("a new database");
        drop(making);
        self.url(&name)
    }

    fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user={USER}", self.launch.home.display())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let Ok(server) = self.server.get_mut() else { return };
        let asked = Command::new("kill").args(["-INT", &server.id().to_string()]).status();
        if asked.is_ok_and(|status| status.success()) {
            let _ended = server.wait();
        }
    }
}

fn name_in(url: &str) -> &str {
    url.trim_start_matches("postgres:///").split('?').next().expect("the name of a database")
}
