use super::*;
use crate::domain::filing::FilingKind;
use crate::domain::id::Seq;
use crate::domain::mail::{
    self as letters, CheckAsked, Invitation, Item, Line, Matter, PasswordChanged, PasswordReset, Reminder,
    ReminderItem, ReturnSentBack, Section,
};
use crate::domain::person::Role;
use crate::domain::staff_digest::DigestCycle;

fn sender() -> Sender {
    Sender {
        name: "Ashgrove register".to_owned(),
        address: "register@example.org".parse().unwrap(),
        site_name: "Ashgrove register".to_owned(),
        base_url: "https://register.example.org".to_owned(),
        host: "register.example.org".to_owned(),
        zone: TimeZone::get("Europe/London").unwrap(),
    }
}

fn composed(letter: &Letter, reference: &str) -> Composed {
    let to: Email = "contributor@example.org".parse().unwrap();
    let cover = Cover { to: &to, reference, at: "2026-11-23T08:30:00Z".parse().unwrap() };
    compose(letter, &cover, &sender()).unwrap()
}

/// Any mail will do: for the tests of sending.
pub(crate) fn reset(reference: &str) -> Composed {
    let expires = "2026-11-23T09:00:00Z".parse().unwrap();
    composed(&Letter::PasswordReset(PasswordReset { link: "/password-reset/token".to_owned(), expires }), reference)
}

fn words_of(letter: &Letter) -> String {
    let mail = composed(letter, "r-1");
    format!("{}\n\n{}\n{}", mail.subject, mail.text, mail.html)
}

fn item(number: &str, title: &str) -> Item {
    Item {
        recommendation: None,
        inquiry: "Ashgrove Ferry Inquiry".to_owned(),
        number: number.to_owned(),
        title: title.to_owned(),
        link: format!("/staff/returns/{number}"),
    }
}

fn reminder() -> Letter {
    let due = |day: &str| day.parse().unwrap();
    Letter::Reminder(Reminder {
        body: "Ashgrove Harbour Board".to_owned(),
        body_id: None,
        items: vec![
            ReminderItem {
                addressee: None,
                item: item("3", "Lifejackets & rafts"),
                due: due("2026-11-20"),
                last_said: None,
                nothing_new: None,
                as_alternate: false,
            },
            ReminderItem {
                addressee: None,
                item: item("4(a)", "Radio watch <at night>"),
                due: due("2026-12-07"),
                last_said: Some("The body says that work is under way, as of 1 June 2026".to_owned()),
                nothing_new: None,
                as_alternate: false,
            },
        ],
        link: "/staff".to_owned(),
        by_link: None,
        next: None,
    })
}

fn digest(sections: Vec<Section>) -> Letter {
    Letter::Digest(letters::Digest {
        after: Seq(12),
        upto: Seq(17),
        from: "2026-11-16".parse().unwrap(),
        to: "2026-11-22".parse().unwrap(),
        sections,
        link: "/staff".to_owned(),
        cycle: DigestCycle::Weekly,
        failed: None,
    })
}

#[test]
fn invitation() {
    insta::assert_snapshot!(words_of(&Letter::Invitation(Invitation {
        name: "Contributor One".to_owned(),
        role: Role::Contributor,
        body: Some("Ashgrove Harbour Board".to_owned()),
        body_id: None,
        link: "/invitations/token".to_owned(),
        expires: "2026-11-26T08:30:00Z".parse().unwrap(),
    })));
}

#[test]
fn password_reset() {
    insta::assert_snapshot!(words_of(&Letter::PasswordReset(PasswordReset {
        link: "/password-reset/token".to_owned(),
        expires: "2027-07-01T08:30:00Z".parse().unwrap(),
    })));
}

#[test]
fn password_changed() {
    insta::assert_snapshot!(words_of(&Letter::PasswordChanged(PasswordChanged {
        at: "2027-07-01T08:30:00Z".parse().unwrap(),
        link: "/password-reset".to_owned(),
    })));
}

#[test]
fn reminder_before_and_after_the_date() {
    insta::assert_snapshot!(words_of(&reminder()));
}

#[test]
fn digest_with_its_parts() {
    let line = |text: &str, link: &str| Line { text: text.to_owned(), link: link.to_owned() };
    insta::assert_snapshot!(words_of(&digest(vec![
        Section {
            matter: Matter::ToPublish,
            lines: vec![line("Ashgrove Harbour Board: update on recommendation 3", "/staff/filings/5")],
            more: 0,
            link: None,
        },
        Section {
            matter: Matter::Changed,
            lines: vec![
                line("Recommendation 3: Accepted on 12 November 2026", "/changes/16"),
                line("Recommendation 5: Under way", "/changes/17"),
            ],
            more: 12,
            link: Some("/changes".to_owned()),
        },
        Section { matter: Matter::Silent, lines: Vec::new(), more: 0, link: None },
    ])));
}

#[test]
fn digest_of_a_quiet_week() {
    insta::assert_snapshot!(words_of(&digest(Vec::new())));
}

#[test]
fn digests_of_a_week_and_of_a_day() {
    insta::assert_snapshot!("digest_of_a_week", words_of(&sample("digest", 0)));
    insta::assert_snapshot!("digest_of_a_day", words_of(&sample("digest", 1)));
}

#[test]
fn return_sent_back() {
    insta::assert_snapshot!(words_of(&Letter::ReturnSentBack(ReturnSentBack {
        filing: FilingKind::Return,
        items: vec![item("3", "Lifejackets & rafts")],
        link: "/staff/filings/5".to_owned(),
    })));
}

#[test]
fn check_asked() {
    insta::assert_snapshot!(words_of(&Letter::CheckAsked(CheckAsked {
        body: "Ashgrove Harbour Board".to_owned(),
        body_id: None,
        until: "2026-12-07".parse().unwrap(),
        link: "/staff/findings/5".to_owned(),
    })));
}

#[test]
fn what_cannot_be_changed_is_not_said_to_be() {
    let letter = ReturnSentBack {
        filing: FilingKind::Wording,
        items: vec![item("3", "Lifejackets & rafts")],
        link: "/staff/filings/5".to_owned(),
    };
    let words = words_of(&Letter::ReturnSentBack(letter));
    assert!(words.contains("What you proposed needs another look"), "{words}");
    assert!(words.contains("take it back") && !words.contains("send it again"), "{words}");
}

#[test]
fn the_whole_mail() {
    let mail = composed(&reminder(), "r-42");
    insta::assert_snapshot!(String::from_utf8(mail.bytes.clone()).unwrap().replace("\r\n", "\n"));
    assert_eq!(mail.message_id, "<r-42@register.example.org>");
    assert!(mail.bytes.is_ascii());
    assert_eq!(mail, composed(&reminder(), "r-42"));
}

#[test]
fn no_words_of_a_letter_become_a_header_or_markup() {
    let evil = "One\r\nBcc: b@example.org\r\n\r\n<script>alert(1)</script>";
    let letter = Letter::Reminder(Reminder {
        body: evil.to_owned(),
        body_id: None,
        items: vec![],
        link: "/staff".to_owned(),
        by_link: None,
        next: None,
    });
    let to: Email = "contributor@example.org".parse().unwrap();
    let at = "2026-11-23T08:30:00Z".parse().unwrap();
    let sender = Sender { name: evil.to_owned(), ..sender() };
    let mail = compose(&letter, &Cover { to: &to, reference: "r-1", at }, &sender).unwrap();
    let whole = String::from_utf8(mail.bytes).unwrap();
    let (head, _) = whole.split_once("\r\n\r\n").unwrap();
    assert!(head.lines().all(|line| !line.starts_with("Bcc")), "{head}");
    assert!(!mail.html.contains("<script>"), "{}", mail.html);
}

#[test]
fn a_reference_that_would_break_the_message_id_is_refused() {
    let to: Email = "contributor@example.org".parse().unwrap();
    let letter = reminder();
    for reference in ["", "a b", "a@b", "a>b", "a/../b", "..", ".a", "a\r\nb", &"a".repeat(101)] {
        let cover = Cover { to: &to, reference, at: "2026-11-23T08:30:00Z".parse().unwrap() };
        assert!(matches!(compose(&letter, &cover, &sender()), Err(Error::Reference(_))), "{reference:?}");
    }
}

#[test]
fn subjects_say_nothing_of_the_matter() {
    for letter in [reminder(), digest(Vec::new())].into_iter().chain(crate::mail::sample::letters()) {
        let subject = composed(&letter, "r-1").subject;
        assert!(!subject.contains("Ashgrove") && !subject.contains("Lifejackets"), "{subject}");
    }
}

#[test]
fn every_mail_is_a_whole_page_without_pictures() {
    for letter in crate::mail::sample::letters() {
        let mail = composed(&letter, "r-1");
        let title = format!("<title>{}</title>", mail.subject);
        assert!(mail.html.contains("<html lang=\"en-GB\">") && mail.html.contains(&title), "{}", mail.html);
        assert!(!mail.html.contains("<img") && !mail.html.contains("url("), "{}", mail.html);
        assert!(!mail.text.contains('<'), "{}", mail.text);
    }
}

fn sample(kind: &str, which: usize) -> Letter {
    crate::mail::sample::letters().into_iter().filter(|letter| letter.kind() == kind).nth(which).unwrap()
}

#[test]
fn a_bodys_people_are_told_what_waits_among_them() {
    for kind in ["sign_off_asked", "sent_to_author", "extension_decided"] {
        insta::assert_snapshot!(kind, words_of(&sample(kind, 0)));
    }
}

#[test]
fn what_goes_with_a_link_of_a_reminder_and_to_the_post_at_the_top() {
    for kind in ["filing_code", "filing_receipt", "top_asked"] {
        insta::assert_snapshot!(kind, words_of(&sample(kind, 0)));
    }
}

#[test]
fn a_reminder_says_how_to_file_by_its_link() {
    let mail = composed(&sample("reminder", 0), "r-1");
    for said in [
        "To file on this item without signing in, open this page.",
        "until 21 December 2026 at 08:30",
        "\nhttps://register.example.org/filing/(not-shown)\n",
    ] {
        assert!(mail.text.contains(said), "{said}: {}", mail.text);
    }
    assert!(mail.html.contains("<a href=\"https://register.example.org/filing/(not-shown)\">"), "{}", mail.html);
    let next = "What comes next where nothing is received: another reminder on 4 December 2026;";
    assert!(mail.text.contains(next), "{}", mail.text);
    let code = composed(&sample("filing_code", 0), "r-1");
    assert!(code.text.contains("\n(not-shown)\n") && code.subject == "Your code", "{}", code.text);
    let receipt = composed(&sample("filing_receipt", 0), "r-1");
    assert_eq!(receipt.subject, "Received: 1 item");
    assert!(receipt.text.contains("On 23 November 2026 somebody filed for Ashgrove Harbour Board on 1 item"));
    let top = composed(&sample("top_asked", 0), "r-1");
    assert_eq!(top.subject, "Updates that have not come: 1 item");
    assert!(top.text.contains("No update received by 2 November 2026") && !top.text.contains("/staff"), "{}", top.text);
}

#[test]
fn somebody_is_asked_whether_they_want_mail() {
    insta::assert_snapshot!(words_of(&sample("follow_asked", 0)));
}

#[test]
fn the_public_is_told_what_changed() {
    insta::assert_snapshot!(words_of(&sample("public_digest", 0)));
}

#[test]
fn the_public_is_told_what_was_wrong() {
    insta::assert_snapshot!(words_of(&sample("public_digest", 1)));
}

#[test]
fn the_public_is_told_of_many_changes_in_numbers() {
    let Letter::PublicDigest(mut digest) = sample("public_digest", 0) else { panic!("another letter") };
    let news = digest.news.as_mut().unwrap();
    (news.operator, news.lines) = (None, Vec::new());
    news.counts = vec!["Answer recorded: 12".to_owned(), "Assessment: 11".to_owned()];
    insta::assert_snapshot!(words_of(&Letter::PublicDigest(digest)));
}

#[test]
fn a_mail_to_the_public_can_be_stopped_by_the_mail_program() {
    let mail = composed(&sample("public_digest", 0), "r-1");
    let raw = String::from_utf8(mail.bytes).unwrap();
    for header in [
        "List-Unsubscribe: <https://register.example.org/subscriptions/(not-shown)>\r\n",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        "List-Id: <follow.register.example.org>\r\n",
        "Auto-Submitted: auto-generated\r\n",
    ] {
        assert!(raw.contains(header), "{header}{raw}");
    }
    let asked = String::from_utf8(composed(&sample("follow_asked", 0), "r-1").bytes).unwrap();
    assert!(!asked.contains("List-"), "nothing is followed yet");
}
