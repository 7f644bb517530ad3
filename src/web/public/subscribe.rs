//! `/subscribe`: asking for mail without an account, and the page that confirms it. Whoever asks learns nothing about who follows
//! already; a link confirms nothing before its button is pressed.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::domain::address;
use crate::domain::email::Email;
use crate::domain::id::SubscriptionId;
use crate::domain::problem::Problems;
use crate::domain::retention::Kept;
use crate::domain::subscription::{CONFIRM_DAYS, MailCycle, Topic, TopicKind};
use crate::domain::token::{Token, TokenHash};
use crate::domain::words;
use crate::service::{AskToFollow, ToFollow};
use crate::store::subscriber::{self, Subscriber};
use crate::store::subscription::{self, TopicName};
use crate::store::{self, ReadTx, setting};
use crate::web::answer::{page, page_with, see_other};
use crate::web::client::Client;
use crate::web::csrf::{Patient, Protected};
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, Keys};
use crate::web::shell::Shell;
use crate::web::state::State;

/// The form.
#[derive(Template)]
#[template(path = "public/subscribe/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    topic: ChoiceField,
    cycle: ChoiceField,
    email: Field,
    /// From whom the mails come.
    sender: String,
    /// Where their links lead.
    host: String,
    keys: Keys,
}

/// What an address may ask of the form.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    inquiry: Option<String>,
    recommendation: Option<String>,
    body: Option<String>,
    theme: Option<String>,
}

impl Asked {
    /// The thing that somebody came from, if the address can be the name of one.
    fn topic(self) -> Option<Topic> {
        match (self.inquiry, self.recommendation, self.body, self.theme) {
            (Some(inquiry), Some(number), _, _) => format!("recommendation:{inquiry}/{number}").parse().ok(),
            (Some(inquiry), None, _, _) => inquiry.parse().ok().map(Topic::Inquiry),
            (None, _, Some(body), _) => body.parse().ok().map(Topic::Body),
            (None, _, None, Some(theme)) => theme.parse().ok().map(Topic::Theme),
            _ => None,
        }
    }
}

/// What is sent.
#[derive(Debug, Default, Deserialize)]
pub struct SubscribeForm {
    #[serde(default)]
    topic: String,
    #[serde(default)]
    cycle: String,
    #[serde(default)]
    email: String,
}

/// How often, as choices.
pub(super) fn cycles(chosen: &str) -> ChoiceField {
    let choices = MailCycle::ALL.iter().map(|cycle| Choice::new(cycle.as_str(), words::mail_cycle(*cycle)));
    ChoiceField::new("cycle", "How often?", choices)
        .hint("Nothing is sent when nothing changed, nor at night, nor on a day on which nobody works. A correction of something that we wrote to you always goes, on the next working day.")
        .value(chosen)
}

/// A thing that can be followed, as people read it.
pub(super) fn topic_words(name: &TopicName) -> String {
    words::topic(name.kind, &name.names.0, name.names.1.as_deref())
}

fn named(tx: &mut ReadTx<'_>, topic: &Topic) -> Result<Option<TopicName>, store::Error> {
    match subscription::target(tx, topic) {
        Ok(target) => Ok(subscription::names(tx, &[(topic.kind(), target)])?.remove(&(topic.kind(), target))),
        Err(store::Error::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

impl NewPage {
    async fn new(
        state: &State,
        shell: Shell,
        keys: Keys,
        form: &SubscribeForm,
        mut problems: Problems,
    ) -> Result<Self, Error> {
        let topic: Option<Topic> = form.topic.parse().ok().filter(|topic| *topic != Topic::Everything);
        let asked = topic.clone();
        let found = state
            .reader
            .read_or_again(move |tx| Ok::<_, store::Error>(asked.map(|topic| named(tx, &topic)).transpose()?.flatten()))
            .await?;
        let everything = Choice::new(TopicKind::Everything.as_str(), words::topic(TopicKind::Everything, "", None));
        let theirs = topic.as_ref().zip(found).map(|(topic, name)| Choice::new(topic.to_string(), topic_words(&name)));
        if theirs.is_none()
            && !form.topic.is_empty()
            && form.topic != TopicKind::Everything.as_str()
            && problems.is_empty()
        {
            problems.add("topic", "There is nothing by this name to follow. Choose what to follow");
        }
        let chosen = if theirs.is_some() { form.topic.clone() } else { TopicKind::Everything.as_str().to_owned() };
        let sender = &state.site.sender;
        Ok(Self {
            topic: ChoiceField::new("topic", "What do you want to follow?", theirs.into_iter().chain([everything]))
                .hint("To follow one inquiry, body, theme or recommendation, use “Follow by mail” on its page.")
                .value(&chosen)
                .checked(&problems),
            cycle: cycles(&form.cycle).checked(&problems),
            email: Field::new("email", "Your email address").private().value(&form.email).checked(&problems),
            sender: format!("{} <{}>", sender.name, sender.address),
            host: sender.host.clone(),
            shell: shell.titled("Follow by mail").crumb("/", "Home").unlisted().faulty(!problems.is_empty()),
            problems,
            keys,
        })
    }
}

/// Shows the form, with what somebody came from chosen.
///
/// # Errors
/// 404 where the address names nothing; when the database fails.
pub async fn new(
    state: web::Data<State>,
    shell: Shell,
    keys: Keys,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let asked = asked.into_inner();
    let is_asked = asked.inquiry.is_some() || asked.body.is_some() || asked.theme.is_some();
    let topic = asked.topic();
    if is_asked {
        let Some(topic) = topic.clone() else { return Err(Error::NotFound) };
        let found = state.reader.read_or_again(move |tx| named(tx, &topic)).await?;
        if found.is_none() {
            return Err(Error::NotFound);
        }
    }
    let form = SubscribeForm {
        topic: topic.unwrap_or(Topic::Everything).to_string(),
        cycle: MailCycle::Weekly.to_string(),
        email: String::new(),
    };
    page(&NewPage::new(&state, shell, keys, &form, Problems::none()).await?)
}

/// Takes an address and answers the same to everybody.
///
/// # Errors
/// When the database fails.
pub async fn create(
    state: web::Data<State>,
    client: Client,
    Patient { form, expired }: Patient<SubscribeForm>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let mut problems = Problems::none();
    let topic: Option<Topic> = form.topic.parse().ok();
    if topic.is_none() {
        problems.add("topic", "Choose what to follow");
    }
    let cycle: Option<MailCycle> = form.cycle.parse().ok();
    if cycle.is_none() {
        problems.add("cycle", "Choose how often");
    }
    let email: Option<Email> = problems.take("email", form.email.parse());
    let (Some(topic), Some(cycle), Some(email)) = (topic, cycle, email) else {
        return again(&state, shell, keys, &form, problems).await;
    };
    if expired {
        return again(&state, shell, keys, &form, Problems::one("", words::FORM_EXPIRED)).await;
    }
    let asked = AskToFollow {
        email,
        topic,
        cycle,
        from: client.0,
        token: Token::new(state.chance.bytes()),
        subscriber: state.reference(),
        reference: state.reference(),
        now: state.now(),
        today: state.today(),
    };
    match state.service.ask_to_follow(asked).await? {
        ToFollow::Taken => Ok(see_other("/subscribe/sent")),
        ToFollow::NoSuchTopic => {
            let problems = Problems::one("topic", "There is nothing by this name to follow. Choose what to follow");
            again(&state, shell, keys, &form, problems).await
        }
        ToFollow::Wait(seconds) => {
            let problems = Problems::one("", words::follow_too_many(seconds));
            let held = NewPage::new(&state, shell, keys, &form, problems).await?;
            let mut answer = page_with(StatusCode::TOO_MANY_REQUESTS, &held)?;
            answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
            Ok(answer)
        }
    }
}

async fn again(
    state: &State,
    shell: Shell,
    keys: Keys,
    form: &SubscribeForm,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &NewPage::new(state, shell, keys, form, problems).await?)
}

/// The same for everybody who asked.
#[derive(Template)]
#[template(path = "public/subscribe/sent.html")]
struct SentPage {
    shell: Shell,
    /// For how long the link works.
    works: String,
}

/// Says what happens next.
///
/// # Errors
/// When the page cannot be made.
pub async fn sent(shell: Shell) -> Result<HttpResponse, Error> {
    page(&SentPage {
        works: words::days(CONFIRM_DAYS),
        shell: shell.titled("Look into your mailbox").crumb("/", "Home").unlisted(),
    })
}

/// What somebody confirms.
#[derive(Template)]
#[template(path = "public/subscribe/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    action: String,
    topics: Vec<String>,
    cycle: &'static str,
    /// The last row that is shown: what was asked for after it is not confirmed by this page.
    shown: i64,
    /// For how long the address is kept without a yes.
    kept: String,
    keys: Keys,
}

/// A link that does not work.
#[derive(Template)]
#[template(path = "public/subscribe/gone.html")]
struct GonePage {
    shell: Shell,
    works: String,
}

fn gone(shell: Shell) -> Result<HttpResponse, Error> {
    let shell = shell.titled("This link does not work").unlisted();
    page_with(StatusCode::NOT_FOUND, &GonePage { shell, works: words::days(CONFIRM_DAYS) })
}

pub(super) fn hash(link: &str) -> Option<TokenHash> {
    link.parse::<Token>().ok().map(|token| token.hash())
}

/// The page behind the link that confirms. It uses nothing up.
///
/// # Errors
/// When the database fails.
pub async fn show(
    state: web::Data<State>,
    link: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let (Some(hash), now) = (hash(&link), state.now()) else { return gone(shell) };
    let found = state
        .reader
        .read(move |tx| {
            let Some(somebody) = subscriber::find_to_confirm(tx, &hash, now)? else { return Ok(None) };
            let follows = subscription::of(tx, &[somebody.id])?;
            let wanted: Vec<_> = follows.iter().filter(|one| one.since.is_none()).collect();
            let targets: Vec<_> = wanted.iter().map(|one| (one.kind, one.target)).collect();
            let names = subscription::names(tx, &targets)?;
            let topics = targets.iter().filter_map(|target| names.get(target)).map(topic_words).collect();
            let shown = wanted.iter().map(|one| one.id.0).max().unwrap_or(0);
            let kept = setting::periods(tx)?.days(Kept::UnconfirmedFollower);
            Ok::<Option<(Subscriber, Vec<String>, i64, i64)>, store::Error>(Some((somebody, topics, shown, kept)))
        })
        .await?;
    let Some((somebody, topics, shown, kept)) = found else { return gone(shell) };
    page(&ConfirmPage {
        action: address::subscribe_confirm(&link),
        topics,
        cycle: words::mail_cycle(somebody.asked_cycle.unwrap_or(somebody.cycle)),
        shown,
        kept: words::days(kept),
        shell: shell.titled("Follow by mail").unlisted(),
        keys,
    })
}

/// What the button sends.
#[derive(Debug, Deserialize)]
pub struct Confirmed {
    #[serde(default)]
    shown: i64,
}

/// Confirms.
///
/// # Errors
/// When the database fails.
pub async fn confirm(
    state: web::Data<State>,
    link: web::Path<String>,
    Protected(form): Protected<Confirmed>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    let Some(hash) = hash(&link) else { return gone(shell) };
    let at = (state.now(), state.today());
    match state.service.confirm_following(hash, SubscriptionId(form.shown), at).await? {
        None => gone(shell),
        Some(token) => Ok(see_other(&format!("{}?done=confirmed", address::subscription(&token.to_string())))),
    }
}
