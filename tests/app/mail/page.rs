//! The staff's page of all mails.

use super::ashgrove::{address, reset_waits, waits};
use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::page::Page;
use crate::support::{Place, TestApp};

stories![
    administrators_see_what_became_of_each_mail_and_have_it_tried_again_or_take_it_back,
    a_one_time_link_is_never_shown,
    an_invitation_that_is_given_up_leads_to_where_it_is_sent_again,
    what_was_sent_is_shown_as_it_was_sent,
    a_mail_that_could_let_somebody_in_is_not_shown_as_it_was_composed,
    a_long_list_goes_on_and_each_state_has_its_own,
    how_mail_stands_is_counted_on_the_page_and_at_each_run,
    the_list_is_narrowed_by_several_things_at_once,
    nobody_else_sees_mails,
    a_title_that_is_withheld_goes_out_of_mail_that_waits,
    a_name_that_is_withheld_goes_out_of_mail_that_waits,
];

const BEGINNING: &str = "2026-11-23T09:00:00Z";

fn administrators_see_what_became_of_each_mail_and_have_it_tried_again_or_take_it_back(place: &Place) {
    let app = place.with_smtp().app();
    let smtp = place.servers().smtp();
    let administrator = app.person("administrator");
    app.jobs();
    administrator.open("/staff").follow("Mail");
    administrator.get("/staff/outbox/nobody-knows-it").is(404);
    let (refused, later) = (address(place, "page-refused"), address(place, "page-later"));
    // A refusal of what the mail says: the address stays good.
    smtp.answers(&refused, &[554]);
    smtp.answers(&later, &[451]);
    waits(place, 1, &refused, BEGINNING);
    waits(place, 1, &later, BEGINNING);
    assert!(app.jobs().contains("1 failed for now, 1 failed for good"));

    let list = administrator.open("/staff/outbox");
    list.sees(&refused).sees("Failed for good").sees("554");
    list.sees(&later).sees("Failed for now, will be tried again, next on 23 November 2026 at 09:01").sees("451");
    let mail = administrator.open(&format!("/staff/outbox/{}-0", refused.trim_end_matches("@example.org")));
    mail.sees("needs another look before it can be published").sees("554").sees("Failed for good");
    assert!(!mail.has_form("Take it back"), "it has been given up already");
    mail.form("Try again now").send().sees("It will be tried again now").sees("Waiting to be sent");
    assert!(app.jobs().contains("1 accepted"));
    assert_eq!(smtp.mail_to(&refused).len(), 1);
    let mail = administrator.open(mail.path());
    mail.sees("Handed over");
    assert!(!mail.has_form("Try again now"), "it has gone");

    let mail = administrator.open(&format!("/staff/outbox/{}-0", later.trim_end_matches("@example.org")));
    let (retry, cancel) = (mail.form("Try again now"), mail.form("Take it back"));
    cancel.send().sees("Taken back. It will not be sent").sees("Taken back, not sent");
    retry.submit().is(409);
    app.jobs_at("2026-11-23T10:00:00Z");
    assert_eq!(smtp.tries_for(&later), 1);
}

fn a_one_time_link_is_never_shown(app: &TestApp) {
    let place = app.place();
    let administrator = app.person("administrator");
    reset_waits(place, "shown-to-staff", BEGINNING, "2026-11-23T09:30:00Z");
    for state in ["Waiting to be sent", "Handed over"] {
        let mail = administrator.open("/staff/outbox/shown-to-staff");
        mail.sees(state).sees("So the mail itself is not shown").does_not_see("token-of");
        assert!(!mail.has_form("Try again now"));
        administrator.open("/staff/outbox").does_not_see("token-of");
        app.jobs();
    }
    app.mailbox().of("shown-to-staff@example.org").last().says("token-of-shown-to-staff");
    assert_eq!(place.value("select count(*) from outbox where letter like '%token-of%' or message is not null"), "0");
    // After a week its words are gone, and the page says so.
    app.jobs_at("2026-12-01T09:00:00Z");
    app.person("administrator").open("/staff/outbox/shown-to-staff").sees("Its words have been removed");
}

fn an_invitation_that_is_given_up_leads_to_where_it_is_sent_again(app: &TestApp) {
    let (place, administrator) = (app.place(), app.person("administrator"));
    let form = administrator.open("/staff/people/new").form("Send the invitation").fill("Name", "Somebody");
    form.fill("Email address", "given-up@example.org").choose("Observer").send();
    let mail = place.value("select reference from outbox where email = 'given-up@example.org'");
    let page = || administrator.open(&format!("/staff/outbox/{mail}"));
    page().does_not_see("Its link is not sent a second time");
    place.execute("update outbox set state = 'permanent_failure' where email = 'given-up@example.org'");
    let shown = page();
    shown.sees("Failed for good").sees("Its link is not sent a second time from here");
    assert!(!shown.has_form("Try again now"));
    assert!(shown.follow("send the invitation again").has_form("Send the invitation again"));
    administrator.open("/staff/outbox").sees("“Handed over” means that the next mail server took it");
    place.execute("update outbox set state = 'cancelled' where email = 'given-up@example.org'");
}

/// Though the register is called otherwise by now.
fn what_was_sent_is_shown_as_it_was_sent(place: &Place) {
    let app = place.app();
    let administrator = app.person("administrator");
    app.jobs();
    waits(place, 1, "kept-as-sent@example.org", BEGINNING);
    let page = || administrator.open("/staff/outbox/kept-as-sent-0");
    page().sees("No composed mail is kept of this one").does_not_see("The same as HTML");
    app.jobs();
    let sent = app.mailbox().of("kept-as-sent@example.org").last().clone();
    let shown = page();
    shown.sees("as it was composed at its first try").sees(&format!("Subject: {}", sent.subject)).sees(&sent.text);
    shown.sees("The same as HTML").sees("</html>");
    // As it is where what a mail says has changed since: the words that are kept are other ones than those that went.
    place.execute(
        r#"update outbox set letter = '{"letter":"sent_to_author","items":[],"link":"/staff/changed-since"}'
           where reference = 'kept-as-sent-0'"#,
    );
    page().sees(&sent.text).does_not_see("changed-since");
    // Where the bytes are gone, the page does not pretend that it was this that was sent.
    place.execute("update outbox set message = null where reference = 'kept-as-sent-0'");
    page().sees("No composed mail is kept of this one").sees("changed-since").does_not_see("at its first try");
    app.jobs_at("2026-12-01T09:00:00Z");
    let gone = app.person("administrator").open("/staff/outbox/kept-as-sent-0");
    gone.sees("Its words have been removed").does_not_see("changed-since");
}

fn a_mail_that_could_let_somebody_in_is_not_shown_as_it_was_composed(place: &Place) {
    let app = place.with_smtp().app();
    let administrator = app.person("administrator");
    app.jobs();
    let reader = address(place, "page-lets-in");
    place.servers().smtp().answers(&reader, &[451]);
    let letter = r#"{"letter":"password_reset","link":"/password-reset/token-in-it","expires":"2026-11-24T09:00:00Z"}"#;
    place.execute(&format!(
        "insert into outbox (reference, kind, email, letter, state, not_before, created_at, attempts)
         values ('lets-in', 'password_reset', '{reader}', '{letter}', 'queued', '{BEGINNING}', '{BEGINNING}', 0)"
    ));
    assert!(app.jobs().contains("1 failed for now"));
    assert_eq!(place.value("select count(*) from outbox where reference = 'lets-in' and message is not null"), "1");
    let mail = administrator.open("/staff/outbox/lets-in");
    mail.sees("So the mail itself is not shown").sees("(not-shown)").does_not_see("token-in-it");
    mail.form("Take it back").send();
}

fn a_long_list_goes_on_and_each_state_has_its_own(app: &TestApp) {
    let administrator = app.person("administrator");
    app.jobs();
    administrator.open("/staff/outbox?state=temporary_failure").sees("No mail.");
    waits(app.place(), 60, "long-list@example.org", BEGINNING);
    let first = administrator.open("/staff/outbox?state=queued");
    first.sees("60 Waiting to be sent").sees("could have gone on 23 November 2026 at 09:00");
    first.sees("60 waiting, 0 being sent, 0 failed for now, the oldest due for");
    assert_eq!(first.texts("tbody tr").len(), 50);
    let second = first.follow("Next");
    assert_eq!(second.texts("tbody tr").len(), 10);
    assert_eq!(administrator.open("/staff/outbox?state=none-such&after=none-such").texts("tbody tr").len(), 50);
}

fn how_mail_stands_is_counted_on_the_page_and_at_each_run(app: &TestApp) {
    let (place, administrator) = (app.place(), app.person("administrator"));
    app.jobs();
    let none =
        "outbox    0 waiting, 0 being sent, 0 failed for now; in the last 7 days 0 failed for good and 0 were not sent";
    assert!(app.jobs().contains(none), "{}", app.jobs());
    waits(place, 7, "watched@example.org", BEGINNING);
    for (number, state, set) in [
        (0, "permanent_failure", "finished_at = '2026-11-23T08:00:00Z'"),
        (1, "permanent_failure", "finished_at = '2026-11-16T08:00:00Z'"),
        (2, "suppressed", "finished_at = '2026-11-17T12:00:00Z'"),
        (3, "suppressed", "finished_at = '2026-11-16T08:00:00Z'"),
        (4, "temporary_failure", "not_before = '2026-11-23T08:00:00Z'"),
        (5, "sending", "lease = 'watched', lease_until = '2026-11-23T10:00:00Z'"),
        (6, "queued", "not_before = '2026-11-23T09:30:00Z'"),
    ] {
        place.execute(&format!("update outbox set state = '{state}', {set} where reference = 'watched-{number}'"));
    }
    administrator.open("/staff/outbox").sees(
        "1 waiting, 1 being sent, 1 failed for now, the oldest due for 60 minutes; in the last 7 days 1 failed for good \
         and 1 was not sent",
    );
    let run = app.jobs();
    let after = "1 waiting, 1 being sent, 0 failed for now; in the last 7 days 1 failed for good and 1 was not sent";
    assert!(run.contains(after), "{run}");
    administrator.open("/staff/outbox").sees(after);
    // What this story has made fail and wait is known to it.
    place.execute("update outbox set state = 'cancelled' where reference like 'watched-%'");
}

fn the_list_is_narrowed_by_several_things_at_once(app: &TestApp) {
    let place = app.place();
    let administrator = app.person("administrator");
    app.person("contributor of ashgrove-council");
    app.jobs();
    waits(place, 2, "narrow-one@example.org", BEGINNING);
    waits(place, 1, "narrow_two@example.org", "2026-11-21T09:00:00Z");
    place.execute(
        "update outbox set person_id = (select id from person where email = 'contributor.ashgrove-council@example.org')
           where email = 'narrow_two@example.org'",
    );
    let form = || administrator.open("/staff/outbox").form("Show these").select("State", "Waiting to be sent");
    let listed = |page: &Page| page.texts("tbody tr").len();
    let to = "To an address with these letters";
    let both = form().fill(to, "Narrow").submit();
    assert_eq!(listed(&both), 3);
    both.sees("the oldest for 2 days").sees("Show every mail");
    let form_again = both.form("Show these");
    assert_eq!(form_again.value(to), "Narrow");
    let page = form_again.select("Kind", "Sent back").date("Written on or after", "2026-11-23").submit();
    assert_eq!(listed(&page), 2);
    assert_eq!(listed(&form().date("Written on or before", "2026-11-22").submit()), 1);
    // A low line is a low line.
    assert_eq!(listed(&form().fill(to, "narrow_").submit()), 1);
    assert_eq!(listed(&form().fill(to, "%").submit()), 0);
    let of_body = form().fill(to, "narrow").select("To people of", "Ashgrove District Council").submit();
    assert_eq!(listed(&of_body), 1);
    of_body.sees("narrow_two@example.org");
    let faulty = form().date("Written on or after", "2026-13-45").submit();
    faulty.is(422).complains("There is no such day");
    assert_eq!(listed(&administrator.open("/staff/outbox?kind=%00&after=%00&body=%00&to=narrow")), 3);
    administrator.get("/staff/dead-addresses/%00").is(404);
    // Each page of a narrowed list is narrowed.
    waits(place, 60, "narrow-long@example.org", BEGINNING);
    let long = form().fill(to, "narrow-long").submit();
    assert_eq!((listed(&long), listed(&long.follow("Next"))), (50, 10));
}

fn nobody_else_sees_mails(app: &TestApp) {
    waits(app.place(), 1, "private@example.org", BEGINNING);
    for who in ["overseer", "observer", "contributor of ashgrove-council"] {
        let visitor = app.person(who);
        visitor.get("/staff/outbox").is(403).does_not_see("private@");
        visitor.get("/staff/outbox/private-0").is(403).does_not_see("private@");
    }
    app.public().get("/staff/outbox").is(303);
    app.person("administrator").open("/staff/outbox").sees("private@example.org");
}

fn a_title_that_is_withheld_goes_out_of_mail_that_waits(app: &TestApp) {
    let link = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council/return";
    let item = format!(
        r#"{{"item":{{"inquiry":"Ashgrove Ferry Inquiry","number":"1","title":"Publish the ferry timetable in advance","link":"{link}"}},"due":"2026-12-21","last_said":null}}"#
    );
    app.place().execute(&format!(
        r#"insert into outbox (reference, kind, email, letter, state, not_before, created_at, attempts, message) values
             ('waits-withheld', 'reminder', 'reader@example.org',
              '{{"letter":"reminder","body":"Ashgrove Council","items":[{item}],"link":"/staff"}}',
              'temporary_failure', '2026-11-23T09:05:00Z', '{BEGINNING}', 1, null)"#
    ));
    let overseer = app.person("overseer");
    overseer.open("/staff/inquiries/ashgrove/recommendations/1").form("Withhold the words").send();
    app.jobs_at("2026-11-23T09:06:00Z");
    let mailbox = app.mailbox();
    mailbox
        .of("reader@example.org")
        .last()
        .says("recommendation 1")
        .does_not_say("ferry timetable")
        .does_not_say("not transcribed");
}

fn a_name_that_is_withheld_goes_out_of_mail_that_waits(app: &TestApp) {
    let (place, overseer) = (app.place(), app.person("overseer"));
    let form = overseer.open("/staff/bodies/ashgrove-council/name").form("Publish the entry");
    let form = form.fill("Its full name", "Ashgrove CANARY Council").fill("A shorter name", "CANARY Council");
    confirmed(form.fill("Why is it changed?", "By its order.")).send();
    let form = overseer.open("/staff/inquiries/ashgrove/description").form("Publish the description");
    let form = form.fill("What people call it", "The CANARY Inquiry").fill("Why is it changed?", "So it is called.");
    confirmed(form).send();
    let body = place.value("select id from body where slug = 'ashgrove-council'");
    let item = place.value(
        "select recommendation.id from recommendation join inquiry on inquiry.id = recommendation.inquiry_id
         where inquiry.slug = 'ashgrove' and recommendation.number = '1'",
    );
    let waits = |name: &str, which: &str, inquiry: &str, of: &str| {
        let item = format!(
            r#"{{"item":{{{which}"inquiry":"{inquiry}","number":"9","title":"A former title","link":"/staff"}},"due":"2026-12-21","last_said":null}}"#
        );
        place.execute(&format!(
            r#"insert into outbox (reference, kind, email, letter, state, not_before, created_at, attempts, message) values
                 ('{name}', 'reminder', '{name}@example.org',
                  '{{"letter":"reminder","body":"CANARY Council",{of}"items":[{item}],"link":"/staff"}}',
                  'temporary_failure', '2026-11-23T09:05:00Z', '{BEGINNING}', 1, null)"#
        ));
    };
    // One says which they are, though the number and the inquiry were called otherwise when it was written; an older one does not.
    let which = format!("\"recommendation\":{item},");
    waits("knows", &which, "A CANARY name before", &format!("\"body_id\":{body},"));
    waits("older", "", "The CANARY Inquiry", "");
    overseer.open("/staff/published").form("Withhold these words: The name of a body: Ashgrove CANARY").send();
    let described = place.value("select max(id) from inquiry_text where short_title like '%CANARY%'");
    let form = overseer.open("/staff/inquiries/ashgrove").form("Withhold these words");
    form.set("subject", "description").set("row", &described).send();
    let letter = |name: &str| place.value(&format!("select letter from outbox where reference = '{name}'"));
    assert!(letter("knows").contains("A former title") && !letter("knows").contains("CANARY"), "{}", letter("knows"));
    overseer.open("/staff/inquiries/ashgrove/recommendations/1").form("Withhold the words").send();
    app.jobs_at("2026-11-23T09:06:00Z");
    let mailbox = app.mailbox();
    for name in ["knows", "older"] {
        let reader = format!("{name}@example.org");
        mailbox.of(&reader).last().says("Ashgrove Ferry Inquiry").says("Ashgrove").does_not_say("CANARY");
    }
    mailbox.of("knows@example.org").last().says("recommendation 1").does_not_say("A former title");
}
