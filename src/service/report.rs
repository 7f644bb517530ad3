//! A document that a body sent or published: logged once, described anew where that was wrong; its file is private until
//! somebody publishes it.

mod file;
mod held;
mod mark;

use super::chase::about_body;
use super::evidence::{Taken, take};
use super::{Act, Done, Error, FileSent, Service};
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::change::{ChangeKind, Subject};
use crate::domain::id::{BodyId, Seq};
use crate::domain::licence::Rights;
use crate::domain::lifecycle::Lifecycle;
use crate::domain::moment::{Day, Happened};
use crate::domain::person::Actor;
use crate::domain::problem::Problems;
use crate::domain::report::{Marked, ReportKind};
use crate::domain::text::Slug;
use crate::store::ledger::{
    NewChange, NewMark, NewReport, insert_mark, insert_report, is_removed, lock_newest, open_change, seq_of,
};
use crate::store::mark::Item;
use crate::store::report::{self, Report};
use crate::store::{ReadTx, WriteTx, body, mark as marks};

use held::refuse_held;

pub use file::{PublishReportFile, TakeReportFileBack};
pub use held::document_held;
pub use mark::{ConfirmMarks, MarkItems, Marking, is_to_confirm};

/// What is said of a document.
#[derive(Debug, Clone)]
pub struct ReportWords {
    /// What it is; `None` where nothing was chosen.
    pub kind: Option<ReportKind>,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub happened: Happened,
    /// When it was received.
    pub received_on: Option<Day>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was seen there.
    pub seen_on: Option<Day>,
    /// What it says, for whoever cannot read it.
    pub summary: Option<String>,
    /// Its language and licence.
    pub rights: Rights,
}

/// A document to be logged.
#[derive(Debug, Clone)]
pub struct LogReport {
    /// From which body it is.
    pub body: Slug,
    /// What is said of it.
    pub said: ReportWords,
    /// The document itself, which stays private.
    pub file: Option<FileSent>,
}

/// A document of which something was said wrongly, or whose file came later.
#[derive(Debug, Clone)]
pub struct DescribeReport {
    /// The document, by the change that logged it.
    pub began: Seq,
    /// The change that published what the form showed.
    pub shown: i64,
    /// What is said of it now.
    pub said: ReportWords,
    /// Why that was wrong; where nothing is said otherwise, none is needed.
    pub correction: Option<String>,
    /// The document itself, which stays private.
    pub file: Option<FileSent>,
}

impl Service {
    /// Publishes that a document was received, with a row for each open item of its body that nobody has looked through yet.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ReportWords`], and `file`.
    pub async fn log_report(&self, act: Act, mut command: LogReport) -> Result<Done, Error> {
        let taken = looked_at(command.file.take()).await?;
        self.once(act, move |tx, act| log(tx, act, command, taken)).await
    }

    /// Publishes what is said of a document anew, or keeps its file.
    ///
    /// # Errors
    /// See [`Error`]; the fields are those of [`ReportWords`], `correction` and `file`. `Stale` when somebody was first.
    pub async fn describe_report(&self, act: Act, mut command: DescribeReport) -> Result<Done, Error> {
        let taken = looked_at(command.file.take()).await?;
        self.once(act, move |tx, act| describe(tx, act, command, taken)).await
    }
}

/// A file that came, looked at beside the threads that answer and before anything is locked.
async fn looked_at(sent: Option<FileSent>) -> Result<Option<Result<Taken, crate::domain::evidence::FileFault>>, Error> {
    let Some(sent) = sent else { return Ok(None) };
    let looked = tokio::task::spawn_blocking(move || take(sent)).await;
    looked
        .map(Some)
        .map_err(|fault| Error::Store(crate::store::Error::Failed(format!("a file could not be looked at: {fault}"))))
}

/// The file that is to be kept; what is wrong with it is noted.
fn sound_file(
    problems: &mut Problems,
    file: Option<Result<Taken, crate::domain::evidence::FileFault>>,
) -> Option<Taken> {
    match file? {
        Ok(taken) => Some(taken),
        Err(fault) => {
            problems.add("file", fault.to_string());
            None
        }
    }
}

fn check(problems: &mut Problems, said: &ReportWords, today: Day) {
    if said.kind.is_none() {
        problems.add("kind", "Choose what it is");
    }
    if said.title.is_none() {
        problems.add("title", "Enter its title");
    }
    if said.happened.day.is_some_and(|day| day > today) {
        problems.add("happened", "The date must be today or earlier");
    }
    match said.received_on {
        None => problems.add("received", "Enter the day on which it was received"),
        Some(day) if day > today => problems.add("received", "The day must be today or earlier"),
        Some(day) if said.happened.exact().is_some_and(|dated| dated > day) => {
            problems.add("received", "It cannot have been received before its own date");
        }
        Some(_) => {}
    }
    match (said.url.is_some(), said.seen_on) {
        (true, None) => problems.add("seen_on", "Enter the day on which you saw it there"),
        (true, Some(day)) if day > today => problems.add("seen_on", "The day must be today or earlier"),
        (false, Some(_)) => problems.add("url", "Enter the link, or clear the day on which it was seen"),
        _ => {}
    }
}

fn change(act: &Act, kind: ChangeKind, body: BodyId, reason: Option<String>) -> NewChange {
    NewChange {
        role: Some(act.actor.role),
        person_id: Some(act.actor.person),
        body_id: Some(body),
        reason,
        ..NewChange::of(kind, act.now, act.day)
    }
}

fn row(act: &Act, body: BodyId, said: ReportWords) -> Result<NewReport, Error> {
    let (Some(kind), Some(title), Some(received_on)) = (said.kind, said.title, said.received_on) else {
        return Err(Error::NotFound);
    };
    Ok(NewReport {
        body_id: body,
        kind,
        title,
        happened_on: said.happened.day,
        precision: said.happened.precision,
        received_on,
        url: said.url,
        seen_on: said.seen_on,
        file_id: None,
        summary: said.summary,
        language: said.rights.language,
        licence: said.rights.licence,
        author_id: act.actor.person,
        corrects: None,
    })
}

fn log(
    tx: &mut WriteTx<'_>,
    act: &Act,
    command: LogReport,
    file: Option<Result<Taken, crate::domain::evidence::FileFault>>,
) -> Result<Done, Error> {
    let of = body::name(tx, &command.body)?;
    may(act.actor, Deed::RecordFact, place(tx, act, of.id)?)?;
    lock_newest(tx)?;
    let mut problems = Problems::none();
    check(&mut problems, &command.said, act.day);
    let file_came = file.is_some();
    let taken = sound_file(&mut problems, file);
    if command.said.url.is_none() && !file_came {
        problems.add("url", "Enter a link, or choose a file below: a document has to be somewhere");
    }
    refuse_held(tx, &mut problems, "title", (of.id, None))?;
    act.publishable(problems)?;
    let new = row(act, of.id, command.said)?;
    let seq = open_change(tx, &change(act, ChangeKind::Report, of.id, None))?;
    insert_report(tx, seq, None, &new)?;
    for item in marks::items(tx, of.id)?.into_iter().filter(|item| item.lifecycle != Lifecycle::Closed) {
        let unread = NewMark {
            addressee_id: item.id,
            report: seq,
            value: Marked::Unread,
            page: None,
            words: None,
            author_id: Some(act.actor.person),
            publisher_id: None,
            corrects: None,
        };
        insert_mark(tx, seq, &unread)?;
    }
    if let Some(taken) = &taken {
        file::keep(tx, act, (seq, of.id), taken)?;
    }
    Ok(Done::published(address::staff_report(seq), seq))
}

/// The document, if this person may record something about its body, and it is as the form showed it.
fn find(tx: &mut ReadTx<'_>, act: &Act, began: Seq, deed: Deed) -> Result<Report, Error> {
    let found = report::find(tx, began)?;
    may(act.actor, deed, place(tx, act, found.body.id)?)?;
    Ok(found)
}

fn place(tx: &mut ReadTx<'_>, act: &Act, body: BodyId) -> Result<About, Error> {
    let limited = act.actor.reach.is_limited();
    let items = if limited { marks::items(tx, body)? } else { Vec::new() };
    Ok(about_documents(act.actor, body, &items))
}

/// What a deed on a document is about: a document is a body's and no inquiry's. `items` is everything that is put to the body.
#[must_use]
pub fn about_documents(actor: Actor, body: BodyId, items: &[Item]) -> About {
    about_body(actor, body, items.iter().map(|item| item.inquiry))
}

fn describe(
    tx: &mut WriteTx<'_>,
    act: &Act,
    command: DescribeReport,
    file: Option<Result<Taken, crate::domain::evidence::FileFault>>,
) -> Result<Done, Error> {
    let before = find(tx, act, command.began, Deed::RecordFact)?;
    lock_newest(tx)?;
    let before = report::find(tx, before.began)?;
    if before.seq.0 != command.shown {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    check(&mut problems, &command.said, act.day);
    let taken = sound_file(&mut problems, file);
    let mut new = row_or(act, before.body.id, command.said.clone(), &problems)?;
    let changes = new.as_ref().is_some_and(|new| differs(new, &before));
    if changes && command.correction.is_none() {
        problems.add("correction", "Enter why what was said of it was wrong");
    }
    if taken.is_some() && report::kept_file(tx, before.began)?.is_some() {
        problems.add("file", "A file is kept here already. Take it back first");
    }
    if changes {
        refuse_withheld(tx, &mut problems, "title", &before)?;
        refuse_held(tx, &mut problems, "title", (before.body.id, Some(before.began)))?;
        act.publishable(problems)?;
    } else {
        act.sound(problems)?;
    }
    if let Some(taken) = &taken {
        file::keep(tx, act, (before.began, before.body.id), taken)?;
    }
    let here = address::staff_report(before.began);
    let Some(new) = new.take().filter(|_| changes) else {
        return Ok(if taken.is_some() { Done::at(here) } else { Done::unchanged(here) });
    };
    let seq = open_change(tx, &change(act, ChangeKind::Report, before.body.id, command.correction))?;
    let new = NewReport { corrects: Some(before.id), file_id: before.file.map(|file| file.id), ..new };
    insert_report(tx, seq, Some(before.began), &new)?;
    Ok(Done::published(here, seq))
}

/// The row, where everything that it needs was entered; else nothing, for the faults are noted already.
fn row_or(act: &Act, body: BodyId, said: ReportWords, problems: &Problems) -> Result<Option<NewReport>, Error> {
    let faulty = !problems.is_empty() || !act.faults.is_empty();
    if faulty && (said.kind.is_none() || said.title.is_none() || said.received_on.is_none()) {
        return Ok(None);
    }
    row(act, body, said).map(Some)
}

fn differs(new: &NewReport, before: &Report) -> bool {
    let said = |one: &NewReport| {
        (one.kind, Some(one.title.clone()), one.happened_on, one.precision, one.received_on, one.url.clone())
    };
    let stood = (
        before.kind,
        before.title.said().map(str::to_owned),
        before.happened.day,
        before.happened.precision,
        before.received_on,
        before.url.clone(),
    );
    let rights = Rights { language: new.language, licence: new.licence };
    said(new) != stood || (new.seen_on, &new.summary, rights) != (before.seen_on, &before.summary, before.rights)
}

/// Words that are out of sight do not become public by being written into another row.
fn refuse_withheld(tx: &mut ReadTx<'_>, problems: &mut Problems, field: &str, before: &Report) -> Result<(), Error> {
    if is_removed(tx, Subject::Report, before.id.0)? {
        problems.add(field, "What was said of it was removed for legal reasons");
    } else if seq_of(tx, Subject::Report, before.id.0)?.1 {
        problems.add(field, "It is withheld. Show it again first");
    }
    Ok(())
}
