//! For overseers and administrators: what waits for them, what passed, what is due.

use actix_web::HttpResponse;
use askama::Template;
use jiff::tz::TimeZone;

use super::lists::Lists;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::hold::is_to_be_reviewed;
use crate::domain::holiday::ends_soon;
use crate::domain::id::BodyId;
use crate::domain::moment::{CLOCKS_APART_SECONDS, Day, Moment};
use crate::domain::outbox::MailState;
use crate::domain::words;
use crate::store::body::{self, BodyName};
use crate::store::desk::{Load, Whose};
use crate::store::hold::{Hold, InForce};
use crate::store::page::Capped;
use crate::store::{
    self, ReadTx, charge, complaint, desk, duty, holiday, ledger, mailing, operator_page, outbox, redaction, setting,
    succession, target_ask, withholding,
};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::waiting::{Asked, of};
use crate::web::state::State;

/// For how long a mail about an account that was not sent is listed, in seconds: a week.
const LATELY_SECONDS: i64 = 7 * 24 * 60 * 60;
/// How many bodies are named in the hint of a task.
const NAMED: usize = 3;

/// The page.
#[derive(Template)]
#[template(path = "staff/home/oversight.html")]
struct OversightPage {
    shell: Shell,
    /// What this person leads or stands in for; none where they lead nothing.
    mine: Option<Vec<Task>>,
    tasks: Vec<Task>,
    /// Nobody has taken responsibility for this copy yet.
    operator_missing: bool,
    /// Whether this person can enter who does.
    enters_operator: bool,
    /// That the last change is dated later than it is now.
    dated_ahead: Option<String>,
    places: Vec<Link>,
}

/// One thing to do, with how much of it there is and the list behind it.
pub struct Task {
    words: &'static str,
    hint: Option<String>,
    count: String,
    href: String,
    /// Since when; what has no date comes last.
    since: Option<Day>,
}

impl Task {
    /// Nothing where there is none.
    fn of(words: &'static str, count: i64, href: impl Into<String>, since: Option<Day>) -> Option<Self> {
        let count = Capped { number: count.unsigned_abs(), more: false };
        Self::capped(words, count, href, since)
    }

    /// The same of what may not have been counted to its end.
    pub fn capped(words: &'static str, count: Capped, href: impl Into<String>, since: Option<Day>) -> Option<Self> {
        (count.number > 0).then(|| Self {
            words,
            hint: since.map(words::oldest_since),
            count: words::capped(count.number, count.more),
            href: href.into(),
            since,
        })
    }

    /// The same with another hint.
    pub fn hinted(self, hint: Option<String>) -> Self {
        Self { hint, ..self }
    }

    /// The same at the end of the list, whatever its date.
    pub fn last(self) -> Self {
        Self { since: None, ..self }
    }
}

/// What is read for the page.
struct Desk {
    /// What this person leads or stands in for, where they do anything of the kind.
    mine: Option<Lists>,
    all: Lists,
    /// What they wrote, and somebody else must publish.
    own: Vec<Load>,
    sent_back: Vec<Load>,
    failed: i64,
    /// Mails about accounts that did not go lately, for their address is dead; the first of them.
    unsent: (i64, Option<Moment>),
    invited: i64,
    complaints: (i64, Option<Moment>),
    asks: (i64, Option<Day>),
    /// Answers of which nobody decided which body answers.
    undecided: i64,
    support: Vec<(String, Day)>,
    in_service: bool,
    removals: i64,
    /// Withholdings that nobody has said the kind of reason of, and since when.
    unexplained: (i64, Option<Day>),
    mailings: (i64, Option<Moment>),
    unled: i64,
    /// The bodies with something open about which mail comes back.
    stopped: Vec<BodyName>,
    /// The review dates of the holds that are to be reviewed, the first one first.
    reviews: Vec<Day>,
    /// The last day of the list of bank holidays.
    holidays_last: Option<Day>,
    /// The moment of the last change, where no right clock says that it has come.
    dated_ahead: Option<Moment>,
}

fn reviews(in_force: &InForce, today: Day) -> Vec<Day> {
    let mut days: Vec<Day> = in_force.0.iter().map(Hold::review_on).collect();
    days.retain(|day| is_to_be_reviewed(*day, today));
    days.sort_unstable();
    days
}

/// The bodies with something open, of what this person oversees, about which mail comes back.
fn stopped(tx: &mut ReadTx<'_>, staff: &Staff) -> Result<Vec<BodyName>, store::Error> {
    let reach = staff.actor.reach;
    let items = duty::stopped(tx)?.into_iter().filter(|one| reach.holds(one.inquiry));
    let mut bodies: Vec<BodyId> = items.map(|one| one.body).collect();
    bodies.dedup();
    body::names(tx, bodies)
}

fn read(tx: &mut ReadTx<'_>, staff: &Staff, zone: &TimeZone) -> Result<Desk, store::Error> {
    let (me, today) = (staff.actor.person, staff.today);
    let mails = outbox::counts(tx)?;
    let service = setting::in_service(tx)?;
    let not_by = service.second_key.then_some(me);
    let mine = charge::has_any(tx, me)?;
    let mut lists = |asked| Lists::read(tx, asked, staff, not_by, zone);
    Ok(Desk {
        mine: if mine { Some(lists(Asked::Mine)?) } else { None },
        all: lists(Asked::Everybody)?,
        own: if service.second_key { desk::loads(tx, FilingState::Submitted, Whose::By(me))? } else { Vec::new() },
        sent_back: desk::loads(tx, FilingState::SentBack, Whose::By(me))?,
        failed: mails.iter().find(|(state, _)| *state == MailState::PermanentFailure).map_or(0, |(_, count)| *count),
        unsent: outbox::accounts_unsent(tx, staff.now.plus_seconds(-LATELY_SECONDS))?,
        invited: desk::invited_count(tx)?,
        complaints: complaint::waiting(tx)?,
        asks: target_ask::count(tx, &of(Asked::Everybody, staff))?,
        undecided: succession::undecided_count(tx)?,
        support: operator_page::support_to_check(tx, today)?,
        in_service: service.operator.is_some(),
        removals: redaction::waiting(tx, me)?,
        unexplained: withholding::not_said(tx)?,
        mailings: mailing::asked(tx)?,
        unled: charge::unled(tx)?,
        stopped: stopped(tx, staff)?,
        reviews: reviews(&InForce::read(tx)?, today),
        holidays_last: holiday::last(tx)?,
        dated_ahead: ledger::newest_at(tx)?.filter(|at| at.seconds_since(staff.now) > CLOCKS_APART_SECONDS),
    })
}

/// How much of the work is of these kinds, and since when the oldest waits.
fn sum(loads: &[Load], of: impl Fn(FilingKind) -> bool, zone: &TimeZone) -> (i64, Option<Day>) {
    let wanted = || loads.iter().filter(|load| of(load.kind));
    let oldest = wanted().filter_map(|load| load.oldest).min();
    (wanted().map(|load| load.count).sum(), oldest.map(|at| at.day_in(zone)))
}

/// What waited longest first; what has no date last.
fn in_order(mut tasks: Vec<Task>) -> Vec<Task> {
    tasks.sort_by_key(|task| (task.since.is_none(), task.since));
    tasks
}

/// Everybody's tasks, what has waited longest first.
fn tasks(desk: &Desk, zone: &TimeZone, staff: &Staff) -> Vec<Task> {
    let may = |deed| staff.may(deed, About::default()).is_ok();
    let whole = |deed| staff.may(deed, About::register()).is_ok();
    let manages = may(Deed::ManagePeople);
    let judged = |kind: FilingKind| !kind.is_of_body();
    let (own, own_since) = sum(&desk.own, judged, zone);
    let own = Task::of("Yours, which wait for somebody else", own, "/staff/to-confirm#yours", own_since);
    let (back, since) = sum(&desk.sent_back, |_| true, zone);
    let back = Task::of("Yours, sent back with comments", back, "/staff/sent-back", since);
    let day = |at: Option<Moment>| at.map(|at| at.day_in(zone));
    let (wrong, since) = desk.complaints;
    let wrong = Task::of("Messages from readers to decide on", wrong, "/staff/complaints", day(since));
    let (mailings, since) = desk.mailings;
    let mail =
        Task::of("Many changes: is the public mailed about them?", mailings, address::STAFF_MAILINGS, day(since));
    let (asks, since) = desk.asks;
    let asks = Task::of("Requests for a later target date to decide", asks, "/staff/extensions", since);
    let (unexplained, since) = desk.unexplained;
    let unexplained =
        Task::of("Words withheld: say which kind of reason it was", unexplained, address::WITHHOLDINGS, since);
    let mut tasks = desk.all.tasks(Asked::Everybody, zone);
    tasks.extend(unexplained.filter(|_| may(Deed::Withhold)));
    tasks.extend([own, back, asks].into_iter().flatten());
    tasks.extend(Task::of("Decide which body answers now", desk.undecided, "/staff/undecided", None));
    tasks.extend(wrong.filter(|_| whole(Deed::DecideComplaint)));
    tasks.extend(mail.filter(|_| whole(Deed::DecideMailing)));
    tasks.extend(review(desk, staff.today));
    tasks.extend(support(desk, manages));
    if manages {
        let failed =
            Task::of("Mail that could not be sent", desk.failed, "/staff/outbox?state=permanent_failure", None);
        tasks.extend(failed);
        let (unsent, since) = desk.unsent;
        tasks.extend(Task::of(
            "Mail about accounts that was not sent: its address is dead",
            unsent,
            "/staff/outbox?state=suppressed",
            day(since),
        ));
    }
    let removals =
        Task::of("Words to be removed, which wait for a second person", desk.removals, "/staff/redactions", None);
    tasks.extend(removals.filter(|_| whole(Deed::Redact)));
    tasks.extend(Task::of("Inquiries and bodies that nobody leads", desk.unled, address::LEADS, None));
    tasks.extend(no_contact(desk).filter(|_| may(Deed::RecordFact)));
    if manages {
        tasks.extend(Task::of("People invited who have no account yet", desk.invited, "/staff/people", None));
        tasks.extend(holidays(desk, staff.today));
    }
    in_order(tasks)
}

/// Bodies whose contact no mail reaches, with the names of the first few; of one alone its contacts.
fn no_contact(desk: &Desk) -> Option<Task> {
    let href = match desk.stopped.as_slice() {
        [one] => address::contacts(one.slug.as_str()),
        _ => address::STAFF_BODIES.to_owned(),
    };
    let task = Task::of(words::MAIL_COMES_BACK, desk.stopped.len() as i64, href, None)?;
    let names: Vec<&str> = desk.stopped.iter().take(NAMED).map(BodyName::short).collect();
    Some(task.hinted(Some(names.join(", "))))
}

/// Holds whose review date is near or has passed.
fn review(desk: &Desk, today: Day) -> Option<Task> {
    let first = *desk.reviews.first()?;
    let task = Task::of("Holds on new information to be reviewed", desk.reviews.len() as i64, address::HOLDS, None)?;
    Some(Task { hint: Some(words::review(first, today)), ..task })
}

/// The list of bank holidays, where it ends within a year.
fn holidays(desk: &Desk, today: Day) -> Option<Task> {
    let ends = i64::from(ends_soon(desk.holidays_last, today));
    let task = Task::of("Bank holidays to be entered", ends, address::HOLIDAYS, None)?;
    Some(Task { hint: Some(words::holidays_end(desk.holidays_last)), ..task })
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
    let (who, zone) = (staff.clone(), state.site.zone.clone());
    let desk = state.reader.read(move |tx| read(tx, &who, &zone)).await?;
    let may = |deed| staff.may(deed, About::default()).is_ok();
    let whole = |deed| staff.may(deed, About::register()).is_ok();
    let manages = may(Deed::ManagePeople);
    let mut places = vec![
        Link::new("/staff/inquiries", "Every item, with what can be done"),
        Link::new(address::STAFF_BODIES, "Bodies, with what is open and whom to reach"),
        Link::new(address::LEADS, "Who leads what"),
        Link::new(address::REGISTER, "Write the register"),
        Link::new(address::MEETINGS, "Meetings"),
        Link::new(address::PACKS, "Scrutiny packs"),
    ];
    if whole(Deed::DecideComplaint) {
        places.push(Link::new("/staff/complaints", "What readers say is wrong"));
        places.push(Link::new(address::STAFF_MAILINGS, "Mail to the public"));
    }
    if may(Deed::Redact) {
        places.push(Link::new(super::super::published::HERE, words::ABOUT_REGISTER));
        places.push(Link::new(address::HOLDS, "Holds on new information"));
        places.push(Link::new(address::WITHHOLDINGS, "Words withheld"));
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
    let zone = &state.site.zone;
    page(&OversightPage {
        mine: desk.mine.as_ref().map(|mine| in_order(mine.tasks(Asked::Mine, zone))),
        tasks: tasks(&desk, zone, staff),
        operator_missing: !desk.in_service,
        enters_operator: may(Deed::ManageSettings),
        dated_ahead: desk.dated_ahead.map(|at| words::dated_ahead(at, zone)),
        places,
        shell,
    })
}
