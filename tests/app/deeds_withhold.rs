//! Taking words out of sight with one click, and showing them again after the four questions.

use crate::deeds_record::{ITEM, PUBLIC, confirmed, response};
use crate::removal::{holds, proposed};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![
    one_click_withholds_words_everywhere,
    the_words_of_a_recommendation_are_withheld,
    an_event_of_an_inquiry_is_withheld,
    what_the_register_says_of_itself_is_withheld,
    a_reason_that_no_row_holds_is_withheld,
    every_wording_that_says_the_same_goes_with_the_one_that_is_withheld,
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

fn every_wording_that_says_the_same_goes_with_the_one_that_is_withheld(app: &TestApp) {
    const OF: &str = "/inquiries/ashgrove/recommendations/3";
    let item = format!("/staff{OF}");
    let amend = |place: &str, why: &str| {
        app.clock().advance(days(1));
        let form = app.person("overseer").open(&item).follow("Enter or change the words").form("Hand in the words");
        let form = form.fill("A short title", CANARY).fill("The words", "The same words.");
        let form = form.fill("Where can they be read?", &format!("https://ashgrove.example/report#page={place}"));
        let form = form.choose("Summary in our own words").choose("Compared with a secondary source");
        confirmed(form.fill("Why are the words entered or changed?", why)).send();
    };
    amend("44", "As the canary-in-the-harbour letter says.");
    let first = app.place().value("select max(seq) from change");
    amend("45", "They were read again.");
    let (public, overseer) = (app.public(), app.person("overseer"));
    let then = format!("{OF}?as-at=2026-11-24");
    public.open(&then).sees(CANARY).sees("The same words.");
    let everywhere = || {
        let surfaces = [".json", ".atom", "/ashgrove-council", "?as-at=2026-11-25"].map(|end| format!("{OF}{end}"));
        let more = ["/changes", "/changes.atom", "/api/v1/changes", "/recommendations.json"].map(str::to_owned);
        let own = [OF.to_owned(), then.clone(), format!("/changes/{first}"), format!("/recommendations?q={CANARY}")];
        surfaces.into_iter().chain(more).chain(own)
    };
    let done = overseer.open(&item).form("Withhold the words").send();
    done.sees("1 other wording of this recommendation that says the same");
    for path in everywhere() {
        let page = public.get(&path);
        let body = page.body().replace(&format!("value=\"{CANARY}\""), "").replace(&format!("q={CANARY}"), "");
        let asked = path.contains("q=");
        assert!(asked || !body.contains(CANARY), "{path}: {body}");
        assert!(!body.contains("The same words."), "{path}");
    }
    // What says something else stays.
    public.open(&format!("{OF}?as-at=2026-11-23")).sees("A second crossing in winter");
    // Shown again by one click, what went by one.
    let asked = done.form("Show these words again").submit();
    confirmed(asked.form("Show the words again")).send().sees("The words are shown again");
    public.open(OF).sees(CANARY).sees("The same words.");
    public.open(&then).sees("The same words.");
    public.open(&format!("/changes/{first}")).sees("As the canary-in-the-harbour letter says.");

    // Removed, it is removed from each.
    let waits = proposed(app, &item, "Remove the words for legal reasons");
    waits.sees("1 other wording of this recommendation that says the same: removed with it");
    app.person("overseer two").open(waits.path()).form("Remove these words for good").send();
    assert!(!holds(app.place(), CANARY), "the database still holds the words");
    public.open(&then).does_not_see("The same words.").sees("for legal reasons");
    public.open(&format!("{OF}?as-at=2026-11-23")).sees("A second crossing in winter");
    app.place().run(&["verify"]).succeeds();
}
