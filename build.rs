//! Compiles the looks: npm and sass in cargo's output folder, then a content hash in each name and both compressions.
//!
//! Nothing is written into the source tree. `npm ci` runs again only when the lock file changes; `FOLLOWTHROUGH_ASSETS`
//! names a folder of ready files (`app.css`, `app.js`, `icon.svg`) and then neither Node nor npm is needed.
#![expect(clippy::disallowed_methods, reason = "cargo tells a build script where to write by the environment")]

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sha2::{Digest, Sha256};

/// What is copied to the output folder before npm runs there.
const SOURCES: [&str; 7] = ["package.json", "package-lock.json", ".npmrc", "app.scss", "app.js", "icon.svg", "scss"];

/// What is embedded: the name, its largest size in bytes under brotli, and the variable that tells `src/embed.rs` its name.
const FILES: [(&str, usize, &str); 3] = [
    ("app.css", 12 * 1024, "FOLLOWTHROUGH_STYLESHEET"),
    ("app.js", 8 * 1024, "FOLLOWTHROUGH_SCRIPT"),
    ("icon.svg", 4 * 1024, "FOLLOWTHROUGH_ICON"),
];

fn main() {
    println!("cargo::rerun-if-env-changed=FOLLOWTHROUGH_ASSETS");
    println!("cargo::rerun-if-changed=build.rs");
    for source in SOURCES {
        println!("cargo::rerun-if-changed=assets/{source}");
    }
    // A template or a migration that is added changes no Rust file, and is embedded all the same.
    for folder in ["migrations", "templates"] {
        if Path::new(folder).exists() {
            println!("cargo::rerun-if-changed={folder}");
        }
    }
    if let Err(fault) = build() {
        eprintln!("The styles and scripts could not be built.\n{fault}");
        std::process::exit(1);
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let ready = match env::var_os("FOLLOWTHROUGH_ASSETS").filter(|folder| !folder.is_empty()) {
        Some(folder) => {
            let folder = PathBuf::from(folder);
            for (name, ..) in FILES {
                println!("cargo::rerun-if-changed={}", folder.join(name).display());
            }
            folder
        }
        None => compile(&out.join("npm"))?,
    };
    let public = out.join("assets");
    if public.exists() {
        fs::remove_dir_all(&public)?;
    }
    fs::create_dir_all(&public)?;
    for (name, limit, variable) in FILES {
        let from = ready.join(name);
        let bytes = fs::read(&from).map_err(|fault| format!("{}: {fault}", from.display()))?;
        let hashed = hashed_name(name, &bytes);
        let brotli = brotli(&bytes)?;
        if brotli.len() > limit {
            return Err(format!("{name} is {} bytes compressed; it may be {limit}", brotli.len()).into());
        }
        fs::write(public.join(&hashed), &bytes)?;
        fs::write(public.join(format!("{hashed}.br")), brotli)?;
        fs::write(public.join(format!("{hashed}.gz")), gzip(&bytes)?)?;
        println!("cargo::rustc-env={variable}={hashed}");
    }
    Ok(())
}

/// Copies the sources to `work`, fetches the packages there unless they are those of this lock file, and compiles.
fn compile(work: &Path) -> Result<PathBuf, Box<dyn Error>> {
    fs::create_dir_all(work)?;
    for source in SOURCES {
        copy(&Path::new("assets").join(source), &work.join(source))?;
    }
    let lock = digest(&fs::read(work.join("package-lock.json"))?);
    let stamp = work.join("packages-of");
    if fs::read_to_string(&stamp).ok().as_deref() != Some(lock.as_str()) {
        // sass needs none of its optional packages, and no package of ours has a reason to run a script.
        run(work, "npm", &["ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"])?;
        fs::write(&stamp, &lock)?;
    }
    let sources = digest_of_all(work, &SOURCES)?;
    let compiled = work.join("compiled-from");
    if work.join("app.css").exists() && fs::read_to_string(&compiled).ok().as_deref() == Some(sources.as_str()) {
        return Ok(work.to_path_buf());
    }
    let css = ["--no-install", "sass", "--no-source-map", "--style=compressed", "--load-path=node_modules"];
    run(work, "npx", &[css.as_slice(), &["app.scss", "app.css"]].concat())?;
    fs::write(&compiled, sources)?;
    Ok(work.to_path_buf())
}

/// Runs one step and turns a failure into everything that it printed.
fn run(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let said = format!("{program} {}", arguments.join(" "));
    let output = Command::new(program).args(arguments).current_dir(folder).output().map_err(|fault| {
        format!("`{said}` did not start: {fault}. Node and npm are needed, or FOLLOWTHROUGH_ASSETS with ready files.")
    })?;
    if output.status.success() {
        return Ok(());
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("`{said}` in {} ended with {}:\n{out}{err}", folder.display(), output.status).into())
}

fn copy(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    if !from.is_dir() {
        fs::copy(from, to).map_err(|fault| format!("{}: {fault}", from.display()))?;
        return Ok(());
    }
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// One hash over files and folders, names included.
fn digest_of_all<S: AsRef<Path>>(folder: &Path, names: &[S]) -> Result<String, Box<dyn Error>> {
    let mut together = String::new();
    for name in names {
        let path = folder.join(name);
        let hash = if path.is_dir() {
            let mut inside =
                fs::read_dir(&path)?.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<Vec<_>>>()?;
            inside.sort();
            digest_of_all(&path, &inside)?
        } else {
            digest(&fs::read(&path)?)
        };
        together.push_str(&format!("{} {hash}\n", name.as_ref().display()));
    }
    Ok(digest(together.as_bytes()))
}

/// `app.css` becomes `app-0123456789abcdef.css`: a changed file has a new address, so each can be kept for ever.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = digest(bytes);
    match name.rsplit_once('.') {
        Some((stem, kind)) => format!("{stem}-{}.{kind}", &hash[..16]),
        None => format!("{name}-{}", &hash[..16]),
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}
