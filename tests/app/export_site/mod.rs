//! The whole public site as files: every public address is in it, every link in it works, and nothing in it is more than
//! everybody could read.

mod files;

use std::path::{Path, PathBuf};

use feed_rs::model::Feed;
use followthrough::store::{Address, ledger, open};
use followthrough::web::copy::LEFT_OUT;
use followthrough::web::{Door, ROUTES};

use crate::deeds_record::{ITEM, confirmed, response};
use crate::fairness::run_by_somebody;
use crate::filing::arranged::files;
use crate::naming::{files_below, unpacked};
use crate::public::long_register;
use crate::removal::proposed;
use crate::servers::html;
use crate::stories;
use crate::support::form::Form;
use crate::support::{DatabaseKind, Place, TestApp};
use files::Site;

stories![
    the_whole_public_site_is_written_as_files,
    a_long_register_is_written_to_the_end_of_its_lists,
    what_nobody_may_read_is_not_in_a_copy,
    a_copy_that_cannot_be_whole_is_not_there_at_all,
    a_register_that_stands_still_shows_one_state,
];

const FOLDER: &str = "site";
/// What every marker begins with.
const MARK: &str = "zeisigwort";

fn exported(place: &Place) -> Site {
    let ran = place.run(&["export-site", FOLDER]);
    ran.succeeds().says("site: ").says(" pages and ").says("Made on ").says("at change ").says("stay in this copy");
    Site::at(&place.folder().join(FOLDER))
}

/// A piece of evidence with a file.
fn described(form: Form, what: &str) -> Form {
    let form = form.choose_in("What does it support?", "Answer").choose("A file to be kept here");
    let form = form.choose("A document exists").fill("Title", what).fill("What is it?", "A letter");
    form.fill("Which page is relied on?", "2").fill("Which words are relied on?", what).fill("What does it say?", what)
}

/// Publishes a letter, with these words in it and about it.
fn letter(app: &TestApp, words: &str) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Attach evidence").form("Attach this");
    described(form, words).submit_with("letter.pdf", format!("%PDF-1.7\n{words}\n%%EOF\n").as_bytes()).is(303);
    let piece = overseer.open(ITEM).follow(words);
    confirmed(piece.form("Publish this evidence")).send().sees("It is public");
}

fn the_whole_public_site_is_written_as_files(app: &TestApp) {
    run_by_somebody(app);
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "The authority will do it.").send();
    letter(app, "A letter about both stages");
    crate::reports::plants(app, "Landing");
    crate::families::plants(app, "Both ask for the same.");
    let site = exported(app.place());
    site.links_lead_to_what_is_there();
    every_route_is_there(app, &site);
    others_read_it(app, &site);

    // Each page says what it is, and nothing else in it differs from what is served.
    let seq = app.place().value("select max(seq) from change");
    let page = site.page("inquiries/ashgrove/recommendations/2.html");
    page.says("This is a copy made on ").says(&format!(" at change {seq}; the register itself is at"));
    let live = "http://register.example/inquiries/ashgrove/recommendations/2";
    assert_eq!(page.attribute("header .f-banner a", "href").first().map(String::as_str), Some(live));
    assert_eq!(page.attribute("link[rel=canonical]", "href"), [live]);
    // What a copy cannot do leads to the register.
    assert_eq!(page.attribute("form.f-ask", "action"), [live]);
    let search = site.page("recommendations.html").attribute("form", "action");
    assert!(
        !search.is_empty() && search.iter().all(|to| to == "http://register.example/recommendations"),
        "{search:?}"
    );
    let footer = page.attribute("footer a", "href");
    assert!(footer.iter().any(|to| to.starts_with("http://register.example/wrong?page=%2Finquiries")), "{footer:?}");
    let menu = page.attribute("nav a", "href");
    assert!(menu.contains(&"http://register.example/sign-in".to_owned()), "{menu:?}");
    let read_me = site.text("READ-ME.txt");
    for words in [seq.as_str(), "http://register.example", "/healthz", "stay in this copy", "open index.html"] {
        assert!(read_me.to_lowercase().contains(&words.to_lowercase()), "{words:?} is not in {read_me}");
    }
    if app.place().database() == DatabaseKind::Sqlite {
        let faults = html::check(&site.folder).expect("the checker runs");
        assert!(faults.is_empty(), "{faults:#?}");
    }
    // A folder that holds anything is left alone; an empty one is filled.
    app.place().run(&["export-site", FOLDER]).exits(1).says("is not empty");
    app.place().run(&["export-site"]).exits(2);
    std::fs::create_dir(app.place().folder().join("empty")).expect("a folder");
    app.place().run(&["export-site", "empty"]).succeeds();
}

/// Every public address is in the copy, or in the list of what is left out and why.
fn every_route_is_there(app: &TestApp, site: &Site) {
    let public = ROUTES.iter().filter(|route| route.method == "GET" && route.door == Door::Public);
    for route in public {
        let left_out = LEFT_OUT.iter().any(|(path, _)| *path == route.path);
        let found = site.of_route(route.path);
        assert_eq!(found.is_empty(), left_out, "{}: {found:?}", route.path);
    }
    // All of a kind, not only some.
    let items = "recommendation join inquiry on inquiry.id = recommendation.inquiry_id";
    let answers = "addressee join recommendation on recommendation.id = addressee.recommendation_id \
         join inquiry on inquiry.id = recommendation.inquiry_id join body on body.id = addressee.body_id";
    let item = "'inquiries/' || inquiry.slug || '/recommendations/' || recommendation.number";
    for (value, table, ending) in [
        ("'inquiries/' || slug", "inquiry", [".html", ".json", ".atom", ".zip"].as_slice()),
        (item, items, &[".html", ".json", ".atom"]),
        (&format!("{item} || '/' || body.slug"), answers, &[".html"]),
        ("'bodies/' || slug", "body", &[".html", ".json", ".atom"]),
        ("'themes/' || slug", "theme", &[".html"]),
        ("'changes/' || seq", "change", &[".html"]),
        ("'api/v1/changes/' || seq", "change", &[".json"]),
        ("'evidence/' || reference || '.' || kind", "file where id not in (select file_id from report_file)", &[""]),
    ] {
        let rows = app.place().rows(&format!("select {value} as value from {table}"));
        assert!(!rows.is_empty(), "{table}");
        for (row, ending) in rows.iter().flat_map(|row| ending.iter().map(move |ending| (row, ending))) {
            assert!(site.has(&format!("{row}{ending}")), "{row}{ending} is missing");
        }
    }
}

/// Feeds, calendars, tables and archives, read by programs that are not ours, and the same bytes as are served.
fn others_read_it(app: &TestApp, site: &Site) {
    let (mut feeds, mut calendars, mut tables, mut archives) = (0, 0, 0, 0);
    for name in site.names() {
        let bytes = site.bytes(&name);
        match name.rsplit('.').next().unwrap_or_default() {
            "atom" => {
                let feed: Feed =
                    feed_rs::parser::parse(bytes.as_slice()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
                assert!(!feed.entries.is_empty(), "{name}");
                feeds += 1;
            }
            "ics" => {
                let text = String::from_utf8(bytes).expect("UTF-8");
                calcard::icalendar::ICalendar::parse(&text).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
                calendars += 1;
            }
            "csv" => {
                let mut rows = csv::Reader::from_reader(bytes.as_slice());
                assert!(rows.records().all(|row| row.is_ok()), "{name}");
                tables += 1;
            }
            "zip" => {
                assert!(unpacked(&bytes).unwrap_or_else(|fault| panic!("{name}: {fault}")).len() > 3, "{name}");
                archives += 1;
            }
            "json" => drop(
                serde_json::from_slice::<serde_json::Value>(&bytes).unwrap_or_else(|fault| panic!("{name}: {fault}")),
            ),
            _ => {}
        }
    }
    assert!(feeds > 10 && calendars > 2 && tables > 5 && archives > 2, "{feeds} {calendars} {tables} {archives}");
    let public = app.public();
    let mut same = vec!["inquiries/ashgrove.atom".to_owned(), "answers.csv".to_owned(), "sitemap.xml".to_owned()];
    same.extend(site.names().into_iter().filter(|name| name.starts_with("evidence/") || name.starts_with("assets/")));
    assert!(same.len() > 5, "{same:?}");
    for name in same {
        assert_eq!(site.bytes(&name), public.get(&format!("/{name}")).bytes(), "{name}");
    }
}

fn a_long_register_is_written_to_the_end_of_its_lists(place: &Place) {
    const MANY: usize = 230;
    let app = long_register(place, MANY);
    let site = exported(app.place());
    site.links_lead_to_what_is_there();
    // No operator yet: no list of pages, and every page says so.
    assert!(!site.has("sitemap.xml") && site.page("index.html").html.contains("Not in service"));
    for list in ["recommendations", "inquiries/long", "bodies/ferry", "api/v1/recommendations", "recommendations.json"]
    {
        let (stem, ending) =
            list.split_once('.').unwrap_or((list, if list.starts_with("api") { "json" } else { "html" }));
        let later = site.names().into_iter().filter(|name| name.starts_with(&format!("{stem}~after-")));
        let pages: Vec<String> =
            later.filter(|name| name.ends_with(ending)).chain([format!("{stem}.{ending}")]).collect();
        assert!(pages.len() > 2, "{list}: {pages:?}");
        let said: String = pages.iter().map(|name| site.text(name)).collect();
        for number in 1..=MANY {
            let there = said.matches(&format!("Mend jetty {number}")).count();
            assert!(there > 0, "{list} has no jetty {number}");
        }
    }
    for number in 1..=MANY {
        assert!(site.has(&format!("inquiries/long/recommendations/{number}/ferry.html")), "{number}");
    }
}

fn what_nobody_may_read_is_not_in_a_copy(app: &TestApp) {
    run_by_somebody(app);
    let overseer = app.person("overseer");
    // Filed and not published; said by somebody outside; known of a body's officers.
    files(app, &format!("{MARK}-filed"));
    let wrong = app.public().open("/wrong?page=/inquiries/ashgrove").form("Send");
    wrong
        .fill("What is wrong", &format!("{MARK}-complaint"))
        .fill("Your email address", "reader@elsewhere.example")
        .send();
    let contact = overseer.open("/staff/bodies/ashgrove-harbour/contacts").form("Keep");
    let contact = contact.fill("Name", &format!("{MARK}-contact")).fill("Post", "Clerk");
    contact.fill("Email address", "clerk@elsewhere.example").send();
    // Public once: an answer, and a letter with its file.
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", &format!("{MARK}-removed")).send();
    letter(app, &format!("{MARK}-letter"));
    let before = exported(app.place());
    let marks = |site: &Site| {
        let files = files_below(&site.folder);
        let said =
            files.iter().map(|file| unpacked(&std::fs::read(file).expect("a file")).expect("what can be unpacked"));
        said.flatten().filter(|(_, said)| said.contains(MARK)).count()
    };
    assert!(marks(&before) > 10, "what is public is in the copy, else this finds nothing");
    for word in ["filed", "complaint", "contact", "elsewhere.example"] {
        assert!(!before.contains(&format!("{MARK}-{word}")) && !before.contains("elsewhere.example"), "{word}");
    }
    let path = proposed(app, ITEM, "Remove for legal reasons").path().to_owned();
    app.person("overseer two").open(&path).form("Remove these words for good").send().sees("The words are removed");
    overseer.open(ITEM).form("Withhold these words: Accepted").send();
    std::fs::rename(&before.folder, app.place().folder().join("before")).expect("the first copy, put aside");
    let after = exported(app.place());
    after.links_lead_to_what_is_there();
    let left: Vec<PathBuf> = files_below(&after.folder)
        .into_iter()
        .filter(|file| {
            let said = unpacked(&std::fs::read(file).expect("a file")).expect("what can be unpacked");
            said.iter().any(|(_, said)| said.contains(MARK))
        })
        .collect();
    assert!(left.is_empty(), "{left:?}");
    after.page("inquiries/ashgrove/recommendations/2/ashgrove-harbour.html").says("for legal reasons");
    assert!(!after.names().iter().any(|name| name.starts_with("evidence/")), "the file is removed");
}

fn a_copy_that_cannot_be_whole_is_not_there_at_all(place: &Place) {
    place.run(&["export-site", FOLDER]).exits(1).says("there is no register");
    let nothing = |place: &Place| {
        let found = std::fs::read_dir(place.folder()).expect("the folder").flatten();
        found
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .all(|name| name != FOLDER && !name.starts_with(".unfinished-"))
    };
    assert!(nothing(place), "something was left");
    let app = place.app();
    // A change that cannot be read: some of the site would be missing.
    place.execute("update change set kind = 'nonsense' where seq = 1");
    app.place().run(&["export-site", FOLDER]).exits(1).says("answers 500");
    assert!(nothing(place), "something was left");
    place.execute("update change set kind = 'load' where seq = 1");
    app.place().run(&["export-site", FOLDER]).succeeds();
}

fn a_register_that_stands_still_shows_one_state(app: &TestApp) {
    let url = app.place().setting("DATABASE_URL").expect("a database");
    let address = match app.place().database() {
        DatabaseKind::Sqlite => Address::Sqlite(Path::new(url.trim_start_matches("sqlite:")).to_owned()),
        DatabaseKind::Postgres => Address::Postgres(url),
    };
    let still_now = || open(&address).and_then(|(reader, _)| reader.still()).expect("a snapshot");
    let still = still_now();
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "The authority will do it.").send();
    let newest = |reader: &followthrough::store::Reader| reader.read_now(ledger::newest).expect("a number").0;
    assert_eq!(newest(&still), 1, "what is published meanwhile is not seen");
    assert_eq!(newest(&still_now()), 2);
    assert_eq!(newest(&still), 1);
}
