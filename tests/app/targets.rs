//! Targets that a body asks to move: what it asks is private until it is decided, and then public, a refusal too.

use followthrough::store::page::Cursor;
use followthrough::web::public::place;

use crate::deeds_record::confirmed;
use crate::filing::arranged::{self, files_elsewhere, publication, return_page, update};
use crate::returns::told::{posted, taken};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    a_body_asks_for_a_later_date_and_the_decision_is_public_whichever_it_is,
    days_past_the_first_target_count_whether_or_not_it_was_moved_or_taken_back,
    a_target_of_a_closed_item_does_not_move,
    a_target_that_moves_to_a_day_that_has_passed_is_asked_about,
    what_is_due_soon_is_listed_with_its_kind,
    a_date_that_was_ahead_when_it_was_sent_in_is_published_after_it_has_passed,
    another_date_after_one_was_taken_back_is_asked_for,
    nothing_is_promised_or_asked_anew_on_what_is_closed,
    the_list_and_the_card_agree_on_which_date_is_the_first,
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
    app.person("overseer").get(&format!("{ITEM}/extension-decision")).is(422).sees("No request waits here");

    asks(app)
        .date("Which date do you ask for?", "2027-05-31")
        .fill("Why do you need more time?", "Staff were ill.")
        .select("Under which licence do your words stand?", "Open Government Licence v3.0")
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
    public.sees("Licence: Open Government Licence v3.0").sees("Licence not known");
    public.sees("Granted by the Scrutiny Committee").sees("Staff were ill.").sees("agreed by the Scrutiny Committee");
    app.public().open("/changes").sees("Ashgrove Council: Asked on 23 November 2026").does_not_see("Council asked on");
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
    let line = "First target 26 February 2027, moved once, 10 days past the first target; now due 1 December 2027";
    let overdue = app.public().open("/overdue");
    overdue.sees(line).sees("1 first target date has passed though it was moved").does_not_see("Nothing is overdue");
    for path in ["/overdue?kind=target", "/overdue?inquiry=ashgrove&body=ashgrove-council"] {
        app.public().open(path).sees(line);
    }
    for path in ["/overdue?kind=return", "/overdue?inquiry=millbrook"] {
        app.public().open(path).does_not_see("10 days past the first target");
    }
    let beyond = place::sealed(Cursor([0xb4e0a, i64::from(i32::MAX)]), "/overdue#moved", &[]);
    app.public().open(&format!("/overdue?moved-after={beyond}")).does_not_see("10 days past the first target");
    for other in ["x", "b4e0a_7fffffff"] {
        app.public().get(&format!("/overdue?moved-after={other}")).is(400);
    }
    app.public().get(&format!("/overdue?after={beyond}")).is(400);
    app.public().get(&format!("/overdue?kind=target&moved-after={beyond}")).is(400);
    let body = app.public().open("/bodies/ashgrove-council");
    body.follow("1 first target date has passed though it was moved").sees(line);
    let then = |day: &str| app.public().open(&format!("/bodies/ashgrove-council?as-at={day}"));
    then("2027-03-07").does_not_see("first target date has passed");
    // Once the later date has passed too, one line tells both.
    app.clock().set("2027-12-02T09:00:00Z".parse().expect("a moment"));
    let overdue = app.public().open("/overdue");
    overdue.sees("Target date of 1 December 2027 has passed. First target 26 February 2027, moved once, 279 days past");
    overdue.does_not_see("now due");
    then("2027-05-01").sees("1 first target date has passed though it was moved");
    app.clock().set("2027-03-08T09:00:00Z".parse().expect("a moment"));
    moves(None);
    app.public().open("/overdue").sees("10 days past the first target; taken back since");
    app.public().open(PUBLIC).sees("Target date taken back by Ashgrove Council").sees("10 days past the first target");
    let data = app.public().open("/inquiries/ashgrove/recommendations/1.json").json();
    assert_eq!(data["addressees"][0]["days_past_first_target"], 10);
    app.place().run(&["verify"]).succeeds();
}

fn closes(app: &TestApp) {
    let form = app.person("overseer").open(ITEM).follow("Close").form("Record the decision");
    let form = form.choose_in("Why is it closed?", "What it was about no longer exists").fill("The reason", "It sank.");
    confirmed(form).send().sees("Decision recorded");
}

fn a_target_of_a_closed_item_does_not_move(app: &TestApp) {
    asks(app)
        .date("Which date do you ask for?", "2027-06-30")
        .fill("Why do you need more time?", "Staff were ill.")
        .select("Under which licence do your words stand?", "Open Government Licence v3.0")
        .send();
    let overseer = app.person("overseer");
    let open = overseer.open(ITEM).follow("Move the target date").form("Publish the target date");
    let target = |form: Form| {
        let form = confirmed(form.choose("Compared with the source").fill("Why is it set or moved", "Late."));
        form.fill("Who agreed to it?", "nobody").date("The target date", "2027-09-01")
    };
    closes(app);
    target(open).submit().is(409);
    let form = overseer.open(&format!("{ITEM}/target")).form("Publish the target date");
    target(form).submit().is(422).complains("This item is closed, so its target date does not move");
    let decide = || decides(app).fill("Who decided?", "the Scrutiny Committee").fill("Why?", "It is closed.");
    decide().choose("Grant it").submit().is(422).complains("This item is closed, so its target date does not move");
    decide().choose("Refuse it").send().sees("Decision recorded");
    app.public().open(PUBLIC).sees("Refused by the Scrutiny Committee").does_not_see("moved once");
    // The body is offered no form that would only refuse it.
    let council = app.person(COUNCIL);
    council.get(&format!("{ITEM}/extension")).is(422).sees("This item is closed, so its target date does not move");
    council.open(&format!("{ITEM}/return")).sees("reply to what was found").does_not_see("ask for a later target date");
    overseer.get(&format!("{ITEM}/extension-decision")).is(422).sees("No request waits here");
    app.place().run(&["verify"]).succeeds();
}

fn a_target_that_moves_to_a_day_that_has_passed_is_asked_about(app: &TestApp) {
    app.clock().set("2027-03-08T09:00:00Z".parse().expect("a moment"));
    let form = app.person("overseer").open(ITEM).follow("Move the target date").form("Publish the target date");
    let form = confirmed(form.choose("Compared with the source").fill("Why is it set or moved", "Its plan says so."));
    let asked = form.fill("Who agreed to it?", "nobody").date("The target date", "2027-03-01").submit();
    asked.is(422).complains("1 March 2027 has passed already");
    let again = asked.form("Publish the target date").tick("It has passed, and this is the date that was set");
    confirmed(again).send().sees("Target date recorded");
    app.public().open(PUBLIC).sees("Target 1 March 2027");
}

fn what_is_due_soon_is_listed_with_its_kind(app: &TestApp) {
    app.clock().set("2027-02-10T09:00:00Z".parse().expect("a moment"));
    let page = app.person("overseer").open("/staff");
    let list = page.sees("The next is due on 26 February 2027").follow("Due from bodies in the next 30 days");
    list.sees("Publish the ferry timetable in advance").sees("Target date 26 February 2027");
    let own = app.person(COUNCIL).open("/staff");
    own.sees("Answers, decisions and target dates due in the next 30 days").sees("Target date 26 February 2027");
    app.person("contributor of ashgrove-harbour").open("/staff").does_not_see("Target date 26 February 2027");
    app.person("overseer").get("/staff/due?after=1_9_1").is(400);
}

const DATE: &str = "By which date will it be done?";
/// The council's answer to recommendation 2, which has no target.
const BARE: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";

fn a_date_that_was_ahead_when_it_was_sent_in_is_published_after_it_has_passed(app: &TestApp) {
    let council = app.person(COUNCIL);
    let promised = update(&return_page(&council), "By the end of the month.").date(DATE, "2026-11-30").send();
    // An unfinished one is held against the day on which it is sent in.
    let harbour = app.person("contributor of ashgrove-harbour");
    let form = harbour.open("/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour/return");
    let draft = update(&form, "Begun.").date(DATE, "2026-12-01").set("later", "yes").send();
    app.clock().set("2026-12-08T09:00:00Z".parse().expect("a moment"));
    let harbour = app.person("contributor of ashgrove-harbour");
    let late = harbour.open(draft.path()).form("Send this update").submit();
    late.is(422).complains("The date must be today or later; 1 December 2026 has passed");
    publication(&app.person("overseer").open(promised.path())).send();
    app.public().open(arranged::ITEM).sees("Target 30 November 2026, set by Ashgrove Council");
    app.place().run(&["verify"]).succeeds();
}

/// Moves the target of the first item, or takes it back.
fn moves(app: &TestApp, day: Option<&str>, compared: &str) {
    let form = app.person("overseer").open(ITEM).follow("Move the target date").form("Publish the target date");
    let form = confirmed(form.choose(compared).fill("Why is it set or moved", "Late."));
    let form = form.fill("Who agreed to it?", "nobody");
    match day {
        Some(day) => form.date("The target date", day).send(),
        None => form.send(),
    };
}

fn another_date_after_one_was_taken_back_is_asked_for(app: &TestApp) {
    moves(app, None, "Compared with the source");
    let council = app.person(COUNCIL);
    let page = council.open(&format!("{ITEM}/return"));
    let refused = update(&page, "Another date.").date(DATE, "2027-09-30").submit();
    refused.is(422).complains("A target date was set before and taken back");
    let page = council.open(ITEM).follow("Ask for another target date");
    let early = page.form("Send the request").date("Which date do you ask for?", "2026-11-01").submit();
    early.is(422).complains("The date must be today or later").complains("Enter why you need more time");
    let form = early.form("Send the request").date("Which date do you ask for?", "2027-09-30");
    form.fill("Why do you need more time?", "A new crew.").send().sees("not decided yet");
    let grants = decides(app).choose("Grant it").fill("Who decided?", "the Scrutiny Committee");
    grants.fill("Why?", "Agreed.").send();
    let public = app.public().open(PUBLIC);
    public.sees("Target 30 September 2027").sees("moved 2 times").sees("agreed by the Scrutiny Committee");
    app.place().run(&["verify"]).succeeds();
}

fn nothing_is_promised_or_asked_anew_on_what_is_closed(app: &TestApp) {
    let council = app.person(COUNCIL);
    let waits = update(&return_page(&council), "By next year.").date(DATE, "2027-11-30").send();
    let plain = files_elsewhere(app);
    let form = app.person("overseer").open(BARE).follow("Set when updates are asked for").form("Publish the schedule");
    closes(app);
    let overseer = app.person("overseer");
    let closing = overseer.open(BARE).follow("Close").form("Record the decision");
    let closing = closing.choose_in("Why is it closed?", "What it was about no longer exists");
    confirmed(closing.fill("The reason", "It sank.")).send().sees("Decision recorded");
    let page = overseer.open(BARE);
    page.does_not_see("Set the target date").does_not_see("Set when updates are asked for");
    // What was sent in before is published as it stands, or not at all: the date waits for the item to be opened.
    let refused = publication(&overseer.open(waits.path())).submit();
    refused.is(422).complains("This item is closed, so no target date is set on it");
    publication(&overseer.open(plain.path())).send();
    form.submit().is(409);
    let form = overseer.open(&format!("{BARE}/schedule")).form("Publish the schedule");
    let refused = confirmed(form.date("The next date", "2027-03-01")).submit();
    refused.is(422).complains("It is closed, and nothing is asked about it");
    app.public().open(arranged::ITEM).does_not_see("30 November 2027");
    app.place().run(&["verify"]).succeeds();
}

fn the_list_and_the_card_agree_on_which_date_is_the_first(app: &TestApp) {
    // The first date comes back later, and nobody compared that; then the first entry is put right, to the same day.
    moves(app, Some("2027-06-30"), "Compared with the source");
    moves(app, Some("2027-02-26"), "Not compared with any source");
    let page = app.person("overseer").open(ITEM).follow("Correct this: Target 26 February 2027");
    let form = page.form("Publish the target date").choose("Compared with the source");
    confirmed(form.fill("Why is it set or moved", "Compared since.")).send();
    moves(app, Some("2027-12-01"), "Compared with the source");
    app.clock().set("2027-03-08T09:00:00Z".parse().expect("a moment"));
    app.public().open(PUBLIC).sees("10 days past the first target");
    let line = "First target 26 February 2027, moved 3 times, 10 days past the first target; now due 1 December 2027";
    app.public().open("/overdue").sees(line);
    app.place().run(&["verify"]).succeeds();
}
