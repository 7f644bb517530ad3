//! What changed, newest first: all of it, up to the end of a day, or between two days.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{List, contents_in_words, read_list};
use crate::domain::id::Seq;
use crate::domain::moment::Day;
use crate::domain::words;
use crate::store::change::Change;
use crate::store::page::Cursor;
use crate::store::{self, ReadTx};
use crate::web::error::Error;
use crate::web::part::follow::Follow;
use crate::web::part::pager::Pager;
use crate::web::part::timeline::{Entry, Year};
use crate::web::public::past::AsAt;
use crate::web::public::query::{self, Query};
use crate::web::public::shown;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many changes a page lists.
const SIZE: usize = 30;
/// The parameters that name the first and the last day.
const FROM: &str = "from";
const TO: &str = "to";

/// What changed.
#[derive(Template)]
#[template(path = "public/change/list.html")]
struct ListPage {
    shell: Shell,
    ways: Follow,
    heading: String,
    /// Between two days: how much that was.
    much: Option<String>,
    from: String,
    to: String,
    years: Vec<Year>,
    pager: Pager,
    cite: String,
}

/// The days between which changes are asked for.
#[derive(Debug, Clone, Copy)]
struct Days {
    from: Option<Day>,
    to: Option<Day>,
}

impl Days {
    fn of(query: &mut Query, today: Day) -> Self {
        let (from, to) = (query.day(FROM), query.day(TO));
        for (name, day) in [(FROM, from), (TO, to)] {
            if day.is_some_and(|day| day > today) {
                query.refuse(name, words::still_to_come(today));
            }
        }
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            query.refuse(FROM, words::WRONG_ORDER);
        }
        Self { from, to }
    }

    const fn is_asked(self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}

/// Lists it.
///
/// # Errors
/// 400 for a place that is not in the list, and for days that are none.
pub async fn list(state: web::Data<State>, shell: Shell, mut query: Query) -> Result<HttpResponse, Error> {
    let today = state.today();
    let as_at = AsAt::of(&mut query, today);
    let days = Days::of(&mut query, today);
    let after = query.one::<Cursor<1>>("after");
    query.finish()?;
    let (then, read) = state
        .reader
        .read_or_again(move |tx| {
            let then = as_at.open(tx)?;
            let read = read(tx, days, then.newest, after)?;
            Ok::<_, Error>((then, read))
        })
        .await?;
    let shell = then.around(shell, &state.site);
    let said = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let (from, to) = (said(days.from), said(days.to));
    let address = |after: &str| query::address("/changes", &[(FROM, &from), (TO, &to), ("after", after)]);
    let next = read.list.0.next.map(|next| address(&next.to_string()));
    let heading = match (days.is_asked(), read.first) {
        (true, Some(first)) => words::between(days.from.unwrap_or(first), days.to.unwrap_or(then.day)),
        _ => "What changed".to_owned(),
    };
    let shell = shell.titled(heading.clone()).crumb("/", "Home");
    let page = ListPage {
        ways: Follow::register(),
        years: by_year(&read.list.0.items, &read.list.1),
        pager: Pager { previous: after.map(|_| address("")), next },
        much: read.much,
        cite: then.cite(&heading, &address(""), &state.site),
        shell: if days.is_asked() { shell.unlisted() } else { shell },
        heading,
        from,
        to,
    };
    shown(&page, &page.shell)
}

struct Read {
    list: List,
    much: Option<String>,
    first: Option<Day>,
}

fn read(tx: &mut ReadTx<'_>, days: Days, newest: Seq, after: Option<Cursor<1>>) -> Result<Read, store::Error> {
    let end = |tx: &mut ReadTx<'_>, day: Day| -> Result<Seq, store::Error> {
        Ok(store::past::end_of(tx, day)?.map_or(Seq(0), |past| past.seq))
    };
    let since = match days.from {
        Some(from) => end(tx, from.plus_days(-1))?,
        None => Seq(0),
    };
    let upto = match days.to {
        Some(to) => end(tx, to)?.min(newest),
        None => newest,
    };
    let start = after.unwrap_or(Cursor([i64::MAX])).0[0].min(upto.0.saturating_add(1));
    let much = if days.is_asked() {
        let contents = contents_in_words(store::change::contents_of(tx, since, upto)?);
        let changes = upto.0.saturating_sub(since.0).max(0).unsigned_abs();
        Some(words::changes_between(changes, &contents))
    } else {
        None
    };
    Ok(Read { list: read_list(tx, since, Some(Cursor([start])), SIZE)?, much, first: store::past::first_day(tx)? })
}

fn by_year(changes: &[Change], entries: &[Entry]) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (change, entry) in changes.iter().zip(entries) {
        let words = change.day.date().year().to_string();
        match years.last_mut().filter(|year| year.words == words) {
            Some(year) => year.entries.push(entry.clone()),
            None => years.push(Year { words, entries: vec![entry.clone()] }),
        }
    }
    years
}
