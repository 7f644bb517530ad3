//! `/staff/bodies/{body}/chases`: what a body was asked, by mail and by hand, in one order; and where a letter, a call or a
//! meeting is logged, about many items at once. Public pages say the day and nothing else.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::chase::ChaseKind;
use crate::domain::id::AddresseeId;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::Day;
use crate::domain::person::Reach;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, LogChase, Whom, about_body};
use crate::store::body::{self, BodyName};
use crate::store::chase::{self, Asking, How, ItemName};
use crate::store::contact::{self, Contact};
use crate::store::{self, ReadTx};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// What the list of contacts says for everybody who is not on it.
const OTHER: &str = "other";

/// The page.
#[derive(Template)]
#[template(path = "staff/chase/list.html")]
struct ListPage {
    shell: Shell,
    problems: Problems,
    body: String,
    /// Where its people are kept, for those who may see them.
    contacts: Option<String>,
    public: String,
    askings: Vec<Line>,
    /// The form, for those who may log.
    form: Option<Fields>,
    keys: Keys,
}

/// The fields of the form.
struct Fields {
    kind: ChoiceField,
    on: DateField,
    whom: ChoiceField,
    whom_words: Field,
    by_post: Field,
    said: Field,
    all_open: bool,
    items: ChoiceField,
}

/// One time that the body was asked.
pub struct Line {
    /// The day, how, with whom and by which post.
    pub said: String,
    /// What was said: private.
    pub note: Option<String>,
    /// What it was about.
    pub items: Vec<Link>,
}

/// The times before the last ones, folded together.
pub struct Earlier {
    /// How many there are.
    pub summary: String,
    /// Those.
    pub askings: Vec<Line>,
}

/// How many times are shown before the earlier ones are folded.
const LAST_ASKED: usize = 3;

/// The last times, and those before them.
pub fn last(mut askings: Vec<Line>) -> (Vec<Line>, Option<Earlier>) {
    let all = askings.len() as u64;
    let before = askings.split_off(askings.len().min(LAST_ASKED));
    let summary = words::asked_earlier(before.len() as u64, all);
    let earlier = (!before.is_empty()).then_some(Earlier { summary, askings: before });
    (askings, earlier)
}

impl Line {
    /// An asking as staff read it; `items` names what it was about.
    pub fn new(asking: &Asking, items: Vec<Link>) -> Self {
        match &asking.how {
            How::Mail { people, accepted } => {
                Self { said: words::reminder_sent(asking.on, *people, *accepted), note: None, items }
            }
            How::Hand { kind, whom, by_post, said } => {
                Self { said: words::chase(*kind, asking.on, whom, by_post), note: said.clone(), items }
            }
        }
    }
}

struct Read {
    body: BodyName,
    items: Vec<ItemName>,
    /// What the items are called in the form that is sent.
    names: HashMap<AddresseeId, String>,
    contacts: Vec<Contact>,
    askings: Vec<Asking>,
}

fn read(tx: &mut ReadTx<'_>, slug: &Slug) -> Result<Read, store::Error> {
    let body = body::name(tx, slug)?;
    let items = chase::items(tx, body.id)?;
    Ok(Read {
        names: chase::names(&items),
        items,
        contacts: contact::of_body(tx, body.id)?,
        askings: chase::of_body(tx, body.id)?,
        body,
    })
}

async fn look(state: &State, slug: &str) -> Result<Read, Error> {
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    Ok(state.reader.read(move |tx| read(tx, &slug)).await?)
}

impl Read {
    fn about(&self, staff: &Staff) -> About {
        about_body(staff.actor, self.body.id, self.items.iter().map(|item| item.inquiry_id))
    }

    /// What an item is called in the form that is sent.
    fn value(&self, item: &ItemName) -> &str {
        self.names.get(&item.id).map_or("", String::as_str)
    }

    fn link(&self, id: AddresseeId) -> Option<Link> {
        let item = self.items.iter().find(|item| item.id == id)?;
        let href = address::staff_answer(&item.inquiry_slug, &item.number, &item.asked_slug);
        Some(Link::new(href, words::item(Some(&item.inquiry), Some(&item.number), None)))
    }

    fn fields(&self, reach: Reach, sent: &Sent, problems: &Problems) -> Fields {
        let kinds = ChaseKind::ALL.iter().copied().map(|kind| Choice::new(kind.as_str(), words::chase_kind(kind)));
        let there = self.contacts.iter().filter(|contact| contact.ended_on.is_none());
        let people = there.map(|contact| Choice::new(contact.reference.clone(), contact.called()));
        let people = people.chain([Choice::new(OTHER, "Somebody else")]);
        let items = self.items.iter().filter(|item| reach.holds(item.inquiry_id)).map(|item| {
            let closed = if item.lifecycle == Lifecycle::Closed { " (closed)" } else { "" };
            let name = words::item(Some(&item.inquiry), Some(&item.number), None);
            let value = self.value(item);
            let name = if item.is_long(value) { words::asked_of(&name, &item.asked) } else { name };
            Choice::new(value.to_owned(), format!("{}{closed}", item.title.after(&name)))
        });
        Fields {
            kind: sent.choices("kind", "How was the body asked?", kinds, problems),
            on: sent.date("on", "When?", problems).hint(
                "For example, 27 3 2024. The day stays inside; a public page says at most that the body was asked.",
            ),
            whom: sent.choices("whom", "With whom?", people, problems),
            whom_words: sent.field("whom_words", "If somebody else: who?", problems).private(),
            by_post: sent
                .field("by_post", "By which post of ours?", problems)
                .hint("Such as “scrutiny officer”.")
                .private(),
            said: sent.field("said", "What was said? (optional)", problems).private(),
            all_open: sent.is_ticked("all_open"),
            items: ChoiceField::new("items", "Or some of them", items)
                .hint("Where not all open items are meant, tick those that are.")
                .values(&sent.all("items"))
                .checked(problems),
        }
    }
}

impl ListPage {
    fn new(shell: Shell, keys: Keys, staff: &Staff, read: &Read, sent: &Sent, problems: Problems) -> Self {
        let slug = read.body.slug.as_str();
        let may = staff.may(Deed::RecordFact, read.about(staff)).is_ok();
        let askings = read
            .askings
            .iter()
            .map(|asking| Line::new(asking, asking.items.iter().filter_map(|id| read.link(*id)).collect()));
        Self {
            shell: shell
                .titled(format!("What {} was asked", read.body.name))
                .crumb(address::STAFF, "Your work")
                .unlisted()
                .faulty(!problems.is_empty()),
            body: read.body.name.clone(),
            contacts: may.then(|| address::contacts(slug)),
            public: address::body(slug),
            askings: askings.collect(),
            form: may.then(|| read.fields(staff.actor.reach, sent, &problems)),
            problems,
            keys,
        }
    }
}

/// What an address may ask of the form.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// An item to begin with, as its inquiry's slug, its number, and where it needs be the slug of the body asked.
    item: Option<String>,
}

/// Shows what the body was asked, with the form.
///
/// # Errors
/// 404 when there is no such body, 403 for people of a body.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    asked: web::Query<Asked>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let read = look(&state, &slug).await?;
    let sent = start(&read, asked.into_inner(), staff.today);
    page(&ListPage::new(shell, keys, &staff, &read, &sent, Problems::none()))
}

fn start(read: &Read, asked: Asked, today: Day) -> Sent {
    let sent = Sent::default().filled_day("on", Some(today)).filled("whom", OTHER);
    let Some(asked) = asked.item else { return sent };
    let meant: Vec<&ItemName> = read.items.iter().filter(|item| item.is_called(&asked)).collect();
    match meant.as_slice() {
        [item] => sent.filled("items", read.value(item)),
        // Which of several is meant, whoever logs it says.
        _ => sent,
    }
}

/// Logs that the body was asked by hand.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let known = look(&state, &slug).await?;
    staff.may(Deed::RecordFact, known.about(&staff))?;
    let mut read = Reading::of(&sent);
    let kind = read.choice("kind", "Choose how the body was asked");
    let on = read.day("on");
    let words = read.line("whom_words", "With whom");
    let by_post = read.line("by_post", "The post");
    let said = read.words("said", "What was said");
    let chosen = sent.all("items");
    let all_open = sent.is_ticked("all_open");
    let meant = known.items.iter().filter(|item| {
        let open = item.lifecycle != Lifecycle::Closed && staff.actor.reach.holds(item.inquiry_id);
        chosen.contains(&known.value(item)) || all_open && open
    });
    let items = meant.map(|item| item.id).collect();
    let whom = match sent.get("whom") {
        OTHER | "" => Whom::Words(words),
        reference => Whom::Contact(reference.to_owned()),
    };
    let act = read.told_to(staff.act(sent.key()));
    let command = LogChase {
        body: known.body.slug.clone(),
        // What was not chosen is a fault already, and nothing is kept.
        kind: kind.unwrap_or(ChaseKind::Letter),
        on,
        whom,
        by_post,
        said,
        items,
    };
    match state.service.log_chase(act, command).await {
        Ok(done) => notice::see_other_saying(
            &state,
            &done.location,
            "Logged. Where no answer is recorded, the public page no longer says that this register has not asked. The day, and the rest, stay inside.",
        ),
        Err(service::Error::Problems(problems)) => {
            let again = ListPage::new(shell, keys, &staff, &known, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
