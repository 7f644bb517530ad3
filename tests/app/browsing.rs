//! Work done in a real browser: on a phone and at a desk, with scripts and without, by hand and by keyboard.

use crate::filing::arranged::{COUNCIL_MAIL, ITEM};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::PASSWORD;
use crate::support::browser::Window;

stories![an_update_is_filed_on_a_phone_without_scripts, an_update_is_filed_at_a_desk_by_keyboard];

/// From the link of a reminder: signing in leads back to the form.
fn an_update_is_filed_on_a_phone_without_scripts(app: &TestApp) {
    app.person("contributor of ashgrove-council");
    let tab = app.window(Window::phone().without_scripts(), &app.public());
    tab.open(&format!("/staff{ITEM}/return"));
    tab.sees("Sign in").is_sound();
    tab.fill("Email address", COUNCIL_MAIL).fill("Password", PASSWORD);
    assert_eq!(tab.press("Sign in"), format!("/staff{ITEM}/return"));
    // Without scripts nothing is hidden that somebody may need.
    assert!(tab.shows("#stopped"));
    tab.choose("Stopped").fill("What was done, or what is planned", "The work was stopped.");
    tab.press("Send this update");
    tab.sees("There is a problem").sees("Enter the reason for stopping").is_sound();
    tab.fill("Why it stopped", "There was no money.").date("As of which date is that so?", "2026-11-01");
    assert!(tab.press("Send this update").starts_with("/staff/filings/"));
    tab.sees("With the register, being read").sees("There was no money.").is_sound().picture("filed-on-a-phone");
    app.public().open(ITEM).sees("Received 23 November 2026, being read");
}

fn an_update_is_filed_at_a_desk_by_keyboard(app: &TestApp) {
    let council = app.person("contributor of ashgrove-council");
    let path = format!("/staff{ITEM}/return");
    let first = app.window(Window::desk(), &council);
    first.open(&path);
    assert_eq!(first.key("Tab"), "Skip to main content");
    // In a window of its own: the link that has the focus takes room, and moves what is below it.
    let tab = app.window(Window::desk(), &council);
    tab.open(&path);
    // With scripts the reason is asked where it is needed.
    assert!(!tab.shows("#stopped"));
    tab.choose("Stopped");
    assert!(tab.shows("#stopped"));
    tab.choose("Under way").fill("What was done, or what is planned", "The first stage was inspected.");
    tab.press("Send this update");
    // What went wrong has the focus, and its first link leads to the field.
    let focus = tab.evaluate("document.activeElement.className");
    assert!(focus.as_str().is_some_and(|name| name.contains("error-summary")), "{focus}");
    assert!(tab.key("Tab").contains("Enter the date"));
    tab.key("Enter");
    let field = tab.evaluate("document.activeElement.id");
    assert!(field.as_str().is_some_and(|id| id.starts_with("happened")), "{field}");
    tab.date("As of which date is that so?", "2026-11-20");
    assert!(tab.press("Send this update").starts_with("/staff/filings/"));
    tab.sees("The first stage was inspected.").is_sound().picture("filed-at-a-desk");
}
