//! Readers leave no trace: no cookie before sign-in, nothing loaded from anybody else, no word of theirs in the log.

use std::path::Path;
use std::time::Duration;

use followthrough::web::{Door, ROUTES};

use crate::stories;
use crate::support::page::css;
use crate::support::process::until;
use crate::support::{Place, TestApp};

stories![
    nobody_is_given_a_cookie_before_signing_in,
    nothing_is_loaded_from_anybody_else,
    the_log_knows_routes_and_nothing_about_readers,
];

/// What stands in the places of an address.
fn filled(path: &str) -> String {
    [
        ("{inquiry}", "ashgrove"),
        ("{number}", "2"),
        ("{body}", "ashgrove-council"),
        ("{theme}", "inspection"),
        ("{seq}", "1"),
        ("{token}", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ("{name}", "none.css"),
    ]
    .iter()
    .fold(path.to_owned(), |path, (place, value)| path.replace(place, value))
}

fn open_addresses() -> impl Iterator<Item = String> {
    ROUTES.iter().filter(|route| route.method == "GET" && route.door != Door::Staff).map(|route| filled(route.path))
}

fn nobody_is_given_a_cookie_before_signing_in(app: &TestApp) {
    let mut answered = 0;
    for path in open_addresses().chain(["/staff".to_owned(), "/nowhere".to_owned()]) {
        let visitor = app.public();
        let page = visitor.get(&path);
        assert!(page.headers("set-cookie").is_empty(), "{path} sets {:?}", page.headers("set-cookie"));
        // A made-up cookie does not lead to another one, either.
        let page = visitor.get_with(&path, &[("cookie", "session=made-up; __Host-session=made-up")]);
        assert!(page.headers("set-cookie").iter().all(|cookie| cookie.contains("Max-Age=0")), "{path}");
        answered += usize::from(page.status() == 200);
    }
    assert!(answered > 20, "only {answered} addresses answered");
    let form = app.public().open("/wrong?page=/bodies").form("Send").fill("What is wrong", "The date.");
    assert!(form.submit().headers("set-cookie").is_empty());
    let signed_in = app.person("observer");
    assert!(!signed_in.cookies().is_empty(), "after it there is one, so that this test can fail");
}

fn nothing_is_loaded_from_anybody_else(app: &TestApp) {
    let loads = "link[href], script[src], img[src], img[srcset], source[srcset], iframe[src], object[data], embed[src], \
                 video[src], audio[src], track[src], use[href], image[href], form[action], input[src], [style], [ping]";
    let mut looked_at = 0;
    for path in open_addresses().chain(["/nowhere".to_owned()]) {
        let page = app.public().get(&path);
        if !page.is_html() {
            continue;
        }
        let html = page.html();
        for element in html.select(&css(loads)) {
            let names = ["href", "src", "srcset", "data", "action", "style", "ping"];
            for value in names.iter().filter_map(|name| element.attr(name)) {
                let own = value.starts_with('/') && !value.starts_with("//") || value.starts_with('#');
                assert!(own, "{path} loads {value}");
                looked_at += 1;
            }
        }
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'") && !policy.contains("http"), "{path}: {policy}");
    }
    assert!(looked_at > 80, "only {looked_at} were looked at");
    let home = app.public().open("/");
    for sheet in home.html().select(&css("link[rel=stylesheet], script[src]")) {
        let path = sheet.attr("href").or(sheet.attr("src")).unwrap_or_default();
        let text = app.public().get(path).body();
        for (at, _) in text.match_indices("url(") {
            let from: String = text[at..].chars().take(40).collect();
            assert!(!from.contains("//") || from.contains("data:"), "{path}: {from}");
        }
        assert!(!text.contains("@import") && !text.contains("fetch(\"http"), "{path}");
    }
}

/// What readers and staff type and bring along, each of them to be found nowhere.
const CANARIES: [&str; 8] = [
    "canaryquery",
    "canarywords",
    "canary.mail",
    "canarypassword",
    "canaryagent",
    "canaryreferer",
    "203.0.113.77",
    "canarycookie",
];

fn the_log_knows_routes_and_nothing_about_readers(place: &Place) {
    let register = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/app/ashgrove.toml");
    // All that an operator may switch on short of the libraries' own inner steps.
    place.set("RUST_LOG", "debug").set("FOLLOWTHROUGH_TRUSTED_PROXIES", "127.0.0.1");
    let process = place.spawn(&["serve", "--no-jobs", "--register", &register.display().to_string()]);
    let visitor = process.public();
    let headers = [
        ("user-agent", "canaryagent"),
        ("referer", "https://canaryreferer.example/secret"),
        ("x-forwarded-for", "203.0.113.77"),
        ("cookie", "session=canarycookie"),
    ];
    for path in [
        "/recommendations?q=canaryquery",
        "/recommendations.json?q=canaryquery",
        "/recommendations?unknown=canaryquery",
        "/changes?after=canaryquery",
        "/canaryquery",
        "/bodies/canaryquery",
        "/wrong?page=canaryquery",
        "/inquiries/ashgrove/recommendations/canaryquery",
        "/staff?next=canaryquery",
        "/invitations/canaryquery",
    ] {
        visitor.get_with(path, &headers);
    }
    let wrong = visitor.open("/wrong?page=/bodies").form("Send");
    let fields = wrong
        .fill("What is wrong", "canarywords of a reader")
        .fill("Your email address", "canary.mail@example.org")
        .fields();
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post_with("/wrong", &headers, &pairs).is(303);
    visitor.post_with("/wrong", &headers, &[("words", "canarywords")]).is(403);
    let sign_in = visitor.open("/sign-in").form("Sign in");
    sign_in.fill("email", "canary.mail@example.org").fill("password", "canarypassword canarypassword").submit().is(422);
    let reset = visitor.open("/password-reset").form("Send");
    reset.fill("email", "canary.mail@example.org").submit().is(200);

    // The line of each request comes after its answer.
    until(Duration::from_secs(20), "the last request is in the log", || process.log().contains("/password-reset"));
    process.ask_to_end();
    std::thread::sleep(Duration::from_millis(300));
    let log = process.log();
    for route in ["/recommendations", "/wrong", "/sign-in", "/bodies/{body}"] {
        assert!(log.contains(&format!("\"route\":\"{route}\"")), "the log does not name {route}:\n{log}");
    }
    for canary in CANARIES {
        let found: Vec<&str> = log.lines().filter(|line| line.contains(canary)).collect();
        assert!(found.is_empty(), "the log holds {canary}: {found:#?}");
    }
    assert!(!log.contains("127.0.0.1:") || log.matches("127.0.0.1:").count() <= 3, "the log names peers:\n{log}");
}
