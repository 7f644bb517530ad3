//! A throwaway PostgreSQL cluster: reached by a socket in the run's folder only. All stories share one that is never synced, with a
//! database each; what is killed and must lose nothing has one to itself.

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

/// Nothing of the shared cluster is to survive, and each of its databases lives for seconds.
const FOR_SPEED: &[&str] =
    &["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off"];
/// As an operator runs it: whatever is committed is on the disk.
const FOR_GOOD: &[&str] = &["fsync=on", "synchronous_commit=on", "full_page_writes=on", "jit=off"];

/// The running cluster.
pub struct Postgres {
    server: Mutex<Child>,
    launch: Launch,
    made: AtomicU32,
    making: Mutex<Option<PgConnection>>,
}

/// How its programs are run.
struct Launch {
    programs: PathBuf,
    /// Holds the data, and the socket.
    home: PathBuf,
    /// Whom they run as, where that is not ourselves.
    owner: Option<(u32, u32)>,
    log: PathBuf,
    settings: &'static [&'static str],
}

impl Launch {
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(&self.home).process_group(0).stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        if let Some((uid, gid)) = self.owner {
            command.uid(uid).gid(gid);
        }
        command
    }

    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn server(&self) -> Result<Child, String> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&self.log);
        let log = log.map_err(|error| error.to_string())?;
        let settings = ["listen_addresses=", "max_connections=200"];
        self.command("postgres")
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(&self.home)
            .args(self.settings.iter().chain(&settings).flat_map(|setting| ["-c", *setting]))
            .stdout(log.try_clone().map_err(|error| error.to_string())?)
            .stderr(log)
            .spawn()
            .map_err(|error| format!("PostgreSQL could not be started: {error}"))
    }
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
        let programs = programs(&["initdb", "postgres", "psql"]).ok_or(MISSING)?;
        let home = folder.path().join(name);
        let owner = owner()?;
        std::fs::create_dir(&home).map_err(|error| error.to_string())?;
        if let Some((uid, gid)) = owner {
            chown(&home, Some(uid), Some(gid)).map_err(|error| error.to_string())?;
        }
        let launch = Launch { programs, home, owner, log: folder.path().join(format!("{name}.log")), settings };
        // An English order of words, unlike SQLite's, so that a column that forgets to say its collation is found out.
        let made = launch
            .command("initdb")
            .args(["--username=followthrough", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"])
            .args(["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB", "-D"])
            .arg(launch.data())
            .output()
            .map_err(|error| format!("initdb could not be run: {error}"))?;
        succeeded("initdb", &made)?;
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(&launch.home, open).map_err(|error| error.to_string())?;
        let server = Mutex::new(launch.server()?);
        let cluster = Postgres { server, launch, made: AtomicU32::new(0), making: Mutex::default() };
        cluster.wait()?;
        Ok(cluster)
    }

    fn wait(&self) -> Result<(), String> {
        let given_up = Instant::now() + Duration::from_secs(30);
        while self.psql("postgres", "select 1").is_err() {
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
            *self.server.lock().expect("the server's lock") = self.launch.server()?;
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
        self.psql(name, &format!("create table taken (row_of_file serial, {})", typed.join(", ")))?;
        let (quoted, path) = (quoted.join(", "), file.display());
        // An empty cell is an empty text: what no cell says is what none is taken for.
        let how = "with (format csv, header, encoding 'utf8', null 'no cell of ours says this')";
        self.psql(name, &format!("\\copy taken ({quoted}) from '{path}' {how}"))?;
        let rows = format!("select row_to_json(one) from (select {quoted} from taken order by row_of_file) as one");
        Ok(self.psql(name, &rows)?.lines().map(str::to_owned).collect())
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
        format!("postgres:///{database}?host={}&user=followthrough", self.launch.home.display())
    }

    fn psql(&self, database: &str, statement: &str) -> Result<String, String> {
        let done = Command::new(self.launch.programs.join("psql"))
            .args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-U", "followthrough", "-d", database, "-c", statement, "-h"])
            .arg(&self.launch.home)
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

fn name_in(url: &str) -> &str {
    url.trim_start_matches("postgres:///").split('?').next().expect("the name of a database")
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
