//! What visiting programs find: the list of pages, what is not for them, and whom to tell of a weakness.

use crate::fairness::run_by_somebody;
use crate::public::long_register;
use crate::stories;
use crate::support::page::{Page, css};
use crate::support::place::BASE_URL;
use crate::support::visitor::Visitor;
use crate::support::{Place, TestApp};

stories![visiting_programs_are_told_what_is_for_them, what_a_long_inquiry_holds_is_in_several_lists];

fn listed(page: &Page) -> Vec<String> {
    page.is(200);
    assert_eq!(page.header("content-type"), Some("application/xml; charset=utf-8"));
    page.body().split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0.to_owned())).collect()
}

fn canonical(page: &Page) -> Option<String> {
    let html = page.html();
    html.select(&css("head link[rel=canonical]")).next().and_then(|link| link.attr("href")).map(str::to_owned)
}

fn visiting_programs_are_told_what_is_for_them(app: &TestApp) {
    let public = app.public();
    // Nobody answers for it yet: nothing is to be listed, and there is nobody to tell.
    for path in ["/sitemap.xml", "/sitemap-pages.xml", "/inquiries/ashgrove/sitemap.xml", "/.well-known/security.txt"] {
        public.get(path).is(404);
    }
    public.get("/robots.txt").is(200).sees("Disallow: /staff").does_not_see("Sitemap");
    assert_eq!(canonical(&public.open("/inquiries/ashgrove")), None);
    run_by_somebody(app);
    public.get("/robots.txt").sees("Sitemap: http://register.example/sitemap.xml");
    let page = public.get("/.well-known/security.txt");
    page.is(200).sees("Contact: mailto:register@example.org").sees("Expires: 2027-05-22T00:00:00Z");
    assert_eq!(page.header("content-type"), Some("text/plain; charset=utf-8"));
    let lists = listed(&public.get("/sitemap.xml"));
    assert_eq!(lists.len(), 3, "{lists:?}");
    let mut all = Vec::new();
    for list in &lists {
        for address in listed(&public.get(list)) {
            let page = public.open(&address);
            assert!(!page.body().contains("content=\"noindex\""), "{address} is not to be listed");
            assert_eq!(canonical(&page).as_deref(), Some(address.as_str()));
            all.push(address);
        }
    }
    assert!(all.contains(&"http://register.example/inquiries/ashgrove/recommendations/1".to_owned()));
    assert!(!all.iter().any(|address| address.ends_with("/recommendations/4")), "nobody has compared it");
    // A page further on, or narrowed, is not the page itself; what others add to a link makes no other page.
    assert_eq!(canonical(&public.open("/changes?after=ff")), None);
    assert_eq!(canonical(&public.open("/changes?utm_source=x")).as_deref(), Some("http://register.example/changes"));
    // What a link is shown as elsewhere is fixed words: nothing of a page travels without its page.
    let page = public.open("/inquiries/ashgrove/recommendations/4");
    let html = page.html();
    let title = html.select(&css("meta[property='og:title']")).next().and_then(|meta| meta.attr("content"));
    assert_eq!(title, Some("Followthrough"));
    public.get("/inquiries/none/sitemap.xml").is(404);
}

fn what_a_long_inquiry_holds_is_in_several_lists(place: &Place) {
    const MANY: usize = 2010;
    let app = long_register(place, MANY);
    run_by_somebody(&app);
    let reader = Visitor::unseen(app.place().servers(), app.address(), BASE_URL);
    let lists = listed(&reader.get("/sitemap.xml"));
    let of_it: Vec<&String> = lists.iter().filter(|list| list.contains("/inquiries/long/sitemap.xml")).collect();
    assert_eq!(of_it.len(), 2, "{lists:?}");
    let mut all: Vec<String> = of_it.iter().flat_map(|list| listed(&reader.get(list))).collect();
    assert_eq!(all.first().map(String::as_str), Some("http://register.example/inquiries/long"));
    assert_eq!(all.last(), Some(&format!("http://register.example/inquiries/long/recommendations/{MANY}")));
    assert_eq!(all.len(), MANY + 1, "the inquiry, and each recommendation");
    all.sort();
    all.dedup();
    assert_eq!(all.len(), MANY + 1, "each is there once");
    for after in ["1", "6d6", "x", "%00"] {
        reader.get(&format!("/inquiries/long/sitemap.xml?after={after}")).is(400).sees("not a place in the list");
    }
}
