//! Many changes at once: the public is mailed when somebody has decided so, and a quarter of an hour has passed.

use super::arranged::{address, count, follows, newest, publishes};
use crate::stories;
use crate::support::app::minutes;
use crate::support::{Place, TestApp};

stories![
    many_changes_wait_for_a_decision_and_make_one_summary,
    a_load_says_to_how_many_it_would_go_before_anybody_is_asked,
    staff_see_what_every_mail_says,
];

fn many_changes_wait_for_a_decision_and_make_one_summary(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    app.person("overseer").open("/staff").does_not_see("is the public mailed");
    let email = address(place, "many");
    follows(app, "/subscribe?inquiry=ashgrove", &email, "On each working day");
    let begin = count(app, &email);
    publishes(app, 20, "response");
    app.jobs_at("2026-11-24T08:30:00Z");
    assert_eq!(count(app, &email), begin + 1, "twenty are not many");
    publishes(app, 21, "reported");
    publishes(app, 2, "assessed");
    let lines = app.jobs_at("2026-11-25T08:30:00Z");
    assert!(lines.contains("0 summaries written; many changes wait for a decision"), "{lines}");
    let overseer = app.person("overseer");
    let desk = overseer.open("/staff").follow("Many changes: is the public mailed about them?");
    desk.sees("Mail the public about changes 22 to 44?").sees("23").sees("Readers it would go to");
    desk.form("Send").send().sees("It goes in 15 minutes").sees("can still be taken back");
    desk.does_not_see("not mailed at all");
    desk.form("Send").set("key", "another").submit().is(409);
    app.clock().advance(minutes(14));
    app.jobs();
    assert_eq!(count(app, &email), begin + 1);
    let before = overseer.open("/staff/mail");
    before.sees("it is then not mailed at all: you are not asked again");
    let back = before.form("Take it back").send();
    back.sees("It is not mailed").sees("Changes 22 to 44: not mailed");
    app.clock().advance(minutes(30));
    app.jobs();
    // What was not mailed does not come later, and holds nothing else up.
    publishes(app, 1, "response");
    app.jobs_at("2026-11-26T08:30:00Z");
    assert_eq!(count(app, &email), begin + 2);
    newest(app, &email).says("/changes/45").does_not_say("/changes/44");

    publishes(app, 21, "reported");
    publishes(app, 1, "load");
    publishes(app, 2, "assessed");
    app.jobs_at("2026-11-27T08:30:00Z");
    // The next day's ordinary change waits with it, for each reader gets one summary.
    publishes(app, 1, "response");
    app.jobs_at("2026-11-30T08:30:00Z");
    assert_eq!(count(app, &email), begin + 2);
    // Whoever can decide is told of it by their own summary.
    let told =
        place.rows("select letter as value from outbox where kind = 'digest' and email = 'overseer@example.org'");
    for says in ["Mail the public about changes 46 to", "It would go to 1 reader, and waits until somebody decides"] {
        assert!(told.iter().any(|letter| letter.contains(says)), "{says}: {told:?}");
    }
    app.person("overseer two").open("/staff/mail").form("Send").send().sees("Goes from");
    app.clock().advance(minutes(16));
    let lines = app.jobs();
    assert!(lines.contains("mailing   1 summary written"), "{lines}");
    assert_eq!(count(app, &email), begin + 3);
    let mail = newest(app, &email);
    mail.says("Update from the body: 21").says("Assessment: 2").says("Answer recorded: 1");
    mail.says("Loaded from a register file: 1").does_not_say("/changes/46");
    app.jobs();
    app.jobs_at("2026-12-01T08:30:00Z");
    assert_eq!(count(app, &email), begin + 3);
    app.person("overseer").open("/staff/mail").sees("Nothing waits for a decision").sees("sent its way");
}

fn a_load_says_to_how_many_it_would_go_before_anybody_is_asked(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    for who in ["load-one", "load-two"] {
        follows(app, "/subscribe?inquiry=ashgrove", &address(place, who), "On each working day");
    }
    follows(app, "/subscribe?inquiry=millbrook", &address(place, "load-other"), "On each working day");
    app.jobs_at("2026-11-24T08:30:00Z");
    let coming = "the next round asks whether the public is mailed";
    app.person("overseer").open("/staff/mail").does_not_see(coming).does_not_see("Readers it would go to");
    publishes(app, 1, "response");
    app.person("overseer").open("/staff/mail").does_not_see(coming);
    publishes(app, 1, "load");
    let ahead = app.person("overseer").open("/staff/mail");
    ahead.sees("Nothing waits for a decision").sees(coming).sees("Readers it would go to 2");
    assert!(!ahead.has_form("Send"), "nobody is asked yet");
    app.jobs_at("2026-11-25T08:30:00Z");
    let asked = app.person("overseer").open("/staff/mail");
    asked.does_not_see(coming).sees("Readers it would go to 2");
    asked.form("Do not send").send().sees("It is not mailed");
}

fn staff_see_what_every_mail_says(app: &TestApp) {
    let page = app.person("overseer").open("/staff/mail").follow("See what each mail says");
    for subject in
        ["Please confirm your address", "Your summary of 23 November 2026", "A correction of 23 November 2026"]
    {
        page.sees(subject);
    }
    page.sees("Digest for staff").sees("Ashgrove register <register@example.org>").sees("/subscriptions/(not-shown)");
    assert_eq!(page.texts("h3").len(), 34, "seventeen mails, each as text and as HTML");
    // The text keeps its lines.
    let body = page.body();
    assert!(body.contains("\nSent automatically by "), "the text runs on");
    let style = body.split('"').find(|part| part.ends_with(".css")).expect("a style sheet");
    let rules = app.public().get(style).body().replace([' ', '\n', ';'], "");
    assert!(rules.contains(".f-lines{white-space:pre-line}"));
    app.person("observer").get("/staff/mail/preview").is(403);
    app.person("contributor of ashgrove-council").get("/staff/mail").is(403);
}
