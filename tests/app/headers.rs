//! What every answer says in its headers, and how much a first view weighs.

use scraper::Html;

use crate::stories;
use crate::support::page::{Page, css};
use crate::support::{Place, TestApp};

stories![
    every_answer_has_the_headers_that_protect_its_reader,
    over_https_browsers_are_told_to_stay_there,
    a_static_file_is_kept_for_ever_under_its_name,
    a_first_view_is_light,
];

/// A page, a refusal, a file, a probe, data, what is not there.
fn answers(app: &TestApp) -> Vec<Page> {
    let visitor = app.public();
    let start = visitor.get("/");
    let mut paths: Vec<String> =
        ["/healthz", "/nowhere", "/staff", "/sign-in", "/recommendations?q=ferry", "/assets/none"]
            .map(str::to_owned)
            .to_vec();
    paths.extend(assets(&start.html()));
    let mut answers: Vec<Page> = paths.iter().map(|path| visitor.get(path)).collect();
    answers.push(visitor.send("DELETE", "/", &[], &[]));
    answers.push(visitor.post("/sign-in", &[("email", "somebody@example.org")]));
    answers.push(start);
    answers
}

/// The files that a page is shown with.
fn assets(html: &Html) -> Vec<String> {
    let files = css("link[rel=stylesheet], link[rel=icon], script[src], img[src]");
    let address = |element: scraper::ElementRef| element.attr("href").or(element.attr("src")).map(str::to_owned);
    html.select(&files).filter_map(address).collect()
}

fn every_answer_has_the_headers_that_protect_its_reader(app: &TestApp) {
    for answer in answers(app) {
        let name = answer.name();
        let policy = answer.header("content-security-policy").unwrap_or_default().to_owned();
        for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{name}: the policy lacks {part}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{name}: {policy}");
        for (header, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(header), Some(value), "{name}: {header}");
        }
        assert_eq!(answer.header("strict-transport-security"), None, "{name}: HSTS over plain http");
        for cookie in answer.headers("set-cookie") {
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite"), "{name}: {cookie}");
        }
    }
}

fn over_https_browsers_are_told_to_stay_there(place: &Place) {
    place.set("FOLLOWTHROUGH_BASE_URL", "https://register.example");
    for answer in answers(&place.app()) {
        let told = answer.header("strict-transport-security").unwrap_or_default();
        assert!(told.contains("max-age=31536000"), "{}: {told:?}", answer.name());
        for cookie in answer.headers("set-cookie") {
            assert!(cookie.starts_with("__Host-") && cookie.contains("Secure"), "{}: {cookie}", answer.name());
        }
    }
}

fn a_static_file_is_kept_for_ever_under_its_name(app: &TestApp) {
    let visitor = app.public();
    let files = assets(&visitor.get("/").html());
    assert!(files.len() >= 3, "a page has a style sheet, a script and an icon: {files:?}");
    for path in files {
        let file = visitor.get(&path);
        let kept = file.is(200).header("cache-control").unwrap_or_default();
        assert!(kept.contains("immutable") && kept.contains("max-age=31536000"), "{path}: {kept}");
        let tag = file.header("etag").expect("a tag").to_owned();
        visitor.get_with(&path, &[("if-none-match", &tag)]).is(304);
    }
}

fn a_first_view_is_light(app: &TestApp) {
    let visitor = app.public();
    let weigh = |path: &str| {
        let answer = visitor.get_with(path, &[("accept-encoding", "br")]);
        let (status, packed) = (answer.status(), answer.header("content-encoding"));
        assert_eq!((status, packed), (200, Some("br")), "{path} is sent compressed");
        answer.bytes().len()
    };
    for path in ["/", "/inquiries/ashgrove", "/inquiries/ashgrove/recommendations/2"] {
        let files = assets(&visitor.get(path).html());
        let weights: Vec<(&str, usize)> = files.iter().map(|file| (file.as_str(), weigh(file))).collect();
        let of = |ending: &str| {
            weights.iter().filter(|(file, _)| file.ends_with(ending)).map(|(_, bytes)| bytes).sum::<usize>()
        };
        let all = weigh(path) + weights.iter().map(|(_, bytes)| bytes).sum::<usize>();
        assert!(of(".css") <= 12 * 1024, "the styles weigh {} bytes", of(".css"));
        assert!(of(".js") <= 8 * 1024, "the scripts weigh {} bytes", of(".js"));
        assert!(all <= 60 * 1024, "a first view of {path} weighs {all} bytes: {weights:?}");
    }
}
