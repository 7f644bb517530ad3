//! Themes across inquiries: their numbers, each with its denominator, today and on an earlier day; and how one is retired.

use crate::deeds_record::confirmed;
use crate::gap::says_complete;
use crate::parts::part;
use crate::removal::proposed;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![
    a_theme_has_its_numbers_over_all_inquiries,
    a_theme_is_seen_as_it_stood,
    a_retired_theme_stays_and_is_put_on_nothing,
    a_theme_of_a_part_says_nothing_of_the_whole_and_need_not_be_purged_of_it,
];

const INSPECTION: &str = "/themes/inspection";

fn a_theme_has_its_numbers_over_all_inquiries(app: &TestApp) {
    let public = app.public();
    let page = public.open("/themes");
    page.sees("Landing stages").sees("3 recommendations of 2 inquiries; 0 of 3 done");
    let page = page.follow("Inspection");
    page.sees("3 recommendations of 2 inquiries; 0 of 3 done")
        .sees("4 answers asked for, one for each body asked; 1 of 4 recorded; 0 of 4 assessed; 0 of 4 done")
        .sees("2 of 7 recommendations")
        .sees("1 of 1 recommendation")
        .sees("3 recommendations, with 4 answers that fit, of all inquiries in this register");
    says_complete(app);
    public.open(INSPECTION).sees("1 of 4 answers says complete").sees("1 not yet looked at");
    let data = public.open(&format!("{INSPECTION}.json")).json();
    let number = |name: &str| data[name].as_u64().expect("a number");
    assert_eq!((number("total"), number("answers"), number("answers_done")), (3, 4, 0));
    assert_eq!(data["assessed"]["not_looked_at"], 4);
    assert_eq!(data["claims"]["not_looked_at"], 1);
    let inquiries = data["inquiries"].as_array().expect("a list");
    let answers: u64 = inquiries.iter().map(|one| one["answers"].as_u64().expect("a number")).sum();
    assert_eq!((inquiries.len(), answers), (2, 4), "what inquiries made adds up");
    assert_eq!(data["items"].as_array().expect("a list").len(), 3);
    // What was entered in error is in none of them.
    let overseer = app.person("overseer");
    let item = "/staff/inquiries/millbrook/recommendations/a/ashgrove-harbour";
    let form = overseer.open(item).follow("Close").form("Record the decision");
    let form = form.choose_in("Why is it closed?", "Entered in error").fill("The reason", "It was never made.");
    confirmed(form).send();
    public.open(INSPECTION).sees("3 answers asked for").sees("1 of 1 recommendation");
}

fn a_theme_is_seen_as_it_stood(app: &TestApp) {
    app.clock().advance(days(1));
    let (overseer, public) = (app.person("overseer"), app.public());
    let page = overseer.open("/staff/inquiries/ashgrove/recommendations/1").follow("Put themes on or take them off");
    let form = page.form("Publish the themes").untick("Timetables").tick("Inspection").fill("Why?", "It was wrong.");
    confirmed(form).send().sees("Themes changed");
    public.open(INSPECTION).sees("4 recommendations of 2 inquiries").sees("3 of 7 recommendations");
    let page = public.open(&format!("{INSPECTION}?as-at=2026-11-23"));
    page.sees("3 recommendations of 2 inquiries")
        .sees("2 of 7 recommendations")
        .sees("showed at the end of 23 November 2026")
        .does_not_see("Publish the ferry timetable");
    assert_eq!(public.open(&format!("{INSPECTION}.json?as-at=2026-11-23")).json()["total"], 3);
    // On the same day both ways of counting find the same.
    let numbers = |path: &str| {
        let mut data = public.open(path).json();
        let whole = data.as_object_mut().expect("an object");
        whole.retain(|name, _| !["items", "as_at", "as_at_change"].contains(&name.as_str()));
        data
    };
    let [now, then] = ["", "?as-at=2026-11-24"].map(|at| numbers(&format!("{INSPECTION}.json{at}")));
    assert_eq!(now, then);
}

fn a_retired_theme_stays_and_is_put_on_nothing(app: &TestApp) {
    let (overseer, public) = (app.person("overseer"), app.public());
    let item = "/staff/inquiries/ashgrove/recommendations/1";
    let early = overseer.open(item).follow("Put themes on or take them off").form("Publish the themes");
    let whole = "/inquiries/ashgrove/recommendations/1";
    let early_part = part(&overseer, whole, "a", "The first", "Ashgrove District Council");
    let form = || overseer.open("/staff/themes/inspection/retired").form("Publish the decision");
    confirmed(form()).submit().is(422).complains("Enter why, for everybody to read");
    let again = confirmed(form().fill("Why?", "Too wide."));
    confirmed(form().fill("Why?", "Too wide.")).send().sees("Decision recorded").sees("retired");
    again.submit().is(409);
    public.open(INSPECTION).sees("This theme is retired").sees("3 recommendations");
    public.open("/themes").sees("This theme is retired");
    assert_eq!(public.open(&format!("{INSPECTION}.json")).json()["retired"], true);
    public.open("/changes").sees("Theme retired");
    // It is offered no more, and a form from before puts it on nothing.
    let boxes = overseer.open(item).follow("Put themes on or take them off");
    boxes.does_not_see("Inspection");
    confirmed(early.tick("Inspection")).submit().is(422).complains("One of these themes is retired");
    // Nor is it put on what is taken in, or on a part.
    for path in ["/staff/inquiries/ashgrove/recommendations", "/staff/inquiries/ashgrove/recommendations/2/parts"] {
        overseer.open(path).does_not_see("Inspection");
    }
    early_part.tick("Inspection").submit().is(422).complains("One of these themes is retired");
    // Where it stands it can stay.
    overseer.open("/staff/inquiries/ashgrove/recommendations/2/themes").sees("Inspection");
    confirmed(form().fill("Why?", "It is needed.")).send().sees("Decision recorded");
    public.open(INSPECTION).does_not_see("This theme is retired");
    overseer.open(item).follow("Put themes on or take them off").sees("Inspection");
    app.person("observer").get("/staff/themes/inspection/retired").is(403);
    app.place().run(&["verify"]).succeeds();
}

fn a_theme_of_a_part_says_nothing_of_the_whole_and_need_not_be_purged_of_it(app: &TestApp) {
    const WHOLE: &str = "/inquiries/ashgrove/recommendations/2";
    const TITLE: &str = "Inspect both landing stages";
    let (overseer, public) = (app.person("overseer"), app.public());
    let form = overseer.open("/staff/register").follow("Add a theme").form("Publish the theme");
    confirmed(form.fill("What is it called?", "lighting")).send().sees("Theme added");
    let form = part(&overseer, WHOLE, "a", "Light the stage", "Ashgrove District Council");
    form.tick("Lighting").send().sees("Part added");
    app.clock().advance(days(1));
    // What the page of a theme names, the list of what must be purged names, too: the whole is in neither.
    for at in ["", "?as-at=2026-11-23"] {
        public.open(&format!("/themes/lighting{at}")).sees("Light the stage").does_not_see(TITLE);
        public.open(&format!("/themes/inspection{at}")).sees(TITLE);
        assert!(!public.get(&format!("/themes/lighting.json{at}")).body().contains(TITLE), "{at}");
    }
    let page = proposed(app, &format!("/staff{WHOLE}"), "Remove the words for legal reasons");
    let done = app.person("overseer two").open(page.path()).form("Remove these words for good").send();
    done.sees("http://register.example/themes/inspection").does_not_see("/themes/lighting");
    app.place().run(&["verify"]).succeeds();
}
