//! A report received: a document in which a body answers by theme is logged once, and its items are marked in it. A mark is no
//! answer, no silence and no finding.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::evidence::pdf;
use crate::removal::holds;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;
use crate::support::page::Page;

stories![
    a_document_is_logged_and_looked_through,
    a_mark_is_no_fact_and_leads_to_recording_one,
    a_mark_is_put_right_and_read_by_a_second_person,
    what_was_entered_in_error_is_looked_for_in_no_document,
    of_two_at_once_the_second_loses_nothing,
    nobody_marks_what_is_not_of_the_document,
    a_hold_keeps_marks_back,
    the_file_of_a_document_is_private_then_public_then_gone,
    what_is_said_of_a_document_is_put_right_and_stays_in_its_history,
];

/// The documents of the harbour authority: two items of one inquiry and one of another are open for it.
pub const HERE: &str = "/staff/bodies/ashgrove-harbour/reports";
const HARBOUR: &str = "contributor of ashgrove-harbour";
/// Stands in the title of a document.
const CANARY: &str = "Kanarienzinnober";

/// The form that logs a document, filled.
pub fn described(form: Form, title: &str) -> Form {
    let form = form
        .choose("Progress report")
        .fill("Its title", title)
        .date("Its own date", "2026-11-03")
        .date("When was it received?", "2026-11-05")
        .fill("A link to it", "https://ashgrove.example/harbour/progress")
        .date("When did you see it there?", "2026-11-20");
    confirmed(form)
}

/// Logs a document of the harbour authority and answers the page on which it is looked through.
pub fn logged(app: &TestApp, title: &str) -> Page {
    described(app.person("overseer").open(HERE).form("Log this document"), title).send()
}

/// The number of the last document.
pub fn began(app: &TestApp) -> String {
    app.place().value("select max(began) from report")
}

/// The form that marks, with the four questions answered.
pub fn marking(page: &Page) -> Form {
    confirmed(page.form("Publish these marks"))
}

/// Marks all three items: answered, only under a theme, not mentioned.
pub fn marked(page: &Page) -> Page {
    let form =
        marking(page).set("mark_0", "answered").fill("page_0", "12").fill("words_0", "Both stages were inspected.");
    let form = form.set("mark_1", "theme").fill("words_1", "Safety on the water");
    form.set("mark_2", "not_mentioned").send()
}

fn a_document_is_logged_and_looked_through(app: &TestApp) {
    let overseer = app.person("overseer");
    overseer.open(ITEM).follow("Documents of this body").sees("No document of this body is logged yet.");
    let empty = overseer.open(HERE).form("Log this document").submit();
    empty
        .is(422)
        .complains("Choose what it is")
        .complains("Enter its title")
        .complains("Enter a link, or choose a file");
    empty.complains("Confirm before publishing");
    let early = described(overseer.open(HERE).form("Log this document"), "Progress").date("Its own date", "2026-11-19");
    early.submit().is(422).complains("It cannot have been received before its own date");
    assert_eq!(app.place().value("select count(*) from report"), "0");

    let page = logged(app, "Progress in the harbour");
    page.sees("0 of 3 marked").sees("not yet looked through").sees("It is no answer");
    page.sees("Ashgrove Ferry Inquiry, recommendation 2: Inspect both landing stages every year");
    let here = format!("/reports/{}", began(app));
    let public = app.public();
    public.open(&here).sees("mentions 0 of 3; 0 only under a theme; 0 not mentioned; 3 not yet looked through");
    // What nobody has looked for is said of no item.
    public.open(PUBLIC).does_not_see("Progress report");
    public.open("/changes").sees("Progress report of 3 November 2026, received on 5 November 2026");

    let faulty = marking(&page).set("mark_0", "answered").set("mark_1", "theme").set("page_2", "3").submit();
    faulty.is(422).complains("Enter the page on which it is answered").complains("Enter the words of the theme");
    faulty.complains("Choose how it fares, or clear its page and words");
    let none = marking(&page).submit();
    none.is(422).complains("Mark at least one item");
    assert_eq!(app.place().value("select count(*) from mark where value <> 'not_looked_through'"), "0");

    let form = marking(&page).set("mark_0", "answered").fill("page_0", "12").fill("words_0", "Both were inspected.");
    let done = form.set("mark_1", "theme").fill("words_1", "Safety on the water").send();
    done.sees("2 of 3 marked").sees("Record what it reports").sees("Millbrook inspection");
    let shown = public.open(&here);
    shown.sees("mentions 1 of 3; 1 only under a theme; 0 not mentioned; 1 not yet looked through");
    shown.sees("answered on page 12").sees("Both were inspected.").does_not_see("Overseer One");
    // One change for the whole act, told once, and of each item.
    assert_eq!(app.place().value("select count(*) from change where kind = 'mark'"), "1");
    public.open("/changes").sees("answered on page 12").sees("And 1 more");
    for feed in ["/changes.atom", "/inquiries/ashgrove.atom", "/bodies/ashgrove-harbour.atom"] {
        public.open(feed).sees("answered on page 12");
    }
    let of_item = "/inquiries/ashgrove/recommendations/3.atom";
    public.open(of_item).sees("covered only under a theme");
    public.open(PUBLIC).sees("Progress report of 3 November 2026: answered on page 12");
    public.open("/bodies/ashgrove-harbour").sees("Documents received from it").sees("mentions 1 of 3");
    app.person(HARBOUR).open("/staff").sees("How your documents were read").sees("mentions 1 of 3");

    app.clock().advance(days(1));
    let page = app.person("overseer").open(&format!("/staff{here}"));
    page.sees("Millbrook inspection, recommendation a");
    marking(&page).set("mark_0", "not_mentioned").send().sees("3 of 3 marked").sees("Every item that was open");
    public.open(&here).sees("mentions 1 of 3; 1 only under a theme; 1 not mentioned").does_not_see("not yet looked");
    public.open(&format!("{here}?as-at=2026-11-23")).sees("1 not yet looked through");
    let then = public.open("/bodies/ashgrove-harbour?as-at=2026-11-23");
    then.sees("1 not yet looked through");
    app.place().run(&["verify"]).succeeds();
}

fn what_was_entered_in_error_is_looked_for_in_no_document(app: &TestApp) {
    logged(app, "Progress in the harbour");
    let here = format!("/reports/{}", began(app));
    let in_error = |item: &str| {
        let form = app.person("overseer").open(item).follow("Close").form("Record the decision");
        let form = form.choose_in("Why is it closed?", "Entered in error").fill("The reason", "It was never asked.");
        confirmed(form).send().sees("Decision recorded");
    };
    app.clock().advance(days(1));
    // While nobody has looked for it, it is none of the items of the document.
    in_error(ITEM);
    app.public().open(&here).sees("mentions 0 of 2; 0 only under a theme; 0 not mentioned; 2 not yet looked through");
    app.public().open("/bodies/ashgrove-harbour").sees("mentions 0 of 2");
    app.public().open(&format!("{here}?as-at=2026-11-23")).sees("mentions 0 of 3");
    let staff = app.person("overseer").open(&format!("/staff{here}"));
    staff.sees("0 of 2 marked").does_not_see("Ashgrove Ferry Inquiry, recommendation 2");
    // What somebody has read it for stays as it was read.
    marking(&staff).set("mark_0", "not_mentioned").send().sees("1 of 2 marked");
    in_error("/staff/inquiries/ashgrove/recommendations/3/ashgrove-harbour");
    app.public().open(&here).sees("mentions 0 of 2; 0 only under a theme; 1 not mentioned; 1 not yet looked through");
    let form = app.person("overseer").open(ITEM).follow("Open again").form("Record the decision");
    confirmed(form.fill("The reason", "It was asked.")).send();
    app.public().open(&here).sees("mentions 0 of 3");
}

fn a_mark_is_no_fact_and_leads_to_recording_one(app: &TestApp) {
    let before =
        app.place().rows("select response || reported || assessed || lifecycle as value from addressee order by id");
    let counts = "select scope || scope_id || fact || value || number as value from tally order by id";
    let tally = app.place().rows(counts);
    let done = marked(&logged(app, "Progress in the harbour"));
    let after =
        app.place().rows("select response || reported || assessed || lifecycle as value from addressee order by id");
    assert_eq!(before, after, "a mark changes none of the four facts");
    assert_eq!(tally, app.place().rows(counts));
    let public = app.public();
    let page = public.open(PUBLIC);
    page.sees("No answer recorded here").sees("No update recorded here").does_not_see("A mention is no answer");
    public.open("/overdue").does_not_see("Progress report");

    let form = done.follow("Record what it reports").form("Publish what it says");
    assert_eq!(form.value("Where does it say this?"), "https://ashgrove.example/harbour/progress#page=12");
    assert_eq!(form.value("What does it say it has done?"), "Both stages were inspected.");
    let form = form.choose("Under way").date("As of which date is that so?", "2026-11-03");
    confirmed(form.choose("Compared with the source")).send();
    public.open(PUBLIC).sees("Under way");

    let data = public.open("/inquiries/ashgrove/recommendations/2.json").json();
    let all = data["addressees"].as_array().expect("a list");
    let one = all.iter().find(|one| one["body"] == "ashgrove-harbour").expect("the harbour");
    assert_eq!((&one["report_mark"], &one["report_mark_page"]), (&"answered".into(), &"12".into()));
    assert_eq!(one["in_report"]["words"], "Both stages were inspected.");
    assert_eq!((&one["report_title"], &one["report_on"]), (&"Progress in the harbour".into(), &"2026-11-03".into()));
    public.open("/answers.csv").sees("report_mark").sees(",theme,").sees("not_mentioned");
    let file = app.place().folder().join("held.json");
    app.place().run(&["held", file.to_str().expect("a path"), "--about", "body:ashgrove-harbour"]).succeeds();
    let held = std::fs::read_to_string(file).expect("what is held");
    assert!(held.contains("Progress in the harbour") && held.contains("Safety on the water"));
}

fn a_mark_is_put_right_and_read_by_a_second_person(app: &TestApp) {
    let page = marked(&logged(app, "Progress in the harbour"));
    let path = page.path().split('?').next().unwrap_or_default().to_owned();
    // Nobody confirms what they marked themselves.
    app.person("overseer").open(&format!("{path}?confirm=yes")).sees("No mark of another person waits");
    let other = app.person("overseer two");
    let waits = other.open(&path).follow("Confirm marks of others");
    waits.sees("answered on page 12").sees("Safety on the water");
    let confirming = confirmed(waits.form("I have read these in the document, and confirm them"));

    let all = app.person("overseer").open(&format!("{path}?all=yes"));
    let wrong = marking(&all).set("mark_2", "answered").fill("page_2", "14").submit();
    wrong.is(422).complains("Enter why the earlier marks were wrong");
    let form = marking(&wrong).fill("Why were earlier marks wrong?", "The annex was overlooked.");
    form.send().sees("3 of 3 marked");
    // What was confirmed is what was read.
    confirming.submit().is(409).sees("Somebody else did something");
    let waits = other.open(&format!("{path}?confirm=yes"));
    confirmed(waits.form("I have read these in the document, and confirm them"))
        .send()
        .sees("Read again and found the same");
    let public = app.public();
    let item = public.open("/inquiries/millbrook/recommendations/a/ashgrove-harbour");
    item.sees("answered on page 14").sees("The annex was overlooked.").sees("Corrected by change");
    item.sees("Read again and found the same");
    assert_eq!(app.place().value("select count(*) from mark where publisher_id is not null"), "3");
    assert_eq!(app.place().value("select count(*) from mark where publisher_id = author_id"), "0");
    public.open(&format!("/reports/{}", began(app))).sees("mentions 2 of 3; 1 only under a theme; 0 not mentioned");

    // The words that were found are withheld in every copy of them.
    let page = app.person("overseer").open(ITEM);
    page.form("Withhold these words: Progress report of 3 November 2026: answered on page 12").send();
    for path in [PUBLIC, "/changes", &format!("/reports/{}", began(app)), "/inquiries/ashgrove/recommendations/2.json"]
    {
        app.public().open(path).does_not_see("Both stages were inspected.");
    }
    app.place().run(&["verify"]).succeeds();
}

fn of_two_at_once_the_second_loses_nothing(app: &TestApp) {
    let page = logged(app, "Progress in the harbour");
    let second = app.person("overseer two").open(page.path());
    marking(&page).set("mark_0", "not_mentioned").send();
    let late = marking(&second).set("mark_0", "answered").fill("page_0", "3");
    let late = late.set("mark_1", "theme").fill("words_1", "Winter services").submit();
    late.is(409).complains("Somebody else marked this meanwhile").sees("Nothing of the form was recorded");
    late.sees("not mentioned");
    assert_eq!(app.place().value("select count(*) from mark where value = 'theme'"), "0", "none of it");
    // What was said of the other item is still there, and goes through.
    let again = late.form("Publish these marks");
    assert_eq!(again.value("words_1"), "Winter services");
    confirmed(again.fill("page_0", "")).send().sees("2 of 3 marked");
    assert_eq!(app.place().value("select count(*) from mark where value = 'theme'"), "1");
    assert_eq!(app.place().value("select count(*) from mark where value = 'answered'"), "0");
}

fn nobody_marks_what_is_not_of_the_document(app: &TestApp) {
    app.place().execute("update addressee set lifecycle = 'closed' where id = (select max(id) from addressee)");
    let page = logged(app, "Progress in the harbour");
    page.sees("0 of 2 marked").does_not_see("Millbrook inspection");
    let forged =
        |item: &str| marking(&page).set("item_0", item).set("mark_0", "not_mentioned").set("shown_0", "0").submit();
    forged("ashgrove/1/ashgrove-council").is(404);
    forged("ashgrove/99/ashgrove-harbour").is(404);
    forged("millbrook/a/ashgrove-harbour").is(422).sees("This item was closed before the document came");
    let twice = marking(&page)
        .set("mark_0", "not_mentioned")
        .set("item_1", "ashgrove/2/ashgrove-harbour")
        .set("mark_1", "not_mentioned");
    twice.submit().is(404);
    let number = began(app);
    for path in ["/staff/reports/99", "/staff/reports/0", "/staff/reports/x", "/staff/reports/1/description"] {
        app.person("overseer").get(path).is(404);
    }
    for who in [HARBOUR, "contributor of ashgrove-council"] {
        for path in ["", "/description", "/file"] {
            app.person(who).get(&format!("/staff/reports/{number}{path}")).is(403);
        }
        app.person(who).get(HERE).is(403);
    }
    let observer = app.person("observer").open(page.path());
    assert!(!observer.has_form("Publish these marks"));
    app.public().get("/reports/1").is(404);
    assert_eq!(app.place().value("select count(*) from mark where value <> 'not_looked_through'"), "0");
}

fn a_hold_keeps_marks_back(app: &TestApp) {
    let page = logged(app, "Progress in the harbour");
    let hold = app.person("overseer").open("/staff/inquiries/millbrook/hold").form("Place this hold");
    confirmed(hold.choose("Legal proceedings").date("When is it reviewed?", "2027-02-01")).send();
    // Each form says beforehand what is held, and of which item.
    let overseer = app.person("overseer");
    let list = overseer.open(HERE);
    list.sees("A document can be logged; what is held cannot be marked in it");
    list.sees("Millbrook inspection: nothing new is published since 23 November 2026. Reason: legal proceedings");
    let marks = overseer.open(page.path());
    let said = "A hold is in force: nothing new is published about this item since 23 November 2026";
    assert_eq!(marks.text().matches(said).count(), 1, "beside the one item that is held");
    let observer = app.person("observer");
    for path in [HERE, page.path()] {
        observer.open(path).does_not_see("A hold is in force");
    }
    let form = marking(&page).set("mark_0", "not_mentioned").set("mark_2", "not_mentioned");
    let held = form.submit();
    held.is(422).complains("Nothing new is published about");
    assert_eq!(app.place().value("select count(*) from change where kind = 'mark'"), "0");
    marking(&page).set("mark_0", "not_mentioned").send().sees("1 of 3 marked");
    let register = app.person("overseer").open("/staff/hold").form("Place this hold");
    confirmed(register.choose("Legal proceedings").date("When is it reviewed?", "2027-02-01")).send();
    let refused = described(app.person("overseer").open(HERE).form("Log this document"), "Another").submit();
    refused.is(422).sees("Nothing new is published about");
    for path in [HERE, page.path()] {
        overseer.open(path).sees("A hold is in force").sees("cannot be published now");
        observer.open(path).does_not_see("A hold is in force");
    }
}

fn the_file_of_a_document_is_private_then_public_then_gone(app: &TestApp) {
    let form = described(app.person("overseer").open(HERE).form("Log this document"), CANARY);
    let lies = form.submit_with("progress.pdf", b"MZ this is a program");
    lies.is(422);
    assert_eq!(app.place().value("select count(*) from file"), "0", "nothing is kept");
    let form = described(app.person("overseer").open(HERE).form("Log this document"), CANARY);
    form.submit_with("progress.pdf", &pdf()).is(303);
    let here = format!("/staff/reports/{}", began(app));
    let file = format!("/evidence/{}.pdf", app.place().value("select reference from file"));
    app.person("overseer").open(&format!("{here}/file"));
    for who in ["observer", HARBOUR] {
        app.person(who).get(&format!("{here}/file")).is(403);
    }
    app.public().get(&file).is(404);
    let public = format!("/reports/{}", began(app));
    app.public().open(&public).does_not_see("It is kept here");
    let page = app.person("overseer").open(&here).follow("Publish the file, or take it back");
    page.sees("It is private");
    let stale = page.form("Take it back");
    confirmed(page.form("Publish the file")).submit().is(422).complains("Enter what it says");
    let form = confirmed(page.form("Publish the file")).fill("What does it say?", "Both stages were inspected.");
    form.send().sees("The document is public as a file");
    stale.submit().is(409);
    assert_eq!(app.public().get(&file).bytes(), pdf());
    app.public().open(&public).sees("It is kept here").sees("Both stages were inspected.");

    // Withheld, its title, its words and its file go at once, in all versions.
    let page = app.person("overseer").open(&here);
    page.form("Withhold these words").send();
    app.public().get(&file).is(404);
    for path in [public.as_str(), "/changes", "/bodies/ashgrove-harbour", "/changes.atom", "/changes/2"] {
        app.public().open(path).does_not_see(CANARY).does_not_see("Both stages were inspected.");
    }
    app.public().open(&public).sees("Words withheld on 23 November 2026");
    let form = app.person("overseer").open(&here).form("Show these words again").submit().form("Show the words again");
    confirmed(form).send();
    assert_eq!(app.public().get(&file).bytes(), pdf());

    // Removed by two people, nothing of it is left.
    let form = app.person("administrator").open(&here).follow("Remove for legal reasons");
    let form = form.form("Withhold them and propose their removal").choose("A court has ordered it");
    let proposal = form.send().path().to_owned();
    app.person("overseer two").open(&proposal).form("Remove these words for good").send();
    app.public().get(&file).is(404);
    app.public().open(&public).sees("Removed on 23 November 2026 for legal reasons").does_not_see(CANARY);
    assert!(!holds(app.place(), CANARY), "the database still holds the words");
    assert_eq!(app.place().value("select count(*) from file_chunk where data is not null"), "0");
    app.place().run(&["verify"]).succeeds();
}

fn what_is_said_of_a_document_is_put_right_and_stays_in_its_history(app: &TestApp) {
    logged(app, "Progress in the harbor");
    let here = format!("/staff/reports/{}", began(app));
    let page = app.person("overseer").open(&here).follow("Put right what is said of it");
    let other = app.person("overseer two").open(&format!("{here}/description")).form("Save this");
    let form = confirmed(page.form("Save this")).fill("Its title", "Progress in the harbour");
    let faulty = form.submit();
    faulty.is(422).complains("Enter why what was said of it was wrong");
    let form = faulty.form("Save this").fill("Why was what was said of it wrong?", "A letter was missing.");
    form.send().sees("Progress in the harbour");
    let late = confirmed(other).fill("Its title", "Something else").fill("Why was what was said of it wrong?", "x");
    late.submit().is(409).sees("Somebody else put it right").sees("Progress in the harbour");
    let public = app.public().open(&format!("/reports/{}", began(app)));
    public.sees("Corrected by change").sees("A letter was missing.").sees("0 of 3");
    assert_eq!(app.place().value("select count(*) from report"), "2");
    // The file may come later, and is no correction.
    let form = app.person("overseer").open(&format!("{here}/description")).form("Save this");
    form.submit_with("progress.pdf", &pdf()).is(303);
    assert_eq!(app.place().value("select count(*) from report"), "2");
    let again = app.person("overseer").open(&format!("{here}/description")).form("Save this");
    again.submit_with("progress.pdf", &pdf()).is(422).sees("A file is kept here already");
    let back = app.person("overseer").open(&format!("{here}?file=yes")).form("Take it back");
    back.send().sees("Taken back");
    assert_eq!(app.place().value("select count(*) from file_chunk where data is not null"), "0");
}

/// A document with words of this beginning in everything that is said of it, in its file and in a mark; all of it withheld.
pub fn plants(app: &TestApp, word: &str) {
    let form = described(app.person("overseer").open(HERE).form("Log this document"), &format!("{word}intitle"));
    let form = form
        .fill("A link to it", &format!("https://ashgrove.example/{word}inlink"))
        .fill("What does it say?", &format!("{word}insummary"));
    let file = format!("%PDF-1.7\n{word}indocument\n%%EOF\n");
    form.submit_with("progress.pdf", file.as_bytes()).is(303);
    let here = format!("/staff/reports/{}", began(app));
    let page = app.person("overseer").open(&here);
    let form = marking(&page).set("mark_0", "answered").fill("page_0", &format!("{word}inpage"));
    let page = form.fill("words_0", &format!("{word}inmark")).send();
    app.public().open(PUBLIC).sees(&format!("{word}inmark"));
    page.form("Withhold these words").send();
    app.person("overseer").open(ITEM).form("Withhold these words: Progress report of 3 November 2026").send();
}
