//! Two PostgreSQL clusters, a primary and a streaming replica of it, which one story has for itself: each is stopped, killed,
//! begun again or made the primary as the story goes. Reached by sockets in a folder of the run only.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::launch::{Launch, USER};
use crate::support::process::until;
use crate::support::{Arranged, DatabaseKind, Place};

/// The database of the register in both.
const NAME: &str = "register";
/// How long a cluster may take to begin, or to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A place whose register is kept in a primary, with a replica beside it. Settings name the primary alone to begin with.
pub struct Pair {
    /// The place.
    pub place: Place,
    /// The server that takes writes.
    pub primary: Cluster,
    /// The one that follows it.
    pub replica: Cluster,
    /// Stands last: it goes when both servers have.
    _folder: Arc<tempfile::TempDir>,
}

impl Arranged for Pair {
    const DATABASES: &'static [(&'static str, DatabaseKind)] = &[("postgres", DatabaseKind::Postgres)];

    fn arrange(place: Place) -> Self {
        let folder = Arc::new(place.servers().folder().fresh("pair-"));
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("a folder of ours");
        let primary = Cluster::beside(folder.path(), "primary");
        primary.launch.makes_data().unwrap_or_else(|fault| panic!("{fault}"));
        primary.start();
        primary.says("postgres", &format!("create database {NAME}"));

        let replica = Cluster::beside(folder.path(), "replica");
        let (from, to) = (primary.launch.home.display().to_string(), replica.launch.data().display().to_string());
        let how =
            ["--username", USER, "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"];
        let copied = [&how[..], &["--host", &from, "--pgdata", &to]].concat();
        replica.launch.runs("pg_basebackup", &copied).unwrap_or_else(|fault| panic!("{fault}"));
        replica.start();
        until(PATIENCE, "the replica follows", || primary.asks("select count(*) from pg_stat_replication") == "1");
        place.set("DATABASE_URL", &primary.url());
        Pair { place, primary, replica, _folder: folder }
    }
}

impl Pair {
    /// Commits from now on are acknowledged once the replica has them, and shows them.
    pub fn waits_for_the_replica(&self) {
        self.primary.says("postgres", "alter system set synchronous_standby_names = '*'");
        self.primary.says("postgres", "alter system set synchronous_commit = 'remote_apply'");
        self.primary.says("postgres", "select pg_reload_conf()");
        until(PATIENCE, "the replica is waited for", || {
            self.primary.asks("select coalesce(max(sync_state), '') from pg_stat_replication") == "sync"
        });
    }

    /// Both servers in one address, of which the one is meant that takes writes.
    pub fn both(&self) -> String {
        let (one, other) = (self.primary.launch.home.display(), self.replica.launch.home.display());
        format!("postgres:///{NAME}?host={one},{other}&user={USER}&target_session_attrs=read-write")
    }
}

/// One of the two.
pub struct Cluster {
    launch: Launch,
    server: Mutex<Option<Child>>,
}

impl Cluster {
    /// A folder for it; nothing is made in it yet.
    fn beside(folder: &Path, name: &str) -> Self {
        let launch = Launch::in_folder(folder, name, &["initdb", "postgres", "psql", "pg_basebackup", "pg_ctl"]);
        Cluster { launch: launch.unwrap_or_else(|fault| panic!("{fault}")), server: Mutex::default() }
    }

    /// Starts it and waits until it answers.
    pub fn start(&self) {
        let begun = self.launch.server(&["max_connections=100", "fsync=off", "autovacuum=off", "jit=off"]);
        *self.server.lock().expect("the server") = Some(begun.unwrap_or_else(|fault| panic!("{fault}")));
        let answers = || self.launch.psql("postgres", "select 1").is_ok();
        until(PATIENCE, "the cluster answers (its log lies beside it)", answers);
    }

    /// Stops it at once: whoever is connected is cut off.
    pub fn stop(&self) {
        if let Some(mut server) = self.server.lock().expect("the server").take() {
            signal("-QUIT", &[server.id().to_string()]);
            let _ended = server.wait();
        }
    }

    /// `kill -9` of the server and of every process that it has begun.
    pub fn kill(&self) {
        let Some(mut server) = self.server.lock().expect("the server").take() else { return };
        let id = server.id();
        let begun = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        let all: Vec<String> = begun.split_whitespace().map(str::to_owned).chain([id.to_string()]).collect();
        signal("-KILL", &all);
        let _ended = server.wait();
    }

    /// Makes it take writes, when its primary is gone.
    pub fn promote(&self) {
        let data = self.launch.data().display().to_string();
        let promoted = self.launch.runs("pg_ctl", &["promote", "--wait", "-D", &data]);
        promoted.unwrap_or_else(|fault| panic!("{fault}"));
    }

    /// The address of the register in it.
    pub fn url(&self) -> String {
        format!("postgres:///{NAME}?host={}&user={USER}", self.launch.home.display())
    }

    /// The one value that the register answers.
    pub fn asks(&self, query: &str) -> String {
        self.says(NAME, query)
    }

    /// The one value that a database answers.
    pub fn says(&self, database: &str, statement: &str) -> String {
        self.launch.psql(database, statement).unwrap_or_else(|fault| panic!("{fault}"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

fn signal(which: &str, to: &[String]) {
    // One that has gone meanwhile makes `kill` fail; the others are told all the same.
    let told = Command::new("kill").arg(which).args(to).stderr(Stdio::null()).status();
    assert!(told.is_ok(), "`kill` could not be run");
}
