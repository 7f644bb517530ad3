//! The digest as staff see it before anything is sent: a week with something in every part that somebody chose to be told of, and
//! a day on which little happened.

use crate::domain::id::Seq;
use crate::domain::mail::{Digest, Letter, Line, Matter, Section};
use crate::domain::moment::Day;
use crate::domain::staff_digest::DigestCycle;

/// One of a week, and one of a day. Nothing where the program's own dates could not be read.
pub(super) fn digests() -> Option<[Letter; 2]> {
    let day = |text: &str| text.parse::<Day>().ok();
    let from = day("2026-11-16")?;
    let weekly = Digest {
        after: Seq(12),
        upto: Seq(17),
        from,
        to: day("2026-11-23")?,
        sections: week(),
        link: "/staff".to_owned(),
        cycle: DigestCycle::Weekly,
        failed: None,
    };
    let daily = Digest {
        after: Seq(16),
        from: day("2026-11-20")?,
        sections: vec![part(Matter::Changed, &[CHANGED], 0, "/changes"), part(Matter::Due, &[DUE], 0, "/staff/due")],
        cycle: DigestCycle::Daily,
        ..weekly.clone()
    };
    Some([Letter::Digest(weekly), Letter::Digest(daily)])
}

/// A sentence, and where it leads.
type Said = (&'static str, &'static str);

const ANSWER: &str = "/staff/inquiries/ashgrove/recommendations/3/ashgrove-harbour";
const CHANGED: Said = (
    "Change 17. Assessment, 20 November 2026: Ashgrove Ferry Inquiry, recommendation 4(a), Ashgrove District Council",
    "/changes/17",
);
const DUE: Said =
    ("Next update due 7 December 2026: Ashgrove Ferry Inquiry, recommendation 3, Ashgrove Harbour Board", ANSWER);

fn week() -> Vec<Section> {
    vec![
        part(
            Matter::ToPublish,
            &[("Update: Ashgrove Ferry Inquiry, recommendation 3, Ashgrove Harbour Board", "/staff/filings/5")],
            0,
            "/staff/to-publish",
        ),
        part(
            Matter::ToConfirm,
            &[("Assessment: Ashgrove Ferry Inquiry, recommendation 1, Ashgrove Harbour Board", "/staff/filings/6")],
            0,
            "/staff/to-confirm",
        ),
        part(Matter::Changed, &[CHANGED], 12, "/changes"),
        part(Matter::Due, &[DUE], 0, "/staff/due"),
        part(
            Matter::Silent,
            &[(
                "No response received by 16 November 2026: Ashgrove Ferry Inquiry, recommendation 5, Ashgrove Council",
                "/staff/inquiries/ashgrove/recommendations/5/ashgrove-council",
            )],
            0,
            "/overdue",
        ),
        part(
            Matter::Moved,
            &[(
                "Moved on 18 November 2026 to 30 November 2027, moved 2 times in all: Ashgrove Ferry Inquiry, \
                 recommendation 3, Ashgrove Harbour Board",
                ANSWER,
            )],
            0,
            "/staff/moved",
        ),
        part(
            Matter::Lapsed,
            &[(
                "Found on 2 November 2026 that it no longer holds: Ashgrove Ferry Inquiry, recommendation 2, Ashgrove \
                 Harbour Board",
                "/staff/inquiries/ashgrove/recommendations/2/ashgrove-harbour",
            )],
            0,
            "/overdue",
        ),
    ]
}

fn part(matter: Matter, said: &[Said], more: u64, link: &str) -> Section {
    let line = |(text, link): &Said| Line { text: (*text).to_owned(), link: (*link).to_owned() };
    Section { matter, lines: said.iter().map(line).collect(), more, link: (more > 0).then(|| link.to_owned()) }
}
