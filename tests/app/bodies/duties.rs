//! Deadlines, reminders, contacts and rights pass on; what was said stays with the body that said it.

use super::{AGENCY, COAST, COUNCIL_SLUG, HARBOUR, MERGED, REPLACED, became, became_on, verified};
use crate::deeds_record::confirmed;
use crate::filing::arranged::{COUNCIL, COUNCIL_MAIL, ITEM, asks_for_updates, files, publication, update};
use crate::outside::recorded;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![
    the_right_to_file_passes_on_and_what_was_said_stays,
    reminders_and_open_dates_go_to_who_answers_now,
    a_date_that_passed_before_is_not_held_against_the_successor,
    contacts_are_carried_over,
    two_answers_to_one_recommendation_are_told_apart,
    a_reply_is_said_to_be_of_whoever_gave_it,
    a_request_is_of_whoever_answered_when_it_was_made,
];

/// Who files for the successor.
const SUCCESSOR: &str = "contributor of coastal-agency";
const SUCCESSOR_MAIL: &str = "contributor.coastal-agency@example.org";

fn the_right_to_file_passes_on_and_what_was_said_stays(app: &TestApp) {
    let first = files(app, "The council inspected one stage.");
    confirmed(publication(&app.person("overseer").open(first.path()))).send();
    became_on(app, COUNCIL_SLUG, REPLACED, &[COAST], "2026-11-23").send();
    let form = format!("/staff{ITEM}/return");
    app.person(COUNCIL).get(&form).is(403);
    app.person(COUNCIL).get(&format!("/staff{ITEM}")).is(403);
    app.person(COUNCIL).get(first.path()).is(403);
    let successor = app.person(SUCCESSOR);
    // The answer keeps its address, and every link of the successor's own page leads there.
    let home = successor.open("/staff");
    home.follow("Inspect both landing stages every year").sees("How Ashgrove District Council answered");
    home.follow("File an update: Inspect both landing stages every year").form("Send this update");
    let filed = update(&successor.open(&form), "The agency inspected the other one.");
    let filed = filed.date("As of which date is that so?", "2026-11-23").send();
    confirmed(publication(&app.person("overseer").open(filed.path()))).send();
    let page = app.public().open(ITEM);
    page.sees("The council inspected one stage.").sees("The agency inspected the other one.");
    page.sees("Said by Coastal Transport Agency");
    assert_eq!(
        page.text().matches("Said by Coastal Transport Agency").count(),
        2,
        "once on the card, once in the timeline"
    );
    // Nobody who belongs to the body that answers decides about it.
    verified(app);
}

fn reminders_and_open_dates_go_to_who_answers_now(app: &TestApp) {
    asks_for_updates(app, "2027-03-01", 3);
    app.person(COUNCIL);
    app.person(SUCCESSOR);
    became(app, COUNCIL_SLUG, REPLACED, &[COAST]).send();
    app.jobs_at("2027-01-18T08:30:00Z");
    let home = app.person(SUCCESSOR).open("/staff");
    home.sees("Next update due 1 March 2027");
    let mails = app.mailbox();
    let asked =
        |address: &str| mails.of(address).0.iter().filter(|mail| mail.subject.contains("Updates asked for")).count();
    assert_eq!((asked(COUNCIL_MAIL), asked(SUCCESSOR_MAIL)), (0, 1));
    mails.of(SUCCESSOR_MAIL).about("Updates asked for").says("Coastal Transport Agency").says("1 March 2027");
    let former = app.public().open("/overdue?body=ashgrove-council");
    former.sees("3 answers that it was asked for are counted under Coastal Transport Agency, which answers now");
    app.clock().set("2027-03-03T09:00:00Z".parse().expect("a moment"));
    let overdue = app.public().open("/overdue?body=coastal-agency");
    overdue.sees("2 dates have passed").sees("Coastal Transport Agency").does_not_see("It fell due while");
    app.public().open("/bodies/coastal-agency").sees("2 dates have passed with nothing recorded since");
    app.public().open("/bodies/ashgrove-council").does_not_see("has passed with nothing recorded");
    app.public().open("/calendar.ics").sees("Coastal Transport Agency");
    verified(app);
}

fn a_date_that_passed_before_is_not_held_against_the_successor(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    app.clock().set("2027-01-11T10:00:00Z".parse().expect("a moment"));
    became_on(app, COUNCIL_SLUG, REPLACED, &[COAST], "2027-01-04").send();
    let public = app.public();
    let overdue = public.open("/overdue?body=coastal-agency");
    overdue.sees("1 date has passed").sees("It fell due while Ashgrove District Council answered");
    public.open("/overdue").sees("1 date has passed with nothing recorded since");
    public.open("/overdue?body=ashgrove-council").does_not_see("date has passed with nothing");
    public.open(ITEM).sees("It fell due while Ashgrove District Council answered");
    // Where the day is not known, nobody is said to have answered then.
    day_is_not_known(app, COUNCIL_SLUG);
    public
        .open("/overdue?body=coastal-agency")
        .sees("It is not known here whether Ashgrove District Council or Coastal Transport Agency answered then");
    verified(app);
}

fn contacts_are_carried_over(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open("/staff/bodies/ashgrove-council/contacts").form("Keep");
    let form = form.fill("Name", "Contact One").fill("Post", "clerk").fill("Email address", "clerk@council.example");
    form.send().sees("Contact One, clerk");
    became(app, COUNCIL_SLUG, REPLACED, &[COAST]).send();
    let here = format!("/staff/bodies/{AGENCY}/contacts");
    let page = overseer.open(&here);
    page.sees("Kept for the bodies before it").sees("Contact One, clerk");
    let again = page.form("Carry them over").tick("Contact One, clerk");
    let done = page.form("Carry them over").tick("Contact One, clerk").send();
    done.sees("Carried over").sees("clerk@council.example").does_not_see("Kept for the bodies before it");
    overseer.open("/staff/bodies/ashgrove-council/contacts").sees("Left by 23 November 2026");
    again.send();
    assert_eq!(app.place().value("select count(*) from contact where ended_on is null"), "1");
    app.public().open("/bodies/coastal-agency").does_not_see("Contact One");
}

fn two_answers_to_one_recommendation_are_told_apart(app: &TestApp) {
    let who = "contributor of ashgrove-harbour";
    let sheet = "/staff/bodies/ashgrove-harbour/sheet";
    let table = || app.person(who).open(&format!("{sheet}.csv")).body().to_owned();
    let before = table();
    assert!(before.contains("ashgrove/2,"), "{before}");
    became(app, COUNCIL_SLUG, MERGED, &[HARBOUR]).send();
    let after = table();
    for name in ["ashgrove/1,", "ashgrove/2/ashgrove-council,", "ashgrove/2/ashgrove-harbour,"] {
        assert!(after.contains(name), "{name}: {after}");
    }
    // What was handed out before is taken where it can mean one answer alone.
    let sends = |item: &str| {
        let mut rows = csv::Writer::from_writer(Vec::new());
        let mut taken = csv::Reader::from_reader(after.trim_start_matches('\u{feff}').as_bytes());
        rows.write_record(taken.headers().expect("headings")).expect("a row");
        let filled = ["Planned", "1/11/2026", "Of the council.", "", ""];
        rows.write_record([item].into_iter().chain([""; 8]).chain(filled)).expect("a row");
        let bytes = rows.into_inner().expect("a table");
        app.person(who).open(sheet).form("Keep as unfinished updates").submit_with("filled.csv", &bytes)
    };
    sends("ashgrove/2").is(422).sees("it is not clear which answer is meant");
    sends("ashgrove/2/nobody").is(422).sees("This recommendation was not put to your organisation");
    sends("ashgrove/2/ashgrove-council").is(303);
    sends("ashgrove/1").is(303);
    let of = "select count(*) from filing join addressee on addressee.id = filing.addressee_id join body on body.id = addressee.body_id";
    assert_eq!(app.place().value(&format!("{of} where body.slug = '{COUNCIL_SLUG}'")), "2");
    // A letter about the council's answer is logged with whoever answers now, about that one alone.
    let staff = app.person("overseer").open(&format!("/staff{ITEM}"));
    let chases = staff.follow("Log a letter, a call or a meeting");
    let form = chases.form("Log this");
    assert!(form.is_chosen("Ashgrove Ferry Inquiry, recommendation 2, put to Ashgrove District Council"));
    let form = form.choose_in("How was the body asked?", "Letter");
    let form = form.fill("If somebody else: who?", "The clerk").fill("By which post of ours?", "scrutiny officer");
    let logged = form.send();
    assert_eq!(logged.link("Ashgrove Ferry Inquiry, recommendation 2"), format!("/staff{ITEM}"));
    assert_eq!(app.place().value("select count(*) from chase_item"), "1");
    staff.follow("Documents of this body").sees(HARBOUR);
}

/// Puts what became of a body right: nobody knows the day.
fn day_is_not_known(app: &TestApp, body: &str) {
    let page = app.person("overseer").open(&format!("/staff/bodies/{body}/succession")).follow("Put this right");
    let form = page.form("Publish what became of it");
    let form = ["day", "month", "year"].iter().fold(form, |form, part| form.set(&format!("happened_{part}"), ""));
    let form = form.set("happened_precision", "not_known").fill("Why was the earlier entry wrong?", "No day is known.");
    confirmed(form).send();
}

fn a_reply_is_said_to_be_of_whoever_gave_it(app: &TestApp) {
    let item = "/inquiries/ashgrove/recommendations/2/ashgrove-harbour";
    recorded(app, "The stages had not been inspected.");
    became_on(app, "ashgrove-harbour", REPLACED, &[COAST], "2026-11-20").send();
    let page = app.person(SUCCESSOR).open(&format!("/staff{item}")).follow("Reply to what was found");
    let form = page.form("Send the reply").choose("Ferry Inspectorate").fill("Your reply", "They were, in May.");
    let filed = form.send();
    publication(&app.person("overseer").open(filed.path())).send();
    let public = app.public();
    let page = public.open(item);
    page.sees("Coastal Transport Agency replied on 23 November 2026").sees("They were, in May.");
    page.does_not_see("Harbour Authority replied");
    for path in ["/inquiries/ashgrove/recommendations/2", "/changes"] {
        public.open(path).sees("Said by Coastal Transport Agency");
    }
    // Where it is not certain who answered on that day, no body is named.
    app.clock().advance(days(1));
    day_is_not_known(app, "ashgrove-harbour");
    let page = public.open(item);
    page.sees("Replied on 23 November 2026").sees("They were, in May.");
    page.does_not_see("Harbour Authority replied").does_not_see("Coastal Transport Agency replied");
    verified(app);
}

fn a_request_is_of_whoever_answered_when_it_was_made(app: &TestApp) {
    const FIRST: &str = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
    let asks = |who: &str, day: &str| {
        let form = app.person(who).open(FIRST).follow("Ask for a later target date").form("Send the request");
        form.date("Which date do you ask for?", day).fill("Why do you need more time?", "Staff were ill.")
    };
    asks(COUNCIL, "2027-06-30").send();
    app.clock().set("2026-12-01T09:00:00Z".parse().expect("a moment"));
    became_on(app, COUNCIL_SLUG, REPLACED, &[COAST], "2026-11-30").send();
    let asked = "Ashgrove Council asked on 23 November 2026 for the target date 30 June 2027";
    let overseer = app.person("overseer");
    let decision = format!("{FIRST}/extension-decision");
    for path in ["/staff/extensions", FIRST, decision.as_str()] {
        overseer.open(path).sees(asked).does_not_see("Coastal Transport Agency asked");
    }
    let form = overseer.open(&decision).form("Publish the decision").choose("Refuse it");
    confirmed(form.fill("Who decided?", "the Scrutiny Committee").fill("Why?", "The season cannot wait.")).send();
    // What is asked from then on is asked by the body that answers.
    let shown = asks(SUCCESSOR, "2027-07-31").set("preview", "yes").submit();
    shown.sees("Target moved from 26 February 2027 to 31 July 2027 by Coastal Transport Agency");
    asks(SUCCESSOR, "2027-07-31").send();
    let asked = "Coastal Transport Agency asked on 1 December 2026 for the target date 31 July 2027";
    for path in ["/staff/extensions", FIRST, decision.as_str()] {
        overseer.open(path).sees(asked).does_not_see("Ashgrove Council asked on 1 December 2026");
    }
    verified(app);
}
