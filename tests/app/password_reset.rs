//! A new password, by a link that is mailed.

use std::time::Instant;

use crate::sign_in::{alike, sign_in};
use crate::stories;
use crate::support::app::minutes;
use crate::support::{PASSWORD, TestApp};

stories![
    somebody_who_forgot_their_password_chooses_another,
    nobody_learns_whether_there_is_an_account,
    known_and_unknown_accounts_take_as_long,
    a_link_for_a_new_password_stops_working,
    nobody_is_flooded_with_mails,
];

/// A password to change to.
pub const ANOTHER: &str = "kettle umbrella moss 7";

fn ask(app: &TestApp, email: &str) -> crate::support::page::Page {
    app.public()
        .open("/sign-in")
        .follow("I do not know my password")
        .form("Send the link")
        .fill("Email address", email)
        .submit()
}

fn link(app: &TestApp, email: &str) -> String {
    app.jobs();
    app.mailbox().of(email).last().link("/password-reset/")
}

fn somebody_who_forgot_their_password_chooses_another(app: &TestApp) {
    let signed_in = app.person("overseer");
    ask(app, "overseer@example.org").is(200).sees("Look into your mailbox");
    let link = link(app, "overseer@example.org");
    let visitor = app.public();
    visitor.open(&link);
    visitor
        .open(&link)
        .form("Change the password")
        .fill("New password", "short")
        .submit()
        .is(422)
        .complains("15 characters");
    let form = visitor.open(&link).form("Change the password");
    form.fill("New password", ANOTHER).send().sees("Your password is changed");
    signed_in.get("/staff").is(303);
    visitor.get("/staff").is(303);
    visitor.get(&link).is(404).sees("This link does not work");
    sign_in(&visitor, "overseer@example.org", PASSWORD).is(422);
    sign_in(&visitor, "overseer@example.org", ANOTHER).is(303);
    app.jobs();
    let mails = app.mailbox().of("overseer@example.org");
    mails.about("Your password was changed").says("If it was not you").does_not_say("/password-reset/");
}

fn nobody_learns_whether_there_is_an_account(app: &TestApp) {
    app.person("overseer");
    let known = ask(app, "overseer@example.org");
    let unknown = ask(app, "nobody@example.org");
    assert_eq!((known.status(), known.text()), (unknown.status(), unknown.text()));
    ask(app, "nonsense").is(422).complains("Enter an email address in the correct format");
    let administrator = app.person("administrator");
    administrator.open("/staff/people").follow("Overseer One").form("Disable the account").send();
    app.clock().advance(minutes(61));
    ask(app, "overseer@example.org").is(200);
    app.jobs();
    assert_eq!(app.place().value("select count(*) from outbox where kind = 'password_reset'"), "1");
}

/// As at sign-in: the quickest of many answers differ by less than 10 ms. Each try is made when the limits on asking have
/// passed, so that for the known account a mail is written every time.
fn known_and_unknown_accounts_take_as_long(app: &TestApp) {
    app.person("overseer");
    let visitor = app.public();
    let time = |email: &str| {
        app.clock().advance(minutes(61));
        let form = visitor.open("/password-reset").form("Send the link").fill("Email address", email);
        let began = Instant::now();
        form.submit().is(200);
        began.elapsed()
    };
    alike(|| time("overseer@example.org"), || time("somebody@example.org"));
    let written = app.place().value("select count(*) from outbox where kind = 'password_reset'");
    assert!(written.parse::<u32>().is_ok_and(|mails| mails >= 9), "{written} mails");
}

fn a_link_for_a_new_password_stops_working(app: &TestApp) {
    app.person("overseer");
    ask(app, "overseer@example.org");
    let first = link(app, "overseer@example.org");
    app.clock().advance(minutes(1));
    ask(app, "overseer@example.org");
    let second = link(app, "overseer@example.org");
    assert_ne!(first, second);
    let visitor = app.public();
    visitor.get(&first).is(404);
    let form = visitor.open(&second).form("Change the password").fill("New password", ANOTHER);
    app.clock().advance(minutes(30));
    visitor.get(&second).is(404);
    form.submit().is(404);
    // A link of one kind is worthless for another.
    visitor.get(&second.replace("/password-reset/", "/invitations/")).is(404);
}

fn nobody_is_flooded_with_mails(app: &TestApp) {
    app.person("overseer");
    for _ in 0..6 {
        ask(app, "overseer@example.org").is(200);
    }
    assert_eq!(app.place().value("select count(*) from outbox where kind = 'password_reset'"), "3");
}
