//! The counts for Prometheus: on a port of their own, moved by what happens, with nobody in them.

use std::net::TcpListener;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use followthrough::web::ROUTES;

use crate::crowd::lets_in;
use crate::stories;
use crate::support::app::minutes;
use crate::support::place::BASE_URL;
use crate::support::process::until;
use crate::support::visitor::Visitor;
use crate::support::{DatabaseKind, Place, TestApp};

stories![
    counts_are_on_their_own_port_and_never_on_that_of_the_pages,
    without_the_setting_nothing_is_counted,
    counts_move_after_a_page_a_mail_and_a_job,
    a_mail_that_fails_is_counted_and_its_age_is_told,
    no_label_names_anybody,
    a_database_that_is_gone_leaves_its_numbers_out,
    a_database_that_hangs_is_not_waited_for,
    the_program_says_where_its_counts_are_and_logs_as_it_is_told,
    the_jobs_alone_give_counts_too,
    a_wrong_setting_is_reported_with_the_others,
];

const METRICS: &str = "FOLLOWTHROUGH_METRICS_LISTEN";
/// What the database said is told again for some seconds.
const SOON: Duration = Duration::from_secs(30);

/// One line of the answer: a name, its labels, a value.
struct Sample {
    name: String,
    labels: Vec<(String, String)>,
    value: f64,
}

impl Sample {
    fn has(&self, (key, value): (&str, &str)) -> bool {
        self.labels.iter().any(|(found, is)| found == key && is == value)
    }
}

/// What Prometheus reads.
pub struct Counts {
    text: String,
    samples: Vec<Sample>,
}

impl Counts {
    /// Asks as Prometheus does, and reads the answer as strictly.
    pub fn read(place: &Place, address: &str) -> Counts {
        let page = beside(place, address).get("/metrics");
        page.is(200);
        assert_eq!(page.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
        let text = page.body();
        let (mut typed, mut samples) = (Vec::new(), Vec::new());
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').expect("a name and a type");
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                assert!(!typed.contains(&name.to_owned()), "{name} is told twice:\n{text}");
                typed.push(name.to_owned());
            } else if !line.starts_with("# HELP ") {
                let sample = sample(line);
                let is_typed = typed.last().is_some_and(|name| {
                    let end = sample.name.strip_prefix(name.as_str());
                    end.is_some_and(|end| ["", "_bucket", "_sum", "_count"].contains(&end))
                });
                assert!(is_typed, "{line} stands under another type");
                samples.push(sample);
            }
        }
        Counts { text, samples }
    }

    /// Whether there is such a number at all.
    fn has(&self, name: &str) -> bool {
        self.samples.iter().any(|sample| sample.name == name)
    }

    /// The sum of a number over all that have these labels.
    pub fn of(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let found = self.samples.iter().filter(|sample| sample.name == name);
        found.filter(|sample| labels.iter().all(|label| sample.has(*label))).map(|sample| sample.value).sum()
    }
}

fn sample(line: &str) -> Sample {
    let (what, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no value: {line}"));
    let value: f64 = value.parse().unwrap_or_else(|_| panic!("no number: {line}"));
    let (name, labels) = what.split_once('{').unwrap_or((what, ""));
    let labels = labels.strip_suffix('}').unwrap_or(labels);
    let labels = labels.split("\",").filter(|label| !label.is_empty()).map(|label| {
        let (key, value) = label.split_once("=\"").unwrap_or_else(|| panic!("no label: {line}"));
        (key.to_owned(), value.trim_end_matches('"').to_owned())
    });
    Sample { name: name.to_owned(), labels: labels.collect(), value }
}

/// Somebody at another port than that of the pages.
fn beside(place: &Place, address: &str) -> Visitor {
    Visitor::unseen(place.servers(), address, BASE_URL)
}

/// A served register that counts, and where it tells so.
fn counted(place: &Place) -> (TestApp, String) {
    let app = place.set(METRICS, "127.0.0.1:0").app();
    let address = app.metrics().expect("counts are given");
    (app, address)
}

fn counts_are_on_their_own_port_and_never_on_that_of_the_pages(place: &Place) {
    let (app, address) = counted(place);
    assert_ne!(address, app.address());
    let counts = Counts::read(place, &address);
    assert!(counts.text.contains("# HELP followthrough_database_up 1 while the database answers"), "{}", counts.text);
    assert_eq!(counts.of("followthrough_database_up", &[]), 1.0);
    assert_eq!(counts.of("followthrough_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), 1.0);
    assert_eq!(counts.of("process_start_time_seconds", &[]), now(&app));
    assert!(counts.of("process_resident_memory_bytes", &[]) > 1_000_000.0);
    assert_eq!(counts.of("followthrough_outbox_oldest_waiting_seconds", &[]), 0.0);
    assert!(!counts.has("followthrough_job_last_success_timestamp_seconds"), "no job has run yet");
    app.public().get("/metrics").is(404);
    for path in ["/", "/healthz", "/inquiries/ashgrove", "/staff", "/metrics/"] {
        beside(place, &address).get(path).is(404);
    }
}

fn now(app: &TestApp) -> f64 {
    app.clock().now().timestamp().as_second() as f64
}

fn without_the_setting_nothing_is_counted(app: &TestApp) {
    assert_eq!(app.metrics(), None);
    app.public().get("/metrics").is(404);
}

fn counts_move_after_a_page_a_mail_and_a_job(place: &Place) {
    let (app, address) = counted(place);
    let route = [("route", "/bodies/{body}")];
    let before = Counts::read(place, &address);
    assert_eq!(before.of("followthrough_requests_total", &route), 0.0);
    let public = app.public();
    for _ in 0..3 {
        public.open("/bodies/ashgrove-council");
    }
    public.get("/bodies/nobody").is(404);
    let counts = Counts::read(place, &address);
    let found = [route[0], ("method", "GET"), ("class", "2xx")];
    assert_eq!(counts.of("followthrough_requests_total", &found), 3.0);
    assert_eq!(counts.of("followthrough_requests_total", &[route[0], ("class", "4xx")]), 1.0);
    assert_eq!(counts.of("followthrough_request_duration_seconds_count", &route), 4.0);
    let within = |bound: &str| counts.of("followthrough_request_duration_seconds_bucket", &[route[0], ("le", bound)]);
    assert_eq!(within("+Inf"), 4.0);
    assert!(counts.of("followthrough_request_duration_seconds_sum", &route) > 0.0);
    let moved = |name: &str| counts.of(name, &[]) - before.of(name, &[]);
    let (hits, misses) = (moved("followthrough_page_cache_hits_total"), moved("followthrough_page_cache_misses_total"));
    assert!(hits >= 1.0 && misses >= 2.0 && hits + misses == 4.0, "{hits} were kept, {misses} were made");
    assert!(counts.of("followthrough_page_cache_entries", &[]) >= 1.0);
    assert!(counts.of("followthrough_page_cache_bytes", &[]) > 0.0);
    let waited = |pool: &str| counts.of("followthrough_pool_wait_seconds_count", &[("pool", pool)]);
    assert!(waited("readers") > 0.0);

    app.person("overseer");
    public.open("/password-reset").form("Send").fill("email", "overseer@example.org").submit().is(200);
    let stands = |state: &str| Counts::read(place, &address).of("followthrough_outbox_mails", &[("state", state)]);
    until(SOON, "the mail is seen to wait", || stands("queued") >= 1.0);
    assert!(Counts::read(place, &address).of("followthrough_pool_wait_seconds_count", &[("pool", "writer")]) > 0.0);
    app.jobs();
    let counts = Counts::read(place, &address);
    let sent: f64 = place.value("select count(*) from outbox where state = 'accepted'").parse().expect("a number");
    assert!(sent >= 1.0);
    assert_eq!(counts.of("followthrough_mails_total", &[("outcome", "accepted")]), sent);
    assert_eq!(counts.of("followthrough_mails_total", &[("outcome", "failed_for_now")]), 0.0);
    assert_eq!(counts.of("followthrough_postman_last_success_timestamp_seconds", &[]), now(&app));
    for task in ["notice", "tidy"] {
        assert_eq!(counts.of("followthrough_job_runs_total", &[("task", task), ("outcome", "done")]), 1.0, "{task}");
    }
    until(SOON, "the mail is seen to have gone", || stands("accepted") == sent && stands("queued") == 0.0);
    let counts = Counts::read(place, &address);
    for task in ["notice", "reminder", "digest", "public_digest", "tidy"] {
        assert_eq!(
            counts.of("followthrough_job_last_success_timestamp_seconds", &[("task", task)]),
            now(&app),
            "{task}"
        );
    }
    assert_eq!(counts.of("followthrough_job_runs_total", &[("outcome", "failed")]), 0.0);
}

/// A mail that is tried again and again has waited since its first try, not since its last.
fn a_mail_that_fails_is_counted_and_its_age_is_told(place: &Place) {
    // Nobody listens there.
    place.set("SMTP_URL", "smtp://127.0.0.1:9");
    let (app, address) = counted(place);
    app.person("overseer");
    app.public().open("/password-reset").form("Send").fill("email", "overseer@example.org").submit().is(200);
    app.jobs();
    let failed = || Counts::read(place, &address).of("followthrough_mails_total", &[("outcome", "failed_for_now")]);
    let first = failed();
    assert!(first >= 1.0);
    app.clock().advance(minutes(20));
    app.jobs();
    assert!(failed() > first);
    until(SOON, "the mail is seen to wait for twenty minutes", || {
        let counts = Counts::read(place, &address);
        let stands = counts.of("followthrough_outbox_mails", &[("state", "temporary_failure")]);
        stands >= 1.0 && counts.of("followthrough_outbox_oldest_waiting_seconds", &[]) == 1200.0
    });
}

fn no_label_names_anybody(place: &Place) {
    let (app, address) = counted(place);
    let overseer = app.person("overseer");
    overseer.open("/staff/account");
    let public = app.public();
    for path in [
        "/inquiries/ashgrove/recommendations/1",
        "/bodies/ashgrove-council?unknown=canary",
        "/recommendations?q=canary",
        "/canary",
        "/bodies/canary",
        "/invitations/canary",
        "/staff/people/canary",
    ] {
        public.get(path);
    }
    let sign_in = public.open("/sign-in").form("Sign in");
    sign_in.fill("email", "canary@example.org").fill("password", "canary canary canary").submit().is(422);
    beside(place, app.address()).send("CANARY", "/bodies", &[], b"");
    app.jobs();
    let counts = Counts::read(place, &address);
    for word in ["canary", "CANARY", "ashgrove", "example.org", "overseer", "127.0.0.1"] {
        assert!(!counts.text.contains(word), "{word} is in\n{}", counts.text);
    }
    assert!(counts.of("followthrough_requests_total", &[("route", "none")]) > 0.0);
    assert!(counts.of("followthrough_requests_total", &[("method", "other")]) > 0.0);
    let keys = ["route", "method", "class", "pool", "le", "outcome", "task", "state", "version"];
    for (key, value) in counts.samples.iter().flat_map(|sample| &sample.labels) {
        assert!(keys.contains(&key.as_str()), "{key} is no label");
        let is_known = match key.as_str() {
            "route" => value == "none" || ROUTES.iter().any(|route| route.path == value),
            "method" => ["GET", "HEAD", "POST", "other"].contains(&value.as_str()),
            "class" => ["1xx", "2xx", "3xx", "4xx", "5xx"].contains(&value.as_str()),
            _ => true,
        };
        assert!(is_known, "{key}=\"{value}\"");
    }
}

fn a_database_that_is_gone_leaves_its_numbers_out(place: &Place) {
    let (app, address) = counted(place);
    app.jobs();
    let is_there = |there: bool| {
        let counts = Counts::read(place, &address);
        let names = ["followthrough_outbox_mails", "followthrough_job_last_success_timestamp_seconds"];
        let told = names.iter().all(|name| counts.has(name) == there);
        // One that answers everything else is not gone.
        let is_up = there || place.database() == DatabaseKind::Sqlite;
        told && counts.of("followthrough_database_up", &[]) == f64::from(u8::from(is_up))
            && counts.has("followthrough_build_info")
    };
    until(SOON, "the database answers", || is_there(true));
    // An SQLite file that is open does not go: there a table cannot be read.
    let lets = |everybody: bool| match (place.database(), everybody) {
        (DatabaseKind::Sqlite, false) => place.execute_unnoticed("alter table outbox rename to gone"),
        (DatabaseKind::Sqlite, true) => place.execute_unnoticed("alter table gone rename to outbox"),
        (DatabaseKind::Postgres, _) => lets_in(&app, everybody),
    };
    lets(false);
    until(Duration::from_secs(60), "the numbers of the database are absent", || is_there(false));
    lets(true);
    until(Duration::from_secs(60), "the numbers of the database are there again", || is_there(true));
}

/// A table that somebody keeps locked is as good as a server that never answers; whoever reads an SQLite file waits for no lock.
fn a_database_that_hangs_is_not_waited_for(place: &Place) {
    let (app, address) = counted(place);
    app.jobs();
    let is_up = || Counts::read(place, &address).of("followthrough_database_up", &[]) == 1.0;
    until(SOON, "the database answers", is_up);
    if place.database() == DatabaseKind::Sqlite {
        return;
    }
    let mut beside = PgConnection::establish(&place.setting("DATABASE_URL").expect("a database")).expect("the server");
    beside.batch_execute("begin; lock table outbox in access exclusive mode").expect("a lock");
    until(Duration::from_secs(60), "the numbers of the mail are absent", || {
        let counts = Counts::read(place, &address);
        // It serves all the same: nobody is to be called for that.
        assert_eq!(counts.of("followthrough_database_up", &[]), 1.0);
        !counts.has("followthrough_outbox_mails")
    });
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    until(SOON, "nobody waits for it any more", || place.value(waiting) == "0");
    beside.batch_execute("rollback").expect("no lock");
    until(Duration::from_secs(60), "the numbers of the mail are there again", || {
        Counts::read(place, &address).has("followthrough_outbox_mails")
    });
    beside.batch_execute("begin; lock table counter in access exclusive mode").expect("a lock");
    until(Duration::from_secs(60), "the database gives no answer", || !is_up());
    beside.batch_execute("rollback").expect("no lock");
    until(Duration::from_secs(60), "it answers again", is_up);
}

fn the_program_says_where_its_counts_are_and_logs_as_it_is_told(place: &Place) {
    place.set(METRICS, "127.0.0.1:0").set("RUST_LOG", "info").set("FOLLOWTHROUGH_LOG", "text");
    let served = place.spawn(&["serve", "--no-jobs", "--empty"]);
    let greeting = served.greeting();
    let counts = greeting.lines().find_map(|line| line.strip_prefix("Counts for Prometheus on "));
    let address = counts.and_then(|counts| counts.strip_suffix("/metrics")).expect("it says where its counts are");
    assert_ne!(address, served.address());
    served.public().open("/");
    assert_eq!(Counts::read(place, address).of("followthrough_requests_total", &[("route", "/")]), 1.0);
    until(SOON, "the request is in the log", || served.log().contains("answered"));
    let line = served.log().lines().find(|line| line.contains("answered")).map(str::to_owned).unwrap_or_default();
    assert!(!line.starts_with('{') && !line.contains('\u{1b}'), "{line}");
    assert_eq!(served.terminate(), 0);
}

fn the_jobs_alone_give_counts_too(place: &Place) {
    place.set(METRICS, "127.0.0.1:0").run(&["migrate"]).succeeds();
    let jobs = place.spawn(&["jobs"]);
    let read = || Counts::read(place, jobs.address());
    until(SOON, "the postman has looked", || read().has("followthrough_postman_last_success_timestamp_seconds"));
    let counts = read();
    assert_eq!(counts.of("followthrough_database_up", &[]), 1.0);
    assert!(counts.has("followthrough_outbox_mails"));
    assert!(!counts.has("followthrough_requests_total") && !counts.has("followthrough_page_cache_entries"));
    assert_eq!(jobs.terminate(), 0);
}

fn a_wrong_setting_is_reported_with_the_others(place: &Place) {
    place.set(METRICS, "everywhere").set("FOLLOWTHROUGH_LOG", "xml").set("FOLLOWTHROUGH_TIME_ZONE", "Mars/Olympus");
    let ran = place.run(&["serve"]);
    ran.exits(2).says("FOLLOWTHROUGH_METRICS_LISTEN is “everywhere”").says("FOLLOWTHROUGH_LOG is “xml”").says("Mars");
    place.set("FOLLOWTHROUGH_LOG", "").set("FOLLOWTHROUGH_TIME_ZONE", "");
    let taken = TcpListener::bind("127.0.0.1:0").and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (at, _listener) = taken.expect("a port");
    let ran = place.set(METRICS, &at.port().to_string()).run(&["serve", "--empty"]);
    ran.exits(1).says(&format!("cannot listen on {at}"));
}
