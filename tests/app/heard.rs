//! A date that was recorded only after it had passed: nobody was waiting, so nothing is silent until somebody has looked since, or
//! has asked.

use crate::answering::owed;
use crate::coverage::look;
use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::stories;
use crate::support::TestApp;

stories![
    a_date_recorded_late_is_silence_only_after_a_look,
    a_date_recorded_late_is_silence_the_day_after_the_body_was_asked,
    more_time_to_answer_entered_late_is_waited_for_since_the_first_date,
    a_target_recorded_late_is_past_once_updates_were_looked_for,
];

const UNHEARD: &str =
    "that day had passed before this register recorded it, and nothing recorded here since says that no answer came";
const SILENT: &str = "No response by 9 February 2027";

/// On 1 March 2027 somebody records that an answer was due on 9 February, to an item that the register has followed since 2026.
fn recorded_late(app: &TestApp) {
    app.clock().set("2027-03-01T09:00:00Z".parse().expect("a moment"));
    let form = owed(app).choose("A date that somebody set").date("Which day?", "2027-02-09");
    let shown = form.set("preview", "yes").submit();
    shown.sees("Response due 9 February 2027. Once that day has passed with no answer recorded here");
    shown.sees("began to wait for the answer only after that day, it says so once somebody has looked for it");
    shown.form("Publish this").send().sees("When an answer is owed is recorded");
}

/// Nowhere is it held against anybody.
fn nowhere_silent(app: &TestApp) {
    let public = app.public();
    public.open(PUBLIC).sees(UNHEARD).does_not_see("No response");
    public.open("/inquiries/ashgrove/recommendations/2").sees(UNHEARD).does_not_see("No response");
    public.open("/overdue?kind=response").sees("Nothing is overdue");
    public.open("/recommendations?due=passed&body=ashgrove-harbour").does_not_see("1 recommendation");
    for path in ["/", "/inquiries/ashgrove", "/bodies/ashgrove-harbour", "/changes", "/changes.atom"] {
        public.open(path).does_not_see("No response");
    }
    app.person("overseer").open("/staff/silent").does_not_see("No response received");
}

fn silent(app: &TestApp) {
    let public = app.public();
    public.open(PUBLIC).sees(SILENT).sees("No response received by 9 February 2027").does_not_see(UNHEARD);
    public.open("/overdue?kind=response").sees("1 date has passed with nothing recorded since");
    public.open("/recommendations?due=passed&body=ashgrove-harbour").sees("1 recommendation");
    public.open("/inquiries/ashgrove").sees(SILENT);
    app.person("overseer").open("/staff/silent").sees("No response received by 9 February 2027");
}

fn a_date_recorded_late_is_silence_only_after_a_look(app: &TestApp) {
    recorded_late(app);
    nowhere_silent(app);
    // What the body's own people read says so, too.
    let contributor = || app.person("contributor of ashgrove-harbour");
    contributor().open("/staff").sees("Response due 9 February 2027").sees(UNHEARD);
    // The weekly digest, and the job that notes silence, are as calm.
    app.jobs_at("2027-03-02T09:00:00Z");
    nowhere_silent(app);
    app.jobs_at("2027-03-08T09:00:00Z");
    nowhere_silent(app);
    assert!(!app.mailbox().of("overseer@example.org").last().text.contains("No response received"));

    // Neither a look before that day, nor one for updates or another body's answers, nor one that found a part says anything.
    look(app, "Answers", "2027-02-08").send();
    look(app, "Updates", "2027-03-08").send();
    look(app, "Answers", "2027-03-08").select("Of which body?", "Ashgrove District Council").send();
    look(app, "Answers and updates", "2027-03-08").choose_in("What was found?", "A part of it").send();
    nowhere_silent(app);

    // A look on a later day that found nothing does, at once; the card of every page reads it.
    app.clock().set("2027-03-09T09:00:00Z".parse().expect("a moment"));
    look(app, "Answers", "2027-03-09").select("Of which body?", "Ashgrove Harbour Authority").send();
    silent(app);
    app.public().open(PUBLIC).sees("28 days past").sees("Answers were last looked for on 9 March 2027");
    const OWED: &str = "An answer is owed. It was due on 9 February 2027, 28 days past";
    contributor().open("/staff").sees(OWED);
    contributor().open(&format!("{ITEM}/return")).sees(OWED).does_not_see("No schedule of updates is set");
    app.jobs_at("2027-03-10T09:00:00Z");
    app.public().open("/changes").sees("No response received by 9 February 2027");
    // As it stood before anybody had looked.
    for path in [PUBLIC, "/inquiries/ashgrove/recommendations/2", "/inquiries/ashgrove", "/bodies/ashgrove-harbour"] {
        app.public().open(&format!("{path}?as-at=2027-03-08")).does_not_see("No response");
    }
    app.public().open(&format!("{PUBLIC}?as-at=2027-03-08")).sees(UNHEARD);
    app.public().open(&format!("{PUBLIC}?as-at=2027-03-09")).sees(SILENT);

    // A look that was recorded wrongly bears nothing out.
    let page = app.person("overseer").open("/staff/inquiries/ashgrove/coverage");
    let form = page.follow("Correct this: Answers of Harbour Authority").form("Publish where it was looked");
    let form = form
        .choose_in("What was found?", "A part of it")
        .fill("Why was the earlier entry wrong?", "A page was missed.");
    confirmed(form).send();
    app.public().open(PUBLIC).sees(UNHEARD).does_not_see(SILENT);
    // That none was found, said of this answer after such a look, bears it out again.
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    let form = response(form, "None found", "Its web site.").date("When did it answer?", "2027-03-08");
    form.send();
    app.public().open(PUBLIC).sees(SILENT);
    app.public().open("/overdue?kind=response").sees("1 date has passed with nothing recorded since");
    app.place().run(&["verify"]).succeeds();
}

fn a_date_recorded_late_is_silence_the_day_after_the_body_was_asked(app: &TestApp) {
    app.person("contributor of ashgrove-harbour");
    // A reminder asks for an update alone: it says nothing of an answer.
    let form = app.person("overseer").open(ITEM).follow("Set when updates are asked for").form("Publish the schedule");
    confirmed(form.date("The next date", "2027-02-24")).send();
    app.jobs_at("2027-02-25T09:00:00Z");
    recorded_late(app);
    app.jobs_at("2027-03-02T09:00:00Z");
    app.person("overseer").open(ITEM).sees("Reminder by mail on 25 February 2027");
    app.public().open(PUBLIC).sees("No update received by 24 February 2027").sees(UNHEARD).does_not_see("No response");

    let form = app.person("overseer").open("/staff/bodies/ashgrove-harbour/chases").form("Log this");
    let form = form.choose_in("How was the body asked?", "Letter").date("When?", "2027-03-02");
    let form = form.fill("By which post of ours?", "scrutiny officer").fill("If somebody else: who?", "the board");
    form.tick("All open items").send();
    // That day is the body's.
    app.public().open(PUBLIC).does_not_see("No response by");
    app.public().open("/overdue?kind=response").sees("Nothing is overdue");
    app.jobs_at("2027-03-03T09:00:00Z");
    silent(app);
    app.public().open("/changes").sees("No response received by 9 February 2027");
    app.place().run(&["verify"]).succeeds();
}

fn more_time_to_answer_entered_late_is_waited_for_since_the_first_date(app: &TestApp) {
    let form = owed(app).choose("A date that somebody set").date("Which day?", "2027-01-15");
    form.send();
    app.clock().set("2027-03-01T09:00:00Z".parse().expect("a moment"));
    app.public().open(PUBLIC).sees("No response by 15 January 2027");
    // Until 9 February: that is entered in March, and the register has waited since November.
    let form = owed(app).choose("More time was given").date("Which day?", "2027-02-09");
    let form = form.fill("Why, and who decided it?", "The inspectorate agreed.");
    form.date("on which day was that?", "2027-01-10").send();
    silent(app);
    app.place().run(&["verify"]).succeeds();
}

fn a_target_recorded_late_is_past_once_updates_were_looked_for(app: &TestApp) {
    app.clock().set("2027-03-01T09:00:00Z".parse().expect("a moment"));
    let form = app.person("overseer").open(ITEM).follow("Set the target date").form("Publish the target date");
    let form = form.date("The target date", "2027-02-10").select("Who set it?", "Ashgrove District Council");
    confirmed(form.choose("Compared with the source")).send();
    let days = || {
        let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
        data["addressees"][1]["days_past_first_target"].clone()
    };
    let line = "Target 10 February 2027, set by Ashgrove Council";
    app.public().open(PUBLIC).sees(line).sees("Whether it was met is not recorded here").does_not_see("has passed");
    app.public().open("/overdue?kind=target&body=ashgrove-harbour").sees("Nothing is overdue");
    assert!(days().is_null());
    look(app, "Updates", "2027-03-01").send();
    app.public().open(PUBLIC).sees("Target date of 10 February 2027 has passed").does_not_see("Whether it was met");
    app.public().open("/overdue?kind=target&body=ashgrove-harbour").sees("1 date has passed");
    assert_eq!(days(), 19);
    app.place().run(&["verify"]).succeeds();
}
