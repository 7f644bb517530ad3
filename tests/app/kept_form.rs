//! A form sent after the session has ended keeps what was written through signing in, and saves nothing on its own.

use crate::evidence::pdf;
use crate::reports::{HERE, described};
use crate::stories;
use crate::support::app::{days, minutes};
use crate::support::{PASSWORD, TestApp};

stories![
    what_was_written_is_kept_through_signing_in,
    that_a_file_is_not_kept_is_said_before_anything_is_sent,
    a_wrong_password_does_not_lose_it,
    hours_at_the_sign_in_page_do_not_lose_it,
    a_form_of_the_session_before_is_shown_and_sent_on,
    a_kept_form_that_was_changed_is_thrown_away,
    a_form_of_another_site_is_not_kept,
];

fn invitation(app: &TestApp) -> crate::support::form::Form {
    let form = app.person("administrator").open("/staff/people/new").form("Send the invitation");
    let form = form.fill("Email address", "observer@example.org").fill("Name", "Observer <b>One</b>\r\n& more");
    form.choose("Observer")
}

fn what_was_written_is_kept_through_signing_in(app: &TestApp) {
    let form = invitation(app).fill("Name", "Observer <b>One</b>");
    let key = form.value("key").to_owned();
    app.clock().advance(days(1));
    let asked = form.submit();
    asked.is(401).sees("You were signed out while you were writing");
    assert!(asked.header("set-cookie").is_none());
    let form = asked.form("Sign in").fill("Email address", "administrator@example.org").fill("Password", PASSWORD);
    let kept = form.submit();
    kept.is(200).sees("Nothing has been saved yet").sees("Observer <b>One</b>").sees("observer@example.org");
    assert_eq!(app.place().value("select count(*) from person"), "1", "nothing is saved by signing in");
    let form = kept.form("Send it now");
    assert_eq!(form.value("key"), key, "the same form is sent, so that it counts once");
    assert_eq!(form.value("name"), "Observer <b>One</b>");
    form.send().sees("An invitation is on its way to observer@example.org");
    kept.form("Send it now").submit().is(303);
    assert_eq!(app.place().value("select count(*) from person"), "2", "sent twice, done once");
}

/// A document may be logged with a link alone, so that one without its file would be taken.
fn that_a_file_is_not_kept_is_said_before_anything_is_sent(app: &TestApp) {
    let form = described(app.person("overseer").open(HERE).form("Log this document"), "Progress in the harbour");
    app.clock().advance(days(1));
    let asked = form.submit_with("progress.pdf", &pdf());
    let form = asked.is(401).form("Sign in").fill("Email address", "overseer@example.org").fill("Password", PASSWORD);
    let kept = form.submit();
    kept.is(200).sees("Progress in the harbour").sees("The file that you chose is not kept");
    assert!(!kept.has_form("Send it now"));
    assert_eq!(app.place().value("select count(*) from report"), "0");
    kept.form("Send it without the file").send();
    assert_eq!(app.place().value("select count(*) from report where file_id is null"), "1");
}

fn a_wrong_password_does_not_lose_it(app: &TestApp) {
    let form = invitation(app).fill("Name", "Observer One");
    app.clock().advance(days(1));
    let asked = form.submit();
    let wrong = asked.form("Sign in").fill("Email address", "administrator@example.org").fill("Password", "wrong");
    let again = wrong.submit();
    again.is(422).sees("You were signed out while you were writing");
    let right = again.form("Sign in").fill("Password", PASSWORD).submit();
    right.is(200).sees("Nothing has been saved yet").sees("Observer One");
}

fn hours_at_the_sign_in_page_do_not_lose_it(app: &TestApp) {
    let form = invitation(app).fill("Name", "Observer One");
    app.clock().advance(days(1));
    let asked = form.submit();
    app.clock().advance(minutes(121));
    let late = asked.form("Sign in").fill("Email address", "administrator@example.org").fill("Password", PASSWORD);
    let again = late.submit();
    again.is(422).complains("This page was open for a long time").sees("You were signed out while you were writing");
    let right = again.form("Sign in").fill("Password", PASSWORD).submit();
    right.is(200).sees("Nothing has been saved yet").sees("Observer One");
}

fn a_form_of_the_session_before_is_shown_and_sent_on(app: &TestApp) {
    let form = invitation(app).fill("Name", "Observer One");
    let administrator = app.person("administrator");
    administrator.open("/staff").form("Sign out").send();
    let sign_in = administrator.open("/sign-in").form("Sign in");
    sign_in.fill("Email address", "administrator@example.org").fill("Password", PASSWORD).submit().is(303);
    let kept = form.submit();
    kept.is(409).sees("Nothing has been saved yet").sees("Observer One").sees("observer@example.org");
    assert_eq!(app.place().value("select count(*) from person"), "1");
    kept.form("Send it now").send().sees("An invitation is on its way to observer@example.org");
}

fn a_kept_form_that_was_changed_is_thrown_away(app: &TestApp) {
    let form = invitation(app).fill("Name", "Observer One");
    app.clock().advance(days(1));
    let form =
        form.submit().form("Sign in").fill("Email address", "administrator@example.org").fill("Password", PASSWORD);
    let kept = form.value("kept").to_owned();
    let swapped: String = kept.chars().map(|sign| if sign == 'a' { 'b' } else { sign }).collect();
    assert_eq!(form.set("kept", &swapped).submit().is(303).redirects_to(), "/staff");
}

fn a_form_of_another_site_is_not_kept(app: &TestApp) {
    let visitor = app.public();
    let headers = [("sec-fetch-site", "cross-site")];
    visitor.post_with("/staff/people", &headers, &[("email", "a@example.org")]).is(403);
    visitor.post("/staff/people", &[("email", "a@example.org")]).is(401);
    visitor.send("POST", "/staff/people", &[("content-type", "text/plain")], b"email=a").is(400);
    let bad = [("content-type", "application/x-www-form-urlencoded")];
    visitor.send("POST", "/staff/people", &bad, b"email=%ff").is(400).sees("cannot be read");
    visitor.send("POST", "/staff/people", &bad, &vec![b'a'; 600 * 1024]).is(413).sees("Too much");
}
