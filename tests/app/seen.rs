//! Every HTML page that any story has seen, whatever its status, kept once for each shape.
//!
//! The stories lead through every template in its states: empty, typical, long, with faults, refused. So the checks of
//! `every_page` need no list of pages: what a story has seen is checked.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Mutex;

use scraper::{ElementRef, Html, Node};

use crate::support::page::Page;

/// A page as it was seen.
#[derive(Clone, Debug)]
pub struct SeenPage {
    /// A name for messages, files and pictures: method, path and status.
    pub name: String,
    /// The path with its query.
    pub path: String,
    /// The status code.
    pub status: u16,
    /// What may be loaded by it.
    pub security_policy: String,
    /// The page.
    pub html: String,
}

/// The pages kept so far.
#[derive(Default)]
pub struct Seen {
    pages: Mutex<HashMap<u64, SeenPage>>,
}

impl Seen {
    /// Keeps a page unless one of the same shape is kept already.
    pub fn keep(&self, page: &Page) {
        if !page.is_html() || page.bytes().is_empty() {
            return;
        }
        let shape = shape_of(&page.html());
        let seen = SeenPage {
            name: format!("{} ({})", page.name(), page.status()),
            path: page.path().to_owned(),
            status: page.status(),
            security_policy: page.header("content-security-policy").unwrap_or_default().to_owned(),
            html: page.body(),
        };
        self.pages.lock().expect("the lock of the seen pages").entry(shape).or_insert(seen);
    }

    /// All of them, by name.
    pub fn all(&self) -> Vec<SeenPage> {
        let mut pages: Vec<SeenPage> =
            self.pages.lock().expect("the lock of the seen pages").values().cloned().collect();
        pages.sort_by(|one, other| one.name.cmp(&other.name));
        pages
    }
}

/// A number for the shape of a page: two lists that differ in length only have the same, an empty list another one, and
/// so have a very long word and an id used twice.
fn shape_of(html: &Html) -> u64 {
    let mut ids: Vec<&str> = html.tree.values().filter_map(|node| node.as_element()?.id()).collect();
    ids.sort_unstable();
    let twice = ids.windows(2).any(|pair| pair[0] == pair[1]);
    let mut hasher = DefaultHasher::new();
    (twice, element_shape(html.root_element())).hash(&mut hasher);
    hasher.finish()
}

fn element_shape(element: ElementRef) -> u64 {
    let mut hasher = DefaultHasher::new();
    element.value().name().hash(&mut hasher);
    let mut attributes: Vec<(&str, &str)> = element
        .value()
        .attrs()
        .map(|(name, value)| {
            (name, if matches!(name, "class" | "type" | "role" | "aria-current") { value } else { "" })
        })
        .collect();
    attributes.sort_unstable();
    attributes.hash(&mut hasher);
    let mut children = Vec::new();
    for child in element.children() {
        let shape = match child.value() {
            Node::Text(text) if text.trim().is_empty() => continue,
            Node::Text(text) => u64::from(text.split_whitespace().any(|word| word.chars().count() > 40)),
            Node::Element(_) => ElementRef::wrap(child).map_or(0, element_shape),
            _ => continue,
        };
        if !children.contains(&shape) {
            children.push(shape);
        }
    }
    children.hash(&mut hasher);
    hasher.finish()
}
