//! `/staff/bodies/{body}/overdue`: what follows the reminders by a person's hand, a letter to the post at the top and a published
//! notice; and below it what a body owes too late, what was sent, what came back and who signed in.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;

use super::chase::{Earlier, Line, last};
use super::duty::holdings;
use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::duty::Held;
use crate::domain::id::AddresseeId;
use crate::domain::ladder;
use crate::domain::moment::{Day, Moment};
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, Act, PublishLadderNotice, WriteToTop, about_body};
use crate::store::body::{self, BodyName};
use crate::store::chase::{self, Asking, ItemName};
use crate::store::contact::{self, Contact};
use crate::store::due::{self, DueDate};
use crate::store::duty::{self, Colleague, Duty};
use crate::store::to_top::{self, Steps};
use crate::store::{self, ReadTx, person};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/ladder/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    body: String,
    overdue: Vec<Overdue>,
    /// That mail to the contact of any of it comes back.
    stopped: Option<&'static str>,
    people: Vec<Person>,
    /// The last times that the body was asked about any of it, and those before them.
    askings: Vec<Line>,
    earlier: Option<Earlier>,
    contacts: String,
    letter: Option<Letter>,
    notice: Option<Notice>,
    /// What is said instead of the forms to somebody who oversees nothing of what is overdue.
    elsewhere: &'static str,
    keys: Keys,
}

/// An item that is overdue.
struct Overdue {
    title: Link,
    said: String,
}

/// Somebody who files for the body.
struct Person {
    name: String,
    lines: Vec<String>,
}

/// The form of the letter; without anybody at the top, where that is kept.
struct Letter {
    whom: Option<ChoiceField>,
    nobody: &'static str,
    items: ChoiceField,
    by_post: Field,
    said: Field,
}

/// The form of the notice.
struct Notice {
    /// Why nothing of it can be published today.
    not_yet: Option<&'static str>,
    /// Whether the form stands there.
    shown: bool,
    items: ChoiceField,
    reason: Field,
    questions: FourQuestions,
}

struct Read {
    of: BodyName,
    items: Vec<ItemName>,
    /// What the items are called in the forms.
    names: HashMap<AddresseeId, String>,
    /// What is overdue, with what was done about it.
    overdue: Vec<(DueDate, Steps)>,
    askings: Vec<Asking>,
    /// Who files for the body, and when they signed in last.
    people: Vec<(Colleague, Option<Moment>)>,
    duties: Vec<Duty>,
    contacts: Vec<Contact>,
}

fn read(tx: &mut ReadTx<'_>, slug: &Slug, today: Day) -> Result<Read, store::Error> {
    let of = body::name(tx, slug)?;
    let items = chase::items(tx, of.id)?;
    let due = due::overdue_of(tx, of.id, today)?;
    let ids: Vec<AddresseeId> = due.iter().map(|date| date.addressee).collect();
    let steps = to_top::steps(tx, &due)?;
    let overdue: Vec<(DueDate, Steps)> = due.into_iter().zip(steps).collect();
    let mut askings = chase::of_body(tx, of.id)?;
    askings.retain(|asking| asking.items.iter().any(|item| ids.contains(item)));
    let colleagues = duty::colleagues(tx, of.id)?;
    let signed_in = person::signed_in(tx, &colleagues.iter().map(|one| one.person).collect::<Vec<_>>())?;
    let people = colleagues.into_iter().map(|one| {
        let at = signed_in.get(&one.person).copied();
        (one, at)
    });
    Ok(Read {
        names: chase::names(&items),
        items,
        overdue,
        askings,
        people: people.collect(),
        duties: duty::of_body(tx, of.id)?,
        contacts: contact::of_body(tx, of.id)?,
        of,
    })
}

async fn look(state: &State, staff: &Staff, slug: &str) -> Result<Read, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let slug: Slug = slug.parse().map_err(|_| Error::NotFound)?;
    let today = staff.today;
    let read = state.reader.read(move |tx| read(tx, &slug, today)).await?;
    // Who there signed in is read by those who ask the body.
    staff.may(Deed::RecordFact, read.about(staff))?;
    Ok(read)
}

impl Read {
    fn about(&self, staff: &Staff) -> About {
        about_body(staff.actor, self.of.id, self.items.iter().map(|item| item.inquiry_id))
    }

    fn item(&self, id: AddresseeId) -> Option<&ItemName> {
        self.items.iter().find(|item| item.id == id)
    }

    fn link(&self, id: AddresseeId) -> Option<Link> {
        let item = self.item(id)?;
        let href = address::staff_answer(&item.inquiry_slug, &item.number, &item.asked_slug);
        let name = words::item(Some(&item.inquiry), Some(&item.number), None);
        Some(Link::new(href, item.title.after(&name)))
    }

    /// What is overdue of the inquiries that this person oversees.
    fn theirs(&self, staff: &Staff) -> impl Iterator<Item = &(DueDate, Steps)> {
        let reach = staff.actor.reach;
        self.overdue.iter().filter(move |(date, _)| reach.holds(date.inquiry_id))
    }

    /// The same, to be chosen from.
    fn choices(&self, staff: &Staff) -> Vec<Choice> {
        let choices = self.theirs(staff).filter_map(|(date, _)| {
            let name = self.names.get(&date.addressee)?.clone();
            Some(Choice::new(name, self.link(date.addressee)?.words))
        });
        choices.collect()
    }

    /// The items that a form chose.
    fn chosen(&self, sent: &Sent, field: &str) -> Vec<AddresseeId> {
        let chosen = sent.all(field);
        let is_chosen = |id: &AddresseeId| self.names.get(id).is_some_and(|name| chosen.contains(&name.as_str()));
        self.overdue.iter().map(|(date, _)| date.addressee).filter(is_chosen).collect()
    }

    /// The forms before anybody has filled them in: all that is overdue is chosen.
    fn start(&self, staff: &Staff) -> Sent {
        self.choices(staff).iter().fold(Sent::default(), |sent, choice| {
            let value = choice.value.to_string();
            sent.ticking("letter_items", value.clone()).ticking("notice_items", value)
        })
    }

    /// Whether mail about an item comes back.
    fn stops(&self, item: AddresseeId) -> bool {
        let duties: Vec<Held> = self.duties.iter().map(Duty::held).collect();
        let works = self.people.iter().filter(|(one, _)| one.works);
        let reached: Vec<bool> = works.map(|(one, _)| one.is_reached()).collect();
        ladder::is_stopped(item, &duties, &reached)
    }

    fn is_stopped(&self) -> bool {
        self.overdue.iter().any(|(date, _)| self.stops(date.addressee))
    }

    /// Why nothing can be published about any of what this person oversees today.
    fn not_yet(&self, staff: &Staff) -> Option<&'static str> {
        let follows = |(date, steps): &(DueDate, Steps)| {
            steps.letter_before(staff.today).is_some() && !self.stops(date.addressee)
        };
        let why = if self.is_stopped() { words::NO_NOTICE } else { words::NO_NOTICE_YET };
        (!self.theirs(staff).any(follows)).then_some(why)
    }

    fn person(&self, (one, signed_in): &(Colleague, Option<Moment>), zone: &TimeZone) -> Person {
        let mut lines = holdings(one, 0, &self.duties);
        lines.push(words::signed_in_last(signed_in.map(|at| at.day_in(zone))));
        lines.extend(one.dead_since.map(|at| words::address_dead(at.day_in(zone))));
        lines.extend((one.came_back && one.dead_since.is_none()).then(|| words::LAST_MAIL_CAME_BACK.to_owned()));
        let name = if one.works { one.name.clone() } else { format!("{}, who has left", one.name) };
        Person { name, lines }
    }

    fn letter(&self, staff: &Staff, sent: &Sent, problems: &Problems) -> Letter {
        let tops = self.contacts.iter().filter(|one| one.at_top && one.ended_on.is_none());
        let tops: Vec<Choice> = tops.map(|one| Choice::new(one.reference.clone(), one.called())).collect();
        let items = ChoiceField::new("letter_items", "About what?", self.choices(staff));
        Letter {
            whom: (!tops.is_empty()).then(|| sent.choices("whom", "To whom?", tops, problems)),
            nobody: words::NO_POST_AT_TOP,
            items: items.values(&sent.all("letter_items")).checked(problems),
            by_post: sent
                .field("by_post", "By which post of ours?", problems)
                .hint("Such as “scrutiny officer”. It stands in the letter.")
                .private(),
            said: sent.field("said", "A note about it (optional)", problems).private(),
        }
    }

    fn notice(&self, staff: &Staff, sent: &Sent, problems: &Problems) -> Notice {
        let items = ChoiceField::new("notice_items", "About what?", self.choices(staff));
        let not_yet = self.not_yet(staff);
        Notice {
            // What was sent all the same stands there, with what is wrong.
            shown: not_yet.is_none() || sent.get("deed") == "notice",
            not_yet,
            items: items.values(&sent.all("notice_items")).checked(problems),
            reason: sent.field("reason", "Why is it published?", problems).hint(
                "Everybody will read it, after the days on which the body was asked. State facts; name no person.",
            ),
            questions: sent.questions(problems),
        }
    }
}

impl ShowPage {
    fn new(
        state: &State,
        staff: &Staff,
        (shell, keys): (Shell, Keys),
        read: &Read,
        sent: &Sent,
        problems: Problems,
    ) -> Self {
        let slug = read.of.slug.as_str();
        let overdue = read.overdue.iter().filter_map(|(date, steps)| {
            let said = words::overdue_item(date.on, steps.reminders, steps.at_top, steps.noticed);
            Some(Overdue { title: read.link(date.addressee)?, said })
        });
        let askings = read
            .askings
            .iter()
            .map(|asking| Line::new(asking, asking.items.iter().filter_map(|id| read.link(*id)).collect()));
        let (askings, earlier) = last(askings.collect());
        let any = !read.choices(staff).is_empty();
        Self {
            body: read.of.name.clone(),
            overdue: overdue.collect(),
            stopped: read.is_stopped().then_some(words::LADDER_STOPPED),
            people: read.people.iter().map(|one| read.person(one, &state.site.zone)).collect(),
            askings,
            earlier,
            contacts: address::contacts(slug),
            letter: any.then(|| read.letter(staff, sent, &problems)),
            notice: any.then(|| read.notice(staff, sent, &problems)),
            elsewhere: words::OVERDUE_ELSEWHERE,
            shell: shell
                .titled(format!("What is overdue: {}", read.of.name))
                .crumb(address::STAFF, "Your work")
                .crumb(address::chases(slug), format!("What {} was asked", read.of.short()))
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// The two forms, and what is overdue.
///
/// # Errors
/// 404 when there is no such body, 403 for those who keep no record about it.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &slug).await?;
    page(&ShowPage::new(&state, &staff, (shell, keys), &read, &read.start(&staff), Problems::none()))
}

/// Writes the letter, or publishes the notice.
///
/// # Errors
/// As for the page, 404 for a form that there is not, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let known = look(&state, &staff, &slug).await?;
    let body = known.of.slug.clone();
    let mut reading = Reading::of(&sent);
    let (done, said) = match sent.get("deed") {
        "letter" => {
            let by_post = reading.line("by_post", "The post");
            let note = reading.words("said", "The note");
            let command = WriteToTop {
                body,
                whom: sent.get("whom").to_owned(),
                by_post,
                said: note,
                items: known.chosen(&sent, "letter_items"),
            };
            let act = reading.told_to(staff.act(sent.key()));
            let said =
                "The letter is kept with today’s date. Where a mail address is kept that is not dead, it is on its way";
            (state.service.write_to_top(act, command).await, said)
        }
        "notice" => {
            let reason = reading.words("reason", "The reason");
            let items = known.chosen(&sent, "notice_items");
            let act = Act { questions: sent.answers(), ..reading.told_to(staff.act(sent.key())) };
            let command = PublishLadderNotice { body, reason, items };
            (state.service.publish_ladder_notice(act, command).await, "The notice is published")
        }
        _ => return Err(Error::NotFound),
    };
    match done {
        Ok(done) => notice::see_other_saying(&state, &done.location, said),
        Err(service::Error::Problems(problems)) => {
            let again = ShowPage::new(&state, &staff, (shell, keys), &known, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
