//! Closing that fits the other facts, looking again after it, and finding that it no longer holds.

use crate::deeds_judge::agreed;
use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::fairness::run_by_somebody;
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    a_reason_for_closing_must_fit_the_other_facts,
    what_was_closed_as_done_is_looked_at_again_and_may_hold_no_longer,
    a_finding_older_than_its_schedule_was_not_looked_at_lately,
    what_another_took_the_place_of_says_which,
];

fn closes(app: &TestApp, why: &str) -> Form {
    let form = app.person("overseer").open(ITEM).follow("Close").form("Record the decision");
    confirmed(form.choose_in("Why is it closed?", why).fill("The reason", "Decided in the committee."))
}

/// Hands a finding in and has another person publish it.
fn found(app: &TestApp, value: &str) {
    let form = app.person("overseer").open(ITEM).follow("Assess").form("Hand in the assessment");
    let waits =
        form.choose_in("What do you find?", value).fill("What does the finding rest on?", "Two reports.").send();
    confirmed(app.person("overseer two").open(waits.path()).form("Publish this")).send();
}

fn a_reason_for_closing_must_fit_the_other_facts(app: &TestApp) {
    run_by_somebody(app);
    for (why, sentence) in [
        ("The body rejected it", "only while the body’s recorded answer is a rejection"),
        ("On the body's own word", "only while the body says that it is complete or in place"),
        ("Part was done", "only while the published assessment says that part of it is done"),
        ("Not implemented and no more", "only while the published assessment says so"),
        ("Confirmed implemented by other means", "only after a published assessment says that it is implemented"),
        ("Whether it was done cannot be determined", "says that nobody can tell"),
    ] {
        let refused = closes(app, why).submit();
        refused.is(422).complains(sentence);
        assert_eq!(refused.form("Record the decision").value("The reason"), "Decided in the committee.");
    }
    let record = |value: &str| {
        let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
        response(form, value, "No.").fill("What reason did it give?", "It would be empty.")
    };
    record("Rejected").send();
    closes(app, "The body rejected it").fill("After how many months", "").send().sees("Decision recorded");
    app.public().open(PUBLIC).sees("Closed, not done: the body rejected it").does_not_see("To be looked at again");
    // What is closed for one reason cannot be made to say another thing without opening it first.
    let other = record("Accepted").submit();
    other.is(422).complains("If it is closed already, open it again first");
    let again = app.person("overseer").open(ITEM);
    assert!(!again.text().contains("It no longer holds"), "a refusal was never done");
    confirmed(again.follow("Open again").form("Record the decision").fill("The reason", "It thinks again.")).send();
    confirmed(other.form("Publish the response")).submit().is(409);
    record("Accepted").send();
    app.place().run(&["verify"]).succeeds();
}

/// A closing is no earlier than its finding.
fn what_a_closing_rests_on_came_first(app: &TestApp) {
    let early = closes(app, "Confirmed implemented").fill("How was it shown", "Minutes.");
    let early = early.date("When was that decided?", "2026-11-20").submit();
    early.is(422).complains("must not be before the finding that it rests on, of 23 November 2026");
}

fn what_was_closed_as_done_is_looked_at_again_and_may_hold_no_longer(app: &TestApp) {
    run_by_somebody(app);
    found(app, "Confirmed implemented");
    agreed(app, ITEM);
    what_a_closing_rests_on_came_first(app);
    let closes = |app: &TestApp, why: &str| closes(app, why).fill("How was it shown", "Minutes of May.");
    closes(app, "Confirmed implemented")
        .fill("After how many months", "six")
        .submit()
        .is(422)
        .complains("such as 6, 18, 36");
    let waits = closes(app, "Confirmed implemented").send();
    confirmed(app.person("overseer two").open(waits.path()).form("Publish this")).send();
    let public = app.public().open(PUBLIC);
    public.sees("Closed, done").sees("To be looked at again on 23 May 2027").sees("23 November 2029");
    // A finding against it cannot stand beside "closed, done".
    let form = app.person("overseer").open(ITEM).follow("Assess").form("Hand in the assessment");
    let form =
        form.choose_in("What do you find?", "Not implemented").fill("What does the finding rest on?", "Nothing.");
    form.submit().is(422).complains("record “It no longer holds”");
    app.clock().set("2027-05-23T09:00:00Z".parse().expect("a moment"));
    let list = app.person("overseer").open("/staff").follow("Answers to be looked at again");
    list.sees("To be looked at again on 23 May 2027").follow("Inspect both landing stages every year");

    app.clock().set("2027-05-30T09:00:00Z".parse().expect("a moment"));
    app.public().open("/overdue").sees("Was to be looked at again on 23 May 2027");
    app.public().open(PUBLIC).sees("no finding is recorded here yet");
    let lapses = || app.person("overseer").open(ITEM).follow("It no longer holds").form("Record the decision");
    let bare = confirmed(lapses().fill("The reason", "The inspections stopped.")).submit();
    bare.is(422).complains("Choose what you find now");
    let form = bare.form("Record the decision").choose_in("what do you find now", "Not enough done");
    let words = form.fill("What does that finding rest on?", "No report since March.").send();
    // A finding against the body is with it first, and nobody reads it before.
    words.sees("With the body for accuracy until");
    app.public().open(PUBLIC).does_not_see("No report since March.").sees("Closed, done");
    app.public().open("/overdue").does_not_see("No longer holds");
    app.clock().set("2027-06-30T09:00:00Z".parse().expect("a moment"));
    confirmed(app.person("overseer two").open(words.path()).form("Publish this")).send();
    let public = app.public().open(PUBLIC);
    public
        .sees("No longer holds: open again")
        .sees("Not enough done, found on 30 May 2027")
        .sees("No report since March.");
    public.sees("The inspections stopped.").does_not_see("To be looked at again on 23 November 2028 ");
    app.public().open("/overdue").sees("No longer holds").sees("Found on 30 May 2027").sees("Harbour Authority");
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    assert_eq!(data["addressees"][1]["done"], false);
    assert_eq!(data["addressees"][1]["lifecycle"], "lapsed");
    // It stands in every digest until it is decided on anew.
    for monday in ["2027-07-05T08:30:00Z", "2027-07-12T08:30:00Z"] {
        app.jobs_at(monday);
        let mailbox = app.mailbox();
        mailbox
            .of("overseer@example.org")
            .last()
            .says("No longer holds")
            .says("Found on 30 May 2027 that it no longer holds");
    }
    app.place().run(&["verify"]).succeeds();
}

fn a_finding_older_than_its_schedule_was_not_looked_at_lately(app: &TestApp) {
    run_by_somebody(app);
    found(app, "On course");
    let set = |months: &str, reason: &str| {
        let form = app.person("overseer").open(ITEM).follow("Set when it is looked at again").form("Publish the days");
        confirmed(form.fill("After how many months", months).fill("Why?", reason))
    };
    set("", "").submit().is(422).complains("Enter after how many months");
    set("12", "").send().sees("To be looked at again on 23 November 2027");
    set("6", "").submit().is(422).complains("Enter why the days change");
    set("6", "Sooner.").send().sees("To be looked at again on 23 May 2027");
    app.clock().set("2027-05-23T09:00:00Z".parse().expect("a moment"));
    app.public().open("/inquiries/ashgrove").does_not_see("not looked at lately");
    app.clock().set("2027-05-24T09:00:00Z".parse().expect("a moment"));
    app.public().open("/inquiries/ashgrove").sees("not looked at lately");
    app.public().open(PUBLIC).sees("Was to be looked at again on 23 May 2027");
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    assert_eq!(data["addressees"][1]["not_looked_at_lately"], true);
    found(app, "On course");
    app.public().open("/inquiries/ashgrove").does_not_see("not looked at lately");
    app.public().open("/overdue").does_not_see("Was to be looked at again");
    app.place().run(&["verify"]).succeeds();
}

fn what_another_took_the_place_of_says_which(app: &TestApp) {
    let closes = || closes(app, "Another recommendation took its place");
    closes().submit().is(422).complains("Enter which recommendation took its place");
    let by = |which: &str| closes().fill("If another took its place", which);
    let fault = "No recommendation of this register stands at this address";
    by("/inquiries/ashgrove/recommendations/77").submit().is(422).complains(fault);
    by("/bodies/ashgrove-harbour").submit().is(422).complains(fault);
    by("/inquiries/ashgrove/recommendations/2").submit().is(422).complains("This is the recommendation itself");
    // Named where it is closed for another reason, it is not lost.
    let other = self::closes(app, "Entered in error").fill("If another took its place", "Another");
    other.submit().is(422).complains("This belongs only to what another recommendation took the place of");
    // As a browser shows the address, with a place on the page and a sign written as addresses write it.
    by("/inquiries/millbrook/recommendations/%61?as-at=2026-11-23#timeline").send().sees("Decision recorded");
    let public = app.public().open(PUBLIC);
    public.sees("Its place was taken by Millbrook inspection, recommendation a. Decided in the committee.");
    let link = "/inquiries/millbrook/recommendations/a";
    assert_eq!(public.link("Millbrook inspection, recommendation a"), link);
    let feed = app.public().get("/inquiries/ashgrove/recommendations/2.atom").body();
    assert!(feed.contains(&format!("{link}&quot;&gt;Millbrook")) && !feed.contains(&format!("\"{link}")), "{feed}");
    // Put right, the form holds both as they were entered.
    let page = app.person("overseer").open(ITEM).follow("Correct this: Closed");
    let form = page.form("Record the decision");
    assert_eq!(form.value("If another took its place"), "/inquiries/millbrook/recommendations/a");
    assert_eq!(form.value("The reason"), "Decided in the committee.");
    let form =
        form.fill("If another took its place", "The Coastal Code, rule 3").fill("Why was the earlier", "Another.");
    confirmed(form).send();
    app.public().open(PUBLIC).sees("Its place was taken by The Coastal Code, rule 3.");
}
