//! The README's settings table says what the program reads.

use followthrough::config::{SETTINGS, Setting};

use crate::source::read;
use crate::{finds, none};

/// The rows of the README's settings table that name a setting: `| name | default | meaning |`.
fn rows(readme: &str) -> Vec<[String; 3]> {
    let is_setting =
        |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
    let mut rows = Vec::new();
    for line in readme.lines().filter(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim().trim_matches('|').splitn(3, '|').map(str::trim).collect();
        let [name, default, meaning] = cells[..] else { continue };
        if is_setting(name.trim_matches('`')) {
            rows.push([name, default, meaning].map(|cell| cell.to_owned()));
        }
    }
    rows
}

fn differences(readme: &str, settings: &[(&str, &str, &str)]) -> Vec<String> {
    let code = |text: &str| if text.is_empty() { String::new() } else { format!("`{text}`") };
    let wanted: Vec<[String; 3]> =
        settings.iter().map(|(name, default, meaning)| [code(name), code(default), (*meaning).to_owned()]).collect();
    let found = rows(readme);
    let line = |row: &[String; 3]| format!("| {} |", row.join(" | "));
    let missing =
        wanted.iter().filter(|row| !found.contains(row)).map(|row| format!("the README lacks this row: {}", line(row)));
    let extra =
        found.iter().filter(|row| !wanted.contains(row)).map(|row| format!("the program does not know: {}", line(row)));
    missing.chain(extra).collect()
}

#[test]
fn the_readme_tells_every_setting() {
    let readme = read(&["README.md"]).pop().map(|file| file.text).unwrap_or_default();
    let told = |setting: &Setting| (setting.name, setting.default, setting.meaning);
    none(&differences(&readme, &SETTINGS.iter().map(told).collect::<Vec<_>>()));
}

#[test]
fn a_setting_told_wrongly_is_found() {
    let readme = "| Setting | Default | Meaning |\n|---|---|---|\n| `A_ONE` | `1` | One. |\n| `A_TWO` | `3` | Two. |\n| `GONE` | | Old. |";
    let settings = [("A_ONE", "1", "One."), ("A_TWO", "2", "Two."), ("A_NEW", "", "New.")];
    finds(&differences(readme, &settings), &["`A_TWO`", "`A_NEW`", "`GONE`"]);
}
