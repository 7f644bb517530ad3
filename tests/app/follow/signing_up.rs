//! Asking for mail, confirming it, changing it and stopping it.

use super::arranged::{address, asks, count, follows, newest};
use crate::stories;
use crate::support::app::{days, minutes};
use crate::support::page::Page;
use crate::support::{Place, TestApp};

stories![
    somebody_follows_an_inquiry_and_stops,
    nobody_learns_who_follows_and_nobody_is_flooded,
    a_link_that_reached_nobody_is_not_out,
    a_link_that_works_no_more_is_not_sent_again,
    a_flood_is_held_off,
    addresses_go_when_their_time_is_over,
];

/// Twenty programs open a link at once, as mail filters do. Nothing may change.
fn opened_twenty_times(app: &TestApp, link: &str) {
    let state = || {
        app.place().rows("select reference || version || coalesce(confirm_until, '') || coalesce(ended_at, '') as value from subscriber order by id")
    };
    let before = state();
    std::thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                app.public().get(link).is(200);
            });
        }
    });
    assert_eq!(state(), before, "{link}");
}

fn somebody_follows_an_inquiry_and_stops(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let reader = app.public();
    let email = address(place, "reader");
    let form = reader.open("/inquiries/ashgrove").follow("Follow by mail");
    form.sees("register@example.org")
        .sees("register.example")
        .sees("Please confirm your address")
        .sees("Your summary of")
        .sees("A correction of");
    let form = form.form("Follow by mail");
    assert!(form.is_chosen("Ashgrove Ferry Inquiry, with all its recommendations") && form.is_chosen("Once a week"));
    let sent = form.fill("Your email address", &format!(" {} ", email.to_uppercase())).send();
    sent.sees("Look into your mailbox").does_not_see(&email);
    assert!(reader.cookies().is_empty(), "no cookie is set");

    let mail = newest(app, &email);
    assert_eq!(mail.subject, "Please confirm your address");
    mail.does_not_say("Ashgrove Ferry").says("you need do nothing");
    assert!(mail.header("List-Unsubscribe").is_none() && !mail.html.contains("<img"));
    let link = mail.link("/subscribe/confirm/");
    opened_twenty_times(app, &link);
    let page = reader.open(&link);
    page.sees("Ashgrove Ferry Inquiry, with all its recommendations").sees("Once a week, on Monday");
    // Twenty programs press at once: one of them confirms.
    let fields = page.form("Yes, write to me").fields();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answers: Vec<Page> = std::thread::scope(|scope| {
        let pressed: Vec<_> = (0..20).map(|_| scope.spawn(|| app.public().post(&link, &fields))).collect();
        pressed.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    let done: Vec<&Page> = answers.iter().filter(|answer| answer.status() == 303).collect();
    assert_eq!(done.len(), 1, "single use");
    assert!(answers.iter().all(|answer| matches!(answer.status(), 303 | 404)));
    reader.get(&link).is(404).sees("This link does not work");
    let manage = done[0].redirects_to().split('?').next().unwrap_or_default().to_owned();
    let hashes = place.value("select token_hash from subscriber");
    assert!(!hashes.contains(manage.rsplit('/').next().unwrap_or_default()), "only the hash is kept");

    // Something else, asked for by somebody who follows already: the same page, another confirmation.
    asks(&reader, "/subscribe?inquiry=ashgrove&recommendation=2", &email, "On each working day").is(303);
    let link = newest(app, &email).link("/subscribe/confirm/");
    reader.open(&link).sees("Ashgrove Ferry Inquiry, recommendation 2").form("Yes, write to me").send();
    opened_twenty_times(app, &manage);
    let page = reader.open(&manage);
    let form = page.form("Save");
    assert!(form.is_chosen("On each working day"), "what was confirmed last counts");
    let saved = form.choose_in("How often?", "Once a month").untick("with all its recommendations").send();
    saved.sees("Saved.").does_not_see("with all its recommendations").sees("recommendation 2");
    let none = saved.form("Save").untick("Ashgrove Ferry Inquiry, recommendation 2").submit();
    none.is(422).complains("Choose at least one, or stop all mail");
    saved.form("Save").set("version", "1").submit().is(409).sees("in another window");
    for (day, complaint) in [("2026-11-23", "after today"), ("2029-01-01", "within one year")] {
        saved.form("Pause").date("Pause until", day).submit().is(422).complains(complaint);
    }
    saved.form("Pause").submit().is(422).complains("Enter the day on which it goes on");
    let paused = saved.form("Pause").date("Pause until", "2026-12-24").send();
    paused.sees("paused until 24 December 2026");
    paused.form("Go on now").send().sees("Your mail goes on.").does_not_see("paused until");
    reader.post(&manage, &[]).is(403);
    reader.post(&format!("{manage}/stop"), &[("csrf", "1800000000-a.b")]).is(403);
    reader.open(&manage).form("Stop all mail").send().sees("You get no more mail");
    reader.get(&manage).is(404);
    assert_eq!(place.value("select count(*) from subscription"), "0");
}

fn nobody_learns_who_follows_and_nobody_is_flooded(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let reader = app.public();
    let email = address(place, "twice");
    for bad in ["", "nonsense", "a@example.org\r\nBcc: b@example.org"] {
        let page = asks(&reader, "/subscribe", bad, "Once a week");
        page.is(422).complains("Enter an email address");
    }
    for foreign in ["é@example.org", "a@exämple.org"] {
        let page = asks(&reader, "/subscribe", foreign, "Once a week");
        page.is(422).complains("one with letters such as é or ø cannot be used here yet");
    }
    for nowhere in ["/subscribe?inquiry=nowhere", "/subscribe?body=A", "/subscribe?inquiry=ashgrove&recommendation=99"]
    {
        reader.get(nowhere).is(404);
    }
    let form =
        reader.open("/subscribe?body=ashgrove-harbour").form("Follow by mail").fill("Your email address", &email);
    let none = form.set("topic", "inquiry:nowhere").submit();
    none.is(422).complains("There is nothing by this name to follow");
    assert_eq!(none.form("Follow by mail").value("Your email address"), email, "nothing is lost");

    // Known or not, confirmed or not: one answer.
    let answers: Vec<(u16, String, String)> = [&email, &email, &address(place, "other"), &email]
        .into_iter()
        .map(|email| {
            let answer = asks(&app.public(), "/subscribe?theme=inspection", email, "Once a week");
            app.clock().advance(jiff::Span::new().minutes(1));
            (answer.status(), answer.redirects_to(), answer.follow_redirects().body())
        })
        .collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    app.jobs();
    assert_eq!(count(app, &email), 1, "one confirmation, then silence");
    app.clock().advance(days(6));
    asks(&app.public(), "/subscribe", &email, "Once a week").is(303);
    app.jobs();
    assert_eq!(count(app, &email), 1, "silence for as long as the link works");
    let first = app.place().servers().smtp().mail_to(&email)[0].link("/subscribe/confirm/");
    reader.open(&first).sees("Everything in this register").sees("inspection");
    app.clock().advance(days(1));
    reader.get(&first).is(404).sees("more than 7 days old");
    asks(&app.public(), "/subscribe", &email, "Once a week").is(303);
    let second = newest(app, &email).link("/subscribe/confirm/");
    assert_ne!(first, second);
    // What somebody adds after the page was opened is not confirmed by it.
    let form = reader.open(&second).form("Yes, write to me");
    asks(&app.public(), "/subscribe?body=ashgrove-council", &email, "Once a week").is(303);
    form.send().does_not_see("in all inquiries, ").does_not_see("Ashgrove District Council");
    for canary in [&email, &address(place, "other")] {
        for path in ["/", "/changes", "/about", "/privacy", "/subscribe", "/subscribe/sent"] {
            app.public().open(path).does_not_see(canary);
        }
    }

    // An address that its mail server calls dead is not written to again.
    let dead = address(place, "dead");
    app.place().servers().smtp().answers(&dead, &[550, 550]);
    asks(&app.public(), "/subscribe", &dead, "Once a week").is(303);
    app.jobs();
    assert_eq!(place.value("select count(*) from suppression"), "1");
    app.clock().advance(days(8));
    asks(&app.public(), "/subscribe", &dead, "Once a week").follow_redirects().sees("Look into your mailbox");
    app.jobs();
    assert_eq!(app.place().servers().smtp().tries_for(&dead), 1);
    place.execute("update outbox set state = 'cancelled' where state = 'permanent_failure'");
}

fn a_link_that_reached_nobody_is_not_out(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let smtp = place.servers().smtp();
    let administrator = app.person("administrator");
    app.jobs();
    let written = |email: &str| place.value(&format!("select count(*) from outbox where email = '{email}'"));
    let again = |email: &str| {
        let answer = asks(&app.public(), "/subscribe", email, "Once a week");
        answer.follow_redirects().sees("Look into your mailbox");
    };

    // It failed for good: the mailbox was full.
    let full = address(place, "link-full");
    smtp.says(&full, "552 5.2.2 mailbox full");
    again(&full);
    app.jobs();
    assert_eq!(count(app, &full), 0);
    again(&full);
    again(&full);
    assert_eq!(written(&full), "2", "one that waits is out");
    let link = newest(app, &full).link("/subscribe/confirm/");
    again(&full);
    app.jobs();
    assert_eq!((count(app, &full), written(&full).as_str()), (1, "2"), "one that was handed over is out");
    app.public().open(&link).form("Yes, write to me").send().sees("Confirmed.");

    // Staff took it back.
    app.clock().advance(minutes(2));
    let back = address(place, "link-back");
    again(&back);
    let name = place.value(&format!("select reference from outbox where email = '{back}'"));
    administrator.open(&format!("/staff/outbox/{name}")).form("Take it back").send();
    again(&back);
    newest(app, &back).link("/subscribe/confirm/");
    assert_eq!((count(app, &back), written(&back).as_str()), (1, "2"));

    // A server refused it for now: it is tried again, and out.
    app.clock().advance(minutes(2));
    let slow = address(place, "link-slow");
    smtp.answers(&slow, &[451]);
    again(&slow);
    app.jobs();
    again(&slow);
    assert_eq!(written(&slow), "1");

    // A dead address is not written to, until it is off the list.
    app.clock().advance(minutes(2));
    let dead = address(place, "link-dead");
    smtp.says(&dead, "550 5.1.1 no such mailbox");
    again(&dead);
    app.jobs();
    again(&dead);
    app.jobs();
    assert_eq!((count(app, &dead), written(&dead).as_str()), (0, "1"));
    let key = place.value("select key from suppression");
    let form = administrator.open(&format!("/staff/dead-addresses/{key}")).form("Take it off the list");
    form.fill("Why may mail go there again?", "The mailbox is back.").send();
    again(&dead);
    newest(app, &dead).link("/subscribe/confirm/");
    place.execute("update outbox set state = 'cancelled' where state = 'permanent_failure'");
}

fn a_link_that_works_no_more_is_not_sent_again(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let smtp = place.servers().smtp();
    let administrator = app.person("administrator");
    app.jobs();
    let page_of_last = |email: &str| {
        let last = format!("select max(id) from outbox where email = '{email}'");
        let name = place.value(&format!("select reference from outbox where id = ({last})"));
        administrator.open(&format!("/staff/outbox/{name}"))
    };
    let not_again = "whoever still wants mail asks for it anew and gets another link";

    // Whoever it is for stopped all mail while it waited.
    let stopped = address(place, "link-stopped");
    let manage = follows(app, "/subscribe", &stopped, "Once a week");
    smtp.answers(&stopped, &[451]);
    asks(&app.public(), "/subscribe?theme=inspection", &stopped, "Once a week").is(303);
    assert!(app.jobs().contains("1 failed for now"));
    let page = page_of_last(&stopped);
    page.does_not_see(not_again);
    let retry = page.form("Try again now");
    app.public().open(&manage).form("Stop all mail").send().sees("You get no more mail");
    let page = page_of_last(&stopped);
    page.sees(not_again).sees("Where mail is asked for");
    assert!(!page.has_form("Try again now"));
    retry.submit().is(422);
    app.clock().advance(minutes(5));
    assert!(app.jobs().contains("1 not sent"));
    assert_eq!(count(app, &stopped), 1, "the link that worked alone");
    page_of_last(&stopped).sees("the link in it no longer works").does_not_see(not_again);

    // It failed for good.
    let full = address(place, "link-not-again");
    smtp.says(&full, "552 5.2.2 mailbox full");
    asks(&app.public(), "/subscribe", &full, "Once a week").is(303);
    app.jobs();
    let page = page_of_last(&full);
    page.sees(not_again);
    assert!(!page.has_form("Try again now"));
    place.execute("update outbox set state = 'cancelled' where state = 'permanent_failure'");
}

fn a_flood_is_held_off(app: &TestApp) {
    let reader = app.public();
    for number in 0..10 {
        asks(&reader, "/subscribe", &format!("flood-{number}@example.org"), "Once a week").is(303);
    }
    let held = asks(&reader, "/subscribe", "flood@example.org", "Once a week");
    held.is(429).sees("Too many people asked for mail at once");
    let wait: i64 = held.header("retry-after").and_then(|wait| wait.parse().ok()).expect("when to come back");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(held.form("Follow by mail").value("Your email address"), "flood@example.org");
    assert_eq!(app.place().value("select count(*) from subscriber"), "10");
    app.clock().advance(jiff::Span::new().minutes(2));
    // A page that stood open for too long loses nothing.
    let form = reader.open("/subscribe").form("Follow by mail").fill("Your email address", "late@example.org");
    app.clock().advance(jiff::Span::new().hours(3));
    let again = form.submit();
    again.is(422).sees("This page was open for a long time");
    again.form("Follow by mail").send().sees("Look into your mailbox");
}

fn addresses_go_when_their_time_is_over(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let (stays, stops, never) =
        (address(place, "keep.stays"), address(place, "keep.stops"), address(place, "keep.never"));
    follows(app, "/subscribe", &stays, "Once a week");
    let manage = follows(app, "/subscribe", &stops, "Once a week");
    asks(&app.public(), "/subscribe", &never, "Once a week").is(303);
    app.public().open(&manage).form("Stop all mail").send();
    let held = || {
        place.rows("select email as value from subscriber union select email from outbox where kind <> 'invitation'")
    };
    app.jobs_at("2026-11-30T03:29:00Z");
    assert!(held().contains(&never));
    app.jobs_at("2026-12-01T03:30:00Z");
    assert!(!held().contains(&never), "7 days unconfirmed: {:?}", held());
    assert!(held().contains(&stops));
    app.jobs_at("2026-12-22T03:30:00Z");
    assert_eq!(held(), std::slice::from_ref(&stays), "28 days after it was stopped nothing is left");
    app.public()
        .open("/privacy")
        .sees("If you follow by mail")
        .sees("If you do not confirm your address, we remove it after 7 days");
}
