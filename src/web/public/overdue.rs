//! What is overdue: dates that passed with nothing received, where the register was there to hear.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use askama::Template;

use super::ground::{self, Ground};
use super::handed::{Elsewhere, ElsewhereLine};
use super::query::{self, Query};
use super::search::choices::chosen;
use super::search::known;
use super::{place, say, shown};
use crate::domain::deadline::DeadlineKind;
use crate::domain::id::AddresseeId;
use crate::domain::moment::Day;
use crate::domain::text::Slug;
use crate::domain::words;
use crate::store::body::BodyName;
use crate::store::first_target::{self, FirstPassed};
use crate::store::overdue::{After, KINDS, Missed, Narrow, Overdue};
use crate::store::page::{Capped, Page};
use crate::store::recommendation::Recommendation;
use crate::store::succession::{self, Path};
use crate::store::{self, ReadTx};
use crate::web::error::Error;
use crate::web::form::{Choice, ChoiceField};
use crate::web::part::pager::Pager;
use crate::web::part::{Link, When};
use crate::web::shell::Shell;
use crate::web::state::State;

/// Where the dates that passed are listed, and the first targets that passed. Each list goes on by itself.
const LIST: &str = "/overdue";
const MOVED: &str = "/overdue#moved";
/// How many a page lists.
const SIZE: usize = 50;
/// How many inquiries and bodies can be chosen from.
const MOST: i64 = 100;

/// The page.
#[derive(Template)]
#[template(path = "public/overdue/list.html")]
struct ListPage {
    shell: Shell,
    found: String,
    rule: &'static str,
    nothing: &'static str,
    /// Among how many dates nothing was found.
    looked: String,
    /// What the reports behind these dates count.
    ground: Ground,
    rows: Vec<Row>,
    /// First targets that passed though a later date stands.
    moved: Vec<MovedRow>,
    moved_found: String,
    /// Where more of them stand.
    moved_more: Option<String>,
    /// What was closed as done and no longer holds.
    lapsed: Vec<Lapse>,
    fields: Vec<ChoiceField>,
    /// Where what was put to the body asked for is counted, if it does not answer that itself.
    elsewhere: Option<ElsewhereLine>,
    pager: Pager,
}

/// A date that passed.
pub struct Row {
    /// The date.
    pub due: When,
    /// What did not come, neutrally.
    pub missed: String,
    /// How long ago.
    pub distance: String,
    /// The recommendation and its inquiry.
    pub recommendation: Link,
    /// The body, with its answer's page.
    pub body: Link,
}

/// A first target that passed though it was moved.
pub struct MovedRow {
    /// The body, with its answer's page.
    pub body: Link,
    /// The dates, how often it moved, and the days past the first.
    pub line: String,
    /// The recommendation and its inquiry.
    pub recommendation: Link,
}

/// How many dates passed with nothing recorded since, and of how many.
#[must_use]
pub fn found(count: Overdue) -> String {
    words::overdue(count.dates.number, count.dates.more, count.of)
}

/// What no longer holds.
pub struct Lapse {
    /// Since when.
    pub when: Option<When>,
    /// The body, with its answer's page.
    pub body: Link,
    /// The recommendation and its inquiry.
    pub recommendation: Link,
}

struct Read {
    lapsed: Vec<Lapse>,
    page: Page<Missed, 2>,
    count: Overdue,
    ground: ground::Read,
    moved: Page<FirstPassed, 2>,
    moved_count: Capped,
    moved_of: Vec<Recommendation>,
    recommendations: Vec<Recommendation>,
    /// Of those whose body has ended: how it came to who answers now.
    paths: HashMap<AddresseeId, Path>,
    fields: Vec<ChoiceField>,
    elsewhere: Option<Elsewhere>,
}

/// Shows it.
///
/// # Errors
/// 400 for a value that is not known.
pub async fn list(state: web::Data<State>, shell: Shell, mut query: Query) -> Result<HttpResponse, Error> {
    let inquiry = query.one::<Slug>("inquiry");
    let body = query.one::<Slug>("body");
    let kind = query.one::<DeadlineKind>("kind");
    let asked: Vec<(&'static str, String)> =
        ["inquiry", "body", "kind"].into_iter().filter_map(|name| Some((name, query.text(name)?.to_owned()))).collect();
    let given = asked.clone();
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let cursor = place::asked::<2>(&mut query, "after", LIST, &given);
    let after = cursor.and_then(|cursor| query.take("after", After::try_from(cursor)));
    let moved_cursor = place::asked::<2>(&mut query, "moved-after", MOVED, &given);
    let moved_after = moved_cursor.and_then(|cursor| query.take("moved-after", first_target::After::try_from(cursor)));
    query.finish()?;
    let today = state.today();
    let read = state
        .reader
        .read_or_again(move |tx| {
            let narrow = narrow(tx, inquiry, body, kind)?;
            Ok::<_, Error>(read(tx, today, narrow, (after, moved_after), &asked)?)
        })
        .await?;
    let next = read.page.next.map(|next| place::sealed(next, LIST, &given));
    // Each list goes on by itself; the other one begins anew.
    let moved_more = read.moved.next.map(|next| {
        let next = place::sealed(next, MOVED, &given);
        let mut all = given.clone();
        all.push(("moved-after", &next));
        format!("{}#moved", query::address("/overdue", &all))
    });
    let page = ListPage {
        found: found(read.count),
        rule: words::OVERDUE_RULE,
        nothing: if read.lapsed.is_empty() && read.moved.items.is_empty() {
            words::NOTHING_OVERDUE
        } else {
            words::NO_DATE_PASSED
        },
        looked: words::looked_through(read.count.of),
        ground: Ground::of(&read.ground),
        moved_found: words::first_targets_passed(read.moved_count.number, read.moved_count.more),
        moved: moved(&read.moved.items, (&read.moved_of, &read.paths), today),
        moved_more,
        lapsed: read.lapsed,
        rows: rows(&read.page.items, (&read.recommendations, &read.paths), today),
        fields: read.fields,
        elsewhere: read.elsewhere.map(|of| of.line("/overdue", &given)),
        pager: Pager {
            previous: after.map(|_| query::address("/overdue", &given)),
            next: next.map(|next| {
                let mut all = given.clone();
                all.push(("after", &next));
                query::address("/overdue", &all)
            }),
        },
        shell: shell.titled("Overdue").crumb("/", "Home"),
    };
    shown(&page, &page.shell)
}

fn narrow(
    tx: &mut ReadTx<'_>,
    inquiry: Option<Slug>,
    body: Option<Slug>,
    kind: Option<DeadlineKind>,
) -> Result<Narrow, Error> {
    let mut missing = Query::default();
    let mut narrow = Narrow { kind, ..Narrow::default() };
    if let Some(name) = inquiry {
        narrow.inquiry = known(&mut missing, "inquiry", store::inquiry::name(tx, &name).map(|inquiry| inquiry.id))?;
    }
    if let Some(name) = body {
        let name = store::alias::current(tx, store::alias::AliasKind::Body, &name)?;
        narrow.body = known(&mut missing, "body", store::body::name(tx, &name).map(|body| body.id))?;
    }
    missing.finish()?;
    Ok(narrow)
}

fn read(
    tx: &mut ReadTx<'_>,
    today: Day,
    narrow: Narrow,
    (after, moved_after): (Option<After>, Option<first_target::After>),
    given: &[(&'static str, String)],
) -> Result<Read, store::Error> {
    let page = store::overdue::list(tx, today, narrow, after, SIZE)?;
    let ids = page.items.iter().map(|missed| missed.recommendation).collect();
    let moved = first_target::list(tx, today, narrow, moved_after, SIZE)?;
    let moved_ids = moved.items.iter().map(|moved| moved.recommendation).collect();
    let late = page.items.iter().map(|missed| (missed.addressee, missed.body.id));
    let late = late.chain(moved.items.iter().map(|moved| (moved.addressee, moved.body.id)));
    Ok(Read {
        paths: succession::paths(tx, late.collect::<Vec<_>>())?,
        lapsed: lapsed(tx, narrow)?,
        count: store::overdue::count(tx, today, narrow)?,
        ground: ground::Read::of_dates(tx, narrow)?,
        moved_count: first_target::count(tx, today, narrow)?,
        moved_of: store::recommendation::many(tx, moved_ids)?,
        moved,
        recommendations: store::recommendation::many(tx, ids)?,
        fields: fields(tx, given)?,
        elsewhere: match narrow.body {
            Some(body) => Elsewhere::read(tx, body)?,
            None => None,
        },
        page,
    })
}

fn lapsed(tx: &mut ReadTx<'_>, narrow: Narrow) -> Result<Vec<Lapse>, store::Error> {
    let lapsed = store::overdue::lapsed(tx, narrow, MOST)?;
    let about = store::recommendation::many(tx, lapsed.iter().map(|lapse| lapse.recommendation).collect())?;
    let lapse = |lapse: &store::overdue::Lapsed| {
        let one = about.iter().find(|one| one.id == lapse.recommendation)?;
        Some(Lapse {
            when: lapse.on.map(say::on),
            body: say::answer(one, &lapse.body),
            recommendation: say::recommendation_of(one),
        })
    };
    Ok(lapsed.iter().filter_map(lapse).collect())
}

fn fields(tx: &mut ReadTx<'_>, given: &[(&'static str, String)]) -> Result<Vec<ChoiceField>, store::Error> {
    let inquiries = store::inquiry::list(tx, MOST)?;
    let bodies = store::body::answering(tx, MOST)?;
    let inquiries = inquiries.iter().map(|(it, _)| Choice::new(it.slug.to_string(), it.short_title.clone()));
    let bodies = bodies.iter().map(|it| Choice::new(it.slug.to_string(), it.name.clone()));
    let kinds = KINDS.iter().map(|it| Choice::new(it.as_str(), words::deadline_kind(*it)));
    Ok(vec![
        chosen(given, "inquiry", "Inquiry", "Any inquiry", inquiries),
        chosen(given, "body", "Body", "Any body", bodies),
        chosen(given, "kind", "What was due", "Anything", kinds),
    ])
}

/// The first targets as rows.
fn moved(passed: &[FirstPassed], (of, paths): Around<'_>, today: Day) -> Vec<MovedRow> {
    let row = |passed: &FirstPassed| {
        let one = of.iter().find(|one| one.id == passed.recommendation)?;
        let days = today.days_since(passed.first_on);
        let line = words::first_target_passed(passed.first_on, passed.times_moved, days, passed.target_on);
        let path = paths.get(&passed.addressee);
        Some(MovedRow {
            line: with_who(line, path, passed.first_on),
            recommendation: say::recommendation_of(one),
            body: answered_by(one, &passed.body, path),
        })
    };
    passed.iter().filter_map(row).collect()
}

/// What rows are about, and how those of bodies that ended came to who answers now.
pub type Around<'r> = (&'r [Recommendation], &'r HashMap<AddresseeId, Path>);

/// Who answers now, with the page of the answer.
fn answered_by(one: &Recommendation, asked: &BodyName, path: Option<&Path>) -> Link {
    let link = say::answer(one, asked);
    path.map_or(link.clone(), |path| Link::new(link.href, path.now.short()))
}

/// A line about a date, and who answered when it passed, where that may have been another body.
fn with_who(line: String, path: Option<&Path>, day: Day) -> String {
    let then = path.and_then(|path| say::answered_then(path, day));
    then.map_or(line.clone(), |then| words::and_then(&line, &then))
}

/// The dates as rows.
pub fn rows(missed: &[Missed], (recommendations, paths): Around<'_>, today: Day) -> Vec<Row> {
    let row = |missed: &Missed| {
        let one = recommendations.iter().find(|one| one.id == missed.recommendation)?;
        let path = paths.get(&missed.addressee);
        Some(Row {
            due: say::on(missed.due_on),
            missed: missed_line(missed, path, today),
            distance: words::distance(missed.due_on, today),
            recommendation: say::recommendation_of(one),
            body: answered_by(one, &missed.body, path),
        })
    };
    missed.iter().filter_map(row).collect()
}

/// What did not come; of a target that was moved, with the first date and the days past it.
#[must_use]
pub fn missed_line(missed: &Missed, path: Option<&Path>, today: Day) -> String {
    let line = with_who(words::missed(missed.kind, missed.due_on), path, missed.due_on);
    let first = missed.first_on.filter(|_| missed.kind == DeadlineKind::Target && missed.times_moved > 0);
    first.map_or(line.clone(), |first| {
        let line = line.trim_end_matches('.');
        format!("{line}. {}", words::first_target(first, missed.times_moved, today.days_since(first)))
    })
}
