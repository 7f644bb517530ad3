//! What no browser would send: refused with a page, never a 500, and the register goes on.

use crate::stories;
use crate::support::{TestApp, raw};

stories![
    broken_requests_are_refused,
    addresses_that_lead_nowhere_are_not_found,
    too_much_is_too_much,
    a_search_takes_any_words,
    a_search_that_makes_no_sense_is_refused_in_words,
    every_way_of_asking_is_answered,
];

/// Any answer will do but a failure of ours, and the next visitor is served.
#[track_caller]
fn refuses(app: &TestApp, what: &str, request: &[u8], expected: &[u16]) {
    let answer = raw::send(app.address(), request);
    let status = raw::status(&answer);
    assert!(
        expected.contains(&status),
        "{what} was answered {status}:\n{}",
        answer.chars().take(500).collect::<String>()
    );
    app.public().get("/healthz").is(200);
}

fn broken_requests_are_refused(app: &TestApp) {
    // 0: hung up on without a word, which is an answer too.
    refuses(app, "what is no request", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", &[0, 400]);
    refuses(
        app,
        "bytes in the address",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        &[0, 400, 404],
    );
    refuses(app, "a request without a host", b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", &[200, 400]);
    let lengths = b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\nConnection: close\r\n\r\nemail";
    refuses(app, "two lengths", lengths, &[0, 400]);
    let long = format!("GET /{} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "a".repeat(200_000));
    refuses(app, "an endless address", long.as_bytes(), &[0, 400, 404, 414, 431]);
    let headers = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X-Many: 1\r\n".repeat(5000));
    refuses(app, "endless headers", headers.as_bytes(), &[0, 400, 431]);
}

fn addresses_that_lead_nowhere_are_not_found(app: &TestApp) {
    let visitor = app.public();
    for path in [
        "/nowhere",
        "/inquiries/no-such-inquiry",
        "/inquiries/ashgrove/recommendations/999",
        "/inquiries/ashgrove/recommendations/1/no-such-body",
        "/inquiries/%00",
        "/inquiries/%FF%FE",
        "/inquiries/..%2f..%2fetc%2fpasswd",
        "/assets/../../Cargo.toml",
        "/assets/%2e%2e%2fCargo.toml",
        "/bodies/%3Cscript%3E",
        "/changes/0",
        "/changes/99999999999999999999",
        "/changes/-1",
        "/themes/none",
        "//example.org/",
    ] {
        let page = visitor.get(path);
        assert!(matches!(page.status(), 404 | 400), "{path} answered {}", page.status());
        page.sees("Page not found").does_not_see("<script>alert");
    }
    let page = visitor.get("/bodies/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    page.is(404).does_not_see("<script>alert");
    for method in ["DELETE", "PUT", "PATCH", "TRACE", "PROPFIND"] {
        let status = visitor.send(method, "/", &[], &[]).status();
        assert!(matches!(status, 404 | 405), "{method} / answered {status}");
    }
}

fn too_much_is_too_much(app: &TestApp) {
    let body = "a".repeat(2 * 1024 * 1024);
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\nemail={body}",
        body.len() + 6
    );
    refuses(app, "a form of two megabytes", request.as_bytes(), &[0, 403, 413]);
    let bad = b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\
        Connection: close\r\n\r\nemail=%ff%fe";
    refuses(app, "a form that is no text", bad, &[400, 403, 422]);
}

fn a_search_takes_any_words(app: &TestApp) {
    let visitor = app.public();
    let long = "ferry ".repeat(500);
    let words = [
        "",
        "'",
        "\"",
        "ferry AND",
        "NEAR(",
        "*",
        "a:b",
        "-",
        "%",
        "\\",
        "\u{0}",
        "🛟",
        "<b>",
        "ferry\"*",
        "() OR",
        &long,
        "of the and",
    ];
    for words in words {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish();
        let page = visitor.get(&format!("/recommendations?{query}"));
        assert!(matches!(page.status(), 200 | 400 | 422), "a search for {words:?} answered {}", page.status());
    }
    for query in [
        "response=no-such-word",
        "after=broken",
        "after=%FF",
        "sort=sideways",
        "inquiry=none&body=none&theme=none",
        "as-at=2026-02-30",
        "as-at=9999-12-31",
        "gap=perhaps&due=whenever",
        "q=a&q=b",
    ] {
        let page = visitor.get(&format!("/recommendations?{query}"));
        assert!((200..500).contains(&page.status()), "a search by {query} answered {}", page.status());
    }
}

fn a_search_that_makes_no_sense_is_refused_in_words(app: &TestApp) {
    let visitor = app.public();
    let repeated = "response=accepted&".repeat(200);
    for (query, name) in [
        ("response=maybe", "response"),
        ("sort=sideways", "sort"),
        ("due=whenever", "due"),
        ("checked=%00", "checked"),
        ("q=%00", "q"),
        ("after=1_1_1", "after"),
        ("after=%00", "after"),
        ("inquiry=none", "inquiry"),
        (repeated.as_str(), "more than once"),
    ] {
        for list in ["/recommendations", "/recommendations.json", "/recommendations.csv", "/answers.csv"] {
            // A table is all of what was found: it begins nowhere else.
            let page = visitor.get(&format!("{list}?{query}"));
            page.is(400);
            page.sees(name);
        }
    }
    let million = "a".repeat(1_000_000);
    let long = &million[..60_000];
    for path in ["/recommendations", "/recommendations.csv", "/api/v1/recommendations"] {
        // As long as the server reads an address at all, what is wrong with it is said.
        let request = format!("GET {path}?q={long} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        let answer = raw::send(app.address(), request.as_bytes());
        assert_eq!(raw::status(&answer), 400, "{path}");
        assert!(answer.contains("the search is too long. Use 400 letters or fewer."), "{path}");
        // A longer one is never read to its end (README, "Running it for others"): refused without a page, or hung up on.
        let request = format!("GET {path}?q={million} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        refuses(app, "a search of a million letters", request.as_bytes(), &[0, 400, 431]);
        let request = format!("GET {path}?{} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "q=a&".repeat(5_000));
        refuses(app, "a search of five thousand words", request.as_bytes(), &[0, 400, 414, 431]);
    }
}

fn every_way_of_asking_is_answered(app: &TestApp) {
    let visitor = app.public();
    for path in [
        "/",
        "/inquiries",
        "/inquiries/ashgrove",
        "/inquiries/ashgrove.json",
        "/inquiries/ashgrove/recommendations/1",
        "/bodies/ashgrove-council",
        "/recommendations?q=ferry",
        "/recommendations.csv?q=ferry",
        "/changes",
        "/changes.atom",
        "/calendar.ics",
        "/overdue",
        "/robots.txt",
        "/api/v1/recommendations",
    ] {
        let head = visitor.send("HEAD", path, &[], &[]);
        head.is(200);
        assert!(head.bytes().is_empty(), "HEAD {path} was answered with a body");
        let options = visitor.send("OPTIONS", path, &[], &[]).status();
        assert!(matches!(options, 200 | 204 | 405), "OPTIONS {path} was answered {options}");
    }
    for method in ["HEAD", "OPTIONS"] {
        for (path, status) in [("/nowhere", 404), ("/inquiries/%00", 404), ("/recommendations?after=1", 400)] {
            let answered = visitor.send(method, path, &[], &[]).status();
            let expected = if method == "OPTIONS" && path != "/nowhere" { 405 } else { status };
            assert_eq!(answered, expected, "{method} {path}");
        }
    }
}
