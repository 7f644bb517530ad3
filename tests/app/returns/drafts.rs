//! An unfinished update is kept with each saving, and is nobody's but the body's until it is sent.

use super::arranged::{COLLEAGUE, STAFF_ITEM, count, later, nothing_of_it, saved};
use crate::deeds_record::confirmed;
use crate::filing::arranged::{COUNCIL, ITEM, asks_for_updates, publication, return_page, update};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![
    an_unfinished_update_is_kept_over_days_and_then_sent,
    two_people_who_begin_at_once_read_both_texts,
    what_was_sent_back_can_be_kept_unfinished_too,
    an_unfinished_update_is_for_its_own_body_alone,
    an_unfinished_update_is_forgotten_after_its_time,
    faults_of_an_unfinished_update_are_named,
    on_what_is_closed_nothing_is_kept_or_sent,
];

fn an_unfinished_update_is_kept_over_days_and_then_sent(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    let draft = saved(app, "The first stage was looked at.");
    draft.sees("Saved. Nothing of it is public").sees("Unfinished").sees("Go on with it");
    nothing_of_it(app, "The first stage");
    app.person("overseer").open(STAFF_ITEM).sees("begun on 23 November 2026 and last saved on 23 November 2026");
    assert_eq!(count(app, "arrival"), 0);

    app.clock().advance(days(2));
    let council = app.person(COUNCIL);
    let home = council.open("/staff");
    home.sees("Unfinished, not sent").sees("By Contributor One").sees("Next update due 1 December 2026");
    let again = return_page(&council).follow("Go on with the unfinished update");
    let form = again.form("Send this update");
    assert_eq!(form.value("What was done"), "The first stage was looked at.");
    let form = form.choose("Under way").date("As of which date is that so?", "2026-11-20");
    let stamp = app.place().value("select stamp from counter");
    let kept = later(form.fill("What was done", "Both stages were looked at.")).send();
    assert_eq!(app.place().value("select stamp from counter"), stamp, "no public page is made anew for it");
    kept.sees("Saved unfinished on 23 November 2026").sees("Saved unfinished on 25 November 2026");
    assert_eq!(count(app, "filing_step where state = 'draft'"), 2);
    app.person("overseer").open(STAFF_ITEM).sees("last saved on 25 November 2026");
    nothing_of_it(app, "stages were looked at");

    app.clock().advance(days(1));
    let kept = app.person(COUNCIL).open(kept.path());
    let sent = kept.form("Send this update").send();
    sent.sees("Your update has arrived").sees("With the register, being read");
    app.public().open(ITEM).sees("Received 26 November 2026, being read").does_not_see("looked at");
    app.person(COUNCIL).open("/staff").does_not_see("Unfinished, not sent").sees("Next update due 1 March 2027");
    let page = app.person("overseer").open(kept.path());
    page.sees("Both stages were looked at.");
    publication(&page).send();
    app.public().open(ITEM).sees("Both stages were looked at.");
    app.place().run(&["verify"]).succeeds();
}

fn two_people_who_begin_at_once_read_both_texts(app: &TestApp) {
    let (first, second) = (return_page(&app.person(COUNCIL)), return_page(&app.person(COLLEAGUE)));
    let sends = update(&second, "Mine is longer");
    let draft = later(first.form("Send this update").fill("What was done", "Mine was first")).send();
    let form = second.form("Send this update").fill("What was done", "Mine came second");
    for (form, words) in [(later(form), "Mine came second"), (sends, "Mine is longer")] {
        let both = form.submit();
        both.is(409).sees("Nothing was saved").sees("What you wrote, not saved").sees(words).sees("Mine was first");
    }
    assert_eq!((count(app, "filing"), count(app, "arrival")), (1, 0));

    // Both have the same one open.
    let (mine, theirs) = (app.person(COUNCIL).open(draft.path()), app.person(COLLEAGUE).open(draft.path()));
    later(mine.form("Send this update").fill("What was done", "Mine, better")).send();
    let stale = later(theirs.form("Send this update").fill("What was done", "Theirs, late")).submit();
    stale.is(409).sees("Somebody else did something with this").sees("Mine, better");
    assert_eq!(stale.form("Send this update").value("What was done"), "Theirs, late");
    let sent = update(&stale, "Theirs, late").send();
    sent.sees("Theirs, late");
    // What was sent cannot be kept unfinished any more.
    later(mine.form("Send this update")).submit().is(409);
    app.person(COUNCIL).open(draft.path()).sees("Theirs, late");
}

fn what_was_sent_back_can_be_kept_unfinished_too(app: &TestApp) {
    let path = crate::filing::arranged::files(app, "First words").path().to_owned();
    let back = app.person("overseer").open(&path).form("Send it back");
    back.fill("What should be looked at again?", "Please say more.").send();
    let form = app.person(COUNCIL).open(&path).form("Send it again").fill("What was done", "Half a sen");
    later(form).send().sees("Unfinished").sees("still counts");
    app.person("overseer").get(&path).is(404);
    app.person("overseer").open(STAFF_ITEM).does_not_see("Half a sen").sees("last saved on 23 November 2026");
    // Another one cannot be begun beside it.
    return_page(&app.person(COLLEAGUE)).sees("Go on with the unfinished update");
    app.clock().advance(days(3));
    app.person(COUNCIL).open(&path).form("Send it again").fill("What was done", "A whole sentence.").send();
    let page = app.person("overseer").open(&path);
    page.sees("A whole sentence.");
    app.public().open(ITEM).sees("Received 23 November 2026, being read");
    assert_eq!(count(app, "arrival"), 1);
}

fn an_unfinished_update_is_for_its_own_body_alone(app: &TestApp) {
    let draft = saved(app, "Not for you");
    let path = draft.path();
    app.person("contributor of ashgrove-harbour").get(path).is(403).does_not_see("Not for you");
    for who in ["overseer", "administrator", "observer"] {
        let visitor = app.person(who);
        visitor.get(path).is(404);
        for list in ["/staff", "/staff/to-publish", "/staff/sent-back"] {
            visitor.get(list).does_not_see("Not for you");
        }
    }
    // With the right name in hand nothing can be done to it either.
    let overseer = app.person("overseer");
    let other = overseer.open(crate::filing::arranged::files_elsewhere(app).path());
    for (button, end) in [("Publish this", "publication"), ("Send it back", "sent-back")] {
        let fields = if button == "Publish this" { publication(&other).fields() } else { other.form(button).fields() };
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = overseer.post_with(&format!("{path}/{end}"), &[("sec-fetch-site", "same-origin")], &fields);
        assert!([403, 404].contains(&answer.status()), "{end}: {}", answer.status());
    }
    overseer.get(&format!("{STAFF_ITEM}/evidence?filing={}", path.rsplit('/').next().expect("a name"))).is(404);
    assert_eq!(count(app, "filing where state = 'draft'"), 1);
    // Its own people throw it away, and nobody hears of it.
    let gone = app.person(COLLEAGUE).open(path).form("Take it back").send();
    gone.sees("Taken back");
    nothing_of_it(app, "Not for you");
    app.person("overseer").get(path).is(404);
}

fn an_unfinished_update_is_forgotten_after_its_time(app: &TestApp) {
    saved(app, "Nobody goes on with it");
    app.jobs_at("2027-11-20T03:30:00Z");
    assert_eq!(count(app, "filing where proposal like '%goes on%'"), 1);
    app.jobs_at("2027-11-25T03:30:00Z");
    assert_eq!(count(app, "filing where proposal like '%goes on%'"), 0);
    assert_eq!(count(app, "filing where state = 'withdrawn'"), 1);
}

fn faults_of_an_unfinished_update_are_named(app: &TestApp) {
    let page = return_page(&app.person(COUNCIL));
    let form =
        page.form("Send this update").fill("What was done", "Kept").date("As of which date is that so?", "2026-02-31");
    let again = later(form.fill("Link to where it can be read", "javascript:alert(1)")).submit();
    again.is(422).complains("There is no such day");
    let form = again.form("Send this update");
    assert_eq!(form.value("What was done"), "Kept");
    let again = later(form.fill("Link to where it can be read", "").date("As of which date is that so?", "2099-01-01"));
    again.submit().is(422).complains("The date must be today or earlier");
    assert_eq!(count(app, "filing"), 0);
    // A target date: where none stands it comes with the update, and is public with it.
    let form = update(&page, "It will be done.").date("By which date will it be done?", "2027-11-30");
    let filed = form.send();
    app.public().open(ITEM).does_not_see("30 November 2027");
    let page = app.person("overseer").open(filed.path());
    page.sees("30 November 2027");
    publication(&page).send();
    app.public().open(ITEM).sees("30 November 2027").sees("set by Ashgrove Council");
    let form =
        update(&return_page(&app.person(COUNCIL)), "Later.").date("By which date will it be done?", "2028-11-30");
    form.submit().is(422).complains("The target date is 30 November 2027");
    app.place().run(&["verify"]).succeeds();
}

fn on_what_is_closed_nothing_is_kept_or_sent(app: &TestApp) {
    let page = return_page(&app.person(COLLEAGUE));
    let draft = saved(app, "Begun before it was closed");
    let form = app.person("overseer").open(STAFF_ITEM).follow("Close").form("Record the decision");
    let form = form.choose_in("Why is it closed?", "What it was about no longer exists");
    confirmed(form.fill("The reason", "The ferry is gone.")).send();
    let council = app.person(COUNCIL);
    update(&council.open(draft.path()), "Sent all the same").submit().is(422).complains("This item is closed");
    later(page.form("Send this update").fill("What was done", "A new one"))
        .submit()
        .is(422)
        .sees("No update is needed");
    assert_eq!((count(app, "arrival"), count(app, "filing")), (0, 1));
    council.open(draft.path()).form("Take it back").send().sees("Taken back");
}
