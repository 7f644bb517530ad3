//! What things are called changes: a body ends and another takes its place on a day that nobody knows, an inspectorate gets another
//! name and address, a theme another name, a recommendation another number. Every old address leads on.

use super::Error;
use super::bodies::{OPERATORS, version};
use super::cast::Who;
use super::deeds::{link, some};
use super::families::review;
use super::stage::{Stage, slug};
use super::trust::{NORTH, takes_in};
use crate::domain::checked::Checked;
use crate::domain::moment::Happened;
use crate::domain::succession::SuccessionKind;
use crate::service::{
    AmendBody, MoveBody, PutToBody, RecordMember, RecordSuccession, RenameTheme, Renumber, RetireTheme,
};
use crate::store::theme;

const PANEL: &str = "ashgrove-passenger-panel";
const FORUM: &str = "ashgrove-river-forum";
const INSPECTORATE: &str = "landing-stage-inspectorate";

/// Two years on it turns out that the report names a panel, too.
pub(super) async fn a_panel_is_asked(stage: &Stage<'_>) -> Result<(), Error> {
    let panel = (PANEL, "Ashgrove Passenger Panel", "Passenger Panel", "panel of passengers");
    takes_in(stage, panel, "A correction to the report names it.").await?;
    let (recommendation, version) = stage.recommendation("10").await?;
    let command = PutToBody {
        recommendation,
        version,
        body: stage.body(PANEL).await?,
        checked: Checked::Source,
        reason: some("The correction to the report, page 3."),
        agreed: None,
    };
    let done = stage.service().put_to_body(stage.act(Who::Overseer), command).await;
    stage.done("put it to a body", done).map(drop)
}

/// A body gets another name, with its day, another name that people know it by, and another address; themes are put in order.
pub(super) async fn names_change(stage: &Stage<'_>) -> Result<(), Error> {
    let command = AmendBody {
        body: slug(INSPECTORATE),
        version: version(stage, INSPECTORATE).await?,
        name: some("Landing Stage and Pier Inspectorate"),
        short_name: some("Inspectorate"),
        kind: some("inspectorate"),
        link: None,
        also: some("The stage inspectors"),
        since: Happened::on(stage.day(1_000)),
        reason: some("An order gave it the piers as well."),
    };
    let done = stage.service().amend_body(stage.act(Who::Overseer), command).await;
    stage.done("rename a body", done)?;
    let command = MoveBody {
        body: slug(INSPECTORATE),
        version: version(stage, INSPECTORATE).await?,
        slug: Some(slug("stage-and-pier-inspectorate")),
        reason: some("Its address follows its name."),
    };
    let done = stage.service().move_body(stage.act(Who::Overseer), command).await;
    stage.done("give a body another address", done)?;
    let command = RenameTheme {
        theme: slug("passengers"),
        shown: named_by(stage, "passengers").await?,
        name: some("Passengers and carers"),
        reason: some("Some of these are for those who go with a passenger."),
    };
    let done = stage.service().rename_theme(stage.act(Who::Overseer), command).await;
    stage.done("rename a theme", done)?;
    let command = RetireTheme {
        theme: slug("timetables"),
        shown: named_by(stage, "timetables").await?,
        retired: true,
        reason: some("The later reports have nothing about timetables."),
    };
    let done = stage.service().retire_theme(stage.act(Who::Overseer), command).await;
    stage.done("retire a theme", done).map(drop)
}

/// The change that gave a theme its name, as forms carry it.
async fn named_by(stage: &Stage<'_>, of: &'static str) -> Result<i64, Error> {
    stage
        .read(move |tx| {
            let found = theme::find(tx, &slug(of))?;
            Ok(theme::named_by(tx, found.id)?.0)
        })
        .await
}

/// The panel was replaced, nobody knows when, and nobody knows yet whom to write to at the forum that took its place. One of the
/// trusts joins the operators from its first day on. The review counts its third recommendation as the fourth.
pub(super) async fn later_changes(stage: &Stage<'_>) -> Result<(), Error> {
    let forum = (FORUM, "Ashgrove River Users’ Forum", "River Forum", "forum of users");
    takes_in(stage, forum, "It took the place of the passenger panel.").await?;
    let command = RecordSuccession {
        body: slug(PANEL),
        version: version(stage, PANEL).await?,
        to: vec![slug(FORUM)],
        kind: Some(SuccessionKind::Replaced),
        happened: Happened::UNKNOWN,
        reason: some("The forum writes that it took the panel’s place; it does not say when."),
        source_url: link("forum"),
        checked: Some(Checked::Source),
        corrects: false,
        takes_back: false,
        contacts: Vec::new(),
    };
    let done = stage.service().record_succession(stage.act(Who::Overseer), command).await;
    stage.done("record what became of a body", done)?;
    let command = RecordMember {
        group: slug(OPERATORS),
        version: version(stage, OPERATORS).await?,
        body: Some(slug(NORTH)),
        from: Happened::on(stage.day(1_080)),
        until: Happened::UNKNOWN,
        takes_back: false,
        reason: some("It runs the north stage since the trust was split."),
    };
    let done = stage.service().record_member(stage.act(Who::Overseer), command).await;
    stage.done("record a member of a group", done)?;
    let (recommendation, version) = stage.numbered(review(), "R3").await?;
    let command = Renumber {
        recommendation,
        version,
        number: some("R4"),
        own_reference: true,
        own_references: true,
        reason: some("The printed review counts it as its fourth."),
    };
    let done = stage.service().renumber(stage.act(Who::Overseer), command).await;
    stage.done("give another number", done).map(drop)
}
