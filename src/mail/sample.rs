//! One letter of each kind with words that are always the same and about nobody: what staff see before anything is sent, and what
//! tests compare.

use super::digest_sample;
use crate::domain::by_link::CODE_SECONDS;
use crate::domain::filing::FilingKind;
use crate::domain::id::Seq;
use crate::domain::ladder::Next;
use crate::domain::mail::{
    ByLink, CheckAsked, CheckReply, Decision, ExtensionDecided, FilingCode, FilingReceipt, FollowAsked, Invitation,
    Item, Letter, Line, Matter, News, PasswordChanged, PasswordReset, PublicDigest, Reminder, ReminderItem,
    ReturnSentBack, Section, SentToAuthor, SignOffAsked, TopAsked, Written,
};
use crate::domain::moment::{Day, Moment};
use crate::domain::outbox::MASK;
use crate::domain::person::Role;
use crate::domain::subscription::CONFIRM_SECONDS;
use crate::domain::target_ask::AskDecision;
use crate::domain::token::TokenKind;

/// When they are written, were they sent.
pub const AT: &str = "2026-11-23T08:30:00Z";

/// Every kind of letter, in the order in which staff read them. Nothing where the program's own dates could not be read, which
/// would be a fault of the program.
#[must_use]
pub fn letters() -> Vec<Letter> {
    made().unwrap_or_default()
}

fn made() -> Option<Vec<Letter>> {
    let moment = |text: &str| text.parse::<Moment>().ok();
    let day = |text: &str| text.parse::<Day>().ok();
    let item = |number: &str, title: &str| Item {
        recommendation: None,
        inquiry: "Ashgrove Ferry Inquiry".to_owned(),
        number: number.to_owned(),
        title: title.to_owned(),
        link: format!("/staff/returns/{number}"),
    };
    let written = |reference: &str, filing: FilingKind, number: &str, title: &str| {
        let item = Item { link: format!("/staff/filings/{reference}"), ..item(number, title) };
        Written { reference: reference.to_owned(), filing, item }
    };
    let line = |text: &str, link: &str| Line { text: text.to_owned(), link: link.to_owned() };
    let at = moment(AT)?;
    let expires = moment("2026-11-26T08:30:00Z")?;
    let [weekly, daily] = digest_sample::digests()?;
    Some(vec![
        Letter::Invitation(Invitation {
            name: "Contributor One".to_owned(),
            role: Role::Contributor,
            body: Some("Ashgrove Harbour Board".to_owned()),
            body_id: None,
            link: format!("/invitations/{MASK}"),
            expires,
        }),
        Letter::PasswordReset(PasswordReset {
            link: format!("/password-reset/{MASK}"),
            expires: at.plus_seconds(TokenKind::PasswordReset.lasts()),
        }),
        Letter::PasswordChanged(PasswordChanged { at, link: "/password-reset".to_owned() }),
        Letter::Reminder(Reminder {
            body: "Ashgrove Harbour Board".to_owned(),
            body_id: None,
            items: vec![ReminderItem {
                addressee: None,
                item: item("3", "Lifejackets and rafts"),
                due: day("2026-12-07")?,
                last_said: Some("The body says that work is under way, as of 1 June 2026".to_owned()),
                nothing_new: Some("No change, second time; last news 8 June 2026".to_owned()),
                as_alternate: false,
            }],
            link: "/staff".to_owned(),
            by_link: Some(ByLink { link: format!("/filing/{MASK}"), expires: moment("2026-12-21T08:30:00Z")? }),
            next: Some(Next {
                reminder: day("2026-12-04")?,
                alternate: Some(day("2026-12-15")?),
                top: true,
                letter: None,
            }),
        }),
        Letter::TopAsked(TopAsked {
            body: "Ashgrove Harbour Board".to_owned(),
            body_id: None,
            items: vec![ReminderItem {
                addressee: None,
                item: Item {
                    link: "/inquiries/ashgrove/recommendations/3".to_owned(),
                    ..item("3", "Lifejackets and rafts")
                },
                due: day("2026-11-02")?,
                last_said: None,
                nothing_new: None,
                as_alternate: false,
            }],
            by_post: "scrutiny officer".to_owned(),
            reminded: true,
            contact: Some("oversight@example.org".parse().ok()?),
            link: "/bodies/ashgrove-harbour".to_owned(),
        }),
        Letter::FilingCode(FilingCode { code: MASK.to_owned(), expires: at.plus_seconds(CODE_SECONDS) }),
        Letter::FilingReceipt(FilingReceipt {
            body: "Ashgrove Harbour Board".to_owned(),
            body_id: None,
            items: vec![item("3", "Lifejackets and rafts")],
            on: day("2026-11-23")?,
            waits: false,
            link: "/staff".to_owned(),
        }),
        Letter::CheckAsked(CheckAsked {
            body: "Ashgrove Harbour Board".to_owned(),
            body_id: None,
            until: day("2026-12-07")?,
            link: "/staff/findings/5".to_owned(),
        }),
        Letter::ReturnSentBack(ReturnSentBack {
            filing: FilingKind::Return,
            items: vec![item("3", "Lifejackets and rafts")],
            link: "/staff/filings/5".to_owned(),
        }),
        Letter::SignOffAsked(SignOffAsked {
            body: "Ashgrove Harbour Board".to_owned(),
            body_id: None,
            items: vec![
                written("5", FilingKind::Return, "3", "Lifejackets and rafts"),
                written("6", FilingKind::Reply, "4", "Radio watch"),
            ],
            checks: vec![
                CheckReply {
                    reference: "7".to_owned(),
                    until: day("2026-12-07")?,
                    link: "/staff/findings/7".to_owned(),
                },
                CheckReply {
                    reference: "8".to_owned(),
                    until: day("2026-12-09")?,
                    link: "/staff/findings/8".to_owned(),
                },
            ],
            link: "/staff".to_owned(),
        }),
        Letter::SentToAuthor(SentToAuthor {
            items: vec![written("5", FilingKind::Return, "3", "Lifejackets and rafts")],
            link: "/staff".to_owned(),
        }),
        Letter::ExtensionDecided(ExtensionDecided {
            body: "Ashgrove Harbour Board".to_owned(),
            body_id: None,
            items: vec![
                Decision {
                    item: item("3", "Lifejackets and rafts"),
                    decision: AskDecision::Granted,
                    target: Some(day("2027-05-31")?),
                },
                Decision {
                    item: item("4", "Radio watch"),
                    decision: AskDecision::Refused,
                    target: Some(day("2027-02-26")?),
                },
            ],
            link: "/staff".to_owned(),
        }),
        weekly,
        daily,
        Letter::FollowAsked(FollowAsked {
            link: format!("/subscribe/confirm/{MASK}"),
            expires: at.plus_seconds(CONFIRM_SECONDS),
        }),
        Letter::PublicDigest(public(vec![], day("2026-11-23")?)),
        Letter::PublicDigest(public(
            vec![line(
                "We wrote to you about change 14 (Answer recorded, 16 November 2026: Ashgrove Ferry Inquiry, recommendation 3, \
                 Ashgrove Harbour Board). It was wrong. Change 16 puts it right: Correction: answer recorded, 20 November 2026: \
                 Ashgrove Ferry Inquiry, recommendation 3, Ashgrove Harbour Board. Accepted in part on 12 November 2026",
                "/changes/16",
            )],
            day("2026-11-23")?,
        )),
    ])
}

fn public(corrections: Vec<Line>, to: Day) -> PublicDigest {
    let line = Line {
        text:
            "Assessment, 20 November 2026: Ashgrove Ferry Inquiry, recommendation 4(a), Ashgrove District Council. On \
               course, found on 18 November 2026"
                .to_owned(),
        link: "/changes/17".to_owned(),
    };
    let lapsed = Section {
        matter: Matter::Lapsed,
        lines: vec![Line {
            text: "Found on 2 November 2026 to hold no longer: Ashgrove Ferry Inquiry, recommendation 2, Ashgrove Harbour Board"
                .to_owned(),
            link: "/inquiries/ashgrove/recommendations/2".to_owned(),
        }],
        more: 0,
        link: None,
    };
    let lapsed = corrections.is_empty().then_some(lapsed);
    let lines = if corrections.is_empty() { vec![line] } else { Vec::new() };
    PublicDigest {
        subscriber: "somebody".to_owned(),
        after: Seq(12),
        upto: Seq(17),
        corrected_after: Seq(12),
        corrected_upto: Seq(17),
        to,
        news: Some(News {
            operator: Some("Ashgrove Oversight Office".to_owned()),
            corrections,
            lines,
            counts: Vec::new(),
            lapsed,
            seqs: vec![Seq(17)],
            manage: format!("/subscriptions/{MASK}"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_of_letter_has_a_sample() {
        let kinds: BTreeSet<&str> = letters().iter().map(Letter::kind).collect();
        // A new kind is a new line of `Letter::kind`, and of the words of the outbox.
        assert_eq!(kinds.len(), 15, "{kinds:?}");
        assert_eq!(letters().len(), 17);
    }
}
