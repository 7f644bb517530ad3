//! Holds keep back what is written about the register, too; and other roles write nothing.

use super::{ASHGROVE, REGISTER, body, event, recommendation};
use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;

stories![a_hold_keeps_back_what_is_written_about_an_inquiry];

fn a_hold_keeps_back_what_is_written_about_an_inquiry(app: &TestApp) {
    let overseer = app.person("overseer");
    let item = format!("{ASHGROVE}/recommendations/2");
    let hold = |of: &str| {
        let form = overseer.open(&format!("{of}/hold")).form("Place this hold").choose("Legal proceedings");
        form.date("When is it reviewed?", "2026-12-10").send();
    };
    // On one recommendation: its number and themes wait, and a schedule for all leaves it out.
    hold(&item);
    let held = "Nothing new is published about this recommendation since 23 November 2026";
    let form = overseer.open(&item).follow("Change the number").form("Publish the number").fill("Its number", "2a");
    confirmed(form.fill("Why is it changed?", "Kept.")).submit().is(422).sees(held).sees("Kept.");
    let form = overseer.open(&item).follow("Put themes on or take them off").form("Publish the themes");
    let form = form.untick("Inspection").fill("Why?", "Kept.");
    confirmed(form).submit().is(422).sees(held);
    let form = overseer.open(ASHGROVE).follow("Set when updates are asked for").form("Publish the schedule");
    confirmed(form.date("The first date", "2027-03-01")).send();
    let left_out = "select count(*) from addressee join recommendation on recommendation.id = addressee.recommendation_id \
        join inquiry on inquiry.id = recommendation.inquiry_id \
        where slug = 'ashgrove' and number = '2' and return_due_on is not null";
    assert_eq!(app.place().value(left_out), "0");

    // On the inquiry: all of it waits.
    hold(ASHGROVE);
    let held = "Nothing new is published about this inquiry and its recommendations since 23 November 2026";
    let form = overseer.open(ASHGROVE).follow("Change the description").form("Publish the description");
    let form = form.fill("What else should a reader know?", "CANARY").fill("Why is it changed?", "Kept.");
    confirmed(form).submit().is(422).sees(held).sees("CANARY");
    confirmed(event(&overseer, ASHGROVE, "Report", "2026-11-02", "CANARY")).submit().is(422).sees(held);
    confirmed(recommendation(&overseer, ASHGROVE, "44", "CANARY")).submit().is(422).sees(held);
    let form = overseer.open(ASHGROVE).follow("Set when updates are asked for").form("Publish the schedule");
    let form = form.choose("All open answers").date("The first date", "2027-04-01").fill("Why?", "CANARY");
    confirmed(form).submit().is(422).sees(held);
    // On the register: bodies and themes wait, too.
    hold("/staff");
    let held = "Nothing new is published about any inquiry or body in this register since 23 November 2026";
    confirmed(body(&overseer, "CANARY", "port")).submit().is(422).sees(held);
    let form =
        overseer.open(REGISTER).follow("Add a theme").form("Publish the theme").fill("What is it called?", "CANARY");
    confirmed(form).submit().is(422).sees(held);
    assert_eq!(app.place().value("select count(*) from body where name = 'CANARY'"), "0");
    for path in ["/inquiries/ashgrove", "/changes", "/bodies", "/inquiries/ashgrove.json"] {
        assert!(!app.public().get(path).body().contains("CANARY"), "{path}");
    }
    app.person("observer").get(REGISTER).is(403);
    app.person("contributor of ashgrove-council").get(&format!("{ASHGROVE}/description")).is(403);
    app.place().run(&["verify"]).succeeds();
}
