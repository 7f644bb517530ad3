//! `/staff/bodies`: every body with what is open, what falls due next and whether anybody there can be reached.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::domain::access::{About, Deed};
use crate::domain::address;
use crate::domain::words;
use crate::service::about_body;
use crate::store::body_desk::{self, BodyLine};
use crate::store::page::Cursor;
use crate::web::actor::Staff;
use crate::web::answer::page;
use crate::web::error::Error;
use crate::web::part::Link;
use crate::web::part::pager::Pager;
use crate::web::public::query::Query;
use crate::web::shell::Shell;
use crate::web::state::State;

/// How many a page lists.
const SIZE: usize = 50;

/// The page.
#[derive(Template)]
#[template(path = "staff/body/list.html")]
struct ListPage {
    shell: Shell,
    bodies: Vec<Row>,
    pager: Pager,
}

/// A body.
struct Row {
    name: String,
    open: String,
    reached: String,
    /// Whether nobody is asked although something is open, or mail to the contact comes back.
    gap: bool,
    /// What staff have of it.
    links: Vec<Link>,
}

impl Row {
    fn new(line: &BodyLine, staff: &Staff) -> Self {
        let BodyLine { body, open, due, people, contacts, stopped, inquiries } = line;
        let slug = body.slug.as_str();
        let sheet = address::sheet(slug);
        let mut links = vec![Link::new(address::chases(slug), "What it was asked")];
        // Who there is asked is read by those who ask it.
        let about = about_body(staff.actor, body.id, inquiries.iter().copied());
        if staff.may(Deed::RecordFact, about).is_ok() {
            links.push(Link::new(address::contacts(slug), "Contacts"));
        }
        links.extend([
            Link::new(address::body_reports(slug), "Its documents"),
            Link::new(format!("{sheet}.csv"), "Its open items (CSV)"),
            Link::new(format!("{sheet}.xlsx"), "Its open items (XLSX)"),
            Link::new(address::body(slug), "The public page"),
        ]);
        let reached = words::body_reached(*open, *people, *contacts);
        // Where nobody is reached, that says so already.
        let comes_back = *stopped && *people > 0;
        Self {
            name: body.name.clone(),
            open: words::body_open(*open, *due, staff.today),
            reached: if comes_back { format!("{}. {reached}", words::MAIL_COMES_BACK) } else { reached },
            gap: *open > 0 && *people == 0 || comes_back,
            links,
        }
    }
}

/// Lists them.
///
/// # Errors
/// 400 for a page that is not there, 403 for people of a body.
pub async fn list(
    state: web::Data<State>,
    staff: Staff,
    mut query: Query,
    shell: Shell,
) -> Result<HttpResponse, Error> {
    staff.may(Deed::ReadUnpublished, About::default())?;
    let after = query.one::<Cursor<1>>("after");
    query.finish()?;
    let found = state.reader.read(move |tx| body_desk::list(tx, after, SIZE)).await?;
    page(&ListPage {
        bodies: found.items.iter().map(|line| Row::new(line, &staff)).collect(),
        pager: Pager {
            previous: after.map(|_| address::STAFF_BODIES.to_owned()),
            next: found.next.map(|next| format!("{}?after={next}", address::STAFF_BODIES)),
        },
        shell: shell.titled("Bodies").crumb(address::STAFF, "Your work").unlisted(),
    })
}
