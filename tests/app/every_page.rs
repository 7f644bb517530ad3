//! Checks of every page that the other stories have seen. They stand last in the list and wait for the others to end.
//!
//! A run of chosen stories (`cargo test --test app sign_in`) leaves these out unless they are chosen too:
//! `cargo test --test app every_page` alone looks at the pages that a walk from `/` finds.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::naming::{self, Looked};
use crate::seen::SeenPage;
use crate::servers::{Servers, html};
use crate::support::browser::{Window, shots};
use crate::support::{Place, TestApp};

/// The windows in which every page is looked at: name, width, colours, and which of the driver's rules are asked. On a phone
/// the same elements stand as on a desk, so only what depends on their places is asked again; in the dark, contrast alone.
const WINDOWS: [(&str, u32, &str, &str); 3] =
    [("desk", 1280, "light", "all"), ("desk, dark", 1280, "dark", "colours"), ("phone", 320, "light", "laid")];

/// A page whose every piece is looked at elsewhere: whether they stand in order and have room.
const WINDOWS_OF_KNOWN: [(&str, u32, &str, &str); 2] =
    [("desk", 1280, "light", "frame"), ("phone", 320, "light", "frame")];

/// Without scripts nothing is laid out differently on a desk than with them: a phone, where everything is unfolded, tells.
const WINDOWS_WITHOUT_SCRIPTS: [(&str, u32, &str, &str); 1] = [("phone", 320, "light", "all")];

/// The faults of each page, by its name.
type Found = Vec<(String, Vec<String>)>;

/// Every page is valid HTML.
pub fn is_valid_html(servers: &Arc<Servers>) -> Result<(), String> {
    let pages = servers.seen.all();
    let folder = servers.folder().fresh("pages");
    for (number, page) in pages.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number}.html")), &page.html).map_err(|error| error.to_string())?;
    }
    let faults = html::check(folder.path())?;
    let report = faults.into_iter().map(|(file, faults)| {
        let number: Option<usize> = file.trim_end_matches(".html").parse().ok();
        let name = number.and_then(|number| pages.get(number)).map_or(file.as_str(), |page| &page.name);
        (name.to_owned(), faults)
    });
    verdict(pages.len(), report.collect())
}

/// No public answer, no mail and no exported file names anybody who works with a register: posts and roles alone. A mail may
/// name its own reader.
pub fn names_no_person(servers: &Arc<Servers>) -> Result<(), String> {
    naming::finds_whatever_is_planted()?;
    // What went to the SMTP server is looked through here, also what no story has read.
    for mail in servers.smtp_if_started().iter().flat_map(|smtp| smtp.all()) {
        servers.naming.mail(&mail);
    }
    let Looked { answers, mails, files, faults } = servers.naming.looked();
    if answers == 0 {
        return Err("no story has read anything in public".to_owned());
    }
    if faults.is_empty() {
        return Ok(());
    }
    let all =
        format!("of {answers} public answers, {mails} mails and {files} exported files, these are not as they must be");
    Err(format!("{all}:\n{}", faults.into_iter().collect::<Vec<_>>().join("\n")))
}

/// Every page has no axe violation and no sideways scroll, in each window; one that scripts make another page is looked at
/// without them too, where everything is unfolded.
pub fn is_accessible(servers: &Arc<Servers>, place: &Place) -> Result<(), String> {
    let app = place.app();
    let pages = servers.seen.all();
    let (altered, mut found) = examined(servers, &app, &pages, true);
    found.extend(examined(servers, &app, &altered, false).1);
    verdict(pages.len(), found)
}

/// Which pages scripts have altered, and the faults of each page, looked at in as many windows at once as there are cores.
fn examined(servers: &Arc<Servers>, app: &TestApp, pages: &[SeenPage], scripts: bool) -> (Vec<SeenPage>, Found) {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicUsize::new(0);
    let look = || {
        let window = if scripts { Window::desk() } else { Window::desk().without_scripts() };
        let tab = servers.browser().window(window, app.address(), &[]);
        let (mut altered, mut found) = (Vec::new(), Found::new());
        while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (faults, is_altered) = tab.examine(shown(page, scripts));
            found.push((page.name.clone(), faults));
            altered.extend(is_altered.then(|| page.clone()));
        }
        (altered, found)
    };
    let (mut altered, mut found) = (Vec::new(), Found::new());
    std::thread::scope(|scope| {
        let looking: Vec<_> = (0..cores).map(|_| scope.spawn(look)).collect();
        for one in looking {
            let (more, faults) = one.join().expect("a window that looks");
            altered.extend(more);
            found.extend(faults);
        }
    });
    (altered, found)
}

fn shown(page: &SeenPage, scripts: bool) -> serde_json::Value {
    let slug: String = page.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(120).collect();
    let with = if scripts { "" } else { " without scripts" };
    let windows: &[_] = match (scripts, page.is_known) {
        (true, false) => &WINDOWS,
        (false, false) => &WINDOWS_WITHOUT_SCRIPTS,
        (_, true) => &WINDOWS_OF_KNOWN,
    };
    let windows: Vec<serde_json::Value> = windows
        .iter()
        .map(|(name, width, scheme, asked)| {
            let file = shots(&format!("{name}{with}/{slug}"));
            json!({ "name": name, "width": width, "scheme": scheme, "asked": asked, "file": file })
        })
        .collect();
    json!({
        "at": page.path, "status": page.status, "html": page.html, "windows": windows,
        "headers": { "content-type": "text/html; charset=utf-8", "content-security-policy": page.security_policy },
    })
}

/// Says each fault once, with the pages that have it.
fn verdict(pages: usize, found: Found) -> Result<(), String> {
    if pages == 0 {
        return Err("no story has seen a page".to_owned());
    }
    let mut faults = BTreeMap::<String, (String, Vec<String>)>::new();
    for (page, fault) in
        found.into_iter().flat_map(|(page, faults)| faults.into_iter().map(move |fault| (page.clone(), fault)))
    {
        // The first line says what is wrong, what follows it is where on this page.
        let gist = fault.lines().next().unwrap_or_default().trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
        let gist = gist.trim_start_matches("line ").trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
        faults.entry(gist).or_insert((fault, Vec::new())).1.push(page);
    }
    if faults.is_empty() {
        return Ok(());
    }
    let say = |(fault, on): &(String, Vec<String>)| {
        let more = if on.len() > 3 { format!(" and {} more", on.len() - 3) } else { String::new() };
        format!("{fault}\n    on {}{more}", on[..on.len().min(3)].join(", "))
    };
    let sentences: Vec<String> = faults.values().map(say).collect();
    Err(format!("{} faults on {pages} pages:\n{}", sentences.len(), sentences.join("\n")))
}
