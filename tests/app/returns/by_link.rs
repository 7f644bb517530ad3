//! Filing by the link of a reminder: a code to the same mailbox, one filing on exactly its items, a receipt to colleagues; and every
//! way in which such a link does not work.

use super::arranged::{COLLEAGUE, COLLEAGUE_MAIL, asks_elsewhere, count, duties, later, leaves, saved};
use crate::filing::arranged::{COUNCIL, COUNCIL_MAIL, ITEM, asks_for_updates, return_page, update};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::{days, minutes};
use crate::support::page::Page;
use crate::support::visitor::Visitor;

stories![
    a_link_files_once_on_exactly_its_items_with_a_code,
    no_change_on_all_of_them_is_one_button,
    a_code_is_for_one_mailbox_one_use_and_a_few_minutes,
    codes_are_not_guessed_nor_sent_without_end,
    a_link_ends_with_its_time_with_a_newer_one_and_with_whose_it_is,
    what_is_sent_by_link_goes_to_whoever_signs_off,
    a_reminder_is_tried_again_without_its_spent_link,
    too_many_wrong_codes_end_a_link,
    whoever_mail_does_not_reach_is_told_so,
    what_was_said_already_or_is_not_asked_is_left_out,
    what_somebody_has_begun_is_said_and_left_out,
    where_everything_is_begun_or_waits_the_link_leads_to_signing_in,
    an_older_link_works_until_the_newer_mail_is_handed_over,
    a_link_belongs_to_its_mail_whatever_the_moments_say,
];

const ELSEWHERE: &str = "/inquiries/ashgrove/recommendations/1/ashgrove-council";
const CODE: &str = "The code in that mail";

/// Two items are asked for by one mail; answers the link in it.
fn reminded(app: &TestApp) -> String {
    app.person(COUNCIL);
    asks_for_updates(app, "2027-03-01", 3);
    asks_elsewhere(app, "2027-03-01", None);
    app.jobs_at("2027-01-18T08:30:00Z");
    link(app)
}

fn link(app: &TestApp) -> String {
    app.mailbox().of(COUNCIL_MAIL).about("Updates asked for").link("/filing/")
}

/// Has a code sent, and answers the page on which it is entered.
fn asks_for_code(app: &TestApp, visitor: &Visitor, link: &str) -> Page {
    let page = visitor.open(link);
    let button = if page.has_form("Send me a code") { "Send me a code" } else { "Send me another code" };
    let sent = page.form(button).send();
    app.jobs();
    sent
}

/// The code in the newest mail.
fn code(app: &TestApp) -> String {
    // Of two of one moment the later one is told by the order in which they were written.
    let last = app.place().value("select reference from outbox where kind = 'filing_code' order by id desc limit 1");
    let mails = app.mailbox().of(COUNCIL_MAIL);
    let said = mails.0.iter().find(|mail| mail.raw.contains(&last)).expect("the mail with the code").text.clone();
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|sign| sign.is_ascii_digit());
    said.split_whitespace().find(is_code).expect("a code").to_owned()
}

/// The form behind the link.
fn opened(app: &TestApp, visitor: &Visitor, link: &str) -> Page {
    let sent = asks_for_code(app, visitor, link);
    let page = sent.form("Go on").fill(CODE, &code(app)).submit();
    page.is(200).sees("What is there to say?");
    page
}

fn a_link_files_once_on_exactly_its_items_with_a_code(app: &TestApp) {
    app.person(COLLEAGUE);
    let link = reminded(app);
    let visitor = app.public();
    let page = visitor.open(&link);
    page.sees("Ashgrove District Council").sees("Publish the ferry timetable in advance").sees("recommendation 2");
    page.sees("An update was asked for by 1 March 2027").does_not_see(COUNCIL_MAIL).does_not_see("Where does it stand");
    let sent = page.form("Send me a code").send();
    sent.sees("A code is on its way to the mailbox");
    app.jobs();
    let page = sent.form("Go on").fill(CODE, &code(app)).submit();
    page.is(200).sees("Ashgrove District Council");
    // One answer for each; what is wrong with one item is said at that item.
    page.form("Send this").submit().is(422).complains("Choose what there is to say on this one");
    let form = page.form("Send this").choose_in("recommendation 2", "No change since last time");
    let faulty = form.choose_in("recommendation 1", "Something has changed").submit();
    faulty.is(422).complains("Choose where it stands now");
    assert_eq!(count(app, "filing"), 0);
    let form = faulty.form("Send this").choose_in("Where does it stand now?", "Under way");
    let form = form.date("As of which date is that so?", "2027-01-15");
    let done = form.fill("What was done, or what is planned", "Two seasons of three.").send();
    done.sees("Filed. Thank you. It is about: Ashgrove Ferry Inquiry, recommendation 1").sees("recommendation 2: ");
    done.sees("This link has been used: it works for one filing");
    app.public().open(ITEM).sees("Received 18 January 2027: no change reported");
    app.public().open(ELSEWHERE).sees("Received 18 January 2027").does_not_see("Two seasons of three");
    app.person("overseer").open("/staff/to-publish/several").sees("Two seasons of three");
    // It has ended for everything that could still be sent with it.
    visitor.open(&link).sees("This link has been used").sees("wait for the next mail");
    page.form("No change on any of these").submit().is(200).sees("This link has been used");
    sent.form("Go on").fill(CODE, &code(app)).submit().is(200).sees("This link has been used");
    assert_eq!(count(app, "filing"), 1);
    assert_eq!(count(app, "arrival"), 2);
    // That it was filed so stays known, inside, when the link is gone.
    assert_eq!(count(app, "filed_by_link where filed_on = '2027-01-18'"), 2);
    // The body's other people are told on what, and nothing of what it says.
    app.jobs();
    let mails = app.mailbox();
    let receipt = mails.of(COLLEAGUE_MAIL);
    receipt.about("Received: 2 items").says("recommendation 1").says("recommendation 2").says("On 18 January 2027");
    receipt.about("Received: 2 items").does_not_say("Two seasons of three").does_not_say("Contributor One");
    assert!(mails.of(COUNCIL_MAIL).0.iter().all(|mail| !mail.subject.contains("Received")), "not to whoever filed");
    // Nobody who reads mail here gets in with it.
    let administrator = app.person("administrator");
    for kind in ["reminder", "filing_code"] {
        let mail = app.place().value(&format!(
            "select reference from outbox where kind = '{kind}' and email = '{COUNCIL_MAIL}' order by id desc limit 1"
        ));
        let shown = administrator.open(&format!("/staff/outbox/{mail}"));
        let token = link.rsplit('/').next().expect("a token");
        shown.sees("(not-shown)").does_not_see(&code(app)).does_not_see(token);
        let as_sent = shown.body().contains("as it was composed when it was tried");
        assert_eq!(as_sent, kind == "reminder", "of a code nothing is kept");
    }
    let token = link.rsplit('/').next().expect("a token");
    for kept in [token.to_owned(), code(app)] {
        assert_eq!(count(app, &format!("outbox where letter like '%{kept}%'")), 0);
    }
    assert_eq!(count(app, "outbox where kind = 'filing_code' and message is not null"), 0);
    app.place().run(&["verify"]).succeeds();
}

fn no_change_on_all_of_them_is_one_button(app: &TestApp) {
    let link = reminded(app);
    let visitor = app.public();
    let page = opened(app, &visitor, &link);
    let tampered = page.form("No change on any of these").set("pass", &"A".repeat(43)).submit();
    tampered.is(422).sees("Have a code sent and enter it first");
    page.form("No change on any of these").set("pass", "x").submit().is(422);
    // Without a code nobody sees the form either, with its faults no more than without.
    let forged = page.form("Send this").set("pass", &"A".repeat(43)).submit();
    forged.is(422).sees("Have a code sent and enter it first").does_not_see("What is there to say on");
    assert_eq!(count(app, "arrival"), 0);
    page.form("No change on any of these").send().sees("Filed. Thank you");
    for item in [ITEM, ELSEWHERE] {
        app.public().open(item).sees("Received 18 January 2027: no change reported");
    }
}

fn a_code_is_for_one_mailbox_one_use_and_a_few_minutes(app: &TestApp) {
    app.person(COLLEAGUE);
    let link = reminded(app);
    // Whoever was passed the mail can ask for a code; it goes to the mailbox of the mail.
    let stranger = app.public();
    asks_for_code(app, &stranger, &link);
    assert_eq!(app.mailbox().of(COLLEAGUE_MAIL).0.iter().filter(|mail| mail.subject == "Your code").count(), 0);
    let first = code(app);
    let visitor = app.public();
    let page = asks_for_code(app, &visitor, &link);
    let second = code(app);
    if first != second {
        page.form("Go on").fill(CODE, &first).submit().is(422).complains("This is not the code that was sent last");
    }
    page.form("Go on").fill(CODE, "").submit().is(422).complains("This is not the code");
    page.form("Go on").fill(CODE, &format!(" {} {} ", &second[..3], &second[3..])).submit().is(200);
    page.form("Go on").fill(CODE, &second).submit().is(422).complains("This is not the code");
    let page = asks_for_code(app, &visitor, &link);
    app.clock().advance(minutes(11));
    page.form("Go on").fill(CODE, &code(app)).submit().is(422).complains("This is not the code");
    visitor.open(&link).form("Send me a code");
}

fn codes_are_not_guessed_nor_sent_without_end(app: &TestApp) {
    let link = reminded(app);
    let visitor = app.public();
    let page = asks_for_code(app, &visitor, &link);
    for _ in 0..5 {
        page.form("Go on").fill(CODE, "12345").submit().is(422);
    }
    let late = page.form("Go on").fill(CODE, &code(app)).submit();
    late.is(429).sees("There were too many tries");
    assert!(late.header("retry-after").is_some(), "it says for how long to wait");
    for _ in 0..4 {
        asks_for_code(app, &visitor, &link);
    }
    visitor.open(&link).form("Send me another code").submit().is(429).sees("There were too many tries");
    assert_eq!(count(app, "outbox where kind = 'filing_code'"), 5);
    app.clock().advance(minutes(61));
    opened(app, &visitor, &link);
}

fn a_link_ends_with_its_time_with_a_newer_one_and_with_whose_it_is(app: &TestApp) {
    let first = reminded(app);
    let visitor = app.public();
    for nothing in ["abc", &"A".repeat(43)] {
        visitor.get(&format!("/filing/{nothing}")).is(404).sees("This link does not work");
    }
    // Another person is asked now; then nobody in particular again.
    duties(app, &[("Main contact", "Contributor Two")]);
    visitor.get(&first).is(404).sees("This link does not work").does_not_see("recommendation 2");
    duties(app, &[("Main contact", "Nobody in particular")]);
    visitor.open(&first).sees("recommendation 2");
    app.jobs_at("2027-02-09T08:30:00Z");
    visitor.get(&first).is(404).sees("a newer mail holds a newer one");
    let second = link(app);
    let open = opened(app, &visitor, &second);
    // Whose account is closed files nothing.
    leaves(app, "Contributor One");
    visitor.get(&second).is(404).sees("This link does not work");
    open.form("No change on any of these").submit().is(404);
    app.clock().advance(days(29));
    visitor.get(&second).is(404).sees("This link worked until 9 March 2027");
    assert_eq!(count(app, "arrival"), 0);
}

fn what_is_sent_by_link_goes_to_whoever_signs_off(app: &TestApp) {
    let link = reminded(app);
    duties(app, &[("Who signs off", "Contributor Two")]);
    let page = opened(app, &app.public(), &link);
    page.sees("What you send goes first to whoever signs off for your body");
    page.form("No change on any of these")
        .send()
        .sees("Sent to whoever signs off for your body. It is filed once they have signed it")
        .does_not_see("Filed. Thank you");
    assert_eq!(count(app, "filing where state = 'for_sign_off'"), 2);
    app.public().open(ITEM).does_not_see("Received");
    app.person(COLLEAGUE).open("/staff").sees("Ashgrove Ferry Inquiry");
    app.jobs_at("2027-01-18T10:30:00Z");
    let mails = app.mailbox().of(COLLEAGUE_MAIL);
    let receipt = mails.about("Waits for sign-off: 2 items");
    receipt
        .says("It waits for whoever signs off, and is not filed before they have signed it")
        .does_not_say("somebody filed");
}

fn a_reminder_is_tried_again_without_its_spent_link(app: &TestApp) {
    reminded(app);
    app.place().execute("update outbox set state = 'permanent_failure' where kind = 'reminder'");
    let mail = app.place().value("select reference from outbox where kind = 'reminder'");
    let page = app.person("administrator").open(&format!("/staff/outbox/{mail}"));
    page.sees("/filing/(not-shown)");
    page.form("Try again now").send();
    app.jobs();
    let mails = app.mailbox().of(COUNCIL_MAIL);
    mails.about("Updates asked for: 2 items").does_not_say("/filing/");
}

fn too_many_wrong_codes_end_a_link(app: &TestApp) {
    let link = reminded(app);
    let visitor = app.public();
    let page = asks_for_code(app, &visitor, &link);
    let wrong = if code(app) == "000000" { "000001" } else { "000000" };
    page.form("Go on").fill(CODE, wrong).submit().is(422).complains("This is not the code");
    assert_eq!(count(app, "filing_link where wrong_codes = 1"), 1);
    app.place().execute("update filing_link set wrong_codes = 49");
    page.form("Go on").fill(CODE, wrong).submit().is(404).sees("too many wrong codes were entered").sees("sign in");
    visitor.get(&link).is(404).sees("too many wrong codes were entered");
    page.form("Go on").fill(CODE, &code(app)).submit().is(404);
}

fn whoever_mail_does_not_reach_is_told_so(app: &TestApp) {
    let link = reminded(app);
    let form = app.person("administrator").open("/staff/dead-addresses").form("This address is dead");
    form.fill("Email address", COUNCIL_MAIL).fill("How do you know that it is dead?", "The council said so.").send();
    let told = app.public().open(&link).form("Send me a code").submit();
    told.is(422).sees("mail to this mailbox comes back").does_not_see("A code is on its way");
    app.jobs();
    assert_eq!(count(app, "outbox where kind = 'filing_code' and state = 'suppressed'"), 1);
}

fn what_was_said_already_or_is_not_asked_is_left_out(app: &TestApp) {
    let link = reminded(app);
    let visitor = app.public();
    let page = opened(app, &visitor, &link);
    return_page(&app.person(COUNCIL)).form("No change since last time").send();
    page.form("No change on any of these").send().sees("Filed. Thank you");
    assert_eq!(count(app, "arrival"), 2);
}

fn what_somebody_has_begun_is_said_and_left_out(app: &TestApp) {
    let link = reminded(app);
    let visitor = app.public();
    let before = opened(app, &visitor, &link);
    saved(app, "Begun by whoever reads the mail.");
    let form = before.form("Send this").choose_in("recommendation 1", "No change since last time");
    let refused = form.choose_in("recommendation 2", "No change since last time").submit();
    refused.is(422).complains("recommendation 2: you have begun an update on it that is not sent yet");
    assert_eq!(count(app, "arrival"), 0);
    // Whoever has the link alone reads nothing of it.
    visitor.open(&link).does_not_see("begun an update");
    let page = opened(app, &visitor, &link);
    page.sees("Not to be answered here").sees("You have begun an update on it that is not sent yet");
    let done = page.form("No change").send();
    done.sees("Filed. Thank you. It is about: Ashgrove Ferry Inquiry, recommendation 1")
        .does_not_see("recommendation 2");
    app.public().open(ELSEWHERE).sees("Received 18 January 2027: no change reported");
    app.public().open(ITEM).does_not_see("Received 18 January 2027");
    assert_eq!((count(app, "arrival"), count(app, "filing where state = 'draft'")), (1, 1));
}

fn where_everything_is_begun_or_waits_the_link_leads_to_signing_in(app: &TestApp) {
    let link = reminded(app);
    let visitor = app.public();
    let before = opened(app, &visitor, &link);
    let elsewhere = app.person(COLLEAGUE).open(&format!("/staff{ELSEWHERE}/return"));
    later(elsewhere.form("Send this update").fill("What was done", "Begun by another.")).send();
    duties(app, &[("Who signs off", "Contributor Two")]);
    update(&return_page(&app.person(COUNCIL)), "Waits for the other.").send().sees("It is not filed yet");
    let refused = before.form("No change on any of these").submit();
    refused.is(422).sees("Nothing can be filed here on any of these: each has an update that is not filed yet");
    let page = opened(app, &visitor, &link);
    page.sees("A colleague of yours has begun an update on it that is not sent yet");
    page.sees("An update on it waits for whoever signs off for your body");
    page.sees("So nothing is left that can be filed here. Sign in to go on with them");
    assert!(!page.has_form("Send this") && !page.has_form("No change on any of these"));
    assert_eq!(count(app, "arrival"), 0);
}

fn an_older_link_works_until_the_newer_mail_is_handed_over(app: &TestApp) {
    let first = reminded(app);
    app.jobs_at("2027-02-09T08:30:00Z");
    app.public().get(&first).is(404).sees("a newer mail holds a newer one");
    // As if the newer mail were on its way still.
    app.place().execute("update token set used_at = null where kind = 'filing'");
    app.public().open(&first).sees("recommendation 2");
    let second = link(app);
    app.public().open(&second).sees("recommendation 1");
    // What was taken out of a mail is not behind its link.
    app.place().execute(
        "delete from reminded where outbox_id = (select max(outbox_id) from reminded) and addressee_id = \
         (select min(addressee_id) from reminded)",
    );
    let rest = app.public().open(&second);
    rest.sees("An update was asked for by 1 March 2027");
    assert_eq!(["recommendation 1", "recommendation 2"].iter().filter(|one| rest.text().contains(**one)).count(), 1);
}

fn a_link_belongs_to_its_mail_whatever_the_moments_say(app: &TestApp) {
    let first = reminded(app);
    let link_of = "filing_link join outbox on outbox.id = filing_link.outbox_id where outbox.kind = 'reminder'";
    assert_eq!(count(app, link_of), 1);
    // A clock that was put right: neither moment says any more which mail holds which link.
    app.place().execute("update outbox set created_at = '2027-01-18T08:30:07Z' where kind = 'reminder'");
    app.place().execute("update token set created_at = '2027-02-20T08:30:00Z' where kind = 'filing'");
    app.public().open(&first).sees("recommendation 1").sees("recommendation 2");
    app.jobs_at("2027-02-09T08:30:00Z");
    app.public().get(&first).is(404).sees("a newer mail holds a newer one");
    let second = link(app);
    app.public().open(&second).sees("recommendation 1").sees("recommendation 2");
    // Where nobody knows the mail, nobody knows what it asks for.
    app.place().execute("update filing_link set outbox_id = null");
    app.public().get(&second).is(404).sees("This link does not work");
}
