//! `/staff/holds`, `/staff/hold` and `…/hold` of an inquiry or a recommendation: keeping new publications back for a time.
//!
//! One page for the three reaches. Where no hold is in force it places one; where one is, it lets it go on or ends it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::form_reading::Reading;
use super::form_sent::Sent;
use crate::domain::access::{About, Deed, Place};
use crate::domain::address;
use crate::domain::hold::{HoldKind, HoldStep, Reach};
use crate::domain::id::BodyId;
use crate::domain::moment::Day;
use crate::domain::problem::Problems;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::service::{self, ChangeHold, HoldOn, PlaceHold};
use crate::store::hold::{self, Hold, InForce, Names, On};
use crate::store::withheld::Words;
use crate::store::{self, ReadTx, inquiry, recommendation};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, DateField, Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::Link;
use crate::web::shell::Shell;
use crate::web::state::State;

/// All holds.
#[derive(Template)]
#[template(path = "staff/hold/list.html")]
struct ListPage {
    shell: Shell,
    in_force: Vec<Row>,
    ended: Vec<Row>,
    /// Where the whole register is held, for those who oversee all of it.
    register: Option<String>,
}

/// A hold as a list names it.
struct Row {
    title: Link,
    line: String,
    words: Option<String>,
}

impl Row {
    fn new(hold: &Hold, names: &Names, staff: &Staff) -> Self {
        let today = staff.today;
        let (inquiry, number) = names.of(hold.on);
        let place = hold.on.inquiry.map_or(Place::Register, Place::Inquiry);
        let slug = inquiry.map(|one| one.slug.as_str());
        // Who cannot decide about it reads on the public page that it is held.
        let href = match (staff.may(Deed::Hold, About { place, ..About::default() }), slug, number) {
            (Ok(()), ..) => address::staff_hold(slug, number),
            (Err(_), Some(slug), Some(number)) => address::recommendation(slug, number),
            (Err(_), Some(slug), None) => address::inquiry(slug),
            (Err(_), None, _) => "/".to_owned(),
        };
        Self {
            title: Link::new(href, named(hold, names)),
            line: match hold.ended_on() {
                Some(on) => {
                    format!("From {} to {}: {}", words::day(hold.since), words::day(on), words::hold_kind(hold.kind))
                }
                None => words::hold_line(hold.held(), today),
            },
            words: hold.words().and_then(Words::said).map(str::to_owned),
        }
    }
}

/// What a hold is on: `Ashgrove Ferry Inquiry, recommendation 2`.
pub fn named(hold: &Hold, names: &Names) -> String {
    match names.of(hold.on) {
        (None, _) => words::hold_on(Reach::Register).to_owned(),
        (Some(inquiry), number) => words::item(Some(&inquiry.short_title), number, None),
    }
}

/// Every hold, those in force first, the next review first.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::Hold, About::default())?;
    let read = |tx: &mut ReadTx<'_>| {
        let holds = hold::all(tx)?;
        Ok::<_, store::Error>((hold::names(tx, &holds)?, holds))
    };
    let (names, holds) = state.reader.read(read).await?;
    let (mut standing, mut ended): (Vec<&Hold>, Vec<&Hold>) = holds.iter().partition(|hold| hold.ended_on().is_none());
    standing.sort_by_key(|hold| hold.review_on());
    ended.sort_by_key(|hold| std::cmp::Reverse(hold.seq()));
    let rows = |holds: Vec<&Hold>| holds.into_iter().map(|hold| Row::new(hold, &names, &staff)).collect();
    page(&ListPage {
        in_force: rows(standing),
        ended: rows(ended),
        register: staff.may(Deed::Hold, About::register()).is_ok().then(|| address::staff_hold(None, None)),
        shell: shell.titled("Holds on new information").crumb(address::STAFF, "Your work"),
    })
}

/// The page of one.
#[derive(Template)]
#[template(path = "staff/hold/edit.html")]
struct EditPage {
    shell: Shell,
    problems: Problems,
    place: String,
    heading: &'static str,
    public: Link,
    overtaken: bool,
    /// The hold in force.
    stands: Option<String>,
    stands_words: Option<String>,
    steps: Vec<Link>,
    fields: Fields,
    review_on: DateField,
    questions: FourQuestions,
    keys: Keys,
}

/// What the form asks beside the review date.
enum Fields {
    /// Where none is in force.
    Place { kind: ChoiceField, words: Field },
    /// Where one is.
    Change { step: ChoiceField, reason: Field },
}

/// What an address says of its subject.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Path {
    #[serde(default)]
    inquiry: Option<String>,
    #[serde(default)]
    number: Option<String>,
}

impl Path {
    fn slug(&self) -> Result<Option<Slug>, Error> {
        self.inquiry.as_ref().map(|slug| slug.parse().map_err(|_| Error::NotFound)).transpose()
    }

    fn on(&self) -> Result<HoldOn, Error> {
        Ok(match (self.slug()?, &self.number) {
            (None, _) => HoldOn::Register,
            (Some(slug), None) => HoldOn::Inquiry(slug),
            (Some(slug), Some(number)) => HoldOn::Recommendation(slug, number.clone()),
        })
    }
}

/// What is read for the page.
struct Read {
    on: On,
    place: String,
    public: Link,
    hold: Option<Hold>,
    /// Whether it bears on anything that was put to this person's own body.
    own: Option<BodyId>,
}

fn read(tx: &mut ReadTx<'_>, on: &HoldOn, body: Option<BodyId>) -> Result<Read, store::Error> {
    let (on, place, public) = match on {
        HoldOn::Register => (On::default(), "The whole register".to_owned(), Link::new("/", "The public page")),
        HoldOn::Inquiry(slug) => {
            let name = inquiry::name(tx, slug)?;
            let public = Link::new(address::inquiry(slug.as_str()), "The public page");
            (On { inquiry: Some(name.id), recommendation: None }, name.short_title, public)
        }
        HoldOn::Recommendation(slug, number) => {
            let one = recommendation::find(tx, slug, number)?.recommendation;
            let public = Link::new(address::recommendation(slug.as_str(), number), "The public page");
            let place = words::item(Some(&one.inquiry.short_title), Some(number), None);
            (On { inquiry: Some(one.inquiry.id), recommendation: Some(one.id) }, place, public)
        }
    };
    let own = match body {
        Some(body) if hold::covers(tx, on, body)? => Some(body),
        _ => None,
    };
    Ok(Read { hold: InForce::read(tx)?.exactly_on(on).cloned(), on, place, public, own })
}

async fn look(state: &State, staff: &Staff, path: &Path) -> Result<(HoldOn, Read), Error> {
    staff.may(Deed::Hold, About::default())?;
    let on = path.on()?;
    let (asked, body) = (on.clone(), staff.actor.body);
    let read = state.reader.read(move |tx| read(tx, &asked, body)).await?;
    let place = read.on.inquiry.map_or(Place::Register, Place::Inquiry);
    staff.may(Deed::Hold, About { body: read.own, place, ..About::default() })?;
    Ok((on, read))
}

impl EditPage {
    fn new(shell: Shell, keys: Keys, read: &Read, today: Day, sent: &Sent, problems: Problems) -> Self {
        let hold = read.hold.as_ref();
        let reach = read.on.reach();
        let fields = if hold.is_some() {
            let choices = [
                Choice::new(HoldStep::Renewed.as_str(), "Let it go on, with another review date")
                    .reveals("next-review"),
                Choice::new(HoldStep::Ended.as_str(), "End it")
                    .hint("That updates came in meanwhile is published at once, with the true days. Their words wait to be read, as ever."),
            ];
            Fields::Change {
                step: sent.choices("step", "What happens to it?", choices, &problems),
                reason: sent
                    .field("reason", "Why?", &problems)
                    .hint("Everybody will read it: a reason, never what the proceedings are about."),
            }
        } else {
            let kinds = HoldKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), words::hold_kind(*kind)));
            Fields::Place {
                kind: sent.choices("kind", "Why is nothing new published?", kinds, &problems),
                words: sent.field("words", "A sentence for everybody (optional)", &problems).hint(
                    "The pages say without it that nothing new is published, since when, for which kind of reason, and when that \
                     is reviewed. Never write what the proceedings are about.",
                ),
            }
        };
        let step = |step: &hold::Step| {
            let done = match step.step {
                HoldStep::Placed => "Placed",
                HoldStep::Renewed => "Extended",
                HoldStep::Ended => "Ended",
            };
            Link::new(address::change(step.seq), format!("{done} on {}", words::day(step.day)))
        };
        Self {
            shell: shell
                .titled(format!("{}: {}", words::hold_on(reach), read.place))
                .crumb(address::STAFF, "Your work")
                .crumb(address::HOLDS, "Holds")
                .faulty(!problems.is_empty()),
            place: read.place.clone(),
            heading: words::hold_on(reach),
            public: read.public.clone(),
            overtaken: false,
            stands: hold.map(|hold| words::hold_line(hold.held(), today)),
            stands_words: hold.and_then(Hold::words).and_then(Words::said).map(str::to_owned),
            steps: hold.map_or_else(Vec::new, |hold| hold.steps.iter().map(step).collect()),
            fields,
            review_on: sent
                .date("review_on", "When is it reviewed?", &problems)
                .hint("Within one year. You are reminded a week before. For example, 27 3 2027."),
            questions: sent.questions(&problems),
            keys: keys.of_version(hold.map_or(0, |hold| hold.seq().0)),
            problems,
        }
    }
}

/// Shows it.
///
/// # Errors
/// 404 when there is no such thing, 403 when the person may not.
pub async fn edit(
    state: web::Data<State>,
    staff: Staff,
    path: web::Path<Path>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let (_, read) = look(&state, &staff, &path).await?;
    page(&EditPage::new(shell, keys, &read, staff.today, &Sent::default(), Problems::none()))
}

/// Places a hold, lets it go on or ends it.
///
/// # Errors
/// As for the page, and when the database fails.
pub async fn save(
    state: web::Data<State>,
    path: web::Path<Path>,
    Protected(sent): Protected<Sent>,
    staff: Staff,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let (on, known) = look(&state, &staff, &path).await?;
    let mut reading = Reading::of(&sent);
    let step: Option<HoldStep> = reading.chosen("step");
    let review_on = if step == Some(HoldStep::Ended) { None } else { reading.day("review_on") };
    let words = reading.words("words", "The sentence");
    let reason = reading.words("reason", "The reason");
    let kind = reading.chosen("kind");
    let mut act = reading.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    let shown = sent.version();
    // The form says whether it was made while a hold was in force.
    let done = if shown > 0 {
        state.service.change_hold(act, ChangeHold { on, shown, step, review_on, reason }).await
    } else {
        state.service.place_hold(act, PlaceHold { on, kind, words, review_on }).await
    };
    match done {
        Ok(done) => {
            let said = match (shown > 0, step) {
                (false, _) => "The hold is placed, and published",
                (true, Some(HoldStep::Ended)) => "The hold has ended, and that is published",
                (true, _) => "The hold goes on, and that is published",
            };
            notice::see_other_saying(&state, &done.location, said)
        }
        Err(service::Error::Problems(problems)) => {
            let again = EditPage::new(shell, keys, &known, staff.today, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let (_, now) = look(&state, &staff, &path).await?;
            let again = EditPage::new(shell, keys, &now, staff.today, &sent.unconfirmed(), Problems::none());
            page_with(StatusCode::CONFLICT, &EditPage { overtaken: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
