//! `/staff/withholdings`: the log of withholdings, and the page of each: what follows on the one click that withheld words. For
//! which kind of reason is said there by one more click, now or later; what still shows some of the words is withheld too; a slip is
//! taken back; and it is seen where else the words may lie.

mod others;

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use others::Others;
pub use others::create as withhold_others;

use super::form_sent::Sent;
use super::redaction::new::place;
use super::redaction::others::{Other, still_shown};
use super::redaction::purge::{self, Elsewhere};
use super::row::Withhold;
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::change::{ChangeKind, Since, Subject, TakenOut};
use crate::domain::id::Seq;
use crate::domain::redaction::RedactionKind;
use crate::domain::words;
use crate::service::{self, SayGrounds};
use crate::store::withheld::Words;
use crate::store::withholding::{self, Withholding};
use crate::store::{self, ReadTx, addressee, inquiry, ledger, recommendation, report};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::csrf::Protected;
use crate::web::error::Error;
use crate::web::form::Keys;
use crate::web::notice;
use crate::web::part::pager::Pager;
use crate::web::part::{Link, SummaryRow};
use crate::web::public::change::numbered;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many a page lists.
const MOST: usize = 100;

/// The log.
#[derive(Template)]
#[template(path = "staff/withholding/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Line>,
    pager: Pager,
}

/// One of them.
struct Line {
    what: Link,
    of: String,
    day: String,
    kind: String,
}

/// One withholding.
#[derive(Template)]
#[template(path = "staff/withholding/show.html")]
struct ShowPage {
    shell: Shell,
    heading: String,
    rows: Vec<SummaryRow>,
    /// The kind that was said already.
    said: bool,
    now: Now,
    shown: &'static str,
    kinds: Vec<(&'static str, &'static str)>,
    /// What everybody still reads of the words, under other changes about the same thing.
    others: Option<Others>,
    /// Shows the words again, where it was a slip.
    button: Option<Withhold>,
    body: Option<String>,
    back: Link,
    /// Where the words may still lie; none where everybody reads them again, or it is not known any more what they were of.
    lists: Option<Elsewhere>,
    here: String,
    keys: Keys,
}

/// How the words stand now, as far as the page's sentences go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Now {
    OutOfSight,
    Shown,
    Removed,
}

impl Now {
    const fn of(since: Since) -> Self {
        match since {
            Since::Shown(_) => Self::Shown,
            Since::TakenOut(TakenOut { for_good: true, .. }) => Self::Removed,
            Since::Lasts | Since::TakenOut(_) => Self::OutOfSight,
        }
    }
}

/// What an address may ask.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The change before which the page begins.
    before: Option<i64>,
}

fn what(one: &Withholding) -> String {
    words::taken_out_what(ChangeKind::Withheld, one.record.map(|record| record.what()))
}

fn kind(one: &Withholding) -> &'static str {
    one.kind.map_or("Not said yet", words::redaction_kind)
}

/// Shows all, the last first.
///
/// # Errors
/// When the person may not, or the database fails.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    asked: web::Query<Asked>,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let before = asked.before.map_or(Seq(i64::MAX), Seq);
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let read = move |tx: &mut ReadTx<'_>| {
        let found = withholding::list(tx, before, most)?;
        let each = found.into_iter().map(|one| {
            let of = match one.record {
                Some(record) => {
                    let about = ledger::about(tx, record.subject, record.row)?;
                    place(tx, &about)?
                }
                None => String::new(),
            };
            Ok((one, of))
        });
        each.collect::<Result<Vec<_>, store::Error>>()
    };
    let found = state.reader.read(read).await?;
    let next = found.get(MOST - 1).map(|(last, _)| format!("{}?before={}", address::WITHHOLDINGS, last.seq));
    let line = |(one, of): &(Withholding, String)| Line {
        // What is withheld is often of one kind: the change tells one from the other.
        what: Link::new(address::withholding(one.seq), format!("{}, change {}", what(one), one.seq)),
        of: of.clone(),
        day: words::day(one.day),
        kind: kind(one).to_owned(),
    };
    page(&ListPage {
        rows: found.iter().map(line).collect(),
        pager: Pager { previous: asked.before.map(|_| address::WITHHOLDINGS.to_owned()), next },
        shell: shell.titled("Words withheld").crumb(address::STAFF, "Your work"),
    })
}

/// Where the words stand: the page of staff, where its forms go, and the body of whose answer they are.
struct Stands {
    back: String,
    action: String,
    body: Option<String>,
}

/// What is known of what was withheld.
struct Of {
    place: String,
    stands: Stands,
    /// What became of the words since.
    since: Since,
    /// How many other records it keeps out of sight with them.
    with_it: usize,
    /// What shares some of the words and is still shown.
    others: Vec<Other>,
    about: purge::About,
    /// What whoever shows the words again publishes something about.
    showing: About,
}

fn stands(tx: &mut ReadTx<'_>, subject: Subject, row: i64, about: &ledger::About) -> Result<Stands, store::Error> {
    let page = |back: String| Stands { action: format!("{back}/withhold"), back, body: None };
    if let (Subject::Report, Some(began)) = (subject, report::of_row(tx, row)?) {
        return Ok(page(address::staff_report(began)));
    }
    let one = about.recommendation.map(|id| recommendation::many(tx, vec![id])).transpose()?;
    if let Some(one) = one.and_then(|mut all| all.pop()) {
        let (inquiry, number) = (one.inquiry.slug.as_str(), one.number.as_str());
        let all = page(address::staff_recommendation(inquiry, number));
        let names = addressee::names(tx, about.addressee.into_iter().collect())?;
        let body = names.values().next().map(|answer| answer.body.slug.to_string());
        let back = body.as_deref().map(|body| address::staff_answer(inquiry, number, body));
        return Ok(Stands { back: back.unwrap_or(all.back), action: all.action, body });
    }
    match about.inquiry {
        Some(id) => {
            let name = inquiry::names(tx, vec![id])?.pop().ok_or(store::Error::NotFound)?;
            Ok(page(address::staff_inquiry(name.slug.as_str())))
        }
        None => Ok(page(super::published::HERE.to_owned())),
    }
}

fn read(tx: &mut ReadTx<'_>, seq: Seq) -> Result<(Withholding, Option<Of>), store::Error> {
    let found = withholding::find(tx, seq)?;
    let Some(record) = found.record else { return Ok((found, None)) };
    let about = ledger::about(tx, record.subject, record.row)?;
    let wide = about.inquiry.map_or_else(About::register, |inquiry| About::default().of(inquiry));
    let since = withholding::since(tx, &record, seq)?;
    let is_out = !matches!(since, Since::Shown(_));
    let of = Of {
        showing: About { body: about.body, ..wide },
        place: place(tx, &about)?,
        stands: stands(tx, record.subject, record.row, &about)?,
        since,
        with_it: ledger::out(tx, record.subject, seq)?.iter().filter(|(row, _)| *row != record.row).count(),
        others: if is_out { still_shown(tx, record.subject, record.row)? } else { Vec::new() },
        about: purge::about(tx, (record.subject, record.row), [seq])?,
    };
    Ok((found, Some(of)))
}

fn now_row(since: Since) -> SummaryRow {
    let later = match since {
        Since::TakenOut(taken) => Some(Link::new(address::change(taken.by), words::change(taken.by))),
        Since::Lasts | Since::Shown(_) => None,
    };
    SummaryRow { change: later, ..SummaryRow::new("Now", words::since_withheld(since)) }
}

/// Shows it.
///
/// # Errors
/// 404 when that change withheld nothing, 403 when the person may not.
pub async fn show(
    state: web::Data<State>,
    staff: Staff,
    seq: web::Path<String>,
    shell: Shell,
    keys: Keys,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let seq = numbered(&seq)?;
    let (found, of) = state.reader.read(move |tx| read(tx, seq)).await?;
    let remove = staff.may(Deed::ProposeRedaction, About::default()).is_ok();
    let heading = what(&found);
    let mut rows: Vec<SummaryRow> = of.iter().map(|of| SummaryRow::new("Of", of.place.clone())).collect();
    rows.extend(
        of.iter()
            .filter_map(|of| words::withheld_with_it(found.record?.subject, of.with_it))
            .map(|said| SummaryRow::new("With it", said)),
    );
    rows.push(SummaryRow::new("Withheld on", words::day(found.day)));
    rows.extend(of.iter().map(|of| now_row(of.since)));
    rows.push(SummaryRow::new("Kind of reason", kind(&found)));
    rows.push(SummaryRow {
        change: Some(Link::new(address::change(seq), "Read it")),
        ..SummaryRow::new("What everybody reads", words::change(seq))
    });
    let button = |of: &Of| {
        let record = found.record.filter(|_| of.since == Since::Lasts)?;
        let hidden = Words::Withheld(TakenOut { on: found.day, for_good: false, by: seq });
        let row = (record.subject, record.row);
        let show = staff.may(Deed::Publish, of.showing).is_ok();
        let button = Withhold::new(&of.stands.action, row, &hidden, (remove, show), &keys)?;
        // The page is this one already.
        Some(Withhold { why: None, ..button })
    };
    let now = of.as_ref().map_or(Now::OutOfSight, |of| Now::of(of.since));
    page(&ShowPage {
        rows,
        now,
        said: found.kind.is_some(),
        shown: found.kind.map_or("", RedactionKind::as_str),
        kinds: RedactionKind::ALL
            .iter()
            .filter(|one| Some(**one) != found.kind)
            .map(|one| (one.as_str(), words::redaction_kind(*one)))
            .collect(),
        others: of
            .as_ref()
            .zip(found.record)
            .and_then(|(of, record)| Others::new(&of.others, record.subject, seq, &keys)),
        button: of.as_ref().and_then(button),
        body: of.as_ref().and_then(|of| of.stands.body.clone()),
        back: match &of {
            Some(of) => Link::new(of.stands.back.clone(), "Back to where the words stood"),
            None => Link::new(address::WITHHOLDINGS, "All words withheld"),
        },
        lists: of.as_ref().filter(|_| now != Now::Shown).map(|of| Elsewhere::of(&state, &of.about)),
        here: address::withholding(seq),
        shell: shell
            .titled(heading.clone())
            .crumb(address::STAFF, "Your work")
            .crumb(address::WITHHOLDINGS, "Words withheld")
            .unlisted(),
        heading,
        keys,
    })
}

/// Says the kind of reason.
///
/// # Errors
/// 404 when that change withheld nothing, 403 when the person may not, 422 where no kind was chosen.
pub async fn say(
    state: web::Data<State>,
    staff: Staff,
    seq: web::Path<String>,
    Protected(sent): Protected<Sent>,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Withhold, About::default())?;
    let withholding = numbered(&seq)?;
    let command =
        SayGrounds { withholding, shown: sent.get("shown").parse().ok(), kind: sent.get("kind").parse().ok() };
    match state.service.say_grounds(staff.act(sent.key()), command).await {
        Ok(done) => notice::after(&state, &done, "The kind of reason is said, and published"),
        Err(service::Error::Stale) => {
            notice::see_other_unchanged(&state, &address::withholding(withholding), words::DONE_ALREADY)
        }
        Err(fault) => Err(fault.into()),
    }
}
