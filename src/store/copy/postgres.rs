//! A register in a PostgreSQL database, copied and restored by PostgreSQL's own programs.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use percent_encoding::percent_decode_str;

use super::{CopyError, Held, fault, held, refuse_newer};
use crate::store::conn::{Address, Conn, Opener};
use crate::store::{Alone, Error, ReadTx, migrate};

/// While this table is there, a copy is being put into the database and nobody may use it.
const MARK: &str = "restore_under_way";

/// Under which a restore holds its database. Any number of our own that nothing else asks for.
const RESTORE_LOCK: i64 = 0x0046_5772_6573_746F;

/// The table of the steps taken, as the migration library calls it.
const STEPS: &str = "__diesel_schema_migrations";

/// Everything of the database's own schema that a program of ours could have made; what an extension made is the
/// operator's.
const OURS: &str = "from pg_class one where one.relnamespace = current_schema()::regnamespace \
    and one.relkind in ('r', 'p', 'v', 'm', 'S', 'f') \
    and not exists (select 1 from pg_depend other where other.objid = one.oid and other.deptype = 'e')";

/// Whether a copy was being put into this database when that broke off, or is being put into it now.
pub fn is_unfinished(conn: &mut PgConnection) -> Result<bool, Error> {
    #[derive(QueryableByName)]
    struct Marked {
        #[diesel(sql_type = Bool)]
        marked: bool,
    }
    let asked = diesel::sql_query(format!("select to_regclass('{MARK}') is not null as marked"));
    Ok(asked.get_result::<Marked>(conn)?.marked)
}

/// Has `pg_dump` write an archive of the very snapshot in which the register is counted.
pub(super) fn take(url: &str, to: &Path) -> Result<Held, CopyError> {
    #[derive(QueryableByName)]
    struct Snapshot {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let mut conn = opened(url)?;
    let Conn::Postgres(inner) = &mut conn else { return Err(other().into()) };
    if is_unfinished(inner)? {
        return Err(migrate::MigrateError::Unfinished.into());
    }
    inner.batch_execute("begin isolation level repeatable read, read only").map_err(Error::from)?;
    let snapshot = diesel::sql_query("select pg_export_snapshot() as name").get_result::<Snapshot>(inner);
    let snapshot = snapshot.map_err(Error::from)?.name;
    let counted = held(&mut ReadTx { conn: &mut conn, past: None })?;
    let mut dump = program("pg_dump", url);
    dump.args(["--format=custom", "--no-owner", "--no-privileges", "--no-password"]);
    dump.arg(format!("--snapshot={snapshot}")).arg("--file").arg(to);
    run("pg_dump", dump)?;
    Ok(counted)
}

/// Has `pg_restore` put the archive into the database, which nobody may use until it is up to date and settled.
pub(super) fn restore<T, E: From<CopyError>>(
    file: &Path,
    url: &str,
    settle: impl FnOnce(&mut Alone) -> Result<T, E>,
) -> Result<T, E> {
    check(file)?;
    let mut conn = opened(url)?;
    alone(&mut conn, url)?;
    begin(&mut conn, url)?;
    let restored = put(file, url, &mut conn).map_err(E::from).and_then(|()| {
        let mut alone = Alone(opened(url)?);
        let settled = settle(&mut alone)?;
        execute(&mut conn, &format!("drop table {MARK}")).map_err(CopyError::from)?;
        Ok(settled)
    });
    if restored.is_err() {
        // Should this fail too, the mark stays, and with it the refusal to serve what is there.
        if let Err(fault) = clear(&mut conn) {
            tracing::error!(source = %fault, "what was restored could not be cleared away; run the restore again");
        }
    }
    restored
}

/// Reads the whole archive, so that a damaged one is found before anything is written, and the steps in it.
fn check(file: &Path) -> Result<(), CopyError> {
    let damaged = |fault| match fault {
        CopyError::Program(_, said) => CopyError::Damaged(file.to_owned(), said),
        other => other,
    };
    let mut all = Command::new("pg_restore");
    all.args(["--file=/dev/null"]).arg(file);
    run("pg_restore", all).map_err(damaged)?;
    let mut steps = Command::new("pg_restore");
    steps.args(["--data-only", &format!("--table={STEPS}"), "--file=-"]).arg(file);
    let said = run("pg_restore", steps).map_err(damaged)?;
    refuse_newer(file, &steps_in(&String::from_utf8_lossy(&said.stdout)))
}

/// The first column of the rows between `COPY …` and `\.`.
fn steps_in(script: &str) -> Vec<String> {
    let rows = script.lines().skip_while(|line| !line.starts_with("COPY ")).skip(1);
    let rows = rows.take_while(|line| *line != r"\.");
    rows.filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
}

/// Keeps every other restore out of this database until this one's session ends, however that comes about.
fn alone(conn: &mut Conn, url: &str) -> Result<(), CopyError> {
    #[derive(QueryableByName)]
    struct Taken {
        #[diesel(sql_type = Bool)]
        taken: bool,
    }
    let Conn::Postgres(inner) = conn else { return Err(other().into()) };
    let asked = diesel::sql_query(format!("select pg_try_advisory_lock({RESTORE_LOCK}) as taken"));
    let free = asked.get_result::<Taken>(inner).map_err(Error::from)?.taken;
    if free { Ok(()) } else { Err(CopyError::UnderWay { place: without_password(url).0 }) }
}

/// Makes sure that the place is empty, and marks it. What an earlier restore left unfinished is cleared first.
fn begin(conn: &mut Conn, url: &str) -> Result<(), CopyError> {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let Conn::Postgres(inner) = conn else { return Err(other().into()) };
    if is_unfinished(inner)? {
        clear(conn)?;
    }
    let Conn::Postgres(inner) = conn else { return Err(other().into()) };
    let there = diesel::sql_query(format!("select count(*) as number {OURS}")).get_result::<Counted>(inner);
    let there = there.map_err(Error::from)?.number;
    if there > 0 {
        let what = fault::what_is_in(conn);
        let what = what.unwrap_or_else(|| format!("{there} tables or views that are no register"));
        return Err(CopyError::Occupied { place: without_password(url).0, what });
    }
    Ok(execute(conn, &format!("create table {MARK} (since text)"))?)
}

fn put(file: &Path, url: &str, conn: &mut Conn) -> Result<(), CopyError> {
    let mut restore = program("pg_restore", url);
    restore.args(["--no-owner", "--no-privileges", "--no-password", "--exit-on-error", "--single-transaction"]);
    restore.arg(file);
    run("pg_restore", restore)?;
    migrate::bring_copy_up_to_date(conn)?;
    Ok(())
}

/// Removes everything, the mark last.
fn clear(conn: &mut Conn) -> Result<(), Error> {
    let tables = format!(
        "do $$ declare each record; begin \
         for each in select one.oid::regclass as name {OURS} and one.relkind in ('r', 'p') and one.relname <> '{MARK}' loop \
         execute format('drop table if exists %s cascade', each.name); end loop; end $$"
    );
    execute(conn, &tables)?;
    execute(conn, &format!("drop table if exists {MARK}"))
}

fn execute(conn: &mut Conn, statement: &str) -> Result<(), Error> {
    match conn {
        Conn::Postgres(inner) => Ok(inner.batch_execute(statement)?),
        Conn::Sqlite(_) => Err(other()),
    }
}

fn opened(url: &str) -> Result<Conn, CopyError> {
    let opener = Opener { address: Address::Postgres(url.to_owned()), read_only: false };
    Ok(opener.open().map_err(|fault| Error::Failed(fault.to_string()))?)
}

fn other() -> Error {
    Error::Failed("a PostgreSQL database was expected".to_owned())
}

/// A program of the database's, told where the register is. The password goes by the environment: the arguments of a
/// program can be read by everybody on the machine.
fn program(name: &'static str, url: &str) -> Command {
    let (address, password) = without_password(url);
    let mut command = Command::new(name);
    command.arg("--dbname").arg(address);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

/// The address without its password, and the password, which may stand before the host or among the parameters.
fn without_password(url: &str) -> (String, Option<String>) {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let (place, parameters) = rest.split_once('?').map_or((rest, None), |(place, all)| (place, Some(all)));
    let (people, place) = place.rsplit_once('@').map_or((None, place), |(people, place)| (Some(people), place));
    let (user, mut password) = match people.and_then(|people| people.split_once(':')) {
        Some((user, password)) => (Some(user), Some(decoded(password))),
        None => (people, None),
    };
    let mut kept = Vec::new();
    for parameter in parameters.into_iter().flat_map(|all| all.split('&')) {
        match parameter.strip_prefix("password=") {
            Some(own) => password = Some(decoded(own)),
            None => kept.push(parameter),
        }
    }
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    let parameters = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (format!("{scheme}://{user}{place}{parameters}"), password)
}

fn run(name: &'static str, mut command: Command) -> Result<Output, CopyError> {
    let done = command.stdin(Stdio::null()).output().map_err(|fault| match fault.kind() {
        ErrorKind::NotFound => CopyError::NoProgram(name),
        _ => CopyError::Program(name, fault.to_string()),
    })?;
    if done.status.success() {
        return Ok(done);
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(CopyError::Program(name, said.split_whitespace().collect::<Vec<_>>().join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_among_the_arguments() {
        let cases = [
            ("postgres://a:b%40c@host:5432/name", "postgres://a@host:5432/name", Some("b@c")),
            ("postgres://a@host/name?sslmode=require", "postgres://a@host/name?sslmode=require", None),
            ("postgres:///name?host=/run&password=s%26t&user=u", "postgres:///name?host=/run&user=u", Some("s&t")),
            ("postgresql://a:@host/name", "postgresql://a@host/name", Some("")),
        ];
        for (url, address, password) in cases {
            assert_eq!(without_password(url), (address.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }

    #[test]
    fn the_steps_of_an_archive_are_read() {
        let script = "-- of pg_dump\nCOPY public.__diesel_schema_migrations (version, run_on) FROM stdin;\n\
                      20261123000001\t2026-11-23 09:00:00\n20261123000002\t2026-11-23 09:00:00\n\\.\n\n-- end\n";
        assert_eq!(steps_in(script), ["20261123000001", "20261123000002"]);
        assert!(steps_in("-- of pg_dump\n").is_empty());
    }
}
