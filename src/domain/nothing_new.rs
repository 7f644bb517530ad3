//! Returns that say "no change", counted: how many times they were asked for in a row, and when there was news last.
//!
//! At most one counts for each time that the body was asked: one that came between, while another date stood that nobody asked
//! about yet, says no more than the one before it. Where no date stands nobody asks, and at most one counts for each day.

use std::collections::BTreeSet;

use super::id::{Seq, UpdateId};
use super::moment::{Day, Happened};

/// A return that said "no change".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nil {
    /// The change that published its arrival.
    pub seq: Seq,
    /// The day on which it came.
    pub on: Day,
    /// Whether it came between: a date stood that it did not settle.
    pub between: bool,
}

/// A published update of what a body says it has done, as far as the count follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News {
    /// Its row.
    pub id: UpdateId,
    /// When the register had it: the change that published its arrival, where the body sent it in; else the one that published
    /// it.
    pub seq: Seq,
    /// The day on which it came, where the body sent it in; else the day that it is about.
    pub when: Happened,
    /// The update that it takes the place of.
    pub corrects: Option<UpdateId>,
}

/// "No change", so often in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Times(pub u32);

/// What the returns that said "no change" come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NothingNew {
    /// How often in a row: once at least.
    pub times: Times,
    /// When there was news last; `None` where there never was any.
    pub last_news: Option<Happened>,
}

/// Counts the returns that said "no change" and came after the last news, those that came between left out and each day once.
/// Give what was published by then: what is not given was not known. `None` where none came since.
///
/// What puts an update right is no news: it stands where that one stood.
#[must_use]
pub fn nothing_new(nil: &[Nil], news: &[News]) -> Option<NothingNew> {
    let first = |one: &News| {
        let mut root = *one;
        while let Some(before) = root.corrects.and_then(|id| news.iter().find(|other| other.id == id)) {
            root = *before;
        }
        root.seq
    };
    let standing = news.iter().filter(|one| !news.iter().any(|other| other.corrects == Some(one.id)));
    let last = standing.map(|one| (first(one), one.when)).max_by_key(|(seq, _)| *seq);
    let since = nil.iter().filter(|one| !one.between && last.is_none_or(|(news, _)| one.seq > news));
    let since = since.map(|one| one.on).collect::<BTreeSet<Day>>().len();
    let times = Times(u32::try_from(since).unwrap_or(u32::MAX));
    (since > 0).then_some(NothingNew { times, last_news: last.map(|(_, when)| when) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(id: i64, seq: i64, day: &str, corrects: Option<i64>) -> News {
        News {
            id: UpdateId(id),
            seq: Seq(seq),
            when: Happened::on(day.parse().unwrap()),
            corrects: corrects.map(UpdateId),
        }
    }

    fn counted(nil: &[i64], news: &[News]) -> Option<(u32, Option<String>)> {
        let day = |seq: i64| "2027-01-01".parse::<Day>().unwrap().plus_days(seq);
        let nil: Vec<Nil> = nil.iter().map(|seq| Nil { seq: Seq(*seq), on: day(*seq), between: false }).collect();
        let found = nothing_new(&nil, news)?;
        Some((found.times.0, found.last_news.and_then(|when| when.day).map(|day| day.to_string())))
    }

    #[test]
    fn those_since_the_last_news_count() {
        let march = news(1, 10, "2027-03-03", None);
        let day = |text: &str| Some(text.to_owned());
        assert_eq!(counted(&[], &[march]), None);
        assert_eq!(counted(&[4, 7], &[march]), None, "what came before the news says nothing about it");
        assert_eq!(counted(&[4, 11, 12, 15], &[march]), Some((3, day("2027-03-03"))));
        assert_eq!(counted(&[4, 7], &[]), Some((2, None)), "there never was any");
        let june = news(2, 20, "2027-06-01", None);
        assert_eq!(counted(&[11, 12, 21], &[march, june]), Some((1, day("2027-06-01"))));
    }

    #[test]
    fn one_counts_for_each_time_that_was_asked() {
        let on = |text: &str| text.parse().unwrap();
        let nil = |seq, day: &str, between| Nil { seq: Seq(seq), on: on(day), between };
        let times = |all: &[Nil]| nothing_new(all, &[]).map(|found| found.times.0);
        let same_day = [1, 2, 3, 4].map(|seq| nil(seq, "2027-03-01", false));
        assert_eq!(times(&same_day), Some(1), "four within seconds are one");
        assert_eq!(times(&[nil(1, "2027-03-01", false), nil(2, "2027-03-02", true)]), Some(1));
        assert_eq!(times(&[nil(1, "2027-03-01", false), nil(2, "2027-06-01", false)]), Some(2));
        assert_eq!(times(&[nil(1, "2027-03-02", true)]), None);
    }

    #[test]
    fn what_puts_news_right_is_none() {
        let (march, right) = (news(1, 10, "2027-03-03", None), news(2, 14, "2027-03-04", Some(1)));
        let again = news(3, 16, "2027-03-05", Some(2));
        let day = Some("2027-03-05".to_owned());
        assert_eq!(counted(&[11, 12, 15], &[march, right, again]), Some((3, day)));
    }
}
