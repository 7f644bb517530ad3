//! Whose evidence is whose: what oversight collects is no body's to read or to take back, and what supports a judgement is
//! published by somebody who did not write it.

use crate::deeds_record::confirmed;
use crate::evidence::{attached, described, pdf};
use crate::fairness::run_by_somebody;
use crate::filing::arranged::{COUNCIL, ITEM, files, publication};
use crate::stories;
use crate::support::TestApp;
use crate::support::page::Page;

stories![what_oversight_collects_is_not_the_bodys, two_people_agree_on_every_piece_for_a_finding];

/// The newest piece of evidence, as staff see it.
fn newest(app: &TestApp) -> String {
    format!("/staff/evidence/{}", app.place().value("select reference from exhibit order by id desc limit 1"))
}

/// What somebody sends who was not shown the form.
fn forged(app: &TestApp, who: &str, path: &str, fields: &[(&str, &str)]) -> Page {
    let visitor = app.person(who);
    let csrf = visitor.open("/staff/account").form("Change the password").value("csrf").to_owned();
    let fields = [fields, &[("csrf", csrf.as_str())]].concat();
    visitor.post_with(path, &[("sec-fetch-site", "same-origin")], &fields)
}

fn what_oversight_collects_is_not_the_bodys(app: &TestApp) {
    // Somebody else's document, which oversight holds against what the body reports.
    let filing = files(app, "The stages were inspected.");
    publication(&app.person("overseer").open(filing.path())).send();
    let item = format!("/staff{ITEM}");
    let page = app.person("overseer").open(&item).follow("Attach evidence");
    page.sees("only the register’s office can read it; the people of the body cannot");
    let form = page.form("Attach this");
    let form = described(form.choose_in("What does it support?", "Reports")).fill("Title", "A letter of a third party");
    form.submit_with("letter.pdf", &pdf()).is(303);
    let piece = newest(app);
    app.person("overseer").open(&item).sees("A letter of a third party");
    app.person(COUNCIL).open(&item).does_not_see("A letter of a third party");
    for path in [piece.clone(), format!("{piece}/file")] {
        app.person(COUNCIL).get(&path).is(403);
        app.person("overseer").get(&path).is(200);
    }
    forged(app, COUNCIL, &format!("{piece}/withdrawal"), &[("version", "1")]).is(403);
    app.person("overseer").get(&format!("{piece}/file")).is(200);

    // With an update of its own the body sees what oversight attached, and takes back only what it attached itself, once
    // nobody is reading it.
    let filing = files(app, "Both stages were inspected.");
    attached(app, COUNCIL, filing.path());
    let own = newest(app);
    attached(app, "overseer", filing.path());
    let others = newest(app);
    for path in [&own, &others] {
        assert!(!app.person(COUNCIL).open(path).has_form("Take it back"), "it is being read");
    }
    forged(app, COUNCIL, &format!("{own}/withdrawal"), &[("version", "1")]).is(409);
    let back = app.person("overseer").open(filing.path()).form("Send it back");
    back.fill("What should be looked at again?", "On which day?").send();
    assert!(!app.person(COUNCIL).open(&others).has_form("Take it back"), "somebody else attached it");
    forged(app, COUNCIL, &format!("{others}/withdrawal"), &[("version", "1")]).is(403);
    app.person(COUNCIL).open(&own).form("Take it back").send().sees("Taken back.");
    assert_eq!(app.place().value("select count(*) from exhibit where taken_back_at is not null"), "1");
}

fn two_people_agree_on_every_piece_for_a_finding(app: &TestApp) {
    run_by_somebody(app);
    let (one, two) = (app.person("overseer"), app.person("overseer two"));
    let item = format!("/staff{ITEM}");
    let found = one.open(&item).follow("Assess").form("Hand in the assessment");
    let found =
        found.choose_in("What do you find?", "On course").fill("What does the finding rest on?", "Minutes.").send();
    // Whoever publishes the finding attaches a piece to it: another person must publish that.
    attached(app, "overseer two", found.path());
    let own = newest(app);
    let form = confirmed(two.open(found.path()).form("Publish this"));
    let reference = own.rsplit('/').next().expect("a name").to_owned();
    let fields = form.fields();
    assert!(!fields.iter().any(|(name, _)| name == "with"), "their own piece is not offered");
    two.open(found.path()).does_not_see("Which evidence is published with it?");
    let fields = fields.iter().filter(|(name, _)| name != "csrf").map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<(&str, &str)> = fields.chain([("with", reference.as_str())]).collect();
    let refused = forged(app, "overseer two", &format!("{}/publication", found.path()), &fields);
    refused.is(403).sees("another person must publish it");
    assert_eq!(app.place().value("select count(*) from evidence"), "0");
    app.public().open(ITEM).sees("Not yet assessed");
    form.send();
    two.open(&own).sees("You wrote this, so another person must publish it");
    confirmed(one.open(&own).form("Publish this evidence")).send().sees("It is public");

    // Words that put it right would be one person's own: they are not published by that person alone.
    for who in [&one, &two] {
        let page = who.open(&own);
        page.sees("Withhold it, attach it again with the right words");
        assert!(!page.has_form("Publish this evidence"));
    }
    let before = "select count(*) from evidence";
    let fields = [("version", "2"), ("rung", "document"), ("title", "Other words"), ("correction", "Mine.")];
    forged(app, "overseer two", &format!("{own}/publication"), &fields).is(403);
    assert_eq!(app.place().value(before), "1");
    // Where the register does without the second person, whoever puts it right stands as the author.
    app.person("administrator").open("/staff/settings").form("Switch it off, and say so").send();
    let form = confirmed(one.open(&own).form("Publish this evidence")).fill("Title", "Minutes of the other board");
    form.fill("Why was what was said of it wrong?", "It was another board.").send();
    let author = "select count(*) from evidence where corrects is not null and author_id = publisher_id";
    assert_eq!(app.place().value(author), "1");

    // The words that were wrong are removed for good: what stands keeps its own, and its file is still kept.
    let wrong = app.place().value("select min(id) from evidence");
    let form = app.person("administrator").open(&format!("/staff/redactions/new?subject=evidence&row={wrong}"));
    form.form("Withhold them and propose their removal").choose("A court has ordered it").send();
    let proposal = app.place().value("select reference from redaction");
    two.open(&format!("/staff/redactions/{proposal}")).form("Remove these words for good").send();
    let page = app.public().open(ITEM);
    page.sees("Minutes of the other board").does_not_see("Minutes of the harbour board");
    page.does_not_see("Minutes of the other board ()");
    assert!(page.links().iter().all(|link| !link.is_empty()), "nothing leads nowhere");
    assert_eq!(app.place().value("select count(*) from exhibit where title = 'Minutes of the other board'"), "1");
    assert_eq!(one.get(&format!("{own}/file")).bytes(), pdf());
    // Once what stands is removed too, nothing of it is left.
    let right = app.place().value("select max(id) from evidence");
    let form = app.person("administrator").open(&format!("/staff/redactions/new?subject=evidence&row={right}"));
    form.form("Withhold them and propose their removal").choose("A court has ordered it").send();
    let proposal = app.place().value("select reference from redaction order by id desc limit 1");
    two.open(&format!("/staff/redactions/{proposal}")).form("Remove these words for good").send();
    assert_eq!(app.place().value("select count(*) from file_chunk where data is not null"), "0");
    assert_eq!(app.place().value("select count(*) from exhibit where title is not null"), "0");
    app.place().run(&["verify"]).succeeds();
}
