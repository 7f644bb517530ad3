//! Reminders of updates, and the notice that a date passed.

use super::ashgrove::{
    COUNCIL, COUNCIL_STAGES, HARBOUR, HARBOUR_STAGES, TIMETABLE, asks_for_return, jobs_at, person, sets_target,
    taken_in,
};
use crate::stories;
use crate::support::Place;

stories![
    each_contributor_gets_one_mail_with_all_items_of_their_body,
    before_the_date_at_four_stages_after_it_on_the_day_after_and_weekly,
    what_is_overdue_on_several_weekdays_is_one_mail_a_week,
    never_at_night_nor_on_a_day_on_which_nobody_works,
    days_without_a_process_are_made_up_for_once,
    a_disabled_person_gets_none_and_a_body_without_contributors_is_told_to_overseers,
    nothing_is_asked_on_what_is_closed,
    a_date_that_passed_is_noted_once_and_only_where_the_register_was_there_to_hear,
    three_runners_make_each_run_once,
];

const DUE: &str = "2027-03-01";

fn each_contributor_gets_one_mail_with_all_items_of_their_body(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, DUE);
    asks_for_return(place, COUNCIL_STAGES, "2027-03-08");
    asks_for_return(place, HARBOUR_STAGES, "2027-09-01");
    place.execute("update addressee set reported = 'under_way', reported_on = '2026-11-02', reported_precision = 'on' where id = 101");
    person(place, "contributor", "one@example.org", COUNCIL);
    person(place, "contributor", "two@example.org", COUNCIL);
    person(place, "contributor", "harbour@example.org", HARBOUR);
    person(place, "overseer", "overseer@example.org", COUNCIL);

    // 30 working days before 1 March 2027; recommendation 2 is due within the same time ahead.
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("2 reminders written for 1 body");
    jobs_at(place, "2027-01-18T08:31:00Z").succeeds().says("nothing to do now");

    let mails = place.mailbox();
    assert_eq!(mails.of("harbour@example.org").count(), 0);
    for reader in ["one@example.org", "two@example.org"] {
        let mails = mails.of(reader);
        assert_eq!(mails.count(), 1, "{reader}");
        let mail = mails.last();
        mail.says("Publish the ferry timetable").says("1 March 2027");
        mail.says("The body says that work is under way, as of 2 November 2026");
        mail.says("http://register.example/staff/inquiries/ashgrove/recommendations/1/ashgrove-council/return");
        assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    }
    let overseer = mails.of("overseer@example.org");
    assert!(overseer.0.iter().all(|mail| !mail.subject.contains("update")), "an overseer is not asked");
}

fn before_the_date_at_four_stages_after_it_on_the_day_after_and_weekly(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, DUE);
    person(place, "contributor", "one@example.org", COUNCIL);
    let mut reminded = Vec::new();
    for day in [
        "2027-01-15",
        "2027-01-18",
        "2027-01-19",
        "2027-02-08",
        "2027-02-09",
        "2027-02-17",
        "2027-02-18",
        "2027-02-25",
        "2027-02-26",
        "2027-03-01",
        "2027-03-02",
        "2027-03-08",
        "2027-03-09",
    ] {
        let before = place.mailbox().count();
        jobs_at(place, &format!("{day}T08:30:00Z")).succeeds();
        if place.mailbox().count() > before {
            reminded.push(day);
        }
    }
    let stages = ["2027-01-18", "2027-02-09", "2027-02-18", "2027-02-26", "2027-03-02", "2027-03-09"];
    assert_eq!(reminded, stages);
    let mails = place.mailbox();
    mails.0[3].says("Due 1 March 2027");
    mails.0[4].says("No update received by 1 March 2027");
}

fn what_is_overdue_on_several_weekdays_is_one_mail_a_week(place: &Place) {
    taken_in(place);
    // Recommendation 3 is put to the council as well.
    place.execute("update addressee set body_id = 101, answerer_id = 101 where id = 104");
    // A Monday and a Thursday that passed long ago, and a Wednesday to come.
    for (item, due) in [(TIMETABLE, "2026-12-07"), (COUNCIL_STAGES, "2026-12-10"), (104, "2027-03-03")] {
        asks_for_return(place, item, due);
    }
    person(place, "contributor", "one@example.org", COUNCIL);
    let mut reminded = Vec::new();
    for day in [
        "2027-02-23",
        "2027-02-26",
        "2027-03-01",
        "2027-03-02",
        "2027-03-03",
        "2027-03-04",
        "2027-03-05",
        "2027-03-09",
        "2027-03-10",
        "2027-03-11",
        "2027-03-12",
        "2027-03-18",
    ] {
        let before = place.mailbox().count();
        jobs_at(place, &format!("{day}T08:30:00Z")).succeeds();
        if place.mailbox().count() > before {
            reminded.push(day);
        }
    }
    // The day before the new date is a stage of its own; the day after it begins the week anew for all of them.
    assert_eq!(reminded, ["2027-02-23", "2027-03-02", "2027-03-04", "2027-03-11", "2027-03-18"]);
    let mails = place.mailbox();
    for (mail, next) in mails.0.iter().zip(["2 March", "4 March", "11 March", "18 March", "25 March"]) {
        mail.says("No update received by 7 December 2026").says("No update received by 10 December 2026");
        mail.says(&format!("another reminder on {next} 2027"));
    }
    mails.0[1].says("Due 3 March 2027");
    mails.0[2].says("No update received by 3 March 2027");
}

fn never_at_night_nor_on_a_day_on_which_nobody_works(place: &Place) {
    taken_in(place);
    // The day after is Saturday 20 March; the first working day after it is Monday.
    asks_for_return(place, TIMETABLE, "2027-03-19");
    person(place, "contributor", "one@example.org", COUNCIL);
    jobs_at(place, "2027-03-19T09:00:00Z").succeeds();
    let before = place.mailbox().count();
    for moment in ["2027-03-20T10:00:00Z", "2027-03-21T10:00:00Z", "2027-03-22T06:59:00Z"] {
        jobs_at(place, moment).succeeds();
        assert_eq!(place.mailbox().count(), before, "{moment}");
    }
    jobs_at(place, "2027-03-22T08:30:00Z").succeeds();
    assert_eq!(place.mailbox().count(), before + 1);
    place.mailbox().last().says("No update received by 19 March 2027");

    // What was written in time and not sent by eight in the evening waits for the morning.
    place.execute("update outbox set state = 'queued', not_before = '2027-03-22T19:59:00Z', finished_at = null");
    jobs_at(place, "2027-03-22T20:00:00Z").succeeds().says("0 accepted");
    jobs_at(place, "2027-03-23T06:59:00Z").succeeds().says("0 accepted");
    jobs_at(place, "2027-03-23T07:00:00Z").succeeds().says("1 accepted");

    // A week later it is Easter: Good Friday to Easter Monday.
    for moment in ["2027-03-26T10:00:00Z", "2027-03-29T10:00:00Z", "2027-03-30T05:59:00Z"] {
        jobs_at(place, moment).succeeds();
        assert_eq!(place.mailbox().count(), before + 1, "{moment}");
    }
}

fn days_without_a_process_are_made_up_for_once(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, DUE);
    person(place, "contributor", "one@example.org", COUNCIL);
    jobs_at(place, "2027-01-15T08:30:00Z").succeeds();
    assert_eq!(place.mailbox().count(), 0);
    // Nothing ran from Saturday to Tuesday, and Monday was a stage: Wednesday makes up for it, in the middle of the day.
    jobs_at(place, "2027-01-20T14:05:00Z").succeeds().says("1 reminder written");
    jobs_at(place, "2027-01-21T08:30:00Z").succeeds().says("0 reminders written");
    assert_eq!(place.mailbox().count(), 1);
}

fn a_disabled_person_gets_none_and_a_body_without_contributors_is_told_to_overseers(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, "2027-02-10");
    asks_for_return(place, HARBOUR_STAGES, "2027-02-10");
    person(place, "contributor", "gone@example.org", COUNCIL);
    person(place, "contributor", "harbour@example.org", HARBOUR);
    person(place, "overseer", "overseer@example.org", None);
    place.execute("update person set disabled_at = '2026-12-01T09:00:00Z' where email = 'gone@example.org'");

    jobs_at(place, "2027-02-01T08:30:00Z")
        .succeeds()
        .says("1 reminder written for 2 bodies; 1 body without a contributor");
    let mails = place.mailbox();
    assert_eq!(mails.of("gone@example.org").count(), 0);
    assert_eq!(mails.of("harbour@example.org").count(), 1);
    let digest = mails.of("overseer@example.org");
    let digest = digest.last();
    digest.says("Ashgrove Council: 1 update due, no contributor to write to");
    digest.says("http://register.example/staff/bodies/ashgrove-council/contacts");

    // One who is disabled after the mail was written does not get it either.
    place.execute(
        "update person set disabled_at = '2027-02-01T08:30:00Z' where email = 'harbour@example.org';
         update outbox set state = 'queued', finished_at = null where email = 'harbour@example.org'",
    );
    jobs_at(place, "2027-02-01T09:00:00Z").succeeds().says("1 not sent");
    assert_eq!(place.value("select state from outbox where email = 'harbour@example.org'"), "suppressed");
}

fn nothing_is_asked_on_what_is_closed(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, DUE);
    person(place, "contributor", "one@example.org", COUNCIL);
    place.execute("update addressee set lifecycle = 'closed', closure = 'superseded' where id = 101");
    jobs_at(place, "2027-01-18T08:30:00Z").succeeds().says("0 reminders written");
    jobs_at(place, "2027-03-02T08:30:00Z").succeeds().says("0 notices published");
    assert_eq!(place.mailbox().count(), 0);
}

fn a_date_that_passed_is_noted_once_and_only_where_the_register_was_there_to_hear(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, DUE);
    sets_target(place, HARBOUR_STAGES, "2014-11-30");
    sets_target(place, COUNCIL_STAGES, "2027-02-28");
    place.execute("update deadline set checked = 'secondary' where addressee_id = 102");
    let before: i64 = place.value("select seq from counter").parse().expect("a number");

    jobs_at(place, "2027-03-01T09:00:00Z").succeeds().says("0 notices published");
    jobs_at(place, "2027-03-02T00:04:00Z").succeeds().says("notice    nothing to do now");
    jobs_at(place, "2027-03-02T00:05:00Z").succeeds().says("1 notice published");
    jobs_at(place, "2027-03-03T00:05:00Z").succeeds().says("0 notices published");

    assert_eq!(place.value("select words from remark where kind = 'notice'"), "No update received by 1 March 2027.");
    assert_eq!(place.value("select count(*) from remark"), "1");
    let change = place.rows(
        "select kind || ' ' || day || ' ' || coalesce(role, 'nobody') as value from change order by seq desc limit 1",
    );
    assert_eq!(change, ["notice 2027-03-02 nobody"]);
    assert_eq!(place.value("select seq from counter"), (before + 1).to_string());
}

fn three_runners_make_each_run_once(place: &Place) {
    taken_in(place);
    asks_for_return(place, TIMETABLE, DUE);
    person(place, "contributor", "one@example.org", COUNCIL);
    person(place, "overseer", "overseer@example.org", None);
    let outputs: Vec<String> = std::thread::scope(|scope| {
        let runners: Vec<_> =
            (0..3).map(|_| scope.spawn(|| jobs_at(place, "2027-03-02T08:30:00Z").succeeds().out.clone())).collect();
        runners.into_iter().map(|runner| runner.join().expect("a runner")).collect()
    });
    for done in ["1 notice published", "1 reminder written"] {
        assert_eq!(outputs.iter().filter(|output| output.contains(done)).count(), 1, "{done}: {outputs:#?}");
    }
    assert_eq!(place.value("select count(*) from outbox where kind = 'reminder'"), "1");
    assert_eq!(place.value("select count(*) from remark"), "1");
    assert_eq!(place.value("select count(*) from job_run where finished_at is null"), "0");

    // A run whose process died is taken over once its lease has ended.
    place.execute(
        "update job_run set finished_at = null, lease_until = '2027-03-02T08:40:00Z' where job = 'reminder';
         delete from attempt;
         delete from reminded;
         update filing_link set outbox_id = null;
         delete from outbox where kind = 'reminder'",
    );
    jobs_at(place, "2027-03-02T08:39:00Z").succeeds().says("reminder  nothing to do now");
    jobs_at(place, "2027-03-02T08:41:00Z").succeeds().says("1 reminder written");
}
