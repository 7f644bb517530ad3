//! Who has a digest, how often, and what of: each by their own choice, by ranges of changes of their own, and one mail a day.

use super::ashgrove::{HARBOUR_STAGES, TIMETABLE, asks_for_return, jobs_at, person, publishes, sets_target, taken_in};
use crate::follow::arranged::{self, address, count, follows, newest};
use crate::stories;
use crate::support::{Place, TestApp};

stories![
    each_chooses_how_often_on_their_own_page,
    a_daily_one_comes_where_there_is_something_new_and_a_weekly_one_on_monday,
    what_waits_is_not_said_again_every_day,
    whoever_wanted_none_begins_with_what_comes_next,
    what_moved_is_told_once,
    an_observer_is_told_what_happened_and_not_what_others_have_to_decide,
    one_address_gets_one_mail_a_day,
    a_summary_of_the_same_morning_puts_the_digest_off,
];

/// Somebody with an account who chose how often, before anything was told.
fn chose(place: &Place, email: &str, cycle: &str) {
    place.execute(&format!(
        "insert into person_digest (person_id, cycle, told_from, told_upto)
           select id, '{cycle}', 1, 1 from person where email = '{email}'"
    ));
}

fn each_chooses_how_often_on_their_own_page(app: &TestApp) {
    const WEEKLY: &str = "Once a week, on Monday";
    let overseer = app.person("overseer");
    let page = overseer.open("/staff/account");
    assert!(page.form("Save how often").is_chosen(WEEKLY), "as it was before anybody could choose");
    let faulty = page.form("Save how often").set("digest", "hourly").submit();
    faulty.is(422).complains("Choose how often");
    let saved = page.form("Save how often").choose("Never").send();
    saved.sees("How often you are mailed is saved");
    assert!(saved.form("Save how often").is_chosen("Never"));
    let observer = app.person("observer");
    let page = observer.open("/staff/account");
    assert!(page.form("Save how often").is_chosen("Never"));
    page.form("Save how often").choose(WEEKLY).send().sees("How often you are mailed is saved");
    let contributor = app.person("contributor of ashgrove-council");
    assert!(!contributor.open("/staff/account").has_form("Save how often"));

    arranged::publishes(app, 1, "response");
    app.jobs_at("2026-11-24T08:30:00Z");
    let told = |who: &str| {
        let mails = app.mailbox().of(who);
        mails.0.into_iter().filter(|mail| mail.subject.contains("summary to")).collect::<Vec<_>>()
    };
    assert!(told("observer@example.org").is_empty(), "it is Tuesday");
    app.jobs_at("2026-11-30T08:30:00Z");
    let mails = told("observer@example.org");
    assert_eq!(mails.len(), 1);
    mails[0].says("Answer recorded, 23 November 2026").says("Choose how often this mail comes");
    assert!(told("overseer@example.org").is_empty());
}

fn a_daily_one_comes_where_there_is_something_new_and_a_weekly_one_on_monday(place: &Place) {
    taken_in(place);
    person(place, "overseer", "daily@example.org", None);
    person(place, "administrator", "weekly@example.org", None);
    chose(place, "daily@example.org", "daily");
    jobs_at(place, "2027-01-11T08:30:00Z").succeeds().says("0 digests written");
    publishes(place, TIMETABLE, "response", "2027-01-12");
    jobs_at(place, "2027-01-12T07:00:00Z").succeeds().says("digest    nothing to do now");
    jobs_at(place, "2027-01-12T08:30:00Z").succeeds().says("1 digest written");
    jobs_at(place, "2027-01-12T09:30:00Z").succeeds().says("digest    nothing to do now");
    jobs_at(place, "2027-01-13T08:30:00Z").succeeds().says("0 digests written");
    publishes(place, TIMETABLE, "reported", "2027-01-13");
    // Nothing runs until Saturday, and on a Saturday nothing goes.
    jobs_at(place, "2027-01-16T12:00:00Z").succeeds().says("digest    nothing to do now");
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("2 digests written");

    let daily = place.mailbox().of("daily@example.org").0;
    assert_eq!(daily.len(), 2);
    assert_eq!(daily[0].subject, "Daily summary to 12 January 2027");
    daily[0].says("Answer recorded, 12 January 2027");
    daily[1].says("Update from the body, 13 January 2027").does_not_say("Answer recorded");
    let weekly = place.mailbox().of("weekly@example.org").0;
    assert_eq!(weekly.len(), 1);
    assert_eq!(weekly[0].subject, "Weekly summary to 18 January 2027");
    weekly[0].says("Answer recorded, 12 January 2027").says("Update from the body, 13 January 2027");
}

fn what_waits_is_not_said_again_every_day(place: &Place) {
    taken_in(place);
    person(place, "overseer", "daily@example.org", None);
    chose(place, "daily@example.org", "daily");
    asks_for_return(place, TIMETABLE, "2027-02-10");
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("1 digest written");
    // The day after it would be the same one again, without what was published.
    jobs_at(place, "2027-01-19T08:30:00Z").succeeds().says("0 digests written");
    jobs_at(place, "2027-01-20T08:30:00Z").succeeds().says("0 digests written");
    publishes(place, TIMETABLE, "response", "2027-01-20");
    jobs_at(place, "2027-01-21T08:30:00Z").succeeds().says("1 digest written");
    jobs_at(place, "2027-01-22T08:30:00Z").succeeds().says("0 digests written");
    place.execute(
        "insert into filing (reference, addressee_id, recommendation_id, kind, state, proposal, author_id, created_at,
           submitted_at, version)
         select 'f-finding', 101, 101, 'assessment', 'submitted', '{}', min(id), '2027-01-22T09:00:00Z',
           '2027-01-22T09:00:00Z', 1 from person",
    );
    jobs_at(place, "2027-01-25T08:30:00Z").succeeds().says("1 digest written");
    let mails = place.mailbox().of("daily@example.org").0;
    assert_eq!(mails.len(), 3);
    mails[1].says("Next update due 10 February 2027").says("Published: 1");
    mails[2].says("Waiting for a second person: 1").says("Next update due 10 February 2027").does_not_say("Published");
}

fn whoever_wanted_none_begins_with_what_comes_next(app: &TestApp) {
    let overseer = app.person("overseer");
    overseer.open("/staff/account").form("Save how often").choose("Never").send();
    arranged::publishes(app, 1, "response");
    app.jobs_at("2026-11-30T08:30:00Z");
    let daily = "On each working day on which there is something new";
    app.person("overseer").open("/staff/account").form("Save how often").choose(daily).send();
    arranged::publishes(app, 1, "reported");
    app.jobs_at("2026-12-01T08:30:00Z");
    let mails = app.mailbox().of("overseer@example.org");
    let mail = mails.about("Daily summary to 1 December 2026");
    mail.says("Update from the body, 30 November 2026").does_not_say("Answer recorded, 23 November 2026");
}

fn what_moved_is_told_once(place: &Place) {
    taken_in(place);
    person(place, "overseer", "overseer@example.org", None);
    sets_target(place, HARBOUR_STAGES, "2027-06-30");
    jobs_at(place, "2027-01-11T08:30:00Z").succeeds().says("1 digest written");
    sets_target(place, HARBOUR_STAGES, "2027-09-30");
    place.execute(&format!("update addressee set times_moved = 1 where id = {HARBOUR_STAGES}"));
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("1 digest written");
    publishes(place, TIMETABLE, "response", "2027-01-20");
    jobs_at(place, "2027-01-25T08:30:00Z").succeeds().says("1 digest written");
    let mails = place.mailbox().of("overseer@example.org").0;
    mails[0].does_not_say("Target dates moved");
    mails[1].says("Target dates moved: 1").says("to 30 September 2027, moved 1 time in all: Ashgrove Ferry Inquiry");
    mails[1].says("http://register.example/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour");
    mails[2].says("Answer recorded").does_not_say("Target dates moved");
}

fn an_observer_is_told_what_happened_and_not_what_others_have_to_decide(place: &Place) {
    taken_in(place);
    person(place, "overseer", "overseer@example.org", None);
    person(place, "observer", "observer@example.org", None);
    person(place, "observer", "asked-for-none@example.org", None);
    chose(place, "observer@example.org", "weekly");
    asks_for_return(place, TIMETABLE, "2027-02-10");
    place.execute(
        "insert into filing (reference, addressee_id, recommendation_id, kind, state, proposal, author_id, created_at,
           submitted_at, version)
         select 'f-finding', 101, 101, 'assessment', 'submitted', '{}', min(id), '2027-01-13T09:00:00Z',
           '2027-01-13T09:00:00Z', 1 from person",
    );
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("2 digests written");
    let mails = place.mailbox();
    mails.of("overseer@example.org").last().says("Waiting for a second person: 1").says("No working contact: 1");
    let observer = mails.of("observer@example.org");
    observer.last().says("Next update due 10 February 2027").does_not_say("Waiting for a second person");
    observer.last().does_not_say("No working contact");
    assert_eq!(mails.of("asked-for-none@example.org").count(), 0);
}

/// Somebody who works with the register and follows it with the same address.
fn one_address_gets_one_mail_a_day(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let email = address(place, "works-and-follows");
    follows(app, "/subscribe", &email, "On each working day");
    person(place, "overseer", &email, None);
    chose(place, &email, "daily");
    let before = count(app, &email);
    let kinds = || {
        place.rows(&format!(
            "select kind as value from outbox where email = '{email}' and kind like '%digest' order by id"
        ))
    };
    arranged::publishes(app, 1, "response");
    app.jobs_at("2026-11-24T08:30:00Z");
    assert_eq!(kinds(), ["digest"]);
    assert_eq!(count(app, &email), before + 1);
    let mail = newest(app, &email);
    assert_eq!(mail.subject, "Daily summary to 24 November 2026");
    mail.says("/changes/2");
    // Without a digest the other mail goes on, where this one ended.
    place.execute("update person_digest set cycle = 'never'");
    arranged::publishes(app, 1, "reported");
    app.jobs_at("2026-11-25T08:30:00Z");
    assert_eq!(kinds(), ["digest", "public_digest"]);
    newest(app, &email).says("/changes/3").does_not_say("/changes/2");
}

/// What many changes waited for was decided early that day, and went to the same address before half past eight.
fn a_summary_of_the_same_morning_puts_the_digest_off(place: &Place) {
    taken_in(place);
    person(place, "overseer", "daily@example.org", None);
    chose(place, "daily@example.org", "daily");
    publishes(place, TIMETABLE, "response", "2027-01-15");
    place.execute(
        "insert into outbox (reference, kind, email, letter, state, not_before, created_at, attempts)
           values ('early', 'public_digest', 'daily@example.org', 'null', 'accepted', '2027-01-18T07:10:00Z',
             '2027-01-18T07:10:00Z', 1)",
    );
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("0 digests written");
    jobs_at(place, "2027-01-19T08:30:00Z").succeeds().says("1 digest written");
    place.mailbox().of("daily@example.org").last().says("Answer recorded, 15 January 2027");
}
