//! Coming in and going out.

use crate::stories;
use crate::support::TestApp;

stories![everybody_is_led_in_by_an_invitation];

fn everybody_is_led_in_by_an_invitation(app: &TestApp) {
    for who in ["administrator", "overseer", "overseer two", "observer", "contributor of ashgrove-council"] {
        app.person(who).get("/staff").is(200).sees("Your work");
    }
    app.public().get("/staff").is(303);
}
