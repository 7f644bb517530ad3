//! Chases by hand: letters, calls and meetings about many items at once, with the weight of a mail.

use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    a_letter_about_all_open_items_is_logged,
    a_call_about_some_items_with_a_contact_is_logged,
    reminders_and_chases_stand_in_one_order,
    nothing_private_of_a_chase_is_public,
    one_address_is_kept_for_one_person,
    of_many_times_that_a_body_was_asked_the_last_are_shown_first,
];

const HERE: &str = "/staff/bodies/ashgrove-harbour/chases";
const CONTACTS: &str = "/staff/bodies/ashgrove-harbour/contacts";
const ITEM: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour";
const PUBLIC: &str = "/inquiries/ashgrove/recommendations/2/ashgrove-harbour";
const CANARY: &str = "canary-on-the-telephone";

fn chase(app: &TestApp, kind: &str, on: &str) -> Form {
    let form = app.person("overseer").open(HERE).form("Log this");
    form.choose_in("How was the body asked?", kind).date("When?", on).fill("By which post of ours?", "scrutiny officer")
}

/// Keeps somebody who has no account.
fn clerk(app: &TestApp) {
    let form = app.person("overseer").open(CONTACTS).form("Keep");
    let faulty = form.submit();
    faulty.is(422).complains("Enter a name, or the post").complains("Enter at least one way to reach them");
    faulty.sees("It may be disclosed to somebody who asks for it under the law (Freedom of Information Act 2000; UK GDPR, article 15)");
    let form = faulty.form("Keep").fill("Name", "Contact One").fill("Post", "clerk");
    form.fill("Email address", "clerk at harbour").submit().is(422);
    let form = || form_of(app).fill("Name", "Contact One").fill("Post", "clerk");
    for (number, fault) in [
        ("ask the switchboard", "Enter the telephone number in digits"),
        ("1", "Enter a telephone number of 3 to 21 digits"),
        (&"9".repeat(41), "Telephone number must be 40 characters or fewer"),
    ] {
        let faulty = form().fill("Telephone number", number).submit();
        faulty.is(422).complains(fault);
        assert_eq!(faulty.form("Keep").value("Telephone number"), number);
    }
    form().fill("Telephone number", "01632 960001").send();
}

fn one_address_is_kept_for_one_person(app: &TestApp) {
    app.person("contributor of ashgrove-harbour");
    let keep = |name: &str, email: &str| form_of(app).fill("Name", name).fill("Email address", email);
    let late = keep("Contact Three", "clerk@harbour.example");
    keep("Contact One", "Clerk@harbour.example").send();
    let twice = keep("Contact Two", "clerk@HARBOUR.example").submit();
    twice.is(422).complains("This address is kept here already, for Contact One");
    assert_eq!(twice.form("Keep").value("Name"), "Contact Two");
    late.submit().is(422).complains("This address is kept here already");
    let account = keep("Contact Two", "contributor.ashgrove-harbour@example.org").submit();
    account.is(422).complains("Contributor One has an account here with this address");
    // Another body may be reached there too; and here again once they have left.
    let other = app.person("overseer").open("/staff/bodies/coastal-agency/contacts").form("Keep");
    other.fill("Name", "Contact One").fill("Email address", "clerk@harbour.example").send();
    app.person("overseer").open(CONTACTS).form("They have left: Contact One").send();
    keep("Contact Two", "clerk@harbour.example").send().sees("Contact Two");
    assert_eq!(app.place().value("select count(*) from contact"), "3");
}

fn form_of(app: &TestApp) -> Form {
    app.person("overseer").open(CONTACTS).form("Keep")
}

fn a_letter_about_all_open_items_is_logged(app: &TestApp) {
    let empty = app.person("overseer").open(HERE).form("Log this").fill("By which post of ours?", "").submit();
    empty.is(422).complains("Choose how the body was asked").complains("Choose with whom, or enter it below");
    empty.complains("Enter which post asked").complains("Choose what it was about");
    let ahead = chase(app, "Letter", "2026-11-24").fill("If somebody else: who?", "the board").tick("All open items");
    ahead.submit().is(422).complains("The day must be today or earlier");
    let logged = chase(app, "Letter", "2026-11-19").fill("If somebody else: who?", "the board").tick("All open items");
    logged.send().sees("Letter on 19 November 2026 to the board, by scrutiny officer");
    // Every open item of the body, of whatever inquiry; and no word of it in public, for it is no published record.
    for body in ["/2/ashgrove-harbour", "/3/ashgrove-harbour"] {
        let item = format!("/staff/inquiries/ashgrove/recommendations{body}");
        app.person("overseer").open(&item).sees("Letter on 19 November 2026 to the board");
    }
    let other = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/2/ashgrove-council");
    other.does_not_see("Letter on 19 November 2026");
    for path in [PUBLIC, "/inquiries/ashgrove/recommendations/3", "/inquiries/millbrook/recommendations/a"] {
        app.public().open(path).does_not_see("19 November 2026 to the board").does_not_see("scrutiny officer");
    }
    app.person("overseer").open(ITEM).sees("Letter on 19 November 2026 to the board, by scrutiny officer");
    app.public().open(PUBLIC).sees("nobody has looked for one").does_not_see("This register has not asked");
}

fn a_call_about_some_items_with_a_contact_is_logged(app: &TestApp) {
    clerk(app);
    // From the page of an item the form begins with that item.
    let page = app.person("overseer").open(ITEM).follow("Log a letter, a call or a meeting");
    let form = page.form("Log this").choose("Telephone call").date("When?", "2026-11-20");
    let form = form.select("With whom?", "Contact One, clerk").fill("By which post of ours?", "scrutiny officer");
    form.fill("What was said?", CANARY)
        .send()
        .sees("Telephone call on 20 November 2026 with Contact One, clerk")
        .sees(CANARY);
    app.public().open(PUBLIC).does_not_see("20 November 2026").does_not_see(CANARY);
    // Whoever has left is offered no more; what was said stays.
    let left = app.person("overseer").open(CONTACTS).form("They have left: Contact One, clerk").send();
    left.sees("Left by 23 November 2026");
    assert!(!offers(app, "Contact One"), "whoever has left is offered no more");
    app.person("overseer").open(HERE).sees("with Contact One, clerk");
}

fn offers(app: &TestApp, name: &str) -> bool {
    app.person("overseer").open(HERE).texts("option").iter().any(|option| option.contains(name))
}

fn reminders_and_chases_stand_in_one_order(app: &TestApp) {
    app.person("contributor of ashgrove-harbour");
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Set when updates are asked for").form("Publish the schedule");
    confirmed(form.date("The next date", "2026-12-01")).send();
    chase(app, "Letter", "2026-11-20").fill("If somebody else: who?", "the board").tick("All open items").send();
    app.jobs_at("2026-11-30T08:30:00Z");
    chase(app, "Meeting", "2026-11-30")
        .fill("If somebody else: who?", "the board")
        .tick("Ashgrove Ferry Inquiry, recommendation 2")
        .send();
    for path in [ITEM, HERE] {
        let said = overseer_open(app, path).text();
        let places = [
            "Meeting on 30 November 2026",
            "Reminder by mail on 30 November 2026 to 1 person",
            "Letter on 20 November 2026",
        ]
        .map(|line| said.find(line).unwrap_or_else(|| panic!("{path} does not say {line}")));
        assert!(places.is_sorted(), "{path}: the last first");
    }
    // The mail's words are removed after a while; what it asked about stays known.
    app.jobs_at("2026-12-14T08:30:00Z");
    overseer_open(app, ITEM).sees("Reminder by mail on 30 November 2026 to 1 person");
}

fn overseer_open(app: &TestApp, path: &str) -> crate::support::page::Page {
    app.person("overseer").open(path)
}

fn nothing_private_of_a_chase_is_public(app: &TestApp) {
    clerk(app);
    let form =
        chase(app, "Telephone call", "2026-11-20").select("With whom?", "Contact One, clerk").tick("All open items");
    form.fill("What was said?", CANARY).send();
    for path in [
        PUBLIC,
        "/inquiries/ashgrove/recommendations/2",
        "/inquiries/ashgrove/recommendations/2.json",
        "/bodies/ashgrove-harbour",
        "/bodies/ashgrove-harbour.json",
        "/changes",
    ] {
        let page = app.public().open(path);
        page.does_not_see(CANARY).does_not_see("Contact One").does_not_see("960001").does_not_see("scrutiny officer");
    }
    // Nor does the body's own contributor read what the register noted of a call.
    app.person("contributor of ashgrove-harbour").open(ITEM).does_not_see(CANARY).does_not_see("Contact One");
    app.person("contributor of ashgrove-harbour").get(HERE).is(403);
    app.person("observer").open(HERE).sees(CANARY);
    app.person("observer").get(CONTACTS).is(403);
}

fn of_many_times_that_a_body_was_asked_the_last_are_shown_first(app: &TestApp) {
    for day in ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"] {
        let form = chase(app, "Letter", day).fill("If somebody else: who?", "the board");
        form.tick("Ashgrove Ferry Inquiry, recommendation 2: Inspect both landing stages every year").send();
    }
    let page = app.person("overseer").open(ITEM);
    let folded = page.texts("details");
    assert_eq!(folded.len(), 1, "{folded:?}");
    assert!(folded[0].contains("2 earlier times, of 5 in all"), "{folded:?}");
    for (day, is_folded) in [("16", true), ("17", true), ("18", false), ("20", false)] {
        let line = format!("Letter on {day} November 2026 to the board");
        page.sees(&line);
        assert_eq!(folded[0].contains(&line), is_folded, "{line}");
    }
    // The list of everything that the body was asked shows them all.
    app.person("overseer").open(HERE).sees("Letter on 16 November 2026 to the board");
}
