//! Words carry their licence and their language, and the data the operator's own licence.

use crate::filing::arranged::{COUNCIL, ITEM as ITEM_OF_COUNCIL, publication, return_page, update};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    words_carry_their_licence_and_language,
    what_a_body_says_carries_it_too,
    a_body_says_it_of_its_own_words,
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
    assert_eq!(welsh(app, "/inquiries/ashgrove/recommendations/7"), ["Cadwch log."]);
    // Whoever changes the words next begins with what is known.
    assert_eq!(wording(app).value("Under which licence do the source"), "ogl_3");
    app.place().run(&["verify"]).succeeds();
}

/// The words on a page that say of themselves that they are Welsh.
fn welsh(app: &TestApp, path: &str) -> Vec<String> {
    app.public().open(path).texts("[lang=cy]")
}

fn what_a_body_says_carries_it_too(app: &TestApp) {
    const PUBLIC: &str = "/inquiries/ashgrove/recommendations/2";
    const OF_COUNCIL: &str = "/inquiries/ashgrove/recommendations/2/ashgrove-council";
    let overseer = app.person("overseer");
    let form = overseer.open(ANSWER).follow("Record a response").form("Publish the response");
    let form = form
        .choose_in("What did the body answer?", "Rejected")
        .date("When did it answer?", "2026-11-20")
        .fill("What did it say?", "Ni fydd yn eu harolygu.")
        .fill("What reason did it give?", "Nid oes arian.")
        .fill("Where can it be read?", "https://ashgrove.example/council/2")
        .choose_in("How far did you compare it?", "Compared with the source")
        .select("In which language are the source", "Welsh")
        .select("Under which licence do the source", "All rights reserved");
    confirmed(form).send();
    let kept =
        app.place().rows("select language || ' ' || licence as value from fact_update where licence is not null");
    assert_eq!(kept, ["cy quoted_s30"]);
    // The card gives the reason, the timeline the words too, and the answer's own page the words once more.
    let said = "In Welsh. Licence of these words: All rights reserved; quoted under section 30";
    assert_eq!(app.public().open(PUBLIC).sees(said).sees(": Nid oes arian; source:").text().matches(said).count(), 2);
    assert_eq!(welsh(app, PUBLIC), ["Nid oes arian", "Ni fydd yn eu harolygu.", "Nid oes arian."]);
    assert_eq!(welsh(app, OF_COUNCIL).len(), 4, "{:?}", welsh(app, OF_COUNCIL));
    let change = app.place().value("select max(seq) from change");
    app.public().open(&format!("/changes/{change}")).sees(said);

    // Whoever puts it right begins with what is known of the words.
    let page = overseer.open(ANSWER);
    let correct = page.links().into_iter().find(|link| link.contains("/response?")).expect("a correction");
    let form = overseer.open(&correct).form("Publish the response");
    assert_eq!(form.value("In which language are the source"), "cy");
    assert_eq!(form.value("Under which licence do the source"), "quoted_s30");
    // In English, of unknown licence: nothing is said that a reader would take for granted.
    let form = form.fill("What did it say?", "It will not inspect them.").fill("What reason did it give?", "No money.");
    let form = form.fill("Why was the earlier entry wrong?", "The report gives its answer in English.");
    let form = form.select("In which language are the source", "English");
    confirmed(form.select("Under which licence do the source", "Unknown: nobody has found out")).send();
    let page = app.public().open(PUBLIC);
    page.sees(": No money; source:").does_not_see("Licence of these words: Unknown: nobody has found out under which");
    assert_eq!(page.text().matches(said).count(), 1, "of the entry that was put right");

    // Of withheld words it is not said in which language they were.
    for _ in 0..2 {
        overseer.open(ANSWER).form("Withhold these words: Rejected").send();
    }
    app.public().open(PUBLIC).does_not_see("In Welsh");
    assert!(welsh(app, PUBLIC).is_empty());
    app.place().run(&["verify"]).succeeds();
}

fn a_body_says_it_of_its_own_words(app: &TestApp) {
    const LICENCE: &str = "Under which licence do your words stand?";
    const LANGUAGE: &str = "In which language are your words?";
    let council = app.person(COUNCIL);
    let form = update(&return_page(&council), "Archwiliwyd y ddau.");
    assert_eq!((form.value(LANGUAGE), form.value(LICENCE)), ("en", "unknown"), "until somebody has said so");
    let form = form.select(LANGUAGE, "Welsh").set("licence", "own");
    form.submit().is(422).complains("Choose the licence of the words").sees("Archwiliwyd y ddau.");
    let form = update(&return_page(&council), "Archwiliwyd y ddau.").select(LANGUAGE, "Welsh");
    let filing = form.select(LICENCE, "Open Government Licence v3.0").send();
    let said = "In Welsh. Licence of these words: Open Government Licence v3.0.";
    filing.sees(said);

    // What was sent back comes with what was said of its words, and the reader sees it before it is public.
    let overseer = app.person("overseer");
    let back = overseer.open(filing.path()).sees(said).form("Send it back");
    back.fill("What should be looked at again?", "By whom?").send();
    let form = council.open(filing.path()).form("Send it again");
    assert_eq!((form.value(LANGUAGE), form.value(LICENCE)), ("cy", "ogl_3"));
    form.fill("What was done", "Archwiliwyd y ddau gan syrf\u{eb}wr.").send();
    app.public().open(ITEM_OF_COUNCIL).does_not_see("In Welsh");
    publication(&overseer.open(filing.path())).send();

    let kept =
        app.place().rows("select language || ' ' || licence as value from fact_update where licence is not null");
    assert_eq!(kept, ["cy ogl_3"]);
    app.public().open(ITEM_OF_COUNCIL).sees(said);
    // The answer's own words, and its entry in the timeline.
    assert_eq!(welsh(app, ITEM_OF_COUNCIL), ["Archwiliwyd y ddau gan syrf\u{eb}wr."; 2]);

    // In English and of unknown licence, nothing is said that a reader would take for granted.
    let filing = update(&return_page(&council), "Both were inspected again.").send();
    publication(&overseer.open(filing.path())).send();
    let page = app.public().open(ITEM_OF_COUNCIL);
    assert_eq!(page.sees("Both were inspected again.").text().matches(said).count(), 1);
    app.place().run(&["verify"]).succeeds();
}

/// Whether everything that can be taken away says this of its licence; tables of values say it beside them.
#[track_caller]
fn exports_say(app: &TestApp, words: &str, link: &str) {
    for path in ["/changes.atom", "/inquiries/ashgrove.atom", "/calendar.ics", "/api/v1/openapi.json", "/api"] {
        // A calendar breaks its lines.
        let body = app.public().get(path).body().replace("\r\n ", "");
        assert!(body.contains(words), "{path} does not say {words:?}");
    }
    for path in ["/recommendations.csv", "/inquiries/ashgrove/answers.csv", "/register.zip"] {
        let page = app.public().get(path);
        let said = page.header("link").expect("a licence");
        assert!(said.ends_with(&format!("{link}>; rel=\"license\"")), "{path}: {said}");
    }
    let folder = app.place().folder().join(format!("open-data-{}", words.len()));
    app.place().run(&["export", &folder.display().to_string()]).succeeds();
    for name in ["README.txt", "datapackage.json"] {
        let written = std::fs::read_to_string(folder.join(name)).expect("a file");
        assert!(written.contains(words), "{name} does not say {words:?}");
    }
}

fn the_operator_says_under_which_licence_the_data_is_given(app: &TestApp) {
    let exports = ["/inquiries/ashgrove.json", DATA, "/bodies/ashgrove-council.json", "/recommendations.json"];
    for path in exports {
        assert!(app.public().get(path).json()["licence"].is_null(), "{path}");
    }
    app.public().open("/about").sees("has not entered a licence for the data");
    let none = "The operator has not entered a licence for the data";
    exports_say(app, none, "/about");
    assert!(app.public().get("/api/v1/openapi.json").json()["info"]["license"].is_null());
    let form = || app.person("administrator").open("/staff/settings").form("Publish this licence");
    form().set("licence", "mine").submit().is(400);
    form().select("Under which licence is the data given?", "Creative Commons Attribution").send();
    for path in exports {
        let data = app.public().get(path).json();
        assert_eq!(data["licence"], "Creative Commons Attribution 4.0 International", "{path}");
    }
    app.public().open("/about").sees("under this licence: Creative Commons Attribution 4.0 International");
    exports_say(app, "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/");
    let document = app.public().get("/api/v1/openapi.json").json();
    assert_eq!(document["info"]["license"]["name"], "CC-BY-4.0");
    app.public().open("/changes").sees("The operator gives the data of this register to everybody under this licence");
    form().send();
    assert_eq!(app.place().value("select count(*) from change where kind = 'register'"), "1", "the same again");
}
