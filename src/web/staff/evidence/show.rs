//! `/staff/evidence/{reference}`: one piece of evidence, what was found in it, and what may be done about it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::fact;
use super::new::{SaidFields, rungs, said};
use crate::domain::access::Refusal;
use crate::domain::address;
use crate::domain::evidence::EvidenceKind;
use crate::domain::hold::Held;
use crate::domain::licence::{Language, Licence};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::service::{self, PublishEvidence, TakeBack, may_publish, may_see, may_take_back, supports_nothing};
use crate::store::exhibit::{self, Exhibit};
use crate::store::hold::{self, Hold};
use crate::store::present::{self, Place};
use crate::store::setting;
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{ChoiceField, Field, FourQuestions, Keys};
use crate::web::notice;
use crate::web::part::{Link, SummaryRow};
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "staff/evidence/show.html")]
struct ShowPage {
    shell: Shell,
    problems: Problems,
    place: String,
    heading: String,
    state: String,
    rows: Vec<SummaryRow>,
    quote: Option<String>,
    link: Option<Link>,
    file: Option<Link>,
    /// What was found in the file.
    hidden: Vec<&'static str>,
    is_file: bool,
    published: Option<Link>,
    publish: Option<Publishing>,
    why_not: Option<String>,
    /// That it waits for the end of a hold.
    held: Option<String>,
    may_take_back: bool,
    stale: bool,
    back: Link,
    here: String,
    keys: Keys,
    take_back_keys: Keys,
}

/// The form that publishes it, or puts right what was said of it.
struct Publishing {
    rung: ChoiceField,
    said: SaidFields,
    correction: Option<Field>,
    /// Whether it asks that what was found may be public.
    asks_of_hidden: bool,
    hidden_is_seen: bool,
    hidden_error: Option<String>,
    questions: FourQuestions,
}

struct Read {
    piece: Exhibit,
    place: Place,
    of: present::Holder,
    second_key: bool,
    /// The hold under which it is not published now.
    held: Option<Held>,
    /// Why nobody can publish it yet.
    not_yet: Option<&'static str>,
}

async fn look(state: &State, staff: &Staff, reference: &str) -> Result<Read, Error> {
    let (named, actor) = (reference.to_owned(), staff.actor);
    state
        .reader
        .read(move |tx| {
            let piece = exhibit::find(tx, &named)?;
            let row = present::find_addressee(tx, piece.addressee)?;
            let of = row.holder();
            may_see(actor, &piece, of, false)?;
            let place = present::place(tx, piece.addressee)?;
            let held = hold::in_force(tx, Some(of.inquiry), Some(of.recommendation))?.first().map(Hold::held);
            let not_yet = supports_nothing(&piece, &row);
            Ok(Read { piece, place, of, second_key: setting::second_key(tx)?, held, not_yet })
        })
        .await
}

/// The form as it is first shown: what is said of the piece now.
fn start(piece: &Exhibit) -> Sent {
    let filled = |value: &Option<String>| value.clone().unwrap_or_default();
    Sent::default()
        .filled("rung", piece.rung.as_str())
        .filled("page", filled(&piece.said.page))
        .filled("quote", filled(&piece.said.quote))
        .filled("title", filled(&piece.said.title))
        .filled("what", filled(&piece.said.what))
        .filled("summary", filled(&piece.said.summary))
        .filled("language", piece.said.rights.language.map_or("", Language::as_str))
        .filled("licence", piece.said.rights.licence.map_or("", Licence::as_str))
}

impl ShowPage {
    fn new(shell: Shell, keys: Keys, read: &Read, staff: &Staff, sent: &Sent, problems: Problems) -> Self {
        let Read { piece, place, of, second_key, held, not_yet } = read;
        let gone = piece.taken_back_at.is_some();
        let publishes = staff.actor.role.oversees() && !gone;
        let publishing = may_publish(staff.actor, piece, *of, *second_key);
        let kept = piece.file.as_ref().filter(|file| file.sha256.is_some());
        let reads_file = may_see(staff.actor, piece, *of, true).is_ok();
        let state = match (&piece.published, gone) {
            (_, true) => "Taken back. Nothing of it is kept but that there was a piece of evidence".to_owned(),
            (Some(_), _) => "It is public".to_owned(),
            (None, _) => "It is private".to_owned(),
        };
        let title = piece.said.title.clone().unwrap_or_else(|| "Evidence without a title".to_owned());
        let keys = keys.of_version(piece.version);
        let found: Vec<&'static str> = piece
            .file
            .iter()
            .flat_map(|file| &file.hidden)
            .filter(|_| reads_file)
            .map(|what| words::hidden(*what))
            .collect();
        Self {
            shell: shell
                .titled(format!("Evidence: {title}"))
                .crumb(address::STAFF, "Your work")
                .unlisted()
                .faulty(!problems.is_empty()),
            place: words::item(Some(&place.inquiry_title), Some(&place.number), Some(&place.body_name)),
            state,
            rows: rows(piece),
            quote: piece.said.quote.clone(),
            link: say::source(piece.url.as_deref()),
            file: kept.filter(|_| reads_file).map(|file| {
                let href = format!("{}/file", address::staff_evidence(&piece.reference));
                Link::new(href, format!("Open the file ({})", words::file_line(file.kind, file.bytes)))
            }),
            is_file: piece.kind == EvidenceKind::File,
            published: piece.published.map(|(_, seq)| Link::new(address::change(seq), format!("Change {seq}"))),
            held: held.filter(|_| publishes).map(words::waits_under),
            publish: (publishes && held.is_none() && publishing.is_ok() && not_yet.is_none()).then(|| Publishing {
                rung: rungs(sent, &problems),
                said: SaidFields::new(sent, &problems),
                correction: piece.published.map(|_| {
                    sent.field("correction", "Why was what was said of it wrong?", &problems)
                        .hint("Everybody will read it.")
                }),
                asks_of_hidden: !found.is_empty() && piece.published.is_none(),
                hidden_is_seen: sent.is_ticked("hidden"),
                hidden_error: problems.at("hidden").map(str::to_owned),
                questions: sent.questions(&problems),
            }),
            why_not: match publishing {
                _ if !publishes => None,
                Ok(()) => not_yet.map(|why| format!("{why}.")),
                Err(Refusal::OwnWork) if piece.published.is_some() => Some(words::EVIDENCE_ANEW.to_owned()),
                Err(fault) => Some(fault.to_string()),
            },
            may_take_back: !gone && piece.published.is_none() && may_take_back(staff.actor, piece, *of).is_ok(),
            stale: false,
            back: Link::new(
                address::staff_answer(&place.inquiry, &place.number, &place.body),
                "Everything about this item",
            ),
            here: address::staff_evidence(&piece.reference),
            hidden: found,
            take_back_keys: Keys { key: keys.key.as_ref().map(|key| format!("{key}-back")), ..keys.clone() },
            keys,
            heading: title,
            problems,
        }
    }
}

fn rows(piece: &Exhibit) -> Vec<SummaryRow> {
    let mut rows = vec![SummaryRow::new("It supports", fact(piece.fact))];
    rows.push(SummaryRow::new("It shows", say::capital(words::rung(piece.rung))));
    let said = [("What it is", &piece.said.what), ("Page", &piece.said.page), ("What it says", &piece.said.summary)];
    rows.extend(said.into_iter().filter_map(|(name, value)| Some(SummaryRow::new(name, value.clone()?))));
    rows.push(SummaryRow::new("Licence", words::source_rights(piece.said.rights)));
    rows.extend(piece.seen_on.map(|on| SummaryRow::new("Seen", words::day(on))));
    let hash = piece.file.as_ref().and_then(|file| file.sha256.clone());
    rows.extend(hash.map(|hash| SummaryRow::new("SHA-256", hash)));
    rows.push(SummaryRow::new("Attached by", piece.author_name.clone()));
    rows
}

/// The page.
///
/// # Errors
/// 404 when there is none, 403 when the person may not see it.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &reference).await?;
    page(&ShowPage::new(shell, keys, &read, &staff, &start(&read.piece), Problems::none()))
}

/// Publishes it, or puts right what was said of it.
///
/// # Errors
/// 403 without the right or the second key; otherwise as for the page, and when the database fails.
pub async fn publish(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let mut reading = Reading::of(&sent);
    let command = PublishEvidence {
        reference: reference.clone(),
        version: sent.version(),
        rung: reading.chosen("rung"),
        said: said(&mut reading),
        hidden_is_seen: sent.is_ticked("hidden"),
        correction: reading.words("correction", "Why it was wrong"),
    };
    let mut act = reading.told_to(staff.act(sent.key()));
    act.questions = sent.answers();
    match state.service.publish_evidence(act, command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, words::EVIDENCE_PUBLISHED),
        Err(service::Error::Problems(problems)) => {
            let read = look(&state, &staff, &reference).await?;
            let again = ShowPage::new(shell, keys, &read, &staff, &sent, problems);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, &reference).await?;
            let sent = sent.unconfirmed();
            let again = ShowPage::new(shell, keys, &read, &staff, &sent, Problems::none());
            page_with(StatusCode::CONFLICT, &ShowPage { stale: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Takes it back, with its file.
///
/// # Errors
/// 403 without the right; otherwise as for the page, and when the database fails.
pub async fn take_back(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let command = TakeBack { reference: reference.clone(), version: sent.version() };
    match state.service.take_evidence_back(staff.act(sent.key()), command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, words::EVIDENCE_TAKEN_BACK),
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, &reference).await?;
            let again = ShowPage::new(shell, keys, &read, &staff, &start(&read.piece), Problems::none());
            page_with(StatusCode::CONFLICT, &ShowPage { stale: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
