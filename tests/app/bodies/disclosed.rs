//! The file of everything held about a body: what the bodies before it were asked and told, and what came under its former address.

use super::{AGENCY, COAST, COUNCIL_SLUG, HARBOUR, SPLIT, became_on};
use crate::deeds_record::confirmed;
use crate::filing::arranged::ITEM;
use crate::held::{fields, private, taken};
use crate::stories;
use crate::support::TestApp;

stories![
    the_file_of_a_successor_holds_what_it_took_over_and_what_came_under_a_former_address,
    what_came_under_a_former_number_is_in_the_file,
    what_was_said_of_answers_of_others_too_is_left_out,
];

const TOLD: &str = "canary-on-the-telephone";
const WROTE: &str = "canary-from-a-reader";
const BEFORE: &str = "canary-of-the-former-address";

fn reader_writes(app: &TestApp, page: &str, words: &str) {
    app.public().open(&format!("/wrong?page={page}")).form("Send").fill("What is wrong", words).send();
}

fn the_file_of_a_successor_holds_what_it_took_over_and_what_came_under_a_former_address(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open("/staff/bodies/ashgrove-council/chases").form("Log this");
    let form = form.choose_in("How was the body asked?", "Telephone call").date("When?", "2026-11-20");
    let form = form.fill("If somebody else: who?", "The clerk").fill("By which post of ours?", "scrutiny officer");
    form.fill("What was said?", TOLD).tick("Ashgrove Ferry Inquiry, recommendation 2").send();
    reader_writes(app, ITEM, WROTE);
    reader_writes(app, "/bodies/coastal-agency", BEFORE);
    let held = taken(app, "A body", AGENCY, None);
    assert!(!held.to_string().contains(TOLD) && !held.to_string().contains(WROTE), "nothing of it is its own yet");

    // Split: what was asked about the one answer goes with that answer alone.
    became_on(app, COUNCIL_SLUG, SPLIT, &[HARBOUR, COAST], "2026-11-20").send();
    let form = super::splitting::passes(app, COAST, "The order, schedule 2.");
    let form = form.untick("Ashgrove Ferry Inquiry, recommendation 1,");
    form.untick("Ashgrove Ferry Inquiry, recommendation 4,").send();
    let form = overseer.open("/staff/bodies/coastal-agency/address").form("Publish the address");
    let form = form.fill("Its part of the address", "shore-agency").fill("Why is it changed?", "It has another name.");
    confirmed(form).send();
    let held = taken(app, "A body", "shore-agency", None);
    private(&held, "chase", "said", TOLD);
    private(&held, "complaint", "words", WROTE);
    private(&held, "complaint", "words", BEFORE);
    assert_eq!(fields(&held, "chase", "said").len(), 1, "once");
    // Whoever asks with the former address is given the same.
    private(&taken(app, "A body", AGENCY, None), "chase", "said", TOLD);
    let other = taken(app, "A body", "ashgrove-harbour", None).to_string();
    assert!(!other.contains(TOLD) && !other.contains(WROTE), "the other successor did not take it over");
    private(&taken(app, "A body", COUNCIL_SLUG, None), "chase", "said", TOLD);
}

fn what_came_under_a_former_number_is_in_the_file(app: &TestApp) {
    reader_writes(app, "/inquiries/ashgrove/recommendations/1/ashgrove-council", WROTE);
    let page = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/1").follow("Change the number");
    let form = page.form("Publish the number").fill("Its number", "21");
    confirmed(form.fill("Why is it changed?", "The second edition counts anew.")).send();
    reader_writes(app, "/inquiries/ashgrove/recommendations/21/ashgrove-council", BEFORE);
    let held = taken(app, "A body", COUNCIL_SLUG, None);
    private(&held, "complaint", "words", WROTE);
    private(&held, "complaint", "words", BEFORE);
    assert_eq!(fields(&held, "complaint", "words").len(), 2, "once each");
}

fn what_was_said_of_answers_of_others_too_is_left_out(app: &TestApp) {
    let form = app.person("overseer").open("/staff/bodies/ashgrove-council/chases").form("Log this");
    let form = form.choose_in("How was the body asked?", "Telephone call").date("When?", "2026-11-20");
    let form = form.fill("If somebody else: who?", "The clerk").fill("By which post of ours?", "scrutiny officer");
    let form = form.tick("Ashgrove Ferry Inquiry, recommendation 1: Publish the ferry timetable in advance");
    form.fill("What was said?", TOLD).tick("Ashgrove Ferry Inquiry, recommendation 2").send();
    became_on(app, COUNCIL_SLUG, SPLIT, &[HARBOUR, COAST], "2026-11-20").send();
    let form = super::splitting::passes(app, COAST, "The order, schedule 2.");
    let form = form.untick("Ashgrove Ferry Inquiry, recommendation 1,");
    form.untick("Ashgrove Ferry Inquiry, recommendation 4,").send();
    let held = taken(app, "A body", AGENCY, None);
    private(&held, "chase", "said", "Left out: it was said of answers of other bodies, too");
    assert!(!held.to_string().contains(TOLD), "of the other answer it says nothing");
    private(&taken(app, "A body", COUNCIL_SLUG, None), "chase", "said", TOLD);
    // Whoever took over everything that it was about has it whole.
    super::splitting::passes(app, COAST, "The order, schedule 3.").send();
    private(&taken(app, "A body", AGENCY, None), "chase", "said", TOLD);
}
