//! Late in the third year an older report is taken in, the review is compared with its own words, and somebody says, with a
//! reason, which recommendations of the three ask for the same.

use super::Error;
use super::cast::Who;
use super::deeds::{COMPANY, COUNCIL, HARBOUR, RIGHTS, link, some};
use super::stage::{Stage, slug};
use crate::domain::checked::{Checked, TextKind};
use crate::domain::coverage::{Found, Sought};
use crate::domain::filing::{Proposal, WordingFiled};
use crate::domain::id::ThemeId;
use crate::domain::text::Slug;
use crate::domain::tie::TieKind;
use crate::service::{
    Described, Propose, RecordCoverage, SetThemes, SetTie, TakeInInquiry, TakeInRecommendation, Target, TiedTo, Wanted,
};
use crate::store::theme;

/// How many days before the story the older report was published: eleven years and some months.
const LONG_BEFORE: i64 = 4_150;

/// What the older report asked for: number, title, text, theme, body.
const OLDER: [(&str, &str, &str, &str, &str); 2] = [
    ("1", "Train crews for fog", "Every crew should be trained each year for crossings in fog.", "Crews", COMPANY),
    (
        "2",
        "Inspect the landing stages",
        "Both landing stages should be inspected every year, and what is found should be published.",
        "Landing stages",
        HARBOUR,
    ),
];

pub(super) fn older() -> Slug {
    slug("ashgrove-pier-report")
}

pub(super) fn review() -> Slug {
    slug("ashgrove-ferry-review")
}

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Error> {
    stage.until(1_091).await?;
    an_older_report_is_taken_in(stage).await?;
    what_it_asked_for(stage).await?;
    somebody_looks_for_answers(stage).await?;
    the_review_is_read(stage).await?;
    stage.until(1_092).await?;
    they_are_linked(stage).await
}

/// How the older report is described when it is taken in.
pub(super) async fn described(stage: &Stage<'_>) -> Result<Described, Error> {
    Ok(Described {
        kind: some("independent report"),
        title: some("Safe on the pier: a report on the Ashgrove landing stages (fictional)"),
        short_title: some("Ashgrove Pier Report"),
        chair: some("the author of the report"),
        commissioned_by: Some(stage.body(COUNCIL).await?),
        issued_by: None,
        legal_basis: None,
        source_url: link("pier-report"),
        source_note: some("A fictional address: there is no such report."),
        own_references: false,
        monitored_by: None,
        note: some("Fictional. Taken in long after it was published, because later reports ask for the same again."),
        published_on: Some(stage.day(-LONG_BEFORE)),
        count: i64::try_from(OLDER.len()).ok(),
        not_tracked: (None, None),
        rights: RIGHTS,
    })
}

async fn an_older_report_is_taken_in(stage: &Stage<'_>) -> Result<(), Error> {
    let described = described(stage).await?;
    let command =
        TakeInInquiry { slug: Some(older()), described, reason: some("Two later reports ask for what it asked for.") };
    let done = stage.service().take_in_inquiry(stage.act(Who::Overseer), command).await;
    stage.done("take the older report in", done).map(drop)
}

/// The report's own words stand once a second person has compared them too.
async fn what_it_asked_for(stage: &mut Stage<'_>) -> Result<(), Error> {
    for (number, title, text, theme, body) in OLDER {
        let wording = as_printed(stage, title, text, "pier-report", "Taken in from the printed report.");
        let reference = takes_in(stage, number, theme, (body, Checked::Source), wording).await?;
        stage.publishes(Who::Second, &reference, &[]).await?;
    }
    Ok(())
}

/// A recommendation of the older report is taken in; answers the name of what waits for a second person, where something does.
pub(super) async fn takes_in(
    stage: &Stage<'_>,
    number: &str,
    theme: &'static str,
    (body, asked): (&'static str, Checked),
    wording: WordingFiled,
) -> Result<String, Error> {
    let command = TakeInRecommendation {
        inquiry: older(),
        number: some(number),
        own_reference: false,
        made_on: None,
        wording,
        themes: themed(stage, theme).await?,
        bodies: vec![stage.body(body).await?],
        asked: Some(asked),
    };
    let act = stage.act(Who::Overseer);
    let reference = act.fresh.clone();
    let done = stage.service().take_in_recommendation(act, command).await;
    stage.done("take a recommendation in", done)?;
    Ok(reference)
}

/// Words seen where they were printed.
pub(super) fn as_printed(stage: &Stage<'_>, title: &str, text: &str, at: &str, reason: &str) -> WordingFiled {
    WordingFiled {
        title: title.to_owned(),
        text: text.to_owned(),
        text_kind: TextKind::Verbatim,
        checked: Checked::Source,
        source_url: link(at),
        compared_on: stage.today(),
        reason: reason.to_owned(),
        base: None,
        weakens: false,
        rights: RIGHTS,
    }
}

async fn themed(stage: &Stage<'_>, name: &'static str) -> Result<Vec<ThemeId>, Error> {
    let themes = stage.read(|tx| theme::choices(tx, 100)).await?;
    Ok(themes.iter().filter(|one| one.name == name).map(|one| one.id).collect())
}

/// Of the older report nothing can be found any more; that somebody looked is on record.
async fn somebody_looks_for_answers(stage: &Stage<'_>) -> Result<(), Error> {
    let command = RecordCoverage {
        inquiry: older(),
        body: None,
        what: Sought::Both,
        place: some("The council’s minutes of the year after the report"),
        source_url: None,
        looked_on: Some(stage.today()),
        by_post: some("scrutiny officer"),
        found: Found::Nothing,
        corrects: None,
        correction: None,
    };
    let done = stage.service().record_coverage(stage.act(Who::Overseer), command).await;
    stage.done("record a look", done).map(drop)
}

/// One recommendation of the review is compared with the review itself, by two people. The other one waits for somebody.
async fn the_review_is_read(stage: &mut Stage<'_>) -> Result<(), Error> {
    for (number, theme) in [("R1", "Landing stages"), ("R2", "Crews")] {
        let (recommendation, version) = stage.numbered(review(), number).await?;
        let themes = themed(stage, theme).await?;
        let command = SetThemes { recommendation, version, themes, reason: some("What it is about.") };
        let done = stage.service().set_themes(stage.act(Who::Overseer), command).await;
        stage.done("say what it is about", done)?;
    }
    let text = "Nobody should cross with passengers before they have been trained for fog.";
    let wording =
        as_printed(stage, "Train new crews before their first crossing", text, "review", "Compared with the review.");
    compares(stage, review(), "R2", wording).await
}

/// The words of a recommendation are compared with what was printed, by two people.
pub(super) async fn compares(
    stage: &mut Stage<'_>,
    of: Slug,
    number: &'static str,
    wording: WordingFiled,
) -> Result<(), Error> {
    let (recommendation, version) = stage.numbered(of, number).await?;
    let act = stage.act(Who::Overseer);
    let reference = act.fresh.clone();
    let command =
        Propose { target: Target::Recommendation(recommendation, version), proposal: Proposal::Wording(wording) };
    let done = stage.service().propose(act, command).await;
    stage.done("propose words", done)?;
    stage.publishes(Who::Second, &reference, &[]).await
}

/// What asks for the same makes a family; what nobody has compared is a suspicion, and in no number.
async fn they_are_linked(stage: &Stage<'_>) -> Result<(), Error> {
    let inquiry = super::beginning::inquiry;
    let ties = [
        (inquiry(), "7", older(), "1", TieKind::Restates, "Both ask that every crew is trained for fog each year."),
        (review(), "R2", inquiry(), "7", TieKind::Narrows, "It asks for the training of new crews alone."),
        (
            review(),
            "R1",
            inquiry(),
            "2",
            TieKind::MayBeRelated,
            "Both speak of inspections; the review was not read yet.",
        ),
    ];
    for (from, number, to, other, kind, reason) in ties {
        ties_two(stage, (from, number), (to, other), Wanted::Kind(Some(kind)), reason).await?;
    }
    Ok(())
}

/// Somebody says how two recommendations are linked, or that they are not.
pub(super) async fn ties_two(
    stage: &Stage<'_>,
    (from, number): (Slug, &'static str),
    (to, other): (Slug, &str),
    wanted: Wanted,
    reason: &str,
) -> Result<(), Error> {
    let (recommendation, version) = stage.numbered(from, number).await?;
    let to = TiedTo::Named(to, other.to_owned());
    let command = SetTie { recommendation, version, to, wanted, reason: some(reason) };
    let done = stage.service().set_tie(stage.act(Who::Overseer), command).await;
    stage.done("link two recommendations", done).map(drop)
}
