//! Where a made-up register is kept, so that a second run finds it: a file under the build's folder, or a database of its own on a
//! PostgreSQL server.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection};

use followthrough::config::Config;

use crate::Fault;
use crate::meter::Cluster;
use crate::support::served::Served;

/// Raised with every change of what is made: an older register is not taken for a newer one.
const VERSION: u32 = 1;

/// A place for a register of one size.
pub struct Place {
    /// Where everything but the database lies.
    pub folder: PathBuf,
    /// As `DATABASE_URL` names it.
    pub database: String,
    /// Where it is noted that the register is whole.
    pub note: PathBuf,
}

/// The process that serves this connection, where it is one of this machine.
const BACKEND: &str = "select cast(case when inet_server_addr() is null or host(inet_server_addr()) in ('127.0.0.1', '::1') \
                       then pg_backend_pid() else 0 end as bigint) as value";

#[derive(QueryableByName)]
struct One {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

impl Place {
    /// The place for so many recommendations. `server` names a database of the PostgreSQL server in which another one is made for
    /// them; without it they lie in a file.
    pub fn of(size: usize, server: Option<&str>) -> Result<Self, Fault> {
        let all = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("load");
        let name = format!("{size}-v{VERSION}");
        let Some(server) = server else {
            let folder = all.join(format!("{name}-data"));
            fs::create_dir_all(&folder)?;
            let file = all.join(format!("{name}.db"));
            let database = format!("sqlite:{}", file.display());
            return Ok(Self { folder, database, note: all.join(format!("{name}.made")) });
        };
        let (address, options) = server.split_once('?').map_or((server, None), |(at, more)| (at, Some(more)));
        let (before, named) = address.rsplit_once('/').ok_or("the address names no database")?;
        let own = format!("{named}_load_{size}_v{VERSION}");
        let options = options.map_or_else(String::new, |more| format!("?{more}"));
        let folder = all.join(format!("{own}-data"));
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, database: format!("{before}/{own}{options}"), note: all.join(format!("{own}.made")) })
    }

    /// Whether it is kept in PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.database.starts_with("postgres")
    }

    /// What was noted when the register was made, if it is there and whole.
    pub fn noted(&self) -> Option<String> {
        let noted = fs::read_to_string(&self.note).ok()?;
        let there = match self.file() {
            Some(file) => file.exists(),
            None => PgConnection::establish(&self.database).is_ok(),
        };
        there.then_some(noted)
    }

    /// Throws away what was left half made.
    pub fn empty(&self, server: Option<&str>) -> Result<(), Fault> {
        if let Some(file) = self.file() {
            for end in ["", "-wal", "-shm"] {
                let left = PathBuf::from(format!("{}{end}", file.display()));
                if left.exists() {
                    fs::remove_file(left)?;
                }
            }
        }
        if let Some(server) = server {
            let address = self.database.split('?').next().unwrap_or_default();
            let own = address.rsplit('/').next().unwrap_or_default();
            let mut connection = PgConnection::establish(server)?;
            connection.batch_execute(&format!("drop database if exists \"{own}\""))?;
            connection.batch_execute(&format!("create database \"{own}\""))?;
        }
        fs::remove_dir_all(&self.folder)?;
        fs::create_dir_all(&self.folder)?;
        Ok(())
    }

    fn file(&self) -> Option<PathBuf> {
        self.database.strip_prefix("sqlite:").map(PathBuf::from)
    }

    /// The settings of everything that is run here. Wherever the register's name goes, it says that nothing in it is real.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("FOLLOWTHROUGH_DATA_DIR", self.folder.display().to_string()),
            ("DATABASE_URL", self.database.clone()),
            ("FOLLOWTHROUGH_BASE_URL", "http://localhost:8080".to_owned()),
            ("FOLLOWTHROUGH_SITE_NAME", followthrough::demo::SITE_NAME.to_owned()),
            ("FOLLOWTHROUGH_TIME_ZONE", "Europe/London".to_owned()),
            ("RUST_LOG", "warn".to_owned()),
        ]
    }

    /// The same for the program's own rooms in this process.
    pub fn config(&self) -> Result<Config, Fault> {
        let settings = self.settings();
        let value = |name: &str| settings.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone());
        Ok(Config::read(value)?)
    }

    /// Serves it.
    pub fn serve(&self) -> io::Result<Served> {
        let settings = self.settings();
        let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Served::start(&self.folder, &self.database, &settings)
    }

    /// The one whole number that a query answers.
    pub fn number(&self, query: &str) -> Result<i64, Fault> {
        let query = format!("select cast(({query}) as bigint) as value");
        let rows: Vec<One> = if self.is_postgres() {
            diesel::sql_query(query).get_results(&mut PgConnection::establish(&self.database)?)?
        } else {
            diesel::sql_query(query).get_results(&mut self.sqlite()?)?
        };
        Ok(rows.first().ok_or("the query answers nothing")?.value)
    }

    /// Runs statements behind the program's back, in one transaction.
    pub fn execute(&self, statements: &str) -> Result<(), Fault> {
        let statements = format!("begin; {statements}; commit;");
        if self.is_postgres() {
            PgConnection::establish(&self.database)?.batch_execute(&statements)?;
        } else {
            self.sqlite()?.batch_execute(&statements)?;
        }
        Ok(())
    }

    /// The processes of its PostgreSQL server, where that runs on this machine.
    pub fn cluster(&self) -> Result<Option<Cluster>, Fault> {
        if !self.is_postgres() {
            return Ok(None);
        }
        // The process ends with the connection.
        let mut connection = PgConnection::establish(&self.database)?;
        let found: One = diesel::sql_query(BACKEND).get_result(&mut connection)?;
        Ok(u32::try_from(found.value).ok().and_then(Cluster::around))
    }

    /// How many MiB the database takes.
    pub fn mebibytes(&self) -> Result<f64, Fault> {
        let bytes = if self.is_postgres() {
            self.number("select pg_database_size(current_database())")?
        } else {
            self.number("select page_count * page_size from pragma_page_count, pragma_page_size")?
        };
        Ok(bytes as f64 / f64::from(1 << 20))
    }

    fn sqlite(&self) -> Result<SqliteConnection, Fault> {
        let file = self.file().ok_or("there is no file")?;
        let mut connection = SqliteConnection::establish(&file.display().to_string())?;
        connection.batch_execute("pragma busy_timeout = 60000")?;
        Ok(connection)
    }
}
