//! `/staff/packs/{reference}/private`: what is not public, as a paper of its own, once somebody has said under which exemption it is.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::view::{self, Opened};
use super::{made, title};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::exemption::{Exemption, SOURCE};
use crate::domain::filing::FilingState;
use crate::domain::id::FilingId;
use crate::domain::moment::Day;
use crate::domain::pack::{PrivateItem, PrivateKind};
use crate::domain::problem::Problems;
use crate::domain::words;
use crate::embed;
use crate::service::{self, NameExemption};
use crate::store::accuracy::Check;
use crate::store::exhibit::{self, Exhibit};
use crate::store::filing::{self, FilingRow};
use crate::store::held_back::{self, HeldBack};
use crate::store::inquiry::InquiryName;
use crate::store::{self, accuracy};
use crate::web::actor::Staff;
use crate::web::answer::{page, page_with};
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField, Field, Keys};
use crate::web::notice;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::staff::filing::side::{self, Line};
use crate::web::staff::form_reading::Reading;
use crate::web::staff::form_sent::Sent;
use crate::web::state::{Site, State};

/// The form that names the exemption.
#[derive(Template)]
#[template(path = "staff/pack/exempt.html")]
struct ExemptPage {
    shell: Shell,
    problems: Problems,
    overtaken: bool,
    /// Whether this person names it.
    names: bool,
    count: String,
    paragraphs: ChoiceField,
    why: Field,
    source: &'static str,
    action: String,
    keys: Keys,
}

/// The paper.
#[derive(Template)]
#[template(path = "staff/pack/private.html")]
struct PrivatePage {
    register: String,
    /// Whether all of it is the fictional register of `serve --demo`.
    demo: bool,
    stylesheet: &'static str,
    icon: &'static str,
    /// The address of the pack.
    back: String,
    title: String,
    made: String,
    exempt: String,
    paragraphs: Vec<String>,
    why: String,
    items: Vec<Item>,
}

/// Something that is not public.
struct Item {
    kind: &'static str,
    heading: String,
    place: String,
    since: Option<String>,
    /// What became of it since the pack was made.
    became: Option<String>,
    lines: Vec<Line>,
}

struct Read {
    opened: Opened,
    work: Vec<FilingRow>,
    /// The evidence among it.
    pieces: Vec<Exhibit>,
    /// Of the findings among it that their bodies may check: how that stands.
    checks: Vec<Check>,
    /// What came in under a hold and is kept back still.
    kept: Vec<HeldBack>,
}

async fn look(state: &State, staff: &Staff, reference: &str) -> Result<Read, Error> {
    staff.may(Deed::ReadPrivatePaper, About::default())?;
    let name = reference.to_owned();
    let read = state.reader.read(move |tx| {
        let opened = view::open(tx, &name)?;
        let names: Vec<&str> = opened.contents.private.iter().filter_map(|item| item.filing.as_deref()).collect();
        let work = filing::named(tx, &names)?;
        let ids: Vec<FilingId> = work.iter().map(|row| row.id).collect();
        let checks = accuracy::of_filings(tx, &ids)?;
        let mut pieces = Vec::new();
        for reference in opened.contents.private.iter().filter_map(|item| item.exhibit.as_deref()) {
            match exhibit::find(tx, reference) {
                Ok(piece) => pieces.push(piece),
                Err(store::Error::NotFound) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok::<_, store::Error>(Read { opened, work, pieces, checks, kept: held_back::waiting(tx)? })
    });
    let read = read.await?;
    for one in &read.opened.pack.inquiries {
        staff.may(Deed::ReadPrivatePaper, About::default().of(one.id))?;
    }
    Ok(read)
}

impl ExemptPage {
    fn new((shell, keys): (Shell, Keys), staff: &Staff, read: &Read, sent: &Sent, problems: Problems) -> Self {
        let pack = &read.opened.pack;
        let may = |one: &InquiryName| staff.may(Deed::MakePack, About::default().of(one.id)).is_ok();
        let here = address::pack(&pack.reference);
        let choices = Exemption::ALL.iter().map(|one| Choice::new(one.as_str(), words::exemption(*one)));
        let paragraphs = ChoiceField::new("paragraphs", "Under which paragraph is it exempt?", choices)
            .hint("Of Part 1 of Schedule 12A to the Local Government Act 1972, as it stands for England.");
        let why = sent.field("why", "Why is the public interest in keeping it back?", &problems);
        Self {
            overtaken: false,
            names: pack.inquiries.iter().all(may),
            count: words::count(read.opened.contents.private.len() as u64, "thing is not public", "things are not public"),
            paragraphs: paragraphs.values(&sent.all("paragraphs")).checked(&problems),
            why: why
                .hint("Paragraph 10 of the schedule: the interest in keeping it back must outweigh that in disclosing it.")
                .private(),
            source: SOURCE,
            action: format!("{here}/private"),
            keys: keys.of_version(pack.version),
            shell: shell
                .titled("Name the exemption of the private paper")
                .crumb(address::STAFF, "Your work")
                .crumb(address::PACKS, "Scrutiny packs")
                .crumb(here, title(pack))
                .unlisted()
                .faulty(!problems.is_empty()),
            problems,
        }
    }
}

/// What an address may ask of the page.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Whether the exemption is to be named anew.
    name: Option<String>,
}

/// Shows the paper; the form that names its exemption, where nobody has.
///
/// # Errors
/// 404 when there is none, 403 for people of a body, and for whoever's role is limited to other inquiries than each of the pack's.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    asked: web::Query<Asked>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    let read = look(&state, &staff, &reference).await?;
    let named = read.opened.pack.exemption.clone();
    let Some(named) = named.filter(|_| asked.name.is_none()) else {
        let sent = read.opened.pack.exemption.as_ref().map_or_else(Sent::default, |named| {
            let sent = Sent::default().filled("why", named.why.clone());
            named.paragraphs.iter().fold(sent, |sent, one| sent.ticking("paragraphs", one.as_str()))
        });
        return page(&ExemptPage::new((shell, keys), &staff, &read, &sent, Problems::none()));
    };
    page(&PrivatePage {
        register: shell.site_name.to_string(),
        demo: shell.demo,
        stylesheet: embed::stylesheet_href(),
        icon: embed::icon_href(),
        back: address::pack(&read.opened.pack.reference),
        title: title(&read.opened.pack),
        made: made(&read.opened.pack),
        exempt: words::not_for_publication(&named.paragraphs),
        paragraphs: named.paragraphs.iter().map(|one| words::exemption(*one)).collect(),
        why: named.why,
        items: items(&read, staff.today, &state.site),
    })
}

fn items(read: &Read, today: Day, site: &Site) -> Vec<Item> {
    let each = read.opened.contents.private.iter().map(|private| {
        let one = read.opened.recommendation(private.recommendation);
        let body = private.body.and_then(|id| read.opened.body(id));
        let row = private.filing.as_ref().and_then(|name| read.work.iter().find(|row| row.reference == *name));
        let waits = row.filter(|row| matches!(row.state, FilingState::Submitted | FilingState::SentBack));
        let piece = private.exhibit.as_ref().and_then(|name| read.pieces.iter().find(|one| one.reference == *name));
        let kept = piece.filter(|piece| piece.published.is_none() && piece.taken_back_at.is_none());
        let became = match (row, waits) {
            _ if private.kind == PrivateKind::Evidence => kept
                .is_none()
                .then(|| words::private_evidence(piece.and_then(|piece| piece.published).map(|(_, seq)| seq))),
            (_, Some(row)) => became(read, private, row, (today, &site.zone)),
            (Some(row), None) => Some(match row.published_seq {
                Some(seq) => format!("{} since, by change {seq}", words::filing_state(row.state)),
                None => format!("{} since", words::filing_state(row.state)),
            }),
            (None, None) => is_told(read, private, None).then(|| words::PRIVATE_TOLD.to_owned()),
        };
        Item {
            kind: words::private_kind(private.kind),
            heading: one.map(say::title).unwrap_or_default(),
            place: one.map_or_else(String::new, |one| {
                words::item(Some(&one.inquiry.short_title), Some(&one.number), body.map(|body| body.short()))
            }),
            since: private.since.map(words::day),
            became,
            lines: match kept {
                Some(piece) => evidence(piece, &site.base_url),
                None => waits.map(|row| side::proposed(&row.proposal)).unwrap_or_default(),
            },
        }
    });
    each.collect()
}

/// What is said of a piece of evidence that is kept here, and where staff find it.
fn evidence(piece: &Exhibit, base: &str) -> Vec<Line> {
    let said = &piece.said;
    let file = piece.file.as_ref().map(|file| words::file_line(file.kind, file.bytes));
    let page = format!("{base}{}", address::staff_evidence(&piece.reference));
    let all = [
        ("Title", said.title.clone()),
        ("What it is", said.what.clone()),
        ("Page", said.page.clone()),
        ("The words that are relied on", said.quote.clone()),
        ("What it says", said.summary.clone()),
        ("Where it can be read", piece.url.clone()),
        ("File", file),
        ("Where staff find it", Some(page)),
    ];
    all.into_iter().filter_map(|(name, said)| Some(Line { name, said: vec![said?], href: None })).collect()
}

/// What became since of something that waits still: that its words are other ones, that its body may check it no more, that it is
/// kept back no more.
fn became(read: &Read, private: &PrivateItem, row: &FilingRow, (today, zone): (Day, &TimeZone)) -> Option<String> {
    let again = row.submitted_at.map(|at| (at, at.day_in(zone))).filter(|(at, day)| private.is_changed(*at, *day));
    let changed = again.map(|(_, day)| words::private_changed(day));
    let check = read.checks.iter().find(|check| check.filing == row.id && private.kind == PrivateKind::WithBody);
    let check = check.filter(|check| !check.period.runs_on(today));
    let checked =
        check.map(|check| words::private_checked(check.reply.as_ref().map(|reply| reply.on), check.period.until));
    let told = is_told(read, private, Some(row)).then(|| words::PRIVATE_TOLD.to_owned());
    [changed, checked, told].into_iter().flatten().reduce(|said, more| words::and_then(&said, &more))
}

/// Whether what came in under a hold is kept back no more.
fn is_told(read: &Read, private: &PrivateItem, row: Option<&FilingRow>) -> bool {
    let waits = |kept: &HeldBack| match row {
        Some(row) => kept.filing == Some(row.id),
        None => {
            let here = kept.recommendation == private.recommendation && Some(kept.on) == private.since;
            kept.filing.is_none() && here
        }
    };
    private.kind == PrivateKind::HeldBack && !read.kept.iter().any(waits)
}

/// Names the exemption.
///
/// # Errors
/// As for the page; 403 for those who make no packs, 422 for what is missing, 409 when somebody else changed the pack.
pub async fn name(
    state: web::Data<State>,
    staff: Staff,
    reference: web::Path<String>,
    Protected(sent): Protected<Sent>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::MakePack, About::default())?;
    let mut form = Reading::of(&sent);
    let paragraphs: Vec<Option<Exemption>> = sent.all("paragraphs").iter().map(|one| one.parse().ok()).collect();
    if paragraphs.iter().any(Option::is_none) {
        form.problems.add("paragraphs", "Choose paragraphs of the list");
    }
    let why = form.words("why", "The reason");
    let command = NameExemption {
        reference: reference.to_string(),
        version: sent.version(),
        paragraphs: paragraphs.into_iter().flatten().collect(),
        why,
    };
    match state.service.name_exemption(form.told_to(staff.act(sent.key())), command).await {
        Ok(done) => notice::see_other_saying(&state, &done.location, "Saved"),
        Err(service::Error::Problems(problems)) => {
            let read = look(&state, &staff, &reference).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &ExemptPage::new((shell, keys), &staff, &read, &sent, problems))
        }
        Err(service::Error::Stale) => {
            let read = look(&state, &staff, &reference).await?;
            let again = ExemptPage::new((shell, keys), &staff, &read, &sent, Problems::none());
            page_with(StatusCode::CONFLICT, &ExemptPage { overtaken: true, ..again })
        }
        Err(fault) => Err(fault.into()),
    }
}
