//! What was mailed and was wrong is put right by mail: to the same people, plainly, at the top.

use super::arranged::{address, count, follows, newest, publishes};
use crate::deeds_record::{ITEM, confirmed, response};
use crate::outside::replied;
use crate::removal::proposed;
use crate::stories;
use crate::support::app::minutes;
use crate::support::{Place, TestApp};

stories![
    those_who_were_told_what_was_wrong_are_told_so_first,
    a_reply_that_is_taken_out_is_called_a_reply,
    what_is_held_is_neither_told_nor_put_right_until_the_hold_ends_and_then_once,
];

fn those_who_were_told_what_was_wrong_are_told_so_first(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let [told, rare, new, late] = ["told", "rare", "new", "late"].map(|who| address(place, &format!("wrong.{who}")));
    let manage = follows(app, "/subscribe", &told, "On each working day");
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "The first reading.").send();
    let wrong = place.value("select max(seq) from change");
    app.jobs_at("2026-11-24T08:30:00Z");
    newest(app, &told).says("Accepted on 20 November 2026").does_not_say("needs to be put right");
    // From now on they hear of assessments alone; a correction comes all the same.
    app.public().open(&manage).form("Save").choose_in("How often?", "Only when the assessment changes").send();
    follows(app, "/subscribe", &rare, "Once a month");
    follows(app, "/subscribe", &new, "On each working day");
    let before = [&told, &rare, &new].map(|who| count(app, who));
    let item = app.person("overseer").open(ITEM);
    let form = item.follow("Correct this").form("Publish the response");
    let form = form.choose("Replied, neither accepting nor rejecting").fill("What did it say?", "The second.");
    let done = confirmed(form).fill("Why was the earlier entry wrong?", "The letter was misread.").send();
    let right = place.value("select max(seq) from change");
    app.jobs_at("2026-11-25T08:30:00Z");
    assert_eq!([&told, &rare, &new].map(|who| count(app, who)), [before[0] + 1, before[1], before[2] + 1]);
    let mail = newest(app, &told);
    assert_eq!(mail.subject, "A correction of 25 November 2026");
    mail.says("Please note: something that we wrote to you needs to be put right");
    mail.says(&format!("We wrote to you about change {wrong} (Answer recorded, 23 November 2026"));
    mail.says(&format!("It was wrong. Change {right} puts it right: Correction: answer recorded, 24 November 2026"));
    mail.says("Replied on 20 November 2026, neither accepting nor rejecting").does_not_say("Accepted on 20");
    newest(app, &new).says("Correction: answer recorded").does_not_say("needs to be put right");

    // Words taken out of sight are told to everybody who was told of them, the correction included.
    app.person("overseer").open(done.path()).form("Withhold these words: Replied on 20 November").send();
    app.jobs_at("2026-11-26T08:30:00Z");
    for who in [&told, &new] {
        let mail = newest(app, who);
        mail.says("needs to be put right").says("On 25 November 2026 something in it was taken out of sight");
        mail.says("If you read those words, please do not pass them on").does_not_say("The second.");
    }
    let counts = [&told, &rare, &new].map(|who| count(app, who));
    publishes(app, 1, "assessed");
    app.jobs_at("2026-11-27T08:30:00Z");
    newest(app, &told).says("Assessment, 26 November 2026").does_not_say("needs to be put right");
    assert_eq!([&told, &rare, &new].map(|who| count(app, who)), [counts[0] + 1, counts[1], counts[2] + 1]);
    // What was said of a piece of evidence is put right in the same way.
    follows(app, "/subscribe", &late, "On each working day");
    let form = app.person("overseer").open(ITEM).follow("Attach evidence").form("Attach this");
    let form = form.choose_in("What does it support?", "Answer").choose("A link to where it can be read");
    let form =
        form.choose("An assertion").fill("The link", "https://ashgrove.example/letter").fill("Title", "A letter");
    let piece = form.send().follow("A letter");
    confirmed(piece.form("Publish this evidence")).send();
    app.jobs_at("2026-11-30T08:30:00Z");
    newest(app, &late).says("Evidence, 27 November 2026").does_not_say("needs to be put right");
    let form = app.person("overseer").open(piece.path()).form("Publish this evidence").fill("Title", "A resolution");
    confirmed(form).fill("Why was what was said of it wrong?", "It is a resolution.").send();
    app.jobs_at("2026-12-01T08:30:00Z");
    newest(app, &late).says("needs to be put right").says("Correction: evidence");
    app.jobs_at("2026-12-01T08:30:00Z");
    // Whoever was never told what was wrong hears of it as of everything else.
    newest(app, &rare).says("Correction: answer recorded").does_not_say("needs to be put right");
    // What was removed is gone: nobody is told that it is only out of sight.
    let waits = proposed(app, ITEM, "Remove for legal reasons: Evidence for").path().to_owned();
    app.person("overseer two").open(&waits).form("Remove these words for good").send();
    app.jobs_at("2026-12-02T08:30:00Z");
    let mail = newest(app, &late);
    mail.says("something in it was removed for legal reasons, by change").does_not_say("out of sight");
}

fn a_reply_that_is_taken_out_is_called_a_reply(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let told = address(place, "wrong.reply");
    follows(app, "/subscribe", &told, "On each working day");
    replied(app);
    app.jobs_at("2026-11-24T08:30:00Z");
    newest(app, &told).does_not_say("needs to be put right");
    app.person("overseer").open(ITEM).form("Withhold these words: Harbour Authority replied").send();
    app.jobs_at("2026-11-25T08:30:00Z");
    let mail = newest(app, &told);
    mail.says("something in it was taken out of sight, by change").says(": a reply of the body.");
    mail.does_not_say("a remark").does_not_say("They were, in May.");
}

const OTHER: &str = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";

/// Records a response, or puts the one that stands right, and answers where the change is read.
fn records(app: &TestApp, item: &str, corrects: bool) -> String {
    let item = app.person("overseer").open(item);
    if corrects {
        let form = item.follow("Correct this: Accepted").form("Publish the response");
        let form = form.choose("Replied, neither accepting nor rejecting").fill("What did it say?", "The second.");
        confirmed(form).fill("Why was the earlier entry wrong?", "The letter was misread.").send();
    } else {
        let form = item.follow("Record a response").form("Publish the response");
        response(form, "Accepted", "The first reading.").send();
    }
    newest_change(app)
}

fn newest_change(app: &TestApp) -> String {
    format!("/changes/{}", app.place().value("select max(seq) from change"))
}

fn places_hold(app: &TestApp) {
    let page = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/2/hold");
    let form = page.form("Place this hold").choose("Legal proceedings");
    form.date("When is it reviewed?", "2027-02-10").send();
}

fn ends_hold(app: &TestApp) {
    let page = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/2/hold");
    confirmed(page.form("Publish this").choose("End it").fill("Why?", "The reason has gone.")).send();
}

fn what_is_held_is_neither_told_nor_put_right_until_the_hold_ends_and_then_once(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let email = address(place, "wrong.held");
    follows(app, "/subscribe?inquiry=ashgrove", &email, "On each working day");
    let begin = count(app, &email);
    records(app, ITEM, false);
    app.jobs_at("2026-11-24T08:30:00Z");
    assert_eq!(count(app, &email), begin + 1);

    // Both were published before the hold, and not mailed yet.
    let right = records(app, ITEM, true);
    publishes(app, 1, "assessed");
    let finding = newest_change(app);
    let other = records(app, OTHER, false);
    places_hold(app);
    app.jobs_at("2026-11-25T08:30:00Z");
    let mail = newest(app, &email);
    mail.says(&other).does_not_say("needs to be put right").does_not_say(&right).does_not_say(&finding);
    assert_eq!(count(app, &email), begin + 2);
    // A correction of something else does not wait for it, and is told once.
    let other_right = records(app, OTHER, true);
    app.jobs_at("2026-11-26T08:30:00Z");
    let mail = newest(app, &email);
    mail.says("needs to be put right").says(&other_right).does_not_say(&right).does_not_say(&finding);
    app.jobs_at("2026-11-27T08:30:00Z");
    assert_eq!(count(app, &email), begin + 3);

    // It ends, and another one begins after the mail was written and before the mail server took it.
    ends_hold(app);
    let ended = newest_change(app);
    place.servers().smtp().answers(&email, &[451]);
    app.jobs_at("2026-11-30T08:30:00Z");
    assert_eq!(count(app, &email), begin + 3);
    places_hold(app);
    app.clock().advance(minutes(2));
    let mail = newest(app, &email);
    mail.says(&ended).does_not_say("needs to be put right").does_not_say(&right).does_not_say(&finding);
    assert_eq!(count(app, &email), begin + 4);
    ends_hold(app);
    app.jobs_at("2026-12-01T08:30:00Z");
    let mail = newest(app, &email);
    mail.says("needs to be put right").says(&right).says(&finding).does_not_say(&other).does_not_say(&other_right);
    assert_eq!(count(app, &email), begin + 5);
    for at in ["2026-12-02T08:30:00Z", "2026-12-03T08:30:00Z"] {
        app.jobs_at(at);
        assert_eq!(count(app, &email), begin + 5, "{at}");
    }
}
