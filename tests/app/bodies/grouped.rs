//! What is put to a group is put to no member that had ended, and to its successor once.

use super::{AGENCY, COAST, HARBOUR, MERGED, became_on, verified};
use crate::groups::{self, GROUP, ask, member, since};
use crate::stories;
use crate::support::TestApp;

stories![a_member_that_ended_is_not_asked, what_a_member_took_over_is_not_put_to_it_once_more];

const ITEM: &str = "/inquiries/ashgrove/recommendations/6";

fn a_member_that_ended_is_not_asked(app: &TestApp) {
    groups::founded(app);
    for body in [HARBOUR, COAST] {
        member(app, GROUP, body).send();
    }
    let public = app.public();
    public.open("/bodies/all-ports").sees("2 members now");
    became_on(app, AGENCY, MERGED, &[HARBOUR], "2026-06-01").send();
    public.open("/bodies/all-ports").sees("1 member now");
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
