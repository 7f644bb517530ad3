//! Three years in the life of one recommendation, lived in a browser: asked, silent, answered, planned, moved, reported,
//! disputed, confirmed, closed, and no longer holding. Every page on the way is looked at on a phone and at a desk.

use crate::deeds_judge::agreed;
use crate::evidence::pdf;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::{PASSWORD, Person};
use crate::support::browser::{Tab, Window};
use crate::support::place::BASE_URL;

stories![three_years_in_the_life_of_one_recommendation];

/// The answer that is followed: for its body and oversight, and for everybody.
const ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour";
const PUBLIC: &str = "/inquiries/ashgrove/recommendations/2/ashgrove-harbour";
const HARBOUR: &str = "contributor of ashgrove-harbour";
const COMPARED: &str = "How far did you compare it?";

fn three_years_in_the_life_of_one_recommendation(app: &TestApp) {
    crate::fairness::run_by_somebody(app);
    app.person(HARBOUR);
    asked_and_silent(app);
    answered_and_planned(app);
    reports_from_the_link_of_a_mail(app);
    asks_for_more_time(app);
    says_it_is_complete_and_oversight_is_not_shown_enough(app);
    is_confirmed_and_closed(app);
    no_longer_holds(app);
    is_read_as_a_whole(app);
    app.place().run(&["verify"]).succeeds();
}

/// January to March 2027: an answer is owed under a rule of law, and none comes.
fn asked_and_silent(app: &TestApp) {
    now(app, "2027-01-21T09:00:00Z");
    let phone = app.window(Window::phone().without_scripts(), &app.public());
    phone.open(PUBLIC);
    seen(&phone, "No answer recorded here").sees("No update recorded here").sees("Not yet assessed");
    let desk = desk(app, "overseer");
    desk.open(ITEM);
    seen(&desk, "Where it stands");
    desk.follow("Set when an answer is owed");
    desk.choose("A rule of law")
        .select("Which rule?", "Police Reform Act 2002, Schedule 3, paragraph 28B")
        .date("From which day does the rule count?", "2027-01-21")
        .fill("Whom is the answer owed to?", "the Harbour Inspectorate")
        .choose_in(COMPARED, "Compared with the source");
    publish(&desk, "Publish this");
    seen(&desk, "Response due 17 March 2027");
    app.jobs_at("2027-03-18T08:30:00Z");
    phone.open(PUBLIC);
    seen(&phone, "No response by 17 March 2027").sees("No response received by 17 March 2027, 1 day past");
    phone.open("/overdue");
    seen(&phone, "No response received by 17 March 2027");
}

/// It accepts, two weeks late; who is to do what, and by when, is recorded, and when it is to report.
fn answered_and_planned(app: &TestApp) {
    now(app, "2027-03-31T09:00:00Z");
    let desk = desk(app, "overseer");
    desk.open(ITEM);
    desk.follow("Record a response");
    desk.choose_in("What did the body answer?", "Accepted")
        .date("When did it answer?", "2027-03-31")
        .fill("What did it say?", "Both stages will be inspected each May.")
        .fill("Where can it be read?", "https://ashgrove.example/harbour/2")
        .choose_in(COMPARED, "Compared with the source");
    publish(&desk, "Publish the response");
    seen(&desk, "no plan recorded here");
    desk.follow("Record the body’s plan");
    desk.fill("Which post owns it?", "the harbour master")
        .fill("What is it to do?", "Name an inspector")
        .date("By when?", "2027-11-30")
        .choose_in(COMPARED, "Compared with the source");
    publish(&desk, "Publish the plan");
    seen(&desk, "by 30 November 2027 the harbour master is to do this: Name an inspector");
    desk.follow("Set the target date");
    desk.date("The target date", "2027-11-30").choose_in(COMPARED, "Compared with the source");
    publish(&desk, "Publish the target date");
    seen(&desk, "Target 30 November 2027");
    desk.follow("Set when updates are asked for");
    desk.date("The next date", "2027-10-01").fill("Every how many months after that?", "6");
    publish(&desk, "Publish the schedule");
    seen(&desk, "Next update due 1 October 2027");
}

/// A mail asks; its link leads through the sign-in to the form, on a phone without scripts.
fn reports_from_the_link_of_a_mail(app: &TestApp) {
    app.jobs_at("2027-09-24T08:30:00Z");
    let link = app.mailbox().of(&Person::named(HARBOUR).email).last().link("/recommendations/2/ashgrove-harbour");
    let phone = app.window(Window::phone().without_scripts(), &app.public());
    phone.open(link.trim_start_matches(BASE_URL));
    seen(&phone, "Sign in").fill("Email address", &Person::named(HARBOUR).email).fill("Password", PASSWORD);
    phone.press("Sign in");
    seen(&phone, "What you said last time");
    reports(&phone, "Under way", "The first stage was inspected.", "2027-09-20");
    publishes_the_update(app, "The first stage was inspected.", None);
}

/// The date will not be kept; the body says so beforehand, and the date moves in the open.
fn asks_for_more_time(app: &TestApp) {
    now(app, "2027-11-02T09:00:00Z");
    let phone = app.window(Window::phone(), &app.person(HARBOUR));
    phone.open(ITEM);
    phone.follow("Ask for a later target date");
    phone.date("Which date do you ask for?", "2028-05-31").fill("Why do you need more time?", "The pier was closed.");
    phone.press("Send the request");
    seen(&phone, "not decided yet");
    let desk = desk(app, "overseer");
    desk.open("/staff");
    seen(&desk, "What needs you today").follow("Requests for a later target date to decide");
    seen(&desk, "target date 31 May 2028").follow("Inspect both landing stages every year");
    desk.choose("Grant it: the target date moves")
        .fill("Who decided?", "the Scrutiny Committee")
        .fill("Why?", "One winter more.");
    publish(&desk, "Publish the decision");
    seen(&desk, "first target 30 November 2027, moved once");
}

/// It says that it is done, with a document; oversight is not shown enough, and the body's reply stands beside that.
fn says_it_is_complete_and_oversight_is_not_shown_enough(app: &TestApp) {
    now(app, "2028-03-28T09:00:00Z");
    let phone = app.window(Window::phone(), &app.person(HARBOUR));
    phone.open(&format!("{ITEM}/return"));
    reports(&phone, "Reported complete", "Both stages were inspected.", "2028-03-20");
    phone.follow("Attach evidence");
    phone
        .choose("A file to be kept here")
        .choose("A document exists")
        .fill("Title", "Report of the inspection")
        .fill("What is it?", "A report")
        .fill("What does it say?", "That both stages were inspected in March.")
        .attach("The file", "report.pdf", &pdf());
    phone.press("Attach this");
    seen(&phone, "Report of the inspection (PDF");
    publishes_the_update(app, "Both stages were inspected.", Some("Report of the inspection"));

    let finding = assesses(app, "Not enough shown", "The report names one stage.");
    let phone = app.window(Window::phone(), &app.person(HARBOUR));
    phone.open("/staff");
    phone.follow("A finding to check before it is published");
    seen(&phone, "The report names one stage.");
    phone.choose("Something is wrong, or should be said beside it").fill("Your reply", "The second follows in May.");
    phone.press("Send this");
    seen(&phone, "What you replied");
    confirms(app, &finding);
    let public = app.window(Window::phone(), &app.public());
    public.open(PUBLIC);
    seen(&public, "Not enough shown").sees("The second follows in May.").sees("Reported complete");
    public.open("/inquiries/ashgrove");
    seen(&public, "7 recommendations");
}

/// The second report is enough: confirmed by two, closed by two, with the days on which it is looked at again.
fn is_confirmed_and_closed(app: &TestApp) {
    now(app, "2028-10-02T09:00:00Z");
    let phone = app.window(Window::phone(), &app.person(HARBOUR));
    phone.open(&format!("{ITEM}/return"));
    reports(&phone, "Says it is in place and goes on", "The second stage was inspected too.", "2028-09-20");
    publishes_the_update(app, "The second stage was inspected too.", None);
    let finding = assesses(app, "Confirmed implemented", "Two reports, and a visit to both stages.");
    confirms(app, &finding);
    agreed(app, ITEM);
    let desk = desk(app, "overseer");
    desk.open(ITEM);
    desk.follow("Close");
    desk.choose_in("Why is it closed?", "Confirmed implemented").fill("The reason", "Both stages are inspected.");
    desk.fill("How was it shown", "Two reports, and a visit to both stages.");
    ticks(&desk);
    let closing = desk.press("Record the decision");
    seen(&desk, "another person must publish it");
    confirms(app, &closing);
    let public = app.window(Window::phone().dark(), &app.public());
    public.open(PUBLIC);
    seen(&public, "Closed, done").sees("To be looked at again on 2 April 2029");
}

/// Looked at again, it no longer holds: open again, and shown so wherever it is counted.
fn no_longer_holds(app: &TestApp) {
    app.jobs_at("2029-04-03T08:30:00Z");
    let desk = desk(app, "overseer");
    desk.open("/staff");
    desk.follow("Answers to be looked at again");
    seen(&desk, "To be looked at again on 2 April 2029").follow("Inspect both landing stages every year");
    desk.follow("It no longer holds");
    desk.fill("The reason", "The inspections stopped.")
        .choose_in("what do you find now", "Not enough done")
        .fill("What does that finding rest on?", "No report since May.");
    ticks(&desk);
    let lapse = desk.press("Record the decision");
    seen(&desk, "With the body for accuracy until");
    now(app, "2029-05-01T09:00:00Z");
    confirms(app, &lapse);
    let public = app.window(Window::phone(), &app.public());
    public.open("/overdue");
    seen(&public, "No longer holds");
}

/// Everything that happened stands on the page, newest first, and the page of an earlier day still says what it said.
fn is_read_as_a_whole(app: &TestApp) {
    let public = app.window(Window::phone().without_scripts(), &app.public());
    public.open(PUBLIC);
    seen(&public, "No longer holds: open again");
    for words in [
        "The inspections stopped.",
        "Closed on 2 October 2028: confirmed implemented",
        "Report of the inspection (PDF",
        "Two reports, and a visit to both stages.",
        "The second follows in May.",
        "The report names one stage.",
        "One winter more.",
        "The first stage was inspected.",
        "Name an inspector",
        "Both stages will be inspected each May.",
        "An answer came on 31 March 2027, 14 days after that day",
    ] {
        public.sees(words);
    }
    let text = public.text();
    let at = |words: &str| text.rfind(words).unwrap_or_else(|| panic!("{words:?} is not on the page"));
    assert!(at("The inspections stopped.") < at("Two reports, and a visit to both stages."), "newest first");
    assert!(at("Two reports, and a visit to both stages.") < at("Both stages will be inspected each May."));
    public.open(&format!("{PUBLIC}?as-at=2028-12-31"));
    seen(&public, "Closed, done");
    assert!(!public.text().contains("The inspections stopped."), "what came later is not on the page of that day");
    public.picture("three-years");
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    let harbour = &data["addressees"][1];
    for (field, value) in [("response", "accepted"), ("reported", "in_place"), ("assessed", "not_enough_done")] {
        assert_eq!(harbour[field], value, "{field}");
    }
    assert_eq!((&harbour["lifecycle"], &harbour["done"]), (&"lapsed".into(), &false.into()));
    assert_eq!((&harbour["times_moved"], &harbour["first_target_on"]), (&1.into(), &"2027-11-30".into()));
}

/// Sets the clock.
fn now(app: &TestApp, moment: &str) {
    app.clock().set(moment.parse().expect("a moment"));
}

/// A window at a desk for somebody signed in.
fn desk(app: &TestApp, who: &str) -> Tab {
    app.window(Window::desk(), &app.person(who))
}

/// Demands these words, and that the page has no fault on a phone or at a desk.
#[track_caller]
fn seen<'a>(tab: &'a Tab, words: &str) -> &'a Tab {
    tab.sees(words);
    for width in [320, 1280] {
        tab.resize(width).is_sound();
    }
    tab
}

/// Ticks what is asked before anything is published.
#[track_caller]
fn ticks(tab: &Tab) {
    for (_, statement) in followthrough::domain::publication::FourQuestions::ASKED {
        tab.choose(statement);
    }
}

/// Looks at the form as it is filled, and publishes it.
#[track_caller]
fn publish(tab: &Tab, button: &str) {
    ticks(tab);
    for width in [320, 1280] {
        tab.resize(width).is_sound();
    }
    tab.press(button);
}

/// Fills the return form and sends it.
#[track_caller]
fn reports(tab: &Tab, value: &str, words: &str, day: &str) {
    tab.choose(value).fill("What was done, or what is planned", words).date("As of which date is that so?", day);
    tab.press("Send this update");
    seen(tab, "With the register, being read").sees(words);
}

/// The update is read, and published with what is attached.
#[track_caller]
fn publishes_the_update(app: &TestApp, words: &str, attached: Option<&str>) {
    let desk = desk(app, "overseer two");
    desk.open("/staff");
    desk.follow("Updates from bodies to read and publish");
    seen(&desk, "Inspect both landing stages every year").follow("Inspect both landing stages every year");
    seen(&desk, words);
    if let Some(title) = attached {
        desk.tick(title);
    }
    publish(&desk, "Publish this");
    let public = app.window(Window::phone(), &app.public());
    public.open(PUBLIC);
    seen(&public, words);
}

/// Hands a finding in and answers where it waits.
#[track_caller]
fn assesses(app: &TestApp, value: &str, words: &str) -> String {
    let desk = desk(app, "overseer");
    desk.open(ITEM);
    desk.follow("Assess");
    desk.choose_in("What do you find?", value).fill("What does the finding rest on?", words);
    let path = desk.press("Hand in the assessment");
    seen(&desk, words);
    path
}

/// Another person publishes it.
#[track_caller]
fn confirms(app: &TestApp, path: &str) {
    let desk = desk(app, "overseer two");
    desk.open(path.split('?').next().unwrap_or(path));
    publish(&desk, "Publish this");
    seen(&desk, "Published");
}
