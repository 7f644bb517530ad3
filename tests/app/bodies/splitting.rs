//! A body is split: of each answer it is decided who answers now, or it says that nobody has decided.

use super::{COAST, HARBOUR, SPLIT, became, became_on, counted, founded, verified};
use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![of_a_split_body_each_answer_is_decided, nobody_may_have_taken_an_answer_over];

/// The form that decides who took over what the council was asked.
pub fn passes(app: &TestApp, to: &str, reason: &str) -> Form {
    let page = app.person("overseer").open("/staff/bodies/ashgrove-council/passing");
    let form = page.form("Publish who answers").choose_in("Which body took these over?", to);
    confirmed(form.fill("What does that rest on?", reason))
}

fn of_a_split_body_each_answer_is_decided(app: &TestApp) {
    let public = app.public();
    let (before, all) = counted(app);
    let council = before["ashgrove-council"].as_u64().expect("a number");
    became(app, "ashgrove-council", SPLIT, &[HARBOUR])
        .submit()
        .is(422)
        .complains("Choose another body: one that was split has several successors");
    became_on(app, "ashgrove-council", SPLIT, &[HARBOUR, COAST], "2026-11-20").send();

    // Nothing moves until somebody decides.
    let (each, same) = counted(app);
    assert_eq!((each["ashgrove-council"].as_u64(), same), (Some(council), all));
    let page = public.open("/bodies/ashgrove-council");
    page.sees("It was split: Ashgrove Harbour Authority took over a part of its work on 20 November 2026");
    page.sees("it is not decided here which body answers now");
    let item = "/inquiries/ashgrove/recommendations/2/ashgrove-council";
    public.open(item).sees("It is not decided here which body answers now");
    let overseer = app.person("overseer");
    overseer.open("/staff").sees("Decide which body answers now");
    let list = overseer.open("/staff/undecided");
    list.sees("Ashgrove Ferry Inquiry, recommendation 2").sees("Ashgrove District Council ended");
    let form = list.follow("recommendation 2").form("Publish who answers");
    assert!(form.is_chosen("Ashgrove Ferry Inquiry, recommendation 2"), "what waits is ticked");

    let form = passes(app, COAST, "The order, schedule 2.").untick("Ashgrove Ferry Inquiry, recommendation 1,");
    let form = form.untick("Ashgrove Ferry Inquiry, recommendation 4,");
    form.send().sees("Published");
    passes(app, HARBOUR, "The order, schedule 3.").send();
    overseer.open("/staff").does_not_see("Decide which body answers now");
    let (each, same) = counted(app);
    assert_eq!((each["ashgrove-council"].as_u64(), same), (Some(0), all));
    assert_eq!(each["coastal-agency"].as_u64(), Some(2));
    public
        .open(item)
        .sees("Coastal Transport Agency took this over from Ashgrove District Council on 20 November 2026");
    let page = public.open("/bodies/ashgrove-council");
    page.sees("are counted under Ashgrove Harbour Authority and Coastal Transport Agency, which answer now");
    public.open("/changes").sees("Ashgrove Harbour Authority took this over from Ashgrove District Council");
    // Decided anew.
    let form = passes(app, HARBOUR, "The order was amended.").tick("Ashgrove Ferry Inquiry, recommendation 2,");
    form.send();
    public.open(item).sees("Ashgrove Harbour Authority answers now");
    verified(app);
}

fn nobody_may_have_taken_an_answer_over(app: &TestApp) {
    founded(app, "Coast Partnership");
    let (_, all) = counted(app);
    became_on(app, "ashgrove-council", SPLIT, &["Coast Partnership", COAST], "2026-11-20").send();
    let page = app.person("overseer").open("/staff/bodies/ashgrove-council/passing");
    let nothing = page.form("Publish who answers");
    let nothing = nothing.untick("recommendation 1,").untick("recommendation 2,").untick("recommendation 4,");
    let refused = confirmed(nothing).submit();
    refused.is(422).complains("Choose which body took them over").complains("Choose at least one answer");
    refused.complains("Enter what that rests on");
    passes(app, "No body took this over", "The order says so.").send();
    let public = app.public();
    public
        .open("/inquiries/ashgrove/recommendations/2/ashgrove-council")
        .sees("Ashgrove District Council ended. No body took this over");
    let (each, same) = counted(app);
    assert_eq!((each["ashgrove-council"].as_u64(), same), (Some(3), all));
    app.person("overseer").open("/staff/undecided").sees("Of every answer it is known which body answers.");
    verified(app);
}
