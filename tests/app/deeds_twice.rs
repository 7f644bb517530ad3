//! Two people at once, one form twice, and forms that no page of ours has made.

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::visitor::Visitor;

stories![
    the_second_of_two_gets_both_texts_and_loses_nothing,
    a_form_sent_twice_does_it_once,
    a_closing_sent_twice_does_it_once,
    forged_rows_are_not_found,
    other_roles_see_and_do_only_what_is_theirs,
];

fn open(visitor: &Visitor) -> Form {
    visitor.open(ITEM).follow("Record a response").form("Publish the response")
}

fn the_second_of_two_gets_both_texts_and_loses_nothing(app: &TestApp) {
    let (first, second) = (app.person("overseer"), app.person("overseer two"));
    let late = response(open(&second), "Accepted in part", "What the second one read.");
    response(open(&first), "Accepted", "What the first one read.").send();
    let both = late.submit();
    both.is(409).sees("What stands now").sees("What the first one read.").sees("What you wrote");
    both.sees("Nothing of yours has been recorded yet");
    let again = both.form("Publish the response");
    assert_eq!(again.value("What did it say?"), "What the second one read.");
    assert!(again.is_chosen("Accepted in part"));
    assert!(!again.is_chosen("No live court case is affected"), "what changed is confirmed anew");
    confirmed(again).send().sees("Response recorded");
    app.public().open(PUBLIC).sees("What the first one read.").sees("What the second one read.");
}

/// Sends the same fields twice and demands the same answer, and one change.
fn twice(app: &TestApp, overseer: &Visitor, path: &str, form: &Form) {
    let fields = form.fields();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let send = || overseer.post_with(path, &[("sec-fetch-site", "same-origin")], &pairs);
    let (one, other) = (send(), send());
    one.is(303);
    other.is(303);
    assert_eq!(one.redirects_to(), other.redirects_to());
    app.public().open("/changes/2").sees("20 November 2026");
    app.public().get("/changes/3").is(404);
}

fn a_form_sent_twice_does_it_once(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = response(open(&overseer), "Accepted", "Once.");
    twice(app, &overseer, &format!("{ITEM}/response"), &form);
}

fn a_closing_sent_twice_does_it_once(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Close").form("Record the decision");
    let form = form
        .choose("What it was about no longer exists")
        .date("When was that decided?", "2026-11-20")
        .fill("The reason", "Gone.");
    twice(app, &overseer, &format!("{ITEM}/closure"), &confirmed(form));
    overseer.open(ITEM).follow("Open again").form("Record the decision");
}

fn forged_rows_are_not_found(app: &TestApp) {
    let overseer = app.person("overseer");
    response(open(&overseer), "Accepted", "Words.").send();
    let withhold = || overseer.open(ITEM).form("Withhold these words");
    withhold().set("row", "99999").submit().is(404);
    withhold().set("row", "x").submit().is(404);
    withhold().set("subject", "event").submit().is(404);
    // The row of another recommendation.
    let other = overseer.open("/staff/inquiries/ashgrove/recommendations/3").form("Withhold these words");
    withhold().set("row", other.value("row")).set("subject", other.value("subject")).submit().is(404);
    let form = |seq: &str| response(open(&overseer), "Accepted", "Words.").set("corrects", seq);
    form("1").submit().is(404);
    form("99999").submit().is(404);
    overseer.get(&format!("{ITEM}/response?corrects=99999")).is(404);
    response(open(&overseer), "Accepted", "Words.").set("version", "99999").submit().is(409);
    response(open(&overseer), "Accepted", "Words.").set("value", "not_recorded").submit().is(422);
    response(open(&overseer), "Accepted", "Words.").set("value", "done").submit().is(422);
}

fn other_roles_see_and_do_only_what_is_theirs(app: &TestApp) {
    let observer = app.person("observer").open(ITEM);
    observer.does_not_see("Record a response").does_not_see("Withhold").does_not_see("Correct this");
    app.person("observer").get(&format!("{ITEM}/response")).is(403);
    app.person("contributor of ashgrove-council").get(ITEM).is(403).sees("This item belongs to another body");
    let own = app.person("contributor of ashgrove-harbour");
    own.open(ITEM).sees("File an update").does_not_see("Record a response").follow("Your items");
    own.get(&format!("{ITEM}/response")).is(403);
    own.get("/staff/inquiries/ashgrove").is(403);
    own.get("/staff/inquiries/ashgrove/recommendations/1").is(403);
    // A form that an overseer was shown is of no use to anybody else.
    let fields = response(open(&app.person("overseer")), "Accepted", "Words.").fields();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let kept = own.post_with(&format!("{ITEM}/response"), &[("sec-fetch-site", "same-origin")], &pairs);
    kept.is(409).sees("Nothing has been saved yet");
    kept.form("Send it now").submit().is(403);
    app.public().open(PUBLIC).sees("No answer recorded here");
}
