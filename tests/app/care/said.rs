//! What is said: helplines by nation, a hold before an update is sent, titles and sentences without a word or a stop too many.

use crate::deeds_record::confirmed;
use crate::filing::arranged::{COUNCIL, asks_for_updates, return_page};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    an_entry_for_one_nation_takes_nothing_from_the_others,
    a_body_reads_of_a_hold_before_it_sends_anything,
    a_title_says_the_number_once_and_a_sentence_ends_once,
];

const BUILT_IN: [&str; 4] = ["Childline", "NSPCC", "NAPAC", "Samaritans"];

fn entry(app: &TestApp, number: usize, nation: &str, name: &str) -> Form {
    let form = app.person("administrator").open("/staff/pages/help").form("Save and publish");
    let at = |what: &str| format!("support_{number}_{what}");
    confirmed(form)
        .set(&at("nation"), nation)
        .fill(&at("name"), name)
        .fill(&at("does"), "Listens to anybody.")
        .fill(&at("phone"), "01632 960 001")
        .set(&at("checked_on_day"), "20")
        .set(&at("checked_on_month"), "11")
        .set(&at("checked_on_year"), "2026")
}

fn an_entry_for_one_nation_takes_nothing_from_the_others(app: &TestApp) {
    let help = || app.public().open("/help");
    for name in BUILT_IN {
        help().sees(name);
    }
    help().sees("The operator has not entered its own, and has not checked these");
    let form = app.person("administrator").open("/staff/pages/help");
    form.sees("They stay until you enter something for the whole of the United Kingdom");
    entry(app, 1, "wales", "Ashgrove Listening Line").send();
    let page = help();
    page.sees("Ashgrove Listening Line").sees("Checked on 20 November 2026");
    page.sees("The operator has not entered support in Scotland");
    for name in BUILT_IN {
        page.sees(name);
    }
    // What came with the program is not among what the operator published.
    let change = app.place().value("select max(seq) from change where kind = 'page'");
    let published = app.public().open(&format!("/changes/{change}"));
    published.sees("Ashgrove Listening Line").does_not_see("Childline");
    entry(app, 2, "united_kingdom", "Ferry Line of the four nations").send();
    let page = help();
    page.sees("Ferry Line of the four nations").sees("Ashgrove Listening Line").does_not_see("came with the program");
    for name in BUILT_IN {
        page.does_not_see(name);
    }
}

fn a_body_reads_of_a_hold_before_it_sends_anything(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    let page = || return_page(&app.person(COUNCIL));
    page().does_not_see("there is a hold on publication").sees("are public at once");
    let hold = app.person("overseer").open("/staff/inquiries/ashgrove/hold").form("Place this hold");
    hold.choose("Legal proceedings").date("When is it reviewed?", "2027-02-01").send();
    page()
        .sees("there is a hold on publication. You can send your update all the same")
        .sees("are public when the hold has ended")
        .sees("That an update came becomes public when the hold has ended")
        .does_not_see("That an update came is public at once")
        .does_not_see("are public at once");
}

fn a_title_says_the_number_once_and_a_sentence_ends_once(app: &TestApp) {
    let overseer = app.person("overseer");
    overseer.open("/staff/inquiries/ashgrove/recommendations/2").form("Withhold the words").send();
    let answer = app.public().open("/inquiries/ashgrove/recommendations/2/ashgrove-council");
    answer.sees("recommendation 2, words withheld on 23 November 2026").does_not_see("recommendation Recommendation");
    // The first change, in the feed of a recommendation that it published several things of.
    let mut found = 0;
    for number in ["1", "2", "3"] {
        let feed = app.public().get(&format!("/inquiries/ashgrove/recommendations/{number}.atom")).body();
        assert!(!feed.contains("..") && !feed.contains(". ."), "{feed}");
        found += usize::from(feed.contains("And "));
    }
    assert!(found > 0, "else this test finds nothing");
}
