//! The register is alive, and able to serve.

use crate::stories;
use crate::support::{Place, TestApp};

stories![a_running_register_says_that_it_is_alive, the_program_serves_from_an_empty_place];

fn a_running_register_says_that_it_is_alive(app: &TestApp) {
    app.public().get("/healthz").is(200);
    app.public().get("/readyz").is(200);
}

fn the_program_serves_from_an_empty_place(place: &Place) {
    let served = place.spawn(&["serve"]);
    served.public().open("/").sees("Independent Inquiry into Child Sexual Exploitation in Rotherham");
    assert_eq!(served.terminate(), 0, "SIGTERM ends it cleanly");
}
