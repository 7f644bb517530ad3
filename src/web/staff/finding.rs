//! `/staff/findings/{reference}`: a finding about a body, for that body's own people, before anybody publishes it. They may
//! reply once, or say that there is nothing to correct.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::deed::piece::rights_of_body;
use super::filing::side::{self, Line};
use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed, may};
use crate::domain::address;
use crate::domain::filing::FilingState;
use crate::domain::licence::{Language, Licence};
use crate::domain::person::Actor;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, Reply, ReplyToFinding};
use crate::store::accuracy::{self, Check, Unsigned};
use crate::store::body::BodyName;
use crate::store::duty::{self, Colleague};
use crate::store::filing::{self, FilingRow};
use crate::store::recommendation::{self, Recommendation};
use crate::store::{self, ReadTx, desk, person};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/finding/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    place: String,
    public: Link,
    state: String,
    /// What is proposed; nothing once it is not proposed any more.
    proposed: Vec<Line>,
    /// What was said already, where it was.
    replied: Option<Vec<String>>,
    published: Option<String>,
    /// What of the body waits for its own sign-off, or was not signed off in time.
    unsigned: Option<Waiting>,
    /// Where the body replies beside the published finding, beginning with that.
    own_reply: Option<Link>,
    /// That a reply goes to whoever signs off first, or that this person's is the signature.
    sign_off: Option<String>,
    /// The reply, while there is time for one.
    reply: Option<Fields>,
    /// Somebody of the body was first, or it is not proposed any more.
    stale: bool,
    /// What this person wrote, where it cannot be sent any more.
    written: Option<String>,
    here: String,
    keys: Keys,
}

/// A reply that waits for the body's own sign-off, as the page shows it.
struct Waiting {
    /// Who wrote it and when, and what becomes of it.
    line: String,
    /// Its words.
    words: Vec<String>,
}

/// The fields of a reply.
struct Fields {
    said: ChoiceField,
    words: Field,
    /// In which language the words are, and under which licence.
    rights: [ChoiceField; 2],
}

impl Fields {
    fn new(sent: &Sent, problems: &Problems) -> Self {
        let choices = [
            Choice::new("reply", "Something is wrong, or should be said beside it").reveals("reply"),
            Choice::new("nothing", "There is nothing to correct"),
        ];
        Self {
            rights: rights_of_body(sent, problems),
            said: sent.choices("said", "What do you say to it?", choices, problems),
            words: sent.field("words", "Your reply", problems).hint(
                "It is published with the finding, in your words. Name no victim, no suspect and no private person. Until then, \
                 and if the finding is not published:",
            )
            .private(),
        }
    }
}

struct Read {
    /// Whoever signs off for the body.
    signer: Option<Colleague>,
    /// Who wrote what waits for that.
    unsigned_by: Option<String>,
    filing: FilingRow,
    check: Check,
    body: BodyName,
    recommendation: Recommendation,
}

async fn look(state: &State, staff: &Staff, reference: &str) -> Result<Read, Error> {
    let (reference, actor) = (reference.to_owned(), staff.actor);
    state.reader.read(move |tx| read(tx, &reference, actor)).await
}

fn read(tx: &mut ReadTx<'_>, reference: &str, actor: Actor) -> Result<Read, Error> {
    let filing = filing::find(tx, reference)?;
    let check = accuracy::of_filing(tx, filing.id)?.ok_or(Error::NotFound)?;
    may(actor, Deed::CheckFinding, About::body(check.body))?;
    let recommendation = recommendation::many(tx, vec![filing.recommendation])?.pop().ok_or(store::Error::NotFound)?;
    let unsigned_by = match check.unsigned.as_ref().and_then(|unsigned| unsigned.by) {
        Some(by) => Some(person::find(tx, by)?.name),
        None => None,
    };
    let signer = duty::signer(tx, check.body)?;
    Ok(Read { body: desk::body_name(tx, check.body)?, signer, unsigned_by, filing, check, recommendation })
}

impl ShowPage {
    fn new(
        shell: Shell,
        keys: Keys,
        read: &Read,
        (state, staff): (&State, &Staff),
        sent: &Sent,
        problems: Problems,
    ) -> Self {
        let Read { filing, check, body, recommendation, signer, unsigned_by } = read;
        let today = staff.today;
        let proposed = matches!(filing.state, FilingState::Submitted | FilingState::Published);
        let open = filing.state == FilingState::Submitted && check.period.runs_on(today);
        let published = filing.state == FilingState::Published;
        let replied = check.reply.as_ref().map(|reply| (reply.on, reply.said()));
        let stands = match filing.state {
            FilingState::Published => "It is published".to_owned(),
            FilingState::Submitted if open => words::with_body_until(check.period.until),
            FilingState::Submitted if replied.is_some() => words::checked_by_body(check.period.until, replied),
            FilingState::Submitted => words::too_late_to_reply(check.period.until),
            FilingState::Draft | FilingState::ForSignOff | FilingState::SentBack | FilingState::Withdrawn => {
                "It is not proposed any more. Nothing of it is public".to_owned()
            }
        };
        Self {
            shell: shell
                .titled(format!("To check before it is published: {}", say::title(recommendation)))
                .crumb(address::STAFF, "Your work")
                .unlisted()
                .faulty(!problems.is_empty()),
            place: words::item(
                Some(&recommendation.inquiry.short_title),
                Some(&recommendation.number),
                Some(body.name.as_str()),
            ),
            public: Link::new(say::answer(recommendation, body).href, "The public page"),
            state: stands,
            proposed: if proposed { side::proposed(&filing.proposal) } else { Vec::new() },
            replied: check
                .reply
                .as_ref()
                .and_then(|reply| reply.words.as_ref())
                .map(|said| said.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()),
            published: filing.published_seq.map(address::change),
            own_reply: check.unsigned.as_ref().filter(|left| published && left.words.is_some()).map(|_| {
                let slug = recommendation.inquiry.slug.as_str();
                let here = address::staff_answer(slug, &recommendation.number, body.slug.as_str());
                Link::new(format!("{here}/own-reply"), "Reply to what was found, beginning with these words")
            }),
            unsigned: check.unsigned.as_ref().map(|unsigned| Waiting {
                line: {
                    let said = if open { words::reply_unsigned } else { words::reply_not_signed };
                    said(unsigned_by.as_deref(), unsigned.at.day_in(&state.site.zone), check.period.until)
                },
                words: match &unsigned.words {
                    Some(said) => said.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
                    None => vec![words::NOTHING_TO_CORRECT.to_owned()],
                },
            }),
            sign_off: signer.as_ref().filter(|_| open).map(|signer| {
                let other = (signer.person != staff.actor.person).then_some(signer.name.as_str());
                words::reply_signed_by(other, check.period.until)
            }),
            reply: open.then(|| Fields::new(sent, &problems)),
            stale: false,
            written: None,
            here: address::finding(&filing.reference),
            keys: keys.of_version(filing.version),
            problems,
        }
    }
}

/// Shows it.
///
/// # Errors
/// 404 when there is none that was shown to a body, 403 for everybody but that body's own people.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &reference).await?;
    // Whoever signs off sends what waits as it is, or changes it first.
    let start = match &read.check.unsigned {
        None => Sent::default(),
        Some(Unsigned { words: None, .. }) => Sent::default().filled("said", "nothing"),
        Some(Unsigned { words: Some(words), rights, .. }) => Sent::default()
            .filled("said", "reply")
            .filled("words", words.clone())
            .filled("language", rights.language.map_or("", Language::as_str))
            .filled("licence", rights.licence.map_or("", Licence::as_str)),
    };
    page(&ShowPage::new(shell, keys, &read, (&state, &staff), &start, Problems::none()))
}

/// Takes what the body says.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &reference).await?;
    let waits = read.signer.as_ref().is_some_and(|signer| signer.person != staff.actor.person);
    let mut reading = Reading::of(&sent);
    let said = match sent.get("said") {
        "nothing" => Reply::NothingToCorrect,
        "reply" => Reply::Words(reading.words("words", "Your reply")),
        _ => {
            reading.problems.add("said", "Choose whether there is something to say or nothing to correct");
            Reply::NothingToCorrect
        }
    };
    let rights = reading.rights_of_body();
    let act = Act { faults: reading.problems, ..staff.act(sent.key()) };
    let command = ReplyToFinding { reference: reference.clone(), version: sent.version(), said, rights };
    match state.service.reply_to_finding(act, command).await {
        Ok(done) if waits => notice::see_other_saying(&state, &done.location, words::REPLY_FOR_SIGN_OFF),
        Ok(done) => notice::see_other_saying(&state, &done.location, "Thank you. What you said is kept."),
        Err(service::Error::Problems(problems)) => {
            let read = look(&state, &staff, &reference).await?;
            let mut again = ShowPage::new(shell, keys, &read, (&state, &staff), &sent, problems);
            // The time is over: what was written is shown, so that it can be sent to the office instead.
            again.written = again.reply.is_none().then(|| sent.get("words").to_owned());
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, &reference).await?;
            let mut again = ShowPage::new(shell, keys, &read, (&state, &staff), &sent, Problems::none());
            again.written = again.reply.is_none().then(|| sent.get("words").to_owned());
            page_with(StatusCode::CONFLICT, &ShowPage { stale: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
