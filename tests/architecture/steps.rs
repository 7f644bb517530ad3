//! Steps of the schema while nodes of two versions run: what takes something out says which program is the oldest that may go on.

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

/// The table that a statement drops, unless the same step has made it for itself.
fn drops_another(statement: &str, all: &[String]) -> bool {
    let Some(table) = statement.strip_prefix("drop table ") else { return false };
    let table = table.trim_start_matches("if exists ");
    let makes = |made: &String| {
        let rest =
            made.strip_prefix("create ").map(|rest| rest.trim_start_matches("temporary ").trim_start_matches("temp "));
        let name = rest.and_then(|rest| rest.strip_prefix("table "));
        name.and_then(|name| name.split([' ', '(']).next()) == Some(table)
    };
    !all.iter().any(makes)
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
