//! Holds: for a time nothing new is published, the pages say so, what comes in is kept with its day, and a date reminds.

use followthrough::domain::publication::FourQuestions;

use crate::deeds_record::{confirmed, response};
use crate::fairness::run_by_somebody;
use crate::filing::arranged::{
    COUNCIL, COUNCIL_MAIL, ITEM, asks_for_updates, asks_once, files, publication, return_page,
};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

stories![
    under_a_hold_on_a_recommendation_nothing_new_is_published_and_all_of_it_is_afterwards,
    a_hold_on_the_register_or_an_inquiry_keeps_silence_and_loads_back_and_lateness_is_told_after_it,
    news_that_a_hold_keeps_back_is_not_asked_for_again_however_early_it_came,
];

const TWO: &str = "/inquiries/ashgrove/recommendations/2";
const REFUSED: &str = "Nothing new is published about this recommendation since 23 November 2026: legal proceedings";
const REVIEW: &str = "When is it reviewed?";

fn hold(visitor: &Visitor, of: &str) -> Page {
    visitor.open(&format!("/staff{of}/hold"))
}

fn ending(page: &Page) -> Form {
    let form = page.form("Publish this").choose("End it").fill("Why?", "The reason has gone.");
    confirmed(form)
}

fn under_a_hold_on_a_recommendation_nothing_new_is_published_and_all_of_it_is_afterwards(app: &TestApp) {
    run_by_somebody(app);
    asks_for_updates(app, "2026-12-01", 3);
    let (overseer, public) = (app.person("overseer"), app.public());
    let page = overseer.open(&format!("/staff{TWO}")).follow("Hold new information back");
    let faulty = page.form("Place this hold").submit();
    faulty.is(422).complains("Choose why nothing new is published");
    faulty.complains("Enter the day on which the hold is reviewed");
    let filled = |page: &Page| page.form("Place this hold").choose("Legal proceedings");
    filled(&page).date(REVIEW, "2026-11-23").submit().is(422).complains("The review date must be after today");
    filled(&page).date(REVIEW, "2028-11-23").submit().is(422).complains("The review date must be within one year");
    let worded =
        filled(&page).date(REVIEW, "2026-12-10").fill("A sentence for everybody", "Nothing can be concluded from it.");
    let asked = worded.submit();
    asked.is(422).complains("Confirm before publishing").sees("Nothing can be concluded from it.");
    confirmed(asked.form("Place this hold")).send().sees("The hold is placed, and published");
    // Somebody else had the form open too.
    let second = filled(&page).date(REVIEW, "2026-12-20").submit();
    second.is(409).sees("Somebody else changed this").sees("Hold on this recommendation since 23 November 2026");

    for path in [TWO, ITEM] {
        let page = public.open(path);
        page.sees("New information about this recommendation has not been published since 23 November 2026");
        page.sees("Reason: legal proceedings. To be reviewed on 10 December 2026")
            .sees("Nothing can be concluded from it.");
    }
    public.open("/changes").sees("Nothing new is published about this recommendation for now");
    public
        .open("/inquiries/ashgrove")
        .does_not_see("has not been published since")
        .sees("Held back since 23 November 2026");
    public.open(&format!("{TWO}.atom")).sees("New information about this recommendation has not been published since");
    public.open("/inquiries/ashgrove/recommendations/1.atom").does_not_see("has not been published since");
    public.open("/inquiries/ashgrove/recommendations/1").does_not_see("has not been published since");
    let data = public.open(&format!("{TWO}.json")).json();
    assert_eq!(data["holds"][0]["scope"], "recommendation");
    assert_eq!(data["holds"][0]["kind"], "proceedings");
    assert_eq!(data["holds"][0]["since"], "2026-11-23");
    assert_eq!(data["holds"][0]["review_on"], "2026-12-10");
    let placed = app.place().value("select seq from counter");

    // Deeds that would publish are refused with what was entered kept; what is prepared waits.
    // Each form says so before it is filled in.
    let item = overseer.open(&format!("/staff{ITEM}"));
    let said = "A hold is in force: nothing new is published about this recommendation since 23 November 2026. Reason: legal \
                proceedings. It is reviewed on 10 December 2026.";
    let form = item.follow("Record a response");
    form.sees(said)
        .sees("What this form records cannot be published now")
        .does_not_see("What you hand in here is kept");
    item.follow("Assess").sees(said).sees("What you hand in here is kept").does_not_see("cannot be published now");
    overseer.open(&format!("/staff{TWO}/themes")).sees(said);
    overseer.open(&format!("/staff{TWO}/wording")).sees(said).sees("What needs a second person is kept");
    for free in ["/staff/inquiries/ashgrove/recommendations/1/themes", "/staff/inquiries/ashgrove/coverage"] {
        overseer.open(free).does_not_see("A hold is in force");
    }
    let refused =
        response(item.follow("Record a response").form("Publish the response"), "Accepted", "CANARY").submit();
    refused.is(422).sees(REFUSED).sees("CANARY");
    let filing = item.follow("Assess").form("Hand in the assessment").choose_in("What do you find?", "On course");
    let filing = filing.fill("What does the finding rest on?", "Two reports.").send();
    let other = app.person("overseer two");
    let waits = other.open(filing.path());
    waits.sees("This waits here, and can be published when the hold has ended");
    assert!(!waits.has_form("Publish this"), "it cannot be published now");
    let yes = FourQuestions::ASKED.iter().map(|(field, _)| ((*field).to_owned(), "yes".to_owned()));
    let fields: Vec<(String, String)> = waits.form("Send it back").fields().into_iter().chain(yes).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let forged = format!("{}/publication", waits.path());
    other.post_with(&forged, &[("sec-fetch-site", "same-origin")], &fields).is(422).sees(REFUSED);
    let sent = files(app, "Both stages were inspected.");
    sent.sees("Your update has arrived and is kept with today").does_not_see("that it came is public");
    app.person(COUNCIL).open("/staff").sees("Received on 23 November 2026. That it came becomes public when the hold");
    let several = overseer.open("/staff/to-publish/several");
    several.sees("Held back: hold on this recommendation since 23 November 2026. It is left out if you choose it");
    overseer.open("/staff/to-publish").sees("unless a hold keeps that back");
    // Sent back and sent in again, all of it unseen.
    let back = overseer.open(sent.path()).form("Send it back").fill("What should be looked at again?", "The date.");
    back.send();
    app.person(COUNCIL).open(sent.path()).form("Send it again").send();
    assert_eq!(app.place().value("select seq from counter"), placed, "nothing was published");
    public.open(ITEM).does_not_see("Received").does_not_see("CANARY");

    // The date passes; the hold is to be reviewed, then is past it.
    app.jobs_at("2026-12-05T08:30:00Z");
    public.open("/overdue").sees("Nothing is overdue");
    public.open("/recommendations?due=passed").sees("0 recommendations");
    public.open(ITEM).does_not_see("No update received by 1 December 2026");
    app.person("overseer")
        .open("/staff")
        .sees("Holds on new information to be reviewed")
        .sees("To be reviewed on 10 December");
    app.jobs_at("2026-12-14T09:00:00Z");
    app.person("overseer").open("/staff").sees("Its review date, 10 December 2026, has passed");
    app.mailbox().of("overseer@example.org").last().says("Holds to be reviewed").says("has passed");
    assert_eq!(app.place().value("select seq from counter"), placed, "no job published anything");
    let overseer = app.person("overseer");
    let list = overseer.open("/staff/holds");
    let page = list.sees("Ashgrove Ferry Inquiry, recommendation 2").follow("Ashgrove Ferry Inquiry, recommendation 2");
    let early = page.form("Publish this").submit();
    early.is(422).complains("Choose whether the hold goes on or ends").complains("Enter why");
    let on = page.form("Publish this").choose("Let it go on").fill("Why?", "They are not over.");
    let on = confirmed(on.date(REVIEW, "2027-01-20")).send();
    on.sees("The hold goes on").sees("To be reviewed on 20 January 2027").sees("Extended on 14 December 2026");
    // The day that the pages name now is the renewal's.
    let renewed = app.place().value("select seq from counter");
    assert!(public.open(TWO).links().contains(&format!("/changes/{renewed}")));
    ending(&page).submit().is(409).sees("Somebody else changed this");
    let [first, late] = [hold(&overseer, TWO), hold(&overseer, TWO)];
    ending(&first).send().sees("The hold has ended").sees("No hold is in force here");
    ending(&late).submit().is(409).sees("No hold is in force here");

    // What came in is public, with the day on which it came and what became of it; and what waited can be published.
    let answer = public.open(ITEM);
    answer.sees("Received 23 November 2026").sees("1 March 2027").does_not_see("has not been published since");
    answer.sees("The update was sent back to the body with questions").sees("The body sent its update in again");
    answer.does_not_see("No update received by 1 December 2026");
    public
        .open("/changes")
        .sees("New information about this recommendation is published again, except where another hold is in force");
    publication(&app.person("overseer two").open(filing.path())).send();
    publication(&overseer.open(sent.path())).send();
    let answer = public.open(ITEM);
    answer.sees("Received 23 November 2026, published 14 December 2026").sees("Both stages were inspected.");
    app.place().run(&["verify"]).succeeds();
    app.jobs();
}

const SMALL: &str = r#"
[[body]]
slug = "another-body"
name = "Another Body"
kind = "authority"

[[inquiry]]
slug = "ferry"
kind = "independent inquiry"
title = "Second Ferry Inquiry"
short_title = "Second ferry report"
own_references = false
published_on = 2025-03-03
counts_in_source = []

[[inquiry.recommendation]]
number = "1"
title = "Publish the timetable"
text_kind = "verbatim"
text = "The council should publish the timetable."
checked = "source"
source_url = "https://ferry.example.org/report"
themes = ["timetables"]
addressees = [ { body = "another-body", checked = "source" } ]
"#;

/// One more recommendation of the same inquiry.
const GROWN: &str = r#"
[[inquiry.recommendation]]
number = "2"
title = "Inspect the landing stages"
text_kind = "summary"
text = "Both landing stages should be inspected every year."
checked = "secondary"
source_url = "https://ferry.example.org/report"
themes = []
addressees = [ { body = "another-body", checked = "source" } ]
"#;

fn a_hold_on_the_register_or_an_inquiry_keeps_silence_and_loads_back_and_lateness_is_told_after_it(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    let public = app.public();
    // Nobody decides about what was put to their own body.
    app.person("overseer three");
    app.place().execute(
        "update person set body_id = (select id from body where slug = 'ashgrove-council') where email = 'overseer-three@example.org'",
    );
    let own = app.person("overseer three");
    own.get("/staff/hold").is(403).sees("This is about your own body");
    own.get("/staff/inquiries/ashgrove/hold").is(403);
    own.open("/staff/inquiries/ashgrove/recommendations/6/hold").sees("No hold is in force here");

    let page = app.person("administrator").open("/staff/holds").follow("Hold on the whole register");
    page.form("Place this hold").choose("The weeks before an election").date(REVIEW, "2026-12-06").send();
    let all =
        "New information about any inquiry or body in this register has not been published since 23 November 2026";
    let harbour = "/bodies/ashgrove-harbour";
    for path in [
        "/",
        "/inquiries",
        "/inquiries/ashgrove",
        "/inquiries/millbrook",
        TWO,
        ITEM,
        "/bodies",
        harbour,
        "/themes/inspection",
        "/recommendations",
        "/recommendations?q=landing",
        "/overdue",
        "/changes",
        "/changes/1",
        "/about",
    ] {
        let page = public.open(path);
        page.sees(all);
        assert_eq!(page.text().matches(all).count(), 1, "once on {path}");
    }
    for path in ["/help", "/privacy", "/accessibility", "/subscribe"] {
        public.open(path).does_not_see(all);
    }
    public.get("/changes.atom").sees(all);
    for path in ["inquiries", "inquiries/ashgrove", "recommendations", "bodies", "bodies/ashgrove-harbour", "changes"] {
        let data = public.get(&format!("/api/v1/{path}")).json();
        assert_eq!(
            (&data["holds"][0]["scope"], &data["holds"][1]),
            (&"register".into(), &serde_json::Value::Null),
            "{path}"
        );
    }
    for path in ["/bodies/ashgrove-harbour.json", "/recommendations.json", "/inquiries/ashgrove.json"] {
        assert_eq!(public.get(path).json()["holds"][0]["since"], "2026-11-23", "{path}");
    }
    let administrator = app.person("administrator");
    let register = "A hold is in force: nothing new is published about any inquiry or body in this register";
    for form in [
        "/staff/inquiries/ashgrove/coverage",
        "/staff/inquiries/ashgrove/events",
        "/staff/register/body",
        "/staff/bodies/ashgrove-harbour/name",
        "/staff/bodies/ashgrove-harbour/reports",
        "/staff/pages/about",
    ] {
        administrator.open(form).sees(register).sees("cannot be published now");
    }
    administrator.open("/staff/to-publish/several").sees(register).sees("What is held is left out");
    for free in ["/staff/pages/help", "/staff/bodies/ashgrove-harbour/chases", "/staff/hold"] {
        administrator.open(free).does_not_see("A hold is in force: nothing");
    }
    let file = app.place().file("more.toml", SMALL);
    let load = ["register", "load", file.to_str().expect("a path in UTF-8")];
    app.place().run(&load).exits(1).says("Nothing new is published about any inquiry or body in this register");
    assert_eq!(app.place().value("select count(*) from body where slug = 'another-body'"), "0");

    // The update comes four days late; nobody is told of the silence or of the update before the hold has ended.
    app.jobs_at("2026-12-05T08:30:00Z");
    public.open("/overdue").sees("Nothing is overdue");
    let council = app.person(COUNCIL);
    return_page(&council).form("No change since last time").send().sees("Your update has arrived and is kept");
    public.open(ITEM).does_not_see("Received").does_not_see("No update received by");
    app.clock().set("2026-12-06T10:00:00Z".parse().expect("a moment"));
    ending(&hold(&app.person("administrator"), "")).send().sees("The hold has ended");
    let answer = public.open(ITEM);
    answer.sees("No update received by 1 December 2026").sees("Received 5 December 2026: no change reported");
    // Each page says it as of its own day.
    app.clock().set("2026-12-07T10:00:00Z".parse().expect("a moment"));
    for path in [harbour, "/inquiries/ashgrove", "/changes"] {
        public.open(path).does_not_see(all);
        public.open(&format!("{path}?as-at=2026-12-05")).sees(all);
        public.open(&format!("{path}?as-at=2026-12-06")).does_not_see(all);
    }
    let then = |day: &str| public.get(&format!("{harbour}.json?as-at={day}")).json()["holds"].clone();
    assert_eq!((then("2026-12-05")[0]["kind"].clone(), then("2026-12-06")), ("election".into(), serde_json::json!([])));
    app.place().run(&load).succeeds().says("1 body");
    let page = hold(&app.person("overseer"), "/inquiries/ferry");
    page.form("Place this hold").choose("Another legal reason").date(REVIEW, "2027-06-01").send();
    let file = app.place().file("grown.toml", &format!("{SMALL}{GROWN}"));
    let grown = ["register", "load", file.to_str().expect("a path in UTF-8")];
    app.place().run(&grown).exits(1).says("Nothing new is published about this inquiry and its recommendations");
    app.place().run(&load).succeeds().says("Nothing is new in this file.");

    // A target passes under a hold on the inquiry: told a week after its end, when the register has caught up.
    app.clock().set("2027-02-10T10:00:00Z".parse().expect("a moment"));
    let page = hold(&app.person("overseer"), "/inquiries/ashgrove");
    page.form("Place this hold").choose("Another legal reason").date(REVIEW, "2027-06-01").send();
    public.open("/inquiries/ashgrove").sees("New information about this inquiry and its recommendations");
    public.open("/inquiries/millbrook").does_not_see("has not been published since");
    app.jobs_at("2027-02-27T12:00:00Z");
    public.open("/overdue?kind=target").sees("Nothing is overdue");
    public.open("/recommendations?due=passed").sees("0 recommendations");
    app.clock().set("2027-03-01T12:00:00Z".parse().expect("a moment"));
    ending(&hold(&app.person("overseer"), "/inquiries/ashgrove")).send();
    public.open("/inquiries/ashgrove").sees("When nothing new was published");
    app.jobs_at("2027-03-07T12:00:00Z");
    public.open("/overdue?kind=target").sees("Nothing is overdue");
    // Two dates count as missed from midnight on; before the job has noted them one of the two is held. The other is noted.
    app.clock().set("2027-03-08T00:02:00Z".parse().expect("a moment"));
    let page = hold(&app.person("overseer"), TWO);
    page.form("Place this hold").choose("Legal proceedings").date(REVIEW, "2027-06-01").send();
    app.jobs_at("2027-03-08T12:00:00Z");
    public.open("/overdue?kind=target").sees("Target date of 26 February 2027 has passed");
    let changes = public.open("/changes");
    changes.sees("Target date of 26 February 2027 has passed").does_not_see("No update received by 1 March 2027");
    app.clock().set("2027-03-09T10:00:00Z".parse().expect("a moment"));
    ending(&hold(&app.person("overseer"), TWO)).send();
    app.jobs_at("2027-03-10T12:00:00Z");
    public.open("/changes").sees("No update received by 1 March 2027");
    app.place().run(&["verify"]).succeeds();
}

fn news_that_a_hold_keeps_back_is_not_asked_for_again_however_early_it_came(app: &TestApp) {
    asks_once(app, "2027-03-01");
    let page = hold(&app.person("overseer"), TWO);
    let form = page.form("Place this hold").choose("Legal proceedings").date(REVIEW, "2027-06-01");
    confirmed(form).send().sees("The hold is placed, and published");
    files(app, "Both stages were inspected.");
    // Nobody is told that it came; the date stands, and by the rule that will settle it nothing more is asked for.
    app.jobs_at("2027-01-18T08:30:00Z");
    let asked =
        app.mailbox().of(COUNCIL_MAIL).0.iter().filter(|mail| mail.subject.contains("Updates asked for")).count();
    assert_eq!(asked, 0);
}
