//! What an administrator wrote in Markdown, as HTML that can do nothing: no script, no image, no frame, no address that is
//! not a web, mail or telephone address, and headings below those of the page.
//!
//! Raw HTML is shown as it was typed. Whatever is left is cleaned once more by a list of what may stand, so that a fault
//! of the first step is no hole.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

/// How deep lists and quotations may lie in each other; what lies deeper stands at that depth.
const DEEPEST: usize = 4;

/// What the address of a link may begin with.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The HTML of some Markdown. `below` is the level of the heading that it stands under: its own begin one lower.
#[must_use]
pub fn to_html(markdown: &str, below: u8) -> String {
    let mut made = Maker { below, last: below, ..Maker::default() };
    for event in Parser::new_ext(markdown, Options::empty()) {
        made.take(event);
    }
    let mut page = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut page, made.done.into_iter());
    cleaned(&page)
}

/// Why these words are not taken as they are, where they hold something that would not stand on the page: the first such thing.
#[must_use]
pub fn not_taken(markdown: &str) -> Option<String> {
    let short = |text: &str| text.trim().chars().take(40).collect::<String>();
    Parser::new_ext(markdown, Options::empty()).find_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => {
            Some(format!("HTML and scripts are not taken: remove “{}” or write it without “<”", short(&text)))
        }
        Event::Start(Tag::Image { dest_url, .. }) => {
            Some(format!("Images are not taken: remove “{}”, or link to it", short(&dest_url)))
        }
        Event::Start(Tag::Link { dest_url, link_type, .. }) if link_type != LinkType::Email && !is_taken(&dest_url) => {
            Some(format!(
                "“{}” is no address that a link may lead to: begin it with https://, mailto: or tel:",
                short(&dest_url)
            ))
        }
        _ => None,
    })
}

/// Turns what the parser finds into what may stand.
#[derive(Default)]
struct Maker<'a> {
    done: Vec<Event<'a>>,
    below: u8,
    /// The level of the heading before.
    last: u8,
    /// Which of the lists and quotations that are open were let stand.
    open: Vec<bool>,
    /// Where the heading began that is open, and its level.
    heading: Option<(usize, u8)>,
    /// Where the link began that is open, and its address. One that may not stand is not open: its words are words.
    link: Option<(usize, String)>,
}

impl<'a> Maker<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            // Shown, not obeyed.
            Event::Html(text) | Event::InlineHtml(text) => self.done.push(Event::Text(text)),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.done.push(Event::Text(text));
            }
            Event::Rule => self.raw("<hr class=\"govuk-section-break govuk-section-break--visible\">\n"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::Text(_) | Event::SoftBreak | Event::HardBreak => self.done.push(event),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Heading { level, .. } => {
                // None is left out: a heading is at most one level lower than the one before.
                let level = (self.below + depth(level)).min(self.last + 1).clamp(self.below + 1, 6);
                self.heading = Some((self.done.len(), level));
                let class = if level <= 3 { "govuk-heading-m" } else { "govuk-heading-s" };
                self.raw(format!("<h{level} class=\"{class}\">"));
            }
            Tag::List(number) => {
                let tag = match number {
                    None => "<ul class=\"govuk-list govuk-list--bullet\">\n".to_owned(),
                    Some(1) => "<ol class=\"govuk-list govuk-list--number\">\n".to_owned(),
                    Some(number) => format!("<ol class=\"govuk-list govuk-list--number\" start=\"{number}\">\n"),
                };
                self.begin(tag);
            }
            Tag::BlockQuote(_) => self.begin("<blockquote class=\"govuk-inset-text\">\n".to_owned()),
            // What lies too deep loses its marks, so its items are paragraphs.
            Tag::Item if self.open.last() == Some(&false) => self.raw("<p>"),
            Tag::Item => self.raw("<li>"),
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => self.raw("<p>"),
            Tag::Emphasis | Tag::Strong => self.done.push(Event::Start(tag)),
            Tag::Link { link_type, dest_url, .. } => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                let address = format!("{mail}{dest_url}");
                if is_taken(&address) {
                    self.raw(format!("<a href=\"{}\">", escaped(&address)));
                    self.link = Some((self.done.len(), dest_url.to_string()));
                }
            }
            // Its description stays, as text.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let Some((at, level)) = self.heading.take() else { return };
                if self.says_nothing_since(at) {
                    self.done.truncate(at);
                    return;
                }
                self.last = level;
                self.raw(format!("</h{level}>\n"));
            }
            TagEnd::List(ordered) => self.finish(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::BlockQuote(_) => self.finish("</blockquote>\n"),
            TagEnd::Item if self.open.last() == Some(&false) => self.raw("</p>\n"),
            TagEnd::Item => self.raw("</li>\n"),
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.raw("</p>\n"),
            TagEnd::Emphasis | TagEnd::Strong => self.done.push(Event::End(tag)),
            TagEnd::Link => {
                let Some((at, address)) = self.link.take() else { return };
                if self.says_nothing_since(at) {
                    self.done.push(Event::Text(CowStr::from(address)));
                }
                self.raw("</a>");
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: String) {
        let stands = self.open.iter().filter(|stands| **stands).count() < DEEPEST;
        self.open.push(stands);
        if stands {
            self.raw(tag);
        }
    }

    fn finish(&mut self, tag: &'static str) {
        if self.open.pop() == Some(true) {
            self.raw(tag);
        }
    }

    fn raw(&mut self, tag: impl Into<CowStr<'a>>) {
        self.done.push(Event::Html(tag.into()));
    }

    /// Whether nothing that can be read was written since then.
    fn says_nothing_since(&self, at: usize) -> bool {
        let said = |event: &Event<'_>| matches!(event, Event::Text(text) if !text.trim().is_empty());
        !self.done.iter().skip(at).any(said)
    }
}

/// Whether a reader can open the address without anything being run.
fn is_taken(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| SCHEMES.contains(&url.scheme()))
}

const fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        _ => 4,
    }
}

fn escaped(address: &str) -> String {
    address.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Nothing but what is on the list.
fn cleaned(page: &str) -> String {
    let classes = |names: &[&'static str]| names.iter().copied().collect::<HashSet<&str>>();
    let bulleted = ["govuk-list", "govuk-list--bullet"];
    let numbered = ["govuk-list", "govuk-list--number"];
    let heading = ["govuk-heading-m", "govuk-heading-s"];
    let rule = ["govuk-section-break", "govuk-section-break--visible"];
    let allowed: HashMap<&str, HashSet<&str>> = HashMap::from([
        ("ul", classes(&bulleted)),
        ("ol", classes(&numbered)),
        ("h2", classes(&heading)),
        ("h3", classes(&heading)),
        ("h4", classes(&heading)),
        ("h5", classes(&heading)),
        ("h6", classes(&heading)),
        ("hr", classes(&rule)),
        ("blockquote", classes(&["govuk-inset-text"])),
    ]);
    let tags = ["p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "strong", "em", "a"];
    ammonia::Builder::empty()
        .tags(tags.into_iter().collect())
        .allowed_classes(allowed)
        .tag_attributes(HashMap::from([("a", classes(&["href"])), ("ol", classes(&["start"]))]))
        .url_schemes(SCHEMES.into_iter().collect())
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .clean(page)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(markdown: &str) -> String {
        to_html(markdown, 2).trim().to_owned()
    }

    #[test]
    fn plain_words_keep_their_marks() {
        assert_eq!(made("One *two* **three**."), "<p>One <em>two</em> <strong>three</strong>.</p>");
        assert_eq!(made("* a\n* b"), "<ul class=\"govuk-list govuk-list--bullet\">\n<li>a</li>\n<li>b</li>\n</ul>");
        assert!(made("3. a").contains("start=\"3\""));
        assert!(made("> Said.").starts_with("<blockquote class=\"govuk-inset-text\">"));
    }

    #[test]
    fn headings_stand_below_the_page_and_leave_no_level_out() {
        let page = made("# A\n\n#### B\n\n# C\n\n#\n\n##");
        assert!(page.contains("<h3 class=\"govuk-heading-m\">A</h3>"), "{page}");
        assert!(page.contains("<h4 class=\"govuk-heading-s\">B</h4>"), "{page}");
        assert!(page.contains(">C</h3>"), "{page}");
        assert_eq!(page.matches("<h").count(), 3, "an empty heading is none: {page}");
    }

    #[test]
    fn only_web_mail_and_telephone_addresses_are_links() {
        for good in ["https://a.example/b?c=d&e", "http://a.example", "mailto:a@b.example", "tel:01632960001"] {
            let page = made(&format!("[words]({good})"));
            assert!(page.contains(&format!("href=\"{}\"", good.replace('&', "&amp;"))), "{page}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java&#10;script:alert(1)",
            "&#106;avascript:alert(1)",
            "data:text/html;base64,PHNjcmlwdD4=",
            "vbscript:x",
            "//elsewhere.example",
            "/staff",
            "file:///etc/passwd",
            "blob:x",
        ] {
            for markdown in
                [format!("[words](<{bad}>)"), format!("[words]({bad})"), format!("[w]: {bad}\n\n[words][w]")]
            {
                let page = made(&markdown);
                assert!(!page.contains("<a"), "{markdown}: {page}");
            }
        }
        assert!(made("<a@b.example>").contains("href=\"mailto:a@b.example\""));
        assert!(made("[](https://a.example)").contains(">https://a.example</a>"), "a link always says something");
    }

    #[test]
    fn nothing_that_runs_loads_or_frames_is_left() {
        for markdown in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![](https://tracker.example/x.gif)",
            "![alt\" onerror=\"x](data:image/svg+xml;base64,x)",
            "<iframe src=\"https://a.example\"></iframe>",
            "<a href=\"javascript:x\" onclick=\"x\">a</a>",
            "<style>body{display:none}</style>",
            "<form action=/sign-out method=post><button>x</button></form>",
            "<svg><script>x</script></svg>",
            "<math><mtext><table><mglyph><style><img src=x onerror=x>",
            "</main></body><h1>x</h1>",
            "`<script>x</script>`",
            "```html\n<script>x</script>\n```",
            "[a](https://b.example \"onmouseover=x\")",
            "# <script>x</script>",
            "<!-- --><base href=//a.example>",
            "<https://a.example/\"onmouseover=x>",
        ] {
            let page = made(markdown);
            let mut tags = page.split('<').skip(1).map(|rest| rest.split(['>', ' ']).next().unwrap_or_default());
            let known = ["p", "/p", "a", "/a", "h3", "/h3", "em", "/em", "br"];
            assert!(tags.all(|tag| known.contains(&tag)), "{markdown}: {page}");
            let inside = page.split('<').skip(1).filter_map(|rest| rest.split('>').next());
            for tag in inside {
                assert!(!tag.contains(" on") && !tag.contains("src=") && !tag.contains("style="), "{markdown}: {page}");
            }
        }
        assert_eq!(made("<b>bold</b>"), "<p>&lt;b&gt;bold&lt;/b&gt;</p>", "raw HTML is shown as it was typed");
        assert!(made("![a boat](https://a.example/b.png)").contains("a boat"), "what an image shows stays as text");
    }

    #[test]
    fn what_is_long_or_deep_ends() {
        let deep = made(&format!("{}words", "> ".repeat(5_000)));
        assert_eq!(deep.matches("<blockquote").count(), DEEPEST, "{}", deep.len());
        assert!(deep.contains("words"));
        let list: String = (0..200).map(|at| format!("{}* item {at}\n", "  ".repeat(at))).collect();
        let list = made(&list);
        assert!(list.matches("<ul").count() <= DEEPEST && list.contains("item 199"));
        let brackets = "[".repeat(20_000);
        assert!(made(&brackets).len() >= 20_000);
        let stars = "*a **b ".repeat(3_000);
        assert!(!made(&stars).is_empty());
    }
}
