//! Once somebody has taken responsibility, pages say who, and search engines may list what was compared.

use std::fmt::Write;

use super::first_register;
use crate::stories;
use crate::support::Place;
use crate::support::visitor::Visitor;

stories![
    pages_name_the_operator_and_never_say_we,
    only_what_was_compared_may_be_listed_by_search_engines,
    above_six_bodies_a_table_stands_in_the_place_of_cards,
];

/// Enters who runs the register.
fn is_run_by_the_office(administrator: &Visitor) {
    let form = administrator.open("/staff/settings").form("Save and publish");
    form.fill("Who runs this register", "Ashgrove Oversight Office")
        .fill("By what right", "By resolution of the council, 1 July 2026.")
        .fill("Email address for the public", "register@example.org")
        .fill("Data protection contact", "The data protection officer, data@example.org")
        .fill("Complaints", "Write to the office.")
        .send();
}

fn pages_name_the_operator_and_never_say_we(place: &Place) {
    let app = first_register(place);
    is_run_by_the_office(&app.person("administrator"));
    let public = app.public();
    public
        .open("/inquiries/jay/recommendations/4")
        .sees("Ashgrove Oversight Office found")
        .does_not_see("Not in service");
    public.open("/").sees("Ashgrove Oversight Office runs it");
    public.open("/about").sees("By resolution of the council, 1 July 2026").sees("Write to the office");
    public.open("/privacy").sees("The data protection officer, data@example.org");
    public.open("/accessibility").sees("register@example.org");
    public.open("/help").sees("These helplines came with the program");
    // It is a change like any other, and has its place among them.
    let change = public.open("/changes").sees("has taken responsibility for this register").follow("Change 2");
    change.sees("About this register").sees("has taken responsibility for this register");
}

fn only_what_was_compared_may_be_listed_by_search_engines(place: &Place) {
    let app = first_register(place);
    is_run_by_the_office(&app.person("administrator"));
    for (path, listed) in [
        ("/", true),
        ("/inquiries/jay", true),
        ("/inquiries/jay/recommendations/3", true),
        ("/inquiries/jay/recommendations/3/rotherham-council", true),
        ("/inquiries/jay/recommendations/1", false),
        ("/inquiries/jay/recommendations/1/rotherham-council", false),
        ("/inquiries/operation-linden/recommendations/f", false),
        ("/inquiries/operation-linden/recommendations/i", false),
        ("/recommendations?q=law", false),
    ] {
        let body = app.public().open(path).body();
        assert_eq!(!body.contains("<meta name=\"robots\" content=\"noindex\">"), listed, "{path}");
    }
}

fn above_six_bodies_a_table_stands_in_the_place_of_cards(place: &Place) {
    let mut register = String::new();
    let mut asked = String::new();
    for number in 1..=7 {
        write!(
            register,
            "[[body]]\nslug = \"ferry-{number}\"\nname = \"Ashgrove Ferry {number}\"\nkind = \"company\"\n\n"
        )
        .expect("text");
        write!(asked, "{{ body = \"ferry-{number}\", checked = \"secondary\" }}, ").expect("text");
    }
    write!(
        register,
        "[[inquiry]]\nslug = \"many\"\nkind = \"inspection\"\ntitle = \"An inspection of many\"\nshort_title = \"Many\"\n\
         own_references = false\npublished_on = 2026-01-05\ncounts_in_source = []\n\n[[inquiry.recommendation]]\n\
         number = \"1\"\ntitle = \"Mend the jetty\"\ntext_kind = \"summary\"\ntext = \"Mend it.\"\nchecked = \"secondary\"\n\
         themes = []\naddressees = [ {asked} ]\n"
    )
    .expect("text");
    let app = place.with_register(&place.file("many.toml", &register)).app();
    let page = app.public().open("/inquiries/many/recommendations/1");
    page.sees("Put to 7 bodies");
    assert_eq!((page.texts(".f-card").len(), page.texts("tbody tr").len()), (0, 7));
    let some = page.form("Show these").select("Answer", "No answer recorded here").send();
    some.sees("7 of 7 bodies");
    let none = page.form("Show these").select("Answer", "Rejected").send();
    none.sees("0 of 7 bodies").sees("No body’s answer fits").follow("Show all again").sees("7 of 7 bodies");
    // One body of each kind: every filter narrows, and all of them hold for one and the same body.
    place.execute(
        "update addressee set response = 'rejected' where id = 1; update addressee set reported = 'under_way' where id = 2;
         update addressee set assessed = 'on_course' where id = 3; update addressee set lifecycle = 'lapsed' where id = 4;",
    );
    let path = "/inquiries/many/recommendations/1";
    for (number, filter) in
        ["response=rejected", "reported=under_way", "assessed=on_course", "lifecycle=lapsed"].iter().enumerate()
    {
        let found = app.public().open(&format!("{path}?{filter}"));
        found.sees("1 of 7 bodies").sees(&format!("Ashgrove Ferry {}", number + 1));
        assert!(found.body().contains("noindex"), "{filter}");
    }
    app.public().open(&format!("{path}?response=rejected&reported=under_way")).sees("0 of 7 bodies");
    app.public().get("/inquiries/many/recommendations/1?response=refused").is(400).sees("response");
    // A body that it was never put to is none of those asked.
    place.execute("update addressee set lifecycle = 'closed', closure = 'recorded_in_error' where id = 5");
    let one = app.public().open(&format!("{path}?lifecycle=closed"));
    one.sees("0 of 6 bodies. Entered in error: it was never put to this body").sees("Put to 6 bodies");
    place.execute("update addressee set lifecycle = 'closed', closure = 'recorded_in_error'");
    let all = app.public().open(&format!("{path}?lifecycle=closed&response=rejected"));
    all.sees("Entered in error: it was never put to these 7 bodies").sees("it was never put to this body");
    all.does_not_see("Put to").does_not_see("Body asked: not known here");
    page.follow("Ashgrove Ferry 7").sees("Many, recommendation 1 of 1");
}
