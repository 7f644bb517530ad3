//! Meetings: called, moved, held and cancelled in the open; and the updates that are asked for before their papers are due.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::desk::limited;
use crate::filing::arranged;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;
use crate::support::page::Page;

stories![
    a_meeting_is_called_moved_and_held_in_the_open,
    updates_before_the_papers_move_with_the_meeting,
    a_schedule_goes_on_from_the_date_before_a_meeting,
    what_was_asked_for_before_a_cancelled_meeting_goes_back_or_ends,
    what_is_wrong_with_a_meeting_is_said,
    a_hold_keeps_a_meeting_back,
    the_words_of_a_meeting_are_withheld,
    two_people_do_not_change_one_meeting,
];

pub const ASHGROVE: &str = "Ashgrove Ferry Inquiry";
const MILLBROOK: &str = "Millbrook Pier Inspection";
const WHEN: &str = "On which day is the meeting?";
const PAPERS: &str = "By which day are its papers due?";
const WORDS: &str = "The scrutiny committee meets in the council chamber.";

/// The form of a meeting about these inquiries, filled.
pub fn calling(app: &TestApp, inquiries: &[&str]) -> Form {
    let form = app.person("overseer").open("/staff/meetings/new").form("Publish the meeting");
    let form = inquiries.iter().fold(form, |form, title| form.tick(title));
    let form = form.date(WHEN, "2027-03-12").date(PAPERS, "2027-02-26").fill("Who meets, and where?", WORDS);
    confirmed(form)
}

/// Calls it and answers its page.
pub fn called(app: &TestApp, inquiries: &[&str]) -> Page {
    calling(app, inquiries).send()
}

/// The random name at the end of a page's address.
pub fn name_of(page: &Page) -> String {
    page.path().rsplit('/').next().expect("a name").to_owned()
}

fn change(page: &Page) -> Form {
    confirmed(page.follow("Move it, say that it was held, or cancel it").form("Publish how it stands"))
}

pub fn asked(page: &Page) -> Form {
    confirmed(page.follow("Ask for updates before its papers are due").form("Publish the dates"))
}

fn a_meeting_is_called_moved_and_held_in_the_open(app: &TestApp) {
    let page = called(app, &[ASHGROVE, MILLBROOK]);
    page.sees("Meeting on 12 March 2027").sees("26 February 2027").sees(WORDS).sees("Millbrook inspection");
    let public = app.public();
    let said =
        "Meeting to come: The scrutiny committee meets in the council chamber. Papers are due by 26 February 2027";
    for inquiry in ["/inquiries/ashgrove", "/inquiries/millbrook"] {
        public.open(inquiry).sees(said).does_not_see("Overseer One");
    }
    assert_eq!(app.place().value("select cast(count(*) as text) as value from change where kind = 'meeting'"), "1");
    public.open("/changes").sees("Meeting: The scrutiny committee meets").sees("Its day: 12 March 2027. And 1 more");
    // It is this register's own statement: nobody compared it with anything.
    let seq = app.place().value("select cast(max(seq) as text) as value from change");
    let told = public.open(&format!("/changes/{seq}"));
    told.sees("The scrutiny committee meets").does_not_see("Seen in").does_not_see("No link is recorded");
    public.open("/inquiries/millbrook.atom").sees("The scrutiny committee meets");
    let calendar = public.open("/inquiries/ashgrove/calendar.ics").body();
    assert!(calendar.contains("DTSTART;VALUE=DATE:20270312") && calendar.contains("SUMMARY:Meeting"), "{calendar}");
    let first = in_calendar(&calendar);
    assert_eq!(first.1, "0", "{calendar}");
    assert!(public.open("/calendar.ics").body().contains("20270312"));

    app.clock().advance(days(1));
    let page = app.person("overseer").open(page.path());
    change(&page).date(WHEN, "2027-03-19").submit().is(422).complains("Enter why, for everybody to read");
    let moved = change(&page).date(WHEN, "2027-03-19").fill("Why does it change?", "The chamber is closed.").send();
    moved.sees("Meeting on 19 March 2027");
    let shown = public.open("/inquiries/ashgrove");
    shown.sees("19 March 2027").sees("The chamber is closed.").sees("Takes the place of change");
    shown.sees("has taken its place").does_not_see("Corrects change");
    let before = public.open("/inquiries/ashgrove?as-at=2026-11-23");
    before.sees("12 March 2027").does_not_see("19 March 2027").does_not_see("has taken its place");
    let data = public.open("/inquiries/ashgrove.json").json();
    let events = data["events"].as_array().expect("events");
    let kept: Vec<_> = events.iter().filter(|event| event["meeting"] == "planned").collect();
    assert_eq!(kept.len(), 2, "{events:?}");
    assert!(kept.iter().all(|event| event["checked"].is_null()), "{kept:?}");
    assert!(kept.iter().any(|event| event["papers_due_on"] == "2027-02-26" && event["replaced_by"].is_i64()));
    let calendar = public.open("/inquiries/ashgrove/calendar.ics").body();
    assert!(calendar.contains("20270319") && !calendar.contains("20270312"), "{calendar}");
    assert_eq!(in_calendar(&calendar), (first.0, "1".to_owned()), "the same meeting, moved: {calendar}");
    // A meeting is changed on its own page, and nowhere else.
    let staff = app.person("overseer").open("/staff/inquiries/ashgrove");
    let correct = staff.links().into_iter().filter(|href| href.contains("/events?row=")).count();
    assert_eq!(correct, 2, "the two events of the file");

    app.clock().advance(days(128));
    let page = app.person("overseer").open(moved.path());
    let held = change(&page).choose("Held").fill("Where can it be read?", "https://ashgrove.example/minutes/9").send();
    held.sees("Held").does_not_see("Ask for updates before");
    public
        .open("/inquiries/ashgrove")
        .sees("Meeting: The scrutiny committee meets in the council chamber. It was held");
    app.person("overseer").open("/staff/meetings").sees("19 March 2027: Held").sees("Millbrook inspection");
    app.place().run(&["verify"]).succeeds();
}

fn updates_before_the_papers_move_with_the_meeting(app: &TestApp) {
    let page = called(app, &[ASHGROVE, MILLBROOK]);
    let form = || asked(&page);
    form().fill("How many working days", "0").submit().is(422).complains("from 1 to 60");
    form().fill("How many working days", "ten").submit().is(422).complains("Enter a number of working days");
    page.follow("Ask for updates before").sees("By 12 February 2027, 10 working days before papers are due.");
    let done = form().send();
    done.sees("Dates recorded").sees("12 February 2027, 10 working days before papers are due");
    done.sees("Inspect both landing stages every year").sees("Inspect the pier every year");
    let public = app.public();
    let of_item = public.open(PUBLIC);
    of_item.sees("Next update due 12 February 2027");
    of_item.sees("10 working days before papers are due on 26 February 2027 for the meeting on 12 March 2027");
    // One change for each inquiry.
    assert_eq!(app.place().value("select cast(count(*) as text) as value from change where kind = 'schedule'"), "2");
    asked(&done).submit().is(422).complains("Of no answer of this inquiry can updates be asked so");
    let all = asked(&done).choose("All open answers").fill("How many working days", "5");
    all.submit().is(422).complains("Enter why, for everybody to read");

    // Somebody sets another date for one item: that one hangs on the meeting no more.
    let own = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/1/ashgrove-council");
    let own =
        own.follow("Set when updates are asked for").form("Publish the schedule").date("The next date", "2027-01-15");
    confirmed(own.fill("Why?", "It is urgent.")).send();
    let form = page.follow("Move it, say that it was held, or cancel it");
    form.sees("These dates move with it").sees("12 February 2027, 10 working days").does_not_see("15 January 2027");
    let late = change(&page).date(PAPERS, "2026-12-01").fill("Why does it change?", "Earlier.").submit();
    late.is(422).complains("Bodies would be asked by 17 November 2026, which has passed");
    let moved = change(&page).date(PAPERS, "2027-03-05").fill("Why does it change?", "The chair is away.").send();
    moved.sees("19 February 2027, 10 working days before papers are due").does_not_see("12 February 2027");
    let of_item = public.open(PUBLIC);
    of_item.sees("Next update due 19 February 2027").sees("The chair is away.");
    public.open("/inquiries/ashgrove/recommendations/1/ashgrove-council").sees("Next update due 15 January 2027");
    let seq = app.place().value("select cast(max(seq) as text) as value from change");
    let change_page = public.open(&format!("/changes/{seq}"));
    change_page.sees("19 February 2027").sees("Papers are due by 5 March 2027").sees("Millbrook");
    app.place().run(&["verify"]).succeeds();

    // Cancelled, no date runs on for it: where none stood before, it ends.
    let page = app.person("overseer").open(moved.path());
    change(&page).choose("Cancelled").submit().is(422).complains("Enter why, for everybody to read");
    change(&page).choose("Cancelled").fill("Why does it change?", "It joins the next one.").send().sees("Cancelled");
    public.open("/inquiries/ashgrove").sees("Cancelled: it is not held").sees("It joins the next one.");
    assert!(public.open("/calendar.ics").body().contains("STATUS:CANCELLED"));
    let ended = "The meeting on 12 March 2027 is cancelled, and the date that went with it has ended";
    public.open(PUBLIC).sees("No schedule of updates is set").sees(ended).sees("It joins the next one.");
    assert_eq!(dates(app, "is not null"), "1", "the date that somebody set for one item stands alone");
    let page = app.person("overseer").open(page.path());
    page.sees("it is cancelled. What was asked for before it has ended").does_not_see("10 working days before");
    let seq = app.place().value("select cast(max(seq) as text) as value from change");
    public.open(&format!("/changes/{seq}")).sees("Cancelled: it is not held").sees(ended);
    app.place().run(&["verify"]).succeeds();
}

/// The meeting in a calendar: its name there, and its number in the sequence.
fn in_calendar(calendar: &str) -> (String, String) {
    let event = calendar.split("BEGIN:VEVENT").find(|event| event.contains("UID:meeting-")).expect("the meeting");
    let said = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
    (said("UID:"), said("SEQUENCE:"))
}

/// Of how many answers the next date of an update is so.
fn dates(app: &TestApp, is: &str) -> String {
    let asked = format!("select cast(count(*) as text) as value from addressee where return_due_on {is}");
    app.place().value(&asked)
}

fn what_was_asked_for_before_a_cancelled_meeting_goes_back_or_ends(app: &TestApp) {
    arranged::asks_for_updates(app, "2027-01-15", 6);
    let page = called(app, &[ASHGROVE]);
    asked(&page).choose("All open answers").fill("Why?", "The committee meets.").send().sees("Dates recorded");
    change(&page).date(PAPERS, "2027-03-05").fill("Why does it change?", "The chair is away.").send();
    assert_eq!(dates(app, "= '2027-01-15'"), "0");
    let form = page.follow("Move it, say that it was held, or cancel it");
    form.sees("If it is cancelled: what becomes of the dates that go with it?");
    let form = change(&page).choose("Cancelled").fill("Why does it change?", "It joins the next one.");
    form.send().sees("It is not held. What was asked for before it has ended, or is asked for as it was before");
    // Whoever had a schedule has it again; whoever had none is asked for nothing.
    assert_eq!((dates(app, "= '2027-01-15'"), dates(app, "is not null")), ("1".to_owned(), "1".to_owned()));
    let back = "The meeting on 12 March 2027 is cancelled, and updates are asked for as before it";
    let public = app.public();
    public.open(arranged::ITEM).sees(back).sees("An update every 6 months, next due 15 January 2027");
    public.open(PUBLIC).sees("the date that went with it has ended");
    app.place().run(&["verify"]).succeeds();

    // Or all of them end.
    let page = called(app, &[ASHGROVE]);
    asked(&page).choose("All open answers").fill("Why?", "The committee meets.").send();
    let form = change(&page).choose("Cancelled").choose("Each ends: no update is asked for");
    form.fill("Why does it change?", "There is nothing to discuss.").send();
    assert_eq!(dates(app, "is not null"), "0");
    app.place().run(&["verify"]).succeeds();
}

fn a_schedule_goes_on_from_the_date_before_a_meeting(app: &TestApp) {
    arranged::asks_for_updates(app, "2027-01-15", 6);
    let page = called(app, &[ASHGROVE]);
    let form = page.follow("Ask for updates before its papers are due");
    form.sees("Where a schedule asks every so many months, it goes on, counted from that day");
    asked(&page).choose("All open answers").fill("Why?", "The committee meets.").send().sees("Dates recorded");
    let public = app.public();
    let of_item = public.open(arranged::ITEM);
    of_item.sees("Next update due 12 February 2027").sees("An update every 6 months, next due 12 February 2027");
    // Whoever had no schedule is asked this once.
    public.open(PUBLIC).sees("Next update due 12 February 2027").does_not_see("An update every 6 months");
    change(&page).date(PAPERS, "2027-03-05").fill("Why does it change?", "The chair is away.").send();
    public.open(arranged::ITEM).sees("An update every 6 months, next due 19 February 2027");
    // What comes in settles the date, and the next one follows from it.
    app.clock().set("2027-02-17T09:00:00Z".parse().expect("a moment"));
    arranged::files(app, "Both stages were inspected.");
    public.open(arranged::ITEM).sees("Next update due 19 August 2027");
    app.place().run(&["verify"]).succeeds();
}

fn what_is_wrong_with_a_meeting_is_said(app: &TestApp) {
    let open = || app.person("overseer").open("/staff/meetings/new").form("Publish the meeting");
    let empty = open().submit();
    empty.is(422).complains("Choose at least one inquiry").complains("Enter the day of the meeting");
    empty.complains("Enter who meets").complains("Confirm before publishing");
    let filled = || calling(app, &[ASHGROVE]);
    let late = filled().date(PAPERS, "2027-03-13").submit();
    late.is(422).complains("Papers must be due by the day of the meeting, 12 March 2027, or earlier");
    assert_eq!(late.form("Publish the meeting").value("Who meets, and where?"), WORDS);
    filled().date(WHEN, "2027-02-31").submit().is(422).complains("There is no such day");
    filled().date(WHEN, "2026-11-01").submit().is(422).complains("That day has passed");
    filled().choose("Held").submit().is(422).complains("has not come yet");
    filled().set("inquiries", "no/slug").submit().is(422).complains("Choose inquiries of the list");
    assert_eq!(app.place().value("select cast(count(*) as text) as value from meeting"), "0");
    // Who may not.
    let contributor = app.person("contributor of ashgrove-council");
    for path in ["/staff/meetings", "/staff/meetings/new"] {
        contributor.get(path).is(403).sees("Your role does not allow this");
    }
    let page = called(app, &[ASHGROVE]);
    let observer = app.person("observer");
    observer.open("/staff/meetings").sees("12 March 2027").does_not_see("Call a meeting");
    observer.open(page.path()).does_not_see("Move it");
    observer.get(&format!("{}/change", page.path())).is(403);
    // A role that is limited to another inquiry.
    limited(app, "Millbrook");
    let two = app.person("overseer two");
    two.get(&format!("{}/change", page.path())).is(403).sees("limited to other inquiries");
    let form = two.open("/staff/meetings/new").does_not_see(ASHGROVE).form("Publish the meeting");
    let form = confirmed(form.date(WHEN, "2027-03-12").date(PAPERS, "2027-02-26").fill("Who meets, and where?", WORDS));
    form.set("inquiries", "ashgrove").submit().is(403).sees("limited to other inquiries");
}

fn a_hold_keeps_a_meeting_back(app: &TestApp) {
    crate::fairness::run_by_somebody(app);
    let hold = app.person("overseer").open("/staff/inquiries/millbrook/hold").form("Place this hold");
    hold.choose("Another legal reason").date("When is it reviewed?", "2027-02-01").send();
    calling(app, &[ASHGROVE, MILLBROOK])
        .submit()
        .is(422)
        .sees("Nothing new is published about this inquiry and its recommendations");
    called(app, &[ASHGROVE]).sees("Meeting on 12 March 2027");
}

fn the_words_of_a_meeting_are_withheld(app: &TestApp) {
    let page = called(app, &[ASHGROVE]);
    let staff = app.person("overseer").open("/staff/inquiries/ashgrove");
    staff.form("Withhold these words: The scrutiny committee").send();
    for path in ["/inquiries/ashgrove", "/inquiries/ashgrove.json", "/changes", "/calendar.ics"] {
        app.public().open(path).does_not_see("council chamber");
        assert!(!app.public().open(path).body().contains("council chamber"), "{path}");
    }
    app.person("observer").open(page.path()).does_not_see("council chamber").sees("Words withheld on 23 November 2026");
}

fn two_people_do_not_change_one_meeting(app: &TestApp) {
    let page = called(app, &[ASHGROVE]);
    let (first, second) = (change(&page), change(&page));
    first.date(WHEN, "2027-03-19").fill("Why does it change?", "First.").send();
    let late = second.date(WHEN, "2027-03-20").fill("Why does it change?", "Second.").submit();
    late.is(409).sees("Somebody else changed this meeting").sees("19 March 2027: To be held");
    assert_eq!(late.form("Publish how it stands").value("Why does it change?"), "Second.");
    app.public().open("/inquiries/ashgrove").does_not_see("Second.");
    // Only a note for staff: nothing is published, and nothing is asked.
    let seqs = || app.place().value("select cast(max(seq) as text) as value from change");
    let before = seqs();
    let page = app.person("overseer").open(page.path());
    let form = page.follow("Move it, say that it was held, or cancel it").form("Publish how it stands");
    form.fill("A note for staff", "Ask the clerk for the room.").send().sees("Ask the clerk for the room.");
    assert_eq!(seqs(), before);
    app.public().open("/inquiries/ashgrove").does_not_see("Ask the clerk");
    // Nor is any item of the inquiry asked for anything by it.
    app.person("overseer").open(ITEM).sees("Set when updates are asked for").does_not_see("Next update due");
    assert_eq!(app.place().value("select cast(count(*) as text) as value from meeting_date"), "0");
}
