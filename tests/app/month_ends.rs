//! Progress over time of registers of any size: a job keeps the ends of months, and pages read what is kept.

use crate::deeds_record::{ITEM, confirmed, response};
use crate::fairness::run_by_somebody;
use crate::gap::{found, says_complete};
use crate::stories;
use crate::support::page::Page;
use crate::support::{DatabaseKind, TestApp};

stories![
    what_a_job_keeps_of_each_month_is_what_was_shown_and_what_pages_read,
    what_was_entered_in_error_stays_in_the_months_before_that_was_found,
    a_month_that_an_inquiry_misses_waits_for_it,
    a_register_of_any_size_shows_its_progress_once_the_job_has_run,
    what_a_clock_that_ran_back_publishes_is_in_no_month_that_has_ended,
];

const INQUIRY: &str = "/inquiries/ashgrove";
/// Everything that shows progress over time.
const PATHS: [&str; 3] = ["/", INQUIRY, "/inquiries/millbrook"];

fn at(app: &TestApp, moment: &str) {
    app.clock().set(moment.parse().expect("a moment"));
}

/// The numbers of each day as a page has them, the last day first.
fn numbers(page: &Page) -> Vec<String> {
    page.texts(".f-bar__more tbody tr")
}

fn each(app: &TestApp) -> Vec<Vec<String>> {
    PATHS.iter().map(|path| numbers(&app.public().open(path))).collect()
}

/// How many rows are kept, given as months: each has one for the register and one for each inquiry.
fn months_kept(app: &TestApp) -> String {
    app.place().value("select count(*) / (1 + (select count(*) from inquiry)) from month_end")
}

fn verified(app: &TestApp) {
    app.place().run(&["verify"]).succeeds();
}

/// A claim that is confirmed some months later; then more than a year has passed.
fn history(app: &TestApp) {
    run_by_somebody(app);
    says_complete(app);
    at(app, "2027-03-02T09:00:00Z");
    found(app, "Confirmed implemented");
    at(app, "2027-12-10T09:00:00Z");
}

fn what_a_job_keeps_of_each_month_is_what_was_shown_and_what_pages_read(app: &TestApp) {
    history(app);
    let public = app.public();
    let as_at = format!("{INQUIRY}?as-at=2027-11-23");
    let (worked_out, then) = (each(app), numbers(&public.open(&as_at)));
    assert_eq!(worked_out.iter().map(Vec::len).collect::<Vec<_>>(), [14, 14, 14]);
    assert_eq!(then.len(), 13);
    assert_eq!(worked_out[0][0], "10 December 2027 1 of 8 1 of 1 0 of 1");
    assert_eq!(worked_out[1][13], "30 November 2026 1 of 7 0 of 1 1 of 1");
    assert_eq!(worked_out[2][13], "30 November 2026 0 of 1 0 0");
    assert_eq!(months_kept(app), "0");

    let said = app.jobs_at("2027-12-10T09:05:00Z");
    assert!(said.contains("months    10 December 2027: 13 months kept"), "{said}");
    let said = app.jobs();
    assert!(said.contains("months    nothing to do now"), "{said}");
    assert_eq!(months_kept(app), "13");
    assert_eq!(each(app), worked_out);
    assert_eq!(numbers(&public.open(&as_at)), then);
    verified(app);

    // What is kept is what is read, and it is held against the ledger.
    let altered = "where inquiry_id is null and day = '2027-05-31'";
    app.place().execute(&format!("update month_end set claims = claims + 1 {altered}"));
    let home = numbers(&public.open("/"));
    assert!(home.contains(&"31 May 2027 2 of 8 1 of 2 1 of 2".to_owned()), "{home:?}");
    app.place().run(&["verify"]).exits(1).says(
        "end of 2027-05-31, the register: 2 of 8 answers said to be done and 1 confirmed is kept, \
         1 of 8 answers said to be done and 1 confirmed is right",
    );
    app.place().execute(&format!("update month_end set claims = claims - 1 {altered}"));
    app.place().execute(
        "update month_end set answers = answers - 1
         where day = '2027-05-31' and inquiry_id = (select id from inquiry where slug = 'ashgrove')",
    );
    app.place().run(&["verify"]).exits(1).says(": 1 of 6 answers said to be done and 1 confirmed is kept");

    // A month that is missing is worked out for so few answers, and kept by the next run.
    app.place().execute("delete from month_end where day = '2027-05-31'");
    assert_eq!(each(app), worked_out);
    assert_eq!(numbers(&public.open(&as_at)), then);
    let said = app.jobs_at("2027-12-13T09:00:00Z");
    assert!(said.contains("months    13 December 2027: 1 month kept"), "{said}");
    assert_eq!(months_kept(app), "13");
    verified(app);
    for (now, before) in each(app).iter().zip(&worked_out) {
        assert_eq!(now[1..], before[1..]);
    }
}

fn what_was_entered_in_error_stays_in_the_months_before_that_was_found(app: &TestApp) {
    history(app);
    app.jobs_at("2027-12-10T09:05:00Z");
    at(app, "2027-12-13T09:00:00Z");
    let item = "/staff/inquiries/millbrook/recommendations/a/ashgrove-harbour";
    let form = app.person("overseer").open(item).follow("Close").form("Record the decision");
    let form = form.choose_in("Why is it closed?", "Entered in error").fill("The reason", "It was never made.");
    confirmed(form).send();
    at(app, "2028-01-03T09:00:00Z");
    let worked_out = numbers(&app.public().open("/"));
    assert_eq!(worked_out[0], "3 January 2028 1 of 7 1 of 1 0 of 1");
    assert_eq!(worked_out[1], "31 December 2027 1 of 7 1 of 1 0 of 1");
    assert_eq!(worked_out[2], "30 November 2027 1 of 8 1 of 1 0 of 1");
    let said = app.jobs_at("2028-01-04T09:00:00Z");
    assert!(said.contains("months    4 January 2028: 1 month kept"), "{said}");
    assert_eq!(months_kept(app), "14");
    let kept = numbers(&app.public().open("/"));
    assert_eq!(kept[1..], worked_out[1..]);
    verified(app);
}

/// As where what was kept of it has gone again while the others were worked out.
fn a_month_that_an_inquiry_misses_waits_for_it(app: &TestApp) {
    history(app);
    let place = app.place();
    let worked_out = each(app);
    let its = "new.day = '2027-05-31' and new.inquiry_id = (select id from inquiry where slug = 'millbrook')";
    let (lose, lose_no_more) = match place.database() {
        DatabaseKind::Sqlite => (
            format!("create trigger loses before insert on month_end when {its} begin select raise(ignore); end"),
            "drop trigger loses",
        ),
        DatabaseKind::Postgres => (
            format!(
                "create function loses() returns trigger language plpgsql as $$
                   begin if {its} then return null; end if; return new; end $$;
                 create trigger loses before insert on month_end for each row execute function loses()"
            ),
            "drop trigger loses on month_end; drop function loses()",
        ),
    };
    place.execute(&lose);
    let said = app.jobs_at("2027-12-10T09:05:00Z");
    assert!(said.contains("months    10 December 2027: 12 months kept"), "{said}");
    let of_register = "select count(*) from month_end where inquiry_id is null";
    assert_eq!(place.value(&format!("{of_register} and day = '2027-05-31'")), "0");
    assert_eq!(place.value(of_register), "12");
    assert_eq!(each(app), worked_out);
    verified(app);

    place.execute(lose_no_more);
    let said = app.jobs_at("2027-12-13T09:00:00Z");
    assert!(said.contains("months    13 December 2027: 1 month kept"), "{said}");
    assert_eq!(months_kept(app), "13");
    verified(app);
}

/// Puts 2,100 more recommendations to the body of one that nothing is known of, as if they had been loaded with it.
fn many_more(app: &TestApp) {
    let inquiry = "(select id from inquiry where slug = 'ashgrove')";
    let answer = format!(
        "(select min(id) from addressee where inquiry_id = {inquiry}
          and response = 'not_recorded' and reported = 'not_reported')"
    );
    let (of_answer, of_recommendation) = (
        |column: &str| format!("(select {column} from addressee where id = {answer})"),
        |column: &str| {
            format!(
                "(select {column} from recommendation
                  where id = (select recommendation_id from addressee where id = {answer}))"
            )
        },
    );
    app.place().execute(&format!(
        "insert into recommendation (inquiry_id, number, position, wording_id, title, text_kind, checked, done, version,
             seq, own_reference, made_on, in_error)
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 2100)
         select r.inquiry_id, 'x' || i, 1000 + i, r.wording_id, 'Keep log ' || i, r.text_kind, r.checked, r.done,
             r.version, r.seq, r.own_reference, r.made_on, r.in_error
         from n cross join recommendation r where r.id = {};
         insert into addressee (recommendation_id, inquiry_id, body_id, answerer_id, taken_in_on, checked, present,
             response, response_precision, reported, reported_precision, assessed, assessed_precision, lifecycle,
             lifecycle_precision, done, gap, times_moved, handed, version, seq)
         select r.id, a.inquiry_id, a.body_id, a.answerer_id, a.taken_in_on, a.checked, a.present,
             a.response, a.response_precision, a.reported, a.reported_precision, a.assessed, a.assessed_precision,
             a.lifecycle, a.lifecycle_precision, a.done, a.gap, a.times_moved, a.handed, a.version, a.seq
         from recommendation r cross join addressee a where r.number like 'x%' and a.id = {answer};
         insert into asked (seq, addressee_id, checked, present)
         select k.seq, a.id, k.checked, k.present
         from asked k cross join addressee a join recommendation r on r.id = a.recommendation_id
         where r.number like 'x%' and k.id = (select min(id) from asked where addressee_id = {answer});
         update tally set number = number + 2100
         where scope = 'inquiry' and scope_id = {inquiry} and fact || '/' || value in (
             'answers/all', 'response/not_recorded', 'reported/not_reported', 'assessed/not_assessed', 'lifecycle/open',
             'recommendations/all', 'asked_checked/' || {}, 'body/' || {}, 'inquiry/' || {inquiry},
             'text_kind/' || {}, 'checked/' || {});",
        of_recommendation("id"),
        of_answer("checked"),
        of_answer("body_id"),
        of_recommendation("text_kind"),
        of_recommendation("checked"),
    ));
}

fn a_register_of_any_size_shows_its_progress_once_the_job_has_run(app: &TestApp) {
    says_complete(app);
    many_more(app);
    let public = app.public();
    let waits = "There are more than 2,000 answers here. Progress over time is worked out at night for so many";
    public.open("/").does_not_see(waits);
    at(app, "2027-12-01T02:00:00Z");
    for path in ["/", INQUIRY] {
        assert!(numbers(public.open(path).sees(waits)).is_empty(), "{path}");
    }
    // Early in the morning the run of the day before is made up for: it keeps no month that has only just ended.
    let said = app.jobs();
    assert!(said.contains("months    30 November 2027: 12 months kept"), "{said}");
    let drawn = |day: &str, rows: usize| {
        for (path, all) in [("/", "2,108"), (INQUIRY, "2,107")] {
            let page = public.open(path);
            page.does_not_see(waits)
                .sees(&format!("On {day}, 1 of {all} answers was said to be done: 0 of 1 found done"));
            let numbers = numbers(&page);
            assert_eq!(numbers.len(), rows, "{path}");
            assert_eq!(numbers[rows - 1], format!("30 November 2026 1 of {all} 0 of 1 1 of 1"), "{path}");
        }
    };
    drawn("1 December 2027", 13);
    let said = app.jobs_at("2027-12-01T09:00:00Z");
    assert!(said.contains("months    1 December 2027: 1 month kept"), "{said}");
    drawn("1 December 2027", 14);
    // Of the small inquiry the same is kept.
    assert_eq!(numbers(&public.open("/inquiries/millbrook")).len(), 14);
    assert_eq!(months_kept(app), "13");
    // Where nothing has run for months it waits again, rather than draw a gap.
    at(app, "2028-02-10T09:00:00Z");
    public.open("/").sees(waits);
}

fn what_a_clock_that_ran_back_publishes_is_in_no_month_that_has_ended(app: &TestApp) {
    history(app);
    app.jobs_at("2027-12-10T09:05:00Z");
    assert_eq!(months_kept(app), "13");
    at(app, "2027-10-20T09:00:00Z");
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "Agreed in May.").send();
    // No change is dated before the one before it: what was kept of months that ended stands.
    assert_eq!(app.place().value("select day as value from change order by seq desc limit 1"), "2027-12-10");
    assert_eq!(months_kept(app), "13");
    verified(app);
    app.jobs_at("2027-12-13T09:00:00Z");
    assert_eq!(months_kept(app), "13");
    verified(app);
}
