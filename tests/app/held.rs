//! Everything held about a person, an item or a body, as one file.

use std::collections::{BTreeMap, BTreeSet};

use followthrough::store::disclosure::{LEFT_OUT, Root, covered};
use scraper::ElementRef;
use serde_json::Value;

use crate::filing::arranged::{files, publication};
use crate::stories;
use crate::support::page::{Page, css, text_of};
use crate::support::{Both, TestApp};

stories![
    a_file_holds_everything_about_a_person_an_item_and_a_body,
    nobody_but_an_administrator_takes_the_file,
    every_table_of_the_schema_is_given_or_left_out_with_a_reason,
];

const CONTACTS: &str = "/staff/bodies/ashgrove-council/contacts";
const CHASES: &str = "/staff/bodies/ashgrove-council/chases";
const SAID: &str = "canary-on-the-telephone";
const WROTE: &str = "canary-from-a-reader";
const COMMENT: &str = "canary-in-a-comment";
const RETURN: &str = "canary-in-a-return";

/// The file, taken from the page.
pub fn taken(app: &TestApp, kind: &str, id: &str, days: Option<(&str, &str)>) -> Value {
    let mut form =
        app.person("administrator").open("/staff/held").form("Take the file").choose(kind).fill("Which?", id);
    if let Some((from, to)) = days {
        form = form.date("From which day?", from).date("Until which day?", to);
    }
    let file = form.submit();
    file.is(200);
    assert!(file.header("content-disposition").is_some_and(|said| said.starts_with("attachment; filename=\"held-")));
    file.json()
}

fn records<'a>(held: &'a Value, table: &str) -> Vec<&'a Value> {
    let all = held["records"].as_array().expect("records");
    all.iter().filter(|record| record["table"] == table).collect()
}

/// Every value under a name, with who reads it.
pub fn fields(held: &Value, table: &str, name: &str) -> Vec<(Value, String)> {
    let of = records(held, table).into_iter().flat_map(|record| record["fields"].as_array().expect("fields").clone());
    of.filter(|field| field["name"] == name)
        .map(|field| (field["value"].clone(), field["reader"].as_str().expect("a reader").to_owned()))
        .collect()
}

pub fn private(held: &Value, table: &str, name: &str, value: &str) {
    let found = fields(held, table, name);
    assert!(found.contains(&(value.into(), "private".to_owned())), "{table}.{name} is {found:?}");
}

/// A council's return that was sent back once and then published, a letter to a contact, a reader's message about the item.
fn a_history(app: &TestApp) -> Page {
    let filed = files(app, RETURN);
    let back = app.person("overseer").open(filed.path()).form("Send it back");
    back.fill("What should be looked at again?", COMMENT).send();
    let again = app.person("contributor of ashgrove-council").open(filed.path()).form("Send it again");
    again.send();
    let published = publication(&app.person("overseer").open(filed.path())).send();
    let form = app.person("overseer").open(CONTACTS).form("Keep").fill("Name", "Contact One").fill("Post", "clerk");
    form.fill("Email address", "contact@example.org").send();
    let form =
        app.person("overseer").open(CHASES).form("Log this").choose_in("How was the body asked?", "Telephone call");
    let form = form.date("When?", "2026-11-20").select("With whom?", "Contact One, clerk");
    form.fill("By which post of ours?", "scrutiny officer").fill("What was said?", SAID).tick("All open items").send();
    let wrong = app.public().open("/wrong?page=/inquiries/ashgrove/recommendations/2/ashgrove-council").form("Send");
    wrong.fill("What is wrong", WROTE).fill("Your email address", "reader@example.org").send();
    app.jobs();
    published
}

fn a_file_holds_everything_about_a_person_an_item_and_a_body(app: &TestApp) {
    a_history(app);
    // Somebody with an account: what they wrote, what was said about it, what they were sent. No secret of theirs.
    let council = taken(app, "A person", "contributor.ashgrove-council@example.org", None);
    private(&council, "person", "email", "contributor.ashgrove-council@example.org");
    private(&council, "filing_step", "comment", COMMENT);
    assert!(council.to_string().contains(RETURN));
    for table in ["session", "filing", "outbox", "attempt", "change", "fact_update", "receipt"] {
        assert!(!records(&council, table).is_empty(), "{table}");
    }
    for secret in ["password_hash", "token_hash", "$argon2", "\"message\""] {
        assert!(!council.to_string().contains(secret), "{secret}");
    }
    let line = records(&council, "filing")[0]["line"].as_str().expect("a line");
    assert_eq!(line, "A piece of work by Contributor One: return, published.");
    // Somebody without one: a reader, and somebody of the body.
    let reader = taken(app, "A person", "Reader@example.org", None);
    private(&reader, "complaint", "words", WROTE);
    let contact = taken(app, "A person", "contact@example.org", None);
    private(&contact, "contact", "name", "Contact One");
    private(&contact, "chase", "said", SAID);

    // The item and the body: what everybody reads is told apart from what staff alone read.
    for (kind, id) in [("A recommendation", "ashgrove/2"), ("A body", "ashgrove-council")] {
        let held = taken(app, kind, id, None);
        assert!(fields(&held, "fact_update", "words").contains(&(RETURN.into(), "public".to_owned())), "{id}");
        private(&held, "filing_step", "comment", COMMENT);
        private(&held, "chase", "said", SAID);
        private(&held, "complaint", "email", "reader@example.org");
        let of = "fact_update";
        assert!(fields(&held, of, "author_id").iter().all(|(_, reader)| reader == "private"), "{id}");
        // Between two days: what touches them, and how things stand now.
        let later = taken(app, kind, id, Some(("2026-11-24", "2026-12-24")));
        for gone in [RETURN, COMMENT, SAID] {
            assert!(!later.to_string().contains(gone), "{id}: {gone}");
        }
        assert!(!records(&later, "addressee").is_empty(), "{id}");
        let on = taken(app, kind, id, Some(("2026-11-20", "2026-11-20")));
        private(&on, "chase", "said", SAID);
        assert!(records(&on, "change").is_empty(), "{id}");
    }

    // Withheld words are private; removed ones are gone, in the work that led to them too.
    let withhold = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/2/ashgrove-council");
    let row = app.place().value(&format!("select id from fact_update where words = '{RETURN}'"));
    let html = withhold.html();
    let sends = |form: &ElementRef, name: &str, value: &str| {
        let field = css(&format!("input[name={name}]"));
        form.select(&field).any(|field| field.attr("value") == Some(value))
    };
    let all = css("form");
    let form = html.select(&all).find(|form| sends(form, "row", &row) && sends(form, "subject", "update"));
    let button = form.and_then(|form| form.select(&css("button")).next().map(text_of)).expect("a button");
    withhold.form(&button).send();
    private(&taken(app, "A body", "ashgrove-council", None), "fact_update", "words", RETURN);

    // The command writes the same, once.
    let file = app.place().folder().join("held.json");
    let path = file.display().to_string();
    let run = |arguments: &[&str]| app.place().run(&[&["held", path.as_str()], arguments].concat());
    run(&["--about", "item:ashgrove/2"]).succeeds().says("records about item ashgrove/2");
    let written: Value = serde_json::from_slice(&std::fs::read(&file).expect("the file")).expect("JSON");
    let page = taken(app, "A recommendation", "ashgrove/2", None);
    // The session that took the page's file is not about the item.
    assert_eq!(written["records"], page["records"]);
    run(&["--about", "item:ashgrove/2"]).exits(1).says("cannot be written");
    std::fs::remove_file(&file).expect("the file goes");
    run(&["--about", "item:ashgrove/99"]).exits(1).says("There is no item ashgrove/99");
    run(&["--about", "person:nobody@example.org"]).exits(1).says("Nothing is held about the person");
    run(&["--about", "body:nobody"]).exits(1).says("There is no body nobody");
    run(&["--about", "theme:x"]).exits(2).says("Write person:EMAIL");
    run(&["--about", "body:ashgrove-council", "--from", "2026-12-02", "--to", "2026-12-01"]).exits(1).says("is after");
    run(&[]).exits(2);
    assert!(!file.exists(), "nothing was left half-written");
}

fn nobody_but_an_administrator_takes_the_file(app: &TestApp) {
    for who in ["overseer", "observer", "contributor of ashgrove-council"] {
        app.person(who).get("/staff/held").is(403).sees("exported by administrators alone, because");
    }
    let form =
        || app.person("administrator").open("/staff").follow("Everything held about somebody").form("Take the file");
    form().submit().is(422).complains("Enter the email address or reference");
    let faulty =
        form().choose("A recommendation").fill("Which?", "ashgrove").date("From which day?", "2027-02-31").submit();
    faulty.is(422).complains("Write the item as INQUIRY/NUMBER").complains("There is no such day");
    assert_eq!(faulty.form("Take the file").value("Which?"), "ashgrove");
    form().fill("Which?", "nobody@example.org").submit().is(422).complains("Nothing is held under this name");
    let turned = form().fill("Which?", "x@example.org").date("From which day?", "2027-02-03");
    turned.date("Until which day?", "2027-02-02").submit().is(422).complains("must not be before the first");
    // From the page of a person the form begins with them.
    app.person("overseer");
    let page = app
        .person("administrator")
        .open("/staff/people")
        .follow("Overseer One")
        .follow("Everything held about this person");
    let file = page.form("Take the file").submit();
    file.is(200);
    private(&file.json(), "person", "email", "overseer@example.org");
}

/// A table that refers to a person, a body, an item or what hangs from one must be given, or left out with a reason; and
/// whatever refers to a person is tied to them.
fn every_table_of_the_schema_is_given_or_left_out_with_a_reason(both: &Both) {
    let place = &both.sqlite;
    place.run(&["migrate"]).succeeds();
    let tables: BTreeSet<String> = place
        .rows(
            "select name as value from sqlite_master where type = 'table' and name not like 'sqlite_%'
             and name not like 'search%' and name not like '\\_\\_%' escape '\\'",
        )
        .into_iter()
        .collect();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for name in covered().map(|table| table.name).chain(LEFT_OUT.iter().map(|left| left.table)) {
        *known.entry(name).or_default() += 1;
    }
    assert!(known.values().all(|times| *times == 1), "each once: {known:?}");
    let known: BTreeSet<String> = known.into_keys().map(str::to_owned).collect();
    let differing: Vec<&String> = tables.symmetric_difference(&known).collect();
    assert!(differing.is_empty(), "say in src/store/disclosure/tables.rs what of these is given: {differing:?}");
    assert!(LEFT_OUT.iter().all(|left| left.why.ends_with('.')), "with a reason");
    let references = place.rows(
        "select t.name || '.' || f.\"from\" || ' ' || f.\"table\" as value from sqlite_master t
         join pragma_foreign_key_list(t.name) f where t.type = 'table'",
    );
    for reference in references {
        let (column, to) = reference.split_once(' ').expect("a reference");
        let (table, column) = column.split_once('.').expect("a column");
        let of_person = to == "person";
        let Some(given) = covered().find(|given| given.name == table) else {
            assert!(!of_person, "{table}.{column} refers to a person, so {table} cannot be left out");
            continue;
        };
        if of_person {
            assert!(given.ties.contains(&(Root::Person, column)), "{table}.{column} ties no row to its person");
        }
    }
    let columns: BTreeSet<String> = place
        .rows("select t.name || '.' || c.name as value from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table'")
        .into_iter()
        .collect();
    for table in covered() {
        let named =
            table.public.iter().chain(table.never).chain(table.dates.iter()).chain(table.ties.iter().map(|tie| &tie.1));
        for column in named {
            assert!(columns.contains(&format!("{}.{column}", table.name)), "{}.{column} is no column", table.name);
        }
    }
}
