//! At the end of the third year: a recommendation is divided, and the committee meets about all of them: a meeting is called, an
//! earlier decision is minuted, the papers are made, and one of their questions is answered.

use super::Error;
use super::cast::Who;
use super::deeds::{COMPANY, HARBOUR, RIGHTS, link, some};
use super::meetings::{self, Called};
use super::stage::Stage;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::exemption::Exemption;
use crate::domain::fairness::Approval;
use crate::domain::meeting::MeetingState;
use crate::domain::pack::AnswerTo;
use crate::domain::words;
use crate::service::{Divide, HangReturns, NameExemption, RecordMinute};

/// What the two parts ask.
const PARTS: &str = "(a) Count passengers at every sailing\nThe company should count passengers at every sailing.\n\n\
                     (b) Publish the numbers each month\nThe company should publish the numbers each month.";

/// How far back the papers look.
const DAYS_BACK: i64 = 90;

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Error> {
    one_is_divided(stage).await?;
    let meeting = a_meeting_is_called(stage).await?;
    a_decision_is_minuted(stage).await?;
    papers_are_made(stage, meeting).await?;
    an_answer_is_minuted(stage).await?;
    super::work::a_lawyer_is_asked(stage).await
}

/// To count and to publish turned out to be two things.
async fn one_is_divided(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(1_093).await?;
    let (whole, version) = stage.recommendation("14").await?;
    let command = Divide {
        whole,
        version,
        parts: PARTS.to_owned(),
        text_kind: TextKind::Verbatim,
        checked: Checked::Source,
        source_url: link("report"),
        compared_on: stage.today(),
        rights: RIGHTS,
        answering: vec![(COMPANY.to_owned(), "a, b".to_owned())],
        answers_anew: true,
        dates_anew: true,
        reason: some("The company may count and not publish: the committee asks about each."),
    };
    let act = stage.act(Who::Overseer);
    let reference = act.fresh.clone();
    let done = stage.service().divide(act, command).await;
    stage.done("divide a recommendation", done)?;
    // The words of each part stand once a second person has compared them too.
    for part in 0..2 {
        stage.publishes(Who::Second, &format!("{reference}{part}"), &[]).await?;
    }
    Ok(())
}

/// It is called, moved by two days, and updates are asked for in time for its papers; answers its own name.
async fn a_meeting_is_called(stage: &mut Stage<'_>) -> Result<String, Error> {
    stage.until(1_094).await?;
    let words = "The Ferry Scrutiny Committee meets about every recommendation that is open.";
    let called = Called { held: 1_128, papers: 1_115, words };
    let reference = called.is_called(stage).await?;
    let moved = Called { held: 1_130, papers: 1_117, ..called };
    moved.becomes(stage, &reference, MeetingState::Planned, Some("The hall is taken on that day.")).await?;
    let command = HangReturns {
        reference: reference.clone(),
        version: meetings::version(stage, &reference).await?,
        working_days: Some(8),
        only_new: true,
        reason: None,
    };
    let done = stage.service().hang_returns(stage.act(Who::Overseer), command).await;
    stage.done("ask for updates before a meeting", done)?;
    Ok(reference)
}

async fn a_decision_is_minuted(stage: &Stage<'_>) -> Result<(), Error> {
    let (addressee, version) = stage.item("9", HARBOUR).await?;
    let command = RecordMinute {
        addressee,
        version,
        decided_by: some("Ferry Scrutiny Committee"),
        decided_on: Some(stage.day(1_060)),
        minute_ref: some("31"),
        approval: Some(Approval::Approved),
        answers: Some(AnswerTo::AnotherMatter),
        words: some("The committee asked the authority to bring the plan to its next meeting."),
        source_url: link("minutes"),
        earlier: None,
        correction: None,
    };
    let done = stage.service().record_minute(stage.act(Who::Overseer), command).await;
    stage.done("minute an answer", done).map(drop)
}

async fn papers_are_made(stage: &mut Stage<'_>, meeting: String) -> Result<(), Error> {
    stage.until(1_096).await?;
    let reference = meetings::papers(stage, meeting, DAYS_BACK).await?;
    let command = NameExemption {
        reference,
        version: 1,
        paragraphs: vec![Exemption::Business],
        why: some("The bodies have not had the time that they were given to check what is said of them."),
    };
    let done = stage.service().name_exemption(stage.act(Who::Overseer), command).await;
    stage.done("name an exemption", done).map(drop)
}

/// The committee's chair and clerk go through the papers with the authority before the meeting.
async fn an_answer_is_minuted(stage: &Stage<'_>) -> Result<(), Error> {
    let (addressee, version) = stage.item("9", HARBOUR).await?;
    let [_, question, ..] = words::PACK_QUESTIONS;
    let command = RecordMinute {
        addressee,
        version,
        decided_by: some("Ferry Scrutiny Committee"),
        decided_on: Some(stage.today()),
        minute_ref: some("1 of the preparation"),
        approval: Some(Approval::Draft),
        answers: Some(AnswerTo::Question(question.to_owned())),
        words: some("The authority will bring the plan and the record of its last exercise."),
        source_url: None,
        earlier: None,
        correction: None,
    };
    let done = stage.service().record_minute(stage.act(Who::Overseer), command).await;
    stage.done("minute an answer to the papers", done).map(drop)
}
