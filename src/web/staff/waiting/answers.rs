//! Answers that need somebody: to assess, due, silent, moved, to look at again, not looked at lately; and words to compare.

use actix_web::{HttpResponse, web};

use super::{Asked, DAYS_AHEAD, ListPage, Row, SIZE, of, whose};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::words;
use crate::store::overdue::{self, Narrow, Wanted};
use crate::store::page::Cursor;
use crate::store::recommendation;
use crate::store::waiting::{self, After, List};
use crate::store::{self, desk, target_ask};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::public;
use crate::web::public::query::Query;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many requests a list shows; the others come up as these are decided.
const REQUESTS: i64 = 200;

/// One page of a list of answers.
async fn answers(
    state: &State,
    staff: &Staff,
    mut query: Query,
    (list, here): (List, &'static str),
    shown: impl FnOnce() -> ListPage,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let (asked, whose) = whose(&mut query, staff);
    let cursor = query.one::<Cursor<2>>("after");
    let after = cursor.and_then(|cursor| query.take("after", After::try_from(cursor)));
    query.finish()?;
    let today = staff.today;
    let found = state.reader.read(move |tx| waiting::answers(tx, list, &whose, today, after, SIZE)).await?;
    let rows = found.items.iter().map(|waits| Row::of_answer(waits, list)).collect();
    let next = found.next.map(|next| next.to_string());
    page(&shown().with(rows).paged(here, asked, after.is_some(), next))
}

/// `/staff/to-assess`: a body says complete or in place, and nobody has looked since.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn to_assess(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    query: Query,
) -> Result<HttpResponse, Error> {
    let shown = || {
        ListPage::new(
            shell,
            "To be assessed",
            "The body says that each of these is complete or in place, and nobody has found anything since it said so.",
            "Everything that bodies say is complete or in place has been looked at since.",
        )
    };
    answers(&state, &staff, query, (List::ToAssess, "/staff/to-assess"), shown).await
}

/// `/staff/due`: what is due in the next days, the next first: answers, updates, decisions and targets, each with its kind.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn due(state: web::Data<State>, staff: Staff, shell: Shell, mut query: Query) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let (asked, whose) = whose(&mut query, &staff);
    let cursor = query.one::<Cursor<3>>("after");
    let after = cursor.and_then(|cursor| query.take("after", waiting::AfterDue::try_from(cursor)));
    query.finish()?;
    let today = staff.today;
    let found = state.reader.read(move |tx| waiting::due(tx, DAYS_AHEAD, &whose, today, after, SIZE)).await?;
    let rows = found.items.iter().map(|(kind, waits)| Row::of_answer(waits, List::Due(*kind, DAYS_AHEAD))).collect();
    let list = ListPage::new(
        shell,
        "Due in the next 30 days",
        "Answers, updates, decisions and target dates of bodies. Of an update each body is reminded by mail before its date and \
         after it.",
        "Nothing is due from a body in the next 30 days.",
    );
    let next = found.next.map(|next| next.to_string());
    page(&list.with(rows).paged("/staff/due", asked, after.is_some(), next))
}

/// `/staff/to-look-at-again`: what oversight was to look at again by today, the longest due first.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn to_look_at_again(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    query: Query,
) -> Result<HttpResponse, Error> {
    let shown = || {
        ListPage::new(
            shell,
            "To be looked at again",
            "Open one and look whether it still holds. A new assessment says that it does; “It no longer holds” opens it again.",
            "Nothing is to be looked at again today.",
        )
    };
    answers(&state, &staff, query, (List::ToLookAgain, "/staff/to-look-at-again"), shown).await
}

/// `/staff/not-looked-at-lately`: findings that are older than their schedule, the oldest first.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn not_lately(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    query: Query,
) -> Result<HttpResponse, Error> {
    let shown = || {
        ListPage::new(
            shell,
            "Findings not looked at lately",
            "Each is older than its schedule, and everybody reads that. A new assessment ends it, also one that finds the same.",
            "No finding is older than its schedule.",
        )
    };
    answers(&state, &staff, query, (List::NotLately, "/staff/not-looked-at-lately"), shown).await
}

/// `/staff/moved`: target dates that were moved, the move that was published longest ago first.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn moved(state: web::Data<State>, staff: Staff, shell: Shell, query: Query) -> Result<HttpResponse, Error> {
    let shown = || {
        ListPage::new(
            shell,
            "Target dates that moved",
            "The body set another date than its first one, and the answer is not closed.",
            "No target date was moved.",
        )
    };
    answers(&state, &staff, query, (List::Moved, "/staff/moved"), shown).await
}

/// `/staff/silent`: dates that passed with nothing received from a body, the longest first.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn silent(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let (asked, whose) = whose(&mut query, &staff);
    let cursor = query.one::<Cursor<2>>("after");
    let after = cursor.and_then(|cursor| query.take("after", overdue::After::try_from(cursor)));
    query.finish()?;
    let (today, wanted) = (staff.today, Wanted { whose: Some(whose), owed_by_bodies: true });
    let read = state.reader.read(move |tx| {
        let found = overdue::list_for(tx, today, (Narrow::default(), &wanted), after, SIZE)?;
        let of = recommendation::many(tx, found.items.iter().map(|missed| missed.recommendation).collect())?;
        let late = found.items.iter().map(|missed| (missed.addressee, missed.body.id));
        let paths = store::succession::paths(tx, late.collect::<Vec<_>>())?;
        Ok::<_, store::Error>((found, of, paths))
    });
    let (found, of, paths) = read.await?;
    let rows = found.items.iter().filter_map(|missed| {
        let path = paths.get(&missed.addressee);
        let one = of.iter().find(|one| one.id == missed.recommendation)?;
        let slug = one.inquiry.slug.as_str();
        Some(Row {
            title: Link::new(address::staff_answer(slug, &one.number, missed.body.slug.as_str()), say::title(one)),
            place: words::item(
                Some(&one.inquiry.short_title),
                Some(&one.number),
                Some(&words::owed_by(path.map_or(&missed.body, |path| &path.now).short(), missed.body.short())),
            ),
            line: Some(format!(
                "{}, {}",
                public::overdue::missed_line(missed, path, today),
                words::distance(missed.due_on, today)
            )),
        })
    });
    let rows = rows.collect();
    let list = ListPage::new(
        shell,
        "Dates that passed with nothing received",
        words::OVERDUE_RULE,
        "No date has passed with nothing received.",
    );
    let next = found.next.map(|next| next.to_string());
    page(&list.with(rows).paged("/staff/silent", asked, after.is_some(), next))
}

/// `/staff/extensions`: requests of bodies for a later target date, the longest waiting first.
///
/// # Errors
/// 403 for contributors; when the database fails.
pub async fn extensions(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let whose = of(Asked::Everybody, &staff);
    let read = state.reader.read(move |tx| {
        let rows = target_ask::waiting(tx, &whose, REQUESTS)?;
        let paths = store::succession::paths(tx, rows.iter().map(|ask| (ask.addressee, ask.asked.id)))?;
        Ok::<_, store::Error>((rows, paths))
    });
    let (rows, paths) = read.await?;
    let row = |ask: &target_ask::Waiting| {
        let item = address::staff_answer(&ask.inquiry_slug, &ask.number, ask.asked.slug.as_str());
        let (inquiry, body) = ask.of;
        let decides = staff.may(Deed::RecordFact, About::body(body).of(inquiry)).is_ok();
        let href = if decides { format!("{item}/extension-decision") } else { item };
        Row {
            title: Link::new(href, ask.title.named(&ask.number)),
            place: words::item(
                Some(&ask.inquiry),
                Some(&ask.number),
                Some(&words::owed_by(&ask.answerer, &ask.asked.name)),
            ),
            line: Some(say::waits_for_later(
                &ask.asked,
                paths.get(&ask.addressee),
                (ask.asked_on, ask.wanted_on),
                ask.instead_of,
            )),
        }
    };
    let list = ListPage::new(
        shell,
        "Requests for a later target date",
        "What a body asks for becomes public when it is decided, a refusal too.",
        "No body asks for a later target date.",
    );
    page(&list.with(rows.iter().map(row).collect()))
}

/// `/staff/to-compare`: recommendations whose words nobody has compared with their source. Those of an inquiry are its lead's.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn to_compare(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let (asked, whose): (Asked, _) = whose(&mut query, &staff);
    let after = query.one::<Cursor<3>>("after");
    query.finish()?;
    let found = state.reader.read(move |tx| desk::uncompared(tx, &whose, after, SIZE)).await?;
    let rows = found.items.iter().map(Row::of_uncompared).collect();
    let list = ListPage::new(
        shell,
        "Not compared with their source",
        "Open one, compare its words with the report, and say what you found. A second person confirms it.",
        "The words of every recommendation were compared with their source.",
    );
    let next = found.next.map(|next| next.to_string());
    page(&list.with(rows).paged("/staff/to-compare", asked, after.is_some(), next))
}
