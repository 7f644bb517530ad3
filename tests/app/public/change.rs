//! What was published stands where it was published: the earlier words in the change that brought them, each change named
//! for what it did.

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::filing::arranged::{self, COUNCIL, asks_for_updates, files, publication, return_page};
use crate::stories;
use crate::support::TestApp;

stories![
    earlier_words_stand_in_the_change_that_published_them,
    a_correction_and_a_withholding_are_named_for_what_they_are,
    an_update_names_whose_words_it_is_and_who_published_it,
    nothing_is_owed_on_what_is_closed,
    its_own_word_for_its_answer_is_shown,
];

fn enters_words(app: &TestApp, title: &str, words: &str) {
    let page = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/7");
    let form = page.follow("Enter or change the words").form("Hand in the words");
    let form = form.fill("A short title", title).fill("The words", words);
    let form = form.fill("Where can they be read?", "https://ashgrove.example/report#page=44");
    let form = form.fill("Why are the words entered or changed?", "They were read again.");
    confirmed(form.choose("Summary in our own words").choose("Compared with a secondary source")).send();
}

fn earlier_words_stand_in_the_change_that_published_them(app: &TestApp) {
    enters_words(app, "Keep a log", "Every closing should be logged.");
    enters_words(app, "Keep a public log", "Every closing should be logged in public.");
    let public = app.public();
    let replaced = "Words as published then; they have been replaced by change 3";
    public.open("/changes/2").sees("Every closing should be logged.").sees("Keep a log").sees(replaced);
    public.open("/changes/3").sees("Every closing should be logged in public.").does_not_see("replaced by");
    let page = public.open("/inquiries/ashgrove/recommendations/7");
    let timeline = page.texts(".f-timeline").join(" ");
    for words in ["Every closing should be logged.", "Every closing should be logged in public.", replaced] {
        assert!(timeline.contains(words), "{words} is missing in: {timeline}");
    }
    // The words that a load brought stand above the timeline, and only once there.
    let third = public.open("/inquiries/ashgrove/recommendations/3");
    assert_eq!(third.text().matches("a second crossing each day").count(), 1);
    // Words out of sight are out of sight there too.
    let staff = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/7");
    staff.form("Withhold the words").send().sees("withheld everywhere");
    for path in ["/changes/3", "/changes", "/inquiries/ashgrove/recommendations/7"] {
        public.open(path).does_not_see("logged in public");
    }
}

fn a_correction_and_a_withholding_are_named_for_what_they_are(app: &TestApp) {
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    let form =
        response(form, "Accepted", "The first reading.").send().follow("Correct this").form("Publish the response");
    let form = form.choose("Replied, neither accepting nor rejecting").fill("What did it say?", "The second.");
    let item = confirmed(form).fill("Why was the earlier entry wrong?", "Misread.").send();
    let public = app.public();
    public.open("/changes/2").sees("1 answer recorded").does_not_see("1 update");
    public.open("/changes/3").sees("Correction: answer recorded").follow("Corrects change 2");
    item.form("Withhold these words: Replied").send();
    let changes = public.open("/changes");
    changes.sees("Ashgrove Ferry Inquiry, 2. Inspect both landing stages every year: Harbour Authority: Words withheld: the words of an update");
    let change = changes.follow("Change 4");
    change.sees("Words withheld: the words of an update").follow("They were published by change 3").is(200);
}

fn an_update_names_whose_words_it_is_and_who_published_it(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    let page = files(app, "Both stages were inspected.").path().to_owned();
    let public = app.public();
    // The news is that it came; the next date of the schedule follows from that and is nobody's decision.
    let latest = public.open("/changes").texts(".f-timeline__item")[0].clone();
    assert!(latest.contains("Received 23 November 2026, being read"), "{latest}");
    assert!(!latest.contains("more"), "{latest}");
    public.open("/changes/3").sees("Set by the register's schedule").sees("by a contributor of Ashgrove Council");
    publication(&app.person("overseer").open(&page)).send();
    for path in ["/changes/4", "/changes", arranged::ITEM] {
        public.open(path).sees("From Ashgrove Council. Published by an overseer of this register");
    }
}

fn nothing_is_owed_on_what_is_closed(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    return_page(&app.person(COUNCIL)).form("No change since last time").send();
    let public = app.public();
    public.open(arranged::ITEM).sees("no change reported. The body has not said here what it has done");
    public.open(arranged::ITEM).sees("Next update due 1 March 2027");
    let staff = app.person("overseer").open(&format!("/staff{}", arranged::ITEM));
    let form = staff.follow("Close").form("Record the decision").choose("What it was about no longer exists");
    confirmed(form.fill("The reason", "The stages were taken down.")).send();
    public.open(arranged::ITEM).sees("Closed on 23 November 2026").does_not_see("Next update due 1 March 2027");
}

fn its_own_word_for_its_answer_is_shown(app: &TestApp) {
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted in principle", "Noted by the board.").fill("Its own word for its answer", "noted").send();
    let page = app.public().open(PUBLIC);
    let own = "In its own word: \u{201c}noted\u{201d}";
    assert_eq!(page.text().matches(own).count(), 2, "on the card and in the timeline");
}
