use actix_web::http::header::HeaderMap;

use super::*;
use crate::store::stamp::Stamp;
use crate::web::ROUTES;

fn page(words: &str) -> Arc<Page> {
    let version = Version { stamp: Stamp::sample(), day: "2026-11-23".parse().unwrap() };
    let made = "2026-11-23T09:00:00Z".parse().unwrap();
    Arc::new(Page::new(version, made, &HeaderMap::new(), Bytes::from(words.repeat(1000))))
}

#[test]
fn every_parameter_of_a_search_is_known() {
    let (after, names) = route::SEARCH.split_last().unwrap();
    assert_eq!((names, *after), (&crate::web::public::search::NAMES[..], "after"));
}

#[test]
fn each_address_stands_once_in_the_table() {
    let mut seen = std::collections::HashSet::new();
    for route in ROUTES {
        assert!(seen.insert((route.method.to_string(), route.path)), "{} {}", route.method, route.path);
    }
}

#[test]
fn a_thousand_answers_take_no_more_than_their_room() {
    let pages = Pages::with_room(ROUTES, 256 * 1024);
    for number in 0..1000 {
        pages.kept.insert(format!("/recommendations?q={number}").into(), page("ferry"));
    }
    let held = pages.held();
    assert!(held.answers > 0 && held.answers < 100, "{held:?}");
    assert!(held.bytes <= held.room, "{held:?}");
}

#[test]
fn an_answer_is_shown_for_the_state_and_the_day_that_it_was_made_for() {
    let pages = Pages::new(ROUTES);
    let first = page("ferry");
    pages.kept.insert("/bodies".into(), Arc::clone(&first));
    let tomorrow = Version { day: "2026-11-24".parse().unwrap(), ..first.version };
    assert!(pages.current("/bodies", first.version).is_some());
    assert!(pages.current("/bodies", tomorrow).is_none());
    assert!(pages.last("/bodies", tomorrow).is_some());
    assert!(pages.last("/inquiries", tomorrow).is_none());
}

fn head(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    pairs.collect()
}

#[test]
fn only_what_is_everybodys_is_kept() {
    let good = [("cache-control", FRESH), ("content-type", "text/html; charset=utf-8"), ("vary", "cookie")];
    assert!(is_everybodys(StatusCode::OK, &head(&good)));
    assert!(!is_everybodys(StatusCode::NOT_FOUND, &head(&good)));
    for other in [
        ("cache-control", "no-store"),
        ("cache-control", "private, no-store"),
        ("content-type", "application/zip"),
        ("set-cookie", "followthrough=x"),
        ("content-encoding", "gzip"),
        ("vary", "accept-language"),
    ] {
        let mut pairs: Vec<_> = good.into_iter().filter(|(name, _)| *name != other.0).collect();
        pairs.push(other);
        assert!(!is_everybodys(StatusCode::OK, &head(&pairs)), "{other:?}");
    }
    assert!(posts(&Bytes::from("<form method=\"post\" action=\"/x\">")));
    assert!(!posts(&Bytes::from("<form method=\"get\">")));
    assert!(is_small(&BoxBody::new("words")));
    assert!(!is_small(&BoxBody::new(vec![0; 1024 * 1024 + 1])));
}
