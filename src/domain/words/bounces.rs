//! Words of mail that came back, and of addresses that are dead.

use super::numbers::{count, number};
use crate::domain::bounce::{DeadOrigin, Effect, Outcome, ReportAction, Said, StatusCode, Unusable};

/// What stands beside a mail that did not go because its address is dead.
pub const MAIL_TO_DEAD_ADDRESS: &str = "Not sent: this address is dead.";

/// What stands beside a mail that did not go because of what its reader does here now.
pub const MAIL_OF_ANOTHER_ROLE: &str = "Not sent: the role or the body of its reader has changed since it was written.";

/// What stands beside a mail that was refused together with many others.
pub const MANY_REFUSED_ALIKE: &str = "The mail server refused many addresses alike, so none of them is taken for dead. \
    It may let no mail of this register through: look at how it is set up, then try again.";

/// Why an address was taken off the list of dead ones, where nobody did it by hand.
pub const TAKEN_OFF_ALIKE: &str =
    "Soon after, the mail server refused many addresses alike: that it refused this one says nothing of it.";

/// Why a mail is not tried again.
pub const TAKE_OFF_FIRST: &str =
    "This address is dead, so nothing is sent to it. Take it off the list of dead addresses first.";

/// What stands for an address that is not kept.
pub const ADDRESS_NOT_KEPT: &str = "An address of nobody who has an account here or is kept as a contact";

/// The link to the list of addresses to which nothing goes: `3 dead addresses`.
#[must_use]
pub fn dead_addresses(all: u64) -> String {
    if all == 0 { "Dead addresses".to_owned() } else { count(all, "dead address", "dead addresses") }
}

/// How an address came to be known as dead.
#[must_use]
pub const fn dead_origin(origin: DeadOrigin) -> &'static str {
    match origin {
        DeadOrigin::Refused => "A mail server refused it",
        DeadOrigin::ByHand => "Put on the list by hand",
        DeadOrigin::Bounce => "A report of mail that came back",
    }
}

/// What became of a mail, by the word of a report.
#[must_use]
pub const fn report_action(action: ReportAction) -> &'static str {
    match action {
        ReportAction::Failed => "failed",
        ReportAction::Delayed => "delayed",
        ReportAction::Delivered => "delivered",
        ReportAction::Relayed => "passed on",
        ReportAction::Expanded => "passed on to several",
    }
}

/// What stands beside a mail of which a report came: `Report 3f9a1c2e7b10 came back: failed, 5.1.1`.
#[must_use]
pub fn report_noted(name: &str, action: ReportAction, status: StatusCode) -> String {
    format!("Report {name} came back: {}, {status}", report_action(action))
}

/// The longest text of a stranger's that is shown.
const SHOWN: usize = 120;

/// What a report says of a recipient: `reader@example.org: failed, 5.1.1`. The address was written by a stranger: of a long one the
/// beginning is said, and nothing that a screen would obey.
#[must_use]
pub fn report_said(said: &Said) -> String {
    let recipient: String = said.recipient.chars().filter(|sign| !sign.is_control()).take(SHOWN).collect();
    format!("{recipient}: {}, {}", report_action(said.action), said.status)
}

/// What a report said and did, on one line: `Report 2: reader@example.org: failed, 5.1.1. The address is dead now`.
#[must_use]
pub fn report_line(outcome: &Outcome) -> String {
    let said = outcome.said.as_ref().map_or_else(String::new, |said| format!("{}. ", report_said(said)));
    format!("Report {}: {said}{}", outcome.number, report_effect(outcome.effect))
}

/// What a report did, or why it did nothing.
#[must_use]
pub const fn report_effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Dead => "The address is dead now: nothing goes there any more",
        Effect::Failed => "The mail counts as failed for good now",
        Effect::Noted => "Noted beside the mail; nothing else is changed",
        Effect::Nothing => "Nothing failed, so nothing was done",
        Effect::TakenBefore => "Taken before: nothing is changed",
        Effect::StandsAlready => "Stands already: noted beside the mail, nothing else is changed",
        Effect::NotOurs => "Refused: no mail of this register has that Message-ID",
        Effect::OtherRecipient => "Refused: that mail was for another address",
        Effect::NeverSent => "Refused: that mail was never handed over",
        Effect::Contradicts => "Refused: what it says contradicts itself",
        Effect::Unusable(why) => match why {
            Unusable::NoMail => "Refused: it cannot be read as a mail",
            Unusable::NoReport => "Refused: it is no report of mail that came back (RFC 3464)",
            Unusable::TooMuch => "Refused: it has more parts or recipients than such a report has",
            Unusable::NoRecipient => "Refused: it does not say for whom the mail was",
            Unusable::NoStatus => "Refused: it does not say what became of the mail",
            Unusable::NoOriginal => "Refused: it does not bring back the Message-ID of the mail",
        },
    }
}

/// What the reports of a file did together: `3 reports: 1 changed something, 1 was refused.`
#[must_use]
pub fn reports_did(outcomes: &[Outcome]) -> String {
    let counted = |of: fn(Effect) -> bool| outcomes.iter().filter(|one| of(one.effect)).count() as u64;
    let (changed, refused) = (counted(Effect::changed), counted(Effect::is_refused));
    let were = if refused == 1 { "was" } else { "were" };
    let all = count(outcomes.len() as u64, "report", "reports");
    format!("{all}: {} changed something, {} {were} refused.", number(changed), number(refused))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::all_different;

    #[test]
    fn what_came_back_has_words() {
        let status = "5.1.1".parse().unwrap();
        assert_eq!(report_noted("3f9a", ReportAction::Failed, status), "Report 3f9a came back: failed, 5.1.1");
        assert_eq!([dead_addresses(0), dead_addresses(1)], ["Dead addresses", "1 dead address"]);
        let each = [Effect::Noted, Effect::NotOurs, Effect::Nothing];
        let each = each.map(|effect| Outcome { number: 1, said: None, effect });
        assert_eq!(reports_did(&each), "3 reports: 1 changed something, 1 was refused.");
        let said = |recipient: &str| Said {
            message_id: String::new(),
            recipient: recipient.to_owned(),
            original: None,
            action: ReportAction::Delayed,
            status: "4.4.1".parse().unwrap(),
        };
        assert_eq!(report_said(&said("a\r\n\u{1b}[1mb@example.org")), "a[1mb@example.org: delayed, 4.4.1");
        assert_eq!(report_said(&said(&"a".repeat(1_000))).len(), SHOWN + ": delayed, 4.4.1".len());
        let line = report_line(&Outcome { number: 2, said: Some(said("a@b")), effect: Effect::NotOurs });
        assert_eq!(line, "Report 2: a@b: delayed, 4.4.1. Refused: no mail of this register has that Message-ID");
        all_different(DeadOrigin::ALL, |origin| dead_origin(origin).to_owned());
        all_different(ReportAction::ALL, |action| report_action(action).to_owned());
        let effects = [
            Effect::Dead,
            Effect::Failed,
            Effect::Noted,
            Effect::Nothing,
            Effect::TakenBefore,
            Effect::StandsAlready,
            Effect::NotOurs,
            Effect::OtherRecipient,
            Effect::NeverSent,
            Effect::Contradicts,
            Effect::Unusable(Unusable::NoMail),
            Effect::Unusable(Unusable::NoReport),
        ];
        for effect in effects {
            let said = report_effect(effect);
            assert_eq!(said.starts_with("Refused"), effect.is_refused(), "{said}");
            assert!(!(effect.changed() && effect.is_refused()), "{said}");
        }
        all_different(&effects, |effect| report_effect(effect).to_owned());
    }
}
