//! How long personal data is kept, in words.

use super::numbers;
use crate::domain::retention::{Kept, Periods};

/// How long one kind is kept: `7 days after the mail went or was given up`.
#[must_use]
pub fn kept_for(kind: Kept, periods: &Periods) -> String {
    format!("{} {}", numbers::days(periods.days(kind)), kind.rule().after)
}

/// What may be chosen for one kind: `Usually 7 days; from 1 to 28 days may be chosen.`; `Always 7 days` where there is no choice.
#[must_use]
pub fn may_be_kept(kind: Kept) -> String {
    let rule = kind.rule();
    if rule.least == rule.most {
        return format!("Always {}: other pages and mails say so.", numbers::days(rule.usual));
    }
    format!("Usually {}; from {} to {} may be chosen.", numbers::days(rule.usual), rule.least, numbers::days(rule.most))
}

/// The sentence under which other periods are published.
#[must_use]
pub fn periods_are(now: &Periods, before: &Periods) -> String {
    let changed = now.differing(before).into_iter().map(|kind| {
        let (is, was) = (numbers::days(now.days(kind)), numbers::days(before.days(kind)));
        format!("{}: {is} {}, before {was}", kind.rule().what, kind.rule().after)
    });
    format!("How long personal data is kept was changed. {}.", changed.collect::<Vec<_>>().join("; "))
}

/// Under the words of a mail that are gone.
#[must_use]
pub fn mail_words_removed(periods: &Periods) -> String {
    format!("Its words have been removed: they are kept for {}.", numbers::days(periods.days(Kept::MailWords)))
}

/// How much a run removed of one kind: `2 sessions`.
#[must_use]
pub fn removed(kind: Kept, count: usize) -> String {
    let (one, many) = kind.rule().counted;
    numbers::count(count as u64, one, many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_as_sentences() {
        let usual = Periods::default();
        assert_eq!(kept_for(Kept::MailWords, &usual), "7 days after the mail went or was given up");
        assert_eq!(may_be_kept(Kept::Limit), "Usually 1 day; from 1 to 7 days may be chosen.");
        assert_eq!(may_be_kept(Kept::UnconfirmedFollower), "Always 7 days: other pages and mails say so.");
        let other = Periods::stored(r#"{"session": 2}"#).unwrap();
        assert_eq!(
            periods_are(&other, &usual),
            "How long personal data is kept was changed. When somebody was signed in, and when they were last seen: 2 days \
             after the session has ended, before 1 day."
        );
        assert_eq!(removed(Kept::Session, 1), "1 session");
    }
}
