//! What was entered in error stays readable and says so, and is in no number and no list by default, until it is opened again.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::gap::says_complete;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![what_was_entered_in_error_is_in_no_number_until_it_is_opened_again];

const INQUIRY: &str = "/inquiries/ashgrove";
const RECOMMENDATION: &str = "/inquiries/ashgrove/recommendations/2";
const TITLE: &str = "Inspect both landing stages every year";
const COUNCIL: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";

fn closes(app: &TestApp, item: &str) {
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
    public.open(RECOMMENDATION).sees("Put to 1 body").sees("Entered in error");
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

    // Both: nothing of the recommendation is left.
    closes(app, COUNCIL);
    let page = public.open(INQUIRY);
    page.sees("6 recommendations").sees("1 recommendation and 2 answers entered in error, not counted");
    page.does_not_see(TITLE);
    public.open("/recommendations?q=landing").does_not_see(TITLE);
    public
        .open("/recommendations?q=landing&in_error=yes")
        .sees("1 recommendation, with 2 answers that fit")
        .sees(TITLE);
    public.open(RECOMMENDATION).sees("Entered in error: it stays readable, and is counted nowhere.");
    let list = public.open(&format!("{INQUIRY}.json")).json();
    assert_eq!((&list["total"], &list["entered_in_error"]), (&6.into(), &1.into()));
    let api = public.open("/api/v1/recommendations").json();
    assert!(api["items"].as_array().expect("items").iter().all(|one| one["entered_in_error"] == false));
    app.place().run(&["verify"]).succeeds();
    app.clock().advance(days(1));
    let then = public.open(&format!("{INQUIRY}?as-at=2026-11-24"));
    then.sees("6 recommendations").sees("1 recommendation and 2 answers entered in error").does_not_see(TITLE);

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
