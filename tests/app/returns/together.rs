//! Several updates published together, and what becomes of an update whose author works elsewhere by now.

use followthrough::domain::moment::Day;
use followthrough::domain::publication::FourQuestions;

use super::arranged::{COLLEAGUE, COLLEAGUE_MAIL, count, duties};
use crate::deeds_record::confirmed;
use crate::filing::arranged::{COUNCIL, COUNCIL_MAIL, ITEM, files, return_page, update};
use crate::stories;
use crate::support::TestApp;
use crate::support::page::Page;

stories![
    a_date_that_the_body_gives_is_published_with_several,
    whoever_wrote_an_update_does_not_publish_it_with_others,
    questions_to_an_author_who_works_elsewhere_go_to_the_contact,
    a_fault_of_several_updates_keeps_the_choice,
    a_fault_of_several_schedules_keeps_the_choice,
];

const SEVERAL: &str = "/staff/to-publish/several";

/// Publishes every update that waits, whatever was ticked.
fn publishes_all(app: &TestApp, who: &str) -> Page {
    let visitor = app.person(who);
    let token = visitor.open("/staff").form("Sign out").value("csrf").to_owned();
    let names = app.place().rows("select reference as value from filing where state = 'submitted' order by id");
    let items: Vec<String> = names.iter().map(|name| format!("{name}:1")).collect();
    let mut fields = vec![("csrf", token.as_str())];
    fields.extend(items.iter().map(|item| ("item", item.as_str())));
    fields.extend(FourQuestions::ASKED.iter().map(|(name, _)| (*name, "yes")));
    let answer = visitor.post_with(SEVERAL, &[("sec-fetch-site", "same-origin")], &fields);
    answer.is(303);
    answer.follow_redirects()
}

fn a_date_that_the_body_gives_is_published_with_several(app: &TestApp) {
    for (who, on) in [(COUNCIL, "2027-11-30"), (COLLEAGUE, "2028-11-30")] {
        let form = update(&return_page(&app.person(who)), &format!("To be done by {on}."));
        form.date("By which date will it be done?", on).send();
    }
    let page = app.person("overseer").open(SEVERAL);
    page.sees("Target date: 30 November 2027").sees("Target date: 30 November 2028");
    let done = publishes_all(app, "overseer");
    // The first date stands by the time that the second update is looked at.
    done.sees("1 of 2 items published").sees("The target date is 30 November 2027");
    let public = app.public().open(ITEM);
    public.sees("30 November 2027").sees("set by Ashgrove Council").sees("To be done by 2027-11-30.");
    public.does_not_see("30 November 2028").does_not_see("2028-11-30");
    app.place().run(&["verify"]).succeeds();
}

fn whoever_wrote_an_update_does_not_publish_it_with_others(app: &TestApp) {
    files(app, "Written by whoever oversees it now.");
    let person = app.person("administrator").open("/staff/people").follow("Contributor One");
    person.form("Save").choose("Overseer").select("Body", "None").send();
    // What they may not publish is read among several, without a box.
    let list = app.signs_in_again(COUNCIL).open(SEVERAL);
    list.sees("Not yours to choose. You wrote this, so another person must publish it");
    assert!(!list.has_form("Publish those chosen") && list.texts("main input[type=checkbox]").is_empty());
    let done = publishes_all(app, COUNCIL);
    done.sees("0 of 1 item published").sees("You wrote this, so another person must publish it");
    assert_eq!(count(app, "fact_update where fact = 'reported'"), 0);
    publishes_all(app, "overseer").sees("1 of 1 item published");
}

fn questions_to_an_author_who_works_elsewhere_go_to_the_contact(app: &TestApp) {
    let path = files(app, "Before the author moved.").path().to_owned();
    duties(app, &[("Main contact", "Contributor Two")]);
    let person = app.person("administrator").open("/staff/people").follow("Contributor One");
    person.form("Save").select("Body", "Ashgrove Harbour Authority").send();
    let back = app.person("overseer").open(&path).form("Send it back");
    back.fill("What should be looked at again?", "On which day was that?").send();
    app.jobs();
    let mails = app.mailbox();
    let mail = mails.of(COLLEAGUE_MAIL).last().clone();
    mail.does_not_say("On which day was that?");
    app.person(COLLEAGUE).open(&mail.link("/staff/filings/")).sees("On which day was that?");
    let told = mails.of(COUNCIL_MAIL).0.iter().filter(|mail| mail.subject.contains("sent back")).count();
    assert_eq!(told, 0, "what is the council's business is not for somebody of the harbour");
}

fn a_fault_of_several_updates_keeps_the_choice(app: &TestApp) {
    files(app, "The council inspected its stage.");
    let harbour = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour/return";
    let form = app.person("contributor of ashgrove-harbour").open(harbour);
    update(&form, "The harbour inspected its stage.").send();
    let overseer = app.person("overseer");
    let lead = app.person("administrator").open("/staff/bodies/ashgrove-council/lead").form("Save");
    lead.select("Who leads?", "Overseer One").send();
    let mine = overseer.open("/staff/to-publish/several?whose=mine");
    mine.sees("The council inspected").does_not_see("The harbour inspected");
    let again = mine.form("Publish those chosen").tick("Council").submit();
    again.is(422).sees("The council inspected").does_not_see("The harbour inspected");
    let form = again.form("Publish those chosen");
    assert!(form.is_chosen("Council"));
    confirmed(form).send().sees("1 of 1 item published");
}

fn a_fault_of_several_schedules_keeps_the_choice(app: &TestApp) {
    let overseer = app.person("overseer");
    let here = "/staff/inquiries/ashgrove/schedules";
    let first = "from addressee join inquiry on inquiry.id = addressee.inquiry_id where inquiry.slug = 'ashgrove' \
        and addressee.present and addressee.lifecycle <> 'closed' order by addressee.taken_in_on, addressee.id limit 1";
    let of_first = |column: &str| app.place().value(&format!("select addressee.{column} {first}"));
    let day: Day = of_first("taken_in_on").parse().expect("a day");
    let counted = day.days_since("0001-01-01".parse().expect("a day"));
    let id: i64 = of_first("id").parse().expect("a number");
    let boxes = |page: &Page| page.texts(".govuk-checkboxes__hint");
    let whole = overseer.open(here);
    let later = overseer.open(&format!("{here}?after={counted:x}_{id:x}"));
    assert_eq!(boxes(&later).len() + 1, boxes(&whole).len(), "the first is on the page before");
    let label = "Inspect both landing stages every year, recommendation 2, Ashgrove District Council";
    let again = later.form("Publish the schedule").tick(label).submit();
    again.is(422).complains("Enter the next date");
    assert_eq!(boxes(&again), boxes(&later), "the same page again");
    assert!(again.form("Publish the schedule").is_chosen(label));
}
