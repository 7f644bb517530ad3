//! What came back: an answer to look at, with the links and forms that stand on it.

use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;
use ureq::http::HeaderMap;

use super::form::Form;
use super::visitor::Visitor;

/// An answer of the server, of whatever kind.
pub struct Page {
    visitor: Visitor,
    method: String,
    path: String,
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Page {
    /// Made by `Visitor` alone.
    pub fn new(visitor: Visitor, method: &str, path: &str, status: u16, headers: HeaderMap, body: Vec<u8>) -> Self {
        Page { visitor, method: method.to_owned(), path: path.to_owned(), status, headers, body }
    }

    /// The status code.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Demands a status code: `visitor.get("/nowhere").is(404).sees("Page not found")`.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{} answered {}, not {status}:\n{}", self.name(), self.status, self.gist());
        self
    }

    /// Demands that a reader finds these words, wherever lines break.
    #[track_caller]
    pub fn sees(&self, words: &str) -> &Self {
        assert!(
            self.text().contains(&one_line(words)),
            "{} does not say {words:?}. It says:\n{}",
            self.name(),
            self.gist()
        );
        self
    }

    /// Demands that these words are nowhere in the bytes of the answer, not even hidden.
    #[track_caller]
    pub fn does_not_see(&self, words: &str) -> &Self {
        let absent = !self.text().contains(&one_line(words)) && !self.body().contains(words);
        assert!(absent, "{} says {words:?}. It says:\n{}", self.name(), self.gist());
        self
    }

    /// Everything a reader can read, on one line.
    pub fn text(&self) -> String {
        if !self.is_html() {
            return one_line(&self.body());
        }
        text_of(self.html().root_element())
    }

    /// What each element of a CSS selector says, in the order of the page.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.html().select(&css(selector)).map(text_of).collect()
    }

    /// The main heading.
    pub fn heading(&self) -> String {
        self.texts("h1").into_iter().next().unwrap_or_default()
    }

    /// The title of the window.
    pub fn title(&self) -> String {
        self.texts("title").into_iter().next().unwrap_or_default()
    }

    /// Where the link with these words goes. The words are all of the link's, or else the only link containing them.
    #[track_caller]
    pub fn link(&self, words: &str) -> String {
        let html = self.html();
        let links: Vec<(String, &str)> =
            html.select(&css("a[href]")).map(|link| (text_of(link), link.attr("href").unwrap_or_default())).collect();
        let exactly = links.iter().find(|(text, _)| *text == one_line(words));
        let containing = || links.iter().find(|(text, _)| text.contains(&one_line(words)));
        let Some((_, href)) = exactly.or_else(containing) else {
            let there: Vec<&str> = links.iter().map(|(text, _)| text.as_str()).collect();
            panic!("{} has no link {words:?}, only {there:?}", self.name());
        };
        self.resolve(href)
    }

    /// Follows the link with these words to the page that answers 200.
    #[track_caller]
    pub fn follow(&self, words: &str) -> Page {
        self.visitor.open(&self.link(words))
    }

    /// Every address that the page links to on this server, as paths.
    pub fn links(&self) -> Vec<String> {
        let own = |href: &&str| href.starts_with(['/', '?']) && !href.starts_with("//") || href.starts_with("./");
        let html = self.html();
        html.select(&css("a[href]"))
            .filter_map(|link| link.attr("href"))
            .filter(own)
            .map(|href| self.resolve(href))
            .collect()
    }

    /// Every form that stands on the page, as it would be sent untouched: its method, its address, its fields.
    pub fn forms(&self) -> Vec<super::form::Offered> {
        Form::all(self, &self.html())
    }

    /// The form that has a button with these words, filled as the server sent it.
    #[track_caller]
    pub fn form(&self, button: &str) -> Form {
        Form::on(self, &self.html(), button)
    }

    /// Whether a form with such a button stands on the page.
    pub fn has_form(&self, button: &str) -> bool {
        Form::find(&self.html(), button).is_some()
    }

    /// Demands that the error summary says this, linking to a field that exists.
    #[track_caller]
    pub fn complains(&self, words: &str) -> &Self {
        let html = self.html();
        let summary = css(".govuk-error-summary a[href^='#']");
        let Some(link) = html.select(&summary).find(|link| text_of(*link).contains(&one_line(words))) else {
            panic!("{} has no fault {words:?} in its error summary. It says:\n{}", self.name(), self.gist());
        };
        let field = link.attr("href").unwrap_or_default().trim_start_matches('#');
        let there = html.select(&css("[id]")).any(|element| element.attr("id") == Some(field));
        assert!(there, "{}: the fault {words:?} links to #{field}, which is not on the page", self.name());
        self
    }

    /// The answer as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{} is not JSON ({error}):\n{}", self.name(), self.gist()))
    }

    /// Where a redirect leads.
    #[track_caller]
    pub fn redirects_to(&self) -> String {
        let location = self.header("location");
        let redirected = (300..400).contains(&self.status) && location.is_some();
        assert!(redirected, "{} answered {}, which is no redirect:\n{}", self.name(), self.status, self.gist());
        self.resolve(location.unwrap_or_default())
    }

    /// Follows redirects, ten at most, and answers the last page, whatever its status.
    #[track_caller]
    pub fn follow_redirects(mut self) -> Page {
        for _ in 0..10 {
            if !(300..400).contains(&self.status) || self.status == 304 {
                return self;
            }
            self = self.visitor.get(&self.redirects_to());
        }
        panic!("{} redirects without end", self.name());
    }

    /// A header, if it was sent.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Every value of a header that may be sent more than once, such as `set-cookie`.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect()
    }

    /// The answer as text.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The answer as it came.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// The answer as a tree, for what the verbs do not reach.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.body())
    }

    /// Whether it is an HTML page.
    pub fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }

    /// The path with its query, as it was asked for.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Who asked for it.
    pub fn visitor(&self) -> &Visitor {
        &self.visitor
    }

    /// Method and path, for messages.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The address that a link on this page means.
    pub fn resolve(&self, href: &str) -> String {
        let here = url::Url::parse("http://here.invalid").and_then(|base| base.join(&self.path)).expect("a path");
        let there = here.join(href).unwrap_or_else(|error| panic!("{} links to {href}: {error}", self.name()));
        there.as_str().replacen("http://here.invalid", "", 1)
    }

    fn gist(&self) -> String {
        self.text().chars().take(1500).collect()
    }
}

/// A selector that the story's author wrote, so a fault in it is the author's.
pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// Runs of white space as one space, as a reader sees them.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an element says: blocks apart, words within a line as they stand, scripts and styles left out.
pub fn text_of(element: ElementRef) -> String {
    const INLINE: [&str; 14] =
        ["a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "time", "wbr"];
    fn gather(element: ElementRef, said: &mut String) {
        let name = element.value().name();
        if matches!(name, "script" | "style" | "template" | "noscript") {
            return;
        }
        let apart = !INLINE.contains(&name);
        said.push_str(if apart { " " } else { "" });
        for child in element.children() {
            match child.value() {
                Node::Text(text) => said.push_str(text),
                Node::Element(_) => ElementRef::wrap(child).into_iter().for_each(|child| gather(child, said)),
                _ => {}
            }
        }
        said.push_str(if apart { " " } else { "" });
    }
    let mut said = String::new();
    gather(element, &mut said);
    one_line(&said)
}
