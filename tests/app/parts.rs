//! Lettered parts: each with its own bodies asked and facts; the whole says which are not confirmed, never a share alone.

use crate::deeds_record::{confirmed, response};
use crate::fairness::run_by_somebody;
use crate::stories;
use crate::support::app::days;
use crate::support::form::Form;
use crate::support::visitor::Visitor;
use crate::support::{Place, TestApp};

stories![
    a_part_has_its_own_facts_and_the_whole_says_which_are_not_confirmed,
    what_a_part_holds_is_in_lists_data_and_tables_under_its_own_number,
    a_part_of_a_part_is_refused_and_parts_need_a_letter,
    parts_follow_their_whole_to_another_number,
    a_part_entered_in_error_leaves_the_whole_to_its_other_parts,
    what_bears_on_the_whole_bears_on_its_parts_and_withheld_words_stay_withheld,
    a_file_brings_parts_and_is_safe_to_load_again,
];

const WHOLE: &str = "/inquiries/ashgrove/recommendations/3";
const PART: &str = "/inquiries/ashgrove/recommendations/3a";

/// A part of this recommendation in our own words, filled as far as most stories need.
pub fn part(visitor: &Visitor, of: &str, letter: &str, title: &str, body: &str) -> Form {
    let form = visitor.open(&format!("/staff{of}")).follow("Add a part").form("Publish the part");
    confirmed(
        form.fill("Its letter", letter)
            .fill("A short title", title)
            .fill("The words", "The landing stage should be lit at night.")
            .choose_in("Whose words are these?", "Summary in our own words")
            .choose_in("How far were they compared?", "Compared with a secondary source")
            .fill("Where can they be read?", "https://ashgrove.example/report#page=50")
            .tick(body)
            .choose_in("How is it known that it was put to them?", "Compared with the source")
            .fill("Why is it added?", "The report letters it."),
    )
}

/// Two parts of recommendation 3: (a) put to the council, (b) to the agency.
fn two_parts(app: &TestApp) {
    let overseer = app.person("overseer");
    part(&overseer, WHOLE, "a", "Run it on school days", "Ashgrove District Council").send().sees("Part added");
    part(&overseer, WHOLE, "b", "Count who crosses", "Coastal Transport Agency").send().sees("Part added");
}

/// A finding that a second person publishes.
pub fn found(app: &TestApp, item: &str, value: &str) {
    let form = app.person("overseer").open(item).follow("Assess").form("Hand in the assessment");
    let form = form.choose_in("What do you find?", value).fill("What does the finding rest on?", "Two reports.");
    confirmed(app.person("overseer two").open(form.send().path()).form("Publish this")).send();
}

fn a_part_has_its_own_facts_and_the_whole_says_which_are_not_confirmed(app: &TestApp) {
    run_by_somebody(app);
    let public = app.public();
    app.clock().advance(days(1));
    public.open("/inquiries/ashgrove").sees("7 recommendations").sees("7 answers asked for");
    two_parts(app);

    // The recommendation stays one; its parts' answers count.
    let page = public.open("/inquiries/ashgrove");
    page.sees("7 recommendations").sees("9 answers asked for").does_not_see("9 recommendations");
    page.sees("0 of 2 parts confirmed; not confirmed: parts (a) and (b)");
    let page = public.open(WHOLE);
    page.sees("0 of 2 parts confirmed; not confirmed: parts (a) and (b).").sees("Its parts");
    page.sees("3a. Run it on school days").sees("3b. Count who crosses").sees("Put to 1 body");
    page.sees("Part (a) was taken in as a part of this recommendation").sees("The report letters it.");
    let page = page.follow("3a. Run it on school days");
    page.sees("recommendation 3 of 7, part (a)").sees("A part of Recommendation 3").sees("Put to 1 body");
    page.sees("Ashgrove Council").does_not_see("Coastal Transport Agency").sees("Not yet assessed");
    page.follow("Recommendation 3").sees("Its parts");
    public.open(PART).follow("Recommendation 3b").sees("Count who crosses");

    // One of them is confirmed: the whole names the other one.
    let of_part = "/staff/inquiries/ashgrove/recommendations/3a/ashgrove-council";
    found(app, of_part, "Confirmed implemented");
    public.open(PART).sees("Done. Confirmed implemented");
    for path in [WHOLE, "/inquiries/ashgrove", "/recommendations?q=winter", "/bodies/ashgrove-harbour"] {
        let page = public.open(path);
        page.sees("1 of 2 parts confirmed; not confirmed: part (b)");
    }
    let page = public.open(WHOLE);
    page.does_not_see("Done.").sees("Not yet assessed");
    found(app, "/staff/inquiries/ashgrove/recommendations/3b/coastal-agency", "Implemented by other means");
    public.open(WHOLE).sees("Confirmed: parts (a) and (b).").does_not_see("Done.");
    found(app, "/staff/inquiries/ashgrove/recommendations/3/ashgrove-harbour", "Confirmed implemented");
    public.open(WHOLE).sees("Done. Confirmed implemented").sees("Confirmed: parts (a) and (b)");
    assert_eq!(public.open(&format!("{WHOLE}.json")).json()["done"], true);
    // A part that comes in later is not done, and so the whole is not.
    let overseer = app.person("overseer");
    part(&overseer, WHOLE, "c", "Print the times", "Ashgrove District Council").send();
    public.open(WHOLE).sees("2 of 3 parts confirmed; not confirmed: part (c)").sees("Not all of its parts are done");
    // The day before there were none.
    let then = public.open(&format!("{WHOLE}?as-at=2026-11-23"));
    then.does_not_see("Its parts").does_not_see("part (a)").sees("Put to 1 body");
    public.open(&format!("{WHOLE}?as-at=2026-11-24")).sees("2 of 3 parts confirmed; not confirmed: part (c)");
    public.open("/inquiries/ashgrove?as-at=2026-11-24").sees("7 recommendations").sees("10 answers asked for");
    app.place().run(&["verify"]).succeeds();
}

fn what_a_part_holds_is_in_lists_data_and_tables_under_its_own_number(app: &TestApp) {
    let public = app.public();
    two_parts(app);
    let item = "/staff/inquiries/ashgrove/recommendations/3b/coastal-agency";
    let form = app.person("overseer").open(item).follow("Record a response").form("Publish the response");
    response(form, "Accepted in part", "It will count.").send();

    // A filter that a part's answer meets lists the part.
    let found = public.open("/recommendations?response=accepted_in_part");
    found.sees("0 recommendations and 1 part, with 1 answer that fits").sees("3b. Count who crosses");
    found.sees("Part of recommendation 3").does_not_see("A second crossing in winter");
    let none = public.open("/recommendations?inquiry=ashgrove&body=coastal-agency&response=rejected");
    none.sees("0 recommendations, with 0 answers that fit");
    public.open("/recommendations?inquiry=ashgrove").sees("7 recommendations and 2 parts, with 9 answers that fit");
    public.open("/recommendations?q=3b").sees("Count who crosses");
    public.open("/bodies/coastal-agency").sees("3b. Count who crosses").sees("Part of recommendation 3");

    let data = public.open(&format!("{WHOLE}.json")).json();
    assert_eq!((&data["part_of"], &data["done"]), (&serde_json::Value::Null, &false.into()));
    assert_eq!(data["part_numbers"], serde_json::json!(["3a", "3b"]));
    assert_eq!(data["parts_not_confirmed"], serde_json::json!(["3a", "3b"]));
    let second = &data["parts"][1];
    assert_eq!((&second["letter"], &second["title"]), (&"b".into(), &"Count who crosses".into()));
    assert!(second["address"].as_str().is_some_and(|it| it.ends_with("/inquiries/ashgrove/recommendations/3b")));
    assert_eq!(second["addressees"][0]["response"], "accepted_in_part");
    let data = public.open(&format!("{PART}.json")).json();
    assert_eq!((&data["part_of"], &data["letter"]), (&"3".into(), &"a".into()));
    let list = public.open("/inquiries/ashgrove.json").json();
    assert_eq!(list["total"], 7);
    assert_eq!(list["items"].as_array().map(Vec::len), Some(7));
    assert_eq!(list["items"][2]["parts"][0]["number"], "3a");
    let list = public.open("/recommendations.json?inquiry=ashgrove").json();
    assert_eq!((&list["total"], &list["parts"]), (&9.into(), &2.into()));
    let list = public.open("/api/v1/recommendations?inquiry=ashgrove").json();
    assert_eq!((list["total"].as_u64(), list["items"][3]["part_of"].as_str()), (Some(9), Some("3")));
    assert_eq!(public.open("/api/v1/inquiries/ashgrove").json()["item"]["recommendations"], 7);

    let table = public.get("/inquiries/ashgrove/recommendations.csv").body();
    assert!(table.contains("ashgrove,3b,3,b,"), "{table}");
    assert!(table.contains("3a; 3b"), "{table}");
    let answers = public.get("/inquiries/ashgrove/answers.csv").body();
    assert!(answers.contains("ashgrove,3b,3,Count who crosses"), "{answers}");
    app.place().run(&["verify"]).succeeds();
}

fn a_part_of_a_part_is_refused_and_parts_need_a_letter(app: &TestApp) {
    two_parts(app);
    let overseer = app.person("overseer");
    let form = overseer.open(&format!("/staff{PART}"));
    assert!(!form.text().contains("Add a part") && !form.text().contains("Divide into parts"));
    let form = overseer.open(&format!("/staff{PART}/parts")).form("Publish the part").fill("Its letter", "i");
    form.submit().is(422).complains("3a is itself a part of recommendation 3, and a part has no parts");
    let form = overseer.open(&format!("/staff{PART}/division")).form("Publish the division");
    let refused = form.fill("The parts", "i One\n\nii Two").submit();
    refused.is(422).complains("a part has no parts. Add it to 3 instead");
    assert_eq!(refused.form("Publish the division").value("The parts"), "i One\n\nii Two");

    let again = |letter: &str| part(&overseer, WHOLE, letter, "Again", "Ashgrove District Council").submit();
    again("").is(422).complains("Enter its letter in the source");
    again("(a)").is(422).complains("can be no letter of a part");
    again("A").is(422).complains("There is a recommendation 3a in this inquiry already");
    // Somebody added another one meanwhile.
    let late = part(&overseer, WHOLE, "c", "Late", "Ashgrove District Council");
    part(&overseer, WHOLE, "d", "First", "Ashgrove District Council").send();
    late.submit().is(409).sees("Somebody else changed this").sees("3a, 3b and 3d");
    // People of a body add nothing.
    let own = app.person("contributor of ashgrove-harbour");
    own.get(&format!("/staff{WHOLE}/parts")).is(403);
    own.get(&format!("/staff{WHOLE}/division")).is(403);
    app.place().run(&["verify"]).succeeds();
}

fn number(app: &TestApp, of: &str, to: &str) -> Form {
    let page = app.person("overseer").open(&format!("/staff/inquiries/ashgrove/recommendations/{of}/number"));
    let form = page.form("Publish the number").fill("Its number", to);
    confirmed(form.fill("Why is it changed?", "The second edition counts anew."))
}

fn parts_follow_their_whole_to_another_number(app: &TestApp) {
    two_parts(app);
    let public = app.public();
    app.clock().advance(days(1));
    number(app, "3a", "9a").submit().is(422).complains("has a number that begins with 3");
    number(app, "3a", "3").submit().is(422).complains("There is a recommendation 3 in this inquiry already");
    number(app, "3", "8").send();
    for (old, new) in [("3", "8"), ("3a", "8a"), ("3b/coastal-agency", "8b/coastal-agency")] {
        let base = "/inquiries/ashgrove/recommendations";
        assert_eq!(public.get(&format!("{base}/{old}")).is(301).redirects_to(), format!("{base}/{new}"));
        public.open(&format!("{base}/{new}"));
    }
    let page = public.open("/inquiries/ashgrove/recommendations/8");
    page.sees("8a. Run it on school days").sees("not confirmed: parts (a) and (b)");
    public.open("/inquiries/ashgrove/recommendations/8a").sees("recommendation 8 of 7, part (a)");
    let then = public.open("/inquiries/ashgrove/recommendations/8a?as-at=2026-11-23");
    then.sees("recommendation 3 of 7, part (a)");
    // A letter changes alone.
    number(app, "8b", "8c").send();
    public.open("/inquiries/ashgrove/recommendations/8").sees("not confirmed: parts (a) and (c)");
    app.place().run(&["verify"]).succeeds();
}

fn a_part_entered_in_error_leaves_the_whole_to_its_other_parts(app: &TestApp) {
    two_parts(app);
    let public = app.public();
    let decides = |of: &str| {
        let form = app.person("overseer").open(&format!("/staff{of}/in-error")).form("Publish the decision");
        confirmed(form.fill("Why?", "It is no part."))
    };
    decides(PART).submit().is(422).complains("close each of these answers as");
    let item = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/3a/ashgrove-council");
    let form = item.follow("Close").form("Record the decision");
    confirmed(form.choose_in("Why is it closed?", "Entered in error").fill("The reason", "It was never made.")).send();
    decides(PART).send();
    let page = public.open(WHOLE);
    page.sees("Not confirmed: part (b)").sees("Entered in error");
    assert_eq!(public.open(&format!("{WHOLE}.json")).json()["part_numbers"], serde_json::json!(["3b"]));
    public.open("/inquiries/ashgrove").sees("1 part and 1 answer entered in error, not counted");
    public.open("/recommendations?inquiry=ashgrove").sees("7 recommendations and 1 part, with 8 answers that fit");
    app.place().run(&["verify"]).succeeds();
}

fn what_bears_on_the_whole_bears_on_its_parts_and_withheld_words_stay_withheld(app: &TestApp) {
    two_parts(app);
    let (overseer, public) = (app.person("overseer"), app.public());
    overseer.open(&format!("/staff{PART}")).form("Withhold the words").send().sees("withheld everywhere");
    for path in [WHOLE.to_owned(), format!("{WHOLE}.json"), "/recommendations".to_owned(), format!("{WHOLE}.atom")] {
        let page = public.open(&path);
        assert!(!page.body().contains("Run it on school days"), "{path}");
    }
    public.open(WHOLE).sees("Recommendation 3a: words withheld on 23 November 2026");

    let form = overseer.open(&format!("/staff{WHOLE}/hold")).form("Place this hold").choose("Legal proceedings");
    confirmed(form.date("When is it reviewed?", "2026-12-10")).send();
    public.open(PART).sees("has not been published since 23 November 2026");
    let item = overseer.open("/staff/inquiries/ashgrove/recommendations/3b/coastal-agency");
    let form = item.follow("Record a response").form("Publish the response");
    let refused = response(form, "Accepted", "Yes.").submit();
    assert_ne!(refused.status(), 303);
    refused.sees("Nothing new is published about this recommendation since 23 November 2026");
    assert_eq!(public.open(&format!("{PART}.json")).json()["holds"][0]["kind"], "proceedings");
}

const FILE: &str = r#"
[[body]]
slug = "ashgrove-council"
name = "Ashgrove District Council"
kind = "local authority"

[[inquiry]]
slug = "ferry"
kind = "independent inquiry"
title = "Ashgrove Ferry Inquiry"
short_title = "Ferry report"
own_references = false
published_on = 2025-03-03
counts_in_source = []

[[inquiry.block_response]]
body = "ashgrove-council"
value = "accepted"
basis = "block"
happened = { date = 2025-07-01, precision = "on" }
words = "All was accepted."
checked = "source"

[[inquiry.recommendation]]
number = "1"
title = "Publish the timetable"
text_kind = "summary"
text = "The council should publish the timetable."
checked = "source"
addressees = []

[[inquiry.recommendation.part]]
letter = "a"
title = "Print it"
text_kind = "summary"
text = "The timetable should be printed."
checked = "source"
addressees = [ { body = "ashgrove-council", checked = "source" } ]
"#;

const SECOND_PART: &str = r#"
[[inquiry.recommendation.part]]
letter = "b"
title = "Post it"
text_kind = "summary"
text = "The timetable should be posted."
checked = "source"
addressees = []
"#;

fn a_file_brings_parts_and_is_safe_to_load_again(place: &Place) {
    let load = |name: &str, text: &str| {
        let path = place.file(name, text);
        place.run(&["register", "load", path.to_str().expect("a path")])
    };
    load("one.toml", FILE)
        .succeeds()
        .says("1 inquiry, 1 body, 1 recommendation, 1 part of a recommendation, 1 answer asked for, 1 answer recorded");
    load("one.toml", FILE).succeeds().says("Nothing is new in this file.");
    let more = format!("{FILE}{SECOND_PART}");
    load("two.toml", &more).succeeds().says("Added, as change 2: 1 part of a recommendation.");
    load("two.toml", &more).succeeds().says("Nothing is new in this file.");
    assert_eq!(place.value("select count(*) from recommendation where parent_id = 1"), "2");
    assert_eq!(place.value("select number from tally where scope = 'inquiry' and fact = 'recommendations'"), "1");
    place.run(&["verify"]).succeeds().says("1 answers, 3 recommendations");

    let inner = more.replace("letter = \"b\"", "letter = \"b\"\npart = [ { letter = \"i\" } ]");
    load("inner.toml", &inner).exits(1).says("A part has no parts: write this one under the recommendation itself");
    let twice = more.replace("letter = \"b\"", "letter = \"A\"");
    load("twice.toml", &twice).exits(1).says("There is another recommendation or part with this number");
    let bad = more.replace("letter = \"b\"", "letter = \"(b)\"");
    load("bad.toml", &bad).exits(1).says("can be no letter of a part");

    // What the file numbers stands elsewhere by now: a new part follows its whole.
    let app = place.app();
    confirmed_number(&app);
    let third = format!("{more}{}", SECOND_PART.replace("\"b\"", "\"c\"").replace("Post it", "Read it out"));
    load("three.toml", &third).succeeds().says("Added, as change 4: 1 part of a recommendation.");
    let page = app.public().open("/inquiries/ferry/recommendations/7");
    page.sees("7c. Read it out").sees("0 of 3 parts confirmed; not confirmed: parts (a), (b) and (c)");
    place.run(&["verify"]).succeeds();
}

fn confirmed_number(app: &TestApp) {
    let page = app.person("overseer").open("/staff/inquiries/ferry/recommendations/1/number");
    let form = page.form("Publish the number").fill("Its number", "7").fill("Why is it changed?", "A new edition.");
    confirmed(form).send();
}
