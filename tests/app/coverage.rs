//! Coverage: where answers and updates were looked for, in public, and what may be said only after a look.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::stories;
use crate::support::TestApp;
use crate::support::form::Form;

stories![
    an_inquiry_says_where_answers_were_looked_for,
    none_found_needs_a_look,
    none_found_is_recorded_with_its_look_in_one_act,
    a_look_is_put_right_by_another,
    the_words_of_a_look_are_withheld,
    a_look_for_one_answer_says_nothing_of_what_else_the_body_answered,
];

const HERE: &str = "/staff/inquiries/ashgrove/coverage";

/// A look at the harbour's web site, filled as far as most stories need.
pub fn look(app: &TestApp, what: &str, on: &str) -> Form {
    let form = app.person("overseer").open(HERE).form("Publish where it was looked");
    let form = form
        .choose_in("What was looked for?", what)
        .fill("Where was it looked for?", "The authority's web site and its minutes of 2026.")
        .fill("A link to that place", "https://ashgrove.example/harbour")
        .date("When?", on)
        .fill("By which post?", "scrutiny officer")
        .choose_in("What was found?", "Nothing");
    confirmed(form)
}

fn an_inquiry_says_where_answers_were_looked_for(app: &TestApp) {
    app.public().open("/inquiries/ashgrove").sees("Nobody has looked for more answers or updates yet.");
    let overseer = app.person("overseer");
    let page = overseer.open("/staff/inquiries/ashgrove").follow("Record where answers were looked for");
    page.sees("Nobody has looked yet").sees("Never the name of a person");
    let empty = page.form("Publish where it was looked").submit();
    empty.is(422).complains("Choose what was looked for").complains("Enter where it was looked for");
    empty
        .complains("Enter which post looked")
        .complains("Choose what was found")
        .complains("Confirm before publishing");
    look(app, "Answers and updates", "2026-11-24").submit().is(422).complains("The date must be today or earlier");
    let done = look(app, "Answers and updates", "2026-11-20").send();
    done.sees(
        "Answers and updates of all bodies asked: looked for on 20 November 2026, none found, by scrutiny officer",
    );
    let public = app.public().open("/inquiries/ashgrove");
    public
        .sees(
            "Answers and updates of all bodies asked: looked for on 20 November 2026, none found, by scrutiny officer",
        )
        .sees("The authority's web site and its minutes of 2026.")
        .sees("Answers or updates were last looked for on 20 November 2026")
        .does_not_see("Nobody has looked")
        .does_not_see("Overseer One");
    app.public().open(PUBLIC).sees("Answers were last looked for on 20 November 2026");
    app.public().open("/changes").sees("looked for on 20 November 2026");
    let data = app.public().open("/inquiries/ashgrove.json").json();
    let one = &data["coverage"][0];
    assert_eq!(
        (&one["what"], &one["found"], &one["looked_on"]),
        (&"both".into(), &"nothing".into(), &"2026-11-20".into())
    );
    assert_eq!(one["by_post"], "scrutiny officer");
    app.place().run(&["verify"]).succeeds();
}

fn none_found_needs_a_look(app: &TestApp) {
    let overseer = app.person("overseer");
    let page = overseer.open(ITEM).follow("Record a response");
    page.follow("Record for several bodies at once where answers were looked for");
    let bare = |on: &str| {
        let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
        let form = form
            .choose_in("What did the body answer?", "None found")
            .date("When did it answer?", on)
            .choose_in("How far did you compare it?", "Compared with the source");
        confirmed(form)
    };
    let none = |on: &str| {
        let form = bare(on).fill("What did it say?", "Looked for on the authority's web site.");
        form.fill("Where can it be read?", "https://ashgrove.example/harbour")
    };
    let fault = "No entry says yet that somebody looked for answers of this body";
    none("2026-11-20").submit().is(422).complains(fault);
    // Neither updates nor another body's answers bear it out; nor does a look before that day.
    look(app, "Updates", "2026-11-20").send();
    look(app, "Answers", "2026-11-20").select("Of which body?", "Ashgrove District Council").send();
    none("2026-11-20").submit().is(422).complains(fault);
    look(app, "Answers", "2026-11-20").select("Of which body?", "Ashgrove Harbour Authority").send();
    bare("2026-11-21").submit().is(422).complains(fault).complains("Enter where and how an answer was looked for");
    // An entry says where it was looked: nothing is asked again.
    bare("2026-11-20").send().sees("Response recorded");
    app.public().open(PUBLIC).sees("Looked for on 20 November 2026; none found");
}

fn none_found_is_recorded_with_its_look_in_one_act(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open(ITEM).follow("Record a response").form("Publish the response");
    let form = form
        .choose_in("What did the body answer?", "None found")
        .date("When did it answer?", "2026-11-20")
        .fill("What did it say?", "Its web site, and its minutes of 2026.")
        .fill("Where can it be read?", "https://ashgrove.example/where-it-was-looked")
        .fill("None found: which post looked?", "Overseer One")
        .choose_in("How far did you compare it?", "Compared with the source");
    let named = confirmed(form).submit();
    named.is(422).complains("never a person\u{2019}s name");
    named.form("Publish the response").fill("None found: which post looked?", "scrutiny officer").send();
    // The card and the timeline of the item say where.
    let item = app.public().open(PUBLIC);
    item.sees("None found (Its web site, and its minutes of 2026, on 20 November 2026)");
    item.sees("Answers of Harbour Authority to recommendation 2: looked for on 20 November 2026, none found");
    assert!(item.body().contains("where-it-was-looked"));
    let inquiry = app.public().open("/inquiries/ashgrove");
    inquiry.sees(
        "Answers of Harbour Authority to recommendation 2: looked for on 20 November 2026, none found, by scrutiny officer",
    );
    inquiry.sees("Its web site, and its minutes of 2026.");
    let seq = app.place().value("select cast(max(seq) as text) as value from change");
    assert_eq!(app.place().value("select cast(seq as text) as value from coverage"), seq, "one change says both");
    assert!(inquiry.body().contains("where-it-was-looked"));
    let change = app.public().open(&format!("/changes/{seq}"));
    change.sees("Looked for on 20 November 2026; none found").sees("Its web site, and its minutes of 2026.");
    // One button takes the words out everywhere, and the link.
    let page = overseer.open("/staff/inquiries/ashgrove");
    page.form("Withhold these words: Its web site, and its minutes").send();
    for path in [PUBLIC, "/inquiries/ashgrove", "/inquiries/ashgrove.json", &format!("/changes/{seq}"), "/answers.csv"]
    {
        let page = app.public().open(path);
        page.does_not_see("minutes of 2026");
        assert!(!page.body().contains("where-it-was-looked"), "{path}");
    }
    app.place().run(&["verify"]).succeeds();
}

fn a_look_is_put_right_by_another(app: &TestApp) {
    let overseer = app.person("overseer");
    let first = look(app, "Answers", "2026-11-20").send();
    let form = || first.follow("Correct this: Answers of all bodies asked").form("Publish where it was looked");
    let late = form();
    assert_eq!(late.value("By which post?"), "scrutiny officer");
    let faulty = confirmed(form().choose_in("What was found?", "A part of it")).submit();
    faulty.is(422).complains("Enter why the earlier entry was wrong");
    let right =
        faulty.form("Publish where it was looked").fill("Why was the earlier entry wrong?", "One page was missed.");
    right.send().sees("Corrected since");
    let again = confirmed(late.fill("Why was the earlier entry wrong?", "The same.")).submit();
    again.is(409).sees("Somebody else has put that entry right");
    let public = app.public().open("/inquiries/ashgrove");
    public.sees("Corrected by change").sees("Corrects change").sees("found in part").sees("none found");
    app.public().open("/changes").sees("One page was missed.");
    overseer.get(&format!("{HERE}?corrects=1")).is(404);
}

fn the_words_of_a_look_are_withheld(app: &TestApp) {
    look(app, "Answers", "2026-11-20").send();
    let page = app.person("overseer").open("/staff/inquiries/ashgrove");
    let done = page.form("Withhold these words: The authority's web site").send();
    done.sees("The words are withheld everywhere").does_not_see("minutes of 2026");
    for path in ["/inquiries/ashgrove", "/inquiries/ashgrove.json", "/changes", "/changes/2"] {
        app.public().open(path).does_not_see("minutes of 2026").does_not_see("scrutiny officer");
    }
    app.public().open("/inquiries/ashgrove").sees("Words withheld on 23 November 2026").sees("20 November 2026");
    let asked = done.form("Show these words again").submit();
    confirmed(asked.form("Show the words again")).send();
    app.public().open("/inquiries/ashgrove").sees("minutes of 2026");
}

fn a_look_for_one_answer_says_nothing_of_what_else_the_body_answered(app: &TestApp) {
    let overseer = app.person("overseer");
    let form = overseer.open("/staff/inquiries/ashgrove/recommendations/6").follow("Put it to a body");
    let form = form.form("Publish that it was put to this body").select("Which body?", "Ashgrove Harbour Authority");
    confirmed(form.choose("Compared with the source").fill("Where is it said", "Page 43.")).send();
    let staff = "/staff/inquiries/ashgrove/recommendations/6/ashgrove-harbour";
    let public = &staff["/staff".len()..];
    let none = |item: &str| {
        let form = overseer.open(item).follow("Record a response").form("Publish the response");
        let form = form.choose_in("What did the body answer?", "None found").date("When did it answer?", "2026-11-20");
        confirmed(form.choose_in("How far did you compare it?", "Compared with the source"))
    };
    let look = none(ITEM).fill("What did it say?", "Its web site.").fill("None found: which post looked?", "clerk");
    look.fill("Where can it be read?", "https://ashgrove.example/harbour").send().sees("Response recorded");
    // Of the other item nobody has said that they looked, and it cannot be said without a look of its own.
    app.public().open(public).does_not_see("last looked for").does_not_see("Its web site.");
    none(staff).submit().is(422).complains("No entry says yet that somebody looked for answers of this body");
    let data = app.public().open("/inquiries/ashgrove.json").json();
    assert_eq!(
        (&data["coverage"][0]["recommendation"], &data["coverage"][0]["found"]),
        (&"2".into(), &"nothing".into())
    );
    // What puts it right is about that one answer, too.
    let form = overseer.open(HERE).follow("Correct this: Answers of Harbour Authority to recommendation 2");
    let form = form.form("Publish where it was looked").fill("By which post?", "scrutiny officer");
    confirmed(form.fill("Why was the earlier entry wrong?", "Another post.")).send();
    app.public().open(public).does_not_see("last looked for");
    app.public().open(PUBLIC).sees("by scrutiny officer").sees("None found (Its web site, on 20 November 2026)");
    // Its words are withheld from the item's own page, too.
    overseer.open(ITEM).form("Withhold these words: Answers of Harbour Authority to recommendation 2").send();
    app.place().run(&["verify"]).succeeds();
}
