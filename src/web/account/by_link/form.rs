//! The form behind the link of a reminder: each of its items with "no change" or an update, sent together.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Over, Read, again, hash, look, over_now, over_page};
use crate::domain::address;
use crate::domain::moment::Happened;
use crate::domain::problem::Problems;
use crate::domain::token::Token;
use crate::domain::words;
use crate::service::{self, FileByLink, FiledByLink, Returned, SaidByLink};
use crate::store::chase::ItemName;
use crate::store::present::AddresseeRow;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Patient;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::filing::form::{self, ReturnFields};
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

const NO_CHANGE: &str = "none";
const UPDATE: &str = "update";
const NOTHING: &str = "skip";

/// The form.
#[derive(Template)]
#[template(path = "account/by_link/form.html")]
struct FormPage {
    shell: Shell,
    problems: Problems,
    body: String,
    action: String,
    pass: String,
    items: Vec<ItemForm>,
    /// Those on which nothing can be filed here.
    barred: Vec<BarredItem>,
    /// What the button says that reports no change on all of them.
    no_change: &'static str,
    /// That what is sent goes to somebody of the body first.
    signed_off: bool,
    /// That what is not published may have to be disclosed.
    private: &'static str,
    keys: Keys,
}

/// One item.
struct ItemForm {
    /// What stands before the names of its fields.
    prefix: String,
    version: i64,
    title: Link,
    asked: Option<String>,
    said: String,
    what: ChoiceField,
    fields: ReturnFields,
}

/// An item on which nothing can be filed here.
struct BarredItem {
    title: Link,
    place: String,
    why: &'static str,
}

/// Why nothing can be filed here on an item. One on which something was said meanwhile keeps its fields, and what was typed there.
fn barred(read: &Read, name: &ItemName, sent: &Sent) -> Option<BarredItem> {
    let (_, why) = read.barred.iter().find(|(id, _)| *id == name.id)?;
    if !sent.under(&prefix(read, name)).get("what").is_empty() {
        return None;
    }
    let href = address::answer(&name.inquiry_slug, &name.number, &name.asked_slug);
    Some(BarredItem {
        title: Link::new(href, name.title.named(&name.number)),
        place: words::item(Some(&name.inquiry), Some(&name.number), None),
        why: words::barred(*why),
    })
}

/// What stands before the names of an item's fields: its place in the mail.
fn prefix(read: &Read, name: &ItemName) -> String {
    let place = read.link.items.iter().position(|id| *id == name.id).unwrap_or_default();
    format!("i{place}_")
}

impl ItemForm {
    fn new(read: &Read, (name, row): &(ItemName, AddresseeRow), sent: &Sent, problems: &Problems) -> Self {
        let prefix = prefix(read, name);
        let (sent, problems) = (sent.under(&prefix), problems.under(&prefix));
        let choices = [
            Choice::new(NO_CHANGE, "No change since last time"),
            Choice::new(UPDATE, "Something has changed").reveals(format!("{prefix}news")),
            Choice::new(NOTHING, "Nothing about this one now"),
        ];
        let place = words::item(Some(&name.inquiry), Some(&name.number), None);
        let what = sent.choices("what", format!("What is there to say on {place}?"), choices, &problems);
        let href = address::answer(&name.inquiry_slug, &name.number, &name.asked_slug);
        Self {
            version: row.version,
            title: Link::new(href, name.title.named(&name.number)),
            asked: row.return_due_on.map(words::asked_by),
            said: words::reported_line(row.reported, Happened::new(row.reported_on, row.reported_precision)),
            what: ChoiceField { id: format!("{prefix}what").into(), ..what },
            fields: ReturnFields::new(&sent, &problems).prefixed(&prefix),
            prefix,
        }
    }
}

impl FormPage {
    fn new((shell, keys): (Shell, Keys), link: &str, read: &Read, pass: &str, sent: &Sent, problems: Problems) -> Self {
        let (mut items, mut left_out) = (Vec::new(), Vec::new());
        for item in &read.items {
            if let Some(why) = barred(read, &item.0, sent) {
                left_out.push(why);
            } else {
                items.push(ItemForm::new(read, item, sent, &problems));
            }
        }
        Self {
            body: read.body.clone(),
            action: format!("{}/updates", address::filing_link(link)),
            pass: pass.to_owned(),
            no_change: if items.len() == 1 { "No change" } else { "No change on any of these" },
            items,
            barred: left_out,
            signed_off: read.signed_off,
            private: words::FORM_MAY_BE_DISCLOSED,
            shell: shell.titled("What is there to say?").unlisted().faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// The form, for whoever has just entered the code.
pub(super) fn opened(frame: (Shell, Keys), link: &str, read: &Read, pass: &Token) -> Result<HttpResponse, Error> {
    page(&FormPage::new(frame, link, read, &pass.to_string(), &Sent::default(), Problems::none()))
}

/// What was sent on each item, and what was not chosen.
fn said(read: &Read, sent: &Sent) -> (Vec<SaidByLink>, Problems) {
    let (mut items, mut unsaid) = (Vec::new(), Problems::none());
    for (name, _) in &read.items {
        let prefix = prefix(read, name);
        let own = sent.under(&prefix);
        // The form did not ask about this one.
        if own.get("version").is_empty() {
            continue;
        }
        let with_all = sent.get("all") == NO_CHANGE;
        let what = if with_all { NO_CHANGE } else { own.get("what") };
        let (returned, faults) = match what {
            NO_CHANGE => (Returned::NoChange, Problems::none()),
            UPDATE => {
                let (update, faults) = form::read(&own);
                (Returned::Update(update), faults)
            }
            NOTHING => continue,
            _ => {
                unsaid.add(format!("{prefix}what"), "Choose what there is to say on this one");
                continue;
            }
        };
        items.push(SaidByLink { addressee: name.id, version: own.version(), prefix, with_all, returned, faults });
    }
    (items, unsaid)
}

/// Files what was sent, and ends the link.
///
/// # Errors
/// When the database fails.
pub async fn file(
    state: web::Data<State>,
    link: web::Path<String>,
    Patient { form: sent, expired }: Patient<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let Some(hash) = hash(&link) else { return over_page(&state, shell, Over::Gone) };
    let read = match look(&state, &link).await? {
        Err(over) => return over_page(&state, shell, over),
        Ok(read) => read,
    };
    let enter_first = Problems::one("", "Have a code sent and enter it first");
    let Ok(pass) = sent.get("pass").parse::<Token>() else {
        return again(&state, &link, (shell, keys), enter_first, None).await;
    };
    // The form is shown to whoever entered the code alone, also with its faults.
    if !read.link.is_opened_by(&pass.hash(), state.now()) {
        return again(&state, &link, (shell, keys), enter_first, None).await;
    }
    let (items, unsaid) = said(&read, &sent);
    // A page that stood open for long keeps what was typed.
    let unsaid = if expired { Problems::one("", words::FORM_EXPIRED) } else { unsaid };
    if !unsaid.is_empty() {
        let held = FormPage::new((shell, keys), &link, &read, sent.get("pass"), &sent, unsaid);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &held);
    }
    let command = FileByLink {
        link: hash,
        pass: pass.hash(),
        items,
        fresh: state.reference(),
        now: state.now(),
        day: state.today(),
    };
    match state.service.file_by_link(command).await {
        Ok(FiledByLink::Yes(items)) => {
            notice::see_other_saying(&state, &address::filing_link(&link), &words::filed_by_link(false, &items))
        }
        Ok(FiledByLink::WaitsForSignOff(items)) => {
            notice::see_other_saying(&state, &address::filing_link(&link), &words::filed_by_link(true, &items))
        }
        Ok(FiledByLink::NotOpen) => again(&state, &link, (shell, keys), enter_first, None).await,
        Ok(FiledByLink::NoSuchLink) => over_now(&state, &link, shell).await,
        Err(service::Error::Problems(problems)) => match look(&state, &link).await? {
            Err(over) => over_page(&state, shell, over),
            // As it stands now: what was published meanwhile is read here.
            Ok(now) => {
                let held = FormPage::new((shell, keys), &link, &now, sent.get("pass"), &sent, problems);
                page_with(StatusCode::UNPROCESSABLE_ENTITY, &held)
            }
        },
        Err(fault) => Err(fault.into()),
    }
}
