//! More of the older report is taken in, more words are compared, and more is said of what belongs together: what takes another’s
//! place, what asks for the opposite, what answers the same failing, and what was linked wrongly.

use super::Error;
use super::beginning::inquiry;
use super::cast::Who;
use super::deeds::{COMPANY, COUNCIL, HARBOUR, link, some};
use super::families::{as_printed, compares, described, older, review, takes_in, ties_two};
use super::stage::Stage;
use crate::domain::checked::{Checked, TextKind};
use crate::domain::filing::WordingFiled;
use crate::domain::tie::TieKind;
use crate::service::{AmendInquiry, Described, Wanted};
use crate::store::inquiry as inquiries;

/// Of the report and of the review, what is compared now: whether it is the report’s, the number, the title, the text.
const COMPARED: [(bool, &str, &str, &str); 4] = [
    (
        true,
        "2",
        "Inspect both landing stages every year",
        "Both landing stages should be inspected every year, by the council and the harbour authority together.",
    ),
    (
        true,
        "3",
        "A second crossing in winter",
        "The harbour authority should see to it that there is a second crossing each day in winter.",
    ),
    (
        true,
        "8",
        "Publish what inspections find",
        "Each inspection of the landing stages should be published by the harbour authority within a month.",
    ),
    (
        false,
        "R1",
        "Inspect both landing stages, and say so",
        "Both landing stages should be inspected each year, as was recommended before, and the public told.",
    ),
];

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Error> {
    it_is_described_anew(stage).await?;
    more_of_it(stage).await?;
    for (is_the_reports, number, title, text) in COMPARED {
        let (of, at) = if is_the_reports { (inquiry(), "report") } else { (review(), "review") };
        let wording = as_printed(stage, title, text, at, "Compared with what was printed.");
        compares(stage, of, number, wording).await?;
    }
    more_are_linked(stage).await?;
    one_comes_apart(stage).await
}

/// The whole report was counted, and what is not followed here is said.
async fn it_is_described_anew(stage: &Stage<'_>) -> Result<(), Error> {
    let found = stage.read(|tx| inquiries::find(tx, &older())).await?;
    let why = some("Two are about the author’s own office, which was closed when the report was published.");
    let command = AmendInquiry {
        inquiry: older(),
        version: found.version,
        described: Described { count: Some(8), not_tracked: (Some(2), why), ..described(stage).await? },
        reason: some("The whole report was read and counted."),
    };
    let done = stage.service().amend_inquiry(stage.act(Who::Overseer), command).await;
    stage.done("describe an inquiry anew", done).map(drop)
}

/// Four more of its recommendations: one as printed, one whose words wait for a second person, one quoted elsewhere, one from hearsay.
async fn more_of_it(stage: &mut Stage<'_>) -> Result<(), Error> {
    let printed = "Taken in from the printed report.";
    let text = "The crossing should be closed from December to February.";
    let wording = as_printed(stage, "Close the crossing in winter", text, "pier-report", printed);
    let reference = takes_in(stage, "3", "Crews", (HARBOUR, Checked::Source), wording).await?;
    stage.publishes(Who::Second, &reference, &[]).await?;
    let text = "A rail should be put up along the path to each landing stage.";
    let wording = as_printed(stage, "A rail along the paths", text, "pier-report", printed);
    takes_in(stage, "4", "Landing stages", (COUNCIL, Checked::Source), wording).await?;
    let text = "The depth at each stage should be measured every spring.";
    let quoted = told(stage, "Measure the depth at the stages", text, Checked::Quoted);
    takes_in(stage, "5", "Landing stages", (HARBOUR, Checked::Quoted), quoted).await?;
    let text = "Crews should be told of the tides in writing.";
    let heard = told(stage, "Tell crews of the tides", text, Checked::Unverified);
    takes_in(stage, "6", "Crews", (COMPANY, Checked::Probable), heard).await.map(drop)
}

/// A summary of what somebody else writes that the report says.
fn told(stage: &Stage<'_>, title: &str, text: &str, checked: Checked) -> WordingFiled {
    WordingFiled {
        text_kind: TextKind::Summary,
        checked,
        source_url: link("history"),
        ..as_printed(stage, title, text, "history", "Taken in from a history of the crossing.")
    }
}

async fn more_are_linked(stage: &Stage<'_>) -> Result<(), Error> {
    let ties = [
        (inquiry(), "2", older(), "2", TieKind::Supersedes, "It asks two bodies, and takes the older one’s place."),
        (inquiry(), "8", older(), "2", TieKind::SameFailing, "Nobody could read what had been found at the stages."),
        (
            inquiry(),
            "3",
            older(),
            "3",
            TieKind::Contradicts,
            "One asks for more crossings in winter, the other for none.",
        ),
        (
            review(),
            "R4",
            inquiry(),
            "4",
            TieKind::MayBeRelated,
            "Both are about what passengers are told at the stages.",
        ),
    ];
    for (from, number, to, other, kind, reason) in ties {
        ties_two(stage, (from, number), (to, other), Wanted::Kind(Some(kind)), reason).await?;
    }
    Ok(())
}

/// Two were linked that have nothing to do with one another.
async fn one_comes_apart(stage: &Stage<'_>) -> Result<(), Error> {
    let wrong = Wanted::Kind(Some(TieKind::Restates));
    ties_two(stage, (inquiry(), "1"), (older(), "2"), wrong, "Both ask for something each year.").await?;
    let why = "One is about timetables, the other about inspections.";
    ties_two(stage, (inquiry(), "1"), (older(), "2"), Wanted::TakenBack, why).await
}
