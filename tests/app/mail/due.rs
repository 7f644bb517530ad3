//! For how long mail has waited that may go: what waits for a night or a weekend to pass is not late.

use super::ashgrove::{COUNCIL, TIMETABLE, address, asks_for_return, jobs_at, person, taken_in, waits};
use crate::stories;
use crate::support::Place;
use crate::support::app::{BEGINNING, minutes};

stories![
    scheduled_mail_that_was_refused_is_not_late_at_the_weekend,
    a_mail_that_somebody_has_tried_again_is_due_from_then_on,
];

fn scheduled_mail_that_was_refused_is_not_late_at_the_weekend(place: &Place) {
    place.with_smtp();
    taken_in(place);
    let reader = address(place, "weekend");
    asks_for_return(place, TIMETABLE, "2027-02-26");
    person(place, "contributor", &reader, COUNCIL);
    place.servers().smtp().answers(&reader, &[451, 451, 451]);
    let on_friday = jobs_at(place, "2027-01-15T19:30:00Z");
    on_friday.exits(1).says("0 being sent, 1 failed for now, the oldest due for 0 minutes");
    for moment in ["2027-01-15T20:30:00Z", "2027-01-16T12:00:00Z", "2027-01-18T06:59:59Z"] {
        jobs_at(place, moment).succeeds().says("0 being sent, 1 failed for now; in the last 7 days");
    }
    // From the hour on at which such mail goes again; its next try is put off, and it waits on.
    jobs_at(place, "2027-01-18T07:00:00Z").exits(1).says("1 failed for now, the oldest due for 0 minutes");
    jobs_at(place, "2027-01-18T08:20:00Z").exits(1).says("1 failed for now, the oldest due for 80 minutes");
    // Mail that goes at any hour is late at any hour.
    let other = address(place, "weekend-any-hour");
    place.servers().smtp().answers(&other, &[451, 451]);
    waits(place, 1, &other, "2027-01-22T23:00:00Z");
    jobs_at(place, "2027-01-22T23:00:00Z").exits(1);
    jobs_at(place, "2027-01-23T01:00:00Z").exits(1).says("2 failed for now, the oldest due for 2 hours");
}

fn a_mail_that_somebody_has_tried_again_is_due_from_then_on(place: &Place) {
    let app = place.with_smtp().app();
    let administrator = app.person("administrator");
    app.jobs();
    let reader = address(place, "due-anew");
    place.servers().smtp().answers(&reader, &[451, 451]);
    waits(place, 1, &reader, BEGINNING);
    assert!(app.jobs().contains("1 failed for now"));
    app.clock().advance(minutes(30));
    assert!(app.jobs().contains("1 failed for now, the oldest due for 30 minutes"));
    administrator.open("/staff/outbox").sees("1 failed for now, the oldest due for 30 minutes");
    let mail = administrator.open(&format!("/staff/outbox/{}-0", reader.trim_end_matches("@example.org")));
    mail.form("Try again now").send().sees("It will be tried again now");
    administrator.open("/staff/outbox").sees("1 waiting, 0 being sent, 0 failed for now, the oldest due for 0 minutes");
    assert!(app.jobs().contains("1 accepted"));
}
