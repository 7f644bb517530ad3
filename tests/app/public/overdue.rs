//! Silence counts only where the register was there to hear.

use super::first_register;
use crate::stories;
use crate::support::app::days;
use crate::support::{Place, TestApp};

stories![
    nothing_is_overdue_that_passed_before_the_register_began,
    a_date_that_the_register_heard_is_overdue_the_day_after
];

fn nothing_is_overdue_that_passed_before_the_register_began(place: &Place) {
    let app = first_register(place);
    app.public().open("/overdue").sees("Nothing is overdue").sees("is not counted against anybody");
    app.clock().advance(days(5000));
    app.public().open("/overdue").sees("Nothing is overdue");
    app.public().open("/").sees("Nothing is overdue");
}

fn a_date_that_the_register_heard_is_overdue_the_day_after(app: &TestApp) {
    let public = app.public();
    app.clock().set("2027-02-26T12:00:00Z".parse().expect("a moment"));
    public.open("/overdue").sees("Nothing is overdue").sees("1 date that stands here was looked through");
    app.clock().set("2027-02-27T12:00:00Z".parse().expect("a moment"));
    let overdue = public.open("/overdue");
    let of_all = "1 date has passed with nothing recorded since, of 1 date that stands here";
    overdue.sees(of_all).sees("Target date of 26 February 2027 has passed");
    overdue.sees("1 day past").sees("Ashgrove Council");
    let returns = public.open("/overdue?kind=return");
    returns.sees("Nothing is overdue").sees("0 dates that stand here were looked through");
    public.open("/overdue?inquiry=ashgrove&body=ashgrove-council&kind=target").sees("1 date has passed");
    public.open("/").sees("Target date of 26 February 2027 has passed").sees(of_all);
    public.open("/recommendations?due=passed").sees("1 recommendation, with 1 answer that fits");
    let answer = public.open("/inquiries/ashgrove/recommendations/1/ashgrove-council");
    answer.sees("1 day past the first target").sees("Target date of 26 February 2027 has passed");
    let data = public.open("/inquiries/ashgrove/recommendations/1.json").json();
    assert_eq!(data["addressees"][0]["days_past_first_target"], 1);
    public.open("/bodies/ashgrove-council").sees(of_all);
    public.open("/bodies/ashgrove-council?as-at=2027-02-27").sees(of_all);
}
