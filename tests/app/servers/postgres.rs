//! One throwaway PostgreSQL cluster: reached by a socket in the run's folder only, never synced, one database a story.

use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use super::environment;
use super::folder::RunFolder;

/// What to say where they are missing.
pub const MISSING: &str = "PostgreSQL's server programs (initdb, postgres) were not found in PATH or in /usr/lib/postgresql/*/bin: \
                       install PostgreSQL 15 or later (on Debian: apt-get install postgresql)";

/// The running cluster.
pub struct Postgres {
    server: Mutex<Child>,
    programs: PathBuf,
    socket: PathBuf,
    made: AtomicU32,
    making: Mutex<Option<PgConnection>>,
}

impl Postgres {
    /// Makes the cluster and starts it; as root, both as the user `postgres` or `nobody`, for PostgreSQL refuses root.
    pub fn start(folder: &RunFolder) -> Result<Self, String> {
        let programs = programs(&["initdb", "postgres", "psql"]).ok_or(MISSING)?;
        let home = folder.path().join("postgres");
        let owner = owner()?;
        std::fs::create_dir(&home).map_err(|error| error.to_string())?;
        if let Some((uid, gid)) = owner {
            chown(&home, Some(uid), Some(gid)).map_err(|error| error.to_string())?;
        }
        let data = home.join("data");
        let as_owner = |program: &str| {
            let mut command = Command::new(programs.join(program));
            command.current_dir(&home).process_group(0).stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
            if let Some((uid, gid)) = owner {
                command.uid(uid).gid(gid);
            }
            command
        };
        // An English order of words, unlike SQLite's, so that a column that forgets to say its collation is found out.
        let made = as_owner("initdb")
            .args(["--username=followthrough", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"])
            .args(["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB", "-D"])
            .arg(&data)
            .output()
            .map_err(|error| format!("initdb could not be run: {error}"))?;
        succeeded("initdb", &made)?;
        std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())?;
        let log = std::fs::File::create(folder.path().join("postgres.log")).map_err(|error| error.to_string())?;
        // Nothing of this cluster is to survive, and each of its databases lives for seconds.
        let for_speed = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off"];
        let settings = [&for_speed[..], &["listen_addresses=", "max_connections=200"]].concat();
        let server = as_owner("postgres")
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&home)
            .args(settings.iter().flat_map(|setting| ["-c", setting]))
            .stdout(log.try_clone().map_err(|error| error.to_string())?)
            .stderr(log)
            .spawn()
            .map_err(|error| format!("PostgreSQL could not be started: {error}"))?;
        let cluster = Postgres {
            server: Mutex::new(server),
            programs,
            socket: home,
            made: AtomicU32::new(0),
            making: Mutex::default(),
        };
        cluster.wait(folder)?;
        Ok(cluster)
    }

    fn wait(&self, folder: &RunFolder) -> Result<(), String> {
        let given_up = Instant::now() + Duration::from_secs(30);
        while self.psql("postgres", "select 1").is_err() {
            let ended = self.server.lock().expect("the server's lock").try_wait().ok().flatten();
            if ended.is_some() || Instant::now() > given_up {
                let log = std::fs::read_to_string(folder.path().join("postgres.log")).unwrap_or_default();
                return Err(format!("PostgreSQL did not start; its log says:\n{log}"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Makes an empty database and answers its URL.
    pub fn empty(&self) -> String {
        self.create("template1")
    }

    /// Makes a copy of a database that nobody is connected to, and answers its URL.
    pub fn copy(&self, url: &str) -> String {
        let name = url.trim_start_matches("postgres:///").split('?').next().expect("the name of a database");
        self.create(name)
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
        format!("postgres:///{database}?host={}&user=followthrough", self.socket.display())
    }

    fn psql(&self, database: &str, statement: &str) -> Result<String, String> {
        let done = Command::new(self.programs.join("psql"))
            .args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-U", "followthrough", "-d", database, "-c", statement, "-h"])
            .arg(&self.socket)
            .output()
            .map_err(|error| format!("psql could not be run: {error}"))?;
        succeeded("psql", &done)?;
        Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned())
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

/// The program's own words where it did not end well.
pub fn succeeded(program: &str, done: &Output) -> Result<(), String> {
    if done.status.success() {
        return Ok(());
    }
    let (said, wrong) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    Err(format!("{program} failed ({}):\n{said}{wrong}", done.status))
}

/// The folder that holds these of the server's programs: Debian keeps them out of PATH, and the newest version comes first.
pub fn programs(wanted: &[&str]) -> Option<PathBuf> {
    let path = environment("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    debian.sort_by_key(|bin| std::cmp::Reverse(version_of(bin)));
    let complete = |bin: &PathBuf| wanted.iter().all(|program| bin.join(program).is_file());
    std::env::split_paths(&path).chain(debian).find(complete)
}

fn version_of(bin: &Path) -> u32 {
    bin.parent().and_then(Path::file_name).and_then(|name| name.to_str()?.parse().ok()).unwrap_or(0)
}

/// Whom the cluster runs as: ourselves (none), or an ordinary user when we are root.
pub fn owner() -> Result<Option<(u32, u32)>, String> {
    if id(&["-u"])? != 0 {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        if let (Ok(uid), Ok(gid)) = (id(&["-u", name]), id(&["-g", name])) {
            return Ok(Some((uid, gid)));
        }
    }
    Err("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody` to run it as".to_owned())
}

fn id(arguments: &[&str]) -> Result<u32, String> {
    let said =
        Command::new("id").args(arguments).output().map_err(|error| format!("`id` could not be run: {error}"))?;
    String::from_utf8_lossy(&said.stdout)
        .trim()
        .parse()
        .map_err(|_| format!("`id {}` names nobody", arguments.join(" ")))
}
