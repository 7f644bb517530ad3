//! Responses with their rules: when an answer is owed and by which rule, more time and pauses, silence with its days, renewals
//! with their number, and the plan behind an acceptance.

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    an_answer_is_owed_under_a_rule_and_its_absence_stays_in_the_record,
    time_to_answer_is_extended_stops_and_runs_again_in_rows_of_their_own,
    more_time_a_pause_and_its_end_are_put_right_as_what_they_are,
    an_earlier_day_is_put_right_with_its_own_rule_and_not_with_what_stands,
    thinking_is_renewed_by_number_and_a_plan_needs_a_post_an_action_and_a_date,
];

/// A decision about when an answer is owed, ready but for what is decided.
pub fn owed(app: &TestApp) -> Form {
    let form = app.person("overseer").open(ITEM).follow("Set when an answer is owed").form("Publish this");
    confirmed(form.choose_in("How far did you compare it?", "Compared with the source"))
}

fn an_answer_is_owed_under_a_rule_and_its_absence_stays_in_the_record(app: &TestApp) {
    app.clock().set("2027-01-21T09:00:00Z".parse().expect("a moment"));
    // Each rule that is broken is said at its field, and what was written is kept.
    let none =
        owed(app).choose("A rule of law").fill("Whom is the answer owed to?", "the Harbour Inspectorate").submit();
    none.is(422).complains("Choose the rule that sets the time");
    assert_eq!(none.form("Publish this").value("Whom is the answer owed to?"), "the Harbour Inspectorate");
    owed(app)
        .choose("A date that somebody set")
        .submit()
        .is(422)
        .complains("Enter the day by which the answer is owed");
    let early = owed(app).choose("A date that somebody set").date("Which day?", "2026-01-01");
    early.submit().is(422).complains("must not be before the recommendation was made");

    let form = none.form("Publish this").select("Which rule?", "Police Reform Act 2002, Schedule 3, paragraph 28B");
    let form = form.date("From which day does the rule count?", "2027-01-21");
    let shown = form.set("preview", "yes").submit();
    shown.sees("Response due 17 March 2027: 56 days beginning with 21 January 2027, under Police Reform Act 2002");
    shown.form("Publish this").send().sees("When an answer is owed is recorded");
    let public = app.public().open(PUBLIC);
    public
        .sees("Response due 17 March 2027, 56 days beginning with 21 January 2027")
        .sees("owed to the Harbour Inspectorate");
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    let harbour = &data["addressees"][1];
    assert_eq!(harbour["response_due_on"], "2027-03-17");
    assert_eq!(harbour["response_due_rule"], "police-reform-act-28b");
    assert_eq!(harbour["response_owed_to"], "the Harbour Inspectorate");

    // The last day is the body's; on the day after it the silence has its notice, with its days.
    app.jobs_at("2027-03-17T00:05:00Z");
    app.public().open(PUBLIC).does_not_see("No response");
    app.jobs_at("2027-03-18T00:05:00Z");
    let public = app.public().open(PUBLIC);
    public.sees("No response by 17 March 2027").sees("No response received by 17 March 2027, 1 day past");
    app.public().open("/overdue?kind=response").sees("No response received by 17 March 2027");
    app.clock().set("2027-03-31T09:00:00Z".parse().expect("a moment"));
    app.public().open(PUBLIC).sees("No response received by 17 March 2027, 14 days past");

    // The answer comes after all: the tag goes, the notice stays, and says how late it was.
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "Inspected each May.").date("When did it answer?", "2027-03-31").send();
    let public = app.public().open(PUBLIC);
    public.sees("Accepted on 31 March 2027").does_not_see("No response by 17 March 2027");
    public
        .sees("No response received by 17 March 2027.")
        .sees("An answer came on 31 March 2027, 14 days after that day");
    app.public().open("/overdue?kind=response").sees("Nothing is overdue");
    app.place().run(&["verify"]).succeeds();
}

fn time_to_answer_is_extended_stops_and_runs_again_in_rows_of_their_own(app: &TestApp) {
    // The recommendation came without a day to answer by: that is no fault, and no silence.
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Asked, awaiting answer", "").send();
    app.public().open(PUBLIC).sees("Asked, awaiting answer").does_not_see("Response due");
    let first = owed(app).choose("A date that somebody set").date("Which day?", "2027-01-15");
    let first = first.fill("Whom is the answer owed to?", "the Harbour Inspectorate");
    first.send().sees("Response due 15 January 2027");

    let same = owed(app).choose("More time was given").date("Which day?", "2027-01-15").submit();
    same.is(422).complains("More time must end after the day that stands").complains("Enter why, and who decided it");
    // The day on which it was given is not the day on which somebody enters it.
    same.complains("Enter the day on which more time was given");
    const GIVEN: &str = "on which day was that?";
    let form = same.form("Publish this").date("Which day?", "2027-02-15");
    let form = form.fill("Why, and who decided it?", "The inspectorate agreed.");
    let ahead = form.date(GIVEN, "2026-11-24").submit();
    ahead.is(422).complains("24 November 2026 has not come yet");
    let early = ahead.form("Publish this").date(GIVEN, "2026-11-19").submit();
    early.is(422).complains("the day that it extends was set on 20 November 2026 or later");
    let form = early.form("Publish this").date(GIVEN, "2026-11-21");
    let shown = form.set("preview", "yes").submit();
    shown.sees("More time to answer was given on 21 November 2026");
    shown.form("Publish this").send();
    let public = app.public().open(PUBLIC);
    public.sees("More time to answer was given on 21 November 2026: response due 15 February 2027");
    public.sees("The inspectorate agreed.").sees("Response due 15 January 2027");
    // It is owed to the same body as before, whatever became of the day.
    let owed_to = |app: &TestApp| {
        let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
        data["addressees"][1]["response_owed_to"].clone()
    };
    public.sees("owed to the Harbour Inspectorate");
    assert_eq!(owed_to(app), "the Harbour Inspectorate");
    assert_eq!(owed(app).value("Whom is the answer owed to?"), "the Harbour Inspectorate");

    app.clock().set("2027-02-01T09:00:00Z".parse().expect("a moment"));
    let stops = || owed(app).choose("Time stopped").fill("Why, and who decided it?", "Judicial review began.");
    stops().date("Which day?", "2027-02-02").submit().is(422).complains("has not come yet");
    stops().date("Which day?", "2027-02-01").send().sees("Time to answer stopped on 1 February 2027 and does not run");
    // While time stands still nothing is missed.
    app.jobs_at("2027-03-10T09:00:00Z");
    app.public().open(PUBLIC).does_not_see("No response").sees("Judicial review began.");
    app.public().open("/overdue").does_not_see("No response received");
    let runs =
        || owed(app).choose("Time runs again").fill("Why, and who decided it?", "The court dismissed the claim.");
    runs().date("Which day?", "2027-01-31").submit().is(422).complains("before the day on which it stopped");
    // It stood for 36 days, so it is due 36 days later.
    runs().fill("Whom is the answer owed to?", "").date("Which day?", "2027-03-09").send();
    assert_eq!(owed_to(app), "the Harbour Inspectorate");
    let public = app.public().open(PUBLIC);
    public
        .sees("Time to answer runs again on 9 March 2027: response due 23 March 2027")
        .sees("Response due 23 March 2027");

    // The first day of all was recorded wrongly, too; what stands does not follow from it.
    let page = app.person("overseer").open(ITEM).follow("Correct this: Response due 15 January 2027");
    let form = confirmed(page.form("Publish this").date("Which day?", "2027-01-18").choose("Compared with the source"));
    form.submit().is(422).complains("Enter why, and who decided it");
    form_again(app).send();
    let public = app.public().open(PUBLIC);
    public.sees("Put right: Response due 18 January 2027. It was recorded here as 15 January 2027");
    public.sees("Response due 23 March 2027");

    // What stands is put right from its own form; nothing of it is edited.
    let form = app.person("overseer").open(ITEM).follow("Set when an answer is owed");
    let page = form.follow("What stands was recorded here wrongly: correct it");
    let wrong = page.form("Publish this").date("Until which day does it run?", "2027-03-24");
    let wrong = confirmed(wrong.choose("Compared with the source"));
    wrong.fill("Why, and who decided it?", "The order says the 24th.").send();
    let public = app.public().open(PUBLIC);
    public
        .sees("Put right: Time to answer runs again on 9 March 2027: response due 24 March 2027")
        .sees("It was recorded here as “Time to answer runs again on 9 March 2027: response due 23 March 2027”")
        .sees("Corrected by change");
    app.jobs_at("2027-03-25T00:05:00Z");
    app.public().open(PUBLIC).sees("No response by 24 March 2027");
    app.place().run(&["verify"]).succeeds();
}

/// The form that corrects the entry that says this, ready but for what was wrong.
fn corrects(app: &TestApp, line: &str, heading: &str) -> Form {
    let page = app.person("overseer").open(ITEM).follow(&format!("Correct this: {line}"));
    assert_eq!(page.texts("h1"), [heading]);
    let form = page.form("Publish this").choose("Compared with the source");
    confirmed(form.fill("Why, and who decided it?", "It was misread."))
}

fn more_time_a_pause_and_its_end_are_put_right_as_what_they_are(app: &TestApp) {
    const GIVEN: &str = "Correct that more time to answer was given";
    const STOPPED: &str = "Correct that time to answer stopped";
    const AGAIN: &str = "Correct that time to answer runs again";
    let item = || {
        let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
        let harbour = &data["addressees"][1];
        (harbour["response_due_on"].clone(), harbour["response_paused_on"].clone())
    };
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Asked, awaiting answer", "").send();
    owed(app).choose("A date that somebody set").date("Which day?", "2027-01-15").send();
    let more = owed(app).choose("More time was given").date("Which day?", "2027-02-15");
    let more =
        more.date("on which day was that?", "2026-11-21").fill("Whom is the answer owed to?", "the Inspectorate");
    more.fill("Why, and who decided it?", "It agreed.").send();

    // Of more time its own day is put right: it stays more time, and nothing stands otherwise than it did.
    let line = "More time to answer was given on 21 November 2026: response due 15 February 2027";
    let form = corrects(app, line, GIVEN);
    assert_eq!(form.value("Whom is the answer owed to?"), "the Inspectorate");
    form.submit().is(422).complains("This is recorded already: change what was wrong");
    let form = corrects(app, line, GIVEN).date("On which day was it given?", "2026-11-22");
    let right = "Put right: More time to answer was given on 22 November 2026: response due 15 February 2027. \
                 It was recorded here as “More time to answer was given on 21 November 2026";
    let shown = form.set("preview", "yes").submit();
    shown.sees(right).form("Publish this").send().sees("The entry that more time was given is put right");
    app.public().open(PUBLIC).sees(right).sees("owed to the Inspectorate");
    assert_eq!(item(), ("2027-02-15".into(), serde_json::Value::Null));
    let form = corrects(app, "Response due 15 January 2027", "Correct the day by which an answer is owed");
    let late = form.date("Which day?", "2027-02-15").submit();
    late.is(422).complains("was recorded after it and would not fit any more");

    // A pause that stands is put right to another day; it never becomes a day by which something is owed.
    app.clock().set("2027-02-01T09:00:00Z".parse().expect("a moment"));
    let stops = owed(app).choose("Time stopped").date("Which day?", "2027-02-01");
    stops.fill("Why, and who decided it?", "Judicial review began.").send();
    let form = corrects(app, "Time to answer stopped on 1 February 2027", STOPPED);
    form.date("On which day did time stop?", "2027-02-02").submit().is(422).complains("has not come yet");
    let form = corrects(app, "Time to answer stopped on 1 February 2027", STOPPED);
    let done = form.date("On which day did time stop?", "2027-01-31").send();
    done.sees("The entry that time to answer stopped is put right").sees("stopped on 31 January 2027 and does not run");
    app.public()
        .open(PUBLIC)
        .sees("Put right: Time to answer stopped on 31 January 2027. It was recorded here as “Time");
    assert_eq!(item(), (serde_json::Value::Null, "2027-01-31".into()));
    app.jobs_at("2027-03-10T09:00:00Z");
    app.public().open(PUBLIC).does_not_see("No response by").does_not_see("No response received");

    // Once time runs again, the pause is put right beneath that, and what follows from it in its turn.
    let runs = owed(app).choose("Time runs again").date("Which day?", "2027-03-09");
    runs.fill("Why, and who decided it?", "The claim was dismissed.").send();
    assert_eq!(item(), ("2027-03-24".into(), serde_json::Value::Null));
    let pause = "Put right: Time to answer stopped on 31 January 2027";
    corrects(app, pause, STOPPED).date("On which day did time stop?", "2027-02-01").send();
    assert_eq!(item(), ("2027-03-24".into(), serde_json::Value::Null));
    let again = "Time to answer runs again on 9 March 2027: response due 24 March 2027";
    corrects(app, again, AGAIN).date("Until which day does it run?", "--").send();
    app.public().open(PUBLIC).sees("Put right: Time to answer runs again on 9 March 2027: response due 23 March 2027");
    assert_eq!(item(), ("2027-03-23".into(), serde_json::Value::Null));

    // What never happened is taken out from the last entry back, and is named.
    let pause = "Put right: Time to answer stopped on 1 February 2027";
    let held = corrects(app, pause, STOPPED).choose("Time did not stop").submit();
    held.is(422)
        .complains("“Time to answer runs again on 9 March 2027: response due 23 March 2027” was recorded after it");
    let again = "Put right: Time to answer runs again on 9 March 2027: response due 23 March 2027";
    corrects(app, again, AGAIN).choose("Time did not run again").send();
    app.public()
        .open(PUBLIC)
        .sees("Recorded here in error: time to answer did not run again on 9 March 2027")
        .sees("Time to answer stopped on 1 February 2027 and does not run");
    corrects(app, pause, STOPPED).choose("Time did not stop").send();
    let public = app.public().open(PUBLIC);
    public.sees("Recorded here in error: time to answer did not stop on 1 February 2027");
    public.does_not_see("It was recorded here as taken back").does_not_see("there was no such date");
    assert_eq!(item(), ("2027-02-15".into(), serde_json::Value::Null));
    let page = app.person("overseer").open(ITEM);
    assert!(!page.text().contains("Correct this: Recorded here in error"));
    app.place().run(&["verify"]).succeeds();
}

fn an_earlier_day_is_put_right_with_its_own_rule_and_not_with_what_stands(app: &TestApp) {
    app.clock().set("2027-01-22T09:00:00Z".parse().expect("a moment"));
    let first =
        owed(app).choose("A rule of law").select("Which rule?", "Police Reform Act 2002, Schedule 3, paragraph 28B");
    let first = first.date("From which day does the rule count?", "2027-01-21");
    let first = first.fill("Where can it be read?", "https://example.org/letter");
    first.fill("Whom is the answer owed to?", "the Harbour Inspectorate").send();
    let more = owed(app).choose("More time was given").date("Which day?", "2027-04-15");
    let more = more.date("on which day was that?", "2027-01-22").fill("Whom is the answer owed to?", "the Home Office");
    more.fill("Why, and who decided it?", "It agreed.").send();

    let heading = "Correct the day by which an answer is owed";
    let form = corrects(app, "Response due 17 March 2027", heading);
    assert!(form.is_chosen("A rule of law"));
    assert_eq!(form.value("Whom is the answer owed to?"), "the Harbour Inspectorate");
    assert_eq!(form.value("Where can it be read?"), "https://example.org/letter");
    assert_eq!(form.value("from_day"), "21");
    let right = "Put right: Response due 16 March 2027";
    form.date("From which day does the rule count?", "2027-01-20").send().sees(right);
    let public = app.public().open(PUBLIC);
    public.sees("It was recorded here as 17 March 2027").sees("56 days beginning with 20 January 2027");
    public.sees("Response due 15 April 2027").sees("owed to the Home Office");
    // There may have been none: more time was given all the same.
    let none = corrects(app, right, heading).choose("There was no such day");
    none.send().sees("The day by which an answer is owed is put right");
    app.public().open(PUBLIC).sees("there was no such date").sees("Response due 15 April 2027");
    app.place().run(&["verify"]).succeeds();
}

/// The first day by which an answer was owed, put right with a reason.
fn form_again(app: &TestApp) -> Form {
    let page = app.person("overseer").open(ITEM).follow("Correct this: Response due 15 January 2027");
    let form = page.form("Publish this").date("Which day?", "2027-01-18").choose("Compared with the source");
    confirmed(form.fill("Why, and who decided it?", "The letter says the 18th."))
}

fn thinking_is_renewed_by_number_and_a_plan_needs_a_post_an_action_and_a_date(app: &TestApp) {
    let considers = |on: &str, until: &str| {
        let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
        let form = response(form, "Under consideration", "It is thinking.").date("When did it answer?", on);
        form.date("Under consideration: by when will it decide?", until)
    };
    let early = considers("2026-11-20", "2026-11-19").submit();
    early.is(422).complains("must not be before the day on which it said so");
    considers("2026-11-20", "2026-12-01").send();
    app.public().open(PUBLIC).does_not_see("renewed");
    for (on, until, said) in
        [("2026-12-01", "2027-01-01", "renewed once"), ("2027-01-01", "2027-02-01", "renewed twice")]
    {
        app.clock().set(format!("{on}T09:00:00Z").parse().expect("a moment"));
        considers(on, until).send().sees(said);
    }
    app.public().open(PUBLIC).sees("that it is considering it; renewed twice").sees("Decision due 1 February 2027");
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    assert_eq!(data["addressees"][1]["response_renewed"], 2);
    assert!(!app.person("overseer").open(ITEM).text().contains("Record the body’s plan"));
    // Nobody gets a plan in by hand where nothing was accepted.
    let plan = app.person("overseer").open(&format!("{ITEM}/plan")).form("Publish the plan");
    plan.submit().is(422).complains("A plan belongs to an answer that accepts");

    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "Each May.").date("When did it answer?", "2027-01-01").send();
    app.public().open(PUBLIC).sees("no plan recorded here").does_not_see("renewed");
    // Who has answered is not waited for again, unless the answer is corrected.
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    let again = response(form, "Asked, awaiting answer", "").date("When did it answer?", "2027-01-01").submit();
    again.is(422).complains("An answer is recorded here already");
    let plan = |action: &str, on: &str| {
        let form = app.person("overseer").open(ITEM).follow("Record the body’s plan").form("Publish the plan");
        let form = form.fill("Which post owns it?", "the harbour master").fill("What is it to do?", action);
        confirmed(form.date("By when?", on).choose("Compared with the source"))
    };
    let without = plan("", "2027-06-30").fill("Which post owns it?", "").submit();
    without.is(422).complains("Enter what is to be done").complains("Enter which post owns the plan");
    plan("Name an inspector.", "2027-06-30").send().sees("Plan recorded");
    let public = app.public().open(PUBLIC);
    public.sees("Plan: by 30 June 2027 the harbour master is to do this: Name an inspector");
    public.does_not_see("no plan recorded here");
    plan("Name two.", "2027-06-30").submit().is(422).complains("Enter why the plan changes");
    let second = plan("Name two.", "2027-09-30").fill("Why does the plan change?", "There are two stages.");
    second.send().form("Withhold these words: Plan: by 30 September 2027").send();
    let public = app.public().open(PUBLIC);
    public.sees("Plan for 30 September 2027. Words withheld on").does_not_see("Name two").does_not_see("two stages");
    public.sees("Name an inspector");
    let back = app.person("overseer").open(ITEM).follow("Record the body’s plan").form("Publish the plan");
    let back = back.choose("The body took its plan back").fill("Why does the plan change?", "No money.");
    confirmed(back.choose("Compared with the source")).send().sees("no plan recorded here");
    app.place().run(&["verify"]).succeeds();
}
