//! "No change", counted: on public pages, for staff, in the mail that asks, and as it stood on a day.

use crate::filing::arranged::{
    COUNCIL, COUNCIL_MAIL, ITEM, asks_for_updates, asks_once, files, publication, return_page,
};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;

stories![
    no_change_is_counted_until_there_is_news,
    news_counts_from_the_day_on_which_it_came,
    what_was_taken_back_is_not_counted,
    no_change_counts_once_for_each_time_that_it_was_asked,
    no_change_leaves_a_date_that_is_far_away,
];

fn no_change(app: &TestApp) {
    return_page(&app.person(COUNCIL)).form("No change since last time").send();
}

fn no_change_is_counted_until_there_is_news(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    no_change(app);
    app.public().open(ITEM).sees("Received 23 November 2026: no change reported").does_not_see("last news");
    app.person(COUNCIL).open("/staff").sees("No change, first time; no news is recorded here");
    app.clock().advance(days(90));
    no_change(app);
    app.public().open(ITEM).sees("Received 21 February 2027: no change, second time; no news is recorded here");

    app.clock().advance(days(10));
    let filed = files(app, "The stages were renewed.");
    publication(&app.person("overseer").open(filed.path())).send();
    app.public().open(ITEM).does_not_see("second time").sees("published 3 March 2027");
    app.person(COUNCIL).open("/staff").does_not_see("No change,");
    for _ in 0..5 {
        app.clock().advance(days(91));
        no_change(app);
    }
    let said = "no change, fifth time; last news 3 March 2027";
    app.public().open(ITEM).sees(said);
    app.public().open("/inquiries/ashgrove/recommendations/2").sees(said);
    let said = "No change, fifth time; last news 3 March 2027";
    app.person(COUNCIL).open("/staff").sees(said);
    return_page(&app.person(COUNCIL)).sees(said);
    app.person("overseer").open(&format!("/staff{ITEM}")).sees("fifth time; last news 3 March 2027");
    // As it stood: what came later was not known.
    let then = app.public().open(&format!("{ITEM}?as-at=2027-06-30"));
    then.sees("Received 2 June 2027: no change reported; last news 3 March 2027").does_not_see("fifth time");
    app.public().open(&format!("{ITEM}?as-at=2027-02-25")).sees("second time; no news").does_not_see("last news");
    // The mail that asks for the next one says it too.
    app.jobs_at("2028-08-31T08:30:00Z");
    let mails = app.mailbox();
    mails.of(COUNCIL_MAIL).last().says("No change, fifth time; last news 3 March 2027");
    app.place().run(&["verify"]).succeeds();
}

fn news_counts_from_the_day_on_which_it_came(app: &TestApp) {
    let filed = files(app, "Read late.");
    app.clock().advance(days(30));
    no_change(app);
    app.clock().advance(days(5));
    publication(&app.person("overseer").open(filed.path())).send();
    // It came before, though it was published after.
    let said = "Received 23 December 2026: no change reported; last news 23 November 2026";
    app.public().open(ITEM).sees(said);
    app.public().open(&format!("{ITEM}?as-at=2026-12-24")).does_not_see("last news");
    app.person(COUNCIL).open("/staff").sees("No change, first time; last news 23 November 2026");
}

fn what_was_taken_back_is_not_counted(app: &TestApp) {
    no_change(app);
    app.clock().advance(days(10));
    no_change(app);
    app.person(COUNCIL).open("/staff").sees("No change, second time");
    app.place().execute(
        "insert into arrival_step (seq, arrival_id, addressee_id, step) \
         select arrival.seq, arrival.id, arrival.addressee_id, 'taken_back' from arrival order by arrival.id desc limit 1",
    );
    app.person(COUNCIL).open("/staff").sees("No change, first time");
}

fn no_change_counts_once_for_each_time_that_it_was_asked(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    let before = return_page(&app.person(COUNCIL));
    before.does_not_see("is asked for from");
    no_change(app);
    // Once more on the same day, from a page opened before or after: it is told, and nothing is written.
    let again = before.form("No change since last time").submit();
    again.is(422).complains("That nothing has changed was filed today already");
    let page = return_page(&app.person(COUNCIL));
    page.sees("That nothing has changed was filed today already. It is counted once");
    assert!(!page.has_form("No change since last time"));
    assert_eq!(app.place().value("select count(*) from arrival"), "1");
    // The next day the date that stands now is not asked about yet: that is said before, and it is not counted.
    app.clock().advance(days(1));
    let page = return_page(&app.person(COUNCIL));
    page.sees("The update due 1 March 2027 is asked for from 18 January 2027 on");
    page.form("No change since last time").send().sees("Next update due 1 March 2027");
    app.public().open(ITEM).sees("Received 24 November 2026: no change reported");
    app.person(COUNCIL).open("/staff").sees("No change, first time; no news is recorded here");
    app.clock().advance(days(60));
    return_page(&app.person(COUNCIL)).does_not_see("is asked for from");
    no_change(app);
    app.person(COUNCIL).open("/staff").sees("No change, second time").sees("Next update due 1 June 2027");
    app.place().run(&["verify"]).succeeds();
}

fn no_change_leaves_a_date_that_is_far_away(app: &TestApp) {
    asks_once(app, "2027-11-30");
    return_page(&app.person(COUNCIL)).sees("The update due 30 November 2027 is asked for from 19 October 2027 on");
    no_change(app);
    let home = app.person(COUNCIL).open("/staff");
    home.sees("Next update due 30 November 2027").does_not_see("No change, first time");
    app.public().open(ITEM).sees("Received 23 November 2026: no change reported");
    app.clock().advance(days(335));
    no_change(app);
    let home = app.person(COUNCIL).open("/staff");
    home.does_not_see("Next update due 30 November 2027").sees("No change, first time");
    app.place().run(&["verify"]).succeeds();
}
