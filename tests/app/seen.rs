//! Every HTML page that any story has seen and that shows something new, whatever its status.
//!
//! The stories lead through every template in its states: empty, typical, long, with faults, refused. So the checks of
//! `every_page` need no list of pages: what a story has seen is checked.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BinaryHeap, HashSet};
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
    /// Whether each piece of it stands on another page that is looked at: this one shows only how they are put together.
    pub is_known: bool,
}

/// What a page shows: its pieces, and the kind of address and answer that it is.
#[derive(Default)]
struct Shown {
    pieces: HashSet<u64>,
    kind: u64,
}

/// What is kept, and what of it has been seen.
#[derive(Default)]
struct Kept {
    pages: Vec<(SeenPage, Shown)>,
    pieces: HashSet<u64>,
    kinds: HashSet<u64>,
}

/// The pages kept so far.
#[derive(Default)]
pub struct Seen {
    kept: Mutex<Kept>,
}

impl Seen {
    /// Keeps a page that shows something new: an address of a kind not seen yet, another status, or a piece of a page that no
    /// kept page has. Two pages that only put the same pieces together otherwise are checked once.
    pub fn keep(&self, page: &Page) {
        if !page.is_html() || page.bytes().is_empty() {
            return;
        }
        let html = page.html();
        let mut pieces = Vec::new();
        piece_of(html.root_element(), &mut pieces);
        // A refusal is built of the same few pieces whatever was refused.
        let address = if page.status() == 200 { kind_of(page.path()) } else { String::new() };
        let mut kind = DefaultHasher::new();
        (address, page.status(), has_an_id_twice(&html)).hash(&mut kind);
        let kind = kind.finish();
        let mut kept = self.kept.lock().expect("the lock of the seen pages");
        let before = kept.pieces.len();
        kept.pieces.extend(&pieces);
        if !kept.kinds.insert(kind) && kept.pieces.len() == before {
            return;
        }
        let seen = SeenPage {
            name: format!("{} ({})", page.name(), page.status()),
            path: page.path().to_owned(),
            status: page.status(),
            security_policy: page.header("content-security-policy").unwrap_or_default().to_owned(),
            html: page.body(),
            is_known: false,
        };
        kept.pages.push((seen, Shown { pieces: pieces.into_iter().collect(), kind }));
    }

    /// As many of them as show everything that all of them show, by name: what was new on a page of an early story mostly
    /// stands on a fuller page of a later one, and need not be examined twice. Of each kind that is left, one.
    pub fn all(&self) -> Vec<SeenPage> {
        let kept = self.kept.lock().expect("the lock of the seen pages");
        let (mut missing, mut kinds) = (kept.pieces.clone(), kept.kinds.clone());
        let mut pages = Vec::new();
        // The fullest first. What a page would add only ever shrinks, so it is counted again just when it seems most.
        let mut left: BinaryHeap<(usize, usize)> =
            kept.pages.iter().enumerate().map(|(place, (_, shown))| (shown.pieces.len(), place)).collect();
        while let Some((_, place)) = left.pop() {
            let (page, shown) = &kept.pages[place];
            let adds = shown.pieces.intersection(&missing).count();
            if adds > 0 && left.peek().is_none_or(|(next, _)| adds >= *next) {
                missing.retain(|piece| !shown.pieces.contains(piece));
                kinds.remove(&shown.kind);
                pages.push(page.clone());
            } else if adds > 0 {
                left.push((adds, place));
            }
        }
        for (page, shown) in &kept.pages {
            if kinds.remove(&shown.kind) {
                pages.push(SeenPage { is_known: true, ..page.clone() });
            }
        }
        pages.sort_by(|one, other| one.name.cmp(&other.name));
        pages
    }
}

/// The most elements of what counts as one piece of a page: a row of facts, an entry of a timeline, a question of a form.
const PIECE: usize = 20;

/// What an address is the address of: names of inquiries, bodies and people, numbers and random names left out.
pub fn kind_of(path: &str) -> String {
    const NAMED: [&str; 19] = [
        "inquiries",
        "recommendations",
        "bodies",
        "themes",
        "families",
        "people",
        "changes",
        "filings",
        "findings",
        "redactions",
        "complaints",
        "invitations",
        "password-reset",
        "confirm",
        "subscriptions",
        "evidence",
        "reports",
        "several",
        "groups",
    ];
    // What stands after the number of a recommendation where it is no body.
    const OF_ITEM: [&str; 10] =
        ["bodies", "division", "hold", "in-error", "link", "number", "parts", "themes", "withhold", "wording"];
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let steps: Vec<&str> = path.split('/').collect();
    let plain = steps.iter().enumerate().map(|(place, step)| {
        let before = |back: usize| place.checked_sub(back).map_or("", |before| steps[before]);
        let of_item = before(2) == "recommendations" && !OF_ITEM.contains(step);
        let made = step.chars().any(|sign| sign.is_ascii_digit());
        if made || NAMED.contains(&before(1)) || of_item { "*" } else { step }
    });
    plain.collect::<Vec<_>>().join("/")
}

fn has_an_id_twice(html: &Html) -> bool {
    let mut ids: Vec<&str> = html.tree.values().filter_map(|node| node.as_element()?.id()).collect();
    ids.sort_unstable();
    ids.windows(2).any(|pair| pair[0] == pair[1])
}

/// The shape and the size of an element, the shapes of all small ones below it noted: two lists that differ in length only
/// have the same shape, an empty list has another one, and so has a very long word.
fn piece_of(element: ElementRef, pieces: &mut Vec<u64>) -> (u64, usize) {
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
    let (mut children, mut size) = (Vec::new(), 1);
    for child in element.children() {
        let shape = match child.value() {
            Node::Text(text) if text.trim().is_empty() => continue,
            Node::Text(text) => u64::from(text.split_whitespace().any(|word| word.chars().count() > 40)),
            Node::Element(_) => {
                let (shape, below) = ElementRef::wrap(child).map_or((0, 0), |child| piece_of(child, pieces));
                size += below;
                shape
            }
            _ => continue,
        };
        if !children.contains(&shape) {
            children.push(shape);
        }
    }
    children.hash(&mut hasher);
    let shape = hasher.finish();
    if size <= PIECE {
        pieces.push(shape);
    }
    (shape, size)
}
