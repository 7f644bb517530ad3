//! Holds on less and on more.

use super::*;

#[test]
fn holds_on_less_and_on_more_that_follow_each_other_are_merged_for_what_both_bear_on() {
    let day = |text: &str| -> Day { text.parse().unwrap() };
    let [one, other] = [1, 2].map(InquiryId);
    let register = On::default();
    let inquiry = On { inquiry: Some(one), recommendation: None };
    let item = On { inquiry: Some(one), recommendation: Some(RecommendationId(7)) };
    let quiet = |since, ended: Option<&str>| Quiet { since: day(since), ended_on: ended.map(day) };
    let silences = Silences(vec![
        (item, quiet("2026-11-01", Some("2026-12-03"))),
        (inquiry, quiet("2026-12-01", Some("2027-02-01"))),
        (register, quiet("2027-01-10", None)),
    ]);
    let today = day("2027-06-01");
    let lasting = [(item, "2026-11-01"), (inquiry, "2026-12-01"), (register, "2027-01-10")];
    assert_eq!(silences.lasting(today), lasting.map(|(on, since)| (on, day(since))));
    // What a query asks of all of these together is what each answer is asked by itself.
    for (inquiry, recommendation) in [(one, 7), (one, 8), (other, 9)] {
        let recommendation = RecommendationId(recommendation);
        let all = silences.lasting(today).into_iter();
        let bearing = all.filter(|(on, _)| on.bears_on(Some(inquiry), Some(recommendation)));
        let since = bearing.map(|(_, since)| since).min();
        assert_eq!(since, quiet_since(&silences.of(inquiry, recommendation), today));
    }
}
