//! What bodies say is done beside what was found: one sentence on every list, each number with the list behind it.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::fairness::run_by_somebody;
use crate::stories;
use crate::support::TestApp;

stories![
    the_gap_is_a_number_on_every_list,
    the_gap_is_said_of_exactly_what_was_found,
    of_what_was_said_and_found_on_one_day_the_later_counts,
];

/// The body says that it is complete.
pub fn says_complete(app: &TestApp) {
    says_complete_on(app, "2026-11-01");
}

fn says_complete_on(app: &TestApp, day: &str) {
    let form = app.person("overseer").open(ITEM).follow("Record what the body says it has done");
    let form = form.form("Publish what it says").choose("Reported complete");
    let form = form
        .date("As of which date is that so?", day)
        .fill("What does it say it has done?", "Both stages are inspected.")
        .fill("Where does it say this?", "https://ashgrove.example/harbour/news")
        .choose("Compared with the source");
    confirmed(form).send();
}

/// A finding that a second person publishes.
pub fn found(app: &TestApp, value: &str) {
    let form = app.person("overseer").open(ITEM).follow("Assess").form("Hand in the assessment");
    let waits =
        form.choose_in("What do you find?", value).fill("What does the finding rest on?", "Two reports.").send();
    confirmed(app.person("overseer two").open(waits.path()).form("Publish this")).send();
}

fn the_gap_is_a_number_on_every_list(app: &TestApp) {
    run_by_somebody(app);
    let public = app.public();
    let (inquiry, body) = ("/inquiries/ashgrove", "/bodies/ashgrove-harbour");
    public.open(inquiry).sees("0 of 7 answers say complete or in place.");
    says_complete(app);
    let page = public.open(inquiry);
    page.sees("1 of 7 answers says complete or in place: 0 confirmed, 1 not yet looked at.");
    page.sees("Reported complete as at November 2026");
    page.follow("1 not yet looked at").sees("1 recommendation, with 1 answer that fits");
    page.follow("1 of 7 answers says complete or in place").sees("Inspect both landing stages every year");
    page.follow("0 confirmed").sees("0 recommendations");
    for list in ["/", "/inquiries"] {
        public.open(list).sees("1 of 7 answers says complete or in place: 0 confirmed, 1 not yet looked at.");
    }
    public
        .open("/")
        .sees("1 of 8 answers says complete or in place")
        .follow("1 of 8 answers")
        .sees("1 recommendation,");
    for list in ["/bodies", body] {
        public.open(list).sees("1 of 3 answers says complete or in place: 0 confirmed, 1 not yet looked at.");
    }
    public.open("/themes/inspection").sees("says complete or in place: 0 confirmed, 1 not yet looked at.");
    app.person("overseer").open("/staff/inquiries/ashgrove").sees("1 of 7 answers says complete or in place");

    found(app, "On course");
    let page = public.open(inquiry);
    page.sees("0 confirmed, 1 disputed.").sees("On course as at November 2026");
    page.follow("1 disputed").sees("1 recommendation, with 1 answer that fits");
    found(app, "Confirmed implemented");
    public.open(body).sees("of 3 answers says complete or in place: 1 confirmed.");

    // Without a schedule age alone is held against nothing.
    app.clock().set("2027-05-01T09:00:00Z".parse().expect("a moment"));
    public.open(inquiry).sees("1 confirmed.").does_not_see("not looked at lately.");
    let form = app.person("overseer").open(ITEM).follow("Set when updates are asked for").form("Publish the schedule");
    confirmed(form.date("The next date", "2027-08-01").fill("Every how many months", "6")).send();
    public.open(inquiry).sees("1 confirmed.");
    app.clock().set("2027-05-24T09:00:00Z".parse().expect("a moment"));
    let page = public.open(inquiry);
    page.sees("1 of 7 answers says complete or in place: 0 confirmed, 1 not looked at lately.");
    page.follow("1 not looked at lately").sees("1 recommendation, with 1 answer that fits").sees("0 confirmed");
    public.open("/recommendations?looked=yes").sees("1 recommendation, with 1 answer that fits");
    public.open("/").sees("1 of 8 answers says complete or in place: 0 confirmed, 1 not looked at lately.");
    public.open("/bodies").sees("1 of 3 answers says complete or in place: 0 confirmed, 1 not looked at lately.");
    // The finding itself stays as it was made.
    let card = public.open(PUBLIC);
    card.sees("Confirmed implemented as at November 2026");
    card.sees("Not looked at lately: it was to be looked at again by 23 May 2027");
    let data = public.open("/inquiries/ashgrove/recommendations/2.json").json();
    let answer = &data["addressees"][1];
    assert_eq!((&answer["assessed"], &answer["done"]), (&"implemented".into(), &true.into()));
    assert_eq!((&answer["looked_until"], &answer["not_looked_at_lately"]), (&"2027-05-23".into(), &true.into()));
    assert_eq!(answer["assessed_precision"], "on");
    public.get("/answers.csv?gap=not_lately").sees("2027-05-23");
    // As it stood, it was fresh.
    for list in [inquiry, body] {
        let page = public.open(&format!("{list}?as-at=2026-11-30"));
        page.sees("1 confirmed.").does_not_see("not looked at lately.");
    }
    public.open("/about").sees("Where there is neither, there is no schedule");
    let list = app.person("overseer").open("/staff").follow("Findings not looked at lately");
    list.sees("Inspect both landing stages every year").sees("23 May 2027");
    found(app, "Confirmed implemented");
    public.open(inquiry).sees("1 of 7 answers says complete or in place: 1 confirmed.");
    app.person("overseer").open("/staff").does_not_see("Findings not looked at lately");
    app.place().run(&["verify"]).succeeds();
}

fn the_gap_is_said_of_exactly_what_was_found(app: &TestApp) {
    says_complete(app);
    let public = app.public();
    public.open("/recommendations").sees("1 of 8 answers says complete or in place: 0 confirmed, 1 not yet looked at.");
    public.open("/recommendations?body=ashgrove-council").sees("0 of 3 answers say complete or in place.");
    let page = public.open("/recommendations?q=landing&reported=reported_complete");
    page.sees("1 of 1 answer says complete or in place: 0 confirmed, 1 not yet looked at.");
    let narrowed = page.follow("1 not yet looked at");
    narrowed.sees("1 recommendation, with 1 answer that fits");
    // Of a part alone the numbers are that part's, and no list holds just as many.
    narrowed.sees("1 of 1 answer says complete or in place: 0 confirmed, 1 not yet looked at.");
    assert!(!narrowed.links().iter().any(|link| link.contains("gap=claimed") || link.contains("gap=confirmed")));
    assert!(narrowed.path().contains("q=landing") && narrowed.path().contains("gap=not_looked_at"));
    public.get("/recommendations?gap=perhaps").is(400).sees("not_looked_at");
    public.get("/recommendations?looked=no").is(400).sees("looked");
    // Parts never overlap, and together they are the whole.
    let found = |gap: &str| {
        let page = public.open(&format!("/recommendations.json?gap={gap}"));
        page.json()["items"].as_array().map_or(0, Vec::len)
    };
    let parts = ["confirmed", "not_looked_at", "not_lately", "disputed"].map(found);
    assert_eq!((parts, found("claimed"), found("yes")), ([0, 1, 0, 0], 1, 1));
}

fn of_what_was_said_and_found_on_one_day_the_later_counts(app: &TestApp) {
    run_by_somebody(app);
    let to_assess = || app.person("overseer").open("/staff/to-assess");
    // Said, then looked at, both on one day: the finding is about what was said.
    says_complete_on(app, "2026-11-23");
    to_assess().sees("Inspect both landing stages every year");
    found(app, "On course");
    to_assess().does_not_see("Inspect both landing stages every year");
    // Said again on that day: the days are the same, and what was published later is looked at next.
    says_complete_on(app, "2026-11-23");
    to_assess().sees("Inspect both landing stages every year");
}
