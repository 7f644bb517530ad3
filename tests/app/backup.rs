//! Copies of the whole register: taken while it is served, restored elsewhere, without what was removed since.

use std::collections::BTreeMap;
use std::path::Path;

use crate::deeds_record::{ITEM, PUBLIC, response};
use crate::filing::arranged::{COUNCIL_MAIL, asks_for_updates, files, proposes_finding};
use crate::removal::{holds, proposed};
use crate::stories;
use crate::support::visitor::Visitor;
use crate::support::{DatabaseKind, Place, TestApp};
use crate::walk::walk;

stories![
    a_restored_copy_is_the_register_without_what_was_removed_since,
    a_copy_made_while_somebody_writes_is_the_register_of_one_moment,
    what_is_no_whole_copy_or_no_empty_place_is_refused,
    what_mail_in_a_copy_was_to_tell_is_told_by_the_next_mail,
];

/// What is removed after the copy was taken, so that the copy has it.
const CANARY: &str = "Zinnoberbackup";

fn path(file: &Path) -> &str {
    file.to_str().expect("a path of plain letters")
}

/// What everybody reads at these addresses, but for the number of the register's newest change in "Cite this page", and for what a form
/// carries unseen.
fn read(visitor: &Visitor, paths: &[String]) -> BTreeMap<String, String> {
    let said = |body: String| {
        let lines = body.lines().filter(|line| !line.contains("class=\"f-cite\"")).map(without_keys);
        lines.collect::<Vec<_>>().join("\n")
    };
    paths.iter().map(|path| (path.clone(), said(visitor.get(path).body()))).collect()
}

/// The token and the key of a form are others each time that it is shown.
fn without_keys(line: &str) -> String {
    ["csrf", "key"].iter().fold(line.to_owned(), |line, name| {
        let before = format!("name=\"{name}\" value=\"");
        let Some((head, rest)) = line.split_once(&before) else { return line };
        let after = rest.split_once('"').map_or("", |(_, after)| after);
        format!("{head}{before}\"{after}")
    })
}

fn elsewhere(place: &Place) -> Place {
    Place::new(place.servers(), place.database())
}

/// A register with published facts, unpublished work, sessions, one-time links and mail that waits.
fn rich(app: &TestApp) {
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", &format!("Agreed with {CANARY} in May.")).send();
    asks_for_updates(app, "2026-12-01", 3);
    let back = files(app, "Work that nobody has published.").path().to_owned();
    app.person("overseer").open(&back).form("Send it back").fill("What should be looked at again?", "The date.").send();
    proposes_finding(app, "overseer", "A finding that waits.");
    app.public().open("/password-reset").form("Send").fill("Email address", COUNCIL_MAIL).submit().is(200);
}

fn a_restored_copy_is_the_register_without_what_was_removed_since(app: &TestApp) {
    rich(app);
    let place = app.place();
    let paths = walk(&app.public(), "/");
    let before = read(&app.public(), &paths);
    assert!(
        before.values().any(|page| page.contains("name=\"csrf\" value=\"\"")),
        "no page with a form among {paths:?}"
    );
    let file = place.folder().join("copy");
    let copied = place.run(&["backup", path(&file)]);
    copied.succeeds().says("2 inquiries, 8 recommendations").says("SHA-256").says("followthrough redactions");
    place.run(&["backup", path(&file)]).exits(1).says("is there already, and a backup overwrites nothing");
    assert!(nothing_unfinished(place.folder()));
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&file.metadata().expect("the copy").permissions()) & 0o777,
        0o600
    );

    // Without a list of removals: the same register, with nobody signed in and no mail on its way.
    let other = elsewhere(place);
    let restored = other.run(&["restore", path(&file)]);
    restored.succeeds().says("No list of removals was given").says("follow from the ledger").says("1 held back");
    assert!(nothing_unfinished(other.folder()));
    other.run(&["restore", path(&file)]).exits(1).says("is not empty: it holds a register that stands at change");
    assert_eq!(other.value("select count(*) from session"), "0");
    assert_eq!(other.value("select count(*) from token where used_at is null"), "0");
    assert_eq!(other.value("select state from outbox where kind = 'return_sent_back'"), "permanent_failure");
    assert_eq!(other.value("select state from outbox where kind = 'password_reset'"), "cancelled");
    let again = other.app();
    let same = read(&again.public(), &paths);
    let changed: Vec<&String> = paths.iter().filter(|path| same[*path] != before[*path]).collect();
    assert!(changed.is_empty() && paths.len() > 20, "{changed:?} of {paths:?}");
    again.jobs();
    assert!(
        !other.mailbox().0.iter().any(|mail| mail.to.contains(&COUNCIL_MAIL.to_owned())),
        "it may have gone before"
    );
    let outbox = again.person("administrator").open("/staff/outbox");
    outbox.sees("Held back when a copy of the register was restored");
    let held = other.value("select reference from outbox where kind = 'return_sent_back'");
    again.person("administrator").open(&format!("/staff/outbox/{held}")).form("Try again now").send();
    again.jobs();
    assert_eq!(other.mailbox().of(COUNCIL_MAIL).count(), 1, "somebody asked for it");

    // What is removed now is still in the copy, and stays out when it is restored with the list.
    let removal = proposed(app, ITEM, "Remove for legal reasons").path().to_owned();
    let removed = app.person("overseer two").open(&removal).form("Remove these words for good").send().text();
    let list = place.data_dir().join("removals.toml");
    let listed = std::fs::read_to_string(&list).expect("the list in the data folder");
    assert!(listed.contains("kind = \"court_order\"") && !listed.contains(CANARY), "{listed}");
    let exported = place.folder().join("list.toml");
    place.run(&["redactions", path(&exported)]).succeeds().says("lists 1 removal");
    assert_eq!(std::fs::read_to_string(&exported).expect("the list"), listed);

    let third = elsewhere(place);
    third.run(&["restore", path(&file), "--redactions", "/nowhere.toml"]).exits(1).says("there is no list of removals");
    let restored = third.run(&["restore", path(&file), "--redactions", path(&exported)]);
    restored.succeeds().says("words removed again 1").says("first removed on 23 November 2026").says("2 cancelled");
    assert!(!holds(&third, CANARY), "the restored database still holds the words");
    let kept = std::fs::read_to_string(third.data_dir().join("removals.toml")).expect("the list is kept on");
    assert_eq!(kept, listed);
    let without = third.app();
    let after = read(&without.public(), &paths);
    let newest = third.value("select max(seq) from change");
    without.public().open(&format!("/changes/{newest}")).sees("because an earlier copy of this register was restored");
    without.public().open("/about").sees("removed for legal reasons once (A court has ordered it: 1)");
    let changed: Vec<&String> = paths.iter().filter(|path| after[*path] != before[*path]).collect();
    assert!(changed.len() > 3, "{changed:?}");
    for path in &paths {
        assert!(!after[path].contains(CANARY), "{path}");
        let named = before[path].contains(CANARY);
        assert!(!named || changed.contains(&path), "{path}");
    }
    // All that differs is among what the page of the removal says must be purged.
    for path in &changed {
        let purged =
            removed.contains(&format!("http://register.example{}", path.split('?').next().unwrap_or_default()));
        // The page about the register counts removals, and never held the words.
        let never = path.starts_with("/changes/") || path.as_str() == "/about";
        assert!(purged || never, "{path} is not among what must be purged");
    }
    for same in ["/help", "/inquiries/ashgrove/recommendations/1", "/inquiries/millbrook"] {
        assert!(!changed.contains(&&same.to_owned()), "{same} has nothing to do with the removal");
    }
    // A copy of that one knows of the removal by itself.
    let second = place.folder().join("second");
    third.run(&["backup", path(&second)]).succeeds().says("1 removal for legal reasons");
    let fourth = elsewhere(place);
    fourth.run(&["restore", path(&second)]).succeeds().says("removals were looked through again: 1, of which 0");
    assert!(!holds(&fourth, CANARY));
    // What somebody put back goes once more, under the removal that stands: the record tells of no other.
    let row = "select t.row_id from taken_out t join change c on c.seq = t.seq where c.kind = 'redacted'";
    let removed = fourth.value(row);
    fourth.execute(&format!("update fact_update set words = '{CANARY}' where id = {removed}"));
    let third_copy = fourth.folder().join("third");
    fourth.run(&["backup", path(&third_copy)]).succeeds();
    let fifth = elsewhere(place);
    fifth.run(&["restore", path(&third_copy)]).succeeds().says("looked through again: 1, of which 1");
    assert!(!holds(&fifth, CANARY));
    assert_eq!(fifth.rows(&format!("select cast(row_id as text) as value from ({row}) one")), [removed]);
}

/// Every address on which an answer of this item is told.
const TOLD: [&str; 7] = [
    "/",
    "/changes",
    "/changes.atom",
    "/inquiries/ashgrove",
    "/inquiries/ashgrove/recommendations/2",
    PUBLIC,
    "/bodies/ashgrove-harbour",
];
/// How often a copy is made until somebody has written in the middle of one.
const TRIES: usize = 20;

fn a_copy_made_while_somebody_writes_is_the_register_of_one_moment(app: &TestApp) {
    let (place, overseer, public) = (app.place(), app.person("overseer"), app.public());
    let paths = TOLD.map(str::to_owned);
    let newest = || place.value("select max(seq) from change").parse::<i64>().expect("a number");
    // What everybody read after each change.
    let mut told = BTreeMap::from([(newest(), read(&public, &paths))]);
    let mut writes = || {
        let form = overseer.open(&format!("{ITEM}/response")).form("Publish the response");
        response(form, "Accepted", &format!("Answer {} of many.", told.len())).send();
        let seq = newest();
        told.insert(seq, read(&public, &paths));
        seq
    };
    let mut copies = (1..=TRIES).map(|number| {
        let file = place.folder().join(format!("copy-{number}"));
        std::thread::scope(|scope| {
            let copying = scope.spawn(|| place.run(&["backup", path(&file)]));
            let mut meanwhile = 0;
            while !copying.is_finished() {
                meanwhile = writes();
            }
            let said = copying.join().expect("a copy").succeeds().out.clone();
            let held = said.split_once("up to change ").and_then(|(_, rest)| rest.split(' ').next());
            let held = held.and_then(|number| number.parse::<i64>().ok()).expect("the newest change in it");
            (file.clone(), held, meanwhile)
        })
    });
    let during = copies.find(|(_, held, meanwhile)| held < meanwhile);
    let (file, held, _) = during.expect("somebody who began before the copy ended wrote after its moment");

    let other = elsewhere(place);
    other.run(&["restore", path(&file)]).succeeds().says("follow from the ledger");
    let again = other.app();
    let restored = read(&again.public(), &paths);
    let differ: Vec<&String> = paths.iter().filter(|path| restored[*path] != told[&held][*path]).collect();
    assert!(differ.is_empty(), "not as they stood at change {held}: {differ:?}");
    // What is compared tells one moment from the next.
    let next = told.range(held + 1..).next().expect("what was written meanwhile").1;
    assert!(paths.iter().filter(|path| told[&held][*path] != next[*path]).count() > 1);
    other.run(&["verify"]).succeeds();
}

fn nothing_unfinished(folder: &Path) -> bool {
    let mut names = std::fs::read_dir(folder).expect("the folder").flatten().map(|entry| entry.file_name());
    names.all(|name| !name.to_string_lossy().starts_with(".unfinished"))
}

fn what_is_no_whole_copy_or_no_empty_place_is_refused(place: &Place) {
    let copy = place.folder().join("copy");
    place.run(&["backup", path(&copy)]).exits(1).says("there is no register at");
    place.run(&["migrate"]).succeeds();
    place.run(&["backup", "nowhere/copy"]).exits(1).says("the folder nowhere does not exist");
    place.run(&["backup", path(&copy)]).succeeds().says("with nothing published");
    let empty = elsewhere(place);
    let refused = |bytes: &[u8], says: &str| {
        let file = place.folder().join("other");
        std::fs::write(&file, bytes).expect("a file");
        empty.run(&["restore", path(&file)]).exits(1).says(says);
    };
    let whole = std::fs::read(&copy).expect("the copy");
    refused(b"", "is no copy of a register");
    refused(b"[[removal]]", "is no copy of a register");
    refused(&whole[..whole.len() / 2], "is damaged; nothing was restored");
    let (other, kind) = match place.database() {
        DatabaseKind::Sqlite => (&b"PGDMP"[..], "a register kept in PostgreSQL"),
        DatabaseKind::Postgres => (&b"SQLite format 3\0"[..], "a register kept in SQLite"),
    };
    refused(other, kind);
    empty.run(&["restore", "/nowhere"]).exits(1).says("cannot be read");
    let list = place.file("list.toml", "[[removal]]\nwords = \"none\"\n");
    empty.run(&["restore", path(&copy), "--redactions", path(&list)]).exits(1).says("is no list of removals");

    place.execute("insert into __diesel_schema_migrations (version) values ('99990101000000')");
    let newer = place.folder().join("newer");
    place.run(&["backup", path(&newer)]).succeeds();
    empty.run(&["restore", path(&newer)]).exits(1).says("was made by a newer version of Followthrough");
    assert!(nothing_unfinished(empty.folder()));

    match place.database() {
        DatabaseKind::Sqlite => {
            empty.file("followthrough.db", "something");
            empty.run(&["restore", path(&copy)]).exits(1).says("a file that is no register");
            std::fs::remove_file(empty.folder().join("followthrough.db")).expect("the file goes");
            empty.file("followthrough.db-wal", "something");
            empty.run(&["restore", path(&copy)]).exits(1).says("left from another database");
            std::fs::remove_file(empty.folder().join("followthrough.db-wal")).expect("the file goes");
        }
        DatabaseKind::Postgres => {
            empty.execute("create table other (id bigint)");
            empty.run(&["restore", path(&copy)]).exits(1).says("1 tables or views that are no register");
            // As a restore that was killed leaves it: nobody serves it, and the next one begins anew.
            empty.execute("create table restore_under_way (since text)");
            empty.run(&["migrate"]).exits(1).says("did not come to its end");
            empty.run(&["backup", path(&place.folder().join("none"))]).exits(1);
            let nowhere = elsewhere(place);
            nowhere.set("PATH", "/nowhere").run(&["restore", path(&copy)]).exits(1).says("pg_restore was not found");
            place.set("PATH", "/nowhere");
            place.run(&["backup", path(&place.folder().join("none"))]).exits(1).says("pg_dump was not found");
        }
    }
    empty.run(&["restore", path(&copy)]).succeeds().says("follow from the ledger");
    empty.run(&["migrate"]).succeeds().says("up to date");
}

fn what_mail_in_a_copy_was_to_tell_is_told_by_the_next_mail(app: &TestApp) {
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "Agreed in May.").send();
    app.jobs_at("2026-11-30T08:30:00Z");
    let place = app.place();
    let digest = "kind = 'digest' and email = 'overseer@example.org'";
    assert_eq!(place.value(&format!("select count(*) from outbox where {digest}")), "1");
    // The copy was taken before the postman came.
    place.execute(&format!("update outbox set state = 'queued', finished_at = null where {digest}"));
    let file = place.folder().join("copy");
    place.run(&["backup", path(&file)]).succeeds();
    place
        .execute(&format!("update outbox set state = 'accepted', finished_at = '2026-11-30T08:30:00Z' where {digest}"));
    let other = elsewhere(place);
    other.run(&["restore", path(&file)]).succeeds();
    assert_eq!(other.value(&format!("select state from outbox where {digest}")), "permanent_failure");
    let again = other.app();
    again.jobs_at("2026-12-07T08:30:00Z");
    let mails = other.mailbox().of("overseer@example.org").0;
    let told: Vec<_> = mails.iter().filter(|mail| mail.subject.contains("summary to")).collect();
    assert_eq!(told.len(), 1, "the one in the copy does not go by itself");
    told[0].says("Answer recorded, 23 November 2026").says("7 December 2026");
    // What was held back is accounted for: the story is about it.
    other.execute("update outbox set state = 'cancelled' where state = 'permanent_failure'");
}
