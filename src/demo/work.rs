//! More of what people do at their desks: evidence of every kind, several updates at once, a body’s own sign-off, a filled-in sheet,
//! a day to look again, a limited role.

use super::Error;
use super::beginning::{inquiry, invited};
use super::cast::Who;
use super::deeds::{COMPANY, COUNCIL, HARBOUR, Item, RIGHTS, some};
use super::families::older;
use super::stage::{Stage, slug};
use crate::domain::assessed::Assessed;
use crate::domain::change::Fact;
use crate::domain::duty::DutyKind;
use crate::domain::evidence::{EvidenceKind, Rung};
use crate::domain::filing::ReturnFiled;
use crate::domain::hold::HoldKind;
use crate::domain::moment::Happened;
use crate::domain::reported::Reported;
use crate::domain::sheet::Filled;
use crate::service::{
    Attach, FileSent, HoldOn, LimitRole, PlaceHold, PublishEvidence, PublishSeveral, SendToAuthor, SetDuties,
    SetRecheck, SignOff, TakeSheet,
};
use crate::store::exhibit::Said;
use crate::store::{duty, exhibit, person};

/// A record, as the company sent it.
const RECORD: &str =
    "Lifebelts looked over at both stages\n\nJanuary: all in order\nFebruary: one replaced\nMarch: all in order\n";

/// The lifebelts are in order; a record of it is kept here as a file.
pub(super) async fn one_is_found_done(stage: &mut Stage<'_>) -> Result<(), Error> {
    let item = ("6", COMPANY);
    stage.agrees(item, "The record of six months, and one look by the inspectorate.").await?;
    stage.reports(Who::Company, item, Reported::InPlace, "Every lifebelt is looked over each month.").await?;
    let words = "The record of six months was read; the inspectorate looked at both stages and found all in order.";
    let finding = stage.finds(item, Assessed::Implemented, words).await?;
    let piece = sends_a_file(stage, item, &finding).await?;
    stage.publishes(Who::Second, &finding, &[piece]).await
}

async fn sends_a_file(stage: &Stage<'_>, item: Item, finding: &str) -> Result<String, Error> {
    let (addressee, _) = stage.item(item.0, item.1).await?;
    let file = FileSent { name: "lifebelts.txt".to_owned(), bytes: RECORD.as_bytes().to_vec(), too_large: false };
    let said = Said {
        page: None,
        quote: some("February: one replaced"),
        title: some("Record of the lifebelts"),
        what: some("The company’s own record, looked at by the inspectorate"),
        summary: some("In each month every lifebelt was looked over; one was replaced."),
        rights: RIGHTS,
    };
    let command = Attach {
        addressee,
        filing: Some(finding.to_owned()),
        fact: Some(Fact::Assessed),
        kind: Some(EvidenceKind::File),
        url: None,
        seen_on: None,
        file: Some(file),
        rung: Some(Rung::Tested),
        said,
    };
    let act = stage.act(Who::Overseer);
    let reference = act.fresh.clone();
    let done = stage.service().attach_evidence(act, command).await;
    stage.done("attach a file", done)?;
    Ok(reference)
}

/// Two bodies send updates on one day, and both are published at once.
pub(super) async fn two_are_published_together(stage: &mut Stage<'_>) -> Result<(), Error> {
    let filed = [
        (Who::Company, ("7", COMPANY), "The two new crews take the course this month."),
        (Who::Harbour, ("9", HARBOUR), "A draft of the plan is with the council."),
    ];
    let mut items = Vec::new();
    for (who, item, words) in filed {
        let reference = stage.files(who, item, Reported::UnderWay, words, None).await?;
        let version = stage.filed(&reference).await?;
        items.push((reference, version));
    }
    let done = stage.service().publish_several(stage.act(Who::Overseer), PublishSeveral { items }).await;
    stage.done("publish several updates", done).map(drop)
}

/// What was done years ago still holds, and of what was given up there is nothing; another day to look again is set.
pub(super) async fn more_is_shown(stage: &mut Stage<'_>) -> Result<(), Error> {
    let pieces = [
        (("1", COUNCIL), Rung::Held, "Six timetables", "Each bears a day eight weeks or more before its season."),
        (("10", COUNCIL), Rung::Nothing, "The council’s list of numbers", "No number for passengers stands on it."),
    ];
    for (item, rung, title, summary) in pieces {
        let said = Said { title: some(title), summary: some(summary), rights: RIGHTS, ..Said::default() };
        let reference = stage.attaches(item, None, rung, said.clone(), false).await?;
        let found = stage
            .read({
                let reference = reference.clone();
                move |tx| exhibit::find(tx, &reference)
            })
            .await?;
        let command = PublishEvidence {
            reference,
            version: found.version,
            rung: Some(rung),
            said,
            hidden_is_seen: false,
            correction: None,
        };
        let done = stage.service().publish_evidence(stage.act(Who::Second), command).await;
        stage.done("publish evidence", done)?;
    }
    let (addressee, version) = stage.item("8", HARBOUR).await?;
    let reason = some("The inspectorate found that the written reports are not published.");
    let command = SetRecheck { addressee, version, months: vec![12], reason };
    let done = stage.service().set_recheck(stage.act(Who::Overseer), command).await;
    stage.done("set a day to look again", done).map(drop)
}

/// Another day for the second inspection, in the time of the last papers.
pub(super) async fn a_target_moves(stage: &mut Stage<'_>) -> Result<(), Error> {
    let why = ("The divers wait for calm weather.", "the Ferry Scrutiny Committee");
    stage.aims(("2", HARBOUR), stage.day(1_120), Some(why)).await
}

/// One update is left unread. From then on the head of the council signs off what the officer sends in: one goes on, one goes back.
pub(super) async fn a_body_signs_off(stage: &mut Stage<'_>) -> Result<(), Error> {
    let words = "A first page of the report is written.";
    stage.files(Who::Head, ("15", COUNCIL), Reported::UnderWay, words, None).await?;
    let head = Some(stage.named(Who::Head).await?);
    let council = stage.body(COUNCIL).await?;
    let version = stage.read(move |tx| duty::version(tx, council)).await?;
    let chosen = vec![(DutyKind::SignOff, head)];
    let command = SetDuties { body: slug(COUNCIL), version, item: None, chosen, leads: None };
    let done = stage.service().set_duties(stage.act(Who::Administrator), command).await;
    stage.done("say who signs off", done)?;

    let words = "The plan was rehearsed once with the harbour authority.";
    let reference = stage.files(Who::Council, ("9", COUNCIL), Reported::UnderWay, words, None).await?;
    let version = stage.filed(&reference).await?;
    let command = SignOff { reference: reference.clone(), version };
    let done = stage.service().sign_off(stage.act(Who::Head), command).await;
    stage.done("sign an update off", done)?;
    stage.publishes(Who::Overseer, &reference, &[]).await?;

    let words = "A second inspection is being arranged.";
    let reference = stage.files(Who::Council, ("2", COUNCIL), Reported::UnderWay, words, None).await?;
    let version = stage.filed(&reference).await?;
    let command = SendToAuthor { reference, version, comment: some("Please say for which stage, and when.") };
    let done = stage.service().send_to_author(stage.act(Who::Head), command).await;
    stage.done("send an update back to its author", done).map(drop)
}

/// An update waits for sign-off, the company has filled in a sheet, and somebody works for one inquiry alone.
pub(super) async fn more_waits(stage: &mut Stage<'_>) -> Result<(), Error> {
    let words = "A day for the next rehearsal is set.";
    stage.files(Who::Council, ("9", COUNCIL), Reported::UnderWay, words, None).await?;
    a_sheet_comes(stage).await?;
    invited(stage, Who::Limited).await?;
    stage.enter(Who::Limited).await?;
    let reference = stage.named(Who::Limited).await?;
    let found = stage
        .read({
            let reference = reference.clone();
            move |tx| person::find_by_reference(tx, &reference)
        })
        .await?;
    let command = LimitRole { reference, version: found.version, inquiries: vec![inquiry().to_string()] };
    let done = stage.service().limit_role(stage.act(Who::Administrator), command).await;
    stage.done("limit a role", done).map(drop)
}

async fn a_sheet_comes(stage: &Stage<'_>) -> Result<(), Error> {
    let rows = [
        (2, "ashgrove-ferry-inquiry/7", "One of the two new crews took the course."),
        (3, "ashgrove-ferry-review/R2", "No new crew has crossed before its course since the spring."),
    ];
    let update = |words: &str| ReturnFiled {
        value: Reported::UnderWay,
        happened: Happened::on(stage.today().plus_days(-1)),
        words: words.to_owned(),
        reason: None,
        source_url: None,
        rights: RIGHTS,
        target: None,
    };
    let filled = rows.map(|(number, item, words)| Filled { number, item: item.to_owned(), update: update(words) });
    let command = TakeSheet { body: slug(COMPANY), rows: filled.into(), only_right: false };
    let done = stage.service().take_sheet(stage.act(Who::Company), command).await;
    stage.done("take a sheet", done).map(drop)
}

/// Of one item nothing new is published until a lawyer has been asked.
pub(super) async fn a_lawyer_is_asked(stage: &Stage<'_>) -> Result<(), Error> {
    let command = PlaceHold {
        on: HoldOn::Recommendation(older(), "2".to_owned()),
        kind: Some(HoldKind::Legal),
        words: None,
        review_on: Some(stage.day(1_140)),
    };
    let done = stage.service().place_hold(stage.act(Who::Overseer), command).await;
    stage.done("place a hold", done).map(drop)
}
