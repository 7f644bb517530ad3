//! `/staff/to-publish/several`: several updates, read here and published as one change.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Item, PUBLISH};
use crate::domain::access::{About, Deed, Refusal, may};
use crate::domain::address;
use crate::domain::filing::{FilingKind, Proposal};
use crate::domain::hold::Held;
use crate::domain::person::Actor;
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, Act, PublishSeveral};
use crate::store::filing::FilingRow;
use crate::store::hold::{Hold, InForce};
use crate::store::page::Cursor;
use crate::store::present::find_addressee;
use crate::store::waiting::{self, Handed, Wanted};
use crate::store::{self, ReadTx, filing, present, setting};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::part::pager::Pager;
use crate::web::public::query::{self, Query};
use crate::web::shell::Shell;
use crate::web::staff::form_sent::Sent;
use crate::web::staff::waiting::{Asked, of, whose, work_owed_by};
use crate::web::state::State;

/// How many can be read and published at once.
const SIZE: usize = 25;

/// The page.
#[derive(Template)]
#[template(path = "staff/several/publication.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    items: Vec<Item>,
    /// Whether this person may publish any of them.
    any: bool,
    questions: FourQuestions,
    /// Whose list it is and where the page begins, for the form: with a fault the same page is shown again.
    whose: &'static str,
    after: Option<String>,
    pager: Pager,
    keys: Keys,
}

/// Whose list is shown, and from where on.
type Place = (Asked, Option<Cursor<2>>);

/// An update that waits, what it says, why this person may not publish it where they may not, and the hold that keeps it back.
type Waiting = (Handed, Proposal, Option<Refusal>, Option<Held>);

/// Those that wait, and where the next page begins.
type Read = (Vec<Waiting>, Option<String>);

/// What publishing an update is about, as the service asks it.
fn about(tx: &mut ReadTx<'_>, row: &FilingRow, second_key: bool) -> Result<About, store::Error> {
    let on = present::find_addressee(tx, row.addressee.ok_or(store::Error::NotFound)?)?;
    let second_key = second_key && row.proposal.needs_second_key();
    Ok(About { author: Some(row.author), second_key, ..About::body(on.answerer_id) }.of(on.inquiry_id))
}

async fn look(
    state: &State,
    actor: Actor,
    whose: store::charge::Whose,
    after: Option<Cursor<2>>,
) -> Result<Read, Error> {
    let wanted = Wanted { kinds: vec![FilingKind::Return], whose, ..Wanted::default() };
    let read = state.reader.read(move |tx| {
        let found = waiting::work(tx, &wanted, after, SIZE)?;
        let next = found.next.map(|next| next.to_string());
        let second_key = setting::second_key(tx)?;
        let holds = InForce::read(tx)?;
        let each = found.items.into_iter().map(|handed| {
            let row = filing::find(tx, &handed.work.reference)?;
            let refused = may(actor, Deed::Publish, about(tx, &row, second_key)?).err();
            let place = row.addressee.map(|id| find_addressee(tx, id)).transpose()?.map(|put| put.holder());
            let held = place.and_then(|of| holds.bearing_on(Some(of.inquiry), Some(of.recommendation)).next());
            let held = held.map(Hold::held);
            Ok((handed, row.proposal, refused, held))
        });
        Ok::<_, store::Error>((each.collect::<Result<Vec<_>, store::Error>>()?, next))
    });
    Ok(read.await?)
}

impl NewPage {
    fn new((shell, keys): (Shell, Keys), read: Read, (asked, after): Place, sent: &Sent, problems: Problems) -> Self {
        let (found, next) = read;
        let ticked = sent.all("item");
        let item = |(handed, proposal, refused, held): &Waiting| {
            let work = &handed.work;
            let value = format!("{}:{}", work.reference, handed.version);
            let lines: Vec<String> = match proposal {
                Proposal::Return(filed) => {
                    let said = words::reported_line(filed.value, filed.happened);
                    let target = filed.target.map(|on| format!("Target date: {}", words::day(on)));
                    [Some(said), Some(filed.words.clone()), filed.reason.clone(), target]
                        .into_iter()
                        .flatten()
                        .collect()
                }
                _ => Vec::new(),
            };
            let lines = held.map(words::left_out).into_iter().chain(lines).collect();
            Item {
                title: Link::new(address::filing(&work.reference), work.title.named(&work.number)),
                place: words::item(Some(&work.inquiry), Some(&work.number), work_owed_by(work).as_deref()),
                chosen: ticked.contains(&value.as_str()),
                why_not: refused.map(|refusal| refusal.to_string()),
                value,
                lines,
            }
        };
        let list = |after: &str| query::address(PUBLISH, &[("whose", asked.as_str()), ("after", after)]);
        Self {
            any: found.iter().any(|(_, _, refused, _)| refused.is_none()),
            items: found.iter().map(item).collect(),
            questions: sent.questions(&problems),
            whose: asked.as_str(),
            after: after.map(|after| after.to_string()),
            pager: Pager { previous: after.map(|_| list("")), next: next.map(|next| list(&next)) },
            shell: shell
                .titled("Publish several updates")
                .crumb(address::STAFF, "Your work")
                .crumb("/staff/to-publish", "Updates to read and publish")
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
            keys,
        }
    }
}

/// What can be published, to be read and chosen.
///
/// # Errors
/// 400 for a list that there is not, 403 for those who do not publish.
pub async fn new(
    state: web::Data<State>,
    staff: Staff,
    mut query: Query,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Publish, About::default())?;
    let (asked, whose) = whose(&mut query, &staff);
    let after = query.one::<Cursor<2>>("after");
    query.finish()?;
    let read = look(&state, staff.actor, whose, after).await?;
    page(&NewPage::new((shell, keys), read, (asked, after), &Sent::default(), Problems::none()))
}

/// Publishes those that were chosen.
///
/// # Errors
/// 403 for those who do not publish, 422 for a question that is not answered.
pub async fn create(
    state: web::Data<State>,
    staff: Staff,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Publish, About::default())?;
    // What is no name and version is the name of nothing, and is answered so.
    let pair = |value: &str| {
        let known = value.split_once(':').and_then(|(name, version)| Some((name.to_owned(), version.parse().ok()?)));
        known.unwrap_or_else(|| (value.to_owned(), 0))
    };
    let command = PublishSeveral { items: sent.all("item").into_iter().map(pair).collect() };
    match state.service.publish_several(Act { questions: sent.answers(), ..staff.act(sent.key()) }, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Each item is answered below"),
        Err(service::Error::Problems(problems)) => {
            let asked = sent.get("whose").parse().unwrap_or(Asked::Everybody);
            let after = sent.get("after").parse().ok();
            let read = look(&state, staff.actor, of(asked, &staff), after).await?;
            let again = NewPage::new((shell, keys), read, (asked, after), &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(fault) => Err(fault.into()),
    }
}
