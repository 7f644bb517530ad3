//! For a contributor: their own body's items, the next due first; above them what was sent back, and what is being read.

use actix_web::HttpResponse;
use askama::Template;

use crate::domain::address;
use crate::domain::deadline::DeadlineKind;
use crate::domain::duty::DutyKind;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::id::BodyId;
use crate::domain::moment::Day;
use crate::domain::reported::Reported;
use crate::domain::words;
use crate::store::accuracy::{self, Check};
use crate::store::addressee::{self, Answer};
use crate::store::body::{BodyName, Succession};
use crate::store::desk::{OwnItem, Whose, Work};
use crate::store::detail::{self, Details};
use crate::store::duty::{self, Duty};
use crate::store::waiting::{self, List, Waits};
use crate::store::{self, ReadTx, charge, desk, setting};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::tag::Tag;
use crate::web::part::{Link, SummaryRow};
use crate::web::public::{judged, say};
use crate::web::shell::Shell;
use crate::web::staff::owed;
use crate::web::staff::waiting::{DAYS_AHEAD, Row};
use crate::web::state::State;

/// How many items the page shows; the body's public page has them all.
const ITEMS: i64 = 200;
/// How many documents it shows.
const REPORTS: i64 = 20;
/// How much unpublished work it shows.
const WORK: i64 = 100;
/// How many dates of the next days it shows.
const DUE: usize = 200;

/// The page.
#[derive(Template)]
#[template(path = "staff/home/body.html")]
struct BodyPage {
    shell: Shell,
    body: String,
    public: String,
    /// Findings about the body that nobody has published yet.
    to_check: Vec<Link>,
    /// What waits for this person's sign-off.
    to_sign: Vec<Row>,
    /// What waits for somebody else's.
    for_sign_off: Vec<Row>,
    unfinished: Vec<Row>,
    sent_back: Vec<Row>,
    being_read: Vec<Row>,
    /// Who is asked, and who signs off.
    duties: Vec<SummaryRow>,
    /// Where the items are taken as a sheet.
    sheet: String,
    /// The body's documents, each with how its items fare in it.
    reports: Vec<(Link, String)>,
    items: Vec<Item>,
    /// What else than an update is due in the next days.
    due: Vec<Row>,
    more: bool,
    /// Of a body that ended, which took its place, each with its page.
    became: Vec<(String, Link)>,
    /// Where whoever runs this register is written to.
    contact: Option<String>,
}

/// One of the body's items.
struct Item {
    title: Link,
    place: String,
    /// What is owed, and by when.
    owed: Vec<owed::Line>,
    said: Tag,
    /// What the tag says, in full; none where it says all there is.
    line: Option<String>,
    arrived: String,
    /// How often in a row "no change" was said.
    nothing_new: Option<String>,
    /// Of an update that came under a hold.
    kept: Option<String>,
    file: String,
}

struct Read {
    body: BodyName,
    to_check: Vec<Check>,
    for_sign_off: Vec<Work>,
    unfinished: Vec<Work>,
    sent_back: Vec<Work>,
    being_read: Vec<Work>,
    duties: Vec<Duty>,
    reports: Vec<(Link, String)>,
    items: Vec<OwnItem>,
    /// The answers of the items, with their dates.
    answers: Vec<Answer>,
    dates: Details,
    due: Vec<(DeadlineKind, Waits)>,
    after: Vec<Succession>,
    contact: Option<String>,
}

impl Read {
    fn owed(&self, item: &OwnItem, today: Day) -> Vec<owed::Line> {
        let answer = self.answers.iter().find(|answer| answer.id == item.id);
        answer.map(|answer| owed::lines(answer, &self.dates, today)).unwrap_or_default()
    }
}

fn read(tx: &mut ReadTx<'_>, body: BodyId, today: Day) -> Result<Read, store::Error> {
    let mut work = |state| desk::work(tx, &[state], &FilingKind::OF_BODIES, Whose::About(body), WORK);
    let (sent_back, being_read) = (work(FilingState::SentBack)?, work(FilingState::Submitted)?);
    let (for_sign_off, unfinished) = (work(FilingState::ForSignOff)?, work(FilingState::Draft)?);
    let items = desk::items_of(tx, body, ITEMS + 1)?;
    let of = items.iter().map(|item| item.recommendation).collect();
    let mut answers: Vec<Answer> = addressee::of_recommendations(tx, of)?.into_values().flatten().collect();
    answers.retain(|answer| answer.answerer.id == body);
    let name = desk::body_name(tx, body)?;
    Ok(Read {
        after: store::body::find(tx, &name.slug)?.after,
        contact: setting::operator(tx)?.map(|operator| operator.contact.to_string()),
        dates: detail::all_dates_of(tx, &answers)?,
        answers,
        items,
        to_check: accuracy::of_body(tx, body)?,
        for_sign_off,
        unfinished,
        sent_back,
        being_read,
        duties: duty::of_body(tx, body)?,
        reports: judged::reports(tx, body, REPORTS)?,
        due: {
            let own = charge::Whose { of_body: Some(body), ..charge::Whose::default() };
            waiting::due(tx, DAYS_AHEAD, &own, today, None, DUE)?.items
        },
        body: name,
    })
}

impl Item {
    fn new(item: &OwnItem, owed: Vec<owed::Line>) -> Self {
        let OwnItem { inquiry_slug, number, asked_slug, .. } = item;
        Self {
            title: Link::new(address::answer(inquiry_slug, number, asked_slug), item.title.named(number)),
            place: words::item(
                Some(&item.inquiry),
                Some(number),
                item.asked.as_deref().map(words::was_asked).as_deref(),
            ),
            owed,
            said: words::reported(item.reported),
            line: (item.reported != Reported::NotReported)
                .then(|| words::reported_line(item.reported, item.reported_when)),
            arrived: words::last_arrival(item.last_arrival_on),
            nothing_new: item.nothing_new.map(words::nothing_new),
            kept: item.kept_on.map(words::kept_back),
            file: address::return_form(inquiry_slug, number, asked_slug),
        }
    }
}

/// Who has a duty; somebody who left is said to have left.
fn duty_row(duty: &Duty) -> SummaryRow {
    let holder = &duty.holder;
    let left = if holder.works { "" } else { " (has left: the register\u{2019}s office can name somebody else)" };
    SummaryRow::new(words::duty(duty.kind), format!("{}{left}", holder.name))
}

/// A finding with its body, by what can still be done about it.
fn to_check(check: &Check, today: Day) -> Link {
    let words = if check.period.runs_on(today) && check.unsigned.is_some() {
        format!(
            "A reply to a finding waits for your own sign-off, until {}. Unsigned it does not count",
            words::day(check.period.until)
        )
    } else if check.period.runs_on(today) {
        format!("A finding to check before it is published. You can reply until {}", words::day(check.period.until))
    } else {
        "A finding that you were shown, and that is not published yet".to_owned()
    };
    Link::new(address::finding(&check.reference), words)
}

/// What is due besides updates, which stand with their items below.
fn due(all: &[(DeadlineKind, Waits)]) -> Vec<Row> {
    let other = all.iter().filter(|(kind, _)| *kind != DeadlineKind::Return);
    other.map(|(kind, waits)| Row::of_answer(waits, List::Due(*kind, DAYS_AHEAD))).collect()
}

/// Which body took its place, with that body's page.
fn became(after: &Succession) -> (String, Link) {
    (words::became(after.kind, &after.body.name, after.happened), say::body(&after.body))
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(state: &State, staff: &Staff, own: BodyId, shell: Shell) -> Result<HttpResponse, Error> {
    let today = staff.today;
    let mut read = state.reader.read(move |tx| read(tx, own, today)).await?;
    let most = usize::try_from(ITEMS).unwrap_or(usize::MAX);
    let more = read.items.len() > most;
    read.items.truncate(most);
    let slug = read.body.slug.as_str();
    let rows = |work: &[Work]| work.iter().map(|work| Row::of_work(work, &state.site.zone)).collect::<Vec<_>>();
    let of_body = || read.duties.iter().filter(|one| one.item.is_none());
    let signs = of_body().any(|one| one.kind == DutyKind::SignOff && one.holder.person == staff.actor.person);
    let waits = rows(&read.for_sign_off);
    let (to_sign, for_sign_off) = if signs { (waits, Vec::new()) } else { (Vec::new(), waits) };
    page(&BodyPage {
        to_sign,
        for_sign_off,
        unfinished: rows(&read.unfinished),
        duties: of_body().map(duty_row).collect(),
        sheet: address::sheet(slug),
        public: address::body(slug),
        to_check: read.to_check.iter().map(|check| to_check(check, staff.today)).collect(),
        due: due(&read.due),
        items: read.items.iter().map(|item| Item::new(item, read.owed(item, staff.today))).collect(),
        sent_back: rows(&read.sent_back),
        being_read: rows(&read.being_read),
        reports: read.reports,
        became: read.after.iter().map(became).collect(),
        contact: read.contact,
        body: read.body.name.clone(),
        more,
        shell,
    })
}
