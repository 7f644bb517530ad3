//! People: who may what, and since when no longer.

use crate::sign_in::sign_in;
use crate::stories;
use crate::support::{PASSWORD, TestApp};

stories![
    faults_in_an_invitation_are_told_at_their_fields,
    a_change_of_role_ends_the_sessions,
    mail_about_the_work_before_is_not_sent_after_a_change_of_role,
    a_disabled_person_is_out_at_once,
    the_last_administrator_stays,
    two_administrators_cannot_leave_at_once,
    two_changes_of_one_person_are_shown_side_by_side,
    only_administrators_see_people,
];

fn faults_in_an_invitation_are_told_at_their_fields(app: &TestApp) {
    let administrator = app.person("administrator");
    let form = || administrator.open("/staff/people/new").form("Send the invitation");
    let empty = form().submit();
    empty.is(422).complains("Enter an email address").complains("Enter a name").complains("Choose a role");
    assert!(empty.title().starts_with("Error: "), "{}", empty.title());
    let bodiless =
        form().fill("Email address", "c@example.org").fill("Name", "Contributor <i>One</i>").choose("Contributor");
    let bodiless = bodiless.submit();
    bodiless.is(422).complains("Choose the body that this contributor files returns for");
    let kept = bodiless.form("Send the invitation");
    assert_eq!(kept.value("Email address"), "c@example.org");
    assert_eq!(kept.value("Name"), "Contributor <i>One</i>");
    assert!(kept.is_chosen("Contributor"));
    let invited = form().fill("Email address", "ADMINISTRATOR@example.org").fill("Name", "Another").choose("Observer");
    invited.submit().is(422).complains("Somebody with this email address is on the list");
    let long = form().fill("Email address", "l@example.org").fill("Name", &"x".repeat(10_000)).choose("Observer");
    long.submit().is(422).complains("Name must be 300 characters or fewer");
    let forged =
        form().fill("Email address", "f@example.org").fill("Name", "F").set("role", "king").set("body", "../x");
    forged.submit().is(422).complains("Choose a role").complains("Choose a body of this register");
    assert_eq!(app.place().value("select count(*) from person"), "1");
}

fn a_change_of_role_ends_the_sessions(app: &TestApp) {
    let (administrator, overseer) = (app.person("administrator"), app.person("overseer"));
    let page = administrator.open("/staff/people").follow("Overseer One");
    page.form("Save").fill("Name", "Overseer Renamed").send().sees("Overseer Renamed");
    overseer.open("/staff").sees("Overseer Renamed, Overseer");
    let page = administrator.open("/staff/people").follow("Overseer Renamed");
    page.form("Save").choose("Observer").send();
    overseer.get("/staff").is(303);
    sign_in(&overseer, "overseer@example.org", PASSWORD).is(303);
    overseer.open("/staff").sees("Overseer Renamed, Observer");
}

fn mail_about_the_work_before_is_not_sent_after_a_change_of_role(app: &TestApp) {
    let (administrator, contributor) = (app.person("administrator"), app.person("contributor of ashgrove-council"));
    contributor.open("/staff");
    let account = r#"{"letter":"password_changed","at":"2026-11-23T09:00:00Z","link":"/password-reset"}"#;
    let work = r#"{"letter":"check_asked","body":"Ashgrove Council","until":"2026-12-07","link":"/staff"}"#;
    let waits = |name: &str, kind: &str, letter: &str| {
        app.place().execute(&format!(
            "insert into outbox (reference, kind, person_id, email, letter, state, not_before, created_at, attempts)
               select 'waits-{name}', '{kind}', id, email, '{letter}', 'queued', '2026-11-23T09:00:00Z',
                 '2026-11-23T09:00:00Z', 0 from person where name = 'Contributor One'"
        ));
    };
    let becomes = |role: &str| {
        administrator.open("/staff/people").follow("Contributor One").form("Save").choose(role).send();
    };
    let mails = || {
        app.place().rows(
            "select reference || ' ' || state as value from outbox where reference like 'waits-%' order by reference",
        )
    };
    // What somebody is given back before its turn comes loses no mail.
    waits("first", "check_asked", work);
    becomes("Observer");
    administrator.open("/staff/outbox/waits-first").sees("Waiting to be sent");
    becomes("Contributor");
    app.jobs();
    assert_eq!(mails(), ["waits-first accepted"]);
    waits("account", "password_changed", account);
    waits("second", "check_asked", work);
    becomes("Observer");
    app.jobs();
    assert_eq!(mails(), ["waits-account accepted", "waits-first accepted", "waits-second suppressed"]);
    administrator.open("/staff/outbox/waits-second").sees("the role or the body of its reader has changed");
}

fn a_disabled_person_is_out_at_once(app: &TestApp) {
    let (administrator, overseer) = (app.person("administrator"), app.person("overseer"));
    let page = administrator.open("/staff/people").follow("Overseer One").form("Disable the account").send();
    page.sees("Disabled, and signed out everywhere").sees("Disabled on 23 November 2026");
    overseer.get("/staff").is(303);
    sign_in(&overseer, "overseer@example.org", PASSWORD).is(422);
    page.form("Enable the account").send().sees("Enabled");
    sign_in(&overseer, "overseer@example.org", PASSWORD).is(303);
}

fn the_last_administrator_stays(app: &TestApp) {
    let administrator = app.person("administrator");
    let page = administrator.open("/staff/people").follow("Administrator One");
    page.form("Disable the account").submit().is(422).sees("This is the last administrator");
    let demoted = page.form("Save").choose("Observer").submit();
    demoted.is(422).complains("This is the last administrator");
    // Somebody who was invited and has not come yet does not count.
    let form =
        administrator.open("/staff/people/new").form("Send the invitation").fill("Email address", "b@example.org");
    form.fill("Name", "Administrator Invited").choose("Administrator").send();
    page.form("Disable the account").submit().is(422);
    app.person("administrator two");
    page.form("Save").choose("Observer").submit().is(303);
    administrator.get("/staff").is(303);
}

fn two_administrators_cannot_leave_at_once(app: &TestApp) {
    let (one, two) = (app.person("administrator"), app.person("administrator two"));
    let forms = [
        one.open("/staff/people").follow("Administrator Two").form("Disable the account"),
        two.open("/staff/people").follow("Administrator One").form("Disable the account"),
    ];
    let answered: Vec<u16> = std::thread::scope(|scope| {
        let sent: Vec<_> = forms.into_iter().map(|form| scope.spawn(move || form.submit().status())).collect();
        sent.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    let left = app.place().value("select count(*) from person where role = 'administrator' and disabled_at is null");
    assert_eq!(left, "1", "{answered:?}");
}

fn two_changes_of_one_person_are_shown_side_by_side(app: &TestApp) {
    app.person("overseer");
    let administrator = app.person("administrator");
    let page = administrator.open("/staff/people").follow("Overseer One");
    page.form("Save").choose("Observer").fill("Name", "Observer One").send();
    let late = page.form("Save").fill("Name", "Overseer <b>Late</b>").submit();
    late.is(409).sees("Somebody else changed this person while you were writing");
    late.sees("Observer One").sees("Overseer <b>Late</b>");
    let again = late.form("Save");
    assert_eq!(again.value("Name"), "Overseer <b>Late</b>", "nothing is lost");
    again.send().sees("Overseer <b>Late</b>");
}

fn only_administrators_see_people(app: &TestApp) {
    app.person("administrator");
    for who in ["overseer", "observer", "contributor of ashgrove-harbour"] {
        let person = app.person(who);
        person.get("/staff/people").is(403).sees("Your role does not allow this");
        person.open("/staff").does_not_see("/staff/people");
    }
}
