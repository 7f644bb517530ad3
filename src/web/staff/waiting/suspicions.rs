//! Links that only suspect something, though both recommendations were compared with their sources by now.

use actix_web::{HttpResponse, web};

use super::{ListPage, Row, SIZE, whose};
use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::words;
use crate::store::page::Cursor;
use crate::store::recommendation::{self, Recommendation};
use crate::store::tie::Tie;
use crate::store::{self, suspicion};
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::public::query::Query;
use crate::web::public::say;
use crate::web::shell::Shell;
use crate::web::staff::register::tie::change_of;
use crate::web::state::State;

/// `/staff/to-relate`: two recommendations that may be related, and of which somebody can say by now how they are.
///
/// # Errors
/// 400 for a list that there is not, 403 for contributors; when the database fails.
pub async fn to_relate(
    state: web::Data<State>,
    staff: Staff,
    shell: Shell,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let (asked, whose) = whose(&mut query, &staff);
    let after = query.one::<Cursor<1>>("after");
    query.finish()?;
    let read = state.reader.read(move |tx| {
        let found = suspicion::list(tx, &whose, after, SIZE)?;
        let ends = found.items.iter().flat_map(|tie| [tie.from, tie.to]).collect();
        Ok::<_, store::Error>((recommendation::many(tx, ends)?, found))
    });
    let (ends, found) = read.await?;
    let rows = found.items.iter().filter_map(|tie| row(tie, &ends, &staff)).collect();
    let list = ListPage::new(
        shell,
        "May be related, and both compared",
        "Both recommendations of each link have been compared with their sources by now. Open one and say how they are related, or \
         take the link back.",
        "No link waits for somebody to say how two recommendations are related.",
    );
    let next = found.next.map(|next| next.to_string());
    page(&list.with(rows).paged("/staff/to-relate", asked, after.is_some(), next))
}

/// One link; with its form for whoever may write about both inquiries, else with the page that shows it.
fn row(tie: &Tie, ends: &[Recommendation], staff: &Staff) -> Option<Row> {
    let end = |id| ends.iter().find(|one| one.id == id);
    let (from, to) = (end(tie.from)?, end(tie.to)?);
    let writes = |one: &Recommendation| staff.may(Deed::RecordFact, About::default().of(one.inquiry.id)).is_ok();
    let href = if writes(from) && writes(to) {
        change_of(from, tie)
    } else {
        address::staff_recommendation(from.inquiry.slug.as_str(), &from.number)
    };
    Some(Row {
        title: Link::new(href, say::recommendation_of(from).words),
        place: words::item(Some(&from.inquiry.short_title), Some(&from.number), None),
        line: Some(words::may_be_related_to(&say::recommendation_of(to).words)),
    })
}
