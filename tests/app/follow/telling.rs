//! What those who follow are told, how often, and that nothing is lost or repeated.

use super::arranged::{address, count, follows, newest, publishes};
use crate::deeds_record::{ITEM, confirmed, response};
use crate::fairness::run_by_somebody;
use crate::stories;
use crate::support::{Place, TestApp};

stories![
    each_is_told_what_they_follow_as_often_as_they_chose,
    updates_published_together_are_told_to_whoever_follows_one_of_them,
    the_notice_of_a_date_says_what_did_not_come_by_it,
    the_nights_when_the_clocks_change_lose_and_repeat_nothing,
    who_has_stopped_or_paused_gets_nothing_and_withheld_words_do_not_go,
    what_no_longer_holds_stands_in_each_summary_and_makes_none,
    a_mail_says_that_a_reply_stands_beside_a_finding_and_what_became_of_a_hold,
];

fn records(app: &TestApp, value: &str, words: &str) {
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, value, words).send();
}

fn each_is_told_what_they_follow_as_often_as_they_chose(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let [daily, weekly, other, found] =
        ["daily", "weekly", "other", "found"].map(|who| address(place, &format!("told.{who}")));
    let manage = follows(app, "/subscribe?inquiry=ashgrove&recommendation=2", &daily, "On each working day");
    follows(app, "/subscribe", &daily, "On each working day");
    follows(app, "/subscribe?body=ashgrove-harbour", &weekly, "Once a week");
    follows(app, "/subscribe?body=ashgrove-council", &other, "On each working day");
    follows(app, "/subscribe?inquiry=ashgrove", &found, "Only when the assessment changes");
    let before: Vec<usize> = [&daily, &weekly, &other, &found].map(|who| count(app, who)).to_vec();
    let new = || -> Vec<usize> {
        [&daily, &weekly, &other, &found].iter().zip(&before).map(|(who, before)| count(app, who) - before).collect()
    };
    records(app, "Accepted", "canary-words");
    app.jobs_at("2026-11-23T18:00:00Z");
    app.jobs_at("2026-11-24T06:59:00Z");
    assert_eq!(new(), [0, 0, 0, 0], "never on the same day, nor at night");
    let lines = app.jobs_at("2026-11-24T08:30:00Z");
    assert!(lines.contains("1 summary written"), "{lines}");
    assert_eq!(new(), [1, 0, 0, 0], "two subscriptions, one mail");
    let mail = newest(app, &daily);
    assert_eq!(mail.subject, "Your summary of 24 November 2026");
    mail.says("Answer recorded, 23 November 2026: Ashgrove Ferry Inquiry, recommendation 2, Ashgrove Harbour");
    mail.says("Accepted on 20 November 2026").says("http://register.example/changes/2");
    mail.says("Nobody has taken responsibility for this copy").does_not_say("canary-words");
    for (name, value) in [
        ("List-Unsubscribe", format!("<http://register.example{manage}>")),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
        ("List-Id", "<follow.register.example>".to_owned()),
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("From", "Ashgrove register <register@example.org>".to_owned()),
    ] {
        assert_eq!(mail.header(name).map(|found| found.replace('"', "")), Some(value), "{name}");
    }
    assert!(mail.header("Message-ID").is_some_and(|id| id.ends_with("@register.example>")));
    assert!(!mail.html.contains("<img") && !mail.html.contains("http://register.example/?"));
    app.public().open(&mail.link("/subscriptions/")).sees("Your mail from this register");
    let kept = place.rows("select coalesce(letter, '') || coalesce(cast(message as text), '') as value from outbox where state = 'accepted' and kind = 'public_digest'");
    let token = manage.rsplit('/').next().unwrap_or_default();
    assert!(kept.iter().all(|kept| !kept.contains(token)), "the link is not kept");
    // Staff see what was sent.
    let sent = place.value("select reference from outbox where state = 'accepted' and kind = 'public_digest'");
    let shown = app.person("administrator").open(&format!("/staff/outbox/{sent}"));
    shown.sees("as it was composed when it was tried").sees("Subject: Your summary of 24 November 2026");
    shown.sees("/subscriptions/(not-shown)").does_not_see(token);

    // Nothing happened: nothing is sent, and a second look repeats nothing.
    app.jobs_at("2026-11-24T09:00:00Z");
    app.jobs_at("2026-11-25T08:30:00Z");
    assert_eq!(new(), [1, 0, 0, 0]);
    publishes(app, 1, "assessed");
    // A weekend and three days without a process; on Wednesday everything is made up for, once.
    app.jobs_at("2026-12-02T11:00:00Z");
    assert_eq!(new(), [2, 1, 0, 1]);
    newest(app, &weekly).says("/changes/2").says("/changes/3");
    newest(app, &found).says("/changes/3").does_not_say("/changes/2");
    newest(app, &daily).says("/changes/3").does_not_say("/changes/2");
    app.jobs_at("2026-12-07T08:30:00Z");
    assert_eq!(new(), [2, 1, 0, 1]);
}

fn updates_published_together_are_told_to_whoever_follows_one_of_them(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let [council, harbour, item, other] =
        ["council", "harbour", "item", "other"].map(|who| address(place, &format!("together.{who}")));
    follows(app, "/subscribe?body=ashgrove-council", &council, "On each working day");
    follows(app, "/subscribe?body=ashgrove-harbour", &harbour, "On each working day");
    follows(app, "/subscribe?inquiry=ashgrove&recommendation=2", &item, "On each working day");
    follows(app, "/subscribe?body=coastal-agency", &other, "On each working day");
    let before = count(app, &other);
    crate::filing::arranged::files(app, "The council inspected its stage.");
    crate::desk::files_for_harbour(app, "The harbour inspected its stage.");
    let form = app.person("overseer").open("/staff/to-publish/several").form("Publish those chosen");
    confirmed(form.tick("Council").tick("Harbour")).send().sees("2 of 2 items published");
    // One change, which names neither of the two itself.
    let seq = place.value("select max(seq) from change where kind = 'reported' and addressee_id is null");
    app.jobs_at("2026-11-24T08:30:00Z");
    for who in [&council, &harbour, &item] {
        newest(app, who).says(&format!("/changes/{seq}"));
    }
    // Each sentence names its item and its body, and nobody gets one that they do not follow.
    let of = |body: &str| {
        format!("Ashgrove Ferry Inquiry, recommendation 2, {body}. The body says that work is under way, as of")
    };
    let [of_council, of_harbour] = ["Ashgrove District Council", "Ashgrove Harbour Authority"].map(of);
    newest(app, &council).says(&of_council).does_not_say(&of_harbour).does_not_say("Harbour Authority");
    newest(app, &harbour).says(&of_harbour).does_not_say(&of_council).does_not_say("District Council");
    newest(app, &item).says(&of_council).says(&of_harbour);
    assert_eq!(count(app, &other), before, "who follows another body is told nothing");
}

fn the_notice_of_a_date_says_what_did_not_come_by_it(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let email = address(place, "passed");
    follows(app, "/subscribe?body=ashgrove-council", &email, "On each working day");
    crate::filing::arranged::asks_once(app, "2026-12-02");
    app.jobs_at("2026-12-03T08:30:00Z");
    app.jobs_at("2026-12-04T08:30:00Z");
    let mails = place.servers().smtp().mail_to(&email);
    let mail = mails.iter().find(|mail| mail.text.contains("Passed date noted")).expect("a mail with the notice");
    mail.says(
        "Passed date noted, 3 December 2026: Ashgrove Ferry Inquiry, recommendation 2, Ashgrove District Council",
    );
    mail.says("Council. No update received by 2 December 2026");
}

fn the_nights_when_the_clocks_change_lose_and_repeat_nothing(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let email = address(place, "clocks");
    follows(app, "/subscribe", &email, "On each working day");
    app.clock().set("2027-03-27T20:00:00Z".parse().expect("a moment"));
    app.jobs();
    let begin = count(app, &email);
    publishes(app, 1, "response");
    // The clocks go forward on Sunday the 28th; Monday is Easter Monday.
    for at in [
        "2027-03-28T00:59:00Z",
        "2027-03-28T01:00:00Z",
        "2027-03-28T08:00:00Z",
        "2027-03-29T09:00:00Z",
        "2027-03-30T05:59:00Z",
    ] {
        app.jobs_at(at);
        assert_eq!(count(app, &email), begin, "{at}");
    }
    app.jobs_at("2027-03-30T07:30:00Z");
    assert_eq!(count(app, &email), begin + 1, "half past eight by the register's clocks");
    app.jobs_at("2027-03-30T08:30:00Z");
    assert_eq!(count(app, &email), begin + 1);
    app.clock().set("2027-10-29T08:00:00Z".parse().expect("a moment"));
    app.jobs();
    publishes(app, 1, "reported");
    // The clocks go back on Sunday the 31st: the hour between one and two comes twice.
    for at in ["2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-11-01T06:30:00Z"] {
        app.jobs_at(at);
        assert_eq!(count(app, &email), begin + 1, "{at}");
    }
    app.jobs_at("2027-11-01T08:30:00Z");
    app.jobs_at("2027-11-01T08:31:00Z");
    assert_eq!(count(app, &email), begin + 2);
    let mails = place.servers().smtp().mail_to(&email);
    for seq in ["/changes/2", "/changes/3"] {
        assert_eq!(mails.iter().filter(|mail| mail.text.contains(seq)).count(), 1, "{seq}");
    }
}

fn who_has_stopped_or_paused_gets_nothing_and_withheld_words_do_not_go(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let [stops, pauses, waits] = ["stops", "pauses", "waits"].map(|who| address(place, &format!("queued.{who}")));
    let manage = follows(app, "/subscribe", &stops, "On each working day");
    let paused = follows(app, "/subscribe", &pauses, "On each working day");
    follows(app, "/subscribe", &waits, "On each working day");
    let before = [&stops, &pauses, &waits].map(|who| count(app, who));
    // The operator's words stand in a mail as they are published.
    let settings = app.person("administrator").open("/staff/settings").form("Save and publish");
    settings
        .fill("Who runs this register", "Canary Office")
        .fill("By what right", "A resolution")
        .fill("Email address for the public", "register@example.org")
        .fill("Data protection contact", "The officer")
        .fill("Complaints", "The office")
        .send();
    for who in [&stops, &pauses, &waits] {
        place.servers().smtp().answers(who, &[451]);
    }
    app.jobs_at("2026-11-24T08:30:00Z");
    assert_eq!(place.value("select count(*) from outbox where state = 'temporary_failure'"), "3");
    // Before the second try one stops by the button of their mail program, one pauses, and the words are withheld.
    for body in ["List-Unsubscribe=Two-Clicks", ""] {
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        app.public().send("POST", &manage, &kind, body.as_bytes()).is(403);
    }
    let multipart = [("content-type", "multipart/form-data; boundary=x"), ("sec-fetch-site", "cross-site")];
    let body = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    app.public().send("POST", &manage, &multipart, body.as_bytes()).is(200).sees("You get no more mail");
    app.public().post(&manage, &[("List-Unsubscribe", "One-Click")]).is(200);
    let stopped = app.public().get(&manage);
    stopped.is(404).sees("This mail may have been stopped").sees("ask for mail and confirm your address");
    let nobodys = app.public().get(&format!("/subscriptions/{}", "A".repeat(43)));
    assert_eq!(nobodys.is(404).texts("main"), stopped.texts("main"), "whether it was is not told");
    app.public().open(&paused).form("Pause").date("Pause until", "2026-11-26").send();
    let seq = place.value("select max(seq) from change where kind = 'register'");
    let page = app.person("overseer").open("/staff/published");
    page.form("Withhold").send();
    app.clock().advance(jiff::Span::new().minutes(2));
    app.jobs();
    let states =
        place.rows("select state || ' ' || email as value from outbox where kind = 'public_digest' order by id");
    assert_eq!(states, [format!("cancelled {stops}"), format!("cancelled {pauses}"), format!("accepted {waits}")]);
    assert_eq!([&stops, &pauses, &waits].map(|who| count(app, who)), [before[0], before[1], before[2] + 1]);
    newest(app, &waits).says(&format!("/changes/{seq}")).does_not_say("has taken responsibility for this register");
    // After the pause nothing is missing.
    app.jobs_at("2026-11-25T08:30:00Z");
    assert_eq!(count(app, &pauses), before[1]);
    app.jobs_at("2026-11-26T08:30:00Z");
    newest(app, &pauses).says(&format!("/changes/{seq}")).does_not_say("has taken responsibility for this register");
    assert_eq!(count(app, &stops), before[0]);
}

fn a_mail_says_that_a_reply_stands_beside_a_finding_and_what_became_of_a_hold(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    run_by_somebody(app);
    app.person("contributor of ashgrove-harbour");
    let reader = address(place, "beside");
    follows(app, "/subscribe?inquiry=ashgrove", &reader, "On each working day");
    let two = app.person("overseer two");
    let found = |value: &str| {
        let form = app.person("overseer").open(ITEM).follow("Assess").form("Hand in the assessment");
        form.choose_in("What do you find?", value).fill("What does the finding rest on?", "Two reports.").send()
    };
    let against = found("Not implemented");
    let check = app.person("contributor of ashgrove-harbour").open("/staff");
    let check = check.follow("A finding to check before it is published").form("Send this");
    let reply = check.choose("Something is wrong, or should be said beside it");
    reply.fill("Your reply", "canary-in-the-reply").send();
    confirmed(two.open(against.path()).form("Publish this")).send();
    let in_favour = found("On course");
    confirmed(two.open(in_favour.path()).form("Publish this")).send();
    app.jobs_at("2026-11-24T08:30:00Z");
    let mail = newest(app, &reader);
    mail.says("Not implemented, found on 23 November 2026. The body’s reply stands beside it");
    mail.does_not_say("canary-in-the-reply").does_not_say("On course, found on 23 November 2026. The body’s reply");

    let hold = || app.person("overseer").open("/staff/inquiries/ashgrove/hold");
    let review = "When is it reviewed?";
    hold().form("Place this hold").choose("Legal proceedings").date(review, "2026-12-20").send();
    app.jobs_at("2026-11-25T08:30:00Z");
    let mail = newest(app, &reader);
    mail.says("Hold on new information placed, 24 November 2026: Ashgrove Ferry Inquiry");
    mail.says("To be reviewed on 20 December 2026");
    let on = hold().form("Publish this").choose("Let it go on").fill("Why?", "They are not over.");
    confirmed(on.date(review, "2027-01-20")).send();
    app.jobs_at("2026-11-26T08:30:00Z");
    let mail = newest(app, &reader);
    mail.says("Hold on new information reviewed, and goes on, 25 November 2026");
    mail.says("To be reviewed on 20 January 2027");
    let end = hold().form("Publish this").choose("End it").fill("Why?", "They are over.");
    confirmed(end).send();
    app.jobs_at("2026-11-27T08:30:00Z");
    let mail = newest(app, &reader);
    mail.says("Hold on new information ended, 26 November 2026: Ashgrove Ferry Inquiry").does_not_say("To be reviewed");
}

fn what_no_longer_holds_stands_in_each_summary_and_makes_none(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let [all, one] = ["all", "one"].map(|who| address(place, &format!("lapsed.{who}")));
    follows(app, "/subscribe", &all, "On each working day");
    follows(app, "/subscribe?inquiry=ashgrove&recommendation=1", &one, "On each working day");
    let of_item = "select addressee.id from addressee join recommendation on recommendation.id = addressee.recommendation_id \
                   join body on body.id = addressee.body_id where recommendation.number = '2' and body.slug = 'ashgrove-harbour'";
    place.execute(&format!(
        "update addressee set lifecycle = 'lapsed', lifecycle_on = '2026-11-20', lifecycle_precision = 'on' \
         where id in ({of_item})"
    ));
    let before = [&all, &one].map(|who| count(app, who));
    app.jobs_at("2026-11-24T08:30:00Z");
    assert_eq!([&all, &one].map(|who| count(app, who)), before, "it makes no mail by itself");
    for (day, says) in [("2026-11-25", "Accepted"), ("2026-11-26", "Accepted in part")] {
        let item = "/staff/inquiries/ashgrove/recommendations/1/ashgrove-council";
        let form = app.person("overseer").open(item).follow("Record a response").form("Publish the response");
        response(form, says, "They do the rest in 2027.").send();
        app.jobs_at(&format!("{day}T08:30:00Z"));
        let mail = newest(app, &all);
        mail.says("No longer holds. Of what you follow, 1 answer was closed as done and no longer holds:");
        mail.says("it no longer holds: open again: Ashgrove Ferry Inquiry, recommendation 2, Harbour Authority");
        mail.says("http://register.example/inquiries/ashgrove/recommendations/2/ashgrove-harbour");
        newest(app, &one).says("recommendation 1").does_not_say("No longer holds");
    }
}
