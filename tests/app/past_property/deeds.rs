//! The deeds of a history: each fills one form of the register with what chance has drawn, and sends it. What a rule refuses has
//! not happened, and the day goes on: an answer cannot be closed twice.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use followthrough::domain::publication::FourQuestions;
use jiff::civil::Date;

use super::tally::Tally;
use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::luck::Luck;
use crate::support::page::Page;

/// The answers that things happen to, with whoever files for their body.
const ANSWERS: [(&str, &str); 5] = [
    ("/staff/inquiries/ashgrove/recommendations/1/ashgrove-council", "contributor of ashgrove-council"),
    ("/staff/inquiries/ashgrove/recommendations/2/ashgrove-council", "contributor of ashgrove-council"),
    (ITEM, "contributor of ashgrove-harbour"),
    (ITEM, "contributor of ashgrove-harbour"),
    ("/staff/inquiries/millbrook/recommendations/a/ashgrove-harbour", "contributor of ashgrove-harbour"),
];
/// What every text of a deed begins with; its number follows.
const MARK: &str = "Mark";

/// What the deed is called that withholds words.
pub const WITHHOLDS: &str = "withholding";

/// What a deed is called, and what does it.
type Deed<'a> = (&'static str, fn(&Play<'a>) -> bool);

/// Every deed but the one that withholds words.
fn deeds<'a>() -> [Deed<'a>; 19] {
    [
        ("response", Play::records_response),
        ("update taken from the body", Play::records_update),
        ("return", Play::publishes_return),
        ("finding", Play::publishes_finding),
        ("target", Play::sets_target),
        ("schedule", Play::sets_schedule),
        ("plan", Play::records_plan),
        ("what was agreed", Play::agrees),
        ("closing", Play::closes),
        ("opening again", Play::opens_again),
        ("correction", Play::corrects),
        ("wording", Play::enters_words),
        ("put to a body", Play::puts_to_body),
        ("looking", Play::looks),
        ("hold", Play::holds),
        ("succession", Play::succeeds),
        ("entered in error", Play::decides_on_error),
        ("themes", Play::puts_themes),
        ("daily jobs", Play::runs_jobs),
    ]
}

/// What every deed is called.
pub fn names() -> Vec<&'static str> {
    deeds().into_iter().map(|(name, _)| name).chain([WITHHOLDS]).collect()
}

/// The numbers of the marks that a text holds.
pub fn marks(text: &str) -> BTreeSet<u32> {
    let numbers = text.split(MARK).skip(1).map(|rest| rest.split(|sign: char| !sign.is_ascii_digit()).next());
    numbers.filter_map(|number| number?.parse().ok()).collect()
}

/// A history while it is played.
pub struct Play<'a> {
    /// The register that it happens to.
    pub app: &'a TestApp,
    /// What decides.
    pub luck: Luck,
    /// For messages.
    pub seed: u64,
    texts: Cell<u32>,
    tally: RefCell<Tally>,
}

/// The fields of a form by their names.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn new() -> Self {
        Fields(Vec::new())
    }

    fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    fn on(self, name: &str, day: Date) -> Self {
        self.with(&format!("{name}_day"), day.day().to_string())
            .with(&format!("{name}_month"), day.month().to_string())
            .with(&format!("{name}_year"), day.year().to_string())
    }
}

impl<'a> Play<'a> {
    /// A history of this seed.
    pub fn new(app: &'a TestApp, seed: u64) -> Self {
        Play { app, luck: Luck::of(seed), seed, texts: Cell::default(), tally: RefCell::default() }
    }

    /// What day it is.
    pub fn today(&self) -> Date {
        self.app.clock().now().timestamp().to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// What was done so far.
    pub fn tally(&self) -> Tally {
        self.tally.borrow().clone()
    }

    /// Tries one deed.
    pub fn deed(&self) {
        let deeds = deeds();
        let (name, does) = deeds[self.luck.below(deeds.len())];
        let before = self.newest();
        does(self);
        self.counts(name, self.newest() != before);
    }

    fn counts(&self, name: &'static str, published: bool) {
        self.tally.borrow_mut().counts(name, published);
    }

    /// Says something in public that can be withheld later, whatever chance brings.
    pub fn begins(&self) {
        let fields = Fields::new().with("value", "accepted").with("basis", "own").with("words", self.text());
        let fields = fields.with("source_url", "https://ashgrove.example/papers/0").with("checked", "source");
        let fields = fields.on("happened", self.day(-3)).with("happened_precision", "on");
        let is_said = self.does("overseer", &format!("{ITEM}/response"), "Publish the response", fields);
        assert!(is_said, "FOLLOWTHROUGH_SEED={}: nothing was said at the begin", self.seed);
    }

    /// Withholds words of one answer that everybody can read: the page on which they can be shown again, and the marks that are
    /// out of sight now. Where what chance picks is on no public page, what comes next is withheld.
    pub fn withholds(&self) -> Option<(Page, BTreeSet<u32>)> {
        let page = self.app.person("overseer").open(ITEM);
        let mut buttons: Vec<String> =
            page.texts("button").into_iter().filter(|words| words.starts_with("Withhold these words: ")).collect();
        let turned = self.luck.below(buttons.len().max(1));
        buttons.rotate_left(turned);
        let public = self.app.public();
        for button in buttons {
            let before = marks(&public.open(PUBLIC).body());
            let done = self.app.person("overseer").open(ITEM).form(&button).send();
            let after = marks(&public.open(PUBLIC).body());
            let taken: BTreeSet<u32> = before.difference(&after).copied().collect();
            if !taken.is_empty() {
                self.counts(WITHHOLDS, true);
                return Some((done, taken));
            }
            self.shows_again(&done);
        }
        self.counts(WITHHOLDS, false);
        None
    }

    /// Shows the words again.
    pub fn shows_again(&self, done: &Page) {
        let asked = done.form("Show these words again").submit();
        confirmed(asked.form("Show the words again")).send();
    }

    fn newest(&self) -> String {
        self.app.place().value("select max(seq) from change")
    }

    /// A sentence that no other deed says.
    fn text(&self) -> String {
        self.texts.set(self.texts.get() + 1);
        format!("{MARK}{} was said.", self.texts.get())
    }

    fn day(&self, ahead: i64) -> Date {
        self.today().checked_add(days(ahead)).expect("a day")
    }

    /// A day of the last three weeks.
    fn past(&self) -> Date {
        self.day(-(self.luck.below(20) as i64))
    }

    fn answer(&self) -> (&'static str, &'static str) {
        ANSWERS[self.luck.below(ANSWERS.len())]
    }

    /// Fills the form at an address and sends it. `None` where it is not offered, or a rule refuses it.
    fn sends(&self, who: &str, path: &str, button: &str, fields: Fields) -> Option<Page> {
        let page = self.app.person(who).get(path).follow_redirects();
        if page.status() != 200 || !page.has_form(button) {
            return None;
        }
        let form = FourQuestions::ASKED.iter().fold(page.form(button), |form, (name, _)| form.set(name, "yes"));
        let form = fields.0.iter().fold(form, |form, (name, value)| form.set(name, value));
        let answer = form.submit();
        let status = answer.status();
        assert!(matches!(status, 303 | 409 | 422), "FOLLOWTHROUGH_SEED={}: {path} answered {status}", self.seed);
        if status == 303 { Some(answer.follow_redirects()) } else { None }
    }

    /// The same of what may wait for another person, who publishes it then, where they may.
    fn does(&self, who: &str, path: &str, button: &str, fields: Fields) -> bool {
        let Some(page) = self.sends(who, path, button, fields) else { return false };
        if !page.path().starts_with("/staff/filings/") {
            return true;
        }
        self.sends("overseer two", page.path(), "Publish this", Fields::new()).is_some()
    }

    /// The fields that say from where something is known.
    fn known(&self) -> Fields {
        Fields::new()
            .with("source_url", format!("https://ashgrove.example/papers/{}", self.luck.below(1000)))
            .with("checked", self.luck.one(&["source", "secondary"]))
    }

    fn records_response(&self) -> bool {
        let (item, _) = self.answer();
        let value = self.luck.one(&["accepted", "accepted", "accepted_in_part", "rejected", "replied"]);
        let fields = self.known().with("value", value).with("basis", "own").with("words", self.text());
        let fields = fields.on("happened", self.past()).with("happened_precision", "on");
        let fields = if value == "rejected" { fields.with("reason", self.text()) } else { fields };
        self.does("overseer", &format!("{item}/response"), "Publish the response", fields)
    }

    fn records_update(&self) -> bool {
        let (item, _) = self.answer();
        let value = self.luck.one(&["planned", "under_way", "reported_complete", "in_place", "stopped"]);
        let fields = self.known().with("value", value).with("words", self.text());
        let fields = fields.on("happened", self.past()).with("happened_precision", "on");
        let fields = if value == "stopped" { fields.with("reason", self.text()) } else { fields };
        self.does("overseer", &format!("{item}/reported"), "Publish what it says", fields)
    }

    fn publishes_return(&self) -> bool {
        let (item, who) = self.answer();
        let fields = Fields::new().with("value", self.luck.one(&["planned", "under_way", "reported_complete"]));
        let fields = fields.with("words", self.text()).on("happened", self.day(0));
        self.does(who, &format!("{item}/return"), "Send this update", fields)
    }

    fn publishes_finding(&self) -> bool {
        let (item, _) = self.answer();
        let value = self.luck.one(&["on_course", "implemented", "cannot_determine"]);
        let fields = Fields::new().with("value", value).with("words", self.text());
        self.does("overseer", &format!("{item}/assessment"), "Hand in the assessment", fields)
    }

    fn sets_target(&self) -> bool {
        let (item, _) = self.answer();
        let fields = self.known().on("on", self.day(60 + self.luck.below(300) as i64)).with("reason", self.text());
        let fields = fields.with("agreed_by", "nobody").with("corrects", self.luck.one(&["no", "no", "yes"]));
        self.does("overseer", &format!("{item}/target"), "Publish the target date", fields)
    }

    fn sets_schedule(&self) -> bool {
        let (item, _) = self.answer();
        let fields = Fields::new().on("next_on", self.day(1 + self.luck.below(30) as i64));
        let fields = fields.with("every_months", "6").with("reason", self.text());
        self.does("overseer", &format!("{item}/schedule"), "Publish the schedule", fields)
    }

    fn records_plan(&self) -> bool {
        let (item, _) = self.answer();
        let fields = self.known().with("owner", "Head of crossings").with("action", self.text());
        let fields = fields.on("on", self.day(30 + self.luck.below(200) as i64)).with("reason", self.text());
        self.does("overseer", &format!("{item}/plan"), "Publish the plan", fields)
    }

    fn agrees(&self) -> bool {
        let (item, _) = self.answer();
        let fields = Fields::new().with("words", self.text()).with("reason", self.text());
        self.does("overseer", &format!("{item}/agreement"), "Publish what was agreed", fields)
    }

    fn closes(&self) -> bool {
        let (item, _) = self.answer();
        let why = ["no_longer_applicable", "withdrawn_by_issuer", "recorded_in_error", "on_the_bodys_word", "rejected"];
        let why = if self.luck.below(4) == 0 { "implemented" } else { self.luck.one(&why) };
        let fields = Fields::new().with("value", "closed").with("closure", why).with("reason", self.text());
        let fields = if why == "implemented" { fields.with("shown", self.text()) } else { fields };
        self.does("overseer", &format!("{item}/closure"), "Record the decision", fields)
    }

    /// Of the first answers that are closed.
    fn opens_again(&self) -> bool {
        ANSWERS.iter().any(|(item, _)| {
            let fields = Fields::new().with("value", "open").with("reason", self.text());
            self.does("overseer", &format!("{item}/closure"), "Record the decision", fields)
        })
    }

    /// Puts one of the entries of an answer right.
    fn corrects(&self) -> bool {
        let (item, _) = self.answer();
        let links = self.app.person("overseer").open(item).links();
        let links: Vec<&String> = links.iter().filter(|link| link.contains("?corrects=")).collect();
        let Some(link) = links.get(self.luck.below(links.len().max(1))) else { return false };
        let buttons =
            ["Publish the response", "Publish what it says", "Publish the target date", "Record the decision"];
        buttons.iter().any(|button| {
            let fields = Fields::new().with("correction", self.text()).with("reason", self.text());
            let fields = if *button == "Record the decision" { fields } else { fields.with("words", self.text()) };
            let dated = *button == "Publish the target date";
            let fields = if dated { fields.on("on", self.day(100)).with("checked", "source") } else { fields };
            self.does("overseer", link, button, fields)
        })
    }

    fn enters_words(&self) -> bool {
        let number = self.luck.one(&["2", "6", "7"]);
        let fields = Fields::new().with("title", self.text()).with("text", self.text()).with("reason", self.text());
        let fields = fields.with("text_kind", "summary").with("checked", "secondary");
        let fields = fields.with("source_url", "https://ashgrove.example/report#page=44");
        let path = format!("/staff/inquiries/ashgrove/recommendations/{number}/wording");
        self.does("overseer", &path, "Hand in the words", fields)
    }

    fn puts_to_body(&self) -> bool {
        let number = self.luck.one(&["1", "5", "6", "7"]);
        let body = self.luck.one(&["ashgrove-council", "ashgrove-harbour", "coastal-agency"]);
        let fields = Fields::new().with("body", body).with("checked", "source").with("reason", self.text());
        let path = format!("/staff/inquiries/ashgrove/recommendations/{number}/bodies");
        self.does("overseer", &path, "Publish that it was put to this body", fields)
    }

    fn looks(&self) -> bool {
        let fields = Fields::new().with("what", self.luck.one(&["answers", "updates", "both"])).with("body", "all");
        let fields = fields.with("place", self.text()).on("looked_on", self.day(0)).with("by_post", "scrutiny officer");
        let fields = fields.with("found", self.luck.one(&["something", "nothing"]));
        self.does("overseer", "/staff/inquiries/ashgrove/coverage", "Publish where it was looked", fields)
    }

    /// Places a hold on a recommendation, or ends the one that is on it.
    fn holds(&self) -> bool {
        let path = "/staff/inquiries/ashgrove/recommendations/5/hold";
        let ends = Fields::new().with("step", "ended").with("reason", self.text());
        let placed = Fields::new().with("kind", "proceedings").on("review_on", self.day(10)).with("words", self.text());
        self.does("overseer", path, "Publish this", ends) || self.does("overseer", path, "Place this hold", placed)
    }

    /// A body takes the place of another; where that happened already, it is taken back.
    fn succeeds(&self) -> bool {
        let path = format!("/staff/bodies/{}/succession", self.luck.one(&["coastal-agency", "old-ferry-board"]));
        let button = "Publish what became of it";
        let links = self.app.person("overseer").open(&path).links();
        if let Some(wrong) = links.iter().find(|link| link.contains("/succession?")) {
            let fields = Fields::new().with("takes_back", "yes").with("reason", self.text());
            return self.does("overseer", wrong, button, fields);
        }
        let fields = self.known().with("kind", self.luck.one(&["replaced", "merged"])).with("to", "ashgrove-harbour");
        let fields = fields.on("happened", self.past()).with("happened_precision", "on").with("reason", self.text());
        self.does("overseer", &path, button, fields)
    }

    /// That a recommendation was entered in error, or was none.
    fn decides_on_error(&self) -> bool {
        let path = format!("/staff/inquiries/ashgrove/recommendations/{}/in-error", self.luck.one(&["6", "7"]));
        self.does("overseer", &path, "Publish the decision", Fields::new().with("reason", self.text()))
    }

    fn puts_themes(&self) -> bool {
        let path = format!("/staff/inquiries/ashgrove/recommendations/{}/themes", self.luck.one(&["1", "3", "5"]));
        let theme = self.luck.one(&["inspection", "timetables", "passengers"]);
        let fields = Fields::new().with("themes", theme).with("reason", self.text());
        self.does("overseer", &path, "Publish the themes", fields)
    }

    fn runs_jobs(&self) -> bool {
        self.app.jobs();
        true
    }
}
