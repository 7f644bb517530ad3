//! Addresses that ask for something else than there is: each gets a page that says what, and a way on.

use crate::stories;
use crate::support::TestApp;

stories![
    a_parameter_that_means_nothing_is_named,
    parameters_that_others_add_are_left_alone,
    what_is_not_there_has_a_way_on,
    a_head_is_answered_like_its_page_and_sets_no_cookie,
    every_page_leads_to_mail,
];

fn a_parameter_that_means_nothing_is_named(app: &TestApp) {
    let public = app.public();
    let long = format!("/recommendations?q={}", "a".repeat(5_000));
    for (path, name) in [
        ("/recommendations?response=maybe", "response"),
        ("/recommendations?reported=1", "reported"),
        ("/recommendations?assessed=accepted", "assessed"),
        ("/recommendations?lifecycle=dead", "lifecycle"),
        ("/recommendations?gap=1", "gap"),
        ("/recommendations?due=yesterday", "due"),
        ("/recommendations?sort=rank", "sort"),
        ("/recommendations?inquiry=no-such-inquiry", "inquiry"),
        ("/recommendations?inquiry=NOT%20A%20SLUG", "inquiry"),
        ("/recommendations?body=no-such-body", "body"),
        ("/recommendations?theme=%00", "theme"),
        ("/recommendations?after=1", "after"),
        ("/recommendations?after=zz_1_2", "after"),
        ("/recommendations?after=1_2_3_4", "after"),
        ("/recommendations?q=a%00b", "q"),
        (long.as_str(), "q"),
        ("/inquiries/ashgrove?after=-1", "after"),
        ("/bodies?after=one", "after"),
        ("/bodies/ashgrove-council?after=1_2", "after"),
        ("/changes?after=9999999999999999999999", "after"),
        ("/overdue?kind=everything", "kind"),
        ("/overdue?body=no-such-body", "body"),
        ("/overdue?after=7fffffffffffffff_1", "after"),
        ("/themes/timetables?after=x", "after"),
    ] {
        let page = public.get(path);
        page.is(400).sees(&format!("\u{201c}{name}\u{201d} in the address cannot be used"));
        page.sees("search the recommendations");
    }
}

fn parameters_that_others_add_are_left_alone(app: &TestApp) {
    app.public().open("/recommendations?fbclid=x&utm_source=post&q=ferry").sees("recommendations, with");
    app.public().open("/recommendations?q=&response=&gap=&sort=").sees("8 recommendations");
}

fn what_is_not_there_has_a_way_on(app: &TestApp) {
    for path in [
        "/inquiries/none",
        "/inquiries/ashgrove/recommendations/0",
        "/inquiries/ashgrove/recommendations/1/coastal-agency",
        "/inquiries/ashgrove/recommendations/%00",
        "/bodies/none",
        "/themes/none",
        "/changes/0",
        "/changes/01",
        "/changes/2147483648000000000000",
        "/changes/one",
    ] {
        app.public().get(path).is(404).sees("search the recommendations").sees("start of the register");
    }
}

fn a_head_is_answered_like_its_page_and_sets_no_cookie(app: &TestApp) {
    let public = app.public();
    for path in ["/", "/inquiries/ashgrove", "/inquiries/ashgrove/recommendations/1", "/recommendations.json", "/about"]
    {
        let page = public.send("HEAD", path, &[], b"");
        page.is(200);
        assert!(page.bytes().is_empty(), "{path}");
        let page = public.open(path);
        assert_eq!(page.header("cache-control"), Some("max-age=0, s-maxage=60"), "{path}");
        assert_eq!(page.header("set-cookie"), None, "{path}");
    }
}

fn every_page_leads_to_mail(app: &TestApp) {
    let public = app.public();
    for path in ["/", "/recommendations", "/overdue", "/families", "/bodies", "/changes/1", "/about", "/help", "/api"] {
        let ask = public.open(path).follow("Get mail when something changes");
        assert_eq!(ask.path(), "/subscribe", "{path}");
    }
}
