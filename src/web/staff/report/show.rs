//! `/staff/reports/{seq}`: a document with the items of its body, each to be marked; those marked already with what may follow;
//! its file; the marks of others to confirm. Each is a form of its own at an address of its own.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::fields;
use super::held::{self, Beside};
use super::mark::{Group, Marker};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::Subject;
use crate::domain::evidence::Hidden;
use crate::domain::id::AddresseeId;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::problem::Problems;
use crate::domain::report::{Marked, Marks};
use crate::domain::words;
use crate::service::{about_documents, document_held, is_to_confirm};
use crate::store::hold::InForce;
use crate::store::mark::{self, Item, Mark};
use crate::store::page::Cursor;
use crate::store::report::{self, Kept, Report};
use crate::store::{self, ReadTx};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::form::{Field, FourQuestions, Keys};
use crate::web::part::Link;
use crate::web::part::pager::Pager;
use crate::web::public::change::numbered;
use crate::web::public::{judged, query, say};
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::staff::row::Withhold;
use crate::web::state::State;

/// How many items a form holds.
const SIZE: usize = 20;
/// How many marked items are listed with what may follow.
const MARKED: usize = 500;

/// What the page asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To mark items: those that nobody has looked for, or all; from some place in the list on.
    Mark { all: bool, after: Option<Cursor<3>> },
    /// To confirm the marks of others.
    Confirm,
    /// To publish the file, or to take it back.
    File,
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    all: Option<String>,
    after: Option<String>,
    confirm: Option<String>,
    file: Option<String>,
}

impl Asked {
    fn mode(&self) -> Result<Mode, Error> {
        if self.confirm.is_some() {
            return Ok(Mode::Confirm);
        }
        if self.file.is_some() {
            return Ok(Mode::File);
        }
        let after = self.after.as_deref().map(str::parse).transpose().map_err(|_| Error::NotFound)?;
        Ok(Mode::Mark { all: self.all.is_some(), after })
    }
}

/// A document with everything around it.
pub struct Read {
    pub report: Report,
    pub marks: HashMap<AddresseeId, Mark>,
    pub items: Vec<Item>,
    pub kept: Option<Kept>,
    pub held: InForce,
    pub mode: Mode,
}

impl Read {
    /// What a hold does to the publication of the file.
    fn file_held(&self) -> Option<Beside> {
        document_held(&self.held, &self.items, &self.marks)?;
        let about = |item: &&Item| item.lifecycle != Lifecycle::Closed || self.marks.contains_key(&item.id);
        held::beside(&self.held, self.items.iter().filter(about), words::FILE_HELD)
    }
}

/// Reads it.
///
/// # Errors
/// 404 when there is none, 403 for people of a body.
pub async fn look(state: &State, staff: &Staff, seq: &str, mode: Mode) -> Result<Read, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let began = numbered(seq)?;
    Ok(state
        .reader
        .read(move |tx: &mut ReadTx<'_>| {
            let report = report::find(tx, began)?;
            Ok::<_, store::Error>(Read {
                marks: mark::of_report(tx, began)?,
                items: mark::items(tx, report.body.id)?,
                kept: report::kept_file(tx, began)?,
                held: InForce::read(tx)?,
                report,
                mode,
            })
        })
        .await?)
}

/// The page.
#[derive(Template)]
#[template(path = "staff/report/show.html")]
pub struct ShowPage {
    shell: Shell,
    problems: Problems,
    place: String,
    heading: String,
    lines: Vec<String>,
    source: Option<Link>,
    public: String,
    here: String,
    counts: String,
    so_far: String,
    deeds: Vec<Link>,
    withhold: Option<Withhold>,
    /// The items to be marked.
    groups: Vec<Group>,
    marks: bool,
    pager: Pager,
    correction: Option<Field>,
    questions: FourQuestions,
    /// What a hold does to the form of the page.
    held: Option<Beside>,
    /// What is marked, each with what may be recorded next.
    marked: Vec<(String, Vec<Link>)>,
    /// The marks of others, to be confirmed.
    confirm: Option<Vec<String>>,
    file: Option<File>,
    /// Somebody else was first.
    stale: bool,
    keys: Keys,
}

/// The file of a document.
struct File {
    line: String,
    is_public: bool,
    may_publish: bool,
    /// The change that published what is said of the document.
    shown: i64,
    hidden: Vec<&'static str>,
    seen: bool,
    summary: Field,
}

impl ShowPage {
    /// The page with what was sent and what is wrong with it.
    pub fn new(shell: Shell, keys: Keys, staff: &Staff, read: Read, sent: &Sent, problems: Problems) -> Self {
        let Read { report, marks, items, kept, mode, .. } = &read;
        let here = address::staff_report(report.began);
        let about = about_documents(staff.actor, report.body.id, items);
        let records = staff.may(Deed::RecordFact, about).is_ok();
        let to_confirm: Vec<&Mark> =
            marks.values().filter(|mark| is_to_confirm(mark) && mark.author != Some(staff.actor.person)).collect();
        // Whose role is limited to some inquiries confirms what is marked in those.
        let within = || items.iter().filter(|item| staff.actor.reach.holds(item.inquiry));
        let marker = Marker { read: &read, sent, problems: &problems };
        let (groups, next) = match mode {
            Mode::Mark { all, after } if records => marker.groups(*all, *after, SIZE),
            _ => (Vec::new(), None),
        };
        let to_publish =
            kept.as_ref().is_some_and(|kept| !kept.is_published) && staff.may(Deed::Publish, about).is_ok();
        let held = match mode {
            Mode::Mark { .. } if !groups.is_empty() => held::of_register(&read.held),
            Mode::Confirm if records => {
                let of_these = |item: &&Item| to_confirm.iter().any(|mark| mark.place.addressee == item.id);
                held::beside(&read.held, within().filter(of_these), words::CONFIRMING_HELD)
            }
            Mode::File if records && to_publish => read.file_held(),
            _ => None,
        };
        let corrects = groups.iter().flat_map(|group| &group.rows).any(|row| row.is_marked);
        let version = match mode {
            Mode::Mark { .. } => report.seq.0,
            Mode::Confirm => marks.values().map(|mark| mark.place.seq.0).max().unwrap_or_default(),
            Mode::File => kept.as_ref().map_or(0, |kept| kept.version),
        };
        let mut counted = Marks::default();
        marks.values().for_each(|mark| counted.add(mark.value));
        let document = words::document(report.kind, report.happened);
        let mut lines = vec![words::report_received(&document, report.received_on)];
        lines.extend(report.summary.clone());
        lines.extend(words::rights(report.rights));
        let all = matches!(mode, Mode::Mark { all: true, .. });
        let mut deeds = Vec::new();
        if records {
            if !matches!(mode, Mode::Mark { .. }) || all {
                deeds.push(Link::new(here.clone(), "What nobody has looked for yet"));
            }
            if !all {
                deeds.push(Link::new(format!("{here}?all=yes"), "All items, those marked too"));
            }
            if !to_confirm.is_empty() && *mode != Mode::Confirm {
                deeds.push(Link::new(format!("{here}?confirm=yes"), "Confirm marks of others"));
            }
            deeds.push(Link::new(format!("{here}/description"), "Put right what is said of it, or keep its file"));
        }
        let private = staff.may(Deed::ReadFile, About { judges: true, ..about }).is_ok();
        if private && kept.is_some() {
            deeds.push(Link::new(format!("{here}/file"), "Open the file"));
            if *mode != Mode::File {
                deeds.push(Link::new(format!("{here}?file=yes"), "Publish the file, or take it back"));
            }
        }
        let may_withhold = staff.may(Deed::Withhold, About::default()).is_ok();
        let may_remove = staff.may(Deed::ProposeRedaction, About::default()).is_ok();
        let button = || {
            let action = format!("{here}/withhold");
            let shows = staff.may(Deed::Publish, About { body: Some(report.body.id), ..About::register() }).is_ok();
            Withhold::new(&action, (Subject::Report, report.id.0), &report.title, (may_remove, shows), &keys)
        };
        Self {
            place: report.body.name.clone(),
            heading: fields::line(report),
            source: say::source(report.url.as_deref()),
            public: address::report(report.began),
            counts: format!("It {}", words::marks(counted)),
            so_far: words::marked_so_far(counted),
            withhold: may_withhold.then(button).flatten(),
            marks: records && matches!(mode, Mode::Mark { .. }),
            pager: pager(&here, *mode, next),
            correction: corrects.then(|| {
                sent.field("correction", "Why were earlier marks wrong?", &problems)
                    .hint("Only where you mark anew what was marked before. Everybody will read it.")
            }),
            questions: sent.questions(&problems),
            held,
            marked: marked(report, marks, items, staff),
            confirm: (records && *mode == Mode::Confirm)
                .then(|| within().filter_map(|item| confirmable(report, item, &to_confirm)).collect()),
            file: kept
                .as_ref()
                .filter(|_| records && *mode == Mode::File)
                .map(|kept| File::new(kept, &read, staff, sent, &problems)),
            stale: false,
            keys: keys.of_version(version),
            shell: shell
                .titled(fields::line(report))
                .crumb(address::STAFF, "Your work")
                .crumb(address::body_reports(report.body.slug.as_str()), report.body.short().to_owned())
                .unlisted()
                .faulty(!problems.is_empty()),
            here,
            lines,
            deeds,
            groups,
            problems,
        }
    }

    /// The page as it stands after somebody else was first.
    pub fn stale(self) -> Self {
        Self { stale: true, ..self }
    }
}

fn pager(here: &str, mode: Mode, next: Option<Cursor<3>>) -> Pager {
    let Mode::Mark { all, after } = mode else { return Pager::default() };
    let all = if all { "yes" } else { "" };
    let next = next.map(|next| query::address(here, &[("all", all), ("after", &next.to_string())]));
    Pager { previous: after.map(|_| query::address(here, &[("all", all)])), next }
}

/// The marked items, in the order of the body's inquiries; of what is answered the way to record what it says.
fn marked(
    report: &Report,
    marks: &HashMap<AddresseeId, Mark>,
    items: &[Item],
    staff: &Staff,
) -> Vec<(String, Vec<Link>)> {
    let said = items.iter().filter_map(|item| Some((item, marks.get(&item.id)?)));
    said.filter(|(_, mark)| mark.value != Marked::Unread)
        .take(MARKED)
        .map(|(item, mark)| {
            let here = address::staff_answer(&item.inquiry_slug, &item.number, &item.asked_slug);
            let from = report.began;
            let mut links = vec![Link::new(here.clone(), "Everything about this item")];
            let about = About::body(item.answerer).of(item.inquiry);
            if mark.value == Marked::Answered && staff.may(Deed::RecordFact, about).is_ok() {
                links.push(Link::new(format!("{here}/reported?from={from}"), "Record what it reports"));
                links.push(Link::new(format!("{here}/response?from={from}"), "Record its answer"));
            }
            let read = if mark.confirmed { words::READ_TWICE } else { words::READ_ONCE };
            (format!("{}: {}. {read}", item_line(item), words::mark(mark.value, mark.page.as_deref())), links)
        })
        .collect()
}

fn confirmable(report: &Report, item: &Item, open: &[&Mark]) -> Option<String> {
    let mark = open.iter().find(|mark| mark.place.addressee == item.id)?;
    let said = mark.words.as_ref().map(|words| format!(". \u{201c}{}\u{201d}", say::read(words))).unwrap_or_default();
    Some(format!("{}: {}{said}", item_line(item), judged::mark_line(report, mark)))
}

/// An item by its inquiry and number.
pub fn item_line(item: &Item) -> String {
    words::item(Some(&item.inquiry_title), Some(&item.number), None)
}

impl File {
    fn new(kept: &Kept, read: &Read, staff: &Staff, sent: &Sent, problems: &Problems) -> Self {
        let report = &read.report;
        let about = about_documents(staff.actor, report.body.id, &read.items);
        let summary = match sent.get("summary") {
            "" => sent.clone().filled("summary", report.summary.clone().unwrap_or_default()),
            _ => sent.clone(),
        };
        Self {
            line: words::file_line(kept.file.kind, kept.file.bytes),
            is_public: kept.is_published,
            may_publish: staff.may(Deed::Publish, about).is_ok(),
            shown: report.seq.0,
            hidden: kept.file.hidden.iter().map(|what: &Hidden| words::hidden(*what)).collect(),
            seen: sent.is_ticked("hidden"),
            summary: summary
                .field("summary", "What does it say?", problems)
                .hint("In plain words, for whoever cannot open the file or read it."),
        }
    }
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 403 for people of a body.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    seq: web::Path<String>,
    asked: web::Query<Asked>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &seq, asked.mode()?).await?;
    page(&ShowPage::new(shell, keys, &staff, read, &Sent::default(), Problems::none()))
}
