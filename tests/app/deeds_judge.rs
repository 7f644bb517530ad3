//! What oversight finds and decides: written by one person, published by another.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::stories;
use crate::support::TestApp;
use crate::support::browser::Window;

stories![
    one_assesses_and_another_publishes,
    closing_as_done_needs_a_published_finding,
    what_was_agreed_after_the_finding_is_assessed_first,
    what_is_closed_is_opened_again,
    the_forms_are_sound_in_a_browser,
];

/// Enters who runs the register: a finding is made in that name.
pub fn run_by_somebody(app: &TestApp) {
    let form = app.person("administrator").open("/staff/settings").form("Save and publish");
    form.fill("Who runs this register", "Ashgrove Oversight Office")
        .fill("By what right", "By resolution of the council, 1 July 2026.")
        .fill("Email address for the public", "register@example.org")
        .fill("Data protection contact", "The data protection officer, data@example.org")
        .fill("Complaints", "Write to the office.")
        .send();
}

/// Hands an assessment in and answers the page where it waits.
pub fn assessed(app: &TestApp, who: &str, value: &str) -> String {
    let form = app.person(who).open(ITEM).follow("Assess").form("Hand in the assessment");
    let form =
        form.choose_in("What do you find?", value).fill("What does the finding rest on?", "Two inspection reports.");
    let handed_in = form.send();
    handed_in.sees("Handed in. Another person must read it and publish it");
    handed_in.path().to_owned()
}

/// Records what would show that an item is done, as agreed today: nothing is closed as done without.
pub fn agreed(app: &TestApp, item: &str) {
    let page = app.person("overseer").open(item).follow("Agree what would show that it is done");
    let form = page.form("Publish what was agreed").fill("What would show that it is done?", "Two inspections.");
    confirmed(form).send().sees("What was agreed is recorded");
}

fn one_assesses_and_another_publishes(app: &TestApp) {
    run_by_somebody(app);
    let overseer = app.person("overseer");
    let page = overseer.open(ITEM).follow("Assess");
    page.sees("Show me the sentence first").does_not_see("On course, found");
    let form = page.form("Hand in the assessment");
    form.submit().is(422).complains("Choose what you find").complains("Enter what was looked at");
    let filing = assessed(app, "overseer", "On course");
    app.public().open(PUBLIC).does_not_see("Two inspection reports").sees("Not yet assessed");
    app.person("contributor of ashgrove-harbour").open(ITEM).does_not_see("Assessment");
    let own = overseer.open(&filing);
    own.sees("another person must publish it");
    overseer.open(ITEM).sees("Assessment: ");
    let other = app.person("overseer two");
    other.open(ITEM).follow("Assessment: ");
    confirmed(other.open(&filing).form("Publish this")).send();
    let public = app.public().open(PUBLIC);
    public
        .sees("On course, found on 23 November 2026")
        .sees("Two inspection reports")
        .sees("Ashgrove Oversight Office");
}

fn closing_as_done_needs_a_published_finding(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Close").form("Record the decision");
    let form = form.choose("Confirmed implemented").fill("The reason", "It is done.");
    let page = confirmed(form).submit();
    page.is(422).complains("only after a published assessment says that it is implemented");
    run_by_somebody(app);
    let filing = assessed(app, "overseer", "Confirmed implemented");
    confirmed(app.person("overseer two").open(&filing).form("Publish this")).send();
    // It answers to what was agreed, which nobody has recorded yet; that it was recorded later stands beside it for good.
    let close = || overseer.open(ITEM).follow("Close").form("Record the decision");
    let refused = confirmed(close().choose("Confirmed implemented").fill("The reason", "It is done.")).submit();
    refused.is(422).complains("Nothing is recorded of what would show that it is done");
    assert_eq!(refused.form("Record the decision").value("The reason"), "It is done.");
    let form = refused.follow("For closing as done: record first what was agreed").form("Publish what was agreed");
    let form = confirmed(form.fill("What would show that it is done?", "Two inspections."));
    form.date("When was it agreed?", "2026-12-24").submit().is(422).complains("has not come yet");
    let form = overseer.open(ITEM).follow("Agree what would show that it is done").form("Publish what was agreed");
    let form = confirmed(form.fill("What would show that it is done?", "Two inspections."));
    form.date("When was it agreed?", "2026-11-02").send();
    let said = "agreed on 2 November 2026, recorded here on 23 November 2026: Two inspections.";
    app.public().open(PUBLIC).sees(said);
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    let one = &data["addressees"][1];
    assert_eq!((&one["agreed_on"], &one["agreed_recorded_on"]), (&"2026-11-02".into(), &"2026-11-23".into()));
    let filled =
        || close().choose("Confirmed implemented").fill("The reason", "It is done.").fill("How was it", "May, June.");
    let late = filled();
    let waits = filled().send();
    waits.sees("Handed in. Another person must read it and publish it");
    app.public().open(PUBLIC).does_not_see("Closed on");
    // While it waits nobody proposes another.
    late.submit().is(409);
    for why in ["Confirmed implemented", "What it was about no longer exists"] {
        let second = confirmed(filled().choose(why)).submit();
        second.is(422).complains("This waits already for another person: \u{201c}Closed on 23 November 2026");
        second.follow("A decision on this waits already").sees("It is done.");
    }
    confirmed(app.person("overseer two").open(waits.path()).form("Publish this")).send();
    app.public().open(PUBLIC).sees("Closed on 23 November 2026");
}

fn what_was_agreed_after_the_finding_is_assessed_first(app: &TestApp) {
    run_by_somebody(app);
    let publishes = |filing: String| {
        confirmed(app.person("overseer two").open(&filing).form("Publish this")).send();
    };
    publishes(assessed(app, "overseer", "Confirmed implemented"));
    app.clock().advance(crate::support::app::days(2));
    agreed(app, ITEM);
    let overseer = app.person("overseer");
    let close = || {
        let form = overseer.open(ITEM).follow("Close").form("Record the decision").choose("Confirmed implemented");
        confirmed(form.fill("The reason", "It is done.").fill("How was it", "May, June."))
    };
    let late = close().submit();
    late.is(422).complains("was agreed on 25 November 2026, after it was found to be done: assess it against what");
    // Found again by what was agreed, it can be closed; the same day is early enough.
    publishes(assessed(app, "overseer", "Confirmed implemented"));
    close().send().sees("Handed in. Another person must read it");
    app.place().run(&["verify"]).succeeds();
}

fn what_is_closed_is_opened_again(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Close").form("Record the decision");
    let form = form.choose("What it was about no longer exists").fill("The reason", "The stage was taken down.");
    confirmed(form).send().sees("Decision recorded");
    app.public().open(PUBLIC).sees("The stage was taken down.");
    let again = overseer.open(ITEM).follow("Open again").form("Record the decision");
    assert_eq!(again.value("value"), "open");
    confirmed(again.fill("The reason", "It was built again.")).send().sees("Decision recorded");
    overseer.open(ITEM).follow("Close");
}

fn the_forms_are_sound_in_a_browser(app: &TestApp) {
    let overseer = app.person("overseer");
    for (size, name) in [(Window::phone(), "phone"), (Window::desk(), "desk")] {
        let window = app.window(size, &overseer);
        for path in [
            "/staff/inquiries".to_owned(),
            "/staff/inquiries/ashgrove".to_owned(),
            "/staff/inquiries/ashgrove/recommendations/5".to_owned(),
            "/staff/inquiries/ashgrove/recommendations/2/wording".to_owned(),
            "/staff/inquiries/ashgrove/recommendations/2/bodies".to_owned(),
            ITEM.to_owned(),
            format!("{ITEM}/response"),
            format!("{ITEM}/closure"),
            format!("{ITEM}/target"),
            format!("{ITEM}/schedule"),
        ] {
            window.open(&path);
            window.is_sound().picture(&format!("deeds-{name}{}", path.replace('/', "-")));
        }
    }
}
