//! Names: what a body is called from a day on, what people call it, and that all of them lead to it.

use super::verified;
use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;

stories![a_body_gets_another_name_and_keeps_the_earlier_ones, what_happens_to_a_body_and_is_no_succession_is_told];

fn a_body_gets_another_name_and_keeps_the_earlier_ones(app: &TestApp) {
    let overseer = app.person("overseer");
    let page = overseer.open("/staff/bodies/coastal-agency/name").form("Publish the entry");
    let form = page
        .fill("Its full name", "National Shore Agency")
        .fill("Other names that people know it by", "NSA\nthe shore office")
        .date("Since when does it have this name?", "2026-10-01")
        .fill("Why is it changed?", "An act of parliament.");
    confirmed(form).send().sees("Entry changed");
    let public = app.public();
    let body = public.open("/bodies/coastal-agency");
    body.sees("National Shore Agency").sees("Called Coastal Transport Agency until 1 October 2026");
    body.sees("Also known as: NSA; the shore office");
    // Every name finds what was put to it.
    for name in ["Coastal+Transport", "National+Shore", "shore+office"] {
        public.open(&format!("/recommendations?q={name}")).sees("Signs & <b>signals</b>");
    }
    let history = public.open("/bodies/coastal-agency.json").json()["history"].clone();
    assert_eq!(history["also_known_as"][1], "the shore office");
    assert_eq!(history["names"][0]["name"], "Coastal Transport Agency");
    assert_eq!(
        (&history["names"][1]["since"], &history["names"][1]["since_precision"]),
        (&"2026-10-01".into(), &"on".into())
    );
    public.open("/changes").sees("Entry changed: name, also known as, has this name since");
    // An earlier address leads on.
    let form = overseer.open("/staff/bodies/coastal-agency/address").form("Publish the address");
    let form = form.fill("Its part of the address", "shore-agency").fill("Why is it changed?", "It has another name.");
    confirmed(form).send();
    assert_eq!(public.get("/bodies/coastal-agency").is(301).redirects_to(), "/bodies/shore-agency");
    let ahead = overseer.open("/staff/bodies/shore-agency/name").form("Publish the entry");
    let ahead = ahead.fill("Its full name", "Shore Agency").date("Since when does it have this name?", "2027-10-01");
    confirmed(ahead.fill("Why is it changed?", "A plan.")).submit().is(422).complains("has not come yet");
    verified(app);
}

fn what_happens_to_a_body_and_is_no_succession_is_told(app: &TestApp) {
    let overseer = app.person("overseer");
    let tell = |on: &str, words: &str| {
        let form = overseer.open("/staff/bodies/ashgrove-council/events").form("Publish the event");
        let form = form.choose_in("What kind of event?", "Something else that happened").date("When?", on);
        confirmed(
            form.fill("What happened?", words).choose_in("How far did you compare it?", "Compared with the source"),
        )
    };
    tell("2026-10-01", "The ministry appointed commissioners to run its housing.").send().sees("Event published");
    tell("2027-10-01", "Powers were returned.").submit().is(422).complains("has not come yet");
    let public = app.public();
    let page = public.open("/bodies/ashgrove-council");
    page.sees("What happened to it").sees("The ministry appointed commissioners to run its housing.");
    public.open("/changes").sees("The ministry appointed commissioners to run its housing.");
    public.open("/bodies/ashgrove-council.atom").sees("appointed commissioners");
    let data = public.open("/bodies/ashgrove-council.json").json();
    assert_eq!(data["history"]["events"][0]["happened_on"], "2026-10-01");
    let page = overseer.open("/staff/bodies/ashgrove-council/events").follow("Put this right");
    let form = page.form("Publish the event").choose_in("What is published?", "What happened is put right below");
    let form = form.fill("What happened?", "The ministry appointed commissioners to run all of its work.");
    confirmed(form.fill("Why was the earlier entry wrong?", "It was all of it.")).send();
    public.open("/bodies/ashgrove-council").sees("to run all of its work.").sees("It was all of it.");
    // Words of it go out of sight as any others do.
    let page = app.person("administrator").open("/staff/published");
    page.sees("to run all of its work.");
    let row = app.place().value("select max(id) from inquiry_event");
    let csrf = page.form("Withhold").value("csrf").to_owned();
    let fields =
        [("csrf", csrf.as_str()), ("subject", "event"), ("row", row.as_str()), ("withheld", "yes"), ("key", "one")];
    app.person("administrator").post("/staff/published/withhold", &fields).is(303);
    public.open("/bodies/ashgrove-council").does_not_see("to run all of its work.");
    public.open("/bodies/ashgrove-council.json").does_not_see("to run all of its work.");
    // Nobody else answers by it.
    public.open("/inquiries/ashgrove/recommendations/2/ashgrove-council").does_not_see("answers now");
    for who in ["contributor of ashgrove-council", "observer"] {
        app.person(who).get("/staff/bodies/ashgrove-council/events").is(403);
    }
    verified(app);
}
