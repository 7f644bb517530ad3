//! Loading registers, and proving that what is shown follows from what was published.

use crate::stories;
use crate::support::{DatabaseKind, Place};

stories![
    the_first_register_is_loaded_once_and_verified,
    two_programs_that_start_at_once_load_it_once,
    a_file_loaded_again_adds_what_is_new_and_overwrites_nothing,
    a_faulty_file_changes_nothing_and_names_each_line,
    what_was_altered_behind_the_programs_back_is_found,
    a_word_too_many_or_too_few_in_the_search_index_is_found,
    a_register_begun_empty_stays_empty,
    a_register_that_is_not_there_is_neither_made_nor_in_order,
    a_database_of_a_newer_program_is_left_alone,
];

const FIRST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/rotherham.toml");

const SMALL: &str = r#"
[[body]]
slug = "ashgrove-council"
name = "Ashgrove District Council"
kind = "local authority"

[[inquiry]]
slug = "ferry"
kind = "independent inquiry"
title = "Ashgrove Ferry Inquiry"
short_title = "Ferry report"
own_references = false
published_on = 2025-03-03
counts_in_source = []

[[inquiry.recommendation]]
number = "1"
title = "Publish the timetable"
text_kind = "verbatim"
text = "The council should publish the timetable."
checked = "source"
source_url = "https://ferry.example.org/report"
themes = ["timetables"]
addressees = [ { body = "ashgrove-council", checked = "source" } ]
"#;

const SECOND_ITEM: &str = r#"
[[inquiry.recommendation]]
number = "2"
title = "Inspect the landing stages"
text_kind = "summary"
text = "Both landing stages should be inspected every year."
checked = "secondary"
source_url = "https://ferry.example.org/report"
themes = []
addressees = [ { body = "ashgrove-council", checked = "source" } ]
"#;

fn the_first_register_is_loaded_once_and_verified(place: &Place) {
    place
        .run(&["register", "load", FIRST])
        .succeeds()
        .says("Added, as change 1: 2 inquiries, 8 bodies, 28 recommendations, 31 answers asked for");
    place.run(&["register", "load", FIRST]).succeeds().says("Nothing is new in this file.");
    assert_eq!(place.value("select count(*) from change"), "1");
    assert_eq!(place.value("select count(*) from outbox"), "0", "a load is mailed to nobody");
    place.run(&["verify"]).succeeds().says("Replayed 1 changes: 31 answers, 28 recommendations");
}

fn two_programs_that_start_at_once_load_it_once(place: &Place) {
    place.run(&["migrate"]).succeeds();
    std::thread::scope(|scope| {
        let programs = [(); 2].map(|()| scope.spawn(|| place.spawn(&["serve", "--no-jobs"])));
        for program in programs {
            assert_eq!(program.join().expect("it starts").terminate(), 0);
        }
    });
    assert_eq!(place.value("select count(*) from change"), "1");
    assert_eq!(place.value("select count(*) from recommendation"), "28");
}

fn a_file_loaded_again_adds_what_is_new_and_overwrites_nothing(place: &Place) {
    let load = |name: &str, text: &str, more: &[&str]| {
        let path = place.file(name, text);
        let path = path.to_str().expect("a path in UTF-8");
        place.run(&[&["register", "load", path], more].concat())
    };
    load("one.toml", SMALL, &[]).succeeds();
    let grown = format!("{}{SECOND_ITEM}", SMALL.replace("Publish the timetable", "Publish it"));
    load("two.toml", &grown, &["--dry-run"]).succeeds().says("Would add: 1 recommendation, 1 answer asked for.");
    assert_eq!(place.value("select count(*) from recommendation"), "1", "a dry run changes nothing");
    load("two.toml", &grown, &[])
        .succeeds()
        .says("recommendation 1 of ferry: its title is held otherwise than in the file; left as it is")
        .says("Added, as change 2: 1 recommendation, 1 answer asked for.");
    assert_eq!(place.value("select title from recommendation where number = '1'"), "Publish the timetable");
    place.run(&["verify"]).succeeds();
}

fn a_faulty_file_changes_nothing_and_names_each_line(place: &Place) {
    let faulty = SMALL
        .replace("body = \"ashgrove-council\"", "body = \"nobody\"")
        .replace("text_kind = \"verbatim\"", "text_kind = \"guessed\"");
    let path = place.file("faulty.toml", &format!("{faulty}{}", SECOND_ITEM.replace("\"2\"", "\"1\"")));
    let path = path.to_str().expect("a path in UTF-8");
    place
        .run(&["register", "load", path])
        .exits(1)
        .says("nothing was loaded")
        .says("guessed")
        .says("nobody")
        .says("line ");
    place.run(&["serve", "--register", path]).exits(1).says("nothing was loaded");
    place.run(&["register", "load", "/nowhere/at/all.toml"]).exits(1).says("/nowhere/at/all.toml");
    place.run(&["register", "unload"]).exits(2);
    place.run(&["migrate"]).succeeds();
    assert_eq!(place.value("select count(*) from body"), "0");
}

fn what_was_altered_behind_the_programs_back_is_found(place: &Place) {
    place.run(&["register", "load", FIRST]).succeeds();
    for (damage, mend, told) in [
        (
            "update addressee set response = 'rejected' where id = 1",
            "update addressee set response = 'accepted' where id = 1",
            "answer 1: the row is not what the ledger comes to",
        ),
        (
            "update recommendation set title = 'Another' where id = 4",
            "update recommendation set title = 'Reach victims not yet in touch with services' where id = 4",
            "recommendation 4: its words are not the ones published last",
        ),
        (
            "update recommendation set not_looked_at = not not_looked_at where id = 4",
            "update recommendation set not_looked_at = not not_looked_at where id = 4",
            "recommendation 4: whether it is done, was put to somebody or looked at does not follow from its answers",
        ),
        (
            "update tally set number = number + 1 where fact = 'answers' and scope = 'body' and scope_id = 1",
            "update tally set number = number - 1 where fact = 'answers' and scope = 'body' and scope_id = 1",
            "is kept, 12 is right",
        ),
        (
            "update addressee set position = position + 1 where id = 1",
            "update addressee set position = position - 1 where id = 1",
            "answer 1: it does not stand where its recommendation does",
        ),
        (
            "update tally set number = number + 700 where fact = 'responded' and scope = 'answerers'",
            "update tally set number = number - 700 where fact = 'responded' and scope = 'answerers'",
            "\"responded\"",
        ),
        ("update counter set seq = 2", "update counter set seq = 1", "changes: the counter stands at 2"),
    ] {
        place.execute(damage);
        place.run(&["verify"]).exits(1).says(told);
        place.execute(mend);
        place.run(&["verify"]).succeeds();
    }
}

fn a_word_too_many_or_too_few_in_the_search_index_is_found(place: &Place) {
    place.run(&["register", "load", FIRST]).succeeds();
    let (more, less) = match place.database() {
        DatabaseKind::Sqlite => {
            ("insert into search (rowid, stems) values (999, 'withheld')", "delete from search where rowid = 999")
        }
        DatabaseKind::Postgres => (
            "update search set stems = stems || array_to_tsvector(array['withheld']) where recommendation_id = 1",
            "update search set stems = ts_delete(stems, 'withheld') where recommendation_id = 1",
        ),
    };
    place.execute(more);
    place
        .run(&["verify"])
        .exits(1)
        .says("search index: it does not hold just the published words; 1 differ, such as withheld");
    place.execute(less);
    place.run(&["verify"]).succeeds();
    place.execute(match place.database() {
        DatabaseKind::Sqlite => "delete from search where rowid = 4",
        DatabaseKind::Postgres => "delete from search where recommendation_id = 4",
    });
    place.run(&["verify"]).exits(1).says("recommendation 4: the search index does not hold its words");
}

fn a_register_begun_empty_stays_empty(place: &Place) {
    for arguments in [&["serve", "--empty"][..], &["serve"][..]] {
        assert_eq!(place.spawn(arguments).terminate(), 0);
    }
    assert_eq!(place.value("select count(*) from body"), "0");
    let file = place.file("small.toml", SMALL);
    let named = place.spawn(&["serve", "--register", file.to_str().expect("a path in UTF-8")]);
    assert_eq!(named.terminate(), 0);
    assert_eq!(place.value("select slug from inquiry"), "ferry", "a file asked for by name is loaded all the same");
}

fn a_register_that_is_not_there_is_neither_made_nor_in_order(place: &Place) {
    place.file("followthrough.db", "");
    place.run(&["verify"]).exits(1).says("there is no register at");
    let elsewhere = place.folder().join("no-such-folder").join("register.db");
    place.set("DATABASE_URL", &format!("sqlite:{}", elsewhere.display()));
    place.run(&["verify"]).exits(1).says("there is no register at").says("DATABASE_URL");
    place.run(&["migrate"]).exits(1).says("does not exist: make it first, or name another");
    assert!(!elsewhere.exists() && !place.folder().join("no-such-folder").exists());
    let other =
        place.file("notes.db", "This is no database, but a page of notes that somebody kept under a wrong name.");
    place.set("DATABASE_URL", &format!("sqlite:{}", other.display()));
    place.run(&["migrate"]).exits(1).says("notes.db cannot be used").says("DATABASE_URL");
    place.set("DATABASE_URL", "postgres://somebody:secret@127.0.0.1:1/register");
    let unreachable = place.run(&["migrate"]);
    unreachable.exits(1).says("postgres://127.0.0.1:1/register cannot be used");
    assert!(!unreachable.err.contains("secret"), "{}", unreachable.err);
}

fn a_database_of_a_newer_program_is_left_alone(place: &Place) {
    place.run(&["migrate"]).succeeds();
    place.execute("update schema_floor set program = '99.0.0'");
    for command in [&["migrate"][..], &["serve"][..], &["verify"][..]] {
        place.run(command).exits(1).says("made by a newer version of Followthrough (it asks for 99.0.0 or later");
    }
}
