//! Groups of bodies: members with their dates, a recommendation put to each of them, and nobody asked silently.

use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;

stories![
    a_recommendation_is_put_to_whoever_belonged_to_the_group_then,
    what_makes_no_group_is_refused,
    a_body_that_left_on_a_day_nobody_knows_belongs_no_more,
];

pub const GROUP: &str = "/staff/bodies/all-ports";

pub fn member(app: &TestApp, of: &str, body: &str) -> Form {
    let form = app.person("overseer").open(&format!("{of}/members")).form("Publish the member");
    confirmed(form.select("Which body?", body).fill("What does that rest on?", "The list of the ministry."))
}

pub fn since(form: Form, day: &str) -> Form {
    form.set("from_precision", "on").date("Since when does it belong to it?", day)
}

pub fn founded(app: &TestApp) {
    let page = app.person("overseer").open("/staff/register").follow("Add a body");
    let form = page.form("Publish the body").fill("Its full name", "All ports").fill("What is it?", "group of bodies");
    confirmed(form).send();
}

pub fn ask(app: &TestApp, item: &str, day: &str) -> Form {
    let form = app.person("overseer").open(&format!("{GROUP}/asked")).form("Publish that it was put to each of them");
    let form = form.fill("Which recommendation?", item).date("Who belonged to it on which day?", day);
    let form = form.choose_in("How is it known that it was put to them?", "Compared with the source");
    confirmed(form.fill("Where is it said that it was put to this group?", "Page 43 of the report."))
}

fn a_recommendation_is_put_to_whoever_belonged_to_the_group_then(app: &TestApp) {
    founded(app);
    member(app, GROUP, "Ashgrove Harbour Authority").send().sees("Member published");
    since(member(app, GROUP, "Coastal Transport Agency"), "2020-01-01").send();
    since(member(app, GROUP, "Ashgrove District Council"), "2026-10-01").send();
    let public = app.public();
    let page = public.open("/bodies/all-ports");
    page.sees("This is a group of bodies").sees("3 members now; each answer is counted once");
    page.sees("Coastal Transport Agency: since 1 January 2020")
        .sees("Ashgrove Harbour Authority: since when is not known here");
    public.open("/bodies/coastal-agency").sees("It belongs to All ports, since 1 January 2020");

    // The form lists who belonged to it then, and says the number.
    let shown = ask(app, "ashgrove 6", "2026-06-15").set("preview", "yes").submit();
    shown.sees("2 bodies: ").sees("Ashgrove Harbour Authority").does_not_see("3 bodies");
    let done = ask(app, "ashgrove 6", "2026-06-15").send();
    done.sees("Put to each member").sees("Harbour Authority").sees("Coastal Transport Agency");
    let item = public.open("/inquiries/ashgrove/recommendations/6");
    item.sees("Put to 2 bodies");
    item.sees("Put to All ports: to each body that belonged to it on 15 June 2026");
    public.open("/bodies/all-ports").sees("What was put to it").sees("put to its members of 15 June 2026");
    public
        .open("/inquiries/ashgrove/recommendations/6/ashgrove-harbour")
        .sees("How Ashgrove Harbour Authority answered");
    public.get("/inquiries/ashgrove/recommendations/6/ashgrove-council").is(404);

    // Who was asked already is left as it is; who joined later is asked only by a deed of its own.
    ask(app, "ashgrove 6", "2026-06-15").submit().is(422).complains("left to be asked");
    ask(app, "ashgrove 6", "2026-11-01").send();
    public.open("/inquiries/ashgrove/recommendations/6").sees("Put to 3 bodies");
    let data = public.open("/bodies/all-ports.json").json();
    assert_eq!((data["history"]["members"].as_array().map(Vec::len), &data["total"]), (Some(3), &0.into()));
    let data = public.open("/bodies/coastal-agency.json").json();
    assert_eq!(data["history"]["groups"][0]["body"], "all-ports");
    app.place().run(&["verify"]).succeeds();
}

fn what_makes_no_group_is_refused(app: &TestApp) {
    founded(app);
    let itself = member(app, GROUP, "Ashgrove Harbour Authority").set("body", "all-ports").submit();
    itself.is(422).complains("A group cannot be a member of itself");
    let asked = member(app, "/staff/bodies/ashgrove-harbour", "Coastal Transport Agency").submit();
    asked.is(422).complains("Recommendations were put to this body itself");
    since(member(app, GROUP, "Coastal Transport Agency"), "2027-10-01").submit().is(422).complains("today or earlier");
    member(app, GROUP, "Coastal Transport Agency").send();
    member(app, GROUP, "Coastal Transport Agency").submit().is(422).complains("with these dates already");
    ask(app, "ashgrove 99", "2026-06-15").submit().is(422).complains("Enter a recommendation of this register");
    ask(app, "ashgrove 6", "2027-06-15").submit().is(422).complains("today or earlier");
    let page = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/6").follow("Put it to a body");
    let form = page.form("Publish that it was put to this body").select("Which body?", "All ports");
    let form = form.choose("Compared with the source").fill("Where is it said", "Page 43 of the report.");
    confirmed(form).submit().is(422).complains("This is a group of bodies");
    let taken = member(app, GROUP, "Coastal Transport Agency").choose("It never belonged to it").send();
    taken.sees("Member published");
    app.public().open("/bodies/coastal-agency").does_not_see("belongs to All ports");
    app.public().open("/changes").sees("Taken back: that Coastal Transport Agency belongs to All ports");
    // A group takes nobody's place and nobody takes its place; and whoever took something over is no group.
    member(app, GROUP, "Coastal Transport Agency").send();
    let became = |body: &str, to: &str| {
        let page = app.person("overseer").open(&format!("/staff/bodies/{body}/succession"));
        let form = page.form("Publish what became of it").select("Which body took its place?", to);
        let form = form.choose_in("What happened to it?", "Another body took its place");
        let form = form.set("happened_precision", "not_known").fill("What is known of it?", "An order.");
        confirmed(form.choose_in("How far did you compare it?", "Compared with the source"))
    };
    became("old-ferry-board", "All ports").submit().is(422).complains("answers nothing itself");
    became("all-ports", "Coastal Transport Agency").submit().is(422).complains("nothing is put to it itself");
    let page = app.person("overseer").open("/staff/register").follow("Add a body");
    let form = page.form("Publish the body").fill("Its full name", "Coast Partnership").fill("What is it?", "company");
    confirmed(form).send();
    became("old-ferry-board", "Coast Partnership").send();
    let taken = member(app, "/staff/bodies/coast-partnership", "Ashgrove District Council").submit();
    taken.is(422).complains("or it took them over, so that it is no group");
    for who in ["contributor of coastal-agency", "observer"] {
        app.person(who).get(&format!("{GROUP}/members")).is(403);
        app.person(who).get(&format!("{GROUP}/asked")).is(403);
    }
}

fn a_body_that_left_on_a_day_nobody_knows_belongs_no_more(app: &TestApp) {
    founded(app);
    member(app, GROUP, "Ashgrove Harbour Authority").send();
    member(app, GROUP, "Coastal Transport Agency").send().sees("Member published");
    let public = app.public();
    public.open("/bodies/all-ports").sees("2 members now");
    public.open("/bodies/coastal-agency").sees("It belongs to All ports, since when is not known here");
    let going = public.open("/bodies/all-ports.json").json()["history"]["members"][1].clone();
    assert_eq!((&going["body"], &going["has_left"]), (&"coastal-agency".into(), &false.into()));

    // That it has left is said, with its day or that nobody knows it.
    let leaves = || since(member(app, GROUP, "Coastal Transport Agency"), "2020-01-01");
    let until = "Until when? (only where it has left)";
    leaves().choose("It has left").submit().is(422).complains("Enter the date, or choose below that it is not known");
    leaves().date(until, "2026-10-01").submit().is(422).complains("Choose that it has left, or clear the day");
    app.clock().advance(days(1));
    let left = leaves().choose("It has left").set("until_precision", "not_known");
    let said =
        "Coastal Transport Agency belonged to All ports, since 1 January 2020, until a day that is not known here";
    left.set("preview", "yes").submit().sees(said);
    leaves().choose("It has left").set("until_precision", "not_known").send().sees("Member published");
    public.open("/changes").sees(said);
    let sentence = "It belonged to All ports, since 1 January 2020, until a day that is not known here";
    public.open("/bodies/coastal-agency").sees(sentence);
    public.open("/bodies/coastal-agency?as-at=2026-11-23").sees("It belongs to All ports");
    public.open("/bodies/all-ports").sees("1 member now").sees("until a day that is not known here");
    let members = public.open("/bodies/all-ports.json").json()["history"]["members"].clone();
    let left = members.as_array().and_then(|all| all.iter().find(|one| one["body"] == "coastal-agency"));
    let left = left.expect("it stays listed");
    assert_eq!((&left["has_left"], left["until"].is_null()), (&true.into(), true));

    // Nothing is asked of it by what is put to the group; and it can come back, or leave on a day.
    let shown = ask(app, "ashgrove 6", "2026-06-15").set("preview", "yes").submit();
    shown.sees("1 body: Ashgrove Harbour Authority").does_not_see("2 bodies: ");
    leaves().choose("It has left").date(until, "2026-10-01").send();
    public.open("/bodies/coastal-agency").sees("It belonged to All ports, since 1 January 2020, until 1 October 2026");
    let shown = ask(app, "ashgrove 6", "2026-06-15").set("preview", "yes").submit();
    shown.sees("2 bodies: ");
    leaves().send();
    public.open("/bodies/coastal-agency").sees("It belongs to All ports, since 1 January 2020");
    app.place().run(&["verify"]).succeeds();
}
