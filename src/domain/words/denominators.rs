//! What totals rest on, in sentences: each number with what it is of.

use super::dates;
use super::numbers::{count, number, out_of};
use crate::domain::denominators::Denominators;
use crate::domain::moment::Day;

/// After the oldest item, where there is none: somebody has looked at each.
pub const EACH_LOOKED_AT: &str = "Somebody has looked at least once at each of them";
/// Before the link to it.
pub const OLDEST_NOT_LOOKED_AT: &str = "The oldest that nobody has looked at";

/// Before the inquiries that tell it.
pub const WHY_NOT_TRACKED: &str = "Why some of them are not tracked is told by";
/// The link to the list of all inquiries, where too many tell it.
pub const TOLD_BESIDE_EACH: &str = "each inquiry in the list of all";
/// Of more than are counted, whose words they are.
pub const WORDS_NOT_COUNTED: &str = "Whose words these are is not counted where there are so many";

/// `13 recommendations, 12 announced at first: 8 of 13 summarised, 0 in the report's own words, 5 not transcribed; 3 compared with the
/// source, 0 checked by a second person`.
#[must_use]
pub fn denominators(counts: &Denominators) -> String {
    let all = match counts.announced {
        None => recommendations(counts.recommendations),
        Some(announced) => {
            format!("{}, {} announced at first", recommendations(counts.recommendations), number(announced))
        }
    };
    format!(
        "{all}: {} summarised, {} in the report's own words, {} not transcribed; {} compared with the source, {} checked by a \
         second person",
        out_of(counts.summarised, counts.recommendations),
        number(counts.verbatim),
        number(counts.not_transcribed),
        number(counts.compared),
        number(counts.second_person)
    )
}

/// What the report itself counts, and what of it is not here and why: `The report itself counts 15: 10 are here, 2 are not tracked, and
/// 3 are not in this register, and no reason is recorded here.`
#[must_use]
pub fn in_the_report(counts: &Denominators, why: Option<&str>) -> String {
    held(counts, "The report itself counts", "How many the report itself counts is not recorded here.", why)
}

/// The same of all reports of the register together.
#[must_use]
pub fn in_the_reports(counts: &Denominators) -> String {
    let said = held(
        counts,
        "The reports themselves count",
        "How many the reports themselves count is not recorded here.",
        None,
    );
    match counts.uncounted {
        0 => said,
        _ if counts.in_source == 0 => said,
        uncounted => {
            let reports = count(uncounted, "report", "reports");
            let here = counts.recommendations.saturating_sub(counts.here_of_counted);
            let not = counts.not_tracked.saturating_sub(counts.not_tracked_of_counted);
            let not = if not > 0 { format!(", and {} {} not tracked", number(not), are(not)) } else { String::new() };
            format!(
                "{said} Of {reports} it is not recorded here how many recommendations each counts: {} of theirs {} here{not}.",
                number(here),
                are(here)
            )
        }
    }
}

/// Under numbers of what several reports ask for: what the reports behind them count in all. `The 2 reports behind these numbers
/// count 43 recommendations in all; 40 are loaded here, 12 of 40 checked by a second person`.
/// Why some of one report are not tracked stands last, as a sentence.
#[must_use]
pub fn reports_behind(counts: &Denominators, reports: u64, why: Option<&str>) -> String {
    let said = match reports {
        1 => "report behind these numbers counts".to_owned(),
        several => format!("{} reports behind these numbers count", number(several)),
    };
    let known = counts.uncounted < reports;
    let here = if known { counts.here_of_counted } else { counts.recommendations };
    let begin = if known {
        format!("The {said} {} in all", recommendations(counts.in_source))
    } else {
        format!("How many recommendations the {said} is not recorded here")
    };
    let mut line = format!(
        "{begin}; {} {} loaded here, {} checked by a second person",
        number(here),
        are(here),
        out_of(counts.second_person, counts.recommendations)
    );
    if counts.not_tracked > 0 {
        line.push_str(&format!(", {} not tracked, with a reason", number(counts.not_tracked)));
    }
    if counts.unexplained > 0 {
        let not = counts.unexplained;
        line.push_str(&format!(", {} {} not here, and no reason is recorded", number(not), are(not)));
    }
    if known && counts.uncounted > 0 {
        let rest = counts.recommendations.saturating_sub(here);
        line.push_str(&format!(
            "; of {} the count is not recorded here, and {} {} loaded",
            count(counts.uncounted, "more report", "more reports"),
            number(rest),
            are(rest)
        ));
    }
    if let Some(why) = why.filter(|_| counts.not_tracked > 0) {
        let not = counts.not_tracked;
        let whose = if not == 1 { "Why that one is" } else { "Why those are" };
        line.push_str(&format!(". {whose} not tracked: {}", why.trim_end_matches('.')));
    }
    line
}

fn held(counts: &Denominators, verb: &str, unknown: &str, why: Option<&str>) -> String {
    let here = counts.here_of_counted;
    let not_tracked = if counts.in_source == 0 { counts.not_tracked } else { counts.not_tracked_of_counted };
    let mut line = match counts.in_source {
        0 => unknown.to_owned(),
        all if counts.unexplained == 0 && not_tracked == 0 && all == here => {
            return format!("{verb} {}, and all of them are here.", number(all));
        }
        all if counts.unexplained == 0 && not_tracked == 0 => {
            return format!("{verb} {}, and {} {} here.", number(all), number(here), are(here));
        }
        all => format!("{verb} {}; {} {} here.", number(all), number(here), are(here)),
    };
    if not_tracked > 0 {
        let not = not_tracked;
        line.push_str(&format!(" {} {} not tracked in this register", number(not), are(not)));
        match why {
            Some(why) => line.push_str(&format!(": {}.", why.trim_end_matches('.'))),
            None => line.push('.'),
        }
    }
    if counts.unexplained > 0 {
        let not = counts.unexplained;
        let more = if not_tracked > 0 { " more" } else { "" };
        line.push_str(&format!(
            " {}{more} {} not in this register, and no reason is recorded here.",
            number(not),
            are(not)
        ));
    }
    line
}

/// The way to all inquiries, from a page that lists the first of them.
#[must_use]
pub fn all_inquiries(n: u64) -> String {
    format!("All {}", count(n, "inquiry", "inquiries"))
}

const fn are(n: u64) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

/// When the oldest item was made, after its name: `made on 15 June 2026`.
#[must_use]
pub fn oldest_made(on: Option<Day>, of_report: bool) -> String {
    match on {
        None => "on a date not known here".to_owned(),
        Some(day) if of_report => format!("of a report published on {}", dates::day(day)),
        Some(day) => format!("made on {}", dates::day(day)),
    }
}

fn recommendations(n: u64) -> String {
    count(n, "recommendation", "recommendations")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(recommendations: u64, counts: &[u64], not_tracked: u64) -> Denominators {
        Denominators { recommendations, ..Denominators::default() }.with_report(counts, not_tracked)
    }

    #[test]
    fn denominators_name_every_count() {
        let linden = Denominators { summarised: 8, not_transcribed: 5, ..of(13, &[12, 13], 0) };
        assert_eq!(
            denominators(&linden),
            "13 recommendations, 12 announced at first: 8 of 13 summarised, 0 in the report's own words, 5 not transcribed; 0 \
             compared with the source, 0 checked by a second person"
        );
        let jay = Denominators { summarised: 15, compared: 1, ..of(15, &[15], 0) };
        assert!(denominators(&jay).starts_with("15 recommendations: 15 of 15 summarised, 0 in"));
    }

    #[test]
    fn behind_a_number_stand_the_reports_with_all_that_they_count() {
        let one = Denominators { second_person: 2, ..of(7, &[7], 0) };
        assert_eq!(
            reports_behind(&one, 1, None),
            "The report behind these numbers counts 7 recommendations in all; 7 are loaded here, 2 of 7 checked by a second person"
        );
        assert_eq!(
            reports_behind(&one.and(of(12, &[15], 2)), 2, None),
            "The 2 reports behind these numbers count 22 recommendations in all; 19 are loaded here, 2 of 19 checked by a second \
             person, 2 not tracked, with a reason, 1 is not here, and no reason is recorded"
        );
        assert_eq!(
            reports_behind(&of(3, &[], 0), 1, None),
            "How many recommendations the report behind these numbers counts is not recorded here; 3 are loaded here, 0 of 3 checked \
             by a second person"
        );
        assert_eq!(
            reports_behind(&one.and(of(1, &[], 0)), 2, None),
            "The 2 reports behind these numbers count 7 recommendations in all; 7 are loaded here, 2 of 8 checked by a second person; \
             of 1 more report the count is not recorded here, and 1 is loaded"
        );
        assert_eq!(
            reports_behind(&of(5, &[7], 2), 1, Some("They address courts.")),
            "The report behind these numbers counts 7 recommendations in all; 5 are loaded here, 0 of 5 checked by a second person, 2 \
             not tracked, with a reason. Why those are not tracked: They address courts"
        );
        assert!(reports_behind(&of(6, &[7], 1), 1, Some("X.")).ends_with("Why that one is not tracked: X"));
        assert!(reports_behind(&one, 1, Some("X.")).ends_with("2 of 7 checked by a second person"));
    }

    #[test]
    fn what_is_not_here_is_said_with_its_reason_or_that_there_is_none() {
        let said = |recommendations, counts: &[u64], not_tracked, why| {
            in_the_report(&of(recommendations, counts, not_tracked), why)
        };
        assert_eq!(said(15, &[15], 0, None), "The report itself counts 15, and all of them are here.");
        assert_eq!(said(16, &[15], 0, None), "The report itself counts 15, and 16 are here.");
        assert_eq!(said(3, &[], 0, None), "How many the report itself counts is not recorded here.");
        assert_eq!(
            said(12, &[15], 0, None),
            "The report itself counts 15; 12 are here. 3 are not in this register, and no reason is recorded here."
        );
        assert_eq!(
            said(12, &[15], 2, Some("They address courts.")),
            "The report itself counts 15; 12 are here. 2 are not tracked in this register: They address courts. 1 more is not in this \
             register, and no reason is recorded here."
        );
        assert_eq!(
            said(3, &[], 1, None),
            "How many the report itself counts is not recorded here. 1 is not tracked in this register."
        );
        let both = of(12, &[15], 0).and(of(3, &[], 0));
        assert_eq!(
            in_the_reports(&both),
            "The reports themselves count 15; 12 are here. 3 are not in this register, and no reason is recorded here. Of 1 report it is \
             not recorded here how many recommendations each counts: 3 of theirs are here."
        );
        let whole = of(15, &[15], 0).and(of(1, &[], 2));
        assert_eq!(
            in_the_reports(&whole),
            "The reports themselves count 15, and all of them are here. Of 1 report it is not recorded here how many recommendations \
             each counts: 1 of theirs is here, and 2 are not tracked."
        );
    }
}
