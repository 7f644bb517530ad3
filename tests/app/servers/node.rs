//! Programs of `tests/app/driver` run by Node: installed when their lock file changes, spoken to in lines of JSON.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::time::Duration;

use serde_json::{Value, json};

type Waiting = Arc<Mutex<HashMap<u64, mpsc::Sender<Result<Value, String>>>>>;

/// A running program: each call is one line in and, some time later, one line out. Calls may overlap.
pub struct NodeProgram {
    name: &'static str,
    child: Mutex<Child>,
    input: Mutex<Option<ChildStdin>>,
    waiting: Waiting,
    next: AtomicU64,
}

impl NodeProgram {
    /// Starts `tests/app/driver/NAME.js`.
    pub fn start(name: &'static str) -> Result<Self, String> {
        let folder = installed()?;
        let mut child = Command::new("node")
            .arg(folder.join(format!("{name}.js")))
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()
            .map_err(|error| format!("Node.js could not be run: {error}"))?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or("no output of the driver")?;
        let waiting = Waiting::default();
        let answered = Arc::clone(&waiting);
        std::thread::spawn(move || hand_out(BufReader::new(output), &answered));
        Ok(NodeProgram { name, child: Mutex::new(child), input: Mutex::new(input), waiting, next: AtomicU64::new(1) })
    }

    /// Asks for one thing and waits for its answer, two minutes at most.
    pub fn call(&self, verb: &str, mut with: Value) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        with["id"] = json!(id);
        with["verb"] = json!(verb);
        let (sender, receiver) = mpsc::channel();
        self.waiting.lock().expect("the driver's lock").insert(id, sender);
        {
            let mut input = self.input.lock().expect("the driver's lock");
            let input = input.as_mut().ok_or("the driver has ended")?;
            writeln!(input, "{with}")
                .and_then(|()| input.flush())
                .map_err(|error| format!("{}: {error}", self.name))?;
        }
        receiver.recv_timeout(Duration::from_secs(120)).map_err(|_| format!("{} did not answer `{verb}`", self.name))?
    }
}

impl Drop for NodeProgram {
    fn drop(&mut self) {
        // The program ends when its input does.
        if let Ok(input) = self.input.get_mut() {
            drop(input.take());
        }
        if let Ok(child) = self.child.get_mut() {
            let _ended = child.wait();
        }
    }
}

fn hand_out(lines: impl BufRead, waiting: &Waiting) {
    for line in lines.lines().map_while(Result::ok) {
        let Ok(mut answer) = serde_json::from_str::<Value>(&line) else {
            eprintln!("the driver said: {line}");
            continue;
        };
        let asked = answer["id"].as_u64().and_then(|id| waiting.lock().ok()?.remove(&id));
        let result = match answer["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(answer["answer"].take()),
        };
        if let Some(asked) = asked {
            let _gone = asked.send(result);
        }
    }
    // Whoever still waits is told by the closed channel.
    if let Ok(mut waiting) = waiting.lock() {
        waiting.clear();
    }
}

/// The folder in cargo's own temporary folder where the driver's packages are, installed if its lock file has changed.
pub fn installed() -> Result<PathBuf, String> {
    static INSTALLED: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    INSTALLED.get_or_init(install).clone()
}

fn install() -> Result<PathBuf, String> {
    for (program, what) in [("node", "Node.js 20 or later"), ("npm", "npm, which comes with Node.js")] {
        if !Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
            return Err(format!("{what} was not found: install it (the pages' styles are built with it too)"));
        }
    }
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/app/driver");
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("driver");
    let failed = |error: std::io::Error| format!("the test driver could not be copied to {}: {error}", to.display());
    std::fs::create_dir_all(&to).map_err(failed)?;
    for file in std::fs::read_dir(&from).map_err(failed)?.flatten() {
        if file.path().is_file() {
            std::fs::copy(file.path(), to.join(file.file_name())).map_err(failed)?;
        }
    }
    let lock = std::fs::read(from.join("package-lock.json")).map_err(failed)?;
    let stamp = to.join("installed-lock.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(to);
    }
    let done = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&to)
        .output()
        .map_err(|error| format!("npm could not be run: {error}"))?;
    if !done.status.success() {
        let (said, wrong) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        return Err(format!("npm could not install the test driver's packages:\n{said}{wrong}"));
    }
    std::fs::write(&stamp, lock).map_err(failed)?;
    Ok(to)
}
