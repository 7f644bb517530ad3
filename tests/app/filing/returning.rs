//! A body files its update: what is public at once, what is not, and who may.

use super::arranged::{COUNCIL, COUNCIL_MAIL, ITEM, asks_for_updates, files, publication, return_page, update};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::{PASSWORD, days};

stories![
    an_update_is_public_as_arrived_at_once_and_its_words_when_published,
    no_change_is_one_click_and_the_next_date_follows,
    faults_are_named_and_nothing_is_lost,
    nobody_else_files_for_a_body,
    what_was_sent_back_is_written_again,
    an_update_sent_back_says_nothing_of_the_one_before_it,
    what_was_written_while_a_colleague_was_first_is_shown,
    what_was_sent_back_is_taken_back,
    what_a_return_that_was_taken_back_was_owed_for_is_owed_again,
    a_schedule_from_the_end_of_a_month_never_drifts,
    an_update_written_while_something_was_published_is_kept_beside_it,
    an_update_sent_after_the_session_ended_is_kept,
    one_form_sent_twice_is_one_update,
];

fn an_update_is_public_as_arrived_at_once_and_its_words_when_published(app: &TestApp) {
    let form = return_page(&app.person(COUNCIL));
    form.sees("That an update came is public at once. Its words become public when an overseer has read them.");
    form.sees("No update recorded here");
    let filing = files(app, "Both stages were inspected by a surveyor.");
    filing.sees("With the register, being read").sees("Both stages were inspected by a surveyor.");

    let public = app.public();
    public
        .open(ITEM)
        .sees("Received 23 November 2026, being read")
        .does_not_see("surveyor")
        .sees("No update recorded here");

    let overseer = app.person("overseer");
    let waiting = overseer.open("/staff").follow("Updates from bodies to read and publish");
    let page = waiting.follow("Inspect both landing stages every year");
    page.sees("Both stages were inspected by a surveyor.").sees("Contributor One");
    page.sees("The body says that work is under way, as of 20 November 2026");
    let faulty = publication(&page).without("no_live_case").submit();
    faulty.is(422).complains("Confirm before publishing: no live court case");
    publication(&faulty).send().sees("Published");

    let answer = public.open(ITEM);
    answer
        .sees("Both stages were inspected by a surveyor.")
        .sees("Received 23 November 2026, published 23 November 2026");
    answer.sees("From Ashgrove Council. Published by an overseer of this register").does_not_see("being read");
    answer.sees("The body's own words, as it sent them in");
    let published = overseer.open(filing.path()).sees("It is public").link("the change that published it");
    public.open(&published).sees("Both stages were inspected by a surveyor.");
}

fn no_change_is_one_click_and_the_next_date_follows(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    let council = app.person(COUNCIL);
    council.open("/staff").sees("Next update due 1 December 2026, in 8 days");
    let home = return_page(&council).form("No change since last time").send();
    home.sees("That nothing has changed is recorded").sees("Next update due 1 March 2027");
    home.sees("Last update received 23 November 2026");
    let answer = app.public().open(ITEM);
    answer.sees("Received 23 November 2026: no change reported").sees("1 March 2027");
    assert_eq!(app.place().value("select count(*) from filing"), "0", "there are no words to read");

    // Late, and after a date of the rhythm was missed: the next one is the first that has not passed.
    app.clock().advance(days(200));
    let council = app.person(COUNCIL);
    council.open("/staff").sees("No update received by 1 March 2027");
    return_page(&council).sees("No update received by 1 March 2027").form("No change since last time").send();
    council.open("/staff").sees("Next update due 1 September 2027").does_not_see("No update received by");
}

fn faults_are_named_and_nothing_is_lost(app: &TestApp) {
    let page = return_page(&app.person(COUNCIL));
    let empty = page.form("Send this update").submit();
    empty.is(422).complains("Choose where it stands now").complains("Enter what was done, or is planned");
    empty.complains("Enter the date on which this came to be so");
    let form = page.form("Send this update").choose("Stopped").fill("What was done", "Nothing <b>more</b>.");
    let again = form.date("As of which date is that so?", "2099-02-31").submit();
    again.is(422).complains("There is no such day").complains("Enter the reason for stopping");
    let again = again.form("Send this update");
    assert!(again.is_chosen("Stopped"));
    assert_eq!(again.value("What was done"), "Nothing <b>more</b>.");
    let again = again.date("As of which date is that so?", "2099-03-01").fill("Why it stopped", "No money").submit();
    again.is(422).complains("The date must be today or earlier");
    let form = again.form("Send this update").date("As of which date is that so?", "2026-06-01");
    form.submit().is(422).complains("The date must not be before the recommendation was made");
    let form = again.form("Send this update").date("As of which date is that so?", "2026-11-01");
    form.fill("Link to where it can be read", "javascript:alert(1)").submit().is(422);
    assert_eq!(app.place().value("select count(*) from arrival"), "0");
}

fn nobody_else_files_for_a_body(app: &TestApp) {
    let path = format!("/staff{ITEM}/return");
    for who in ["contributor of ashgrove-harbour", "observer", "overseer", "administrator"] {
        app.person(who).get(&path).is(403);
    }
    // A form of one's own item, sent to another's.
    let own = return_page(&app.person(COUNCIL));
    let harbour = app.person("contributor of ashgrove-harbour");
    let theirs = harbour.open("/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour/return");
    let fields = update(&theirs, "Not ours").fields();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    harbour.post_with(&path, &[("sec-fetch-site", "same-origin")], &fields).is(403);
    assert_eq!(app.place().value("select count(*) from arrival"), "0");
    drop(own);

    let filing = files(app, "Ours");
    harbour.get(filing.path()).is(403).does_not_see("Ours");
    app.person("contributor two of ashgrove-council").open(filing.path()).sees("Ours");
    let observer = app.person("observer").open(filing.path());
    observer.sees("Ours");
    assert!(!observer.has_form("Publish this") && !observer.has_form("Send it back"));
    harbour.get("/staff/to-publish").is(403);
    app.public().get(filing.path()).is(303);
}

fn an_update_sent_back_says_nothing_of_the_one_before_it(app: &TestApp) {
    let first = files(app, "The first stage was inspected.").path().to_owned();
    publication(&app.person("overseer").open(&first)).send();
    app.clock().advance(days(1));
    let second = files(app, "The second stage was inspected.").path().to_owned();
    app.public().open(ITEM).sees("Another update: received 24 November 2026, being read");
    let page = app.person("overseer").open(&second);
    page.form("Send it back").fill("What should be looked at again?", "Which day?").send();
    let public = app.public().open(ITEM);
    public
        .sees("Another update: received 24 November 2026, sent back with questions 24 November 2026")
        .sees("The update was sent back to the body with questions (received 24 November 2026)")
        .sees("Received 23 November 2026, published 23 November 2026")
        .sees("The first stage was inspected.");
    app.person(COUNCIL).open(&first).sees("It is public").does_not_see("Sent back");
}

fn what_was_sent_back_is_written_again(app: &TestApp) {
    let path = files(app, "Inspected by Surveyor X").path().to_owned();
    let overseer = app.person("overseer");
    let page = overseer.open(&path);
    let faulty = page.form("Send it back").submit();
    faulty.is(422).complains("Enter what should be looked at again");
    let back = faulty.form("Send it back").fill("What should be looked at again?", "Please name no person.").send();
    back.sees("Sent back with comments").sees("Please name no person.");
    assert!(!back.has_form("Publish this"), "what was sent back waits for its author");

    app.jobs();
    let mails = app.mailbox();
    let mail = mails.of(COUNCIL_MAIL).last().clone();
    mail.says("stands on its page").does_not_say("Please name no person.").does_not_say("Surveyor X");
    let council = app.person(COUNCIL);
    council.open("/staff").sees("Sent back to you, with comments");
    let again = council.open(&mail.link("/staff/filings/"));
    again.sees("Please name no person.").does_not_see("Overseer One");
    let form = again.form("Send it again");
    assert_eq!(form.value("What was done"), "Inspected by Surveyor X");
    form.fill("What was done", "").submit().is(422).complains("Enter what was done, or is planned");
    let sent = again.form("Send it again").fill("What was done", "Inspected by a surveyor").send();
    sent.sees("With the register, being read").sees("Inspected by a surveyor");

    // What the overseer still has open is another text now.
    publication(&page).submit().is(409).sees("Somebody else did something with this").sees("Inspected by a surveyor");
    publication(&overseer.open(&path)).send();
    let answer = app.public().open(ITEM);
    answer.sees("Inspected by a surveyor").does_not_see("Surveyor X").does_not_see("Please name no person.");
    // It came on the day on which it came first.
    assert_eq!(app.place().value("select count(*) from arrival"), "1");
}

fn what_was_written_while_a_colleague_was_first_is_shown(app: &TestApp) {
    let path = files(app, "First words").path().to_owned();
    let back = app.person("overseer").open(&path).form("Send it back");
    back.fill("What should be looked at again?", "Please say more.").send();
    let mine = app.person(COUNCIL).open(&path).form("Send it again");
    app.person("contributor two of ashgrove-council").open(&path).form("Send it again").send();
    let faulty = mine.date("As of which date is that so?", "2026-13-40").fill("What was done", "Mine, with a fault");
    let shown = faulty.submit();
    shown.is(409).sees("What you wrote, not saved").sees("Mine, with a fault").sees("40 13 2026");
}

fn what_was_sent_back_is_taken_back(app: &TestApp) {
    let path = files(app, "Not meant to be sent").path().to_owned();
    let council = app.person(COUNCIL);
    assert!(!council.open(&path).has_form("Take it back"), "while it is being read, its reader sends it back first");
    let back = app.person("overseer").open(&path).form("Send it back");
    back.fill("What should be looked at again?", "Is this right?").send();
    let gone = council.open(&path).form("Take it back").send();
    gone.sees("Taken back");
    assert!(!gone.has_form("Send it again") && !gone.has_form("Take it back"));
    council.open("/staff").does_not_see("Sent back to you");
    let answer = app.public().open(ITEM);
    answer.does_not_see("Not meant to be sent").does_not_see("being read");
    answer.sees("Received 23 November 2026, taken back by the body 23 November 2026");
    answer.sees("The body took its update back before it was published");
}

fn what_a_return_that_was_taken_back_was_owed_for_is_owed_again(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    let path = files(app, "Too early").path().to_owned();
    app.person(COUNCIL).open("/staff").sees("Next update due 1 March 2027");
    let back = app.person("overseer").open(&path).form("Send it back");
    back.fill("What should be looked at again?", "Is this right?").send();
    let sent_back = app.public().open(ITEM);
    sent_back.sees("Received 23 November 2026, sent back with questions 23 November 2026").does_not_see("being read");
    app.person(COUNCIL).open(&path).form("Send it again").send();
    app.public().open(ITEM).sees("being read").sees("The body sent its update in again");
    let back = app.person("overseer").open(&path).form("Send it back");
    back.fill("What should be looked at again?", "Is this right?").send();
    app.person(COUNCIL).open(&path).form("Take it back").send();

    app.person(COUNCIL).open("/staff").sees("Next update due 1 December 2026");
    app.clock().advance(days(9));
    app.jobs();
    app.public().open("/overdue").sees("Inspect both landing stages every year");
    app.public().open(ITEM).sees("No update received by 1 December 2026");
    // What comes now is late, and the rhythm goes on from its first date.
    return_page(&app.person(COUNCIL)).form("No change since last time").send();
    app.person(COUNCIL).open("/staff").sees("Next update due 1 March 2027");
    app.place().run(&["verify"]).succeeds();
}

fn a_schedule_from_the_end_of_a_month_never_drifts(app: &TestApp) {
    asks_for_updates(app, "2027-01-31", 1);
    app.clock().advance(days(69));
    for next in ["28 February 2027", "31 March 2027", "30 April 2027", "31 May 2027"] {
        return_page(&app.person(COUNCIL)).form("No change since last time").send();
        app.person(COUNCIL).open("/staff").sees(&format!("Next update due {next}"));
        app.clock().advance(days(30));
    }
}

fn an_update_written_while_something_was_published_is_kept_beside_it(app: &TestApp) {
    let council = app.person(COUNCIL);
    let page = return_page(&council);
    asks_for_updates(app, "2027-03-01", 6);
    let stale = update(&page, "Written meanwhile").submit();
    stale.is(409).sees("Something about this item was published while you were writing");
    stale.sees("Next update due 1 March 2027");
    let form = stale.form("Send this update");
    assert_eq!(form.value("What was done"), "Written meanwhile");
    form.send().sees("Written meanwhile");
}

fn an_update_sent_after_the_session_ended_is_kept(app: &TestApp) {
    let council = app.person(COUNCIL);
    let form = update(&return_page(&council), "Written for hours");
    app.clock().advance(days(1));
    let asked = form.submit();
    asked.is(401).sees("You were signed out while you were writing");
    let sign_in = asked.form("Sign in").fill("email", COUNCIL_MAIL).fill("password", PASSWORD);
    let kept = sign_in.submit();
    kept.is(200).sees("Written for hours").form("Send it now").send().sees("Written for hours");
    app.public().open(ITEM).sees("Received 24 November 2026, being read");
}

fn one_form_sent_twice_is_one_update(app: &TestApp) {
    let council = app.person(COUNCIL);
    let page = return_page(&council);
    let first = update(&page, "Sent twice").submit();
    let second = update(&page, "Sent twice").submit();
    assert_eq!(first.redirects_to(), second.redirects_to());
    assert_eq!(app.place().value("select count(*) from arrival"), "1");
    // The other form of the same page is another deed: it is stale, not answered as if it had been done.
    page.form("No change since last time").submit().is(409);
}
