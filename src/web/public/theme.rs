//! One theme, across inquiries.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::search::{self, Results};
use super::{look, say, shown, slug};
use crate::domain::address;
use crate::domain::subscription::TopicKind;
use crate::store;
use crate::store::alias::AliasKind;
use crate::store::page::Cursor;
use crate::store::search::{Filter, Sort};
use crate::store::theme::Theme;
use crate::web::error::Error;
use crate::web::public::query::Query;
use crate::web::shell::Shell;
use crate::web::state::State;

/// The page.
#[derive(Template)]
#[template(path = "public/theme/show.html")]
struct ShowPage {
    shell: Shell,
    slug: String,
    follow_href: String,
    results: Results,
}

/// Shows it.
///
/// # Errors
/// 404 when there is none, 400 for a page that is not there.
pub async fn show(
    state: web::Data<State>,
    shell: Shell,
    path: web::Path<String>,
    mut query: Query,
) -> Result<HttpResponse, Error> {
    let name = slug(&path)?;
    let after = query.one::<Cursor<3>>("after");
    query.finish()?;
    let today = state.today();
    let (theme, found): (Theme, search::Read) = state
        .reader
        .read(move |tx| {
            look(tx, (AliasKind::Theme, "", name.as_str()), address::theme, |tx| {
                let theme = store::theme::find(tx, &name)?;
                let filter = Filter { theme: Some(theme.id), ..Filter::default() };
                let found = search::read(tx, "", &filter, Sort::Register, today, after)?;
                Ok((theme, found))
            })
        })
        .await?;
    let here = address::theme(theme.slug.as_str());
    let page = ShowPage {
        results: search::results(
            found,
            &say::assessor(&shell),
            today,
            (&here, &[("theme", theme.slug.as_str())]),
            &[],
            after.is_some(),
        ),
        slug: theme.slug.to_string(),
        follow_href: address::subscribe(TopicKind::Theme, theme.slug.as_str(), None),
        shell: shell.titled(say::theme(&theme).words).crumb("/", "Home").crumb("/recommendations", "Recommendations"),
    };
    shown(&page, &page.shell)
}
