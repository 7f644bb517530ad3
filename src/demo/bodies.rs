//! Near the end of the third year: an agency becomes part of the harbour authority, which answers for it from then on; something
//! happens to the council that is no succession; and two bodies form a group, to which a recommendation is put.

use super::Error;
use super::cast::Who;
use super::deeds::{AGENCY, COMPANY, COUNCIL, HARBOUR, link, some};
use super::stage::{Stage, slug};
use crate::domain::checked::Checked;
use crate::domain::event::EventKind;
use crate::domain::moment::Happened;
use crate::domain::succession::SuccessionKind;
use crate::service::{EventOf, PutToGroup, RecordEvent, RecordMember, RecordSuccession, TakeInBody};
use crate::store::body;

/// The group.
pub(super) const OPERATORS: &str = "landing-stage-operators";

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(1_092).await?;
    an_agency_ends(stage).await?;
    commissioners_are_appointed(stage).await?;
    two_form_a_group(stage).await?;
    it_is_asked(stage).await
}

async fn an_agency_ends(stage: &Stage<'_>) -> Result<(), Error> {
    let command = RecordSuccession {
        body: slug(AGENCY),
        version: version(stage, AGENCY).await?,
        to: vec![slug(HARBOUR)],
        kind: Some(SuccessionKind::Merged),
        happened: Happened::on(stage.day(1_088)),
        reason: some("An order joined the agency to the harbour authority."),
        source_url: link("order"),
        checked: Some(Checked::Source),
        corrects: false,
        takes_back: false,
        contacts: Vec::new(),
    };
    let done = stage.service().record_succession(stage.act(Who::Overseer), command).await;
    stage.done("record what became of a body", done).map(drop)
}

async fn commissioners_are_appointed(stage: &Stage<'_>) -> Result<(), Error> {
    let command = RecordEvent {
        of: EventOf::Body(slug(COUNCIL)),
        kind: EventKind::Event,
        happened: Happened::on(stage.day(1_085)),
        words: some("Two commissioners were appointed to help the council run its landing stages."),
        source_url: link("commissioners"),
        checked: Checked::Source,
        corrects: None,
        takes_back: false,
        reason: None,
    };
    let done = stage.service().record_event(stage.act(Who::Overseer), command).await;
    stage.done("record an event of a body", done).map(drop)
}

async fn two_form_a_group(stage: &Stage<'_>) -> Result<(), Error> {
    let command = TakeInBody {
        slug: Some(slug(OPERATORS)),
        name: some("Landing stage operators of the Ashgrove coast"),
        short_name: some("Stage operators"),
        kind: some("group of bodies"),
        link: None,
        also: None,
        reason: some("The report speaks of them together."),
    };
    let done = stage.service().take_in_body(stage.act(Who::Overseer), command).await;
    stage.done("take a group in", done)?;
    for member in [HARBOUR, COMPANY] {
        let command = RecordMember {
            group: slug(OPERATORS),
            version: version(stage, OPERATORS).await?,
            body: Some(slug(member)),
            from: Happened::UNKNOWN,
            until: None,
            takes_back: false,
            reason: some("Named so in the report."),
        };
        let done = stage.service().record_member(stage.act(Who::Overseer), command).await;
        stage.done("record a member of a group", done)?;
    }
    Ok(())
}

/// Of one recommendation the review says only that it is for whoever runs the stages.
async fn it_is_asked(stage: &Stage<'_>) -> Result<(), Error> {
    let command = PutToGroup {
        group: slug(OPERATORS),
        item: Some((slug("ashgrove-ferry-review"), "R3".to_owned())),
        as_of: Some(stage.day(752)),
        checked: Some(Checked::Source),
        reason: some("The review, page 9: \u{201c}whoever runs the stages\u{201d}."),
    };
    let done = stage.service().put_to_group(stage.act(Who::Overseer), command).await;
    stage.done("put it to a group", done).map(drop)
}

/// The version of a body's entry, as forms carry it.
pub(super) async fn version(stage: &Stage<'_>, of: &'static str) -> Result<i64, Error> {
    Ok(stage.read(move |tx| body::find(tx, &slug(of))).await?.version)
}
