//! What a clock that was ahead has left behind, once it is right again: nothing is locked, put off or kept alive until the time that it
//! said.

use followthrough::clock::Clock;

use super::pieces::follow;
use crate::follow::arranged::{asks, newest};
use crate::mail::ashgrove::{TIMETABLE, address, jobs_at, publishes, taken_in, waits};
use crate::stories;
use crate::support::app::{BEGINNING, days, sign_in};
use crate::support::{PASSWORD, Place, TestApp};

stories![
    whoever_was_told_while_the_clock_was_ahead_is_told_again_at_once,
    mail_that_a_clock_ahead_of_time_has_put_off_goes_at_once,
    who_tried_too_often_while_the_clock_was_ahead_does_not_wait_for_that_time,
    a_link_made_while_the_clock_was_ahead_does_not_work_until_that_time,
    nobody_waits_for_a_link_that_was_sent_while_the_clock_was_ahead,
    what_is_loaded_after_the_clock_was_set_back_is_taken_in_on_the_day_of_its_change,
];

fn whoever_was_told_while_the_clock_was_ahead_is_told_again_at_once(place: &Place) {
    taken_in(place);
    follow(place, 1);
    jobs_at(place, "2027-11-30T09:00:00Z").succeeds().says("0 summaries written");
    assert_eq!(place.value("select told_on from subscriber"), "2027-11-30");
    publishes(place, TIMETABLE, "response", "2027-01-15");
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("1 summary written").says("1 accepted");
    publishes(place, TIMETABLE, "reported", "2027-01-18");
    jobs_at(place, "2027-01-18T12:00:00Z").succeeds().says("public_digest nothing to do now");
    jobs_at(place, "2027-01-19T08:30:00Z").succeeds().says("1 summary written");
    assert_eq!(place.mailbox().of("reader-1@example.org").count(), 2);
}

fn mail_that_a_clock_ahead_of_time_has_put_off_goes_at_once(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let [queued, refused, later] = ["ahead.queued", "ahead.refused", "ahead.later"].map(|who| address(place, who));
    waits(place, 1, &queued, "2027-06-18T08:00:00Z");
    waits(place, 1, &refused, "2027-01-18T08:00:00Z");
    waits(place, 1, &later, "2027-01-18T20:00:00Z");
    place.execute(&format!(
        "insert into attempt (outbox_id, at, outcome, answer, refused)
           select id, '2027-06-18T08:00:00Z', 'temporary_failure', 'Not now.', false from outbox where email = '{refused}';
         update outbox set state = 'temporary_failure', attempts = 1, not_before = '2027-06-18T08:01:00Z',
           first_tried_at = '2027-06-18T08:00:00Z' where email = '{refused}'"
    ));
    place.servers().smtp().answers(&refused, &[451]);
    jobs_at(place, "2027-01-18T08:30:00Z").exits(1).says("1 accepted, 1 failed for now");
    // For how long it is tried is counted from now on, and so is how long it waits.
    let first = format!("select first_tried_at from outbox where email = '{refused}'");
    assert_eq!(place.value(&first), "2027-01-18T08:30:00Z");
    jobs_at(place, "2027-01-18T08:36:00Z").succeeds().says("1 accepted");
    // What is put off for some hours waits for them.
    assert_eq!(place.value(&format!("select state from outbox where email = '{later}'")), "queued");
    jobs_at(place, "2027-01-18T20:00:00Z").succeeds().says("1 accepted");
}

fn who_tried_too_often_while_the_clock_was_ahead_does_not_wait_for_that_time(app: &TestApp) {
    app.person("overseer");
    app.clock().advance(days(30));
    let visitor = app.public();
    for _ in 0..10 {
        sign_in(&visitor, "overseer@example.org", "not the password it is").is(422);
    }
    sign_in(&visitor, "overseer@example.org", PASSWORD).is(429);
    app.clock().set(BEGINNING.parse().expect("a moment"));
    sign_in(&visitor, "overseer@example.org", PASSWORD).is(303);
}

fn a_link_made_while_the_clock_was_ahead_does_not_work_until_that_time(place: &Place) {
    let app = place.app();
    app.person("overseer");
    app.clock().advance(days(30));
    let reader = app.public();
    let form = reader.open("/sign-in").follow("I do not know my password").form("Send the link");
    form.fill("Email address", "overseer@example.org").submit().is(200);
    app.jobs();
    let link = app.mailbox().of("overseer@example.org").about("Choose a new password").link("/password-reset/");
    reader.get(&link).is(200);
    app.clock().set(BEGINNING.parse().expect("a moment"));
    reader.get(&link).is(404).sees("This link does not work");
}

fn nobody_waits_for_a_link_that_was_sent_while_the_clock_was_ahead(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let (reader, email) = (app.public(), address(place, "ahead.follows"));
    let link = || newest(app, &email).link("/subscribe/confirm/");
    app.clock().advance(days(30));
    asks(&reader, "/subscribe?inquiry=ashgrove", &email, "Once a week").is(303);
    let old = link();
    reader.get(&old).is(200);
    app.clock().set(BEGINNING.parse().expect("a moment"));
    reader.get(&old).is(404);
    asks(&reader, "/subscribe?inquiry=ashgrove", &email, "Once a week").is(303);
    let new = link();
    assert_ne!(new, old);
    reader.open(&new).form("Yes, write to me").send().sees("Confirmed.");
}

fn what_is_loaded_after_the_clock_was_set_back_is_taken_in_on_the_day_of_its_change(place: &Place) {
    place.run(&["migrate"]).succeeds();
    let ahead = Clock::system().now().plus_seconds(3 * 24 * 3600).to_string();
    let day = &ahead[..10];
    place.execute(&format!(
        "insert into change (seq, at, day, kind) values (1, '{ahead}', '{day}', 'load'); update counter set seq = 1"
    ));
    let file = place.file("crossing.toml", include_str!("../whole_inquiry.toml"));
    place.run(&["register", "load", file.to_str().expect("a path in UTF-8")]).succeeds().says("Added, as change 2");
    assert_eq!(place.value("select day from change where seq = 2"), day);
    assert_eq!(place.rows("select distinct taken_in_on as value from addressee"), [day]);
    place.run(&["verify"]).succeeds();
}
