//! What goes by body elsewhere: scrutiny packs go by who answers now, and the parts of a divided recommendation are answered by
//! whoever was decided to answer the whole.

use super::splitting::passes;
use super::{COAST, COUNCIL_SLUG, HARBOUR, REPLACED, SPLIT, became, became_on, counted, verified};
use crate::division::{TWO, division};
use crate::fairness::run_by_somebody;
use crate::filing::arranged::{ITEM, asks_for_updates, update};
use crate::meetings::{ASHGROVE, asked, called};
use crate::packs::{made, says_done};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![
    a_pack_goes_by_who_answers_now,
    whom_nobody_asks_is_said_alike_in_the_pack_the_list_and_the_contacts,
    parts_are_answered_by_whoever_answered_the_whole,
    lists_say_who_owes_it_and_of_whom_it_was_asked,
    a_meeting_says_who_owes_the_updates_before_it,
];

fn a_pack_goes_by_who_answers_now(app: &TestApp) {
    says_done(app, "Both stages were inspected.");
    let first = made(app, "2026-11-22");
    first.sees("No working contact 4 bodies").sees("Said to be done, not confirmed 1 answer");
    app.clock().advance(days(1));
    became(app, "ashgrove-harbour", REPLACED, &[COAST]).send();
    let second = made(app, "2026-11-22");
    second.sees("No working contact 3 bodies").sees("Said to be done, not confirmed 1 answer");
    second.sees("Coastal Transport Agency. Taken over from Harbour Authority");
    // How that came about is told among what changed.
    let told = "The place of Ashgrove Harbour Authority was taken by Coastal Transport Agency on a date not known here";
    second.sees(told).sees("Why: An order of the ministry.");
    first.does_not_see(told);
    // The answer keeps its address; it is the same one in both packs, and nobody is to be reached at two bodies for it.
    let compared = second.follow("made on 23 November 2026");
    compared.sees("0 left, 0 entered, 1 stayed").sees("1 left, 0 entered, 3 stayed");
    let minute = second.links().into_iter().find(|link| link.contains("/ashgrove-harbour/minute?pack="));
    app.person("overseer").open(&minute.expect("a place to minute what it answers")).sees("Harbour Authority");
    // The earlier one stays as it was made.
    app.person("overseer").open(first.path()).does_not_see("Taken over from").sees("No working contact 4 bodies");
}

fn whom_nobody_asks_is_said_alike_in_the_pack_the_list_and_the_contacts(app: &TestApp) {
    let overseer = app.person("overseer");
    crate::groups::founded(app);
    became(app, "ashgrove-harbour", REPLACED, &[COAST]).send();
    // Whoever is kept without an account is asked by hand alone.
    let contacts = "/staff/bodies/coastal-agency/contacts";
    let keep = overseer.open(contacts).form("Keep").fill("Name", "Contact One");
    keep.fill("Telephone number", "01632 960001").send();
    overseer.open(contacts).sees("No working contact for").sees("nobody is asked");
    let line = |body: &str| {
        let rows = overseer.open("/staff/bodies").texts("li.f-rows__item");
        rows.into_iter().find(|row| row.starts_with(body)).expect("every body is listed")
    };
    let said = "No working contact: nobody files for it here, and nobody is asked; 1 person without an account";
    assert!(line(COAST).contains(said), "{}", line(COAST));
    let pack = made(app, "2026-11-22");
    let rows = pack.texts("table tr");
    assert!(rows.iter().any(|row| row.contains(COAST) && row.contains("Nobody is asked")), "{rows:?}");
    // Where nothing is open, nobody is missed: with a body that has ended, and with a group.
    for body in [HARBOUR, "All ports"] {
        let said = line(body);
        assert!(said.contains("Nobody files for it here") && !said.contains("No working contact"), "{said}");
    }
}

fn parts_are_answered_by_whoever_answered_the_whole(app: &TestApp) {
    run_by_somebody(app);
    became_on(app, COUNCIL_SLUG, SPLIT, &[HARBOUR, COAST], "2026-11-20").send();
    passes(app, COAST, "The order, schedule 2.").send();
    let (_, all) = counted(app);
    let form = division(&app.person("overseer"), TWO)
        .fill("Which parts does Ashgrove District Council answer?", "a, b")
        .choose_in("What becomes of what each body answered?", "Record it anew")
        .choose_in("What becomes of its dates?", "Set those that have not passed anew");
    form.send().sees("Divided into parts");
    for number in ["1a", "1b"] {
        let page = app.public().open(&format!("/inquiries/ashgrove/recommendations/{number}/ashgrove-council"));
        page.sees("Coastal Transport Agency answers now");
    }
    // One answer left the numbers, two came, all of them under who answers.
    let (each, more) = counted(app);
    assert_eq!((&each[COUNCIL_SLUG], &each["coastal-agency"], more), (&0.into(), &5.into(), all + 1));
    app.public().open("/inquiries/ashgrove").sees("7 recommendations").sees("8 answers asked for");
    app.person("overseer").open("/staff/undecided").sees("Of every answer it is known which body answers.");
    verified(app);
}

fn lists_say_who_owes_it_and_of_whom_it_was_asked(app: &TestApp) {
    asks_for_updates(app, "2026-12-10", 3);
    let overseer = app.person("overseer");
    overseer.open("/staff/due").sees("recommendation 2, Ashgrove District Council").does_not_see("asked of");
    became_on(app, COUNCIL_SLUG, REPLACED, &[COAST], "2026-11-20").send();
    let both = "recommendation 2, Coastal Transport Agency, asked of Ashgrove District Council";
    overseer.open("/staff/due").sees(both);
    overseer.open("/staff/inquiries/ashgrove/schedules").sees(both);
    let successor = app.person("contributor of coastal-agency");
    successor.open("/staff").sees("recommendation 2, asked of Ashgrove District Council");
    update(&successor.open(&format!("/staff{ITEM}/return")), "The agency inspected the other one.").send();
    overseer.open("/staff/to-publish").sees(both);
    successor.open("/staff").sees(both);
    app.jobs_at("2026-11-30T08:30:00Z");
    // What waits to be published stands in the digest by the same names.
    app.mailbox().of("overseer@example.org").about("Weekly summary").says(both);
}

fn a_meeting_says_who_owes_the_updates_before_it(app: &TestApp) {
    let page = called(app, &[ASHGROVE]);
    asked(&page).send().sees("recommendation 2, Ashgrove Council");
    became_on(app, COUNCIL_SLUG, REPLACED, &[COAST], "2026-11-20").send();
    let both = "recommendation 2, Coastal Transport Agency, asked of Ashgrove Council";
    app.person("overseer").open(page.path()).sees(both);
}
