//! What was handed in: to be read and published, to be confirmed by a second person, with us too long, sent back.

use actix_web::{HttpResponse, web};

use super::{ListPage, Row, SIZE, whose};
use crate::domain::access::{About, Deed};
use crate::domain::filing::{FilingKind, FilingState};
use crate::domain::moment::Moment;
use crate::domain::words;
use crate::store::desk::{self, Whose as Written, Work};
use crate::store::page::Cursor;
use crate::store::waiting::{self, Wanted};
use crate::store::{self, ReadTx, accuracy, holiday, setting};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::public::query::Query;
use crate::web::shell::Shell;
use crate::web::state::State;

/// What a second person confirms.
pub const CONFIRMED: [FilingKind; 3] = [FilingKind::Assessment, FilingKind::Closure, FilingKind::Wording];
/// How many of one's own rows stand under a list.
const OWN: i64 = 200;

/// Before which moment an update that nobody has read is with us too long: it came before so many working days.
///
/// # Errors
/// When the database fails.
pub fn too_long_before(
    tx: &mut ReadTx<'_>,
    zone: &jiff::tz::TimeZone,
    today: crate::domain::moment::Day,
) -> Result<(Moment, u32), store::Error> {
    let days = setting::reading_days(tx)?;
    let calendar = holiday::calendar(tx, zone.clone())?;
    let since = calendar.working_days_before(today, days);
    let start = since.date().to_zoned(zone.clone()).map_err(|fault| store::Error::Failed(fault.to_string()))?;
    Ok((Moment::new(start.timestamp()), days))
}

/// `/staff/to-publish`: updates from bodies.
///
/// # Errors
/// 400 for a list that there is not, 403 for those who do not publish; when the database fails.
pub async fn to_publish(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Publish, About::default())?;
    let (asked, whose) = whose(&mut query, &staff);
    let after = query.one::<Cursor<2>>("after");
    query.finish()?;
    let wanted = Wanted { kinds: FilingKind::OF_BODIES.to_vec(), whose, ..Wanted::default() };
    let found = state.reader.read(move |tx| waiting::work(tx, &wanted, after, SIZE)).await?;
    let rows: Vec<Row> = found.items.iter().map(|handed| Row::of_work(&handed.work, &state.site.zone)).collect();
    let list = ListPage::new(
        shell,
        "Updates and replies to read and publish",
        "That an update came is public already, unless a hold keeps that back. Its words, and the words of a reply, become public when you publish them.",
        "Every update has been read. New ones stand here as soon as a body sends them.",
    );
    let several = (rows.len() > 1).then(|| Link::new(crate::web::staff::several::PUBLISH, "Publish several at once"));
    let next = found.next.map(|next| next.to_string());
    page(&ListPage { several, ..list.with(rows).paged("/staff/to-publish", asked, after.is_some(), next) })
}

/// `/staff/with-us-too-long`: updates that nobody has read for more working days than the register allows itself.
///
/// # Errors
/// 400 for a list that there is not, 403 for those who do not publish; when the database fails.
pub async fn too_long(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Publish, About::default())?;
    let (asked, whose) = whose(&mut query, &staff);
    let after = query.one::<Cursor<2>>("after");
    query.finish()?;
    let (zone, today) = (state.site.zone.clone(), staff.today);
    let found = state.reader.read(move |tx| {
        let (before, _) = too_long_before(tx, &zone, today)?;
        let wanted = Wanted { kinds: FilingKind::OF_BODIES.to_vec(), whose, before: Some(before), not_by: None };
        waiting::work(tx, &wanted, after, SIZE)
    });
    let found = found.await?;
    let rows = found.items.iter().map(|handed| Row::of_work(&handed.work, &state.site.zone)).collect();
    let list = ListPage::new(
        shell,
        "With us too long",
        "Bodies sent these, and nobody has read them for longer than this register allows itself.",
        "No update has waited too long to be read.",
    );
    let next = found.next.map(|next| next.to_string());
    page(&list.with(rows).paged("/staff/with-us-too-long", asked, after.is_some(), next))
}

/// `/staff/to-confirm`: findings, closings and words that wait for a second person.
///
/// # Errors
/// 400 for a list that there is not, 403 for those who do not publish; when the database fails.
pub async fn to_confirm(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::Publish, About::default())?;
    let (asked, whose) = whose(&mut query, &staff);
    let after = query.one::<Cursor<2>>("after");
    query.finish()?;
    let me = staff.actor.person;
    let read = state.reader.read(move |tx| {
        let second_key = setting::second_key(tx)?;
        let not_by = second_key.then_some(me);
        let wanted = Wanted { kinds: CONFIRMED.to_vec(), whose, not_by, before: None };
        let own = if second_key {
            desk::work(tx, &[FilingState::Submitted], &CONFIRMED, Written::By(me), OWN)?
        } else {
            Vec::new()
        };
        Ok::<_, Error>((waiting::work(tx, &wanted, after, SIZE)?, own, accuracy::waiting(tx)?))
    });
    let (found, own, shown) = read.await?;
    let today = staff.today;
    let with_body = |work: &Work| {
        let check = shown.iter().find(|check| check.reference == work.reference);
        check.map(|check| check.period).filter(|period| period.runs_on(today))
    };
    let row = |work: &Work| {
        let mut row = Row::of_work(work, &state.site.zone);
        if let (Some(line), Some(period)) = (&mut row.line, with_body(work)) {
            line.push_str(&format!(". {}", words::with_body_until(period.until)));
        }
        row
    };
    let list = ListPage::new(
        shell,
        "Waiting for a second person",
        "One person wrote each of these, and another one publishes it.",
        "Nothing that others wrote waits for you.",
    );
    let rows = found.items.iter().map(|handed| row(&handed.work)).collect();
    let next = found.next.map(|next| next.to_string());
    let list = list.with(rows).paged("/staff/to-confirm", asked, after.is_some(), next);
    page(&ListPage { own: own.iter().map(row).collect(), ..list })
}

/// `/staff/sent-back`: what this person wrote, and got back with comments.
///
/// # Errors
/// When the database fails.
pub async fn sent_back(state: web::Data<State>, staff: Staff, shell: Shell) -> Result<HttpResponse, Error> {
    let me = staff.actor.person;
    let read =
        state.reader.read(move |tx| desk::work(tx, &[FilingState::SentBack], FilingKind::ALL, Written::By(me), OWN));
    let rows = read.await?.iter().map(|work| Row::of_work(work, &state.site.zone)).collect();
    let list = ListPage::new(
        shell,
        "Sent back to you",
        "Each says what should be looked at again. Write what is right as a new one.",
        "Nothing was sent back to you.",
    );
    page(&list.with(rows))
}
