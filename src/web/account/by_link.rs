//! `/filing/{token}`: the page behind the link of a reminder. It shows what is public, sends a code to the mailbox that the link went
//! to, and with that code opens the form for exactly those items. Opening it uses nothing up, however often a mail filter does.

mod form;

pub use form::file;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;

use super::sign_in::too_many;
use crate::domain::address;
use crate::domain::by_link::{Barred, Code, WRONG_CODES};
use crate::domain::id::AddresseeId;
use crate::domain::moment::Moment;
use crate::domain::problem::Problems;
use crate::domain::token::{Token, TokenHash};
use crate::domain::words;
use crate::service::{AskForCode, CodeAsked, CodeEntered, EnterCode};
use crate::store::by_link::{self, FilingLink};
use crate::store::chase::ItemName;
use crate::store::present::{self, AddresseeRow};
use crate::store::{self, ReadTx, body, duty};
use crate::web::answer::{page, page_with, see_other};
use crate::web::client::Client;
use crate::web::csrf::Patient;
use crate::web::error::Error;
use crate::web::form::{Field, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "account/by_link/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    body: String,
    items: Vec<Item>,
    until: String,
    here: String,
    /// The field for the code, once one was sent.
    code: Option<Field>,
    keys: Keys,
}

/// An item, as everybody may read it.
struct Item {
    title: Link,
    place: String,
    asked: Option<String>,
}

impl Item {
    fn new((name, row): &(ItemName, AddresseeRow)) -> Self {
        let href = address::answer(&name.inquiry_slug, &name.number, &name.asked_slug);
        Self {
            title: Link::new(href, name.title.named(&name.number)),
            place: words::item(Some(&name.inquiry), Some(&name.number), None),
            asked: row.return_due_on.map(words::asked_by),
        }
    }
}

/// What is behind a link that works.
struct Read {
    link: FilingLink,
    body: String,
    items: Vec<(ItemName, AddresseeRow)>,
    /// Those of them on which nothing can be filed here, and why. Only whoever entered the code reads it.
    barred: Vec<(AddresseeId, Barred)>,
    /// Whether what is sent goes to somebody else of the body first.
    signed_off: bool,
}

/// Why a link does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Gone,
    Used,
    Replaced,
    Guessed,
    Expired(Moment),
}

/// The page of a link that does not work.
#[derive(Template)]
#[template(path = "account/by_link/over.html")]
struct OverPage {
    shell: Shell,
    why: String,
}

fn over_page(state: &State, shell: Shell, over: Over) -> Result<HttpResponse, Error> {
    let why = match over {
        Over::Gone => words::LINK_GONE.to_owned(),
        Over::Used => words::LINK_USED.to_owned(),
        Over::Replaced => words::LINK_REPLACED.to_owned(),
        Over::Guessed => words::LINK_GUESSED.to_owned(),
        Over::Expired(at) => words::link_expired(at.day_in(&state.site.zone)),
    };
    // Whoever has just filed is led here.
    let (status, title) = match over {
        Over::Used => (StatusCode::OK, "This link has been used"),
        _ => (StatusCode::NOT_FOUND, "This link does not work"),
    };
    page_with(status, &OverPage { shell: shell.titled(title).unlisted(), why })
}

fn hash(link: &str) -> Option<TokenHash> {
    link.parse::<Token>().ok().map(|token| token.hash())
}

fn read(tx: &mut ReadTx<'_>, hash: &TokenHash, now: Moment) -> Result<Result<Read, Over>, store::Error> {
    let Some(link) = by_link::find(tx, hash)? else { return Ok(Err(Over::Gone)) };
    if link.filed_on.is_some() {
        return Ok(Err(Over::Used));
    }
    if link.expires_at <= now {
        return Ok(Err(Over::Expired(link.expires_at)));
    }
    if !link.is_in_time(now) {
        return Ok(Err(Over::Gone));
    }
    let names = by_link::usable(tx, &link)?;
    if names.is_empty() {
        return Ok(Err(Over::Gone));
    }
    if link.used_at.is_some() {
        let guessed = link.wrong_codes >= WRONG_CODES;
        return Ok(Err(if guessed { Over::Guessed } else { Over::Replaced }));
    }
    let mut items = Vec::with_capacity(names.len());
    let mut barred = Vec::new();
    for name in names {
        barred.extend(by_link::barred(tx, &link, name.id)?.map(|why| (name.id, why)));
        let row = present::find_addressee(tx, name.id)?;
        items.push((name, row));
    }
    let of = body::names(tx, vec![link.body])?.pop();
    let signed_off = duty::signer(tx, link.body)?.is_some_and(|signer| signer.person != link.person);
    Ok(Ok(Read { body: of.map(|of| of.name).unwrap_or_default(), link, items, barred, signed_off }))
}

async fn look(state: &State, link: &str) -> Result<Result<Read, Over>, Error> {
    let Some(hash) = hash(link) else { return Ok(Err(Over::Gone)) };
    let now = state.now();
    Ok(state.reader.read(move |tx| read(tx, &hash, now)).await?)
}

/// Where a link leads that did not work when something was sent with it.
async fn over_now(state: &State, link: &str, shell: Shell) -> Result<HttpResponse, Error> {
    match look(state, link).await? {
        Err(over) => over_page(state, shell, over),
        Ok(_) => Ok(see_other(&address::filing_link(link))),
    }
}

impl ShowPage {
    fn new(state: &State, (shell, keys): (Shell, Keys), link: &str, read: &Read, problems: Problems) -> Self {
        let sent = read.link.code_at(state.now()).is_some() || problems.at("code").is_some();
        Self {
            body: read.body.clone(),
            items: read.items.iter().map(Item::new).collect(),
            until: words::moment(read.link.expires_at, &state.site.zone),
            here: address::filing_link(link),
            code: sent.then(|| {
                Field::new("code", "The code in that mail")
                    .hint("Six digits. It works for 10 minutes.")
                    .checked(&problems)
            }),
            shell: shell.titled("File updates without signing in").unlisted().faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// The page behind the link.
///
/// # Errors
/// When the database fails.
pub async fn show(
    state: web::Data<State>,
    link: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    match look(&state, &link).await? {
        Err(over) => over_page(&state, shell, over),
        Ok(read) => page(&ShowPage::new(&state, (shell, keys), &link, &read, Problems::none())),
    }
}

/// The page with a fault, and for how long to wait where there were too many tries.
async fn again(
    state: &State,
    link: &str,
    (shell, keys): (Shell, Keys),
    problems: Problems,
    wait: Option<i64>,
) -> Result<HttpResponse, Error> {
    let read = match look(state, link).await? {
        Err(over) => return over_page(state, shell, over),
        Ok(read) => read,
    };
    let status = if wait.is_some() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut answer = page_with(status, &ShowPage::new(state, (shell, keys), link, &read, problems))?;
    if let Some(seconds) = wait {
        answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    }
    Ok(answer)
}

/// Sends a code to the mailbox that the link went to.
///
/// # Errors
/// When the database fails.
pub async fn send_code(
    state: web::Data<State>,
    client: Client,
    link: web::Path<String>,
    Patient { expired, .. }: Patient<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let Some(hash) = hash(&link) else { return over_page(&state, shell, Over::Gone) };
    if expired {
        return again(&state, &link, (shell, keys), Problems::one("", words::FORM_EXPIRED), None).await;
    }
    let asked = AskForCode {
        link: hash,
        code: Code::new(state.chance.bytes()),
        from: client.0,
        reference: state.reference(),
        now: state.now(),
    };
    match state.service.send_filing_code(asked).await? {
        CodeAsked::Sent => {
            let said = "A code is on its way to the mailbox that the link was sent to";
            notice::see_other_saying(&state, &address::filing_link(&link), said)
        }
        CodeAsked::NotReached => {
            again(&state, &link, (shell, keys), Problems::one("", words::MAILBOX_NOT_REACHED), None).await
        }
        CodeAsked::NoSuchLink => over_now(&state, &link, shell).await,
        CodeAsked::Wait(seconds) => {
            again(&state, &link, (shell, keys), Problems::one("", too_many(seconds)), Some(seconds)).await
        }
    }
}

/// Opens the form with the code.
///
/// # Errors
/// When the database fails.
pub async fn open(
    state: web::Data<State>,
    client: Client,
    link: web::Path<String>,
    Patient { form: sent, expired }: Patient<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let Some(hash) = hash(&link) else { return over_page(&state, shell, Over::Gone) };
    if expired {
        return again(&state, &link, (shell, keys), Problems::one("", words::FORM_EXPIRED), None).await;
    }
    let pass = Token::new(state.chance.bytes());
    let entered = EnterCode {
        link: hash,
        code: Code::typed(sent.get("code")),
        pass: pass.hash(),
        from: client.0,
        now: state.now(),
    };
    match state.service.enter_filing_code(entered).await? {
        CodeEntered::Yes => match look(&state, &link).await? {
            Err(over) => over_page(&state, shell, over),
            Ok(read) => form::opened((shell, keys), &link, &read, &pass),
        },
        CodeEntered::No => {
            again(&state, &link, (shell, keys), Problems::one("code", words::CODE_NOT_RIGHT), None).await
        }
        CodeEntered::NoSuchLink => over_now(&state, &link, shell).await,
        CodeEntered::Wait(seconds) => {
            again(&state, &link, (shell, keys), Problems::one("code", too_many(seconds)), Some(seconds)).await
        }
    }
}
