//! Rules of law by which answers are owed: others are added as data. And what is put right about a day besides the day itself.

use crate::answering::owed;
use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::stories;
use crate::support::TestApp;

stories![another_rule_of_law_is_added_without_a_new_program, that_a_day_was_compared_since_is_put_right_as_the_day_is,];

const RULES: &str = "/staff/settings/rules";
const NAME: &str = "Ashgrove Ferries Act 2020, section 12";

fn another_rule_of_law_is_added_without_a_new_program(app: &TestApp) {
    app.clock().set("2027-01-21T09:00:00Z".parse().expect("a moment"));
    let administrator = app.person("administrator");
    let page = administrator.open("/staff/settings").follow("Rules of law for the time to answer");
    page.sees("56 days beginning with the day on which the recommendation was made").sees("It came with the program");
    let empty = page.form("Add it, and publish").submit();
    empty.is(422).complains("Enter the law and its section").complains("Enter a number from 1 to 1000");
    empty.complains("Choose days or months").complains("Choose how the law counts");
    empty.complains("Enter the link to where the law can be read");
    let typed = |page: &crate::support::page::Page, length: &str| {
        let form = page.form("Add it, and publish").fill("Which law, and which section?", NAME);
        let form = form.fill("How many?", length).choose_in("Days or months?", "Months");
        let form = form.choose_in("How does it count?", "After the day from which it counts");
        form.fill("Where can it be read?", "https://ashgrove.example/act")
    };
    typed(&empty, "0").submit().is(422).complains("Enter a number from 1 to 1000");
    let done = typed(&empty, "3").send();
    done.sees("Added, and published").sees("3 months after the day on which the recommendation was made");
    typed(&done, "3").submit().is(422).complains("A rule of this name is there already");
    app.public().open("/changes").sees("Answers can be owed by another rule of law").sees(NAME);

    let form = owed(app).choose("A rule of law").select("Which rule?", NAME);
    let shown = form.date("From which day does the rule count?", "2027-01-21").set("preview", "yes").submit();
    shown.sees("Response due 21 April 2027: 3 months after 21 January 2027, under Ashgrove Ferries Act 2020");
    shown.form("Publish this").send();
    let public = app.public().open(PUBLIC);
    public.sees("Response due 21 April 2027, 3 months after 21 January 2027, under Ashgrove Ferries Act 2020");
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    assert_eq!(data["addressees"][1]["response_due_rule"], "ashgrove-ferries-act-2020-section-12");

    // Offered no more, it stays with what was reckoned by it.
    let late = administrator.open(RULES).form("Offer this rule no more");
    administrator.open(RULES).form("Offer this rule no more").send().sees("It is offered no more");
    late.submit().is(409);
    app.public().open(PUBLIC).sees("3 months after 21 January 2027");
    let other = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/3/ashgrove-harbour/deadline");
    other.does_not_see(NAME);
    app.person("overseer").get(RULES).is(403);
    app.place().run(&["verify"]).succeeds();
}

fn that_a_day_was_compared_since_is_put_right_as_the_day_is(app: &TestApp) {
    let form = app.person("overseer").open(ITEM).follow("Set when an answer is owed").form("Publish this");
    let form = form
        .choose_in("How far did you compare it?", "Not compared with any source")
        .choose("A date that somebody set");
    confirmed(form.date("Which day?", "2027-01-15")).send();
    let corrects = || {
        let page = app.person("overseer").open(ITEM).follow("Correct this: Response due 15 January 2027");
        let form = page.form("Publish this").fill("Why, and who decided it?", "The letter was found.");
        confirmed(form)
    };
    let same = corrects().choose_in("How far did you compare it?", "Not compared with any source").submit();
    same.is(422).complains("This is recorded already: change what was wrong");
    let right = corrects().choose_in("How far did you compare it?", "Compared with the source");
    right.fill("Where can it be read?", "https://ashgrove.example/letter").send().sees("is put right");
    // Only what was compared is held against anybody.
    app.jobs_at("2027-01-18T09:00:00Z");
    app.public().open(PUBLIC).sees("No response by 15 January 2027");
    app.place().run(&["verify"]).succeeds();
}
