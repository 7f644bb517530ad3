//! Addresses inside the register: what links, redirects and mails agree on. Paths only, beginning with `/`.

use std::fmt::Write;

use super::evidence::FileKind;
use super::id::Seq;
use super::subscription::TopicKind;

/// The staff's first page: what needs them today.
pub const STAFF: &str = "/staff";

/// Where staff write the register: inquiries, bodies, themes.
pub const REGISTER: &str = "/staff/register";

/// Where staff list the bodies.
pub const STAFF_BODIES: &str = "/staff/bodies";

/// The page of one's own account.
pub const ACCOUNT: &str = "/staff/account";

/// Where one of one's own sessions is ended.
#[must_use]
pub fn session_end(name: &str) -> String {
    format!("{ACCOUNT}/sessions/{name}/end")
}

/// The page of an inquiry.
#[must_use]
pub fn inquiry(inquiry: &str) -> String {
    format!("/inquiries/{inquiry}")
}

/// The page of a recommendation.
#[must_use]
pub fn recommendation(inquiry: &str, number: &str) -> String {
    format!("/inquiries/{inquiry}/recommendations/{}", step(number))
}

/// The page of one body's answer to a recommendation.
#[must_use]
pub fn answer(inquiry: &str, number: &str, body: &str) -> String {
    format!("{}/{body}", recommendation(inquiry, number))
}

/// The page of a body.
#[must_use]
pub fn body(body: &str) -> String {
    format!("/bodies/{body}")
}

/// The page of a theme.
#[must_use]
pub fn theme(theme: &str) -> String {
    format!("/themes/{theme}")
}

/// Every theme.
pub const THEMES: &str = "/themes";

/// The page of a family of recommendations.
#[must_use]
pub fn family(family: &str) -> String {
    format!("/families/{family}")
}

/// Every family.
pub const FAMILIES: &str = "/families";

/// The log of withholdings.
pub const WITHHOLDINGS: &str = "/staff/withholdings";

/// The staff's page of one withholding: for which kind of reason, and what must be purged elsewhere.
#[must_use]
pub fn withholding(seq: Seq) -> String {
    format!("{WITHHOLDINGS}/{seq}")
}

/// The list of every published change.
pub const CHANGES: &str = "/changes";

/// The page of one published change, for ever.
#[must_use]
pub fn change(seq: Seq) -> String {
    format!("/changes/{seq}")
}

/// The feed of what changed on a page.
#[must_use]
pub fn feed(page: &str) -> String {
    format!("{page}.atom")
}

/// The staff's page of a recommendation.
#[must_use]
pub fn staff_recommendation(inquiry: &str, number: &str) -> String {
    format!("/staff{}", recommendation(inquiry, number))
}

/// The staff's page of one body's answer.
#[must_use]
pub fn staff_answer(inquiry: &str, number: &str, body: &str) -> String {
    format!("/staff{}", answer(inquiry, number, body))
}

/// A form of staff about a body's entry.
#[must_use]
pub fn staff_register_body(body: &str, form: &str) -> String {
    format!("/staff{}/{form}", self::body(body))
}

/// The form on which a body files its return.
#[must_use]
pub fn return_form(inquiry: &str, number: &str, body: &str) -> String {
    format!("/staff{}/return", answer(inquiry, number, body))
}

/// The page behind the link of a reminder, on which its reader files without signing in.
#[must_use]
pub fn filing_link(token: &str) -> String {
    format!("/filing/{token}")
}

/// The staff's page of a piece of work that is not published yet.
#[must_use]
pub fn filing(reference: &str) -> String {
    format!("/staff/filings/{reference}")
}

/// The page on which a body reads a finding about it before it is published.
#[must_use]
pub fn finding(reference: &str) -> String {
    format!("/staff/findings/{reference}")
}

/// The staff's page of an inquiry.
#[must_use]
pub fn staff_inquiry(inquiry: &str) -> String {
    format!("/staff{}", self::inquiry(inquiry))
}

/// Where staff record where answers and updates of an inquiry were looked for.
#[must_use]
pub fn coverage(inquiry: &str) -> String {
    format!("{}/coverage", staff_inquiry(inquiry))
}

/// Where staff set how long the bodies of an inquiry may check a finding.
#[must_use]
pub fn accuracy(inquiry: &str) -> String {
    format!("{}/accuracy", staff_inquiry(inquiry))
}

/// The staff's list of meetings.
pub const MEETINGS: &str = "/staff/meetings";

/// Where a meeting about an inquiry is called.
#[must_use]
pub fn new_meeting(inquiry: &str) -> String {
    format!("{MEETINGS}/new?inquiry={inquiry}")
}

/// The staff's page of a meeting.
#[must_use]
pub fn meeting(reference: &str) -> String {
    format!("{MEETINGS}/{reference}")
}

/// The staff's list of scrutiny packs.
pub const PACKS: &str = "/staff/packs";

/// The page of a scrutiny pack.
#[must_use]
pub fn pack(reference: &str) -> String {
    format!("{PACKS}/{reference}")
}

/// The days on which nobody works.
pub const HOLIDAYS: &str = "/staff/settings/holidays";

/// The staff's list of holds.
pub const HOLDS: &str = "/staff/holds";

/// Where staff keep new publications back: about a recommendation, an inquiry, or the whole register.
#[must_use]
pub fn staff_hold(inquiry: Option<&str>, number: Option<&str>) -> String {
    match (inquiry, number) {
        (Some(inquiry), Some(number)) => format!("{}/hold", staff_recommendation(inquiry, number)),
        (Some(inquiry), None) => format!("{}/hold", staff_inquiry(inquiry)),
        (None, _) => "/staff/hold".to_owned(),
    }
}

/// Where staff log what a body was asked by hand.
#[must_use]
pub fn chases(body: &str) -> String {
    format!("/staff{}/chases", self::body(body))
}

/// Where staff say who leads the work on an inquiry.
#[must_use]
pub fn lead_of_inquiry(inquiry: &str) -> String {
    format!("{}/lead", staff_inquiry(inquiry))
}

/// Where staff say who leads the work with a body.
#[must_use]
pub fn lead_of_body(body: &str) -> String {
    format!("/staff{}/lead", self::body(body))
}

/// Where staff see what of a body is overdue, and decide what follows the reminders.
#[must_use]
pub fn ladder(body: &str) -> String {
    format!("/staff{}/overdue", self::body(body))
}

/// Where staff choose when bodies are reminded of what an inquiry asks for.
#[must_use]
pub fn stages_of_inquiry(inquiry: &str) -> String {
    format!("{}/reminders", staff_inquiry(inquiry))
}

/// Where staff choose when a body is reminded.
#[must_use]
pub fn stages_of_body(body: &str) -> String {
    format!("/staff{}/reminders", self::body(body))
}

/// Where staff set when updates are asked for on several answers of an inquiry.
#[must_use]
pub fn schedule_several(inquiry: &str) -> String {
    format!("{}/schedules", staff_inquiry(inquiry))
}

/// Who leads what.
pub const LEADS: &str = "/staff/leads";

/// What an act on several items came to.
#[must_use]
pub fn several(reference: &str) -> String {
    format!("/staff/several/{reference}")
}

/// The people of a body who have no account.
#[must_use]
pub fn contacts(body: &str) -> String {
    format!("/staff{}/contacts", self::body(body))
}

/// Where duties of a body's people are set.
#[must_use]
pub fn duties(body: &str) -> String {
    format!("/staff{}/duties", self::body(body))
}

/// Where everything that somebody holds for a body is handed over.
#[must_use]
pub fn handover(body: &str, person: &str) -> String {
    format!("/staff{}/people/{person}/handover", self::body(body))
}

/// A body's open items as a sheet.
#[must_use]
pub fn sheet(body: &str) -> String {
    format!("/staff{}/sheet", self::body(body))
}

/// A public file, for as long as it is public.
#[must_use]
pub fn evidence(reference: &str, kind: FileKind) -> String {
    format!("/evidence/{reference}.{kind}")
}

/// The page of a document that a body sent, by the change that logged it.
#[must_use]
pub fn report(began: Seq) -> String {
    format!("/reports/{began}")
}

/// The staff's page of such a document, where its items are marked.
#[must_use]
pub fn staff_report(began: Seq) -> String {
    format!("/staff{}", report(began))
}

/// Where staff log a document that a body sent.
#[must_use]
pub fn body_reports(body: &str) -> String {
    format!("/staff{}/reports", self::body(body))
}

/// The staff's page of a piece of evidence.
#[must_use]
pub fn staff_evidence(reference: &str) -> String {
    format!("/staff/evidence/{reference}")
}

/// The page behind a one-time link.
#[must_use]
pub fn invitation(token: &str) -> String {
    format!("/invitations/{token}")
}

/// The page on which somebody asks for mail: about everything, or about one thing by its name in addresses; of a recommendation
/// the inquiry, then its number.
#[must_use]
pub fn subscribe(kind: TopicKind, name: &str, number: Option<&str>) -> String {
    match (kind, number) {
        (TopicKind::Everything, _) => "/subscribe".to_owned(),
        (TopicKind::Recommendation, Some(number)) => {
            format!("/subscribe?inquiry={name}&recommendation={}", step(number))
        }
        (kind, _) => format!("/subscribe?{kind}={name}"),
    }
}

/// The page behind the link that confirms.
#[must_use]
pub fn subscribe_confirm(token: &str) -> String {
    format!("/subscribe/confirm/{token}")
}

/// The page on which somebody changes, pauses or stops their mail.
#[must_use]
pub fn subscription(token: &str) -> String {
    format!("/subscriptions/{token}")
}

/// The staff's list of updates to read and publish.
pub const TO_PUBLISH: &str = "/staff/to-publish";
/// Every inquiry, for staff.
pub const STAFF_INQUIRIES: &str = "/staff/inquiries";
/// The staff's page of what the public is mailed about.
pub const STAFF_MAILINGS: &str = "/staff/mail";

/// The staff's list of removals of words.
pub const REDACTIONS: &str = "/staff/redactions";

/// The staff's page of a removal of words.
#[must_use]
pub fn staff_redaction(reference: &str) -> String {
    format!("/staff/redactions/{reference}")
}

/// The staff's list of mails.
pub const OUTBOX: &str = "/staff/outbox";

/// The staff's page of a mail.
#[must_use]
pub fn staff_mail(reference: &str) -> String {
    format!("/staff/outbox/{reference}")
}

/// The staff's list of dead addresses.
pub const DEAD_ADDRESSES: &str = "/staff/dead-addresses";
/// Where staff send in reports of mail that came back.
pub const BOUNCES: &str = "/staff/bounces";

/// The staff's page of a dead address, by the key that it is remembered under.
#[must_use]
pub fn dead_address(key: &str) -> String {
    format!("{DEAD_ADDRESSES}/{key}")
}

/// The staff's page of a person.
#[must_use]
pub fn staff_person(reference: &str) -> String {
    format!("/staff/people/{reference}")
}

/// One step of a path: a report's own number may hold any sign.
fn step(text: &str) -> String {
    let mut step = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~()".contains(&byte) {
            step.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(step, "%{byte:02X}");
        }
    }
    step
}

#[cfg(test)]
mod number_tests {
    use super::*;

    #[test]
    fn a_number_with_any_sign_stays_one_step() {
        assert_eq!(recommendation("jay", "4(a)"), "/inquiries/jay/recommendations/4(a)");
        assert_eq!(recommendation("jay", "R 4/5?"), "/inquiries/jay/recommendations/R%204%2F5%3F");
    }
}
