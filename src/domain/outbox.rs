//! A mail's way out: where it stands, when it is tried again, and what of it may stay once it has gone.

use super::id::BodyId;
use super::mail::{Letter, Reminder};
use super::moment::Moment;
use super::person::Role;
use super::secret::Secret;
use super::text::text_enum;

text_enum! {
    /// Where a mail stands. "Accepted" is all we ever know: the next server took it.
    pub enum MailState as "state of a mail" {
        /// Waits for its turn.
        Queued = "queued",
        /// A postman holds it.
        Sending = "sending",
        /// The mail server took it, or the file was written.
        Accepted = "accepted",
        /// Refused for now, or nobody answered; it will be tried again.
        TemporaryFailure = "temporary_failure",
        /// Refused for good, given up after so many tries, handed over and come back, not to be composed, or held back in a copy of the
        /// register until somebody asks for it.
        PermanentFailure = "permanent_failure",
        /// Taken back before it went.
        Cancelled = "cancelled",
        /// Not sent, because its recipient asked for no mail or paused it, no longer has an account, does other work here than it was
        /// written for, or has an address that is dead.
        Suppressed = "suppressed",
    }
}

impl MailState {
    /// Where a mail stands with which something is still to be done.
    pub const UNSENT: [Self; 3] = [Self::Queued, Self::Sending, Self::TemporaryFailure];
    /// The same, without what a postman holds.
    pub const WAITING: [Self; 2] = [Self::Queued, Self::TemporaryFailure];

    /// Whether a mail may go from this state to `next`. What was cancelled or suppressed stays so, and what was accepted,
    /// unless a report says that it came back.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Queued | Self::TemporaryFailure, Self::Sending | Self::Cancelled | Self::Suppressed)
                | (
                    Self::Sending,
                    Self::Queued
                        | Self::Accepted
                        | Self::TemporaryFailure
                        | Self::PermanentFailure
                        | Self::Cancelled
                        | Self::Suppressed
                )
                | (Self::TemporaryFailure | Self::PermanentFailure, Self::Queued)
                | (Self::Accepted, Self::PermanentFailure)
        )
    }

    /// Whether nothing more will be done with it, unless a person asks.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Accepted | Self::PermanentFailure | Self::Cancelled | Self::Suppressed)
    }

    /// Whether a person may ask for another try now.
    #[must_use]
    pub const fn may_be_retried(self) -> bool {
        matches!(self, Self::TemporaryFailure | Self::PermanentFailure)
    }

    /// Whether a person may still take it back. One that a postman holds may be gone already.
    #[must_use]
    pub const fn may_be_cancelled(self) -> bool {
        matches!(self, Self::Queued | Self::TemporaryFailure)
    }
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// The pauses before the second and later tries, in seconds; the last one goes on.
const PAUSES: [i64; 6] = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, HOUR];

/// How long a mail is tried before it is given up.
pub const GIVE_UP_AFTER: i64 = 72 * HOUR;

/// When a mail that has failed `attempts` times for now is tried again; `None` once it is given up. `since` is the moment
/// from which the 72 hours are counted. `chance` moves the try by up to a tenth of the pause, so that a thousand mails
/// refused together do not come back together.
#[must_use]
pub fn next_try(attempts: u32, since: Moment, now: Moment, chance: u8) -> Option<Moment> {
    if now.seconds_since(since) >= GIVE_UP_AFTER {
        return None;
    }
    let place = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX).min(PAUSES.len() - 1);
    let pause = PAUSES[place];
    Some(now.plus_seconds(pause + pause * i64::from(chance) / (10 * i64::from(u8::MAX))))
}

/// The kinds of letter that go by the timetable or wait for more, and so never at night or on a day on which nobody works.
pub const SCHEDULED: [&str; 7] =
    ["reminder", "digest", "public_digest", "sent_to_author", "extension_decided", "top_asked", "filing_receipt"];
/// The kind of letter that waits likewise, unless it tells of a time that runs.
pub const SCHEDULED_IN_PART: &str = "sign_off_asked";

/// The kinds of letter about somebody's account, or that let them in: one that does not go is shown to whoever manages people.
pub const OF_ACCOUNTS: [&str; 4] = ["invitation", "password_reset", "password_changed", "filing_code"];

/// Whether a letter tells of a time that runs: then it goes at any hour.
#[must_use]
pub const fn time_runs(letter: &Letter) -> bool {
    matches!(letter, Letter::SignOffAsked(asked) if !asked.checks.is_empty())
}

/// When the link in a letter stops working; sending it later would only mislead.
#[must_use]
pub const fn useless_from(letter: &Letter) -> Option<Moment> {
    match letter {
        Letter::Invitation(invitation) => Some(invitation.expires),
        Letter::PasswordReset(reset) => Some(reset.expires),
        Letter::FollowAsked(asked) => Some(asked.expires),
        Letter::FilingCode(code) => Some(code.expires),
        Letter::PasswordChanged(_)
        // It says more than its link, and is worth sending without it.
        | Letter::Reminder(_)
        | Letter::FilingReceipt(_)
        | Letter::TopAsked(_)
        | Letter::Digest(_)
        | Letter::ReturnSentBack(_)
        | Letter::CheckAsked(_)
        | Letter::SignOffAsked(_)
        | Letter::SentToAuthor(_)
        | Letter::ExtensionDecided(_)
        | Letter::PublicDigest(_) => None,
    }
}

/// Whether a letter holds a link that lets its reader in without a password.
#[must_use]
pub const fn is_secret(letter: &Letter) -> bool {
    useless_from(letter).is_some()
}

/// The letter as it may be shown and kept: a one-time link is replaced by the address without its token.
#[must_use]
pub fn masked(mut letter: Letter) -> Letter {
    match &mut letter {
        Letter::Invitation(invitation) => mask(&mut invitation.link),
        Letter::PasswordReset(reset) => mask(&mut reset.link),
        Letter::FollowAsked(asked) => mask(&mut asked.link),
        Letter::FilingCode(code) => MASK.clone_into(&mut code.code),
        Letter::Reminder(reminder) => {
            if let Some(by_link) = &mut reminder.by_link {
                mask(&mut by_link.link);
            }
        }
        Letter::PublicDigest(digest) => {
            if let Some(news) = &mut digest.news {
                mask(&mut news.manage);
            }
        }
        Letter::PasswordChanged(_)
        | Letter::Digest(_)
        | Letter::ReturnSentBack(_)
        | Letter::CheckAsked(_)
        | Letter::SignOffAsked(_)
        | Letter::SentToAuthor(_)
        | Letter::ExtensionDecided(_)
        | Letter::FilingReceipt(_)
        | Letter::TopAsked(_) => {}
    }
    letter
}

/// Whether a letter holds a link that somebody could misuse, if only to stop the mail of its reader: it is not kept longer than
/// it must.
#[must_use]
pub const fn holds_link(letter: &Letter) -> bool {
    is_secret(letter) || matches!(letter, Letter::PublicDigest(_) | Letter::Reminder(Reminder { by_link: Some(_), .. }))
}

/// The letter without a link that does not work any more, where it says enough without it: one that was sent already and is sent
/// once more.
#[must_use]
pub fn without_spent_link(mut letter: Letter) -> Letter {
    if let Letter::Reminder(reminder) = &mut letter
        && reminder.by_link.as_ref().is_some_and(|by_link| by_link.link.ends_with(MASK))
    {
        reminder.by_link = None;
    }
    letter
}

/// Whether a letter is still something for its reader, who has this role and belongs to this body now. One about their account
/// is, and so is one that goes to whoever asked for it, whatever they do here.
#[must_use]
pub fn is_still_for(letter: &Letter, role: Role, body: Option<BodyId>) -> bool {
    // A letter from before its body was kept says none.
    let of_body = |its: Option<BodyId>| role == Role::Contributor && (its.is_none() || its == body);
    match letter {
        // The next one tells what of it is for them.
        Letter::Digest(digest) => {
            role != Role::Contributor && digest.sections.iter().all(|section| section.matter.is_for(role))
        }
        Letter::Reminder(letter) => of_body(letter.body_id),
        Letter::CheckAsked(letter) => of_body(letter.body_id),
        Letter::SignOffAsked(letter) => of_body(letter.body_id),
        Letter::ExtensionDecided(letter) => of_body(letter.body_id),
        Letter::FilingReceipt(letter) => of_body(letter.body_id),
        Letter::SentToAuthor(_) | Letter::FilingCode(_) => of_body(None),
        Letter::Invitation(_)
        | Letter::PasswordReset(_)
        | Letter::PasswordChanged(_)
        | Letter::FollowAsked(_)
        | Letter::PublicDigest(_)
        // Whoever wrote something may be of any role.
        | Letter::ReturnSentBack(_)
        // It goes to a post.
        | Letter::TopAsked(_) => true,
    }
}

/// The name of a mail: what the deed or the run calls it, and a part that nobody can work out from it. It makes the Message-ID, and
/// whoever knows that of a mail to somebody could forge a report that it came back.
#[must_use]
pub fn name_of_mail(secret: &Secret, called: &str) -> String {
    let part = secret.derive("name of a mail", called.as_bytes());
    let part: String = part.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    format!("{called}-{part}")
}

/// What stands in the place of a token.
pub const MASK: &str = "(not-shown)";

fn mask(link: &mut String) {
    let keep = link.rfind('/').map_or(0, |place| place + 1);
    link.truncate(keep);
    link.push_str(MASK);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::id::Seq;
    use crate::domain::mail::{ByLink, CheckReply, Digest, FilingCode, Matter, PasswordReset, Section, SignOffAsked};
    use crate::domain::staff_digest::DigestCycle;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_accepted_or_taken_back_stays_so_unless_it_comes_back() {
        for next in MailState::ALL.iter().copied() {
            for end in [MailState::Cancelled, MailState::Suppressed] {
                assert!(!end.may_become(next), "{end} to {next}");
            }
            assert_eq!(MailState::Accepted.may_become(next), next == MailState::PermanentFailure, "accepted to {next}");
            assert!(!next.may_become(next), "{next} to itself");
        }
        assert!(MailState::PermanentFailure.may_become(MailState::Queued), "a person may ask for another try");
        assert!(!MailState::Queued.may_become(MailState::Accepted), "nothing is accepted that nobody tried");
        for state in MailState::ALL.iter().copied() {
            assert_eq!(state.may_be_retried(), state.may_become(MailState::Queued) && state != MailState::Sending);
            if state.may_be_cancelled() {
                assert!(state.may_become(MailState::Cancelled), "{state}");
            }
            assert_eq!(MailState::UNSENT.contains(&state), !state.is_final(), "{state}");
            let waits = state.may_become(MailState::Suppressed) && state != MailState::Sending;
            assert_eq!(MailState::WAITING.contains(&state), waits, "{state}");
            assert_eq!(MailState::WAITING.contains(&state), state.may_be_cancelled(), "{state}");
        }
    }

    #[test]
    fn tries_come_after_1_5_15_30_60_minutes_and_then_hourly_for_72_hours() {
        let first = moment("2026-11-23T09:00:00Z");
        let minutes = |attempts| next_try(attempts, first, first, 0).map(|next| next.seconds_since(first) / 60);
        assert_eq!((1..=7).map(minutes).collect::<Vec<_>>(), [1, 5, 15, 30, 60, 60, 60].map(Some));
        assert!(next_try(80, first, moment("2026-11-26T08:59:59Z"), 0).is_some());
        assert_eq!(next_try(80, first, moment("2026-11-26T09:00:00Z"), 0), None);
    }

    proptest! {
        #[test]
        fn chance_delays_by_at_most_a_tenth(attempts in 1_u32..100, chance: u8) {
            let now = moment("2026-11-23T09:00:00Z");
            let plain = next_try(attempts, now, now, 0).unwrap().seconds_since(now);
            let moved = next_try(attempts, now, now, chance).unwrap().seconds_since(now);
            prop_assert!(plain <= moved && moved <= plain + plain / 10);
        }
    }

    #[test]
    fn a_letter_says_whether_a_time_runs() {
        let letter = |checks: Vec<CheckReply>| {
            let (body, link) = ("Ashgrove Council".to_owned(), "/staff".to_owned());
            Letter::SignOffAsked(SignOffAsked { body, body_id: None, items: Vec::new(), checks, link })
        };
        assert_eq!(letter(Vec::new()).kind(), SCHEDULED_IN_PART);
        let until = "2026-12-07".parse().unwrap();
        let check = CheckReply { reference: "two".to_owned(), until, link: "/staff".to_owned() };
        assert!(!time_runs(&letter(Vec::new())) && time_runs(&letter(vec![check])));
    }

    #[test]
    fn a_letter_about_work_does_not_follow_somebody_to_other_work() {
        let reminder = Letter::Reminder(Reminder {
            body: "Ashgrove Council".to_owned(),
            body_id: Some(BodyId(1)),
            items: Vec::new(),
            link: "/staff".to_owned(),
            by_link: None,
            next: None,
        });
        let section = |matter| Section { matter, lines: Vec::new(), more: 0, link: None };
        let digest = |matters: &[Matter]| {
            Letter::Digest(Digest {
                after: Seq(1),
                upto: Seq(2),
                from: "2026-11-23".parse().unwrap(),
                to: "2026-11-30".parse().unwrap(),
                sections: matters.iter().copied().map(section).collect(),
                link: "/staff".to_owned(),
                cycle: DigestCycle::Weekly,
                failed: None,
            })
        };
        let to_decide = digest(&[Matter::Changed, Matter::ToConfirm]);
        let reset =
            PasswordReset { link: "/password-reset/secret".to_owned(), expires: moment("2026-11-23T09:30:00Z") };
        for (role, body, of_body, of_staff) in [
            (Role::Contributor, Some(1), true, false),
            (Role::Contributor, Some(2), false, false),
            (Role::Overseer, None, false, true),
            (Role::Observer, Some(1), false, true),
        ] {
            let body = body.map(BodyId);
            assert_eq!(is_still_for(&reminder, role, body), of_body, "{role}");
            assert_eq!(is_still_for(&digest(&[Matter::Changed]), role, body), of_staff, "{role}");
            assert_eq!(is_still_for(&to_decide, role, body), role == Role::Overseer, "{role}");
            assert!(is_still_for(&Letter::PasswordReset(reset.clone()), role, body));
        }
    }

    #[test]
    fn the_name_of_a_mail_is_always_the_same_and_not_to_be_guessed() {
        let named = |secret: u8| name_of_mail(&Secret::new([secret; 32]), "3f9a-sign_off_asked-0");
        assert_eq!(named(1), named(1));
        assert_ne!(named(1), named(2));
        assert!(named(1).starts_with("3f9a-sign_off_asked-0-"));
        assert_eq!(named(1).len(), "3f9a-sign_off_asked-0-".len() + 20);
    }

    #[test]
    fn a_one_time_link_is_never_kept_or_shown() {
        let reset =
            PasswordReset { link: "/password-reset/c2VjcmV0".to_owned(), expires: moment("2026-11-23T09:30:00Z") };
        let letter = Letter::PasswordReset(reset);
        assert!(is_secret(&letter));
        let Letter::PasswordReset(shown) = masked(letter) else { panic!("another letter") };
        assert_eq!(shown.link, "/password-reset/(not-shown)");
    }
    #[test]
    fn the_link_and_the_code_of_filing_are_never_kept_or_shown_and_a_reminder_goes_again_without() {
        let expires = moment("2026-12-21T08:30:00Z");
        let by_link = Some(ByLink { link: "/filing/c2VjcmV0".to_owned(), expires });
        let body = "Ashgrove Council".to_owned();
        let reminder =
            Reminder { body, body_id: None, items: Vec::new(), link: "/staff".to_owned(), by_link, next: None };
        let letter = Letter::Reminder(reminder);
        assert!(holds_link(&letter) && !is_secret(&letter));
        assert_eq!(without_spent_link(letter.clone()), letter);
        let shown = masked(letter);
        let Letter::Reminder(kept) = &shown else { panic!("another letter") };
        assert_eq!(kept.by_link.as_ref().map(|by_link| by_link.link.as_str()), Some("/filing/(not-shown)"));
        let Letter::Reminder(again) = without_spent_link(shown) else { panic!("another letter") };
        assert_eq!(again.by_link, None);
        let code = Letter::FilingCode(FilingCode { code: "123456".to_owned(), expires });
        assert!(is_secret(&code));
        let Letter::FilingCode(kept) = masked(code) else { panic!("another letter") };
        assert_eq!(kept.code, MASK);
    }
}
