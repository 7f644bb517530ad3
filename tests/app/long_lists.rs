//! Long lists: page after page they hold what fits, all of it, once and in order, whichever index they go along.

use crate::public::long_register;
use crate::stories;
use crate::support::{Place, TestApp};

stories![long_lists_go_on_to_their_end, words_that_many_hold_are_found_to_the_last];

const MANY: usize = 1210;
/// More than are put in the order of their titles.
const VERY_MANY: usize = 2010;

/// The numbers of what fits, from page to page.
fn all(app: &TestApp, asked: &str) -> Vec<String> {
    let public = app.public();
    let mut next = Some(format!("/api/v1/recommendations?limit=100{asked}"));
    let mut numbers = Vec::new();
    while let Some(address) = next {
        let page = public.get(&address).is(200).json();
        let items = page["items"].as_array().expect("items");
        numbers.extend(items.iter().map(|item| item["number"].as_str().expect("a number").to_owned()));
        next = page["next"].as_str().map(str::to_owned);
    }
    numbers
}

fn long_lists_go_on_to_their_end(place: &Place) {
    let app = long_register(place, MANY);
    app.place().execute(
        "update addressee set response = 'rejected'
         where recommendation_id in (select id from recommendation where number in ('400', '800', '1200'));
         update addressee set reported = 'planned'
         where recommendation_id in (select id from recommendation where number like '11%' and length(number) = 4)",
    );
    let every: Vec<String> = (1..=MANY).map(|number| number.to_string()).collect();
    let rejected = ["400", "800", "1200"];
    let without = |left_out: &[&str]| -> Vec<String> {
        every.iter().filter(|number| !left_out.contains(&number.as_str())).cloned().collect()
    };
    let planned: Vec<String> = (1100..1200).map(|number| number.to_string()).collect();
    for (asked, fit) in [
        ("", every.clone()),
        ("&sort=changed", every.clone()),
        ("&inquiry=long&text_kind=summary", every.clone()),
        ("&response=not_recorded,rejected", every.clone()),
        ("&response=rejected", without(&[]).into_iter().filter(|one| rejected.contains(&one.as_str())).collect()),
        ("&response=not_recorded&sort=changed", without(&rejected)),
        ("&body=ferry&response=not_recorded&reported=planned", planned),
    ] {
        assert!(all(&app, asked) == fit, "{asked}: it is not what fits, in order");
    }
    let public = app.public();
    public.open("/recommendations?response=rejected").sees("3 recommendations, with 3 answers that fit");
    public.open("/recommendations?response=not_recorded").sees("1,000+ recommendations");
    public.open("/recommendations?q=jetties&response=rejected").sees("3 recommendations, with 3 answers that fit");
    public.open("/recommendations?response=rejected&reported=planned").sees("Nothing in this register fits");
}

fn words_that_many_hold_are_found_to_the_last(place: &Place) {
    let app = long_register(place, VERY_MANY);
    app.place().execute("update recommendation set seq = 2 where number = '2010'");
    let every: Vec<String> = (1..=VERY_MANY).map(|number| number.to_string()).collect();
    // The last changed stands first, wherever its row is.
    let changed: Vec<String> = every.iter().rev().take(1).chain(every.iter().take(VERY_MANY - 1)).cloned().collect();
    for (asked, fit) in [
        ("&q=jetties", &every),
        ("&q=jetties&sort=register", &every),
        ("&q=jetties&sort=changed", &changed),
        ("&q=%22should+be+mended%22&sort=changed", &changed),
        ("&q=jett*&inquiry=long&body=ferry", &every),
        ("&q=jetties&response=not_recorded&sort=changed", &changed),
    ] {
        assert!(all(&app, asked) == *fit, "{asked}: it is not what fits, in order");
    }
    let public = app.public();
    let first = public.open("/recommendations?q=jetties&sort=changed").texts(".f-rows__title");
    assert_eq!(first[..2], ["2010. Mend jetty 2010", "1. Mend jetty 1"]);
    for table in ["/recommendations.csv?q=jetties", "/answers.csv?q=jetties", "/recommendations.csv?q=%22be+mended%22"]
    {
        let rows = public.open(table).body().lines().count() - 1;
        assert_eq!(rows, VERY_MANY, "{table} is not what the search finds");
    }
    // A number beside its words finds what has it, wherever others stand.
    let named = public.open("/recommendations?q=jetties+2010&inquiry=long").texts(".f-rows__title");
    assert_eq!(named, ["2010. Mend jetty 2010"]);
}
