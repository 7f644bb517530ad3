//! What `deploy/` gives an operator to start the program with: a unit of systemd and a container file. A name in them that nobody
//! knows is passed over by whoever reads it, or found out on the day of an upgrade.

use std::process::Command;

use followthrough::config::SETTINGS;
use toml::Table;

use crate::source::{read, root};
use crate::{finds, none};

/// What the unit may say (systemd.unit, systemd.service, systemd.exec): what it says now. A key that is new here was looked up first.
const KEYS: [(&str, &[&str]); 3] = [
    ("Unit", &["Description", "After", "Wants"]),
    (
        "Service",
        &[
            "ExecStart",
            "EnvironmentFile",
            "Environment",
            "DynamicUser",
            "StateDirectory",
            "StateDirectoryMode",
            "WorkingDirectory",
            "Restart",
            "TimeoutStopSec",
            "NoNewPrivileges",
            "ProtectSystem",
            "ProtectHome",
            "PrivateTmp",
            "UMask",
            "PrivateDevices",
            "ProtectKernelTunables",
            "ProtectKernelModules",
            "ProtectControlGroups",
            "RestrictAddressFamilies",
            "RestrictNamespaces",
            "LockPersonality",
            "MemoryDenyWriteExecute",
            "SystemCallFilter",
            "CapabilityBoundingSet",
        ],
    ),
    ("Install", &["WantedBy"]),
];
/// Where both put the program.
const PROGRAM: &str = "/usr/local/bin/followthrough";
/// The longest that the program takes to end, in seconds: the longest drain, and then requests under way.
const ENDS_WITHIN: u32 = 60 + 30;
/// What a container file may say.
const INSTRUCTIONS: [&str; 11] =
    ["FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "ENTRYPOINT", "CMD"];
/// What the build reads; it must not be left out of the folder that is sent to it.
const BUILT_FROM: [&str; 10] =
    ["Cargo.toml", "Cargo.lock", "build.rs", "assets", "benches", "data", "migrations", "src", "templates", "tests"];

fn text_of(path: &str) -> String {
    read(&[path]).pop().map(|file| file.text).unwrap_or_default()
}

fn is_setting(name: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.name == name)
}

/// Whether the README tells of a command of this name.
fn is_command(readme: &str, name: &str) -> bool {
    readme.contains(&format!("`followthrough {name}"))
}

fn unit_faults(unit: &str, readme: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut section = "";
    for line in unit.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            faults.push(format!("nothing is set by {line}"));
            continue;
        };
        let keys = KEYS.iter().find(|(name, _)| *name == section).map_or(&[][..], |(_, keys)| *keys);
        if !keys.contains(&key) {
            faults.push(format!("[{section}] has no {key}"));
        }
        let wrong = match key {
            "ExecStart" => !value.split_once(' ').is_some_and(|(program, command)| {
                program == PROGRAM && command.split(' ').next().is_some_and(|name| is_command(readme, name))
            }),
            "Environment" => !value.split_once('=').is_some_and(|(name, _)| is_setting(name)),
            "TimeoutStopSec" => !value.parse::<u32>().is_ok_and(|seconds| seconds >= ENDS_WITHIN),
            _ => false,
        };
        if wrong {
            faults.push(format!("what {line} says is wrong"));
        }
    }
    faults
}

/// The instructions of a container file, each with all that it says on one line.
fn instructions(file: &str) -> Vec<(String, String)> {
    let lines = file.lines().filter(|line| !line.trim_start().starts_with('#'));
    let joined = lines.collect::<Vec<_>>().join("\n").replace("\\\n", " ");
    let each = joined.lines().map(str::trim).filter(|line| !line.is_empty());
    let split = |line: &str| {
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        (name.to_owned(), rest.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    each.map(split).collect()
}

/// The numbers of a version: `1.95`.
fn version(text: &str) -> Vec<u32> {
    text.split('.').map_while(|part| part.parse().ok()).collect()
}

/// Whether the tool chain of an image (`docker.io/library/rust:1.95-trixie`) is as new as the manifest asks.
fn is_new_enough(image: &str, manifest: &Table) -> bool {
    let wanted = manifest["package"]["rust-version"].as_str().unwrap_or_default();
    let Some((_, tag)) = image.split_once("/rust:") else { return true };
    version(tag.split('-').next().unwrap_or_default()) >= version(wanted)
}

/// What is wrong with the commands of a build: only what the manifest names can be built.
fn build_faults(commands: &str, manifest: &Table) -> Vec<String> {
    let program = manifest["package"]["name"].as_str().unwrap_or_default();
    let has_feature = |name: &str| manifest.get("features").is_some_and(|features| features.get(name).is_some());
    let mut faults = Vec::new();
    for command in commands.split("&&").map(str::trim) {
        let mut words = command.split(' ');
        if command.starts_with("cargo ") {
            let mut words = words.skip(1);
            while let Some(word) = words.next() {
                let is_known = match word {
                    "build" | "--release" | "--locked" | "--no-default-features" => true,
                    "--features" => words.next().is_some_and(|names| names.split(',').all(has_feature)),
                    "--bin" => words.next() == Some(program),
                    _ => false,
                };
                if !is_known {
                    faults.push(format!("cargo builds nothing with {word}"));
                }
            }
        } else if let Some(other) = words.find_map(|word| word.strip_prefix("target/release/")) {
            faults.extend((other != program).then(|| format!("{other} is not built")));
        }
    }
    faults
}

fn container_faults(file: &str, readme: &str, manifest: &Table, is_there: impl Fn(&str) -> bool) -> Vec<String> {
    let program = manifest["package"]["name"].as_str().unwrap_or_default();
    let instructions = instructions(file);
    let mut faults = Vec::new();
    let (mut stages, mut copied, mut opened) = (Vec::new(), Vec::new(), String::new());
    for (name, rest) in &instructions {
        let words: Vec<&str> = rest.split(' ').collect();
        let listed = || serde_json::from_str::<Vec<String>>(rest).unwrap_or_default();
        let fault = match (name.as_str(), words.as_slice()) {
            ("FROM", [image, as_stage @ ..]) => {
                stages.extend(as_stage.get(1).copied());
                (!is_new_enough(image, manifest)).then(|| format!("{image} is too old"))
            }
            ("COPY", [from, source, to]) if from.starts_with("--from=") => {
                copied.push(*to);
                let is_known = stages.contains(&from.trim_start_matches("--from="));
                let is_built = source.strip_suffix(program).is_some_and(|folder| folder.ends_with("/target/release/"));
                (!is_known || !is_built).then(|| format!("no earlier stage makes {source}"))
            }
            ("COPY", [sources @ .., _]) => {
                sources.iter().find(|source| !is_there(source)).map(|source| format!("there is no {source} to copy"))
            }
            ("RUN", _) => {
                faults.extend(build_faults(rest, manifest));
                None
            }
            ("ENV", pairs) => {
                let pairs: Vec<(&str, &str)> = pairs.iter().filter_map(|pair| pair.split_once('=')).collect();
                let listens = pairs.iter().find(|(name, _)| *name == "FOLLOWTHROUGH_LISTEN");
                opened = listens.and_then(|(_, at)| at.rsplit(':').next()).unwrap_or_default().to_owned();
                let unknown = pairs.iter().find(|(name, _)| !is_setting(name));
                unknown.map(|(name, _)| format!("the program reads no {name}"))
            }
            ("EXPOSE", [port]) => (*port != opened).then(|| format!("nobody listens at {port}")),
            ("ENTRYPOINT", _) => {
                let is_there = listed().first().is_some_and(|first| copied.contains(&first.as_str()));
                (!is_there).then(|| format!("what {rest} starts was not copied"))
            }
            ("CMD", _) => {
                let is_known = listed().first().is_some_and(|first| is_command(readme, first));
                (!is_known).then(|| format!("there is no command {rest}"))
            }
            (other, _) => (!INSTRUCTIONS.contains(&other)).then(|| format!("no instruction is called {other}")),
        };
        faults.extend(fault);
    }
    faults
}

/// What the build needs and is not sent.
fn left_out(ignored: &str) -> Vec<String> {
    let patterns: Vec<&str> = ignored.lines().map(|line| line.trim().trim_start_matches('/')).collect();
    let needed = BUILT_FROM.iter().filter(|needed| patterns.contains(*needed) || patterns.contains(&"*"));
    needed.map(|needed| format!("{needed} is left out")).collect()
}

fn manifest() -> Table {
    text_of("Cargo.toml").parse().expect("the manifest")
}

#[test]
fn the_unit_says_what_systemd_and_the_program_know() {
    let unit = text_of("deploy/followthrough.service");
    assert!(unit.contains("ExecStart=") && unit.contains("TimeoutStopSec="), "{unit}");
    none(&unit_faults(&unit, &text_of("README.md")));
}

/// Where systemd is installed it is asked itself; elsewhere the list of its keys has to do.
#[test]
fn systemd_has_nothing_to_say_about_the_unit() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("followthrough.service");
    // The program need not be installed here.
    std::fs::write(&file, text_of("deploy/followthrough.service").replace(PROGRAM, "/bin/true")).expect("a file");
    let Ok(looked) = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&file).output() else { return };
    let said = String::from_utf8_lossy(&looked.stderr).into_owned();
    let of_ours: Vec<String> =
        said.lines().filter(|line| line.contains("followthrough.service")).map(str::to_owned).collect();
    none(&of_ours);
}

#[test]
fn a_unit_that_says_something_else_is_found() {
    let unit = "[Service]\nExecStart=/usr/local/bin/followthrough sevre\nEnvironment=FOLLOWTHROUGH_DATADIR=/x\n\
                TimoutStopSec=200\nTimeoutStopSec=45\nRestart\n[Sevrice]\nUMask=0077\n# Typo=1\n";
    let words =
        ["sevre", "FOLLOWTHROUGH_DATADIR", "has no TimoutStopSec", "TimeoutStopSec=45", "set by Restart", "UMask"];
    finds(&unit_faults(unit, "`followthrough serve`"), &words);
}

#[test]
fn the_container_is_built_from_what_there_is() {
    let file = text_of("deploy/Containerfile");
    let built = instructions(&file);
    for needed in ["FROM", "COPY", "RUN", "ENTRYPOINT"] {
        assert!(built.iter().any(|(name, _)| name == needed), "no {needed} in {built:?}");
    }
    none(&container_faults(&file, &text_of("README.md"), &manifest(), |path| root().join(path).exists()));
    none(&left_out(&text_of(".dockerignore")));
    let missing = BUILT_FROM.iter().filter(|path| !root().join(path).exists());
    none(&missing.map(|path| format!("there is no {path}")).collect::<Vec<_>>());
}

#[test]
fn a_container_that_cannot_be_built_is_found() {
    let manifest: Table =
        "[package]\nname = \"a\"\nrust-version = \"1.95\"\n[features]\nstatic = []\n".parse().expect("a manifest");
    let file = "FROM docker.io/library/rust:1.9-x AS build\nCOPY gone there ./\nRUN true \\\n  && cargo build --features static,fast \\\n\
                  && strip target/release/b\n# RUN cargo bilud\nRUN cargo bulid --locked\nCOPY --from=bulid /x/target/release/a /bin/a\n\
                ENV FOLLOWTHROUGH_LISTEN=0.0.0.0:8080 \\\n  FOLLOWTHROUGH_LOGS=json\nEXPOSE 8081\nENTRYPONT [\"/bin/a\"]\nENTRYPOINT [\"/bin/b\"]\n\
                CMD [\"sevre\"]\n";
    let words = [
        "rust:1.9-x is too old",
        "no gone to copy",
        "with --features",
        "b is not built",
        "with bulid",
        "no earlier stage makes",
        "FOLLOWTHROUGH_LOGS",
        "8081",
        "ENTRYPONT",
        "/bin/b",
        "sevre",
    ];
    finds(&container_faults(file, "`followthrough serve`", &manifest, |path| path == "there"), &words);
    finds(&left_out("/target\n/src\n"), &["src is left out"]);
}
