//! The same as data: the names of the fields are a contract.

use serde_json::{Value, json};

use super::first_register;
use crate::stories;
use crate::support::{Place, TestApp};

stories![
    a_recommendation_has_every_field_of_the_contract,
    warnings_travel_with_the_words,
    an_inquiry_a_body_and_a_search_are_data_too,
    what_is_not_there_is_said_in_json,
];

/// The fields of a recommendation, and of each of its addressees, that others rely on.
const OF_RECOMMENDATION: [&str; 12] = [
    "inquiry",
    "number",
    "own_reference",
    "title",
    "text",
    "text_kind",
    "checked",
    "source_url",
    "made_on",
    "themes",
    "address",
    "addressees",
];
const OF_ADDRESSEE: [&str; 22] = [
    "body",
    "checked",
    "taken_in_on",
    "response",
    "response_on",
    "response_precision",
    "response_basis",
    "reported",
    "reported_on",
    "assessed",
    "assessed_on",
    "assessed_by",
    "lifecycle",
    "closure",
    "done",
    "response_due_on",
    "return_due_on",
    "target_on",
    "first_target_on",
    "target_set_by",
    "times_moved",
    "days_past_first_target",
];

#[track_caller]
fn has(object: &Value, fields: &[&str]) {
    for field in fields {
        assert!(object.get(field).is_some(), "{field} is missing in {object}");
    }
}

fn a_recommendation_has_every_field_of_the_contract(place: &Place) {
    let app = first_register(place);
    let one = app.public().open("/inquiries/jay/recommendations/4.json").json();
    has(&one, &OF_RECOMMENDATION);
    let answer = &one["addressees"][0];
    has(answer, &OF_ADDRESSEE);
    assert_eq!(one["made_on"], "2014-08-26");
    assert_eq!(one["themes"], json!(["outreach"]));
    assert_eq!(one["address"], "http://register.example/inquiries/jay/recommendations/4");
    for (field, value) in [
        ("body", json!("rotherham-council")),
        ("taken_in_on", json!("2026-11-23")),
        ("response", json!("accepted")),
        ("response_on", json!("2014-09-03")),
        ("response_precision", json!("on")),
        ("response_basis", json!("block")),
        ("reported", json!("not_reported")),
        ("assessed", json!("not_assessed")),
        ("lifecycle", json!("open")),
        ("done", json!(false)),
        ("target_on", json!("2014-11-30")),
        ("target_set_by", json!("rotherham-council")),
        ("times_moved", json!(0)),
        // The register was not there to see.
        ("days_past_first_target", json!(null)),
        ("response_due_on", json!(null)),
    ] {
        assert_eq!(answer[field], value, "{field}");
    }
    assert_eq!(app.public().open("/inquiries/operation-linden/recommendations/a.json").json()["own_reference"], true);
}

fn warnings_travel_with_the_words(place: &Place) {
    let app = first_register(place);
    let unverified = app.public().open("/inquiries/jay/recommendations/1.json").json();
    let text = unverified["text"].as_str().expect("a text");
    assert!(text.starts_with("[Not compared with any source"), "{text}");
    let absent = app.public().open("/inquiries/operation-linden/recommendations/m.json").json();
    assert_eq!((&absent["text"], &absent["text_kind"]), (&json!(null), &json!("not_transcribed")));
    assert_eq!(absent["addressees"], json!([]));
}

fn an_inquiry_a_body_and_a_search_are_data_too(place: &Place) {
    let app = first_register(place);
    let public = app.public();
    let inquiry = public.open("/inquiries/jay.json").json();
    assert_eq!((&inquiry["total"], inquiry["items"].as_array().map(Vec::len)), (&json!(15), Some(15)));
    has(&inquiry["items"][0], &OF_RECOMMENDATION);
    let body = public.open("/bodies/law-commission.json").json();
    assert_eq!(body["total"], 1);
    has(&body["items"][0], &OF_ADDRESSEE);
    has(&body["items"][0], &["inquiry", "number", "address"]);
    let found = public.open("/recommendations.json?response=replied").json();
    assert_eq!((&found["total"], &found["next"]), (&json!(2), &json!(null)));
    has(&found["items"][0], &OF_RECOMMENDATION);
}

fn what_is_not_there_is_said_in_json(app: &TestApp) {
    let public = app.public();
    for (path, status) in [
        ("/inquiries/none.json", 404),
        ("/inquiries/ashgrove/recommendations/99.json", 404),
        ("/bodies/none.json", 404),
        ("/recommendations.json?assessed=perhaps", 400),
    ] {
        let page = public.get(path);
        page.is(status);
        assert!(page.json()["error"].is_string(), "{path}");
    }
}
