//! The file of what is held: the holds that bear on an item and no others, and that an address is known as dead.

use serde_json::Value;

use crate::deeds_record::confirmed;
use crate::follow::arranged::{address, asks};
use crate::stories;
use crate::support::{Place, TestApp};

stories![
    an_items_file_holds_the_holds_that_bear_on_it_and_no_others,
    a_persons_file_says_that_their_address_is_known_as_dead,
];

fn taken(app: &TestApp, kind: &str, id: &str) -> Value {
    let form = app.person("administrator").open("/staff/held").form("Take the file").choose(kind);
    let file = form.fill("Which?", id).submit();
    file.is(200);
    file.json()
}

/// Every value of a field of a table's records, with who reads it.
fn fields(held: &Value, table: &str, name: &str) -> Vec<(Value, String)> {
    let all = held["records"].as_array().expect("records").iter().filter(|record| record["table"] == table);
    let fields = all.flat_map(|record| record["fields"].as_array().expect("fields").clone());
    let of = fields.filter(|field| field["name"] == name);
    of.map(|field| (field["value"].clone(), field["reader"].as_str().expect("a reader").to_owned())).collect()
}

/// Places a hold with a sentence of its own.
fn held(app: &TestApp, of: &str, words: &str) {
    let form = app.person("overseer").open(&format!("/staff{of}/hold")).form("Place this hold");
    let form = form.choose("Legal proceedings").date("When is it reviewed?", "2027-02-01");
    confirmed(form.fill("A sentence for everybody", words)).send();
}

fn an_items_file_holds_the_holds_that_bear_on_it_and_no_others(app: &TestApp) {
    for (of, words) in [
        ("/inquiries/ashgrove/recommendations/1", "canary-of-another-item"),
        ("/inquiries/ashgrove/recommendations/2", "canary-of-the-item"),
        ("/inquiries/millbrook", "canary-of-another-inquiry"),
        ("/inquiries/ashgrove", "canary-of-the-inquiry"),
        ("", "canary-of-the-register"),
    ] {
        held(app, of, words);
    }
    let file = taken(app, "A recommendation", "ashgrove/2");
    assert_eq!(fields(&file, "hold", "kind").len(), 3, "{file}");
    let said = file.to_string();
    for words in ["canary-of-the-item", "canary-of-the-inquiry", "canary-of-the-register"] {
        assert!(fields(&file, "change", "reason").contains(&(words.into(), "public".to_owned())), "{words}");
    }
    for words in ["canary-of-another-item", "canary-of-another-inquiry"] {
        assert!(!said.contains(words), "{words}");
    }
    // Of an item without a hold of its own: those on more than it.
    let file = taken(app, "A recommendation", "ashgrove/3");
    assert_eq!(fields(&file, "hold", "kind").len(), 2);
    let file = taken(app, "A recommendation", "millbrook/a");
    assert_eq!(fields(&file, "hold", "kind").len(), 2);
    assert!(file.to_string().contains("canary-of-another-inquiry"));
    // Whoever placed them: in their own file, all of them.
    let overseer = taken(app, "A person", "overseer@example.org");
    assert_eq!(fields(&overseer, "hold", "kind").len(), 5);
}

fn a_persons_file_says_that_their_address_is_known_as_dead(place: &Place) {
    place.with_smtp();
    let app = place.app();
    let dead = address(place, "known-as-dead");
    place.servers().smtp().answers(&dead, &[550, 550]);
    asks(&app.public(), "/subscribe", &dead, "Once a week").is(303);
    app.jobs();
    let file = taken(&app, "A person", &dead);
    assert_eq!(fields(&file, "suppression", "reason"), [("dead".into(), "private".to_owned())]);
    assert_eq!(fields(&file, "suppression", "at").len(), 1);
    let key = place.value("select key from suppression");
    assert!(!file.to_string().contains(&key), "the code itself is no use to anybody");
    // It is all that is left of somebody when the rest has gone: it is found from the address alone.
    place.execute(
        "delete from told; delete from subscription; delete from subscriber; delete from attempt;
         update outbox set state = 'cancelled', email = 'removed@removed.invalid' where state = 'permanent_failure'",
    );
    let file = taken(&app, "A person", &dead.to_uppercase());
    assert_eq!(file["count"], 1, "{file}");
    let refused = app.person("administrator").open("/staff/held").form("Take the file").choose("A person");
    refused.fill("Which?", &address(place, "never-written-to")).submit().is(422).complains("Nothing is held");
    for (kind, id) in [("A body", "ashgrove-council"), ("A recommendation", "ashgrove/2")] {
        assert!(fields(&taken(&app, kind, id), "suppression", "at").is_empty(), "{id}");
    }
    // Somebody with an account, by the name of their page.
    let overseer = app.person("overseer");
    overseer.open("/staff");
    let file =
        taken(&app, "A person", &place.value("select reference from person where email = 'overseer@example.org'"));
    assert!(fields(&file, "suppression", "at").is_empty());
}
