//! Somebody who oversees the register and belongs to a body that it is about.

use super::arranged::{COUNCIL_MAIL, ITEM, enters_operator, files, proposes_finding, publication};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::visitor::Visitor;

stories![whoever_oversees_their_own_body_decides_nothing_about_it];

/// An overseer whose body is the council of the item.
fn of_the_council(app: &TestApp) -> Visitor {
    let overseer = app.person("overseer three");
    let page = app.person("administrator").open("/staff/people").follow("Overseer Three");
    page.form("Save").select("Body", "Ashgrove District Council").send();
    // A change of body signs them out.
    overseer.get("/staff").is(303);
    app.signs_in_again("overseer three")
}

/// A form that somebody else was shown, sent by this visitor.
fn sends(visitor: &Visitor, path: &str, form: Form) -> u16 {
    let token = visitor.open("/staff").form("Sign out").value("csrf").to_owned();
    let fields = form.set("csrf", &token).fields();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post_with(path, &[("sec-fetch-site", "same-origin")], &fields).status()
}

fn whoever_oversees_their_own_body_decides_nothing_about_it(app: &TestApp) {
    enters_operator(app);
    let (own, other) = (of_the_council(app), app.person("overseer"));
    let finding = proposes_finding(app, "overseer two", "Two reports were read.");
    let update = files(app, "Half of it is done.").path().to_owned();
    for path in [&finding, &update] {
        let page = own.open(path);
        page.sees("This is about your own body, so somebody else must decide on it");
        assert!(!page.has_form("Publish this") && !page.has_form("Send it back"), "{path}");
        let shown = other.open(path);
        assert_eq!(sends(&own, &format!("{path}/publication"), publication(&shown)), 403);
        let back = shown.form("Send it back").fill("What should be looked at again?", "Leave this out");
        assert_eq!(sends(&own, &format!("{path}/sent-back"), back), 403);
    }
    let offered = own.open(&format!("/staff{ITEM}")).links();
    for form in ["assessment", "closure"] {
        assert!(!offered.iter().any(|link| link.ends_with(form)), "{form} is offered: {offered:?}");
        own.get(&format!("/staff{ITEM}/{form}")).is(403);
    }
    app.jobs();
    assert_eq!(app.mailbox().of(COUNCIL_MAIL).count(), 0, "nothing was sent back");

    publication(&other.open(&update)).send();
    app.public().open(ITEM).sees("Half of it is done.");
    // People come first: words that could hurt somebody are taken out of sight by whoever sees them.
    own.open(&format!("/staff{ITEM}")).form("Withhold these words").send();
    app.public().open(ITEM).does_not_see("Half of it is done.");
}
