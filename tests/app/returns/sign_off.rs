//! A body's own sign-off: what one of its people writes, another signs off before it is filed.

use super::arranged::{COLLEAGUE, CONTACTS, STAFF_ITEM, count, duties, leaves, nothing_of_it, saved};
use crate::filing::arranged::{COUNCIL, ITEM, asks_for_updates, publication, return_page, update};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::page::Page;

stories![
    an_update_is_filed_on_the_day_of_the_sign_off,
    it_goes_back_to_its_author_with_a_comment,
    no_change_is_signed_off_too,
    a_signer_who_leaves_locks_nobody_out,
    one_update_on_an_item_waits_for_sign_off_at_a_time,
    what_oversight_sent_back_is_signed_off_again,
    under_a_hold_what_is_signed_off_is_kept,
];

const SIGNER: (&str, &str) = ("Who signs off", "Contributor Two");

/// The author sends an update in, which goes to the signer; answers its page.
fn waits(app: &TestApp, words: &str) -> Page {
    let form = return_page(&app.person(COUNCIL));
    form.sees("What you send goes to Contributor Two first");
    update(&form, words).send()
}

fn an_update_is_filed_on_the_day_of_the_sign_off(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    duties(app, &[SIGNER]).sees("Signs off").sees("Contributor Two");
    let page = waits(app, "Both stages were renewed.");
    page.sees("waits for your own organisation").sees("It is not filed yet");
    assert!(!page.has_form("Sign off"), "its author is not who signs off");
    nothing_of_it(app, "stages were renewed");
    app.person("overseer")
        .open(STAFF_ITEM)
        .sees("with the body’s own sign-off since 23 November 2026; it is not filed yet");
    app.person("overseer").get(page.path()).is(404);
    app.person(COUNCIL)
        .open("/staff")
        .sees("With your own sign-off, not filed yet")
        .sees("Next update due 1 December 2026");
    // The author's own hand on the signer's button.
    let signer = app.person(COLLEAGUE);
    let home = signer.open("/staff");
    home.sees("For you to sign off");
    let read = home.follow("Update from the body: Inspect both landing stages every year");
    let forged = read.form("Sign off").fields();
    let forged: Vec<(&str, &str)> = forged.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let own = app.person(COUNCIL);
    let token = own.open(page.path()).form("Take it back").value("csrf").to_owned();
    let fields: Vec<(&str, &str)> =
        forged.iter().map(|(name, value)| (*name, if *name == "csrf" { token.as_str() } else { *value })).collect();
    own.post_with(&format!("{}/sign-off", page.path()), &[("sec-fetch-site", "same-origin")], &fields).is(403);
    assert_eq!(count(app, "arrival"), 0);

    // The date passes while it waits: it was not filed in time, and that is said.
    app.clock().advance(days(10));
    app.jobs();
    app.public().open(ITEM).sees("No update received by 1 December 2026");
    let signed = app.person(COLLEAGUE).open(page.path()).form("Sign off").send();
    signed.sees("Signed off. It is filed as of today.").sees("With the register, being read");
    app.public().open(ITEM).sees("Received 3 December 2026, being read").does_not_see("stages were renewed");
    let read = app.person("overseer").open(page.path());
    read.sees("Both stages were renewed.").sees("Contributor One");
    publication(&read).send();
    app.public().open(ITEM).sees("Both stages were renewed.");
    app.place().run(&["verify"]).succeeds();
}

fn it_goes_back_to_its_author_with_a_comment(app: &TestApp) {
    duties(app, &[SIGNER]);
    let page = waits(app, "Surveyor X inspected both.");
    let signer = app.person(COLLEAGUE);
    let read = signer.open(page.path());
    let sign = read.form("Sign off");
    let faulty = read.form("Send back to the author").submit();
    faulty.is(422).complains("Enter what should be looked at again");
    let back = faulty.form("Send back to the author").fill("What should be looked at again?", "Name nobody.").send();
    back.sees("Name nobody.").sees("Unfinished");
    // Two at once: what is with its author again is not signed off by an old page.
    sign.submit().is(409);
    nothing_of_it(app, "Name nobody.");
    let home = app.person(COUNCIL).open("/staff");
    let again = home.follow("Update from the body: Inspect both landing stages every year");
    again.sees("Name nobody.").sees("Sent back to its author on 23 November 2026");
    let sent = again.form("Send this update").fill("What was done", "Both were inspected.").send();
    sent.sees("It is not filed yet");
    app.person(COLLEAGUE).open(page.path()).form("Sign off").send();
    app.public().open(ITEM).sees("being read").does_not_see("Surveyor X");
    // Whoever signs off sends their own in at once.
    let own = return_page(&app.person(COLLEAGUE));
    own.does_not_see("goes to Contributor Two first");
    update(&own, "Mine").send().sees("With the register, being read");
}

fn no_change_is_signed_off_too(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    duties(app, &[SIGNER]);
    let page = return_page(&app.person(COUNCIL)).form("No change since last time").send();
    page.sees("It is not filed yet").sees("nothing has changed");
    app.public().open(ITEM).does_not_see("no change");
    app.clock().advance(days(1));
    let signed = app.person(COLLEAGUE).open(page.path()).form("Sign off").send();
    signed.sees("It is public");
    app.public().open(ITEM).sees("Received 24 November 2026: no change reported");
    app.person(COUNCIL).open("/staff").sees("Next update due 1 March 2027").does_not_see("not filed yet");
    app.person("overseer").open("/staff").does_not_see("Updates from bodies to read");
    app.place().run(&["verify"]).succeeds();
}

fn a_signer_who_leaves_locks_nobody_out(app: &TestApp) {
    duties(app, &[SIGNER]);
    let page = waits(app, "It waits.");
    leaves(app, "Contributor Two");
    app.person(COUNCIL).open("/staff").sees("has left");
    let contacts = app.person("overseer").open(CONTACTS);
    contacts.sees("Contributor Two signs off for this body and has left").sees("is filed without a sign-off");
    // Nobody who works there signs off: whoever files for the body sends on what waits.
    let author = app.person(COUNCIL).open(page.path());
    author.does_not_see("Contributor Two, who signs off");
    author.form("Sign off").send().sees("With the register, being read");
    app.public().open(ITEM).sees("being read");
    // And what is sent from then on is filed at once.
    let form = return_page(&app.person(COUNCIL));
    form.does_not_see("goes to Contributor Two first");
    update(&form, "At once.").send().sees("With the register, being read");
    assert_eq!(count(app, "arrival"), 2);
    let contacts = app.person("overseer").open(CONTACTS);
    contacts.form("Save who is asked").send().does_not_see("for this body and has left");
}

fn one_update_on_an_item_waits_for_sign_off_at_a_time(app: &TestApp) {
    duties(app, &[SIGNER]);
    let page = return_page(&app.person(COUNCIL));
    let draft = saved(app, "Begun before.");
    let waiting = update(&draft, "Waits first.").send();
    waiting.sees("It is not filed yet");
    let second = update(&page, "Sent after it.").submit();
    second
        .is(409)
        .sees("Nothing was saved")
        .sees("What you wrote, not saved")
        .sees("Sent after it.")
        .sees("Waits first.");
    let again = return_page(&app.person(COUNCIL)).form("No change since last time").submit();
    again.is(409).sees("Waits first.");
    // One that was begun meanwhile is kept, and sent when the first has gone.
    let begun = saved(app, "Begun meanwhile.");
    let refused = update(&begun, "Begun meanwhile.").submit();
    refused.is(422).sees("Another update on this item waits for your own organisation’s sign-off already");
    assert_eq!(count(app, "filing where state = 'for_sign_off'"), 1);
    app.person(COLLEAGUE).open(waiting.path()).form("Sign off").send();
    update(&app.person(COUNCIL).open(begun.path()), "Begun meanwhile.").send().sees("It is not filed yet");
}

fn what_oversight_sent_back_is_signed_off_again(app: &TestApp) {
    let path = crate::filing::arranged::files(app, "Before").path().to_owned();
    duties(app, &[SIGNER]);
    let back = app.person("overseer").open(&path).form("Send it back");
    back.fill("What should be looked at again?", "Please say more.").send();
    app.clock().advance(days(1));
    let again = app.person(COUNCIL).open(&path).form("Send it again").fill("What was done", "Written anew").send();
    again.sees("With the body’s own sign-off");
    app.person("overseer").get(&path).is(404);
    app.public().open(ITEM).sees("sent back with questions 23 November 2026");
    let signed = app.person(COLLEAGUE).open(&path).form("Sign off").send();
    signed.sees("With the register, being read");
    app.person("overseer").open(&path).sees("Written anew");
    app.public().open(ITEM).sees("Received 23 November 2026, being read").sees("The body sent its update in again");
    app.place().run(&["verify"]).succeeds();
}

fn under_a_hold_what_is_signed_off_is_kept(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    duties(app, &[SIGNER]);
    let hold = "/staff/inquiries/ashgrove/recommendations/2/hold";
    let form = app.person("overseer").open(hold).form("Place this hold").choose("Another legal reason");
    crate::deeds_record::confirmed(form.date("When is it reviewed?", "2027-02-01")).send();
    let page = return_page(&app.person(COUNCIL)).form("No change since last time").send();
    app.person(COLLEAGUE).open(page.path()).form("Sign off").send();
    app.public().open(ITEM).does_not_see("no change reported");
    app.clock().advance(days(7));
    let end = app.person("overseer").open(hold).form("Publish this").choose("End it");
    crate::deeds_record::confirmed(end.fill("Why?", "The reason has gone.")).send();
    app.public().open(ITEM).sees("Received 23 November 2026: no change reported");
    app.person(COUNCIL).open(page.path()).sees("It is public");
    app.place().run(&["verify"]).succeeds();
}
