//! What can be followed beside an inquiry, a body or one recommendation, and how seldom.

use super::arranged::{address, count, follows, newest, publishes};
use crate::stories;
use crate::support::Place;

stories![a_theme_is_followed_and_a_month_makes_one_mail, what_is_followed_later_is_told_whoever_came_between];

fn a_theme_is_followed_and_a_month_makes_one_mail(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let [theme, other, monthly] = ["theme", "other", "monthly"].map(|who| address(place, &format!("scope.{who}")));
    follows(app, "/subscribe?theme=inspection", &theme, "On each working day");
    follows(app, "/subscribe?theme=timetables", &other, "On each working day");
    follows(app, "/subscribe", &monthly, "Once a month");
    let before = [&theme, &other, &monthly].map(|who| count(app, who));
    let new = || -> Vec<usize> {
        [&theme, &other, &monthly].iter().zip(&before).map(|(who, before)| count(app, who) - before).collect()
    };
    publishes(app, 1, "response");
    app.jobs_at("2026-11-24T08:30:00Z");
    assert_eq!(new(), [1, 0, 0], "the recommendation has one of the two themes");
    newest(app, &theme).says("/changes/2");
    publishes(app, 1, "reported");
    app.jobs_at("2026-11-30T08:30:00Z");
    assert_eq!(new(), [2, 0, 0]);
    app.jobs_at("2026-12-01T08:30:00Z");
    assert_eq!(new(), [2, 0, 1], "on the first day of the month");
    newest(app, &monthly).says("/changes/2").says("/changes/3");
    app.jobs_at("2026-12-07T08:30:00Z");
    assert_eq!(new(), [2, 0, 1]);
}

fn what_is_followed_later_is_told_whoever_came_between(place: &Place) {
    place.with_smtp();
    let app = &place.app();
    let [first, between] = ["first", "between"].map(|who| address(place, &format!("scope.{who}")));
    follows(app, "/subscribe?theme=timetables", &first, "On each working day");
    follows(app, "/subscribe?theme=timetables", &between, "On each working day");
    follows(app, "/subscribe?theme=inspection", &first, "On each working day");
    let before = [&first, &between].map(|who| count(app, who));
    publishes(app, 1, "response");
    app.jobs_at("2026-11-24T08:30:00Z");
    let new = [&first, &between].iter().zip(before).map(|(who, before)| count(app, who) - before).collect::<Vec<_>>();
    assert_eq!(new, [1, 0]);
    newest(app, &first).says("/changes/2");
}
