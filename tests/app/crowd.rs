//! A crowd: what many ask for is kept in memory, and is never older than the register.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use followthrough::web::{Door, ROUTES};

use crate::deeds_record::{ITEM, PUBLIC, response};
use crate::filing::arranged::enters_operator;
use crate::stories;
use crate::support::page::Page;
use crate::support::process::until;
use crate::support::{DatabaseKind, TestApp};

stories![
    what_is_kept_is_the_same_bytes_and_its_tag_is_known,
    a_change_shows_on_the_next_request_and_a_withholding_too,
    another_process_follows_within_two_seconds,
    what_has_no_number_shows_on_the_next_request,
    at_midnight_pages_are_of_the_new_day,
    who_is_signed_in_neither_sees_nor_fills_what_is_kept,
    a_thousand_questions_take_no_more_than_their_room,
    nothing_kept_posts_or_sets_a_cookie,
    pages_go_on_while_the_database_is_gone_and_say_so,
];

const INQUIRY: &str = "/inquiries/ashgrove";
const SHARED: Option<&str> = Some("max-age=0, s-maxage=60");
const CANARY: &str = "canary-in-the-crowd";

/// The same page, made for this request alone: an address that asks twice is kept under no name.
fn made_anew(app: &TestApp, path: &str) -> Page {
    let page = app.public().get(&format!("{path}?as-at=&as-at="));
    page.is(200);
    page
}

fn what_is_kept_is_the_same_bytes_and_its_tag_is_known(app: &TestApp) {
    let public = app.public();
    for path in [INQUIRY, "/inquiries/ashgrove.json", "/bodies/ashgrove-council", PUBLIC] {
        let first = public.open(path);
        assert_eq!(first.header("cache-control"), SHARED, "{path}");
        let again = public.open(path);
        assert!(again.bytes() == first.bytes() && again.header("etag") == first.header("etag"), "{path}");
        assert!(made_anew(app, path).bytes() == first.bytes(), "{path}: it is not what the handler makes");
        assert!(first.header("content-encoding").is_none(), "{path}");
        let mut tags = Vec::new();
        for coding in ["identity", "gzip", "br"] {
            let asks = [("accept-encoding", coding)];
            let page = public.get_with(path, &asks);
            assert_eq!(page.header("content-encoding"), Some(coding).filter(|coding| *coding != "identity"), "{path}");
            let vary = page.header("vary").unwrap_or_default().to_lowercase();
            assert!(vary.contains("accept-encoding"), "{path}: {vary}");
            assert_eq!(vary.contains("cookie"), page.header("content-type").is_some_and(|kind| kind.contains("html")));
            let tag = page.header("etag").expect("a tag").to_owned();
            assert!(tag.starts_with('"'), "{path}: {tag} is strong");
            let known = public.get_with(path, &[asks[0], ("if-none-match", &tag)]);
            known.is(304);
            assert!(known.bytes().is_empty() && known.header("etag") == Some(tag.as_str()), "{path}");
            assert_eq!(known.header("cache-control"), SHARED, "{path}");
            tags.push(tag);
        }
        assert!(tags[0] != tags[1] && tags[1] != tags[2], "{tags:?}");
        let head = public.send("HEAD", path, &[], b"");
        assert!(head.is(200).bytes().is_empty() && head.header("etag") == first.header("etag"), "{path}");
        for name in ["content-security-policy", "x-content-type-options", "referrer-policy"] {
            assert!(again.header(name).is_some(), "{path}: {name}");
        }
    }
    // It comes from memory: what changes behind the program's back is not seen until somebody takes notice.
    let list = "/inquiries";
    let first = public.open(list);
    app.place().execute_unnoticed("update inquiry set title = 'Changed behind the back'");
    until(Duration::from_secs(20), "the page comes from memory", || public.open(list).bytes() == first.bytes());
    app.place().execute("update inquiry set title = title");
    public.open(list).sees("Changed behind the back");
}

fn a_change_shows_on_the_next_request_and_a_withholding_too(app: &TestApp) {
    let paths = [PUBLIC, "/inquiries/ashgrove/recommendations/2", "/changes", "/changes/2", "/changes.atom"];
    let public = app.public();
    paths.iter().for_each(|path| assert!(!public.get(path).body().contains(CANARY), "{path}"));
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let item = response(form, "Accepted", CANARY).send();
    paths.iter().for_each(|path| assert!(public.open(path).body().contains(CANARY), "{path}"));
    item.form("Withhold these words: Accepted").send().sees("The words are withheld everywhere");
    paths.iter().for_each(|path| assert!(!public.open(path).body().contains(CANARY), "{path}"));
    assert_eq!(public.open(PUBLIC).header("cache-control"), SHARED);
}

fn another_process_follows_within_two_seconds(app: &TestApp) {
    let other = app.place().spawn(&["serve", "--no-jobs"]);
    let theirs = other.public();
    theirs.open(PUBLIC).does_not_see(CANARY);
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let item = response(form, "Accepted", CANARY).send();
    let soon = Duration::from_secs(2);
    until(soon, "the change is seen there", || theirs.open(PUBLIC).body().contains(CANARY));
    item.form("Withhold these words: Accepted").send().sees("The words are withheld everywhere");
    until(soon, "the withholding is seen there", || !theirs.open(PUBLIC).body().contains(CANARY));
    theirs.open(PUBLIC).does_not_see(CANARY);
    assert_eq!(other.terminate(), 0);
}

fn what_has_no_number_shows_on_the_next_request(app: &TestApp) {
    let public = app.public();
    public.open("/about").does_not_see("1 message");
    let before = app.place().value("select max(seq) from change");
    public.open("/wrong?page=/inquiries/ashgrove").form("Send").fill("What is wrong", "The date.").send();
    public.open("/about").sees("1 message. Not decided yet: 1");
    assert_eq!(app.place().value("select max(seq) from change"), before, "it has no number");
    // Who signs in, or fails to, changes nothing that others read.
    let stamp = || app.place().value("select stamp from counter");
    let kept = stamp();
    app.person("overseer").open("/staff");
    app.public().open("/sign-in").form("Sign in").fill("email", "nobody@example.org").fill("password", "no").submit();
    // The invitation is a deed; what follows it is not.
    let invited = stamp();
    assert_ne!(kept, invited);
    app.public().open("/sign-in").form("Sign in").fill("email", "nobody@example.org").fill("password", "no").submit();
    app.person("overseer").open("/staff/account");
    assert_eq!(stamp(), invited, "pages are not made anew for a visit to the sign-in page");
}

fn at_midnight_pages_are_of_the_new_day(app: &TestApp) {
    let public = app.public();
    app.clock().set("2026-11-23T23:59:50Z".parse().expect("a moment"));
    public.open(INQUIRY).sees("such as 2026-11-23");
    public.open("/overdue").does_not_see("No response by");
    app.clock().set("2026-11-24T00:00:00Z".parse().expect("a moment"));
    public.open(INQUIRY).sees("such as 2026-11-24");
    // Silence appears with the day on which it is silence.
    let before = public.open("/overdue");
    app.clock().set("2040-01-01T09:00:00Z".parse().expect("a moment"));
    let later = public.open("/overdue");
    assert!(later.bytes() != before.bytes(), "dates have passed meanwhile");
    assert_eq!(later.header("cache-control"), SHARED);
}

fn who_is_signed_in_neither_sees_nor_fills_what_is_kept(app: &TestApp) {
    let overseer = app.person("overseer");
    // The first to come is signed in.
    let theirs = overseer.open(INQUIRY);
    assert!(theirs.has_form("Sign out") && theirs.header("etag").is_none());
    assert_eq!(theirs.header("cache-control"), Some("private, no-store"));
    let public = app.public().open(INQUIRY);
    assert!(!public.has_form("Sign out"));
    public.does_not_see("Overseer One");
    // The next one sees their own page all the same.
    assert!(overseer.open(INQUIRY).has_form("Sign out"));
    let tag = public.header("etag").expect("a tag");
    overseer.get_with(INQUIRY, &[("if-none-match", tag)]).is(200);
    // Data is the same for them, and is kept by nobody on their way.
    let data = overseer.open("/changes.atom");
    assert_eq!(data.header("cache-control"), Some("max-age=0, must-revalidate"));
    assert!(data.bytes() == app.public().open("/changes.atom").bytes());
    // What was typed is kept by no proxy.
    let typed = app.public().open("/recommendations?q=ferry");
    assert_eq!(typed.header("cache-control"), Some("private, no-store"));
    let tag = typed.header("etag").expect("a tag");
    let again = app.public().get_with("/recommendations?q=ferry", &[("if-none-match", tag)]);
    assert_eq!(again.is(304).header("cache-control"), Some("private, no-store"), "it is kept here all the same");
    for path in ["/recommendations?q=ferry&q=again", "/recommendations.csv?q=ferry"] {
        for visitor in [&app.public(), &overseer] {
            let said = visitor.get(path).header("cache-control").unwrap_or_default().to_owned();
            assert!(said.contains("no-store"), "{path}: {said}");
        }
    }
    assert_eq!(app.public().open("/recommendations?gap=yes").header("cache-control"), SHARED);
}

fn a_thousand_questions_take_no_more_than_their_room(app: &TestApp) {
    let public = app.public();
    let first = public.open("/bodies");
    let begun = app.kept().answers;
    assert!(begun >= 1);
    for number in 0..500 {
        let same = public.get(&format!("/bodies?fbclid={number}&utm_source=x{number}"));
        assert!(same.is(200).bytes() == first.bytes(), "unknown parameters show the same page");
    }
    assert_eq!(app.kept().answers, begun, "and keep no second one");
    for number in 0..1000 {
        public.get(&format!("/recommendations?q=ferry+{number}")).is(200);
    }
    let held = app.kept();
    assert!(held.bytes <= held.room && held.answers > begun, "{held:?}");
}

fn nothing_kept_posts_or_sets_a_cookie(app: &TestApp) {
    enters_operator(app);
    let public = app.public();
    let mut kept = 0;
    let paths =
        ROUTES.iter().filter(|route| route.method == "GET" && route.door != Door::Staff).map(|route| route.path);
    for path in paths {
        let values = [("{inquiry}", "ashgrove"), ("{number}", "2"), ("{body}", "ashgrove-council"), ("{seq}", "1")];
        let path = values.iter().fold(path.to_owned(), |path, (place, value)| path.replace(place, value));
        let page =
            public.get(&path.replace("{theme}", "inspection").replace("{name}", "none").replace("{token}", "none"));
        if page.header("cache-control") == SHARED {
            assert!(!page.body().contains("method=\"post\"") && page.headers("set-cookie").is_empty(), "{path}");
            assert!(page.header("etag").is_some(), "{path}");
            kept += 1;
        } else if page.is_html() {
            let said = page.header("cache-control").unwrap_or_default();
            assert!(said.contains("no-store"), "{path}: {said}");
        }
    }
    assert!(kept > 40, "{kept} are kept");
}

/// Lets nobody into the database of a story, or everybody again. An SQLite file that is open does not go: there the counter
/// cannot be read.
pub fn lets_in(app: &TestApp, everybody: bool) {
    if app.place().database() == DatabaseKind::Sqlite {
        let (from, to) = if everybody { ("gone", "counter") } else { ("counter", "gone") };
        return app.place().execute_unnoticed(&format!("alter table {from} rename to {to}"));
    }
    let url = app.place().setting("DATABASE_URL").expect("a database");
    let name = url.trim_start_matches("postgres:///").split('?').next().unwrap_or_default();
    let mut beside = PgConnection::establish(&url.replace(name, "postgres")).expect("the server");
    beside.batch_execute(&format!("alter database {name} with allow_connections {everybody}")).expect("a superuser");
    if !everybody {
        let end = format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        beside.batch_execute(&end).expect("a superuser");
    }
}

fn pages_go_on_while_the_database_is_gone_and_say_so(app: &TestApp) {
    let public = app.public();
    let before = public.open(INQUIRY);
    let data = public.open("/inquiries/ashgrove.json");
    lets_in(app, false);
    until(Duration::from_secs(60), "the page says that it is old", || public.get(INQUIRY).header("warning").is_some());
    let old = public.get(INQUIRY);
    old.is(200)
        .sees("The register cannot be asked at this moment")
        .sees("This page was made on 23 November 2026 at 09:00");
    assert_eq!((old.header("cache-control"), old.header("etag")), (Some("no-store"), None));
    assert_eq!(old.header("age"), Some("0"));
    assert!(public.get("/inquiries/ashgrove.json").bytes() == data.bytes());
    lets_in(app, true);
    until(Duration::from_secs(60), "the register is there again", || {
        let page = public.get(INQUIRY);
        page.status() == 200 && page.header("warning").is_none() && page.bytes() == before.bytes()
    });
}
