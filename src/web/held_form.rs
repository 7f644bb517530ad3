//! What a form of staff says before it is filled in, while a hold bears on what it is about: the form of each deed stands in one
//! table here, and a test holds that table against the table of routes.
//!
//! The pages of work that is named by a reference (a filing, a piece of evidence) say it themselves, and so do those of a body's
//! documents: what they are about is not in their address.

use percent_encoding::percent_decode_str;

use super::place;
use crate::domain::hold::Fate;
use crate::domain::words;
use crate::store::hold::Standing;

use Fate::{LeftOut, Refused, Waits, WaitsOrRefused};

/// The forms whose deed a hold keeps back, and what becomes of each: [`crate::domain::hold::keeps_back`].
const KEPT_BACK: &[(&str, Fate)] = &[
    ("/staff/to-publish/several", LeftOut),
    ("/staff/inquiries/{inquiry}/schedules", LeftOut),
    ("/staff/inquiries/{inquiry}/withhold", Refused),
    ("/staff/inquiries/{inquiry}/accuracy", Refused),
    ("/staff/inquiries/{inquiry}/coverage", Refused),
    ("/staff/inquiries/{inquiry}/formats", Refused),
    ("/staff/inquiries/{inquiry}/description", Refused),
    ("/staff/inquiries/{inquiry}/events", Refused),
    ("/staff/inquiries/{inquiry}/meetings", Refused),
    ("/staff/inquiries/{inquiry}/recommendations", Refused),
    ("/staff/inquiries/{inquiry}/schedule", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/number", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/in-error", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/parts", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/division", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/link", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/themes", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/wording", WaitsOrRefused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/bodies", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/withhold", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/response", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/deadline", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/plan", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reported", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/assessment", Waits),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/closure", WaitsOrRefused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/target", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/extension", Waits),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/extension-decision", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/others", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/reply", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/own-reply", Waits),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/recheck", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/schedule", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/agreement", Refused),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/evidence", Waits),
    ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/minute", Refused),
    ("/staff/register/inquiry", Refused),
    ("/staff/register/body", Refused),
    ("/staff/register/theme", Refused),
    ("/staff/themes/{theme}", Refused),
    ("/staff/themes/{theme}/retired", Refused),
    ("/staff/bodies/{body}/name", Refused),
    ("/staff/bodies/{body}/address", Refused),
    ("/staff/bodies/{body}/members", Refused),
    ("/staff/bodies/{body}/asked", Refused),
    ("/staff/bodies/{body}/events", Refused),
    ("/staff/bodies/{body}/succession", Refused),
    ("/staff/bodies/{body}/passing", Refused),
    ("/staff/reports/{seq}/description", Refused),
    ("/staff/reports/{seq}/withhold", Refused),
    ("/staff/published/withhold", Refused),
    // What else the operator says must be right on every day.
    ("/staff/pages/about", Refused),
];

/// What becomes of the form at this address under a hold; `None` where a hold changes nothing, or its page says it itself.
fn fate(path: &str) -> Option<Fate> {
    KEPT_BACK.iter().find(|(pattern, _)| place::fits(pattern, path)).map(|(_, fate)| *fate)
}

/// What the form at this address says of the holds that bear on it; of several, of the first.
#[must_use]
pub fn said(path: &str, holds: &Standing) -> Option<String> {
    let fate = fate(path)?;
    let steps: Vec<&str> = path.split('/').collect();
    let after = |name: &str| {
        let at = steps.iter().position(|step| *step == name)?;
        Some(percent_decode_str(steps.get(at + 1)?).decode_utf8_lossy().into_owned())
    };
    let inquiry = after("inquiries");
    let number = inquiry.as_ref().and_then(|_| after("recommendations"));
    let hold = holds.of_address(inquiry.as_deref(), number.as_deref()).next()?;
    Some(words::held_form(hold.held(), fate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::ROUTES;
    use crate::web::door::Door;

    /// The forms that go on under a hold, by the begin of their addresses, and why.
    const GOES_ON: &[(&str, &str)] = &[
        ("/staff/account", "one's own account"),
        ("/staff/people", "accounts"),
        ("/staff/settings", "who runs the register must be right on every day"),
        ("/staff/pages", "so must where help is found; the page about the register is in the table"),
        ("/staff/retention", "personal data"),
        ("/staff/held", "a file for one person"),
        ("/staff/outbox", "mail"),
        ("/staff/dead-addresses", "mail"),
        ("/staff/bounces", "mail"),
        ("/staff/mail", "mail, which waits by itself"),
        ("/staff/complaints", "what readers say, decided inside"),
        ("/staff/redactions", "what protects people never waits"),
        ("/staff/withholdings", "what protects people never waits"),
        ("/staff/hold", "the hold itself"),
        ("/staff/inquiries/{inquiry}/hold", "the hold itself"),
        ("/staff/inquiries/{inquiry}/recommendations/{number}/hold", "the hold itself"),
        ("/staff/inquiries/{inquiry}/lead", "who leads, inside"),
        ("/staff/bodies/{body}/lead", "who leads, inside"),
        ("/staff/inquiries/{inquiry}/reminders", "when reminders are sent, inside"),
        ("/staff/bodies/{body}/reminders", "when reminders are sent, inside"),
        ("/staff/bodies/{body}/overdue", "what is held is not offered there"),
        ("/staff/bodies/{body}/chases", "letters and calls, inside"),
        ("/staff/bodies/{body}/contacts", "contacts, inside"),
        ("/staff/bodies/{body}/duties", "duties, inside"),
        ("/staff/bodies/{body}/people", "handing over, inside"),
        ("/staff/bodies/{body}/sheet", "updates, kept with the day on which they came"),
        ("/staff/inquiries/{inquiry}/recommendations/{number}/{body}/return", "an update, whose page says it itself"),
        ("/staff/packs", "papers for staff and committees: nothing is published"),
        ("/staff/meetings", "of several inquiries: a hold on any of them is said when the form is sent"),
        ("/staff/filings", "the page says it itself"),
        ("/staff/findings", "a body's own reply, which waits with the finding"),
        ("/staff/evidence", "the page says it itself"),
        ("/staff/inquiries/{inquiry}/formats/end", "a button on a page that says it"),
        ("/staff/bodies/{body}/reports", "the page says it itself, beside its form and for each item"),
        ("/staff/reports/{seq}", "the page says it itself, beside its form and for each item"),
    ];

    #[test]
    fn every_form_of_staff_says_what_a_hold_does_to_it_or_goes_on() {
        let posts = ROUTES.iter().filter(|route| route.door == Door::Staff && route.method == "POST");
        let lost: Vec<&str> = posts
            .map(|route| route.path)
            .filter(|path| {
                let stands = KEPT_BACK.iter().any(|(known, _)| known == path);
                let goes_on = GOES_ON.iter().any(|(begin, why)| path.starts_with(begin) && !why.is_empty());
                !stands && !goes_on
            })
            .collect();
        assert!(lost.is_empty(), "say what becomes of these under a hold: {lost:#?}");
        for (known, _) in KEPT_BACK {
            let pattern = if *known == "/staff/pages/about" { "/staff/pages/{page}" } else { known };
            assert!(ROUTES.iter().any(|route| route.path == pattern && route.method == "POST"), "{known} is no form");
        }
    }

    #[test]
    fn the_form_of_each_deed_is_found_by_its_address() {
        assert_eq!(fate("/staff/inquiries/ashgrove/recommendations/4(a)%2F1/council/assessment"), Some(Waits));
        assert_eq!(fate("/staff/inquiries/ashgrove/recommendations/2/themes"), Some(Refused));
        assert_eq!(fate("/staff/pages/help"), None);
        assert_eq!(fate("/staff/inquiries/ashgrove/recommendations/2/council"), None);
        assert_eq!(said("/staff/register/body", &Standing::default()), None);
    }
}
