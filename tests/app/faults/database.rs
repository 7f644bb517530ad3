//! A database that is gone for a while, one that says nothing, one that somebody else holds, and a file that is moved away.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};

use super::line::Line;
use super::{OnPostgres, OnSqlite, made_anew};
use crate::deeds_record::{ITEM, PUBLIC, response};
use crate::evidence::pdf;
use crate::reports::{HERE, described};
use crate::stories;
use crate::support::app::minutes;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::process::until;
use crate::support::{DatabaseKind, TestApp};

stories![
    while_the_database_is_gone_pages_stay_and_what_was_written_is_kept,
    a_database_that_says_nothing_holds_nobody_for_good,
    whoever_holds_what_all_write_to_makes_them_wait_and_no_longer,
    a_file_that_was_moved_away_is_not_made_anew,
];

const INQUIRY: &str = "/inquiries/ashgrove";
const WORDS: &str = "Written while the line was down.";
const SOON: Duration = Duration::from_secs(60);
/// Whatever the database does, each request has its answer by then.
const ANSWERED: Duration = Duration::from_secs(30);

/// A response that an overseer is about to publish.
fn written(app: &TestApp) -> Form {
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", WORDS)
}

/// The page of a failure has a number by which its cause is found in the log.
fn has_a_number(page: &Page) {
    let numbers = page.texts("code");
    assert!(numbers.iter().any(|number| number.len() == 36), "{}: {numbers:?}", page.name());
}

/// Everything that a failure may not leave behind.
fn published(app: &TestApp) -> [String; 3] {
    ["select count(*) from change", "select seq from counter", "select count(*) from fact_update"]
        .map(|query| app.place().value(query))
}

fn while_the_database_is_gone_pages_stay_and_what_was_written_is_kept(OnPostgres(place): &OnPostgres) {
    let line = Line::to(place);
    let app = line.app(place);
    let public = app.public();
    let form = written(&app);
    let document = described(app.person("overseer").open(HERE).form("Log this document"), "Progress in the harbour");
    let (before, feed) = (public.open(INQUIRY), public.open("/changes.atom"));
    let known = published(&app);
    line.cut();
    until(SOON, "the page says that it is old", || public.get(INQUIRY).header("warning").is_some());
    public.get(INQUIRY).is(200).sees("This page was made on 23 November 2026 at 09:00");
    assert!(public.get("/changes.atom").bytes() == feed.bytes());
    // What nobody has seen yet cannot be shown.
    let lost = public.get("/bodies/ashgrove-harbour");
    lost.is(503).sees("This page cannot be shown at the moment").sees("Try again in a minute");
    assert_eq!(lost.header("retry-after"), Some("10"));
    assert_eq!(lost.header("cache-control"), Some("no-store"));
    has_a_number(&lost);
    let data = public.get("/bodies/ashgrove-harbour.json");
    assert!(data.is(503).json()["request_id"].as_str().is_some_and(|id| id.len() == 36));
    // What somebody wrote stands on the page that says that it could not be saved.
    let refused = form.submit();
    refused.is(503).sees("This could not be saved at the moment").sees("it is not saved twice").sees(WORDS);
    assert_eq!(refused.header("retry-after"), Some("10"));
    has_a_number(&refused);
    // A file is not kept, and without it it would be another form: nothing promises that it counts once, and nobody is led to send it.
    let with_file = document.submit_with("progress.pdf", &pdf());
    with_file.is(503).sees("look first whether it is there").sees("Progress in the harbour");
    with_file.sees("the file that you chose is not kept").does_not_see("it is not saved twice");
    assert!(!with_file.has_form("Send it again"));
    let wrong = public.get("/wrong?page=/inquiries/ashgrove");
    wrong.is(503);
    public.get("/healthz").is(200);
    assert_eq!(public.get("/readyz").is(503).body(), "not ready: the database cannot be reached\n");

    line.is_mended();
    until(SOON, "it is ready again", || public.get("/readyz").status() == 200);
    until(SOON, "the pages are new again", || {
        let page = public.get(INQUIRY);
        page.status() == 200 && page.header("warning").is_none() && page.bytes() == before.bytes()
    });
    public.open("/bodies/ashgrove-harbour");
    assert_eq!(published(&app), known, "nothing was half-written");
    refused.form("Send it again").send().sees("Response recorded");
    public.open(PUBLIC).sees(WORDS);
    // The same page sent once more, from a second press or another window.
    let once = published(&app);
    refused.form("Send it again").submit().is(303);
    assert_eq!(published(&app), once, "it counts once");
}

fn a_database_that_says_nothing_holds_nobody_for_good(OnPostgres(place): &OnPostgres) {
    let line = Line::to(place);
    let app = line.app(place);
    let public = app.public();
    let form = written(&app);
    public.open(INQUIRY);
    line.falls_silent();
    // More than there are connections and threads that wait for them.
    let asked = |path: String| {
        let begun = Instant::now();
        let page = public.get(&path);
        assert!(begun.elapsed() < ANSWERED, "{path} took {:?}", begun.elapsed());
        page.status()
    };
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..24).map(|_| scope.spawn(|| asked(made_anew(INQUIRY)))).collect();
        let refused = scope.spawn(|| {
            let begun = Instant::now();
            let refused = form.submit();
            assert!(begun.elapsed() < ANSWERED, "the form took {:?}", begun.elapsed());
            refused.is(503).sees(WORDS).form("Send it again");
        });
        // What asks nobody is answered at once all the while. A machine that does much else may stall now and then.
        let at_once = |_: &u32| {
            let begun = Instant::now();
            public.get("/healthz").is(200);
            assert!(begun.elapsed() < ANSWERED, "{:?}", begun.elapsed());
            std::thread::sleep(Duration::from_millis(100));
            begun.elapsed() < Duration::from_secs(5)
        };
        let count = (0..20).filter(at_once).count();
        assert!(count >= 18, "{count} of 20 were answered at once");
        refused.join().expect("the form is answered");
        all.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert!(statuses.iter().all(|status| *status == 503), "{statuses:?}");
    until(SOON, "the page says that it is old", || public.get(INQUIRY).header("warning").is_some());
    public.get(INQUIRY).is(200).sees("The register cannot be asked at this moment");
    // Whoever listened on the other side is dead; another one is there.
    line.cut();
    line.is_mended();
    until(SOON, "it is ready again", || public.get("/readyz").status() == 200);
    // No thread and no connection is missing.
    let again = || {
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..24).map(|_| scope.spawn(|| asked(made_anew(INQUIRY)))).collect();
            all.into_iter().all(|one| one.join().expect("an answer") == 200)
        })
    };
    until(SOON, "everybody is answered", again);
    written(&app).send().sees("Response recorded");
}

/// Another process, or another node, that has stopped in the middle of a write.
enum Holder {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Holder {
    fn of(app: &TestApp) -> Self {
        let url = app.place().setting("DATABASE_URL").expect("a database");
        match app.place().database() {
            DatabaseKind::Sqlite => {
                let file = url.trim_start_matches("sqlite:");
                let mut held = SqliteConnection::establish(file).expect("the database");
                held.batch_execute("begin immediate").expect("the lock");
                Holder::Sqlite(held)
            }
            DatabaseKind::Postgres => {
                let mut held = PgConnection::establish(&url).expect("the database");
                held.batch_execute("begin; update counter set seq = seq").expect("the lock");
                Holder::Postgres(held)
            }
        }
    }

    fn lets_go(self) {
        let done = match self {
            Holder::Sqlite(mut held) => held.batch_execute("rollback"),
            Holder::Postgres(mut held) => held.batch_execute("rollback"),
        };
        done.expect("it lets go");
    }
}

fn whoever_holds_what_all_write_to_makes_them_wait_and_no_longer(app: &TestApp) {
    let public = app.public();
    let (form, overseer) = (written(app), app.person("overseer"));
    let known = published(app);
    let held = Holder::of(app);
    let (begun, refused) = (Instant::now(), form.submit());
    assert!(begun.elapsed() < ANSWERED, "{:?}", begun.elapsed());
    refused.is(503).sees("Busy at the moment").sees(WORDS);
    assert_eq!(refused.header("retry-after"), Some("5"));
    has_a_number(&refused);
    // Reading goes on, also of what is made anew.
    public.open(INQUIRY);
    public.get(&made_anew(INQUIRY)).is(200);
    public.get("/readyz").is(200);
    // So it does for staff, of whom it is to be noted every minute that they are still there.
    app.clock().advance(minutes(2));
    let begun = Instant::now();
    for _ in 0..3 {
        overseer.get("/staff").is(200);
    }
    assert!(begun.elapsed() < Duration::from_secs(8), "three pages took {:?}", begun.elapsed());
    held.lets_go();
    assert_eq!(published(app), known);
    refused.form("Send it again").send().sees("Response recorded");
    public.open(PUBLIC).sees(WORDS);
}

/// To make an empty register where the file was would split the one in two: some would read and write the one, some the other.
fn a_file_that_was_moved_away_is_not_made_anew(OnSqlite(place): &OnSqlite) {
    let app = place.app();
    let public = app.public();
    let before = public.get(&made_anew(INQUIRY)).is(200).bytes().to_vec();
    let form = written(&app);
    let url = place.setting("DATABASE_URL").expect("a database");
    let file = std::path::Path::new(url.trim_start_matches("sqlite:"));
    let away = file.with_extension("away");
    std::fs::rename(file, &away).expect("it is moved");
    std::thread::scope(|scope| {
        for _ in 0..16 {
            // Whoever has the file open still reads this register, and no other; nobody opens another.
            scope.spawn(|| {
                let page = public.get(&made_anew(INQUIRY));
                assert!(page.status() == 503 || page.bytes() == before, "{}", page.text());
            });
        }
    });
    // What is taken now has to be there later; what is not is sent again.
    let answer = form.submit();
    place.run(&["verify"]).exits(1).says("there is no register at");
    assert!(!file.exists(), "a second register was made");
    std::fs::rename(&away, file).expect("it is moved back");
    until(SOON, "all is there again", || public.get(&made_anew(INQUIRY)).status() == 200);
    if answer.status() == 503 {
        public.open(PUBLIC).does_not_see(WORDS);
        answer.form("Send it again").send().sees("Response recorded");
    } else {
        answer.is(303);
    }
    public.open(PUBLIC).sees(WORDS);
    let kept = place.value(&format!("select count(*) from fact_update where words = '{WORDS}'"));
    assert_eq!(kept, "1", "it stands once");
    place.run(&["verify"]).succeeds();
}
