//! What was entered in error stays readable and says so, and is in no number and no list by default, until it is opened again;
//! an answer by the page of its body, a recommendation by a decision of its own.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::gap::says_complete;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;

stories![
    what_was_entered_in_error_is_in_no_number_until_it_is_opened_again,
    one_put_to_a_wrong_body_alone_counts_on_and_is_put_to_the_right_one,
    one_entered_in_error_leaves_every_number_by_its_own_decision_and_comes_back,
];

const INQUIRY: &str = "/inquiries/ashgrove";
const RECOMMENDATION: &str = "/inquiries/ashgrove/recommendations/2";
const TITLE: &str = "Inspect both landing stages every year";
const COUNCIL: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";

/// Closes an answer as one that was entered in error.
pub fn closes(app: &TestApp, item: &str) {
    let form = app.person("overseer").open(item).follow("Close").form("Record the decision");
    let form = form.choose_in("Why is it closed?", "Entered in error").fill("The reason", "It was never made.");
    confirmed(form).send().sees("Decision recorded");
}

fn what_was_entered_in_error_is_in_no_number_until_it_is_opened_again(app: &TestApp) {
    let public = app.public();
    says_complete(app);
    let page = public.open(INQUIRY);
    page.sees("1 of 7 answers says complete").does_not_see("entered in error");
    page.sees("7 recommendations");
    app.clock().advance(days(1));

    // One of two answers: the recommendation is left, and is put to one body.
    closes(app, ITEM);
    let page = public.open(INQUIRY);
    page.sees("0 of 6 answers say complete").sees("1 answer entered in error, not counted").sees("7 recommendations");
    let errors = page.follow("1 answer entered in error, not counted");
    errors.sees("1 recommendation, with 1 answer that fits").sees("Entered in error");
    public.open("/").sees("1 answer entered in error, not counted").sees("0 of 7 answers say complete");
    for path in ["/bodies", "/bodies/ashgrove-harbour"] {
        public.open(path).sees("1 answer entered in error, not counted").sees("0 of 2 answers say complete");
    }
    public.open("/bodies/ashgrove-harbour").does_not_see(TITLE);
    public.open("/recommendations").sees("with 7 answers that fit").sees("0 of 7 answers say complete");
    public.open("/recommendations?reported=reported_complete").sees("0 recommendations");
    let page = public.open(PUBLIC);
    page.sees("Entered in error").sees("Entered in error: taken out of every number on 24 November 2026");
    page.sees("It was never made.").does_not_see("Closed, not done").does_not_see("To be looked at again");
    public.open(RECOMMENDATION).sees("Put to 1 body; 1 more answer entered in error");
    let data = public.open(&format!("{RECOMMENDATION}.json")).json();
    let one = &data["addressees"][1];
    assert_eq!((&one["entered_in_error"], &one["closure"]), (&true.into(), &"recorded_in_error".into()));
    assert_eq!((&one["done"], &data["entered_in_error"]), (&false.into(), &false.into()));
    assert!(!public.get("/answers.csv").body().contains("recorded_in_error"), "a list leaves it out");
    public.open("/answers.csv?in_error=yes").sees("recorded_in_error");
    public.get("/recommendations?in_error=perhaps").is(400).sees("in_error");
    // That it was one was not known the day before.
    let then = public.open(&format!("{INQUIRY}?as-at=2026-11-23"));
    then.sees("1 of 7 answers says complete").does_not_see("entered in error");

    // No answer is recorded on it.
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    let refused = crate::deeds_record::response(form, "Accepted", "Yes.").submit();
    refused.is(422).complains("This was entered in error, so no answer is recorded on it");

    // The list of errors says what it is, and a form sent from there stays in it.
    let only = public.open("/recommendations?in_error=yes");
    only.sees("These were entered in error and are in no number").does_not_see("of 1 answer");
    let form = only.form("Show these");
    assert!(form.is_chosen("Only what was entered in error"));
    let narrower = form.select("Inquiry", "Ashgrove Ferry Inquiry").send();
    narrower.sees("These were entered in error").sees("1 recommendation, with 1 answer that fits").sees(TITLE);
    let wider = narrower.form("Show these").untick("Only what was entered in error").send();
    wider.does_not_see("These were entered in error").sees("7 recommendations");

    // Both: of the recommendation that counts on it is not known whom it was put to.
    closes(app, COUNCIL);
    let page = public.open(INQUIRY);
    page.sees("7 recommendations").sees("2 answers entered in error, not counted").sees(TITLE);
    public
        .open("/recommendations?q=landing&in_error=yes")
        .sees("1 recommendation, with 2 answers that fit")
        .sees(TITLE);
    let page = public.open(RECOMMENDATION);
    page.sees("Entered in error: it was never put to these 2 bodies").does_not_see("Put to");
    page.does_not_see("Body asked: not known here").sees("It is not known here who was asked");
    let list = public.open(&format!("{INQUIRY}.json")).json();
    assert_eq!((&list["total"], &list["entered_in_error"]), (&7.into(), &0.into()));
    app.place().run(&["verify"]).succeeds();

    // It was no error after all: a record of its own, with its day.
    for item in [ITEM, COUNCIL] {
        let form = app.person("overseer").open(item).follow("Open again").form("Record the decision");
        confirmed(form.fill("The reason", "Page 12 has it.")).send();
    }
    let page = public.open(INQUIRY);
    page.sees("1 of 7 answers says complete").sees(TITLE).does_not_see("entered in error");
    let page = public.open(PUBLIC);
    page.sees("Open: this register goes on following it").sees("Page 12 has it.");
    page.sees("Entered in error: taken out of every number on 24 November 2026");
    app.place().run(&["verify"]).succeeds();
}

const FIRST: &str = "/inquiries/ashgrove/recommendations/1";
const FIRST_TITLE: &str = "Publish the ferry timetable in advance";

/// Decides whether a recommendation was entered in error, by the link of these words.
pub fn decides(app: &TestApp, of: &str, heading: &str, why: &str) -> Form {
    let form = app.person("overseer").open(&format!("/staff{of}")).follow(heading).form("Publish the decision");
    confirmed(form.fill("Why?", why))
}

fn one_put_to_a_wrong_body_alone_counts_on_and_is_put_to_the_right_one(app: &TestApp) {
    let public = app.public();
    app.clock().advance(days(1));
    let form = app.person("overseer").open(&format!("/staff{FIRST}/ashgrove-council")).follow("Close");
    form.sees("This is its only answer").sees("until it is put to the right body");
    closes(app, &format!("/staff{FIRST}/ashgrove-council"));
    // What the inquiry made stays among what it made.
    public.open(INQUIRY).sees("7 recommendations").sees(FIRST_TITLE).sees("1 answer entered in error, not counted");
    public.open("/recommendations?body=not_known").sees(FIRST_TITLE);
    let page = public.open(FIRST);
    page.sees("Entered in error: it was never put to this body").does_not_see("Body asked: not known here");
    app.place().run(&["verify"]).succeeds();

    let form = app.person("overseer").open(&format!("/staff{FIRST}")).follow("Put it to a body");
    let form = form.form("Publish that it was put to this body").select("Which body?", "Ashgrove Harbour Authority");
    let form = form.choose_in("How is it known?", "Compared with the source");
    confirmed(form.fill("Where is it said", "On page 40.")).send().sees("Body asked recorded");
    public.open(FIRST).sees("Put to 1 body").sees("Entered in error").does_not_see("never put to this body");
    public.open("/recommendations?body=not_known").does_not_see(FIRST_TITLE);
    public.open("/bodies/ashgrove-harbour").sees(FIRST_TITLE);
    app.place().run(&["verify"]).succeeds();
}

fn one_entered_in_error_leaves_every_number_by_its_own_decision_and_comes_back(app: &TestApp) {
    let public = app.public();
    app.clock().advance(days(1));
    let error = "This recommendation was entered in error";
    // An answer that counts says first that it does not.
    decides(app, FIRST, error, "It stands here twice.")
        .submit()
        .is(422)
        .complains("It is put to Ashgrove District Council");
    let council = format!("/staff{FIRST}/ashgrove-council");
    closes(app, &council);
    let form = app.person("overseer").open(&format!("/staff{FIRST}")).follow(error).form("Publish the decision");
    confirmed(form).submit().is(422).complains("Enter why, for everybody to read");
    let late = decides(app, FIRST, error, "It stands here twice.");
    decides(app, FIRST, error, "It stands here twice.").send().sees("Decision recorded");
    late.submit().is(409);

    let page = public.open(INQUIRY);
    page.sees("6 recommendations").does_not_see(FIRST_TITLE);
    page.sees("1 recommendation and 1 answer entered in error, not counted");
    public.open("/recommendations?q=timetable").does_not_see(FIRST_TITLE);
    public.open("/recommendations?in_error=yes").sees(FIRST_TITLE);
    public.open("/changes").sees(error);
    public.open("/inquiries/ashgrove.atom").sees(error);
    let page = public.open(FIRST);
    page.sees("Entered in error: it stays readable, and is counted nowhere.").sees(error).sees("It stands here twice.");
    let list = public.open(&format!("{INQUIRY}.json")).json();
    assert_eq!((&list["total"], &list["entered_in_error"]), (&6.into(), &1.into()));
    let api = public.open("/api/v1/recommendations").json();
    assert!(api["items"].as_array().expect("items").iter().all(|one| one["entered_in_error"] == false));
    assert_eq!(public.open(&format!("{FIRST}.json")).json()["entered_in_error"], true);
    app.place().run(&["verify"]).succeeds();
    // Nothing of it counts meanwhile.
    let form = app.person("overseer").open(&council).follow("Open again").form("Record the decision");
    confirmed(form.fill("The reason", "Page 40.")).submit().is(422).complains("was entered in error. Decide first");
    let form = app.person("overseer").open(&format!("/staff{FIRST}")).follow("Put it to a body");
    let form = form.form("Publish that it was put to this body").select("Which body?", "Ashgrove Harbour Authority");
    let form = form.choose_in("How is it known?", "Compared with the source").fill("Where is it said", "On page 40.");
    confirmed(form).submit().is(422).complains("The recommendation itself was entered in error");
    // Nor does a register file put it to another body.
    let put = r#"source_url = "https://ashgrove.example/minutes/1" } },"#;
    let more = format!("{put}\n  {{ body = \"ashgrove-harbour\", checked = \"source\" }},");
    let file = app.place().file("more.toml", &include_str!("ashgrove.toml").replacen(put, &more, 1));
    let loaded = app.place().run(&["register", "load", file.to_str().expect("a path in UTF-8")]);
    loaded.succeeds().says("put to ashgrove-harbour: not loaded. The recommendation itself was entered in error");
    public.open(FIRST).does_not_see("Put to 2 bodies");
    // The day before nobody knew; its number can be changed without it counting again.
    public.open(&format!("{INQUIRY}?as-at=2026-11-23")).sees("7 recommendations").sees(FIRST_TITLE);
    let form = app.person("overseer").open(&format!("/staff{FIRST}")).follow("Change the number");
    let form = form.form("Publish the number").fill("Its number", "1a").fill("Why is it changed?", "It was none.");
    confirmed(form).send();
    public.open(INQUIRY).sees("6 recommendations");
    app.clock().advance(days(1));

    let again = "/inquiries/ashgrove/recommendations/1a";
    decides(app, again, "This recommendation was no error", "Page 40 has it.").send();
    public.open(INQUIRY).sees("7 recommendations").sees(FIRST_TITLE).sees("1 answer entered in error, not counted");
    let page = public.open(again);
    page.sees("Entered rightly after all: it counts again").sees("Page 40 has it.");
    public.open(&format!("{INQUIRY}?as-at=2026-11-24")).sees("6 recommendations").does_not_see(FIRST_TITLE);
    app.place().run(&["verify"]).succeeds();

    // One that was put to nobody leaves the numbers, and is found among the errors, in the same way.
    let of = "/inquiries/ashgrove/recommendations/6";
    decides(app, of, error, "It was never made.").send();
    public.open(of).sees("Entered in error: it stays readable").does_not_see("Body asked: not known here");
    public.open("/recommendations?body=not_known").does_not_see("Keep the lifebelts in repair");
    let errors = public.open("/recommendations?in_error=yes");
    errors.sees("2 recommendations").sees("Keep the lifebelts in repair");
    app.place().run(&["verify"]).succeeds();
}
