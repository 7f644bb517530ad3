//! The committee's meetings: called, moved, held and cancelled, each with its papers; and a document that says less than was asked.

use super::Error;
use super::beginning::inquiry;
use super::cast::Who;
use super::deeds::{COUNCIL, RIGHTS, link, some};
use super::stage::{Stage, slug};
use crate::domain::meeting::{Days, MeetingState, Released};
use crate::domain::moment::Happened;
use crate::domain::report::{Mark, Marked, ReportKind};
use crate::domain::words;
use crate::service::{CallMeeting, ChangeMeeting, LogReport, MakePack, MarkItems, Marking, ReportWords, Since};
use crate::store::meeting;

/// A meeting of the committee: its day and that of its papers, counted from the first of the story, and what is said of it.
#[derive(Clone, Copy)]
pub(super) struct Called {
    pub(super) held: i64,
    pub(super) papers: i64,
    pub(super) words: &'static str,
}

/// The one before the last papers.
const EARLIER: Called =
    Called { held: 1_018, papers: 1_012, words: "The Ferry Scrutiny Committee meets about the company’s answers." };

/// One that never came.
const EXTRA: Called =
    Called { held: 1_070, papers: 1_060, words: "The Ferry Scrutiny Committee meets about the landing stages alone." };

/// What is said of each inside.
const NOTE: &str = "The chair asks for one page.";

impl Called {
    fn days(self, stage: &Stage<'_>, state: MeetingState) -> Days {
        Days { held_on: Some(stage.day(self.held)), papers_due_on: Some(stage.day(self.papers)), state }
    }

    /// Calls it; answers its own name.
    pub(super) async fn is_called(self, stage: &Stage<'_>) -> Result<String, Error> {
        let command = CallMeeting {
            inquiries: vec![inquiry()],
            days: self.days(stage, MeetingState::Planned),
            words: some(self.words),
            source_url: link("meetings"),
            private_note: some(NOTE),
        };
        let act = stage.act(Who::Overseer);
        let reference = act.fresh.clone();
        let done = stage.service().call_meeting(act, command).await;
        stage.done("call a meeting", done)?;
        Ok(reference)
    }

    /// Says how it stands from now on.
    pub(super) async fn becomes(
        self,
        stage: &Stage<'_>,
        reference: &str,
        state: MeetingState,
        why: Option<&str>,
    ) -> Result<(), Error> {
        let command = ChangeMeeting {
            reference: reference.to_owned(),
            version: version(stage, reference).await?,
            days: self.days(stage, state),
            words: some(self.words),
            source_url: link("meetings"),
            private_note: some(NOTE),
            reason: why.map(str::to_owned),
            released: Released::Back,
        };
        let done = stage.service().change_meeting(stage.act(Who::Overseer), command).await;
        stage.done("change a meeting", done).map(drop)
    }
}

/// The version of a meeting, as forms carry it.
pub(super) async fn version(stage: &Stage<'_>, reference: &str) -> Result<i64, Error> {
    let reference = reference.to_owned();
    Ok(stage.read(move |tx| meeting::find(tx, &reference)).await?.version)
}

/// The papers for a meeting, which look back so many days; answers their own name.
pub(super) async fn papers(stage: &Stage<'_>, meeting: String, days_back: i64) -> Result<String, Error> {
    let command = MakePack {
        inquiries: vec![inquiry()],
        meeting: Some(meeting),
        since: Since::Day(Some(stage.today().plus_days(-days_back))),
        questions: words::PACK_QUESTIONS.map(str::to_owned),
        zone: stage.zone(),
    };
    let act = stage.act(Who::Overseer);
    let reference = act.fresh.clone();
    let done = stage.service().make_pack(act, command).await;
    stage.done("make a pack", done)?;
    Ok(reference)
}

/// A meeting is called, and its papers are made; answers the meeting's own name.
pub(super) async fn one_is_prepared(stage: &Stage<'_>) -> Result<String, Error> {
    let meeting = EARLIER.is_called(stage).await?;
    papers(stage, meeting.clone(), 90).await?;
    Ok(meeting)
}

/// It was held, and another one is called; answers that one's own name.
pub(super) async fn it_was_held(stage: &Stage<'_>, meeting: &str) -> Result<String, Error> {
    EARLIER.becomes(stage, meeting, MeetingState::Held, None).await?;
    EXTRA.is_called(stage).await
}

/// The other one is cancelled.
pub(super) async fn the_other_is_cancelled(stage: &Stage<'_>, meeting: &str) -> Result<(), Error> {
    let why = Some("The landing stages are taken with everything else in the next year’s meeting.");
    EXTRA.becomes(stage, meeting, MeetingState::Cancelled, why).await
}

/// The council reports once more, and leaves two of its open recommendations out.
pub(super) async fn a_report_says_less(stage: &Stage<'_>) -> Result<(), Error> {
    let said = ReportWords {
        kind: Some(ReportKind::Progress),
        title: some("Council: second report on the ferry inquiry"),
        happened: Happened::on(stage.day(1_010)),
        received_on: Some(stage.day(1_015)),
        url: link("council-report-2"),
        seen_on: Some(stage.today()),
        summary: some("The council reports on the landing stages alone."),
        rights: RIGHTS,
    };
    let command = LogReport { body: slug(COUNCIL), said, file: None };
    let done = stage.service().log_report(stage.act(Who::Overseer), command).await;
    let began = stage.done("log a document", done)?.seq.expect("a document is published");
    let marks =
        [("2", Marked::Answered, some("2")), ("9", Marked::NotMentioned, None), ("13", Marked::NotMentioned, None)];
    let mut items = Vec::new();
    for (at, (number, value, page)) in marks.into_iter().enumerate() {
        let (item, _) = stage.item(number, COUNCIL).await?;
        items.push(Marking { at, item, shown: began.0, mark: Mark { value, page, words: None } });
    }
    let command = MarkItems { began, items, correction: None };
    let done = stage.service().mark_items(stage.act(Who::Overseer), command).await;
    stage.done("mark a document", done).map(drop)
}
