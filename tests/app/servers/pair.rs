//! Two PostgreSQL clusters, a primary and a streaming replica of it, which one story has for itself: each is stopped, killed,
//! begun again or made the primary as the story goes. Reached by sockets in a folder of the run only.

use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::postgres::{MISSING, owner, programs, succeeded};
use crate::support::process::until;
use crate::support::{Arranged, DatabaseKind, Place};

/// The database of the register in both.
const NAME: &str = "register";
/// Whom the story and the program are to the server.
const USER: &str = "followthrough";
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
        let locale = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB", "--encoding=UTF8"];
        let made = primary
            .command("initdb")
            .args(["--username", USER, "--auth=trust", "--no-sync", "--no-instructions"])
            .args(locale)
            .arg("-D")
            .arg(primary.data())
            .output();
        succeeded("initdb", &made.expect("initdb can be run")).unwrap_or_else(|fault| panic!("{fault}"));
        primary.start();
        primary.says("postgres", &format!("create database {NAME}"));

        let replica = Cluster::beside(folder.path(), "replica");
        let made = replica
            .command("pg_basebackup")
            .args([
                "--username",
                USER,
                "--write-recovery-conf",
                "--wal-method=stream",
                "--checkpoint=fast",
                "--no-sync",
            ])
            .arg("--host")
            .arg(&primary.home)
            .arg("--pgdata")
            .arg(replica.data())
            .output();
        succeeded("pg_basebackup", &made.expect("pg_basebackup can be run")).unwrap_or_else(|fault| panic!("{fault}"));
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
        let (one, other) = (self.primary.home.display(), self.replica.home.display());
        format!("postgres:///{NAME}?host={one},{other}&user={USER}&target_session_attrs=read-write")
    }
}

/// One of the two.
pub struct Cluster {
    programs: PathBuf,
    home: PathBuf,
    owner: Option<(u32, u32)>,
    log: PathBuf,
    server: Mutex<Option<Child>>,
}

impl Cluster {
    /// A folder for it; nothing is made in it yet.
    fn beside(folder: &Path, name: &str) -> Self {
        let programs = programs(&["initdb", "postgres", "psql", "pg_basebackup", "pg_ctl"]).expect(MISSING);
        let owner = owner().unwrap_or_else(|fault| panic!("{fault}"));
        let home = folder.join(name);
        std::fs::create_dir(&home).expect("a folder within the run's folder");
        if let Some((uid, gid)) = owner {
            chown(&home, Some(uid), Some(gid)).expect("a folder of its own");
        }
        let log = folder.join(format!("{name}.log"));
        Cluster { programs, home, owner, log, server: Mutex::default() }
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// A program of PostgreSQL, run as whoever owns the cluster.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(&self.home).process_group(0).stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        if let Some((uid, gid)) = self.owner {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Starts it and waits until it answers.
    pub fn start(&self) {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&self.log).expect("a log");
        let settings = ["listen_addresses=", "max_connections=100", "fsync=off", "autovacuum=off", "jit=off"];
        let begun = self
            .command("postgres")
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(&self.home)
            .args(settings.iter().flat_map(|setting| ["-c", setting]))
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn();
        *self.server.lock().expect("the server") = Some(begun.expect("PostgreSQL can be run"));
        until(PATIENCE, "the cluster answers (its log lies beside it)", || self.psql("postgres", "select 1").is_ok());
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
        let done = self.command("pg_ctl").args(["promote", "--wait", "-D"]).arg(self.data()).output();
        succeeded("pg_ctl", &done.expect("pg_ctl can be run")).unwrap_or_else(|fault| panic!("{fault}"));
    }

    /// The address of the register in it.
    pub fn url(&self) -> String {
        format!("postgres:///{NAME}?host={}&user={USER}", self.home.display())
    }

    /// The one value that the register answers.
    pub fn asks(&self, query: &str) -> String {
        self.says(NAME, query)
    }

    /// The one value that a database answers.
    pub fn says(&self, database: &str, statement: &str) -> String {
        self.psql(database, statement).unwrap_or_else(|fault| panic!("{fault}"))
    }

    fn psql(&self, database: &str, statement: &str) -> Result<String, String> {
        let done = Command::new(self.programs.join("psql"))
            .args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-U", USER, "-d", database, "-c", statement, "-h"])
            .arg(&self.home)
            .output()
            .map_err(|error| format!("psql could not be run: {error}"))?;
        succeeded("psql", &done)?;
        Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned())
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
