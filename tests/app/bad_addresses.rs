//! Addresses that nobody should ask for, of every public page, feed, table and archive: a clear refusal, never a failure.

use followthrough::web::cache::KEPT;
use followthrough::web::{Door, ROUTES};

use crate::stories;
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;

stories![
    a_parameter_that_makes_no_sense_is_named_wherever_it_is_read,
    no_public_address_fails_for_what_stands_in_it,
    every_public_address_tells_its_headers_alone_and_how_it_may_be_asked,
];

/// What stands in the places of an address, where the register has it.
const VALUES: [(&str, &str); 5] = [
    ("{inquiry}", "ashgrove"),
    ("{number}", "2"),
    ("{body}", "ashgrove-council"),
    ("{theme}", "inspection"),
    ("{seq}", "1"),
];

/// An address of a route; of a file and of a family there is none.
fn filled(route: &str) -> String {
    let path = VALUES.iter().fold(route.to_owned(), |path, (place, value)| path.replace(place, value));
    path.replace(['{', '}'], "")
}

/// So many addresses are asked for here that they are no pages to look at.
fn reader(app: &TestApp) -> Visitor {
    Visitor::unseen(app.place().servers(), app.address(), BASE_URL)
}

fn public_paths() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().filter(|route| route.method == "GET" && route.door == Door::Public).map(|route| route.path)
}

/// Demands that a refusal is one that its reader can read: a problem, data, or a page with a heading.
#[track_caller]
fn is_clear(page: &Page) {
    let (status, name) = (page.status(), page.name().chars().take(200).collect::<String>());
    assert!(status < 500, "{name} answered {status}");
    if !(400..500).contains(&status) {
        return;
    }
    let kind = page.header("content-type").unwrap_or_default().to_owned();
    let path = page.path().split('?').next().unwrap_or_default();
    if path.starts_with("/api/v1/") {
        assert_eq!(kind, "application/problem+json", "{name}");
        let data = page.json();
        assert_eq!(data["status"], status, "{name}");
        assert!(data["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{name}: {data}");
    } else if path.ends_with(".json") {
        assert_eq!(kind, "application/json", "{name}");
        assert!(page.json()["error"].is_string(), "{name}");
    } else {
        assert!(page.is_html(), "{name} is refused by {kind}");
        assert!(!page.heading().is_empty() && !page.links().is_empty(), "{name} offers no way on");
    }
}

fn a_parameter_that_makes_no_sense_is_named_wherever_it_is_read(app: &TestApp) {
    let reader = reader(app);
    // A list of its own to each of them: what the first search gives is no place of another.
    let place = reader.open("/api/v1/recommendations?inquiry=ashgrove&limit=2").json();
    let place = place["next"].as_str().and_then(|next| next.split("after=").nth(1)).expect("a second page").to_owned();
    let place = place.split('&').next().unwrap_or_default();
    let mut asked = 0;
    for (route, names) in KEPT {
        let path = filled(route);
        let is_there = reader.get(&path).status() == 200;
        for name in *names {
            let deep = format!("{name}=a&").repeat(400);
            let mut queries = vec![format!("{name}=%00"), format!("{name}=a%00b"), deep];
            // Whatever words somebody searches for are words.
            if *name != "q" {
                queries.extend([format!("{name}=no+such+thing"), format!("{name}=%F0%9F%9B%9F")]);
            }
            match *name {
                "as-at" => queries.extend(["2999-01-01", "2026-11-22", "2026-02-30"].map(|day| format!("as-at={day}"))),
                "from" | "to" => queries.extend([format!("{name}=2999-01-01"), format!("{name}=2026-02-30")]),
                "after" | "moved-after" => queries.push(format!("{name}={place}")),
                "limit" => queries.extend(["0", "101", "1.5"].map(|number| format!("limit={number}"))),
                _ => {}
            }
            for query in queries {
                let page = reader.get(&format!("{path}?{query}"));
                is_clear(&page);
                let said: String = query.chars().take(80).collect();
                // Of what is not there that may be said first.
                let expected = page.status() == 400 || !is_there && page.status() == 404;
                assert!(expected, "{path}?{said} answered {}", page.status());
                if page.status() == 400 {
                    page.sees(name);
                }
                asked += 1;
            }
        }
    }
    assert!(asked > 400, "{asked}");
    reader.get("/healthz").is(200);
}

fn no_public_address_fails_for_what_stands_in_it(app: &TestApp) {
    let reader = reader(app);
    let deep = "a=1&".repeat(5_000);
    let nested = format!("a{}=1", "%5Bb%5D".repeat(1_000));
    let long = "f".repeat(50_000);
    let queries =
        ["%00", "%00=%00", "a%00b=1", "%FF%FE=%FF", "%", "%zz=%zz", "&&&=&==", "?", "=", &deep, &nested, &long];
    let places = [
        "%00",
        "a%00",
        "%FF%FE",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "%F0%9F%9B%9F",
        "-1",
        "%20",
        "1%0D%0Aset-cookie:%20a=b",
        "99999999999999999999999",
        "%27%20or%201=1%20--",
        &long,
    ];
    for route in public_paths() {
        let path = filled(route);
        let usual = reader.get(&path).status();
        for query in queries {
            let page = reader.get(&format!("{path}?{query}"));
            is_clear(&page);
            let shown: String = query.chars().take(40).collect();
            let found = page.status();
            assert!(found == usual || found == 400, "{path}?{shown} answered {found}, without it {usual}");
        }
        for start in route.match_indices('{').map(|(start, _)| start) {
            let end = start + route[start..].find('}').expect("a place has an end") + 1;
            for odd in places {
                let page = reader.get(&filled(&format!("{}{odd}{}", &route[..start], &route[end..])));
                is_clear(&page);
                assert!(matches!(page.status(), 400 | 404), "{} answered {}", page.name(), page.status());
                assert_eq!(page.header("set-cookie"), None, "{}", page.name());
            }
        }
    }
    reader.get("/healthz").is(200);
}

fn every_public_address_tells_its_headers_alone_and_how_it_may_be_asked(app: &TestApp) {
    const SAME: [&str; 10] = [
        "content-type",
        "etag",
        "cache-control",
        "vary",
        "location",
        "allow",
        "x-robots-tag",
        "content-disposition",
        "content-security-policy",
        "access-control-allow-origin",
    ];
    let reader = reader(app);
    let odd = ["/nowhere", "/inquiries/none", "/recommendations?after=1", "/api/v1/none", "/bodies?as-at=2026-11-23"];
    for path in public_paths().map(filled).chain(odd.map(str::to_owned)) {
        let (whole, head) = (reader.get(&path), reader.send("HEAD", &path, &[], &[]));
        assert_eq!((head.status(), head.bytes().len()), (whole.status(), 0), "HEAD {path}");
        for name in SAME {
            assert_eq!(head.headers(name), whole.headers(name), "HEAD {path}: {name}");
        }
        let options = reader.send("OPTIONS", &path, &[], &[]);
        is_clear(&options);
        let (status, allowed) = match path.as_str() {
            "/nowhere" | "/api/v1/none" => (404, None),
            api if api.starts_with("/api/v1/") => (204, Some("GET, HEAD, OPTIONS")),
            _ => (405, Some("GET, HEAD")),
        };
        assert_eq!((options.status(), options.header("allow")), (status, allowed), "OPTIONS {path}");
    }
}
