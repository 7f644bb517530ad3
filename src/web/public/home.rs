//! The register at a glance: what it is, its inquiries with honest numbers, what changed, what is silent.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::chart::OverTime;
use super::{change, chart, overdue, say, shown, total};
use crate::domain::denominators::Denominators;
use crate::domain::gap::Gap;
use crate::domain::id::{AddresseeId, InquiryId};
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::inquiry::{Held, InquiryName};
use crate::store::oldest::Among;
use crate::store::overdue::{Missed, Narrow, Overdue};
use crate::store::page::{Cursor, Page};
use crate::store::progress::{self, Progress};
use crate::store::recommendation::Recommendation;
use crate::store::succession::{self, Path};
use crate::store::tally::{self, Counted, Tally};
use crate::store::{self, ReadTx};
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::count::Bar;
use crate::web::part::follow::Follow;
use crate::web::part::gap::GapLine;
use crate::web::part::timeline::Entry;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many changes and passed dates a glance holds.
const GLANCE: i64 = 5;
/// How many inquiries stand on one page.
const INQUIRIES: usize = 50;

/// The page.
#[derive(Template)]
#[template(path = "public/home/show.html")]
struct ShowPage {
    shell: Shell,
    ways: Follow,
    /// The gap of the whole register, where it has several inquiries.
    gap: Option<GapLine>,
    inquiries: Vec<InquiryRow>,
    /// The way to all of them, where there are more.
    more: Option<String>,
    /// What all of them rest on, and the oldest of all that nobody has looked at.
    denominators: String,
    in_reports: String,
    oldest: Option<(Link, String)>,
    /// The charts of the whole register.
    bars: Vec<Bar>,
    over_time: OverTime,
    changes: Vec<Entry>,
    overdue: Vec<overdue::Row>,
    overdue_count: String,
    rule: &'static str,
}

/// An inquiry with its numbers.
pub struct InquiryRow {
    /// Its full title, with its page.
    pub title: Link,
    /// What kind of thing it is and when it was published.
    pub line: String,
    /// How many recommendations.
    pub recommendations: String,
    /// Whose words these are, and what of the report is not here and why.
    pub denominators: String,
    /// How its answers stand.
    pub standing: String,
    /// What was entered in error, and is in none of these numbers.
    pub in_error: Option<Link>,
    /// What bodies say is done, and what was found; none where nobody was asked.
    pub gap: Option<GapLine>,
}

/// The inquiries, and what their numbers rest on together.
pub struct Inquiries {
    /// One page of them, each with its own.
    pub rows: Vec<InquiryRow>,
    /// How many there are in all.
    pub all: u64,
    /// Where the next page begins.
    pub next: Option<Cursor<2>>,
    /// Whose words all of the register's are.
    pub denominators: String,
    /// What the reports themselves count.
    pub in_reports: String,
    /// The oldest of all that nobody has looked at.
    pub oldest: Option<(Link, String)>,
}

struct Read {
    tally: Tally,
    progress: Progress,
    gap: Gap,
    inquiries: Inquiries,
    changes: Vec<Entry>,
    overdue: (Vec<Missed>, Vec<Recommendation>, HashMap<AddresseeId, Path>),
    overdue_count: Overdue,
}

/// Shows it.
///
/// # Errors
/// When the database fails.
pub async fn show(state: web::Data<State>, shell: Shell) -> Result<HttpResponse, Error> {
    let today = state.today();
    let read = state.reader.read_or_again(move |tx| read(tx, today)).await?;
    let shell = shell.titled("");
    let page = ShowPage {
        ways: Follow::register(),
        more: read.inquiries.next.map(|_| words::all_inquiries(read.inquiries.all)),
        gap: (read.inquiries.rows.len() > 1 && read.gap.answers > 0).then(|| total::gap(&read.gap, &[])),
        inquiries: read.inquiries.rows,
        denominators: read.inquiries.denominators,
        in_reports: read.inquiries.in_reports,
        oldest: read.inquiries.oldest,
        bars: chart::bars(&read.tally, None),
        over_time: OverTime::of(&read.progress),
        changes: read.changes,
        overdue: overdue::rows(&read.overdue.0, (&read.overdue.1, &read.overdue.2), today),
        overdue_count: overdue::found(read.overdue_count),
        rule: words::OVERDUE_RULE,
        shell,
    };
    shown(&page, &page.shell)
}

fn read(tx: &mut ReadTx<'_>, today: Day) -> Result<Read, store::Error> {
    let glance = usize::try_from(GLANCE).unwrap_or(5);
    let missed = store::overdue::list(tx, today, Narrow::default(), None, glance)?.items;
    let recommendations = store::recommendation::many(tx, missed.iter().map(|missed| missed.recommendation).collect())?;
    let late = missed.iter().map(|missed| (missed.addressee, missed.body.id));
    let paths = succession::paths(tx, late.collect::<Vec<_>>())?;
    let tally = tally::of_register(tx)?;
    Ok(Read {
        progress: progress::find(tx, None, &tally, today)?,
        tally,
        gap: store::gap::of_register(tx, today)?,
        inquiries: inquiries(tx, today, None)?,
        changes: change::glance(tx, glance)?,
        overdue: (missed, recommendations, paths),
        overdue_count: store::overdue::count(tx, today, Narrow::default())?,
    })
}

/// A page of the inquiries with their numbers, and those of all of them together.
///
/// # Errors
/// When the database fails.
pub fn inquiries(tx: &mut ReadTx<'_>, today: Day, after: Option<Cursor<2>>) -> Result<Inquiries, store::Error> {
    let ids: Vec<InquiryId> = store::inquiry::all(tx)?;
    let Page { items, next } = store::inquiry::page(tx, after, INQUIRIES)?;
    let published = store::inquiry::published(tx, items.iter().map(|inquiry| inquiry.id).collect())?;
    let held = store::inquiry::held(tx, ids.clone())?;
    let oldest = store::oldest::find(tx, Among::Inquiries(&ids))?;
    let tallies = tally::of_inquiries(tx, ids.iter().copied())?;
    let listed = items.iter().filter_map(|one| Some((one.id.0, tallies.get(&one.id.0)?.clone())));
    let listed: HashMap<i64, Tally> = listed.collect();
    let gaps = store::gap::of_inquiries(tx, &listed, today)?;
    let (none, nothing) = (Tally::default(), Held::default());
    let of = |id: InquiryId| (tallies.get(&id.0).unwrap_or(&none), held.get(&id).unwrap_or(&nothing));
    // Of the whole register, whichever page this is.
    let each = ids.iter().map(|id| of(*id)).map(|(tally, held)| store::denominators::of(tally, held));
    let all = each.fold(Denominators::default(), Denominators::and);
    let row = |inquiry: &InquiryName| {
        let gap = gaps.get(&inquiry.id.0).copied().unwrap_or_default();
        row(inquiry, published.get(&inquiry.id).and_then(|it| it.published_on), of(inquiry.id), &gap)
    };
    Ok(Inquiries {
        rows: items.iter().map(row).collect(),
        all: ids.len() as u64,
        next,
        denominators: words::denominators(&all),
        in_reports: words::in_the_reports(&all),
        oldest: total::oldest(oldest.as_ref()),
    })
}

fn row(inquiry: &InquiryName, published: Option<Day>, (tally, held): (&Tally, &Held), gap: &Gap) -> InquiryRow {
    let denominators = store::denominators::of(tally, held);
    let mut line = say::capital(&inquiry.kind);
    if let Some(on) = published {
        line.push_str(". ");
        line.push_str(&words::published(on));
    }
    InquiryRow {
        title: Link::new(say::inquiry(inquiry).href, inquiry.title.clone()),
        line,
        recommendations: words::recommendations(tally.all(Counted::Recommendations), false),
        denominators: format!(
            "{}. {}",
            words::denominators(&denominators),
            words::in_the_report(&denominators, held.why.as_deref())
        ),
        standing: total::standing(tally),
        in_error: total::in_error(tally, &[("inquiry", inquiry.slug.as_str())]),
        gap: (gap.answers > 0).then(|| total::gap(gap, &[("inquiry", inquiry.slug.as_str())])),
    }
}
