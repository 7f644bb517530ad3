//! Documents of bodies where several people, holds and limited roles meet: nothing older is written back, nothing that is held
//! or out of reach is published, and what was put right is put right in every row that said it.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::evidence::pdf;
use crate::removal::holds;
use crate::reports::{HERE, began, described, logged, marked, marking};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;

stories![
    a_file_is_published_with_what_stands,
    nobody_reads_a_document_twice_alone,
    a_mark_is_put_right_after_it_was_confirmed,
    the_reasons_of_corrections_go_with_the_words,
    a_page_without_words_is_withheld_too,
    a_hold_binds_documents,
    who_oversees_another_inquiry_leaves_documents_alone,
    a_private_file_of_a_document_is_kept_for_a_time,
    documents_and_marks_wait_on_the_desk,
];

const THIRD: &str = "/inquiries/millbrook/recommendations/a/ashgrove-harbour";
/// Stands in what is withheld and removed.
const CANARY: &str = "Kanarienzinnober";

/// A document with a file.
fn with_file(app: &TestApp, summary: &str) -> String {
    let form = described(app.person("overseer").open(HERE).form("Log this document"), "Progress in the harbor");
    form.fill("What does it say?", summary).submit_with("progress.pdf", &pdf()).is(303);
    format!("/staff/reports/{}", began(app))
}

fn publishing(app: &TestApp, here: &str) -> Form {
    confirmed(app.person("overseer").open(&format!("{here}?file=yes")).form("Publish the file"))
}

fn describing(app: &TestApp, here: &str) -> Form {
    let form = app.person("overseer").open(&format!("{here}/description")).form("Save this");
    confirmed(form).fill("Why was what was said of it wrong?", "It was misspelt.")
}

fn hold(app: &TestApp, inquiry: &str) {
    let form = app.person("overseer").open(&format!("/staff/inquiries/{inquiry}/hold")).form("Place this hold");
    confirmed(form.choose("Legal proceedings").date("When is it reviewed?", "2027-02-01")).send();
}

/// Confirms the marks of others.
fn confirm(app: &TestApp, who: &str) -> Page {
    let page = app.person(who).open(&format!("/staff/reports/{}?confirm=yes", began(app)));
    confirmed(page.form("I have read these in the document, and confirm them")).send()
}

fn a_file_is_published_with_what_stands(app: &TestApp) {
    let here = with_file(app, "Both stages were inspected.");
    let early = publishing(app, &here);
    describing(app, &here)
        .fill("Its title", "Progress in the harbour")
        .fill("What does it say?", "One stage was inspected.")
        .send();
    // Whoever had the form open does not write back what was wrong.
    early.submit().is(409).sees("Somebody else did something");
    assert_eq!(app.place().value("select count(*) from report"), "2");
    let other = publishing(app, &here).fill("What does it say?", "Both stages were inspected.").submit();
    other.is(422).complains("What it says is public in other words");
    publishing(app, &here).send().sees("The document is public as a file");
    let public = app.public().open(&format!("/reports/{}", began(app)));
    public.sees("Progress in the harbour").sees("One stage was inspected.").sees("It is kept here");
}

fn nobody_reads_a_document_twice_alone(app: &TestApp) {
    app.person("administrator").open("/staff/settings").form("Switch it off, and say so").send();
    marked(&logged(app, "Progress in the harbour"));
    let public = format!("/reports/{}", began(app));
    let once = || {
        app.public().open(&public).sees("Read by one person").does_not_see("Read again and found the same");
        let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
        let all = data["addressees"].as_array().expect("a list").clone();
        let one = all.into_iter().find(|one| one["body"] == "ashgrove-harbour").expect("the harbour");
        assert_eq!(one["in_report"]["confirmed"], false);
    };
    once();
    // What an earlier version of the program wrote says no more than that.
    app.place().execute("update mark set publisher_id = author_id where value <> 'not_looked_through'");
    once();
    confirm(app, "overseer two").sees("Read again and found the same");
    app.public().open(&public).sees("Read again and found the same");
}

fn a_mark_is_put_right_after_it_was_confirmed(app: &TestApp) {
    marked(&logged(app, "Progress in the harbour"));
    confirm(app, "overseer two");
    let all = app.person("overseer").open(&format!("/staff/reports/{}?all=yes", began(app)));
    let form = marking(&all).set("mark_2", "answered").fill("page_2", "14");
    form.fill("Why were earlier marks wrong?", "The annex was overlooked.").send();
    let text = app.public().open(THIRD).text();
    assert_eq!(text.matches("Corrected by change").count(), 2, "{text}");
    for row in app.place().rows("select cast(seq as text) as value from mark where value = 'not_mentioned'") {
        app.public().open(&format!("/changes/{row}")).sees("Corrected by change");
    }
    // A correction that somebody confirms is none itself.
    confirm(app, "overseer two");
    let text = app.public().open(THIRD).text();
    assert_eq!(text.matches("Corrected by change").count(), 2, "{text}");
    app.place().run(&["verify"]).succeeds();
}

fn the_reasons_of_corrections_go_with_the_words(app: &TestApp) {
    let page = logged(app, "Progress in the harbour");
    marking(&page).set("mark_0", "answered").fill("page_0", "12").fill("words_0", CANARY).send();
    for (number, reason) in [("14", CANARY), ("16", "It was misread.")] {
        let all = app.person("overseer").open(&format!("/staff/reports/{}?all=yes", began(app)));
        let form = marking(&all).set("mark_0", "answered").fill("page_0", number).fill("words_0", "The annex.");
        form.fill("Why were earlier marks wrong?", reason).send();
    }
    app.public().open(PUBLIC).sees(CANARY);
    let item = app.person("overseer").open(ITEM);
    item.form("Withhold these words: Progress report of 3 November 2026: answered on page 16").send();
    let unseen = || {
        for path in [PUBLIC, "/changes", "/changes.atom", "/inquiries/ashgrove/recommendations/2.json"] {
            app.public().open(path).does_not_see(CANARY).does_not_see("It was misread.");
        }
    };
    unseen();
    let item = app.person("overseer").open(ITEM);
    let form = item.form("Show these words again: Progress report of 3 November 2026").submit();
    confirmed(form.form("Show the words again")).send();
    app.public().open(PUBLIC).sees(CANARY).sees("It was misread.");
    let row = app.place().value("select max(id) from mark where value = 'answered'");
    let form = app.person("administrator").open(&format!("/staff/redactions/new?subject=mark&row={row}"));
    let form = form.form("Withhold them and propose their removal").choose("A court has ordered it");
    let proposal = form.send().path().to_owned();
    unseen();
    app.person("overseer two").open(&proposal).form("Remove these words for good").send();
    unseen();
    assert!(!holds(app.place(), CANARY), "the database still holds the words");
    app.place().run(&["verify"]).succeeds();
}

fn a_page_without_words_is_withheld_too(app: &TestApp) {
    let page = logged(app, "Progress in the harbour");
    marking(&page).set("mark_0", "answered").fill("page_0", CANARY).send();
    app.public().open(PUBLIC).sees(CANARY);
    app.person("overseer").open(ITEM).form("Withhold these words: Progress report of 3 November 2026").send();
    for path in [PUBLIC, "/changes", "/changes.atom", "/answers.csv"] {
        app.public().open(path).does_not_see(CANARY);
    }
}

fn a_hold_binds_documents(app: &TestApp) {
    let here = with_file(app, "Both stages were inspected.");
    let page = app.person("overseer").open(&here);
    marking(&page).set("mark_2", "not_mentioned").send();
    hold(app, "millbrook");
    describing(app, &here).fill("Its title", "Another").submit().is(422).complains("Nothing new is published about");
    app.person("overseer").open(&format!("{here}?file=yes")).sees("Its file cannot be published now").sees("Millbrook");
    publishing(app, &here).submit().is(422).complains("Nothing new is published about");
    assert_eq!(app.place().value("select count(*) from report"), "1");
    // A document is no item's: while something of its body may be spoken of, it is logged, looked through and described.
    logged(app, "Another in the harbour").sees("0 of 3 marked");
    let other = format!("/staff/reports/{}", began(app));
    describing(app, &other).fill("Its title", "The second").send().sees("The second");
    hold(app, "ashgrove");
    app.person("overseer").open(HERE).sees("A hold is in force on everything that is open of this body");
    let refused = described(app.person("overseer").open(HERE).form("Log this document"), "A third").submit();
    refused.is(422).complains("Nothing new is published about");
    describing(app, &other).fill("Its title", "The third").submit().is(422).complains("Nothing new is published");
    assert_eq!(app.place().value("select count(*) from report"), "3");
}

fn who_oversees_another_inquiry_leaves_documents_alone(app: &TestApp) {
    let council = "/staff/bodies/ashgrove-council/reports";
    crate::desk::limited(app, "Millbrook");
    let form = described(app.person("overseer").open(council).form("Log this document"), "Of the council");
    form.submit_with("progress.pdf", &pdf()).is(303);
    let of_council = format!("/staff/reports/{}", began(app));
    let two = app.person("overseer two");
    assert!(!two.open(council).has_form("Log this document"));
    let page = two.open(&of_council);
    page.does_not_see("Open the file").does_not_see("Put right what is said of it");
    assert!(!page.has_form("Publish these marks"));
    for path in ["/description", "/file"] {
        two.get(&format!("{of_council}{path}")).is(403).sees("limited to other inquiries");
    }
    let of_harbour = with_file(app, "Both stages were inspected.");
    let token = two.open(HERE).form("Log this document").value("csrf").to_owned();
    let shown = began(app);
    let sent = [("csrf", token.as_str()), ("version", "1"), ("shown", shown.as_str())];
    for path in ["/publication", "/withdrawal"] {
        two.post(&format!("{of_council}{path}"), &sent).is(403);
    }
    // Something was put to the harbour in the inquiry that they oversee.
    two.open(&format!("{of_harbour}/file"));
    two.open(&of_harbour).sees("Put right what is said of it");
    confirmed(two.open(&format!("{of_harbour}?file=yes")).form("Publish the file")).send().sees("public as a file");
}

fn a_private_file_of_a_document_is_kept_for_a_time(app: &TestApp) {
    let public = with_file(app, "Both stages were inspected.");
    publishing(app, &public).send();
    with_file(app, "Both stages were inspected.");
    let left = || app.place().value("select count(*) from report_file where taken_back_at is null");
    app.jobs_at("2027-11-22T03:30:00Z");
    assert_eq!(left(), "2");
    let lines = app.jobs_at("2027-11-25T03:30:00Z");
    assert!(lines.contains("1 piece of evidence never published"), "{lines}");
    assert_eq!(left(), "1");
    let kept = app.place().value("select reference from file where sha256 is not null");
    assert_eq!(app.public().get(&format!("/evidence/{kept}.pdf")).bytes(), pdf(), "what is public stays");
    app.public().open("/privacy").sees("the file of a document of a body");
    app.place().run(&["verify"]).succeeds();
}

fn documents_and_marks_wait_on_the_desk(app: &TestApp) {
    let (one, two) = (app.person("overseer"), app.person("overseer two"));
    one.open("/staff").does_not_see("Documents not looked through");
    one.open("/staff/documents").sees("Every document was looked through.");
    let page = logged(app, "Progress in the harbour");
    marking(&page).set("mark_0", "not_mentioned").send();
    let list = one.open("/staff").follow("Documents not looked through");
    list.sees("Progress in the harbour").sees("1 of 3 marked").follow("Progress report").sees("Items to mark");
    one.open("/staff/documents?whose=mine").does_not_see("Progress in the harbour");
    one.open("/staff").does_not_see("Documents with marks that wait");
    let list = two.open("/staff").follow("Documents with marks that wait for a second person");
    list.follow("Progress report").sees("Marks of others to confirm");
    confirm(app, "overseer two");
    two.open("/staff").does_not_see("Documents with marks that wait").sees("Documents not looked through");
    two.open("/staff/marks").sees("No mark of another person waits");
    let page = one.open(page.path());
    marking(&page).set("mark_0", "not_mentioned").set("mark_1", "not_mentioned").send().sees("3 of 3 marked");
    one.open("/staff").does_not_see("Documents not looked through");
    two.open("/staff").sees("Documents with marks that wait");
    app.person("administrator").open("/staff/settings").form("Switch it off, and say so").send();
    two.open("/staff").does_not_see("Documents with marks that wait");
}
