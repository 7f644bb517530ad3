//! Mail within a body, over a real mail server: whoever signs off is told of what waits, and its author of what came back.

use super::arranged::{COLLEAGUE, COLLEAGUE_MAIL, count, duties};
use crate::fairness::{found, run_by_somebody};
use crate::filing::arranged::{COUNCIL, COUNCIL_MAIL, files_elsewhere, return_page, update};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::minutes;
use crate::support::mailbox::Mail;
use crate::support::page::Page;

stories![
    whoever_signs_off_gets_one_mail_for_all_that_waits,
    what_came_back_is_told_to_its_author_without_the_comment,
    whoever_begins_to_sign_off_is_told_of_what_waits,
    at_night_only_what_tells_of_a_time_that_runs_goes,
    a_mail_that_was_taken_back_stands_in_no_other_mails_way,
    a_mail_of_another_body_takes_nothing_in,
    what_came_back_follows_nobody_to_another_body,
];

const SIGNER: (&str, &str) = ("Who signs off", "Contributor Two");

/// Hands over over SMTP what is due at the app's moment.
pub fn posted(app: &TestApp) {
    let now = app.clock().now().to_string();
    app.place().with_smtp().run(&["jobs", "--once", "--now", &now]).succeeds();
}

/// What the mail server took of one kind for one reader of this register.
pub fn taken(app: &TestApp, reader: &str, kind: &str) -> Vec<Mail> {
    let query = format!("select reference as value from outbox where kind = '{kind}' order by id");
    let ours: Vec<String> = app.place().rows(&query).iter().map(|name| format!("<{name}@")).collect();
    let of_ours =
        |mail: &Mail| mail.header("Message-ID").is_some_and(|id| ours.iter().any(|name| id.starts_with(name.as_str())));
    app.place().servers().smtp().mail_to(reader).into_iter().filter(of_ours).collect()
}

fn written(app: &TestApp, words: &str) -> Page {
    update(&return_page(&app.person(COUNCIL)), words).send()
}

fn signs(app: &TestApp, page: &Page) {
    app.person(COLLEAGUE).open(page.path()).form("Sign off").send().sees("Signed off.");
}

fn whoever_signs_off_gets_one_mail_for_all_that_waits(app: &TestApp) {
    duties(app, &[SIGNER]);
    let first = written(app, "canary-written");
    app.clock().advance(minutes(10));
    let second = files_elsewhere(app);
    posted(app);
    assert!(taken(app, COLLEAGUE_MAIL, "sign_off_asked").is_empty(), "it waits for more");
    app.clock().advance(minutes(6));
    posted(app);
    let mails = taken(app, COLLEAGUE_MAIL, "sign_off_asked");
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "For your sign-off: 2 items");
    mails[0].says("recommendation 1").says("Inspect both landing stages every year");
    mails[0].says("goes to the register only once you have signed it off");
    mails[0].does_not_say("canary-written").does_not_say("Elsewhere");
    app.person(COLLEAGUE).open(&mails[0].link(first.path())).sees("canary-written");
    assert_eq!(count(app, "outbox where kind = 'sign_off_asked'"), 1, "nobody is told of their own act");
    signs(app, &first);
    signs(app, &second);

    // The next mail of this kind goes an hour after the one before at the earliest.
    let third = written(app, "Third.");
    app.clock().advance(minutes(20));
    posted(app);
    assert_eq!(taken(app, COLLEAGUE_MAIL, "sign_off_asked").len(), 1);
    app.clock().advance(minutes(40));
    posted(app);
    let mails = taken(app, COLLEAGUE_MAIL, "sign_off_asked");
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().any(|mail| mail.subject == "For your sign-off: 1 item"));
    // What was signed off before its mail goes is not asked for any more.
    signs(app, &third);
    let fourth = written(app, "Fourth.");
    signs(app, &fourth);
    app.clock().advance(minutes(120));
    posted(app);
    assert_eq!(taken(app, COLLEAGUE_MAIL, "sign_off_asked").len(), 2);
    assert_eq!(count(app, "outbox where kind = 'sign_off_asked' and state = 'cancelled'"), 1);
}

fn what_came_back_is_told_to_its_author_without_the_comment(app: &TestApp) {
    duties(app, &[SIGNER]);
    let page = written(app, "Surveyor X inspected both.");
    let read = app.person(COLLEAGUE).open(page.path());
    read.form("Send back to the author").fill("What should be looked at again?", "canary-comment").send();
    app.clock().advance(minutes(16));
    posted(app);
    let mails = taken(app, COUNCIL_MAIL, "sent_to_author");
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject, "Sent back within your organisation: 1 item");
    mails[0].says("Inspect both landing stages every year").does_not_say("canary-comment").does_not_say("Surveyor X");
    app.person(COUNCIL).open(&mails[0].link(page.path())).sees("canary-comment");
    assert!(taken(app, COLLEAGUE_MAIL, "sign_off_asked").is_empty(), "it does not wait for them any more");
}

fn whoever_begins_to_sign_off_is_told_of_what_waits(app: &TestApp) {
    duties(app, &[("Who signs off", "Contributor One")]);
    update(&return_page(&app.person(COLLEAGUE)), "It waits.").send().sees("It is not filed yet");
    app.person("contributor three of ashgrove-council");
    duties(app, &[("Who signs off", "Contributor Three")]);
    app.clock().advance(minutes(16));
    posted(app);
    let third = "contributor-three.ashgrove-council@example.org";
    assert_eq!(taken(app, third, "sign_off_asked").len(), 1);
    assert!(taken(app, COUNCIL_MAIL, "sign_off_asked").is_empty(), "they do not sign off any more");
}

/// The app's clock stands at this moment.
fn at(app: &TestApp, moment: &str) {
    app.clock().set(moment.parse().expect("a moment"));
}

fn at_night_only_what_tells_of_a_time_that_runs_goes(app: &TestApp) {
    run_by_somebody(app);
    duties(app, &[SIGNER]);
    at(app, "2026-11-23T19:50:00Z");
    let first = written(app, "It waits.");
    at(app, "2026-11-23T20:30:00Z");
    posted(app);
    assert!(taken(app, COLLEAGUE_MAIL, "sign_off_asked").is_empty(), "it is night");
    at(app, "2026-11-24T07:00:00Z");
    posted(app);
    assert_eq!(taken(app, COLLEAGUE_MAIL, "sign_off_asked").len(), 1);
    // What came back waits likewise.
    at(app, "2026-11-24T19:50:00Z");
    let back = app.person(COLLEAGUE).open(first.path()).form("Send back to the author");
    back.fill("What should be looked at again?", "Which stage?").send();
    at(app, "2026-11-24T21:00:00Z");
    posted(app);
    assert!(taken(app, COUNCIL_MAIL, "sent_to_author").is_empty(), "it is night");

    // The time to reply to a finding runs: that mail goes at once.
    found(app, "Not implemented", "The stages were not inspected.");
    let page = app.person(COUNCIL).open("/staff").follow("A finding to check before it is published");
    page.form("Send this").choose("There is nothing to correct").send();
    app.clock().advance(minutes(16));
    posted(app);
    assert_eq!(taken(app, COLLEAGUE_MAIL, "sign_off_asked").len(), 2);
    at(app, "2026-11-25T07:00:00Z");
    posted(app);
    assert_eq!(taken(app, COUNCIL_MAIL, "sent_to_author").len(), 1);
}

fn a_mail_that_was_taken_back_stands_in_no_other_mails_way(app: &TestApp) {
    duties(app, &[SIGNER]);
    let first = written(app, "First.");
    app.clock().advance(minutes(16));
    posted(app);
    assert_eq!(taken(app, COLLEAGUE_MAIL, "sign_off_asked").len(), 1);
    signs(app, &first);
    // The second waits for the hour to pass, and somebody takes it back; what comes then is told at that same moment.
    let second = written(app, "Second.");
    let waiting = app.place().value("select reference from outbox where kind = 'sign_off_asked' and state = 'queued'");
    app.person("administrator").open(&format!("/staff/outbox/{waiting}")).form("Take it back").send();
    signs(app, &second);
    written(app, "Third.");
    app.clock().advance(minutes(60));
    posted(app);
    assert_eq!(taken(app, COLLEAGUE_MAIL, "sign_off_asked").len(), 2);
}

fn a_mail_of_another_body_takes_nothing_in(app: &TestApp) {
    duties(app, &[SIGNER]);
    written(app, "First.");
    // As it is where its reader came from another body meanwhile.
    let place = app.place();
    let council = place.value("select id from body where slug = 'ashgrove-council'");
    let other = place.value("select max(id) from body where slug <> 'ashgrove-council'");
    place.execute(&format!(
        r#"update outbox set letter = replace(letter, '"body_id":{council},', '"body_id":{other},')
           where kind = 'sign_off_asked'"#
    ));
    files_elsewhere(app);
    assert_eq!(count(app, "outbox where kind = 'sign_off_asked' and state = 'queued'"), 2);
    app.clock().advance(minutes(80));
    posted(app);
    let mails = taken(app, COLLEAGUE_MAIL, "sign_off_asked");
    assert_eq!(mails.len(), 1);
    mails[0].says("recommendation 1");
    assert_eq!(count(app, "outbox where kind = 'sign_off_asked' and state = 'suppressed'"), 1);
}

fn what_came_back_follows_nobody_to_another_body(app: &TestApp) {
    duties(app, &[SIGNER]);
    let page = written(app, "It is not public.");
    let read = app.person(COLLEAGUE).open(page.path());
    read.form("Send back to the author").fill("What should be looked at again?", "Which stage?").send();
    let other = "select max(id) from body where slug <> 'ashgrove-council'";
    app.place().execute(&format!("update person set body_id = ({other}) where email = '{COUNCIL_MAIL}'"));
    app.clock().advance(minutes(16));
    posted(app);
    assert!(taken(app, COUNCIL_MAIL, "sent_to_author").is_empty(), "it was written for the council");
    assert_eq!(count(app, "outbox where kind = 'sent_to_author' and state = 'cancelled'"), 1);
}
