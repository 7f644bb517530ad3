//! One PostgreSQL cluster in a folder of the run: how its programs are found and run, and as whom.

use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use super::environment;

/// Whom the stories and the program are to each cluster.
pub const USER: &str = "followthrough";

const MISSING: &str = "PostgreSQL's server programs (initdb, postgres) were not found in PATH or in /usr/lib/postgresql/*/bin: \
                       install PostgreSQL 15 or later (on Debian: apt-get install postgresql)";

/// How a cluster's programs are run; as root, as the user `postgres` or `nobody`, for PostgreSQL refuses root.
pub struct Launch {
    programs: PathBuf,
    /// Holds the data, and the socket.
    pub home: PathBuf,
    /// Whom they run as, where that is not ourselves.
    owner: Option<(u32, u32)>,
    /// What the server says.
    pub log: PathBuf,
}

impl Launch {
    /// A folder of this name for it; nothing is made in it yet.
    ///
    /// # Errors
    /// Where one of the programs is missing, or there is nobody to run them as.
    pub fn in_folder(folder: &Path, name: &str, wanted: &[&str]) -> Result<Self, String> {
        let programs = programs(wanted).ok_or(MISSING)?;
        let owner = owner()?;
        let home = folder.join(name);
        std::fs::create_dir(&home).map_err(|error| error.to_string())?;
        if let Some((uid, gid)) = owner {
            chown(&home, Some(uid), Some(gid)).map_err(|error| error.to_string())?;
        }
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(&home, open).map_err(|error| error.to_string())?;
        Ok(Launch { programs, home, owner, log: folder.join(format!("{name}.log")) })
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(&self.home).process_group(0).stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        if let Some((uid, gid)) = self.owner {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Where the cluster keeps what it holds.
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// Runs one of its programs to the end.
    ///
    /// # Errors
    /// The program's own words where it did not end well.
    pub fn runs(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let done = self.command(program).args(arguments).output();
        succeeded(program, &done.map_err(|error| format!("{program} could not be run: {error}"))?)
    }

    /// Makes an empty cluster. An English order of words, unlike SQLite's, so that a column that forgets to say its collation is found
    /// out.
    ///
    /// # Errors
    /// What initdb says.
    pub fn makes_data(&self) -> Result<(), String> {
        let data = self.data();
        let data = data.to_str().ok_or("the folder's name is no text")?;
        let how = ["--username", USER, "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"];
        let order = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB", "-D", data];
        self.runs("initdb", &[&how[..], &order].concat())
    }

    /// Starts the server, reached by its socket alone.
    ///
    /// # Errors
    /// Where it cannot be started.
    pub fn server(&self, settings: &[&str]) -> Result<Child, String> {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(&self.log);
        let log = log.map_err(|error| error.to_string())?;
        self.command("postgres")
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(&self.home)
            .args(["listen_addresses="].iter().chain(settings).flat_map(|setting| ["-c", *setting]))
            .stdout(log.try_clone().map_err(|error| error.to_string())?)
            .stderr(log)
            .spawn()
            .map_err(|error| format!("PostgreSQL could not be started: {error}"))
    }

    /// What a database answers.
    ///
    /// # Errors
    /// What psql says.
    pub fn psql(&self, database: &str, statement: &str) -> Result<String, String> {
        let done = Command::new(self.programs.join("psql"))
            .args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-U", USER, "-d", database, "-c", statement, "-h"])
            .arg(&self.home)
            .output()
            .map_err(|error| format!("psql could not be run: {error}"))?;
        succeeded("psql", &done)?;
        Ok(String::from_utf8_lossy(&done.stdout).trim_end().to_owned())
    }
}

/// The program's own words where it did not end well.
fn succeeded(program: &str, done: &Output) -> Result<(), String> {
    if done.status.success() {
        return Ok(());
    }
    let (said, wrong) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    Err(format!("{program} failed ({}):\n{said}{wrong}", done.status))
}

/// The folder that holds these of the server's programs: Debian keeps them out of PATH, and the newest version comes first.
fn programs(wanted: &[&str]) -> Option<PathBuf> {
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
fn owner() -> Result<Option<(u32, u32)>, String> {
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
