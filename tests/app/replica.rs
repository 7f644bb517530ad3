//! A streaming replica: it carries those who read without signing in, never shows them what is older than the pages, and is missed by
//! nobody when it is gone.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use crate::counts::Counts;
use crate::deeds_record::{ITEM, PUBLIC, response};
use crate::faults::line::Line;
use crate::servers::pair::{Cluster, Pair};
use crate::stories;
use crate::support::process::until;
use crate::support::{DatabaseKind, Place, TestApp};

stories![
    who_reads_without_a_session_is_answered_from_the_replica_while_it_is_as_new,
    a_replica_that_is_gone_or_silent_holds_up_nobody,
    a_replica_that_falls_silent_in_the_middle_of_reads_holds_up_nobody_else,
    what_the_replica_breaks_off_is_read_from_the_primary,
    a_database_that_is_no_replica_is_not_read,
    a_replica_that_went_its_own_way_is_not_read,
    a_replica_that_lacks_a_step_of_the_schema_is_not_read,
    what_is_exported_comes_from_the_replica_or_else_from_the_primary,
    whoever_writes_while_the_standby_that_vouches_is_away_is_answered,
];

const SETTING: &str = "DATABASE_READ_URL";
/// Asks twice, and is kept under no name: each time it is read anew.
const ANEW: &str = "/inquiries/ashgrove?as-at=&as-at=";
/// The same of the page of one answer.
const ANEW_ANSWER: &str = "/inquiries/ashgrove/recommendations/2/ashgrove-harbour?as-at=&as-at=";
const CANARY: &str = "canary-of-the-replica";
/// By when what happens to a server is noticed.
const SOON: Duration = Duration::from_secs(30);

/// A served register that counts, with this address as its replica.
fn with_replica(place: &Place, url: &str) -> TestApp {
    place.set(SETTING, url).set("FOLLOWTHROUGH_METRICS_LISTEN", "127.0.0.1:0").app()
}

/// How many reads were answered so.
fn reads(app: &TestApp, why: &str) -> u64 {
    let address = app.metrics().expect("counts are given");
    Counts::read(app.place(), &address).of("followthrough_public_reads_total", &[("why", why)]) as u64
}

/// How many reads went past the replica, for whatever reason.
fn past_it(app: &TestApp) -> u64 {
    ["behind", "away", "crowded", "unsure"].iter().map(|why| reads(app, why)).sum()
}

fn comes_from_the_replica(app: &TestApp) {
    until(SOON, "the replica is read", || {
        let before = reads(app, "current");
        app.public().open(ANEW);
        reads(app, "current") > before
    });
}

fn who_reads_without_a_session_is_answered_from_the_replica_while_it_is_as_new(pair: &Pair) {
    let app = &with_replica(&pair.place, &pair.replica.url());
    let public = app.public();
    comes_from_the_replica(app);
    for path in [ANEW, "/inquiries", "/changes.atom", "/inquiries/ashgrove.json", "/inquiries/ashgrove.zip", "/bodies"]
    {
        let before = reads(app, "current") + past_it(app);
        public.open(path);
        assert!(reads(app, "current") + past_it(app) > before, "{path} is public reading");
    }
    public.get("/inquiries/none").is(404);

    // Whoever is signed in reads the primary, and so does whoever signs in.
    let overseer = app.person("overseer");
    comes_from_the_replica(app);
    let (before, past) = (reads(app, "current"), past_it(app));
    assert!(overseer.open(ANEW).has_form("Sign out"));
    overseer.open("/staff");
    app.public().open("/sign-in");
    app.public().get("/readyz").is(200);
    assert_eq!((reads(app, "current"), past_it(app)), (before, past));

    // A replica that stands still is left for the primary, as soon as something is written.
    pair.replica.asks("select pg_wal_replay_pause()");
    until(SOON, "the replica stands still", || pair.replica.asks("select pg_get_wal_replay_pause_state()") == "paused");
    let behind = reads(app, "behind");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let item = response(form, "Accepted", CANARY).send();
    public.open(PUBLIC).sees(CANARY);
    public.open(ANEW_ANSWER).sees(CANARY);
    assert!(reads(app, "behind") > behind);
    item.form("Withhold these words: Accepted").send().sees("The words are withheld everywhere");
    public.open(PUBLIC).does_not_see(CANARY);
    public.open(ANEW_ANSWER).does_not_see(CANARY);
    assert_eq!(
        pair.replica.asks("select count(*) from fact_update where words like '%canary%'"),
        "0",
        "it stands still"
    );
    pair.replica.asks("select pg_wal_replay_resume()");
    comes_from_the_replica(app);
    public.open(ANEW_ANSWER).does_not_see(CANARY);

    // Nobody misses it when it is gone, and it is used again when it is back.
    pair.replica.stop();
    let (away, begun) = (reads(app, "away"), Instant::now());
    public.open(ANEW);
    assert!(begun.elapsed() < Duration::from_secs(10), "it was waited for");
    for _ in 0..5 {
        public.open(ANEW).sees("Ashgrove Ferry Inquiry");
    }
    assert!(reads(app, "away") > away);
    pair.replica.start();
    comes_from_the_replica(app);
}

fn a_replica_that_is_gone_or_silent_holds_up_nobody(place: &Place) {
    if place.database() == DatabaseKind::Sqlite {
        // A file has no replica.
        place.set(SETTING, "postgres://db/register");
        place.run(&["migrate"]).exits(2).says("DATABASE_READ_URL is set, and DATABASE_URL names no PostgreSQL server");
        return;
    }
    // It takes connections and never says a word.
    let hole = TcpListener::bind("127.0.0.1:0").expect("a port");
    let silent = format!("postgres://127.0.0.1:{}/register", hole.local_addr().expect("an address").port());
    let app = &with_replica(place, &silent);
    let public = app.public();
    let asked = || {
        let begun = Instant::now();
        public.open(ANEW).sees("Ashgrove Ferry Inquiry");
        begun.elapsed()
    };
    let first = asked();
    assert!(first < Duration::from_secs(8), "the first to come waited {first:?}");
    let times: Vec<Duration> = (0..20).map(|_| asked()).collect();
    // A machine with much to do may need a second by itself; each of them would if they waited.
    let waited = times.iter().filter(|time| **time >= Duration::from_secs(1)).count();
    assert!(waited <= times.len() / 2, "others waited too: {times:?}");
    assert_eq!(reads(app, "current"), 0);
    assert!(past_it(app) >= 21 && reads(app, "away") > 0);
}

/// How many read at once in the next two stories: each that the replica takes.
const CROWD: usize = 8;
/// How many wait there for a table that somebody has for himself, and how many have it.
const WAIT: &str = "select count(*) from pg_locks where not granted and relation = cast('inquiry' as regclass)";
const HELD: &str = "select count(*) from pg_locks where granted and mode = 'AccessExclusiveLock' \
    and relation = cast('inquiry' as regclass)";

/// Has all of them read, each held up on the replica (or on the primary, where it did not come so far) by somebody who has the table of
/// inquiries for himself, does `meanwhile`, and lets them go. Answers how long each took.
fn held_up(pair: &Pair, app: &TestApp, meanwhile: impl FnOnce()) -> Vec<Duration> {
    let mut holder = PgConnection::establish(&pair.primary.url()).expect("the primary");
    holder.batch_execute("begin; lock table inquiry in access exclusive mode").expect("the table");
    until(SOON, "the replica holds it too", || {
        // What is committed takes with it what stands before it in the log.
        pair.primary.asks("select pg_logical_emit_message(true, 'story', 'on the way')");
        pair.replica.asks(HELD) == "1"
    });
    let read = || {
        let begun = Instant::now();
        app.public().open(ANEW).sees("Ashgrove Ferry Inquiry");
        begun.elapsed()
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..CROWD).map(|_| scope.spawn(read)).collect();
        let waiting = |cluster: &Cluster| cluster.asks(WAIT).parse::<usize>().expect("a number");
        until(SOON, "all of them are in the middle of a read", || {
            let there = waiting(&pair.replica);
            there * 2 > CROWD && there + waiting(&pair.primary) == CROWD
        });
        meanwhile();
        holder.batch_execute("rollback").expect("it lets go");
        all.into_iter().map(|one| one.join().expect("an answer")).collect()
    })
}

fn a_replica_that_falls_silent_in_the_middle_of_reads_holds_up_nobody_else(pair: &Pair) {
    let direct = pair.replica.url();
    let line = Line::to_server(&direct);
    let app = &with_replica(&pair.place, &line.over(&direct));
    comes_from_the_replica(app);
    let away = reads(app, "away");
    let (begun, took) = (Instant::now(), held_up(pair, app, || line.falls_silent()));
    assert!(took.iter().all(|time| *time < Duration::from_secs(60)), "they were not given up: {took:?}");
    assert!(begun.elapsed() > Duration::from_secs(5), "nobody was held up");
    assert!(reads(app, "away") > away);
    let asked = || {
        let begun = Instant::now();
        app.public().open(ANEW).sees("Ashgrove Ferry Inquiry");
        begun.elapsed()
    };
    let times: Vec<Duration> = (0..10).map(|_| asked()).collect();
    let waited = times.iter().filter(|time| **time >= Duration::from_secs(1)).count();
    assert!(waited <= times.len() / 2, "others waited too: {times:?}");
    line.is_mended();
    comes_from_the_replica(app);
}

fn what_the_replica_breaks_off_is_read_from_the_primary(pair: &Pair) {
    let app = &with_replica(&pair.place, &pair.replica.url());
    comes_from_the_replica(app);
    // As where the replica must clear away what they read.
    held_up(pair, app, || {
        pair.replica.asks(
            "select count(pg_cancel_backend(pid)) from pg_locks \
             where not granted and relation = cast('inquiry' as regclass)",
        );
    });
    comes_from_the_replica(app);
    held_up(pair, app, || pair.replica.stop());
    app.public().open(ANEW);
    pair.replica.start();
    comes_from_the_replica(app);
}

/// It was made the primary by mistake, or the primary was restored from an earlier day.
fn a_replica_that_went_its_own_way_is_not_read(pair: &Pair) {
    let app = &with_replica(&pair.place, &pair.replica.url());
    let public = app.public();
    comes_from_the_replica(app);
    pair.replica.promote();
    pair.replica.asks("update counter set stamp = stamp + 1000; update inquiry set title = 'Of another line'");
    let away = reads(app, "away");
    // What was kept of it meanwhile goes too.
    for path in [ANEW, "/inquiries/ashgrove"] {
        public.open(path);
    }
    until(SOON, "it is found out", || {
        public.open(ANEW);
        reads(app, "away") > away
    });
    for _ in 0..5 {
        for path in [ANEW, "/inquiries/ashgrove"] {
            public.open(path).sees("Ashgrove Ferry Inquiry").does_not_see("Of another line");
        }
    }
}

fn a_replica_that_lacks_a_step_of_the_schema_is_not_read(pair: &Pair) {
    drop(with_replica(&pair.place, &pair.replica.url()));
    pair.place.revert_newest_step();
    until(SOON, "the replica has everything", || has_everything(pair));
    pair.replica.asks("select pg_wal_replay_pause()");
    until(SOON, "the replica stands still", || pair.replica.asks("select pg_get_wal_replay_pause_state()") == "paused");
    // A node of a newer version begins, and nothing is written but the step.
    let app = &with_replica(&pair.place, &pair.replica.url());
    until(SOON, "it knows what to ask for", || {
        app.public().open(ANEW).sees("Ashgrove Ferry Inquiry");
        reads(app, "behind") > 0
    });
    assert_eq!(reads(app, "current"), 0);
    pair.replica.asks("select pg_wal_replay_resume()");
    comes_from_the_replica(app);
}

fn has_everything(pair: &Pair) -> bool {
    pair.replica.asks("select pg_last_wal_replay_lsn()") == pair.primary.asks("select pg_current_wal_lsn()")
}

fn a_database_that_is_no_replica_is_not_read(place: &Place) {
    if place.database() == DatabaseKind::Sqlite {
        place.set("DATABASE_URL", "postgres://db/register").set(SETTING, "postgres://db/register");
        place.run(&["migrate"]).exits(2).says("DATABASE_READ_URL is the same as DATABASE_URL");
        place.set(SETTING, "elsewhere");
        place.run(&["migrate"]).exits(2).says("DATABASE_READ_URL is no address of a PostgreSQL server");
        return;
    }
    // Another register of the same server, which has more to tell.
    let other = Place::new(place.servers(), DatabaseKind::Postgres);
    drop(other.app());
    other.execute("update counter set stamp = stamp + 1000");
    other.execute("update inquiry set title = 'Of another register'");
    let app = &with_replica(place, &other.setting("DATABASE_URL").expect("a database"));
    for _ in 0..3 {
        app.public().open(ANEW).sees("Ashgrove Ferry Inquiry").does_not_see("Of another register");
    }
    assert_eq!(reads(app, "current"), 0);
}

fn what_is_exported_comes_from_the_replica_or_else_from_the_primary(pair: &Pair) {
    let place = &pair.place;
    drop(with_replica(place, &pair.replica.url()));
    until(SOON, "the replica has everything", || has_everything(pair));
    place.set("RUST_LOG", "info");
    for (command, folder) in [("export", "files"), ("export-site", "site")] {
        place.run(&[command, folder]).succeeds().says("the replica is read");
    }
    pair.replica.stop();
    for (command, folder) in [("export", "files-again"), ("export-site", "site-again")] {
        place.run(&[command, folder]).succeeds().says("the replica cannot be read: the primary is read");
    }
}

fn whoever_writes_while_the_standby_that_vouches_is_away_is_answered(pair: &Pair) {
    pair.waits_for_the_replica();
    let app = &pair.place.app();
    let public = app.public();
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    let form = response(form, "Accepted", CANARY);
    pair.replica.stop();
    let (begun, refused) = (Instant::now(), form.submit());
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    refused.is(503).sees("it is not certain whether what you sent was saved").sees(CANARY);
    public.open(PUBLIC);
    pair.replica.start();
    until(SOON, "it is vouched for", || public.open(PUBLIC).body().contains(CANARY));
    let changes = || pair.place.value("select count(*) from change");
    let once = changes();
    refused.form("Send it again").submit().is(303);
    assert_eq!(changes(), once, "it counts once");
}
