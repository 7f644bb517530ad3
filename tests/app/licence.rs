//! Words carry their licence and their language, and the data the operator's own licence.

use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    words_carry_their_licence_and_language,
    what_a_body_says_carries_it_too,
    the_operator_says_under_which_licence_the_data_is_given,
];

const ITEM: &str = "/staff/inquiries/ashgrove/recommendations/7";
const DATA: &str = "/inquiries/ashgrove/recommendations/7.json";
const ANSWER: &str = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";

fn confirmed(form: Form) -> Form {
    form.tick("It names no victim, suspect or private person")
        .tick("No live court case is affected")
        .tick("Nothing in it is protectively marked")
        .tick("Its files and links have been looked through")
}

fn wording(app: &TestApp) -> Form {
    let page = app.person("overseer").open(ITEM).follow("Enter or change the words");
    let form = page.form("Hand in the words").fill("A short title", "Keep a log").fill("The words", "Cadwch log.");
    let form = form.fill("Where can they be read?", "https://ashgrove.example/report#page=44");
    let form = form.fill("Why are the words entered or changed?", "They were read again.");
    confirmed(form.choose("Summary in our own words").choose("Compared with a secondary source"))
}

fn words_carry_their_licence_and_language(app: &TestApp) {
    wording(app).send();
    let data = app.public().get(DATA).json();
    assert_eq!((&data["text_licence"], &data["text_language"]), (&"unknown".into(), &"en".into()));
    app.public().open("/inquiries/ashgrove/recommendations/7").sees("Unknown: nobody has found out");

    wording(app).set("licence", "mine").submit().is(422).complains("Choose the licence of the words");
    let form = wording(app).select("In which language are the source", "Welsh");
    form.select("Under which licence do the source", "Open Government Licence v3.0").send();
    let data = app.public().get(DATA).json();
    assert_eq!((&data["text_licence"], &data["text_language"]), (&"ogl_3".into(), &"cy".into()));
    app.public()
        .open("/inquiries/ashgrove/recommendations/7")
        .sees("In Welsh. Licence of these words: Open Government Licence v3.0.");
    // Whoever changes the words next begins with what is known.
    assert_eq!(wording(app).value("Under which licence do the source"), "ogl_3");
    app.place().run(&["verify"]).succeeds();
}

fn what_a_body_says_carries_it_too(app: &TestApp) {
    let form = app.person("overseer").open(ANSWER).follow("Record a response").form("Publish the response");
    let form = form
        .choose_in("What did the body answer?", "Accepted")
        .date("When did it answer?", "2026-11-20")
        .fill("What did it say?", "It will inspect them each May.")
        .fill("Where can it be read?", "https://ashgrove.example/council/2")
        .choose_in("How far did you compare it?", "Compared with the source")
        .select("Under which licence do the source", "All rights reserved");
    confirmed(form).send();
    let kept =
        app.place().rows("select language || ' ' || licence as value from fact_update where licence is not null");
    assert_eq!(kept, ["en quoted_s30"]);
}

fn the_operator_says_under_which_licence_the_data_is_given(app: &TestApp) {
    let exports = ["/inquiries/ashgrove.json", DATA, "/bodies/ashgrove-council.json", "/recommendations.json"];
    for path in exports {
        assert!(app.public().get(path).json()["licence"].is_null(), "{path}");
    }
    app.public().open("/about").sees("has not entered a licence for the data");
    let form = || app.person("administrator").open("/staff/settings").form("Publish this licence");
    form().set("licence", "mine").submit().is(400);
    form().select("Under which licence is the data given?", "Creative Commons Attribution").send();
    for path in exports {
        let data = app.public().get(path).json();
        assert_eq!(data["licence"], "Creative Commons Attribution 4.0 International", "{path}");
    }
    app.public().open("/about").sees("under this licence: Creative Commons Attribution 4.0 International");
    app.public().open("/changes").sees("The operator gives the data of this register to everybody under this licence");
    form().send();
    assert_eq!(app.place().value("select count(*) from change where kind = 'register'"), "1", "the same again");
}
