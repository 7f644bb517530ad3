//! The Nu Html Checker: one run of Java over a folder of pages.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::node::installed;

const MISSING: &str = "Java was not found: install a Java runtime, 17 or later, for the HTML checker \
                       (on Debian: apt-get install default-jre-headless)";

/// Checks every `.html` file of a folder and answers the faults of each file that has some, errors and warnings alike.
pub fn check(folder: &Path) -> Result<BTreeMap<String, Vec<String>>, String> {
    let jar = installed()?.join("node_modules/vnu-jar/build/dist/vnu.jar");
    if !Command::new("java").arg("-version").stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        return Err(MISSING.to_owned());
    }
    let done = Command::new("java")
        .arg("-Xss4m")
        .arg("-jar")
        .arg(&jar)
        .args(["--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html"])
        .arg(folder)
        .output()
        .map_err(|error| format!("Java could not be run: {error}"))?;
    let said = String::from_utf8_lossy(&done.stdout);
    let wrong = String::from_utf8_lossy(&done.stderr);
    let report: Value = serde_json::from_str(&said)
        .map_err(|error| format!("the HTML checker said no JSON ({error}): {said}{wrong}"))?;
    let mut faults = BTreeMap::<String, Vec<String>>::new();
    for message in report["messages"].as_array().into_iter().flatten() {
        let warning = message["subType"] == "warning";
        if message["type"] == "info" && !warning {
            continue;
        }
        let file = message["url"].as_str().and_then(|url| url.rsplit('/').next()).unwrap_or_default();
        let (line, says) = (&message["lastLine"], message["message"].as_str().unwrap_or_default());
        let extract = message["extract"].as_str().unwrap_or_default().replace('\n', " ");
        faults.entry(file.to_owned()).or_default().push(format!("line {line}: {says}\n    {extract}"));
    }
    Ok(faults)
}
