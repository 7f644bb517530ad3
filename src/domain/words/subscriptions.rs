//! Words of following the register by mail: what, how often, what was put right, and what staff are asked first.

use super::{dates, lines, mails, numbers};
use crate::domain::change::{RemarkKind, Subject, TakenOut};
use crate::domain::id::Seq;
use crate::domain::moment::{Day, Happened};
use crate::domain::record::FactValue;
use crate::domain::response::Basis;
use crate::domain::subscription::{MailCycle, MailingState, TopicKind};

/// How often somebody is written to.
#[must_use]
pub const fn mail_cycle(cycle: MailCycle) -> &'static str {
    match cycle {
        MailCycle::Daily => "On each working day on which something changed",
        MailCycle::Weekly => "Once a week, on Monday",
        MailCycle::Monthly => "Once a month, on the first",
        MailCycle::Assessed => "Only when the assessment changes",
    }
}

/// What somebody follows.
#[must_use]
pub fn topic(kind: TopicKind, name: &str, number: Option<&str>) -> String {
    match kind {
        TopicKind::Everything => "Everything in this register".to_owned(),
        TopicKind::Inquiry => format!("{name}, with all its recommendations"),
        TopicKind::Body => format!("{name}, in all inquiries"),
        TopicKind::Theme => format!("The theme \u{201c}{name}\u{201d}, in all inquiries"),
        TopicKind::Recommendation => mails::item(Some(name), number, None),
    }
}

/// One line of a mail to the public: `Assessment, 12 January 2027: Ferry report, recommendation 4. On course, found on …`.
#[must_use]
pub fn public_line(heading: &str, on: Day, about: &str, said: &[String]) -> String {
    let mut line = format!("{heading}, {}", dates::day(on));
    for part in std::iter::once(about).chain(said.iter().map(String::as_str)).filter(|part| !part.is_empty()) {
        line.push_str(if line.contains(": ") { ". " } else { ": " });
        line.push_str(part.trim_end_matches('.'));
    }
    line
}

/// What an update says, in one sentence.
#[must_use]
pub fn fact_line(value: FactValue, when: Happened, basis: Option<Basis>) -> String {
    match value {
        FactValue::Response(value) => lines::response_line(value, when, basis.unwrap_or(Basis::Own)),
        FactValue::Reported(value) => lines::reported_line(value, when),
        FactValue::Assessed(value) => lines::assessed_line(value, when),
        FactValue::Lifecycle(value, closure) => lines::lifecycle_line(value, closure, when),
    }
}

/// At the top of a mail: what they were told was wrong, and what puts it right.
#[must_use]
pub fn put_right(wrong: Seq, was: &str, by: Seq, is: &str) -> String {
    format!("We wrote to you about change {wrong} ({was}). It was wrong. Change {by} puts it right: {is}")
}

/// At the top of a mail: what they were told of is out of sight, or gone.
#[must_use]
pub fn taken_back(wrong: Seq, was: &str, taken: TakenOut, what: (Subject, Option<RemarkKind>)) -> String {
    let what = super::changes::subject_of(what.0, what.1);
    let done = if taken.for_good { "was removed for legal reasons" } else { "was taken out of sight" };
    format!(
        "We wrote to you about change {wrong} ({was}). On {} something in it {done}, by change {}: {}. If you read those words, please do not pass them on",
        dates::day(taken.on),
        taken.by,
        what.to_lowercase()
    )
}

/// How many changes of one kind: `Assessment: 12`.
#[must_use]
pub fn how_many(heading: &str, number: u64) -> String {
    format!("{heading}: {}", numbers::number(number))
}

/// To somebody who has to wait.
#[must_use]
pub fn follow_too_many(seconds: i64) -> String {
    let minutes = seconds.unsigned_abs().div_ceil(60);
    format!(
        "Too many people asked for mail at once. Wait {}, then send it again.",
        numbers::count(minutes, "minute", "minutes")
    )
}

/// What staff are asked: `Mail the public about changes 41 to 63?`.
#[must_use]
pub fn mailing_question(first: Seq, last: Seq) -> String {
    format!("Mail the public about {}?", changes(first, last))
}

/// Before that: `Changes 41 to 63: the next round asks whether the public is mailed`.
#[must_use]
pub fn mailing_coming(first: Seq, last: Seq) -> String {
    format!("{}: the next round asks whether the public is mailed", mailing(first, last))
}

/// What staff are asked, in a mail: `Mail the public about changes 41 to 63? It would go to 12 readers, and …`.
#[must_use]
pub fn mailing_waits(first: Seq, last: Seq, readers: u64) -> String {
    let readers = numbers::count(readers, "reader", "readers");
    format!("{} It would go to {readers}, and waits until somebody decides", mailing_question(first, last))
}

/// `Changes 41 to 63`.
#[must_use]
pub fn mailing(first: Seq, last: Seq) -> String {
    if first == last { format!("Change {first}") } else { format!("Changes {first} to {last}") }
}

fn changes(first: Seq, last: Seq) -> String {
    if first == last { format!("change {first}") } else { format!("changes {first} to {last}") }
}

/// Where a mailing stands.
#[must_use]
pub const fn mailing_state(state: MailingState) -> &'static str {
    match state {
        MailingState::Plain => "Goes without being asked about",
        MailingState::Asked => "Waits for a decision",
        MailingState::Approved => "To be sent; can still be taken back",
        MailingState::Released => "Sent its way",
        MailingState::Refused => "Not mailed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::tests::{all_different, on};

    #[test]
    fn every_choice_and_state_has_words() {
        all_different(MailCycle::ALL, |cycle| mail_cycle(cycle).to_owned());
        all_different(MailingState::ALL, |state| mailing_state(state).to_owned());
        all_different(TopicKind::ALL, |kind| topic(kind, "Ferry report", Some("4")));
    }

    #[test]
    fn lines_say_what_when_and_about_what() {
        let day = on("2027-01-12");
        assert_eq!(public_line("Assessment", day, "", &[]), "Assessment, 12 January 2027");
        assert_eq!(
            public_line("Assessment", day, "Ferry report, recommendation 4", &["On course.".to_owned()]),
            "Assessment, 12 January 2027: Ferry report, recommendation 4. On course"
        );
        assert_eq!(mailing_question(Seq(41), Seq(63)), "Mail the public about changes 41 to 63?");
        assert_eq!(mailing_question(Seq(1), Seq(1)), "Mail the public about change 1?");
        let coming = "Changes 41 to 63: the next round asks whether the public is mailed";
        assert_eq!(mailing_coming(Seq(41), Seq(63)), coming);
        let waits = "Mail the public about changes 41 to 63? It would go to 1 reader, and waits until somebody decides";
        assert_eq!(mailing_waits(Seq(41), Seq(63), 1), waits);
        let of =
            |for_good, what| taken_back(Seq(4), "Answer recorded", TakenOut { on: day, for_good, by: Seq(9) }, what);
        let back = |for_good| of(for_good, (Subject::Update, None));
        let reply = of(true, (Subject::Remark, Some(RemarkKind::Reply)));
        assert!(reply.contains("by change 9: a reply of the body. If you"), "{reply}");
        let end = "by change 9: the words of an update. If you read those words, please do not pass them on";
        assert!(back(false).ends_with(&format!("taken out of sight, {end}")), "{}", back(false));
        assert!(back(true).ends_with(&format!("removed for legal reasons, {end}")), "{}", back(true));
    }
}
