//! Names and descriptions that were removed stay out of the copies that were taken before.

use super::together::named_twice;
use crate::deeds_record::confirmed;
use crate::removal::holds;
use crate::stories;
use crate::support::form::Form;
use crate::support::{Place, TestApp};

stories![a_removed_name_stays_out_of_an_earlier_copy];

const CANARY: &str = "canary-who-is-named";
const NOTE: &str = "canary-in-a-note";

fn a_removed_name_stays_out_of_an_earlier_copy(app: &TestApp) {
    let bodies = named_twice(app);
    let overseer = app.person("overseer");
    let describe = || overseer.open("/staff/inquiries/ashgrove/description").form("Publish the description");
    let publish = |form: Form| confirmed(form.fill("Why is it changed?", "It was wrong.")).send();
    publish(describe().fill("What else should a reader know?", NOTE));
    publish(describe().date("When was it published?", "2025-03-28"));
    let place = app.place();
    let notes = format!("select cast(id as text) as value from inquiry_text where note = '{NOTE}' order by id");
    let descriptions = place.rows(&notes);
    assert_eq!(descriptions.len(), 2, "else this test finds nothing");
    let file = place.folder().join("copy");
    let path = |file: &std::path::Path| file.to_str().expect("a path of plain letters").to_owned();
    place.run(&["backup", &path(&file)]).succeeds();

    for (subject, row) in [("body", &bodies[0]), ("description", &descriptions[0])] {
        let form = app.person("administrator").open(&format!("/staff/redactions/new?subject={subject}&row={row}"));
        let form = form.form("Withhold them and propose their removal").choose("A court has ordered it");
        let waits = form.send();
        app.person("overseer two").open(waits.path()).form("Remove these words for good").send();
    }
    assert!(!holds(place, CANARY) && !holds(place, NOTE), "the database still holds the words");
    let list = place.folder().join("list.toml");
    place.run(&["redactions", &path(&list)]).succeeds().says("lists 4 removals");
    // A list from before every row was put on it names one of each.
    let text = std::fs::read_to_string(&list).expect("the list");
    let (begin, entries) = text.split_once("[[removal]]").expect("entries");
    let keep = |row: &str, subject: &str| {
        let entry = entries.split("[[removal]]").find(|entry| {
            entry.contains(&format!("subject = \"{subject}\"\n")) && entry.contains(&format!("row = {row}\n"))
        });
        format!("[[removal]]{}", entry.expect("the entry"))
    };
    let short = [begin.to_owned(), keep(&bodies[0], "body"), keep(&descriptions[1], "description")].concat();
    let short = place.file("short.toml", &short);

    for (list, listed) in [(path(&list), "words removed again 4"), (path(&short), "words removed again 2")] {
        let other = Place::new(place.servers(), place.database());
        other.run(&["restore", &path(&file), "--redactions", &list]).succeeds().says(listed);
        assert!(!holds(&other, CANARY) && !holds(&other, NOTE), "the restored database still holds the words");
        assert_eq!(other.value("select count(*) from change where kind = 'redacted'"), "2");
        let restored = other.app();
        restored.public().open("/bodies/ashgrove-ports").sees("Ashgrove Harbour Authority").does_not_see(CANARY);
        restored.public().open("/inquiries/ashgrove").does_not_see(NOTE);
        restored.public().open("/about").sees("removed for legal reasons 2 times (A court has ordered it: 2)");
        other.run(&["verify"]).succeeds();
    }
}
