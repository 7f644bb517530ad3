//! Others found: what an outside body published stands under its own name beside this register's finding, and the reply of the
//! body asked stands beside each.

use crate::deeds_record::{ITEM, PUBLIC, confirmed};
use crate::fairness::run_by_somebody;
use crate::filing::arranged::publication;
use crate::removal::holds;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;
use crate::support::page::Page;

stories![
    what_others_found_stands_beside_ours_and_changes_nothing,
    a_difference_is_said_and_not_averaged,
    two_that_say_in_other_words_that_it_is_not_done_do_not_differ,
    what_others_found_is_put_right_withheld_and_removed,
    a_body_replies_to_what_is_public,
    a_reply_is_taken_from_a_document,
    nobody_records_or_replies_beyond_their_right,
];

const HARBOUR: &str = "contributor of ashgrove-harbour";
/// Stands in the words of an outside finding.
const CANARY: &str = "Kanarienzinnober";

/// The form, filled.
fn found(form: Form, gist: &str, words: &str) -> Form {
    let form = form
        .fill("Or another organisation: its name", "Ferry Inspectorate")
        .date("When did it find this?", "2026-11-10")
        .fill("What did it find?", words)
        .fill("Where do these words stand?", "14")
        .fill("Where is it published?", "https://inspectorate.example/ferries")
        .choose_in("What does it come to?", gist)
        .choose_in("How far did you compare it?", "Compared with the source");
    confirmed(form)
}

fn open(app: &TestApp) -> Form {
    app.person("overseer").open(ITEM).follow("Record what others found").form("Publish what others found")
}

/// Records that an inspectorate found it not done.
pub fn recorded(app: &TestApp, words: &str) -> Page {
    found(open(app), "Not done", words).send()
}

/// Publishes a finding of this register by two people.
fn assessed(app: &TestApp, value: &str) {
    let form = app.person("overseer").open(ITEM).follow("Assess").form("Hand in the assessment");
    let form = form.choose_in("What do you find?", value).fill("What does the finding rest on?", "Minutes of May.");
    let page = form.send();
    publication(&app.person("overseer two").open(page.path())).send();
}

fn of_harbour(app: &TestApp) -> serde_json::Value {
    let data = app.public().open("/inquiries/ashgrove/recommendations/2.json").json();
    let all = data["addressees"].as_array().expect("a list").clone();
    all.into_iter().find(|one| one["body"] == "ashgrove-harbour").expect("the harbour")
}

fn what_others_found_stands_beside_ours_and_changes_nothing(app: &TestApp) {
    let facts = "select response || reported || assessed || lifecycle as value from addressee order by id";
    let before = app.place().rows(facts);
    let empty = open(app).submit();
    empty.is(422).complains("Choose which body found it").complains("Enter what it found, in its own words");
    empty.complains("Enter the link to where it is published").complains("Choose what it comes to");
    empty.complains("Choose how far you compared it").complains("Confirm before publishing");
    // The body asked is no outside body, whatever is sent.
    let own = found(open(app), "Done", "All is well.").fill("Or another organisation: its name", "");
    own.set("found_by", "ashgrove-harbour").submit().is(422).complains("This is the body that was asked");
    let both = found(open(app), "Done", "All is well.").select("Which body found it?", "Coastal Transport Agency");
    both.submit().is(422).complains("Choose the body above or enter a name here, not both");
    let early = found(open(app), "Done", "x").date("When did it find this?", "2026-12-01").submit();
    early.is(422).complains("must be today or earlier");

    recorded(app, "The stages had not been inspected.").sees("What others found is recorded");
    let public = app.public();
    for path in [PUBLIC, "/inquiries/ashgrove/recommendations/2"] {
        let page = public.open(path);
        page.sees("Others found").sees("Ferry Inspectorate found on 10 November 2026: not done");
        page.sees("The stages had not been inspected.").sees("Page 14").sees("inspectorate.example");
        page.sees("No reply recorded here").sees("Not yet assessed").does_not_see("Overseer One");
    }
    public.open("/changes").sees("Ferry Inspectorate found on 10 November 2026: not done");
    public.open("/inquiries/ashgrove.atom").sees("Ferry Inspectorate found");
    let one = of_harbour(app);
    assert_eq!((&one["others_found_count"], &one["others_found_differ"]), (&1.into(), &0.into()));
    assert_eq!(
        (&one["others_found"][0]["by"], &one["others_found"][0]["gist"]),
        (&"Ferry Inspectorate".into(), &"not_done".into())
    );
    assert_eq!(one["done"], false);
    public.open("/answers.csv").sees("others_found_count");
    assert_eq!(before, app.place().rows(facts), "it changes none of the four facts");
    app.clock().advance(days(1));
    // What stands beside the facts belongs to its day, too: the page of a day, and the last change of it.
    let change = |query: &str| {
        public.open(&format!("/inquiries/ashgrove/recommendations/2.json{query}")).json()["change"].clone()
    };
    let before = change("");
    found(open(app), "Done", "A second look found them inspected.").send();
    public.open(PUBLIC).sees("A second look found them inspected.");
    let then = public.get(&format!("{PUBLIC}?as-at=2026-11-23"));
    then.sees("Ferry Inspectorate found").sees("The stages had not been inspected.").does_not_see("A second look");
    assert_eq!(change("?as-at=2026-11-23"), before);
    assert_ne!(change(""), before);
    app.place().run(&["verify"]).succeeds();
}

fn a_difference_is_said_and_not_averaged(app: &TestApp) {
    run_by_somebody(app);
    assessed(app, "Confirmed implemented");
    recorded(app, "The stages had not been inspected.");
    let page = app.public().open(PUBLIC);
    page.sees("This differs from what Ashgrove Oversight Office found (Confirmed implemented)");
    page.sees("Both stand; neither is averaged").sees("No reply recorded here");
    let one = of_harbour(app);
    assert_eq!((&one["done"], &one["assessed"]), (&true.into(), &"implemented".into()));
    assert_eq!((&one["others_found_differ"], &one["others_found"][0]["differs"]), (&1.into(), &true.into()));
    // Whoever reads no further than the first line reads it, too.
    app.public().open("/inquiries/ashgrove/recommendations/2").sees("1 outside finding differs.");
}

fn two_that_say_in_other_words_that_it_is_not_done_do_not_differ(app: &TestApp) {
    run_by_somebody(app);
    let form = app.person("overseer").open(ITEM).follow("Assess").form("Hand in the assessment");
    let form = form.choose_in("What do you find?", "Not enough done");
    let page = form.fill("What does the finding rest on?", "Minutes of May.").send();
    // The body has its time to reply first.
    app.clock().set("2026-12-09T09:00:00Z".parse().expect("a moment"));
    publication(&app.person("overseer two").open(page.path())).send();
    found(open(app), "Done in part", "One stage had been inspected.").send();
    let page = app.public().open(PUBLIC);
    page.sees("Ashgrove Oversight Office found in other words that it is not done (Not enough done)");
    page.does_not_see("This differs from");
    let one = of_harbour(app);
    assert_eq!((&one["others_found_differ"], &one["others_found"][0]["differs"]), (&0.into(), &false.into()));
    // What the finding rests on is said, where that is nothing.
    page.sees("Rests on: no evidence published here");
    app.public().open("/inquiries/ashgrove/recommendations/2").does_not_see("outside finding");
}

fn what_others_found_is_put_right_withheld_and_removed(app: &TestApp) {
    let page = recorded(app, CANARY);
    let late = page.follow("Correct this: Ferry Inspectorate").form("Publish what others found");
    let form = || page.follow("Correct this: Ferry Inspectorate").form("Publish what others found");
    assert_eq!(form().value("What did it find?"), CANARY);
    let faulty = confirmed(form().choose_in("What does it come to?", "Done in part")).submit();
    faulty.is(422).complains("Enter why the earlier entry was wrong");
    let form = faulty.form("Publish what others found").fill("Why was the earlier entry wrong?", "It was misread.");
    form.send();
    let public = app.public();
    public.open(PUBLIC).sees("done in part").sees("Corrected by change").sees("It was misread.");
    assert_eq!(of_harbour(app)["others_found_count"], 1);
    confirmed(late.fill("Why was the earlier entry wrong?", "The same.")).submit().is(409);
    app.person("overseer").get(&format!("{ITEM}/others?corrects=1")).is(404);

    let item = app.person("overseer").open(ITEM);
    item.form("Withhold these words: Ferry Inspectorate found on 10 November 2026: done in part").send();
    let shown = app.person("overseer").open(ITEM);
    shown.form("Withhold these words: Ferry Inspectorate found").send();
    for path in [PUBLIC, "/changes", "/inquiries/ashgrove/recommendations/2.json", "/changes.atom"] {
        public.open(path).does_not_see(CANARY);
    }
    public.open(PUBLIC).sees("Words withheld on 23 November 2026");
    for row in app.place().rows("select cast(id as text) as value from outside_finding") {
        let form = app.person("administrator").open(&format!("/staff/redactions/new?subject=outside&row={row}"));
        let form = form.form("Withhold them and propose their removal").choose("A court has ordered it");
        let path = form.send().path().to_owned();
        app.person("overseer two").open(&path).form("Remove these words for good").send();
    }
    assert!(!holds(app.place(), CANARY), "the database still holds the words");
    app.place().run(&["verify"]).succeeds();
}

fn a_body_replies_to_what_is_public(app: &TestApp) {
    run_by_somebody(app);
    assessed(app, "On course");
    recorded(app, "The stages had not been inspected.");
    let page = app.person(HARBOUR).open(ITEM).follow("Reply to what was found");
    page.form("Send the reply").submit().is(422).complains("Choose what is replied to").complains("Enter your reply");
    let form = || {
        let page = app.person(HARBOUR).open(ITEM).follow("Reply to what was found");
        page.form("Send the reply").choose("Ferry Inspectorate").fill("Your reply", "They were, in May.")
    };
    let filed = form().send();
    filed.sees("Reply of the body").sees("They were, in May.").sees("Ferry Inspectorate found");
    app.public().open(PUBLIC).does_not_see("They were, in May.");
    form().submit().is(422).complains("A reply of yours to this waits already");
    let overseer = app.person("overseer");
    overseer.open("/staff/to-publish").sees("Reply of the body");
    app.person("contributor of ashgrove-council").get(filed.path()).is(403);

    // Sent back, taken back, and written anew.
    let form_back = overseer.open(filed.path()).form("Send it back");
    form_back.fill("What should be looked at again?", "Which stage?").send();
    app.person(HARBOUR).open("/staff").sees("Sent back to you");
    app.person(HARBOUR).open(filed.path()).form("Take it back").send();
    let filed = form().send();
    let waits = overseer.open(filed.path());
    waits.sees("The body replied on 23 November 2026");
    publication(&waits).send().sees("Replied on 23 November 2026, to what Ferry Inspectorate found");
    let public = app.public();
    let page = public.open(PUBLIC);
    page.sees("They were, in May.")
        .sees("Licence not known.")
        .sees("Harbour Authority replied on 23 November 2026")
        .sees("No reply recorded here");
    page.does_not_see("Contributor One");
    let one = of_harbour(app);
    assert_eq!(
        (&one["others_found"][0]["reply"], &one["reply"]),
        (&"They were, in May.".into(), &serde_json::Value::Null)
    );

    // To this register's own finding, which nothing of it changes.
    let page = app.person(HARBOUR).open(ITEM).follow("Reply to what was found");
    let form = page.form("Send the reply").choose("Ashgrove Oversight Office").fill("Your reply", "We agree.");
    publication(&overseer.open(form.send().path())).send();
    assert_eq!((&of_harbour(app)["reply"], &of_harbour(app)["assessed"]), (&"We agree.".into(), &"on_course".into()));
    public.open(PUBLIC).does_not_see("No reply recorded here");
    // It replies again: both stand beside what they answer, in the order of their days.
    app.clock().advance(days(1));
    let page = app.person(HARBOUR).open(ITEM).follow("Reply to what was found");
    let form = page.form("Send the reply").choose("Ashgrove Oversight Office").fill("Your reply", "The work began.");
    publication(&overseer_again(app).open(form.send().path())).send();
    let page = public.open(PUBLIC);
    page.sees("Harbour Authority replied on 23 November 2026").sees("Harbour Authority replied on 24 November 2026");
    let said = page.texts(".f-facts").join(" ");
    let (first, second) = (said.find("We agree."), said.find("The work began."));
    assert!(first.is_some() && first < second, "{said}");
    let words: Vec<_> =
        of_harbour(app)["replies"].as_array().expect("a list").iter().map(|one| one["words"].clone()).collect();
    assert_eq!(words, ["We agree.", "The work began."]);
    // A reply that comes after a later finding names the one that it answers, and is not held beside the other.
    let page = app.person(HARBOUR).open(ITEM).follow("Reply to what was found");
    let form = page.form("Send the reply").choose("Ashgrove Oversight Office").fill("Your reply", "It came late.");
    let late = form.send().path().to_owned();
    let judged = app.place().value("select max(seq) from fact_update where fact = 'assessed'");
    assessed(app, "On course");
    let waits = overseer_again(app).open(&late);
    publication(waits.sees("A later finding has taken its place since")).send();
    let page = public.open(PUBLIC);
    page.sees("It came late.").sees(&format!("To the finding of change {judged}")).sees("No reply recorded here");
    assert_eq!(of_harbour(app)["reply"], serde_json::Value::Null);
    let overseer = overseer_again(app);
    // What puts the outside finding right carries the reply on.
    let form = overseer.open(ITEM).follow("Correct this: Ferry Inspectorate").form("Publish what others found");
    let form =
        form.choose_in("What does it come to?", "Done in part").fill("Why was the earlier entry wrong?", "Misread.");
    confirmed(form).send();
    assert_eq!(of_harbour(app)["others_found"][0]["reply"], "They were, in May.");
    app.place().run(&["verify"]).succeeds();
}

/// After a day the session has ended.
fn overseer_again(app: &TestApp) -> crate::support::visitor::Visitor {
    app.person("overseer")
}

fn a_reply_is_taken_from_a_document(app: &TestApp) {
    let overseer = app.person("overseer");
    let nothing = overseer.open(ITEM).follow("Record what the body replied");
    nothing.sees("Nothing that could be replied to has been found");
    recorded(app, "The stages had not been inspected.");
    let form = || overseer.open(ITEM).follow("Record what the body replied").form("Publish the reply");
    let empty = form().submit();
    empty.is(422).complains("Enter what the body replied").complains("Enter the link to where it can be read");
    let filled = |form: Form| {
        let form = form.date("When did it reply?", "2026-11-12").fill("What did it reply?", "They were, in May.");
        let form = form.fill("Where can it be read?", "https://ashgrove.example/harbour/reply");
        confirmed(form.choose("Compared with the source"))
    };
    let late = filled(form());
    let licensed = filled(form()).select("Under which licence do the source", "All rights reserved");
    licensed.send().sees("The reply is recorded");
    let reply = of_harbour(app)["others_found"][0]["replies"][0].clone();
    assert_eq!((&reply["language"], &reply["licence"]), (&"en".into(), &"quoted_s30".into()));
    late.submit().is(409).sees("Somebody else changed this");
    let page = app.public().open(PUBLIC);
    page.sees("Harbour Authority replied on 12 November 2026").sees("They were, in May.").sees("ashgrove.example");
    page.does_not_see("No reply recorded here");
    overseer.open(ITEM).form("Withhold these words: Harbour Authority replied").send();
    app.public().open(PUBLIC).does_not_see("They were, in May.").sees("Words withheld on 23 November 2026");
    let again = overseer.open(ITEM).form("Show these words again").submit();
    again.sees("A reply of the body will be public again").does_not_see("A remark");
}

/// Records what others found and what the harbour replied to it.
pub fn replied(app: &TestApp) {
    recorded(app, "The stages had not been inspected.");
    let form = app.person("overseer").open(ITEM).follow("Record what the body replied").form("Publish the reply");
    let form = form.date("When did it reply?", "2026-11-12").fill("What did it reply?", "They were, in May.");
    let form = form.fill("Where can it be read?", "https://ashgrove.example/harbour/reply");
    confirmed(form.choose("Compared with the source")).send();
}

fn nobody_records_or_replies_beyond_their_right(app: &TestApp) {
    recorded(app, "The stages had not been inspected.");
    let form = app.person(HARBOUR).open(&format!("{ITEM}/own-reply")).form("Send the reply");
    for to in ["register", "outside-1", "outside-999", "x"] {
        form_with(app, to).is(404);
    }
    form.fill("Your reply", "x").set("to", "").submit().is(422);
    let council = app.person("contributor of ashgrove-council");
    for path in ["others", "reply", "own-reply"] {
        council.get(&format!("{ITEM}/{path}")).is(403);
    }
    app.person("observer").get(&format!("{ITEM}/others")).is(403);
    app.person("overseer").get(&format!("{ITEM}/own-reply")).is(403);
    // A hold keeps both back; a reply can still be handed in.
    let hold = app.person("overseer").open("/staff/inquiries/ashgrove/hold").form("Place this hold");
    confirmed(hold.choose("Legal proceedings").date("When is it reviewed?", "2027-02-01")).send();
    let refused = found(open(app), "Done", "It is done.").submit();
    refused.is(422).sees("Nothing new is published about");
    let filed = form_with(app, "").path().to_owned();
    assert!(filed.ends_with("/own-reply"));
    let page = app.person(HARBOUR).open(&format!("{ITEM}/own-reply")).form("Send the reply");
    let waits = page.fill("Your reply", "They were, in May.").send();
    let waits = app.person("overseer").open(waits.path());
    waits.sees("This waits here, and can be published when the hold has ended");
    assert!(!waits.has_form("Publish this"), "it cannot be published now");
    app.public().open(PUBLIC).does_not_see("They were, in May.").does_not_see("It is done.");
}

/// A reply to something of a name that somebody made up.
fn form_with(app: &TestApp, to: &str) -> Page {
    let form = app.person(HARBOUR).open(&format!("{ITEM}/own-reply")).form("Send the reply");
    form.fill("Your reply", "They were, in May.").set("to", to).submit()
}

/// An outside finding of words that begin so, withheld; and a reply to another one that nobody has published.
pub fn plants(app: &TestApp, word: &str) {
    let form = found(open(app), "Not done", &format!("{word}inoutside"));
    let form = form.fill("Or another organisation: its name", &format!("{word}infinder"));
    let form = form.fill("Where do these words stand?", &format!("{word}inplace"));
    form.fill("Where is it published?", &format!("https://inspectorate.example/{word}insource")).send();
    app.public().open(PUBLIC).sees(&format!("{word}inoutside"));
    app.person("overseer").open(ITEM).form(&format!("Withhold these words: {word}infinder")).send();
    let item = "/staff/inquiries/ashgrove/recommendations/2/ashgrove-council";
    let form = app.person("overseer").open(item).follow("Record what others found").form("Publish what others found");
    found(form, "Done", "All stages were inspected.").send();
    let form = app.person("contributor of ashgrove-council").open(item).follow("Reply to what was found");
    form.form("Send the reply").fill("Your reply", &format!("{word}inownreply")).send();
}
