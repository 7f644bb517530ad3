//! Whoever writes a finding does not publish it, unless the register's operator has switched that off in public.

use super::arranged::{COUNCIL, ITEM, enters_operator, proposes_finding, publication};
use crate::stories;
use crate::support::TestApp;

stories![
    what_was_proposed_and_sent_back_is_told_and_taken_back,
    nobody_publishes_their_own_finding,
    a_register_of_one_may_switch_it_off,
    a_finding_needs_an_operator,
];

fn nobody_publishes_their_own_finding(app: &TestApp) {
    enters_operator(app);
    let path = proposes_finding(app, "overseer", "Two reports were read.");
    let author = app.person("overseer");
    author.open("/staff").follow("Yours, which wait for somebody else").sees("You wrote these");
    let own = author.open(&path);
    own.sees("You wrote this, so another person must publish it");
    assert!(!own.has_form("Publish this"));

    let other = app.person("overseer two");
    let page = other.open("/staff").follow("wait for a second person").follow("Assessment");
    page.sees("What stands now, in public").sees("Not yet assessed").sees("Two reports were read.");
    // The author sends what the other one was shown.
    let fields = publication(&page).set("csrf", own.form("Sign out").value("csrf")).fields();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    author.post_with(&format!("{path}/publication"), &[("sec-fetch-site", "same-origin")], &fields).is(403);
    app.public().open(ITEM).sees("Not yet assessed").does_not_see("Two reports");
    app.person(COUNCIL).get(&path).is(404);

    publication(&page).send();
    app.public().open(ITEM).sees("On course").sees("Two reports were read.").sees("Ashgrove District Council");
}

fn a_register_of_one_may_switch_it_off(app: &TestApp) {
    enters_operator(app);
    let path = proposes_finding(app, "overseer", "One person read one report.");
    app.person("administrator").open("/staff/settings").form("Switch it off, and say so").send();
    app.public().open("/about").sees("The check by a second person is switched off");
    let author = app.person("overseer");
    author.open("/staff").does_not_see("Yours, which wait for somebody else");
    publication(&author.open(&path)).send();
    app.public().open(ITEM).sees("On course");
}

fn a_finding_needs_an_operator(app: &TestApp) {
    let path = proposes_finding(app, "overseer", "In nobody's name.");
    let page = publication(&app.person("overseer two").open(&path)).submit();
    page.is(422).complains("Enter who runs this register first");
    app.public().open(ITEM).does_not_see("In nobody's name.");
}

fn what_was_proposed_and_sent_back_is_told_and_taken_back(app: &TestApp) {
    let path = proposes_finding(app, "overseer", "One report was read.");
    let back = app.person("overseer two").open(&path).form("Send it back");
    back.fill("What should be looked at again?", "Which report?").send();
    app.jobs();
    let mails = app.mailbox();
    mails
        .of("overseer@example.org")
        .last()
        .does_not_say("Which report?")
        .says("take it back")
        .does_not_say("send it again");
    let author = app.person("overseer");
    author.open(&path).sees("Which report?");
    author.open("/staff").sees("Yours, sent back with comments");
    author.open(&path).form("Take it back").send().sees("Taken back");
    author.open("/staff").does_not_see("Yours, sent back with comments");
}
