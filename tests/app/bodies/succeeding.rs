//! One body takes another's place, with a date or without; what was asked passes on and is counted once.

use super::{AGENCY, COAST, HARBOUR, MERGED, REPLACED, became, became_on, counted, founded, said, verified};
use crate::deeds_record::confirmed;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![
    two_bodies_become_one_and_nothing_is_counted_twice,
    a_succession_without_a_date_says_so,
    a_chain_of_two_leads_to_the_last,
    a_succession_is_put_right_and_taken_back,
    a_day_before_shows_who_answered_then,
];

/// What the agency was asked.
const ITEM: &str = "/inquiries/ashgrove/recommendations/5/coastal-agency";

fn two_bodies_become_one_and_nothing_is_counted_twice(app: &TestApp) {
    let public = app.public();
    became(app, "old-ferry-board", REPLACED, &[HARBOUR]).send();
    let (before, all) = counted(app);
    assert_eq!((&before["ashgrove-harbour"], &before[AGENCY]), (&4.into(), &1.into()));
    let inquiry = public.open("/inquiries/ashgrove").texts(".govuk-body-l").join(" ");
    let done = became_on(app, AGENCY, MERGED, &[HARBOUR], "2026-11-20").send();
    done.sees("Published. Look through who answers now");

    let (after, same) = counted(app);
    assert_eq!((&after["ashgrove-harbour"], &after[AGENCY], same), (&5.into(), &0.into(), all));
    assert_eq!(public.open("/inquiries/ashgrove").texts(".govuk-body-l").join(" "), inquiry);
    let agency = public.open("/bodies/coastal-agency");
    agency.sees("It became part of Ashgrove Harbour Authority on 20 November 2026");
    agency.sees("What was asked of it stays listed here").sees("Signs & <b>signals</b>");
    agency.sees("1 answer that it was asked for is counted under Ashgrove Harbour Authority, which answers now");
    let harbour = agency.follow("See Ashgrove Harbour Authority");
    harbour.sees("Coastal Transport Agency became part of it on 20 November 2026");
    harbour.sees("2 answers of these were taken over from Ashgrove Ferry Board and Coastal Transport Agency");
    harbour.sees("Taken over from Coastal Transport Agency").sees("Signs & <b>signals</b>");

    // The answer keeps its address, and says who answers.
    let item = public.open(ITEM);
    item.sees("How Coastal Transport Agency answered");
    item.sees("Ashgrove Harbour Authority took this over from Coastal Transport Agency on 20 November 2026");
    item.sees("Ashgrove Harbour Authority answers now");
    public.open("/recommendations?body=ashgrove-harbour").sees("Signs & <b>signals</b>");
    public.open("/recommendations?body=coastal-agency").does_not_see("Signs &amp; &lt;b&gt;signals");
    let change = public.open("/changes");
    change.sees("Coastal Transport Agency became part of Ashgrove Harbour Authority on 20 November 2026");
    change.follow("Coastal Transport Agency").sees("It became part of");

    let data = public.open("/bodies/ashgrove-harbour.json").json();
    assert_eq!(data["total"], 5);
    assert_eq!(data["history"]["took_over_from"][1]["happened_on"], "2026-11-20");
    assert_eq!(data["history"]["answers_taken_over"].as_array().map(Vec::len), Some(2));
    let items = data["items"].as_array().expect("items");
    let taken = items.iter().find(|item| item["body"] == AGENCY).expect("what was taken over");
    assert_eq!((&taken["answered_by"], &taken["who_answers"]), (&"ashgrove-harbour".into(), &"taken_over".into()));
    let old = public.open("/bodies/coastal-agency.json").json();
    assert_eq!((&old["total"], &old["items"][0]["answered_by"]), (&0.into(), &"ashgrove-harbour".into()));
    assert_eq!(old["history"]["answers_handed_on"][0]["answers"], 1);
    public.open("/answers.csv").sees("taken_over");
    public.open("/bodies/coastal-agency.atom").sees("became part of");
    public.open("/bodies/ashgrove-harbour.atom").sees("became part of");
    verified(app);
}

fn a_succession_without_a_date_says_so(app: &TestApp) {
    let public = app.public();
    became(app, "old-ferry-board", REPLACED, &[HARBOUR]).send();
    let board = public.open("/bodies/old-ferry-board");
    board.sees("Its place was taken by Ashgrove Harbour Authority on a date not known here");
    board.sees("1 answer that it was asked for is counted under Ashgrove Harbour Authority, which answers now");
    let item = public.open("/inquiries/ashgrove/recommendations/4/old-ferry-board");
    item.sees("Ashgrove Harbour Authority took this over from Ashgrove Ferry Board on a date not known here");
    let history = &public.open("/bodies/old-ferry-board.json").json()["history"];
    assert!(history["succeeded_by"][0]["happened_on"].is_null());
    assert_eq!(history["succeeded_by"][0]["happened_precision"], "not_known");
    // By hand the date must be entered, or said not to be known.
    let form = became(app, AGENCY, REPLACED, &[HARBOUR]).set("happened_precision", "on");
    form.submit().is(422).complains("Enter the date, or choose below that it is not known");
    became(app, AGENCY, REPLACED, &[HARBOUR]).send();
    public
        .open("/bodies/coastal-agency")
        .sees("Its place was taken by Ashgrove Harbour Authority on a date not known here");
    verified(app);
}

fn a_chain_of_two_leads_to_the_last(app: &TestApp) {
    founded(app, "Coast Partnership");
    became_on(app, AGENCY, MERGED, &[HARBOUR], "2026-11-10").send();
    became_on(app, "ashgrove-harbour", REPLACED, &["Coast Partnership"], "2026-11-20").send();
    let (each, all) = counted(app);
    assert_eq!(
        (&each["coast-partnership"], &each["ashgrove-harbour"], &each[AGENCY]),
        (&4.into(), &0.into(), &0.into())
    );
    let public = app.public();
    let partnership = public.open("/bodies/coast-partnership");
    partnership.sees("It took the place of Ashgrove Harbour Authority on 20 November 2026");
    let item = public.open(ITEM);
    item.sees("Ashgrove Harbour Authority took this over from Coastal Transport Agency on 10 November 2026");
    item.sees("Coast Partnership took this over from Ashgrove Harbour Authority on 20 November 2026");
    item.sees("Coast Partnership answers now");
    let agency = public.open("/bodies/coastal-agency");
    agency.sees("1 answer that it was asked for is counted under Coast Partnership, which answers now");
    // What is put to a body that has ended is answered by the one that took its place.
    let page = app.person("overseer").open("/staff/inquiries/ashgrove/recommendations/6").follow("Put it to a body");
    let form = page.form("Publish that it was put to this body").select("Which body?", COAST);
    confirmed(form.choose("Compared with the source").fill("Where is it said", "Page 43 of the report.")).send();
    let (each, more) = counted(app);
    assert_eq!((&each["coast-partnership"], more), (&5.into(), all + 1));
    verified(app);
}

fn a_succession_is_put_right_and_taken_back(app: &TestApp) {
    let (_, all) = counted(app);
    became_on(app, AGENCY, MERGED, &[HARBOUR], "2026-11-20").send();
    // The form itself leads to what stands.
    let overseer = app.person("overseer");
    let new = format!("/staff/bodies/{AGENCY}/succession");
    let here =
        overseer.open(&new).link("Put this right: It became part of Ashgrove Harbour Authority on 20 November 2026");
    let form = overseer.open(&here).form("Publish what became of it");
    assert_eq!(form.value("Where can it be read?"), "https://ministry.example/order");
    confirmed(form.date("When?", "2026-11-16")).submit().is(422).complains("Enter why the earlier entry was wrong");
    let form = overseer.open(&here).form("Publish what became of it").date("When?", "2026-11-16");
    confirmed(form.fill("Why was the earlier entry wrong?", "The order says the 16th.")).send();
    let public = app.public();
    public.open("/bodies/coastal-agency").sees("It became part of Ashgrove Harbour Authority on 16 November 2026");
    public.open("/changes").sees("Put right").sees("The order says the 16th.");
    let (each, same) = counted(app);
    assert_eq!((&each["ashgrove-harbour"], same), (&4.into(), all));
    // The earlier row stands no more, so that nothing can be put right in it.
    overseer.get(&here).is(404);
    let form =
        overseer.open(&new).follow("Put this right").does_not_see("Put this right").form("Publish what became of it");
    let form =
        form.choose("No such thing happened").fill("Why was the earlier entry wrong?", "Another agency was meant.");
    confirmed(form).send();
    overseer.open(&new).does_not_see("Put this right");
    let (each, same) = counted(app);
    assert_eq!((&each["ashgrove-harbour"], &each[AGENCY], same), (&3.into(), &1.into(), all));
    let agency = public.open("/bodies/coastal-agency");
    agency.does_not_see("It became part of").sees("0 of 1 answers recorded");
    public
        .open("/changes")
        .sees("Taken back: that Ashgrove Harbour Authority took the place of Coastal Transport Agency");
    public.open(ITEM).does_not_see("took this over");
    // Whoever follows the inquiry, or what it was asked, is told each time; of what another body was asked nothing.
    for path in ["/inquiries/ashgrove.atom", "/inquiries/ashgrove/recommendations/5.atom"] {
        let feed = public.open(path);
        feed.sees("Coastal Transport Agency became part of Ashgrove Harbour Authority on 20 November 2026");
        feed.sees("Put right: Coastal Transport Agency became part of Ashgrove Harbour Authority on 16 November 2026");
        feed.sees("Taken back: that Ashgrove Harbour Authority took the place of Coastal Transport Agency");
    }
    for path in ["/inquiries/ashgrove/recommendations/2.atom", "/inquiries/millbrook.atom"] {
        public.open(path).does_not_see("became part of").does_not_see("Taken back");
    }
    verified(app);
}

fn a_day_before_shows_who_answered_then(app: &TestApp) {
    let public = app.public();
    let before = said(&public.open("/bodies/coastal-agency"));
    app.clock().advance(days(1));
    became_on(app, AGENCY, MERGED, &[HARBOUR], "2026-11-20").send();
    let now =
        ["/bodies/coastal-agency", "/bodies/ashgrove-harbour"].map(|path| public.open(&format!("{path}.json")).json());
    app.clock().advance(days(1));
    let page = app.person("overseer").open(&format!("/staff/bodies/{AGENCY}/succession")).follow("Put this right");
    let form = page.form("Publish what became of it").choose("No such thing happened");
    confirmed(form.fill("Why was the earlier entry wrong?", "Another agency was meant.")).send();

    let first = public.open("/bodies/coastal-agency?as-at=2026-11-23");
    first.sees("0 of 1 answers recorded").does_not_see("It became part of");
    assert!(before.contains("0 of 1 answers recorded"), "{before}");
    let harbour = public.open("/bodies/ashgrove-harbour?as-at=2026-11-23");
    harbour.does_not_see("Taken over from Coastal");
    let second = public.open("/bodies/coastal-agency?as-at=2026-11-24");
    second.sees("It became part of Ashgrove Harbour Authority on 20 November 2026");
    second.sees("1 answer that it was asked for is counted under Ashgrove Harbour Authority");
    public.open("/bodies/ashgrove-harbour?as-at=2026-11-24").sees("Taken over from Coastal Transport Agency");
    public.open(&format!("{ITEM}?as-at=2026-11-24")).sees("Ashgrove Harbour Authority answers now");
    public.open(&format!("{ITEM}?as-at=2026-11-25")).does_not_see("answers now");
    for (was, path) in now.iter().zip(["/bodies/coastal-agency", "/bodies/ashgrove-harbour"]) {
        let then = public.open(&format!("{path}.json?as-at=2026-11-24")).json();
        for field in ["total", "history", "items"] {
            assert_eq!(then[field], was[field], "{path}: {field}");
        }
    }
    verified(app);
}
