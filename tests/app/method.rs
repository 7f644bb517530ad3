//! An address asked for in a way that is not its own, and asked for its headers alone.

use followthrough::web::{Door, ROUTES};

use crate::stories;
use crate::support::TestApp;
use crate::support::raw;

stories![
    a_known_address_says_which_methods_it_takes,
    an_unknown_address_is_not_there_for_any_method,
    whatever_can_be_read_tells_its_headers_alone,
];

fn a_known_address_says_which_methods_it_takes(app: &TestApp) {
    let visitor = app.public();
    for (method, path, allowed) in [
        ("POST", "/", "GET, HEAD"),
        ("PUT", "/inquiries/ashgrove", "GET, HEAD"),
        ("DELETE", "/inquiries/ashgrove/recommendations/2/ashgrove-council", "GET, HEAD"),
        ("GET", "/sign-out", "POST"),
        ("HEAD", "/sign-out", "POST"),
        ("DELETE", "/sign-in", "GET, HEAD, POST"),
        ("OPTIONS", "/password-reset", "GET, HEAD, POST"),
        ("BREW", "/about", "GET, HEAD"),
        // Behind the staff door too, and without a session: which addresses there are is no secret.
        ("GET", "/staff/people/none/disable", "POST"),
        ("PATCH", "/staff/people", "GET, HEAD, POST"),
    ] {
        let answer = visitor.send(method, path, &[], &[]);
        answer.is(405);
        assert_eq!(answer.header("allow"), Some(allowed), "{method} {path}");
        if method != "HEAD" {
            answer.sees("This page cannot do that");
        }
    }
    let data = visitor.send("POST", "/recommendations.json", &[], &[]);
    data.is(405);
    assert_eq!(data.header("content-type"), Some("application/json"));
    assert!(data.body().contains("This page cannot do that"), "{}", data.body());
}

fn an_unknown_address_is_not_there_for_any_method(app: &TestApp) {
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"] {
        for path in ["/nowhere", "/staff/nowhere", "/inquiries/ashgrove/nowhere"] {
            let answer = app.public().send(method, path, &[], &[]);
            answer.is(404);
            assert_eq!(answer.header("allow"), None, "{method} {path}");
        }
    }
}

fn whatever_can_be_read_tells_its_headers_alone(app: &TestApp) {
    let overseer = app.person("overseer");
    let values = [
        ("{inquiry}", "ashgrove"),
        ("{number}", "2"),
        ("{body}", "ashgrove-council"),
        ("{theme}", "inspection"),
        ("{seq}", "1"),
    ];
    for route in ROUTES.iter().filter(|route| route.method == "GET") {
        let path = values.iter().fold(route.path.to_owned(), |path, (place, value)| path.replace(place, value));
        let path = path.replace(['{', '}'], "");
        let visitor = if route.door == Door::Staff { overseer.clone() } else { app.public() };
        let (whole, head) = (visitor.get(&path), visitor.send("HEAD", &path, &[], &[]));
        assert_eq!((head.status(), head.bytes().len()), (whole.status(), 0), "{path}");
        assert_eq!(head.header("content-type"), whole.header("content-type"), "{path}");
    }
    // On the wire nothing follows the headers either, or the next answer would begin in the wrong place.
    let answer = raw::send(app.address(), b"HEAD / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert_eq!(raw::status(&answer), 200);
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}
