//! For overseers and administrators: what waits for them, what passed, what is due.

use actix_web::HttpResponse;
use askama::Template;
use jiff::tz::TimeZone;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::deadline::DeadlineKind;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::hold::is_to_be_reviewed;
use crate::domain::id::PersonId;
use crate::domain::moment::{Day, Moment};
use crate::domain::outbox::MailState;
use crate::domain::words;
use crate::store::desk::{Load, Whose};
use crate::store::hold::{Hold, InForce};
use crate::store::overdue::{self, Narrow};
use crate::store::page::Capped;
use crate::store::{
    self, ReadTx, complaint, desk, due, mailing, operator_page, outbox, redaction, setting, target_ask,
};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::waiting::DAYS_AHEAD;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/home/oversight.html")]
struct OversightPage {
    shell: Shell,
    tasks: Vec<Task>,
    /// Nobody has taken responsibility for this copy yet.
    operator_missing: bool,
    /// Whether this person can enter who does.
    enters_operator: bool,
    places: Vec<Link>,
}

/// One thing to do, with how much of it there is and the list behind it.
struct Task {
    words: &'static str,
    hint: Option<String>,
    count: String,
    href: &'static str,
    /// Since when; what has no date comes last.
    since: Option<Day>,
}

impl Task {
    /// Nothing where there is none.
    fn of(words: &'static str, count: i64, href: &'static str, since: Option<Day>) -> Option<Self> {
        (count > 0).then(|| Self {
            words,
            hint: since.map(words::oldest_since),
            count: words::number(count.unsigned_abs()),
            href,
            since,
        })
    }
}

/// What is read for the page.
struct Desk {
    /// What this person may publish, as far as the second key goes.
    others: Vec<Load>,
    /// What they wrote, and somebody else must publish.
    own: Vec<Load>,
    sent_back: Vec<Load>,
    overdue: Capped,
    oldest_missed: Option<Day>,
    due: usize,
    next_due: Option<Day>,
    failed: i64,
    uncompared: i64,
    invited: i64,
    complaints: (i64, Option<Moment>),
    asks: (i64, Option<Day>),
    rechecks: (i64, Option<Day>),
    support: Vec<(String, Day)>,
    in_service: bool,
    removals: i64,
    mailings: (i64, Option<Moment>),
    /// The review dates of the holds that are to be reviewed, the first one first.
    reviews: Vec<Day>,
}

fn reviews(in_force: &InForce, today: Day) -> Vec<Day> {
    let mut days: Vec<Day> = in_force.0.iter().map(Hold::review_on).collect();
    days.retain(|day| is_to_be_reviewed(*day, today));
    days.sort_unstable();
    days
}

fn read(tx: &mut ReadTx<'_>, me: PersonId, today: Day) -> Result<Desk, store::Error> {
    let soon = due::up_to(tx, &[DeadlineKind::Return], today.plus_days(DAYS_AHEAD))?;
    let soon: Vec<Day> = soon.iter().map(|date| date.on).filter(|on| *on >= today).collect();
    let missed = overdue::list(tx, today, Narrow::default(), None, 1)?;
    let mails = outbox::counts(tx)?;
    let again = due::up_to(tx, &[DeadlineKind::Recheck], today)?;
    let service = setting::in_service(tx)?;
    Ok(Desk {
        others: desk::loads(
            tx,
            FilingState::Submitted,
            if service.second_key { Whose::NotBy(me) } else { Whose::Anybodys },
        )?,
        own: if service.second_key { desk::loads(tx, FilingState::Submitted, Whose::By(me))? } else { Vec::new() },
        sent_back: desk::loads(tx, FilingState::SentBack, Whose::By(me))?,
        overdue: overdue::count(tx, today, Narrow::default())?,
        oldest_missed: missed.items.first().map(|missed| missed.due_on),
        due: soon.len(),
        next_due: soon.first().copied(),
        failed: mails.iter().find(|(state, _)| *state == MailState::PermanentFailure).map_or(0, |(_, count)| *count),
        uncompared: desk::uncompared_count(tx)?,
        invited: desk::invited_count(tx)?,
        complaints: complaint::waiting(tx)?,
        asks: target_ask::count(tx)?,
        rechecks: (again.len() as i64, again.first().map(|date| date.on)),
        support: operator_page::support_to_check(tx, today)?,
        in_service: service.operator.is_some(),
        removals: redaction::waiting(tx, me)?,
        mailings: mailing::asked(tx)?,
        reviews: reviews(&InForce::read(tx)?, today),
    })
}

/// How much of the work is of these kinds, and since when the oldest waits.
fn sum(loads: &[Load], of: impl Fn(FilingKind) -> bool, zone: &TimeZone) -> (i64, Option<Day>) {
    let wanted = || loads.iter().filter(|load| of(load.kind));
    let oldest = wanted().filter_map(|load| load.oldest).min();
    (wanted().map(|load| load.count).sum(), oldest.map(|at| at.day_in(zone)))
}

/// The tasks, what has waited longest first.
fn tasks(desk: &Desk, zone: &TimeZone, manages: bool, today: Day) -> Vec<Task> {
    let returns = |kind| kind == FilingKind::Return;
    let judged = |kind| kind != FilingKind::Return;
    let (to_publish, since) = sum(&desk.others, returns, zone);
    let publish = Task::of("Updates from bodies to read and publish", to_publish, "/staff/to-publish", since);
    let (to_confirm, since) = sum(&desk.others, judged, zone);
    let confirm =
        Task::of("Findings, closings and words that wait for a second person", to_confirm, "/staff/to-confirm", since);
    let (own, own_since) = sum(&desk.own, judged, zone);
    let own = Task::of("Yours, which wait for somebody else", own, "/staff/to-confirm#yours", own_since);
    let (back, since) = sum(&desk.sent_back, |_| true, zone);
    let back = Task::of("Yours, sent back with comments", back, "/staff/sent-back", since);
    let overdue = Task {
        hint: desk.oldest_missed.map(words::oldest_passed),
        count: format!("{}{}", words::number(desk.overdue.number), if desk.overdue.more { "+" } else { "" }),
        words: "Dates that passed with nothing received",
        href: "/overdue",
        since: desk.oldest_missed,
    };
    let due = Task {
        hint: desk.next_due.map(words::next_on),
        count: words::number(desk.due as u64),
        words: "Updates due in the next 30 days",
        href: "/staff/due",
        since: None,
    };
    let (wrong, since) = desk.complaints;
    let since = since.map(|at| at.day_in(zone));
    let wrong = Task::of("Messages from readers to decide on", wrong, "/staff/complaints", since);
    let (mailings, since) = desk.mailings;
    let since = since.map(|at| at.day_in(zone));
    let mail = Task::of("Many changes: is the public mailed about them?", mailings, address::STAFF_MAILINGS, since);
    let (again, since) = desk.rechecks;
    let again = Task::of("Answers to be looked at again", again, "/staff/to-look-at-again", since);
    let (asks, since) = desk.asks;
    let asks = Task::of("Requests for a later target date to decide", asks, "/staff/extensions", since);
    let mut tasks: Vec<Task> = [publish, confirm, own, back, wrong, mail, asks, again].into_iter().flatten().collect();
    tasks.extend((desk.overdue.number > 0).then_some(overdue));
    tasks.sort_by_key(|task| (task.since.is_none(), task.since));
    tasks.extend(review(desk, today));
    tasks.extend(support(desk, manages));
    if manages {
        let failed =
            Task::of("Mail that could not be sent", desk.failed, "/staff/outbox?state=permanent_failure", None);
        tasks.extend(failed);
    }
    tasks.extend(Task::of(
        "Words to be removed, which wait for a second person",
        desk.removals,
        "/staff/redactions",
        None,
    ));
    tasks.extend((desk.due > 0).then_some(due));
    tasks.extend(Task::of(
        "Recommendations not compared with their source",
        desk.uncompared,
        "/staff/to-compare",
        None,
    ));
    if manages {
        tasks.extend(Task::of("People invited who have no account yet", desk.invited, "/staff/people", None));
    }
    tasks
}

/// Holds whose review date is near or has passed.
fn review(desk: &Desk, today: Day) -> Option<Task> {
    let first = *desk.reviews.first()?;
    let task = Task::of("Holds on new information to be reviewed", desk.reviews.len() as i64, address::HOLDS, None)?;
    Some(Task { hint: Some(words::review(first, today)), ..task })
}

/// Support that nobody has checked for six months: an administrator changes it, anybody can say that it is wrong.
fn support(desk: &Desk, manages: bool) -> Option<Task> {
    let oldest = desk.support.first()?;
    let hint = words::support_to_check(&oldest.0, oldest.1);
    let href = if manages { "/staff/pages/help" } else { "/help" };
    let task = Task::of("Support on the help page to be checked again", desk.support.len() as i64, href, None)?;
    Some(Task { hint: Some(hint), ..task })
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(state: &State, staff: &Staff, shell: Shell) -> Result<HttpResponse, Error> {
    let (me, today) = (staff.actor.person, staff.today);
    let desk = state.reader.read(move |tx| read(tx, me, today)).await?;
    let may = |deed| staff.may(deed, About::default()).is_ok();
    let manages = may(Deed::ManagePeople);
    let mut places = vec![
        Link::new("/staff/inquiries", "Every item, with what can be done"),
        Link::new(address::REGISTER, "Write the register"),
        Link::new("/staff/complaints", "What readers say is wrong"),
        Link::new(address::STAFF_MAILINGS, "Mail to the public"),
    ];
    if may(Deed::Redact) {
        places.push(Link::new(super::super::published::HERE, words::ABOUT_REGISTER));
        places.push(Link::new(address::HOLDS, "Holds on new information"));
        places.push(Link::new(address::REDACTIONS, "Words removed for legal reasons"));
    }
    if manages {
        places.extend([
            Link::new("/staff/outbox", "Mail"),
            Link::new("/staff/people", "People"),
            Link::new("/staff/pages", "The operator\u{2019}s pages"),
            Link::new("/staff/settings", "Settings"),
            Link::new("/staff/held", "Everything held about somebody or something"),
        ]);
    }
    page(&OversightPage {
        tasks: tasks(&desk, &state.site.zone, manages, today),
        operator_missing: !desk.in_service,
        enters_operator: may(Deed::ManageSettings),
        places,
        shell,
    })
}
