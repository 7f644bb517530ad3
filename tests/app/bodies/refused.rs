//! What is refused: a circle, a body that succeeds itself, a day that has not come, somebody of the body.

use super::{AGENCY, COAST, HARBOUR, MERGED, REPLACED, SPLIT, became, became_on};
use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;

stories![
    a_circle_and_a_body_that_succeeds_itself_are_refused,
    a_second_successor_and_a_day_to_come_are_refused,
    two_at_once_and_people_of_the_body_change_nothing,
    people_of_a_body_that_ended_are_told_which_took_its_place,
    whose_role_reads_no_lists_of_the_register_is_told_so,
];

fn a_circle_and_a_body_that_succeeds_itself_are_refused(app: &TestApp) {
    became(app, "old-ferry-board", REPLACED, &[HARBOUR]).send();
    let circle = became(app, "ashgrove-harbour", MERGED, &["Ashgrove Ferry Board"]).submit();
    circle.is(422).complains("That would be a circle");
    became(app, AGENCY, MERGED, &[HARBOUR]).send();
    became(app, "ashgrove-harbour", REPLACED, &[COAST]).submit().is(422).complains("That would be a circle");
    let itself = became(app, "ashgrove-council", REPLACED, &[COAST]).set("to", "ashgrove-council").submit();
    itself.is(422).complains("A body cannot take its own place");
    became(app, "ashgrove-council", REPLACED, &[COAST])
        .set("to", "nobody-here")
        .submit()
        .is(422)
        .complains("Choose a body of the list");
    assert_eq!(app.place().value("select count(*) from succession"), "2");
}

fn a_second_successor_and_a_day_to_come_are_refused(app: &TestApp) {
    became_on(app, AGENCY, MERGED, &[HARBOUR], "2027-03-01").submit().is(422).complains("has not come yet");
    let two = became(app, AGENCY, MERGED, &[HARBOUR, "Ashgrove Ferry Board"]).submit();
    two.is(422).complains("Several bodies took its place: then it was split");
    let twice = became(app, AGENCY, SPLIT, &[HARBOUR, HARBOUR]).submit();
    twice.is(422).complains("Choose each body once");
    became(app, AGENCY, MERGED, &[HARBOUR]).send();
    let other = became(app, AGENCY, REPLACED, &["Ashgrove District Council"]).submit();
    other.is(422).complains("Another body is recorded to have taken its place");
    let empty = app.person("overseer").open("/staff/bodies/ashgrove-council/succession");
    let empty = confirmed(empty.form("Publish what became of it")).submit();
    empty.is(422).complains("Choose what happened to it").complains("Choose the body that took its place");
    empty.complains("Enter what is known of it").complains("Choose how far you compared it with its source");
    let none = app.person("overseer").open("/staff/bodies/ashgrove-council/passing");
    let none = confirmed(none.form("Publish who answers").choose("No body took this over")).submit();
    none.is(422).complains("No body is recorded as having taken its place");
}

fn two_at_once_and_people_of_the_body_change_nothing(app: &TestApp) {
    let stale = became(app, AGENCY, MERGED, &["Ashgrove District Council"]);
    became(app, AGENCY, MERGED, &[HARBOUR]).send();
    stale.submit().is(409).sees("It became part of Ashgrove Harbour Authority");
    for who in ["contributor of coastal-agency", "observer"] {
        app.person(who).get("/staff/bodies/coastal-agency/succession").is(403);
        app.person(who).get("/staff/bodies/coastal-agency/passing").is(403);
    }
    assert_eq!(app.place().value("select count(*) from succession"), "1");
}

fn people_of_a_body_that_ended_are_told_which_took_its_place(app: &TestApp) {
    let before = app.person("contributor of ashgrove-harbour").open("/staff");
    before.does_not_see("is open with the body that answers now");
    became_on(app, "ashgrove-harbour", REPLACED, &[COAST], "2026-11-20").send();
    let home = app.person("contributor of ashgrove-harbour").open("/staff");
    home.sees("Its place was taken by Coastal Transport Agency on 20 November 2026");
    home.sees("is open with the body that answers now").sees("ask an administrator of this register");
    home.does_not_see("When a recommendation is put to your organisation");
    home.follow("See Coastal Transport Agency").sees("Taken over from Ashgrove Harbour Authority");
}

fn whose_role_reads_no_lists_of_the_register_is_told_so(app: &TestApp) {
    let page = app.person("contributor of ashgrove-council").get("/staff/undecided");
    page.is(403).sees("Your role does not allow this").does_not_see("belongs to another body");
}
