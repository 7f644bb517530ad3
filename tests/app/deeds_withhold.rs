//! Taking words out of sight with one click, and showing them again after the four questions.

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::stories;
use crate::support::TestApp;

stories![
    one_click_withholds_words_everywhere,
    the_words_of_a_recommendation_are_withheld,
    an_event_of_an_inquiry_is_withheld,
    what_the_register_says_of_itself_is_withheld,
    a_reason_that_no_row_holds_is_withheld,
];

const CANARY: &str = "canary-in-the-harbour";

fn one_click_withholds_words_everywhere(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let item = response(form, "Accepted", CANARY).send();
    app.public().open(PUBLIC).sees(CANARY);
    let done = item.form("Withhold these words: Accepted").send();
    done.sees("The words are withheld everywhere").does_not_see(CANARY);
    overseer.open(ITEM).does_not_see(CANARY).sees("Accepted on 20 November 2026");
    for path in [PUBLIC, "/inquiries/ashgrove/recommendations/2", "/changes/2", "/changes"] {
        app.public().open(path).does_not_see(CANARY);
    }
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json");
    assert!(!data.body().contains(CANARY));
    assert!(data.body().contains("\"accepted\""), "the value stays");
    app.public().open(PUBLIC).sees("Accepted on 20 November 2026").sees("Words withheld on 23 November 2026");
    // Showing again makes words public, so the four questions come first.
    let asked = done.form("Show these words again").submit();
    asked.is(200).sees("will be public again");
    asked.form("Show the words again").submit().is(422).complains("Confirm before publishing");
    app.public().open(PUBLIC).does_not_see(CANARY);
    confirmed(asked.form("Show the words again")).send().sees("The words are shown again");
    app.public().open(PUBLIC).sees(CANARY);
}

fn the_words_of_a_recommendation_are_withheld(app: &TestApp) {
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/ashgrove/recommendations/3";
    overseer.open(item).form("Withhold the words").send().sees("withheld everywhere");
    let public = app.public().open("/inquiries/ashgrove/recommendations/3");
    public.does_not_see("a second crossing each day").sees("Words withheld on 23 November 2026");
    app.public().open("/recommendations?q=winter").does_not_see("A second crossing in winter");
}

fn an_event_of_an_inquiry_is_withheld(app: &TestApp) {
    let page = app.person("overseer").open("/staff/inquiries/ashgrove");
    let done = page.form("Withhold these words: Officers reported").send();
    done.sees("The words are withheld everywhere").does_not_see("Officers reported");
    for path in ["/inquiries/ashgrove", "/inquiries/ashgrove.json"] {
        let public = app.public().open(path);
        assert!(!public.body().contains("Officers reported"), "{path}");
    }
    let asked = done.form("Show these words again").submit();
    confirmed(asked.form("Show the words again")).send().sees("Officers reported");
}

fn what_the_register_says_of_itself_is_withheld(app: &TestApp) {
    crate::filing::arranged::enters_operator(app);
    let public = app.public();
    let change = app.place().value("select max(seq) from change where kind = 'register'");
    public.open(&format!("/changes/{change}")).sees("Ashgrove District Council has taken responsibility");
    let page = app.person("overseer").open("/staff").follow("What this register says of itself");
    let done = page.form("Withhold these words: About this register").send();
    done.sees("The words are withheld everywhere").does_not_see("has taken responsibility");
    for path in [format!("/changes/{change}"), "/changes".to_owned(), "/".to_owned()] {
        public.open(&path).does_not_see("Ashgrove District Council has taken responsibility");
    }
    let asked = done.form("Show these words again").submit();
    confirmed(asked.form("Show the words again")).send().sees("has taken responsibility");
    app.place().run(&["verify"]).succeeds();
}

fn a_reason_that_no_row_holds_is_withheld(app: &TestApp) {
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/ashgrove/recommendations/6";
    let form = overseer.open(item).follow("Put it to a body").form("Publish that it was put to this body");
    let form = form.select("Which body?", "Ashgrove Harbour Authority").choose("Compared with the source");
    let asked = confirmed(form.fill("Where is it said", CANARY)).send();
    app.public().open("/inquiries/ashgrove/recommendations/6").sees(CANARY);
    asked.form("Withhold these words: Put to").send().sees("withheld everywhere").does_not_see(CANARY);
    for path in [
        "/inquiries/ashgrove/recommendations/6",
        "/inquiries/ashgrove/recommendations/6.json",
        "/changes",
        "/changes/2",
    ] {
        let public = app.public().open(path);
        assert!(!public.body().contains(CANARY), "{path}");
    }
}
