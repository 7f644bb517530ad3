//! A clock that jumps: ahead by hours and days while people are signed in and jobs run, and back again.

use super::pieces::follow;
use crate::deeds_record::{ITEM, PUBLIC, response};
use crate::mail::ashgrove::{COUNCIL, TIMETABLE, asks_for_return, jobs_at, person, taken_in, waits};
use crate::stories;
use crate::support::app::{BEGINNING, days, minutes, sign_in};
use crate::support::{PASSWORD, Place, TestApp};

stories![
    sessions_end_when_they_should_whichever_way_the_clock_jumps,
    no_change_is_dated_before_the_one_before_it,
    pages_are_of_the_day_that_it_is_also_after_a_jump_back,
    no_job_runs_twice_for_one_day_and_no_mail_goes_twice,
    what_a_clock_ahead_of_time_has_taken_is_not_held_until_that_time,
];

fn at(app: &TestApp, moment: &str) {
    app.clock().set(moment.parse().expect("a moment"));
}

fn sessions_end_when_they_should_whichever_way_the_clock_jumps(app: &TestApp) {
    let overseer = app.person("overseer");
    let status = || overseer.get("/staff").status();
    let signs_in = || {
        sign_in(&overseer, "overseer@example.org", PASSWORD).is(303);
        assert_eq!(status(), 200);
    };
    assert_eq!(status(), 200);
    // The clocks of two nodes are never quite the same.
    at(app, "2026-11-23T08:58:00Z");
    assert_eq!(status(), 200);
    at(app, "2026-11-23T09:50:00Z");
    assert_eq!(status(), 200);
    // Ahead: an hour of silence is one, though nobody was silent.
    at(app, "2026-11-24T09:00:00Z");
    assert_eq!(status(), 303);
    signs_in();
    // Back: how old this session is nobody knows any more, so it does not live on for a day.
    at(app, BEGINNING);
    assert_eq!(status(), 303);
    signs_in();
    at(app, "2026-11-23T09:59:59Z");
    assert_eq!(status(), 200);
    for _ in 0..13 {
        app.clock().advance(minutes(55));
        overseer.get("/staff");
    }
    assert_eq!(status(), 303, "half a day is half a day");
}

fn no_change_is_dated_before_the_one_before_it(app: &TestApp) {
    let changes = || app.place().rows("select at || ' ' || day as value from change order by seq");
    let publishes = |words: &str, day: &str| {
        let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
        response(form, "Accepted", words).date("When did it answer?", day).send().sees("Response recorded");
    };
    at(app, "2026-11-25T09:00:00Z");
    publishes("Said while the clock was ahead.", "2026-11-20");
    // By hours within a day, and by days.
    for (moment, day) in [("2026-11-25T06:00:00Z", "2026-11-21"), ("2026-11-23T12:00:00Z", "2026-11-22")] {
        at(app, moment);
        publishes(&format!("Said at {moment}."), day);
    }
    let dated = changes();
    assert!(dated.is_sorted(), "{dated:?}");
    assert_eq!(dated.last(), Some(&"2026-11-25T09:00:00Z 2026-11-25".to_owned()), "as the one before it");
    let desk = || app.person("overseer").open("/staff");
    desk().sees("The last change is dated 25 November 2026 at 09:00, which has not come yet");
    // The order is that of their numbers, in the present and looking back.
    app.public().open(PUBLIC).sees("Said at 2026-11-23T12:00:00Z.");
    app.public().open("/changes").sees("25 November 2026");
    at(app, "2026-11-26T09:00:00Z");
    app.public().open(&format!("{PUBLIC}?as-at=2026-11-25")).sees("Said at 2026-11-23T12:00:00Z.");
    app.public().open(&format!("{PUBLIC}?as-at=2026-11-24")).does_not_see("Said at");
    publishes("Said when the clock was right again.", "2026-11-24");
    desk().does_not_see("which has not come yet");
    assert_eq!(changes().last(), Some(&"2026-11-26T09:00:00Z 2026-11-26".to_owned()));
    app.place().run(&["verify"]).succeeds();
}

fn pages_are_of_the_day_that_it_is_also_after_a_jump_back(app: &TestApp) {
    let public = app.public();
    let of = |day: &str| public.open("/inquiries/ashgrove").sees(&format!("such as {day}")).bytes().to_vec();
    let first = of("2026-11-23");
    app.clock().advance(days(40));
    of("2027-01-02");
    at(app, BEGINNING);
    assert!(of("2026-11-23") == first, "the same day, the same page");
}

fn no_job_runs_twice_for_one_day_and_no_mail_goes_twice(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, "2027-03-01");
    person(place, "contributor", "one@example.org", COUNCIL);
    follow(place, 1);
    let to = |reader: &str| place.mailbox().of(reader).count();
    let mut runs: Vec<String> = Vec::new();
    // Ahead by days and hours, back, and ahead again, over the same half past eight. A reminder and a summary are due on that day.
    for (moment, gone) in [
        ("2027-01-15T09:00:00Z", 0),
        ("2027-01-18T08:30:00Z", 1),
        ("2027-01-18T06:00:00Z", 1),
        ("2027-01-15T12:00:00Z", 1),
        ("2027-01-18T08:30:00Z", 1),
        ("2027-01-18T19:59:00Z", 1),
        ("2027-01-17T23:00:00Z", 1),
        ("2027-01-19T08:30:00Z", 1),
        ("2027-01-18T08:31:00Z", 1),
    ] {
        jobs_at(place, moment).succeeds();
        assert_eq!((to("one@example.org"), to("reader-1@example.org")), (gone, gone), "{moment}");
        // A run that was begun once more would bear another moment.
        let all = place.rows(
            "select job || ' ' || period || ' ' || started_at || ' ' || finished_at as value from job_run order by id",
        );
        assert!(runs.iter().all(|run| all.contains(run)), "{moment}: {runs:?} became {all:?}");
        runs = all;
    }
    assert_eq!(place.value("select count(*) from job_run where finished_at is null"), "0");
    assert_eq!(place.value("select count(*) from outbox"), "2");
}

fn what_a_clock_ahead_of_time_has_taken_is_not_held_until_that_time(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, "2027-03-01");
    person(place, "contributor", "one@example.org", COUNCIL);
    waits(place, 1, "held@example.org", "2027-01-18T08:00:00Z");
    // A process died in the middle of both while the clock said that it was June.
    place.execute(
        "insert into job_run (job, period, started_at, lease_until)
           values ('reminder', '2027-01-18', '2027-06-18T08:30:00Z', '2027-06-18T08:40:00Z');
         update outbox set state = 'sending', lease = 'ahead', lease_until = '2027-06-18T08:45:00Z'",
    );
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("1 reminder written").says("2 accepted");
    assert_eq!(place.mailbox().of("held@example.org").count(), 1);
    // What somebody holds who lives is still left to them.
    waits(place, 1, "living@example.org", "2027-01-18T08:00:00Z");
    place.execute(
        "update outbox set state = 'sending', lease = 'lives', lease_until = '2027-01-18T08:45:00Z'
         where email = 'living@example.org'",
    );
    jobs_at(place, "2027-01-18T08:31:00Z").succeeds().says("0 accepted");
    jobs_at(place, "2027-01-18T08:46:00Z").succeeds().says("1 accepted");
}
