//! What follows a reminder where nothing is received: the alternate as well; by a person's hand a letter to the post at the top and a
//! published notice. Mail to the contact that comes back stops it, and the next one is asked in their place.

use super::arranged::{COLLEAGUE_MAIL, CONTACTS, STAFF_ITEM, count, duties};
use crate::deeds_record::confirmed;
use crate::filing::arranged::{COUNCIL, COUNCIL_MAIL, ITEM, asks_for_updates, enters_operator, return_page};
use crate::mail::bounce::report;
use crate::stories;
use crate::support::TestApp;
use crate::support::page::Page;

stories![
    each_reminder_says_what_comes_next_and_the_alternate_is_written_to_as_well,
    mail_that_comes_back_stops_what_would_follow,
    overseers_are_told_of_a_contact_whom_no_mail_reaches,
    an_overseer_writes_to_the_post_at_the_top_and_publishes_a_notice,
    what_can_be_done_stands_before_what_was_done,
    a_letter_waits_for_a_working_day_and_goes_only_about_what_is_owed_then,
    a_letter_that_came_back_stops_the_notice,
    a_letter_that_came_back_asked_nobody,
    a_letter_that_came_back_takes_no_reminder_of_its_day_with_it,
    any_mail_to_the_contact_that_came_back_stops_it,
    a_mail_server_that_was_away_stops_nothing_and_hides_nothing,
    nobody_else_sees_or_does_any_of_it,
];

const OVERDUE: &str = "/staff/bodies/ashgrove-council/overdue";
const MAIN: (&str, &str) = ("Main contact", "Contributor One");
const ALTERNATE: (&str, &str) = ("Alternate contact", "Contributor Two");

/// An update is asked for, and both contacts are named.
fn asked(app: &TestApp) {
    duties(app, &[MAIN, ALTERNATE]);
    asks_for_updates(app, "2027-03-01", 3);
}

/// How many reminders went to each of the two.
fn reminders(app: &TestApp) -> (usize, usize) {
    let mails = app.mailbox();
    let of = |address| mails.of(address).0.iter().filter(|mail| mail.subject.contains("Updates asked for")).count();
    (of(COUNCIL_MAIL), of(COLLEAGUE_MAIL))
}

fn each_reminder_says_what_comes_next_and_the_alternate_is_written_to_as_well(app: &TestApp) {
    asked(app);
    keeps_the_top(app);
    app.jobs_at("2027-01-18T08:30:00Z");
    let mails = app.mailbox().of(COUNCIL_MAIL);
    let mail = mails.about("Updates asked for");
    mail.says("another reminder on 9 February 2027; from 9 March 2027 on the alternate contact is written to as well");
    mail.says("a letter to the post at the top of this body, and after that a published notice");
    app.jobs_at("2027-03-02T08:30:00Z");
    assert_eq!(reminders(app), (2, 0), "on the day after it is still the contact alone");
    app.jobs_at("2027-03-09T08:30:00Z");
    assert_eq!(reminders(app), (3, 1), "then both");
    let mails = app.mailbox().of(COLLEAGUE_MAIL);
    let mail = mails.about("Updates asked for");
    mail.says("No update received by 1 March 2027").says("another reminder on 16 March 2027");
    mail.says(
        "You are written to as the alternate contact: the main contact was asked before, and nothing was received",
    );
    mail.does_not_say("the alternate contact is written to as well");
    app.mailbox().of(COUNCIL_MAIL).about("Updates asked for").does_not_say("You are written to as the alternate");
    app.public().open(&mail.link("/filing/")).sees("recommendation 2");
}

/// Somebody says that an address is dead; answers where it can be taken off the list again.
fn is_dead(app: &TestApp, email: &str) -> Page {
    let form = app.person("administrator").open("/staff/dead-addresses").form("This address is dead");
    form.fill("Email address", email).fill("How do you know that it is dead?", "The council said so.").send()
}

fn mail_that_comes_back_stops_what_would_follow(app: &TestApp) {
    asked(app);
    app.jobs_at("2027-01-18T08:30:00Z");
    assert_eq!(reminders(app), (1, 0));
    let mails = app.mailbox().of(COUNCIL_MAIL);
    mails.about("Updates asked for").says("the alternate contact").says("once it is kept here which that is");
    let dead = is_dead(app, COUNCIL_MAIL);
    for (day, asked) in [("2027-02-09", 1), ("2027-03-02", 2), ("2027-03-15", 3)] {
        app.jobs_at(&format!("{day}T08:30:00Z"));
        assert_eq!(reminders(app), (1, asked), "the alternate is asked in their place, {day}");
    }
    let stopped = "No working contact: mail to the contact comes back";
    let address = "No mail reaches them: their address is dead (known since 18 January 2027)";
    app.person("overseer").open(CONTACTS).sees(stopped).sees(address);
    let instead = "No working contact: mail to Contributor One comes back, so Contributor Two is asked in their place";
    app.person("overseer").open(STAFF_ITEM).sees(instead);
    app.person(COUNCIL);
    let page = app.person("overseer").open(OVERDUE);
    page.sees(stopped).sees(address);
    page.sees("Due 1 March 2027; 4 reminders were handed over").sees("Signed in last on 15 March 2027");
    keeps_the_top(app);
    let refused = || {
        app.person("overseer")
            .open(OVERDUE)
            .sees("Mail comes back, so nothing goes further up by itself and no notice");
        noticed_by_address(app, "Nothing was said.").is(422).complains(stopped);
    };
    refused();
    // Somebody is named whom mail reaches.
    duties(app, &[("Main contact", "Contributor Two"), ("Alternate contact", "Nobody")]);
    app.person("overseer").open(OVERDUE).does_not_see("No working contact").sees(address);
    app.jobs_at("2027-03-16T08:30:00Z");
    assert_eq!(reminders(app), (1, 3), "the run made up for the day before");
    app.jobs_at("2027-03-22T08:30:00Z");
    assert_eq!(reminders(app), (1, 4));
    // Named again, the first one stops it again, whoever is asked; until the address is taken off the list.
    duties(app, &[("Main contact", "Contributor One"), ("Alternate contact", "Nobody")]);
    let everybody = app.person("overseer").open(CONTACTS);
    everybody.sees("everybody who files for this body is asked. Mail comes back, so nothing goes further up by itself");
    refused();
    let off = app.person("administrator").open(dead.path()).form("Take it off the list");
    off.fill("Why may mail go there again?", "The mailbox is back.").send();
    app.person("overseer").open(OVERDUE).does_not_see("No working contact").does_not_see(address);
}

fn overseers_are_told_of_a_contact_whom_no_mail_reaches(app: &TestApp) {
    const STOPPED: &str = "No working contact: mail to the contact comes back";
    asked(app);
    app.jobs_at("2027-02-05T08:30:00Z");
    app.person("overseer").open("/staff").does_not_see(STOPPED);
    app.person("overseer").open("/staff/bodies").does_not_see(STOPPED);
    is_dead(app, COUNCIL_MAIL);
    let home = app.person("overseer").open("/staff");
    assert_eq!(home.follow(STOPPED).path(), CONTACTS);
    app.person("overseer").open("/staff/bodies").sees(STOPPED).sees("1 person files for it here");
    app.jobs_at("2027-02-08T08:30:00Z");
    let mails = app.mailbox().of("overseer@example.org");
    let digest = mails.about("Weekly summary to 8 February 2027");
    digest.says("1 update due, no working contact: mail to the contact comes back");
    digest.says("/staff/bodies/ashgrove-council/contacts");
    // Another is named.
    duties(app, &[("Main contact", "Contributor Two"), ("Alternate contact", "Nobody")]);
    app.person("overseer").open("/staff").does_not_see(STOPPED);
    app.person("overseer").open("/staff/bodies").does_not_see(STOPPED);
}

/// A notice about what is chosen for a letter, sent by address where its form does not stand.
fn noticed_by_address(app: &TestApp, reason: &str) -> Page {
    let page = app.person("overseer").open(OVERDUE);
    assert!(!page.has_form("Publish the notice"));
    let form = page.form("Write the letter");
    let item = form.fields().into_iter().find(|(name, _)| name == "letter_items").expect("an item").1;
    let form = form.set("deed", "notice").set("notice_items", &item).set("reason", reason);
    let asked = ["names_nobody", "no_live_case", "not_marked", "files_seen"];
    asked.into_iter().fold(form, |form, question| form.set(question, "yes")).submit()
}

/// Keeps the post at the top of the council.
fn keeps_the_top(app: &TestApp) {
    let form = || app.person("overseer").open(CONTACTS).form("Keep").tick("This is the post at the top of this body");
    let named = form().fill("Name", "Contact One").fill("Email address", "chief@council.example").submit();
    named.is(422).complains("Enter the post at the top of the body");
    let kept = form().fill("Post", "chief executive").fill("Email address", "chief@council.example").send();
    kept.sees("chief executive").sees("The post at the top of this body");
}

fn an_overseer_writes_to_the_post_at_the_top_and_publishes_a_notice(app: &TestApp) {
    asked(app);
    app.person("overseer").open(OVERDUE).sees("Nothing is overdue");
    app.jobs_at("2027-03-02T08:30:00Z");
    let page = app.person("overseer").open(OVERDUE);
    page.sees("Due 1 March 2027; 1 reminder was handed over")
        .sees("Nobody is kept as the post at the top of this body");
    keeps_the_top(app);
    enters_operator(app);
    let page = app.person("overseer").open(CONTACTS).follow("What is overdue, and what comes next");
    let letter = || page.form("Write the letter");
    letter().submit().is(422).complains("Enter which post writes");
    let nothing = letter().fill("By which post of ours?", "scrutiny officer").untick("recommendation 2").submit();
    nothing.is(422).complains("Choose what the letter is about");
    letter().fill("By which post of ours?", "Overseer One").submit().is(422).complains("never a person");
    let sent = letter().fill("By which post of ours?", "scrutiny officer").send();
    sent.sees("The letter is kept").sees("a letter to the post at the top is on its way");
    sent.sees("Mail written by hand on 2 March 2027 to chief executive, by scrutiny officer");
    app.jobs();
    app.person("overseer").open(OVERDUE).sees("the post at the top was written to on 2 March 2027");
    let mails = app.mailbox().of("chief@council.example");
    let mail = mails.about("Updates that have not come: 1 item");
    mail.says("No update received by 1 March 2027").says("/inquiries/ashgrove/recommendations/2/ashgrove-council");
    mail.says("was asked for an update on 1 item, and was reminded. Nothing has been received");
    mail.says("Please have it filed, or tell us whom to ask, at register@example.org.");
    mail.says("scrutiny officer").does_not_say("Overseer One").does_not_say("/staff");
    // A notice follows on a later day, with a reason.
    let notice = |reason: &str| {
        let page = app.person("overseer").open(OVERDUE);
        confirmed(page.form("Publish the notice").fill("Why is it published?", reason))
    };
    noticed_by_address(app, "Too soon.").is(422).complains("Write to the post at the top about each of these first");
    app.jobs_at("2027-03-15T08:30:00Z");
    let mails = app.mailbox().of(COUNCIL_MAIL);
    let mail = mails.about("Updates asked for");
    mail.says("the post at the top of this body was written to on 2 March 2027; now, only if a named person here");
    mail.does_not_say("a letter to the post at the top");
    notice("").submit().is(422).complains("Enter why the notice is published");
    notice("A reason.").untick("recommendation 2").submit().is(422).complains("Choose what the notice is about");
    notice("The council has not said when it will answer.").send().sees("The notice is published");
    let public = app.public().open(ITEM);
    public.sees("Asked for by 2 reminders, and by a letter to the post at the top of the body on 2 March 2027");
    public.sees("The council has not said when it will answer").does_not_see("Overseer One").does_not_see("chief");
    assert_eq!(app.place().value("select count(*) from remark where words like '%not said when%'"), "1");
    // Not again without another letter.
    app.person("overseer").open(OVERDUE).sees("a notice was published on 15 March 2027");
    app.jobs_at("2027-03-16T08:30:00Z");
    noticed_by_address(app, "Once more.").is(422).complains("A notice about one of these is published already");
    // Mail says what did not come, as it does of a notice that the register publishes by itself.
    app.jobs_at("2027-03-22T08:30:00Z");
    let mails = app.mailbox().of("overseer@example.org");
    let digest = mails.about("Weekly summary to 22 March 2027");
    digest.says("Passed date noted, 1 March 2027").says("Council. No update received by 1 March 2027");
    app.place().run(&["verify"]).succeeds();
}

/// Whoever comes for the next step does not read a hundred reminders first.
fn what_can_be_done_stands_before_what_was_done(app: &TestApp) {
    asked(app);
    keeps_the_top(app);
    for day in ["2027-01-18", "2027-02-09", "2027-03-02", "2027-03-09", "2027-03-16"] {
        app.jobs_at(&format!("{day}T08:30:00Z"));
    }
    let page = || app.person("overseer").open(OVERDUE);
    let not_yet = "Not yet: nothing of what is overdue was written about";
    let said = page();
    let headings = ["Write to the post at the top", "Publish a notice", "What was done about each", "Who is asked"];
    assert_eq!(said.texts("main h2")[..4], headings);
    assert_eq!(said.texts("main h2")[4], "What was sent, the last first");
    let times = count(app, "(select distinct reminded_on from reminded) as days");
    assert!(times > 4, "{times} reminders");
    said.sees(&format!("of {times} in all")).sees(not_yet);
    assert_eq!(said.texts("section.f-inside > ol > li").len(), 3, "the last three; the others are folded");
    writes_to_the_top(app);
    app.jobs();
    page().sees(not_yet);
    app.jobs_at("2027-03-17T08:30:00Z");
    page().does_not_see(not_yet);
}

/// Somebody writes to the post at the top.
fn writes_to_the_top(app: &TestApp) {
    let form = app.person("overseer").open(OVERDUE).form("Write the letter");
    form.fill("By which post of ours?", "scrutiny officer").send();
}

/// Somebody writes there once more about the same on the same day.
fn writes_again_today(app: &TestApp) {
    let letters = || count(app, "chase where to_top");
    let before = letters();
    let form = app.person("overseer").open(OVERDUE).form("Write the letter");
    let again = form.fill("By which post of ours?", "scrutiny officer").submit();
    again.is(422).complains("A letter about these was written today");
    assert_eq!(letters(), before);
}

fn a_letter_waits_for_a_working_day_and_goes_only_about_what_is_owed_then(app: &TestApp) {
    asked(app);
    app.jobs_at("2027-03-02T08:30:00Z");
    keeps_the_top(app);
    app.jobs_at("2027-03-05T20:00:00Z");
    writes_to_the_top(app);
    app.jobs();
    let letters = || count(app, "outbox where kind = 'top_asked' and state = 'queued'");
    assert_eq!((letters(), count(app, "asking where by_hand")), (1, 0), "nobody was asked by what has not gone");
    app.person("overseer").open(OVERDUE).sees("a letter to the post at the top is on its way");
    // On Saturday the update comes.
    app.jobs_at("2027-03-06T10:00:00Z");
    return_page(&app.person(COUNCIL)).form("No change since last time").send();
    assert_eq!((letters(), count(app, "outbox where kind = 'top_asked' and state = 'cancelled'")), (0, 1));
    app.jobs_at("2027-03-08T08:30:00Z");
    assert!(app.mailbox().of("chief@council.example").0.is_empty(), "it is not sent");
    assert_eq!(count(app, "asking where by_hand"), 0);
}

fn a_letter_that_came_back_stops_the_notice(app: &TestApp) {
    asked(app);
    app.jobs_at("2027-03-02T08:30:00Z");
    keeps_the_top(app);
    writes_to_the_top(app);
    app.jobs();
    assert_eq!(count(app, "asking where by_hand"), 1);
    // A mail server that was away for days says nothing of the post.
    app.place().execute("update outbox set state = 'permanent_failure' where kind = 'top_asked'");
    app.person("overseer").open(OVERDUE).does_not_see("came back");
    app.place().execute("update outbox set came_back = true where kind = 'top_asked'");
    app.jobs_at("2027-03-03T08:30:00Z");
    let page = app.person("overseer").open(OVERDUE);
    page.sees("the letter to the post at the top came back");
    let notice = noticed_by_address(app, "A reason.");
    notice.is(422).complains("Write to the post at the top about each of these first");
    nothing_failed(app);
}

fn a_letter_that_came_back_asked_nobody(app: &TestApp) {
    asked(app);
    app.jobs_at("2027-03-02T08:30:00Z");
    keeps_the_top(app);
    app.jobs_at("2027-03-03T09:00:00Z");
    let asked_on_third = || count(app, "asking where by_hand and asked_on = '2027-03-03' and back_on is null");
    // Where the first came back, another may go on the same day.
    let mut back: Vec<String> = Vec::new();
    for letters in [1, 2] {
        writes_to_the_top(app);
        writes_again_today(app);
        app.jobs();
        writes_again_today(app);
        assert_eq!(asked_on_third(), 1);
        let mails = app.mailbox().of("chief@council.example");
        assert_eq!(mails.count(), letters);
        let letter = mails.0.iter().find(|mail| !back.contains(&mail.raw)).expect("a letter");
        back.push(letter.raw.clone());
        let file = report(letter, "chief@council.example", ("failed", "5.2.2"), false);
        let form = app.person("administrator").open("/staff/bounces").form("Send the reports in");
        form.submit_with("reports.eml", file.as_bytes()).is(200).sees("The mail counts as failed for good now");
        assert_eq!(asked_on_third(), 0);
    }
    assert_eq!(count(app, "asking where asked_on = '2027-03-03'"), 1, "what was known on earlier days stays known");
    assert_eq!(count(app, "asking where not by_hand and back_on is null"), 1, "the reminder of the day before stands");
    app.person("overseer").open(OVERDUE).sees("the letter to the post at the top came back");
    nothing_failed(app);
}

fn a_letter_that_came_back_takes_no_reminder_of_its_day_with_it(app: &TestApp) {
    asked(app);
    app.jobs_at("2027-03-02T08:30:00Z");
    keeps_the_top(app);
    writes_to_the_top(app);
    app.jobs();
    assert_eq!(count(app, "asking where by_hand and back_on is null"), 1);
    let letters = app.mailbox().of("chief@council.example");
    let file = report(&letters.0[0], "chief@council.example", ("failed", "5.2.2"), false);
    let form = app.person("administrator").open("/staff/bounces").form("Send the reports in");
    form.submit_with("reports.eml", file.as_bytes()).is(200).sees("The mail counts as failed for good now");
    assert_eq!(count(app, "asking where not by_hand and back_on is null"), 1);
    nothing_failed(app);
}

/// What a story has made fail is known to it, and so no fault when it ends.
fn nothing_failed(app: &TestApp) {
    app.place().execute("update outbox set state = 'cancelled' where state = 'permanent_failure'");
}

fn any_mail_to_the_contact_that_came_back_stops_it(app: &TestApp) {
    asked(app);
    app.jobs_at("2027-03-02T08:30:00Z");
    app.place().execute("update outbox set state = 'permanent_failure', came_back = true where kind = 'reminder'");
    let page = app.person("overseer").open(OVERDUE);
    page.sees("No working contact: mail to the contact comes back");
    page.sees("The last mail to them came back or was refused");
    keeps_the_top(app);
    noticed_by_address(app, "A reason.").is(422).complains("No working contact");
    // The alternate is asked in their place.
    app.jobs_at("2027-03-09T08:30:00Z");
    assert_eq!(reminders(app), (1, 1));
    nothing_failed(app);
}

fn a_mail_server_that_was_away_stops_nothing_and_hides_nothing(app: &TestApp) {
    asked(app);
    app.jobs_at("2027-03-02T08:30:00Z");
    let given_up = format!("update outbox set state = 'permanent_failure' where email = '{COUNCIL_MAIL}'");
    app.place().execute(&given_up);
    app.person("overseer").open(OVERDUE).does_not_see("No working contact");
    app.jobs_at("2027-03-09T08:30:00Z");
    assert_eq!(reminders(app), (2, 1), "the contact is asked as before");
    // What came back before the server was away is no better for it.
    app.place().execute(&given_up);
    app.place()
        .execute("update outbox set came_back = true where id = (select min(id) from outbox where kind = 'reminder')");
    app.person("overseer").open(OVERDUE).sees("No working contact: mail to the contact comes back");
    nothing_failed(app);
}

fn nobody_else_sees_or_does_any_of_it(app: &TestApp) {
    asked(app);
    app.jobs_at("2027-03-02T08:30:00Z");
    for who in [COUNCIL, "contributor of ashgrove-harbour", "observer", "overseer of ashgrove-council"] {
        app.person(who).get(OVERDUE).is(403);
    }
    app.person("overseer").get("/staff/bodies/nobody/overdue").is(404);
    keeps_the_top(app);
    let form = app.person("overseer").open(OVERDUE).form("Write the letter");
    form.set("deed", "forged").submit().is(404);
    let other = app.person("overseer").open("/staff/bodies/ashgrove-harbour/overdue");
    other.sees("Nothing is overdue").does_not_see("Publish the notice");
}
