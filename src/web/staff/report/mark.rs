//! Marking the items of a document: several in one form, each answered for itself. Where somebody else marked one of them
//! meanwhile nothing is recorded, that item says so, and everything else that was written stays in the form.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::held::on_item;
use super::show::{Mode, Read, ShowPage, item_line, look};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::problem::Problems;
use crate::domain::report::{self, Marked};
use crate::domain::words;
use crate::service::{self, ConfirmMarks, MarkItems, Marking};
use crate::store::mark::Item;
use crate::store::page::Cursor;
use crate::web::actor::Staff;
use crate::web::answer::page_with;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The most items that a form may hold.
const MOST: usize = 100;

/// The items of one inquiry.
pub struct Group {
    /// What people call the inquiry.
    pub inquiry: String,
    /// Its items.
    pub rows: Vec<Row>,
}

/// One item of the form.
pub struct Row {
    /// Its number on the form.
    pub at: usize,
    /// What it is called in the form that is sent.
    pub name: String,
    /// The change of the mark that is shown; 0 for none.
    pub shown: i64,
    /// The item, with its page.
    pub item: Link,
    /// How it stands.
    pub stands: String,
    /// Whether somebody has marked it.
    pub is_marked: bool,
    /// That a hold bears on it.
    pub held: Option<String>,
    /// How it fares.
    pub mark: ChoiceField,
    /// On which page.
    pub page: Field,
    /// Which words.
    pub words: Field,
}

/// What the items of a form are made with.
pub struct Marker<'a> {
    pub read: &'a Read,
    pub sent: &'a Sent,
    pub problems: &'a Problems,
}

/// What an item is called in the form that is sent: two may be about one recommendation, where the body took over from
/// another.
fn name(item: &Item) -> String {
    format!("{}/{}/{}", item.inquiry_slug, item.number, item.asked_slug)
}

impl Marker<'_> {
    /// The items of the form, by inquiry: those that were sent, or one page of the list; and where the next page begins.
    pub fn groups(&self, all: bool, after: Option<Cursor<3>>, size: usize) -> (Vec<Group>, Option<Cursor<3>>) {
        let key = |item: &Item| [item.inquiry.0, item.position, item.id.0];
        let sent: Vec<&str> = named(self.sent).into_iter().map(|(_, name)| name).collect();
        let wanted = |item: &&Item| {
            let mark = self.read.marks.get(&item.id);
            let unread = mark.is_some_and(|mark| mark.value == Marked::Unread);
            item.is_markable(&self.read.marks) && (all || unread)
        };
        let (items, next) = if sent.is_empty() {
            let later =
                self.read.items.iter().filter(wanted).filter(|item| after.is_none_or(|after| key(item) > after.0));
            let mut items: Vec<&Item> = later.take(size + 1).collect();
            let more = items.len() > size;
            items.truncate(size);
            let next = items.last().filter(|_| more).map(|last| Cursor(key(last)));
            (items, next)
        } else {
            (self.read.items.iter().filter(|item| sent.contains(&name(item).as_str())).collect(), None)
        };
        let mut groups: Vec<Group> = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            let place = named(self.sent).into_iter().find(|(_, sent)| *sent == name(item)).map_or(at, |(at, _)| at);
            let row = self.row(place, item);
            match groups.last_mut().filter(|group| group.inquiry == item.inquiry_title) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { inquiry: item.inquiry_title.clone(), rows: vec![row] }),
            }
        }
        (groups, next)
    }

    fn row(&self, at: usize, item: &Item) -> Row {
        let mark = self.read.marks.get(&item.id);
        let is_marked = mark.is_some_and(|mark| mark.value != Marked::Unread);
        let shown = mark.map_or(0, |mark| mark.place.seq.0);
        let line = item_line(item);
        let field = |of: &str, label: String| {
            let id = format!("{of}_{at}");
            let value = self.sent.get(&id).to_owned();
            Field::new(id, label).value(value).checked(self.problems)
        };
        // Where somebody was faster, what was chosen is chosen anew, before what stands now.
        let overtaken = self.problems.at(&format!("mark_{at}")) == Some(words::MARKED_MEANWHILE);
        let chosen = if overtaken { "" } else { self.sent.get(&format!("mark_{at}")) };
        let again = is_marked.then_some(Marked::Unread);
        let values = Marked::SAID.into_iter().chain(again);
        let choices = values.map(|value| Choice::new(value.as_str(), words::mark_choice(value)));
        Row {
            at,
            name: name(item),
            shown,
            item: Link::new(
                address::staff_answer(&item.inquiry_slug, &item.number, &item.asked_slug),
                item.title.after(&line),
            ),
            stands: mark.map_or_else(
                || "Put to the body since the document came".to_owned(),
                |mark| words::mark(mark.value, mark.page.as_deref()),
            ),
            is_marked,
            held: on_item(&self.read.held, item).map(words::held_mark),
            mark: ChoiceField::new(format!("mark_{at}"), format!("How does {line} fare?"), choices)
                .value(chosen)
                .checked(self.problems),
            page: field("page", format!("On which page? ({line})")),
            words: field("words", format!("Which words? ({line})")),
        }
    }
}

/// The items that a form named, with their numbers on it.
fn named(sent: &Sent) -> Vec<(usize, &str)> {
    let all = (0..MOST).map(|at| (at, sent.get(&format!("item_{at}"))));
    all.filter(|(_, name)| !name.is_empty()).collect()
}

/// What was said of items; what was not said of an item leaves it as it is.
fn markings(read: &Read, reading: &mut Reading<'_>, sent: &Sent) -> Result<Vec<Marking>, Error> {
    let mut all = Vec::new();
    for (at, called) in named(sent) {
        let item = read.items.iter().find(|item| name(item) == called).ok_or(Error::NotFound)?;
        let field = format!("mark_{at}");
        let page = reading.line(&format!("page_{at}"), "The page");
        let words = reading.words(&format!("words_{at}"), "The words");
        let value = match sent.get(&field) {
            "" if page.is_none() && words.is_none() => continue,
            "" => {
                reading.problems.add(field, "Choose how it fares, or clear its page and words");
                continue;
            }
            chosen => chosen.parse().map_err(|_| Error::NotFound)?,
        };
        let shown = sent.get(&format!("shown_{at}")).parse().unwrap_or(-1);
        all.push(Marking { at, item: item.id, shown, mark: report::Mark { value, page, words } });
    }
    Ok(all)
}

const MARKING: Mode = Mode::Mark { all: true, after: None };

/// Records the marks.
///
/// # Errors
/// 404 when there is no such document or item, 403 when the person may not.
pub async fn mark(
    state: web::Data<State>,
    seq: web::Path<String>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let read = look(&state, &staff, &seq, MARKING).await?;
    let mut reading = Reading::of(&sent);
    let items = markings(&read, &mut reading, &sent)?;
    let correction = reading.words("correction", "Why earlier marks were wrong");
    let mut act = reading.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let shown: Vec<_> = items.iter().map(|one| (one.at, one.item, one.shown)).collect();
    let command = MarkItems { began: read.report.began, items, correction };
    match state.service.mark_items(act, command).await {
        Ok(done) => notice::see_other_saying(
            &state,
            &done.location,
            "Marked. A mark is no answer: where it is answered, record below what it says",
        ),
        Err(service::Error::Problems(problems)) => {
            let again = ShowPage::new(shell, keys, &staff, read, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, &seq, MARKING).await?;
            let mut problems = Problems::none();
            for (at, item, shown) in shown {
                if read.marks.get(&item).map_or(0, |mark| mark.place.seq.0) != shown {
                    problems.add(format!("mark_{at}"), words::MARKED_MEANWHILE);
                }
            }
            let again = ShowPage::new(shell, keys, &staff, read, &sent.unconfirmed(), problems);
            page_with(StatusCode::CONFLICT, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Confirms the marks of others.
///
/// # Errors
/// 404 when there is no such document, 403 when the person may not.
pub async fn confirm(
    state: web::Data<State>,
    seq: web::Path<String>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::RecordFact, About::default())?;
    let read = look(&state, &staff, &seq, Mode::Confirm).await?;
    let mut act = staff.act(sent.key());
    act.questions = sent.answers();
    let command = ConfirmMarks { began: read.report.began, shown: sent.version() };
    match state.service.confirm_marks(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Confirmed"),
        Err(service::Error::Problems(problems)) => {
            let again = ShowPage::new(shell, keys, &staff, read, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, &seq, Mode::Confirm).await?;
            let again = ShowPage::new(shell, keys, &staff, read, &sent.unconfirmed(), Problems::none()).stale();
            page_with(StatusCode::CONFLICT, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
