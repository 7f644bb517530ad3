//! What is kept for a time only: evidence that nobody published, and messages that nobody decided on.

use crate::evidence::{described, pdf};
use crate::filing::arranged::{COUNCIL, files, publication};
use crate::stories;
use crate::support::TestApp;

stories![
    evidence_that_nobody_published_goes_after_its_time,
    evidence_behind_a_published_finding_stays_for_years,
    words_that_nobody_decided_on_go_after_their_time,
];

const HERE: &str = "/staff/retention";
const ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";
const CANARY: &str = "canary-of-a-reader-whom-nobody-answered";

fn files_left(app: &TestApp) -> String {
    app.place().value("select count(*) from file_chunk where data is not null")
}

fn evidence_that_nobody_published_goes_after_its_time(app: &TestApp) {
    // Straight to an answer; to work that is published without it; to work that still waits.
    let form = app.person("overseer").open(ITEM).follow("Attach evidence").form("Attach this");
    described(form.choose_in("What does it support?", "Answer")).submit_with("letter.pdf", &pdf()).is(303);
    let filed = files(app, "Both stages were inspected.");
    crate::evidence::attached(app, COUNCIL, filed.path());
    publication(&app.person("overseer").open(filed.path())).send();
    let waits = app.person("overseer two").open(ITEM).follow("Assess").form("Hand in the assessment");
    let waits = waits.choose_in("What do you find?", "On course").fill("What does the finding rest on?", "A visit.");
    crate::evidence::attached(app, "overseer two", waits.send().path());
    // And one that is public.
    let form = app.person("overseer").open(ITEM).follow("Attach evidence").form("Attach this");
    described(form.choose_in("What does it support?", "Answer")).submit_with("plan.pdf", &pdf()).is(303);
    let last = app.place().value("select reference from exhibit order by id desc limit 1");
    let piece = app.person("overseer").open(&format!("/staff/evidence/{last}"));
    crate::deeds_record::confirmed(piece.form("Publish this evidence")).send();
    let each = files_left(app).parse::<u32>().expect("a number") / 4;
    assert!(each > 0);

    let page = app.person("administrator").open(HERE);
    page.sees("Evidence that was attached to an answer, or to work that is published, and was never published itself");
    page.sees("Usually 365 days; from 28 to 3,650 days may be chosen.");
    page.form("Save and publish").fill("private_evidence", "100").send();
    app.public().open("/privacy").sees("100 days after it was attached");
    app.jobs_at("2027-02-28T03:30:00Z");
    assert_eq!(files_left(app), (4 * each).to_string(), "a day too early");
    let lines = app.jobs_at("2027-03-06T03:30:00Z");
    assert!(lines.contains("2 pieces of evidence never published"), "{lines}");
    assert_eq!(files_left(app), (2 * each).to_string(), "what waits and what is public stays");
    let left = "select count(*) from exhibit where taken_back_at is not null and title is null and quote is null";
    assert_eq!(app.place().value(left), "2");
    app.person("administrator").open(HERE).sees("Removed by the last run: 2 pieces of evidence never published.");
    let lines = app.jobs_at("2027-03-07T03:30:00Z");
    assert!(lines.contains("0 pieces of evidence never published"), "{lines}");
    app.place().run(&["verify"]).succeeds();
}

fn evidence_behind_a_published_finding_stays_for_years(app: &TestApp) {
    crate::filing::arranged::enters_operator(app);
    let waits = app.person("overseer two").open(ITEM).follow("Assess").form("Hand in the assessment");
    let waits = waits.choose_in("What do you find?", "On course").fill("What does the finding rest on?", "A visit.");
    let filed = waits.send();
    crate::evidence::attached(app, "overseer two", filed.path());
    publication(&app.person("overseer").open(filed.path())).send();
    assert_ne!(files_left(app), "0");
    let page = app.person("administrator").open(HERE);
    page.sees("The same, where it supports a finding, or closing as done").sees("Usually 2,557 days");
    app.public().open("/privacy").sees("where it supports a finding, or closing as done");
    let lines = app.jobs_at("2028-11-28T03:30:00Z");
    assert!(lines.contains("0 pieces of evidence never published"), "{lines}");
    assert_ne!(files_left(app), "0", "after two years it can still be said what the finding rests on");
    let lines = app.jobs_at("2033-12-01T03:30:00Z");
    assert!(lines.contains("1 piece of evidence behind a finding"), "{lines}");
    assert_eq!(files_left(app), "0");
    app.place().run(&["verify"]).succeeds();
}

fn words_that_nobody_decided_on_go_after_their_time(app: &TestApp) {
    let says = |words: &str| {
        let form = app.public().open("/wrong?page=/inquiries/ashgrove").form("Send");
        form.fill("What is wrong", words).send();
        app.place().value(&format!("select reference from complaint where words = '{words}'"))
    };
    let [forgotten, looked_at] = [CANARY, "canary-of-a-reader-who-waits"].map(says);
    let left = |words: &str| {
        let count = |from: &str| app.place().value(&format!("select count(*) from {from} like '%{words}%'"));
        (count("complaint where words"), count("complaint_step where words"))
    };
    app.person("administrator").open(HERE).sees("The same words, where nobody has decided");
    app.public().open("/privacy").sees("730 days after the last thing that was done about the message");
    // Somebody looks into one of them a year later.
    app.jobs_at("2027-11-23T09:00:00Z");
    let form = app.person("overseer").open(&format!("/staff/complaints/{looked_at}")).form("Keep this step");
    form.fill("What was found", "The minutes are being looked for.").send();
    app.jobs_at("2028-11-21T03:30:00Z");
    assert_eq!(left(CANARY).0, "1", "a day too early");
    let lines = app.jobs_at("2028-11-24T03:30:00Z");
    assert!(lines.contains("1 reader’s message that waited"), "{lines}");
    assert_eq!(left(CANARY), ("0".to_owned(), "0".to_owned()));
    assert_eq!(left("canary-of-a-reader-who-waits").0, "1", "what somebody works on stays");
    let page = app.person("overseer").open(&format!("/staff/complaints/{forgotten}"));
    page.sees("its time was over").does_not_see(CANARY);
    app.public().open("/about").sees("2026: 2 messages. Not decided yet: 2");
    // It can still be decided, and what is written then goes with the decision's own time.
    let form = page.form("Keep this step").choose("Corrected").fill("What was found", "canary-of-staff");
    form.date("On which day was it decided?", "2028-11-24").fill("Which change put it right?", "1").send();
    let lines = app.jobs_at("2029-11-26T03:30:00Z");
    assert!(lines.contains("1 reader’s message that waited"), "{lines}");
    assert_eq!(left("minutes are being"), ("0".to_owned(), "0".to_owned()));
    app.jobs_at("2034-11-26T03:30:00Z");
    let staff = "select count(*) from complaint where answer like '%canary-of-staff%'";
    assert_eq!(app.place().value(staff), "0");
    assert_eq!(left("canary-of-staff").1, "0");
}
