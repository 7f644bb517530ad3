//! The register is alive, and able to serve.

use crate::stories;
use crate::support::{Place, TestApp};

stories![
    a_running_register_says_that_it_is_alive,
    what_is_not_ready_says_so_in_its_own_words,
    the_program_serves_from_an_empty_place,
];

fn a_running_register_says_that_it_is_alive(app: &TestApp) {
    app.public().get("/healthz").is(200);
    app.public().get("/readyz").is(200);
}

fn what_is_not_ready_says_so_in_its_own_words(app: &TestApp) {
    app.place().execute("delete from __diesel_schema_migrations");
    let answer = app.public().get("/readyz");
    answer.is(503);
    assert_eq!(answer.body(), "not ready: the schema is not up to date\n");
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
}

fn the_program_serves_from_an_empty_place(place: &Place) {
    let served = place.spawn(&["serve"]);
    served.public().open("/").sees("Independent Inquiry into Child Sexual Exploitation in Rotherham");
    assert_eq!(served.terminate(), 0, "SIGTERM ends it cleanly");
}
