//! `/subscriptions/{token}`: what somebody follows by mail, changed, paused and stopped by the link in each mail. A `GET` changes
//! nothing; the one `POST` that needs no form of ours is that of a mail program (RFC 8058), and it only stops.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::subscribe::{cycles, hash, topic_words};
use crate::domain::address;
use crate::domain::id::SubscriptionId;
use crate::domain::problem::Problems;
use crate::domain::retention::Kept;
use crate::domain::subscription::MailCycle;
use crate::domain::words;
use crate::service;
use crate::store::subscriber::{self, Subscriber};
use crate::store::subscription::{self, Subscription};
use crate::store::{self, setting};
use crate::web::answer::{page, page_with, see_other};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Keys};
use crate::web::shell::Shell;
use crate::web::staff::button::Button;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "public/subscription/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    here: String,
    /// What has just been done.
    done: Option<&'static str>,
    topics: ChoiceField,
    cycle: ChoiceField,
    /// Until when it is paused.
    paused: Option<String>,
    until: DateField,
    /// For how long the address is kept once all is stopped.
    kept: String,
    keys: Keys,
}

/// What was found behind a link.
struct Found {
    somebody: Subscriber,
    follows: Vec<(Subscription, String)>,
    /// For how many days the address is kept once all is stopped.
    kept: i64,
}

/// For how many days the address of somebody who has stopped all mail is kept.
fn former(tx: &mut store::ReadTx<'_>) -> Result<i64, store::Error> {
    Ok(setting::periods(tx)?.days(Kept::FormerFollower))
}

/// A link that does not work, or not any more.
#[derive(Template)]
#[template(path = "public/subscription/gone.html")]
struct GonePage {
    shell: Shell,
}

/// Says the same whether mail was stopped or the link never was one.
fn gone(shell: Shell) -> Result<HttpResponse, Error> {
    page_with(StatusCode::NOT_FOUND, &GonePage { shell: shell.titled("This mail may have been stopped").unlisted() })
}

async fn look(state: &State, link: &str) -> Result<Option<Found>, Error> {
    let Some(hash) = hash(link) else { return Ok(None) };
    let read = move |tx: &mut store::ReadTx<'_>| {
        let Some(somebody) = subscriber::find_by_token(tx, &hash)? else { return Ok(None) };
        let follows = subscription::of(tx, &[somebody.id])?;
        let confirmed: Vec<Subscription> = follows.into_iter().filter(|one| one.since.is_some()).collect();
        let targets: Vec<_> = confirmed.iter().map(|one| (one.kind, one.target)).collect();
        let names = subscription::names(tx, &targets)?;
        let follows = confirmed
            .into_iter()
            .filter_map(|one| names.get(&(one.kind, one.target)).map(|name| (one, topic_words(name))))
            .collect();
        Ok::<_, store::Error>(Some(Found { somebody, follows, kept: former(tx)? }))
    };
    Ok(state.reader.read(read).await?)
}

impl ShowPage {
    fn new(
        state: &State,
        (shell, keys): (Shell, Keys),
        link: &str,
        found: &Found,
        sent: Option<&Sent>,
        problems: Problems,
    ) -> Self {
        let all: Vec<String> = found.follows.iter().map(|(one, _)| one.id.0.to_string()).collect();
        let choices = found.follows.iter().map(|(one, words)| Choice::new(one.id.0.to_string(), words.clone()));
        let kept: Vec<String> = sent
            .filter(|sent| !sent.get("cycle").is_empty())
            .map_or(all, |sent| sent.all("topics").into_iter().map(str::to_owned).collect());
        let cycle = sent.map(|sent| sent.get("cycle")).filter(|cycle| !cycle.is_empty());
        let empty = Sent::default();
        let today = state.today();
        Self {
            topics: ChoiceField::new("topics", "What you follow", choices)
                .hint("Take the tick away from what you do not want any more.")
                .values(&kept)
                .checked(&problems),
            cycle: cycles(cycle.unwrap_or(found.somebody.cycle.as_str())).checked(&problems),
            paused: found.somebody.paused_until.filter(|_| found.somebody.is_paused(today)).map(words::day),
            until: sent
                .unwrap_or(&empty)
                .date("until", "Pause until", &problems)
                .hint("For example, 27 3 2027. What is published meanwhile is told in the first mail after that."),
            done: None,
            kept: words::days(found.kept),
            here: address::subscription(link),
            shell: shell.titled("Your mail from this register").unlisted().faulty(!problems.is_empty()),
            keys: keys.of_version(found.somebody.version),
            problems,
        }
    }
}

/// What has just been done, as the address says it: no cookie is set for it.
#[derive(Debug, Default, Deserialize)]
pub struct DoneQuery {
    #[serde(default)]
    done: String,
}

fn said(done: &str) -> Option<&'static str> {
    match done {
        "confirmed" => Some("Confirmed. You will be written to when something you follow changes."),
        "saved" => Some("Saved."),
        "paused" => Some("Your mail is paused."),
        "resumed" => Some("Your mail goes on."),
        _ => None,
    }
}

/// The page. It changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn show(
    state: web::Data<State>,
    link: web::Path<String>,
    query: web::Query<DoneQuery>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let Some(found) = look(&state, &link).await? else { return gone(shell) };
    let mut shown = ShowPage::new(&state, (shell, keys), &link, &found, None, Problems::none());
    shown.done = said(&query.done);
    page(&shown)
}

/// Whether a mail program asks to stop these mails (RFC 8058): the one field with its one value, in either form of a form.
fn is_one_click(request: &HttpRequest, body: &[u8]) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.trim_start().to_ascii_lowercase();
    if kind.starts_with("application/x-www-form-urlencoded") {
        return url::form_urlencoded::parse(body)
            .any(|(name, value)| name == "List-Unsubscribe" && value == "One-Click");
    }
    let text = String::from_utf8_lossy(body);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    kind.starts_with("multipart/form-data")
        && lines.any(|line| line.to_ascii_lowercase().contains("name=\"list-unsubscribe\""))
        && lines.any(|line| line == "One-Click")
}

/// Stops all mail, for a mail program that asks so. Anything else that is sent here is refused.
///
/// # Errors
/// [`Error::Forged`] where it is another form; when the database fails.
pub async fn one_click(
    state: web::Data<State>,
    request: HttpRequest,
    link: web::Path<String>,
    body: web::Bytes,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    if !is_one_click(&request, &body) {
        return Err(Error::Forged);
    }
    let Some(hash) = hash(&link) else { return gone(shell) };
    // A second click finds nothing left to stop, which is as well.
    state.service.stop_following(hash, state.now()).await?;
    page(&StoppedPage::new(&state, shell).await?)
}

fn back(link: &str, done: &str) -> HttpResponse {
    see_other(&format!("{}?done={done}", address::subscription(link)))
}

/// Shows the form again with its faults, or the way on.
async fn settled(
    state: &State,
    (shell, keys): (Shell, Keys),
    link: &str,
    sent: &Sent,
    outcome: (Result<(), service::Error>, &'static str),
) -> Result<HttpResponse, Error> {
    let (status, problems) = match outcome {
        (Ok(()), done) => return Ok(back(link, done)),
        (Err(service::Error::NotFound), _) => return gone(shell),
        (Err(service::Error::Problems(problems)), _) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        (Err(service::Error::Stale), _) => {
            let sentence = "Somebody changed this in another window. Look again at what stands here, then save";
            (StatusCode::CONFLICT, Problems::one("", sentence))
        }
        (Err(fault), _) => return Err(fault.into()),
    };
    let Some(found) = look(state, link).await? else { return gone(shell) };
    page_with(status, &ShowPage::new(state, (shell, keys), link, &found, Some(sent), problems))
}

/// Changes what somebody follows, and how often they are written to.
///
/// # Errors
/// When the database fails.
pub async fn save(
    state: web::Data<State>,
    link: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let Some(hash) = hash(&link) else { return gone(shell) };
    let mut read = Reading::of(&sent);
    let cycle = read.choice::<MailCycle>("cycle", "Choose how often");
    let kept = sent.all("topics").into_iter().filter_map(|id| id.parse().ok()).map(SubscriptionId).collect();
    let outcome = match cycle {
        None => Err(read.problems.into()),
        Some(cycle) => state.service.change_following(hash, sent.version(), cycle, kept).await,
    };
    settled(&state, (shell, keys), &link, &sent, (outcome, "saved")).await
}

/// Pauses until a day.
///
/// # Errors
/// When the database fails.
pub async fn pause(
    state: web::Data<State>,
    link: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let Some(hash) = hash(&link) else { return gone(shell) };
    let mut read = Reading::of(&sent);
    let until = read.day("until");
    let outcome = match until {
        None if read.problems.is_empty() => Err(Problems::one("until", "Enter the day on which it goes on").into()),
        None => Err(read.problems.into()),
        until => state.service.pause_following(hash, until, state.today()).await,
    };
    settled(&state, (shell, keys), &link, &sent, (outcome, "paused")).await
}

/// Goes on after a pause.
///
/// # Errors
/// When the database fails.
pub async fn resume(
    state: web::Data<State>,
    link: web::Path<String>,
    Protected(_): Protected<Button>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let Some(hash) = hash(&link) else { return gone(shell) };
    let outcome = state.service.pause_following(hash, None, state.today()).await;
    settled(&state, (shell, keys), &link, &Sent::default(), (outcome, "resumed")).await
}

/// Stops everything.
///
/// # Errors
/// When the database fails.
pub async fn stop(
    state: web::Data<State>,
    link: web::Path<String>,
    Protected(_): Protected<Button>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    let Some(hash) = hash(&link) else { return gone(shell) };
    if state.service.stop_following(hash, state.now()).await? {
        Ok(see_other("/subscribe/stopped"))
    } else {
        gone(shell)
    }
}

/// What is said when everything is stopped.
#[derive(Template)]
#[template(path = "public/subscription/stopped.html")]
struct StoppedPage {
    shell: Shell,
    kept: String,
}

impl StoppedPage {
    async fn new(state: &State, shell: Shell) -> Result<Self, Error> {
        let kept = words::days(state.reader.read(former).await?);
        Ok(Self { kept, shell: shell.titled("You get no more mail").crumb("/", "Home").unlisted() })
    }
}

/// Says that everything is stopped.
///
/// # Errors
/// When the database fails.
pub async fn stopped(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    page(&StoppedPage::new(&state, shell).await?)
}
