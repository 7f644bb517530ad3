//! `/staff/inquiries/{inquiry}/recommendations/{number}/{body}/return`: the address in reminder mails. What was recommended,
//! what the body said last, what is due; then one button for "no change", or the form.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::nothing_new::NothingNew;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, Act, Drafted, FileReturn, Returned, SaveDraft};
use crate::store::addressee::{self, Answer};
use crate::store::duty::{self, Colleague};
use crate::store::recommendation::{self, Recommendation};
use crate::store::update::{self, Update};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx, desk, detail, filing, held_back, hold, holiday, nothing_new};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::filing::form::{self, ReturnFields};
use crate::web::staff::filing::overtaken;
use crate::web::staff::form_sent::Sent;
use crate::web::staff::owed;
use crate::web::state::State;

/// How many unpublished updates on one item the page names.
const WAITING: i64 = 20;

/// The page.
#[derive(Template)]
#[template(path = "staff/body_return/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    place: String,
    public: String,
    text: Option<String>,
    checked: &'static str,
    warning: Option<&'static str>,
    last: Last,
    /// Whether an update from the body is recorded here at all.
    said_before: bool,
    due: Vec<String>,
    waiting: Vec<Link>,
    /// The unfinished update on this item, where one was begun.
    draft: Option<Link>,
    /// That what is sent goes to somebody of the body first.
    sign_off: Option<String>,
    closed: Option<String>,
    /// Whether a later target date can be asked for.
    asks_for_later: bool,
    /// That "no change" was said today already.
    said_today: Option<&'static str>,
    /// That the date which stands is not asked about yet.
    asked_from: Option<String>,
    /// That what is sent now is kept back.
    held: Option<&'static str>,
    /// Somebody else changed the item while this was being written.
    stale: bool,
    fields: ReturnFields,
    keys: Keys,
    no_change_keys: Keys,
}

/// What the body said last.
struct Last {
    line: String,
    words: Vec<String>,
}

/// What is read for the page.
struct Read {
    recommendation: Recommendation,
    answer: Answer,
    last: Option<Update>,
    owed: Vec<owed::Line>,
    waiting: Vec<Link>,
    /// Whether a hold keeps back that an update comes.
    held: bool,
    /// The day of one that came under it.
    kept_on: Option<Day>,
    /// The name of the unfinished update, where one was begun, and when it was saved last.
    draft: Option<String>,
    /// The name of the update that waits for the body's own sign-off, where one does.
    for_sign_off: Option<String>,
    /// Whoever signs off for the body.
    signer: Option<Colleague>,
    /// How often in a row "no change" was said.
    nothing_new: Option<NothingNew>,
    /// Whether it was said today.
    said_today: bool,
    /// The first day on which the date that stands is asked about.
    opens: Option<Day>,
}

impl Read {
    /// Whether what this person sends goes to somebody else of the body first.
    fn is_signed_by_another(&self, staff: &Staff) -> bool {
        self.signer.as_ref().is_some_and(|signer| signer.person != staff.actor.person)
    }
}

/// The three parts of the address.
type Path = web::Path<(String, String, String)>;

fn named(path: &Path) -> Result<(Slug, String, Slug), Error> {
    let inquiry = path.0.parse().map_err(|_| Error::NotFound)?;
    let body = path.2.parse().map_err(|_| Error::NotFound)?;
    Ok((inquiry, path.1.clone(), body))
}

async fn look(state: &State, staff: &Staff, path: &Path) -> Result<Read, Error> {
    let (inquiry, number, body) = named(path)?;
    let today = staff.today;
    let read = state.reader.read(move |tx| read(tx, &inquiry, &number, &body, today)).await?;
    staff.may(Deed::FileReturn, About::body(read.answer.answerer.id))?;
    Ok(read)
}

fn read(tx: &mut ReadTx<'_>, inquiry: &Slug, number: &str, body: &Slug, today: Day) -> Result<Read, store::Error> {
    let recommendation = recommendation::find(tx, inquiry, number)?.recommendation;
    let answer = addressee::find(tx, recommendation.id, body)?;
    let last = match answer.reported.update {
        Some(id) => update::many(tx, vec![id])?.remove(&id),
        None => None,
    };
    let details = detail::all_dates_of(tx, std::slice::from_ref(&answer))?;
    let owed = owed::lines(&answer, &details, today);
    let draft = filing::open_draft(tx, answer.id)?.map(|row| row.reference);
    let for_sign_off = filing::for_sign_off(tx, answer.id)?.map(|row| row.reference);
    let signer = duty::signer(tx, answer.answerer.id)?;
    let states = [FilingState::ForSignOff, FilingState::Submitted, FilingState::SentBack];
    let whose = desk::Whose::On(answer.id);
    let work = desk::work(tx, &states, &[FilingKind::Return], whose, WAITING)?;
    let waiting = work.into_iter().map(|work| {
        let words = words::filing_state(work.state);
        Link::new(address::filing(&work.reference), words)
    });
    let waiting = waiting.collect();
    let held = !hold::in_force(tx, Some(answer.inquiry_id), Some(answer.recommendation_id))?.is_empty();
    let kept_on = held_back::arrivals(tx)?.remove(&answer.id).and_then(|came| Some(came.last()?.0));
    let nothing_new = nothing_new::of(tx, &[answer.id])?.remove(&answer.id);
    let said_today = nothing_new::was_said(tx, answer.id, today)?;
    let calendar = holiday::calendar(tx, TimeZone::UTC)?;
    let opens = answer.return_due.map(|due| calendar.asking_opens(due.on, answer.return_every));
    Ok(Read {
        recommendation,
        answer,
        last,
        owed,
        waiting,
        held,
        kept_on,
        draft,
        for_sign_off,
        signer,
        nothing_new,
        said_today,
        opens,
    })
}

impl NewPage {
    fn new(shell: Shell, keys: Keys, read: Read, staff: &Staff, sent: &Sent, problems: Problems) -> Self {
        let today = staff.today;
        let Read { recommendation, answer, last, owed, waiting, held, kept_on, draft, signer, nothing_new, .. } = read;
        let (said_today, opens) = (read.said_today, read.opens);
        let title = match &recommendation.title {
            Some(Words::Said(title)) => words::title(&recommendation.number, Some(title)),
            Some(Words::Withheld(on)) => words::withheld_on(*on),
            None => words::title(&recommendation.number, None),
        };
        let inquiry = recommendation.inquiry.slug.as_str();
        let keys = keys.of_version(answer.version);
        let mut dates: Vec<String> = owed.into_iter().map(|line| line.words).collect();
        dates.push(words::last_arrival(answer.last_arrival_on));
        dates.extend(nothing_new.map(words::nothing_new));
        dates.extend(kept_on.map(words::kept_back));
        Self {
            shell: shell
                .titled(format!("File an update: {title}"))
                .crumb(address::STAFF, "Your work")
                .unlisted()
                .faulty(!problems.is_empty()),
            place: words::item(
                Some(&recommendation.inquiry.short_title),
                Some(&recommendation.number),
                Some(&answer.body.name),
            ),
            public: address::answer(inquiry, &recommendation.number, answer.body.slug.as_str()),
            text: recommendation.text.as_ref().and_then(Words::said).map(str::to_owned),
            checked: words::entry_checked(recommendation.text_kind, recommendation.checked),
            warning: words::warning(recommendation.checked),
            said_before: answer.reported.update.is_some(),
            last: Last::new(&answer, last.as_ref()),
            due: dates,
            waiting,
            draft: draft.map(|name| Link::new(address::filing(&name), "Go on with the unfinished update")),
            said_today: said_today.then_some(words::NO_CHANGE_TODAY),
            asked_from: answer
                .return_due
                .zip(opens.filter(|opens| today < *opens))
                .map(|(due, opens)| words::asked_from(due.on, opens)),
            sign_off: signer.filter(|one| one.person != staff.actor.person).map(|one| words::signs_off(&one.name)),
            closed: (answer.lifecycle.value == Lifecycle::Closed)
                .then(|| words::lifecycle_line(answer.lifecycle.value, answer.closure, answer.lifecycle.when)),
            asks_for_later: answer.lifecycle.value != Lifecycle::Closed
                && answer.target.as_ref().is_some_and(|target| target.on.is_some()),
            held: held.then_some(words::RETURN_HELD),
            stale: false,
            fields: ReturnFields::new(sent, &problems),
            problems,
            // Two forms on one page at one address: what one came to must not answer the other.
            no_change_keys: Keys { key: keys.key.as_ref().map(|key| format!("{key}-none")), ..keys.clone() },
            keys,
        }
    }
}

impl Last {
    fn new(answer: &Answer, update: Option<&Update>) -> Self {
        let words = update.and_then(|update| update.words.as_ref()).map(|words| match words {
            Words::Said(words) => words.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
            Words::Withheld(on) => vec![words::withheld_on(*on)],
        });
        Self {
            line: words::reported_line(answer.reported.value, answer.reported.when),
            words: words.unwrap_or_default(),
        }
    }
}

/// The page.
///
/// # Errors
/// 404 when there is no such item, 403 when it is another body's.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    path: Path,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &path).await?;
    page(&NewPage::new(shell, keys, read, &staff, &Sent::default(), Problems::none()))
}

/// Takes an update in.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    path: Path,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &path).await?;
    if sent.is_ticked("later") {
        return keep(&state, &staff, &path, read, &sent, (shell, keys)).await;
    }

    let (returned, faults) = if sent.is_ticked("no_change") {
        (Returned::NoChange, Problems::none())
    } else {
        let (update, faults) = form::read(&sent);
        (Returned::Update(update), faults)
    };
    let held = read.held;
    let said = match returned {
        _ if read.is_signed_by_another(&staff) => words::FOR_SIGN_OFF,
        Returned::NoChange => words::NO_CHANGE_TAKEN,
        Returned::Update(_) => words::RETURN_TAKEN,
    };
    let command = FileReturn { addressee: read.answer.id, version: sent.version(), returned };
    match state.service.file_return(Act { faults, ..staff.act(sent.key()) }, command).await {
        // Under a hold nothing was published.
        Ok(done) if done.seq.is_none() && held && said != words::FOR_SIGN_OFF => {
            notice::see_other_saying(&state, &done.location, words::RETURN_KEPT)
        }
        Ok(done) => notice::see_other_saying(&state, &done.location, said),
        Err(service::Error::Problems(problems)) => {
            let again = NewPage::new(shell, keys, read, &staff, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let now = look(&state, &staff, &path).await?;
            let waits = now.for_sign_off.as_ref().filter(|_| now.is_signed_by_another(&staff));
            if let Some(name) = now.draft.as_ref().or(waits) {
                return overtaken(&state, &staff, name, &sent, (shell, keys)).await;
            }
            let again = NewPage::new(shell, keys, now, &staff, &sent, Problems::none());
            page_with(StatusCode::CONFLICT, &NewPage { stale: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Keeps an unfinished update.
async fn keep(
    state: &State,
    staff: &Staff,
    path: &Path,
    read: Read,
    sent: &Sent,
    (shell, keys): (Shell, Keys),
) -> Result<HttpResponse, Error> {
    let (update, faults) = form::read_unfinished(sent);
    let command = SaveDraft { of: Drafted::Item(read.answer.id), update };
    let act = Act { faults, ..staff.act(sent.key()) };
    match state.service.save_draft(act, command).await {
        Ok(done) => notice::see_other_saying(state, &done.location, words::RETURN_SAVED),
        Err(service::Error::Problems(problems)) => {
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::new(shell, keys, read, staff, sent, problems))
        }
        Err(service::Error::Stale) => {
            let name = look(state, staff, path).await?.draft.ok_or(service::Error::Stale)?;
            overtaken(state, staff, &name, sent, (shell, keys)).await
        }
        Err(fault) => Err(fault.into()),
    }
}
