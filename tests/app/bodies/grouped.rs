//! What is put to a group is put to no member that had ended, and to its successor once.

use super::{AGENCY, COAST, HARBOUR, MERGED, SPLIT, became_on, founded, verified};
use crate::deeds_record::confirmed;
use crate::groups::{self, GROUP, ask, member, since};
use crate::stories;
use crate::support::TestApp;

stories![
    a_member_that_ended_is_not_asked,
    what_a_member_took_over_is_not_put_to_it_once_more,
    what_nobody_took_over_of_a_member_that_ended_is_in_the_numbers,
    who_is_asked_does_not_depend_on_what_was_asked_first,
];

const ITEM: &str = "/inquiries/ashgrove/recommendations/6";

fn a_member_that_ended_is_not_asked(app: &TestApp) {
    groups::founded(app);
    for body in [HARBOUR, COAST] {
        member(app, GROUP, body).send();
    }
    let public = app.public();
    public.open("/bodies/all-ports").sees("2 members now");
    became_on(app, AGENCY, MERGED, &[HARBOUR], "2026-06-01").send();
    let page = public.open("/bodies/all-ports");
    page.sees("1 member now").does_not_see("a member that ended");
    page.sees("since when is not known here. It became part of Ashgrove Harbour Authority on 1 June 2026");
    let shown = ask(app, "ashgrove 6", "2026-06-15").set("preview", "yes").submit();
    shown.sees("1 body: Ashgrove Harbour Authority").does_not_see("2 bodies");
    ask(app, "ashgrove 6", "2026-06-15").send();
    public.open(ITEM).sees("Put to 1 body");
    public.open(&format!("{ITEM}/ashgrove-harbour")).sees("How Ashgrove Harbour Authority answered");
    public.get(&format!("{ITEM}/coastal-agency")).is(404);
    verified(app);
    // On a day before it had not ended, and was asked itself.
    ask(app, "ashgrove 6", "2026-05-31").send();
    public.open(ITEM).sees("Put to 2 bodies");
    public.open(&format!("{ITEM}/coastal-agency")).sees("Ashgrove Harbour Authority answers now");
    verified(app);
}

fn what_a_member_took_over_is_not_put_to_it_once_more(app: &TestApp) {
    groups::founded(app);
    member(app, GROUP, COAST).send();
    since(member(app, GROUP, HARBOUR), "2026-06-05").send();
    became_on(app, AGENCY, MERGED, &[HARBOUR], "2026-06-01").send();
    ask(app, "ashgrove 6", "2026-05-31").send();
    app.public().open(&format!("{ITEM}/coastal-agency")).sees("Ashgrove Harbour Authority answers now");
    ask(app, "ashgrove 6", "2026-06-15").submit().is(422).complains("left to be asked");
    app.public().open(ITEM).sees("Put to 1 body");
    verified(app);
}

fn what_nobody_took_over_of_a_member_that_ended_is_in_the_numbers(app: &TestApp) {
    groups::founded(app);
    founded(app, "Tidewater Partnership");
    for body in [HARBOUR, COAST] {
        member(app, GROUP, body).send();
    }
    became_on(app, AGENCY, SPLIT, &[HARBOUR, "Tidewater Partnership"], "2026-11-20").send();
    let page = app.public().open("/bodies/all-ports");
    page.sees("1 member now").sees("What a member that ended was asked, and no body is known to have taken over");
    page.sees("It was split: Ashgrove Harbour Authority took over a part of its work on 20 November 2026. It was split: Tidewater");
    verified(app);
}

fn who_is_asked_does_not_depend_on_what_was_asked_first(app: &TestApp) {
    groups::founded(app);
    member(app, GROUP, HARBOUR).send();
    // The agency is no member, and was asked alone before it became part of the one that is.
    let page = app.person("overseer").open(&format!("/staff{ITEM}")).follow("Put it to a body");
    let form = page.form("Publish that it was put to this body").select("Which body?", COAST);
    let form = form.choose("Compared with the source").fill("Where is it said", "Page 43 of the report.");
    confirmed(form).send();
    became_on(app, AGENCY, MERGED, &[HARBOUR], "2026-06-01").send();
    let shown = ask(app, "ashgrove 6", "2026-06-15").set("preview", "yes").submit();
    shown.sees("No body that belonged to it on that day is left to be asked");
    ask(app, "ashgrove 6", "2026-06-15").submit().is(422).complains("left to be asked");
    let shown = ask(app, "ashgrove 6", "2026-05-31").set("preview", "yes").submit();
    shown.sees("recommendation 6: 1 body: Ashgrove Harbour Authority");
    ask(app, "ashgrove 6", "2026-05-31").send();
    app.public().open(ITEM).sees("Put to 2 bodies");
    app.public().open(&format!("{ITEM}/ashgrove-harbour")).sees("How Ashgrove Harbour Authority answered");
    verified(app);
}
