//! What a body took over is found by its names, too; and a register that an earlier program left otherwise is put right.

use super::splitting::passes;
use super::{
    AGENCY, COAST, COUNCIL_SLUG, HARBOUR, MERGED, REPLACED, SPLIT, became, became_on, counted, founded, verified,
};
use crate::deeds_record::confirmed;
use crate::groups;
use crate::stories;
use crate::support::TestApp;

stories![
    what_was_taken_over_is_found_by_the_names_of_the_successor,
    of_a_split_body_it_is_found_by_whoever_took_it_over,
    one_successor_of_a_split_alone_is_put_right_once,
    what_was_put_to_a_body_that_ended_is_said_to_be_counted_elsewhere,
    what_was_put_to_a_group_is_said_to_be_answered_by_its_members,
];

/// What only the agency was asked.
const SIGNS: &str = "Signs & <b>signals</b>";

fn finds(app: &TestApp, name: &str, title: &str) -> bool {
    app.public().open(&format!("/recommendations?q={name}")).text().contains(title)
}

fn what_was_taken_over_is_found_by_the_names_of_the_successor(app: &TestApp) {
    founded(app, "Tidewater Partnership");
    assert!(finds(app, "Coastal+Transport", SIGNS) && !finds(app, "Tidewater", SIGNS));
    became_on(app, AGENCY, MERGED, &["Tidewater Partnership"], "2026-11-20").send();
    assert!(finds(app, "Coastal+Transport", SIGNS) && finds(app, "Tidewater", SIGNS));
    verified(app);
    // Another name of the successor finds it from now on, and the earlier one still does.
    let overseer = app.person("overseer");
    let form = overseer.open("/staff/bodies/tidewater-partnership/name").form("Publish the entry");
    let form = form.fill("Its full name", "Estuary Partnership").fill("Why is it changed?", "An act of parliament.");
    confirmed(form).send();
    assert!(finds(app, "Estuary", SIGNS) && finds(app, "Tidewater", SIGNS));
    verified(app);
    let page = overseer.open(&format!("/staff/bodies/{AGENCY}/succession")).follow("Put this right");
    let form = page.form("Publish what became of it").choose("No such thing happened");
    confirmed(form.fill("Why was the earlier entry wrong?", "Another agency was meant.")).send();
    assert!(finds(app, "Coastal+Transport", SIGNS) && !finds(app, "Tidewater", SIGNS));
    verified(app);
}

fn of_a_split_body_it_is_found_by_whoever_took_it_over(app: &TestApp) {
    const STAGES: &str = "Inspect both landing stages every year";
    founded(app, "Tidewater Partnership");
    became_on(app, COUNCIL_SLUG, SPLIT, &["Tidewater Partnership", COAST], "2026-11-20").send();
    assert!(!finds(app, "Tidewater", STAGES), "nobody has decided");
    passes(app, "Tidewater Partnership", "The order, schedule 2.").send();
    assert!(finds(app, "Tidewater", STAGES) && finds(app, "Ashgrove+District", STAGES));
    verified(app);
    passes(app, COAST, "The order was amended.").tick("Ashgrove Ferry Inquiry, recommendation 2,").send();
    assert!(!finds(app, "Tidewater", STAGES) && finds(app, "Coastal+Transport", STAGES));
    verified(app);
}

fn one_successor_of_a_split_alone_is_put_right_once(app: &TestApp) {
    let (before, all) = counted(app);
    became(app, COUNCIL_SLUG, REPLACED, &[HARBOUR]).send();
    // So an earlier program kept it: of a split one successor was recorded, and answered for everything.
    app.place().execute("update succession set kind = 'split'; delete from setting where key = 'answerers'");
    app.place().execute("update addressee set seq = 1; update recommendation set seq = 1");
    // Whoever looks, finds it, and leaves it as it is.
    app.place().run(&["verify"]).exits(1).says("`followthrough migrate`");
    assert_eq!(app.place().value("select count(*) from setting where key = 'answerers'"), "0");
    app.place().run(&["migrate"]).succeeds();
    app.place().run(&["verify"]).succeeds();
    for table in ["addressee", "recommendation"] {
        let others = app.place().value(&format!("select count(*) from {table} where seq <> 1"));
        assert_eq!(others, "0", "{table}: nothing is published by it");
    }
    let (each, same) = counted(app);
    assert_eq!((&each[COUNCIL_SLUG], same), (&before[COUNCIL_SLUG], all));
    let item = app.public().open("/inquiries/ashgrove/recommendations/2/ashgrove-council");
    item.sees("It is not decided here which body answers now");
    let kept = app.place().value("select count(*) from setting where key = 'answerers'");
    assert_eq!(kept, "1", "once for each register");
    verified(app);
}

/// The row of a body in the list of all.
fn listed(app: &TestApp, name: &str) -> String {
    let rows = app.public().open("/bodies").texts(".f-rows__item");
    rows.into_iter().find(|row| row.trim_start().starts_with(name)).expect("a row of the body")
}

fn what_was_put_to_a_body_that_ended_is_said_to_be_counted_elsewhere(app: &TestApp) {
    const COUNTED: &str = "counted under Ashgrove Harbour Authority, which answers now";
    let public = app.public();
    assert!(public.open("/recommendations").body().contains("value=\"coastal-agency\""), "it can be chosen");
    became_on(app, AGENCY, MERGED, &[HARBOUR], "2026-11-20").send();
    let row = listed(app, COAST);
    assert!(row.contains(COUNTED) && !row.contains("No recommendation"), "{row}");
    let page = public.open("/recommendations?body=coastal-agency");
    page.sees(COUNTED).does_not_see("Nothing in this register fits");
    let there = page.follow("What Ashgrove Harbour Authority answers");
    assert_eq!(there.path(), "/recommendations?body=ashgrove-harbour");
    there.sees("Signs").does_not_see(COUNTED);
    let overdue = public.open("/overdue?body=coastal-agency");
    overdue.sees(COUNTED).does_not_see("Nothing is overdue");
    overdue.follow("What is overdue of Ashgrove Harbour Authority").does_not_see(COUNTED);
    // Whoever chooses from the list chooses among those that answer.
    assert!(!public.open("/recommendations").body().contains("value=\"coastal-agency\""));
    for path in ["/recommendations.json", "/api/v1/recommendations"] {
        let data = public.open(&format!("{path}?body=coastal-agency")).json();
        assert_eq!(data["counted_elsewhere"]["bodies"][0], "ashgrove-harbour", "{path}");
        assert!(public.open(&format!("{path}?body=ashgrove-harbour")).json()["counted_elsewhere"].is_null(), "{path}");
    }
    let table = public.get("/answers.csv?body=coastal-agency");
    assert!(table.is(200).headers("link").iter().any(|link| link.contains("/answers.csv?body=ashgrove-harbour")));
}

fn what_was_put_to_a_group_is_said_to_be_answered_by_its_members(app: &TestApp) {
    const PUT: &str = "1 recommendation was put to this group of bodies; each of its members answers for itself";
    groups::founded(app);
    groups::member(app, groups::GROUP, HARBOUR).send();
    assert!(listed(app, "All ports").contains("No recommendation in this register was put to it"));
    groups::ask(app, "ashgrove 6", "2026-06-15").send();
    assert!(listed(app, "All ports").contains(PUT), "{}", listed(app, "All ports"));
    let page = app.public().open("/recommendations?body=all-ports");
    page.sees(PUT).does_not_see("Nothing in this register fits");
    page.follow("What Ashgrove Harbour Authority answers").does_not_see(PUT);
    assert!(!app.public().open("/recommendations").body().contains("value=\"all-ports\""));
}
