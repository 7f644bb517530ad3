//! What goes together with words that are taken out without a question, and what a person is asked about first.

use crate::deeds_record::confirmed;
use crate::removal::holds;
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::form::Form;
use crate::support::page::Page;

stories![
    a_title_in_common_takes_nothing_out_of_sight,
    what_shares_a_title_goes_where_somebody_ticks_it,
    what_says_the_same_is_removed_by_one_proposal,
    what_was_shown_by_the_button_of_another_owes_no_reason,
    every_change_that_said_the_same_must_be_purged,
];

const OF: &str = "/inquiries/ashgrove/recommendations/3";
const STAFF: &str = "/staff/inquiries/ashgrove/recommendations/3";
const TITLE: &str = "Crossings in winter";
const CANARY: &str = "canary-who-is-named";
const TASK: &str = "Words withheld: say which kind of reason it was";
const PROPOSE: &str = "Withhold them and propose their removal";
const TICKED: &str = "Withhold those that are ticked";

/// The words of the recommendation are changed; answers their row.
fn amends(app: &TestApp, text: &str, place: &str) -> String {
    app.clock().advance(days(1));
    let form = app.person("overseer").open(STAFF).follow("Enter or change the words").form("Hand in the words");
    let form = form.fill("A short title", TITLE).fill("The words", text);
    let form = form.fill("Where can they be read?", &format!("https://ashgrove.example/report#page={place}"));
    let form = form.choose("Summary in our own words").choose("Compared with a secondary source");
    confirmed(form.fill("Why are the words entered or changed?", "They were read again.")).send();
    app.place().value("select max(id) from wording")
}

/// By the button of any row of the timeline.
fn withholds(app: &TestApp, row: &str) -> Page {
    app.person("overseer").open(STAFF).form("Withhold the words").set("row", row).send()
}

fn shows(page: &Page) -> Page {
    confirmed(page.form("Show these words again").submit().form("Show the words again")).send()
}

fn proposes(app: &TestApp, subject: &str, row: &str) -> Page {
    app.person("administrator").open(&format!("/staff/redactions/new?subject={subject}&row={row}"))
}

fn proposed(page: &Page) -> Page {
    page.form(PROPOSE).choose("A court has ordered it").send()
}

fn removed(app: &TestApp, proposal: &Page) -> Page {
    app.person("overseer two").open(proposal.path()).form("Remove these words for good").send()
}

fn hidden(app: &TestApp) -> String {
    app.place().value("select count(*) from wording where withheld is not null")
}

fn a_title_in_common_takes_nothing_out_of_sight(app: &TestApp) {
    let wrong = amends(app, &format!("Ask {CANARY} about it."), "44");
    let clean = amends(app, "The clean words.", "44");
    let public = app.public();
    let then = format!("{OF}?as-at=2026-11-24");
    public.open(&then).sees(CANARY);
    let stays = || {
        public.open(OF).sees(TITLE).sees("The clean words.").does_not_see(CANARY);
        public.open(&then).does_not_see(CANARY);
    };
    let done = withholds(app, &wrong);
    stays();
    done.sees("Others still show some of the words").sees("the same title, other words");
    done.sees("It was published last, and stands now").does_not_see(CANARY);
    // Nothing happens to what nobody ticks.
    done.form(TICKED).send().sees("Nothing changed");
    stays();
    assert_eq!(hidden(app), "1");
    // It comes back by itself, and goes by itself.
    shows(&done);
    public.open(&then).sees(CANARY);
    withholds(app, &wrong);
    let waits = proposed(proposes(app, "wording", &wrong).sees("Which of these are to be removed too?"));
    let last = amends(app, "Cleaner words.", "45");
    removed(app, &waits).sees("The words are removed");
    assert!(!holds(app.place(), CANARY), "the database still holds the words");
    public.open(OF).sees(TITLE).sees("Cleaner words.");
    public.open(&format!("{OF}?as-at=2026-11-25")).sees(TITLE).sees("The clean words.");
    public.open(&then).sees("for legal reasons");
    let kept = format!("select count(*) from wording where id in ({clean}, {last}) and text is not null");
    assert_eq!((app.place().value(&kept), hidden(app)), ("2".to_owned(), "1".to_owned()));
    app.place().run(&["verify"]).succeeds();
}

fn what_shares_a_title_goes_where_somebody_ticks_it(app: &TestApp) {
    let first = amends(app, "The first words.", "44");
    amends(app, "The second words.", "44");
    let public = app.public();
    let then = format!("{OF}?as-at=2026-11-24");
    let done = withholds(app, &first).form("Data protection").send();
    done.form(TICKED).tick("the same title, other words").send().sees("The words are withheld everywhere");
    for path in [OF, &then] {
        public.open(path).does_not_see(TITLE).does_not_see("The second words.");
    }
    // Each has a change of its own, and the kind of reason is said of both.
    assert_eq!(app.place().value("select count(distinct withheld) from wording where withheld is not null"), "2");
    app.person("overseer").open("/staff").does_not_see(TASK);
    let seq = app.place().value("select max(seq) from change where kind = 'withheld'");
    public.open(&format!("/changes/{seq}")).sees("Kind of reason: data protection");
    shows(&app.person("overseer").open(&format!("/staff/withholdings/{seq}")));
    public.open(OF).sees(TITLE).sees("The second words.");
    public.open(&then).does_not_see("The first words.");
    // A removal takes those along that somebody ticks, each by a decision of its own.
    let waits = proposes(app, "wording", &first).form(PROPOSE).choose("A court has ordered it");
    let waits = waits.tick("the same title, other words").send();
    assert_eq!(app.place().value("select count(*) from redaction where state = 'proposed'"), "2");
    public.open(OF).does_not_see("The second words.");
    removed(app, &waits);
    let said = |text: &str| app.place().value(&format!("select count(*) from wording where text like '{text}%'"));
    assert_eq!((said("The first"), said("The second")), ("0".to_owned(), "1".to_owned()));
    app.person("overseer two")
        .open("/staff")
        .follow("Words to be removed, which wait for a second person")
        .sees("Waits for a second person");
    app.place().run(&["verify"]).succeeds();
}

/// A name that two entries of a body have; answers their rows.
pub fn named_twice(app: &TestApp) -> Vec<String> {
    app.clock().advance(days(1));
    let overseer = app.person("overseer");
    let form = overseer.open("/staff/bodies/ashgrove-harbour/name").form("Publish the entry");
    let form = form.fill("Its full name", &format!("Ashgrove {CANARY} Trust")).fill("A shorter name", "");
    confirmed(form.fill("Why is it changed?", "By its order.")).send();
    let form = overseer.open("/staff/bodies/ashgrove-harbour/address").form("Publish the address");
    let form = form.fill("Its part of the address", "ashgrove-ports").fill("Why is it changed?", "Shorter.");
    confirmed(form).send().sees("Address changed");
    let rows = "select cast(id as text) as value from body_text where name like '%canary%' order by id";
    let rows = app.place().rows(rows);
    assert_eq!(rows.len(), 2, "else this test finds nothing");
    rows
}

fn what_says_the_same_is_removed_by_one_proposal(app: &TestApp) {
    let rows = named_twice(app);
    let overseer = app.person("overseer");
    overseer.open("/staff/published").form("Withhold these words: The name of a body: Ashgrove canary").send();
    let form = proposes(app, "body", &rows[0]);
    let late = proposes(app, "body", &rows[1]).form(PROPOSE).choose("A court has ordered it");
    form.sees("1 other entry of this body that says the same: removed with it");
    let waits = proposed(&form);
    // Nobody shows again, or proposes, what says the same.
    let show = overseer.open("/staff/published").form("Show these words again: The name of a body");
    let show = show.set("row", &rows[1]).submit().form("Show the words again");
    confirmed(show).submit().is(422).complains("It is proposed to remove these words for good");
    late.send().sees("Somebody else had done this already");
    assert_eq!(app.place().value("select count(*) from redaction"), "1");
    // As an earlier version of the program let people propose it.
    app.place().execute_unnoticed(&format!(
        "insert into redaction (reference, subject, row_id, kind, state, place, proposed_by, proposed_at, version)
         select 'earlier', subject, {}, kind, state, place, proposed_by, proposed_at, 1 from redaction",
        rows[1]
    ));
    let stale = app.person("overseer two").open("/staff/redactions/earlier").form("Do not remove them");
    let done = removed(app, &waits);
    stale.send().sees("Somebody else had done this already");
    assert_eq!(app.place().value("select count(*) from redaction where state = 'done'"), "2");
    assert_eq!(app.place().value("select count(*) from change where kind = 'redacted'"), "1");
    app.public().open("/about").sees("removed for legal reasons once (A court has ordered it: 1)");
    assert!(!holds(app.place(), CANARY), "the database still holds the name");
    let listed = done.texts("main li");
    for seq in app.place().rows("select cast(seq as text) as value from body_text where name = '' order by id") {
        assert!(listed.iter().any(|one| one.trim().ends_with(&format!("/changes/{seq}"))), "{seq}: {listed:?}");
    }
    app.place().run(&["verify"]).succeeds();
}

fn what_was_shown_by_the_button_of_another_owes_no_reason(app: &TestApp) {
    let first = amends(app, "The same words.", "44");
    amends(app, "The same words.", "45");
    let done = withholds(app, &first);
    done.sees("1 other wording of this recommendation that says the same: withheld by the same click");
    app.public().open(OF).does_not_see("The same words.");
    let home = || app.person("overseer two").open("/staff");
    home().sees(TASK);
    let asked = app.person("overseer").open(STAFF).form("Show the words again").submit();
    confirmed(asked.form("Show the words again")).send();
    app.public().open(OF).sees("The same words.");
    assert_eq!(hidden(app), "0");
    home().does_not_see(TASK);
}

fn every_change_that_said_the_same_must_be_purged(app: &TestApp) {
    let overseer = app.person("overseer");
    let describes = |what: &dyn Fn(Form) -> Form| {
        let form = overseer.open("/staff/inquiries/ashgrove/description").form("Publish the description");
        confirmed(what(form).fill("Why is it changed?", "It was wrong.")).send();
        app.place().value("select max(seq) from change")
    };
    let first = describes(&|form| form.fill("What else should a reader know?", CANARY));
    let second = describes(&|form| form.date("When was it published?", "2025-03-28"));
    let click = || {
        let page = overseer.open("/staff/inquiries/ashgrove");
        page.form(CANARY).send()
    };
    let has = |page: &Page| {
        let listed = page.texts("main li");
        for seq in [&first, &second] {
            assert!(listed.iter().any(|one| one.trim().ends_with(&format!("/changes/{seq}"))), "{seq}: {listed:?}");
        }
    };
    let done = click();
    has(&done);
    done.sees("1 other description of this inquiry that says the same");
    for path in ["/inquiries/ashgrove", "/changes", "/inquiries/ashgrove.json"] {
        app.public().get(path).does_not_see(CANARY);
    }
    // Withheld anew, the page of the first click still says all of it.
    shows(&done);
    has(&click());
    has(&overseer.open(done.path()));
    app.place().run(&["verify"]).succeeds();
}
