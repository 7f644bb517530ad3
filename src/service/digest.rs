//! The digest for those who work with the register: what changed, what is due, what is silent, what moved, what no longer holds,
//! what waits. To whom and when it goes is decided in `digest_round`.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Error;
use crate::domain::address;
use crate::domain::deadline::DeadlineKind;
use crate::domain::hold::is_to_be_reviewed;
use crate::domain::holiday::ends_soon;
use crate::domain::id::Seq;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::mail::{Digest, Line, Matter, Section};
use crate::domain::moment::{Day, Happened, Moment, Precision};
use crate::domain::person::Reach;
use crate::domain::staff_digest::DigestCycle;
use crate::domain::subscription::MailingState;
use crate::domain::words;
use crate::store::digest::{self, ChangeLine, OneOfSeveral, WaitingLine};
use crate::store::due::{self, DueDate};
use crate::store::hold::{self, Hold, InForce};
use crate::store::outbox::{self, MailRow};
use crate::store::overdue::{self, Narrow};
use crate::store::target_moved::{self, MovedTarget};
use crate::store::{
    ReadTx, accuracy, body, complaint, duty, holiday, mailing, operator_page, recipient, recommendation,
};

/// Where messages of readers are decided on.
const COMPLAINTS: &str = "/staff/complaints";
/// How far ahead it looks.
const AHEAD_DAYS: i64 = 30;
/// How many lines a section has before it says how many more there are.
const LINES: usize = 20;

/// The range that a digest tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// The last change that its reader was told of.
    pub(super) after: Seq,
    /// The last change that there is.
    pub(super) upto: Seq,
    /// Since when mail that failed is told.
    pub(super) since: Option<Moment>,
    /// The day on which its reader was told last.
    pub(super) from: Option<Day>,
    /// The moment.
    pub(super) now: Moment,
    /// The day.
    pub(super) today: Day,
}

/// Everything that there is to tell of a range to somebody whose role reaches so far, the parts that are for other roles too.
pub(super) fn put_together(tx: &mut ReadTx<'_>, range: &Window, reach: Reach) -> Result<Digest, Error> {
    let &Window { after, upto, since, now, today, .. } = range;
    let (changes, changed) = digest::changes(tx, (after, upto), LINES as i64)?;
    let corrections = digest::corrections(tx, &changes.iter().map(|change| change.seq).collect::<Vec<_>>())?;
    let mut waiting = digest::waiting(tx)?;
    waiting.retain(|work| reach.holds(work.inquiry_id));
    let shown: HashMap<String, Day> = accuracy::waiting(tx)?
        .into_iter()
        .filter(|check| check.period.runs_on(today))
        .map(|check| (check.reference, check.period.until))
        .collect();
    let waiting_line = |work: &WaitingLine| waiting_line(work, shown.get(&work.reference).copied());
    let change_line = |change: &ChangeLine| change_line(change, corrections.get(&change.seq).copied());
    let mut due = due::up_to(tx, DeadlineKind::WATCHED, today.plus_days(AHEAD_DAYS))?;
    due.retain(|date| reach.holds(date.inquiry_id));
    let (confirm, publish): (Vec<_>, Vec<_>) = waiting.iter().partition(|work| work.kind.needs_second_key());
    let missed = |date: &&DueDate| date.is_missed(today);
    let (silent, overdue): (Vec<_>, Vec<_>) =
        due.iter().filter(missed).partition(|date| date.kind == DeadlineKind::Response);
    let soon: Vec<_> = due.iter().filter(|date| date.on >= today).collect();
    let alone = bodies_without_contributor(tx, &due, today)?;
    let support = operator_page::support_to_check(tx, today)?;
    let reviews = holds_to_review(tx, today, reach)?;
    // Messages of readers, and what runs the register, are for those who oversee all of it.
    let messages = if reach.is_limited() { 0 } else { complaint::waiting(tx)?.0 };
    let (failed, failures) = outbox::failed_between(tx, since, now, LINES as i64)?;
    let mut moved = target_moved::between(tx, (after, upto))?;
    moved.retain(|target| reach.holds(target.inquiry_id));
    let from = range.from.or_else(|| changes.first().map(|change| change.day)).unwrap_or(today);
    Ok(Digest {
        after,
        upto,
        from: from.min(today),
        to: today,
        sections: vec![
            section(Matter::MailToDecide, address::STAFF_MAILINGS, mail_to_decide(tx, reach)?.into_iter()),
            section(Matter::ToPublish, "/staff/to-publish", publish.into_iter().map(waiting_line)),
            section(Matter::ToConfirm, "/staff/to-confirm", confirm.into_iter().map(waiting_line)),
            window(Matter::Changed, "/changes", changed, changes.iter().map(change_line)),
            section(Matter::Due, "/staff/due", soon.into_iter().map(due_line)),
            section(Matter::Silent, "/overdue", silent.into_iter().map(missed_line)),
            section(Matter::Overdue, "/overdue", overdue.into_iter().map(missed_line)),
            section(Matter::Moved, "/staff/moved", moved.iter().map(moved_line)),
            section(Matter::Lapsed, "/overdue", lapsed(tx, reach)?.into_iter()),
            section(Matter::NoContributor, address::STAFF_BODIES, alone.into_iter()),
            section(Matter::FromReaders, COMPLAINTS, from_readers(messages).into_iter()),
            section(Matter::HoldToReview, address::HOLDS, reviews.into_iter()),
            section(Matter::SupportToCheck, "/help", support.iter().map(support_line)),
            section(Matter::HolidaysEnd, address::HOLIDAYS, holidays_end(tx, today)?.into_iter()),
            window(Matter::MailFailed, "/staff/outbox", failures, failed.iter().map(failed_line)),
        ],
        link: "/staff".to_owned(),
        cycle: DigestCycle::Weekly,
        failed: Some((since, now)),
    })
}

fn section(matter: Matter, link: &str, lines: impl Iterator<Item = Line>) -> Section {
    let all: Vec<Line> = lines.collect();
    let number = i64::try_from(all.len()).unwrap_or(i64::MAX);
    window(matter, link, number, all.into_iter().take(LINES))
}

/// A section of which only the first lines were read.
fn window(matter: Matter, link: &str, number: i64, lines: impl Iterator<Item = Line>) -> Section {
    let lines: Vec<Line> = lines.collect();
    let more = u64::try_from(number).unwrap_or(0).saturating_sub(lines.len() as u64);
    Section { matter, lines, more, link: (more > 0).then(|| link.to_owned()) }
}

/// What was closed as done and no longer holds.
fn lapsed(tx: &mut ReadTx<'_>, reach: Reach) -> Result<Vec<Line>, Error> {
    let lapsed = overdue::lapsed(tx, Narrow::default(), i64::MAX)?;
    let about = recommendation::many(tx, lapsed.iter().map(|lapse| lapse.recommendation).collect())?;
    let names = body::names(tx, lapsed.iter().map(|lapse| lapse.answerer).collect())?;
    let line = |lapse: &overdue::Lapsed| {
        let one = about.iter().find(|one| one.id == lapse.recommendation && reach.holds(one.inquiry.id))?;
        let now = names.iter().find(|name| name.id == lapse.answerer).unwrap_or(&lapse.body);
        let owed_by = words::owed_by(now.short(), lapse.body.short());
        let item = words::item(Some(&one.inquiry.short_title), Some(&one.number), Some(&owed_by));
        let sentence = words::lifecycle_line(Lifecycle::Lapsed, None, Happened::new(lapse.on, Precision::On));
        let link = address::staff_answer(one.inquiry.slug.as_str(), &one.number, lapse.body.slug.as_str());
        Some(Line { text: format!("{sentence}: {item}"), link })
    };
    Ok(lapsed.iter().filter_map(line).collect())
}

/// The bodies that owe an update soon or already, and have nobody who could be reminded, or whose contact no mail reaches.
fn bodies_without_contributor(tx: &mut ReadTx<'_>, due: &[DueDate], today: Day) -> Result<Vec<Line>, Error> {
    let reachable: HashSet<_> =
        recipient::with_good_address(tx)?.into_iter().filter_map(|person| person.body).collect();
    let stopped: HashSet<_> = duty::stopped(tx)?.into_iter().map(|one| one.item).collect();
    let mut alone: BTreeMap<(&str, &str), (u64, bool)> = BTreeMap::new();
    let asked = due.iter().filter(|date| date.kind == DeadlineKind::Return && is_asked_for(date, today));
    for date in asked {
        let nobody = !reachable.contains(&date.body);
        if nobody || stopped.contains(&date.addressee) {
            alone.entry((&date.body_name, &date.answerer_slug)).or_insert((0, nobody)).0 += 1;
        }
    }
    let line = |((body, slug), (updates, nobody)): ((&str, &str), (u64, bool))| Line {
        text: if nobody { words::no_contributor(body, updates) } else { words::mail_to_contact(body, updates) },
        link: address::contacts(slug),
    };
    Ok(alone.into_iter().map(line).collect())
}

/// That the list of bank holidays ends within a year, where it does: then reminders are reckoned as if people worked on them.
fn holidays_end(tx: &mut ReadTx<'_>, today: Day) -> Result<Option<Line>, Error> {
    let last = holiday::last(tx)?;
    Ok(ends_soon(last, today).then(|| Line { text: words::holidays_end(last), link: address::HOLIDAYS.to_owned() }))
}

/// The mail to the public that waits until somebody decides whether it goes: whoever oversees only some inquiries does not.
fn mail_to_decide(tx: &mut ReadTx<'_>, reach: Reach) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    if reach.is_limited() {
        return Ok(lines);
    }
    for one in mailing::waiting(tx)?.into_iter().filter(|one| one.state == MailingState::Asked) {
        let readers = mailing::readers(tx, &one)?;
        let text = words::mailing_waits(Seq(one.after.0 + 1), one.upto, readers);
        lines.push(Line { text, link: address::STAFF_MAILINGS.to_owned() });
    }
    Ok(lines)
}

/// How many messages of readers nobody has decided on: what they say stays on the page behind the link.
fn from_readers(messages: i64) -> Option<Line> {
    let text = words::messages_waiting(u64::try_from(messages).unwrap_or(0));
    (messages > 0).then(|| Line { text, link: COMPLAINTS.to_owned() })
}

/// The holds whose review date is near or has passed, the first date first.
fn holds_to_review(tx: &mut ReadTx<'_>, today: Day, reach: Reach) -> Result<Vec<Line>, Error> {
    let mut holds = InForce::read(tx)?.0;
    holds.retain(|hold| is_to_be_reviewed(hold.review_on(), today));
    // One on everything belongs to no inquiry.
    holds.retain(|hold| hold.on.inquiry.map_or(!reach.is_limited(), |inquiry| reach.holds(inquiry)));
    holds.sort_by_key(Hold::review_on);
    let names = hold::names(tx, &holds)?;
    let line = |hold: &Hold| {
        let (inquiry, number) = names.of(hold.on);
        let item = words::item(inquiry.map(|one| one.short_title.as_str()), number, None);
        let on = if item.is_empty() { words::hold_on(hold.on.reach()).to_owned() } else { item };
        Line {
            text: format!("{on}. {}", words::review(hold.review_on(), today)),
            link: address::staff_hold(inquiry.map(|one| one.slug.as_str()), number),
        }
    };
    Ok(holds.iter().map(line).collect())
}

fn is_asked_for(date: &DueDate, today: Day) -> bool {
    date.on >= today || date.is_missed(today)
}

/// What nobody may publish yet says until when.
fn waiting_line(work: &WaitingLine, with_body_until: Option<Day>) -> Line {
    let owed_by = work.answerer.as_deref().zip(work.body.as_deref()).map(|(now, asked)| words::owed_by(now, asked));
    let item = words::item(Some(&work.inquiry), Some(&work.number), owed_by.as_deref());
    let mut text = format!("{}: {item}", words::filing_kind(work.kind));
    if let Some(until) = with_body_until {
        text.push_str(&format!(". {}", words::with_body_until(until)));
    }
    Line { text, link: address::filing(&work.reference) }
}

/// What a change is called in a mail: of a hold, which of its steps it is.
pub(super) fn heading(change: &ChangeLine) -> String {
    match &change.hold {
        Some(hold) => words::hold_heading(hold.step.step).to_owned(),
        None => words::change_heading(change.kind, change.corrects),
    }
}

/// Of a notice: what did not come, and by when.
pub(super) fn missed_of(change: &ChangeLine) -> Option<String> {
    change.passed.zip(change.passed_on).map(|(kind, on)| words::missed(kind, on))
}

/// Which item a change is about; of several, the first of them.
pub(super) fn about(change: &ChangeLine) -> String {
    if change.several.is_empty() {
        return words::item(change.inquiry.as_deref(), change.number.as_deref(), change.body.as_deref());
    }
    words::items(&change.several.iter().map(one_of_several).collect::<Vec<_>>())
}

/// One of the items that updates were published of together.
pub(super) fn one_of_several(one: &OneOfSeveral) -> String {
    words::item(Some(&one.inquiry), Some(&one.number), Some(&one.body))
}

/// A correction goes to the same people as the error, and says which change it puts right.
fn change_line(change: &ChangeLine, corrects: Option<Seq>) -> Line {
    let item = about(change);
    let heading = heading(change);
    // Of a date that passed, that date: the note of it may come days later.
    let on = change.passed_on.unwrap_or(change.day);
    let heading = format!("{}. {heading}, {}", words::change(change.seq), words::day(on));
    let heading = match corrects {
        Some(wrong) => format!("{heading}. {}", words::corrects(wrong)),
        None => heading,
    };
    let told = change.about_register.as_deref().unwrap_or(&item);
    let mut text = if told.is_empty() { heading } else { format!("{heading}: {told}") };
    if let Some(missed) = missed_of(change) {
        text.push_str(&format!(". {missed}"));
    }
    Line { text, link: address::change(change.seq) }
}

fn due_line(date: &DueDate) -> Line {
    answer_line(&words::due(date.kind, date.on), date)
}

fn missed_line(date: &DueDate) -> Line {
    answer_line(&words::missed(date.kind, date.on), date)
}

fn answer_line(sentence: &str, date: &DueDate) -> Line {
    let owed_by = words::owed_by(&date.body_name, &date.asked_name);
    let item = words::item(Some(&date.inquiry), Some(&date.number), Some(&owed_by));
    Line {
        text: format!("{sentence}: {item}"),
        link: address::staff_answer(&date.inquiry_slug, &date.number, &date.body_slug),
    }
}

fn moved_line(target: &MovedTarget) -> Line {
    let item = words::item(Some(&target.inquiry), Some(&target.number), Some(&target.body));
    Line {
        text: format!("{}: {item}", words::moved_on(target.on, target.to, target.times)),
        link: address::staff_answer(&target.inquiry_slug, &target.number, &target.body_slug),
    }
}

fn support_line((name, on): &(String, Day)) -> Line {
    Line { text: words::support_to_check(name, *on), link: "/help".to_owned() }
}

fn failed_line(mail: &MailRow) -> Line {
    let answer = mail.last_answer.as_deref().unwrap_or_default();
    Line {
        text: format!("{} to {}: {answer}", words::letter_kind(&mail.kind), mail.email),
        link: address::staff_mail(&mail.reference),
    }
}
