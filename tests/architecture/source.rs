//! Files of the repository, read once for the rules.

use std::path::{Path, PathBuf};

/// A file: where it is and what it says.
#[derive(Clone, Debug)]
pub struct File {
    /// The path from the repository's root, with `/`.
    pub path: String,
    /// What it says; bytes that are no text are replaced.
    pub text: String,
}

impl File {
    /// A sample for a rule to look at.
    pub fn sample(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether its name ends so.
    pub fn ends(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }

    /// The room of a file under `src/`: its first folder or its name, such as `store`; `main` and `lib` are themselves.
    pub fn room(&self) -> Option<&str> {
        let below = self.path.strip_prefix("src/")?;
        Some(below.split('/').next()?.trim_end_matches(".rs"))
    }

    /// The module that a file under `src/` is: `src/store/mod.rs` and `src/store.rs` are `["store"]`.
    pub fn module(&self) -> Vec<&str> {
        let below = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut steps: Vec<&str> = below.split('/').collect();
        if matches!(steps.last(), Some(&"mod" | &"lib" | &"main")) {
            steps.pop();
        }
        steps
    }
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file that could be committed below these folders or with these names; what is built or installed is left out.
pub fn read(places: &[&str]) -> Vec<File> {
    let mut paths = Vec::new();
    for place in places {
        let place = root().join(place);
        if place.is_file() { paths.push(place) } else { gather(&place, &mut paths) }
    }
    paths.sort();
    let relative =
        |path: &PathBuf| path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
    let text = |path: &PathBuf| String::from_utf8_lossy(&std::fs::read(path).expect("a readable file")).into_owned();
    paths.iter().map(|path| File { path: relative(path), text: text(path) }).collect()
}

/// The program's own code.
pub fn program() -> Vec<File> {
    read(&["src"]).into_iter().filter(|file| file.ends(&[".rs"])).collect()
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if matches!(entry.file_name().to_str(), Some("target" | "node_modules" | "var" | ".git")) {
            continue;
        }
        if path.is_dir() { gather(&path, paths) } else { paths.push(path) }
    }
}
