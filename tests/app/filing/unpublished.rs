//! Marker words in what is not published, looked for in everything that others are shown or sent.

use super::arranged::{COUNCIL, COUNCIL_MAIL, ITEM, files, proposes_finding};
use crate::stories;
use crate::support::TestApp;

stories![unpublished_words_are_nowhere];

const MARKER: &str = "zyxwvutmarker";

fn unpublished_words_are_nowhere(app: &TestApp) {
    let path = files(app, MARKER).path().to_owned();
    proposes_finding(app, "overseer", MARKER);
    // One that was sent back, with a comment that is nobody else's either.
    let back = files(app, MARKER).path().to_owned();
    app.person("overseer").open(&back).form("Send it back").fill("What should be looked at again?", MARKER).send();
    app.person("observer").open(&path).sees(MARKER);

    let recommendation = ITEM.rsplit_once('/').expect("a path").0;
    let newest = app.place().value("select seq from counter");
    let mut pages: Vec<String> = [
        "/",
        "/inquiries",
        "/inquiries/ashgrove",
        "/inquiries/ashgrove.json",
        recommendation,
        &format!("{recommendation}.json"),
        ITEM,
        "/bodies",
        "/bodies/ashgrove-council",
        "/bodies/ashgrove-council.json",
        "/themes/inspection",
        "/recommendations",
        "/recommendations.json",
        "/recommendations.json?body=ashgrove-council&reported=under_way",
        "/recommendations?reported=under_way",
        "/recommendations?assessed=on_course",
        "/overdue",
        "/changes",
        "/about",
    ]
    .map(str::to_owned)
    .to_vec();
    pages.extend((1..=newest.parse().expect("a number")).map(|seq: u32| format!("/changes/{seq}")));
    for visitor in [app.public(), app.person("contributor of ashgrove-harbour")] {
        for page in &pages {
            visitor.open(page).does_not_see(MARKER);
        }
    }
    let found = app.public().open(&format!("/recommendations.json?q={MARKER}")).json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(0), "{found}");
    app.person("contributor of ashgrove-harbour").open("/staff").does_not_see(MARKER);

    // A week on: the digest of overseers, reminders, and the mail that leads the author to the comment.
    app.jobs_at("2026-11-30T08:30:00Z");
    let mails = app.mailbox();
    mails.of(COUNCIL_MAIL).last().says("needs another look");
    for mail in &mails.0 {
        mail.does_not_say(MARKER);
    }
    app.person(COUNCIL).open("/staff").sees("Received, being read");
}
