//! A real browser, for what only a browser can tell: how a page looks, works with a keyboard, and behaves with scripts.

use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::servers::environment;
use crate::servers::folder::RunFolder;
use crate::servers::node::NodeProgram;

const MISSING: &str = "Chromium was not found in PATH as chromium, chromium-browser, google-chrome or chrome: install it \
                       (on Debian: apt-get install chromium), or name it in FOLLOWTHROUGH_CHROMIUM";

/// The one Chromium of the run.
pub struct Browser {
    driver: NodeProgram,
}

/// How a window is opened.
#[derive(Clone, Debug)]
pub struct Window {
    /// The width in CSS pixels: 320 for a phone, 1280 for a desk.
    pub width: u32,
    /// Whether scripts run.
    pub scripts: bool,
    /// Whether the system asks for dark colours.
    pub dark: bool,
}

impl Window {
    /// A desk: 1280 pixels, scripts, light.
    pub fn desk() -> Self {
        Window { width: 1280, scripts: true, dark: false }
    }

    /// A phone: 320 pixels, scripts, light.
    pub fn phone() -> Self {
        Window { width: 320, ..Window::desk() }
    }

    /// The same without scripts.
    pub fn without_scripts(self) -> Self {
        Window { scripts: false, ..self }
    }

    /// The same in dark colours.
    pub fn dark(self) -> Self {
        Window { dark: true, ..self }
    }
}

impl Browser {
    /// Starts Chromium without a screen.
    pub fn start(_folder: &RunFolder) -> Result<Self, String> {
        let executable = chromium().ok_or(MISSING)?;
        let driver = NodeProgram::start("browser")?;
        driver.call("launch", json!({ "executable": executable }))?;
        Ok(Browser { driver })
    }

    /// Opens a window on a server, with these cookies.
    pub fn window(self: &Arc<Self>, window: Window, origin: &str, cookies: &[(String, String)]) -> Tab {
        let cookies: Vec<Value> = cookies.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let given = json!({
            "width": window.width, "scripts": window.scripts, "scheme": if window.dark { "dark" } else { "light" },
            "origin": origin, "cookies": cookies,
        });
        let number = self.driver.call("tab", given).expect("a window");
        Tab { browser: Arc::clone(self), number, origin: origin.to_owned(), examined: true }
    }
}

/// One window with one page in it.
pub struct Tab {
    browser: Arc<Browser>,
    number: Value,
    origin: String,
    examined: bool,
}

impl Tab {
    /// Whether `is_sound` looks at how the page is laid out too.
    pub fn examined(mut self, examined: bool) -> Self {
        self.examined = examined;
        self
    }

    /// Goes to a path and answers the status code.
    #[track_caller]
    pub fn open(&self, path: &str) -> u16 {
        let answer = self.ask("open", json!({ "url": format!("{}{path}", self.origin) }));
        answer["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(0)
    }

    /// Writes into the field with this label.
    #[track_caller]
    pub fn fill(&self, label: &str, value: &str) -> &Self {
        self.ask("fill", json!({ "label": label, "value": value }));
        self
    }

    /// Chooses the radio button, or ticks the box, with this label.
    #[track_caller]
    pub fn choose(&self, label: &str) -> &Self {
        self.ask("choose", json!({ "label": label }));
        self
    }

    /// The same where two groups have a button of that label: the legend tells which.
    #[track_caller]
    pub fn choose_in(&self, legend: &str, label: &str) -> &Self {
        self.ask("choose", json!({ "legend": legend, "label": label }));
        self
    }

    /// Ticks the box whose label has these words in it.
    #[track_caller]
    pub fn tick(&self, words: &str) -> &Self {
        self.ask("tick", json!({ "label": words }));
        self
    }

    /// Chooses from the list with this label by the words of the option.
    #[track_caller]
    pub fn select(&self, label: &str, option: &str) -> &Self {
        self.ask("select", json!({ "label": label, "option": option }));
        self
    }

    /// Writes a day, such as `2027-01-21`, into the three fields under this legend.
    #[track_caller]
    pub fn date(&self, legend: &str, day: &str) -> &Self {
        let part = |at: usize| day.split('-').nth(at).expect("year-month-day").trim_start_matches('0').to_owned();
        let parts = json!({ "Day": part(2), "Month": part(1), "Year": part(0) });
        self.ask("date", json!({ "legend": legend, "parts": parts }));
        self
    }

    /// Takes a file of this name into the field with this label.
    #[track_caller]
    pub fn attach(&self, label: &str, name: &str, bytes: &[u8]) -> &Self {
        let base64 = BASE64_STANDARD.encode(bytes);
        self.ask("attach", json!({ "label": label, "name": name, "base64": base64 }));
        self
    }

    /// Makes the window this wide, in CSS pixels.
    #[track_caller]
    pub fn resize(&self, width: u32) -> &Self {
        self.ask("resize", json!({ "width": width }));
        self
    }

    /// Presses the button with these words and waits for the page it leads to; answers that page's path.
    #[track_caller]
    pub fn press(&self, button: &str) -> String {
        self.path_of(self.ask("press", json!({ "button": button })))
    }

    /// Follows the link with these words; answers the path it leads to.
    #[track_caller]
    pub fn follow(&self, link: &str) -> String {
        self.path_of(self.ask("follow", json!({ "link": link })))
    }

    /// Presses a key, such as `Tab` or `Enter`, and answers the words (or the name) of what has the focus then.
    #[track_caller]
    pub fn key(&self, key: &str) -> String {
        self.ask("key", json!({ "key": key })).as_str().unwrap_or_default().trim().to_owned()
    }

    /// Demands that a reader sees these words.
    #[track_caller]
    pub fn sees(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(text.contains(words), "the window does not show {words:?}. It shows:\n{text}");
        self
    }

    /// What is to be read, on one line.
    #[track_caller]
    pub fn text(&self) -> String {
        super::page::one_line(self.ask("text", json!({})).as_str().unwrap_or_default())
    }

    /// Whether the first element of a CSS selector is to be seen.
    #[track_caller]
    pub fn shows(&self, selector: &str) -> bool {
        self.ask("visible", json!({ "selector": selector })).as_bool().unwrap_or(false)
    }

    /// The value of a JavaScript expression in the page.
    #[track_caller]
    pub fn evaluate(&self, script: &str) -> Value {
        self.ask("evaluate", json!({ "script": script }))
    }

    /// Demands that the page as it stands has no fault.
    #[track_caller]
    pub fn is_sound(&self) -> &Self {
        let faults = self.faults();
        assert!(faults.is_empty(), "{} is not sound:\n{}", self.path_of(self.ask("url", json!({}))), faults.join("\n"));
        self
    }

    /// What is wrong with the page as it stands: what axe finds, what sticks out sideways, what was said on the console,
    /// what was not loaded or asked of somebody else. (Of a window that is not examined, the last two.)
    #[track_caller]
    pub fn faults(&self) -> Vec<String> {
        if !self.examined {
            return strings(&self.ask("faults", json!({})));
        }
        ["axe", "sideways", "faults"].iter().flat_map(|verb| strings(&self.ask(verb, json!({})))).collect()
    }

    /// Shows a page as it was seen before, styles and scripts taken from this window's server, and answers its faults, and
    /// whether scripts have made it another page.
    pub fn examine(&self, seen: Value) -> (Vec<String>, bool) {
        let mut given = seen;
        given["origin"] = json!(self.origin);
        given["tab"] = self.number.clone();
        match self.browser.driver.call("examine", given) {
            Ok(answer) => (strings(&answer["found"]), answer["altered"] == true),
            Err(error) => (vec![format!("could not be examined: {error}")], true),
        }
    }

    /// The page as it is printed: a PDF. With FOLLOWTHROUGH_SHOTS it is kept there under this name.
    #[track_caller]
    pub fn pdf(&self, name: &str) -> Vec<u8> {
        let printed = self.ask("pdf", json!({}));
        let bytes = BASE64_STANDARD.decode(printed.as_str().unwrap_or_default()).expect("a file in base64");
        if let Some(file) = shots(name) {
            let file = file.with_extension("pdf");
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder of pictures");
            std::fs::write(file, &bytes).expect("the file is written");
        }
        bytes
    }

    /// Takes a picture of the whole page, where FOLLOWTHROUGH_SHOTS names a folder.
    pub fn picture(&self, name: &str) -> &Self {
        if let Some(file) = shots(name) {
            self.ask("shot", json!({ "file": file }));
        }
        self
    }

    #[track_caller]
    fn ask(&self, verb: &str, mut given: Value) -> Value {
        given["tab"] = self.number.clone();
        self.browser.driver.call(verb, given).unwrap_or_else(|error| panic!("the browser could not {verb}: {error}"))
    }

    fn path_of(&self, url: Value) -> String {
        url.as_str().unwrap_or_default().trim_start_matches(&self.origin).to_owned()
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let _closed = self.browser.driver.call("close", json!({ "tab": self.number }));
    }
}

/// The file for a picture of this name, where pictures are wanted.
pub fn shots(name: &str) -> Option<PathBuf> {
    let folder = environment("FOLLOWTHROUGH_SHOTS").map(PathBuf::from)?;
    Some(std::path::absolute(folder).ok()?.join(format!("{name}.png")))
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn chromium() -> Option<PathBuf> {
    if let Some(named) = environment("FOLLOWTHROUGH_CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let path = environment("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    names
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}
