//! A trust that keeps the landing stages is split in two: each of the new ones keeps whom it is given of the people, and of what the
//! trust was asked one answer goes with one of them, while nobody has decided about the other.

use super::Error;
use super::bodies::version;
use super::cast::Who;
use super::deeds::{link, response, some};
use super::stage::{Stage, slug};
use crate::domain::checked::Checked;
use crate::domain::moment::Happened;
use crate::domain::response::Response;
use crate::domain::succession::SuccessionKind;
use crate::service::{KeepContact, KeptFor, PassOn, PutToBody, RecordSuccession, TakeInBody};
use crate::store::contact;

const TRUST: &str = "ashgrove-stage-trust";
pub(super) const NORTH: &str = "north-stage-trust";
const SOUTH: &str = "south-stage-trust";

/// What the trust was asked: the first goes with the northern one, the last with nobody.
const ASKED: [&str; 3] = ["13", "2", "4"];

/// What it and those after it are.
const KIND: &str = "charitable trust";

/// The trust's people: name, post, address. The treasurer goes with neither.
const PEOPLE: [(&str, &str, &str); 3] = [
    ("Demo Trust Secretary", "secretary", "trust.secretary@demo.example"),
    ("Demo Stage Warden", "warden of the north stage", "north.warden@demo.example"),
    ("Demo Trust Treasurer", "treasurer", "trust.treasurer@demo.example"),
];

/// Two years on it turns out that the report names the trust, too.
pub(super) async fn is_asked(stage: &mut Stage<'_>) -> Result<(), Error> {
    let trust = (TRUST, "Ashgrove Landing Stage Trust", "Stage Trust", KIND);
    takes_in(stage, trust, "A correction to the report names it.").await?;
    for number in ASKED {
        let (recommendation, version) = stage.recommendation(number).await?;
        let command = PutToBody {
            recommendation,
            version,
            body: stage.body(TRUST).await?,
            checked: Checked::Source,
            reason: some("The correction to the report, page 2."),
            agreed: None,
        };
        let done = stage.service().put_to_body(stage.act(Who::Overseer), command).await;
        stage.done("put it to a body", done)?;
    }
    let accepts = response(Response::Accepted, "The trust accepts this for the path on its own land.");
    stage.answers((ASKED[0], TRUST), accepts).await?;
    for (name, post, email) in PEOPLE {
        let command = KeepContact {
            body: slug(TRUST),
            name: some(name),
            post: some(post),
            email: Some(email.parse().expect("an address")),
            phone: None,
            address: None,
            at_top: false,
        };
        let done = stage.service().keep_contact(stage.act(Who::Overseer), command).await;
        stage.done("keep a contact", done)?;
    }
    Ok(())
}

/// A body is taken in: its part of addresses, its name and its short one, what it is.
pub(super) async fn takes_in(
    stage: &Stage<'_>,
    (of, name, short, kind): (&'static str, &'static str, &'static str, &'static str),
    why: &'static str,
) -> Result<(), Error> {
    let command = TakeInBody {
        slug: Some(slug(of)),
        name: some(name),
        short_name: some(short),
        kind: some(kind),
        link: None,
        also: None,
        reason: some(why),
    };
    let done = stage.service().take_in_body(stage.act(Who::Overseer), command).await;
    stage.done("take a body in", done).map(drop)
}

/// It is split: of one answer it is decided who gives it from now on, of one that nobody does.
pub(super) async fn is_split(stage: &Stage<'_>) -> Result<(), Error> {
    for body in [(NORTH, "North Stage Trust", "North Trust", KIND), (SOUTH, "South Stage Trust", "South Trust", KIND)] {
        takes_in(stage, body, "The trust that kept both stages was split.").await?;
    }
    let [secretary, warden, _] = PEOPLE;
    let command = RecordSuccession {
        body: slug(TRUST),
        version: version(stage, TRUST).await?,
        to: vec![slug(NORTH), slug(SOUTH)],
        kind: Some(SuccessionKind::Split),
        happened: Happened::on(stage.day(1_080)),
        reason: some("The trustees gave each stage a trust of its own."),
        source_url: link("trusts"),
        checked: Some(Checked::Source),
        corrects: false,
        takes_back: false,
        contacts: vec![
            KeptFor {
                field: "contacts",
                to: Some(slug(NORTH)),
                people: people(stage, vec![secretary.2, warden.2]).await?,
            },
            KeptFor { field: "contacts_2", to: Some(slug(SOUTH)), people: people(stage, vec![secretary.2]).await? },
        ],
    };
    let done = stage.service().record_succession(stage.act(Who::Overseer), command).await;
    stage.done("record a split", done)?;
    let [path, _, telling] = ASKED;
    passes(stage, path, Some(NORTH), "The path leads to the north stage.").await?;
    passes(stage, telling, None, "Both trusts write that telling passengers is for the company alone.").await
}

async fn passes(
    stage: &Stage<'_>,
    number: &'static str,
    to: Option<&'static str>,
    why: &'static str,
) -> Result<(), Error> {
    let (answer, _) = stage.item(number, TRUST).await?;
    let command = PassOn {
        body: slug(TRUST),
        version: version(stage, TRUST).await?,
        answers: vec![answer],
        chosen: true,
        to: to.map(slug),
        reason: some(why),
    };
    let done = stage.service().pass_on(stage.act(Who::Overseer), command).await;
    stage.done("say who took an answer over", done).map(drop)
}

/// The own random names of those of the trust's people who have these addresses.
async fn people(stage: &Stage<'_>, mails: Vec<&'static str>) -> Result<Vec<String>, Error> {
    let trust = stage.body(TRUST).await?;
    let kept = stage.read(move |tx| contact::of_body(tx, trust)).await?;
    let meant = kept.into_iter().filter(|one| one.email.as_ref().is_some_and(|email| mails.contains(&email.as_str())));
    Ok(meant.map(|one| one.reference).collect())
}
