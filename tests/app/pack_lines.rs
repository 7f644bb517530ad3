//! What stands on the first page of a scrutiny pack, and since when it looks.

use crate::deeds_record::{confirmed, response};
use crate::fairness::run_by_somebody;
use crate::meetings::called;
use crate::packs::{ASHGROVE, TARGET, made, making, target_moved};
use crate::parts::found;
use crate::reports::{logged, marking};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![a_pack_has_a_row_for_each_line, a_paper_made_twice_for_one_meeting_covers_the_same_time,];

/// Those of the ten lines that the stories of `packs` have nothing in.
fn a_pack_has_a_row_for_each_line(app: &TestApp) {
    run_by_somebody(app);
    let item = |item: &str| app.person("overseer").open(&format!("/staff/inquiries/ashgrove/recommendations/{item}"));
    found(app, TARGET, "Confirmed implemented");
    let form = item("2/ashgrove-council").follow("Record a response").form("Publish the response");
    response(form, "Says it is not theirs", "The stages belong to the harbour.").send();
    let form = item("2/ashgrove-harbour").follow("Set when updates are asked for").form("Publish the schedule");
    confirmed(form.date("The next date", "2027-01-15")).send();
    marking(&logged(app, "Progress in the harbour")).set("mark_0", "not_mentioned").send();
    app.place().execute(
        "update addressee set lifecycle = 'lapsed', lifecycle_on = '2026-11-20', lifecycle_precision = 'on'
         where recommendation_id in (select id from recommendation where number = '3')",
    );
    called(app, &[ASHGROVE]);
    let form = making(app, "2026-11-22").select("For which meeting?", "12 March 2027");
    let page = form.send();
    let text = page.text();
    for line in [
        "Not mentioned in the body\u{2019}s last document 1 open answer",
        "Due before the next meeting 1 date",
        "Disputed 1 open answer",
        "No longer holds 1 answer",
        "Newly confirmed 1 answer",
    ] {
        assert!(text.contains(line), "{line} is not on the first page:\n{text}");
    }
    page.sees("Document of 3 November 2026").sees("Next update due 15 January 2027");
    // A body that said so of what is closed disputes nothing any more.
    let form = item("2/ashgrove-council").follow("Close").form("Record the decision");
    let form = form.choose_in("Why is it closed?", "What it was about no longer exists");
    confirmed(form.fill("The reason", "The stages were sold.")).send();
    app.clock().advance(days(1));
    let text = made(app, "2026-11-22").text();
    assert!(text.contains("Disputed None"), "{text}");
}

fn a_paper_made_twice_for_one_meeting_covers_the_same_time(app: &TestApp) {
    made(app, "2026-11-22");
    let meeting = called(app, &[ASHGROVE]);
    let for_it = || {
        let form = app.person("overseer").open("/staff/packs/new").form("Make the pack").tick(ASHGROVE);
        form.select("For which meeting?", "12 March 2027")
    };
    app.clock().advance(days(1));
    target_moved(app);
    for_it().send().sees("after 23 November 2026 and up to 24 November 2026").sees("Staff were lacking.");
    app.clock().advance(days(1));
    // Of the first draft of the paper nothing is lost in the second.
    for_it().send().sees("after 23 November 2026 and up to 25 November 2026").sees("Staff were lacking.");
    let refused = for_it().choose("Since our last meeting").submit();
    refused.is(422).complains("No earlier meeting about all of these inquiries is recorded as held");
    refused.complains("A meeting that was entered as an event alone does not count");
    app.clock().set("2027-03-15T09:00:00Z".parse().expect("a moment"));
    let page = app.person("overseer").open(meeting.path());
    let form = page.follow("Move it, say that it was held, or cancel it").form("Publish how it stands");
    confirmed(form.choose("Held")).send();
    let form = app.person("overseer").open("/staff/packs/new").form("Make the pack").tick(ASHGROVE);
    form.choose("Since our last meeting").send().sees("after 12 March 2027 and up to 15 March 2027");
}
