//! What the minutes of a meeting answer: which question of a pack, and on which item where nobody at a body can be reached.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::packs::{filled, made, minuting, says_done};
use crate::removal::proposed;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![
    a_minute_says_which_question_it_answers,
    a_question_goes_out_of_sight_with_its_minute,
    a_removal_names_the_packs_that_ask_its_words,
    where_no_pack_asks_anything_nothing_is_to_be_chosen,
    a_body_that_nobody_can_be_reached_at_has_its_items_to_minute,
];

const DRAFT: &str = "A draft, not approved yet";
const QUESTION: &str = "What will show that it is done?";
const SAID: &str = "Answers the question \u{201c}What will show that it is done?\u{201d}";

/// The question of each minute about the harbour's item, as data.
fn questions(app: &TestApp) -> Vec<serde_json::Value> {
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    let answers = data["addressees"].as_array().expect("answers");
    let harbour = answers.iter().find(|one| one["body"] == "ashgrove-harbour").expect("the harbour");
    harbour["minutes"].as_array().expect("minutes").iter().map(|one| one["question"].clone()).collect()
}

fn a_minute_says_which_question_it_answers(app: &TestApp) {
    says_done(app, "Both stages were inspected.");
    let pack = made(app, "2026-11-22");
    let page = pack.follow("Minute the answer: Inspect both landing stages");
    page.sees("Which question does it answer?").sees(QUESTION).sees("Another matter");
    page.form("Publish the minute").submit().is(422).complains("Choose which question of the pack it answers");
    let asks_nobody = minuting(app, DRAFT).set("question", "asked: Who pays?").submit();
    asks_nobody.is(422).complains("No pack asks that any more");
    minuting(app, DRAFT).choose(QUESTION).send().sees(SAID);
    let (overseer, public) = (app.person("overseer"), app.public());
    public.open(PUBLIC).sees("minute 12, decision in draft").sees(SAID);
    overseer.open(pack.path()).sees(SAID);
    assert_eq!(questions(app), [QUESTION]);

    // The pack asks something else from now on; the minute says what was asked.
    let form = overseer.open(pack.path()).form("Save the questions");
    form.fill("Second question", "Who pays for it?").send().sees("Who pays for it?");
    public.open(PUBLIC).sees(SAID).does_not_see("Who pays for it?");
    app.clock().advance(days(1));
    let approving = app.person("overseer").open(ITEM).follow("Publish the approved minute").form("Publish the minute");
    assert!(approving.is_chosen(QUESTION));
    let approved = confirmed(approving).send();
    approved.sees("minute 12, approved");
    assert_eq!(questions(app), [QUESTION, QUESTION]);
    minuting(app, DRAFT).choose("Who pays for it?").send();
    assert_eq!(questions(app), [QUESTION, QUESTION, "Who pays for it?"]);
    app.place().run(&["verify"]).succeeds();
}

fn a_question_goes_out_of_sight_with_its_minute(app: &TestApp) {
    made(app, "2026-11-22");
    let done = minuting(app, DRAFT).choose(QUESTION).send();
    app.public().open(PUBLIC).sees(QUESTION);
    done.form("Withhold these words: What a meeting decided").send();
    for path in [PUBLIC, "/changes", "/inquiries/ashgrove.atom", "/inquiries/ashgrove/recommendations/2.json"] {
        assert!(!app.public().open(path).body().contains(QUESTION), "{path}");
    }
    assert_eq!(questions(app), [serde_json::Value::Null]);
}

fn a_removal_names_the_packs_that_ask_its_words(app: &TestApp) {
    let question = "Who was absent in May?";
    let pack = made(app, "2026-11-22");
    pack.form("Save the questions").fill("Second question", question).send().sees(question);
    minuting(app, DRAFT).choose(question).send().sees(question);
    let waits = proposed(app, ITEM, "Remove for legal reasons: What a meeting decided");
    waits.sees(question).sees("Packs that ask the same").sees("they would be published again");
    waits.does_not_see("What every pack asks");
    let named = waits.follow("Ashgrove Ferry Inquiry, made on 23 November 2026");
    assert_eq!(named.path(), pack.path());
    let form = app.person("overseer").open(named.path()).form("Save the questions");
    form.fill("Second question", "What was decided in May?").send();
    let second = app.person("overseer two").open(waits.path());
    second.sees(question).does_not_see("Packs that ask the same");
    second.form("Remove these words for good").send().sees("The words are removed");
    app.person("overseer").open(pack.path()).does_not_see(question);
    let page = app.person("overseer").open(ITEM).follow("Minute what a meeting decided");
    page.sees("What was decided in May?").does_not_see(question);
}

fn where_no_pack_asks_anything_nothing_is_to_be_chosen(app: &TestApp) {
    let page = app.person("overseer").open(ITEM).follow("Minute what a meeting decided");
    page.does_not_see("Which question does it answer?");
    minuting(app, "Approved").send().sees("Minute recorded").does_not_see("Answers the question");
    assert_eq!(questions(app), [serde_json::Value::Null]);
    // Since then there is a pack: another matter than what it asks is said to be one.
    made(app, "2026-11-22");
    minuting(app, "Approved").choose("Another matter").send().sees("Minute recorded");
    assert_eq!(questions(app), [serde_json::Value::Null, serde_json::Value::Null]);
}

fn a_body_that_nobody_can_be_reached_at_has_its_items_to_minute(app: &TestApp) {
    let pack = made(app, "2026-11-22");
    pack.sees("Nobody is asked").sees("What is open of these inquiries with this body: ");
    let minutes: Vec<String> =
        pack.links().into_iter().filter(|href| href.contains("2/ashgrove-harbour/minute?pack=")).collect();
    assert_eq!(minutes.len(), 1, "it stands in no other section: {minutes:?}");
    let form = app.person("overseer").open(&minutes[0]).form("Publish the minute");
    filled(form, "Approved").choose(QUESTION).send().sees("Minute recorded");
    // It is a dated record on the item, and stands in the pack where it was asked for.
    app.public().open(PUBLIC).sees("Decided by the Scrutiny Committee on 20 November 2026").sees(SAID);
    app.person("overseer").open(pack.path()).sees("Decided by the Scrutiny Committee on 20 November 2026").sees(SAID);
    let paper = pack.follow("The paper, to print");
    paper.sees("What is open of these inquiries with this body: ").does_not_see("Minute the answer");
    app.person("observer").open(pack.path()).does_not_see("Minute the answer");
}
