//! Targets that a body asks to move: what it asks is private until it is decided, and then public, a refusal too.

use crate::deeds_record::confirmed;
use crate::returns::told::{posted, taken};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    a_body_asks_for_a_later_date_and_the_decision_is_public_whichever_it_is,
    days_past_the_first_target_count_whether_or_not_it_was_moved_or_taken_back,
];

const ITEM: &str = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
const PUBLIC: &str = "/inquiries/ashgrove/recommendations/1/ashgrove-council";
const COUNCIL: &str = "contributor of ashgrove-council";

fn asks(app: &TestApp) -> Form {
    app.person(COUNCIL).open(ITEM).follow("Ask for a later target date").form("Send the request")
}

fn decides(app: &TestApp) -> Form {
    let list = app.person("overseer").open("/staff").follow("Requests for a later target date to decide");
    let page = list.follow("Publish the ferry timetable in advance");
    confirmed(page.form("Publish the decision"))
}

fn a_body_asks_for_a_later_date_and_the_decision_is_public_whichever_it_is(app: &TestApp) {
    let empty = asks(app).submit();
    empty.is(422).complains("Enter the date that you ask for").complains("Enter why you need more time");
    let early =
        asks(app).date("Which date do you ask for?", "2027-02-26").fill("Why do you need more time?", "canary-ask");
    let early = early.submit();
    early.is(422).complains("Enter a date after the target date that stands");
    let form = early.form("Send the request");
    assert_eq!(form.value("Why do you need more time?"), "canary-ask");
    form.date("Which date do you ask for?", "2027-06-30").send().sees("Your request is kept").sees("not decided yet");
    // Nothing of it is public, and nobody of another body sees it.
    for path in [PUBLIC, "/changes", "/inquiries/ashgrove/recommendations/1.json"] {
        app.public().open(path).does_not_see("canary-ask").does_not_see("30 June 2027");
    }
    app.person("contributor of ashgrove-harbour").get(ITEM).is(403);
    asks(app).date("Which date do you ask for?", "2027-07-30").submit().is(422).complains("You have asked already");
    app.person("observer").open("/staff/extensions").sees("asked on 23 November 2026 for the target date 30 June 2027");
    app.person("observer").get(&format!("{ITEM}/extension-decision")).is(403);

    let page = app.person("overseer").open("/staff");
    page.sees("Requests for a later target date to decide The oldest has waited since 23 November 2026 1");
    decides(app).submit().is(422).complains("Choose whether the request is granted or refused").complains("Enter why");
    let refuses = decides(app).choose("Refuse it").fill("Who decided?", "the Scrutiny Committee");
    refuses.fill("Why?", "The season cannot wait.").send().sees("Decision recorded");
    let public = app.public().open(PUBLIC);
    public.sees(
        "Ashgrove Council asked on 23 November 2026 for the target date 30 June 2027 in the place of 26 February 2027",
    );
    public.sees("Refused by the Scrutiny Committee").sees("canary-ask").sees("The season cannot wait.");
    public.sees("Target 26 February 2027").does_not_see("moved").does_not_see("Contributor");
    app.person("overseer").open("/staff").does_not_see("Requests for a later target date");
    app.person("overseer").open(&format!("{ITEM}/extension-decision")).sees("No request waits here");

    asks(app)
        .date("Which date do you ask for?", "2027-05-31")
        .fill("Why do you need more time?", "Staff were ill.")
        .send();
    let grants =
        decides(app).choose("Grant it").fill("Who decided?", "the Scrutiny Committee").fill("Why?", "One month.");
    grants.send();
    // The body is told of both in one mail, in public words alone, and not at night.
    app.clock().set("2026-11-23T20:30:00Z".parse().expect("a moment"));
    posted(app);
    assert!(taken(app, "contributor.ashgrove-council@example.org", "extension_decided").is_empty());
    app.clock().set("2026-11-24T07:00:00Z".parse().expect("a moment"));
    posted(app);
    let mails = taken(app, "contributor.ashgrove-council@example.org", "extension_decided");
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Decided: 2 requests for a later date");
    mails[0]
        .says("Refused: the target date stays 26 February 2027")
        .says("Granted: the target date is now 31 May 2027");
    mails[0].does_not_say("canary-ask").does_not_say("The season cannot wait.");
    app.public().open(&mails[0].link(PUBLIC)).sees("Granted by the Scrutiny Committee");
    let public = app.public().open(PUBLIC);
    public.sees("Target 31 May 2027, set by Ashgrove Council, first target 26 February 2027, moved once");
    public.sees("Granted by the Scrutiny Committee").sees("Staff were ill.").sees("agreed by the Scrutiny Committee");
    app.public().open("/changes").sees("Ashgrove Council asked on 23 November 2026");
    // The words can be withheld like any others.
    app.person("overseer").open(ITEM).form("Withhold these words: Ashgrove Council asked on 23 November 2026").send();
    app.place().run(&["verify"]).succeeds();
}

fn days_past_the_first_target_count_whether_or_not_it_was_moved_or_taken_back(app: &TestApp) {
    app.clock().set("2027-03-08T09:00:00Z".parse().expect("a moment"));
    app.public().open(PUBLIC).sees("10 days past the first target");
    let moves = |day: Option<&str>| {
        let form = app.person("overseer").open(ITEM).follow("Move the target date").form("Publish the target date");
        let form = confirmed(form.choose("Compared with the source").fill("Why is it set or moved", "Late."));
        let form = form.fill("Who agreed to it?", "nobody");
        match day {
            Some(day) => form.date("The target date", day).send(),
            None => form.send(),
        };
    };
    moves(Some("2027-12-01"));
    app.public().open(PUBLIC).sees("moved once, 10 days past the first target");
    moves(None);
    app.public().open(PUBLIC).sees("Target date taken back by Ashgrove Council").sees("10 days past the first target");
    let data = app.public().open("/inquiries/ashgrove/recommendations/1.json").json();
    assert_eq!(data["addressees"][0]["days_past_first_target"], 10);
    app.place().run(&["verify"]).succeeds();
}
