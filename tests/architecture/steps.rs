//! Steps of the schema while nodes of two versions run: what takes something out says which program is the oldest that may go on, and
//! nothing keeps readers and writers from a large table for long.

use crate::source::{File, read};
use crate::{finds, none};

/// Steps of before this day belong to the first version, which no older program runs beside.
const FIRST: &str = "2026-12-01";

/// What takes away from under a program that was written before, in words of PostgreSQL; SQLite's steps do the same in other words.
const TAKES_OUT: [&str; 4] = ["drop column ", "rename to ", "rename column ", "set not null"];

/// Statements, in small letters and on one line each, without comments.
fn statements(sql: &str) -> Vec<String> {
    let bare: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    bare.join("\n").split(';').map(one_line).filter(|text| !text.is_empty()).collect()
}

/// Tables of a handful of rows, which a step may write as it likes.
const SMALL: [&str; 4] = ["counter", "inquiry", "schema_floor", "setting"];

/// The table that a statement drops, unless the same step has made it for itself.
fn drops_another(statement: &str, all: &[String]) -> bool {
    let Some(table) = statement.strip_prefix("drop table ") else { return false };
    !makes(all, table.trim_start_matches("if exists "))
}

/// Whether a step makes this table itself.
fn makes(all: &[String], table: &str) -> bool {
    let makes = |made: &String| {
        let rest =
            made.strip_prefix("create ").map(|rest| rest.trim_start_matches("temporary ").trim_start_matches("temp "));
        let name = rest.and_then(|rest| rest.strip_prefix("table "));
        name.and_then(|name| name.split([' ', '(']).next()) == Some(table)
    };
    all.iter().any(makes)
}

/// The table that a statement takes for itself for as long as it takes to go through all of it: one that is written anew row by row or as
/// a whole, or of which an index is built while nobody may write.
fn goes_through(statement: &str) -> Option<&str> {
    let named = |rest: &'static str| statement.strip_prefix(rest)?.split([' ', '(']).next();
    if let Some(table) = named("update ").or_else(|| named("delete from ")) {
        return Some(table);
    }
    let is_index = statement.starts_with("create index ") || statement.starts_with("create unique index ");
    if is_index && !statement.contains(" concurrently ") {
        return statement.split_once(" on ")?.1.split([' ', '(']).next();
    }
    let has = |what: &str| statement.contains(what);
    let is_whole = (has(" alter column ") && has(" type ")) || has(" add constraint ") || has(" set not null");
    let is_checked_later = statement.ends_with(" not valid") || has(" using index ");
    named("alter table ").filter(|_| is_whole && !is_checked_later)
}

fn slow(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.ends(&["/up.sql"])) {
        let Some(step) = file.path.strip_prefix("migrations/postgres/").filter(|step| *step >= FIRST) else { continue };
        let all = statements(&file.text);
        for statement in &all {
            let Some(table) = goes_through(statement) else { continue };
            if !SMALL.contains(&table) && !makes(&all, table) {
                faults.push(format!(
                    "{step}: {statement:?} keeps everybody from {table} for as long as it is large: let a job fill in \
                     what is missing, build an index concurrently (`run_in_transaction = false` in metadata.toml), add a \
                     rule as not valid and validate it in a step of its own"
                ));
            }
        }
    }
    faults
}

fn unsaid(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.ends(&["/up.sql"])) {
        let Some(step) = file.path.strip_prefix("migrations/postgres/").filter(|step| *step >= FIRST) else { continue };
        let all = statements(&file.text);
        let says = all.iter().any(|statement| statement.starts_with("update schema_floor set program"));
        let takes = |statement: &&String| {
            TAKES_OUT.iter().any(|what| statement.contains(*what)) || drops_another(statement, &all)
        };
        if let Some(statement) = all.iter().find(takes).filter(|_| !says) {
            faults.push(format!("{step}: {statement:?} takes out what an older program uses: set schema_floor too"));
        }
    }
    faults
}

#[test]
fn a_step_that_takes_something_out_names_the_oldest_program() {
    none(&unsaid(&read(&["migrations"])));
}

#[test]
fn no_step_keeps_everybody_from_a_large_table() {
    none(&slow(&read(&["migrations"])));
}

#[test]
fn a_step_that_goes_through_a_large_table_is_found() {
    let step = |name: &str, sql: &str| File::sample(&format!("migrations/postgres/{name}/up.sql"), sql);
    let samples = [
        step(
            "2026-12-02-000001_filled",
            "alter table addressee add column place bigint not null default 0;\nupdate addressee set place = 1;",
        ),
        step("2026-12-02-000002_index", "create index addressee_place_idx on addressee (place);"),
        step("2026-12-02-000003_aside", "create index concurrently addressee_place_idx on addressee (place);"),
        step(
            "2026-12-02-000004_own",
            "create table mark (id bigint);\ncreate unique index mark_idx on mark (id);\ndelete from mark;",
        ),
        step("2026-12-02-000005_small", "update schema_floor set program = '0.3.0';"),
        step("2026-12-02-000006_type", "alter table change alter column kind type bigint;"),
        step("2026-12-02-000007_rule", "alter table change add constraint kind_check check (kind <> '') not valid;"),
        step("2026-11-02-000008_early", "update addressee set place = 1;"),
        File::sample("migrations/sqlite/2026-12-02-000009_file/up.sql", "update addressee set place = 1;"),
    ];
    finds(&slow(&samples), &["000001_filled", "000002_index", "000006_type"]);
}

#[test]
fn a_step_that_says_nothing_of_it_is_found() {
    let step = |name: &str, sql: &str| File::sample(&format!("migrations/postgres/{name}/up.sql"), sql);
    let samples = [
        step("2026-12-02-000001_gone", "alter table body\n    drop column kind;"),
        step("2026-12-02-000002_said", "drop table tag;\nupdate schema_floor set program = '0.3.0';"),
        step("2026-12-02-000003_added", "alter table body add column kind text; -- drop column later\n"),
        step("2026-12-02-000004_scratch", "create table led_4 (id bigint);\ndrop table led_4;"),
        step("2026-12-02-000005_dropped", "DROP TABLE tag;"),
        step("2026-11-02-000006_early", "drop table tag;"),
        File::sample("migrations/sqlite/2026-12-02-000001_gone/up.sql", "drop table body;"),
    ];
    finds(&unsaid(&samples), &["000001_gone", "000005_dropped"]);
}
