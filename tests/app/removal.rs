//! Words that the law wants out: withheld at once, removed by two people, and then nowhere any more.

use std::time::{Duration, Instant};

use followthrough::store::{Address, open};

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::stories;
use crate::support::DatabaseKind;
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::place::Place;

stories![
    words_are_removed_by_two_people_and_nothing_of_them_is_left,
    what_a_second_person_declines_stays_withheld,
    the_words_of_a_recommendation_are_removed,
    what_was_removed_is_neither_shown_again_nor_removed_twice,
    a_copy_that_is_being_made_holds_up_neither_a_removal_nor_the_site,
];

/// What must not be found anywhere once it is removed.
const CANARY: &str = "Zinnoberkanarie";

/// A response that says what it should not.
fn recorded(app: &TestApp) -> Page {
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", &format!("Agreed with {CANARY} in May.")).send()
}

/// Proposed from the timeline.
pub fn proposed(app: &TestApp, page: &str, link: &str) -> Page {
    let form = app.person("administrator").open(page).follow(link).form("Withhold them and propose their removal");
    form.choose("A court has ordered it").send()
}

/// Everything that the database holds.
pub fn holds(place: &Place, word: &str) -> bool {
    match place.database() {
        DatabaseKind::Sqlite => ["followthrough.db", "followthrough.db-wal"].iter().any(|name| {
            let bytes = std::fs::read(place.folder().join(name)).unwrap_or_default();
            bytes.windows(word.len()).any(|part| part == word.as_bytes())
        }),
        DatabaseKind::Postgres => {
            let tables =
                place.rows("select table_name as value from information_schema.tables where table_schema = 'public'");
            assert!(tables.len() > 20, "{tables:?}");
            tables.iter().any(|table| {
                place.value(&format!("select count(*) from {table} as one where one::text like '%{word}%'")) != "0"
            })
        }
    }
}

fn words_are_removed_by_two_people_and_nothing_of_them_is_left(app: &TestApp) {
    recorded(app).sees(CANARY);
    assert!(holds(app.place(), CANARY), "else this test finds nothing");
    let administrator = app.person("administrator");
    let form =
        administrator.open(ITEM).follow("Remove for legal reasons").form("Withhold them and propose their removal");
    form.submit().is(422).complains("Choose why the law asks for it");
    let page = proposed(app, ITEM, "Remove for legal reasons");
    page.sees("Waits for a second person").sees(CANARY).sees("You proposed this, so another person must decide it");
    app.public().open(PUBLIC).sees("Words withheld on 23 November 2026").does_not_see(CANARY);
    let forged = [("decision", "remove"), ("version", "1")];
    let path = page.path().to_owned();
    let own = administrator.open("/staff/account").form("Change the password").fields();
    let csrf = own.iter().find(|(name, _)| name == "csrf").map(|(_, value)| value.clone()).unwrap_or_default();
    let fields = [forged[0], forged[1], ("csrf", csrf.as_str())];
    administrator.post_with(&path, &[("sec-fetch-site", "same-origin")], &fields).is(403);
    for nobody in ["observer", "contributor of ashgrove-council"] {
        app.person(nobody).get(&path).is(403);
    }

    let second = app.person("overseer two");
    second.open("/staff").follow("Words to be removed, which wait for a second person");
    let done = second.open(&path).form("Remove these words for good").send();
    done.sees("The words are removed").sees("What must still be purged by hand").does_not_see(CANARY);
    done.sees("followthrough redactions FILE").sees("a static copy of the site");
    for path in
        ["/inquiries/ashgrove/recommendations/2.json", "/bodies/ashgrove-harbour", "/themes/inspection", "/changes/2"]
    {
        done.sees(&format!("http://register.example{path}"));
    }
    let public = app.public();
    let answer = public.open(PUBLIC);
    answer
        .sees("Accepted on 20 November 2026; no plan recorded here: Removed on 23 November 2026 for legal reasons")
        .does_not_see(CANARY);
    public.open(&done.link("the change that removed them")).sees("Words removed for legal reasons");
    public.open("/about").sees(
        "words withheld once (A court has ordered it: 1), removed for legal reasons once (A court has ordered it: 1)",
    );
    for path in ["/", "/changes", "/inquiries/ashgrove", "/inquiries/ashgrove/recommendations/2.json"] {
        assert!(!public.get(path).body().contains(CANARY), "{path}");
    }
    assert!(!holds(app.place(), CANARY), "the database still holds the words");
    app.place().run(&["verify"]).succeeds();
}

fn what_a_second_person_declines_stays_withheld(app: &TestApp) {
    recorded(app);
    let path = proposed(app, ITEM, "Remove for legal reasons").path().to_owned();
    // While it is undecided nobody shows the words again.
    let form =
        app.person("overseer two").open(ITEM).form("Show these words again").submit().form("Show the words again");
    confirmed(form).submit().is(422).complains("It is proposed to remove these words for good");
    app.person("overseer two").open(&path).form("Do not remove them").send().sees("nothing is removed");
    app.public().open(PUBLIC).sees("Words withheld on 23 November 2026").does_not_see(CANARY);
    let form = app.person("overseer").open(ITEM).form("Show these words again").submit().form("Show the words again");
    confirmed(form).send();
    app.public().open(PUBLIC).sees(CANARY);
}

fn the_words_of_a_recommendation_are_removed(app: &TestApp) {
    let item = "/staff/inquiries/ashgrove/recommendations/2";
    assert!(holds(app.place(), "both landing stages inspected"));
    let page = proposed(app, item, "Remove the words for legal reasons");
    app.person("overseer").open(page.path()).form("Remove these words for good").send();
    let public = app.public();
    let shown = public.open("/inquiries/ashgrove/recommendations/2");
    shown.sees("Removed on 23 November 2026 for legal reasons").does_not_see("landing stages");
    let data = public.get("/inquiries/ashgrove/recommendations/2.json").body();
    assert!(data.contains("\"removed_for_legal_reasons\": true") && data.contains("\"text\": null"), "{data}");
    public.open("/recommendations?q=landing").does_not_see("Inspect both landing stages");
    assert!(!holds(app.place(), "both landing stages inspected"), "the database still holds the words");
    // Everybody reads for which kind of reason, as of words that are withheld.
    let change = app.place().value("select seq from change where kind = 'redacted'");
    for path in [format!("/changes/{change}"), "/changes".to_owned(), "/changes.atom".to_owned()] {
        public.get(&path).sees("Kind of reason: a court has ordered it");
    }
    let data = public.get(&format!("/api/v1/changes/{change}")).json();
    assert_eq!(data["item"]["kind_of_reason"], "court_order");
    app.place().run(&["verify"]).succeeds();
}

fn what_was_removed_is_neither_shown_again_nor_removed_twice(app: &TestApp) {
    recorded(app);
    let proposal = proposed(app, ITEM, "Remove for legal reasons").path().to_owned();
    let stale = app.person("overseer").open(&proposal).form("Remove these words for good");
    app.person("overseer two").open(&proposal).form("Remove these words for good").send();
    stale.send().sees("Removed");
    let page = app.person("administrator").open(ITEM);
    assert!(!page.has_form("Show these words again"), "there is nothing to show");
    let removed = app.place().value("select row_id from redaction");
    app.person("administrator").get(&format!("/staff/redactions/new?subject=update&row={removed}")).is(404);
    app.person("administrator").get("/staff/redactions/new?subject=nothing&row=1").is(404);
    assert_eq!(app.place().value("select count(*) from change where kind = 'redacted'"), "1");
}

fn a_copy_that_is_being_made_holds_up_neither_a_removal_nor_the_site(app: &TestApp) {
    recorded(app);
    let path = proposed(app, ITEM, "Remove for legal reasons").path().to_owned();
    app.person("overseer")
        .open(&path)
        .sees("Caches in front of this register")
        .sees("http://register.example/changes/2");
    let url = app.place().setting("DATABASE_URL").expect("a database");
    let address = match app.place().database() {
        DatabaseKind::Sqlite => Address::Sqlite(url.trim_start_matches("sqlite:").into()),
        DatabaseKind::Postgres => Address::Postgres(url),
    };
    // As `export-site` has one, for minutes.
    let still = open(&address).and_then(|(reader, _)| reader.still()).expect("a snapshot");
    let begun = Instant::now();
    let done = app.person("overseer two").open(&path).form("Remove these words for good").send();
    done.sees("The words are removed; their traces in the database’s own files could not be overwritten yet");
    done.sees("It is tried again every night until it is done");
    assert!(begun.elapsed() < Duration::from_secs(30), "it waited for the copy: {:?}", begun.elapsed());
    app.public().open(PUBLIC).sees("Removed on 23 November 2026 for legal reasons").does_not_see(CANARY);
    let left = "select count(*) from setting where key = 'traces'";
    // The night comes while the copy is still being made, and the next one after it.
    app.jobs_at("2026-11-24T03:31:00Z");
    assert_eq!(app.place().value(left), "1");
    if app.place().database() == DatabaseKind::Sqlite {
        assert!(holds(app.place(), CANARY), "else nothing is left to be overwritten");
    }
    drop(still);
    app.jobs_at("2026-11-25T03:31:00Z");
    assert_eq!(app.place().value(left), "0");
    assert!(!holds(app.place(), CANARY), "the database still holds the words");
    app.person("overseer")
        .open(&path)
        .sees("What must still be purged by hand")
        .does_not_see("tried again every night");
}
