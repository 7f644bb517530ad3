//! A place to run in: a folder, a database, settings. Nothing runs yet.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Nullable, Text};
use diesel::{Connection, PgConnection, QueryResult, QueryableByName, RunQueryDsl, SqliteConnection};

use super::app::TestApp;
use super::mailbox::{Mail, Mailbox};
use super::process::{Process, Ran};
use crate::servers::Servers;
use crate::servers::environment;

/// Which database a story runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    /// A file in the place's folder.
    Sqlite,
    /// A database of the run's cluster.
    Postgres,
}

impl DatabaseKind {
    /// As it stands before a story's name.
    pub fn as_str(self) -> &'static str {
        match self {
            DatabaseKind::Sqlite => "sqlite",
            DatabaseKind::Postgres => "postgres",
        }
    }
}

/// What pages and mails give as the register's address. Nothing listens there: a `Visitor` knows better.
pub const BASE_URL: &str = "http://register.example";

/// Known to the stories alone: no setting of the program.
const REGISTER: &str = "STORY_REGISTER";

/// The same: whether it is served as the demo is.
const DEMO: &str = "STORY_DEMO";

/// A folder of its own, an empty database of its own, and the settings with which the program will be started.
#[derive(Clone)]
pub struct Place {
    servers: Arc<Servers>,
    folder: Arc<tempfile::TempDir>,
    kind: DatabaseKind,
    settings: Arc<Mutex<BTreeMap<String, String>>>,
    mails: Arc<Mutex<BTreeMap<PathBuf, Vec<u8>>>>,
    served: Arc<Mutex<Option<Asks>>>,
    /// What a story asks PostgreSQL by: each new connection is a process there.
    asked: Arc<Mutex<Option<(String, PgConnection)>>>,
}

/// A database that the program has filled, with nobody connected to it.
pub struct Filled {
    folder: Arc<tempfile::TempDir>,
    database: String,
}

/// The file of an SQLite database.
fn file_in(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("followthrough.db")
}

/// Has a server in this process ask at once what others have written.
type Asks = Arc<dyn Fn() + Send + Sync>;

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
}

impl Place {
    /// A new one.
    pub fn new(servers: &Arc<Servers>, kind: DatabaseKind) -> Self {
        let folder = servers.folder().fresh("place-");
        let database = match kind {
            DatabaseKind::Sqlite => format!("sqlite:{}", file_in(&folder).display()),
            DatabaseKind::Postgres => servers.postgres().empty(),
        };
        Self::with(servers, kind, folder, database)
    }

    /// A new one whose database holds the fictional inquiry already: the copy of one that the program has filled, for to
    /// make the schema and to fill it takes longer than most stories.
    pub fn filled(servers: &Arc<Servers>, kind: DatabaseKind) -> Self {
        let filled = servers.filled(kind, || {
            let place = Place::new(servers, kind);
            drop(place.app());
            Filled { folder: Arc::clone(&place.folder), database: place.setting("DATABASE_URL").expect("a database") }
        });
        let folder = servers.folder().fresh("place-");
        let database = match kind {
            DatabaseKind::Sqlite => {
                let (from, to) = (file_in(&filled.folder), file_in(&folder));
                // What the last connection has not moved into the file would stand in the log beside it; one that was
                // being opened when the server stopped closes a moment later.
                let given_up = Instant::now() + Duration::from_secs(30);
                while from.with_extension("db-wal").exists() {
                    assert!(Instant::now() < given_up, "the filled register is still open");
                    std::thread::sleep(Duration::from_millis(20));
                }
                std::fs::copy(&from, &to).expect("a copy of the filled register");
                format!("sqlite:{}", to.display())
            }
            DatabaseKind::Postgres => servers.postgres().copy(&filled.database),
        };
        Self::with(servers, kind, folder, database)
    }

    fn with(servers: &Arc<Servers>, kind: DatabaseKind, folder: tempfile::TempDir, database: String) -> Self {
        let settings = [
            ("FOLLOWTHROUGH_DATA_DIR", folder.path().join("var").display().to_string()),
            ("DATABASE_URL", database),
            ("FOLLOWTHROUGH_LISTEN", "127.0.0.1:0".to_owned()),
            ("FOLLOWTHROUGH_BASE_URL", BASE_URL.to_owned()),
            ("FOLLOWTHROUGH_MAIL_FROM", "Ashgrove register <register@example.org>".to_owned()),
            ("RUST_LOG", "warn".to_owned()),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value));
        Place {
            servers: Arc::clone(servers),
            folder: Arc::new(folder),
            kind,
            settings: Arc::new(Mutex::new(BTreeMap::from(settings))),
            mails: Arc::default(),
            served: Arc::default(),
            asked: Arc::default(),
        }
    }

    /// A server in this process begins or ends: what a story does beside it is known to it at once, not within two seconds.
    pub fn serves(&self, asks: Option<Asks>) {
        *self.served.lock().expect("who is served") = asks;
    }

    fn tell(&self) {
        let served = self.served.lock().expect("who is served").clone();
        if let Some(asks) = served {
            asks();
        }
    }

    /// Sets one of the settings of the README's table.
    pub fn set(&self, name: &str, value: &str) -> &Self {
        self.settings.lock().expect("the settings").insert(name.to_owned(), value.to_owned());
        self
    }

    /// The value of a setting.
    pub fn setting(&self, name: &str) -> Option<String> {
        self.settings.lock().expect("the settings").get(name).cloned()
    }

    /// Sends its mail to the run's SMTP server instead of files.
    pub fn with_smtp(&self) -> &Self {
        self.set("SMTP_URL", &self.servers.smtp().url())
    }

    /// Serves this register file instead of the fictional one.
    pub fn with_register(&self, file: &Path) -> &Self {
        self.set(REGISTER, &file.display().to_string())
    }

    /// Serves a register with nothing in it, as `serve --empty` does.
    pub fn with_nothing(&self) -> &Self {
        self.set(REGISTER, "")
    }

    /// Serves what is there as `serve --demo` does: every page says so.
    pub fn as_a_demo(&self) -> &Self {
        self.with_nothing().set(DEMO, "")
    }

    /// Whether it is served so.
    pub fn is_a_demo(&self) -> bool {
        self.setting(DEMO).is_some()
    }

    /// Whether nothing is to be in it.
    pub fn is_empty(&self) -> bool {
        self.setting(REGISTER).is_some_and(|file| file.is_empty())
    }

    /// The register file to serve, where it is not the fictional one.
    pub fn register(&self) -> Option<PathBuf> {
        self.setting(REGISTER).map(PathBuf::from)
    }

    /// The folder, for files a story wants to look at.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where the program keeps its things.
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("var")
    }

    /// Writes a file into the folder and answers its path.
    pub fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("a file in the place's folder");
        path
    }

    /// Every mail written as a file so far, oldest first; also those that the program has removed since.
    pub fn mailbox(&self) -> Mailbox {
        self.take_in_mail();
        Mailbox(self.mails.lock().expect("the mails").values().map(|bytes| Mail::parse(bytes)).collect())
    }

    /// Keeps the mails written as files since, before the program removes them, and looks through each.
    pub fn take_in_mail(&self) {
        let mut files = Vec::new();
        gather(&self.data_dir().join("mail"), &mut files);
        let mut mails = self.mails.lock().expect("the mails");
        for file in files {
            // One that goes at this moment was taken in after the run that wrote it.
            if let Ok(bytes) = std::fs::read(&file)
                && mails.get(&file) != Some(&bytes)
            {
                self.servers.naming.mail(&Mail::parse(&bytes));
                mails.insert(file, bytes);
            }
        }
    }

    /// Which database this is.
    pub fn database(&self) -> DatabaseKind {
        self.kind
    }

    /// What all stories share.
    pub fn servers(&self) -> &Arc<Servers> {
        &self.servers
    }

    /// Starts the program within this process, with the fictional inquiry loaded and the clock standing still.
    pub fn app(&self) -> TestApp {
        TestApp::start(self.clone())
    }

    /// Runs the program itself to its end: `place.run(&["migrate"]).succeeds()`.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let ran = Ran::of(self.command(arguments));
        self.take_in_mail();
        self.tell();
        if let (["export" | "export-site", folder, ..], 0) = (arguments, ran.code) {
            self.servers.naming.exported(&self.folder().join(folder));
        }
        ran
    }

    /// Starts the program itself and waits until it says where it listens.
    pub fn spawn(&self, arguments: &[&str]) -> Process {
        Process::start(self, self.command(arguments))
    }

    /// The same from a shell that has done something before: `trap '' XFSZ`.
    pub fn spawn_after(&self, words: &str, arguments: &[&str]) -> Process {
        let program = self.command(arguments);
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{words}; exec \"$0\" \"$@\"")]).arg(program.get_program());
        command.args(program.get_args()).current_dir(self.folder()).env_clear();
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        Process::start(self, command)
    }

    /// Starts the program itself and waits for nothing; whoever asks for it ends it. What it complains of stands in `begun.log`.
    pub fn begin(&self, arguments: &[&str]) -> Child {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(self.folder().join("begun.log"));
        let mut command = self.command(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log.expect("a log"));
        command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_followthrough"));
        command.args(arguments).current_dir(self.folder()).env_clear();
        for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"] {
            if let Some(value) = environment(name) {
                command.env(name, value);
            }
        }
        command.envs(self.settings.lock().expect("the settings").iter());
        command
    }

    /// The one value of a query, as text: `place.value("select count(*) from outbox")`.
    #[track_caller]
    pub fn value(&self, query: &str) -> String {
        self.rows(&format!("select cast(({query}) as text) as value")).into_iter().next().unwrap_or_default()
    }

    /// The rows of a query with one text column named `value`.
    #[track_caller]
    pub fn rows(&self, query: &str) -> Vec<String> {
        let url = self.setting("DATABASE_URL").expect("a database");
        let rows: Vec<One> = match self.kind {
            DatabaseKind::Sqlite => diesel::sql_query(query).get_results(&mut sqlite(&url)),
            DatabaseKind::Postgres => self.ask_postgres(url, query),
        }
        .expect("the query runs");
        rows.into_iter().map(|row| row.value.unwrap_or_default()).collect()
    }

    /// On the connection that is kept; on a new one where there is none, or where a story has cut it off.
    fn ask_postgres(&self, url: String, query: &str) -> QueryResult<Vec<One>> {
        let ask = |connection: &mut PgConnection| diesel::sql_query(query).get_results(connection);
        let mut asked = self.asked.lock().expect("the connection");
        let kept = asked.as_mut().filter(|(to, _)| *to == url).map(|(_, connection)| ask(connection));
        if let Some(Ok(rows)) = kept {
            return Ok(rows);
        }
        let connection = PgConnection::establish(&url).expect("the database");
        ask(&mut asked.insert((url, connection)).1)
    }

    /// Runs one statement that the database must refuse, with nothing that it refers to checked, and answers what the
    /// store makes of the refusal.
    #[track_caller]
    pub fn refused(&self, statement: &str) -> followthrough::store::Error {
        let url = self.setting("DATABASE_URL").expect("a database");
        let done = match self.kind {
            DatabaseKind::Sqlite => diesel::sql_query(statement).execute(&mut sqlite(&url)),
            DatabaseKind::Postgres => {
                let mut connection = PgConnection::establish(&url).expect("the database");
                connection.batch_execute("set session_replication_role = replica").expect("a superuser's right");
                diesel::sql_query(statement).execute(&mut connection)
            }
        };
        done.expect_err("the database refuses this").into()
    }

    /// Runs statements behind the program's back, for what only a fault or an enemy could do. A server in this process makes
    /// its pages anew.
    #[track_caller]
    pub fn execute(&self, statements: &str) {
        self.execute_unnoticed(statements);
        if self.served.lock().expect("who is served").is_some() {
            self.execute_unnoticed("update counter set stamp = stamp + 1");
            self.tell();
        }
    }

    /// The same so that nobody takes notice, which no program of ours does.
    #[track_caller]
    pub fn execute_unnoticed(&self, statements: &str) {
        let url = self.setting("DATABASE_URL").expect("a database");
        match self.kind {
            DatabaseKind::Sqlite => sqlite(&url).batch_execute(statements),
            DatabaseKind::Postgres => PgConnection::establish(&url).expect("the database").batch_execute(statements),
        }
        .expect("the statements run");
    }
}

fn sqlite(url: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(url.trim_start_matches("sqlite:")).expect("the database");
    connection.batch_execute("pragma busy_timeout = 5000").expect("the busy timeout");
    connection
}

fn gather(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            gather(&entry.path(), files);
        } else if entry.path().extension().is_some_and(|kind| kind == "eml") {
            files.push(entry.path());
        }
    }
}
