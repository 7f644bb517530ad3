//! What a total rests on: how many recommendations the reports themselves hold, how many of them are here, whose words those are, and
//! how many are not here and why. Parts are no recommendations of their own.

use super::checked::{Checked, TextKind};

/// The numbers that stand beside every total.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Denominators {
    /// How many the report itself counts, last; of several reports, those that count together.
    pub in_source: u64,
    /// Reports whose own count is not recorded here.
    pub uncounted: u64,
    /// How many it counted at first, where that was another number.
    pub announced: Option<u64>,
    /// Those held here.
    pub recommendations: u64,
    /// Of these, those of reports whose own count is recorded here: what that count can be held against.
    pub here_of_counted: u64,
    /// Of these, those summarised in our words.
    pub summarised: u64,
    /// Those in the report's own words.
    pub verbatim: u64,
    /// Those that nobody has transcribed.
    pub not_transcribed: u64,
    /// Those compared with the source, whoever did so.
    pub compared: u64,
    /// Those that one person compared with the source and another one published.
    pub second_person: u64,
    /// Those of the report that are not tracked here, with a reason that is recorded.
    pub not_tracked: u64,
    /// Of these, those of reports whose own count is recorded here.
    pub not_tracked_of_counted: u64,
    /// Those of the report that are not here, where no reason is recorded.
    pub unexplained: u64,
}

impl Denominators {
    /// Counts so many recommendations more, by whose words they are, how far these were compared, and whether by two people.
    pub const fn count(&mut self, number: u64, kind: TextKind, checked: Checked, by_two: bool) {
        self.recommendations += number;
        match kind {
            TextKind::Summary => self.summarised += number,
            TextKind::Verbatim => self.verbatim += number,
            TextKind::NotTranscribed => self.not_transcribed += number,
        }
        if checked.wording_was_seen() {
            self.compared += number;
        }
        if by_two {
            self.second_person += number;
        }
    }

    /// Of one report, by what it counts itself (first and last, where it counts) and how many of it are not tracked.
    #[must_use]
    pub fn with_report(self, counts: &[u64], not_tracked: u64) -> Self {
        let (first, last) = (counts.first().copied(), counts.last().copied());
        Self {
            in_source: last.unwrap_or(0),
            uncounted: u64::from(last.is_none()),
            announced: first.filter(|first| Some(*first) != last),
            here_of_counted: last.map_or(0, |_| self.recommendations),
            not_tracked,
            not_tracked_of_counted: last.map_or(0, |_| not_tracked),
            unexplained: last.unwrap_or(0).saturating_sub(self.recommendations + not_tracked),
            ..self
        }
    }

    /// Those of several reports together. What one of them explains explains nothing of another.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            in_source: self.in_source + other.in_source,
            uncounted: self.uncounted + other.uncounted,
            announced: None,
            recommendations: self.recommendations + other.recommendations,
            here_of_counted: self.here_of_counted + other.here_of_counted,
            summarised: self.summarised + other.summarised,
            verbatim: self.verbatim + other.verbatim,
            not_transcribed: self.not_transcribed + other.not_transcribed,
            compared: self.compared + other.compared,
            second_person: self.second_person + other.second_person,
            not_tracked: self.not_tracked + other.not_tracked,
            not_tracked_of_counted: self.not_tracked_of_counted + other.not_tracked_of_counted,
            unexplained: self.unexplained + other.unexplained,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    prop_compose! {
        fn report()(
            counts in prop::collection::vec(0_u64..40, 0..3),
            (summarised, verbatim, not_transcribed) in (0_u64..20, 0_u64..20, 0_u64..20),
            not_tracked in 0_u64..10,
        ) -> (Vec<u64>, u64, Denominators) {
            let recommendations = summarised + verbatim + not_transcribed;
            let held = Denominators { recommendations, summarised, verbatim, not_transcribed, ..Denominators::default() };
            (counts, not_tracked, held)
        }
    }

    proptest! {
        #[test]
        fn what_a_report_holds_is_here_or_not_tracked_or_unexplained((counts, not_tracked, held) in report()) {
            let all = held.with_report(&counts, not_tracked);
            prop_assert_eq!(all.uncounted == 1, counts.is_empty());
            prop_assert!(all.recommendations + all.not_tracked + all.unexplained >= all.in_source);
            if all.unexplained > 0 {
                prop_assert_eq!(all.recommendations + all.not_tracked + all.unexplained, all.in_source);
            }
            prop_assert_eq!(all.announced.is_some(), counts.len() > 1 && counts.first() != counts.last());
        }

        #[test]
        fn each_is_counted_once_by_whose_words_it_is(
            of in prop::collection::vec((0_u64..9, 0_usize..3, 0_usize..7, any::<bool>()), 0..12),
        ) {
            let mut all = Denominators::default();
            for (number, kind, checked, by_two) in &of {
                let checked = Checked::ALL[*checked];
                all.count(*number, TextKind::ALL[*kind], checked, *by_two && checked.wording_was_seen());
            }
            prop_assert_eq!(all.recommendations, of.iter().map(|one| one.0).sum::<u64>());
            prop_assert_eq!(all.recommendations, all.summarised + all.verbatim + all.not_transcribed);
            prop_assert!(all.second_person <= all.compared && all.compared <= all.recommendations);
        }

        #[test]
        fn reports_add_up(reports in prop::collection::vec(report(), 0..5)) {
            let each: Vec<Denominators> =
                reports.iter().map(|(counts, not_tracked, held)| held.with_report(counts, *not_tracked)).collect();
            let all = each.iter().copied().fold(Denominators::default(), Denominators::and);
            prop_assert_eq!(all.recommendations, all.summarised + all.verbatim + all.not_transcribed);
            prop_assert_eq!(all.unexplained, each.iter().map(|one| one.unexplained).sum::<u64>());
            prop_assert_eq!(all.in_source, each.iter().map(|one| one.in_source).sum::<u64>());
            // What a count is held against is of the same reports as the count.
            prop_assert!(all.here_of_counted + all.not_tracked_of_counted + all.unexplained >= all.in_source);
            prop_assert!(all.here_of_counted <= all.recommendations && all.not_tracked_of_counted <= all.not_tracked);
            if all.uncounted == 0 {
                prop_assert_eq!(all.here_of_counted, all.recommendations);
            }
        }
    }
}
