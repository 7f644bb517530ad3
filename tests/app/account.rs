//! One's own account: what is held of it, its password, and where it is signed in.

use crate::password_reset::ANOTHER;
use crate::sign_in::sign_in;
use crate::stories;
use crate::support::app::minutes;
use crate::support::browser::Window;
use crate::support::page::Page;
use crate::support::visitor::Visitor;
use crate::support::{PASSWORD, TestApp};

stories![
    everybody_finds_their_own_account,
    somebody_changes_their_password,
    a_password_that_will_not_do_is_explained,
    guessing_the_current_password_is_slowed,
    one_ends_a_session_left_open_elsewhere,
    nobody_ends_the_session_of_somebody_else,
    a_password_is_not_kept_through_sign_in,
    the_page_is_sound_in_a_browser,
];

const ACCOUNT: &str = "/staff/account";

fn change(visitor: &Visitor, current: &str, new: &str) -> Page {
    let form = visitor.open(ACCOUNT).form("Change the password");
    form.fill("Current password", current).fill("New password", new).submit()
}

/// The same person in another browser.
fn elsewhere(app: &TestApp, email: &str) -> Visitor {
    let visitor = app.public();
    sign_in(&visitor, email, PASSWORD).is(303);
    visitor
}

fn everybody_finds_their_own_account(app: &TestApp) {
    for (who, role, body) in [
        ("administrator", "Administrator", "None"),
        ("overseer", "Overseer", "None"),
        ("observer", "Observer", "None"),
        ("contributor of ashgrove-council", "Contributor", "Ashgrove District Council"),
    ] {
        let page = app.person(who).open("/staff").follow("Your account");
        page.sees("@example.org").sees(role).sees(body).sees("This one.").does_not_see("End all others");
    }
    assert_eq!(app.public().get(ACCOUNT).is(303).redirects_to(), "/sign-in?next=%2Fstaff%2Faccount");
}

fn somebody_changes_their_password(app: &TestApp) {
    let overseer = app.person("overseer");
    let (other, observer) = (elsewhere(app, "overseer@example.org"), app.person("observer"));
    // A link that was asked for before leads nowhere afterwards.
    app.public().open("/password-reset").form("Send the link").fill("Email address", "overseer@example.org").submit();
    app.jobs();
    let link = app.mailbox().of("overseer@example.org").last().link("/password-reset/");
    let before = overseer.cookie("followthrough").expect("a session");

    let changed = change(&overseer, PASSWORD, ANOTHER);
    changed.is(303);
    changed.follow_redirects().sees("Your password is changed");
    let after = overseer.cookie("followthrough").expect("a session");
    assert_ne!(before, after, "the token is another one");
    overseer.get("/staff").is(200);
    other.get("/staff").is(303);
    app.public().get_with("/staff", &[("cookie", &format!("followthrough={before}"))]).is(303);
    observer.get("/staff").is(200);
    app.public().get(&link).is(404);
    sign_in(&app.public(), "overseer@example.org", PASSWORD).is(422);
    sign_in(&app.public(), "overseer@example.org", ANOTHER).is(303);

    app.jobs();
    let mails = app.mailbox();
    let mails = mails.of("overseer@example.org");
    let told = mails.about("Your password was changed");
    told.says("If it was not you").does_not_say(ANOTHER).does_not_say("/password-reset/");
}

fn a_password_that_will_not_do_is_explained(app: &TestApp) {
    let overseer = app.person("overseer");
    let page = change(&overseer, "", "short");
    page.is(422).complains("Enter your current password").complains("15 characters");
    change(&overseer, PASSWORD, "overseer@example.org").is(422);
    let page = change(&overseer, "not the password it is", ANOTHER);
    page.is(422).complains("This is not your current password").does_not_see(ANOTHER);
    overseer.get("/staff").is(200);
    sign_in(&app.public(), "overseer@example.org", PASSWORD).is(303);
    assert_eq!(app.place().value("select count(*) from outbox where kind = 'password_changed'"), "0");
}

fn guessing_the_current_password_is_slowed(app: &TestApp) {
    let overseer = app.person("overseer");
    for _ in 0..5 {
        change(&overseer, "not the password it is", ANOTHER).is(422);
        sign_in(&app.public(), "overseer@example.org", "not the password it is").is(422);
    }
    let waits = change(&overseer, PASSWORD, ANOTHER);
    waits.is(429).complains("There were too many tries. Try again in 5 minutes");
    assert_eq!(waits.header("retry-after"), Some("300"));
    sign_in(&app.public(), "overseer@example.org", PASSWORD).is(429);
    app.clock().advance(minutes(5));
    change(&overseer, PASSWORD, ANOTHER).is(303);
}

fn one_ends_a_session_left_open_elsewhere(app: &TestApp) {
    let overseer = app.person("overseer");
    let others = [(); 3].map(|()| {
        app.clock().advance(minutes(10));
        elsewhere(app, "overseer@example.org")
    });
    let page = overseer.open(ACCOUNT);
    page.sees("23 November 2026");
    let end = page.form("End the session begun");
    end.send().sees("That session has ended");
    // The one used last stands first.
    assert_eq!(others.each_ref().map(|other| other.get("/staff").status()), [200, 200, 303]);
    overseer.open(ACCOUNT).form("End all others").send().sees("You are signed out everywhere else");
    assert_eq!(others.each_ref().map(|other| other.get("/staff").status()), [303; 3]);
    overseer.open(ACCOUNT).does_not_see("End all others");
}

fn nobody_ends_the_session_of_somebody_else(app: &TestApp) {
    let (overseer, observer) = (app.person("overseer"), app.person("observer"));
    elsewhere(app, "overseer@example.org");
    let page = overseer.open(ACCOUNT);
    let theirs = page
        .html()
        .select(&crate::support::page::css("form[action*='/sessions/']"))
        .next()
        .map(|form| form.attr("action").expect("an action").to_owned());
    let theirs = theirs.expect("a session of the overseer's");
    let token = observer.open(ACCOUNT).form("Sign out").value("csrf").to_owned();
    observer.post(&theirs, &[("csrf", &token)]).is(404);
    for bad in ["1", "none", "%00"] {
        observer.post(&format!("{ACCOUNT}/sessions/{bad}/end"), &[("csrf", &token)]).is(404);
    }
    assert_eq!(app.place().value("select count(*) from session"), "3");
}

fn a_password_is_not_kept_through_sign_in(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ACCOUNT).form("Change the password");
    let form = form.fill("Current password", PASSWORD).fill("New password", ANOTHER);
    app.clock().advance(minutes(61));
    let form = form.submit().is(401).form("Sign in");
    let page = form.fill("Email address", "overseer@example.org").fill("Password", PASSWORD).submit();
    page.is(200).sees("Nothing has been saved yet").does_not_see(ANOTHER);
    assert!(!page.body().contains(ANOTHER) && !page.body().contains(PASSWORD), "no password is sent back");
}

fn the_page_is_sound_in_a_browser(app: &TestApp) {
    let overseer = app.person("overseer");
    elsewhere(app, "overseer@example.org");
    for (size, name) in [(Window::phone(), "phone"), (Window::desk(), "desk")] {
        let window = app.window(size, &overseer);
        window.open(ACCOUNT);
        window.is_sound().picture(&format!("account-{name}"));
    }
}
