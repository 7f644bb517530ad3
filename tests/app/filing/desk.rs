//! `/staff`: what needs me today, by role.

use super::arranged::{COUNCIL, asks_for_updates, enters_operator, files};
use crate::stories;
use crate::support::TestApp;
use crate::support::app::days;
use crate::support::browser::Window;

stories![each_role_is_told_what_needs_them, the_desk_is_sound_on_a_phone_and_on_a_screen];

fn each_role_is_told_what_needs_them(app: &TestApp) {
    let overseer = app.person("overseer");
    // Of the fictional register's eight recommendations some were not compared, and that is said from the first day.
    let empty = overseer.open("/staff");
    empty.sees("What needs you today").sees("Nobody has taken responsibility for this copy");
    empty.follow("Recommendations not compared with their source").sees("A second crossing in winter");
    empty.does_not_see("Updates from bodies to read and publish").does_not_see("Dates that passed");
    for list in ["to-publish", "to-confirm", "sent-back", "due"] {
        overseer.open(&format!("/staff/{list}"));
    }
    app.person("observer").open("/staff").sees("Nothing waits to be published");
    let harbour = app.person("contributor of ashgrove-harbour").open("/staff");
    harbour
        .sees("Ashgrove Harbour Authority")
        .sees("Inspect the pier every year")
        .sees("No schedule of updates is set");
    harbour.does_not_see("Publish the ferry timetable in advance");
    app.person("contributor of coastal-agency").open("/staff").sees("Signs & <b>signals</b>");

    enters_operator(app);
    asks_for_updates(app, "2026-12-01", 3);
    overseer.open("/staff").sees("The next is due on 1 December 2026").follow("Due from bodies in the next 30 days");
    files(app, "For the desk");
    let desk = overseer.open("/staff");
    desk.sees("The oldest has waited since 23 November 2026").does_not_see("Nobody has taken responsibility");
    app.person("observer").open("/staff").follow("Inspect both landing stages every year").sees("For the desk");
    app.person(COUNCIL).open("/staff").sees("Received, being read");

    app.clock().advance(days(150));
    let overseer = app.person("overseer");
    let late = overseer.open("/staff").sees("Dates that passed with nothing received").follow("Dates that passed");
    late.sees("1 March 2027");
}

fn the_desk_is_sound_on_a_phone_and_on_a_screen(app: &TestApp) {
    asks_for_updates(app, "2026-12-01", 3);
    let path = files(app, "Both stages were inspected in November, and a report follows.").path().to_owned();
    let of_item = format!("/staff{}/return", super::arranged::ITEM);
    for window in [Window::phone(), Window::desk()] {
        for (who, page) in [("overseer", "/staff"), ("overseer", &path), (COUNCIL, "/staff"), (COUNCIL, &of_item)] {
            let tab = app.window(window.clone(), &app.person(who));
            tab.open(page);
            tab.is_sound();
        }
    }
}
