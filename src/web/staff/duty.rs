//! Who of a body is asked, and who signs off for it: the part of the body's page of contacts, and the two forms on it.

use actix_web::{HttpResponse, web};
use jiff::tz::TimeZone;

use super::contact::{again, look};
use super::form_sent::Sent;
use crate::domain::address;
use crate::domain::duty::{DutyKind, Held, contact_for};
use crate::domain::id::{BodyId, InquiryId, PersonId};
use crate::domain::ladder;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::person::Reach;
use crate::domain::problem::Problems;
use crate::domain::stage::{ChosenStages, Stages, StagesOf};
use crate::domain::words;
use crate::service::{self, SetDuties};
use crate::store::body::BodyName;
use crate::store::chase::{self, ItemName};
use crate::store::duty::{self, Colleague, Duty, Past};
use crate::store::{self, ReadTx, filing, setting};
use crate::web::actor::Staff;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Keys};
use crate::web::notice;
use crate::web::part::SummaryRow;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many changes the page lists.
const MOST: i64 = 50;
/// The field of the leads of the body, and that of those of an item.
const LEAD: &str = "lead";
const ITEM_LEAD: &str = "item_lead";

/// What stands, as read.
pub(super) struct Standing {
    /// The version of the duties.
    pub version: i64,
    pub duties: Vec<Duty>,
    /// Everybody who files for the body or holds something for it, with how many updates they have to do something with.
    pub people: Vec<(Colleague, u64)>,
    items: Vec<ItemName>,
    /// How far the reader's role reaches.
    reach: Reach,
    history: Vec<Past>,
    names: Vec<(PersonId, String)>,
    /// When bodies are reminded, where somebody chose other days than the usual ones.
    stages: ChosenStages,
}

impl Standing {
    pub fn read(tx: &mut ReadTx<'_>, body: BodyId, reach: Reach) -> Result<Self, store::Error> {
        let duties = duty::of_body(tx, body)?;
        let mut people = duty::colleagues(tx, body)?;
        for holder in duties.iter().map(|one| &one.holder) {
            if people.iter().all(|one| one.person != holder.person) {
                people.push(holder.clone());
            }
        }
        let mut counted = Vec::with_capacity(people.len());
        for one in people {
            let written = filing::written_by(tx, one.person, body)?.len();
            counted.push((one, written as u64));
        }
        let (history, names) = duty::history(tx, body, MOST)?;
        Ok(Self {
            version: duty::version(tx, body)?,
            people: counted,
            items: chase::items(tx, body)?,
            reach,
            duties,
            history,
            names,
            stages: setting::stages(tx)?,
        })
    }

    /// The inquiries that put something to the body.
    pub fn inquiries(&self) -> impl Iterator<Item = InquiryId> {
        self.items.iter().map(|item| item.inquiry_id)
    }

    fn of_body(&self, kind: DutyKind) -> Option<&Duty> {
        self.duties.iter().find(|one| one.item.is_none() && one.kind == kind)
    }

    /// The form of the body, holding what stands.
    pub fn filled(&self) -> Sent {
        self.filled_beside(&Sent::default())
    }

    /// The same beside what another form of the page sent.
    pub fn filled_beside(&self, sent: &Sent) -> Sent {
        let filled = DutyKind::OF_ONE.iter().fold(sent.clone(), |sent, kind| {
            let stands = self.of_body(*kind).map_or("", |one| one.holder.reference.as_str());
            sent.filled(kind.as_str(), stands)
        });
        let leads = self.duties.iter().filter(|one| one.item.is_none() && one.kind == DutyKind::Lead);
        leads.fold(filled, |sent, one| sent.ticking(LEAD, one.holder.reference.clone()))
    }
}

/// The part of the page.
pub(super) struct Duties {
    pub here: String,
    /// That nobody can be reached about some of the items, or that mail to a contact comes back.
    pub no_contact: Option<String>,
    /// That whoever signs off has left.
    pub signer_left: Option<String>,
    pub standing: Vec<SummaryRow>,
    /// Whether this person says who is asked for the whole body.
    pub whole: bool,
    pub main: ChoiceField,
    pub alternate: ChoiceField,
    /// The leads beside the main contact, where more than one person files for the body.
    pub leads: Option<ChoiceField>,
    pub sign_off: ChoiceField,
    /// The items to choose from, where there are any.
    pub items: Option<ChoiceField>,
    pub item_main: ChoiceField,
    pub item_alternate: ChoiceField,
    pub item_leads: Option<ChoiceField>,
    /// When reminders are sent, and where that is chosen.
    pub reminded: Vec<SummaryRow>,
    pub stages: String,
    pub people: Vec<Person>,
    pub history: Vec<String>,
}

/// Somebody of the body with an account.
pub(super) struct Person {
    pub name: String,
    pub holds: String,
    /// Where it is handed over, where there is anything.
    pub handover: Option<String>,
}

impl Duties {
    pub fn new(read: &Standing, of: &BodyName, zone: &TimeZone, sent: &Sent, problems: &Problems) -> Self {
        let slug = of.slug.as_str();
        let people = |nobody: &'static str| {
            let works = read.people.iter().filter(|(one, _)| one.works);
            let all = works.map(|(one, _)| Choice::new(one.reference.clone(), one.name.clone()));
            [Choice::new("", nobody)].into_iter().chain(all).collect::<Vec<_>>()
        };
        let ask = |name, label: &'static str, nobody| sent.choices(name, label, people(nobody), problems);
        let several = read.people.iter().filter(|(one, _)| one.works).count() > 1;
        let leads = |name: &'static str, label: &'static str| {
            let works = read.people.iter().filter(|(one, _)| one.works);
            let all = works.map(|(one, _)| Choice::new(one.reference.clone(), one.name.clone()));
            let field = ChoiceField::new(name, label, all).hint("For a partnership: each of them is asked as well.");
            several.then(|| field.values(&sent.all(name)).checked(problems))
        };
        let names = chase::names(&read.items);
        let items = read.items.iter().filter(|item| read.reach.holds(item.inquiry_id)).map(|item| {
            let name = names.get(&item.id).cloned().unwrap_or_default();
            let line = words::item(Some(&item.inquiry), Some(&item.number), None);
            let line = if item.is_long(&name) { words::asked_of(&line, &item.asked) } else { line };
            Choice::new(name, line)
        });
        let items = sent.choices("item", "Which item?", items, problems);
        let left = read.of_body(DutyKind::SignOff).filter(|one| !one.holder.works);
        Self {
            here: address::duties(slug),
            no_contact: warning(read),
            signer_left: left.map(|one| format!(
                "{} signs off for this body and has left: until somebody else is named, what it sends in is filed without a sign-off.",
                one.holder.name
            )),
            standing: read.duties.iter().map(standing).collect(),
            whole: !read.reach.is_limited(),
            main: ask("main_contact", "Main contact", "Nobody in particular"),
            alternate: ask("alternate_contact", "Alternate contact", "Nobody"),
            leads: leads(LEAD, "Leads beside the main contact"),
            sign_off: ask("sign_off", "Who signs off what this body sends in, before it is filed?", "Nobody: it is filed at once"),
            items: (!items.choices.is_empty()).then_some(items),
            item_main: ask("item_main_contact", "Main contact for this item", "As for the body"),
            item_alternate: ask("item_alternate_contact", "Alternate contact for this item", "As for the body"),
            item_leads: leads(ITEM_LEAD, "Leads beside the main contact for this item"),
            reminded: reminded(read, of.id),
            stages: address::stages_of_body(slug),
            people: read.people.iter().map(|one| Person::new(one, read, slug, zone)).collect(),
            history: history(read, zone),
        }
    }
}

/// Where nobody is left who works and whom mail reaches: of the items, those for which nobody can be written to.
fn no_contact(read: &Standing) -> Option<String> {
    let nobody = !read.people.iter().any(|(one, _)| one.works && one.is_reached());
    if read.items.is_empty() || !nobody && read.duties.is_empty() {
        return None;
    }
    let held: Vec<Held> = read.duties.iter().map(Duty::held).collect();
    let open = read.items.iter().filter(|item| item.lifecycle != Lifecycle::Closed);
    let without: Vec<&ItemName> = open.filter(|item| contact_for(item.id, &held).is_none()).collect();
    let named = read.duties.iter().any(|one| one.kind != DutyKind::SignOff);
    if without.is_empty() || !(nobody || named) {
        return None;
    }
    let items = words::count(without.len() as u64, "open item", "open items");
    let then = if nobody { "nobody is asked" } else { "everybody who files for this body is asked" };
    Some(format!("{} for {items}: {then}.", words::NO_CONTACT))
}

/// Whether mail about any of the items comes back.
fn is_stopped(read: &Standing) -> bool {
    let held: Vec<Held> = read.duties.iter().map(Duty::held).collect();
    let works = read.people.iter().filter(|(one, _)| one.works);
    let reached: Vec<bool> = works.map(|(one, _)| one.is_reached()).collect();
    let mut open = read.items.iter().filter(|item| item.lifecycle != Lifecycle::Closed);
    open.any(|item| ladder::is_stopped(item.id, &held, &reached))
}

/// Who cannot be reached, and what does not follow then.
fn warning(read: &Standing) -> Option<String> {
    match (no_contact(read), is_stopped(read)) {
        (Some(none), true) => Some(format!("{none} {}", words::NO_NOTICE)),
        (None, true) => Some(words::LADDER_STOPPED.to_owned()),
        (none, false) => none,
    }
}

/// When the body is reminded: as chosen for it, else as chosen for each inquiry that asks it, else as usual.
fn reminded(read: &Standing, of: BodyId) -> Vec<SummaryRow> {
    if let Some(own) = read.stages.find(StagesOf::Body(of)) {
        return vec![SummaryRow::new("Reminders, as chosen for this body", words::stages(own))];
    }
    let mut rows = vec![SummaryRow::new("Reminders", words::stages(&Stages::default()))];
    let mut named: Vec<InquiryId> = Vec::new();
    for item in &read.items {
        if named.contains(&item.inquiry_id) {
            continue;
        }
        named.push(item.inquiry_id);
        if let Some(stages) = read.stages.find(StagesOf::Inquiry(item.inquiry_id)) {
            rows.push(SummaryRow::new(format!("Reminders about {}", item.inquiry), words::stages(stages)));
        }
    }
    rows
}

fn standing(duty: &Duty) -> SummaryRow {
    let left = if duty.holder.works { "" } else { ", who has left" };
    SummaryRow::new(words::duty_for(duty.kind, duty.place.as_ref()), format!("{}{left}", duty.holder.name))
}

impl Person {
    fn new((one, written): &(Colleague, u64), read: &Standing, body: &str, zone: &TimeZone) -> Self {
        let held = holdings(one, *written, &read.duties);
        // All of it at once, of whatever inquiry.
        let may_hand_over = !held.is_empty() && !read.reach.is_limited();
        let state = match (one.works, one.dead_since) {
            (false, _) => "Has left. ".to_owned(),
            (true, Some(since)) => format!("{}. ", words::address_dead(since.day_in(zone))),
            (true, None) if one.came_back => format!("{}. ", words::LAST_MAIL_CAME_BACK),
            (true, None) => String::new(),
        };
        let holds = if held.is_empty() { "Holds nothing in particular".to_owned() } else { words::list(&held) };
        Self {
            name: one.name.clone(),
            holds: format!("{state}{holds}"),
            handover: may_hand_over.then(|| address::handover(body, &one.reference)),
        }
    }
}

/// What somebody holds for a body, in words.
pub(super) fn holdings(one: &Colleague, written: u64, duties: &[Duty]) -> Vec<String> {
    let own = duties.iter().filter(|duty| duty.holder.person == one.person);
    own.map(|duty| words::duty_for(duty.kind, duty.place.as_ref())).chain(words::holds_drafts(written)).collect()
}

fn history(read: &Standing, zone: &TimeZone) -> Vec<String> {
    let name = |id: PersonId| read.names.iter().find(|(of, _)| *of == id).map_or("somebody", |(_, name)| name.as_str());
    let lines = read.history.iter().map(|past| {
        let item = past.number.as_ref().map_or_else(String::new, |number| format!(" for recommendation {number}"));
        let begun = words::moment(past.begun_at, zone);
        let ended = past.ended_at.zip(past.ended_by);
        let ended = ended.map(|(at, by)| format!("; ended {} by {}", words::moment(at, zone), name(by)));
        let kind = words::duty(past.kind);
        format!(
            "{kind}{item}: {}, from {begun}, set by {}{}",
            past.name,
            name(past.begun_by),
            ended.unwrap_or_default()
        )
    });
    lines.collect()
}

/// Whom a select chose; `None` is nobody.
fn chosen(sent: &Sent, name: &str) -> Option<String> {
    Some(sent.get(name).to_owned()).filter(|name| !name.is_empty())
}

/// Says who is asked about a body.
///
/// # Errors
/// 404 when there is no such body, 403 for those who keep no record about it, and when the database fails.
pub async fn save(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &slug).await?;
    let command = SetDuties {
        body: read.of.slug.clone(),
        version: sent.version(),
        item: None,
        chosen: DutyKind::OF_ONE.iter().map(|kind| (*kind, chosen(&sent, kind.as_str()))).collect(),
        leads: Some(sent.all(LEAD).into_iter().map(str::to_owned).collect()),
    };
    match state.service.set_duties(staff.act(sent.key()), command).await {
        Ok(done) => notice::after(&state, &done, "Saved"),
        Err(service::Error::Problems(problems)) => again(&state, (shell, keys), &read, &sent, Some(problems)),
        Err(service::Error::Stale) => {
            let now = look(&state, &staff, &slug).await?;
            again(&state, (shell, keys), &now, &sent, None)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Says who is asked about one item of a body.
///
/// # Errors
/// As for the body.
pub async fn save_of_item(
    state: web::Data<State>,
    staff: Staff,
    slug: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &slug).await?;
    let names = chase::names(&read.duties.items);
    let named = |item: &&ItemName| names.get(&item.id).is_some_and(|name| name == sent.get("item"));
    let Some(item) = read.duties.items.iter().find(named) else {
        let problems = Problems::one("item", "Choose an item of this body");
        return again(&state, (shell, keys), &read, &read.duties.filled_beside(&sent), Some(problems));
    };
    let command = SetDuties {
        body: read.of.slug.clone(),
        version: sent.version(),
        item: Some(item.id),
        chosen: DutyKind::CONTACTS.map(|kind| (kind, chosen(&sent, &format!("item_{kind}")))).to_vec(),
        leads: Some(sent.all(ITEM_LEAD).into_iter().map(str::to_owned).collect()),
    };
    match state.service.set_duties(staff.act(sent.key()), command).await {
        Ok(done) => notice::after(&state, &done, "Saved for this item"),
        Err(service::Error::Problems(problems)) => {
            let mut placed = Problems::none();
            for problem in problems.iter() {
                let contact =
                    problem.field == LEAD || DutyKind::CONTACTS.iter().any(|kind| kind.as_str() == problem.field);
                let field = if contact { format!("item_{}", problem.field) } else { problem.field.to_string() };
                placed.add(field, problem.sentence.clone());
            }
            again(&state, (shell, keys), &read, &read.duties.filled_beside(&sent), Some(placed))
        }
        Err(service::Error::Stale) => {
            let now = look(&state, &staff, &slug).await?;
            again(&state, (shell, keys), &now, &now.duties.filled_beside(&sent), None)
        }
        Err(fault) => Err(fault.into()),
    }
}
