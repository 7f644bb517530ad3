//! The two nights on which the clocks change: reminders and staff's digests are neither lost nor repeated, and go at half past eight
//! by the register's own clocks. What the public is told in those nights stands in `follow::telling`.

use super::ashgrove::{COUNCIL, COUNCIL_STAGES, TIMETABLE, asks_for_return, jobs_at, person, publishes, taken_in};
use crate::stories;
use crate::support::Place;
use crate::support::page::one_line;

stories![
    when_the_clocks_go_forward_each_mail_goes_once_at_half_past_eight,
    when_the_clocks_go_back_each_mail_goes_once_at_half_past_eight,
];

const CONTRIBUTOR: &str = "one@example.org";
const OVERSEER: &str = "overseer@example.org";

/// How many mails each of the two has had.
fn counts(place: &Place) -> [usize; 2] {
    let mails = place.mailbox();
    [CONTRIBUTOR, OVERSEER].map(|who| mails.of(who).count())
}

/// A register with two people, one update owed, and everything told up to a day in the week before.
fn told_up_to(place: &Place, item: i64, due: &str, moment: &str) {
    taken_in(place);
    asks_for_return(place, item, due);
    person(place, "contributor", CONTRIBUTOR, COUNCIL);
    person(place, "overseer", OVERSEER, None);
    jobs_at(place, moment).succeeds();
}

/// Nothing goes at any of these moments; one mail to each at the next; nothing at those after it.
fn goes_once(place: &Place, before: &[&str], at: &str, after: &[&str]) {
    let begun = counts(place);
    for moment in before {
        jobs_at(place, moment).succeeds();
        assert_eq!(counts(place), begun, "{moment}");
    }
    let told = begun.map(|count| count + 1);
    jobs_at(place, at).succeeds().says("1 reminder written").says("1 digest written");
    for moment in after {
        jobs_at(place, moment).succeeds();
        assert_eq!(counts(place), told, "{moment}");
    }
}

/// In how many mails to the overseer these words stand.
fn told(place: &Place, words: &str) -> usize {
    let mails = place.mailbox().of(OVERSEER);
    mails.0.iter().filter(|mail| one_line(&mail.text).contains(words)).count()
}

fn when_the_clocks_go_forward_each_mail_goes_once_at_half_past_eight(place: &Place) {
    // One working day before the date is Tuesday 30 March: Monday is Easter Monday.
    told_up_to(place, TIMETABLE, "2027-03-31", "2027-03-25T09:00:00Z");
    publishes(place, TIMETABLE, "response", "2027-03-27");
    // The clocks go forward on Sunday the 28th, at one o'clock.
    let night = ["2027-03-28T00:59:59Z", "2027-03-28T01:00:00Z", "2027-03-28T01:30:00Z", "2027-03-28T08:30:00Z"];
    let before = [&night[..], &["2027-03-29T08:30:00Z", "2027-03-30T07:29:59Z"]].concat();
    goes_once(place, &before, "2027-03-30T07:30:00Z", &["2027-03-30T07:31:00Z", "2027-03-30T08:30:00Z"]);
    assert_eq!(told(place, "Answer recorded, 27 March 2027"), 1);
}

fn when_the_clocks_go_back_each_mail_goes_once_at_half_past_eight(place: &Place) {
    // One working day before the date is Monday 1 November.
    told_up_to(place, COUNCIL_STAGES, "2027-11-02", "2027-10-29T08:00:00Z");
    publishes(place, COUNCIL_STAGES, "response", "2027-10-30");
    // The clocks go back on Sunday the 31st: the hour between one and two comes twice.
    let night = ["2027-10-31T00:30:00Z", "2027-10-31T01:00:00Z", "2027-10-31T01:30:00Z", "2027-10-31T08:30:00Z"];
    let before = [&night[..], &["2027-11-01T07:30:00Z", "2027-11-01T08:29:59Z"]].concat();
    goes_once(place, &before, "2027-11-01T08:30:00Z", &["2027-11-01T08:31:00Z", "2027-11-01T09:30:00Z"]);
    assert_eq!(told(place, "Answer recorded, 30 October 2027"), 1);
}
