//! How long a connection to PostgreSQL waits: for the server, for the network, for those who hold what it needs. A file answers.

use diesel::connection::SimpleConnection;
use diesel::r2d2::CustomizeConnection;
use diesel::sql_types::Bool;
use diesel::{QueryResult, QueryableByName, RunQueryDsl};

use super::conn::{Address, Opener};
use super::{Conn, Error, WriteTx};

/// What no connection to PostgreSQL waits longer for, where its address does not say otherwise: to be let in, for a network that takes
/// nothing away, for one that says nothing.
const PATIENCE: [(&str, &str); 5] = [
    ("connect_timeout", "10"),
    ("tcp_user_timeout", "30000"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "4"),
];
/// What one that writes waits no longer for, and what it may not do longer: a node that vanishes in the middle of a write holds up
/// all others until the server ends its connection.
pub(super) const WRITER_PATIENCE: &str = "set lock_timeout = '10s'; set idle_in_transaction_session_timeout = '60s'";

/// The address with what it does not say itself.
pub(super) fn patient(url: &str) -> String {
    let unsaid = PATIENCE.iter().filter(|(name, _)| !url.contains(&format!("{name}=")));
    unsaid.fold(url.to_owned(), |url, (name, value)| with(&url, &format!("{name}={value}")))
}

/// The address with one more setting, or several.
pub(super) fn with(url: &str, settings: &str) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{settings}")
}

/// What a connection to PostgreSQL of one who is in a hurry does not wait longer for: to be let in, for a network that takes nothing
/// away, for a statement.
const HURRY: &str = "connect_timeout=5&tcp_user_timeout=5000";
const HURRY_STATEMENTS: &str = "set statement_timeout = '5s'";

impl WriteTx<'_> {
    /// Waits from now on for whoever holds what this transaction needs, however long they do: for what is done once, at a start or by
    /// a command, and that nobody waits for in a browser.
    ///
    /// # Errors
    /// What the database says.
    pub fn waits_for_others(&mut self) -> Result<(), Error> {
        match &mut *self.conn {
            Conn::Postgres(inner) => Ok(inner.batch_execute("set local lock_timeout = 0")?),
            Conn::Sqlite(_) => Ok(()),
        }
    }
}

impl Address {
    /// The same database, for one who does not wait for it longer than some seconds.
    pub(super) fn in_a_hurry(mut self) -> Self {
        if let Self::Postgres(url) = &mut self {
            *url = with(url, HURRY);
        }
        self
    }
}

/// Lets no statement of a connection take longer than some seconds. A file answers.
///
/// # Errors
/// What the database says.
pub(super) fn hurry(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Postgres(inner) => inner.batch_execute(HURRY_STATEMENTS),
        Conn::Sqlite(_) => Ok(()),
    }
}

/// Whether some commit to this database has waited for longer than others need for a standby that is to vouch for it.
const STANDBY: &str = "select exists (select 1 from pg_stat_activity where datname = current_database() \
    and wait_event = 'SyncRep' and state_change < now() - interval '5 seconds') as waits";

#[derive(QueryableByName)]
struct Standby {
    #[diesel(sql_type = Bool)]
    waits: bool,
}

/// Asks that over a connection of its own. A file has no standby.
///
/// # Errors
/// When the database does not answer.
pub(super) fn waits_for_a_standby(opener: &Opener) -> Result<bool, Error> {
    let mut conn = opener.open().map_err(|fault| Error::Failed(fault.to_string()))?;
    hurry(&mut conn)?;
    match &mut conn {
        Conn::Postgres(inner) => Ok(diesel::sql_query(STANDBY).get_result::<Standby>(inner)?.waits),
        Conn::Sqlite(_) => Ok(false),
    }
}

/// Has each connection of a pool hurry.
#[derive(Debug)]
pub(super) struct InAHurry;

impl CustomizeConnection<Conn, diesel::r2d2::Error> for InAHurry {
    fn on_acquire(&self, conn: &mut Conn) -> Result<(), diesel::r2d2::Error> {
        hurry(conn).map_err(diesel::r2d2::Error::QueryError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_is_not_waited_for() {
        let hurried = |url: &str| match Address::Postgres(url.to_owned()).in_a_hurry() {
            Address::Postgres(url) => url,
            Address::Sqlite(_) => panic!("another database"),
        };
        assert_eq!(hurried("postgres://a/b"), "postgres://a/b?connect_timeout=5&tcp_user_timeout=5000");
        assert_eq!(
            hurried("postgres:///b?host=%2Ftmp"),
            "postgres:///b?host=%2Ftmp&connect_timeout=5&tcp_user_timeout=5000"
        );
        let file = Address::Sqlite("register.db".into());
        assert_eq!(file.clone().in_a_hurry(), file);
    }

    #[test]
    fn an_address_keeps_what_it_says_and_is_told_the_rest() {
        let told = patient("postgres://register@db/register?connect_timeout=2");
        assert_eq!(told.matches("connect_timeout=").count(), 1, "{told}");
        assert!(told.contains("&tcp_user_timeout=30000&keepalives_idle=10"), "{told}");
        assert!(patient("postgres://db/register").contains("/register?connect_timeout=10&"));
    }
}
