//! The API for programs: its answers are what its document says, pages go on, and nonsense is refused with a problem.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::deeds_record::{ITEM, response};
use crate::stories;
use crate::support::TestApp;
use crate::support::visitor::Visitor;

stories![programs_read_what_the_document_says, a_question_that_makes_no_sense_is_a_problem];

/// The document, and the schema of the 200 of an address.
fn schema(document: &Value, path: &str) -> Value {
    let content = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    assert!(content.is_object(), "{path} is not in the document");
    let mut schema = content.clone();
    schema["components"] = document["components"].clone();
    schema
}

/// An answer that fits what the document says of its address.
#[track_caller]
fn fitting(public: &Visitor, document: &Value, path: &str, address: &str) -> Value {
    let page = public.get(address);
    page.is(200);
    assert_eq!(page.header("content-type"), Some("application/json"), "{address}");
    assert_eq!(page.header("access-control-allow-origin"), Some("*"));
    assert_eq!(page.header("access-control-allow-credentials"), None);
    let data = page.json();
    let validator = jsonschema::validator_for(&schema(document, path)).expect("a schema");
    let faults: Vec<String> =
        validator.iter_errors(&data).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{address}: {faults:#?}");
    data
}

fn programs_read_what_the_document_says(app: &TestApp) {
    let public = app.public();
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    let item = response(form, "Accepted", "canary-in-the-interface").send();
    item.form("Withhold these words: Accepted").send();
    let page = public.open("/about").follow("what programs can read");
    let document = public.open(&page.link("The exact description (OpenAPI 3.1)")).json();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], "http://register.example");
    // Limits are said to people and to programs, and each address may answer that it is busy.
    let limits = "For all readers together, at most 2 downloads of many rows";
    page.sees(limits).sees("Retry-After then says after how many seconds to ask again.");
    assert!(document["info"]["description"].as_str().is_some_and(|said| said.contains(limits)), "{}", document["info"]);
    let mut names = std::collections::BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let name = item["get"]["operationId"].as_str().unwrap_or_default();
        assert!(!name.is_empty() && names.insert(name), "{path}: {name} is the name of another operation");
        let busy = &item["get"]["responses"]["503"];
        assert!(busy["content"]["application/problem+json"]["schema"].is_object(), "{path}: {busy}");
        assert!(busy["headers"]["Retry-After"]["description"].is_string(), "{path}: {busy}");
    }
    for (path, address) in [
        ("/api/v1/inquiries", "/api/v1/inquiries"),
        ("/api/v1/inquiries/{inquiry}", "/api/v1/inquiries/ashgrove"),
        ("/api/v1/recommendations", "/api/v1/recommendations"),
        ("/api/v1/recommendations", "/api/v1/recommendations?response=rejected&sort=changed"),
        ("/api/v1/inquiries/{inquiry}/recommendations/{number}", "/api/v1/inquiries/ashgrove/recommendations/4"),
        ("/api/v1/bodies", "/api/v1/bodies"),
        ("/api/v1/bodies/{body}", "/api/v1/bodies/old-ferry-board"),
        ("/api/v1/changes", "/api/v1/changes"),
        ("/api/v1/changes", "/api/v1/changes?inquiry=ashgrove"),
        ("/api/v1/changes/{seq}", "/api/v1/changes/2"),
    ] {
        let data = fitting(&public, &document, path, address);
        assert_eq!(data["notice"], "Not in service: nobody has taken responsibility for this copy");
        assert!(!data.to_string().contains("canary-in-the-interface"), "{address}");
        // Who has it is told so, and asking for the head gives no body.
        let tag = public.get(address).header("etag").expect("a tag").to_owned();
        public.get_with(address, &[("if-none-match", &tag)]).is(304);
        assert!(public.send("HEAD", address, &[], &[]).is(200).bytes().is_empty());
        let asked = public.send("OPTIONS", address, &[("origin", "https://elsewhere.example")], &[]);
        asked.is(204);
        assert_eq!(asked.header("allow"), Some("GET, HEAD, OPTIONS"));
        assert_eq!(asked.header("access-control-allow-methods"), Some("GET, HEAD, OPTIONS"));
    }
    // A schema that would take anything is none.
    let validator = jsonschema::validator_for(&schema(&document, "/api/v1/bodies")).expect("a schema");
    assert!(!validator.is_valid(&json!({ "items": [{ "body": 1 }], "total": "many" })));
    // The same recommendation is the same everywhere.
    let one = public.get("/api/v1/inquiries/ashgrove/recommendations/4").json();
    assert!(one["item"]["text"].as_str().is_some_and(|text| text.starts_with("[Not compared with any source")));
    let elsewhere = public.get("/inquiries/ashgrove/recommendations/4.json").json();
    for (name, value) in one["item"].as_object().expect("an object") {
        assert_eq!(elsewhere[name], *value, "{name}");
    }
    // Page after page, nothing twice and nothing left out.
    for (list, name) in
        [("recommendations", "address"), ("bodies", "body"), ("inquiries", "inquiry"), ("changes", "change")]
    {
        let whole = public.get(&format!("/api/v1/{list}?limit=100")).json();
        let mut seen = Vec::new();
        let mut next = Some(format!("/api/v1/{list}?limit=1"));
        while let Some(address) = next {
            let data = public.get(&address).json();
            assert_eq!(data["items"].as_array().map(Vec::len), Some(1), "{address}");
            seen.push(data["items"][0][name].to_string());
            next = data["next"].as_str().map(str::to_owned);
        }
        let all: Vec<String> =
            whole["items"].as_array().expect("items").iter().map(|item| item[name].to_string()).collect();
        assert_eq!(seen, all, "{list}");
        assert_eq!(whole["total"], json!(all.len()), "{list}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len());
    }
    assert_eq!(public.get("/api/v1/recommendations").header("x-robots-tag"), Some("noindex"));
}

fn a_question_that_makes_no_sense_is_a_problem(app: &TestApp) {
    let public = app.public();
    let next = public.get("/api/v1/recommendations?inquiry=ashgrove&limit=2").json()["next"]
        .as_str()
        .expect("a next")
        .to_owned();
    public.get(&next).is(200);
    let sealed = next.split("after=").nth(1).and_then(|rest| rest.split('&').next()).expect("a place").to_owned();
    let long = "a".repeat(50_000);
    for (address, status, says) in [
        // A place is good for the question it was given for, whatever the size of the page.
        (format!("/api/v1/recommendations?after={sealed}"), 400, "after"),
        (format!("/api/v1/bodies?after={sealed}"), 400, "after"),
        (format!("/api/v1/recommendations?inquiry=ashgrove&q=ferry&after={sealed}"), 400, "after"),
        ("/api/v1/recommendations?after=%00".to_owned(), 400, "after"),
        ("/api/v1/changes?after=1".to_owned(), 400, "after"),
        ("/api/v1/bodies?limit=101".to_owned(), 400, "from 1 to 100"),
        ("/api/v1/bodies?limit=0".to_owned(), 400, "from 1 to 100"),
        ("/api/v1/bodies?limit=many".to_owned(), 400, "from 1 to 100"),
        ("/api/v1/bodies?limit=1&limit=2".to_owned(), 400, "more than once"),
        ("/api/v1/recommendations?q=a&q=b".to_owned(), 400, "more than once"),
        ("/api/v1/recommendations?response=maybe".to_owned(), 400, "response"),
        (format!("/api/v1/recommendations?q={long}"), 400, "too long"),
        ("/api/v1/changes?inquiry=none".to_owned(), 400, "inquiry"),
        ("/api/v1/changes?inquiry=ashgrove&body=old-ferry-board".to_owned(), 400, "body"),
        ("/api/v1/inquiries/none".to_owned(), 404, ""),
        ("/api/v1/inquiries/%00".to_owned(), 404, ""),
        ("/api/v1/inquiries/ashgrove/recommendations/99".to_owned(), 404, ""),
        ("/api/v1/changes/0".to_owned(), 404, ""),
        ("/api/v1/changes/99".to_owned(), 404, ""),
        ("/api/v1/people".to_owned(), 404, ""),
    ] {
        let page = public.get(&address);
        page.is(status);
        assert_eq!(page.header("content-type"), Some("application/problem+json"), "{address}");
        assert_eq!(page.header("access-control-allow-origin"), Some("*"), "{address}");
        let problem = page.json();
        assert_eq!((&problem["type"], &problem["status"]), (&json!("about:blank"), &json!(status)));
        assert!(problem["title"].is_string() && problem["request_id"].is_string());
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(says)), "{address}: {problem}");
    }
    let refused = public.post("/api/v1/bodies", &[]);
    refused.is(405);
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    public.send("OPTIONS", "/api/v1/people", &[], &[]).is(404);
    // What others add to shared links is left alone, and a word without a meaning here too.
    public.get("/api/v1/bodies?utm_source=x&utm_source=y").is(200);
}
