//! What surrounds every page: its title, who runs the register, who is signed in, where we are.
//!
//! Every page struct has a field `shell: Shell` and a template that `{% extends "layout/page.html" %}`. Make one with
//! [`Shell::new`] and say the rest in words: `Shell::new("Followthrough", "/bodies").titled("Bodies").crumb("/", "Home")`.

use std::borrow::Cow;

use super::notice;
use super::part::hold::Notice;
use super::place;
use crate::domain::moment::Day;
use crate::domain::words;
use crate::embed;

/// Where "Leave this page quickly" goes: what anybody might have been reading.
const ELSEWHERE: &str = "https://www.bbc.co.uk/weather";

/// The places on every page, in the order of use on a phone: the address and its words.
const PLACES: [(&str, &str); 5] = [
    ("/recommendations", "Recommendations"),
    ("/inquiries", "Inquiries"),
    ("/bodies", "Bodies"),
    ("/changes", "What changed"),
    ("/overdue", "Overdue"),
];

/// What the layout prints around a page.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// The register's own name, in the header and after each title.
    pub site_name: Cow<'static, str>,
    /// The page's title, without the register's name.
    pub title: Cow<'static, str>,
    /// Asks search engines to leave the page out. A register without an operator is always left out.
    pub noindex: bool,
    /// Who has taken responsibility; nobody until an administrator has entered the operator.
    pub in_service: Option<OperatorLine>,
    /// Whether all of this is the fictional register of `serve --demo`.
    pub demo: bool,
    /// Who is signed in; nobody on a page that may be cached.
    pub person: Option<SignedIn>,
    /// What has just been done, said once at the top of the next page.
    pub notice: Option<notice::Notice>,
    /// Whether the page shows a form with faults: its title then begins with "Error:".
    pub faulty: bool,
    /// The whole address of the page, where it is one that others should link to.
    pub canonical: Option<String>,
    /// The path asked for, which marks where we are in the navigation.
    pub path: String,
    /// The way here, from the top; the page itself is not in it.
    pub crumbs: Vec<Crumb>,
    /// Of a page that can be looked back to: which state of the register it shows.
    pub look: Option<Look>,
    /// On public pages: the holds on the whole register, as of the day that the page shows.
    pub holds: Vec<Notice>,
    /// On a form of staff: that a hold bears on it, and what becomes of what is written there.
    pub held_form: Option<String>,
}

/// Which state of the register a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Today, as a form writes it.
    pub today: String,
    /// The whole address of today's page.
    pub canonical: String,
    /// The day that is looked back to; nothing on today's page.
    pub past: Option<AsAtLine>,
}

/// The day that is looked back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsAtLine {
    /// The day.
    pub day: Day,
    /// What the page says of itself.
    pub said: String,
    /// The day as an address has it.
    pub iso: String,
}

/// The operator as the foot of each page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorLine {
    /// Who runs this copy.
    pub name: String,
    /// The address that "Something wrong here?" writes to.
    pub contact: String,
}

/// The person behind the session, as the layout names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Their own name: shown to nobody else.
    pub name: String,
    /// Their role, in words.
    pub role: Cow<'static, str>,
    /// Whether they may read what is unpublished about every item.
    pub reads_unpublished: bool,
    /// The token that the sign-out form carries.
    pub csrf: String,
}

/// One step of the way here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// Where it leads.
    pub href: Cow<'static, str>,
    /// What it is called.
    pub words: Cow<'static, str>,
}

/// One entry of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Where it leads.
    pub href: &'static str,
    /// What it is called.
    pub words: &'static str,
    /// `page` when it is this very page, `true` when this page is under it.
    pub current: Option<&'static str>,
}

impl Shell {
    /// The shell of a page at `path`, with nobody signed in and nothing said yet.
    pub fn new(site_name: impl Into<Cow<'static, str>>, path: impl Into<String>) -> Self {
        Self { site_name: site_name.into(), path: path.into(), ..Self::default() }
    }

    /// Names the page.
    #[must_use]
    pub fn titled(mut self, title: impl Into<Cow<'static, str>>) -> Self {
        self.title = title.into();
        self
    }

    /// Adds one step of the way here.
    #[must_use]
    pub fn crumb(mut self, href: impl Into<Cow<'static, str>>, words: impl Into<Cow<'static, str>>) -> Self {
        self.crumbs.push(Crumb { href: href.into(), words: words.into() });
        self
    }

    /// Keeps the page out of search engines.
    #[must_use]
    pub const fn unlisted(mut self) -> Self {
        self.noindex = true;
        self
    }

    /// Says who runs this copy, if anybody does.
    #[must_use]
    pub fn run_by(mut self, operator: Option<OperatorLine>) -> Self {
        self.in_service = operator;
        self
    }

    /// Says who is signed in.
    #[must_use]
    pub fn signed_in(mut self, person: Option<SignedIn>) -> Self {
        self.person = person;
        self
    }

    /// Says once what has just been done.
    #[must_use]
    pub fn noticed(mut self, notice: Option<notice::Notice>) -> Self {
        self.notice = notice;
        self
    }

    /// Marks the page as one with faults to put right.
    #[must_use]
    pub const fn faulty(mut self, faulty: bool) -> Self {
        self.faulty = faulty;
        self
    }

    /// The words of the browser's tab: "Error: Sign in - Followthrough".
    #[must_use]
    pub fn tab_title(&self) -> String {
        let error = if self.faulty { "Error: " } else { "" };
        if self.title.is_empty() || self.title == self.site_name {
            return format!("{error}{}", self.site_name);
        }
        let title = self.past().map_or_else(|| self.title.to_string(), |past| words::as_at(&self.title, past.day));
        format!("{error}{title} - {}", self.site_name)
    }

    /// Whether search engines are asked to leave the page out.
    #[must_use]
    pub const fn is_unlisted(&self) -> bool {
        self.noindex || self.demo || self.in_service.is_none() || self.past().is_some()
    }

    /// The address of today's page, for one that looks back: what search engines and citations should take for the subject.
    #[must_use]
    pub fn canonical_of_the_past(&self) -> Option<&str> {
        self.look.as_ref().filter(|look| look.past.is_some()).map(|look| look.canonical.as_str())
    }

    /// The day that is looked back to.
    #[must_use]
    pub const fn past(&self) -> Option<&AsAtLine> {
        match &self.look {
            Some(Look { past: Some(past), .. }) => Some(past),
            _ => None,
        }
    }

    /// What a page of an earlier day does not show.
    #[must_use]
    pub const fn taken_out_since(&self) -> &'static str {
        words::TAKEN_OUT_SINCE
    }

    /// The staff's page about the same thing, on a public page that has one, for somebody who may see it.
    #[must_use]
    pub fn staff_page(&self) -> Option<String> {
        let below = self.path.strip_prefix("/inquiries/").filter(|below| !below.contains('.'))?;
        let steps: Vec<&str> = below.split('/').collect();
        let has_one = matches!(steps[..], [_] | [_, "recommendations", _] | [_, "recommendations", _, _]);
        let reads = self.person.as_ref().is_some_and(|person| person.reads_unpublished);
        (has_one && reads).then(|| format!("/staff{}", self.path))
    }

    /// Where somebody says that something is wrong: with the page they are on, where it is one that anybody can read.
    #[must_use]
    pub fn wrong(&self) -> String {
        if !place::is_public(&self.path) {
            return "/wrong".to_owned();
        }
        let page: String = url::form_urlencoded::byte_serialize(self.path.as_bytes()).collect();
        format!("/wrong?page={page}")
    }

    /// The navigation, with this page's place marked.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        PLACES.into_iter().map(|(href, words)| Place { href, words, current: self.current(href) })
    }

    /// How the navigation marks an address: `page`, `true`, or not at all.
    #[must_use]
    pub fn current(&self, href: &str) -> Option<&'static str> {
        match self.path.strip_prefix(href)? {
            "" => Some("page"),
            below if below.starts_with('/') => Some("true"),
            _ => None,
        }
    }

    /// Where the style sheet is.
    #[must_use]
    pub fn stylesheet(&self) -> &'static str {
        embed::stylesheet_href()
    }

    /// Where the script is.
    #[must_use]
    pub fn script(&self) -> &'static str {
        embed::script_href()
    }

    /// Where the browser's icon is.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        embed::icon_href()
    }

    /// Where "Leave this page quickly" goes.
    #[must_use]
    pub const fn elsewhere(&self) -> &'static str {
        ELSEWHERE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tab_says_what_and_where_and_whether_it_went_wrong() {
        let shell = Shell::new("Followthrough", "/").titled("Bodies");
        assert_eq!(shell.tab_title(), "Bodies - Followthrough");
        assert_eq!(shell.faulty(true).tab_title(), "Error: Bodies - Followthrough");
        assert_eq!(Shell::new("Followthrough", "/").titled("Followthrough").tab_title(), "Followthrough");
    }

    #[test]
    fn the_navigation_marks_a_page_and_what_is_under_it() {
        let shell = Shell::new("Followthrough", "/inquiries/ashgrove");
        assert_eq!(shell.current("/inquiries"), Some("true"));
        assert_eq!(shell.current("/inquiries/ashgrove"), Some("page"));
        assert_eq!(shell.current("/bodies"), None);
        assert_eq!(Shell::new("Followthrough", "/changes.atom").current("/changes"), None);
    }

    #[test]
    fn who_may_see_it_finds_the_staff_page_from_the_public_one() {
        let person = |reads_unpublished| SignedIn {
            name: "Overseer One".into(),
            role: "overseer".into(),
            reads_unpublished,
            csrf: "token".into(),
        };
        let page = |path: &str, reads| Shell::new("Followthrough", path).signed_in(Some(person(reads))).staff_page();
        assert_eq!(page("/inquiries/jay", true).as_deref(), Some("/staff/inquiries/jay"));
        let answer = "/inquiries/jay/recommendations/4/rotherham-council";
        assert_eq!(page(answer, true), Some(format!("/staff{answer}")));
        assert_eq!(page(answer, false), None);
        for path in ["/", "/inquiries", "/bodies/jay", "/staff/inquiries/jay"] {
            assert_eq!(page(path, true), None, "{path}");
        }
        assert_eq!(Shell::new("Followthrough", "/inquiries/jay").staff_page(), None);
    }

    #[test]
    fn who_finds_something_wrong_says_where() {
        let wrong = |path: &str| Shell::new("Followthrough", path).wrong();
        assert_eq!(wrong("/inquiries/jay"), "/wrong?page=%2Finquiries%2Fjay");
        for private in ["/staff/filings/abc", "/invitations/secret", "/nowhere"] {
            assert_eq!(wrong(private), "/wrong", "{private}");
        }
    }

    #[test]
    fn nothing_is_listed_until_somebody_has_taken_responsibility() {
        assert!(Shell::new("Followthrough", "/").is_unlisted());
        let operator = OperatorLine { name: "Ashgrove Council".into(), contact: "register@example.org".into() };
        let shell = Shell::new("Followthrough", "/").run_by(Some(operator));
        assert!(!shell.is_unlisted());
        assert!(shell.unlisted().is_unlisted());
    }
}
