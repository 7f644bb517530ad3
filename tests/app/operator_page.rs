//! What the operator says in its own words: entered in parts, previewed, published, kept in every version.

use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;

stories![
    what_was_not_entered_is_said,
    the_accessibility_statement_has_every_part_that_the_law_asks_for,
    every_version_stays_readable_and_is_a_change,
    a_part_is_withheld_from_its_page_and_from_its_version,
    two_administrators_at_once_see_both_texts,
    markdown_can_do_nothing_but_say_words,
    support_is_listed_by_nation_and_checked_again_after_six_months,
    a_preview_publishes_nothing,
];

fn confirmed(form: Form) -> Form {
    form.tick("It names no victim, suspect or private person")
        .tick("No live court case is affected")
        .tick("Nothing in it is protectively marked")
        .tick("Its files and links have been looked through")
}

fn about(app: &TestApp, purpose: &str) -> Form {
    let form = app.person("administrator").open("/staff/pages/about").form("Save and publish");
    confirmed(form)
        .fill("Why this register is kept", purpose)
        .fill("Who decides, and how", "The scrutiny committee decides.")
        .fill("How mistakes are put right", "Within ten working days.")
}

fn statement(app: &TestApp) -> Form {
    let form = app.person("administrator").open("/staff/pages/accessibility").form("Save and publish");
    confirmed(form)
        .choose("Partially compliant")
        .fill("What does not meet the guidelines", "## Scans\n\nTwo minutes are scans (1.1.1).")
        .fill("How this website was tested", "By the office, on 2 November 2026.")
        .fill("If something does not work for you", "Write to <mailto:access@ashgrove.example>.")
        .fill("How soon you get an answer", "Within 10 working days.")
        .choose("Northern Ireland: the Equality Commission for Northern Ireland")
        .date("When this statement was prepared", "2026-11-02")
        .date("When it was last reviewed", "2026-11-20")
}

fn support(app: &TestApp, checked_on: &str) -> Form {
    let form = app.person("administrator").open("/staff/pages/help").form("Save and publish");
    let form = confirmed(form)
        .fill("support_1_name", "Ashgrove Listening Line")
        .fill("support_1_does", "Listens to anybody, day and night.")
        .fill("support_1_phone", "01632 960 001")
        .fill("support_1_web", "https://listening.example")
        .set("support_1_nation", "wales");
    on(form, "support_1_checked_on", checked_on)
}

/// Puts a day into three boxes by their names.
fn on(form: Form, name: &str, day: &str) -> Form {
    let parts: Vec<&str> = day.splitn(3, '-').collect();
    let [year, month, date] = parts[..] else { panic!("{day} is not written year-month-day") };
    form.set(&format!("{name}_year"), year).set(&format!("{name}_month"), month).set(&format!("{name}_day"), date)
}

fn changes(app: &TestApp) -> String {
    app.place().value("select count(*) from change where kind = 'page'")
}

fn what_was_not_entered_is_said(app: &TestApp) {
    let public = app.public();
    public.open("/about").sees("The operator has not entered who decides, and how.");
    let privacy = public.open("/privacy");
    privacy.sees("The operator has not entered by what right personal data is held.");
    privacy.sees("The operator has not entered why it holds contacts at the bodies asked.");
    privacy.sees("If you work for a body that was asked, and have no account").sees("and object to being asked");
    public.open("/accessibility").sees("no statement of an operator here");
    public
        .open("/help")
        .sees("We cannot take reports here. In danger, call 999.")
        .sees("The operator has not entered its own, and has not checked these.");
    for page in ["about", "privacy", "accessibility", "help"] {
        public.open(&format!("/{page}/versions")).sees("has not entered words of its own");
        // Every missing part is a fault at its field, all at once, and nothing is published.
        let form = app.person("administrator").open(&format!("/staff/pages/{page}")).form("Save and publish");
        form.submit().is(422).complains("Confirm before publishing");
    }
    let empty = app.person("administrator").open("/staff/pages/privacy").form("Save and publish").submit();
    empty
        .is(422)
        .complains("Enter who the controller is")
        .complains("Enter the lawful basis")
        .complains("Enter why you hold contacts at the bodies asked")
        .complains("Enter how long data is kept")
        .complains("Enter what people can ask for")
        .complains("Enter how to complain to the supervisory authority");
    assert_eq!(changes(app), "0");
    app.person("administrator").get("/staff/pages/home").is(404);
}

fn the_accessibility_statement_has_every_part_that_the_law_asks_for(app: &TestApp) {
    let empty = app.person("administrator").open("/staff/pages/accessibility").form("Save and publish").submit();
    empty
        .is(422)
        .complains("Choose how far the website meets the guidelines")
        .complains("Enter how the website was tested")
        .complains("Enter whom to tell of a barrier")
        .complains("Enter how soon people get an answer")
        .complains("Choose which body enforces the regulations")
        .complains("Enter when the statement was prepared");
    statement(app).choose("Fully compliant").submit().is(422).complains("choose partly or not");
    let late = statement(app).date("When it was last reviewed", "2026-11-24").submit();
    late.is(422).complains("The date must be today or earlier");
    assert_eq!(late.form("Save and publish").value("How soon you get an answer"), "Within 10 working days.");
    statement(app).send().sees("Saved, and published");
    app.public()
        .open("/accessibility")
        .sees("partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard")
        .sees("Two minutes are scans (1.1.1).")
        .sees("The operator has not entered anything that would be a disproportionate burden.")
        .sees("By the office, on 2 November 2026.")
        .sees("Within 10 working days.")
        .sees("The Equality Commission for Northern Ireland (ECNI) is responsible for enforcing")
        .sees("2 November 2026")
        .sees("20 November 2026");
}

fn every_version_stays_readable_and_is_a_change(app: &TestApp) {
    about(app, "So that it is *known*.").send();
    app.clock().advance(crate::support::app::days(1));
    about(app, "So that everybody knows.").send();
    assert_eq!(changes(app), "2");
    about(app, "So that everybody knows.").send().sees("Nothing changed: this stands already");
    assert_eq!(changes(app), "2", "the same words again are no change");
    let page = app.public().open("/about");
    page.sees("So that everybody knows.").does_not_see("So that it is known.").sees("published on 24 November 2026");
    let versions = page.follow("Every version of these words");
    versions.sees("24 November 2026, change").sees("23 November 2026, change");
    let seq = app.place().value("select cast(min(seq) as text) as value from page_text");
    let first = app.public().open(&format!("/changes/{seq}"));
    first.sees("The operator entered its own words on the page").sees("So that it is known.").sees("23 November 2026");
    app.public().open("/changes").sees("The operator changed its own words on the page");
    app.place().run(&["verify"]).succeeds();
}

fn a_part_is_withheld_from_its_page_and_from_its_version(app: &TestApp) {
    statement(app).send();
    let overseer = app.person("overseer");
    let page =
        overseer.open("/staff/published").form("Withhold these words: Accessibility: How this website was tested");
    page.send().sees("The words are withheld everywhere").does_not_see("By the office, on 2 November 2026");
    let change = app.place().value("select cast(max(seq) as text) as value from page_text");
    for path in ["/accessibility".to_owned(), format!("/changes/{change}")] {
        app.public().open(&path).does_not_see("By the office, on 2 November 2026").sees("Words withheld on");
    }
}

fn two_administrators_at_once_see_both_texts(app: &TestApp) {
    let late = about(app, "Written late.");
    about(app, "Written first.").send();
    let both = late.submit();
    both.is(409).sees("Somebody else changed this").sees("Written first.").sees("Written late.");
    let again = both.form("Save and publish");
    assert_eq!(again.value("Why this register is kept"), "Written late.");
    assert!(!again.is_chosen("No live court case is affected"), "what changed is asked about anew");
    assert_eq!(changes(app), "1");
    confirmed(again).send();
    app.public().open("/about").sees("Written late.");
    // The same form, sent twice, is one deed.
    let form = about(app, "Once.");
    let fields = form.fields();
    form.send();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.person("administrator").post("/staff/pages/about", &pairs).is(303);
    assert_eq!(changes(app), "3");
}

fn tags(page: &Page, names: &str) -> usize {
    page.html().select(&crate::support::page::css(names)).count()
}

fn markdown_can_do_nothing_but_say_words(app: &TestApp) {
    let before = app.public().open("/about");
    let (scripts, headings) = (tags(&before, "main script"), tags(&before, "h1"));
    let nasty = "# Big\n\n<script>alert('x')</script>\n\n<img src=x onerror=alert(1)>\n\n![spy](https://tracker.example/a.gif)\n\n\
        [run](javascript:alert(1)) [data](data:text/html,x) [good](https://good.example/a)\n\n<iframe src=//a.example></iframe>\n\n\
        <form action=/sign-out method=post><button>Go</button></form>";
    about(app, nasty)
        .submit()
        .is(422)
        .complains("HTML and scripts are not taken: remove “<script>alert(")
        .sees("[good]");
    about(app, "![spy](https://tracker.example/a.gif)").submit().is(422).complains("Images are not taken");
    let run = about(app, "Words. [run](javascript:alert(1))").submit();
    run.is(422).complains("“javascript:alert(1)” is no address that a link may lead to");
    let told = "# Big\n\nNo alert('x') runs. [good](https://good.example/a) <desk@good.example>";
    about(app, told).send();
    let page = app.public().open("/about");
    assert_eq!(tags(&page, "main script"), scripts);
    assert_eq!(tags(&page, "h1"), headings, "headings stand below the page's own");
    assert_eq!(tags(&page, "main img, main iframe, main form, main [onerror], main [src]"), 0);
    assert_eq!(tags(&page, "main a[href^='javascript'], main a[href^='data']"), 0);
    assert_eq!(tags(&page, "main a[href='https://good.example/a']"), 1);
    page.sees("alert('x')").sees("Big").does_not_see("tracker.example");
    let long = "word ".repeat(4_001);
    about(app, &long).submit().is(422).complains("20000");
    about(app, &"> ".repeat(4_000)).send();
    app.public().open("/about");
}

fn support_is_listed_by_nation_and_checked_again_after_six_months(app: &TestApp) {
    let bad = support(app, "2026-11-24").set("support_2_phone", "call us").submit();
    bad.is(422)
        .complains("The date must be today or earlier")
        .complains("Enter a telephone number of digits and spaces")
        .complains("Enter the name of the organisation")
        .complains("Enter the day on which you checked this entry");
    support(app, "2026-11-20").send();
    let help = app.public().open("/help");
    help.sees("We cannot take reports here. In danger, call 999.")
        .sees("Ashgrove Listening Line")
        .sees("Checked on 20 November 2026")
        .sees("The operator has not entered support in Scotland.");
    assert_eq!(tags(&help, "a[href='tel:01632960001']"), 1);
    let main = help.texts("main").concat();
    let at = |words: &str| main.find(words).expect("the page says it");
    assert!(at("call 999") < at("Ashgrove Listening Line"));
    app.person("overseer").open("/staff").does_not_see("to be checked again");

    app.jobs_at("2027-05-19T08:30:00Z");
    app.person("overseer").open("/staff").does_not_see("to be checked again");
    app.jobs_at("2027-05-24T08:30:00Z");
    app.public().open("/help").sees("Last checked on 20 November 2026");
    app.person("overseer")
        .open("/staff")
        .sees("Support on the help page to be checked again")
        .sees("Ashgrove Listening Line, last checked on 20 November 2026");
    app.mailbox()
        .of("overseer@example.org")
        .last()
        .says("Support to be checked again: 1")
        .says("Ashgrove Listening Line, last checked on 20 November 2026");
    // Checked again, it is no task any more; the earlier version says what it said.
    support(app, "2027-05-24").send();
    app.person("overseer").open("/staff").does_not_see("to be checked again");
    app.public().open("/help").sees("Checked on 24 May 2027");
}

fn a_preview_publishes_nothing(app: &TestApp) {
    let form = about(app, "Only **looked** at.").set("preview", "yes");
    let page = form.submit();
    page.is(200).sees("What everybody will read").sees("Only looked at.");
    assert_eq!(page.form("Save and publish").value("Why this register is kept"), "Only **looked** at.");
    assert_eq!(changes(app), "0");
    app.public().open("/about").does_not_see("Only looked at.");
    app.person("overseer").get("/staff/pages/about").is(403);
}
