//! The second year: things are said to be done and looked at; some are, some are not, some are closed for other reasons, and one
//! that was done no longer holds.

use super::Error;
use super::cast::Who;
use super::deeds::{AGENCY, COMPANY, COUNCIL, HARBOUR, RIGHTS, link, response, some};
use super::stage::{Stage, slug};
use crate::domain::assessed::Assessed;
use crate::domain::checked::Checked;
use crate::domain::evidence::Rung;
use crate::domain::filing::{Closing, FoundAnew};
use crate::domain::lifecycle::{Closure, Lifecycle};
use crate::domain::moment::Happened;
use crate::domain::outside::{Gist, Judgement};
use crate::domain::reported::Reported;
use crate::domain::response::Response;
use crate::domain::target_ask::AskDecision;
use crate::service::{AmendBody, AskForLater, DecideAsk, HandOver, RecordOutside, RecordReply, RecordResponse};
use crate::store::exhibit::Said;
use crate::store::{body, duty, outside};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Error> {
    the_crews_are_trained(stage).await?;
    done_by_other_means(stage).await?;
    said_to_be_complete(stage).await?;
    stopped_and_refused(stage).await?;
    partly_and_elsewhere(stage).await?;
    more_time_is_asked_for(stage).await?;
    others_find_something_else(stage).await?;
    it_no_longer_holds(stage).await?;
    people_and_names_change(stage).await
}

async fn the_crews_are_trained(stage: &mut Stage<'_>) -> Result<(), Error> {
    let item = ("7", COMPANY);
    stage.until(370).await?;
    stage.reports(Who::Company, item, Reported::ReportedComplete, "All four crews took the course.").await?;
    stage.until(385).await?;
    let finding = stage.finds(item, Assessed::Implemented, "The records of all four crews were read.").await?;
    let said = Said {
        page: some("2"),
        quote: some("All crews: passed"),
        title: some("Records of the course"),
        what: some("The company’s own list of who took the course"),
        summary: some("Four crews are listed with the days of their course; all passed."),
        rights: RIGHTS,
    };
    let evidence = stage.attaches(item, Some(&finding), Rung::Document, said, false).await?;
    stage.publishes(Who::Second, &finding, &[evidence]).await?;
    stage.until(390).await?;
    stage.closes(item, Closure::Implemented, "The records and one rehearsal show what was agreed.").await
}

async fn done_by_other_means(stage: &mut Stage<'_>) -> Result<(), Error> {
    let item = ("8", HARBOUR);
    stage.until(400).await?;
    stage.is_read_to_say(item, Reported::InPlace, "Inspections are read out at the authority’s open meeting.").await?;
    let words = "What is found is read out in public within a month, and the recording stays on the web.";
    stage.confirms(item, Assessed::ImplementedByOtherMeans, words).await?;
    stage.until(405).await?;
    stage.closes(item, Closure::OtherMeans, "The recordings serve the same end.").await
}

async fn said_to_be_complete(stage: &mut Stage<'_>) -> Result<(), Error> {
    let item = ("2", COUNCIL);
    stage.until(420).await?;
    stage.reports(Who::Council, item, Reported::ReportedComplete, "The south stage is inspected every year.").await?;
    stage.until(440).await?;
    let finding =
        stage.finds(item, Assessed::NotShown, "One inspection was shown, and none of the other stage.").await?;
    stage.until(447).await?;
    stage.replies(Who::Head, &finding, Some("The other stage belongs to the harbour authority.")).await?;
    stage.publishes(Who::Second, &finding, &[]).await
}

async fn stopped_and_refused(stage: &mut Stage<'_>) -> Result<(), Error> {
    let item = ("10", COUNCIL);
    stage.until(450).await?;
    let why = Some("The telephone company ended the offer.");
    let reference = stage.files(Who::Council, item, Reported::Stopped, "The number was given up.", why).await?;
    stage.publishes(Who::Overseer, &reference, &[]).await?;
    let finding = stage.finds(item, Assessed::NotImplemented, "There is no such number.").await?;
    stage.until(455).await?;
    stage.replies(Who::Head, &finding, None).await?;
    stage.publishes(Who::Second, &finding, &[]).await?;
    stage.until(470).await?;
    stage.closes(item, Closure::NotImplemented, "The council will not take it up again.").await?;
    stage.closes(("3", HARBOUR), Closure::Rejected, "The authority refused it, and the committee has noted that.").await
}

async fn partly_and_elsewhere(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(480).await?;
    let item = ("4", COMPANY);
    stage.reports(Who::Company, item, Reported::InPlace, "Boards stand at both stages.").await?;
    let finding =
        stage.finds(item, Assessed::PartlyImplemented, "The boards work; nobody is told by telephone.").await?;
    // The company does not reply; the time passes.
    stage.until(500).await?;
    stage.publishes(Who::Second, &finding, &[]).await?;
    let reason = "The boards are what the company accepted; it will do no more.";
    stage.closes(item, Closure::PartlyNoFurtherAction, reason).await?;
    let replied = response(Response::Replied, "The agency says that the byelaws were replaced by an order.");
    stage.answers(("12", AGENCY), RecordResponse { source_url: link("agency"), ..replied }).await?;
    stage.closes(("12", AGENCY), Closure::NoLongerApplicable, "There are no such byelaws any more.").await
}

async fn more_time_is_asked_for(stage: &mut Stage<'_>) -> Result<(), Error> {
    let item = ("2", HARBOUR);
    stage.until(510).await?;
    ask(stage, item, 640, "Divers are needed for the second stage.").await?;
    decide(stage, item, AskDecision::Granted, "Divers were shown to be needed.").await?;
    stage.until(630).await?;
    ask(stage, item, 900, "The divers’ firm has closed.").await?;
    decide(stage, item, AskDecision::Refused, "Another firm is at work in the next harbour.").await?;
    let later = stage.day(760);
    let why = ("Another firm was engaged.", "the Ferry Scrutiny Committee");
    stage.aims(item, later, Some(why)).await
}

/// Somebody of the harbour authority asks for a later date.
pub(super) async fn ask(
    stage: &Stage<'_>,
    item: (&'static str, &'static str),
    day: i64,
    why: &str,
) -> Result<(), Error> {
    let (addressee, version) = stage.item(item.0, item.1).await?;
    let command = AskForLater { addressee, version, on: Some(stage.day(day)), reason: some(why), rights: RIGHTS };
    let done = stage.service().ask_for_later(stage.act(Who::Harbour), command).await;
    stage.done("ask for a later date", done).map(drop)
}

async fn decide(
    stage: &Stage<'_>,
    item: (&'static str, &'static str),
    decision: AskDecision,
    why: &str,
) -> Result<(), Error> {
    let (addressee, version) = stage.item(item.0, item.1).await?;
    let command = DecideAsk {
        addressee,
        version,
        decision: Some(decision),
        decided_by: some("the Ferry Scrutiny Committee"),
        reason: some(why),
    };
    let done = stage.service().decide_ask(stage.act(Who::Overseer), command).await;
    stage.done("decide on a later date", done).map(drop)
}

async fn others_find_something_else(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(560).await?;
    let (addressee, version) = stage.item("8", HARBOUR).await?;
    let command = RecordOutside {
        addressee,
        version,
        found_by: Some(slug("landing-stage-inspectorate")),
        name: None,
        gist: Some(Gist::Partly),
        words: some("Findings are read out, but the written reports are not published."),
        place: some("page 14"),
        happened: Happened::on(stage.day(548)),
        source_url: link("inspectorate/2"),
        checked: Some(Checked::Source),
        rights: RIGHTS,
        corrects: None,
        correction: None,
    };
    let done = stage.service().record_outside(stage.act(Who::Overseer), command).await;
    stage.done("record what others found", done)?;
    let found = stage.read(move |tx| outside::standing(tx, &[addressee])).await?;
    let found = found.get(&addressee).and_then(|all| all.first());
    let (addressee, version) = stage.item("8", HARBOUR).await?;
    let command = RecordReply {
        addressee,
        version,
        to: found.map(|one| Judgement::Outside(one.id)),
        words: some("The authority will put the written reports on its web site as well."),
        happened: Happened::on(stage.day(555)),
        source_url: link("harbour/letter-2"),
        checked: Some(Checked::Source),
        rights: RIGHTS,
    };
    let done = stage.service().record_reply(stage.act(Who::Overseer), command).await;
    stage.done("record a reply", done).map(drop)
}

/// Half a year after it was closed as done somebody looks again.
async fn it_no_longer_holds(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(590).await?;
    let closing = Closing {
        value: Lifecycle::Lapsed,
        closure: None,
        happened: Happened::on(stage.today()),
        reason: "Two of the four crews are new, and nobody has trained them.".to_owned(),
        source_url: None,
        corrects: None,
        correction: None,
        shown: None,
        found: Some(FoundAnew {
            value: Assessed::PartlyImplemented,
            words: "Two crews took the course; the two new ones did not.".to_owned(),
        }),
        look_again: Vec::new(),
    };
    if let Some(reference) = stage.proposes(("7", COMPANY), closing).await? {
        stage.until(594).await?;
        stage.replies(Who::Company, &reference, Some("The two new crews take the course next month.")).await?;
        stage.publishes(Who::Second, &reference, &[]).await?;
    }
    Ok(())
}

async fn people_and_names_change(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(700).await?;
    let name = stage.read(|tx| body::find(tx, &slug(COMPANY))).await?;
    let command = AmendBody {
        body: slug(COMPANY),
        version: name.version,
        name: some("Ashgrove Ferry and Launch Company"),
        short_name: some("Ferry Company"),
        kind: some("company"),
        link: None,
        also: None,
        since: crate::domain::moment::Happened::UNKNOWN,
        reason: some("The company took over the launches and changed its name."),
    };
    let done = stage.service().amend_body(stage.act(Who::Overseer), command).await;
    stage.done("rename a body", done)?;
    let (from, to) = (stage.named(Who::Council).await?, Some(stage.named(Who::Head).await?));
    let council = stage.body(COUNCIL).await?;
    let version = stage.read(move |tx| duty::version(tx, council)).await?;
    let command = HandOver { body: slug(COUNCIL), version, from, to };
    let done = stage.service().hand_over(stage.act(Who::Administrator), command).await;
    stage.done("hand over", done).map(drop)
}
