//! Getting an account by a one-time link: from an administrator, from the shell, or as the first of all.

use crate::sign_in::sign_in;
use crate::stories;
use crate::support::app::{days, minutes};
use crate::support::{PASSWORD, Place, TestApp};

stories![
    an_administrator_invites_somebody_by_mail,
    the_first_administrator_makes_their_own_account,
    the_program_prints_a_link_until_somebody_administers_it,
    the_shell_invites_somebody,
    the_shell_says_what_is_wrong_with_an_invitation,
    a_link_works_once_however_many_send_it,
    a_link_stops_working,
    a_password_that_is_guessed_first_is_refused,
];

fn an_administrator_invites_somebody_by_mail(app: &TestApp) {
    let form = app.person("administrator").open("/staff/people").follow("Invite somebody").form("Send the invitation");
    let form = form.fill("Email address", "contributor@example.org").fill("Name", "Contributor One");
    let page = form.choose("Contributor").select("Body they belong to", "Ashgrove Harbour Authority").send();
    page.sees("An invitation is on its way to contributor@example.org").sees("has not come yet");
    app.jobs();
    let mailbox = app.mailbox();
    let mailbox = mailbox.of("contributor@example.org");
    let mail = mailbox.last();
    mail.says("Ashgrove Harbour Authority");
    let link = mail.link("/invitations/");
    let visitor = app.public();
    // A mail filter opens every link, and uses none up.
    for _ in 0..3 {
        visitor.open(&link).sees("as contributor").sees("contributor@example.org");
    }
    let work = visitor.open(&link).form("Make the account").fill("Choose a password", PASSWORD).send();
    work.sees("Your account is ready").sees("Contributor One, Contributor");
    visitor.get(&link).is(404).sees("This link does not work");
    sign_in(&app.public(), "contributor@example.org", PASSWORD).is(303);
    app.person("administrator").open("/staff/people").sees("Signed in on 23 November 2026");
}

fn the_first_administrator_makes_their_own_account(app: &TestApp) {
    let visitor = app.public();
    let form = || visitor.open(&app.first_administrator()).form("Make the account");
    let faults = form().fill("Email address", "no address").fill("Choose a password", "short").submit();
    faults
        .is(422)
        .complains("Enter your name")
        .complains("Enter an email address in the correct format")
        .complains("15 characters or more");
    let filled = form().fill("Email address", "administrator@example.org").fill("Choose a password", PASSWORD);
    filled.fill("Your name", "Administrator One").send().sees("Administrator One, Administrator");
    visitor.get(&app.first_administrator()).is(404);
    visitor.open("/staff/people").sees("administrator@example.org");
}

fn the_program_prints_a_link_until_somebody_administers_it(place: &Place) {
    let link = |greeting: &str| greeting.lines().find(|line| line.contains("/invitations/")).map(str::to_owned);
    let first = place.spawn(&["serve", "--empty", "--no-jobs"]);
    let old = link(&first.greeting()).expect("a link");
    assert_eq!(first.terminate(), 0);
    let second = place.spawn(&["serve", "--empty", "--no-jobs"]);
    let new = link(&second.greeting()).expect("another link");
    let visitor = second.public();
    visitor.get(&old).is(404);
    let form = visitor.open(&new).form("Make the account").fill("Email address", "administrator@example.org");
    form.fill("Your name", "Administrator One").fill("Choose a password", PASSWORD).submit().is(303);
    assert_eq!(second.terminate(), 0);
    let third = place.spawn(&["serve", "--empty", "--no-jobs"]);
    assert_eq!(link(&third.greeting()), None, "there is an administrator now");
    assert_eq!(third.terminate(), 0);
}

fn the_shell_invites_somebody(place: &Place) {
    let invited = place.run(&[
        "person",
        "invite",
        "--email",
        "overseer@example.org",
        "--name",
        "Overseer One",
        "--role",
        "overseer",
    ]);
    let link = invited.succeeds().last_line().to_owned();
    assert!(link.starts_with("http://register.example/invitations/"), "{link}");
    let served = place.spawn(&["serve", "--empty", "--no-jobs"]);
    let visitor = served.public();
    visitor.open(&link).form("Make the account").fill("Choose a password", PASSWORD).submit().is(303);
    visitor.open("/staff").sees("Overseer One, Overseer");
    assert!(served.greeting().contains("Nobody administers this register yet"), "an overseer does not");
}

fn the_shell_says_what_is_wrong_with_an_invitation(place: &Place) {
    let invite = |email: &str, role: &str, body: &str| {
        place.run(&["person", "invite", "--email", email, "--name", "Somebody", "--role", role, "--body", body])
    };
    invite("somebody", "king", "").exits(2).says("--role").says("administrator, overseer, contributor, observer");
    invite("somebody", "overseer", "").exits(1).says("--email: Enter an email address");
    invite("a@example.org", "contributor", "").exits(1).says("--body: Choose the body");
    invite("a@example.org", "overseer", "no-such-body").exits(1).says("--body: Choose a body of this register");
    invite("a@example.org", "overseer", "").succeeds();
    invite("A@example.org", "observer", "").exits(1).says("--email: Somebody with this email address");
    place.run(&["person", "invite", "--email", "a@example.org"]).exits(2).says("--name");
    assert_eq!(place.value("select count(*) from person"), "1");
}

fn a_link_works_once_however_many_send_it(app: &TestApp) {
    let link = app.first_administrator();
    let visitor = app.public();
    let forms: Vec<_> = (0..20).map(|_| visitor.open(&link).form("Make the account")).collect();
    let answered: Vec<u16> = std::thread::scope(|scope| {
        let sent = forms.into_iter().enumerate().map(|(number, form)| {
            let form = form.fill("Email address", &format!("administrator-{number}@example.org"));
            let form = form.fill("Your name", "Administrator One").fill("Choose a password", PASSWORD);
            scope.spawn(move || form.submit().status())
        });
        let sent: Vec<_> = sent.collect();
        sent.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    assert_eq!(answered.iter().filter(|status| **status == 303).count(), 1, "{answered:?}");
    assert!(answered.iter().all(|status| matches!(status, 303 | 404 | 503)), "{answered:?}");
    assert_eq!(app.place().value("select count(*) from person"), "1");
}

fn a_link_stops_working(app: &TestApp) {
    let administrator = app.person("administrator");
    let invite = |email: &str| {
        let form = administrator.open("/staff/people/new").form("Send the invitation").fill("Email address", email);
        form.fill("Name", "Somebody").choose("Observer").send()
    };
    let link = |email: &str| {
        app.jobs();
        app.mailbox().of(email).last().link("/invitations/")
    };
    let visitor = app.public();
    let first = invite("first@example.org");
    let old = link("first@example.org");
    visitor.open(&old);
    app.clock().advance(minutes(1));
    first.form("Send the invitation again").send().sees("on its way again");
    let new = link("first@example.org");
    assert_ne!(old, new);
    visitor.get(&old).is(404);
    let form = visitor.open(&new).form("Make the account");
    first.form("Disable the account").send();
    visitor.get(&new).is(404);
    form.fill("Choose a password", PASSWORD).submit().is(404);
    invite("second@example.org");
    let link = link("second@example.org");
    app.clock().advance(days(3));
    visitor.get(&link).is(404);
    for bad in ["/invitations/x", "/invitations/%2e%2e", "/invitations/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        visitor.get(bad).is(404).sees("This link does not work");
    }
}

fn a_password_that_is_guessed_first_is_refused(app: &TestApp) {
    let visitor = app.public();
    let choose = |password: &str| {
        let form = visitor.open(&app.first_administrator()).form("Make the account");
        let form = form.fill("Email address", "administrator@example.org").fill("Your name", "Administrator One");
        form.fill("Choose a password", password).submit()
    };
    for (bad, words) in [
        ("", "Enter a password"),
        ("fourteen chars", "15 characters or more"),
        ("passwordpassword", "repeated"),
        ("qwertyuiop[]asdfghjkl", "guessed first"),
        ("administrator@example.org", "must not rest on your name"),
    ] {
        choose(bad).is(422).complains(words).does_not_see("passwordpassword");
    }
    let long = "kettle umbrella moss 7 ".repeat(6);
    assert!(long.len() > 64);
    choose(&long).is(303);
    sign_in(&app.public(), "administrator@example.org", &long).is(303);
    sign_in(&app.public(), "administrator@example.org", long.trim_end()).is(422);
}
