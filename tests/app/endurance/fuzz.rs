//! Ten thousand requests to the API, each made from the document that describes it: as it says, at its bounds, and beside them.
//! Whatever is asked, the answer is one that the document names for that address, of the form that it says, and never a failure.

use std::collections::BTreeMap;
use std::fmt::Write;

use jsonschema::Validator;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::alone;
use crate::deeds_judge::run_by_somebody;
use crate::deeds_record::{ITEM, response};
use crate::stories;
use crate::support::TestApp;
use crate::support::luck::Luck;
use crate::support::page::Page;
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;

stories![ten_thousand_requests_are_answered_as_the_document_says];

const REQUESTS: usize = 10_000;
/// A longer address no client of ours sends.
const LONGEST: usize = 50_000;
/// What may be asked of an address in which way: the first is what the document says, each other one differs in one thing.
const WAYS: [&str; 12] = [
    "as the document says",
    "at a bound",
    "nonsense",
    "another type",
    "other scripts",
    "a NUL",
    "broken encoding",
    "huge",
    "repeated",
    "a place of another list",
    "another day",
    "unknown names",
];
/// Three in four read.
const METHODS: [&str; 12] =
    ["GET", "GET", "GET", "GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "DELETE", "PATCH"];

/// One address of the document.
struct Operation {
    path: String,
    parameters: Vec<Parameter>,
    /// The statuses that it names, with what an answer of each must fit.
    answers: BTreeMap<u16, Option<Validator>>,
}

/// One parameter of it.
struct Parameter {
    name: String,
    in_path: bool,
    /// The numbers at and beside its bounds, if it has any, and a text longer than it takes.
    bounds: Vec<String>,
}

/// What is asked, and what came of it.
struct Fuzz {
    luck: Luck,
    seed: u64,
    /// Where the second page of each list begins.
    places: Vec<(String, String)>,
    problem: Validator,
    asked: BTreeMap<(String, u16), u32>,
}

fn ten_thousand_requests_are_answered_as_the_document_says(app: &TestApp) {
    let _alone = alone();
    run_by_somebody(app);
    let form = app.person("overseer").open(ITEM).follow("Record a response").form("Publish the response");
    response(form, "Accepted", "The stages are inspected each May.").send();

    let public = Visitor::unseen(app.place().servers(), app.address(), BASE_URL);
    let document = public.open("/api/v1/openapi.json").json();
    let operations = operations(&document);
    let bounded = operations.iter().flat_map(|one| &one.parameters).filter(|one| one.bounds.len() > 1).count();
    assert!(operations.len() >= 8 && bounded > 0, "{} addresses, {bounded} bounds", operations.len());
    let seed = Luck::seed("requests to the API");
    let mut fuzz = Fuzz {
        luck: Luck::of(seed),
        seed,
        places: operations.iter().filter_map(|one| place_in(&public, &one.path)).collect(),
        problem: validator(&document, &document["components"]["schemas"]["Problem"]),
        asked: BTreeMap::new(),
    };
    assert!(fuzz.places.len() > 2, "there are lists with a second page");
    for _ in 0..REQUESTS {
        let operation = &operations[fuzz.luck.below(operations.len())];
        let (method, way) = (fuzz.luck.one(&METHODS), fuzz.luck.one(&WAYS));
        let address = fuzz.address(operation, way);
        let page = public.send(method, &address, &[], &[]);
        fuzz.check(operation, method, way, &page);
        // Who has it already is told so.
        if let (200, "GET", Some(tag)) = (page.status(), method, page.header("etag"))
            && fuzz.luck.below(20) == 0
        {
            let again = public.get_with(&address, &[("if-none-match", tag)]);
            fuzz.check(operation, "GET", "asked once more", &again);
        }
    }
    println!("{}", fuzz.table(app.place().database().as_str()));
    for status in [200, 303, 304, 400, 404, 405, 204] {
        assert!(fuzz.asked.keys().any(|(_, found)| *found == status), "nothing was answered {status}");
    }
}

fn operations(document: &Value) -> Vec<Operation> {
    let paths = document["paths"].as_object().expect("paths");
    let one = |(path, item): (&String, &Value)| {
        let get = &item["get"];
        let parameters = get["parameters"].as_array().into_iter().flatten().map(|one| Parameter {
            name: one["name"].as_str().expect("a name").to_owned(),
            in_path: one["in"] == "path",
            bounds: bounds(&one["schema"]),
        });
        let answers = get["responses"].as_object().expect("answers").iter().map(|(status, answer)| {
            let content = answer["content"].as_object().and_then(|content| content.values().next());
            let fits = content.map(|content| validator(document, &content["schema"]));
            (status.parse().expect("a status"), fits)
        });
        Operation { path: path.clone(), parameters: parameters.collect(), answers: answers.collect() }
    };
    paths.iter().map(one).collect()
}

fn validator(document: &Value, schema: &Value) -> Validator {
    assert!(schema.is_object(), "{schema} is no schema");
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    jsonschema::validator_for(&schema).expect("a schema")
}

fn bounds(schema: &Value) -> Vec<String> {
    let numbers = ["minimum", "maximum"].into_iter().filter_map(|name| bound(schema, name));
    let near = numbers.flat_map(|bound| [bound - 1, bound, bound + 1]).map(|number| number.to_string());
    let long = bound(schema, "maxLength").and_then(|most| usize::try_from(most).ok());
    near.chain(long.into_iter().flat_map(|most| ["f".repeat(most), "f".repeat(most + 1)])).collect()
}

/// A number of a schema, wherever it stands in it.
fn bound(schema: &Value, name: &str) -> Option<i64> {
    match schema {
        Value::Object(fields) => {
            let own = fields.get(name).and_then(Value::as_f64).map(|number| number as i64);
            own.or_else(|| fields.values().find_map(|inner| bound(inner, name)))
        }
        Value::Array(all) => all.iter().find_map(|inner| bound(inner, name)),
        _ => None,
    }
}

/// Where the second page of a list begins; `None` of what is no list, or has one page.
fn place_in(public: &Visitor, path: &str) -> Option<(String, String)> {
    if path.contains('{') {
        return None;
    }
    let next = public.open(&format!("{path}?limit=1")).json()["next"].as_str()?.to_owned();
    let place = next.split("after=").nth(1)?.split('&').next()?;
    Some((path.to_owned(), place.to_owned()))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

impl Fuzz {
    /// An address of an operation, one thing of which may not be as the document says.
    fn address(&self, operation: &Operation, way: &str) -> String {
        let other = self.luck.below(operation.parameters.len().max(1));
        let mut path = operation.path.clone();
        let mut query: Vec<String> = Vec::new();
        for (number, one) in operation.parameters.iter().enumerate() {
            let value = if number == other { self.value(operation, one, way) } else { None };
            let differs = value.is_some();
            let value = value.unwrap_or_else(|| encoded(&self.good(operation, &one.name)));
            if one.in_path {
                path = path.replace(&format!("{{{}}}", one.name), &value);
            } else if way == "repeated" && number == other {
                let pair = format!("{}={value}", one.name);
                query.extend(std::iter::repeat_n(pair.clone(), 2 + self.luck.below(LONGEST / (pair.len() + 1) / 2)));
            } else if differs || self.luck.below(5) == 0 {
                query.push(format!("{}={value}", one.name));
            }
        }
        match way {
            "another day" => {
                let days = ["2026-11-23", "2999-01-01", "1066-10-14", "0000-00-00", "yesterday", "%00", ""];
                query.push(format!("as-at={}", self.luck.one(&days)));
            }
            "unknown names" => {
                let names = ["utm_source=x", "utm_source=x&utm_source=y", "%00=%00", "=", "&&&", "limit%5B%5D=1", "a"];
                query.push(self.luck.one(&names).to_owned());
            }
            _ => {}
        }
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// A value, as it stands in an address, that the document does not name; `None` where this way has none.
    fn value(&self, operation: &Operation, parameter: &Parameter, way: &str) -> Option<String> {
        let number = self.luck.below(1000);
        let text = match way {
            "at a bound" => parameter.bounds.get(self.luck.below(parameter.bounds.len().max(1)))?.clone(),
            "nonsense" => {
                let said =
                    ["maybe", "../../etc/passwd", "<script>", "' or 1=1 --", "${jndi:x}", "a,b,,", ".", "*", "-"];
                self.luck.one(&said).to_owned()
            }
            "another type" => {
                let said = ["true", "null", "[]", "{\"a\":1}", "1.5", "-1", "1e9", "0x10", "+5", "", " "];
                self.luck.one(&said).to_owned()
            }
            "other scripts" => {
                let said = ["渡し船", "🛟", "\u{202e}yrref", "１００", "e\u{301}", "\u{feff}", "ﬀerry", "\u{10ffff}"];
                self.luck.one(&said).to_owned()
            }
            "a NUL" => return Some(self.luck.one(&["%00", "ferry%00", "%00%00", "a%0D%0Ab"]).to_owned()),
            "broken encoding" => {
                return Some(self.luck.one(&["%", "%f", "%zz", "%FF%FE", "%C3", "%u0041", "%2525"]).to_owned());
            }
            "huge" => {
                let sign = self.luck.one(&["9", "a", "0", "-"]);
                return Some(sign.repeat(400 + self.luck.below(LONGEST - 400)));
            }
            "a place of another list" => {
                let others: Vec<&str> = self.places.iter().map(|(_, place)| place.as_str()).collect();
                let place = self.luck.one(&others);
                // What was sealed is changed by one sign, or stands where it does not belong.
                if number < 300 { format!("{place}x") } else { place.to_owned() }
            }
            "repeated" if parameter.in_path => return Some("a/".repeat(1 + number)),
            "repeated" => self.good(operation, &parameter.name),
            _ => return None,
        };
        Some(encoded(&text))
    }

    /// A value that the document would take.
    fn good(&self, operation: &Operation, name: &str) -> String {
        let one = |of: &[&str]| self.luck.one(of).to_owned();
        match name {
            "inquiry" => one(&["ashgrove", "millbrook"]),
            "body" => one(&["ashgrove-council", "ashgrove-harbour", "coastal-agency", "old-ferry-board"]),
            "theme" => one(&["inspection", "timetables"]),
            "number" => one(&["1", "2", "3", "4", "5", "6", "7", "a"]),
            "seq" => (1 + self.luck.below(3)).to_string(),
            "q" => one(&["ferry", "\"landing stages\"", "inspect*", "winter crossing"]),
            "response" => one(&["accepted", "rejected", "accepted,replied"]),
            "reported" => one(&["under_way", "not_reported,planned"]),
            "assessed" => one(&["not_assessed", "on_course,implemented"]),
            "lifecycle" => one(&["open", "closed,lapsed"]),
            "gap" => one(&["claimed", "yes", "confirmed", "not_looked_at", "not_lately", "disputed"]),
            "looked" | "in_error" => one(&["yes"]),
            "due" => one(&["passed", "soon"]),
            "checked" => one(&["source", "secondary,unverified"]),
            "text_kind" => one(&["verbatim", "summary"]),
            "sort" => one(&["best", "register", "changed"]),
            "limit" => (1 + self.luck.below(100)).to_string(),
            "after" => {
                let own = self.places.iter().find(|(path, _)| *path == operation.path);
                own.map_or_else(String::new, |(_, place)| place.clone())
            }
            other => panic!("{}: say what is a good value of {other}", operation.path),
        }
    }

    /// Demands that an answer is one that the document names.
    fn check(&mut self, operation: &Operation, method: &str, way: &str, page: &Page) {
        let status = page.status();
        let asked: String = page.name().chars().take(300).collect();
        let place = format!("FOLLOWTHROUGH_SEED={}, {way}: {asked} answered {status}", self.seed);
        assert!(status < 500, "{place}: {}", page.body());
        *self.asked.entry((method.to_owned(), status)).or_default() += 1;
        match method {
            "GET" | "HEAD" => {
                assert!(operation.answers.contains_key(&status), "{place}, which the document does not name");
            }
            "OPTIONS" => assert!(matches!(status, 204 | 404), "{place}"),
            _ => assert!(matches!(status, 404 | 405), "{place}"),
        }
        if matches!(status, 204 | 405) {
            assert!(page.header("allow").is_some_and(|allowed| allowed.contains("GET, HEAD")), "{place} without Allow");
        }
        assert_eq!(page.header("access-control-allow-origin"), Some("*"), "{place}");
        if method == "HEAD" || matches!(status, 204 | 303 | 304) {
            assert!(page.bytes().is_empty(), "{place} with a body");
            return;
        }
        let kind = if status == 200 { "application/json" } else { "application/problem+json" };
        assert_eq!(page.header("content-type"), Some(kind), "{place}");
        let data = page.json();
        let named = operation.answers.get(&status).and_then(Option::as_ref).filter(|_| method == "GET");
        let fits = named.unwrap_or(&self.problem);
        let faults: Vec<String> =
            fits.iter_errors(&data).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{place}: {faults:#?}");
        if status != 200 {
            assert_eq!(data["status"], status, "{place}");
        }
    }

    fn table(&self, database: &str) -> String {
        let all: u32 = self.asked.values().sum();
        let mut table =
            format!("Requests to the API, {database}: {all}\n\n| method | status | requests |\n|---|---:|---:|\n");
        for ((method, status), count) in &self.asked {
            writeln!(table, "| {method} | {status} | {count} |").expect("a text");
        }
        table
    }
}
