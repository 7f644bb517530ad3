//! Contacts pass on: whoever records what became of a body says whom each successor keeps, and nobody is kept twice.

use super::{AGENCY, COAST, COUNCIL_SLUG, HARBOUR, REPLACED, SPLIT, became, became_on};
use crate::stories;
use crate::support::TestApp;

stories![
    of_a_split_body_each_successor_keeps_whom_it_is_given,
    through_a_chain_everybody_before_is_offered_and_nobody_kept_twice,
    whom_nobody_keeps_there_is_refused,
    of_a_body_split_later_each_successor_is_offered_whom_the_first_kept,
    whoever_signs_in_for_the_successor_is_not_offered,
    an_entry_taken_back_says_who_was_carried,
];

/// What is asked beside the first and the second successor.
const FIRST: &str = "Who is to be kept for the body that took its place?";
const SECOND: &str = "Who for the other body?";

const BOARD: &str = "old-ferry-board";
const HARBOUR_SLUG: &str = "ashgrove-harbour";

fn keeps(app: &TestApp, body: &str, name: &str, mail: &str) {
    let form = app.person("overseer").open(&format!("/staff/bodies/{body}/contacts")).form("Keep");
    form.fill("Name", name).fill("Email address", mail).send().sees(name);
}

/// How many are kept for a body who have not left.
fn kept(app: &TestApp, body: &str) -> String {
    let of = "select count(*) from contact join body on body.id = contact.body_id where contact.ended_on is null";
    app.place().value(&format!("{of} and body.slug = '{body}'"))
}

fn of_a_split_body_each_successor_keeps_whom_it_is_given(app: &TestApp) {
    for (name, mail) in [("Contact One", "one"), ("Contact Two", "two"), ("Contact Three", "three")] {
        keeps(app, COUNCIL_SLUG, name, &format!("{mail}@council.example"));
    }
    keeps(app, HARBOUR_SLUG, "Contact One", "ONE@Council.example");
    let form = became_on(app, COUNCIL_SLUG, SPLIT, &[HARBOUR, COAST], "2026-11-20");
    let form = form.tick_in(FIRST, "Contact One").tick_in(SECOND, "Contact One").tick_in(SECOND, "Contact Two");
    form.send().sees("Published. Look through who answers now");
    assert_eq!(kept(app, HARBOUR_SLUG), "1", "whoever is reached there already is not added");
    assert_eq!(kept(app, AGENCY), "2");
    assert_eq!(kept(app, COUNCIL_SLUG), "1", "who is not ticked stays");
    let overseer = app.person("overseer");
    overseer.open("/staff/bodies/ashgrove-council/contacts").sees("Contact Three").sees("Left by 23 November 2026");

    // Whoever stayed is offered to each of them later, and stays for the other one.
    let page = overseer.open(&format!("/staff/bodies/{AGENCY}/contacts"));
    page.sees("Kept for Ashgrove District Council: three@council.example");
    page.form("Carry them over").tick("Contact Three").send().does_not_see("Kept for the bodies before it");
    assert_eq!((kept(app, AGENCY), kept(app, COUNCIL_SLUG)), ("3".to_owned(), "1".to_owned()));
    overseer.open(&format!("/staff/bodies/{HARBOUR_SLUG}/contacts")).sees("Kept for Ashgrove District Council");
    for path in ["/bodies/ashgrove-council", "/bodies/coastal-agency", "/changes"] {
        app.public().open(path).does_not_see("Contact One").does_not_see("council.example");
    }
}

fn through_a_chain_everybody_before_is_offered_and_nobody_kept_twice(app: &TestApp) {
    keeps(app, BOARD, "Contact One", "one@board.example");
    keeps(app, BOARD, "Contact Two", "two@board.example");
    became(app, BOARD, REPLACED, &[HARBOUR]).send();
    keeps(app, HARBOUR_SLUG, "Contact One of the authority", "one@board.example");
    let page = app.person("overseer").open(&format!("/staff/bodies/{HARBOUR_SLUG}/succession"));
    page.sees("Kept for Ashgrove Ferry Board: two@board.example").sees("Kept for Ashgrove Harbour Authority");
    let form = became(app, HARBOUR_SLUG, REPLACED, &[COAST]);
    let form = form.tick_in(FIRST, "Contact One").tick_in(FIRST, "Contact One of the authority");
    form.send();
    assert_eq!(kept(app, AGENCY), "1", "one address is one person");
    assert_eq!((kept(app, BOARD), kept(app, HARBOUR_SLUG)), ("1".to_owned(), "0".to_owned()));
    // The successor of the successor is still offered whom the first one kept.
    let page = app.person("overseer").open(&format!("/staff/bodies/{AGENCY}/contacts"));
    page.form("Carry them over").tick("Contact Two").send().sees("Carried over");
    assert_eq!((kept(app, AGENCY), kept(app, BOARD)), ("2".to_owned(), "0".to_owned()));
}

fn whom_nobody_keeps_there_is_refused(app: &TestApp) {
    keeps(app, COUNCIL_SLUG, "Contact One", "one@council.example");
    keeps(app, HARBOUR_SLUG, "Contact Two", "two@harbour.example");
    let other = app.place().value("select reference from contact where name = 'Contact Two'");
    let form = became(app, COUNCIL_SLUG, REPLACED, &[COAST]).set("contacts", &other);
    form.submit().is(422).complains("Choose people of the list");
    let form = became(app, COUNCIL_SLUG, REPLACED, &[COAST]).tick_in(SECOND, "Contact One");
    form.submit().is(422).complains("Choose the body that is to keep these people");
    assert_eq!(app.place().value("select count(*) from succession"), "0");
    became(app, COUNCIL_SLUG, REPLACED, &[COAST]).send();
    let page = app.person("overseer").open(&format!("/staff/bodies/{AGENCY}/contacts"));
    page.form("Carry them over").submit().is(422).complains("Choose at least one person");
    let form = page.form("Carry them over").set("contacts", &other);
    form.submit().is(422).complains("Choose people of the list");
    assert_eq!((kept(app, COUNCIL_SLUG), kept(app, AGENCY)), ("1".to_owned(), "0".to_owned()));
}

fn of_a_body_split_later_each_successor_is_offered_whom_the_first_kept(app: &TestApp) {
    keeps(app, BOARD, "Contact One", "one@board.example");
    became(app, BOARD, REPLACED, &["Ashgrove District Council"]).send();
    became_on(app, COUNCIL_SLUG, SPLIT, &[HARBOUR, COAST], "2026-11-20").send();
    let overseer = app.person("overseer");
    let here = |body: &str| format!("/staff/bodies/{body}/contacts");
    let page = overseer.open(&here(AGENCY));
    page.form("Carry them over").tick("Contact One").send().sees("Carried over");
    assert_eq!((kept(app, AGENCY), kept(app, BOARD)), ("1".to_owned(), "1".to_owned()));
    let page = overseer.open(&here(HARBOUR_SLUG));
    page.form("Carry them over").tick("Contact One").send().sees("Carried over");
    assert_eq!((kept(app, AGENCY), kept(app, HARBOUR_SLUG)), ("1".to_owned(), "1".to_owned()));
}

fn whoever_signs_in_for_the_successor_is_not_offered(app: &TestApp) {
    app.person("contributor of coastal-agency");
    keeps(app, COUNCIL_SLUG, "Contact One", "contributor.coastal-agency@example.org");
    became_on(app, COUNCIL_SLUG, SPLIT, &[HARBOUR, COAST], "2026-11-20").send();
    let overseer = app.person("overseer");
    let page = overseer.open(&format!("/staff/bodies/{AGENCY}/contacts"));
    page.does_not_see("Kept for the bodies before it").does_not_see("Contact One");
    let page = overseer.open(&format!("/staff/bodies/{HARBOUR_SLUG}/contacts"));
    page.form("Carry them over").tick("Contact One").send().sees("Carried over");
    assert_eq!((kept(app, AGENCY), kept(app, HARBOUR_SLUG)), ("0".to_owned(), "1".to_owned()));
}

fn an_entry_taken_back_says_who_was_carried(app: &TestApp) {
    keeps(app, COUNCIL_SLUG, "Contact One", "one@council.example");
    became(app, COUNCIL_SLUG, REPLACED, &[COAST]).tick_in(FIRST, "Contact One").send();
    let page = app.person("overseer").open(&format!("/staff/bodies/{COUNCIL_SLUG}/succession"));
    page.does_not_see("Look through who is kept for this body");
    let page = page.follow("Put this right");
    page.sees("Whoever was carried over stays where they are kept now");
    page.follow("Look through who is kept for this body").sees("Contact One").sees("Left by 23 November 2026");
}
