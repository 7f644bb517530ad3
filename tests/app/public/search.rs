//! Finding recommendations by their words and by what became of them.

use super::{first_register, long_register};
use crate::stories;
use crate::support::page::Page;
use crate::support::{Place, TestApp};

stories![
    words_are_found_in_all_their_forms,
    a_recommendation_is_found_by_its_number,
    filters_hold_for_one_and_the_same_answer,
    every_number_leads_to_the_list_behind_it,
    what_was_typed_stands_in_the_box_alone,
    a_long_list_goes_on_where_it_stopped,
];

fn titles(page: &Page) -> Vec<String> {
    page.texts(".f-rows__title")
}

fn words_are_found_in_all_their_forms(place: &Place) {
    let app = first_register(place);
    let public = app.public();
    let found = |words: &str| titles(&public.open(&format!("/recommendations?q={words}")));
    assert_eq!(found("recorded+crimes"), ["d. Comply with crime recording rules"]);
    assert_eq!(found("the+LAW+on+a+child")[0], "e. Review the law on offences by exploited children");
    assert!(found("redaction").contains(&"15. Redactions in published Serious Case Reviews".to_owned()));
    assert_eq!(found("zeppelin"), [""; 0]);
    public.open("/recommendations?q=zeppelin").sees("Nothing in this register fits");
    public.open("/recommendations?q=%3F%21").sees("0 recommendations");
}

fn a_recommendation_is_found_by_its_number(app: &TestApp) {
    let public = app.public();
    let found = |words: &str| titles(&public.open(&format!("/recommendations?q={words}")));
    let fourth = "4. Tell passengers when the crossing is closed";
    assert_eq!(found("recommendation+4"), [fourth]);
    assert_eq!(found("Ashgrove+4"), [fourth]);
    assert_eq!(found("Ashgrove%2C+recommendation+4"), [fourth]);
    assert_eq!(found("4"), [fourth]);
    assert_eq!(found("recommendation+A"), ["a. Inspect the pier every year"]);
    assert_eq!(found("Millbrook+4"), [""; 0]);
    assert_eq!(found("4%27%29+or+1%3D1"), [""; 0]);
    // Filters hold, and a word in a title is still found beside a number.
    public.open("/recommendations?q=recommendation+4&inquiry=millbrook").sees("Nothing in this register fits");
    assert_eq!(found("inspect+2")[0], "2. Inspect both landing stages every year");
    let data = public.open("/recommendations.json?q=ashgrove+4").json();
    assert_eq!(data["items"][0]["number"], "4");
}

fn filters_hold_for_one_and_the_same_answer(place: &Place) {
    let app = first_register(place);
    let public = app.public();
    // Recommendation 5 was accepted, and was put to the police; but the police's answer is not what was accepted.
    let page = public.open("/recommendations?inquiry=jay&body=south-yorkshire-police&response=accepted");
    page.sees("0 recommendations, with 0 answers that fit");
    let page = public.open("/recommendations?inquiry=jay&body=south-yorkshire-police&response=not_recorded");
    page.sees("5 recommendations, with 5 answers that fit");
    let unknown = public.open("/recommendations?body=not_known");
    unknown.sees("7 recommendations, with 0 answers that fit");
    public.open("/recommendations?checked=unverified").sees("10 recommendations");
    public.open("/recommendations?due=passed").sees("0 recommendations");
    public.open("/recommendations?gap=yes").sees("0 recommendations");
    public.open("/recommendations?assessed=not_looked_at").sees("21 recommendations, with 31 answers that fit");
    public.open("/recommendations?theme=training&q=survivor").sees("2 recommendations");
    public.open("/themes/training").sees("3 recommendations, with 3 answers that fit");
}

fn every_number_leads_to_the_list_behind_it(place: &Place) {
    let app = first_register(place);
    let inquiry = app.public().open("/inquiries/jay");
    inquiry.follow("13 of 25 answers recorded").sees("13 answers that fit");
    inquiry.follow("0 of 25 answers assessed").sees("0 answers that fit");
    inquiry.follow("0 of 25 answers done, as assessed").sees("0 answers that fit");
    inquiry.follow("12: Accepted").sees("12 recommendations, with 12 answers that fit");
    let body = app.public().open("/bodies/south-yorkshire-police");
    body.follow("2 of 9 answers recorded").sees("2 answers that fit");
}

fn what_was_typed_stands_in_the_box_alone(app: &TestApp) {
    let page = app.public().open("/recommendations?q=%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E");
    assert!(!page.body().contains("<script>alert"));
    assert!(!page.title().contains("alert") && !page.heading().contains("alert"));
    assert_eq!(page.body().matches("alert(1)").count(), 1, "the box alone holds what was typed");
    assert!(page.body().contains("noindex"));
    let found = app.public().open("/recommendations?q=timetable");
    found.sees("1. Publish the ferry timetable in advance");
    assert!(!found.heading().contains("timetable") && !found.title().contains("timetable"));
}

fn a_long_list_goes_on_where_it_stopped(place: &Place) {
    let app = long_register(place, 60);
    for start in [
        "/recommendations",
        "/recommendations?q=jetties",
        "/recommendations?sort=changed",
        "/inquiries/long",
        "/bodies/ferry",
    ] {
        let mut page = app.public().open(start);
        let mut all = titles(&page);
        let mut pages = 1;
        while page.links().iter().any(|link| link.contains("after=")) {
            page = page.follow("Next page \u{2192}");
            all.extend(titles(&page));
            pages += 1;
        }
        assert!(pages > 1, "{start} has one page");
        let numbers: std::collections::BTreeSet<String> = all.iter().cloned().collect();
        assert_eq!((all.len(), numbers.len()), (60, 60), "{start} lost or repeated some: {all:?}");
    }
}
